"""Training against closed formulas and published lines; and everything that can go wrong in it."""

import copy
import csv
import io
import itertools
import math
import pickle
import random
import re
import statistics
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from lessons.data import films
from lessons.l14_descent import walk
from mathlab import Value, log
from mathlab.errors import DataError, DivergenceError, DomainError, FormulaError, MathlabError
from mathlab.learning.data.explore import standardize
from mathlab.learning.data.table import Table
from mathlab.learning.descent import last_digits, train
from mathlab.learning.descent.batches import MiniBatches
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.line_search import BFGS, Backtracking
from mathlab.learning.descent.optimizers import Adam, GradientDescent, Momentum, Nesterov, look
from mathlab.learning.descent.second_order import LevenbergMarquardt, Newton
from mathlab.learning.descent.train import Trainer, Walk
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.learning.model import row_loss
from mathlab.learning.model import surface as surface_chapter
from mathlab.learning.model.bounds import into
from mathlab.learning.model.loss import LOSSES, Loss
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import METHODS, LossSurface
from tests.thinned import thinned

FOLDER = Path(__file__).parents[3] / "lessons" / "data"

every_method = pytest.mark.parametrize("method", list(METHODS))
of_curves = pytest.mark.parametrize("method", ["numeric", "backward", "compiled"])
LINE = "y = a*x + b"
SMALL = Table({"x": [1.0, 2.0, 3.0], "y": [2.0, 4.0, 6.0]})


class Tour:
    """Visits given places in turn, and presses Ctrl-C where a place is None."""

    learning_rate = 0.1

    def __init__(self, *places):
        self.places = places

    def walk(self, surface, start):
        yield look(surface, start)
        for place in self.places:
            if place is None:
                raise KeyboardInterrupt
            yield look(surface, place)


# ------------------------------------------------------------------ the real films


@pytest.fixture(scope="module")
def walks():
    table = films.cleaned()[0]
    return {method: walk(table, method) for method in METHODS}


def test_the_trained_line_is_that_of_the_closed_formula(walks):
    table = films.cleaned()[0]
    exact = statistics.linear_regression(table["budget"], table["revenue"])
    for trainer, scale in walks.values():
        assert scale.original_line(*trainer.best.position) == pytest.approx(exact, rel=1e-6)


def test_the_methods_agree_at_every_step(walks):
    histories = [trainer.history for trainer, _ in walks.values()]
    steepest = max(map(abs, histories[0][0].slopes))
    for steps in zip(*histories, strict=True):
        first, *others = steps
        for other in others:
            assert other.loss == pytest.approx(first.loss, rel=1e-12)
            assert other.slopes == pytest.approx(first.slopes, abs=1e-11 * steepest, rel=0)
            # Against the step's own gradient: in the end that is a millionth of the first one, and
            # a numeric slope has no more digits than the loss that it is the difference of.
            assert math.dist(other.slopes, first.slopes) < 1e-6 * math.hypot(*first.slopes)


def test_the_formulas_agree_to_8_digits_of_each_steps_own_gradient(walks):
    backward, compiled = (walks[method][0].history for method in ("backward", "compiled"))
    for one, other in zip(backward, compiled, strict=True):
        assert math.dist(one.slopes, other.slopes) < 1e-8 * math.hypot(*one.slopes)


def test_the_walk_goes_down_by_the_rule(walks):
    trainer, _ = walks["compiled"]
    rate = trainer.optimizer.learning_rate
    for here, there in zip(trainer.history, trainer.history[1:], strict=False):
        assert there.loss < here.loss or there.loss == pytest.approx(here.loss, rel=1e-12)
        moved = [p - rate * slope for p, slope in zip(here.position, here.slopes, strict=True)]
        assert there.position == pytest.approx(moved, rel=1e-15)


# ------------------------------------------------------------------ Anscombe


