"""Value: a number that remembers how it was made, and so can give its derivative.

Write arithmetic with Values as with any numbers. Each result keeps the operation that made it and
the Values it was made from, so behind a result stands the whole graph of its making. On the page:
`__add__, __radd__ = lambda u, v: add(u, v), lambda v, u: add(u, v)`. Here each operator fills a
Value's slots itself, which takes half the time of calling a row.

>>> x = Value(3.0, name="x")
>>> y = x**2 + x.sin()
>>> y
Value(9.141120008059866, 'x**2 + sin(x)')
>>> y.backward()
>>> x.grad
5.010007503399555
"""

from __future__ import annotations

import numbers
import operator
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from mathlab.calculus.graph import formula
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.chain_rule import sweep_backwards
from mathlab.calculus.graph.node import Node
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.order import PLAIN, inputs_first
from mathlab.calculus.numbers.evaluate import number_at
from mathlab.calculus.numbers.familiar import Decision, Familiar, refuse_decision, refuse_parts
from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.names import by_form, meant, own

NUMBERS: Any = (int, float, numbers.Number)  # the first two, the usual ones, are found at once


def _infix(operation: Operation, neutral: int | None = None, commutes: bool = False) -> tuple[
        Callable[[Value, Any], Value], Callable[[Value, Any], Value]]:
    """Two methods for one row of the table: those of `value + other` and `other + value`.

    Equivalent to: `operation(value, other)` and `operation(other, value)`, slot by slot; but a
    neutral `other` (`x + 0`, `1 * x`) changes nothing, and leaves no trace in the graph.
    """
    compute = operation.compute

    def method(self: Value, other: Any) -> Any:
        if isinstance(other, Value):
            number = other.data
        elif not isinstance(number := other, NUMBERS):
            return NotImplemented
        elif number == neutral and type(number) is not Decision:
            return self
        elif type(number) not in PLAIN:
            other = _literal(number)
        result = _new(Value)
        try:
            result.data = compute(self.data, number)
        except (ValueError, ArithmeticError) as error:
            operation.refuse(error, self.data, number)
        result.grad, result.name = 0, ""
        result.operation, result.x, result.other = operation, self, other
        return result

    def reflected(self: Value, other: Any) -> Any:
        if not isinstance(other, NUMBERS):
            return NotImplemented
        if commutes and other == neutral and type(other) is not Decision:
            return self
        return method(_literal(other), self)

    return method, reflected


def _prefix(operation: Operation) -> Callable[[Value], Value]:
    """The method for a row of the table with one input."""
    compute, evaluate = operation.compute, operation.evaluate

    def method(self: Value, *others: Any) -> Value:
        if others:
            operation.check_count(1 + len(others))
        result = _new(Value)
        x = self.data
        try:
            result.data = compute(x) if type(x) is float else evaluate(x)
        except (ValueError, ArithmeticError):
            evaluate(x)  # which says why not
        result.grad, result.name = 0, ""
        result.operation, result.x, result.other = operation, self, None
        return result

    return method


def _comparison(compare: Callable[[Any, Any], Any]) -> Callable[[Value, Any], int]:
    return lambda x, y: Decision(compare(x.data, y.data if isinstance(y, Value) else y))


