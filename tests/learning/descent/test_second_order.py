"""Damped walks: where they end, that they never go up, and what stops them."""

import math
from itertools import islice, pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

import lessons
from mathlab import cos, cosh, erfc, exp, log, softplus
from mathlab.calculus.graph.value import symbols
from mathlab.errors import DataError, DomainError, FormulaError
from mathlab.learning.data.table import Table
from mathlab.learning.descent import second_order
from mathlab.learning.descent.descent import Step
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


# Equivalent to: the steps as a textbook has them, for two parameters


def banana(x, y):
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2 + 1


def banana_slopes(x, y):
    return [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)]


def banana_bends(x, y):
    return [[2 - 400 * y + 1200 * x * x, -400 * x], [-400 * x, 200]]


def plain_newton(start, first_damping=1e-3):
    """Newton's steps, damped as H. B. Nielsen has it, in units of the parameters."""
    place, units, damping = start, [abs(p) or 1.0 for p in start], None
    while True:
        yield place
        units = [max(abs(p), 0.8 * u) for p, u in zip(place, units, strict=True)]
        (u, v), (g, h) = units, banana_slopes(*place)
        g, h = g * u, h * v
        ((a, b), (_, d)) = banana_bends(*place)
        a, b, d = a * u * u, b * u * v, d * v * v
        damping, growth = damping or first_damping * max(abs(a), abs(d)), 2
        while True:
            size = (a + damping) * (d + damping) - b * b
            s, t = (b * h - (d + damping) * g) / size, (b * g - (a + damping) * h) / size
            there = [place[0] + u * s, place[1] + v * t]
            if g * s + h * t < 0 and banana(*there) < banana(*place):
                break
            damping, growth = damping * growth, 2 * growth
        promised = -(g * s + h * t) - (a * s * s + 2 * b * s * t + d * t * t) / 2
        kept = (banana(*place) - banana(*there)) / promised
        damping *= max(1 / 3, 1 - (2 * kept - 1) ** 3)
        place = there


@pytest.mark.parametrize("start", [[-1.2, 1.0], [0.0, 0.0], [3.0, -2.0], [0.5, 5.0], [-4.0, 0.1]])
def test_the_steps_are_those_of_the_textbook(start):
    x, y = symbols("x y")
    surface = FormulaSurface((1 - x)**2 + 100*(y - x**2)**2 + 1, [x, y])
    steps = [*islice(Newton().walk(surface, start), 12)]
    assert len(steps) > 6
    for step, place in zip(steps, plain_newton(start), strict=False):
        assert step.position == pytest.approx(place, rel=1e-7, abs=1e-9)
        assert step.loss == pytest.approx(banana(*place))


@pytest.mark.parametrize("first_damping", [1e-3, 1.0, 50.0])
def test_the_first_step_is_as_short_as_it_is_asked_to_be(first_damping):
    """y = a*x: bends of 2*mean(x**2) = 5, and in units of 1 the step is 2*mean(x*y)/(5*(1 + d))."""
    surface = LossSurface(Model("y = a*x"), Table({"x": [1.0, 2.0], "y": [3.0, 4.0]}))
    _, step = islice(LevenbergMarquardt(first_damping).walk(surface, [0.0]), 2)
    assert step.position == pytest.approx([11 / (5 * (1 + first_damping))])


@pytest.mark.parametrize("wrong", [0.0, -1.0, math.inf, math.nan])
def test_a_damping_that_cannot_be(wrong):
    with pytest.raises(FormulaError, match="first damping"):
        LevenbergMarquardt(wrong)


@pytest.mark.parametrize(("damping", "largest", "found"), [
    (1.0, 64.0, [1, 2, 8, 64]), (1.0, 63.9, [1, 2, 8]), (3.0, 2.0, []), (2.0, 2.0, [2]),
    (1e308, math.inf, [1e308])])
def test_how_a_damping_grows(damping, largest, found):
    assert [*second_order._growing(damping, largest)] == found


@pytest.mark.parametrize(("bends", "up"), [
    ([[1.0]], True), ([[0.0]], False), ([[-1.0]], False), ([[2.0, 1.0], [1.0, 1.0]], True),
    ([[1.0, 2.0], [2.0, 1.0]], False), ([[1.0, 1.0], [1.0, 1.0]], False),
    ([[1.0, 1.0], [1.0, 1.0 + 1e-14]], True), ([[1.0, 1.0], [1.0, 1.0 + 2e-16]], False),
    ([[2.0, 0.0, 1.0], [0.0, 2.0, 0.0], [1.0, 0.0, 0.4]], False),
    ([[2.0, 0.0, 1.0], [0.0, 2.0, 0.0], [1.0, 0.0, 0.6]], True)])
