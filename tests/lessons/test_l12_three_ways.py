"""Lesson 12 tells the truth: what agrees, what is planted, and what every way costs."""

import ast
import math
import re
import statistics
from decimal import Decimal, localcontext
from itertools import pairwise

import pytest

from lessons import clock
from lessons import l12_three_ways as lesson
from lessons.data import films
from lessons.grading.checker import RIGHT, judge
from lessons.grading.checks import l12_three_ways as exercise
from mathlab import derivative, numeric, parse, symbols
from mathlab.calculus.code.tidy import size
from mathlab.calculus.graph.operations import function
from mathlab.errors import WrongSlopeError
from tests.lessons.record import Record, told

(X,) = symbols("x")


CALLS = "WRONG_RULE = 'soft'\nNUMERIC = {}\nBACKWARD = {}\n"
WRONG = [
    ("WRONG_RULE = 'bell'\n", "the slope of bell is -2*x*exp(-x**2), and its row says so"),
    ("WRONG_RULE = 'slant'\n", "the slope of slant is x/sqrt(1 + x**2)"),
    ("from lessons.l12_three_ways import soft\nWRONG_RULE = soft\n", "it should be one of these"),
    (CALLS.format(50, 1), "that is for one lever"),
    (CALLS.format(1000, 1), "one call for each lever is not enough"),
    (CALLS.format(10**6, 1), "that is more than it needs"),
    (CALLS.format(2000, 1), "how many calls did it take for each lever?"),
    (CALLS.format("'many'", 1), "it should be a number"),
    (CALLS.format(50_000, 1000), "one sweep hands a slope to every lever"),
    (CALLS.format(50_000, 2), "does it grow with the levers?"),
]


@pytest.fixture(scope="module")
def record():
    return told(12)


# ------------------------------------------------------------------ accuracy


def test_every_way_on_the_real_film(record):
    film = max(films.cleaned()[0].rows(), key=lambda film: film["revenue"])
    cost = film["budget"]
    assert f"earned most, {film['title']}, with a budget of {cost:g} million," in record.prose
    assert "a scale of 5 and a power of 0.9, every way" in record.prose
    assert "d revenue / d power = scale*budget**power*log(budget)" in record.texts[0]
    with localcontext(prec=40):
        b, power = Decimal(cost), Decimal(lesson.LEVELS["power"])
        exact = 5 * b**power * b.ln()
        table = record.tables[0]
        off = {
            method: (float(abs(Decimal(slope) - exact)), float(shown))
            for method, slope, shown in zip(table["method"], table["slope"], table["off by"],
                                            strict=True)
        }
    assert list(off) == ["forward", "central", "numeric", "complex step", "backward", "symbolic",
                         "compiled", "series", "50 digits"]
    for method in list(off)[:-1]:
        assert off[method][1] == pytest.approx(off[method][0], rel=0.5)
    assert off["forward"][1] > 10 * off["central"][1] > 100 * off["numeric"][1]
    assert max(off["backward"][1], off["symbolic"][1]) < 1e-15 * 3750 * 10
    assert off["50 digits"][1] == 0
    assert "'off by' is how far each is from the last row," in record.prose


def test_the_calls_of_every_way(record):
    calls = dict(zip(record.tables[0]["method"], record.tables[0]["calls"], strict=True))
    seen = []
    numeric.derivative(lambda p: seen.append(p) or 5 * 237**p, 0.9)
    assert calls == {
        "forward": 2, "central": 2, "numeric": len(seen), "complex step": 1, "backward": 1,
        "symbolic": None, "compiled": None, "series": 1, "50 digits": None,
    }


def slopes_at(x):
    """The true slopes of bell, slant and soft."""
    return [-2 * x * math.exp(-x * x), x / math.hypot(1, x), 1 / (1 + abs(x)) ** 2]


