"""Differentiation without opening the function: nudge the input and see how far the output moves.

>>> f"{derivative(math.sin, 1.0).value:.14f}", f"{math.cos(1.0):.14f}"
('0.54030230586814', '0.54030230586814')

It asks nothing of the function but values, and so it is an independent witness against any rule
that is wrong. What a witness must know is how sure it can be, and when it has seen nothing:

>>> derivative(math.sin, 1.0).error < 1e-13
True
>>> derivative(abs, 0.0).reason
'the slope is -1 to the left and 1 to the right of 0.0: a kink'
"""

import math
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from mathlab.calculus.numeric.difference import Function
from mathlab.calculus.numeric.ladder import Ladder, nearest_float
from mathlab.calculus.numeric.limits import limit
from mathlab.errors import DomainError

PointFunction = Callable[[Sequence[float]], float]


class Estimate(NamedTuple):
    """A measured number: its value, how far it may be off, what it cost; if infinitely far, why."""

    value: float
    error: float
    evaluations: int
    reason: str = ""


def derivative(
    f: Function, x: float, scale: float | None = None, relative_noise: float = 0.0
) -> Estimate:
    """The derivative of `f` at `x`, and how far it may be off.

    The ladder of steps leads from the last digit of `x` to |x|, or from a tiny `x` on to 1 if that
    helps; `scale` sets another top. At x = 0, where nothing hints at one, it is 1. `relative_noise`
    says how far the values of `f` may be off: 1e-6 for six good digits. At an edge of the domain
    the derivative is the one-sided one. Where there is none, the error is infinite and `reason`
    says why; the value is then nan, or for a kink the mean of the two slopes.

    The error is measured, and so no proof: detail too small to be told from rounding, or between
    the steps, stays unseen.

    Raises: DomainError for an `x`, a scale or a noise that is out of range; TypeError if `f` gives
    no number; what `f(x)` itself raises.

    >>> slope = derivative(math.log, 0.001)
    >>> abs(slope.value - 1000) <= slope.error < 1e-9
    True
    >>> derivative(math.floor, 2.0).reason
    'f jumps by 1 to the left of 2.0'
    """
    return _measure(1, f, x, scale, relative_noise)


def second_derivative(
    f: Function, x: float, scale: float | None = None, relative_noise: float = 0.0
) -> Estimate:
    """The second derivative of `f` at `x`, how fast its slope changes, and how far it may be off.

        f''(x)  ≈  (f(x + h) - 2*f(x) + f(x - h)) / h**2

    Rounding is divided by h**2, so it has fewer good digits than the first.

    Raises: as `derivative`.

    >>> bend = second_derivative(math.exp, 0.0)
    >>> abs(bend.value - 1) <= bend.error < 1e-10
    True
    >>> second_derivative(lambda x: x * abs(x), 0.0).reason
    'the second derivative is -2 to the left and 2 to the right of 0.0: a kink'
    """
    return _measure(2, f, x, scale, relative_noise)


def gradient(
    f: PointFunction, point: Sequence[float], relative_noise: float = 0.0
) -> list[Estimate]:
    """The slope of `f` by each coordinate of the point; `f` takes a list of numbers.

    Raises: as `derivative`.

    >>> [round(slope.value, 9) for slope in gradient(lambda p: p[0] ** 2 * p[1], [3.0, 2.0])]
    [12.0, 9.0]
    """
    point = [float(p) for p in point]
    size = range(len(point))
    return [derivative(_along(f, point, i), point[i], None, relative_noise) for i in size]


