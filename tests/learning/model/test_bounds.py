import math
import random
from types import SimpleNamespace

import pytest

from mathlab.command.report import what_is_wrong
from mathlab.errors import DataError, DomainError, FormulaError, MathlabError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import Adam
from mathlab.learning.descent.train import Trainer, Walk
from mathlab.learning.inference.goodness import adjusted_r_squared, has_constant, r_squared
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.learning.model.bounds import at_their_bounds, back, changes, checked_bounds, into

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
     ({"bounds": {"b": (0, 1)}, "optimizer": Adam()}, "leave both out"),
     ({"bounds": {"k": (0, 1)}}, "no parameter 'k' to bound; it has a, b, c"),
     ({"fixed": {"k": 1.0}}, "k")])
def test_bounds_that_cannot_be_meant(options, message):
    with pytest.raises((FormulaError, DataError), match=message):
        Trainer(MODEL, **options).fit(DECAY)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("ridge", [0.0, 0.3])
def test_no_way_that_the_bounds_leave_open_leads_down(seed, ridge):
    """The conditions of Karush, Kuhn and Tucker; the loss of a plane with a ridge is convex, so
    that they hold nowhere but at the lowest place."""
    dice = random.Random(seed)
    rows = [[dice.gauss(0, 1), dice.gauss(0, 3), dice.gauss(5, 9)] for _ in range(12)]
    table = Table({"x": [r[0] for r in rows], "z": [r[1] for r in rows], "y": [r[2] for r in rows]})
    bounds = {}
    for name in dice.sample("abc", dice.randrange(1, 4)):
        low = dice.uniform(-6, 6)
        bounds[name] = dice.choice([(low, low + dice.uniform(0.1, 8)), (low, INF), (-INF, low)])
    trainer = Trainer("y = a*x + b*z + c", bounds=bounds, ridge=ridge).fit(table)
    assert trainer.at_the_bottom
    found = {**trainer.parameters, **trainer.at_bounds}

    def loss(a, b, c):
        return sum((y - a * x - b * z - c)**2 for x, z, y in rows) / len(rows) + (
            ridge * (a * a + b * b + c * c))

    for name, p in found.items():
        low, high = bounds.get(name, (-INF, INF))
        assert low <= p <= high
        h = 1e-4  # the loss is a square: central differences are exact
        slope = (loss(**{**found, name: p + h}) - loss(**{**found, name: p - h})) / (2 * h)
        assert slope >= -1e-6 or p == high
        assert slope <= 1e-6 or p == low


def test_all_parameters_at_their_bounds_are_the_fit():
    table = Table({"x": [1.0, 2.0, 3.0, 4.0], "y": [2.0, 4.1, 6.0, 8.2]})
    trainer = Trainer("y = a*x + b", bounds={"b": (-5, -4), "a": (0, 1)}).fit(table)
    assert trainer.at_the_bottom and trainer.at_bounds == {"a": 1.0, "b": -4.0}
    assert trainer.predict({"x": [10.0]}) == [6.0]
    assert not has_constant(trainer)  # b is where its bound is, wherever the mean may be
    assert r_squared(trainer) == adjusted_r_squared(trainer)  # nothing was estimated
    assert any("a ended at its bound 1" in line for line in what_is_wrong(trainer))


def test_no_walk_leaves_the_bounds_for_another_valley():
    """From a place in the bounds that is no good one, a free walk would look for a better one."""
    xs = [0.1 * k for k in range(60)]
    wave = Table({"x": xs, "y": [math.sin(3 * x) for x in xs]})
    trainer = Trainer("y = a*sin(w*x)", bounds={"w": (0, 1), "a": (0.5, 2)}).fit(wave)
    found = {**trainer.parameters, **trainer.at_bounds}
    assert 0 <= found["w"] <= 1 and 0.5 <= found["a"] <= 2
    grid = [(sum((y - a * math.sin(w * x))**2 for x, y in zip(xs, wave["y"], strict=True)), a, w)
            for a in (0.5, 0.7, 1.0, 2.0) for w in (k / 200 for k in range(201))]
    assert trainer.best.loss * len(xs) <= min(grid)[0] * (1 + 1e-9)


def test_a_fit_that_is_interrupted_stays_within_its_bounds(monkeypatch):
    """Ctrl-C while the free walk is outside."""
    def stopped(walk, steps):
        whole(walk, min(steps, 3))
        walk.interrupted = True

    whole = Walk.follow
    monkeypatch.setattr(Walk, "follow", stopped)
    trainer = Trainer(MODEL, bounds={"c": (-INF, 1.0), "b": (1.0, 2.0)}).fit(
        DECAY, {"a": 7.0, "b": 0.5, "c": 2.0})
    found = {**trainer.parameters, **trainer.at_bounds}
    assert trainer.interrupted and found["c"] <= 1 and 1 <= found["b"] <= 2


def test_all_parameters_fixed_leave_nothing_to_fit():
    with pytest.raises(FormulaError, match=r"every parameter of .* is fixed"):
        Trainer("y = a*x", fixed={"a": 1.0}).fit({"x": [1.0, 2.0], "y": [1.0, 2.0]})


def noisy(formula, xs, share, seed):
    """Rows of a curve with some noise."""
    dice, ys = random.Random(seed), [formula(x) for x in xs]
    spread = share * (max(ys) - min(ys))
    return {"x": xs, "y": [y + dice.gauss(0, spread) for y in ys]}


