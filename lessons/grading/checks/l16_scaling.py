"""Exercise 16: both lines have to predict the same, at several budgets."""

import statistics
from numbers import Real
from typing import Any

from lessons.data import films
from lessons.grading.answer import Answer, Wrong, call_text, close, short
from mathlab.learning.data.explore import standardize

HINTS = (
    "Multiply out: slope*(budget - mean)/spread is slope*budget/spread - slope*mean/spread.",
    "What stands before the budget is the new slope. All that has no budget in it is the new "
    "intercept.",
    "The new slope is slope/spread. The new intercept is the old one minus slope*mean/spread.",
)
CASES: tuple[tuple[Any, Any, Any, Any], ...] = (
    (6, 40, 10, 2),
    (-1.5, 0.0, 4.0, 0.5),
    (100.0, 87.0, 31.5, 35.7),
    (8.0, 3.0, -2.0, 16.0),
)
BUDGETS = (0.0, 1.0, 100.0)


def check(answer: Answer) -> str:
    """Some lines, and then that of the films."""
    table, _ = films.cleaned()
    standard, scale = standardize(table["budget"])
    found = statistics.linear_regression(standard, table["revenue"])
    for case in (*CASES, (found.slope, found.intercept, scale.mean, scale.spread)):
        came = answer.call("in_dollars", *case)
        asked = call_text("in_dollars", case)
        pair = isinstance(came, list | tuple) and len(came) == 2
        if not (pair and all(isinstance(number, Real) for number in came)):
            raise Wrong("it should be two numbers: return slope, intercept", asked, short(came))
        slope, intercept, mean, spread = case
        expected = [slope * (budget - mean) / spread + intercept for budget in BUDGETS]
        if not close([came[0] * budget + came[1] for budget in BUDGETS], expected):
            raise Wrong(f"{slip(came, *case)}. {disagreement(came, expected)}", asked, short(came))
    return (
        f"for the films {found.slope:.2f} million for each spread of {scale.spread:.2f} million "
        f"are {came[0]:.4f} dollars for each dollar; and {found.intercept:.2f} is what the line "
        f"says of a film of the mean budget, {scale.mean:.2f} million, but {came[1]:.4f} what it "
        "says of one that costs nothing"
    )


def disagreement(came: Any, expected: list[Any]) -> str:
    """The first budget for which the two lines say different things."""
    for budget, right in zip(BUDGETS, expected, strict=True):
        if not close(mine := came[0] * budget + came[1], right):
            return (f"For a budget of {budget:g} your line says {mine:g}, and the line in spreads "
                    f"{right:g}")
    return ""


def slip(came: Any, slope: Any, intercept: Any, mean: Any, spread: Any) -> str:
    """What went wrong, if it is one of the usual mistakes."""
    right, shift = slope / spread, slope * mean / spread
    if close(came, (intercept - shift, right)):
        return "these are the two numbers, but the slope comes first"
    if close(came[0], slope):
        return "the slope is still that for a whole spread; one dollar is only a part of it"
    if close(came[0], slope * spread):
        return "the slope was multiplied by the spread: a dollar is less than a spread, not more"
    if not close(came[0], right):
        return "the slope is not that of the line in spreads"
    if close(came[1], intercept):
        return "the slope is right; but the intercept is still that at the mean, not that at 0"
    if close(came[1], intercept + shift):
        return "the slope is right; but from the mean to a budget of 0 the line goes back, not on"
    if close(came[1], intercept - slope * mean):
        return "the slope is right; but what the intercept loses is the new slope times the mean"
    if close(came[1], intercept - mean / spread):
        return "the slope is right; but how much the line falls from the mean to 0 depends on it"
    return "the slope is right, the intercept is not"
