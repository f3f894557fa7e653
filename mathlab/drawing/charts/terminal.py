"""A chart as text: drawn in Braille dots where the terminal can show them, else in plain ASCII.

>>> from mathlab.drawing.charts.curve import Curve
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

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import TextIO

from mathlab.drawing.charts.axis import Axis
from mathlab.drawing.charts.chart import Chart, Layer, depth
from mathlab.drawing.charts.frame import Frame
from mathlab.drawing.charts.marks import Guide, Mark
from mathlab.drawing.charts.signs import ASCII, UNICODE, Signs, draw, numbered, sample
from mathlab.drawing.paper.canvas import Canvas, Ink
from mathlab.drawing.paper.text import cells, join, plain

NARROWEST, WIDEST = 40, 100  # columns; the widest only where the terminal is asked
LOWEST = 4  # rows between the axes
GAP = 3  # columns between two entries of the legend, and between two pictures
# The colours of `svg`, or near them, among the 256 of a terminal.
PAINTS, GREY, UNPAINTED = (32, 166, 36, 175, 178, 74), 244, "\x1b[0m"


def supports_unicode(stream: TextIO | None) -> bool:
    """Whether a stream, such as sys.stdout, can take every character that a picture may use.

    >>> supports_unicode(None)
    False
    """
    characters = "".join("".join(signs) for signs in vars(UNICODE).values())  # Braille among them
    try:
        characters.encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def supports_colour(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal whose user has nothing against colour: see no-color.org.

    >>> supports_colour(None)
    False
    """
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return bool(getattr(stream, "isatty", bool)()) and not refused


def render(
    chart: Chart,
    width: int | None = None,
    height: int | None = None,
    unicode: bool | None = None,
    colour: bool | None = None,
) -> str:
    """The picture as text, without a line break at its end.

    width    the most columns a line has: at least 40; by default the terminal's, up to 100
    height   the most lines, where 4 rows between the axes fit in; by default, to suit the width
    unicode  whether it may go beyond ASCII; by default, if standard output can take that
    colour   whether the layers have colours; by default, if standard output is a terminal and the
             environment variable NO_COLOR is not set
    """
    return beside([chart], width, height, unicode, colour)


