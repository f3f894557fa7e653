"""Standard errors and intervals against published fits, closed formulas and a simulation."""

import csv
import math
import random
import statistics
from pathlib import Path
from statistics import NormalDist

import pytest

from mathlab.errors import DataError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.learning.model.model import Model

DATA = Path(__file__).parents[3] / "lessons" / "data"
SMALL = Table({"x": [1.0, 2.0, 3.0, 4.0], "y": [1.1, 1.9, 3.2, 3.8]})
LINE = "y = slope*x + intercept"


def columns(name, *wanted):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Table({column: [float(row[column]) for row in rows] for column in wanted})


def test_hubbles_line():
    # slope 454.16 +- 75.24 km/s per megaparsec, intercept -40.78 +- 83.44 km/s: the fit of Hubble's
    # 24 nebulae in the textbooks (for one, the Sleuth, chapter 7)
    table = columns("hubble", "distance", "velocity")
    sure = Uncertainty(Trainer("velocity = slope*distance + intercept").fit(table))
    assert sure.parameters == pytest.approx({"slope": 454.16, "intercept": -40.78}, abs=0.005)
    assert sure.errors == pytest.approx({"slope": 75.24, "intercept": 83.44}, abs=0.005)
    assert (round(sure.residual_spread, 1), sure.freedom) == (232.9, 22)


def test_the_shuttles_o_rings():
    # log-odds of distress 15.0429 (7.3786) - 0.2322 (0.1082) * temperature: Dalal, Fowlkes and
    # Hoadley (1989), and every textbook on logistic regression since
    table = columns("challenger", "temperature", "distress")
    trainer = Trainer("distress = sigmoid(slope*temperature + intercept)", loss="log").fit(table)
    sure = Uncertainty(trainer)
    assert sure.parameters == pytest.approx({"slope": -0.2322, "intercept": 15.0429}, abs=5e-5)
    assert sure.errors == pytest.approx({"slope": 0.1082, "intercept": 7.3786}, abs=5e-5)
    (chance,) = trainer.predict({"temperature": [31.0]})  # the morning of the accident
    assert chance == pytest.approx(0.9996, abs=5e-5)


def test_a_line_by_the_closed_formulas():
    xs, ys = SMALL["x"], SMALL["y"]
    slope, intercept = statistics.linear_regression(xs, ys)
    residuals = [y - slope * x - intercept for x, y in zip(xs, ys, strict=True)]
    s = math.sqrt(sum(r * r for r in residuals) / 2)
    sxx = sum((x - 2.5) ** 2 for x in xs)
    sure = Uncertainty(Trainer(LINE).fit(SMALL))
    assert sure.errors["slope"] == pytest.approx(s / math.sqrt(sxx))
    assert sure.errors["intercept"] == pytest.approx(s * math.sqrt(1 / 4 + 2.5**2 / sxx))
    assert sure.correlations[0] == pytest.approx([1.0, -2.5 / math.sqrt(sxx / 4 + 2.5**2)])
    for x in (0.0, 2.5, 10.0):
        of_mean = s * math.sqrt(1 / 4 + (x - 2.5) ** 2 / sxx)
        mean, single = sure.prediction({"x": x}, single=False), sure.prediction({"x": x})
        assert mean.value == single.value == pytest.approx(slope * x + intercept)
        assert mean.error == pytest.approx(of_mean)
        assert single.error == pytest.approx(math.hypot(s, of_mean))
        assert single.high - single.value == pytest.approx(4.302653 * single.error)  # t, 2 freedom
    low, high = sure.interval("slope", 0.9)[2:]
    assert (high - low) / 2 == pytest.approx(2.919986 * sure.errors["slope"])


@pytest.mark.parametrize("text", [LINE, "y = slope*x**2/(1 + x) + exp(intercept)"])
def test_a_walk_in_floats_is_as_sure(text):
    exact = Trainer(text).fit(SMALL)
    walked = Trainer(text)
    walked.to_the_bottom = False
    walked.fit(SMALL)
    assert exact.bottom and walked.bottom is None
    assert Uncertainty(walked).errors == pytest.approx(Uncertainty(exact).errors, rel=1e-6)


def test_intervals_hold_the_truth_as_often_as_they_say():
    dice = random.Random(4)
    xs = [0.5 * i for i in range(8)]
    line = Model(LINE)  # compiled once
    held = {"slope": 0, "intercept": 0, "next": 0}
    trials = 300
    for _ in range(trials):
        ys = [2.0 * x - 1.0 + dice.gauss(0, 0.7) for x in xs]
        sure = Uncertainty(Trainer(line).fit(Table({"x": xs, "y": ys})))
        for name, truth in (("slope", 2.0), ("intercept", -1.0)):
            _, _, low, high = sure.interval(name, 0.8)
            held[name] += low <= truth <= high
        _, _, low, high = sure.prediction({"x": 5.0}, 0.8)
        held["next"] += low <= 9.0 + dice.gauss(0, 0.7) <= high
    spread = math.sqrt(trials * 0.8 * 0.2)
    for name, count in held.items():
        assert abs(count - 0.8 * trials) < 3 * spread, name