def anscombe(series):
    with (FOLDER / "anscombe.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["series"] == series]
    return Table({name: [float(row[name]) for row in rows] for name in "xy"})


@pytest.mark.parametrize("series", ["I", "II", "III", "IV"])
def test_anscombes_line(series):
    table = anscombe(series)
    x, scale = standardize(table["x"])
    trainer = Trainer(LINE, optimizer=GradientDescent(0.4)).fit(table.with_column("x", x), steps=60)
    slope, intercept = scale.original_line(*(trainer.parameters[name] for name in "ab"))
    assert (slope, intercept) == pytest.approx((0.500, 3.00), abs=0.005)


# ------------------------------------------------------------------ steps, start, history


@pytest.mark.parametrize("steps", [0, 1, 7])
def test_a_walk_of_n_steps_has_n_plus_1_stops(steps):
    trainer = Trainer(LINE, optimizer=GradientDescent(0.01)).fit(SMALL, {"b": 5}, steps)
    assert len(trainer.history) == steps + 1
    assert trainer.history[0].position == (0.0, 5.0)
    assert trainer.surface.parameters == ["a", "b"]
    assert not trainer.interrupted


@pytest.mark.parametrize("steps", [-1, 1.5, "3", None, math.nan])
def test_steps_are_counted_in_whole_numbers(steps):
    with pytest.raises(FormulaError, match="number of steps must be 0, 1, 2"):
        Trainer(LINE).fit(SMALL, steps=steps)


@pytest.mark.parametrize(
    ("start", "message"),
    [({"c": 1.0}, "no parameter 'c' to start at; it has a, b"),
     ({"x": 1.0}, "no parameter 'x' to start at; it has a, b"),
     *(({"a": number}, "a must start at a finite number, not")
       for number in (math.nan, math.inf, -math.inf, None, "3", 10**400, 1j, [1]))])
def test_starts_that_are_none(start, message):
    with pytest.raises(DataError, match=message):
        Trainer(LINE).fit(SMALL, start)


@every_method
def test_two_trainings_are_the_same(method):
    first, second = (
        Trainer(LINE, optimizer=GradientDescent(0.05), method=method).fit(SMALL, steps=50)
        for _ in range(2))
    assert first.history == second.history
    assert first.fit(SMALL, steps=50).history == second.history  # and nothing piles up


def test_the_seed_decides_where_a_network_starts():
    first, again, other = (
        Trainer("y = v*tanh(w*x + b)", optimizer=Adam(), seed=seed).fit(SMALL, steps=0).history[0]
        for seed in (1, 1, 2))
    assert first == again != other


def test_fitting_again_forgets_the_first_data():
    trainer = Trainer("y = a*x", optimizer=GradientDescent(0.05)).fit(SMALL)
    assert trainer.parameters == {"a": pytest.approx(2.0)}
    trainer.fit(Table({"x": [1.0, 2.0], "y": [-3.0, -6.0]}))
    assert trainer.parameters == {"a": pytest.approx(-3.0)}
    with pytest.raises(DataError):
        trainer.fit(Table({"x": [1.0], "y": [1.0]}))
    with pytest.raises(DataError, match="call fit"):
        _ = trainer.parameters  # of which data would they be?


@pytest.mark.parametrize(
    "use",
    [lambda t: t.best, lambda t: t.parameters, lambda t: t.predict({"x": [1.0]}),
     lambda t: t.predict(SMALL)])
def test_before_fit(use):
    with pytest.raises(MathlabError, match=r"nothing has been trained yet: call fit\(table\)"):
        use(Trainer(LINE))


def test_the_best_is_the_lowest_not_the_last():
    trainer = Trainer("y = a*x", optimizer=Tour([1.0], [2.1], [1.5], [9.0]))
    trainer.fit(SMALL, steps=3)
    assert [step.position for step in trainer.history] == [(0.0,), (1.0,), (2.1,), (1.5,)]
    assert trainer.parameters == {"a": 2.1}
    assert trainer.best.loss == pytest.approx(0.01 * 14 / 3)


def test_any_kind_of_model():
    # y = 2*exp(0.5*x), from data made by that formula
    x = [i / 10 for i in range(-10, 11)]
    table = Table({"x": x, "y": [2 * math.exp(v / 2) for v in x]})
    trainer = Trainer("y = a*exp(b*x)", optimizer=GradientDescent(0.1)).fit(table, {"a": 1.0})
    assert trainer.parameters == pytest.approx({"a": 2.0, "b": 0.5})
    assert trainer.predict({"x": [0.0, 2.0]}) == pytest.approx([2.0, 2 * math.e])


def test_a_model_without_features_finds_the_mean():
    trainer = Trainer("y = a", optimizer=GradientDescent(0.5)).fit(SMALL, steps=1)
    assert trainer.parameters == {"a": 4.0}
    assert trainer.predict({"x": [1.0, 2.0]}) == [4.0, 4.0]


def test_a_feature_of_one_value_is_no_obstacle_for_the_walk_but_cannot_be_scaled():
    table = Table({"x": [5.0, 5.0], "y": [1.0, 2.0]})
    trainer = Trainer(LINE, optimizer=GradientDescent(0.01)).fit(table)
    assert trainer.predict({"x": [5.0]}) == pytest.approx([1.5])
    with pytest.raises(DataError, match="leave this column out"):
        standardize(table["x"])


# ------------------------------------------------------------------ Ctrl-C


def test_ctrl_c_keeps_the_best_so_far():
    trainer = Trainer("y = a*x", optimizer=Tour([1.9], [0.5], None)).fit(SMALL)
    assert trainer.interrupted
    assert len(trainer.history) == 3
    assert trainer.parameters == {"a": 1.9}
    trainer.optimizer = GradientDescent(0.05)
    assert not trainer.fit(SMALL, steps=1).interrupted


WALKERS = [GradientDescent(0.01, decay=0.01), Momentum(0.02), Nesterov(0.02), Adam(), BFGS(),
           Backtracking(), LevenbergMarquardt(), Newton(), MiniBatches(Adam(), 2)]


@pytest.mark.parametrize("optimizer", WALKERS, ids=lambda o: type(o).__name__)
def test_a_walk_in_parts_is_the_same_walk(optimizer):
    whole = Trainer("y = a*exp(b*x)", optimizer=optimizer).fit(SMALL, {"a": 1}, steps=12)
    parts = Trainer("y = a*exp(b*x)", optimizer=optimizer).fit(SMALL, {"a": 1}, steps=5)
    assert parts.resume(0).history == whole.history[:6]
    assert parts.resume(3).resume(4).history == whole.history


def test_a_walk_that_was_interrupted_goes_on():
    trainer = Trainer("y = a*x", optimizer=Tour([1.9], [0.5], None)).fit(SMALL)
    assert trainer.interrupted
    trainer.optimizer = GradientDescent(0.05)
    trainer.resume(100)
    assert not trainer.interrupted
    assert trainer.history[3].loss < trainer.history[1].loss  # from the best place, not the last
    assert trainer.parameters == {"a": pytest.approx(2.0)}


def test_a_walk_that_is_at_the_bottom_stays():
    trainer = Trainer(LINE).fit(SMALL)
    history = list(trainer.history)
    assert trainer.resume().history == history


def test_there_is_nothing_to_resume_before_a_walk():
    with pytest.raises(DataError, match="nothing has been trained yet"):
        Trainer(LINE).resume()
    with pytest.raises(FormulaError, match="number of steps"):
        Trainer(LINE).fit(SMALL).resume(-1)


# ------------------------------------------------------------------ copies


CURVE = "y = a*exp(b*x)"
COPIES = [copy.deepcopy, lambda trainer: pickle.loads(pickle.dumps(trainer))]


@pytest.mark.parametrize("copied", COPIES)
@pytest.mark.parametrize(
    "options",
    [{}, {"method": "backward"}, {"model": "y = sigmoid(a*x + b)", "loss": "log"},
     {"loss": "absolute"}, {"ridge": {"a": 0.5}}, {"weights": "w"}, {"standardize": True},
     {"optimizer": MiniBatches(Adam(), 2)}],
    ids=str)
def test_a_trainer_can_be_copied_and_pickled(options, copied):
    table = Table({"x": [1.0, 2.0, 3.0, 4.0], "y": [0.0, 0.5, 0.25, 1.0], "w": [1, 2, 0, 3]})
    new = Trainer(**{"model": LINE, **options})
    assert copied(new).history == []
    trainer = new.fit(table, steps=7)
    other = copied(trainer)
    assert other.parameters == trainer.parameters
    assert other.history == trainer.history
    assert other.at_the_bottom == trainer.at_the_bottom
    assert other.predict(table) == trainer.predict(table)
    assert other.surface.look([0.5, 0.25]) == trainer.surface.look([0.5, 0.25])
    assert other.surface.evaluations == trainer.surface.evaluations
    assert other.fit(table, steps=7).parameters == trainer.parameters


@pytest.mark.parametrize("copied", COPIES)
def test_a_copy_goes_on_from_the_best_place(copied):
    trainer = Trainer(CURVE, optimizer=GradientDescent(0.001)).fit(SMALL, {"a": 1.0}, steps=5)
    other = copied(trainer)
    assert other.resume(3).history == trainer.resume(3).history  # no memory but the place
    arrived = Trainer(CURVE).fit(SMALL)
    assert copied(arrived).resume().history == arrived.history


# ------------------------------------------------------------------ the method is true to its word


@pytest.mark.parametrize("loss", ["squared", "huber"])
@pytest.mark.parametrize("method", METHODS)
def test_without_an_optimizer_too_the_slopes_are_those_of_the_method(method, loss, monkeypatch):
    looked = []
    for name, way in METHODS.items():
        look_and_tell = lambda surface, place, name=name, way=way: (
            looked.append(name) or way(surface, place))
        monkeypatch.setitem(METHODS, name, look_and_tell)
    if method == "collapsed" and loss == "huber":
        return
    bends = []
    bend = LossSurface.bend
    monkeypatch.setattr(LossSurface, "bend", lambda *a, **k: bends.append(1) or bend(*a, **k))
    trainer = Trainer(LINE, loss, method=method).fit(FAR_OFF)
    assert set(looked) == {method}
    assert bool(bends) == (method == "compiled")
    exact = Trainer(LINE, loss).fit(FAR_OFF)
    assert trainer.predict(FAR_OFF) == pytest.approx(exact.predict(FAR_OFF), rel=1e-5)


@pytest.mark.parametrize("optimizer", [Newton(), LevenbergMarquardt()])
@pytest.mark.parametrize("method", ["numeric", "backward", "collapsed"])
def test_second_derivatives_need_formulas(optimizer, method):
    name = type(optimizer).__name__
    message = f"{name} goes by second derivatives, and the method '{method}' finds none: choose"
    with pytest.raises(FormulaError, match=message):
        Trainer(LINE, optimizer=optimizer, method=method).fit(SMALL)


def test_backward_walks_by_backward_alone(monkeypatch):
    def forbidden(*_):
        raise AssertionError("nothing is compiled")

    monkeypatch.setattr(row_loss, "compile_rows", forbidden)
    monkeypatch.setattr(surface_chapter, "compile_formula", forbidden)
    swept = []
    sweep = Value.backward
    monkeypatch.setattr(Value, "backward", lambda self: swept.append(self) or sweep(self))
    trainer = Trainer(LINE, method="backward").fit(SMALL)
    assert len(swept) == trainer.surface.evaluations + trainer.walked.evaluations > 3
    trainer = Trainer(LINE, optimizer=Adam(), method="backward").fit(SMALL, steps=20)
    assert trainer.best.loss < trainer.history[0].loss


def test_nothing_is_known_before_fit_and_no_attribute_is_born_in_it():
    trainer = Trainer(LINE)
    names = set(vars(trainer))
    for ask in (lambda: trainer.surface, lambda: trainer.walked, lambda: trainer.table,
                lambda: trainer.at_the_bottom):
        with pytest.raises(DataError, match="nothing has been trained yet"):
            ask()
    assert not trainer.interrupted and trainer.bottom is None
    assert set(vars(trainer.fit(SMALL))) == names


# ------------------------------------------------------------------ standard units


FAR_OFF = Table({"x": [1000.0, 1001.0, 1003.0, 1004.0], "y": [1.0, 3.5, 6.5, 9.0]})


def test_standard_units_are_for_the_walk_alone():
    exact = Trainer(LINE).fit(FAR_OFF)
    descent = Trainer(LINE, optimizer=GradientDescent(0.4), standardize=True)
    descent.fit(FAR_OFF, steps=200)
    assert descent.parameters == pytest.approx(exact.parameters, rel=1e-9)
    assert descent.predict(FAR_OFF) == pytest.approx(exact.predict(FAR_OFF), rel=1e-9)
    assert descent.history[0].position == (0.0, 0.0)
    # without them the same optimizer runs away
    with pytest.raises(DivergenceError):
        Trainer(LINE, optimizer=GradientDescent(0.4)).fit(FAR_OFF, steps=200)


def test_a_start_is_in_the_units_of_the_data():
    trainer = Trainer(LINE, optimizer=GradientDescent(0.1), standardize=True)
    trainer.fit(FAR_OFF, {"a": 2.0, "b": -1990.0}, steps=0)
    assert trainer.parameters == pytest.approx({"a": 2.0, "b": -1990.0})


def test_a_model_that_has_no_other_units():
    with pytest.raises(FormulaError, match="cannot be trained on standard units of x"):
        Trainer("y = a*exp(b*x)", standardize=True).fit(SMALL)


# ------------------------------------------------------------------ no bottom


YES = [[0, 0, 0, 1, 1, 1], [1, 1, 0, 0, 0, 0], [1] * 6, [0] * 6]
APART = itertools.product(YES, [1e-3, 1.0, 1e3], [None, BFGS(), Newton()])


@pytest.mark.parametrize(("yes", "unit", "optimizer"), thinned(APART, keep=7))
def test_what_can_be_told_apart_perfectly_has_no_best_parameters(yes, unit, optimizer):
    table = Table({"x": [unit * k for k in range(6)], "yes": yes})
    message = "yeses and noes in yes can be told apart perfectly" if len({*yes}) == 2 else (
        f"yes is {yes[0]} in every row")
    with pytest.raises(DataError, match=message):
        Trainer("yes = sigmoid(a*x + b)", "log", optimizer).fit(table)


def test_nearly_perfect_is_not_perfect():
    table = Table({"x": [0.0, 1, 2, 3, 4, 5], "yes": [0, 0, 1, 0, 1, 1]})
    trainer = Trainer("yes = sigmoid(a*x + b)", "log").fit(table)
    assert trainer.bottom
    # at the bottom the residuals add up to 0, alone and times x
    off = [y - p for y, p in zip(table["yes"], trainer.predict(table), strict=True)]
    assert sum(off) == pytest.approx(0, abs=1e-12)
    assert sum(r * x for r, x in zip(off, table["x"], strict=True)) == pytest.approx(0, abs=1e-12)


def test_a_tie_on_the_border_is_perfect_too():  # quasi-complete: Albert and Anderson (1984)
    table = Table({"x": [0.0, 1, 2, 2, 3, 4], "yes": [0, 0, 0, 1, 1, 1]})
    with pytest.raises(DataError, match="told apart perfectly"):
        Trainer("yes = sigmoid(a*x + b)", "log").fit(table)


# ------------------------------------------------------------------ far from the origin


YEARS = [1990.0 + k for k in range(12)]
INCOMES = [3000, 5000, 4000, 6000, 8000, 7000, 30000, 9000, 11000, 12000, 11000, 14000]
FAR_LINE = Table({"x": YEARS, "y": INCOMES})


def shifted(table, by):
    return table.with_column("x", [x - by for x in table["x"]])


@pytest.mark.parametrize("loss", ["absolute", "huber"])
def test_a_shift_of_the_feature_is_a_shift_of_the_intercept(loss):
    far, near = (Trainer(LINE, loss).fit(t) for t in (FAR_LINE, shifted(FAR_LINE, 1995.5)))
    assert far.best.loss == pytest.approx(near.best.loss, rel=1e-9)
    assert far.parameters["a"] == pytest.approx(near.parameters["a"], rel=1e-4)
    assert far.at_the_bottom and near.at_the_bottom


def test_a_logistic_curve_far_from_the_origin():
    xs = [20_000_000.0 + 10_000 * k for k in range(-4, 6)]
    table = Table({"x": xs, "yes": [0, 0, 0, 1, 0, 1, 0, 1, 1, 1]})
    far, near = (
        Trainer("yes = sigmoid(a*x + b)", "log").fit(t) for t in (table, shifted(table, 2e7)))
    assert far.bottom and near.bottom
    assert far.parameters["a"] == pytest.approx(near.parameters["a"], rel=1e-12)
    assert Uncertainty(far).errors["a"] == pytest.approx(Uncertainty(near).errors["a"], rel=1e-9)
    apart = table.with_column("yes", [0] * 5 + [1] * 5)
    with pytest.raises(DataError, match="told apart perfectly"):
        Trainer("yes = sigmoid(a*x + b)", "log").fit(apart)


def test_a_line_through_many_rows_far_from_the_origin(monkeypatch):
    monkeypatch.setattr(last_digits, "MOST_ARITHMETIC", 0)
    monkeypatch.setattr(last_digits, "MOST_EXACT_WORK", 0)  # as if there were too many rows
    rng = random.Random(1)
    xs = [1e5 + rng.gauss(0, 1) for _ in range(100)]
    table = Table({"x": xs, "y": [2 * x + rng.gauss(0, 1) for x in xs]})
    trainer = Trainer(LINE).fit(table)
    assert trainer.bottom is None and trainer.at_the_bottom
    slope, _ = statistics.linear_regression(table["x"], table["y"])
    assert trainer.parameters["a"] == pytest.approx(slope, rel=1e-8)


def test_the_walk_says_whether_it_came_to_the_bottom():
    for steps, there in ((3, False), (3000, True)):
        trainer = Trainer(LINE, optimizer=GradientDescent(0.1)).fit(SMALL, steps=steps)
        assert trainer.at_the_bottom == there
    assert Trainer(LINE, "absolute").fit(SMALL).at_the_bottom
    assert not Trainer(LINE, "absolute").fit(SMALL, {"a": 0}, steps=0).at_the_bottom
    far_off = Trainer("y = a*exp(-(x - b)**2)", optimizer=LevenbergMarquardt())
    assert not far_off.fit(SMALL, {"a": 1, "b": -30}).at_the_bottom


# ------------------------------------------------------------------ odd data: right, or refused


@pytest.mark.parametrize(
    ("model", "columns", "expected"),
    [(LINE, {"x": [1, 2, 3], "y": [2, 4, 6]}, {"a": 2, "b": 0}),  # a perfect fit
     (LINE, {"x": [1, 1, 2, 2], "y": [1, 3, 4, 4]}, {"a": 2, "b": 0}),  # rows twice
     (LINE, {"x": [1e-200, 2e-200, 3e-200], "y": [1e-150, 2e-150, 2.5e-150]},
      {"a": 7.5e49, "b": 1e-150 / 3}),
     (LINE, {"x": [1e9 + 1, 1e9 + 2, 1e9 + 3], "y": [2, 4, 6]}, {"a": 2, "b": -2e9}),
     ("y = a", {"y": [1, 2, 6]}, {"a": 3}),
     ("y = a*x", {"x": [0, 0, 2], "y": [5, 5, 8]}, {"a": 4}),
     ("y = sqrt(a*x)", {"x": [1, 4, 9], "y": [2, 4, 6]}, {"a": 4}),  # no slope at 0
     ("y = a*x**b", {"x": [1, 2, 4], "y": [3, 12, 48]}, {"a": 3, "b": 2}),
     ("y = a*exp(b*x)", {"x": [0, 1, 2], "y": [3, 6, 12]}, {"a": 3, "b": math.log(2)})])
def test_odd_data_that_have_an_answer(model, columns, expected):
    trainer = Trainer(model).fit(Table(columns))
    assert trainer.parameters == pytest.approx(expected, rel=1e-9, abs=1e-160)
    if len(trainer.surface.rows) > len(expected):
        assert all(error >= 0 for error in Uncertainty(trainer).errors.values())


@pytest.mark.parametrize(
    ("model", "columns", "message"),
    [(LINE, {"x": [2, 2, 2], "y": [1, 2, 3]}, "cannot tell b from the parameters before it"),
     ("y = a*x + b*z", {"x": [1, 2, 3], "z": [2, 4, 6], "y": [1, 2, 2]}, "cannot tell b from"),
     ("y = a*x + b*x**2 + c", {"x": [1, 2], "y": [1, 2]}, "cannot tell c from"),
     ("y = a*x + 0*b", {"x": [1, 2, 3], "y": [1, 2, 2]}, "cannot tell b from"),
     (LINE, {"x": [1, 2], "y": [1e300, 2e300]}, "the loss is inf already at the start"),
     ("y = exp(a*x)", {"x": [1, 2], "y": [1e-170, 2e-170]}, "write y/2e-170 on the left"),
     ("y = exp(a*x)", {"x": [1, 2], "y": [1e170, 2e170]}, "write y/2e[+]170 on the left"),
     (LINE, {"x": [1e-200, 2e-200, 4e-200], "y": [1e120, 3e120, 2e120]}, "too large for"),
     ("y = a*e + b*x", {"x": [1, 2], "e": [1, 2], "y": [1, 2]}, "give the column 'e' another"),
     ("y = log(x) - a", {"x": [-1, 2, 3], "y": [1, 2, 2]}, "log"),
     (LINE, {"x": [], "y": []}, "0 rows"),
     (LINE, {"x": [1], "y": [1]}, "1 rows"),
     (LINE, {"x": [1, math.nan], "y": [1, 2]}, "nan in column 'x' is not a finite number")])
def test_odd_data_that_have_none(model, columns, message):
    with pytest.raises(MathlabError, match=message):
        Trainer(model).fit(Table(columns))


def test_ctrl_c_while_looking(monkeypatch):
    look, looks = LossSurface.look, []

    def tired(surface, position):
        if len(looks) == 4:
            raise KeyboardInterrupt
        looks.append(position)
        return look(surface, position)

    monkeypatch.setattr(LossSurface, "look", tired)
    trainer = Trainer(LINE, optimizer=GradientDescent(0.01)).fit(SMALL)
    assert trainer.interrupted
    _, *of_the_walk = looks  # the first is to see whether 0 is a place to start
    assert [list(step.position) for step in trainer.history] == of_the_walk
    with pytest.raises(KeyboardInterrupt):  # before the first look there is nothing to keep
        trainer.fit(SMALL)


@pytest.mark.parametrize("optimizer", [Momentum(0.02), Nesterov(0.02), Adam(0.2)])
def test_other_walks_come_to_the_same_line(optimizer):
    trainer = Trainer(LINE, optimizer=optimizer).fit(SMALL, steps=2000)
    assert trainer.parameters == pytest.approx({"a": 2.0, "b": 0.0}, abs=1e-3)


def test_a_walk_that_ends_by_itself():
    trainer = Trainer("y = a*x", optimizer=Tour([1.0], [2.0])).fit(SMALL, steps=100)
    assert [step.position for step in trainer.history] == [(0.0,), (1.0,), (2.0,)]


# ------------------------------------------------------------------ running away


def spread_out(scale, n=40):
    dice = random.Random(1)
    x = [dice.gauss(scale, 3 * scale) for _ in range(n)]
    return Table({"x": x, "y": [3 * v + scale for v in x]})


def surfaces():
    film = films.cleaned()[0].take(range(0, 3000, 60))
    million = {name: [1e6 * v for v in film[name]] for name in ("budget", "revenue")}
    u, v = [1.0, -1.0] * 20, [1e3, 1e3, -1e3, -1e3] * 10
    return {"millions": ("revenue = a*budget + b", film),
            "dollars": ("revenue = a*budget + b", Table(million)),
            "tiny": (LINE, spread_out(1e-6)),
            "huge": (LINE, spread_out(1e9)),
            # The first step goes along u; the sharp bend is along v, and shows only later.
            "hidden": ("y = a*u + b*v", Table({"u": u, "v": v, "y": [p + 1e-12 * q for p, q in
                                                                   zip(u, v, strict=True)]})),
            "parabola": ("y = a*x**2 + b*x + c", Table({"x": [0.0, 1.0, 2.0, 3.0],
                                                        "y": [1.0, 2.0, 5.0, 10.0]})),
            "growth": ("y = exp(a*x)", SMALL)}


SURFACES = surfaces()


RATES = [1e-6, 1e-3, 0.03, 0.1, 1, 3, 1e3, 1e9, 1e30, 1e160, 1e308]


@pytest.mark.parametrize(("name", "rate"), thinned(itertools.product(SURFACES, RATES), keep=38))
def test_the_rate_that_is_suggested_works(name, rate):
    model, table = SURFACES[name]
    try:
        trainer = Trainer(model, optimizer=GradientDescent(rate)).fit(table, steps=200)
    except DivergenceError as error:
        assert "\n" not in str(error)
        assert f"the learning rate {rate:g} is too large" in str(error)
        better = float(re.search(r"; try (\S+), or scale the features$", str(error))[1])
        assert 0 < better < rate
        trainer = Trainer(model, optimizer=GradientDescent(better)).fit(table, steps=200)
        assert trainer.best.loss < trainer.history[0].loss
    assert all(map(math.isfinite, (trainer.best.loss, *trainer.parameters.values())))


@every_method
@pytest.mark.parametrize("rate", [1, 1e160, 1e300])
def test_every_method_can_run_away(method, rate):
    trainer = Trainer(LINE, optimizer=GradientDescent(rate), method=method)
    with pytest.raises(DivergenceError, match=r"; try 0\.\d+, or scale"):
        trainer.fit(SMALL)
    assert trainer.parameters == {"a": 0.0, "b": 0.0}  # the lowest that was seen


def test_it_stops_soon():
    # y = a*x with mean(x**2) = 14/3: a step of 1 multiplies the distance by 1 - 28/3, so the loss
    # by 69.4; four steps are 2e7
    trainer = Trainer("y = a*x", optimizer=GradientDescent(1))
    with pytest.raises(DivergenceError, match=r"from 18.7 to 4.34e\+08 in 4 steps: "):
        trainer.fit(SMALL)


def test_a_better_rate_is_a_smaller_one():
    # (x - a**2*x)**2 has no curvature where a**2 = 1/3: its inverse is no guide there
    trainer = Trainer("y = a**2*x", optimizer=GradientDescent(10))
    with pytest.raises(DivergenceError, match=r"the learning rate 10 is too large .* try 5,"):
        trainer.fit(Table({"x": [0.5, 0.6], "y": [0.5, 0.6]}), {"a": 3**-0.5})


@of_curves
def test_where_no_rate_would_do_none_is_suggested(method):
    table = Table({"x": [1e200, 2e200], "y": [1.0, 2.0]})
    with pytest.raises(DivergenceError, match=r"for this surface; scale the features$"):
        Trainer(LINE, optimizer=GradientDescent(), method=method).fit(table)


def test_numbers_that_are_too_large_for_a_walk_are_none_for_fractions():
    table = Table({"x": [1e200, 2e200], "y": [1.0, 2.0]})
    assert Trainer(LINE).fit(table).parameters == {"a": 1e-200, "b": 0.0}


@of_curves
@pytest.mark.parametrize(
    ("model", "table", "start"),
    [(LINE, SMALL, {"a": 1e200}), (LINE, {"x": [1e200, 2e200], "y": [1.0, 2.0]}, {"a": 1.0}),
     ("y = exp(a*x)", SMALL, {"a": 1e3}), ("y = (a + 1e200)**2", SMALL, {})])
def test_a_start_that_is_infinitely_high_is_refused(method, model, table, start):
    table = table if isinstance(table, Table) else Table(table)
    with pytest.raises(DataError, match=r"the loss is (inf|nan) already at the start"):
        Trainer(model, method=method).fit(table, start)


@of_curves
@pytest.mark.parametrize(("model", "start"), [("y = x/a", 0.0), ("y = log(a)*x", 0.0)])
def test_a_start_without_a_loss_is_refused(method, model, start):
    with pytest.raises(DomainError, match=r"step 0 of the walk, at \{'a': 0.0\}: .*; start elsew"):
        Trainer(model, method=method).fit(SMALL, {"a": start})


def test_a_walk_out_of_the_domain_says_where():
    trainer = Trainer("y = log(a)*x", optimizer=Tour([2.0], [-3.0]))
    with pytest.raises(DomainError, match=r"step 2 of the walk, at \{'a': -3.0\}: .*smaller steps"):
        trainer.fit(SMALL, {"a": 1.0})
    assert trainer.parameters == {"a": 2.0}


# ------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("options", "message"),
    [({"loss": "cubed"}, "no loss 'cubed'"), ({"method": "magic"}, "no method 'magic'"),
     ({"loss": ["squared"]}, "no loss"), ({"method": ["numeric"]}, "no method"),
     ({"optimizer": "adam"}, "an optimizer is one such as"), ({"optimizer": BFGS}, "such as"),
     ({"weights": [1, 1, 1]}, "the weights are named by their column")])
