"""Weights and ridges: how much each row counts, and what the square of each parameter costs.

On the page: `(y - (slope * x + intercept)) ** 2`, where every row counts the same. Here it becomes

    weight * (loss + ridge*parameter**2)

>>> table = Table({"x": [1.0, 2.0, 3.0], "w": [1, 2, 0]})
>>> counting(table, "w")["x"]
[1.0, 2.0]
"""

import math
from collections.abc import Mapping, Sequence

from mathlab.calculus.algebra.differentiate import derivative
from mathlab.calculus.graph.operations import constant
from mathlab.errors import DataError, FormulaError
from mathlab.learning.data.table import Table, finite_columns, is_finite_number
from mathlab.learning.model.loss import Loss
from mathlab.learning.model.model import Model
from mathlab.learning.model.row_loss import Ridge, inside
from mathlab.names import by_form


def counting(table: Table, weights: str) -> Table:
    """The rows that count: those with a weight above 0; a DataError for other weights."""
    if not isinstance(weights, str):
        raise FormulaError(f"the weights are named by their column, not {weights!r:.40}")
    (numbers,) = finite_columns(table.select(weights), weights)
    for number, place in zip(numbers, table.places, strict=True):
        if number < 0:
            raise DataError(f"{table.source}, {place}: the weight {number:g} is below 0")
    if not any(numbers):
        raise DataError(f"{table.source}: all weights in column {weights!r} are 0, so that no row "
                        "counts")
    if not sum(numbers) < math.inf:
        raise DataError("the weights are too large for a float: make all of them smaller")
    return table.take([i for i, number in enumerate(numbers) if number])


def check_shares(model: Model, table: Table, loss: Loss) -> None:
    """Refuse, with a DataError, a row whose target is neither a yes, a no, nor a share between."""
    for number, place in zip(model.actual_numbers(table), table.places, strict=True):
        if not 0 <= number <= 1:
            raise DataError(
                f"{table.source}, {place}: {model.target} is {number}; {loss} takes 1 for a "
                "yes, 0 for a no, or a share between")


def costs(ridge: float | Mapping[str, float], parameters: Sequence[str]) -> Ridge:
    """What the square of each parameter costs, where it costs anything; a FormulaError for a name
    that is not a parameter, or a cost below 0.

    >>> costs(0.5, ["a", "b"]), costs({"b": 2}, ["a", "b"])
    ((('a', 0.5), ('b', 0.5)), (('b', 2.0),))
    """
    by_name = by_form(ridge) if isinstance(ridge, Mapping) else dict.fromkeys(parameters, ridge)
    for name, cost in by_name.items():
        if name not in parameters:
            raise FormulaError(f"there is no parameter {name!r} to keep small")
        if not (is_finite_number(cost) and cost >= 0):
            raise FormulaError(f"a ridge must be at least 0, not {cost!r:.40}")
    return tuple((name, float(cost)) for name, cost in by_name.items() if cost)


def intercepts(model: Model, parameters: Sequence[str]) -> list[str]:
    """The parameters that move the prediction, or what stands inside of its outer functions, up and
    down as a whole. How far the target is from 0 is mostly a matter of its unit, and no reason to
    keep them small: `ridge` is then a dict of the others.

    >>> intercepts(Model("y = sigmoid(a*x + b)"), ["a", "b"])
    ['b']
    """
    inner = inside(model.prediction)
    return [name for name in parameters
            if derivative(inner, model.symbols[name]).operation is constant]
