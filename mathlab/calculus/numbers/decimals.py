"""Decimals: pi and the elementary functions to as many digits as the current context asks for.

On the page: `math.sin`, with 16 digits. With more, the sine is a sum:

    sin(x) = x - x**3/3! + x**5/5! - ...

Most functions are such a series: a first term, and the factor that leads from each to the next. The
sine starts with `x`; times `-x**2/(2*3)` that is the second term, times `-x**2/(4*5)` the third.
The others follow from these, and from exp, ln, log10 and sqrt, which Python's `decimal` has.
Formulas work with more digits than they are asked for, and the result is rounded once. Where two
nearly equal numbers would be subtracted, another formula keeps the digits of tiny arguments.

>>> with localcontext(prec=25):
...     print(sin(pi() / 6), erf(1), tanh(Decimal("1E-10")), sep="\\n")
0.5000000000000000000000000
0.8427007929497148693412206
9.999999999999999999966667E-11

Read `_series` first, then `_sin_cos`, then the table at the end; `_rounded` can wait.

Numbers are Decimals or ints. NaN gives NaN, and infinity the limit where there is one.
Raises: ValueError outside the domain; OverflowError if the result is too large for the context.
"""

import decimal
import operator
from collections.abc import Callable
from decimal import Decimal, getcontext, localcontext
from fractions import Fraction
from functools import lru_cache

GUARD_DIGITS = 20  # test_decimals.py: exp(-x**2) loses those of x**2 before the point, up to 18
LARGEST_ANGLE = 1000  # a power of ten: as many more digits of pi are needed to know the quadrant

ROOMY = decimal.Context(
    rounding=decimal.ROUND_HALF_EVEN, traps=[decimal.InvalidOperation],
    Emin=decimal.MIN_EMIN, Emax=decimal.MAX_EMAX,
)

DecimalFunction = Callable[..., Decimal]
FUNCTIONS: dict[str, DecimalFunction] = {}  # by their names: all that `_rounded` makes


def _rounded(name: str, formula: DecimalFunction) -> DecimalFunction:
    """`formula` with guard digits, its result rounded once; the caller's context stays as it is."""

    def function(*numbers: Decimal | int) -> Decimal:
        with localcontext(ROOMY, prec=getcontext().prec + GUARD_DIGITS) as context:
            inputs = [Decimal(x) for x in numbers]
            if any(x.is_nan() for x in inputs):
                return Decimal("NaN")
            try:
                result = formula(*inputs)
            except decimal.InvalidOperation:
                raise ValueError(f"{name} is not defined here") from None
            too_large = result.is_infinite() and all(x.is_finite() for x in inputs)
            if too_large and not context.flags[decimal.Overflow]:
                raise ValueError(f"{name} has a pole here")  # log(0)
        with localcontext() as context:  # a copy of the caller's
            context.clear_traps()
            context.clear_flags()
            rounded = +result
            if too_large or context.flags[decimal.Overflow]:
                raise OverflowError(f"the result of {name} is too large")
        return rounded or Decimal(0)  # not 0E-47

    function.__name__ = function.__qualname__ = name
    function.__doc__ = formula.__doc__
    FUNCTIONS[name] = function
    return function


def from_fraction(number: int | Fraction) -> Decimal:
    """The Decimal nearest to a fraction, in the current context."""
    return Decimal(number.numerator) / number.denominator


def _series(term: Decimal, factor: Callable[[int], Decimal]) -> Decimal:
    """`term + term*factor(1) + term*factor(1)*factor(2) + ...`, until the sum no longer changes."""
    total, k = Decimal(0), 0
    while total + term != total:
        total += term
        k += 1
        term *= factor(k)
    return total


@lru_cache
def _pi(digits: int) -> Decimal:
    """Half the circumference of the unit circle; each round doubles the digits that are right.

    Source: E. Salamin, "Computation of pi using arithmetic-geometric mean" (1976).
    """
    with localcontext(prec=digits):
        a, b, rest = Decimal(1), 1 / Decimal(2).sqrt(), Decimal(1)
        for k in range(digits.bit_length()):
            rest -= 2**k * (a - b) ** 2
            a, b = (a + b) / 2, (a * b).sqrt()
        return (a + b) ** 2 / rest


