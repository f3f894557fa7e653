"""The ladder: where it looks, what it counts, and how much noise it sees."""

import math
import random

import pytest

from mathlab import numeric
from mathlab.calculus.numeric.difference import EPSILON
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
    assert ladder(math.exp, 1e-9, scale=1e-6).top == 2.0**-20  # it is not left behind


@pytest.mark.parametrize(("x", "scale", "first", "last"), [  # as powers of two
    (1.0, None, -52, -1), (-1.0, None, -52, -1), (0.0, None, -52, -1), (5.0, None, -50, 1),
    (1.0, 0.5, -52, -1), (1.0, 0.49, -52, -4), (1.0, 1e-3, -52, -10), (1.0, 8.0, -49, 2)])
def test_the_rungs_are_eight_times_as_wide_each(x, scale, first, last):
    probe = ladder(lambda x: x, x, scale)
    assert probe.steps == [2.0**k for k in range(first, last + 1, 3)]
    assert probe.top == 2.0 ** math.floor(math.log2(scale or abs(x) or 1))


@pytest.mark.parametrize(("x", "stride", "last"), [  # as powers of two
    (-23, 3, 0), (-24, 3, -1), (-33, 5, -4), (-65, 9, -3), (-200, 25, -1)])
@pytest.mark.parametrize("sign", [-1, 1])
def test_from_a_tiny_x_no_more_than_eight_strides_lead_on_to_1(x, stride, last, sign):
    steps = [2.0**k for k in range(x - 52, x, 3)]  # up to 2**(x - 1)
    steps += [2.0**k for k in range(x - 1 + stride, last + 1, stride)]
    for f in (lambda x: 1.0, lambda x: 1.0 + x):  # flat as far as one can see from here
        assert ladder(f, sign * 2.0**x).steps == steps and steps[-1] == 2.0**last


def test_what_is_known_about_x():
    probe = ladder(lambda x: 4 - x if x < 1.9 else -9.0, 1.0, scale=1.0)  # up to 1/2 on both sides
    assert probe.rounding(0.5) == 3.5 * EPSILON + 5e-324 == probe.noise_at(0.5)
    assert (probe.size(0.5), probe.size(0.25)) == (3.5, 3 + 1 / 16)  # seen at 1/2 and at 1/16
    assert probe.size(2.0**-49) == 3 + 2**-49
    assert probe.steepest() == 1.0
    assert probe.f(1.0) == -9.0 and probe.size() == 9.0 and probe.size(0.9) == 3.5
    assert probe.rounding(1.0) == 9 * EPSILON + 5e-324
    half = ladder(lambda x: math.sqrt(x) if x != 0.5 else math.nan, 1.0, noise=0.01)
    assert half.rounding(0.5) == pytest.approx(0.01 * math.sqrt(1.5), rel=1e-15)
    assert ladder(lambda x: {2.0: -3.0}[x], 2.0).size() == 3.0


def test_noise_at_a_step_is_that_of_the_rung_below():
    probe = ladder(math.exp, 1.0)
    assert probe.noise == sorted(probe.noise) and probe.noise[0] < probe.noise[-1]
    for h, noise in zip(probe.steps, probe.noise, strict=True):
        assert probe.noise_at(h) == probe.noise_at(1.9 * h) == noise
    assert probe.noise_at(0.0) == probe.noise[0] and probe.noise_at(9.0) == probe.noise[-1]


@pytest.mark.parametrize(("side", "slope", "bend"), [("left", 1, -18), ("right", 1, 18),
                                                     ("central", 1, 0)])
def test_quotients_of_a_cube_at_0(side, slope, bend):
    """From 0 to h it rises by h**2 on average, and from h to 8*h that grows by 63*h**2."""
    probe = ladder(lambda x: x**3, 0.0)
    steps = [2.0**-k for k in (9, 6, 3, 0)]
    assert probe.quotients(1, side, steps) == [(h, slope * h * h) for h in steps]
    bends = probe.quotients(2, side, steps)
    assert bends == [(h, bend * h) for h in (steps if side == "central" else steps[:-1])]
    assert len(probe.quotients(1, side)) == len(probe.steps)


#   f, x, and how far its slope and its second derivative may be off, in units of EPSILON
LINES = [
    (lambda x: 1.0, 1.0, 2, 8),  # values are off by 1, with steps up to 1
    (lambda x: x, 1.0, 7, 28),  # values by 1.5 up to the rung at 1/2; x + h by 2, with a step of 1
    (lambda x: 4 - x, 1.0, 11, 44),  # values by 3.5, and x + h by 2
    (lambda x: 2 * x, 4.0, 14, 14),  # values by 12, and x + h by 2*8; steps up to 4
    (lambda x: 2 * x, -4.0, 14, 14),
    (lambda x: x, 0.0, 4, 12),  # values by 1/2, and h itself by 1/2; of the bend, with a step of 1
]


