"""One-sided slopes: against one-sided difference quotients of the same formula, and by hand."""

import math
from fractions import Fraction

import pytest

from mathlab.calculus import numeric
from mathlab.calculus.algebra.differentiate import derivative
from mathlab.calculus.algebra.sides import Sides, one_sided
from mathlab.calculus.algebra.taylor import taylor
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.value import Value, symbols
from mathlab.calculus.proof.compare import compare
from mathlab.calculus.text.parse import parse
from mathlab.errors import DomainError, FormulaError, UnknownError
from tests.calculus.rows import TABLE

#       formula                        at    left     right
SIDES = (
    ("absolute(x)",                    0.0,  -1,      1),
    ("relu(x)",                        0.0,  0,       1),
    ("relu(-3*x)",                     0.0,  -3,      0),
    ("maximum(x, 0)",                  0.0,  0,       1),
    ("minimum(x, 2*x)",                0.0,  2,       1),
    ("maximum(x**2, 2*x - 1)",         1.0,  2,       2),     # they only touch
    ("absolute(x)**2",                 0.0,  0,       0),
    ("absolute(absolute(x))",          0.0,  -1,      1),
    ("absolute(sin(x)) + x",           0.0,  0,       2),
    ("exp(absolute(x - 2))",           2.0,  -1,      1),
    ("x*step(x)",                      0.0,  0,       1),     # no jump: 0 times 1 is 0
    ("x*sign(x)",                      0.0,  -1,      1),
    ("where(x, x**2, -3*x)",           0.0,  -3,      0),
    ("where(x, 5*x, sin(x))",          0.0,  1,       5),
    ("relu(x) - relu(-x)",             0.0,  1,       1),     # x, and no kink at all
    ("maximum(x, -x) - absolute(x)",   0.0,  0,       0),
    ("x**2 + 3*x",                     1.0,  5,       5),
    ("maximum(log(x), x - 1)*4",       1.0,  4,       4),
)


@pytest.mark.parametrize(("text", "at", "left", "right"), SIDES, ids=str)
def test_both_sides(text, at, left, right):
    x = Value(at, "x")
    y = parse(text, {"x": x})
    assert one_sided(y, x)[:2] == pytest.approx((left, right))
    assert one_sided(y, "x")[:2] == one_sided(y, x)[:2]
    f = parse(text)
    for side, slope in ((-1e-7, left), (1e-7, right)):  # the quotient of that side alone
        assert (f.at(x=at + side) - f.at(x=at)) / side == pytest.approx(slope, abs=1e-5)


def test_both_sides_of_rows_with_many_inputs():
    x = Value(0.0, "x")  # to the left x*|x| + 3*|x| has the slope -3, to the right 3
    y = table.dot(x, 3, table.absolute(x), table.absolute(x))
    assert one_sided(y, x)[:2] == (-3, 3)
    assert one_sided(table.total(table.relu(x), x, table.absolute(x)), x)[:2] == (0, 3)


@pytest.mark.parametrize(("text", "at"), [
    ("step(x)", 0.0), ("sign(x)", 0.0), ("where(x, 1, 2)", 0.0), ("sqrt(x)", 0.0),
    ("sqrt(absolute(x))", 0.0), ("step(x**2)", 0.0), ("cbrt(x)", 0.0), ("asin(x)", 1.0),
])
def test_where_one_side_has_no_slope(text, at):
    x = Value(at, "x")
    with pytest.raises(DomainError):
        one_sided(parse(text, {"x": x}), x)
    assert math.isinf(numeric.derivative(lambda t: parse(text).at(x=t), at).error)


def test_a_symbol_has_no_sides():
    x, = symbols("x")
    with pytest.raises(UnknownError, match="give it a number"):
        one_sided(table.absolute(x), x)


KINKED = [row for row in TABLE if row.kink]


