"""An axis and its ticks: where a number goes, and which round numbers to write beside it.

On the page: `print(f"{step:4}`. A number is shown by its place, and the place can be read off. An
axis spreads the numbers from `low` to `high` evenly over 0 to 1:

    place(value) = (value - low) / (high - low)

Its ticks are round: whole multiples of a step that is 1, 2, 2.5 or 5 times a power of ten.

>>> budgets = Axis.covering([7, 231, 425])
>>> budgets
Axis(low=0.0, high=440.0)
>>> budgets.place(231)
0.525
>>> tick_labels(budgets.ticks())
['0', '100', '200', '300', '400']
"""

import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

ROUND_STEPS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5))
FAR = 1e6  # anything a million pictures away is drawn as if it were just there
LAST_FLOAT = Fraction(sys.float_info.max)
TINIEST = Fraction(1, 10**304)  # floats this small have lost digits, and half of one may be 0


@dataclass(frozen=True)
class Axis:
    """The numbers from `low` to `high`, in their places from 0 to 1.

    Raises: ValueError unless both ends are finite and low is below high.
    """

    low: float
    high: float
    kind: ClassVar[str] = "linear"

    def __post_init__(self) -> None:
        finite = math.isfinite(self.low) and math.isfinite(self.high)
        if not (finite and self.low / 2 < self.high / 2):  # halves, because place() divides by them
            raise ValueError(f"an axis cannot run from {self.low} to {self.high}: "
                             "give two finite numbers, the lower one first")

    @classmethod
    def covering(cls, values: Iterable[float]) -> "Axis":
        """The axis on which every value has a place, widened a little, to end on round numbers."""
        values = list(values)
        if not values:
            return cls(0.0, 1.0)
        low, high = _room(min(values), max(values))
        step = _round_step(low, high, 30)  # it adds 1/15 at most at either end
        rounded = math.floor(low / step) * step, math.ceil(high / step) * step
        return cls(*(float(max(-LAST_FLOAT, min(LAST_FLOAT, end))) for end in rounded))

    def place(self, value: float) -> float:
        """Where the value goes: 0 at the low end, 1 at the high end, and beyond them outside."""
        # Halves, because the distance from -1e308 to 1e308 is no longer a float.
        place = (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return max(-FAR, min(FAR, place))

    def number(self, place: float) -> float:
        """The number at a place: the way back."""
        return self.low * (1 - place) + self.high * place

    def said(self, value: float) -> str:
        """The number in words about the picture: as precisely as the eye could read it off.

        >>> Axis(0, 10).said(2.3456), Axis(0, 50_000).said(12_345.6)
        ('2.35', '12,300')
        """
        digits = 3 - math.ceil(math.log10(self.high / 2 - self.low / 2) + math.log10(2))
        if not -9 < digits < 12:
            return f"{value:.3g}"
        number = round(value, digits) + 0.0  # and no -0
        comma = "," if abs(number) >= 10_000 else ""
        words = f"{number:{comma}.{max(digits, 0)}f}"
        return words.rstrip("0").rstrip(".") if "." in words else words

    def ticks(self, count: int = 5) -> list[float]:
        """The round numbers to write along the axis, in about `count` steps."""
        ticks = nice_ticks(self.low, self.high, count)
        return [tick for tick in ticks if self.low <= tick <= self.high]

    def labels(self, ticks: Sequence[float]) -> list[str]:
        """The ticks as text."""
        return tick_labels(ticks)

    def scale(self, count: int = 5) -> list[tuple[float, str]]:
        """The place of each tick, and what to write there."""
        ticks = self.ticks(count)
        return [*zip(map(self.place, ticks), self.labels(ticks), strict=True)]


def nice_ticks(low: float, high: float, count: int = 5) -> list[float]:
    """The multiples of a round step that lie between `low` and `high`, in at most `count` steps.

    A range too narrow to divide, such as from 7 to 7, is widened first.

    Raises: ValueError for ends that are not finite or in the wrong order, or a count below 1.

    >>> nice_ticks(0, 1)
    [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    """
    if not (math.isfinite(low) and math.isfinite(high) and low <= high and count >= 1):
        raise ValueError(f"no ticks from {low} to {high} in {count} steps: "
                         "give two finite numbers, the lower one first, and at least 1 step")
    start, end = _room(low, high)
    step = _round_step(start, end, count)
    return [float(i * step) for i in range(math.ceil(start / step), math.floor(end / step) + 1)]


def tick_labels(ticks: Sequence[float]) -> list[str]:
    """The ticks of one axis as text: all with the same number of decimals, and no more than needed.

    >>> [tick_labels(ticks) for ticks in ([0, 0.5, 1], [1990, 2000], [5000, 10000], [0, 5e-7])]
    [['0.0', '0.5', '1.0'], ['1990', '2000'], ['5,000', '10,000'], ['0', '5e-07']]
    """
    exact = [Decimal(repr(float(tick))).normalize().as_tuple() for tick in ticks]
    largest = max((abs(tick) for tick in ticks), default=0)
    decimals = max((-int(number.exponent) for number in exact), default=0)
    if largest >= 1e12 or decimals > 6:  # beyond that, nobody counts the zeros
        digits = max(len(number.digits) for number in exact) - 1
        return [f"{tick:.{digits}e}" if tick else "0" for tick in ticks]
    comma = "," if largest >= 10_000 else ""  # 1990 may be a year
    return [f"{tick:{comma}.{max(0, decimals)}f}" for tick in ticks]


def as_printed(number: float) -> Fraction:
    """The number that is printed: of 0.3 three tenths, so that a tick at 0.3 is where it says."""
    return Fraction(repr(float(number)))


def _room(low: float, high: float) -> tuple[Fraction, Fraction]:
    """The ends as fractions, moved apart if there is no room for ticks between them."""
    start, end = as_printed(low), as_printed(high)
    size = max(abs(start), abs(end))
    # A float has 16 digits: 4 are for what happens inside the range.
    if end - start > max(size / 10**12, TINIEST):
        return start, end
    room = size / 10 if size > TINIEST else Fraction(1)
    return max(start - room, -LAST_FLOAT), min(end + room, LAST_FLOAT)


def _round_step(low: Fraction, high: Fraction, count: int) -> Fraction:
    """The smallest round step that goes from low to high in at most `count` steps."""
    least = (high - low) / count
    power = len(str(least.numerator)) - len(str(least.denominator))  # right, or one too high
    steps = (m * Fraction(10) ** p for p in (power - 1, power, power + 1) for m in ROUND_STEPS)
    return next(step for step in steps if step >= least)
