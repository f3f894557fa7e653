"""The last digits: Newton's method in Decimals, and linear least squares in Fractions.

On the page: `loss.backward()`, in floats, whose last digits are rounding.

Where the model is linear in its parameters, the surface of the squared loss is one bowl. Its slopes
are all 0 at the bottom, which is a system of linear equations; solved in Fractions, it is exact:

>>> from mathlab.learning.model.surface import Model, Table
>>> table = Table({"x": [0.1, 0.2, 0.4], "y": [1.0, 2.0, 3.0]})
>>> print(*solve_exactly(LossSurface(Model("y = slope*x + intercept"), table)).position)
45/7 1/2

Any other surface is nearly a bowl near its bottom. Newton's method goes to the bottom of the bowl
that it sees, looks again, and has twice as many digits right with each step. It uses slopes, not
heights: near the bottom a step of 1e-8 changes the height by 1e-16 of it, which is rounding.
In Decimals there is no end to the digits:

>>> table = Table({"x": [0.0, 1.0, 2.0], "y": [1.0, 3.0, 7.0]})
>>> bottom = refine(LossSurface(Model("y = exp(a*x)"), table), [0.97])
>>> print(bottom.position[0])
0.9775310905187269579752310207

A numeric derivative could not do that: the noise in its last digits moves the place where it is 0.

Steps are counted in units of the parameters. For a parameter at 2000 the unit is 2000: a step of
0.002 is a millionth of it. One that goes to 0 keeps a least unit, see `_least_units`. Read `refine`
first, then `solve_exactly`; the rest is edge cases.
"""

import sys
from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, NamedTuple

from mathlab.calculus.graph import operations
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.numbers.kinds import as_decimal, as_fraction
from mathlab.calculus.numbers.linear_algebra import solve
from mathlab.errors import DataError, MathlabError
from mathlab.learning.descent.second_order import bends_up, in_units
from mathlab.learning.model.row_loss import degree, unpacked
from mathlab.learning.model.surface import LossSurface

SPARE_DIGITS = 12  # more than asked for: elimination and long sums lose some
MOST_STEPS = 60  # four do in the tests; the rest is for a start far away
# In units: a longer step leads to another valley, see test_where_there_is_no_bottom_nearby.
LONGEST_STEP = Decimal("0.1")
# Rows times parameters squared, for each of these to take about a second:
MOST_EXACT_WORK = 200_000  # in Fractions
MOST_WORK = 8_000  # in Decimals of 28 digits
MOST_WORK_AT_ALL = 160_000  # in Decimals of 17 digits
MOST_ARITHMETIC = 4_000_000  # in Decimals of 17 digits, for a quadratic loss
SETTLED = 4  # steps, from which on each is at most half of the one before
FEW_STEPS, LAST_DIGITS = 6, 1e-14  # in floats, and of a parameter
LOOKS = 2  # first steps that work out the second derivatives anew, in floats


Parts = Sequence[tuple[Any, Sequence[Any]]]  # what adds rows up, and the rows


class Bottom(NamedTuple):
    """The lowest point of a surface, in Decimals or Fractions. The total loss, and `bends`, the
    second derivatives of `LossSurface.information`, are sums over all rows."""

    position: list[Any]
    total_loss: Any
    bends: list[list[Any]]


def bottom_near(surface: LossSurface, position: Sequence[float],
                all_digits: bool = False) -> Bottom | None:
    """The lowest point near `position`: exactly if that is cheap; else to 28 digits if these are
    cheap or all are asked for; else to the 17 of a float. None if there is none, or if it would
    take too long. Raises what `solve_exactly` does."""
    work = len(surface.rows) * len(surface.parameters) ** 2
    if goes_exactly(surface):
        return solve_exactly(surface)
    if work > MOST_WORK and not all_digits and (found := _polished(surface, position)):
        return found
    most = MOST_ARITHMETIC if is_quadratic(surface) else MOST_WORK_AT_ALL
    if work > most and not all_digits:
        return None
    return refine(surface, position, 28 if all_digits or work <= MOST_WORK else 17)


