"""The same model, in other units: what its parameters become.

A walk goes faster over features in standard units, mean 0 and spread 1. But its answer should be in
dollars, and not in spreads. Both are the same line:

    slope*(x - mean)/spread + intercept = (slope/spread)*x + (intercept - slope*mean/spread)

So multiply out both sides as polynomials of the features, and compare what stands before each
power: that is a system of linear equations in the parameters.

>>> from mathlab.learning.model.model import line
>>> in_other_units(line("x", "y"), {"slope": 6.0, "intercept": 40.0}, {"x": Scale(10.0, 2.0)})
{'slope': 3.0, 'intercept': 10.0}
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from operator import mul
from random import Random

from mathlab.calculus.algebra.differentiate import substitute
from mathlab.calculus.algebra.polynomial import coefficients
from mathlab.calculus.graph import operations
from mathlab.calculus.graph.value import Value, as_value
from mathlab.calculus.numbers.linear_algebra import solve
from mathlab.errors import DataError, FormulaError
from mathlab.learning.data.explore import Scale, standardize
from mathlab.learning.data.table import Table
from mathlab.learning.model.model import Model
from mathlab.learning.model.row_loss import in_kind

HIGHEST = 20  # power: a float would lose all digits of one that is shifted


def in_other_units(
    model: Model, parameters: Mapping[str, float], scales: Mapping[str, Scale]
) -> dict[str, float]:
    """The parameters for features in the data's own units, from those for features in standard
    ones: with both, the model predicts the same.

    What stands inside of a function, as in `sigmoid(slope*x + intercept)`, is compared.

    Raises: FormulaError if there are no such parameters: a line without an intercept cannot take a
    shift.
    """
    if not scales:
        return dict(parameters)
    inside = in_kind(_inside(model.prediction), Fraction)
    levers = [model.symbols[name] for name in parameters]
    features = [symbol for name, symbol in model.symbols.items() if name not in parameters]
    moved: dict[Value, Value | Fraction] = {x: Fraction(parameters[x.name]) for x in levers}
    for name, scale in scales.items():
        x = model.symbols[name]
        moved[x] = (x - Fraction(scale.mean)) / Fraction(scale.spread)
    try:
        offered = coefficients(inside, features)
        if max(map(sum, offered), default=0) > HIGHEST:
            raise FormulaError("its powers are too high to be multiplied out")
        wanted = coefficients(substitute(inside, moved), features)
        if any(formula.data for powers, formula in wanted.items() if powers not in offered):
            raise FormulaError("the model has no such term")
        numbers = _solved(
            [_linear(formula, levers) for formula in offered.values()],
            [wanted[powers].data if powers in wanted else Fraction(0) for powers in offered],
        )
    except (FormulaError, DataError):
        raise FormulaError(
            f"{model} cannot be trained on standard units of {', '.join(scales)}: no parameters "
            "make it the same in the data's own units; give a line an intercept, and train other "
            "models on the columns as they are"
        ) from None
    try:
        return dict(zip(parameters, map(float, numbers), strict=True))
    except OverflowError:
        raise DataError("the parameters are too large for a float: scale the columns") from None


def standard_units(model: Model, table: Table) -> dict[str, Scale]:
    """Scales with which each feature has the mean 0 and the spread 1; or the spread 1 alone, for a
    model without an intercept.

    Raises: FormulaError if the model cannot be the same in other units; DataError for a feature
    that does not vary.

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
    try:
        _linear(_inside(model.prediction), [model.symbols[name] for name in parameters])
    except FormulaError:
        return False
    return True


def _inside(formula: Value) -> Value:
    """What stands inside of the functions that are taken last."""
    while formula.operation in operations.functions().values() and len(formula.inputs) == 1:
        (formula,) = formula.inputs
    return formula


def _linear(formula: Value, levers: Sequence[Value]) -> list[Value]:
    """The coefficient of each lever, and at last what has none.

    Raises: FormulaError if it is not linear in the levers.
    """
    terms = coefficients(formula, levers)
    if any(sum(powers) > 1 for powers in terms):
        raise FormulaError("it is not linear")
    size = len(levers)
    alone = [tuple(int(i == j) for j in range(size)) for i in range(size + 1)]
    return [terms.get(powers, as_value(0)) for powers in alone]


def _solved(equations: Sequence[Sequence[Value]], right: Sequence[Fraction]) -> list[Fraction]:
    """The numbers that solve all the equations, which may be more than there are numbers.

    Raises: DataError if none do, or many.
    """
    rows = [[Fraction(x.data) for x in row[:-1]] for row in equations]
    right = [y - row[-1].data for y, row in zip(right, equations, strict=True)]
    columns = list(zip(*rows, strict=True))
    squares = [[sum(map(mul, x, y)) for y in columns] for x in columns]
    numbers = solve(squares, [sum(map(mul, x, right)) for x in columns])
    if any(sum(map(mul, row, numbers)) != y for row, y in zip(rows, right, strict=True)):
        raise DataError("there are no such numbers")
    return numbers
