"""A function as a curve, on even axes and on logarithmic ones.

On the page: `print(f"{step:4}`. A few rows of numbers become the whole curve between them.

>>> len(Curve(lambda x: 1 / x, -1, 1).runs)
2
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from mathlab.drawing.charts.frame import Frame
from mathlab.drawing.charts.kind import Joined, Range
from mathlab.drawing.charts.sampling import height, sampled
from mathlab.drawing.charts.series import as_float
from mathlab.drawing.paper.canvas import Dot


@dataclass(frozen=True)
class Curve(Joined):
    """A function drawn from `low` to `high`, with a gap where it has no finite real value, and no
    line across a pole or a jump.

    `x_log` and `y_log` say which axes go by powers of ten: a chart sees to that.

    Raises: ValueError for an end that is not finite.
    """

    f: Callable[[float], Any]
    low: float
    high: float
    label: str = ""
    x_log: bool = False
    y_log: bool = False

    skipped = 0  # a gap in a curve is not a lost observation

    def __post_init__(self) -> None:
        for name in ("low", "high"):
            vars(self)[name] = as_float(getattr(self, name))
        if not (math.isfinite(self.low) and math.isfinite(self.high)):
            raise ValueError(f"a Curve cannot run from {self.low} to {self.high}: give finite ends")
        if self.x_log and min(self.low, self.high) <= 0:
            raise ValueError("a curve over an axis of powers of ten needs ends above 0")

    @cached_property
    def runs(self) -> list[list[Dot]]:
        """The unbroken stretches of the curve, sampled where it bends."""
        low, high = self.low, self.high
        if self.x_log:
            low, high = math.log10(low), math.log10(high)

        def shown(u: float) -> float:
            y = height(self.f, _power(u) if self.x_log else u)
            return (math.log10(y) if y > 0 else math.nan) if self.y_log else y

        return [
            [(_power(u) if self.x_log else u, _power(y) if self.y_log else y) for u, y in run]
            for run in sampled(shown, low, high)]

    def in_words(self, frame: Frame) -> str:
        """Where it starts and ends, and how low and high it is between."""
        return f"{self.called}: {frame.way(self.runs, smooth=True)}"

    def for_axes(self, x_range: Range | None, x_log: bool, y_log: bool) -> "Curve":
        """The part of the curve that is in the picture, sampled for its axes."""
        low, high = sorted((self.low, self.high))
        if x_range is not None:
            low, high = max(low, x_range[0]), min(high, x_range[1])
            if low > high:
                return replace(self, f=lambda _: math.nan, low=x_range[0], high=x_range[0])
        return replace(self, low=low, high=high, x_log=x_log, y_log=y_log)


def _power(exponent: float) -> float:
    """Ten to this power, or nearly the largest float."""
    return float(10.0 ** min(exponent, 308.25))
