"""Lesson 20: the network trained anew by hand, and what is said of its walks and votes."""

import ast
import math
import statistics
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from lessons import l20_small_network
from lessons.grading import checker
from lessons.grading.checks import l20_small_network as exercise
from mathlab.drawing import Contours, Points, Tangent
from mathlab.learning.data.split import split
from tests.lessons.record import Record
from tests.thinned import thinned

UNITS, STEPS, STARTS = 3, 200, (1, 2, 3, 4, 5)
SEEDS = thinned(range(1, 6), 1)
MIDDLES = {"middle": (0, 0), "east": (2, 0), "north": (0, 2), "west": (-2, 0), "south": (0, -2)}


def written(units, levers, steps, rate, start):
    return f"UNITS = {units}\nLEVERS = {levers}\nSTEPS = {steps}\nRATE = {rate}\nSTART = {start}\n"


WRONG = [
    (written(1, 5, 200, 0.1, 1), "so few soft lines cannot follow the river"),
    (written(2, 9, 300, 0.1, 2), "that it learnt from) | at least 186 of 200"),
    (written(4, 17, 300, 0.1, 13), "so few soft lines cannot follow the river"),
    (written(5, 15, 200, 0.1, 1), "and there is c, once | LEVERS, for 5 units | 15"),
    (written(5, 21, 20, 0.1, 1), "the loss still fell when the walk ended"),
    (written(5, 21, 200, 5, 1), "such long steps jump over the valleys"),
    (written(5, 21, 300, 0.1, 15), "the walk is stuck"),
    (written(5, 21, 300, 0.1, 1), "but not enough of the others: two of its lines"),
    (written(5, 21, 200, 0, 1), "the learning rate must be above 0"),
    (written(40, 161, 200, 0.1, 1), "it should be a whole number from 1 to 5 | UNITS | 40"),
    (written(5, 21, 99.5, 0.1, 1), "it should be a whole number from 1 to 300 | STEPS"),
    (written("'four'", 17, 200, 0.1, 1), "it should be a number"),
]


@cache
def lesson(seed):
    return Record(l20_small_network.main, seed)


@cache
def sown(seed):
    """The seeds that are learnt from and the new ones, each with its place and 1 or 0."""
    lots = Random(seed)
    places = [(lots.uniform(-2, 2), lots.uniform(-2, 2)) for _ in range(200)]
    rows = [(x, y, int(math.hypot(x, y) < lots.gauss(1.4, 0.1))) for x, y in places]
    numbers = l20_small_network.Table({"row": range(200)})
    return tuple([rows[i] for i in part["row"]] for part in split(numbers, 0.5, seed))


def chance(score):
    return 1 / (1 + math.exp(-score)) if score > 0 else math.exp(score) / (1 + math.exp(score))


def votes(p, x, y):
    """The votes of the units (v, w_east, w_north, b), which stand one after the other in p."""
    return [
        v * math.tanh(w * x + u * y + b) for v, w, u, b in zip(*[iter(p[:-1])] * 4, strict=True)
    ]


def net(p, x, y):
    """The score of the network, and its slopes by the levers."""
    slopes = []
    for v, w, u, b in zip(*[iter(p[:-1])] * 4, strict=True):
        t = math.tanh(w * x + u * y + b)
        bent = v * (1 - t * t)
        slopes += [t, bent * x, bent * y, bent]
    return sum(votes(p, x, y)) + p[-1], [*slopes, 1.0]


def plane(p, x, y):
    return p[0] * x + p[1] * y + p[2], [x, y, 1.0]


def disc(p, x, y):
    return p[0] * (x * x + y * y) + p[1], [x * x + y * y, 1.0]


def loss(score, yes):
    return max(score, 0) - yes * score + math.log1p(math.exp(-abs(score)))


