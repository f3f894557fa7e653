"""Lesson 21: the bands it draws, what it says of them, and how often intervals hold the truth."""

import math
import random
import statistics

import pytest

from lessons import l21_predict
from lessons.data import films
from mathlab.learning.inference.student import t_quantile
from tests.lessons.record import Record, told
from tests.thinned import thinned

HEAD = """\
from math import sqrt
from statistics import mean, stdev, pstdev, variance
from mathlab.learning.inference.student import t_quantile

def interval(values):
    n = len(values)
"""


def answered(reach, result="mean(values) - reach, mean(values) + reach"):
    return f"{HEAD}    reach = {reach}\n    return {result}\n"


T = "t_quantile(0.975, n - 1)"
NORMAL = "if the spread were known, but it comes from five numbers"
WRONG = [
    (answered("1.96 * stdev(values) / sqrt(n)"), NORMAL),
    (answered("1.96 * pstdev(values) / sqrt(n)"), NORMAL),
    (answered(f"{T} * pstdev(values) / sqrt(n)"), "divided by n - 1, not by n, as in"),
    (answered("t_quantile(0.975, n) * stdev(values) / sqrt(n)"), "is for n - 1, not for n |"),
    (answered("t_quantile(0.95, n - 1) * stdev(values) / sqrt(n)"), "so 2.5% at each |"),
    (answered(f"{T} * stdev(values)"), "is the spread divided by the root of n?"),
    (answered("1.96 * stdev(values)"), "is the spread divided by the root of n?"),
    (answered(f"{T} * stdev(values) / n"), "over the root of n, not over n | how often"),
    (answered(f"{T} * variance(values) / sqrt(n)"), "(the variance will not do)"),
    (answered("stdev(values) / sqrt(n)"), "that is one standard error to both sides"),
    (answered("stdev(values)"), "that is the spread to both sides"),
    (answered("t_quantile(0.99, n - 1) * stdev(values) / sqrt(n)"), "leaves out 1% at each end"),
    (answered(f"{T} * stdev(values) / sqrt(n - 1)"), "the root of n, not of n - 1"),
    (answered(f"{T} * stdev(values) / sqrt(n)", "-reach, reach"), "below the mean of the values"),
    (answered("1e9"), "it always holds the mean"),
    (answered("1", "min(values), max(values)"), "in 15 of 16 samples, 93.75%"),
    (answered("1", "-40, 40"), "the same for all samples"),
    (answered(f"{T} * stdev(values) / sqrt(n)", "mean(values) + reach, mean(values) - reach"),
     "low should be below high"),
    (answered(f"{T} * stdev(values) / sqrt(n)", "reach"), "two numbers, low and high | interval(["),
    (answered("1", "'low', 'high'"), "two numbers, low and high"),
    (answered("stdev(values[:1])"), "it should not fail"),
    ("def interval(values):\n    low = min(values)\n", "it returns nothing"),
]


@pytest.fixture(scope="module")
def record():
    return told(21)


@pytest.fixture(scope="module")
def closed():
    """By the closed formulas: the films, the line at each, how far it may be off there, and s."""
    table = films.cleaned()[0]
    xs, ys = table["budget"], table["revenue"]
    slope, intercept = statistics.linear_regression(xs, ys)
    n, mean = len(xs), statistics.fmean(xs)
    s = math.sqrt(
        sum((y - slope * x - intercept) ** 2 for x, y in zip(xs, ys, strict=True)) / (n - 2)
    )
    squares = sum((x - mean) ** 2 for x in xs)

    def at(x):
        return slope * x + intercept, s * math.sqrt(1 / n + (x - mean) ** 2 / squares)

    return xs, ys, at, s


def test_the_bands_are_those_of_the_closed_formulas(record, closed):
    film, mean, points, line = record.charts[0].layers
    xs, ys, at, s = closed
    assert (film.label, mean.label) == ("95% of new films", "the mean")
    assert (list(points.x), list(points.y)) == (xs, ys)
    reach = t_quantile(0.975, len(xs) - 2)
    for band, own in ((mean, 0), (film, s)):
        for x, low, high, middle in zip(band.x, band.low, band.high, line.y, strict=True):
            value, error = at(x)
            assert middle == pytest.approx(value, rel=1e-5, abs=1e-3)
            assert high - middle == pytest.approx(middle - low)
            assert high - middle == pytest.approx(reach * math.hypot(error, own), rel=1e-5)


def test_what_is_said_of_the_two_bands(record, closed):
    xs, _, at, s = closed
    reach = t_quantile(0.975, len(xs) - 2)
    _, error = at(200)
    said = f"At 200 million it reaches {reach * error:.0f} million to both sides"
    assert said in record.prose
    assert f"It reaches {reach * math.hypot(error, s):.0f} million. More" in record.prose
    film, mean, points, _ = record.charts[0].layers
    for low, high in zip(mean.low, mean.high, strict=True):
        assert high - low < max(points.y) / 40  # "hides behind the line": less than a row of signs
    assert max(film.high) < max(points.y)
    assert math.hypot(error, s) < 1.05 * s  # "more films would hardly help"


