"""An expression graph as boxes and wires of characters, from the inputs down to the result.

On the page: `order: dict[Value, None] = {}`. The order, from above to below, in characters. Every
box says how its node was made, its number and its grad. Beside the arrow from an input stands the
local slope, so that the chain rule can be done by hand: multiply along a path, add the paths.

>>> from types import SimpleNamespace as Some
>>> a = Some(name="a", data=3.0, grad=24.0, operation=None, inputs=())
>>> b = Some(name="b", data=6.0, grad=12.0, operation=Some(name="+"), inputs=(a, a))
>>> print(boxes(Told(b, lambda node: [(a, 1), (a, 1)]), width=40, unicode=False))
 +---------+
 |    a    |
 | data 3  |
 | grad 24 |
 +-+----+--+
   | 1  | 1
+--v----v---+
| b = a + a |
|  data 6   |
|  grad 12  |
+-----------+
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from mathlab.drawing.graphs.nodes import LONGEST_TEXT, Told
from mathlab.drawing.graphs.spacing import Layout, Port, layout
from mathlab.drawing.graphs.wires import tracks
from mathlab.drawing.paper.canvas import Canvas, Cell, Ink, written
from mathlab.drawing.paper.text import cells, join, plain

HEIGHT = 5  # lines of a box: its frame, how it was made, data and grad
CLEAR = 2  # columns between two boxes, and between a slope and the next wire
UP, RIGHT, DOWN, LEFT = 1, 2, 4, 8  # where the lines go that meet in a cell
BOX_LINES = {
    UP | DOWN: "│", LEFT | RIGHT: "─", UP | RIGHT | DOWN | LEFT: "┼", LEFT | RIGHT | DOWN: "┬",
    RIGHT | DOWN: "┌", LEFT | DOWN: "┐", UP | RIGHT: "└", UP | LEFT: "┘",
}
BOX_LETTERS = {UP | DOWN: "|", LEFT | RIGHT: "-", UP | RIGHT | DOWN | LEFT: "|"}  # else "+"


def boxes(told: Told, width: int, unicode: bool) -> str | None:
    """The picture of a graph; None if it is wider than `width`."""
    lines_of = map(told.describe, told.nodes)
    words = [[cells(plain(line, unicode), LONGEST_TEXT) for line in each] for each in lines_of]
    inputs, found = told.joined(told.nodes)
    labels = [cells(plain(slope, unicode)) for slope in found]
    needs = [bool(label) + len(label) for label in labels]  # with a space between wire and slope
    plan = layout(inputs, [4 + max(map(len, text)) for text in words], needs, CLEAR, width)
    tops, routes = _routes(plan)
    lines: defaultdict[Cell, int] = defaultdict(int)
    ink: Ink = {}
    for route, label in zip(routes, labels, strict=True):
        _draw(route, lines)
        column, row = route[-1]
        ink |= {(column, row): "▼" if unicode else "v"} | written(label, column + 2, row - 1)
    for items, top in zip(plan.rows, tops, strict=True):
        for item in items:
            if item < len(words):
                left, size = plan.left[item], plan.sizes[item]
                right, bottom = left + size - 1, top + HEIGHT - 1
                frame = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
                _draw(frame, lines)
                for row, text in enumerate(words[item], top + 1):
                    ink |= written(text, left + (size - len(text)) // 2, row)
    signs = BOX_LINES if unicode else BOX_LETTERS
    ink = {cell: signs.get(sides, "+") for cell, sides in lines.items()} | ink
    canvas = Canvas(1 + max(column for column, _ in ink), 1 + max(row for _, row in ink))
    return "\n".join(map(join, canvas.grid(ink))) if canvas.columns <= width else None


def _routes(plan: Layout) -> tuple[list[int], list[list[Cell]]]:
    """The top of each row of boxes, and the corners of each edge from one box to the other."""
    row_of = {item: i for i, row in enumerate(plan.rows) for item in row}
    wires: list[dict[int, Port]] = [{} for _ in plan.rows]  # between a row and the next, by edge
    for k, (edge, ports) in enumerate(zip(plan.edges, plan.ports, strict=True)):
        for row, port in enumerate(ports, row_of[edge[0]]):
            wires[row][k] = port
    tops = [0]
    routes: list[list[Cell]] = [[] for _ in plan.edges]
    for between in wires:
        below = tops[-1] + HEIGHT
        bends = tracks(list(between.values()))
        high = 1 + max((track for pieces in bends for track, *_ in pieces), default=-1)
        tops.append(below + high + 1)  # 1 for the slopes
        for (k, (leave, enter)), pieces in zip(between.items(), bends, strict=True):
            routes[k] = routes[k] or [(leave, below - 1)]
            for track, start, end in pieces:
                routes[k] += [(start, below + track), (end, below + track)]
            routes[k].append((enter, tops[-1]))
    return tops[:-1], routes


def _draw(corners: Iterable[Cell], lines: defaultdict[Cell, int]) -> None:
    """Add straight lines from corner to corner, as the sides on which they touch each cell."""
    for (column, row), (column_end, row_end) in pairwise(corners):
        for i in range(min(row, row_end), max(row, row_end)):
            lines[column, i] |= DOWN
            lines[column, i + 1] |= UP
        for i in range(min(column, column_end), max(column, column_end)):
            lines[i, row] |= RIGHT
            lines[i + 1, row] |= LEFT
