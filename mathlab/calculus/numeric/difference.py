"""Difference quotients: the slope of a curve from two or more of its points, and the best step.

On the page: `(f(x + h) - f(x - h)) / (2 * h)`. Here: how small should h be?

From 3 to 4, x**2 grows from 9 to 16: by 7 for a step of 1. Smaller steps come nearer to the slope:

>>> for h in (1.0, 0.1, 0.01):
...     print(f"{h:<4}  {forward_difference(lambda x: x**2, 3.0, h):.4f}")
1.0   7.0000
0.1   6.1000
0.01  6.0100

The slope is 6; but the smallest step is not the best one. A wide step misses how the curve bends:
that error, truncation, goes by some power of `h`. A narrow step subtracts two numbers that agree in
nearly all of their digits, and divides their rounding by a tiny `h`:

    error  ≈  h**n  +  EPSILON/h        where f and its derivatives are about 1

It is least where both are about equal, at h = EPSILON**(1/(n + 1)): a forward difference (n = 1)
then has half of the sixteen digits right, a central one (n = 2) two thirds, one through four points
(n = 4) four fifths.
"""

import math
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction

from mathlab.errors import DomainError

RealFunction = Callable[[float], float]
EPSILON = sys.float_info.epsilon  # 2.2e-16: how finely floats near 1 are spaced


def best_step(x: float, n: int) -> float:
    """The step that serves a quotient best whose truncation error falls as h**n.

        h = EPSILON**(1/(n + 1)) * max(|x|, 1)

    if the curve bends on the scale of `x`, or of 1 near 0: only `f` could tell.

    >>> [f"{best_step(1.0, n):.0e}" for n in (1, 2, 4)]
    ['1e-08', '6e-06', '7e-04']
    """
    return math.pow(EPSILON, 1 / (n + 1)) * max(abs(x), 1.0)


def forward_difference(f: RealFunction, x: float, h: float | None = None) -> float:
    """The slope of the line through the points of `f` at `x` and `x + h`.

        (f(x + h) - f(x)) / h,     off by about h/2 * f''(x)

    Equivalent to: stencil_difference(f, x, h, offsets=(0, 1)).

    Raises: DomainError if `h` is too small to move `x`.

    >>> round(forward_difference(math.exp, 0.0), 7)
    1.0
    """
    above = x + (best_step(x, 1) if h is None else h)
    return (f(above) - f(x)) / _step_taken(x, above)


def central_difference(f: RealFunction, x: float, h: float | None = None) -> float:
    """The slope of the line through the points of `f` at `x - h` and `x + h`.

        (f(x + h) - f(x - h)) / (2h),     off by about h**2/6 * f'''(x)

    What the second derivative adds on one side it takes away on the other: only the third is felt.
    Equivalent to: stencil_difference(f, x, h, offsets=(-1, 1)).

    Raises: DomainError if `h` is too small to move `x`.

    >>> central_difference(lambda x: x**2, 3.0, h=1.0)
    6.0
    """
    h = best_step(x, 2) if h is None else h
    above, below = x + h, x - h
    return (f(above) - f(below)) / _step_taken(below, above)


def stencil(offsets: Sequence[int | Fraction], order: int = 1) -> tuple[Fraction, ...]:
    """How much each point counts in a difference quotient through the points `x + offset*h`.

        f^(order)(x)  ≈  (w1*f(x + o1*h) + w2*f(x + o2*h) + ...) / h**order

    This is the derivative of the one polynomial through all of the points (Lagrange's), and so
    exact for polynomials with no more coefficients than there are points. Tables are in
    B. Fornberg, "Generation of Finite Difference Formulas" (1988).

    Raises: ValueError unless the offsets differ, and are more than `order` in number.

    >>> print(*stencil([-1, 1]), "and", *stencil([-2, -1, 1, 2]))
    -1/2 1/2 and 1/12 -2/3 2/3 -1/12
    """
    if len(set(offsets)) < len(offsets):
        raise ValueError("the offsets of a stencil must all be different")
    if not 0 <= order < len(offsets):
        raise ValueError(f"{len(offsets)} offsets make no stencil of order {order}: give more")
    weights, zero = [], Fraction(0)
    for own in offsets:
        # The polynomial that is 1 at this offset and 0 at all others, its constant term first.
        polynomial = [Fraction(1)]
        for other in set(offsets) - {own}:  # times (t - other) / (own - other)
            terms = zip([zero, *polynomial], [*polynomial, zero], strict=True)
            polynomial = [(a - other * b) / (own - other) for a, b in terms]
        weights.append(polynomial[order] * math.factorial(order))
    return tuple(weights)


def stencil_difference(
    f: RealFunction, x: float, h: float | None = None, offsets: Sequence[int] = (-2, -1, 1, 2)
) -> float:
    """The slope at `x` of the polynomial through the points of `f` at `x + offset*h`.

    With the default offsets it is off by about h**4/30 * f'''''(x).

    Raises: ValueError unless there are at least two offsets, all different; DomainError if `h` is
    too small to move `x`.

    >>> stencil_difference(lambda x: x**4, 1.0, h=0.5)
    4.0
    """
    points = [(w, offset) for w, offset in zip(stencil(offsets), offsets, strict=True) if w]
    if h is None:
        in_pairs = {offset for _, offset in points} == {-offset for _, offset in points}
        h = best_step(x, len(points) - (not in_pairs))  # pairs about x cancel one more power of h
    _step_taken(x, x + h)
    return math.fsum(float(weight) * f(x + offset * h) for weight, offset in points) / h


def _step_taken(start: float, end: float) -> float:
    """The step that was really taken: neither 0.1 nor 0.1 + 1e-10 is a float."""
    if start == end:
        raise DomainError(f"the step is too small to move {start}: take at least {math.ulp(start)}")
    return end - start
