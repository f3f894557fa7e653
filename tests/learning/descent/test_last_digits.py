"""The bottom, against closed formulas and numbers known to many digits."""

import math
import random
import statistics
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from mathlab.errors import DataError
from mathlab.learning.data.table import Table
from mathlab.learning.descent import last_digits
from mathlab.learning.descent.last_digits import (
    bottom_near,
    goes_exactly,
    is_quadratic,
    refine,
    solve_exactly,
)
from mathlab.learning.descent.second_order import LevenbergMarquardt
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.loss import Loss, log_loss
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

TABLE = Table({"x": [1.0, 2.0, 4.0, 5.5], "y": [2.1, 3.9, 8.3, 10.8]})


def surface(text, table=TABLE, **options):
    return LossSurface(Model(text), table, **options)


def test_the_line_of_the_closed_formula_in_fractions():
    bottom = solve_exactly(surface("y = a*x + b"))
    xs, ys = ([Fraction(str(v)) for v in TABLE[name]] for name in "xy")
    n = len(xs)
    sxy = sum(x * y for x, y in zip(xs, ys, strict=True)) - sum(xs) * sum(ys) / n
    slope = sxy / (sum(x * x for x in xs) - sum(xs) ** 2 / n)
    intercept = (sum(ys) - slope * sum(xs)) / n
    assert bottom.position == [slope, intercept]
    assert all(type(number) is Fraction for row in bottom.bends for number in row)
    residuals = [y - slope * x - intercept for x, y in zip(xs, ys, strict=True)]
    assert bottom.total_loss == sum(r * r for r in residuals)
    assert [float(p) for p in bottom.position] == pytest.approx(
        statistics.linear_regression(TABLE["x"], TABLE["y"]))


def test_numbers_in_the_formula_are_taken_at_their_decimals():
    assert solve_exactly(surface("y = 0.1*a", Table({"y": [1.0, 2.0]}))).position == [15]


PI = Decimal("3.141592653589793238462643383279502884197169399375105820974944592")


def test_pi_has_as_many_digits_as_are_asked_for():
    (a,) = bottom_near(surface("y = a*pi*x"), [0.63]).position
    xs, ys = ([Decimal(str(v)) for v in TABLE[name]] for name in "xy")
    with localcontext(prec=50):
        exact = sum(x * y for x, y in zip(xs, ys, strict=True)) / (PI * sum(x * x for x in xs))
    assert abs(a - exact) < Decimal("1e-27")


def test_a_parameter_that_is_0_at_the_bottom():
    # the sinh of these x add up to 0, and so do the y: c, their mean, is 0
    table = Table({"x": [-2.0, -1.0, 0.0, 1.0, 2.0], "y": [-3.5, -1.2, 0.1, 1.2, 3.4]})
    walk = LevenbergMarquardt().walk(odd := surface("y = a*sinh(b*x) + c", table), [1.0, 1.0, 1.0])
    *_, last = walk
    bottom = bottom_near(odd, last.position)
    assert abs(bottom.position[odd.parameters.index("c")]) < Decimal("1e-24")


def test_a_season_in_the_formula():
    # y = a + b*cos(2*pi*x/12) at the quarters of a year: the cosines are 1, 0, -1, 0
    table = Table({"x": [0.0, 3.0, 6.0, 9.0], "y": [7.0, 4.5, 2.0, 4.3]})
    bottom = bottom_near(surface("y = a + b*cos(2*pi*x/12)", table), [4.4, 2.45])
    a, b = bottom.position
    assert abs(a - Decimal("4.45")) < Decimal("1e-27")  # the mean
    assert abs(b - Decimal("2.5")) < Decimal("1e-27")  # half the difference of summer and winter


@pytest.mark.parametrize(("text", "quadratic"),
                         [
                             ("y = a*x + b", True),
                             ("y = a*x**2 + b*x + c", True),
                             ("y = (a + b*x)/3", True),
                             ("y = a/x", True),
                             ("y = a*log(x)", False),  # not arithmetic alone
                             ("y = a**2*x", False),
                             ("y = a*b*x", False),
                             ("y = a/b", False),
                             ("y = exp(a)", False),
                             ("y = absolute(a)", False),
                             ("y = a*pi*x", False),  # pi is no fraction
                         ])
