"""The plain loop: it walks as the page does, and everything else walks as it does."""

import pytest

from mathlab import tiny
from mathlab.learning.data.table import Table
from mathlab.learning.descent.descent import descend
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.loss import LOSSES, squared
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

XS = [-1.0, 0.25, 0.5, 2.0]
TABLE = Table({"x": XS, "y": [0.5, 1.0, 0.25, 3.0], "yes": [0.0, 1.0, 0.0, 1.0]})


def test_it_walks_as_the_page_does():
    line = Model("y = slope*x + intercept")
    steps = descend(line, TABLE, learning_rate=0.25, steps=20)
    rows = list(zip(TABLE["x"], TABLE["y"], strict=True))
    page = list(tiny.train(rows, learning_rate=0.25, steps=20))
    assert [(*step.position, step.loss) for step in steps] == page  # to the last bit


MODELS = [("y = slope*x + intercept", "squared"), ("y = a*exp(b*x) + a*b", "squared"),
          ("log(y) = a*x + b", "huber"), ("y = a + b*x**2", "absolute"),
          ("yes = sigmoid(a*x + b)", "log")]


@pytest.mark.parametrize(("text", "loss"), MODELS)
def test_the_trainer_walks_as_it_does(text, loss):
    model = Model(text)
    plain = descend(model, TABLE, 0.05, 15, LOSSES[loss])
    start = dict.fromkeys(model.parameters(TABLE.names), 0.0)
    trainer = Trainer(model, loss, GradientDescent(0.05), method="backward")
    assert trainer.fit(TABLE, start, steps=15).history == plain  # to the last bit
    compiled = Trainer(model, loss, GradientDescent(0.05)).fit(TABLE, start, steps=15).history
    for quick, slow in zip(compiled, plain, strict=True):
        assert quick.position == pytest.approx(slow.position, rel=1e-12, abs=1e-14)
        assert quick.loss == pytest.approx(slow.loss, rel=1e-12)


def test_a_step_by_hand():
    # y = a*x with a = 0: the slope is the mean of -2*x*y, the loss that of y**2
    first, second = descend(Model("y = a*x"), TABLE, learning_rate=0.5, steps=1)
    slope = -2 * sum(x * y for x, y in zip(XS, TABLE["y"], strict=True)) / 4
    assert first == ((0.0,), sum(y * y for y in TABLE["y"]) / 4, (slope,))
    assert second.position == (-0.5 * slope,)


def test_a_loss_of_ones_own():
    steps = descend(Model("y = a"), TABLE, 0.01, 900, lambda y, p: squared(y, p) ** 2)
    (place,) = steps[-1].position
    assert sum((place - y) ** 3 for y in TABLE["y"]) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("weights", ["", "yes"])
@pytest.mark.parametrize("ridge", [0.0, 0.5])
def test_backward_is_the_formula_of_a_row_with_weights_and_a_ridge_too(weights, ridge):
    model = Model("y = a*x + b")
    backward, compiled = (
        LossSurface(model, TABLE, method=method, weights=weights, ridge=ridge).look([0.7, -0.2])
        for method in ("backward", "compiled"))
    assert backward[0] == pytest.approx(compiled[0], rel=1e-14)
    assert backward[1] == pytest.approx(compiled[1], rel=1e-14)


def test_what_is_taken_if_nothing_is_said():
    model = Model("y = a*x")
    assert descend(model, TABLE) == descend(model, TABLE, 0.1, 100, squared)