def walked(model, rows, start):
    """Adam by the formulas of its paper: the losses on the way, and the best levers."""
    p, mean, square = list(start), [0.0] * len(start), [0.0] * len(start)
    seen = []
    for k in range(1, STEPS + 2):
        slope, height = [0.0] * len(p), 0.0
        for x, y, yes in rows:
            score, slopes = model(p, x, y)
            height += loss(score, yes) / len(rows)
            off = (chance(score) - yes) / len(rows)
            slope = [total + off * s for total, s in zip(slope, slopes, strict=True)]
        seen.append((height, p))
        mean = [0.9 * m + 0.1 * s for m, s in zip(mean, slope, strict=True)]
        square = [0.999 * q + 0.001 * s * s for q, s in zip(square, slope, strict=True)]
        p = [
            a - 0.1 * m / (1 - 0.9**k) / (math.sqrt(q / (1 - 0.999**k)) + 1e-8)
            for a, m, q in zip(p, mean, square, strict=True)
        ]
    return [height for height, _ in seen], min(seen)[1]


def right(model, p, rows):
    return sum((model(p, x, y)[0] > 0) == (yes == 1) for x, y, yes in rows)


@cache
def networks(seed):
    """For each start: the losses on the way, and the best levers; trained by hand."""
    learnt, _ = sown(seed)
    starts = [
        l20_small_network.trained(model(), table(learnt), start).history[0].position
        for start in STARTS
    ]
    return [walked(net, learnt, start) for start in starts]


def model():
    units = [f"v{k}*tanh(w{k}_east*east + w{k}_north*north + b{k})" for k in (1, 2, 3)]
    return f"sprouted = sigmoid({' + '.join(units)} + c)"


def table(rows):
    x, y, yes = zip(*rows, strict=True)
    return l20_small_network.Table({"east": x, "north": y, "sprouted": yes})


def best(seed):
    return min(networks(seed), key=lambda walk: min(walk[0]))


@pytest.mark.parametrize("seed", SEEDS)
def test_one_line(seed):
    learnt, new = sown(seed)
    _, p = walked(plane, learnt, [0.0] * 3)
    no = sum(not yes for _, _, yes in new)
    prose = lesson(seed).prose
    assert (
        "200 seeds are sown at random, and the water reaches 1.4 metres, give or take 0.1" in prose
    )
    assert f"{len(learnt)} seeds are there to learn from, {len(new)} are held back" in prose
    assert f"it gets {right(plane, p, learnt)} of the seeds right that it learnt from" in prose
    assert f"and {right(plane, p, new)} of the new ones." in prose
    assert f"no to all of those gets {no} right." in prose
    # it fails, and the network does not
    assert right(plane, p, new) <= no + 2
    assert right(net, best(seed)[1], new) > max(right(plane, p, new), no) + 15


@pytest.mark.parametrize("seed", SEEDS)
def test_the_starts(seed):
    learnt, new = sown(seed)
    record = lesson(seed)
    losses = [min(heights) for heights, _ in networks(seed)]
    starts, _ = record.tables
    assert starts["start"] == [*STARTS]
    assert starts["loss"] == [f"{height:.3f}" for height in losses]
    for name, rows in (("learnt", learnt), ("new", new)):
        assert starts[name] == [right(net, p, rows) for _, p in networks(seed)]
    assert f"The losses end between {min(losses):.3f} and {max(losses):.3f}." in record.prose
    assert record.texts[1] == f"{model()}"
    assert f"So take {UNITS} lines" in record.prose
    said = f"turns its {4 * UNITS + 1} parameters (levers), in 200 steps from each of 5 starts"
    assert said in record.prose


