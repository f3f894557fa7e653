"""Kinds of number: what int, float, Fraction, Decimal and complex need to go through one formula.

On the page: `return self.compute(*inputs)`. Arithmetic takes numbers of any kind, and keeps it:

>>> [x * x + 1 for x in (3, 0.5, Fraction(1, 3), Decimal("0.1"), 2j)]
[10, 1.25, Fraction(10, 9), Decimal('1.01'), (-3+0j)]

What else each kind needs:

    all of them     what has no operator in Python: sign, maximum, where, inner products, ...
    int, Fraction   a power that would fill the memory is refused
    float           so is one that is not real, such as (-8)**(1/3)
    Decimal         mixes with int only: other constants of a formula are converted
    complex         the functions of `cmath`, and those that it lacks
    Interval        the functions of `interval`, each enclosed

Read `relu`, `power` and `like` first; the rest are more of the same.
"""

import cmath
import functools
import math
import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from numbers import Number, Real
from typing import Any, NoReturn

from mathlab.calculus.numbers import decimals
from mathlab.calculus.numbers.interval import Interval, as_interval

# All kinds. `x != x` asks whether x is nan, the one number that differs from itself.


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
    if isinstance(condition, complex):
        raise ValueError("its condition has to be a real number")
    return condition if condition != condition else x if condition > 0 else y


def total(*numbers: Any) -> Any:
    """The sum of all, one after the other; Python's own `sum` rounds floats in its own way."""
    return functools.reduce(operator.add, numbers, 0)


def dot(*numbers: Any) -> Any:
    """The inner product of the first half of the numbers with the second half.

    >>> dot(1, 2, 10, 100)
    210
    """
    result: Any = 0
    for x, y in zip(*halves(numbers), strict=True):
        result += x * y
    return result


