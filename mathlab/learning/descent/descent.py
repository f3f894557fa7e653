"""Gradient descent, plainly: ask the loss which way is down, take a step, ask again.

On the page: `parameter.data -= learning_rate * parameter.grad`. Here it goes down for any model and
any table, and the way is remembered.

>>> table = Table({"x": [-1.0, 0.0, 1.0], "y": [1.0, 3.0, 5.0]})
>>> history = descend(Model("y = slope*x + intercept"), table, learning_rate=0.3, steps=60)
>>> for step in (history[0], history[1], history[-1]):
...     print([round(number, 3) for number in step.position], round(step.loss, 3))
[0.0, 0.0] 11.667
[0.8, 1.8] 2.4
[2.0, 3.0] 0.0

All other chapters of `descent` make something of this better: where to start, how far to step, when
to stop, what to do where it goes wrong.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from mathlab.calculus.graph.value import Value
from mathlab.learning.data.table import Table, finite_columns
from mathlab.learning.model.loss import Loss, squared
from mathlab.learning.model.model import Model


class Step(NamedTuple):
    """One stop on the walk: where, how high, and how steep along each parameter."""

    position: tuple[float, ...]
    loss: float
    slopes: tuple[float, ...]


def descend(model: Model, table: Table, learning_rate: float = 0.1, steps: int = 100,
            loss: Loss = squared) -> list[Step]:
    """The steps of a walk down the loss of a model, from 0."""
    parameters = {name: Value(0.0, name) for name in model.parameters(table.names)}
    names = [*model.features(table.names), *model.observed]
    table_rows = zip(*finite_columns(table, *names), strict=True)
    rows = [dict(zip(names, row, strict=True)) for row in table_rows]
    history = []
    for _ in range(steps + 1):
        height = mean_loss(model, loss, rows, parameters)
        height.backward()
        position = tuple(parameter.data for parameter in parameters.values())
        slopes = tuple(parameter.grad for parameter in parameters.values())
        history.append(Step(position, height.data, slopes))
        for parameter in parameters.values():
            parameter.data -= learning_rate * parameter.grad
    return history


def mean_loss(model: Model, loss: Loss, rows: list[dict[str, float]],
              parameters: Mapping[str, Value]) -> Any:
    """The loss of all rows, as one Value that remembers how it was made."""
    losses = [
        loss(model.actual.at(**row), model.prediction.at(**row, **parameters)) for row in rows]
    return sum(losses) / len(rows)
