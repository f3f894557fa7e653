"""JavaScript: what is written, and that a browser's engine works out Python's own numbers with it.

Python and JavaScript have the same floats, and + - * / round in the same way; so do their errors of
rounding come from the functions alone, at most 2 units in the last place of each. How far one error
moves a result is what `backward` says: the slope of the result for that part.
"""

import math
import random
import re
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab import Value, absolute, erf, exp, log, names, parse, sigmoid, sin, sqrt, symbols, where
from mathlab.calculus.algebra.differentiate import substitute
from mathlab.calculus.code.compile import compile_rows
from mathlab.calculus.code.javascript import (
    DEFINED,
    RESERVED,
    javascript,
    javascript_functions,
    javascript_rows,
    javascript_table,
    spelled,
)
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.calculus.graph.value import as_value, total
from mathlab.calculus.numbers.gammas import bernoulli
from mathlab.errors import DomainError, FormulaError, UnknownError
from tests.calculus.rows import OF_MANY, TABLE
from tests.calculus.test_random_expressions import grow
from tests.javascript import needs_node, run
from tests.thinned import thinned

X, Y = symbols("x y")
A, B = symbols("a b")
UNIT = 2.0**-52
FUNCTIONS = 2  # units of the last place by which a browser's function may be off
OWN = {"erf": 8, "erfc": 8, "gamma": 50, "lgamma": 20, "digamma": 20, "polygamma": 20}
GAMMAS = ("lgamma", "digamma", "polygamma")  # whose units are those of their size plus 1


def body(*formulas):
    """What is returned, where all is one line."""
    (_, line, _) = javascript(*formulas, [X, Y]).splitlines()
    return line.removeprefix("  return ").removesuffix(";")


# What is written: a formula, and its text
TEXTS = (
    (X * 2 + Y, "2*x + y"), (-X, "-x"), (-(X**3), "-(x**3)"), (-X - 1, "-x - 1"),
    ((-X) ** 3, "(-x)**3"), (as_value(-2) ** X, "pow(-2, x)"),
    (X - (Y - 1) * -1, "x - (1 - y)"), (X * (-Y - 1), "x*(-y - 1)"), (2 - (-X) / 3, "2 - -x/3"),
    (X ** -2, "pow(x, -2)"), (X**0.5, "pow(x, 0.5)"), (X**Y, "pow(x, y)"), (X**2, "x*x"),
    (X / 2, "x/2"), (X / Y, "x/(y || NaN)"), (1 / (X - Y), "1/(x - y || NaN)"),
    (log(X), "Math.log(x || NaN)"), (log(X + 1) / 3, "Math.log(x + 1 || NaN)/3"),
    (sin(X) * absolute(Y), "Math.sin(x)*Math.abs(y)"), (sigmoid(X), "sigmoid(x)"),
    (where(X, Y, 1), "(x > 0 ? y : x <= 0 ? 1 : x)"),
    (X * 0.1, "0.1*x"), (X + Fraction(1, 3), "x + 1/3"), (X * Fraction(-1, 3), "-1/3*x"),
    (X / Fraction(1, 3), "x/(1/3)"),
    (as_value(Fraction(-1, 3)) ** X, "pow(-1/3, x)"), (-as_value(-3), "3"),
    (X + 1e300, "x + 1e+300"), (X + math.inf, "x + Infinity"), (-math.inf - X, "(-Infinity) - x"),
    (X + math.nan, "x + NaN"), (X + 10**400, "x + NaN"),
    (X + (2**53 + 1), "x + 9007199254740992.0"),
    (parse("x + pi"), "x + 3.141592653589793"), (parse("x - e"), "x - 2.718281828459045"),
)


@pytest.mark.parametrize(("formula", "text"), TEXTS, ids=str)
def test_what_is_written(formula, text):
    assert body(formula) == text


def test_a_part_is_worked_out_once_and_only_where_it_is_needed():
    root = sqrt(X)
    assert javascript(where(X, root * root + 1, Y), [X, Y]).splitlines()[1:] == [
        "  const sqrt_1 = x > 0 ? Math.sqrt(x) : 0;",
        "  return (x > 0 ? sqrt_1*sqrt_1 + 1 : x <= 0 ? y : x);", "}"]


def test_a_wide_sum_is_added_up_in_several_lines():
    lines = javascript(total([X * k for k in range(1, 450)]), [X]).splitlines()
    assert [line.split()[:3] for line in lines[1:4]] == [
        ["let", "sum_1", "="], ["sum_1", "+=", "201*x"], ["sum_1", "+=", "401*x"]]


