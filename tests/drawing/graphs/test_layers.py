import random
from itertools import combinations, pairwise, permutations, product
from math import factorial, prod

import pytest

from mathlab.drawing.graphs import spacing
from mathlab.drawing.graphs.layers import crossings, layered, places, untangled
from mathlab.drawing.graphs.spacing import apart, layout
from mathlab.drawing.graphs.wires import tracks
from tests.thinned import thinned


def graph(seed, most=12):
    """The inputs of a random graph whose last node depends on all the others."""
    chance = random.Random(seed)
    size = chance.randint(1, most)
    inputs = [[] for _ in range(size)]
    for node in range(1, size):
        if chance.random() < 0.75:
            inputs[node] = chance.choices(range(node), k=chance.choice([1, 2, 2, 2, 3]))
    used = {source for sources in inputs for source in sources}
    inputs[-1] += [node for node in range(size - 1) if node not in used]
    return inputs


GRAPHS = [graph(seed) for seed in range(150)]
GRAPHS += [[[]], [[], [0]], [[], [0, 0]], [[], [0, 0], [1, 1], [2, 0]], [[] for _ in range(5)]]


def labels(inputs):
    """Widths of what stands beside the edges, all sorts."""
    return [i * 7 % 5 * 2 for i in range(sum(map(len, inputs)))]


@pytest.mark.parametrize(
    ("inputs", "rows", "edges"),
    [
        ([], [], []),
        ([[]], [[0]], []),
        ([[], [0]], [[0], [1]], [[0, 1]]),
        ([[], [0, 0]], [[0], [1]], [[0, 1], [0, 1]]),  # a + a
        ([[], [], [0, 1]], [[0, 1], [2]], [[0, 2], [1, 2]]),
        ([[], [0], [1, 0]], [[0], [1, 3], [2]], [[0, 1], [1, 2], [0, 3, 2]]),
        ([[], [0], [1], [2, 0]], [[0], [1, 4], [2, 5], [3]],
         [[0, 1], [1, 2], [2, 3], [0, 4, 5, 3]]),
    ],
)
def test_rows_and_edges(inputs, rows, edges):
    assert layered(inputs) == (rows, edges)


@pytest.mark.parametrize("inputs", GRAPHS)
def test_every_node_has_one_place_and_every_edge_goes_down_row_by_row(inputs):
    rows, edges = layered(inputs)
    items = [item for row in rows for item in row]
    assert sorted(items) == list(range(len(items)))
    row_of = {item: i for i, row in enumerate(rows) for item in row}
    for edge in edges:
        assert all(row_of[lower] == row_of[upper] + 1 for upper, lower in pairwise(edge))
        assert all(relay >= len(inputs) for relay in edge[1:-1])
    assert [(edge[0], edge[-1]) for edge in edges] == [
        (source, node) for node, sources in enumerate(inputs) for source in sources
    ]
    for node, sources in enumerate(inputs):  # no lower than it has to be
        assert row_of[node] == max((row_of[source] + 1 for source in sources), default=0)


def counted(rows, edges):
    """Crossings, pair by pair, as they are defined."""
    place = places(rows)
    row_of = {item: i for i, row in enumerate(rows) for item in row}
    pieces = [piece for edge in edges for piece in pairwise(edge)]
    return sum(
        row_of[a] == row_of[c] and (place[a] - place[c]) * (place[b] - place[d]) < 0
        for (a, b), (c, d) in combinations(pieces, 2)
    )


@pytest.mark.parametrize("inputs", GRAPHS)
def test_crossings_are_counted_and_the_sweeps_never_add_one(inputs):
    rows, edges = layered(inputs)
    assert crossings(rows, edges) == counted(rows, edges)
    better = untangled(rows, edges)
    assert counted(better, edges) < counted(rows, edges) or better == rows
    assert [sorted(row) for row in better] == rows  # relays are numbered in the order of the rows
    assert untangled(rows, edges) == better


def fewest(rows, edges):
    orders = product(*(map(list, permutations(row)) for row in rows))
    return min(counted(order, edges) for order in orders)


