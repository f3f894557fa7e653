"""The ladder: where it looks, what it counts, and how much noise it sees."""

import math
import random

import pytest

from mathlab import numeric
from mathlab.calculus.numeric.extrapolate import settled
from mathlab.calculus.numeric.ladder import Ladder, Neighbourhood


def ladder(f, x, scale=None, noise=0.0):
    return Ladder(f, x, f(x), scale, noise)


@pytest.mark.parametrize("x", [1.0, -3.7, 1e-5, 1e300, -1e-300, 123456.789, math.pi])
def test_steps_lead_from_the_last_digit_to_x(x):
    steps = ladder(lambda x: x, x).steps
    assert steps[0] == math.ulp(x)
    assert abs(x) / 8 < steps[-1] <= abs(x) or steps[-1] <= 1.0  # a tiny x may be left behind
    assert all(math.frexp(h)[0] == 0.5 for h in steps)  # powers of two: x + h is exact
    assert x + steps[0] != x != x - steps[0]


def test_scale_is_the_top():
    for x in (0.0, 1.0, 1e-9):
        assert 1e-3 / 8 < ladder(math.sin, x, scale=1e-3).steps[-1] <= 1e-3
    assert 1 / 8 < ladder(math.sin, 0.0).steps[-1] <= 1


def test_a_tiny_x_is_left_behind_while_that_helps():
    assert ladder(math.exp, 1e-9).steps[-1] > 1e-3
    assert ladder(math.log, 1e-9).steps[-1] <= 1e-9  # it bends on the scale of x
    assert ladder(lambda x: math.sin(1e9 * x), 1e-9).steps[-1] < 1e-7


def test_a_side_is_closed_from_the_first_missing_value_on():
    asked = []

    def f(x):
        asked.append(x)
        return math.sqrt(x)

    near = Neighbourhood(f, 1.0, y=1.0)
    assert [near(-h) for h in (0.5, 0.75)] == [math.sqrt(0.5), 0.5]
    assert math.isnan(near(-2.0))
    assert math.isnan(near(-4.0))  # not asked again
    assert math.isnan(near(-2.0))
    assert near(-0.5) == math.sqrt(0.5)  # nor this one
    assert asked == [0.5, 0.25, -1.0]
    assert near(8.0) == 3.0  # the other side is open
    assert near.evaluations == 5  # with the one at x


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 1j, None, "text"])
def test_what_is_no_number_is_no_value(bad):
    assert math.isnan(Neighbourhood(lambda x: bad, 1.0, 0.0)(0.5))


@pytest.mark.parametrize("error", [ValueError, ZeroDivisionError, OverflowError, KeyError])
def test_what_raises_has_no_value(error):
    def f(x):
        raise error

    assert math.isnan(Neighbourhood(f, 1.0, 0.0)(0.5))


