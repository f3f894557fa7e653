"""Models: a formula, with adjustable numbers in it, for how one column depends on others.

On the page: `slope * x + intercept`. Here it is any formula, and the columns are those of a table.

It is written as a formula. Names that are columns of the data are *features*, which the data fill
in; the rest are *parameters*, the levers that training will turn. Read `Model.__init__` first, then
`predict`; then what a model is when it meets a table; at the end are the models that have names.

>>> from mathlab.learning.data.table import Table
>>> model = Model("revenue = slope*budget + intercept")
>>> model.parameters(["title", "budget", "revenue"])
['slope', 'intercept']
>>> model.predict({"slope": 3.0, "intercept": 2.0}, Table({"budget": [10.0, 20.0]}))
[32.0, 62.0]
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any, Self

from mathlab.calculus.algebra.differentiate import substitute
from mathlab.calculus.code.compile import Compiled, compile_formula
from mathlab.calculus.graph.operations import add, constant, power, subtract, where
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value
from mathlab.calculus.text.parse import parse
from mathlab.errors import DataError, DomainError, FormulaError
from mathlab.learning.data.fields import is_number_like, is_recipe, read_columns
from mathlab.learning.data.table import Table, finite_columns, is_finite_number, no_column, short
from mathlab.learning.model.categories import Levels, indicators, levels_of, with_levels
from mathlab.learning.model.spelling import (
    NEIGHBOURS,
    Near,
    Spelled,
    free_word,
    hint_of_backticks,
    quoted,
    spell,
)
from mathlab.names import by_form, form, proper

UNUSUAL = re.compile(  # backticks, categories, e; not one = between two sides
    r"`|\bC *\(|\be\b|^ *=|= *$|=.*=|[<>!:+*/-]=|^[^=]*$", re.DOTALL)
Reading = Mapping[str, Any]  # how the columns of a model were read, as plain data


class Model:
    """`target = formula`, read from text; `prediction` is the right side as a formula.

    The left side is mostly the name of a column, but may be a formula of columns, such as `log(y)`:
    `actual` is that formula, and `observed` are the names in it.

    >>> model = Model("log(y) = a*x**2")
    >>> model.target, model.observed, str(model.prediction)
    ('log(y)', ['y'], 'a*x**2')

    A name that is not a word stands in backticks; in the formula, and in a `view` of a table, it is
    a word. What only a table can say is in `reading`, as plain data that can be kept in a file: the
    levels of categories, how columns of dates and the like were read, what stood for a missing
    number. A model has it from the table that it `meets`. `notes` say what is unusual about it.
    """

    # Most models have none of these:
    columns: Mapping[str, str] = {}  # the names in backticks, by the words for them
    categories: Mapping[str, str] = {}  # the columns in C(...), by the words for these
    levels: Mapping[str, Levels] = {}  # by columns
    called: Mapping[str, str] = {}  # in the file: what is called by another word in the formula
    notes: Sequence[str] = ()
    own: Sequence[str] = ()  # parameters, even if a column has such a name
    replaced: Mapping[str, Any] = {}  # parameters, by the formulas or numbers that stand for them

    def __init__(self, text: str, reading: Reading | None = None):
        self.text, self.reading = text.strip(), dict(reading or {})
        self.made: dict[Any, Any] = {}  # functions made from it, so that each is made once
        try:
            if self.reading or UNUSUAL.search(self.text):
                target, self.actual, self.prediction = self._spelled()
            else:
                target, _, formula = self.text.partition("=")
                self.actual, self.prediction = _left_side(target.strip()), parse(formula)
        except FormulaError as error:
            hint = hint_of_backticks(self.text)
            raise FormulaError(f"{self.shown(str(error))}{hint}") from None
        self.target, self.observed = form(target.strip()), _names(self.actual)
        if not self.observed:
            raise FormulaError(f"{short(self.text)} is not a model: there is no column on its left "
                               "side; write 'y = slope*x + intercept'")
        leaves = [node for node in inputs_first(self.prediction) if not node.inputs]
        self.symbols: dict[str, Value] = {x.name: x for x in leaves if x.operation is None}
        self.constants = [x for x in leaves if x.operation is constant]
        for number in self.constants:
            if not is_finite_number(number.data):
                raise FormulaError(f"a model is made of finite real numbers, not {number.data}")
        for name in self.observed:
            if name in self.symbols:
                raise FormulaError(f"{name} cannot be predicted from itself: {short(self.text)}")

    def features(self, columns: Iterable[str]) -> list[str]:
        """The names in the formula that are columns, in the formula's order."""
        columns = set(map(form, columns))
        return [x for x in self.symbols if x in columns or self.called.get(x, x) in columns]

    def parameters(self, columns: Iterable[str]) -> list[str]:
        """The names in the formula that are not columns, in the formula's order."""
        features = {*self.features(columns)}
        return [name for name in self.symbols if name not in features]

    def uses(self, columns: Iterable[str]) -> list[str]:
        """The columns that the model needs, as they are called in the file.

        >>> Model("y = a*`Temp [°C]` + C(kind)").uses(["y", "kind", "Temp [°C]", "note"])
        ['Temp [°C]', 'kind', 'y']
        """
        columns = set(map(form, columns))
        names = [*self.symbols, *self.observed]
        used = dict.fromkeys(n if self.column(n) not in columns else self.column(n) for n in names)
        return [name for name in used if name in columns]

    def with_formulas(self, formulas: Mapping[str, Any]) -> Self:
        """The model with formulas or numbers for some parameters. In a formula the parameter may
        stand again. Its text is the same.

        >>> model = Model("y = a*x + b")
        >>> str(model.with_formulas({"a": model.symbols["a"] ** 2, "b": 3.0}).prediction)
        'a**2*x + 3.0'

        Raises: FormulaError for what is not a parameter.
        """
        if not formulas:
            return self
        if wrong := [name for name in formulas if name not in self.symbols]:
            raise FormulaError(f"there is no parameter {wrong[0]!r} in {self}")
        other = copy(self)
        other.made, other.replaced = {}, {**self.replaced, **formulas}
        other.prediction = substitute(
            self.prediction, {self.symbols[name]: formula for name, formula in formulas.items()})
        nodes = inputs_first(other.prediction)
        other.symbols = {x.name: x for x in nodes if x.operation is None}
        return other

    def column(self, name: str) -> str:
        """What a name in the formula is called in the file."""
        return self.called.get(name, name)

    def shown(self, text: str) -> str:
        """A formula with the names of columns as they stand in the text of the model."""
        return Spelled("", "", self.columns, self.categories).shown(text)

    def meets(self, table: Table) -> tuple["Model", Table]:
        """The model for this table, and the table for this model.

        Its columns of texts are categories now, whose levels are in its `reading`; the table has a
        column for each name in the formula. A model and a table without texts and names in
        backticks are left as they are.

        >>> table = Table({"kind": ["b", "a", "c"], "y": [1.0, 2.0, 4.0]})
        >>> model, view = Model("y = base + kind").meets(table)
        >>> print(model.prediction), print(view)
        base + (kind_b*kind_is_b + kind_c*kind_is_c)
        kind  y  kind_is_b  kind_is_c
        b     1          1          0
        a     2          0          0
        c     4          0          1
        (None, None)
        """
        firsts = [next(filter(None, table[x]), 0) for x in self.symbols if x in table]
        unusual = self.own or self.called or self.reading or table.read_as
        if not unusual and not any(isinstance(value, str) for value in firsts):
            return self, table
        model = self._renamed(table)
        for name, column in {**model.columns, **model.categories}.items():
            if column not in table and name not in table:
                raise DataError(no_column(column, table.names, table.source))
        used = model.uses(table.names)
        in_c = set(model.categories.values())
        recipes = {name: recipe for name, recipe in table.read_as.get("columns", {}).items()
                   if name in used and recipe.get("as") != "text"}
        terms = {model.column(name) for name in _bare_terms(Model(model.text).prediction)}
        plain = [name for name in used if name not in map(model.column, model.observed) and (
            _is_text(table[name]) or (  # a yes or no to which no parameter gives a weight
                name in terms and recipes.get(name, {}).get("as") == "yes or no"))]
        levels = {name: levels_of(table, name) for name in used if name in in_c or name in plain}
        reading: dict[str, Any] = {}
        if levels:
            reading |= {"levels": levels, "texts": plain, "features": used, "avoid": []}
        if recipes:
            reading["columns"] = recipes
        if missing := [*table.read_as.get("missing", ())]:
            reading["missing"] = sorted(missing)
        if reading != model.reading:
            model = model._like(model.text, reading)
            made = {name for name in model.symbols if name not in model.features(used)}
            if clash := sorted(made & {*table.names} - {*used}):
                model = model._like(model.text, {**reading, "avoid": clash})
        return model, model.view(table)

    def view(self, table: Table) -> Table:
        """The table with a column for each name in the formula: those in backticks by their words,
        levels of categories as 0 and 1, texts that are numbers as they were read in training."""
        if not (self.called or self.reading):
            return table
        recipes = {name: how for name, how in self.reading.get("columns", {}).items()
                   if name in table and any(isinstance(value, str) for value in table[name])}
        if recipes:
            table = read_columns(table, *recipes, read_as=recipes)
        more: dict[str, Any] = {word: table[column] for word, column in self.columns.items()
                                if column in table}
        for levels in self.levels.values():
            if levels.column in table:
                more |= indicators(table, levels)
        return table.with_columns(more) if more else table

    def predict(self, parameters: Mapping[str, float],
                columns: Mapping[str, Sequence[float]] | Table) -> list[float]:
        """The prediction for each row of a table or a dict of columns, in the target's unit; a
        DataError if a feature is missing, a DomainError where the formula has no value."""
        table = self.view(columns if isinstance(columns, Table) else Table(columns))
        parameters = by_form(parameters)
        features = [name for name in self.symbols if name not in parameters]
        if unknown := [self.categories[name] for name in features if name in self.categories]:
            raise DataError(f"the levels of {unknown[0]} are not known before the model is trained")
        return self._numbers(self.prediction, parameters, features, table)

    def actual_numbers(self, table: Table) -> list[float]:
        """The target of each row of the table.

        >>> Model("log(y) = a*x").actual_numbers(Table({"y": [1.0, 4.0]}))
        [0.0, 1.3862943611198906]
        """
        return self._numbers(self.actual, {}, self.observed, self.view(table))

    def check_rows(self, table: Table) -> None:
        """Refuse a row for which a part of the formula has no value, whatever the parameters are,
        such as log(x) where x is 0.

        Raises: DomainError, which names the row and the column.
        """
        if not any(map(_is_fragile, inputs_first(self.actual, self.prediction))):
            return
        features = {*self.features(table.names)}
        for formula, names in ((self.actual, {*self.observed}), (self.prediction, features)):
            for part in _fragile_parts(formula, names):
                columns = _names(part)
                function = self._compiled(part, tuple(columns))
                rows = zip(*finite_columns(table, *columns, fewest=1), strict=True)
                for row, place in zip(rows, table.places, strict=True):
                    try:
                        if is_finite_number(function(*row)):
                            continue
                    except (ArithmeticError, ValueError, TypeError):
                        pass
                    known = dict(zip(columns, row, strict=True))
                    at = ", ".join(f"{self.shown(n)} is {x:g}" for n, x in known.items())
                    reason = _reason(part, known) or "it is not a finite real number"
                    what = self.shown(str(part))
                    others = "leave such rows out of the file, or change the formula"
                    if [*known.values()] == [0]:
                        others = f"if 0 stands for unknown, pass missing='0'; else {others}"
                    raise DomainError(f"{table.source}, {place}: {what} has no value where {at}: "
                                      f"{reason}; {others}")

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
            leaves = {x.name: x for x in inputs_first(formula) if x.operation is None}
            self.made[key] = compile_formula(formula,
                                             [leaves.get(n, Value.symbol(n)) for n in names])
        function: Compiled = self.made[key]
        return function

    def _spelled(self) -> tuple[str, Value, Value]:
        """The left side as it is written, and both sides as formulas, with words for names in
        backticks, and with sums over levels for categories, as far as the levels are known."""
        target, formula, self.columns, self.categories = spell(self.text)
        formula = self._with_categories(formula)
        actual, prediction = _left_side(target.strip()), parse(formula)
        if _e_is_a_parameter(prediction):
            prediction = parse(formula, {"e": Value.symbol("e")})
            self.notes = ["e is a parameter here, like its neighbours; Euler's number is exp(1)"]
        prediction = self._with_levels(prediction, _names(actual))
        self.called = {**self.columns, **self.categories} | {
            indicator: levels.column for levels in self.levels.values()
            for indicator in levels.indicators}
        return self.shown(target), actual, prediction

    def _with_categories(self, formula: str) -> str:
        """The text of a formula with a word for each place where a column of texts stands."""
        taken = {*re.findall(r"\w+", self.text), *self.categories}
        texts = {*self.reading.get("texts", ())}

        def category(word: re.Match[str]) -> str:
            name = form(word[0])
            column = self.columns.get(name, name)
            if column not in texts:
                return word[0]
            new = free_word(f"C_{column}", taken)
            self.categories = {**self.categories, new: column}
            return new

        return re.sub(r"\w+", category, formula)

    def _with_levels(self, formula: Value, observed: Sequence[str]) -> Value:
        """The formula with sums over levels in place of categories, as far as levels are known."""
        known = self.reading.get("levels", {})
        taken = {*_names(formula), *observed, *self.reading.get("avoid", ())}
        features = {*self.reading.get("features", ()), *self.columns, *self.categories}
        made: dict[str, Levels] = {}
        for name in _names(formula):
            column = self.categories.get(name, "")
            if column in known:
                word = next((w for w, c in self.columns.items() if c == column), column)
                levels = made.setdefault(column, Levels(column, known[column], taken, word))
                formula = with_levels(formula, Value.symbol(name), levels, features,
                                      self.categories)
        self.levels = made
        return formula

    def _renamed(self, table: Table) -> "Model":
        """The model whose own parameters are not called like columns that it has no use for."""
        names = dict.fromkeys(name for name in self.own if name in table)
        if not names:
            return self
        taken = {*self.symbols, *table.names}
        new = {name: free_word(f"{name}_1", taken) for name in names}
        text = re.sub(rf"`[^`]*`|\b({'|'.join(new)})\b",
                      lambda found: new[found[0]] if found[1] else found[0], self.text)
        return self._like(text, self.reading, tuple(new.get(name, name) for name in self.own))

    def _like(self, text: str, reading: Reading, own: tuple[str, ...] | None = None) -> Self:
        model = type(self)(text, reading)
        model.own = self.own if own is None else own
        return model

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[Any, ...]:
        # the text and the reading say it all; functions cannot be pickled
        return type(self), (self.text, self.reading), {"own": self.own, "replaced": self.replaced}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.own = state["own"]
        self.__dict__.update(self.with_formulas(state["replaced"]).__dict__)


