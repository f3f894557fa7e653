"""R squared, likelihood and AIC, against published values and the densities themselves."""

import csv
import math
import random
from pathlib import Path
from statistics import NormalDist, correlation

import pytest

from mathlab.errors import DataError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference import goodness as chapter
from mathlab.learning.inference.goodness import (
    adjusted_r_squared,
    aic,
    chi_squared_tail,
    compare_models,
    has_constant,
    likelihood_ratio,
    log_likelihood,
    r_squared,
)
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.learning.model.loss import Likelihood, Loss
from tests.learning.classics import CARS, MTCARS, PUROMYCIN, table

FOLDER = Path(__file__).parents[3] / "lessons" / "data"
RNG = random.Random(5)
XS = [RNG.uniform(0, 4) for _ in range(20)]
YS = [2 * x + 1 + RNG.gauss(0, 0.5) for x in XS]
WEIGHTS = [RNG.uniform(0.5, 3) for _ in XS]
TABLE = Table({"x": XS, "y": YS, "w": WEIGHTS})
LINE = "y = a*x + b"


def numbers(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file)]
    return Table({key: [float(row[key]) for row in rows] for key in rows[0]})


def test_the_o_rings():
    # 23 launches: residual deviance 20.315 (= -2 log-likelihood) and AIC 24.315, as published for
    # the logistic regression of distress on temperature
    trainer = Trainer("distress = sigmoid(a*temperature + b)", "log").fit(numbers("challenger.csv"))
    assert -2 * log_likelihood(trainer) == pytest.approx(20.315, abs=5e-4)
    assert aic(trainer) == pytest.approx(24.315, abs=5e-4)


def test_hubbles_line():
    # Hubble (1929): correlation of distance and velocity 0.79
    table = numbers("hubble.csv")
    trainer = Trainer("velocity = slope*distance + intercept").fit(table)
    assert math.sqrt(r_squared(trainer)) == pytest.approx(0.79, abs=5e-3)
    assert r_squared(trainer) == pytest.approx(
        correlation(table["distance"], table["velocity"]) ** 2, rel=1e-12)


