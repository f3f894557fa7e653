"""Exercise 15: the limits that the curvatures set, and the number by which a distance shrinks."""

from functools import cache

from lessons.grading.asked import RIGHT, Exercise, Number
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
ABOUT = {"JUMP": 2, "LIMIT_OF_BOTH": 3}  # the first hint about each


@cache
def exercise() -> Exercise:
    """Each number, beside what the second derivative says."""
    along_x, along_y = curvature(X), curvature(Y)
    return Exercise([
        limit("LIMIT", along_x, 2),
        Number("JUMP", {
            "JUMP == left": RIGHT,
            "JUMP == -left":
                "so large it is, but on which side of the bottom does the step end?",
            "JUMP == 1 - left": "that is the share which the step takes away; what is left?",
        }, "take a place, make one step by hand, and divide the new distance by the old one",
            expected="new distance / old distance"),
        Number("LIMIT_OF_BOTH", {
            rounded("LIMIT_OF_BOTH", 2 / along_x, 2):
                "x can bear that, but y cannot: a step multiplies its distance from the bottom by "
                f"{{1 - LIMIT_OF_BOTH*{along_y}:.3g}}",
        }, expected="what both can bear"),
        limit("LIMIT_OF_BOTH", max(along_x, along_y), 3),
    ], {"left": 1 - RATE * along_x},
        f"a step multiplies the distance by 1 - rate*curvature, with the curvatures {along_x:g} "
        f"and {along_y:g}: that is -1 at a rate of {2 / along_x:.2g} and {2 / along_y:.2g}, and "
        "where both levers have one rate the sharper one sets the limit")


def curvature(lever: Value) -> float:
    """The second derivative along a lever, which is the same everywhere."""
    return float(derivative(LOSS, lever, order=2).at())


def limit(name: str, sharpest: float, digits: int) -> Number:
    """A limit of the rate, rounded to so many digits behind the point."""
    each = f"1 - {name}*{sharpest}"
    at_this_rate = f"at this rate a step multiplies the distance by {{{each}:.3g}}, and "
    return Number(name, {
        rounded(name, 2 / sharpest, digits): RIGHT,
        f"{name} <= 0": "a learning rate is above 0",
        rounded(name, 1 / sharpest, digits):
            "at this rate one step is enough; it can be larger, and still not run away",
        f"abs({each}) < 1": f"{at_this_rate}arrives: go higher",
    }, f"{at_this_rate}runs away: go lower", expected="the limit, to two digits")


def rounded(name: str, to: float, digits: int) -> str:
    """That a number is another one when both are rounded."""
    return f"abs({name} - {round(to, digits)}) <= {0.5 * 10**-digits}"