def test_ctrl_c_is_not_swallowed():
    def f(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Neighbourhood(f, 1.0, 0.0)(0.5)


def test_beyond_the_floats_nobody_asks():
    near = Neighbourhood(lambda x: 0.0, 1e308, 0.0)
    assert math.isnan(near(1e308))
    assert near.evaluations == 1


@pytest.mark.parametrize("amplitude", [1e-3, 1e-6, 1e-10])
def test_noise_is_measured(amplitude):
    def f(x):  # the same noise for the same x
        return math.sin(x) + amplitude * random.Random(x).uniform(-1, 1)

    assert amplitude / 10 < ladder(f, 1.0).noise_at(1e-9 ** (1 / 3) * amplitude) < amplitude * 3


@pytest.mark.parametrize("f", [math.exp, math.sin, lambda x: x**3, math.atan])
def test_a_smooth_function_has_no_more_noise_than_rounding(f):
    assert ladder(f, 1.0).noise_at(0.01) < 8e-16


def test_noise_that_is_announced_is_believed():
    assert ladder(math.sin, 1.0, noise=1e-4).noise_at(1e-16) == pytest.approx(1e-4 * math.sin(1))


def test_a_staircase_is_flat_at_its_finest():
    assert ladder(math.floor, 2.5).is_stair
    assert not ladder(lambda x: math.log(1 + x), 0.01).is_stair
    assert not ladder(math.sin, 1.0).is_stair


@pytest.mark.parametrize(
    ("f", "x", "low", "high"),
    [
        (lambda x: math.log(1 + x), 0.01, 2e-17, 5e-16),  # 1 + x is rounded to 2.2e-16
        (lambda x: 1 - math.cos(x), 0.01, 1e-17, 3e-16),  # the cosine, to 1.1e-16
        (lambda x: x - math.log(1 + x), 0.01, 2e-17, 5e-16),  # linear between the treads
        (lambda x: math.atan(x) - x, 0.05, 1e-18, 5e-17),  # x and its angle step together, and then
        (lambda x: math.asin(x) - x, 0.28, 1e-17, 5e-16),  # the treads are as high on every rung
        (lambda x: (1e6 + x) - 1e6, 1.0, 1e-11, 3e-10),
        (lambda x: round(math.sin(x), 8), 1.0, 1e-9, 3e-8),
        (lambda x: (math.exp(x) - 1) + ((100 + x) - 100), 1e-5, 1e-15, 4e-14),  # the higher of two
        (math.floor, 2.5, 0, 0),  # treads that are meant
        (lambda x: round(x, 2), 3.0, 0, 0),
        (lambda x: abs(x - 1), 1 + 1e-9, 0, 0),  # a kink, to the left alone
        (lambda x: max(abs(x) - 1e-8, 0.0), 0.0, 0, 0),  # to both sides, but by a law
        (lambda x: x + 1e-6 * math.sin(1e5 * x), 1.0, 0, 1e-15),  # bends, rung by rung
        (lambda x: x * math.sin(1 / x) if x else 0.0, 0.0, 0, 0),
        (lambda x: abs(x) ** 0.5, 0.0, 0, 0),
        (lambda x: 100 + math.cbrt(x - 1), 1.0, 0, 1e-13),
        (math.sin, 1.0, 0, 4e-16),
    ],
)
def test_treads_that_rounding_makes_are_told_from_what_is_meant(f, x, low, high):
    assert low <= ladder(f, x).tread <= high


@pytest.mark.parametrize("side", ["left", "central", "right"])
def test_slopes_and_bends_of_a_parabola(side):
    probe = ladder(lambda x: 3 * x * x, 2.0)
    shift = {"left": -1, "central": 0, "right": 1}[side]
    for h, slope in probe.quotients(1, side)[5:]:
        assert slope == pytest.approx(12 + 3 * shift * h, rel=1e-3)
    for h, bend in probe.quotients(2, side)[10:]:
        assert bend == pytest.approx(6, abs=1e-13 / h**2)


@pytest.mark.parametrize("f", [math.exp, math.sin, lambda x: x**3, math.atan, lambda x: 1 / x])
@pytest.mark.parametrize(("order", "digits"), [(1, 1e-9), (2, 1e-5)])
def test_a_climb_ends_near_where_the_quotients_settle(f, order, digits):
    probe = ladder(f, 1.3)
    best, _ = probe.climb(order, "central")
    assert settled(probe.quotients(order, "central")) == pytest.approx(best.value, rel=digits)
    assert best.error < digits / 100


#   f, and its first and second derivative
KNOWN = {
    "exp":        (math.exp, math.exp, math.exp),
    "sin":        (math.sin, math.cos, lambda x: -math.sin(x)),
    "cube":       (lambda x: x**3, lambda x: 3 * x * x, lambda x: 6 * x),
    "atan":       (math.atan, lambda x: 1 / (1 + x * x), lambda x: -2 * x / (1 + x * x) ** 2),
    "1/x":        (lambda x: 1 / x, lambda x: -1 / x**2, lambda x: 2 / x**3),
    "log":        (math.log, lambda x: 1 / x, lambda x: -1 / x**2),
    "sqrt":       (math.sqrt, lambda x: 0.5 / math.sqrt(x), lambda x: -0.25 / x**1.5),
    "log(1 + x)": (lambda x: math.log(1 + x), lambda x: 1 / (1 + x), lambda x: -1 / (1 + x) ** 2),
    "1 - cos":    (lambda x: 1 - math.cos(x), math.sin, math.cos),
    "far away":   (lambda x: (x + 1e6) - 1e6, lambda x: 1.0, lambda x: 0.0),
    "fast":       (lambda x: math.sin(1e4 * x), lambda x: 1e4 * math.cos(1e4 * x),
                   lambda x: -1e8 * math.sin(1e4 * x)),
}
# Of the slope and of the second derivative: the error bar at most, a tenth above what it is in
# Python 3.11 and 3.13, and the evaluations.
BARS = [
    ("exp",         0.0,    3.7e-14, 49,    2e-12, 49),
    ("exp",         1e-09,  1.4e-13, 63,  1.2e-10, 63),
    ("exp",         1e-05,  4.1e-14, 61,    5e-12, 61),
    ("exp",         0.3,    1.5e-13, 49,  1.3e-11, 51),
    ("exp",         1.0,    1.7e-13, 49,  7.9e-12, 49),
    ("exp",         100.0,  9.7e+31, 49,  2.4e+33, 53),
    ("sin",         0.0,    9.8e-16, 37,  2.9e-15, 39),
    ("sin",         1e-09,    2e-15, 39,  8.2e-06, 39),
    ("sin",         1e-05,  6.6e-15, 43,  1.2e-09, 43),
    ("sin",         0.3,    4.4e-14, 49,  3.4e-12, 51),
    ("sin",         1.0,    5.5e-14, 49,  1.9e-12, 51),
    ("sin",         100.0,  3.6e-12, 49,  1.2e-11, 49),
    ("cube",        0.0,    1.2e-16, 49,    2e-15, 51),
    ("cube",        1e-09,  3.7e-32, 47,  1.4e-22, 47),
    ("cube",        1e-05,  3.9e-24, 47,  1.7e-18, 47),
    ("cube",        0.3,    3.4e-15, 47,  5.6e-14, 47),
    ("cube",        1.0,    2.4e-14, 47,  3.4e-14, 47),
    ("cube",        100.0,  2.6e-10, 47,  5.3e-12, 47),
    ("atan",        0.0,    9.8e-16, 37,  2.9e-15, 39),
    ("atan",        1e-09,    2e-15, 39,  8.2e-06, 39),
    ("atan",        1e-05,  1.9e-13, 41,  1.1e-09, 43),
    ("atan",        0.3,    8.1e-14, 49,  6.7e-12, 51),
    ("atan",        1.0,    7.4e-14, 49,    2e-10, 51),
    ("atan",        100.0,  9.3e-16, 49,  1.3e-15, 51),
    ("1/x",         1e-09,  1.8e+05, 51,  6.1e+16, 51),
    ("1/x",         1e-05,   0.0023, 51,  3.9e+04, 51),
    ("1/x",         0.3,      2e-12, 51,  1.6e-09, 51),
    ("1/x",         1.0,    1.7e-13, 49,  7.3e-11, 51),
    ("1/x",         100.0,  1.7e-17, 49,  5.3e-17, 51),
    ("log",         1e-09,   0.0029, 49,  3.5e+08, 49),
    ("log",         1e-05,    7e-08, 51,      2.4, 51),
    ("log",         0.3,    5.2e-13, 51,  3.2e-10, 51),
    ("log",         1.0,    7.8e-14, 49,  1.7e-11, 51),
    ("log",         100.0,  3.6e-15, 49,    5e-15, 49),
    ("sqrt",        1e-09,    3e-09, 51,  4.7e+02, 51),
    ("sqrt",        1e-05,  2.5e-11, 51,  0.00075, 51),
    ("sqrt",        0.3,    1.3e-13, 51,  1.1e-10, 51),
    ("sqrt",        1.0,    7.8e-14, 49,  1.3e-11, 51),
    ("sqrt",        100.0,  8.6e-15, 49,  9.9e-15, 49),
    ("log(1 + x)",  0.0,    1.2e-15, 37,  1.9e-12, 49),
    ("log(1 + x)",  1e-09,  5.3e-14, 63,  2.7e-07, 63),
    ("log(1 + x)",  1e-05,  1.8e-13, 61,  1.2e-11, 65),
    ("log(1 + x)",  0.3,    1.2e-13, 49,  9.4e-12, 51),
    ("log(1 + x)",  1.0,    4.7e-14, 49,    4e-12, 49),
    ("log(1 + x)",  100.0,  4.1e-15, 49,  4.3e-15, 49),
    ("1 - cos",     0.0,    1.5e-14, 39,  1.7e-12, 47),
    ("1 - cos",     1e-09,  3.4e-13, 55,  6.6e-11, 63),
    ("1 - cos",     1e-05,    2e-14, 61,  1.2e-12, 61),
    ("1 - cos",     0.3,    6.4e-14, 49,  7.4e-12, 51),
    ("1 - cos",     1.0,    3.8e-14, 49,  1.6e-12, 49),
    ("1 - cos",     100.0,  1.9e-12, 49,  4.2e-11, 53),
    ("far away",    0.0,    5.1e-10, 39,    2e-09, 39),
    ("far away",    1e-09,  4.1e-09, 51,  1.3e-07, 51),
    ("far away",    1e-05,  1.3e-10, 49,  5.1e-10, 49),
    ("far away",    0.3,    2.2e-10, 39,    9e-10, 39),
    ("far away",    1.0,    5.1e-10, 39,    2e-09, 39),
    ("far away",    100.0,    8e-12, 39,    5e-13, 39),
    ("fast",        0.0,    9.8e-12, 37,  4.8e-08, 41),
    ("fast",        1e-09,  1.4e-09, 41,    0.089, 43),
    ("fast",        1e-05,  2.8e-10, 47,   0.0025, 47),
    ("fast",        0.3,    2.2e-07, 49,    0.029, 49),
    ("fast",        1.0,    7.4e-07, 49,      0.1, 49),
    ("fast",        100.0,  0.00012, 49,  2.9e+03, 49),
]


@pytest.mark.parametrize(("name", "x", "bar", "evaluations", "bend_bar", "bend_evaluations"), BARS)
def test_error_bars_hold_and_are_as_short_as_they_were(
        name, x, bar, evaluations, bend_bar, bend_evaluations):
    f, slope, bend = KNOWN[name]
    for found, true, most, times in (
            (numeric.derivative(f, x), slope(x), bar, evaluations),
            (numeric.second_derivative(f, x), bend(x), bend_bar, bend_evaluations)):
        assert abs(found.value - true) <= found.error <= most
        assert found.evaluations <= times
