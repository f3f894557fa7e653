"""Dots, lines, walks, bars, bands and arrows: what the data show, as lists of numbers with a name.

On the page: `print(f"{step:4}`. There each row is a line of numbers; here it is a dot. A number
that is not finite has no place in a picture: it ends a stretch, and is counted. Lists of different
lengths are a ValueError.

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
from statistics import correlation
from typing import Any, ClassVar

from mathlab.drawing.charts.frame import Frame
from mathlab.drawing.charts.kind import AREAS, MANY, Dots, Joined, Range, Surface, no_place
from mathlab.drawing.paper.canvas import Dot

CLEAR = 0.3  # correlation: dots with less than that neither rise nor fall to the eye


@dataclass(frozen=True)
class _Series(Dots):
    """Dots in order, given as all their x and all their y."""

    x: Sequence[float]
    y: Sequence[float]
    label: str = ""

    def __post_init__(self) -> None:
        _keep(self, "x", "y")

    @cached_property
    def runs(self) -> list[list[Dot]]:
        """The unbroken stretches of dots: one that is not finite ends a stretch."""
        return unbroken(zip(self.x, self.y, strict=True))

    @property
    def skipped(self) -> int:
        """How many dots are left out because their x or y is not finite."""
        return len(self.x) - sum(map(len, self.runs))


class Points(_Series):
    """Separate dots: a scatter plot."""

    @property
    def look(self) -> str:
        """Points, or a crowd of them."""
        return "crowd" if len(self.extent) >= MANY else "points"

    def in_words(self, frame: Frame) -> str:
        """How many, from where to where, and whether they rise."""
        dots = [dot for dot in self.extent if frame.inside(dot)]
        if len(dots) < 2:
            return f"{self.called}: {', '.join(map(frame.said, dots)) or 'outside the picture'}"
        across, up = zip(*dots, strict=True)
        told = (f"{len(dots):,} {self.called}: from {frame.x.said(min(across))} to "
                f"{frame.x.said(max(across))} across, {frame.y.said(min(up))} to "
                f"{frame.y.said(max(up))} up")
        return f"{told}, {trend}" if (trend := _trend(frame.dots([dots]))) else told

    def draw(self, surface: Surface) -> None:
        """Draw every dot."""
        surface.points(self.runs)


class Line(_Series, Joined):
    """Dots joined in order, broken where one is not finite."""


class Path(_Series, Joined):
    """A walk: dots joined in order, the first marked as its start and the last as its end.

    >>> Path([9, 3, 1], [81, 9, 1], label="descent").ends
    ((9.0, 81.0), (1.0, 1.0))
    """

    look = "walks"

    def in_words(self, frame: Frame) -> str:
        """From where to where it goes."""
        way = " to ".join(map(frame.said, self.ends))
        return f"{self.called}: {f'from {way}' if way else 'nowhere'}"

    @property
    def ends(self) -> tuple[Dot, ...]:
        """The start and the end of the walk; nothing if no dot of it is finite."""
        return (self.runs[0][0], self.runs[-1][-1]) if self.runs else ()

    def draw(self, surface: Surface) -> None:
        """Draw the way, which way it goes, and its ends."""
        surface.walk(self.runs, self.ends)


class _Filled(Dots):
    depth = AREAS
    solid: ClassVar[bool] = False
    areas: Any  # their corners, a list each

    @property
    def runs(self) -> list[list[Dot]]:
        return [*self.areas]

    def draw(self, surface: Surface) -> None:
        surface.areas(self.areas, self.solid)


@dataclass(frozen=True)
class Bars(_Filled, _Series):
    """A bar for each x, from 0 to its y. They are as wide as `width`, or, if that is 0, as leaves a
    little room between those that stand nearest to each other.

    Raises: ValueError for a width below 0.

    >>> Bars([1, 2], [3, -4]).areas[1]
    [(1.6, 0.0), (2.4, 0.0), (2.4, -4.0), (1.6, -4.0)]
    """

    width: float = 0.0
    look = "bars"
    solid = True
    needs_zero = True

    def __post_init__(self) -> None:
        super().__post_init__()
        vars(self)["width"] = as_float(self.width)
        if not (math.isfinite(self.width) and self.width >= 0):
            raise ValueError(f"a bar cannot be {self.width:g} wide")

    @cached_property
    def areas(self) -> list[list[Dot]]:
        """The corners of each bar."""
        dots = [dot for run in unbroken(zip(self.x, self.y, strict=True)) for dot in run]
        gaps = (b - a for a, b in pairwise(sorted({x for x, _ in dots})))
        half = self.width / 2 or 0.4 * min(gaps, default=1.0)
        ends = [(x - half, x + half, y) for x, y in dots if math.isfinite((x + half) - (x - half))]
        return [[(left, 0.0), (right, 0.0), (right, y), (left, y)] for left, right, y in ends]

    def in_words(self, frame: Frame) -> str:
        """How many there are, and the lowest and the highest."""
        tops = sorted((corners[2][1], (corners[0][0] + corners[1][0]) / 2)
                      for corners in self.areas)
        ends = [f"{frame.y.said(y)} at {frame.x.said(x)}" for y, x in (*tops[:1], *tops[1:][-1:])]
        return f"{len(tops):,} {self.called}: {' to '.join(ends) or 'nowhere'}"

    @property
    def skipped(self) -> int:
        """How many bars are left out because their x or y is not finite."""
        return len(self.x) - len(self.areas)


@dataclass(frozen=True)
class Band(_Filled):
    """What lies between two heights at each x: how far off a curve may be.

    >>> Band([0, 1], [2, 3], [4, 5]).areas
    [[(0.0, 2.0), (1.0, 3.0), (1.0, 5.0), (0.0, 4.0)]]
    """

    x: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    label: str = ""
    look = "bands"

    def __post_init__(self) -> None:
        _keep(self, "x", "low", "high")

    @cached_property
    def areas(self) -> list[list[Dot]]:
        """The corners of each unbroken stretch: along the low edge, and back along the high one."""
        return [
            [*((x, low) for x, low, _ in run), *((x, high) for x, _, high in reversed(run))]
            for run in unbroken(zip(self.x, self.low, self.high, strict=True))]

    def in_words(self, frame: Frame) -> str:
        """How wide it is at its two ends."""
        if not self.areas:
            return f"{self.called}: nowhere"
        starts, ends = self.areas[0], self.areas[-1]
        last = len(ends) // 2
        told = (f"{frame.y.said(low)} to {frame.y.said(high)} at {frame.x.said(x)}"
                for (x, low), (_, high) in ((starts[0], starts[-1]), (ends[last - 1], ends[last])))
        return f"{self.called}: {', '.join(told)}"

    @property
    def skipped(self) -> int:
        """At how many x there is no band, because a number is not finite."""
        return len(self.x) - sum(map(len, self.areas)) // 2

    def without_place(self, x_log: bool, y_log: bool) -> int:
        """None: on an axis of powers of ten a band reaches down to the edge."""
        return 0

    def outline(self, frame: Frame) -> list[list[Dot]]:
        """The corners of what is seen."""
        return frame.areas(self.areas)


@dataclass(frozen=True)
class Arrows(_Series):
    """An arrow from each (x, y), as long as (dx, dy) says: which way is down, at many places.

    >>> Arrows([0], [0], dx=[3], dy=[4]).runs
    [[(0.0, 0.0), (3.0, 4.0)]]
    """

    dx: Sequence[float] = ()
    dy: Sequence[float] = ()
    look = "heads"

    def __post_init__(self) -> None:
        for name in ("x", "y", "dx", "dy"):
            vars(self)[name] = tuple(map(as_float, getattr(self, name)))
        _keep(self, "x", "y", "dx", "dy")

    @cached_property
    def runs(self) -> list[list[Dot]]:
        """The foot and the tip of each arrow."""
        ends = zip(self.x, self.y, self.dx, self.dy, strict=True)
        rows = unbroken((x, y, x + dx, y + dy) for x, y, dx, dy in ends)
        return [[(x, y), (x_tip, y_tip)] for row in rows for x, y, x_tip, y_tip in row]

    def in_words(self, frame: Frame) -> str:
        """How many there are, and where the longest goes."""
        longest = max(self.runs, key=lambda run: math.dist(*map(frame.place, run)), default=())
        way = " to ".join(map(frame.said, longest))
        told = f"the longest from {way}" if way else "nowhere"
        return f"{len(self.runs):,} {self.called}: {told}"

    @property
    def skipped(self) -> int:
        """How many arrows are left out because a number of theirs is not finite."""
        return len(self.x) - len(self.runs)

    def without_place(self, x_log: bool, y_log: bool) -> int:
        """How many arrows have an end without a place."""
        return sum(any(no_place(dot, x_log, y_log) for dot in run) for run in self.runs)

    def draw(self, surface: Surface) -> None:
        """Draw each arrow."""
        surface.arrows(self.runs)


def _keep(thing: Any, *names: str) -> None:
    """Turn what was given under these names into tuples, which later changes to a list leave alone.

    Raises: ValueError if they differ in length.
    """
    for name in names:
        vars(thing)[name] = tuple(getattr(thing, name))
    sizes = [len(getattr(thing, name)) for name in names]
    if len(set(sizes)) > 1:
        *others, last = (f"{size} for {name}" for size, name in zip(sizes, names, strict=True))
        given = ", ".join(others).replace(" for", " numbers for", 1)
        raise ValueError(f"{type(thing).__name__} has {given} and {last}: give one of each")


def as_float(number: Any) -> float:
    """The number as a float; infinite if it is too large for one."""
    try:
        return float(number)
    except OverflowError:  # an int or a Fraction beyond 1.8e308
        return math.inf if number > 0 else -math.inf
    except ValueError:  # Decimal("sNaN")
        return math.nan


def as_range(ends: Any) -> Range:
    """Two ends as floats.

    Raises: ValueError if there are not two.
    """
    try:
        low, high = map(as_float, ends)
    except (TypeError, ValueError):
        raise ValueError(f"a range is two numbers, not {ends!r:.60}") from None
    return low, high


def _trend(places: Sequence[Dot]) -> str:
    """Whether dots rise, as they are seen; nothing where that cannot be said."""
    xs, ys = ([round(dot[i], 9) for dot in places] for i in (0, 1))
    if len(places) < 3 or min(xs) == max(xs) or min(ys) == max(ys):
        return ""
    found = round(correlation(xs, ys), 2) + 0.0
    way = "rising" if found >= CLEAR else "falling" if found <= -CLEAR else "neither up nor down"
    return f"{way} on the whole (correlation {found:.2f})"


def unbroken(rows: Iterable[Iterable[float]]) -> list[list[Any]]:
    """The stretches of rows of finite numbers between those that are not."""
    runs: list[list[tuple[float, ...]]] = [[]]
    for row in rows:
        numbers = tuple(map(as_float, row))
        if all(map(math.isfinite, numbers)):
            runs[-1].append(numbers)
        else:
            runs.append([])
    return [run for run in runs if run]
