"""Derivatives as formulas: what the tables of calculus books print, and what nobody prints.

The derivatives in the second column are those of the books (Stewart, "Calculus", reference pages;
Bronstein and Semendjajew, "Handbook of Mathematics", section 6.1). The third column is our own text
where it differs.
"""

import math
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import pytest

import mathlab
from mathlab import (
    Value,
    cos,
    derivative,
    directional_derivative,
    dot,
    exp,
    gradient,
    hessian,
    hessian_vector_product,
    jacobian,
    log,
    parse,
    polygamma,
    series,
    sin,
    sqrt,
    substitute,
    symbols,
    taylor,
    total,
    where,
)
from mathlab.calculus.algebra.differentiate import _to_derive, signed
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import as_value
from mathlab.errors import DomainError, FormulaError, UnknownError
from tests.calculus import witness

X, Y, Z = symbols("x y z")
A, B, C, D = symbols("a b c d")
NAMES = {name: getattr(mathlab, name) for name in mathlab.__all__}
NAMES |= {"x": X, "a": A, "b": B, "c": C, "d": D}
NAMES["pi"] = Value.constant(math.pi, "pi")
GIVEN = {A: 0.75, B: 1.5, C: 0.5, D: 2.25}
POINTS = (-1.3, -0.6, 0.4, 0.9, 1.7, 3.1)
SAME = ""


def read(text):
    return as_value(eval(text, NAMES))