def test_whether_it_bends_up_every_way(bends, up):
    assert second_order.bends_up(bends) is up


@pytest.mark.parametrize(("bowl", "steepness", "damping", "step"), [
    ([[2.0]], [4.0], 0.0, [-2.0]), ([[2.0]], [4.0], 2.0, [-1.0]), ([[-2.0]], [4.0], 0.0, None),
    ([[-2.0]], [4.0], 2.0, None), ([[-2.0]], [4.0], 6.0, [-1.0]),
    ([[2.0, 1.0], [1.0, 2.0]], [3.0, 3.0], 0.0, [-1.0, -1.0]),
    ([[2.0, 1.0], [1.0, 2.0]], [3.0, 3.0], 3.0, [-0.5, -0.5])])
def test_a_damped_step(bowl, steepness, damping, step):
    found = second_order._step(bowl, steepness, damping)
    assert found == (step and pytest.approx(step))


@pytest.mark.parametrize(("formula", "place", "on"), [
    (lambda x: (x - 3)**2, 1.0, True), (lambda x: (x - 3)**2, 5.0, False),
    (lambda x: (x - 1.0005)**2, 1.0, False), (lambda x: (x - 1.0015)**2, 1.0, True),
    (lambda x: (x + 3)**2, -1.0, True), (lambda x: (x + 0.5)**2, -1.0, False),
    (lambda x: (x - 1000.5)**2, 1000.0, False), (lambda x: (x - 3)**2, 0.0, False),
    (lambda x: log(x), -1.0, False), (lambda x: 2*x, 1.0, False)])
def test_whether_a_walk_would_go_on(formula, place, on):
    (x,) = symbols("x")
    assert second_order.leads_on(FormulaSurface(formula(x), [x]), [place]) is on


@pytest.mark.parametrize(("formula", "rises"), [
    (lambda x: x**2 + 1, True), (lambda x: x + 1, False), (lambda x: -x**2 + 1, False),
    (lambda x: x**2/11 + 1, False), (lambda x: x**2/9 + 1, True),       # a tenth of what is due
    (lambda x: x**2*(1 - 20*x) + 1, True), (lambda x: x**2*log(1 + x)**0 + 1, True)])
def test_whether_it_rises_both_ways(formula, rises):
    """The bend is said to be 2, as that of x**2 + 1."""
    (x,) = symbols("x")
    surface = FormulaSurface(formula(x), [x])
    assert second_order._rises(surface, [0.0], 1.0, 0.5, [0.5]) is rises
    assert not second_order._rises(surface, [0.0], 1.0, 0.0, [0.5])
    assert not second_order._rises(surface, [0.0], 1.0, -0.5, [0.5])


def test_what_is_seen_of_a_bowl():
    x, y = symbols("x y")
    surface = FormulaSurface(3*(x - 1)**2 + (x - 1)*(y - 2) + 2*(y - 2)**2 + 7, [x, y])
    bowl = second_order._bowl(surface, [5.0, 0.5])
    assert bowl.height == pytest.approx(3*16 - 6 + 4.5 + 7)
    assert bowl.step == pytest.approx([-4, 1.5])
    assert bowl.promised == pytest.approx(2 * (bowl.height - 7))
    assert [z for way in bowl.ways for z in way] == pytest.approx([4/23, -1/23, -1/23, 6/23])
    assert second_order._bowl(FormulaSurface(x*y, [x, y]), [1.0, 1.0]) is None
    assert second_order._bowl(FormulaSurface(log(x), [x]), [-1.0]) is None


@pytest.mark.parametrize(("perfect", "bottoms", "derivatives", "walked"), [
    ([1e-3], [], 2, [1e-3]), ([], [1e-3], 2, [1e-3]), ([], [1.0], 2, [1e-3, 1.0]),
    ([1e3], [], 1, [1e-3, 1.0, 1e3]), ([], [], 2, [1e-3, 1.0, 1e3]),
    ([], [], 1, [1e-3, 1.0, 1e3, "BFGS from 1.0", "Newton from 1.0"])])
