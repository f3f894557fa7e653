"""Numeric differentiation with error bars: first and second derivatives, gradients, Hessians.

On the page: `(f(x + h) - f(x - h)) / (2 * h)`. Here nobody has to choose h, and the result says how
far it may be off. It is measured from values alone: an independent witness against a wrong rule.

>>> slope = derivative(lambda x: x**2, 3.0)
>>> slope.value, slope.error < 1e-13
(6.0, True)
>>> derivative(abs, 0.0).reason
'the slope is -1 to the left and 1 to the right of 0.0: a kink'

Read `derivative` first, then `_measure`, which does the work; the rest are the same in more
dimensions, and `complex_step`, another way for functions that take complex numbers.
"""

import math
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from mathlab.calculus.numeric.difference import RealFunction
from mathlab.calculus.numeric.ladder import Ladder, nearest_float
from mathlab.calculus.numeric.limits import limit
from mathlab.errors import DomainError

ScalarField = Callable[[Sequence[float]], float]


class Estimate(NamedTuple):
    """A measured number: its value, how far it may be off, what it cost; if infinitely far, why."""

    value: float
    error: float
    evaluations: int
    reason: str = ""


def derivative(
    f: RealFunction, x: float, scale: float | None = None, relative_noise: float = 0.0
) -> Estimate:
    """The derivative of `f` at `x`, and how far it may be off.

    Where there is none, the error is infinite and `reason` says why; the value is then nan, or for
    a kink the mean of the two slopes. At an edge of the domain the slope from within is meant.

    `scale` is the widest step: |x| by default (for a tiny `x` up to 1, if that helps), and 1 at 0.
    `relative_noise` says how far the values of `f` may be off: 1e-6 for six good digits.

    The error is measured, not proved: detail below rounding or between the steps stays unseen.

    Raises: DomainError for an `x`, a scale or a noise that is out of range; TypeError if `f` does
    not give a number; what `f(x)` itself raises.

    >>> derivative(math.floor, 2.0).reason
    'f jumps by 1 to the left of 2.0'
    """
    return _measure(1, f, x, scale, relative_noise)


def second_derivative(
    f: RealFunction, x: float, scale: float | None = None, relative_noise: float = 0.0
) -> Estimate:
    """The second derivative of `f` at `x`, how fast its slope changes, and how far it may be off.

        f''(x)  ≈  (f(x + h) - 2*f(x) + f(x - h)) / h**2

    Rounding is divided by h**2, so it has fewer good digits. Raises: as `derivative`.

    >>> bend = second_derivative(math.exp, 0.0)
    >>> abs(bend.value - 1) <= bend.error < 1e-10
    True
    """
    return _measure(2, f, x, scale, relative_noise)


def gradient(f: ScalarField, point: Sequence[float], relative_noise: float = 0.0) -> list[Estimate]:
    """The slope of `f` by each coordinate of the point; `f` takes a list of numbers.

    Raises: as `derivative`.

    >>> [round(slope.value, 9) for slope in gradient(lambda p: p[0] ** 2 * p[1], [3.0, 2.0])]
    [12.0, 9.0]
    """
    point = [_place(p) for p in point]
    return [derivative(_along(f, point, i), p, None, relative_noise) for i, p in enumerate(point)]


