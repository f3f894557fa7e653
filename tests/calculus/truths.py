"""Slopes to second order as a calculus book has them, in a hundred digits and written by hand.

Nothing here asks the table. Each row has its slopes by each input, and the slopes of these, as
closed formulas in Decimals, in the form that loses no digits: `4*e/(1 + e)**2` for tanh, with
`e = exp(-2*abs(x))`. Sine, cosine and pi are those of `numbers/decimals`, whose values are tested
there; exp, ln and sqrt are Python's. The gamma family is Stirling's series, from far to the right,
and reflection; `test_the_gammas_are_those_in_print` holds it to published values.
"""

import functools
import math
from decimal import MAX_EMAX, MIN_EMIN, ROUND_FLOOR, Context, Decimal, localcontext
from fractions import Fraction

from mathlab.calculus.numbers import decimals

HUNDRED = Context(prec=100, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])  # so exp(1e308) is infinite
FAR, TERMS = 100, 60  # Stirling's series from there on, so many terms of it: good for 1e-95
TINY = Decimal("1e-30")


def in_hundred_digits(f):
    """The function, its inputs as exact Decimals, working with a hundred digits."""

    @functools.wraps(f)
    def working(*numbers):
        with localcontext(HUNDRED):
            return f(*map(Decimal, numbers))

    return working


def exp(x):
    return x.exp()


def expm1(x):
    """For a small x a few terms of its series, since exp(x) - 1 would lose the digits."""
    return x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4))) if abs(x) < TINY else x.exp() - 1


def sinh(x):
    return (expm1(x) - expm1(-x)) / 2


def cosh(x):
    return (exp(x) + exp(-x)) / 2


def sech2(x):
    """1/cosh(x)**2, the slope of tanh."""
    e = exp(-2 * abs(x))
    return 4 * e / (1 + e) ** 2


def tanh(x):
    return (-expm1(-2 * abs(x)) / (1 + exp(-2 * abs(x)))).copy_sign(x)


def bell(x):
    return 2 * exp(-x * x) / decimals.pi().sqrt()


def root3(x):
    return (abs(x).ln() / 3).exp()


def hypot(u, v):
    return (u * u + v * v).sqrt()


def log(x):
    return x.ln()


def one(*inputs):
    return Decimal(1)


def none(*inputs):
    return Decimal(0)


# The gamma family


@functools.cache
def bernoulli():
    """B_2, B_4, ..., B_120, by the recurrence over all before."""
    b = [Fraction(1), Fraction(-1, 2)]
    for m in range(2, 2 * TERMS + 1):
        total = sum(math.comb(m + 1, k) * b[k] for k in range(m)) if m % 2 == 0 else 0
        b.append(Fraction(-total, m + 1))
    return b[2::2]


@functools.cache
def stirling(n):
    """Of 1/x**(2k + n), k = 1, 2, ..., in the n-th derivative of digamma, but for its sign."""
    with localcontext(HUNDRED):
        numbers = enumerate(bernoulli(), start=1)
        coefficients = [b * math.factorial(2*k + n - 1) / math.factorial(2*k) for k, b in numbers]
        return [Decimal(c.numerator) / c.denominator for c in coefficients]


def from_integer(x):
    """How far x is from the nearest integer, exactly."""
    return x - x.to_integral_value() if abs(x) < 10**20 else Decimal(0)


@functools.cache
def cotangents(n):
    """Of the powers of c = cot(t) in its n-th derivative, by c' = -(1 + c**2)."""
    p = [0, 1]
    for _ in range(n):
        slope = [k * a for k, a in enumerate(p)][1:]
        p = [-a for a in slope] + [0, 0]
        for k, a in enumerate(slope):
            p[k + 2] -= a
    return p


def polygamma(n, x):
    """The n-th derivative of digamma."""
    n = int(n)
    if x < 0:
        angle = decimals.pi() * from_integer(x)
        c = decimals.cos(angle) / decimals.sin(angle)
        turned = sum(a * c**k for k, a in enumerate(cotangents(n)) if a)
        return (-1) ** n * polygamma(n, 1 - x) - decimals.pi() ** (n + 1) * turned
    rest = Decimal(0)
    while x < FAR:
        rest += math.factorial(n) / x ** (n + 1)
        x += 1
    rest += sum(c / x ** (2 * k + n) for k, c in enumerate(stirling(n), start=1))
    rest += math.factorial(n) / (2 * x ** (n + 1))
    rest += math.factorial(n - 1) / x**n if n else -x.ln()
    return (-1) ** (n + 1) * rest


