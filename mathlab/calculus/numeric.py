"""Differentiation without opening the function: nudge the input and see how far the output moves.

The slope of `f` at `x` is where the quotient of two small differences tends:

    f'(x)  ≈  (f(x + h) - f(x - h)) / (2h)

>>> round(central_difference(lambda x: x**3, 2.0, h=0.001), 9)
12.000001

A large `h` cuts off the curve's bend: the error grows as h**2 (truncation). A small `h` subtracts
two almost equal numbers: the error grows as 1/h (rounding). The best `h` lies between, and even
there a third of the digits are lost. What this method never loses is its independence: it knows
nothing but what `f` returns, and so it is a witness against any rule that is wrong.
"""

import math
import sys
from collections.abc import Callable
from typing import NamedTuple

Function = Callable[[float], float]
EPSILON = sys.float_info.epsilon  # 2.2e-16: how finely floats near 1 are spaced


class Estimate(NamedTuple):
    """A measured number: its value, how far it may be off, and what it cost."""

    value: float
    error: float
    evaluations: int


def central_difference(f: Function, x: float, h: float) -> float:
    """The slope of the line through the points of `f` at `x - h` and `x + h`.

        (f(x + h) - f(x - h)) / (2h),     off by about h**2/6 * f'''(x)

    >>> central_difference(lambda x: x**3, 2.0, h=1.0)
    13.0
    """
    above, below = x + h, x - h
    return (f(above) - f(below)) / (above - below)  # above - below: the step really taken


def best_step(x: float) -> float:
    """The `h` at which truncation, h**2, and rounding, EPSILON/h, are about equal, on x's scale.

    >>> round(best_step(1.0), 9)
    6.055e-06
    """
    return math.cbrt(EPSILON) * max(1.0, abs(x))


def derivative(f: Function, x: float) -> Estimate:
    """The derivative of `f` at `x`, by central differences with two steps, `h` and `2h`.

    The truncation error grows as h**2, so the wider step has four times that of the narrower one: a
    third of their disagreement estimates it, and subtracting that estimate all but removes it. What
    rounding can do is added: `f` is taken to be good to its last digit.

    Source: L. F. Richardson, "The deferred approach to the limit" (1927).

    >>> slope = derivative(math.exp, 0.0)
    >>> abs(slope.value - 1) < slope.error < 1e-8
    True
    """
    x = float(x)
    h = 16 * best_step(x)  # wider than for one quotient: the truncation is subtracted
    near, far = central_difference(f, x, h), central_difference(f, x, 2 * h)
    truncation = (near - far) / 3
    rounding = 4 * EPSILON * (abs(f(x)) + abs(x * near)) / h
    return Estimate(near + truncation, abs(truncation) + rounding, evaluations=5)
