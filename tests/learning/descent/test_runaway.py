"""Slopes without end, and slopes that only look so. (Walks uphill: see `test_train`.)"""

import pytest

from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import look
from mathlab.learning.descent.runaway import falls_for_ever
from mathlab.learning.descent.second_order import LevenbergMarquardt
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