#   a number, as it is written there: whole up to 2**53, and beyond as a float
SPELLED = [
    (2**53, "9007199254740992"), (-(2**53), "-9007199254740992"), (0, "0"), (True, "1"),
    (2**53 + 1, "9007199254740992.0"), (-(2**53) - 1, "-9007199254740992.0"), (0.5, "0.5"),
    (Fraction(-1, 2**53), "-1/9007199254740992"), (Fraction(2**53, 3), "9007199254740992/3"),
    (Fraction(1, 2**53 + 1), "1.1102230246251564e-16"), (1e16, "1e+16"), (2.0, "2.0"),
    (Decimal("0.1"), "0.1"), (Decimal("1e400"), "Infinity"), (10**400, "NaN"), (-math.inf,
    "-Infinity"), (math.inf, "Infinity"), (math.nan, "NaN"),
]


@pytest.mark.parametrize(("number", "text"), SPELLED, ids=[text for _, text in SPELLED])
def test_how_a_number_is_spelled(number, text):
    assert spelled(number) == text


@pytest.mark.parametrize(("formula", "text"), [
    (X / as_value(0), "x/(0 || NaN)"), (X**0, "pow(x, 0)"), (X**3, "x**3"),
    (X ** (2**53 - 1), "x**9007199254740991"), (X ** (2**53), "pow(x, 9007199254740992)"),
    (X / as_value(math.pi, "pi"), "x/(3.141592653589793 || NaN)"), (log(as_value(2)) * X,
    "0.6931471805599453*x"), (X * as_value(-2.5, "a"), "x*(-2.5)"),
    (X / (Y * 2), "x/(2*y || NaN)")])
def test_powers_quotients_and_numbers_with_names(formula, text):
    assert body(formula) == text


def test_a_power_that_is_an_input_is_called_whatever_its_number_is_now():
    n = Value(3, "n")
    assert javascript(X**n, [X, n]).splitlines()[1] == "  return pow(x, n);"


def test_a_part_with_two_conditions_and_a_wide_sum_with_one():
    sine = sin(Y)
    lines = javascript(where(X, where(Y, sine * sine + 1, 2), 3), [X, Y]).splitlines()
    assert lines[1] == "  const sin_1 = x > 0 && y > 0 ? Math.sin(y) : 0;"
    lines = javascript(where(X, total([sine * k for k in range(2, 203)]), 3), [X, Y]).splitlines()
    assert lines[1] == "  const sin_1 = x > 0 ? Math.sin(y) : 0;"
    assert lines[2].startswith("  let sum_1 = x > 0 ? 2*sin_1 + 3*sin_1 + ")
    assert lines[2].endswith("201*sin_1 : 0;") and lines[3] == "  sum_1 += x > 0 ? 202*sin_1 : 0;"


def test_a_row_of_four_inputs():
    four = Operation("four_of_mine", lambda a, b, c, d: a * b - c / d,
                     lambda a, b, c, d, y: b, lambda a, b, c, d, y: a,
                     lambda a, b, c, d, y: -1 / d, lambda a, b, c, d, y: c / d**2)
    assert javascript_table([four]).splitlines()[1] == (
        '"four_of_mine": {n: 4, f: (x1, x2, x3, x4) => x1*x2 - x3/(x4 || NaN), '
        "d: [(x1, x2, x3, x4, y) => x2, (x1, x2, x3, x4, y) => x1, "
        "(x1, x2, x3, x4, y) => -1/(x4 || NaN), (x1, x2, x3, x4, y) => x3/(x4**2 || NaN)], "
        's: ["x2", "x1", "-1/x4", "x3/x4**2"]},')


def test_sums_of_nothing_and_of_names_that_are_taken():
    assert javascript_rows({}, [X], []).splitlines() == [
        "function sums(rows, x) {", "  for (const [] of rows) {", "  }", "  return [];", "}"]
    assert javascript_rows({"rows": X * Y, "x": Y}, [X], [Y]).splitlines() == [
        "function sums(rows_, x) {", "  let rows = 0, x_ = 0;", "  for (const [y] of rows_) {",
        "    rows += x*y;", "    x_ += y;", "  }", "  return [rows, x_];", "}"]


# Names


@pytest.mark.parametrize("name", ["constructor", "eval", "let", "Math", "NaN", "pow", "arguments",
                                  "static", "bernoulli_numbers", "undefined", "var"])