def checked_reading(reading: Any) -> Reading:
    """Return the reading of a model that comes from a file; a DataError if it cannot be one."""

    def are_texts(given: Any) -> bool:
        return isinstance(given, list) and all(isinstance(text, str) for text in given)

    reading = {} if reading is None else reading
    if not isinstance(reading, dict):
        raise DataError(f"how its columns were read is a dict, not {short(reading)}")
    for key, part in reading.items():
        if key == "levels" and isinstance(part, dict):
            fits = all(are_texts(levels) and len({*levels}) == len(levels) > 1
                       for levels in part.values())
        elif key == "columns" and isinstance(part, dict):
            fits = all(map(is_recipe, part.values()))
        else:
            fits = key in ("texts", "features", "avoid", "missing") and are_texts(part)
        if not fits:
            raise DataError(f"how its columns were read has {short(part)} for {short(key)}")
    return reading


def _reason(formula: Value, numbers: Mapping[str, float]) -> str:
    """Why a formula has no value for these numbers. (Compiled code does not say it in words.)"""
    try:
        formula.at(**{name: numbers[name] for name in _names(formula)})
    except DomainError as error:
        return str(error)
    except FormulaError:  # a parameter called e cannot be given by its name
        pass
    return ""


def _is_text(values: Sequence[Any]) -> bool:
    """Whether a column has texts alone, and none that is a number."""
    known = [value for value in values if value is not None]
    return bool(known) and all(isinstance(value, str) for value in known) and not any(
        map(is_number_like, known))


