"""Numbers in formulas: round ones become exact, the others stay as they are."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab.calculus.algebra.exact import exact, exact_power, exact_root, is_plain, joined
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
    (0.123456, True), (0.1234567, False), (1e-9, True), (3**50, True), (HALF, True)])
def test_a_float_is_plain_if_it_is_short(number, plain):
    assert is_plain(number) is plain


@pytest.mark.parametrize("square", [2, 8, 10, 13, 14, 17])
def test_a_measured_number_is_multiplied_as_floats_are(square):
    assert joined(math.sqrt(square), 0.1) == math.sqrt(square) * 0.1
    assert joined(0.1, math.sqrt(square)) == math.sqrt(square) * 0.1
