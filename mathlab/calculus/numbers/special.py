"""Functions of floats that `math` lacks: two for yes-or-no models, two that belong to gamma.

`sigmoid` squeezes any number into a probability, and `softplus` is its integral. Typed in as they
stand, both formulas overflow: exp(800) is no float. An equal formula without large numbers is not
in danger:

>>> sigmoid(-800.0), softplus(800.0)
(0.0, 800.0)

`digamma` is the slope of `math.lgamma`, and `polygamma` has the slopes of that, up to order 10,000:

>>> round(digamma(1.0), 12), math.isclose(polygamma(1, 1.0), math.pi**2 / 6)
(-0.577215664902, True)
"""

import functools
import math
from collections.abc import Sequence
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

DIGITS = 50  # next to a zero of polygamma, 33 of them cancel; a float needs 17
BERNOULLI_NUMBERS = 30  # with so many, the sum ends below 1e-47 of the result,
BERNOULLI_NUMBERS_FOR_FLOATS = 9  # and with so many below 1e-17
QUICK_ORDERS = range(1, 11)
LARGEST_ORDER = 10_000  # so many terms are summed, or more


def sigmoid(x: float) -> float:
    """The probability of yes when the odds are exp(x) to 1.

        1 / (1 + exp(-x)) = exp(x) / (1 + exp(x))

    >>> sigmoid(0.0)
    0.5
    """
    small = math.exp(-abs(x))  # at most 1, so it cannot overflow
    return (small if x < 0 else 1.0) / (1 + small)


def softplus(x: float) -> float:
    """The integral of sigmoid: 0 far to the left, x far to the right, and smooth in between.

        log(1 + exp(x)) = max(x, 0) + log(1 + exp(-abs(x)))

    >>> softplus(0.0) == math.log(2)
    True
    """
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def digamma(x: float) -> float:
    """The derivative of `lgamma(x)`: see `polygamma`, of which it is the order 0.

    From 1e-9 to 1e9 it is found in floats, and good to 6 units in the last place:

        digamma(x) = digamma(x + 1) - 1/x    leads to x between 1 and 2, where
        digamma(x) = (x - root) * P/Q        with polynomials P and Q; far out it is
        digamma(x) = log(x) - 1/(2*x) - B_2/(2*x**2) - B_4/(4*x**4) - ...

    P/Q is exact at the twelve Chebyshev nodes of [1, 2], and off by at most 4e-18 in between.

    Raises: ValueError at the poles 0, -1, -2, ... and at -inf; OverflowError if the result is too
    large.
    Source: NIST Digital Library of Mathematical Functions, 5.5.2 and 5.11.2.

    >>> round(digamma(2.0) - digamma(1.0), 12)
    1.0
    """
    if not 1e-9 < x < 1e9:
        return polygamma(0, x)
    if x > 10.0:
        u = 1.0 / (x * x)
        rest = u * (1/12 - u * (1/120 - u * (1/252 - u * (1/240 - u * (1/132 - u * (691/32760))))))
        return math.log(x) - 0.5 / x - rest
    moved = 0.0
    while x < 1.0:
        moved -= 1.0 / x
        x += 1.0
    while x > 2.0:
        x -= 1.0
        moved += 1.0 / x
    t = x - 1.5
    # fmt: off
    p = 0.9510558760318328 + t * (1.1081309317902872 + t * (0.45063782810808406 + t * (
        0.07704961854855738 + t * (0.005137061772318643 + t * 8.885474045639627e-05))))
    q = 1.0 + t * (1.610587129184067 + t * (0.938308924472472 + t * (0.24765453685506994 + t * (
        0.02983787824819011 + t * (0.0014107905243022098 + t * 1.568122537910356e-05)))))
    # fmt: on
    from_root = x - 1.4616321449683622 - 9.549995429965697e-17  # the root, in two parts
    return from_root * p / q + moved


