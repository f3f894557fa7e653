"""Exercise 2: the slope of miles per gallon by weight, read from the picture, within a factor of 2.
"""

import statistics
from functools import cache

from lessons.data import sources
from lessons.grading.asked import RIGHT, Exercise, Number, Word

HINTS = (
    "Heavy cars are on the right. Do their dots lie higher or lower than those of light cars?",
    "Choose two places on your line, far apart, and read weight and miles per gallon at both. Then "
    "divide: the difference in miles per gallon by the difference in thousand pounds.",
    "Along the line a car of 2,000 pounds goes some 31 miles on a gallon, and one of 4,000 pounds "
    "some 16. That is for 2,000 pounds; you are asked about 1,000.",
)
ABOUT = {"SIZE": 2}  # the first hint about each
FACTOR = 2  # by which a guess may be off
POUNDS = 1000  # in which the picture counts weights


@cache
def exercise() -> Exercise:
    """The sign, then the size, of the slope of the line that fits the cars best."""
    table, _ = sources.cars("weight")
    weights = [weight / POUNDS for weight in table["weight"]]
    slope = statistics.linear_regression(weights, table["miles_per_gallon"]).slope
    sign, other = "+-" if slope > 0 else "-+"
    return Exercise([
        Word("SIGN", sign, {
            other: "the wrong sign: compare the cars at the two ends of the picture"}),
        Number("SIZE", {
            "slope/factor <= abs(SIZE) <= slope*factor": RIGHT,
            "0 < abs(SIZE) < slope*factor/pounds":
                f"far too flat: is that for one pound? It should be for {POUNDS:,}",
            "abs(SIZE) < slope": "too flat: along the cloud the miles change faster than that",
        }, "too steep: your line would leave the picture before the cloud ends. Did you divide by "
           "the difference in thousand pounds?"),
    ], {"slope": abs(slope), "factor": FACTOR, "pounds": POUNDS},
        f"with {POUNDS:,} pounds more go {abs(slope):.2f} miles per gallon "
        f"{'more' if slope > 0 else 'less'} by the line that fits the cars best, and "
        "{abs(SIZE):.3g} by yours: a cloud that is long and narrow leaves the eye little choice")
