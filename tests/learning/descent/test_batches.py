"""Mini-batches: each row once an epoch, the same walk for the same seed, the loss of all rows."""

import itertools
import random

import pytest

from mathlab.errors import FormulaError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.batches import MiniBatches, batches
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.kinks import Edges
from mathlab.learning.descent.line_search import BFGS, Backtracking
from mathlab.learning.descent.optimizers import Adam, GradientDescent, Momentum, Nesterov, look
from mathlab.learning.descent.second_order import Careful, LevenbergMarquardt, Newton
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.model import line
from mathlab.learning.model.surface import LossSurface

XS = [k / 10 for k in range(-10, 13)]
TABLE = Table({"x": XS, "y": [2 * x + 3 for x in XS], "w": [1.0 + k % 3 for k in range(len(XS))]})
SURFACE = LossSurface(line("x", "y"), TABLE)


def walked(optimizer, most, surface=SURFACE):
    return list(itertools.islice(optimizer.walk(surface, [0.0, 0.0]), most))


@pytest.mark.parametrize("size", [1, 2, 5, 22, 23, 100])
def test_each_row_has_its_turn_once_an_epoch(size):
    drawn = batches(SURFACE.rows, size, random.Random(1))
    epochs = []
    for _ in range(2):
        seen = []
        while len(seen) < len(XS):
            batch = next(drawn)
            assert 1 <= len(batch) <= size
            seen += batch
        assert sorted(seen) == sorted(SURFACE.rows)
        epochs.append(seen)
    assert epochs[0] != epochs[1]  # they are shuffled anew
    assert SURFACE.rows == sorted(SURFACE.rows)  # the surface itself is as it was


class Looks:
    """Stands still, and keeps what it sees."""

    def __init__(self):
        self.seen = []

    def walk(self, surface, start):
        while True:
            self.seen.append((surface.rows, *surface.look(start)))
            yield Step(tuple(start), *self.seen[-1][1:])


def test_what_is_seen_is_the_loss_of_these_rows_and_all_have_their_turn():
    walker = Looks()
    steps = itertools.islice(MiniBatches(walker, 5).walk(SURFACE, [1.0, 1.0]), 3)
    assert {step.loss for step in steps} == {SURFACE.height([1.0, 1.0])}
    assert sorted(row for rows, _, _ in walker.seen[:5] for row in rows) == sorted(SURFACE.rows)
    for rows, height, slopes in walker.seen:
        residuals = [(x, y - (x + 1)) for x, y in rows]
        assert height == pytest.approx(sum(r * r for _, r in residuals) / len(rows))
        assert slopes[0] == pytest.approx(sum(-2 * r * x for x, r in residuals) / len(rows))


@pytest.mark.parametrize("method", ["numeric", "backward", "compiled"])
def test_the_weights_of_these_rows_count(method):
    walker = Looks()
    surface = LossSurface(line("x", "y"), TABLE, weights="w", method=method)
    list(itertools.islice(MiniBatches(walker, 4).walk(surface, [1.0, 1.0]), 2))
    for rows, height, _ in walker.seen:
        squares = [(w, (y - (x + 1)) ** 2) for x, y, w in rows]
        expected = sum(w * s for w, s in squares) / sum(w for w, _ in squares)
        assert height == pytest.approx(expected)


def test_the_history_has_the_loss_of_all_rows():
    for step in walked(MiniBatches(GradientDescent(0.1), 4), 5):
        assert step.loss == SURFACE.look(step.position)[0]


def test_all_rows_in_one_batch_are_plain_descent():
    plain, batches = (walked(way, 10) for way in (
        GradientDescent(0.1), MiniBatches(GradientDescent(0.1), len(XS))))
    for one, other in zip(plain, batches, strict=True):
        assert one.position == pytest.approx(other.position, rel=1e-12)


@pytest.mark.parametrize(
    "optimizer", [GradientDescent(0.1), Momentum(0.02), Nesterov(0.02), Adam()])
def test_they_arrive_sooner(optimizer):
    last = walked(MiniBatches(optimizer, 4), 300)[-1]
    assert last.position == pytest.approx((2, 3), abs=1e-3)
    after_20 = [walked(way, 21)[-1].loss for way in (optimizer, MiniBatches(optimizer, 4))]
    assert after_20[1] < after_20[0]  # in as many looks at every row


def test_the_seed_decides():
    first, again, other = (walked(MiniBatches(Adam(), 4, seed), 9) for seed in (5, 5, 6))
    assert first == again != other


def test_a_trainer_takes_them():
    trainer = Trainer(line("x", "y"), optimizer=MiniBatches(GradientDescent(0.1), 4))
    trainer.fit(TABLE, steps=100)
    assert len(trainer.history) == 101
    assert list(trainer.parameters.values()) == pytest.approx([2, 3])


@pytest.mark.parametrize(
    "optimizer", [BFGS(), Backtracking(), Newton(), LevenbergMarquardt(), Careful(), Edges(),
                  MiniBatches()])
def test_optimizers_that_compare_heights(optimizer):
    with pytest.raises(FormulaError, match=f"{type(optimizer).__name__} needs all rows"):
        MiniBatches(optimizer)


@pytest.mark.parametrize("rows", [0, -1, 1.5, None, "3"])
def test_batches_that_are_none(rows):
    with pytest.raises(FormulaError, match=r"a mini-batch has 1, 2, 3, .* rows, not"):
        MiniBatches(Adam(), rows)


def test_collapsed_data_have_no_rows():
    surface = LossSurface(line("x", "y"), TABLE, method="collapsed")
    with pytest.raises(FormulaError, match="collapsed data have no rows to make batches of"):
        walked(MiniBatches(), 1, surface)


class ThreeSteps:
    """An optimizer of a reader's own, that ends by itself."""

    def walk(self, surface, start):
        for k in range(3):
            yield look(surface, [p + k for p in start])


def test_an_optimizer_of_ones_own_and_the_end_of_its_walk():
    steps = walked(MiniBatches(ThreeSteps(), len(XS)), 9)
    assert MiniBatches(ThreeSteps()).learning_rate == 1.0 != MiniBatches(Adam(0.2)).learning_rate
    assert [step.position for step in steps] == [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]


def test_a_mini_batch_may_be_one_row():
    assert len(walked(MiniBatches(GradientDescent(0.1), 1), 3)) == 3
