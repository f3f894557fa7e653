"""Standard errors and intervals against published fits, closed formulas and a simulation."""

import csv
import math
import random
import statistics
from fractions import Fraction
from pathlib import Path
from statistics import NormalDist
from types import SimpleNamespace

import pytest

from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import symbols
from mathlab.errors import DataError, FormulaError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference import uncertainty as chapter
from mathlab.learning.inference.uncertainty import Estimates, Interval, Uncertainty
from mathlab.learning.model.loss import LOSSES
from mathlab.learning.model.model import Model
from tests.learning import classics
from tests.learning.classics import CARS, MTCARS, PUROMYCIN

DATA = Path(__file__).parents[3] / "lessons" / "data"
SMALL = Table({"x": [1.0, 2.0, 3.0, 4.0], "y": [1.1, 1.9, 3.2, 3.8]})
LINE = "y = slope*x + intercept"


def columns(name, *wanted):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Table({column: [float(row[column]) for row in rows] for column in wanted})


def test_hubbles_line():
    # slope 454.16 +- 75.24 km/s per megaparsec, intercept -40.78 +- 83.44 km/s: the fit of Hubble's
    # 24 nebulae in the textbooks (for one, the Sleuth, chapter 7)
    table = columns("hubble", "distance", "velocity")
    sure = Uncertainty(Trainer("velocity = slope*distance + intercept").fit(table))
    assert sure.parameters == pytest.approx({"slope": 454.16, "intercept": -40.78}, abs=0.005)
    assert sure.errors == pytest.approx({"slope": 75.24, "intercept": 83.44}, abs=0.005)
    assert (round(sure.residual_spread, 1), sure.freedom) == (232.9, 22)


def test_the_shuttles_o_rings():
    # log-odds of distress 15.0429 (7.3786) - 0.2322 (0.1082) * temperature: Dalal, Fowlkes and
    # Hoadley (1989), and every textbook on logistic regression since
    table = columns("challenger", "temperature", "distress")
    trainer = Trainer("distress = sigmoid(slope*temperature + intercept)", loss="log").fit(table)
    sure = Uncertainty(trainer)
    assert sure.parameters == pytest.approx({"slope": -0.2322, "intercept": 15.0429}, abs=5e-5)
    assert sure.errors == pytest.approx({"slope": 0.1082, "intercept": 7.3786}, abs=5e-5)
    (chance,) = trainer.predict({"temperature": [31.0]})  # the morning of the accident
    assert chance == pytest.approx(0.9996, abs=5e-5)


def test_a_line_by_the_closed_formulas():
    xs, ys = SMALL["x"], SMALL["y"]
    slope, intercept = statistics.linear_regression(xs, ys)
    residuals = [y - slope * x - intercept for x, y in zip(xs, ys, strict=True)]
    s = math.sqrt(sum(r * r for r in residuals) / 2)
    sxx = sum((x - 2.5) ** 2 for x in xs)
    sure = Uncertainty(Trainer(LINE).fit(SMALL))
    assert sure.errors["slope"] == pytest.approx(s / math.sqrt(sxx))
    assert sure.errors["intercept"] == pytest.approx(s * math.sqrt(1 / 4 + 2.5**2 / sxx))
    assert sure.correlations[0] == pytest.approx([1.0, -2.5 / math.sqrt(sxx / 4 + 2.5**2)])
    for x in (0.0, 2.5, 10.0):
        of_mean = s * math.sqrt(1 / 4 + (x - 2.5) ** 2 / sxx)
        mean, single = sure.prediction({"x": x}, single=False), sure.prediction({"x": x})
        assert mean.value == single.value == pytest.approx(slope * x + intercept)
        assert mean.error == pytest.approx(of_mean)
        assert single.error == pytest.approx(math.hypot(s, of_mean))
        assert single.high - single.value == pytest.approx(4.302653 * single.error)  # t, 2 freedom
    low, high = sure.interval("slope", 0.9)[2:]
    assert (high - low) / 2 == pytest.approx(2.919986 * sure.errors["slope"])


@pytest.mark.parametrize("text", [LINE, "y = slope*x**2/(1 + x) + exp(intercept)"])
def test_a_walk_in_floats_is_as_sure(text):
    exact = Trainer(text).fit(SMALL)
    walked = Trainer(text)
    walked.to_the_bottom = False
    walked.fit(SMALL)
    assert exact.bottom and walked.bottom is None
    assert Uncertainty(walked).errors == pytest.approx(Uncertainty(exact).errors, rel=1e-6)


