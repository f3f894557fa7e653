"""A proof of a fit: digits that are certain, and a lowest point that exists and is the only one.

On the page: `print(f"\n{target} = {a / spread:.5g}*{feature}`, in digits that nobody has proved. A
walk that stops has found a place where floats see no way down. Whether a lowest point is there, and
how many of these digits are right, floats cannot tell. Intervals can: see the chapter `interval`.

At the lowest point all slopes of the loss are 0. H, the bends, are its second derivatives, a
matrix. From a place c nearby, Newton's method steps to `c - Y*slopes(c)`, where Y is about the
inverse of H. Now let every place in a box X around c, an interval for each parameter, step at once:

    K(X) = c - Y*slopes(c) + (1 - Y*H(X)) * (X - c)

Every place in X where all slopes are 0 is in K(X) too. If K(X) lies inside X, there is exactly one
such place in X, since no step leads out of the box. That is Krawczyk's test. If, besides, all the
matrices in the intervals H(X) bend up in every direction, that place is a lowest point.

>>> from mathlab.learning.descent.train import Trainer
>>> table = {"x": [0.0, 1.0, 2.0, 3.0], "y": [1.0, 3.0, 7.0, 21.0]}
>>> found = prove(Trainer("y = a*exp(b*x)").fit(table))
>>> print(f"{found.parameters['b'].middle:.40f}", found.digits["b"] > 40)
1.0486533116796542753502269574263263524538 True

A model that is linear in its parameters needs no box: its equations are solved in Fractions, and
the solution is the proof. Read `prove` first, then `krawczyk`.

Source: R. Krawczyk, "Newton-Algorithmen zur Bestimmung von Nullstellen mit Fehlerschranken" (1969);
S. M. Rump, "Verification methods" (2010), section 13.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    Context,
    Decimal,
    getcontext,
    localcontext,
)
from typing import Any, NamedTuple

from mathlab.calculus.graph.operations import atan2
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.numbers.interval import Interval, as_interval, sqrt
from mathlab.calculus.numbers.linear_algebra import inverse
from mathlab.errors import DataError, MathlabError
from mathlab.learning.descent.last_digits import Bottom, is_quadratic, refine, solve_exactly
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.goodness import held
from mathlab.learning.model.loss import WITH_KINKS
from mathlab.learning.model.row_loss import unpacked
from mathlab.learning.model.surface import LossSurface

DIGITS = 50  # to which the lowest point is sought
SEARCHED = 20  # digits while a range is searched, which needs fewer
MOST_WORK = 100_000  # rows times parameters squared: half a minute; a line may have ten times it
MOST_BOXES = 20_000  # that a search looks at: a minute or two
NARROWEST = 1e-9  # of its range: a box as narrow as this is not cut
SPARE = 15  # extra digits: elimination and long sums lose some

Box = list[Interval]
Vector = Sequence[Any]
Sums = Callable[[str, Box], list[Any]]


class Proof(NamedTuple):
    """What is certain of a fit.

    parameters  an interval for each parameter at the lowest point
    errors      an interval for each standard error; empty if the loss has no formula for them
    digits      how many digits of each parameter are certain
    box         in it no other place has all slopes 0; None if no other place at all has
    is_exact    whether the model is linear, and so was solved in Fractions: then `box` is None
    open        the share of the range `within` where a lower point may still lie: 0 if it is proved
                that none does, 1 if no range was given
    """

    parameters: dict[str, Interval]
    errors: dict[str, Interval]
    digits: dict[str, int]
    box: dict[str, Interval] | None
    is_exact: bool
    open: float


def prove(trainer: Trainer, digits: int = DIGITS,
          within: Mapping[str, tuple[float, float]] | None = None,
          known_spread: bool = False) -> Proof:
    """Return a proof of the lowest point that a trainer has found, to about so many digits.

    If the model is not linear, a lower point may lie outside the `box`. To prove that there is none
    in a range, give `within` a range (low, high) for each parameter: see `nothing_lower`, which
    gives up after some thousands of cuts. A parameter that ended at a bound is held there.
    `known_spread` is that of `Uncertainty`.

    Raises: DataError, which says why there is no proof: the walk did not come to a lowest point,
    the loss has kinks, the data cannot tell the parameters apart, the ranges do not fit, `digits`
    is not from 10 to 1000, or there are too many rows.
    """
    surface, names = trainer.surface, trainer.surface.parameters
    if not 10 <= digits <= 1000:
        raise DataError(f"a proof has 10 to 1000 digits, and not {digits}")
    if not trainer.at_the_bottom:
        raise DataError("there is nothing to prove: the walk did not come to a lowest point")
    if surface.loss.derivatives < 2:
        raise DataError(f"{surface.loss} has kinks, and the proof needs second derivatives")
    for node in inputs_first(surface.row.formula):
        if node.operation in (*WITH_KINKS, atan2):
            raise DataError(f"{node.operation.name} has a kink, or jumps, and the proof needs "
                            "second derivatives everywhere")
    if set(names) <= {*held(trainer)}:
        raise DataError("there is nothing to prove: all parameters are at their bounds")
    work = len(surface.rows) * len(names) ** 2
    if work > MOST_WORK * (1 + 9 * is_quadratic(surface)):
        raise DataError(f"the proof for {len(surface.rows):,} rows would take minutes: prove a fit "
                        "to fewer rows, drawn at random")
    with localcontext(prec=digits + SPARE):
        if is_quadratic(surface):
            exact = solve_exactly(surface)
            assert exact is not None
            place = [Interval(p) for p in exact.position]
            errors = _errors_of_exact(trainer, exact, known_spread)
            return Proof(dict(zip(names, place, strict=True)), errors,
                         dict.fromkeys(names, digits), None, is_exact=True, open=0.0)
        place, box = _enclosed(surface, [*trainer.parameters.values()], digits)
        errors = _errors(trainer, surface, place, known_spread)
    ranges = _ranges(within, names, place) if within else None
    share = nothing_lower(surface, place, box, ranges) if ranges else 1.0
    return Proof(dict(zip(names, place, strict=True)), errors,
                 {name: certain_digits(p) for name, p in zip(names, place, strict=True)},
                 dict(zip(names, box, strict=True)), is_exact=False, open=share)


def certain_digits(x: Interval) -> int:
    """How many digits are known of a number in this interval; 0 if it is a single number.

    >>> certain_digits(Interval("3.14159", "3.14160")), certain_digits(Interval(-1, 2))
    (5, 0)
    """
    if not x.width:
        return getcontext().prec  # of a single number, all
    if 0 in x:
        return 0
    return max(0, math.floor(float((abs(x).low / x.width).log10())))


def _enclosed(surface: LossSurface, near: Sequence[float], digits: int) -> tuple[Box, Box]:
    """A narrow box for the lowest point, and the widest box found that has no other."""
    centre = refine(surface, near, digits)
    if centre is None:
        raise DataError("there is no proof: no lowest point was found to more digits than those of "
                        "floats")
    sums = _sums_in_intervals(surface)
    largest = max(map(abs, centre.position)) or Decimal(1)
    units = [abs(p) if abs(p) > largest * Decimal("1e-20") else largest for p in centre.position]
    at_centre = [as_interval(p) for p in centre.position]
    try:
        _, *slopes = sums("sum_slopes", at_centre)
        narrow = around(at_centre, units, digits - 2)
        place = krawczyk(sums, at_centre, slopes, narrow)
        if place is None:
            raise DataError("there is no proof: the box around the lowest point does not hold it, "
                            "for the bends are too nearly those of a valley without a bottom")
        with localcontext(prec=SEARCHED):
            return place, _widest(sums, at_centre, units, narrow)
    except (ArithmeticError, ValueError, MathlabError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"there is no proof: {error}") from None


def _widest(sums: Sums, centre: Box, units: Vector, narrow: Box) -> Box:
    """The widest box around the lowest point, found by halving, in which the loss is a bowl. Its
    reach is 10**-k units, for a whole k; if none of these is a bowl, it is the narrow box."""
    low, high, widest = 0, SEARCHED - 4, narrow
    while high - low > 1:
        middle = (low + high) // 2
        box = around(centre, units, middle)
        if is_a_bowl(sums, box):
            high, widest = middle, box
        else:
            low = middle
    return widest


def around(centre: Box, units: Vector, places: int) -> Box:
    """The box of 10**-places of the units to all sides of a place."""
    reach = [as_interval(unit.scaleb(-places)) for unit in units]
    return [Interval.made((c - r).low, (c + r).high) for c, r in zip(centre, reach, strict=True)]


def is_a_bowl(sums: Sums, box: Box) -> bool:
    """Whether it is proved that the loss bends up in every direction, everywhere in the box. Then
    all slopes are 0 at one place in it at most, and that is the lowest point of the box."""
    try:
        _, _, bends = unpacked(sums("sum_bends", box), len(box))
        return bends_up_for_certain(bends, [[b.middle for b in row] for row in bends])
    except (ArithmeticError, ValueError, MathlabError):
        return False


def krawczyk(sums: Sums, centre: Box, slopes: Vector, box: Box) -> Box | None:
    """A smaller box in which the lowest point is, by Krawczyk's test. `slopes` are those at the
    centre. None if the test fails, or if it is not proved that the loss bends up."""
    _, _, bends = unpacked(sums("sum_bends", box), len(box))
    middle = [[b.middle for b in row] for row in bends]
    turned = inverse(middle)
    off = [[as_interval(int(i == j)) - _dot(turned[i], [row[j] for row in bends])
            for j in range(len(box))] for i in range(len(box))]
    away = [x - c for x, c in zip(box, centre, strict=True)]
    inner = [c - _dot(turned[i], slopes) + _dot(off[i], away) for i, c in enumerate(centre)]
    if not all(k.is_within(x) for k, x in zip(inner, box, strict=True)):
        return None
    return inner if bends_up_for_certain(bends, middle) else None


def bends_up_for_certain(bends: Sequence[Box], middle: Sequence[Vector]) -> bool:
    """Whether it is proved that each symmetric matrix H in these intervals bends up.

    The `middle` matrix is `L L^T`, so `L**-1 H L**-T` is nearly the identity. And a matrix bends up
    if each number on its diagonal is larger than the sizes of all others in its row together.

    Source: S. A. Gershgorin (1931).
    """
    root = _root(middle)
    if root is None:
        return False
    size = range(len(bends))
    back = inverse(root)
    half = [[_dot(back[i], [row[j] for row in bends]) for j in size] for i in size]
    nearly_one = [[_dot(back[j], half[i]) for j in size] for i in size]
    return all(row[i].low > sum(abs(x).high for j, x in enumerate(row) if j != i)
               for i, row in enumerate(nearly_one))


def _root(matrix: Sequence[Vector]) -> list[list[Any]] | None:
    """The lower triangle L with `L L^T = matrix`, up to rounding; None if it does not bend up.

    Source: A. L. Cholesky (1910).
    """
    root: list[list[Any]] = []
    for i, row in enumerate(matrix):
        new: list[Any] = []
        for j in range(i + 1):
            rest = row[j] - sum(a * b for a, b in zip(new, root[j] if j < i else new, strict=False))
            if j == i and not rest > 0:
                return None
            new.append(rest.sqrt() if j == i else rest / root[j][j])
        root.append([*new, *[Decimal(0)] * (len(matrix) - i - 1)])
    return root


def nothing_lower(surface: LossSurface, place: Box, bowl: Box, whole: Box) -> float:
    """Return the share of a range in which a point lower than the proved one may lie; 0 if it is
    proved that there is none.

    The range is cut into boxes. A box is dropped if its whole loss is above that of the proved
    point; if the loss only rises or falls along a side, so that the box next to it is lower; or if
    it lies in the bowl, whose lowest point is known. Any other box is cut in two.

    Source: E. R. Hansen, "Global optimization using interval analysis" (1980).
    """
    sums = _sums_in_intervals(surface)
    waiting, left, looked_at = [(1.0, whole)], 0.0, 0
    with localcontext(prec=SEARCHED):
        best = sums("sum_loss", [x + 0 for x in place])[0].high
        while waiting:
            share, box = waiting.pop()
            looked_at += 1
            if looked_at > MOST_BOXES:
                return left + share + sum(size for size, _ in waiting)
            if all(b.low <= x.low and x.high <= b.high for x, b in zip(box, bowl, strict=True)):
                continue
            face = _lower_face(sums, box, whole, best)
            if face is None:
                continue
            widths = [x.width / max(abs(w).high, w.width)
                      for x, w in zip(face, whole, strict=True)]
            i = max(range(len(face)), key=widths.__getitem__)
            if not widths[i] > NARROWEST:
                left += share
                continue
            waiting += [(share / 2, [*face[:i], half, *face[i + 1:]]) for half in face[i].halves()]
    return left


def _lower_face(sums: Sums, box: Box, whole: Box, best: Any) -> Box | None:
    """The part of a box in which a point lower than `best` may lie; None if there is none."""
    try:
        loss, *slopes = sums("sum_slopes", box)
        middle = [as_interval(x.middle) for x in box]
        (there,) = sums("sum_loss", middle)
    except (ArithmeticError, ValueError, MathlabError):
        return box  # perhaps the loss has no value somewhere in it
    away = [x - m for x, m in zip(box, middle, strict=True)]
    if loss.low > best or (there + _dot(slopes, away)).low > best:
        return None
    face = list(box)
    for i, slope in enumerate(slopes):
        if 0 in slope:
            continue
        end, last = (box[i].low, whole[i].low) if slope.low > 0 else (box[i].high, whole[i].high)
        if end != last:
            return None
        face[i] = as_interval(end)
    return face


def _ranges(within: Mapping[str, tuple[float, float]], names: Sequence[str], place: Box) -> Box:
    """The ranges of all parameters, in order; a DataError if the lowest point is not inside."""
    if {*within} != {*names}:
        raise DataError(f"give a range for each of {', '.join(names)}")
    if not all(math.isfinite(end) for ends in within.values() for end in ends):
        raise DataError("a range to search has two finite ends")
    whole = [Interval(*(as_interval(end).low for end in within[name])) for name in names]
    for name, x, inside in zip(names, whole, place, strict=True):
        if not inside.is_within(x):
            raise DataError(f"the range of {name} does not have the lowest point inside")
    return whole


def _dot(numbers: Vector, others: Vector) -> Interval:
    """The inner product: the sum of number times interval."""
    total = as_interval(0)
    for x, y in zip(numbers, others, strict=True):
        total += y * x
    return total


def _sums_in_intervals(surface: LossSurface) -> Sums:
    """A function that computes the surface's sums over all rows, by their names, in a box."""
    parts = [(surface.row.in_kind(Interval).at_zeros(zeros),
              [[as_interval(x) for x in row] for row in rows]) for zeros, rows in surface.groups]

    def sums(name: str, box: Box) -> list[Any]:
        found = [getattr(row, name)(rows, *box) for row, rows in parts]
        return [sum(each, as_interval(0)) for each in zip(*found, strict=True)]

    return sums


