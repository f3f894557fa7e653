"""Series: one more kind of number, which reads Taylor coefficients off the table of derivatives.

Near a centre a smooth function is a sum of powers of t, the distance from there:

    y = c0 + c1*t + c2*t**2 + c3*t**3 + ...

The table says how y changes: y' = slope(u, y)*u'. If y is known up to t**n, so is that slope, so is
y', and so is y up to t**(n+1). For exp it says y' = y: each coefficient, times its exponent, is the
one before. So no row has to know of series. On the page: `return self.compute(*inputs)`, which
never asks what a number is.

>>> from mathlab import Value, exp
>>> x = Centre(Value(0, "x"), at=0, order=4).moving
>>> print(exp(x))
1 + x + x**2/2 + x**3/6 + x**4/24 + O(x**5)

Series have a value where numbers have none: (exp(x) - 1)/x is 0/0 at 0, and yet

>>> print((exp(x) - 1) / x)
1 + x/2 + x**2/6 + x**3/24 + x**4/120 + O(x**5)

Read `Series.slope` first, which is the idea; then the arithmetic. A coefficient is worked out once,
and when it is asked for, so a series that loses some to a division has more of them to give.

Source: R. E. Moore, "Interval Analysis" (1966); M. D. McIlroy, "Squinting at Power Series" (1990).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import factorial, inf, isfinite
from typing import Any, NoReturn

from mathlab.calculus.algebra.differentiate import _order
from mathlab.calculus.algebra.exact import exact
from mathlab.calculus.algebra.polynomial import multiply_out
from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.formula import pieces, write_short
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.value import Value, as_value, is_number
from mathlab.calculus.numbers.kinds import as_decimal, as_float, like
from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.errors import DomainError, FormulaError

HIGHEST_ORDER = 1_000  # the time grows with the square of the order, and exact numbers grow as well
ZEROS = 60  # after so many coefficients that are 0 a series is taken for 0, and not divided by

Needs = Iterable[tuple["Series", int]]  # other series, and how much further they must be known


class Centre:
    """The place where series are taken, what they share, and what was met on the way.

    `moving` is the series of x itself. `side` is for kinks: -1 looks to the left, 1 to the right,
    and 0 does as the table does.
    """

    def __init__(self, x: Value, at: Any, order: int, side: int = 0):
        self.x, self.at, self.order, self.side = x, at, order, side
        self.is_exact = isinstance(at, (int, Fraction, Value))
        self.made: dict[Any, Series] = {}  # once: sin(u) and cos(u) feed each other
        self.kinks: dict[str, str] = {}  # operations at their kink, and what the table takes there
        self.inside = 0  # above 0 while a slope is worked out, and not the formula itself
        self.distance = simplify(x - at)
        self.moving = Series(self, {0: at, 1: 1}, None, (), x.name or "x")

    def __str__(self) -> str:
        return f"{self.moving.name} = {self.at}"

    def constant(self, number: Any, name: str = "") -> Series:
        """The series of a plain number, or of a formula without x, in the kind of the centre."""
        key = type(number), number, name
        if key not in self.made:
            if not isinstance(number, Value):
                if self.is_exact:
                    number = Value.constant(number, name) if name else exact(number)
                elif isinstance(self.at, Decimal):
                    number = as_decimal(number, name)
                else:
                    number = as_float(number)
            made = self.made[key] = Series(self, {0: number}, table.constant, (), name)
            if isinstance(number, Value):
                made.operation, made.inputs = number.operation, number.inputs
                made.name = number.name
        return self.made[key]

    def value(self, row: Operation, numbers: list[Any]) -> Any:
        """What a row makes of constant coefficients: a formula where it would have to be rounded.

        Raises: DomainError where it has no value.
        """
        is_rational = all(isinstance(n, (int, Fraction)) for n in numbers)
        if not any(isinstance(n, Value) for n in numbers):
            if not self.is_exact:
                numbers = [like(self.at, n) for n in numbers]
            elif is_rational and row in (table.divide, table.power):
                numbers = [Fraction(numbers[0]), *numbers[1:]]
                if row is table.power and numbers[0] == 1:
                    return 1
            number = row.evaluate(*numbers)
            if (tuple(numbers) if len(numbers) > 1 else numbers[0]) in row.edges:
                number = exact(number)
            if not (is_rational and self.is_exact) or isinstance(number, (int, Fraction)):
                return number
        return tidy(row(*map(as_value, numbers)))


def _infix(row: Operation) -> Any:
    """The two methods of a sign: series ∘ other, and other ∘ series."""
    return lambda u, v: u.made_by(row, (u, v)), lambda v, u: v.made_by(row, (u, v))


class Series:
    """A sum of powers of t, the distance from the centre, as far as it is asked for.

        terms    {exponent: coefficient}, those found so far that are not 0
        known    every exponent up to this one has been worked out
        low      no exponent is below this one, which is negative for 1/t
        step(e)  works out the coefficient of t**e
        needs    [(u, k), ...]: before step(e) the series u must be known up to e + k;
                 None: the coefficient is taken from the slope, y' = slope*u'

    For u + v, step(e) is u[e] + v[e], and needs is [(u, 0), (v, 0)]. As a Value does, a Series
    knows its `operation` and its `inputs`.
    """

    __slots__ = ("centre", "inputs", "is_waiting", "known", "low", "name", "needs", "operation",
                 "rate", "step", "terms")

    def __init__(self, centre: Centre, terms: Mapping[int, Any], operation: Operation | None = None,
                 inputs: Any = None, name: str = "", *, low: int = 0, needs: Needs | None = (),
                 step: Callable[[int], Any] | None = None):
        self.centre, self.operation, self.inputs, self.name = centre, operation, inputs, name
        self.terms = {e: c for e, c in terms.items() if isinstance(c, Value) or c != 0}
        self.low, self.needs, self.step = low, needs, step
        self.known: float = max(terms, default=low - 1)
        if step is None and needs is not None:  # nothing is to come
            self.low, self.known = min(self.terms, default=0), inf
        self.rate: Series | None = None
        self.is_waiting = False

    # What a reader asks for

    @property
    def coefficients(self) -> list[Any]:
        """Those of 1, t, t**2, ... up to the order."""
        return [self.coefficient(n) for n in range(self.centre.order + 1)]

    def coefficient(self, n: int) -> Any:
        """The coefficient of t**n, in the kind of the centre; `n` may be above the order."""
        return self._in_kind(n, lambda c: c)

    def derivative(self, n: int) -> Any:
        """The n-th derivative at the centre, n! times the coefficient; `n` may exceed the order."""
        return self._in_kind(n, lambda c: tidy(c * factorial(n)))

    def _in_kind(self, n: int, scaled: Callable[[Any], Any]) -> Any:
        c, at = self.upto(n := whole_order(n))[n], self.centre.at
        try:
            if isinstance(c, Value) or self.centre.is_exact:
                c = exact(scaled(c))
            else:
                is_rational = isinstance(c, (int, Fraction))
                c = scaled(float(c) if type(at) is float and is_rational else like(at, c))
        except OverflowError:
            c = inf
        if not isinstance(c, Value) and (c != c or abs(c) == inf):
            raise DomainError(f"{self.text} at {self.centre}: what it has at order {n} is too "
                              "large for a number of its kind")
        return c

    @property
    def polynomial(self) -> Value:
        """The sum up to the order, as a formula."""
        result = None
        for n, c in enumerate(self.coefficients):
            if isinstance(c, Value) or c != 0:
                term = self.term(c, n)
                if result is not None and next(pieces(term, {})).startswith("-"):
                    result = result - self.term(-c, n)
                else:
                    result = term if result is None else result + term
        return as_value(0) if result is None else result

    def term(self, c: Any, n: int) -> Value:
        """The formula c*t**n."""
        t = self.centre.distance**n
        if type(c) is float:
            c = exact(c)
        if not n:
            return as_value(c)
        if isinstance(c, (int, Fraction)):
            above = -t if c.numerator == -1 else c.numerator * t
            return above / c.denominator
        return simplify(c * t) if isinstance(c, Value) else t if c == 1 else as_value(c) * t

    def __str__(self) -> str:
        text, rest = str(self.polynomial), f"O({self.term(1, self.centre.order + 1)})"
        return rest if text == "0" else f"{text} + {rest}"

    def __repr__(self) -> str:
        return f"<series {self}>"

    @property
    def text(self) -> str:
        """What it is the series of, in short."""
        return write_short(self)

    @property
    def how(self) -> str:
        """How a value was found where the formula has none, as that of sin(x)/x at 0; else ""."""
        poles, notes, seen, stack = {}, {}, {self}, [self]
        while stack:
            y = stack.pop()
            if y.operation is table.divide and (m := y.inputs[1].lead()):
                if y.first < 0:
                    poles[y.text] = ""
                else:
                    notes[f"{y.text} is 0/0 at {self.centre}: the common factor "
                          f"{self.term(1, m)} was cancelled"] = ""
            new = [x for x in y.inputs if isinstance(x, Series) and x not in seen]
            stack += [x for x in new if not x.is_constant]  # what it was made of are Values
            seen.update(new)
        if poles:
            have = "has a pole" if len(poles) == 1 else "have poles"
            notes[f"{' and '.join(reversed(poles))} {have} at {self.centre}, and what is infinite "
                  "there cancels"] = ""
        return "; ".join(reversed(notes))

    # How its coefficients are found

    @property
    def slope(self) -> Series:
        """How fast it changes: y' = slope(u, y)*u', added up over its inputs; a series as well."""
        if self.rate is None and self.needs is None:
            row: Any = self.operation
            inputs, centre = self.inputs, self.centre
            centre.inside += 1
            try:
                if row is table.power and not inputs[0].is_constant:  # u**(v - 1) is u**v / u:
                    centre.made[row, (inputs[0], inputs[1] - 1)] = self / inputs[0]  # no new power
                slopes = row.slopes[0]([*inputs], self) if row.arity is None else (
                    u.is_constant or rule(*inputs, self)
                    for u, rule in zip(inputs, row.slopes, strict=True))
                self.rate = sum((slope * (u.by_terms() if u.needs is None else u.slope)
                                 for slope, u in zip(slopes, inputs, strict=True)
                                 if not u.is_constant), start=centre.constant(0))
            except (ValueError, ArithmeticError) as error:
                if isinstance(error, DomainError) and self.text in str(error):
                    raise
                raise DomainError(f"{self.text} has no slope at {centre}: {error}") from None
            finally:
                centre.inside -= 1
        elif self.rate is None:
            self.rate = self.by_terms()
        return self.rate

    def by_terms(self) -> Series:
        """The slope as far as the coefficients are known: that of c*t**n is n*c*t**(n - 1)."""
        if self.rate is not None:
            return self.rate
        if self.known == inf:
            return Series(self.centre, {e - 1: e * c for e, c in self.terms.items() if e})
        return Series(self.centre, {}, low=max(self.low, 1) - 1, needs=[(self, 1)],
                      step=lambda e: (e + 1) * self[e + 1])

    def upto(self, last: int) -> Series:
        """Itself, with all coefficients known up to this exponent. No recursion over the graph."""
        if self.is_waiting and self.known < last:  # a slope such as u/y, where y is 0
            raise DomainError(f"{self.text} has no slope at {self.centre}")
        stack = [(self, last)]
        try:
            while stack:
                y, last = stack[-1]
                if y.known >= last:
                    y.is_waiting = False
                    stack.pop()
                    continue
                y.is_waiting, e = True, int(y.known) + 1
                needs = [(y.slope, -1)] if y.needs is None else y.needs
                missing = [(u, e + more) for u, more in needs if u.known < e + more]
                if any(u.is_waiting for u, _ in missing):
                    raise DomainError(f"{y.text} has no slope at {y.centre}")
                stack += missing
                if not missing:
                    c = tidy(ratio(y.slope[e - 1], e) if y.step is None else y.step(e))
                    if isinstance(c, Value) or c != 0:
                        y.terms[e] = c
                    y.known = e
        except OverflowError:
            raise DomainError(f"{y.text} at {y.centre}: the coefficient of order {e} is too large "
                              "for a number of its kind") from None
        finally:
            for y, _ in stack:
                y.is_waiting = False
        return self

    def __getitem__(self, exponent: int) -> Any:
        return self.terms.get(exponent, 0)

    @property
    def is_constant(self) -> bool:
        """Whether it is a plain number, or a formula without x."""
        return self.known == inf and self.terms.keys() <= {0}

    @property
    def first(self) -> int:
        """The lowest exponent of what is known, or 0."""
        return next(iter(self.terms), 0)

    def lead(self) -> int | None:
        """The lowest exponent, found by looking for it; None if there are only zeros."""
        for e in range(self.low, self.low + ZEROS):
            if self.terms:
                break
            self.upto(e)
        return next(iter(self.terms), None)

    # What the table asks of a number that keeps its history

    @property
    def data(self) -> Any:
        """The number at the centre; at a kink that is looked at from one side, 1 or -1 beside 0."""
        c, side = self.upto(0)[0], self.centre.side
        number = c.data if isinstance(c, Value) else c
        if not side or number is UNKNOWN or number != 0 or (m := self.lead()) is None:
            return number
        first = self[m].data if isinstance(self[m], Value) else self[m]
        if first is UNKNOWN:
            raise DomainError(f"{self.text} is 0 at {self.centre}, and on which side it is above 0 "
                              "depends on its symbols")
        return (1 if first > 0 else -1) * side**m

    def constant(self, number: Any, name: str = "") -> Series:
        """A plain number as a series."""
        return self.centre.constant(number, name)

    def made_by(self, row: Operation, inputs: Iterable[Any]) -> Series:
        """The series that an operation makes of inputs, plain numbers among them or not.

        Raises: DomainError where there is none.
        """
        centre, given = self.centre, tuple(inputs)
        if row is not table.where and (refused := [x for x in given if isinstance(x, DomainError)]):
            raise refused[0]  # a `where` may not need it
        of: tuple[Any, ...] = tuple(
            x if isinstance(x, (Series, DomainError)) else centre.constant(x) for x in given)
        if (row, of) not in centre.made:
            if row is not table.where and all(x.is_constant for x in of):
                result = centre.constant(centre.value(row, [x[0] for x in of]))
            else:
                if row.kink is not None:
                    _note_kink(row, of, centre)
                result = ARITHMETIC[row](*of) if row in ARITHMETIC else applied(row, *of)
            if result.inputs is None:
                result.operation, result.inputs = row, of
            centre.made[row, of] = result
            if not centre.inside:
                result.upto(centre.order)
        return centre.made[row, of]

    def __float__(self) -> NoReturn:
        raise FormulaError("a series is not a single number: write the slope of the row with the "
                           "functions of mathlab, such as mathlab.sin, which take it as it is")

    __add__, __radd__ = _infix(table.add)
    __sub__, __rsub__ = _infix(table.subtract)
    __mul__, __rmul__ = _infix(table.multiply)
    __truediv__, __rtruediv__ = _infix(table.divide)
    __pow__, __rpow__ = _infix(table.power)
    __neg__ = lambda u: u.made_by(table.negate, (u,))
    __abs__ = lambda u: u.made_by(table.absolute, (u,))
    __lt__, __le__, __gt__, __ge__ = (
        lambda u, v, compare=compare: compare(u.data, getattr(v, "data", v))
        for compare in (operator.lt, operator.le, operator.gt, operator.ge))


def whole_order(order: Any) -> int:
    """A whole number from 0 to 1,000, of whatever type. Raises: ValueError for all else."""
    whole = _order(order, "Taylor polynomial", 0)
    if whole > HIGHEST_ORDER:
        raise ValueError(f"the order of a Taylor polynomial is at most {HIGHEST_ORDER:,}, not "
                         f"{whole:,}: that would take too long")
    return whole


def tidy(c: Any) -> Any:
    """A coefficient: a formula in short, sums multiplied out; and a number where it is one."""
    if isinstance(c, Value):
        c = multiply_out(simplify(c))
        return exact(c.data) if is_number(c) else c
    return c


def ratio(c: Any, d: Any) -> Any:
    """The quotient of two coefficients, exact for whole numbers."""
    return Fraction(c, d) if isinstance(c, int) and isinstance(d, int) else c / d


def applied(row: Operation, *inputs: Series) -> Series:
    """A row of the table, applied to series: its value at the centre; the rest is by its slope."""
    centre = inputs[0].centre
    numbers = [_finite(u, row)[0] for u in inputs]
    if row.jumps and centre.side and numbers[0] == 0:
        numbers[0] = inputs[0].data
    value = centre.value(row, numbers)
    is_0 = not isinstance(value, Value) and value == 0
    return Series(centre, {0: value}, low=int(is_0), needs=None)


def chosen(condition: Series, u: Any, v: Any) -> Series:
    """What `where` chooses. What is not chosen may be a refusal."""
    decision = _finite(condition, table.where).data
    if isinstance(decision, complex) or decision != decision:
        raise DomainError(f"where cannot decide: {condition.text} is {decision} there")
    if decision is UNKNOWN:
        if refused := [x for x in (u, v) if isinstance(x, DomainError)]:
            raise refused[0]
        return applied(table.where, condition, *(
            x if isinstance(x, Series) else condition.centre.constant(x) for x in (u, v)))
    taken = u if decision > 0 else v
    if isinstance(taken, DomainError):
        raise taken
    result: Series = taken
    return result


def _finite(u: Series, row: Operation) -> Series:
    """A series whose number at the centre is known and finite: not a pole."""
    if u.upto(0).first < 0:
        raise DomainError(f"{u.text} has a pole at {u.centre}, so {row.name} of it has no value")
    return u


def _note_kink(row: Operation, inputs: tuple[Any, ...], centre: Centre) -> None:
    """Remember an operation that is at its kink, and the first in a slope that is at one."""
    centre.inside += 1
    try:
        gap = row.kink(*inputs) if row.kink else 0
        if isinstance(gap, Series) and not gap.is_constant and _finite(gap, row)[0] == 0 and (
                gap.lead() is not None and not (centre.inside > 1 and centre.kinks)):
            centre.kinks[row.call(*(getattr(u, "text", "...") for u in inputs))] = row.taken
    finally:
        centre.inside -= 1


# The arithmetic of series: the one thing that they know by themselves.


def added(u: Series, v: Series) -> Series:
    """The sum: coefficient by coefficient."""
    if v.is_constant and not v.terms:
        return u
    if u.is_constant and not u.terms:
        return v
    return Series(u.centre, {}, low=min(u.low, v.low), needs=[(u, 0), (v, 0)],
                  step=lambda e: u[e] + v[e])


def subtracted(u: Series, v: Series) -> Series:
    """The difference: coefficient by coefficient."""
    if u is v:
        return u.constant(0)
    if v.is_constant and not v.terms:
        return u
    return Series(u.centre, {}, low=min(u.low, v.low), needs=[(u, 0), (v, 0)],
                  step=lambda e: u[e] - v[e])


def negated(u: Series) -> Series:
    """The same with the other sign; -(-u) is u."""
    if u.operation is table.negate:
        before: Series = u.inputs[0]
        return before
    return Series(u.centre, {}, low=u.low, needs=[(u, 0)], step=lambda e: -u[e])


def multiplied(u: Series, v: Series) -> Series:
    """The product: t**i times t**j is t**(i+j), so all with the same sum of exponents add up."""
    if u.is_constant or v.is_constant:
        number, v = (u, v) if u.is_constant else (v, u)
        c = number[0]
        if not isinstance(c, Value) and c in (0, 1):
            return v if c == 1 else number
        return Series(v.centre, {}, low=v.low, needs=[(v, 0)], step=lambda e: c * v[e])

    def step(e: int) -> Any:
        few, many = (u, v) if len(u.terms) < len(v.terms) else (v, u)
        return sum(c * many.terms[e - i] for i, c in few.terms.items() if e - i in many.terms)

    return Series(u.centre, {}, low=u.low + v.low, needs=[(u, -v.low), (v, -u.low)], step=step)


def divided(u: Series, v: Series) -> Series:
    """The quotient y, with v*y = u: as in long division, from the lowest exponent of v on.

    Raises: DomainError if that is not found, for then v is as good as 0.
    """
    m = v.lead()
    if m is None:
        if v.is_constant:
            table.divide.refuse(ZeroDivisionError(), u.text, 0)
        kinks = " and ".join(v.centre.kinks)
        more = f"and so are its first {ZEROS - 1} derivatives"
        if kinks:
            more = f"where {kinks} {'has' if len(v.centre.kinks) == 1 else 'have'} a kink"
        raise DomainError(f"{table.divide.call(u.text, v.text)} is not defined: the divisor is 0 "
                          f"at {v.centre}, {more}")
    low = u.low - m

    def step(e: int) -> Any:
        known = sum(c * v.terms[e + m - i] for i, c in y.terms.items() if e + m - i in v.terms)
        return ratio(u[e + m] - known, v[m])

    y = Series(u.centre, {}, low=low, needs=[(u, m), (v, m - low)], step=step)
    return y


def raised(u: Series, v: Series) -> Series:
    """The power: by multiplication if the exponent is a whole number, else by the table."""
    n = v[0] if v.is_constant else None
    if n is None or isinstance(n, (Value, complex)) or not isfinite(n):
        return applied(table.power, u, v)
    if n % 1 != 0:
        return rooted(table.power, Fraction(n), u, v)
    n, c = int(n), u.upto(0)[0]
    if not isinstance(c, Value) and c != 0 and u.first == 0:
        u.centre.value(table.power, [c, n])  # refuses one that would fill the memory
    if n < 0:
        return 1 / u**-n  # type: ignore[no-any-return]
    if n < 2:
        return u if n else u.constant(1)
    half = u ** (n // 2)
    return multiplied(multiplied(half, half), u) if n % 2 else multiplied(half, half)


def rooted(row: Operation, power: Fraction, *inputs: Series) -> Series:
    """A root of u: where u is 0, sqrt(t**4*w) is t**2*sqrt(w), and w is not 0.

    Raises: DomainError where the root has no slope, or a kink, as sqrt(x) and sqrt(x**2) at 0.
    """
    u, centre = inputs[0], inputs[0].centre
    m = u.lead()
    if m == 0:
        return applied(row, *inputs)
    text = row.call(*(x.text for x in inputs))
    shift = 0 if m is None else m * power
    is_kink = power.denominator % 2 == 0 and shift % 2 != 0
    if not centre.order and (m is None or (m > 0 and (is_kink or shift % 1 != 0))):
        return applied(row, *inputs)  # it has a value, and no more is asked for
    if m is None or shift % 1 != 0:
        what = "slope" if shift < 1 else "series"
        raise DomainError(f"{text} has no {what} at {centre}" + (
            f": it grows as abs({simplify(centre.x - centre.at)})**({shift}) does" if m else ""))
    if is_kink:
        raise DomainError(f"{text} has a kink at {centre}: the root of a square is not below 0")
    up = int(shift)
    w = Series(centre, {}, u.operation, u.inputs, u.name, needs=[(u, m)], step=lambda e: u[e + m])
    root = row(w, *inputs[1:])
    return Series(centre, {}, low=up, needs=[(root, -up)], step=lambda e: root[e - up])


ARITHMETIC: dict[Operation, Callable[..., Series]] = {
    table.add: added, table.subtract: subtracted, table.negate: negated, table.power: raised,
    table.multiply: multiplied, table.divide: divided,
    table.sqrt: lambda u: rooted(table.sqrt, Fraction(1, 2), u),
    table.cbrt: lambda u: rooted(table.cbrt, Fraction(1, 3), u),
    table.where: chosen, table.total: table.total.compute, table.dot: table.dot.compute,
}
