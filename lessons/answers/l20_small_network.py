"""20. The winding river: three stretches need three soft lines; four are stuck less often.

A unit has a weight for its vote, a weight for either feature, and a bias: four levers. One more is
added to all the votes.
"""

UNITS = 4
LEVERS = 4 * UNITS + 1
STEPS = 200
RATE = 0.1
START = 1