def test_a_name_that_means_something_there_gets_another(name):
    (here,) = symbols(name)
    text = javascript(here * 2 + Y, [name, "y"])
    assert text.splitlines()[0] == f"function formula({name}_, y) {{"
    with pytest.raises(FormulaError, match="cannot be called"):
        javascript(X, [X], name)


HOSTILE = ("__proto__", "</script>", "x\u2028", 'x"', "x'", "x`", "x;", "x)", "a b", "", "${x}",
           "\\u0061", "x\n", "/*", "-->", "class")


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_name_is_refused_wherever_a_name_stands(name):
    with pytest.raises(FormulaError, match="cannot be a name"):
        javascript(X, [X, name])
    with pytest.raises(FormulaError, match="cannot be a name"):
        javascript(X, [X], name)
    with pytest.raises(FormulaError, match="cannot be a name"):
        javascript_rows({name: X}, [X], [])
    with pytest.raises(FormulaError, match="cannot be called"):
        javascript_table([Operation(name, lambda x: x, lambda x, y: 1)])


def test_inputs_are_checked():
    with pytest.raises(FormulaError, match="'x' is taken"):
        javascript(X, ["x", "x"])
    with pytest.raises(UnknownError, match="y is neither a number nor an input"):
        javascript(X + Y, [X])
    with pytest.raises(FormulaError, match="no complex numbers"):
        javascript(X + 1j, [X])
    with pytest.raises(FormulaError, match="cannot be called 'sin'"):
        javascript(X, [X], "sin")
    with pytest.raises(FormulaError, match="total takes any number of inputs"):
        javascript_table([table.total])
    long = Operation("long_of_mine", lambda x: x, lambda x, y: sum(sin(k * x) for k in range(99)))
    with pytest.raises(FormulaError, match="a slope of long_of_mine is too long to write"):
        javascript_table([long])


@needs_node
def test_names_are_read_there():
    words = [*(RESERVED - {*table.functions(), "xlogy"}), "größe", "ψ", "x_1", "async", "of", "get"]
    inputs = [Value(float(i), word) for i, word in enumerate(words) if not names.fault(word)]
    text = javascript(total([k * x for k, x in enumerate(inputs)]), inputs)
    numbers = [x.data for x in inputs]
    found = run(f'"use strict";\n{text}', f"formula(...{numbers})")
    assert found == sum(k * x for k, x in enumerate(numbers))
    let, other = symbols("let let_")
    assert run(javascript(let - other, [let, other]), "formula(5, 3)") == 2


# Thousands of formulas with their slopes


def leaves_as_floats(formula):
    leaves = [x for x in inputs_first(formula) if x.operation is table.constant and not x.name]
    whole = {x for x in leaves if isinstance(x.data, int)}
    return substitute(formula, {x: Value.constant(float(x.data)) for x in leaves if x not in whole})


def units(node):
    """By how many units in the last place the number of a node may be off."""
    size, name = abs(node.data), node.operation.name
    if name in GAMMAS:
        return OWN[name] * (1 + size)
    standard = node.operation not in table.ARITHMETIC and node.operation not in OF_MANY
    # arithmetic is off too where `tidy` has reordered it: 2*(3*x) is 6*x
    return size * OWN.get(name, FUNCTIONS if standard else max(1, len(node.inputs) / 2))


def measured(formula, point):
    """The number of a formula, and how far another way to work it out may be from that.

    None if a kink lies within reach of rounding, or a slope or number on the way is missing, or
    would be moved so far by rounding that to compare says nothing.
    """
    x, y = (Value(number) for number in point)
    try:
        result = substitute(formula, {X: x, Y: y})
        if not isinstance(result, Value) or not result.inputs:
            return result.data, 0.0
        result.backward()
    except DomainError:
        return None
    reach = 0.0
    for node in inputs_first(result):
        if not node.inputs:
            continue
        kink = node.operation.kink
        if kink and abs(kink(*(each.data for each in node.inputs))) < 1e-6:
            return None
        reach += abs(node.grad) * units(node) * UNIT
    if not math.isfinite(result.data) or not reach < 1e-7 * (1 + abs(result.data)):
        return None
    return result.data, 2 * reach + 1e-300  # and as much again for what the slopes do not see


