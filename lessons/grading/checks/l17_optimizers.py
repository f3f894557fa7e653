"""Exercise 17: the formula in a few places, and then the race with descent, down a long valley."""

import statistics
from functools import cache
from numbers import Real
from typing import Any

from lessons.data import films
from lessons.grading.answer import Answer, Wrong, call_text, close, short
from mathlab.calculus.numbers.linear_algebra import extreme_bends
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.model.model import line
from mathlab.learning.model.surface import LossSurface

HINTS = (
    "Work out the new velocity of every lever first, in a list of its own. What does the position "
    "need it for?",
    "For one lever: v = keep*v + s, and then p = p - rate*v, with the v that is new.",
    "[keep*v + s for v, s in zip(velocity, slopes)] is the new velocity. Make the new position in "
    "the same way, and return both, position first.",
    "What is kept adds up: the speed grows to 1/(1 - keep) of the slope. For ten times as fast as "
    "descent that has to be 10 or more; but not some hundreds, or the ball rolls past the bottom.",
)
CASES: tuple[tuple[list[Any], list[Any], list[Any], Any, Any], ...] = (
    ([1, 2], [0, 4], [10, -2], 0.1, 0.5),
    ([3.0], [8.0], [-2.0], 0.25, 0.75),
    ([0.0, -1.0, 5.0], [1.0, 0.0, -2.0], [2.0, -6.0, 0.5], 0.5, 0.0),
    ([1.0, -1.0], [2.0, 3.0], [0.0, 0.0], 2.0, 0.9),
)


START = (0.0, 50.0)
LEFT = 1e-6  # of what there is to gain
PAIR = "it should be two lists, position and velocity, with a number for each lever"
WHILE = 50  # steps, which a ball that only flies past does not stay


def check(answer: Answer) -> str:
    """The step by itself, then the number of steps."""
    for case in CASES:
        came, expected = answer.call("momentum", *case), rolled(*case)
        if not close(came, expected):
            raise Wrong(slip(came, expected, *case), call_text("momentum", case),
                        short(came), expected)
    keep = answer.number("KEEP")
    if not 0 <= keep < 1:
        raise Wrong("it should be from 0 to below 1: a share of the speed", "KEEP", keep)
    surface, rate, enough, others = the_valley()
    most = others // 10
    arrived = arrives(answer, surface, rate, enough, keep, most)
    if arrived is None:
        way = ("too little speed is kept: the ball still creeps" if keep < 0.95 else
               "too much speed is kept: the ball rolls past the bottom and back, again and again")
        raise Wrong(way, f"the steps with KEEP = {keep}", f"more than {most:,}",
                    f"at most {most:,}; descent takes {others:,}")
    return (
        f"your ball arrives after {arrived:,} steps, and descent after {others:,}: along the "
        "valley the slopes point the same way again and again, so what is kept adds up, to "
        f"{1 / (1 - keep):.0f} times the speed; across it they take turns, and cancel out"
    )


@cache
def the_valley() -> tuple[LossSurface, float, float, int]:
    """The surface for budgets in millions, a learning rate, the loss at which one has arrived, and
    the steps that descent takes to arrive.
    """
    table, _ = films.cleaned()
    surface = LossSurface(line("budget", "revenue"), table, method="collapsed")
    highest, _, bends = surface.bend(START)
    best = statistics.linear_regression(table["budget"], table["revenue"])
    lowest, _ = surface.look(best)
    sharpest, _ = extreme_bends(bends)
    rate, enough = 1 / sharpest, lowest + LEFT * (highest - lowest)
    descent = GradientDescent(rate).walk(surface, START)
    return surface, rate, enough, next(k for k, step in enumerate(descent) if step.loss <= enough)


def arrives(
    answer: Answer, surface: LossSurface, rate: float, enough: float, keep: float, most: int
) -> int | None:
    """After how many steps the reader's ball is at the bottom, and stays there for a while; None if
    it takes more than `most`.
    """
    position, velocity, stays = list(START), [0.0] * len(START), 0
    for k in range(most + WHILE):
        loss, slopes = surface.look(position)
        stays = stays + 1 if loss <= enough else 0
        if stays == WHILE:
            return k + 1 - WHILE
        came = answer.call("momentum", position, velocity, slopes, rate, keep)
        if not pair_of_lists(came, len(START)):
            raise Wrong(PAIR, "momentum, on the way through the valley", short(came))
        position, velocity = map(list, came)
    return None


def rolled(
    position: list[Any], velocity: list[Any], slopes: list[Any], rate: Any, keep: Any
) -> tuple[list[Any], list[Any]]:
    """Where the ball goes, and how fast it is then."""
    speeds = [keep * velocity[i] + slopes[i] for i in range(len(slopes))]
    return [position[i] - rate * speeds[i] for i in range(len(slopes))], speeds


def slip(came: Any, expected: Any, position: list[Any], velocity: list[Any], slopes: list[Any],
         rate: Any, keep: Any) -> str:
    """What went wrong, if it is one of the usual mistakes."""
    if not pair_of_lists(came, len(slopes)):
        return PAIR
    at, speed = came
    if close([speed, at], expected):
        return "these are the two lists, but the position comes first"
    if close(speed, expected[1]):
        if close(at, [p - rate * v for p, v in zip(position, velocity, strict=True)]):
            return "the position moved with the old velocity; the new one already knows the slope"
        if close(at, [p + rate * v for p, v in zip(position, speed, strict=True)]):
            return "the position went uphill: what moves it is minus rate times the velocity"
        if close(at, [p - v for p, v in zip(position, speed, strict=True)]):
            return "the velocity is right, but the position moved without the rate"
        if close(at, [p - rate * s for p, s in zip(position, slopes, strict=True)]):
            return "the velocity is right, but the position moved by the slopes alone"
        return "the velocity is right, the position is not"
    if close(speed, [v + s for v, s in zip(velocity, slopes, strict=True)]):
        return "all of the old velocity was kept; only the share `keep` of it should be"
    if close(speed, [keep * v - s for v, s in zip(velocity, slopes, strict=True)]):
        return "the slope is added to the velocity; the minus comes when the position moves"
    if close(speed, [keep * v + (1 - keep) * s for v, s in zip(velocity, slopes, strict=True)]):
        return "the whole slope is added to the velocity, not the share 1 - keep of it"
    if close(speed, slopes):
        return "nothing of the old velocity was kept: that is descent"
    if any(close(speed, [keep * v + sign * rate * s for v, s in zip(velocity, slopes, strict=True)])
           for sign in (1, -1)):
        return "the velocity takes the slope as it is; the rate comes when the position moves"
    return "the new velocity is keep times the old one, plus the slope, lever by lever"


def pair_of_lists(thing: Any, count: int) -> bool:
    """Whether this is two lists of so many numbers each."""
    return (isinstance(thing, list | tuple) and len(thing) == 2
            and all(isinstance(each, list | tuple) and len(each) == count for each in thing)
            and all(isinstance(number, Real) for each in thing for number in each))