BOOK = (
    # the function, its derivative in the book, and in our words
    ("5",                       "0",                            SAME),
    ("x",                       "1",                            SAME),
    ("x**7",                    "7*x**6",                       SAME),
    ("1/x",                     "-1/x**2",                      SAME),
    ("1/x**3",                  "-3/x**4",                      SAME),
    ("sqrt(x)",                 "1/(2*sqrt(x))",                SAME),
    ("1/sqrt(x)",               "-1/(2*x**(3/2))",              SAME),
    ("cbrt(x)",                 "1/(3*cbrt(x)**2)",             SAME),
    ("x**a",                    "a*x**(a - 1)",                 SAME),
    ("3*x**2 - 5*x + 2",        "6*x - 5",                      SAME),
    ("x**4/4",                  "x**3",                         SAME),
    ("(2*x + 3)**5",            "10*(2*x + 3)**4",              SAME),
    ("(x + 1)/(x - 1)",         "-2/(x - 1)**2",                SAME),
    ("(a*x + b)/(c*x + d)",     "(a*d - b*c)/(c*x + d)**2",     SAME),
    ("x/(1 + x**2)",            "(1 - x**2)/(1 + x**2)**2",     "(1 - x**2)/(x**2 + 1)**2"),
    ("sqrt(1 + x**2)",          "x/sqrt(1 + x**2)",             "x/sqrt(x**2 + 1)"),
    ("sqrt(1 - x**2)",          "-x/sqrt(1 - x**2)",            SAME),
    ("1/(1 + x**2)",            "-2*x/(1 + x**2)**2",           "-2*x/(x**2 + 1)**2"),
    ("exp(x)",                  "exp(x)",                       SAME),
    ("exp(a*x)",                "a*exp(a*x)",                   SAME),
    ("exp(-x**2)",              "-2*x*exp(-x**2)",              SAME),
    ("exp(-x)",                 "-exp(-x)",                     SAME),
    ("2**x",                    "2**x*log(2)",                  SAME),
    ("a**x",                    "a**x*log(a)",                  SAME),
    ("x*exp(x)",                "(x + 1)*exp(x)",               "exp(x) + x*exp(x)"),
    ("x**x",                    "x**x*(log(x) + 1)",            SAME),
    ("exp(1/x)",                "-exp(1/x)/x**2",               SAME),
    ("log(x)",                  "1/x",                          SAME),
    ("log(a*x)",                "1/x",                          SAME),
    ("log(x**2 + 1)",           "2*x/(x**2 + 1)",               SAME),
    ("log2(x)",                 "1/(x*log(2))",                 SAME),
    ("log10(x)",                "1/(x*log(10))",                SAME),
    ("x*log(x) - x",            "log(x)",                       SAME),
    ("x**2*log(x)",             "2*x*log(x) + x",               "x + 2*x*log(x)"),
    ("log(x)/x",                "(1 - log(x))/x**2",            SAME),
    ("log(log(x))",             "1/(x*log(x))",                 SAME),
    ("log(x + sqrt(x**2 + 1))", "1/sqrt(x**2 + 1)",             SAME),
    ("log(sin(x))",             "cos(x)/sin(x)",                "1/tan(x)"),
    ("log(cos(x))",             "-tan(x)",                      SAME),
    ("sin(x)",                  "cos(x)",                       SAME),
    ("cos(x)",                  "-sin(x)",                      SAME),
    ("tan(x)",                  "1/cos(x)**2",                  SAME),
    ("1/sin(x)",                "-cos(x)/sin(x)**2",            SAME),
    ("1/cos(x)",                "sin(x)/cos(x)**2",             "tan(x)/cos(x)"),
    ("cos(x)/sin(x)",           "-1/sin(x)**2",                 SAME),
    ("sin(x)**2",               "2*sin(x)*cos(x)",              SAME),
    ("cos(x)**3",               "-3*cos(x)**2*sin(x)",          "-3*sin(x)*cos(x)**2"),
    ("sin(a*x + b)",            "a*cos(a*x + b)",               SAME),
    ("sin(x/3)",                "cos(x/3)/3",                   SAME),
    ("x*sin(x)",                "sin(x) + x*cos(x)",            SAME),
    ("sin(x)/x",                "(x*cos(x) - sin(x))/x**2",     SAME),
    ("sin(x**2)",               "2*x*cos(x**2)",                SAME),
    ("exp(x)*sin(x)",           "exp(x)*(sin(x) + cos(x))",     SAME),
    ("exp(sin(x))",             "cos(x)*exp(sin(x))",           "exp(sin(x))*cos(x)"),
    ("x**2*exp(x)",             "(x**2 + 2*x)*exp(x)",          "x*(x + 2)*exp(x)"),
    ("asin(x)",                 "1/sqrt(1 - x**2)",             SAME),
    ("acos(x)",                 "-1/sqrt(1 - x**2)",            SAME),
    ("atan(x)",                 "1/(1 + x**2)",                 "1/(x**2 + 1)"),
    ("atan(x/a)",               "a/(a**2 + x**2)",              SAME),
    ("x*atan(x)",               "atan(x) + x/(1 + x**2)",       "x/(x**2 + 1) + atan(x)"),
    ("sinh(x)",                 "cosh(x)",                      SAME),
    ("cosh(x)",                 "sinh(x)",                      SAME),
    ("tanh(x)",                 "1/cosh(x)**2",                 "sech(x)**2"),
    ("asinh(x)",                "1/sqrt(x**2 + 1)",             SAME),
    ("acosh(x)",                "1/sqrt(x**2 - 1)",             "1/(sqrt(x + 1)*sqrt(x - 1))"),
    ("atanh(x)",                "1/(1 - x**2)",                 SAME),
    ("1/(1 + exp(-x))",         "exp(-x)/(1 + exp(-x))**2",     "exp(-x)/(exp(-x) + 1)**2"),
    ("sigmoid(x)",              "sigmoid(x)*(1 - sigmoid(x))",  "sigmoid(x)*sigmoid(-x)"),
    ("softplus(x)",             "sigmoid(x)",                   SAME),
    ("erf(x)",                  "2*exp(-x**2)/sqrt(pi)",        SAME),
    ("erfc(x)",                 "-2*exp(-x**2)/sqrt(pi)",       SAME),
    ("gamma(x)",                "gamma(x)*digamma(x)",          SAME),
    ("lgamma(x)",               "digamma(x)",                   SAME),
    ("absolute(x)",             "x/absolute(x)",                "sign(x)"),
    ("log(absolute(x))",        "1/x",                          "sign(x)/absolute(x)"),
    ("expm1(x)",                "exp(x)",                       SAME),
    ("log1p(x)",                "1/(1 + x)",                    "1/(x + 1)"),
)


