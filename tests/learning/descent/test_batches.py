"""Mini-batches: each row once an epoch, the same walk for the same seed, the loss of all rows."""

import itertools
import random

import pytest

from mathlab.errors import FormulaError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.batches import Batches, MiniBatches
from mathlab.learning.descent.line_search import BFGS, Backtracking
from mathlab.learning.descent.optimizers import Adam, GradientDescent, Momentum, Nesterov
from mathlab.learning.descent.second_order import LevenbergMarquardt, Newton
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
    few = Batches(SURFACE, size, random.Random(1))
    epochs = []
    for _ in range(2):
        seen = []
        for _ in range(few.count):
            few.look([0.0, 0.0])
            assert 1 <= len(few.rows) <= size
            seen += few.rows
        assert sorted(seen) == sorted(SURFACE.rows)
        epochs.append(seen)
    assert epochs[0] != epochs[1]  # they are shuffled anew
    assert len(SURFACE.rows) == len(XS)  # the surface itself is as it was


def test_what_is_seen_is_the_loss_of_these_rows():
    few = Batches(SURFACE, 5, random.Random(1))
    height, slopes = few.look([1.0, 1.0])
    residuals = [(x, y - (x + 1)) for x, y in few.rows]
    assert height == pytest.approx(sum(r * r for _, r in residuals) / 5)
    assert slopes[0] == pytest.approx(sum(-2 * r * x for x, r in residuals) / 5)


def test_the_weights_of_these_rows_count():
    few = Batches(LossSurface(line("x", "y"), TABLE, weights="w"), 4, random.Random(1))
    height, _ = few.look([1.0, 1.0])
    squares = [(w, (y - (x + 1)) ** 2) for x, y, w in few.rows]
    assert height == pytest.approx(sum(w * s for w, s in squares) / sum(w for w, _ in squares))


def test_the_history_has_the_loss_of_all_rows():
    for step in walked(MiniBatches(GradientDescent(0.1), 4), 5):
        assert step.loss == SURFACE.look(step.position)[0]


def test_all_rows_in_one_batch_are_plain_descent():
    plain, batches = (walked(way, 10) for way in (
        GradientDescent(0.1), MiniBatches(GradientDescent(0.1), len(XS))))  # fmt: skip
    for one, other in zip(plain, batches, strict=True):
        assert one.position == pytest.approx(other.position, rel=1e-12)


@pytest.mark.parametrize(
    "optimizer", [GradientDescent(0.1), Momentum(0.02), Nesterov(0.02), Adam()]
)
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


@pytest.mark.parametrize("optimizer", [BFGS(), Backtracking(), Newton(), LevenbergMarquardt()])
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