def test_what_is_a_bowl(text, quadratic):
    assert is_quadratic(surface(text)) == quadratic
    assert (solve_exactly(surface(text)) is not None) == quadratic


@pytest.mark.parametrize(
    ("text", "table", "name"),
    [("y = a*x + b*x", TABLE, "b"),
     ("y = a*x + b + c", TABLE, "c"),
     ("y = a*x + b*z + c", Table({"x": [1.0, 2.0], "z": [3.0, 3.0], "y": [1.0, 2.0]}), "c"),
     ("y = a + b*x + c*x**2", Table({"x": [1.0, 2.0], "y": [3.0, 4.0]}), "c"),  # two rows
     ("y = a*z", Table({"z": [0.0, 0.0], "y": [3.0, 4.0]}), "a")])
def test_what_cannot_be_told_apart_is_named(text, table, name):
    with pytest.raises(DataError, match=f"the data cannot tell {name} from the parameters before"):
        solve_exactly(surface(text, table))


def test_a_mean_of_logarithms_to_28_digits():
    # the bottom of (log(y) - a)**2 is the mean of log(y)
    bottom = refine(surface("log(y) = a"), [1.5])
    with localcontext(prec=40):
        logs = [Decimal(str(y)).ln() for y in TABLE["y"]]
        assert abs(bottom.position[0] - sum(logs) / 4) < Decimal("1e-27")
        assert len(bottom.position[0].as_tuple().digits) <= 28


@pytest.mark.parametrize("digits", [15, 28, 60])
def test_a_root_to_any_number_of_digits(digits):
    bottom = refine(surface("y = a**2", Table({"y": [2.0, 2.0]})), [1.41421356], digits)
    with localcontext(prec=digits + 5):
        assert abs(bottom.position[0] - Decimal(2).sqrt()) < Decimal(10) ** (1 - digits)


def test_log_loss_has_a_bottom_too():
    table = Table({"x": [1.0, 2.0, 3.0, 4.0, 5.0], "y": [0.0, 0.0, 1.0, 0.0, 1.0]})
    there = surface("y = sigmoid(a*x + b)", table, loss=log_loss)
    *_, last = LevenbergMarquardt().walk(there, [0.0, 0.0])
    bottom = refine(there, last.position)
    slopes = there.look([float(p) for p in bottom.position])[1]
    assert slopes == pytest.approx([0.0, 0.0], abs=1e-15)


@pytest.mark.parametrize(("text", "position"),
                         [("y = exp(a*x)", [5.0]),  # far from the bottom: Newton would leave
                          ("y = a*x + b*x", [1.0, 1.0]),  # a valley without a lowest point
                          ("y = log(a)*x", [-1.0]),  # no loss
                          ("y = a**2", [0.0]),  # the top of a hill: the slope is 0 there, too
                          ("y = a*b", [0.0, 0.0]),  # a pass that goes aslant
                          ("y = absolute(a) + step(a)", [0.0])])
def test_where_there_is_no_bottom_nearby(text, position):
    assert refine(surface(text), position) is None


def test_too_much_work_is_not_begun(monkeypatch):
    table = Table({"x": [float(i % 7) for i in range(100)], "y": [1.0] * 100})
    monkeypatch.setattr(last_digits, "MOST_EXACT_WORK", 399)  # of 100 rows and 2 parameters, 400
    assert bottom_near(surface("y = a*x + b", table), [0.0, 1.0]) is not None
    monkeypatch.setattr(last_digits, "MOST_ARITHMETIC", 399)
    assert bottom_near(surface("y = a*x + b", table), [0.0, 1.0]) is None
    assert bottom_near(surface("y = a*x + b", table), [0.0, 1.0], all_digits=True) is not None


def test_precision_is_left_as_it_was():
    with localcontext(prec=9):
        refine(surface("y = exp(a*x)"), [math.log(10.8) / 5.5])
        assert Decimal(1) / 3 == Decimal("0.333333333")


