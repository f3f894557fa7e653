"""The whole idea on one page: a table of derivatives, one sweep, and a line that learns with them.

A loss function says how wrong a model is. Its derivative says how fast the loss changes as a
parameter changes, and so where to move next. Every chapter of mathlab makes one line of this page
better. Run it on films, or on a file of your own:  python -m mathlab.tiny [FILE.csv x y]
"""

import ast
import csv
import math
import operator
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean, stdev
from typing import Any


class Row:
    """A row of the table: a name, how to compute the result y, and its slope for each input."""

    def __init__(self, name: str, compute: Callable[..., Any], *slopes: Callable[..., Any]):
        self.name, self.compute, self.slopes = name, compute, slopes

    def __call__(self, *inputs: Any) -> Any:
        """Of plain numbers a row makes a number; of Values, a Value that remembers them."""
        if not any(isinstance(x, Value) for x in inputs):
            return self.compute(*inputs)
        values = [as_value(x) for x in inputs]
        return Value(self.compute(*(x.data for x in values)), row=self, inputs=values)


# 1. The table of derivatives. The inputs are u and v, or x alone; the result is always y.
given    = Row("given",  lambda: None)     # made from nothing: a number that may change
number   = Row("number", lambda: None)     # a plain number, such as the 2 in x**2: it never does
add      = Row("+",      operator.add,     lambda u, v, y: 1,           lambda u, v, y: 1)
subtract = Row("-",      operator.sub,     lambda u, v, y: 1,           lambda u, v, y: -1)
multiply = Row("*",      operator.mul,     lambda u, v, y: v,           lambda u, v, y: u)
divide   = Row("/",      operator.truediv, lambda u, v, y: 1 / v,       lambda u, v, y: -y / v)
negate   = Row("negate", operator.neg,     lambda x, y: -1)
exp      = Row("exp",    math.exp,         lambda x, y: y)
log      = Row("log",    math.log,         lambda x, y: 1 / x)
power    = Row("**",     operator.pow,     lambda u, v, y: v * u**(v-1), lambda u, v, y: y * log(u))
sin      = Row("sin",    math.sin,         lambda x, y: cos(x))
cos: Row = Row("cos",    math.cos,         lambda x, y: -sin(x))


class Value:
    """2. A number that remembers how it was made: by which row, and from which other Values."""

    def __init__(self, data: Any, name: str = "", row: Row = given, inputs: Sequence[Any] = ()):
        self.data, self.name, self.row, self.inputs, self.grad = data, name, row, inputs, 0

    __add__, __radd__ = lambda u, v: add(u, v), lambda v, u: add(u, v)
    __sub__, __rsub__ = lambda u, v: subtract(u, v), lambda v, u: subtract(u, v)
    __mul__, __rmul__ = lambda u, v: multiply(u, v), lambda v, u: multiply(u, v)
    __truediv__, __rtruediv__ = lambda u, v: divide(u, v), lambda v, u: divide(u, v)
    __pow__, __rpow__ = lambda u, v: power(u, v), lambda v, u: power(u, v)
    __neg__ = lambda x: negate(x)

    def backward(self) -> None:
        """3. The sweep: dy/dx = dy/du * du/dx, from y back; several ways from x to y add up."""
        order = inputs_first(self)
        for node in order:
            node.grad = 0
        self.grad = 1  # the result changes as fast as itself
        for node in reversed(order):  # whatever uses a node comes before it: its grad is complete
            numbers = [x.data for x in node.inputs]
            for x, slope in zip(node.inputs, node.row.slopes, strict=True):
                if x.row is not number:
                    x.grad += node.grad * slope(*numbers, node.data)

    def __str__(self) -> str:
        text: dict[Value, str] = {}
        for node in inputs_first(self):
            sign = node.row.name.replace("negate", "-")
            parts = ["", *(f"({text[x]})" for x in node.inputs)][-2:]  # left and right of the sign
            text[node] = sign.join(parts) if node.inputs else node.name or f"{node.data:g}"
        return ast.unparse(ast.parse(text[self]))  # without the parentheses that nobody needs


def as_value(x: Any) -> Value:
    """A plain number as a part of a formula; a Value as it is."""
    return x if isinstance(x, Value) else Value(x, row=number)


def inputs_first(result: Value) -> list[Value]:
    """4. The order: everything a result was made from, each Value after the Values it needs."""
    order: dict[Value, None] = {}
    stack = [result]
    while stack:
        node = stack.pop()
        if waiting := [x for x in node.inputs if x not in order]:
            stack += [node, *reversed(waiting)]  # first its inputs, and then the node once more
        else:
            order[node] = None
    return list(order)


