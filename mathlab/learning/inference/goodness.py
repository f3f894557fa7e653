"""R squared, likelihood and Akaike's criterion: how good a fit is, in one number.

On the page: `(y - (slope * x + intercept)) ** 2`, whose mean says little until it is compared.

R squared is the share of the target's variation that the model explains: 1 if it explains all, 0 if
it does no better than the mean. It never falls with another parameter, useful or not; nor does the
likelihood, which says how probable the model holds these very data. The adjusted R squared and
Akaike's criterion set a price for each parameter:

    AIC = 2 * parameters - 2 * log-likelihood

Among models of the same rows and the same target, the one with the lowest AIC should predict best;
by how much, `compare_models` says. Read `r_squared` first, then `aic`.

>>> from mathlab.learning.data.table import Table
>>> table = Table({"x": [1.0, 2.0, 3.0, 4.0], "y": [1.1, 1.9, 3.2, 3.8]})
>>> line = Trainer("y = slope*x + intercept").fit(table)
>>> curve = Trainer("y = slope*x + intercept + bend*x**2").fit(table)
>>> round(r_squared(line), 3), round(r_squared(curve), 3)
(0.982, 0.984)
>>> round(adjusted_r_squared(line), 3), round(adjusted_r_squared(curve), 3)
(0.973, 0.952)
>>> aic(line) < aic(curve)
True
"""

import math
from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

from mathlab.calculus.numbers.linear_algebra import least_squares
from mathlab.errors import DataError, DomainError
from mathlab.learning.data.table import finite_columns
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.slopes import Sensitivity
from mathlab.learning.model.loss import LOSSES, Likelihood, Loss
from mathlab.learning.model.row_loss import degree
from mathlab.learning.model.surface import LossSurface

IN_THE_SPAN = 1e-9  # how far a combination of slopes may be from the constant 1, by rounding


class Compared(NamedTuple):
    """A model among others: how many numbers were estimated, how good it is, and its weight.

    `difference` is how much its AIC is above the lowest, and `weight` how probable it is that this
    model is the best one of them for new data, given that one of them is.
    """

    trainer: Trainer
    parameters: int
    log_likelihood: float
    aic: float
    difference: float
    weight: float


class LikelihoodRatio(NamedTuple):
    """A statistic, its degrees of freedom, and how probable one at least as large was by chance."""

    statistic: float
    freedom: int
    p_value: float


def r_squared(trainer: Trainer) -> float:
    """The share of the variation of the target that the model explains.

        1 - (sum of squared residuals) / (sum of squared deviations from the mean)

    A line, plane or polynomial that cannot move up and down as a whole is compared with 0 instead
    of the mean, see `has_constant`. A DataError for another loss than squared, or if the target
    does not vary.

    Source: S. Wright, "Correlation and causation" (1921).
    """
    if not trainer.loss.is_square:
        raise DataError(f"R squared is known for the squared loss only, not for {trainer.loss}")
    left, weights = _loss_of_all_rows(trainer), _weights(trainer)
    actual = trainer.model.actual_numbers(trainer.table)
    mean = math.fsum(map(float.__mul__, weights, actual)) / math.fsum(weights)
    zero = mean if has_constant(trainer) else 0.0
    variation = math.fsum(w * (y - zero) ** 2 for w, y in zip(weights, actual, strict=True))
    if not variation:
        raise DataError(f"{trainer.model.target} does not vary, so there is nothing to explain")
    return 1 - left / variation


def adjusted_r_squared(trainer: Trainer) -> float:
    """R squared of variances instead of sums: it falls with a parameter that explains less than
    chance would. A DataError as for R squared, and if there are not more rows than parameters.

        1 - (1 - R squared) * (rows - 1) / (rows - parameters)

    and `rows` instead of `rows - 1` where R squared is compared with 0.

    Source: H. Theil, Economic Forecasts and Policy (1961).
    """
    rows, count = len(trainer.table), estimated(trainer)
    if rows <= count:
        raise DataError(f"{rows} rows are not more than the {count} parameters")
    return 1 - (1 - r_squared(trainer)) * (rows - has_constant(trainer)) / (rows - count)


