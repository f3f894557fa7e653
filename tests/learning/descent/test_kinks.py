"""Corner to corner: against all corners there are, and losses of one's own."""

import itertools
import math
import random

import pytest

from mathlab import maximum
from mathlab.learning.data.table import Table
from mathlab.learning.descent.kinks import Edges, Faces, faces_of, is_bottom_of_kinks, lowest_corner
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.loss import Loss
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

DICE = random.Random(7)


def pinball(share):
    """The loss whose lowest point is a quantile: Koenker and Bassett (1978)."""
    return lambda actual, predicted: maximum(share * (actual - predicted),
                                             (share - 1) * (actual - predicted))


def total(place, xs, ys, weights, faces):
    residuals = [y - place[0] - place[1] * x for x, y in zip(xs, ys, strict=True)]
    return math.fsum(w * r * -(faces.below if r > 0 else faces.above)
                     for w, r in zip(weights, residuals, strict=True))


@pytest.mark.parametrize("faces", [Faces(-1, 1), Faces(-0.9, 0.1), Faces(-2, 1)])
@pytest.mark.parametrize("kind", ["random", "ties", "steep", "tiny"])
def test_no_corner_is_lower(kind, faces):
    xs = [float(k // 2 if kind == "ties" else k) for k in range(12)]
    size = {"steep": 1e9, "tiny": 1e-15}.get(kind, 1.0)
    ys = [size * (2 * x + DICE.gauss(0, 3)) for x in xs]
    ys = [float(round(y)) for y in ys] if kind == "ties" else ys
    weights = [1.0 + k % 3 for k in range(12)]
    place = lowest_corner([[1.0, x] for x in xs], ys, weights, faces)
    corners = []
    for i, j in itertools.combinations(range(12), 2):
        if xs[i] != xs[j]:
            slope = (ys[j] - ys[i]) / (xs[j] - xs[i])
            corners.append((ys[i] - slope * xs[i], slope))
    lowest = min(total(corner, xs, ys, weights, faces) for corner in corners)
    assert total(place, xs, ys, weights, faces) == pytest.approx(lowest, rel=1e-9)


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 0.9])
def test_quantiles(share):
    ys = [DICE.expovariate(1) for _ in range(101)]
    trainer = Trainer("y = a + 0*x", Loss(pinball(share))).fit(
        Table({"x": [0.0] * 101, "y": ys}), {"a": 1.0})
    below = sum(y < trainer.parameters["a"] - 1e-9 for y in ys)
    assert below <= 101 * share <= below + 1


@pytest.mark.parametrize(("loss", "faces"), [
    ("absolute", (-1, 1)), (Loss(pinball(0.25)), (-0.25, 0.75)), ("squared", None),
    ("huber", None), (Loss(lambda y, p: maximum(abs(y - p) - 1, 0)), None)])
def test_which_losses_have_two_faces(loss, faces):
    surface = LossSurface(Model("y = a*x"), Table({"x": [1.0, 2.0], "y": [1.0, 3.0]}), loss)
    assert faces_of(surface) == faces


def test_stalling_is_not_arriving():
    table = Table({"x": [0.0, 1.0, 2.0, 3.0], "y": [1.0, 3.0, 5.0, 70.0]})
    surface = LossSurface(Model("y = a*x + b"), table, "absolute")
    assert is_bottom_of_kinks(surface, [2.0, 1.0])
    for place in ([2.0, 1.001], [1.999, 1.0], [23.0, 5.0], [2.0, 0.0]):
        assert not is_bottom_of_kinks(surface, place)


@pytest.mark.parametrize("size", [1e-15, 1.0, 1e15])
def test_a_curve(size):
    xs = [0.4 * k for k in range(15)]
    ys = [size * (5 * math.exp(-0.7 * x) + 1) for x in xs]
    ys[4] += 100 * size
    trainer = Trainer("y = a*exp(-b*x) + c", "absolute").fit(Table({"x": xs, "y": ys}))
    assert isinstance(trainer.optimizer, Edges) and trainer.at_the_bottom
    assert trainer.parameters == pytest.approx({"a": 5 * size, "b": 0.7, "c": size}, rel=1e-6)
