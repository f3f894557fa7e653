"""Student's t against the printed table, closed forms, exact sums and areas measured by hand."""

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from math import (
    acos,
    asin,
    atan,
    comb,
    cos,
    erfc,
    exp,
    expm1,
    factorial,
    inf,
    lgamma,
    log,
    log1p,
    nan,
    pi,
    sqrt,
    tan,
)
from statistics import NormalDist

import pytest

from mathlab.errors import DataError
from mathlab.learning.inference.student import DIGITS, _area_and_rise, _log_gamma, t_cdf, t_quantile
from tests.thinned import thinned

CLOSE = {"rel": 4e-15, "abs": 0}


def incomplete_beta(a, b, x):
    """The area under the beta density up to x, as t_cdf asks for it, rounded to a float."""
    with localcontext(DIGITS):
        a, b, x = (Decimal(float(number)) for number in (a, b, x))
        return float(_area_and_rise(a, b, x, 1 - x)[0])


# degrees of freedom, the points that leave out 5% and 1% in both tails together: as in print
TABLE = [(1, 12.706, 63.657),
         (2, 4.303, 9.925),
         (3, 3.182, 5.841),
         (5, 2.571, 4.032),
         (10, 2.228, 3.169),
         (20, 2.086, 2.845),
         (30, 2.042, 2.750),
         (60, 2.000, 2.660),
         (120, 1.980, 2.617)]


@pytest.mark.parametrize(("freedom", "point95", "point99"), TABLE)
def test_the_printed_table(freedom, point95, point99):
    assert round(t_quantile(0.975, freedom), 3) == point95
    assert round(t_quantile(0.995, freedom), 3) == point99
    assert round(t_quantile(0.025, freedom), 3) == -point95
    assert t_cdf(point95, freedom) - t_cdf(-point95, freedom) == pytest.approx(0.95, abs=1e-4)


# For t > 0 the probability beyond t; written without 1 - ..., so that small ones keep their digits.
def beyond_1(t):
    return atan(1 / t) / pi


def beyond_2(t):
    r = t / sqrt(2 + t * t)
    return 1 / ((2 + t * t) * (1 + r))


def beyond_4(t):
    r = t / sqrt(4 + t * t)
    return (4 / (4 + t * t) / (1 + r)) ** 2 * (2 + r) / 4


CLOSED_FORMS = [(1, beyond_1), (2, beyond_2), (4, beyond_4)]


@pytest.mark.parametrize("t", [1e-9, 0.01, 0.5, 1.0, 2.0, 3.7, 12.0, 1e3, 1e10, 1e60])
@pytest.mark.parametrize(("freedom", "beyond"), CLOSED_FORMS)
def test_probability_in_closed_form(freedom, beyond, t):
    assert t_cdf(-t, freedom) == pytest.approx(beyond(t), **CLOSE)
    assert t_cdf(t, freedom) == pytest.approx(1 - beyond(t), **CLOSE)


def quantile_1(p):
    return tan(pi * (p - 0.5))


def quantile_2(p):
    return (2 * p - 1) / sqrt(2 * p * (1 - p))


def quantile_4(p):
    root = sqrt(4 * p * (1 - p))
    return (1 if p > 0.5 else -1) * 2 * sqrt(cos(acos(root) / 3) / root - 1)


@pytest.mark.parametrize("p", [0.001, 0.025, 0.1, 0.25, 0.4, 0.6, 0.75, 0.9, 0.975, 0.999])
@pytest.mark.parametrize(
    ("freedom", "quantile"), [(1, quantile_1), (2, quantile_2), (4, quantile_4)])
def test_quantile_in_closed_form(freedom, quantile, p):
    assert t_quantile(p, freedom) == pytest.approx(quantile(p), rel=1e-13)


@pytest.mark.parametrize("p", [1e-300, 1e-200, 1e-100, 1e-20])
@pytest.mark.parametrize(("freedom", "factor"), [(1, 1 / pi), (2, 1 / 2), (3, 2 * sqrt(3) / pi)])
def test_quantile_far_out(freedom, factor, p):
    """There the probability beyond t is factor/t**freedom, apart from a part of 1/t**2."""
    expected = -((factor / p) ** (1 / freedom))
    rounding = 1e-13 + 3 / expected / expected
    assert t_quantile(p, freedom) == pytest.approx(expected, rel=rounding)


@pytest.mark.parametrize("freedom", [0.5, 1, 2, 7.5, 1000, 1e7])
def test_quantile_next_to_the_middle(freedom):
    """There the density is level: t = (p - 1/2) / density(0)."""
    log_height = lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - log(freedom * pi) / 2
    for p in (0.5 - 2**-54, 0.5 + 2**-53, 0.5 - 1e-12, 0.5 + 1e-9):
        # lgamma of 5e6 is near 7e7, and so good for 8 digits only
        assert t_quantile(p, freedom) == pytest.approx((p - 0.5) / exp(log_height), rel=1e-7, abs=0)


