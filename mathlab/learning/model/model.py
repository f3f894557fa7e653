"""Models: a formula, with adjustable numbers in it, for how one column depends on others.

On the page: `slope * x + intercept`. Here it is any formula, and the columns are those of a table.

It is written as a formula. Names that are columns of the data are *features*, which the data fill
in; the rest are *parameters*, the levers that training will turn. Read `Model.__init__` first, then
`predict`; at the end are the models that have names.

>>> from mathlab.learning.data.table import Table
>>> model = Model("revenue = slope*budget + intercept")
>>> model.parameters(["title", "budget", "revenue"])
['slope', 'intercept']
>>> model.predict({"slope": 3.0, "intercept": 2.0}, Table({"budget": [10.0, 20.0]}))
[32.0, 62.0]
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from mathlab.calculus.code.compile import Compiled, compile_formula
from mathlab.calculus.graph.operations import constant
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value
from mathlab.calculus.text.parse import parse
from mathlab.errors import DomainError, FormulaError
from mathlab.learning.data.table import Table, finite_columns, is_finite_number
from mathlab.names import by_form, form, proper


class Model:
    """`target = formula`, read from text; `prediction` is the right side as a formula.

    The left side is mostly the name of a column, but may be a formula of columns, such as `log(y)`:
    `actual` is that formula, and `observed` are the names in it.

    >>> model = Model("log(y) = a*x**2")
    >>> model.target, model.observed, str(model.prediction)
    ('log(y)', ['y'], 'a*x**2')
    """

    def __init__(self, text: str):
        target, _, formula = text.partition("=")
        self.text, self.target = text.strip(), form(target.strip())
        self.actual = _left_side(self.target)
        self.observed = _names(self.actual) if self.actual is not None else []
        if not formula.strip() or not self.observed or "=" in formula or self.actual is None:
            raise FormulaError(f"{self.text!r} is not a model: write 'y = slope*x + intercept'")
        self.prediction = parse(formula)
        leaves = [node for node in inputs_first(self.prediction) if not node.inputs]
        self.symbols: dict[str, Value] = {x.name: x for x in leaves if x.operation is None}
        self.constants = [x for x in leaves if x.operation is constant]
        for number in self.constants:
            if not is_finite_number(number.data):
                raise FormulaError(f"a model is made of finite real numbers, not {number.data}")
        self.made: dict[Any, Any] = {}  # functions made from it, so that each is made once
        for name in self.observed:
            if name in self.symbols:
                raise FormulaError(f"{name} cannot be predicted from itself: {self.text}")

    def features(self, columns: Iterable[str]) -> list[str]:
        """The names in the formula that are columns, in the formula's order."""
        columns = set(map(form, columns))
        return [name for name in self.symbols if name in columns]

    def parameters(self, columns: Iterable[str]) -> list[str]:
        """The names in the formula that are not columns, in the formula's order."""
        columns = set(map(form, columns))
        return [name for name in self.symbols if name not in columns]

    def predict(self, parameters: Mapping[str, float],
                columns: Mapping[str, Sequence[float]] | Table) -> list[float]:
        """The prediction for each row of a table or a dict of columns, in the target's unit; a
        DataError if a feature is missing, a DomainError where the formula has no value."""
        table = columns if isinstance(columns, Table) else Table(columns)
        parameters = by_form(parameters)
        features = [name for name in self.symbols if name not in parameters]
        return self._numbers(self.prediction, parameters, features, table)

    def actual_numbers(self, table: Table) -> list[float]:
        """The target of each row of the table.

        >>> Model("log(y) = a*x").actual_numbers(Table({"y": [1.0, 4.0]}))
        [0.0, 1.3862943611198906]
        """
        return self._numbers(self.actual, {}, self.observed, table)

    def _numbers(self, formula: Value, parameters: Mapping[str, float], features: list[str],
                 table: Table) -> list[float]:
        """The formula's number for each row."""
        function = self._compiled(formula, (*parameters, *features))
        columns = finite_columns(table, *features, fewest=1)
        rows = zip(*columns, strict=True) if features else [()] * len(table)
        numbers = []
        for row, place in zip(rows, table.places, strict=True):
            where = f"{table.source}, {place}"
            try:
                number = function(*parameters.values(), *row)
            except (ArithmeticError, ValueError, TypeError) as error:
                reason = _reason(formula, {**parameters, **dict(zip(features, row, strict=True))})
                raise DomainError(f"{where}: {self} has no value: {reason or error}") from None
            if not is_finite_number(number):  # inf, nan, or complex, as (-8)**0.5 is
                raise DomainError(f"{where}: {self} gives {number}, which is not a prediction")
            numbers.append(number)
        return numbers

    def _compiled(self, formula: Value, names: tuple[str, ...]) -> Compiled:
        """The formula as a function of the numbers of these names."""
        key = formula, *names
        if key not in self.made:
            self.made[key] = compile_formula(formula, names)
        function: Compiled = self.made[key]
        return function

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[type["Model"], tuple[str]]:
        return type(self), (self.text,)  # the text says it all; functions cannot be pickled


