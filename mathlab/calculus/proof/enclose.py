"""Enclosures: between which numbers a formula and its slope lie, for all x of a range.

On the page: `(f(x + h) - f(x - h)) / (2 * h)`, an estimate, at one place. Single places say nothing
of what is between them. An interval for x gives an interval for the formula, with no gap:

>>> from mathlab import parse
>>> found = enclose(parse("x**2 - 2*x"), sharp=1e-6, x=(0, 3))
>>> print(f"{found.low:.4f} to {found.high:.4f}")
-1.0000 to 3.0000

In one go that would be `[0, 9] - [0, 6]`, from -6 to 9, as if the two x could be two numbers. What
helps is to cut the range into shorter parts, and to use the slope: in a part, f(x) lies within
`f(middle) + f'(part)*(part - middle)`, the mean value form. And a slope that is above 0 everywhere
proves that a curve only rises:

>>> enclose_slope(parse("x + sin(x)/2"), x=(0, 10)).low > 0
True

`roots` finds all places where a formula is 0, and proves of each, if it can, that it is the only
one in its interval. `lowest` finds the lowest value, with the proof that nothing in the range is
lower:

>>> for root in roots(parse("x**3 - 2*x"), x=(-2, 2)):
...     print(root.is_proved, f"{root.place.middle:.10f}")
True -1.4142135624
True 0.0000000000
True 1.4142135624
>>> best = lowest(parse("(x**2 + y - 11)**2 + (x + y**2 - 7)**2"), x=(0, 5), y=(0, 5))
>>> best.value.high < 1e-6, 3 in best.place["x"], 2 in best.place["y"]
(True, True, True)

Read `enclose` first, then `_split_until`; the rest is edge cases.

Source: R. E. Moore, R. B. Kearfott and M. J. Cloud, Introduction to Interval Analysis (2009).
"""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import MAX_EMAX, MIN_EMIN, Decimal, localcontext
from itertools import count
from typing import Any, NamedTuple

from mathlab.calculus.algebra.differentiate import derivative, substitute
from mathlab.calculus.graph.operations import atan2, constant
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value
from mathlab.calculus.numbers.evaluate import evaluate
from mathlab.calculus.numbers.interval import Interval, as_interval
from mathlab.calculus.numbers.kinds import as_fraction
from mathlab.errors import DomainError, FormulaError

SHARP = 1e-3  # how far out an end may be: a share of the width, or of the value if that is larger
MOST_BOXES = 5_000  # that one search drops or cuts
NARROWEST = 1e-12  # of the range of x: a root that is not proved by then is given up
SHARPEST = 1e-25  # of the range of x: a proved root is not made narrower than that

Box = tuple[Interval, ...]
Enclosed = Callable[[Box], Interval]


class Root(NamedTuple):
    """An interval, `place`, in which a formula may be 0. If `is_proved`, exactly one root is in it;
    if not, it is unknown how many."""

    place: Interval
    is_proved: bool


class Lowest(NamedTuple):
    """The lowest value of a formula in a range lies in `value`. It is reached somewhere in `place`,
    and nowhere outside. `is_sharp` says whether `value` is as narrow as was asked for."""

    value: Interval
    place: dict[str, Interval]
    is_sharp: bool


def enclose(formula: Value, sharp: float = SHARP, **ranges: Any) -> Interval:
    """Return an interval that has all values of a formula in it, for x=(low, high) and so on.

    Each end is too far out by at most `sharp` times the width, or times the end itself if that is
    larger; by more only if some thousands of cuts are not enough.

    Raises: DomainError if the formula has no value somewhere in the range, or if that cannot be
    told; FormulaError for a name that is missing, or not in the formula, or for a range that is
    not a pair from low to high.
    """
    box, value, slopes = _function(formula, ranges)
    low = _split_until(value, slopes, box, sharp)[0].low
    falling = [lambda x, slope=slope: -slope(x) for slope in slopes]
    high = (-_split_until(lambda x: -value(x), falling, box, sharp)[0]).high
    return Interval.made(low, high)