def drawn(count):
    """Formulas at points, each with its numbers: value and slopes, None for what is refused."""
    dice, found, refused, skipped = random.Random(21), [], [], 0
    while len(found) < count:
        formula = grow(dice, dice.randint(1, 6), [])
        if not isinstance(formula, Value) or not formula.inputs:
            continue
        formula, point = leaves_as_floats(formula), (dice.uniform(-3, 3), dice.uniform(-3, 3))
        try:
            formula.at(x=point[0], y=point[1])
            slopes = swept_gradient(formula, [X, Y])
        except DomainError as error:
            if "too large" not in str(error) and len(refused) < count:
                refused.append((formula, point))
            continue
        numbers = [measured(each, point) for each in (formula, *slopes)]
        if None in numbers:
            skipped += 1
            continue
        found.append(([formula, *slopes], point, numbers))
    assert skipped < count
    return found, refused


@needs_node
def test_thousands_of_formulas_and_their_slopes():
    count = len(thinned(range(10_000), keep=400))
    found, refused = drawn(count)
    programs = [javascript(formulas, [X, Y], f"f{i}") for i, (formulas, *_) in enumerate(found)]
    programs += [javascript([y], [X, Y], f"r{i}") for i, (y, _) in enumerate(refused)]
    calls = [f"f{i}({a}, {b})" for i, (_, (a, b), _) in enumerate(found)]
    calls += [f"r{i}({a}, {b})" for i, (_, (a, b)) in enumerate(refused)]
    program = "\n".join([javascript_functions(*programs), *programs])
    told = run(program, f"[{','.join(calls)}]")
    sharp = 0
    for (formulas, point, numbers), there in zip(found, told, strict=False):
        for formula, (number, reach), other in zip(formulas, numbers, there, strict=True):
            assert abs(number - other) <= reach, (str(formula), point, number, other, reach)
            sharp += reach <= 1e-12 * max(1, abs(number))
    assert sharp > 2.7 * count  # of three for each formula: the bounds are narrow
    for (formula, point), (other,) in zip(refused, told[count:], strict=True):
        assert not math.isfinite(other), (str(formula), point, other)
    assert len(refused) > count // 4


@needs_node
def test_where_there_is_only_arithmetic_every_digit_agrees():
    dice = random.Random(3)
    cases = []
    for _ in range(200):
        y = X
        for _ in range(dice.randint(1, 12)):
            sign = dice.choice((table.add, table.subtract, table.multiply, table.divide))
            y = sign(*dice.sample([y, Y + dice.uniform(-9, 9)], 2))
        cases.append((y, y.at(x=0.731, y=1.387)))
    programs = [javascript(y, [X, Y], f"f{i}") for i, (y, _) in enumerate(cases)]
    found = run("\n".join(programs), f"[{','.join(f'f{i}(0.731, 1.387)' for i in range(200))}]")
    assert found == [number for _, number in cases]


REFUSED = [parse(text) for text in (
    "1/(1/x)", "atan(1/x)", "exp(-x**-2)", "exp(-(x**(-0.5)))", "exp(log(x))", "atan(log2(x))",
    "atan(log10(x))", "atan(log1p(x - 1))", "atan(atanh(x - 1))", "log(x - 1)**0", "atan(gamma(x))",
    "atan(lgamma(x - 2))", "atan(digamma(x))", "atan(polygamma(1, x))", "sqrt(x - 1)**0",
    "atan2(1/x, 1)", "maximum(1/x, 2) - 1/x", "step(log(x))", "where(1/x, 1, 2)")]


@needs_node
def test_what_is_refused_stays_refused_in_whatever_follows():
    formulas = [*REFUSED, table.xlogy(X, log(X)), table.xlogy(X, X - 1)]
    for formula in formulas:
        with pytest.raises(DomainError):
            formula.at(x=0.0)
    program = javascript(formulas, [X])
    found = run(f"{javascript_functions(program)}\n{program}", "formula(0)")
    assert [y for y, number in zip(formulas, found, strict=True) if not math.isnan(number)] == []


# The table


POINTS = [-30.5, -7.25, -3.0, -2.5, -1.0, -0.75, -0.3, -1e-9, 0.0, 1e-9, 0.25, 0.5, 1.0, 1.5, 2.0,
          3.7, 12.25, 40.0, 800.0]
PAIRS = [(u, v) for u in (-2.5, -1.0, 0.0, 0.5, 2.0, 3.0) for v in (-2.0, -0.5, 0.0, 0.5, 2.0, 3.0)]
INPUTS = {1: [(x,) for x in POINTS], 2: PAIRS,
          3: [(c, u, v) for c in (-1.5, 0.0, 2.0) for u, v in PAIRS[::5]]}


