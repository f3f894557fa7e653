"""Student's t distribution: how far an estimate from few rows may be off.

On the page: `stdev(xs)`, which from few rows is an estimate too.

A mean of n rows misses the truth by some number of standard errors. Were the spread known, that
number would follow the normal distribution, and 95 times in 100 stay within 1.96. But the spread
is itself estimated from the same rows, and with few of them it may come out too small. W. S.
Gosset, who judged beer by a handful of samples and signed as "Student", found in 1908 what the
number follows instead: a bell with heavier tails. Its one setting is the degrees of freedom: the
rows minus the parameters that were estimated from them.

    density(t) = (1 + t**2/freedom)**(-(freedom + 1)/2) / (sqrt(freedom)*B(1/2, freedom/2))

Here B is the beta function. So many standard errors are needed to be right 95 times in 100:

>>> for freedom in (1, 3, 10, 100, 1000):
...     print(freedom, round(t_quantile(0.975, freedom), 3))
1 12.706
3 3.182
10 2.228
100 1.984
1000 1.962

All is worked out with 40 decimal digits and rounded at the end. Large numbers are subtracted here:
at 100,000 degrees of freedom a float formula, with `math.lgamma`, would lose 5 of its 16 digits.
Read `t_quantile` first, then `_tail_and_slope`; the rest is the beta function.
"""

from decimal import Context, Decimal, localcontext
from functools import cache
from itertools import count
from math import inf
from statistics import NormalDist

from mathlab.errors import DataError
from mathlab.learning.data.table import is_finite_number

DIGITS = Context(prec=40)
NEGLIGIBLE = Decimal("1e-22")  # a millionth of the last digit of a float: a fraction may stop there
HALF = Decimal("0.5")
HALF_LOG_2_PI = Decimal("0.9189385332046727417803297364056176398614")


def t_cdf(t: float, freedom: float) -> float:
    """Return the probability that Student's t is at most this t.

        P(T <= -t) = P(T >= t) = I_x(freedom/2, 1/2) / 2,    x = freedom/(freedom + t**2),    t >= 0

    The small numbers far to the left have all their digits too; for those far to the right, ask
    for -t: P(T <= t) is exactly 1 - P(T <= -t). `freedom` is from 0.1 to 1e7.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.1.

    >>> t_cdf(1.0, 1), t_cdf(-1e20, 1)
    (0.75, 3.1830988618379067e-21)
    """
    if not is_finite_number(t):
        raise DataError(f"t is {t!r:.40}; pass a finite number")
    _check_freedom(freedom)
    with localcontext(DIGITS):
        tail = float(_tail_and_slope(Decimal(float(t)), Decimal(float(freedom)))[0])
    return tail if t < 0 else 1 - tail


def t_quantile(probability: float, freedom: float) -> float:
    """Return the t that Student's t stays below with this probability: `t_cdf`, read backwards.

    An interval that is right 95 times in 100 leaves out 2.5% at each end: it reaches
    t_quantile(0.975, freedom) standard errors to both sides. A DataError if that is too large for a
    float, or the probability not between 0 and 1.

    Source: the first guess is the normal quantile z, stretched as in D. L. Wallace, Bounds on
    normal approximations to Student's and the chi-square distributions, Annals of Mathematical
    Statistics 30 (1959): z = (8*freedom + 1)/(8*freedom + 3) * sqrt(freedom*log(1 + t**2/freedom)).

    >>> t_quantile(0.75, 1), t_quantile(0.25, 1), t_quantile(0.5, 1)
    (1.0, -1.0, 0.0)
    """
    if not (is_finite_number(probability) and 0 < float(probability) < 1):
        raise DataError(f"probability is {probability!r:.40}; pass a number between 0 and 1")
    _check_freedom(freedom)
    return _quantile(float(probability), float(freedom))


@cache  # an interval for each row of a table asks for the same one again and again
def _quantile(probability: float, freedom: float) -> float:
    if probability == 0.5:
        return 0.0
    with localcontext(DIGITS):
        n, p = Decimal(freedom), Decimal(probability)
        goal = min(p, 1 - p)
        z = Decimal(NormalDist().inv_cdf(float(goal)))
        stretched = z * (8 * n + 3) / (8 * n + 1)
        t = (n * ((stretched**2 / n).exp() - 1)).sqrt()
        # Newton's method for log(tail) = log(goal), with log(t) as unknown. Drawn so, the tail is
        # nearly straight, and bends down everywhere: its tangents lie above it, so no guess after
        # the first falls short of the answer, and each is nearer than the one before. At most 5
        # were needed, as the number of right digits doubles: a step of 1e-12 leaves 1e-24.
        step = Decimal(1)
        while abs(step) > Decimal("1e-12"):
            tail, slope = _tail_and_slope(t, n)
            step = (tail / goal).ln() * tail / slope
            t *= step.exp()
        result = float(t)
    if result == inf:
        raise DataError(
            f"the quantile of probability {probability} with {freedom} degrees of freedom "
            "is too large for a float; pass a probability nearer to 0.5")
    return result if probability > 0.5 else -result


