"""Predictions and their typical error, against figures by hand."""

import csv
import math
from pathlib import Path

import pytest

from mathlab.errors import DataError, MathlabError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.predict import predict, residuals, typical_error

FOLDER = Path(__file__).parents[3] / "lessons" / "data"

TABLE = Table({"x": [-1.0, 0.0, 1.0], "y": [1.0, 3.0, 5.0]})


@pytest.fixture(scope="module")
def trained():
    return Trainer("y = a*x + b", optimizer=GradientDescent(0.3)).fit(TABLE, steps=100)


def test_residuals_are_actual_minus_predicted():
    assert residuals([5.0, 1.0, 2.0], [3.0, 2.0, 2.0]) == [2.0, -1.0, 0.0]
    with pytest.raises(ValueError, match=r"shorter|longer"):
        residuals([1.0], [1.0, 2.0])


@pytest.mark.parametrize(
    ("off", "expected"),
    [([3.0, 4.0], math.sqrt(12.5)), ([-2.0], 2.0), ([0.0, 0.0], 0.0), ([1, -1, 1, -1], 1.0)])
def test_typical_error(off, expected):
    assert typical_error(off) == pytest.approx(expected, rel=1e-15)


def test_no_residuals_no_typical_error():
    with pytest.raises(DataError, match="no residuals"):
        typical_error([])


def test_anscombe():
    # y = 3.00 + 0.500x, residual sum of squares 13.75 over 11 points: Anscombe (1973)
    with (FOLDER / "anscombe.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["series"] == "I"]
    seen = Table({name: [float(row[name]) for row in rows] for name in "xy"})
    trainer = Trainer("y = a*x + b", optimizer=GradientDescent(0.009)).fit(seen, steps=5000)
    value, error = predict(trainer, seen, x=10.0)
    assert value == pytest.approx(8.00, abs=0.005)
    assert error == pytest.approx(math.sqrt(13.75 / 11), abs=0.005)


def test_prediction_of_a_perfect_line(trained):
    value, error = predict(trained, TABLE, x=10.0)
    assert value == pytest.approx(23.0)
    assert error == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(("features", "message"),
                         [({}, "at least one column"),
                          ({"z": 1.0}, "no column 'x'"),
                          ({"x": "12"}, "is text"),
                          ({"x": None}, "is missing"),
                          ({"x": math.nan}, "not a finite number"),
                          ({"x": [1.0]}, "not a finite number")])
def test_features_that_are_none(trained, features, message):
    with pytest.raises(DataError, match=message):
        predict(trained, TABLE, **features)


@pytest.mark.parametrize(
    "seen",
    [{"x": [1.0]}, {"x": [1.0, 2.0], "y": [None, 3.0]}, {"x": [1.0], "y": ["q"]},
     {"x": [1.0], "y": [math.nan]}, {"x": [], "y": []}, {"y": [1.0]}])
def test_rows_that_cannot_tell_the_error(trained, seen):
    with pytest.raises(DataError):
        predict(trained, Table(seen), x=1.0)


def test_before_training():
    with pytest.raises(MathlabError, match="call fit"):
        predict(Trainer("y = a*x"), TABLE, x=1.0)
