"""Damped walks: where they end, that they never go up, and what stops them."""

import math
from itertools import islice, pairwise
from pathlib import Path

import pytest

import lessons
from mathlab import cos, cosh, erfc, exp, log, softplus
from mathlab.calculus.graph.value import symbols
from mathlab.errors import DataError, DomainError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.line_search import BFGS
from mathlab.learning.descent.minimize import FormulaSurface
from mathlab.learning.descent.second_order import LevenbergMarquardt, Newton, is_bottom
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

CHALLENGER = Path(lessons.__file__).parent / "data" / "challenger.csv"
both = pytest.mark.parametrize("optimizer", [LevenbergMarquardt(), Newton()])
XS = [0.0, 0.5, 1.0, 1.5, 2.0, 2.5]


def walk(optimizer, text, columns, start, loss=None, most=500):
    surface = LossSurface(Model(text), Table(columns), **({"loss": loss} if loss else {}))
    return surface, list(islice(optimizer.walk(surface, start), most))


@both
@pytest.mark.parametrize(
    ("text", "truth", "start"),
    [("y = a*exp(b*x)", {"a": 5.0, "b": -0.7}, [1.0, 0.1]),
     ("y = a*x + b", {"a": 2.0, "b": -1.0}, [0.0, 0.0]),
     ("y = a/(1 + exp(-b*(x - c)))", {"a": 3.0, "b": 2.0, "c": 1.2}, [1.0, 1.0, 1.0]),
     ("y = a*sin(b*x)", {"a": 2.0, "b": 1.1}, [1.0, 0.9])])
def test_they_find_what_the_data_were_made_with(optimizer, text, truth, start):
    ys = [Model(text).prediction.at(**truth, x=x) for x in XS]
    surface, steps = walk(optimizer, text, {"x": XS, "y": ys}, start)
    assert surface.named(steps[-1].position) == pytest.approx(truth, rel=1e-7)
    assert len(steps) < 60
    for before, after in pairwise(steps):
        assert after.loss < before.loss


@both
def test_a_bowl_takes_a_step_or_two(optimizer):
    columns = {"x": XS, "y": [1.0, 2.0, 2.0, 4.0, 4.0, 7.0]}
    _, steps = walk(optimizer, "y = a*x + b", columns, [0.0, 0.0])
    assert len(steps) <= 6  # the first ones are damped a little
    assert steps[-1].slopes == pytest.approx([0.0, 0.0], abs=1e-9)


def test_newton_leaves_a_hill_and_gauss_newton_cannot_see_it():
    # mean of (4 - a**2)**2: a hill at 0, valleys at -2 and 2
    for start, valley in ((0.1, 2.0), (-0.1, -2.0)):
        for optimizer in (Newton(), LevenbergMarquardt()):
            _, steps = walk(optimizer, "y = a**2", {"y": [4.0, 4.0]}, [start])
            assert steps[-1].position == pytest.approx((valley,), rel=1e-9)


def test_on_the_very_top_of_the_hill_no_way_is_down():
    for optimizer in (Newton(), LevenbergMarquardt()):
        _, steps = walk(optimizer, "y = a**2", {"y": [4.0, 4.0]}, [0.0])
        assert [step.position for step in steps] == [(0.0,)]


@both
def test_a_step_to_where_there_is_no_loss_is_not_taken(optimizer):
    ys = [math.log(0.02 + x) for x in XS]
    surface, steps = walk(optimizer, "y = log(a + x)", {"x": XS, "y": ys}, [5.0])
    assert surface.named(steps[-1].position) == pytest.approx({"a": 0.02}, rel=1e-6)


@both
def test_a_start_without_a_loss_is_named(optimizer):
    with pytest.raises(DomainError, match=r"at \{'a': -1.0\}: log\(-1.0\) is not defined"):
        walk(optimizer, "y = log(a)*x", {"x": XS, "y": XS}, [-1.0])


@both
def test_a_start_too_high_for_a_float_is_the_end(optimizer):
    _, steps = walk(optimizer, "y = exp(a*x)", {"x": XS, "y": XS}, [1e4])
    assert len(steps) == 1 and steps[0].loss == math.inf


@both
def test_a_perfect_fit_is_left_alone(optimizer):
    _, steps = walk(optimizer, "y = a*x", {"x": XS, "y": XS}, [1.0])
    assert [step.loss for step in steps] == [0.0]


