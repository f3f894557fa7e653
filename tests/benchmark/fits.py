"""Fits as a reader asks for them: from the default start, to the last digits that are cheap.

The peers have it easier: SciPy begins its curves near the answer, and finds no error bars but for
the covariance; statsmodels has error bars, NumPy and scikit-learn have none.
"""

import math
from collections.abc import Callable, Iterable
from random import Random

from mathlab.learning.data.table import Table
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.uncertainty import Uncertainty
from tests.benchmark.peers import installed
from tests.benchmark.timing import Effort, print_times

Columns = dict[str, list[float]]
FEATURES = [f"x{i}" for i in range(1, 6)]
PLANE = "y = " + " + ".join(f"b{i}*x{i}" for i in range(1, 6)) + " + c"


def report(effort: Effort) -> None:
    """Three curves and a power law on 9,000 rows, a plane on 100,000."""
    rows = effort.of(90, 900, 9_000)
    x = [0.01 + 10 * k / rows for k in range(rows)]
    np, optimize = installed("numpy"), installed("scipy.optimize")
    exp = np.exp if np else math.exp
    curves: list[tuple[str, str, Callable[..., object], list[float]]] = [
        ("decay to a background", "y = a*exp(-k*x) + b",
         lambda x, a, k, b: a * exp(-k * x) + b, [7.0, 0.6, 2.0]),
        ("Michaelis-Menten", "y = v*x/(m + x)", lambda x, v, m: v * x / (m + x), [9.0, 2.5]),
        ("a logistic curve of 4", "y = low + (high - low)/(1 + exp((mid - x)/w))",
         lambda x, low, high, mid, w: low + (high - low) / (1 + exp((mid - x) / w)),
         [1.0, 8.0, 4.5, 0.8])]
    for name, model, curve, answer in curves:
        plain = lambda x, curve=curve, answer=answer: float(curve(x, *answer))
        columns = {"x": x, "y": noisy(map(plain, x), 0.05)}
        ways = {"": fitting(model, columns)}
        if optimize:
            xs, ys = np.array(columns["x"]), np.array(columns["y"])
            near = [1.1 * p for p in answer]
            ways["SciPy, from near"] = lambda c=curve, xs=xs, ys=ys, p=near: optimize.curve_fit(
                c, xs, ys, p)
        print_times(f"{name}: {rows:,} rows", ways, effort)

    y = [math.exp(r) for r in noisy((0.7 * math.log(v) + 1.2 for v in x), 0.1)]
    columns = {"w": x, "y": y}
    ways = {"": fitting("log(y) = a*log(w) + b", columns)}
    ways |= solved([[math.log(v)] for v in x], [math.log(v) for v in y])
    print_times(f"log(y) = a*log(w) + b: {rows:,} rows", ways, effort)

    rows = effort.of(1_000, 10_000, 100_000)
    random = Random(5)
    features = [[random.gauss(i, 1 + i) for i in range(5)] for _ in range(rows)]
    y = noisy((sum((i + 1) * v for i, v in enumerate(row)) + 3 for row in features), 2.0)
    columns = {name: [row[i] for row in features] for i, name in enumerate(FEATURES)} | {"y": y}
    ways = {"": fitting(PLANE, columns)} | solved(features, y)
    print_times(f"a line with 5 features: {rows:,} rows", ways, effort)


def fitting(model: str, columns: Columns) -> Callable[[], object]:
    """A fit of ours from the default start, and its standard errors."""
    table = Table(columns)
    return lambda: Uncertainty(Trainer(model).fit(table))


def solved(features: list[list[float]], target: list[float]) -> dict[str, Callable[[], object]]:
    """How those who are here solve a problem that is linear in its parameters."""
    ways: dict[str, Callable[[], object]] = {}
    if np := installed("numpy"):
        wide, y = np.column_stack([np.ones(len(target)), features]), np.array(target)
        ways["NumPy"] = lambda: np.linalg.lstsq(wide, y)
        if api := installed("statsmodels.api"):
            ways["statsmodels"] = lambda: api.OLS(y, wide).fit().bse
        if linear_model := installed("sklearn.linear_model"):
            ways["scikit-learn"] = lambda: linear_model.LinearRegression().fit(wide[:, 1:], y)
    return ways


def noisy(numbers: Iterable[float], spread: float) -> list[float]:
    """The numbers with normal noise, always the same."""
    random = Random(9)
    return [number + random.gauss(0, spread) for number in numbers]
