"""Formulas tidied for a machine: the same value from fewer steps.

On the page: `case ("+", 0, _) | ("*", 1, _):`, what changes nothing goes. `simplify` makes a
formula short to read, and for that it may write a part out twice. A machine wants the opposite:
whatever is worked out, worked out once. So nothing is multiplied out here. Parts that the same
operation makes of the same inputs become one; an operation on two numbers is done now; numbers that
are factors move to the front of a product, and minus signs to the outside.

>>> from mathlab import symbols
>>> x, y = symbols("x y")
>>> print(*tidy([2 * (x + y) * -1, (x + y) ** 2 + 0 * x]), sep=", ")
-2*(x + y), (x + y)*(x + y)

The slopes of `swept_gradient` need no more than that: they are built on the nodes of the formula
itself, and so on what the formula has worked out already. Read `_Tidy.of` first, then `made` and
`plainer`; the rest counts steps and splits off factors.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value, is_gate, is_number
from mathlab.errors import DomainError

SAFE = 1e300  # numbers as large as that are not worked out with one another: floats end at 1.8e308
SHRINKING = (table.multiply, table.divide, table.power)  # what can make 0 of numbers that are not 0
ARITHMETIC = {*table.ARITHMETIC}
TELLING = {table.constant, table.negate, table.where}  # inputs without which no rule has a say


def size(result: Any) -> tuple[int, float]:
    """How many operations a result is made of: each part once; and written out wherever it is used.

    The second may double with every operation, so it is a float, and infinity if it has to be.

    >>> from mathlab import Value
    >>> a = Value(3.0, name="a")
    >>> b = a + a
    >>> size(b * b)                     # two in the graph; three in (a + a)*(a + a)
    (2, 3.0)
    """
    in_full: dict[Any, float] = {}
    for node in (order := inputs_first(result)):
        in_full[node] = float(node.inputs != ()) + sum(in_full[x] for x in node.inputs)
    return sum(node.inputs != () for node in order), in_full[result]


def tidy(results: Sequence[Value], kind: type = float) -> list[Value]:
    """The same results from a graph without equal parts, and without steps that change nothing.

    Named numbers, such as inputs and pi, are left alone. The numbers that come out may differ from
    the original's by rounding, and in the sign of a zero; and 0*x is 0 for every x. What was as
    plain as can be is left as it is. New nodes are for writing code from: they hold no numbers of
    their own (`data` is None). For Decimals and Fractions, numbers become such before anything is
    worked out.
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
                split[node] = left * right, graph.made(table.multiply, x, y)
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
        """The results in the new graph.

        Equivalent to: `made` for each node, which is asked only where a rule may have a say.
        """
        new: dict[Value, Value] = {}
        known = self.known
        for node in inputs_first(*results):
            if node.y is None:
                inputs = [new[x] for x in node.inputs]
                new[node] = self.made(node.operation, *inputs) if inputs else self.leaf(node)
                continue
            key = row, x, y = node.operation, new[node.x], new[node.y]  # two inputs, the usual case
            if x.operation in TELLING or y.operation in TELLING:
                new[node] = self.made(*key)
            elif x is node.x and y is node.y:
                new[node] = known.setdefault(key, node)  # it is as plain as can be
            else:
                new[node] = known.get(key) or known.setdefault(key, Value.bare(None, row, (x, y)))
        return [new[result] for result in results]

    def leaf(self, node: Value) -> Value:
        """The same leaf; of a number there is one."""
        return self.number(node.data) if is_number(node) else node

    def number(self, data: Any) -> Value:
        """The one node for this number."""
        in_kind = table.constant.in_kind.get(self.kind)
        data = in_kind(data) if in_kind else data
        return self.known.setdefault((type(data), data), as_value(data))

    def made(self, row: Operation, *inputs: Value) -> Value:
        """The one node for this operation on these inputs; or a plainer one of the same value."""
        key = (row, *inputs)
        node = self.known.get(key)
        if node is not None:
            return node
        x, y = inputs[0], inputs[-1]
        if row is table.negate or x.operation in TELLING or y.operation in TELLING:
            if x.operation is y.operation is table.constant and all(map(is_number, inputs)):
                number = _worked_out(row, inputs)
                if number is not None:
                    return self.number(number)
            if row in ARITHMETIC and (plainer := self.plainer(row, x, y)) is not None:
                return plainer
        self.known[key] = node = Value.bare(None, row, inputs)
        return node

    def plainer(self, row: Operation, x: Value, y: Value) -> Value | None:
        """What is plainer than `row(x, y)`, if anything is; in the comments a and b are numbers."""
        made, negate = self.made, table.negate
        if x.operation is table.constant or y.operation is table.constant:
            if row is table.multiply and is_number(y):  # x*a = a*x; but a*b would leave the floats
                return None if is_number(x) else made(row, y, x)
            match row, _small(x), _small(y):
                case (table.add, 0, _) | (table.multiply, 1, _):  # 0 + y = y
                    return y
                case (table.add | table.subtract, _, 0) | (table.divide | table.power, _, 1):
                    return x  # x + 0 = x
                case (table.multiply, 0, _):  # 0*y = 0
                    return x
                case (table.multiply, -1, _) | (table.subtract, 0, _):  # -1*y = -y
                    return made(negate, y)
                case (table.power, _, 2):  # x**2 = x*x, which is quicker
                    return made(table.multiply, x, x)
                case (table.power, _, -1):  # x**-1 = 1/x
                    return made(table.divide, self.number(1), x)
        if x.operation is table.where or y.operation is table.where:
            inside = self.inside_where(row, x, y)
            if inside is not None:
                return inside
        match row, x.operation, y.operation:
            case (table.add, _, table.negate):  # x + -y = x - y
                return made(table.subtract, x, y.x)
            case (table.add, table.negate, _):  # -x + y = y - x
                return made(table.subtract, y, x.x)
            case (table.subtract, _, table.negate):  # x - -y = x + y
                return made(table.add, x, y.x)
            case (table.negate, table.negate, _):  # -(-x) = x
                opposite: Value = x.x
                return opposite
            case (table.negate, table.subtract, _):  # -(x - y) = y - x
                return made(table.subtract, x.y, x.x)
            case (table.multiply, table.negate, _):  # -x*y = -(x*y)
                return made(negate, made(row, x.x, y))
            case (table.multiply, _, table.negate):  # a*-y = (-a)*y, and x*-y = -(y*x)
                if is_number(x):
                    return made(row, made(negate, x), y.x)
                return made(negate, made(row, y.x, x))
            case (table.negate, table.multiply, _) if is_number(x.x):  # -(a*x) = (-a)*x
                return self.multiple(made(negate, x.x), x.y)
            case (table.multiply, _, table.multiply) if is_number(x) and is_number(y.x):
                return self.multiple(made(row, x, y.x), y.y)  # a*(b*y) = (a*b)*y
        return None

    def inside_where(self, row: Operation, x: Value, y: Value) -> Value | None:
        """`where(c, x, 0)*y` as `where(c, x*y, 0)`, so that y is not asked for where c says no; and
        one `where` for a sum of two that ask the same."""
        guards = []
        if row is table.multiply:
            while gate := next(filter(is_gate, (x, y)), None):
                condition, yes, no = gate.inputs
                guards.append((condition, _small(no) == 0))
                x, y = (y if gate is x else x), (yes if _small(no) == 0 else no)
        if guards:
            result, zero = self.made(row, x, y), self.number(0)
            for condition, way in reversed(guards):
                result = self.made(table.where, condition, *[result, zero][::1 if way else -1])
            return result
        both = x.operation is y.operation is table.where and x.inputs[0] is y.inputs[0]
        if row is table.add and both:
            ways = [self.made(row, *pair) for pair in zip(x.inputs[1:], y.inputs[1:], strict=True)]
            return self.made(table.where, x.inputs[0], *ways)
        return None

    def multiple(self, number: Value, x: Value) -> Value | None:
        """number*x, if the number could be worked out."""
        return self.made(table.multiply, number, x) if is_number(number) else None


def _worked_out(row: Operation, inputs: Sequence[Value]) -> Any:
    """The number that an operation makes of numbers. None if it has none, or if no float can hold
    it: then the code does what was written, and its reader sees the error where it arises."""
    try:
        number = row.evaluate(*(x.data for x in inputs))
    except (DomainError, TypeError):
        return None
    lost = number == 0 and row in SHRINKING and not any(_small(x) == 0 for x in inputs)
    return number if abs(number) < SAFE and not lost else None


def _small(node: Value) -> Any:
    """The number of a node, to be compared with 0, 1 and 2; None for all else."""
    # A Fraction 1 makes a Fraction of what it multiplies: it does something.
    return node.data if is_number(node) and not isinstance(node.data, Fraction) else None