@pytest.mark.parametrize(("model", "curve"), [
    ("y = a*x**b", lambda x: 2 * x**0.7), ("y = a*exp(-b*x) + c", lambda x: 5 * math.exp(-x) + 1),
    ("log(y) = a*log(x) + b", lambda x: 2 * x**0.7)])
def test_of_many_rows_floats_have_the_digits_that_decimals_have(model, curve):
    dice = random.Random(4)
    xs = [dice.uniform(0.1, 9) for _ in range(2_200)]
    table = {"x": xs, "y": [curve(x) * math.exp(dice.gauss(0, 0.05)) for x in xs]}
    trainer = Trainer(model).fit(table)
    exact = refine(trainer.surface, [*trainer.parameters.values()], 28)
    for p, q in zip(trainer.parameters.values(), exact.position, strict=True):
        assert p == pytest.approx(float(q), rel=1e-15)


# Newton's steps, as if these were their sizes


def stepped(monkeypatch, sizes, in_floats=False, digits=28, bends=1, looks=None):
    """The place that `_newton` finds from 1 by these steps, in units of the place, or None."""
    ahead = iter(sizes)
    monkeypatch.setattr(last_digits, "solve", lambda *_: [Decimal(next(ahead))])
    monkeypatch.setattr(last_digits, "_sums", lambda *_: [Decimal(8), Decimal(0)])
    monkeypatch.setattr(last_digits, "unpacked", lambda *_: (
        Decimal(8), [Decimal(0)], [[Decimal(bends)]]))
    looks = [] if looks is None else looks
    monkeypatch.setattr(last_digits, "_in_decimals", lambda *_: (
        looks.append(1) or [[Decimal(bends)]]))
    with localcontext(prec=60):
        found = last_digits._newton(None, (), [Decimal(1)], digits, in_floats)
        place = Decimal(1)
        for size in sizes:
            place += place * Decimal(size)
    return found is not None and found == [place]


FAR, NEAR = "0.05", "1e-40"


STEPS = [  # their sizes, whether in floats, digits, how it bends; whether a bottom is found
    ([NEAR],                           False, 28, 1,  True),
    ([NEAR],                           False, 28, -1, False),   # the top of a hill
    ([NEAR],                           True,  28, -1, False),
    (["-0.0999", NEAR],                False, 28, 1,  True),
    (["0.1", NEAR],                    False, 28, 1,  False),   # too long
    ([FAR] * 4 + ["0.025", NEAR],      False, 28, 1,  True),    # the fifth is half of the fourth
    ([FAR] * 4 + ["0.0251", NEAR],     False, 28, 1,  False),
    ([FAR] * 3 + ["0.09", "0.045", "0.0225", NEAR], False, 28, 1, True),
    (["0.9e-15"],                      False, 28, 1,  True),    # the next one is its square
    (["1.1e-15", NEAR],                False, 28, 1,  True),
    (["0.9e-10"],                      False, 18, 1,  True),
    (["1e-3", "1e-16", NEAR],          True,  28, 1,  True),    # it shrinks by 1e12 at most
    (["1e-3", "0.9e-18"],              True,  28, 1,  True),
    (["1e-3", "1e-8", "0.9e-24"],      True,  28, 1,  True),
    (["1e-10", "0.9e-20"],             True,  28, 1,  True),
    ([f"{0.09 / 2.1**k}" for k in range(59)] + [NEAR], True, 28, 1, True),   # 60 steps
    ([f"{0.09 / 2.1**k}" for k in range(60)] + [NEAR], True, 28, 1, False)]


@pytest.mark.parametrize(("sizes", "in_floats", "digits", "bends", "found"), STEPS)
def test_which_steps_lead_to_a_bottom(sizes, in_floats, digits, bends, found, monkeypatch):
    assert stepped(monkeypatch, sizes, in_floats, digits, bends) is found


def test_bends_are_looked_at_twice(monkeypatch):
    looks = []
    assert stepped(monkeypatch, ["1e-2", "1e-3", "1e-4", NEAR], in_floats=True, looks=looks)
    assert len(looks) == 2


