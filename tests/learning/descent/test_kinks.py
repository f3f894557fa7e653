"""Corner to corner: against all corners there are, and losses of one's own."""

import itertools
import math
import random

import pytest

from mathlab import log, maximum, symbols
from mathlab.errors import DataError, DomainError
from mathlab.learning.data.table import Table
from mathlab.learning.descent import kinks
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.kinks import Edges, Faces, faces_of, is_bottom_of_kinks, lowest_corner
from mathlab.learning.descent.line_search import BFGS
from mathlab.learning.descent.minimize import FormulaSurface
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


# Details


@pytest.mark.parametrize(("loss", "faces"), [
    (lambda y, p: maximum(y - p, 0), (-1, 0)), (lambda y, p: maximum(p - y, 0), (0, 1)),
    (lambda y, p: maximum(y - p, 2*(p - y)), (-1, 2)), (lambda y, p: abs(y - p) + 2*(p - y), None),
    (lambda y, p: abs(y - p) + 2*(y - p), None),
    (lambda y, p: abs(y - p) + maximum(y - p - 5, 0), None),      # a kink for residuals above 5
    (lambda y, p: abs(y - p) + maximum(p - y - 5, 0), None),
    (lambda y, p: abs(y - p) + maximum(abs(y - p), 0.1), None),
    (lambda y, p: abs(y - p) + abs(p), None), (lambda y, p: abs(log(y/p)), None)])
def test_the_faces_of_a_loss_of_ones_own(loss, faces):
    table = Table({"x": [1.0, 2.0], "y": [1.0, 3.0]})
    assert faces_of(LossSurface(Model("y = a*x"), table, Loss(loss))) == faces
    assert faces_of(LossSurface(Model("y = a*x"), table, Loss(loss), ridge=0.5)) is None


def test_a_formula_has_no_faces_and_is_left_to_bfgs():
    (x,) = symbols("x")
    surface = FormulaSurface(abs(x - 3) + 1, [x])
    assert faces_of(surface) is None
    assert [*Edges().walk(surface, [1.0])] == [*BFGS().walk(surface, [1.0])]
    assert Edges.needs_all_rows  # as it compares heights
    squares = LossSurface(Model("y = a*x"), SKEW)  # without faces too; lowest at the mean
    assert [*Edges().walk(squares, [1.0])] == [*BFGS().walk(squares, [1.0])]
    assert is_bottom_of_kinks(squares, [4.0]) and not is_bottom_of_kinks(squares, [4.1])


SKEW = Table({"x": [1.0, 1.0, 1.0, 1.0], "y": [1.0, 2.0, 4.0, 9.0], "w": [1.0, 1.0, 1.0, 5.0]})


@pytest.mark.parametrize(("loss", "weights", "median"), [
    ("absolute", "w", 9.0), (Loss(pinball(0.9)), "", 9.0), (Loss(pinball(0.1)), "", 1.0),
    (Loss(pinball(0.3)), "", 2.0), (Loss(pinball(0.3)), "w", 4.0)])
def test_the_corner_is_a_quantile_of_rows_that_count_as_they_weigh(loss, weights, median):
    surface = LossSurface(Model("y = a*x"), SKEW, loss, weights=weights)
    *_, last = Edges().walk(surface, [0.5])
    assert last.position == (median,)
    for place in (1.0, 2.0, 4.0, 9.0, median + 1e-6, median - 1e-6):
        assert is_bottom_of_kinks(surface, [place]) is (place == median)


@pytest.mark.parametrize(("off", "there"), [(1e-10, True), (1e-8, False), (-1e-10, True)])
def test_a_gain_of_less_than_a_billionth_is_rounding(off, there):
    """The absolute loss of a*x to 0, 0, 8 is 8/3 at 0, and rises by `off` for each of two rows."""
    surface = LossSurface(Model("y = a*x"), Table({"x": [1.0, 1.0, 1.0], "y": [0.0, 0.0, 8.0]}),
                          "absolute")
    assert is_bottom_of_kinks(surface, [8 * off]) is there


