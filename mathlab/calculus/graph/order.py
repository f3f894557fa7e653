"""The order in which a graph can be walked: every node after its inputs.

In `b = a + a; c = b * b` the node `b` is used twice, and `a` twice by `b`. Forwards, a node must be
met after all its inputs. Backwards, it must be met after *everything that uses it*: to hand on the
slope of `b` before both its uses have reported would hand on half of it. One order, read from
either end, serves both. On the page: `order: dict[Value, None] = {}`.

>>> from mathlab import Value
>>> a = Value(3.0, name="a")
>>> b = a + a
>>> c = b * b
>>> [node.data for node in inputs_first(c)]
[3.0, 6.0, 36.0]

It is found by a depth-first walk with a stack of its own; Python's stack, that is recursion, would
end at a thousand operations. Here a marker, None, says that the inputs of a node are all done.
"""

from typing import Any


def inputs_first(*results: Any) -> list[Any]:
    """Every node that the results were made from, and the results; each once, after its inputs.

    Source: Cormen, Leiserson, Rivest and Stein, Introduction to Algorithms, "Topological sort".
    """
    order: list[Any] = []
    seen: set[Any] = set()
    stack = list(results)
    while stack:
        node = stack.pop()
        if node is None:  # the marker: all inputs of the node beneath it are done
            order.append(stack.pop())
            continue  # Python 3.11 speeds up only what jumps back
        if node not in seen:
            seen.add(node)
            stack += (node, None, *node.inputs[::-1])
    return order


PLAIN = {float, int}  # numbers that a node has as its second input directly, without a node


class Unreached(int):
    """The grad of a node that a sweep has met and no slope has reached: a 0 known by `is`."""


def met(result: Any, unreached: Unreached) -> list[Any]:
    """The nodes that a sweep goes back over, each after its inputs, with `unreached` for its grad.

    Equivalent to: inputs_first(result), but for numbers that have no node. It is twice as quick: a
    mark in the node says that it has been met, where `inputs_first` has a set.
    """
    order: list[Any] = []
    stack = [result]
    while stack:
        node = stack.pop()
        if node is None:
            order.append(stack.pop())
            continue
        if node.grad is not unreached:
            node.grad = unreached
            x, other = node.x, node.other
            stack.append(node)  # one by one: a tuple of them for each node takes longer
            stack.append(None)
            if type(x) is tuple:
                stack += reversed(x)
            elif x is not None:
                if other is not None and type(other) not in PLAIN and other.grad is not unreached:
                    stack.append(other)
                if x.grad is not unreached:
                    stack.append(x)
    return order
