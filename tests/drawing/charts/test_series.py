"""Bars, bands and arrows: where their corners are, and what is left out and counted."""

import math

import pytest

from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.series import Arrows, Band, Bars

NAN, INF = math.nan, math.inf


@pytest.mark.parametrize(
    ("x", "y", "width", "edges"),
    [
        ([], [], 0, []),
        ([5], [2], 0, [(4.6, 5.4)]),  # alone it is as wide as if the next were 1 away
        ([0, 10, 14], [1, 1, 1], 0, [(-1.6, 1.6), (8.4, 11.6), (12.4, 15.6)]),
        ([0, 10], [1, 1], 3, [(-1.5, 1.5), (8.5, 11.5)]),
        ([7, 7], [1, 2], 0, [(6.6, 7.4), (6.6, 7.4)]),
    ],
)
def test_how_wide_bars_are(x, y, width, edges):
    areas = Bars(x, y, width=width).areas
    assert [(area[0][0], area[1][0]) for area in areas] == [pytest.approx(e) for e in edges]
    for area, height in zip(areas, y, strict=True):
        assert [corner[1] for corner in area] == [0, 0, height, height]


@pytest.mark.parametrize(
    ("layer", "shown", "skipped"),
    [
        (Bars([1, 2, NAN, 4], [1, NAN, 3, -INF]), 1, 3),
        (Band([1, 2, 3, 4], [1, NAN, 1, 1], [2, 2, 2, 2]), 2, 1),
        (Band([1, 2, 3], [1, 1, 1], [2, INF, 2]), 2, 1),
        (Band([], [], []), 0, 0),
        (Arrows([1, 2, 3], [1, 2, NAN], dx=[1, INF, 1], dy=[1, 1, 1]), 1, 2),
        (Arrows([1], [1], dx=[1e308], dy=[1]), 1, 0),
        (Arrows([1e308], [1], dx=[1e308], dy=[1]), 0, 1),  # its tip is too far away
    ],
)
def test_what_is_not_finite_is_left_out_and_counted(layer, shown, skipped):
    assert len(layer.runs) == shown
    assert layer.skipped == Chart(layer).skipped == skipped


def test_a_band_goes_along_its_low_edge_and_back_along_the_high_one():
    (area,) = Band([0, 1, 2], [0, -1, 0], [1, 2, 3]).areas
    assert area == [(0, 0), (1, -1), (2, 0), (2, 3), (1, 2), (0, 1)]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Bars([1, 2], [1]), "2 numbers for x and 1 for y: give one of each"),
        (lambda: Bars([1], [1], width=-1), "a bar cannot be -1 wide"),
        (lambda: Bars([1], [1], width=NAN), "a bar cannot be nan wide"),
        (lambda: Band([1, 2], [1, 2], [1]), "2 numbers for x, 2 for low and 1 for high"),
        (lambda: Arrows([1], [1], dx=[1], dy=[]), "for x, 1 for y, 1 for dx and 0 for dy: give"),
        (lambda: Arrows([1], [1]), "Arrows has 1 numbers for x, 1 for y, 0 for dx and 0 for dy"),
        (lambda: Chart(Bars([1], [1]), y_log=True), "Bars have no place on an axis"),
        (lambda: Chart(Bars([1], [1]), x_log=True), "Bars have no place on an axis"),
        (lambda: Chart(Contours(max, (1, 2), (1, 2)), y_log=True), "Contours have no place on an"),
        (lambda: Chart(x_range=(1, 2, 3)), r"a range is two numbers, not \(1, 2, 3\)"),
    ],
)
def test_what_does_not_fit_together_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
