"""Exercise 2: the slope of miles per gallon by weight, read from the picture, within a factor of 2.
"""

import statistics

from lessons.data import sources
from lessons.grading.answer import Answer, Wrong

HINTS = (
    "Heavy cars are on the right. Do their dots lie higher or lower than those of light cars?",
    "Choose two places on your line, far apart, and read weight and miles per gallon at both. Then "
    "divide: the difference in miles per gallon by the difference in thousand pounds.",
    "Along the line a car of 2,000 pounds goes some 31 miles on a gallon, and one of 4,000 pounds "
    "some 16. That is for 2,000 pounds; you are asked about 1,000.",
)
FACTOR = 2  # by which a guess may be off
POUNDS = 1000  # in which the picture counts weights


def check(answer: Answer) -> None:
    """The sign, then the size, of the slope of the line that fits the cars best."""
    sign, size = answer.choice("SIGN", ("+", "-")), abs(answer.number("SIZE"))
    table, _ = sources.cars("weight")
    weights = [weight / POUNDS for weight in table["weight"]]
    slope = statistics.linear_regression(weights, table["miles_per_gallon"]).slope
    if sign != ("+" if slope > 0 else "-"):
        raise Wrong("the wrong sign: compare the cars at the two ends of the picture", "SIGN", sign)
    if 0 < size < FACTOR * abs(slope) / POUNDS:
        raise Wrong(f"far too flat: is that for one pound? It should be for {POUNDS:,}",
                    "SIZE", size)
    if size < abs(slope) / FACTOR:
        raise Wrong("too flat: along the cloud the miles change faster than that", "SIZE", size)
    if size > FACTOR * abs(slope):
        raise Wrong("too steep: your line would leave the picture before the cloud ends. Did you "
                    "divide by the difference in thousand pounds?", "SIZE", size)
