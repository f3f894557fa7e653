"""The layers of a graph: who stands in which row of its picture, and in what order.

On the page: `order: dict[Value, None] = {}`. A list keeps each node after its inputs; so do rows.
What was given stands in the first row, and everything else one row below the lowest of its inputs.
So all edges run downwards. An edge that passes rows on its way gets a relay in each of them: a
stand-in that keeps a place free for it. Then only neighbouring rows are joined, and their order can
be chosen so that few edges cross.

Nodes are numbers here: `inputs[i]` lists the inputs of node i, and all of them are below i.

>>> inputs = [[], [], [0, 1], [0], [2, 3, 1]]
>>> rows, edges = layered(inputs)
>>> rows
[[0, 1], [2, 3, 5], [4]]
>>> edges
[[0, 2], [1, 2], [0, 3], [2, 4], [3, 4], [1, 5, 4]]
>>> crossings(rows, edges)
1
>>> untangled(rows, edges)
[[0, 1], [3, 2, 5], [4]]

Source: K. Sugiyama, S. Tagawa and M. Toda, "Methods for visual understanding of hierarchical system
structures" (1981).
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from itertools import count, islice, pairwise
from statistics import fmean

SWEEPS = 8  # enough: test_nearly_always_no_order_at_all_has_fewer_crossings

Rows = list[list[int]]  # the items of each layer, from left to right
Edges = list[list[int]]  # the items that each edge joins, from its input on down


def layered(inputs: Sequence[Sequence[int]]) -> tuple[Rows, Edges]:
    """The rows, and the edges: first those to node 0, then those to node 1, and so on.

    Relays are numbered on from the last node.
    """
    depth: list[int] = []
    for sources in inputs:
        depth.append(1 + max((depth[source] for source in sources), default=-1))
    rows: Rows = [[] for _ in range(1 + max(depth, default=-1))]
    for node, row in enumerate(depth):
        rows[row].append(node)
    unused = count(len(inputs))
    edges: Edges = []
    for node, sources in enumerate(inputs):
        for source in sources:
            relays = list(islice(unused, depth[node] - depth[source] - 1))
            for row, relay in enumerate(relays, depth[source] + 1):
                rows[row].append(relay)
            edges.append([source, *relays, node])
    return rows, edges


def crossings(rows: Rows, edges: Edges) -> int:
    """How many pairs of edges cross.

    Two edges between the same rows cross if one begins further left and ends further right.
    """
    place = places(rows)
    row_of = {item: i for i, row in enumerate(rows) for item in row}
    joined: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for edge in edges:
        for upper, lower in pairwise(edge):
            joined[row_of[upper]].append((place[upper], place[lower]))
    crossed = 0
    for pairs in joined.values():
        ends: list[int] = []
        for _, end in sorted(pairs):
            crossed += len(ends) - bisect_right(ends, end)
            insort(ends, end)
    return crossed


def untangled(rows: Rows, edges: Edges) -> Rows:
    """The rows in an order in which few edges cross; never more than before.

    To and fro, every item goes where its neighbours in the row just done are on average. The best
    order seen on the way is kept: finding the very best would take too long in a large graph.
    """
    above, below = neighbours(edges)
    best, fewest = rows, crossings(rows, edges)
    rows = [list(row) for row in rows]
    place = places(rows)
    for sweep in range(SWEEPS):
        if fewest == 0:
            break
        down = sweep % 2 == 0
        near = above if down else below
        for row in rows if down else reversed(rows):
            if sweep % 4 >= 2:
                row.reverse()  # so that those with the same average change places now and then
            average = {i: fmean(place[j] for j in near.get(i, [i])) for i in row}
            row.sort(key=average.__getitem__)
            place |= {item: i for i, item in enumerate(row)}
        crossed = crossings(rows, edges)
        if crossed < fewest:
            best, fewest = [list(row) for row in rows], crossed
    return best


def places(rows: Rows) -> dict[int, int]:
    """How many items are left of each in its row."""
    return {item: i for row in rows for i, item in enumerate(row)}


def neighbours(edges: Edges) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """The items above and below each, once for every edge that joins them."""
    above: defaultdict[int, list[int]] = defaultdict(list)
    below: defaultdict[int, list[int]] = defaultdict(list)
    for edge in edges:
        for upper, lower in pairwise(edge):
            above[lower].append(upper)
            below[upper].append(lower)
    return above, below
