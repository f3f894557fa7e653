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
from mathlab.learning.inference.goodness import aic, log_likelihood, r_squared

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
     (log_likelihood, Trainer(LINE, "huber").fit(TABLE), "the huber loss has no likelihood"),
     (log_likelihood, Trainer(LINE).fit(PERFECT), "a perfect fit has an infinite likelihood"),
     (aic, Trainer(LINE).fit(PERFECT), "a perfect fit has an infinite likelihood"),
     (aic, Trainer(LINE, ridge=0.1).fit(TABLE), "with a ridge it is not known"),
     *((measure, Trainer(LINE), "nothing has been trained yet")
       for measure in (r_squared, log_likelihood, aic))])
def test_questions_without_an_answer(measure, trainer, message):
    with pytest.raises(DataError, match=message):
        measure(trainer)