def test_intervals_hold_the_truth_as_often_as_they_say():
    dice = random.Random(4)
    xs = [0.5 * i for i in range(8)]
    line = Model(LINE)  # compiled once
    held = {"slope": 0, "intercept": 0, "next": 0}
    trials = 300
    for _ in range(trials):
        ys = [2.0 * x - 1.0 + dice.gauss(0, 0.7) for x in xs]
        sure = Uncertainty(Trainer(line).fit(Table({"x": xs, "y": ys})))
        for name, truth in (("slope", 2.0), ("intercept", -1.0)):
            _, _, low, high = sure.interval(name, 0.8)
            held[name] += low <= truth <= high
        _, _, low, high = sure.prediction({"x": 5.0}, 0.8)
        held["next"] += low <= 9.0 + dice.gauss(0, 0.7) <= high
    spread = math.sqrt(trials * 0.8 * 0.2)
    for name, count in held.items():
        assert abs(count - 0.8 * trials) < 3 * spread, name


@pytest.mark.parametrize(
    ("trainer", "table", "message"),
    [(Trainer(LINE), Table({"x": [1.0, 2.0], "y": [1.0, 2.0]}), "2 rows say nothing of the unc"),
     (Trainer(LINE, loss="huber"), SMALL, "standard errors are known for squared, log; not"),
     (Trainer(LINE, loss="absolute"), SMALL, "known for squared, log; not for the absolute loss"),
     (Trainer(LINE, ridge=0.1), SMALL, "a ridge pulls the parameters away from where the data"),
     (Trainer("y = a + 0*b"), SMALL, "cannot tell b"),
     (Trainer("y = a*exp(0*b)"), SMALL, "b does not matter for these data: leave it out"),
     (Trainer("y = exp(a*x + b*x)"), SMALL, "cannot tell the parameters a, b apart")])
def test_what_there_is_no_being_sure_of(trainer, table, message):
    with pytest.raises(DataError, match=message):
        Uncertainty(trainer.fit(table))


def test_questions_without_an_answer():
    sure = Uncertainty(Trainer(LINE).fit(SMALL))
    for confidence in (0, 1, 1.5, -0.1, math.nan, "0.9"):
        with pytest.raises(DataError, match="the confidence must be between 0 and 1, not"):
            sure.interval("slope", confidence)
    with pytest.raises(DataError, match="no parameter 'lope'; there are slope, intercept"):
        sure.interval("lope")
    with pytest.raises(DataError, match="no column 'x'"):
        sure.prediction({"z": 1.0})
    with pytest.raises(DataError, match="nothing has been trained yet"):
        Uncertainty(Trainer(LINE))


def test_a_yes_or_no_has_no_interval_of_its_own():
    table = Table({"x": [1.0, 2.0, 3.0, 4.0, 5.0], "y": [0.0, 1.0, 0.0, 1.0, 1.0]})
    sure = Uncertainty(Trainer("y = sigmoid(a*x + b)", loss="log").fit(table))
    with pytest.raises(DataError, match="single=False"):
        sure.prediction({"x": 3.0})
    value, error, low, high = sure.prediction({"x": 3.0}, single=False)
    assert 0 < low < value < high < 1
    # the bounds of the log-odds a*x + b, whose variance is that of a sum
    (aa, ab), (_, bb) = sure.covariance
    odds = 3 * sure.parameters["a"] + sure.parameters["b"]
    reach = NormalDist().inv_cdf(0.975) * math.sqrt(9 * aa + 6 * ab + bb)
    assert (low, high) == pytest.approx(
        tuple(1 / (1 + math.exp(-odds - sign * reach)) for sign in (-1, 1)), rel=1e-6)
    assert error == pytest.approx(value * (1 - value) * math.sqrt(9 * aa + 6 * ab + bb))


@pytest.mark.parametrize("x", [-60.0, -45.0, 45.0, 60.0, 1e4])
def test_far_away_the_bounds_are_mirror_images(x):
    # the data are their own mirror image about 0, yes for no
    table = Table({"x": [-3.0, -2.0, -1.0, 1.0, 2.0, 3.0], "y": [0, 1, 0, 1, 0, 1]})
    sure = Uncertainty(Trainer("y = sigmoid(a*x + b)", loss="log").fit(table))
    one, other = (sure.prediction({"x": sign * x}, single=False) for sign in (1, -1))
    assert one.low == pytest.approx(1 - other.high) and one.high == pytest.approx(1 - other.low)
    assert 0 <= one.low < one.high <= 1


