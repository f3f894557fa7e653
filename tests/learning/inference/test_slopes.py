"""Slopes of predictions, against differences, and where a formula has none."""

import math
from types import SimpleNamespace

import pytest

from mathlab.errors import DataError, DomainError
from mathlab.learning.inference import slopes as chapter
from mathlab.learning.inference.slopes import Sensitivity
from mathlab.learning.model.model import Model


@pytest.mark.parametrize(
    ("text", "place", "row"),
    [("y = a*x + b", {"a": 2.0, "b": 1.0}, [3.0]), ("y = a*exp(b*x)", {"a": 2.0, "b": 0.3}, [1.5]),
     ("y = a*x**b", {"a": 2.0, "b": 1.3}, [2.0]),
     ("y = a*tanh(b*x*z)", {"a": 1.5, "b": 0.2}, [1.0, 3.0])])
def test_slopes_are_what_differences_say(text, place, row):
    model = Model(text)
    features = [name for name in model.symbols if name not in place]
    there = Sensitivity(model, place, features)
    for slope, name in zip(there.slopes(row), place, strict=True):
        ahead, behind = (
            Sensitivity(model, {**place, name: place[name] + step}, features).value(row)
            for step in (1e-6, -1e-6))
        assert slope == pytest.approx((ahead - behind) / 2e-6, rel=1e-6)


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [("y = a*x**b", {"a": 2.0, "b": 1.5}, [0, 0]), ("y = sqrt(2*x/g)", {"g": 9.8}, [0]),
     ("y = a*x**b", {"a": 0.0, "b": 1.5}, [0, 0]), ("y = sqrt(2*x/g)", {"g": 1e-9}, [0]),
     ("y = c + (d - c)/(1 + (x/k)**b)", {"c": 1.0, "d": 9.0, "k": 3.0, "b": 2.0}, [0, 1, 0, 0]),
     ("y = v*x**n/(k**n + x**n)", {"v": 2.0, "n": 1.5, "k": 3.0}, [0, 0, 0]),
     ("y = a*(x/s)**b + c", {"a": 2.0, "s": 4.0, "b": 0.5, "c": 1.0}, [0, 0, 0, 1])])
def test_where_x_is_0(text, place, expected):
    model = Model(text)
    slopes = Sensitivity(model, place, ["x"]).slopes([0.0])
    assert dict(zip(place, expected, strict=True)) == pytest.approx(
        dict(zip([*place], slopes, strict=True)), abs=1e-9)


@pytest.mark.parametrize(("text", "place", "x"),
                         [("y = a*log(x)", {"a": 1.0}, 0.0), ("y = x**a", {"a": 0.0}, 0.0),
                          ("y = sqrt(a - x)", {"a": 1.0}, 1.0)])
def test_where_there_is_none(text, place, x):
    with pytest.raises(DataError, match="has no slope by a there"):
        Sensitivity(Model(text), place, ["x"]).slopes([x])


def test_a_value_that_is_no_number():
    there = Sensitivity(Model("y = a**x"), {"a": -8.0}, ["x"])
    assert there.value([2.0]) == 64.0
    with pytest.raises((DataError, ValueError)):
        there.value([0.5])
    assert math.isfinite(there.value([3.0]))


def test_a_value_that_is_too_large():
    with pytest.raises(DomainError, match=r"^the prediction is inf there, which is not a finite n"):
        Sensitivity(Model("y = a*x"), {"a": 1e200}, ["x"]).value([1e200])


def test_a_formula_in_place_of_the_prediction():
    model = Model("y = a*x")
    there = Sensitivity(model, {"a": 3.0}, ["x"], model.prediction**2)
    assert there.value([2.0]) == 36.0 and there.slopes([2.0]) == [24.0]


@pytest.mark.parametrize(("error", "known"), [
    (1.9e-6, True), (chapter.SURE * 2.0, True), (2.1e-6, False), (1e-4, False)])
def test_a_measured_slope_is_right_to_a_millionth(error, known, monkeypatch):
    measured = SimpleNamespace(value=2.0, error=error)
    monkeypatch.setattr(chapter.numeric, "derivative", lambda *_: measured)
    curve = Sensitivity(Model("y = a*x"), {"a": 1.0}, ["x"])
    if known:
        assert curve._measured(0, [1.0], [1.0]) == 2.0
    else:
        with pytest.raises(DataError, match=r"^the prediction has no slope by a there$"):
            curve._measured(0, [1.0], [1.0])
