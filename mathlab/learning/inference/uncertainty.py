"""Standard errors and intervals: with other rows, how far off might the answer have been?

On the page: `slope * x + intercept`, without a word on how sure the slope is.

Near the bottom the surface is a bowl. Where the bowl is steep, a small change of a parameter makes
the fit much worse, so the data hold the parameter fast; where it is flat, they hardly do. So the
inverse of the bends, its second derivatives, says how far the parameters may be off:

    covariance = s**2 * inverse(J^T J),      s**2 = (sum of squared residuals) / freedom

J has the slopes of the prediction, a row for each row of the table and a column for each parameter;
freedom is the number of rows less that of parameters. With weights the squares and the rows of J
count as much as the weights say, and s is the standard deviation of a row of weight 1. For the log
loss the covariance is the inverse of the bends themselves.

A prediction, or another formula of the parameters such as a ratio of two, is as unsure as they make
it. If g are its slopes by the parameters, and C is their covariance, its variance is `g^T C g`.

Read `Uncertainty.__init__` first, then `Estimates`.

>>> from mathlab.learning.data.table import Table
>>> table = Table({"x": [1.0, 2.0, 3.0, 4.0], "y": [1.1, 1.9, 3.2, 3.8]})
>>> sure = Uncertainty(Trainer("y = slope*x + intercept").fit(table))
>>> {name: round(error, 4) for name, error in sure.errors.items()}
{'slope': 0.0906, 'intercept': 0.248}
>>> round(sure.residual_spread, 4), sure.freedom
(0.2025, 2)
>>> [round(number, 3) for number in sure.interval("slope")]  # its value, error and bounds
[0.94, 0.091, 0.55, 1.33]
>>> zero = sure.derived("-intercept/slope")  # where the line is 0
>>> round(zero.value, 3), round(zero.error, 3), *map(str, zero.slopes.values())
(-0.16, 0.278, 'intercept/slope**2', '-1/slope')
"""

import math
from collections.abc import Mapping, Sequence
from decimal import localcontext
from fractions import Fraction
from functools import cached_property
from random import Random
from typing import Any, NamedTuple

from mathlab.calculus.algebra.differentiate import derivative, gradient
from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.graph.operations import log, sigmoid
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value
from mathlab.calculus.numbers.kinds import as_decimal
from mathlab.calculus.numbers.linear_algebra import inverse, least_squares
from mathlab.calculus.text.parse import parse
from mathlab.errors import DataError, DomainError, FormulaError
from mathlab.learning.data.table import finite_columns, is_finite_number, short
from mathlab.learning.descent.last_digits import is_quadratic
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference import back
from mathlab.learning.inference.goodness import held
from mathlab.learning.inference.slopes import NO_ANSWER, Sensitivity
from mathlab.learning.inference.student import t_cdf, t_quantile
from mathlab.learning.model.loss import LONGEST_CHANCE, LOSSES, Loss, as_probability
from mathlab.learning.model.model import Model
from mathlab.names import by_form, form
from mathlab.notebook import html_table

ODDS = Value.symbol("odds")
STEEPNESS = derivative(sigmoid(ODDS), ODDS)  # how a probability changes with its log-odds
CARRIED_DIGITS = 40  # of Decimals
AS_NORMAL = 1e7  # degrees of freedom from which Student's distribution counts as normal
FLAT = 1e-6  # of the bend of the loss: what is left of it without the bend of the prediction
PLACES, ROWS = 3, 200  # how many are tried, to find a superfluous parameter
TOO_FAR = "the bounds are too far away for a float"


class Interval(NamedTuple):
    """A number, its standard error, and bounds that would hold the truth in the share of repeated
    experiments that was asked for."""

    value: float
    error: float
    low: float
    high: float


class Derived(NamedTuple):
    """What a formula makes of the parameters, with its standard error and bounds; `slopes` are its
    derivatives by the parameters in it, from which the error comes."""

    value: float
    error: float
    low: float
    high: float
    slopes: dict[str, Value]


