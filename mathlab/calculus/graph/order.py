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
        elif node not in seen:
            seen.add(node)
            x, y = node.x, node.y  # asking for `node.inputs` would double the time of the walk
            if x is None:
                order.append(node)
                continue
            stack.append(node)  # one by one: a tuple of them for each node takes longer
            stack.append(None)
            if y is not None:
                stack.append(y)
                stack.append(x)
            elif type(x) is tuple:
                stack += [each for each in reversed(x) if each not in seen]
            else:
                stack.append(x)
    return order
