"""Special functions: sigmoid and softplus for yes-or-no models, digamma and polygamma for gamma.

On the page: `math.sin`, which Python has. These it lacks.

`sigmoid` squeezes any number into a probability, and `softplus` is its integral. Typed in as they
stand in books, both overflow: exp(800) is too large for a float. With exp(-800) they do not:

>>> sigmoid(-800.0), softplus(800.0)
(0.0, 800.0)

`digamma` is the slope of `math.lgamma`, and for whole numbers the sum 1 + 1/2 + 1/3 + ..., less a
constant; `polygamma` has the slopes of digamma.

>>> digamma(5.0) - digamma(1.0), 1 + 1/2 + 1/3 + 1/4
(2.083333333333333, 2.083333333333333)

Read `sigmoid` and `softplus` first; skip the rest, from `plain_polygamma` on, at first reading.
"""

import functools
import math
from collections.abc import Callable, Sequence
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

from mathlab.calculus.numbers.decimals import from_fraction

# Measured in tests/calculus/numbers/test_special.py, test_constants_that_are_just_large_enough:
PRECISION = 50  # digits: a float needs 17, and next to a zero of polygamma as many cancel, or more
BERNOULLI_NUMBERS, FOR_FLOATS = 30, 9  # so many corrections make the sum right to its last digit
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


def sech(x: float) -> float:
    """1/cosh(x), also where cosh(x) is too large for a float: 2*exp(-|x|) / (1 + exp(-2*|x|)).

    >>> sech(0.0), sech(-800.0)
    (1.0, 0.0)
    """
    small = math.exp(-abs(x))
    return 2 * small / (1 + small * small)


def hypot(x: float, y: float) -> float:
    """The distance sqrt(x**2 + y**2). Raises: OverflowError if that is too large for a float."""
    distance = math.hypot(x, y)
    if distance == math.inf and math.inf not in (abs(x), abs(y)):
        raise OverflowError
    return distance


def xlogy(x: float, y: float) -> float:
    """x*log(y), and 0 where x is 0, also at y = 0: x goes to 0 faster than log(y) to -infinity.

    >>> xlogy(2.0, math.e), xlogy(0.0, 0.0)
    (2.0, 0.0)
    """
    return x * math.log(y) if x or y < 0 else x


def plain_polygamma(n: int, x: float, terms: int = 10_000) -> float:
    """The n-th derivative of digamma at x > 0, for n > 0, as the sum that it is, cut off.

        (-1)**(n+1) * n! * (1/x**(n+1) + 1/(x+1)**(n+1) + 1/(x+2)**(n+1) + ...)

    Slow, and short by about terms**-n: the quick way is in the three steps of `_euler_maclaurin`.

    >>> round(plain_polygamma(1, 1.0), 3), round(math.pi**2 / 6, 3)
    (1.645, 1.645)
    """
    total = math.fsum((x + k) ** (-n - 1) for k in range(terms))
    return math.factorial(n) * (total if n % 2 else -total)


def _euler_maclaurin(n: int, x: Any, coefficients: Sequence[Any]) -> Any:
    """The sum of `plain_polygamma` for x > -1 in three steps; here for n = 1 at x = 1, pi**2/6:

    1. Sum the terms up to some y only.
    2. The terms from y on are bars of width 1. The area under their curve, 1/(n * y**n), comes near
       to theirs; half of the first bar, 1/2 / y**(n+1), is what sticks out above the curve.
    3. What is still missing is known too, the Euler-Maclaurin formula: 1/(6 * y**3), and so on.

    >>> y, total = 10, sum(1 / k**2 for k in range(1, 10))
    >>> steps = total, total + 1/y + 1/2 / y**2, total + 1/y + 1/2 / y**2 + 1/6 / y**3
    >>> print([round(step, 6) for step in steps], round(math.pi**2 / 6, 6))
    [1.539768, 1.644768, 1.644934] 1.644934

    In general the corrections are, for k = 2, 4, 6, ...,

        B_k * (n+k-1)!/(n! * k!) / y**(n+k),     with fixed fractions B_k, the Bernoulli numbers

    For n = 0 the sum is infinite; `-log(y)` in place of `1/(n * y**n)` takes the infinity away.
    Source: Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 6.3.18 and 6.4.11.
    """
    y, total, rest = x, 0, 0
    while y < n + len(coefficients):
        total += y ** (-n - 1)
        y += 1
    square = y * y
    for coefficient in coefficients:
        rest = (rest + coefficient) / square
    total += rest / y**n + y ** (-n - 1) / 2 + (y**-n / n if n else -y.ln())
    return math.factorial(n) * (total if n % 2 else -total)


