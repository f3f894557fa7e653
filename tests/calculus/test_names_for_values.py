"""A name stands wherever a symbol may, in every function; a Value of another formula is refused."""

import pytest

from mathlab import (
    Value,
    compare,
    compile_formula,
    derivative,
    directional_derivative,
    gradient,
    hessian,
    hessian_vector_product,
    jacobian,
    minimize,
    parse,
    simplify,
    sin,
    substitute,
    symbols,
    taylor,
)
from mathlab.calculus.algebra.polynomial import coefficients
from mathlab.calculus.algebra.steps import steps
from mathlab.calculus.code.compile import compile_rows
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.errors import DataError, FormulaError, UnknownError

X, Y, Z = symbols("x y z")
F = parse("x**2*y + y")

# What a function makes of a formula and an x, as something that can be compared.
ALIKE = {
    "derivative": lambda f, x: str(derivative(f, x)),
    "method": lambda f, x: str(f.derivative(x)),
    "second": lambda f, x: str(derivative(f, x, 2)),
    "gradient": lambda f, x: [str(each) for each in gradient(f, [x, Y])],
    "swept": lambda f, x: [str(each) for each in swept_gradient(f, [x])],
    "hessian": lambda f, x: [[str(each) for each in row] for row in hessian(f, [x, Y])],
    "jacobian": lambda f, x: [[str(each) for each in row] for row in jacobian([f, 2 * f], [x])],
    "products": lambda f, x: [str(each) for each in hessian_vector_product(f, {x: 3, Y: 1})],
    "direction": lambda f, x: str(directional_derivative(f, {x: 3, Y: 1})),
    "taylor": lambda f, x: str(taylor(f, x, at=1, order=2)),
    "substitute": lambda f, x: str(substitute(f, {x: Z + 1})),
    "steps": lambda f, x: str(steps(f, x)),
    "coefficients": lambda f, x: {k: str(c) for k, c in coefficients(f, [x]).items()},
    "compile": lambda f, x: compile_formula(f, [x, Y]).source,
    "rows": lambda f, x: compile_rows({"loss": f}, [x], [Y]).source,
    "columns": lambda f, x: compile_rows({"loss": f}, [Y], [x]).source,
    "compare by": lambda f, x: compare(f, {"x": 2.0, "y": 3.0}, by=x).results["backward"],
    "compare at": lambda f, x: compare(f, {x: 2.0, Y: 3.0}).results["backward"],
    "minimize": lambda f, x: minimize(f**2, {x: 2.0, Y: 3.0}, steps=3).history[-1].position,
}
every_function = pytest.mark.parametrize("name", ALIKE)


@every_function
def test_a_name_is_the_symbol_of_that_name(name):
    assert ALIKE[name](F, "x") == ALIKE[name](F, X)


@every_function
def test_a_value_that_is_not_in_the_formula_is_refused(name):
    stranger = Value(3.0, "x")
    with pytest.raises(FormulaError, match=r"Value\(3\.0, 'x'\) is not in the formula, a symbol of "
                       r'its name is: give its name, "x"'):
        ALIKE[name](F, stranger)


@every_function
@pytest.mark.parametrize("what", [3, 2.5, [X]], ids=str)
def test_what_is_neither_is_refused(name, what):
    with pytest.raises((TypeError, FormulaError, DataError)):
        ALIKE[name](F, what)


@every_function
@pytest.mark.parametrize("text", ["", "2x", "x y", "x**2", "lambda"])
def test_what_cannot_be_a_name_is_refused(name, text):
    if not (name.startswith("compare") and not text):  # there it is the first one
        with pytest.raises(ValueError):
            ALIKE[name](F, text)


def test_by_hand():
    assert str(derivative(F, "x")) == "2*x*y"
    assert str(directional_derivative(F, {"x": 1})) == "2*x*y"
    assert str(substitute(F, {"x": 1, "y": Z})) == "1**2*z + z"
    assert [str(each) for each in gradient(F, "x y")] == ["2*x*y", "x**2 + 1"]
    assert [str(each) for each in gradient(F, "y, x")] == ["x**2 + 1", "2*x*y"]
    assert compile_formula(F, "x y")(2.0, 3.0) == 15.0
    assert minimize(parse("(x - 1)**2"), {"x": 0.0}).parameters == pytest.approx({"x": 1.0})


@pytest.mark.parametrize("make", [lambda xs: (x for x in xs), lambda xs: map(str, xs), iter,
                                  dict.fromkeys, tuple], ids=range(5))
def test_any_iterable_is_read_once(make):
    assert [str(each) for each in gradient(F, make([X, Y]))] == ["2*x*y", "x**2 + 1"]
    assert [str(row[1]) for row in hessian(F, make([X, Y]))] == ["2*x", "0"]
    assert [str(row[1]) for row in jacobian(iter([F, F]), make([X, Y]))] == ["x**2 + 1"] * 2
    assert set(coefficients(F, make([X, Y]))) == {(2, 1), (0, 1)}
    assert compile_formula(F, make([X, Y]))(2.0, 3.0) == 15.0


