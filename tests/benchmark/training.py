"""Training, end to end: from a table to a trained model, by each method that can.

The loss of a network is no polynomial, so it cannot be collapsed.
"""

from collections.abc import Callable

from lessons.data import films
from mathlab.learning.data.explore import standardize
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.surface import METHODS
from tests.benchmark.peers import installed
from tests.benchmark.timing import Effort, print_times
from tests.benchmark.workloads import points_about_a_line

LINE = "revenue = slope*budget + intercept"
NETWORK = "y = c + " + " + ".join(f"v{i}*tanh(w{i}*x + b{i})" for i in range(4))


def report(effort: Effort) -> None:
    """The line of the films; a network of four units on 200 points."""
    table, _ = films.cleaned()
    budgets, _ = standardize(table["budget"])
    table = table.with_column("budget", budgets)
    steps = effort.of(1, 2, 20)

    def training(
        model: str, table: Table, method: str, start: dict[str, float] | None = None
    ) -> Callable[[], object]:
        optimizer = GradientDescent(0.05)
        return lambda: Trainer(model, optimizer=optimizer, method=method).fit(table, start, steps)

    ways = {"": training(LINE, table, "compiled")}
    ways |= {name: training(LINE, table, name) for name in METHODS if name != "compiled"}
    if linear_model := installed("sklearn.linear_model"):
        xs = [[x] for x in budgets]
        ways["scikit-learn, solved"] = lambda: linear_model.LinearRegression().fit(
            xs, table["revenue"]
        )
    print_times(f"trained: {len(table):,} films, {steps} steps", ways, effort)

    rows = points_about_a_line(200)
    points = Table({"x": [x for x, _ in rows], "y": [y for _, y in rows]})
    start = {f"{letter}{i}": 0.1 * (i + 1) for letter in "vwb" for i in range(4)}
    ways = {"": training(NETWORK, points, "compiled", start)}
    ways |= {name: training(NETWORK, points, name, start) for name in ("numeric", "backward")}
    print_times(f"trained: a network of 4 units, {steps} steps", ways, effort)