def asked(function, *numbers):
    """The number of a function of Python, or nan where it is refused or too large."""
    try:
        return float(function(*numbers))
    except (ArithmeticError, ValueError):
        return math.nan


def as_program(text):
    return f"{javascript_functions(text)}\nconst TABLE = {text};"


@needs_node
def test_the_table_row_by_row():
    rows = [row for row in TABLE if row not in OF_MANY]
    assert {f'"{row.name}"' for row in rows} == {
        line.split(":")[0] for line in javascript_table().splitlines()[1:-1]}
    calls, expected = [], []
    for row in rows:
        for numbers in INPUTS[row.arity]:
            if row is table.polygamma:
                numbers = (abs(round(numbers[0])), numbers[1] + 0.125)
            y = asked(row, *numbers)
            calls.append(f"TABLE[{row.name!r}].f(...{[*numbers]})")
            expected.append((row, numbers, y, OWN.get(row.name, FUNCTIONS)))
            for i, slope in enumerate(row.slopes):
                if math.isfinite(y):
                    calls.append(f"TABLE[{row.name!r}].d[{i}](...{[*numbers, y]})")
                    expected.append((row, numbers, asked(slope, *numbers, y), 20))
    found = run(as_program(javascript_table()), f"[{','.join(calls)}]")
    for (row, numbers, number, off), other in zip(expected, found, strict=True):
        if not math.isfinite(number):
            assert not math.isfinite(other), (row, numbers, other)
        size = abs(number) + (row in (table.lgamma, table.digamma, table.polygamma, table.gamma))
        assert abs(number - other) <= off * size * UNIT or not math.isfinite(number), (
            row, numbers, number, other)


#   a function   where from, to    units: of the size, or of the size plus 1
MEASURED = (
    ("erf", -6, 6, 8, 0), ("erfc", -6, 26, 8, 0), ("gamma", 1e-3, 171, 12, 0),
    ("gamma", -30, 0, 50, 0),
    ("lgamma", -30, 400, 20, 1), ("digamma", -30, 400, 20, 1), ("sigmoid", -40, 40, 3, 0),
    ("softplus", -40, 40, 3, 0), ("sech", -40, 40, 3, 0), ("log1p", -0.99, 40, 3, 0),
    ("atanh", -1, 1, 3, 0),
)


@needs_node
@pytest.mark.parametrize(("name", "low", "high", "units", "plus"), MEASURED)
def test_how_far_what_is_defined_here_is_off(name, low, high, units, plus):
    dice = random.Random(name)
    xs = [dice.uniform(low, high) for _ in thinned(range(20_000), keep=1000)]
    xs += [x / 50 for x in xs if low <= x / 50 <= high]
    found = run(javascript_functions(name), f"{xs}.map(x => {name}(x))")
    worst = max(abs(other - table.ROWS[name](x)) / (abs(table.ROWS[name](x)) + plus)
                for x, other in zip(xs, found, strict=True))
    assert worst / UNIT < units


@needs_node
def test_polygamma():
    cases = [(n, x) for n in (1, 2, 5, 10) for x in (1e-3, 0.4, 1.0, 3.25, 17.5, 1e6, -0.4, -7.7)]
    found = run(javascript_functions("polygamma"), f"{[[*case] for case in cases]}.map("
                "([n, x]) => polygamma(n, x))")
    for (n, x), other in zip(cases, found, strict=True):
        number = table.polygamma(n, x)
        size = abs(number)
        if x < 0:  # what is added up is as large as next to the nearest pole
            size += 2 * math.factorial(n) / abs(x - round(x)) ** (n + 1)
        assert abs(number - other) < 20 * UNIT * size, (n, x)
    refused = "[polygamma(0.5, 1), polygamma(-1, 1), polygamma(1, -3), polygamma(1e9, 1), gamma(0)]"
    program = javascript_functions("polygamma gamma")
    assert all(math.isnan(number) for number in run(program, refused))


def test_nothing_in_it_ends_a_script_of_a_page():
    text = javascript_table() + javascript_functions(javascript_table())
    assert text.isascii() and not re.search("</|<!--|-->", text)