def beside(
    charts: Sequence[Chart],
    width: int | None = None,
    height: int | None = None,
    unicode: bool | None = None,
    colour: bool | None = None,
) -> str:
    """Several pictures side by side, as many in a row as have room; the numbers are as in `render`,
    the width that of all, the height that of each."""
    if unicode is None:
        unicode = supports_unicode(sys.stdout)
    if colour is None:
        colour = supports_colour(sys.stdout)
    if width is None:
        width = min(WIDEST * max(1, len(charts)), shutil.get_terminal_size().columns)
    width = max(NARROWEST, width)
    across = max(1, min(len(charts), (width + GAP) // (NARROWEST + GAP)))
    each = (width + GAP) // across - GAP
    blocks = []
    for i in range(0, len(charts), across):
        row = [_picture(chart, each, height, unicode, colour) for chart in charts[i : i + across]]
        lines = [
            [cell for part in parts for cell in [*part, *[" "] * (each + GAP - len(part))]]
            for parts in zip_longest(*row, fillvalue=[])
        ]
        blocks.append("\n".join(map(join, lines)))
    return "\n\n".join(blocks)


def _picture(
    chart: Chart, width: int, height: int | None, unicode: bool, colour: bool
) -> list[list[str]]:
    """The lines of a picture, each a list of cells."""
    if height is None:
        height = 8 + width // 5  # 40 by 16, 80 by 24, 100 by 28
    signs = UNICODE if unicode else ASCII
    frame = Frame.of(chart)
    pens = numbered(chart.layers)
    paints = [_paint(i, layer) if colour else "" for i, layer in enumerate(chart.layers)]
    title, x_label, y_label, note = (
        [cells(line, width) for line in wrap(plain(text, unicode), width)]
        for text in (chart.title, chart.x_label, chart.y_label, chart.note)
    )
    legend = [
        (layer, _entry(sample(layer, number, signs), plain(layer.label, unicode), width, paint))
        for (layer, number), paint in zip(pens, paints, strict=True)
        if layer.label
    ]
    around = [*title, *x_label, *y_label, *note, *_flow((words for _, words in legend), width)]
    rows = max(LOWEST, height - len(around) - 2)  # 2: the axis beneath and its labels
    y_ticks = frame.y.ticks(max(2, rows // 4))
    margin = 2 + max(map(len, frame.y.labels(y_ticks)), default=0)
    canvas = Canvas(width - margin, rows)

    ink: Ink = {}
    for (layer, number), paint in sorted(
        zip(pens, paints, strict=True), key=lambda pen: depth(pen[0][0])
    ):
        drawn = draw(layer, number, canvas, frame, signs)
        ink |= {cell: _painted(sign, paint) for cell, sign in drawn.items()}
    names, named = _names(chart.layers, canvas, frame, unicode)
    x_axis, x_labels = _x_axis(frame.x, canvas, margin, signs)
    return [
        *(_centred(line, margin, width) for line in title),
        *y_label,
        *_y_axis(frame.y, y_ticks, canvas.grid(ink | names), canvas, margin, signs),
        x_axis,
        x_labels,
        *(_centred(line, margin, width) for line in x_label),
        *_flow((words for layer, words in legend if layer not in named), width, margin),
        *note,
    ]


def _paint(i: int, layer: Layer) -> str:
    """The code of the colour of a layer; guides are grey."""
    return f"\x1b[38;5;{GREY if isinstance(layer, Guide) else PAINTS[i % len(PAINTS)]}m"


def _painted(sign: str, paint: str) -> str:
    return f"{paint}{sign}{UNPAINTED}" if paint and sign.strip() else sign


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


def _y_axis(
    axis: Axis, ticks: list[float], grid: list[list[str]], canvas: Canvas, margin: int, signs: Signs
) -> list[list[str]]:
    """The rows of the picture, with the axis and its ticks to their left."""
    upright, tick, *_ = signs.axes
    labels = {
        canvas.cell((0.0, axis.place(value)))[1]: words
        for value, words in zip(ticks, axis.labels(ticks), strict=True)
    }
    return [
        [*f"{labels.get(row, ''):>{margin - 2}} ", tick if row in labels else upright, *cells]
        for row, cells in enumerate(grid)
    ]


def _x_axis(axis: Axis, canvas: Canvas, margin: int, signs: Signs) -> tuple[list[str], list[str]]:
    """The axis beneath the picture, and its tick labels: as many as fit beside each other."""
    _, _, corner, level, tick = signs.axes
    width = margin + canvas.columns
    for count in range(max(1, canvas.columns // 8), 0, -1):
        ticks = axis.ticks(count)
        columns = [margin + canvas.cell((axis.place(value), 0.0))[0] for value in ticks]
        labels = axis.labels(ticks)
        starts = [
            min(max(0, column - len(words) // 2), width - len(words))
            for column, words in zip(columns, labels, strict=True)
        ]
        ends = [start + len(words) for start, words in zip(starts, labels, strict=True)]
        if all(end + 2 <= start for end, start in zip(ends, starts[1:], strict=False)):
            break
    else:
        columns, labels, starts = columns[:1], labels[:1], starts[:1]
    line = [" "] * (margin - 1) + [corner] + [level] * canvas.columns
    below = [" "] * width
    for column, words, start in zip(columns, labels, starts, strict=True):
        line[column] = tick
        below[start : start + len(words)] = words
    return line, below


def _names(
    layers: Iterable[Layer], canvas: Canvas, frame: Frame, unicode: bool
) -> tuple[Ink, list[Layer]]:
    """The names of the marks, each beside its mark, and which marks there was room to name."""
    marks = [
        (mark, canvas.cell(dot))
        for mark in layers
        if isinstance(mark, Mark) and plain(mark.label)
        for dot in frame.dots(mark.runs)
    ]
    taken = {cell for _, cell in marks}
    names: Ink = {}
    named: list[Layer] = []
    for mark, (column, row) in marks:
        words = [" ", *cells(plain(mark.label, unicode)), " "]
        for start in (column + 1, column - len(words)):
            name = {(start + i, row): words[i] for i in range(len(words))}
            if start >= 0 and start + len(words) <= canvas.columns and not taken & name.keys():
                names |= name
                taken |= name.keys()
                named.append(mark)
                break
    return names, named