def hessian(
    f: PointFunction, point: Sequence[float], relative_noise: float = 0.0
) -> list[list[Estimate]]:
    """The second derivatives of `f` by each pair of coordinates, row by row.

    Every bend is the bend along some line. Along both coordinates at once, once with the same and
    once with opposite signs, the mixed one is counted twice with either sign, so

        4 * f_ij  =  bend along (i + j)  -  bend along (i - j)

    It supposes that mixed derivatives exist, and do not depend on which comes first: two lines
    through the point cannot tell.

    Raises: as `derivative`.

    >>> bends = hessian(lambda p: p[0] ** 2 * p[1], [3.0, 2.0])
    >>> [[round(bend.value, 6) for bend in row] for row in bends]
    [[4.0, 6.0], [6.0, 0.0]]
    """
    point = [float(p) for p in point]
    scales = [abs(p) or 1.0 for p in point]
    size = range(len(point))

    def diagonal(i: int, j: int, sign: int) -> Estimate:
        """The bend along two coordinates at once, a scale of each for one of t."""

        def line(t: float) -> float:  # the point is at t = 1, where t has as many digits as it has
            nudged = [*point]
            nudged[i] += (t - 1) * scales[i]
            nudged[j] += (t - 1) * scales[j] * sign
            return f(nudged)

        return second_derivative(line, 1.0, None, relative_noise)

    def entry(i: int, j: int) -> Estimate:
        """The second derivative by these two coordinates."""
        if i == j:
            return second_derivative(_along(f, point, i), point[i], None, relative_noise)
        same, opposite = diagonal(i, j, 1), diagonal(i, j, -1)
        reason = same.reason or opposite.reason
        return Estimate(
            (same.value - opposite.value) / 4 / scales[i] / scales[j],
            (same.error + opposite.error) / 4 / scales[i] / scales[j],
            same.evaluations + opposite.evaluations,
            reason and f"on a line along {i} and {j}, with the point at 1.0: {reason}",
        )

    below = {(i, j): entry(i, j) for i in size for j in size if j <= i}
    return [[below[max(i, j), min(i, j)] for j in size] for i in size]


def complex_step(f: Callable[[complex], complex], x: float) -> float:
    """The derivative of `f` at `x` to nearly all digits, from one step along the imaginary axis.

        f'(x)  =  Im f(x + i*h) / h,     off by about h**2/6 * f'''(x)

    No two values are subtracted, so nothing cancels but what cancels in `f` itself, and `h` can be
    so small that h**2 is no more. It is for functions that take complex numbers, are analytic, and
    real for real `x`: arithmetic, and `cmath` where `math` has a value. It has no error bar, and
    it has traps: with `abs`, a comparison or `.real` inside, it is wrong without a word, and at 0
    the square root, which has no slope there, is given one.

    Raises: TypeError where `f` returns no complex number; what `f` itself raises.
    Source: W. Squire and G. Trapp, "Using Complex Variables to Estimate Derivatives of Real
    Functions" (1998).

    >>> import cmath
    >>> complex_step(cmath.exp, 1.0), math.exp(1.0)
    (2.718281828459045, 2.718281828459045)
    >>> complex_step(lambda x: x * abs(x), 3.0)  # the slope is 6
    3.0
    >>> f"{complex_step(cmath.sqrt, 0.0):.0e}"
    '7e+24'
    """
    h = max(1e-50 * (abs(x) or 1.0), 1e-307)
    y = f(complex(x, h))
    if not isinstance(y, complex):
        raise TypeError(f"from a complex number the function made {y!r}: its slope is lost")
    return y.imag / h


def _along(f: PointFunction, point: Sequence[float], i: int) -> Function:
    """`f` as a function of one coordinate, all others as they are."""
    return lambda nudged: f([*point[:i], nudged, *point[i + 1 :]])


def _measure(
    order: int, f: Function, x: float, scale: float | None, relative_noise: float
) -> Estimate:
    x, relative_noise = float(x), float(relative_noise)
    if not math.isfinite(x):
        raise DomainError(f"there is no slope at {x}: give a finite number")
    if scale is not None and not math.ulp(x) <= scale <= sys.float_info.max:
        raise DomainError(f"the scale, the widest step from {x}, cannot be {scale}")
    if not 0 <= relative_noise < 1:
        raise DomainError(f"relative noise is a share such as 1e-6, below 1; not {relative_noise}")
    y = nearest_float(f(x))
    if not math.isfinite(y):
        return Estimate(math.nan, math.inf, 1, f"the function has no finite, real value at {x}")
    ladder = Ladder(f, x, y, scale, relative_noise)
    for n in range(1, order + 1):  # no second derivative without a first
        best, reason = limit(ladder, n)
        if reason:
            return Estimate(best.value, math.inf, ladder.evaluations, reason)
    return Estimate(best.value, best.error, ladder.evaluations)