def test_where_there_is_no_loss_or_a_direction_is_open_there_is_no_bottom_of_kinks():
    table = Table({"x": [1.0, 2.0, 3.0], "y": [1.0, 2.0, 4.0]})
    for model, place in (("y = log(a)*x", [-1.0]), ("y = a*x + b*x", [1.0, 0.0])):
        surface = LossSurface(Model(model), table, "absolute")
        assert not is_bottom_of_kinks(surface, place)
        assert kinks.Tangents(surface).lowest_corner(place, Faces(-1, 1)) == [0.0] * len(place)


@pytest.mark.parametrize(("losses", "found", "tries"), [
    ([4.9], 4.9, 1), ([5.0, 6.0, 4.0], 4.0, 3), ([5 - 4e-7, 5 - 6e-7], 5 - 6e-7, 2),
    ([5.0] * 29 + [3.0], 3.0, 30), ([5.0] * 30 + [3.0], None, 30), ([None, 2.0], 2.0, 2)])
def test_a_step_along_an_edge_is_halved_until_it_leads_down(losses, found, tries, monkeypatch):
    """It has to gain a ten-millionth of the loss, which is 5."""
    ahead, places = iter(losses), []

    def seen(surface, position):
        if not places:
            places.append(position[0])
            return Step(tuple(position), 5.0, ())
        places.append(position[0])
        if (loss := next(ahead)) is None:
            raise DomainError("no loss")
        return Step(tuple(position), loss, ())

    surface = LossSurface(Model("y = a*x"), SKEW, "absolute")
    monkeypatch.setattr(kinks, "look", seen)
    monkeypatch.setattr(kinks.Tangents, "lowest_corner", lambda *_: [64.0])
    steps = [*itertools.islice(Edges().walk(surface, [1.0]), 2)]
    assert [step.loss for step in steps] == [5.0] + [found] * (found is not None)
    assert places == [1.0] + [1 + 64 / 2**k for k in range(tries)]


@pytest.mark.parametrize(("off", "ahead", "weights", "gain", "row"), [
    ([6.0, 1.0], [0.0], [1.0, 1.0], 0.5, None),                      # no row comes nearer
    ([6.0, 4.0], [2.0], [3.0, 3.0], 12.0, 1), ([6.0, 4.0], [2.0], [3.0, 3.0], 12.1, 0),
    ([6.0, 4.0], [2.0], [3.0, 0.5], 2.1, 0), ([-6.0, 4.0], [-2.0], [1.0, 1.0], 4.0, 0)])
def test_how_much_less_steep_it_is_beyond_a_row(off, ahead, weights, gain, row):
    """Each row passed bends the loss by its weight, times the 2 between the faces, times 2."""
    rows = [[1.0], [1.0]]
    if row is None:
        with pytest.raises(DataError, match="falls for ever"):
            kinks._next_row(rows, off, weights, Faces(-1, 1), ahead, gain, set())
    else:
        assert kinks._next_row(rows, off, weights, Faces(-1, 1), ahead, gain, set()) == row


@pytest.mark.parametrize("rows", [2, 5, 40])
def test_few_rows_and_columns_of_any_size_have_a_corner(rows):
    xs = [float(k) for k in range(rows)]
    ys = [3 + 2e9 * x for x in xs]
    ys[-1] += 0.5 if rows > 2 else 0.0  # of five rows and more, one that is off does not count
    step = lowest_corner([[1.0, 1e9 * x] for x in xs], ys, [1.0] * rows, Faces(-1, 1))
    assert step == pytest.approx([3.0, 2.0], rel=1e-9)


def test_corners_without_end_are_an_error(monkeypatch):
    monkeypatch.setattr(kinks, "_edge_down", lambda *given: (0, math.inf, 1.0))
    monkeypatch.setattr(kinks, "_next_row", lambda *given: 0)
    with pytest.raises(DataError, match="no lowest corner was found"):
        lowest_corner([[1.0], [2.0]], [1.0, 5.0], [1.0, 1.0], Faces(-1, 1))
