"""Compiled: derive the formula once, and run plain Python."""

import random
from collections.abc import Callable
from time import perf_counter
from typing import Any

from mathlab import Value, compile_formula, derivative, relu, softplus, symbols, total
from mathlab.calculus.code.compile import compile_rows
from mathlab.calculus.graph.operations import functions
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.learning.data.table import Table
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface
from tests.benchmark.peers import installed
from tests.benchmark.timing import Effort, Ways, compared, print_row, print_times, ratio, shown
from tests.benchmark.workloads import (
    LAYERS,
    POINTS,
    line_step,
    network_step,
    points_about_a_line,
)

START = 0.5, 0.2  # slope and intercept


def report(effort: Effort) -> None:
    """Loss and gradient, beside the loss alone, code by hand, arrays and micrograd."""
    rows = points_about_a_line(effort.of(100, 2_000, 2_000))
    table = Table({"x": [x for x, _ in rows], "y": [y for _, y in rows]})
    report_line(table, effort)
    report_logistic(table, effort)
    report_network(effort)
    report_collapsed(table, effort)
    report_straight_line_code(effort)
    report_slopes(effort)


def report_line(table: Table, effort: Effort) -> None:
    """The line; the other ways work on the same numbers. micrograd's step moves them, too."""
    rows = list(zip(table["x"], table["y"], strict=True))
    surface = LossSurface(Model("y = slope*x + intercept"), table)

    def by_hand(slope: float = START[0], intercept: float = START[1]) -> tuple[float, float, float]:
        loss = by_slope = by_intercept = 0.0
        for x, y in rows:
            residual = y - (slope * x + intercept)
            loss += residual * residual
            by_slope += residual * x
            by_intercept += residual
        n = len(rows)
        return loss / n, -2 * by_slope / n, -2 * by_intercept / n

    ways = {"": lambda: surface.look(START), "loss alone": alone(surface), "by hand": by_hand}
    if micrograd := installed("micrograd.engine"):
        ways["micrograd's step"] = line_step(micrograd.Value, len(rows))
    print_times(f"compiled: a line, {len(rows):,} rows", {**ways, **arrays(table)}, effort)


def alone(surface: LossSurface) -> Callable[[], object]:
    """The loss without its slopes."""
    return lambda: surface.height(START)


def arrays(table: Table) -> dict[str, Callable[[], object]]:
    """Loss and gradient of the line by whatever works on arrays and is here."""
    ways: dict[str, Callable[[], object]] = {}

    def loss(p: Any, x: Any, y: Any) -> Any:
        return ((y - (p[0] * x + p[1])) ** 2).mean()

    if (numpy := installed("numpy")) and (autograd := installed("autograd")):
        x, y = (autograd.numpy.array(table[name]) for name in "xy")
        both = autograd.value_and_grad(loss)
        ways["autograd"] = lambda: both(numpy.array(START), x, y)
    if torch := installed("torch"):
        torch.set_num_threads(1)
        tx, ty = (torch.tensor(table[name], dtype=torch.float64) for name in "xy")

        def by_torch() -> object:
            p = torch.tensor(START, dtype=torch.float64, requires_grad=True)
            found = loss(p, tx, ty)
            found.backward()
            return found.item(), p.grad

        ways["torch"] = by_torch
    if jax := installed("jax"):
        jax.config.update("jax_enable_x64", True)
        jx, jy = (jax.numpy.array(table[name]) for name in "xy")
        quick_both = jax.jit(jax.value_and_grad(loss))
        ways["jax, compiled"] = lambda: jax.block_until_ready(
            quick_both(jax.numpy.array(START), jx, jy)
        )
    return ways


def report_logistic(table: Table, effort: Effort) -> None:
    """A curve for yes or no."""
    answers = Table({"x": table["x"], "y": [float(y > 2.5) for y in table["y"]]})
    surface = LossSurface(
        Model("y = slope*x + intercept"),
        answers,
        loss=lambda actual, predicted: softplus(predicted) - actual * predicted,
    )
    ways = {"": lambda: surface.look(START), "loss alone": alone(surface)}
    print_times(f"compiled: a logistic curve, {len(table):,} rows", ways, effort)


