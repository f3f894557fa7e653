"""Training, end to end: from a table to a trained model, by each method."""

from collections.abc import Callable

from lessons import films
from mathlab.learning.explore import standardize
from mathlab.learning.optimizers import GradientDescent
from mathlab.learning.surface import METHODS
from mathlab.learning.table import Table
from mathlab.learning.train import Trainer
from tests.benchmark.peers import installed
from tests.benchmark.timing import line
from tests.benchmark.workloads import points_about_a_line

LINE = "revenue = slope*budget + intercept"
NETWORK = "y = c + " + " + ".join(f"v{i}*tanh(w{i}*x + b{i})" for i in range(4))


def report(quick: bool) -> None:
    """The line of the films; a network of four units on 200 points."""
    table, _ = films.cleaned()
    budgets, _ = standardize(table["budget"])
    table = table.with_column("budget", budgets)
    steps = 2 if quick else 20

    def training(
        model: str, table: Table, steps: int, method: str
    ) -> Callable[[], object]:
        start = {f"{letter}{i}": 0.1 * (i + 1) for letter in "vwb" for i in range(4)}
        start = start if "tanh" in model else {}
        optimizer = GradientDescent(0.05)
        return lambda: Trainer(model, optimizer=optimizer, method=method).fit(table, start, steps)

    ways = {"": training(LINE, table, steps, "compiled")}
    ways |= {name: training(LINE, table, steps, name) for name in METHODS if name != "compiled"}
    if linear_model := installed("sklearn.linear_model"):
        xs = [[x] for x in budgets]
        ways["scikit-learn, solved"] = lambda: linear_model.LinearRegression().fit(
            xs, table["revenue"]
        )
    line(f"trained: {len(table):,} films, {steps} steps", ways, quick)

    rows = points_about_a_line(200)
    points = Table({"x": [x for x, _ in rows], "y": [y for _, y in rows]})
    ways = {"": training(NETWORK, points, steps, "compiled")}
    ways |= {name: training(NETWORK, points, steps, name) for name in ("numeric", "backward")}
    line(f"trained: a network of 4 units, {steps} steps", ways, quick)