def test_one_start_is_stuck():
    losses = [min(heights) for heights, _ in networks(1)]
    assert max(losses) > 2 * statistics.median(losses)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_walk_in_pictures(seed):
    learnt, _ = sown(seed)
    heights, p = best(seed)
    _, _, *charts = lesson(seed).charts
    assert [chart.title for chart in charts] == [
        f"After {steps} steps: a loss of {heights[steps]:.3f}"
        for steps in (5, STEPS)
    ]
    assert min(heights[:6]) > min(heights)  # it grows
    for chart in charts:
        yes, no, contours, *lines = chart.layers
        assert isinstance(contours, Contours) and isinstance(yes, Points) and len(lines) == UNITS
        assert sorted(zip(yes.x, yes.y, strict=True)) == sorted((x, y) for x, y, s in learnt if s)
        assert sorted(zip(no.x, no.y, strict=True)) == sorted((x, y) for x, y, s in learnt if not s)
    for x, y in ((0, 0), (1.5, 1), (-2, 0.3)):
        assert contours.f(x, y) == pytest.approx(chance(net(p, x, y)[0]), abs=1e-6)
    for k, line in enumerate(lines):
        assert isinstance(line, Tangent) and line.label == f"unit {k + 1}"
        _, w, u, b = p[4 * k : 4 * k + 4]
        for x in (-2, line.x, 2):
            assert w * x + u * line.height(x) + b == pytest.approx(0, abs=1e-6)
        # the fence is further out than the line, seen from the middle
        assert math.hypot(line.x, line.y) < 1.4 and net(p, line.x, line.y)[0] > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_the_votes(seed):
    _, p = best(seed)
    record = lesson(seed)
    _, shown = record.tables
    places = [votes(p, x, y) for x, y in MIDDLES.values()]
    scores = [sum(place) + p[-1] for place in places]
    assert shown["place"] == [*MIDDLES]
    assert shown["score"] == pytest.approx(scores, abs=0.0501)
    for k in range(UNITS):
        assert shown[f"unit {k + 1}"] == pytest.approx([vote[k] for vote in places], abs=0.0501)
    assert f"and c, which is {p[-1]:.1f}." in record.prose
    yes, outside = sum(v > 0 for v in places[0]), sum(score < 0 for score in scores[1:])
    assert f"In the middle {yes} of {UNITS} units vote yes; on {outside} of 4 edges" in record.prose
    assert scores[0] > 0 and yes == UNITS
    for score, place in zip(scores[1:], places[1:], strict=True):
        assert score > 0 or min(place) < 0


@pytest.mark.parametrize("seed", SEEDS)
def test_who_is_told(seed):
    learnt, new = sown(seed)
    _, p = walked(disc, learnt, [0.0, 0.0])
    record = lesson(seed)
    assert record.texts[2].strip() == "sprouted = sigmoid(a*(east**2 + north**2) + b)"
    said = f"With 2 levers it gets {right(disc, p, new)} of the new seeds right; the network, "
    assert f"{said}with 13, gets {right(net, best(seed)[1], new)}." in record.prose


@pytest.mark.parametrize("units", [2, 6])
def test_what_is_to_be_changed(units, monkeypatch):
    monkeypatch.setattr(l20_small_network, "UNITS", units)
    record = Record(l20_small_network.main)
    assert f"turns its {4 * units + 1} parameters (levers)" in record.prose
    assert len(record.charts[-1].layers) == 3 + units
    assert record.untrue == ["The fence is further out, where the whole score turns."]
    no = sum(not yes for _, _, yes in sown(1)[1])
    assert (max(record.tables[0]["new"]) > no + 15) is (units > 2)


def test_the_river_of_the_exercise():
    text = ast.get_docstring(ast.parse(Path(exercise.__file__).parents[2].joinpath(
        "exercises", "l20_small_network.py").read_text(encoding="utf-8")))
    for said in (
        f"{exercise.LEARNT} houses stand on the map",
        f"Then {exercise.NEW} validation houses",
        f"It must get {exercise.ENOUGH} of them right",
        f"{exercise.NEW} test houses, once",
        "units it has ({} to {})".format(*exercise.UNITS),
        "how many steps it takes ({} to {})".format(*exercise.STEPS),
    ):
        assert said in text
    heights = [exercise.river(x / 100) for x in range(-194, 195)]
    turns = [(a < b) for a, b in pairwise(heights)]
    stretches = [turns[0], *(b for a, b in pairwise(turns) if a != b)]
    assert stretches == [True, False, True, False, True]  # up, down, up, down, up
    assert exercise.UNITS[1] == exercise.STRETCHES == len(stretches)


@pytest.mark.parametrize(("units", "least", "most"), [(4, 0, 0), (5, 1, 4)])
def test_the_exercise_asks_for_a_search(tmp_path, units, least, most):
    right = []
    for start in range(10):
        file = tmp_path / f"{start}.py"
        file.write_text(written(units, 4 * units + 1, 300, 0.1, start))
        right.append(checker.judge("l20_small_network", file).state == checker.RIGHT)
    assert least <= sum(right) <= most
    assert not any(right[:4])  # where everybody begins
