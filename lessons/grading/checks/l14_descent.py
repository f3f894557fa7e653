"""Exercise 14: steps from a few places, and then the walk over all films to the closed formula."""

import statistics
from collections.abc import Sequence
from numbers import Real
from typing import Any

from lessons.data import films
from lessons.grading.answer import Answer, Wrong, call_text, close, short
from mathlab.learning.data.explore import standardize
from mathlab.learning.model.model import line
from mathlab.learning.model.surface import LossSurface

HINTS = (
    "Start with one lever: from position p, with slope s, where does it stand afterwards? If s is "
    "positive, p gets smaller.",
    "p - rate*s is where one lever goes. Do that for each p of position with its own s of slopes.",
    "zip(position, slopes) goes through both lists at once: [... for p, s in zip(position, "
    "slopes)], with p - rate*s in place of the dots.",
)
CASES: tuple[tuple[list[Any], list[Any], Any], ...] = (
    ([1, 2], [10, -4], 0.1),
    ([5.0], [-3.0], 0.5),
    ([0.0, -1.0, 7.0], [2.0, -6.0, 0.0], 0.25),
)
RATE, STEPS = 0.4, 60


def check(answer: Answer) -> str:
    """The step by itself, and the line that it leads to."""
    for case in CASES:
        came, expected = answer.call("step", *case), moved(*case)
        if not (numbers(came, len(expected)) and close(came, expected)):
            raise Wrong(slip(came, *case), call_text("step", case), short(came), expected)
    table, _ = films.cleaned()
    budgets, scale = standardize(table["budget"])
    model = line("budget", "revenue")
    surface = LossSurface(model, table.with_column("budget", budgets), method="collapsed")
    position = [0.0, 0.0]
    for _ in range(STEPS):
        came = answer.call("step", position, surface.look(position)[1], RATE)
        if not numbers(came, 2):
            raise Wrong("a step on the films led to no place", "step", short(came), "two numbers")
        position = list(came)
    exact = list(statistics.linear_regression(table["budget"], table["revenue"]))
    if not close(found := list(scale.original_line(*position)), exact):
        raise Wrong("single steps were right, but the walk ends elsewhere: does each depend on the "
                    "place, the slopes and the rate, and on nothing else? Is it rounded?",
                    f"slope and intercept after {STEPS} steps", found, exact)
    return (
        f"after {STEPS} of your steps the line is {found[0]:.4f}*budget {found[1]:+.4f}, which is "
        "that of the closed formula: no step knew where the bottom is, but each went down the "
        "slope where it stood, and a bowl has only one bottom"
    )


def moved(position: Sequence[Any], slopes: Sequence[Any], rate: Any, sign: int = -1) -> list[Any]:
    """Where the levers go; or, with the other sign, where they would go uphill."""
    return [position[i] + sign * rate * slopes[i] for i in range(len(position))]


def slip(came: Any, position: list[Any], slopes: list[Any], rate: Any) -> str:
    """What went wrong, if it is one of the usual mistakes."""
    nowhere = [0] * len(position)
    if not numbers(came, len(position)):
        return "it should be a list with a number for each lever"
    if close(came, moved(position, slopes, rate, +1)):
        return "that is a step uphill: where the slope is positive, the lever has to go down"
    if close(came, moved(position, slopes, 1)):
        return "the slopes were taken as they are, without the rate"
    if close(came, moved(nowhere, slopes, rate)) or close(came, moved(nowhere, slopes, rate, +1)):
        return "that is how far the levers move; the new position was asked for"
    if close(came, [p - rate * slopes[0] for p in position]):
        return "every lever moved by the first slope; each has a slope of its own"
    if close(came, position):
        return "nothing has moved"
    return "each lever moves by minus rate times its own slope"


def numbers(thing: Any, count: int) -> bool:
    """Whether this is a list, or the like, of so many numbers."""
    return (isinstance(thing, list | tuple) and len(thing) == count
            and all(isinstance(each, Real) for each in thing))