class Estimates:
    """Parameters of a model, and how sure they are: all that intervals are made of.

    `covariance` is that of `names`; the other parameters are fixed, and have no error. `spread` is
    the residual standard deviation of a row of weight 1; `freedom` has the degrees of freedom of
    this estimate, and is infinite if it was not estimated.
    """

    def __init__(self, model: Model, loss: Loss, parameters: Mapping[str, float],
                 names: Sequence[str], covariance: Sequence[Sequence[float]],
                 spread: float = 1.0, freedom: float = math.inf):
        self.model, self.loss, self.parameters = model, loss, dict(parameters)
        self.covariance = [[*row] for row in covariance]
        self.residual_spread = spread
        self.errors = {name: math.sqrt(row[i])
                       for i, (name, row) in enumerate(zip(names, self.covariance, strict=True))}
        self._tails = min(freedom, AS_NORMAL)
        self._features = [name for name in model.symbols if name not in self.parameters]

    @cached_property
    def correlations(self) -> list[list[float]]:
        """The matrix of the errors' correlations, from -1 to 1, in the order of `errors`."""
        errors = [*self.errors.values()]
        return [[c / errors[i] / errors[j] if errors[i] and errors[j] else float(i == j)
                 for j, c in enumerate(row)] for i, row in enumerate(self.covariance)]

    def interval(self, name: str, confidence: float = 0.95) -> Interval:
        """The parameter, with bounds that hold the true one in this share of all cases: those of
        Student's distribution if the spread of the residuals was estimated too, else of the normal
        one. A DataError for an unknown name, or a confidence that is not between 0 and 1."""
        name = self._known(name)
        return self._interval(self.parameters[name], self.errors[name], confidence)

    def p_value(self, name: str) -> float:
        """How probable it is that chance alone takes the parameter as far from 0 as it is, or
        further, if the true one is 0.

            2 * P(T >= abs(parameter) / standard error)

        T follows the same distribution as for `interval`.

        Source: Student, "The probable error of a mean" (1908).
        """
        name = self._known(name)
        value, error = self.parameters[name], self.errors[name]
        if not error:
            return float(not value)
        t = abs(value / error)
        if self._tails == AS_NORMAL:
            return math.erfc(t / math.sqrt(2))
        return 2 * t_cdf(-min(t, 1e300), self._tails)

    def _repr_html_(self) -> str:
        rows = []
        for name, error in self.errors.items():
            value, _, low, high = self.interval(name)
            rows.append([name, f"{value:.6g}", f"{error:.2g}", f"{low:.5g}", f"{high:.5g}",
                         f"{self.p_value(name):.2g}"])
        head = ["parameter", "value", "standard error", "95% from", "to", "p-value"]
        return html_table(head, rows, self.model.text)

    def prediction(self, features: Mapping[str, float], confidence: float = 0.95,
                   single: bool = True, weight: float = 1.0) -> Interval:
        """The prediction for these features, with bounds for a single new row of this weight, or,
        if not `single`, for the mean of many.

            error**2 = g^T covariance g  (+ s**2/weight for a single row)

        where g are the slopes of the prediction by the parameters. The bounds of a probability are
        those of its log-odds, so that it stays between 0 and 1. A DataError for a single row if the
        loss is not squared, or where the prediction has no slope.
        """
        if single and not self.loss.is_square:
            raise DataError("no interval is known for a single row: ask for the mean, single=False")
        if not (is_finite_number(weight) and weight > 0):
            raise DataError(f"the weight of a new row must be above 0, not {short(weight)}")
        features = by_form(features)
        (value,) = self.model.predict(
            self.parameters, {name: [x] for name, x in features.items()})
        row = [float(features[name]) for name in self._features]
        if self.loss.takes_shares:
            odds, error = self._odds_at(row, value)
            _, _, low, high = self._interval(odds, error, confidence)
            steepness = float(STEEPNESS.at(odds=odds))
            return Interval(value, error * steepness, sigmoid(low), sigmoid(high))
        own = self.residual_spread / math.sqrt(weight) if single else 0.0
        error = self._error(self._sensitivity.slopes(row))
        return self._interval(value, math.hypot(error, own), confidence)

    def way_back(self, interval: Interval) -> Interval:
        """The interval for a column, from that for a formula of it: for y, if `log(y)` is the left
        side. The value is the median of y, not the mean; the bounds hold y as often as the given
        ones hold its formula. A DataError where there is no way back."""
        undone = back.inverse(self.model.actual)
        (slope,) = gradient(undone.formula, [back.Z])
        try:
            value, *ends = (undone.at(z) for z in (interval.value, interval.low, interval.high))
            error = interval.error * abs(float(slope.at(z=interval.value)))
        except DomainError as reason:
            raise DataError(f"there is no {undone.name} for these bounds: {reason}") from None
        low, high = sorted(ends)
        if not low <= value <= high:
            raise DataError(f"{undone.name} is not between the bounds that lead back to it")
        return Interval(value, error, low, high)

    def derived(self, formula: str | Value, confidence: float = 0.95) -> Derived:
        """The value of a formula of the parameters, and how sure it is.

            error = sqrt(J C J')

        J has the derivatives of the formula by the parameters, and C is their covariance: as if the
        formula were a straight line as far as the parameters may be off. A FormulaError for a name
        that is not a parameter, a DataError where there is no slope.

        Source: of the "delta method", C. F. Gauss, Theoria Combinationis Observationum (1823), 18.
        """
        known = {name: Value.symbol(name) for name in self.parameters}
        asked = parse(formula, known) if isinstance(formula, str) else formula
        names = [node.name for node in inputs_first(asked) if node.operation is None]
        for name in names:
            if name not in known:
                raise FormulaError(f"{name} in {asked} is not a parameter; there are "
                                   f"{', '.join(known)}")
        place = {name: self.parameters[name] for name in names}
        unsure = [name for name in self.errors if name in place]
        try:
            formulas = gradient(asked, [known[name] for name in unsure])
            slopes = dict(zip(unsure, formulas, strict=True))
            value = float(asked.at(**place))
            numbers = {name: _number(slope, place) for name, slope in slopes.items()}
            each = [numbers.get(name, 0.0) for name in self.errors]
            error = self._error(each, [*self.errors]) if unsure else 0.0
        except NO_ANSWER as reason:
            raise DataError(f"{asked} has no standard error there: {reason}") from None
        return Derived(*self._interval(value, error, confidence), slopes)

    def _known(self, name: str) -> str:
        name = form(name)
        if name in self.parameters and name not in self.errors:
            raise DataError(f"{name} was not estimated: it is fixed, or at its bound")
        if name not in self.errors:
            raise DataError(f"there is no parameter {name!r}; there are {', '.join(self.errors)}")
        return name

    def _odds_at(self, row: Sequence[float], chance: float) -> tuple[float, float]:
        """The log-odds of a probability, and their standard error: by their own formula, since near
        1 a float has no digits for the rest; else by the slopes of the probability.

            slope of the log-odds = slope of the probability / (chance * (1 - chance))
        """
        try:
            return self._odds.value(row), self._error(self._odds.slopes(row))
        except NO_ANSWER:
            steepness = chance * (1 - chance)
            if not steepness > 0:
                raise DataError(f"the probability is {chance:g}, which has no log-odds") from None
        error = self._error(self._sensitivity.slopes(row))
        return math.log(chance / (1 - chance)), error / steepness

    @cached_property
    def _sensitivity(self) -> Sensitivity:
        return Sensitivity(self.model, self.parameters, self._features)

    @cached_property
    def _odds(self) -> Sensitivity:
        """The log-odds of the prediction, simplified: for `sigmoid(z)`, however written, `z`."""
        chance = as_probability(self.model.prediction)
        if chance.operation is sigmoid:
            odds = chance.inputs[0]
        elif len(inputs_first(chance)) < LONGEST_CHANCE:
            odds = simplify(log(chance)) - simplify(log(simplify(1 - chance)))
        else:
            odds = log(chance) - log(1 - chance)
        return Sensitivity(self.model, self.parameters, self._features, odds)

    def _error(self, slopes: Sequence[float], names: Sequence[str] = ()) -> float:
        """sqrt(g^T C g), for slopes g by the parameters in `names`, or by all of them; in units of
        a power of 2 near the largest, whose square may be too large."""
        by_name = dict(zip(names or self.parameters, slopes, strict=True))
        g = [by_name[name] for name in self.errors]
        size = math.ldexp(1.0, math.frexp(max(map(abs, g), default=0.0))[1] - 1)
        g = [slope / size for slope in g]
        try:
            total = math.fsum(a * b * c for a, row in zip(g, self.covariance, strict=True)
                              for b, c in zip(g, row, strict=True))
        except OverflowError:
            raise DataError(TOO_FAR) from None
        return size * math.sqrt(max(0.0, total))

    def _interval(self, value: float, error: float, confidence: float) -> Interval:
        if not (is_finite_number(confidence) and 0 < confidence < 1):
            raise DataError(f"the confidence must be between 0 and 1, not {confidence!r:.40}")
        reach = t_quantile((1 + confidence) / 2, self._tails) * error
        if not math.isfinite(2 * reach):
            raise DataError(TOO_FAR)
        return Interval(value, error, value - reach, value + reach)


