"""Numbers in formulas, kept exact where they are: as whole numbers and fractions.

On the page: `as_value(node.row(*(inputs if None in plain else plain)))`. Tidying a formula should
not cost digits. So the plain numbers that are rearranged with it are whole numbers and fractions
wherever they can be. A float such as 0.1, which is not round in binary, stays a float, and is
reckoned with as floats are.

>>> exact(0.75), exact(3.0), exact(0.1)
(Fraction(3, 4), 3, 0.1)
"""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from math import inf, isfinite, isqrt, ulp
from sys import float_info
from typing import Any

from mathlab.calculus.numbers.kinds import power
from mathlab.errors import DomainError

ROUND = 1024  # floats with at most ten binary digits after the point become fractions
BITS = 133  # 40 digits: longer whole numbers are not multiplied out
LARGEST = 2**BITS
NOISE = 10**9  # what is as small as that next to each of the long floats that made it is rounding


def exact(number: Any) -> Any:
    """The number without rounding, as an int or a Fraction, if that is short; else as it is.

    A float with at most 10 binary digits after the point, such as 0.75, a bool or a Decimal becomes
    exact; 0.1 as a float stays a float.
    """
    if type(number) is int:
        return number
    if isinstance(number, bool):
        return int(number)
    if isinstance(number, float) and abs(number) < 2**53 and (number * ROUND).is_integer():
        number = Fraction(number)
    if isinstance(number, Decimal) and number.is_finite() and abs(number.adjusted()) < 1000:
        number = Fraction(number)
    if isinstance(number, Fraction) and number.denominator == 1:
        return number.numerator
    return number


def is_exact(number: Any) -> bool:
    """Whether it is a whole number or a fraction."""
    return isinstance(number, (int, Fraction))


def is_plain(number: Any) -> bool:
    """Whether it is exact, or a float that is written with at most 8 signs, such as 0.1.

    >>> is_plain(0.1), is_plain(2**0.5)
    (True, False)
    """
    return is_exact(number) or (type(number) is float and len(repr(number)) <= 8)


class LostError(ArithmeticError):
    """A number would overflow, underflow or be too long to write if it were worked out."""


def added(*numbers: Any) -> Any:
    """The sum of all, rounded once; floats as their decimals are written: 2.3 - 1 is 1.3, not
    1.2999999999999998.

    Raises: LostError.

    >>> added(2.3, -1), added(0.1, 0.2), added(0.1, 1e200, -1e200)
    (1.3, 0.3, 0.1)
    """
    if {*map(type, numbers)} <= {int}:
        return _short(sum(numbers))
    floats = [float(x) for x in numbers if isinstance(x, float)]
    exacts = [x for x in numbers if is_exact(x)]
    if len(floats) + len(exacts) < len(numbers) or not all(map(isfinite, floats)):
        return _short(exact(sum(numbers)))  # a complex number, a Decimal, inf or nan
    total = sum(map(Fraction, map(repr, floats)), start=sum(exacts))
    if not floats:
        return _short(exact(total))
    if not any(map(_is_short, numbers)) and abs(total) <= min(
            len(numbers) * ulp(max(map(abs, floats))), min(map(abs, numbers)) / NOISE):
        return 0  # but for rounding
    if abs(total) > float_info.max:
        raise LostError
    return _short(exact(float(total)))


def scaled(number: Any, factor: Any) -> Any:
    """`number*factor`, as `joined`. Raises: LostError."""
    product = joined(number, factor)
    if product is None:
        raise LostError
    return product


def _is_short(number: Any) -> bool:
    """Whether a number has few decimals; 1/3 and 0.1234567890123 have many."""
    return type(number) is int or (type(number) is float and is_plain(number))


def divided(number: Any, by: Any) -> Any:
    """`number/by`, exact if both are; a float divided by itself is 1."""
    if by == 1:
        return number
    if is_exact(number) and is_exact(by):
        return exact(Fraction(number) / by)
    return _short(exact(number / by))


def _short(number: Any) -> Any:
    """The number, if it is finite and not too long to write. Raises: LostError."""
    if type(number) is int and -LARGEST < number < LARGEST:
        return number
    if (isinstance(number, float) and abs(number) == inf) or (is_exact(number) and max(
            map(abs, number.as_integer_ratio())) >= LARGEST):
        raise LostError
    return number


def raised(number: Any, exponent: int) -> Any:
    """`number**exponent`; None if it overflows, underflows or is too long to write.

    Raises: DomainError for 0 to a power below 0.

    >>> raised(2, -1), raised(0.1, 400)
    (Fraction(1, 2), None)
    """
    if number in (0, 1) or exponent == 1:
        return exact_power(number, exponent)
    if is_exact(number):
        longer = max(abs(number.numerator), number.denominator) - 1
        short = longer.bit_length() * abs(exponent) <= BITS or exponent == -1
        return exact_power(number, exponent) if short else None
    try:
        found = exact_power(number, exponent)
    except DomainError:
        return None
    return found if found != 0 and _is_normal(found) else None


def joined(x: Any, y: Any) -> Any:
    """`x*y`, floats as they are written; None if it overflows, underflows or is too long to write.

    >>> joined(0.1, 0.2), joined(1e-200, 1e-200), joined(3**80, 3**80)
    (0.02, None, None)
    """
    if y == 1:
        return x
    if y == -1 or x == 1 or x == -1:
        return x * y
    try:
        product = x * y
    except OverflowError:  # of a float and a whole number too large for one
        return None
    if type(product) is int and -1_000_000 < product < 1_000_000:
        return product
    if is_exact(product) and max(map(abs, product.as_integer_ratio())).bit_length() > BITS:
        return None
    if x != 0 != y and (product == 0 or not _is_normal(product)):
        return None
    if type(product) is float and is_plain(x) and is_plain(y):
        with suppress(ArithmeticError):
            product = float(Decimal(repr(x)) * Decimal(repr(y)))
    return exact(product)


def _is_normal(number: Any) -> bool:
    """Whether a number that is not exact has all its digits."""
    return not isinstance(number, float) or float_info.min <= abs(number) < inf


def exact_power(number: Any, exponent: int) -> Any:
    """A number to a whole power: 2 to the power -1 is the fraction 1/2.

    Raises: DomainError for 0 to a power below 0, and if the result has too many digits.
    """
    if exponent == 1:
        return number
    try:
        return exact(power(Fraction(number) if isinstance(number, int) else number, exponent))
    except ZeroDivisionError:
        raise DomainError(f"0**{exponent} is not defined: it divides by 0") from None
    except OverflowError:
        raise DomainError(f"{number}**{exponent} is too large to write down") from None


def exact_root(number: Any) -> Any:
    """The square root if it is a whole number or a fraction, else None.

    >>> exact_root(Fraction(4, 9)), exact_root(2)
    (Fraction(2, 3), None)
    """
    if not isinstance(number, (int, Fraction)) or number < 0:
        return None
    root = Fraction(isqrt(number.numerator), isqrt(number.denominator))
    return exact(root) if root * root == number else None
