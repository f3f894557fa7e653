"""The same formula, tidied for a machine: the same value, with less work.

`simplify` makes a formula short to read, and for that it may write a part out twice. A machine
wants the opposite: whatever is worked out, worked out once. So nothing is multiplied out here.
Parts that the same operation makes of the same inputs become one; an operation on two numbers is
done now; numbers that are factors move to the front of a product, and minus signs to the outside;
what changes nothing goes.

>>> from mathlab import symbols
>>> x, y = symbols("x y")
>>> print(*tidy([2 * (x + y) * -1, (x + y) ** 2 + 0 * x]), sep=", ")
-2*(x + y), (x + y)*(x + y)

The slopes of `upstairs.swept_gradient` need no more than that: they are built on the nodes of
the formula itself, and so on what the formula has worked out already.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value, is_number
from mathlab.calculus.numbers.kinds import IN_KIND
from mathlab.errors import DomainError

LARGEST = 1e300  # numbers from there on stay apart
SCALING = (table.multiply, table.divide, table.power)  # what can make 0 of numbers that are not

Inputs = tuple[Value, ...]


def tidy(results: Sequence[Value], kind: type = float) -> list[Value]:
    """The same results from a graph without equal parts, and without steps that change nothing.

    Named numbers, such as inputs and pi, are left alone. The numbers that come out may differ from
    the original's by rounding, and in the sign of a zero; and 0*x is 0 for every x. The new nodes
    are for writing code from: they hold no numbers of their own (`data` is None). For Decimals and
    Fractions, numbers become such before anything is worked out.
    """
    return _Tidy(kind).of(results)


def tidy_factors(results: Sequence[Value]) -> list[tuple[Any, Value]]:
    """The same, each result as a number and what it multiplies: what is to be added up many times
    is better multiplied afterwards, once.

    >>> from mathlab import symbols
    >>> x, y = symbols("x y")
    >>> [(number, str(rest)) for number, rest in tidy_factors([-(2 * x) * y, x])]
    [(-2, 'x*y'), (1, 'x')]
    """
    graph = _Tidy(float)
    results = graph.of(results)
    split: dict[Value, tuple[Any, Value]] = {}
    for node in inputs_first(*results):
        split[node] = 1, node  # unless a number can be split off
        if node.operation is table.negate:
            number, rest = split[node.x]
            split[node] = -number, rest
        elif node.operation is table.multiply:
            (left, x), (right, y) = split[node.x], split[node.y]
            if is_number(node.x) and _is_handy(node.x.data * right):
                split[node] = node.x.data * right, y
            elif _is_handy(left * right):
                split[node] = left * right, graph.made(table.multiply, (x, y))
    return [split[result] for result in results]


def _is_handy(number: Any) -> bool:
    """Whether a number can be multiplied afterwards, with no harm to what it multiplies."""
    return type(number) in (int, float) and (number == 0 or 1e-100 < abs(number) < 1e100)


class _Tidy:
    """The new graph as it grows: one node for each operation on the same inputs."""

    def __init__(self, kind: type) -> None:
        self.kind = kind
        self.known: dict[Any, Value] = {}  # by kind and number, or by operation and inputs

    def of(self, results: Sequence[Value]) -> list[Value]:
        """The results in the new graph."""
        new: dict[Value, Value] = {}
        for node in inputs_first(*results):
            if node.inputs:
                new[node] = self.made(node.operation, tuple(new[x] for x in node.inputs))
            else:
                new[node] = self.number(node.data) if is_number(node) else node
        return [new[result] for result in results]

    def number(self, data: Any) -> Value:
        """The one node for this number."""
        data = IN_KIND[self.kind](data) if self.kind in IN_KIND else data
        return self.known.setdefault((type(data), data), as_value(data))

    def made(self, operation: Operation, inputs: Inputs) -> Value:
        """The one node for this operation on these inputs; or a plainer one of the same value."""
        if all(map(is_number, inputs)):
            number = _worked_out(operation, inputs)
            if number is not None:
                return self.number(number)
        rule = RULES.get(operation)
        plainer = rule(self, *inputs) if rule else None
        if plainer is not None:
            return plainer
        key = (operation, *inputs)
        if key not in self.known:
            self.known[key] = Value.bare(None, operation, inputs)
        return self.known[key]


def _worked_out(operation: Operation, inputs: Inputs) -> Any:
    """The number that an operation makes of numbers; None if it has none, or none that a float can
    hold: whoever runs the code will be told."""
    try:
        number = operation.evaluate(*(x.data for x in inputs))
    except (DomainError, TypeError):
        return None
    lost = number == 0 and operation in SCALING and not any(_is(x, 0) for x in inputs)
    return number if abs(number) < LARGEST and not lost else None


def _is(node: Value, number: int) -> bool:
    # A Fraction 1 makes a Fraction of what it multiplies: it does something.
    return is_number(node) and not isinstance(node.data, Fraction) and bool(node.data == number)


def _sum(graph: _Tidy, x: Value, y: Value) -> Value | None:
    if _is(x, 0):
        return y
    if _is(y, 0):
        return x
    if y.operation is table.negate:
        return graph.made(table.subtract, (x, y.x))
    if x.operation is table.negate:
        return graph.made(table.subtract, (y, x.x))
    return None


def _difference(graph: _Tidy, x: Value, y: Value) -> Value | None:
    if _is(y, 0):
        return x
    if _is(x, 0):
        return graph.made(table.negate, (y,))
    if y.operation is table.negate:
        return graph.made(table.add, (x, y.x))
    return None


def _product(graph: _Tidy, x: Value, y: Value) -> Value | None:
    """Numbers to the front, where they meet; 0 and 1 do their work here, -1 is a sign."""
    if is_number(x) and is_number(y):
        return None  # their product would leave the floats
    if is_number(y):
        return graph.made(table.multiply, (y, x))
    if not is_number(x):
        for factor, other in ((x, y), (y, x)):
            if factor.operation is table.negate:
                return graph.made(table.negate, (graph.made(table.multiply, (factor.x, other)),))
        return None
    if _is(x, 0):
        return x
    if _is(x, 1):
        return y
    if _is(x, -1):
        return graph.made(table.negate, (y,))
    if y.operation is table.negate:
        return graph.made(table.multiply, (graph.made(table.negate, (x,)), y.x))
    if y.operation is table.multiply and is_number(y.x):
        number = graph.made(table.multiply, (x, y.x))
        return graph.made(table.multiply, (number, y.y)) if is_number(number) else None
    return None


def _quotient(graph: _Tidy, x: Value, y: Value) -> Value | None:
    return x if _is(y, 1) else None


def _power(graph: _Tidy, x: Value, y: Value) -> Value | None:
    """A square is a product, and a product is quicker."""
    if _is(y, 1):
        return x
    if _is(y, 2):
        return graph.made(table.multiply, (x, x))
    if _is(y, -1):
        return graph.made(table.divide, (graph.number(1), x))
    return None


def _negative(graph: _Tidy, x: Value) -> Value | None:
    if x.operation is table.negate:
        return x.x  # type: ignore[no-any-return]
    if x.operation is table.subtract:
        return graph.made(table.subtract, (x.y, x.x))
    if x.operation is table.multiply and is_number(x.x):
        number = graph.made(table.negate, (x.x,))  # infinity stays as it is
        return graph.made(table.multiply, (number, x.y)) if is_number(number) else None
    return None


RULES: dict[Operation, Callable[..., Value | None]] = {
    table.add: _sum,
    table.subtract: _difference,
    table.multiply: _product,
    table.divide: _quotient,
    table.power: _power,
    table.negate: _negative,
}
