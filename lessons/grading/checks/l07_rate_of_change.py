"""Exercise 7: the steps at which the bend and the rounding to six digits do equal harm."""

import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from lessons.grading.asked import RIGHT, Exercise, Number
from mathlab.calculus.numeric import central_difference, forward_difference
from mathlab.errors import DomainError

ROUNDING = 1e-6  # of the printed table
TIMES = 10  # a step this many times as wide or narrow as the best is wrong
PLACES = [0.9 + i / 250 for i in range(51)]  # about 1: at one place alone rounding may be lucky

HINTS = (
    "Two errors pull in opposite directions: the bend, which grows with h, and the rounding of the "
    "table, which is divided by h. The best h is about where they are equal.",
    "The lesson has the theory: the square root of EPSILON for forward, the cube root for central. "
    "What takes the place of EPSILON if sin is rounded to six digits?",
    "For the forward quotient it is the square root of 1e-6. For the central one it is the cube "
    "root. You can see it, too: let f return round(math.sin(x), 6) in the lesson's file, and look "
    "at 'best h' ('in theory' is for floats, and stays as it is).",
)


@cache
def exercise() -> Exercise:
    """Each step within a factor of ten of the best in theory."""
    forward, central = ROUNDING ** (1 / 2), ROUNDING ** (1 / 3)
    return Exercise([
        *step("FORWARD_H", forward_difference, forward),
        *step("CENTRAL_H", central_difference, central),
        Number("CENTRAL_H", {"FORWARD_H < CENTRAL_H": RIGHT},
               "a step to both sides feels less of the bend, so it can be wider",
               "FORWARD_H, CENTRAL_H", "{FORWARD_H:g}, {CENTRAL_H:g}",
               "a wider step for central"),
    ], {}, f"with steps of {forward:g} and {central:g} the slope is off by "
           f"{off(forward_difference, forward):.1e} and {off(central_difference, central):.1e} on "
           "the average: there what the bend spoils is about as much as what the rounding spoils, "
           "and to both sides the bend spoils less")


def step(name: str, quotient: Callable[..., float], best: float) -> tuple[Number, Number]:
    """What is said of a step beside the best one."""

    def came(numbers: Mapping[str, Any]) -> str:
        try:
            return f"{off(quotient, numbers[name]):.1e} on the average"
        except DomainError as error:
            return str(error)

    hair = 1.001  # for rounding
    return Number(name, {
        f"{name} <= -1": "write the step itself, such as 1e-8 or 10**-8, not its power of ten",
        f"{name} <= 0": "a step is above 0",
    }), Number(name, {
        f"{best / TIMES * hair} < {name} < {best * TIMES / hair}": RIGHT,
        f"{name} < {best}": "that is too narrow: the rounding of the table, divided by your h, "
                            "spoils the slope",
    }, "that is too wide: the curve bends away within your h",
        f"{name} = {{{name}:g}}: how far off the slope is, at places near 1",
        came, f"{off(quotient, best):.1e} with the best step")


def off(quotient: Callable[..., float], h: float) -> float:
    """How far the slope of the printed table is off, on the average over a few places."""
    return math.fsum(abs(quotient(table, x, h) - math.cos(x)) for x in PLACES) / len(PLACES)


def table(x: float) -> float:
    """What the printed table says."""
    return round(math.sin(x), 6)
