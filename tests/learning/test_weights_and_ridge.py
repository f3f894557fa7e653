"""Rows that count more or less, and parameters that are kept small."""

import math
import random
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab.calculus.numbers.linear_algebra import solve
from mathlab.errors import DataError, FormulaError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.learning.model.loss import LOSSES, log_loss, squared
from mathlab.learning.model.model import Model, line, logistic
from mathlab.learning.model.surface import METHODS, LossSurface

RNG = random.Random(11)
XS = [RNG.uniform(-2, 3) for _ in range(12)]
COUNTS = [1, 2, 0, 3, 1, 0, 1, 4, 1, 2, 1, 1]
YS = [1.5 * x - 0.5 + RNG.gauss(0, 0.4) for x in XS]
YES = [float(y > RNG.gauss(0, 1)) for y in YS]
TABLE = Table({"x": XS, "y": YS, "yes": YES, "w": COUNTS})
REPEATED = TABLE.take([i for i, count in enumerate(COUNTS) for _ in range(count)])
PLACE = [0.7, -0.3]
every_method = pytest.mark.parametrize("method", METHODS)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("method", [m for m in METHODS if m != "collapsed"])
def test_a_weight_of_3_is_a_row_three_times(loss, method):
    model = logistic(["x"], "yes") if loss == "log" else line("x", "y")
    weighted = LossSurface(model, TABLE, LOSSES[loss], method, weights="w")
    repeated = LossSurface(model, REPEATED, LOSSES[loss], method)
    height, slopes = weighted.look(PLACE)
    expected, slopes_expected = repeated.look(PLACE)
    assert height == pytest.approx(expected, rel=1e-13)
    assert weighted.height(PLACE) == pytest.approx(expected, rel=1e-13)
    assert slopes == pytest.approx(slopes_expected, rel=1e-9)
    assert weighted.weight == sum(COUNTS) and len(weighted.rows) == 10
    for gauss_newton in (False, True):
        assert weighted.bend(PLACE, gauss_newton)[2] == [
            pytest.approx(row, rel=1e-12) for row in repeated.bend(PLACE, gauss_newton)[2]]


def test_collapsed_rows_have_weights_too():
    weighted, repeated = (LossSurface(line("x", "y"), table, method="collapsed", weights=weights)
                          for table, weights in ((TABLE, "w"), (REPEATED, "")))
    assert weighted.look(PLACE)[0] == pytest.approx(repeated.look(PLACE)[0], rel=1e-13)
    assert weighted.look(PLACE)[1] == pytest.approx(repeated.look(PLACE)[1], rel=1e-12)


def test_a_row_that_does_not_count_needs_no_value():
    gaps = TABLE.with_column("y", [None if not w else y for w, y in zip(COUNTS, YS, strict=True)])
    trainer = Trainer(line("x", "y"), weights="w").fit(gaps)
    assert trainer.parameters == Trainer(line("x", "y")).fit(REPEATED).parameters
    standard = Trainer(line("x", "y"), weights="w", standardize=True).fit(gaps)
    assert standard.parameters == pytest.approx(trainer.parameters)


def test_the_weighted_line_has_its_closed_formula():
    # slope = weighted covariance / weighted variance; Draper and Smith, section 2.11
    whole = sum(COUNTS)
    x_mean = sum(w * x for w, x in zip(COUNTS, XS, strict=True)) / whole
    y_mean = sum(w * y for w, y in zip(COUNTS, YS, strict=True)) / whole
    spread = sum(w * (x - x_mean) ** 2 for w, x in zip(COUNTS, XS, strict=True))
    rows = list(zip(COUNTS, XS, YS, strict=True))
    slope = sum(w * (x - x_mean) * (y - y_mean) for w, x, y in rows) / spread
    trainer = Trainer(line("x", "y"), weights="w").fit(TABLE)
    intercept = y_mean - slope * x_mean
    assert trainer.parameters == pytest.approx({"slope": slope, "intercept": intercept})
    # Var(slope) = s**2 / spread, with as many degrees of freedom as rows count at all, less two
    squares = sum(w * (y - slope * x - intercept) ** 2 for w, x, y in rows)
    sure = Uncertainty(trainer)
    assert sure.freedom == 10 - 2
    assert sure.errors["slope"] == pytest.approx(math.sqrt(squares / 8 / spread))


def test_the_size_of_all_weights_does_not_matter():
    tenth = TABLE.with_column("w", [w / 10 for w in COUNTS])
    one, other = (Uncertainty(Trainer(line("x", "y"), weights="w").fit(t)) for t in (TABLE, tenth))
    assert one.parameters == pytest.approx(other.parameters, rel=1e-14)
    assert one.errors == pytest.approx(other.errors, rel=1e-14)


def test_a_weight_may_be_a_feature_as_well():
    surface = LossSurface(Model("y = a*x + b*w"), TABLE, weights="w")
    assert surface.parameters == ["a", "b"]
    expected = sum(w * (y - 2 * x - 3 * w) ** 2 for w, x, y in zip(COUNTS, XS, YS, strict=True))
    assert surface.height([2.0, 3.0]) == pytest.approx(expected / sum(COUNTS))


@pytest.mark.parametrize(
    ("weights", "message"),
    [([-1.0] * 12, "row 1: the weight -1 is below 0"),
     ([1.0] * 11 + [math.nan], "row 12: nan in column 'w' is not a finite number"),
     ([None] * 12, "row 1: None in column 'w' is missing"),
     ([0.0] * 12, "all weights in column 'w' are 0"),
     ([0.0] * 11 + [1.0], "has 1 rows and at least 2 are needed")])
