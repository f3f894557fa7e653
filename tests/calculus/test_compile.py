"""Formulas as plain functions: the same numbers, and a text that a person could have written."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab import (
    Value,
    dot,
    exp,
    gradient,
    maximum,
    relu,
    sigmoid,
    sin,
    sqrt,
    symbols,
    total,
    where,
)
from mathlab.calculus.compile import compile_formula
from mathlab.errors import DomainError, FormulaError, UnknownError

X, Y, Z = symbols("x y z")


@pytest.mark.parametrize(
    ("formula", "body"),
    [
        (X, ["return x"]),
        (X + 1, ["return x + 1"]),
        (sin(X * Y) ** 2, ["return sin(x*y)**2"]),
        ((X + Y) * (X + Y), ["return (x + y)*(x + y)"]),  # two nodes that happen to be equal
        ((u := X + Y) * u, ["t1 = x + y", "return t1*t1"]),
        (X * -2, ["return x*(-2)"]),
        (X * 0.1, ["return x*0.1"]),
        (total([X, Y, 1]), ["return x + y + 1"]),
        (dot([X, Y], [Y, Z]), ["return x*y + y*z"]),
        (where(X, Y, maximum(Y, Z)), ["return where(x, y, maximum(y, z))"]),
        ([X * Y, X * Y], ["return (x*y, x*y)"]),
        ([v := X * Y, v + 1], ["t1 = x*y", "return (t1, t1 + 1)"]),
        ([X], ["return (x,)"]),
        ([], ["return ()"]),
        (X * Fraction(1, 3), ["return x*t1"]),
        (X * math.inf, ["return x*t1"]),
        (X * Value(2.5, "a"), ["return x*2.5"]),
        (X * Value.constant(math.pi, "pi"), [f"return x*{math.pi}"]),
    ],
)
def test_the_text(formula, body):
    source = compile_formula(formula, [X, Y, Z]).source
    assert source.splitlines() == ["def formula(x, y, z):", *("    " + line for line in body)]


FORMULAS = (
    X * Y + Z,
    sin(X) * exp(-Y) / Z,
    sigmoid(X - Y) ** 2 + relu(Z) - maximum(X, Y),
    X ** (Y / Z) - 2 ** (-X),
    sqrt(X * X + Y * Y) ** -1,
    where(X - Y, Z, X),
)


@pytest.mark.parametrize("formula", FORMULAS, ids=str)
@pytest.mark.parametrize("at", [(1.5, 0.5, 2.0), (0.3, 2.5, 1.25)])
def test_the_same_numbers(formula, at):
    given = dict(zip("xyz", at, strict=True))
    assert compile_formula(formula, [X, Y, Z])(*at) == pytest.approx(formula.at(**given))


def test_a_function_with_its_gradient():
    f = sin(X * Y) + X**2
    value, by_x, by_y = compile_formula([f, *gradient(f, [X, Y])], [X, Y])(0.7, 1.1)
    assert value == pytest.approx(math.sin(0.77) + 0.49)
    assert by_x == pytest.approx(1.1 * math.cos(0.77) + 1.4)
    assert by_y == pytest.approx(0.7 * math.cos(0.77))


@pytest.mark.parametrize(
    ("at", "result"),
    [
        ((Fraction(1, 2), 3), Fraction(19, 12)),
        ((Decimal("0.5"), 3), Decimal("0.5") * 3 + Decimal("0.25") / 3),
        ((1j, 2), 2j - 0.5),
        ((2, 4), 9.0),
    ],
)
def test_any_kind_of_number_goes_in(at, result):
    found = compile_formula(X * Y + X**2 / Y, [X, Y])(*at)
    assert (found, type(found)) == (result, type(result))


@pytest.mark.parametrize("bad", ["2x", "x y", "", "lambda", "__import__", "x);import os;("])
def test_names_are_checked(bad):
    with pytest.raises(FormulaError, match="cannot be the name of an input"):
        compile_formula(X, [X, Value(1.0, bad)])


@pytest.mark.parametrize("names", [("x", "x"), ("sin",), ("where",)])
def test_names_that_are_taken(names):
    with pytest.raises(FormulaError, match="is taken"):
        compile_formula(X, [Value(1.0, name) for name in names])


def test_a_symbol_that_is_no_input():
    with pytest.raises(UnknownError, match="y is neither a number nor an input"):
        compile_formula(X * Y, [X])


def test_names_like_our_own_do_no_harm():
    t1, formula = symbols("t1 formula")
    u = t1 + formula
    assert compile_formula(u * u + t1, [t1, formula])(2, 3) == 27
    other = Value(0.5, "math") + t1  # the names of numbers never reach the text
    assert compile_formula(other, [t1])(1) == 1.5


def test_outside_the_domain_functions_say_so():
    with pytest.raises(DomainError, match=r"sqrt\(-1\) is not defined"):
        compile_formula(sqrt(X), [X])(-1)


def test_compiled_formulas_are_deep_and_wide_without_harm():
    deep = X
    for _ in range(20_000):
        deep = sin(deep)
    shared, squares = X, X + 1
    for _ in range(200):
        shared = 3.5 * shared * (1 - shared)
        squares = squares * squares / 3
    chain = sum([X] * 5_000)
    for formula in (deep, shared, chain, squares):
        assert compile_formula(formula, [X])(0.3) == pytest.approx(formula.at(x=0.3))
    assert compile_formula(deep, [X]).source.count("\n") < 20_000 / 40


@pytest.mark.parametrize("size", [200, 201, 400, 20_000])
def test_wide_sums_and_inner_products_are_cut(size):
    x, y = symbols("x y")
    terms = [x * (i % 7) if i % 3 else y - i % 5 for i in range(size)]
    wide, inner = total(terms), dot(terms, [i % 11 for i in range(size)])
    compiled = compile_formula([wide, inner], [x, y])
    assert compiled(1.5, 0.25) == (wide.at(x=1.5, y=0.25), inner.at(x=1.5, y=0.25))
