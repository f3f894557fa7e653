"""Derivatives as formulas, simplified: gradient, Hessian, Jacobian, Taylor polynomial.

On the page: `return put_away(`. One storey up the sweep has formulas where it had numbers; what it
leaves is right, and long. Simplified, it is what one would write, and can be differentiated again.

>>> from mathlab import sin, symbols
>>> x, y = symbols("x y")
>>> print(derivative(x**2 * sin(x), x))
2*x*sin(x) + x**2*cos(x)
>>> print(*gradient(x**2 * y, [x, y]), sep=", ")
2*x*y, x**2

Wherever a symbol, or a Value of the formula, is asked for, its name will do.

>>> print(*gradient(x**2 * y, "x y"), sep=", ")
2*x*y, x**2
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from math import factorial, inf, nan
from operator import add, index, mul, sub
from typing import Any

from mathlab.calculus import numeric
from mathlab.calculus.algebra.sides import refuse_kink
from mathlab.calculus.algebra.simplify import simplify, simplify_all
from mathlab.calculus.graph.chain_rule import sweep_forwards
from mathlab.calculus.graph.formula import write_short
from mathlab.calculus.graph.operations import where
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.upstairs import one_storey_up, swept_gradient
from mathlab.calculus.graph.value import Value, as_value, is_number, nodes_of, symbols
from mathlab.calculus.numbers.evaluate import evaluate
from mathlab.calculus.numbers.kinds import as_float
from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.errors import DomainError, FormulaError, UnknownError


def derivative(y: Value, x: Value | str, order: int = 1) -> Value:
    """The derivative of `y` with respect to `x`, as a formula; 0 if `y` does not depend on `x`.

    At a kink its number is the table's convention: `one_sided` has the slopes to both sides.

    Raises: ValueError for an order below 1, DomainError where `y` has no slope, FormulaError for a
    Value that is not in `y`, while another one of its name is.

    >>> from mathlab import symbols
    >>> x, = symbols("x")
    >>> print(derivative(x**4, x, order=3))
    24*x
    """
    xs = nodes_of([x], as_value(y))
    for _ in range(_order(order, "derivative", 1)):
        (y,) = gradient(y, xs)
    return y


def _order(order: Any, what: str, lowest: int) -> int:
    """A whole number, of whatever type."""
    try:
        whole = index(order)
    except TypeError:
        whole = -1
    if whole < lowest:
        first = ", ".join(str(lowest + k) for k in range(3))
        raise ValueError(f"the order of a {what} is {first}, ..., not {order}")
    return whole


def gradient(y: Value, xs: Iterable[Any]) -> list[Value]:
    """The derivatives of `y` with respect to each of `xs`, as formulas that share what they can.

    What only looks like a kink goes first: `absolute(x)**2` is derived as x**2. Where a part of the
    formula has no slope at the numbers that its Values hold, it is derived as if they had none.

    Raises: DomainError where `y` has no slope.
    """
    groups = nodes_of(xs, y := as_value(y))
    by_leaves = not any(x.inputs for group in groups for x in group)
    if by_leaves and any(x.operation and x.operation.kink for x in inputs_first(y)):
        y = simplify(y)
    try:
        slopes = simplify_all(swept_gradient(y, groups))
        for slope in slopes:  # products of floats that left the floats on the way
            left = isinstance(slope.data, float) and not 0 < abs(slope.data) < inf
            if y.is_known and slope.inputs and left:
                slope.data = slope.at()
        return slopes
    except DomainError as refusal:
        may_not_need_it = any(node.operation is where for node in inputs_first(y))
        for constants_too in (False, True):
            with suppress(DomainError):
                if y.is_known or (constants_too and may_not_need_it):
                    return _without_numbers(y, groups, constants_too)
        raise refusal from None


def _without_numbers(y: Value, groups: list[tuple[Value, ...]], constants: bool) -> list[Value]:
    """The gradient, derived as if the given numbers, or the constants too, were not known."""
    symbol: dict[Value, Value] = {}
    for node in (order := inputs_first(y)):
        inputs = tuple(symbol[x] for x in node.inputs)
        is_plain = node.operation is not None and not inputs
        stays = is_plain and not constants if is_plain else not (node.is_known or inputs)
        symbol[node] = node if stays else Value.bare(
            UNKNOWN, None if is_plain else node.operation, inputs, node.name)
    own = [tuple(symbol.get(x, x) for x in group) for group in groups]
    slopes = simplify_all(swept_gradient(symbol[y], own))
    return _with_numbers(slopes, {symbol[x]: x for x in order if not x.inputs})


def _with_numbers(formulas: Iterable[Value], leaves: Mapping[Value, Value]) -> list[Value]:
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
        if formula.inputs and new[formula].is_known:
            new[formula].data = new[formula].at()  # raises
    return [new[formula] for formula in formulas]


def hessian(y: Value, xs: Iterable[Any]) -> list[list[Value]]:
    """The second derivatives of `y`: row i, column j is how the slope in xs[i] changes with xs[j].

    >>> from mathlab import symbols
    >>> x, y = symbols("x y")
    >>> [[str(entry) for entry in row] for row in hessian(x**2 * y, [x, y])]
    [['2*y', '2*x'], ['2*x', '0']]
    """
    nodes = nodes_of(xs, as_value(y))
    return jacobian(gradient(y, nodes), nodes)


def jacobian(ys: Iterable[Value], xs: Iterable[Any]) -> list[list[Value]]:
    """The derivatives of several functions: row i, column j is the slope of `ys[i]` in `xs[j]`."""
    functions = [as_value(y) for y in ys]
    nodes = nodes_of(xs, *functions)
    return [gradient(y, nodes) for y in functions]


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
    by_node = of_nodes(direction, y)
    upstairs = one_storey_up(y, set(by_node))
    speeds = {upstairs[x]: speed for x, speed in by_node.items() if x in upstairs}
    try:
        return simplify(as_value(sweep_forwards(upstairs[y], speeds)))
    except DomainError:  # of a part that a `where` may not need
        slopes = gradient(y, [(x,) for x in by_node])
        return simplify(as_value(sum(map(mul, slopes, by_node.values()))))


def taylor(y: Value, x: Value | str, at: Any, order: int) -> Value:
    """The polynomial in `x` that has the value and the first `order` derivatives of `y` at `at`.

        y(at) + y'(at)*(x - at) + y''(at)/2*(x - at)**2 + ... + y^(order)(at)/order!*(x - at)**order

    Raises: ValueError for an order below 0, DomainError where `y` has no derivative.

    Source: B. Taylor, Methodus Incrementorum Directa et Inversa (1715).

    >>> from mathlab import exp, symbols
    >>> x, = symbols("x")
    >>> print(taylor(exp(-x), x, at=0, order=3))
    1 - x + x**2/2 - x**3/6
    """
    (nodes,) = xs = nodes_of([x], as_value(y))
    terms = [simplify(substitute(y, {nodes: at}))]
    for n in range(1, _order(order, "Taylor polynomial", 0) + 1):
        here = Value(at, nodes[0].name)
        refuse_kink(substitute(y := simplify(y), {nodes: here}), here)
        (y,) = gradient(y, xs)
        term = substitute(y, {nodes: at}) / factorial(n) * (nodes[0] - at) ** n
        terms.append(simplify(term))
    result, *others = [t for t in terms if not is_number(t) or t.data != 0] or [as_value(0)]
    for term in others:
        join, size = signed(term)
        result = join(result, size)
    return result


def substitute(y: Value, replaced: Mapping[Any, Any]) -> Value:
    """The formula with some of its nodes replaced by numbers or other formulas.

    Raises: FormulaError for a Value that is not in `y`, while another one of its name is.

    >>> from mathlab import symbols
    >>> x, y = symbols("x y")
    >>> print(substitute(x**2, {x: y + 1}))
    (y + 1)**2
    """
    order = inputs_first(as_value(y))
    leaves = {node: node for node in order if not node.inputs}
    given = of_nodes(replaced, order[-1])
    new = {x: symbols(n)[0] if isinstance(n, str) else as_value(n) for x, n in given.items()}
    return as_value(evaluate(order, {**leaves, **new}))


def of_nodes(given: Mapping[Any, Any], y: Value) -> dict[Value, Any]:
    """What is given for Values of a formula or for names, by the nodes that these stand for.

    Raises: FormulaError if something is given twice, or as in `substitute`.
    """
    pairs = zip(nodes_of(given, y), given.values(), strict=True)
    listed = [(node, number) for nodes, number in pairs for node in nodes]
    by_node = dict(listed)
    if len(by_node) < len(listed):
        raise FormulaError(f"one of {', '.join(map(str, given))} is given twice")
    return by_node


def signed(term: Value) -> tuple[Callable[[Any, Any], Any], Value]:
    """How a term is joined to others: with a minus if it has one in front, and without it then."""
    return (sub, simplify(-term)) if write_short(term).startswith("-") else (add, term)


def numeric_derivative(y: Value, x: Value | str) -> numeric.Estimate:
    """An estimate of the derivative of `y` with respect to `x`: nudge it, and compute it all again.

    Raises: UnknownError for a symbol, which has no number; FormulaError for a name that several
    numbers have; DomainError where the formula has no value.

    >>> x = Value(3.0, name="x")
    >>> slope = (x**2).numeric_derivative(x)
    >>> abs(slope.value - 6) <= slope.error < 1e-9
    True
    """
    order = inputs_first(y)
    leaves = {node: as_float(node.data) for node in order if not node.inputs}
    (nodes,) = nodes_of([x], y)
    if UNKNOWN in (*leaves.values(), nodes[0].data):
        raise UnknownError("a symbol has no number to nudge; write Value(3.0, name='x')")
    if any(node.data != nodes[0].data for node in nodes):
        raise FormulaError(f"several numbers are called {x} here: give the Value that is meant")
    return numeric.derivative(
        lambda nudged: evaluate(order, leaves | dict.fromkeys(nodes, nudged)), nodes[0].data)


Value.numeric_derivative = numeric_derivative
Value.derivative = derivative  # y.derivative(x) reads as well as derivative(y, x)
