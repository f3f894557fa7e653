"""A formula turned into a plain Python function: as fast as if a person had written it.

>>> from mathlab import symbols
>>> x, y = symbols("x y")
>>> z = (x + y) ** 2
>>> f = compile_formula([z, 3 * z], [x, y])
>>> f(1.0, 2.0)
(9.0, 27.0)
>>> print(f.source, end="")
def formula(x, y):
    sum_1 = x + y
    square_1 = sum_1*sum_1
    return (square_1, 3*square_1)

The function's text is the formula's own text, tidied, with a line for each part that is used more
than once or nested very deep, which is called by what it is. The text is made only from names that
have been checked and numbers that are ours, and so is safe to run. Its arithmetic is Python's:
`(-8.0)**0.5` is complex there, and `1/0` a ZeroDivisionError, where a Value raises a DomainError.

A formula with calls in it is made twice: once with the quick functions of `math`, which know floats
only, and once with those of the table, which know all kinds. The first line of the quick one asks.

>>> from mathlab import log
>>> f = compile_formula(log(x), [x])
>>> print(f.source, end="")
def formula(x):
    if not (type(x) is float):
        return in_any_kind(x)
    return log(x)
>>> f(1.0), f(1j)
(0.0, 1.5707963267948966j)

For training there is a second form, one loop over the rows of a table that adds up several formulas
at once. What does not change from row to row is worked out before the loop:

>>> a, b = symbols("a b")
>>> f = compile_rows({"loss": (y - a**2 * x) ** 2, "count": a / a}, [a], [x, y])
>>> print(f.source, end="")
def sums(rows, a):
    square_1 = a*a
    ratio_1 = a/a
    loss = count = 0.0
    for x, y in rows:
        difference_1 = y - square_1*x
        loss += difference_1*difference_1
        count += ratio_1
    return (loss, count)
>>> f([(1.0, 2.0), (2.0, 5.0)], 1.0)
(10.0, 2.0)
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from keyword import iskeyword
from typing import Any, Protocol
from unicodedata import normalize

from mathlab.calculus import operations as table
from mathlab.calculus.formula import (
    ATOM,
    SUM,
    Parts,
    Style,
    addends,
    joined,
    python,
    spelled_out,
)
from mathlab.calculus.kinds import as_decimal
from mathlab.calculus.order import inputs_first
from mathlab.calculus.tidy import tidy, tidy_factors
from mathlab.calculus.unknown import UNKNOWN
from mathlab.calculus.value import Value, as_value
from mathlab.errors import FormulaError, UnknownError

DEEPEST = 50  # a longer nest gets a line of its own: Python reads at most 200 parentheses
WIDEST = 200  # and a longer sum several lines: Python gives up at a few thousand terms


class Compiled(Protocol):
    """A plain Python function; `source` is its text."""

    source: str

    def __call__(self, *numbers: Any) -> Any:
        """The formula's number, or numbers, for these inputs."""


def compile_formula(
    outputs: Value | Sequence[Value], inputs: Sequence[Value], kind: type = float
) -> Compiled:
    """A function of `inputs` that gives the number of the output, or a tuple for a list of outputs.

    It takes numbers of any kind, and is quickest with floats. Floats in the formula itself do not
    mix with Decimals; with `kind=Decimal` they become Decimals too.

    Raises: FormulaError if an input's name cannot be a name in Python, is that of a function or
    comes twice; UnknownError if the formula has a symbol that is not among the inputs.
    """
    results = tidy([as_value(y) for y in ([outputs] if isinstance(outputs, Value) else outputs)])
    text = _Text(inputs, results, kind=kind)
    texts = [text.of(result) for result in results]
    if not isinstance(outputs, Value):
        texts = [f"({', '.join(texts)}{',' if len(texts) == 1 else ''})"]
    lines = [*text.lines, f"return {texts[0]}"]
    parameters = [x.name for x in inputs]
    if kind is not float:
        return _run("formula", parameters, lines, {**text.known, **OF_ANY_KIND})
    if called := text.inputs_of_calls():
        lines = _asking_for_floats(text, called, parameters, lines)
    return _run("formula", parameters, lines, text.known)


