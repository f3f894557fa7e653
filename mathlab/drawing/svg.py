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

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import cycle, pairwise
from textwrap import wrap
from typing import NamedTuple

from mathlab.drawing.chart import Chart, Layer, depth
from mathlab.drawing.contours import Contours
from mathlab.drawing.frame import Frame
from mathlab.drawing.marks import Guide, Mark, Tangent, Text
from mathlab.drawing.series import Arrows, Band, Bars, Dot, Path, Points
from mathlab.drawing.text import plain

# Source: Okabe and Ito, Color Universal Design (2008); the darkest first, and without black and
# yellow, which vanish on a dark and on a white page.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
GREY = "#808080"  # guides: 3.9 to 1 against white, 4.5 to 1 against the dark paper
DASHED = ' stroke-dasharray="4 4"'

# The picture brings its own paper, so that text and paper always change together.
STYLE = """<style>
.mathlab { font: 12px sans-serif; }
.mathlab .paper { fill: #ffffff; }
.mathlab .words { fill: #222222; }
.mathlab .axis { stroke: #222222; fill: none; }
.mathlab .grid { stroke: #e4e4e4; fill: none; }
@media (prefers-color-scheme: dark) {
.mathlab .paper { fill: #16181c; }
.mathlab .words { fill: #e8e8e8; }
.mathlab .axis { stroke: #e8e8e8; }
.mathlab .grid { stroke: #33373d; }
}
</style>"""