def test_each_definition_brings_what_it_needs():
    assert set(javascript_functions(*DEFINED).split()) >= {*DEFINED}
    assert javascript_functions("x => Math.log1p(x)") == ""
    assert javascript_functions("gamma(x)").count("const stirling =") == 1
    numbers = DEFINED["bernoulli_numbers"].strip("[]").split(", ")
    assert [*map(Fraction, numbers)] == [bernoulli(2 * k) for k in range(1, 10)]
    assert "bell" in javascript_functions(javascript(erf(X), [X]))


# Sums over rows


@needs_node
def test_sums_over_rows_are_those_of_python():
    loss = (Y - sigmoid(A * X) * B) ** 2 / 2 + where(X, log(X), A)
    sums = {"loss": loss, "let": A * A * X, "count": A / A}
    sums |= dict(zip("uv", swept_gradient(loss, [A, B]), strict=True))
    dice = random.Random(5)
    rows = [(dice.uniform(-3, 3), dice.uniform(-3, 3)) for _ in range(500)]
    program = javascript_rows(sums, [A, B], [X, Y])
    assert program.index("ratio_1 = a/") < program.index("for (")
    found = run("\n".join([javascript_functions(program), program]),
                f"sums({[[*row] for row in rows]}, 0.75, 1.5)")
    assert found == pytest.approx(compile_rows(sums, [A, B], [X, Y])(rows, 0.75, 1.5), rel=1e-13)
    assert run(javascript_rows({"n": A / 1}, [A], []), "sums([[], []], 3)") == [6]


# Rows of one's own


@needs_node
def test_a_row_of_ones_own_that_is_arithmetic_works():
    cube = Operation("cube", lambda x: x**3, lambda x, y: 3 * x**2)
    gauss = Operation("gauss", lambda x: exp(-cube(x) * x), lambda x, y: -4 * cube(x) * y)
    sinc = Operation("sinc", lambda x: sin(x) / x if x != 0 else 1,
                     lambda x, y: (sin(x + 1) - y) / x if x != 0 else 0)
    found = run(as_program(javascript_table([cube, gauss, sinc])),
                "[0, 0.5].map(x => [TABLE.cube, TABLE.gauss, TABLE.sinc].map("
                "row => [row.f(x), row.d[0](x, row.f(x))])).concat(TABLE.cube.s)")
    for x, rows in zip((0.0, 0.5), found[:2], strict=True):
        for row, (value, slope) in zip((cube, gauss, sinc), rows, strict=True):
            assert value == pytest.approx(row(x))
            assert slope == pytest.approx(row.slopes[0](x, row(x)))
    assert found[2] == "3*x**2"
    formula = gauss(X) + cube(X * Y) + sinc(X)
    program = javascript([formula, *swept_gradient(formula, [X])], [X, Y])
    value, slope = run(f"{javascript_functions(program)}\n{program}", "formula(0.7, 1.3)")
    assert value == pytest.approx(formula.at(x=0.7, y=1.3))
    x = Value(0.7, "x")
    made = gauss(x) + cube(x * 1.3) + sinc(x)
    made.backward()
    assert slope == pytest.approx(x.grad)


@pytest.mark.parametrize("compute", [math.sin, lambda x: x if x > 0 else 0, lambda x: "x",
                                     lambda x: [x], lambda x: float(x)])
def test_a_row_that_cannot_be_run_on_symbols_says_so(compute):
    odd = Operation("odd", compute, lambda x, y: 1)
    for write in (lambda: javascript(odd(X), [X]), lambda: javascript_table([odd])):
        with pytest.raises(FormulaError, match="odd cannot be written in JavaScript: one"):
            write()
    # a number that it holds now is not one that it always holds
    with pytest.raises(FormulaError, match="odd cannot be written"):
        javascript(Value.bare(1.0, odd, (Value(1.0, "x"),)), ["x"])


def test_a_row_that_is_made_of_itself_comes_to_an_end():
    endless = Operation("endless", lambda x: table.ROWS["endless"](x), lambda x, y: 1)
    with pytest.raises(FormulaError, match="made of each other more than 20 deep"):
        javascript(endless(X), [X])


@pytest.mark.parametrize(("deep", "written"), [(1, True), (20, True), (21, False)])
def test_rows_that_are_made_of_each_other_may_be_20_deep(deep, written):
    row = table.sin
    for i in range(deep):
        row = Operation(f"row_{i}_of_mine", lambda x, row=row: row(x), lambda x, y: 1)
    if written:
        assert javascript(row(X), [X]).splitlines()[1] == "  return Math.sin(x);"
    else:
        with pytest.raises(FormulaError, match="made of each other more than 20 deep"):
            javascript(row(X), [X])
