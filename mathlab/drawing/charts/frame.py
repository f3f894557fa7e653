"""Where everything goes: the numbers of a chart, laid out on a square of side 1.

The square's lower left corner is (0, 0) and its upper right corner is (1, 1). `terminal` stretches
it over rows and columns, `svg` over pixels; neither needs to know a number of the data.

>>> from mathlab.drawing.charts.chart import Points
>>> frame = Frame.of(Chart(Points([0, 5, 10], [0, 30, 100])))
>>> frame.dots([[(5, 30)]])
[(0.5, 0.3)]

A line that leaves the square is cut where it crosses the edge:

>>> frame.strokes([[(0, 50), (20, 50), (20, 0), (5, 0)]])
[[(0.0, 0.5), (1.0, 0.5)], [(1.0, 0.0), (0.5, 0.0)]]
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from mathlab.drawing.charts.axis import FAR, Axis
from mathlab.drawing.charts.chart import Chart, Layer
from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.curve import Curve
from mathlab.drawing.charts.log_axis import LogAxis
from mathlab.drawing.charts.marks import Guide, Tangent
from mathlab.drawing.charts.series import Band, Dot, Line, Path

TURNS = 64  # pieces of a tangent
ROUNDING = 1e-9  # of the square: so near to an edge is on it


@dataclass(frozen=True)
class Frame:
    """The two axes of a picture.

    >>> Frame(Axis(0, 10), Axis(0, 100)).place((5, 25))
    (0.5, 0.25)
    """

    x: Axis
    y: Axis

    @classmethod
    def of(cls, chart: Chart) -> "Frame":
        """The axes of a chart: the ranges it asks for, or else what covers all that is seen.

        >>> Frame.of(Chart(Guide(x=3), Guide(y=80), y_range=(0, 90)))
        Frame(x=Axis(low=2.7, high=3.3), y=Axis(low=0.0, high=90.0))
        """
        dots = [dot for layer in chart.layers for run in layer.runs for dot in run]
        guides = [
            layer for layer in chart.layers if isinstance(layer, Guide) and math.isfinite(layer.at)
        ]
        xs = [x for x, _ in dots] + [guide.at for guide in guides if guide.upright]
        x_kind, y_kind = (LogAxis if log else Axis for log in (chart.x_log, chart.y_log))
        x_axis = x_kind(*chart.x_range) if chart.x_range else x_kind.covering(xs)
        if chart.y_range:
            return cls(x_axis, y_kind(*chart.y_range))
        ys = [y for x, y in dots if x_axis.low <= x <= x_axis.high]
        ys += [guide.at for guide in guides if not guide.upright]
        if chart.x_range:  # lines and areas are seen from edge to edge, and not at their ends alone
            whole = cls(x_axis, y_kind.covering([y for _, y in dots]))
            ys += [whole.y.number(y) for layer in chart.layers for y in whole._cut(layer)]
        return cls(x_axis, y_kind.covering(ys))

    def _cut(self, layer: Layer) -> list[float]:
        """At which heights a layer is cut by the left and the right edge of the square."""
        match layer:
            case Contours():
                return [self.y.place(y) for y in layer.y_range]
            case Band():
                pieces = self.areas(layer.areas)
            case Line() | Path() | Curve():
                pieces = self.strokes(layer.runs)
            case _:
                pieces = []
        return [y for piece in pieces for x, y in piece if min(x, 1 - x) < ROUNDING]

    def place(self, dot: Dot) -> Dot:
        """Where the dot goes: outside the square if it lies outside the ranges, nan if nowhere."""
        x, y = dot
        return self.x.place(x), self.y.place(y)

    def dots(self, runs: Iterable[Iterable[Dot]]) -> list[Dot]:
        """The places of the dots that lie inside the square."""
        places = [self.place(dot) for run in runs for dot in run]
        return [(x, y) for x, y in places if 0 <= x <= 1 and 0 <= y <= 1]

    def strokes(self, runs: Iterable[Iterable[Dot]]) -> list[list[Dot]]:
        """The lines through the dots of each run, cut at the edges of the square."""
        strokes: list[list[Dot]] = []
        for run in runs:
            for has_place, dots in groupby(map(self.place, run), _is_somewhere):
                places = [*dots] if has_place else []
                for start, end in pairwise(places if len(places) > 1 else 2 * places):
                    piece = _inside(start, end)
                    if piece is None:
                        continue
                    if not strokes or strokes[-1][-1] != piece[0]:
                        strokes.append([piece[0]])
                    strokes[-1].append(piece[1])
        return strokes

    def tangent(self, tangent: Tangent) -> list[list[Dot]]:
        """The line of a tangent inside of the square. (On a log axis what is straight looks
        bent.)"""
        if not tangent.runs:
            return []
        xs = {self.x.number(i / TURNS) for i in range(TURNS + 1)} | {tangent.x}
        return self.strokes([[(x, tangent.height(x)) for x in sorted(xs)]])

    def areas(self, areas: Iterable[Sequence[Dot]]) -> list[list[Dot]]:
        """The areas with these corners, cut at the edges of the square.

        >>> Frame(Axis(0, 10), Axis(0, 10)).areas([[(-5, 0), (5, 0), (5, 5), (-5, 5)]])
        [[(0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.0, 0.5)]]

        Source: I. E. Sutherland and G. W. Hodgman, "Reentrant polygon clipping" (1974).
        """
        cut = []
        for area in areas:
            # What has no place on a log axis lies below its lower end.
            places = [(-FAR if math.isnan(x) else x, -FAR if math.isnan(y) else y)
                      for x, y in map(self.place, area)]  # fmt: skip
            if not all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places):
                for axis in (0, 1):
                    for edge, inwards in ((0.0, 1.0), (1.0, -1.0)):
                        places = _beyond(places, axis, edge, inwards)
            if len(places) > 2:
                cut.append(places)
        return cut

    def guide(self, guide: Guide) -> list[Dot]:
        """The two ends of a guide, from edge to edge; none if it lies outside the ranges."""
        place = (self.x if guide.upright else self.y).place(guide.at)
        if not 0 <= place <= 1:  # also where it is nan
            return []
        return [(place, 0.0), (place, 1.0)] if guide.upright else [(0.0, place), (1.0, place)]


def _is_somewhere(dot: Dot) -> bool:
    """Whether a dot has a place: none below 0 has one on a log axis."""
    return not math.isnan(sum(dot))


def _beyond(places: list[Dot], axis: int, edge: float, inwards: float) -> list[Dot]:
    """The corners of what is left of an area on the inner side of one edge of the square."""
    kept: list[Dot] = []
    for start, end in zip(places, [*places[1:], *places[:1]], strict=True):
        was, is_ = ((dot[axis] - edge) * inwards for dot in (start, end))
        if was >= 0:
            kept.append(start)
        if (was < 0) != (is_ < 0):
            kept.append(_between(start, end, was / (was - is_)))
    return kept


def _inside(start: Dot, end: Dot) -> tuple[Dot, Dot] | None:
    """The part of a straight line that lies in the square, or None.

    Along the line, t runs from 0 to 1; each of the four edges allows only some of it.

    Source: Liang and Barsky, A New Concept and Method for Line Clipping (1984).
    """
    enter, leave = 0.0, 1.0
    for a, b in zip(start, end, strict=True):
        if a == b:
            if not 0 <= a <= 1:
                return None
            continue
        at_0, at_1 = sorted(((0 - a) / (b - a), (1 - a) / (b - a)))
        enter, leave = max(enter, at_0), min(leave, at_1)
    if enter > leave:
        return None
    return _between(start, end, enter), _between(start, end, leave)


def _between(start: Dot, end: Dot, t: float) -> Dot:
    """The dot a share t of the way from start to end."""
    x, y = (a * (1 - t) + b * t for a, b in zip(start, end, strict=True))
    return x, y
