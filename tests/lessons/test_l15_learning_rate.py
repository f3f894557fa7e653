"""Lesson 15: four walks on one parabola, worked out by hand; the limits that the curvatures set."""

import math
import re
import statistics
from operator import mul

import pytest

from lessons import l15_learning_rate as lesson
from lessons.data import films
from lessons.l14_descent import LEARNING_RATE
from mathlab.drawing import Curve, Line, Path
from tests.lessons.moved import Moved
from tests.lessons.record import Record, told

GOOD = "LIMIT, JUMP, LIMIT_OF_BOTH = 0.33, -0.5, 0.05\n"
WRONG = [
    (GOOD.replace("0.33", "0.17"), "at this rate one step is enough"),
    (GOOD.replace("0.33", "2 / 3"), "multiplies the distance by -3, and runs away: go lower"),
    (GOOD.replace("0.33", "0.3"), "multiplies the distance by -0.8, and arrives: go higher"),
    (GOOD.replace("0.33", "0.34"), "runs away: go lower"),
    (GOOD.replace("0.33", "0.337"), "multiplies the distance by -1.02, and runs away"),
    (GOOD.replace("0.33", "0"), "a learning rate is above 0"),
    (GOOD.replace("-0.5", "0.5"), "on which side of the bottom does the step end?"),
    (GOOD.replace("-0.5", "1.5"), "that is the share which the step takes away"),
    (GOOD.replace("-0.5", "0.25"), "make one step by hand"),
    (GOOD.replace("0.05", "0.33"), "x can bear that, but y cannot"),
    (GOOD.replace("0.05", "0.1"), "multiplies the distance by -3, and runs away"),
    (GOOD.replace("0.05", "0.025"), "at this rate one step is enough"),
    (GOOD.replace("0.33", "'a third'"), "it should be a number"),
]


@pytest.fixture(scope="module")
def record():
    return told(15)


@pytest.fixture(scope="module")
def columns():
    table, _ = films.cleaned()
    return table["budget"], table["revenue"]


def gap(columns, share, step):
    """How far above the lowest loss a walk is, in closed form: the distance from the bottom is
    multiplied by 1 - 2*share at each step, and the loss goes with its square."""
    squares = statistics.fmean(b * b for b in columns[0])
    bottom = statistics.fmean(b * r for b, r in zip(*columns, strict=True)) / squares
    return squares * (bottom * (1 - 2 * share) ** step) ** 2


def test_the_losses_step_by_step(record, columns):
    shown = record.tables[0]
    assert list(shown) == ["step", "small", "right", "edge", "large"]
    assert list(shown["step"]) == [0, 1, 2, 5, 10, 20]
    for name, share in {"small": 0.02, "right": 0.5, "edge": 0.95, "large": 1.05}.items():
        assert shown[name] == [round(gap(columns, share, step)) for step in shown["step"]]


def test_what_is_said_of_them(record):
    small, right, edge, large = (record.tables[0][name][-1] for name in lesson.SHARES)
    assert right == 0
    assert edge < small
    assert "is lower after 20 steps? Here 'edge' is." in record.prose
    assert large > 10 * record.tables[0]["large"][0]
    for name in ("small", "edge"):
        losses = record.tables[0][name]
        assert losses == sorted(losses, reverse=True)  # each gets down


def test_the_picture_of_the_losses(record, columns):
    chart = record.charts[0]
    assert chart.y_log
    assert chart.skipped == 0
    for layer, share in zip(chart.layers, lesson.SHARES.values(), strict=True):
        assert isinstance(layer, Line)
        assert list(layer.x) == list(range(21))
        expected = [max(gap(columns, share, step), 1) for step in range(21)]
        assert layer.y == pytest.approx(expected, rel=1e-6)


def test_the_zigzags(record, columns):
    squares = statistics.fmean(b * b for b in columns[0])
    bottom = statistics.fmean(b * r for b, r in zip(*columns, strict=True)) / squares
    _, chart = record.charts
    curve, *paths = chart.layers
    assert isinstance(curve, Curve)
    assert chart.skipped == 0
    assert chart.title == "The first 6 steps"
    for path, name, share in zip(paths, ("edge", "large"), (0.95, 1.05), strict=True):
        assert isinstance(path, Path)
        assert path.label == name
        places = [bottom - bottom * (1 - 2 * share) ** step for step in range(7)]
        assert path.x == pytest.approx(places)
        assert path.y == pytest.approx([curve.f(place) for place in places])
        sides = [place > bottom for place in places]
        assert sides == [False, True] * 3 + [False]  # over the bottom at every step
    farthest = max(abs(place - bottom) for place in places)  # of "large"
    assert (curve.low, curve.high) == pytest.approx((bottom - farthest, bottom + farthest))


