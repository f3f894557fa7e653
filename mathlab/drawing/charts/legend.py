"""The legend of an SVG file: of each layer what it looks like, and its label.

On the page: `print(f"{step:4}`. A heading over each column says what the numbers are. What tells
layers apart is not their colour alone, which a printer takes away: each class of points has a shape
of its own, and each line its dashes. The shades of a map are shown with the numbers between them.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from mathlab.drawing.charts.kind import Kind
from mathlab.drawing.paper import shapes
from mathlab.drawing.paper.ink import COLOURS, LETTER, LINE, ROOM, text
from mathlab.drawing.paper.text import cells, number, plain, short

GREY = "#808080"  # guides: 3.9 to 1 against white, 4.5 to 1 against the dark paper
DENSE, THIN = 0.85, 0.25  # opacity of areas
DENSEST = 0.45  # opacity of the highest band of a map: points and lines stand out on it
SPOTTED = ("points", "crowd")  # looks that are a dot in the legend, and
FILLED = ("bars", "bands", "maps")  # an area; what is not named here is a line
SAMPLE, SPOT = 34, 8  # pixels for the look of a layer, and of points
SWATCH = 40  # pixels for one shade of a map, where there is room


class Pen(NamedTuple):
    """What a layer is drawn with: its number, from 1, its colour, and how many layers come before
    it that take their shapes or dashes in turn with it."""

    number: int
    layer: Kind
    colour: str
    turn: int

    @classmethod
    def of(cls, number: int, layer: Kind, turn: int) -> "Pen":
        """The pen of a layer."""
        colour = COLOURS[(number - 1) % len(COLOURS)] if layer.coloured else GREY
        return cls(number, layer, colour, turn)

    @property
    def sample(self) -> int:
        """How many pixels its look takes in the legend."""
        return SPOT if self.layer.look in SPOTTED else SAMPLE

    @property
    def edge(self) -> str:
        """The look of an area that lets what is beneath shine through: its edge has dashes."""
        pen = f' fill-opacity="{THIN}" stroke="{self.colour}"'
        return pen + shapes.dashes(self.turn)

    def shade(self, band: int) -> float:
        """The opacity of a band of its map, the lowest of which is 0."""
        return DENSEST * band / max(1, len(self.layer.levels))


Row = list[tuple[Pen, int]]  # layers, and how many pixels they take


def legend(pens: Iterable[Pen], width: int) -> list[Row]:
    """The layers and their widths in pixels, in as few rows as the width allows: all that have a
    label that stands nowhere else."""
    rows: list[Row] = [[]]
    for pen in pens:
        if not pen.layer.label or pen.layer.named or pen.layer.levels:
            continue
        name = cut(pen.layer.label, width - SAMPLE - 3 * ROOM)
        taken = pen.sample + LETTER * len(cells(name)) + 2 * ROOM
        if rows[-1] and sum(taken for _, taken in rows[-1]) + taken > width:
            rows.append([])
        rows[-1].append((pen, taken))
    return [row for row in rows if row]


def drawn(row: Row, middle: float, y: float) -> list[str]:
    """One row of the legend: of each layer its look and its label."""
    x = max(ROOM, middle - sum(taken for _, taken in row) / 2)
    parts = []
    for pen, taken in row:
        name = cut(pen.layer.label, taken - pen.sample - 2 * ROOM)
        words = text(name, (x + pen.sample + ROOM / 2, y))
        parts.append(f'<g class="layer-{pen.number}">{_sample(pen, x, y)}{words}</g>')
        x += taken
    return parts


def scale(pen: Pen, middle: float, y: float, width: float) -> list[str]:
    """The shades of a map from the lowest band to the highest, and the numbers where they meet."""
    levels = [*map(number, pen.layer.levels)]
    name = cut(pen.layer.label, width / 3)
    named = LETTER * len(cells(name)) + ROOM if name else 0
    wide = min(SWATCH, (width - 2 * ROOM - named) / (len(levels) + 1))
    x = middle - (named + wide * (len(levels) + 1)) / 2
    parts = [text(name, (x, y))] if name else []
    x += named
    ends = [x + i * wide for i in range(len(levels) + 2)]
    for band, (left, right) in enumerate(pairwise(ends)):
        look = f'fill="{pen.colour}" fill-opacity="{pen.shade(band):.2f}"'
        parts.append(f"<g {look}>{_block(left, right, y)}</g>")
    parts.append(f'<g class="axis">{_block(ends[0], ends[-1], y)}</g>')
    every = int((LETTER * max(map(len, levels)) + ROOM / 2) // wide) + 1  # as many as have room
    for level, end in [*zip(levels, ends[1:], strict=False)][::every]:
        parts.append(shapes.axis_line((end, y + 1), (end, y + 5)))
        parts.append(text(level, (end, y + LINE), "middle"))
    return parts


def cut(words: str, width: float) -> str:
    """The words, with dots instead of what would be wider."""
    return short(plain(words), int(width) // LETTER)


def _sample(pen: Pen, x: float, y: float) -> str:
    if pen.layer.look in SPOTTED:
        spot = shapes.spot((x + SPOT / 2, y - 4), SPOT / 2, pen.turn)
        return f'<g fill="{pen.colour}">{spot}</g>'
    if pen.layer.look in FILLED:
        look = f' fill-opacity="{DENSE}"' if pen.layer.look == "bars" else pen.edge
        return f'<g fill="{pen.colour}"{look}>{_block(x, x + SAMPLE, y)}</g>'
    ends = [(x, y - 4), (x + SAMPLE, y - 4)]
    if not pen.layer.coloured:
        return shapes.guide(ends, pen.colour)
    return shapes.line(ends, pen.colour, shapes.dashes(pen.turn))


def _block(left: float, right: float, y: float) -> str:
    return shapes.area([(left, y - 9), (right, y - 9), (right, y + 1), (left, y + 1)])
