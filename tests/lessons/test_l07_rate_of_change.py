"""Lesson 7 tells the truth: the secants of the cost curve, the best h, the slope without any."""

import math
import re
import statistics
import sys
from fractions import Fraction

import pytest

from lessons import l07_rate_of_change as lesson
from lessons.data import films
from lessons.grading import checker
from mathlab.drawing import Mark
from mathlab.errors import DomainError
from tests.lessons.moved import Moved
from tests.lessons.record import Record, told

EPSILON = sys.float_info.epsilon
WRONG = [
    ("FORWARD_H = 1e-8\nCENTRAL_H = 1e-5\n", "that is too narrow: the rounding of the table"),
    ("FORWARD_H = 1e-3\nCENTRAL_H = 1e-3\n", "CENTRAL_H = 0.001: how far off the slope is"),
    ("FORWARD_H = 1e-2\nCENTRAL_H = 1e-3\n", "that is too wide: the curve bends away"),
    ("FORWARD_H = 5e-3\nCENTRAL_H = 5e-3\n", "a step to both sides feels less of the bend"),
    ("FORWARD_H = -3\nCENTRAL_H = -2\n", "write the step itself, such as 1e-8"),
    ("FORWARD_H = 0\nCENTRAL_H = 0\n", "a step is above 0"),
    ("FORWARD_H = 1e-30\nCENTRAL_H = 1e-2\n", "the step is too small to move"),
    ("FORWARD_H = '1e-3'\nCENTRAL_H = 1e-2\n", "it should be a number"),
]


@pytest.fixture(scope="module")
def record():
    return told(7)


@pytest.fixture(scope="module")
def parabola():
    """The loss of revenue = m*budget, worked out by hand: a*m**2 + b*m + c."""
    table, _ = films.cleaned()
    budget, revenue = table["budget"], table["revenue"]
    pairs = list(zip(budget, revenue, strict=True))
    return (
        statistics.fmean(b * b for b in budget),
        -2 * statistics.fmean(b * r for b, r in pairs),
        statistics.fmean(r * r for r in revenue),
    )


def height(parabola, m):
    a, b, c = parabola
    return a * m * m + b * m + c


# ------------------------------------------------------------------ secants and the tangent


def test_the_secants(record, parabola):
    a, b, _ = parabola
    table = record.tables[0]
    assert table["h"] == ["3", "1", "0.1", "0.01", "0.001"]
    for h, slope, off in zip(map(float, table["h"]), table["slope"], table["off by"], strict=True):
        assert slope == pytest.approx(2 * a + b + a * h, rel=1e-7)  # at 1 it is 2*a + b
        assert off == pytest.approx(a * h, rel=1e-4)


def test_the_prose_about_the_tangent(record, parabola):
    a, b, _ = parabola
    assert f"how far they are from {2 * a + b:,.2f}, which" in record.prose
    assert "From h = 0.01 to 0.001 it becomes 10.0 times as small: a tenth" in record.prose
    assert f"for all {len(films.cleaned()[0]):,} films" in record.prose


def test_the_picture_of_the_secants(record, parabola):
    a, b, _ = parabola
    chart = record.charts[0]
    curve, tangent, *secants = [layer for layer in chart.layers if not isinstance(layer, Mark)]
    point, *others = [layer for layer in chart.layers if isinstance(layer, Mark)]
    assert chart.skipped == 0
    for m in (0.0, 1.0, 2.5, 5.0):
        assert curve.f(m) == pytest.approx(height(parabola, m))
    assert (point.x, point.y) == (1, pytest.approx(height(parabola, 1)))
    assert tangent.slope == pytest.approx(2 * a + b)
    assert (tangent.x, tangent.y) == (point.x, point.y)
    assert [mark.label for mark in others] == ["h = 3", "h = 1"]
    for secant, mark in zip(secants, others, strict=True):  # through the point and its own mark
        assert mark.y == pytest.approx(height(parabola, mark.x))
        assert mark.label == f"h = {mark.x - point.x:g}"
        for on in (point, mark):
            assert secant.height(on.x) == pytest.approx(on.y)


# ------------------------------------------------------------------ which h