def _expm1(x: Decimal) -> Decimal:
    """`exp(x) - 1`. For a small x, u = exp(x) is rounded: it is the exp of a neighbour, log(u).

    There `u - 1` is wrong by as much as `log(u)` is: their quotient is right, and times x it is
    the result.
    Source: N. Higham, "Accuracy and Stability of Numerical Algorithms" (2002), section 1.14.1.
    """
    u = x.exp()
    if abs(x) > 1:
        return u - 1
    return x if u == 1 else (u - 1) / u.ln() * x


def _log1p(x: Decimal) -> Decimal:
    """`log(1 + x)` for x > -1, by the idea of `_expm1`: here u = 1 + x is rounded."""
    u = 1 + x
    if abs(x) > 1:
        return u.ln()
    return x if u == 1 else u.ln() / (u - 1) * x


def _sin_cos(x: Decimal) -> tuple[Decimal, Decimal]:
    """Sine and cosine. Mostly both are needed, so they are computed once and kept."""
    return _turned(x, getcontext().prec)


@lru_cache(64)
def _turned(x: Decimal, _: int) -> tuple[Decimal, Decimal]:
    """Sine and cosine: those of the angle r that is left after whole quarter turns, turned back."""
    if not x:
        return x, Decimal(1)
    if x.adjusted() > LARGEST_ANGLE:
        raise ValueError(f"an angle must be smaller than 10**{LARGEST_ANGLE + 1}")
    with localcontext() as context:
        # The subtraction loses the digits before the point, and as many after it as x has.
        context.prec += max(x.adjusted(), 0) + len(x.as_tuple().digits)
        quarter = _pi(context.prec) / 2
        turns = (x / quarter).to_integral_value()
        r = x - turns * quarter
    square = r * r
    sine = _series(r, lambda k: -square / (2 * k * (2 * k + 1)))
    cosine = _series(Decimal(1), lambda k: -square / ((2 * k - 1) * 2 * k))
    for _ in range(int(turns) % 4):
        sine, cosine = cosine, -sine
    return sine, cosine


def _atan(x: Decimal) -> Decimal:
    """The angle between -pi/2 and pi/2 whose tangent is x: halved until the series is short.

        atan(x) = 2 * atan(x / (1 + sqrt(1 + x**2))),     atan(x) = x - x**3/3 + x**5/5 - ...
    """
    if x.is_infinite():
        return (pi() / 2).copy_sign(x)
    scale = 1
    while abs(x) > Decimal("0.1"):
        x /= 1 + (1 + x * x).sqrt()
        scale *= 2
    return scale * _series(x, lambda k: -x * x * (2 * k - 1) / (2 * k + 1))


def _atan2(y: Decimal, x: Decimal) -> Decimal:
    """The angle, from -pi to pi, at which the point (x, y) is seen from the origin."""
    if x.is_infinite() and y.is_infinite():
        x, y = Decimal(1).copy_sign(x), Decimal(1).copy_sign(y)  # seen along the diagonal
    angle = atan(abs(y / x)) if y else Decimal(0)
    return (pi() - angle if x.is_signed() else angle).copy_sign(y)


def _tanh(x: Decimal) -> Decimal:
    """`(exp(2*x) - 1) / (exp(2*x) + 1)`, with the x or -x at which exp is small."""
    shrunk = expm1(-2 * abs(x))
    return (shrunk / (shrunk + 2)).copy_sign(x)


def _asinh(x: Decimal) -> Decimal:
    """`log(x + sqrt(x**2 + 1))`."""
    size = abs(x)
    return x if x.is_infinite() else log1p(size + x * x / (1 + hypot(1, x))).copy_sign(x)


def _atanh(x: Decimal) -> Decimal:
    """`log((1 + x) / (1 - x)) / 2`."""
    size = x.copy_abs()  # abs would round: too close to 1, the digits after the nines count
    return (log1p(2 * size / (1 - size)) / 2).copy_sign(x)


