"""Taylor polynomials: published numbers, removable 0/0, refusals, and one answer by all ways."""

import math
import re
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab import derivative, exp, parse, series, sin, substitute, symbols, taylor, where
from mathlab.__main__ import main
from mathlab.calculus.graph.value import Value, dot, total
from mathlab.calculus.proof.compare import compare
from mathlab.errors import DomainError, FormulaError, MathlabError
from tests.calculus import witness
from tests.calculus.algebra.test_differentiate import BOOK, GIVEN, read

X, T = symbols("x t")

# Published numbers: each the n-th derivative at 0, from n = 0 on (OEIS).
NUMBERS = [
    ("x/(exp(x) - 1)", [1, Fraction(-1, 2), Fraction(1, 6), 0, Fraction(-1, 30), 0, Fraction(1, 42),
                        0, Fraction(-1, 30), 0, Fraction(5, 66), 0, Fraction(-691, 2730)]),
    ("sech(x)", [1, 0, -1, 0, 5, 0, -61, 0, 1385, 0, -50521, 0, 2702765]),  # Euler numbers
    ("tan(x)", [0, 1, 0, 2, 0, 16, 0, 272, 0, 7936, 0, 353792]),  # A000182
    ("exp(exp(x) - 1)", [1, 1, 2, 5, 15, 52, 203, 877, 4140, 21147]),  # Bell numbers
    ("exp(sin(x))", [1, 1, 1, 0, -3, -8, -3, 56, 217, 64, -2951, -12672]),  # A002017
    ("1/cos(x) + tan(x)", [1, 1, 1, 2, 5, 16, 61, 272, 1385, 7936]),  # zigzag numbers
    ("exp(x**2/2 + x)", [1, 1, 2, 4, 10, 26, 76, 232, 764]),  # involutions
    ("sigmoid(x)*2", [1, Fraction(1, 2), 0, Fraction(-1, 4), 0, Fraction(1, 2)]),
    ("asin(x)", [0, 1, 0, 1, 0, 9, 0, 225, 0, 11025]),
    ("atanh(x)", [0, 1, 0, 2, 0, 24, 0, 720]),
    ("log(1 + x)", [0, 1, -1, 2, -6, 24, -120]),
]


@pytest.mark.parametrize(("text", "numbers"), NUMBERS, ids=[text for text, _ in NUMBERS])
def test_published_numbers(text, numbers):
    found = series(parse(text), X, 0, len(numbers) - 1)
    assert [found.derivative(n) for n in range(len(numbers))] == numbers


def test_catalan_numbers_come_out_of_0_over_0():
    found = series(parse("(1 - sqrt(1 - 4*x))/(2*x)"), X, 0, 8)
    assert found.coefficients == [1, 1, 2, 5, 14, 42, 132, 429, 1430]
    assert found.how.endswith("is 0/0 at x = 0: the common factor x was cancelled")


LEGENDRE = ["1", "t", "(3*t**2 - 1)/2", "(5*t**3 - 3*t)/2", "(35*t**4 - 30*t**2 + 3)/8",
            "(63*t**5 - 70*t**3 + 15*t)/8"]
HERMITE = ["1", "2*t", "4*t**2 - 2", "8*t**3 - 12*t", "16*t**4 - 48*t**2 + 12",
           "32*t**5 - 160*t**3 + 120*t"]


@pytest.mark.parametrize(("text", "book", "factor"), [
    ("1/sqrt(1 - 2*t*x + x**2)", LEGENDRE, lambda n: 1),
    ("exp(2*t*x - x**2)", HERMITE, math.factorial),
])
def test_generating_functions_with_a_symbol(text, book, factor):
    found = series(parse(text), X, 0, len(book) - 1).coefficients
    for n, (c, published) in enumerate(zip(found, book, strict=True)):
        for t in (Fraction(1, 3), Fraction(-7, 2)):
            value = c.at(t=t) if isinstance(c, Value) else c
            assert value * factor(n) == parse(published).at(t=t) * Fraction(1)
        assert "(" not in str(c).lstrip("(")  # multiplied out, over one denominator


# 0/0, and poles that cancel

