"""20. The winding river: five stretches need five soft lines, and a start that wastes none.

A unit has a weight for its vote, a weight for either feature, and a bias: four levers. One more is
added to all the votes.
"""

UNITS = 5
LEVERS = 4 * UNITS + 1
STEPS = 200
RATE = 0.1
START = 13
