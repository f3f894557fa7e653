"""The first steps of every walk, by hand, on a bowl whose slopes are easy."""

import math
from decimal import Decimal
from itertools import islice

import pytest

from mathlab.errors import DomainError, FormulaError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import Adam, GradientDescent, Momentum, Nesterov, look
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

# The mean of (0 - a)**2 is a**2: its slope is 2*a.
BOWL = LossSurface(Model("y = a"), Table({"y": [0.0, 0.0]}))


def places(optimizer, start, steps, surface=BOWL):
    return [step.position[0] for step in islice(optimizer.walk(surface, [start]), steps + 1)]


def test_a_step_tells_what_is_there():
    assert look(BOWL, [3.0]) == ((3.0,), 9.0, (6.0,))


@pytest.mark.parametrize(
    ("optimizer", "expected"),
    [(GradientDescent(0.25), [8.0, 4.0, 2.0, 1.0]),  # 8 - 0.25*16
     (GradientDescent(1), [8.0, -8.0, 8.0, -8.0]),
     (GradientDescent(0.25, decay=1.0), [8.0, 4.0, 3.0, 2.5]),  # rates 1/4, 1/8, 1/12
     (Momentum(0.25, keep=0.0), [8.0, 4.0, 2.0, 1.0]),
     (Momentum(0.25, keep=0.5), [8.0, 4.0, 0.0, -2.0]),  # speeds -4, -4, -2
     (Nesterov(0.25, keep=0.0), [8.0, 4.0, 2.0, 1.0]),
     # speed -4, place 4; looks at 2: speed -3, place 1; looks at -0.5: speed -1.25, place -0.25
     (Nesterov(0.25, keep=0.5), [8.0, 2.0, -0.5, -0.875])])
def test_the_first_steps(optimizer, expected):
    assert places(optimizer, 8.0, 3) == pytest.approx(expected, rel=1e-12)


def test_adam_begins_with_steps_of_its_rate_whatever_the_slope():
    for start in (1e-3, 1.0, 1e6):
        first, second = places(Adam(0.01), start, 1)
        assert first - second == pytest.approx(0.01, rel=1e-4)


def test_adam_by_its_paper():
    mean = square = 0.0
    p, expected = 3.0, [3.0]
    for k in range(1, 6):
        slope = 2 * p
        mean = 0.8 * mean + 0.2 * slope
        square = 0.9 * square + 0.1 * slope**2
        p -= 0.5 * (mean / (1 - 0.8**k)) / (math.sqrt(square / (1 - 0.9**k)) + 1e-8)
        expected.append(p)
    assert places(Adam(0.5, keep=0.8, keep_square=0.9), 3.0, 5) == pytest.approx(expected)


@pytest.mark.parametrize("rate", [0, -0.1, math.nan, math.inf, "0.1", None, True, 10**400, 1j,
                                  Decimal("0.1")])
@pytest.mark.parametrize("optimizer", [GradientDescent, Momentum, Nesterov, Adam])
def test_a_rate_is_a_number_above_0(optimizer, rate):
    with pytest.raises(FormulaError, match="the learning rate must be above 0, not"):
        optimizer(rate)


@pytest.mark.parametrize("share", [-0.1, 1, 1.5, math.nan, "a", None, Decimal("0.1")])
def test_shares_are_from_0_to_below_1(share):
    for optimizer in (Momentum, Nesterov, Adam):
        with pytest.raises(FormulaError, match="keep must be from 0 to below 1, not"):
            optimizer(0.1, share)
    with pytest.raises(FormulaError, match="keep_square must be from 0"):
        Adam(0.1, 0.9, share)


@pytest.mark.parametrize("decay", [-1, math.inf, "no", Decimal("0.1")])
def test_a_decay_is_at_least_0(decay):
    with pytest.raises(FormulaError, match="the decay must be at least 0, not"):
        GradientDescent(0.1, decay)


def test_the_place_without_a_slope_is_named():
    surface = LossSurface(Model("y = log(a)"), Table({"y": [0.0, 0.0]}))
    with pytest.raises(DomainError, match=r"at \{'a': -1.0\}: log\(-1.0\) is not defined"):
        look(surface, [-1.0])
