"""A fit is right the first time, however the model is written, and whatever its units are; or it
says that it is not."""

import copy
import math
import pickle
from random import Random

import pytest

from mathlab import log
from mathlab.calculus.graph.value import symbols
from mathlab.calculus.text.parse import parse
from mathlab.errors import DataError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import OPTIMIZERS
from mathlab.learning.descent.second_order import is_bottom
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.learning.model.loss import as_probability
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import METHODS, LossSurface
from mathlab.learning.model.weights import intercepts

DECAY = {"x": [0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0],
         "y": [9.1, 6.2, 4.9, 3.6, 3.0, 2.4, 2.2]}
DOSE = {"x": [0.0, 0.0, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0],
        "y": [2.34, -0.66, 3.31, 6.89, 16.76, 29.93, 54.04, 73.47, 87.22, 93.94]}
LAUNCHES = {"t": [66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79,
                  75, 76, 58],
            "d": [0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1]}


# -------------------------------------------------------------------------- rows where x is 0


@pytest.mark.parametrize(
    ("model", "columns", "place"),
    [("y = c + (d - c)/(1 + (x/e)**b)", DOSE, [98.0, 1.0, 8.0, 0.8]),
     ("y = c + (d - c)/(1 + (x/e)**b)", DOSE, [98.0, 1.0, 8.0, 2.5]),
     ("y = d*x**n/(k**n + x**n)", DOSE, [98.0, 0.7, 8.0]),
     ("y = a*(x/s)**0.5 + b", DECAY, [1.0, 2.0, 3.0]),
     ("y = a*sqrt(x/g) + x*b", DECAY, [1.0, 3.0, 2.0]),
     ("y = a*cbrt(x*g)", DECAY, [1.0, 3.0])])
def test_where_x_is_0_its_row_has_slopes_too(model, columns, place):
    columns = {name: [float(x) for x in numbers] for name, numbers in columns.items()}
    near = {**columns, "x": [x or 1e-30 for x in columns["x"]]}
    looks = [LossSurface(Model(model), Table(columns), method=method).look(place)
             for method in ("compiled", "backward", "numeric")]
    beside = LossSurface(Model(model), Table(near)).look(place)
    for height, slopes in looks:
        assert height == pytest.approx(beside[0], rel=1e-9)
        assert slopes == pytest.approx(beside[1], rel=1e-5, abs=1e-7)


def test_a_slope_that_is_infinite_remains_so():
    surface = LossSurface(Model("y = sqrt(a*x)"), Table({"x": [1.0, 4.0], "y": [2.0, 4.0]}))
    with pytest.raises(ValueError, match="no slope"):
        surface.look([0.0])


# ------------------------------------------------------------------------ however it is written


@pytest.mark.parametrize(
    ("chance", "odds"),
    [("1/(1 + exp(-z))", "z"), ("1/(exp(-z) + 1)", "z"), ("exp(z)/(1 + exp(z))", "z"),
     ("1 - 1/(1 + exp(z))", "z"), ("1 - sigmoid(z)", "-z"), ("(1 + tanh(z/2))/2", "z"),
     ("1/(1 + 2**(-z))", "z*log(2)"), ("1/(1 + exp(a)*exp(b*x))", "-b*x - a"),
     ("1/(1 + 10**(n*(c - x)))", "n*(x - c)*log(10)"), ("sigmoid(z)", "z")])
def test_a_sigmoid_is_known_however_it_is_written(chance, odds):
    assert str(as_probability(parse(chance))) == f"sigmoid({odds})"


@pytest.mark.parametrize("chance", ["erfc(-z)/2", "1 - exp(-exp(z))", "g + (1 - g)*sigmoid(z)",
                                    "a*x + b", "p", "exp(-z)", "1/2 + atan(z)/pi"])
def test_and_others_are_left_as_they_are(chance):
    assert str(as_probability(parse(chance))) == str(parse(chance))


@pytest.mark.parametrize("target", ["d", "s"])
def test_one_model_has_one_answer(target):
    shares = [0.1 + 0.8 * d for d in LAUNCHES["d"]]
    table = Table({**LAUNCHES, "s": shares})
    fits = [Trainer(f"{target} = {right}", "log").fit(table) for right in (
        "sigmoid(a*t + b)", "1/(1 + exp(-(a*t + b)))", "exp(a*t + b)/(1 + exp(a*t + b))",
        "(1 + tanh((a*t + b)/2))/2")]
    first = fits[0]
    for other in fits[1:]:
        assert other.parameters == pytest.approx(first.parameters, rel=1e-9)
        assert Uncertainty(other).errors == pytest.approx(Uncertainty(first).errors, rel=1e-7)


