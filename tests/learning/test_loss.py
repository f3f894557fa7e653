"""The loss of one row, on numbers of every kind and on formulas."""

from fractions import Fraction

import pytest

from mathlab import derivative, symbols
from mathlab.errors import FormulaError
from mathlab.learning.loss import LOSSES, loss_named, squared


@pytest.mark.parametrize(
    ("actual", "predicted", "loss"),
    [(5.0, 3.0, 4.0), (3.0, 5.0, 4.0), (2.0, 2.0, 0.0), (-1, 2, 9),
     (Fraction(1, 2), Fraction(1, 3), Fraction(1, 36)), (0.0, 1e-200, 0.0)],
)  # fmt: skip
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
    assert loss(1.0, 0.0) > 0 < loss(0.0, 1.0)


@pytest.mark.parametrize("name", ["cubed", "", None, "Squared"])
def test_unknown_names_are_told_the_known_ones(name):
    with pytest.raises(FormulaError, match=r"there is no loss .*; choose from squared"):
        loss_named(name)
