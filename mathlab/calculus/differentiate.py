"""Derivatives as formulas: of one function by one input, by many, of any order.

All of it is the sweep of `mathlab.calculus.value`, read as formulas and simplified.

>>> from mathlab import sin, symbols
>>> x, y = symbols("x y")
>>> print(derivative(x**2 * sin(x), x))
2*x*sin(x) + x**2*cos(x)
>>> print(*gradient(x**2 * y, [x, y]), sep=", ")
2*x*y, x**2
"""

from __future__ import annotations

from collections.abc import Sequence

from mathlab.calculus.simplify import simplify_all
from mathlab.calculus.value import Value, as_value, slopes_as_formulas


def derivative(y: Value, x: Value, order: int = 1) -> Value:
    """The derivative of `y` with respect to `x`, as a formula; 0 if `y` does not depend on `x`.

    Raises: ValueError for an order below 1, DomainError where `y` has no slope.

    >>> from mathlab import symbols
    >>> x, = symbols("x")
    >>> print(derivative(x**4, x, order=3))
    24*x
    """
    if order < 1:
        raise ValueError(f"the order of a derivative is 1, 2, 3, ..., not {order}")
    for _ in range(order):
        (y,) = gradient(y, [x])
    return y


def gradient(y: Value, xs: Sequence[Value]) -> list[Value]:
    """The derivatives of `y` with respect to each of `xs`, as formulas that share what they can."""
    slopes = slopes_as_formulas(y)
    return simplify_all([as_value(slopes.get(x, 0)) for x in xs])


def hessian(y: Value, xs: Sequence[Value]) -> list[list[Value]]:
    """The second derivatives of `y`: row i, column j is how the slope in xs[i] changes with xs[j].

    >>> from mathlab import symbols
    >>> x, y = symbols("x y")
    >>> [[str(entry) for entry in row] for row in hessian(x**2 * y, [x, y])]
    [['2*y', '2*x'], ['2*x', '0']]
    """
    return jacobian(gradient(y, xs), xs)


def jacobian(ys: Sequence[Value], xs: Sequence[Value]) -> list[list[Value]]:
    """The derivatives of several functions: row i, column j is the slope of `ys[i]` in `xs[j]`."""
    return [gradient(y, xs) for y in ys]


Value.derivative = derivative  # y.derivative(x) reads as well as derivative(y, x)