def test_nearly_always_no_order_at_all_has_fewer_crossings():
    tried = best = 0
    for inputs in GRAPHS:
        rows, edges = layered(inputs)
        if 1 < prod(factorial(len(row)) for row in rows) < 300:
            tried += 1
            best += counted(untangled(rows, edges), edges) == fewest(rows, edges)
    assert tried > 40
    assert best >= 0.95 * tried


@pytest.mark.parametrize(
    ("inputs", "least"),
    [
        ([[], [], [0, 1], [0], [2, 3]], 0),  # x*y + sin(x)
        ([[], [], [], [], [0, 3], [1, 2], [4, 5]], 0),  # a tree
        ([[], [0], [1, 0], [2, 0], [3, 0]], 0),
        ([[], [], [0, 1], [0, 1]], 1),  # two by two, all joined
        ([[], [], [], [0, 1, 2], [0, 1, 2], [0, 1, 2]], 9),  # three by three: 3 * 3 pairs of pairs
        ([[], [0, 0], [0, 0], [], [], [3, 3, 1], [0, 4], [6, 2], [0, 0, 5, 7]], 0),
        ([[], [], [], [0, 2], [0, 1], [1, 2]], 2),  # a ring of 2 n nodes in two rows: n - 1
    ],
)
def test_known_least_crossings_are_found(inputs, least):
    rows, edges = layered(inputs)
    assert counted(untangled(rows, edges), edges) == least


@pytest.mark.parametrize(
    ("wishes", "gaps", "limits", "places"),
    [
        ([], [], {}, []),
        ([3], [], {}, [3]),
        ([1, 5, 9], [2, 2], {}, [1, 5, 9]),  # there is room
        ([0, 0], [4], {}, [-2, 2]),
        ([0, 0, 0], [1, 1], {}, [-1, 0, 1]),
        ([9, 0], [1], {}, [4, 5]),  # in the wrong order: side by side in the middle
        ([0, 0], [4], {"low": 0}, [0, 4]),
        ([0, 0], [4], {"high": 1}, [-3, 1]),
        ([0, 0], [4], {"low": 0, "high": 2}, [0, 4]),  # no room: from the left
        ([0, 0], [4], {"weights": [3, 1]}, [-1, 3]),
        ([0, 2, 10, 10], [3, 1, 2], {}, [-0.5, 2.5, 9, 11]),
    ],
)
def test_apart(wishes, gaps, limits, places):
    assert apart(wishes, gaps, **limits) == pytest.approx(places)


@pytest.mark.parametrize("seed", range(20))
def test_no_other_places_are_nearer(seed):
    chance = random.Random(seed)
    wishes = [chance.uniform(0, 20) for _ in range(6)]
    gaps = [chance.uniform(0, 5) for _ in range(5)]
    weights = [chance.uniform(0.5, 3) for _ in range(6)]

    def strain(found):
        return sum(w * (x - y) ** 2 for w, x, y in zip(weights, found, wishes, strict=True))

    found = apart(wishes, gaps, weights=weights)
    assert all(y - x >= gap - 1e-9 for (x, y), gap in zip(pairwise(found), gaps, strict=True))
    for _ in range(300):  # any allowed move, of all from one on or up to one or of one alone
        moved = [x + chance.choice([0, 0, 1, -1]) * chance.uniform(0, 0.1) for x in found]
        if all(y - x >= gap for (x, y), gap in zip(pairwise(moved), gaps, strict=True)):
            assert strain(moved) >= strain(found) - 1e-9
    for i in range(6):
        for by in (-0.01, 0.01):
            for part in (range(i), range(i, 6)):
                moved = [x + by * (j in part) for j, x in enumerate(found)]
                if all(y - x >= gap for (x, y), gap in zip(pairwise(moved), gaps, strict=True)):
                    assert strain(moved) >= strain(found) - 1e-9