def test_there_is_none_where_the_walk_did_not_end():
    walked = Trainer(LINE, optimizer=GradientDescent(0.01)).fit(SMALL, steps=3)
    with pytest.raises(DataError, match="standard errors hold at a lowest point"):
        Uncertainty(walked)


def test_bounds_that_are_too_far_away():
    with pytest.raises(DataError, match="too far away for a float"):
        Uncertainty(Trainer(LINE).fit(SMALL)).prediction({"x": 1e308}, confidence=0.999)


def test_bounds_far_away_grow_as_the_line_does():
    sure = Uncertainty(Trainer(LINE).fit(SMALL))
    near, far = (sure.prediction({"x": x}) for x in (1e8, 1e308))
    assert [each / 1e300 for each in far] == pytest.approx([*near], rel=1e-7)


def test_standard_units_change_nothing():
    table = Table({"x": [100.0, 101.0, 103.0, 104.0, 107.0], "y": [1.0, 3.5, 6.5, 9.0, 14.0]})
    own, standard = (Uncertainty(Trainer(LINE, standardize=s).fit(table)) for s in (False, True))
    assert standard.errors == pytest.approx(own.errors, rel=1e-9)
    assert standard.prediction({"x": 102.0}) == pytest.approx(own.prediction({"x": 102.0}))


def test_it_does_not_matter_how_the_bottom_was_found():
    walked = Trainer(LINE, optimizer=GradientDescent(0.1)).fit(SMALL, steps=2000)
    exact = Trainer(LINE).fit(SMALL)
    assert Uncertainty(walked).errors == pytest.approx(Uncertainty(exact).errors, rel=1e-9)


@pytest.mark.parametrize(
    ("data", "text", "start", "expected"),
    # value, standard error and p-value, as R's documentation prints them: summary(lm(...)) and
    # summary(nls(...)) of help(cars), help(mtcars) and help(Puromycin)
    [(CARS, "dist = a*speed + b", {},
      {"b": (-17.5791, 6.7584, 0.0123), "a": (3.9324, 0.4155, 1.49e-12)}),
     (MTCARS, "mpg = a*wt + b", {},
      {"b": (37.2851, 1.8776, 2e-16), "a": (-5.3445, 0.5591, 1.29e-10)}),
     (MTCARS, "mpg = a*wt + b*hp + c", {},
      {"c": (37.22727, 1.59879, 2e-16), "a": (-3.87783, 0.63273, 1.12e-06),
       "b": (-0.03177, 0.00903, 0.00145)}),
     (PUROMYCIN, "rate = Vm*conc/(K + conc)", {"Vm": 200, "K": 0.05},
      {"Vm": (212.7, 6.947, 3.24e-11), "K": (0.06412, 0.008281, 1.57e-05)})])
def test_what_r_prints(data, text, start, expected):
    sure = Uncertainty(Trainer(text).fit(classics.table(data), start))
    for name, (value, error, p) in expected.items():
        assert sure.parameters[name] == pytest.approx(value, rel=2e-4)
        assert sure.errors[name] == pytest.approx(error, rel=2e-3)
        if p == 2e-16:
            assert sure.p_value(name) < p  # "<2e-16"
        else:
            assert sure.p_value(name) == pytest.approx(p, rel=5e-3)


def test_intervals_that_r_prints():
    # predict(lm(dist ~ speed), data.frame(speed = 10), interval = ...)
    sure = Uncertainty(Trainer("dist = a*speed + b").fit(classics.table(CARS)))
    assert sure.prediction({"speed": 10}, single=False)[::2] == pytest.approx(
        (21.74499, 15.46192), abs=5e-6)
    assert sure.prediction({"speed": 10})[2:] == pytest.approx((-9.809601, 53.29959), abs=5e-5)
    assert sure.prediction({"speed": 10}, 0.9)[2:] == pytest.approx(
        (-4.577107, 48.067092), abs=5e-6)


