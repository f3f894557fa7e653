"""What a derivative costs: eagerly, compiled, as a formula; beside the peers, and code by hand."""

import random
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from time import perf_counter
from typing import Any

from mathlab import (
    Value,
    compile_formula,
    derivative,
    dot,
    parse,
    relu,
    softplus,
    symbols,
    total,
)
from mathlab.calculus.compile import compile_rows
from mathlab.calculus.differentiate import swept_gradient
from mathlab.calculus.operations import ELEMENTARY
from mathlab.learning.model import Model
from mathlab.learning.surface import LossSurface
from mathlab.learning.table import Table
from tests.benchmark.peers import installed, versions
from tests.benchmark.timing import compared, line, shown

ROWS = 2_000
POINTS = 50
LAYERS = ((2, 16), (16, 16), (16, 1))
EXPRESSIONS = (
    "x**3 - 2*x + 1",
    "sin(x)*exp(-x**2)",
    "log(1 + x**2)/(1 + x)",
    "sqrt(x**2 + 1)*tanh(x)",
    "(x**2 + 1)**3*cos(2*x)",
    "1/(1 + exp(-3*x))",
    "x**x",
    "atan(x/(1 + x))*log(x)**2",
)


def report(quick: bool) -> None:
    """Print a table of times and ratios."""
    print(f"\nPeers: {versions('micrograd', 'numpy', 'sympy')}")
    print("\nThe first time is mathlab's; 3x means three times as long.\n")
    sys.setrecursionlimit(1_000_000)  # micrograd recurses over its graph
    eager(quick)
    compiled(quick)
    functions(quick)
    formulas(quick)
    size_and_start()


def film_like_rows(count: int) -> list[tuple[float, float]]:
    """Points about a line, always the same ones."""
    dice = random.Random(1)
    places = [dice.uniform(0, 1) for _ in range(count)]
    return [(x, 3 * x + 1 + dice.gauss(0, 0.1)) for x in places]


def line_step(value: Any, rows: list[tuple[float, float]]) -> Callable[[], object]:
    """Loss and gradient of a line, one Value for each operation on each row."""

    def step() -> object:
        slope, intercept = value(0.5), value(0.2)
        loss = sum((slope * x + intercept - y) ** 2 for x, y in rows) * (1 / len(rows))
        loss.backward()
        return slope.grad, intercept.grad

    return step


def network_step(value: Any, with_dot: bool = False) -> Callable[[], object]:
    """Loss and gradient of a 2-16-16-1 relu network on 50 points."""
    dice = random.Random(2)
    weights = [[[value(dice.uniform(-1, 1)) for _ in range(n + 1)] for _ in range(m)]
               for n, m in LAYERS]  # fmt: skip
    points = [(dice.uniform(-1, 1), dice.uniform(-1, 1)) for _ in range(POINTS)]

    def neuron(weights: list[Any], inputs: list[Any]) -> Any:
        if with_dot:
            return dot(weights[1:], inputs) + weights[0]
        return sum((w * x for w, x in zip(weights[1:], inputs, strict=True)), weights[0])

    def step() -> object:
        losses = []
        for u, v in points:
            outputs: list[Any] = [value(u), value(v)]
            for layer in weights:
                outputs = [neuron(unit, outputs) for unit in layer]
                if len(outputs) > 1:
                    outputs = [output.relu() for output in outputs]
            losses.append((outputs[0] - u * v) ** 2)
        loss = total(losses) if with_dot else sum(losses)
        for layer in weights:
            for unit in layer:
                for weight in unit:
                    weight.grad = 0  # micrograd's pile up
        loss.backward()
        return loss.data

    return step


def eager(quick: bool) -> None:
    """Build the graph and sweep it."""
    rows = film_like_rows(ROWS)
    micrograd = installed("micrograd.engine")
    peer = {"micrograd": micrograd.Value} if micrograd else {}
    line("eager: line, 2,000 rows",
         {"": line_step(Value, rows), **{n: line_step(v, rows) for n, v in peer.items()}}, quick)
    line("eager: 2-16-16-1 network, 50 rows",
         {"": network_step(Value), **{n: network_step(v) for n, v in peer.items()}}, quick)
    line("  the same with dot and total",
         {"": network_step(Value, with_dot=True), "without": network_step(Value)}, quick)

    def chain(value: Any) -> Callable[[], object]:
        def step() -> object:
            y = x = value(1.0)
            for _ in range(20_000):
                y = y * 0.5 + x
            y.backward()
            return x.grad
        return step

    def wide(value: Any) -> Callable[[], object]:
        def step() -> object:
            xs = [value(float(i)) for i in range(20_000)]
            y = sum(xs)
            y.backward()
            return xs[0].grad
        return step

    line("eager: a chain of 40,000", {"": chain(Value), **{n: chain(v) for n, v in peer.items()}},
         quick)
    line("eager: a sum of 20,000", {"": wide(Value), **{n: wide(v) for n, v in peer.items()}},
         quick)


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


