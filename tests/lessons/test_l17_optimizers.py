"""Lesson 17: how many steps each walker needs, walked again with nothing but sums."""

import math
import re
import statistics
from itertools import combinations_with_replacement, islice

import pytest

from lessons import l17_optimizers
from lessons.data import films
from mathlab.drawing import Contours, Mark, Path
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface
from tests.lessons.moved import Moved
from tests.lessons.record import Record, told


def ball(velocity, position, keep=0.95, result="new, speed"):
    """The text of a reader's file."""
    return (
        f"KEEP = {keep}\n\n\ndef momentum(position, velocity, slopes, rate, keep):\n"
        f"    speed = [{velocity} for v, s in zip(velocity, slopes)]\n"
        f"    new = [{position} for p, v, w, s in zip(position, velocity, speed, slopes)]\n"
        f"    return {result}\n"
    )


WRONG = [
    (ball("keep * v + s", "p - rate * v"), "the position moved with the old velocity"),
    (ball("keep * v + s", "p + rate * w"), "the position went uphill"),
    (ball("keep * v + s", "p - w"), "the position moved without the rate"),
    (ball("keep * v + s", "p - rate * s"), "the position moved by the slopes alone"),
    (ball("keep * v + s", "p * w"), "the position is not"),
    (ball("v + s", "p - rate * w"), "all of the old velocity was kept"),
    (ball("s", "p - rate * w"), "nothing of the old velocity was kept"),
    (ball("keep * v - s", "p + rate * w"), "the minus comes when the position moves"),
    (ball("keep * v - rate * s", "p + w"), "the rate comes when the position moves"),
    (ball("keep * v + rate * s", "p - w"), "the rate comes when the position moves"),
    (ball("keep * v + (1 - keep) * s", "p - rate * w"), "not the share 1 - keep of it"),
    (ball("7", "p"), "keep times the old one, plus the slope"),
    (ball("keep * v + s", "p - rate * w", result="speed, new"), "the position comes first"),
    (ball("keep * v + s", "p - rate * w", result="new"), "it should be two lists"),
    (ball("keep * v + s", "p - rate * w", result="sum(new), sum(speed)"), "should be two lists"),
    (ball("keep * v + s", "p - rate * w", keep=0.5), "too little speed is kept"),
    (ball("keep * v + s", "p - rate * w", keep=0.89), "at most 2,385; descent takes 23,852"),
    (ball("keep * v + s", "p - rate * w", keep=0), "too little speed is kept"),
    (ball("keep * v + s", "p - rate * w", keep=0.999), "too much speed is kept"),
    (ball("keep * v + s", "p - rate * w", keep=0.9999999), "too much speed is kept"),
    (ball("keep * v + s", "p - rate * w", keep=1), "from 0 to below 1"),
    (ball("keep * v + s", "p - rate * w", keep="'much'"), "it should be a number"),
]
RIGHT = [
    *(ball("keep * v + s", "p - rate * w", keep=keep) for keep in (0.91, 0.95, 0.97, 0.99)),
    "KEEP = 0.95\n\n\ndef momentum(position, velocity, slopes, rate, keep):\n"
    "    for i, slope in enumerate(slopes):\n"
    "        velocity[i] = keep * velocity[i] + slope\n"
    "        position[i] -= rate * velocity[i]\n"
    "    return [tuple(position), tuple(velocity)]\n",
]
WALKERS = ["descent", "momentum", "Adam", "Newton", "Levenberg"]


@pytest.fixture(scope="module")
def record():
    return told(17)


@pytest.fixture(scope="module")
def bowl():
    """The mean squared error as a function of slope and intercept, its slopes, and its bottom."""
    table = films.cleaned()[0]
    xs, ys = [x / 100 for x in table["budget"]], table["revenue"]
    n = len(xs)
    sums = [math.fsum(x * x for x in xs) / n, math.fsum(xs) / n]
    xy, y1 = math.fsum(x * y for x, y in zip(xs, ys, strict=True)) / n, math.fsum(ys) / n
    yy = math.fsum(y * y for y in ys) / n

    def height(a, b):
        return a * a * sums[0] + 2 * a * b * sums[1] + b * b - 2 * a * xy - 2 * b * y1 + yy

    def slopes(a, b):
        return 2 * (a * sums[0] + b * sums[1] - xy), 2 * (a * sums[1] + b - y1)

    return height, slopes, statistics.linear_regression(xs, ys), sums


def steps_of(walk, bowl):
    """After how many moves of a walk all but a millionth of what there is to gain is gained."""
    height, _, bottom, _ = bowl
    lowest, highest = height(*bottom), height(0.0, 0.0)
    for k, place in enumerate(walk):
        if height(*place) - lowest <= 1e-6 * (highest - lowest):
            return k, place


def descent(slopes):
    a = b = 0.0
    while True:
        yield a, b
        s, t = slopes(a, b)
        a, b = a - 0.5 * s, b - 0.5 * t


def momentum(slopes):
    a = b = u = v = 0.0
    while True:
        yield a, b
        s, t = slopes(a, b)
        u, v = 0.5 * u - 0.5 * s, 0.5 * v - 0.5 * t
        a, b = a + u, b + v


def adam(slopes):
    place, mean, square, k = [0.0, 0.0], [0.0, 0.0], [0.0, 0.0], 0
    while True:
        yield tuple(place)
        k += 1
        for i, s in enumerate(slopes(*place)):
            mean[i] = 0.9 * mean[i] + 0.1 * s
            square[i] = 0.999 * square[i] + 0.001 * s * s
        for i in (0, 1):
            m, q = mean[i] / (1 - 0.9**k), square[i] / (1 - 0.999**k)
            place[i] -= 20 * m / (math.sqrt(q) + 1e-8)


