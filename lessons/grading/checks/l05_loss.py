"""Exercise 5: the mean absolute error of a few rows, and of all films beside the line by eye."""

import math
import statistics
from collections.abc import Callable

from lessons.data import films
from lessons.grading.answer import Answer, Wrong, call_text, close, short, why_no_number
from mathlab.learning.model.loss import absolute
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

HINTS = (
    "For each film: first the residual, then drop its sign. Only then comes the mean.",
    "Go through the places 0, 1, 2, ... of both lists, and add up abs(actual[i] - predicted[i]).",
    "Divide that sum by the number of films, len(actual), and return it.",
)
LINE = {"slope": 3.0, "intercept": 0.0}
ROWS = (  # actual, predicted
    ([10.0, 30.0, 60.0, 20.0, 8.0], [13.0, 19.0, 56.0, 27.0, 9.0]),
    ([1.0, 2.0, 3.0, 4.0], [2.0, 1.0, 4.0, 12.0]),
    ([2.0], [7.5]),
    ([5.0, 6.0], [5.0, 6.0]),
)
MISTAKES: dict[str, Callable[[list[float]], float]] = {  # what comes of the residuals
    "that is the sum: divide it by the number of films": lambda e: sum(map(abs, e)),
    "errors to both sides have cancelled out: each has to lose its sign before they are added up":
        statistics.fmean,
    "the size is right, but a loss is never below 0": lambda e: statistics.fmean(map(abs, e)),
    "that is the mean of the squares: the absolute loss does not square":
        lambda e: statistics.fmean(x * x for x in e),
    "that is the root of the mean square, which is another mean: it listens to large errors more":
        lambda e: math.sqrt(statistics.fmean(x * x for x in e)),
    "that is the median of the sizes; the mean is asked for":
        lambda e: statistics.median(map(abs, e)),
    "that is the largest of the sizes alone": lambda e: max(map(abs, e)),
    "that is the size of the first alone: is the `return` inside the loop?": lambda e: abs(e[0]),
    "only the first film is in it: is the `return` inside the loop?":
        lambda e: abs(e[0]) / len(e),
    "what is behind the point is lost: // drops it, / keeps it":
        lambda e: math.floor(statistics.fmean(map(abs, e))),
    "that is divided by one film less than there are":
        lambda e: sum(map(abs, e)) / max(len(e) - 1, 1),
}


def check(answer: Answer) -> str:
    """Rows whose answer can be seen, then thousands that only another way can tell."""
    for actual, predicted in ROWS:
        residuals = [a - p for a, p in zip(actual, predicted, strict=True)]
        check_one(answer, actual, predicted, math.fsum(map(abs, residuals)) / len(residuals))
    table, _ = films.cleaned()
    model = Model("revenue = slope*budget + intercept")
    height = LossSurface(model, table, absolute).height([*LINE.values()])
    predicted = model.predict(LINE, table)
    check_one(answer, table["revenue"], predicted, height)
    off = [abs(a - p) for a, p in zip(table["revenue"], predicted, strict=True)]
    return (
        f"over {len(off):,} films the line by eye is {height:.1f} million off on average, and by "
        f"the root of the mean square {math.sqrt(statistics.fmean(e * e for e in off)):.1f}: "
        "squaring gives the few films that are far off more say"
    )


def check_one(
    answer: Answer, actual: list[float], predicted: list[float], expected: float
) -> None:
    """One call, and a word on the likely mistakes."""
    asked = call_text("mean_absolute_error", (actual, predicted))
    came = answer.call("mean_absolute_error", actual, predicted)
    if isinstance(came, list):
        raise Wrong("it should be one number for all films together", asked, short(came), expected)
    if reason := why_no_number(came):
        raise Wrong(reason, asked, short(came))
    if close(came, expected):
        return
    residuals = [a - p for a, p in zip(actual, predicted, strict=True)]
    whys = [
        why
        for why, mistake in MISTAKES.items()
        if any(close(came, sign * mistake(residuals)) for sign in (1, -1))
    ]
    if close(came, expected, 0.01):
        whys.append("nearly: do not round")
    whys.append("what is asked for is the mean of the residuals without their signs")
    raise Wrong(whys[0], asked, short(came), short(expected))