def derivative(y: Value, x: Value) -> Value:
    """5. The derivative as a formula: the same sweep, one storey up.

    The sweep never asks what `data` is. So build the graph anew, with each old node as the `data`
    of its new one: where the slope of u*v for u was the number in v, it is now the formula v.
    The grads found up there are thus made of old nodes, and the new ones are not needed any more.
    """
    above: dict[Value, Value] = {}
    for node in inputs_first(y):
        data = node.data if node.row is number else node
        above[node] = Value(data, node.name, node.row, [above[each] for each in node.inputs])
    above[y].backward()
    return put_away(as_value(above[x].grad if x in above else 0))


def put_away(formula: Value) -> Value:
    """The same formula: zeros and ones that change nothing put away, plain numbers worked out."""
    new: dict[Value, Value] = {}
    for node in inputs_first(formula):
        inputs = [new[x] for x in node.inputs]
        plain = [x.data if x.row is number else None for x in inputs]  # None: not a plain number
        match node.row.name, *plain:
            case ("given" | "number",):
                new[node] = node
            case ("*", 0, _) | ("*", _, 0) | ("/", 0, _):
                new[node] = as_value(0)
            case ("+", 0, _) | ("*", 1, _):
                new[node] = inputs[1]
            case ("+" | "-", _, 0) | ("*" | "/" | "**", _, 1):
                new[node] = inputs[0]
            case _:
                new[node] = as_value(node.row(*(inputs if None in plain else plain)))
    return new[formula]


def central_difference(f: Callable[[float], float], x: float, h: float = 1e-5) -> float:
    """6. The witness. It knows no rule: it nudges x to both sides, and looks how f changes."""
    return (f(x + h) - f(x - h)) / (2 * h)


def train(rows: Any, learning_rate: float = 0.4, steps: int = 10) -> Iterator[Any]:
    """7. Gradient descent: how steep is the loss here, and which way is down? Step; look again."""
    slope, intercept = Value(0.0, "slope"), Value(0.0, "intercept")
    for _ in range(steps + 1):
        loss = sum((y - (slope * x + intercept)) ** 2 for x, y in rows) / len(rows)
        loss.backward()
        yield slope.data, intercept.data, loss.data
        for parameter in (slope, intercept):
            parameter.data -= learning_rate * parameter.grad


def main(path: str, feature: str, target: str) -> None:
    """Print a slope found in three ways, the slopes of the loss, the walk down, and the line."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        fields = [(record[feature], record[target]) for record in csv.DictReader(file)]
    rows = [r for x, y in fields if x and y and all(map(math.isfinite, r := (float(x), float(y))))]
    mean, spread = fmean(xs := [x for x, _ in rows]), stdev(xs)
    scaled = [((x - mean) / spread, y) for x, y in rows]
    f: Callable[[Any], Any] = lambda x: x**2 * sin(x)
    x, y, slope, intercept = (Value(1.5, name) for name in ("x", "y", "slope", "intercept"))
    (result := f(x)).backward()
    formula = derivative(result, x)  # a Value: it has a number, too
    print(f"The slope of {result} at x = 1.5\n  backward  {x.grad:.9f}\n  numeric   "
          f"{central_difference(f, 1.5):.9f}\n  formula   {formula.data:.9f} = {formula}")
    loss = (y - (slope * x + intercept)) ** 2
    print(f"\nThe loss of one row: {loss}\n  its slope by slope: {derivative(loss, slope)}\n"
          f"  its slope by intercept: {derivative(loss, intercept)}\n")
    print(f"{len(rows):,} rows of {len(fields):,} have both numbers. For the walk x is counted in\n"
          "standard deviations from its mean.\nstep        slope    intercept         loss")
    for step, (a, b, height) in enumerate(train(scaled)):
        print(f"{step:4} {a:12.5g} {b:12.5g} {height:12.5g}")
    print(f"\n{target} = {a / spread:.5g}*{feature} {b - a * mean / spread:+.5g}")


if __name__ == "__main__":
    films = Path(__file__).parents[1] / "lessons" / "data" / "movies.csv"
    try:
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # any terminal will do
        main(*(sys.argv[1:] or [str(films), "budget", "revenue"]))
    except (ArithmeticError, KeyError, OSError, TypeError, ValueError, csv.Error) as error:
        sys.exit(f"error: {type(error).__name__}: {error}; FILE.csv x y: two columns of numbers")
