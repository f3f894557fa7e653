"""For intervals: the gamma function, its logarithm, and the derivatives of that logarithm.

On the page: `math.sin`, which has a series. The gamma function has Stirling's series, for a large z

    log(gamma(z)) = (z - 1/2)*log(z) - z + log(2*pi)/2 + sum of B(2k) / (2k*(2k - 1)*z**(2k - 1))

with Bernoulli's numbers B(2) = 1/6, B(4) = -1/30, ... Its terms shrink, and then grow for ever. But
wherever one stops, for z above 0, the error is no larger than the next term. So the sum and that
term give an interval that is certain. A small x is moved up first: `gamma(x + 1) = x*gamma(x)`. The
first derivative of log(gamma) is called digamma; its own derivatives are called polygamma.

>>> half = enclosed("gamma", Interval("0.5"))
>>> pi = as_interval(0, "pi")
>>> (half**2).meets(pi) is not None, half.width < Decimal("1e-25")
(True, True)

Source: NIST Digital Library of Mathematical Functions, 5.11.1, 5.11(ii) and 5.15.8.
"""

import math
from decimal import Decimal, getcontext, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import Any

from mathlab.calculus.numbers.interval import (
    FUNCTIONS,
    Interval,
    as_interval,
    exp,
    for_both_kinds,
    log,
    rounded_once,
)
from mathlab.calculus.numbers.special import LARGEST_ORDER

LEFTMOST = -10_000  # from there on it takes as many steps to where the series is good


@lru_cache
def bernoulli(n: int) -> Fraction:
    """Bernoulli's number B(n), by its recursion.

    >>> [bernoulli(n) for n in (0, 1, 2, 3, 4)]
    [Fraction(1, 1), Fraction(-1, 2), Fraction(1, 6), Fraction(0, 1), Fraction(-1, 30)]
    """
    if n % 2 and n > 1:
        return Fraction(0)
    lower = sum(math.comb(n + 1, k) * bernoulli(k) for k in range(n))
    return -Fraction(lower) / (n + 1) if n else Fraction(1)


@lru_cache
def factorial(n: int) -> Interval:
    """1 * 2 * ... * n, exactly.

    >>> factorial(4)
    Interval(24, 24)
    """
    return as_interval(math.factorial(n))


@lru_cache(10_000)
def _coefficient(n: int, k: int, digits: int) -> Interval:
    """What stands above z**(n + 2*k - 1) in the k-th term of `_far`, to so many digits."""
    factor = math.comb(n + 2 * k - 2, 2 * k - 1) if n else Fraction(1, 2 * k - 1)
    with localcontext(prec=digits):
        return as_interval(bernoulli(2 * k) * factor / (2 * k))


def _far(n: int, z: Interval) -> Any:
    """The n-th derivative of log(gamma) at a large z; for n > 0 over (-1)**n * (n - 1)!. The first
    term that is left out is added to both sides, as the largest error."""
    if n == 0:
        total = (z - Fraction(1, 2)) * log(z) - z + log(2 * as_interval(0, "pi")) / 2
    elif n == 1:
        total = 1 / (2 * z) - log(z)
    else:
        total = (z / (n - 1) + Fraction(1, 2)) / z**n
    k, power = 0, z ** (n + 1)
    while True:
        k += 1
        term = _coefficient(n, k, getcontext().prec) / power
        size = abs(term).high
        if size <= abs(total).high.scaleb(-getcontext().prec) or k > getcontext().prec:
            return total + Interval.made(size.copy_negate(), size)
        total += term
        power *= z * z


def _at(n: int, x: Interval) -> Any:
    """The n-th derivative of log(abs(gamma)) at x, from one at x + steps, which is large enough."""
    if n > 1:
        return (-1) ** n * factorial(n - 1) * _sum(n, x)
    steps = max(0, getcontext().prec - math.floor(min(x.low, getcontext().prec)))
    product, moved = as_interval(1), as_interval(0)
    for i in range(steps):
        if n == 0:
            product *= x + i
        else:
            moved += 1 / (x + i)
    return _far(0, x + steps) - log(abs(product)) if n == 0 else -_far(1, x + steps) - moved


