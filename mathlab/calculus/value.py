"""A number that remembers how it was made, and what that is good for: its derivative.

Write arithmetic with Values as with any numbers. Each result keeps the operation that made it and
the Values it was made from, so behind a result stands the whole graph of its making.

>>> x = Value(3.0, name="x")
>>> y = x**2 + x.sin()
>>> y
Value(9.141120008059866, 'x**2 + sin(x)')

The derivative is read off that graph, by the chain rule, backwards. If `y` depends on `x` through
`u`,

    dy/dx = dy/du * du/dx,        and where several paths lead from x to y, they add up.

So start at the result, whose slope with respect to itself is 1, and hand each node's slope on to
its inputs, multiplied by the slope that the table of derivatives gives. That is `sweep`, and it is
all the differentiation there is. It never asks what a number is, and so it has two readings:

- run it over the graph, whose `data` are numbers, and every slope is a number: `backward`.

>>> y.backward()
>>> x.grad
5.010007503399555

- run it over the same graph one storey up, where each node's `data` is the node below, and every
  slope is a formula: symbolic differentiation.

>>> slopes_as_formulas(y)[x]
Value(5.010007503399555, '2*x + cos(x)')
"""

from __future__ import annotations

import numbers
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, ClassVar

from mathlab.calculus import formula, numeric
from mathlab.calculus.operations import (
    FUNCTIONS,
    UNKNOWN,
    Operation,
    add,
    constant,
    divide,
    multiply,
    negate,
    power,
    subtract,
)
from mathlab.calculus.order import inputs_first
from mathlab.errors import DomainError, FormulaError, UnknownError

Method = Callable[["Value"], "Value"]


def _infix(
    operation: Operation, neutral: int | None = None, commutes: bool = False
) -> tuple[Callable[[Value, Any], Value], Callable[[Value, Any], Value]]:
    """Two methods, `value ∘ other` and `other ∘ value`, for one row of the table.

    A plain `other` becomes a constant; a neutral one (`x + 0`, `1 * x`) changes nothing and leaves
    no trace in the graph.
    """
    compute = operation.compute

    def method(self: Value, other: Any) -> Any:
        if not isinstance(other, Value):
            if type(other) is not float and not _is_number(other):
                return NotImplemented
            if other == neutral:
                return self
            other = as_value(other)
        result = _new(Value)
        try:
            result.data = compute(self.data, other.data)
        except (ValueError, ArithmeticError) as error:
            operation.refuse(error, self.data, other.data)
        result.operation = operation
        result.x = self
        result.y = other
        result.name = ""
        return result

    def reflected(self: Value, other: Any) -> Any:
        if not _is_number(other):
            return NotImplemented
        if commutes and other == neutral:
            return self
        return method(as_value(other), self)

    return method, reflected


def _prefix(operation: Operation) -> Callable[[Value], Value]:
    """The method for a row of the table with one input."""
    compute, evaluate = operation.compute, operation.evaluate

    def method(self: Value) -> Value:
        result = _new(Value)
        x = self.data
        try:
            result.data = compute(x) if type(x) is float else evaluate(x)
        except (ValueError, ArithmeticError) as error:
            if isinstance(error, DomainError):
                raise
            operation.refuse(error, x)
        result.operation = operation
        result.x = self
        result.y = None
        result.name = ""
        return result

    return method