def _e_is_a_parameter(formula: Value) -> bool:
    """Whether the name e stands beside a, b, c, d, and never as the base of a power."""
    order = inputs_first(formula)
    every = {node for node in order if node.operation is constant and node.name == "e"}
    is_base = any(node.operation is power and node.inputs[0] in every for node in order)
    beside = {*NEIGHBOURS} & {*_names(formula)}
    return bool(every) and not is_base and len(beside) > 1


def _bare_terms(formula: Value) -> list[str]:
    """The names that are terms of a sum by themselves."""
    found, waiting = [], [formula]
    while waiting:
        node = waiting.pop()
        if node.operation in (add, subtract):
            waiting += node.inputs
        elif node.operation is None:
            found.append(node.name)
    return found


def _is_fragile(node: Value) -> bool:
    """Whether it has a value for some of its inputs only."""
    return node.operation is not None and bool(node.operation.needs)


def _left_side(text: str) -> Value:
    """The left side as a formula; mostly it is a name."""
    return Value.symbol(proper(text)) if text.isidentifier() else parse(text)


def _fragile_parts(formula: Value, names: set[str]) -> list[Value]:
    """The parts of a formula that are made of these names alone, and may have no value."""
    found, waiting = [], [formula]
    while waiting:
        node = waiting.pop()
        if not node.inputs or node.operation is where:  # where looks at one of its inputs only
            continue
        inside = _names(node)
        if inside and names.issuperset(inside):
            if any(map(_is_fragile, inputs_first(node))):
                found.append(node)
        else:
            waiting += node.inputs
    return found


