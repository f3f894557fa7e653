import math
import random
from itertools import islice

import pytest

from mathlab.learning.data.table import Table
from mathlab.learning.descent.guesses import guesses
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

DICE = random.Random(6)
XS = [0.5 * k for k in range(60)]


def made(curve, noise=0.01):
    return Table({"x": XS, "y": [curve(x) + DICE.gauss(0, noise) for x in XS]})


def ends(model, table, **options):
    return list(guesses(LossSurface(Model(model), table), **options))


def test_the_same_seed_guesses_the_same():
    table = made(lambda x: 3 * math.exp(-0.3 * x) + 1)
    first, again, other = (ends("y = a*exp(-b*x) + c", table, seed=seed) for seed in (1, 1, 2))
    assert first == again != other


def test_each_end_says_how_high_it_is_over_all_rows():
    many = Table({"x": [k / 1000 for k in range(1000)],
                  "y": [math.exp(k / 1000) for k in range(1000)]})
    surface = LossSurface(Model("y = a*exp(b*x) + c"), many)
    for end in islice(guesses(surface), 3):
        assert end.loss == surface.height(end.position)


@pytest.mark.parametrize("frequency", [0.3, 1.0, 2.7, 5.5])
@pytest.mark.parametrize("model", ["y = a*sin(w*x + p) + c", "y = a*cos(w*x) + b*sin(w*x) + c"])
@pytest.mark.parametrize("seed", range(4))
def test_a_wave_is_found_whatever_its_frequency(frequency, model, seed):
    table = made(lambda x: 2 * math.sin(frequency * x + 1) + 4)
    best = min(ends(model, table, seed=seed), key=lambda end: end.loss)
    names = LossSurface(Model(model), table).parameters
    assert abs(best.position[names.index("w")]) == pytest.approx(frequency, rel=1e-2)


@pytest.mark.parametrize(
    ("model", "curve", "place"),
    [("y = 2**((x - s)/d)", lambda x: 2 ** ((x - 11) / 4), {"s": 11, "d": 4}),
     ("y = exp(a + b*x)", lambda x: math.exp(-40 + 0.2 * x), {"a": -40, "b": 0.2}),
     ("y = a*exp(-(x - m)**2/(2*s**2)) + c",
      lambda x: 5 * math.exp(-((x - 21) ** 2) / 2 / 0.8**2) + 1, {"m": 21}),
     ("y = x/(a + b*x)", lambda x: x / (3 + 2 * x), {"a": 3, "b": 2})])
def test_what_a_parameter_meets_says_how_large_it_is(model, curve, place):
    table = Table({"x": XS, "y": [*map(curve, XS)]})
    best = min(ends(model, table), key=lambda end: end.loss)
    names = LossSurface(Model(model), table).parameters
    for name, number in place.items():
        assert best.position[names.index(name)] == pytest.approx(number, rel=1e-3)


def test_what_is_given_is_where_the_walk_begins():
    table = made(lambda x: 3 * math.exp(-0.3 * x) + 1)
    for end in ends("y = a*exp(-b*x) + c", table, given={"b": 0.25}, steps=1):
        assert end.position[1] == 0.25