@pytest.mark.parametrize("inputs", thinned(GRAPHS[:150], keep=30) + GRAPHS[150:])
@pytest.mark.parametrize(("gap", "room"), [(2, 90), (14, float("inf"))])
def test_nothing_overlaps_and_edges_touch_their_boxes(inputs, gap, room):
    sizes = [7 + node * 5 % 9 for node in range(len(inputs))]
    plan = layout(inputs, sizes, labels(inputs), gap, room)
    assert all(wide >= size for wide, size in zip(plan.sizes, sizes, strict=False))
    assert min(plan.left) == 0
    for row in plan.rows:
        for one, other in pairwise(row):
            assert plan.left[one] + plan.sizes[one] + gap <= plan.left[other]
        if sum(plan.sizes[item] + gap for item in row) - gap > room:
            break
    else:
        assert plan.width <= room
    into, out = set(), set()
    for edge, ports, label in zip(plan.edges, plan.ports, labels(inputs), strict=True):
        assert len(ports) == len(edge) - 1
        for upper, lower, (leave, enter) in zip(edge, edge[1:], ports, strict=False):
            assert plan.left[upper] <= leave < plan.left[upper] + plan.sizes[upper]
            assert plan.left[lower] <= enter < plan.left[lower] + plan.sizes[lower]
            assert plan.sizes[upper] == 1 or plan.left[upper] < leave
            assert (upper, leave) not in out and (lower, enter) not in into
            out.add((upper, leave))
            into.add((lower, enter))
        for (_, enter), (leave, _) in pairwise(ports):
            assert enter == leave  # through a relay
        assert ports[-1][1] + label < plan.left[edge[-1]] + plan.sizes[edge[-1]]
    place = places(plan.rows)
    pieces = [
        piece
        for edge, ports in zip(plan.edges, plan.ports, strict=True)
        for piece in zip(pairwise(edge), ports, strict=True)
    ]
    for ((a, b), (leave, enter)), ((c, d), (its_leave, its_enter)) in combinations(pieces, 2):
        if a == c and b != d:  # no crossing right below a box, or right above one
            assert (leave < its_leave) == (place[b] < place[d])
        if b == d and a != c:
            assert (enter < its_enter) == (place[a] < place[c])
        if (a, b) == (c, d):
            assert (leave < its_leave) == (enter < its_enter)
    for node in range(len(inputs)):
        coming = sorted(
            (ports[-1][1], label)
            for edge, ports, label in zip(plan.edges, plan.ports, labels(inputs), strict=True)
            if edge[-1] == node
        )
        assert all(x + label < y for (x, label), (y, _) in pairwise(coming))


@pytest.mark.parametrize("inputs", [[[], [0], [1], [2]], [[], [0, 0]], [[], [0, 0], [1, 1]]])
def test_what_can_be_upright_is(inputs):
    plan = layout(inputs, [9] * len(inputs), [0] * sum(map(len, inputs)), gap=2)
    assert all(leave == enter for ports in plan.ports for leave, enter in ports)


def test_after_30_rounds_all_stand_still(monkeypatch):
    graphs = thinned(GRAPHS, keep=25)

    def places():
        return [layout(each, [7 + i * 5 % 9 for i, _ in enumerate(each)], labels(each), 2).left
                for each in graphs]

    found = places()
    monkeypatch.setattr(spacing, "ROUNDS", 2 * spacing.ROUNDS)
    assert spacing.ROUNDS == 60 and places() == found
    monkeypatch.setattr(spacing, "ROUNDS", 3)
    assert places() != found


def test_what_was_made_of_two_stands_between_them():
    plan = layout([[], [], [0, 1]], [9, 9, 9], [0, 0], gap=2)
    assert plan.left[:2] == [0, 11]
    assert plan.left[2] in (5, 6)


def test_long_edges_bend_at_their_ends_and_seldom_between():
    between = bends = 0
    for inputs in GRAPHS:
        plan = layout(inputs, [7 + node * 5 % 9 for node in range(len(inputs))], labels(inputs), 2)
        for ports in plan.ports:
            between += len(ports[1:-1])
            bends += sum(leave != enter for leave, enter in ports[1:-1])
    assert between > 300
    assert bends < between / 6


def test_halves_are_rounded_so_that_neighbours_keep_their_distance():
    plan = layout([[], [], [], [], [2, 0, 1, 3]], [9, 5, 5, 5, 11], [0] * 4, 2)
    first, *_ = plan.rows
    for one, other in pairwise(first):
        assert plan.left[one] + plan.sizes[one] + 2 <= plan.left[other]


