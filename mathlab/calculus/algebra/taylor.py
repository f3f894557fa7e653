"""Taylor polynomials: a formula near one place, as a sum of powers, to any order.

Value, slope and bend at one place make a parabola that fits there; more derivatives fit better, and
further away. On the page: `return self.compute(*inputs)`, here with a series for x, a number that
brings its derivatives along.

    y(at) + y'(at)*(x - at) + y''(at)/2*(x - at)**2 + ... + y^(order)(at)/order!*(x - at)**order

>>> from mathlab import exp, sin, symbols
>>> x, = symbols("x")
>>> print(taylor(exp(-x), x, at=0, order=3))
1 - x + x**2/2 - x**3/6

What is 0/0 at one point has a series there, and so a value:

>>> found = series(sin(x) / x, x, at=0, order=4)
>>> print(found, found.how, sep="; ")
1 - x**2/6 + x**4/120 + O(x**5); sin(x)/x is 0/0 at x = 0: the common factor x was cancelled

Its derivatives are exact, of whatever order:

>>> found.derivative(4), found.derivative(40)
(Fraction(1, 5), Fraction(1, 41))
"""

from __future__ import annotations

import cmath
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mathlab.calculus.algebra.series import Centre, Series, tidy, whole_order
from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.graph.formula import write_short
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import NUMBERS, Value, as_value, is_number, nodes_of, symbols
from mathlab.calculus.numbers.evaluate import evaluate
from mathlab.calculus.numbers.kinds import as_decimal
from mathlab.errors import DomainError, FormulaError


def taylor(y: Value, x: Value | str, at: Any, order: int) -> Value:
    """The polynomial in `x` that has the value and the first `order` derivatives of `y` at `at`.

    Raises: as `series`.
    Source: B. Taylor, Methodus Incrementorum Directa et Inversa (1715).

    >>> from mathlab import log, symbols
    >>> x, = symbols("x")
    >>> print(taylor(log(x), x, at=1, order=3))
    x - 1 - (x - 1)**2/2 + (x - 1)**3/3
    """
    return series(y, x, at, order).polynomial


def series(y: Value, x: Value | str, at: Any, order: int) -> Series:
    """The series of `y` in powers of `x - at`, up to this order.

    Its coefficients are of the kind that `at` is. Where no Fraction is exact, as for exp(1), and
    where there are symbols, they are formulas; `at` can be one too.

    Raises: ValueError unless the order is a whole number from 0 to 1,000; FormulaError for an
    `at` that is not a number, symbol or formula; DomainError where `y` has no such derivative.

    >>> from mathlab import symbols
    >>> t, x = symbols("t x")
    >>> print(series(1 / (1 - t * x), x, at=0, order=3))
    1 + t*x + t**2*x**2 + t**3*x**3 + O(x**4)
    """
    (nodes,) = nodes_of([x], y := as_value(y))
    order, at = whole_order(order), _place(at)
    if not isinstance(at, Value) and any(isinstance(n.data, Decimal) for n in inputs_first(y)):
        at = as_decimal(at)

    def read(side: int = 0) -> Series:
        centre, all_nodes = Centre(nodes[0], at, order, side), inputs_first(y)
        leaves: dict[Value, Series] = {
            leaf: centre.constant(leaf.data if leaf.operation else leaf, leaf.name)
            for leaf in all_nodes if not leaf.inputs}
        found: Series = evaluate(all_nodes, leaves | dict.fromkeys(nodes, centre.moving))
        if found.upto(order).first < 0:
            raise DomainError(f"{write_short(y)} has a pole at {centre}: it has no value there")
        return found

    found = read()
    if found.centre.kinks and (order or found.how):
        y = simplify(y)  # absolute(x)**2 is x**2
        found = read()
        if found.centre.kinks:
            try:
                sides = read(-1), read(1)
            except DomainError as error:
                raise DomainError(f"{write_short(y)} has no series at {found.centre}, beside its "
                                  f"kink: {error}") from None
            _insist_on_one(y, found, *sides)
    return found


def _insist_on_one(y: Value, found: Series, left: Series, right: Series) -> None:
    """Refuse a kink: the series to both sides have to be one, and the one that the table gives."""
    centre, reasons = found.centre, found.centre.kinks.items()
    for n in range(centre.order + 1):
        by_table, to_left, to_right = (each.derivative(n) for each in (found, left, right))
        if not (_same(to_left, to_right) and _same(to_left, by_table)):
            what = ("value", "slope")[n] if n < 2 else f"derivative of order {n}"
            sides = f"it is {to_left} to the left and {to_right} to the right"
            if _same(to_left, to_right):
                sides = f"it is {to_left} to both sides, and {by_table} by the table"
            raise DomainError(f"{write_short(y)} has no {what} at {centre}: {sides}: " + "; ".join(
                f"{text} has a kink, where the table takes {taken}" for text, taken in reasons))


def _same(a: Any, b: Any) -> bool:
    off = tidy(a - b)
    return not isinstance(off, Value) and (off == 0 or abs(off) <= 1e-9 * max(abs(a), abs(b)))


def _place(at: Any) -> Any:
    """Where a series is taken: a finite number, a symbol (or its name) or a formula."""
    if isinstance(at, str):
        names = symbols(at)
        at = names[0] if len(names) == 1 else at
    if isinstance(at, Value):
        return _place(at.data) if is_number(at) else at
    if not isinstance(at, NUMBERS):
        raise FormulaError(f"a series is taken at a number, a symbol or a formula, not {at!r}")
    if not isinstance(at, (int, Fraction)) and not (
            at.is_finite() if isinstance(at, Decimal) else cmath.isfinite(at)):
        raise DomainError(f"a series is taken at a finite number, not {at}")
    return int(at) if isinstance(at, int) else at