def test_weights_that_are_none(weights, message):
    with pytest.raises(DataError, match=message):
        Trainer(line("x", "y"), weights="w").fit(TABLE.with_column("w", weights))


def test_a_column_of_weights_that_is_not_there():
    with pytest.raises(DataError, match="no column 'v'"):
        Trainer(line("x", "y"), weights="v").fit(TABLE)


# ------------------------------------------------------------------ ridge


@every_method
@pytest.mark.parametrize("weights", ["", "w"])
def test_a_ridge_adds_its_squares(method, weights):
    plain = LossSurface(line("x", "y"), TABLE, method=method, weights=weights)
    for ridge, cost in ((0.25, (0.25, 0.25)), ({"slope": 3}, (3, 0)), ({"intercept": 2}, (0, 2))):
        surface = LossSurface(line("x", "y"), TABLE, squared, method, weights, ridge)
        height, slopes = surface.look(PLACE)
        before, slopes_before = plain.look(PLACE)
        added = sum(c * p * p for c, p in zip(cost, PLACE, strict=True))
        assert height == pytest.approx(before + added, rel=1e-13)
        for slope, was, c, p in zip(slopes, slopes_before, cost, PLACE, strict=True):
            assert slope == pytest.approx(was + 2 * c * p, rel=1e-9)
        for gauss_newton in (False, True):
            bends, were = (s.bend(PLACE, gauss_newton)[2] for s in (surface, plain))
            for i in range(2):
                for j in range(2):
                    more = 2 * cost[i] if i == j else 0
                    assert bends[i][j] == pytest.approx(were[i][j] + more, rel=1e-12)


@pytest.mark.parametrize("optimizer", [None])
def test_ridge_regression_has_its_closed_formula(optimizer):
    # (X^T X + n*ridge*1) * parameters = X^T y, in fractions of the decimals
    xs, ys = ([Fraction(repr(v)) for v in column] for column in (XS, YS))
    ridge = Fraction(1, 10)
    n = len(xs)
    matrix = [[sum(x * x for x in xs) + n * ridge, sum(xs)], [sum(xs), n + n * ridge]]
    expected = solve(matrix, [sum(x * y for x, y in zip(xs, ys, strict=True)), sum(ys)])
    trainer = Trainer(line("x", "y"), ridge=0.1).fit(TABLE)
    assert trainer.bottom.position == expected


def test_a_ridge_on_a_curve_goes_to_the_last_digit():
    trainer = Trainer("y = exp(a*x)", ridge=0.1).fit(TABLE)
    (a,) = trainer.bottom.position
    assert isinstance(a, Decimal)
    xs, ys = ([Decimal(repr(v)) for v in column] for column in (XS, YS))
    slope = sum(2 * (y - (a * x).exp()) * -x * (a * x).exp() for x, y in zip(xs, ys, strict=True))
    assert abs(slope / len(xs) + 2 * a / 10) < Decimal("1e-25")


def test_a_ridge_tells_collinear_features_apart():
    twins = TABLE.with_column("z", XS)
    with pytest.raises(DataError, match="cannot tell b from"):
        Trainer("y = a*x + b*z").fit(twins)
    found = Trainer("y = a*x + b*z", ridge=1e-6).fit(twins).parameters
    assert found["a"] == pytest.approx(found["b"])  # by symmetry: the shortest of all that fit
    alone = Trainer("y = a*x").fit(TABLE).parameters["a"]
    assert found["a"] + found["b"] == pytest.approx(alone, rel=1e-5)


def test_a_ridge_keeps_a_separable_logistic_curve_finite():
    table = Table({"x": [1.0, 2.0, 3.0, 4.0], "yes": [0.0, 0.0, 1.0, 1.0]})
    found = Trainer(logistic(["x"], "yes"), "log", ridge={"slope_x": 0.01}).fit(table).parameters
    assert -found["intercept"] / found["slope_x"] == pytest.approx(2.5)  # half way between
    assert 1 < found["slope_x"] < 10


@pytest.mark.parametrize(
    ("ridge", "message"),
    [({"lope": 1.0}, "there is no parameter 'lope' to keep small"),
     *((r, "a ridge must be at least 0, not") for r in (-1, math.nan, math.inf, "1", None)),
     ({"slope": -1}, "a ridge must be at least 0")])
def test_ridges_that_are_none(ridge, message):
    with pytest.raises(FormulaError, match=message):
        Trainer(line("x", "y"), ridge=ridge).fit(TABLE)


def test_no_ridge_changes_nothing():
    one, other = (Trainer(line("x", "y"), ridge=r).fit(TABLE) for r in (0, {"slope": 0.0}))
    assert one.history == other.history
    assert Uncertainty(other).errors == Uncertainty(one).errors


def test_a_ridge_has_no_standard_errors():
    with pytest.raises(DataError, match="a ridge pulls the parameters away"):
        Uncertainty(Trainer(line("x", "y"), ridge=0.1).fit(TABLE))


@pytest.mark.parametrize("share", [2.0, 1.0 + 1e-15, -1e-300])
def test_the_log_loss_takes_yes_and_no_only(share):
    shares = TABLE.with_column("yes", [0.0, 1.0, 0.5, *[share] * 9])
    with pytest.raises(DataError) as refusal:
        LossSurface(logistic(["x"], "yes"), shares, log_loss)
    assert str(refusal.value).startswith(
        f"table, row 4: yes is {share}; the log loss takes 1 for a yes")


def test_weights_are_named_by_their_column():
    with pytest.raises(FormulaError, match="the weights are named by their column, not 3"):
        LossSurface(line("x", "y"), TABLE, weights=3)
