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
HALVINGS = 21  # a step of x/2**21 leaves half of the digits to rounding: smaller ones are useless
COLUMNS = 6  # how many terms of the error are cancelled: more would be cancelling noise


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


def derivative(f: Function, x: float, scale: float | None = None) -> Estimate:
    """The derivative of `f` at `x`, from central differences with smaller and smaller steps.

    Each step `h` is half the one before. The error of a difference is `a*h**2 + b*h**4 + ...`, so
    from one step to the next its terms shrink to a known fraction, and can be cancelled one after
    the other: `fine + (fine - rough)/3` is free of `h**2`. The error reported is what neighbours
    still disagree on, and what rounding of `f` does at that step. Once rounding alone does more
    than the error of the best so far, a smaller step cannot help, and the best stands. The first
    step is `scale`: by default an eighth of `x`, and at most 1/8. Very near 0 that is too small to
    see anything: give a scale there. Where nothing is found the error is infinite.

    Source: C. J. F. Ridders, "Accurate computation of F'(x) and F'(x)F''(x)" (1982).

    >>> slope = derivative(math.exp, 0.0)
    >>> abs(slope.value - 1) <= slope.error < 1e-12
    True
    """
    x = float(x)
    noise = 2 * EPSILON * abs(f(x))
    h = max(scale or min(abs(x), 1.0) / 8 or 1 / 8, 2**HALVINGS * math.ulp(x))
    best, evaluations = Estimate(math.nan, math.inf, 0), 1
    row: list[float] = []
    for _ in range(HALVINGS):
        rougher = row
        evaluations += 2
        try:
            row = [central_difference(f, x, h)]
        except (ValueError, ArithmeticError):
            row = []  # that far out f has no value; nearer it may
        for column, rough in enumerate(rougher[:COLUMNS]):
            fine = row[-1]
            row.append(fine + (fine - rough) / (4 ** (column + 1) - 1))
            error = max(abs(row[-1] - fine), abs(row[-1] - rough)) + noise / h
            if error < best.error:
                best = Estimate(row[-1], error, 0)
        if noise / h > best.error:
            break
        h /= 2
    return best._replace(evaluations=evaluations)