LINKS = [
    ("sigmoid(a + b*temperature)", {}, 15.04290165, 7.37863638, 0.10823652),
    ("1/(1 + exp(-(a + b*temperature)))", {}, 15.04290165, 7.37863638, 0.10823652),
    ("1 - 1/(1 + exp(a + b*temperature))", {}, 15.04290165, 7.37863638, 0.10823652),
    ("(1 + tanh((a + b*temperature)/2))/2", {}, 15.04290165, 7.37863638, 0.10823652),
    ("erfc(-(b*temperature + a)/sqrt(2))/2", {"a": 8.8, "b": -0.14},
     8.77495431, 4.02863939, 0.05839326),
    ("1 - exp(-exp(a + b*temperature))", {"a": 12, "b": -0.2}, 12.30255764, 5.8103353, 0.08658574),
    ("1/2 + atan(a + b*temperature)/pi", {"a": 20, "b": -0.3}, 23.18906042, 18.8612545, 0.28824345),
]


@pytest.mark.parametrize(("text", "start", "a", "error_a", "error_b"), LINKS)
def test_every_link_of_the_o_rings(text, start, a, error_a, error_b):
    # statsmodels 0.15, GLM(Binomial(link)) and the inverse of its observed Hessian
    table = columns("challenger", "temperature", "distress")
    sure = Uncertainty(Trainer(f"distress = {text}", "log").fit(table, start))
    assert sure.parameters["a"] == pytest.approx(a, rel=1e-6)
    assert sure.errors == pytest.approx({"a": error_a, "b": error_b}, rel=1e-6)
    assert sure.p_value("b") == pytest.approx(
        math.erfc(abs(sure.parameters["b"]) / error_b / math.sqrt(2)), rel=1e-6)
    for temperature in (31.0, 50.0, 66.0, 81.0):
        bound = sure.prediction({"temperature": temperature}, single=False)
        assert 0 <= bound.low < bound.value <= bound.high <= 1


def test_a_guess_has_a_standard_error_too():
    # the maximum and the inverse Hessian with mpmath, 40 digits
    right = [(-3, 5), (-2, 2), (-1, 4), (0, 4), (1, 11), (2, 11), (3, 12)]  # of 12 each
    table = Table({"x": [float(x) for x, _ in right], "y": [k / 12 for _, k in right],
                   "n": [12.0] * 7})
    trainer = Trainer("y = g + (1 - g)*sigmoid(a + b*x)", "log", weights="n")
    sure = Uncertainty(trainer.fit(table, {"g": 0.25, "a": -0.5, "b": 2.0}))
    assert sure.parameters == pytest.approx(
        {"g": 0.283233104878, "a": -1.28669646428, "b": 2.25726896728}, rel=1e-7)
    assert sure.errors == pytest.approx(
        {"g": 0.0758459881251, "a": 0.955701982058, "b": 0.863687284922}, rel=1e-6)


def test_bounds_of_a_probability_do_not_depend_on_how_it_is_written():
    table = columns("challenger", "temperature", "distress")
    both = [Uncertainty(Trainer(f"distress = {text}", "log").fit(table))
            for text in ("sigmoid(a + b*temperature)", "1/(1 + exp(-(a + b*temperature)))")]
    for temperature in (31.0, 66.0, 300.0):
        one, other = (sure.prediction({"temperature": temperature}, single=False) for sure in both)
        assert one == pytest.approx(other, rel=1e-9)


def test_known_standard_deviations():
    # statsmodels 0.15: WLS with weights 1/sigma**2 and cov_type "fixed scale"; scipy's curve_fit
    # has the same with absolute_sigma
    sigma = [0.1, 0.2, 0.1, 0.3, 0.2]
    table = Table({"x": [1.0, 2.0, 3.0, 4.0, 5.0], "y": [1.1, 1.9, 3.2, 3.8, 5.3],
                   "w": [s**-2 for s in sigma]})
    trainer = Trainer("y = a + b*x", weights="w").fit(table)
    sure = Uncertainty(trainer, known_spread=True)
    assert sure.errors == pytest.approx({"a": 0.12969246, "b": 0.04804336}, rel=1e-6)
    assert sure.chi_squared == pytest.approx(3.2498465316144887)
    assert sure.p_value("a") == pytest.approx(7.65190835e-1, rel=1e-6)
    assert sure.p_value("b") == pytest.approx(3.01432870e-103, rel=1e-6)
    z = NormalDist().inv_cdf(0.975)
    assert sure.interval("b").high == pytest.approx(sure.parameters["b"] + z * sure.errors["b"])
    mean, row = (sure.prediction({"x": 6.0}, single=single) for single in (False, True))
    assert row.error == pytest.approx(math.hypot(mean.error, 1.0))  # a row of sigma 1
    again = sure.prediction({"x": 6.0}, weight=0.3**-2)
    assert again.error == pytest.approx(math.hypot(mean.error, 0.3))
    estimated = Uncertainty(trainer)
    ratio = math.sqrt(sure.chi_squared / 3)
    assert estimated.errors["a"] == pytest.approx(ratio * sure.errors["a"])
    with pytest.raises(DataError, match="the weight of a new row must be above 0"):
        sure.prediction({"x": 6.0}, weight=0.0)
    with pytest.raises(DataError, match="a known spread is for the squared loss"):
        Uncertainty(Trainer("y = sigmoid(a*x)", "log").fit(
            Table({"x": [1.0, 2.0, 3.0], "y": [0.0, 1.0, 0.0]})), known_spread=True)


