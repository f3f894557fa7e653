"""Boxes in rows that pull each other straight: how far to the right everything stands.

On the page: `order: dict[Value, None] = {}`. There all stand in one line; here in a picture.

Think of every edge as a spring that would like to be upright. It pulls each box to the middle of
where its neighbours above and below stand. But boxes in a row must not overlap: two that would
touch, and go on as one, to the middle of what they want together. `apart` is that rule. Here two
boxes want to be at 10, and have to be 4 apart:

>>> apart([10, 10, 30], [4, 4])
[8.0, 12.0, 30.0]

`layout` lets the rows pull each other until they are at rest. Then it finds, by the same rule,
where along its box each edge begins and ends. An edge that passes rows on its way has a relay in
each of them (see `layers`): a box of width 1 that keeps its place free.

Units are up to the caller: characters for a terminal, pixels for an SVG file. Read `apart` first,
then the five steps of `layout`; the rest is one function for each.

Source: R. E. Barlow, D. J. Bartholomew, J. M. Bremner and H. D. Brunk, Statistical Inference under
Order Restrictions (1972), on pooling adjacent violators.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from math import floor, inf
from statistics import fmean
from typing import NamedTuple

from mathlab.drawing.graphs.layers import Edges, Rows, layered, places, untangled

ROUNDS = 30  # up and down through all rows; enough: test_after_30_rounds_all_stand_still
STIFF = 1000.0  # so much less than a box gives a relay way, so that long edges are straight

Port = tuple[int, int]  # where a piece of an edge leaves the upper item, and enters the lower


class Piece(NamedTuple):
    """The part of an edge between two neighbouring rows."""

    edge: int
    upper: int  # the item it leaves
    lower: int  # the item it enters
    label: int  # the width of what stands beside its lower end


Ends = defaultdict[int, list[Piece]]  # the pieces at each item, from left to right


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


def apart(wishes: Sequence[float], gaps: Sequence[float], low: float = -inf, high: float = inf,
          weights: Sequence[float] = ()) -> list[float]:
    """The places nearest to the wishes that are in order and at least so far apart.

    Nearest: with the least sum of weight * (place - wish)**2. All lie between `low` and `high`,
    where there is room for them.

    Push all to the left by the gaps before them: [10, 10, 30] becomes [10, 6, 22]. Now they only
    have to be in order. 10 and 6 are not, so both get their mean, 8, which is before 22. Push
    them back: 8, 12, 30.

    >>> apart([5, 5], [2], low=5, high=20)
    [5.0, 7.0]
    """
    if not wishes:
        return []
    pushes = list(accumulate(gaps, initial=0.0))
    blocks: list[tuple[float, float, int]] = []  # of things that touch: place, weight, how many
    for wish, push, weight in zip(wishes, pushes, weights or [1.0] * len(wishes), strict=True):
        place, count = wish - push, 1
        while blocks and blocks[-1][0] > place:
            other, its_weight, its_count = blocks.pop()
            place = (place * weight + other * its_weight) / (weight + its_weight)
            weight, count = weight + its_weight, count + its_count
        blocks.append((place, weight, count))
    found = [place for place, _, count in blocks for _ in range(count)]
    high -= pushes[-1]
    return [max(low, min(place, high)) + push for place, push in zip(found, pushes, strict=True)]


def layout(inputs: Sequence[Sequence[int]], sizes: Sequence[int], labels: Sequence[int], gap: int,
           room: float = inf) -> Layout:
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
    # Who stands in which row, and in what order; and what joins the rows.
    rows, edges = layered(inputs)
    rows = untangled(rows, edges)
    place, pieces = places(rows), _pieces(edges, labels)
    leaving, entering = _ends(pieces, place)
    # How wide everything is, the relays too.
    wide = [_width(size, leaving[node], entering[node], gap) for node, size in enumerate(sizes)]
    wide += [1] * (len(place) - len(wide))
    # How far to the right it comes to rest.
    start, end = _evenly(leaving, wide), _evenly(entering, wide)
    shifts = {piece: end[piece] - start[piece] for piece in pieces}
    left = _at_rest(rows, edges, wide, shifts, gap, room)
    # Where each piece enters its box, near where it comes from, and leaves one, near where it goes.
    above = {piece: left[piece.upper] + start[piece] for piece in pieces}
    enter = _along(entering, above, left, wide, gap, gap)
    leave = _along(leaving, enter, left, wide, gap, max(1, gap // 2))
    ports: list[list[Port]] = [[] for _ in edges]
    for piece in pieces:
        ports[piece.edge].append((leave[piece], enter[piece]))
    return Layout(rows, edges, left, wide, ports)


def _pieces(edges: Edges, labels: Sequence[int]) -> list[Piece]:
    """The pieces of all edges; the label of an edge stands beside its last one."""
    return [
        Piece(k, upper, lower, label if lower == edge[-1] else 0)
        for k, (edge, label) in enumerate(zip(edges, labels, strict=True))
        for upper, lower in pairwise(edge)
    ]


def _ends(pieces: list[Piece], place: dict[int, int]) -> tuple[Ends, Ends]:
    """What leaves and enters each item, in the order of where it leads: so no two there cross."""
    leaving, entering = defaultdict[int, list[Piece]](list), defaultdict[int, list[Piece]](list)
    for piece in sorted(pieces, key=lambda piece: place[piece.lower]):
        leaving[piece.upper].append(piece)
    for piece in sorted(pieces, key=lambda piece: place[piece.upper]):
        entering[piece.lower].append(piece)
    return leaving, entering


def _width(size: int, leaving: list[Piece], entering: list[Piece], gap: int) -> int:
    """The width of a node: that of its text, or more for what enters above and leaves below."""
    above = gap + sum(1 + piece.label + gap for piece in entering)
    return max(size, above, gap + len(leaving) * (1 + gap))


def _evenly(ends: Ends, sizes: Sequence[int]) -> dict[Piece, float]:
    """How far from the left side of its item each piece would stand if all stood evenly."""
    return {
        piece: (sizes[item] - 1) * j / (len(pieces) + 1)
        for item, pieces in ends.items()
        for j, piece in enumerate(pieces, 1)
    }


def _at_rest(rows: Rows, edges: Edges, sizes: Sequence[int], shifts: dict[Piece, float], gap: int,
             room: float) -> list[int]:
    """The left side of every item, the first at 0, when its neighbours have pulled at it.

    shifts   how far each piece would be from upright if its items stood at the same place
    """
    pulls: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for piece, shift in shifts.items():
        pulls[piece.upper].append((piece.lower, shift))
        pulls[piece.lower].append((piece.upper, -shift))
    left = [0.0] * len(sizes)

    def settle(row: list[int], wishes: list[float], weights: list[float]) -> None:
        low, high = (0.0, room - sizes[row[-1]]) if room < inf else (-inf, inf)
        gaps = [sizes[item] + gap for item in row[:-1]]
        for item, place in zip(row, apart(wishes, gaps, low, high, weights), strict=True):
            left[item] = place

    for _ in range(ROUNDS):
        for row in rows + rows[::-1]:
            pulled = [pulls[item] or [(item, 0.0)] for item in row]
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


def _along(ends: Ends, wishes: Mapping[Piece, float], left: list[int], wide: list[int], gap: int,
           margin: int) -> dict[Piece, int]:
    """Where along the box of an item its pieces end, as near as can be to where each wants to."""
    found: dict[Piece, int] = {}
    for item, pieces in ends.items():
        labels = [piece.label if piece.lower == item else 0 for piece in pieces]
        gaps = [1 + label + gap for label in labels[:-1]]
        inset = min(margin, (wide[item] - 1) // 2)  # a relay has one place only
        low, high = left[item] + inset, left[item] + wide[item] - 1 - inset - sum(labels[-1:])
        at = apart([wishes[piece] for piece in pieces], gaps, low, high)
        found |= zip(pieces, map(_whole, at), strict=True)
    return found


def _whole(place: float) -> int:
    """The nearest whole unit. (`round` takes 0.5 and 1.5 apart: neighbours could overlap.)"""
    return floor(place + 0.5)
