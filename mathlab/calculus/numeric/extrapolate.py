"""Richardson extrapolation: from quotients with wider and wider steps to the one with no step.

On the page: `(f(x + h) - f(x - h)) / (2 * h)`. Two such quotients tell more than one.

For x**3 at 1 a step of 1 gives 4, and a step of 2 gives 7. The error is h**2, four times as large
for twice the step. So from 4 to 7 it grows by three times what 4 is off by, and 4 is off by 1:

>>> extrapolated([Quotient(1.0, 4.0), Quotient(2.0, 7.0)], power=2)
3.0

In general the error of a central quotient is `a*h**2 + b*h**4 + ...`. A pair of quotients is rid of
`a`; two pairs are rid of `b` in the same way, and so on: a table, one column for each term. How far
its neighbours disagree says how far they are off; what they cannot see, rounding, is added.

Read `extrapolated` first, then `readings`, the whole table with error bars, then `best_and_rival`,
which chooses one entry; `settled` is a plainer way to choose.

Source: L. F. Richardson, "The Deferred Approach to the Limit" (1927); C. J. F. Ridders, "Accurate
computation of F'(x) and F'(x)F''(x)" (1982).
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

Rounding = Callable[[float, float], float]  # of a reading with this widest and this finest step
SAFETY = 2  # measured in tests/calculus/numeric/test_constants.py: with 1, readings contradict


class Quotient(NamedTuple):
    """A difference quotient, and the step that it was made with."""

    step: float
    value: float


class Reading(NamedTuple):
    """A limit as read from some quotients, how far it may be off, and their outermost steps."""

    value: float
    error: float
    widest: float
    finest: float

    def contradicts(self, other: "Reading") -> bool:
        """Whether the two intervals have no number in common."""
        return abs(self.value - other.value) > self.error + other.error


NO_READING = Reading(math.nan, math.inf, 0.0, 0.0)  # contradicts no other: its value is nan


def settled(quotients: Sequence[Quotient]) -> float:
    """The quotient at which narrower steps stop helping: the plainest way to read a limit.

    >>> settled([Quotient(1e-9, 5.8), Quotient(0.01, 6.01), Quotient(0.1, 6.1), Quotient(1.0, 7.0)])
    6.01
    """
    best, change = quotients[-1].value, math.inf
    for _, narrower in reversed(quotients[:-1]):
        if abs(narrower - best) >= change:
            break
        best, change = narrower, abs(narrower - best)
    return best


def extrapolated(quotients: Sequence[Quotient], power: int) -> float:
    """The quotient with no step, if the error goes by h**power, h**(2*power), and so on.

        better  =  fine + (fine - wide) / (ratio of the steps**power - 1)

    `fine` is made from all quotients but the widest in the same way, `wide` from all but the first.
    """
    if len(quotients) == 1:
        return quotients[0].value
    fine, wide = extrapolated(quotients[:-1], power), extrapolated(quotients[1:], power)
    return fine + (fine - wide) / ((quotients[-1].step / quotients[0].step) ** power - 1)


def changes(quotients: Sequence[Quotient]) -> list[float]:
    """How far it is from each quotient to the next one."""
    return [wide.value - fine.value for fine, wide in pairwise(quotients)]


def readings(
    quotients: Sequence[Quotient], power: int, terms: int, rounding: Rounding
) -> Iterator[Reading]:
    """All entries of the table, with error bars: row by row, for steps from fine to wide.

    A row starts with a quotient; each column cancels one more term of the error, up to so many.
    Equivalent to: extrapolated(quotients[k - column : k + 1], power) for all rows k and columns.

    The error is twice the distance from the entries above, in the same column and in the one
    before: enough if it shrinks at least by half from row to row. Two quotients may agree by
    chance, so the first column looks ahead as well: if the next wider step is off by much, this one
    is off by that, scaled down by the law.
    """
    row: list[float] = []
    for k, (step, quotient) in enumerate(quotients):
        above, row = row, [quotient]
        for column, fine in enumerate(above[:terms]):
            ratio = step / quotients[k - 1 - column].step
            row.append(fine + (fine - row[column]) / (ratio**power - 1))
        for column, (value, value_above) in enumerate(zip(row, above, strict=False)):
            apart = max(abs(value - value_above), abs(value - above[max(0, column - 1)]))
            if column == 0 and k + 1 < len(quotients):
                wider = quotients[k + 1]
                apart = max(apart, abs(wider.value - quotient) / (wider.step / step) ** power)
            finest = quotients[k - column].step
            error = SAFETY * apart + rounding(step, finest)
            if math.isfinite(value + error):
                yield Reading(value, error, step, finest)


def best_and_rival(table: Iterable[Reading], best: Reading = NO_READING) -> tuple[Reading, Reading]:
    """The sharpest reading, and its sharpest rival: one with wider steps that contradicts it.

    The readings come from fine to wide. A sharper one becomes the best only if it does not
    contradict the best so far: wide steps that tell another story, however sharply, have stepped
    over something (test_constants.py, test_wide_steps_that_contradict_are_not_believed).
    """
    rival = NO_READING
    for reading in table:
        if not reading.contradicts(best):
            best = min(best, reading, key=lambda known: known.error)
        elif reading.finest > best.widest:
            rival = min(rival, reading, key=lambda known: known.error)
    return best, rival
