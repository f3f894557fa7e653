"""A function, drawn as a curve: by as many dots as it needs.

>>> [len(run) < 150 for run in Curve(lambda x: x * x, 0, 1).runs]
[True]
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from mathlab.drawing.sampling import height, sampled
from mathlab.drawing.series import Dot

SMALLEST = 1e-300  # from where on a curve is drawn if its axis goes by powers of ten


@dataclass(frozen=True)
class Curve:
    """A function drawn from `low` to `high`, with a gap where it has no finite real value, and no
    line across a pole or a jump.

    `x_log` and `y_log` say which axes go by powers of ten: a chart sees to that.

    Raises: ValueError for an end that is not finite.

    >>> len(Curve(lambda x: 1 / x, -1, 1).runs)
    2
    """

    f: Callable[[float], Any]
    low: float
    high: float
    label: str = ""
    x_log: bool = False
    y_log: bool = False

    skipped: ClassVar[int] = 0  # a gap in a curve is not a lost observation

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high)):
            raise ValueError(f"a Curve cannot run from {self.low} to {self.high}: give finite ends")

    @cached_property
    def runs(self) -> list[list[Dot]]:
        """The unbroken stretches of the curve, sampled where it bends."""
        low, high = self.low, self.high
        if self.x_log:
            low, high = (math.log10(max(end, SMALLEST)) for end in (low, high))

        def shown(u: float) -> float:
            y = height(self.f, 10.0**u if self.x_log else u)
            return (math.log10(y) if y > 0 else math.nan) if self.y_log else y

        return [
            [(10.0**u if self.x_log else u, 10.0**y if self.y_log else y) for u, y in run]
            for run in sampled(shown, low, high)
        ]
