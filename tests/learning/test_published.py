"""Fits to real data against published or independently computed values."""

import csv
from pathlib import Path

import pytest

from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.goodness import r_squared
from mathlab.learning.inference.uncertainty import Uncertainty

FOLDER = Path(__file__).parents[2] / "lessons" / "data"


@pytest.fixture(scope="module")
def cars():
    """The 392 cars of which consumption and horsepower are known."""
    columns = ("miles_per_gallon", "weight", "horsepower")
    with (FOLDER / "cars.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if all(row[name] for name in columns)]
    assert len(rows) == 392
    return Table({name: [float(row[name]) for row in rows] for name in columns})


def test_the_polynomial_of_the_cars(cars):
    # G. James et al., An Introduction to Statistical Learning, table 3.10: mpg on horsepower
    trainer = Trainer("miles_per_gallon = c0 + c1*horsepower + c2*horsepower**2").fit(cars)
    sure = Uncertainty(trainer)
    assert trainer.parameters == pytest.approx({"c0": 56.9001, "c1": -0.4662, "c2": 0.0012}, 3e-2)
    assert trainer.parameters["c0"] == pytest.approx(56.9001, abs=5e-5)
    assert trainer.parameters["c1"] == pytest.approx(-0.4662, abs=5e-5)
    assert sure.errors == pytest.approx({"c0": 1.8004, "c1": 0.0311, "c2": 0.0001}, rel=0.25)
    assert sure.errors["c0"] == pytest.approx(1.8004, abs=5e-5)
    assert r_squared(trainer) == pytest.approx(0.688, abs=5e-4)


def test_the_plane_of_the_cars(cars):
    # by numpy.linalg.lstsq, and the inverse of X^T X
    trainer = Trainer("miles_per_gallon = a*weight + b*horsepower + c").fit(cars)
    assert trainer.parameters == pytest.approx(
        {"a": -5.79415736e-03, "b": -4.73028631e-02, "c": 45.6402108}, rel=1e-8)
    assert Uncertainty(trainer).errors == pytest.approx(
        {"a": 5.02326996e-04, "b": 1.10850865e-02, "c": 7.93195833e-01}, rel=1e-8)
    assert float(trainer.bottom.total_loss) == pytest.approx(6993.84543748, rel=1e-11)


def test_descent_over_standard_units_comes_to_the_same_plane(cars):
    exact = Trainer("miles_per_gallon = a*weight + b*horsepower + c").fit(cars)
    descent = Trainer(exact.model, optimizer=GradientDescent(0.5), standardize=True).fit(cars)
    assert descent.parameters == pytest.approx(exact.parameters, rel=1e-9)
    assert Uncertainty(descent).errors == pytest.approx(Uncertainty(exact).errors, rel=1e-6)
    assert descent.history[0].loss > descent.history[-1].loss
