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
from itertools import cycle
from textwrap import wrap

from mathlab.drawing.charts.axis import Axis
from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.frame import Frame
from mathlab.drawing.charts.kind import MANY, Kind, Run, Surface
from mathlab.drawing.paper import shapes
from mathlab.drawing.paper.canvas import Dot
from mathlab.drawing.paper.ink import COLOURS, LETTER, LINE, ROOM, sheet, text
from mathlab.drawing.paper.text import cells, plain, short

GREY = "#808080"  # guides: 3.9 to 1 against white, 4.5 to 1 against the dark paper
DASHES = ' stroke-dasharray="4 4"'

SMALLEST = 200  # pixels, both ways
FLATTEST = 60  # pixels between the top and the level axis
DENSE, THIN = 0.85, 0.25  # opacity of areas
DARKEST = 0.6  # opacity of the highest band of a map
SAMPLE = 20  # pixels for the look of a layer in the legend
FILLED = {"bars": DENSE, "bands": THIN, "maps": THIN}  # looks that are an area in the legend,
SPOTTED = ("points", "crowd")  # and a dot; what is not named here is a line

Pen = tuple[Kind, str]  # a layer and its colour
Panel = tuple[int, str, str, list[str]]  # a picture: its height, its title, its words, its elements


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


def render(chart: Chart, width: int = 640, height: int = 400, animate: bool = False) -> str:
    """The picture as the text of an SVG file.

    width, height   in pixels, at least 200; higher than asked only if its labels would not fit in
    animate         whether a dot walks along each path, again and again, without any script
    """
    return beside([chart], width, height, animate)


def beside(charts: Sequence[Chart], width: int = 640, height: int = 400,
           animate: bool = False) -> str:
    """Several pictures side by side in one SVG file; `width` and `height` are those of each."""
    width = max(SMALLEST, width)
    highest, titles, words, parts = SMALLEST, [], [], list[str]()
    for i, chart in enumerate(charts):
        high, title, heard, inner = _panel(chart, width, max(SMALLEST, height), animate)
        highest = max(highest, high)
        titles.append(title)
        words.append(heard)
        parts += [f'<g transform="translate({i * width} 0)">', *inner, "</g>"] if i else inner
    return sheet(width * len(charts), highest, "; ".join(titles), " ".join(words), parts)