def test_anscombes_four_have_one_r_squared():
    with (FOLDER / "anscombe.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for series in ("I", "II", "III", "IV"):
        mine = [row for row in rows if row["series"] == series]
        table = Table({name: [float(row[name]) for row in mine] for name in "xy"})
        assert r_squared(Trainer(LINE).fit(table)) == pytest.approx(0.667, abs=1e-3)


def residuals(trainer, table=TABLE):
    pairs = zip(table["y"], trainer.predict(table), strict=True)
    return [actual - predicted for actual, predicted in pairs]


@pytest.mark.parametrize("weights", ["", "w"])
def test_the_likelihood_is_that_of_normal_residuals(weights):
    trainer = Trainer(LINE, weights=weights).fit(TABLE)
    counts = WEIGHTS if weights else [1.0] * len(XS)
    off = residuals(trainer)
    spread = math.sqrt(sum(w * r * r for w, r in zip(counts, off, strict=True)) / len(off))
    expected = sum(math.log(NormalDist(0, spread / math.sqrt(w)).pdf(r))
                   for w, r in zip(counts, off, strict=True))
    assert log_likelihood(trainer) == pytest.approx(expected, rel=1e-12)
    assert aic(trainer) == pytest.approx(2 * 3 - 2 * expected, rel=1e-12)


@pytest.mark.parametrize("weights", ["", "w"])
def test_the_likelihood_is_that_of_laplaces_residuals(weights):
    trainer = Trainer(LINE, "absolute", weights=weights).fit(TABLE)
    counts = WEIGHTS if weights else [1.0] * len(XS)
    off = residuals(trainer)
    size = sum(w * abs(r) for w, r in zip(counts, off, strict=True)) / len(off)
    expected = sum(math.log(w / (2 * size) * math.exp(-w * abs(r) / size))
                   for w, r in zip(counts, off, strict=True))
    assert log_likelihood(trainer) == pytest.approx(expected, rel=1e-9)
    assert aic(trainer) == pytest.approx(2 * 3 - 2 * expected, rel=1e-9)  # the spread counts too


def test_weighted_r_squared():
    trainer = Trainer(LINE, weights="w").fit(TABLE)
    mean = sum(w * y for w, y in zip(WEIGHTS, YS, strict=True)) / sum(WEIGHTS)
    left = sum(w * r * r for w, r in zip(WEIGHTS, residuals(trainer), strict=True))
    whole = sum(w * (y - mean) ** 2 for w, y in zip(WEIGHTS, YS, strict=True))
    assert r_squared(trainer) == pytest.approx(1 - left / whole, rel=1e-12)


@pytest.mark.parametrize(("model", "about_0"),
                         [("y = a*x", True), ("y = a*x + b*x**2", True),
                          ("y = b + a*x", False), ("y = 2*b + a*x", False),
                          ("y = a*exp(b*x)", False), ("y = a*x**2 - b", False)])
def test_what_a_model_is_compared_with(model, about_0):
    trainer = Trainer(model).fit(TABLE)
    zero = 0 if about_0 else sum(YS) / len(YS)
    left = sum(r * r for r in residuals(trainer))
    expected = 1 - left / sum((y - zero) ** 2 for y in YS)
    assert r_squared(trainer) == pytest.approx(expected, rel=1e-9)


def test_a_walk_that_did_not_end_is_measured_where_it_is():
    trainer = Trainer(LINE, optimizer=GradientDescent(0.01)).fit(TABLE, steps=5)
    left = sum(r * r for r in residuals(trainer))
    mean = sum(YS) / len(YS)
    assert r_squared(trainer) == pytest.approx(1 - left / sum((y - mean) ** 2 for y in YS))
    with_ridge = Trainer(LINE, ridge=0.5).fit(TABLE)
    left = sum(r * r for r in residuals(with_ridge))
    assert r_squared(with_ridge) == pytest.approx(1 - left / sum((y - mean) ** 2 for y in YS))


def test_standard_units_change_nothing():
    own, standard = (Trainer(LINE, standardize=s).fit(TABLE) for s in (False, True))
    for measure in (r_squared, log_likelihood, aic):
        assert measure(standard) == pytest.approx(measure(own), rel=1e-12)


PERFECT = Table({"x": [1.0, 2.0, 3.0], "y": [2.0, 4.0, 6.0]})
LEVEL = PERFECT.with_column("y", [3.0, 3.0, 3.0])


@pytest.mark.parametrize(
    ("measure", "trainer", "message"),
    [(r_squared, Trainer(LINE, "huber").fit(TABLE), "R squared is known for the squared loss"),
     (r_squared, Trainer("y = a + 0*x").fit(LEVEL), "does not vary"),
     (log_likelihood, Trainer(LINE, "huber").fit(TABLE),
      "^the huber loss has no likelihood; these have one: squared, absolute, log$"),
     (adjusted_r_squared, Trainer(LINE).fit(TABLE.head(2)), "^2 rows are not more than the 2 para"),
     (log_likelihood, Trainer(LINE).fit(PERFECT), "a perfect fit has an infinite likelihood"),
     (aic, Trainer(LINE).fit(PERFECT), "a perfect fit has an infinite likelihood"),
     (aic, Trainer(LINE, ridge=0.1).fit(TABLE), "with a ridge it is not known"),
     *((measure, Trainer(LINE), "nothing has been trained yet")
       for measure in (r_squared, log_likelihood, aic))])
def test_questions_without_an_answer(measure, trainer, message):
    with pytest.raises(DataError, match=message):
        measure(trainer)


SEX = Table({"male": [1.0, 1.0, 0.0, 0.0, 0.0], "female": [0.0, 0.0, 1.0, 1.0, 1.0],
             "x": [1.0, 2.0, 3.0, 4.0, 5.0], "y": [180.0, 176.0, 163.0, 168.0, 170.0]})


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a*male + b*female", True), ("a*male", False), ("a*x + b*male + c*female", True),
     ("a*sin(x)**2 + b*cos(x)**2", True), ("a*sin(x) + b*cos(x)", False), ("a*(x - c)", True),
     ("a*x*b", False), ("(a + 1)*x", False), ("a*(1 + x) - b*x", True), ("a", True),
     ("a*x + b*x**2", False), ("a*x**2 - b", True), ("a*exp(b*x)", True), ("a + 0*x", True),
     ("a + 0*b", True), ("0*a*x", False)])