@pytest.mark.parametrize(("function", "book", "ours"), BOOK, ids=[row[0] for row in BOOK])
def test_published_derivatives(function, book, ours):
    slope = derivative(read(function), X)
    assert str(slope) == (ours or book)
    published = read(book)
    compared = 0
    for at in POINTS:
        given = {X: at, **GIVEN}
        try:
            expected = witness.number(published, given)
            witness.number(read(function), given)
        except DomainError:
            continue
        assert witness.near(witness.number(slope, given), expected, 14), at
        compared += 1
    assert compared >= 2


def test_the_book_is_long_enough():
    assert len(BOOK) >= 70


def test_a_misprint_in_the_book_would_be_noticed():
    with pytest.raises(AssertionError):
        test_published_derivatives("x/(1 + x**2)", "(1 + x**2)/(1 + x**2)**2", SAME)
    with pytest.raises(AssertionError):
        test_published_derivatives("x**3", "2*x**2", "3*x**2")


def test_pi_is_not_taken_for_a_number_that_happens_to_be_as_large():
    slope = derivative(math.pi * X + mathlab.erf(X), X)
    assert str(slope) == "2*exp(-x**2)/sqrt(pi) + 3.141592653589793"


# Exactness


def taylor_coefficients(at, count):
    """Of 1/(1 + x**2) around a Fraction: from (1 + (at + t)**2) * series = 1, term by term."""
    below = (1 + at * at, 2 * at, Fraction(1))
    found = [1 / below[0]]
    while len(found) < count:
        known = sum(below[k] * found[-k] for k in (1, 2) if k <= len(found))
        found.append(-known / below[0])
    return found


@pytest.mark.parametrize("order", range(1, 8))
def test_derivatives_of_fractions_are_exact(order):
    x = Value(Fraction(1, 3), "x")
    expected = math.factorial(order) * taylor_coefficients(Fraction(1, 3), order + 1)[order]
    found = derivative(1 / (1 + x**2), x, order).data
    assert (found, type(found)) == (expected, Fraction)


@pytest.mark.parametrize(
    ("f", "slope"),
    [
        (lambda x: x / 3, Fraction(1, 3)),
        (lambda x: 3 / x, -12),
        (lambda x: x**3 / 7 - x, Fraction(-25, 28)),
        (lambda x: (x + 1) ** -2, Fraction(-16, 27)),
        (lambda x: -(x * x) / 3 + 2 * x, Fraction(5, 3)),
        (lambda x: total([x, x, 2 * x]) * x, 4),
        (lambda x: dot([x, 2], [x / 5, x]), Fraction(11, 5)),
        (lambda x: where(x, x / 3, x), Fraction(1, 3)),
        (lambda x: abs(x - 1) / 9, Fraction(-1, 9)),
    ],
)
def test_backward_keeps_fractions(f, slope):
    x = Value(Fraction(1, 2), "x")
    y = f(x)
    y.backward()
    assert type(x.grad) is Fraction
    assert x.grad == slope


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (lambda x: 2**x, "2.772588722239781237668928486"),  # 4*log(2)
        (lambda x: mathlab.log10(x) / 3, "0.07238241365054197127518815313"),  # 1/(6*log(10))
        (lambda x: sqrt(x / 3), "0.2041241452319315081831070063"),  # 1/(2*sqrt(6))
        (lambda x: mathlab.erf(x), "0.02066698535409205385706894131"),  # 2*exp(-4)/sqrt(pi)
        (lambda x: mathlab.maximum(x, 1) ** 2 / 7, "0.5714285714285714285714285714"),
    ],
)
def test_numbers_in_a_formula_do_not_cost_a_decimal_its_digits(f, expected):
    x = Value(Decimal(2), "x")
    y = f(x)
    y.backward()
    symbol = symbols("x")[0]
    for found in (x.grad, derivative(y, x).data, derivative(f(symbol), symbol).at(x=Decimal(2))):
        assert type(found) is Decimal
        assert abs(found - Decimal(expected)) < Decimal("3e-27")


