"""The whole idea on one page: a table of derivatives, one sweep, and a line that learns with them.

A loss function says how wrong a model is. Its derivative says how fast the loss changes as a
parameter changes, and so where to move next. This page finds derivatives in three ways, and then
walks a line down its loss surface. Every chapter of mathlab makes one line of this page better.

    python -m mathlab.tiny                   films: the revenue predicted from the budget
    python -m mathlab.tiny FILE.csv x y      a file of your own, and the names of two columns
"""

import csv
import math
import operator
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

FILMS = (str(Path(__file__).parents[1] / "lessons" / "data" / "movies.csv"), "budget", "revenue")


class Row:
    """An operation. Of plain numbers it makes a number; of Values, a Value that remembers it."""

    def __init__(self, name: str, compute: Callable[..., Any], *slopes: Callable[..., Any]):
        self.name, self.compute, self.slopes = name, compute, slopes

    def __call__(self, *inputs: Any) -> Any:
        if not any(isinstance(x, Value) for x in inputs):
            return self.compute(*inputs)
        values = [x if isinstance(x, Value) else Value(x) for x in inputs]
        return Value(self.compute(*(x.data for x in values)), "", self, values)


# 1. The table of derivatives: a name, how to compute the result y, and its slope for each input.
# fmt: off
add      = Row("+",      operator.add,     lambda u, v, y: 1,               lambda u, v, y: 1)
subtract = Row("-",      operator.sub,     lambda u, v, y: 1,               lambda u, v, y: -1)
multiply = Row("*",      operator.mul,     lambda u, v, y: v,               lambda u, v, y: u)
divide   = Row("/",      operator.truediv, lambda u, v, y: 1 / v,           lambda u, v, y: -y / v)
power    = Row("**",     operator.pow,     lambda u, v, y: v * u**(v - 1),  lambda u, v, y: y * log(u))
negate   = Row("negate", operator.neg,     lambda x, y: -1)
exp      = Row("exp",    math.exp,         lambda x, y: y)
log      = Row("log",    math.log,         lambda x, y: 1 / x)
sin      = Row("sin",    math.sin,         lambda x, y: cos(x))
cos      = Row("cos",    math.cos,         lambda x, y: -sin(x))
tanh     = Row("tanh",   math.tanh,        lambda x, y: 1 - y * y)
given    = Row("given",  lambda: None)     # what nothing made: a parameter, or a plain number
# fmt: on


def both(row: Row) -> tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]:
    """Two methods for one row: for `value + 2` and for `2 + value`."""
    return lambda u, v: row(u, v), lambda v, u: row(u, v)


class Value:
    """2. A number that remembers how it was made: by which row, from which other Values."""

    def __init__(self, data: Any, name: str = "", row: Row = given, inputs: Sequence[Any] = ()):
        self.data, self.name, self.row, self.inputs = data, name, row, inputs
        self.is_number = row is given and not name  # a plain 2: nobody asks for its slope
        self.grad: Any = 0

    __add__, __radd__ = both(add)
    __sub__, __rsub__ = both(subtract)
    __mul__, __rmul__ = both(multiply)
    __truediv__, __rtruediv__ = both(divide)
    __pow__, __rpow__ = both(power)
    __neg__ = lambda x: negate(x)

    def backward(self) -> None:
        """4. The sweep: the chain rule, from the result back to all that it was made from.

        If y depends on x through u, then dy/dx = dy/du * du/dx; and several ways from x to y add up.
        """
        order = inputs_first(self)
        for node in order:
            node.grad = 0
        self.grad = 1  # the result changes as fast as itself
        for node in reversed(order):  # all that uses a node comes before it: its grad is complete
            numbers = [x.data for x in node.inputs]
            for x, slope in zip(node.inputs, node.row.slopes, strict=True):
                if not x.is_number:
                    x.grad += node.grad * slope(*numbers, node.data)

    def __str__(self) -> str:
        return write(self)


def inputs_first(result: Value) -> list[Value]:
    """3. The order: all that a result was made from, each Value after the Values it was made from."""
    order: dict[Value, None] = {}
    stack = [result]
    while stack:
        node = stack.pop()
        if node not in order:
            if waiting := [x for x in node.inputs if x not in order]:
                stack += [node, *reversed(waiting)]
            else:
                order[node] = None
    return list(order)


def derivative(y: Value, x: Value) -> Value:
    """5. The derivative as a formula: the same sweep, one storey up.

    The sweep never asked what `data` is. So lay the graph out again, each new node with the old one
    for its data. What was multiplied and added as numbers is now multiplied and added as formulas.
    """
    above: dict[Value, Value] = {}
    for node in inputs_first(y):
        data = node.data if node.is_number else node
        above[node] = Value(data, node.name, node.row, [above[each] for each in node.inputs])
    above[y].backward()
    return put_away(above[x].grad + Value(0)) if x in above else Value(0)


