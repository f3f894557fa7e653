"""The table of derivatives, row by row, against a witness that knows no slopes.

Every row must have sample points here: a new row fails until it has. Then every slope is compared
with the witness in four readings (the rule itself, the sweep backwards, the sweep forwards, the
formula), to second order, and where an input is used more than once. At the end each slope is made
wrong, in turn, and the same comparison has to notice.
"""

import cmath
import math
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab.calculus.algebra.differentiate import derivative
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.chain_rule import sweep_forwards
from mathlab.calculus.graph.operations import (
    Operation,
    operation_named,
)
from mathlab.calculus.graph.value import Value, symbols
from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.errors import DomainError, MathlabError
from tests.calculus import witness
from tests.calculus.rows import OF_MANY, TABLE
from tests.calculus.rows import OF_ONE as ALL_OF_ONE
from tests.thinned import thinned

INF, NAN = math.inf, math.nan

REALS = (-2.5, -0.75, 0.3, 1.5, 3.25)
POSITIVE = (0.2, 0.8, 1.7, 3.5, 12.0)
PAIRS = ((1.5, -0.75), (-2.25, 3.5), (0.3, 0.8), (-1.2, -2.6))
GAMMAS = (-2.6, -0.4, 0.3, 1.3, 4.5)
UNIT = (-0.8, -0.3, 0.2, 0.6)

# Where each row is compared with the witness: numbers, or tuples of as many as it has inputs.
SAMPLES = {
    "+": PAIRS,
    "-": PAIRS,
    "*": PAIRS,
    "/": PAIRS,
    "**": ((1.5, -0.75), (0.3, 0.8), (2.25, 3.5), (1.2, -2.6)),
    "negate": REALS,
    **dict.fromkeys(("absolute", "sign", "step", "relu"), REALS),
    **dict.fromkeys(("exp", "expm1", "sin", "cos", "tan", "atan"), REALS),
    **dict.fromkeys(("sinh", "cosh", "sech", "tanh", "asinh", "cbrt"), REALS),
    **dict.fromkeys(("sigmoid", "softplus", "erf", "erfc"), REALS),
    **dict.fromkeys(("log", "log2", "log10", "sqrt"), POSITIVE),
    "log1p": (-0.7, -0.2, 0.5, 4.0),
    "asin": UNIT,
    "acos": UNIT,
    "atanh": UNIT,
    "acosh": (1.2, 1.9, 3.5, 20.0),
    **dict.fromkeys(("gamma", "lgamma", "digamma"), GAMMAS),
    "maximum": PAIRS,
    "minimum": PAIRS,
    "atan2": PAIRS,
    "hypot": PAIRS,
    "polygamma": ((0, 1.3), (1, 0.4), (2, 3.5), (3, -0.6), (1, -2.6)),
    "total": ((0.5,), (1.5, -2.0), (0.5, 0.25, -3.0, 7.0)),
    "dot": ((1.5, -2.0), (0.5, 0.25, -3.0, 7.0), (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)),
    "where": ((1.5, 0.3, -2.0), (-0.5, 0.3, -2.0), (0.2, 2.0, 2.5)),
}
ROWS = tuple(row for row in TABLE if row.name in SAMPLES)  # of others the first test speaks
OF_ONE = tuple(row for row in ALL_OF_ONE if row in ROWS)
FIXED = {"polygamma": 1}  # how many inputs at the front are whole numbers, and have no slope

# The same thing used in several places: (shape, how many inputs the row in it has).
SHARED = {
    1: (
        ("f(x)*x", lambda f, x: f(x) * x),
        ("f(x) - x/f(x)", lambda f, x: f(x) - x / f(x)),
        ("f(f(x))", lambda f, x: f(f(x))),
        ("f(x)*f(x + x)", lambda f, x: f(x) * f(x + x)),
    ),
    2: (
        ("f(x, x)", lambda f, x, y: f(x, x)),
        ("f(x, y)*x*y", lambda f, x, y: f(x, y) * x * y),
        ("f(f(x, y), y)", lambda f, x, y: f(f(x, y), y)),
        ("f(x*y, x + y)", lambda f, x, y: f(x * y, x + y)),
    ),
}


def points(row):
    return [x if isinstance(x, tuple) else (x,) for x in SAMPLES[row.name]]


def free(row, at):
    """Which inputs of a row are looked at."""
    return range(FIXED.get(row.name, 0), len(at))


