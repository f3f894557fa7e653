"""How far to the right everything stands: boxes side by side, and where edges leave and enter them.

Think of every edge as a spring that would like to be upright. Each box goes to the middle of where
its edges pull it, and boxes that would overlap stop where they touch, and move on as one, to the
middle of what they want together. `apart` is that rule; the places of boxes in a row and of edges
along a box are both found by it. Here two things want to be at 10, and have to be 4 apart:

>>> apart([10, 10, 30], [4, 4])
[8.0, 12.0, 30.0]

Units are up to the caller: characters for a terminal, pixels for an SVG file.

Source: R. E. Barlow, D. J. Bartholomew, J. M. Bremner and H. D. Brunk, Statistical Inference under
Order Restrictions (1972), on pooling adjacent violators.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import floor, inf
from statistics import fmean
from typing import NamedTuple

from mathlab.drawing.graphs.layers import Edges, Rows, layered, places, untangled

ROUNDS = 30  # up and down through all rows; 20 were enough for each of 155 random graphs
STIFF = 1000.0  # so much less than a box gives a relay way, so that long edges are straight

Port = tuple[int, int]  # where a piece of an edge leaves the upper item, and enters the lower
Piece = tuple[int, int]  # which edge, and which of its pieces, counted from above
Pieces = defaultdict[int, list[Piece]]  # those that leave, or enter, an item, from left to right


class Layout(NamedTuple):
    """Where everything stands: from left to right in units, from above to below in rows.

    The items are the nodes, by number, and after them the relays. For each edge and each row that
    it goes down, `ports` has where it leaves the upper item and where it enters the lower.
    """

    rows: Rows
    edges: Edges
    left: list[int]  # side of every item
    sizes: list[int]  # from its left side to its right
    ports: list[list[Port]]

    @property
    def width(self) -> int:
        """The right side of what reaches furthest to the right."""
        return max(left + size for left, size in zip(self.left, self.sizes, strict=True))


def layout(
    inputs: Sequence[Sequence[int]],
    sizes: Sequence[int],
    labels: Sequence[int],
    gap: int,
    room: float = inf,
) -> Layout:
    """Where the nodes stand that were made from these inputs.

    sizes   the least width of each node
    labels  for each input of node 0, then of node 1 and so on, the width of what stands beside it
    gap     between things that should not touch
    room    the width that is to be enough, if it can be

    >>> plan = layout([[], [0, 0]], sizes=[8, 5], labels=[1, 1], gap=2)
    >>> plan.rows, plan.left, plan.sizes
    ([[0], [1]], [1, 0], [8, 10])
    >>> plan.ports
    [[(2, 2)], [(6, 6)]]
    """
    rows, edges = layered(inputs)
    rows = untangled(rows, edges)
    leaving, entering = _pieces(rows, edges)
    beside = {(k, len(edges[k]) - 2): label for k, label in enumerate(labels)}
    wide = [1] * sum(map(len, rows))  # that is a relay
    for node, size in enumerate(sizes):
        room_above = gap + sum(1 + beside[piece] + gap for piece in entering[node])
        room_below = gap + sum(1 + gap for _ in leaving[node])
        wide[node] = max(size, room_above, room_below)
    left = _left_sides(rows, edges, wide, leaving, entering, gap, room)

    enter, leave = {}, {}
    for k, edge in enumerate(edges):
        for i, relay in enumerate(edge[1:-1]):
            enter[k, i] = leave[k, i + 1] = left[relay]
    start = _evenly(leaving, wide)
    for node, size in enumerate(wide[: len(sizes)]):  # as near as can be to where they come from
        pieces, low, high = entering[node], left[node] + gap, left[node] + size - 1 - gap
        if pieces:
            high -= beside[pieces[-1]]
        wishes = [left[edges[k][i]] + start[k, i] for k, i in pieces]
        steps = [1 + beside[piece] + gap for piece in pieces]
        enter |= zip(pieces, map(_whole, apart(wishes, steps[:-1], low, high)), strict=True)
    margin = max(1, gap // 2)
    for node, size in enumerate(wide[: len(sizes)]):  # as near as can be to where they enter
        pieces, low, high = leaving[node], left[node] + margin, left[node] + size - 1 - margin
        wishes, steps = [enter[piece] for piece in pieces], [1 + gap] * len(pieces)
        leave |= zip(pieces, map(_whole, apart(wishes, steps[:-1], low, high)), strict=True)
    ports = [
        [(leave[k, i], enter[k, i]) for i in range(len(edge) - 1)] for k, edge in enumerate(edges)
    ]
    return Layout(rows, edges, left, wide, ports)


def apart(
    wishes: Sequence[float],
    gaps: Sequence[float],
    low: float = -inf,
    high: float = inf,
    weights: Sequence[float] = (),
) -> list[float]:
    """The places nearest to the wishes that are in order and at least so far apart.

    Nearest: with the least sum of weight * (place - wish)**2. All lie between `low` and `high`,
    where there is room for them.

    >>> apart([5, 5], [2], low=5, high=20)
    [5.0, 7.0]
    """
    if not wishes:
        return []
    offsets = list(accumulate(gaps, initial=0.0))
    blocks: list[tuple[float, float, int]] = []  # of things that touch: place, weight, how many
    for wish, offset, weight in zip(wishes, offsets, weights or [1.0] * len(wishes), strict=True):
        place, count = wish - offset, 1
        while blocks and blocks[-1][0] > place:
            other, its_weight, its_count = blocks.pop()
            place = (place * weight + other * its_weight) / (weight + its_weight)
            weight, count = weight + its_weight, count + its_count
        blocks.append((place, weight, count))
    shifts = [place for place, _, count in blocks for _ in range(count)]
    return [
        max(low, min(shift, high - offsets[-1])) + offset
        for shift, offset in zip(shifts, offsets, strict=True)
    ]


def _pieces(rows: Rows, edges: Edges) -> tuple[Pieces, Pieces]:
    """The pieces that leave each item, and those that enter it, in the order of what they lead to.

    So those of one item do not cross; nor do two from one node to the same other.
    """
    place = places(rows)
    all_pieces = [(k, i) for k, edge in enumerate(edges) for i in range(len(edge) - 1)]
    leaving: Pieces = defaultdict(list)
    entering: Pieces = defaultdict(list)
    for k, i in sorted(all_pieces, key=lambda piece: place[edges[piece[0]][piece[1] + 1]]):
        leaving[edges[k][i]].append((k, i))
    for k, i in sorted(all_pieces, key=lambda piece: place[edges[piece[0]][piece[1]]]):
        entering[edges[k][i + 1]].append((k, i))
    return leaving, entering


def _evenly(pieces: Pieces, sizes: Sequence[int]) -> dict[Piece, float]:
    """How far from the left side of its item each piece would stand if all stood evenly."""
    return {
        piece: (sizes[item] - 1) * j / (len(found) + 1)
        for item, found in pieces.items()
        for j, piece in enumerate(found, 1)
    }


def _left_sides(
    rows: Rows,
    edges: Edges,
    sizes: Sequence[int],
    leaving: Pieces,
    entering: Pieces,
    gap: int,
    room: float,
) -> list[int]:
    """The left side of every item, the first at 0: where edges pull it, as far as there is room."""
    leave, enter = _evenly(leaving, sizes), _evenly(entering, sizes)
    springs: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for k, edge in enumerate(edges):
        for i, (upper, lower) in enumerate(pairwise(edge)):
            springs[upper].append((lower, enter[k, i] - leave[k, i]))
            springs[lower].append((upper, leave[k, i] - enter[k, i]))
    left = [0.0] * len(sizes)

    def settle(row: list[int], wishes: list[float], weights: list[float]) -> None:
        low, high = (0.0, room - sizes[row[-1]]) if room < inf else (-inf, inf)
        gaps = [sizes[item] + gap for item in row[:-1]]
        for item, place in zip(row, apart(wishes, gaps, low, high, weights), strict=True):
            left[item] = place

    for _ in range(ROUNDS):
        for row in rows + rows[::-1]:
            pulled = [springs[item] or [(item, 0.0)] for item in row]
            wishes = [fmean(left[other] + shift for other, shift in each) for each in pulled]
            settle(row, wishes, [float(len(each)) for each in pulled])
    upper_relay = {low: high for edge in edges for high, low in pairwise(edge[1:-1])}
    for row in rows:  # whole units, and relays straight below each other
        wishes = [left[upper_relay.get(item, item)] for item in row]
        settle(row, wishes, [STIFF if item in upper_relay else 1.0 for item in row])
        for item in row:
            left[item] = _whole(left[item])
    first = min(left, default=0)
    return [int(place - first) for place in left]


def _whole(place: float) -> int:
    """The nearest whole unit. (`round` takes 0.5 and 1.5 apart: neighbours could overlap.)"""
    return floor(place + 0.5)