@pytest.mark.parametrize("freedom", [0.1, 0.5, 1, 2, 3, 7.5, 30, 1e3, 1e5, 1e7])
def test_symmetry_is_exact(freedom):
    assert t_cdf(0.0, freedom) == 0.5
    assert t_quantile(0.5, freedom) == 0.0
    for t in (5e-324, 1e-10, 0.3, 1.0, 1.7320508, 2.5, 40.0, 1e8):
        assert t_cdf(t, freedom) == 1 - t_cdf(-t, freedom)
    for p in (2**-50, 0.0625, 0.25, 0.375, 0.5 - 2**-50):
        assert t_quantile(1 - p, freedom) == -t_quantile(p, freedom)


@pytest.mark.parametrize("freedom", [0.1, 0.125, 0.375, 0.5, 1, 1.5, 2, 3, 7.5, 30, 1e3, 1e5, 1e7])
def test_there_and_back(freedom):
    for p in (1e-290, 1e-30, 1e-5, 0.01, 0.2, 0.45, 0.4999, 0.5001, 0.7, 0.99, 1 - 1e-9):
        if p > 1e-30 or freedom >= 1:
            assert t_cdf(t_quantile(p, freedom), freedom) == pytest.approx(p, rel=1e-12, abs=0)
    for t in (-30.0, -5.0, -1.0, -0.5, -0.01, 0.01, 0.6, 2.0):
        assert t_quantile(t_cdf(t, freedom), freedom) == pytest.approx(t, rel=2e-13)


@pytest.mark.parametrize("freedom", [0.5, 1, 4, 33, 1e7])
def test_never_falls(freedom):
    """Also where one side of the continued fraction takes over from the other, near t**2 = 3."""
    places = [k / 50 for k in thinned(range(-200, 201), keep=100)]
    ps = [t_cdf(t, freedom) for t in places]
    assert all(p < q for p, q in pairwise(ps))
    ts = [t_quantile(k / 100, freedom) for k in thinned(range(1, 100), keep=25)]
    assert all(s < t for s, t in pairwise(ts))


# --- areas, measured: Gauss's three points in each of many strips --------------------------------


def area(f, start, end, strips=400):
    width = (end - start) / strips
    shift = sqrt(0.6) * width / 2
    total = 0.0
    for i in range(strips):
        middle = start + (i + 0.5) * width
        total += (5 * f(middle - shift) + 8 * f(middle) + 5 * f(middle + shift)) / 18
    return total * width


def density(t, freedom):
    log_height = lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - log(freedom * pi) / 2
    return exp(log_height - (freedom + 1) / 2 * log1p(t * t / freedom))


@pytest.mark.parametrize("freedom", [0.5, 1, 1.5, 2, 3, 5, 8.25, 30, 120, 1000])
@pytest.mark.parametrize("t", [0.1, 0.7, 1.5, 1.75, 2.0, 4.0])
def test_the_area_under_the_density(freedom, t):
    measured = area(lambda u: density(u, freedom), 0, t)
    assert t_cdf(t, freedom) - 0.5 == pytest.approx(measured, rel=2e-12)


@pytest.mark.parametrize("freedom", [1, 2, 3, 5, 9, 30])
@pytest.mark.parametrize("t", [3.0, 10.0, 1000.0])
def test_the_area_of_the_tail(freedom, t):
    """With u = 1/t the tail ends at 0, and its area can be measured."""
    measured = area(lambda u: density(1 / u, freedom) / u**2, 0, 1 / t)
    assert t_cdf(-t, freedom) == pytest.approx(measured, rel=1e-11, abs=0)


@pytest.mark.parametrize(("a", "b"), [(1, 1), (2, 3.5), (4, 4), (6.5, 2), (20, 50)])
@pytest.mark.parametrize("x", [0.1, 0.3, 0.5, 0.9])
def test_the_area_that_is_the_incomplete_beta(a, b, x):
    def height(u):
        return u ** (a - 1) * (1 - u) ** (b - 1)

    left, right = area(height, 0, x), area(height, x, 1)
    assert incomplete_beta(a, b, x) == pytest.approx(left / (left + right), rel=1e-10)


# --- the normal distribution, which many rows lead to --------------------------------------------


