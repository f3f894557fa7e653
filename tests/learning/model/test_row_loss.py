"""The formulas of one row, against sums written by hand and the calculus of whole formulas."""

import copy
import math
import pickle

import pytest

from mathlab import hessian, softplus, symbols
from mathlab.errors import FormulaError
from mathlab.learning.model.loss import squared
from mathlab.learning.model.model import Model, line
from mathlab.learning.model.row_loss import row_loss

ROWS = [(1.0, 2.0), (2.0, 2.5), (3.0, 7.0)]


def test_it_is_made_once_and_kept_with_the_model():
    model = line("x", "y")
    made = row_loss(model, squared, ["x"])
    assert row_loss(model, squared, ["x"]) is made
    assert row_loss(model, squared, []) is not made  # there, x is a parameter
    assert row_loss(line("x", "y"), squared, ["x"]) is not made
    assert made.sum_slopes is made.sum_slopes


def test_a_model_with_all_that_was_made_from_it_can_be_copied_and_pickled():
    model = line("x", "y")
    assert row_loss(model, squared, ["x"]).sum_slopes(ROWS, 1.0, 0.0)[0] == 17.25
    for other in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert str(other) == str(model)
        assert row_loss(other, squared, ["x"]).sum_slopes(ROWS, 1.0, 0.0)[0] == 17.25


def test_predictions_are_compiled_once():
    model = line("x", "y")
    function = model._compiled(model.prediction, ("slope", "intercept", "x"))
    assert model._compiled(model.prediction, ("slope", "intercept", "x")) is function
    assert model._compiled(model.prediction, ("intercept", "slope", "x"))(1.0, 2.0, 5.0) == 11.0


def test_sums_over_rows():
    row = row_loss(line("x", "y"), squared, ["x"])
    residuals = [y - (0.5 * x + 1) for x, y in ROWS]
    loss = sum(r * r for r in residuals)
    by_slope = sum(-2 * r * x for r, (x, _) in zip(residuals, ROWS, strict=True))
    assert row.sum_loss(ROWS, 0.5, 1.0) == (loss,)
    assert row.sum_slopes(ROWS, 0.5, 1.0) == (loss, by_slope, -2 * sum(residuals))
    xs = [x for x, _ in ROWS]
    bends = (2 * sum(x * x for x in xs), 2 * sum(xs), 2 * len(xs))
    assert row.sum_bends(ROWS, 0.5, 1.0) == row.sum_slopes(ROWS, 0.5, 1.0) + bends
    # a line is straight
    assert row.sum_gauss_newton(ROWS, 0.5, 1.0) == row.sum_bends(ROWS, 0.5, 1.0)


@pytest.mark.parametrize(
    "text", ["y = b1*(1 - exp(-b2*x))", "y = b1*x**b2 + sin(b3*x)", "y = b1/(1 + b2*exp(b3*x))"])
def test_bends_are_the_hessian_of_the_formula(text):
    model = Model(text)
    row = row_loss(model, squared, ["x"])
    at = {"b1": 0.7, "b2": 1.3, "b3": -0.4}
    numbers = [at[lever.name] for lever in row.levers]
    _, *others = row.sum_bends(ROWS, *numbers)
    found = iter(others[len(numbers) :])
    (y,) = symbols("y")
    loss = (y - model.prediction) ** 2
    for i, entries in enumerate(hessian(loss, row.levers)):
        for entry in entries[: i + 1]:
            by_formula = sum(entry.at(**at, x=u, y=v) for u, v in ROWS)
            assert next(found) == pytest.approx(by_formula, rel=1e-12, abs=1e-12)
    assert next(found, None) is None


def test_gauss_newton_for_another_loss():
    row = row_loss(Model("y = a*x**2"), lambda actual, p: softplus(p) - actual * p, ["x"])
    a = 0.3
    by_hand = sum(
        x**4 * math.exp(a * x * x) / (1 + math.exp(a * x * x)) ** 2 for x, _ in ROWS
    )  # sigmoid' = exp/(1 + exp)**2
    assert row.sum_gauss_newton(ROWS, a)[-1] == pytest.approx(by_hand, rel=1e-13)


def test_names_that_would_run_into_each_other():
    model = Model("y = a*x + b*x**2 + a_b + by_a*x**3 + bend_1_1 + loss + rows")
    row = row_loss(model, squared, ["x"])
    numbers = [0.5 + i for i in range(len(row.levers))]
    at = {lever.name: number for lever, number in zip(row.levers, numbers, strict=True)}
    prediction = [model.prediction.at(**at, x=x) for x, _ in ROWS]
    expected = sum((y - p) ** 2 for (_, y), p in zip(ROWS, prediction, strict=True))
    found = row.sum_bends(ROWS, *numbers)
    assert found[0] == pytest.approx(expected)
    assert len(found) == 1 + 7 + 7 * 8 / 2


@pytest.mark.parametrize("name", ["lambda", "__import__", "exp"])
def test_columns_whose_names_python_would_not_take(name):
    with pytest.raises(FormulaError, match=name):
        _ = row_loss(Model(f"{name} = a*x"), squared, ["x"]).sum_loss


def test_a_loss_that_changes_is_made_anew():
    class Scaled:
        factor = 1.0

        def loss(self, actual, predicted):
            return self.factor * (actual - predicted) ** 2

    scaled, model = Scaled(), line("x", "y")
    assert row_loss(model, scaled.loss, ["x"]).sum_loss(ROWS, 1.0, 0.0) == (17.25,)
    scaled.factor = 100.0
    assert row_loss(model, scaled.loss, ["x"]).sum_loss(ROWS, 1.0, 0.0) == (1725.0,)


def test_rows_at_0_are_made_once():
    row = row_loss(Model("y = a*x**2 + b*x*z + c"), squared, ["x", "z"])
    assert row.at_zeros(()) is row
    there = row.at_zeros(("x",))
    assert str(there.prediction) == "c" and row.at_zeros(("x",)) is there
    assert str(row.at_zeros(("z",)).prediction) == "a*x**2 + c"


def test_weights_and_what_parameters_cost_by_hand():
    """3*((7 - 2*a)**2 + 0.5*a**2), its slope and its bends at a = 2."""
    row = row_loss(Model("y = a*x"), squared, ["x"], "w", (("a", 0.5),))
    rows = [(2.0, 7.0, 3.0)]
    assert row.sum_bends(rows, 2.0) == (33.0, 3 * (-12.0 + 2.0), 3 * (8.0 + 1.0))
    assert row.sum_gauss_newton(rows, 2.0) == row.sum_bends(rows, 2.0)
