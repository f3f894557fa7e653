"""Derivatives as formulas, simplified: gradient, Hessian, Jacobian, Taylor polynomial.

On the page: `return put_away(`. One storey up the sweep has formulas where it had numbers; what it
leaves is right, and long. Simplified, it is what one would write, and can be differentiated again.

>>> from mathlab import sin, symbols
>>> x, y = symbols("x y")
>>> print(derivative(x**2 * sin(x), x))
2*x*sin(x) + x**2*cos(x)
>>> print(*gradient(x**2 * y, [x, y]), sep=", ")
2*x*y, x**2
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import factorial, inf, nan
from operator import add, sub
from typing import Any

from mathlab.calculus.algebra.sides import refuse_kink
from mathlab.calculus.algebra.simplify import simplify, simplify_all
from mathlab.calculus.graph.chain_rule import sweep_forwards
from mathlab.calculus.graph.formula import write_short
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.upstairs import one_storey_up, swept_gradient
from mathlab.calculus.graph.value import Value, as_value, evaluate, is_number
from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.errors import DomainError
from mathlab.names import by_form


def derivative(y: Value, x: Value, order: int = 1) -> Value:
    """The derivative of `y` with respect to `x`, as a formula; 0 if `y` does not depend on `x`.

    At a kink its number is the table's convention: `one_sided` has the slopes to both sides.

    Raises: ValueError for an order below 1, DomainError where `y` has no slope.

    >>> from mathlab import symbols
    >>> x, = symbols("x")
    >>> print(derivative(x**4, x, order=3))
    24*x
    """
    if not isinstance(order, int) or order < 1:
        raise ValueError(f"the order of a derivative is 1, 2, 3, ..., not {order}")
    for _ in range(order):
        (y,) = gradient(y, [x])
    return y


def gradient(y: Value, xs: Sequence[Value]) -> list[Value]:
    """The derivatives of `y` with respect to each of `xs`, as formulas that share what they can.

    A kink that is none goes first: `absolute(x)**2` is derived as x**2. Where a part of the formula
    has no slope at the numbers that its Values hold, the formula is derived as if they had none.

    Raises: DomainError where `y` has no slope.
    """
    order = inputs_first(y := as_value(y))
    if any(x.operation and x.operation.kink for x in order) and not any(x.inputs for x in xs):
        y = simplify(y)
    try:
        slopes = simplify_all(swept_gradient(y, xs))
        for slope in slopes:  # products of floats that left the floats on the way
            if slope.inputs and isinstance(slope.data, float) and slope.data in (0.0, inf, -inf):
                slope.data = slope.at()
        return slopes
    except DomainError as refusal:
        symbol: dict[Value, Value] = {}
        for node in (order := inputs_first(y)):
            inputs = tuple(symbol[x] for x in node.inputs)
            is_plain = node.operation and not inputs
            symbol[node] = node if is_plain or not (node.is_known or inputs) else Value.bare(
                UNKNOWN, node.operation, inputs, node.name)
        if all(symbol[x] is x for x in order):
            raise
        try:
            slopes = simplify_all(swept_gradient(symbol[y], [symbol.get(x, x) for x in xs]))
            return _with_numbers(slopes, {symbol[x]: x for x in order if not x.inputs})
        except DomainError:
            raise refusal from None


def _with_numbers(formulas: Sequence[Value], leaves: Mapping[Value, Value]) -> list[Value]:
    """The formulas on these leaves; a part that has no value there holds nan.

    Raises: DomainError if a formula needs that part.
    """
    new: dict[Value, Value] = {}
    for node in inputs_first(*formulas):
        inputs = tuple(new[x] for x in node.inputs)
        try:
            new[node] = node.operation(*inputs) if inputs else leaves.get(node, node)
        except DomainError:
            new[node] = Value.bare(nan, node.operation, inputs)
    for formula in formulas:
        if formula.inputs:
            new[formula].data = new[formula].at()  # raises
    return [new[formula] for formula in formulas]


def hessian(y: Value, xs: Sequence[Value]) -> list[list[Value]]:
    """The second derivatives of `y`: row i, column j is how the slope in xs[i] changes with xs[j].

    >>> from mathlab import symbols
    >>> x, y = symbols("x y")
    >>> [[str(entry) for entry in row] for row in hessian(x**2 * y, [x, y])]
    [['2*y', '2*x'], ['2*x', '0']]
    """
    return jacobian(gradient(y, xs), xs)


def jacobian(ys: Sequence[Value], xs: Sequence[Value]) -> list[list[Value]]:
    """The derivatives of several functions: row i, column j is the slope of `ys[i]` in `xs[j]`."""
    return [gradient(y, xs) for y in ys]


def directional_derivative(y: Value, direction: Mapping[Any, Any]) -> Value:
    """How fast `y` moves when the inputs move with the speeds in `direction`, as a formula.

    An input is given as itself or by its name.

    It is the inner product of the gradient with the direction, found in one sweep forwards.

    >>> from mathlab import symbols
    >>> x, y = symbols("x y")
    >>> print(directional_derivative(x * y, {x: 3, y: 4}))
    4*x + 3*y
    """
    y = as_value(y)
    given = _by_node(y, direction)
    upstairs = one_storey_up(y, set(given))
    speeds = {upstairs[x]: speed for x, speed in given.items() if x in upstairs}
    return simplify(as_value(sweep_forwards(upstairs[y], speeds)))


def taylor(y: Value, x: Value, at: Any, order: int) -> Value:
    """The polynomial in `x` that has the value and the first `order` derivatives of `y` at `at`.

        y(at) + y'(at)*(x - at) + y''(at)/2*(x - at)**2 + ... + y^(order)(at)/order!*(x - at)**order

    Raises: ValueError for an order below 0, DomainError where `y` has no derivative.

    Source: B. Taylor, Methodus Incrementorum Directa et Inversa (1715).

    >>> from mathlab import exp, symbols
    >>> x, = symbols("x")
    >>> print(taylor(exp(-x), x, at=0, order=3))
    1 - x + x**2/2 - x**3/6
    """
    if not isinstance(order, int) or order < 0:
        raise ValueError(f"the order of a Taylor polynomial is 0, 1, 2, ..., not {order}")
    terms = [simplify(substitute(y, {x: at}))]
    for n in range(1, order + 1):
        refuse_kink(substitute(y := simplify(y), {x: (here := Value(at, x.name))}), here)
        y = derivative(y, x)
        terms.append(simplify(substitute(y, {x: at}) / factorial(n) * (x - at) ** n))
    result, *others = [t for t in terms if not is_number(t) or t.data != 0] or [as_value(0)]
    for term in others:
        join, size = signed(term)
        result = join(result, size)
    return result


def substitute(y: Value, replaced: Mapping[Any, Any]) -> Value:
    """The formula with some of its nodes replaced by numbers or other formulas.

    An input is given as itself or by its name.

    >>> from mathlab import symbols
    >>> x, y = symbols("x y")
    >>> print(substitute(x**2, {x: y + 1}))
    (y + 1)**2
    """
    order = inputs_first(y)
    leaves = {node: node for node in order if not node.inputs}
    new = {x: as_value(number) for x, number in _by_node(y, replaced).items()}
    return as_value(evaluate(order, {**leaves, **new}))


def _by_node(y: Value, given: Mapping[Any, Any]) -> dict[Value, Any]:
    """What is given for nodes, and by name for the inputs of `y`, all of it for nodes."""
    names = by_form({name: number for name, number in given.items() if isinstance(name, str)})
    named = [x for x in inputs_first(y) if x.operation is None and x.name in names] if names else ()
    return {**{x: names[x.name] for x in named},
            **{x: number for x, number in given.items() if not isinstance(x, str)}}


def signed(term: Value) -> tuple[Callable[[Any, Any], Any], Value]:
    """How a term is joined to others: with a minus if it has one in front, and without it then."""
    return (sub, simplify(-term)) if write_short(term).startswith("-") else (add, term)


Value.derivative = derivative  # y.derivative(x) reads as well as derivative(y, x)
