"""Lesson 4: every residual of the dozen, the worst of all films, the means, counted from the file.
"""

import csv
import statistics
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from lessons import l04_residuals as lesson
from lessons.grading import checker
from mathlab.drawing import Bars, Mark
from tests.lessons.moved import Moved
from tests.lessons.record import told

MENDED = """def residuals(actual, predicted):
    return [a - p for a, p in zip(actual, predicted)]
"""
BY_SIZE = """def farthest(titles, errors):
    return max(zip(map(abs, errors), titles))[1]
"""
UNMENDED = (Path(lesson.__file__).parent / "exercises" / "l04_residuals.py").read_text()


def with_farthest(body):
    return f"{MENDED}\ndef farthest(titles, errors):\n    {body}\n"


def with_residuals(body):
    return f"def residuals(actual, predicted):\n    {body}\n\n{BY_SIZE}"


WRONG = [
    (with_farthest("return ''"), "| '' | 'B'"),
    (with_residuals("return [p - a for a, p in zip(actual, predicted)]"), "the wrong way round"),
    (with_residuals("return [abs(a - p) for a, p in zip(actual, predicted)]"), "the sign is lost"),
    (with_residuals("return sum(actual) - sum(predicted)"), "it should be a list"),
    (with_residuals("return actual - predicted"), "TypeError"),
    (with_residuals("return [actual[0] - predicted[0]]"), "each film has one residual"),
    (with_farthest("return titles[errors.index(max(errors))]"), "one below it is further away"),
    (with_farthest("return titles[errors.index(min(errors))]"), "one above it is further away"),
    (with_farthest("return titles[0]"), "one below it is further away"),
    (with_farthest("return max(errors, key=abs)"), "it should return a title"),
    (with_farthest("return errors.index(max(errors, key=abs))"), "it should return a title"),
    (with_farthest("return min(zip(map(abs, errors), titles))[1]"), "nearest to the line"),
    (with_farthest("return titles[errors.index(abs(max(errors, key=abs)))]"), "ValueError"),
    (with_farthest("titles[0]"), "it returns nothing"),
    ("farthest = 'Avatar'\n" + MENDED, "it should be a function"),
]


@pytest.fixture(scope="module")
def record():
    return told(4)


@pytest.fixture(scope="module")
def films():
    """Title, budget and revenue of the films that can be learnt from, straight from the file."""
    kept = []
    path = Path(lesson.__file__).parent / "data" / "movies.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for film in csv.DictReader(file):
            budget, revenue = film["budget"], film["revenue"]
            year = datetime.strptime(film["release_date"], "%b %d %Y").year
            if film["title"] and budget and float(revenue or 0) and year <= 2010:
                kept.append((film["title"], float(budget) / 1e6, float(revenue) / 1e6))
    return kept


# ------------------------------------------------------------------ a dozen


def test_the_dozen(record, films):
    (shown, *_) = record.tables
    titles = [title for title, _, _ in films]
    dozen = [film for film in films if film[0] in shown["film"]]
    assert len(dozen) == 12 == len(shown["film"])  # so each title belongs to one film
    assert all(titles.count(title) == 1 for title in shown["film"])
    dozen.sort(key=lambda film: film[1])
    rows = list(zip(*shown.values(), strict=True))
    by_title = {film[0]: film for film in dozen}
    assert [by_title[row[0]][1] for row in rows] == [budget for _, budget, _ in dozen]
    for title, actual, predicted, residual in rows:
        _, budget, revenue = by_title[title]
        assert actual == round(revenue)
        assert predicted == round(3 * budget)
        assert residual == round(revenue - 3 * budget) == actual - predicted


def test_the_bars(record, films):
    bars, high, low = record.charts[0].layers
    assert isinstance(bars, Bars)
    assert list(bars.x) == list(range(1, 13))
    by_title = {title: revenue - 3 * budget for title, budget, revenue in films}
    titles = record.tables[0]["film"]
    assert list(bars.y) == pytest.approx([by_title[title] for title in titles])
    left = {title: by_title[title] for title in titles}
    for mark, end in ((high, max), (low, min)):
        assert isinstance(mark, Mark)
        assert mark.label == end(left, key=left.get)
        assert (mark.x, mark.y) == (titles.index(mark.label) + 1, pytest.approx(left[mark.label]))
    assert high.y > 0 > low.y
    near = min(left, key=lambda title: abs(left[title]))
    assert abs(left[near]) < 10  # 'next to the truth'
    assert f"far too little for {high.label}, far too much for {low.label}, and" in record.prose
    said = f"is nearly right for {near}, which it misses by {abs(left[near]):.0f} million."
    assert said in record.prose


# ------------------------------------------------------------------ all films


def test_the_two_worst(record, films):
    left = sorted((r - 3 * b, title, b, r) for title, b, r in films)
    below, on = (sum(e[0] < 0 for e in left), sum(e[0] == 0 for e in left))
    above = len(left) - below - on
    said = f"Of all {len(left):,} films {above:,} have a residual above 0, {below:,} one below 0, "
    assert f"{said}and {on} exactly 0." in record.prose
    for word, (residual, title, budget, revenue) in (("above the line", left[-1]),
                                                     ("below", left[0])):
        said = f"The furthest {word} is {title}: a budget of {budget:.0f} million, a revenue of "
        assert f"{said}{revenue:,.0f}, " in record.prose
        assert f"a residual of {residual:,.0f}." in record.prose
    assert f"the one above is {left[-1][0] / -left[0][0]:.1f} times as far" in record.prose
    # 'a line can say too much only by as much as it says'
    assert all(-residual <= 3 * budget for residual, _, budget, _ in left)


