"""A chart as text: drawn in Braille dots where the terminal can show them, else in plain ASCII.

On the page: `print(f"{step:4}`. Still printed, and now to be seen at a glance.

>>> from mathlab.drawing.charts.curve import Curve
>>> from mathlab.drawing.charts.marks import Mark
>>> print(render(
...     Chart(
...         Curve(lambda slope: (slope - 3)**2, 0, 6),
...         Mark(3, 0, "the best slope"),
...         x_label="slope", y_label="loss",
...     ),
...     width=40, height=11, unicode=False,
... ))
loss
  |oo                                 oo
  | ooo                             ooo
5 +   ooo                         ooo
  |     ooo                    oooo
  |        oooo             oooo
0 +           oooooooX the best slope
  ++-----------+-----------+-----------+
   0           2           4           6
                   slope
"""

import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise, zip_longest
from textwrap import wrap

from mathlab.drawing.charts.axis import Axis
from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.charts.kind import Kind, numbered
from mathlab.drawing.charts.sheet import Sheet
from mathlab.drawing.paper.canvas import Canvas, Cell, Ink, written
from mathlab.drawing.paper.screen import NARROWEST, columns, shows_unicode, supports_colour
from mathlab.drawing.paper.signs import ASCII, UNICODE, Signs
from mathlab.drawing.paper.text import cells, join, number, plain

Name = tuple[Kind, Cell, str]  # words of a layer, and the cell that they belong beside

FEWEST_ROWS, FEWEST_COLUMNS = 4, 8  # between the axes
GAP = 3  # columns between two entries of the legend, and between two pictures
# The colours of `svg`, or near them, among the 256 of a terminal.
PAINTS, GREY, UNPAINTED = (32, 166, 36, 175, 178, 74), 244, "\x1b[0m"


def render(chart: Chart, width: int | None = None, height: int | None = None,
           unicode: bool | None = None, colour: bool | None = None) -> str:
    """The picture as text, without a line break at its end.

    width    the most columns a line has: at least 40; by default the terminal's, up to 100
    height   the most lines, where 4 rows between the axes fit in; by default, to suit the width
    unicode  whether it may go beyond ASCII; by default, if standard output can take that
    colour   whether the layers have colours; by default, if standard output is a terminal and the
             environment variable NO_COLOR is not set
    """
    return beside([chart], width, height, unicode, colour)


