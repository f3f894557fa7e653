"""The loss of one row as a formula, and loops that add it up over all rows, with its derivatives.

On the page: `(y - (slope * x + intercept)) ** 2`, which is worked out as Values, row by row. Here
it is derived once, as a formula, and what runs over the rows is plain Python:

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

A number that all rows share, such as -2, is multiplied once, after the loop. Read `RowSums` first,
then `RowLoss`; the rest, below, is a cache and two questions about formulas.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from math import inf
from typing import Any

from mathlab.calculus.algebra.differentiate import gradient, substitute
from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.code.compile import Compiled, compile_rows
from mathlab.calculus.graph import operations
from mathlab.calculus.graph.operations import constant, sigmoid
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.calculus.graph.value import Value, as_value
from mathlab.calculus.numbers.kinds import IN_KIND
from mathlab.learning.model.loss import Loss, as_loss, as_probability
from mathlab.learning.model.model import Model

Ridge = tuple[tuple[str, float], ...]  # names of parameters, and what their squares cost


class RowSums:
    """A formula of parameters (`levers`) and of the numbers in a row (`columns`), to be added up.

    What is called `sum_...` is a function of rows and of the numbers of the levers, and gives a
    tuple of sums. It is made when it is first asked for, for rows of one `kind` of number.

    >>> from mathlab import symbols
    >>> x, y = symbols("x y")
    >>> row = RowSums((y - x) ** 2, levers=[x], columns=[y])
    >>> row.sum_bends([(1.0,), (4.0,)], 2.0)  # the sum, its slope, its second derivative
    (5.0, -2.0, 4.0)
    """

    def __init__(self, formula: Value, levers: Sequence[Value], columns: Iterable[Value],
                 kind: type = float):
        self.formula, self.kind = formula, kind
        self.levers, self.columns = list(levers), list(columns)

    @cached_property
    def slopes(self) -> list[Value]:
        """The derivatives by each lever, as formulas to read."""
        return gradient(self.formula, self.levers)

    @cached_property
    def sum_loss(self) -> Compiled:
        """The formula alone."""
        return self._sums([])

    @cached_property
    def sum_slopes(self) -> Compiled:
        """The formula, and its slopes by each lever."""
        return self._sums(self._swept_slopes)

    @cached_property
    def sum_bends(self) -> Compiled:
        """The formula, its slopes, its second derivatives by levers 1, 1; 2, 1; 2, 2; 3, 1; ..."""
        slopes, levers = self._swept_slopes, self.levers
        bends = [swept_gradient(slope, levers[: i + 1]) for i, slope in enumerate(slopes)]
        return self._sums(slopes, bends)

    @property
    def sum_gauss_newton(self) -> Compiled:
        """`sum_bends`; a formula that is the loss of a prediction has a quicker way."""
        return self.sum_bends

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


class RowLoss(RowSums):
    """The loss of one row of a model.

        weight * (loss(actual, prediction) + ridge1*parameter1**2 + ridge2*parameter2**2 + ...)

    The weight is 1, and there is no ridge, unless they are asked for: `weights` names a column. So
    the `columns` are the features, the actual number and the weight.
    """

    def __init__(self, model: Model, loss: Loss, features: Sequence[str], weights: str = "",
                 ridge: Ridge = (), kind: type = float, prediction: Value | None = None):
        self._made_from = model, loss, features, weights, ridge
        self.kind = kind
        self._alike: dict[tuple[str, ...], RowLoss] = {(): self}
        names = dict.fromkeys([*features, *model.observed, *([weights] if weights else [])])
        levers = [model.symbols[name] for name in model.parameters(names)]
        self._weight = Value.symbol(weights) if weights else 1
        self._costs = {name: as_value(IN_KIND.get(kind, float)(cost)) for name, cost in ridge}
        self.prediction = prediction = prediction or (
            as_probability(model.prediction) if loss.takes_shares else model.prediction)
        self._prediction = in_kind(prediction, kind)
        self._loss = formula = as_value(loss(in_kind(model.actual, kind), self._prediction))
        self._kept_small = {x: in_kind(model.replaced.get(x.name, x), kind)
                            for x in levers if x.name in self._costs}
        for lever, parameter in self._kept_small.items():
            formula = formula + self._costs[lever.name] * parameter**2
        super().__init__(self._weight * formula, levers, map(Value.symbol, names), kind)

    def in_kind(self, kind: type) -> "RowLoss":
        """The same for rows and levers of another kind of number."""
        return RowLoss(*self._made_from, kind, self.prediction)

    def at_zeros(self, features: tuple[str, ...]) -> "RowLoss":
        """The same for rows in which these features are 0, and say no more than that."""
        if features not in self._alike:
            zeros = {Value.symbol(name): 0 for name in features}
            # other kinds than floats have more digits: no number may be worked out as a float
            exact = in_kind(self.prediction, Fraction) if self.kind is not float else (
                self.prediction)
            there = simplify(substitute(exact, zeros))
            self._alike[features] = RowLoss(*self._made_from, self.kind, there)
        return self._alike[features]

    @cached_property
    def sum_gauss_newton(self) -> Compiled:
        """As `sum_bends`, as if the prediction were a straight line in the parameters. Where the
        loss is convex, this never bends down, and near a good fit it is nearly the same:

            weight * (loss''(prediction) * slope i * slope j of the prediction) + 2*ridge if i = j

        If the prediction is a probability, made by sigmoid, its log-odds stand for it: in these the
        log loss is convex.

        Source: C. F. Gauss, Theoria Motus Corporum Coelestium (1809).
        """
        inner = self._prediction.x if self._prediction.operation is sigmoid else self._prediction
        bend = self._loss
        for _ in range(2):
            (bend,) = swept_gradient(bend, [inner])
        along = swept_gradient(inner, self.levers)
        bends = [[bend * x * y for y in along[: i + 1]] for i, x in enumerate(along)]
        for lever, row in zip(self.levers, bends, strict=True):
            if lever in self._kept_small:
                (slope,) = swept_gradient(self._kept_small[lever], [lever])
                row[-1] = row[-1] + 2 * self._costs[lever.name] * slope**2
        return self._sums(self._swept_slopes, [[self._weight * b for b in row] for row in bends])


def row_loss(model: Model, loss: Any, features: Sequence[str], weights: str = "",
             ridge: Ridge = ()) -> RowLoss:
    """The loss of a row with these features. That of a loss with a name is made once and kept with
    the model; a function without a name may give another formula next time."""
    loss = as_loss(loss)
    if not loss.name:
        return RowLoss(model, loss, features, weights, ridge)
    key = loss, tuple(features), weights, ridge
    if key not in model.made:
        model.made[key] = RowLoss(model, loss, features, weights, ridge)
    made: RowLoss = model.made[key]
    return made


def unpacked(sums: Sequence[Any], count: int) -> tuple[Any, list[Any], list[list[Any]]]:
    """What `sum_bends` gives for `count` levers: the loss, its slopes, the matrix of its bends.

    >>> unpacked([1, 2, 3, 4, 5, 6], 2)
    (1, [2, 3], [[4, 5], [5, 6]])
    """
    slopes, lower = list(sums[1 : count + 1]), iter(sums[count + 1 :])
    matrix: list[list[Any]] = [[0] * count for _ in range(count)]
    for i in range(count):
        for j in range(i + 1):
            matrix[i][j] = matrix[j][i] = next(lower)
    return sums[0], slopes, matrix


def in_kind(formula: Value, kind: type) -> Value:
    """The formula with its numbers in this kind. (In floats, 0.1 squared is not a hundredth.)"""
    numbers = [leaf for leaf in inputs_first(formula) if leaf.operation is constant]
    if kind not in IN_KIND or not numbers:
        return formula
    return substitute(
        formula, {x: Value.constant(IN_KIND[kind](x.data, x.name), x.name) for x in numbers})


def degree(formula: Value, xs: Sequence[Value]) -> float:
    """The degree of a formula as a polynomial in `xs`, whatever their coefficients are; infinity
    unless it is one. (Terms that cancel are counted all the same.)

    >>> from mathlab import sin, symbols
    >>> x, y = symbols("x y")
    >>> degree(3 * x**2 * sin(y) + x, [x]), degree(3 * x**2 * y, [x, y]), degree(sin(x), [x])
    (2, 3, inf)
    """
    known: dict[Value, float] = dict.fromkeys(xs, 1)
    for node in inputs_first(formula):
        if node not in known:
            known[node] = _degree(node, [known[x] for x in node.inputs])
    return known[formula]


def inside(formula: Value) -> Value:
    """The part of a formula that has all its symbols in it: of `1/(1 + exp(-(a*x + b)))`, it is
    `a*x + b`. The rest takes only that number, and constants.

    >>> from mathlab import exp, symbols
    >>> a, b, x = symbols("a b x")
    >>> print(inside(1 / (1 + exp(-(a * x + b)))), inside(exp(2 * x) / (1 + exp(2 * x))), sep=", ")
    a*x + b, x
    """
    found = _peeled(formula)
    unknowns = [node for node in inputs_first(found) if node.operation is None]
    return _peeled(as_probability(formula)) if degree(found, unknowns) == inf else found


def _peeled(formula: Value) -> Value:
    """What is left without operations of which one input alone has symbols in it."""
    changing: set[Value] = set()
    for node in inputs_first(formula):
        if node.operation is None or not changing.isdisjoint(node.inputs):
            changing.add(node)
    while len(parts := [x for x in formula.inputs if x in changing]) == 1:
        (formula,) = parts
    return formula


def _degree(node: Value, inputs: list[float]) -> float:
    """The degree of what an operation makes of inputs of these degrees."""
    if not any(inputs):
        return 0
    match node.operation:
        case operations.add | operations.subtract | operations.negate:
            return max(inputs)
        case operations.multiply:
            return sum(inputs)
        case operations.divide if inputs[1] == 0:
            return inputs[0]
        case operations.power if node.y.operation is constant and node.y.data in range(1000):
            return inputs[0] * int(node.y.data)
        case operations.where if inputs[0] == 0:
            return max(inputs)
    return inf
