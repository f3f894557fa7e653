import math
import random

import pytest

from mathlab.errors import DataError, FormulaError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import Adam
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.learning.model.bounds import back, changes, into

DICE = random.Random(4)
XS = [0.5 * k for k in range(24)]
DECAY = Table({"x": XS, "y": [7 * math.exp(-0.5 * x) + 2 + DICE.gauss(0, 0.1) for x in XS]})
MODEL = "y = a*exp(-b*x) + c"
INF = math.inf


@pytest.mark.parametrize("ends", [(0.0, INF), (-INF, 3.0), (-2.0, 5.0), (1e-9, 2e-9)])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_there_and_back(ends, share):
    low, high = ends
    p = low + share * (high - low) if math.isfinite(high - low) else (
        low + 10 * share if math.isfinite(low) else high - 10 * share)
    place = back({"p": ends}, into({"p": ends}, {"p": p}))["p"]
    assert low <= place <= high
    if 0.05 < share < 0.95:
        assert place == pytest.approx(p, rel=1e-12)


@pytest.mark.parametrize("ends", [(0.0, INF), (-INF, 3.0), (-2.0, 5.0)])
def test_no_number_leads_out(ends):
    formula = changes({"p": ends})["p"]
    assert all(ends[0] <= float(formula.at(p=u)) <= ends[1]
               for u in (-1e9, -3.0, -1e-9, 0.0, 0.7, 1e5))


@pytest.mark.parametrize("bounds", [{"b": (0, INF)}, {"b": (0.1, 0.9)}, {"c": (-INF, 5)},
                                    {"a": (0, 100), "b": (0, 10), "c": (0, 50)}])
def test_a_bottom_inside_is_the_same_with_its_errors(bounds):
    free, bound = Trainer(MODEL).fit(DECAY), Trainer(MODEL, bounds=bounds).fit(DECAY)
    assert bound.at_the_bottom and not bound.at_bounds
    assert bound.parameters == pytest.approx(free.parameters, rel=1e-10)
    assert Uncertainty(bound).errors == pytest.approx(Uncertainty(free).errors, rel=1e-8)


@pytest.mark.parametrize(("bounds", "held"), [({"c": (-INF, 1.0)}, {"c": 1.0}),
                                              ({"c": (3.0, INF)}, {"c": 3.0}),
                                              ({"b": (1.0, 2.0)}, {"b": 1.0})])
def test_beyond_a_bound_the_rest_is_the_best_for_it(bounds, held):
    bound = Trainer(MODEL, bounds=bounds).fit(DECAY)
    fixed = Trainer(MODEL, fixed=held).fit(DECAY)
    assert bound.at_bounds == held
    assert bound.parameters == pytest.approx(fixed.parameters, rel=1e-9)
    assert bound.best.loss == pytest.approx(fixed.best.loss, rel=1e-12)


@pytest.mark.parametrize("unit", [1e-12, 1.0, 1e9])
def test_a_small_parameter_is_not_at_its_bound_of_0(unit):
    table = DECAY.with_column("y", [y * unit for y in DECAY["y"]])
    bound = Trainer(MODEL, bounds={"a": (0, INF), "c": (0, INF)}).fit(table)
    assert not bound.at_bounds
    assert bound.parameters["c"] == pytest.approx(Trainer(MODEL).fit(table).parameters["c"])


def test_a_start_beyond_the_bounds_is_moved_inside():
    bound = Trainer(MODEL, bounds={"b": (0, 1)}).fit(DECAY, {"a": 5, "b": -3, "c": 1})
    assert bound.parameters == pytest.approx(Trainer(MODEL).fit(DECAY).parameters, rel=1e-8)


@pytest.mark.parametrize(
    ("options", "message"),
    [({"bounds": {"b": (1, 1)}}, "the first one has to be the lower"),
     ({"bounds": {"b": (2, -2)}}, "the first one has to be the lower"),
     ({"bounds": {"b": 3}}, "two numbers"), ({"bounds": {"b": ("x", 3)}}, "two numbers"),
     ({"bounds": {"b": (0, 1)}, "fixed": {"b": 0.5}}, "b is fixed, and needs no bounds"),
     ({"bounds": {"b": (0, 1)}, "optimizer": Adam()}, "without an optimizer"),
     ({"bounds": {"k": (0, 1)}}, "no parameter 'k' to bound; it has a, b, c"),
     ({"fixed": {"k": 1.0}}, "k")])
def test_bounds_that_cannot_be_meant(options, message):
    with pytest.raises((FormulaError, DataError), match=message):
        Trainer(MODEL, **options).fit(DECAY)
