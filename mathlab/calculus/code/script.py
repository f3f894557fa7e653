"""Formulas as the lines of a program: what is shared, deep or wide gets a line and a name.

On the page: `return self.compute(*inputs)`, a call for each operation; here the arithmetic is
written down. A formula on one line says a part again wherever it is used, a program says it once:

>>> from mathlab import symbols
>>> x, y = symbols("x y")
>>> z = (x + y) ** 2
>>> script = Script([x, y], [z, result := 3 * z])
>>> script.lines, script.text(result)
(['power_1 = (x + y)**2'], '3*power_1')

One line can also be more than Python reads. So a deep nest gets a line every so often, and a wide
sum is added up in several.

Last, a program may go over the rows of a table. What its columns change is worked out for each row,
inside the loop; all else once, before it:

>>> loss = (y - 2**x) ** 2
>>> script = Script([x, y], [loss], columns=[y])
>>> script.lines, script.inner_lines, script.text(loss)
(['power_1 = pow(2, x)'], [], '(y - power_1)**2')

Read `Script.__init__` and `_write_lines` first; the rest is how a part is spelled, and its name.
The text of a part is made of the texts of its inputs, so each is looked at once.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from mathlab import names
from mathlab.calculus.graph import formula
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, is_number, nodes_of
from mathlab.errors import FormulaError, UnknownError

# How much stands on one line; tests/calculus/code/test_script.py finds where Python gives up.
DEEPEST = 50  # operations within each other: Python reads at most 200 parentheses
WIDEST = 200  # terms of a sum: Python reads a few thousand

ADDING = (table.total, table.dot)  # of any number of terms
LEAVING = (table.divide, table.power)  # whose numbers on the way may leave the floats
NEVER_FAIL = (table.absolute, table.sign, table.maximum, table.minimum)
SIGNS = {*table.ARITHMETIC, *ADDING}  # what is written with signs; all other rows are called
BETWEEN = {row: (*formula.RANKS[row.name], sign) for row, sign in
           ((table.add, " + "), (table.subtract, " - "), (table.multiply, "*"))}
WHERE = "({1} if {0} > 0 else {2} if {0} <= 0 else {0})"  # the last case is nan
BRANCHES = {table.where: WHERE}  # only what is taken is worked out
QUICK_BRANCHES = {  # for floats alone, which are quicker with 0.0 than with 0
    table.relu: "(0.0 if {0} <= 0 else {0})",
    table.step: "(0.0 if {0} <= 0 else 1.0 if {0} > 0 else {0})",
}
NOUNS = ("sum", "difference", "product", "ratio", "power", "opposite")
WORDS = {**dict(zip(table.ARITHMETIC, NOUNS, strict=True)), **dict.fromkeys(ADDING, "sum")}
# The root of -1 is complex in Python, which `pow` refuses, and `fabs`, where `abs` takes all.
QUICK = {table.absolute: math.fabs, table.power: math.pow}


Guards = frozenset[tuple[Value, bool]]  # conditions, and whether they must be above 0


# The text of a node, its rank, and how many operations stand within each other in it.
Written = tuple[int, str, int]


class Script:
    """Some results as lines of Python.

    `lines` stand before everything, `inner_lines` inside the loop over rows; `text(result)` is what
    to write after them for a result. `known` says what the other names in the lines stand for:
    numbers, and the functions that are called. For floats these are the quick ones (`compute` in
    the row), for other kinds of number the rows themselves; for Decimals and Fractions the
    formula's own numbers become such.

    Raises: FormulaError if an input's name cannot be a name in Python, is that of a function or
    comes twice; UnknownError if a symbol is not among the inputs.
    """

    reserved: Iterable[str] = ()  # names that nothing may have: in another language there are some
    for_floats = BRANCHES | QUICK_BRANCHES  # there the branches are written in its own way

    def __init__(self, inputs: Iterable[Any], results: Sequence[Value],
                 columns: Iterable[Any] = (), kind: type = float) -> None:
        groups = groups_of(inputs, results)
        self.inputs = [x for x, *_ in groups]
        self.kind = kind
        is_called = kind in table.where.in_kind  # of an interval, a condition may say both
        self.branches = self.for_floats if kind is float else {} if is_called else BRANCHES
        self.lines: list[str] = []
        self.inner_lines: list[str] = []
        self.taken = {*table.functions(), *self.reserved}
        self.names: dict[Value, str] = {}  # of nodes
        for nodes in groups:
            self.names |= dict.fromkeys(nodes, self._input_name(nodes[0]))
        self.calls: dict[Operation, str] = {}  # the names of the functions that are called
        self.known: dict[str, Any] = {}
        self._numbered: Counter[str] = Counter()
        self._written: dict[Value, Written] = {}
        self._order = inputs_first(*results)
        self._wide = {x for x in self._order if x.operation in ADDING and len(x.inputs) > WIDEST}
        self._changing = {x for nodes in groups_of(columns, results) for x in nodes}
        for node in self._order if self._changing else ():  # what depends on them changes too
            if not self._changing.isdisjoint(node.inputs):
                self._changing.add(node)
        for node in self._order:
            if node.operation not in BETWEEN:
                if node.inputs:
                    self._name_call(node)
                elif node not in self.names:
                    self._name_number(node)
        self._guards = self._found_guards(results)
        self._write_lines(results)
        if self._changing:
            self._write_before_loop(results)

    def text(self, result: Value) -> str:
        """The text of a result."""
        return self._written[result][1]

    def named(self, result: Value) -> str:
        """The text of a result, which is given a line and a name if it is more than one."""
        self._write(result)
        return self.text(result)

    def inputs_for_floats(self) -> list[Value]:
        """The inputs that reach what is written for floats alone: a call, or a quick branch."""
        written = (x for x in self._order if x.operation not in BETWEEN and
                   (self._is_called(x) or x.operation in QUICK_BRANCHES))
        reached = set(inputs_first(*written))
        return [x for x in self.inputs if x in reached]

    @property
    def may_leave_the_floats(self) -> bool:
        """Whether there is a division or a power, or a number far from 1: at 1e200 there is an
        x/x**2, and no x**2."""
        return any(node.operation in LEAVING or (is_number(node) and is_far(node.data))
                   for node in self._order)

    @property
    def may_fail(self) -> bool:
        """Whether some numbers may have no result: there is one of these two, or a function."""
        return not self.calls.keys() <= {*NEVER_FAIL} or self.may_leave_the_floats

    # One part, one line

    def _found_guards(self, results: Sequence[Value]) -> dict[Value, Guards]:
        """For each node that only a branch of a `where` needs: the conditions, and which way."""
        if not any(node.operation is table.where for node in self._order):
            return {}
        guards: dict[Value, Guards] = dict.fromkeys(results, frozenset())
        for node in reversed(self._order):
            own = guards[node]
            branches = (None, True, False) if node.operation is table.where else ()
            for x, way in zip_longest(node.inputs, branches):
                here = own if way is None else own | {(node.inputs[0], way)}
                guards[x] = guards[x] & here if x in guards else here
        for node, own in guards.items():  # what the rows do not change may stand before their loop
            if not self._changing.isdisjoint(condition for condition, _ in own):
                self._changing.add(node)
        return guards

    def _write_lines(self, results: Sequence[Value]) -> None:
        """A line for each part that is used more than once, a deep nest or a wide sum."""
        used, shared = {*results}, {y for y, count in Counter(results).items() if count > 1}
        for node in self._order:
            for x in (node.x, node.y) if node.y else node.inputs:  # two, the usual case
                (shared if x in used else used).add(x)
            if node.operation in self.branches:
                shared.add(node.inputs[0])  # what decides is written twice
        written, changing, spelled = self._written, self._changing, self._spelled
        wide = self._wide
        for node in self._order:
            if changing and node in changing:
                self._write_before_loop(node.inputs)
            written[node] = _, _, depth = spelled(node)
            if node in shared or depth > DEEPEST or node in wide:
                self._write(node)

    def _write_before_loop(self, nodes: Iterable[Value]) -> None:
        """Lines for those of the nodes that are the same for every row, as each row needs them."""
        for node in nodes:
            if node not in self._changing:
                self._write(node)

    def _write(self, node: Value) -> None:
        """The line `name = text`, unless the node has a name; `name = name + text` goes on."""
        _, text, depth = self._written[node]
        if depth == 0:  # it has one, or is a number
            return
        name, guards = self._new_name(word_for(node)), self._guards.get(node, ())
        lines = self.inner_lines if node in self._changing else self.lines
        tests = sorted(f"{self.text(x)} > 0" if way else f"{self.text(x)} <= 0"
                       for x, way in guards) if guards else []
        lines += self._named(name, self._pieces(node) if node in self._wide else [text], tests)
        self._written[node] = formula.ATOM, name, 0

    def _named(self, name: str, texts: Sequence[str], tests: Sequence[str]) -> list[str]:
        """The lines that give a name to the sum of the texts, or to 0 where a test fails."""
        unless = f" if {' and '.join(tests)} else 0" if tests else ""
        first, *others = texts
        more = [f"{name} = {name} + {text}{unless}" for text in others]
        return [f"{name} = {first}{unless}", *more]

    def _pieces(self, node: Value) -> list[str]:
        """What each line of a wide sum says."""
        terms = [self._joined(term) for term in formula.addends(node)]
        return [" + ".join(terms[i : i + WIDEST]) for i in range(0, len(terms), WIDEST)]

    # How a part is spelled

    def _spelled(self, node: Value) -> Written:
        """The text of a node, made of the texts of its inputs.

        Equivalent to: `_joined` of the node's `_parts`, which sums and products do without.
        """
        if node in self.names:
            return formula.ATOM, self.names[node], 0
        if node.operation in BETWEEN:
            rank, least_x, least_y, sign = BETWEEN[node.operation]
            rank_x, x, depth_x = self._written[node.x]
            rank_y, y, depth_y = self._written[node.y]
            x, y = x if rank_x >= least_x else f"({x})", y if rank_y >= least_y else f"({y})"
            return rank, f"{x}{sign}{y}", 1 + (depth_x if depth_x > depth_y else depth_y)
        depth = 1 + max((self._written[x][2] for x in node.inputs), default=-1)
        rank, parts = self._parts(node)
        return rank, self._joined(parts), depth

    def _joined(self, parts: Iterable[Any]) -> str:
        """The text of some parts; an input stands among them with the rank it must have."""
        texts = []
        for part in parts:
            if isinstance(part, str):
                texts.append(part)
            else:
                node, least = part
                rank, text, _ = self._written[node]
                texts.append(text if rank >= least else f"({text})")
        return "".join(texts)

    def _parts(self, node: Value) -> formula.Parts:
        """As in any formula, but for calls, and branches: relu(x) is `(0 if x <= 0 else x)`."""
        row: Any = node.operation
        if self._is_called(node):
            return formula.ATOM, [f"{self.calls[row]}(", *formula.arguments(node.inputs), ")"]
        if branches := self.branches.get(row):
            parts = re.split(r"{(\d)}", branches)  # every other one is an input's number
            parts[1::2] = [(node.inputs[int(i)], formula.SUM) for i in parts[1::2]]
            return formula.ATOM, parts
        return formula.python(node)

    # Names

    def _input_name(self, x: Value) -> str:
        """The name of an input; none is taken twice, or by a function."""
        name = names.proper(x.name)
        if name in self.taken:
            raise FormulaError(f"the name {name!r} is taken: choose another for this input")
        self.taken.add(name)
        return name

    def _is_called(self, node: Value) -> bool:
        """Whether the node is written as a call: a function, or a power that may not be real."""
        row: Any = node.operation
        if row is table.power:
            exponent = node.y.data if is_number(node.y) else None
            return self.kind is float and not isinstance(exponent, int)
        return bool(node.inputs) and row not in SIGNS and row not in self.branches

    def _name_call(self, node: Value) -> None:
        """The function of this row under the row's own name; or a new one, if that is another's."""
        row: Any = node.operation
        if row in self.calls or not self._is_called(node):
            return
        own = table.functions().get(row.name) is row
        word = free_name("pow", self.taken) if row is table.power else ""
        name = self.calls[row] = word or (row.name if own else self._new_name("function"))
        self.known[name] = QUICK.get(row, row.compute) if self.kind is float else row

    def _name_number(self, leaf: Value) -> None:
        """A name for a number, unless it can be written as it is."""
        number = leaf.data
        if not leaf.is_known:
            raise UnknownError(f"{leaf.name} is neither a number nor an input: name it as an input")
        in_kind = table.constant.in_kind.get(self.kind)
        if in_kind and not isinstance(number, int):
            number = in_kind(number, leaf.name)
        if type(number) not in (int, float) or not abs(number) < 1e300:
            self.names[leaf] = self._new_name("number")
            self.known[self.names[leaf]] = number
        elif leaf.name:  # pi, or an input that was not listed: the number, not the name
            self.names[leaf] = repr(number) if number >= 0 else f"({number!r})"

    def _new_name(self, word: str) -> str:
        """The word and its number: exp_1, exp_2, ..."""
        while True:
            self._numbered[word] += 1
            name = f"{word}_{self._numbered[word]}"
            if name not in self.taken:
                self.taken.add(name)
                return name


def groups_of(xs: Iterable[Any], results: Sequence[Value]) -> list[tuple[Value, ...]]:
    """The nodes that each x stands for; those that are such already are not looked for."""
    groups = xs if isinstance(xs, str) else [*xs]
    if isinstance(groups, list) and {tuple}.issuperset(map(type, groups)):
        return groups
    return nodes_of(groups, *results)


def is_far(number: Any) -> bool:
    """Whether products with a number easily leave the floats."""
    return number != 0 and not 1e-100 < abs(number) < 1e100


def word_for(node: Any) -> str:
    """What the result of the node's operation is called."""
    row = node.operation
    if row is table.multiply and node.x is node.y:
        return "square"
    word: str = WORDS.get(row, row.name)
    return word


def free_name(name: str, taken: set[str]) -> str:
    """The name, or one like it that is not taken; taken from now on."""
    while name in taken:
        name += "_"
    taken.add(names.proper(name))
    return name
