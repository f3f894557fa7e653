"""Formulas written as the lines of a program.

A formula on one line says the same part again and again, and Python cannot read more than so much
of it. A program gives such a part a line and a name:

>>> from mathlab import symbols
>>> x, y = symbols("x y")
>>> z = (x + y) ** 2
>>> script = Script([x, y], [z, 3 * z])
>>> script.lines, script.text(3 * z)
(['power_1 = (x + y)**2'], '3*power_1')

Where a program goes over the rows of a table, what the columns change is worked out for each row,
and all else once, before the loop:

>>> loss = (y - 2**x) ** 2
>>> script = Script([x, y], [loss], columns=[y])
>>> script.lines, script.inner_lines, script.text(loss)
(['power_1 = 2**x'], [], '(y - power_1)**2')
"""

import math
from collections import Counter
from collections.abc import Sequence
from keyword import iskeyword
from typing import Any
from unicodedata import normalize

from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.formula import (
    ATOM,
    PYTHON,
    SUM,
    Parts,
    Style,
    addends,
    joined,
    python,
    spelled_out,
)
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value
from mathlab.calculus.numbers.kinds import IN_KIND
from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.errors import FormulaError, UnknownError

DEEPEST = 50  # a longer nest gets a line of its own: Python reads at most 200 parentheses
WIDEST = 200  # and a longer sum several lines: Python gives up at a few thousand terms


def code(node: Any) -> Parts:
    """How a node is written for floats: as in any formula, but without a call where none is
    needed."""
    if node.operation is table.relu:
        return ATOM, ["(0 if ", (node.x, SUM), " <= 0 else ", (node.x, SUM), ")"]
    if node.operation is table.step:
        x = node.x, SUM
        return ATOM, ["(0 if ", x, " <= 0 else 1 if ", x, " > 0 else ", x, ")"]  # else: nan
    return python(node)


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
OF_ANY_KIND: dict[str, Any] = table.functions()
# The root of -1 is complex in Python, and `abs` would make a real number of it; `fabs` refuses.
OF_FLOATS = {name: row.compute for name, row in OF_ANY_KIND.items()} | {"absolute": math.fabs}
CALLED = {*table.functions().values()} - {table.relu, table.step}


def word_for(node: Any) -> str:
    """What the result of the node's operation is called."""
    if node.operation is table.multiply and node.x is node.y:
        return "square"
    name: str = node.operation.name
    return WORDS.get(node.operation, name)


class Script:
    """Some results as lines of Python.

    For floats, the functions are those of `math`; for other kinds of number those of the table, and
    for Decimals and Fractions the formula's own numbers become such.

    `lines` stand before everything, `inner_lines` inside the loop over rows; `text(result)` is what
    to write after them for a result. `names` has the names of nodes, and `known` what a name in the
    lines stands for that is neither an input nor defined by a line: functions, and numbers.

    Raises: FormulaError if an input's name cannot be a name in Python, is that of a function or
    comes twice; UnknownError if a symbol is not among the inputs.
    """

    def __init__(
        self,
        inputs: Sequence[Value],
        results: Sequence[Value],
        columns: Sequence[Value] = (),
        kind: type = float,
    ) -> None:
        self.inputs = inputs
        self.kind = kind
        self.names = checked_names(inputs)
        self.known = {**(OF_FLOATS if kind is float else OF_ANY_KIND)}
        self._style = CODE if kind is float else PYTHON
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

    def text(self, node: Value) -> str:
        """The text of a node."""
        return "".join(spelled_out([(node, SUM)], self.names, self._style))

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
            self._put(node, [self._style.parts(node)[1]])

    def _hoist(self, nodes: Sequence[Value]) -> None:
        """Give a line before the loop to what a row needs and is the same for every row."""
        for node in nodes:
            if node.inputs and node not in self._varies and node not in self.names:
                self._put(node, [self._style.parts(node)[1]])

    def _put(self, node: Value, chunks: list[list[Any]]) -> None:
        """A line that names the node; a long sum comes in several chunks, with a line each."""
        name = self._new_name(word_for(node))
        lines = self.inner_lines if node in self._varies else self.lines
        for i, parts in enumerate(chunks):
            so_far = f"{name} + " if i else ""
            lines.append(f"{name} = {so_far}{''.join(spelled_out(parts, self.names, self._style))}")
        self.names[node] = name
        self._depth[node] = 0

    def _write_number(self, leaf: Value) -> None:
        """Give a number a name, unless it can be written as it is."""
        number = leaf.data
        if number is UNKNOWN:
            raise UnknownError(f"{leaf.name} is neither a number nor an input: name it as an input")
        if self.kind in IN_KIND and not isinstance(number, int):
            number = IN_KIND[self.kind](number, leaf.name)
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


def free_name(name: str, taken: set[str]) -> str:
    """The name, or one like it that is not taken; taken from now on."""
    while name in taken:
        name += "_"
    taken.add(checked(name))
    return name


def checked(name: str) -> str:
    """The name, if it can be one in Python code.

    Raises: FormulaError otherwise.
    """
    proper = name.isidentifier() and not iskeyword(name) and name == normalize("NFKC", name)
    if not proper or name.startswith("__"):
        raise FormulaError(f"{name!r} cannot be a name in Python code: use letters, digits, _")
    return name


def checked_names(inputs: Sequence[Value]) -> dict[Value, str]:
    """The name of each input; none is taken twice, or by a function."""
    functions = table.functions()
    names: dict[Value, str] = {}
    for x in inputs:
        if not isinstance(x, Value):
            raise TypeError(f"the inputs of a formula are Values, not {x!r}")
        if checked(x.name) in functions or x.name in names.values():
            raise FormulaError(f"the name {x.name!r} is taken: choose another for this input")
        names[x] = x.name
    return names
