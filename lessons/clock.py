"""How long a piece of work takes: the median of several runs, which one run in a bad moment does
not move.

>>> result, milliseconds = clocked(lambda: sum(range(1000)))
>>> result, milliseconds > 0
(499500, True)
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import TypeVar

Result = TypeVar("Result")
RUNS = 3
LONG = 200  # milliseconds, after which there is no further run: a moment matters less, then


def clocked(work: Callable[[], Result], runs: int = RUNS) -> tuple[Result, float]:
    """What some work makes, the last time, and the median of its times in milliseconds."""
    times: list[float] = []
    while len(times) < runs and sum(times) < LONG:
        began = perf_counter()
        result = work()
        times.append(1000 * (perf_counter() - began))
    return result, median(times)