def trainable(model: Model, table: Table) -> list[str]:
    """The parameters of a model whose features are columns of this table; a FormulaError if there
    are none, or if a column may have been meant, as `ask_back` says."""
    ask_back(model, table)
    parameters = model.parameters(table.names)
    if not parameters:
        raise FormulaError(f"{model} has no parameters to train: every name in it is a column")
    return parameters


def ask_back(model: Model, table: Table) -> None:
    """Refuse, with a FormulaError, a name for which a column of the table may have been meant: one
    that is called like pi, or nearly like a parameter."""
    known = {*model.symbols, *model.observed, *model.called, *model.called.values()} - {"e"}
    unused = [name for name in table.names if name not in known]
    if not unused:
        return
    for name in [*(number.name for number in model.constants), *({"e"} & {*model.symbols})]:
        if name in unused:
            raise FormulaError(
                f"{name} in {model} is a number that everybody knows; give the column {name!r} "
                f"another name, or write `{name}`, in backticks, for the column")
    near = Near(unused)
    made = {*model.own, *(name for levels in model.levels.values() for name in levels.made)}
    for name in model.parameters(table.names):
        if name not in made and (column := near(name)):
            raise FormulaError(
                f"{name} is not a column; did you mean {quoted(column)}? If {name} is to be a "
                "parameter, give it another name")


