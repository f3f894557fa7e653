"""Derivatives as formulas, simplified: gradient, Hessian, Jacobian.

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

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import add, index, mul, sub
from typing import Any

from mathlab.calculus import numeric
from mathlab.calculus.algebra.bags import Notebook
from mathlab.calculus.algebra.simplify import (
    LONGEST,
    gathered,
    lengths,
    simplified,
    simplify,
    simplify_all,
    with_numbers,
)
from mathlab.calculus.graph.chain_rule import sweep_forwards
from mathlab.calculus.graph.formula import write_short
from mathlab.calculus.graph.operations import constant, negate
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.upstairs import one_storey_up, swept_gradient
from mathlab.calculus.graph.value import Value, as_value, is_number, nodes_of, symbols
from mathlab.calculus.numbers.evaluate import evaluate
from mathlab.calculus.numbers.kinds import as_float
from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.errors import DomainError, FormulaError, UnknownError

# A derivative is simplified before it is derived again if that leaves few nodes; or not many, and
# half of what there were. Measured in test_derivatives_of_any_order_stay_small.
FEW, MANY = 50, 150
SWOLLEN = 1e30  # nodes to write: what is shared has been repeated over and over


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
    order = _order(order, "derivative", 1)
    (xs,) = nodes_of([x], y := as_value(y))
    if order == 1:
        return gradient(y, [xs])[0]
    if named := _named(xs):
        (name,) = named.values()
        return _spelled_out(derivative(substitute(y, named), name, order), named)
    symbol = _symbols_for(y)
    formula, own = copied([y], symbol)[0], {symbol.get(x, x) for x in xs}
    formula, swollen = _to_derive(formula)
    # `plain` is only tidied, so it does not swell. `formula` is simplified each time, as long as
    # that makes it short; from then on it is the plain one.
    plain, helps = formula, not swollen
    for _ in range(order):
        plain = _tidied(_swept(plain, own))
        if not helps:
            formula = plain
            continue
        before = _tidied(_swept(formula, own))
        (formula,) = simplified([before])
        nodes = lengths([before, formula])
        helps = nodes[formula] <= min(MANY, max(FEW, nodes[before] / 2))
    if not helps and lengths([formula])[formula] <= LONGEST:
        (formula,) = simplified([formula])
    return with_numbers(copied([formula], {own: x for x, own in symbol.items()}), [y])[0]


def _to_derive(y: Value) -> tuple[Value, bool]:
    """The formula simplified, if that is shorter and shares as much; and if it is swollen. But
    not absolute(x) for sqrt(x**2), since that has a kink where the root has no slope."""
    before = lengths([y])
    if before[y] > SWOLLEN:
        return y, True
    (found,) = gathered([y], before)
    after = lengths([found])
    new_kink = _has_kink(after) and not _has_kink(before)
    if new_kink or after[found] >= before[y] or len(after) >= len(before):
        found, after = y, before
    return found, False


def _has_kink(nodes: Iterable[Value]) -> bool:
    return any(node.operation and node.operation.kink for node in nodes)


def _swept(y: Value, xs: set[Value]) -> Value:
    """The derivative as one sweep forwards leaves it; with one input that is the shortest way."""
    upstairs = one_storey_up(y, xs)
    return as_value(sweep_forwards(upstairs[y], {upstairs[x]: 1 for x in xs if x in upstairs}))


def _tidied(y: Value) -> Value:
    """The formula with equal nodes made one, and zeros and ones put away: see `Notebook`."""
    notebook, new = Notebook(), dict[Value, Value]()
    for node in inputs_first(y):
        if node.operation is constant:
            new[node] = notebook.number(node.data, node.name)
        else:
            inputs = [new[x] for x in node.inputs]
            new[node] = notebook.tidy(node.operation, inputs) if inputs else node
    return new[y]


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

    What only looks like a kink goes first: `absolute(x)**2` is derived as x**2. The formula is
    derived as if no Value in it had a number; at the end the numbers are put in.

    Raises: DomainError where `y` has no slope.
    """
    groups = nodes_of(xs, y := as_value(y))
    symbol = _symbols_for(y)
    parts = [x for group in groups for x in group if x.inputs]
    formula, *copies = copied([y, *parts], symbol)
    mine = symbol | dict(zip(parts, copies, strict=True))
    own, swollen = [tuple(mine.get(x, x) for x in group) for group in groups], False
    if not parts:
        formula, swollen = _to_derive(formula)
    slopes = swept_gradient(formula, own)
    slopes = slopes if swollen else simplified(slopes)
    back = copied(slopes, {own: leaf for leaf, own in symbol.items()})
    try:
        return with_numbers(back, [y])
    except DomainError:
        swept_gradient(y, groups)  # says better what has no slope there
        raise


