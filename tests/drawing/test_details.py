"""Seldom cases of the drawing, by hand: what lies on an edge, has no place, or is alone."""

import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from mathlab.drawing.charts.axis import Axis
from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.levels import levels
from mathlab.drawing.charts.log_axis import LogAxis
from mathlab.drawing.charts.sampling import _runs
from mathlab.drawing.charts.series import Arrows, Bars, as_float
from mathlab.drawing.charts.svg import Box
from mathlab.drawing.graphs.wires import _better_above, _nearest_free
from mathlab.drawing.paper.screen import columns
from mathlab.drawing.paper.shapes import APART, heads, thinned


@pytest.mark.parametrize(("tick", "text"), [
    (1000.0, "1000"), (10_000.0, "10,000"), (100_000.0, "100,000"), (1e6, "1e+06")])
def test_where_a_tick_of_a_log_axis_has_commas(tick, text):
    assert LogAxis(1.0, 1e9).labels([tick]) == [text]


@pytest.mark.parametrize(("values", "ends"), [
    ([1, 100], (1, 100)), ([3, 70], (2, 100)), ([-1, 0], (1, 10)), ([5], (2, 10))])
def test_the_ends_of_a_log_axis(values, ends):
    axis = LogAxis.covering(values)
    assert axis.low <= min((v for v in values if v > 0), default=1)
    assert axis.high >= max(values)
    assert (axis.low, axis.high) == pytest.approx(ends)


@pytest.mark.parametrize(("other", "meets"), [
    (Box(10, 0, 20, 10), False), (Box(0, 10, 10, 20), False), (Box(9, 9, 20, 20), True),
    (Box(-10, 0, 0, 10), False), (Box(0, -10, 10, 0), False), (Box(2, 2, 3, 3), True)])
def test_boxes_that_only_touch_have_no_room_in_common(other, meets):
    box = Box(0, 0, 10, 10)
    assert box.meets(other) is other.meets(box) is meets


@pytest.mark.parametrize(("one", "other", "above"), [
    ((2, 8), (1, 5), True), ((1, 5), (2, 8), False),    # both go right
    ((5, 1), (8, 2), True), ((8, 2), (5, 1), False),    # both go left
    ((5, 1), (5, 2), False), ((2, 8), (2, 5), False), ((8, 2), (8, 1), False),
    ((5, 8), (2, 5), True), ((5, 1), (8, 5), True),     # one starts where the other ends
    ((2, 8), (8, 2), False), ((8, 2), (2, 8), False)])
def test_of_two_wires_that_overlap_one_has_to_be_above(one, other, above):
    assert _better_above(one, other) is above


def test_wires_that_overlap_are_not_both_above():
    ends = [(a, b) for a in range(5) for b in range(5) if a != b]
    assert not any(_better_above(one, other) and _better_above(other, one)
                   for one in ends for other in ends)


@pytest.mark.parametrize("number", [10**400, -(10**400)])
def test_numbers_beyond_all_floats(number):
    assert as_float(number) == (math.inf if number > 0 else -math.inf)


def test_what_is_no_number_at_all():
    class Signalling:
        def __float__(self):
            raise ValueError

    assert math.isnan(as_float(Signalling()))


def test_a_single_bar_is_as_wide_as_four_fifths_of_1():
    (corners,) = Bars([5], [2]).areas
    assert [x for x, _ in corners] == [4.6, 5.4, 5.4, 4.6]


@pytest.mark.parametrize(("x_log", "y_log", "without"), [
    (False, False, 0), (True, False, 1), (False, True, 2), (True, True, 3)])
def test_arrows_without_a_place_on_a_log_axis(x_log, y_log, without):
    arrows = Arrows(x=[-1, 1, 1, 2], y=[1, -1, 1, 2], dx=[1, 1, 1, 1], dy=[1, 1, -3, 1])
    assert arrows.without_place(x_log, y_log) == without


@pytest.mark.parametrize(("heights", "found"), [
    ([], []), ([2.0, 2.0], []), ([float(i) for i in range(11)], [1, 2, 3, 4, 5, 6, 7, 8, 9])])
def test_levels_between_even_heights(heights, found):
    assert levels(heights, 9) == found


def test_levels_of_a_valley_and_of_a_hill():
    valley = sorted(float(x * x) for x in range(200))
    rounds = levels(valley)
    assert rounds == sorted(rounds) and len(rounds) <= 8
    assert levels([-z for z in reversed(valley)]) == [-z for z in reversed(rounds)]


def test_a_curve_is_cut_where_it_leaves_the_picture_on_its_way_to_a_pole():
    axis = Axis(-15.0, 15.0)
    samples = [(i / 10, i / 10, 1 / (i / 10 - 0.55)) for i in range(11)]
    runs = _runs(samples, [5, 6], axis)
    (before, after) = runs  # 0.4 and 0.5 are joined up to where the line crosses -15
    assert before[:-1] == [(x, y) for _, x, y in samples[:5]] and before[-1][1] == -15
    assert before[-1][0] == pytest.approx(0.4 + 0.1 * (15 - 1 / 0.15) / (20 - 1 / 0.15))
    assert after[1:] == [(x, y) for _, x, y in samples[7:]] and after[0][1] == 15


def test_heads_along_a_walk_are_well_apart():
    steps = [(30.0 * i, 0.0) for i in range(21)]  # 600 pixels in 20 steps
    tips = [head[1][0] for head in heads(steps)]
    assert tips and all(after - before >= APART for before, after in pairwise(tips))
    assert len(tips) <= 600 / APART


def test_dots_on_one_spot_are_one_line():
    spot = [(5.0, 5.0), (5.01, 5.0), (5.02, 5.0), (5.03, 5.0)]
    assert thinned(spot) == [spot[0], spot[-1]]
    assert thinned(spot[:1]) == spot[:1]


@pytest.mark.parametrize(("start", "taken", "column"), [
    (3, {1, 2, 3, 5}, 4), (5, {1, 2, 4, 5, 6}, 3), (5, {4, 5}, 6), (1, {1, 2, 3}, 4)])
def test_the_nearest_free_column(start, taken, column):
    assert _nearest_free(start, taken) == column


def test_a_map_takes_numbers_of_any_kind():
    found = Contours(lambda x, y: x + y, (Fraction(1, 2), Decimal(2)), (0, 1))
    assert found.x_range == (0.5, 2.0) and {type(x) for x in found.x_range} == {float}


@pytest.mark.parametrize(("low", "high", "count", "ticks"), [
    (1, 10, 5, [1, 2, 5, 10]), (1, 1e6, 3, [1, 100, 1e4, 1e6]), (1.5, 6, 5, [2, 5]),
    (3, 4, 2, [3, 3.5, 4])])
def test_ticks_of_a_log_axis(low, high, count, ticks):
    assert LogAxis(low, high).ticks(count) == ticks


@pytest.mark.parametrize(("asked", "width"), [(39, 40), (40, 40), (41, 41), (1000, 1000)])
def test_the_width_that_is_asked_for(asked, width):
    assert columns(asked) == width
