"""An expression graph as a picture: which number was made from which, and what slope each has.

A node is anything that has `inputs` (the nodes it was made from), `operation` (what made it; None
for a number that was given), `name`, `data` and `grad`. It is shown once, however many use it.

>>> from types import SimpleNamespace as Some
>>> b = Some(name="b", data=6.0, grad=12.0, operation=None, inputs=())
>>> c = Some(name="c", data=36.0, grad=1.0, operation=Some(name="*"), inputs=(b, b))
>>> print(outline(c))
b           data 6    grad 12
c = b * b   data 36   grad 1
"""

import sys
from collections.abc import Sequence
from itertools import count
from typing import Any, Protocol

from mathlab.drawing.terminal import supports_unicode
from mathlab.drawing.text import cells, plain

MOST, FEW = 40, 10  # an outline of more than MOST lines shows the first FEW and the last FEW
LONGEST = 24  # characters of a number: a fraction can have thousands of digits


class Named(Protocol):
    """An operation, as far as a picture needs it."""

    @property
    def name(self) -> str:
        """What it is called, such as "sin" or "+"."""


class Node(Protocol):
    """A number that remembers how it was made, as far as a picture needs it."""

    @property
    def inputs(self) -> Sequence["Node"]:
        """The nodes it was made from."""

    @property
    def operation(self) -> Named | None:
        """What made it; None if it was given."""

    @property
    def name(self) -> str:
        """What to call it; may be empty."""

    @property
    def data(self) -> Any:
        """The number."""

    @property
    def grad(self) -> Any:
        """Its slope; may be missing as long as none was asked for."""


def outline(result: Node, unicode: bool | None = None) -> str:
    """The graph as text: a line for each node, in the order in which they are computed.

    Nodes without a name are called v1, v2 and so on. A number that is written in the formula, such
    as the 2 of `x ** 2` (a node made by an operation, from nothing), stands where it is used. Of
    more than 40 lines, the first 10 and the last 10 are shown. `unicode` allows more than ASCII in
    names; by default, if standard output can take it.
    """
    if unicode is None:
        unicode = supports_unicode(sys.stdout)
    order = in_order(result)
    names = _names(order)
    shown = [node for node in order if not _is_constant(node) or node is result]
    left_out = 0
    if len(shown) > MOST:
        left_out = len(shown) - 2 * FEW
        shown = shown[:FEW] + shown[-FEW:]
    columns = [
        [cells(plain(words, unicode)) for words in column]
        for column in zip(*(_describe(node, names) for node in shown), strict=True)
    ]
    widths = [max(map(len, column)) for column in columns]
    lines = [
        "   ".join(
            "".join(words) + " " * (width - len(words))
            for words, width in zip(row, widths, strict=True)
        )
        for row in zip(*columns, strict=True)
    ]
    if left_out:
        lines.insert(FEW, f"... {left_out:,} more ...")
    return "\n".join(line.rstrip() for line in lines)


def dot(result: Node) -> str:
    """The graph in the language of Graphviz, which draws it: `dot -Tsvg graph.dot -o graph.svg`.

    >>> from types import SimpleNamespace as Some
    >>> print(dot(Some(name="a", data=2.0, grad=1.0, operation=None, inputs=())))
    digraph {
        rankdir=LR
        node [shape=box, fontname="monospace"]
        n0 [label="a\\ndata 2\\ngrad 1"]
    }

    Source: the Graphviz documentation, "The DOT Language".
    """
    order = in_order(result)
    names = _names(order)
    numbers = {id(node): number for number, node in enumerate(order)}
    lines = []
    for node in order:
        label = "\\n".join(map(_quoted, _describe(node, names)))
        look = ", shape=plaintext" if _is_constant(node) else ""
        lines.append(f'n{numbers[id(node)]} [label="{label}"{look}]')
        lines += [f"n{numbers[id(source)]} -> n{numbers[id(node)]}" for source in node.inputs]
    head = ["digraph {", "    rankdir=LR", '    node [shape=box, fontname="monospace"]']
    return "\n".join([*head, *(f"    {line}" for line in lines), "}"])


def in_order(result: Node) -> list[Node]:
    """Every node that the result depends on, once, each after its inputs; the result is last.

    The stack holds what is still to do, so a chain of any length is no deeper than a short one.
    """
    order: list[Node] = []
    seen: set[int] = set()
    stack = [(result, False)]
    while stack:
        node, inputs_done = stack.pop()
        if inputs_done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((source, False) for source in reversed(node.inputs))
    return order


def _is_constant(node: Node) -> bool:
    return node.operation is not None and not node.inputs


def _names(order: list[Node]) -> dict[int, str]:
    """What each node is called, by its id: a constant by its number, the others all differently."""
    given = {plain(node.name) for node in order}
    numbered = (name for name in map("v{}".format, count(1)) if name not in given)
    used: set[str] = set()
    names: dict[int, str] = {}
    for node in order:
        if _is_constant(node):
            names[id(node)] = _number(node.data)
            continue
        name = plain(node.name) or next(numbered)
        if name in used:
            name = next(other for i in count(2) if (other := f"{name}_{i}") not in used | given)
        used.add(name)
        names[id(node)] = name
    return names


def _describe(node: Node, names: dict[int, str]) -> list[str]:
    """How the node was made, its number, and its slope."""
    name = names[id(node)]
    inputs = [names[id(source)] for source in node.inputs]
    if node.operation is None or not inputs:
        made = name
    elif len(inputs) == 2 and not node.operation.name.isidentifier():
        made = f"{name} = {inputs[0]} {node.operation.name} {inputs[1]}"
    elif node.operation.name == "negate":
        made = f"{name} = -{inputs[0]}"
    else:
        made = f"{name} = {node.operation.name}({', '.join(inputs)})"
    grad = f"grad {_number(node.grad)}" if hasattr(node, "grad") else "no grad yet"
    return [made, f"data {_number(node.data)}", grad]


def _number(number: Any) -> str:
    try:
        text = f"{number:.6g}" if isinstance(number, float) else str(number)
    except ValueError:  # Python refuses to write an int of more than 4,300 digits
        return "(too long to write)"
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def _quoted(text: str) -> str:
    """The text as it stands between the double quotes of a label."""
    # & too, because Graphviz reads &lt; in a label as <.
    return plain(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