def test_a_careful_walk_is_tried_again(perfect, bottoms, derivatives, walked, monkeypatch):
    """The walk whose first damping is 1 ends lowest; where the others go on from there."""
    found = []

    def walker(name):
        def walk(surface, start):
            found.append(name if isinstance(name, float) else f"{name} from {start[0]}")
            loss = {1.0: 3.0, "BFGS": 4.0, "Newton": 5.0}.get(name, 7.0)
            yield Step((name if isinstance(name, float) else 1.0,), loss, ())
        return SimpleNamespace(walk=walk)

    losses = {1e-3: 7.0, 1.0: 3.0, 1e3: 7.0}
    monkeypatch.setattr(second_order, "LevenbergMarquardt", walker)
    monkeypatch.setattr(second_order, "BFGS", lambda: walker("BFGS"))
    monkeypatch.setattr(second_order, "Newton", lambda: walker("Newton"))
    monkeypatch.setattr(second_order, "is_bottom", lambda _, position: position[0] in bottoms)
    surface = SimpleNamespace(derivatives=derivatives, is_perfect=lambda loss: (
        len(found) <= 3 and found[-1] in perfect and losses[found[-1]] == loss))
    assert len([*second_order.Careful().walk(surface, [9.0])]) == len(walked)
    assert found == walked


@pytest.mark.parametrize("start", [1.0, 1e6])
def test_a_walk_whose_last_50_steps_gained_a_thousandth_crawls(start):
    """Down 1 + 1/x for ever: Newton's steps make x half as large again. From 1e6 on there is next
    to nothing to gain."""
    (x,) = symbols("x")
    losses = [step.loss for step in Newton().walk(FormulaSurface(1 + 1/x, [x]), [start])]
    crawled = [losses[i] - losses[i + 49] <= 1e-3 * losses[i + 49] for i in range(len(losses) - 49)]
    assert crawled == [False] * (len(losses) - 50) + [True]
    assert (len(losses) == 50) is (start == 1e6)


@pytest.mark.parametrize(("off", "steps"), [(1.4e-8, 1), (1.6e-8, 2)])
def test_a_step_that_promises_less_than_rounding_is_not_taken(off, steps):
    """From 1 + s down (x - 1)**2 + 1 it promises s**2; rounding is 2.2e-16."""
    (x,) = symbols("x")
    surface = FormulaSurface((x - 1)**2 + 1, [x])
    assert len([*islice(Newton().walk(surface, [1 + off]), 5)]) == steps


@pytest.mark.parametrize(("start", "ends"), [
    (3.0, False), (8**0.5, True), (2.5, True), (2.0, True), (1.0, False)])
def test_a_walk_ends_where_the_height_is_from_0_to_the_least(start, ends):
    (x,) = symbols("x")  # 8**0.5 squared is 8.000000000000002: as high as this least
    surface = FormulaSurface(x**2 - 4, [x])
    surface.least = lambda first: surface.height([8**0.5])
    steps = [*Newton().walk(surface, [start])]
    assert (len(steps) == 1) is ends


@pytest.mark.parametrize(("formula", "there", "height", "lower"), [
    (lambda x: x**2, 2.0, 5.0, True), (lambda x: x**2, 2.0, 4.0, False),
    (lambda x: x**2, 2.0, 3.0, False), (lambda x: log(x), -1.0, 9.0, False),
    (lambda x: x**2, 1e200, math.inf, False), (lambda x: x + 1e300*x**2, 1e-9, math.inf, True)])
def test_a_place_is_taken_if_it_is_lower_and_has_slopes_and_bends(formula, there, height, lower):
    (x,) = symbols("x")
    surface = FormulaSurface(formula(x), [x])
    assert (second_order._lower(surface, [there], height, False, None) is not None) is lower
    if lower:
        place, (found, _, _) = second_order._lower(surface, [9.0], height, False, lambda _: [there])
        assert place == [there] and found == surface.height([there])


def test_the_slopes_and_the_bends_have_to_be_finite():
    for slopes, bends in (([1.0], [[math.inf]]), ([math.nan], [[1.0]])):
        surface = SimpleNamespace(bend=lambda *_, found=(slopes, bends): (1.0, *found))
        assert second_order._lower(surface, [0.0], 2.0, False, None) is None


def test_a_bend_along_a_step():
    assert second_order._bend_along([[2.0, 1.0], [3.0, 5.0]], [1.0, 10.0]) == 2 + 10 + 30 + 500


def test_whether_it_leads_on_is_asked_of_gauss_and_newton():
    """Of (4 - a**2)**2 at 0.1: a hill, from which the tangent of a**2 leads to the right."""
    surface = LossSurface(Model("y = a**2"), Table({"y": [4.0, 4.0]}))
    assert second_order.leads_on(surface, [0.1]) and not second_order.leads_on(surface, [3.0])


