"""Exercise 13: the gradient by mathlab's sweep, and the slope in 361 directions."""

import math
from functools import cache

from lessons.grading.answer import Answer, Wrong
from mathlab import derivative, directional_derivative, parse, symbols

HINTS = (
    "For BY_A hold b still, as if it were a number. Each square has the slope 2*u times the slope "
    "of u, where u is the residual; and the residuals have a minus sign before a and b.",
    "The residual 7 - (3*a + b) has the slope -3 by a, and -1 by b.",
    "At a = 1, b = 1 the residuals are 2 and 3. Put them into BY_A and BY_B: that is the gradient. "
    "It points up, so the steepest way down has both signs turned round.",
    "For the angle of a way (u, v) ask math.degrees(math.atan2(v, u)). Here u is 22 and v is 10.",
)
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


def check(answer: Answer) -> None:
    """Both formulas, then the race."""
    loss, levers = parse(LOSS), symbols("a b")
    for name, lever in zip(SLIPS, levers, strict=True):
        answer.formula(name, derivative(loss, lever), SLIPS[name])
    angle = float(answer.number("ANGLE") % 360)
    reached = slope(angle)
    by_a, by_b = (derivative(loss, lever).at(**PLACE) for lever in levers)
    arrow, steepest = math.degrees(math.atan2(-by_b, -by_a)) % 360, -math.hypot(by_a, by_b)
    if abs((angle - arrow + 180) % 360 - 180) <= 1:
        return
    why = (
        f"the arrow wins: your way goes down {100 * reached / steepest:.2f}% as fast"
        if reached < 0
        else "the arrow wins: your way does not go down at all"
    )
    if reached > 0.99 * -steepest:
        why = "that is the way up: the gradient says where the loss rises"
    elif abs((math.degrees(angle) - arrow + 180) % 360 - 180) <= 1:
        why = "that is an angle in radians: math.degrees makes degrees of it"
    elif abs((angle + arrow - 90 + 180) % 360 - 180) <= 1:
        why = "a and b are exchanged: the angle is counted from a towards b, atan2(v, u)"
    raise Wrong(
        why,
        f"the slope of the loss at {angle:g} degrees",
        f"{reached:.3f} for a unit of way",
        f"{steepest:.3f}, as the arrow; the best of 360 others has {best():.3f}",
    )


@cache
def best() -> float:
    """The steepest slope in any whole number of degrees."""
    return min(map(slope, range(360)))


def slope(angle: float) -> float:
    """The slope of the loss in a direction."""
    a, b = symbols("a b")
    way = {a: math.cos(math.radians(angle)), b: math.sin(math.radians(angle))}
    return float(directional_derivative(parse(LOSS), way).at(**PLACE))
