"""The sweep: how the slopes of single operations become the derivative of a whole formula.

If `y` depends on `x` through `u`, then

    dy/dx = dy/du * du/dx,        and where several paths lead from x to y, they add up.

That is the chain rule. On the page: `x.grad += node.grad * slope(*numbers, node.data)`.

There are two directions to run it in. *Backwards*: start at the result, whose slope with respect
to itself is 1, and hand each node's grad on to its inputs, times the local slope. One sweep
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

Slopes are arithmetic: over a graph whose `data` are formulas they are formulas.
"""

from collections.abc import Container, Mapping, Sequence
from typing import Any, NoReturn

from mathlab.calculus.graph.operations import constant, dot, total, where
from mathlab.calculus.graph.order import PLAIN, Unreached, inputs_first, met
from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.errors import DomainError, FormulaError

SUMS = {total, dot}  # of finite numbers, if they are finite


def sweep_backwards(result: Any) -> None:
    """Leave the derivative of the result in the `grad` of every node it was made from.

    Equivalent to: sweep_plainly(inputs_first(result)), which takes over at an operation without a
    slope: it may not be needed. One input and two are spelled out here, twice as quick.

    Raises: DomainError where an operation has no slope; FormulaError if a leaf was changed since.
    """
    order = met(result, unreached := Unreached())
    small = len(order) < 200  # then each use of a leaf is looked at, else one
    result.grad = 1  # the result changes as fast as itself
    try:
        for node in reversed(order):  # all that uses a node comes before it: its grad is complete
            if (grad := node.grad) is unreached:
                node.grad = 0
                continue
            x, other = node.x, node.other  # two inputs; one, and None; or a tuple, and None
            if other is not None:
                by_u, by_v = node.operation.slopes
                v = other if type(other) in PLAIN else other.data
                if (made_by := x.operation) is not constant:
                    if made_by is None and (small or x.grad is unreached):
                        insist_unchanged(node)
                    x.grad += grad * by_u(x.data, v, node.data)
                if v is not other and (made_by := other.operation) is not constant:
                    if made_by is None and (small or other.grad is unreached):
                        insist_unchanged(node)
                    other.grad += grad * by_v(x.data, v, node.data)
            elif type(x) is not tuple:
                if x is not None and (made_by := x.operation) is not constant:
                    if made_by is None and (small or x.grad is unreached):
                        insist_unchanged(node)
                    x.grad += grad * node.operation.slopes[0](x.data, node.data)
            elif grad != 0 or node.operation not in SUMS or node.data - node.data != 0:
                # In a relu network half of the sums do not count; but 0*inf is nan.
                if small or x[0].grad is unreached:
                    insist_unchanged(node)
                for each, slope in local_slopes(node):
                    each.grad += grad * slope
    except BaseException as error:
        for node in order:
            node.grad = 0  # half a sum is not a slope
        if isinstance(error, FormulaError) or not isinstance(error, (ValueError, ArithmeticError)):
            raise
        sweep_plainly(inputs_first(result))


def sweep_plainly(order: Sequence[Any]) -> None:
    """The sweep in a few lines: each node hands its slope on to its inputs, times the table's.

    Source: S. Linnainmaa, "Taylor expansion of the accumulated rounding error" (1976).
    """
    varying: set[Any] = set()  # not what is made of plain numbers: asin(1) needs no slope
    for node in order:
        node.grad = 0  # forget what an earlier sweep found
        if node.operation is None or not varying.isdisjoint(node.inputs):
            varying.add(node)
    order[-1].grad, reached = 1, {order[-1]}
    for node in reversed(order):
        try:
            for x, slope in local_slopes(node, varying) if node in reached else ():
                x.grad += node.grad * slope
                reached.add(x)
        except (ValueError, ArithmeticError) as error:
            _refuse(node, error)


def insist_unchanged(node: Any) -> None:
    """Refuse a leaf that holds another number now than when this node, a use of it, was made."""
    numbers, made = [x.data for x in node.inputs], node.data  # not Decimals: they have a context
    if type(made) in PLAIN and node.operation.evaluate(*numbers) != made == made:
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
                speed[node] = sum(speed[x] * slope for x, slope in local_slopes(node, speed))
            except (ValueError, ArithmeticError) as error:
                _refuse(node, error)
    return speed.get(result, 0)


def local_slopes(node: Any, varying: Container[Any] | None = None) -> list[tuple[Any, Any]]:
    """Each input that has a say, and is `varying`, with the slope of this one operation for it."""
    if not (inputs := node.inputs):
        return []  # it was not made of anything
    counts = {x for x in inputs_taken(node)
              if x.operation is not constant and (varying is None or x in varying)}
    numbers, rules = [x.data for x in inputs], node.operation.slopes
    if node.operation.arity is None:  # one rule for any number of inputs
        pairs = zip(inputs, rules[0](numbers, node.data), strict=True)
        return [(x, slope) for x, slope in pairs if x in counts]
    return [(x, rule(*numbers, node.data)) for x, rule in zip(inputs, rules, strict=True)
            if x in counts]


def inputs_taken(node: Any) -> tuple[Any, ...]:
    """The inputs that have a say: of `where` the branch that is chosen, if that is known."""
    inputs: tuple[Any, ...] = node.inputs
    decision = inputs[0].data if node.operation is where else UNKNOWN
    if decision is UNKNOWN or hasattr(decision, "operation") or decision != decision:
        return inputs  # a symbol, a formula or nan chooses none
    return (inputs[1 if decision > 0 else 2],)


def _refuse(node: Any, error: Exception) -> NoReturn:
    call = node.operation.call(*(x.data for x in node.inputs))
    if isinstance(error, OverflowError):
        raise DomainError(f"{call} has a slope too large for a number of its kind") from None
    why = "it would be a division by 0" if isinstance(error, ZeroDivisionError) else error
    raise DomainError(f"{call} has no slope there: {why}") from None