# What the formula does not depend on


@pytest.mark.parametrize("x", [X, "x", Value(3.0), Value(3.0, "x"), Value(3.0, "x") ** 2])
def test_what_the_formula_does_not_depend_on_has_slope_0(x):
    y = parse("y**2")
    assert str(derivative(y, x)) == "0"
    assert str(substitute(y, {x: 1})) == "y**2"
    assert str(directional_derivative(y, {x: 1})) == "0"


def test_a_parameter_that_is_not_used_has_slope_0():
    used, unused = Value(2.0, "a"), Value(3.0, "b")
    assert [each.data for each in gradient(used**2, [used, unused])] == [4.0, 0]
    unnamed = [Value(2.0), Value(2.0)]
    assert [each.data for each in gradient(unnamed[0] ** 2, unnamed)] == [4.0, 0]


def test_what_only_the_formula_itself_had_is_not_missed_in_its_derivatives():
    x = Value(3.0, "x")
    f = x * X**2  # two inputs of one name, and the slope has only one of them
    assert str(derivative(f, x, 2)) == "0"
    assert str(hessian(f, [x])[0][0]) == "0"
    assert str(simplify(taylor(f, x, at=0, order=3))) == "x**2*x"
    assert [str(row[0]) for row in jacobian([x**2, X], [x])] == ["2*x", "0"]


@pytest.mark.parametrize(
    ("f", "part"), [(sin(X**2), X**2), (X * Y, X * Y), (F, Value(1.0, "x") * 2)])
def test_a_part_that_was_made_anew_is_not_in_the_formula(f, part):
    with pytest.raises(FormulaError, match=r"only x is: make the part once, u = \.\.\., "):
        derivative(f, part)


def test_a_value_that_stands_for_another_one():
    with pytest.raises(FormulaError, match="is not in the formula, another Value of its name is"):
        derivative(Value(2.0, "x") ** 2, Value(2.0, "x"))
    with pytest.raises(FormulaError, match="is not in the formula, another Value of its name is"):
        derivative(Value(2.0, "x") ** 2, X)


# Several of one name


def test_several_values_of_one_name_move_together():
    a, again = Value(2.0, "a"), Value(2.0, "a")
    f = a**2 * again
    assert derivative(f, "a").data == 3 * 2**2
    assert derivative(f, a).data == 2 * 2 * 2
    assert directional_derivative(f, {"a": 2}).data == 24
    assert substitute(f, {"a": 3}).data == 27
    assert coefficients(f, ["a"]).keys() == {(3,)}
    assert compile_formula(f, ["a"])(3.0) == 27.0
    assert compare(f, {"a": 2.0}).results["symbolic"] == 12.0
    assert f.numeric_derivative("a").value == pytest.approx(12.0)
    assert f.numeric_derivative(a).value == pytest.approx(8.0)
    assert steps(f, "a").steps[0].rule == "product rule"
    assert minimize((a * again - 9) ** 2, {"a": 1.0}).parameters["a"] == pytest.approx(3)


def test_a_numeric_derivative_by_name():
    x, y = Value(3.0, "x"), Value(2.0, "y")
    assert (x**2 * y).numeric_derivative("x").value == pytest.approx(12.0)
    with pytest.raises(FormulaError, match="is not in the formula"):
        (x**2).numeric_derivative(Value(3.0, "x"))
    with pytest.raises(FormulaError, match="several numbers are called x here"):
        (x * Value(4.0, "x")).numeric_derivative("x")
    for f, by in ((X**2, "x"), (X**2, X), (x**2, "z")):
        with pytest.raises(UnknownError, match="a symbol has no number to nudge"):
            f.numeric_derivative(by)


@pytest.mark.parametrize("given", [{"x": 1, X: 2}, {X: 1, "x": 1}])
def test_what_is_given_twice_is_refused(given):
    for function in (substitute, directional_derivative):
        with pytest.raises(FormulaError, match="given twice"):
            function(F, given)


# Whole numbers of other types


class Whole:
    """A whole number that is not an int, as numpy has them."""

    def __init__(self, number):
        self.number = number

    def __index__(self):
        return self.number


def test_an_order_can_be_any_whole_number():
    assert str(derivative(X**4, X, Whole(2))) == "12*x**2"
    assert str(taylor(X**2, X, 0, Whole(2))) == "x**2"


@pytest.mark.parametrize("order", [0, -1, 2.0, "2", None, Whole(0)])
def test_what_cannot_be_an_order(order):
    with pytest.raises(ValueError, match=r"the order of a derivative is 1, 2, 3, \.\.\., not"):
        derivative(X**4, X, order)
    if order != 0 and not isinstance(order, Whole):
        with pytest.raises(ValueError, match=r"a Taylor polynomial is 0, 1, 2, \.\.\., not"):
            taylor(X**4, X, 0, order)
