"""A logarithmic axis: each step multiplies by ten, instead of adding.

On the page: `print(f"{step:4}`. Small numbers beside large ones can be seen, too.

    place(value) = log(value / low) / log(high / low)

So 1, 10, 100 and 1000 stand equally far from each other, and what shrinks by a tenth at every step
is a straight line. Only numbers above 0 have a place on it.

>>> errors = LogAxis.covering([3e-12, 0.02])
>>> errors
LogAxis(low=1e-12, high=0.1)
>>> errors.labels(errors.ticks(4))
['1e-12', '1e-09', '1e-06', '0.001']
>>> LogAxis(1, 100).place(10)
0.5
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from mathlab.drawing.charts.axis import FAR, Axis

FIRST_POWER, LAST_POWER = -307, 308  # powers of ten that are floats with all their digits
WIDE = 1.5  # decades: a narrower range ends on 1, 2 or 5 times a power of ten
FACTORS = (1, 2, 5)


@dataclass(frozen=True)
class LogAxis(Axis):
    """The numbers from `low` to `high`, both above 0, in their places from 0 to 1.

    Raises: ValueError unless both ends are finite and above 0, and low is below high.
    """

    kind: ClassVar[str] = "log"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.low <= 0:
            raise ValueError(f"an axis of powers of ten cannot begin at {self.low}: above 0 only")
        if math.log(self.low) == math.log(self.high):
            raise ValueError(f"from {self.low} to {self.high} is too short for powers of 10")

    @classmethod
    def covering(cls, values: Iterable[float]) -> "LogAxis":
        """The axis on which every value above 0 has a place, widened to end on round numbers."""
        above = [value for value in values if value > 0]
        if not above:
            return cls(1.0, 10.0)
        low, high = math.log10(min(above)), math.log10(max(above))
        ends = _round(high - low < WIDE)
        start = max((p for p in ends if p[0] <= low + 1e-9), default=ends[0])
        end = min((p for p in ends if p[0] >= high - 1e-9), default=ends[-1])
        if start == end:
            here = ends.index(start)
            start, end = ends[max(here - 1, 0)], ends[min(here + 1, len(ends) - 1)]
        return cls(min(start[1], *above), max(end[1], *above))

    def place(self, value: float) -> float:
        """Where the value goes: 0 at the low end, 1 at the high end; nan if it is not above 0."""
        if not value > 0:
            return math.nan
        low, high = math.log(self.low), math.log(self.high)
        return max(-FAR, min(FAR, (math.log(value) - low) / (high - low)))

    def number(self, place: float) -> float:
        """The number at a place: the way back."""
        if place in (0, 1):
            return self.high if place else self.low
        low, high = math.log10(self.low), math.log10(self.high)
        return float(10 ** min(low * (1 - place) + high * place, LAST_POWER))

    def said(self, value: float) -> str:
        """The number in words about the picture: as precisely as the eye could read it off."""
        return f"{value:.3g}"

    def ticks(self, count: int = 5) -> list[float]:
        """Powers of ten in about `count` steps; with 2 and 5 times as much where there is room, and
        where there are next to none, the ticks of an ordinary axis.

        >>> LogAxis(1, 1000).ticks(8), LogAxis(3, 4).ticks(2)
        ([1.0, 10.0, 100.0, 1000.0], [3.0, 3.5, 4.0])
        """
        decades, finer = (
            [(power, number) for power, number in _round(fine) if self.low <= number <= self.high]
            for fine in (False, True))
        if 2 < len(finer) <= count + 1 or len(decades) < 2 <= len(finer):
            return [number for _, number in finer]
        if len(decades) < 2:
            return super().ticks(count)
        step = -(-(len(decades) - 1) // max(count, 1))
        return [number for power, number in decades if round(power) % step == 0]

    def labels(self, ticks: Sequence[float]) -> list[str]:
        """The ticks as text, each as short as it can be."""
        short = [f"{tick:,g}" if 1e4 <= tick < 1e6 else f"{tick:g}" for tick in ticks]
        return short if len(set(short)) == len(ticks) else super().labels(ticks)


@cache
def _round(fine: bool) -> list[tuple[float, float]]:
    """The round numbers of the axis, each behind its logarithm."""
    factors = FACTORS if fine else FACTORS[:1]
    numbers = [float(f"{f}e{p}") for p in range(FIRST_POWER, LAST_POWER + 1) for f in factors]
    return [(math.log10(number), number) for number in numbers if number < math.inf]
