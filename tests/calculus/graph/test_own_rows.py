"""A row of one's own is as good as a built-in one; no row takes a wrong number of inputs."""

import copy
import pickle
import re

import pytest

from mathlab import (
    Value,
    check_derivatives,
    compare,
    compile_formula,
    derivative,
    latex,
    parse,
    pretty,
    simplify,
    steps,
    symbols,
)
from mathlab.calculus.code.compile import compile_rows
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.operations import BUILT_IN, Operation, functions
from mathlab.errors import FormulaError, WrongSlopeError
from mathlab.learning.descent.train import Trainer
from tests.calculus.rows import FUNCTIONS, TABLE

x, y = symbols("x y")


@pytest.fixture
def cube():
    return Operation("cube", lambda x: x**3, lambda x, y: 3 * x**2)


@pytest.fixture
def blend():
    """A row of three inputs: v of the way from u to w."""
    return Operation(
        "blend",
        lambda u, v, w: u + v * (w - u),
        lambda u, v, w, y: 1 - v,
        lambda u, v, w, y: w - u,
        lambda u, v, w, y: v,
    )


def test_it_is_differentiated(cube, blend):
    a = Value(2.0, "a")
    result = cube(a) * a
    result.backward()
    assert (result.data, a.grad) == (16.0, 32.0)
    assert str(derivative(cube(x), x)) == "3*x**2"
    assert derivative(cube(x), x, order=2).at(x=5.0) == 30.0
    leaves = [Value(number, name) for number, name in ((1.0, "u"), (0.25, "v"), (3.0, "w"))]
    result = blend(*leaves)
    result.backward()
    assert [leaf.grad for leaf in leaves] == [0.75, 2.0, 0.25]
    assert [derivative(result, leaf).data for leaf in leaves] == [0.75, 2.0, 0.25]


def test_it_is_printed_and_read(cube, blend):
    formula = 2 * cube(x + 1) - blend(x, y, 1)
    assert str(formula) == "2*cube(x + 1) - blend(x, y, 1)"
    assert str(parse(str(formula))) == str(formula)
    assert parse("cube(2)").data == 8
    assert "cube" in latex(formula)
    assert "cube(x + 1)" in pretty(formula)
    assert str(simplify(cube(x) + cube(x))) == "2*cube(x)"


def test_it_is_compiled(cube, blend):
    formula = cube(x) + blend(x, y, 2.0) + cube(x) ** 2
    f = compile_formula([formula, derivative(formula, x)], [x, y])
    expected = [formula.at(x=1.5, y=0.5), derivative(formula, x).at(x=1.5, y=0.5)]
    assert list(f(1.5, 0.5)) == pytest.approx(expected)
    assert list(f(3, 1)) == pytest.approx([27 + 2 + 729, 27 + 0 + 2 * 27 * 27])
    sums = compile_rows({"total": cube(x) * y}, [y], [x])
    assert sums([(1.0,), (2.0,)], 10.0) == (90.0,)


def test_it_is_copied_and_pickled(cube):
    result = cube(Value(2.0, "a")) + 1
    for twin in (copy.deepcopy(result), pickle.loads(pickle.dumps(result))):
        assert str(twin) == "cube(a) + 1"
        assert twin.x.operation is cube
        assert twin.data == 9.0


def test_it_is_checked_and_compared(cube):
    assert not check_derivatives(cube, 2.0).undecided
    wrong = Operation("wrong_cube", lambda x: x**3, lambda x, y: 2 * x**2)
    with pytest.raises(WrongSlopeError):
        check_derivatives(wrong, 2.0)
    found = compare("cube(x)*x", 2.0)
    assert found.results["backward"] == found.results["compiled"] == 32.0
    assert "chain rule for cube" in str(steps(cube(x**2), x))


def test_it_stands_in_the_register(cube):
    assert functions()["cube"] is cube
    assert {row.name for row in FUNCTIONS} < set(functions())


def test_a_model_may_have_it(cube):
    trainer = Trainer("z = a*cube(x) + b").fit({"x": [0.0, 1.0, 2.0], "z": [1.0, 3.0, 17.0]})
    assert trainer.parameters == pytest.approx({"a": 2.0, "b": 1.0})


