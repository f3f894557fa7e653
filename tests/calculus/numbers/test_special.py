"""Special functions: published values, identities, and a second way to compute each, in Decimal.

Far from its poles, digamma is a power series around 1 whose coefficients are values of zeta; zeta
comes from its alternating series. Neither has anything in common with the code under test.
"""

import functools
import math
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from mathlab.calculus.numbers import special
from mathlab.calculus.numbers.special import (
    digamma,
    hypot,
    plain_polygamma,
    polygamma,
    sech,
    sigmoid,
    softplus,
    xlogy,
)

NAN, INF = math.nan, math.inf
EULER = Decimal("0.57721566490153286060651209008240243104215933593992359880576723")
APERY = 1.2020569031595942853997381615  # zeta(3)
CATALAN = 0.91596559417721901505460351493
PI = math.pi


def ulps(actual, expected):
    """How many units in its last place a float is off."""
    return float(abs(Decimal(actual) - Decimal(expected)) / Decimal(math.ulp(actual)))


@functools.cache
def zeta(s):
    """zeta(s) to about 75 digits: eta(s) = 1 - 2**-s + 3**-s - ..., summed by Chebyshev weights.

    Source: H. Cohen, F. Rodriguez Villegas and D. Zagier (2000), algorithm 1.
    """
    with localcontext(prec=100):
        n = 100
        d = (3 + Decimal(8).sqrt()) ** n
        d = (d + 1 / d) / 2
        b, c, total = Decimal(-1), -d, Decimal(0)
        for k in range(n):
            c = b - c
            total += c / Decimal(k + 1) ** s
            b *= Decimal((k + n) * (k - n)) / (Decimal(2 * k + 1) * (k + 1) / 2)
        return total / d / (1 - Decimal(2) ** (1 - s))


def reference(n, x):
    """polygamma(n, x), by its power series at a distance z of at most 1/2 from 1.

    Term k of the n-th derivative: (-1)**k * zeta(k) * (k-1)!/(k-1-n)! * z**(k-1-n).
    From there to x in steps of 1, in Fractions.
    """
    x = Fraction(x)
    start = x - round(x) + 1
    z, steps = start - 1, int(x - start)
    sign = (-1) ** n * math.factorial(n)
    between = [start + k for k in range(steps)] + [x + k for k in range(-steps)]
    with localcontext(prec=80):
        total = -EULER if n == 0 else Decimal(0)
        offset = Decimal(z.numerator) / z.denominator
        for k in range(max(n + 1, 2), n + 260):
            power = offset ** (k - 1 - n) if k > n + 1 else Decimal(1)
            total += (-1) ** k * zeta(k) * math.perm(k - 1, n) * power
        moved = sum(Decimal(p.denominator ** (n + 1)) / p.numerator ** (n + 1) for p in between)
        return total + sign * (moved if steps > 0 else -moved)


def test_the_witness_agrees_with_the_tables():
    assert zeta(2) == pytest.approx(Decimal(PI) ** 2 / 6, rel=Decimal("1e-15"))
    assert float(zeta(3)) == APERY
    assert float(reference(0, 0.5)) == -1.9635100260214234794
    assert float(reference(2, 1)) == -2 * APERY


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        (0.0, 0.5),
        (1.0, 0.73105857863000487925),
        (-1.0, 0.26894142136999512075),
        (10.0, 0.99995460213129756561),
        (800.0, 1.0),
        (-800.0, 0.0),  # exp(-800) is no float
        (-745.0, 5e-324),  # the smallest float
        (INF, 1.0),
        (-INF, 0.0),
    ],
)
def test_sigmoid(x, expected):
    assert sigmoid(x) == pytest.approx(expected, rel=4e-16, abs=0)


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        (0.0, 0.69314718055994530942),
        (1.0, 1.31326168751822283405),
        (-1.0, 0.31326168751822283405),
        (800.0, 800.0),
        (1e300, 1e300),
        (-800.0, 0.0),
        (-745.0, 5e-324),
        (INF, INF),
        (-INF, 0.0),
    ],
)
def test_softplus(x, expected):
    assert softplus(x) == pytest.approx(expected, rel=4e-16, abs=0)