@functools.lru_cache
def _coefficients(n: int, count: int, kind: Callable[[Fraction], Any]) -> list[Any]:
    """The factors of 1/y**(n+k) in `_euler_maclaurin`, for so many numbers k = ..., 4, 2.

    In each there is a Bernoulli number; these are 1, -1/2, 1/6, 0, -1/30, ...:

        B_0 = 1,     B_m = -(comb(m+1, 0)*B_0 + ... + comb(m+1, m-1)*B_(m-1)) / (m+1)
    """
    b = [Fraction(1)]
    for m in range(1, 2 * count + 1):
        b.append(Fraction(-sum(math.comb(m + 1, k) * b[k] for k in range(m)), m + 1))
    return [kind(b[k] * math.comb(n + k - 1, n) / k) for k in range(2 * count, 0, -2)]


def polygamma(n: float, x: float) -> float:
    """The n-th derivative of digamma, for a whole number n from 0 to 10,000.

    Equivalent to: plain_polygamma(n, x), for n > 0 and x > 0, with more terms than can be summed.

    To the left of -1/2 it is computed from the right, by reflection: x and 1 - x are mirror images
    about 1/2. The difference between the two,

        polygamma(n, x) - (-1)**n * polygamma(n, 1 - x)

    is the n-th derivative of -pi/tan(pi*x), which repeats at every step of 1: it is that at x % 1.

    All digits are right; orders 1 to 10 for x from 1e-9 to 1e9, where nothing cancels, are found in
    floats, ten times as fast, and at most 10 floats away from the right one.

    Raises: ValueError at the poles 0, -1, -2, ..., at -inf, and for any other order, such as 0.5;
    OverflowError if the result is too large.
    Source: NIST Digital Library of Mathematical Functions, 5.15.

    >>> round(polygamma(2, 0.5), 12)
    -16.828796644234
    """
    if n in QUICK_ORDERS and 1e-9 < x < 1e9:
        return float(_euler_maclaurin(int(n), float(x), _coefficients(int(n), FOR_FLOATS, float)))
    if not (0 <= n <= LARGEST_ORDER and n % 1 == 0):
        raise ValueError(f"the order must be a whole number from 0 to {LARGEST_ORDER}, not {n}")
    n, x = int(n), float(x)
    if not x < math.inf:  # nan, or infinity
        return x if n == 0 or math.isnan(x) else 0.0
    if x <= 0 and (math.isinf(x) or x.is_integer()):
        raise ValueError(f"polygamma has a pole, or no limit, at {x}")
    with localcontext(Context(prec=PRECISION, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])):
        coefficients = _coefficients(n, BERNOULLI_NUMBERS, from_fraction)
        at = functools.partial(_euler_maclaurin, n, coefficients=coefficients)
        z, d, sign = Decimal(x), Decimal(x % 1), (-1) ** n
        result = float(at(z) if x >= -0.5 else at(d) - sign * at(1 - d) + sign * at(1 - z))
    if math.isinf(result):
        raise OverflowError(f"polygamma({n}, {x}) is too large")
    return result


def digamma(x: float) -> float:
    """The derivative of `lgamma(x)`: for a whole number, 1 + 1/2 + ... + 1/(x-1) - 0.5772...

    Equivalent to: polygamma(0, x). From 1e-9 to 1e9 it is quick, and at most 6 floats away:

        digamma(x) = log(x) - 1/(2*x) - B_2/(2*x**2) - B_4/(4*x**4) - ...     above 10; below,
        digamma(x) = digamma(x + 1) - 1/x    leads to x between 1 and 2, where
        digamma(x) = (x - root) * P/Q        with polynomials P and Q; it is 0 at the root, 1.46...

    P/Q is exact at twelve points of [1, 2], closer together towards the ends (Chebyshev nodes), and
    off by at most 4e-18 in between. Brackets, as in a + t*(b + t*c), spare the powers of t.

    Raises: as `polygamma`.
    Source: NIST Digital Library of Mathematical Functions, 5.5.2 and 5.11.2.
    """
    if not 1e-9 < x < 1e9:
        return polygamma(0, x)
    if x > 10.0:
        u = 1.0 / (x * x)
        rest = u * (1/12 - u * (1/120 - u * (1/252 - u * (1/240 - u * (1/132 - u * (691/32760))))))
        return math.log(x) - 0.5 / x - rest
    moved = 0.0
    while x < 1.0:
        moved, x = moved - 1.0 / x, x + 1.0
    while x > 2.0:
        x -= 1.0
        moved += 1.0 / x
    t = x - 1.5
    p = 0.9510558760318328 + t * (1.1081309317902872 + t * (0.45063782810808406 + t * (
        0.07704961854855738 + t * (0.005137061772318643 + t * 8.885474045639627e-05))))
    q = 1.0 + t * (1.610587129184067 + t * (0.938308924472472 + t * (0.24765453685506994 + t * (
        0.02983787824819011 + t * (0.0014107905243022098 + t * 1.568122537910356e-05)))))
    from_root = x - 1.4616321449683622 - 9.549995429965697e-17  # the root, in two parts
    return from_root * p / q + moved
