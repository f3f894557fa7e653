"""Numbers in formulas: round ones become exact, the others stay as they are."""

import math
from decimal import Decimal
from fractions import Fraction
from itertools import product
from operator import add, mul

import pytest

from mathlab.calculus.algebra.exact import (
    LostError,
    added,
    divided,
    exact,
    exact_power,
    exact_root,
    is_plain,
    joined,
    raised,
    scaled,
)
from mathlab.errors import DomainError

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (3, 3),
        (True, 1),
        (3.0, 3),
        (-0.0, 0),
        (0.75, Fraction(3, 4)),
        (1 / 1024, Fraction(1, 1024)),
        (1 / 2048, 1 / 2048),  # rounder than most floats, but not round enough
        (0.1, 0.1),
        (2.0**52, 2**52),
        (2.0**53, 2.0**53),  # from here on a float may have been rounded to be whole
        (1e300, 1e300),
        (math.inf, math.inf),
        (Fraction(6, 3), 2),
        (Fraction(1, 3), Fraction(1, 3)),
        (Decimal("0.1"), Fraction(1, 10)),
        (Decimal("2.50"), Fraction(5, 2)),
        (Decimal("1E+3"), 1000),
        (Decimal("1E+5000"), Decimal("1E+5000")),
        (Decimal("Infinity"), Decimal("Infinity")),
        (1j, 1j),
        (2 + 0j, 2 + 0j),
    ],
)
def test_exact(number, expected):
    assert (exact(number), type(exact(number))) == (expected, type(expected))


def test_nan_stays_nan():
    assert math.isnan(exact(math.nan))


@pytest.mark.parametrize(
    ("number", "exponent", "expected"),
    [
        (2, -1, HALF),
        (2, 10, 1024),
        (-3, 3, -27),
        (HALF, -2, 4),
        (Fraction(2, 3), 2, Fraction(4, 9)),
        (0, 0, 1),
        (5, 0, 1),
        (0.5, 2, Fraction(1, 4)),
        (0.1, 2, 0.1**2),
        (1j, 2, -1 + 0j),
    ],
)
def test_exact_powers(number, exponent, expected):
    found = exact_power(number, exponent)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("number", "exponent", "message"),
    [(0, -1, "divides by 0"), (Fraction(0), -3, "divides by 0"), (9, 9**9, "too large")],
)
def test_exact_powers_refused(number, exponent, message):
    with pytest.raises(DomainError, match=message):
        exact_power(number, exponent)


@pytest.mark.parametrize(
    ("number", "root"),
    [
        (4, 2),
        (0, 0),
        (1, 1),
        (Fraction(4, 9), Fraction(2, 3)),
        (Fraction(1, 4), HALF),
        (10**40, 10**20),
        (2, None),
        (Fraction(1, 2), None),
        (10**40 + 1, None),
        (-4, None),
        (4.0, None),
        (Decimal(4), None),
    ],
)
def test_exact_roots(number, root):
    assert (exact_root(number), type(exact_root(number))) == (root, type(root))


@pytest.mark.parametrize(("number", "plain"), [
    (0.123456, True), (0.1234567, False), (1e-9, True), (3**50, True), (HALF, True), (1j, False),
    (Decimal(1), False)])
def test_a_float_is_plain_if_it_is_short(number, plain):
    assert is_plain(number) is plain


@pytest.mark.parametrize("square", [2, 8, 10, 13, 14, 17])
def test_a_measured_number_is_multiplied_as_floats_are(square):
    assert joined(math.sqrt(square), 0.1) == math.sqrt(square) * 0.1
    assert joined(0.1, math.sqrt(square)) == math.sqrt(square) * 0.1


LONG = 3**80  # 127 bits: twice that is 40 digits still, its square is not
NUMBERS = (1, -1, 2, -3, 10**6, LONG, HALF, Fraction(-2, 3), 0.1, 0.3, -2.5, 1 / 3, 1e-200, 1e200,
           0)
ROUNDED = {1 / 3, 1e-200, Fraction(-2, 3)}  # beside a float, as floats are


@pytest.mark.parametrize("x", NUMBERS)
def test_sums_and_products_are_those_of_the_decimals(x):
    """As Fractions know them of what is written; what is too long to write is not worked out."""
    for y, (work, true) in product(NUMBERS, ((added, add), (scaled, mul))):
        truth = true(Fraction(str(x)), Fraction(str(y)))
        try:
            found = work(x, y)
        except LostError:
            assert max(map(abs, truth.as_integer_ratio())) > 10**39
            continue
        if {x, y} & ROUNDED:
            assert math.isclose(found, truth, rel_tol=5e-16, abs_tol=1e-17)
        else:
            assert found == (float(truth) if isinstance(found, float) else truth)


