"""Lesson 3: the three lines, and how many films lie above each, counted from the file."""

import statistics

import pytest

from lessons.data import films
from mathlab.drawing import Line, Points
from tests.lessons.moved import Moved
from tests.lessons.record import told

WRONG = [
    ("from lessons.data import films\nfrom statistics import fmean\nSLOPE = 0\n"
     "INTERCEPT = fmean(films.cleaned()[0]['revenue'])\n", "the level line is at least as good"),
    ("SLOPE = 0\nINTERCEPT = 0\n", "the level line is at least as good"),
    ("SLOPE = -3\nINTERCEPT = 150\n", "the mean squared error of -3*budget + 150"),
    ("SLOPE = 3\nINTERCEPT = 0\n", "better than the level line, but the line by eye is"),
    ("SLOPE = 1\nINTERCEPT = 0\n", "better than the level line, but the line by eye is"),
    ("SLOPE = '3'\nINTERCEPT = 0\n", "not text: take the quotes away | SLOPE | '3'"),
    ("SLOPE = 3e300\nINTERCEPT = 0\n", "far too much"),
]


@pytest.fixture(scope="module")
def record():
    return told(3)


@pytest.fixture(scope="module")
def columns():
    table, _ = films.cleaned()
    return table["budget"], table["revenue"]


def test_the_lines_at_two_budgets(record, columns):
    (table,) = record.tables
    mean = statistics.fmean(columns[1])
    assert list(table) == ["line", "slope", "intercept", "at 100", "at 101"]
    assert table["slope"] == [0, 1, 3]
    assert table["intercept"] == pytest.approx([mean, 0, 0])
    assert table["at 100"] == pytest.approx([mean, 100, 300])
    assert table["at 101"] == pytest.approx([mean, 101, 303])
    assert f"every film earns {mean:.1f} million" in record.prose


def test_the_films_above_each(record, columns):
    pairs = list(zip(*columns, strict=True))
    mean = statistics.fmean(columns[1])
    level, back, eye = (
        sum(revenue > claim(budget) for budget, revenue in pairs)
        for claim in (lambda b: mean, lambda b: b, lambda b: 3 * b)
    )
    said = f"Of {len(pairs):,} films {level:,} lie above the level line, {back:,} above 'money"
    assert f"{said} back', and {eye:,} above the one by eye" in record.prose


def test_the_picture(record, columns):
    (chart,) = record.charts
    assert chart.y_range == (0, 1000)
    higher = sum(revenue > 1000 for revenue in columns[1])
    assert f"({higher} films that earned more than 1,000 million lie above" in record.prose
    dots, *lines = chart.layers[:4]
    assert [mark.label for mark in chart.layers[4:]] == [line.label for line in lines]
    assert isinstance(dots, Points)
    for line, (slope, start) in zip(lines, [(0, statistics.fmean(columns[1])), (1, 0), (3, 0)],
                                    strict=True):
        assert isinstance(line, Line)
        assert line.y == pytest.approx([start, start + slope * max(columns[0])])


def mean_square(columns, slope, intercept):
    return statistics.fmean((r - slope * b - intercept) ** 2 for b, r in zip(*columns, strict=True))


@pytest.mark.parametrize("slope, intercept", [(3, 0), (1, 0), (-1, 120), (2.82, -2)])
def test_a_line_to_turn(record, columns, slope, intercept):
    (live,) = record.lives
    level = mean_square(columns, 0, statistics.fmean(columns[1]))
    picture = Moved(live, slope=slope, intercept=intercept)
    square, share = picture.numbers.values()
    assert square == pytest.approx(mean_square(columns, slope, intercept))
    assert share == pytest.approx(100 * square / level)
    for x, y in picture.dots(0):
        assert y == pytest.approx(slope * x + intercept)


def test_what_is_left(record, columns):
    (live,) = record.lives
    level = mean_square(columns, 0, statistics.fmean(columns[1]))
    back, eye = (100 * mean_square(columns, slope, 0) / level for slope in (1, 3))
    assert f"For 'level' that is {level:,.0f}." in live.question
    assert live.guess.truth == pytest.approx(eye)
    assert f"'money back' leaves {back:.0f}% of what 'level' has, and 'by eye' {eye:.0f}%." in (
        record.prose
    )
    assert Moved(live).levers == {"slope": 3, "intercept": 0}  # the line by eye,
    hidden = [live.charts[0].layers[layer - 1] for _, layer in live.hides]
    assert [layer.label for layer in hidden] == ["by eye", "by eye"]  # which moves