@pytest.mark.parametrize("x", [-700.3, -100.0, -37.1, -20.7, -2.5, -0.1, 1e-9, 0.3, 2.7, 40.2])
def test_sigmoid_and_softplus_to_the_last_digits(x):
    with localcontext(prec=400):
        small = (-abs(Decimal(x))).exp()
        assert ulps(sigmoid(x), (small if x < 0 else 1) / (1 + small)) < 3
        assert ulps(softplus(x), max(Decimal(x), 0) + (1 + small).ln()) < 3


@pytest.mark.parametrize(("f", "inputs", "expected"), [
    (sech, (0.0,), 1.0), (sech, (1.0,), 1 / math.cosh(1)), (sech, (-2.0,), 1 / math.cosh(2)),
    (sech, (745.0,), 1e-323), (sech, (-800.0,), 0.0), (sech, (INF,), 0.0),
    (hypot, (3.0, -4.0), 5.0), (hypot, (1e308, 1e308), math.sqrt(2) * 1e308),
    (hypot, (-INF, 1.0), INF), (hypot, (1.0, INF), INF),
    (xlogy, (2.0, math.e), 2.0), (xlogy, (0.0, 0.0), 0.0), (xlogy, (0.0, 5.0), 0.0),
    (xlogy, (-3.0, 1.0), 0.0)])
def test_functions_that_math_lacks(f, inputs, expected):
    assert f(*inputs) == pytest.approx(expected, rel=1e-15, abs=0)


@pytest.mark.parametrize(("f", "inputs", "error"), [
    (hypot, (1.7e308, 1.7e308), OverflowError), (xlogy, (0.0, -1.0), ValueError),
    (xlogy, (1.0, 0.0), ValueError)])
def test_where_they_have_no_value(f, inputs, error):
    with pytest.raises(error):
        f(*inputs)


@pytest.mark.parametrize(
    ("n", "x", "expected"),
    [
        # Abramowitz and Stegun, 6.3.2 to 6.3.3, table 6.1; Gauss' theorem for fractions
        (0, 1.0, -0.57721566490153286061),
        (0, 2.0, 0.42278433509846713939),
        (0, 0.5, -1.96351002602142347944),
        (0, 0.25, -4.22745353337626540809),
        (0, 0.75, -1.08586087978647216963),
        (0, 1.5, 0.03648997397857652056),
        (0, -0.5, 0.03648997397857652056),
        (0, 10.0, 2.25175258906672110764),
        (0, 1e300, 300 * math.log(10)),
        # 6.4.2 to 6.4.4, and the constants of Apery and Catalan
        (1, 1.0, PI**2 / 6),
        (1, 0.5, PI**2 / 2),
        (1, 0.25, PI**2 + 8 * CATALAN),
        (1, 2.0, PI**2 / 6 - 1),
        (1, -0.5, PI**2 / 2 + 4),
        (1, 1e300, 1e-300),
        (2, 1.0, -2 * APERY),
        (2, 0.5, -14 * APERY),
        (2, 0.25, -2 * PI**3 - 56 * APERY),
        (3, 1.0, PI**4 / 15),
        (3, 0.5, PI**4),
        (4, 1.0, -24 * 1.0369277551433699263),
        (5, 1.0, 8 * PI**6 / 63),
        (2, 1e-100, -2e300),
        (3, -1e-70, 6e280),
        (5, 1e100, 0.0),  # 24e-500
        (2.0, 1.0, -2 * APERY),  # a whole number, whatever its type
    ],
)
def test_polygamma(n, x, expected):
    assert polygamma(n, x) == pytest.approx(expected, rel=1.5e-15, abs=0)
    if n == 0:
        assert digamma(x) == pytest.approx(expected, rel=1.5e-15, abs=0)


ROOT = 1.4616321449683623  # of digamma; 1.46163214496836234126...
LEFT_ROOT = -0.5040830082644554  # -0.50408300826445540925...