def test_the_means_do_not_lie_on_the_line(record, closed):
    xs, ys, at, _ = closed
    group = [(x, y) for x, y in zip(xs, ys, strict=True) if 50 <= x < 100]
    earned = statistics.fmean(y for _, y in group)
    expected, error = at(statistics.fmean(x for x, _ in group))
    assert f"The {len(group)} films of 50 to 100 million earned {earned:.0f} million on average, " \
           f"where the line says {expected:.0f}." in record.prose
    assert abs(earned - expected) > 4 * error  # far outside of the band for means


def test_what_is_said_of_the_films_outside(record, closed):
    xs, ys, at, s = closed
    reach = t_quantile(0.975, len(xs) - 2)
    held = [
        (x, abs(y - at(x)[0]) <= reach * math.hypot(at(x)[1], s))
        for x, y in zip(xs, ys, strict=True)
    ]
    parts = [[h for x, h in held if low <= x < high]
             for low, high in ((0, 1e9), (0, 20), (100, 1e9))]
    shares = [f"{statistics.fmean(part):.1%}" for part in parts]
    assert f"made from it holds {shares[0]}. But see" in record.prose
    assert f"Of the {len(parts[1]):,} films below 20 million it holds {shares[1]}, and of the " \
           f"{len(parts[2])} of 100 million and more {shares[2]}." in record.prose
    assert at(20)[0] - reach * math.hypot(at(20)[1], s) < 0  # "it reaches below 0"


def counted(seed, closed, draws=400, budgets=(1, 10, 50, 100, 200)):
    """The shares that are held, with the same lots, by the formulas of the textbook."""
    _, _, at, s = closed
    intercept = at(0)[0]
    slope = at(1)[0] - intercept
    lots = random.Random(seed)
    n, mean = len(budgets), statistics.fmean(budgets)
    squares = sum((x - mean) ** 2 for x in budgets)
    far = 1 / n + (200 - mean) ** 2 / squares
    reaches = [t_quantile(0.975, n - 2), statistics.NormalDist().inv_cdf(0.975)]
    held = [[0, 0, 0], [0, 0, 0]]
    for _ in range(draws):
        ys = [slope * x + intercept + lots.gauss(0, s) for x in budgets]
        new = slope * 200 + intercept + lots.gauss(0, s)
        b, a = statistics.linear_regression(budgets, ys)
        own = math.sqrt(
            sum((y - a - b * x) ** 2 for x, y in zip(budgets, ys, strict=True)) / (n - 2)
        )
        found = a + 200 * b
        misses = [(b - slope) / math.sqrt(1 / squares), (found - slope * 200 - intercept) /
                  math.sqrt(far), (new - found) / math.sqrt(1 + far)]
        for shares, reach in zip(held, reaches, strict=True):
            for i, miss in enumerate(misses):
                shares[i] += abs(miss) <= reach * own
    return [[share / draws for share in shares] for shares in held]


@pytest.mark.parametrize("seed", thinned(range(1, 6), 1))
def test_the_shares_that_are_held(seed, closed):
    record = Record(l21_predict.main, seed)
    table = record.tables[1]
    assert list(table) == ["interval for", "held", "1.96"]
    assert table["interval for"] == ["slope", "mean", "one film"]
    for name, shares in zip(("held", "1.96"), counted(seed, closed), strict=True):
        # a truth that is at the very edge of an interval may fall to either side
        assert [float(text[:-1]) / 100 for text in table[name]] == pytest.approx(shares, abs=0.0031)
    for held, nearly in zip(table["held"], table["1.96"], strict=True):
        assert abs(float(held[:-1]) - 95) < 3.3  # "give or take 2.2%, and seldom more"
        assert float(nearly[:-1]) < 95 - 2.2  # "has too little"
    luck = 2 * math.sqrt(0.95 * 0.05 / 400)
    assert f"should be 95%, give or take {luck:.1%} for luck" in record.prose
    assert "How many of 400 held the truth?" in record.prose
    reach = t_quantile(0.975, 3)
    said = f"5 films less 2 parameters (levers) it is {reach:.2f}, the t_quantile(0.975, 3) of"
    assert said in record.prose


def test_the_change_that_is_asked_for(monkeypatch):
    monkeypatch.setattr(l21_predict, "BUDGETS", tuple(range(10, 210, 10)))
    record = Record(l21_predict.main)
    assert "for 20 films less 2 parameters (levers) it is 2.10," in record.prose
    assert all(float(share[:-1]) > 89 for share in record.tables[1]["1.96"])  # no longer so few
