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


def clocked(work: Callable[[], Result], runs: int = RUNS) -> tuple[Result, float]:
    """What some work makes, the last time, and the median of its times in milliseconds."""
    times = []
    for _ in range(runs):
        began = perf_counter()
        result = work()
        times.append(1000 * (perf_counter() - began))
    return result, median(times)
