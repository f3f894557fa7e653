"""The way back: y from a prediction of log(y).

On the page: `slope * x + intercept`, which predicts y itself. A model may predict `log(y)`, since
that is nearer to a line; but the question is about y. Each function on the way to `log(y)` has
one that undoes it, and they are undone from the outside in:

>>> from mathlab import symbols
>>> from mathlab.calculus.text.parse import parse
>>> for text in ("log(y)", "1/y", "sqrt(y) - 1", "2*log10(y/100)", "log(y/(1 - y))"):
...     print(f"{text:14}  y = {inverse(parse(text)).formula}")
log(y)          y = exp(z)
1/y             y = 1/z
sqrt(y) - 1     y = maximum(0, z + 1)**2
2*log10(y/100)  y = 100*10**(z/2)
log(y/(1 - y))  y = sigmoid(z)

For y above 0, each of these only rises, or only falls. So the bounds of an interval are led back;
in either scale it holds the truth in the same cases. A mean is not led back to a mean: half the y
are below exp(z) if half of the log(y) are below z, and so what comes back is the *median* of y. Its
mean is higher.
"""

from collections.abc import Callable
from typing import NamedTuple

from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.operations import Operation, exp, log, maximum, sigmoid
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value
from mathlab.errors import DataError

Z = Value.symbol("z")  # what was predicted
# What undoes a function of one input.
UNDONE: dict[Operation, Callable[[Value], Value]] = {
    table.log: exp,
    table.log2: lambda z: 2**z,
    table.log10: lambda z: 10**z,
    table.log1p: table.expm1,
    table.exp: log,
    table.expm1: table.log1p,
    table.sqrt: lambda z: maximum(z, 0) ** 2,
    table.cbrt: lambda z: z**3,
    table.negate: lambda z: -z,
    table.sigmoid: lambda z: log(z / (1 - z)),
    table.asinh: table.sinh,
    table.sinh: table.asinh,
    table.atanh: table.tanh,
    table.tanh: table.atanh,
}
# What undoes an operation of a part and a number c: with c on the right, and on the left.
WITH_RIGHT: dict[Operation, Callable[[Value, Value], Value]] = {
    table.add: lambda z, c: z - c,
    table.subtract: lambda z, c: z + c,
    table.multiply: lambda z, c: z / c,
    table.divide: lambda z, c: z * c,
    table.power: lambda z, c: z ** (1 / c),
}
WITH_LEFT: dict[Operation, Callable[[Value, Value], Value]] = {
    table.add: lambda z, c: z - c,
    table.subtract: lambda z, c: c - z,
    table.multiply: lambda z, c: z / c,
    table.divide: lambda z, c: c / z,
    table.power: lambda z, c: log(z) / log(c),
}


class Inverse(NamedTuple):
    """The name of a column, and its formula in `z`, the number of the model's left side."""

    name: str
    formula: Value

    def at(self, z: float) -> float:
        """The number of the column; a DomainError where there is none."""
        return float(self.formula.at(z=z))


def inverse(left_side: Value) -> Inverse:
    """Return the way back from the left side of a model, a formula of one column. The base of a
    power is taken to be above 0.

    Raises: DataError if there is no way back, since it has several columns, or a function that is
    not undone here.
    """
    names = [node.name for node in inputs_first(left_side) if node.operation is None]
    if len(names) != 1:
        raise DataError(f"there is no way back from {left_side} to one column")
    node, z = left_side, Z
    while node.operation is not None:
        if _is_odds(node):
            node, z = node.inputs[0], z / (1 + z)
            continue
        inside = [x for x in node.inputs if not x.is_known]
        if len(inside) == len(node.inputs) == 1 and node.operation in UNDONE:
            z = UNDONE[node.operation](z)
        elif len(inside) == 1 and node.inputs[0] is inside[0] and node.operation in WITH_RIGHT:
            z = WITH_RIGHT[node.operation](z, node.inputs[1])
        elif len(inside) == 1 and node.operation in WITH_LEFT:
            z = WITH_LEFT[node.operation](z, node.inputs[0])
        else:
            raise DataError(f"there is no way back from {left_side} to {names[0]}")
        node = inside[0]
    return Inverse(names[0], _said_shorter(z))


def _is_odds(node: Value) -> bool:
    """Whether it is of the form part/(1 - part)."""
    if node.operation is not table.divide:
        return False
    part, rest = node.inputs
    return (rest.operation is table.subtract and rest.inputs[0].is_known
            and rest.inputs[0].data == 1 and str(rest.inputs[1]) == str(part))


def _said_shorter(z: Value) -> Value:
    """Simplified; `exp(z)/(1 + exp(z))` as sigmoid, for which no z is too large."""
    shorter = simplify(z)
    return sigmoid(Z) if str(shorter) == "exp(z)/(exp(z) + 1)" else shorter
