"""Variable projection: parameters in which a model is linear are solved for, without a walk.

On the page: `parameter.data -= learning_rate * parameter.grad`, for every parameter alike. But in

    y = a*exp(b*x) + c

only b is hard. For any b, the best a and c are the slope and the intercept of a line: y against
exp(b*x). They solve a system of linear equations. So the walk looks for one number, not for three,
and a and c follow it. After every step it is on the floor of the valley.

>>> from mathlab.learning.model.surface import Model, Table
>>> table = Table({"x": [0.0, 1.0, 2.0, 3.0], "y": [5.0, 3.0, 2.0, 1.5]})
>>> surface = LossSurface(Model("y = a*exp(b*x) + c"), table)
>>> follow = projection(surface)
>>> [round(p, 9) for p in follow([0.0, -math.log(2), 0.0])]
[4.0, -0.693147181, 1.0]

Source: G. H. Golub and V. Pereyra, "The differentiation of pseudo-inverses and nonlinear least
squares problems whose variables separate" (1973). A. Ruhe and P. A. Wedin, "Algorithms for
separable nonlinear least squares problems" (1980), show that it is as good to step with all
parameters, and then to solve for the linear ones.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

from mathlab.calculus.algebra.differentiate import substitute
from mathlab.calculus.code.compile import Compiled, compile_formula
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.calculus.graph.value import Value
from mathlab.calculus.numbers.linear_algebra import least_squares
from mathlab.errors import DomainError
from mathlab.learning.model.row_loss import degree
from mathlab.learning.model.surface import NO_ANSWER, LossSurface

Follow = Callable[[Sequence[float]], list[float]]


def projection(surface: LossSurface) -> Follow | None:
    """A function that returns a place again, with the best numbers for the linear parameters;
    None if no parameter is linear, or if the loss is not squared."""
    if not surface.loss.is_square:
        return None
    model = surface.model
    levers = [model.symbols[name] for name in surface.parameters]  # the parameters, as symbols
    linear = linear_parameters(model.prediction, levers)
    if not linear:
        return None
    names = surface.columns
    of_row = terms(model.prediction, linear, [*levers, *map(Value.symbol, names)])
    target = compile_formula(model.actual, [*map(Value.symbol, names)])
    actual = [target(*row) for row in surface.rows]
    places = [levers.index(x) for x in linear]
    roots = surface.roots_of_weights()
    costs = [math.sqrt(surface.weight * dict(surface.ridge).get(x.name, 0.0)) for x in linear]

    def follow(position: Sequence[float]) -> list[float]:
        try:
            rows = [of_row(*position, *row) for row in surface.rows]
        except NO_ANSWER as error:
            raise DomainError(str(error)) from None
        found = solved(rows, actual, roots, costs)
        there = list(position)
        for place, number in zip(places, found, strict=True):
            there[place] = number
        return there

    return follow


def linear_parameters(formula: Value, levers: Sequence[Value]) -> list[Value]:
    """Parameters in which the formula is linear together, as many as a quick search finds.

    >>> from mathlab import parse, symbols
    >>> a, b, c = symbols("a b c")
    >>> linear_parameters(parse("a*b*x + c"), [a, b, c])
    [Value(unknown, 'a'), Value(unknown, 'c')]
    """
    alone = [x for x in levers if degree(formula, [x]) <= 1]
    best: list[Value] = []
    for first in alone:
        chosen = [first]
        for x in alone:
            if x is not first and degree(formula, [*chosen, x]) <= 1:
                chosen.append(x)
        if len(chosen) > len(best):
            best = chosen
    return [x for x in levers if x in best]


def terms(formula: Value, linear: Sequence[Value], inputs: Sequence[Value],
          otherwise: Callable[..., Any] | None = None) -> Compiled:
    """A function of the inputs that returns the formula's value with all linear parameters at 0,
    and then the factor of each linear parameter; `otherwise` is that of `compile_formula`."""
    base = substitute(formula, dict.fromkeys(linear, 0.0))
    return compile_formula([base, *swept_gradient(formula, linear)], inputs, otherwise=otherwise)


def solved(rows: Sequence[Sequence[float]], actual: Sequence[float], roots: Sequence[float] = (),
           costs: Sequence[float] = ()) -> list[float]:
    """The linear parameters with the least sum of squares: `rows` has the `terms` of each row,
    `actual` its target, `roots` the square root of its weight, `costs` those of a ridge's."""
    bases, *columns = [list(column) for column in zip(*rows, strict=True)]
    right = [y - base for y, base in zip(actual, bases, strict=True)]
    if roots:
        columns = [[r * x for r, x in zip(roots, column, strict=True)] for column in columns]
        right = [r * x for r, x in zip(roots, right, strict=True)]
    if any(costs):
        for i, column in enumerate(columns):
            column += [cost * (i == j) for j, cost in enumerate(costs)]
        right += [0.0] * len(costs)
    if not all(map(math.isfinite, right)) or not all(
            math.isfinite(x) for column in columns for x in column):
        raise DomainError("a term is too large for a float")
    return least_squares(columns, right)
