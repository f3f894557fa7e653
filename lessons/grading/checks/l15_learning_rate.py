"""Exercise 15: the limits that the curvatures set, and the number by which a distance shrinks."""

from lessons.grading.answer import Answer, Wrong, close
from mathlab import Value, derivative, symbols

X, Y = symbols("x y")
LOSS = 3 * (X - 2) ** 2 + 20 * (Y + 1) ** 2
RATE = 0.25

HINTS = (
    "The curvature is the slope of the slope. The slope of 3*(x - 2)**2 + 1 is 6*(x - 2). How fast "
    "does that change as x grows?",
    "A step multiplies the distance from the bottom by 1 - rate*curvature. It runs away if that is "
    "below -1.",
    "With two levers each distance is multiplied by a number of its own. As soon as one of them "
    "runs away, the loss does. Which lever has the larger curvature?",
    "The curvatures are 6 along x and 40 along y, and a limit is 2/curvature.",
)


def check(answer: Answer) -> None:
    """Each number, beside what the second derivative says."""
    along_x, along_y = curvature(X), curvature(Y)
    check_limit("LIMIT", float(answer.number("LIMIT")), along_x, 2)
    check_jump(float(answer.number("JUMP")), RATE * along_x)
    both = float(answer.number("LIMIT_OF_BOTH"))
    if round(both, 2) == round(2 / along_x, 2):
        raise Wrong(
            f"x can bear that, but y cannot: a step multiplies its distance from the bottom by "
            f"{1 - both * along_y:.3g}",
            "LIMIT_OF_BOTH", both, "what both can bear",
        )
    check_limit("LIMIT_OF_BOTH", both, max(along_x, along_y), 3)


def curvature(lever: Value) -> float:
    """The second derivative along a lever, which is the same everywhere."""
    return float(derivative(LOSS, lever, order=2).at())


def check_limit(name: str, mine: float, sharpest: float, digits: int) -> None:
    """Check a limit of the rate, rounded to so many digits behind the point."""
    if round(mine, digits) == round(2 / sharpest, digits):
        return
    if mine <= 0:
        raise Wrong("a learning rate is above 0", name, mine)
    each = 1 - mine * sharpest
    if round(mine, digits) == round(1 / sharpest, digits):
        why = "at this rate one step is enough; it can be larger, and still not run away"
    elif abs(each) < 1:
        why = f"at this rate a step multiplies the distance by {each:.3g}, and arrives: go higher"
    else:
        why = f"at this rate a step multiplies the distance by {each:.3g}, and runs away: go lower"
    raise Wrong(why, name, mine, "the limit, to two digits")


def check_jump(mine: float, taken: float) -> None:
    """Check what is left of a distance of which a step takes this share away."""
    left = 1 - taken
    if close(mine, left):
        return
    why = "take a place, make one step by hand, and divide the new distance by the old one"
    if close(mine, -left):
        why = "so large it is, but on which side of the bottom does the step end?"
    elif close(mine, taken):
        why = "that is the share which the step takes away; what is left?"
    raise Wrong(why, "JUMP", mine, "new distance / old distance")