AROUND_THE_BEST = [  # bounds that the free optimum keeps
    ("y = a*exp(-k*x) + c", lambda x: 12 * math.exp(-0.8 * x) + 6, [0.2 * k for k in range(40)],
     {"a": (1.0, INF), "k": (0.0, 7.0), "c": (0.0, 10.0)}),
    ("y = v*x**n/(k**n + x**n)", lambda x: 8 * x**2.5 / (2**2.5 + x**2.5),
     [0.3 * k for k in range(1, 30)], {"n": (1.0, 4.0)}),
    ("y = a*sin(w*x + p) + c", lambda x: 3 * math.sin(1.9 * x + 0.4) + 1,
     [0.2 * k for k in range(50)], {"a": (0.0, INF), "w": (0.2, INF)})]


@pytest.mark.parametrize(("model", "curve", "xs", "bounds"), AROUND_THE_BEST)
@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_bounds_around_the_best_change_nothing(model, curve, xs, bounds, unit, seed):
    table = noisy(curve, xs, 0.03, seed)
    table["y"] = [y * unit for y in table["y"]]
    scaled = {name: tuple(end * unit if name in "ac" else end for end in ends)
              for name, ends in bounds.items()}
    free = Trainer(model, seed=seed).fit(table)
    bound = Trainer(model, bounds=scaled, seed=seed).fit(table)
    assert bound.best.loss <= free.best.loss * (1 + 1e-9) and not bound.at_bounds


@pytest.mark.parametrize("seed", range(12))
def test_no_lower_place_on_a_grid_within_the_bounds(seed):
    dice = random.Random(seed)
    table = noisy(lambda x: 5 * math.exp(-0.7 * x) + 1, [0.25 * k for k in range(20)], 0.05, seed)
    ranges = {}
    for name, best in (("a", 5.0), ("b", 0.7)):
        low = best * dice.uniform(0.3, 1.6)
        ranges[name] = (low, low * dice.uniform(1.2, 2))
    trainer = Trainer("y = a*exp(-b*x) + 1", bounds=ranges, seed=seed).fit(table)

    def loss(a, b):
        return sum((y - a * math.exp(-b * x) - 1)**2
                   for x, y in zip(table["x"], table["y"], strict=True)) / len(table["x"])

    steps = [[low + (high - low) * k / 40 for k in range(41)] for low, high in ranges.values()]
    assert trainer.best.loss <= min(loss(a, b) for a in steps[0] for b in steps[1]) * (1 + 1e-9)
    found = {**trainer.parameters, **trainer.at_bounds}
    assert all(ranges[name][0] <= p <= ranges[name][1] for name, p in found.items())


def test_a_free_walk_that_has_no_loss_anywhere_is_no_start():
    xs = [1.38e140, 2.56e139, 1.5e139, -8.8e139, 2.5e140]
    table = Table({"x": xs, "y": [0.0, 1.0, 2.0, 3.0, 4.0]})
    with pytest.raises(MathlabError):
        Trainer("y = a*x**n/(b**n + x**n)", bounds={"n": (1e-9, 1e9)}).fit(table)


def around(before, height, slopes):
    """A loss of two parameters that is known at (2, 3) and, as it is, anywhere else but at 9."""
    def look(place):
        assert all(map(math.isfinite, place)) and len(place) == 2
        if 9.0 in place:
            raise DomainError("no loss")
        changed = [i for i, (p, q) in enumerate(zip(place, (2.0, 3.0), strict=True)) if p != q]
        assert len(changed) == 1
        return height, slopes
    return SimpleNamespace(parameters=["a", "b"], look=look, height=lambda place: before)


@pytest.mark.parametrize(("bounds", "before", "height", "slopes", "held"), [
    ({"a": (1.0, INF)}, 100.0, 100 + 5e-8, (4.0, 0.0), {"a": 1.0}),   # not higher, by a billionth
    ({"a": (1.0, INF)}, 100.0, 100 + 2e-7, (4.0, 0.0), {}),
    ({"a": (1.0, INF)}, 0.0, 0.0, (4.0, 0.0), {"a": 1.0}),
    ({"a": (1.0, INF)}, 100.0, 90.0, (-4.0, 0.0), {}),                # beyond, it would be higher
    ({"a": (-INF, 4.0)}, 100.0, 90.0, (-4.0, 0.0), {"a": 4.0}),
    ({"b": (-INF, 4.0)}, 100.0, 90.0, (4.0, -0.5), {"b": 4.0}),
    ({"b": (1.0, 9.0)}, 100.0, 90.0, (0.0, 0.5), {"b": 1.0}),
    ({"b": (9.0, INF), "a": (1.0, 5.0)}, 100.0, 90.0, (0.5, -1.0), {"a": 1.0})])
def test_what_is_held_at_a_bound(bounds, before, height, slopes, held):
    place = {"a": 2.0, "b": 3.0, "c": 7.0}
    assert at_their_bounds(bounds, place, around(before, height, slopes)) == held


@pytest.mark.parametrize(("ends", "words"), [
    ((INF, INF), "^the bounds of a are from inf to inf: the first one has to be the lower$"),
    ((-INF, -INF), "^the bounds of a are from -inf to -inf: the first one has to be the lower$"),
    ((INF, -INF), "from inf to -inf"), ((3, 3), "^the bounds of a are from 3 to 3: the first")])
def test_ends_with_nothing_between_them(ends, words):
    with pytest.raises(FormulaError, match=words):
        checked_bounds({"a": ends}, {})


def test_names_in_any_form_are_bounded_and_fixed():
    assert checked_bounds({"\u00b5": (0, 1)}, {}) == {"\u03bc": (0.0, 1.0)}
    with pytest.raises(FormulaError, match="is fixed, and needs no bounds: leave one of the two"):
        checked_bounds({"\u03bc": (0, 1)}, {"\u00b5": 0.5})