def test_the_launches_as_r_has_them():  # glm(d ~ t, binomial), and its standard errors
    trainer = Trainer("d = sigmoid(a*t + b)", "log").fit(Table(LAUNCHES))
    assert trainer.parameters == pytest.approx({"a": -0.2322, "b": 15.0429}, abs=5e-5)
    assert Uncertainty(trainer).errors == pytest.approx({"a": 0.1082, "b": 7.3786}, abs=5e-5)


def test_a_share_that_is_the_same_everywhere_is_the_prediction():
    table = Table({"x": [1.0, 2.0, 3.0], "y": [0.3, 0.3, 0.3]})
    assert Trainer("y = a + 0*x", "log").fit(table).parameters["a"] == pytest.approx(0.3)


def test_a_line_is_no_probability():
    with pytest.raises(DataError, match=r"put the right side of d = a\*t \+ b in sigmoid"):
        Trainer("d = a*t + b", "log").fit(Table(LAUNCHES))


# ------------------------------------------------------------------------- whatever the units are


@pytest.mark.parametrize("unit", [1e-150, 1e-18, 1e-9, 1e9, 1e15, 1e120])
@pytest.mark.parametrize(("model", "sized"), [("y = a*exp(-b*x) + c", "ac"),
                                              ("y = a/(x + k) + c", "ac")])
def test_another_unit_of_the_target_is_another_unit_of_the_answer(model, sized, unit):
    table = Table(DECAY)
    plain = Trainer(model).fit(table)
    other = Trainer(model).fit(table.with_column("y", [y * unit for y in DECAY["y"]]))
    assert plain.at_the_bottom and other.at_the_bottom
    for name, value in plain.parameters.items():
        expected = value * unit if name in sized else value
        assert other.parameters[name] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("unit", [1e-12, 1e-3, 1e6])
def test_and_another_unit_of_the_feature(unit):
    table = Table(DECAY)
    plain = Trainer("y = a*exp(-b*x) + c").fit(table).parameters
    other = Trainer("y = a*exp(-b*x) + c").fit(
        table.with_column("x", [x * unit for x in DECAY["x"]])).parameters
    assert other == pytest.approx({**plain, "b": plain["b"] / unit}, rel=1e-6)


# ------------------------------------------------------------------------------ what is a bottom


def test_a_plain_is_no_bottom():
    surface = LossSurface(Model("y = a*exp(-(x - m)**2)"), Table(DECAY))
    assert not is_bottom(surface, [1.0, 500.0])


@pytest.mark.parametrize("name", [n for n, o in OPTIMIZERS.items() if getattr(
    o, "needs_all_rows", False)])
def test_no_optimizer_takes_stalling_for_arriving(name):
    table = Table({"x": [1.0, 2.0, 3.0, 4.0, 5.0], "y": [1.0, 2.5, 2.0, 4.0, 30.0]})
    trainer = Trainer("y = a*x + b", "absolute", OPTIMIZERS[name]()).fit(table, steps=200)
    pairs = [(i, j) for i in range(5) for j in range(i)]
    lowest = min(sum(abs(y - (table["y"][i] + (table["y"][i] - table["y"][j])
                              / (table["x"][i] - table["x"][j]) * (x - table["x"][i])))
                     for x, y in zip(table["x"], table["y"], strict=True)) / 5 for i, j in pairs)
    assert trainer.best.loss == pytest.approx(lowest, rel=1e-6) or not trainer.at_the_bottom


def test_the_other_walks_are_remembered():
    trainer = Trainer("y = a*exp(-b*x) + c").fit(Table(DECAY))
    assert len(trainer.walks) > 1
    assert min(walk.loss for walk in trainer.walks) == pytest.approx(trainer.best.loss, rel=1e-6)
    assert {*trainer.walks[0].parameters} == {"a", "b", "c"}


def test_the_walks_for_another_loss_are_measured_by_this_one():
    trainer = Trainer("y = a*exp(-b*x) + c", "absolute").fit(Table(DECAY))
    for walk in trainer.walks:
        heights = trainer.model.predict(walk.parameters, Table(DECAY))
        off = [abs(y - height) for y, height in zip(DECAY["y"], heights, strict=True)]
        assert walk.loss == pytest.approx(sum(off) / len(off))