@pytest.mark.parametrize(
    "name", [*BUILT_IN, "two words", "", "@", "lambda", "x);import os;(", "1abc", 3, None,
             "__import__", "e", "pi", "π", "inf", "xⁿ"]
)
def test_names_that_could_not_be_printed_and_read_again_are_refused(name):
    with pytest.raises(FormulaError, match="cannot be called"):
        Operation(name, lambda x: x, lambda x, y: 1)
    assert all(functions()[row.name] is row for row in FUNCTIONS)


def test_the_latest_row_of_a_name_counts(cube):
    other = Operation("cube", lambda x: x * x * x, lambda x, y: 3 * x * x)
    assert functions()["cube"] is other
    with pytest.raises(pickle.PicklingError, match="a newer row is called cube"):
        pickle.dumps(cube)


def test_a_row_that_is_not_there():
    with pytest.raises(FormulaError, match="the table has no row 'cubed'"):
        table.operation_named("cubed")


# The number of inputs


@pytest.mark.parametrize("row", [row for row in TABLE if row.arity], ids=lambda row: row.name)
@pytest.mark.parametrize("more", [-1, 1])
def test_a_wrong_number_of_inputs_is_refused_by_call_and_by_text(row, more):
    count = row.arity + more
    said = re.escape(f"{row.name} takes {row.arity} input{'s' * (row.arity > 1)}, not {count}")
    for inputs in ([Value(0.5)] * count, [0.5] * count, [x] * count):
        with pytest.raises(FormulaError, match=said):
            row(*inputs)
    if row in FUNCTIONS and count:
        with pytest.raises(FormulaError, match=said):
            parse(f"{row.name}({', '.join(['x'] * count)})")


def test_by_a_method_too():
    with pytest.raises(FormulaError, match="log takes 1 input, not 2"):
        Value(100.0).log(10)
    with pytest.raises(FormulaError, match="exp takes 1 input, not 3"):
        x.exp(1, 2)


@pytest.mark.parametrize(
    ("compute", "slopes", "said"),
    [
        (lambda x: x, (lambda x: 1,), "slopes, 1: its <lambda> should take 2 numbers"),
        (lambda x: x, (lambda x, y, z: 1,), "should take 2 numbers"),
        (lambda x, y: x, (lambda x, y: 1,), "should take 1 number$"),
        (lambda x: x, (lambda x, y: 1, lambda x, y: 1), "should take 2 numbers"),
    ],
)
def test_a_row_and_the_number_of_its_inputs_are_checked_against_each_other(compute, slopes, said):
    with pytest.raises(FormulaError, match=said):
        Operation("odd", compute, *slopes)


def test_methods_and_functions_with_settings_are_as_good():
    class Cube:
        def compute(self, x, power=3):
            return x**power

        def slope(self, x, y):
            return 3 * x**2

    row = Operation("cubed", Cube().compute, Cube().slope)
    assert derivative(row(x), x).at(x=2.0) == 12.0
    Operation("scaled", lambda x, factor=2: factor * x, lambda x, y: 2)
    Operation("any", lambda *xs: sum(xs), lambda xs, y: [1] * len(xs), any_number=True)


def test_a_name_that_was_free_is_taken_once_a_row_has_it():
    assert symbols("zork")[0].name == "zork"
    row = Operation("zork", lambda x: x, lambda x, y: 1)
    with pytest.raises(FormulaError, match="it is a function in every formula"):
        symbols("zork")
    assert (row.jumps, row.kink, row.edges, row.needs, row.taken) == (False, None, (), "", "")


@pytest.mark.parametrize("slope", [lambda xs: [1], lambda xs, y, z: [1]])
def test_the_one_slope_of_many_inputs_takes_their_list_and_the_result(slope):
    with pytest.raises(FormulaError, match=r"its <lambda> should take 2 numbers$"):
        Operation("odd", lambda *xs: sum(xs), slope, any_number=True)
    Operation("even", lambda *xs: sum(xs), lambda xs, y, more=0: [1] * len(xs), any_number=True)
