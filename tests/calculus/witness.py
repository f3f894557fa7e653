"""The witness: derivatives to some thirty digits that know nothing of any slope.

A formula is evaluated in Decimals, and differentiated by central differences. With 50 digits there
is room for a step of 1e-10; two steps, extrapolated, leave an error near 1e-40.

The gamma family has no Decimals in mathlab. Here it has: Stirling's series, from far to the right.
"""

import functools
import math
from decimal import Decimal, localcontext
from fractions import Fraction

from mathlab.calculus.graph.operations import constant
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.numbers import decimals

DIGITS = 50
STEP = Decimal("1e-10")
FAR = 30  # where Stirling's series has its first argument, and 25 terms reach 1e-45


def precise(f):
    """The function, working with the witness's digits."""

    @functools.wraps(f)
    def working(*args, **kwargs):
        with localcontext(prec=DIGITS):
            return f(*args, **kwargs)

    return working


@precise
def to_decimal(number, name=""):
    if name in ("pi", "e"):
        return decimals.pi() if name == "pi" else Decimal(1).exp()
    if isinstance(number, Fraction):
        return Decimal(number.numerator) / number.denominator
    return Decimal(number)


@precise
def slope(f, at, i=0, *more, step=STEP):
    """The derivative of `f(*at)` by input i, and by the inputs in `more` after that."""
    if more:
        first = functools.partial(slope, f)
        return slope(lambda *x: first(x, i), at, *more)

    def difference(h):
        above, below = list(at), list(at)
        above[i] += h
        below[i] -= h
        return (f(*above) - f(*below)) / (2 * h)

    return (4 * difference(step / 2) - difference(step)) / 3


@precise
def number(result, given):
    """The number of a formula for these numbers of its leaves, in Decimals."""
    return numbers(result, given)[result]


@precise
def numbers(result, given):
    """The number of every node of a formula."""
    found = {}
    for node in inputs_first(result):
        if node in given:
            found[node] = Decimal(given[node])
        elif not node.inputs:
            found[node] = to_decimal(node.data, node.name if node.operation is constant else "")
        else:
            compute = GAMMAS.get(node.operation.name, node.operation.evaluate)
            found[node] = compute(*(found[x] for x in node.inputs))
    return found


@precise
def apply(operation, *numbers):
    """What an operation makes of Decimals."""
    return GAMMAS.get(operation.name, operation.evaluate)(*numbers)


def near(actual, expected, digits=12):
    """Whether a number agrees with the witness to so many digits, or is as good as 0 with it."""
    if actual != actual:
        return False
    with localcontext(prec=DIGITS):
        off = abs(to_decimal(actual) - expected)
        return off <= Decimal(10) ** -digits * max(abs(expected), Decimal("1e-3"))


# The gamma family


@functools.cache
def bernoulli():
    """B_2, B_4, ... by Akiyama and Tanigawa's triangle."""
    row, numbers = [], []
    for m in range(51):
        row.append(Fraction(1, m + 1))
        for j in range(m, 0, -1):
            row[j - 1] = j * (row[j - 1] - row[j])
        numbers.append(row[0])
    return numbers[2::2]


@functools.cache
def coefficients(n):
    """Of 1/x**(2k + n) in the n-th derivative of digamma, but for the sign; k = 1, 2, ..."""
    return [
        to_decimal(b * math.factorial(2 * k + n - 1) / math.factorial(2 * k))
        for k, b in enumerate(bernoulli(), start=1)
    ]


@precise
def gamma(x):
    shrink = Decimal(1)
    while x < FAR:
        shrink *= x
        x += 1
    log = (x - Decimal("0.5")) * x.ln() - x + (2 * decimals.pi()).ln() / 2
    for k, c in enumerate(coefficients(0), start=1):
        log += c / (2 * k - 1) / x ** (2 * k - 1)
    return log.exp() / shrink


@precise
def polygamma(n, x):
    n = int(n)
    rest = Decimal(0)
    while x < FAR:
        rest += math.factorial(n) / x ** (n + 1)
        x += 1
    rest += sum(c / x ** (2 * k + n) for k, c in enumerate(coefficients(n), start=1))
    rest += math.factorial(n) / (2 * x ** (n + 1))
    rest += math.factorial(n - 1) / x**n if n else -x.ln()
    return (-1) ** (n + 1) * rest


def digamma(x):
    return polygamma(0, x)


GAMMAS = {
    "gamma": gamma,
    "lgamma": precise(lambda x: abs(gamma(x)).ln()),
    "digamma": digamma,
    "polygamma": polygamma,
}
