"""Formulas as plain functions: the same numbers, and a text that a person could have written."""

import gc
import math
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from mathlab import (
    Value,
    absolute,
    cosh,
    derivative,
    dot,
    exp,
    gradient,
    maximum,
    parse,
    relu,
    sigmoid,
    sin,
    sqrt,
    step,
    symbols,
    total,
    where,
)
from mathlab.calculus.code import compile as chapter
from mathlab.calculus.code.compile import compile_formula, compile_rows, uncollected
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.errors import DomainError, FormulaError, UnknownError
from tests.thinned import thinned

X, Y, Z = symbols("x y z")
FLOAT_X = ["if not (type(x) is float):", "    return in_any_kind(x, y, z)"]


@pytest.mark.parametrize(
    ("formula", "body"),
    [
        (X, ["return x"]),
        (X + 1, ["return x + 1"]),
        ((X * Y) ** 2, ["product_1 = x*y", "return product_1*product_1"]),
        # two nodes that happen to be equal
        ((X + Y) * (X + Y), ["sum_1 = x + y", "return sum_1*sum_1"]),
        ((u := X + Y) * u, ["sum_1 = x + y", "return sum_1*sum_1"]),
        (X * -2, ["return -2*x"]),
        (X * 0.1, ["return 0.1*x"]),
        (total([X, Y, 1]), ["return x + y + 1"]),
        (dot([X, Y], [Y, Z]), ["return x*y + y*z"]),
        (relu(X), [*FLOAT_X, "return (0.0 if x <= 0 else x)"]),
        (relu(X - 1), [*FLOAT_X, "difference_1 = x - 1",
                       "return (0.0 if difference_1 <= 0 else difference_1)"]),
        (step(X) * (Y + 1),
         [*FLOAT_X, "return (0.0 if x <= 0 else 1.0 if x > 0 else x)*(y + 1)"]),
        ([X * Y, X * Y], ["product_1 = x*y", "return (product_1, product_1)"]),
        ([v := X * Y, v + 1], ["product_1 = x*y", "return (product_1, product_1 + 1)"]),
        ([X], ["return (x,)"]),
        ([], ["return ()"]),
        (X * Fraction(1, 3), ["return number_1*x"]),
        (X * Value(2.5, "a"), ["return x*2.5"]),
        (X * Value(-2.5, "a"), ["return x*(-2.5)"]),
        (X * Value.constant(math.pi, "pi"), [f"return x*{math.pi}"]),
    ],
)
def test_the_text(formula, body):
    source = compile_formula(formula, [X, Y, Z]).source
    assert source.splitlines() == ["def formula(x, y, z):", *("    " + line for line in body)]


def test_functions_of_other_kinds_of_numbers_go_their_own_way():
    f = compile_formula(sin(X) * Y + where(Z, X, Y), [X, Y, Z])
    assert f.source.splitlines() == [
        "def formula(x, y, z):",
        "    if not (type(x) is float):",
        "        return in_any_kind(x, y, z)",
        "    try:",
        "        return sin(x)*y + (x if z > 0 else y if z <= 0 else z)",
        "    except (ArithmeticError, ValueError):",
        "        return exactly(x, y, z)",
    ]
    assert f(0.5, 2.0, 1.0) == math.sin(0.5) * 2 + 0.5
    exact = f(Decimal("0.5"), Decimal(2), Decimal(1))
    assert abs(exact - Decimal("1.458851077208406000546575870")) < Decimal("1e-26")
    assert f(1j, 2, 1) == pytest.approx(2j * math.sinh(1) + 1j)


def test_only_inputs_that_reach_what_is_for_floats_are_looked_at():
    source = compile_formula(sin(X) * Y + relu(Z), [X, Y, Z]).source
    assert "if not (type(x) is type(z) is float):" in source


