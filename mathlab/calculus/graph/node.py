"""A place in a graph: what is there, and what it was made from; copied and pickled in a loop.

On the page: `self.data, self.name, self.row, self.inputs, self.grad =`.

A graph is nothing but its nodes: each knows the operation that made it and its inputs, and no node
knows the graph as a whole. It can be a million nodes deep. So it is copied and pickled inputs
first, in a loop; Python's own way, node within node within node, would run out of stack.

>>> import copy, pickle
>>> from mathlab import Value
>>> y = Value(3.0, "x") ** 2 + 1
>>> copy.deepcopy(y), pickle.loads(pickle.dumps(y))
(Value(10.0, 'x**2 + 1'), Value(10.0, 'x**2 + 1'))
"""

from __future__ import annotations

from _thread import allocate_lock  # the part of threading that is needed, loaded at once
from typing import Any, Self
from weakref import WeakValueDictionary

from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.order import PLAIN, inputs_first
from mathlab.calculus.numbers.unknown import UNKNOWN


class Node:
    """A number, its name, its slope, and how it was made; `Value` gives it arithmetic."""

    __slots__ = ("__weakref__", "data", "grad", "name", "operation", "other", "x")

    data: Any
    grad: Any
    name: str
    operation: Operation | None
    x: Any  # None; the first of one or two inputs; or a tuple of all, if there are more
    other: Any  # the second of two, a node or a plain number: a tuple would take 48 bytes more

    @classmethod
    def symbol(cls, name: str) -> Self:
        """The symbol of this name. There is one of each: a symbol is nothing but its name."""
        symbol: Self | None = _SYMBOLS.get((cls, name))
        if symbol is None or symbol.is_known:  # or if somebody gave the old one a number
            symbol = cls.bare(UNKNOWN, None, (), name)
            _SYMBOLS[cls, name] = symbol
        return symbol

    @classmethod
    def bare(cls, data: Any, operation: Operation | None, inputs: tuple[Any, ...], name: str = "",
             grad: Any = 0) -> Self:
        """The node with these contents, unchecked."""
        node = object.__new__(cls)
        node.data, node.grad, node.name, node.operation = data, grad, name, operation
        node.x = node.other = None
        arity = operation.arity if operation else 0
        if arity == 2:
            node.x, node.other = inputs
        elif arity == 1:
            (node.x,) = inputs
        elif inputs:
            node.x = inputs
        return node

    @property
    def is_known(self) -> bool:
        """False for a symbol, and for what was made from one."""
        return self.data is not UNKNOWN

    @property
    def y(self) -> Any:
        """The second of two inputs, or None; a plain number becomes a node here."""
        if type(self.other) in PLAIN:
            with _LOCK:  # of two threads one makes the node, and both find it
                self.other = self.constant(self.other)  # type: ignore[attr-defined]  # in Value
        return self.other

    @property
    def inputs(self) -> tuple[Any, ...]:
        """The nodes this one was made from."""
        if (y := self.other) is not None:
            return (self.x, self.y if type(y) in PLAIN else y)
        if self.x is None:
            return ()
        return self.x if type(self.x) is tuple else (self.x,)

    def __deepcopy__(self, copies: dict[int, Any]) -> Self:
        for node in inputs_first(self):
            if not (node.is_known or node.inputs):
                copies[id(node)] = node
            elif id(node) not in copies:
                inputs = tuple(copies[id(x)] for x in node.inputs)
                copy = node.bare(node.data, node.operation, inputs, node.name, node.grad)
                copies[id(node)] = copy
        copied: Self = copies[id(self)]
        return copied

    def __reduce__(self) -> tuple[Any, ...]:
        """For pickle: all nodes in a row, each with the places of its inputs in that row.

        Leaves are pickled as themselves, so that results pickled together share theirs.
        """
        order = inputs_first(self)
        if len(order) == 1:
            return _unpacked_leaf, (type(self), self.data, self.operation, self.name, self.grad)
        place = {node: i for i, node in enumerate(order)}
        row = [
            (n.data, n.operation, [place[x] for x in n.inputs], n.name, n.grad) if n.inputs else n
            for n in order]
        return _unpacked, (type(self), row)


# Symbols that are in use, by class and name; one that nobody holds any more is forgotten.
_SYMBOLS: WeakValueDictionary[tuple[type[Node], str], Any] = WeakValueDictionary()
_LOCK = allocate_lock()


def _unpacked_leaf(cls: type[Node], data: Any, operation: Operation | None, name: str,
                   grad: Any) -> Node:
    return cls.symbol(name) if data is UNKNOWN else cls.bare(data, operation, (), name, grad)


def _unpacked(cls: type[Node], row: list[Any]) -> Node:
    nodes: list[Any] = []
    for item in row:
        if isinstance(item, tuple):
            data, operation, places, *rest = item
            item = cls.bare(data, operation, tuple(nodes[i] for i in places), *rest)
        nodes.append(item)
    last: Node = nodes[-1]
    return last
