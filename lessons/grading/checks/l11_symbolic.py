"""Exercise 11: the formula by mathlab's sweep, and its exact value."""

from fractions import Fraction
from numbers import Rational

from lessons.grading.answer import Answer, Wrong
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


def check(answer: Answer) -> None:
    """The formula first: a wrong one would make a wrong number."""
    (x,) = symbols("x")
    f = parse(FORMULA)
    slope, third = derivative(f, x), Fraction(1, 3)
    answer.formula("SLOPE", slope, SLIPS)
    number, exact = answer.number("AT_A_THIRD"), slope.at(x=third)
    if not isinstance(number, Rational):
        raise Wrong(
            "a float is rounded, and one third cannot be a float: reckon with THIRD, a Fraction",
            "AT_A_THIRD",
            number,
            "a Fraction",
        )
    if number == exact:
        return
    why = "this is not what the slope is at x = 1/3; work it out in Fractions, step by step"
    if number == f.at(x=third):
        why = "that is f(1/3); the slope was asked for"
    elif abs(number - exact) < 1e-9:
        why = "nearly: it was made from a float, which is rounded; THIRD is not"
    elif number == slope.at(x=3):
        why = "that is the slope at 3; at 1/3 was asked for"
    raise Wrong(why, "AT_A_THIRD", number)
