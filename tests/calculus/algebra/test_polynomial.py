"""Multiplied out: the same values, and the coefficients of the book."""

import itertools
import math

import pytest

from mathlab import dot, exp, parse, sin, symbols, total
from mathlab.calculus.algebra.polynomial import _product, coefficients, multiply_out
from mathlab.errors import FormulaError

A, B, X, Y = symbols("a b x y")


@pytest.mark.parametrize(
    ("formula", "terms"),
    [
        ((A + B) ** 3, {(3, 0): "1", (2, 1): "3", (1, 2): "3", (0, 3): "1"}),
        ((A - X) * (A + X), {(2, 0): "1", (1, 0): "0", (0, 0): "-x**2"}),
        (A * B / 2, {(1, 1): "1/2"}),
        (sin(X) * A - Y, {(1, 0): "sin(x)", (0, 0): "-y"}),
        (-(A * exp(X)), {(1, 0): "-exp(x)"}),
        (X**2 + 1, {(0, 0): "x**2 + 1"}),
        (total([A, B, A]), {(1, 0): "2", (0, 1): "1"}),
        (A**0 + B, {(0, 0): "1", (0, 1): "1"}),
        (dot([A, X], [B, Y]), {(1, 1): "1", (0, 0): "x*y"}),
    ],
)
def test_coefficients(formula, terms):
    found = coefficients(formula, [A, B])
    assert {powers: str(number) for powers, number in found.items()} == terms


@pytest.mark.parametrize("formula", [
    (Y - (A * X + B)) ** 2,
    (A * X**2 - B**3 * X + 0.5) ** 2 - A * B * (A - B) ** 4 / 8,
    (1 + A) ** 7 * (X - B) ** 2,
], ids=str)
def test_the_polynomial_is_the_formula(formula):
    terms = coefficients(formula, [A, B])
    for a, b in itertools.product((-1.5, 0.0, 2.0), (0.25, 3.0)):
        expected = formula.at(a=a, b=b, x=0.7, y=1.3)
        parts = [c.at(x=0.7, y=1.3) * a**p * b**q for (p, q), c in terms.items()]
        assert math.fsum(parts) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (exp(A), r"exp\(a\) is not a polynomial"),
        (X / A, "x/a is not a polynomial"),
        (A**math.inf, "is not a polynomial"),
        (A**math.nan, "is not a polynomial"),
        (A**-1, "is not a polynomial"),
        (A**0.5, "is not a polynomial"),
        (A**X, "is not a polynomial"),
        (X**A, "is not a polynomial"),
        (sin(A + X) + B, r"sin\(a \+ x\)"),
    ],
)
def test_what_is_no_polynomial(formula, words):
    with pytest.raises(FormulaError, match=words):
        coefficients(formula, [A, B])


def test_many_parameters():
    many = symbols(" ".join(f"p{i}" for i in range(80)))
    assert len(coefficients(total(many) ** 2, many)) == 80 * 81 / 2


def test_more_terms_than_anyone_wants_are_refused_at_once():
    many = symbols(" ".join(f"p{i}" for i in range(100)))
    with pytest.raises(FormulaError, match="more than 5,000 terms"):
        coefficients(total(many) ** 999, many)  # 5,050 in the square


@pytest.mark.parametrize(("text", "out"), [
    ("(x + 1)**2", "x**2 + 2*x + 1"), ("(x + y)/2*(x - y)", "(x**2 - y**2)/2"), ("x*y", "x*y"),
    ("-(x + 1)*(x - 1)", "1 - x**2"), ("(sin(x) + 1)*(sin(x) - 1)", "sin(x)**2 - 1"),
    ("((x + 1)**2 + 1)**2", "x**4 + 4*x**3 + 8*x**2 + 8*x + 4"), ("2*(x + 1)", "2*x + 2"),
    ("maximum(x, 2)*(x + 1)*(x - 1)", "x**2*maximum(2, x) - maximum(2, x)"), ("x + 1", "x + 1"),
    ("(x + 1)**(1/2)*(x + 1)", "(x + 1)**(3/2)"), ("hypot(x, 2)*(x + 1)", "(x + 1)*hypot(2, x)"),
    ("(x + 1)**n", "(x + 1)**n"), ("(x + 1)/x", "(x + 1)/x"), ("-(x - 1)", "1 - x")])
def test_what_is_multiplied_out(text, out):
    found = multiply_out(parse(text))
    assert str(found) == out
    names = {"x": 0.7, "y": -1.3, "n": 2.5}
    place = {name: number for name, number in names.items() if name in text.replace("sin", "")}
    assert found.at(**place) == pytest.approx(parse(text).at(**place), rel=1e-12)


@pytest.mark.parametrize("text", [
    "x", "7", "x*y", "x**2", "(x*y)**2", "-x", "3*4*x", "x + y - 3*x", "x + (y - (x + 2))",
    "sin(x + 1)*2", "exp(x + y)", "x/y"])
def test_what_is_a_sum_of_products_stays_the_formula_it_is(text):
    formula = parse(text)
    assert multiply_out(formula) is formula


@pytest.mark.parametrize(("text", "out"), [
    ("(x + 1)/y*(x - 1)", "(x**2 - 1)/y"), ("(x + y)*(x + y)", "x**2 + 2*x*y + y**2"),
    ("(x + 1)**2.0*x", "x**3 + 2*x**2 + x"), ("(x + 1)**n*(x - 1)", "(x - 1)*(x + 1)**n"),
    ("(x + 1)*y/3", "x*y/3 + y/3"), ("exp(x)*(x + 1) + exp(x)*x", "exp(x) + 2*x*exp(x)"),
    ("(x - 1)*(sin(x) - 1)/2", "(x*sin(x) - x - sin(x) + 1)/2"), ("(x + 1)**0", "1")])
def test_quotients_and_powers_by_numbers_are_multiplied_out_and_others_are_parts(text, out):
    assert str(multiply_out(parse(text))) == out


def test_up_to_the_limit_all_is_multiplied_out():
    rows, columns = total([A**k for k in range(100)]), [B**k for k in range(51)]
    assert len(coefficients(rows * total(columns[:50]), [A, B])) == 5_000
    with pytest.raises(FormulaError, match=r"^it has more than 5,000 terms$"):
        coefficients(rows * total(columns), [A, B])
    assert [*coefficients(A**4_999, [A])] == [(4_999,)]
    with pytest.raises(FormulaError, match=r"^a\*\*5000 is not a polynomial$"):
        coefficients(A**5_000, [A])
    with pytest.raises(FormulaError, match="more than 5,000 terms"):  # half a million products
        _product({(k,): 1 for k in range(4_800)}, {(k,): 1 for k in range(105)})
