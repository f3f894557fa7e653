"""Where there is no limit, and how one can see it."""

import math

import pytest

from mathlab.calculus.numeric.extrapolate import NO_READING
from mathlab.calculus.numeric.ladder import Ladder
from mathlab.calculus.numeric.limits import limit


def verdict(f, x, order=1):
    return limit(Ladder(f, x, float(f(x)), None, 0.0), order)


@pytest.mark.parametrize(
    ("f", "x", "words"),
    [
        (abs, 0.0, "the slope is -1 to the left and 1 to the right of 0.0: a kink"),
        (lambda x: max(x, 3.0), 3.0, "the slope is 0 to the left and 1 to the right"),
        (lambda x: abs(math.sin(x)) + x, 0.0, "the slope is 0 to the left and 2 to the right"),
        (lambda x: x + 1e-6 * abs(x - 1), 1.0, "is 0.999999 to the left and 1.000001 to the right"),
        (math.floor, 2.0, "f jumps by 1 to the left of 2.0"),
        (lambda x: 5 * (x > 1), 1.0, "f jumps by 5 to the right of 1.0"),
        (lambda x: math.copysign(1, x) if x else 0, 0.0, "f jumps by 1 to the left of 0.0"),
        (lambda x: 1.0 + 1e-6 * (x > 1), 1.0, "f jumps by 1e-06 to the right of 1.0"),
        (math.sqrt, 0.0, "to the right of 0.0 grows without end, about as 1/h**0.5"),
        (math.acos, 1.0, "to the left of 1.0 grows without end, about as 1/h**0.5"),
        (lambda x: math.cbrt(x), 0.0, "grows without end, about as 1/h**0.67"),
        (lambda x: 1e6 + math.cbrt(x - 1), 1.0, "grows without end, about as 1/h**0.67"),
        (lambda x: x * math.log(x) if x else 0, 0.0, "changes too slowly for floats to tell"),
        (lambda x: abs(x) ** 1.1, 0.0, "changes too slowly for floats to tell"),
        (lambda x: abs(x) ** 1.2, 0.0, "changes too slowly for floats to tell"),
        (lambda x: abs(x) ** 0.99, 0.0, "changes too slowly for floats to tell"),
        (lambda x: 1 / x if x else 0, 0.0, "f itself grows without end to the left of 0.0"),
        (lambda x: x * math.sin(1 / x) if x else 0, 0.0, "does not settle"),
        (lambda x: math.sin(1 / x) if x else 0, 0.0, "does not settle"),
        (lambda x: math.sqrt(abs(x)) * math.sin(1 / x) if x else 0, 0.0, "does not settle"),
        (lambda x: math.acos(math.cos(x)), 0.0, "the slope is -1 to the left and 1 to the right"),
        (lambda x: {1.0: 2.0}[x], 1.0, "too few values about 1.0 to tell (f raised KeyError: 0."),
        (lambda x: math.sin(1e9 * x), 1e9, "does not settle, down to steps of 1e-07"),
    ],
)
def test_no_limit_and_why(f, x, words):
    reading, reason = verdict(f, x)
    assert words in reason
    assert reading is NO_READING or "kink" in reason


@pytest.mark.parametrize(
    ("f", "x", "words"),
    [
        (lambda x: x * abs(x), 0.0, "the second derivative is -2 to the left and 2 to the right"),
        (abs, 0.0, ""),  # that is the first derivative's affair
        (lambda x: abs(x) ** 1.5, 0.0, "grows without end, about as 1/h**0.5"),
    ],
)
def test_no_second_derivative_and_why(f, x, words):
    assert words in verdict(f, x, order=2)[1]


@pytest.mark.parametrize(
    ("f", "x", "slope"),
    [
        (lambda x: x * x * math.sin(1 / x) if x else 0, 0.0, 0.0),  # wiggles, but they die out
        (lambda x: abs(x) ** 1.5, 0.0, 0.0),
        (lambda x: abs(x - 1), 1 + 1e-6, 1.0),  # near a kink is not at a kink
        (math.floor, 2.5, 0.0),
        (lambda x: math.sqrt(x) ** 3, 0.0, 0.0),  # from within
        (lambda x: math.pow(2 - x, 1.5), 2.0, 0.0),
        (lambda x: (x - 3) * math.sqrt(x - 3), 3.0, 0.0),
        (lambda x: math.acos(math.cos(x)), 1e-3, 1.0),  # a stair, and a kink nearby
        *((math.cos, k * math.pi, 0.0) for k in (-3, 1, 3, 4, 5, 24, 30, 40)),
        (lambda x: math.exp(math.sin(x)), 10.995574287564276, 0.0),  # at the top, 7/2 pi
        (math.lgamma, 2.0, 1 - 0.5772156649015329),  # noise as large as f, but only noise
        (lambda x: (x - 1e6) + 1e6, 1.0, 1.0),
        (lambda x: 1e16 + x, 1.0, 1.0),  # jumps, by rounding alone
    ],
)
def test_a_limit_after_all(f, x, slope):
    reading, reason = verdict(f, x)
    assert reason == ""
    assert abs(reading.value - slope) <= reading.error


def test_on_a_stair_the_error_bar_reaches_to_the_end_of_the_rivals():
    reading, reason = verdict(lambda x: round(x, 2), 3.0)
    assert (reading.value, reason) == (0.0, "")
    assert reading.error == pytest.approx(1 + 0.09)


def test_a_kink_has_the_mean_of_both_slopes():
    reading, _ = verdict(lambda x: max(x, 5 * x), 0.0)
    assert reading.value == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("f", "x", "slope"),
    [
        (lambda x: (1 - math.cos(x)) / x**2, 1e-4, -1e-4 / 12),  # smooth at its finest, yet wrong
        (lambda x: round(x, 6), 0.1234567, 1.0),  # flat at its finest
        (lambda x: 1 - math.cos(x), 1e-7, math.sin(1e-7)),
        (lambda x: math.log(1 + x), 1e-13, 1 / (1 + 1e-13)),
    ],
)
def test_two_stories_that_may_both_be_right_make_a_wide_error(f, x, slope):
    reading, reason = verdict(f, x)
    assert reason == ""
    assert abs(reading.value - slope) <= reading.error < 1e5
