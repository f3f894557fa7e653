"""Where to move next."""

import math

import pytest

from mathlab.errors import FormulaError
from mathlab.learning.optimizers import GradientDescent


@pytest.mark.parametrize(
    ("rate", "position", "slopes", "moved"),
    [
        (0.5, [1.0], [1.0], [0.5]),  # uphill to the right: go left
        (0.5, [1.0], [-1.0], [1.5]),
        (0.25, [1.0, 2.0], [4.0, 0.0], [0.0, 2.0]),
        (2, (0, 0), (1, -2), [-2, 4]),
        (1e-3, [], [], []),
    ],
)
def test_a_move_subtracts_rate_times_slope(rate, position, slopes, moved):
    assert GradientDescent(rate).move(position, slopes) == moved


def test_a_move_leaves_its_inputs_alone():
    position, slopes = [1.0], [2.0]
    GradientDescent(0.5).move(position, slopes)
    assert (position, slopes) == ([1.0], [2.0])


@pytest.mark.parametrize("rate", [0, -0.1, math.nan, math.inf, "0.1", None, True, 10**400, 1j])
def test_a_rate_is_a_number_above_0(rate):
    with pytest.raises(FormulaError, match="the learning rate must be above 0, not"):
        GradientDescent(rate)