def _names(formula: Value) -> list[str]:
    """The names in a formula that stand for columns or parameters."""
    return [leaf.name for leaf in inputs_first(formula) if leaf.operation is None]


def _ready_made(target: str, formula: str, own: Sequence[str]) -> Model:
    """A model whose own parameters keep their meaning, whatever columns a table has."""
    model = Model(f"{quoted(target)} = {formula}")
    model.own = tuple(own)
    return model


def _own(names: Sequence[str], *columns: str) -> list[str]:
    """Names for parameters that are not columns."""
    taken = {*columns}
    return [free_word(name if name not in columns else f"{name}_1", taken) for name in names]


def line(feature: str, target: str) -> Model:
    """The straight line `target = slope*feature + intercept`.

    >>> print(line("budget", "revenue"))
    revenue = slope*budget + intercept
    """
    slope, intercept = own = _own(["slope", "intercept"], feature, target)
    return _ready_made(target, f"{slope}*{quoted(feature)} + {intercept}", own)


def plane(features: Sequence[str], target: str) -> Model:
    """The plane through several features: a slope for each, and an intercept.

    >>> print(plane(["weight", "horsepower"], "mileage"))
    mileage = slope_weight*weight + slope_horsepower*horsepower + intercept
    """
    *slopes, intercept = own = _own([*(f"slope_{x}" for x in features), "intercept"], *features,
                                    target)
    terms = [f"{slope}*{quoted(x)}" for slope, x in zip(slopes, features, strict=True)]
    return _ready_made(target, " + ".join([*terms, intercept]), own)