#    formula                    its series at 0                             what is said about it
REMOVABLE = [
    ("sin(x)/x",                "1 - x**2/6 + x**4/120 + O(x**5)",          "factor x was"),
    ("x/(exp(x) - 1)",          "1 - x/2 + x**2/12 - x**4/720 + O(x**5)",   "factor x was"),
    ("1/x - 1/sin(x)",          "-x/6 - 7*x**3/360 + O(x**5)",              "have poles at x = 0"),
    ("(1 - cos(x))/x**2",       "1/2 - x**2/24 + x**4/720 + O(x**5)",       "factor x**2 was"),
    ("tan(x)/x",                "1 + x**2/3 + 2*x**4/15 + O(x**5)",         "factor x was"),
    ("(x - sin(x))/x**3",       "1/6 - x**2/120 + x**4/5040 + O(x**5)",     "factor x**3 was"),
    ("1/x**2 - 1/sin(x)**2",    "-1/3 - x**2/15 - 2*x**4/189 + O(x**5)",    "poles at x = 0"),
    ("log(sin(x)/x)",           "-x**2/6 - x**4/180 + O(x**5)",             "sin(x)/x is 0/0"),
    ("log(1 + x)/x",            "1 - x/2 + x**2/3 - x**3/4 + x**4/5 + O(x**5)", "factor x was"),
    ("x**-2*sin(x)**2",         "1 - x**2/3 + 2*x**4/45 + O(x**5)",         "1/x**2 has a pole"),
    ("sqrt(x**4)",              "x**2 + O(x**5)",                           ""),
    ("cbrt(x**3)",              "x + O(x**5)",                              ""),
    ("(x**4 + x**6)**(1/2)",    "x**2 + x**4/2 + O(x**5)",                  ""),
    ("sqrt(1/x**4)*x**2",       "1 + O(x**5)",                              "has a pole"),
    ("exp(x**3/x)",             "1 + x**2 + x**4/2 + O(x**5)",              "factor x was"),
    ("x**100/x**99",            "x + O(x**5)",                              "factor x**99 was"),
    ("(sin(x) - sin(x))/x",     "O(x**5)",                                  ""),
    ("absolute(x)**2",          "x**2 + O(x**5)",                           ""),
    ("absolute(x**2)",          "x**2 + O(x**5)",                           ""),
    ("maximum(x, x)",           "x + O(x**5)",                              ""),
    ("where(x + 1, x, log(x))", "x + O(x**5)",                              ""),
    ("asin(1 - x**4) - asin(1)", "-2*x**2/sqrt(2) + O(x**5)",               ""),
]


@pytest.mark.parametrize(("text", "expected", "note"), REMOVABLE, ids=[row[0] for row in REMOVABLE])
def test_what_is_0_over_0_has_its_series(text, expected, note):
    found = series(parse(text), X, 0, 4)
    assert str(found) == expected
    assert (note in found.how and bool(note) == bool(found.how)) or "sin(x) - sin(x)" in text
    f = parse(text)
    if "-asin" not in text:
        for at in (Decimal("0.01"), Decimal("-0.01")):
            try:
                value = float(witness.number(f, {X: at}))
            except MathlabError:
                continue
            assert found.polynomial.at(x=float(at)) == pytest.approx(value, abs=1e-8)


def test_inside_sums_and_inner_products():
    assert str(series(total([1 / X, -1 / sin(X), X]), X, 0, 3)) == "5*x/6 - 7*x**3/360 + O(x**4)"
    assert str(series(dot([1 / X, 2], [sin(X), X]), X, 0, 2)) == "1 + 2*x - x**2/6 + O(x**3)"


def test_how_a_value_was_found():
    assert series(sin(X) / X, X, 0, 2).how == (
        "sin(x)/x is 0/0 at x = 0: the common factor x was cancelled")
    assert series((X**2 - 4) / (X - 2), X, 2, 2).how == (
        "(x**2 - 4)/(x - 2) is 0/0 at x = 2: the common factor x - 2 was cancelled")
    assert series(sin(X) / X, X, 1, 2).how == ""