def test_numbers_are_explained_before_they_are_met():
    """The first number with an e in it, in the course, stands where the e is explained."""
    small = re.compile(r"\b\de[-+]?\d")
    assert not any(small.search(told(number).prose + str(told(number).tables))
                   for number in range(1, 7))
    _, before, after = told(7).prose.partition("A word on how Python writes numbers")
    said = "4e-02 is short for 4 times 10 to the power of -2, which is 0.04: "
    assert said in after and small.search(after).start() == after.index(said)
    assert not small.search(told(7).prose.partition(before)[0] + str(told(7).tables[0]))
    assert float("4e-02") == 4 * 10**-2 == 0.04
    digits = next(n for n in range(1, 30) if float("1" * n) != int("1" * n)) - 1
    assert f"has room for some {digits} digits," in after
    assert "So 0.1 + 0.2 is 0.30000000000000004 in Python, and not 0.3." in after
    assert Fraction(0.1) + Fraction(0.2) != Fraction(3, 10)


def test_the_slope_of_the_formula(record):
    slope = f"its slope, cos(x), so at x = 1 it is {math.cos(1):.10f}."
    assert f"The table of lesson 8 has {slope}" in record.prose


def test_the_errors(record):
    table = record.tables[1]
    assert [float(h) for h in table["h"]] == [float(f"1e-{n}") for n in range(1, 17)]
    for h, forward, central in zip(*table.values(), strict=True):
        above, below = 1 + float(h), 1 - float(h)
        if above == 1:
            assert forward == "-"
        else:
            quotient = (math.sin(above) - math.sin(1)) / (above - 1)
            assert forward == f"{abs(quotient - math.cos(1)):.0e}"
        quotient = (math.sin(above) - math.sin(below)) / (above - below)
        assert central == f"{abs(quotient - math.cos(1)):.0e}"
    assert table["forward"].count("-") == 1  # "in the end x+h is x"


def test_the_two_arms_of_the_v(record):
    exact = math.cos(1)
    forward = lesson.errors_by_step(lesson.forward_difference, exact)
    central = lesson.errors_by_step(lesson.central_difference, exact)
    for n in (-3, -4, -5, -6):  # the bend: h/2*sin(1) and h**2/6*cos(1)
        assert forward[n] == pytest.approx(10.0**n / 2 * math.sin(1), rel=1e-2)
    for n in (-1, -2, -3, -4):
        assert central[n] == pytest.approx(10.0 ** (2 * n) / 6 * exact, rel=1e-2)
    for errors in (forward, central):  # rounding: below EPSILON/h, and far above what the bend does
        for n in range(-15, -9):
            assert 10.0**n < errors[n] < 2 * EPSILON / 10.0**n
        assert errors[-14] > 1000 * errors[-10] > 1e-7


def quotients(h):
    """Forward and central, divided by the steps that are taken."""
    above, below = 1 + h, 1 - h
    return ((math.sin(above) - math.sin(1)) / (above - 1),
            (math.sin(above) - math.sin(below)) / (above - below))


@pytest.mark.parametrize("n", [0, 1, 5, 8, 11, 15])
def test_a_step_to_turn(record, n):
    picture, h = Moved(record.lives[0], n=n), 10.0**-n
    for i, (name, slope) in enumerate(zip(("forward", "central"), quotients(h), strict=True)):
        off = abs(slope - math.cos(1))
        assert picture.numbers[name] == pytest.approx([h, slope, off], rel=1e-15)
        line, ends, error = (picture.dots(3 * i + j) for j in range(3))
        (a, b), (c, d) = ends
        assert [a, c] == [1 - h * i, 1 + h]
        assert [b, d] == [math.sin(a), math.sin(c)]
        for x, y in line:  # through the end of the step, with its slope
            assert y == pytest.approx(d + slope * (x - c))
        assert error == [[h, pytest.approx(off, rel=1e-15)]]


def test_which_n(record):
    (live,) = record.lives
    off = {n: abs(quotients(10.0**-n)[0] - math.cos(1)) for n in range(1, 16)}
    assert live.guess.truth == min(off, key=off.get)
    lost = Moved(live, n=16)  # "in the end x+h is x": there is no number in the page either
    with pytest.raises(DomainError):
        lost.number(live.numbers[0].of)
    assert lost.number(live.numbers[1].of)[1] == 1
    hidden = [live.charts[chart].layers[layer - 1] for chart, layer in live.hides]
    assert [layer.label for layer in hidden] == [
        "forward", "central", "x - h", "x + h", "forward", "central"]
    for secant, slope in zip(hidden, quotients(1.0), strict=False):
        assert (secant.slope, secant.height(2)) == pytest.approx((slope, math.sin(2)))


