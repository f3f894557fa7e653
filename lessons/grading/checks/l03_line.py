"""Exercise 3: any line whose mean squared error is below that of the line by eye."""

import statistics
from functools import cache

from lessons.data import films
from lessons.grading.asked import RIGHT, Exercise, Number
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

HINTS = (
    "A slope of 0 is the level line. Do dear films earn more or less than cheap ones?",
    "A good line runs through the middle of the cloud, near the mean budget and the mean revenue. "
    "Does the line by eye run above that place or below it?",
    "Take a slope of about 3, as by eye, and choose the intercept so that the mean film (its "
    "budget and revenue stand in the table of lesson 2) lies on the line. For 3 that is some -8.",
)

MOST = 1e6  # dollars per dollar, or million dollars
TOO_MUCH = "that is far too much"


@cache
def exercise() -> Exercise:
    """The mean squared error of the reader's line, beside that of other lines."""
    table, _ = films.cleaned()
    line = Model("revenue = SLOPE*budget + INTERCEPT")
    loss = LossSurface(line, table, method="collapsed").polynomial
    best = statistics.linear_regression(table["budget"], table["revenue"])
    return Exercise(
        [Number("SLOPE", {"most < abs(SLOPE)": TOO_MUCH}),
         Number("INTERCEPT", {"most < abs(INTERCEPT)": TOO_MUCH}),
         Number("INTERCEPT", {
             "loss < by_eye*(1 - 1e-9)": RIGHT,  # more than rounding
             "level*(1 - 1e-9) <= loss":
                 "the level line is at least as good: on the whole, yours is further from the "
                 "films",
         }, "better than the level line, but the line by eye is at least as good",
                "the mean squared error of {SLOPE:g}*budget + {INTERCEPT:g}",
                "{loss:,.0f}", "less than {by_eye:,.0f}")],
        {"most": MOST, "loss": loss, "level": statistics.pvariance(table["revenue"]),
         "by_eye": loss.at(SLOPE=3, INTERCEPT=0),
         "best": loss.at(SLOPE=best.slope, INTERCEPT=best.intercept)},
        "the mean squared error of your line is {loss:,.0f}, of the level one {level:,.0f}, of "
        "the line by eye {by_eye:,.0f}, and of the best there is {best:,.0f}: near the bottom a "
        "small turn of either number changes little",
    )