#    formula            at   what is wrong with it
REFUSED = [
    ("1/x",             0,   r"^1/x has a pole at x = 0: it has no value there$"),
    ("1/sin(x)",        0,   r"has a pole at x = 0"),
    ("exp(1/x)",        0,   r"^1/x has a pole at x = 0, so exp of it has no value$"),
    ("log(x)",          0,   r"^log\(0\) is not defined: log needs a number above 0$"),
    ("x*log(x)",        0,   r"^log\(0\) is not defined"),
    ("x**x",            0,   r"^x\*\*x has no slope at x = 0"),
    ("sqrt(x)",         0,   r"^sqrt\(x\) has no slope at x = 0"),
    ("cbrt(x)",         0,   r"^cbrt\(x\) has no slope at x = 0"),
    ("sqrt(x**2)",      0,   r"^sqrt\(x\*\*2\) has a kink at x = 0"),
    ("sqrt(1 - cos(x))", 0,  r"has a kink at x = 0"),
    ("asin(x)",         1,   r"^asin\(x\) has no slope at x = 1: "),
    ("acosh(x)",        1,   r"^acosh\(x\) has no slope at x = 1: "),
    ("hypot(x, x)",     0,   r"^hypot\(x, x\) has no slope at x = 0$"),
    ("atan2(x, x)",     0,   r"^atan2\(x, x\) has no slope at x = 0"),
    ("gamma(x)",        -1,  r"^gamma\(-1\) is not defined"),
    ("1/(x - x)",       0,   r"^1 / 0 is not defined: / needs a divisor other than 0$"),
    ("1/(sin(2*x) - 2*sin(x)*cos(x))", 0,
                             r"the divisor is 0 at x = 0, and so are its first 59"),
    ("absolute(x)",     0,   r"has no slope at x = 0: it is -1 to the left and 1 to the right: "
                             r"absolute\(x\) has a kink, where the table takes 0, the mean"),
    ("x*absolute(x)",   0,   r"no derivative of order 2 at x = 0: it is -2 to the left and 2 to"),
    ("relu(x)",         0,   r"no slope at x = 0: it is 0 to the left and 1 to the right: relu"),
    ("maximum(x, 0)",   0,   r"no slope at x = 0: it is 0 to the left and 1 to the right: maximum"),
    ("relu(x) - relu(-x)", 0, r"no slope at x = 0: it is 1 to both sides, and 0 by the table"),
    ("step(x)",         0,   r"no value at x = 0: it is 0 to the left and 1 to the right"),
    ("sign(x)",         0,   r"no value at x = 0: it is -1 to the left and 1 to the right"),
    ("where(x, x, 2*x)", 0,  r"no slope at x = 0: it is 2 to the left and 1 to the right"),
    ("where(x, sin(x)/x, 1)", 0, r"no derivative of order 2 at x = 0"),
    ("where(x, log(x), 0)", 0, r"no series at x = 0, beside its kink: log\(0\) is not defined"),
    ("sin(x)/absolute(x)", 0, r"the divisor is 0 at x = 0, where absolute\(x\) has a kink"),
    ("absolute(t*x)",   0,   r"on which side it is above 0 depends on its symbols"),
    ("exp(1000*x)",     1,   r"too large"),
]


ROUNDED = "1/(sin(2*x) - 2*sin(x)*cos(x))"  # in floats its divisor is not 0, but rounding errors


