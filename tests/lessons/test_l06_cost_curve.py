"""Lesson 6: the cost curve of one lever, and its slope, are what plain sums say."""

import math
import statistics
from collections import Counter
from itertools import pairwise

import pytest

from lessons import l06_cost_curve as lesson
from lessons.data import films, sources
from lessons.grading import checker
from mathlab.drawing import Curve, Mark, Tangent
from tests.lessons.record import Record, told

WRONG = [
    ("GUESSES = [20]\n", "at 20 the curve rises, so the bottom lies at a smaller factor"),
    ("GUESSES = [20, 0]\n", "loss 1565.6, slope 242.93\n             0: loss 522.56, slope -138"),
    ("GUESSES = (5, 9, 6.5, 8, 6)\n", "those were 5 guesses: keep the best two"),
    ("GUESSES = []\n", "write a first guess into the list"),
    ("GUESSES = [1, 2, 3, 4, 5, 7.27]\n", "take out those that led you nowhere"),
    ("GUESSES = 7.27\n", "it should be a list of numbers"),
    ("GUESSES = [...]\n", "each guess should be a finite number"),
    ("GUESSES = ['7']\n", "each guess should be a finite number"),
    ("GUESSES = [-1e200]\n", "at -1e+200 the curve falls, so the bottom lies at a larger one"),
    ("GUESSES = [10**400]\n", "each guess should be a finite number"),
]


@pytest.fixture(scope="module")
def record():
    return told(6)


def parabola(start=0.0):
    """The loss of revenue = start + m*budget by plain sums: a*m**2 + b*m + c."""
    table, _ = films.cleaned()
    budget, earned = table["budget"], [revenue - start for revenue in table["revenue"]]
    return (
        statistics.fmean(b * b for b in budget),
        -2 * statistics.fmean(b * r for b, r in zip(budget, earned, strict=True)),
        statistics.fmean(r * r for r in earned),
    )


def height(m):
    a, b, c = parabola()
    return a * m * m + b * m + c


def test_the_settings(record):
    table, _ = films.cleaned()
    pairs = list(zip(table["budget"], table["revenue"], strict=True))
    shown = record.tables[0]
    assert list(shown["factor"]) == [0, 1, 2, 3, 4, 5, 6]
    assert shown["loss"] == [round(height(m)) for m in range(7)]
    assert shown["too high"] == [sum(m * b > r for b, r in pairs) for m in range(7)]
    assert f"over {len(pairs):,} films" in record.prose
    assert "We try 7 settings." in record.prose
    assert "Turn the factor up from 0 to 6." in record.prose
    assert "With a factor of 0 the model is too high for 0% of the films" in record.prose
    share = shown["too high"][-1] / len(pairs)
    assert f"with 6 it is too high for {share:.0%} of them" in record.prose
    assert share > 0.8  # "far too high"


def test_it_falls_and_then_rises(record):
    losses = record.tables[0]["loss"]
    lowest = losses.index(min(losses))
    assert 0 < lowest < len(losses) - 1
    assert losses[: lowest + 1] == sorted(losses[: lowest + 1], reverse=True)
    assert losses[lowest:] == sorted(losses[lowest:])


def test_the_rises(record):
    shown = record.tables[1]
    assert list(zip(shown["here"], shown["there"], strict=True)) == [*pairwise(range(7))]
    slopes = [height(m + 1) - height(m) for m in range(6)]
    assert shown["slope"] == [round(slope) for slope in slopes]
    assert shown["turn"] == ["up" if slope < 0 else "down" for slope in slopes]
    assert Counter(shown["turn"]) == {"up": 3, "down": 3}


def test_the_close_up(record):
    a, b, _ = parabola()
    bottom = -b / (2 * a)
    shown = record.tables[2]
    assert shown["factor"] == [1, 5, round(bottom, 3)]
    assert shown["slope"] == [round(2 * a + b), round(10 * a + b), 0]
    assert shown["turn"] == ["up", "down", "neither"]
    assert f"near each other, {lesson.NEAR:g} to the left of a place" in record.prose
    slopes = [2 * a * place + b for place in lesson.PLACES]
    steady = (slopes[1] - slopes[0]) / (lesson.PLACES[1] - lesson.PLACES[0])
    assert steady == pytest.approx(2 * a)
    assert f"changes evenly, by {steady:,.0f} for each unit of the factor" in record.prose
    assert f"At the bottom, a factor of {bottom:.3f}, the slope is 0:" in record.prose
    assert f"the loss is {height(bottom):,.0f} at best" in record.prose
    assert height(bottom + 0.001) - height(bottom) < 0.01  # "hardly changes"