@pytest.mark.parametrize(
    ("formula", "slopes"),
    [("Vm/K", lambda v, k: (1 / k, -v / k**2)), ("log(Vm)", lambda v, k: (1 / v, 0)),
     ("Vm*0.1/(K + 0.1)", lambda v, k: (0.1 / (k + 0.1), -v * 0.1 / (k + 0.1) ** 2)),
     ("3*K - Vm + 7", lambda v, k: (-1, 3)), ("5 + 0*K", lambda v, k: (0, 0))])
def test_error_propagation_by_slopes_that_were_found_by_hand(formula, slopes):
    trainer = Trainer("rate = Vm*conc/(K + conc)").fit(
        classics.table(PUROMYCIN), {"Vm": 200, "K": 0.05})
    sure = Uncertainty(trainer)
    v, k = sure.parameters["Vm"], sure.parameters["K"]
    (vv, vk), (_, kk) = sure.covariance
    g, h = slopes(v, k)
    found = sure.derived(formula)
    assert found.error == pytest.approx(math.sqrt(g * g * vv + 2 * g * h * vk + h * h * kk))
    assert found.high - found.value == pytest.approx(2.228139 * found.error)  # t, 10 freedom
    assert found.value == pytest.approx(eval(formula, {"Vm": v, "K": k, "log": math.log}))


def test_a_derived_prediction_is_the_prediction():
    sure = Uncertainty(Trainer("dist = a*speed + b").fit(classics.table(CARS)))
    assert sure.derived("a*10 + b")[:4] == pytest.approx(
        sure.prediction({"speed": 10}, single=False))


@pytest.mark.parametrize(
    ("formula", "error", "message"),
    [("speed*a", FormulaError, "speed in .* is not a parameter; there are a, b"),
     ("a/(b - b)", DataError, "no standard error"), ("log(b)", DataError, "no standard error"),
     ("a +", FormulaError, "cannot read")])
def test_formulas_of_parameters_that_have_no_error(formula, error, message):
    sure = Uncertainty(Trainer("dist = a*speed + b").fit(classics.table(CARS)))
    with pytest.raises(error, match=message):
        sure.derived(formula)


@pytest.mark.parametrize(
    ("text", "features", "start"),
    [("dist = a*speed**b", {"speed": 0.0}, {"a": 1.0, "b": 1.2}),
     ("dist = c*sqrt(2*speed/g)", {"speed": 0.0}, None)])
def test_where_a_slope_would_be_0_times_infinity_it_is_0(text, features, start):
    text = text.replace("c*", "")
    sure = Uncertainty(Trainer(text).fit(classics.table(CARS), start or {"g": 0.1}))
    mean = sure.prediction(features, single=False)
    assert mean == (0.0, 0.0, 0.0, 0.0)
    assert sure.prediction(features).error == pytest.approx(sure.residual_spread)


def test_where_there_is_no_slope_there_is_no_interval():
    table = Table({"x": [0.0, 1.0, 2.0, 3.0], "y": [0.1, 1.0, 2.1, 2.9]})
    sure = Uncertainty(Trainer("y = a*x + b*where(x - 5, log(x - 7), 1)").fit(table))
    with pytest.raises(ValueError, match="not defined"):
        sure.prediction({"x": 6.0})


def test_the_way_back_from_a_logarithm():
    table = classics.table(CARS)
    sure = Uncertainty(Trainer("log(dist) = a*log(speed) + b").fit(table))
    there = sure.prediction({"speed": 10.0}, single=False)
    found = sure.way_back(there)
    assert found[::2] == pytest.approx((math.exp(there.value), math.exp(there.low)))
    assert found.error == pytest.approx(math.exp(there.value) * there.error)
    falling = Uncertainty(Trainer("1/dist = a*(1/speed) + b").fit(table))
    there = falling.prediction({"speed": 10.0}, single=False)
    value, _, low, high = falling.way_back(there)
    assert low < value < high and low == pytest.approx(1 / there.high)
    with pytest.raises(DataError, match="is not between the bounds"):
        falling.way_back(falling.prediction({"speed": 25.0}))  # 1/dist may be below 0


