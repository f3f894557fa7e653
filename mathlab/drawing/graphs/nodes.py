"""An expression graph in words: how each node was made, its numbers, and what there is in all.

On the page: `order: dict[Value, None] = {}`. There each node is a key; here it says what it is.

A node is anything that has `inputs` (the nodes it was made from), `operation` (what made it; None
for a number that was given), `name`, `data` and, once it was asked for, `grad`. A number that is
written in the formula, such as the 2 of `x ** 2`, is a node made by an operation from nothing; it
is a constant.

>>> from types import SimpleNamespace as Some
>>> b = Some(name="b", data=6.0, grad=12.0, operation=None, inputs=())
>>> c = Some(name="c", data=36.0, grad=1.0, operation=Some(name="*"), inputs=(b, b))
>>> graph = Told(c)
>>> graph.describe(c)
['c = b * b', 'data 36', 'grad 1']
>>> graph.summary
['2 nodes: 1 input, 0 constants, 1 operation', 'operations: * 1', 'depth 1']
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from typing import Any

from mathlab.drawing.paper.text import plain, short

MOST_NODES = 40  # nodes, or lines, that a picture shows one by one
LONGEST_TEXT = 24  # characters of a number: a fraction can have thousands of digits

Node = Any  # with what is said above
# The slopes of a node: each behind the input that it goes with, in the order of the inputs. An
# input that is left out, as a constant may be, has no slope in the picture.
Slopes = Callable[[Any], Iterable[tuple[Any, Any]]]


class Told:
    """A graph as it is told: all nodes that `result` depends on, and what each is called.

    nodes    those that are shown on their own: all but constants, which stand where they are used
    """

    def __init__(self, result: Node, slopes: Slopes | None = None):
        self.order = in_order(result)
        self.nodes = [node for node in self.order if not is_constant(node)] or [result]
        self.called = _names(self.order)
        self.slopes = slopes

    def describe(self, node: Node) -> list[str]:
        """How the node was made, its number, and its grad."""
        name, inputs = self.called[id(node)], [self.called[id(source)] for source in node.inputs]
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

    def describe_all(self, node: Node) -> list[str]:
        """The same, and its slopes if they are asked for."""
        found = [label for label in self.labels(node) if label]
        words = f"slope{'s' * (len(found) > 1)} {', '.join(found)}" if found else ""
        return [*self.describe(node), *([] if self.slopes is None else [words])]

    def labels(self, node: Node) -> list[str]:
        """The slope of a node by each of its inputs, in words; empty for an input without one.

        Raises: ValueError if a slope goes with no input.
        """
        if self.slopes is None or not node.inputs:
            return [""] * len(node.inputs)
        found = list(self.slopes(node))
        labels = []
        for source in node.inputs:
            goes_with = bool(found) and found[0][0] is source
            labels.append(_number(found.pop(0)[1]) if goes_with else "")
        if found:
            raise ValueError(f"slopes gave {len(found)} that go with no input of a node with "
                             f"{len(node.inputs)}: give pairs of an input and the slope by it, in "
                             "the order of the inputs")
        return labels

    def joined(self, nodes: Sequence[Node]) -> tuple[list[list[int]], list[str]]:
        """The numbers of the inputs of each of these nodes, and the slope beside each, in words.

        Only inputs that are among the nodes count, so constants can be left out.
        """
        place = {id(node): i for i, node in enumerate(nodes)}
        inputs: list[list[int]] = []
        labels: list[str] = []
        for node in nodes:
            each = [*zip(node.inputs, self.labels(node), strict=True)]
            inputs.append([place[id(source)] for source, _ in each if id(source) in place])
            labels += [label for source, label in each if id(source) in place]
        return inputs, labels

    def nearest(self, most: int) -> list[Node]:
        """The result, what it was made from, what that was made from, and so on, without constants:
        as many steps back as there are no more than `most` nodes."""
        step = [self.order[-1]]
        found = {id(step[0])}
        while step:
            sources = [source for node in step for source in node.inputs if not is_constant(source)]
            before = {id(source): source for source in sources if id(source) not in found}
            if len(found) + len(before) > most:
                break
            found |= before.keys()
            step = list(before.values())
        return [node for node in self.nodes if id(node) in found]

    @property
    def summary(self) -> list[str]:
        """How many nodes of each kind there are, and how deep they are stacked, in three lines."""
        depth: dict[int, int] = {}
        kinds: Counter[str] = Counter()
        operations: Counter[str] = Counter()
        for node in self.order:
            depth[id(node)] = 1 + max([depth[id(source)] for source in node.inputs], default=-1)
            if node.operation is not None and node.inputs:
                operations[node.operation.name] += 1
            else:
                kinds["constant" if is_constant(node) else "input"] += 1
        kinds["operation"] = operations.total()
        each = ((kind, kinds[kind]) for kind in ("input", "constant", "operation"))
        counts = ", ".join(f"{times:,} {kind}{'s' * (times != 1)}" for kind, times in each)
        used = ", ".join(f"{plain(name)} {times:,}" for name, times in operations.most_common())
        deepest = max(depth.values())
        return [f"{len(depth):,} nodes: {counts}", f"operations: {used}", f"depth {deepest:,}"]


def in_order(result: Node) -> list[Node]:
    """Every node that the result depends on, once, each after its inputs; the result is last.

    The stack holds what is still to do, so a chain of any length is no deeper than a short one.
    """
    order: list[Node] = []
    seen: set[int] = set()
    stack: list[Any] = [result]
    while stack:
        node = stack.pop()
        if node is None:  # the marker: all inputs of the node beneath it are done
            order.append(stack.pop())
        elif id(node) not in seen:
            seen.add(id(node))
            stack += (node, None, *reversed(node.inputs))
    return order


def is_constant(node: Node) -> bool:
    """Whether it is a number written in the formula."""
    return node.operation is not None and not node.inputs


def _names(order: Sequence[Node]) -> dict[int, str]:
    """What each node is called, by its id: a constant by its number, the others all differently.

    Nodes without a name are called v1, v2 and so on.
    """
    given = {plain(name) for name in {node.name for node in order}}
    numbered = (name for name in map("v{}".format, count(1)) if name not in given)
    used: set[str] = set()
    found: dict[int, str] = {}
    for node in order:
        if is_constant(node):
            found[id(node)] = _number(node.data)
            continue
        name = (node.name and plain(node.name)) or next(numbered)
        if name in used:
            name = next(other for i in count(2) if (other := f"{name}_{i}") not in used | given)
        used.add(name)
        found[id(node)] = name
    return found


def _number(value: Any) -> str:
    """The number in few characters: six digits of a float, and the beginning of a long one."""
    try:
        text = f"{value:.6g}" if isinstance(value, float) else str(value)
    except ValueError:  # Python refuses to write an int of more than 4,300 digits
        return "(too long to write)"
    return short(text, LONGEST_TEXT)
