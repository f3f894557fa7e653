"""Loss functions: how wrong one prediction is; squared, absolute, Huber's, log, and your own.

On the page: `(y - (slope * x + intercept)) ** 2`, which is one loss of several.

A loss is a formula of two numbers, the actual and the predicted one: what it does to numbers and
what it does to formulas is the same. The loss of a model is the mean over all rows.

>>> squared(actual=5.0, predicted=3.0)
4.0
>>> from mathlab import symbols
>>> print(squared(*symbols("actual predicted")))
(actual - predicted)**2

A loss of your own is any such function: `Trainer(model, loss=function)`. As a `Loss` with a name it
enters the register, and can be asked for by that name. Read `squared` first, then `Loss`.
"""

import math
from collections.abc import Callable, Sequence
from functools import cached_property, partial, update_wrapper
from typing import Any, NamedTuple

from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.graph import operations
from mathlab.calculus.graph.operations import (
    exp,
    log,
    minimum,
    power,
    sigmoid,
    softplus,
    tanh,
    xlogy,
)
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value, symbols
from mathlab.errors import DomainError, FormulaError, MathlabError, NoNumberError

WITH_KINKS = {operations.absolute, operations.relu, operations.sign, operations.step,
              operations.maximum, operations.minimum, operations.where}
MADE_OF_EXP = {sigmoid: lambda z: 1 / (1 + exp(-z)), tanh: lambda z: 1 - 2 / (1 + exp(2 * z))}
LONGEST_CHANCE = 60  # nodes: no sigmoid is so long, and the algebra takes its time with a network


class Likelihood(NamedTuple):
    """What a loss takes the residuals for: how probable they are, and what that says of a fit.

    `log(loss, weights)` is the logarithm of how probable the actual numbers were, given the sum of
    the losses and the weight of each row. `has_spread` says whether the spread of the residuals is
    estimated along with the parameters. `scale(loss, freedom)`, times the inverse of the second
    derivatives of the summed loss, is the covariance of the parameters; None where that is unknown.
    """

    log: Callable[[float, Sequence[float]], float]
    has_spread: bool
    scale: Callable[[Any, int], Any] | None = None


class Loss:
    """A loss function, and what kind of loss it is. One with a name enters the register `LOSSES`.

    `derivatives` is how many derivatives it has everywhere: 0 with a kink, 1 where the slope has
    one, 2 if it is smooth. If it is not given, a formula with a function such as `maximum` in it is
    taken for one with a kink. With `takes_shares` the actual number is a yes (1), a no (0) or a
    share between. `is_square` says that it is the square of the residual.
    """

    def __init__(self, function: Callable[[Any, Any], Any], name: str = "", *,
                 derivatives: int | None = None, takes_shares: bool = False,
                 is_square: bool = False, likelihood: Likelihood | None = None):
        if not callable(function):
            raise FormulaError(f"a loss is a function of two numbers, not {function!r:.40}")
        update_wrapper(self, function)
        self.function, self.name, self.likelihood = function, name, likelihood
        self.takes_shares, self.is_square = takes_shares, is_square
        if derivatives is not None:
            self.derivatives = derivatives
        if name:
            LOSSES[name] = self

    def __call__(self, actual: Any, predicted: Any) -> Any:
        """How wrong the prediction is: a number, or a Value of Values."""
        return self.function(actual, predicted)

    @cached_property
    def derivatives(self) -> int:
        """How many derivatives it has everywhere, as its formula looks."""
        try:
            return derivatives_of(as_value(self(*symbols("actual predicted"))))
        except TypeError as error:
            if isinstance(error, MathlabError) and not isinstance(error, NoNumberError):
                raise
            raise FormulaError(
                f"a loss is a formula of the actual and the predicted number: {error}; use the "
                "functions of mathlab") from None

    @cached_property
    def is_convex(self) -> bool:
        """Whether the loss is never above a straight line between two of its points, as far as
        numbers show: for residuals of either sign, from 1e-6 to 1e6. The log loss is convex too, in
        the log-odds."""
        sizes = () if self.takes_shares else range(-6, 7)
        try:
            losses = {r: float(self(r, 0.0)) for k in sizes for r in (10.0**k, -(10.0**k))}
            return all(float(self((r + s) / 2, 0.0))
                       <= (losses[r] + losses[s]) / 2 + 1e-9 * max(abs(losses[r]), abs(losses[s]))
                       for r in losses for s in losses)
        except (ArithmeticError, ValueError, TypeError):
            return False

    def __str__(self) -> str:
        return f"the {self.name} loss" if self.name else "a loss without a name"

    def __reduce__(self) -> Any:
        if LOSSES.get(self.name) is self:
            return loss_named, (self.name,)
        return super().__reduce__()


LOSSES: dict[str, Loss] = {}

