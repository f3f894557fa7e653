"""Symbolic: the formula of a derivative, from text or from a graph."""

from collections.abc import Callable

from mathlab import derivative, parse, symbols
from mathlab.calculus.graph.order import inputs_first
from tests.benchmark.peers import installed
from tests.benchmark.timing import Effort, print_row, print_times

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


def report(effort: Effort) -> None:
    """Read and derive a few formulas; and one that grows."""
    (x,) = symbols("x")
    ways: dict[str, Callable[[], object]] = {
        "": lambda: [derivative(parse(text), x) for text in EXPRESSIONS]
    }
    if sympy := installed("sympy"):

        def by_sympy() -> object:
            sympy.core.cache.clear_cache()  # each formula is new to it, as it is to us
            return [sympy.diff(sympy.sympify(text), "x") for text in EXPRESSIONS]

        ways["sympy"] = by_sympy
    print_times(f"symbolic: {len(EXPRESSIONS)} formulas, read and derived", ways, effort)

    def logistic_map(n: int) -> Callable[[], object]:
        y = x
        for _ in range(n):
            y = 4 * y * (1 - y)
        return lambda: derivative(y, x)

    n = effort.of(20, 100, 500)
    ways = {"": logistic_map(n), f"for {2 * n:,}": logistic_map(2 * n)}
    print_times(f"symbolic: the logistic map, {n} times", ways, effort)
    sizes = {n: len(inputs_first(logistic_map(n)())) for n in (8, n, 2 * n)}
    notes = [f"{nodes:,} for {n:,}" for n, nodes in sizes.items()]
    print_row("  nodes of its derivative", "", notes)