@pytest.mark.parametrize("t", [0.1, 0.5, 1.0, 1.96, 3.0, 5.0, 8.0])
def test_many_degrees_of_freedom_are_nearly_normal(t):
    """Fisher's expansion: the first term is (t**3 + t)*density/(4n), the next about its square."""
    n = 1e7
    normal = erfc(t / sqrt(2)) / 2
    corrected = normal + (t**3 + t) / (4 * n) * NormalDist().pdf(t)
    assert t_cdf(-t, n) == pytest.approx(normal, rel=1e-3, abs=0)
    assert t_cdf(-t, n) == pytest.approx(corrected, rel=1e-12 + (t**4 / (4 * n)) ** 2, abs=0)


@pytest.mark.parametrize("p", [1e-12, 0.001, 0.025, 0.3, 0.6, 0.975, 0.9999])
def test_quantiles_are_nearly_normal(p):
    z = NormalDist().inv_cdf(p)
    assert t_quantile(p, 1e7) == pytest.approx(z, rel=2e-6)
    # Abramowitz and Stegun 26.7.5, the first two terms
    assert t_quantile(p, 1e7) == pytest.approx(z + (z**3 + z) / 4e7, rel=1e-11)


# --- the incomplete beta function ----------------------------------------------------------------


@pytest.mark.parametrize("n", [0.5, 1, 2.5, 17, 1000, 12345.6, 1e5])
@pytest.mark.parametrize("x", [1e-12, 1e-5, 0.01, 0.3, 0.5, 0.9, 0.99999])
def test_powers(n, x):
    """I_x(n, 1) = x**n and I_x(1, n) = 1 - (1 - x)**n, both without losing digits."""
    power = exp(n * log(x))
    rounding = 4e-15 + 3e-16 * abs(n * log(x))  # of the power itself
    assert incomplete_beta(n, 1, x) == pytest.approx(power, rel=rounding, abs=1e-320)
    assert incomplete_beta(1, n, x) == pytest.approx(-expm1(n * log1p(-x)), **CLOSE)
    assert incomplete_beta(n, 2, x) == pytest.approx(  # x**n * (1 + n*(1 - x))
        power * (1 + n * (1 - x)), rel=rounding, abs=1e-320)


@pytest.mark.parametrize("x", [1e-10, 0.001, 0.2, 0.5, 0.77, 0.999])
def test_the_law_of_the_arc_sine(x):
    assert incomplete_beta(0.5, 0.5, x) == pytest.approx(2 / pi * asin(sqrt(x)), **CLOSE)


def binomial_sum(a, b, x):
    """The chance of at least a successes in a + b - 1 trials, exactly."""
    n, p = a + b - 1, Fraction(x)
    return sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(a, n + 1))


@pytest.mark.parametrize(
    ("a", "b"), [(1, 1), (1, 2), (2, 1), (3, 5), (5, 3), (10, 10), (40, 7), (7, 90), (60, 80)])
@pytest.mark.parametrize("x", [0.001, 0.125, 0.3, 0.42857, 0.5, 0.8, 0.999])
def test_exact_binomial_sums(a, b, x):
    exact = float(binomial_sum(a, b, x))
    assert incomplete_beta(a, b, x) == pytest.approx(exact, rel=3e-16, abs=0)


# The hypergeometric series, summed with 60 digits: DLMF 8.17.8.
SIXTY_DIGITS = [(0.5, 1e5, 1e-5, 0.8427013118385188),
                (1e5, 0.5, 0.99999, 0.1572986881624258),
                (1e5, 0.5, 0.995, 5.1236923179650256e-220),
                (1e5, 1e5, 0.5003, 0.6057765130835773),
                (1e5, 1e5, 0.48, 6.371237476732216e-72),
                (7e4, 3e4, 0.7, 0.4996329376633738),
                (12345.6, 0.75, 0.9999, 0.19885937968597292),
                (2.5, 8000.5, 1e-9, 5.448988694828306e-14)]


@pytest.mark.parametrize(("a", "b", "x", "expected"), SIXTY_DIGITS)
def test_large_settings(a, b, x, expected):
    assert incomplete_beta(a, b, x) == pytest.approx(expected, rel=3e-16, abs=0)


TAILS = [(-2, 0.5, 0.22275744509156561),
         (-1.5, 2.5, 0.12391822654314813),
         (-40, 7.5, 2.5595283818548954e-10),
         (-0.001, 1000000.0, 0.49960105788582454),
         (-2.1148511832269032, 5059968.346651193, 0.017221340845364617),
         (-8, 100000.0, 6.286959938128186e-16),
         (-30, 10000000.0, 5.0073068454089e-198),
         (-1000000000000000.0, 12.5, 2.5087994518115902e-182)]


@pytest.mark.parametrize(("t", "freedom", "expected"), TAILS)
def test_tails(t, freedom, expected):
    assert t_cdf(t, freedom) == pytest.approx(expected, rel=3e-16, abs=0)
    assert t_quantile(expected, freedom) == pytest.approx(t, rel=1e-13)