def beside(charts: Sequence[Chart], width: int | None = None, height: int | None = None,
           unicode: bool | None = None, colour: bool | None = None) -> str:
    """Several pictures side by side, as many in a row as have room; the numbers are as in `render`,
    the width that of all, the height that of each."""
    unicode = shows_unicode(unicode)
    colour = supports_colour(sys.stdout) if colour is None else colour
    width = columns(width, len(charts))
    across = max(1, min(len(charts), (width + GAP) // (NARROWEST + GAP)))
    each = (width + GAP) // across - GAP
    blocks = []
    for i in range(0, len(charts), across):
        row = [_picture(chart, each, height, unicode, colour) for chart in charts[i : i + across]]
        lines = [
            [cell for part in parts for cell in [*part, *[" "] * (each + GAP - len(part))]]
            for parts in zip_longest(*row, fillvalue=[])]
        blocks.append("\n".join(map(join, lines)))
    return "\n\n".join(blocks)


def _picture(chart: Chart, width: int, height: int | None, unicode: bool,
             colour: bool) -> list[list[str]]:
    """The lines of a picture, each a list of cells."""
    if height is None:
        height = 8 + width // 5  # 40 by 16, 80 by 24, 100 by 28
    signs = UNICODE if unicode else ASCII
    frame = chart.frame
    paints = [_paint(i, layer) if colour else "" for i, layer in enumerate(chart.layers)]
    pens = [*zip(chart.layers, numbered(chart.layers), paints, strict=True)]
    title, x_label, y_label, note = (
        [cells(line, width) for line in wrap(plain(text, unicode), width)]
        for text in (chart.title, chart.x_label, chart.y_label, chart.note))
    legend = [
        (layer, _entry(look, plain(words, unicode), width, paint))
        for layer, turn, paint in pens
        for look, words in _samples(layer, signs, turn)]
    around = [*title, *x_label, *y_label, *note, *_flow((words for _, words in legend), width)]
    rows = max(FEWEST_ROWS, height - len(around) - 2)  # 2: the axis beneath and its labels
    y_scale = frame.y.scale(max(2, rows // 4))
    margin = 2 + max((len(words) for _, words in y_scale), default=0)
    wide, high = frame.fitted(width - margin, 2 * rows)  # a cell is about twice as high as wide
    canvas = Canvas(max(FEWEST_COLUMNS, round(wide)), max(FEWEST_ROWS, round(high / 2)))
    margin += (width - margin - canvas.columns) // 2

    ink: Ink = {}
    names: list[Name] = []
    for layer, turn, paint in sorted(pens, key=lambda pen: pen[0].depth):
        sheet = Sheet(frame, canvas, signs, turn)
        layer.draw(sheet)
        ink |= {cell: _painted(sign, paint) for cell, sign in sheet.ink.items()}
        names += [(layer, cell, plain(words, unicode)) for cell, words in sheet.names]
    beside, named = _beside(names, canvas)
    x_axis, x_labels = _x_axis(frame.x, canvas, margin, signs)
    return [
        *(_centred(line, margin, width) for line in title),
        *y_label,
        *_y_axis(y_scale, canvas, ink | beside, margin, signs),
        x_axis,
        x_labels,
        *(_centred(line, margin, width) for line in x_label),
        *_flow((words for layer, words in legend if layer not in named), width, margin),
        *note]


def _paint(i: int, layer: Kind) -> str:
    """The code of the colour of a layer."""
    return f"\x1b[38;5;{PAINTS[i % len(PAINTS)] if layer.coloured else GREY}m"


def _painted(sign: str, paint: str) -> str:
    return f"{paint}{sign}{UNPAINTED}" if paint and sign.strip() else sign


def _samples(layer: Kind, signs: Signs, turn: int) -> list[tuple[str, str]]:
    """What a layer looks like and what it is called; of a map, from where on it has which shade."""
    if not layer.levels:
        return [(signs.sample(layer.look, turn), layer.label)] if layer.label else []
    bands = [signs.shade(band, len(layer.levels)) for band in range(len(layer.levels) + 1)]
    shades = [(shade, f"from {number(level)}")
              for (before, shade), level in zip(pairwise(bands), layer.levels, strict=True)
              if shade != before]
    return [("", f"{layer.label}:"), *shades] if layer.label else shades


def _entry(look: str, label: str, width: int, paint: str) -> list[str]:
    """An entry of the legend: what the layer looks like, and its label."""
    words = cells(f"{look} {label}".lstrip(), width)
    return [_painted(cell, paint) if i < len(look) else cell for i, cell in enumerate(words)]


def _centred(words: list[str], margin: int, width: int) -> list[str]:
    """The words in the middle of the columns right of the margin, if they have room there."""
    start = margin + (width - margin - len(words)) // 2
    return [" "] * min(max(start, 0), width - len(words)) + words


def _flow(entries: Iterable[list[str]], width: int, margin: int = 0) -> list[list[str]]:
    """The entries one after the other, in as few lines as the width allows."""
    lines: list[list[str]] = []
    for entry in entries:
        if lines and len(lines[-1]) + GAP + len(entry) <= width:
            lines[-1] += [" "] * GAP + entry
        else:
            lines.append(list(entry))
    return [_centred(line, margin, width) for line in lines]


def _y_axis(scale: Sequence[tuple[float, str]], canvas: Canvas, ink: Ink, margin: int,
            signs: Signs) -> list[list[str]]:
    """The rows of the picture, with the axis and its ticks to their left."""
    upright, tick, *_ = signs.axes
    labels = {canvas.cell((0.0, place))[1]: words for place, words in scale}
    return [
        [*f"{labels.get(row, ''):>{margin - 2}} ", tick if row in labels else upright, *cells]
        for row, cells in enumerate(canvas.grid(ink))]


def _x_axis(axis: Axis, canvas: Canvas, margin: int, signs: Signs) -> tuple[list[str], list[str]]:
    """The axis beneath the picture, and its tick labels: as many as fit beside each other."""
    _, _, corner, level, tick = signs.axes
    width = margin + canvas.columns
    for count in range(max(1, canvas.columns // 8), 0, -1):
        labels = []
        for place, words in axis.scale(count):
            column = margin + canvas.cell((place, 0.0))[0]
            start = min(max(0, column - len(words) // 2), width - len(words))
            labels.append((start, start + len(words), column, words))
        if all(end + 2 <= start for (_, end, *_), (start, *_) in pairwise(labels)):
            break
    else:
        labels = labels[:1]
    line = [" "] * (margin - 1) + [corner] + [level] * canvas.columns
    below = [" "] * width
    for start, end, column, words in labels:
        line[column] = tick
        below[start:end] = words
    return line, below


def _beside(names: Iterable[Name], canvas: Canvas) -> tuple[Ink, list[Kind]]:
    """The words beside their dots, and the layers that need no legend: their names had room."""
    names = [name for name in names if name[2]]
    taken = {cell for _, cell, _ in names}
    ink: Ink = {}
    named: list[Kind] = []
    for layer, (column, row), name in names:
        words = [" ", *cells(name), " "]
        for start in (column + 1, column - len(words)):
            found = written(words, start, row)
            if start >= 0 and start + len(words) <= canvas.columns and not taken & found.keys():
                ink |= found
                taken |= found.keys()
                named += [layer] if layer.named else []
                break
    return ink, named