def halves(numbers: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """The two vectors of an inner product: the first half of the numbers, and the second."""
    half = len(numbers) // 2
    return numbers[:half], numbers[half:]


def halves_exchanged(numbers: Sequence[Any]) -> list[Any]:
    """The second half of the numbers, then the first: the slopes of an inner product."""
    first, second = halves(numbers)
    return [*second, *first]


def no_slope(reason: str) -> NoReturn:
    """Raise the error that an input has no slope."""
    raise ValueError(reason)


def power(x: Any, y: Any) -> Any:
    """`x**y`, kept real for real inputs, and refused where it would fill the memory.

    >>> power(2, 10), power(Fraction(2, 3), -2)
    (1024, Fraction(9, 4))
    """
    # To ask first whether x is a float is quick; whether it is a Fraction takes longer than x**y.
    whole = isinstance(y, int) or (type(y) is Fraction and y.denominator == 1)
    if whole and not isinstance(x, float) and isinstance(x, (int, Fraction)):
        bits = max(abs(x.numerator), x.denominator).bit_length()
        if bits > 1 and abs(y) * bits > 10_000:
            raise OverflowError  # 10,000 bits are 3,000 digits; Python prints up to 4,300
    if isinstance(x, Decimal) and (y == 0 or x == 0):  # as for all other kinds:
        if y != y:
            return y
        if y < 0:
            raise ZeroDivisionError  # Decimal itself says Infinity,
        return Decimal(y == 0)  # and refuses 0**0
    try:
        z = x**y
    except OverflowError:
        if not isinstance(x, float) or not isinstance(y, (int, Fraction)):
            raise
        z = -math.inf if x < 0 and y % 2 else math.inf  # a product, and it overflows as one does
    if isinstance(z, complex) and not isinstance(x, complex) and not isinstance(y, complex):
        raise ValueError  # (-8)**(1/3): Python answers with a complex number
    return z


# Constants of a formula, in the kind that is asked for. Only a Value has an `operation`, so that is
# how to ask whether x is one: a formula, not a number.


def like(x: Any, number: Any) -> Any:
    """The number, in the kind of `x`: as a part of the formula if `x` is one.

    >>> like(Decimal("0.5"), 2)
    Decimal('2')
    """
    if isinstance(x, float):  # the usual case, and quick to ask: see `power`
        return number
    if hasattr(x, "operation"):
        return number if hasattr(number, "operation") else x.constant(like(x.data, number))
    if isinstance(x, Interval):
        return x.of(number)
    return type(x)(number) if isinstance(x, (Decimal, Fraction, complex)) else number


def pi_like(x: Any) -> Any:
    """The number pi, in the kind of `x`."""
    if hasattr(x, "operation"):
        return x.constant(pi_like(x.data), "pi")
    if isinstance(x, Interval):
        return x.of(0, "pi")
    return decimals.pi() if isinstance(x, Decimal) else math.pi


def as_decimal(number: Any, name: str = "") -> Any:
    """A number, or the constant of this name, as a Decimal. A float is taken at its word.

    >>> as_decimal(Fraction(1, 8)), as_decimal(3), as_decimal(0.1)
    (Decimal('0.125'), Decimal('3'), Decimal('0.1'))
    """
    if name in ("pi", "e"):
        return decimals.pi() if name == "pi" else Decimal(1).exp()
    if isinstance(number, float):
        return Decimal(repr(number))
    return decimals.from_fraction(number) if isinstance(number, (int, Fraction)) else number


def as_fraction(number: Any, name: str = "") -> Any:
    """A finite float or Decimal as the fraction that its decimals say; other numbers stay.

    >>> as_fraction(0.1), as_fraction(3)
    (Fraction(1, 10), 3)
    """
    finite = isinstance(number, (float, Decimal)) and math.isfinite(number)
    return Fraction(str(number)) if finite else number


def as_float(number: Any) -> Any:
    """A Decimal as the nearest float, so that it can be mixed with floats; other numbers stay."""
    return float(number) if isinstance(number, Decimal) else number


IN_KIND: dict[type, Callable[..., Any]] = {
    Decimal: as_decimal, Fraction: as_fraction, Interval: as_interval}


# Complex numbers: those of other libraries; and what `cmath` lacks, so that small ones keep their
# digits and large ones fit.

OUR_KINDS = {float, int, bool, complex, Fraction, Decimal, Interval}


def is_foreign(x: Any) -> bool:
    """Whether x is complex, but not Python's own: `math` would drop its imaginary part."""
    return type(x) not in OUR_KINDS and isinstance(x, Number) and hasattr(x, "__complex__") and (
        not isinstance(x, (complex, Real, Decimal)))


def in_python(x: Any) -> Any:
    """A complex number of another library, such as numpy's complex64, as a complex; or x itself."""
    return complex(x) if is_foreign(x) else x


def _log1p(x: complex) -> complex:
    return 2 * cmath.atanh(x / (2 + x)) if abs(x) < 0.5 else cmath.log(1 + x)


def _sigmoid(x: complex) -> complex:
    small = cmath.exp(-x if x.real > 0 else x)
    return (1 if x.real > 0 else small) / (1 + small)


def _hypot(x: complex, y: complex) -> complex:
    size = max(abs(x), abs(y)) or 1.0  # the squares may not fit
    return size * cmath.sqrt((x / size) ** 2 + (y / size) ** 2)


IN_CMATH = "exp log log10 sqrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh"
COMPLEX: dict[str, Callable[..., complex] | None] = {
    **{name: getattr(cmath, name) for name in IN_CMATH.split()},
    "hypot": _hypot,
    "sech": lambda x: 1 / cmath.cosh(x),
    "expm1": lambda x: 2 * cmath.exp(x / 2) * cmath.sinh(x / 2),
    "log1p": _log1p,
    "log2": lambda x: cmath.log(x) / math.log(2),
    "sigmoid": _sigmoid,
    "softplus": lambda x: (x if x.real > 0 else 0) + _log1p(cmath.exp(-x if x.real > 0 else x)),
}

XLOGY: dict[type, Callable[..., Any]] = {  # x*log(y), and 0 where x is 0, as in `special`
    Decimal: lambda x, y: x * decimals.log(y) if x or y < 0 else x,
    complex: lambda x, y: x * cmath.log(y) if x else x,
}
