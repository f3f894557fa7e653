"""An expression graph as an SVG file: boxes and curves, from the inputs down to the result.

On the page: `order: dict[Value, None] = {}`. The order, from above to below, in SVG. Every box says
how its node was made, its number and its grad; a number that was given has round corners. Beside
each arrow stands the local slope, if slopes are given. Those who listen to the picture hear all of
it.

>>> from types import SimpleNamespace as Some
>>> a = Some(name="a", data=3.0, grad=1.0, operation=None, inputs=())
>>> diagram([a]).splitlines()[1:3]
['<title>Expression graph of a</title>', '<desc>a, data 3, grad 1.</desc>']
"""

from collections.abc import Sequence
from textwrap import wrap

from mathlab.drawing.graphs.nodes import (
    LONGEST_TEXT,
    MOST_NODES,
    Node,
    Slopes,
    describe,
    is_constant,
    joined,
    names,
    nearest,
    shown,
    summary,
)
from mathlab.drawing.graphs.spacing import Layout, layout
from mathlab.drawing.paper.ink import COLOURS, HEAD, LETTER, LINE, ROOM, sheet, text
from mathlab.drawing.paper.text import short

NEAREST = 20  # nodes that are drawn of a graph with more than MOST_NODES
BETWEEN = 3 * LINE  # pixels from a row of boxes to the next
LETTERS = 90  # in a line of the summary


def diagram(order: Sequence[Node], slopes: Slopes | None = None) -> str:
    """The picture of the graph with these nodes, inputs first, as the text of an SVG file.

    Of more than 40 nodes, only those nearest to the result are drawn, beneath a summary.

    Raises: ValueError if `slopes` does not give one for each input.
    """
    called = names(order)
    nodes, notes = shown(order), list[str]()
    if len(nodes) > MOST_NODES:
        drawn = nearest(order[-1], NEAREST)
        left_out = f"Not drawn: {len(nodes) - len(drawn):,} nodes that are further from the result"
        notes = [line for said in (*summary(order), left_out) for line in wrap(said, LETTERS)]
        nodes = [node for node in nodes if id(node) in drawn]
    inputs, labels = joined(nodes, slopes)
    words = [[short(line, LONGEST_TEXT) for line in describe(n, called)] for n in nodes]
    for node, lines, known in zip(nodes, words, inputs, strict=True):
        if missing := sum(not is_constant(source) for source in node.inputs) - len(known):
            lines.append(f"{missing:,} input{'s' * (missing > 1)} not drawn")
    plan = layout(
        inputs,
        [LETTER * max(map(len, lines)) + ROOM for lines in words],
        [LETTER * len(label) for label in labels],
        ROOM,
    )
    high = LINE * max(map(len, words)) + ROOM // 2
    tops = [ROOM + LINE * len(notes) + i * (high + BETWEEN) for i in range(len(plan.rows))]
    width = 2 * ROOM + max([plan.width, *(LETTER * len(note) for note in notes)])
    height = tops[-1] + high + ROOM

    heard = [*notes, *(", ".join(filter(None, describe(node, called, slopes))) for node in nodes)]
    parts = [text(note, (ROOM, LINE * i)) for i, note in enumerate(notes, 1)]
    left = (width - plan.width) // 2
    parts += _arrows(plan, left, tops, high, labels)
    for row, top in zip(plan.rows, tops, strict=True):
        for item in row:
            if item < len(nodes):
                box = (left + plan.left[item], top, plan.sizes[item], high)
                parts += _box(words[item], box, given=nodes[item].operation is None)
    title = f"Expression graph of {called[id(order[-1])]}"
    return sheet(width, height, title, f"{'; '.join(heard)}.", parts)


def _box(lines: Sequence[str], box: tuple[int, int, int, int], given: bool) -> list[str]:
    """The frame, and the lines of text in its middle, the first of them bold."""
    x, y, width, height = box
    place = f'x="{x}" y="{y}" width="{width}" height="{height}" rx="{LINE if given else 3}"'
    parts = [f'<rect class="axis" {place}/>']
    for i, line in enumerate(lines, 1):
        look = ' font-weight="bold"' if i == 1 else ""
        parts.append(text(line, (x + width / 2, y + i * LINE), "middle", look))
    return parts


def _arrows(plan: Layout, left: int, tops: Sequence[int], high: int,
            labels: Sequence[str]) -> list[str]:
    """The curve of each edge, its head, and the slope beside it.

    Curves bend between the rows of boxes only, and come down upright beside the slopes, so that
    they run through neither.
    """
    row_of = {item: i for i, row in enumerate(plan.rows) for item in row}
    curves, heads, slopes = [], [], []
    for edge, ports, label in zip(plan.edges, plan.ports, labels, strict=True):
        first = row_of[edge[0]]
        path = []
        for row, (leave, enter) in enumerate(ports, first):
            start, x_start, x = tops[row] + high, left + leave, left + enter
            upright = tops[row + 1] - LINE
            middle = (start + upright) // 2
            path.append(f"{x_start},{start} C{x_start},{middle} {x},{middle} {x},{upright}")
        top = tops[row_of[edge[-1]]]
        curves.append(f'<path d="M{" L".join(path)} V{top - HEAD}"/>')
        heads.append(f'<path d="M{x},{top} l-4,-{HEAD} h8 z"/>')
        if label:
            slopes.append(text(label, (x + ROOM // 2, top - ROOM // 2)))
    return [
        f'<g fill="none" stroke="{COLOURS[0]}" stroke-width="1.5">', *curves, "</g>",
        f'<g fill="{COLOURS[0]}">', *heads, "</g>",
        *slopes,
    ]