def has_constant(trainer: Trainer) -> bool:
    """Whether the model can move up and down as a whole, so that the mean is one of its own fits.

    It can if the constant 1 is a combination of the slopes of its prediction, as in `b + a*x`, but
    also in `a*(x - c)`, or in `a*male + b*female`. A curve that is not a polynomial in its
    parameters is compared with the mean, as is usual.

    >>> table = {"x": [1.0, 2.0, 4.0], "y": [1.0, 3.0, 4.0]}
    >>> [has_constant(Trainer(f"y = {text}").fit(table)) for text in ("a*x", "a*x - a*c")]
    [False, True]
    """
    model, place = trainer.model, trainer.parameters
    moved = [name not in held(trainer) for name in place]
    levers = [model.symbols[name] for name in compress(place, moved)]
    if degree(model.prediction, levers) == math.inf:
        return True
    features = model.features(trainer.table.names)
    there = Sensitivity(model, place, features)
    columns = finite_columns(trainer.table, *features)
    rows = list(zip(*columns, strict=True)) if features else [()] * len(trainer.table)
    roots = [*map(math.sqrt, _weights(trainer))]
    try:
        slopes = [[r * slope for slope in compress(there.slopes(row), moved)]
                  for r, row in zip(roots, rows, strict=True)]
    except (DataError, DomainError):
        return True
    directions = [*zip(*slopes, strict=True)]
    if not all(math.isfinite(math.hypot(*direction)) for direction in directions):
        return True
    if not directions:
        return False
    shares = least_squares(directions, roots)
    left = [root - math.fsum(s * x for s, x in zip(shares, row, strict=True))
            for root, row in zip(roots, zip(*directions, strict=True), strict=True)]
    return math.hypot(*left) <= IN_THE_SPAN * math.hypot(*roots)


def estimated(trainer: Trainer) -> int:
    """How many parameters were estimated from the data: not those that are `held`."""
    return len(trainer.parameters.keys() - held(trainer).keys())


def held(trainer: Trainer) -> dict[str, float]:
    """The parameters that were not estimated: those that are fixed, and those that ended at a
    bound, of which the data only say that they would go further."""
    return {**trainer.fixed, **trainer.at_bounds}


def log_likelihood(trainer: Trainer, known_spread: bool = False) -> float:
    """The logarithm of how probable the model says that the actual numbers were.

    The loss knows the formula: see its `likelihood`. If the target is a formula such as `log(y)`,
    this is how probable the numbers of that formula were. With a `known_spread` a row of weight w
    has the standard deviation 1/sqrt(w). A DataError for a loss without a likelihood, or for a
    perfect fit, whose likelihood is infinite.

    Source: R. A. Fisher, "On the mathematical foundations of theoretical statistics" (1922).
    """
    likelihood = _likelihood(trainer.loss)
    loss, weights = _loss_of_all_rows(trainer), _weights(trainer)
    if known_spread and trainer.loss.is_square:
        return math.fsum(math.log(w / (2 * math.pi)) / 2 for w in weights) - loss / 2
    if likelihood.has_spread and not loss > 0:
        raise DataError("a perfect fit has an infinite likelihood")
    return likelihood.log(loss, weights)


def aic(trainer: Trainer, known_spread: bool = False) -> float:
    """Akaike's information criterion: the lower, the better the model will predict.

        2 * parameters - 2 * log-likelihood

    The spread of the residuals counts as a parameter too, if it is estimated. A DataError with
    a ridge, under which a parameter counts for less than one.

    Source: H. Akaike, "A new look at the statistical model identification" (1974).
    """
    if trainer.surface.ridge:
        raise DataError("with a ridge it is not known what a parameter counts; train without it")
    return 2 * _counted(trainer, known_spread) - 2 * log_likelihood(trainer, known_spread)


def compare_models(trainers: Sequence[Trainer], known_spread: bool = False) -> list[Compared]:
    """The models side by side, in the order of their AIC, the lowest first.

        weight = exp(-difference/2) / (sum of these for all models)

    A DataError unless all were trained on the same rows of the same target, and on losses whose
    likelihoods can be compared.

    Source: K. P. Burnham and D. R. Anderson, Model Selection and Multimodel Inference (2002), 2.9.

    >>> table = {"x": [1.0, 2.0, 3.0, 4.0], "y": [1.1, 1.9, 3.2, 3.8]}
    >>> models = [Trainer(f"y = {text}").fit(table) for text in ("a + b*x", "a")]
    >>> for each in compare_models(models):
    ...     print(f"{each.trainer.model}: {each.difference:.2f} {each.weight:.3f}")
    y = a + b*x: 0.00 0.999
    y = a: 14.02 0.001
    """
    first = trainers[0]
    for other in trainers[1:]:
        _check_comparable(first, other)
    found = [(aic(each, known_spread), each) for each in trainers]
    lowest = min(criterion for criterion, _ in found)
    shares = [math.exp((lowest - criterion) / 2) for criterion, _ in found]
    compared = [
        Compared(each, _counted(each, known_spread), log_likelihood(each, known_spread), criterion,
                 criterion - lowest, share / math.fsum(shares))
        for (criterion, each), share in zip(found, shares, strict=True)]
    return sorted(compared, key=lambda each: each.aic)


