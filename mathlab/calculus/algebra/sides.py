"""Kinks: where a formula has no slope, but one to the left and another to the right.

At 0 the slope of |x| is -1 to the left and 1 to the right. A table of derivatives has to say
something there, so it has a convention: 0, the mean of both. This chapter finds the two slopes that
there are, and names the operation that has the kink.

>>> from mathlab import absolute, relu
>>> x = Value(0.0, "x")
>>> print(one_sided(absolute(x) + 2 * x, x))
the slope is 1 to the left and 3 to the right: absolute(x) has a kink, where the table takes 0, \
the mean of both

On the page: `x.grad += node.grad * slope(*numbers, node.data)`, which asks each operation for its
slope; at a kink it is given the speeds of its inputs instead. If x leaves 0 to the right at speed
1, or to the left at speed -1, then |x| moves at speed |1|, or |-1|: at their kinks absolute, relu,
maximum and minimum do to speeds what they do to numbers. So one sweep forwards finds the slope to
one side.

Two kinks can cancel. Each relu has slope 0 here by convention, and yet this is x, with slope 1:

>>> y = relu(x) - relu(-x)
>>> y.backward()
>>> x.grad, one_sided(y, x)[:2]
(0.0, (1.0, 1.0))
"""

from typing import Any, NamedTuple

from mathlab.calculus.graph.chain_rule import inputs_taken
from mathlab.calculus.graph.formula import write_short
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, nodes_of
from mathlab.errors import DomainError, UnknownError


class Sides(NamedTuple):
    """The slopes to the left and to the right, and the operations that are at a kink: each as its
    text, and the slope that the table takes there."""

    left: Any
    right: Any
    kinks: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        reasons = [f"{text} has a kink, where the table takes {own}" for text, own in self.kinks]
        if not isinstance(self.left, float) or not isinstance(self.right, float):
            return "; ".join(reasons)
        if self.left == self.right:
            return f"the slope is {self.left:.10g} to both sides"
        return (f"the slope is {self.left:.10g} to the left and {self.right:.10g} to the right: "
                + "; ".join(reasons))


def one_sided(y: Value, x: Value | str) -> Sides:
    """The slopes of `y` to both sides of the number that `x` has, a Value or its name.

    They are limits of slopes, for steps to one side only. Where there is a slope, both are that.

    Raises: UnknownError for a symbol; DomainError where the formula jumps, or has no slope to one
    side, as sqrt(x) at 0, or where the first step does not tell on which side of a jump it is.

    >>> from mathlab import maximum
    >>> a, b = Value(2.0, "a"), Value(2.0, "b")
    >>> one_sided(maximum(a, 3 * b - 4), a)[:2]
    (0.0, 1.0)
    """
    if not y.is_known:
        raise UnknownError("a symbol has no sides: give it a number, Value(0.0, name='x')")
    ((leaf, *_),) = nodes_of([x], y)
    return _sides(y, leaf)


def _sides(y: Value, x: Value) -> Sides:
    found: dict[str, str] = {}
    left, right = (_to_one_side(y, x, side, found) for side in (-1, 1))
    return Sides(0.0 - left, right, tuple(found.items()))


def _to_one_side(y: Value, x: Value, side: int, found: dict[str, str]) -> Any:
    """How fast `y` moves as `x` sets off to one side; `found` learns which operations have kinks.

    A number just beside a jump is another than at it: sign(x) is 1 beside 0, to the right.
    """
    numbers, speeds = {x: x.data}, {x: float(side)}
    for node in inputs_first(y):
        inputs, row = node.inputs, node.operation
        if node is x or not any(each in speeds for each in inputs):
            numbers[node] = node.data
            continue
        here, moving = [numbers[i] for i in inputs], [speeds.get(i, 0.0) for i in inputs]
        at_kink = row.kink is not None and row.kink(*here) == 0  # an unknown number is at none
        if at_kink:
            found[write_short(node)] = row.taken
        if at_kink and row.jumps:
            if not moving[0]:
                raise DomainError(f"{write_short(node)} jumps there, and {write_short(inputs[0])} "
                                  "does not say by its slope to which side it moves")
            here[0] = moving[0]
        numbers[node] = row.evaluate(*here)
        if at_kink and not row.jumps:
            speeds[node] = row.evaluate(*moving)
        else:
            speeds[node] = _speed(row, node, inputs, here, numbers[node], speeds)
    if y.is_known and abs(numbers[y] - y.data) > 1e-9 * max(abs(numbers[y]), abs(y.data)):
        raise DomainError(f"{write_short(y)} jumps there: it has no slope")
    return speeds.get(y, 0.0)


def _speed(row: Operation, node: Value, inputs: Any, here: list[Any], number: Any,
           speeds: dict[Value, Any]) -> Any:
    """The chain rule for one node, with the numbers beside the kink."""
    beside = Value.bare(number, row, tuple(Value(x) for x in here))
    taken = inputs_taken(beside)
    try:
        if row.arity is None:
            slopes = row.slopes[0](here, number)
        else:
            slopes = [rule(*here, number) if i in speeds and x in taken else 0
                      for i, x, rule in zip(inputs, beside.inputs, row.slopes, strict=True)]
    except (ValueError, ArithmeticError):
        raise DomainError(f"{write_short(node)} has no slope to one side there") from None
    return sum(speeds[i] * slope for i, slope in zip(inputs, slopes, strict=True) if i in speeds)
