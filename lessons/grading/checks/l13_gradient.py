"""Exercise 13: the gradient by mathlab's sweep, and the slope in 361 directions."""

import math
from functools import cache

from lessons.grading.asked import RIGHT, Exercise, Formula, Number
from mathlab import Value, cos, derivative, directional_derivative, parse, sin, symbols
from mathlab.calculus.algebra.differentiate import substitute

HINTS = (
    "For BY_A hold b still, as if it were a number. Each square has the slope 2*u times the slope "
    "of u, where u is the residual; and the residuals have a minus sign before a and b.",
    "The residual 7 - (3*a + b) has the slope -3 by a, and -1 by b.",
    "At a = 1, b = 1 the residuals are 2 and 3. Put them into BY_A and BY_B: that is the gradient. "
    "It points up, so the steepest way down has both signs turned round.",
    "For the angle of a way (u, v) ask math.degrees(math.atan2(v, u)). Here u is 22 and v is 10.",
)
ABOUT = {"BY_B": 2, "ANGLE": 3}  # the first hint about each
LOSS = "(4 - (a + b))**2 + (7 - (3*a + b))**2"
PLACE = {"a": 1, "b": 1}
SLIPS = {
    "BY_A": {
        "2*(4 - a - b) + 6*(7 - 3*a - b)": "the sign: a residual falls when a goes up",
        "-2*(4 - a - b) - 2*(7 - 3*a - b)": "that is the slope by b; the slope of 3*a by a is 3",
        "2*(4 - a - b) + 2*(7 - 3*a - b)": "the slope of what is inside each square is left out",
        "-(4 - a - b) - 3*(7 - 3*a - b)": "the slope of u**2 is 2*u",
    },
    "BY_B": {
        "2*(4 - a - b) + 2*(7 - 3*a - b)": "the sign: a residual falls when b goes up",
        "-2*(4 - a - b) - 6*(7 - 3*a - b)": "that is the slope by a; the slope of 3*a by b is 0",
        "-(4 - a - b) - (7 - 3*a - b)": "the slope of u**2 is 2*u",
    },
}


WAY = symbols("ANGLE")[0] * math.pi / 180


@cache
def exercise() -> Exercise:
    """Both formulas, then the race."""
    loss, levers = parse(LOSS), symbols("a b")
    by_a, by_b = (derivative(loss, lever).at(**PLACE) for lever in levers)
    return Exercise([
        *(Formula(name, derivative(loss, lever), slips)
          for (name, slips), lever in zip(SLIPS.items(), levers, strict=True)),
        Number("ANGLE", {
            "near <= cos(way - arrow)": RIGHT,
            "-0.99*steepest < reached":
                "that is the way up: the gradient says where the loss rises",
            "near <= cos(ANGLE - arrow)":
                "that is an angle in radians: math.degrees makes degrees of it",
            "near <= sin(way + arrow)":
                "a and b are exchanged: the angle is counted from a towards b, atan2(v, u)",
            "reached < 0": "the arrow wins: your way goes down {100*reached/steepest:.2f}% as fast",
        }, "the arrow wins: your way does not go down at all",
            "the slope of the loss at {ANGLE:g} degrees", "{reached:.3f} for a unit of way",
            "{steepest:.3f}, as the arrow; the best of 360 others has {best:.3f}"),
    ], {"way": WAY, "arrow": math.atan2(-by_b, -by_a), "near": math.cos(math.radians(1)),
        "reached": reached(), "steepest": -math.hypot(by_a, by_b), "best": best()},
        "for a unit of way the loss falls by {-reached:.3f} at your angle, and by {-best:.3f} at "
        "the best of 360 others: off the arrow, part of each step runs along the level")


@cache
def reached() -> Value:
    """The slope of the loss in the direction of ANGLE."""
    a, b = symbols("a b")
    along = directional_derivative(parse(LOSS), {a: cos(WAY), b: sin(WAY)})
    return substitute(along, PLACE)


@cache
def best() -> float:
    """The steepest slope in any whole number of degrees."""
    return min(map(slope, range(360)))


def slope(angle: float) -> float:
    """The slope of the loss in a direction."""
    return float(reached().at(ANGLE=angle))