@pytest.mark.parametrize("row", KINKED, ids=lambda row: row.name)
def test_what_a_row_takes_at_its_kink_lies_between_the_sides(row):
    inputs = [Value(0.0 if i == 0 or row.arity < 3 else 2.0, name)
              for i, name in zip(range(row.arity), "abc", strict=False)]
    y = row(*inputs)
    assert row.kink(*(x.data for x in inputs)) == 0
    assert row.taken
    y.backward()
    for x in inputs:
        if not row.jumps:
            sides = one_sided(y, x)
            assert min(sides[:2]) <= x.grad <= max(sides[:2])
            assert sides.left != sides.right
            assert str(sides).endswith(f"where the table takes {row.taken}")
        elif x is inputs[0]:
            assert x.grad == 0  # flat on both sides


EDGES = [(row, edge if isinstance(edge, tuple) else (edge,)) for row in TABLE for edge in row.edges]


def by_formula(row, at, i):
    names = symbols("x y")[: len(at)]
    given = {x.name: float(number) for x, number in zip(names, at, strict=True)}
    return derivative(row(*names), names[i]).at(**given)


def of_values(way):
    def slope(row, at, i):
        inputs = [Value(float(number), name) for number, name in zip(at, "xy", strict=False)]
        return way(row(*inputs), inputs[i])

    return slope


@pytest.mark.parametrize(("row", "at"), EDGES, ids=str)
@pytest.mark.parametrize("way", [
    of_values(lambda y, x: y.backward()), of_values(derivative), of_values(one_sided), by_formula,
])
def test_at_its_edges_a_row_has_a_value_and_no_slope_by_any_way(row, at, way):
    assert math.isfinite(row.evaluate(*map(float, at)))
    for i in range(len(at)):
        with pytest.raises(DomainError):
            way(row, at, i)


@pytest.mark.parametrize(("text", "order", "expected"), [
    ("absolute(x)**2", 2, "x**2"), ("x*absolute(x)", 1, "0"),
    ("exp(absolute(x)**2)", 2, "1 + x**2"),
])
def test_a_kink_that_is_none_is_derived_as_what_it_is(text, order, expected):
    x, = symbols("x")
    assert str(taylor(parse(text), x, 0, order)) == expected


@pytest.mark.parametrize("text", [
    "absolute(x)", "x*absolute(x)", "relu(x)", "maximum(x, 0)", "step(x)", "relu(x) - relu(-x)",
])
def test_a_kink_has_no_taylor_polynomial(text):
    x, = symbols("x")
    with pytest.raises(DomainError):
        taylor(parse(text), x, 0, 3)


@pytest.mark.parametrize(("text", "left", "right", "taken"), [
    ("absolute(x)", -1, 1, 0), ("relu(x)", 0, 1, 0), ("maximum(x, 0)", 0, 1, 0.5),
])
def test_compare_shows_both_sides_and_holds_nobody_to_a_convention(text, left, right, taken):
    found = compare(text, 0.0)
    assert found.sides[:2] == (left, right)
    assert found.witness == ""
    assert {found.results[way] for way in ("backward", "symbolic", "compiled")} == {taken}
    assert f"the slope is {left} to the left and {right} to the right" in str(found)
    assert " off by" in str(found)  # the heading alone
    assert "e-" not in str(found).splitlines()[6]


@pytest.mark.parametrize("frozen", [
    lambda x: table.where(x > 1, x**2, 2 * x), lambda x: (x > 1) * x, lambda x: x + (x < 1),
    lambda x: table.maximum(x >= 1, x), lambda x: x ** (x <= 5),
])
def test_a_comparison_is_no_part_of_a_formula(frozen):
    with pytest.raises(FormulaError, match=r"where\(x - 1"):
        frozen(Value(3.0, "x"))
    x = Value(3.0, "x")
    assert (x > 1, x < 1, not x <= 1, max(x, Value(2.0)) is x) == (True, False, True, True)


@pytest.mark.parametrize(("text", "slope"), [
    ("polygamma(1, x)", -2 * 1.2020569031595942),
    ("where(1 - x, 3*x, 5*x) + 2*x", None), ("atan2(x, 2)", 0.4), ("2**x", 2 * math.log(2))])
