"""From quotients with ever wider steps to the one with no step at all, and how far off that may be.

The error of a central quotient is `a*h**2 + b*h**4 + ...`. Of two such quotients, one with a step
eight times as wide as the other, both have the same `a`, so it can be cancelled:

    better  =  fine + (fine - wide) / (8**2 - 1)

>>> from mathlab.calculus.numeric.difference import central_difference
>>> fine, wide = [central_difference(math.exp, 0.0, h) for h in (0.125, 1.0)]
>>> f"{wide:.4f}, {fine:.4f}, and so {fine + (fine - wide) / 63:.4f}"
'1.1752, 1.0026, and so 0.9999'

Two of these better ones, from neighbouring pairs, are rid of `b` in the same way, and so on: a
table, one column for each term of the error. What neighbours in it still disagree on says how far
they are off; and what they cannot see, rounding, is added.

Source: L. F. Richardson, "The Deferred Approach to the Limit" (1927); C. J. F. Ridders, "Accurate
computation of F'(x) and F'(x)F''(x)" (1982).
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float]  # a step, and the difference quotient with that step
Blur = Callable[[float, float], float]  # from a reading's widest and finest step to its rounding


class Reading(NamedTuple):
    """A slope, how far it may be off, and the widest and the finest step that it was read with."""

    value: float
    error: float
    widest: float
    finest: float

    def contradicts(self, other: "Reading") -> bool:
        """Whether the two intervals have no number in common."""
        return abs(self.value - other.value) > self.error + other.error


NOTHING = Reading(math.nan, math.inf, 0.0, 0.0)


def changes(points: Sequence[Point]) -> list[float]:
    """How far it is from each quotient to the next one."""
    return [wide - fine for (_, fine), (_, wide) in pairwise(points)]


def readings(points: Sequence[Point], power: int, columns: int, blur: Blur) -> Iterator[Reading]:
    """The entries of the table, row by row, for steps from fine to wide; blurred by rounding.

    The terms of the error go by h**power, h**(2*power), ...; a row is a quotient and what is left
    of it when the first, the second, ... up to `columns` terms are cancelled with the rows before.

    An entry is held against its neighbours, in its own column and in the one before; without one in
    its own column it is no reading yet. Twice the difference is its error: enough for any error
    that shrinks at least by half from one row to the next. (With the difference alone, neighbours
    contradict each other, and the median error of random functions is 6e-7.)

    Two quotients may agree by chance, so the first column looks ahead as well: if the next wider
    step is off by much, this one is off by that, scaled down by the law.
    """
    row: list[float] = []
    for k, (h, quotient) in enumerate(points):
        finer, row = row, [quotient]
        for column, fine in enumerate(finer[:columns]):
            ratio = h / points[k - 1 - column][0]  # from the finest step in it to this one
            row.append(fine + (fine - row[column]) / (ratio**power - 1))
        for column, (value, before) in enumerate(zip(row, finer, strict=False)):
            apart = max(abs(value - before), abs(value - finer[max(0, column - 1)]))
            if column == 0 and k + 1 < len(points):
                wider, next_quotient = points[k + 1]
                apart = max(apart, abs(next_quotient - quotient) / (wider / h) ** power)
            finest = points[k - column][0]
            error = 2 * apart + blur(h, finest)
            if math.isfinite(value + error):
                yield Reading(value, error, h, finest)


def settle(table: Iterable[Reading], best: Reading = NOTHING) -> tuple[Reading, Reading]:
    """The sharpest reading, and its sharpest rival: one with wider steps that contradicts it.

    The readings come from fine to wide. A sharper one takes the place of the best only if the two
    are consistent: their intervals overlap. Wide steps that tell another story, however sharply,
    have stepped over something: believed, they break 4 error bars of the 132 hard functions in the
    tests. (NOTHING, whose value is nan, contradicts nobody.)
    """
    rival = NOTHING
    for reading in table:
        if not reading.contradicts(best):
            best = min(best, reading, key=lambda known: known.error)
        elif reading.finest > best.widest:
            rival = min(rival, reading, key=lambda known: known.error)
    return best, rival