@pytest.mark.parametrize("digits", [10, 28, 60])
def test_decimals_keep_the_digits_of_the_context(digits):
    with localcontext(prec=digits):
        x = Value(Decimal("0.7"), "x")
        y = exp(sin(x) / 3) * sqrt(x) + x**3 / 7
        y.backward()
        symbolic = derivative(y, x).data
        assert type(y.data) is type(x.grad) is type(symbolic) is Decimal
    with localcontext(prec=digits + 20):
        sine, cosine = sin.evaluate(Decimal("0.7")), cos.evaluate(Decimal("0.7"))
        root = Decimal("0.7").sqrt()
        exact = (sine / 3).exp() * (cosine / 3 * root + 1 / (2 * root))
        exact += 3 * Decimal("0.49") / 7
        for found in (x.grad, symbolic):
            assert abs(found - exact) < Decimal(10) ** (2 - digits)


def test_complex_functions_are_differentiated_too():
    z = Value(0.3 + 0.4j, "z")
    y = exp(z) * sin(z) / (1 + z * z)
    h = 1e-5
    quotient = (y.at(z=z.data + h) - y.at(z=z.data - h)) / (2 * h)
    turned = (y.at(z=z.data + h * 1j) - y.at(z=z.data - h * 1j)) / (2 * h * 1j)
    y.backward()
    for found in (z.grad, derivative(y, z).data):
        assert found == pytest.approx(quotient, rel=1e-8)
        assert found == pytest.approx(turned, rel=1e-8)


# Orders, many inputs, directions


@pytest.mark.parametrize(
    ("f", "order", "text"),
    [
        (X**5, 5, "120"),
        (X**5, 6, "0"),
        (sin(X), 4, "sin(x)"),
        (exp(2 * X), 3, "8*exp(2*x)"),
        (log(X), 4, "-6/x**4"),
        (1 / X, 3, "-6/x**4"),
        (polygamma(0, X), 2, "polygamma(2, x)"),
    ],
)
def test_higher_orders(f, order, text):
    assert str(derivative(f, X, order)) == text
    assert str(f.derivative(X, order)) == text


@pytest.mark.parametrize("order", [0, -1])
def test_orders_begin_at_one(order):
    with pytest.raises(ValueError, match=f"1, 2, 3, ..., not {order}"):
        derivative(X, X, order)


@pytest.mark.parametrize(
    ("f", "by", "text"),
    [(X, Y, "0"), (X**2, Value(2.0), "0"), (X * Y, Y, "x"), (2 * X, X, "2"), (X, X, "1")],
)
def test_what_a_formula_does_not_contain_it_does_not_depend_on(f, by, text):
    assert str(derivative(f, by)) == text


def test_the_derivative_by_a_part_of_the_formula():
    u = X**2
    slope = derivative(sin(u) * u, u)
    assert slope.at(x=1.5) == pytest.approx(math.cos(2.25) * 2.25 + math.sin(2.25))


def test_gradient_hessian_and_jacobian():
    f = X**2 * Y + sin(Y * Z)
    assert list(map(str, gradient(f, [X, Y, Z]))) == ["2*x*y", "x**2 + z*cos(y*z)", "y*cos(y*z)"]
    rows = [list(map(str, row)) for row in hessian(f, [X, Y, Z])]
    assert rows == [
        ["2*y", "2*x", "0"],
        ["2*x", "-z**2*sin(y*z)", "cos(y*z) - y*z*sin(y*z)"],
        ["0", "cos(y*z) - y*z*sin(y*z)", "-y**2*sin(y*z)"],
    ]
    r, t = symbols("r t")
    rows = [list(map(str, row)) for row in jacobian([r * cos(t), r * sin(t)], [r, t])]
    assert rows == [["cos(t)", "-r*sin(t)"], ["sin(t)", "r*cos(t)"]]


def test_a_gradient_by_the_same_input_twice_or_by_none():
    assert list(map(str, gradient(X * Y, [X, X]))) == ["y", "y"]
    assert gradient(X * Y, []) == []


@pytest.mark.parametrize(
    ("f", "direction", "text"),
    [
        (X * Y, {X: 3, Y: 4}, "4*x + 3*y"),
        (X**2, {X: 1}, "2*x"),
        (X * Y, {Z: 1}, "0"),
        (X * Y, {}, "0"),
        (X**2 * Y, {X: Y, Y: X}, "x**3 + 2*x*y**2"),
    ],
)
def test_directional_derivatives(f, direction, text):
    assert str(directional_derivative(f, direction)) == text


