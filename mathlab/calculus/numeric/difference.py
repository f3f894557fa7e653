"""The slope of a curve, from two of its points: the quotient of two differences.

The slope of `f` at `x` is what this quotient tends to as the step `h` shrinks:

    f'(x)  ≈  (f(x + h) - f(x)) / h

>>> for h in (1.0, 0.1, 0.01):
...     print(f"{h:<4}  {forward_difference(lambda x: x**3, 2.0, h):.6f}")
1.0   19.000000
0.1   12.610000
0.01  12.060100

So the slope of x**3 at 2 is 12, and a smaller step seems a better one. It is not, for long: there
is a best `h`, and it is not the smallest. A wide step misses how the curve bends in between; that
error is called truncation, and goes by some power of `h`. A narrow one subtracts two numbers that
agree in nearly all of their digits, and what is left is their rounding, divided by a tiny `h`:

    error  ≈  h**n  +  EPSILON/h        where f and its derivatives are about 1

The two pull in opposite directions, and the sum is least where they are about equal: at
h = EPSILON**(1/(n + 1)), with an error of EPSILON**(n/(n + 1)). A forward difference (n = 1) has
half of the sixteen digits right at best, a central one (n = 2) two thirds, one through four points
(n = 4) four fifths.
"""

import math
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction

from mathlab.errors import DomainError

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

    The default step is the best for n = 1: 1.5e-8, times |x| if that is above 1.

    Raises: DomainError if `h` is too small to move `x`.

    >>> round(forward_difference(math.exp, 0.0), 7)
    1.0
    """
    above = x + (best_step(x, 1) if h is None else h)
    return (f(above) - f(x)) / _step_taken(x, above)


def central_difference(f: Function, x: float, h: float | None = None) -> float:
    """The slope of the line through the points of `f` at `x - h` and `x + h`.

        (f(x + h) - f(x - h)) / (2h),     off by about h**2/6 * f'''(x)

    What the second derivative adds on one side it takes away on the other: only the third is felt.
    So the default step, the best for n = 2, is wider, 6e-6, and rounding does less harm.

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
    exact, but for rounding, for polynomials with no more coefficients than there are points.
    Tables of them are in B. Fornberg, "Generation of Finite Difference Formulas" (1988).

    Raises: ValueError unless the offsets differ, and are more than `order` in number.

    >>> print(*stencil([-2, -1, 0, 1, 2]))
    1/12 -2/3 0 2/3 -1/12
    >>> print(*stencil([-1, 0, 1], order=2))
    1 -2 1
    """
    if len(set(offsets)) < len(offsets):
        raise ValueError("the offsets of a stencil must all be different")
    if not 0 <= order < len(offsets):
        raise ValueError(f"{len(offsets)} offsets make no stencil of order {order}: give more")
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

    With the default offsets the error is about h**4/30 * f'''''(x), and the default step 7e-4.

    Raises: ValueError unless there are at least two offsets, all different; DomainError if `h` is
    too small to move `x`.

    >>> stencil_difference(lambda x: x**4, 1.0, h=0.5)
    4.0
    """
    weights = stencil(offsets)
    if h is None:  # points in pairs about x cancel one more power of h
        in_pairs = {-offset for offset in offsets} == {*offsets}
        h = best_step(x, len(offsets) - (0 if in_pairs and 0 not in offsets else 1))
    _step_taken(x, x + h)
    weighed = zip(weights, offsets, strict=True)
    return math.fsum(float(weight) * f(x + offset * h) for weight, offset in weighed if weight) / h


def _step_taken(start: float, end: float) -> float:
    """The step as it was really taken: 0.1 + 1e-10 is no float, nor is 0.1."""
    if start == end:
        raise DomainError(f"the step is too small to move {start}: take at least {math.ulp(start)}")
    return end - start
