"""Lesson 3: the three lines, and how many films lie above each, counted from the file."""

import statistics

import pytest

from lessons.data import films
from mathlab.drawing import Line, Points
from tests.lessons.record import told

WRONG = [
    ("from lessons.data import films\nfrom statistics import fmean\nSLOPE = 0\n"
     "INTERCEPT = fmean(films.cleaned()[0]['revenue'])\n", "the level line is at least as good"),
    ("SLOPE = 0\nINTERCEPT = 0\n", "the level line is at least as good"),
    ("SLOPE = -3\nINTERCEPT = 150\n", "the mean squared error of -3*budget + 150"),
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