def lgamma(x):
    """The logarithm of gamma's size."""
    if x < 0:
        sine = decimals.sin(decimals.pi() * from_integer(x))
        return (decimals.pi() / abs(sine)).ln() - lgamma(1 - x)
    shrink = Decimal(1)
    while x < FAR:
        shrink *= x
        x += 1
    total = (x - Decimal("0.5")) * x.ln() - x + (2 * decimals.pi()).ln() / 2
    total += sum(c / (2*k - 1) / x ** (2*k - 1) for k, c in enumerate(stirling(0), start=1))
    return total - shrink.ln()


def gamma(x):
    """Left of 0 its sign changes at each pole."""
    return lgamma(x).exp() * (-1 if x < 0 and x.to_integral_value(ROUND_FLOOR) % 2 else 1)


def digamma(x):
    return polygamma(0, x)


GAMMAS = {"gamma": gamma, "lgamma": lgamma, "digamma": digamma, "polygamma": polygamma}


def psi(n):
    return lambda x: polygamma(n, x)


def above(x, y):
    return Decimal(x > y)


# The rows. x is one input; u and v are two.

#             the slope                           the slope of the slope
OF_ONE = {
    "negate":   (lambda x: Decimal(-1),           none),
    "absolute": (lambda x: Decimal(1).copy_sign(x), none),
    "sign":     (none,                            none),
    "step":     (none,                            none),
    "relu":     (lambda x: above(x, 0),           none),
    "exp":      (exp,                             exp),
    "expm1":    (exp,                             exp),
    "log":      (lambda x: 1 / x,                 lambda x: -1 / (x * x)),
    "log1p":    (lambda x: 1 / (1 + x),           lambda x: -1 / (1 + x) ** 2),
    "log2":     (lambda x: 1 / (x * Decimal(2).ln()),  lambda x: -1 / (x * x * Decimal(2).ln())),
    "log10":    (lambda x: 1 / (x * Decimal(10).ln()), lambda x: -1 / (x * x * Decimal(10).ln())),
    "sqrt":     (lambda x: 1 / (2 * x.sqrt()),    lambda x: -1 / (4 * x * x.sqrt())),
    "cbrt":     (lambda x: 1 / (3 * root3(x) ** 2), lambda x: -2 / (9 * x * root3(x) ** 2)),
    "sin":      (decimals.cos,                    lambda x: -decimals.sin(x)),
    "cos":      (lambda x: -decimals.sin(x),      lambda x: -decimals.cos(x)),
    "tan":      (lambda x: 1 / decimals.cos(x) ** 2,
                 lambda x: 2 * decimals.sin(x) / decimals.cos(x) ** 3),
    "asin":     (lambda x: 1 / ((1 - x) * (1 + x)).sqrt(),
                 lambda x: x / ((1 - x) * (1 + x)).sqrt() ** 3),
    "acos":     (lambda x: -1 / ((1 - x) * (1 + x)).sqrt(),
                 lambda x: -x / ((1 - x) * (1 + x)).sqrt() ** 3),
    "atan":     (lambda x: 1 / (1 + x * x),       lambda x: -2 * x / (1 + x * x) ** 2),
    "sinh":     (cosh,                            sinh),
    "cosh":     (sinh,                            cosh),
    "sech":     (lambda x: -tanh(x) / cosh(x),    lambda x: (tanh(x)**2 - sech2(x)) / cosh(x)),
    "tanh":     (sech2,                           lambda x: -2 * tanh(x) * sech2(x)),
    "asinh":    (lambda x: 1 / hypot(1, x),       lambda x: -x / hypot(1, x) ** 3),
    "acosh":    (lambda x: 1 / ((x - 1) * (x + 1)).sqrt(),
                 lambda x: -x / ((x - 1) * (x + 1)).sqrt() ** 3),
    "atanh":    (lambda x: 1 / ((1 - x) * (1 + x)), lambda x: 2 * x / ((1 - x) * (1 + x)) ** 2),
    "sigmoid":  (lambda x: sech2(x / 2) / 4,      lambda x: -tanh(x / 2) * sech2(x / 2) / 4),
    "softplus": (lambda x: 1 / (1 + exp(-x)),     lambda x: sech2(x / 2) / 4),
    "erf":      (bell,                            lambda x: -2 * x * bell(x)),
    "erfc":     (lambda x: -bell(x),              lambda x: 2 * x * bell(x)),
    "gamma":    (lambda x: gamma(x) * polygamma(0, x),
                 lambda x: gamma(x) * (polygamma(0, x) ** 2 + polygamma(1, x))),
    "lgamma":   (psi(0),                          psi(1)),
    "digamma":  (psi(1),                          psi(2)),
}

