"""The loss surface: for every setting of the parameters, how high the loss is, and how steep.

On the page: `loss.backward()`, one of four ways here to find out how steep it is.

A model has levers, its parameters; the data do not change. So the mean loss over all rows is a
function of the parameters alone:

    height(parameters) = mean over rows of loss(actual, prediction(parameters, features))

Training is a walk on this surface, downhill. It asks: how high is it here, and which way is down?
The derivative answers the second question. `METHODS`, at the end of the chapter, has four ways to
find it; "backward" is the page's. Read `Surface.look` and `Surface.in_values` first, then
`LossSurface`; the rest is edge cases.

>>> model = Model("y = slope*x + intercept")
>>> table = Table({"x": [1.0, 2.0, 3.0], "y": [2.0, 4.0, 6.0]})
>>> for method in METHODS:
...     height, slopes = LossSurface(model, table, method=method).look([1.0, 0.0])
...     print(f"{method:<9}  height {height:.3f}  slopes {slopes[0]:.3f} {slopes[1]:.3f}")
numeric    height 4.667  slopes -9.333 -4.000
backward   height 4.667  slopes -9.333 -4.000
compiled   height 4.667  slopes -9.333 -4.000
collapsed  height 4.667  slopes -9.333 -4.000
"""

import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import starmap
from typing import Any, Self

from mathlab.calculus import numeric
from mathlab.calculus.algebra.polynomial import coefficients
from mathlab.calculus.code.compile import Compiled, compile_formula
from mathlab.calculus.graph.operations import (
    ARITHMETIC,
    absolute,
    cbrt,
    constant,
    divide,
    multiply,
    negate,
    power,
    sin,
    sqrt,
    tan,
    tanh,
)
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.calculus.graph.value import Value, as_value, total
from mathlab.calculus.numbers.evaluate import evaluate
from mathlab.errors import DataError, DomainError, FormulaError
from mathlab.learning.data.table import Table, finite_columns
from mathlab.learning.model.loss import Loss, as_loss, as_probability, squared
from mathlab.learning.model.model import Model, trainable
from mathlab.learning.model.row_loss import RowLoss, RowSums, row_loss, unpacked
from mathlab.learning.model.weights import check_shares, costs, counting
from mathlab.names import form

BLOCK = 256  # rows: short enough to lose next to nothing, long enough to be quick
PERFECT = 1e-10  # of the target's range: smaller residuals count as 0
ROUNDING = 1e-15  # of the target's size
CERTAIN = 1e-15  # a log loss as low as this: every row is certain, and the parameters would grow on
NUDGE = 1e-5  # of a parameter: the cube root of rounding, for a central difference
# Operations whose result is 0 if their first input is, or, for a product, any factor.
KEEP_0 = {multiply, divide, power, negate, sqrt, cbrt, absolute, sin, tan, tanh}
NO_ANSWER = (ArithmeticError, ValueError, TypeError)  # TypeError: (-8)**0.5 is complex there

Numbers = tuple[float, ...]  # in a row
Look = tuple[float, list[float]]  # the height, and the slope along each parameter


