"""A loss and an optimizer of a reader's own: as good as the built-in ones, everywhere."""

import copy
import math
import pickle
from dataclasses import dataclass
from typing import ClassVar

import pytest

from mathlab import absolute, maximum
from mathlab.errors import DataError, FormulaError, UnknownError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.batches import MiniBatches
from mathlab.learning.descent.kinks import Edges
from mathlab.learning.descent.optimizers import OPTIMIZERS, Adam, look, registered
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.goodness import aic, log_likelihood, r_squared
from mathlab.learning.inference.saved import load, save
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.learning.model.loss import LOSSES, NORMAL, Loss, loss_named
from mathlab.learning.model.surface import METHODS

TABLE = Table({"x": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0], "y": [1.1, 2.9, 5.2, 6.8, 9.1, 30.0]})
LINE = "y = a*x + b"


def fourth(actual, predicted):
    """The fourth power of the residual."""
    return (actual - predicted) ** 4


def pinball(actual, predicted):
    """Lowest at the quantile of 0.75, not at the mean."""
    off = actual - predicted
    return maximum(0.75 * off, -0.25 * off)


@pytest.fixture
def in_the_register():
    """A copy of the registers, that is put back."""
    losses, optimizers = dict(LOSSES), dict(OPTIMIZERS)
    yield
    for register, before in ((LOSSES, losses), (OPTIMIZERS, optimizers)):
        register.clear()
        register.update(before)


# ------------------------------------------------------------------ losses


@pytest.mark.parametrize("method", METHODS)
def test_a_function_is_a_loss_by_every_method(method):
    trainer = Trainer(LINE, fourth, method=method).fit(TABLE)
    off = [y - p for y, p in zip(TABLE["y"], trainer.predict(TABLE), strict=True)]
    assert sum(r**3 for r in off) == pytest.approx(0, abs=1e-3)  # the slope by b is 0
    assert sum(r**3 * x for r, x in zip(off, TABLE["x"], strict=True)) == pytest.approx(0, abs=1e-2)
    assert trainer.best.loss == pytest.approx(sum(r**4 for r in off) / 6)
    assert trainer.at_the_bottom


def test_a_smooth_one_goes_to_the_last_digit_and_one_with_a_kink_goes_by_bfgs():
    assert Trainer(LINE, fourth).fit(TABLE).bottom
    trainer = Trainer("y = b", pinball).fit(TABLE)
    assert isinstance(trainer.optimizer, Edges)
    assert trainer.parameters["b"] == pytest.approx(9.1)  # of six, the fifth
    assert trainer.at_the_bottom
    assert (Loss(fourth).derivatives, Loss(pinball).derivatives) == (2, 0)
    assert Loss(lambda y, p: absolute(y - p), derivatives=1).derivatives == 1


@pytest.mark.parametrize(
    ("ask", "message"),
    [(r_squared, "R squared is known for the squared loss only"),
     (log_likelihood, "a loss without a name has no likelihood; these have one: squared, abs"),
     (aic, "no likelihood"), (Uncertainty, "errors are known for squared, log; not for a loss w")])
def test_what_is_not_known_of_it(ask, message):
    with pytest.raises(DataError, match=message):
        ask(Trainer(LINE, fourth).fit(TABLE))


def test_what_one_says_of_it_is_taken():
    half = Loss(lambda y, p: (y - p) ** 2 / 2, likelihood=NORMAL)
    own, squared = (Uncertainty(Trainer(LINE, loss).fit(TABLE)) for loss in (half, "squared"))
    assert own.errors == pytest.approx(squared.errors, rel=1e-12)
    assert own.interval("a") == pytest.approx(squared.interval("a"), rel=1e-12)
    whole, part = (sure.prediction({"x": 2.0}, single=False) for sure in (squared, own))
    assert part == pytest.approx(whole, rel=1e-12)
    with pytest.raises(DataError, match="no interval is known for a single row: ask for the mean"):
        own.prediction({"x": 2.0})
    share = Loss(fourth, takes_shares=True)
    with pytest.raises(DataError, match=r"y is 1\.1; a loss without a name takes 1 for a yes"):
        Trainer(LINE, share).fit(TABLE)