def _sum(n: int, x: Interval) -> Any:
    """1/x**n + 1/(x + 1)**n + ..., for n > 1. It is ended by `_far`, or earlier, where the rest is
    too small to count: it is below the next term and the area under all that follow."""
    total, y = as_interval(0), x
    while y.low < n + getcontext().prec:
        total += 1 / y**n
        y += 1
        if y.low > 0:
            rest = ((1 + y / (n - 1)) / y**n).high
            if rest <= abs(total).high.scaleb(-getcontext().prec):
                return total + Interval.made(Decimal(0), rest)
    return total + _far(n, y)


def _check_poles(x: Interval) -> None:
    """A ZeroDivisionError if x has a pole in it: 0, -1, -2, ...; an OverflowError too far left."""
    if x.low < LEFTMOST:
        raise OverflowError(f"from {x.low} it would take too many steps: begin at {LEFTMOST}")
    if x.low <= 0 and math.floor(min(x.high, Decimal(0))) >= math.ceil(x.low):
        raise ZeroDivisionError(f"there is a pole between {x.low} and {x.high}")


def _ends(n: int, x: Interval) -> tuple[Interval, Interval]:
    """The n-th derivative of log(abs(gamma)) at both ends of x."""
    return (rounded_once(lambda y: _at(n, y), Interval.made(x.low, x.low)),
            rounded_once(lambda y: _at(n, y), Interval.made(x.high, x.high)))


def _lgamma(x: Interval) -> Interval:
    """log(abs(gamma)). Between two poles it falls, then rises, and lies above all its tangents. Its
    lowest value is bounded by the tangent just before the turning point, which Newton's steps find:
    each leaves half of what was left, or less, as the bend is above 0. As the turning point is
    flat, half of the digits are enough."""
    _check_poles(x)
    first, last = _ends(0, x)
    found = first.joined(last)
    slopes = _ends(1, x)
    if slopes[0].low >= 0 or slopes[1].high <= 0:
        return found
    near, turn = Decimal(10) ** (-getcontext().prec // 2 - 3), x
    for _ in range(2 * getcontext().prec):
        if turn.width <= near:
            break
        middle = Interval.made(turn.middle, turn.middle)
        turn = (middle - _at(1, middle) / _at(2, turn)).meets(turn) or turn
    tangent = _ends(0, turn)[0] + _ends(1, turn)[0] * (turn - turn.low)
    return Interval.made(min(tangent.low, found.low), found.high)


def _gamma(x: Interval) -> Interval:
    """gamma: it is below 0 for x from -1 to 0, from -3 to -2, and so on; elsewhere above 0."""
    size = exp(_lgamma(x))
    return -size if x.high < 0 and math.floor(x.low) % 2 else size


def _digamma(x: Interval) -> Interval:
    """digamma: it rises from each pole to the next."""
    _check_poles(x)
    first, last = _ends(1, x)
    return Interval.made(first.low, last.high)


def _polygamma(n: Any, x: Interval) -> Interval:
    """The n-th derivative of digamma. For x above 0 it only rises, or only falls. Below 0 the
    ranges of all its terms are added, which may be wider than need be."""
    order = n.low if isinstance(n, Interval) else n
    if not (0 <= order <= LARGEST_ORDER and order == int(order)) or (
            isinstance(n, Interval) and n.low != n.high):
        raise ValueError(f"polygamma needs a whole n from 0 to {LARGEST_ORDER}")
    if order == 0:
        return _digamma(x)
    _check_poles(x)
    if x.low <= 0:
        return rounded_once(lambda y: _at(int(order) + 1, y), x)
    first, last = _ends(int(order) + 1, x)
    return first.joined(last)


def enclosed(name: str, *given: Any) -> Interval:
    """Return the value of the function of this name; at least one input must be an interval."""
    return FUNCTIONS[name](*given)


FUNCTIONS |= {"lgamma": for_both_kinds(_lgamma), "gamma": for_both_kinds(_gamma),
              "digamma": for_both_kinds(_digamma), "polygamma": for_both_kinds(_polygamma)}
# By name: how each function is computed for intervals, in the form that `Operation.in_kind` has.
ENCLOSED: dict[str, dict[type, Any]] = {name: {Interval: f} for name, f in FUNCTIONS.items()}