def test_whether_a_model_can_move_up_and_down_as_a_whole(text, expected):
    start = {"a": 1.0, "b": 0.5, "c": -3.0}
    model = Trainer(f"y = {text}", optimizer=GradientDescent(1e-12))
    names = model.model.parameters(SEX.names)
    trainer = model.fit(SEX, {name: start[name] for name in names}, steps=1)
    assert has_constant(trainer) is expected


def test_a_line_is_as_good_however_it_is_written():
    # lm(dist ~ speed): multiple R-squared 0.6511, adjusted 0.6438 (R, help(cars))
    trainers = [Trainer(f"dist = {text}").fit(table(CARS), start)
                for text, start in (("a*speed + b", {}), ("a*(speed - s0)", {"a": 4, "s0": 4}))]
    for trainer in trainers:
        assert r_squared(trainer) == pytest.approx(0.6511, abs=5e-5)
        assert adjusted_r_squared(trainer) == pytest.approx(0.6438, abs=5e-5)
        assert aic(trainer) == pytest.approx(419.1569, abs=5e-5)  # AIC(lm(dist ~ speed))
    means = Trainer("y = a*male + b*female").fit(SEX)
    assert r_squared(means) == pytest.approx(r_squared(Trainer("y = a*male + b").fit(SEX)))


def test_a_line_through_0_is_compared_with_0():
    # summary(lm(dist ~ speed - 1)): R-squared 0.8963, adjusted 0.8942 (R)
    trainer = Trainer("dist = a*speed").fit(table(CARS))
    assert r_squared(trainer) == pytest.approx(0.8963, abs=5e-5)
    assert adjusted_r_squared(trainer) == pytest.approx(0.8942, abs=5e-5)


@pytest.mark.parametrize(
    ("text", "expected"),
    # summary(lm(mpg ~ wt)) and summary(lm(mpg ~ wt + hp)), R
    [("a*wt + b", (0.7528, 0.7446)), ("a*wt + b*hp + c", (0.8268, 0.8148))])
def test_adjusted_r_squared_of_the_motor_trend_cars(text, expected):
    trainer = Trainer(f"mpg = {text}").fit(table(MTCARS))
    assert (r_squared(trainer), adjusted_r_squared(trainer)) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("x", "freedom", "expected"),  # scipy.stats.chi2.sf
    [(0.5, 1, 0.47950012218695337), (3.0, 2, 0.22313016014842982), (7.5, 3, 0.0575584519726364),
     (30.0, 7, 9.495972508134177e-05), (1e-3, 4, 0.9999998750416589),
     (200.0, 10, 1.6139305336977317e-37), (2.5, 5, 0.7764950711233227), (0.0, 3, 1.0)])
def test_the_tail_of_chi_squared(x, freedom, expected):
    assert chi_squared_tail(x, freedom) == pytest.approx(expected, rel=1e-12)


def test_models_side_by_side():
    texts = ("a*wt + b", "a*wt + b*hp + c", "a*hp + b")
    trainers = [Trainer(f"mpg = {text}").fit(table(MTCARS)) for text in texts]
    best, second, last = compare_models(trainers)
    # AIC(lm(...)) in R: 156.6523, 166.0294, 181.2386
    assert [each.aic for each in (best, second, last)] == pytest.approx(
        [156.6523, 166.0294, 181.2386], abs=5e-5)
    assert [each.parameters for each in (best, second, last)] == [4, 3, 3]
    assert best.difference == 0 and second.difference == pytest.approx(9.3771, abs=1e-4)
    assert best.weight + second.weight + last.weight == pytest.approx(1)
    assert second.weight / best.weight == pytest.approx(math.exp(-second.difference / 2))