def test_the_planted_rule(record):
    table = record.tables[1]
    truth = sum(slopes_at(1.5))
    planted = truth - 1 / 2.5**2 + 1 / 2.5
    slopes = dict(zip(table["method"], table["slope"], strict=True))
    assert slopes == {
        **dict.fromkeys(["forward", "central", "numeric"], pytest.approx(truth, rel=1e-6)),
        **dict.fromkeys(["backward", "symbolic", "compiled", "series"],
                        pytest.approx(planted, rel=1e-12)),
    }
    assert "the distance from 'numeric', which has never seen it." in record.prose
    (message,) = [text for text in record.texts if "by its rule" in text]
    assert f"is {planted:.12f}"[:-2] in message
    assert f"but {truth:.12f}"[:-2] in message
    assert "No slope is wrong" not in record.prose


@pytest.mark.parametrize("x", [-2.0, -0.3, 0.5, 1.5])
def test_one_of_the_three_is_wrong_and_the_exercise_can_be_solved(x):
    rows = lesson.bell, lesson.slant, lesson.soft
    by_rule = [row.slopes[0](x, row(x)) for row in rows]
    assert by_rule[:2] == pytest.approx(slopes_at(x)[:2])
    assert by_rule[2] != pytest.approx(slopes_at(x)[2], rel=0.1)
    assert [row(x) for row in rows] == [math.exp(-x * x), math.hypot(1, x), x / (1 + abs(x))]
    lesson.check_derivatives(lesson.bell, x)
    lesson.check_derivatives(lesson.slant, x)
    with pytest.raises(WrongSlopeError):
        lesson.check_derivatives(lesson.soft, x)


def test_once_mended_the_lesson_says_so(monkeypatch):
    mended = function("soft", lambda x: x / (1 + abs(x)), lambda x, y: 1 / (1 + abs(x)) ** 2)
    monkeypatch.setattr(lesson, "soft", mended)
    record = Record(lesson.accuracy)
    assert "No slope is wrong" in record.prose
    assert not [text for text in record.texts if "by its rule" in text]
    assert record.tables[1]["slope"] == [pytest.approx(sum(slopes_at(1.5)))] * 7


# ------------------------------------------------------------------ cost


def rows(table):
    return list(zip(*table.values(), strict=True))


def test_the_calls(record):
    table = record.tables[2]
    calls = {(n, method): count for n, method, count, _ in rows(table)}
    assert sorted(calls) == sorted(
        (n, way) for n in (1, 10, 100) for way in ("numeric", "backward", "symbolic", "(writing)")
    )
    for n in (1, 10, 100):
        assert calls[n, "numeric"] > 10 * n
        assert calls[n, "backward"] == calls[n, "symbolic"] == calls[n, "(writing)"] == 1
    assert f"nudges every lever anew: about {calls[100, 'numeric'] / 100:.0f} calls" in record.prose
    assert all(re.fullmatch(r" *\d+\.\d{3} ms", time) for time in table["time"])


@pytest.mark.parametrize("n", [1, 2, 7])
def test_the_calls_are_counted_and_not_claimed(n, monkeypatch):
    monkeypatch.setattr(clock, "LONG", math.inf)  # however slow this machine is, there are 3 runs
    seen = []

    def f(levers):
        seen.append(type(levers[0]))
        return sum(lever**2 for lever in levers)

    calls = {method: count for _, method, count, _ in lesson.gradients(f, [0.5] * n)}
    runs = 3  # "the median of 3 runs"
    assert runs * calls["numeric"] == seen.count(float)
    assert runs * (calls["backward"] + calls["(writing)"]) == len(seen) - seen.count(float)
    assert calls["backward"] == calls["(writing)"] == 1


def test_what_a_way_makes_is_handed_on():
    result, calls, _ = lesson.work(math.sqrt, lambda f: f(4.0) + f(9.0))
    assert (result, calls) == (5.0, 2)


# ------------------------------------------------------------------ size


def counted(formula):
    """The operations in a formula's text: each line once, and with the shared parts written out."""
    once, in_full, found = 0, {}, 0
    for line in str(formula).splitlines():
        name, _, text = line.rpartition(" = ")
        tree = list(ast.walk(ast.parse(text, mode="eval")))
        own = sum(isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Call)) for node in tree)
        once += own
        names = [node.id for node in tree if isinstance(node, ast.Name)]
        found = in_full[name] = own + sum(in_full.get(part, 0) for part in names)
    return once, found


