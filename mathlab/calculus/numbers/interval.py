"""Intervals: all numbers between two ends, used in a formula as if they were one number.

On the page: `return self.compute(*inputs)`, for inputs that are known exactly. A measured length is
not known exactly, nor is a rounded sum. But often we know two numbers that it lies between:

>>> length, width = Interval("1.9", "2.1"), Interval(3, 4)
>>> length * width, length + width, length - length
(Interval(5.7, 8.4), Interval(4.9, 6.1), Interval(-0.2, 0.2))

Whatever the length and the width are, their product lies between these ends: that is a promise, not
an estimate. So a low end is always rounded down, and a high end up: both go *outwards*.

>>> with localcontext(prec=6):
...     1 / Interval(3), Interval(2) ** Interval("0.5")
(Interval(0.333333, 0.333334), Interval(1.41421, 1.41422))

An interval does not remember where it came from. In `length - length` each of the two may be any
number in its range: the promise holds, but the true answer is 0. (This is the dependency problem;
the chapter `enclose` shows what helps.) Where each name appears once, the range is exact but for
rounding. A power counts as once: `x**2` for x in [-1, 2] is [0, 4].

Ends are Decimals, with as many digits as the context has; both are floats if one is given as a
float. A plain number in a formula becomes a narrow interval: the float 0.1 stands for 1/10.

Read `Interval.__add__` and `__mul__` first, then `_monotonic`; the rest treats one function after
another. Source: R. E. Moore, Interval Analysis (1966).
"""

import decimal
import math
import numbers
from collections.abc import Callable, Iterator
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    getcontext,
    localcontext,
)
from fractions import Fraction
from functools import lru_cache
from typing import Any, Self

from mathlab.calculus.numbers import decimals

GUARD = 10  # extra digits, where one function is made of several operations
EXACT = Context(prec=decimal.MAX_PREC, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN)


@lru_cache
def _context(digits: int, rounding: str) -> Context:
    """A context that rounds in this way, and has room for every exponent."""
    return Context(prec=digits, rounding=rounding, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN,
                   traps=[decimal.InvalidOperation])


def _outwards(digits: int) -> tuple[Context, Context]:
    """Contexts that round down, and up."""
    return _context(digits, ROUND_FLOOR), _context(digits, ROUND_CEILING)


@lru_cache
def _both_ways(operation: str, digits: int) -> tuple[Any, Any]:
    """Two functions: an operation on Decimals rounded down, and the same rounded up."""
    down, up = _outwards(digits)
    return getattr(down, operation), getattr(up, operation)


