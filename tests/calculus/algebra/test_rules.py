"""The rules in letters as the books have them, and the parts put for the letters."""

import pytest

from mathlab import atan2, dot, exp, maximum, sin, sqrt, symbols, total
from mathlab.calculus.algebra.rules import rule, with_parts
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.value import as_value

u, v, w, a, du, dv, dw = symbols("u v w a du dv dw")
ONE, TWO, THREE = {u: du}, {u: du, v: dv}, {u: du, v: dv, w: dw}

RULES = (
    # pattern    letters  its name, if there is something inside   its formula
    (u + v,              TWO,   "sum rule",                         "du + dv"),
    (u - v,              TWO,   "sum rule",                         "du - dv"),
    (v - u,              TWO,   "sum rule",                         "-du + dv"),
    (total([u, v, w]),   THREE, "sum rule",                         "du + dv + dw"),
    (u - 2 * v,          TWO,   "sum and constant multiple rules",  "du - 2*dv"),
    (3 * u,              ONE,   "constant multiple rule",           "3*du"),
    (u * a,              ONE,   "constant multiple rule",           "a*du"),
    (u / 2,              ONE,   "constant multiple rule",           "1/2*du"),
    (-u,                 ONE,   "constant multiple rule",           "-du"),
    (u * v,              TWO,   "product rule",                     "du*v + u*dv"),
    (dot([u], [v]),      TWO,   "sum and product rules",            "v*du + u*dv"),
    (u / v,              TWO,   "quotient rule",                    "(du*v - u*dv)/v**2"),
    (1 / u,              ONE,   "quotient rule",                    "-du/u**2"),
    (a / u,              ONE,   "quotient rule",                    "-a*du/u**2"),
    (u**3,               ONE,   "power rule and chain rule",        "3*u**2*du"),
    (u**a,               ONE,   "power rule and chain rule",        "a*u**(a - 1)*du"),
    (a**u,               ONE,   "exponential rule and chain rule",  "a**u*log(a)*du"),
    (u**v,               TWO,   "general power rule", "v*u**(v - 1)*du + u**v*log(u)*dv"),
    (exp(u),             ONE,   "chain rule for exp",               "exp(u)*du"),
    (sqrt(u),            ONE,   "chain rule for sqrt",              "1/(2*sqrt(u))*du"),
    (atan2(u, a),        ONE,   "chain rule for atan2",             "a/(u**2 + a**2)*du"),
)


@pytest.mark.parametrize(("pattern", "rates", "name", "formula"), RULES, ids=lambda x: str(x)[:20])
def test_a_rule_as_the_books_have_it(pattern, rates, name, formula):
    made = rule(pattern, rates)
    assert (made.name(), str(made.formula)) == (name, formula)
    assert made.asked == {rates[letter]: letter for letter in rates}
    direct = name.removesuffix(" and chain rule").removeprefix("chain rule for ")
    assert made.name(inside=False) == direct


def test_the_row_is_shown_unless_the_name_says_enough():
    assert rule(sin(u), ONE).row() == "the slope of sin(u) is cos(u)"
    assert rule(u**3, ONE).row() == "the slope of u**3 is 3*u**2"
    assert rule(u**3, ONE).row(inside=False) == rule(u * v, TWO).row() == ""
    assert rule(u**v, TWO).row() == (
        "the slopes of u**v are v*u**(v - 1) along u, u**v*log(u) along v"
    )


def test_a_slope_of_zero_asks_for_nothing():
    flat = Operation("flat", lambda u, v: v, lambda u, v, y: 0, lambda u, v, y: 2)
    made = rule(flat(u, v), TWO)
    assert (made.name(), str(made.formula), made.asked) == ("chain rule for flat", "2*dv", {dv: v})


@pytest.mark.parametrize(
    ("formula", "parts", "text"),
    [
        (du * v + u * dv, {du: 0, dv: 1}, "u"),
        (du * v + u * dv, {du: 1, dv: 0}, "v"),
        (du * v - u * dv, {du: 0, dv: 1}, "-u"),
        (du - dv, {du: 2, dv: 3}, "-1"),
        ((du * v - u * dv) / v**2, {du: 0, dv: 0}, "0"),
        (du * v, {du: -1}, "-1*v"),
        (-du, {du: 3}, "-3"),
        (-du, {du: 0}, "0"),
        (exp(u) * du, {u: a + 0 * a, du: 1}, "exp(a + 0*a)"),  # what was put in stays as it is
        (maximum(u, 1) * du, {u: a * 1 + w, du: v}, "maximum(a + w, 1)*v"),
    ],
    ids=str,
)
def test_zeros_and_ones_are_put_away_but_for_those_in_the_parts(formula, parts, text):
    parts = {letter: as_value(part) for letter, part in parts.items()}
    assert str(with_parts(formula, parts)) == text
