"""A chart as an SVG file: sharp at any size, and readable on a light page and on a dark one.

On the page: `print(f"{step:4}`. Not printed, but a file for a browser or a paper. Text stays text,
with a title and a description for those who listen to the picture.

>>> from mathlab.drawing.charts.series import Points
>>> picture = render(Chart(Points([1, 2], [3, 5], label="cost < price"), title="Two points"))
>>> picture.splitlines()[1]
'<title>Two points</title>'
>>> "cost &lt; price" in picture
True

Source: Scalable Vector Graphics (SVG) 1.1, Second Edition, W3C (2011).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from mathlab.drawing.charts.axis import Axis
from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.frame import Frame
from mathlab.drawing.charts.kind import MANY, Run, Surface, numbered
from mathlab.drawing.charts.legend import DENSE, Pen, cut, drawn, legend, scale
from mathlab.drawing.paper import shapes
from mathlab.drawing.paper.canvas import Dot
from mathlab.drawing.paper.ink import LETTER, LINE, ROOM, sheet, text
from mathlab.drawing.paper.text import cells, plain

SMALLEST = 200  # pixels, both ways
SMALL, LARGE = 2, 4  # radius of points, if they are many and if they are few
FLATTEST = 60  # pixels between the top and the level axis

Panel = tuple[int, str, str, str, list[str]]  # height, title, words, data, elements of a picture


@dataclass(frozen=True)
class Box:
    """The pixels between the axes; y grows downwards, as in all of SVG."""

    left: float
    top: float
    right: float
    bottom: float

    def at(self, dot: Dot) -> Dot:
        """The pixel of a dot of the square of side 1."""
        x, y = dot
        return self.left + x * (self.right - self.left), self.bottom + y * (self.top - self.bottom)

    def meets(self, other: "Box") -> bool:
        """Whether they have room in common."""
        return (self.left < other.right and other.left < self.right
                and self.top < other.bottom and other.top < self.bottom)

    def data(self, frame: Frame) -> str:
        """Where a script finds a place: the pixels of the box, and the numbers at its edges."""
        edges = f"{self.left:g} {self.top:g} {self.right:g} {self.bottom:g}"
        x, y = (f"{axis.low!r} {axis.high!r} {axis.kind}" for axis in (frame.x, frame.y))
        return f' data-box="{edges}" data-x="{x}" data-y="{y}"'


def render(chart: Chart, width: int = 640, height: int = 400) -> str:
    """The picture as the text of an SVG file.

    width, height   in pixels, at least 200; higher than asked only if its labels would not fit in
    """
    return beside([chart], width, height)


def beside(charts: Sequence[Chart], width: int = 640, height: int = 400) -> str:
    """Several pictures side by side in one SVG file; `width` and `height` are those of each."""
    width = max(SMALLEST, width)
    highest, titles, words, first, parts = SMALLEST, [], [], "", list[str]()
    for i, chart in enumerate(charts):
        high, title, heard, data, inner = _panel(chart, width, max(SMALLEST, height))
        highest = max(highest, high)
        titles.append(title)
        words.append(heard)
        if i:
            parts += [f'<g transform="translate({i * width} 0)"{data}>', *inner, "</g>"]
        else:
            first, parts = data, inner
    return sheet(width * len(charts), highest, "; ".join(titles), " ".join(words), parts, first)


def _panel(chart: Chart, width: int, height: int) -> Panel:
    """One picture of those in a file."""
    frame = chart.frame
    turns = enumerate(zip(chart.layers, numbered(chart.layers), strict=True), 1)
    pens = [Pen.of(i, layer, turn) for i, (layer, turn) in turns]
    rows = legend(pens, width)
    maps = [pen for pen in pens if pen.layer.levels]
    inner = width - 3 * ROOM  # what is centred stands a little to the right
    headline = _lines(chart.title, inner * LETTER // (LETTER + 2))  # its letters are larger
    below = [words for label in (chart.x_label, chart.note) for words in _lines(label, inner)]

    top = ROOM + LINE * (len(headline) + bool(chart.y_label))
    under = ROOM + LINE * (1 + len(below) + len(rows) + 2 * len(maps))
    height = max(height, top + FLATTEST + under)
    most = (max(width, height) if frame.equal else height) - top - under
    high: float = height - top - under
    for _ in range(2):  # labels need room, and what is equal, needs no more than the other side has
        y_scale = frame.y.scale(max(2, int(high // 50)))
        left = 2 * ROOM + LETTER * max((len(words) for _, words in y_scale), default=0)
        room = width - 2 * ROOM - left
        wide, high = frame.fitted(room, most)
    spare = (room - wide) / 2
    box = Box(left + spare, top, left + spare + wide, top + high)
    middle = (box.left + box.right) / 2

    large, taken = ' font-size="15"', [Box(0, 0, width, LINE * len(headline) + 4)]
    parts = [text(line, (middle, i * LINE), "middle", large) for i, line in enumerate(headline, 1)]
    if chart.y_label:  # clear of the topmost tick
        words = cut(chart.y_label, width - 2 * ROOM)
        wide = LETTER * len(cells(words))
        start = max(ROOM, min(ROOM + spare, width - ROOM - wide))
        parts.append(text(words, (start, top - 12)))
        taken.append(Box(start, top - 23, start + wide, top - 8))
    parts += _y_axis(y_scale, box) + _x_axis(frame.x, box)
    for pen in sorted(pens, key=lambda pen: pen.layer.depth):
        drawing = Drawing(frame, box, pen, taken)
        pen.layer.draw(drawing)
        parts += [f'<g class="layer-{pen.number}">', *drawing.parts, "</g>"]
    for i, words in enumerate(below, 2):
        parts.append(text(words, (middle, box.bottom + i * LINE), "middle"))
    for i, row in enumerate(rows, 2 + len(below)):
        parts += drawn(row, middle, box.bottom + i * LINE)
    for i, pen in enumerate(maps):
        line = 2 + len(below) + len(rows) + 2 * i
        parts += scale(pen, middle, box.bottom + line * LINE, width)
    x_label, y_label = chart.x_label or "x", chart.y_label or "y"
    title = chart.title or f"{y_label} against {x_label}"
    heard = _description(chart, frame, x_label, y_label)
    return round(top + high + under), title, heard, box.data(frame), parts


Chart._repr_svg_ = render  # so a notebook shows it


class Drawing(Surface):
    """What one layer of a chart looks like in SVG: its elements."""

    def __init__(self, frame: Frame, box: Box, pen: Pen, taken: list[Box]):
        self.frame, self.box, self.pen, self.colour = frame, box, pen, pen.colour
        self.taken = taken  # where words stand
        self.parts: list[str] = []

    def points(self, runs: Sequence[Run]) -> None:
        """Discs, triangles or the like, those in one place once; many are small."""
        dots = self._dots(runs)
        once = dict.fromkeys(map(shapes.grain, dots))
        if len(dots) >= MANY and self.pen.turn == 0:
            self.parts.append(shapes.crowd(once, SMALL, self.colour))
        else:
            radius = SMALL if len(dots) >= MANY else LARGE
            self._group([shapes.spot(dot, radius, self.pen.turn) for dot in once])

    def line(self, runs: Sequence[Run]) -> None:
        """Lines from dot to dot, with the dashes of their turn."""
        look = shapes.dashes(self.pen.turn)
        self.parts += [shapes.line(stroke, self.colour, look) for stroke in self._strokes(runs)]

    def walk(self, runs: Sequence[Run], ends: Run) -> None:
        """Lines with heads along them, a hollow disc at the start and a full one at the end."""
        colour, strokes = self.colour, self._strokes(runs)
        self.line(runs)
        heads = [barbs for stroke in strokes for barbs in shapes.heads(stroke)]
        self.parts += [shapes.line(barbs, colour) for barbs in heads]
        for end, fill in zip(ends, ('class="paper"', f'fill="{colour}"'), strict=False):
            look = f' {fill} stroke="{colour}" stroke-width="2"'
            self.parts += [shapes.circle(dot, 5, look) for dot in self._dots([[end]])]

    def guide(self, run: Run) -> None:
        """A dashed line."""
        self.parts += [shapes.guide(stroke, self.colour) for stroke in self._strokes([run])]

    def arrows(self, runs: Sequence[Run]) -> None:
        """Shafts, those in one place once, and the heads that are to be seen."""
        shafts = {
            (shapes.grain(stroke[0]), shapes.grain(stroke[-1])): bool(self.frame.dots([run[1:]]))
            for run in runs
            for stroke in self._strokes([run])}
        self.parts += [shapes.arrow(*ends, self.colour, head) for ends, head in shafts.items()]

    def areas(self, areas: Sequence[Run], solid: bool) -> None:
        """Areas, those in one place once."""
        outlines = [map(self.box.at, corners) for corners in self.frame.areas(areas)]
        each = {tuple(map(shapes.grain, dots)): dots for dots in map(shapes.thinned, outlines)}
        look = f' fill-opacity="{DENSE}"' if solid else self.pen.edge
        self._group(map(shapes.area, each.values()), look)

    def relief(self, contours: Contours) -> None:
        """The bands of a map, denser from one to the next, and thin lines between them."""
        for i, rings in enumerate(contours.areas[1:], 1):
            cut = [shapes.bent([*map(self.box.at, ring)]) for ring in self.frame.areas(rings)]
            if cut:
                way = " ".join(f"{shapes.way(ring)}Z" for ring in cut)
                look = f'fill="{self.colour}" fill-opacity="{self.pen.shade(i):.2f}"'
                self.parts.append(f'<path d="{way}" fill-rule="evenodd" {look}/>')
        lines = "".join(shapes.rounded(shapes.bent(s)) for s in self._strokes(contours.lines))
        if lines:
            self.parts.append(f'<path class="axis" d="{lines}" stroke-opacity="0.6"/>')

    def mark(self, dot: Dot) -> None:
        """A disc."""
        self.parts += [shapes.circle(at, 5, f' fill="{self.colour}"') for at in self._dots([[dot]])]

    def words(self, dot: Dot, words: str) -> None:
        """Words to the right of the dot, or to its left where the picture ends; above it, or below
        where other words stand."""
        for x, y in self._dots([[dot]]):
            name = cut(words, max(self.box.right - x, x - self.box.left))
            wide, above = LETTER * len(cells(name)), max(y - ROOM / 2, LINE)
            lines = [above, y + LINE, above - LINE, y + 2 * LINE]
            places = [
                (Box(left, line - LETTER - 4, left + wide, line + 4), anchor, (start, line))
                for line in lines if LINE <= line <= self.box.bottom
                for start, anchor, left in ((x + ROOM / 2, "start", x + ROOM / 2),
                                            (x - ROOM / 2, "end", x - ROOM / 2 - wide))
                if self.box.left - ROOM / 2 <= left and left + wide <= self.box.right + ROOM]
            clear = [place for place in places if not any(map(place[0].meets, self.taken))]
            for place, anchor, at in (clear or places)[:1]:
                self.taken.append(place)
                self.parts.append(text(name, at, anchor))

    def _dots(self, runs: Sequence[Run]) -> list[Dot]:
        return [self.box.at(dot) for dot in self.frame.dots(runs)]

    def _strokes(self, runs: Sequence[Run]) -> list[list[Dot]]:
        return [shapes.thinned(map(self.box.at, stroke)) for stroke in self.frame.strokes(runs)]

    def _group(self, parts: Iterable[str], look: str = "") -> None:
        """Areas and discs of the colour of the layer."""
        self.parts += [f'<g fill="{self.colour}"{look}>', *parts, "</g>"]


def _y_axis(scale: Sequence[tuple[float, str]], box: Box) -> list[str]:
    """The upright axis, its labels, and a faint line across the picture at each."""
    parts = [shapes.axis_line((box.left, box.top), (box.left, box.bottom))]
    for place, words in scale:
        x, y = box.at((0.0, place))
        parts.append(shapes.axis_line((x, y), (box.right, y), "grid"))
        parts.append(text(words, (x - ROOM / 2, y + 4), "end"))  # 4: half the height of a digit
    return parts


def _x_axis(axis: Axis, box: Box) -> list[str]:
    """The level axis and its labels: as many as fit beside each other."""
    room = box.right - box.left
    for count in range(max(1, int(room // 60)), 0, -1):
        scale = axis.scale(count)
        if sum(LETTER * len(words) + ROOM for _, words in scale) <= room:
            break
    parts = [shapes.axis_line((box.left, box.bottom), (box.right, box.bottom))]
    for place, words in scale:
        x, y = box.at((place, 0.0))
        half = LETTER * len(words) / 2
        middle = min(max(x, half), box.right + 2 * ROOM - half)  # inside of the picture
        parts.append(shapes.axis_line((x, y), (x, y + 4)))
        parts.append(text(words, (middle, y + LINE), "middle"))
    return parts


def _lines(words: str, width: int) -> list[str]:
    """The words in lines that are no wider."""
    return wrap(plain(words), max(1, width * len(words) // max(1, LETTER * len(cells(words)))))


def _description(chart: Chart, frame: Frame, x_label: str, y_label: str) -> str:
    """The chart in words."""
    named = ((x_label, frame.x), (y_label, frame.y))
    ranges = ", ".join(
        f"{label} from {axis.said(axis.low)} to {axis.said(axis.high)}" for label, axis in named)
    shown = "; ".join(layer.in_words(frame) for layer in chart.layers) or "nothing"
    return f"{ranges}. Shown: {shown}."
