"""Lesson 2: the groups of films, Anscombe's published figures and what his pictures show, the cars.

The summary of the films and the correlation are checked in test_lessons.
"""

import csv
import statistics
from itertools import pairwise
from pathlib import Path

import pytest

from lessons import l02_explore as lesson
from lessons.data import films
from lessons.grading import checker
from lessons.grading.checks.l02_explore import HINTS
from mathlab.drawing import Line, Points
from tests.lessons.moved import Moved
from tests.lessons.record import told

DATA = Path(lesson.__file__).parent / "data"
WRONG = [
    ('SIGN = "+"\nSIZE = 7\n', "the wrong sign"),
    ('SIGN = "-"\nSIZE = 20\n', "too steep"),
    ('SIGN = "-"\nSIZE = 2\n', "too flat"),
    ('SIGN = "-"\nSIZE = 0\n', "too flat"),
    ('SIGN = "-"\nSIZE = 0.0075\n', "is that for one pound?"),
    ('SIGN = "down"\nSIZE = 7\n', "it should be one of these"),
    ('SIGN = -1\nSIZE = 7\n', "it should be one of these"),
    ('SIGN = "-"\nSIZE = "7"\n', "it should be a number"),
    ('SIGN = "-"\nSIZE = 15 / 0\n', "division by zero"),
]


@pytest.fixture(scope="module")
def record():
    return told(2)


