"""Formulas with Unicode signs."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab import (
    Value,
    absolute,
    cbrt,
    dot,
    exp,
    gamma,
    hypot,
    latex,
    log,
    log10,
    mathml,
    maximum,
    pretty,
    sin,
    sqrt,
    symbols,
    total,
    where,
)
from mathlab.calculus.graph.operations import Operation, xlogy
from tests.calculus.graph.test_formula import grow

X, Y, Z = symbols("x y z")
ALPHA, LOWER = symbols("alpha theta_1")

WRITTEN = (
    # a formula                      with signs
    (X,                              "x"),
    (X + Y,                          "x + y"),
    (X - Y,                          "x − y"),
    (2 * X,                          "2·x"),
    (X * 2,                          "x·2"),
    (2 * 3**X,                       "2·3^x"),
    (2 * X**3,                       "2·x³"),
    (X * -Y,                         "x·−y"),
    (-X * Y,                         "−x·y"),
    (X * -2,                         "x·−2"),
    (X / Y,                          "x/y"),
    ((X + 1) / (Y - 1),              "(x + 1)/(y − 1)"),
    ((X / Y) ** 2,                   "(x/y)²"),
    (X**-12,                         "x⁻¹²"),
    (X ** (Y + 1),                   "x^(y + 1)"),
    ((X**2) ** Y,                    "(x²)^y"),
    (X**Y**Z,                        "x^y^z"),
    (X ** Value(3, "n"),             "x^n"),
    (X**0.5,                         "x^0.5"),
    (X ** (Value(2, "n") + 1),       "x^(n + 1)"),
    ((-X) ** 2,                      "(−x)²"),
    (-(X**2),                        "−x²"),
    (sqrt(X),                        "√x"),
    (sqrt(X + 1),                    "√(x + 1)"),
    (sqrt(X) ** 2,                   "(√x)²"),
    (sqrt(X**2),                     "√(x²)"),
    (cbrt(X) * Y,                    "∛x·y"),
    (absolute(X - 1),                "|x − 1|"),
    (sin(X) * exp(Y),                "sin(x)·exp(y)"),
    (log(X),                         "log(x)"),
    (log10(X),                       "log10(x)"),
    (maximum(X, Y),                  "maximum(x, y)"),
    (gamma(X),                       "gamma(x)"),
    (hypot(X, Y),                    "hypot(x, y)"),
    (where(X, Y, Z),                 "where(x, y, z)"),
    (total([X, Y, 1]),               "x + y + 1"),
    (dot([X, 2], [Y, Z]),            "x·y + 2·z"),
    (ALPHA * Value.constant(3, "pi"), "α·π"),
    (LOWER + 1,                      "theta_1 + 1"),
    (X * Fraction(1, 3),             "x·(1/3)"),
    (Fraction(-1, 3) * X,            "−1/3·x"),
    (X + 1e-7,                       "x + 1e−07"),
    (X - Decimal("2E+9"),            "x − 2E+9"),
    (X * float("inf"),               "x·inf"),
    (X + (1e-7 + 2j),                "x + (1e−07+2j)"),
)


@pytest.mark.parametrize(("formula", "signs"), WRITTEN, ids=[row[1] for row in WRITTEN])
def test_what_is_written(formula, signs):
    assert pretty(formula) == signs


def test_a_row_of_ones_own():
    twice_it = Operation("twice_it", lambda x: 2 * x, lambda x, y: 2)
    assert pretty(twice_it(X) ** 2) == "twice_it(x)²"


def test_random_formulas_balance():
    dice = random.Random(11)
    for _ in range(1500):
        formula = grow(dice, dice.randint(1, 6))
        if not isinstance(formula, Value):
            continue
        signs = pretty(formula)
        assert signs.count("(") == signs.count(")")
        assert signs.count("|") % 2 == 0


def test_long_formulas_name_their_shared_parts():
    y = X
    for _ in range(8):
        y = 4 * y * (1 - y)
    assert pretty(y).splitlines()[0] == "t1 = 4·x·(1 − x)"


@pytest.mark.parametrize("write", [pretty, latex, mathml])
@pytest.mark.parametrize("wrap", [
    lambda term: term, lambda term: term + 2, lambda term: 2 * term, lambda term: term**2,
    lambda term: sin(term) / term, lambda term: exp(X) - term])
def test_a_product_with_a_logarithm_is_printed_as_one(write, wrap):
    assert write(wrap(xlogy(X + 1, Y))) == write(wrap((X + 1) * log(Y)))