def test_unknown_choices(options, message):
    with pytest.raises(FormulaError, match=message):
        Trainer(LINE, **options).fit(SMALL)


@pytest.mark.parametrize(
    ("columns", "message"),
    [({"z": [1.0]}, "no column 'x'"), ({"x": ["a"]}, "is text"), ({"x": [None]}, "is missing"),
     ({"x": [math.nan]}, "finite"), ({"x": []}, "0 rows"), ({}, "at least one column")])
def test_nothing_to_predict_from(columns, message):
    trainer = Trainer(LINE, optimizer=GradientDescent(0.01)).fit(SMALL, steps=5)
    with pytest.raises(DataError, match=message):
        trainer.predict(columns)


def test_a_walk_that_only_ever_went_up_is_no_answer():
    rate = 0.46  # a little above the limit of this surface, and only a few steps
    table = Table({"x": [0.0, 1.0, 2.0], "y": [1.0, 3.0, 5.0]})
    limit = 1 / (5 / 3)  # curvature of the mean of (a*x - y)**2: 2*mean(x**2) = 10/3
    assert rate < limit
    Trainer("y = a*x", optimizer=GradientDescent(rate)).fit(table, {"a": 1.0}, steps=3)
    with pytest.raises(DivergenceError, match=r"the loss grew from .* in 3 steps"):
        Trainer("y = a*x", optimizer=GradientDescent(1.02 * limit)).fit(table, {"a": 1.0}, steps=3)