@pytest.mark.parametrize("y", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("x", [-1.0, 0.0, 2.0])
def test_what_a_unit_that_is_off_is_multiplied_by_may_still_make_it_nan(x, y):
    assert compile_formula(step(X) * Y + 1, [X, Y])(x, y) == pytest.approx(
        (x > 0) * y + 1, nan_ok=True)
    for f in (relu(X) * Y, (relu(X) * Y - 1) ** 2):
        found = compile_formula([f, *swept_gradient(f, [X, Y])], [X, Y])(x, y)
        at = {"x": Value(x, "x"), "y": Value(y, "y")}
        plain = parse(str(f), at)
        plain.backward()
        assert found == pytest.approx((plain.data, at["x"].grad, at["y"].grad), nan_ok=True)


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
def test_the_same_numbers_as_the_plain_way(formula, at):
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
    with pytest.raises(FormulaError, match="cannot be a name"):
        compile_formula(X, [X, Value(1.0, bad)])


@pytest.mark.parametrize("names", [("x", "x"), ("sin",), ("where",), ("μ", "µ")])
def test_names_that_are_taken(names):
    inputs = [Value(1.0) for _ in names]
    for x, name in zip(inputs, names, strict=True):
        x.name = name
    with pytest.raises(FormulaError, match=r"is taken|another Value of its name is"):
        compile_formula(inputs[0] * 2, inputs)


def test_a_symbol_that_is_no_input():
    with pytest.raises(UnknownError, match="y is neither a number nor an input"):
        compile_formula(X * Y, [X])


def test_names_like_our_own_do_no_harm():
    sum_1, formula = symbols("sum_1 formula")
    u = sum_1 + formula
    assert compile_formula(u * u + sum_1, [sum_1, formula])(2, 3) == 27
    other = Value(0.5, "math") + sum_1  # the names of numbers never reach the text
    assert compile_formula(other, [sum_1])(1) == 1.5


def test_outside_the_domain_functions_say_so():
    with pytest.raises(DomainError, match=r"sqrt\(-1\) is not defined"):
        compile_formula(sqrt(X), [X])(-1)
    with pytest.raises(DomainError, match=r"sqrt\(-1.0\) is not defined"):
        compile_formula(sqrt(X), [X])(-1.0)
    with pytest.raises(DomainError, match="needs a divisor other than 0"):
        compile_formula(1 / X, [X])(0.0)


def test_compiled_formulas_are_deep_and_wide_without_harm():
    depth = len(thinned(range(20_000), keep=5_000))
    deep = X
    for _ in range(depth):
        deep = sin(deep)
    shared, squares = X, X + 1
    for _ in range(200):
        shared = 3.5 * shared * (1 - shared)
        squares = squares * squares / 3
    chain = sum([X] * 5_000)
    for formula in (deep, shared, chain, squares):
        assert compile_formula(formula, [X])(0.3) == pytest.approx(formula.at(x=0.3))
    assert compile_formula(deep, [X]).source.count("\n") < depth / 40


@pytest.mark.parametrize("size", [200, 201, 400, 4_000])
def test_wide_sums_and_inner_products_are_cut(size):
    x, y = symbols("x y")
    terms = [x * (i % 7) if i % 3 else y - i % 5 for i in range(size)]
    wide, inner = total(terms), dot(terms, [i % 11 for i in range(size)])
    compiled = compile_formula([wide, inner], [x, y])
    assert compiled(1.5, 0.25) == (wide.at(x=1.5, y=0.25), inner.at(x=1.5, y=0.25))


A, B = symbols("a b")
ROWS = [(1.0, 2.0), (2.0, 5.0), (4.0, 3.0)]


@pytest.mark.parametrize("formula", [
    A * X + B * Y,
    (Y - A**2 * X) ** 2,
    -3 * sin(A * X) * B / 7,
    A * B,
    Value.constant(2.5),
    X * Y,
    relu(A - X) * maximum(B, Y),
], ids=str)
def test_sums_over_rows_are_the_plain_way_the_rows_added_up(formula):
    f = compile_rows({"sum": formula, "gradient": -2 * formula}, [A, B], [X, Y])
    one = compile_formula(formula, [A, B, X, Y])
    expected = math.fsum(one(0.5, -1.5, *row) for row in ROWS)
    assert f(ROWS, 0.5, -1.5) == pytest.approx((expected, -2 * expected))


def test_what_is_the_same_for_all_rows_stands_before_the_loop():
    source = compile_rows({"loss": exp(A) * X + exp(A) ** 2 + X * 3}, [A], [X]).source
    before, loop = source.split("for x, in rows:")
    assert before.count("exp(a)") == 1
    assert "exp(" not in loop
    assert "    return (loss,)" in loop


def test_numbers_are_multiplied_after_the_loop():
    source = compile_rows({"a": -2 * (X - A) * X, "b": -(X * A) * 3.5}, [A], [X]).source
    assert source.splitlines()[-1] == "    return (-2*a_, -3.5*b)"  # a is taken


@pytest.mark.parametrize("kind", [Fraction, Decimal, complex])
def test_rows_of_other_kinds(kind):
    rows = [(kind(1), kind(2)), (kind(3), kind(5))]
    (found,) = compile_rows({"s": X / A + Y * A}, [A], [X, Y], kind)(rows, kind(2))
    assert (found, type(found)) == (kind(16), kind)


def test_functions_of_decimals_keep_their_digits():
    (found,) = compile_rows({"s": exp(X)}, [], [X], Decimal)([(Decimal(1),)])
    assert abs(found - Decimal("2.718281828459045235360287471")) < Decimal("1e-26")


def test_numbers_in_a_formula_become_decimals_with_the_rest():
    formula = 0.1 * X**0.5 + Value.constant(math.pi, "pi") / 3 + X * Fraction(1, 3)
    at = Decimal("0.7")
    with localcontext(prec=40):
        expected = formula.at(x=at)
        assert compile_formula(formula, [X], Decimal)(at) == pytest.approx(
            expected, rel=Decimal("1e-38")
        )
        found, half = compile_rows({"s": formula, "h": 0.5 * X}, [], [X], Decimal)([(at,)])
        assert found == pytest.approx(expected, rel=Decimal("1e-38"))
        assert half == Decimal("0.35")


def test_names_in_a_loop_get_out_of_the_way():
    rows, loss, sum_1 = symbols("rows loss sum_1")
    f = compile_rows({"loss": (rows * loss + sum_1) ** 2, "rows": rows}, [rows], [loss, sum_1])
    assert f([(1.0, 2.0), (3.0, 4.0)], 2.0) == (4.0**2 + 10.0**2, 4.0)


@pytest.mark.parametrize("bad", ["lambda", "a b", "__import__('os')"])
def test_names_of_sums_and_columns_are_checked(bad):
    with pytest.raises(FormulaError, match="cannot be a name"):
        compile_rows({bad: X}, [], [X])
    with pytest.raises(FormulaError, match="cannot be a name"):
        compile_rows({"s": X}, [], [X, Value(1.0, bad)])


def test_no_rows_no_columns_no_parameters():
    assert compile_rows({"s": X * 2}, [], [X])([]) == (0.0,)
    assert compile_rows({"s": A * 2}, [A], [])([(), ()], 3.0) == (12.0,)


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan, 1e305, Fraction(1, 3)])
def test_numbers_that_cannot_be_written_or_taken_out(number):
    (found,) = compile_rows({"s": number * X}, [], [X])([(1e-5,)])
    assert found == pytest.approx(float(number) * 1e-5, nan_ok=True)
    assert compile_formula(number * X, [X])(2) == pytest.approx(number * 2, nan_ok=True)


