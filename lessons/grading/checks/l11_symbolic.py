"""Exercise 11: the formula by mathlab's sweep, and its exact value."""

from fractions import Fraction
from functools import cache

from lessons.grading.asked import RIGHT, Exercise, Formula, Number
from mathlab import derivative, parse, symbols

HINTS = (
    "What is done last in f is to multiply x and (1 - x**2)**2: the product rule comes first.",
    "The slope of u**2 is 2*u times the slope of u. Here u is 1 - x**2, with the slope -2*x.",
    "d/dx[x] times the second factor is (1 - x**2)**2. Add x times the slope of the second factor, "
    "which is 2*(1 - x**2)*(-2*x).",
    "Put THIRD into your formula for x, as Python reckons. By hand: 1 - x**2 is 8/9, so it is "
    "64/81 - 4 * (1/9) * (8/9).",
)
FORMULA = "x*(1 - x**2)**2"
SLIPS = {
    "(1 - x**2)**2 + 2*x*(1 - x**2)": "the slope of what is inside, 1 - x**2, is left out",
    "(1 - x**2)**2 + 4*x**2*(1 - x**2)": "the slope of 1 - x**2 has another sign",
    "-4*x*(1 - x**2)": "the slope of a product is not the product of the slopes",
    "-4*x**2*(1 - x**2)": "the first factor changes as well: its share is left out",
    "(1 - x**2)**2": "the second factor changes as well: its share is left out",
    FORMULA: "that is f itself, not its slope",
}


@cache
def exercise() -> Exercise:
    """The formula first: a wrong one would make a wrong number."""
    (x,) = symbols("x")
    f, third = parse(FORMULA), Fraction(1, 3)
    slope = derivative(f, x)
    return Exercise([
        Formula("SLOPE", slope, SLIPS),
        Number("AT_A_THIRD", {
            "rounded == 1": "a float is rounded, and one third cannot be a float: reckon with "
                            "THIRD, a Fraction",
            "AT_A_THIRD == exact": RIGHT,
            "AT_A_THIRD == f": "that is f(1/3); the slope was asked for",
            "abs(AT_A_THIRD - exact) < 1e-9":
                "nearly: it was made from a float, which is rounded; THIRD is not",
            "AT_A_THIRD == at_3": "that is the slope at 3; at 1/3 was asked for",
        }, "this is not what the slope is at x = 1/3; work it out in Fractions, step by step"),
    ], {"exact": slope.at(x=third), "f": f.at(x=third), "at_3": slope.at(x=3)},
        f"at 1/3 the slope is {slope.at(x=third)}, which is about {{exact:.6f}}: a formula takes a "
        "Fraction as it takes a float, and then nothing is rounded")