@pytest.mark.parametrize(("f", "x", "slope_off", "bend_off"), LINES)
def test_a_line_is_off_by_rounding_alone(f, x, slope_off, bend_off):
    """By 2*(values + slope*(|x| + h))*EPSILON/h; the second derivative, by 4 times that, over h."""
    found, bend = numeric.derivative(f, x), numeric.second_derivative(f, x)
    assert (found.value, found.error / EPSILON) == (f(1.0) - f(0.0), slope_off)
    assert (bend.value, bend.error / EPSILON) == (0.0, bend_off)
    assert (found.evaluations, bend.evaluations) == (37 if x == 0 else 39, 39)


@pytest.mark.parametrize(("x", "noise", "slope_off"), [(1.0, 1e-6, 3e-6), (4.0, 1e-6, 12e-6 / 4)])
def test_a_line_whose_noise_is_announced(x, noise, slope_off):
    found = numeric.derivative(lambda x: x, x, relative_noise=noise)
    assert found.error == pytest.approx(slope_off, rel=1e-9)


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


class Rising:
    """A function that is 0 at 0. From rung to rung it leaves its straight line by these heights."""

    def __init__(self, heights, left=None, ratio=8):
        self.values = {0.0: 0.0}
        for sign, rises in ((1, heights), (-1, left or [])):
            slope, h = 0.0, 2.0**-52
            for rise in [*rises, 0.0]:
                self.values[sign * h] = slope * h
                slope, h = slope + rise / h, ratio * h

    def __call__(self, x):
        return self.values[x]


def padded(*heights, then):
    """So many rungs as there are: each further height is `then` times the one before."""
    rises = list(map(float, heights))
    while len(rises) < 17:
        rises.append(rises[-1] * then)
    return rises


@pytest.mark.parametrize(("heights", "noise", "tread"), [
    (padded(0, then=1), 1.0, None),
    (padded(4, then=1), 1.0, None), (padded(5, then=1), 1.0, (0, 5, True)),  # more than 4 roundings
    (padded(5, then=1), 1.25, None), (padded(5, then=1), 1.2, (0, 5, True)),
    (padded(0, 0, 5, then=1), 1.0, (2, 5, False)),  # level, as rounding is
    (padded(*[0] * 12, 5, then=1), 1.0, (12, 5, True)),  # level, but too high for rounding
    (padded(0, 0, 100, 100, 109, then=1), 1.0, (2, 100, False)),
    (padded(0, 0, 100, 100, 110, then=1), 1.0, (2, 100, True)),
    (padded(*[0] * 14, 5, then=1), 1.0, (14, 5, False)),  # too few to tell of a law
    (padded(0, 0, 10, then=2), 1.0, (2, 10, True)),  # a law: each is twice the last
    (padded(0, 0, 10, 20, 40, 80, 184, then=8), 1.0, (2, 10, True)),
    (padded(0, 0, 10, 20, 40, 80, 192, then=8), 1.0, (2, 10, False)),
    (padded(0, 0, 10, 20, 40, 100, then=8), 1.0, (2, 10, False)),
    (padded(0, 0, 5, 0, 5, then=1), 1.0, (2, 5, False)),
    (padded(0, 0, 10, then=8), 1.0, None), (padded(10, then=8), 1.0, None),  # as x*log(x)
    (padded(0, 0, 10, then=64), 1.0, None),  # and as a bend
    (padded(0, 0, 10, then=6.7), 1.0, None), (padded(0, 0, 10, then=6.5), 1.0, (2, 10, True)),
    (padded(0, 0, 10, 80, then=1), 1.0, (3, 80, False)),  # risen once
    (padded(0, 0, 10, 80, 640, then=1), 1.0, None),  # risen twice: a bend
    (padded(0, 0, 10, 67, 450, then=1), 1.0, None),
    (padded(10, 80, then=1), 1.0, (1, 80, False)),
    (padded(0, 4, 32, 256, then=1), 1.0, (3, 256, False)),  # the first of these was not felt
    (padded(0, 0, 4096, then=8), 1.0, None), (padded(0, 0, 4097, then=8), 1.0, (2, 4097, True)),
    (padded(0, 3, 12_288, then=8), 1.0, None),
    (padded(0, 3, 12_289, then=8), 1.0, (2, 12_289, True)),
    (padded(2049, then=8), 0.5, (0, 2049, True)),  # it leaps
    (padded(0, 0, 4097, then=21), 1.0, (2, 4097, True)),
    (padded(0, 0, 4097, then=22), 1.0, (2, 4097, False))])  # too steep for a law