def test_whole_numbers_too_long_to_print():
    assert compile_formula(10**5000 * X, [X])(2) == 2 * 10**5000


def test_factors_keep_their_kind():
    (found,) = compile_rows({"s": Fraction(1, 3) * X}, [], [X], Fraction)([(1,)])
    assert (found, type(found)) == (Fraction(1, 3), Fraction)
    (found,) = compile_rows({"s": Decimal("0.1") * X}, [], [X], Decimal)([(Decimal(3),)])
    assert found == Decimal("0.3")


@pytest.mark.parametrize("name", ["type", "float", "in_any_kind", "formula", "math"])
def test_inputs_named_like_the_words_of_the_code(name):
    (a,) = symbols(name)
    f = compile_formula(sin(a) * a, [a])
    assert f(0.5) == math.sin(0.5) * 0.5
    assert f(Fraction(1, 2)) == math.sin(0.5) * 0.5
    assert f(1j) == pytest.approx(1j * 1j * math.sinh(1))


def test_steps_of_nan_are_nan():
    assert math.isnan(compile_formula(step(X), [X])(math.nan))
    assert [compile_formula(step(X), [X])(x) for x in (-1.0, 0.0, 2.0)] == [0, 0, 1]
    assert math.isnan(compile_formula(relu(X), [X])(math.nan))


@pytest.mark.parametrize(("outputs", "inputs"), [("x", [X]), ([X, "y"], [X]), (X, [3])])
def test_what_is_no_formula(outputs, inputs):
    with pytest.raises(TypeError, match="Values"):
        compile_formula(outputs, inputs)