@pytest.mark.parametrize("n", [0, 1, 2, 3, 8, 25])
@pytest.mark.parametrize(
    "x",
    [
        *(0.3, 1.0, ROOT, 1.9, 2.5, 7.25, 33.3, 101.0, 1e-20, -1e-20, -0.3, LEFT_ROOT, -0.5, -0.7),
        *(-1.0000000000000002, -0.9999999999999999, -1.5, -2.5, -1.573498473162391, -6.25, -50.001),
    ],
)
def test_polygamma_is_right_to_the_last_digit(n, x):
    expected = reference(n, x)
    in_floats = 1e-9 < x < 1e9 and n in range(1, 11)
    if abs(expected) > Decimal("1.79e308"):
        with pytest.raises(OverflowError, match=r"polygamma\(.*\) is too large"):
            polygamma(n, x)
    else:
        assert ulps(polygamma(n, x), expected) < (8 if in_floats else 0.501)
        if n == 0:
            assert ulps(digamma(x), expected) < (6 if x > 0 else 0.501)


@pytest.mark.parametrize(("n", "rest"), [(1, 1e-3), (2, 1e-6), (3, 1e-9), (4, 1e-12)])
@pytest.mark.parametrize("x", [0.3, 1.0, 7.25])
def test_polygamma_is_the_plain_sum(n, rest, x):
    expected = polygamma(n, x)
    off = abs(plain_polygamma(n, x, terms=1000) - expected)
    assert off < 1.01 * math.factorial(n - 1) * rest + 1e-15 * abs(expected)


@pytest.mark.parametrize(
    ("name", "other", "n", "x"),
    [
        ("PRECISION", 30, 0, LEFT_ROOT),
        ("BERNOULLI_NUMBERS", 15, 0, LEFT_ROOT),
        ("FOR_FLOATS", 7, 3, 7.25),
    ],
)
def test_constants_that_are_just_large_enough(monkeypatch, name, other, n, x):
    monkeypatch.setattr(special, name, other)
    special._coefficients.cache_clear()
    assert ulps(polygamma(n, x), reference(n, x)) > 10
    special._coefficients.cache_clear()


def test_the_quick_way_needs_no_decimals(monkeypatch):
    monkeypatch.setattr(special, "Decimal", None)
    for x in (1.1e-9, 0.3, 1.0, 9.9e8):
        assert digamma(x) < 21 and polygamma(1, x) > 0 > polygamma(10, x)
    for n, x in ((0, 1.0), (11, 1.0), (1, 0.9e-9), (1, 1.1e9), (10, -0.5)):
        with pytest.raises(TypeError):
            polygamma(n, x)
    for x in (0.9e-9, 1.1e9, -0.5):
        with pytest.raises(TypeError):
            digamma(x)


@pytest.mark.parametrize(
    ("n", "x"), [(11, 3), (12.0, 0.5), (True, 3), (20, Fraction(1, 2)), (0, 2)])
def test_polygamma_of_other_kinds_of_number(n, x):
    assert polygamma(n, x) == polygamma(int(n), float(x))


def test_the_highest_order():
    """10000! * (1/x**10001 + 1/(x + 1)**10001 + ...): at 3690 each term is a 15th of the last."""
    with localcontext(prec=60):
        total = sum((Decimal(3690) + k) ** -10001 for k in range(60))
        assert ulps(polygamma(10_000, 3690), -math.factorial(10_000) * total) < 0.501


def test_the_plain_sum_has_ten_thousand_terms():
    """What is left out of 1 + 1/4 + 1/9 + ... is about the area from 10000.5 on, 1/10000.5."""
    assert plain_polygamma(1, 1.0) == pytest.approx(PI**2 / 6 - 1 / 10_000.5, abs=1e-11)


def test_the_way_through_floats_agrees_with_the_one_through_50_digits():
    for i in range(1, 600):
        x = 0.02 * i + 1e-4 * i**1.5  # from 0.02 to 13.5
        assert ulps(digamma(x), polygamma(0, x)) < 8
    for x in (2e-9, 1e-3, 0.4, 1.0, 2.7, 9.99, 10.01, 19.4, 1e4, 9e8):
        for n in range(1, 11):
            at_minus_one = (-1) ** n * math.factorial(n) / x ** (n + 1)  # far from 0 it vanishes
            there = polygamma(n, x) + at_minus_one
            size = max(abs(there), abs(at_minus_one))
            assert polygamma(n, x + 1) == pytest.approx(there, rel=1e-14, abs=4e-15 * size)