@both
def test_a_fit_that_can_be_perfect_is_not_polished_for_ever(optimizer):
    columns = {"x": [1.0, 2.0, 3.0], "y": [2.0, 4.0, 6.0]}
    _, steps = walk(optimizer, "y = a*x + b", columns, [0.0, 0.0])
    assert len(steps) < 25
    assert steps[-1].position == pytest.approx((2.0, 0.0), abs=1e-14)


@both
def test_parameters_that_cannot_be_told_apart_do_no_harm(optimizer):
    columns = {"x": XS, "y": [3 * x for x in XS]}
    surface, steps = walk(optimizer, "y = a*x + b*x + 0*c", columns, [0.0, 0.0, 0.0])
    at = surface.named(steps[-1].position)
    assert at["a"] + at["b"] == pytest.approx(3.0, rel=1e-6)


@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e12])
def test_units_do_not_matter(scale):
    ys = [5 * math.exp(-0.7 * x) * scale for x in XS]
    columns = {"x": [x * scale for x in XS], "y": ys}
    surface, steps = walk(
        LevenbergMarquardt(), "y = a*exp(b*x)", columns, [4.0 * scale, -0.5 / scale])
    at = surface.named(steps[-1].position)
    assert at == pytest.approx({"a": 5 * scale, "b": -0.7 / scale}, rel=1e-9)


@pytest.mark.parametrize(("x", "level"), [(0.0, True), (7.0e-4, True), (7.2e-4, False)])
def test_how_level_a_bottom_is(x, level):
    (symbol,) = symbols("x")  # a Newton step promises x**2, and twice that is a millionth of 1
    assert is_bottom(FormulaSurface(symbol**2 + 1, [symbol]), [x]) is level


PLAINS = [  # each falls for ever as x grows; how fast its slope does so differs
    lambda x: exp(-x), lambda x: 1 / x, lambda x: 1 / x**4, lambda x: softplus(-x),
    lambda x: erfc(x / 5), lambda x: 1e-6 * exp(-x), lambda x: 1 / log(x + 3)]


@pytest.mark.parametrize("plain", PLAINS)
@pytest.mark.parametrize("far", [5.0, 14.0, 20.0, 34.8, 100.0, 1e4, 1e8])
@pytest.mark.parametrize("level", [0.0, 1.0, 1e6])
def test_a_plain_that_falls_for_ever_is_not_a_bottom(plain, far, level):
    x, y = symbols("x y")
    bowl = (y - 3)**2 + level  # in another direction there is one
    assert not is_bottom(FormulaSurface(bowl + plain(x), [x, y]), [far, 3.0])


@pytest.mark.parametrize("scale", [1e-30, 1e-6, 1.0, 1e9])
@pytest.mark.parametrize("level", [1e-3, 1.0, 1e10])
@pytest.mark.parametrize("bowl", [lambda x: x**2, lambda x: cosh(x) - 1, lambda x: 1 - cos(x),
                                  lambda x: x**2 / (1 + x**2), lambda x: log(1 + x**2)])
def test_a_bowl_is_a_bottom_wherever_it_stands(bowl, scale, level):
    x, y = symbols("x y")
    surface = FormulaSurface(bowl(x / scale - 7) + (y - 1)**2 + level, [x, y])
    assert is_bottom(surface, [7 * scale, 1.0])


def test_the_infimum_at_infinity_of_two_exponentials_is_not_a_bottom():
    table = Table({"x": [0.0, 1.0, 2.0, 3.0], "y": [1.0, 2.0, 2.5, 1.5]})
    trainer = Trainer("y = a*exp(b*x) + c*exp(d*x)", optimizer=BFGS()).fit(table, steps=1000)
    further = Trainer("y = a*exp(b*x) + c*exp(d*x)", optimizer=LevenbergMarquardt()).fit(
        table, start=trainer.parameters, steps=5000)
    assert not trainer.at_the_bottom or further.best.loss > 0.999 * trainer.best.loss


def test_a_chance_that_grows_to_1_is_not_at_a_bottom():
    """Of the O-rings: the second factor only ever wants to be 1."""
    rows = [line.split(",") for line in CHALLENGER.read_text().split()[1:]]
    table = Table({"t": [float(t) for t, _ in rows], "y": [float(y) for _, y in rows]})
    trainer = Trainer("y = sigmoid(a + b*t)*sigmoid(c)", "log").fit(table)
    assert trainer.parameters["b"] == pytest.approx(-0.232163, abs=1e-5)
    assert not trainer.at_the_bottom
    with pytest.raises(DataError, match="did not come to one"):
        Uncertainty(trainer)