def test_plain_numbers_are_formulas_too():
    assert compile_formula([3, X], [X])(2) == (3, 2)
    assert compile_rows({}, [], [X])([(1.0,)]) == ()


def test_decimals_keep_their_digits_also_in_numbers_that_are_worked_out_beforehand():
    formula = parse("x*log(2) + x*(0.1 + 0.2)")
    expected = formula.at(x=Decimal(1))
    assert abs(compile_formula(formula, [X], Decimal)(Decimal(1)) - expected) < Decimal("1e-26")
    (found,) = compile_rows({"s": formula}, [], [X], Decimal)([(Decimal(1),)])
    assert abs(found - expected) < Decimal("1e-26")


def test_a_kind_that_is_lost_in_relu_is_kept_where_it_matters():
    formula = X / cosh(relu(Y)) + step(Y)
    for f in (compile_formula(formula, [X, Y], Decimal), compile_formula(formula, [X, Y])):
        found = f(Decimal(1), Decimal(-1))
        assert (found, type(found)) == (1, Decimal)


def test_fractions_of_1_make_fractions():
    formula = 2 * (Value.constant(Fraction(1, 2)) * X) / 3
    assert compile_formula(formula, [X])(10**17 + 1) == Fraction(10**17 + 1, 3)


def test_a_complex_number_on_the_way_is_no_real_one_in_the_end():
    f = compile_formula(absolute(X**Y), [X, Y])
    assert f(4.0, 0.5) == 2.0
    with pytest.raises(DomainError, match="needs a base above 0"):
        f(-8.0, 0.5)


def test_a_parameter_that_is_a_mere_underscore():
    (underscore,) = symbols("_")
    assert compile_rows({"s": underscore}, [underscore], [])([(), ()], 3.0) == (6.0,)


# Branches that are not taken, and numbers that leave the floats on the way

GUARDED = (
    ("where(x, log(x), 0)", -1.0, 0), ("where(x, 1/x, 7)", 0.0, 7), ("where(x, 0, exp(x))", 1e9, 0),
    ("where(x, log(x)**2 + log(x), 3) + x", -2.0, 1), ("where(x - 1, sqrt(x - 1), 0)*x", 0.5, 0),
    ("where(x, where(x - 1, log(x - 1), 5), 6)", 0.5, 5), ("x**0.5 + where(x, 1, 1/x)", 4.0, 3),
)


@pytest.mark.parametrize(("text", "at", "expected"), GUARDED, ids=str)
def test_a_branch_that_is_not_taken_is_not_worked_out(text, at, expected):
    formula = parse(text)
    assert compile_formula(formula, [X])(at) == expected
    slopes = derivative(formula, X)
    assert compile_formula([slopes], [X])(at)[0] == slopes.at(x=at)
    rows = compile_rows({"sum": formula, "slope": slopes}, [], [X])
    assert rows([(at,), (at,)]) == (2 * expected, 2 * slopes.at(x=at))


def test_a_part_that_only_one_branch_needs_has_a_line_with_its_condition():
    formula = parse("where(x, log(x)**2 + log(x), 3)")
    assert "log_1 = log(x) if x > 0 else 0" in compile_formula(formula, [X]).source


@pytest.mark.parametrize(("text", "at", "expected"), [
    ("1/(1 + x**4)", 1e100, 0.0), ("x/x**2", 1e200, 1e-200), ("x/x**2", 1e-200, 1e200),
    ("x**3/x**3", 1e150, 1.0), ("1e200*x*x*1e-200", 1e120, 1e240), ("x**2/(x**2 + 1)", 1e200, 1.0),
])
def test_a_number_on_the_way_may_leave_the_floats(text, at, expected):
    assert compile_formula(parse(text), [X])(at) == pytest.approx(expected, rel=1e-15)
    assert parse(text).at(x=at) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize("wanted", [True, False])
def test_garbage_is_looked_for_again_as_before(wanted):
    was = gc.isenabled()
    try:
        (gc.enable if wanted else gc.disable)()
        with uncollected():
            assert not gc.isenabled()
        assert gc.isenabled() is wanted
    finally:
        (gc.enable if was else gc.disable)()


def test_a_short_program_is_not_cut(monkeypatch):
    monkeypatch.setattr(chapter, "in_parts", None)
    assert compile_formula(X**2 + 1, [X])(3.0) == 10