def put_away(formula: Value) -> Value:
    """The same formula, its zeros and ones put away and its plain numbers worked out."""
    new: dict[Value, Value] = {}
    for node in inputs_first(formula):
        inputs = [new[x] for x in node.inputs]
        numbers = [x.data if x.is_number else None for x in inputs]
        match node.row.name, *numbers:
            case ("given",):
                new[node] = node
            case ("*", 0, _) | ("*", _, 0) | ("/", 0, _):
                new[node] = Value(0)
            case ("+", 0, _) | ("*", 1, _):
                new[node] = inputs[1]
            case ("+" | "-", _, 0) | ("*" | "/" | "**", _, 1):
                new[node] = inputs[0]
            case _ if None not in numbers:
                new[node] = Value(node.row.compute(*numbers))
            case _:
                new[node] = node.row(*inputs)
    return new[formula]


# How tightly a sign binds, and how it is written.
SIGNS = {"+": (1, " + "), "-": (1, " - "), "*": (2, "*"), "/": (2, "/"), "negate": (2, "-"), "**": (3, "**")}


def write(formula: Value) -> str:
    """The formula as text; what binds less tightly than the sign around it stands in parentheses."""
    texts: dict[Value, str] = {}
    for node in inputs_first(formula):
        rank, sign = SIGNS.get(node.row.name, (0, ""))
        ranks = [SIGNS.get(x.row.name, (4, ""))[0] for x in node.inputs]
        shown = [f"({texts[x]})" if bound < rank + side else texts[x]
                 for x, bound, side in zip(node.inputs, ranks, (0, rank > 0), strict=False)]
        if not shown:
            texts[node] = node.name or f"{node.data:g}"
        elif not rank:
            texts[node] = f"{node.row.name}({shown[0]})"
        else:
            texts[node] = sign.join(shown) if len(shown) > 1 else sign + shown[0]
    return texts[formula]


def central_difference(f: Callable[[float], float], x: float, h: float = 1e-5) -> float:
    """6. The witness, who knows no rule: nudge the input to both sides, and see what f does."""
    return (f(x + h) - f(x - h)) / (2 * h)


def train(xs: Sequence[float], ys: Sequence[float], learning_rate: float = 0.4, steps: int = 10) -> Iterator[tuple[float, float, float]]:
    """7. Down the loss surface: look which way is down, take a step, look again."""
    slope, intercept = Value(0.0, "slope"), Value(0.0, "intercept")
    for _ in range(steps + 1):
        loss = sum((y - (slope * x + intercept)) ** 2 for x, y in zip(xs, ys, strict=True)) / len(xs)
        loss.backward()
        yield slope.data, intercept.data, loss.data
        for parameter in (slope, intercept):
            parameter.data -= learning_rate * parameter.grad


def collect(path: str, *names: str) -> list[list[float]]:
    """The numbers in these columns of a CSV file; rows that lack one of them are left out."""
    rows = []
    with open(path, newline="", encoding="utf-8-sig") as file:
        for record in csv.DictReader(file):
            try:
                row = [float(record[name]) for name in names]
            except (TypeError, ValueError):
                continue
            rows += [row] if all(map(math.isfinite, row)) else []
    return rows


def main(path: str, feature: str, target: str) -> None:
    x = Value(1.5, "x")
    f = x**2 * sin(x)
    f.backward()
    formula = derivative(f, x)
    print(f"The slope of {f} at x = {x.data}, three ways")
    print(f"  backward  {x.grad:.10f}\n  formula   {formula.data:.10f}   {formula}")
    print(f"  numeric   {central_difference(lambda x: x**2 * sin(x), x.data):.10f}\n")
    a, b, u, v = Value(1.0, "slope"), Value(1.0, "intercept"), Value(1.0, feature), Value(1.0, target)
    loss = (v - (a * u + b)) ** 2
    print(f"The loss of one row: {loss}")
    for parameter in (a, b):
        print(f"  its slope by {parameter}: {derivative(loss, parameter)}")
    xs, ys = zip(*collect(path, feature, target))
    mean, spread = fmean(xs), stdev(xs)
    print(f"\n{len(xs):,} rows; for the walk {feature} is counted in standard deviations from its mean")
    print("step        slope    intercept         loss")
    for step, (slope, intercept, height) in enumerate(train([(x - mean) / spread for x in xs], ys)):
        print(f"{step:4} {slope:12.5g} {intercept:12.5g} {height:12.5g}")
    slope, intercept = slope / spread, intercept - slope * mean / spread
    print(f"\n{target} = {slope:.5g}*{feature} + {intercept:.5g}")


if __name__ == "__main__":
    main(*(sys.argv[1:] or FILMS))
