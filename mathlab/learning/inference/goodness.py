"""R squared, likelihood and Akaike's criterion: how good a fit is, in one number.

On the page: `(y - (slope * x + intercept)) ** 2`, whose mean says little until it is compared.

R squared is the share of the target's variation that the model explains: 1 if it explains all, 0 if
it does no better than the mean. It always grows with another parameter, useful or not. The
likelihood, how probable the model says that these very data were, does so too; Akaike's criterion
makes every parameter pay for itself:

    AIC = 2 * parameters - 2 * log-likelihood

Among models of the same rows and the same target, the one with the lowest AIC should predict best.
Read `r_squared` first, then `aic`.

>>> from mathlab.learning.data.table import Table
>>> table = Table({"x": [1.0, 2.0, 3.0, 4.0], "y": [1.1, 1.9, 3.2, 3.8]})
>>> line = Trainer("y = slope*x + intercept").fit(table)
>>> curve = Trainer("y = slope*x + intercept + bend*x**2").fit(table)
>>> round(r_squared(line), 3), round(r_squared(curve), 3)
(0.982, 0.984)
>>> aic(line) < aic(curve)
True
"""

import math

from mathlab.calculus.algebra.polynomial import coefficients
from mathlab.calculus.graph import operations
from mathlab.calculus.graph.value import as_value
from mathlab.errors import DataError, FormulaError
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.loss import LOSSES, Likelihood, Loss
from mathlab.learning.model.surface import LossSurface


def r_squared(trainer: Trainer) -> float:
    """The share of the variation of the target that the model explains.

        1 - (sum of squared residuals) / (sum of squared deviations from the mean)

    A line, plane or polynomial without an intercept is compared with 0 instead of the mean. A
    DataError for another loss than squared, or if the target does not vary.

    Source: S. Wright, "Correlation and causation" (1921).
    """
    if not trainer.loss.is_square:
        raise DataError(f"R squared is known for the squared loss only, not for {trainer.loss}")
    left, weights = _loss_of_all_rows(trainer), _weights(trainer)
    actual = trainer.model.actual_numbers(trainer.table)
    mean = math.fsum(map(float.__mul__, weights, actual)) / math.fsum(weights)
    zero = mean if _has_intercept(trainer) else 0.0
    variation = math.fsum(w * (y - zero) ** 2 for w, y in zip(weights, actual, strict=True))
    if not variation:
        raise DataError(f"{trainer.model.target} does not vary, so there is nothing to explain")
    return 1 - left / variation


def log_likelihood(trainer: Trainer) -> float:
    """The logarithm of how probable the model says that the actual numbers were.

    The loss knows the formula: see its `likelihood`. If the target is a formula such as `log(y)`,
    this is how probable the numbers of that formula were. A DataError for a loss without a
    likelihood, or for a perfect fit: it is infinite.

    Source: R. A. Fisher, "On the mathematical foundations of theoretical statistics" (1922).
    """
    likelihood = _likelihood(trainer.loss)
    loss, weights = _loss_of_all_rows(trainer), _weights(trainer)
    if likelihood.has_spread and not loss > 0:
        raise DataError("a perfect fit has an infinite likelihood")
    return likelihood.log(loss, weights)


def aic(trainer: Trainer) -> float:
    """Akaike's information criterion: the lower, the better the model will predict.

        2 * parameters - 2 * log-likelihood

    The spread of the residuals counts as a parameter too, if there is one. With a ridge, which
    makes parameters count less than one, a DataError.

    Source: H. Akaike, "A new look at the statistical model identification" (1974).
    """
    count = len(trainer.parameters) + _likelihood(trainer.loss).has_spread
    if trainer.surface.ridge:
        raise DataError("with a ridge it is not known what a parameter counts; train without it")
    return 2 * count - 2 * log_likelihood(trainer)


def _likelihood(loss: Loss) -> Likelihood:
    if loss.likelihood is None:
        known = ", ".join(name for name, loss in LOSSES.items() if loss.likelihood)
        raise DataError(f"{loss} has no likelihood; these have one: {known}")
    return loss.likelihood


def _loss_of_all_rows(trainer: Trainer) -> float:
    """The sum of the losses of all rows, each times its weight."""
    if trainer.bottom and not trainer.surface.ridge:
        return float(trainer.bottom.loss)
    surface = LossSurface(trainer.model, trainer.table, trainer.loss, weights=trainer.weights)
    return surface.height([*trainer.parameters.values()]) * surface.weight


def _weights(trainer: Trainer) -> list[float]:
    table, name = trainer.table, trainer.weights
    return [*map(float, table[name])] if name else [1.0] * len(table)


def _has_intercept(trainer: Trainer) -> bool:
    """Whether a parameter stands alone, or the model is a curve, which need not be 0 anywhere."""
    model = trainer.model
    for name in trainer.parameters:
        try:
            terms = coefficients(model.prediction, [model.symbols[name]])
        except FormulaError:
            return True
        slope = terms.get((1,), as_value(0))
        if terms.keys() - {(0,), (1,)} or slope.operation is operations.constant:
            return True
    return False
