"""Where there is no limit, and how one can see it."""

import math
import re

import pytest

from mathlab.calculus.numeric import limits
from mathlab.calculus.numeric.difference import EPSILON
from mathlab.calculus.numeric.extrapolate import NO_READING, Quotient, Reading
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
        (math.floor, 2.0, "derivative to the left of 2.0 grows without end, about as 1/h**2"),
        (lambda x: x * math.log(abs(x)) if x else 0.0, 0.0, "grows without end, about as 1/h**1"),
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
    reading, reason = verdict(lambda x: round(x, 2) + x, 3.0)  # 1, or from afar 2
    assert (reading.value, reason) == (1.0, "")
    assert reading.error == pytest.approx(1 + 0.09)


def test_a_slight_kink_is_part_of_the_error():
    reading, reason = verdict(lambda x: x / 3 + 1e-13 * abs(x), 0.0)
    assert reason == "" and 2e-13 < reading.error < 2.1e-13


def test_one_rounding_at_x_itself_does_not_bend_the_curve():
    reading, reason = verdict(lambda x: 1.0 if x == 1 else 1 + EPSILON, 1.0, order=2)
    assert reason == "" and abs(reading.value) <= reading.error < 1e-13


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


def no_neighbours(x):
    if x != 1:
        raise ValueError("nowhere else")
    return 2.0


@pytest.mark.parametrize(("f", "x", "reason"), [
    (lambda x: max(x / 3, 2 * x / 3), 0.0,
     r"the slope is 0\.3333 to the left and 0\.6667 to the right of 0\.0: a kink"),
    (lambda x: x / 3 + 1e-7 * abs(x), 0.0,  # as many digits as it takes to tell them apart
     r"the slope is 0\.3333332333 to the left and 0\.3333334333 to the right of 0\.0: a kink"),
    (lambda x: x / 3 + 1e-11 * abs(x), 0.0,
     r"the slope is 0\.333333333323\d{5} to the left and 0\.333333333343\d{5} to .*: a kink"),
    (lambda x: round(abs(x), 2), 0.0,  # a stair, and from afar two ramps
     r"the slope is -1 to the left and 1 to the right of 0\.0: a kink"),
    (no_neighbours, 1.0,
     r"too few values about 1\.0 to tell \(f raised ValueError: nowhere else\)"),
    (lambda x: 2.0 if x == 1 else math.nan, 1.0, r"too few values about 1\.0 to tell")])
def test_reasons_word_for_word(f, x, reason):
    assert re.fullmatch(reason, verdict(f, x)[1])


@pytest.mark.parametrize(("moves", "power"), [
    ([8.0, 1.0], 1), ([64.0, 1.0], 2), ([4.0, 2.0, 1.0], 1 / 3), ([-4.0, -2.0, -1.0], 1 / 3),
    ([1.0, 1.0, 1.0], 0), ([5.0, 8.0, 12.8], math.log(0.625, 8)),
    ([5.0, 2.0, 1.0], math.log(2.5, 8)),
    ([1.0, 2.0, 4.0], None),  # halved each time: that leads to a limit
    ([6.0, 2.0, 1.0], None), ([1.0, -1.0, 1.0], None)])
def test_changes_that_grow_by_a_law(moves, power):
    assert limits._growth(moves) == (power if power is None else pytest.approx(power, abs=1e-12))


class Known:
    """What a ladder would know of a function, if these were its noise and its sizes."""

    is_stair, x = False, 0.0

    def __init__(self, tread=0.0, noise=0.0, rounding=None, near=1.0, all_over=1.0, **others):
        self.tread, self.near, self.all_over = tread, near, all_over
        self.noise_at = lambda h: noise
        self.rounding = lambda h: (rounding or {}).get(h, 0.0)
        vars(self).update(others)

    def size(self, h=math.inf):
        return self.all_over if h == math.inf else self.near


ALIKE = [1.0] * 6