def enclose_slope(formula: Value, by: str = "", sharp: float = SHARP, **ranges: Any) -> Interval:
    """Return an interval that has all slopes of a formula in it; at a kink, those of both sides.
    They are slopes along the name `by`, or along the first range. Raises: as `enclose`, and a
    DomainError for a formula that may jump: its slopes would not tell."""
    box, _, slopes = _function(formula, ranges)
    if not slopes:
        raise DomainError(f"{formula} may jump, and has no slope where it does")
    name = by or next(iter(ranges))
    if name not in ranges:
        raise FormulaError(f"there is no {name} in {formula}")
    slope = slopes[[*ranges].index(name)]
    low = _split_until(slope, (), box, sharp)[0].low
    return Interval.made(low, (-_split_until(lambda x: -slope(x), (), box, sharp)[0]).high)


def roots(formula: Value, **ranges: Any) -> list[Root]:
    """Return all places in a range where a formula of one name may be 0, from the lowest on.

    If 0 is not among the slopes f'(X) in an interval X, then X has at most one root. If it has one,
    that is also in the interval that Newton's step makes of X:

        N = middle - f(middle) / f'(X)

    If N lies inside X, there is a root. If N and X have no number in common, there is none. Else X
    is cut in half.

    Raises: as `enclose`.

    Source: R. E. Moore, Interval Analysis (1966), section 7.2.
    """
    if len(ranges) != 1:
        raise FormulaError("roots are those of a formula of one name, in one range")
    (whole,), value, slopes = _function(formula, ranges)
    found: list[Root] = []
    waiting = [whole]
    narrow, sharpest = ((as_interval(share) * whole.width).high for share in (NARROWEST, SHARPEST))
    for _ in range(MOST_BOXES):
        if not waiting:
            break
        x = waiting.pop()
        if 0 not in value((x,)):
            continue
        room = as_interval(x.width) * Interval("-0.1", "0.1")  # a root may stand at an end
        wider = x + room
        newton = _newton(wider, value, slopes)
        if newton is not None and newton.meets(x) is None:
            continue
        if newton is not None and newton.is_within(wider):
            found.append(Root(_narrowed(newton, value, slopes, sharpest), True))
        elif x.width <= narrow:
            found.append(Root(x, False))
        else:
            waiting += reversed(x.halves())
    return _told_apart([*found, *(Root(x, False) for x in waiting)], whole, slopes)


def lowest(formula: Value, sharp: float = 1e-9, **ranges: Any) -> Lowest:
    """Return the lowest value of a formula in a range, and where it is reached.

    The range is cut into boxes: one interval for each name. A box is dropped if all values in it
    are above some value that was already found. Of the others, the one that may be lowest is cut.

    Raises: as `enclose`.
    """
    box, value, slopes = _function(formula, ranges)
    found, boxes, is_sharp = _split_until(value, slopes, box, sharp)
    place = boxes[0]
    for other in boxes[1:]:
        place = tuple(one.joined(two) for one, two in zip(place, other, strict=True))
    return Lowest(found, dict(zip(ranges, place, strict=True)), is_sharp)


def holds(estimate: Any, formula: Value, **place: Any) -> bool:
    """Return whether the error bar of a numeric derivative can be true: whether `value` plus or
    minus `error` meets the interval that has the slope at that place in it.

    >>> from mathlab import numeric, parse
    >>> holds(numeric.derivative(lambda x: x**3, 2.0), parse("x**3"), x=2.0)
    True
    """
    ((name, x),) = place.items()
    symbol = next(leaf for leaf in inputs_first(formula) if leaf.name == name)
    slope = _value_of(derivative(formula, symbol), [name])((as_interval(x),))
    value, error = Decimal(float(estimate.value)), Decimal(float(estimate.error))
    if not (value.is_finite() and error.is_finite()):
        return False
    return bool(value - error <= slope.high and slope.low <= value + error)


