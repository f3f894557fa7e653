"""Lines of a program: what gets one, what Python could not read without, and rows of one's own."""

import math
from decimal import Decimal

import pytest

from mathlab import Value, derivative, exp, sin, symbols, where
from mathlab.calculus.code.compile import compile_formula, compile_rows
from mathlab.calculus.code.script import BETWEEN, DEEPEST, WIDEST, Script
from mathlab.calculus.graph.operations import Operation
from mathlab.errors import FormulaError

X, Y = symbols("x y")
A, B = symbols("a b")


def is_read(text):
    try:
        compile(text, "<a line>", "eval")
    except (SyntaxError, RecursionError, MemoryError):
        return False
    return True


def test_python_reads_lines_as_long_as_ours_and_not_much_longer():
    def nest(depth):
        return "sin(" * depth + "x" + ")" * depth

    def wide(terms):
        return " + ".join(["x"] * terms)

    assert is_read(nest(DEEPEST))
    assert not is_read(nest(5 * DEEPEST))
    assert is_read(wide(WIDEST))
    assert not is_read(wide(500 * WIDEST))


def test_a_nest_gets_a_line_before_it_is_too_deep():
    y = X
    for _ in range(2 * DEEPEST + 2):
        y = sin(y)
    script = Script([X], [y])
    assert [line.count("sin(") for line in script.lines] == [DEEPEST + 1] * 2
    assert script.text(y) == "sin_2"


def test_sums_and_products_are_spelled_as_all_else():
    u = X - Y
    script = Script([X, Y], [(u - (X + Y)) * u - (X * Y * (Y * X) - (u - 1) * -2) * 3])
    written = [node for node in script._order if node.operation in BETWEEN]
    assert len(written) > 9
    for node in written:
        rank, parts = script._parts(node)
        assert script._spelled(node)[:2] == (rank, script._joined(parts))


#   a result                         before the loop      in the loop     the result
LINES = (
    (exp(A) * X, ["exp_1 = exp(a)"], [], "exp_1*x"),
    (exp(A) * B, ["product_1 = exp(a)*b"], [], "product_1"),
    (sin(X) + sin(A), ["sin_1 = sin(a)"], [], "sin(x) + sin_1"),
    ((X + A) ** 2 / (u := X * A) + u, [], ["product_1 = x*a"], "(x + a)**2/product_1 + product_1"),
    (X * A, [], [], "x*a"),
)


@pytest.mark.parametrize(("result", "before", "inside", "text"), LINES, ids=str)
def test_what_no_column_changes_stands_before_the_loop(result, before, inside, text):
    script = Script([A, B, X], [result], columns=[X])
    assert (script.lines, script.inner_lines, script.text(result)) == (before, inside, text)


# Rows of one's own: known by what they are, whatever they are called.


def own_row(name):
    return Operation(name, lambda x: x**3, lambda x, y: 3 * x**2)


@pytest.mark.parametrize("name", [
    *("cube", "formula", "sums", "type", "float", "in_any_kind", "rows", "function_1"),
    "naïve",
])
def test_a_row_of_ones_own_compiles_under_any_name(name):
    (z,) = symbols("z")
    cube = own_row(name)(2 * z)  # used twice, so it gets a line
    y = cube + exp(z) + exp(z)
    f = compile_formula([y, cube, derivative(y, z)], [z])
    (total,) = compile_rows({"sum": y}, [], [z])([(0.5,), (1.0,)])
    slow = lambda t: 8 * t**3 + 2 * math.exp(t)
    assert f(0.5) == pytest.approx((slow(0.5), 1.0, 24 * 0.25 + 2 * math.exp(0.5)))
    half = Decimal("0.5")
    assert f(half) == (y.at(z=half), 1, derivative(y, z).at(z=half))
    assert total == pytest.approx(slow(0.5) + slow(1.0))


def test_two_rows_of_one_name_stay_two():
    square = Operation("square", lambda x: x * x, lambda x, y: 2 * x)
    other = Operation("square", lambda x: x * x + 1, lambda x, y: 2 * x)
    assert compile_formula([square(X), other(X)], [X])(3.0) == (9.0, 10.0)


def test_floats_go_the_quick_way_and_other_kinds_their_own():
    asked = []

    def quick(x):
        asked.append("quick")
        return 2 * x

    def precise(x):
        asked.append("precise")
        return 2 * x

    twice = Operation("twice", quick, lambda x, y: 2, in_kind={Decimal: precise})
    f = compile_formula(twice(X), [X])
    assert [f(2.0), f(Decimal(2)), f(2)] == [4, 4, 4]
    assert asked == ["quick", "precise", "quick"]


def test_a_row_of_three_inputs_is_called_like_any():
    blend = Operation("blend", lambda t, u, v: u + t * (v - u),
                      lambda t, u, v, y: v - u,
                      lambda t, u, v, y: 1 - t,
                      lambda t, u, v, y: t)
    y = blend(X, Y, 3) * where(X, 1, 2)
    assert compile_formula(y, [X, Y])(0.25, 1.0) == y.at(x=0.25, y=1.0) == 1.5


def test_an_input_with_the_name_of_a_row_is_refused():
    row = own_row("a")
    with pytest.raises(FormulaError, match="the name 'a' is taken"):
        compile_formula(row(A), [A])


def test_the_value_of_an_input_never_reaches_the_text():
    half = Value(0.5)
    half.name = "x);import os;("
    assert compile_formula(half * X, [X])(4.0) == 2.0


def test_a_sum_with_the_name_of_a_line_gets_out_of_its_way():
    f = compile_rows({"exp_1": exp(A) * X, "square_1": A * A * X}, [A], [X])
    assert f([(2.0,), (3.0,)], 0.0) == (5.0, 0.0)
