"""A chart as an SVG file: sharp at any size, and readable on a light page and on a dark one.

Text stays text, with a title and a description for those who listen to the picture. Its colours are
told apart by colour-blind eyes too.

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
from typing import NamedTuple

from mathlab.drawing.charts.chart import Chart, Layer, depth
from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.frame import Frame
from mathlab.drawing.charts.marks import Guide, Mark, Tangent, Text
from mathlab.drawing.charts.series import Arrows, Band, Bars, Dot, Path, Points
from mathlab.drawing.paper.ink import COLOURS, LETTER, LINE, ROOM, STYLE, safe, text
from mathlab.drawing.paper.shapes import (
    area,
    arrow,
    axis_line,
    circle,
    grain,
    heads,
    line,
    thinned,
    walker,
)
from mathlab.drawing.paper.text import cells, plain

GREY = "#808080"  # guides: 3.9 to 1 against white, 4.5 to 1 against the dark paper
DASHED = ' stroke-dasharray="4 4"'

SMALLEST = 200  # pixels, both ways
LOWEST = 60  # pixels between the top and the level axis
DARKEST = 0.6  # of the colour: the opacity of the highest band of a map
MANY = 100  # points: so many are drawn small, and let each other shine through
SAMPLE = 20  # pixels for the look of a layer in the legend

Pen = tuple[Layer, str]  # a layer and its colour


@dataclass(frozen=True)
class Box:
    """The pixels between the axes; y grows downwards, as in all of SVG.

    >>> Box(left=50, top=10, right=250, bottom=110).at((0.5, 1.0))
    (150.0, 10.0)
    """

    left: float
    top: float
    right: float
    bottom: float

    def at(self, dot: Dot) -> Dot:
        """The pixel of a dot of the square of side 1."""
        x, y = dot
        return (
            self.left + x * (self.right - self.left),
            self.bottom + y * (self.top - self.bottom),
        )


def render(chart: Chart, width: int = 640, height: int = 400, animate: bool = False) -> str:
    """The picture as the text of an SVG file.

    width, height   in pixels, at least 200; higher than asked only if its labels would not fit in
    animate         whether a dot walks along each path, again and again, without any script
    """
    return beside([chart], width, height, animate)


def beside(
    charts: Sequence[Chart], width: int = 640, height: int = 400, animate: bool = False
) -> str:
    """Several pictures side by side in one SVG file; `width` and `height` are those of each."""
    width = max(SMALLEST, width)
    panels = [_panel(chart, width, max(SMALLEST, height), animate) for chart in charts]
    whole, highest = width * len(panels), max((panel.height for panel in panels), default=SMALLEST)
    size = f'width="{whole}" height="{highest}" viewBox="0 0 {whole} {highest}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" {size} role="img" class="mathlab">',
        f"<title>{safe('; '.join(panel.title for panel in panels))}</title>",
        f"<desc>{safe(' '.join(panel.words for panel in panels))}</desc>",
        STYLE,
        f'<rect class="paper" width="{whole}" height="{highest}"/>',
    ]
    for i, panel in enumerate(panels):
        inner = panel.parts
        parts += [f'<g transform="translate({i * width} 0)">', *inner, "</g>"] if i else inner
    return "\n".join([*parts, "</svg>"])


class Panel(NamedTuple):
    """One picture of those in a file: its title, what it says in words, its elements."""

    height: int
    title: str
    words: str
    parts: list[str]


def _panel(chart: Chart, width: int, height: int, animate: bool) -> Panel:
    """The elements of one picture."""
    frame = Frame.of(chart)
    pens = [
        (layer, GREY if isinstance(layer, Guide) else colour)
        for layer, colour in zip(chart.layers, cycle(COLOURS), strict=False)
    ]
    legend = _legend([pen for pen in pens if pen[0].label and not isinstance(pen[0], Mark)], width)
    inner = width - 3 * ROOM  # what is centred stands a little to the right
    headline = _lines(chart.title, inner * LETTER // (LETTER + 2))  # its letters are larger
    below = [words for label in (chart.x_label, chart.note) for words in _lines(label, inner)]

    top = ROOM + LINE * (len(headline) + bool(chart.y_label))
    under = ROOM + LINE * (1 + len(below) + len(legend))
    height = max(height, top + LOWEST + under)
    bottom = height - under
    y_ticks = frame.y.ticks(max(2, (bottom - top) // 50))
    left = 2 * ROOM + LETTER * max(map(len, frame.y.labels(y_ticks)), default=0)
    box = Box(left, top, width - 2 * ROOM, bottom)
    middle = (box.left + box.right) / 2

    parts = []
    for i, words in enumerate(headline, 1):
        parts.append(text(words, (middle, i * LINE), "middle", ' font-size="15"'))
    if chart.y_label:
        name = _cut(chart.y_label, width - 2 * ROOM)
        parts.append(text(name, (ROOM, top - 12)))  # clear of the topmost tick
    parts += _y_axis(frame, y_ticks, box) + _x_axis(frame, box)
    for layer, colour in sorted(pens, key=lambda pen: depth(pen[0])):
        parts += _draw(layer, colour, frame, box, animate)
    line_below = box.bottom + 2 * LINE
    for i, words in enumerate(below):
        parts.append(text(words, (middle, line_below + i * LINE), "middle"))
    for i, row in enumerate(legend, len(below)):
        parts += _legend_row(row, middle, line_below + i * LINE)
    x_label, y_label = chart.x_label or "x", chart.y_label or "y"
    title = chart.title or f"{y_label} against {x_label}"
    return Panel(height, title, _description(chart, frame, x_label, y_label), parts)


def _draw(layer: Layer, colour: str, frame: Frame, box: Box, animate: bool) -> list[str]:
    """The elements of one layer."""
    dots = [box.at(dot) for dot in frame.dots(layer.runs)]
    match layer:
        case Points():
            radius, opacity = (2.5, 0.6) if len(dots) >= MANY else (4, 0.9)
            circles = [circle(dot, radius) for dot in dict.fromkeys(map(grain, dots))]
            return [f'<g fill="{colour}" fill-opacity="{opacity}">', *circles, "</g>"]
        case Mark():
            return [part for dot in dots for part in _mark(layer, dot, colour, box)]
        case Guide():
            ends = frame.guide(layer)
            return [line(map(box.at, ends), colour, DASHED)] if ends else []
        case Bars() | Band():
            opacity = 0.85 if isinstance(layer, Bars) else 0.25
            outlines = (thinned(map(box.at, corners)) for corners in frame.areas(layer.areas))
            each = {tuple(map(grain, outline)): outline for outline in outlines}  # drawn once
            group = f'<g fill="{colour}" fill-opacity="{opacity}">'
            return [group, *map(area, each.values()), "</g>"]
        case Contours():
            return _map(layer, colour, frame, box)
        case Arrows():
            shafts = {
                (grain(box.at(shaft[0])), grain(box.at(shaft[-1]))): frame.dots([run[1:]])
                for run in layer.runs
                for shaft in frame.strokes([run])
            }
            return [arrow(*ends, colour, head=bool(tip)) for ends, tip in shafts.items()]
        case Tangent():
            return [line(map(box.at, stroke), colour) for stroke in frame.tangent(layer)]
    strokes = [thinned(map(box.at, stroke)) for stroke in frame.strokes(layer.runs)]
    parts = [line(stroke, colour) for stroke in strokes]
    if isinstance(layer, Path):
        parts += [line(barbs, colour) for stroke in strokes for barbs in heads(stroke)]
        parts += [walker(stroke, colour) for stroke in strokes if animate and len(set(stroke)) > 1]
        for end, fill in zip(layer.ends, ('class="paper"', f'fill="{colour}"'), strict=False):
            for dot in frame.dots([[end]]):
                parts.append(circle(box.at(dot), 5, f' {fill} stroke="{colour}" stroke-width="2"'))
    return parts


def _map(contours: Contours, colour: str, frame: Frame, box: Box) -> list[str]:
    """The bands of a map, darker from one to the next, and the lines between them."""
    parts = []
    for i, rings in enumerate(contours.areas[1:], 1):
        cut = [[box.at(dot) for dot in ring] for ring in frame.areas(rings)]
        if cut:
            way = " ".join(f"M{' '.join(f'{x:.1f},{y:.1f}' for x, y in ring)}Z" for ring in cut)
            look = f'fill="{colour}" fill-opacity="{DARKEST * i / len(contours.levels):.2f}"'
            parts.append(f'<path d="{way}" fill-rule="evenodd" {look}/>')
    lines = [line(map(box.at, stroke), colour) for stroke in frame.strokes(contours.lines)]
    return [*parts, f'<g stroke-opacity="0.5">{"".join(lines)}</g>']


def _mark(mark: Mark, dot: Dot, colour: str, box: Box) -> list[str]:
    """A disc, and its name to its right, or to its left where the picture ends."""
    (x, y), label = dot, _cut(mark.label, max(box.right - dot[0], dot[0] - box.left))
    baseline = max(y - ROOM / 2, LINE)
    if x + ROOM / 2 + LETTER * len(label) <= box.right + ROOM:
        name = text(label, (x + ROOM / 2, baseline))
    else:
        name = text(label, (x - ROOM / 2, baseline), "end")
    return [name] if isinstance(mark, Text) else [circle(dot, 5, f' fill="{colour}"'), name]


def _y_axis(frame: Frame, ticks: Sequence[float], box: Box) -> list[str]:
    """The upright axis, its labels, and a faint line across the picture at each."""
    parts = [axis_line((box.left, box.top), (box.left, box.bottom))]
    for value, words in zip(ticks, frame.y.labels(ticks), strict=True):
        x, y = box.at((0.0, frame.y.place(value)))
        parts.append(axis_line((x, y), (box.right, y), "grid"))
        parts.append(text(words, (x - ROOM / 2, y + 4), "end"))  # 4: half the height of a digit
    return parts


def _x_axis(frame: Frame, box: Box) -> list[str]:
    """The level axis and its labels: as many as fit beside each other."""
    room = box.right - box.left
    for count in range(max(1, int(room // 60)), 0, -1):
        labels = frame.x.labels(frame.x.ticks(count))
        if sum(LETTER * len(words) + ROOM for words in labels) <= room:
            break
    parts = [axis_line((box.left, box.bottom), (box.right, box.bottom))]
    for value, words in zip(frame.x.ticks(count), labels, strict=True):
        x, y = box.at((frame.x.place(value), 0.0))
        half = LETTER * len(words) / 2
        middle = min(max(x, half), box.right + 2 * ROOM - half)  # inside of the picture
        parts.append(axis_line((x, y), (x, y + 4)))
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
        if isinstance(layer, Points):
            parts.append(circle((x + SAMPLE / 2, y - 4), 4, f' fill="{colour}"'))
        elif isinstance(layer, Bars | Band | Contours):
            opacity = 0.85 if isinstance(layer, Bars) else 0.25
            corners = [(x, y - 9), (x + SAMPLE, y - 9), (x + SAMPLE, y + 1), (x, y + 1)]
            parts.append(f'<g fill="{colour}" fill-opacity="{opacity}">{area(corners)}</g>')
        else:
            look = DASHED if isinstance(layer, Guide) else ""
            parts.append(line([(x, y - 4), (x + SAMPLE, y - 4)], colour, look))
        name = _cut(layer.label, taken - SAMPLE - 2 * ROOM)
        parts.append(text(name, (x + SAMPLE + ROOM / 2, y)))
        x += taken
    return parts


def _lines(words: str, width: int) -> list[str]:
    """The words in lines that are no wider."""
    return wrap(plain(words), max(1, width * len(words) // max(1, LETTER * len(cells(words)))))


def _cut(words: str, width: float) -> str:
    """The words, with dots instead of what would be wider."""
    return "".join(cells(plain(words), int(width) // LETTER))


def _description(chart: Chart, frame: Frame, x_label: str, y_label: str) -> str:
    """The chart in words."""
    ranges = (
        f"{label} from {axis.low:g} to {axis.high:g}"
        for label, axis in ((x_label, frame.x), (y_label, frame.y))
    )
    layers = (
        f"{type(layer).__name__.lower()} {layer.label}".strip()
        + (f" ({sum(map(len, layer.runs)):,})" if isinstance(layer, Points) else "")
        for layer in chart.layers
    )
    return f"{', '.join(ranges)}. Shown: {'; '.join(layers) or 'nothing'}."