#             by u, by v                          by u and u; by u and v; by v and v
OF_TWO = {
    "+":        ((one, one),                      (none, none, none)),
    "-":        ((one, lambda u, v: Decimal(-1)), (none, none, none)),
    "*":        ((lambda u, v: v, lambda u, v: u), (none, one, none)),
    "/":        ((lambda u, v: 1 / v, lambda u, v: -u / v**2),
                 (none, lambda u, v: -1 / v**2, lambda u, v: 2 * u / v**3)),
    "**":       ((lambda u, v: v * u ** (v - 1), lambda u, v: u**v * log(u)),
                 (lambda u, v: v * (v - 1) * u ** (v - 2),
                  lambda u, v: u ** (v - 1) * (1 + v * log(u)),
                  lambda u, v: u**v * log(u) ** 2)),
    "maximum":  ((above, lambda u, v: above(v, u)), (none, none, none)),
    "minimum":  ((lambda u, v: above(v, u), above), (none, none, none)),
    "atan2":    ((lambda u, v: v / (u * u + v * v), lambda u, v: -u / (u * u + v * v)),
                 (lambda u, v: -2 * u * v / (u * u + v * v) ** 2,
                  lambda u, v: (u - v) * (u + v) / (u * u + v * v) ** 2,
                  lambda u, v: 2 * u * v / (u * u + v * v) ** 2)),
    "hypot":    ((lambda u, v: u / hypot(u, v), lambda u, v: v / hypot(u, v)),
                 (lambda u, v: v * v / hypot(u, v) ** 3,
                  lambda u, v: -u * v / hypot(u, v) ** 3,
                  lambda u, v: u * u / hypot(u, v) ** 3)),
}


def _slopes_of_two(first, second):
    uu, uv, vv = second
    return list(first), {(0, 0): uu, (0, 1): uv, (1, 0): uv, (1, 1): vv}


def slopes(name):
    """The slopes of a row by each input, and those of each slope by each input: two dicts.

    An input that has no slopes, as the n of polygamma, is in neither.
    """
    if name in OF_ONE:
        first, second = OF_ONE[name]
        firsts, seconds = {0: first}, {(0, 0): second}
    elif name == "polygamma":
        firsts = {1: lambda n, x: polygamma(n + 1, x)}
        seconds = {(1, 1): lambda n, x: polygamma(n + 2, x)}
    elif name in OF_TWO:
        both, seconds = _slopes_of_two(*OF_TWO[name])
        firsts = dict(enumerate(both))
    elif name == "where":
        firsts = {0: none, 1: lambda c, u, v: above(c, 0), 2: lambda c, u, v: 1 - above(c, 0)}
        seconds = {(i, j): none for i in range(3) for j in range(3)}
    elif name == "total":  # of three
        firsts = dict.fromkeys(range(3), one)
        seconds = {(i, j): none for i in range(3) for j in range(3)}
    elif name == "dot":  # of two pairs: a*c + b*d
        firsts = {i: lambda *x, i=i: x[(i + 2) % 4] for i in range(4)}
        seconds = {(i, j): one if (i + 2) % 4 == j else none for i in range(4) for j in range(4)}
    return (
        {i: in_hundred_digits(f) for i, f in firsts.items()},
        {ij: in_hundred_digits(f) for ij, f in seconds.items()},
    )