@pytest.mark.parametrize("method", ["numeric", "backward", "collapsed"])
def test_without_an_optimizer_every_method_arrives_on_real_films(method):
    table, _ = films.cleaned()
    exact = Trainer("revenue = a*budget + b").fit(table).parameters
    trainer = Trainer("revenue = a*budget + b", method=method).fit(table)
    assert trainer.at_the_bottom
    assert trainer.parameters == pytest.approx(exact, rel=1e-6)


@pytest.mark.parametrize("optimizer", [GradientDescent(1e-3), BFGS(), Newton()])
@pytest.mark.parametrize("unit", [1e-170, 1e170])
def test_a_loss_that_leaves_the_floats_is_not_perfect(optimizer, unit):
    table = Table({"x": [0.0, 1.0, 2.0], "y": [unit, 3 * unit, 4 * unit]})
    with pytest.raises(DataError, match=r"on the left side|inf already at the start"):
        Trainer("y = a*exp(b*x)", optimizer=optimizer).fit(table, {"a": unit, "b": 1.0})
    scaled = Trainer(f"y/{unit} = a*exp(b*x)").fit(table)  # as the message says
    assert scaled.parameters == pytest.approx(
        Trainer("y = a*exp(b*x)").fit({"x": table["x"], "y": [1.0, 3.0, 4.0]}).parameters)