@pytest.mark.parametrize(("optimizer", "bend"), [(Newton(), 92), (LevenbergMarquardt(), 72)])
def test_newton_has_the_bends_and_gauss_newton_those_of_the_tangent(optimizer, bend):
    """Of (4 - a**2)**2 at 3: the slope is 60, the bend 12*9 - 16; with a tangent for a**2, 8*9."""
    _, steps = walk(optimizer, "y = a**2", {"y": [4.0, 4.0]}, [3.0], most=2)
    assert steps[1].position == (pytest.approx(3 - 60 / (1.001 * bend)),)


@pytest.mark.parametrize(("near", "far", "rises"), [
    (5e-3, 2e-2, True), (2e-4, 5e-4, True), (0.5e-5, 2e-5, True), (0.9e-2, 1.1e-2, True),
    (2e-2, 9e9, False), (5e-4, 5e-3, False), (2e-5, 2e-4, False), (0.0, 0.5e-5, False)])
def test_at_which_distances_a_bowl_is_seen_to_rise(near, far, rises):
    """The bowl x**2 + 1 rises by 1e-4, 1e-7 and 1e-10 of its 1 at 1e-2, 3.2e-4 and 1e-5."""
    surface = SimpleNamespace(height=lambda place: 1 + (
        place[0]**2 if near < abs(place[0]) < far else 0.0))
    assert second_order._rises(surface, [0.0], 1.0, 0.5, [0.5]) is rises


def test_where_nothing_bends_a_step_is_a_thousand_units_long():
    (x,) = symbols("x")
    _, step = islice(Newton().walk(FormulaSurface(x + 7000, [x]), [1.0]), 2)
    assert step.position == (pytest.approx(1 - 1000),)


@pytest.mark.parametrize(("lower", "steps"), [(1e-4, 2), (0.0, 1)])
def test_a_step_that_leads_up_is_made_as_short_as_it_takes(lower, steps):
    """It falls for a ten-thousandth only: by then a step promises less than rounding."""
    surface = SimpleNamespace(least=lambda _: -1.0, bend=lambda place, _: (
        1.0 if place[0] == 1 else 0.5 if 1 - lower < place[0] else 2.0, [1e-6], [[1e-6]]))
    found = [*islice(Newton().walk(surface, [1.0]), 2)]
    assert [step.loss for step in found] == [1.0, 0.5][:steps]


def test_no_linear_parameters_are_sought_in_a_formula():
    (x,) = symbols("x")
    surface = FormulaSurface((x - 3)**2 + 1, [x])
    *_, last = LevenbergMarquardt(follows=True).walk(surface, [0.0])
    assert last.position == (pytest.approx(3),)


@pytest.mark.parametrize("optimizer", [LevenbergMarquardt(), Newton(), second_order.Careful()])
@pytest.mark.parametrize("start", [0.0, 4.0])
def test_a_formula_that_is_not_a_sum_of_squares_goes_on_below_0(optimizer, start):
    """x**2 - 4*x is 0 at 0 and at 4, and lowest at 2."""
    (x,) = symbols("x")
    *_, last = optimizer.walk(FormulaSurface(x**2 - 4*x, [x]), [start])
    assert last.position == (pytest.approx(2),) and last.loss == pytest.approx(-4)


@pytest.mark.parametrize(("here", "there", "bottom"), [
    (None, None, False), ((1.0, 1.1e-6), (1.0, 0.0), False), ((1.0, 0.9e-6), (1.0, 0.0), True),
    ((1.0, 1e-6), (1.0, 1e-7), True), ((1.0, 1e-6), (1.0, 1.1e-7), False),
    ((1.0, 1e-6), None, False), ((1.0, 0.9e-12), None, True), ((1.0, 1e-12), None, True),
    ((1.0, 1.1e-12), None, False), ((-1.0, 0.9e-6), (-1.0, 0.0), True),
    ((1e3, 0.9e-3), (1e3, 0.0), True), ((1e3, 0.9e-9), None, True)])
def test_a_bowl_is_level_and_the_next_one_is_nearer_by_far(here, there, bottom, monkeypatch):
    """What the bowl at 5 promises, and what that at 7 does, of which height; it rises anyway."""
    seen = {5.0: here, 7.0: there}
    monkeypatch.setattr(second_order, "_bowl", lambda _, place: seen[place[0]] and (
        second_order.Bowl(seen[place[0]][0], [2.0], seen[place[0]][1], [[3.0]])))
    rises = []
    monkeypatch.setattr(second_order, "_rises", lambda *given: rises.append(given[1:]) or True)
    assert is_bottom(None, [5.0]) is bottom
    assert rises == ([([5.0], here[0], 3.0, [3.0])] if bottom else [])
