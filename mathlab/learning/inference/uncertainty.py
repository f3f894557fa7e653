"""Standard errors and intervals: with other rows, how far off might the answer have been?

On the page: `slope * x + intercept`, without a word on how sure the slope is.

Near the bottom the surface is a bowl. Where the bowl is steep, a small change of a parameter makes
the fit much worse, so the data hold the parameter fast; where it is flat, they hardly do. So what
the bends say, turned round, is how far the parameters may be off:

    covariance = s**2 * inverse(J^T J),      s**2 = (sum of squared residuals) / freedom

J has the slopes of the prediction, a row for each row of the table and a column for each parameter;
freedom is the number of rows less that of parameters. With weights the squares and the rows of J
count as much as the weights say, and s is the standard deviation of a row of weight 1. For the log
loss the bends themselves are the information, and the covariance is their inverse. Read
`Uncertainty.__init__` first, then `interval`.

>>> from mathlab.learning.data.table import Table
>>> table = Table({"x": [1.0, 2.0, 3.0, 4.0], "y": [1.1, 1.9, 3.2, 3.8]})
>>> sure = Uncertainty(Trainer("y = slope*x + intercept").fit(table))
>>> {name: round(error, 4) for name, error in sure.errors.items()}
{'slope': 0.0906, 'intercept': 0.248}
>>> round(sure.residual_spread, 4), sure.freedom
(0.2025, 2)
>>> [round(number, 3) for number in sure.interval("slope")]  # its value, error and bounds
[0.94, 0.091, 0.55, 1.33]
"""

import math
from collections.abc import Mapping, Sequence
from decimal import localcontext
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from mathlab.calculus.algebra.differentiate import derivative
from mathlab.calculus.code.compile import Compiled, compile_formula
from mathlab.calculus.graph.operations import sigmoid
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.calculus.graph.value import Value
from mathlab.calculus.numbers.kinds import as_decimal
from mathlab.calculus.numbers.linear_algebra import inverse
from mathlab.errors import DataError
from mathlab.learning.data.table import is_finite_number
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.student import t_quantile
from mathlab.learning.model.loss import LOSSES
from mathlab.names import by_form, form

ODDS = Value.symbol("odds")
STEEPNESS = derivative(sigmoid(ODDS), ODDS)  # how a probability changes with its log-odds
CARRIED_DIGITS = 40
AS_NORMAL = 1e7  # so many degrees of freedom, and Student's distribution is the normal one


class Interval(NamedTuple):
    """A number, its standard error, and bounds that would hold the truth in the share of repeated
    experiments that was asked for."""

    value: float
    error: float
    low: float
    high: float


