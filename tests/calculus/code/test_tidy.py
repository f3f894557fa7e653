"""Tidied formulas: the same numbers, from fewer steps."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab import Value, exp, log, parse, relu, sin, symbols, total, where
from mathlab.calculus.code.tidy import _is_handy, _Tidy, size, tidy, tidy_factors
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.upstairs import swept_gradient
from tests.calculus.compositions import compositions
from tests.thinned import thinned

X, Y, Z = symbols("x y z")


def tidied(formula):
    (result,) = tidy([formula])
    return result


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (X + Value.constant(0), "x"),
        (Value.constant(0) + X, "x"),
        (X - Value.constant(0), "x"),
        (Value.constant(0) - X, "-x"),
        (X * Value.constant(1), "x"),
        (X * 0, "0"),
        (X * -1, "-x"),
        (X / Value.constant(1), "x"),
        (X**1, "x"),
        (X**2, "x*x"),
        (X**-1, "1/x"),
        (X**3, "x**3"),
        (X**0.5, "x**0.5"),
        (-(+(-X)), "x"),
        (-(X - Y), "y - x"),
        (X + -Y, "x - y"),
        (-X + Y, "y - x"),
        (X - -Y, "x + y"),
        (X * 2 * 3, "6*x"),
        (2 * (3 * X), "6*x"),
        (-(2 * X), "-2*x"),
        (2 * -X, "-2*x"),
        (X * -Y, "-(y*x)"),
        (Value.constant(2) * 3 + X, "6 + x"),
        (sin(Value.constant(0)) + X, "x"),
        (log(X * 0 + 1) + X, "x"),
        (total([X, Y, X * 0]), "x + y + 0"),
        (where(X, Y * 1, Z), "where(x, y, z)"),
        (Value.constant(math.pi, "pi") * X, "pi*x"),
        (exp(X) * 2, "2*exp(x)"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_what_changes_nothing_goes(formula, text):
    assert str(tidied(formula)) == text


def test_a_number_without_a_value_stays_where_it_is():
    nothing, divided = Value.constant(0), parse("1/x").operation
    assert str(tidied(X + Value.bare(None, divided, (Value.constant(1), nothing)))) == "x + 1/0"


def test_equal_parts_become_one():
    first, second = tidy([sin(X + Y) * 2, exp(sin(X + Y))])
    assert len(inputs_first(first, second)) == len({*"xy2"}) + 4  # +, sin, *, exp


def test_numbers_of_different_kinds_stay_apart():
    assert str(tidied(X * 1.0 + Y**2.0)) == "x + y*y"
    assert [type(node.data) for node in inputs_first(tidied(sin(X) ** 3.0)) if node.data == 3] == [
        float
    ]


@pytest.mark.parametrize("seed", range(3))
def test_random_formulas_and_their_gradients_keep_their_values(seed):
    for text, _, at, slope in thinned(compositions(100, seed=seed + 10), keep=30):
        formula = parse(text)
        (x,) = (node for node in inputs_first(formula) if node.name == "x")
        tidy_formula, tidy_slope = tidy([formula, *swept_gradient(formula, [x])])
        assert tidy_formula.at(x=at) == pytest.approx(formula.at(x=at), rel=1e-9, abs=1e-12), text
        assert tidy_slope.at(x=at) == pytest.approx(slope, rel=1e-5, abs=1e-9), text
        assert len(inputs_first(tidy_formula)) <= len(inputs_first(formula))


@pytest.mark.parametrize("seed", range(3))
def test_a_rule_is_asked_wherever_it_has_a_say(seed):
    for text, *_ in thinned(compositions(100, seed=seed + 20), keep=30):
        formula = parse(text)
        (x,) = (node for node in inputs_first(formula) if node.name == "x")
        results, graph, new = [formula, *swept_gradient(formula, [x])], _Tidy(float), {}
        for node in inputs_first(*results):
            inputs = [new[each] for each in node.inputs]
            new[node] = graph.made(node.operation, *inputs) if inputs else graph.leaf(node)
        assert [*map(str, tidy(results))] == [str(new[each]) for each in results], text


def test_factors_come_out_of_products_and_signs():
    found = tidy_factors([2 * X * (-3 * Y), -(4 * (X + Y)), X + 2 * Y, X * relu(-Y), X / 2])
    assert [(number, str(rest)) for number, rest in found] == [
        (-6, "x*y"),
        (-4, "x + y"),
        (1, "x + 2*y"),
        (1, "x*relu(-y)"),
        (1, "x/2"),
    ]


def test_deep_formulas_are_no_danger():
    depth = len(thinned(range(100_000), keep=5_000))  # Python's own stack ends at 1,000
    y = X
    for _ in range(depth):
        y = -(y * 1.0) * -1
    assert tidy_factors([y]) == [(1, X)]
    for _ in range(depth):
        y = -(y * 2)  # beyond 1e300 it is left as it is
    ((number, rest),) = tidy_factors([y])
    assert abs(number) < 1e100
    assert rest.operation is table.multiply


@pytest.mark.parametrize(
    ("formula", "x"),
    [
        (parse("1e-200*(1e-200*x)"), 1e300),
        (parse("1e200*(1e200*x)"), 1e-300),
        (parse("(1e-200*x)*(1e-200*x)"), 1e200),
        (parse("x*(1e-200*1e-200)*1e200"), 1.0),
        (X / (Value.constant(1e200) * 1e200), 1.0),
    ],
    ids=str,
)
def test_numbers_do_not_leave_the_floats_before_they_must(formula, x):
    assert tidied(formula).at(x=x) == formula.at(x=x)
    ((number, rest),) = tidy_factors([formula])
    assert number * rest.at(x=x) == pytest.approx(formula.at(x=x))


def test_powers_of_whole_numbers_do_not_blow_up():
    z = 3 * X
    for _ in range(26):
        z = z * z
    ((number, _),) = tidy_factors([z])
    assert abs(number) < 1e100


@pytest.mark.parametrize(
    ("build", "once", "in_full"),
    [
        (lambda a: a, 0, 0),
        (lambda a: a + a, 1, 1),
        (lambda a: (a + a) * (a + a), 3, 3),  # two sums, made apart
        (lambda a: (lambda b: b * b)(a + a), 2, 3),  # one sum, used twice
        (lambda a: total([a, a * a, a * a]), 3, 3),
    ],
)
def test_sizes(build, once, in_full):
    assert size(build(Value(2.0, "a"))) == (once, in_full)


def test_the_size_of_a_tower():
    x = Value(1.0, "x")
    for _ in range(200):
        x = x * x
    assert size(x) == (200, 2.0**200)  # less 1, which a float of this size does not show


def test_a_tower_that_no_paper_would_hold():
    x = Value.symbol("x")
    for _ in range(200_000):  # whole numbers of so many bits each would fill the memory
        x = x * x
    assert size(x) == (200_000, math.inf)


C, ZERO = symbols("c")[0], Value.constant(0)


@pytest.mark.parametrize(("formula", "text"), [
    (where(C, X, ZERO) * Y, "where(c, y*x, 0)"), (Y * where(C, X, ZERO), "where(c, y*x, 0)"),
    (where(C, ZERO, X) * Y, "where(c, 0, y*x)"),
    (where(C, X, ZERO) * where(Z, ZERO, Y), "where(c, where(z, 0, x*y), 0)"),
    (where(C, X, Y) * Z, "where(c, x, y)*z"),
    (where(C, X, Y) + where(C, Y, Z), "where(c, x + y, y + z)"),
    (where(C, X, Y) + where(Z, Y, X), "where(c, x, y) + where(z, y, x)"),
    (where(C, X, Y) - where(C, Y, Z), "where(c, x, y) - where(c, y, z)"),
    (where(C, X, Y) * where(C, Y, Z), "where(c, x, y)*where(c, y, z)"),
    (where(C, X, ZERO) + Y, "where(c, x, 0) + y"), (Y + where(C, X, ZERO), "y + where(c, x, 0)")])
def test_what_is_asked_goes_in_and_is_asked_once(formula, text):
    assert str(tidied(formula)) == text


@pytest.mark.parametrize(("factor", "number"), [
    (2, 2), (-0.5, -0.5), (0, None), (1e99, 1e99), (1e100, 1), (-1e100, 1), (1e-99, 1e-99),
    (1e-101, 1), (math.inf, 1), (Fraction(1, 3), 1), (1j, 1), (Decimal("0.5"), 1)])
def test_which_numbers_are_split_off(factor, number):
    """Floats and whole numbers of a sane size: to multiply by them afterwards does no harm."""
    ((found, rest),) = tidy_factors([Value.constant(factor) * sin(X)])
    if number is None:
        assert str(rest) == "0" or found == 0
    else:
        assert (found, type(found)) == (number, type(number))
        assert (rest.operation is sin) is (number != 1)


V, PI = Value.constant, Value.constant(math.pi, "pi")


@pytest.mark.parametrize(("formula", "text"), [
    # numbers are worked out where a float holds the result, and 1e300 is too near its end
    (V(4e299) + V(4e299) + X, "8e+299 + x"), (V(5e299) + V(5e299) + X, "5e+299 + 5e+299 + x"),
    (V(-5e299) - V(5e299) + X, "-5e+299 - 5e+299 + x"), (V(3) - V(3) + X, "x"),
    (V(1e-200) * V(1e-200) + X, "1e-200*1e-200 + x"),
    (V(1e-200) / V(1e200) + X, "1e-200/1e+200 + x"),
    (V(0) * V(7) + X, "x"), (V(0) / V(7) + X, "x"), (V(7) * V(0) + X, "x"),
    # names, and fractions: what they multiply becomes a fraction
    (PI * 2 + X, "2*pi + x"), (PI * PI + X, "pi*pi + x"), (V(Fraction(1)) * X, "1*x"),
    (X / V(Fraction(1)), "x/1"), (X * V(Fraction(1, 3)), "1/3*x"), (X * V(1j), "1j*x"),
    # numbers that do something stay
    (V(1) ** X, "1**x"), (V(0) ** X, "0**x"), (V(0) / X, "0/x"), (X / V(-1), "x/-1"),
    (X - V(-3), "x - -3"), (X + V(-3), "x + -3"), (X**V(0), "x**0"), (V(2) - X, "2 - x"),
    (V(2) / X, "2/x"), (V(2) ** X, "2**x"), (X - V(1), "x - 1"), (V(1) - X, "1 - x"),
    (X + V(1), "x + 1"), (X + V(2), "x + 2"), (X - V(2), "x - 2"), (X / V(2), "x/2"),
    # signs and factors
    (V(-1) * (X - Y), "y - x"), (-(X - Y) * Z, "(y - x)*z"), (X * -Y * -Z, "z*(y*x)"),
    (-(V(2) * (X + Y)), "-2*(x + y)"), (V(2) * -(X * Y), "-2*(x*y)"), (X * (Y * 3), "x*(3*y)"),
    (-(V(1e299) * X), "-1e+299*x"), (-(V(1e300) * X), "-(1e+300*x)"), (X * 2 * 0.5, "x"),
    (X**V(2.0), "x*x"), (X**V(1.0), "x"), (X - V(0.0), "x"), (-X - Y, "-x - y"), (-X * Y, "-(x*y)"),
], ids=lambda case: case if isinstance(case, str) else "")
def test_what_becomes_of_numbers_and_signs(formula, text):
    assert str(tidied(formula)) == text


@pytest.mark.parametrize(("kind", "numbers"), [
    (float, [0.1, Fraction(1, 3)]), (object, [0.1, Fraction(1, 3)]),
    (Fraction, [Fraction(1, 10), Fraction(1, 3)]),
    (Decimal, [Decimal("0.1"), Decimal("0.3333333333333333333333333333")])])
def test_numbers_are_of_the_kind_that_is_asked_for(kind, numbers):
    (found,) = tidy([V(0.1) * X - Y / V(Fraction(1, 3))], kind)
    leaves = [node.data for node in inputs_first(found) if node.operation is table.constant]
    assert [(type(n), n) for n in leaves] == [(type(n), n) for n in numbers]


@pytest.mark.parametrize(("formula", "factor", "rest"), [
    (2 * X * (3 * Y), 6, "x*y"), (-(X * 2), -2, "x"), (X * Y * 5, 5, "x*y"), (V(0) * X, 1, "0"),
    ((X + 1) * 2 * (Y + 1), 2, "(x + 1)*(y + 1)"), (-V(3), 1, "-3"), (0.5 * (2 * X), 1, "x"),
    (V(1e60) * X * (V(1e60) * Y), 1, "1e+60*x*(1e+60*y)"), (-(sin(X) * -Y), 1, "y*sin(x)"),
    (V(1e-60) * X * (V(1e-60) * Y), 1, "1e-60*x*(1e-60*y)"), (-(X + Y), -1, "x + y"),
    (V(1e40) * X * (V(1e40) * Y), 1e80, "x*y"), (2 * where(X, Y, 0) * 3, 1, "where(x, 6*y, 0)")],
    ids=str)
def test_what_is_multiplied_afterwards(formula, factor, rest):
    ((found, left),) = tidy_factors([formula])
    assert (found, str(left)) == (pytest.approx(factor, rel=1e-15), rest)


@pytest.mark.parametrize(("number", "handy"), [
    (0, True), (0.0, True), (2, True), (-0.5, True), (1e-100, False), (1.1e-100, True),
    (1e100, False), (-9e99, True), (math.inf, False), (math.nan, False), (Fraction(1, 2), False)])
def test_which_numbers_may_be_multiplied_afterwards(number, handy):
    assert _is_handy(number) is handy
