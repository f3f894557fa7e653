"""An expression graph as an SVG file: boxes and curves, from the inputs down to the result.

On the page: `order: dict[Value, None] = {}`. The order, from above to below, in SVG. Every box says
how its node was made, its number and its grad; a number that was given has round corners. Beside
each arrow stands the local slope, if slopes are given. Those who listen to the picture hear all of
it.

>>> from types import SimpleNamespace as Some
>>> a = Some(name="a", data=3.0, grad=1.0, operation=None, inputs=())
>>> diagram(Told(a)).splitlines()[1:3]
['<title>Expression graph of a</title>', '<desc>a, data 3, grad 1.</desc>']
"""

from collections.abc import Sequence
from textwrap import wrap

from mathlab.drawing.graphs.nodes import LONGEST_TEXT, MOST_NODES, Told, is_constant
from mathlab.drawing.graphs.spacing import Layout, layout
from mathlab.drawing.paper.ink import COLOURS, HEAD, LETTER, LINE, ROOM, sheet, text
from mathlab.drawing.paper.text import short

NEAREST = 20  # nodes that are drawn of a graph with more than MOST_NODES
BETWEEN = 3 * LINE  # pixels from a row of boxes to the next
LETTERS = 90  # in a line of the summary


def diagram(told: Told) -> str:
    """The picture of a graph as the text of an SVG file.

    Of more than 40 nodes, only those nearest to the result are drawn, beneath a summary.
    """
    nodes, notes = told.nodes, list[str]()
    if len(nodes) > MOST_NODES:
        nodes = told.nearest(NEAREST)
        missing = len(told.nodes) - len(nodes)
        left_out = f"Not drawn: {missing:,} nodes that are further from the result"
        notes = [line for said in (*told.summary, left_out) for line in wrap(said, LETTERS)]
    inputs, labels = told.joined(nodes)
    words = [[short(line, LONGEST_TEXT) for line in told.describe(node)] for node in nodes]
    for node, lines, known in zip(nodes, words, inputs, strict=True):
        if missing := sum(not is_constant(source) for source in node.inputs) - len(known):
            lines.append(f"{missing:,} input{'s' * (missing > 1)} not drawn")
    sizes = [LETTER * max(map(len, lines)) + ROOM for lines in words]
    plan = layout(inputs, sizes, [LETTER * len(label) for label in labels], ROOM)
    high = LINE * max(map(len, words)) + ROOM // 2
    tops = [ROOM + LINE * len(notes) + i * (high + BETWEEN) for i in range(len(plan.rows))]
    width = 2 * ROOM + max([plan.width, *(LETTER * len(note) for note in notes)])
    height = tops[-1] + high + ROOM

    heard = [*notes, *(", ".join(filter(None, told.describe_all(node))) for node in nodes)]
    parts = [text(note, (ROOM, LINE * i)) for i, note in enumerate(notes, 1)]
    left = (width - plan.width) // 2
    parts += _arrows(plan, left, tops, high, labels)
    for row, top in zip(plan.rows, tops, strict=True):
        for item in row:
            if item < len(nodes):
                box = (left + plan.left[item], top, plan.sizes[item], high)
                parts += _box(words[item], box, given=nodes[item].operation is None)
    title = f"Expression graph of {told.called[id(told.order[-1])]}"
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
        *slopes]