def test_a_loss_that_is_not_convex_is_searched_from_several_places():
    """With Cauchy's loss a line has several valleys."""
    table = {"x": [0.0, 1, 2, 3, 4, 5, 6], "y": [0.0, 9, 2, 9.2, 4, 9.1, 6]}
    loss = Loss(lambda actual, predicted: log(1 + 9 * (actual - predicted)**2))
    trainer = Trainer("y = a*x + b", loss).fit(table)
    grid = [sum(math.log(1 + 9 * (y - a * x - b)**2)
                for x, y in zip(table["x"], table["y"], strict=True)) / 7
            for a in (k / 20 for k in range(-60, 61)) for b in (k / 20 for k in range(-100, 250))]
    assert trainer.best.loss <= min(grid) + 1e-9
    assert not loss.is_convex and all(each.is_convex for each in LOSSES.values())


# ------------------------------------------------------------------ which way a fit goes

SHARES = Table({"x": [1.0, 2.0, 3.0, 4.0], "y": [0.0, 0.5, 0.25, 1.0]})
CAUCHY = Loss(lambda actual, predicted: log(1 + (actual - predicted)**2))
BRIER = Loss(lambda actual, predicted: (actual - predicted)**2, takes_shares=True)
SIGMOID = "y = sigmoid(a*x + b)"