def likelihood_ratio(smaller: Trainer, larger: Trainer,
                     known_spread: bool = False) -> LikelihoodRatio:
    """The test whether the parameters that only the larger model has explain more than chance. The
    smaller one has to be a special case of it (which is not checked).

        statistic = 2 * (log-likelihood of the larger - log-likelihood of the smaller)

    If they are useless, it follows the chi-squared distribution for large samples, with a degree of
    freedom for each. A DataError if there are none, or the likelihoods cannot be compared.

    Source: S. S. Wilks, "The large-sample distribution of the likelihood ratio" (1938).
    """
    _check_comparable(smaller, larger)
    freedom = estimated(larger) - estimated(smaller)
    if freedom < 1:
        raise DataError(f"{larger.model} has no more parameters than {smaller.model}")
    gained = log_likelihood(larger, known_spread) - log_likelihood(smaller, known_spread)
    statistic = max(0.0, 2 * gained)
    return LikelihoodRatio(statistic, freedom, chi_squared_tail(statistic, freedom))


def chi_squared_tail(x: float, freedom: int) -> float:
    """The probability that the squares of `freedom` standard normal numbers add up to x or more.

        exp(-x/2) * sum of (x/2)**k / gamma(k + 1)    for k = freedom/2 - 1, freedom/2 - 2, ... >= 0

    and, if `freedom` is odd, `erfc(sqrt(x/2))` besides.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.4.4 and 26.4.5.

    >>> round(chi_squared_tail(3.841, 1), 4), round(chi_squared_tail(18.307, 10), 4)
    (0.05, 0.05)
    """
    if not x > 0:
        return 1.0
    powers = [freedom / 2 - k for k in range(1, freedom // 2 + 1)]
    terms = [math.exp(k * math.log(x / 2) - x / 2 - math.lgamma(k + 1)) for k in powers]
    return min(1.0, math.fsum(terms) + (math.erfc(math.sqrt(x / 2)) if freedom % 2 else 0.0))


def _check_comparable(first: Trainer, other: Trainer) -> None:
    same_target = str(first.model.actual) == str(other.model.actual)
    if not same_target:
        raise DataError(f"{first.model} and {other.model} predict two things: likelihoods can be "
                        "compared for one target alone")
    targets = [each.model.actual_numbers(each.table) for each in (first, other)]
    if targets[0] != targets[1]:
        raise DataError(f"{first.model} and {other.model} were not trained on the same rows")
    if _weights(first) != _weights(other):
        raise DataError(f"{first.model} and {other.model} give their rows other weights")
    if first.surface.ridge or other.surface.ridge:
        raise DataError("with a ridge it is not known what a parameter counts; train without it")
    if first.loss.takes_shares != other.loss.takes_shares:
        raise DataError(f"the likelihoods of {first.loss} and {other.loss} cannot be compared")


def _counted(trainer: Trainer, known_spread: bool) -> int:
    """How many numbers were estimated, the spread included."""
    has_spread = _likelihood(trainer.loss).has_spread and not (
        known_spread and trainer.loss.is_square)
    return estimated(trainer) + has_spread


def _likelihood(loss: Loss) -> Likelihood:
    if loss.likelihood is None:
        known = ", ".join(name for name, loss in LOSSES.items() if loss.likelihood)
        raise DataError(f"{loss} has no likelihood; these have one: {known}")
    return loss.likelihood


def _loss_of_all_rows(trainer: Trainer) -> float:
    """The sum of the losses of all rows, each times its weight."""
    if trainer.bottom and not trainer.surface.ridge:
        return float(trainer.bottom.total_loss)
    surface = LossSurface(trainer.model, trainer.table, trainer.loss, weights=trainer.weights)
    return surface.height([*trainer.parameters.values()]) * surface.weight


def _weights(trainer: Trainer) -> list[float]:
    table, name = trainer.table, trainer.weights
    return [*map(float, table[name])] if name else [1.0] * len(table)