def test_the_nearer_the_flatter():
    a, b, _ = parabola()
    for side in (-1, 1):
        steep = [abs(2 * a * (-b / (2 * a) + side * far) + b) for far in (0.1, 0.5, 1, 2)]
        assert steep == sorted(steep)


def test_films_with_one_budget_earn_different_sums():
    rows = list(films.cleaned()[0].rows())
    (budget, count), *_ = Counter(film["budget"] for film in rows).most_common(1)
    assert len({film["revenue"] for film in rows if film["budget"] == budget}) > count / 2 > 20


def test_the_picture(record):
    (chart,) = record.charts
    assert chart.skipped == 0
    (curve,) = (layer for layer in chart.layers if isinstance(layer, Curve))
    for m in (0.0, 1.5, 6.0):
        assert curve.f(m) == pytest.approx(height(m))
    a, b, _ = parabola()
    tangents = [layer for layer in chart.layers if isinstance(layer, Tangent)]
    marks = [layer for layer in chart.layers if isinstance(layer, Mark)]
    assert [mark.label for mark in marks] == ["turn up", "turn down", "the bottom"]
    for tangent, mark, m in zip(tangents, marks, (1, 5, -b / (2 * a)), strict=True):
        assert tangent.x == mark.x == pytest.approx(m)
        assert tangent.y == mark.y == pytest.approx(height(m))
        assert tangent.slope == pytest.approx(2 * a * m + b, rel=1e-6, abs=1e-3)


def test_change_one_thing(monkeypatch, record):
    monkeypatch.setattr(lesson, "MODEL", "revenue = 50 + factor*budget")
    a, b, _ = parabola(start=50)
    moved = Record(lesson.main).tables[2]["factor"][-1]
    assert moved == round(-b / (2 * a), 3)
    assert moved < record.tables[2]["factor"][-1]  # to the left


def test_settings_of_ones_own(monkeypatch):
    monkeypatch.setattr(lesson, "SETTINGS", (-2.0, -1.0))
    assert "inf" not in Record(lesson.main).prose


# ------------------------------------------------------------------ the exercise


def lowest():
    """The best factor for the cars, and its loss, by plain sums."""
    table, _ = sources.cars("weight")
    pairs = [(w / 1000, 45 - mpg) for w, mpg in
             zip(table["weight"], table["miles_per_gallon"], strict=True)]
    best = sum(w * short for w, short in pairs) / sum(w * w for w, _ in pairs)
    return best, statistics.fmean((short - best * w) ** 2 for w, short in pairs)


def judged(tmp_path, guesses):
    path = tmp_path / "answer.py"
    path.write_text(f"GUESSES = {guesses!r}\n")
    return checker.judge("l06_cost_curve", path)


def test_within_one_per_cent_is_right(tmp_path):
    best, loss = lowest()
    table, _ = sources.cars("weight")
    bend = statistics.fmean((w / 1000) ** 2 for w in table["weight"])
    reach = math.sqrt(0.01 * loss / bend)
    for side in (-1, 1):
        assert judged(tmp_path, [best + side * 0.999 * reach]).state == checker.RIGHT
        assert judged(tmp_path, [20, best + side * 1.001 * reach]).state == checker.WRONG


def test_halving_alone_brings_one_near_and_the_slopes_bring_one_there(tmp_path):
    best, _ = lowest()
    low, high, guesses = 0.0, 20.0, []
    for _ in range(5):
        guesses.append((low + high) / 2)
        low, high = (low, guesses[-1]) if guesses[-1] > best else (guesses[-1], high)
    assert min(abs(guess - best) for guess in guesses) < 1
    shown = judged(tmp_path, guesses[:2]).came
    slopes = [float(line.split("slope ")[1]) for line in shown.splitlines()]
    a, b = guesses[:2]
    third = a - slopes[0] * (b - a) / (slopes[1] - slopes[0])  # the last hint
    assert judged(tmp_path, [a, b, third]).state == checker.RIGHT


def test_what_is_said_of_each_guess(tmp_path):
    table, _ = sources.cars("weight")
    rows = [(w / 1000, mpg) for w, mpg in
            zip(table["weight"], table["miles_per_gallon"], strict=True)]
    lines = [line.strip() for line in judged(tmp_path, [3, 12.5]).came.splitlines()]
    for line, m in zip(lines, (3, 12.5), strict=True):
        residuals = [(w, mpg - (45 - m * w)) for w, mpg in rows]
        loss = statistics.fmean(e * e for _, e in residuals)
        slope = statistics.fmean(2 * e * w for w, e in residuals)
        assert line == f"{m:g}: loss {loss:.5g}, slope {slope:.5g}"
