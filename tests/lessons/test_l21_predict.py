"""Lesson 21: the band it draws and what it says of it, worked out from the films themselves."""

import math
import re
import statistics

import pytest

from lessons import films, l21_predict
from mathlab.learning.student import t_quantile
from tests.lessons.record import Record


@pytest.fixture(scope="module")
def record():
    return Record(l21_predict.main)


@pytest.fixture(scope="module")
def closed():
    """The half width of the band at each budget, by the closed formula; and the line."""
    table = films.cleaned()[0]
    xs, ys = table["budget"], table["revenue"]
    slope, intercept = statistics.linear_regression(xs, ys)
    n, mean = len(xs), statistics.fmean(xs)
    s = math.sqrt(
        sum((y - slope * x - intercept) ** 2 for x, y in zip(xs, ys, strict=True)) / (n - 2)
    )
    spread = sum((x - mean) ** 2 for x in xs)
    reach = t_quantile(0.975, n - 2)
    return xs, ys, [
        (slope * x + intercept, reach * s * math.sqrt(1 + 1 / n + (x - mean) ** 2 / spread))
        for x in xs
    ]  # fmt: skip


def test_the_band_is_that_of_the_closed_formula(record, closed):
    band, points, line = record.charts[0].layers
    xs, ys, bounds = closed
    assert (list(points.x), list(points.y)) == (xs, ys)
    widths = {x: half for x, (_, half) in zip(xs, bounds, strict=True)}
    for x, low, high, middle in zip(band.x, band.low, band.high, line.y, strict=True):
        assert high - middle == pytest.approx(middle - low)
        nearest = min(widths, key=lambda b: abs(b - x))
        assert (high - low) / 2 == pytest.approx(widths[nearest], rel=1e-2)


def test_what_is_said_of_the_films_outside(record, closed):
    xs, ys, bounds = closed
    outside = [x for x, y, (v, half) in zip(xs, ys, bounds, strict=True) if abs(y - v) > half]
    share, count, cheap, half = re.search(
        r"made from it holds ([\d.]+)%\. .* less than (\d+) million, yet of the (\d+) films "
        r"outside only (\d+) do",
        record.prose,
    ).group(1, 3, 4, 2)
    assert float(share) == pytest.approx(100 * (1 - len(outside) / len(xs)), abs=0.051)
    assert int(count) == len(outside)
    assert int(half) == round(statistics.median(xs))
    assert int(cheap) == sum(x < statistics.median(xs) for x in outside)
    assert int(cheap) < int(count) / 3  # "only"
