"""Curves with gaps, poles and jumps, on even axes and on those of powers of ten."""

import math
from itertools import pairwise

import pytest

from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.charts.curve import Curve

NAN, INF = math.nan, math.inf


@pytest.mark.parametrize(
    ("f", "low", "high", "runs"),
    [
        (lambda x: 2 * x, 0, 1, [(0, 1)]),
        (math.log, -1, 1, [(0, 1)]),  # ValueError up to 0
        (lambda x: 1 / x, -1, 1, [(-1, 0), (0, 1)]),  # a pole at 0
        (lambda x: x**0.5, -1, 1, [(0, 1)]),  # complex below 0
        (lambda x: NAN if x < 0.5 else INF if x > 0.75 else x, 0, 1, [(0.5, 0.75)]),
        (math.floor, 0.5, 2.5, [(0.5, 1), (1, 2), (2, 2.5)]),  # jumps
        (lambda x: NAN, 0, 1, []),
        (lambda x: 0.0, -1e308, 1e308, [(-1e308, 1e308)]),
    ],
)
def test_where_a_curve_begins_and_ends(f, low, high, runs):
    found = [(run[0][0], run[-1][0]) for run in Curve(f, low, high).runs]
    near = (high / 2 - low / 2) / 10  # how near to its pole a curve is followed, is for `sampling`
    assert found == [pytest.approx(run, abs=near) for run in runs]


def test_a_curve_is_sampled_once():
    asked = []
    curve = Curve(lambda x: asked.append(x) or x, 0, 10)
    assert curve.runs is curve.runs
    assert len(asked) < 300


@pytest.mark.parametrize(("x_log", "y_log"), [(True, True), (True, False), (False, True)])
def test_a_curve_is_smooth_on_axes_of_powers_of_ten(x_log, y_log):
    low = 1e-9 if x_log else 0.1
    chart = Chart(Curve(lambda x: x**3, low, 1, "cube"), x_log=x_log, y_log=y_log)
    (curve,) = chart.layers
    frame = chart.frame
    (run,) = curve.runs
    for x, y in run:
        assert y == pytest.approx(x**3, rel=1e-9)
    places = [frame.place(dot) for dot in run]
    steps = [math.dist(a, b) for a, b in pairwise(places)]
    assert max(steps) < (0.1 if x_log and y_log else 0.5)
    assert (run[0][0], run[-1][0]) == pytest.approx((low, 1))


def test_nothing_below_0_is_drawn_on_an_axis_of_powers_of_ten():
    chart = Chart(Curve(lambda x: x, -1, 1), y_log=True)
    assert all(y > 0 for run in chart.layers[0].runs for _, y in run)
    assert chart.skipped == 0
    assert Chart(Curve(lambda x: -1.0, 1, 2), x_log=True, y_log=True).layers[0].runs == []
    with pytest.raises(ValueError, match="needs ends above 0"):
        Chart(Curve(abs, 0, 1), x_log=True)


def test_a_curve_is_sampled_for_what_is_shown():
    chart = Chart(Curve(lambda x: x * x, -1000, 1000), x_range=(-10, 10))
    ((first, *_, last),) = chart.layers[0].runs
    assert (first, last) == ((-10, 100), (10, 100))
    assert chart.frame.y.high == 100
    wave = Chart(Curve(math.sin, 0, 1000), x_range=(0, 6.3)).layers[0]
    for (x, y), (x_next, y_next) in pairwise(wave.runs[0]):
        assert math.sin((x + x_next) / 2) == pytest.approx((y + y_next) / 2, abs=5e-3)
    assert Chart(Curve(abs, 0, 1), x_range=(5, 6)).layers[0].runs == []
    assert Chart(Curve(abs, -5, 100), x_range=(1, 10), x_log=True).layers[0].low == 1


def test_a_mistake_in_a_curves_function_is_not_taken_for_a_gap():
    with pytest.raises(TypeError):
        _ = Curve(lambda x: x + "1", 0, 1).runs


@pytest.mark.parametrize("ends", [(NAN, 1), (0, INF), (-INF, 0)])
def test_a_curve_without_finite_ends_is_refused(ends):
    with pytest.raises(ValueError, match="give finite ends"):
        Curve(abs, *ends)