class Surface:
    """The mean of a formula over rows, as a function of its parameters: what optimizers walk on.

    Most optimizers ask for `look` alone, second-order ones for `bend`; the search for a start, or
    for a valley without a bottom, asks for `height`; mini-batches for `method`, `rows`, `over` and
    `take_rows`; errors for `named`, and for the words below. `parameters` are the names, in the
    order of a position's numbers; `derivatives`, how many exist everywhere: 0 with kinks.

    `method` is how slopes are found, one of `METHODS`; `evaluations` counts how often the formula
    has been worked out for all rows. `row` has the formula of one row, and the sums over rows.
    """

    derivatives = 2
    called = "formula"  # in errors; then advice, where it is infinite, or has no bottom
    where_infinite = "start elsewhere"
    where_it_grows = "take smaller steps"
    row: RowSums

    def __init__(self, parameters: Sequence[str], rows: Sequence[Numbers], method: str):
        if not isinstance(method, str) or method not in METHODS:
            raise FormulaError(f"there is no method {method!r}; choose from {', '.join(METHODS)}")
        self.parameters = list(parameters)
        self.method, self.evaluations = method, 0
        self.take_rows(rows)

    def take_rows(self, rows: Sequence[Numbers]) -> None:
        """From now on, this is the surface of these rows; `weight` is how much they count."""
        self.rows, self.weight = rows, float(len(rows))

    @property
    def parts(self) -> list[tuple[RowSums, Sequence[Numbers]]]:
        """Pairs of functions that add up rows, and these rows."""
        return [(self.row, self.rows)]

    def over(self, rows: Sequence[Numbers]) -> Self:
        """The same surface for other rows, with its own count of `evaluations`."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)  # the formulas are shared
        other.evaluations = 0
        other.take_rows(rows)
        return other

    def height(self, position: Sequence[float]) -> float:
        """The mean over all rows at these parameters; infinity if it is too large for a float."""
        self._check(position)
        if self.method == "backward":
            return self.in_values(position, with_slopes=False)[0]
        self.evaluations += 1
        try:
            return self.means("sum_loss", position)[0]
        except NO_ANSWER:
            return self.in_values(position, with_slopes=False)[0]

    def look(self, position: Sequence[float]) -> Look:
        """The height here, and the slope along each parameter, by the surface's method; a
        DomainError where there is none, a DataError unless there is a number for each parameter."""
        self._check(position)
        try:
            return METHODS[self.method](self, position)
        except DomainError:
            raise
        except NO_ANSWER:
            pass  # asked below: `in_values` looks at which error its own follows from
        return self.in_values(position)

    def bend(self, position: Sequence[float],
             gauss_newton: bool = False) -> tuple[float, list[float], list[list[float]]]:
        """The height, the slopes, and how the slopes change: row i, column j of the matrix is the
        second derivative by parameters i and j, or, with `gauss_newton`, that of `RowLoss`. All
        come from formulas, whatever the method is. Where these have no answer, as for the slope of
        0**x, nudges find the second derivatives."""
        self._check(position)
        self.evaluations += 1
        sums = "sum_gauss_newton" if gauss_newton else "sum_bends"
        try:
            return unpacked(self.means(sums, position), len(position))
        except NO_ANSWER:
            pass  # see `look`
        height, slopes = self.in_values(position)
        if height == math.inf:
            return height, slopes, [[math.nan] * len(position) for _ in position]
        return height, slopes, self._nudged_bends(position)

    def least(self, first: float) -> float:
        """How low a walk from height `first` need go: below, a sum of squares is only rounding."""
        return sys.float_info.epsilon**2 * abs(first)

    def is_perfect(self, height: float, first: float = 0.0) -> bool:
        """Whether a loss of this height, after a walk from height `first`, is only rounding, with
        nothing left to explain. (Formulas in general have no such height.)"""
        return False

    def named(self, position: Sequence[float]) -> dict[str, float]:
        """The position, by the names of the parameters."""
        return dict(zip(self.parameters, position, strict=True))

    @cached_property
    def of_row(self) -> Callable[[Sequence[Any]], Any]:
        """The formula as a function of one list: parameters, then a row; they may be Values."""
        function = as_function([self.row.formula], [*self.row.levers, *self.row.columns])
        return lambda numbers: function(numbers)[0]

    @property
    def of_rows(self) -> list[tuple[Callable[[Sequence[Any]], Any], Sequence[Numbers]]]:
        """Pairs of such a function, and the rows that it is for."""
        return [(self.of_row, self.rows)]

    def _check(self, position: Sequence[float]) -> None:
        if len(position) != len(self.parameters):
            names = ", ".join(self.parameters)
            raise DataError(f"a place is not {len(position)} numbers: give one for each of {names}")

    def means(self, sums: str, position: Sequence[float]) -> list[float]:
        """The means over all rows of one of the `sums` of `RowSums`. Sums of short blocks, added up
        exactly, lose next to nothing; in one long sum of thousands of rows the last three digits
        would be rounding."""
        blocks = [getattr(row, sums)(rows[i:i + BLOCK], *position)
                  for row, rows in self.parts for i in range(0, len(rows), BLOCK)]
        return [_sum(numbers) / self.weight for numbers in zip(*blocks, strict=True)]

    def in_values(self, position: Sequence[float], with_slopes: bool = True) -> Look:
        """The page's way: the mean over all rows as one graph of Values, swept once. It is slow,
        but each operation on Values knows its exceptions, such as the slope of 0**b, and where it
        has no answer says why."""
        self.evaluations += 1
        levers = [Value(p) for p in position]
        try:
            losses = [of_row([*levers, *row]) for of_row, rows in self.of_rows for row in rows]
            mean = as_value(sum(losses) / self.weight)
            if with_slopes:
                mean.backward()
        except DomainError as error:
            if isinstance(error.__context__, OverflowError):  # a number outgrew the floats
                return math.inf, [math.nan] * len(position)
            raise
        return float(mean.data), [lever.grad for lever in levers]

    def _nudged_bends(self, position: Sequence[float]) -> list[list[float]]:
        """The second derivatives, from the slopes at nearby places."""
        rows = []
        try:
            for i, p in enumerate(position):
                nudge = NUDGE * (abs(p) or 1.0)
                ends = [[*position[:i], p + sign * nudge, *position[i + 1 :]] for sign in (1, -1)]
                ahead, behind = (self.in_values(end)[1] for end in ends)
                rows.append([(a - b) / (2 * nudge) for a, b in zip(ahead, behind, strict=True)])
        except DomainError as error:
            reason = f"the {self.called} has no second derivative there: {error}"
            raise DomainError(reason) from None
        return [[(a + b) / 2 for a, b in zip(*pair, strict=True)]
                for pair in zip(rows, zip(*rows, strict=True), strict=True)]

    @cached_property
    def folded(self) -> Compiled:
        """The mean and its slopes, with all rows folded into the coefficients of a polynomial."""
        levers, mean = self.row.levers, self.polynomial
        return compile_formula([mean, *swept_gradient(mean, levers)], levers)

    @cached_property
    def polynomial(self) -> Value:
        """The mean as a formula of the parameters alone: all rows are folded into its coefficients.

        Raises: FormulaError if the loss is not a polynomial in its parameters; DataError for data
        that are too large.
        """
        try:
            terms = coefficients(self.row.formula, self.row.levers)
        except FormulaError as error:
            raise FormulaError(
                "only a loss that is a polynomial in its parameters can be collapsed: "
                f"{error}; choose another method") from None
        self.evaluations += 1
        of_row = [compile_formula(term, self.row.columns) for term in terms.values()]
        try:
            sums = [_sum([*starmap(coefficient, self.rows)]) for coefficient in of_row]
        except NO_ANSWER:
            self.in_values([0.0] * len(self.parameters), with_slopes=False)  # says why
            sums = [math.inf]
        if not all(map(math.isfinite, sums)):
            raise DataError("the data are too large to be collapsed: scale the columns")
        levers = self.row.levers
        mean: Value = total([
            number / self.weight * math.prod(map(pow, levers, powers), start=as_value(1))
            for number, powers in zip(sums, terms, strict=True)])
        return mean


class LossSurface(Surface):
    """The mean loss of a model over a table, as a function of the parameters.

    `weights` names a column that says how much each row counts; one of weight 0 is left out, and
    need not have a value. A `ridge` keeps parameters small: it adds `ridge * parameter**2` for
    every parameter, or for those that a dict names. `table` has the rows that count, and `weight`
    is how much they count together.

    Raises: DataError for columns, weights or a target that cannot be used; FormulaError for an
    unknown method, no parameters, a parameter that looks like a column, a ridge below 0, or a loss
    that cannot be collapsed.

    Source: of the ridge, A. E. Hoerl and R. W. Kennard, "Ridge regression" (1970).
    """

    called = "loss"
    where_infinite = "start elsewhere, or scale the columns"
    where_it_grows = "scale the features"
    _groups: list[tuple[tuple[str, ...], Sequence[Numbers]]] | None = None

    def __init__(self, model: Model, table: Table, loss: Loss | Any = squared,
                 method: str = "compiled", weights: str = "",
                 ridge: float | Mapping[str, float] = 0.0):
        parameters = trainable(model, table)
        self.model, self.loss = model, as_loss(loss)
        self.table = counting(table, weights) if weights else table
        self.weights = weights = form(weights)
        self.ridge = costs(ridge, parameters) if ridge != 0 else ()
        names = [*model.features(table.names), *model.observed, weights]
        self.columns = [*dict.fromkeys(filter(None, names))]
        if self.loss.takes_shares:
            check_shares(model, self.table, self.loss)
        rows = zip(*finite_columns(self.table, *self.columns), strict=True)
        super().__init__(parameters, list(rows), method)
        if method != "backward":  # a name that cannot stand in Python code is refused here
            _ = self.folded if method == "collapsed" else self.row.sum_loss

    @cached_property
    def row(self) -> RowLoss:  # type: ignore[override]
        """The loss of one row, with its formulas."""
        features = self.model.features(self.table.names)
        return row_loss(self.model, self.loss, features, self.weights, self.ridge)

    def check_size(self) -> None:
        """Refuse a target whose loss leaves the floats, as the square of 1e-170 does, or of 1e170.

        Raises: DataError, which says how to write it.
        """
        if self.loss.takes_shares or not self.loss.derivatives:  # else a loss may be flat at 0
            return
        size, target = max(map(abs, self._ends_of_target)), self.model.target
        try:
            small, large = (abs(self.loss(residual, 0.0)) for residual in (size / 1000, size))
        except OverflowError:
            small = large = math.inf
        except NO_ANSWER:  # a loss of its own, that takes no predicted 0
            return
        if not size or (small > sys.float_info.min and large < math.inf):
            return
        raise DataError(
            f"{target} has numbers of {size:.2g}, and floats have no room for {self.loss} of "
            f"these: write {target}/{size:.0e} on the left side of the model")

    @property
    def derivatives(self) -> int:  # type: ignore[override]
        """How many derivatives the loss has everywhere."""
        return self.loss.derivatives

    def take_rows(self, rows: Sequence[Numbers]) -> None:
        """From now on, this is the surface of these rows; `weight` is how much they count."""
        super().take_rows(rows)
        if self.weights:
            place = self.columns.index(self.weights)
            self.weight = sum(row[place] for row in rows)
        self._groups = None

    @property
    def groups(self) -> list[tuple[tuple[str, ...], Sequence[Numbers]]]:
        """Pairs of the features that are 0, if that matters, and the rows where they are. Where x
        is 0, `(x/scale)**power` is 0 for every scale, and its slope would be 0 times infinity: such
        rows have a formula with the 0 put in."""
        if self._groups is None:
            model, features = self.model, self.model.features(self.table.names)
            levers = [model.symbols[name] for name in self.parameters]
            self._groups = [((), self.rows)]
            if has_edges(model.prediction, levers, features):
                places = [(self.columns.index(name), name) for name in features]
                found: dict[tuple[str, ...], list[Numbers]] = {}
                for row in self.rows:
                    zeros = tuple(name for place, name in places if not row[place])
                    found.setdefault(zeros, []).append(row)
                self._groups = [(zeros if has_edges(model.prediction, levers, zeros) else (), rows)
                                for zeros, rows in found.items()]
        return self._groups

    @property
    def parts(self) -> list[tuple[RowSums, Sequence[Numbers]]]:
        """Pairs of functions that add up rows, and these rows."""
        return [(self.row.at_zeros(zeros), rows) for zeros, rows in self.groups]

    @property
    def of_rows(self) -> list[tuple[Callable[[Sequence[Any]], Any], Sequence[Numbers]]]:
        """Pairs of the loss of a row, as by `of_row`, and the rows that it is for."""
        return [(self._of_row(self.row.at_zeros(zeros).prediction) if zeros else self.of_row, rows)
                for zeros, rows in self.groups]

    @cached_property
    def of_row(self) -> Callable[[Sequence[Any]], Any]:
        """The loss of one row in the page's way: a function of numbers that may be Values."""
        prediction = self.model.prediction
        return self._of_row(as_probability(prediction) if self.loss.takes_shares else prediction)

    def _of_row(self, prediction: Value) -> Callable[[Sequence[Any]], Any]:
        names, symbols = [*self.parameters, *self.columns], self.model.symbols
        small = [self.model.replaced.get(name, symbols[name]) for name, _ in self.ridge]
        all_of_them = as_function([self.model.actual, prediction, *small],
                                  [*map(Value.symbol, names)])

        def of_row(numbers: Sequence[Any]) -> Any:
            actual, predicted, *parameters = all_of_them(numbers)
            loss = self.loss(actual, predicted)
            for (_, cost), parameter in zip(self.ridge, parameters, strict=True):
                loss = loss + cost * parameter**2
            return numbers[names.index(self.weights)] * loss if self.weights else loss

        return of_row

    def information(self, position: Sequence[float]) -> tuple[float, list[list[float]]]:
        """The loss and its bends, summed up over all rows; the inverse of the bends says how sure
        the parameters are. They are second derivatives, R. A. Fisher's observed information; for
        the squared loss those of Gauss and Newton, as in textbooks."""
        loss, _, bends = self.bend(position, gauss_newton=self.loss.is_square)
        return loss * self.weight, [[b * self.weight for b in row] for row in bends]

    def loss_of_the_mean(self) -> float:
        """The loss if the mean of the target were predicted for each row; infinity if it
        has no value there."""
        actual, weights = self.model.actual_numbers(self.table), self.roots_of_weights()
        counts = [root * root for root in weights] or [1.0] * len(actual)
        mean = math.fsum(map(float.__mul__, counts, actual)) / math.fsum(counts)
        try:
            return _sum(c * float(self.loss(y, mean)) for c, y in zip(counts, actual, strict=True)
                        ) / math.fsum(counts)
        except NO_ANSWER:
            return math.inf

    def loss_of_residuals(self, share: float) -> float:
        """The loss of a residual that is this share of the target's range, with the rounding of its
        numbers; for a log loss, `CERTAIN`."""
        if self.loss.takes_shares:
            return CERTAIN
        low, high = self._ends_of_target
        residual = math.hypot(share * (high - low), ROUNDING * max(abs(low), abs(high)))
        try:
            return max(0.0, float(self.loss(residual, 0.0)))
        except NO_ANSWER:
            return 0.0

    @cached_property
    def _ends_of_target(self) -> tuple[float, float]:
        if self.model.actual.operation is None:
            place = self.columns.index(self.model.observed[0])
            actual = [row[place] for row in self.rows]
        else:
            actual = self.model.actual_numbers(self.table)
        return min(actual), max(actual)

    def least(self, first: float) -> float:
        """How low a walk need go; the `first` height does not matter."""
        return self.loss_of_residuals(ROUNDING)

    def is_perfect(self, height: float, first: float = 0.0) -> bool:
        """Whether a loss of this height is only rounding: nothing is left to explain."""
        return 0 <= height <= self.loss_of_residuals(PERFECT)

    def roots_of_weights(self) -> list[float]:
        """The square root of each row's weight; an empty list without weights."""
        if not self.weights:
            return []
        place = self.columns.index(self.weights)
        return [math.sqrt(row[place]) for row in self.rows]

    def __reduce__(self) -> Any:
        """For copy and pickle: what it was made from. Compiled functions cannot be pickled."""
        made_from = self.model, self.table, self.loss, self.method, self.weights, dict(self.ridge)
        return type(self), made_from, {"evaluations": self.evaluations}