def hessian(
    f: ScalarField, point: Sequence[float], relative_noise: float = 0.0
) -> list[list[Estimate]]:
    """The second derivatives of `f` by each pair of coordinates, row by row.

    A mixed one is measured along two lines. Where both coordinates grow together it counts twice,
    and where one grows as the other shrinks, twice with the opposite sign; so

        4 * f_ij  =  bend along (i + j)  -  bend along (i - j)

    It must not matter by which coordinate one differentiates first. Raises: as `derivative`.

    >>> bends = hessian(lambda p: p[0] ** 2 * p[1], [3.0, 2.0])
    >>> [[round(bend.value, 6) for bend in row] for row in bends]
    [[4.0, 6.0], [6.0, 0.0]]
    """
    point = [_place(p) for p in point]
    scales = [abs(p) or 1.0 for p in point]
    size = range(len(point))

    def bend_along(i: int, j: int, sign: int) -> Estimate:
        def line(t: float) -> float:  # the point is at t = 1, where t has as many digits as it has
            nudged = [*point]
            nudged[i] += (t - 1) * scales[i]
            nudged[j] += (t - 1) * scales[j] * sign
            return f(nudged)

        return second_derivative(line, 1.0, None, relative_noise)

    def mixed(i: int, j: int) -> Estimate:
        if i == j:
            return second_derivative(_along(f, point, i), point[i], None, relative_noise)
        together, opposite = bend_along(i, j, 1), bend_along(i, j, -1)
        reason = together.reason or opposite.reason
        return Estimate(
            (together.value - opposite.value) / 4 / scales[i] / scales[j],
            (together.error + opposite.error) / 4 / scales[i] / scales[j],
            together.evaluations + opposite.evaluations,
            reason and f"on a line along {i} and {j}, with the point at 1.0: {reason}",
        )

    below = {(i, j): mixed(i, j) for i in size for j in size if j <= i}
    return [[below[max(i, j), min(i, j)] for j in size] for i in size]


def complex_step(f: Callable[[complex], complex], x: float) -> float:
    """The derivative of `f` at `x` to nearly all digits, from one step along the imaginary axis.

        f'(x)  =  Im f(x + i*h) / h,     off by about h**2/6 * f'''(x)

    No two values are subtracted, so no digits are lost, and `h` can be so small that h**2 vanishes.
    It is for analytic functions, made of arithmetic and `cmath`, that are real for real `x`. With
    `abs`, a comparison or `.real` inside, or where there is no slope, it is wrong without a word.

    Raises: TypeError if `f` does not return a complex number, DomainError if it is not real near
    `x`; what `f` itself raises.
    Source: W. Squire and G. Trapp, "Using Complex Variables to Estimate Derivatives of Real
    Functions" (1998).

    >>> import cmath
    >>> complex_step(cmath.exp, 1.0), math.exp(1.0)
    (2.718281828459045, 2.718281828459045)
    >>> complex_step(lambda x: x * abs(x), 3.0)  # the slope is 6
    3.0
    """
    h = max(1e-50 * (abs(x) or 1.0), 1e-307)
    y = f(complex(x, h))
    if not isinstance(y, complex):
        raise TypeError(f"from a complex number the function made {y!r}: its slope is lost")
    if abs(y.imag) > max(1e-9 * abs(y), 1e-30):
        raise DomainError(f"a function of real numbers is wanted: near {x!r} this one is {y:.6g}")
    return y.imag / h


def _along(f: ScalarField, point: Sequence[float], i: int) -> RealFunction:
    """`f` as a function of one coordinate: the others keep their values."""
    return lambda nudged: f([*point[:i], nudged, *point[i + 1 :]])


def _place(x: float) -> float:
    """The place as a float."""
    try:
        place = float(x)
    except OverflowError:
        place = math.inf
    if not math.isfinite(place):
        words = place if place == x or x != x else "a number beyond all floats"
        raise DomainError(f"there is no slope at {words}: give a finite number, below 1.8e308")
    return place


def _measure(order: int, f: RealFunction, x: float, scale: float | None, noise: float) -> Estimate:
    x = _place(x)
    if scale is not None and not math.ulp(x) <= scale <= sys.float_info.max:
        raise DomainError(f"the scale, the widest step from {x}, cannot be {scale}")
    if not 0 <= noise < 1:
        raise DomainError(f"relative noise is a share such as 1e-6, below 1; not {noise}")
    y = nearest_float(f(x))
    if not math.isfinite(y):
        return Estimate(math.nan, math.inf, 1, f"the function has no finite, real value at {x}")
    ladder = Ladder(f, x, y, scale, float(noise))
    best, reason = limit(ladder, 1)
    if order == 2 and not reason:  # no second derivative without a first
        best, reason = limit(ladder, 2)
    return Estimate(best.value, best.error, ladder.f.evaluations, reason)