def _polished(surface: LossSurface, position: Sequence[float]) -> Bottom | None:
    """The lowest point by Newton's method in floats: sums over many rows lose next to nothing. None
    if the steps do not end within the last digits, or if that is not a lowest point."""
    place = list(position)
    for _ in range(FEW_STEPS):
        units = [abs(p) or 1.0 for p in place]
        try:
            _, slopes, bends = surface.bend(place)
            bowl = in_units(bends, units)
            step = solve(bowl, [-s * u for s, u in zip(slopes, units, strict=True)])
        except MathlabError:
            return None
        place = [p + u * s for p, u, s in zip(place, units, step, strict=True)]
        if max(map(abs, step)) <= LAST_DIGITS:
            return _bottom([], [Decimal(p) for p in place], 17, surface) if bends_up(bowl) else None
    return None


def goes_exactly(surface: LossSurface) -> bool:
    """Whether the lowest point can be found exactly, and in a few seconds."""
    work = len(surface.rows) * len(surface.parameters) ** 2
    return work <= MOST_EXACT_WORK and is_quadratic(surface)


def solve_exactly(surface: LossSurface) -> Bottom | None:
    """The lowest point, exactly; None if the loss is not quadratic, or has no value. Each number is
    taken as it is written: 0.1 is a tenth. If there is no single lowest point, a DataError names a
    parameter that could be left out."""
    count = len(surface.parameters)
    if not is_quadratic(surface):
        return None
    parts = _parts(surface, Fraction, as_fraction)
    try:
        _, slopes, bends = unpacked(_sums(parts, "sum_bends", [Fraction(0)] * count), count)
    except ZeroDivisionError:
        return None
    try:
        place = solve(bends, [-slope for slope in slopes])
    except DataError:
        name = surface.parameters[_first_dependent(bends)]
        raise DataError(
            f"the data cannot tell {name} from the parameters before it in {surface.model}: "
            "leave it out, or add rows that can") from None
    if any(abs(p) > sys.float_info.max for p in place):
        raise DataError("the parameters are too large for a float: scale the columns")
    return _bottom(parts, place)


def is_quadratic(surface: LossSurface) -> bool:
    """Whether the loss is a polynomial of degree 2 in the parameters, made by arithmetic alone."""
    known = {*operations.ARITHMETIC, operations.constant, None}
    for node in inputs_first(surface.row.formula):
        is_pi = node.operation is operations.constant and node.name  # or e: it is not a Fraction
        if is_pi or node.operation not in known:
            return False
    return degree(surface.row.formula, surface.row.levers) <= 2


def _first_dependent(bends: list[list[Any]]) -> int:
    """The index of the first row that is a combination of those before it."""
    for size in range(1, len(bends)):
        try:
            solve([row[:size] for row in bends[:size]], [Fraction(0)] * size)
        except DataError:
            return size - 1
    return len(bends) - 1


def refine(surface: LossSurface, position: Sequence[float], digits: int = 28) -> Bottom | None:
    """The point near `position` where all slopes are 0, to this many digits; None if there is none
    nearby, if it is the top of a hill or a pass, or if there are no derivatives.

        step = -slopes / second derivatives

    Only the slopes have to be known to all digits. The second derivatives say how far to step, and
    floats will do for that: a step is then a little too short or long, and the next corrects it.
    If that fails, the second derivatives are Decimals too.

    Source: I. Newton, De analysi per aequationes numero terminorum infinitas (1669).
    """
    with localcontext(prec=digits + SPARE_DIGITS):
        parts = _parts(surface, Decimal, as_decimal)
        place = [as_decimal(float(p)) for p in position]
        for in_floats in (True, False):
            try:
                found = _newton(surface, parts, place, digits, in_floats)
                if found:
                    return _bottom(parts, found, digits, surface)
            except (ArithmeticError, ValueError, TypeError, MathlabError):
                continue  # no number there, or no bottom
    return None