def _check_freedom(freedom: float) -> None:
    if not (is_finite_number(freedom) and 0.1 <= freedom <= 1e7):
        raise DataError(f"freedom is {freedom!r:.40}; pass a number from 0.1 to 1e7, "
                        "and beyond that use statistics.NormalDist")


def _tail_and_slope(t: Decimal, freedom: Decimal) -> tuple[Decimal, Decimal]:
    """Return the probability beyond abs(t), and how fast it falls with log(abs(t)).

        slope = abs(t)*density(t)
    """
    whole = freedom + t**2
    area, slope = _area_and_rise(freedom / 2, HALF, freedom / whole, t**2 / whole)
    return area / 2, slope


def _area_and_rise(a: Decimal, b: Decimal, x: Decimal, y: Decimal) -> tuple[Decimal, Decimal]:
    """Return I_x(a, b), and its slope in x times x*y, the rise; y = 1 - x, with all its digits.

        I_x(a, b) = integral from 0 to x of u**(a - 1) * (1 - u)**(b - 1) du / B(a, b)
        rise = x**a * y**b / B(a, b)        I_x(a, b) = rise/(a*fraction) = 1 - I_y(b, a)

    It is the regularized incomplete beta function, for a and b up to 1e7. At 2,000 random points
    its float was the nearest one, as the hypergeometric series summed with 60 digits says.

    Source: DLMF 8.17.4 and 8.17.22.
    """
    log_beta = _log_gamma(a) + _log_gamma(b) - _log_gamma(a + b)
    rise = (a * x.ln() + b * y.ln() - log_beta).exp()
    # Left of here the fraction converges: in 120 rounds for any t, in 1,500 for a = b = 1e7.
    if x * (a + b + 2) <= a + 1:
        return rise / (a * _continued_fraction(a, b, x)), rise
    return 1 - rise / (b * _continued_fraction(b, a, y)), rise


def _continued_fraction(a: Decimal, b: Decimal, x: Decimal) -> Decimal:
    """Return 1 + c1/(1 + c2/(1 + c3/(1 + ...))), with the coefficients c of I_x(a, b).

        c[2m] = m*(b - m)*x / ((a + 2m - 1)*(a + 2m))
        c[2m + 1] = -(a + m)*(a + b + m)*x / ((a + 2m)*(a + 2m + 1))

    With one coefficient more, the value is multiplied by upper*lower. Both come from those before,
    so that the fraction is worked out from the top, as far as needed: Lentz's method.

    Source: DLMF 8.17.22 and 8.17.23; W. J. Lentz, Applied Optics 15 (1976).
    """
    value = upper = 1 - (a + b) * x / (a + 1)
    lower = Decimal(1)
    for m in count(1):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for coefficient in (even, odd):
            upper = 1 + coefficient / upper
            lower = 1 / (1 + coefficient * lower)
            value *= upper * lower
        # Only here: for large a, an even one changes next to nothing, a million times too little.
        if abs(upper * lower - 1) < NEGLIGIBLE:
            break
    return value


def _log_gamma(z: Decimal) -> Decimal:
    """Return log(gamma(z)) for z > 0 by Stirling's series, after steps up to where it is good.

        gamma(z) = gamma(z + 1) / z
        log(gamma(z)) = (z - 1/2)*log(z) - z + log(2*pi)/2 + 1/(12*z) - 1/(360*z**3) + ...

    Source: DLMF 5.5.1 and 5.11.1.
    """
    product = Decimal(1)
    while z < 40:  # from here on, the first term left out is 691/360360/z**11 < 1e-20
        product *= z
        z += 1
    denominators = map(Decimal, (12, -360, 1260, -1680, 1188))
    series = sum((1 / (d * z ** (2 * k + 1)) for k, d in enumerate(denominators)), Decimal(0))
    return (z - HALF) * z.ln() - z + HALF_LOG_2_PI + series - product.ln()