def as_function(formulas: Sequence[Value],
                inputs: Sequence[Value]) -> Callable[[Sequence[Any]], list[Any]]:
    """Return formulas as one function of a list of numbers; given Values, it returns Values.

    Equivalent to: `evaluate` for each, but arithmetic by Python's own signs takes half of the time.

    >>> from mathlab import symbols
    >>> x, y = symbols("x y")
    >>> as_function([3 * x + y], [x, y])([Value(2.0, "a"), 1.0])
    [Value(7.0, '3*a + 1.0')]
    """
    order = inputs_first(*formulas)
    constants = {node: node.data for node in order if node.operation is constant}
    made = [(node, node.operation.compute if node.operation in ARITHMETIC else node.operation,
             node.inputs) for node in order if node.inputs]

    def function(given: Sequence[Any]) -> list[Any]:
        numbers = constants | dict(zip(inputs, given, strict=True))
        try:
            for node, compute, parts in made:
                numbers[node] = compute(*[numbers[x] for x in parts])
            return [numbers[formula] for formula in formulas]
        except (ArithmeticError, ValueError):
            numbers = constants | dict(zip(inputs, given, strict=True))
        # This says in words why a number is missing, if it is needed at all.
        return [evaluate(inputs_first(formula), numbers) for formula in formulas]

    return function