def compile_rows(
    sums: Mapping[str, Value],
    parameters: Sequence[Value],
    columns: Sequence[Value],
    kind: type = float,
) -> Compiled:
    """A function `f(rows, *parameters)` that gives, as a tuple, each formula's sum over the rows.

    A row has a number for each of `columns`. For other numbers than floats their `kind` is needed:
    functions of floats are those of Python's `math`, which know no others, and floats in the
    formula do not mix with Decimals.

    Raises: as `compile_formula`.
    """
    formulas = [as_value(y) for y in sums.values()]
    split = tidy_factors(formulas) if kind is float else [(1, y) for y in tidy(formulas)]
    factors, results = [factor for factor, _ in split], [rest for _, rest in split]
    text = _Text([*parameters, *columns], results, columns, kind)
    taken = {*text.names.values(), *text.known}
    totals = [_free(name, taken) for name in sums]
    added = [f"{name} += {text.of(result)}" for name, result in zip(totals, results, strict=True)]
    pairs = zip(factors, totals, strict=True)
    returned = [f"{factor}*{name}" if factor != 1 else name for factor, name in pairs]
    rows = _free("rows", taken)
    row = ", ".join(x.name for x in columns) + ("," if len(columns) == 1 else "")
    lines = [
        *text.lines,
        " = ".join([*totals, "0.0" if kind is float else "0"]),
        f"for {row or '_'} in {rows}:",
        *(f"    {line}" for line in [*text.inner_lines, *added] or ["pass"]),
        f"return ({', '.join(returned)}{',' if len(totals) == 1 else ''})",
    ]
    known = text.known if kind is float else {**text.known, **OF_ANY_KIND}
    return _run("sums", [rows, *(x.name for x in parameters)], lines, known)


def code(node: Any) -> Parts:
    """How a node is written: as in any formula, but without a call where none is needed."""
    if node.operation is table.relu:
        return ATOM, ["(0 if ", (node.x, SUM), " <= 0 else ", (node.x, SUM), ")"]
    if node.operation is table.step:
        x = node.x, SUM
        return ATOM, ["(0 if ", x, " <= 0 else 1 if ", x, " > 0 else ", x, ")"]  # else: nan
    return python(node)


def _asking_for_floats(
    text: "_Text", called: Sequence[Value], parameters: Sequence[str], lines: Sequence[str]
) -> list[str]:
    """The lines, after two that leave all numbers but floats to a function for any kind."""
    in_any_kind = _run("formula", parameters, lines, {**text.known, **OF_ANY_KIND})
    words = {"type": type, "float": float, "in_any_kind": in_any_kind}
    taken = {*text.names.values(), *text.known}  # an input may be called `type`
    names = [_free(word, taken) for word in words]
    text.known.update(zip(names, words.values(), strict=True))
    type_name, float_name, general = names
    types = " is ".join(f"{type_name}({x.name})" for x in called)
    return [
        f"if not ({types} is {float_name}):",
        f"    return {general}({', '.join(parameters)})",
        *lines,
    ]


CODE = Style(code)
WORDS = {
    table.add: "sum",
    table.subtract: "difference",
    table.multiply: "product",
    table.divide: "ratio",
    table.power: "power",
    table.total: "sum",
    table.dot: "sum",
    table.negate: "opposite",
}
CALLED = {*table.FUNCTIONS} - {table.relu, table.step}
OF_FLOATS = {operation.name: operation.compute for operation in table.FUNCTIONS}
OF_ANY_KIND = {operation.name: operation for operation in table.FUNCTIONS}


def word_for(node: Any) -> str:
    """What the result of the node's operation is called."""
    if node.operation is table.multiply and node.x is node.y:
        return "square"
    name: str = node.operation.name
    return WORDS.get(node.operation, name)