@pytest.mark.parametrize(("model", "loss", "options", "start", "way"), [
    (LINE, "squared", {}, {}, ["LevenbergMarquardt"]),
    (LINE, "squared", {"optimizer": Adam()}, {}, ["Adam"]),
    (LINE, "squared", {"method": "backward"}, {}, ["BFGS"]),
    ("y = a*log(x) + b", "squared", {}, {}, ["Careful"]),
    (LINE, "huber", {}, {}, ["other losses", "Careful"]),
    (LINE, "huber", {}, {"a": 1.0}, ["Careful"]),
    (LINE, "huber", {"optimizer": Adam()}, {}, ["Adam"]),
    (LINE, "absolute", {}, {}, ["other losses", "Edges"]),
    (LINE, CAUCHY, {}, {}, ["other losses", "search"]),
    (SIGMOID, "log", {}, {}, ["Careful"]),
    (SIGMOID, "squared", {}, {}, ["search"]),
    (SIGMOID, "squared", {"standardize": True}, {}, ["Careful"]),
    (CURVE, "squared", {}, {}, ["search"]),
    (CURVE, "squared", {"optimizer": Adam()}, {}, ["Adam"]),
    (CURVE, "huber", {}, {}, ["other losses", "search"])])
def test_which_way_a_fit_goes(model, loss, options, start, way, monkeypatch):
    went = []
    monkeypatch.setattr(Trainer, "_other_losses", lambda *_: went.append("other losses") or {})
    monkeypatch.setattr(Trainer, "_search", lambda *_: went.append("search"))
    monkeypatch.setattr(Trainer, "_finish", lambda _: None)
    monkeypatch.setattr(train, "check_predictions", lambda _: None)
    trainer = Trainer(model, loss, **options).fit(SHARES, start, steps=3)
    assert went + [type(trainer.walk.optimizer).__name__ for _ in trainer.history[:1]] == way


@pytest.mark.parametrize(("model", "loss", "options", "units"), [
    (SIGMOID, "log", {"standardize": False}, False), (SIGMOID, "log", {}, True),
    (SIGMOID, "log", {"optimizer": BFGS()}, False), (LINE, "squared", {"method": "backward"}, True),
    (SIGMOID, "squared", {}, False), (LINE, CAUCHY, {}, False),
    (LINE, "squared", {"standardize": True}, True), (LINE, "squared", {"ridge": 0.5}, False),
    (LINE, "squared", {"ridge": 0.5, "method": "backward"}, False)])
def test_who_walks_in_standard_units(model, loss, options, units):
    trainer = Trainer(model, loss, **options).fit(SHARES, steps=0)
    assert (trainer._units is not None) is units


def test_units_of_the_last_fit_are_forgotten():
    trainer = Trainer(LINE, optimizer=GradientDescent(0.1), standardize=True).fit(SHARES, steps=2)
    trainer.standardize = False
    fresh = Trainer(LINE, optimizer=GradientDescent(0.1)).fit(SHARES, steps=2)
    assert trainer.fit(SHARES, steps=2).history == fresh.history


def test_a_feature_that_does_not_vary_has_no_standard_units():
    """The share of yeses is 1/4, and sigmoid(-log(3)) is 1/4 too."""
    trainer = Trainer("y = sigmoid(a*x)", "log").fit({"x": [2.0] * 4, "y": [1, 0, 0, 0]})
    assert trainer.parameters == {"a": pytest.approx(-math.log(3) / 2)}


def test_the_bottom_is_sought_in_the_units_of_the_data_or_of_the_ridge():
    table = Table({"x": [10.0, 12.0, 13.0, 17.0], "y": [1.0, 3.0, 2.0, 6.0]})
    exact = Trainer(LINE).fit(table).bottom.position
    assert Trainer(LINE, standardize=True).fit(table).bottom.position == exact
    zs, scale = standardize(table["x"])
    slope = statistics.fmean(z * y for z, y in zip(zs, table["y"], strict=True)) / (
        statistics.fmean(z * z for z in zs) + 0.5)
    kept = Trainer(LINE, standardize=True, ridge={"a": 0.5}).fit(table)
    assert kept.bottom and kept.history[-1].position == pytest.approx((slope, 3.0))
    assert kept.parameters["a"] == pytest.approx(slope / scale.spread)


def test_too_many_rows_for_fractions_begin_at_the_bottom_in_floats(monkeypatch):
    assert Trainer(LINE).fit(SMALL, steps=0).history[0].position == (0.0, 0.0)
    assert Trainer("y = a*log(x) + b").fit(SMALL, steps=0).history[0].position == (0.0, 0.0)
    monkeypatch.setattr(last_digits, "MOST_EXACT_WORK", 0)
    assert Trainer(LINE).fit(SMALL, steps=0).history[0].position == pytest.approx((2, 0), abs=1e-9)
    for options in ({"optimizer": Adam()}, {"loss": BRIER}):
        trainer = Trainer("y = a*x + b + 0.5", **options).fit(SHARES, steps=0)
        assert trainer.history[0].position == (0.0, 0.0)


@pytest.mark.parametrize("unit", [1e-170, 1e-200])
def test_a_tiny_target_is_refused_only_where_its_loss_is_needed(unit):
    table = Table({"x": [1.0, 2.0], "y": [unit, 2 * unit]})
    assert Trainer("y = a*x").fit(table).parameters == {"a": unit}  # in Fractions
    walk = Trainer("y = a*x", optimizer=GradientDescent(1e-3)).fit(table, {"a": 1.0}, steps=2)
    assert walk.best.loss > 1
    with pytest.raises(DataError, match="on the left side"):
        Trainer("y = a*x", optimizer=GradientDescent(1e-3)).fit(table, steps=2)


# ------------------------------------------------------------------ what is said if nothing is


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Stands:
    def walk(self, surface, start):
        while True:
            yield look(surface, start)