def test_the_likelihood_ratio_of_nested_models():
    smaller, larger = (Trainer(f"mpg = {text}").fit(table(MTCARS))
                       for text in ("a*wt + b", "a*wt + b*hp + c"))
    found = likelihood_ratio(smaller, larger)
    expected = 2 * (log_likelihood(larger) - log_likelihood(smaller))
    assert found == pytest.approx((expected, 1, math.erfc(math.sqrt(expected / 2))))
    with pytest.raises(DataError, match="has no more parameters"):
        likelihood_ratio(larger, smaller)


@pytest.mark.parametrize(
    ("other", "message"),
    [(Trainer("x = a*y").fit(TABLE), "predict two things"),
     (Trainer(LINE).fit(TABLE.head(19)), "not trained on the same rows"),
     (Trainer(LINE, weights="w").fit(TABLE), "give their rows other weights"),
     (Trainer(LINE, ridge=0.1).fit(TABLE), "with a ridge"),
     (Trainer("y = sigmoid(a*x + b)", "log", GradientDescent(0.01)).fit(
         {"x": XS, "y": [float(y > 4) for y in YS]}, steps=1), "not trained on the same rows")])
def test_models_that_cannot_be_compared(other, message):
    with pytest.raises(DataError, match=message):
        compare_models([Trainer(LINE).fit(TABLE), other])


def test_a_known_spread_is_not_estimated():
    spreads = [0.4 + 0.1 * (i % 3) for i in range(len(XS))]
    known = TABLE.with_column("w", [s**-2 for s in spreads])
    trainer = Trainer(LINE, weights="w").fit(known)
    expected = sum(math.log(NormalDist(0, s).pdf(r))
                   for s, r in zip(spreads, residuals(trainer), strict=True))
    assert log_likelihood(trainer, known_spread=True) == pytest.approx(expected, rel=1e-12)
    assert aic(trainer, known_spread=True) == pytest.approx(2 * 2 - 2 * expected, rel=1e-12)


def test_a_curve_is_compared_with_the_mean():
    trainer = Trainer("rate = Vm*conc/(K + conc)").fit(table(PUROMYCIN), {"Vm": 200, "K": 0.05})
    rates = table(PUROMYCIN)["rate"]
    mean = sum(rates) / len(rates)
    left = sum((y - p) ** 2 for y, p in zip(rates, trainer.predict(table(PUROMYCIN)), strict=True))
    assert r_squared(trainer) == pytest.approx(1 - left / sum((y - mean) ** 2 for y in rates))


NOES = {"x": [1.0, 2.0, 3.0], "y": [0.0, 1.0, 0.0]}
LEVELLED = {"x": [-1.0, 0.0, 1.0], "y": [1.0, 0.0, 1.0]}  # no slope helps


@pytest.mark.parametrize(("smaller", "larger", "message"), [
    (Trainer("y = b", ridge=0.1).fit(TABLE), Trainer(LINE).fit(TABLE), "with a ridge it is not"),
    (Trainer("y = b").fit(TABLE), Trainer(LINE, ridge=0.1).fit(TABLE), "with a ridge it is not"),
    (Trainer("y = b").fit(NOES), Trainer("y = sigmoid(a*x + b)", "log").fit(NOES),
     "^the likelihoods of the squared loss and the log loss cannot be compared$"),
    (Trainer("y = b").fit(TABLE), Trainer("y = a*x").fit(TABLE), "y = a.x has no more parameter")])
def test_ratios_that_say_nothing(smaller, larger, message):
    with pytest.raises(DataError, match=message):
        likelihood_ratio(smaller, larger)