SMALLEST = 200  # pixels, both ways
LOWEST = 60  # pixels between the top and the level axis
LETTER = 7  # pixels that a letter is taken to be wide; most are narrower
HEAD = 8  # pixels that the head of an arrow is long
APART = 60  # pixels from one head on a walk to the next, at least
SECONDS = 6  # that a dot takes to walk along a path
LINE = 18  # pixels from one line of text to the next
ROOM = 14  # pixels between things that should not touch
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
        f"<title>{_safe('; '.join(panel.title for panel in panels))}</title>",
        f"<desc>{_safe(' '.join(panel.words for panel in panels))}</desc>",
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
    headline = wrap(plain(chart.title), width // (LETTER + 2))  # its letters are larger
    below = [line for line in (chart.x_label, chart.note) if line]

    top = ROOM + LINE * (len(headline) + bool(chart.y_label))
    under = ROOM + LINE * (1 + len(below) + len(legend))
    height = max(height, top + LOWEST + under)
    bottom = height - under
    y_ticks = frame.y.ticks(max(2, (bottom - top) // 50))
    left = 2 * ROOM + LETTER * max(map(len, frame.y.labels(y_ticks)), default=0)
    box = Box(left, top, width - 2 * ROOM, bottom)
    middle = (box.left + box.right) / 2

    parts = []
    for i, line in enumerate(headline, 1):
        parts.append(_text(line, (middle, i * LINE), "middle", ' font-size="15"'))
    if chart.y_label:
        parts.append(_text(chart.y_label, (ROOM, top - 12)))  # clear of the topmost tick
    parts += _y_axis(frame, y_ticks, box) + _x_axis(frame, box)
    for layer, colour in sorted(pens, key=lambda pen: depth(pen[0])):
        parts += _draw(layer, colour, frame, box, animate)
    line_below = box.bottom + 2 * LINE
    for i, line in enumerate(below):
        parts.append(_text(line, (middle, line_below + i * LINE), "middle"))
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
            circles = [_circle(dot, radius) for dot in dict.fromkeys(map(_grain, dots))]
            return [f'<g fill="{colour}" fill-opacity="{opacity}">', *circles, "</g>"]
        case Mark():
            return [part for dot in dots for part in _mark(layer, dot, colour, box)]
        case Guide():
            ends = frame.guide(layer)
            return [_line(map(box.at, ends), colour, DASHED)] if ends else []
        case Bars() | Band():
            opacity = 0.85 if isinstance(layer, Bars) else 0.25
            areas = [_area(map(box.at, area)) for area in frame.areas(layer.areas)]
            return [f'<g fill="{colour}" fill-opacity="{opacity}">', *areas, "</g>"]
        case Contours():
            return _map(layer, colour, frame, box)
        case Arrows():
            shafts = [shaft for run in layer.runs for shaft in frame.strokes([run])]
            return [_arrow(box.at(shaft[0]), box.at(shaft[-1]), colour) for shaft in shafts]
        case Tangent():
            return [_line(map(box.at, stroke), colour) for stroke in frame.tangent(layer)]
    strokes = [_thinned(map(box.at, stroke)) for stroke in frame.strokes(layer.runs)]
    parts = [_line(stroke, colour) for stroke in strokes]
    if isinstance(layer, Path):
        parts += [_line(barbs, colour) for stroke in strokes for barbs in _heads(stroke)]
        parts += [_walker(stroke, colour) for stroke in strokes if animate]
        for end, fill in zip(layer.ends, ('class="paper"', f'fill="{colour}"'), strict=False):
            for dot in frame.dots([[end]]):
                parts.append(_circle(box.at(dot), 5, f' {fill} stroke="{colour}" stroke-width="2"'))
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
    lines = [_line(map(box.at, stroke), colour) for stroke in frame.strokes(contours.lines)]
    return [*parts, f'<g stroke-opacity="0.5">{"".join(lines)}</g>']


def _mark(mark: Mark, dot: Dot, colour: str, box: Box) -> list[str]:
    """A disc, and its name to its right, or to its left where the picture ends."""
    (x, y), label = dot, mark.label
    baseline = max(y - ROOM / 2, LINE)
    if x + ROOM / 2 + LETTER * len(label) <= box.right + ROOM:
        name = _text(label, (x + ROOM / 2, baseline))
    else:
        name = _text(label, (x - ROOM / 2, baseline), "end")
    return [name] if isinstance(mark, Text) else [_circle(dot, 5, f' fill="{colour}"'), name]


def _y_axis(frame: Frame, ticks: Sequence[float], box: Box) -> list[str]:
    """The upright axis, its labels, and a faint line across the picture at each."""
    parts = [_axis((box.left, box.top), (box.left, box.bottom))]
    for value, words in zip(ticks, frame.y.labels(ticks), strict=True):
        x, y = box.at((0.0, frame.y.place(value)))
        parts.append(_axis((x, y), (box.right, y), "grid"))
        parts.append(_text(words, (x - ROOM / 2, y + 4), "end"))  # 4: half the height of a digit
    return parts


def _x_axis(frame: Frame, box: Box) -> list[str]:
    """The level axis and its labels: as many as fit beside each other."""
    room = box.right - box.left
    for count in range(max(1, int(room // 60)), 0, -1):
        labels = frame.x.labels(frame.x.ticks(count))
        if sum(LETTER * len(words) + ROOM for words in labels) <= room:
            break
    parts = [_axis((box.left, box.bottom), (box.right, box.bottom))]
    for value, words in zip(frame.x.ticks(count), labels, strict=True):
        x, y = box.at((frame.x.place(value), 0.0))
        parts.append(_axis((x, y), (x, y + 4)))
        parts.append(_text(words, (x, y + LINE), "middle"))
    return parts


def _legend(pens: Iterable[Pen], width: int) -> list[list[tuple[Pen, int]]]:
    """The layers and their widths in pixels, in as few rows as the width allows."""
    rows: list[list[tuple[Pen, int]]] = [[]]
    for pen in pens:
        taken = SAMPLE + LETTER * len(pen[0].label) + 2 * ROOM
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
            parts.append(_circle((x + SAMPLE / 2, y - 4), 4, f' fill="{colour}"'))
        elif isinstance(layer, Bars | Band | Contours):
            opacity = 0.85 if isinstance(layer, Bars) else 0.25
            corners = [(x, y - 9), (x + SAMPLE, y - 9), (x + SAMPLE, y + 1), (x, y + 1)]
            parts.append(f'<g fill="{colour}" fill-opacity="{opacity}">{_area(corners)}</g>')
        else:
            look = DASHED if isinstance(layer, Guide) else ""
            parts.append(_line([(x, y - 4), (x + SAMPLE, y - 4)], colour, look))
        parts.append(_text(layer.label, (x + SAMPLE + ROOM / 2, y)))
        x += taken
    return parts


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


def _line(dots: Iterable[Dot], colour: str, look: str = "") -> str:
    points = " ".join(f"{x:.2f},{y:.2f}" for x, y in dots)
    pen = f'fill="none" stroke="{colour}" stroke-width="2" stroke-linecap="round"'
    return f'<polyline points="{points}" {pen}{look}/>'


def _area(corners: Iterable[Dot]) -> str:
    points = " ".join(f"{x:.2f},{y:.2f}" for x, y in corners)
    return f'<polygon points="{points}"/>'


def _grain(dot: Dot) -> Dot:
    """The dot, to a quarter of a pixel: what lies nearer together than that is one."""
    x, y = dot
    return round(4 * x) / 4, round(4 * y) / 4


def _thinned(dots: Iterable[Dot]) -> list[Dot]:
    """The dots of a line, without those in the same quarter of a pixel as the one before."""
    first, *others = dots
    kept = [first]
    for dot in others:
        if _grain(dot) != _grain(kept[-1]):
            kept.append(dot)
    return kept if len(kept) > 1 else [first, *others[-1:]]


def _arrow(foot: Dot, tip: Dot, colour: str) -> str:
    """A shaft, and a head of two short strokes at its tip."""
    if foot == tip:
        return _circle(tip, 1.5, f' fill="{colour}"')
    return _line([foot, tip], colour) + _line(_barbs(foot, tip), colour)


def _barbs(foot: Dot, tip: Dot) -> list[Dot]:
    """The head of an arrow: the end of one barb, the tip, the end of the other."""
    (x, y), (x_end, y_end) = foot, tip
    length = math.dist(foot, tip)
    size = min(HEAD, length / 2) / length
    back, across = (x - x_end) * size, (y - y_end) * size
    one, other = ((x_end + back - s * across / 2, y_end + across + s * back / 2) for s in (1, -1))
    return [one, tip, other]


def _heads(stroke: Sequence[Dot]) -> list[list[Dot]]:
    """Heads along a walk, that say which way it went: in the middle of a step, well apart."""
    heads, since = [], APART / 2
    for start, end in pairwise(stroke):
        since += math.dist(start, end)
        if since >= APART and math.dist(start, end) >= HEAD:
            middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
            heads.append(_barbs(start, middle))
            since = 0.0
    return heads


def _walker(stroke: Sequence[Dot], colour: str) -> str:
    """A dot that walks along the stroke, and begins anew when it has come to its end."""
    way = "M" + " L".join(f"{x:.2f} {y:.2f}" for x, y in stroke)
    motion = f'<animateMotion dur="{SECONDS}s" repeatCount="indefinite" path="{way}"/>'
    return f'<circle r="6" fill="{colour}" fill-opacity="0.6">{motion}</circle>'


def _circle(dot: Dot, radius: float, look: str = "") -> str:
    x, y = dot
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius}"{look}/>'


def _axis(start: Dot, end: Dot, look: str = "axis") -> str:
    (x, y), (x_end, y_end) = start, end
    return f'<line class="{look}" x1="{x:.2f}" y1="{y:.2f}" x2="{x_end:.2f}" y2="{y_end:.2f}"/>'


def _text(words: str, dot: Dot, anchor: str = "start", look: str = "") -> str:
    x, y = dot
    place = f'x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}"'
    return f'<text class="words" {place}{look}>{_safe(words)}</text>'


def _safe(words: str) -> str:
    """The words without a character that XML does not allow or would read as its own."""
    return escape(plain(words))