def stretches(wires, pieces, height):
    """The stretches between cells that each wire covers, and the cells in which it turns."""
    drawn = []
    for (start, end), parts in zip(wires, pieces, strict=True):
        stops = [(start, -1), *((c, t) for t, a, b in parts for c in (a, b)), (end, height)]
        cells = set()
        for (x, y), (x_end, y_end) in pairwise(stops):
            assert x == x_end or y == y_end  # upright or level
            assert y <= y_end  # never up again
            upright = x == x_end
            for i in range(min(y, y_end), max(y, y_end)) if upright else ():
                cells.add((x, i + 0.5, "upright"))
            for i in range(min(x, x_end), max(x, x_end)) if not upright else ():
                cells.add((i + 0.5, y, "level"))
        drawn.append((cells, set(stops[1:-1])))
    return drawn


WIRES = [
    [],
    [(3, 3)],
    [(1, 9)],
    [(1, 5), (5, 1)],
    [(1, 5), (5, 9), (9, 1)],
    [(1, 5), (5, 1), (3, 7), (7, 3)],
    [(0, 1), (1, 0)],  # no free column between
    [(1, 3), (4, 6), (7, 9)],
    *(
        list(zip(chance.sample(range(30), 7), chance.sample(range(30), 7), strict=True))
        for chance in map(random.Random, range(100))
    ),
    *(
        list(zip(chance.sample(range(0, 16, 2), 8), chance.sample(range(0, 16, 2), 8), strict=True))
        for chance in map(random.Random, range(100))
    ),
]


@pytest.mark.parametrize("wires", WIRES)
def test_wires_may_cross_but_never_touch(wires):
    pieces = tracks(wires)
    height = 1 + max((track for parts in pieces for track, *_ in parts), default=-1)
    drawn = stretches(wires, pieces, height)
    for (start, end), parts in zip(wires, pieces, strict=True):
        assert bool(parts) == (start != end)
        if parts:
            assert parts[0][1] == start and parts[-1][2] == end
    for (cells, turns), (others, its_turns) in combinations(drawn, 2):
        assert not cells & others  # no stretch in common
        assert not turns & its_turns  # no corner in common
        for x, y in turns | its_turns:  # and no corner on the other one
            on_one, on_other = (
                any((x + dx, y, "level") in c for dx in (-0.5, 0.5))
                or any((x, y + dy, "upright") in c for dy in (-0.5, 0.5))
                for c in (cells, others)
            )
            assert not (on_one and on_other)


@pytest.mark.parametrize(
    ("wires", "height"),
    [
        ([(3, 3), (8, 8)], 0),
        ([(1, 3), (4, 6), (7, 9)], 1),  # side by side
        ([(1, 10), (3, 12)], 2),
        ([(3, 12), (1, 10)], 2),
        ([(10, 1), (12, 3)], 2),
        ([(12, 3), (10, 1)], 2),
    ],
)
def test_wires_that_keep_their_order_do_not_cross(wires, height):
    pieces = tracks(wires)
    assert 1 + max((track for parts in pieces for track, *_ in parts), default=-1) == height
    drawn = stretches(wires, pieces, height)
    for (cells, _), (others, _) in permutations(drawn, 2):
        level = {(x, y) for x, y, way in cells if way == "level"}
        upright = {(x, y) for x, y, way in others if way == "upright"}
        assert not {
            (x, y) for x, y in level for u, v in upright
            if abs(x - u) == 0.5 and abs(y - v) == 0.5 and (x + 2 * (u - x), y) in level
        }


@pytest.mark.parametrize(("inputs", "rows"), [
    ([[], [], [1], [0]], [[0, 1], [3, 2]]),  # what was given keeps its order, what is made moves
    ([[], [], [0, 1], [0, 1]], [[0, 1], [2, 3]]),  # where no order is better, nothing moves
    ([[], [], [], [0, 1, 2], [0, 1, 2], [0, 1, 2]], [[0, 1, 2], [3, 4, 5]]),
])
def test_the_rows_of_a_layout_are_untangled_from_above(inputs, rows):
    assert untangled(*layered(inputs)) == rows
    assert layout(inputs, [9] * len(inputs), [0] * sum(map(len, inputs)), gap=2).rows == rows
