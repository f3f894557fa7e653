"""A formula turned into a plain Python function: as fast as if a person had written it.

>>> from mathlab import symbols
>>> x, y = symbols("x y")
>>> z = (x + y) ** 2
>>> f = compile_formula([z, 3 * z], [x, y])
>>> f(1.0, 2.0)
(9.0, 27.0)
>>> print(f.source, end="")
def formula(x, y):
    t1 = (x + y)**2
    return (t1, 3*t1)

The function's text is the formula's own text, with a line for each part that is used more than once
or nested very deep. It is made only from names that have been checked and numbers that are ours,
and so is safe to run. Its arithmetic is Python's: `(-8.0)**0.5` is complex there, and `1/0` a
ZeroDivisionError, where a Value raises a DomainError.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from keyword import iskeyword
from math import isfinite
from typing import Any
from unicodedata import normalize

from mathlab.calculus.formula import addends, joined, pieces, spelled_out
from mathlab.calculus.operations import FUNCTIONS, dot, total
from mathlab.calculus.order import inputs_first
from mathlab.calculus.unknown import UNKNOWN
from mathlab.calculus.value import Value
from mathlab.errors import FormulaError, UnknownError

DEEPEST = 50  # a longer nest gets a line of its own: Python reads at most 200 parentheses
WIDEST = 200  # and a longer sum several lines: Python gives up at a few thousand terms
SUMS = (total, dot)


class Compiled:
    """A formula as a function of plain numbers; `source` is its text."""

    def __init__(self, source: str, function: Callable[..., Any]):
        self.source = source
        self.function = function

    def __call__(self, *numbers: Any) -> Any:
        """The formula's number, or numbers, for these inputs."""
        return self.function(*numbers)


def compile_formula(outputs: Value | Sequence[Value], inputs: Sequence[Value]) -> Compiled:
    """A function of `inputs` that gives the number of the output, or a tuple for a list of outputs.

    Raises: FormulaError if an input's name cannot be a name in Python, UnknownError if the formula
    has a symbol that is not among the inputs.
    """
    results = (outputs,) if isinstance(outputs, Value) else tuple(outputs)
    names = _checked_names(inputs)
    known: dict[str, Any] = {operation.name: operation for operation in FUNCTIONS}
    taken = {*names.values(), *known}
    fresh = (name for i in count(1) if (name := f"t{i}") not in taken)

    order = inputs_first(*results)
    uses = Counter(x for node in order for x in node.inputs)
    uses.update(results)
    depth: dict[Value, int] = {}
    lines = [f"def formula({', '.join(names.values())}):"]
    for node in order:
        depth[node] = 1 + max((depth[x] for x in node.inputs), default=-1)
        if node in names:
            continue
        if not node.inputs:
            names[node] = _number(node, known, fresh)
        elif node.operation in SUMS and len(node.inputs) > WIDEST:
            name = next(fresh)
            groups = addends(node)
            for i in range(0, len(groups), WIDEST):
                text = joined(groups[i : i + WIDEST], " + ")
                so_far = f"{name} + " if i else ""
                lines.append(f"    {name} = {so_far}{''.join(spelled_out(text, names))}")
            names[node] = name
            depth[node] = 0
        elif uses[node] > 1 or depth[node] > DEEPEST:
            name = next(fresh)
            lines.append(f"    {name} = {''.join(pieces(node, names))}")
            names[node] = name
            depth[node] = 0
    texts = ["".join(pieces(node, names)) for node in results]
    if not isinstance(outputs, Value):
        texts = [f"({', '.join(texts)}{',' if len(texts) == 1 else ''})"]
    source = "\n".join([*lines, f"    return {texts[0]}", ""])
    exec(compile(source, "<formula>", "exec"), known)  # our own text: checked names, our numbers
    return Compiled(source, known["formula"])


def _checked_names(inputs: Sequence[Value]) -> dict[Value, str]:
    names: dict[Value, str] = {}
    functions = {operation.name for operation in FUNCTIONS}
    for x in inputs:
        name = x.name
        proper = name.isidentifier() and not iskeyword(name) and name == normalize("NFKC", name)
        if not proper or name.startswith("__"):
            raise FormulaError(f"{name!r} cannot be the name of an input: use letters, digits, _")
        if name in functions or name in names.values():
            raise FormulaError(f"the name {name!r} is taken: choose another for this input")
        names[x] = name
    return names


def _number(leaf: Value, known: dict[str, Any], fresh: Iterator[str]) -> str:
    """How a number is written in Python; one that has no exact text is handed over under a name."""
    number = leaf.data
    if number is UNKNOWN:
        raise UnknownError(f"{leaf.name} is neither a number nor an input: name it as an input")
    if type(number) is int or (type(number) is float and isfinite(number)):
        text = repr(number)
        return f"({text})" if text[0] == "-" else text
    known[name := next(fresh)] = number
    return name