@pytest.mark.parametrize("years", range(4, 17))
def test_sizes_against_the_text(years):
    slope = derivative(lesson.after(years, X), X)
    found, (shared, in_full) = size(slope), counted(slope)
    assert found[1] == in_full
    if len(str(slope).splitlines()) > 1:  # shared parts have names: each stands there once
        assert found[0] == shared


@pytest.mark.parametrize(
    ("formula", "shared", "in_full"),
    [
        (X, 0, 0),
        (X * X, 1, 1),
        (lesson.after(1, X), 3, 3),
        (lesson.after(2, X), 6, 3 + 2 * 3),
        (lesson.after(5, X), 15, 3 * (2**5 - 1)),
        (derivative(lesson.after(1, X), X), 2, 2),  # 4 - 8*x
    ],
)
def test_sizes_by_hand(formula, shared, in_full):
    assert size(formula) == (shared, in_full)


def test_the_table_of_sizes(record):
    table = record.tables[3]
    assert table["years"] == [1, 2, 4, 8, 16]
    assert table["formula"] == [3 * n for n in (1, 2, 4, 8, 16)]
    for years, shared, text in list(zip(table["years"], table["shared"], table["on paper"],
                                        strict=True))[3:]:
        assert (shared, int(text.replace(",", ""))) == counted(
            derivative(lesson.after(years, X), X)
        )


def test_the_prose_about_sizes(record):
    shared, in_full = zip(*(counted(derivative(lesson.after(n, X), X)) for n in (15, 16)),
                          strict=True)
    assert f"multiplies the length by {in_full[1] / in_full[0]:.0f}. After 16" in record.prose
    assert f"it fills {in_full[1] / 1e6:,.0f} books of a million operations each" in record.prose
    assert f"it ends at {shared[1]}. The swelling" in record.prose
    sizes = [counted(derivative(lesson.after(n, X), X))[0] for n in range(1, 17)]
    most = max(b - a for a, b in pairwise(sizes[5:]))  # before that, equal parts are found by sight
    assert f"no year adds more than {most}, and" in record.prose
    assert "4*x*(1 - x)" in record.texts
    assert any(text.startswith("d (year 1) / dx = 4 - 8*x\n") for text in record.texts)


def test_each_year_adds_about_as_much():
    sizes = [size(derivative(lesson.after(n, X), X))[0] for n in range(1, 33)]
    assert all(5 <= wider - size <= 25 for size, wider in pairwise(sizes))


def test_the_picture_of_sizes(record):
    (chart,) = record.charts
    assert chart.skipped == 0
    assert chart.y_log
    for name, layer in zip(("on paper", "shared"), chart.layers, strict=True):
        at = dict(zip(layer.x, layer.y, strict=True))
        for years, count in zip(record.tables[3]["years"], record.tables[3][name], strict=True):
            assert at[years] == int(str(count).replace(",", ""))


# ------------------------------------------------------------------ a black box


@pytest.fixture(scope="module")
def by_hand():
    """d/dp of the correlation of revenue with budget**p, at p = 1: by the quotient rule."""
    table, _ = films.cleaned()
    revenue, u = table["revenue"], table["budget"]
    speed = [b * math.log(b) for b in u]
    covariance, r = statistics.covariance, statistics.correlation(u, revenue)
    along = covariance(speed, revenue) / (statistics.stdev(u) * statistics.stdev(revenue))
    return along - r * covariance(speed, u) / statistics.variance(u)


