"""Seeded simulations: an interval of 95% holds the truth 94 to 96 times in 100.

Each draws data from a model whose parameters are known, fits it, and counts how often the truth is
inside. With the 6,000 fits of `--all` the share has a standard deviation of 0.28%; other runs make
fewer, as the fits of a probability do, and ask for three standard deviations.
"""

import math
import random

import pytest

from mathlab.learning.data.table import Table
from mathlab.learning.descent.second_order import LevenbergMarquardt
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.learning.model.model import Model
from tests.thinned import thinned

XS = [0.5 * i for i in range(12)]
SPREADS = [0.2 + 0.05 * (i % 5) for i in range(12)]
LEVEL = 0.95


def fits(text, truth, draw, loss="squared", xs=XS, weights="", known_spread=False, keep=1000,
         most=6000):
    """What a fit says of the parameters, again and again, each time from other data."""
    dice = random.Random(7)
    model = Model(text)  # compiled once
    own = model.predict(truth, {"x": xs})
    for _ in thinned(range(most), keep):
        ys = [draw(dice, i, y) for i, y in enumerate(own)]
        table = {"x": xs, "y": ys} | ({"w": [s**-2 for s in SPREADS]} if weights else {})
        trainer = Trainer(model, loss, LevenbergMarquardt(), weights=weights)
        yield dice, Uncertainty(trainer.fit(Table(table), truth), known_spread)


def check(held, trials):
    """Whether the share of the intervals that held the truth is what they said."""
    share, deviation = held / trials, math.sqrt(LEVEL * (1 - LEVEL) / trials)
    assert abs(share - LEVEL) <= max(0.01, 3 * deviation)


def normal(dice, i, y):
    return y + dice.gauss(0, 0.3)


def by_row(dice, i, y):
    return y + dice.gauss(0, SPREADS[i])


LINE = ("y = a*x + b", {"a": 2.0, "b": -1.0})
DECAY = ("y = a*exp(-b*x)", {"a": 5.0, "b": 0.4})


@pytest.mark.parametrize(("model", "formula", "true_derived"),
                         [(LINE, "-b/a", 0.5), (DECAY, "log(2)/b", math.log(2) / 0.4)])
def test_parameters_means_rows_and_formulas(model, formula, true_derived):
    text, truth = model
    (there,) = Model(text).predict(truth, {"x": [4.2]})
    held = dict.fromkeys(["a", "b", "mean", "row", "derived"], 0)
    trials = 0
    for dice, sure in fits(text, truth, normal):
        trials += 1
        for name in "ab":
            _, _, low, high = sure.interval(name, LEVEL)
            held[name] += low <= truth[name] <= high
        _, _, low, high = sure.prediction({"x": 4.2}, LEVEL, single=False)
        held["mean"] += low <= there <= high
        _, _, low, high = sure.prediction({"x": 4.2}, LEVEL)
        held["row"] += low <= normal(dice, 0, there) <= high
        _, _, low, high, _ = sure.derived(formula, LEVEL)
        held["derived"] += low <= true_derived <= high
    for count in held.values():
        check(count, trials)


def test_known_standard_deviations():
    text, truth = LINE
    held, trials = 0, 0
    for _, sure in fits(text, truth, by_row, weights="w", known_spread=True):
        trials += 1
        _, _, low, high = sure.interval("a", LEVEL)
        held += low <= truth["a"] <= high
    check(held, trials)


def test_a_new_row_of_another_weight():
    text, truth = LINE
    held, trials = 0, 0
    for dice, sure in fits(text, truth, by_row, weights="w"):
        trials += 1
        _, _, low, high = sure.prediction({"x": 3.3}, LEVEL, weight=0.25**-2)
        held += low <= truth["a"] * 3.3 + truth["b"] + dice.gauss(0, 0.25) <= high
    check(held, trials)


def test_the_way_back_from_a_logarithm():
    text, truth = "log(y) = a*x + b", {"a": 0.3, "b": 1.0}
    held, trials = 0, 0
    dice = random.Random(3)
    model = Model(text)
    for _ in thinned(range(6000), 1000):
        trials += 1
        ys = [math.exp(0.3 * x + 1.0 + dice.gauss(0, 0.2)) for x in XS]
        sure = Uncertainty(Trainer(model, "squared", LevenbergMarquardt()).fit(
            Table({"x": XS, "y": ys}), truth))
        _, _, low, high = sure.way_back(sure.prediction({"x": 2.2}, LEVEL))
        held += low <= math.exp(0.3 * 2.2 + 1.0 + dice.gauss(0, 0.2)) <= high
    check(held, trials)


@pytest.mark.parametrize("text", ["y = sigmoid(a*x + b)", "y = erfc(-(a*x + b)/sqrt(2))/2"])
def test_a_probability(text):
    truth = {"a": 0.5, "b": -1.2}
    xs = [0.1 * i for i in range(60)] * 5
    (there,) = Model(text).predict(truth, {"x": [3.0]})
    held, trials = 0, 0
    for _, sure in fits(text, truth, lambda dice, i, p: float(dice.random() < p), "log", xs,
                        keep=200, most=1500):
        trials += 1
        _, _, low, high = sure.prediction({"x": 3.0}, LEVEL, single=False)
        held += low <= there <= high
    check(held, trials)