class Value:
    """A number that remembers how it was made.

    `data` is the number, of any type that does arithmetic; `name` is what to call it in a formula;
    `operation` and `inputs` say what made it (None and () for one that was given); `grad` is the
    slope that the latest `backward` left.

    Two Values are equal only if they are one and the same: numbers that happen to agree are still
    two places in the graph. They are ordered (`<`, `>=`) by their data.

    >>> a = Value(2.0, name="a")
    >>> b = 1 + 3 * a
    >>> b.data, b.operation.name, b.inputs
    (7.0, '+', (Value(1, '1'), Value(6.0, '3*a')))
    """

    __slots__ = ("__weakref__", "data", "grad", "name", "operation", "x", "y")

    data: Any
    grad: Any
    name: str
    operation: Operation | None
    x: Any  # the first input, or None, and
    y: Any  # the second: two slots take 56 bytes less than a tuple

    def __init__(self, data: Any, name: str = ""):
        if not _is_number(data) and data is not UNKNOWN:
            raise TypeError(f"a Value holds a number, not {data!r}")
        self.data = data
        self.grad = 0
        self.name = name
        self.operation = None
        self.x = self.y = None

    __add__, __radd__ = _infix(add, neutral=0, commutes=True)
    __sub__, __rsub__ = _infix(subtract, neutral=0)
    __mul__, __rmul__ = _infix(multiply, neutral=1, commutes=True)
    __truediv__, __rtruediv__ = _infix(divide, neutral=1)
    __pow__, __rpow__ = _infix(power, neutral=1)
    __neg__ = _prefix(negate)


    def __lt__(self, other: Any) -> bool:
        return bool(self.data < _number(other))

    def __le__(self, other: Any) -> bool:
        return bool(self.data <= _number(other))

    def __gt__(self, other: Any) -> bool:
        return bool(self.data > _number(other))

    def __ge__(self, other: Any) -> bool:
        return bool(self.data >= _number(other))

    @property
    def inputs(self) -> tuple[Value, ...]:
        """The Values this one was made from: none, one or two."""
        if self.x is None:
            return ()
        return (self.x,) if self.y is None else (self.x, self.y)

    @classmethod
    def made_by(cls, operation: Operation, inputs: Iterable[Any]) -> Value:
        """The Value that an operation makes of inputs, plain numbers among them or not."""
        inputs = [as_value(x) for x in inputs]
        result = _new(cls)
        result.data = operation.evaluate(*(x.data for x in inputs))
        result.operation = operation
        result.x, result.y = (*inputs, None, None)[:2]
        result.name = ""
        return result

    def backward(self) -> None:
        """Leave the derivative of this Value in the `grad` of every Value it was made from.

        What an earlier call left there is replaced: nothing piles up.

        Raises: DomainError where a slope does not exist, as that of sqrt at 0.

        >>> a = Value(3.0)
        >>> b = a + a
        >>> c = b * b
        >>> c.backward()
        >>> b.grad, a.grad
        (12.0, 24.0)
        """
        sweep(self)

    def at(self, **numbers: Any) -> Any:
        """The number this formula has when its names stand for these numbers.

        Names that are not given keep the number they have.

        Raises: FormulaError for a name that is not in the formula, UnknownError for a symbol left
        without a number, DomainError where the formula has no value.

        >>> x, y = symbols("x y")
        >>> (x**2 + y).at(x=3, y=1)
        10
        """
        order = inputs_first(self)
        leaves = {node.name: node for node in order if node.name and not node.inputs}
        for name in numbers.keys() - leaves.keys():
            near = get_close_matches(name, leaves, 1) or sorted(leaves)
            known = ", ".join(near) or "no names"
            raise FormulaError(f"there is no {name} in this formula; it has {known}")
        given = {node: numbers.get(node.name, node.data) for node in order if not node.inputs}
        if missing := [node.name for node, number in given.items() if number is UNKNOWN]:
            raise UnknownError(
                f"no number yet for {', '.join(missing)}; give one: f.at({missing[0]}=...)"
            )
        return evaluate(order, given)

    def numeric_derivative(self, x: Value) -> numeric.Estimate:
        """An estimate of the derivative with respect to `x`: nudge it, and compute it all again.

        >>> x = Value(3.0, name="x")
        >>> slope = (x**2).numeric_derivative(x)
        >>> abs(slope.value - 6) <= slope.error < 1e-9
        True
        """
        order = inputs_first(self)
        leaves = {node: node.data for node in order if not node.inputs}
        return numeric.derivative(lambda nudged: evaluate(order, {**leaves, x: nudged}), x.data)

    def __str__(self) -> str:
        return formula.write(self)

    def __repr__(self) -> str:
        return f"Value({self.data}, {formula.write_short(self)!r})"

    if TYPE_CHECKING:  # each function of the table is a method too; they are added below
        derivative: ClassVar[Callable[..., Value]]  # and this one in the chapter of that name
        exp: ClassVar[Method]
        log: ClassVar[Method]
        sqrt: ClassVar[Method]
        sin: ClassVar[Method]
        cos: ClassVar[Method]
        tanh: ClassVar[Method]
        relu: ClassVar[Method]
        step: ClassVar[Method]


