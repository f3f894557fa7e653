"""Slopes of a prediction: how much it changes with each parameter.

On the page: `slope * x + intercept`, which changes by x if the slope changes by 1, and by 1 if the
intercept does. How sure a prediction is, and whether a model can move up and down as a whole, are
questions about these slopes.

>>> curve = Sensitivity(Model("y = a*exp(b*x)"), {"a": 2.0, "b": 0.0}, ["x"])
>>> curve.slopes([3.0])  # exp(b*x), and a*x*exp(b*x)
[1.0, 6.0]

Where x is 0, `x**b` is 0 for every b above 0, and so its slope by b is 0. The formula of that slope
is `x**b*log(x)`, which is 0 times infinity there. Where a formula has no answer, the prediction
itself is evaluated, for parameters nearby:

>>> Sensitivity(Model("y = a*x**b"), {"a": 2.0, "b": 1.5}, ["x"]).slopes([0.0])
[0.0, 0.0]
"""

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

from mathlab.calculus import numeric
from mathlab.calculus.code.compile import Compiled, compile_formula
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.calculus.graph.value import Value
from mathlab.errors import DataError, DomainError
from mathlab.learning.model.model import Model

NO_ANSWER = (ArithmeticError, ValueError, TypeError)
SURE = 1e-6  # the largest error of a measured slope, as a share of it or of the prediction


class Sensitivity:
    """The prediction at given parameters, and its slopes by them: functions of a row, which is the
    features' numbers in order. A `formula` may take the place of the model's prediction.
    """

    def __init__(self, model: Model, parameters: Mapping[str, float], features: Sequence[str],
                 formula: Value | None = None):
        self.parameters = dict(parameters)
        self.formula = model.prediction if formula is None else formula
        self._levers = [model.symbols[name] for name in parameters]
        self._inputs = [*self._levers, *(model.symbols[name] for name in features)]

    def value(self, row: Sequence[float]) -> float:
        """The prediction for a row; a DomainError if the formula has no value there."""
        return self._at([*self.parameters.values()], row)

    def slopes(self, row: Sequence[float]) -> list[float]:
        """How fast the prediction changes with each parameter; a DataError where it has no slope.
        """
        place = [*self.parameters.values()]
        try:
            found = [float(slope) for slope in self._slopes(*place, *row)]
            if all(map(math.isfinite, found)):
                return found
        except NO_ANSWER:
            pass
        return [self._measured(i, place, row) for i in range(len(place))]

    def _measured(self, i: int, place: list[float], row: Sequence[float]) -> float:
        name = self._levers[i].name

        def along(p: float) -> float:
            return self._at([*place[:i], p, *place[i + 1:]], row)

        try:
            slope = numeric.derivative(along, place[i])
        except NO_ANSWER as error:
            raise DataError(f"the prediction has no slope by {name} there: {error}") from None
        if not slope.error <= SURE * max(abs(slope.value), abs(along(place[i])), 1e-300):
            raise DataError(f"the prediction has no slope by {name} there")
        return float(slope.value)

    def _at(self, place: Sequence[float], row: Sequence[float]) -> float:
        value = self._value(*place, *row)
        if not math.isfinite(value):
            raise DomainError(f"the prediction is {value} there, which is not a finite number")
        return float(value)

    @cached_property
    def _value(self) -> Compiled:
        return compile_formula(self.formula, self._inputs)

    @cached_property
    def _slopes(self) -> Compiled:
        return compile_formula(swept_gradient(self.formula, self._levers), self._inputs)
