"""Lines of a program: what gets one, what Python could not read without, and rows of one's own."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab import Value, derivative, dot, exp, parse, sin, symbols, total, where
from mathlab.calculus.code.compile import compile_formula, compile_rows
from mathlab.calculus.code.script import BETWEEN, DEEPEST, WIDEST, Script, free_name, is_far
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


@pytest.mark.parametrize(("nest", "each", "name"), [
    (sin, "sin(", "sin_2"), (lambda y: 1 - y, "1 - ", "difference_2"),
    (lambda y: y * X, "*x", "product_2"), (lambda y: X + y, "x + ", "sum_2")])
def test_a_nest_gets_a_line_before_it_is_too_deep(nest, each, name):
    y = Value.constant(7)
    for _ in range(2 * DEEPEST + 2):
        y = nest(y)
    script = Script([X], [y])
    assert [line.count(each) for line in script.lines] == [DEEPEST + 1] * 2
    assert script.text(y) == name


@pytest.mark.parametrize(("terms", "lines"), [
    (200, []), (201, [200, 1]), (400, [200, 200]), (401, [200, 200, 1])])
def test_a_wide_sum_has_so_many_terms_in_each_line(terms, lines):
    wide = total([X * (k + 2) for k in range(terms)])
    script = Script([X], [wide])
    assert [line.count("x*") for line in script.lines] == lines
    assert script.text(wide) == ("sum_1" if lines else " + ".join(
        f"x*{k + 2}" for k in range(terms)))
    products = Script([X], [dot([X] * terms, [Value.constant(2.5)] * terms)])
    assert [line.count("x*2.5") for line in products.lines] == (lines or [200])


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
    # what the rows do not change stands before their loop, unless a row decides if it is needed
    (where(X, (e := exp(A)) * e, 0), [], ["exp_1 = exp(a) if x > 0 else 0"],
     "(exp_1*exp_1 if x > 0 else 0 if x <= 0 else x)"),
    (where(A, (e := exp(B)) * e, X), ["exp_1 = exp(b) if a > 0 else 0", "square_1 = exp_1*exp_1"
     " if a > 0 else 0"], [], "(square_1 if a > 0 else x if a <= 0 else a)"),
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


#   a formula                   may fail, may leave the floats, the inputs of what is for floats
ASKED = [
    ("x + y",                   False, False, ""),
    ("absolute(x)*y",           False, False, "x"),
    ("maximum(x, y) + sign(x)", False, False, "xy"),
    ("sin(y)*x",                True,  False, "y"),
    ("x/y",                     True,  True,  ""),
    ("x**2",                    True,  True,  ""),
    ("x**2.5",                  True,  True,  "x"),
    ("x**y",                    True,  True,  "xy"),
    ("1e100*x",                 True,  True,  ""),
    ("9e99*x + 0*y",            False, False, ""),
    ("relu(x) + y",             False, False, "x"),
    ("where(x, y, 1)",          False, False, ""),
    ("where(x, exp(y), 1)",     True,  False, "y"),
]


@pytest.mark.parametrize(("text", "fails", "leaves", "inputs"), ASKED, ids=[x[0] for x in ASKED])
def test_what_is_known_of_a_script(text, fails, leaves, inputs):
    script = Script("x y", [parse(text)])
    assert (script.may_fail, script.may_leave_the_floats) == (fails, leaves)
    assert "".join(x.name for x in script.inputs_for_floats()) == inputs


@pytest.mark.parametrize(("number", "far"), [
    (0, False), (0.0, False), (1, False), (-3.5, False), (9e99, False), (1e100, True),
    (-1e100, True), (2e-100, False), (1e-100, True), (-1e-200, True), (math.inf, True),
    (Fraction(1, 10**99), False), (10**400, True)])
def test_numbers_far_from_1(number, far):
    assert is_far(number) is far


U, V, E = sin(X), Value.constant, exp(Y)
#   a result, and the lines before it; `x > 0 and y <= 0` are the conditions under which it is asked
GUARDS = [
    (where(X, 0, E * E + E), ["exp_1 = exp(y) if x <= 0 else 0"]),
    (where(X, E * E + E, 0), ["exp_1 = exp(y) if x > 0 else 0"]),
    (where(X, where(B, 1, E * E + E), 0), ["exp_1 = exp(y) if b <= 0 and x > 0 else 0"]),
    (where(X, E * E, E), ["exp_1 = exp(y)"]),
    (where(X, E * E, 0) + E, ["exp_1 = exp(y)"]),
    (where(B, where(X, E, E * 2), 1), ["exp_1 = exp(y) if b > 0 else 0"]),
    (where(X, where(B, E, 1), where(B, E * 2, 5)), ["exp_1 = exp(y) if b > 0 else 0"]),
    (where(U, U * 2, 3), ["sin_1 = sin(x)"]),
]


@pytest.mark.parametrize(("result", "lines"), GUARDS, ids=str)
def test_what_not_every_way_needs_is_worked_out_where_it_is_needed(result, lines):
    assert Script([X, Y, B], [result]).lines == lines


#   a number, what is written, and what a name in it stands for, by kind
NUMBERS = [
    (Value(0.0, "a"), float, "x + 0.0", None),   (Value(-0.5, "a"), float, "x + (-0.5)", None),
    (Value(2, "a"), Decimal, "x + 2", None),     (Value(0.5, "a"), object, "x + 0.5", None),
    (V(9e299), float, "x + 9e+299", None),       (V(1e300), float, "x + number_1", 1e300),
    (V(-1e300), object, "x + number_1", -1e300), (V(True), float, "x + number_1", True),
    (V(0.25), Decimal, "x + number_1", Decimal("0.25")),
    (V(0.25), Fraction, "x + number_1", Fraction(1, 4)),
    (V(Fraction(1, 3)), float, "x + number_1", Fraction(1, 3)),
    (V(math.pi, "pi"), Decimal, "x + number_1", Decimal("3.141592653589793238462643383")),
]


@pytest.mark.parametrize(("number", "kind", "text", "meant"), NUMBERS, ids=str)
def test_a_number_is_written_or_gets_a_name(number, kind, text, meant):
    script = Script([X], [y := X + number], kind=kind)
    assert script.text(y) == text
    assert [*script.known.values()] == [each for each in [meant] if each is not None]
    assert type(meant) in (type(None), *map(type, script.known.values()))


def test_powers_are_called_only_among_floats():
    for kind, exponent, text in [(float, 3, "x**3"), (float, 0.5, "pow(x, 0.5)"),
                                 (Fraction, 0.5, "x**number_1"), (object, 2.5, "x**2.5")]:
        script = Script([X], [y := X**exponent], kind=kind)
        assert script.text(y) == text
        assert ("pow" in script.known) is (text[:3] == "pow")
    exponent = Value(3, "n")  # an input, so it may be another number at another time
    assert Script([X, exponent], [y := X**exponent]).text(y) == "pow(x, n)"


def test_a_free_name_is_taken_from_then_on():
    taken = {"a", "a_"}
    assert [free_name(name, taken) for name in ("a", "a", "b", "b")] == ["a__", "a___", "b", "b_"]


def test_a_result_can_be_given_a_name():
    script = Script([X, Y], [y := X * Y + 1])
    assert (script.named(y), script.lines) == ("sum_1", ["sum_1 = x*y + 1"])
    assert script.text(y) == "sum_1"
    assert Script([X], [X]).named(X) == "x"