def test_a_start_that_leads_nowhere_is_not_the_end():
    grown = {"x": [*range(11)], "y": [2.64, 3.42, 3.68, 4.54, 6.09, 8.98, 11.59, 15.61, 22.15,
                                      29.83, 40.44]}
    trainer = Trainer("y = a*exp(b*x)").fit(Table(grown), {"a": 1, "b": 5})
    assert trainer.at_the_bottom and trainer.parameters["b"] == pytest.approx(0.30575, abs=5e-6)


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda t: pickle.loads(pickle.dumps(t))])
def test_a_trainer_with_bounds_can_be_copied(copied):
    trainer = Trainer("y = a*exp(-b*x) + c", bounds={"c": (0, math.inf)}, fixed={"a": 7.0})
    again = copied(trainer.fit(Table(DECAY)))
    assert again.parameters == trainer.parameters and again.bounds == trainer.bounds


@pytest.mark.parametrize("method", [m for m in METHODS if m != "collapsed"])
def test_the_same_seed_is_the_same_fit(method):
    first, again = (Trainer("y = a*exp(-b*x) + c", method=method, seed=3).fit(Table(DECAY))
                    for _ in range(2))
    assert first.parameters == again.parameters


def test_a_symbol_is_no_sigmoid():
    z, = symbols("z")
    assert as_probability(z) is z


@pytest.mark.parametrize("chance", ["sigmoid(z)", "1/(1 + exp(-(z)))", "erfc(-(z))/2",
                                    "1 - exp(-exp(z))", "1/2 + atan(z)/pi"])
def test_what_can_be_told_apart_has_no_best_parameters_for_any_link(chance):
    table = Table({"x": [1.0, 2.0, 3.0, 4.0], "y": [0.0, 0.0, 1.0, 1.0]})
    with pytest.raises(DataError, match="can be told apart perfectly"):
        Trainer(f"y = {chance.replace('z', 'a*x + b')}", "log").fit(table)


# A bottom, and what is none


XS = [0.5 * k for k in range(20)]
STEP = Table({"x": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0], "y": [0.0] * 4 + [1.0] * 4})


@pytest.mark.parametrize("model", ["y = sigmoid(k*(x - m))", "y = 1/(1 + (c/x)**h)",
                                   "y = (1 + tanh(k*(x - m)))/2"])
def test_a_curve_that_is_the_steeper_the_better_has_no_lowest_point(model):
    """The data are a step: the loss is 0 in the floats long before the curve is one."""
    trainer = Trainer(model).fit(STEP)
    assert not trainer.at_the_bottom
    with pytest.raises(DataError, match="did not come to one"):
        Uncertainty(trainer)


@pytest.mark.parametrize("model", ["y = sigmoid(a*x + b)*(1 - sigmoid(c*x + d))"])
def test_what_falls_for_ever_in_one_factor_is_not_told_apart(model):
    dice = Random(5)
    xs = [dice.uniform(-4, 4) for _ in range(120)]
    ys = [float(dice.random() < 1 / (1 + math.exp(0.5 * x - 0.5))) for x in xs]
    trainer = Trainer(model, "log").fit({"x": xs, "y": ys})  # the first factor wants to be 1
    single = Trainer("y = sigmoid(c*x + d)", "log").fit({"x": xs, "y": ys})
    assert trainer.best.loss <= single.best.loss * (1 + 1e-6)
    assert not trainer.at_the_bottom or trainer.best.loss < single.best.loss * (1 - 1e-6)


@pytest.mark.parametrize(("model", "flat"), [("y = x*a**2 + b", "a"), ("y = b + x*c**4", "c")])
def test_no_error_bars_where_a_prediction_has_no_slope(model, flat):
    table = Table({"x": XS, "y": [3 - 2 * x + 0.1 * math.sin(7 * x) for x in XS]})
    with pytest.raises(DataError, match=rf"no slope by {flat}|not come to one|{flat} does not"):
        Uncertainty(Trainer(model).fit(table))


@pytest.mark.parametrize("text", ["1/(1 + exp(-(a*x + b)))", "0.5*(1 + tanh((a*x + b)/2))",
                                  "exp(a*x + b)/(1 + exp(a*x + b))"])
