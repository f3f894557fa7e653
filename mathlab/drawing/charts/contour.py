"""Contours of a grid by marching squares: lines of equal height, and the bands between them.

On the page: `print(f"{step:4}`. The loss over two parameters is a surface; a map shows it whole.
The surface is looked at on a grid. Along a side of a cell of the grid it is taken to be straight,
so a line of the height `level` crosses that side

    (level - low) / (high - low)

of the way from its lower end to its higher one. Where a surface is steep it is far from straight,
and such lines are jagged; so the function, if there is one, is asked at the crossing, which moves
until it has the height. A cell is crossed on two sides or on none, and the crossings, joined from
cell to cell, are the contour line. Only where two opposite corners are both higher than the other
two could they be joined in two ways: such a cell is a saddle, and is cut into four triangles at its
centre, whose height, if no function tells it, is the mean of the corners.

>>> bowl = Grid.of(lambda x, y: x**2 + y**2, (-2, 2), (-2, 2), columns=41, rows=41)
>>> circle, = contour_lines(bowl, 1.0)
>>> circle[0] == circle[-1], all(0.998 < x**2 + y**2 < 1.002 for x, y in circle)
(True, True)

Source: W. E. Lorensen and H. E. Cline, Marching Cubes (1987), here with squares.
"""

import math
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from mathlab.drawing.charts.sampling import height
from mathlab.drawing.paper.canvas import Dot

Corner = tuple[float, float, float]  # the height, then x and y: the lower of two is the smaller
Patch = list[Corner]  # a cell or a quarter of one, anticlockwise
Side = tuple[Corner, Corner]  # the lower corner first: the cells on either side see the same one

# As measured by test_a_cliff_has_smooth_lines.
ROUNDS = 3  # of two looks each at a surface, for the place where a line crosses a side
CLOSE = 0.01  # of what the surface rises along the side: a look that is no further off is the last


@dataclass(frozen=True)
class Grid:
    """Heights where upright lines at `xs` cross level lines at `ys`.

    heights   one row for each of ys, with one number for each of xs; nan where there is none
    f         the function whose heights these are, if it can be asked for more of them
    met       the crossings found so far on a side, between its two corners
    sides     on which side each of them lies

    Raises: ValueError for fewer than 2 columns or rows, for xs or ys that do not ascend, or for
    heights of another shape.
    """

    xs: Sequence[float]
    ys: Sequence[float]
    heights: Sequence[Sequence[float]]
    f: Callable[[float, float], Any] | None = None
    met: dict[Side, list[Corner]] = field(default_factory=dict, init=False, compare=False)
    sides: dict[Corner, Side] = field(default_factory=dict, init=False, compare=False)

    def __post_init__(self) -> None:
        for name, places in (("xs", self.xs), ("ys", self.ys)):
            if len(places) < 2 or not all(a < b for a, b in pairwise(places)):
                raise ValueError(f"{name} of a grid need at least 2 numbers, each above the last")
        if [len(row) for row in self.heights] != [len(self.xs)] * len(self.ys):
            raise ValueError("a grid needs one row of heights for each y, with one for each x")

    @classmethod
    def of(cls, f: Callable[[float, float], Any], x_range: Dot, y_range: Dot, columns: int = 60,
           rows: int = 60) -> "Grid":
        """The heights of f at so many columns and rows of dots, evenly from edge to edge."""
        xs, ys = _evenly(*x_range, columns), _evenly(*y_range, rows)
        return cls(xs, ys, [[height(f, x, y) for x in xs] for y in ys], f)

    @cached_property
    def finite(self) -> list[float]:
        """The heights that are finite numbers, from the lowest to the highest."""
        return sorted(z for row in self.heights for z in row if math.isfinite(z))

    @cached_property
    def pieces(self) -> list[tuple[float, float, Patch]]:
        """The cells, or their quarters, each with its lowest and highest height."""
        pieces = []
        for (y, row), (y_next, row_next) in pairwise(zip(self.ys, self.heights, strict=True)):
            below, above = ([*zip(z, self.xs, strict=True)] for z in (row, row_next))
            for i in range(len(self.xs) - 1):
                (a, left), (b, right) = below[i : i + 2]
                (d, _), (c, _) = above[i : i + 2]
                if all(map(math.isfinite, (a, b, c, d))):
                    cell = [(a, left, y), (b, right, y), (c, right, y_next), (d, left, y_next)]
                    for piece in self._unfolded(cell):
                        pieces.append((min(piece)[0], max(piece)[0], piece))
        return pieces

    def crossing(self, side: Side, level: float) -> Corner:
        """Where a side, or what was left of it, has the height of the level.

        It is the same place whenever it is asked for, and between the crossings of lower levels and
        those of higher ones: so lines do not cross, and two bands share all of their border.
        """
        side = next((self.sides[end] for end in side if end in self.sides), side)
        met = self.met.setdefault(side, [*side])
        i = bisect(met, (level, -math.inf, -math.inf))
        if met[i][0] != level:
            met.insert(i, self._sought(met[i - 1], met[i], level))
            self.sides[met[i]] = side
        return met[i]

    def _sought(self, low: Corner, high: Corner, level: float) -> Corner:
        """The crossing between a lower corner and a higher one, by looks at the surface: in turn
        where a straight one would be crossed, and half way between those on either side of it."""
        found, close = _straight(low, high, level), CLOSE * (high[0] - low[0])
        for i in range(2 * ROUNDS if self.f else 0):
            _, x, y = found
            if i % 2:
                x, y = low[1] / 2 + high[1] / 2, low[2] / 2 + high[2] / 2
            z = self._height(x, y)
            if math.isnan(z) or abs(z - level) <= close:
                return level, x, y
            low, high = ((z, x, y), high) if z < level else (low, (z, x, y))
            found = _straight(low, high, level)
        return found

    def _height(self, x: float, y: float) -> float:
        """How high the surface is, or nan if nobody knows."""
        return height(self.f, x, y) if self.f else math.nan

    def _unfolded(self, cell: Patch) -> list[Patch]:
        """The cell, or four triangles if it is a saddle: a level crosses two sides of each, or
        none."""
        (a, left, y), (b, right, _), (c, _, y_next), (d, _, _) = cell
        if not (min(a, c) > max(b, d) or max(a, c) < min(b, d)):
            return [cell]
        x, y = left / 2 + right / 2, y / 2 + y_next / 2
        z = self._height(x, y)
        centre = (a / 4 + b / 4 + c / 4 + d / 4 if math.isnan(z) else z, x, y)
        return [[start, end, centre] for start, end in _sides(cell)]


