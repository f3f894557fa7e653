"""Slopes without end, and slopes that only look so. (Walks uphill: see `test_train`.)"""

import pytest

from mathlab import log, symbols
from mathlab.errors import DivergenceError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.minimize import FormulaSurface
from mathlab.learning.descent.optimizers import look
from mathlab.learning.descent.runaway import better_rate, falls_for_ever
from mathlab.learning.descent.second_order import LevenbergMarquardt
from mathlab.learning.descent.train import Walk
from mathlab.learning.model.loss import log_loss
from mathlab.learning.model.model import logistic
from mathlab.learning.model.surface import LossSurface

XS = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
MIXED = LossSurface(logistic(["x"], "yes"), Table({"x": XS, "yes": [0, 0, 1, 0, 1, 1]}), log_loss)
APART = LossSurface(logistic(["x"], "yes"), Table({"x": XS, "yes": [0, 0, 0, 1, 1, 1]}), log_loss)


def test_a_valley_has_a_bottom():
    history = list(LevenbergMarquardt().walk(MIXED, [0.0, 0.0]))
    for end in range(2, len(history) + 1):  # from wherever one looks ahead
        assert not falls_for_ever(MIXED, history[:end])


@pytest.mark.parametrize("end", [4, 10, 30, None])
def test_a_slope_has_none(end):
    history = list(LevenbergMarquardt().walk(APART, [0.0, 0.0]))
    assert falls_for_ever(APART, history[:end])


def test_the_direction_decides():
    start, uphill = look(APART, [0.0, 0.0]), look(APART, [-1.0, 2.5])
    downhill = look(APART, [1.0, -2.5])
    assert falls_for_ever(APART, [start, downhill])
    assert not falls_for_ever(APART, [start, uphill])


def test_a_start_far_away_proves_nothing():
    history = [look(MIXED, [3000.0, 0.0]), look(MIXED, [1.2, -3.0])]
    assert not falls_for_ever(MIXED, history)


def test_nobody_has_walked():
    start = look(APART, [0.0, 0.0])
    assert not falls_for_ever(APART, [start])
    assert not falls_for_ever(APART, [start, start])


X, Y = symbols("x y")


def test_where_the_way_turns_up_later_it_does_not_fall_for_ever():
    # From 0 to 1, and then to 1000 times as far: lowest at 300, or beyond.
    for lowest, falls in ((300, False), (1e5, True)):
        surface = FormulaSurface((X - lowest) ** 2, [X])
        assert falls_for_ever(surface, [look(surface, [0.0]), look(surface, [1.0])]) == falls


def test_where_the_loss_ends_it_does_not_fall_for_ever():
    for end, falls in ((50, False), (1e9, True)):
        surface = FormulaSurface(-X + 1e-9 * log(end - X), [X])
        assert falls_for_ever(surface, [look(surface, [0.0]), look(surface, [1.0])]) is falls


@pytest.mark.parametrize(("slope", "bend", "rate", "better"), [
    (2.0, 4.0, 10.0, 0.25), (2.0, 4.0, 0.3, 0.15), (2.0, -4.0, 10.0, 0.25), (2.0, 0.0, 10.0, 0.0),
    (0.0, 4.0, 10.0, 0.0)])
def test_a_better_rate_is_one_over_the_bend_and_at_most_half(slope, bend, rate, better):
    surface = FormulaSurface(slope * X + bend / 2 * X**2, [X])
    assert better_rate(surface, look(surface, [0.0]), rate) == pytest.approx(better)


def test_rounding_is_not_a_rise():
    for rise, falls in ((1e-13, True), (1e-11, False)):
        surface = FormulaSurface(1 + rise * X / (1 + X), [X])
        here = Step((1.0,), 1 + rise / 2, (0.0,))
        assert falls_for_ever(surface, [look(surface, [0.5]), here]) == falls


def test_some_thirty_places_of_the_walk_are_looked_back_at():
    for where, falls in ((15, True), (16, False)):  # of 60, every third
        way = [[3.0, -7.5]] * 60  # from there it leads up, through the end
        way[where] = [1.0, -2.5]
        history = [look(APART, place) for place in [*way, [2.0, -5.0]]]
        assert falls_for_ever(APART, history) == falls


def test_the_better_rate_is_one_over_the_sharpest_bend():
    start = [1.0, 1.0]
    # Its slope is a ten-thousandth of the other, and its bend four times as sharp.
    sharp = FormulaSurface(X**2 / 2 + 2 * (Y - (1 - 0.25e-4)) ** 2, [X, Y])
    assert better_rate(sharp, look(sharp, start), 10.0) == pytest.approx(1 / 4, rel=1e-2)
    # The bend changes from place to place: 12*x**2.
    quartic = FormulaSurface(X**4, [X])
    bend = (4 * 1.001**3 - 4) / 0.001  # as it is a thousandth ahead
    assert better_rate(quartic, look(quartic, [1.0]), 10.0) == pytest.approx(1 / bend, rel=1e-9)
    # The slope is a million times the bend.
    steep = FormulaSurface(1e6 * X + X**2 / 2, [X])
    assert better_rate(steep, look(steep, [1.0]), 10.0) == pytest.approx(1, rel=1e-2)


class Jumps:
    def __init__(self, *places):
        self.places = places

    def walk(self, surface, start):
        for place in (*start, *self.places):
            yield look(surface, [place])


@pytest.mark.parametrize(
    ("rise", "refused"), [(0.9e6, False), (1.1e6, True), (1.1e-3, True), (0.9e-3, False)])
def test_how_far_a_loss_may_rise(rise, refused):
    # From 1 it rises to 1 + rise; a millionfold rise is refused at once, a small one at the end,
    # if it is all there is.
    lower = [0.5] if rise > 1 else []
    walk = Walk(FormulaSurface(X + 0, [X]), Jumps(1 + rise, *lower), [1.0])
    if refused:
        message = r"the formula grew from 1 to .* the learning rate 1 is"
        with pytest.raises(DivergenceError, match=message):
            walk.follow(9)
        assert len(walk.history) == 2
    else:
        walk.follow(9)
        assert walk.ended and len(walk.history) == 2 + len(lower)