_new = object.__new__  # a bare Value, its slots still empty: the quickest way to make one

for _operation in FUNCTIONS:
    setattr(Value, _operation.name, _prefix(_operation))


def as_value(x: Any) -> Value:
    """A plain number as a constant of a formula; a Value as it is.

    >>> as_value(3).operation.name
    'constant'
    """
    if isinstance(x, Value):
        return x
    result = _new(Value)
    result.data = x
    result.operation = constant
    result.x = result.y = None
    result.name = ""
    return result


def _is_number(data: Any) -> bool:
    return isinstance(data, (int, float, numbers.Number))


def _number(value: Any) -> Any:
    return value.data if isinstance(value, Value) else value


def symbols(names: str) -> tuple[Value, ...]:
    """Values that have a name and no number yet, to write formulas with.

    Raises: FormulaError for a name that Python would not take.

    >>> x, y = symbols("x y")
    >>> x * y + 1
    Value(unknown, 'x*y + 1')
    """
    for name in (split := names.replace(",", " ").split()):
        if not name.isidentifier() or iskeyword(name):
            raise FormulaError(f"{name!r} cannot be a name: use letters, digits and _")
    return tuple(Value(UNKNOWN, name) for name in split)


def evaluate(order: Iterable[Value], numbers: dict[Value, Any]) -> Any:
    """The number of the last node of a graph, with these numbers for its leaves."""
    numbers = dict(numbers)
    for node in order:
        if node.operation is not None and node not in numbers:
            numbers[node] = node.operation.evaluate(*(numbers[x] for x in node.inputs))
    return numbers[node]


def sweep(result: Value) -> None:
    """The chain rule, run backwards over the graph; every `grad` becomes a slope of the result.

    Whether the `data` are numbers or formulas makes no difference here.
    """
    order = inputs_first(result)
    for node in order:
        node.grad = 0  # forget what an earlier sweep found
    result.grad = 1  # the result changes as fast as itself
    try:
        for node in reversed(order):  # what uses a node comes before it, so its grad is complete
            x, y = node.x, node.y
            if y is not None:
                if x.operation is not constant:
                    slope, _ = node.operation.slopes
                    x.grad += node.grad * slope(x.data, y.data, node.data)
                if y.operation is not constant:
                    _, slope = node.operation.slopes
                    y.grad += node.grad * slope(x.data, y.data, node.data)
            elif x is not None:
                (slope,) = node.operation.slopes
                x.grad += node.grad * slope(x.data, node.data)
    except (ValueError, ArithmeticError) as error:
        shown = ", ".join(str(x.data) for x in node.inputs)
        raise DomainError(f"{node.operation.name}({shown}) has no slope there: {error}") from None


def slopes_as_formulas(result: Value) -> dict[Value, Any]:
    """The derivative of the result with respect to every node of its graph, each as a formula.

    The graph is laid out again one storey up, each new node with the old one for its `data`; a
    plain number stays one. Then it is swept like any other.

    >>> x, = symbols("x")
    >>> print(slopes_as_formulas(x**3)[x])
    3*x**2
    """
    upstairs: dict[Any, Any] = {None: None}
    for node in inputs_first(result):
        copy = upstairs[node] = _new(Value)
        copy.data = node.data if node.operation is constant else node
        copy.operation = node.operation
        copy.x, copy.y = upstairs[node.x], upstairs[node.y]
    sweep(upstairs[result])
    return {node: copy.grad for node, copy in upstairs.items() if node is not None}
