"""The slope of a curve, from two of its points: the quotient of two differences.

The slope of `f` at `x` is what this quotient tends to as the step `h` shrinks:

    f'(x)  ≈  (f(x + h) - f(x)) / h

>>> for h in (1.0, 0.1, 0.01):
...     print(f"{h:<4}  {forward_difference(lambda x: x**3, 2.0, h):.6f}")
1.0   19.000000
0.1   12.610000
0.01  12.060100

So the slope of x**3 at 2 is 12, and a smaller step seems a better one. It is not, for long: there
is a best `h`, and it is not the smallest. A wide step cuts off the bend of the curve (truncation).
A narrow one subtracts two numbers that agree in nearly all of their digits, and what is left is
their rounding, divided by a tiny `h`:

    error  ≈  a * h**n  +  EPSILON/h

The two pull in opposite directions, and the sum is least where they are about equal: at
h = EPSILON**(1/(n + 1)), with an error of EPSILON**(n/(n + 1)). A forward difference (n = 1) has
half of the sixteen digits right at best, a central one (n = 2) two thirds, one through four points
(n = 4) four fifths.
"""

import math
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction

Function = Callable[[float], float]
EPSILON = sys.float_info.epsilon  # 2.2e-16: how finely floats near 1 are spaced


def best_step(x: float, n: int) -> float:
    """The step that serves a quotient best whose truncation error falls as h**n.

        h = EPSILON**(1/(n + 1)) * max(|x|, 1)

    This supposes a curve that bends on the scale of `x`, or of 1 near 0. Only `f` could tell.

    >>> [f"{best_step(1.0, n):.0e}" for n in (1, 2, 4)]
    ['1e-08', '6e-06', '7e-04']
    """
    return math.pow(EPSILON, 1 / (n + 1)) * max(abs(x), 1.0)


def forward_difference(f: Function, x: float, h: float | None = None) -> float:
    """The slope of the line through the points of `f` at `x` and `x + h`.

        (f(x + h) - f(x)) / h,     off by about h/2 * f''(x)

    The default step is sqrt(EPSILON): there the bend, h/2, and the rounding, EPSILON/h, are equal.

    >>> round(forward_difference(math.exp, 0.0), 7)
    1.0
    """
    above = x + (best_step(x, 1) if h is None else h)
    return (f(above) - f(x)) / (above - x)  # above - x: the step really taken


def central_difference(f: Function, x: float, h: float | None = None) -> float:
    """The slope of the line through the points of `f` at `x - h` and `x + h`.

        (f(x + h) - f(x - h)) / (2h),     off by about h**2/6 * f'''(x)

    What the curve's bend adds on one side it takes away on the other: only the third derivative is
    felt. So the default step may be wider, cbrt(EPSILON), and rounding does less harm.

    >>> central_difference(lambda x: x**2, 3.0, h=1.0)
    6.0
    """
    h = best_step(x, 2) if h is None else h
    above, below = x + h, x - h
    return (f(above) - f(below)) / (above - below)


def stencil(offsets: Sequence[int | Fraction], order: int = 1) -> tuple[Fraction, ...]:
    """How much each point counts in a difference quotient through the points `x + offset*h`.

        f^(order)(x)  ≈  (w1*f(x + o1*h) + w2*f(x + o2*h) + ...) / h**order

    This is the derivative of the one polynomial through all of the points, and so exact, but for
    rounding, for every polynomial with fewer coefficients than there are points.

    Raises: ValueError unless the offsets differ, and are more than `order` in number.
    Source: B. Fornberg, "Generation of Finite Difference Formulas" (1988).

    >>> print(*stencil([-2, -1, 0, 1, 2]))
    1/12 -2/3 0 2/3 -1/12
    >>> print(*stencil([-1, 0, 1], order=2))
    1 -2 1
    """
    if len(set(offsets)) < len(offsets) or not 0 <= order < len(offsets):
        raise ValueError(f"a stencil of order {order} needs more than {order} different offsets")
    weights = []
    for own in offsets:
        # The polynomial that is 1 at this offset and 0 at all others, its constant term first.
        polynomial = [Fraction(1)]
        for other in offsets:
            if other != own:
                shifted = [Fraction(0), *polynomial]
                scaled = [-other * c for c in polynomial] + [Fraction(0)]
                polynomial = [(a + b) / (own - other) for a, b in zip(shifted, scaled, strict=True)]
        weights.append(polynomial[order] * math.factorial(order))
    return tuple(weights)


def stencil_difference(
    f: Function, x: float, h: float | None = None, offsets: Sequence[int] = (-2, -1, 1, 2)
) -> float:
    """The slope at `x` of the polynomial through the points of `f` at `x + offset*h`.

    Four points about `x` leave an error of h**4/30 * f'''''(x), and a default step of 7e-4.

    Raises: ValueError unless there are at least two offsets, all different.

    >>> stencil_difference(lambda x: x**4, 1.0, h=0.5)
    4.0
    """
    h = best_step(x, len(offsets)) if h is None else h
    weighed = zip(stencil(offsets), offsets, strict=True)
    return math.fsum(float(weight) * f(x + offset * h) for weight, offset in weighed if weight) / h