class Interval:
    """All numbers from `low` to `high`. Arithmetic gives the range of results, rounded outwards.

    Raises: ValueError if an end is not a finite number, or if `low` is above `high`.
    """

    __slots__ = ("high", "low")
    low: Any
    high: Any

    def __init__(self, low: Any, high: Any = None):
        ends = [low, low if high is None else high]
        if any(isinstance(end, float) for end in ends):
            self.low, self.high = _float(ends[0], -math.inf), _float(ends[1], math.inf)
        else:
            self.low, self.high = _decimal(ends[0], False), _decimal(ends[1], True)
        if not self.low <= self.high:
            raise ValueError(f"an interval goes from low to high, not from {low} to {high}")

    @classmethod
    def made(cls, low: Any, high: Any) -> Self:
        """An interval with exactly these ends, which are not checked."""
        interval = object.__new__(cls)
        interval.low, interval.high = low, high
        return interval

    def of(self, number: Any, name: str = "") -> "Interval":
        """A number, or the constant of this name, as an interval; with float ends if these are."""
        if isinstance(number, Interval):
            if self.is_float == number.is_float:
                return number
            return number if number.is_float else number.in_floats()
        return as_interval(number, name, self.is_float)

    @property
    def is_float(self) -> bool:
        """Whether the ends are floats."""
        return type(self.low) is float

    @property
    def middle(self) -> Any:
        """A number about half way between the ends."""
        half = self.low / 2 + self.high / 2
        return min(max(half, self.low), self.high)

    @property
    def width(self) -> Any:
        """The distance between the ends, rounded up."""
        return (self - self).high if self.low != self.high else self.low - self.low

    def __contains__(self, number: Any) -> bool:
        return bool(self.low <= number <= self.high)

    def is_within(self, other: "Interval") -> bool:
        """Whether all of this interval lies inside the other, and touches neither end."""
        return bool(other.low < self.low and self.high < other.high)

    def meets(self, other: "Interval") -> "Interval | None":
        """The numbers that are in both intervals; None if there are none."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval.made(low, high) if low <= high else None

    def joined(self, other: "Interval") -> "Interval":
        """The smallest interval that contains both."""
        return Interval.made(min(self.low, other.low), max(self.high, other.high))

    def halves(self) -> tuple["Interval", "Interval"]:
        """The lower and the upper half."""
        middle = self.middle
        return Interval.made(self.low, middle), Interval.made(middle, self.high)

    def in_floats(self) -> "Interval":
        """The same interval with floats as ends, rounded outwards."""
        return self if self.is_float else Interval.made(
            _float(self.low, -math.inf), _float(self.high, math.inf))

    def in_decimals(self) -> "Interval":
        """The same interval with Decimals as ends: every float is exactly a Decimal."""
        return Interval.made(Decimal(self.low), Decimal(self.high)) if self.is_float else self

    # Arithmetic. Each end is computed from two ends of the inputs, and rounded outwards.

    def __add__(self, other: Any) -> Any:
        return self._ends("add", other, lambda a, b: (a.low, b.low, a.high, b.high))

    def __sub__(self, other: Any) -> Any:
        return self._ends("subtract", other, lambda a, b: (a.low, b.high, a.high, b.low))

    def __mul__(self, other: Any) -> Any:
        return self._ends("multiply", other, _factors)

    def __truediv__(self, other: Any) -> Any:
        if (other := _other(self, other)) is NotImplemented:
            return NotImplemented
        if 0 in other:
            raise ZeroDivisionError(f"the divisor may be 0: it lies between {other.low} and "
                                    f"{other.high}")
        return self._ends("divide", other, _quotients)

    def _ends(self, operation: str, other: Any, which: Callable[..., Any]) -> Any:
        """An operation on the two pairs of ends that `which` picks: one is rounded down, one up."""
        one, kind = self, type(self.low)
        if type(other) is not Interval or type(other.low) is not kind:  # else both are alike
            if (other := _other(self, other)) is NotImplemented:
                return NotImplemented
            one = self.in_floats() if other.is_float else self
            kind = type(one.low)
        a, b, c, d = which(one, other)
        if kind is float:
            compute = IN_FLOATS[operation]
            low, high = compute(a, b), compute(c, d)
            if not math.isfinite(high - low):
                raise OverflowError("an end is too large for a float")
            return Interval.made(math.nextafter(low, -math.inf), math.nextafter(high, math.inf))
        down, up = _both_ways(operation, getcontext().prec)
        return Interval.made(down(a, b), up(c, d))

    def __pow__(self, other: Any) -> Any:
        if isinstance(other, (int, Decimal, float)) and other == int(other):
            return _whole_power(self, int(other))
        if (exponent := _other(self, other)) is NotImplemented:
            return NotImplemented
        if exponent.low == exponent.high == int(exponent.low):
            return _whole_power(self, int(exponent.low))
        if self.low > 0:
            return rounded_once(lambda x, y: exp(y * log(x)), self, exponent)
        if self.low == 0 and exponent.low > 0:
            top = rounded_once(lambda x, y: exp(y * log(x)), Interval.made(self.high, self.high),
                           exponent) if self.high > 0 else self
            return Interval.made(self.low, top.high)
        if self.low == 0:
            raise ZeroDivisionError("a power below 0 of what may be 0")
        raise ValueError("a power of what may be below 0 needs a whole exponent")

    def __neg__(self) -> "Interval":
        return Interval.made(_negated(self.high), _negated(self.low))

    def __pos__(self) -> "Interval":
        return self

    def __abs__(self) -> "Interval":
        return self if self.low >= 0 else -self if self.high <= 0 else Interval.made(
            type(self.low)(0), max(_negated(self.low), self.high))

    def __radd__(self, other: Any) -> Any:
        return self + other

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __rmul__(self, other: Any) -> Any:
        return self * other

    def __rtruediv__(self, other: Any) -> Any:
        return self.of(other) / self

    def __rpow__(self, other: Any) -> Any:
        return self.of(other) ** self

    # Comparisons: true or false for all numbers in the interval, else a ValueError.

    def __gt__(self, other: Any) -> bool:
        other = self.of(other)
        return _certain(self.low > other.high, self.high <= other.low)

    def __lt__(self, other: Any) -> bool:
        return self.of(other) > self

    def __ge__(self, other: Any) -> bool:
        return not self < other

    def __le__(self, other: Any) -> bool:
        return not self > other

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, (Interval, int, float, Decimal)) and (
            (other := self.of(other)).low == self.low and other.high == self.high)

    def __hash__(self) -> int:
        return hash((self.low, self.high))

    def __bool__(self) -> bool:
        return not self.low == self.high == 0

    def __repr__(self) -> str:
        return f"Interval({self.low}, {self.high})"


numbers.Number.register(Interval)  # so that a formula accepts it


def _negated(end: Any) -> Any:
    """Minus an end, with all its digits: for a Decimal, `-end` would round."""
    return -end if isinstance(end, float) else end.copy_negate()


def _certain(yes: bool, no: bool) -> bool:
    """Whether it is so for all numbers, if that or the opposite is certain; else a ValueError."""
    if not yes and not no:
        raise ValueError("it may be so for some of the numbers in the interval, and not for others")
    return yes


def as_interval(number: Any, name: str = "", in_floats: bool = False) -> Interval:
    """A number, or the constant of this name, as an interval: `pi` lies between two Decimals.

    >>> as_interval(0.1), as_interval(3), as_interval(0, "pi").width < Decimal("1e-25")
    (Interval(0.1, 0.1), Interval(3, 3), True)
    """
    if name in ("pi", "e"):
        near = decimals.pi() if name == "pi" else decimals.exp(1)
        found = _widened(near)
    elif isinstance(number, Interval):
        found = number
    else:
        found = Interval(Decimal(repr(number)) if isinstance(number, float) else number)
    return found.in_floats() if in_floats else found


def _other(one: Interval, other: Any) -> Any:
    """The second input as an interval; NotImplemented if it is not a real number."""
    if isinstance(other, Interval):
        return other if other.is_float == one.is_float else one.of(other)
    return one.of(other) if isinstance(other, (int, float, Decimal, Fraction)) else NotImplemented


def _decimal(end: Any, is_high: bool) -> Any:
    """An end as a Decimal; a Fraction is rounded outwards."""
    if isinstance(end, Fraction):
        context = _outwards(getcontext().prec)[is_high]
        end = context.divide(Decimal(end.numerator), Decimal(end.denominator))
    end = Decimal(end)
    if not end.is_finite():
        raise ValueError(f"an interval has finite ends, and not {end}")
    return end


def _float(end: Any, towards: float) -> float:
    """An end as a float; if it is not exactly a float, the next one in the direction `towards`."""
    near = float(end)
    if not math.isfinite(near):
        raise OverflowError(f"{end} is not a finite float")
    if near == end:  # exactly
        return near
    is_outside = near < end if towards < 0 else near > end
    return near if is_outside else math.nextafter(near, towards)


IN_FLOATS: dict[str, Callable[[float, float], float]] = {
    "add": float.__add__, "subtract": float.__sub__, "multiply": float.__mul__,
    "divide": float.__truediv__}


def _factors(x: Interval, y: Interval) -> tuple[Any, Any, Any, Any]:
    """Which ends give the lowest product, and which the highest."""
    a, b, c, d = x.low, x.high, y.low, y.high
    if a >= 0:
        return (a, c, b, d) if c >= 0 else (b, c, a, d) if d <= 0 else (b, c, b, d)
    if b <= 0:
        return (a, d, b, c) if c >= 0 else (b, d, a, c) if d <= 0 else (a, d, a, c)
    if c >= 0:
        return a, d, b, d
    if d <= 0:
        return b, c, a, c
    with localcontext(EXACT) if not x.is_float else localcontext():  # 0 is inside both
        low = (a, d) if a * d <= b * c else (b, c)
        high = (a, c) if a * c >= b * d else (b, d)
    return *low, *high


def _quotients(x: Interval, y: Interval) -> tuple[Any, Any, Any, Any]:
    """Which ends give the lowest quotient, and which the highest; 0 is not in y."""
    a, b, c, d = x.low, x.high, y.low, y.high
    if c > 0:
        return (a, d, b, c) if a >= 0 else (a, c, b, d) if b <= 0 else (a, c, b, c)
    return (b, d, a, c) if a >= 0 else (b, c, a, d) if b <= 0 else (b, d, a, d)


def _whole_power(x: Interval, n: int) -> Any:
    """x**n for a whole n. If n is even, the lowest value is at the x nearest to 0."""
    if n < 0:
        return 1 / _whole_power(x, -n)
    if n == 0:
        return x.of(1)
    size = abs(x) if n % 2 == 0 else x
    low, high = size.low, size.high
    return Interval.made(_product(low, n, rounded_up=False), _product(high, n, rounded_up=True))


def _product(end: Any, n: int, rounded_up: bool) -> Any:
    """end**n by repeated squaring, rounded up or down; if `end` is below 0, minus that of -end."""
    if end < 0:
        return _negated(_product(_negated(end), n, not rounded_up))
    result, factor = None, Interval.made(end, end)
    while n:
        if n % 2:
            result = factor if result is None else result * factor
        n //= 2
        factor = factor * factor if n else factor
    assert result is not None
    return result.high if rounded_up else max(result.low, type(end)(0))


# Functions. `decimals` computes them with 20 extra digits and rounds once: the error is half a unit
# of the last digit, and hardly more. (`decimal` itself rounds exp, ln, log10 and sqrt
# correctly.) So the true value lies between the two neighbours of the result.


def _widened(near: Decimal, exact: bool = False) -> Interval:
    """The interval between the two neighbours of a Decimal; if it is exact, the Decimal alone."""
    if exact:
        return Interval.made(near, near)
    down, up = _outwards(getcontext().prec)
    return Interval.made(down.next_minus(near), up.next_plus(near))


def _at(name: str, *ends: Decimal) -> Interval:
    """A function at a place, as a narrow interval; only a 0 or the root of a square is exact."""
    with localcontext(_context(getcontext().prec, ROUND_HALF_EVEN)):  # next to nothing is not 0
        near = decimals.FUNCTIONS[name](*ends)
    is_exact = (not near and ends[0] in (0, 1)) or (
        name == "sqrt" and EXACT.multiply(near, near) == ends[0])
    return _widened(near, is_exact)


def for_both_kinds(function: Callable[..., Interval]) -> Callable[..., Interval]:
    """The function made to take floats as ends too: they are turned into Decimals, and back."""

    def of_any(*given: Any) -> Interval:
        first = next((x for x in given if isinstance(x, Interval)), as_interval(given[0]))
        inputs = [first.of(x) for x in given]
        if not any(x.is_float for x in inputs):
            return function(*inputs)
        with localcontext(_outwards(25)[0]):
            return function(*[x.in_decimals() for x in inputs]).in_floats()

    return of_any


def rounded_once(formula: Callable[..., Interval], *inputs: Interval) -> Interval:
    """The value of a formula, computed in intervals with guard digits and rounded outwards once."""

    def function(*inputs: Interval) -> Interval:
        digits = getcontext().prec
        size = max((abs(end.adjusted()) for x in inputs for end in (x.low, x.high)), default=0)
        with localcontext(_outwards(digits + GUARD + min(size, 100))[0]):
            found = formula(*inputs)
        down, up = _outwards(digits)
        return Interval.made(down.plus(found.low), up.plus(found.high))

    return for_both_kinds(function)(*inputs)


def _monotonic(name: str, falls: bool = False, low: Any = None, high: Any = None
               ) -> Callable[..., Interval]:
    """A function that only rises, or only falls: its lowest and highest values are at the ends of
    x. If `low` or `high` is given, no value lies beyond it."""

    def function(x: Interval) -> Interval:
        one, other = (x.high, x.low) if falls else (x.low, x.high)
        first = _at(name, one)
        last = first if one == other else _at(name, other)
        return Interval.made(first.low if low is None else max(first.low, Decimal(low)),
                             last.high if high is None else min(last.high, Decimal(high)))

    return for_both_kinds(function)


def _turning(x: Interval, share: str) -> Iterator[int]:
    """The whole numbers k for which `(k + share)*pi` may lie in x: the first three are enough."""
    digits = getcontext().prec + GUARD + max(x.low.adjusted(), x.high.adjusted(), 0)
    with localcontext(_outwards(digits)[0]):
        turns = x / as_interval(0, "pi") - Decimal(share)
        first = int(turns.low.to_integral_value(ROUND_CEILING))
        last = int(turns.high.to_integral_value(ROUND_FLOOR))
    yield from range(first, min(last, first + 2) + 1)


def _wave(name: str, share: str) -> Callable[..., Interval]:
    """A sine or cosine. It turns at `(k + share)*pi`: it is 1 there if k is even, -1 if odd."""

    def function(x: Interval) -> Interval:
        found = _at(name, x.low)
        if x.low != x.high:
            found = found.joined(_at(name, x.high))
        tops = {-1 if k % 2 else 1 for k in _turning(x, share)}
        low, high = min(found.low, *tops, 1), max(found.high, *tops, -1)
        return Interval.made(max(Decimal(low), Decimal(-1)), min(Decimal(high), Decimal(1)))

    return for_both_kinds(function)


def _tan(x: Interval) -> Interval:
    """The tangent: it rises from each pole to the next."""
    if any(True for _ in _turning(x, "0.5")):
        raise ZeroDivisionError(f"tan has a pole between {x.low} and {x.high}")
    return Interval.made(_at("tan", x.low).low, _at("tan", x.high).high)


def _even(name: str, falls: bool = False, top: Any = None) -> Callable[..., Interval]:
    """A function of abs(x) that only rises, or only falls, from its value `top` at 0."""
    by_size = _monotonic(name, falls, low=None if falls else top, high=top if falls else None)
    return lambda x: by_size(abs(x))


def _atan2(u: Interval, v: Interval) -> Interval:
    """The angle of the points (v, u), lowest and highest at corners of this rectangle. If it
    reaches the negative half of the v axis from below, the angle jumps: all from -pi to pi."""
    if 0 in u and 0 in v:
        raise ValueError("atan2 has no angle at 0, 0")
    if v.low < 0 and u.low < 0 <= u.high:
        around = as_interval(0, "pi")
        return Interval.made(-around.high, around.high)
    sides = [y if y else y.copy_abs() for y in (u.low, u.high)]  # a 0 with a minus is a 0
    corners = [_at("atan2", y, x) for y in sides for x in (v.low, v.high)]
    return Interval.made(min(c.low for c in corners), max(c.high for c in corners))


def _hypot(u: Interval, v: Interval) -> Interval:
    """sqrt(u**2 + v**2), rounded once."""
    return rounded_once(lambda x, y: sqrt(x**2 + y**2), u, v)


def _sign(x: Interval) -> Interval:
    """1 above 0, -1 below; all from -1 to 1 if 0 is in x, as `absolute` has a kink there."""
    one = x.of(1)
    return one if x.low > 0 else -one if x.high < 0 else Interval.made(-one.low, one.high)


def _step(x: Interval) -> Interval:
    """1 above 0, 0 below, all from 0 to 1 if 0 is in x."""
    one = x.of(1)
    return one if x.low > 0 else x.of(0) if x.high < 0 else x.of(0).joined(one)


def _where(condition: Any, u: Any, v: Any) -> Any:
    """u if the whole condition is above 0, v if it is below; else an interval that has both."""
    if not isinstance(condition, Interval):
        return u if condition > 0 else v
    if condition.low > 0 or condition.high < 0:
        return u if condition.low > 0 else v
    first = condition.of(u)
    return first.joined(first.of(v))


def _maximum(u: Interval, v: Interval) -> Interval:
    """The larger of two numbers: its ends are the larger low end and the larger high end."""
    return Interval.made(max(u.low, v.low), max(u.high, v.high))


def _minimum(u: Interval, v: Interval) -> Interval:
    """The smaller of two numbers."""
    return Interval.made(min(u.low, v.low), min(u.high, v.high))


def _both(function: Callable[[Interval, Interval], Interval]) -> Callable[..., Interval]:
    """A function of two intervals, made to take a plain number as one of them too."""

    def of_any(u: Any, v: Any) -> Interval:
        one = u if isinstance(u, Interval) else v
        u = one.of(u)
        v = u.of(v)
        return function(v.of(u), v)

    return of_any


def _xlogy(u: Any, v: Any) -> Any:
    """u*log(v), and 0 if all of u is 0, whatever v is."""
    if isinstance(u, Interval) and not u:
        return u
    if not isinstance(u, Interval) and u == 0:
        return v.of(0)
    first = u if isinstance(u, Interval) else v
    return first.of(u) * log(first.of(v))


exp      = _monotonic("exp", low=0)
log      = _monotonic("log")
sqrt     = _monotonic("sqrt", low=0)
sin      = _wave("sin", "0.5")
cos      = _wave("cos", "0")

FUNCTIONS: dict[str, Callable[..., Interval]] = {
    "exp":      exp,
    "expm1":    _monotonic("expm1", low=-1),
    "log":      log,
    "log1p":    _monotonic("log1p"),
    "log2":     _monotonic("log2"),
    "log10":    _monotonic("log10"),
    "sqrt":     sqrt,
    "cbrt":     _monotonic("cbrt"),
    "sin":      sin,
    "cos":      cos,
    "tan": for_both_kinds(_tan),
    "asin":     _monotonic("asin"),
    "acos":     _monotonic("acos", falls=True, low=0),
    "atan":     _monotonic("atan"),
    "atan2": for_both_kinds(_atan2),
    "hypot":    _both(_hypot),
    "sinh":     _monotonic("sinh"),
    "cosh":     _even("cosh", top=1),
    "sech":     _even("sech", falls=True, top=1),
    "tanh":     _monotonic("tanh", low=-1, high=1),
    "asinh":    _monotonic("asinh"),
    "acosh":    _monotonic("acosh", low=0),
    "atanh":    _monotonic("atanh"),
    "sigmoid":  _monotonic("sigmoid", low=0, high=1),
    "softplus": _monotonic("softplus", low=0),
    "erf":      _monotonic("erf", low=-1, high=1),
    "erfc":     _monotonic("erfc", falls=True, low=0, high=2),
    "absolute": abs,
    "sign":     _sign,
    "step":     _step,
    "relu":     lambda x: _maximum(x, x.of(0)),
    "maximum":  _both(_maximum),
    "minimum":  _both(_minimum),
    "where":    _where,
    "xlogy":    _xlogy,
}