class Uncertainty(Estimates):
    """How sure the parameters of a trained model are, by the bowl at the bottom.

    It has `parameters`, and by name the standard `errors` of those that were estimated; `freedom`;
    `residual_spread`, the residual standard deviation s in the target's unit, which the squared
    loss has. Where the trainer came to the exact bottom, `exact_errors` and `exact_spread` are the
    same as Decimals, of which more than 15 digits are right.

    With a `known_spread` the weights are 1/sigma**2, where sigma is the known standard deviation of
    the target in that row. Then s is 1 and is not estimated, and the sum of squares is
    `chi_squared`, which should be about `freedom`.

    A DataError says why there are no standard errors, if there are none.

    Source: N. R. Draper and H. Smith, Applied Regression Analysis; NIST/SEMATECH e-Handbook of
    Statistical Methods, 4.4.3; of the information, B. Efron and D. V. Hinkley, "Assessing the
    accuracy of the maximum likelihood estimator: observed versus expected Fisher information"
    (1978).
    """

    def __init__(self, trainer: Trainer, known_spread: bool = False):
        surface, known = trainer.surface, held(trainer)
        names = [name for name in surface.parameters if name not in known]
        self.freedom = len(surface.rows) - len(names)
        likelihood = trainer.loss.likelihood
        if likelihood is None or likelihood.scale is None:
            others = [n for n, x in LOSSES.items() if x.likelihood and x.likelihood.scale]
            raise DataError(
                f"standard errors are known for {', '.join(others)}; not for {trainer.loss}")
        if known_spread and not trainer.loss.is_square:
            raise DataError(f"a known spread is for the squared loss, not for {trainer.loss}")
        if surface.ridge:
            raise DataError(
                "a ridge pulls the parameters away from where the data put them, and no standard "
                "error says how far; train without it")
        if self.freedom < (0 if known_spread else 1):
            raise DataError(
                f"{len(surface.rows)} rows say nothing of the uncertainty of {len(names)} "
                "parameters: more rows than parameters are needed")
        if not trainer.at_the_bottom:
            raise DataError(_too_many(trainer) or (
                "standard errors hold at a lowest point, and the walk did not come to one"))
        loss, bends = _information(trainer)
        if trainer.loss.is_square and not is_quadratic(surface):
            _check_slopes(trainer, bends)
        kept = [i for i, name in enumerate(surface.parameters) if name in names]
        bends = [[bends[i][j] for j in kept] for i in kept]
        with localcontext(prec=CARRIED_DIGITS):
            scale = 2 if known_spread else likelihood.scale(loss, self.freedom)
            covariance = [[scale * c for c in row] for row in _inverse(bends, names)]
            self.exact_spread = _root(loss / self.freedom) if not known_spread else as_decimal(1)
            self.exact_errors = {name: _root(covariance[i][i]) for i, name in enumerate(names)}
        if not all(math.isfinite(float(error)) for error in self.exact_errors.values()):
            raise DataError("the standard errors are too large for a float: scale the columns")
        self.chi_squared = float(loss) if known_spread else None
        self.has_spread = likelihood.has_spread and not known_spread
        model = Model(trainer.model.text, trainer.model.reading) if known else trainer.model
        super().__init__(
            model, trainer.loss, {**known, **trainer.parameters}, names,
            [[_float(c) for c in row] for row in covariance], float(self.exact_spread),
            self.freedom if self.has_spread else math.inf)
        self.errors = {name: float(error) for name, error in self.exact_errors.items()}


