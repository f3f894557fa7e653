"""Predictions and residuals: what a model says of a row it has not seen, and how far off it is.

A model was wrong by some residual on each row it has seen; on the next it will be wrong by about as
much. On the page: `slope * x + intercept`, without a word on how far off that is.

>>> residuals(actual=[5.0, 1.0], predicted=[3.0, 2.0])
[2.0, -1.0]
>>> round(typical_error([2.0, -1.0]), 3)
1.581
"""

from collections.abc import Sequence
from math import fsum, sqrt
from typing import NamedTuple

from mathlab.errors import DataError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.train import Trainer


class Prediction(NamedTuple):
    """A predicted number, and how far the model's predictions are off, typically; same unit."""

    value: float
    error: float


def residuals(actual: Sequence[float], predicted: Sequence[float]) -> list[float]:
    """What the model got wrong, row by row: `actual - predicted`."""
    return [a - p for a, p in zip(actual, predicted, strict=True)]


def typical_error(errors: Sequence[float]) -> float:
    """The root mean squared residual, `sqrt(mean(residual**2))`, in the target's own unit."""
    if not errors:
        raise DataError("there are no residuals to take the typical error of")
    return sqrt(fsum(e * e for e in errors) / len(errors))


def predict(trainer: Trainer, seen: Table, **features: float) -> Prediction:
    """The prediction for one row, with the typical error on the rows in `seen` beside it.

    >>> table = Table({"x": [-1.0, 0.0, 1.0], "y": [1.0, 3.0, 5.0]})
    >>> trainer = Trainer("y = slope*x").fit(table, steps=100)
    >>> prediction = predict(trainer, table, x=10.0)
    >>> f"{prediction.value:.2f} +- {prediction.error:.2f}"
    '20.00 +- 3.00'
    """
    (value,) = trainer.predict({name: [number] for name, number in features.items()})
    actual = trainer.model.actual_numbers(seen)
    return Prediction(value, typical_error(residuals(actual, trainer.predict(seen))))