def has_edges(formula: Value, levers: Sequence[Value], zeros: Sequence[str]) -> bool:
    """Return whether there is a power or a root of 0 where these features are 0, so that the slopes
    by the parameters inside would be 0 times infinity.

    >>> from mathlab import parse, symbols
    >>> has_edges(parse("(x/c)**b"), symbols("c b"), ["x"])
    True
    """
    nodes = inputs_first(formula)
    if not any(_has_edge(node) for node in nodes):
        return False
    inside: set[Value] = {*levers}  # nodes that depend on a lever
    are_0 = {Value.symbol(name) for name in zeros}
    for node in nodes:
        if any(x in inside for x in node.inputs):
            inside.add(node)
        first = node.inputs if node.operation is multiply else node.inputs[:1]
        if any(x in are_0 for x in first):
            if _has_edge(node) and node.inputs[0] in inside:
                return True
            if node.operation in KEEP_0:
                are_0.add(node)
    return False


def _has_edge(node: Value) -> bool:
    return node.operation is power or 0 in getattr(node.operation, "edges", ())


def _numeric(surface: Surface, position: Sequence[float]) -> Look:
    """Nudge one parameter at a time, and work out the whole loss anew each time."""

    def along(i: int) -> float:
        def nudged(p: float) -> float:
            return surface.height([*position[:i], p, *position[i + 1 :]])

        # The widest nudge is wide, since noise fades with its width, even at 0.
        scale = max(1.0, abs(position[i])) / 2
        slope = numeric.derivative(nudged, position[i], scale)
        if not slope.error <= abs(slope.value) / 10:
            # Not sure of one digit. At a kink the mean of both slopes will do; at the edge of the
            # domain one nearby height raises, and says why; where floats end, one is inf.
            nearby = [nudged(position[i] + nudge) for nudge in (-scale * 1e-6, scale * 1e-6)]
            if math.isnan(slope.value) and all(map(math.isfinite, nearby)):
                raise DomainError(f"the {surface.called} has no slope there: {slope.reason}")
        return slope.value

    height = surface.height(position)
    if not math.isfinite(height):
        return height, [math.nan] * len(position)
    return height, [along(i) for i in range(len(position))]


def _compiled(surface: Surface, position: Sequence[float]) -> Look:
    """Run the formulas of one row's loss and slopes over all rows, and take the means.

    Equivalent to: `Surface.in_values`, which is "backward".
    """
    surface.evaluations += 1
    height, *slopes = surface.means("sum_slopes", position)
    return height, slopes


def _collapsed(surface: Surface, position: Sequence[float]) -> Look:
    """Run the polynomial into which all rows have been folded, once: it has as few terms for ten
    rows as for ten million. Equivalent to: "compiled"."""
    height, *slopes = surface.folded(*position)
    if math.isnan(height) and all(map(math.isfinite, position)):
        height = math.inf  # there were infinities of both signs
    return height, slopes


def _sum(numbers: Iterable[float]) -> float:
    """The sum, rounded only once; nan if there are infinities of both signs."""
    try:
        return math.fsum(numbers)
    except ValueError:  # inf - inf
        return math.nan


METHODS: dict[str, Callable[[Any, Sequence[float]], Look]] = {"numeric": _numeric,
                                                              "backward": Surface.in_values,
                                                              "compiled": _compiled,
                                                              "collapsed": _collapsed}