class Uncertainty:
    """What the bowl at the bottom says of a trained model.

    `parameters` and `errors`, their standard errors, by name; `freedom`; `residual_spread`, the
    residual standard deviation s in the target's unit, which the squared loss has. Where the
    trainer came to the exact bottom, `exact_errors` and `exact_spread` are the same as Decimals, of
    which more than 15 digits are right.

    A DataError says why there are no standard errors, if there are none.

    Source: N. R. Draper and H. Smith, Applied Regression Analysis; NIST/SEMATECH e-Handbook of
    Statistical Methods, 4.4.3.
    """

    def __init__(self, trainer: Trainer):
        self.parameters = trainer.parameters
        self._trainer = trainer
        self._features = trainer.model.features(trainer.table.names)
        surface, names = trainer.surface, [*self.parameters]
        self.freedom = len(surface.rows) - len(names)
        likelihood = trainer.loss.likelihood
        if likelihood is None or likelihood.scale is None:
            known = [n for n, x in LOSSES.items() if x.likelihood and x.likelihood.scale]
            raise DataError(
                f"standard errors are known for {', '.join(known)}; not for {trainer.loss}")
        self._has_spread = likelihood.has_spread
        if surface.ridge:
            raise DataError(
                "a ridge pulls the parameters away from where the data put them, and no standard "
                "error says how far; train without it")
        if self.freedom < 1:
            raise DataError(
                f"{len(surface.rows)} rows say nothing of the uncertainty of {len(names)} "
                "parameters: more rows than parameters are needed")
        loss, bends = self._sums()
        with localcontext(prec=CARRIED_DIGITS):
            scale = likelihood.scale(loss, self.freedom)
            covariance = [[scale * c for c in row] for row in _inverse(bends, names)]
            self.exact_spread = _root(loss / self.freedom)
            self.exact_errors = {name: _root(covariance[i][i]) for i, name in enumerate(names)}
        self.covariance = [[float(c) for c in row] for row in covariance]
        self.residual_spread = float(self.exact_spread)
        self.errors = {name: float(error) for name, error in self.exact_errors.items()}
        if not all(map(math.isfinite, self.errors.values())):
            raise DataError("the standard errors are too large for a float: scale the columns")
        if not trainer.at_the_bottom:  # last, since a parameter that does not matter says more
            raise DataError(
                "standard errors hold at a lowest point, and the walk did not come to one; take "
                "more steps, another optimizer, or another start")

    def _sums(self) -> tuple[Any, list[list[Any]]]:
        """The loss and the Gauss-Newton bends, summed up over all rows."""
        trainer = self._trainer
        if trainer.bottom:
            return trainer.bottom.loss, trainer.bottom.bends
        surface = trainer.surface
        height, _, bends = surface.bend([*self.parameters.values()], gauss_newton=True)
        return height * surface.weight, [[b * surface.weight for b in row] for row in bends]

    @cached_property
    def correlations(self) -> list[list[float]]:
        """How the errors of two parameters go together, from -1 to 1; in the order of `errors`."""
        errors = [*self.errors.values()]
        return [[c / errors[i] / errors[j] if errors[i] and errors[j] else float(i == j)
                 for j, c in enumerate(row)] for i, row in enumerate(self.covariance)]

    def interval(self, name: str, confidence: float = 0.95) -> Interval:
        """The parameter, with bounds that hold the true one in this share of all cases: those of
        Student's distribution if the spread of the residuals was estimated too, else of the normal
        one. A DataError for an unknown name, or a confidence that is not between 0 and 1."""
        name = form(name)
        if name not in self.errors:
            raise DataError(f"there is no parameter {name!r}; there are {', '.join(self.errors)}")
        return self._interval(self.parameters[name], self.errors[name], confidence)

    def prediction(self, features: Mapping[str, float], confidence: float = 0.95,
                   single: bool = True) -> Interval:
        """The prediction for these features, with bounds for a single new row, or, if not `single`,
        for the mean of many.

            error**2 = g^T covariance g  (+ s**2 for a single row)

        where g are the slopes of the prediction by the parameters. The bounds of a probability are
        those of its log-odds, so that it stays between 0 and 1. A DataError for a single row if the
        loss is not squared.
        """
        if single and not self._trainer.loss.is_square:
            raise DataError("no interval is known for a single row: ask for the mean, single=False")
        features = by_form(features)
        (value,) = self._trainer.predict({name: [x] for name, x in features.items()})
        inside, *slopes = self._prediction(
            *self.parameters.values(), *(float(features[c]) for c in self._features))
        variance = sum(a * b * c for a, row in zip(slopes, self.covariance, strict=True)
                       for b, c in zip(slopes, row, strict=True))
        own = self.residual_spread**2 if single else 0.0
        error = math.sqrt(max(variance, 0.0) + own)
        if self._inside is self._trainer.model.prediction:
            return self._interval(value, error, confidence)
        _, _, low, high = self._interval(inside, error, confidence)
        steepness = float(STEEPNESS.at(odds=inside))
        return Interval(value, error * steepness, sigmoid(low), sigmoid(high))

    @property
    def _inside(self) -> Value:
        """The prediction; of a probability, its log-odds."""
        prediction = self._trainer.model.prediction
        is_probability = self._trainer.loss.takes_shares and prediction.operation is sigmoid
        return prediction.inputs[0] if is_probability else prediction

    @cached_property
    def _prediction(self) -> Compiled:
        model = self._trainer.model
        levers = [model.symbols[name] for name in self.parameters]
        outputs = [self._inside, *swept_gradient(self._inside, levers)]
        return compile_formula(outputs, [*levers, *(model.symbols[c] for c in self._features)])

    def _interval(self, value: float, error: float, confidence: float) -> Interval:
        if not (is_finite_number(confidence) and 0 < confidence < 1):
            raise DataError(f"the confidence must be between 0 and 1, not {confidence!r:.40}")
        freedom = self.freedom if self._has_spread else AS_NORMAL
        reach = t_quantile((1 + confidence) / 2, freedom) * error
        if not math.isfinite(2 * reach):
            raise DataError("the bounds are too far away for a float")
        return Interval(value, error, value - reach, value + reach)


def _inverse(matrix: Sequence[Sequence[Any]], names: Sequence[str]) -> list[list[Any]]:
    """The inverse, worked out in units in which the diagonal of the matrix is about 1."""
    size = range(len(matrix))
    units = [_size(matrix[i][i]) for i in size]
    for name, unit in zip(names, units, strict=True):
        if not unit:
            raise DataError(f"{name} does not matter for these data: leave it out")
    scaled = [[matrix[i][j] / units[i] / units[j] for j in size] for i in size]
    try:
        turned = inverse(scaled)
        if not all(turned[i][i] > 0 for i in size):
            raise DataError("rounding has the upper hand")
    except DataError:
        raise DataError(
            f"the data cannot tell the parameters {', '.join(names)} apart: leave one out"
        ) from None
    return [[turned[i][j] / units[i] / units[j] for j in size] for i in size]


def _size(number: Any) -> Any:
    """About the square root, in the number's kind; of a Fraction a power of two, which is exact."""
    if isinstance(number, Fraction) and number:
        bits = number.numerator.bit_length() - number.denominator.bit_length()
        return Fraction(2) ** (bits // 2)
    return _root(number)


def _root(number: Any) -> Any:
    """The square root: a float of a float, else a Decimal."""
    return math.sqrt(number) if isinstance(number, float) else as_decimal(number).sqrt()
