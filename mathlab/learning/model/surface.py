"""The loss surface: for every setting of the parameters, how high the loss is, and how steep.

A model has its levers, the parameters; the data are what they are. So the mean loss over all rows
is a function of the parameters alone:

    height(parameters) = mean over rows of loss(actual, prediction(parameters, features))

Training is a walk on this surface, downhill. All it ever asks is: how high is it here, and which
way is down? The second question is the derivative's, and there are several ways to get it.

>>> from mathlab.learning.model.model import line
>>> from mathlab.learning.data.table import Table
>>> table = Table({"x": [1.0, 2.0, 3.0], "y": [2.0, 4.0, 6.0]})
>>> for method in METHODS:
...     height, slopes = LossSurface(line("x", "y"), table, method=method).look([1.0, 0.0])
...     print(f"{method:<9}  height {height:.3f}  slopes {slopes[0]:.3f} {slopes[1]:.3f}")
numeric    height 4.667  slopes -9.333 -4.000
backward   height 4.667  slopes -9.333 -4.000
compiled   height 4.667  slopes -9.333 -4.000
collapsed  height 4.667  slopes -9.333 -4.000
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import starmap
from typing import Any

from mathlab.calculus import numeric
from mathlab.calculus.algebra.polynomial import coefficients
from mathlab.calculus.code.compile import Compiled, compile_formula
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.calculus.graph.value import Value, as_value, total
from mathlab.errors import DataError, DomainError, FormulaError
from mathlab.learning.data.table import Table, finite_columns
from mathlab.learning.model.loss import log_loss, squared
from mathlab.learning.model.model import Model, named_constants
from mathlab.learning.model.row_loss import Loss, row_loss, unpacked
from mathlab.learning.model.weights import check_yes_or_no, costs, counting

BLOCK = 256  # rows
NUDGE = 1e-5  # of a parameter: the cube root of rounding, for a central difference
NO_ANSWER = (ArithmeticError, ValueError, TypeError)  # TypeError: (-8)**0.5 is complex there


class LossSurface:
    """The mean loss of a model over a table, as a function of the parameters.

    `parameters` are the names, in the order in which positions on the surface list their numbers;
    `row` is the loss of one row, with its formulas; `rows` are the numbers of its columns, and
    `weight` is how much they count together: each one 1, if there are no weights. `evaluations`
    counts how often the loss of the whole table has been worked out.

    `weights` names a column that says how much each row counts; one of weight 0 is left out, and
    need not have a value. A `ridge` keeps parameters small: it adds `ridge * parameter**2` for
    every parameter, or for those that a dict names.

    Raises: DataError if a column is missing, or is not all finite numbers, or has under two rows,
    if a weight is below 0, or if the target of a log loss is not from 0 to 1; FormulaError for an
    unknown method, no parameters, a parameter that looks like a column, a ridge that is none, or a
    loss that the method cannot collapse.

    Source: of the ridge, A. E. Hoerl and R. W. Kennard, "Ridge regression" (1970).
    """

    def __init__(
        self,
        model: Model,
        table: Table,
        loss: Loss = squared,
        method: str = "compiled",
        weights: str = "",
        ridge: float | Mapping[str, float] = 0.0,
    ):
        if not isinstance(method, str) or method not in METHODS:
            raise FormulaError(f"there is no method {method!r}; choose from {', '.join(METHODS)}")
        for constant in named_constants(model):
            if constant in table.names:
                raise FormulaError(
                    f"{constant} in {model} is a number that everybody knows; give the column "
                    f"{constant!r} another name"
                )
        features = model.features(table.names)
        self.parameters = model.parameters(table.names)
        if not self.parameters:
            raise FormulaError(f"{model} has no parameters to train: every name in it is a column")
        for name in self.parameters:
            unused = set(table.names) - set(features) - {*model.observed}
            if near := get_close_matches(name, unused, 1, cutoff=0.9):
                raise FormulaError(
                    f"{name!r} in {model} is no column, and would be a parameter; "
                    f"write {near[0]} for the column, or give the parameter another name"
                )
        self.model = model
        self.method = method
        if weights:
            table = counting(table, weights)
        self.ridge = costs(ridge, self.parameters)
        self.row = row_loss(model, loss, features, weights, self.ridge)
        columns = finite_columns(table, *(column.name for column in self.row.columns))
        if loss is log_loss:
            check_yes_or_no(model, table)
        self._weights = weights
        self.take_rows(list(zip(*columns, strict=True)))
        self.evaluations = 0

        if method == "collapsed":
            self._folded = self._fold()

    def take_rows(self, rows: list[tuple[float, ...]]) -> None:
        """From now on, this is the surface of these rows."""
        self.rows = rows
        self._blocks = [rows[i : i + BLOCK] for i in range(0, len(rows), BLOCK)]
        if self._weights:
            place = [column.name for column in self.row.columns].index(self._weights)
            self.weight = sum(row[place] for row in rows)
            if not self.weight < math.inf:
                raise DataError("the weights are too large for a float: make all of them smaller")
        else:
            self.weight = float(len(rows))

    def _fold(self) -> Compiled:
        """The mean loss and its slopes, with all rows folded into the coefficients."""
        try:
            terms = coefficients(self.row.formula, self.row.levers)
        except FormulaError as error:
            raise FormulaError(
                "only a loss that is a polynomial in its parameters can be collapsed: "
                f"{error}; choose another method"
            ) from None
        self.evaluations += 1
        of_row = [compile_formula(term, self.row.columns) for term in terms.values()]
        try:
            sums = [_sum([*starmap(coefficient, self.rows)]) for coefficient in of_row]
        except NO_ANSWER as error:
            if not isinstance(error, OverflowError):
                self._in_words([0.0] * len(self.parameters), with_slopes=False)
            sums = [math.inf]
        if not all(map(math.isfinite, sums)):
            raise DataError("the data are too large to be collapsed: scale the columns")
        levers = self.row.levers
        mean = total(
            [
                number / self.weight * math.prod(map(pow, levers, powers), start=as_value(1))
                for number, powers in zip(sums, terms, strict=True)
            ]
        )
        return compile_formula([mean, *swept_gradient(mean, levers)], levers)

    def height(self, position: Sequence[float]) -> float:
        """The mean loss at these parameters; infinity where it is too large for a float.

        It goes through all rows, whatever the method; with "collapsed" `look` is quicker.

        Raises: DomainError where it has no value; DataError as `look`.
        """
        self._check(position)
        self.evaluations += 1
        try:
            (height,) = self._means(self.row.sum_loss, position)
        except NO_ANSWER:
            height, _ = self._in_words(position, with_slopes=False)
        return height

    def look(self, position: Sequence[float]) -> tuple[float, list[float]]:
        """The height here, and the slope along each parameter, by the surface's method.

        Raises: DomainError where the loss has no value or no slope; DataError unless the position
        has a number for each parameter.
        """
        self._check(position)
        try:
            return METHODS[self.method](self, position)
        except DomainError:
            raise
        except NO_ANSWER:
            return self._in_words(position)

    def bend(
        self, position: Sequence[float], gauss_newton: bool = False
    ) -> tuple[float, list[float], list[list[float]]]:
        """The height, the slopes, and how the slopes change: row i, column j of the matrix is the
        second derivative by parameters i and j. All come from one loop over the rows, whatever the
        surface's method is.

        With `gauss_newton` the matrix leaves out what bends the prediction itself. It is quicker,
        and where the loss is convex in the prediction this surface never bends down; where the
        residuals are small it is nearly the same. Where no formula has an answer, as for the slope
        of 0**x, the matrix is found by nudges, and is the full one.

        Raises: DomainError where one of them has no value; DataError as `look`.

        >>> from mathlab.learning.model.model import line
        >>> from mathlab.learning.data.table import Table
        >>> table = Table({"x": [1.0, 2.0, 3.0], "y": [2.0, 4.0, 6.0]})
        >>> LossSurface(line("x", "y"), table).bend([2.0, 0.0])
        (0.0, [0.0, 0.0], [[9.333333333333334, 4.0], [4.0, 2.0]])
        """
        self._check(position)
        self.evaluations += 1
        sums = self.row.sum_gauss_newton if gauss_newton else self.row.sum_bends
        try:
            return unpacked(self._means(sums, position), len(position))
        except NO_ANSWER:
            height, slopes = self._in_words(position)
            if height == math.inf:
                return height, slopes, [[math.nan] * len(position) for _ in position]
            return height, slopes, self._nudged_bends(position)

    def named(self, position: Sequence[float]) -> dict[str, float]:
        """The position, by the names of the parameters."""
        return dict(zip(self.parameters, position, strict=True))

    def _check(self, position: Sequence[float]) -> None:
        if len(position) != len(self.parameters):
            names = ", ".join(self.parameters)
            raise DataError(f"{len(position)} numbers are no place: give one for each of {names}")

    def _means(self, sums: Compiled, position: Sequence[float]) -> list[float]:
        """The means over all rows. Sums of short blocks, added up exactly, lose next to nothing;
        in one long sum of thousands of rows the last three digits would be rounding."""
        blocks = [sums(block, *position) for block in self._blocks]
        return [_sum(numbers) / self.weight for numbers in zip(*blocks, strict=True)]

    def _in_words(
        self, position: Sequence[float], with_slopes: bool = True
    ) -> tuple[float, list[float]]:
        """Height and slopes where the quick ways have no answer: an operation on Values knows its
        exceptions, such as the slope of 0**b, and says in words what is wrong."""
        self.evaluations += 1
        rows = [[as_value(x) for x in row] for row in self.rows]
        return self._in_values(position, rows, with_slopes)

    def _nudged_bends(self, position: Sequence[float]) -> list[list[float]]:
        """How the slopes change from nudge to nudge, where no formula can say."""
        rows = []
        try:
            for i, p in enumerate(position):
                nudge = NUDGE * (abs(p) or 1.0)
                ends = [[*position[:i], p + sign * nudge, *position[i + 1 :]] for sign in (1, -1)]
                ahead, behind = (self._in_words(end)[1] for end in ends)
                rows.append([(a - b) / (2 * nudge) for a, b in zip(ahead, behind, strict=True)])
        except DomainError as error:
            raise DomainError(f"the loss has no second derivative there: {error}") from None
        return [[(a + b) / 2 for a, b in zip(*pair, strict=True)]
                for pair in zip(rows, zip(*rows, strict=True), strict=True)]  # fmt: skip

    def _in_values(
        self, position: Sequence[float], rows: Iterable[Sequence[Any]], with_slopes: bool = True
    ) -> tuple[float, list[float]]:
        """The loss of the whole table as one graph of Values, swept once."""
        levers = [Value(p) for p in position]
        try:
            losses = total([self.row.of_row(*levers, *row) for row in rows])
            mean = as_value(losses / self.weight)
            if with_slopes:
                mean.backward()
        except DomainError as error:
            if isinstance(error.__context__, OverflowError):  # a number outgrew the floats
                return math.inf, [math.nan] * len(position)
            raise
        return float(mean.data), [lever.grad for lever in levers]


def _numeric(surface: LossSurface, position: Sequence[float]) -> tuple[float, list[float]]:
    """Nudge one parameter at a time, and work out the whole loss anew each time."""

    def along(i: int) -> float:
        def nudged(p: float) -> float:
            return surface.height([*position[:i], p, *position[i + 1 :]])

        # The widest nudge is wide, since noise fades with its width, even at 0.
        scale = max(1.0, abs(position[i])) / 2
        slope = numeric.derivative(nudged, position[i], scale)
        if not slope.error <= abs(slope.value) / 10:
            # Not sure of one digit. At a kink the mean of both slopes will do; at the edge of the
            # domain one of these raises, and says why; where floats end, one of these is inf.
            nearby = [nudged(position[i] + nudge) for nudge in (-scale * 1e-6, scale * 1e-6)]
            if math.isnan(slope.value) and all(map(math.isfinite, nearby)):
                raise DomainError(f"the loss has no slope there: {slope.reason}")
        return slope.value

    height = surface.height(position)
    if not math.isfinite(height):
        return height, [math.nan] * len(position)
    return height, [along(i) for i in range(len(position))]


def _backward(surface: LossSurface, position: Sequence[float]) -> tuple[float, list[float]]:
    """Build the loss of the whole table as one graph of Values, and sweep it once."""
    surface.evaluations += 1
    return surface._in_values(position, surface.rows)


def _compiled(surface: LossSurface, position: Sequence[float]) -> tuple[float, list[float]]:
    """Run the formulas of one row's loss and slopes over all rows, and take the means."""
    surface.evaluations += 1
    height, *slopes = surface._means(surface.row.sum_slopes, position)
    return height, slopes


def _collapsed(surface: LossSurface, position: Sequence[float]) -> tuple[float, list[float]]:
    """Run the polynomial into which all rows have been folded, once: it has as few terms for ten
    rows as for ten million."""
    height, *slopes = surface._folded(*position)
    if math.isnan(height) and all(map(math.isfinite, position)):
        height = math.inf  # there were infinities of both signs
    return height, slopes


def _sum(numbers: Iterable[float]) -> float:
    """The sum, rounded only once; nan if there are infinities of both signs.

    Raises: OverflowError, or TypeError if one of the numbers is complex.
    """
    try:
        return math.fsum(numbers)
    except ValueError:  # inf - inf
        return math.nan


METHODS = {
    "numeric": _numeric,
    "backward": _backward,
    "compiled": _compiled,
    "collapsed": _collapsed,
}
