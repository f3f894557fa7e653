"""Where everything goes: the numbers of a chart, laid out on a square of side 1.

On the page: `print(f"{step:4}`. There a number stands in its column, here at its place. The
square's lower left corner is (0, 0) and its upper right corner is (1, 1). `terminal` stretches it
over rows and columns, `svg` over pixels; neither needs to know a number of the data.

>>> frame = Frame(Axis(0, 10), Axis(0, 100))
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
from mathlab.drawing.paper.canvas import Dot

SEEN = 0.01  # of the height of the picture: what is less is not worth a word


@dataclass(frozen=True)
class Frame:
    """The two axes of a picture; if they are `equal`, a unit of the one is as long as of the other.
    """

    x: Axis
    y: Axis
    equal: bool = False

    def fitted(self, width: float, height: float) -> Dot:
        """How wide and high the picture is, where there is so much room for it.

        >>> Frame(Axis(0, 4), Axis(0, 1), equal=True).fitted(200, 100)
        (200.0, 50.0)
        """
        if not self.equal:
            return width, height
        across, up = (axis.high / 2 - axis.low / 2 for axis in (self.x, self.y))
        unit = min(width / across, height / up)
        return max(1.0, unit * across), max(1.0, unit * up)

    def place(self, dot: Dot) -> Dot:
        """Where the dot goes: outside the square if it lies outside the ranges, nan if nowhere."""
        x, y = dot
        return self.x.place(x), self.y.place(y)

    def said(self, dot: Dot) -> str:
        """A dot in words about the picture.

        >>> Frame(Axis(0, 10), Axis(0, 100)).said((2.5, 1 / 3))
        '(2.5, 0.3)'
        """
        x, y = dot
        return f"({self.x.said(x)}, {self.y.said(y)})"

    def inside(self, dot: Dot) -> bool:
        """Whether a dot is in the picture."""
        return all(0 <= place <= 1 for place in self.place(dot))

    def way(self, runs: Iterable[Iterable[Dot]], smooth: bool = False) -> str:
        """What is seen of a line, in words: its ends, and how low and high it is between them; on a
        smooth one also between its dots.

        >>> Frame(Axis(0, 10), Axis(0, 100)).way([[(0, 50), (4, 10), (10, 90)]])
        'from (0, 50) to (10, 90), lowest at (4, 10)'
        """
        strokes = self.strokes(runs)
        if not strokes:
            return "outside the picture"
        dots = [dot for stroke in strokes for dot in stroke]
        ends = dots[0], dots[-1]
        told = "from {} to {}".format(*map(self._number, ends))
        for name, most, sign in (("lowest", min, 1), ("highest", max, -1)):
            found = most(dots, key=lambda dot: dot[1])
            if smooth:
                found = _turn(dots, found)
            if all(sign * (end[1] - found[1]) > SEEN for end in ends):
                told += f", {name} at {self._number(found)}"
        return f"in {len(strokes)} pieces, {told}" if len(strokes) > 1 else told

    def _number(self, place: Dot) -> str:
        return self.said((self.x.number(place[0]), self.y.number(place[1])))

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
                      for x, y in map(self.place, area)]
            if not all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places):
                for axis in (0, 1):
                    for edge, inwards in ((0.0, 1.0), (1.0, -1.0)):
                        places = _beyond(places, axis, edge, inwards)
            if len(places) > 2:
                cut.append(places)
        return cut


def _turn(dots: list[Dot], dot: Dot) -> Dot:
    """Where the parabola through this dot and its neighbours turns; the dot, if that is not between
    them."""
    i = dots.index(dot)
    if not 0 < i < len(dots) - 1 or not dots[i - 1][0] < dot[0] < dots[i + 1][0]:
        return dot
    (a, before), (b, after) = ((x - dot[0], y - dot[1]) for x, y in (dots[i - 1], dots[i + 1]))
    bend = (after / b - before / a) / (b - a)
    slope = before / a - bend * a
    x = -slope / (2 * bend) if bend else 0.0
    return (dot[0] + x, dot[1] + (slope + bend * x) * x) if a < x < b else dot


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