def test_the_slope_of_the_black_box(record, by_hand):
    said = re.search(
        r"from (\d+) of them it finds a slope of ([\d.]+), by its own measure off by about (\S+)\.",
        record.prose,
    )
    calls, slope, bound = (float(text) for text in said.groups())
    assert 20 < calls < 80
    assert abs(slope - by_hand) <= bound + 5e-11  # ten digits are printed
    assert bound < 1e-10
    assert by_hand > 0  # "a power a little above 1 would bring the films closer to a line"
    (blurred,) = re.findall(r"its slope would be known to (\S+) and no better", record.prose)
    assert 1e-5 < float(blurred) < 0.1
    table, _ = films.cleaned()
    r = statistics.correlation(table["budget"], table["revenue"])
    assert f"{r:.3f} with a power of 1" in record.prose


def test_the_black_box_takes_no_values():
    with pytest.raises(TypeError):
        statistics.correlation([X, 2 * X], [1.0, 2.0])


# ------------------------------------------------------------------ the exercise


@pytest.mark.parametrize("x", [-2.0, -0.3, 0.5, 1.5])
def test_what_the_exercise_says_of_the_right_rules(x):
    for name, formula in exercise.RULES.items():
        assert parse(formula).at(x=x) == pytest.approx(getattr(lesson, name).slopes[0](
            x, getattr(lesson, name)(x)))


def test_the_calls_for_a_thousand_levers():
    """Those of the lesson's table, carried on, are near those that the exercise counts."""
    each = exercise.calls_of_numeric(exercise.FEW) / exercise.FEW
    table = [row for row in lesson.gradients(lambda xs: lesson.sigmoid(xs[0] + xs[1]), [0.5] * 2)]
    assert each == pytest.approx(table[0][2] / 2, rel=0.3)
    assert 40 < each < 60
    assert exercise.calls_of_backward(exercise.LEVERS) == 1


@pytest.mark.parametrize("numeric_calls", [40_000, 49_000.0, 50_500, 52_000, 60_000])
def test_a_near_prediction_is_right(tmp_path, numeric_calls):
    path = tmp_path / "l12_three_ways.py"
    path.write_text(CALLS.format(numeric_calls, 1), encoding="utf-8")
    assert judge("l12_three_ways", path).state == RIGHT


# ------------------------------------------------------------------ what the reader changes


def test_change_one_thing(monkeypatch, record):
    monkeypatch.setattr(lesson, "YEARS", 32)
    (table,) = Record(lesson.swelling).tables
    assert table["years"][-2:] == [16, 32]
    assert table["formula"][-1] == 2 * table["formula"][-2]  # this column doubles
    assert table["shared"][-1] < 3 * table["shared"][-2]
    assert len(table["on paper"][-1].strip()) > 2 * 11  # and here the digits do


def test_more_levers(monkeypatch):
    monkeypatch.setattr(lesson, "LEVERS", (1, 2, 3, 5))
    (table,) = Record(lesson.cost).tables
    assert table["levers"] == [n for n in (1, 2, 3, 5) for _ in range(4)]


# ------------------------------------------------------- what it costs to be general


def test_every_way_finds_the_slopes_of_the_line():
    table = films.cleaned()[0].head(lesson.ROWS)
    misses = [(y - (2 * x + 10), x) for x, y in zip(table["budget"], table["revenue"], strict=True)]
    by_hand = [-2 * statistics.mean(miss * x for miss, x in misses),
               -2 * statistics.mean(miss for miss, _ in misses)]
    steps = lesson.a_step()
    assert list(steps) == ["numeric", "backward", "replayed", "rows", "collapsed"]
    for *_, slopes in steps.values():
        assert slopes == pytest.approx(by_hand, rel=1e-9)


def test_the_table_of_steps(record):
    table = record.tables[-1]
    made, step = ([float(each.split()[0]) if each else None for each in table[name]]
                  for name in ("made", "a step"))
    assert made[:2] == [None, None] and None not in [*made[2:], *step]
    assert "misses = [y - (slope * x + intercept) for x, y in rows]" in "".join(record.texts)


def test_a_planted_step_is_contradicted(monkeypatch):
    steps = lesson.a_step()
    takes, made, step, _ = steps["rows"]
    monkeypatch.setattr(lesson, "a_step", lambda: steps | {"rows": (takes, made, step, [1.0, 2.0])})
    assert "All find the same slopes." in Record(lesson.generality).untrue