def test_the_means(record, films):
    shown = record.tables[1]
    mean = statistics.fmean(revenue for _, _, revenue in films)
    lines = {"level": (0, mean), "money back": (1, 0), "by eye": (3, 0), "by eye, lower": (3, -100)}
    assert shown["line"] == list(lines)
    for i, (slope, start) in enumerate(lines.values()):
        left = [revenue - (slope * budget + start) for _, budget, revenue in films]
        assert shown["mean"][i] == pytest.approx(sum(left) / len(left), abs=0.05)
        assert shown["above"][i] == sum(e > 0 for e in left)
    assert str(shown["mean"][0]) == "0.0"  # and not -0.0
    means = dict(zip(shown["line"], shown["mean"], strict=True))
    assert means["by eye, lower"] - means["by eye"] == pytest.approx(100)
    assert min(means.values(), key=abs) == means["level"]  # 'would be the best of all'
    assert "with its mean of 0. But" in record.prose
    assert "moved down by 100 million" in record.prose


def test_the_groups(record, films):
    mean = statistics.fmean(revenue for _, _, revenue in films)
    groups = [[film for film in films if min(film[1] // 50, 4) == i] for i in range(5)]
    expected = {
        "level": [statistics.fmean(r - mean for _, _, r in group) for group in groups],
        "by eye": [statistics.fmean(r - 3 * b for _, b, r in group) for group in groups],
    }
    for chart, (name, heights) in zip(record.charts[2:], expected.items(), strict=True):
        (bars,) = chart.layers
        assert f"'{name}'" in chart.title
        assert list(bars.x) == [25, 75, 125, 175, 225]
        assert list(bars.y) == pytest.approx(heights)
        assert "200 and more" in chart.x_label
    level, eye = expected.values()
    assert all(a < b for a, b in pairwise(level))  # 'grow'
    assert f"'level' grow from {level[0]:.0f} to {level[-1]:.0f} million" in record.prose
    assert f"'by eye' lie between {min(eye):.0f} and {max(eye):.0f}." in record.prose
    giant = max(groups[-1], key=lambda film: film[2])[0]
    assert giant == max(films, key=lambda film: film[2])[0]
    assert f"the last group has only {len(groups[-1])} films, and one of them is {giant}." in (
        record.prose
    )


@pytest.mark.parametrize("slope, intercept", [(3, 0), (-1, 150), (0.5, -200)])
def test_the_residuals_follow_the_line(record, films, slope, intercept):
    (live,) = record.lives
    shown = [(budget, revenue) for _, budget, revenue in films[::20]]
    left = [revenue - (slope * budget + intercept) for _, budget, revenue in films]
    picture = Moved(live, slope=slope, intercept=intercept)
    assert list(picture.numbers.values()) == pytest.approx([sum(left), statistics.fmean(left)])
    left = left[::20]
    above, below, line = map(picture.dots, range(3))
    for (budget, revenue), e, up, down in zip(shown, left, above, below, strict=True):
        predicted = slope * budget + intercept
        assert up == pytest.approx([budget, predicted, budget, predicted + max(e, 0)])
        assert down == pytest.approx([budget, predicted, budget, predicted + min(e, 0)])
        assert revenue in (pytest.approx(up[3]), pytest.approx(down[3]))
    assert line == [[x, pytest.approx(slope * x + intercept)] for x, _ in line]


def test_a_line_for_each_slope(record, films):
    (live,) = record.lives
    (chart,) = live.charts
    dots = zip(chart.layers[0].x, chart.layers[0].y, strict=True)
    assert [*dots] == [(budget, revenue) for _, budget, revenue in films[::20]]
    assert chart.layers[1].y == pytest.approx([3 * x for x in chart.layers[1].x])
    assert live.hides == [(0, 2)]
    low, high = (next(each for each in live.levers if each.of.name == "intercept")[1:3])
    for slope in (-2, -1, 0, 1, 3):  # rising or falling: lift it by the mean, and the mean is 0
        lift = Moved(live, slope=slope, intercept=0).numbers["mean of the residuals of all films"]
        assert low <= lift <= high  # the lever goes there
        lifted = Moved(live, slope=slope, intercept=lift)
        assert lifted.numbers["mean of the residuals of all films"] == pytest.approx(0, abs=1e-9)
    assert live.guess.choices[live.guess.truth].startswith("One for each slope")


# ------------------------------------------------------------------ the exercise


def judge(tmp_path, text):
    path = tmp_path / "answer.py"
    path.write_text(text)
    return checker.judge("l04_residuals", path)


RIGHT = [
    MENDED + BY_SIZE,
    "import operator\n" + with_residuals("return tuple(map(operator.sub, actual, predicted))"),
    with_residuals("return [-(p - a) for a, p in zip(actual, predicted)]"),
    with_farthest("return titles[max(range(len(titles)), key=lambda i: errors[i] ** 2)]"),
    with_farthest("return sorted(zip(titles, errors), key=lambda pair: -abs(pair[1]))[0][0]"),
]


def test_half_an_answer(tmp_path):
    assert judge(tmp_path, UNMENDED).state == checker.NOT_YET
    half = judge(tmp_path, with_farthest("return ..."))
    assert (half.state, half.why) == (checker.NOT_YET,
                                      "residuals is mended; farthest still returns ...")
    assert "mended" not in judge(tmp_path, UNMENDED).why
    found = UNMENDED.replace("return ...", "return max(zip(map(abs, errors), titles))[1]")
    verdict = judge(tmp_path, found)
    assert (verdict.state, "the wrong way round" in verdict.why) == (checker.WRONG, True)