def test_the_first_tread_on_one_side(heights, noise, tread):
    assert Ladder(Rising(heights), 0.0, 0.0)._first_tread("right", noise) == tread


@pytest.mark.parametrize(("heights", "tread"), [
    ([0, 0, 10, 100, 1000, 1000, 1000, 1000], 1000),  # x*log(x) grows 64 times
    ([0, 0, 10, 640, 40_960, 40_960, 40_960, 40_960], None),
    ([0, *(10.0**k for k in range(4, 12))], None), ([0, 1.6e7, 1.6e8, 1.6e9, 1.6e10], None),
    ([0, 1.7e7, 1.7e8, 1.7e9], 1.7e7)])  # more than 64**4: it leaps
def test_the_first_tread_where_strides_are_wider(heights, tread):
    probe = Ladder(lambda x: 0.0, 0.0, 0.0)
    probe.f = Neighbourhood(Rising(heights, ratio=64), 0.0, 0.0)
    probe.steps = [2.0**-52 * 64**k for k in range(len(heights) + 1)]
    found = probe._first_tread("right", 1.0)
    assert (found and found.height) == tread


UNEVEN = [5.0, 15.0] * 8 + [5.0]


@pytest.mark.parametrize(("right", "left", "tread", "is_stair"), [
    (padded(0, 0, 5, then=1), padded(0, 0, 5, then=1), 20, False),  # four times, to be safe
    (padded(0, 0, 5, then=1), padded(0, 0, 30, then=1), 120, False),
    (padded(0, 0, 5, then=1), padded(0, 0, 50, then=1), 160, False),  # the lower, eight times
    (padded(0, 0, 50, then=1), padded(0, 0, 5, then=1), 160, False),
    (padded(0, 0, 5, then=1), padded(0, then=1), 0, False),  # it does not show on both sides
    (padded(0, 0, 5, then=2), padded(0, 0, 5, then=2), 0, False),  # both follow a law
    (padded(0, 0, 5, then=1), padded(0, 0, 5, then=2), 20, False),
    (padded(0, 0, 5, then=2), padded(0, 0, 5, then=1), 20, False),
    (padded(0, 0, 0, 1, then=1), padded(0, then=1), 0, True),  # flat on the four lowest rungs
    (padded(0, 0, 1, then=1), padded(0, then=1), 0, False),
    (padded(0, then=1), padded(0, 0, 1, then=1), 0, False),
    (padded(0, 5, 500, then=1), padded(0, 5, 500, then=1), 2000, False),
    (padded(0, 0, 1e6, then=1), padded(0, 5, 5000, then=1), 160_000, False),
    (padded(0, 1e6, then=1), padded(5, 5000, then=1), 0, False),  # ever higher, rung by rung
    (padded(0, 0, 0, 1, then=1), padded(0, 0, 0, 1, then=1), 4, False),  # flat up to there
    ([0] * 12 + UNEVEN[:5], [0] * 12 + UNEVEN[:5], 0, True),  # so high that it is meant
    (padded(0, 0, *[5] * 6, 150, then=1), padded(0, 0, *[5] * 6, 150, then=1), 600, False),
    (padded(*UNEVEN[:8], then=1), padded(*UNEVEN[:8], then=1), 20, False),
    (padded(*UNEVEN[:8], 150, then=1), padded(*UNEVEN[:8], 150, then=1), 0, False)])  # from 0 on
def test_a_tread_must_show_on_both_sides(right, left, tread, is_stair):
    probe = Ladder(Rising(right, left), 0.0, 0.0)
    assert (probe.tread, probe.is_stair) == (tread, is_stair)


def test_with_treads_a_shifted_argument_is_added():
    """By 64 roundings of the widest step, times how much the slope changes: of x**2, by 2."""
    probe = ladder(lambda x: x * x, 1.0)
    slope, bend = probe.climb(1, "central")[0], probe.climb(2, "central")[0]
    probe.tread = 1e-300
    shifted = probe.climb(1, "central")[0]
    assert shifted == slope._replace(error=slope.error + 64 * EPSILON * 2)
    assert probe.climb(2, "central")[0] == bend


def test_a_staircase_is_flat_at_its_finest():
    assert not ladder(lambda x: round(math.sin(x), 8), 1.0).is_stair  # so fine that it is rounding
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