def test_off_the_bottom_no_parameter_is_blamed():
    stuck = Trainer("y = a + b*exp(-c*x)", optimizer=GradientDescent(1e-9))
    stuck.fit(SMALL, {"a": 2.0, "b": 1.0, "c": 1e6}, steps=2)
    with pytest.raises(DataError, match="standard errors hold at a lowest point"):
        Uncertainty(stuck)


def test_a_parameter_at_its_bound_has_no_error_and_lends_none():
    table = Table({"x": [1.0, 2.0, 3.0, 4.0], "y": [1.1, 1.9, 3.2, 3.8]})
    alone = Uncertainty(Trainer("y = a*x").fit(table))
    both = Trainer("y = a*x + b", optimizer=GradientDescent(1e-9)).fit(
        table, {"a": alone.parameters["a"], "b": 0.0}, steps=0)
    both.at_bounds = {"b": 0.0}

    class AtTheBottom(type(both)):
        at_the_bottom = True

    both.__class__ = AtTheBottom
    sure = Uncertainty(both)
    assert sure.errors == pytest.approx(alone.errors) and sure.freedom == alone.freedom
    assert sure.prediction({"x": 7.0}) == pytest.approx(alone.prediction({"x": 7.0}))
    assert sure.derived("a + b")[:4] == pytest.approx(alone.derived("a")[:4])
    for question in (sure.interval, sure.p_value):
        with pytest.raises(DataError, match="b was not estimated: it is fixed, or at its bound"):
            question("b")


def estimates(text, place, loss="squared", covariance=None, **spread):
    """Parameters whose standard errors are 0.2 each, unless a covariance is given."""
    covariance = covariance or [[0.04 * (i == j) for j in range(len(place))]
                                for i in range(len(place))]
    return Estimates(Model(text), LOSSES[loss], place, [*place], covariance, **spread)


def test_names_may_be_written_in_any_form():
    sure = estimates("y = \u00b5*gr\u00f6\u00dfe", {"\u03bc": 3.0})  # a keyboard's sign for micro
    assert sure.interval("\u00b5") == sure.interval("\u03bc")
    assert sure.prediction({"gro\u0308\u00dfe": 2.0}).value == 6.0  # an o, and two dots


def test_a_spread_that_is_not_given_is_1_and_normal():
    sure = estimates("y = a*x", {"a": 0.3})
    assert sure.prediction({"x": 2.0}).error == pytest.approx(math.hypot(0.4, 1.0))
    assert sure.p_value("a") == pytest.approx(math.erfc(1.5 / math.sqrt(2)), rel=1e-12)
    assert estimates("y = a*x", {"a": 0.0}).p_value("a") == 1.0
    assert estimates("y = a*x", {"a": 0.0}, covariance=[[0.0]]).p_value("a") == 1.0
    assert estimates("y = a*x", {"a": 0.0}, freedom=3.0).p_value("a") == 1.0
    far = estimates("y = a*x", {"a": 1e300}, covariance=[[1e-200]], freedom=1.0)
    # a t that is too large for a float counts as 1e300
    assert far.p_value("a") == pytest.approx(2 / math.pi * 1e-300, rel=1e-9, abs=0)


def test_what_follows_from_parameters_without_errors_has_none():
    sure = Estimates(Model("y = a*x"), LOSSES["squared"], {"a": 3.0}, [], [])
    assert sure.derived("2*a") == (6.0, 0.0, 6.0, 6.0, {})
    assert sure.prediction({"x": 5.0}, single=False) == (15.0, 0.0, 15.0, 15.0)


def test_a_formula_may_be_given_as_a_value_and_only_its_own_slopes_are_told():
    a, b = symbols("a b")
    sure = estimates("y = a*x + b", {"a": 3.0, "b": 1.0})
    found = sure.derived(a**2)
    assert found.error == pytest.approx(6 * 0.2) and [*found.slopes] == ["a"]
    assert sure.derived(b)[:4] == sure.derived("b")[:4]