@pytest.mark.parametrize(
    ("trainer", "table", "message"),
    [(Trainer(LINE), Table({"x": [1.0, 2.0], "y": [1.0, 2.0]}), "2 rows say nothing of the unc"),
     (Trainer(LINE, loss="huber"), SMALL, "standard errors are known for squared, log; not"),
     (Trainer("y = a + 0*b"), SMALL, "cannot tell b"),
     (Trainer("y = a*exp(0*b)"), SMALL, "b does not matter for these data: leave it out"),
     (Trainer("y = exp(a*x + b*x)"), SMALL, "cannot tell the parameters a, b apart")])
def test_what_there_is_no_being_sure_of(trainer, table, message):
    with pytest.raises(DataError, match=message):
        Uncertainty(trainer.fit(table))


def test_questions_without_an_answer():
    sure = Uncertainty(Trainer(LINE).fit(SMALL))
    for confidence in (0, 1, 1.5, -0.1, math.nan):
        with pytest.raises(DataError, match="the confidence must be between 0 and 1, not"):
            sure.interval("slope", confidence)
    with pytest.raises(DataError, match="no parameter 'lope'; there are slope, intercept"):
        sure.interval("lope")
    with pytest.raises(DataError, match="no column 'x'"):
        sure.prediction({"z": 1.0})
    with pytest.raises(DataError, match="nothing has been trained yet"):
        Uncertainty(Trainer(LINE))


def test_a_yes_or_no_has_no_interval_of_its_own():
    table = Table({"x": [1.0, 2.0, 3.0, 4.0, 5.0], "y": [0.0, 1.0, 0.0, 1.0, 1.0]})
    sure = Uncertainty(Trainer("y = sigmoid(a*x + b)", loss="log").fit(table))
    with pytest.raises(DataError, match="single=False"):
        sure.prediction({"x": 3.0})
    value, error, low, high = sure.prediction({"x": 3.0}, single=False)
    assert 0 < low < value < high < 1
    # the bounds of the log-odds a*x + b, whose variance is that of a sum
    (aa, ab), (_, bb) = sure.covariance
    odds = 3 * sure.parameters["a"] + sure.parameters["b"]
    reach = NormalDist().inv_cdf(0.975) * math.sqrt(9 * aa + 6 * ab + bb)
    assert (low, high) == pytest.approx(
        tuple(1 / (1 + math.exp(-odds - sign * reach)) for sign in (-1, 1)), rel=1e-6)
    assert error == pytest.approx(value * (1 - value) * math.sqrt(9 * aa + 6 * ab + bb))


@pytest.mark.parametrize("x", [-60.0, -45.0, 45.0, 60.0, 1e4])
def test_far_away_the_bounds_are_mirror_images(x):
    # the data are their own mirror image about 0, yes for no
    table = Table({"x": [-3.0, -2.0, -1.0, 1.0, 2.0, 3.0], "y": [0, 1, 0, 1, 0, 1]})
    sure = Uncertainty(Trainer("y = sigmoid(a*x + b)", loss="log").fit(table))
    one, other = (sure.prediction({"x": sign * x}, single=False) for sign in (1, -1))
    assert one.low == pytest.approx(1 - other.high) and one.high == pytest.approx(1 - other.low)
    assert 0 <= one.low < one.high <= 1


def test_there_is_none_where_the_walk_did_not_end():
    walked = Trainer(LINE, optimizer=GradientDescent(0.01)).fit(SMALL, steps=3)
    with pytest.raises(DataError, match="standard errors hold at a lowest point"):
        Uncertainty(walked)


def test_bounds_that_are_too_far_away():
    with pytest.raises(DataError, match="too far away for a float"):
        Uncertainty(Trainer(LINE).fit(SMALL)).prediction({"x": 1e308})


def test_standard_units_change_nothing():
    table = Table({"x": [100.0, 101.0, 103.0, 104.0, 107.0], "y": [1.0, 3.5, 6.5, 9.0, 14.0]})
    own, standard = (Uncertainty(Trainer(LINE, standardize=s).fit(table)) for s in (False, True))
    assert standard.errors == pytest.approx(own.errors, rel=1e-9)
    assert standard.prediction({"x": 102.0}) == pytest.approx(own.prediction({"x": 102.0}))


def test_it_does_not_matter_how_the_bottom_was_found():
    walked = Trainer(LINE, optimizer=GradientDescent(0.1)).fit(SMALL, steps=2000)
    exact = Trainer(LINE).fit(SMALL)
    assert Uncertainty(walked).errors == pytest.approx(Uncertainty(exact).errors, rel=1e-9)
