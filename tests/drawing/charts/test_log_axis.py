"""An axis of powers of ten: places by logarithms, round ticks, nothing at 0 and below."""

import math
from itertools import pairwise

import pytest

from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.charts.log_axis import LogAxis
from mathlab.drawing.charts.marks import Guide
from mathlab.drawing.charts.series import Arrows, Band, Line, Points
from mathlab.drawing.charts.terminal import render


@pytest.mark.parametrize(
    ("low", "high", "value", "place"),
    [(1, 100, 1, 0), (1, 100, 10, 0.5), (1, 100, 100, 1), (1, 100, 1000, 1.5), (1, 100, 0.1, -0.5),
     (1e-300, 1e300, 1, 0.5), (2, 8, 4, 0.5), (1e-12, 1e-8, 1e-11, 0.25)],
)
def test_places(low, high, value, place):
    axis = LogAxis(low, high)
    assert axis.place(value) == pytest.approx(place, abs=1e-12)
    assert axis.number(place) == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize("value", [0, -1, -math.inf, math.nan])
def test_what_is_not_above_0_has_no_place(value):
    assert math.isnan(LogAxis(1, 10).place(value))


@pytest.mark.parametrize("ends", [(0, 1), (-1, 1), (1, 1), (2, 1), (1, math.inf), (math.nan, 1)])
def test_ends_that_are_none(ends):
    with pytest.raises(ValueError, match="an axis"):
        LogAxis(*ends)
    with pytest.raises(ValueError, match="an axis"):
        Chart(y_range=ends, y_log=True)


VALUES = [[3], [3, 3], [1, 1000], [0.5, 0.7], [99, 101], [1e-300, 1e300], [5e-324, 1.7e308],
          [1e-16, 1], [7e5, 8e5], [10], [1, 10]]


@pytest.mark.parametrize("values", VALUES)
def test_it_covers_the_values_and_ends_on_round_numbers(values):
    axis = LogAxis.covering(values)
    assert axis.low <= min(values) <= max(values) <= axis.high
    assert axis.high < math.inf
    if values[0] < 1e-307:
        return  # as far as floats go, and there the ends are the values themselves
    for end in (axis.low, axis.high):
        assert f"{end:e}"[0] in "125" and float(f"{end:.0e}") == end


@pytest.mark.parametrize("values", [[], [0.0], [-3.0, 0.0]])
def test_with_nothing_above_0_it_is_an_axis_all_the_same(values):
    assert LogAxis.covering(values) == LogAxis(1, 10)


@pytest.mark.parametrize("values", VALUES)
@pytest.mark.parametrize("count", [1, 2, 5, 10])
def test_ticks_are_round_and_few(values, count):
    axis = LogAxis.covering(values)
    ticks = axis.ticks(count)
    assert 1 <= len(ticks) <= count + 3
    assert ticks == sorted(set(ticks))
    assert all(axis.low <= tick <= axis.high for tick in ticks)
    assert [float(label.replace(",", "")) for label in axis.labels(ticks)] == ticks
    if len(ticks) > 3 and axis.high / axis.low > 1e6:  # equally far apart
        steps = [math.log10(b) - math.log10(a) for a, b in pairwise(ticks)]
        assert steps == pytest.approx([steps[0]] * len(steps))


def test_what_has_no_place_is_left_out_and_counted():
    chart = Chart(Points([1, 10, 0, -5], [1, 0, 1, 1]), x_log=True, y_log=True)
    assert chart.skipped == 3
    assert chart.note == "3 left out: not a finite number above 0"
    assert chart.frame.dots(chart.layers[0].runs) == [(0.0, 0.5)]
    assert Chart(Points([1, -1], [0, 0])).note == ""