def _erf(x: Decimal) -> Decimal:
    """The chance that a normal error stays within `sqrt(2)*x` standard deviations; odd in x.

        erf(x) = 2/sqrt(pi) * exp(-x**2) * (x + 2*x**3/3 + 4*x**5/(3*5) + ...)

    Source: NIST Digital Library of Mathematical Functions, 7.6.2.
    """
    if _is_far(x):
        return Decimal(1).copy_sign(x)
    total = _series(x, lambda k: 2 * x * x / (2 * k + 1))
    return 2 * total * (-x * x).exp() / pi().sqrt()


def _erfc(x: Decimal) -> Decimal:
    """`1 - erf(x)`, with all its digits also where next to nothing is left.

        erfc(x) = exp(-x**2) / (x*sqrt(pi)) * (1 - 1/(2*x**2) + 1*3/(2*x**2)**2 - ...)

    Source: NIST Digital Library of Mathematical Functions, 7.12.1.
    """
    if x <= 0:
        return 1 + erf(-x)
    if _is_far(x):
        total = _series(Decimal(1), lambda k: (1 - 2 * k) / (2 * x * x))
        return (-x * x).exp() / (x * pi().sqrt()) * total
    with localcontext() as context:
        context.prec += int(x * x / 2)  # erf(x) starts with x**2/2.303 nines
        return 1 - erf(x)


def _is_far(x: Decimal) -> bool:
    """Is exp(-x**2) below the last digit? Then so are 1 - erf(x), and the least term for erfc."""
    return x * x > Decimal("2.4") * getcontext().prec  # log(10) is 2.303


pi       = _rounded("pi",       lambda: _pi(getcontext().prec))
exp      = _rounded("exp",      lambda x: x.exp())
expm1    = _rounded("expm1",    _expm1)
log      = _rounded("log",      lambda x: x.ln())
log1p    = _rounded("log1p",    _log1p)
log2     = _rounded("log2",     lambda x: x.ln() / Decimal(2).ln())
log10    = _rounded("log10",    lambda x: x.log10())
sqrt     = _rounded("sqrt",     lambda x: x.sqrt())
cbrt     = _rounded("cbrt",     lambda x: (abs(x) ** (1 / Decimal(3))).copy_sign(x))
hypot    = _rounded("hypot",    lambda x, y: (x * x + y * y).sqrt())

sin      = _rounded("sin",      lambda x: _sin_cos(x)[0])
cos      = _rounded("cos",      lambda x: _sin_cos(x)[1])
tan      = _rounded("tan",      lambda x: operator.truediv(*_sin_cos(x)))
atan     = _rounded("atan",     _atan)
atan2    = _rounded("atan2",    _atan2)
asin     = _rounded("asin",     lambda x: atan2(x, ((1 - x) * (1 + x)).sqrt()))
acos     = _rounded("acos",     lambda x: 2 * atan2((1 - x).sqrt(), (1 + x).sqrt()))

sinh     = _rounded("sinh",     lambda x: (expm1(x) - expm1(-x)) / 2)
cosh     = _rounded("cosh",     lambda x: (x.exp() + (-x).exp()) / 2)
sech     = _rounded("sech",     lambda x: 2 * (-abs(x)).exp() / (1 + (-2 * abs(x)).exp()))
tanh     = _rounded("tanh",     _tanh)
asinh    = _rounded("asinh",    _asinh)
acosh    = _rounded("acosh",    lambda x: log1p((x - 1) + (x - 1).sqrt() * (x + 1).sqrt()))
atanh    = _rounded("atanh",    _atanh)

sigmoid  = _rounded("sigmoid",  lambda x: 1 / (1 + (-x).exp()))
softplus = _rounded("softplus", lambda x: max(x, Decimal(0)) + log1p((-abs(x)).exp()))
erf      = _rounded("erf",      _erf)
erfc     = _rounded("erfc",     _erfc)
