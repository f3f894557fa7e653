"""A function of two numbers as a map: lines of equal height, denser where it is higher.

On the page: `print(f"{step:4}`. The loss surface, seen from above as hikers know it.

>>> bowl = Contours(lambda x, y: x**2 + y**2, (-2, 2), (-2, 2), count=4)
>>> bowl.levels
[2.0, 4.0, 6.0]
>>> bowl.band(0, 0), bowl.band(1.9, 1.9)
(0, 3)
"""

from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite, nan
from typing import Any

from mathlab.drawing.charts.contour import Grid, contour_bands, contour_lines
from mathlab.drawing.charts.frame import Frame
from mathlab.drawing.charts.kind import MAPS, Kind, Surface
from mathlab.drawing.charts.levels import levels
from mathlab.drawing.charts.series import as_range
from mathlab.drawing.paper.canvas import Dot
from mathlab.drawing.paper.text import number

GRID = 48, 36  # at which the surface is looked at: 1,728 times in all


@dataclass(frozen=True)
class Contours(Kind):
    """The surface `f(x, y)` over a rectangle, its lines of equal height, and the bands between
    them: at the heights `at`, from the lowest, or else at most `count` at round ones.

    Raises: ValueError for a range that is not two numbers, the lower one first, or a count below 1.
    """

    f: Callable[[float, float], Any]
    x_range: Dot
    y_range: Dot
    label: str = ""
    count: int = 8
    at: Sequence[float] = ()

    look = "maps"
    depth = MAPS
    needs_zero = True
    skipped = 0  # where there is no height there is a gap, but no lost observation

    def __post_init__(self) -> None:
        for name in ("x_range", "y_range"):
            low, high = as_range(getattr(self, name))
            vars(self)[name] = (low, high)
            if not (isfinite(low) and isfinite(high) and low < high):
                why = "the lower number first"
                raise ValueError(f"a map cannot run from {low:g} to {high:g}: {why}")
        if not isinstance(self.count, int) or self.count < 1:
            raise ValueError(f"a map has 1, 2, 3, ... lines, not {self.count}")

    @property
    def extent(self) -> list[Dot]:
        """The ends of both ranges, each on its own axis: what is seen reaches from edge to edge."""
        return [*((x, nan) for x in self.x_range), *((nan, y) for y in self.y_range)]

    @cached_property
    def grid(self) -> Grid:
        """The heights."""
        return Grid.of(self.f, self.x_range, self.y_range, *GRID)

    @cached_property
    def levels(self) -> Sequence[float]:
        """The heights of the lines."""
        return self.at or levels(self.grid.finite, self.count)

    @cached_property
    def lines(self) -> list[list[Dot]]:
        """The lines of all levels."""
        return [line for level in self.levels for line in contour_lines(self.grid, level)]

    @cached_property
    def areas(self) -> list[list[list[Dot]]]:
        """For each band, from the lowest, the rings around it and around its holes."""
        return contour_bands(self.grid, self.levels)

    def in_words(self, frame: Frame) -> str:
        """Where it is lowest and where highest, and at which heights its lines are."""
        rows = zip(self.grid.ys, self.grid.heights, strict=True)
        known = [(z, (x, y)) for y, row in rows for x, z in zip(self.grid.xs, row, strict=True)
                 if isfinite(z)]
        called = f"map {self.label}".strip()
        if not known:
            return f"{called}: no height anywhere"
        low, high = (f"{number(z, 4)} near {frame.said(at)}" for z, at in (min(known), max(known)))
        lines = ", ".join(map(number, self.levels)) or "none"
        return f"{called}: lowest {low}, highest {high}; lines at {lines}"

    def draw(self, surface: Surface) -> None:
        """Draw the map."""
        surface.relief(self)

    def band(self, x: float, y: float) -> int | None:
        """In which band a place lies, the lowest being 0; None where there is no height. Between
        four numbers of the grid the height is what a rubber sheet over them would have."""
        across, up = _between(self.grid.xs, x), _between(self.grid.ys, y)
        if across is None or up is None:
            return None
        (i, u), (j, v) = across, up
        below, above = self.grid.heights[j : j + 2]
        low, high = (row[i] * (1 - u) + row[i + 1] * u for row in (below, above))
        height = low * (1 - v) + high * v
        return bisect(self.levels, height) if isfinite(height) else None


def _between(places: Any, number: float) -> tuple[int, float] | None:
    """After which of the places a number lies, and how far on the way to the next; None outside."""
    if not places[0] <= number <= places[-1]:
        return None
    i = min(bisect(places, number), len(places) - 1) - 1
    return i, (number - places[i]) / (places[i + 1] - places[i])