def rules(row, *numbers):
    """The slopes of a row as numbers, by its rules alone."""
    result = row.evaluate(*numbers)
    if row in OF_MANY:
        return row.slopes[0](numbers, result)
    start = FIXED.get(row.name, 0)
    return [None] * start + [rule(*numbers, result) for rule in row.slopes[start:]]


def leaves_at(row, at):
    """Leaves for a row's inputs; those without a slope are plain numbers."""
    fixed = FIXED.get(row.name, 0)
    return [x if i < fixed else Value(x, "xyzuvw"[i]) for i, x in enumerate(at)]


def check_rule(row):
    """Each slope in the table, as numbers."""
    for at in points(row):
        exact = tuple(map(witness.to_decimal, at))
        for i in free(row, at):
            expected = witness.slope(lambda *x: witness.apply(row, *x), exact, i)
            assert witness.near(rules(row, *at)[i], expected), (row, at, i)


def check_formula(formula, leaves, second=True):
    """Backwards, forwards, as a formula; to first order and, as a formula, to second."""
    order = [x for x in leaves if isinstance(x, Value)]
    exact = tuple(witness.to_decimal(x.data) for x in order)

    def f(*numbers):
        return witness.number(formula, dict(zip(order, numbers, strict=True)))

    formula.backward()
    swept = [x.grad for x in order]
    for i, x in enumerate(order):
        expected = witness.slope(f, exact, i)
        symbolic = derivative(formula, x)
        assert witness.near(swept[i], expected), ("backward", str(formula), x)
        assert witness.near(sweep_forwards(formula, {x: 1.0}), expected), ("forwards", x)
        assert witness.near(symbolic.data, expected), ("formula", str(symbolic), x)
        for j, y in enumerate(order[: i + 1] if second else ()):
            expected = witness.slope(f, exact, i, j)
            assert witness.near(derivative(symbolic, y).data, expected), ("second", x, y)


def check_alone(row):
    for at in points(row):
        leaves = leaves_at(row, at)
        check_formula(row(*leaves), leaves)


def check_shared(row):
    for _, shape in SHARED.get(row.arity if row.name not in FIXED else 0, ()):
        checked = 0
        for at in points(row):
            leaves = leaves_at(row, at)
            try:
                formula = shape(row, *leaves)
                formula.backward()
            except DomainError:
                continue  # log(log(0.2))
            check_formula(formula, leaves, second=False)
            checked += 1
        assert checked, "no sample lies in the domain of this shape"


def check_row(row):
    check_rule(row)
    check_alone(row)
    check_shared(row)


every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_row_has_samples_and_a_name_to_be_found_by(row):
    assert row in ROWS, f"give the row {row.name} at least three points in SAMPLES"
    assert len(points(row)) >= 3
    assert row.name in FLOATS, f"say in FLOATS what {row.name} computes"
    assert row not in ALL_OF_ONE or row.name in [name for name, _, _ in LIMITS], (
        f"say in LIMITS what {row.name} is at inf and at -inf"
    )
    assert operation_named(row.name) is row


def test_no_operation_stands_outside_the_table():
    rows = {x for x in vars(table).values() if isinstance(x, Operation)}
    assert rows == {*TABLE, table.constant, table.xlogy}  # which is no row of the book


@every_row
def test_the_rule(row):
    check_rule(row)


@every_row
def test_backwards_forwards_and_as_a_formula_to_second_order(row):
    check_alone(row)


@every_row
def test_inputs_used_more_than_once(row):
    check_shared(row)


#             the formula                        at x    its slope by hand
DIAMONDS = (
    ("x - x", lambda x: x - x, 3.0, 0.0),
    ("x / x", lambda x: x / x, 3.0, 0.0),
    ("x * x", lambda x: x * x, 3.0, 6.0),
    ("x + x", lambda x: x + x, 3.0, 2.0),
    ("x ** x", lambda x: x**x, 2.0, 4 * (1 + math.log(2))),
    ("b = a + a; b * b", lambda a: (a + a) * (a + a), 3.0, 24.0),
    ("b = a * a; b * b + b", lambda a: (b := a * a) * b + b, 2.0, 36.0),
    ("maximum(x, x)", lambda x: table.maximum(x, x), 2.0, 1.0),
    ("x*0 + x", lambda x: x * 0 + x, 2.0, 1.0),
    ("total", lambda x: table.total(x, x, x, 1), 2.0, 3.0),
    ("total of one", lambda x: table.total(x), 2.0, 1.0),
    ("dot", lambda x: table.dot(x, x, x, 5), 2.0, 9.0),
    ("dot of one pair", lambda x: table.dot(x, x), 2.0, 4.0),
    ("where", lambda x: table.where(x, x * x, x), 3.0, 6.0),
)


