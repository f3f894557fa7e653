"""Units: the same model for features in standard units, and what its parameters are in the data's.

On the page: `stdev(xs)`, and at its end a line in the data's own units. Read `explore` first, then
`in_other_units`.

A walk goes faster over features in standard units, mean 0 and spread 1. But its answer should be in
dollars, and not in spreads. For a line that is soon said, since both of these are the same line:

    slope*(x - mean)/spread + intercept = (slope/spread)*x + (intercept - slope*mean/spread)

For any other model that is a sum of terms with one parameter each, ask what it predicts at some
places. In the data's own units it has to predict the same there: each place is one linear equation
for the parameters. They are solved in Fractions, so what fits exactly at a few places more than
there are parameters fits everywhere.

>>> from mathlab.learning.model.model import line
>>> in_other_units(line("x", "y"), {"slope": 6.0, "intercept": 40.0}, {"x": Scale(10.0, 2.0)})
{'slope': 3.0, 'intercept': 10.0}
"""

from collections.abc import Collection, Mapping
from fractions import Fraction
from operator import mul
from random import Random
from typing import Any, NamedTuple

from mathlab.calculus.numbers.linear_algebra import solve
from mathlab.errors import DataError, DomainError, FormulaError
from mathlab.learning.data.explore import Scale, standardize
from mathlab.learning.data.table import Table
from mathlab.learning.model.model import Model
from mathlab.learning.model.row_loss import degree, in_kind, inside

HIGHEST = 20  # power of a feature: a float would lose all digits of one that is shifted
SPARE = 3  # places more than there are parameters, to see whether the answer holds there too


class Units(NamedTuple):
    """Features of a model in units of their own, by the scales of their names."""

    model: Model
    scales: dict[str, Scale]

    def table(self, table: Table) -> Table:
        """The table with its features in these units."""
        for name, scale in self.scales.items():
            table = table.with_column(name, scale.standard(list(map(float, table[name]))))
        return table

    def standard(self, parameters: Mapping[str, Any]) -> dict[str, float]:
        """The parameters for these units, from those for the data's own."""
        back = {name: scale.back() for name, scale in self.scales.items()}
        return in_other_units(self.model, parameters, back)


def in_other_units(model: Model, parameters: Mapping[str, Any],
                   scales: Mapping[str, Scale]) -> dict[str, float]:
    """The parameters for features in the data's own units, from those for features in standard
    ones: with both, the model predicts the same, or rather what stands inside of a function, as in
    `sigmoid(slope*x + intercept)`. A FormulaError if there are none: a line without an intercept
    cannot take a shift.
    """
    if not scales:
        return dict(parameters)
    inner = in_kind(inside(model.prediction), Fraction)
    features = {name: x for name, x in model.symbols.items() if name not in parameters}
    nothing = dict.fromkeys(parameters, Fraction(0))
    known = {name: Fraction(number) for name, number in parameters.items()}
    dice = Random(0)
    equations, right_side = [], []
    try:
        if degree(inner, [*features.values()]) > HIGHEST:
            raise FormulaError("the powers of the features are too high, or it is not a polynomial")
        for _ in range(len(parameters) + SPARE):
            place = {name: Fraction(dice.randrange(-99, 100), 10) for name in features}
            standard = {name: (place[name] - Fraction(scale.mean)) / Fraction(scale.spread)
                        for name, scale in scales.items()}
            alone = inner.at(**nothing, **place)
            equations.append([inner.at(**{**nothing, name: Fraction(1)}, **place) - alone
                              for name in parameters])
            right_side.append(inner.at(**known, **{**place, **standard}) - alone)
        numbers = _solved(equations, right_side)
    except (FormulaError, DataError, DomainError):
        raise FormulaError(
            f"{model} cannot be trained on standard units of {', '.join(scales)}: no parameters "
            "make it the same in the data's own units; give a line an intercept, and train other "
            "models on the columns as they are") from None
    try:
        return dict(zip(parameters, map(float, numbers), strict=True))
    except OverflowError:
        raise DataError("the parameters are too large for a float: scale the columns") from None


def standard_units(model: Model, table: Table) -> dict[str, Scale]:
    """Scales with which each feature has the mean 0 and the spread 1; or the spread 1 alone, for a
    model without an intercept. A DataError for a feature that does not vary.

    >>> standard_units(Model("y = slope*x"), Table({"x": [1.0, 2.0, 3.0], "y": [2.0, 4.0, 5.0]}))
    {'x': Scale(mean=0.0, spread=1.0)}
    """
    scales = {}
    for name in model.features(table.names):
        try:
            _, scales[name] = standardize(table[name])
        except DataError as error:
            raise DataError(f"column {name!r}: {error}") from None
    dice = Random(0)  # at round numbers terms may cancel, and not be missed
    parameters = {name: dice.random() for name in model.parameters(table.names)}
    try:
        in_other_units(model, parameters, scales)
    except FormulaError:
        scales = {name: Scale(0.0, scale.spread) for name, scale in scales.items()}
        in_other_units(model, parameters, scales)
    return scales


def is_linear(model: Model, parameters: Collection[str]) -> bool:
    """Whether the prediction, or what stands inside of its outer functions, is a sum of terms with
    one parameter each.

    >>> from mathlab.learning.model.model import exponential_growth, logistic
    >>> is_linear(logistic(["x"], "y"), ["slope_x", "intercept"])
    True
    >>> is_linear(exponential_growth("x", "y"), ["start", "rate"])
    False
    """
    return degree(inside(model.prediction), [model.symbols[name] for name in parameters]) <= 1


def _solved(equations: list[list[Any]], right_side: list[Any]) -> list[Fraction]:
    """The numbers that solve all the equations, of which there are more than numbers, by the normal
    equations A^T A x = A^T b; a DataError unless there is one solution, and it is exact."""
    columns = list(zip(*equations, strict=True))
    squares = [[sum(map(mul, x, y)) for y in columns] for x in columns]
    numbers = solve(squares, [sum(map(mul, x, right_side)) for x in columns])
    if [sum(map(mul, row, numbers)) for row in equations] != right_side:
        raise DataError("not all of the equations are solved")
    return numbers