def _errors(trainer: Trainer, surface: LossSurface, place: Box, known_spread: bool
            ) -> dict[str, Interval]:
    """An interval for each standard error; empty if the loss has no formula for them."""
    kind = "sum_gauss_newton" if surface.loss.is_square else "sum_bends"
    loss, _, bends = unpacked(_sums_in_intervals(surface)(kind, place), len(place))
    return _from_bends(trainer, loss, bends, known_spread)


def _errors_of_exact(trainer: Trainer, exact: Bottom, known_spread: bool
                     ) -> dict[str, Interval]:
    """The same for a linear model, whose lowest point is known exactly."""
    bends = [[Interval(b) for b in row] for row in exact.bends]
    return _from_bends(trainer, Interval(exact.total_loss), bends, known_spread)


def _from_bends(trainer: Trainer, loss: Any, bends: Sequence[Box], known_spread: bool
                ) -> dict[str, Interval]:
    """The standard errors: the square roots of `scale` times the diagonal of the inverse of bends.

    In place of that inverse stands Y, the inverse of the middle matrix. Let `rest` be the largest
    sum of sizes in a row of `1 - Y*bends`. Then an entry of Y is off by at most `rest/(1 - rest)`
    times the largest size in its column.
    """
    surface, likelihood = trainer.surface, trainer.loss.likelihood
    freedom = len(surface.rows) - len(bends)
    if likelihood is None or likelihood.scale is None or surface.ridge or (
            freedom < 1 - known_spread):
        return {}
    units = [as_interval(row[i].middle.sqrt()) for i, row in enumerate(bends)]
    scaled = [[b / u / v for b, v in zip(row, units, strict=True)]
              for row, u in zip(bends, units, strict=True)]
    size = range(len(bends))
    near = inverse([[b.middle for b in row] for row in scaled])
    off = [[as_interval(int(i == j)) - _dot(near[i], [row[j] for row in scaled]) for j in size]
           for i in size]
    rest = max(sum((abs(x) for x in row), as_interval(0)).high for row in off)
    if not rest < 1:
        raise DataError("there is no proof of the standard errors: the parameters are too nearly "
                        "alike")
    scale = as_interval(2) if known_spread else likelihood.scale(loss, freedom)
    errors = {}
    for i, name in enumerate(surface.parameters):
        largest = max(abs(row[i]) for row in near)
        reach = (as_interval(rest) / (1 - as_interval(rest)) * largest).high
        entry = as_interval(near[i][i]) + Interval.made(reach.copy_negate(), reach)
        square = scale * entry  # which is not below 0, though its interval may be
        errors[name] = sqrt(Interval.made(max(square.low, Decimal(0)), square.high)) / units[i]
    return errors


def first_digits(x: Interval, most: int = 20) -> str:
    """The digits that all numbers in an interval begin with, at most so many; else both its ends.

    >>> first_digits(Interval("3.14159265", "3.14159266")), first_digits(Interval("0.1", "0.1"))
    ('3.1415926...', '0.1')
    """
    if x.low == x.high == Decimal(f"{x.low:.{most}e}"):
        return f"{x.low.normalize():f}" if abs(x.low.adjusted()) < most else str(x.low.normalize())
    for digits in range(most, 0, -1):
        with localcontext(prec=digits, rounding=ROUND_DOWN):
            low, high = +x.low, +x.high
        if low == high:
            text = f"{low:f}" if -5 < low.adjusted() < digits else f"{low:e}"
            mantissa, _, power = text.partition("e")
            return f"{mantissa}...{'e' * bool(power)}{power}"
    ends = (Context(3, way).plus(end)
            for end, way in ((x.low, ROUND_FLOOR), (x.high, ROUND_CEILING)))
    return "between {} and {}".format(*ends)
