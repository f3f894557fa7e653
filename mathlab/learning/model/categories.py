"""Categories: a column of texts in a model, with one parameter for each of its levels.

On the page: `slope * x + intercept`, where x is a number. A column that has `Europe`, `Japan` and
`USA` in it can stand there too. Each level but the first becomes a column of 0 and 1 with a
parameter. The first level is the *base*: the parameters say how far the other levels are from it.
(With one for the base too, they could not be told from the intercept.)

    C(origin)      origin_Japan*origin_is_Japan + origin_USA*origin_is_USA
    b*C(origin)    b_Japan*origin_is_Japan + b_USA*origin_is_USA

>>> b, category = Value.symbol("b"), Value.symbol("origin")
>>> levels = Levels("origin", ["Europe", "Japan", "USA"], {"b", "origin"})
>>> print(with_levels(b * category, category, levels, set()))
b_Japan*origin_is_Japan + b_USA*origin_is_USA
>>> levels.indicators
{'origin_is_Japan': 'Japan', 'origin_is_USA': 'USA'}

Source: this coding is called "treatment contrasts" in R.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

from mathlab.calculus.algebra.differentiate import substitute
from mathlab.calculus.graph.operations import multiply, negate
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value
from mathlab.errors import DataError, FormulaError
from mathlab.learning.data.table import Table, cell, is_finite_number, short
from mathlab.learning.model.spelling import free_word

MOST_LEVELS = 50  # a column with more probably holds names, not categories


class Levels:
    """The levels of a column, of which the first is the base. `indicators` has the level of each
    column of 0 and 1, by that column's name. `taken` are the words that are in use."""

    def __init__(self, column: str, levels: Sequence[str], taken: set[str], word: str = ""):
        self.column, self.levels, self.taken = column, list(levels), taken
        self.word = word or column  # with which names begin
        self.made: list[str] = []
        self.base, *self.others = levels
        self.indicators = {free_word(f"{self.word}_is_{level}", taken): level
                           for level in self.others}

    def of(self, table: Table) -> list[str | None]:
        """The level of each row; None where it is missing."""
        return [level(value) for value in table[self.column]]

    def parameters(self, before: str) -> list[str]:
        """Names for parameters, one for each level but the base; `made` collects them."""
        names = [free_word(f"{before}_{level}", self.taken) for level in self.others]
        self.made += names
        return names


def level(value: Any) -> str | None:
    """Return a value as the text of a level; None if it is missing.

    >>> level(4.0), level(" Japan "), level(None)
    ('4', 'Japan', None)
    """
    if value is None:
        return None
    if isinstance(value, str):
        return value.strip()
    return cell(float(value)) if is_finite_number(value) else str(value)


def levels_of(table: Table, column: str) -> list[str]:
    """Return the levels of a column in order; a DataError if there are fewer than two, or too many.

    >>> levels_of(Table({"cyl": [8, 4, 12, 4]}), "cyl")
    ['4', '8', '12']
    """
    found = {level(value) for value in table[column]} - {None}
    if not found:
        raise DataError(f"column {column!r} is empty: leave it out of the model")
    if len(found) < 2:
        raise DataError(f"column {column!r} has the same text in each row, so nothing can depend "
                        "on it: leave it out of the model")
    if len(found) > MOST_LEVELS:
        raise DataError(
            f"column {column!r} has {len(found):,} different texts, such as "
            f"{short(min(map(str, found)))}; a category has at most {MOST_LEVELS}, each with a "
            "parameter: leave it out of the model, or make fewer groups of it")
    known = [str(one) for one in found]
    try:
        return sorted(known, key=float)
    except ValueError:
        return sorted(known)


def with_levels(formula: Value, leaf: Value, levels: Levels, features: Collection[str],
                categories: Mapping[str, str] | None = None) -> Value:
    """Return the formula with a sum over the levels in place of the category, which is `leaf`.

    A parameter that the leaf is multiplied by, and that stands nowhere else, becomes a parameter
    for each level. Raises: FormulaError if it stands elsewhere too, or if the leaf is multiplied by
    another of the `categories`.
    """
    order = inputs_first(formula)
    users: dict[Value, list[Value]] = {}
    for node in order:
        for x in node.inputs:
            users.setdefault(x, []).append(node)
    top = leaf
    while len(above := users.get(top, [])) == 1 and above[0].operation in (multiply, negate):
        top = above[0]
    factors = [x for x in _factors(top) if x is not leaf]
    for x in factors:
        if x.name in (categories or {}):
            raise FormulaError(
                f"the categories {levels.column} and {(categories or {})[x.name]} are multiplied: "
                "make one column of both, or add them")
    parameters = [x for x in factors if x.operation is None and x.name not in features]
    alone = [x for x in parameters if len(users[x]) == 1]
    if parameters and not alone:
        raise FormulaError(
            f"{parameters[0].name} stands before {levels.column}, and so becomes a parameter for "
            "each of its levels: give it another name where it stands alone")
    before = alone[0] if alone else None
    names = levels.parameters(before.name if before is not None else levels.word)
    pairs = zip(names, levels.indicators, strict=True)
    terms = [Value.symbol(name) * Value.symbol(indicator) for name, indicator in pairs]
    if before is not None:
        (product,) = users[before]
        rest = [x for x in product.inputs if x is not before]  # empty for -b
        formula = substitute(formula, {product: rest[0]} if rest else {before: 1})
    return substitute(formula, {leaf: reduce(add, terms)})


def indicators(table: Table, levels: Levels) -> dict[str, list[float]]:
    """Return the columns of 0 and 1 that the levels need.

    Raises: DataError for an unknown level, or a missing one.
    """
    found = levels.of(table)
    for one, place in zip(found, table.places, strict=True):
        where = f"{table.source}, {place}"
        if one is None:
            raise DataError(f"{where}: None in column {levels.column!r} is missing; drop such rows "
                            f"first, with clean(table, is_missing({levels.column!r}))")
        if one not in levels.levels:
            listed = ", ".join(map(short, levels.levels))
            raise DataError(f"{where}: {short(one)} in column {levels.column!r} is none of the "
                            f"levels that the model knows: {listed}")
    return {name: [float(one == other) for one in found]
            for name, other in levels.indicators.items()}


def _factors(product: Value) -> list[Value]:
    """The factors of a product, from right to left."""
    found, waiting = [], [product]
    while waiting:
        node = waiting.pop()
        if node.operation in (multiply, negate):
            waiting += node.inputs
        else:
            found.append(node)
    return found
