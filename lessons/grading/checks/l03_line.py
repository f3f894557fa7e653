"""Exercise 3: any line whose mean squared error is below the variance of revenue."""

import statistics

from lessons.data import films
from lessons.grading.answer import Answer, Wrong

HINTS = (
    "A slope of 0 is the level line. Do dear films earn more or less than cheap ones?",
    "A good line runs through the middle of the cloud, near the mean budget and the mean revenue.",
    "Take a slope of about 3, as by eye, and choose the intercept so that the mean film (its "
    "budget and revenue stand in the table of lesson 2) lies on the line.",
)


MOST = 1e6  # dollars per dollar, or million dollars


def check(answer: Answer) -> str:
    """The mean squared error of the reader's line, beside that of other lines."""
    slope, intercept = float(answer.number("SLOPE")), float(answer.number("INTERCEPT"))
    table, _ = films.cleaned()
    budgets, revenues = table["budget"], table["revenue"]

    def loss_of(slope: float, intercept: float) -> float:
        return statistics.fmean(
            (revenue - (slope * budget + intercept)) ** 2
            for budget, revenue in zip(budgets, revenues, strict=True)
        )

    if max(abs(slope), abs(intercept)) > MOST:
        raise Wrong("that is far too much", "SLOPE, INTERCEPT", f"{slope:g}, {intercept:g}")
    loss, level = loss_of(slope, intercept), statistics.pvariance(revenues)
    if not loss < level * (1 - 1e-9):  # more than rounding
        raise Wrong(
            "the level line is at least as good: on the whole, yours is further from the films",
            f"the mean squared error of {slope:g}*budget + {intercept:g}",
            f"{loss:,.0f}",
            f"less than {level:,.0f}",
        )
    best = statistics.linear_regression(budgets, revenues)
    return (
        f"the mean squared error of your line is {loss:,.0f}, of the level one {level:,.0f}, of "
        f"the line by eye {loss_of(3, 0):,.0f}, and of the best there is {loss_of(*best):,.0f}"
    )
