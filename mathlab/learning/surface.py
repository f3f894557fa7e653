"""The loss surface: for every setting of the parameters, how high the loss is, and how steep.

A model has its levers, the parameters; the data are what they are. So the mean loss over all rows
is a function of the parameters alone:

    height(parameters) = mean over rows of loss(actual, prediction(parameters, features))

Training is a walk on this surface, downhill. All it ever asks is: how high is it here, and which
way is down? The second question is the derivative's, and there are several ways to get it.

>>> from mathlab.learning.model import line
>>> from mathlab.learning.table import Table
>>> table = Table({"x": [1.0, 2.0, 3.0], "y": [2.0, 4.0, 6.0]})
>>> for method in METHODS:
...     height, slopes = LossSurface(line("x", "y"), table, method=method).look([1.0, 0.0])
...     print(f"{method:<8}  height {height:.3f}  slopes {slopes[0]:.3f} {slopes[1]:.3f}")
numeric   height 4.667  slopes -9.333 -4.000
backward  height 4.667  slopes -9.333 -4.000
compiled  height 4.667  slopes -9.333 -4.000
"""

import math
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any

from mathlab.calculus import numeric
from mathlab.calculus.compile import compile_formula
from mathlab.calculus.differentiate import gradient
from mathlab.calculus.value import Value, symbols, total
from mathlab.errors import DomainError, FormulaError
from mathlab.learning.loss import squared
from mathlab.learning.model import Model
from mathlab.learning.table import Table, finite_columns


class LossSurface:
    """The mean loss of a model over a table, as a function of the parameters.

    `parameters` are their names, in the order in which positions on the surface list their numbers;
    `row_loss` is the loss of one row as a formula, `row_slopes` its derivatives by the parameters;
    `evaluations` counts how often the loss of the whole table has been worked out.

    Raises: DataError if a column is missing, or is not all finite numbers, or has under two rows;
    FormulaError for an unknown method, no parameters, or a parameter that looks like a column.
    """

    def __init__(
        self,
        model: Model,
        table: Table,
        loss: Callable[[Any, Any], Any] = squared,
        method: str = "compiled",
    ):
        if method not in METHODS:
            raise FormulaError(f"there is no method {method!r}; choose from {', '.join(METHODS)}")
        features = model.features(table.names)
        self.parameters = model.parameters(table.names)
        if not self.parameters:
            raise FormulaError(f"{model} has no parameters to train: every name in it is a column")
        for name in self.parameters:
            unused = set(table.names) - set(features) - {model.target}
            if near := get_close_matches(name, unused, 1, cutoff=0.9):
                raise FormulaError(
                    f"{name!r} in {model} is no column, and would be a parameter; "
                    f"write {near[0]} for the column, or give the parameter another name"
                )
        self.method = method
        self.rows = list(zip(*finite_columns(table, *features, model.target), strict=True))
        self.evaluations = 0

        levers = [model.symbols[name] for name in self.parameters]
        (actual,) = symbols(model.target)
        inputs = [*levers, *(model.symbols[name] for name in features), actual]
        self.row_loss = loss(actual, model.prediction)
        self.row_slopes = gradient(self.row_loss, levers)
        self._loss = compile_formula(self.row_loss, inputs).function
        self._loss_and_slopes = compile_formula([self.row_loss, *self.row_slopes], inputs).function

    def height(self, position: Sequence[float]) -> float:
        """The mean loss at these parameters; infinity where it is too large for a float.

        Raises: DomainError where it has no value.
        """
        self.evaluations += 1
        loss = self._loss
        try:
            return _mean([loss(*position, *row) for row in self.rows])
        except (ArithmeticError, ValueError, TypeError) as error:
            return _infinity_or_raise(error)

    def look(self, position: Sequence[float]) -> tuple[float, list[float]]:
        """The height here, and the slope along each parameter, by the surface's method.

        Raises: DomainError where the loss has no value or no slope.
        """
        try:
            return METHODS[self.method](self, position)
        except (ArithmeticError, ValueError, TypeError) as error:
            return _infinity_or_raise(error), [math.nan] * len(self.parameters)


def _numeric(surface: LossSurface, position: Sequence[float]) -> tuple[float, list[float]]:
    """Nudge one parameter at a time, and work out the whole loss anew each time."""

    def along(i: int) -> float:
        def nudged(p: float) -> float:
            return surface.height([*position[:i], p, *position[i + 1 :]])

        # The widest nudge is wide, since noise fades with its width, even at 0.
        scale = max(1.0, abs(position[i])) / 2
        slope = numeric.derivative(nudged, position[i], scale)
        if slope.error == math.inf:  # at the edge of the domain: the error there says why
            nudged(position[i] - scale * 1e-6)
            nudged(position[i] + scale * 1e-6)
        return slope.value

    height = surface.height(position)
    if not math.isfinite(height):
        return height, [math.nan] * len(position)
    return height, [along(i) for i in range(len(position))]


def _backward(surface: LossSurface, position: Sequence[float]) -> tuple[float, list[float]]:
    """Build the loss of the whole table as one graph of Values, and sweep it once."""
    surface.evaluations += 1
    levers = [Value(p) for p in position]
    losses = [surface._loss(*levers, *row) for row in surface.rows]
    mean = total(losses) / len(losses)
    mean.backward()
    return mean.data, [lever.grad for lever in levers]


def _compiled(surface: LossSurface, position: Sequence[float]) -> tuple[float, list[float]]:
    """Run the formulas of one row's loss and slopes over all rows, and take the means."""
    surface.evaluations += 1
    look = surface._loss_and_slopes
    columns = zip(*[look(*position, *row) for row in surface.rows], strict=True)
    height, *slopes = map(_mean, columns)
    return height, slopes


def _mean(numbers: Sequence[float]) -> float:
    try:
        return math.fsum(numbers) / len(numbers)
    except ValueError:  # inf - inf
        return math.nan


def _infinity_or_raise(error: Exception) -> float:
    """Infinity if a number outgrew the floats; for any other error, a DomainError."""
    # An operation says so with a DomainError of its own, which has the OverflowError behind it.
    if isinstance(error, OverflowError) or isinstance(error.__context__, OverflowError):
        return math.inf
    if isinstance(error, DomainError):
        raise error
    # A division by zero; or a TypeError, since (-8)**0.5 is complex and has no place in a mean.
    raise DomainError(f"the loss has no value or no slope there: {error}") from None


METHODS = {"numeric": _numeric, "backward": _backward, "compiled": _compiled}