def _newton(surface: LossSurface, parts: Parts, place: list[Any], digits: int,
            in_floats: bool) -> list[Any] | None:
    """The place where the steps of `refine` end; None if they do not come to a bottom."""
    least: list[Any] = []
    before = Decimal(1)
    for i in range(MOST_STEPS):
        if in_floats:
            loss, *slopes = _sums(parts, "sum_slopes", place)
            if i < LOOKS:  # from then on, the place hardly changes
                bends = _in_decimals(surface, place)
        else:
            loss, slopes, bends = unpacked(_sums(parts, "sum_bends", place), len(place))
        least = least or _least_units(loss, bends)
        units = [max(abs(p), u) or Decimal(1) for p, u in zip(place, least, strict=True)]
        downhill = [-slope * u for slope, u in zip(slopes, units, strict=True)]
        step = solve(in_units(bends, units), downhill)
        place = [p + u * s for p, u, s in zip(place, units, step, strict=True)]
        size = max(map(abs, step))
        if not size < LONGEST_STEP:
            return None
        if i >= SETTLED and size > before / 2:
            return None  # it is on a plain, or in another valley's reach
        shrunk = max(size / before, Decimal("1e-12")) if in_floats else size
        if size * shrunk < Decimal(10) ** (-2 - digits):  # the size of the next step
            floats = [[float(b) for b in row] for row in in_units(bends, units)]
            return place if bends_up(floats if in_floats else in_units(bends, units)) else None
        before = size
    return None


def _in_decimals(surface: LossSurface, place: Sequence[Any]) -> list[list[Any]]:
    """The second derivatives of the sum over all rows, found in floats, as Decimals."""
    _, _, bends = surface.bend([float(p) for p in place])
    weight = Decimal(surface.weight)
    return [[Decimal(b) * weight for b in row] for row in bends]


def _parts(surface: LossSurface, kind: type, convert: Callable[[Any], Any]) -> Parts:
    """The rows of a surface in another kind of number, with what adds them up."""
    return [(surface.row.in_kind(kind).at_zeros(zeros), [[convert(x) for x in row] for row in rows])
            for zeros, rows in surface.groups]


def _sums(parts: Parts, name: str, place: Sequence[Any]) -> list[Any]:
    """The sums over all rows: `name` is a function of `RowSums`, such as "sum_bends"."""
    sums = [getattr(row, name)(rows, *place) for row, rows in parts]
    return [row.kind(sum(each)) for row, _ in parts[:1] for each in zip(*sums, strict=True)]


def _least_units(loss: Any, bends: list[list[Any]]) -> list[Any]:
    """What changes the loss by about a millionth, along each parameter: with a loss of 8 and a bend
    of 2 it is sqrt(8/2)/1000 = 0.002. So a parameter at 0 has a unit too."""
    return [abs(loss / row[i]).sqrt() / 1000 if row[i] else Decimal(0)
            for i, row in enumerate(bends)]


def _bottom(parts: Parts, place: list[Any], digits: int = 0,
            surface: LossSurface | None = None) -> Bottom:
    """The bottom at this place: exact if `digits` is 0; below 20, loss and bends are floats."""
    if surface and digits < 20:
        loss, bends = surface.information([float(p) for p in place])
        return Bottom([+p for p in place], Decimal(loss),
                      [[Decimal(b) for b in row] for row in bends])
    square = surface is None or surface.loss.is_square
    sums = _sums(parts, "sum_gauss_newton" if square else "sum_bends", place)
    loss, _, bends = unpacked(sums, len(place))
    if not digits:
        return Bottom(place, loss, bends)
    with localcontext(prec=digits):
        return Bottom([+p for p in place], +loss, bends)  # + rounds to this many digits