def _function(formula: Value, ranges: Mapping[str, Any]) -> tuple[Box, Enclosed, list[Enclosed]]:
    """The ranges as a box, and the formula and its slopes as functions of boxes; no slopes if the
    formula may jump, for they say nothing of that."""
    if not isinstance(formula, Value):
        raise FormulaError(f"a formula is made of Values, not {formula!r:.40}")
    names = {x.name for x in inputs_first(formula) if x.operation is None}
    if not names:
        raise FormulaError(f"{formula} has no names, and so no range")
    for name in [*ranges, *names]:
        if name not in names or name not in ranges:
            raise FormulaError(f"give a range for each of {', '.join(sorted(names))}, such as "
                               f"{name}=(0, 1)" if name in names else
                               f"there is no {name} in {formula}")
    try:
        box = tuple(each.in_decimals() if isinstance(each, Interval) else
                    Interval(*map(_decimals, each)) for each in ranges.values())
    except (TypeError, ValueError, ArithmeticError) as error:
        raise FormulaError(f"a range is a pair of numbers, such as (0, 1): {error}") from None
    formula = _exact(formula)
    if any(x.operation and (x.operation.jumps or x.operation is atan2)
           for x in inputs_first(formula)):
        return box, _value_of(formula, list(ranges)), []
    symbols = {x.name: x for x in inputs_first(formula) if x.operation is None}
    slopes = [_value_of(derivative(formula, symbols[name]), list(ranges)) for name in ranges]
    return box, _value_of(formula, list(ranges)), slopes


def _exact(formula: Value) -> Value:
    """The formula with Fractions for its floats, so that no derivative works them out in floats."""
    numbers = [x for x in inputs_first(formula) if x.operation is constant and not x.name]
    return substitute(formula, {x: Value.constant(as_fraction(x.data)) for x in numbers})


def _decimals(end: Any) -> Any:
    """An end of a range: a float is taken as it is written, 0.1 as 1/10."""
    return as_interval(end).low if isinstance(end, float) else end


def _value_of(formula: Value, names: Sequence[str]) -> Enclosed:
    """The formula as a function of a box, whose sides are those of the names, in order."""
    order = inputs_first(formula)
    leaves = {x.name: x for x in order if x.operation is None}
    numbers = {x: _held(x) for x in order if x.operation and not x.inputs}

    def value(box: Box) -> Interval:
        given = {leaves[name]: x for name, x in zip(names, box, strict=True) if name in leaves}
        found = evaluate(order, {**numbers, **given})
        found = found if isinstance(found, Interval) else as_interval(found)
        if not (found.low.is_finite() and found.high.is_finite()):
            raise DomainError(f"{formula} is too large for any Decimal in that range")
        return found

    return value


def _held(leaf: Value) -> Interval:
    """A number of a formula as an interval."""
    try:
        return as_interval(leaf.data, leaf.name)
    except (TypeError, ValueError):
        raise DomainError(f"{leaf.data} is not a finite real number: no interval has it") from None


def _split_until(value: Enclosed, slopes: Sequence[Enclosed], whole: Box, sharp: float
                 ) -> tuple[Interval, list[Box], bool]:
    """Three things: an interval for the lowest value, from the lowest end of all boxes to the
    lowest value found; the boxes that may have it; and whether that is as sharp as asked."""
    with localcontext(Emin=MIN_EMIN, Emax=MAX_EMAX):  # ends may be far beyond the usual exponents
        order = count()
        first = value(whole)
        best = highest = _reached(value, whole)
        waiting = [(first.low, next(order), whole)]
        for _ in range(MOST_BOXES):
            low, _, box = waiting[0]  # there is one: where the lowest value is, no box is dropped
            if best - low <= as_interval(sharp).high * max(abs(best), highest - best):
                break
            heapq.heappop(waiting)
            for part in _cut(box):
                smaller = _shrunk(part, whole, slopes)
                if smaller is None:
                    continue
                found = _in_mean_value_form(value, slopes, smaller)
                reached = _reached(value, smaller)
                best, highest = min(best, reached), max(highest, reached)
                if found.low <= best:
                    heapq.heappush(waiting, (found.low, next(order), smaller))
        else:
            found = Interval.made(waiting[0][0], best)
            return found, [b for lowest, _, b in waiting if lowest <= best], False
        found = Interval.made(min(waiting[0][0], best), best)
        return found, [b for lowest, _, b in waiting if lowest <= best], True


