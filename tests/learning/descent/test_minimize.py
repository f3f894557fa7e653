"""Any formula, any optimizer: known minima, the same steps by every method, and what is refused."""

import math
import pickle

import pytest

from mathlab import Value, absolute, cos, exp, log, sqrt, symbols
from mathlab.errors import DataError, DivergenceError, DomainError, FormulaError
from mathlab.learning.descent.batches import MiniBatches
from mathlab.learning.descent.line_search import BFGS
from mathlab.learning.descent.minimize import minimize
from mathlab.learning.descent.optimizers import OPTIMIZERS, Adam, GradientDescent, Momentum, look
from mathlab.learning.descent.second_order import LevenbergMarquardt, Newton

X, Y = symbols("x y")
ROSENBROCK = (1 - X) ** 2 + 100 * (Y - X**2) ** 2
START = {X: -1.2, Y: 1.0}

# Formula, start, the place of its minimum, and how high it is there: all from the literature.
KNOWN = [
    (ROSENBROCK, START, {"x": 1, "y": 1}, 0),
    ((X + 2 * Y - 7) ** 2 + (2 * X + Y - 5) ** 2, {X: 0, Y: 0}, {"x": 1, "y": 3}, 0),  # Booth
    ((X**2 + Y - 11) ** 2 + (X + Y**2 - 7) ** 2, {X: 3.5, Y: 2}, {"x": 3, "y": 2}, 0),  # Himmelblau
    (X - 2 * log(X), {X: 3.0}, {"x": 2}, 2 - 2 * math.log(2)),
    (-cos(X) - Y * exp(-Y), {X: 0.5, Y: 0.5}, {"x": 0, "y": 1}, -1 - math.exp(-1))]


@pytest.mark.parametrize(("formula", "start", "place", "height"), KNOWN)
@pytest.mark.parametrize("optimizer", [None, Newton(), LevenbergMarquardt()])
def test_known_minima(formula, start, place, height, optimizer):
    found = minimize(formula, start, optimizer)
    assert found.parameters == pytest.approx(place, abs=1e-6)
    assert found.loss == pytest.approx(height, abs=1e-9)
    assert found.at_the_bottom and found.ended


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_goes_down_any_formula(name):
    found = minimize(X**2 + 2 * Y**2 + 1, {X: 3.0, Y: -1.0}, OPTIMIZERS[name](), steps=50)
    assert len(found.history) <= 51
    assert 1 <= found.loss < 0.6 * found.history[0].loss == 0.6 * 12


@pytest.mark.parametrize("method", ["numeric", "backward"])
def test_the_methods_take_the_same_steps(method):
    compiled, other = (minimize(ROSENBROCK, START, GradientDescent(1e-3), 20, method=m).history
                       for m in ("compiled", method))
    for one, two in zip(compiled, other, strict=True):
        assert one.position == pytest.approx(two.position, rel=1e-9)


def test_the_page_by_hand():
    found = minimize(X**2, {"x": 3.0}, GradientDescent(0.25), steps=3)
    assert [step.position for step in found.history] == [(3.0,), (1.5,), (0.75,), (0.375,)]
    assert [step.loss for step in found.history] == [9.0, 2.25, 0.5625, 0.140625]
    assert not found.at_the_bottom and not found.ended
    found.resume(1)
    assert found.history[-1].position == (0.1875,)


def test_a_value_that_is_not_named_in_the_start_keeps_its_number():
    a = Value(4.0, "a")
    assert minimize((X - a) ** 2, {X: 0.0}).parameters == pytest.approx({"x": 4.0})
    assert minimize((X - a) ** 2, {X: 1.0, a: 0.0}).loss == pytest.approx(0, abs=1e-12)
    assert a.data == 4.0


def test_a_kink_is_the_bottom_if_the_walk_ended_there():
    found = minimize(absolute(X - 3) + absolute(Y) / 2, {X: 0.5, Y: 0.7})
    assert found.parameters == pytest.approx({"x": 3, "y": 0}, abs=1e-6)
    assert found.at_the_bottom
    assert not minimize(absolute(X), {X: 5.0}, GradientDescent(0.1), steps=3).at_the_bottom


class Walks:
    """An optimizer of a reader's own, without anything but `walk`."""

    def walk(self, surface, start):
        for k in range(4):
            yield look(surface, [p / 2**k for p in start])


def test_an_optimizer_of_ones_own():
    found = minimize(X**2 + Y**2, {X: 8.0, Y: 16.0}, Walks())
    assert found.parameters == {"x": 1.0, "y": 2.0} and found.ended
    assert minimize(X**2, {X: 8.0}, MiniBatches(Walks())).parameters == {"x": 1.0}


