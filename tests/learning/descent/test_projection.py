import math
import random

import pytest

from mathlab.calculus.numbers.linear_algebra import least_squares, solve
from mathlab.calculus.text.parse import parse
from mathlab.errors import DomainError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.projection import linear_parameters, projection, solved
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

DICE = random.Random(5)
XS = [0.3 * k for k in range(20)]
TABLE = Table({"x": XS, "y": [3 * math.exp(-0.8 * x) + DICE.gauss(1, 0.3) for x in XS],
               "w": [1.0 + k % 4 for k in range(20)]})


@pytest.mark.parametrize(
    ("formula", "names", "expected"),
    [("a*exp(b*x) + c", "abc", "ac"), ("a*x + b", "ab", "ab"), ("a*(x - s)", "as", "a"),
     ("c + (d - c)/(1 + (x/k)**b)", "cdkb", "cd"), ("a/(b + x)", "ab", "a"),
     ("exp(a + b*x)", "ab", ""), ("where(x - s, a + b*x, c)", "sabc", "abc"),
     ("a*b*x + c*b + d", "abcd", "acd")])
def test_as_many_as_can_be_are_linear(formula, names, expected):
    formula = parse(formula)
    levers = [x for name in names for x in [parse(name)]]
    assert "".join(x.name for x in linear_parameters(formula, levers)) == expected


@pytest.mark.parametrize(("weights", "ridge"), [("", 0.0), ("w", 0.0), ("", 0.3), ("w", 0.3),
                                                ("", {"a": 2.0})])
@pytest.mark.parametrize("b", [-0.8, 0.0001, 2.0])
def test_the_slopes_along_the_linear_parameters_are_0_there(weights, ridge, b):
    surface = LossSurface(Model("y = a*exp(b*x) + c"), TABLE, weights=weights, ridge=ridge)
    there = projection(surface)([1.0, b, 1.0])
    height, (by_a, _, by_c) = surface.look(there)
    assert there[1] == b
    assert (by_a, by_c) == pytest.approx((0, 0), abs=1e-7 * max(1.0, height))


def test_other_losses_have_none():
    assert projection(LossSurface(Model("y = a*exp(b*x)"), TABLE, "absolute")) is None
    assert projection(LossSurface(Model("y = exp(a + b*x)"), TABLE)) is None


@pytest.mark.parametrize("count", [1, 3, 6])
def test_least_squares_as_by_the_normal_equations(count):
    columns = [[DICE.gauss(0, 1) for _ in range(30)] for _ in range(count)]
    right = [DICE.gauss(0, 1) for _ in range(30)]
    squares = [[math.sumprod(x, y) if hasattr(math, "sumprod") else math.fsum(
        a * b for a, b in zip(x, y, strict=True)) for y in columns] for x in columns]
    sums = [math.fsum(a * b for a, b in zip(x, right, strict=True)) for x in columns]
    assert least_squares(columns, right) == pytest.approx(solve(squares, sums), rel=1e-10)


def test_of_two_columns_that_say_the_same_one_gets_0():
    ones = [1.0] * 4
    assert least_squares([ones, [2.0] * 4], [6.0] * 4) == [6.0, 0.0]


def test_the_linear_parameters_by_the_slope_and_the_intercept_of_a_line():
    """With b = 0.1, y is a line against exp(0.1*x), through rows that count as w says."""
    surface = LossSurface(Model("y = a*exp(b*x) + c"), TABLE, weights="w")
    a, b, c = projection(surface)([7.0, 0.1, 9.0])
    es, weights = [math.exp(0.1 * x) for x in XS], TABLE["w"]
    e, y = (sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)
            for values in (es, TABLE["y"]))
    rows = [*zip(weights, es, TABLE["y"], strict=True)]
    slope = sum(w * (u - e) * (v - y) for w, u, v in rows) / sum(w * (u - e)**2 for w, u, _ in rows)
    assert (a, b, c) == pytest.approx((slope, 0.1, y - slope * e), rel=1e-9)


@pytest.mark.parametrize(("rows", "actual"), [
    ([[0.0, 1.0], [0.0, math.inf]], [1.0, 2.0]), ([[0.0, 1.0], [math.inf, 1.0]], [1.0, 2.0]),
    ([[0.0, 1.0], [0.0, 1.0]], [1.0, math.nan])])
def test_terms_beyond_the_floats_have_no_solution(rows, actual):
    with pytest.raises(DomainError, match="a term is too large for a float"):
        solved(rows, actual)
    assert solved([[1.0, 2.0], [0.0, 4.0]], [3.0, 4.0]) == pytest.approx([1.0])
    # with a cost of 2 for its size: 2*2 + 4*4 of 2*2 + 4*4 + 2*2
    assert solved([[1.0, 2.0], [0.0, 4.0]], [3.0, 4.0], (), [2.0]) == pytest.approx([20 / 24])
    assert solved([[1.0, 2.0], [0.0, 4.0]], [3.0, 8.0], [1.0, 3.0]) == pytest.approx([292 / 148])


def test_a_row_without_a_term_has_no_linear_parameters_to_follow():
    follow = projection(LossSurface(Model("y = a*log(b*x)"), Table({"x": [1.0, 2.0],
                                                                    "y": [1.0, 2.0]})))
    with pytest.raises(DomainError):
        follow([1.0, -1.0])
    assert follow([1.0, 2.0])[1] == 2.0