@pytest.mark.parametrize(("heights", "moves", "known", "restless"), [
    (ALIKE, ALIKE, {}, True),
    ([1, 1, 1, 1, 0, 0], ALIKE, {}, True), ([1, 1, 1, 0, 0, 0], ALIKE, {}, False),  # most are seen
    (ALIKE, [1, 1, 1, 2, 2, 2], {}, True), (ALIKE, [1, 1, 1, 2.1, 1, 1], {}, False),  # they fade
    ([0.001] * 6, ALIKE, {}, False), ([0.0011] * 6, ALIKE, {}, True),  # a thousandth of the values
    ([0.001] * 6, ALIKE, {"near": 0.5}, False), ([0.0011] * 6, ALIKE, {"near": 0.5}, True),
    ([4.0] * 6, ALIKE, {"tread": 1.0}, False), ([4.1] * 6, ALIKE, {"tread": 1.0}, True),
    ([2**-13] * 3 + [3 * 2**-13] * 3, ALIKE, {"near": 0.01}, False),  # grown by no more than 3
    ([2**-13] * 3 + [3.1 * 2**-13] * 3, ALIKE, {"near": 0.01}, True),
    ([0.25] * 3 + [1.0] * 3, ALIKE, {"all_over": 0.25 / EPSILON}, False),  # no more than rounding
    ([1.25] * 3 + [5.0] * 3, ALIKE, {"all_over": 0.25 / EPSILON}, True)])
def test_changes_that_come_to_no_rest(heights, moves, known, restless):
    steps = [8.0**k for k in range(6)]
    assert limits._wiggles(Known(**known), steps, moves, heights) is restless


@pytest.mark.parametrize(("finest", "height", "known", "power"), [
    (0, [], {}, 1 / 3),
    (0, [], {"tread": 0.124}, 1 / 3), (0, [], {"tread": 0.125}, None),  # of 0.5 no more than 1/4
    (0, [], {"rounding": {8.0**5: 0.124}}, 1 / 3), (0, [], {"rounding": {8.0**5: 0.125}}, None),
    (0, [], {"rounding": {8.0**6: 1.0, 8.0**4: 1.0}}, 1 / 3),
    (0, [], {"x": -7.9 / EPSILON}, 1 / 3), (0, [], {"x": -8.0 / EPSILON}, None),
    (-1, [0.125], {}, 1 / 3), (-1, [0.0], {}, None), (-1, [0.032], {}, 1 / 3),
    (-1, [0.03], {}, None), (-1, [0.0], {"noise": 0.032}, 1 / 3),
    (-1, [0.0], {"noise": 0.03}, None),
    (-2, [0.0, 0.125], {}, None), (-2, [0.03125, 0.125], {}, 1 / 3)])
def test_a_law_must_stand_out_of_rounding_and_go_on(finest, height, known, power):
    """Slopes that double from rung to rung: the height that f rises by is 4**k/2, from 1/2 on."""
    quotients = [Quotient(8.0**k, 2.0**-k) for k in range(finest, 7)]
    heights = [*height, *(4.0**k / 2 for k in range(6))]
    found = limits._power(Known(**known), 1, quotients, heights)
    assert found == (power if power is None else pytest.approx(power))
    gap = [*quotients[:-1], Quotient(8.0**7, 2.0**-6)]
    assert limits._power(Known(**known), 1, gap, heights) is None


@pytest.mark.parametrize(("known", "may_be"), [
    ({}, True), ({"noise": 0.0009}, True), ({"noise": 0.001}, False),
    ({"noise": 0.0009, "near": 0.5, "all_over": 1.0}, False),
    ({"noise": 1.0, "is_stair": True}, True)])
def test_a_rival_may_be_right_if_only_rounding_lies_below_it(known, may_be):
    assert limits._may_be_right(Known(**known), Reading(1.0, 0.1, 8.0, 1.0)) is may_be
    assert not limits._may_be_right(Known(**known), NO_READING)