@pytest.mark.parametrize(("name", "f", "at", "expected"), DIAMONDS, ids=lambda v: str(v)[:20])
def test_diamonds(name, f, at, expected):
    x = Value(at, "x")
    y = f(x)
    y.backward()
    assert x.grad == pytest.approx(expected, abs=1e-15)
    assert derivative(y, x).data == pytest.approx(expected, abs=1e-15)
    assert sweep_forwards(y, {x: 1}) == pytest.approx(expected, abs=1e-15)


# Planted mistakes


def scaled(rule):
    return lambda *args: 1.000001 * rule(*args)


def shifted(rule):
    return lambda *args: 1e-6 + rule(*args)


def negated(rule):
    return lambda *args: -rule(*args)


def entry(how, i):
    """Only entry i of the slopes made wrong, for a row whose one rule gives all of them."""

    def plant(rule):
        def wrong(xs, y):
            slopes = list(rule(xs, y))
            if i < len(slopes):
                slopes[i] = how(lambda: rule(xs, y)[i])()
            return slopes

        return wrong

    return plant


def mistakes():
    """Each row with each of its slopes made wrong: (row, what is wrong, the wrong slopes)."""
    for row in ROWS:
        zero = all(all(s in (0, None) for s in rules(row, *at)) for at in points(row))
        ways = (shifted,) if zero else (scaled, shifted, negated)
        for how in ways:
            if row in OF_MANY:
                for i in range(3):
                    yield row, f"{how.__name__} {i}", (entry(how, i)(row.slopes[0]),)
                continue
            for i in range(FIXED.get(row.name, 0), len(row.slopes)):
                if row.name == "where" and i == 0 and how is not shifted:
                    continue  # the slope along the condition is 0, however it is multiplied
                wrong = list(row.slopes)
                wrong[i] = how(wrong[i])
                yield row, f"{how.__name__} {i}", tuple(wrong)
        if len(row.slopes) == 2 and row.name not in (*FIXED, "+"):
            yield row, "exchanged", row.slopes[::-1]


