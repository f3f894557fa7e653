"""One operation, many kinds of number: int, float, Fraction, Decimal, complex.

Arithmetic takes them all as they are. What has no name in Python, or means something else there for
one of the kinds, is worked out here.

>>> from fractions import Fraction
>>> power(Fraction(2, 3), -2), sign(Fraction(-5, 7)), COMPLEX["log1p"](1e-20 + 0j)
(Fraction(9, 4), Fraction(-1, 1), (1e-20+0j))
"""

import cmath
import functools
import math
import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NoReturn

from mathlab.calculus.numbers import decimals


def like(x: Any, number: Any) -> Any:
    """The number, in the kind of `x`: as a part of the formula if `x` is one.

    >>> like(Decimal("0.5"), 2)
    Decimal('2')
    """
    if isinstance(x, float):  # the usual case; to ask whether it is a Fraction takes five times
        return number  # as long
    if hasattr(x, "operation"):
        return x.constant(like(x.data, number))
    return type(x)(number) if isinstance(x, (Decimal, Fraction, complex)) else number


def pi_like(x: Any) -> Any:
    """The number pi, in the kind of `x`."""
    if hasattr(x, "operation"):
        return x.constant(pi_like(x.data), "pi")
    return decimals.pi() if isinstance(x, Decimal) else math.pi


def as_decimal(number: Any, name: str = "") -> Any:
    """A constant of a formula, for a reckoning in Decimals: these do not mix with fractions, nor
    with floats. A float is taken at its word: 0.1 is a tenth.

    >>> as_decimal(Fraction(1, 8)), as_decimal(3), as_decimal(0.1)
    (Decimal('0.125'), Decimal('3'), Decimal('0.1'))
    """
    if name in ("pi", "e"):
        return decimals.pi() if name == "pi" else Decimal(1).exp()
    if isinstance(number, (int, Fraction)):
        return Decimal(number.numerator) / number.denominator
    return Decimal(repr(number)) if isinstance(number, float) else number


def as_fraction(number: Any, name: str = "") -> Any:
    """A float or Decimal as the fraction that its decimals say; others as they are.

    >>> as_fraction(0.1), as_fraction(3)
    (Fraction(1, 10), 3)
    """
    finite = isinstance(number, (float, Decimal)) and math.isfinite(number)
    return Fraction(str(number)) if finite else number


def as_float(number: Any) -> Any:
    """A Decimal as the nearest float, so that it can be mixed with floats; others as they are."""
    return float(number) if isinstance(number, Decimal) else number


# How the numbers of a formula become numbers of a kind that does not mix, or not exactly.
IN_KIND: dict[type, Callable[..., Any]] = {Decimal: as_decimal, Fraction: as_fraction}


def power(x: Any, y: Any) -> Any:
    """`x**y`, kept real for real inputs, and refused where it would fill the memory.

    >>> power(2, 10)
    1024
    """
    # a float is asked first whether it is one: whether it is a Fraction takes longer than the power
    if isinstance(y, int) and not isinstance(x, float) and isinstance(x, (int, Fraction)):
        bits = max(abs(x.numerator), x.denominator).bit_length()
        if bits > 1 and abs(y) * bits > 10_000:
            raise OverflowError  # 10,000 bits are 3,000 digits; Python prints up to 4,300
    if y == 0 and isinstance(x, Decimal):
        return Decimal(1)  # as for all other kinds; Decimal itself refuses 0**0
    z = x**y
    if isinstance(z, complex) and not isinstance(x, complex) and not isinstance(y, complex):
        raise ValueError  # (-8)**(1/3): Python answers with a complex number
    return z


# In the following, `x != x` asks whether x is nan, the one number that differs from itself.


def sign(x: Any) -> Any:
    """1 above 0, -1 below 0, and 0 at 0."""
    return x if x != x else type(x)((x > 0) - (x < 0))


def step(x: Any) -> Any:
    """1 above 0, and 0 elsewhere."""
    return x if x != x else type(x)(x > 0)


def relu(x: Any) -> Any:
    """x above 0, and 0 elsewhere."""
    return x if x != x or x > 0 else type(x)(0)


def maximum(x: Any, y: Any) -> Any:
    """The larger one; nan if one of them is."""
    return x if x != x else y if y != y else max(x, y)


def minimum(x: Any, y: Any) -> Any:
    """The smaller one; nan if one of them is."""
    return x if x != x else y if y != y else min(x, y)


def where(condition: Any, x: Any, y: Any) -> Any:
    """x if the condition is above 0 (as True is), else y; nan if the condition is."""
    return condition if condition != condition else x if condition > 0 else y


def total(*numbers: Any) -> Any:
    """The sum of all, one after the other; Python's own `sum` rounds floats in its own way."""
    return functools.reduce(operator.add, numbers, 0)


def dot(*numbers: Any) -> Any:
    """The inner product of the first half of the numbers with the second half."""
    half = len(numbers) // 2
    result: Any = 0
    for x, y in zip(numbers[:half], numbers[half:], strict=True):
        result += x * y
    return result


def halves_exchanged(numbers: Sequence[Any]) -> list[Any]:
    """The second half of the numbers, then the first: the slopes of an inner product.

    >>> halves_exchanged([1, 2, 3, 4])
    [3, 4, 1, 2]
    """
    half = len(numbers) // 2
    return [*numbers[half:], *numbers[:half]]


def no_slope(reason: str) -> NoReturn:
    """Raise the error that an input has no slope."""
    raise ValueError(reason)


def _log1p(x: complex) -> complex:
    # cmath has no log1p. The first forgets no small x; the second is right for a large one.
    return 2 * cmath.atanh(x / (2 + x)) if abs(x) < 0.5 else cmath.log(1 + x)


def _sigmoid(x: complex) -> complex:
    small = cmath.exp(-x if x.real > 0 else x)
    return (1 if x.real > 0 else small) / (1 + small)


def _softplus(x: complex) -> complex:
    return (x if x.real > 0 else 0) + _log1p(cmath.exp(-x if x.real > 0 else x))


COMPLEX: dict[str, Callable[[complex], complex]] = {
    "exp": cmath.exp,
    "expm1": lambda x: 2 * cmath.exp(x / 2) * cmath.sinh(x / 2),
    "log": cmath.log,
    "log1p": _log1p,
    "log2": lambda x: cmath.log(x) / math.log(2),
    "log10": cmath.log10,
    "sqrt": cmath.sqrt,
    "sin": cmath.sin,
    "cos": cmath.cos,
    "tan": cmath.tan,
    "asin": cmath.asin,
    "acos": cmath.acos,
    "atan": cmath.atan,
    "sinh": cmath.sinh,
    "cosh": cmath.cosh,
    "tanh": cmath.tanh,
    "asinh": cmath.asinh,
    "acosh": cmath.acosh,
    "atanh": cmath.atanh,
    "sigmoid": _sigmoid,
    "softplus": _softplus,
}
