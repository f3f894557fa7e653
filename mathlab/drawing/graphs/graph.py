"""An expression graph as a picture: which number was made from which, and what slope each has.

On the page: `order: dict[Value, None] = {}`. The graph behind that order, to be seen. `terminal`
and `svg` draw boxes and arrows, `outline` gives one line a node, and `dot` a file for Graphviz.
What a node is, `nodes` says. It is shown once, however many use it.

All take `slopes`, which gives the slopes of a node as pairs of an input and the slope by it, such
as `local_slopes` of the chapter `chain_rule`. They stand beside the arrows. One that goes with no
input is a ValueError.

>>> from types import SimpleNamespace as Some
>>> b = Some(name="b", data=6.0, grad=12.0, operation=None, inputs=())
>>> c = Some(name="c", data=36.0, grad=1.0, operation=Some(name="*"), inputs=(b, b))
>>> print(outline(c))
b           data 6    grad 12
c = b * b   data 36   grad 1
"""

import sys
from functools import partial
from itertools import accumulate
from textwrap import wrap

from mathlab.drawing.graphs.boxes import boxes
from mathlab.drawing.graphs.diagram import diagram
from mathlab.drawing.graphs.nodes import MOST_NODES, Node, Slopes, Told, is_constant
from mathlab.drawing.paper.screen import columns, shows_unicode
from mathlab.drawing.paper.text import cells, plain

COLUMN_GAP, INDENT = "   ", "    "  # between columns of an outline; before what has no room there
FEW = 10  # an outline of more than MOST_NODES lines shows the first FEW and the last FEW


def terminal(result: Node, slopes: Slopes | None = None, width: int | None = None,
             unicode: bool | None = None) -> str:
    """The graph as boxes and arrows of characters, from the inputs down to the result.

    width    the most columns a line has: at least 40; by default the terminal's, up to 100
    unicode  whether it may go beyond ASCII; by default, if standard output can take that

    A graph that is too wide is outlined instead; so is one of more than 40 nodes, after a summary.
    """
    unicode, width = shows_unicode(unicode), columns(width)
    told = Told(result, slopes)
    if len(told.nodes) > MOST_NODES:
        heading = [part for line in told.summary for part in wrap(plain(line, unicode), width)]
        return "\n".join([*heading, *_outlined(told, unicode, width)])
    return boxes(told, width, unicode) or "\n".join(_outlined(told, unicode, width))


def svg(result: Node, slopes: Slopes | None = None) -> str:
    """The graph as the text of an SVG file, from the inputs down to the result.

    Of more than 40 nodes, those nearest to the result are drawn, after a summary.
    """
    return diagram(Told(result, slopes))


def outline(result: Node, unicode: bool | None = None, slopes: Slopes | None = None) -> str:
    """The graph as text: a line for each node, in the order in which they are computed.

    Nodes without a name are called v1, v2 and so on. Constants stand where they are used. Of more
    than 40 lines, the first 10 and the last 10 are shown. `unicode` is that of `terminal`.
    """
    return "\n".join(_outlined(Told(result, slopes), shows_unicode(unicode)))


def dot(result: Node, slopes: Slopes | None = None) -> str:
    """The graph in the language of Graphviz, which draws it: `dot -Tsvg graph.dot -o graph.svg`.

    Source: the Graphviz documentation, "The DOT Language".
    """
    told, lines = Told(result, slopes), []
    numbers = {id(node): f"n{number}" for number, node in enumerate(told.order)}
    for node in told.order:
        label = "\\n".join(map(_quoted, told.describe(node)))
        look = ", shape=plaintext" if is_constant(node) else ""
        lines.append(f'{numbers[id(node)]} [label="{label}"{look}]')
        for source, slope in zip(node.inputs, told.labels(node), strict=True):
            beside = f' [label="{_quoted(slope)}"]' if slope else ""
            lines.append(f"{numbers[id(source)]} -> {numbers[id(node)]}{beside}")
    head = ["digraph {", "    rankdir=LR", '    node [shape=box, fontname="monospace"]']
    return "\n".join([*head, *(f"    {line}" for line in lines), "}"])


def _outlined(told: Told, unicode: bool, width: int = sys.maxsize) -> list[str]:
    """A line for each node, in columns; what has no room in the width stands on lines below it."""
    nodes = told.nodes
    left_out = len(nodes) - 2 * FEW if len(nodes) > MOST_NODES else 0
    if left_out:
        nodes = [*nodes[:FEW], *nodes[-FEW:]]
    rows = [[plain(words, unicode) for words in told.describe_all(node)] for node in nodes]
    sizes = [max(len(cells(words)) for words in column) for column in zip(*rows, strict=True)]
    ends = accumulate(sizes, lambda end, size: end + len(COLUMN_GAP) + size)
    fit = max(1, sum(end <= width for end in ends))
    folded = partial(wrap, width=width, subsequent_indent=INDENT, break_on_hyphens=False)
    blocks = []
    for row in rows:
        fitting = zip(row[:fit], sizes, strict=False)
        padded = [words + " " * (size - len(cells(words))) for words, size in fitting]
        below = COLUMN_GAP.join(words.replace(" ", "\0") for words in row[fit:] if words)
        blocks.append(folded(COLUMN_GAP.join(padded)) + folded(below, initial_indent=INDENT))
    if left_out:
        blocks.insert(FEW, [f"... {left_out:,} more ..."])
    return [line.replace("\0", " ") for lines in blocks for line in lines]


def _quoted(text: str) -> str:
    """The text as it stands between the double quotes of a label."""
    # & too, because Graphviz reads &lt; in a label as <.
    return plain(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