MISTAKES = list(mistakes())
PLANTED = thinned(MISTAKES, keep=len(MISTAKES) // 2)


@pytest.mark.parametrize(("row", "what", "slopes"), PLANTED, ids=str)
@pytest.mark.parametrize("check", [check_rule, check_alone], ids=["rule", "sweeps"])
def test_a_planted_mistake_is_caught(monkeypatch, check, row, what, slopes):
    monkeypatch.setattr(row, "slopes", slopes)
    with pytest.raises(AssertionError):
        check(row)


# What each operation computes

FLOATS = {
    "+": lambda x, y: x + y,  "-": lambda x, y: x - y,  "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,  "**": math.pow,           "negate": lambda x: -x,
    "absolute": math.fabs,    "sign": lambda x: math.copysign(1, x),
    "step": lambda x: (1 + math.copysign(1, x)) / 2,    "relu": lambda x: (x + math.fabs(x)) / 2,
    "exp": math.exp,          "expm1": math.expm1,      "log": math.log,    "log1p": math.log1p,
    "log2": math.log2,        "log10": math.log10,      "sqrt": math.sqrt,
    "cbrt": lambda x: math.copysign(abs(x) ** (1 / 3), x),
    "sin": math.sin,          "cos": math.cos,          "tan": math.tan,
    "asin": math.asin,        "acos": math.acos,        "atan": math.atan,
    "sinh": math.sinh,        "cosh": math.cosh,        "tanh": math.tanh,
    "sech": lambda x: 1 / math.cosh(x),
    "asinh": math.asinh,      "acosh": math.acosh,      "atanh": math.atanh,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "softplus": lambda x: math.log(1 + math.exp(x)),
    "erf": math.erf,          "erfc": math.erfc,        "gamma": math.gamma,
    "lgamma": math.lgamma,
    "digamma": lambda x: float(witness.digamma(Decimal(x))),
    "polygamma": lambda n, x: float(witness.polygamma(n, Decimal(x))),
    "maximum": lambda x, y: (x + y + abs(x - y)) / 2,
    "minimum": lambda x, y: (x + y - abs(x - y)) / 2,
    "atan2": lambda x, y: math.copysign(math.acos(y / math.sqrt(x*x + y*y)), x),
    "hypot": lambda x, y: math.sqrt(x*x + y*y),
    "total": lambda *xs: math.fsum(xs),
    "dot": lambda *xs: math.fsum(x * y for x, y in zip(xs, xs[len(xs) // 2:], strict=False)),
    "where": lambda c, x, y: (y, x)[c > 0],
}


@every_row
def test_on_floats_it_is_what_math_says(row):
    for at in points(row):
        assert row.evaluate(*at) == pytest.approx(FLOATS[row.name](*at), rel=3e-15, abs=1e-16)


NO_DECIMALS = ("gamma", "lgamma", "digamma", "polygamma")


@every_row
def test_on_decimals_it_agrees_with_floats_and_stays_decimal(row):
    for at in points(row):
        exact = tuple(map(Decimal, at))
        if row.name in NO_DECIMALS:
            with pytest.raises(DomainError, match="takes no Decimal numbers"):
                row.evaluate(*exact)
            continue
        assert row.in_kind.get(Decimal, "any") is not None, (
            f"write {row.name} for Decimals in numbers/decimals, or name it in NO_DECIMALS"
        )
        result = row.evaluate(*exact)
        assert type(result) is Decimal
        assert float(result) == pytest.approx(row.evaluate(*at), rel=3e-15, abs=1e-16)
        for slope, expected in zip(rules(row, *exact), rules(row, *at), strict=True):
            assert isinstance(slope, (Decimal, int))
            assert float(slope) == pytest.approx(expected, rel=1e-12, abs=1e-15)


EXACT = ("+", "-", "*", "/", "negate", "absolute", "sign", "step", "relu", "maximum", "minimum")
EXACT += ("total", "dot", "where")


@pytest.mark.parametrize("name", EXACT)
def test_on_fractions_arithmetic_is_exact(name):
    row = operation_named(name)
    for at in points(row):
        exact = tuple(map(Fraction, at))
        leaves = [Value(x, "v") for x in exact]
        result = row(*leaves)
        assert type(result.data) is Fraction
        assert result.data == pytest.approx(Fraction(FLOATS[name](*at)), rel=1e-15)
        result.backward()
        assert all(isinstance(x.grad, (Fraction, int)) for x in leaves)


@pytest.mark.parametrize(
    ("base", "exponent", "result"),
    [
        (Fraction(2, 3), 3, Fraction(8, 27)),
        (Fraction(2, 3), -2, Fraction(9, 4)),
        (Fraction(-1, 2), 5, Fraction(-1, 32)),
        (Fraction(5, 7), 0, Fraction(1)),
        (2, 100, 2**100),
        (Decimal("1.1"), 2, Decimal("1.21")),
        (Decimal(0), 0, Decimal(1)),
        (0, 0, 1),
        (0.0, 0.0, 1.0),
    ],
)
def test_whole_powers_are_exact(base, exponent, result):
    actual = table.power(base, exponent)
    assert (actual, type(actual)) == (result, type(result))
    x = Value(base, "x")
    (x**exponent).backward() if exponent != 1 else None
    if base:
        assert x.grad == exponent * base ** (exponent - 1)


COMPLEX = [row for row in OF_ONE if row.in_kind.get(complex)]
CMATH = {name: getattr(cmath, name) for name in dir(cmath)} | {
    "expm1": lambda z: cmath.exp(z) - 1,
    "log1p": lambda z: cmath.log(1 + z),
    "log2": lambda z: cmath.log(z, 2),
    "sech": lambda z: 1 / cmath.cosh(z),
    "sigmoid": lambda z: 1 / (1 + cmath.exp(-z)),
    "softplus": lambda z: cmath.log(1 + cmath.exp(z)),
}


def test_the_complex_rows():
    assert {row.name for row in COMPLEX} == set(CMATH) & {row.name for row in OF_ONE}


@pytest.mark.parametrize("row", COMPLEX, ids=lambda row: row.name)
def test_complex_numbers(row):
    for (x,) in points(row):
        on_axis = row.evaluate(complex(x))
        assert on_axis == pytest.approx(row.evaluate(x), rel=1e-14, abs=1e-15)
        # the complex step: one evaluation just beside the axis shows the real slope
        assert row.evaluate(complex(x, 1e-20)).imag / 1e-20 == pytest.approx(
            rules(row, x)[0], rel=1e-12
        )
        for z in (complex(x, 0.7), complex(x, -0.4)):
            assert row.evaluate(z) == pytest.approx(CMATH[row.name](z), rel=1e-13)
            # Cauchy and Riemann: the slope is the same in every direction
            for h in (1e-4, 1e-4j):
                quotient = (row.evaluate(z + h) - row.evaluate(z - h)) / (2 * h)
                assert rules(row, z)[0] == pytest.approx(quotient, rel=1e-6)


@pytest.mark.parametrize(
    ("f", "at"),
    [
        (lambda x, y: x + y, (1 + 2j, 3 - 1j)),
        (lambda x, y: x - y, (1 + 2j, 3 - 1j)),
        (lambda x, y: x * y, (1 + 2j, 3 - 1j)),
        (lambda x, y: x / y, (1 + 2j, 3 - 1j)),
        (lambda x, y: x**y, (1 + 2j, 3 - 1j)),
        (lambda x, y: x**y, (-2.0, 1 + 1j)),
        (lambda x, y: x**y, (2 - 3j, 2)),
        (lambda x, y: 2**x - (-y), (1 + 2j, 3.0)),
        (lambda x, y: table.total(x, y, x), (1 + 2j, 3 - 1j)),
        (lambda x, y: table.dot(x, y), (1 + 2j, 3 - 1j)),
    ],
)
def test_complex_arithmetic(f, at):
    leaves = [Value(z) for z in at]
    f(*leaves).backward()
    for i, leaf in enumerate(leaves):
        above, below = list(at), list(at)
        above[i] += 1e-4
        below[i] -= 1e-4
        assert leaf.grad == pytest.approx((f(*above) - f(*below)) / 2e-4, rel=1e-6)


@pytest.mark.parametrize("row", [r for r in ROWS if None in (r.in_kind.get(complex, 0),)], ids=str)
def test_what_takes_no_complex_numbers_says_so(row):
    with pytest.raises(DomainError, match=f"{row.name}.* takes no complex numbers"):
        row.evaluate(*[1j] * row.arity)


@every_row
def test_unknown_inputs_give_an_unknown_result(row):
    for at in points(row):
        for i in free(row, at):
            assert row.evaluate(*at[:i], UNKNOWN, *at[i + 1 :]) is UNKNOWN


# Outside the domain

OUTSIDE = (
    (table.log, (-2.0,), "log(-2.0) is not defined: log needs a number above 0"),
    (table.log, (0,), "log(0) is not defined: log needs a number above 0"),
    (table.log, (Decimal(0),), "log(0) is not defined: log needs a number above 0"),
    (table.log, (Decimal(-2),), "log(-2) is not defined: log needs a number above 0"),
    (table.log, (0j,), "log(0j) is not defined: log needs a number above 0"),
    (table.log2, (-1.0,), "log2(-1.0) is not defined: log2 needs a number above 0"),
    (table.log10, (Fraction(-1, 2),), "log10(-1/2) is not defined: log10 needs a number above 0"),
    (table.log1p, (-1.0,), "log1p(-1.0) is not defined: log1p needs a number above -1"),
    (table.sqrt, (-1e-9,), "sqrt(-1e-09) is not defined: sqrt needs at least 0"),
    (table.sqrt, (Decimal(-1),), "sqrt(-1) is not defined: sqrt needs at least 0"),
    (table.asin, (1.5,), "asin(1.5) is not defined: asin needs a number from -1 to 1"),
    (table.acos, (Decimal(2),), "acos(2) is not defined: acos needs a number from -1 to 1"),
    (table.acosh, (0.5,), "acosh(0.5) is not defined: acosh needs at least 1"),
    (table.atanh, (1.0,), "atanh(1.0) is not defined: atanh needs a number between -1 and 1"),
    (table.sin, (INF,), "sin(inf) is not defined: sin needs a finite number"),
    (table.cos, (-INF,), "cos(-inf) is not defined: cos needs a finite number"),
    (table.tan, (INF,), "tan(inf) is not defined: tan needs a finite number"),
    (table.gamma, (-3.0,), "gamma(-3.0) is not defined: gamma needs a number other than 0, -1, "),
    (table.lgamma, (0.0,), "lgamma(0.0) is not defined: lgamma needs a number other than 0, -1"),
    (table.digamma, (-1,), "digamma(-1) is not defined: digamma needs a number other than 0, -1"),
    (table.polygamma, (1.5, 2.0), "polygamma(1.5, 2.0) is not defined: polygamma needs a whole n"),
    (table.polygamma, (1, -2.0), "polygamma(1, -2.0) is not defined: polygamma needs a whole n"),
    (table.divide, (1.0, 0.0), "1.0 / 0.0 is not defined: / needs a divisor other than 0"),
    (table.divide, (0, 0), "0 / 0 is not defined: / needs a divisor other than 0"),
    (table.divide, (Decimal(1), 0), "1 / 0 is not defined: / needs a divisor other than 0"),
    (table.power, (0, -1), "0 ** (-1) is not defined: ** needs a base above 0, or a whole"),
    (table.power, (-8.0, 0.5), "(-8.0) ** 0.5 is not defined: ** needs a base above 0"),
    (table.power, (Decimal(-8), Decimal("0.5")), "(-8) ** 0.5 is not defined: ** needs a base"),
    (table.exp, (1000.0,), "exp(1000.0) is too large for a number of its kind"),
    (table.sinh, (800.0,), "sinh(800.0) is too large for a number of its kind"),
    (table.gamma, (200.0,), "gamma(200.0) is too large for a number of its kind"),
    (table.power, (2.0, 5000.0), "2.0 ** 5000.0 is too large for a number of its kind"),
    (table.power, (9, 9**9), "9 ** 387420489 is too large for a number of its kind"),
    (table.maximum, (1j, 2), "maximum(1j, 2) is not defined: it takes no complex numbers"),
)


@pytest.mark.parametrize(("row", "at", "message"), OUTSIDE, ids=lambda v: str(v)[:40])
def test_outside_the_domain_the_error_says_what_is_needed(row, at, message):
    for arguments in (at, [Value(x) for x in at]):
        with pytest.raises(DomainError) as caught:
            row(*arguments)
        assert str(caught.value).startswith(message)


# Kinks, ties and tangents that stand upright: as the comments in the table say

#    the formula                         its inputs   the slopes, or None for a DomainError
KINKS = (
    (table.absolute, (0.0,), [0]),
    (table.relu, (0.0,), [0]),
    (table.relu, (-0.0,), [0]),
    (table.sign, (0.0,), [0]),
    (table.step, (0.0,), [0]),
    (table.maximum, (2.0, 2.0), [0.5, 0.5]),
    (table.minimum, (2.0, 2.0), [0.5, 0.5]),
    (table.maximum, (Fraction(2), Fraction(2)), [Fraction(1, 2), Fraction(1, 2)]),
    (table.where, (0.0, 2.0, 3.0), [0, 0, 1]),
    (lambda x: x**0, (0.0,), [0]),
    (lambda x: x**1.0, (0.0,), [1]),
    (lambda x: x**2, (0.0,), [0]),
    (lambda x: x**2, (-1.0,), [-2]),
    (lambda x: x**3, (Decimal(-2),), [12]),
    (lambda y: 0**y, (3.0,), [0]),
    (table.power, (0.0, 2.0), [0, 0]),
    (table.power, (0.0, 1.0), [1, 0]),
    (table.power, (0.0, 0.0), None),
    (table.power, (-2.0, 2.0), None),
    (lambda x: x**0.5, (0.0,), None),
    (table.sqrt, (0.0,), None),
    (table.sqrt, (Decimal(0),), None),
    (table.cbrt, (0.0,), None),
    (table.hypot, (0.0, 0.0), None),
    (table.atan2, (0.0, 0.0), None),
    (table.asin, (1.0,), None),
    (table.asin, (-1.0,), None),
    (table.acos, (1.0,), None),
    (table.acosh, (1.0,), None),
    (table.polygamma, (1.0, 2.0), None),
    (table.absolute, (3 + 4j,), None),
)


@pytest.mark.parametrize(("f", "at", "slopes"), KINKS, ids=lambda v: str(v)[:40])
def test_kinks_ties_and_upright_tangents(f, at, slopes):
    leaves = [Value(x) for x in at]
    result = f(*leaves)
    if slopes is None:
        with pytest.raises(DomainError, match="has no slope there"):
            result.backward()
        with pytest.raises(DomainError, match="has no slope there"):
            sweep_forwards(result, dict.fromkeys(leaves, 1))
    else:
        result.backward()
        assert [x.grad for x in leaves] == slopes


# Far away: inf and nan. A limit, nan, or an error; never a wrong number.

#     name         at inf            at -inf           (value, slope); None: a DomainError
LIMITS = (
    ("absolute", (INF, 1.0), (INF, -1.0)),
    ("sign", (1.0, 0), (-1.0, 0)),
    ("step", (1.0, 0), (0.0, 0)),
    ("relu", (INF, 1.0), (0.0, 0.0)),
    ("exp", (INF, INF), (0.0, 0.0)),
    ("expm1", (INF, INF), (-1.0, 0.0)),
    ("log", (INF, 0.0), None),
    ("log1p", (INF, 0.0), None),
    ("log2", (INF, 0.0), None),
    ("log10", (INF, 0.0), None),
    ("sech", (0.0, 0.0), (0.0, 0.0)),
    ("sqrt", (INF, 0.0), None),
    ("cbrt", (INF, 0.0), (-INF, 0.0)),
    ("sin", None, None),
    ("cos", None, None),
    ("tan", None, None),
    ("asin", None, None),
    ("acos", None, None),
    ("atan", (math.pi / 2, 0.0), (-math.pi / 2, 0.0)),
    ("sinh", (INF, INF), (-INF, INF)),
    ("cosh", (INF, INF), (INF, -INF)),
    ("tanh", (1.0, 0.0), (-1.0, 0.0)),
    ("asinh", (INF, 0.0), (-INF, 0.0)),
    ("acosh", (INF, 0.0), None),
    ("atanh", None, None),
    ("sigmoid", (1.0, 0.0), (0.0, 0.0)),
    ("softplus", (INF, 1.0), (0.0, 0.0)),
    ("erf", (1.0, 0.0), (-1.0, 0.0)),
    ("erfc", (0.0, 0.0), (2.0, 0.0)),
    ("gamma", (INF, INF), None),
    ("lgamma", (INF, INF), None),
    ("digamma", (INF, 0.0), None),
)


@pytest.mark.parametrize(("name", "right", "left"), LIMITS, ids=lambda v: str(v))
def test_limits(name, right, left):
    for at, expected in ((INF, right), (-INF, left)):
        x = Value(at)
        if expected is None:
            with pytest.raises(DomainError):
                operation_named(name)(x).backward()
        else:
            y = operation_named(name)(x)
            y.backward()
            assert (y.data, x.grad) == (expected[0], pytest.approx(expected[1]))


@pytest.mark.parametrize("row", OF_ONE, ids=lambda row: row.name)
@pytest.mark.parametrize("kind", [float, Decimal])
def test_nan_gives_nan(row, kind):
    if kind is Decimal and row.name in NO_DECIMALS:
        return
    x = Value(kind("nan"))
    y = row(x)
    assert y.data.is_nan() if kind is Decimal else math.isnan(y.data)
    y.backward()
    assert x.grad != x.grad or row.name in ("sign", "step")  # these are flat everywhere


@pytest.mark.parametrize("row", [table.maximum, table.minimum, table.hypot, table.atan2], ids=str)
@pytest.mark.parametrize("kind", [float, Decimal])
def test_nan_on_either_side_gives_nan(row, kind):
    for at in ((kind("nan"), kind(1)), (kind(1), kind("nan"))):
        x, y = map(Value, at)
        z = row(x, y)
        assert z.data != z.data
        z.backward()
        assert x.grad != x.grad
        assert y.grad != y.grad


def test_a_condition_that_is_nan_decides_nothing():
    assert math.isnan(table.where(NAN, 2.0, 3.0))


#    the formula                     at           value                slope
NUMBERS = (
    (table.sigmoid, -800.0, 0.0, 0.0),
    (table.sigmoid, 800.0, 1.0, 0.0),
    (table.sigmoid, -700.0, math.exp(-700), math.exp(-700)),
    (table.softplus, 800.0, 800.0, 1.0),
    (table.softplus, -800.0, 0.0, 0.0),
    (table.softplus, -40.0, math.exp(-40), math.exp(-40)),
    (table.log1p, 1e-20, 1e-20, 1.0),
    (table.expm1, 1e-20, 1e-20, 1.0),
    (table.log1p, Decimal("1e-40"), Decimal("1e-40"), 1),
    (table.expm1, 1e-20 + 0j, 1e-20, 1.0),
    (table.log1p, 1e-20 + 0j, 1e-20, 1.0),
    (table.tanh, 400.0, 1.0, 0.0),
    (table.erfc, 10.0, 2.088487583762545e-45, -2 * math.exp(-100) / math.sqrt(math.pi)),
    (table.hypot, (3e200, 4e200), 5e200, (0.6, 0.8)),
    (table.cbrt, -27.0, -3.0, 1 / 27),
    (table.acosh, 1e200, math.log(2) + 200 * math.log(10), 1e-200),
)


@pytest.mark.parametrize(("f", "at", "value", "slope"), NUMBERS, ids=lambda v: str(v)[:30])
def test_extreme_numbers(f, at, value, slope):
    at, slope = (x if isinstance(x, tuple) else (x,) for x in (at, slope))
    leaves = [Value(x) for x in at]
    y = f(*leaves)
    y.backward()
    assert complex(y.data) == pytest.approx(complex(value), rel=1e-14, abs=0)
    for leaf, expected in zip(leaves, slope, strict=True):
        assert leaf.grad == pytest.approx(expected, rel=1e-13, abs=1e-300)


def test_a_slope_too_large_is_reported_as_such():
    x = Value(1e-200, "x")
    with pytest.raises(DomainError, match="has a slope too large for a number of its kind"):
        (x**-1.0).backward()


# Constants have no slopes


def test_the_slope_along_a_constant_is_never_asked_for(monkeypatch):
    def explode(*_):
        raise AssertionError("asked for the slope along a constant")

    x = Value(3.0, "x")
    for row in (table.power, table.multiply, table.add, table.maximum, table.atan2):
        first, second = row.slopes
        monkeypatch.setattr(row, "slopes", (first, explode))
        y = row(x, 2)
        y.backward()
        assert x.grad == derivative(y, x).data == first(3.0, 2, y.data)
        assert x.grad == sweep_forwards(y, {x: 1})
        monkeypatch.setattr(row, "slopes", (explode, second))
        y = row(2, x)
        y.backward()
        assert x.grad == derivative(y, x).data == second(2, 3.0, y.data)
        assert x.grad == sweep_forwards(y, {x: 1})


def test_a_row_says_its_name_and_is_never_copied():
    x, y = symbols("x y")
    assert repr(table.exp) == "<operation exp>"
    assert (x + y).operation is table.add


#   which rows have a kink, whether they jump there, what the table takes, and where it is
BENT = {
    "absolute": (False, "0, the mean of both", 0),  "relu": (False, "0: what is off stays off", 0),
    "sign":     (True,  "0, as beside it", 0),      "step": (True,  "0, as beside it", 0),
    "maximum":  (False, "the mean of both", 2),     "minimum": (False, "the mean of both", 2),
    "where":    (True,  "that of its last input", 0),
}
EDGES = {"sqrt": (0,), "cbrt": (0,), "asin": (-1, 1), "acos": (-1, 1), "acosh": (1,),
         "atan2": ((0, 0),), "hypot": ((0, 0),)}  # where there is a value and no slope


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_kinks_jumps_and_edges(row):
    jumps, taken, place = BENT.get(row.name, (False, "", None))
    assert (row.jumps, row.taken, row.kink is None) == (jumps, taken, place is None)
    if row.kink:
        others = {"maximum": [2], "minimum": [2], "where": [7, 9]}.get(row.name, [])
        assert row.kink(place, *others) == 0
        assert row.kink(place + 1, *others) and row.kink(place - 4, *others)
    assert row.edges == EDGES.get(row.name, ())
    for edge in row.edges:
        leaves = [*map(Value, edge if isinstance(edge, tuple) else (edge,))]
        with pytest.raises(DomainError, match="has no slope there"):
            row(*leaves).backward()


@pytest.mark.parametrize(("row", "at", "said"), [
    (table.log, (8, 2), "log takes 1 input, not 2: write log(x)/log(10), or log10(x)"),
    (table.log, (8, 2, 1), "log takes 1 input, not 3"), (table.log, (), "log takes 1 input, not 0"),
    (table.log2, (8, 2), "log2 takes 1 input, not 2"),
    (table.hypot, (1,), "hypot takes 2 inputs, not 1"),
    (table.divide, (Fraction(1, 3), 0), "(1/3) / 0 is not defined: / needs a divisor other than 0"),
    (table.divide, (-2, 0), "(-2) / 0 is not defined: / needs a divisor other than 0"),
])
def test_what_is_said_in_full(row, at, said):
    with pytest.raises(MathlabError) as caught:
        row(*at)
    assert str(caught.value) == said
