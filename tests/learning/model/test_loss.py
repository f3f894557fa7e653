"""The loss of one row, on numbers of every kind and on formulas."""

import copy
import math
import pickle
from fractions import Fraction

import pytest

from mathlab import compile_formula, derivative, exp, log, maximum, numeric, parse, sigmoid, symbols
from mathlab.calculus.graph.order import inputs_first
from mathlab.errors import DomainError, FormulaError
from mathlab.learning.model import loss as chapter
from mathlab.learning.model.loss import (
    LOSSES,
    Loss,
    absolute,
    as_loss,
    as_probability,
    huber,
    log_loss,
    loss_named,
    squared,
)


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


@pytest.mark.parametrize(("loss", "derivatives", "square", "shares", "has_spread"), [
    (squared, 2, True, False, True), (absolute, 0, False, False, True),
    (huber, 1, False, False, None), (log_loss, 2, False, True, False),
    (Loss(lambda y, p: (y - p) ** 4), 2, False, False, None),
    (Loss(lambda y, p: abs(y - p) ** 3), 0, False, False, None)])
def test_what_kind_of_loss_it_is(loss, derivatives, square, shares, has_spread):
    assert (loss.derivatives, loss.is_square, loss.takes_shares) == (derivatives, square, shares)
    assert (loss.likelihood and loss.likelihood.has_spread) is has_spread


@pytest.mark.parametrize(("loss", "words"), [
    (lambda: Loss("squared"), "^a loss is a function of two numbers, not 'squared'$"),
    (lambda: Loss(None), "^a loss is a function of two numbers, not None$"),
    (lambda: Loss(lambda y, p: math.floor(y - p)).derivatives, "^a loss is a formula of the act"),
    (lambda: as_loss(3), "^there is no loss 3; choose from squared, absolute, huber, log")])
def test_what_is_not_a_loss(loss, words):
    with pytest.raises(FormulaError, match=words):
        loss()


def test_a_loss_with_a_name_is_one_and_a_copy_of_another_is_its_own():
    assert pickle.loads(pickle.dumps(squared)) is squared is copy.copy(squared)
    nameless = Loss(lambda y, p: (y - p) ** 4)
    assert copy.copy(nameless) is not nameless and copy.copy(nameless)(3.0, 1.0) == 16.0
    other = Loss(lambda y, p: (y - p) ** 6, takes_shares=False)
    other.name = "squared"  # of which the register has another
    assert copy.copy(other)(3.0, 1.0) == 64.0
    assert squared.__name__ == "squared" and squared.__doc__.startswith("The square of the")
    assert (str(squared), str(nameless)) == ("the squared loss", "a loss without a name")


def bump(size, middle=0.0):
    """A bowl whose bottom has a bump: between -size and size around the middle it bends down."""
    def loss(y, p):
        off = (y - p - middle) / size
        return off**2 + 5 * exp(-(off**2))
    return Loss(loss)


@pytest.mark.parametrize(("loss", "convex"), [
    (bump(1.0), False), (bump(1e-6), False), (bump(1e6), False), (bump(1e3), False),
    (bump(4.5e-4, 5.5e-4), False), (bump(4.5e-4, -5.5e-4), False),  # from 1e-4 to 1e-3
    (Loss(lambda y, p: -abs(y - p)), False),  # either side of 0 is convex
    (Loss(lambda y, p: log(y - p)), False),   # it has no value below 0
    (Loss(lambda y, p: 3 * (y - p)), True),
    (Loss(lambda y, p: maximum(0.9 * (y - p), -0.1 * (y - p))), True)])  # of quantiles
def test_convex_is_what_no_size_of_residuals_denies(loss, convex):
    assert loss.is_convex is convex


@pytest.mark.parametrize(("text", "found"), [
    ("1/(1 + 2**-z)", "sigmoid(z*log(2))"), ("2**z/(1 + 2**z)", "sigmoid(z*log(2))"),
    ("(1 + tanh(z))/2", "sigmoid(2*z)"), ("1 - sigmoid(z)", "sigmoid(-z)"),
    ("1/(1 + z**2)", "1/(1 + z**2)"), ("z", "z"), ("tanh(z)", "tanh(z)"), ("z/2", "z/2"),
    ("z**z/(1 + z**z)", "z**z/(1 + z**z)"), ("sigmoid(z + z)", "sigmoid(z + z)"),
    ("z/(1 + z)", "z/(1 + z)"), ("0.5", "0.5"), ("1/(1 + exp(2**z))", "sigmoid(-2**z)"),
    ("sqrt(2)**z/(1 + sqrt(2)**z)", "sqrt(2)**z/(1 + sqrt(2)**z)")])
def test_what_is_a_sigmoid_however_it_is_written(text, found):
    assert str(as_probability(parse(text))) == found


def test_a_long_formula_is_left_as_it_is(monkeypatch):
    formula = parse("1/(1 + exp(-z))")
    nodes = len(inputs_first(formula))
    for longest, found in ((nodes + 1, "sigmoid(z)"), (nodes, "1/(1 + exp(-z))")):
        monkeypatch.setattr(chapter, "LONGEST_CHANCE", longest)
        assert str(as_probability(formula)) == found
