"""Quotients of differences: exact where they must be, and worst where the books say."""

import math
from fractions import Fraction

import pytest

from mathlab.calculus.numeric.difference import (
    EPSILON,
    best_step,
    central_difference,
    forward_difference,
    stencil,
    stencil_difference,
)
from mathlab.errors import DomainError

# Fornberg (1988), tables 1 to 3.
PUBLISHED = (
    ((-1, 0, 1), 1, "-1/2 0 1/2"),
    ((-2, -1, 0, 1, 2), 1, "1/12 -2/3 0 2/3 -1/12"),
    ((-3, -2, -1, 0, 1, 2, 3), 1, "-1/60 3/20 -3/4 0 3/4 -3/20 1/60"),
    ((-1, 0, 1), 2, "1 -2 1"),
    ((-2, -1, 0, 1, 2), 2, "-1/12 4/3 -5/2 4/3 -1/12"),
    ((-2, -1, 0, 1, 2), 3, "-1/2 1 0 -1 1/2"),
    ((-2, -1, 0, 1, 2), 4, "1 -4 6 -4 1"),
    ((0, 1), 1, "-1 1"),
    ((0, 1, 2), 1, "-3/2 2 -1/2"),
    ((0, 1, 2, 3), 1, "-11/6 3 -3/2 1/3"),
    ((0, 1, 2), 2, "1 -2 1"),
    ((Fraction(-1, 2), Fraction(1, 2)), 1, "-1 1"),
    ((Fraction(-3, 2), Fraction(-1, 2), Fraction(1, 2), Fraction(3, 2)), 1, "1/24 -9/8 9/8 -1/24"),
)


@pytest.mark.parametrize(("offsets", "order", "weights"), PUBLISHED)
def test_the_stencils_of_the_book(offsets, order, weights):
    assert " ".join(map(str, stencil(offsets, order))) == weights


@pytest.mark.parametrize("count", range(2, 8))
def test_a_stencil_is_exact_for_every_polynomial_that_fits_its_points(count):
    offsets = [3 * i * i - 7 * i - 2 for i in range(count)]  # all different, nowhere even
    for order in range(count):
        for power in range(count):
            found = sum(w * o**power for w, o in zip(stencil(offsets, order), offsets, strict=True))
            assert found == (math.factorial(order) if power == order else 0)


@pytest.mark.parametrize(
    ("offsets", "order", "words"),
    [
        ((1, 1), 1, "all be different"),
        ((0,), 1, "1 offsets make no stencil of order 1"),
        ((), 0, "0 offsets make no stencil"),
        ((0, 1), -1, "no stencil of order -1"),
    ],
)
def test_points_that_make_no_stencil(offsets, order, words):
    with pytest.raises(ValueError, match=words):
        stencil(offsets, order)


@pytest.mark.parametrize("quotient", [forward_difference, central_difference, stencil_difference])
@pytest.mark.parametrize(("x", "h"), [(1.0, 0.0), (1.0, 1e-30), (1e30, 1.0)])
def test_a_step_that_does_not_move_x(quotient, x, h):
    with pytest.raises(DomainError, match="too small to move"):
        quotient(math.sin, x, h)


@pytest.mark.parametrize("quotient", [forward_difference, stencil_difference])
def test_it_is_upwards_that_x_must_move(quotient):
    with pytest.raises(DomainError, match=r"too small to move 1\.0: take at least 2\.22"):
        quotient(math.sin, 1.0, 1e-16)  # 1 - 1e-16 is another float


@pytest.mark.parametrize(
    "offsets", [(0, 1), (-1, 1), (-1, 0, 1), (0, 1, 2), (-2, -1, 1, 2), (1, 3)]
)
def test_the_default_step_of_a_stencil_suits_it(offsets):
    def off(h):
        return max(
            abs(stencil_difference(math.exp, x, h, offsets) / math.exp(x) - 1)
            for x in (0.5, 0.6, 0.7, 0.8, 0.9)
        )

    assert off(None) < 100 * min(off(10.0**-k) for k in range(1, 12))


@pytest.mark.parametrize(
    ("quotient", "h", "slope"),
    [
        (forward_difference, 1.0, 19.0),  # 3x**2 + 3xh + h**2 at x = 2
        (forward_difference, -1.0, 7.0),
        (central_difference, 1.0, 13.0),  # 3x**2 + h**2
        (central_difference, -0.5, 12.25),
        (stencil_difference, 1.0, 12.0),
    ],
)
def test_quotients_of_a_cube(quotient, h, slope):
    assert quotient(lambda x: x**3, 2.0, h) == pytest.approx(slope, rel=1e-12)


METHODS = ((forward_difference, 1), (central_difference, 2), (stencil_difference, 4))


@pytest.mark.parametrize(("quotient", "n"), METHODS)
def test_the_error_falls_as_the_nth_power_of_the_step(quotient, n):
    errors = [abs(quotient(math.exp, 0.5, h) - math.exp(0.5)) for h in (0.1, 0.05)]
    assert math.log2(errors[0] / errors[1]) == pytest.approx(n, abs=0.05)


@pytest.mark.parametrize(("quotient", "n"), METHODS)
@pytest.mark.parametrize(
    ("f", "x", "slope"),
    [(math.exp, 1.0, math.e), (math.sin, -2.0, math.cos(2)), (math.log, 300.0, 1 / 300)],
)
def test_the_best_step_is_the_bottom_of_the_v(quotient, n, f, x, slope):
    # A tenth as wide loses to rounding, ten times as wide to the bend; worst of ten, as noise is.
    def error(h):
        return max(abs(quotient(f, x, h * (1 + i / 17)) / slope - 1) for i in range(10))

    best = error(best_step(x, n))
    assert best < 30 * EPSILON ** (n / (n + 1))
    assert best < error(best_step(x, n) / 100)
    assert best < error(best_step(x, n) * 100 ** (1 / n))
    assert abs(quotient(f, x) / slope - 1) < 30 * EPSILON ** (n / (n + 1))


def test_the_step_really_taken_is_what_counts():
    # 0.1 + 1e-10 is not a float, and neither is 0.1: the quotient of a line is exact all the same.
    assert forward_difference(lambda x: 3 * x, 0.1, 1e-10) == pytest.approx(3, rel=1e-5)
    assert forward_difference(lambda x: x, 0.1, 1e-10) == 1.0
    assert central_difference(lambda x: x, 0.1, 1e-10) == 1.0


@pytest.mark.parametrize(
    ("quick", "offsets"), [(forward_difference, (0, 1)), (central_difference, (-1, 1))]
)
@pytest.mark.parametrize("h", [0.5, 2.0**-10, 2.0**-20])
def test_the_two_differences_are_stencils(quick, offsets, h):
    for f in (math.exp, math.sin, lambda x: x**3):  # 1 + h is a float: the same to the last bit
        assert quick(f, 1.0, h) == stencil_difference(f, 1.0, h, offsets)
        assert quick(f, 1.0) == pytest.approx(stencil_difference(f, 1.0, None, offsets), rel=1e-7)