def test_a_sigmoid_of_large_numbers_is_one_however_it_is_written(text):
    dice = Random(2)
    years = [1900.0 + k for k in range(100)]
    ys = [float(dice.random() < 1 / (1 + math.exp(-(year - 1950) / 12))) for year in years]
    table = Table({"x": [1e9 * year for year in years], "y": ys})
    plain = Trainer("y = sigmoid(a*x + b)", "log").fit(table)
    other = Trainer(f"y = {text}", "log").fit(table)
    assert other.parameters == pytest.approx(plain.parameters, rel=1e-8)


def test_the_data_cannot_tell_the_parameters_of_a_line_apart_whatever_the_loss():
    table = Table({"x": XS, "z": [2 * x for x in XS], "y": [x * x for x in XS]})
    for loss in ("squared", "absolute", "huber"):
        with pytest.raises(DataError, match="cannot tell b from"):
            Trainer("y = a*x + b*z + c", loss).fit(table)


def test_losses_of_counts_that_take_no_predicted_0():
    xs, ys = [0.0, 1.0, 2.0, 3.0, 4.0], [1.0, 3.0, 6.0, 20.0, 51.0]
    trainer = Trainer("y = exp(a + b*x)", lambda y, p: p - y * log(p)).fit({"x": xs, "y": ys})
    off = [y - p for y, p in zip(ys, trainer.predict({"x": xs}), strict=True)]
    assert trainer.at_the_bottom  # the conditions of the maximum of Poisson's likelihood
    assert sum(off) == pytest.approx(0, abs=1e-9)
    assert sum(r * x for r, x in zip(off, xs, strict=True)) == pytest.approx(0, abs=1e-9)


def test_an_intercept_is_spared_by_a_ridge_whatever_the_link():
    for text in ("sigmoid(a*x + b)", "erfc(-(b + a*x)/sqrt(2))/2", "1 - exp(-exp(a*x + b))",
                 "1/(1 + exp(-(a*x + b)))", "3*(a*x + b) - 1"):
        assert intercepts(Model(f"y = {text}"), ["a", "b"]) == ["b"]


@pytest.mark.parametrize("unit", [1e-9, 1e-6, 1e-3, 1.0, 1e3])
def test_a_hill_curve_of_known_height_in_any_unit(unit):
    xs = [0.3 * k for k in range(1, 25)]
    table = {"x": [x * unit for x in xs], "y": [8 * x**2.5 / (2**2.5 + x**2.5) + 0.05 * (-1)**k
                                                for k, x in enumerate(xs)]}
    trainer = Trainer("y = 8*x**n/(k**n + x**n)").fit(table)
    assert trainer.at_the_bottom
    assert trainer.parameters["k"] == pytest.approx(2 * unit, rel=0.05)


@pytest.mark.parametrize("shift", [0.0, 50.0, 1990.0])
def test_a_complementary_log_log_curve_wherever_x_is(shift):
    dice = Random(8)
    zs = [dice.uniform(-3, 3) for _ in range(80)]
    ys = [float(dice.random() < 1 - math.exp(-math.exp(0.2 + 0.9 * z))) for z in zs]
    trainer = Trainer("y = 1 - exp(-exp(a + b*x))", "log").fit({"x": [z + shift for z in zs],
                                                                "y": ys})
    plain = Trainer("y = 1 - exp(-exp(a + b*x))", "log").fit({"x": zs, "y": ys})
    assert trainer.at_the_bottom
    assert trainer.best.loss == pytest.approx(plain.best.loss, rel=1e-9)
    errors = [Uncertainty(each).errors["b"] for each in (trainer, plain)]
    assert errors[0] == pytest.approx(errors[1], rel=1e-3)


def test_years_in_a_parabola_of_log_odds_have_error_bars():
    dice = Random(3)
    years = [1975.0 + 0.4 * k for k in range(80)]
    ys = [float(dice.random() < 1 / (1 + math.exp(-(year - 1990) / 6))) for year in years]
    far = Trainer("y = sigmoid(a + b*x + c*x**2)", "log").fit({"x": years, "y": ys})
    near = Trainer("y = sigmoid(a + b*x + c*x**2)", "log").fit(
        {"x": [x - 1990 for x in years], "y": ys})
    assert Uncertainty(far).errors["c"] == pytest.approx(Uncertainty(near).errors["c"], rel=1e-6)