def test_a_line_is_broken_where_it_has_no_place():
    chart = Chart(Line([1, 10, 100, 1000], [1, 10, -1, 1000]), x_log=True, y_log=True)
    strokes = chart.frame.strokes(chart.layers[0].runs)
    assert strokes == [[(0.0, 0.0), pytest.approx((1 / 3, 1 / 3))], [(1.0, 1.0), (1.0, 1.0)]]


def test_powers_are_straight_lines():
    xs = [10**k for k in range(-8, 1)]
    frame = Chart(Line(xs, [x**2 for x in xs]), x_log=True, y_log=True).frame
    for x in xs:
        place, height = frame.place((x, x * x))
        assert place == pytest.approx(height)


def test_labels_differ():
    for low, high in ((10_000_000, 10_000_003), (1.0000001, 1.0000004)):
        axis = LogAxis(low, high)
        labels = axis.labels(axis.ticks(4))
        assert len(set(labels)) == len(labels) > 1
    with pytest.raises(ValueError, match="too short for powers of 10"):
        LogAxis(1e300, math.nextafter(1e300, math.inf))
    assert LogAxis(1, 1.797e308).number(1) == 1.797e308


def test_an_area_reaches_down_to_where_there_is_no_place():
    # its low edge dips below 0 in the middle: there it is cut by the lower edge of the picture
    chart = Chart(Band([1, 2, 3], [1, -1, 1], [100] * 3), y_log=True)
    (area,) = chart.frame.areas(chart.layers[0].areas)
    assert min(y for _, y in area) == 0 and len(area) >= 5
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in area)
    arrows = Chart(Arrows([-1, 1], [1, 1], dx=[5, 5], dy=[1, 1]), x_log=True)
    assert "→" in render(arrows, width=60, unicode=True) or "↗" in render(arrows, 60, unicode=True)


def test_a_guide_stands_at_its_number():
    chart = Chart(Guide(x=10), x_range=(1, 100), x_log=True)
    (start, _) = chart.frame.strokes([chart.layers[0].ends(chart.frame)])[0]
    assert start == (0.5, 0.0)


@pytest.mark.parametrize(
    ("layer", "left_out"),
    [(Arrows([-1, 1], [1, 1], dx=[5, 5], dy=[1, 1]), 1), (Band([1, 2], [-1, 1], [3, 3]), 0),
     (Guide(x=-1), 1), (Guide(y=0), 1), (Guide(x=2), 0), (Line([1, 2, 3], [0, 5, 0]), 2)],
)
def test_things_are_counted_and_not_their_corners(layer, left_out):
    assert Chart(layer, x_log=True, y_log=True).skipped == left_out


def test_a_dot_between_two_without_a_place_is_drawn():
    chart = Chart(Line([1, 2, 3], [0, 5, 0]), y_log=True)
    assert len(chart.frame.strokes(chart.layers[0].runs)) == 1


@pytest.mark.parametrize(("found", "expected"), [
    (LogAxis.covering([1, 31]), LogAxis(1, 50)),  # below a decade and a half: 1, 2 or 5
    (LogAxis.covering([1, 32]), LogAxis(1, 100)), (LogAxis.covering([10]), LogAxis(5, 20)),
    (LogAxis(1, 10).ticks(3), [1, 2, 5, 10]), (LogAxis(1, 10).ticks(2), [1, 10]),
    (LogAxis(1, 100).ticks(5), [1, 10, 100]), (LogAxis(1, 1e6).ticks(), [1, 100, 1e4, 1e6]),
    (LogAxis(1, 1000).ticks(0), [1, 1000]), (LogAxis(2, 8).ticks(1), [2, 5]),
    (LogAxis(1.5, 4).ticks(5), [1.5, 2, 2.5, 3, 3.5, 4]), (LogAxis(0.1, 1e4).ticks(2), [1, 1000]),
    (LogAxis(1e-3, 1e7).said(0.012345), "0.0123"), (LogAxis(1, 1e7).labels([9999]), ["9999"]),
])
def test_what_a_log_axis_is_and_shows(found, expected):
    assert found == expected