def _float(number: Any) -> float:
    """The number as a float; infinity if it is too large for one, as the variance of 1e160 is."""
    try:
        return float(number)
    except OverflowError:  # of a Fraction
        return math.inf if number > 0 else -math.inf


def _information(trainer: Trainer) -> tuple[Any, list[list[Any]]]:
    """The loss, and the matrix of its bends, summed up over all rows."""
    if trainer.bottom:
        return trainer.bottom.total_loss, trainer.bottom.bends
    return trainer.surface.information([*trainer.parameters.values()])


def _check_slopes(trainer: Trainer, bends: Sequence[Sequence[Any]]) -> None:
    """Refuse a place at which the prediction has no slope by a parameter, though the loss bends
    with it, as at a = 0 in `a**2*x`: error bars take the prediction for a straight line."""
    surface = trainer.surface
    try:
        _, _, whole = surface.bend([*trainer.parameters.values()])
    except DomainError:
        return
    for i, name in enumerate(surface.parameters):
        if float(bends[i][i]) < FLAT * surface.weight * whole[i][i]:
            raise DataError(f"the prediction has no slope by {name} at this place, and error bars "
                            "are made of these slopes")


def _too_many(trainer: Trainer) -> str:
    """What to say if a parameter is superfluous, else "": at random places it changes nothing, or
    only what others can change. (At the place where the walk got stuck that would say little.)"""
    model, names = trainer.model, [*trainer.parameters]
    features = model.features(trainer.table.names)
    columns = finite_columns(trainer.table, *features)
    rows = [*zip(*columns, strict=True)][:ROWS] if features else [()]
    dice = Random(0)
    idle, told_apart = {*names}, False
    for _ in range(PLACES):
        place = {name: dice.uniform(0.1, 1) for name in names}
        try:
            there = Sensitivity(model, place, features)
            slopes = [*zip(*(there.slopes(row) for row in rows), strict=True)]
        except (DataError, DomainError):
            return ""
        sizes = [math.hypot(*column) for column in slopes]
        if not all(map(math.isfinite, sizes)):
            return ""
        idle &= {name for name, size in zip(names, sizes, strict=True) if not size}
        unit = [[x / size for x in column] for column, size in zip(slopes, sizes, strict=True)
                if size]
        told_apart |= all(_is_apart(unit[:i], unit[i]) for i in range(len(unit)))
    for name in names:
        if name in idle:
            return f"{name} does not matter for these data: leave it out"
    return "" if told_apart else _cannot_tell(names)


def _is_apart(others: Sequence[Sequence[float]], column: Sequence[float]) -> bool:
    """Whether a column of length 1 is not a combination of the others."""
    shares = least_squares(others, column)
    left = [x - math.fsum(s * other[i] for s, other in zip(shares, others, strict=True))
            for i, x in enumerate(column)]
    return math.hypot(*left) > 1e-9


def _cannot_tell(names: Sequence[str]) -> str:
    return f"the data cannot tell the parameters {', '.join(names)} apart: leave one out"


def _number(slope: Value, place: Mapping[str, float]) -> float:
    """The slope at a place, which may have more names than the slope."""
    number = slope.at(**place)
    if not math.isfinite(number):
        raise DomainError(f"the slope {slope} is {number}")
    return float(number)


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
        raise DataError(_cannot_tell(names)) from None
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
