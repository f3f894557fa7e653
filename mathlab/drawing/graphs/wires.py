"""Wires between two rows of boxes: which bends above which, so that none lies on another.

On the page: `order: dict[Value, None] = {}`. What a node keeps as its inputs is drawn as wires. A
wire goes down from where it starts, sideways along a track, and on down to where it ends. Wires
whose sideways parts do not meet can share a track. Where one wire starts in the column in which
another ends, it has to turn away first: its track must be the higher one.

>>> tracks([(1, 9), (9, 5), (3, 3)])
[[(1, 1, 9)], [(0, 9, 5)], []]

The third goes straight down. Two wires can each have to be above the other; then one of them is
given two bends more, with a free column between:

>>> tracks([(1, 5), (5, 1)])
[[(0, 1, 2), (2, 2, 5)], [(1, 5, 1)]]

Source: D. N. Deutsch, "A dogleg channel router" (1976).
"""

from collections.abc import Collection, Iterable, Sequence

Wire = tuple[int, int]  # the columns where it starts, above, and ends, below
Stretch = tuple[int, int, int]  # a track, counted from above, and from which column to which


def tracks(wires: Sequence[Wire]) -> list[list[Stretch]]:
    """The pieces of each wire that run sideways, from above to below.

    No two wires may start in the same column, nor end in the same.
    """
    pieces: list[list[Stretch]] = [[] for _ in wires]
    taken = {column for wire in wires for column in wire}
    to_do = {i: wire for i, wire in enumerate(wires) if wire[0] != wire[1]}
    track = 0
    while to_do:
        ready = _ready(to_do)
        if not ready:  # they wait for each other
            i, (start, end) = next(iter(to_do.items()))
            free = _nearest_free(start, taken)
            pieces[i].append((track, start, free))
            to_do[i] = (free, end)
        laid: list[Wire] = []
        for i in ready:
            if not any(_meet(to_do[i], other) for other in laid):
                laid.append(to_do[i])
                pieces[i].append((track, *to_do.pop(i)))
        track += 1
    return pieces


def _ready(to_do: dict[int, Wire]) -> list[int]:
    """The wires that no other has to be above; failing that, those that would only cross twice."""
    wires = to_do.values()
    starts = {start for start, _ in wires}
    free = [i for i, (_, end) in to_do.items() if end not in starts]
    return [i for i in free if not any(_better_above(w, to_do[i]) for w in wires)] or free


def _better_above(one: Wire, other: Wire) -> bool:
    """Whether two wires that need not cross would do so twice if `one` were not above `other`."""
    (start, end), (its_start, its_end) = one, other
    if start < end and its_start < its_end:  # both go right: the one further right comes first
        return its_start < start <= its_end < end
    if start > end and its_start > its_end:
        return end < its_end <= start < its_start
    return False


def _meet(one: Wire, other: Wire) -> bool:
    return max(min(one), min(other)) <= min(max(one), max(other))


def _nearest_free(start: int, taken: Collection[int]) -> int:
    """The column nearest to `start` that no wire uses; between two of them if it can be."""
    columns: Iterable[int] = range(min(taken), max(taken) + 2)
    return min((c for c in columns if c not in taken), key=lambda column: abs(column - start))