def test_slopes_along_numbers_are_not_asked_for():
    x = Value(-1.0, "x")
    assert derivative(x**2, x).data == -2.0  # log(-1) would be an error


def test_where_there_is_no_slope_the_error_names_the_operation():
    with pytest.raises(DomainError, match=r"polygamma\(x, y\) has no slope there: its n"):
        derivative(polygamma(X, Y), X)


def test_making_formulas_leaves_every_grad_alone():
    x = Value(3.0, "x")
    y = x**2
    y.backward()
    derivative(y, x)
    assert x.grad == 6.0


# Taylor polynomials and substitution


@pytest.mark.parametrize(
    ("f", "at", "coefficients"),
    [
        (exp(X), 0, [1, 1, Fraction(1, 2), Fraction(1, 6), Fraction(1, 24)]),
        (sin(X), 0, [0, 1, 0, Fraction(-1, 6), 0, Fraction(1, 120)]),
        (cos(X), 0, [1, 0, Fraction(-1, 2), 0, Fraction(1, 24)]),
        (1 / (1 - X), 0, [1, 1, 1, 1, 1]),
        (log(X), 1, [0, 1, Fraction(-1, 2), Fraction(1, 3), Fraction(-1, 4)]),
        (1 / X, 2, [Fraction(1, 2), Fraction(-1, 4), Fraction(1, 8), Fraction(-1, 16)]),
        (X**3, 1, [1, 3, 3, 1, 0, 0]),
    ],
)
def test_taylor_polynomials_are_those_of_the_books(f, at, coefficients):
    polynomial = taylor(f, X, at, order=len(coefficients) - 1)
    for x in (Fraction(-2), Fraction(1, 3), Fraction(5, 7)):
        expected = sum(c * (x - at) ** k for k, c in enumerate(coefficients))
        assert substitute(polynomial, {X: x}).data == expected


@pytest.mark.parametrize("order", [-1, -5])
def test_taylor_needs_an_order(order):
    with pytest.raises(ValueError, match=r"0, 1, 2, \.\.\., not"):
        taylor(X, X, 0, order)


def test_no_taylor_polynomial_where_there_is_no_value():
    with pytest.raises(DomainError, match="log"):
        taylor(log(X), X, at=0, order=2)


@pytest.mark.parametrize(
    ("replaced", "text"),
    [
        ({X: Y}, "y + 2*y"),
        ({X: Y, Y: X}, "y + 2*x"),
        ({X: 3}, "3 + 2*y"),
        ({X: Y + 1, Y: 0}, "y + 1 + 2*0"),
        ({Z: 1}, "x + 2*y"),
    ],
)
def test_substitution_is_done_all_at_once(replaced, text):
    assert str(substitute(X + 2 * Y, replaced)) == text


# Size


def test_a_derivative_is_no_larger_than_a_few_times_the_formula():
    y = X
    for _ in range(200):
        y = sin(y) * y
    assert len(inputs_first(derivative(y, X))) < 20 * len(inputs_first(y))


def test_slopes_nobody_asked_for_are_not_taken():
    p, n = Value(-2.0, "p"), Value(3.0, "n")
    assert derivative(p**n, p).data == 12  # along n there is none: log(-2)
    assert directional_derivative(p**n, {p: 2}).data == 24


def test_taylor_of_a_value_with_a_number_is_that_of_the_symbol():
    x = Value(1.0, "x")
    about = taylor(exp(x), x, at=1.0, order=2)
    assert about.at(x=1.5) == pytest.approx(math.e * (1 + 0.5 + 0.125))


# Any order

ANY_ORDER = (  # the formula, the order, how many nodes there are at most
    ("sin(sin(sin(sin(x))))", 10, 2_000),
    ("exp(-x**2)", 15, 60),
    ("sigmoid(x)", 11, 300),
    ("exp(sin(x))", 15, 300),
    ("(x**2 - 1)**8", 8, 60),
)