def compiled(quick: bool) -> None:
    """Row loops, beside the loss alone, code by hand, arrays and micrograd."""
    rows = film_like_rows(ROWS)
    table = Table({"x": [x for x, _ in rows], "y": [y for _, y in rows]})
    surface = LossSurface(Model("y = slope*x + intercept"), table)

    def by_hand(slope: float = 0.5, intercept: float = 0.2) -> tuple[float, float, float]:
        loss = by_slope = by_intercept = 0.0
        for x, y in rows:
            residual = y - (slope * x + intercept)
            loss += residual * residual
            by_slope -= 2 * residual * x
            by_intercept -= 2 * residual
        n = len(rows)
        return loss / n, by_slope / n, by_intercept / n

    def alone(surface: LossSurface) -> Callable[[], object]:
        levers, columns = surface._levers, surface._columns
        loss = compile_rows({"loss": surface.row.formula}, levers, columns)
        return lambda: loss(surface.rows, 0.5, 0.2)

    ways: dict[str, Callable[[], object]] = {
        "": lambda: surface.look([0.5, 0.2]),
        "loss alone": alone(surface),
        "by hand": by_hand,
    }
    if micrograd := installed("micrograd.engine"):
        ways["micrograd"] = line_step(micrograd.Value, rows)
    if numpy := installed("numpy"):
        xs, ys = numpy.array(table["x"]), numpy.array(table["y"])

        def arrays() -> object:
            residual = ys - (0.5 * xs + 0.2)
            return (residual**2).mean(), -2 * (residual * xs).mean(), -2 * residual.mean()

        ways["numpy by hand"] = arrays
    line("compiled: line, 2,000 rows", ways, quick)

    logistic = LossSurface(
        Model("y = slope*x + intercept"),
        Table({"x": table["x"], "y": [float(y > 2.5) for y in table["y"]]}),
        loss=lambda actual, predicted: softplus(predicted) - actual * predicted,
    )
    line("compiled: logistic curve, 2,000 rows",
         {"": lambda: logistic.look([0.5, 0.2]), "loss alone": alone(logistic)},
         quick)

    loss, weights, columns = network()
    slopes = swept_gradient(loss, weights)
    names = [f"by_{weight.name}" for weight in weights]
    look = compile_rows({"loss": loss, **dict(zip(names, slopes, strict=True))}, weights, columns)
    height = compile_rows({"loss": loss}, weights, columns)
    dice = random.Random(3)
    at = [dice.uniform(-1, 1) for _ in weights]
    points = [(dice.uniform(-1, 1), dice.uniform(-1, 1), 0.5) for _ in range(POINTS)]
    ways = {"": lambda: look(points, *at), "loss alone": lambda: height(points, *at)}
    if micrograd := installed("micrograd.engine"):
        ways["micrograd"] = network_step(micrograd.Value)
    line("compiled: 2-16-16-1 network, 50 rows", ways, quick)

    few = LossSurface(surface_model := Model("y = slope*x + intercept"),
                      Table({"x": table["x"][:1000], "y": table["y"][:1000]}), method="collapsed")
    many_rows = rows * (5 if quick else 500)
    many = LossSurface(surface_model, Table({"x": [x for x, _ in many_rows],
                                             "y": [y for _, y in many_rows]}), method="collapsed")
    line(f"collapsed: a step on {len(many_rows):,} rows",
         {"": lambda: many.look([0.5, 0.2]), "on 1,000": lambda: few.look([0.5, 0.2])}, quick)

    size = 10_000 if quick else 100_000
    (x,) = symbols("x")

    def grown(x: Any) -> Any:
        y = x
        for i in range(size // 4):
            y = (y * 0.5 + x) * (1.0 + i / size) - 0.25
        return y

    began = perf_counter()
    function = compile_formula(grown(x), [x])
    seconds = perf_counter() - began
    line(f"compiled: a graph of {size:,} nodes", {"": lambda: function(0.3),
         "eager": lambda: grown(Value(0.3))}, quick)
    print(f"{'  made, compiled and loaded in':46} {shown(seconds):>9}")


def functions(quick: bool) -> None:
    """The derivative of every function of the table, compiled, beside the function itself."""
    (x,) = symbols("x")
    worst = (0.0, "")
    for row in ELEMENTARY:
        at = 1.5 if row.name == "acosh" else 0.5
        f, slope = compile_formula(row(x), [x]), compile_formula(derivative(row(x), x), [x])

        def calls(g: Any, at: float = at) -> Callable[[], object]:
            return lambda: [g(at) for _ in range(200)]

        times = compared({"f": calls(f), "slope": calls(slope)}, quick=True)
        worst = max(worst, (times["slope"] / times["f"], row.name))
    print(f"{'the dearest slope of the table, by its function':46} {worst[0]:8.2f}x   {worst[1]}")


def formulas(quick: bool) -> None:
    """Text to formula to derivative."""
    (x,) = symbols("x")
    ways: dict[str, Callable[[], object]] = {
        "": lambda: [derivative(parse(text), x) for text in EXPRESSIONS]
    }
    if sympy := installed("sympy"):

        def by_sympy() -> object:
            sympy.core.cache.clear_cache()  # each formula is new to it, as it is to us
            return [sympy.diff(sympy.sympify(text), "x") for text in EXPRESSIONS]

        ways["sympy"] = by_sympy
    line(f"symbolic: {len(EXPRESSIONS)} formulas, read and derived", ways, quick)

    def logistic_map(n: int) -> Callable[[], object]:
        y = x
        for _ in range(n):
            y = 4 * y * (1 - y)
        return lambda: derivative(y, x)

    n = 100 if quick else 500
    line(f"symbolic: logistic map, {n} times",
         {"": logistic_map(n), f"{2 * n:,} times": logistic_map(2 * n)}, quick)


def size_and_start() -> None:
    """Bytes for a node, and the time it takes to begin."""
    count = 100_000
    x = Value(0.5, "x")
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    y = x
    for _ in range(count):
        y = y * x
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{'bytes for a node, with its number':46} {(after - before) / count:9.0f}")
    code = "import time; t = time.perf_counter(); import mathlab; print(time.perf_counter() - t)"
    times = sorted(float(subprocess.run([sys.executable, "-c", code], capture_output=True,
                                        check=True, text=True).stdout) for _ in range(7))
    print(f"{'import mathlab':46} {shown(times[3]):>9}")