def test_the_picture_of_the_v(record):
    chart = record.charts[-1]
    assert chart.skipped == 0
    assert [layer.label for layer in chart.layers] == ["forward", "central"]
    for layer in chart.layers:
        errors = dict(zip(record.tables[1]["h"], record.tables[1][layer.label], strict=True))
        drawn = {f"{h:.0e}": f"{y:.0e}" for h, y in zip(layer.x, layer.y, strict=True)}
        assert drawn == {h: error for h, error in errors.items() if error != "-"}


def test_the_best_h(record):
    table = record.tables[2]
    assert table["quotient"] == ["forward", "central"]
    assert table["in theory"] == [f"{math.sqrt(EPSILON):.0e}", f"{math.cbrt(EPSILON):.0e}"]
    for best, theory in zip(table["best h"], table["in theory"], strict=True):
        assert float(theory) / 10 < float(best) < float(theory) * 10
    for name, best, off in zip(table["quotient"], table["best h"], table["off by"], strict=True):
        errors = [float(e) for e in record.tables[1][name] if e != "-"]
        assert float(off) == min(errors)
        assert record.tables[1][name][record.tables[1]["h"].index(best)] == off
    assert f"EPSILON, {math.ulp(1.0):.1e}, is how finely" in record.prose
    assert "at the square root of EPSILON for forward, and at the cube root for central" in (
        record.prose
    )


# ------------------------------------------------------------------ no h at all


def test_without_h(record, parabola):
    a, b, _ = parabola
    table = record.tables[3]
    assert table["slope"] == [pytest.approx(math.cos(1)), pytest.approx(2 * a + b)]
    for off, bound in zip(table["off by"], table["bound"], strict=True):
        assert float(off) <= float(bound) < 1e-10
    assert float(table["bound"][0]) < float(record.tables[2]["off by"][1]) / 10  # better than any h


def test_the_calls_are_counted(record):
    calls = []

    def counted(x):
        calls.append(x)
        return math.sin(x)

    again = Record(lambda page: lesson.without_h(page, {"f": (counted, 1.0, math.cos(1))}))
    assert len(calls) == again.tables[0]["calls"][0] == record.tables[3]["calls"][0]
    assert len(set(calls)) > 20  # steps of every size


def test_a_kink_is_named(record):
    assert (
        "as of |x| at 0: 'the slope is -1 to the left and 1 to the right of 0.0: a kink'."
        in record.prose
    )


# ------------------------------------------------------------------ what the reader changes


def test_change_one_thing(monkeypatch):
    monkeypatch.setattr(lesson, "PLACE", 1000.0)
    record = Record(lambda page: lesson.which_h(page, math.cos(1000)))
    assert record.untrue == [
        "And x-h is another number for a while yet: below 1 floats lie closer."]
    *_, table = record.tables
    for best, theory, steady in zip(
        table["best h"], table["in theory"], (EPSILON ** (1 / 2), EPSILON ** (1 / 3)), strict=True
    ):
        assert theory == f"{1000 * steady:.0e}"
        assert float(best) < float(theory) / 10  # sin bends on the scale of 1 wherever it is


@pytest.mark.parametrize("text", ["FORWARD_H, CENTRAL_H = 2e-3, 1.5e-2", "FORWARD_H = 10**-3\n"
                                  "CENTRAL_H = 1e-6 ** (1 / 3)"])
def test_whoever_reasons_otherwise_is_right_too(tmp_path, text):
    path = tmp_path / "answer.py"
    path.write_text(text)
    assert checker.judge("l07_rate_of_change", path).state == checker.RIGHT


def test_the_exercise(monkeypatch):
    monkeypatch.setattr(lesson, "f", lambda x: round(math.sin(x), 6))
    *_, table = Record(lambda page: lesson.which_h(page, math.cos(1))).tables
    for best, guess in zip(table["best h"], (1e-6 ** (1 / 2), 1e-6 ** (1 / 3)), strict=True):
        assert guess / 10 < float(best) < guess * 10


def test_a_quotient_that_is_exact_can_be_drawn(monkeypatch):
    monkeypatch.setattr(lesson, "FORMULA", lesson.X)
    monkeypatch.setattr(lesson, "f", lambda x: x)
    for chart in Record(lambda page: lesson.which_h(page, 1.0)).charts:
        assert chart.skipped == 0
