"""The number of a formula: what floats cannot hold on the way, what is not needed, and names."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab import Value, parse, symbols
from mathlab.calculus.numbers.evaluate import evaluate
from mathlab.calculus.numbers.interval import Interval
from mathlab.errors import DomainError, FormulaError, UnknownError

INF = math.inf
IN_FLOATS, EXACTLY = 2.0**-54, 2.0**-55  # what a + b - c is, for the floats 0.1, 0.2 and 0.3


@pytest.mark.parametrize(("zero", "x", "y", "way"), [
    ("x*y", 0.0, 3.0, IN_FLOATS),  # a true 0
    ("x/y", 1.0, INF, IN_FLOATS),
    ("log(x)", 1.0, 1.0, IN_FLOATS),  # 0, and no product
    ("x*y", 1e-100, 1e-100, IN_FLOATS),
    ("x*y - x*y", 1e149, 1e149, IN_FLOATS),
    ("x*y", 1e-200, 1e-200, EXACTLY),  # 1e-400 is no float
    ("x*y - x*y", 1e200, 1e200, EXACTLY),
    ("x**2.5 - x**2.5", 1e200, 1.0, EXACTLY),
    ("x*y - x*y", 1.2e150, 1.2e150, EXACTLY),  # near the end of the floats
    ("x*y", 1e-150, 1e-150, EXACTLY)])
def test_floats_are_left_only_where_a_product_does_not_fit(zero, x, y, way):
    found = parse(f"{zero} + a + b - c").at(x=x, y=y, a=0.1, b=0.2, c=0.3)
    assert (found, type(found)) == (way, float)


@pytest.mark.parametrize(("text", "given", "expected"), [
    ("x**3 - x**2", {"x": 1e200}, INF),  # 1e600: beyond the floats, but no nan
    ("x*x", {"x": -1e200}, INF),
    ("x*x*y", {"x": 1e-200, "y": Fraction(10) ** 400}, pytest.approx(1.0)),
    ("x*x + digamma(1)", {"x": 1e-200}, pytest.approx(-0.5772156649015329)),  # in floats alone
    ("where(y, x*x, 0)", {"x": Fraction(1, 10**200), "y": 1.0}, Fraction(1, 10**400)),
    ("where(x, log(x), 5)", {"x": -1.0}, 5),
    ("where(x, log(x), 5)", {"x": 0.0}, 5),
    ("where(x, 3, log(-x))", {"x": 1.0}, 3),
    ("where(x, log(y), 5)", {"x": Interval(-2, -1), "y": -1}, 5),
    ("where(x, y, log(z))", {"x": 1.0, "y": -5.0, "z": -1.0}, -5.0),
    ("where(x, y, log(z))", {"x": Value(1.0), "y": 5.0, "z": -1.0}, 5.0),
    ("where(x, log(y), z)", {"x": Value(-1.0), "y": -1.0, "z": 5.0}, 5.0),
    ("where(x, log(y), z)", {"x": Value(0.0), "y": -1.0, "z": 5.0}, 5.0),
    ("pi*x", {"x": 1.0, "pi": 3.0}, math.pi),  # pi is no name that is free
    ("pi*x", {"x": 1.0, "other": 2.0}, math.pi),  # it lacks no number
    ("pi*x", {"x": Decimal(1)}, Decimal("3.141592653589793238462643383")),
    ("x + y", {"x": 0.1, "y": Decimal(1)}, Decimal("1.1")),
    ("2*x", {"x": 4, "z": 1}, 8)])
def test_values(text, given, expected):
    found = parse(text).at(**given)
    assert found == expected and type(found) is type(getattr(expected, "expected", expected))


@pytest.mark.parametrize(("text", "given", "error", "words"), [
    ("exp(x)*y", {"x": 1000.0, "y": 1.0}, DomainError, "exp(1000.0) is too large"),
    ("exp(x) - exp(y)", {"x": 1000.0, "y": 1000.0}, DomainError, "exp(1000.0) is too large"),
    ("x*log(a + b - c)", {"x": 2.0, "a": 1e16, "b": 1.0, "c": 1e16}, DomainError, "log(0.0)"),
    ("x**6000/x**5999", {"x": 2}, DomainError, "2 ** 6000 is too large"),
    ("where(log(x), 1, 2)", {"x": -1.0}, DomainError, "log(-1.0) is not defined"),
    ("where(x, log(y), 5)", {"x": 1.0, "y": -1.0}, DomainError, "log(-1.0) is not defined"),
    ("where(x, log(x), 5)", {"x": Interval(-1, 1)}, DomainError, "log(Interval(-1, 1))"),
    ("where(x, log(y), 5)", {"x": 1j, "y": -1}, DomainError, "log(-1) is not defined"),
    ("where(x, 5, log(y))", {"x": symbols("x")[0], "y": -1}, DomainError, "log(-1)"),
    ("x*y", {"x": Interval(1), "y": 1j}, TypeError, "unsupported operand"),
    ("x + y", {"x": 1, "z": 2}, FormulaError, "there is no z in this formula; it has x, y"),
    ("rate + y", {"rte": 1}, FormulaError, "there is no rte in this formula; it has rate"),
    ("y + x + 1", {}, UnknownError, "no number yet for x, y; give one: f.at(x=...)")])
def test_refusals(text, given, error, words):
    with pytest.raises(error) as caught:
        parse(text).at(**given)
    assert str(caught.value).startswith(words)


def test_a_choice_between_formulas_is_a_formula():
    five = Value(5.0, "five")
    assert parse("where(x, y, log(z))").at(x=1.0, y=five, z=-1.0) is five


def test_a_number_without_a_name_is_not_asked_for():
    (x,) = symbols("x")
    assert (Value(2.0) * x).at(x=4.0, other=1.0) == 8.0
    assert (Value(2.0, "two") * x).at(x=4.0) == 8.0 == (Value(3.0, "two") * x).at(x=4.0, two=2.0)


def test_a_node_that_is_given_is_not_computed():
    (x,) = symbols("x")
    inner = x * x
    assert evaluate([x, inner, inner + inner], {x: 3, inner: 5}) == 10


@pytest.mark.parametrize(("text", "at", "found"), [
    ("sin(x)*x*x/x", 1e300, math.sin(1e300) * 1e300),
    ("sin(x)*x*x/x", 1e154, math.sin(1e154) * 1e154),
    ("cos(x)*1e300*1e300/1e300", 1e154, math.cos(1e154) * 1e300), ("x**2/x", 1e-200, 1e-200),
    ("x**2/x**1.5", 1.5e-200, math.sqrt(1.5e-200))])
def test_numbers_that_leave_the_floats_on_their_way(text, at, found):
    assert parse(text).at(x=at) == pytest.approx(found, rel=1e-15)