@pytest.mark.parametrize("m", [1, 2, 5, 30, 80, 500])
def test_at_whole_and_half_numbers_digamma_is_a_sum_of_fractions(m):
    whole = sum((Fraction(1, k) for k in range(1, m)), Fraction(0))
    half = sum((Fraction(2, 2 * k - 1) for k in range(1, m + 1)), Fraction(0))
    with localcontext(prec=50):
        at_whole = Decimal(whole.numerator) / whole.denominator - EULER
        at_half = Decimal(half.numerator) / half.denominator - EULER - 2 * Decimal(2).ln()
        assert ulps(digamma(m), at_whole) < 6 and ulps(digamma(m + 0.5), at_half) < 6
        assert ulps(polygamma(0, m), at_whole) < 0.501
        assert ulps(polygamma(0, m + 0.5), at_half) < 0.501


@pytest.mark.parametrize("x", [0.125, 0.5, 1.75, 12.5, 300.25, -0.25, -3.375, -77.5, -4321.125])
@pytest.mark.parametrize("n", [0, 1, 2, 3, 6])
def test_polygamma_identities(n, x):
    jump = (-1) ** n * math.factorial(n) / x ** (n + 1)
    size = max(abs(polygamma(n, x)), abs(jump))
    assert polygamma(n, x + 1) - polygamma(n, x) == pytest.approx(jump, rel=1e-14, abs=1e-15 * size)
    pair = polygamma(n, x / 2) + polygamma(n, x / 2 + 0.5)  # the duplication formula
    doubled = 2 ** (n + 1) * (polygamma(n, x) - (math.log(2) if n == 0 else 0))
    size = max(abs(polygamma(n, x / 2)), abs(polygamma(n, x / 2 + 0.5)), abs(doubled))
    assert pair == pytest.approx(doubled, rel=1e-14, abs=2e-15 * size)


@pytest.mark.parametrize("x", [0.1, 0.25, 0.4, 0.9, 3.3, -0.6, -20.8, -12_345.25, -1e6 - 0.375])
def test_reflection(x):
    assert digamma(1 - x) - digamma(x) == pytest.approx(PI / math.tan(PI * (x % 1)), rel=1e-13)
    assert polygamma(1, 1 - x) + polygamma(1, x) == pytest.approx(
        (PI / math.sin(PI * (x % 1))) ** 2, rel=1e-13
    )


@pytest.mark.parametrize("x", [0.2, 1.0, 2.5, 40.0, -0.5, -3.3])
def test_digamma_is_the_slope_of_lgamma(x):
    h = 1e-5 * abs(x)
    slope = (math.lgamma(x + h) - math.lgamma(x - h)) / (2 * h)
    assert digamma(x) == pytest.approx(slope, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    ("n", "x"),
    [
        *((60, 0.01), (60, 90.0), (149, -1.5), (170, 1.0), (170, 31.0), (2000, 800.0)),
        *((150, -0.5), (150, -1.5), (150, -2.5)),  # 3/2, 1/2 cancel -3/2, -1/2: 5/2 is left
    ],
)
def test_high_orders_by_the_plain_sum(n, x):
    with localcontext(prec=200):
        expected = math.factorial(n) * sum(1 / (Decimal(x) + k) ** (n + 1) for k in range(400))
        assert ulps(polygamma(n, x), expected if n % 2 else -expected) < 0.501


@pytest.mark.parametrize("n", [0, 1, 4])
def test_limits_of_polygamma(n):
    assert math.isnan(polygamma(n, NAN))
    assert polygamma(n, INF) == (INF if n == 0 else 0.0)
    for pole in (0.0, -0.0, -1.0, -2.0, -1e300, -INF):
        with pytest.raises(ValueError, match=r"pole"):
            polygamma(n, pole)
    with pytest.raises(OverflowError):
        polygamma(n, 5e-324)


@pytest.mark.parametrize("n", [-1, 0.5, NAN, INF, -INF, 10_001])
def test_orders_that_are_refused(n):
    with pytest.raises(ValueError, match=r"whole number from 0 to 10000, not"):
        polygamma(n, 1.0)


def test_nan_in_nan_out():
    assert all(math.isnan(f(NAN)) for f in (sigmoid, softplus, digamma))
