"""Numeric derivatives, ours and those of the peers: how near, how sure, how dear.

Every method gets nothing but a function, a point and its own defaults. An answer is *wrong* if it
is further from the truth than the method's own error bar says, or if there is no derivative and the
method does not say so.
"""

import math
import statistics
import warnings
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import NamedTuple

from mathlab import numeric
from mathlab.calculus.numeric.difference import RealFunction
from tests.benchmark.peers import installed, versions
from tests.benchmark.timing import Effort
from tests.calculus.compositions import compositions
from tests.calculus.hard_functions import HARD, TWENTY, Row

Answer = tuple[float, float]  # the value and the error bar: infinite for "no answer"
Method = Callable[[RealFunction, float], Answer]

NO_ANSWER = math.nan, math.inf
ROUNDING = 2.3e-16  # of the truths themselves
NEAR = 1e-12


def ours(f: RealFunction, x: float) -> Answer:
    """mathlab's own."""
    value, error, *_ = numeric.derivative(f, x)
    return value, error


def central(f: RealFunction, x: float) -> Answer:
    """A central difference with the step of the book, its error bar from a step twice as wide."""
    h = 6e-6 * max(abs(x), 1.0)
    value = numeric.central_difference(f, x, h)
    return value, abs(value - numeric.central_difference(f, x, 2 * h))


def methods() -> dict[str, Method]:
    """Ours, the book's, and one for each peer that is here."""
    found: dict[str, Method] = {"mathlab": ours, "central": central}
    numpy = installed("numpy")
    if numdifftools := installed("numdifftools"):

        def by_numdifftools(f: RealFunction, x: float) -> Answer:
            every = numpy.vectorize(f, otypes=[float])
            result = numdifftools.Derivative(every, full_output=True)(x)
            return float(result.estimate), float(result.error_estimate.item())

        found["numdifftools"] = by_numdifftools
    if scipy := installed("scipy.differentiate"):
        def by_scipy(f: RealFunction, x: float) -> Answer:
            every = numpy.vectorize(f, otypes=[float])
            result = scipy.derivative(every, x)
            return (float(result.df), float(result.error)) if result.success else NO_ANSWER

        found["scipy"] = by_scipy
    return found


class Trial(NamedTuple):
    """One method on one function."""

    off: float  # relative to the slope; absolute where that is 0
    bar: float
    evaluations: int
    wrong: bool
    seconds: float


def tried(method: Method, row: Row) -> Trial:
    """What the method makes of the row. An exception, a nan and an infinite bar are no answer."""
    _, f, x, slope = row
    calls = 0

    def counted(at: float) -> float:
        nonlocal calls
        calls += 1
        return f(at)

    began = perf_counter()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value, bar = method(counted, x)
    except Exception:  # whatever a method does with a function that is hard: it has no answer
        value, bar = NO_ANSWER
    if isinstance(value, complex):  # as the book's quotient is, beyond the edge of a root
        value, bar = NO_ANSWER
    seconds = perf_counter() - began
    if not (math.isfinite(value) and math.isfinite(bar)):
        return Trial(math.nan, math.inf, calls, False, seconds)
    if slope is None:
        return Trial(math.nan, bar, calls, True, seconds)
    off, size = abs(value - slope), abs(slope) or 1.0
    wrong = off > bar + ROUNDING * abs(slope) + 5e-324
    return Trial(off / size, bar / size, calls, wrong, seconds)


def report(effort: Effort) -> None:
    """Print the twenty one by one, then a summary of every set."""
    chosen = methods()
    print(f"\nPeers: {versions('numdifftools', 'scipy', 'numpy')}")
    print("\nNumeric derivatives: relative error, '!' where it is larger than the error bar\n")
    width = max(len(row[0]) for row in TWENTY)
    print(" " * width, *(f"{name:>14}" for name in chosen))
    for row in TWENTY:
        trials = [tried(method, row) for method in chosen.values()]
        print(f"{row[0]:{width}}", *(f"{shown(trial):>14}" for trial in trials))
    random_rows = list(compositions(effort.of(10, 100, 1000), seed=0))
    sets: dict[str, Iterable[Row]] = {
        f"the {len(TWENTY)}": TWENTY,
        f"{len(HARD)} hard ones": HARD,
        f"{len(random_rows)} random": random_rows,
    }
    for title, rows in sets.items():
        print(f"\n{title}, of which {sum(row[3] is None for row in rows)} have no derivative\n")
        heads = ["right to 1e-12", "no answer", "wrong", "bar", "evaluations", "time"]
        print(f"{'':20}", *(f"{head:>14}" for head in heads))
        slowness = 0.0
        for name, method in chosen.items():
            trials = [tried(method, row) for row in rows]
            seconds = statistics.median(trial.seconds for trial in trials)
            slowness = slowness or seconds
            print(
                f"{name:20}",
                f"{sum(trial.off <= NEAR for trial in trials):14}",
                f"{sum(trial.bar == math.inf for trial in trials):14}",
                f"{sum(trial.wrong for trial in trials):14}",
                f"{statistics.median(trial.bar for trial in trials):14.1e}",
                f"{statistics.median(trial.evaluations for trial in trials):14.0f}",
                f"{seconds / slowness:13.2f}x",
            )
    print("\n'bar' is the median reported error; time is relative to mathlab's, per derivative.")


def shown(trial: Trial) -> str:
    """The error of one trial, with a mark if the method did not know it."""
    if trial.bar == math.inf:
        return "no answer  "
    return f"{trial.off:.0e} {'!' if trial.wrong else ' '}"