@pytest.mark.parametrize(
    ("name", "walk"), [("descent", descent), ("momentum", momentum), ("Adam", adam)]
)
def test_the_steps_are_those_of_the_formulas(record, bowl, name, walk):
    steps, place = steps_of(walk(bowl[1]), bowl)
    row = record.tables[0]["walker"].index(name)
    assert record.tables[0]["steps"][row] == steps
    found = [record.tables[0][column][row] for column in ("slope", "intercept")]
    assert found == pytest.approx(place, rel=1e-6)


def test_whoever_knows_the_bends_is_there_at_once(record, bowl):
    table = record.tables[0]
    assert table["walker"] == WALKERS
    for row in (3, 4):
        assert table["steps"][row] <= 2
        assert table["slope"][row] == pytest.approx(bowl[2].slope, rel=1e-3)
        assert table["intercept"][row] == pytest.approx(bowl[2].intercept, rel=1e-3)


def test_the_prose_says_what_the_table_says(record, bowl):
    steps = dict(zip(record.tables[0]["walker"], record.tables[0]["steps"], strict=True))
    prose = record.prose
    rolling = f"{steps['descent']} steps. Rolling helps: {steps['momentum']}."
    assert f"takes its time. 'descent' needs {rolling}" in prose
    assert f"Adam needs {steps['Adam']}, more than any:" in prose
    assert max(steps.values()) == steps["Adam"]
    assert f"how the surface bends needs {steps['Newton']}," in prose
    bends = re.search(r"its bends, ([\d.]+) along the slope and ([\d.]+) along", prose)
    assert tuple(map(float, bends.groups())) == pytest.approx((2 * bowl[3][0], 2), abs=5e-3)
    assert steps["descent"] > 10 * steps["Newton"]  # "a tenth of the steps of another?"
    pairs = len(list(combinations_with_replacement(range(1000), 2)))
    assert f"for 1,000 levers there are {pairs:,}, and a system of 1,000 equations" in prose


def test_the_maps(record, bowl):
    shown = []
    for chart in record.charts:
        (area,) = [layer for layer in chart.layers if isinstance(layer, Contours)]
        assert area.f(100.0, 20.0) == pytest.approx(bowl[0](100.0, 20.0), rel=1e-9)
        (mark,) = [layer for layer in chart.layers if isinstance(layer, Mark)]
        assert (mark.x, mark.y) == pytest.approx(tuple(bowl[2]), rel=1e-5)
        for path in chart.layers:
            if isinstance(path, Path):
                shown.append(path.label)
                assert (path.x[0], path.y[0]) == (0, 0)
                assert (path.x[-1], path.y[-1]) == pytest.approx((mark.x, mark.y), abs=1)
    assert shown == WALKERS[:4]


@pytest.fixture(scope="module")
def surface():
    table = films.cleaned()[0]
    table = table.with_column("budget", [b / 100 for b in table["budget"]])
    return LossSurface(Model(l17_optimizers.MODEL), table, method="collapsed")


def same_walks(live, surface, start, moves):
    """Each walk of the picture is the walk of mathlab's optimizer, step by step."""
    moved = Moved(live, x=start[0], y=start[1], moves=moves)
    for mark, name in enumerate(WALKERS[:4]):
        places = moved.dots(mark)
        walk = [step.position for step in
                islice(l17_optimizers.WALKERS[name].walk(surface, start), moves + 1)]
        assert len(places) == moves + 1
        for k, place in enumerate(places):  # Newton's walk ends at the bottom, and stays there
            expected = walk[min(k, len(walk) - 1)]
            assert place == pytest.approx(expected, rel=1e-8, abs=2e-6), (name, k)


@pytest.mark.parametrize("start", [(0, 0), (400, 0), (1, 150), (-30, -60), (283, 117)])
def test_the_race_is_that_of_the_optimizers(record, surface, start):
    (live,) = record.lives
    same_walks(live, surface, start, 40)


@pytest.mark.parametrize("start", [(0, 0), (400, 0), (-30, 150)])
def test_the_steps_of_the_race(record, surface, bowl, start):
    height, _, bottom, _ = bowl
    enough = height(*bottom) + 1e-6 * (height(*start) - height(*bottom))
    for name, steps in Moved(record.lives[0], x=start[0], y=start[1]).numbers.items():
        walk = l17_optimizers.WALKERS[name].walk(surface, start)
        assert steps == next(k for k, step in enumerate(walk) if height(*step.position) <= enough)


def test_the_guess_and_newton_from_afar(record):
    (live,) = record.lives
    steps = dict(zip(record.tables[0]["walker"], record.tables[0]["steps"], strict=True))
    assert live.guess.truth == steps["Newton"] == Moved(live).numbers["Newton"]
    assert f"From there 'descent' needs {steps['descent']} steps" in record.prose
    afar = Moved(live, x=400, y=0).numbers["Newton"]
    assert afar > steps["Newton"]
    assert f"from 400 and 0, where one is small and the other large, it needs {afar}." in (
        record.prose)


def test_a_ball_that_keeps_more_is_slower_here(monkeypatch, record, surface):
    walkers = {**l17_optimizers.WALKERS, "momentum": l17_optimizers.Momentum(0.5, keep=0.9)}
    monkeypatch.setattr(l17_optimizers, "WALKERS", walkers)
    changed = Record(l17_optimizers.main)
    same_walks(changed.lives[0], surface, (0, 0), 20)
    before, after = (dict(zip(r.tables[0]["walker"], r.tables[0]["steps"], strict=True))
                     for r in (record, changed))
    assert before["momentum"] < before["descent"] < after["momentum"]
    assert f"Rolling too far does not help: {after['momentum']}." in changed.prose
    assert f"Adam needs {after['Adam']}: it is made" in changed.prose
