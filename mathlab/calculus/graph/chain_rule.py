"""The sweep: how the slopes of single operations become the derivative of a whole formula.

If `y` depends on `x` through `u`, then

    dy/dx = dy/du * du/dx,        and where several paths lead from x to y, they add up.

That is the chain rule. On the page: `x.grad += node.grad * slope(*numbers, node.data)`.

There are two directions to run it in. *Backwards*: start at the result, whose slope with respect
to itself is 1, and hand each node's slope on to its inputs, times the slope in the table. One sweep
finds the derivative of one result by everything, as a model with many parameters needs it: see
`sweep_plainly`. *Forwards*: start at the inputs, and ask of each node how fast it moves.

>>> from mathlab import Value
>>> a, b = Value(3.0, "a"), Value(4.0, "b")
>>> y = a * b + a
>>> sweep_backwards(y)
>>> a.grad, b.grad
(5.0, 3.0)
>>> sweep_forwards(y, {a: 1, b: 0})
5.0

Neither asks what a number is: over a graph whose `data` are formulas they give formulas.
"""

from collections.abc import Container, Mapping, Sequence
from typing import Any, NoReturn

from mathlab.calculus.graph.operations import constant, where
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.errors import DomainError, FormulaError

UNASKED = False  # the grad of a node that nothing has asked so far: 0 to `+=`, and yet no 0


def sweep_backwards(result: Any) -> None:
    """Leave the derivative of the result in the `grad` of every node it was made from.

    Equivalent to, for the leaves: sweep_plainly(inputs_first(result)), which takes over where a
    slope does not exist: is it needed? One input and two are spelled out here, twice as quick.

    Raises: DomainError where an operation has no slope; FormulaError if a leaf was changed since.
    """
    small = len(order := inputs_first(result)) < 200  # then each use of a leaf is looked at
    for node in order:
        node.grad = UNASKED  # forget what an earlier sweep found
    result.grad = 1  # the result changes as fast as itself
    try:
        for node in reversed(order):  # all that uses a node comes before it: its grad is complete
            grad = node.grad
            if grad is UNASKED:
                node.grad = 0
                continue
            x, y = node.x, node.y  # its two inputs; or one, and None; or a tuple of more, and None
            if y is not None:
                slope_x, slope_y = node.operation.slopes
                if (made_by := x.operation) is not constant:
                    if made_by is None and (small or not x.grad):
                        insist_unchanged(node)
                    x.grad += grad * slope_x(x.data, y.data, node.data)
                if (made_by := y.operation) is not constant:
                    if made_by is None and (small or not y.grad):
                        insist_unchanged(node)
                    y.grad += grad * slope_y(x.data, y.data, node.data)
            elif type(x) is not tuple:
                if x is not None and (made_by := x.operation) is not constant:
                    if made_by is None and (small or not x.grad):
                        insist_unchanged(node)
                    (slope_x,) = node.operation.slopes
                    x.grad += grad * slope_x(x.data, node.data)
            elif grad != 0:  # in a relu network half of the sums do not count
                if small or not x[0].grad:
                    insist_unchanged(node)
                for each, slope in local_slopes(node):
                    each.grad += grad * slope
    except FormulaError:
        raise
    except (ValueError, ArithmeticError):
        sweep_plainly(order)


def sweep_plainly(order: Sequence[Any]) -> None:
    """The sweep in a few lines: each node hands its slope on to its inputs, times the table's.

    Source: S. Linnainmaa, "Taylor expansion of the accumulated rounding error" (1976).
    """
    varying: set[Any] = set()  # not what is made of plain numbers: asin(1) needs no slope
    for node in order:
        node.grad = UNASKED
        if node.operation is None or not varying.isdisjoint(node.inputs):
            varying.add(node)
    order[-1].grad = 1
    for node in reversed(order):
        if node.grad is UNASKED:
            node.grad = 0
            continue
        try:
            for x, slope in local_slopes(node, varying):
                x.grad += node.grad * slope
        except (ValueError, ArithmeticError) as error:
            _refuse(node, error)


def insist_unchanged(node: Any) -> None:
    """Refuse a leaf that holds another number now than when this node, a use of it, was made."""
    numbers, made = [x.data for x in node.inputs], node.data  # Decimals depend on their context
    if type(made) in (float, int) and node.operation.evaluate(*numbers) != made == made:
        names = " or ".join(dict.fromkeys(x.name for x in node.inputs if x.name)) or "an input"
        raise FormulaError(f"{names} was changed after the result had been made: make it again "
                           f"({node.operation.call(*numbers)} is not {made} any more)")


def sweep_forwards(result: Any, speeds: Mapping[Any, Any]) -> Any:
    """How fast the result moves when the nodes in `speeds` move with those speeds.

    Source: R. E. Wengert, "A simple automatic derivative evaluation program" (1964).
    """
    speed, order, needed = dict(speeds), inputs_first(result), {result}
    for node in reversed(order):
        if node in needed:
            needed.update(inputs_taken(node))
    for node in order:
        if node in needed and node not in speeds and any(x in speed for x in node.inputs):
            try:
                moved = [speed[x] * slope for x, slope in local_slopes(node, speed)]
            except (ValueError, ArithmeticError) as error:
                _refuse(node, error)
            speed[node] = sum(moved)
    return speed.get(result, 0)


def local_slopes(node: Any, varying: Container[Any] | None = None) -> list[tuple[Any, Any]]:
    """Each input that has a say, and is `varying`, with the slope of this one operation for it."""
    inputs = node.inputs
    if not inputs:
        return []  # it was not made of anything
    if node.operation is where:
        varying = {x for x in inputs_taken(node) if varying is None or x in varying}
    numbers, rules = [x.data for x in inputs], node.operation.slopes
    if node.operation.arity is None:  # one rule for any number of inputs
        pairs = zip(inputs, rules[0](numbers, node.data), strict=True)
        return [(x, slope) for x, slope in pairs
                if x.operation is not constant and (varying is None or x in varying)]
    return [(x, rule(*numbers, node.data)) for x, rule in zip(inputs, rules, strict=True)
            if x.operation is not constant and (varying is None or x in varying)]


def inputs_taken(node: Any) -> tuple[Any, ...]:
    """The inputs that have a say: of `where` the one that it is, if its condition is known."""
    inputs: tuple[Any, ...] = node.inputs
    decision = inputs[0].data if node.operation is where else UNKNOWN
    if decision is UNKNOWN or hasattr(decision, "operation") or decision != decision:
        return inputs
    return (inputs[1 if decision > 0 else 2],)


def _refuse(node: Any, error: Exception) -> NoReturn:
    call = node.operation.call(*(x.data for x in node.inputs))
    if isinstance(error, ZeroDivisionError):
        raise DomainError(f"{call} has no slope there: it would be a division by 0") from None
    if isinstance(error, OverflowError):
        raise DomainError(f"{call} has a slope too large for a number of its kind") from None
    raise DomainError(f"{call} has no slope there: {error}") from None
