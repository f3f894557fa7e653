"""Numbers in formulas, kept exact where they are: as whole numbers and fractions.

On the page: `as_value(node.row(*(inputs if None in plain else plain)))`. Tidying a formula should
not cost digits. So the plain numbers that are rearranged with it are whole numbers and fractions
wherever they can be. A float such as 0.1, which is not round in binary, stays a float, and is
reckoned with as floats are.

>>> exact(0.75), exact(3.0), exact(0.1)
(Fraction(3, 4), 3, 0.1)
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import isqrt
from typing import Any

from mathlab.calculus.numbers.kinds import power
from mathlab.errors import DomainError

ROUND = 1024  # floats with at most ten binary digits after the point become fractions


def exact(number: Any) -> Any:
    """The number as an int or a Fraction if it is a round one, else as it is."""
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


def exact_power(number: Any, exponent: int) -> Any:
    """A number to a whole power: 2 to the power -1 is the fraction 1/2.

    Raises: DomainError for 0 to a power below 0, and if the result has too many digits.
    """
    if exponent == 1 or (type(number) is int and number == 1):
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