def contour_lines(grid: Grid, level: float) -> list[list[Dot]]:
    """The lines where the surface has the height `level`; a closed one ends where it starts.
    """
    links: defaultdict[Side, list[Side]] = defaultdict(list)
    for low, high, piece in grid.pieces:
        if low < level <= high:
            one, other = (
                (min(a, b), max(a, b)) for a, b in _sides(piece) if (a[0] < level) != (b[0] < level)
            )
            links[one].append(other)
            links[other].append(one)
    lines: list[list[Dot]] = []
    seen: set[Side] = set()
    open_ends = [side for side in links if len(links[side]) == 1]
    for start in [*open_ends, *links]:
        if start in seen:
            continue
        walk = [start]
        seen.add(start)
        while onward := [side for side in links[walk[-1]] if side not in seen]:
            walk.append(onward[0])
            seen.add(onward[0])
        if len(links[start]) == 2:
            walk.append(start)
        dots = [grid.crossing(side, level)[1:] for side in walk]
        line = dots[:1] + [dot for last, dot in pairwise(dots) if dot != last]
        if len(line) > 1:  # a level that only touches a summit makes one dot
            lines.append(line)
    return lines


def contour_bands(grid: Grid, levels: Sequence[float]) -> list[list[list[Dot]]]:
    """The outlines of each band: below the first level, from each to the next, above the last.

    The rings of a band run anticlockwise around it and clockwise around its holes, so together they
    have its area, and the rule "evenodd" fills them. A level belongs to the band above it.

    >>> contour_bands(Grid((0, 1), (0, 1), ((0, 2), (0, 2))), [1.0])[1]
    [[(0.5, 0.0), (1, 0), (1, 1), (0.5, 1.0), (0.5, 0.0)]]
    """
    levels = sorted(levels)
    outlines: list[Counter[tuple[Dot, Dot]]] = [Counter() for _ in range(len(levels) + 1)]
    for low, high, piece in grid.pieces:
        first, last = bisect(levels, low), bisect(levels, high)
        for band in range(first, last + 1):
            part = piece
            if band > first:
                part = _clipped(grid, part, levels[band - 1], above=True)
            if band < last:
                part = _clipped(grid, part, levels[band], above=False)
            for start, end in _sides(part):
                a, b = start[1:], end[1:]
                outlines[band][min(a, b), max(a, b)] += (a < b) - (a > b)
    return [_rings(outline) for outline in outlines]


def _evenly(low: float, high: float, count: int) -> list[float]:
    steps = max(1, count - 1)
    return [low * (1 - i / steps) + high * (i / steps) for i in range(count)]


def _sides(piece: Patch) -> Iterator[Side]:
    return pairwise([*piece, *piece[:1]])


def _straight(lower: Corner, higher: Corner, level: float) -> Corner:
    """Where the straight line between two corners has the height of the level."""
    (low, x, y), (high, x_end, y_end) = lower, higher
    size = high / 2 - low / 2  # halves, because from -1e308 to 1e308 is no longer a float
    part = (level / 2 - low / 2) / size if size else 1.0
    return level, x * (1 - part) + x_end * part, y * (1 - part) + y_end * part


def _clipped(grid: Grid, piece: Patch, level: float, above: bool) -> Patch:
    """The part of a piece at the level and above it, or else below it.

    Source: Sutherland and Hodgman, Reentrant Polygon Clipping (1974).
    """
    part = []
    for start, end in _sides(piece):
        if (start[0] >= level) == above:
            part.append(start)
        if (start[0] >= level) != (end[0] >= level):
            part.append(grid.crossing((min(start, end), max(start, end)), level))
    return part


def _rings(outline: Counter[tuple[Dot, Dot]]) -> list[list[Dot]]:
    """The sides joined to closed rings. Those between two pieces were walked both ways: count 0."""
    onward: defaultdict[Dot, list[Dot]] = defaultdict(list)
    for (a, b), count in outline.items():
        if count:
            start, end = (a, b) if count > 0 else (b, a)
            onward[start].append(end)
    rings = []
    for start in onward:
        while onward[start]:
            ring = [start, onward[start].pop()]
            while ring[-1] != start:
                ring.append(onward[ring[-1]].pop())
            rings.append(ring)
    return rings
