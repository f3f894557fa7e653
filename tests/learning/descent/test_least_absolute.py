"""The absolute loss agrees with linear programming, and Huber's with its two limits."""

from math import fsum

import pytest

from mathlab import maximum
from mathlab.learning.data.table import Table
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.loss import huber
from tests.learning.descent.least_absolute import ABSOLUTE, HUBER, QUANTILES

name_of = {"ids": lambda case: getattr(case, "name", None)}


def residuals(trainer, table):
    actual = trainer.model.actual_numbers(table)
    return [a - p for a, p in zip(actual, trainer.predict(table), strict=True)]


def close(found, case, size):
    """The sum of the losses, to 9 digits; where it is 0, to rounding of the target."""
    return found == pytest.approx(case.loss, rel=1e-9, abs=1e-12 * size)


def check(trainer, case, found):
    size = max(map(abs, trainer.model.actual_numbers(case.table))) or 1.0
    assert close(found, case, size)
    assert trainer.at_the_bottom
    for name, value in case.parameters.items():
        assert trainer.parameters[name] == pytest.approx(value, rel=1e-6, abs=1e-9 * size), name


@pytest.mark.parametrize("case", ABSOLUTE, **name_of)
def test_the_absolute_loss_agrees_with_linear_programming(case):
    table = case.table
    trainer = Trainer(case.model, loss="absolute", weights=case.weights).fit(table)
    weights = table[case.weights] if case.weights else [1.0] * len(table)
    check(trainer, case, fsum(w * abs(r) for w, r in
                              zip(weights, residuals(trainer, table), strict=True)))


@pytest.mark.parametrize("seconds", [0.01, 1.0, 60.0])
@pytest.mark.parametrize("case", ABSOLUTE[:4], **name_of)
def test_whatever_unit_the_target_has(case, seconds):
    model = case.model.replace("=", f"= {seconds}*(") + ")"
    trainer = Trainer(model, loss="absolute").fit(case.table)
    check(trainer, Scaled(case, seconds), fsum(map(abs, residuals(trainer, case.table))))


class Scaled:
    """A case whose parameters are counted in another unit."""

    def __init__(self, case, seconds):
        self.loss, self.table = case.loss, case.table
        self.parameters = {name: value / seconds for name, value in case.parameters.items()}


@pytest.mark.parametrize("case", QUANTILES, **name_of)
def test_a_quantile_by_a_loss_of_ones_own(case):
    q = case.quantile
    pinball = lambda actual, predicted: maximum(
        q * (actual - predicted), (q - 1) * (actual - predicted))
    trainer = Trainer(case.model, loss=pinball).fit(case.table)
    check(trainer, case, fsum(max(q * r, (q - 1) * r) for r in residuals(trainer, case.table)))


@pytest.mark.parametrize("case", HUBER, **name_of)
def test_hubers_loss_agrees_with_scipy(case):
    trainer = Trainer(case.model, loss="huber").fit(case.table)
    check(trainer, case, fsum(huber(r, 0.0) for r in residuals(trainer, case.table)))


def scaled(case, times):
    """The table of a case with its target in another unit."""
    table = case.table
    target = case.model.split(" =")[0]
    return Table({name: [times * v for v in table[name]] if name == target else table[name]
                  for name in table.names})


@pytest.mark.parametrize("case", HUBER, **name_of)
def test_where_no_residual_is_over_1_hubers_loss_is_half_the_square(case):
    small = scaled(case, 1e-6)
    ours = Trainer(case.model, loss="huber").fit(small)
    squared = Trainer(case.model).fit(small)
    assert max(map(abs, residuals(squared, small))) < 1
    assert ours.parameters == pytest.approx(squared.parameters, rel=1e-8)
    assert ours.at_the_bottom


@pytest.mark.parametrize("case", HUBER, **name_of)
def test_where_residuals_are_huge_hubers_loss_is_the_absolute_one(case):
    large = scaled(case, 1e9)
    ours = Trainer(case.model, loss="huber").fit(large)
    known = next(other for other in ABSOLUTE if other.model == case.model
                 and other.data == case.data)
    found = fsum(map(abs, residuals(ours, large))) / 1e9
    assert found == pytest.approx(known.loss, rel=1e-7)
    assert ours.at_the_bottom
    for name, value in known.parameters.items():
        assert ours.parameters[name] / 1e9 == pytest.approx(value, rel=1e-5)
