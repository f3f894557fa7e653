"""Where a walk begins if nobody says."""

import math

import pytest

from mathlab.learning.data.table import Table
from mathlab.learning.descent.start import place_to_start
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.model import Model, exponential_growth, line, logistic, network
from mathlab.learning.model.surface import LossSurface

XS = [1.0, 2.0, 3.0, 4.0]
TABLE = Table({"x": XS, "y": [0.0, 1.0, 0.0, 1.0]})


@pytest.mark.parametrize("model", [line("x", "y"), logistic(["x"], "y")])
def test_linear_models_start_at_0(model):
    assert place_to_start(LossSurface(model, TABLE)) == [0.0, 0.0]


def test_what_is_given_is_taken():
    surface = LossSurface(network(["x"], "y", 1), TABLE)
    assert place_to_start(surface, {"v1": 1, "w1_x": 2, "b1": 3, "c": 4}) == [1.0, 2.0, 3.0, 4.0]
    place = dict(zip(surface.parameters, place_to_start(surface, {"c": 4}), strict=True))
    assert place["c"] == 4.0 and 0 not in place.values()


def test_a_curve_starts_at_0_where_every_parameter_matters():
    assert place_to_start(LossSurface(exponential_growth("x", "y"), TABLE), {"start": 1}) == [1, 0]


def test_the_seed_decides():
    surface = LossSurface(network(["x"], "y", 3), TABLE)
    first, again, other = (place_to_start(surface, seed=seed) for seed in (1, 1, 2))
    assert first == again != other
    assert len(set(first)) == len(first)  # no two neurons are the same
    assert max(map(abs, first)) <= 1


def test_the_numbers_are_small_where_the_loss_would_overflow():
    years = Table({"x": [1900.0, 1950.0, 2000.0], "y": [1.6e9, 2.5e9, 6.1e9]})
    surface = LossSurface(exponential_growth("x", "y"), years)
    assert math.isfinite(surface.height(place_to_start(surface)))


@pytest.mark.parametrize("seed", range(5))
def test_the_lowest_of_the_places_is_taken(seed, monkeypatch):
    years = Table({"x": [19.0, 19.5, 20.0], "y": [1.6e6, 2.5e6, 6.1e6]})
    surface = LossSurface(exponential_growth("x", "y"), years)
    height, heights = LossSurface.height, {}

    def noted(surface, place):
        heights[tuple(place)] = found = height(surface, place)
        return found

    monkeypatch.setattr(LossSurface, "height", noted)
    taken = tuple(place_to_start(surface, seed=seed))
    assert len(set(heights.values())) == len(heights) == 7  # sizes, and all heights differ
    assert heights[taken] == min(heights.values())


def test_0_is_left_where_there_is_no_slope():
    surface = LossSurface(Model("y = sqrt(a*x)"), Table({"x": XS, "y": XS}))
    (place,) = place_to_start(surface)
    assert place > 0


@pytest.mark.parametrize("text", ["y = cosh(a*x)", "y = cos(a*x + b)", "y = relu(a*x)"])
def test_0_is_left_where_it_is_level(text):
    surface = LossSurface(Model(text), Table({"x": XS, "y": [1.5, 3.7, 10.0, 27.0]}))
    assert not any(surface.look([0.0] * len(surface.parameters))[1])
    assert any(surface.look(place_to_start(surface))[1])


def test_a_network_learns_from_there():
    xs = [k / 10 for k in range(-20, 21)]
    table = Table({"x": xs, "y": [math.sin(2 * x) for x in xs]})
    trainer = Trainer(network(["x"], "y", 3)).fit(table)
    assert trainer.best.loss < 1e-3  # the best straight line has 0.4


@pytest.mark.parametrize(("text", "given", "at_zero"), [
    ("y = a*x + b", {}, True), ("y = a*exp(b*x)", {}, False), ("y = a*exp(b*x)", {"a": 1.0}, True),
    ("y = a*exp(b*x)", {"b": 1.0}, True), ("y = exp(a*x) + b*c", {}, False),
    ("y = exp(a*x) + b", {}, True), ("y = 0*a*x + b", {}, True), ("y = log(a)*x", {}, False),
    ("y = log(a)*x + b", {"a": 0.0}, True), ("y = log(-1 - a**2)*x", {}, True)])
def test_when_0_is_a_place_to_start(text, given, at_zero):
    """All that may be chosen matters there; or nothing is better. A line takes a slope of 0."""
    surface = LossSurface(Model(text), TABLE)
    place = dict(zip(surface.parameters, place_to_start(surface, given), strict=True))
    assert all(place[name] == number for name, number in given.items())
    assert (not any(place[name] for name in place if name not in given)) is at_zero
    assert [*place.values()] == place_to_start(surface, given, 0)