@pytest.mark.parametrize(("x", "y", "expected"), [
    (2**132, 2**132 - 1, 2**133 - 1), (2**132, 2**132, None), (-2**132, -2**132, None),
    (-2**132, 1 - 2**132, 1 - 2**133), (1e308, 1e308, None), (0.1, -0.1, 0), (1 / 3, -1 / 3, 0),
    (1 / 3, -Fraction(1, 3), 0), (1 / 3, -0.3, 1 / 3 - 0.3), (HALF, Fraction(1, 3), Fraction(5, 6)),
    (2.3, -1, 1.3), (-1, 2.3, 1.3), (0.1, 0.2, 0.3),
    (1, 1j, 1 + 1j), (math.inf, 1, None), (1e200, HALF, 1e200), (1, HALF, Fraction(3, 2)),
    # two last digits (8 each) in two numbers are rounding; three are not, nor is what is short
    (3.4182759323492348e16, -3.4182759323492356e16, 0),
    (3.4182759323492348e16, -3.4182759323492364e16, -16), (3e17, -3.0000000000000006e17, -60)])
def test_sums(x, y, expected):
    if expected is None:
        with pytest.raises(LostError):
            added(x, y)
    else:
        found = added(x, y)
        assert found == pytest.approx(expected, rel=1e-15, abs=0)
        assert isinstance(found, float) is isinstance(expected, float)


@pytest.mark.parametrize(("x", "y", "expected"), [
    (2**66, 2**66, 2**132), (2**66, 2**67, None), (HALF, 4, 2), (0.1, 0.2, 0.02), (0.1, 10, 1),
    (1e-200, 1e-200, None), (1e200, 1e200, None), (1e-200, 0, 0), (0, 1e200, 0), (-1, 0.1, -0.1),
    (1e-160, 1e-150, None), (0.5, 4, 2), (1e10, 0.1, 10**9), (1, 1e-320, 1e-320),
    (2000, 1000, 2_000_000), (-2000, 1000, -2_000_000), (1j, 1j, -1), (1, 0.5, 0.5),
    (-1, 1e-320, -1e-320), (0.5, 10**400, None), (1e-200j, 1e-200j, None), (-2**66, 2**67, None),
    (2.0**-511, 2.0**-511, 2.0**-1022), (2.0**-511, 2.0**-512, None)])
def test_products(x, y, expected):
    for found in (joined(x, y), joined(y, x)):
        assert found == expected and type(found) in (type(expected), complex)


@pytest.mark.parametrize(("x", "y", "expected"), [
    (6, 3, 2), (1, 3, Fraction(1, 3)), (0.3, 1, 0.3), (0.3, 0.3, 1), (1, 0.5, 2),
    (HALF, 2, HALF**2),
    (-6, 4, Fraction(-3, 2)), (5, -1, -5), (1e308, 1e-10, None), (1, 1e-320, None),
    (0.3, 2, 0.15), (0.5, 1, 0.5), (math.inf, 1, math.inf)])
def test_quotients(x, y, expected):
    if expected is None:
        with pytest.raises(LostError):
            divided(x, y)
    else:
        assert (divided(x, y), type(divided(x, y))) == (expected, type(expected))


@pytest.mark.parametrize(("number", "exponent", "expected"), [
    (2, 66, 2**66), (2, 133, 2**133), (2, 134, None), (3, 66, 3**66), (3, 67, None),
    (HALF, 133, HALF**133), (HALF, -133, 2**133), (HALF, -134, None), (3, -1, Fraction(1, 3)),
    (3**90, -1, Fraction(1, 3**90)), (3**90, 1, 3**90), (3**90, 2, None), (1, 10**9, 1),
    (0, 10**9, 0), (0, 0, 1), (0.1, 400, None),
    (0.1, 2, 0.1**2), (10.5, 400, None), (1e-200, 2, None), (0.5, 2, Fraction(1, 4)),
    (Fraction(2, 3), 133 // 2, Fraction(2, 3)**66), (-2, 3, -8), (0.0, 2, 0), (1.0, 3, 1),
    (0.5, 1, 0.5), (1e-160, 2, None)])
def test_powers_that_are_not_too_long(number, exponent, expected):
    found = raised(number, exponent)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(("work", "kept"), [
    (lambda: exact(2.0**53 - 1), 2**53 - 1), (lambda: exact(1 + 2**-10), 1 + HALF**10),
    (lambda: exact(1 + 2**-11), 1 + 2**-11), (lambda: exact(Decimal("1E+999")), 10**999),
    (lambda: exact(Decimal("1E+1000")), Decimal("1E+1000")),
    (lambda: exact(-(2.0**53)), -(2.0**53)),
    (lambda: added(Decimal("Infinity"), 1), Decimal("Infinity")),
    (lambda: exact_power(1.0, 3), 1), (lambda: exact_power(0.5, 1), 0.5),
    (lambda: exact(Decimal("1E-1000")), Decimal("1E-1000")), (lambda: exact(False), 0)])
def test_where_exact_ends(work, kept):
    assert (work(), type(work())) == (kept, type(kept))
