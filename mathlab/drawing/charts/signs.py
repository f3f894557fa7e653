"""How each layer of a chart looks in characters, so that one is told from the other without colour.

A few points are a sign each; many are Braille dots, or in ASCII signs that grow darker where they
crowd. Lines are solid, dashed, dotted or both, or in ASCII of different letters. Marks are shapes.

>>> sample(Path([1, 2], [3, 4]), 0, UNICODE), sample(Path([1, 2], [3, 4]), 0, ASCII)
('○⠤⠤⠤⠤●', 'SooooE')
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mathlab.drawing.charts.chart import Layer
from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.frame import Frame
from mathlab.drawing.charts.marks import Guide, Mark, Tangent, Text
from mathlab.drawing.charts.series import Arrows, Band, Bars, Path, Points
from mathlab.drawing.paper.canvas import PATTERNS, Canvas, Ink, braille, crowd, stamp


@dataclass(frozen=True)
class Signs:
    """What a picture is made of. Of several layers of a kind, each takes the next sign."""

    points: Sequence[str]
    crowded: str  # sample of what the first points look like if they are many
    lines: Sequence[str]  # samples of PATTERNS; in ASCII of the letter that each line is made of
    marks: Sequence[str]
    upright: Sequence[str]  # guides
    level: Sequence[str]
    bars: Sequence[str]
    bands: Sequence[str]
    shades: str  # of a map, from the lowest band to the highest
    heads: str  # of arrows: to the right, up and to the right, up, and so on around
    ends: Sequence[str]  # of a path: its start and its end
    axes: Sequence[str]  # upright, upright with a tick, corner, level, level with a tick


UNICODE = Signs(
    "•+xv", "⠢⡑", ("⠤⠤⠤⠤", "⠤⠄ ⠤", "⠄⠠ ⠄", "⠤⠤⠄⠠ ⠤"), "◆■▲▼", "┊╎", "┄╌",
    ("⣿⣿", "⡇⡇"), ("⢕⢕⢕", "⢌⢌⢌"), " ·░▒▓", "→↗↑↖←↙↓↘", "○●", "│┤└─┬",
)  # fmt: skip
ASCII = Signs(
    "*+xv", ".:*#", ("oooo", "====", "~~~~", "^^^^"), "X@$&", "|!", "-_",
    ("##", "%%"), (":::", ",,,"), " .:=%", ">/^\\</v\\", "SE", "|++-+",
)  # fmt: skip
MANY = 100  # points: fewer than these are seen better as a sign each


def numbered(layers: Iterable[Layer]) -> list[tuple[Layer, int]]:
    """Each layer, and how many of its kind come before it.

    >>> numbered([Guide(x=1), Guide(y=1), Guide(x=2)])[2]
    (Guide(x=2, y=None, label=''), 1)
    """
    seen: Counter[object] = Counter()
    pens = []
    for layer in layers:
        kind = tuple(_samples(layer, UNICODE))  # a Line and a Curve look alike: they are one kind
        pens.append((layer, seen[kind]))
        seen[kind] += 1
    return pens


def sample(layer: Layer, number: int, signs: Signs) -> str:
    """What stands for the layer in the legend.

    >>> sample(Guide(y=0), 1, ASCII)
    '_'
    """
    if _is_crowd(layer, number):
        return signs.crowded
    samples = _samples(layer, signs)
    sign = samples[number % len(samples)]
    return sign.join(signs.ends) if isinstance(layer, Path) else sign


def draw(layer: Layer, number: int, canvas: Canvas, frame: Frame, signs: Signs) -> Ink:
    """The layer's characters on the canvas.

    >>> from mathlab.drawing.charts.axis import Axis
    >>> draw(Mark(5, 5, "here"), 0, Canvas(11, 11), Frame(Axis(0, 10), Axis(0, 10)), ASCII)
    {(5, 5): 'X'}
    """
    look = sample(layer, number, signs)
    match layer:
        case Points() if _is_crowd(layer, number):
            spots = canvas.spots(frame.dots(layer.runs))
            return braille(spots) if signs is UNICODE else crowd(spots)
        case Text():
            return {}  # its words are written by whoever knows where there is room
        case Points() | Mark():
            return stamp(canvas.spots(frame.dots(layer.runs)), look)
        case Guide():
            return stamp(canvas.trace([frame.guide(layer)]), look)
        case Bars() | Band():
            spots = canvas.fill(frame.areas(layer.areas))
            if signs is ASCII:
                return stamp(spots, look[0])
            return braille([spot for spot in spots if isinstance(layer, Bars) or _shade(*spot)])
        case Contours():
            return _map(layer, canvas, frame, signs.shades)
        case Arrows():
            shafts = canvas.trace(frame.strokes(layer.runs))
            ink = braille(shafts) if signs is UNICODE else stamp(shafts, ".")
            return ink | _heads(layer, canvas, frame, signs)
    strokes = frame.tangent(layer) if isinstance(layer, Tangent) else frame.strokes(layer.runs)
    if signs is UNICODE:
        ink = braille(canvas.trace(strokes, PATTERNS[number % len(PATTERNS)]))
    else:
        ink = stamp(canvas.trace(strokes), ASCII.lines[number % len(ASCII.lines)][0])
    if isinstance(layer, Path):
        for dot, sign in zip(layer.ends, signs.ends, strict=False):
            ink |= stamp(canvas.spots(frame.dots([[dot]])), sign)
    return ink


def _shade(x: int, y: int) -> bool:
    """Every other spot, as on a board for chess: half dark, so that a line on it is seen."""
    return (x + y) % 2 == 0


def _map(contours: Contours, canvas: Canvas, frame: Frame, shades: str) -> Ink:
    """A shade for each cell, by the band that its middle lies in."""
    highest = max(1, len(contours.levels))
    ys = [frame.y.number(1 - (row + 0.5) / canvas.rows) for row in range(canvas.rows)]
    ink: Ink = {}
    for column in range(canvas.columns):
        x = frame.x.number((column + 0.5) / canvas.columns)
        for row, y in enumerate(ys):
            band = contours.band(x, y)
            if band is not None:
                ink[column, row] = shades[round(band / highest * (len(shades) - 1))]
    return ink


def _heads(arrows: Arrows, canvas: Canvas, frame: Frame, signs: Signs) -> Ink:
    """A head at the tip of each arrow, turned as the arrow is on the canvas."""
    ink: Ink = {}
    for run in arrows.runs:
        start, end = (frame.place(dot) for dot in run)
        if math.isnan(sum(start + end)):
            continue  # it has no place on a log axis
        (x, y), (x_end, y_end) = canvas.spot(start), canvas.spot(end)
        if (x, y) == (x_end, y_end):
            continue  # too short to point anywhere
        turn = round(math.atan2(y - y_end, x_end - x) / math.tau * len(signs.heads))
        ink |= stamp(canvas.spots(frame.dots([run[1:]])), signs.heads[turn % len(signs.heads)])
    return ink


def _is_crowd(layer: Layer, number: int) -> bool:
    """Whether these are the first points, and many."""
    return isinstance(layer, Points) and number == 0 and sum(map(len, layer.runs)) >= MANY


def _samples(layer: Layer, signs: Signs) -> Sequence[str]:
    """The signs for layers of this kind."""
    match layer:
        case Points():
            return signs.points
        case Text():
            return [""]
        case Mark():
            return signs.marks
        case Guide():
            return signs.upright if layer.upright else signs.level
        case Bars():
            return signs.bars
        case Band():
            return signs.bands
        case Arrows():
            return signs.heads
        case Contours():
            return [signs.shades.strip()]
        case _:
            return signs.lines
