"""Lesson 14: what its exercise finds wrong and right, and what to change in it.

The numbers of the lesson are checked in `test_lessons`, as part of the story.
"""

import re
import statistics
from functools import wraps
from types import SimpleNamespace

import pytest

from lessons import l14_descent as lesson
from lessons.data import films
from mathlab import tiny
from mathlab.drawing import Line, Mark, Path
from tests.lessons.record import Record, told


def step(body):
    """The text of a reader's file."""
    return f"def step(position, slopes, rate):\n    {body}\n"


WRONG = [
    ("from array import array\n" + step("return array('d', [p - rate * s for p, s in zip(position, "
                                        "slopes)])"), "it should be a list with a number"),
    (step("return [round(p - rate * s, 3) for p, s in zip(position, slopes)]"), "Is it rounded?"),
    (step("return [p + rate * s for p, s in zip(position, slopes)]"), "that is a step uphill"),
    (step("return [p - s for p, s in zip(position, slopes)]"), "without the rate"),
    (step("return [-rate * s for s in slopes]"), "that is how far the levers move"),
    (step("return [rate * s for s in slopes]"), "that is how far the levers move"),
    (step("return [p - rate * slopes[0] for p in position]"), "a slope of its own"),
    (step("return position"), "nothing has moved"),
    (step("return [p - rate / s if s else p for p, s in zip(position, slopes)]"),
     "minus rate times its own slope"),
    (step("return position[0] - rate * slopes[0]"), "a list with a number for each lever"),
    (step("return [str(p) for p in position]"), "a list with a number for each lever"),
    (step("a, b = position; return [a - rate * slopes[0], b - rate * slopes[1]]"),
     "not enough values to unpack"),
    (step("return position - rate * slopes"), "TypeError"),
    (step("[p - rate * s for p, s in zip(position, slopes)]"), "does it come to a `return`?"),
    ("count = 0\n" + step("global count; count += 1; return "
                          "[p - rate * s / max(1, count - 9) for p, s in zip(position, slopes)]"),
     "the walk ends elsewhere"),
]
RIGHT = [
    step("return tuple(p - rate * s for p, s in zip(position, slopes))"),
    step("return [position[i] - slopes[i] * rate for i in range(len(position))]"),
    step("for i, s in enumerate(slopes): position[i] -= rate * s\n    return position"),
]


@pytest.fixture(scope="module")
def record():
    return told(14)


def test_the_walk_starts_where_the_prose_says(record):
    assert "the walk starts at slope 0 and intercept 0." in record.prose
    row, *_ = zip(*record.tables[1].values(), strict=True)
    losses = [revenue**2 for revenue in films.cleaned()[0]["revenue"]]
    assert row[:3] == (0, 0, 0)
    assert row[3] == pytest.approx(statistics.fmean(losses))


def test_the_loop_of_the_page(record):
    (source,) = [text for text in record.texts if "backward" in text]
    assert source.startswith('    slope, intercept = Value(0.0, "slope")')
    assert source.endswith("        parameter.data -= learning_rate * parameter.grad")
    rows = list(zip(*(films.cleaned()[0][name][::20] for name in ("budget", "revenue")),
                    strict=True))
    line = statistics.linear_regression(*zip(*rows, strict=True))
    first = statistics.fmean(revenue**2 for _, revenue in rows)
    least = statistics.fmean((y - line.slope * x - line.intercept) ** 2 for x, y in rows)
    assert f"Let it run, for one film in 20 ({len(rows)} films, as this loop" in record.prose
    assert f"Its loss falls in 10 steps from {first:,.0f} to {least:,.0f}. No step goes up." in (
        record.prose)
    # the same walk by hand: of residuals r, the slopes are -2*mean(r*z) and -2*mean(r)
    budgets, revenues = zip(*rows, strict=True)
    mean, spread = statistics.fmean(budgets), statistics.stdev(budgets)
    z = [(budget - mean) / spread for budget in budgets]
    slope = intercept = 0.0
    for i, shown in enumerate(zip(*record.tables[0].values(), strict=True)):
        left = [r - (slope * x + intercept) for r, x in zip(revenues, z, strict=True)]
        here = (i, slope, intercept, statistics.fmean(e * e for e in left))
        assert [float(number) for number in shown] == pytest.approx(here, abs=1e-6)
        by_slope = -2 * statistics.fmean(e * x for e, x in zip(left, z, strict=True))
        intercept -= 0.4 * -2 * statistics.fmean(left)
        slope -= 0.4 * by_slope
        if i == 0:
            assert (f"changes with the slope by {by_slope:.6f}, so the slope becomes 0 - 0.4 * "
                    f"({by_slope:.6f}) = {slope:.6f}.") in record.prose
    assert i == 10
    differ = re.search(r"its parameters and its loss differ (not at all|by at most (\S+))\.",
                       record.prose)
    assert float(differ[2] or 0) < 1e-9


def test_a_walk_that_goes_up_is_said(monkeypatch):
    @wraps(tiny.train)  # whose source is shown
    def backwards(*arguments):
        return reversed([*tiny.train(*arguments)])

    monkeypatch.setattr(lesson, "tiny", SimpleNamespace(train=backwards))
    record = Record(lambda page: lesson.the_loop(page, films.cleaned()[0]))
    assert record.untrue == ["No step goes up."]
    assert "its parameters and its loss differ not at all" not in record.prose


def test_the_pictures(record):
    path, cost = record.charts
    slopes, intercepts, losses = (record.tables[1][name] for name in ("slope", "intercept", "loss"))
    (way,) = [layer for layer in path.layers if isinstance(layer, Path)]
    assert (list(way.x), list(way.y)) == (list(slopes), list(intercepts))
    marks = [layer for layer in path.layers if isinstance(layer, Mark)]
    assert [(mark.x, mark.label) for mark in marks] == [
        (slopes[1], "step 1"), (slopes[2], "step 2")
    ]
    (curve,) = [layer for layer in cost.layers if isinstance(layer, Line)]
    assert min(curve.y) == pytest.approx(losses[-1])
    assert curve.x[curve.y.index(min(curve.y))] == pytest.approx(slopes[-1])


def test_from_elsewhere_it_comes_to_the_same_line(monkeypatch):
    monkeypatch.setattr(lesson, "START", {"slope": 300.0, "intercept": -200.0})
    table, _ = films.cleaned()
    trainer, scale = lesson.walk(table)
    exact = statistics.linear_regression(table["budget"], table["revenue"])
    assert scale.original_line(*trainer.best.position) == pytest.approx(tuple(exact), rel=1e-4)
    assert "the walk starts at slope 300 and intercept -200." in Record(lesson.main).prose