def network() -> tuple[Value, list[Value], list[Value]]:
    """The loss of the network for one row as a formula; its weights; its columns."""
    u, v, target = symbols("u v target")
    weights: list[Value] = []

    def weight() -> Value:
        weights.extend(symbols(f"w{len(weights)}"))
        return weights[-1]

    outputs = [u, v]
    for n, m in LAYERS:
        sums = [total([weight(), *(weight() * x for x in outputs[:n])]) for _ in range(m)]
        outputs = [relu(s) for s in sums] if m > 1 else sums
    return (outputs[0] - target) ** 2, weights, [u, v, target]


def report_network(effort: Effort) -> None:
    """The network of `workloads`, as one formula of 337 weights."""
    loss, weights, columns = network()
    slopes = swept_gradient(loss, weights)
    names = [f"by_{weight.name}" for weight in weights]
    look = compile_rows({"loss": loss, **dict(zip(names, slopes, strict=True))}, weights, columns)
    height = compile_rows({"loss": loss}, weights, columns)
    dice = random.Random(3)
    at = [dice.uniform(-1, 1) for _ in weights]
    places = [(dice.uniform(-1, 1), dice.uniform(-1, 1)) for _ in range(POINTS)]
    points = [(u, v, u * v) for u, v in places]
    ways: Ways = {"": lambda: look(points, *at), "loss alone": lambda: height(points, *at)}
    if micrograd := installed("micrograd.engine"):
        ways = {**ways, "micrograd's step": network_step(micrograd.Value, POINTS)}
    print_times("compiled: the 2-16-16-1 network", ways, effort)


def report_collapsed(table: Table, effort: Effort) -> None:
    """All rows folded into six numbers."""
    model = Model("y = slope*x + intercept")
    half = table.head(len(table) // 2)
    few = LossSurface(model, half, method="collapsed")
    times = effort.of(2, 5, 500)
    many_rows = Table({name: table[name] * times for name in "xy"})
    many = LossSurface(model, many_rows, method="collapsed")
    ways = {"": lambda: many.look(START), f"on {len(half):,}": lambda: few.look(START)}
    print_times(f"collapsed: a step on {len(many_rows):,} rows", ways, effort)


def report_straight_line_code(effort: Effort) -> None:
    """A whole graph as one function, beside the same arithmetic on Values; neither is swept."""
    size = effort.of(1_000, 10_000, 100_000)
    (x,) = symbols("x")

    def grown(x: Any, size: int) -> Any:
        y = x
        for i in range(size // 4):
            y = (y * 0.5 + x) * (1.0 + i / size) - 0.25
        return y

    def seconds(size: int) -> float:
        began = perf_counter()
        compile_formula(grown(x, size), [x])
        return perf_counter() - began

    function = compile_formula(grown(x, size), [x])
    ways = {"": lambda: function(0.3), "on Values": lambda: grown(Value(0.3), size)}
    print_times(f"compiled: a graph of {size:,} nodes", ways, effort)
    half, whole = seconds(size // 2), seconds(size)
    print_row("  to make it", shown(whole), [f"half of it {ratio(half / whole)}"])


def report_slopes(effort: Effort) -> None:
    """The five functions whose compiled derivative costs most, beside the function itself."""
    (x,) = symbols("x")
    found = []
    for each in (row for row in functions().values() if row.arity == 1):
        at = 1.5 if each.name == "acosh" else 0.5
        y = each(x)
        f, slope = compile_formula(y, [x]), compile_formula(derivative(y, x), [x])

        def calls(g: Any, at: float = at) -> Callable[[], object]:
            return lambda: [g(at) for _ in range(200)]

        taken = compared({"f": calls(f), "slope": calls(slope)}, effort, turn=0.002)
        found.append((taken["slope"] / taken["f"], each.name))
    dearest = sorted(found, reverse=True)[:5]
    notes = [f"{name} {ratio(times)}" for times, name in dearest]
    print_row("compiled: the dearest slopes", "", notes)
