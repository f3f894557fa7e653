"""Times that mean something on a noisy machine: side by side, in turn, and only as ratios."""

import gc
import math
import statistics
import textwrap
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from time import perf_counter

TITLE_WIDTH, NOTES_WIDTH = 40, 27  # columns: those of the notes fill up 80
GLUE = "\N{NO-BREAK SPACE}"


class Effort(IntEnum):
    """How much is spent on a figure."""

    ONCE = 0  # measured once, on the least that there is: to see that all of it runs
    QUICK = 1
    FULL = 2

    def of(self, once: int, quick: int, full: int) -> int:
        """The one of three sizes that fits."""
        return (once, quick, full)[self]


Ways = Mapping[str, Callable[[], object]]


def compared(ways: Ways, effort: Effort, turn: float = 0.02) -> dict[str, float]:
    """The median time of each way in seconds; they take turns, so that noise hits all alike.

    A turn is one run, or as many as take `turn` seconds. The collector of cycles runs as it
    does by default: it is part of the price. But what one way has left behind is cleared away
    before the next one starts, and what was there before, such as the peers' modules, is not looked
    at.
    """
    first = {name: timed(way, 1) for name, way in ways.items()}
    if effort is Effort.ONCE:
        return first
    runs = {name: max(1, math.ceil(turn / seconds)) for name, seconds in first.items()}
    gc.collect()
    gc.freeze()
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(effort.of(1, 3, 9)):
        for name, way in ways.items():
            times[name].append(timed(way, runs[name]))
    gc.unfreeze()
    return {name: statistics.median(found) for name, found in times.items()}


def timed(way: Callable[[], object], runs: int) -> float:
    """The mean time in seconds of some runs, one right after the other."""
    gc.collect()
    began = perf_counter()
    for _ in range(runs):
        way()
    return (perf_counter() - began) / runs


def print_times(title: str, ways: Ways, effort: Effort, turn: float = 0.02) -> None:
    """Print a row: the time of our way, "", and how many times as long the others take."""
    times = compared(ways, effort, turn)
    ours = times.pop("")
    print_row(title, shown(ours), [f"{name} {ratio(time / ours)}" for name, time in times.items()])


def print_row(title: str, figure: str, notes: Sequence[str]) -> None:
    """Print a row; notes that do not fit into 80 columns go on below, none is torn apart."""
    glued = [note.replace(" ", GLUE) for note in notes]
    first, *more = textwrap.wrap(", ".join(glued), NOTES_WIDTH, break_on_hyphens=False) or [""]
    print(f"{title:{TITLE_WIDTH}} {figure:>9}   {first}".replace(GLUE, " ").rstrip(), flush=True)
    for rest in more:
        print(f"{'':{TITLE_WIDTH + 13}}{rest}".replace(GLUE, " "))


def ratio(number: float) -> str:
    """Two digits, and a cross."""
    return f"{number:,.0f}x" if number >= 9.95 else f"{number:.2g}x"


def shown(seconds: float) -> str:
    """A time with its unit."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} us"