# The noise in the residuals is normal; a row of weight w has a spread that is smaller by sqrt(w).
NORMAL = Likelihood(
    lambda loss, weights: math.fsum(map(math.log, weights)) / 2
    - len(weights) / 2 * (math.log(2 * math.pi * loss / len(weights)) + 1),
    has_spread=True,
    scale=lambda loss, freedom: 2 * loss / freedom,  # half of the bends of a square are J^T J
)
# It follows Laplace's distribution; a row of weight w has a spread that is smaller by w.
LAPLACE = Likelihood(lambda loss, weights: math.fsum(map(math.log, weights))
                     - len(weights) * (math.log(2 * loss / len(weights)) + 1),
                     has_spread=True)
# The prediction is the probability of a yes; a row of weight w counts as w rows.
YES_OR_NO = Likelihood(
    lambda loss, weights: -loss, has_spread=False, scale=lambda loss, freedom: type(loss)(1))


def derivatives_of(formula: Value) -> int:
    """How many derivatives a formula has everywhere, as its functions tell: 0, or 2 and more."""
    return 0 if any(node.operation in WITH_KINKS for node in inputs_first(formula)) else 2


@partial(Loss, name="squared", derivatives=2, is_square=True, likelihood=NORMAL)
def squared(actual: Any, predicted: Any) -> Any:
    """The square of the residual: being off by twice as much is four times as bad.

        (actual - predicted)**2

    Source: A. M. Legendre, "Nouvelles méthodes pour la détermination des orbites" (1805).
    """
    return (actual - predicted) ** 2


@partial(Loss, name="absolute", derivatives=0, likelihood=LAPLACE)
def absolute(actual: Any, predicted: Any) -> Any:
    """The size of the residual: being off by twice as much is twice as bad, and a few rows that are
    far off hardly count.

        abs(actual - predicted)

    Source: R. J. Boscovich (1757).
    """
    return abs(actual - predicted)


@partial(Loss, name="huber", derivatives=1)
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


@partial(Loss, name="log", derivatives=2, takes_shares=True, likelihood=YES_OR_NO)
def log_loss(actual: Any, predicted: Any) -> Any:
    """How surprising a yes (1) or no (0) is after a yes was predicted with this probability; of a
    share between, the mean over the yeses and noes in it.

        -(actual*log(predicted) + (1 - actual)*log(1 - predicted))

    A probability that `sigmoid` made of its log-odds may be so near to 0 or 1 that a float cannot
    tell. But a Value remembers what it was made of, and in the log-odds the same formula is

        softplus(odds) - actual*odds

    which holds at odds of exp(800) to 1.

    Source: I. J. Good, "Rational decisions" (1952).

    >>> log_loss(actual=1, predicted=0.25), log_loss(actual=0, predicted=0.25)
    (1.3862943611198906, 0.2876820724517809)
    >>> y, z = symbols("y z")
    >>> print(log_loss(y, sigmoid(z)))
    softplus(z) - y*z
    """
    if getattr(predicted, "operation", None) is sigmoid:
        odds = predicted.x
        return softplus(odds) - actual * odds
    try:
        return -(xlogy(actual, predicted) + xlogy(1 - actual, 1 - predicted))
    except DomainError:
        raise DomainError(
            f"where the actual number is {float(actual):g}, a predicted {float(predicted):g} has "
            "no log loss: predictions are to be between 0 and 1, as sigmoid(...) makes them"
        ) from None


def as_probability(formula: Value) -> Value:
    """The formula as `sigmoid(odds)` if it is one, however it is written; else as it is.

    The log-odds are `log(chance/(1 - chance))`: where the algebra can say that without a logarithm,
    the formula was a sigmoid of what it says.

    >>> from mathlab import erfc
    >>> z, = symbols("z")
    >>> print(as_probability(1 / (1 + exp(-3 * z))), as_probability(erfc(z) / 2), sep=", ")
    sigmoid(3*z), erfc(z)/2
    """
    nodes = inputs_first(formula)
    if formula.operation is sigmoid or not 1 < len(nodes) < LONGEST_CHANCE:
        return formula
    in_exp: dict[Value, Value] = {}
    for node in nodes:  # sigmoid(z) and tanh(z) by what they are made of
        parts = [in_exp[x] for x in node.inputs]
        rule = MADE_OF_EXP.get(node.operation, node.operation)
        in_exp[node] = rule(*parts) if parts else node
    chance = in_exp[formula]
    odds = simplify(log(chance / (1 - chance)))
    if odds.operation is log and odds.x.operation is power:  # of a number to the power of a formula
        base, exponent = odds.x.inputs
        odds = exponent * log(base) if base.is_known and not base.inputs else odds
    return formula if odds.operation is log else sigmoid(odds)


def loss_named(name: str) -> Loss:
    """The loss of this name; a FormulaError if there is none."""
    if not isinstance(name, str) or name not in LOSSES:
        raise FormulaError(f"there is no loss {name!r}; choose from {', '.join(LOSSES)}")
    return LOSSES[name]


def as_loss(loss: Any) -> Loss:
    """The loss of a name, or of a function of the actual and the predicted number, or a Loss."""
    return loss if isinstance(loss, Loss) else Loss(loss) if callable(loss) else loss_named(loss)
