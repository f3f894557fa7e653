"""A model: a guess, with adjustable numbers in it, at how one column depends on others.

It is written as a formula. Names that are columns of the data are *features*, which the data fill
in; the rest are *parameters*, the levers that training will turn.

>>> from mathlab.learning.table import Table
>>> model = Model("revenue = slope*budget + intercept")
>>> model.parameters(["title", "budget", "revenue"])
['slope', 'intercept']
>>> model.predict({"slope": 3.0, "intercept": 2.0}, Table({"budget": [10.0, 20.0]}))
[32.0, 62.0]
"""

from collections.abc import Iterable, Mapping
from typing import Any

from mathlab.calculus.compile import Compiled, compile_formula
from mathlab.calculus.operations import constant
from mathlab.calculus.order import inputs_first
from mathlab.calculus.parse import parse
from mathlab.calculus.value import Value
from mathlab.errors import DomainError, FormulaError
from mathlab.learning.table import Table, finite_columns, is_finite_number


class Model:
    """`target = formula`, read from text; `prediction` is the right side as a formula.

    Raises: FormulaError if the text is not a name, one `=` and a formula.

    >>> model = Model("y = a*x**2")
    >>> model.target, str(model.prediction)
    ('y', 'a*x**2')
    """

    def __init__(self, text: str):
        target, _, formula = text.partition("=")
        self.text = text.strip()
        self.target = target.strip()
        if not formula.strip() or not self.target.isidentifier() or "=" in formula:
            raise FormulaError(f"{self.text!r} is not a model: write 'y = slope*x + intercept'")
        self.prediction = parse(formula)
        leaves = [node for node in inputs_first(self.prediction) if not node.inputs]
        for leaf in leaves:
            if leaf.operation is constant and not is_finite_number(leaf.data):
                raise FormulaError(f"a model is made of finite real numbers, not {leaf.data}")
        names = [leaf for leaf in leaves if leaf.operation is not constant]
        self.symbols: dict[str, Value] = {symbol.name: symbol for symbol in names}
        self.made: dict[Any, Any] = {}  # functions made from it, so that each is made once
        if self.target in self.symbols:
            raise FormulaError(f"{self.target} cannot be predicted from itself: {self.text}")

    def features(self, columns: Iterable[str]) -> list[str]:
        """The names in the formula that are columns, in the formula's order."""
        columns = set(columns)
        return [name for name in self.symbols if name in columns]

    def parameters(self, columns: Iterable[str]) -> list[str]:
        """The names in the formula that are not columns, in the formula's order."""
        columns = set(columns)
        return [name for name in self.symbols if name not in columns]

    def predict(self, parameters: Mapping[str, float], table: Table) -> list[float]:
        """The prediction for each row of the table, in the target's unit.

        Raises: DataError if the table lacks a feature, DomainError where the formula has no value.
        """
        features = [name for name in self.symbols if name not in parameters]
        predict = self._compiled((*parameters, *features))
        columns = finite_columns(table, *features, fewest=1)
        rows = zip(*columns, strict=True) if features else [()] * len(table)
        predictions = []
        for row, place in zip(rows, table.places, strict=True):
            where = f"{table.source}, {place}"
            try:
                prediction = predict(*parameters.values(), *row)
            except (ArithmeticError, ValueError) as error:
                known = {**parameters, **dict(zip(features, row, strict=True))}
                reason = self._in_words({name: known[name] for name in self.symbols}) or error
                raise DomainError(f"{where}: {self} has no value: {reason}") from None
            if not is_finite_number(prediction):  # inf, nan, or complex, as (-8)**0.5 is
                raise DomainError(f"{where}: {self} gives {prediction}, which is no prediction")
            predictions.append(prediction)
        return predictions

    def _compiled(self, names: tuple[str, ...]) -> Compiled:
        """The prediction as a function of the numbers of these names."""
        if names not in self.made:
            inputs = [self.symbols.get(name) or Value(0.0, name) for name in names]
            self.made[names] = compile_formula(self.prediction, inputs)
        function: Compiled = self.made[names]
        return function

    def _in_words(self, numbers: Mapping[str, float]) -> str:
        """Why there is no prediction for these numbers. (Compiled code has no words for it.)"""
        try:
            self.prediction.at(**numbers)
        except DomainError as error:
            return str(error)
        return ""

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[type["Model"], tuple[str]]:
        return type(self), (self.text,)  # the text says it all; functions cannot be pickled


def line(feature: str, target: str) -> Model:
    """The straight line `target = slope*feature + intercept`.

    >>> print(line("budget", "revenue"))
    revenue = slope*budget + intercept
    """
    return Model(f"{target} = slope*{feature} + intercept")
