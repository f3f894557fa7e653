"""The loss of one row: as a formula, with its slopes; and as loops that add them up over all rows.

Whatever training wants to know of the data is a sum over rows, and each row obeys the same formula.
So the formula is derived once, and what runs over the rows is plain Python:

>>> from mathlab.learning.model.loss import squared
>>> from mathlab.learning.model.model import line
>>> row = row_loss(line("x", "y"), squared, ["x"])
>>> print(row.formula)
(y - (slope*x + intercept))**2
>>> print(row.sum_slopes.source, end="")
def sums(rows, slope, intercept):
    loss = by_slope = by_intercept = 0.0
    for x, y in rows:
        difference_1 = y - (slope*x + intercept)
        loss += difference_1*difference_1
        by_slope += difference_1*x
        by_intercept += difference_1
    return (loss, -2*by_slope, -2*by_intercept)
"""

from collections.abc import Callable, Sequence
from functools import cached_property, reduce
from operator import add
from typing import Any

from mathlab.calculus.algebra.differentiate import derivative, gradient, substitute
from mathlab.calculus.code.compile import Compiled, compile_formula, compile_rows
from mathlab.calculus.graph.operations import constant, sigmoid
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.calculus.graph.value import Value, as_value, symbols
from mathlab.calculus.numbers.kinds import IN_KIND
from mathlab.learning.model.loss import LOSSES
from mathlab.learning.model.model import Model

Loss = Callable[[Any, Any], Any]  # of the actual and the predicted number


Ridge = tuple[tuple[str, float], ...]  # names of parameters, and what their squares cost


def row_loss(
    model: Model, loss: Loss, features: Sequence[str], weights: str = "", ridge: Ridge = ()
) -> "RowLoss":
    """The loss of a row with these features. For the losses of this book it is made once, and kept
    with the model; another function may give another formula next time."""
    if not any(loss is known for known in LOSSES.values()):
        return RowLoss(model, loss, features, weights, ridge)
    key = loss, tuple(features), weights, ridge
    if key not in model.made:
        model.made[key] = RowLoss(model, loss, features, weights, ridge)
    made: RowLoss = model.made[key]
    return made