@pytest.mark.parametrize(("text", "order", "most"), ANY_ORDER)
def test_derivatives_of_any_order_stay_small(text, order, most):
    formula = parse(text)
    found = derivative(formula, "x", order)
    assert len(inputs_first(found)) <= most
    for at in (Fraction(1, 2), Fraction(-7, 8)):
        expected = series(formula, "x", Decimal(at.numerator) / at.denominator, order)
        value = found.at(x=Decimal(at.numerator) / at.denominator)
        assert abs(value - expected.derivative(order)) <= abs(value) * Decimal("1e-18")


def test_a_bell_curve_has_hermite_polynomials():
    fifth = derivative(parse("exp(-x**2)"), "x", 5)
    assert str(fifth) == "(160*x**3 - 32*x**5 - 120*x)*exp(-x**2)"


def test_a_formula_nested_a_thousand_deep_is_derived_as_it_stands():
    e = X
    for _ in range(1_000):
        e = e**2 + e
    found = derivative(e, X)
    assert len(inputs_first(found)) <= 10 * len(inputs_first(e))
    assert found.at(x=0.0) == 1.0
    assert derivative(e, X, 2).at(x=0.0) == 2_000.0  # y'' = 2*y'**2 + (2*y + 1)*y''


def test_the_gradient_of_a_thousand_like_terms_is_as_small_as_their_sum():
    a, b = symbols("a b")
    squares = total((k * a + b - k % 7) ** 2 for k in range(1_000))
    assert sum(len(inputs_first(slope)) for slope in gradient(squares, [a, b])) < 50
    waves = total(sin(k * a) * b for k in range(1_000))
    shared = inputs_first(*gradient(waves, [a, b]))
    assert len(shared) <= 3 * len(inputs_first(waves))


# The Hessian and what it does to a direction

@pytest.mark.parametrize("text", ["x**2*y", "sin(x*y) + exp(x)/y", "x**y", "log(x**2 + y**2)*x"])
def test_a_hessian_times_a_direction(text):
    f, v = parse(text), {"x": Fraction(3, 2), "y": -2}
    rows = hessian(f, "x y")
    assert [[str(each) for each in row] for row in rows] == [
        [str(rows[j][i]) for j in range(2)] for i in range(2)]
    given = {"x": 1.3, "y": 0.7}
    expected = [sum(entry.at(**given) * float(v[name]) for entry, name in zip(row, v, strict=True))
                for row in rows]
    found = [product.at(**given) for product in hessian_vector_product(f, v)]
    assert found == pytest.approx(expected, rel=1e-12)


def test_a_direction_may_depend_on_the_place():
    x, y = symbols("x y")
    products = hessian_vector_product(x**2 * y, {x: y, y: x})
    assert [str(product) for product in products] == ["2*(x**2 + y**2)", "2*x*y"]


def test_a_hessian_vector_product_is_as_large_as_the_function():
    xs = symbols(" ".join(f"x{i}" for i in range(100)))
    f = total(sin(a * b) for a, b in pairwise(xs)) ** 2
    products = hessian_vector_product(f, dict.fromkeys(xs, 1))
    assert len(inputs_first(*products)) <= 12 * len(inputs_first(f))


@pytest.mark.parametrize("text", [
    "y/((x - y)*x)", "sin(x*y)/x", "x**2*exp(y/x)", "(x*y + x)/(y + 1)**2", "log(x + y**2)*x",
    "atan(y/x)", "sqrt(x**2 + y)*exp(-y)"])
def test_mixed_derivatives_print_alike(text):
    f = parse(text)
    assert str(derivative(derivative(f, "x"), "y")) == str(derivative(derivative(f, "y"), "x"))


@pytest.mark.parametrize("number", [1.5, None])
@pytest.mark.parametrize("order", [1, 2, 3, 5])
def test_a_derivative_of_any_order_by_a_part_of_the_formula(order, number):
    """With u = x**2 the formula is u**4 + 3*u, and u is moved as if it stood alone."""
    x = Value(number, "x") if number else symbols("x")[0]
    u = x**2
    found = derivative(u**4 + 3 * u, u, order)
    expected = {1: 4 * 2.25**3 + 3, 2: 12 * 2.25**2, 3: 24 * 2.25, 5: 0}[order]
    slope = found.data if number or order > 3 else found.at(x=1.5)
    assert slope == pytest.approx(expected)