class _Text:
    """Formulas as lines of Python: `lines`, and `inner_lines` for what depends on the columns."""

    def __init__(
        self,
        inputs: Sequence[Value],
        results: Sequence[Value],
        columns: Sequence[Value] = (),
        kind: type = float,
    ) -> None:
        self.inputs = inputs
        self.kind = kind
        self.names = _checked_names(inputs)
        self.known: dict[str, Any] = {**OF_FLOATS}
        self.lines: list[str] = []
        self.inner_lines: list[str] = []
        self._taken = {*self.names.values(), *self.known}
        self._called: Counter[str] = Counter()
        self.order = inputs_first(*results)
        self._uses = Counter(x for node in self.order for x in node.inputs)
        self._uses.update(results)
        written_often = (table.relu, table.step)  # their input, so it needs a name
        self._uses.update(node.x for node in self.order if node.operation in written_often)
        self._varies = set(columns)
        self._depth: dict[Value, int] = {}
        for node in self.order:
            self._write(node)
        if columns:
            self._hoist(results)

    def of(self, node: Value) -> str:
        """The text of a node."""
        return "".join(spelled_out([(node, SUM)], self.names, CODE))

    def inputs_of_calls(self) -> list[Value]:
        """The inputs that reach a function which is called."""
        calls = [node for node in self.order if node.operation in CALLED]
        reached = set(inputs_first(*calls))
        return [x for x in self.inputs if x in reached]

    def _write(self, node: Value) -> None:
        """Give the node a line and a name if it needs them."""
        self._depth[node] = 1 + max((self._depth[x] for x in node.inputs), default=-1)
        if any(x in self._varies for x in node.inputs):
            self._varies.add(node)
            self._hoist(node.inputs)
        if node in self.names:
            return
        if not node.inputs:
            self._write_number(node)
        elif node.operation in (table.total, table.dot) and len(node.inputs) > WIDEST:
            groups = addends(node)
            chunks = [groups[i : i + WIDEST] for i in range(0, len(groups), WIDEST)]
            self._put(node, [joined(chunk, " + ") for chunk in chunks])
        elif self._uses[node] > 1 or self._depth[node] > DEEPEST:
            self._put(node, [code(node)[1]])

    def _hoist(self, nodes: Sequence[Value]) -> None:
        """Give a line before the loop to what a row needs and is the same for every row."""
        for node in nodes:
            if node.inputs and node not in self._varies and node not in self.names:
                self._put(node, [code(node)[1]])

    def _put(self, node: Value, chunks: list[list[Any]]) -> None:
        """A line that names the node; a long sum comes in several chunks, with a line each."""
        name = self._new_name(word_for(node))
        lines = self.inner_lines if node in self._varies else self.lines
        for i, parts in enumerate(chunks):
            so_far = f"{name} + " if i else ""
            lines.append(f"{name} = {so_far}{''.join(spelled_out(parts, self.names, CODE))}")
        self.names[node] = name
        self._depth[node] = 0

    def _write_number(self, leaf: Value) -> None:
        """Give a number a name, unless it can be written as it is."""
        number = leaf.data
        if number is UNKNOWN:
            raise UnknownError(f"{leaf.name} is neither a number nor an input: name it as an input")
        if self.kind is Decimal and not isinstance(number, int):
            number = as_decimal(number, leaf.name)
        if type(number) in (int, float) and abs(number) < 1e300:
            if leaf.name:  # pi, or an input that was not listed: the number, not the name
                self.names[leaf] = repr(number) if number >= 0 else f"({number!r})"
        else:
            self.names[leaf] = self._new_name("number")
            self.known[self.names[leaf]] = number

    def _new_name(self, word: str) -> str:
        """The word and its number: exp_1, exp_2, ..."""
        while True:
            self._called[word] += 1
            name = f"{word}_{self._called[word]}"
            if name not in self._taken:
                return name


def _run(name: str, parameters: Sequence[str], lines: Sequence[str], known: Any) -> Compiled:
    """The function with these lines: our own text, made of checked names and our numbers."""
    body = "".join(f"    {line}\n" for line in lines)
    source = f"def {name}({', '.join(parameters)}):\n{body}"
    exec(compile(source, f"<{name}>", "exec"), known)
    function: Compiled = known[name]
    function.source = source
    return function


def _free(name: str, taken: set[str]) -> str:
    """The name, or one like it that is not taken; taken from now on."""
    while name in taken:
        name += "_"
    taken.add(_checked(name))
    return name


def _checked(name: str) -> str:
    proper = name.isidentifier() and not iskeyword(name) and name == normalize("NFKC", name)
    if not proper or name.startswith("__"):
        raise FormulaError(f"{name!r} cannot be a name in Python code: use letters, digits, _")
    return name


def _checked_names(inputs: Sequence[Value]) -> dict[Value, str]:
    functions = {operation.name for operation in table.FUNCTIONS}
    names: dict[Value, str] = {}
    for x in inputs:
        if not isinstance(x, Value):
            raise TypeError(f"the inputs of a formula are Values, not {x!r}")
        if _checked(x.name) in functions or x.name in names.values():
            raise FormulaError(f"the name {x.name!r} is taken: choose another for this input")
        names[x] = x.name
    return names
