"""A place in a graph: what is there, and what it was made from.

A graph is nothing but its nodes: each knows the operation that made it and its inputs, and nobody
knows the graph as a whole. It can be a million nodes deep. So here it is copied and pickled inputs
first, in a loop; Python's own way, node within node within node, would run out of stack.

>>> import copy, pickle
>>> from mathlab import Value
>>> y = Value(3.0, "x") ** 2 + 1
>>> copy.deepcopy(y), pickle.loads(pickle.dumps(y))
(Value(10.0, 'x**2 + 1'), Value(10.0, 'x**2 + 1'))
"""

from __future__ import annotations

from typing import Any, Self
from weakref import WeakValueDictionary

from mathlab.calculus.graph.operations import OF_MANY, Operation, operation_named
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.numbers.unknown import UNKNOWN


class Node:
    """A number, its name, its slope, and how it was made; `Value` gives it arithmetic."""

    __slots__ = ("__weakref__", "data", "grad", "name", "operation", "x", "y")

    data: Any
    grad: Any
    name: str
    operation: Operation | None
    x: Any  # the first input, or None, and
    y: Any  # the second: two slots take 56 bytes less than a tuple. Many are a tuple in x

    @classmethod
    def symbol(cls, name: str) -> Self:
        """The symbol of this name. There is one of each: a symbol is nothing but its name."""
        known = _SYMBOLS.get((cls, name))
        if known is None or known.data is not UNKNOWN:
            # never asked for, or somebody gave the old one a number: it is no symbol any more
            known = cls.bare(UNKNOWN, None, ())
            known.name = name
            _SYMBOLS[cls, name] = known
        symbol: Self = known
        return symbol

    @classmethod
    def bare(cls, data: Any, operation: Operation | None, inputs: tuple[Any, ...]) -> Self:
        """The node with these contents, which are not looked at."""
        node = object.__new__(cls)
        node.data = data
        node.grad = 0
        node.name = ""
        node.operation = operation
        node.x = node.y = None
        if operation in OF_MANY:  # a sum of one or two, too
            node.x = inputs
        elif len(inputs) == 2:
            node.x, node.y = inputs
        elif inputs:
            (node.x,) = inputs
        return node

    @property
    def inputs(self) -> tuple[Any, ...]:
        """The nodes this one was made from."""
        if self.y is not None:
            return (self.x, self.y)
        if self.x is None:
            return ()
        return self.x if type(self.x) is tuple else (self.x,)

    def __deepcopy__(self, copies: dict[int, Any]) -> Self:
        for node in inputs_first(self):
            if node.data is UNKNOWN and not node.inputs:
                copies[id(node)] = node
            elif id(node) not in copies:
                inputs = tuple(copies[id(x)] for x in node.inputs)
                copy = copies[id(node)] = node.bare(node.data, node.operation, inputs)
                copy.name, copy.grad = node.name, node.grad
        copied: Self = copies[id(self)]
        return copied

    def __reduce__(self) -> tuple[Any, ...]:
        """For pickle: all nodes in a row, each with the places of its inputs in that row.

        Leaves are pickled as themselves, so that results pickled together share theirs.
        """
        order = inputs_first(self)
        if len(order) == 1:
            return _unpacked_leaf, (type(self), self.data, self.grad, self.name, self.operation)
        place = {node: i for i, node in enumerate(order)}
        row = [
            (n.operation.name, n.data, n.grad, n.name, [place[x] for x in n.inputs])
            if n.inputs
            else n
            for n in order
        ]
        return _unpacked, (type(self), row)


# Symbols that are in use, by class and name; one that nobody holds any more is forgotten.
_SYMBOLS: WeakValueDictionary[tuple[type[Node], str], Any] = WeakValueDictionary()


def _unpacked_leaf(
    cls: type[Node], data: Any, grad: Any, name: str, operation: Operation | None
) -> Node:
    if data is UNKNOWN:
        return cls.symbol(name)
    leaf = cls.bare(data, operation, ())
    leaf.grad, leaf.name = grad, name
    return leaf


def _unpacked(cls: type[Node], row: list[Any]) -> Node:
    nodes: list[Any] = []
    for item in row:
        if isinstance(item, tuple):
            operation, data, grad, name, places = item
            node = cls.bare(data, operation_named(operation), tuple(nodes[i] for i in places))
            node.grad, node.name = grad, name
            nodes.append(node)
        else:
            nodes.append(item)
    last: Node = nodes[-1]
    return last
