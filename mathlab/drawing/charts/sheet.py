"""The surface of a terminal: dots, lines, areas and words as characters on a sheet.

On the page: `print(f"{step:4}`. The numbers of one layer become characters, each in its cell.

>>> from mathlab.drawing.charts.axis import Axis
>>> from mathlab.drawing.paper.signs import ASCII
>>> sheet = Sheet(Frame(Axis(0, 10), Axis(0, 10)), Canvas(11, 11), ASCII, number=0)
>>> sheet.mark((5, 5))
>>> sheet.ink
{(5, 5): 'X'}
"""

import math
from collections.abc import Sequence

from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.frame import Frame
from mathlab.drawing.charts.kind import MANY, Run, Surface
from mathlab.drawing.paper.canvas import PATTERNS, Canvas, Cell, Dot, Ink, braille, crowd, stamp
from mathlab.drawing.paper.signs import UNICODE, Signs


class Sheet(Surface):
    """What one layer of a chart looks like in characters.

    number   how many layers of its look come before it: each takes the next sign
    """

    def __init__(self, frame: Frame, canvas: Canvas, signs: Signs, number: int):
        self.frame, self.canvas, self.signs, self.number = frame, canvas, signs, number
        self.ink: Ink = {}
        self.names: list[tuple[Cell, str]] = []  # words, and the cell beside which they belong

    def points(self, runs: Sequence[Run]) -> None:
        """A sign each, or, if they are the first of their look and many, dots."""
        spots = self.canvas.spots(self.frame.dots(runs))
        if self.number or sum(map(len, runs)) < MANY:
            self.ink |= stamp(spots, self._sign("points"))
        else:
            self.ink |= braille(spots) if self.signs is UNICODE else crowd(spots)

    def line(self, runs: Sequence[Run]) -> None:
        """Braille dots with the gaps of a pattern, or a letter."""
        strokes = self.frame.strokes(runs)
        if self.signs is UNICODE:
            pattern = PATTERNS[self.number % len(PATTERNS)]
            self.ink |= braille(self.canvas.trace(strokes, pattern))
        else:
            self.ink |= stamp(self.canvas.trace(strokes), self._sign("lines")[0])

    def walk(self, runs: Sequence[Run], ends: Run) -> None:
        """The line, with a sign at either end."""
        self.line(runs)
        for dot, sign in zip(ends, self.signs.ends, strict=False):
            self._stamp(dot, sign)

    def guide(self, run: Run) -> None:
        """A line of signs; they stand or lie, as it does."""
        (x, _), (x_end, _) = run
        look = "upright" if x == x_end else "level"
        self.ink |= stamp(self.canvas.trace(self.frame.strokes([run])), self._sign(look))

    def arrows(self, runs: Sequence[Run]) -> None:
        """The shafts, and a head at the tip of each, turned as the arrow is on the sheet."""
        shafts = self.canvas.trace(self.frame.strokes(runs))
        self.ink |= braille(shafts) if self.signs is UNICODE else stamp(shafts, ".")
        heads = self.signs.heads
        for run in runs:
            start, end = map(self.frame.place, run)
            if math.isnan(sum(start + end)):
                continue  # it has no place on a log axis
            if self.canvas.spot(start) != self.canvas.spot(end):  # else too short to point anywhere
                turn = round(self.canvas.angle(start, end) / math.tau * len(heads))
                self._stamp(run[1], heads[turn % len(heads)])

    def areas(self, areas: Sequence[Run], solid: bool) -> None:
        """The dots inside that its sign has: in a band every other one, so that lines are seen."""
        spots = self.canvas.fill(self.frame.areas(areas))
        sign = self._sign("bars" if solid else "bands")[0]
        self.ink |= braille(spots, sign) if self.signs is UNICODE else stamp(spots, sign)

    def relief(self, contours: Contours) -> None:
        """A shade for each cell, by the band that its middle lies in."""
        canvas, highest = self.canvas, len(contours.levels)
        ys = [self.frame.y.number(1 - (row + 0.5) / canvas.rows) for row in range(canvas.rows)]
        for column in range(canvas.columns):
            x = self.frame.x.number((column + 0.5) / canvas.columns)
            for row, y in enumerate(ys):
                band = contours.band(x, y)
                if band is not None:
                    self.ink[column, row] = self.signs.shade(band, highest)

    def mark(self, dot: Dot) -> None:
        """A shape."""
        self._stamp(dot, self._sign("marks"))

    def words(self, dot: Dot, words: str) -> None:
        """Words to be written when all layers are drawn, and it is known where there is room."""
        self.names += [(self.canvas.cell(place), words) for place in self.frame.dots([[dot]])]

    def _sign(self, look: str) -> str:
        return self.signs.sample(look, self.number)

    def _stamp(self, dot: Dot, sign: str) -> None:
        self.ink |= stamp(self.canvas.spots(self.frame.dots([[dot]])), sign)
