"""What the data show: dots, lines, walks, bars, bands, arrows; each some lists of numbers, and a
name.

A number that is not finite has no place in a picture: it ends a stretch, and is counted.

>>> series = Line([1, 2, 3, 4], [1, 4, float("inf"), 16])
>>> series.runs
[[(1.0, 1.0), (2.0, 4.0)], [(4.0, 16.0)]]
>>> series.skipped
1
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

Dot = tuple[float, float]  # x and y


@dataclass(frozen=True)
class _Series:
    """Dots in order, given as all their x and all their y."""

    x: Sequence[float]
    y: Sequence[float]
    label: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "x", tuple(self.x))  # frozen: later changes to a list stay out
        object.__setattr__(self, "y", tuple(self.y))
        if len(self.x) != len(self.y):
            raise ValueError(
                f"{type(self).__name__} has {len(self.x)} numbers for x and {len(self.y)} for y: "
                "give one y for each x"
            )

    @cached_property
    def runs(self) -> list[list[Dot]]:
        """The unbroken stretches of dots: one that is not finite ends a stretch."""
        return unbroken(zip(self.x, self.y, strict=True))

    @property
    def skipped(self) -> int:
        """How many dots are left out because their x or y is not finite."""
        return len(self.x) - sum(map(len, self.runs))


class Points(_Series):
    """Separate dots: a scatter plot.

    Raises: ValueError if x and y differ in length.

    >>> Points([1, 2], [3, 4]).runs
    [[(1.0, 3.0), (2.0, 4.0)]]
    """


class Line(_Series):
    """Dots joined in order, broken where one is not finite.

    Raises: ValueError if x and y differ in length.

    >>> Line([1, 2, 3, 4], [1, 4, float("inf"), 16]).runs
    [[(1.0, 1.0), (2.0, 4.0)], [(4.0, 16.0)]]
    """


class Path(_Series):
    """A walk: dots joined in order, the first marked as its start and the last as its end.

    Raises: ValueError if x and y differ in length.

    >>> Path([9, 3, 1], [81, 9, 1], label="descent").ends
    ((9.0, 81.0), (1.0, 1.0))
    """

    @property
    def ends(self) -> tuple[Dot, ...]:
        """The start and the end of the walk; nothing if no dot of it is finite."""
        return (self.runs[0][0], self.runs[-1][-1]) if self.runs else ()


@dataclass(frozen=True)
class Bars(_Series):
    """A bar for each x, from 0 to its y. They are as wide as `width`, or, if that is 0, as leaves a
    little room between those that stand nearest to each other.

    Raises: ValueError if x and y differ in length, or for a width below 0.

    >>> Bars([1, 2], [3, -4]).areas[1]
    [(1.6, 0.0), (2.4, 0.0), (2.4, -4.0), (1.6, -4.0)]
    """

    width: float = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "width", as_float(self.width))
        if not (math.isfinite(self.width) and self.width >= 0):
            raise ValueError(f"a bar cannot be {self.width:g} wide")

    @cached_property
    def areas(self) -> list[list[Dot]]:
        """The corners of each bar."""
        dots = [dot for run in super().runs for dot in run]
        xs = sorted({x for x, _ in dots})
        gaps = [b - a for a, b in pairwise(xs)]
        half = self.width / 2 or 0.4 * min(gaps, default=1.0)
        ends = [(x - half, x + half, y) for x, y in dots]
        return [
            [(left, 0.0), (right, 0.0), (right, y), (left, y)]
            for left, right, y in ends
            if math.isfinite(right - left)
        ]

    @property
    def runs(self) -> list[list[Dot]]:
        """What has to be in the picture: all corners."""
        return self.areas

    @property
    def skipped(self) -> int:
        """How many bars are left out because their x or y is not finite."""
        return len(self.x) - len(self.areas)


@dataclass(frozen=True)
class Band:
    """What lies between two heights at each x: how far off a curve may be.

    Raises: ValueError if the three differ in length.

    >>> Band([0, 1], [2, 3], [4, 5]).areas
    [[(0.0, 2.0), (1.0, 3.0), (1.0, 5.0), (0.0, 4.0)]]
    """

    x: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    label: str = ""

    def __post_init__(self) -> None:
        for name in ("x", "low", "high"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        if not len(self.x) == len(self.low) == len(self.high):
            raise ValueError(
                f"Band has {len(self.x)} numbers for x, {len(self.low)} for low and "
                f"{len(self.high)} for high: give one of each"
            )

    @cached_property
    def areas(self) -> list[list[Dot]]:
        """The corners of each unbroken stretch: along the low edge, and back along the high one."""
        gap = (math.nan, math.nan)
        whole = [
            (low, high) if unbroken([low]) and unbroken([high]) else (gap, gap)
            for low, high in zip(
                zip(self.x, self.low, strict=True), zip(self.x, self.high, strict=True), strict=True
            )
        ]
        lows = unbroken(low for low, _ in whole)
        highs = unbroken(high for _, high in whole)
        return [[*low, *reversed(high)] for low, high in zip(lows, highs, strict=True)]

    @property
    def runs(self) -> list[list[Dot]]:
        """What has to be in the picture: all corners."""
        return self.areas

    @property
    def skipped(self) -> int:
        """At how many x there is no band, because a number is not finite."""
        return len(self.x) - sum(map(len, self.areas)) // 2


@dataclass(frozen=True)
class Arrows(_Series):
    """An arrow from each (x, y), as long as (dx, dy) says: which way is down, at many places.

    Raises: ValueError if the four differ in length.

    >>> Arrows([0], [0], dx=[3], dy=[4]).runs
    [[(0.0, 0.0), (3.0, 4.0)]]
    """

    dx: Sequence[float] = ()
    dy: Sequence[float] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("x", "y", "dx", "dy"):
            object.__setattr__(self, name, tuple(map(as_float, getattr(self, name))))
        if not len(self.x) == len(self.dx) == len(self.dy):
            raise ValueError(
                f"Arrows has {len(self.x)} places, {len(self.dx)} numbers for dx and "
                f"{len(self.dy)} for dy: give one of each"
            )

    @cached_property
    def runs(self) -> list[list[Dot]]:
        """The foot and the tip of each arrow."""
        ends = zip(self.x, self.y, self.dx, self.dy, strict=True)
        pairs = [unbroken([(x, y), (x + dx, y + dy)]) for x, y, dx, dy in ends]
        return [run for runs in pairs for run in runs if len(run) == 2]

    @property
    def skipped(self) -> int:
        """How many arrows are left out because a number of theirs is not finite."""
        return len(self.x) - len(self.runs)


def as_float(number: Any) -> float:
    """The number as a float; infinite if it is too large for one."""
    try:
        return float(number)
    except OverflowError:  # an int or a Fraction beyond 1.8e308
        return math.inf if number > 0 else -math.inf
    except ValueError:  # Decimal("sNaN")
        return math.nan


def as_range(ends: Any) -> tuple[float, float]:
    """Two ends as floats.

    Raises: ValueError if there are not two.
    """
    try:
        low, high = map(as_float, ends)
    except (TypeError, ValueError):
        raise ValueError(f"a range is two numbers, not {ends!r:.60}") from None
    return low, high


def unbroken(dots: Iterable[Dot]) -> list[list[Dot]]:
    """The stretches of finite dots between those that are not."""
    runs: list[list[Dot]] = [[]]
    for dot in dots:
        x, y = map(as_float, dot)
        if math.isfinite(x) and math.isfinite(y):
            runs[-1].append((x, y))
        else:
            runs.append([])
    return [run for run in runs if run]