@pytest.mark.parametrize(("text", "at", "words"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_has_no_series_is_refused_in_words(text, at, words):
    for centre in (at,) if text == ROUNDED else (at, float(at)):
        with pytest.raises(DomainError) as refusal:
            taylor(parse(text), X, centre, 3)
        assert re.search(words, re.sub(r"\.0\b", "", str(refusal.value)))


@pytest.mark.parametrize(("text", "order", "expected"), [
    ("absolute(x)", 0, "0"), ("x*absolute(x)", 1, "0"), ("step(x)", 0, "0"),
    ("x**2*step(x)", 1, "0"), ("maximum(x**2, 0)", 1, "0"), ("sqrt(x)", 0, "0"),
    ("sqrt(x**2)", 0, "0"), ("cbrt(x)", 0, "0"), ("hypot(x, x)", 0, "0"), ("asin(x)", 0, "0"),
])
def test_up_to_the_order_of_its_kink_a_formula_is_smooth(text, order, expected):
    assert str(taylor(parse(text), X, 0, order)) == expected


# One answer


@pytest.mark.parametrize("text", [row[0] for row in BOOK])
def test_series_agree_with_the_derivatives_as_formulas(text):
    f, compared = read(text), 0
    for node, number in GIVEN.items():
        f = substitute(f, {node: number})
    for at in (0.4, 1.7, 3.1):
        try:
            found = series(f, X, at, 3)
        except DomainError:
            with pytest.raises(DomainError):
                f.at(x=at)
            continue
        for n in (1, 2, 3):
            expected = derivative(f, X, n).at(x=at)
            got = found.derivative(n)
            assert got == pytest.approx(expected, rel=1e-8, abs=1e-8)
            compared += 1
    assert compared


def test_any_derivative_has_all_its_digits():
    found = series(exp(sin(X)), X, 0.5, 12)
    exact = series(exp(sin(X)), X, Decimal("0.5"), 12)
    for n in range(13):
        assert found.derivative(n) == pytest.approx(float(exact.derivative(n)), rel=1e-13)


@pytest.mark.parametrize(("f", "at"), [("x**2*sin(x)", 1.5), ("gamma(x)", 2.5), ("x**x", 2),
                                       ("x/3", Fraction(1, 3)), ("exp(x)", Decimal("0.5"))])
def test_series_stand_beside_the_other_ways(f, at):
    found = compare(f, at)
    assert float(found.results["series"]) == pytest.approx(float(found.results["backward"]))
    assert any(line.startswith("series  ") for line in str(found).splitlines())


def test_the_command_line_shows_it_too(capsys):
    assert main(["derive", "x*exp(x)", "--at", "x=1/2"]) == 0
    (line,) = [each for each in capsys.readouterr().out.splitlines() if each.startswith("series")]
    assert line.split()[1] == f"{1.5 * math.exp(0.5):.10g}"


def test_where_there_is_a_kink_that_way_says_so():
    found = compare("absolute(x)", 0.0).findings["series"]
    assert found.reason.startswith("absolute(x) has no slope at x = 0.0: it is -1")


# The polynomial as a formula


def test_long_terms_join_with_a_minus():
    f = exp(-X * T**2 * sin(sum(symbols("a b c d f g h i j k l m n o p q r s u v w y z")) * T**2))
    text = str(taylor(f, X, 0, 1))
    assert text.startswith("1 - x*") or text.startswith("1 - t**2*x*"), text
    assert len(text) > 100


def test_the_text_of_a_polynomial():
    assert str(taylor(exp(-X), X, 0, 3)) == "1 - x + x**2/2 - x**3/6"
    assert str(taylor(exp(X), X, 1, 2)) == "e + e*(x - 1) + e*(x - 1)**2/2"
    assert str(taylor(exp(0.5 * X), X, 0, 2)) == "1 + x/2 + x**2/8"
    assert str(taylor(X**2, X, -1.0, 2)) == "1 - 2*(x + 1) + (x + 1)**2"
    assert str(taylor(sin(X), X, T, 2)) == "sin(t) + (x - t)*cos(t) - (x - t)**2*sin(t)/2"
    assert str(taylor(sin(X), "x", "t", 1)) == "sin(t) + (x - t)*cos(t)"
    assert str(taylor(exp(X), X, Decimal(0), 2)) == "1 + x + 0.5*x**2"
    assert str(taylor(0 * X, X, 0, 3)) == "0"
    assert str(taylor(T * X, X, 0, 3)) == "t*x"


# Hostile questions


@pytest.mark.parametrize("order", [-1, 2.5, "2", None, math.nan, 1001, 10**6, 10**100])
def test_what_cannot_be_an_order(order):
    with pytest.raises(ValueError, match="the order of a Taylor polynomial is"):
        series(sin(X), X, 0, order)


@pytest.mark.parametrize(("at", "error"), [
    (math.nan, DomainError), (math.inf, DomainError), (Decimal("NaN"), DomainError),
    (Decimal("sNaN"), DomainError), (complex(0, math.inf), DomainError),
    (None, FormulaError), ([1], FormulaError), ("", FormulaError), ("a b", FormulaError),
    ("2x", FormulaError),
])
def test_what_cannot_be_a_centre(at, error):
    with pytest.raises(error):
        series(sin(X), X, at, 3)


def test_floats_that_overflow_are_refused_and_so_are_exact_numbers_that_fill_the_memory():
    with pytest.raises(DomainError):
        _ = series(1 / X, X, 1e-200, 5).coefficients
    with pytest.raises(DomainError, match="too large"):
        series(X**1_000_000, X, 3, 2)
    assert series(X**1_000_000, X, 0, 3).coefficients == [0, 0, 0, 0]
    assert series((1 + X) ** 1_000_000, X, 0, 1).coefficients == [1, 1_000_000]


def test_a_long_chain_needs_no_recursion():
    y = X
    for _ in range(5_000):
        y = sin(y) + 1
    assert series(y, X, 0.5, 1).derivative(1) == pytest.approx(derivative(y, X).at(x=0.5))
    z = X
    for _ in range(3_000):
        z = z * X / X
    assert str(series(z, X, 0, 2)) == "x + O(x**3)"


def test_more_can_be_asked_of_a_series_than_its_order():
    y = X
    for _ in range(3_000):
        y = sin(y) + 1
    assert series(y, X, 0.5, 0).derivative(1) == pytest.approx(series(y, X, 0.5, 1).derivative(1))
    found = series(exp(X), X, 0.0, 2)
    assert found.derivative(150) == pytest.approx(1.0)
    with pytest.raises(DomainError, match="too large"):
        found.derivative(200)
    for order in (-1, 1.5, "2", 1001):
        with pytest.raises(ValueError, match="the order of a Taylor polynomial is"):
            found.derivative(order)


def test_every_operation_is_one_series_whatever_the_order():
    """So the work for each grows with the square of the order; the benchmark measures the time."""
    made = []
    for order in (5, 20, 60):
        found = series(exp(sin(X)) / (1 + X**2), X, 0, order)
        assert len(found.coefficients) == order + 1
        made.append(len(found.centre.made))
    assert made[0] == made[1] == made[2]


def test_what_an_attack_has_found():
    assert str(series(parse("hypot(x, 1)"), "x", 0, 3)) == "1 + x**2/2 + O(x**4)"
    assert str(series(parse("atan2(x, 1)"), "x", 0, 3)) == "x - x**3/3 + O(x**4)"
    assert series(parse("cos(x)/(x - pi/2)"), "x", 0, 3).how == ""
    n, x = symbols("n x")
    assert "where" in str(series(where(n * 1j, x, n), x, 1, 2))
    half = Value(Decimal("1.5"), "x")
    assert series(half * half + half, half, 0.5, 2).derivative(1) == 2


@pytest.mark.parametrize("at", [10**400, -(10**400), Fraction(10**400, 3), Decimal("1E+400")])
def test_a_place_that_no_float_can_hold(at):
    assert series(X**2, X, at, 2).coefficients == [at**2, 2 * at, 1]


@pytest.mark.parametrize(("text", "order", "sides", "by_table"), [
    ("sign(x**2)*x", 1, 1, 0), ("sign(-x**2)*x", 1, -1, 0), ("step(x**2)*x", 1, 1, 0),
    ("sign(x**2)*x**2", 2, 2, 0), ("relu(x**2)", 2, 2, 0), ("maximum(x**2, x**4)", 2, 2, 1),
    ("sign(x**4)*x**3", 3, 6, 0), ("sign(x**3)*abs(x)", 1, 1, 0)])
def test_a_kink_that_only_the_table_has(text, order, sides, by_table):
    """Beside 0 an even power is above 0 to both sides."""
    with pytest.raises(DomainError, match=f"it is {sides} to both sides, and {by_table} by the"):
        series(parse(text), X, 0, order)


@pytest.mark.parametrize(("text", "at", "order", "expected"), [
    ("step(x)", 0, 0, "0"), ("maximum(0.3*x, 0.1*3*x)", 0.0, 1, "0.3*x"),  # 0.1*3 is rounded
    ("x**2", True, 1, "1 + 2*(x - 1)"), ("x**2", Value.constant(2), 1, "4 + 4*(x - 2)"),
    ("x**2", Value(2.0, "a"), 1, "a**2 + 2*a*(x - a)"), ("x**2", Fraction(1, 2), 0, "1/4"),
    ("x**2", T + 1, 1, "t**2 + 2*t + 1 + 2*(t + 1)*(x - t - 1)"),
    ("relu(x + t)", 0, 1, "relu(t) + x*step(t)"), ("relu(0*x)", 0, 1, "0"),
    ("where(t, x, x**2)", 0, 1, "where(t, x, 0)"), ("x**x", 2, 1, "4 + 4*(x - 2)*(log(2) + 1)")])
def test_polynomials_at_places_of_all_kinds(text, at, order, expected):
    assert str(taylor(parse(text), X, at, order)) == expected


def test_a_decimal_in_a_formula_makes_the_place_a_decimal_unless_it_is_a_symbol():
    half = X * Value.constant(Decimal("0.5"))
    assert [type(c) for c in series(half, X, 1, 1).coefficients] == [Decimal, Decimal]
    assert str(taylor(half, X, "t", 1)) == "t/2 + (x - t)/2"


@pytest.mark.parametrize(("text", "at", "order", "said"), [
    ("step(x) + sin(x)/x", 0, 0, "sin(x)/x + step(x) has no value at x = 0: it is 1 to the left "
     "and 2 to the right: step(x) has a kink, where the table takes 0, as beside it"),
    ("maximum(0.3*x, 0.3000001*x)", 0.0, 1, "maximum(0.3*x, 0.3000001*x) has no slope at x = 0.0: "
     "it is 0.3 to the left and 0.3000001 to the right: maximum(0.3*x, 0.3000001*x) has a kink, "
     "where the table takes the mean of both"),
    ("absolute(x)*x**2", 0, 3, "x**2*absolute(x) has no derivative of order 3 at x = 0: it is -6 "
     "to the left and 6 to the right: absolute(x) has a kink, where the table takes 0, the mean of "
     "both"),
    ("absolute(x) + relu(x)", 0, 1, "absolute(x) + relu(x) has no slope at x = 0: it is -1 to the "
     "left and 2 to the right: absolute(x) has a kink, where the table takes 0, the mean of both; "
     "relu(x) has a kink, where the table takes 0: what is off stays off"),
    ("where(x, t*x, 2*x)", 0, 1, "where(x, t*x, 2*x) has no slope at x = 0: it is 2 to the left "
     "and t to the right: where(x, t*x, 2*x) has a kink, where the table takes that of its last "
     "input"),
    ("x**2", Value.constant(math.inf), 1, "a series is taken at a finite number, not inf"),
    ("1/x", 0, 1, "1/x has a pole at x = 0: it has no value there")])
def test_refusals_of_a_polynomial_in_full(text, at, order, said):
    with pytest.raises(DomainError) as refusal:
        taylor(parse(text), X, at, order)
    assert str(refusal.value) == said


def test_a_place_that_is_a_text_of_two_names():
    with pytest.raises(FormulaError, match=r"a number, a symbol or a formula, not 'a b'$"):
        taylor(X, X, "a b", 1)


def test_sides_that_differ_by_rounding_alone_are_one():
    f = parse("where(x - 0.7, sinh(x), (exp(x) - exp(-x))/2)")
    found = series(f, X, 0.7, 4)
    assert [found.derivative(n) for n in range(5)] == pytest.approx(
        [math.sinh(0.7), math.cosh(0.7)] * 2 + [math.sinh(0.7)], rel=1e-14)


@pytest.mark.parametrize("text", ["(x + 2)**(1/2)", "(x + 2)**x", "2**x", "cbrt(x + 2)"])
def test_a_power_makes_no_new_power_for_each_order(text):
    assert len({len(series(parse(text), X, 0.0, order).centre.made) for order in (5, 20, 60)}) == 1