def test_without_a_word_there_are_1000_steps_and_the_seed_is_0():
    trainer = Trainer("y = a*x", optimizer=Stands()).fit(SMALL)
    assert len(trainer.history) == 1001 and len(trainer.resume().history) == 2001
    text = "y = v*tanh(w*x + b)"
    silent, said = (Trainer(text, optimizer=Adam(), **seed).fit(SMALL, steps=0).history
                    for seed in ({}, {"seed": 0}))
    assert silent == said
    assert MiniBatches() == MiniBatches(Adam(0.1, 0.9, 0.999), 32, 0)
    assert (Momentum(), GradientDescent()) == (Momentum(0.1, 0.9), GradientDescent(0.1, 0.0))


@pytest.mark.parametrize(("perfect", "smooth", "leads_on", "bottom", "kinks", "there"), [
    (True, 2, False, False, False, True), (True, 2, True, True, True, False),
    (True, 0, True, False, False, True), (False, 2, False, True, False, True),
    (False, 2, False, False, True, False), (False, 0, False, False, True, True),
    (False, 0, False, True, False, False)])
def test_when_a_walk_is_at_the_bottom(perfect, smooth, leads_on, bottom, kinks, there, monkeypatch):
    for name, answer in (("leads_on", leads_on), ("is_bottom", bottom),
                         ("is_bottom_of_kinks", kinks)):
        monkeypatch.setattr(train, name, lambda surface, place, answer=answer: (
            answer if (surface.method, place) == ("numeric", (1.0,)) else 1 / 0))
    surface = SimpleNamespace(method="numeric", derivatives=smooth, is_perfect=lambda *heights: (
        perfect if heights == (2.0, 7.0) else 1 / 0))
    walk = Walk(surface, Tour(), [0.0])
    walk.history = [Step((0.0,), 7.0, ()), Step((1.0,), 2.0, ()), Step((2.0,), 5.0, ())]
    assert walk.at_the_bottom is there


def test_a_fit_that_fails_leaves_nothing_of_the_one_before():
    trainer = Trainer(LINE).fit(SMALL)
    with pytest.raises(DataError):
        trainer.fit({"z": [1.0, 2.0]})
    assert trainer.history == [] and trainer.bottom is None and not trainer.interrupted
    for ask in (lambda: trainer.parameters, lambda: trainer.surface):
        with pytest.raises(DataError, match="nothing has been trained yet"):
            ask()


def test_fixed_parameters_are_fixed_in_every_fit():
    trainer = Trainer(LINE, fixed={"b": 1.0}).fit(SMALL)
    for _ in range(2):  # the sum of x*(y - 1) is 22, that of x*x is 14
        assert trainer.parameters == {"a": pytest.approx(22 / 14)}
        trainer.fit(SMALL)
    with pytest.raises(FormulaError, match=r"there is no parameter 'k' in y = a\*x \+ b to fix; it "
                                           r"has a, b$"):
        Trainer(LINE, fixed={"a": 1.0, "k": 1.0, "m": 1.0}).fit(SMALL)


def test_a_name_is_the_same_however_its_letters_are_made():
    apart, one = "be\u0301", "b\u00e9"  # an e and its accent, or one letter
    assert train.start_of({apart: 2}, [one], "model") == train.checked_numbers({apart: 2}) == {
        one: 2.0}
    assert Trainer(f"y = {one}*x + c", fixed={apart: 2.0}).fit(SMALL).parameters == {"c": 0.0}


def test_a_walk_that_was_cut_short_goes_on_to_the_last_digits():
    trainer = Trainer(SIGMOID, "log").fit(SHARES, steps=0)
    assert trainer.bottom is None and trainer.resume().bottom


def test_what_ctrl_c_leaves_is_not_judged():
    """A line for a log loss is refused if it comes too near to 1, as here at x = 1."""
    table = {"x": [1.0, 0.9], "y": [1.0, 1.0]}
    for places, refused in (([[0.99999], None], False), ([[0.99999]], True)):
        trainer = Trainer("y = a*x", "log", Tour(*places))
        if refused:
            with pytest.raises(DataError, match="in sigmoid"):
                trainer.fit(table, {"a": 0.5}, steps=1)
            with pytest.raises(DataError, match="in sigmoid"):
                trainer.resume(0)
        else:
            assert trainer.fit(table, {"a": 0.9999}, steps=9).interrupted


def test_a_walk_that_was_not_at_its_end_is_not_called_bottomless():
    trainer = Trainer(SIGMOID, "log", GradientDescent(0.1))
    assert len(trainer.fit({"x": [0.0, 1, 2], "y": [0, 0, 1]}, steps=3).history) == 4


def test_a_place_without_a_loss_is_infinitely_high():
    surface = LossSurface(Model("y = log(a)*x"), SMALL)
    assert train._height(surface, {"a": -1.0}) == math.inf
    assert train._height(surface, {"a": 1.0}) == pytest.approx(56 / 3)


@pytest.mark.parametrize(("last", "loss", "lower"), [
    (50.0, "huber", "absolute"), (5.2, "huber", "squared"), (50.0, "absolute", "squared")])
def test_the_start_for_another_loss_is_the_lower_of_two(last, loss, lower):
    table = Table({"x": [1.0, 2.0, 3.0, 4.0, 5.0], "y": [1.0, 2.1, 2.9, 4.3, last]})
    trainer = Trainer(LINE, loss)
    trainer._surface = LossSurface(trainer.model, table, loss)
    assert trainer._other_losses(table, 100) == Trainer(LINE, lower).fit(table).parameters


def test_the_walks_for_another_loss_are_those_for_the_squares():
    table = Table({"x": [0.0, 1.0, 2.0, 3.0], "y": [9.0, 5.1, 2.9, 2.1]})
    trainer, squares = Trainer("y = exp(a*x)*9", "absolute"), Trainer("y = exp(a*x)*9").fit(table)
    trainer._surface = LossSurface(trainer.model, table, "absolute")
    trainer._other_losses(table, 100)
    assert trainer.walks and trainer.walks == [
        (trainer._surface.height([end.parameters["a"]]), end.parameters) for end in squares.walks]


# ------------------------------------------------------------------ within bounds


@pytest.mark.parametrize(("model", "bounds", "start", "steps", "interrupted", "asked"), [
    (LINE, {"a": (0, 9)}, {}, 50, False, None),                        # it is inside, and ended
    (LINE, {"a": (3, 9)}, {}, 50, False, ({"a": 3.06, "b": 0.0}, 50)),
    (LINE, {"a": (0, 9)}, {}, 50, True, None),
    (LINE, {"a": (3, 9)}, {}, 50, True, ({"a": 3.06, "b": 0.0}, 0)),   # it is moved inside
    ("y = exp(a*x)", {"a": (0, 9)}, {"a": 5.0}, 0, False, ({"a": 5.0}, 0)),
    ("y = exp(a*x)", {"a": (0, 9)}, {"a": 5.0}, 0, True, None),
    ("y = acosh(a/9)*x", {"a": (10, 99)}, {"a": 12.0}, 7, False, ({"a": 12.0}, 7))])