@pytest.mark.parametrize(("steps", "bends", "found"), [
    ([1e-14], 1.0, True), ([1.1e-14], 1.0, False), ([0.1] * 5 + [0.0], 1.0, True),
    ([0.1] * 6 + [0.0], 1.0, False), ([-0.1] * 6, 1.0, False), ([0.0], -1.0, False)])
def test_six_steps_in_floats_have_to_do(steps, bends, found, monkeypatch):
    ahead = iter([*steps, *[1.0] * 9])
    monkeypatch.setattr(last_digits, "solve", lambda *_: [next(ahead)])
    asked = surface("y = a*exp(x)", TABLE)
    monkeypatch.setattr(asked, "bend", lambda _: (1.0, [0.0], [[bends]]))
    monkeypatch.setattr(asked, "information", lambda place: (7.0, [[place[0]]]))
    bottom = last_digits._polished(asked, [1.0])
    assert (bottom is not None) is found
    if found:
        place = math.prod(1 + step for step in steps)
        assert float(bottom.position[0]) == pytest.approx(place, rel=1e-15)
        assert (bottom.total_loss, bottom.bends) == (7, [[Decimal(float(bottom.position[0]))]])


@pytest.mark.parametrize("digits", [17, 19, 20, 28])
def test_from_20_digits_on_the_bends_have_them_too(digits):
    """Of (2 - a**3)**2, twice: a is the cube root of 2, and the bends are 2*2*(3*a**2)**2."""
    bottom = refine(surface("y = a**3", Table({"y": [2.0, 2.0]})), [1.26], digits)
    with localcontext(prec=50):
        exact = 36 * Decimal(2) ** (Decimal(4) / 3)
        off = abs(bottom.bends[0][0] / exact - 1)
    assert off < (Decimal(10) ** (1 - digits) if digits >= 20 else Decimal("1e-15"))
    assert len(bottom.position[0].as_tuple().digits) <= digits or digits < 20


@pytest.mark.parametrize(("text", "loss"), [
    ("y = exp(a*x)", "squared"), ("y = exp(a*x)", Loss(lambda y, p: (y - p)**2 + (y - p)**4)),
    ("y = a*exp(b*x)", "squared")])
def test_the_bends_at_the_bottom_are_those_of_the_information(text, loss):
    asked = surface(text, Table({"x": [0.0, 1.0, 2.0], "y": [1.5, 2.0, 7.5]}), loss=loss)
    *_, last = LevenbergMarquardt().walk(asked, [1.0, 1.0][:len(asked.parameters)])
    bottom = refine(asked, last.position)
    total, bends = asked.information(last.position)
    assert float(bottom.total_loss) == pytest.approx(total)
    for row, other in zip(bottom.bends, bends, strict=True):
        assert [*map(float, row)] == pytest.approx(other, rel=1e-6)
    _, _, others = asked.bend(last.position, gauss_newton=loss != "squared")
    assert others[-1][-1] * asked.weight != pytest.approx(bends[-1][-1], rel=1e-3)


def test_parameters_beyond_the_floats_are_refused():
    table = Table({"x": [1e-200, 2e-200], "y": [1e120, 2e120]})
    with pytest.raises(DataError, match="too large for a float: scale the columns"):
        solve_exactly(surface("y = a*x", table))
    assert solve_exactly(surface("y = a/x", Table({"x": [0.0, 1.0], "y": [1.0, 2.0]}))) is None


@pytest.mark.parametrize(("most", "exactly"), [(36, True), (35, False)])
def test_work_in_fractions_grows_with_the_square_of_the_parameters(most, exactly, monkeypatch):
    monkeypatch.setattr(last_digits, "MOST_EXACT_WORK", most)
    table = Table({"x": [1.0, 2.0, 3.0, 4.0], "u": [1.0, 0.0, 2.0, 5.0], "y": [1.0, 2.0, 4.0, 3.0]})
    assert goes_exactly(LossSurface(Model("y = a*x + b*u + c"), table)) is exactly