@pytest.mark.parametrize("number", [1.5, None])
def test_second_derivatives_by_a_part_of_the_formula(number):
    """With u = x**2 the formula is u**3*z: its second derivatives are those of a formula in u."""
    x = Value(number, "x") if number else symbols("x")[0]
    z = Value(-0.7, "z") if number else symbols("z")[0]
    u = x**2
    found = [[slope.at(x=1.5, z=-0.7) for slope in row] for row in hessian(u**3 * z, [u, z])]
    expected = [[6 * 2.25 * -0.7, 3 * 2.25**2], [3 * 2.25**2, 0]]
    assert [*map(pytest.approx, expected)] == found
    products = hessian_vector_product(u**3 * z, {u: 2, z: -3})
    assert [slope.at(x=1.5, z=-0.7) for slope in products] == pytest.approx(
        [2 * a - 3 * b for a, b in expected])
    with pytest.raises(FormulaError, match=r"^x\*\*2 is made of x, so they do not move one"):
        hessian(u**3 * x, [x, u])


def test_gradients_by_parts_and_by_what_they_are_made_of():
    a, b = Value(2.0, "a"), Value(3.0, "b")
    c = a * b
    y = c * b + sin(c)
    found = gradient(y, [c, a, b])
    y.backward()
    assert [slope.data for slope in found] == pytest.approx([c.grad, a.grad, b.grad])
    assert found[0].data == pytest.approx(3 + math.cos(6))
    assert derivative(c, c).data == 1 and derivative(c, c, 2).data == 0


# Names and Values that are given, and refusals in full

P, Q = Value(3.0, "p"), Value(2.0, "q")


@pytest.mark.parametrize(("f", "replaced", "text"), [
    (X**2, {X: -2.9}, "(-2.9)**2"), (-X, {X: -2.9}, "2.9"), (Y - -X, {X: 2.9}, "y - -2.9"),
    (-X + Y, {X: -2}, "2 + y"), (-(X * Y), {X: -2}, "-(-2*y)"), (-X, {X: Y}, "-y"),
    (X * Y, {X: "y"}, "y*y"), (X * Y, {"x": Y, "y": "x"}, "y*x"), (P * Q, {"q": X}, "p*x"),
    (X * Y, {}, "x*y"), (3, {}, "3"), (-P, {P: 2.5}, "-2.5")], ids=str)
def test_what_is_put_in_is_written_as_it_is(f, replaced, text):
    assert str(substitute(f, replaced)) == text


@pytest.mark.parametrize(("f", "x", "slope"), [
    (P**2 * Q, P, 12), (P**2 * Q, "p", 12), (P**2 * Q, "q", 9), (P**2, Q, 0),
    (Value(3.0, "p") * P, "p", 6), (Value(Decimal(3), "p") ** 2, "p", 6)])
def test_a_derivative_by_nudging(f, x, slope):
    assert f.numeric_derivative(x).value == pytest.approx(slope, abs=1e-9)


@pytest.mark.parametrize(("ask", "error", "said"), [
    (lambda: (X**2).numeric_derivative(X), UnknownError,
     "a symbol has no number to nudge; write Value(3.0, name='x')"),
    (lambda: (P * X).numeric_derivative(P), UnknownError,
     "a symbol has no number to nudge; write Value(3.0, name='x')"),
    (lambda: (P**2).numeric_derivative("z"), UnknownError,
     "a symbol has no number to nudge; write Value(3.0, name='x')"),
    (lambda: (Value(1.0, "p") * P).numeric_derivative("p"), FormulaError,
     "several numbers are called p here: give the Value that is meant"),
    (lambda: substitute(X * Y, {"x": 1, X: 2}), FormulaError, "one of x, x is given twice"),
    (lambda: derivative(X, X, 1.5), ValueError,
     "the order of a derivative is 1, 2, 3, ..., not 1.5"),
    (lambda: hessian((u := X**2) * Y, [Y, u, X]), FormulaError,
     "x**2 is made of x, so they do not move one without the other: ask for one of them"),
    (lambda: derivative(sqrt((x := Value(0.0, "x")) ** 2), x), DomainError,
     "sqrt(x**2) has no slope there: 1 / 0.0 is not defined: / needs a divisor other than 0"),
])
def test_what_is_refused_and_why(ask, error, said):
    with pytest.raises(error) as refusal:
        ask()
    assert str(refusal.value) == said