def _symbols_for(y: Value) -> dict[Value, Value]:
    """A symbol for every number that a Value of the formula holds: a rule is true for all."""
    return {node: Value.bare(UNKNOWN, None, (), node.name) for node in inputs_first(y)
            if node.operation is None and node.is_known}


def copied(formulas: Sequence[Value], leaves: Mapping[Value, Value]) -> list[Value]:
    """The formulas with other leaves, nothing worked out; as they are if there are none."""
    if not leaves:
        return [*formulas]
    new: dict[Value, Value] = {}
    for node in inputs_first(*formulas):
        inputs = tuple(new[x] for x in node.inputs)
        copy = Value.bare(UNKNOWN, node.operation, inputs) if inputs else leaves.get(node, node)
        new[node] = copy
    return [new[formula] for formula in formulas]


def hessian(y: Value, xs: Iterable[Any]) -> list[list[Value]]:
    """The second derivatives of `y`: row i, column j is how the slope in xs[i] changes with xs[j].

    It is symmetric: whichever comes first, the second derivative is the same where both are
    continuous (H. A. Schwarz, 1873).

    Raises: as `derivative`; FormulaError if one of `xs` is a part of another.

    >>> from mathlab import symbols
    >>> x, y = symbols("x y")
    >>> [[str(entry) for entry in row] for row in hessian(x**2 * y, [x, y])]
    [['2*y', '2*x'], ['2*x', '0']]
    """
    nodes = nodes_of(xs, y := as_value(y))
    asked = [x for group in nodes for x in group]
    if named := _named(asked):
        for part in named:
            for x in {*inputs_first(part)[:-1]}.intersection(asked):
                raise FormulaError(f"{write_short(part)} is made of {write_short(x)}, so they do "
                                   f"not move one without the other: ask for one of them")
        groups = [tuple(named.get(x, x) for x in group) for group in nodes]
        return [[_spelled_out(entry, named) for entry in row]
                for row in hessian(substitute(y, named), groups)]
    above = [gradient(slope, nodes[i:]) for i, slope in enumerate(gradient(y, nodes))]
    return [[above[min(i, j)][abs(i - j)] for j in range(len(nodes))] for i in range(len(nodes))]


def _named(nodes: Iterable[Value]) -> dict[Value, Value]:
    """The parts of a formula among the nodes, each with a name: it moves as if it stood alone."""
    return {x: Value.bare(x.data, None, (), f"({write_short(x)})") for x in nodes if x.inputs}


def _spelled_out(slope: Value, named: Mapping[Value, Value]) -> Value:
    """A formula with those parts in the place of their names."""
    used = {*inputs_first(slope)}
    return substitute(slope, {name: part for part, name in named.items() if name in used})


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


def hessian_vector_product(y: Value, direction: Mapping[Any, Any]) -> list[Value]:
    """The Hessian of `y` times a direction, as formulas: how each slope changes along it.

        H v = gradient of (v . gradient y),       v held fixed

    An input is given as itself or by its name; there is a result for each, in that order. It takes
    one sweep forwards and one backwards, and no Hessian, which has a row for every input.

    Source: B. A. Pearlmutter, "Fast exact multiplication by the Hessian" (1994).

    >>> from mathlab import symbols
    >>> x, y = symbols("x y")
    >>> print(*hessian_vector_product(x**2 * y, {x: 3, y: 4}), sep=", ")
    8*x + 6*y, 6*x
    """
    by_node = of_nodes(direction, y := as_value(y))
    if named := _named(by_node):
        products = hessian_vector_product(
            substitute(y, named), {named.get(x, x): speed for x, speed in by_node.items()})
        return [_spelled_out(product, named) for product in products]
    speeds = {x: Value.bare(UNKNOWN, None, (), f"speed{i}") for i, x in enumerate(direction)}
    products = gradient(directional_derivative(y, speeds), direction)
    given = dict(zip(speeds.values(), map(as_value, direction.values()), strict=True))
    return simplify_all(copied(products, given))


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
    opposites = {node: as_value(-new[node.x].data) for node in order  # -b is 2.9 for b = -2.9
                 if node.operation is negate and node.x in new and is_number(new[node.x])}
    return as_value(evaluate(order, {**leaves, **opposites, **new}))


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