@pytest.mark.parametrize("x", [60.0, 700.0])
def test_near_1_the_log_odds_of_a_simplified_formula_are_known(x, monkeypatch):
    """1 - exp(-x) is 1 in floats; its log-odds are about x, and their error 0.2*x."""
    sure = estimates("y = 1 - exp(-a*x)", {"a": 1.0}, "log")
    assert sure._odds_at([x], 1.0) == pytest.approx((x, 0.2 * x))
    nodes = len(inputs_first(sure.model.prediction))
    for longest, known in ((nodes + 1, True), (nodes, False)):  # longer ones are not simplified
        monkeypatch.setattr(chapter, "LONGEST_CHANCE", longest)
        sure = estimates("y = 1 - exp(-a*x)", {"a": 1.0}, "log")
        if known:
            assert sure._odds_at([x], 1.0)[0] == pytest.approx(x)
        else:
            with pytest.raises(DataError, match=r"^the probability is 1, which has no log-odds$"):
                sure.prediction({"x": x}, single=False)


@pytest.mark.parametrize("x", [0.25, 2.0, 3.75])
def test_without_log_odds_the_slopes_of_the_probability_tell_as_much(x):
    sure, other = (estimates("y = a*x", {"a": 0.25}, "log") for _ in range(2))

    def fails(_):
        raise ValueError("no value")

    other._odds = SimpleNamespace(value=fails)
    assert other.prediction({"x": x}, single=False) == pytest.approx(
        sure.prediction({"x": x}, single=False))
    for certain in (0.0, 4.0):
        with pytest.raises(DataError, match=f"^the probability is {certain / 4:g}, which has no l"):
            other.prediction({"x": certain}, single=False)


@pytest.mark.parametrize("ends", [(2.0, 2.0, 2.0), (-1.0, -2.0, 3.0), (-1.0, -3.0, -2.0)])
def test_the_way_back_may_end_where_it_began(ends):
    """sqrt(y) is not below 0, so that what was predicted below it leads back to 0."""
    sure = estimates("sqrt(y) = a*x", {"a": 1.0})
    value, low, high = (max(z, 0.0) ** 2 for z in ends)
    assert sure.way_back(Interval(ends[0], 0.0, *ends[1:])) == (value, 0.0, low, high)


@pytest.mark.parametrize(("error", "fits"), [(4e307, True), (5e307, False)])
def test_an_interval_is_not_longer_than_a_float(error, fits):
    sure = estimates("y = a*x", {"a": 0.0}, covariance=[[0.0]])
    if fits:
        assert sure._interval(0.0, error, 0.95).high == pytest.approx(1.959964 * error)
    else:
        with pytest.raises(DataError, match=r"^the bounds are too far away for a float$"):
            sure._interval(0.0, error, 0.95)


def test_a_variance_that_is_too_large():
    sure = estimates(LINE, {"slope": 1.0, "intercept": 0.0}, covariance=[[1e308] * 2] * 2)
    with pytest.raises(DataError, match=r"^the bounds are too far away for a float$"):
        sure.prediction({"x": 1.0}, single=False)


def test_what_is_fixed_has_no_error_and_lends_none():
    fixed = Uncertainty(Trainer("y = a*x + b", fixed={"b": 0.5}).fit(SMALL))
    alone = Uncertainty(Trainer("y - 0.5 = a*x").fit(SMALL))
    assert fixed.errors == pytest.approx(alone.errors) and fixed.freedom == 3
    value, *others = fixed.prediction({"x": 7.0})
    assert value - 0.5 == pytest.approx(alone.prediction({"x": 7.0}).value)
    assert others[0] == pytest.approx(alone.prediction({"x": 7.0}).error)
    assert fixed.derived("a + b").value == pytest.approx(alone.parameters["a"] + 0.5)


def test_as_many_rows_as_parameters_if_the_spread_is_known():
    sure = Uncertainty(Trainer("y = a*x + b").fit({"x": [0.0, 1.0], "y": [3.0, 5.0]}), True)
    assert sure.errors == pytest.approx({"a": math.sqrt(2), "b": 1.0})  # y[1] - y[0], and y[0]
    assert (sure.chi_squared, sure.freedom, sure.residual_spread) == (0.0, 0, 1.0)
    assert Uncertainty(Trainer(LINE).fit(SMALL)).chi_squared is None


