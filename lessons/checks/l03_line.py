"""Exercise 3: any line whose mean squared error is below the variance of revenue."""

import statistics

from lessons import films
from lessons.answer import Answer, Wrong

HINTS = (
    "A slope of 0 is the level line. Do dear films earn more or less than cheap ones?",
    "A good line runs through the middle of the cloud, near the mean budget and the mean revenue.",
    "From lesson 2: take a slope of about 3, and choose the intercept so that the mean film (see "
    "its budget and revenue there) lies on the line.",
)


def check(answer: Answer) -> None:
    """The mean squared error of the reader's line, beside that of the level one."""
    slope, intercept = answer.number("SLOPE"), answer.number("INTERCEPT")
    table, _ = films.cleaned()
    loss = statistics.fmean(
        (revenue - (slope * budget + intercept)) ** 2
        for budget, revenue in zip(table["budget"], table["revenue"], strict=True)
    )
    level = statistics.pvariance(table["revenue"])
    if not loss < level:
        raise Wrong(
            "the level line is at least as good: on the whole, yours is further from the films",
            f"the mean squared error of {slope}*budget + {intercept}",
            f"{loss:,.0f}",
            f"less than {level:,.0f}",
        )
