"""The loss of one row, on numbers of every kind and on formulas."""

import math
from fractions import Fraction

import pytest

from mathlab import compile_formula, derivative, numeric, sigmoid, symbols
from mathlab.errors import DomainError, FormulaError
from mathlab.learning.model.loss import LOSSES, absolute, huber, log_loss, loss_named, squared


@pytest.mark.parametrize(("actual", "predicted", "loss"),
                         [(5.0, 3.0, 4.0), (3.0, 5.0, 4.0), (2.0, 2.0, 0.0), (-1, 2, 9),
                          (Fraction(1, 2), Fraction(1, 3), Fraction(1, 36)), (0.0, 1e-200, 0.0)])
def test_squared(actual, predicted, loss):
    assert squared(actual, predicted) == loss


def test_slope_by_the_prediction():
    actual, predicted = symbols("actual predicted")
    slope = derivative(squared(actual, predicted), predicted)
    assert slope.at(actual=5, predicted=3) == -4  # -2 * residual: predict more, lose less


@pytest.mark.parametrize("name", list(LOSSES))
def test_no_loss_where_the_prediction_is_right_and_some_elsewhere(name):
    loss = loss_named(name)
    assert loss(1.0, 1.0) == 0
    assert loss(1.0, 0.25) > 0 < loss(0.0, 0.75)


@pytest.mark.parametrize(("loss", "actual", "predicted", "expected"),
                         [(absolute, 5.0, 3.0, 2.0),
                          (absolute, 3.0, 5.0, 2.0),
                          (huber, 5.0, 4.5, 0.125),
                          (huber, 4.0, 5.0, 0.5),  # where the two forms meet
                          (huber, 0.0, 3.0, 2.5),
                          (huber, Fraction(1), Fraction(1, 2), Fraction(1, 8)),
                          (log_loss, 1, 0.5, math.log(2)),
                          (log_loss, 0, 0.5, math.log(2)),
                          (log_loss, 0, 0.9, math.log(10)),
                          (log_loss, 0, 0.0, 0.0)])
def test_other_losses(loss, actual, predicted, expected):
    assert loss(actual, predicted) == pytest.approx(expected, rel=1e-15)


def test_a_certainty_that_was_wrong_has_no_finite_loss():
    with pytest.raises(DomainError, match="where the actual number is 1, a predicted 0 has"):
        log_loss(1.0, 0.0)


@pytest.mark.parametrize("odds", [-800.0, -40.0, -1.0, 0.0, 0.5, 37.0, 800.0])
@pytest.mark.parametrize("actual", [0.0, 1.0])
def test_log_loss_of_odds_far_beyond_what_a_probability_can_tell(odds, actual):
    y, z = symbols("y z")
    loss = log_loss(y, sigmoid(z))
    both = compile_formula([loss, derivative(loss, z)], [y, z])
    height, slope = both(actual, odds)
    against = odds if actual == 0 else -odds  # the log-odds of what did not happen
    assert height == pytest.approx(max(against, 0.0) + math.log1p(math.exp(-abs(against))))
    exp = math.exp(-abs(odds))
    chance = 1 / (1 + exp) if odds > 0 else exp / (1 + exp)
    assert slope == pytest.approx(chance - actual, abs=1e-15)


@pytest.mark.parametrize("loss", [squared, absolute, huber])
@pytest.mark.parametrize("predicted", [0.01, 0.3, 0.6, 0.97])
def test_slopes_of_losses_against_numeric_ones(loss, predicted):
    y, p = symbols("y p")
    for actual in (-3.0, 0.2, 2.5):
        slope = derivative(loss(y, p), p).at(y=actual, p=predicted)
        measured = numeric.derivative(lambda p, y=actual: loss(y, p), predicted)
        assert slope == pytest.approx(measured.value, rel=1e-9)


@pytest.mark.parametrize("chance", [0.01, 0.3, 0.97])
@pytest.mark.parametrize("actual", [0, 1])
def test_the_slope_of_log_loss_by_the_chance(chance, actual):
    y, p = symbols("y p")
    slope = derivative(log_loss(y, p), p).at(y=actual, p=chance)
    assert slope == pytest.approx((chance - actual) / (chance * (1 - chance)), rel=1e-14)


@pytest.mark.parametrize("name", ["cubed", "", None, "Squared"])
def test_unknown_names_are_told_the_known_ones(name):
    with pytest.raises(FormulaError, match=r"there is no loss .*; choose from squared"):
        loss_named(name)
