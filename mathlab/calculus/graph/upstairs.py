"""One storey up: derivatives as formulas, by the same sweep.

The chain rule does not care what a number is. So lay the graph out again one storey up, each new
node with the old one for its `data`, and sweep it: where the sweep below would have multiplied and
added numbers, it now multiplies and adds formulas. That is all of symbolic differentiation; what
remains is to say the result shorter, which is the business of `algebra`.

>>> from mathlab import sin, symbols
>>> x, = symbols("x")
>>> print(*swept_gradient(x**2 * sin(x), [x]))
x**2*cos(x) + sin(x)*(2*x)

On the page: `above[y].backward()`.
"""

from collections.abc import Iterable
from typing import Any

from mathlab.calculus.graph.chain_rule import sweep_backwards
from mathlab.calculus.graph.operations import constant
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value, is_number, nodes_of

WHOLE = {*range(-1000, 1001)}  # the numbers with which nothing is rounded


def swept_gradient(y: Value, xs: Iterable[Any]) -> list[Value]:
    """The derivatives of `y` by each of `xs` as the sweep leaves them: built on the nodes of `y`.

    That is what a machine wants: most of it has been worked out when `y` has.

    Raises: as `nodes_of`; DomainError where `y` has no slope.
    """
    groups = nodes_of(xs, y := as_value(y))
    upstairs = one_storey_up(y, {x for group in groups for x in group})
    sweep_backwards(upstairs[y])
    return [as_value(sum(upstairs[x].grad for x in each if x in upstairs)) for each in groups]


def one_storey_up(result: Value, xs: set[Value]) -> dict[Value, Value]:
    """For each node of a graph its copy in the graph above, where `data` are formulas.

    What does not depend on `xs` is a constant there. A whole number stays one, 0.1 does not.
    """
    upstairs: dict[Value, Value] = {}
    for node in inputs_first(result):
        inputs = tuple(upstairs[x] for x in node.inputs)
        data = node.data if is_number(node) and node.data in WHOLE else node
        if node in xs or any(x.operation is not constant for x in inputs):
            upstairs[node] = Value.bare(data, node.operation, inputs)
        else:
            upstairs[node] = Value.bare(data, constant, ())
    return upstairs