def test_it_is_saved_by_its_name(tmp_path, in_the_register):
    trainer = Trainer(LINE, fourth).fit(TABLE)
    with pytest.raises(DataError, match=r"no name to be saved by: train with Loss\(function, 'a n"):
        save(trainer, tmp_path / "own.json")
    Loss(fourth, "fourth power")
    trainer = Trainer(LINE, "fourth power").fit(TABLE)
    save(trainer, tmp_path / "own.json")
    assert load(tmp_path / "own.json").loss == "fourth power"
    del LOSSES["fourth power"]
    with pytest.raises(DataError, match="there is no loss 'fourth power'"):
        load(tmp_path / "own.json")


def test_it_is_copied_and_pickled(in_the_register):
    named = Loss(lambda y, p: (y - p) ** 4, "fourth power")  # by its name: a lambda has none
    for loss in (named, loss_named("squared"), Loss(fourth)):
        for other in (copy.copy(loss), copy.deepcopy(loss), pickle.loads(pickle.dumps(loss))):
            assert other(5.0, 3.0) == loss(5.0, 3.0)
            assert (other is loss) == bool(loss.name)
    trainer = pickle.loads(pickle.dumps(Trainer(LINE, fourth).fit(TABLE)))
    assert trainer.parameters == Trainer(LINE, fourth).fit(TABLE).parameters


def decides(actual, predicted):
    return actual - predicted if actual > predicted else predicted - actual


def of_floats(actual, predicted):
    return float(actual) - predicted


@pytest.mark.parametrize(("loss", "error", "message"),
                         [(3, FormulaError, "there is no loss 3; choose from squared"),
                          (decides, UnknownError, "cannot be compared: use maximum"),
                          (of_floats, FormulaError, "use the functions of mathlab")])
def test_functions_that_are_not_formulas(loss, error, message):
    with pytest.raises(error, match=message):
        Trainer(LINE, loss).fit(TABLE)


# ------------------------------------------------------------------ optimizers


class Signs:
    """Steps of 1, and of half as much after each turn, by the sign of the slope alone."""

    def walk(self, surface, start):
        place, size = list(start), [1.0] * len(start)
        before = [0.0] * len(start)
        while True:
            step = look(surface, place)
            yield step
            size = [s / 2 if b * g < 0 else s for s, b, g in zip(size, before, step.slopes)]  # noqa: B905
            before = step.slopes
            place = [p - s * ((g > 0) - (g < 0)) for p, s, g in zip(place, size, before)]  # noqa: B905


@dataclass(frozen=True)
class Shy:
    """Half-steps, for the register."""

    learning_rate: float = 0.1
    needs_all_rows: ClassVar[bool] = False

    def walk(self, surface, start):
        place = list(start)
        while True:
            step = look(surface, place)
            yield step
            rate = self.learning_rate / 2
            place = [p - rate * s for p, s in zip(place, step.slopes, strict=True)]


@pytest.mark.parametrize("method", METHODS)
def test_a_class_with_a_walk_is_an_optimizer_by_every_method(method):
    trainer = Trainer("y = a*x", optimizer=Signs(), method=method).fit(TABLE, steps=60)
    exact = Trainer("y = a*x").fit(TABLE)
    assert trainer.parameters == pytest.approx(exact.parameters, rel=1e-6)
    few = Trainer("y = a*x", optimizer=MiniBatches(Signs(), 3)).fit(TABLE, steps=60)
    assert few.best.loss < few.history[0].loss


def test_one_that_is_registered_is_found_by_its_name(in_the_register):
    registered("shy")(Shy)
    assert OPTIMIZERS["shy"](0.2) == Shy(0.2)
    assert MiniBatches(Shy()).learning_rate == 0.1


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("optimizer", [None, Adam()])
def test_a_loss_that_makes_no_formula_is_refused_in_words(method, optimizer):
    loss = lambda actual, predicted: math.fabs(actual - predicted)
    with pytest.raises(FormulaError, match="a loss is a formula of the actual and the predicted"):
        Trainer("y = a*x", loss, optimizer, method)
