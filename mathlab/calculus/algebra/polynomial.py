"""A formula multiplied out as a polynomial in some of its inputs.

On the page: `(y - (slope * x + intercept)) ** 2`. This squared error is a polynomial of degree 2 in
slope and intercept, whatever the data are. Each of its six coefficients is a formula of one row:

>>> from mathlab import symbols
>>> slope, intercept, x, y = symbols("slope intercept x y")
>>> error = (slope * x + intercept - y) ** 2
>>> for powers, coefficient in coefficients(error, [slope, intercept]).items():
...     print(powers, coefficient)
(2, 0) x**2
(1, 1) 2*x
(1, 0) -2*x*y
(0, 2) 1
(0, 1) -2*y
(0, 0) y**2

Added up over the rows, such coefficients hold all that a polynomial loss wants to know of the data.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from math import prod
from operator import add
from typing import Any

from mathlab.calculus.algebra.simplify import simplify, simplify_all
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.formula import write_short
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value, is_number, nodes_of
from mathlab.calculus.numbers.kinds import halves
from mathlab.errors import FormulaError

MOST_TERMS = 5_000  # beyond that, multiplying out helps nobody

Powers = tuple[int, ...]  # the exponent of each of the inputs in a term
Polynomial = dict[Powers, Any]  # its coefficients


def coefficients(y: Value, xs: Iterable[Any]) -> Polynomial:
    """The coefficient of each term in `y`, as a formula, by the exponents of `xs` in the term.

    Raises: FormulaError if `y` is not a polynomial in `xs`, or has more than 5,000 terms.
    """
    groups = nodes_of(xs, y)
    unit = (0,) * len(groups)
    known: dict[Value, Polynomial] = {}
    for i, nodes in enumerate(groups):
        known |= {x: {(*unit[:i], 1, *unit[i + 1 :]): 1} for x in nodes}
    for node in inputs_first(y):
        if node not in known:
            inputs = [known[x] for x in node.inputs]
            if all(polynomial.keys() <= {unit} for polynomial in inputs):
                known[node] = {unit: node}  # nothing of xs in it: a coefficient
            else:
                known[node] = _made(node, inputs, unit)
    numbers = simplify_all([as_value(number) for number in known[y].values()])
    return dict(zip(known[y], numbers, strict=True))


def multiply_out(formula: Value) -> Value:
    """The formula as a sum of products of names and functions, so that like terms meet.

    It stays as it is if it is one, or would be too long.

    >>> from mathlab import sin, symbols
    >>> x, = symbols("x")
    >>> print(multiply_out((sin(x) + x) * (sin(x) - x)))
    sin(x)**2 - x**2
    """
    parts: dict[Value, None] = {}
    stack, is_one = [formula], True
    while stack:
        node = stack.pop()
        row, is_sum = node.operation, node.operation in (table.add, table.subtract)
        by_number = node.y is not None and is_number(node.y)
        if is_sum or row in (table.multiply, table.negate) or (by_number and (
                row is table.divide or (row is table.power and node.y.data in range(MOST_TERMS)))):
            sums = any(x.operation in (table.add, table.subtract) for x in node.inputs)
            is_one &= is_sum or not sums
            stack += node.inputs
        elif not is_number(node):
            parts[node] = None
    if is_one:
        return formula
    with suppress(FormulaError):
        terms = coefficients(formula, parts)
        powers = ([p**n for p, n in zip(parts, exponents, strict=True) if n] for exponents in terms)
        return simplify(sum(c * prod(each) for each, c in zip(powers, terms.values(), strict=True)))
    return formula


def _made(node: Value, inputs: list[Polynomial], unit: Powers) -> Polynomial:
    """The polynomial that the node's operation makes of those of its inputs."""
    operation = node.operation
    if operation is table.add or operation is table.total:
        return _sum(inputs)
    if operation is table.subtract:
        return _sum([inputs[0], _negative(inputs[1])])
    if operation is table.negate:
        return _negative(inputs[0])
    if operation is table.multiply:
        return _product(*inputs)
    if operation is table.dot:
        return _sum([_product(*pair) for pair in zip(*halves(inputs), strict=True)])
    if operation is table.divide and inputs[1].keys() == {unit}:
        return {powers: number / node.y for powers, number in inputs[0].items()}
    if operation is table.power and node.y.operation is table.constant:
        exponent = node.y.data
        if exponent in range(MOST_TERMS):
            power = {unit: 1}
            for _ in range(int(exponent)):
                power = _product(power, inputs[0])
            return power
    raise FormulaError(f"{write_short(node)} is not a polynomial")


def _negative(polynomial: Polynomial) -> Polynomial:
    return {powers: -number for powers, number in polynomial.items()}


def _sum(polynomials: Sequence[Polynomial]) -> Polynomial:
    result: Polynomial = {}
    for polynomial in polynomials:
        for powers, number in polynomial.items():
            result[powers] = result[powers] + number if powers in result else number
    return result


def _product(left: Polynomial, right: Polynomial) -> Polynomial:
    if len(left) * len(right) > 100 * MOST_TERMS:  # as many as a second can multiply
        raise FormulaError(f"it has more than {MOST_TERMS:,} terms")
    result: Polynomial = {}
    for p, a in left.items():
        for q, b in right.items():
            powers = tuple(map(add, p, q))
            result[powers] = result[powers] + a * b if powers in result else a * b
    if len(result) > MOST_TERMS:
        raise FormulaError(f"it has more than {MOST_TERMS:,} terms")
    return result
