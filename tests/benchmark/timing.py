"""Times that mean something on a noisy machine: side by side, in turn, and only as ratios."""

import gc
import math
import statistics
from collections.abc import Callable, Mapping
from time import perf_counter

Ways = Mapping[str, Callable[[], object]]


def compared(ways: Ways, quick: bool, turn: float = 0.02) -> dict[str, float]:
    """The median time of each way in seconds; they take turns, so that noise hits all alike.

    A turn is one run, or as many as fit into `turn` seconds. The collector of cycles runs as it
    does by default: it is part of the price. But what one way has left behind is cleared away
    before the next one starts, and what was there before, such as the peers' modules, is not looked
    at.
    """
    runs = {name: max(1, math.ceil(turn / timed(way, 1))) for name, way in ways.items()}
    gc.collect()
    gc.freeze()
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(3 if quick else 9):
        for name, way in ways.items():
            times[name].append(timed(way, runs[name]))
    return {name: statistics.median(found) for name, found in times.items()}


def timed(way: Callable[[], object], runs: int) -> float:
    """The mean time of some runs, one right after the other."""
    gc.collect()
    began = perf_counter()
    for _ in range(runs):
        way()
    return (perf_counter() - began) / runs


def line(title: str, ways: Ways, quick: bool, turn: float = 0.02) -> None:
    """Print a row: the time of the first way, and how many times as long the others take."""
    times = compared(ways, quick, turn)
    ours = times.pop("")
    ratios = (f"{name} {seconds / ours:,.2g}x" for name, seconds in times.items())
    print(f"{title:46} {shown(ours):>9}   {', '.join(ratios)}", flush=True)


def shown(seconds: float) -> str:
    """A time with its unit."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} us"