@pytest.fixture(scope="module")
def series():
    """Anscombe's dots by series, from the file."""
    dots = {}
    with (DATA / "anscombe.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            dots.setdefault(row["series"], []).append((float(row["x"]), float(row["y"])))
    return dots


@pytest.fixture(scope="module")
def cars():
    """All rows of the file, and of those with miles: thousand pounds, miles per gallon, year."""
    with (DATA / "cars.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = [
        (float(row["weight"]) / 1000, float(row["miles_per_gallon"]), int(row["year"]))
        for row in rows
        if row["miles_per_gallon"]
    ]
    return rows, known


# ------------------------------------------------------------------ the films


def test_the_films_as_dots(record):
    table, _ = films.cleaned()
    (dots,) = record.charts[0].layers
    assert isinstance(dots, Points)
    assert (list(dots.x), list(dots.y)) == (table["budget"], table["revenue"])
    assert not record.charts[0].x_log


def test_the_groups(record):
    table, _ = films.cleaned()
    (shown, *_) = record.tables
    assert shown["budget"] == ["0 to 10", "10 to 20", "20 to 30", "30 to 40", "40 to 50"]
    means = []
    for tens, (count, mean) in enumerate(zip(shown["films"], shown["mean revenue"], strict=True)):
        group = [film["revenue"] for film in table.rows() if film["budget"] // 10 == tens]
        means.append(sum(group) / len(group))
        assert count == len(group)
        assert count > 200  # 'means of hundreds of films'
        assert mean == pytest.approx(means[-1], abs=0.05)
    rises = sorted(b - a for a, b in pairwise(means))
    assert rises[0] > 10  # the answer to the guess
    said = f"the mean grows by {rises[0]:.0f} to {rises[-1]:.0f} million, for 10 million more"
    assert said in record.prose
    assert "And 10 million more? Put the films into 5 groups, each 10 million wide" in record.prose


# ------------------------------------------------------------------ Anscombe


def test_the_figures_that_anscombe_published(record):
    shown = record.tables[1]
    names, *columns = shown.values()
    assert list(shown)[1:] == ["I", "II", "III", "IV"]
    assert names == ["mean of x", "mean of y", "spread of x", "spread of y", "correlation", "slope",
                     "intercept"]
    published = {"mean of x": 9.0, "mean of y": 7.5, "slope": 0.5, "intercept": 3.0}
    for column in columns:
        figures = dict(zip(names, map(float, column), strict=True))
        assert {name: figures[name] for name in published} == published
        assert round(figures["correlation"] ** 2, 2) == pytest.approx(0.67, abs=0.006)  # r2 .667
        assert 10 * figures["spread of x"] ** 2 == pytest.approx(110, rel=0.005)  # sum of squares
    assert len(set(map(tuple, columns))) == 1  # 'Each row has one number, four times'


def test_the_figures_worked_out_anew(record, series):
    shown = record.tables[1]
    for name, dots in series.items():
        x, y = zip(*dots, strict=True)
        slope, intercept = statistics.linear_regression(x, y)
        figures = [statistics.mean(x), statistics.mean(y), statistics.stdev(x), statistics.stdev(y),
                   statistics.correlation(x, y), slope, intercept]
        assert shown[name] == [f"{figure:.2f}" for figure in figures]
    assert f"made up {len(series)} small sets of data, {len(series['I'])} dots" in record.prose
    assert {len(dots) for dots in series.values()} == {11}


def test_the_four_pictures(record, series):
    charts = record.charts[1:5]
    assert [chart.title for chart in charts] == [f"Series {name}" for name in series]
    assert len({(chart.x_range, chart.y_range) for chart in charts}) == 1
    for chart, dots in zip(charts, series.values(), strict=True):
        line, points = chart.layers
        assert isinstance(line, Line)
        assert isinstance(points, Points)
        assert list(zip(points.x, points.y, strict=True)) == dots
        assert all(3 <= x <= 20 and 2 <= y <= 14 for x, y in dots)
        assert line.y == pytest.approx([3 + 0.5 * x for x in line.x], abs=0.02)


def residuals(dots, curve):
    return [y - curve(x) for x, y in dots]


def test_what_the_pictures_show(series):
    # I is a cloud: its dots stray, to both sides, and no few of them are responsible
    x, y = zip(*series["I"], strict=True)
    line = statistics.linear_regression(x, y)
    left = residuals(series["I"], lambda x: line.slope * x + line.intercept)
    assert sum(abs(e) > 0.5 for e in left) >= 6
    assert max(left) > 1 and min(left) < -1
    # II lies on a curve: second differences of a parabola are all the same
    heights = [y for _, y in sorted(series["II"])]
    steps = [b - a for a, b in pairwise(heights)]
    seconds = [b - a for a, b in pairwise(steps)]
    assert max(seconds) - min(seconds) < 0.03
    # III: one dot off a line, which has another slope
    *on_a_line, stray = sorted(series["III"], key=lambda dot: dot[1])
    x, y = zip(*on_a_line, strict=True)
    line = statistics.linear_regression(x, y)
    assert statistics.correlation(x, y) > 0.99999
    assert line.slope < 0.35
    assert stray[1] - (line.slope * stray[0] + line.intercept) > 4
    # IV: all x but one the same
    assert sorted(x for x, _ in series["IV"]) == [8] * 10 + [19]


def test_the_dot_that_tilts_the_line(record, series):
    live = record.lives[0]
    dots = sorted(series["III"])
    stray = max(dots, key=lambda dot: dot[1])
    others = statistics.linear_regression(*zip(*(dot for dot in dots if dot != stray), strict=True))
    assert live.guess.truth == pytest.approx(others.slope)
    assert f"On that line it would be {others.slope:.2f}. One dot of 11 makes" in record.prose
    assert "what would the slope of the best line be, instead of 0.50?" in record.prose
    target, *hidden = live.charts[0].layers
    assert target.y == pytest.approx([others.slope * x + others.intercept for x in target.x])
    assert live.hides == [(0, i) for i, _ in enumerate(hidden, 2)]
    picture = Moved(live)
    assert dots[round(picture.levers["dot"]) - 1] == stray
    assert (picture.levers["x"], picture.levers["y"]) == stray
    on_the_line = Moved(live, y=others.slope * stray[0] + others.intercept)
    assert on_the_line.numbers["slope"][0] == pytest.approx(others.slope)
    assert live.drag.rows == dots


@pytest.mark.parametrize("turned", [{}, {"y": 8.5}, {"dot": 1, "x": 19, "y": 3}, {"dot": 11}])
def test_seven_numbers_follow_a_dot(record, series, turned):
    picture = Moved(record.lives[0], **turned)
    dots = sorted(series["III"])
    dots[round(picture.levers["dot"]) - 1] = picture.levers["x"], picture.levers["y"]
    x, y = zip(*dots, strict=True)
    slope, intercept = statistics.linear_regression(x, y)
    now = [statistics.mean(x), statistics.mean(y), statistics.stdev(x), statistics.stdev(y),
           statistics.correlation(x, y), slope, intercept]
    names, *columns = record.tables[1].values()
    assert list(picture.numbers) == names
    assert [number for number, _ in picture.numbers.values()] == pytest.approx(now)
    assert [f"{before:.2f}" for _, before in picture.numbers.values()] == columns[2]
    for along, height in picture.dots(0):
        assert height == pytest.approx(slope * along + intercept)
    assert picture.dots(1) == [[*dot] for dot in dots]
    assert picture.dots(2) == [[picture.levers["x"], picture.levers["y"]]]


# ------------------------------------------------------------------ the cars


def test_the_cars(record, cars):
    rows, known = cars
    assert all(row["weight"] and row["year"] for row in rows)  # only the miles are missing
    years = [year for _, _, year in known]
    said = f"{len(known)} cars of the years {min(years)} to {max(years)}, what they weigh"
    assert said in record.prose
    missing = len(rows) - len(known)
    assert f"(The file has {len(rows)} cars; of {missing} the miles are not known.)" in record.prose
    (dots,) = record.charts[6].layers
    assert list(dots.x) == pytest.approx([weight for weight, _, _ in known])
    assert list(dots.y) == [miles for _, miles, _ in known]
    assert len(record.charts) == 7


@pytest.mark.parametrize("slope, intercept", [(0, 20), (-5, 40), (-7.5, 46), (2, 0)])
def test_your_line(record, cars, slope, intercept):
    live = record.lives[1]
    picture = Moved(live, slope=slope, intercept=intercept)
    off = [miles - (slope * weight + intercept) for weight, miles, _ in cars[1]]
    at, spread = picture.numbers.values()
    assert at == pytest.approx(slope * 3 + intercept)
    assert spread == pytest.approx(statistics.fmean(e * e for e in off) ** 0.5)
    for x, y in picture.dots(0):
        assert y == pytest.approx(slope * x + intercept)


def test_the_best_line(record, cars):
    live = record.lives[1]
    weights, miles, _ = zip(*cars[1], strict=True)
    slope, intercept = statistics.linear_regression(weights, miles)
    assert live.guess.truth == pytest.approx(3 * slope + intercept)
    assert "a car of 3,000 pounds?" in live.question
    (best,), label = live.buttons.values(), live.numbers[1].label
    assert best == {"slope": pytest.approx(slope), "intercept": pytest.approx(intercept)}
    spread = Moved(live, **best).numbers[label]
    for change in ({"slope": slope + 0.1}, {"slope": slope - 0.1}, {"intercept": intercept + 0.1}):
        assert Moved(live, **{**best, **change}).numbers[label] > spread
    assert live.hides == ()


def judge(tmp_path, text):
    path = tmp_path / "answer.py"
    path.write_text(text)
    return checker.judge("l02_explore", path)


def test_half_and_twice_the_slope_still_count(tmp_path, cars):
    weights, miles, _ = zip(*cars[1], strict=True)
    slope = statistics.linear_regression(weights, miles).slope
    for share, state in ((0.49, checker.WRONG), (0.51, checker.RIGHT), (1, checker.RIGHT),
                         (1.99, checker.RIGHT), (2.01, checker.WRONG)):
        for sign in (1, -1):  # a size with the sign of the slope is no mistake
            verdict = judge(tmp_path, f'SIGN = "-"\nSIZE = {sign * slope * share}\n')
            assert verdict.state == state


@pytest.mark.parametrize("text", ['SIGN = "-"\nSIZE = ...\n', 'SIGN = ...\nSIZE = 7\n'])
def test_half_an_answer_is_not_yet_one(tmp_path, text):
    assert judge(tmp_path, text).state == checker.NOT_YET


def test_a_fraction_is_a_number(tmp_path):
    text = 'from fractions import Fraction\nSIGN = "-"\nSIZE = Fraction(15, 2)\n'
    assert judge(tmp_path, text).state == checker.RIGHT


def test_the_last_hint_is_read_from_the_line(cars):
    weights, miles, _ = zip(*cars[1], strict=True)
    slope, intercept = statistics.linear_regression(weights, miles)
    assert f"2,000 pounds goes some {2 * slope + intercept:.0f} miles" in HINTS[-1]
    assert f"4,000 pounds some {4 * slope + intercept:.0f}." in HINTS[-1]