@pytest.mark.parametrize(("rate", "steps"), [(40, 20), (220, 3), (430, 6), (500, 5)])
def test_sliding(record, columns, rate, steps):
    (live,), (budgets, revenues) = record.lives, columns
    factor, places = 0.0, [0.0]
    for _ in range(steps):  # by the textbook's slope, over all films
        slope = statistics.fmean(
            -2 * b * (r - factor * b) for b, r in zip(budgets, revenues, strict=True))
        factor -= rate / 1e6 * slope
        places.append(factor)
    moved = Moved(live, rate=rate, steps=steps)
    losses = [statistics.fmean((r - m * b) ** 2 for b, r in zip(budgets, revenues, strict=True))
              for m in places]
    dots = [number for dot in moved.dots(0) for number in dot]
    assert dots == pytest.approx([n for dot in zip(places, losses, strict=True) for n in dot])
    squares = statistics.fmean(b * b for b in budgets)
    bottom = statistics.fmean(b * r for b, r in zip(budgets, revenues, strict=True)) / squares
    assert moved.numbers == {
        "rate*curvature": pytest.approx(rate / 1e6 * 2 * squares),
        "each step multiplies the distance by":
            pytest.approx((places[1] - bottom) / (places[0] - bottom), abs=1e-9),
        "distance from the bottom after them": pytest.approx(places[-1] - bottom, abs=1e-9),
    }


def test_the_limit_to_guess(record, columns):
    (live,) = record.lives
    limit = live.guess.truth / 1e6
    assert limit == pytest.approx(1 / statistics.fmean(b * b for b in columns[0]))
    prose = record.prose
    assert prose.index("At which rate does each step end") < prose.index(f"here {limit:.3e}.")
    low, high = (float(rate) for rate in record.tables[1]["rate"][-2:])
    assert low < limit < high  # between 'edge' and 'large'


def test_the_limit(record, columns):
    curvature = 2 * statistics.fmean(b * b for b in columns[0])
    assert f"Here it is {curvature:,.0f}, all along" in record.prose
    assert f"2/curvature, here {2 / curvature:.3e}." in record.prose
    shown = record.tables[1]
    assert shown["rate"] == [f"{s * 2 / curvature:.2e}" for s in (0.02, 0.5, 0.95, 1.05)]
    assert shown["predicted"] == shown["measured"] == [0.96, 0, -0.9, -1.1]


def in_spreads(budgets):
    mean, spread = statistics.fmean(budgets), statistics.stdev(budgets)
    return [(budget - mean) / spread for budget in budgets]


def test_the_bends_of_the_line(record, columns):
    z = in_spreads(columns[0])
    shown = record.tables[2]
    assert list(shown) == ["turn", "by slope", "by intercept"]
    along = 2 * statistics.fmean(u * u for u in z)
    assert shown["by slope"] == [round(along, 5), 0]
    assert shown["by intercept"] == [0, 2]
    assert 2 * statistics.fmean(z) == pytest.approx(0, abs=1e-12)
    assert along < 2  # the intercept's is the largest
    assert "sets its limit: 2/2 = 1." in record.prose
    left = [1 - LEARNING_RATE * along, 1 - LEARNING_RATE * 2]
    said = f"The {LEARNING_RATE} of lesson 14 is below that. With {LEARNING_RATE} "
    assert f"{said}each step leaves {left[0]:.3f} and {left[1]:.3f} of the" in record.prose


def loss_after(columns, rate, steps):
    """Where descent with the textbook's gradient has come to, from two levers at 0."""
    z = in_spreads(columns[0])
    n, revenue = len(z), columns[1]
    squares, product = sum(u * u for u in z) / n, math.fsum(map(mul, z, revenue)) / n
    mean, of_squares = sum(revenue) / n, sum(r * r for r in revenue) / n
    slope = intercept = 0.0
    for _ in range(steps):
        slope -= rate * 2 * (slope * squares - product)
        intercept -= rate * 2 * (intercept - mean)
    along = slope**2 * squares - 2 * slope * product
    return of_squares + along + intercept**2 - 2 * intercept * mean


def test_a_hair_from_the_limit(record, columns):
    below, above = record.texts[-2:]
    first = loss_after(columns, 0, 0)
    falls = loss_after(columns, 0.99, 100)
    lowest = loss_after(columns, 0.4, 200)
    assert below == (
        f"rate 0.99: the loss fell from {first:,.0f} to {falls:,.0f}; the lowest is {lowest:,.0f}"
    )
    rises = loss_after(columns, 1.01, 100)
    assert above == (
        f"rate 1.01: the loss grew from {first:.3g} to {rises:.3g} in 100 steps: the learning rate "
        "1.01 is too large for this surface; try 0.5, or scale the features"
    )
    assert falls < first < rises
    assert "Now 100 steps with a rate 1% below the limit, and 1% above:" in record.prose


def test_plain_millions(record, columns):
    curvature = 2 * statistics.fmean(b * b for b in columns[0])
    assert re.search(rf"curvatures are {curvature:,.0f} and 2: the first allows a rate of about "
                     rf"{2 / curvature:.1e}\. At that rate", record.prose)
    assert 1 - 2 / curvature * 2 > 0.99  # "hardly moves"


def test_change_one_thing(monkeypatch, columns):
    for share in (0.999, 1.0):
        monkeypatch.setitem(lesson.SHARES, "edge", share)
        record = Record(lesson.main)
        edge = record.tables[0]["edge"]
        assert "is lower after 20 steps? Here even 'small' is." in record.prose
        assert edge == [round(gap(columns, share, step)) for step in lesson.SHOWN]
    assert len(set(edge)) == 1  # at the limit itself it hops for ever
