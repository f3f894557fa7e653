"""Formulas as text: a graph written as valid Python, with the fewest parentheses.

Parentheses are needed where an operation binds less tightly than the one around it. So each has a
rank, and text of a lower rank is wrapped when it stands inside a higher one. On the page:
`ast.unparse(ast.parse(text[self]))` leaves that to Python, which cannot take deep formulas.

>>> from mathlab import Value
>>> x = Value(3.0, name="x")
>>> print((x + 1) * (x * 2) - (x - 1))
(x + 1)*(x*2) - (x - 1)

The text of a small graph could fill a library, for a piece is written wherever it is used. When it
would grow past what a person reads, shared pieces get a line and a name of their own.

>>> y = x
>>> for _ in range(8):
...     y = 4 * y * (1 - y)
>>> print(str(y).splitlines()[0], "...", str(y).splitlines()[-1])
t1 = 4*x*(1 - x) ... 4*t7*(1 - t7)
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from typing import Any, NamedTuple

from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.numbers import kinds

READABLE = 200  # inputs on one line, shared parts repeated; above that they get names

SUM, PRODUCT, SIGN, POWER, ATOM = range(5)  # the ranks, loosest first

#        its rank  the least rank its inputs may have without parentheses
RANKS = {
    "+": (SUM, SUM, PRODUCT),      "-": (SUM, SUM, PRODUCT),
    "*": (PRODUCT, PRODUCT, SIGN), "/": (PRODUCT, PRODUCT, SIGN),
    "**": (POWER, ATOM, SIGN),
}

# What a node is written as: its rank, and its text, in which an input stands as a pair of the input
# and the least rank it may have without parentheses.
Parts = tuple[int, list[Any]]


class Style(NamedTuple):
    """A way to write: the parts of each node, the parentheses, and names."""

    parts: Callable[[Any], Parts]
    opening: str = "("
    closing: str = ")"
    name: Callable[[str], str] = str  # how the name of a shared part is spelled


def python(node: Any) -> Parts:
    """How a node is written in Python."""
    inputs = node.inputs
    if not inputs:
        return leaf(node.name or str(node.data), named=bool(node.name))
    name = node.operation.name
    if name in RANKS:
        return infix(node, f" {name} " if name in "+-" else name)
    if name == "negate":
        return SIGN, ["-", (inputs[0], SIGN)]
    if name == "xlogy":  # a product, but for what it is at 0
        return PRODUCT, [(inputs[0], PRODUCT), "*log(", (inputs[1], SUM), ")"]
    if name in ("total", "dot"):
        return SUM, joined(addends(node), " + ")
    return ATOM, [f"{name}(", *arguments(inputs), ")"]


PYTHON = Style(python)


def leaf(text: str, named: bool) -> Parts:
    """A name, or a number: `-2` binds like a sign, the fraction `1/3` like a quotient."""
    if named:
        return ATOM, [text]
    return (PRODUCT if "/" in text else SIGN if text[0] in "-−" else ATOM), [text]


def infix(node: Any, sign: str) -> Parts:
    """Two inputs with a sign between them."""
    rank, left, right = RANKS[node.operation.name]
    return rank, [(node.inputs[0], left), sign, (node.inputs[1], right)]


def arguments(inputs: Iterable[Any]) -> list[Any]:
    """Inputs with commas between them."""
    return joined([[(x, SUM)] for x in inputs], ", ")


def addends(node: Any, times: str = "*") -> list[list[Any]]:
    """What a sum, or an inner product, adds up."""
    if node.operation.name == "dot":
        pairs = zip(*kinds.halves(node.inputs), strict=True)
        return [[(x, PRODUCT), times, (y, SIGN)] for x, y in pairs]
    return [[(x, PRODUCT)] for x in node.inputs]


def joined(groups: Iterable[list[Any]], separator: str) -> list[Any]:
    """Groups of parts in one list, with a separator between them."""
    return [part for group in groups for part in (separator, *group)][1:]


def write(result: Any, style: Style = PYTHON) -> str:
    """The formula of a graph; parts that many share stand above it, `name = part`, a line each."""
    order = inputs_first(result)
    names: dict[Any, str] = {}
    lines = []
    if _length_in_full(order) > READABLE:
        uses = Counter(x for node in order for x in node.inputs)
        taken = {node.name for node in order if not node.inputs}
        fresh = (name for i in count(1) if (name := f"t{i}") not in taken)
        for node in order:
            if uses[node] > 1 and node.inputs:
                name = style.name(next(fresh))
                lines.append(f"{name} = {''.join(pieces(node, names, style))}")
                names[node] = name
    lines.append("".join(pieces(result, names, style)))
    return "\n".join(lines)


def write_short(result: Any, limit: int = 40) -> str:
    """The formula if its operations have at most `limit` inputs, else `...`, without delay."""
    remaining, size = [result], 0
    while remaining:
        inputs = remaining.pop().inputs
        size += len(inputs)
        if size > limit:
            return "..."
        remaining += inputs
    return "".join(pieces(result, {}))


def pieces(result: Any, names: Mapping[Any, str], style: Style = PYTHON) -> Iterator[str]:
    """The text of a formula, piece by piece; nodes that have a name are written by it."""
    stack: list[Any] = [(result, SUM)]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
            continue
        node, least_rank = item
        rank, parts = (ATOM, [names[node]]) if node in names else style.parts(node)
        if rank < least_rank:
            parts = [style.opening, *parts, style.closing]
        stack += reversed(parts)


def _length_in_full(order: Iterable[Any]) -> float:
    """How many inputs there are to write when shared parts are written out each time."""
    length: dict[Any, float] = {}
    for node in order:
        length[node] = sum((1 + length[x] for x in node.inputs), start=0.0)
    return length[node]
