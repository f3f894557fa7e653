"""The same predictions, whatever the units."""

import random
from fractions import Fraction

import pytest

from mathlab.errors import DataError, FormulaError
from mathlab.learning.data.explore import Scale
from mathlab.learning.data.table import Table
from mathlab.learning.model.model import (
    Model,
    exponential_growth,
    line,
    logistic,
    network,
    plane,
    polynomial,
)
from mathlab.learning.model.units import Units, in_other_units, is_linear, standard_units

RNG = random.Random(7)
LINEAR = [line("x", "y"),
          plane(["x", "z"], "y"),
          polynomial("x", "y", 4),
          logistic(["x", "z"], "y"),
          Model("y = a*x + b*z + c*x*z + d"),
          Model("y = exp(a*x + b)"),
          Model("y = a*x + b + 2.5"),
          Model("log(y) = sigmoid(0.1*a*x - b/3)")]


@pytest.mark.parametrize("model", LINEAR, ids=str)
def test_the_predictions_stay_the_same(model):
    rows = Table({name: [RNG.uniform(-5, 5) for _ in range(9)] for name in "xz"})
    features = model.features(rows.names)
    names = model.parameters(rows.names)
    standard = {name: RNG.uniform(-1, 1) for name in names}
    scales = {name: Scale(RNG.uniform(-9, 9), RNG.uniform(0.1, 9)) for name in features}
    moved = rows
    for name, scale in scales.items():
        moved = moved.with_column(name, scale.standard(rows[name]))
    own = in_other_units(model, standard, scales)
    assert list(own) == names
    assert model.predict(own, rows) == pytest.approx(model.predict(standard, moved), rel=1e-9)
    there_and_back = in_other_units(model, own, {name: s.back() for name, s in scales.items()})
    assert there_and_back == pytest.approx(standard, rel=1e-9)


def test_the_line_of_the_book():
    # slope/spread, and intercept - slope*mean/spread
    found = in_other_units(line("x", "y"), {"slope": 7.0, "intercept": 1.0}, {"x": Scale(3.0, 0.1)})
    slope = 7 / Fraction(0.1)
    assert found == {"slope": float(slope), "intercept": float(1 - 3 * slope)}


def test_no_units_no_change():
    parameters = {"a": 1.0, "b": 2.0}
    assert in_other_units(Model("y = exp(a*exp(b*x))"), parameters, {}) == parameters


@pytest.mark.parametrize(
    "text",
    ["y = a*exp(b*x)", "y = a*x**2 + b", "y = a*(x + x**2) + b", "y = a*x", "y = a*x + b*x + c",
     "y = a*(x + b)", "y = a*b*x + c", "y = a*log(x) + b"])
def test_models_that_cannot_be_the_same(text):
    model = Model(text)
    with pytest.raises(FormulaError, match="cannot be trained on standard units of x"):
        in_other_units(model, dict.fromkeys(model.parameters("x"), 1.0), {"x": Scale(1.0, 2.0)})


def test_how_high_a_power_may_be():
    for power in (20, 21):
        model = Model(f"y = a*x**{power} + b")
        scales = {"x": Scale(0.0, 2.0)}
        if power == 20:
            assert in_other_units(model, {"a": 1.0, "b": 3.0}, scales) == {"a": 2.0**-20, "b": 3.0}
        else:
            with pytest.raises(FormulaError, match="cannot be trained on standard units of x"):
                in_other_units(model, {"a": 1.0, "b": 3.0}, scales)


def test_parameters_that_are_too_large():
    with pytest.raises(DataError, match="too large for a float: scale the columns"):
        in_other_units(line("x", "y"), {"slope": 1e300, "intercept": 1.0},
                       {"x": Scale(0.0, 1e-300)})


def test_tables_and_parameters_in_units():
    units = Units(line("x", "y"), {"x": Scale(10.0, 2.0)})
    table = units.table(Table({"x": [8, 14], "y": [1, 2]}))
    assert (table["x"], table["y"]) == ([-1.0, 2.0], [1, 2])
    # 3*x + 10 = 6*(x - 10)/2 + 40
    assert units.standard({"slope": 3.0, "intercept": 10.0}) == {"slope": 6.0, "intercept": 40.0}


def test_standard_units():
    table = Table({"x": [1.0, 2.0, 3.0], "z": [10.0, 30.0, 20.0], "y": [1.0, 2.0, 3.0]})
    assert standard_units(plane(["x", "z"], "y"), table) == {
        "x": Scale(2.0, 1.0), "z": Scale(20.0, 10.0)}
    assert standard_units(Model("y = a*z"), table) == {"z": Scale(0.0, 10.0)}
    with pytest.raises(FormulaError, match="give a line an intercept"):
        standard_units(Model("y = a*exp(b*x)"), table)
    # twins, whose difference has no intercept to take the shift, whatever their parameters
    twins = table.with_column("z", [10.0, 20.0, 30.0])
    assert standard_units(Model("y = a*x - b*z"), twins) == {
        "x": Scale(0.0, 1.0), "z": Scale(0.0, 10.0)}
    with pytest.raises(DataError, match="column 'x': all 3 values are 1"):
        standard_units(line("x", "y"), table.with_column("x", [1.0, 1.0, 1.0]))


@pytest.mark.parametrize("model", LINEAR, ids=str)
def test_models_that_are_linear_inside(model):
    assert is_linear(model, model.parameters(["x", "z"]))


@pytest.mark.parametrize(
    "model",
    [exponential_growth("x", "y"), network(["x"], "y", 2), Model("y = a*b*x"), Model("y = x**a"),
     Model("y = x/a")])
def test_models_that_are_not(model):
    assert not is_linear(model, model.parameters(["x"]))
