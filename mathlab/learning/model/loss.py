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

from mathlab.calculus.graph.operations import log, minimum, sigmoid, softplus
from mathlab.errors import FormulaError


def squared(actual: Any, predicted: Any) -> Any:
    """The square of the residual: being off by twice as much is four times as bad.

        (actual - predicted)**2

    Source: A. M. Legendre, "Nouvelles méthodes pour la détermination des orbites" (1805).
    """
    return (actual - predicted) ** 2


def absolute(actual: Any, predicted: Any) -> Any:
    """The size of the residual: being off by twice as much is twice as bad, and a few rows that are
    far off hardly count.

        abs(actual - predicted)

    Source: R. J. Boscovich (1757).
    """
    return abs(actual - predicted)


def huber(actual: Any, predicted: Any) -> Any:
    """Half the square of a residual up to 1, and beyond that its size less a half: the two meet
    there with the same slope. Scale the target if residuals of 1 mean nothing.

        residual**2/2   or   abs(residual) - 1/2

    Source: P. J. Huber, "Robust estimation of a location parameter" (1964).

    >>> huber(actual=0.5, predicted=0.0), huber(actual=10.0, predicted=0.0)
    (0.125, 9.5)
    """
    size = abs(actual - predicted)
    clipped = minimum(size, 1)
    return clipped * (size - clipped / 2)


def log_loss(actual: Any, predicted: Any) -> Any:
    """How surprising a yes (1) or no (0) is to whoever predicted a yes with this probability.

        -log(chance),   with chance = predicted for a yes, and 1 - predicted for a no

    A probability that `sigmoid` made of its log-odds may be so near to 0 or 1 that a float cannot
    tell. But a Value remembers what it was made of, and in the log-odds the same formula is

        softplus(odds) - actual*odds

    which holds at odds of exp(800) to 1.

    Source: I. J. Good, "Rational decisions" (1952).

    >>> log_loss(actual=1, predicted=0.25), log_loss(actual=0, predicted=0.25)
    (1.3862943611198906, 0.2876820724517809)
    >>> from mathlab import symbols
    >>> y, z = symbols("y z")
    >>> print(log_loss(y, sigmoid(z)))
    softplus(z) - y*z
    """
    if getattr(predicted, "operation", None) is sigmoid:
        odds = predicted.x
        return softplus(odds) - actual * odds
    return -log(actual * predicted + (1 - actual) * (1 - predicted))


LOSSES = {"squared": squared, "absolute": absolute, "huber": huber, "log": log_loss}


def loss_named(name: str) -> Any:
    """The loss of this name.

    Raises: FormulaError for a name that is none.

    >>> loss_named("squared") is squared
    True
    """
    if not isinstance(name, str) or name not in LOSSES:
        raise FormulaError(f"there is no loss {name!r}; choose from {', '.join(LOSSES)}")
    return LOSSES[name]