def test_slopes_of_inputs_that_do_not_move_are_not_asked_for(text, slope):
    """At x = 1; the second derivative of digamma there is -2*zeta(3), Apery's constant."""
    y = parse(text, {"x": Value(1.0, "x")})
    if slope is None:
        with pytest.raises(DomainError, match="jumps there"):
            one_sided(y, "x")
    else:
        assert one_sided(y, "x")[:2] == pytest.approx((slope, slope), rel=1e-12)


ABSOLUTE = "absolute(x) has a kink, where the table takes 0, the mean of both"
RELU = "relu(x) has a kink, where the table takes 0: what is off stays off"

#   a formula                      where   what is said of both sides
TOLD = [
    ("x**2 + 5*x",                 0.0,   "the slope is 5 to both sides"),
    ("7 + 0*x",                    0.0,   "the slope is 0 to both sides"),
    ("7",                          0.0,   "the slope is 0 to both sides"),
    ("absolute(x)*3/7",            0.0,   "the slope is -0.4285714286 to the left and 0.4285714286 "
                                          f"to the right: {ABSOLUTE}"),
    ("absolute(x) + relu(x)",      0.0,   "the slope is -1 to the left and 2 to the right: "
                                          f"{ABSOLUTE}; {RELU}"),
    ("relu(x)*relu(x)",            0.0,   "the slope is 0 to both sides"),
    ("absolute(x)/3 + x",     Fraction(0), "the slope is 0.6666666667 to the left and 1.333333333 "
                                          f"to the right: {ABSOLUTE}"),
    ("absolute(x)",                0,     "the slope is -1 to the left and 1 to the right: "
                                          f"{ABSOLUTE}"),
    ("x*sign(x) + 1e12",           0.0,   "the slope is -1 to the left and 1 to the right: sign(x) "
                                          "has a kink, where the table takes 0, as beside it"),
    ("where(x, 1, 1 + 1e-12)",     0.0,   "the slope is 0 to both sides"),  # but for rounding
    ("x**2 + 3*x",                 0j,    ""),  # in all directions, and nothing has a kink
]


@pytest.mark.parametrize(("text", "at", "told"), TOLD, ids=[row[0] for row in TOLD])
def test_what_is_said_of_both_sides(text, at, told):
    x = Value(at, "x")
    assert str(one_sided(parse(text, {"x": x}), x)) == told


@pytest.mark.parametrize(("text", "said"), [
    ("step(x)", "step(x) jumps there: it has no slope"),
    ("sign(x)*2", "sign(x)*2 jumps there: it has no slope"),
    ("where(x, 1, 1 + 1e-8)", "where(x, 1, 1 + 1e-08) jumps there: it has no slope"),
    ("where(x, 1, 1 - 1e-8)", "where(x, 1, 1 - 1e-08) jumps there: it has no slope"),
    ("where(x, -1, 1e-8 - 1)", "where(x, -1, 1e-08 - 1) jumps there: it has no slope"),
    ("step(x**2)", "step(x**2) jumps there, and x**2 does not say by its slope to which side it "
                   "moves"),
    ("where(x**2, x, 1)", "where(x**2, x, 1) jumps there, and x**2 does not say by its slope to "
                          "which side it moves"),
    ("sqrt(x)", "sqrt(x) has no slope to one side there"),
    ("sqrt(absolute(x))", "sqrt(absolute(x)) has no slope to one side there"),
])
def test_where_a_side_has_no_slope_it_is_said_why(text, said):
    x = Value(0.0, "x")
    with pytest.raises(DomainError) as refusal:
        one_sided(parse(text, {"x": x}), x)
    assert str(refusal.value) == said


@pytest.mark.parametrize(("left", "right"), [(1.0, 1j), (1j, 1.0), (1j, 1j)])
def test_of_slopes_that_are_no_floats_the_kinks_alone_are_said(left, right):
    kinks = (("f(x)", "0"), ("g(x)", "1"))
    assert str(Sides(left, right, kinks)) == (
        "f(x) has a kink, where the table takes 0; g(x) has a kink, where the table takes 1")