class RowLoss:
    """The loss of one row, and the loops that add it up over rows.

        weight * (loss(actual, prediction) + ridge1*parameter1**2 + ridge2*parameter2**2 + ...)

    with the weight 1, and no ridge, unless they are asked for: `weights` names a column.

    `formula` is made from `levers`, the parameters, and `columns`: the features, the actual number
    and the weight. What is called `sum_...` takes rows and the numbers of the levers, and gives a
    tuple of sums: `sum_loss` of the loss alone. The others are made when they are first asked for.

    Raises: FormulaError for a name that cannot be one in Python code.
    """

    def __init__(
        self,
        model: Model,
        loss: Loss,
        features: Sequence[str],
        weights: str = "",
        ridge: Ridge = (),
        kind: type = float,
    ):
        self._made_from = model, loss, features, weights, ridge
        self.kind = kind
        self.levers = [model.symbols[name] for name in model.parameters([*features, weights])]
        names = dict.fromkeys([*features, *model.observed, *([weights] if weights else [])])
        self.columns = [*symbols(" ".join(names))]
        self._weight = Value.symbol(weights) if weights else 1
        costs = {name: as_value(IN_KIND.get(kind, float)(cost)) for name, cost in ridge}
        self._costs = [costs.get(lever.name, 0) for lever in self.levers]
        self._actual = in_kind(model.actual, kind)
        self._prediction = in_kind(model.prediction, kind)
        penalties = [costs[p.name] * p**2 for p in self.levers if p.name in costs]
        self.formula = as_value(
            self._weight * reduce(add, penalties, loss(self._actual, self._prediction))
        )
        self.sum_loss = self._sums([])

    def in_kind(self, kind: type) -> "RowLoss":
        """The same for rows and levers of another kind of number."""
        return RowLoss(*self._made_from, kind)

    @cached_property
    def slopes(self) -> list[Value]:
        """The derivatives of the loss by each lever, as formulas to read."""
        return gradient(self.formula, self.levers)

    @cached_property
    def of_row(self) -> Compiled:
        """The loss as a function of the levers and the columns of a row."""
        return compile_formula(self.formula, [*self.levers, *self.columns], self.kind)

    @cached_property
    def sum_slopes(self) -> Compiled:
        """The loss, and its slopes by each lever."""
        return self._sums(self._swept_slopes)

    @cached_property
    def sum_bends(self) -> Compiled:
        """The loss, its slopes, and its second derivatives by levers 1, 1; 2, 1; 2, 2; 3, 1; ..."""
        slopes, levers = self._swept_slopes, self.levers
        bends = [swept_gradient(slope, levers[: i + 1]) for i, slope in enumerate(slopes)]
        return self._sums(slopes, bends)

    @cached_property
    def sum_gauss_newton(self) -> Compiled:
        """As `sum_bends`, without what the prediction's own bend adds. What remains is, times the
        weight, and with twice the ridge on the diagonal,

            loss''(prediction) * slope i of the prediction * slope j of the prediction

        If the prediction is a probability, made by sigmoid, its log-odds stand for it: in these the
        log loss is convex.

        Source: C. F. Gauss, Theoria Motus Corporum Coelestium (1809).
        """
        loss = self._made_from[1]
        symbol = Value.symbol("the prediction")
        inner, predicted = self._prediction, symbol
        if inner.operation is sigmoid:
            inner, predicted = inner.x, sigmoid(symbol)
        bend = as_value(derivative(as_value(loss(self._actual, predicted)), symbol, 2))
        bend = substitute(bend, {symbol: inner})
        along = swept_gradient(inner, self.levers)
        bends = [[bend * x * y for y in along[: i + 1]] for i, x in enumerate(along)]
        for row, cost in zip(bends, self._costs, strict=True):
            row[-1] = row[-1] + 2 * cost
        bends = [[self._weight * bend for bend in row] for row in bends]
        return self._sums(self._swept_slopes, bends)

    @cached_property
    def _swept_slopes(self) -> list[Value]:
        """The slopes as the sweep leaves them: for a machine."""
        return swept_gradient(self.formula, self.levers)

    def _sums(self, slopes: Sequence[Value], bends: Sequence[Sequence[Value]] = ()) -> Compiled:
        sums = {"loss": self.formula}
        for lever, slope in zip(self.levers, slopes, strict=False):  # none, for the loss alone
            sums[f"by_{lever.name}"] = slope
        for i, row in enumerate(bends, 1):
            sums |= {f"bend_{i}_{j}": bend for j, bend in enumerate(row, 1)}
        return compile_rows(sums, self.levers, self.columns, self.kind)


def unpacked(sums: Sequence[Any], count: int) -> tuple[Any, list[Any], list[list[Any]]]:
    """What `sum_bends` gives for `count` levers: the loss, its slopes, the matrix of its bends.

    >>> unpacked([1, 2, 3, 4, 5, 6], 2)
    (1, [2, 3], [[4, 5], [5, 6]])
    """
    loss, *others = sums
    slopes, lower = others[:count], iter(others[count:])
    matrix: list[list[Any]] = [[0] * count for _ in range(count)]
    for i in range(count):
        for j in range(i + 1):
            matrix[i][j] = matrix[j][i] = next(lower)
    return loss, slopes, matrix


def in_kind(formula: Value, kind: type) -> Value:
    """The formula with its numbers in this kind. (In floats, 0.1 squared is no hundredth.)"""
    if kind not in IN_KIND:
        return formula
    numbers = [leaf for leaf in inputs_first(formula) if leaf.operation is constant]
    return substitute(
        formula, {x: Value.constant(IN_KIND[kind](x.data, x.name), x.name) for x in numbers}
    )