def test_errors_that_leave_the_floats_and_their_squares():
    xs = [-1e-160, -1e-160, 1e-160, 1e-160]
    signs = [1.0, -1.0, 1.0, -1.0]
    found = Uncertainty(Trainer("y = a*x").fit({"x": xs, "y": signs}))
    assert found.errors["a"] == pytest.approx(math.sqrt(1 / 3) * 1e160)  # sqrt(4/3)/sqrt(4e-320)
    with pytest.raises(DataError, match=r"^the standard errors are too large for a float: scale"):
        Uncertainty(Trainer("y = a*x").fit({"x": xs, "y": [1e150 * sign for sign in signs]}))
    xs, ys = [1e30, 2e30, 3e30], [1e-140, 2e-140, 2e-140]  # a = 11/14, left 3/14, (1 5 -5)/14
    error = Uncertainty(Trainer("y = a*x").fit({"x": xs, "y": ys})).errors["a"]
    assert error == pytest.approx(math.sqrt((9 + 36 + 25) / 14**2 / 2 / 14) * 1e-170)


@pytest.mark.parametrize(("bend", "fits"), [
    (3.9e-5, False), (chapter.FLAT * 10 * 4.0, True), (4.1e-5, True)])
def test_a_bend_without_a_slope(bend, fits):
    """Of 10 rows whose mean loss bends by 4, all but a millionth is the bend of the prediction."""
    surface = SimpleNamespace(parameters=["a"], weight=10, bend=lambda _: (0.0, [0.0], [[4.0]]))
    trainer = SimpleNamespace(surface=surface, parameters={"a": 1.0})
    if fits:
        chapter._check_slopes(trainer, [[bend]])
    else:
        with pytest.raises(DataError, match=r"^the prediction has no slope by a at this place, a"):
            chapter._check_slopes(trainer, [[bend]])


def test_a_square_that_would_have_to_be_below_0_has_no_slope():
    trainer = Trainer("y = a**2*x").fit({"x": [1.0, 2.0, 3.0], "y": [-2.0, -3.0, -5.0]})
    assert trainer.at_the_bottom and trainer.parameters["a"] == pytest.approx(0.0, abs=1e-9)
    with pytest.raises(DataError, match=r"^the prediction has no slope by a at this place, and er"):
        Uncertainty(trainer)


@pytest.mark.parametrize(("text", "xs", "told"), [
    ("y = a + b", [1.0, 2.0], "the data cannot tell the parameters a, b apart: leave one out"),
    ("y = a + 0*b", [1.0, 2.0], "b does not matter for these data: leave it out"),
    ("y = a*x + b", [1e-6, 2e-6], ""), ("y = a*x", [1.7e308, 1.7e308], ""),
    ("y = a*x**400", [1e9, 1.0], "")])
def test_parameters_too_many_for_any_place(text, xs, told):
    model, columns = Model(text), Table({"x": xs, "y": xs})
    place = dict.fromkeys(model.parameters(["x"]), 1.0)
    stopped = SimpleNamespace(model=model, table=columns, parameters=place)
    assert chapter._too_many(stopped) == told


def test_what_is_apart_by_a_billionth_only_is_a_combination():
    assert chapter._is_apart([[1.0, 0.0]], [1.0, 1e-9]) is False


@pytest.mark.parametrize(("matrix", "words"), [
    ([[1.0, 2.0], [2.0, 1.0]], "cannot tell the parameters a, b apart"),  # on the diagonal -1/3
    ([[1, 2, 3], [2, 1, 1], [3, 1, 1]], "cannot tell the parameters a, b, c apart"),  # 0, 8, 3
    ([[1.0, 1.0], [1.0, 1.0]], "the data cannot tell the parameters a, b apart"),
    ([[1.0, 0.0], [0.0, 0.0]], "^b does not matter for these data: leave it out$"),
    ([[1, 0], [0, 0]], "^b does not matter for these data: leave it out$")])
def test_bends_of_which_there_are_no_errors(matrix, words):
    matrix = [[x if isinstance(x, float) else Fraction(x) for x in row] for row in matrix]
    with pytest.raises(DataError, match=words):
        chapter._inverse(matrix, "abc"[:len(matrix)])


@pytest.mark.parametrize("matrix", [[[4.0, 0.0], [0.0, 9.0]], [[2.0, 1.0], [1.0, 8.0]],
                                    [[1e-200, 0.0], [0.0, 1e200]]])
def test_the_inverse_of_bends_in_any_units(matrix):
    (a, b), (_, d) = matrix
    found = chapter._inverse(matrix, "ab")
    assert found == [pytest.approx([d / (a * d - b * b), -b / (a * d - b * b)]),
                     pytest.approx([-b / (a * d - b * b), a / (a * d - b * b)])]
    assert chapter._size(Fraction(0)) == 0