def test_what_a_choice_does_not_need_has_no_say_in_a_direction():
    x = Value(0.0, "x")
    y = where(x, sqrt(x), 0) + 3 * x
    assert str(directional_derivative(y, {x: 2})) == "2*(where(x, 1/(2*sqrt(x)), 0) + 3)"
    assert [directional_derivative(y, {x: speed}).data for speed in (2, -1)] == [6, -3]
    z = y * Y
    assert str(directional_derivative(z, {x: 1, Y: 5}).at(x=4.0, y=7.0)) == str(
        7.0 * (1 / 4 + 3) + 5 * (2.0 + 12.0))


@pytest.mark.parametrize(("term", "sign", "size"), [
    (X, "+", "x"), (-X, "-", "x"), (-2 * X, "-", "2*x"), (X - Y, "+", "x - y"),
    (-X - Y, "-", "x + y"), (as_value(-3), "-", "3"), (as_value(3), "+", "3")])
def test_how_a_term_is_joined_to_others(term, sign, size):
    join, rest = signed(term)
    assert (join(10, 4), str(rest)) == ({"+": 14, "-": 6}[sign], size)


def test_a_part_is_one_input_whatever_its_place():
    u = X**2  # the formula is u**3*y, and its second derivatives are 6*u*y, 3*u**2 and 0
    by_u, mixed = "6*x**2*y", "3*(x**2)**2"
    for order, rows in (([u, Y], [[by_u, mixed], [mixed, "0"]]),
                        ([Y, u], [["0", mixed], [mixed, by_u]])):
        assert [[*map(str, row)] for row in hessian(u**3 * Y, order)] == rows
    along_u, along_y = hessian_vector_product(u**3 * Y, {u: 2, Y: -3})
    assert (str(along_u), str(along_y)) == ("12*x**2*y - 9*(x**2)**2", "6*(x**2)**2")


def test_a_part_is_not_lost_where_its_formula_would_be_simplified():
    u = X**2  # log(exp(u))*u is u**2, with the slope 2*u
    assert str(derivative(log(exp(u)) * u, u)) == "2*x**2"
    assert [str(slope) for slope in gradient(log(exp(u)) * u * Y, [u, Y])] == ["2*x**2*y", "x**4"]


@pytest.mark.parametrize(("text", "shorter"), [
    ("log(exp(x))*y + 1", "x*y + 1"), ("absolute(x)**2", "x**2"), ("x**2 + 0*y", "x**2"),
    ("exp(x)*exp(y)", "exp(x + y)"), ("-(-x)", "x"),
    ("sqrt(x**2)*absolute(y)", "absolute(x)*absolute(y)"),  # it has a kink already
    # no shorter, or with a kink that was not there: the formula itself
    ("sqrt(x**2)", None), ("absolute(x)", None), ("y*x", None), ("1 + x", None), ("x + x", None),
    ("x*x", None), ("sin(x)*y", None), ("(x + y)*(x + y)", None)])
def test_what_is_derived_in_the_place_of_a_formula(text, shorter):
    found, swollen = _to_derive(formula := parse(text))
    assert not swollen
    assert (found is formula) if shorter is None else (str(found) == shorter)


@pytest.mark.parametrize(("squares", "swollen"), [(90, False), (110, True)])
def test_what_would_fill_all_paper_is_derived_as_it_is(squares, swollen):
    tower = X
    for _ in range(squares):  # written out, 2**90 is 1.2e27 and 2**110 is 1.3e33
        tower = tower * tower
    found, said = _to_derive(tower)
    assert (said, found is tower) == (swollen, swollen)