def polynomial(feature: str, target: str, degree: int) -> Model:
    """The polynomial of a degree from 1, `target = c0 + c1*feature + c2*feature**2 + ...`.

    >>> print(polynomial("x", "y", 3))
    y = c0 + c1*x + c2*x**2 + c3*x**3
    """
    if not isinstance(degree, int) or degree < 1:
        raise FormulaError(f"the degree of a polynomial is 1, 2, 3, ..., not {degree!r:.40}")
    own = _own([f"c{k}" for k in range(degree + 1)], feature, target)
    x = quoted(feature)
    powers = [f"{c}*{x}**{k}" if k > 1 else f"{c}*{x}" for k, c in enumerate(own[1:], 1)]
    return _ready_made(target, " + ".join([own[0], *powers]), own)


def exponential_growth(feature: str, target: str) -> Model:
    """What grows by the same share in every unit of the feature, or shrinks.

    >>> print(exponential_growth("year", "people"))
    people = start*exp(rate*year)
    """
    start, rate = own = _own(["start", "rate"], feature, target)
    return _ready_made(target, f"{start}*exp({rate}*{quoted(feature)})", own)


def logistic(features: Sequence[str], target: str) -> Model:
    """The probability of a yes, whose log-odds are a line or a plane; it goes with the log loss.

    >>> print(logistic(["temperature"], "distress"))
    distress = sigmoid(slope_temperature*temperature + intercept)
    """
    odds = plane(features, target)
    formula = odds.text.removeprefix(f"{quoted(target)} = ")
    return _ready_made(target, f"sigmoid({formula})", odds.own)


def network(features: Sequence[str], target: str, units: int) -> Model:
    """A network with one layer of `units` neurons, each a tanh of a plane, added up by weights.

    Each has a weight `v1`, a bias `b1` and a weight for each feature `w1_x`; `c` is added to all.
    Start it at different small numbers: at 0 all neurons are the same, and remain so.

    >>> print(network(["x"], "y", 2))
    y = v1*tanh(w1_x*x + b1) + v2*tanh(w2_x*x + b2) + c
    """
    if not isinstance(units, int) or units < 1:
        raise FormulaError(f"a network has 1, 2, 3, ... units, not {units!r:.40}")
    taken = {*features, target}
    v, b, w = ([free_word(f"{letter}{i}", taken) for i in range(1, units + 1)] for letter in "vbw")
    weights = {(one, x): free_word(f"{one}_{x}", taken) for one in w for x in features}
    (c,) = _own(["c"], *taken)
    neurons = [f"{v[i]}*tanh({' + '.join(f'{weights[w[i], x]}*{quoted(x)}' for x in features)} "
               f"+ {b[i]})" for i in range(units)]
    return _ready_made(target, " + ".join([*neurons, c]), [*v, *b, *weights.values(), c])