@pytest.mark.parametrize(
    ("a", "b", "x"),
    [(0.5, 0.5, 0.25), (2, 7, 0.125), (1e5, 3, 1 - 2**-14), (3.3, 1e5, 2**-16), (1e7, 1e7, 0.5)])
def test_the_other_side(a, b, x):
    other = incomplete_beta(b, a, 1 - x)
    assert incomplete_beta(a, b, x) + other == pytest.approx(1, rel=3e-16)


@pytest.mark.parametrize("a", [1e-300, 0.5, 1, 3.7, 250.5, 1e5, 1e7])
def test_half_of_an_even_bell(a):
    assert incomplete_beta(a, a, 0.5) == 0.5


@pytest.mark.parametrize(("call", "expected"),
                         [(lambda: incomplete_beta(1e7, 1e7, 5e-324), 0.0),
                          (lambda: incomplete_beta(5e-324, 0.5, 0.3), 1.0),
                          (lambda: t_cdf(-1e308, 1e7), 0.0),
                          (lambda: t_cdf(1e308, 1e7), 1.0),
                          (lambda: t_cdf(5e-324, 3), 0.5)])
def test_the_ends_of_the_floats(call, expected):
    assert call() == expected


def test_other_decimal_digits_do_not_matter():
    plain = t_cdf(-2.5, 7), t_quantile(0.9, 7), incomplete_beta(2.5, 3.5, 0.3)
    with localcontext() as context:
        context.prec = 3
        assert (t_cdf(-2.5, 7), t_quantile(0.9, 7), incomplete_beta(2.5, 3.5, 0.3)) == plain
        assert context.prec == 3


def test_whole_numbers_and_fractions_are_numbers_too():
    assert t_cdf(2, 3) == t_cdf(2.0, 3.0)
    assert t_quantile(Fraction(3, 4), Fraction(1, 1)) == 1.0
    assert incomplete_beta(Fraction(5, 2), 1, Fraction(1, 4)) == 1 / 32


WRONG = [(lambda: t_cdf(nan, 3), "t is nan"),
         (lambda: t_cdf(inf, 3), "t is inf"),
         (lambda: t_cdf(-inf, 3), "t is -inf"),
         (lambda: t_cdf(None, 3), "t is None"),
         (lambda: t_cdf(1.0, 0), "freedom is 0"),
         (lambda: t_cdf(1.0, -3), "freedom is -3"),
         (lambda: t_cdf(0.0, nan), "freedom is nan"),
         (lambda: t_cdf(1.0, inf), "freedom is inf; .*NormalDist"),
         (lambda: t_quantile(0.0, 3), "probability is 0.0"),
         (lambda: t_quantile(1.0, 3), "probability is 1.0"),
         (lambda: t_quantile(1, 3), "probability is 1;"),
         (lambda: t_quantile(-0.1, 3), "probability is -0.1"),
         (lambda: t_quantile(97.5, 3), "probability is 97.5"),
         (lambda: t_quantile(nan, 3), "probability is nan"),
         (lambda: t_quantile(inf, 3), "probability is inf"),
         (lambda: t_quantile(True, 3), "probability is True"),
         (lambda: t_quantile(1 - Fraction(1, 10**30), 3), "probability is Fraction"),
         (lambda: t_quantile("0.9", 3), "probability is '0.9'"),
         (lambda: t_quantile(0.9, "3"), "freedom is '3'"),
         (lambda: t_cdf(1.0, True), "freedom is True"),
         (lambda: t_quantile(0.5, 0), "freedom is 0"),
         (lambda: t_quantile(0.9, 2e7), "freedom is 20000000.0"),
         (lambda: t_quantile(0.9, nan), "freedom is nan"),
         (lambda: t_quantile(1e-300, 0.5), "probability 1e-300 with 0.5 degrees of freedom is too"),
         (lambda: t_quantile(5e-324, 1), "too large for a float")]


@pytest.mark.parametrize(("call", "message"), WRONG)
def test_errors_name_the_value(call, message):
    with pytest.raises(DataError, match=message) as caught:
        call()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("z", "steps"), [(40, 0), (45, 0), (60, 0), (39, 1), (3, 37)])
def test_stirlings_series_is_off_by_the_first_term_left_out(z, steps):
    """691/360360/z**11, at 40 or beyond, where the steps up have led."""
    with localcontext(DIGITS):
        off = _log_gamma(Decimal(z)) - Decimal(factorial(z - 1)).ln()
        left_out = Decimal(691) / 360360 / Decimal(z + steps)**11
    assert 0.99 < off / left_out < 1.01
