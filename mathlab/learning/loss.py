"""How wrong one prediction is. The loss of a model is the mean of this over all rows.

A loss is a formula of two numbers, the actual and the predicted one, and nothing else: what it does
to numbers and what it does to formulas is the same.

>>> squared(actual=5.0, predicted=3.0)
4.0
>>> from mathlab import symbols
>>> actual, predicted = symbols("actual predicted")
>>> print(squared(actual, predicted))
(actual - predicted)**2
"""

from typing import Any

from mathlab.errors import FormulaError


def squared(actual: Any, predicted: Any) -> Any:
    """The square of the residual: being off by twice as much is four times as bad.

        (actual - predicted)**2

    Source: A. M. Legendre, "Nouvelles méthodes pour la détermination des orbites" (1805).
    """
    return (actual - predicted) ** 2


LOSSES = {"squared": squared}


def loss_named(name: str) -> Any:
    """The loss of this name.

    Raises: FormulaError for a name that is none.

    >>> loss_named("squared") is squared
    True
    """
    if name not in LOSSES:
        raise FormulaError(f"there is no loss {name!r}; choose from {', '.join(LOSSES)}")
    return LOSSES[name]
