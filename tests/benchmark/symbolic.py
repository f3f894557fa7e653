"""Symbolic: the formula of a derivative, from text or from a graph."""

from collections.abc import Callable

from mathlab import derivative, exp, parse, series, sin, symbols, taylor
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
            return [sympy.simplify(sympy.diff(sympy.sympify(text), "x")) for text in EXPRESSIONS]

        ways["sympy, simplified too"] = by_sympy
    print_times(f"symbolic: {len(EXPRESSIONS)} formulas, derived as a book", ways, effort)
    waves = sin(sin(sin(sin(x))))
    order = effort.of(4, 10, 10)
    print_times(f"symbolic: order {order} of four sines", {
        "": lambda: derivative(waves, x, order),
        "its number, by series": lambda: series(waves, x, 0.5, order).derivative(order),
    }, effort)
    few, many = effort.of(5, 20, 20), effort.of(10, 100, 100)
    print_times(f"symbolic: a series of order {few}", {
        "": lambda: taylor(exp(sin(x)), x, 0, few),
        f"of order {many}": lambda: taylor(exp(sin(x)), x, 0, many),
    }, effort)

    nested = x
    for _ in range(effort.of(20, 1_000, 1_000)):
        nested = nested**2 + nested
    print_times("symbolic: e**2 + e, over and over", {"": lambda: derivative(nested, x)}, effort)

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
