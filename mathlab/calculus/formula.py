"""A graph written as text: valid Python, with the fewest parentheses.

Parentheses are needed where an operation binds less tightly than the one around it. So each has a
rank, and text of a lower rank is wrapped when it stands inside a higher one.

>>> from mathlab import Value
>>> x = Value(3.0, name="x")
>>> print((x + 1) * (x * 2) - (x - 1))
(x + 1)*(x*2) - (x - 1)

A piece that is used again and again would be written again and again, and the text of a small
graph could fill a library. When the text would grow past what a person reads, shared pieces get a
line and a name of their own, so that the text is never longer than the graph is large.

>>> y = x
>>> for _ in range(8):
...     y = 4 * y * (1 - y)
>>> print(str(y).splitlines()[0], "...", str(y).splitlines()[-1])
t1 = 4*x*(1 - x) ... 4*t7*(1 - t7)
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from mathlab.calculus.order import inputs_first

READABLE = 200  # operations on one line, shared parts repeated; above that they get names

SUM, PRODUCT, SIGN, POWER, ATOM = range(5)  # the ranks, loosest first

#         written with   its rank  the least rank its inputs may have without parentheses
INFIX = {
    "+": (" + ", SUM, (SUM, PRODUCT)),
    "-": (" - ", SUM, (SUM, PRODUCT)),
    "*": ("*", PRODUCT, (PRODUCT, SIGN)),
    "/": ("/", PRODUCT, (PRODUCT, SIGN)),
    "**": ("**", POWER, (ATOM, SIGN)),
}


def write(result: Any) -> str:
    """The formula of a graph; parts that many share stand above it, `name = part`, a line each."""
    order = inputs_first(result)
    names: dict[Any, str] = {}
    lines = []
    if _length_in_full(order) > READABLE:
        uses = Counter(x for node in order for x in set(node.inputs))
        taken = {node.name for node in order if not node.inputs}
        fresh = (name for i in count(1) if (name := f"t{i}") not in taken)
        for node in order:
            if uses[node] > 1 and node.inputs:
                lines.append(f"{(name := next(fresh))} = {''.join(pieces(node, names))}")
                names[node] = name
    lines.append("".join(pieces(result, names)))
    return "\n".join(lines)


def write_short(result: Any, limit: int = 20) -> str:
    """The formula if it has at most `limit` operations, else `...`, and no longer to make.

    >>> from mathlab import Value
    >>> x = Value(1.0, name="x")
    >>> write_short(sum(x for _ in range(1000)), limit=3)
    '...'
    """
    remaining, operations = [result], 0
    while remaining:
        inputs = remaining.pop().inputs
        remaining += inputs
        operations += bool(inputs)
        if operations > limit:
            return "..."
    return "".join(pieces(result, {}))


def pieces(result: Any, names: dict[Any, str]) -> Iterator[str]:
    """The text of a formula, piece by piece; nodes that have a name are written by it."""
    stack: list[Any] = [(result, SUM)]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
            continue
        node, least_rank = item
        rank, parts = (ATOM, [names[node]]) if node in names else _parts(node)
        if rank < least_rank:
            parts = ["(", *parts, ")"]
        stack += reversed(parts)


def _parts(node: Any) -> tuple[int, list[Any]]:
    """The rank of a node, and its text: strings, and inputs with the least rank they may have."""
    if not node.inputs:
        text = node.name or str(node.data)
        return _rank_of_number(text) if not node.name else ATOM, [text]
    name = node.operation.name
    if name == "negate":
        return SIGN, ["-", (node.inputs[0], SIGN)]
    if name in INFIX:
        sign, rank, (left, right) = INFIX[name]
        return rank, [(node.inputs[0], left), sign, (node.inputs[1], right)]
    arguments = [part for x in node.inputs for part in (", ", (x, SUM))]
    return ATOM, [f"{name}(", *arguments[1:], ")"]


def _rank_of_number(text: str) -> int:
    """How tightly a number binds: `-2` like a sign, the fraction `1/3` like a quotient.

    >>> _rank_of_number("-2") == SIGN, _rank_of_number("1/3") == PRODUCT
    (True, True)
    """
    if "/" in text:
        return PRODUCT
    return SIGN if text.startswith("-") else ATOM


def _length_in_full(order: Iterable[Any]) -> float:
    """How many operations the last formula has when shared parts are written out each time."""
    length: dict[Any, float] = {}
    for node in order:
        length[node] = sum((length[x] for x in node.inputs), start=float(bool(node.inputs)))
    return length[node]