def _in_mean_value_form(value: Enclosed, slopes: Sequence[Enclosed], box: Box) -> Interval:
    """An interval that has all values in a box: those that both the formula itself and its mean
    value form allow."""
    plain = value(box)
    if not slopes:
        return plain
    try:
        middle = tuple(as_interval(x.middle) for x in box)
        found = value(middle)
        for x, m, slope in zip(box, middle, slopes, strict=True):
            found += slope(box) * (x - m)
    except DomainError:
        return plain
    both = plain.meets(found)
    return plain if both is None else both


def _reached(value: Enclosed, box: Box) -> Any:
    """The value in the middle of the box, rounded up: the lowest value is not above it."""
    return value(tuple(as_interval(x.middle) for x in box)).high


def _cut(box: Box) -> Iterator[Box]:
    """The two halves of a box, cut across its longest side."""
    i = max(range(len(box)), key=lambda i: box[i].width)
    for half in box[i].halves():
        yield (*box[:i], half, *box[i + 1:])


def _shrunk(box: Box, whole: Box, slopes: Sequence[Enclosed]) -> Box | None:
    """What is left of a box in the search for the lowest value. If the formula only rises or falls
    along a side, that is the lower face; None if the range goes on there, for there it is lower."""
    for i, slope in enumerate(slopes):
        try:
            along = slope(box)
        except DomainError:
            continue
        if along.low > 0:
            if box[i].low > whole[i].low:
                return None
            box = (*box[:i], as_interval(box[i].low), *box[i + 1:])
        elif along.high < 0:
            if box[i].high < whole[i].high:
                return None
            box = (*box[:i], as_interval(box[i].high), *box[i + 1:])
    return box


def _newton(x: Interval, value: Enclosed, slopes: Sequence[Enclosed]) -> Interval | None:
    """Newton's step for all of x; None if a slope may be 0, or if there is none, or no value."""
    middle = as_interval(x.middle)
    for slope in slopes:
        with suppress(DomainError, ZeroDivisionError):
            step: Interval = middle - value((middle,)) / slope((x,))
            return step
    return None


def _narrowed(x: Interval, value: Enclosed, slopes: Sequence[Enclosed],
              sharpest: Any) -> Interval:
    """A narrower interval for the one root in x: Newton's step is repeated while it halves x."""
    while x.width > sharpest:
        newton = _newton(x, value, slopes)
        rest = newton.meets(x) if newton is not None else None
        if rest is None or not rest.width < x.width / 2:
            break
        x = rest
    return x


def _told_apart(found: Sequence[Root], whole: Interval, slopes: Sequence[Enclosed]) -> list[Root]:
    """The roots in order, each once: a root at a cut was found from both sides, so intervals that
    meet are joined. A proved root at an end of the range may lie outside; then it is not proved."""
    kept: list[Root] = []
    for root in sorted(found, key=lambda root: root.place.low):
        inside = root.place.meets(whole)
        if inside is None:
            continue
        is_proved = root.is_proved and inside == root.place
        last = kept[-1] if kept else None
        both = last.place.meets(inside) if last else None
        if last and both is not None:
            joined = last.place.joined(inside)
            is_one = is_proved and last.is_proved and 0 not in slopes[0]((joined,))
            kept[-1] = Root(both if is_one else joined, is_one)
        else:
            kept.append(Root(inside, is_proved))
    return kept
