"""Formulas with Unicode signs and in LaTeX."""

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
    maximum,
    pretty,
    sin,
    sqrt,
    symbols,
    total,
    where,
)
from mathlab.calculus.graph.operations import Operation
from tests.calculus.graph.test_formula import grow

X, Y, Z = symbols("x y z")
ALPHA, LOWER = symbols("alpha theta_1")

WRITTEN = (
    # a formula                      with signs        in LaTeX
    (X,                              "x",              "x"),
    (X + Y,                          "x + y",          "x + y"),
    (X - Y,                          "x − y",          "x - y"),
    (2 * X,                          "2·x",            "2 x"),
    (X * 2,                          "x·2",            r"x \cdot 2"),
    (2 * 3**X,                       "2·3^x",          r"2 \cdot 3^{x}"),
    (2 * X**3,                       "2·x³",           "2 x^{3}"),
    (X * -Y,                         "x·−y",           r"x \left(-y\right)"),
    (-X * Y,                         "−x·y",           "-x y"),
    (X * -2,                         "x·−2",           r"x \cdot \left(-2\right)"),
    (X / Y,                          "x/y",            r"\frac{x}{y}"),
    ((X + 1) / (Y - 1),              "(x + 1)/(y − 1)", r"\frac{x + 1}{y - 1}"),
    ((X / Y) ** 2,                   "(x/y)²",         r"\left(\frac{x}{y}\right)^{2}"),
    (X**-12,                         "x⁻¹²",           "x^{-12}"),
    (X ** (Y + 1),                   "x^(y + 1)",      "x^{y + 1}"),
    ((X**2) ** Y,                    "(x²)^y",         r"\left(x^{2}\right)^{y}"),
    (X**Y**Z,                        "x^y^z",          "x^{y^{z}}"),
    (X ** Value(3, "n"),             "x^n",            "x^{n}"),
    (X**0.5,                         "x^0.5",          "x^{0.5}"),
    ((-X) ** 2,                      "(−x)²",          r"\left(-x\right)^{2}"),
    (-(X**2),                        "−x²",            "-x^{2}"),
    (sqrt(X),                        "√x",             r"\sqrt{x}"),
    (sqrt(X + 1),                    "√(x + 1)",       r"\sqrt{x + 1}"),
    (sqrt(X) ** 2,                   "(√x)²",          r"\sqrt{x}^{2}"),
    (sqrt(X**2),                     "√(x²)",          r"\sqrt{x^{2}}"),
    (cbrt(X) * Y,                    "∛x·y",           r"\sqrt[3]{x} y"),
    (absolute(X - 1),                "|x − 1|",        r"\left|x - 1\right|"),
    (sin(X) * exp(Y),                "sin(x)·exp(y)",  r"\sin\left(x\right) \exp\left(y\right)"),
    (log(X),                         "log(x)",         r"\ln\left(x\right)"),
    (log10(X),                       "log10(x)",       r"\operatorname{log10}\left(x\right)"),
    (maximum(X, Y),                  "maximum(x, y)",  r"\max\left(x, y\right)"),
    (gamma(X),                       "gamma(x)",       r"\Gamma\left(x\right)"),
    (hypot(X, Y),                    "hypot(x, y)",    r"\operatorname{hypot}\left(x, y\right)"),
    (where(X, Y, Z),                 "where(x, y, z)", r"\operatorname{where}\left(x, y, z\right)"),
    (total([X, Y, 1]),               "x + y + 1",      "x + y + 1"),
    (dot([X, 2], [Y, Z]),            "x·y + 2·z",      r"x \cdot y + 2 \cdot z"),
    (ALPHA * Value.constant(3, "pi"), "α·π",           r"\alpha \pi"),
    (LOWER + 1,                      "theta_1 + 1",    r"\mathrm{theta\_1} + 1"),
    (X * Fraction(1, 3),             "x·(1/3)",        r"x \cdot \left(\frac{1}{3}\right)"),
    (Fraction(-1, 3) * X,            "−1/3·x",         r"-\frac{1}{3} x"),
    (X + 1e-7,                       "x + 1e−07",      r"x + 1 \cdot 10^{-7}"),
    (X - Decimal("2E+9"),            "x − 2E+9",       r"x - 2 \cdot 10^{9}"),
    (X * float("inf"),               "x·inf",          r"x \cdot \infty"),
    (X + (1e-7 + 2j),                "x + (1e−07+2j)", "x + (1e-07+2j)"),
)


@pytest.mark.parametrize(("formula", "signs", "tex"), WRITTEN, ids=[row[1] for row in WRITTEN])
def test_what_is_written(formula, signs, tex):
    assert (pretty(formula), latex(formula)) == (signs, tex)


def test_a_row_of_ones_own():
    twice_it = Operation("twice_it", lambda x: 2 * x, lambda x, y: 2)
    assert pretty(twice_it(X) ** 2) == "twice_it(x)²"
    assert latex(twice_it(X)) == r"\operatorname{twice\_it}\left(x\right)"


def test_random_formulas_balance():
    dice = random.Random(11)
    for _ in range(1500):
        formula = grow(dice, dice.randint(1, 6))
        if not isinstance(formula, Value):
            continue
        tex, signs = latex(formula), pretty(formula)
        assert tex.count(r"\left(") == tex.count(r"\right)")
        assert tex.count(r"\left|") == tex.count(r"\right|")
        assert signs.count("(") == signs.count(")")
        assert signs.count("|") % 2 == 0
        depth = 0
        for sign in tex:
            depth += (sign == "{") - (sign == "}")
            assert depth >= 0
        assert depth == 0


def test_long_formulas_name_their_shared_parts():
    y = X
    for _ in range(8):
        y = 4 * y * (1 - y)
    assert pretty(y).splitlines()[0] == "t1 = 4·x·(1 − x)"
    assert latex(y).splitlines()[-1] == r"4 t7 \left(1 - t7\right)"