def polygamma(n: float, x: float) -> float:
    """The n-th derivative of digamma, for a whole number n from 0 to 10,000.

        polygamma(n, x) = (-1)**(n+1) * n! * (1/x**(n+1) + 1/(x+1)**(n+1) + 1/(x+2)**(n+1) + ...)

    for n > 0. To the left of -1/2 it is computed from the right, by reflection: the difference

        polygamma(n, x) - (-1)**n * polygamma(n, 1 - x)

    is the n-th derivative of -pi/tan(pi*x), which repeats itself from one whole number to the next.
    So it is the same at d, the fraction by which x is above a whole number.

    All digits are right; but for x from 1e-9 to 1e9, where nothing cancels, the orders 1 to 10 are
    found in floats, ten times as fast or more, and are good to 10 units in the last place.

    Raises: ValueError at the poles 0, -1, -2, ..., at -inf, and for any other order, such as 0.5;
    OverflowError if the result is too large.
    Source: NIST Digital Library of Mathematical Functions, 5.15.

    >>> round(polygamma(2, 0.5), 12)
    -16.828796644234
    """
    if n in QUICK_ORDERS and 1e-9 < x < 1e9:
        return float(_polygamma(int(n), float(x), _float_coefficients(int(n))))
    if not (0 <= n <= LARGEST_ORDER and n % 1 == 0):
        raise ValueError(f"the order must be a whole number from 0 to {LARGEST_ORDER}, not {n}")
    n, x = int(n), float(x)
    if math.isnan(x):
        return x
    if x == math.inf:
        return math.inf if n == 0 else 0.0
    if x <= 0 and (math.isinf(x) or x.is_integer()):
        raise ValueError(f"polygamma has a pole, or no limit, at {x}")
    with localcontext(Context(prec=DIGITS, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])):
        if x >= -0.5:
            exact = _polygamma(n, Decimal(x), _coefficients(n))
        else:
            d, sign, coefficients = Decimal(x % 1), (-1) ** n, _coefficients(n)
            exact = _polygamma(n, d, coefficients) - sign * _polygamma(n, 1 - d, coefficients)
            exact += sign * _polygamma(n, 1 - Decimal(x), coefficients)
        result = float(exact)
    if math.isinf(result):
        raise OverflowError(f"polygamma({n}, {x}) is too large")
    return result


def _polygamma(n: int, x: Any, coefficients: Sequence[Any]) -> Any:
    """The sum for x > -1: term by term at first, the rest from y on by the Euler-Maclaurin formula.

        1/(n*y**n) + 1/(2*y**(n+1)) + the sum over k = 2, 4, ... of
            B_k * (n+k-1)!/(n! * k!) / y**(n+k)                     with the Bernoulli numbers B_k

    For n = 0 the sum is infinite; `-log(y)` in place of `1/(n*y**n)` takes the infinity away.
    Source: Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 6.3.18 and 6.4.11.
    """
    one = x**0
    power, enough = -one - n, one * (n + len(coefficients))
    y, total, rest = x, one - one, one - one
    while y < enough:
        total += y**power
        y += one
    square = y * y
    for coefficient in coefficients:
        rest = (rest + coefficient) / square
    total += rest / y**n + y**power / 2 + (y**-n / n if n else -y.ln())
    return math.factorial(n) * (total if n % 2 else -total)


@functools.lru_cache
def _coefficients(n: int) -> list[Decimal]:
    """`B_k * (n+k-1)!/(n! * k!)` for k = ..., 4, 2."""
    return [Decimal(c.numerator) / c.denominator for c in _fractions(n, BERNOULLI_NUMBERS)]


@functools.lru_cache
def _float_coefficients(n: int) -> list[float]:
    """The same, from where floats have a use for it."""
    return [float(c) for c in _fractions(n, BERNOULLI_NUMBERS_FOR_FLOATS)]


def _fractions(n: int, count: int) -> list[Fraction]:
    """The same, exactly, for `count` numbers k."""
    b = _bernoulli_numbers()
    return [b[k] * math.comb(n + k - 1, n) / k for k in range(2 * count, 0, -2)]


@functools.cache
def _bernoulli_numbers() -> list[Fraction]:
    """The numbers B_0, B_1, B_2, ... with which sums of powers, and much else, are written.

        B_0 = 1,     B_m = -(comb(m+1, 0)*B_0 + ... + comb(m+1, m-1)*B_(m-1)) / (m+1)
    """
    b = [Fraction(1)]
    for m in range(1, 2 * BERNOULLI_NUMBERS + 1):
        b.append(sum((math.comb(m + 1, k) * b[k] for k in range(m)), Fraction(0)) / -(m + 1))
    return b
