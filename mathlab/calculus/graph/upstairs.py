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

from collections.abc import Sequence

from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.chain_rule import sweep_backwards
from mathlab.calculus.graph.operations import Operation, constant, where
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value, is_number


def swept_gradient(y: Value, xs: Sequence[Value]) -> list[Value]:
    """The derivatives of `y` by each of `xs` as the sweep leaves them: built on the nodes of `y`.

    That is what a machine wants: most of it has been worked out when `y` has.

    Raises: TypeError for an x that is not a Value, DomainError where `y` has no slope.
    """
    y = as_value(y)
    for x in xs:
        if not isinstance(x, Value):
            raise TypeError(f"derivatives are taken with respect to Values, not {x!r}")
    upstairs = one_storey_up(y, set(xs))
    sweep_backwards(upstairs[y])
    slopes = [as_value(upstairs[x].grad if x in upstairs else 0) for x in xs]
    return guarded(slopes, {*upstairs}) if any(x.operation is where for x in upstairs) else slopes


def one_storey_up(result: Value, xs: set[Value]) -> dict[Value, Value]:
    """For each node of a graph its copy in the graph above, where `data` are formulas.

    What does not depend on `xs` is a constant up there. A plain number stays one; pi stays pi.
    """
    upstairs: dict[Value, Value] = {}
    for node in inputs_first(result):
        inputs = tuple(upstairs[x] for x in node.inputs)
        data = node.data if is_number(node) else node
        if node in xs or any(x.operation is not constant for x in inputs):
            upstairs[node] = Value.bare(data, node.operation, inputs)
        else:
            upstairs[node] = Value.bare(data, constant, ())
    return upstairs


def guarded(slopes: list[Value], given: set[Value]) -> list[Value]:
    """The same slopes, each `where` outermost: what it does not take is not worked out then.

    The slope of `where(x, sqrt(x), 1)` comes as `where(x, 1, 0) * 1/(2*sqrt(x))`, and at 0 the
    second factor has no value. Here `where(c, u, 0) * v` becomes `where(c, u*v, 0)`. What was
    `given`, the formula itself, stays as it is.
    """
    new: dict[Value, Value] = {}
    for node in inputs_first(*slopes):
        inputs = node.inputs
        if node in given or not inputs:
            new[node] = node
            continue
        moved = [new[x] for x in inputs]
        if node.operation in (table.multiply, table.divide, table.negate):
            new[node] = _inside(node.operation, moved, given)
        elif node.operation is table.add and all(x.operation is where for x in moved) and (
                moved[0].inputs[0] is moved[1].inputs[0]):  # two halves of one derivative
            new[node] = where(moved[0].inputs[0], *map(_plus, *(x.inputs[1:] for x in moved)))
        else:
            new[node] = node.operation(*moved)
    return [new[slope] for slope in slopes]


def _inside(operation: Operation, inputs: list[Value], given: set[Value]) -> Value:
    """The operation on the inputs, carried out inside the `where` of the first that is one."""
    guards = []
    for i in range(1 if operation is table.divide else len(inputs)):
        while inputs[i].operation is where and inputs[i] not in given:
            condition, yes, no = inputs[i].inputs
            taken = is_number(no) and no.data == 0
            guards.append((condition, taken))
            inputs[i] = yes if taken else no
    result: Value = operation(*inputs)
    for condition, taken in reversed(guards):
        result = where(condition, result, 0) if taken else where(condition, 0, result)
    return result


def _plus(u: Value, v: Value) -> Value:
    """The sum, without a 0 that changes nothing."""
    return v if is_number(u) and u.data == 0 else u if is_number(v) and v.data == 0 else u + v