def _reason(formula: Value, numbers: Mapping[str, float]) -> str:
    """Why a formula has no value for these numbers. (Compiled code does not say it in words.)"""
    try:
        formula.at(**{name: numbers[name] for name in _names(formula)})
    except DomainError as error:
        return str(error)
    return ""


def _left_side(text: str) -> Any:
    """The left side as a formula; None if the text is not a formula, a FormulaError for a word that
    cannot be a name."""
    if text.isidentifier():
        return Value.symbol(proper(text))
    try:
        return parse(text)
    except FormulaError:
        return None


def trainable(model: Model, table: Table) -> list[str]:
    """The parameters of a model whose features are columns of this table; a FormulaError if there
    are none, or if a column may have been meant: one called like pi, or nearly like a parameter."""
    for name in (number.name for number in model.constants):
        if name in table.names:
            raise FormulaError(
                f"{name} in {model} is a number that everybody knows; give the column {name!r} "
                "another name")
    parameters = model.parameters(table.names)
    if not parameters:
        raise FormulaError(f"{model} has no parameters to train: every name in it is a column")
    unused = {*table.names} - {*model.symbols} - {*model.observed}
    for name in parameters:
        if near := get_close_matches(name, unused, 1, cutoff=0.9):
            raise FormulaError(
                f"{name!r} in {model} is not a column, and would be a parameter; "
                f"write {near[0]} for the column, or give the parameter another name")
    return parameters


def _names(formula: Value) -> list[str]:
    """The names in a formula that stand for columns or parameters."""
    return [leaf.name for leaf in inputs_first(formula) if leaf.operation is None]


def line(feature: str, target: str) -> Model:
    """The straight line `target = slope*feature + intercept`.

    >>> print(line("budget", "revenue"))
    revenue = slope*budget + intercept
    """
    return Model(f"{target} = slope*{feature} + intercept")


def plane(features: Sequence[str], target: str) -> Model:
    """The plane through several features: a slope for each, and an intercept.

    >>> print(plane(["weight", "horsepower"], "mileage"))
    mileage = slope_weight*weight + slope_horsepower*horsepower + intercept
    """
    return Model(f"{target} = {' + '.join(f'slope_{x}*{x}' for x in features)} + intercept")


def polynomial(feature: str, target: str, degree: int) -> Model:
    """The polynomial of a degree from 1, `target = c0 + c1*feature + c2*feature**2 + ...`.

    >>> print(polynomial("x", "y", 3))
    y = c0 + c1*x + c2*x**2 + c3*x**3
    """
    if not isinstance(degree, int) or degree < 1:
        raise FormulaError(f"the degree of a polynomial is 1, 2, 3, ..., not {degree!r:.40}")
    powers = [f"c{k}*{feature}**{k}" if k > 1 else f"c1*{feature}" for k in range(1, degree + 1)]
    return Model(f"{target} = {' + '.join(['c0', *powers])}")


def exponential_growth(feature: str, target: str) -> Model:
    """What grows by the same share in every unit of the feature, or shrinks.

    >>> print(exponential_growth("year", "people"))
    people = start*exp(rate*year)
    """
    return Model(f"{target} = start*exp(rate*{feature})")


def logistic(features: Sequence[str], target: str) -> Model:
    """The probability of a yes, whose log-odds are a line or a plane; it goes with the log loss.

    >>> print(logistic(["temperature"], "distress"))
    distress = sigmoid(slope_temperature*temperature + intercept)
    """
    _, _, odds = str(plane(features, target)).partition("= ")
    return Model(f"{target} = sigmoid({odds})")


def network(features: Sequence[str], target: str, units: int) -> Model:
    """A network with one layer of `units` neurons, each a tanh of a plane, added up by weights.

    Each has a weight `v1`, a bias `b1` and a weight for each feature `w1_x`; `c` is added to all.
    Start it at different small numbers: at 0 all neurons are the same, and remain so.

    >>> print(network(["x"], "y", 2))
    y = v1*tanh(w1_x*x + b1) + v2*tanh(w2_x*x + b2) + c
    """
    if not isinstance(units, int) or units < 1:
        raise FormulaError(f"a network has 1, 2, 3, ... units, not {units!r:.40}")
    neurons = [f"v{i}*tanh({' + '.join(f'w{i}_{x}*{x}' for x in features)} + b{i})"
               for i in range(1, units + 1)]
    return Model(f"{target} = {' + '.join(neurons)} + c")