def _panel(chart: Chart, width: int, height: int, animate: bool) -> Panel:
    """One picture of those in a file."""
    frame = chart.frame
    pens = [
        (layer, colour if layer.coloured else GREY)
        for layer, colour in zip(chart.layers, cycle(COLOURS), strict=False)]
    legend = _legend([pen for pen in pens if pen[0].label and not pen[0].named], width)
    inner = width - 3 * ROOM  # what is centred stands a little to the right
    headline = _lines(chart.title, inner * LETTER // (LETTER + 2))  # its letters are larger
    below = [words for label in (chart.x_label, chart.note) for words in _lines(label, inner)]

    top = ROOM + LINE * (len(headline) + bool(chart.y_label))
    under = ROOM + LINE * (1 + len(below) + len(legend))
    height = max(height, top + FLATTEST + under)
    bottom = height - under
    y_scale = frame.y.scale(max(2, (bottom - top) // 50))
    left = 2 * ROOM + LETTER * max((len(words) for _, words in y_scale), default=0)
    box = Box(left, top, width - 2 * ROOM, bottom)
    middle = (box.left + box.right) / 2

    large = ' font-size="15"'
    parts = [text(line, (middle, i * LINE), "middle", large) for i, line in enumerate(headline, 1)]
    if chart.y_label:  # clear of the topmost tick
        parts.append(text(_cut(chart.y_label, width - 2 * ROOM), (ROOM, top - 12)))
    parts += _y_axis(y_scale, box) + _x_axis(frame.x, box)
    for layer, colour in sorted(pens, key=lambda pen: pen[0].depth):
        drawing = Drawing(frame, box, colour, animate)
        layer.draw(drawing)
        parts += drawing.parts
    for i, words in enumerate(below, 2):
        parts.append(text(words, (middle, box.bottom + i * LINE), "middle"))
    for i, row in enumerate(legend, 2 + len(below)):
        parts += _legend_row(row, middle, box.bottom + i * LINE)
    x_label, y_label = chart.x_label or "x", chart.y_label or "y"
    title = chart.title or f"{y_label} against {x_label}"
    return height, title, _description(chart, frame, x_label, y_label), parts


class Drawing(Surface):
    """What one layer of a chart looks like in SVG: its elements."""

    def __init__(self, frame: Frame, box: Box, colour: str, animate: bool):
        self.frame, self.box, self.colour, self.animate = frame, box, colour, animate
        self.parts: list[str] = []

    def points(self, runs: Sequence[Run]) -> None:
        """Discs, those in one place once; many are small, and let each other shine through."""
        dots = self._dots(runs)
        radius, opacity = (2.5, 0.6) if len(dots) >= MANY else (4, 0.9)
        once = dict.fromkeys(map(shapes.grain, dots))
        self._group(opacity, [shapes.circle(dot, radius) for dot in once])

    def line(self, runs: Sequence[Run]) -> None:
        """Lines from dot to dot."""
        self.parts += [shapes.line(stroke, self.colour) for stroke in self._strokes(runs)]

    def walk(self, runs: Sequence[Run], ends: Run) -> None:
        """Lines with heads along them, a hollow disc at the start and a full one at the end."""
        colour, strokes = self.colour, self._strokes(runs)
        self.line(runs)
        heads = [barbs for stroke in strokes for barbs in shapes.heads(stroke)]
        self.parts += [shapes.line(barbs, colour) for barbs in heads]
        moving = [stroke for stroke in strokes if self.animate and len(set(stroke)) > 1]
        self.parts += [shapes.walker(stroke, colour) for stroke in moving]
        for end, fill in zip(ends, ('class="paper"', f'fill="{colour}"'), strict=False):
            look = f' {fill} stroke="{colour}" stroke-width="2"'
            self.parts += [shapes.circle(dot, 5, look) for dot in self._dots([[end]])]

    def guide(self, run: Run) -> None:
        """A dashed line."""
        self.parts += [shapes.line(stroke, self.colour, DASHES) for stroke in self._strokes([run])]

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
        self._group(DENSE if solid else THIN, map(shapes.area, each.values()))

    def relief(self, contours: Contours) -> None:
        """The bands of a map, darker from one to the next, and the lines between them."""
        for i, rings in enumerate(contours.areas[1:], 1):
            cut = [[self.box.at(dot) for dot in ring] for ring in self.frame.areas(rings)]
            if cut:
                way = " ".join(f"M{' '.join(f'{x:.1f},{y:.1f}' for x, y in ring)}Z" for ring in cut)
                opacity = f"{DARKEST * i / len(contours.levels):.2f}"
                look = f'fill="{self.colour}" fill-opacity="{opacity}"'
                self.parts.append(f'<path d="{way}" fill-rule="evenodd" {look}/>')
        strokes = self.frame.strokes(contours.lines)
        lines = [shapes.line(map(self.box.at, stroke), self.colour) for stroke in strokes]
        self.parts.append(f'<g stroke-opacity="0.5">{"".join(lines)}</g>')

    def mark(self, dot: Dot) -> None:
        """A disc."""
        self.parts += [shapes.circle(at, 5, f' fill="{self.colour}"') for at in self._dots([[dot]])]

    def words(self, dot: Dot, words: str) -> None:
        """Words to the right of the dot, or to its left where the picture ends."""
        for x, y in self._dots([[dot]]):
            name = _cut(words, max(self.box.right - x, x - self.box.left))
            fits = x + ROOM / 2 + LETTER * len(name) <= self.box.right + ROOM
            side, anchor = (ROOM / 2, "start") if fits else (-ROOM / 2, "end")
            self.parts.append(text(name, (x + side, max(y - ROOM / 2, LINE)), anchor))

    def _dots(self, runs: Sequence[Run]) -> list[Dot]:
        return [self.box.at(dot) for dot in self.frame.dots(runs)]

    def _strokes(self, runs: Sequence[Run]) -> list[list[Dot]]:
        return [shapes.thinned(map(self.box.at, stroke)) for stroke in self.frame.strokes(runs)]

    def _group(self, opacity: float, parts: Iterable[str]) -> None:
        """Areas and discs of the colour of the layer."""
        self.parts += [f'<g fill="{self.colour}" fill-opacity="{opacity}">', *parts, "</g>"]


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


def _legend(pens: Iterable[Pen], width: int) -> list[list[tuple[Pen, int]]]:
    """The layers and their widths in pixels, in as few rows as the width allows."""
    rows: list[list[tuple[Pen, int]]] = [[]]
    for pen in pens:
        taken = SAMPLE + LETTER * len(cells(_cut(pen[0].label, width - 4 * ROOM))) + 2 * ROOM
        if rows[-1] and sum(taken for _, taken in rows[-1]) + taken > width:
            rows.append([])
        rows[-1].append((pen, taken))
    return [row for row in rows if row]


def _legend_row(row: list[tuple[Pen, int]], middle: float, y: float) -> list[str]:
    """One row of the legend: of each layer its look and its label."""
    x = max(ROOM, middle - sum(taken for _, taken in row) / 2)
    parts = []
    for (layer, colour), taken in row:
        if layer.look in SPOTTED:
            parts.append(shapes.circle((x + SAMPLE / 2, y - 4), 4, f' fill="{colour}"'))
        elif opacity := FILLED.get(layer.look):
            corners = [(x, y - 9), (x + SAMPLE, y - 9), (x + SAMPLE, y + 1), (x, y + 1)]
            parts.append(f'<g fill="{colour}" fill-opacity="{opacity}">{shapes.area(corners)}</g>')
        else:
            dashes = "" if layer.coloured else DASHES
            parts.append(shapes.line([(x, y - 4), (x + SAMPLE, y - 4)], colour, dashes))
        name = _cut(layer.label, taken - SAMPLE - 2 * ROOM)
        parts.append(text(name, (x + SAMPLE + ROOM / 2, y)))
        x += taken
    return parts


def _lines(words: str, width: int) -> list[str]:
    """The words in lines that are no wider."""
    return wrap(plain(words), max(1, width * len(words) // max(1, LETTER * len(cells(words)))))


def _cut(words: str, width: float) -> str:
    """The words, with dots instead of what would be wider."""
    return short(plain(words), int(width) // LETTER)


def _description(chart: Chart, frame: Frame, x_label: str, y_label: str) -> str:
    """The chart in words."""
    named = ((x_label, frame.x), (y_label, frame.y))
    ranges = ", ".join(f"{label} from {axis.low:g} to {axis.high:g}" for label, axis in named)
    shown = "; ".join(layer.in_words for layer in chart.layers) or "nothing"
    return f"{ranges}. Shown: {shown}."