class Value(Node, Familiar):
    """A number that remembers how it was made.

    `data` is the number, of any kind that does arithmetic; `name` is what a given number is called
    in formulas; `operation` and `inputs` say what made it: None and () for one that was given,
    `constant` and () for a plain number in a formula. `grad` is the slope that the latest
    `backward` left.

    Two Values are equal only if they are the same node, and are ordered (`<`, `>=`) by their data.
    `label` is micrograd's word for the name; its `_op` and `_children` are refused.

    >>> a = Value(2.0, name="a")
    >>> b = 1 + 3 * a
    >>> b.data, b.operation.name, b.inputs
    (7.0, '+', (Value(1, '1'), Value(6.0, '3*a')))
    """

    __slots__ = ()

    def __init__(self, data: Any, name: str = "", _op: str = "", label: str = "",
                 _children: Any = ()):
        if type(data) is not float and not isinstance(data, NUMBERS) and data is not UNKNOWN:
            raise TypeError(f"a Value holds a number, not {data!r}")
        if _op or _children:
            refuse_parts()
        self.data, self.grad, self.operation, self.x, self.other = data, 0, None, None, None
        self.name = (name or label) and own(name or label, table.functions)

    __add__, __radd__ = _infix(table.add, neutral=0, commutes=True)
    __sub__, __rsub__ = _infix(table.subtract, neutral=0)
    __mul__, __rmul__ = _infix(table.multiply, neutral=1, commutes=True)
    __truediv__, __rtruediv__ = _infix(table.divide, neutral=1)
    __pow__, __rpow__ = _infix(table.power, neutral=1)
    __neg__ = _prefix(table.negate)
    __abs__ = _prefix(table.absolute)

    __lt__, __le__ = _comparison(operator.lt), _comparison(operator.le)
    __gt__, __ge__ = _comparison(operator.gt), _comparison(operator.ge)

    def __pos__(self) -> Value:
        return self

    @classmethod
    def made_by(cls, operation: Operation, inputs: Iterable[Any]) -> Value:
        """The Value that an operation makes of inputs, plain numbers among them or not."""
        values = tuple([x if isinstance(x, Value) else as_value(x) for x in inputs])
        return cls.bare(operation.evaluate(*[x.data for x in values]), operation, values)

    @staticmethod
    def constant(number: Any, name: str = "") -> Value:
        """A plain number as a part of a formula; a Value as it is; a TypeError for all else."""
        if isinstance(number, Value):
            return number
        if not isinstance(number, NUMBERS) and number is not UNKNOWN:
            raise TypeError(f"a formula is made of Values and numbers, not {number!r}")
        if type(number) is Decision:
            refuse_decision()
        return Value.bare(number, table.constant, (), name)

    def backward(self) -> None:
        """Leave the derivative of this Value in the `grad` of every Value it was made from.

        What an earlier call left there is replaced: nothing piles up. At a kink, as of relu
        at 0, it is the slope that the table has: `one_sided` has both.

        Raises: DomainError where a slope does not exist, as that of sqrt at 0; FormulaError as
        `sweep_backwards`, if a number was changed since.
        """
        sweep_backwards(self)

    def at(self, /, **given: Any) -> Any:
        """The number this formula has when its names stand for these numbers.

        Names that are not given keep the number they have. Raises: as `number_at`.

        >>> x, y = symbols("x y")
        >>> (x**2 + y).at(x=3, y=1)
        10
        """
        return number_at(inputs_first(self), by_form(given))

    def __str__(self) -> str:
        return formula.write(self)

    def __repr__(self) -> str:
        return f"Value({self.data}, {formula.write_short(self)!r})"

    if TYPE_CHECKING:
        derivative: ClassVar[Callable[..., Value]]  # these two are added in `differentiate`
        numeric_derivative: ClassVar[Callable[..., Any]]

        def __getattr__(self, name: str) -> Any:
            """Every function of the table with one input is a method too: see below."""


for _row in table.functions().values():
    if _row.arity == 1:
        setattr(Value, _row.name, _prefix(_row))

_new = object.__new__  # an empty Value: the quickest way to make one


def _literal(number: Any) -> Value:
    """A number as it is written in a formula."""
    if type(number) is Decision:
        refuse_decision()
    result = _new(Value)
    result.data, result.grad, result.name = number, 0, ""
    result.operation, result.x, result.other = table.constant, None, None
    return result


as_value = Value.constant


def is_number(node: Value) -> bool:
    """Whether a node is a plain number in a formula, and not a named one such as pi."""
    return node.operation is table.constant and not node.name


def is_gate(node: Value) -> bool:
    """Whether a node is a `where` that is 0 on one of its ways."""
    ways = node.inputs[1:] if node.operation is table.where else ()
    return any(is_number(way) and way.data == 0 for way in ways)


def nodes_of(xs: Iterable[Any], *formulas: Value) -> list[tuple[Value, ...]]:
    """The nodes that each x, a Value or a name, stands for in the formulas: see `meant`."""
    return meant(xs, inputs_first(*formulas), _symbol, Value)


def symbols(names: str) -> tuple[Value, ...]:
    """Values that have a name and no number yet. Asked for again, a symbol is the same one.

    Raises: FormulaError for what cannot be a name, or has a meaning in every formula, as `e`.

    >>> x, y = symbols("x y")
    >>> x * y + 1
    Value(unknown, 'x*y + 1')
    """
    return tuple(_symbol(name) for name in names.replace(",", " ").split())


def _symbol(name: str) -> Value:
    return Value.symbol(own(name, table.functions))


def total(values: Iterable[Any]) -> Any:
    """The sum, as one node for any number of inputs."""
    return table.total(*values)


def dot(xs: Iterable[Any], ys: Iterable[Any]) -> Any:
    """The inner product `x1*y1 + x2*y2 + ...`, as one node. Raises: ValueError for other lengths.

    >>> dot(symbols("a b"), [2, 3])
    Value(unknown, 'a*2 + b*3')
    """
    xs, ys = list(xs), list(ys)
    if len(xs) != len(ys):
        raise ValueError(f"an inner product pairs numbers: there are {len(xs)} and {len(ys)}")
    return table.dot(*xs, *ys)