class Stands:
    def walk(self, surface, start):
        while True:
            yield look(surface, start)


def test_without_a_word_there_are_1000_steps():
    assert len(minimize(X**2, {X: 1.0}, Stands()).history) == 1001


def test_a_formula_that_falls_below_0_and_rises_again_has_not_run_away():
    found = minimize(cos(X) - 1, {X: 0.1}, Adam(0.5), steps=200)  # 0 - 0.005, to -2 and about it
    assert found.loss == pytest.approx(-2, abs=1e-4)
    hills = minimize(X**3 - X**2 + Y, {X: 0.0, Y: 0.0}, Momentum(0.1), steps=4)
    assert hills.history[0].loss == 0 > hills.loss


class Overshoots:
    def walk(self, surface, start):
        for place in (0.0, -1.0, 2.0, -1.5):
            yield look(surface, [place])


def test_a_rise_is_measured_by_how_far_it_went_down_before():
    assert minimize(X**3, {X: 0.0}, Overshoots()).parameters == {"x": -1.5}


@pytest.mark.parametrize(
    ("formula", "start", "options", "error", "message"),
    [(3.0, START, {}, FormulaError, "made of Values, not 3.0"),
     ("x**2", START, {}, FormulaError, "made of Values, not 'x"),
     (ROSENBROCK, {X: 1.0}, {}, FormulaError, "has no start for y: minimize"),
     (Value(3.0) + 1, {}, {}, FormulaError, "has no start for any of its inputs"),
     (ROSENBROCK, {**START, "z": 1.0}, {}, DataError, "no parameter 'z' to start at; it has x"),
     ((X - Value(3.0))**2, {"z": 1.0}, {}, DataError, "no parameter 'z' to start at; it has x$"),
     (ROSENBROCK, {X: 1.0, 3: 1.0}, {}, DataError, "no parameter 3 to start at"),
     (ROSENBROCK, {X: math.nan, Y: 1.0}, {}, DataError, "x must start at a finite number, not"),
     (ROSENBROCK, {X: "1", Y: 1.0}, {}, DataError, "x must start at a finite number"),
     (ROSENBROCK, [1.0, 2.0], {}, FormulaError, "a start is a dict"),
     (ROSENBROCK, START, {"steps": -1}, FormulaError, "number of steps must be 0, 1, 2"),
     (ROSENBROCK, START, {"optimizer": BFGS}, FormulaError, "such as Adam"),
     (ROSENBROCK, START, {"method": "magic"}, FormulaError, "no method 'magic'; choose from"),
     (ROSENBROCK, START, {"method": "numeric", "optimizer": Newton()}, FormulaError,
      "Newton goes by second derivatives, and the method 'numeric' finds none"),
     (log(X), {X: -1.0}, {}, DomainError, r"step 0 of the walk, at \{'x': -1.0\}: log"),
     (sqrt(X), {X: 0.0}, {}, DomainError, r"sqrt\(0.0\) has no slope"),
     (exp(X), {X: 1e3}, {}, DataError, r"formula is inf .*\{'x': 1000.0\}; start elsewhere$"),
     (X**4, {X: 3.0}, {"optimizer": GradientDescent(1.0)}, DivergenceError,
      "the formula grew from 81 .* the learning rate 1 .* or take smaller steps")])
def test_what_is_refused(formula, start, options, error, message):
    with pytest.raises(error, match=message) as refusal:
        minimize(formula, start, **options)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(("f", "start"),
                         [(lambda x, y: -(x**2), {"x": 0.0}),  # a summit
                          (lambda x, y: x**2 - y**2, {"x": 1.0, "y": 0.0}),  # a pass
                          (lambda x, y: x**3, {"x": 1.0}),  # a terrace
                          (lambda x, y: 1 / x, {"x": 1.0}),  # down for ever
                          (lambda x, y: exp(-x), {"x": 1.0})])
def test_what_is_not_a_bottom_is_not_called_one(f, start):
    assert not minimize(f(*symbols("x y")), start).at_the_bottom


def test_a_walk_down_a_formula_is_pickled():
    (x,) = symbols("x")
    first = minimize((x - 1) ** 2, {x: 0.0})
    walk = pickle.loads(pickle.dumps(first))
    assert walk.surface.evaluations == first.surface.evaluations > 1
    assert walk.parameters == {"x": 1.0}
    assert walk.at_the_bottom
    steps = len(walk.history)
    walk.follow(9)  # a copy has no steps of its own before it is resumed
    assert walk.ended and len(walk.history) == steps