def test_a_parameter_that_does_not_help_has_a_ratio_of_0():
    found = likelihood_ratio(Trainer("y = b").fit(LEVELLED), Trainer(LINE).fit(LEVELLED))
    assert found == pytest.approx((0.0, 1, 1.0), abs=1e-12) and found.statistic >= 0


def test_with_known_spreads_the_ratio_is_the_difference_of_chi_squared():
    smaller, larger = (Trainer(text, weights="w").fit(TABLE) for text in ("y = b", LINE))
    squares = [Uncertainty(each, known_spread=True).chi_squared for each in (smaller, larger)]
    assert likelihood_ratio(smaller, larger, known_spread=True).statistic == pytest.approx(
        squares[0] - squares[1])
    best, other = compare_models([smaller, larger], known_spread=True)
    assert (best.trainer, best.parameters, other.parameters) == (larger, 2, 1)
    assert other.difference == pytest.approx(squares[0] - squares[1] - 2)
    assert best.log_likelihood == log_likelihood(larger, known_spread=True)


@pytest.mark.parametrize("loss", ["absolute", "log"])
def test_a_known_spread_is_that_of_squares_only(loss):
    trainer = Trainer("y = b" if loss == "absolute" else "y = sigmoid(b)", loss).fit(NOES)
    for measure in (log_likelihood, aic):
        assert measure(trainer, known_spread=True) == measure(trainer)


def test_a_perfect_fit_without_a_spread_is_certain():
    loss = Loss(lambda y, p: (y - p) ** 2, likelihood=Likelihood(lambda loss, _: -loss, False))
    assert log_likelihood(Trainer("y = a*x", loss).fit(PERFECT)) == 0


def test_what_is_left_of_large_numbers_is_exact():
    """The line 0.4 + 0.4*x leaves -0.4, 0.2, 0.8, -0.6: squares of 1.2, of 2 around the mean."""
    columns = {"x": [0.0, 1.0, 2.0, 3.0], "y": [1e15, 1e15 + 1, 1e15 + 2, 1e15 + 1]}
    assert r_squared(Trainer(LINE).fit(columns)) == pytest.approx(0.4, rel=1e-12)


@pytest.mark.parametrize(("xs", "weight"), [
    ([1.1, 2.3, 4.7], 1e20), ([1.1, 2.3, 4.7], 1e-40), ([1.1e160, 2.3e160, 4.7e160], 1.0),
    ([1.1e-160, 2e-160, 4e-160], 1.0)])
def test_any_units_and_weights_move_up_and_down(xs, weight):
    columns = {"x": xs, "y": [1.0, 3.0, 4.0], "w": [weight, 2 * weight, weight]}
    assert has_constant(Trainer(LINE, weights="w").fit(columns)) is True
    assert has_constant(Trainer("y = a*x", weights="w").fit(columns)) is False


def test_a_line_that_is_held_at_its_bounds_moves_nowhere():
    trainer = Trainer(LINE, bounds={"b": (-5, -4), "a": (0, 1)}).fit(PERFECT)
    assert trainer.at_bounds == {"a": 1.0, "b": -4.0} and has_constant(trainer) is False


def test_where_slopes_are_not_known_the_mean_is_compared_with(monkeypatch):
    large = Trainer("y = a*x").fit({"x": [1.5e308, 1.5e308, -1.5e308], "y": [1.0, 2.0, 3.0]})
    assert has_constant(large) is True  # the length of the slopes is too large for a float
    trainer = Trainer("y = a*x").fit(TABLE)
    assert has_constant(trainer) is False

    class Unknown:
        def __init__(self, *_):
            pass

        def slopes(self, row):
            raise DataError("no slope")

    monkeypatch.setattr(chapter, "Sensitivity", Unknown)
    assert has_constant(trainer) is True


def test_no_probability_is_above_1():
    # by rounding, the sum of the terms is 1 + 2**-52 there
    assert chi_squared_tail(0.33161102155804434, 59) == 1.0