def test_when_a_walk_inside_of_the_bounds_is_asked_for(
        model, bounds, start, steps, interrupted, asked, monkeypatch):
    def followed(walk, count):
        whole(walk, count)
        walk.interrupted = interrupted
        if "acosh" in model:
            walk.history.clear()
            raise DataError("as if there were no loss")

    calls, whole = [], Walk.follow
    monkeypatch.setattr(Walk, "follow", followed)
    monkeypatch.setattr(Trainer, "_inside", lambda _, free, table, *given: calls.append(given) or (
        1 / 0))
    trainer = Trainer(model, bounds=bounds)
    if asked is None:
        assert trainer.fit(SMALL, start, steps).interrupted is interrupted and not calls
    else:
        with pytest.raises(ZeroDivisionError):
            trainer.fit(SMALL, start, steps)
        (found, count), = calls
        assert (found, count) == (pytest.approx(asked[0], abs=1e-6), asked[1])


def test_a_range_without_a_free_walk():
    """Without bounds no guess for a is 9 or more; the best is at acosh(a/9) = 2."""
    trainer = Trainer("y = acosh(a/9)*x", bounds={"a": (10.0, 99.0)}).fit(SMALL)
    assert trainer.at_the_bottom and trainer.parameters["a"] == pytest.approx(9 * math.cosh(2))


def test_ctrl_c_inside_of_the_bounds_keeps_that_place(monkeypatch):
    bounds = {"a": (3.0, 9.0)}
    place = into(bounds, {"a": 5.0, "b": 1.0})
    monkeypatch.setattr(Trainer, "_inside", lambda *_: SimpleNamespace(
        best=SimpleNamespace(loss=1.0), parameters=place, interrupted=True,
        walks=[train.Ended(2.0, place)]))
    trainer = Trainer(LINE, bounds=bounds).fit(SMALL)
    assert trainer.interrupted and not trainer.at_the_bottom and trainer.bottom is None
    assert trainer.at_bounds == {} and len(trainer.history) == 1
    assert trainer.parameters == pytest.approx({"a": 5.0, "b": 1.0})
    ((loss, walked),) = trainer.walks
    assert loss == 2.0 and walked == pytest.approx({"a": 5.0, "b": 1.0})


@pytest.mark.parametrize(("held", "walked", "starts", "ended"), [
    ([{}, {}], [{"a": 4.0, "b": 2.0}], [0.0], {"a": 4.0, "b": 2.0}),
    ([{"a": 3.0}, {"a": 3.0}], [{"b": 2.0}], [0.0], {"b": 2.0}),
    # at 3 the loss falls into the range: from there once more, and then it is inside
    ([{"a": 3.0}, {}, {}, {}], [{"b": 2.0}, {"a": 4.0, "b": 2.0}], [0.0, 2.0],
     {"a": 4.0, "b": 2.0}),
    # the last walk left the range: the place where the walk inside ended is the answer
    ([{}, {}], [{"a": 1.0, "b": 2.0}], [0.0], {"a": 5.0, "b": 1.0})])
def test_what_is_held_at_a_bound_and_what_is_let_go(held, walked, starts, ended, monkeypatch):
    def go(trainer, table, start, steps):
        trainer._surface = LossSurface(trainer.model, table)
        trainer._walk = SimpleNamespace(parameters=next(walks), history=[1], interrupted=False,
                                        at_the_bottom=True)

    def inside(trainer, free, table, start, steps):
        assert start["a"] == pytest.approx(3.06)
        begun.append(start["b"])
        return SimpleNamespace(best=SimpleNamespace(loss=1.0), walks=[], interrupted=False,
                               parameters=into(bounds, {"a": 5.0, "b": 1.0}))

    def at_bounds(bounds, place, surface):
        assert surface.parameters == ["a", "b"] == sorted(place)  # all of them, held or not
        return next(answers)

    bounds, begun = {"a": (3.0, 9.0)}, []
    walks, answers = iter([{"a": 2.0, "b": 0.0}, *walked]), iter(held)
    for where, name, stub in ((Trainer, "_go", go), (Trainer, "_inside", inside),
                              (train, "at_their_bounds", at_bounds)):
        monkeypatch.setattr(where, name, stub)
    trainer = Trainer(LINE, bounds=bounds).fit(SMALL)
    assert trainer.parameters == pytest.approx(ended) and trainer.at_bounds == held[-1]
    assert begun == starts


def test_what_is_held_at_a_bound_costs_no_ridge():
    """With a = 3 the mean of y - a*x is -2; the ridge of 1/2 makes b two thirds of that."""
    trainer = Trainer(LINE, bounds={"a": (3, 5)}, ridge={"a": 1.0, "b": 0.5}).fit(SMALL)
    assert trainer.at_bounds == {"a": 3.0}
    assert trainer.parameters == pytest.approx({"b": -4 / 3})
    twice = {"x": SMALL["x"], "y": [4 * x for x in SMALL["x"]]}
    free = Trainer(LINE, bounds={"a": (3, 5)}).fit(SMALL).fit(twice)
    assert free.at_bounds == {} and free.parameters == pytest.approx({"a": 4, "b": 0}, abs=1e-9)


def test_with_all_parameters_at_their_bounds_no_ridge_is_left():
    trainer = Trainer(LINE, bounds={"a": (0, 1), "b": (-5, -4)}, ridge={"a": 0.1, "b": 0.1})
    trainer.fit(SMALL)  # the residuals are x + 4
    assert trainer.at_bounds == {"a": 1.0, "b": -4.0} and trainer.at_the_bottom
    assert [step.loss for step in trainer.history] == [pytest.approx((25 + 36 + 49) / 3)]


def test_the_lowest_short_walks_are_places_to_begin_within_bounds(monkeypatch):
    trainer = Trainer(LINE, bounds={"a": (3, 5)})
    trainer.walks = [train.Ended(loss, {"a": loss}) for loss in (5.0, 1.0, 3.0, 2.0, 4.0)]
    monkeypatch.setattr(trainer, "_go", lambda *_: None)
    assert trainer._free_ends(SMALL, {}, 9) == [{"a": 1.0}, {"a": 2.0}, {"a": 3.0}]


@pytest.mark.parametrize(("stream", "counted"), [
    (None, []), (io.StringIO(), []), (Terminal(), [(4, "training")])])
def test_a_bar_is_for_a_terminal_alone(stream, counted, monkeypatch):
    asked = []
    monkeypatch.setattr(train, "progress", lambda *given: asked.append(given) or range(given[0]))
    monkeypatch.setattr(sys, "stderr", stream)
    trainer = Trainer(LINE, optimizer=GradientDescent(0.01)).fit(SMALL, steps=3)
    assert len(trainer.history) == 4 and asked == counted


def test_a_simple_fit_asks_for_nothing_that_it_does_not_need(monkeypatch):
    monkeypatch.setattr(train, "place_to_start", lambda *_: 1 / 0)  # it is 0
    monkeypatch.setattr(Trainer, "_finish", lambda _: 1 / 0)  # there are no last digits to find
    trainer = Trainer(LINE, optimizer=GradientDescent(0.01)).fit(SMALL, steps=3)
    assert len(trainer.history) == 4


def test_a_trainer_in_a_notebook():
    trainer = Trainer("y = a*x")
    assert "not fitted yet" in trainer._repr_html_() and "<td>a" not in trainer._repr_html_()
    shown = trainer.fit({"x": [1.0, 2.0], "y": [2.5, 2.5]})._repr_html_()
    assert "a</td><td>1.5<" in shown and "the squared loss of a row: 0.625" in shown
