"""The rules in letters as the books have them, and the parts put for the letters."""

import pytest

from mathlab import dot, exp, maximum, polygamma, sin, sqrt, symbols, total
from mathlab.calculus.algebra.rules import rule
from mathlab.calculus.graph.operations import Operation

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
    (polygamma(1, u),    ONE,   "chain rule for polygamma",         "polygamma(2, u)*du"),
)


@pytest.mark.parametrize(("pattern", "rates", "name", "formula"), RULES, ids=lambda x: str(x)[:20])
def test_a_rule_as_the_books_have_it(pattern, rates, name, formula):
    made = rule(pattern, list(rates))
    assert (made.name, str(made.derivative(rates))) == (name, formula)
    assert made.asked == list(rates)
    direct = name.removesuffix(" and chain rule").removeprefix("chain rule for ")
    of_x = rule(pattern, list(rates), inside=False)
    assert (of_x.name, of_x.asked) == (direct, [])


def test_the_row_is_shown_unless_the_name_says_enough():
    assert rule(sin(u), [u]).row == "the slope of sin(u) is cos(u)"
    assert rule(u**3, [u]).row == "the slope of u**3 is 3*u**2"
    assert rule(u**3, [u], inside=False).row == rule(u * v, [u, v]).row == ""
    assert rule(u**v, [u, v]).row == (
        "the slopes of u**v are v*u**(v - 1) along u, u**v*log(u) along v"
    )


def test_the_variable_itself_and_a_constant():
    assert (rule(u, [u], inside=False).name, rule(u, [], inside=False).name) == (
        "the variable itself", "constant rule")
    assert str(rule(u, [], inside=False).derivative({})) == "0"


def test_a_slope_of_zero_asks_for_nothing():
    flat = Operation("flat", lambda u, v: v, lambda u, v, y: 0, lambda u, v, y: 2)
    made = rule(flat(u, v), [u, v])
    found = made.name, str(made.derivative(TWO)), made.asked
    assert found == ("chain rule for flat", "2*dv", [v])


@pytest.mark.parametrize(
    ("pattern", "rates", "parts", "text"),
    [
        (u * v, {u: 0, v: 1}, {}, "u"),
        (u * v, {u: 1, v: 0}, {}, "v"),
        (u / v, {u: 0, v: 1}, {}, "-u/v**2"),
        (u / v, {u: 0, v: 0}, {}, "0"),
        (u - v, {u: 2, v: 3}, {}, "-1"),
        (u - v, {u: 0, v: dv}, {}, "-dv"),
        (u - v, {u: 1, v: dv}, {}, "1 - dv"),
        (-u, {u: 3}, {}, "-3"),
        (-u, {u: 0}, {}, "0"),
        (exp(u), {u: 1}, {u: a + 0 * a}, "exp(a + 0*a)"),  # what was put in stays as it is
        (u * v, {u: w, v: 0}, {v: maximum(a * 1, 1)}, "w*maximum(a, 1)"),
        (u / v, {u: 1, v: 1}, {u: a, v: w}, "(w - a)/w**2"),
    ],
    ids=str,
)
def test_zeros_and_ones_are_not_written_but_for_those_in_the_parts(pattern, rates, parts, text):
    assert str(rule(pattern, list(rates)).derivative(rates, parts)) == text
