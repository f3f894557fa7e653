"""Exercise 10: the two grads, by mathlab; and the reader's order, walked on several graphs."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from lessons.grading.answer import Answer, Wrong, close
from lessons.grading.asked import RIGHT, Exercise, Number
from mathlab import Value
from mathlab.calculus.graph.chain_rule import local_slopes
from mathlab.calculus.graph.order import inputs_first

A = 5.0
HINTS = (
    "b is 10. c = b * b uses it twice, and the local slope of each use is the other factor, so "
    "each use hands 10 to b.",
    "Step 1: a node may be written down only when all that it was made from has been. On which "
    "line of `meet` should `found.append(node)` stand?",
    "Step 1: move `found.append(node)` below the loop, as far in as the `for`. Step 2: the list is "
    "to be read from its end, which is `found[::-1]`.",
)
ABOUT = {"order": 2}  # the first hint about each


def doubled(a: Value) -> Value:
    """b = a + a; c = b * b."""
    b = named("b", a + a)
    return named("c", b * b)


def diamond(a: Value) -> Value:
    """b = a * a; c = a + b; d = b * c."""
    b = named("b", a * a)
    c = named("c", a + b)
    return named("d", b * c)


def turned(a: Value) -> Value:
    """b = a * a; c = b + a; d = c * b."""
    b = named("b", a * a)
    c = named("c", b + a)
    return named("d", c * b)


def nothing(a: Value) -> Value:
    """b = a - a."""
    return named("b", a - a)


def chain(a: Value) -> Value:
    """b = -a; c = -b; d = -c; e = -d."""
    for name in "bcde":
        a = named(name, -a)
    return a


def ladder(a: Value) -> Value:
    """b = a * a; c = a * b; d = b * c; e = c * d."""
    first = a
    second = named("b", a * a)
    for name in "cde":
        first, second = second, named(name, first * second)
    return second


def unsorted(a: Value) -> Value:
    """y = a * a; m = y + a; b = m * y."""
    y = named("y", a * a)
    m = named("m", y + a)
    return named("b", m * y)


GRAPHS = (diamond, doubled, nothing, chain, turned, ladder, unsorted)


def check(answer: Answer) -> str:
    """The prediction, then the walk."""
    said = exercise().check(answer)
    for graph in GRAPHS:
        walk(answer, graph)
    return said


@cache
def exercise() -> Exercise:
    """The grads of b and a, where c = b * b."""
    a = Value(A, "a")
    c = doubled(a)
    c.backward()
    b = c.inputs[0]
    return Exercise([
        Number("GRAD_B", {
            "GRAD_B == by_b": RIGHT,
            "GRAD_B == by_b/2":
                "that is what one use of b hands on; c uses it twice, and both are added",
        }, f"it is the slope of c by b, with a = {A:g}"),
        Number("GRAD_A", {
            "GRAD_A == by_a": RIGHT,
            "GRAD_A == by_a/2":
                "that is what one use of a hands on; b uses it twice, and both are added",
            "GRAD_A == a": "that is a itself, not how fast c moves with it",
            "GRAD_A == 2": "that is how fast b moves with a; how fast does c?",
        }, f"it is the slope of c by a, with a = {A:g}"),
    ], {"by_b": b.grad, "by_a": a.grad, "a": A}, "each is used twice, and what both uses hand on "
        "is added up: {by_b:g} for b, {by_a:g} for a; so a node has to wait for every node that "
        "was made from it", "Now mend the walk in the file.")


def walk(answer: Answer, graph: Callable[[Value], Value]) -> None:
    """Hand on grads in the reader's order, and compare with what backward finds."""
    a = Value(3.0, "a")
    result = graph(a)
    result.backward()
    nodes = {node.name: node for node in inputs_first(result)}
    asked = f"order({result.name}), where {(graph.__doc__ or '').rstrip('.')}"
    try:
        names = names_in(answer.call("order", result))
    except Wrong as wrong:
        raise Wrong(wrong.why, asked, wrong.came) from None
    came = ", ".join(names) or "an empty list"
    expected = ", ".join(node.name for node in inputs_first(result)[::-1])
    if len(nodes) > 2:
        expected += ", or one like it"
    why = ""
    if strange := set(names) - nodes.keys():
        why = f"{min(strange)} is not in this graph"
    elif missing := nodes.keys() - set(names):
        why = f"{min(missing)} is missing in the list"
    elif len(names) > len(nodes):
        again = next(name for name in names if names.count(name) > 1)
        why = f"{again} is in the list more than once, so it would hand on its grad too often"
    elif all(names.index(x.name) < names.index(node.name)
             for node in nodes.values() for x in node.inputs):
        why = ("step 1 is done: all are there, each after those it was made from. Step 2: read "
               "this list from its end")
    elif names[-1] == result.name:
        why = ("step 2 is done, and step 1 is not: on which line of `meet` is a node written "
               "down?")
    elif names[0] != result.name:
        why = f"only {result.name} knows its grad at the start, so it has to be the first"
    if why:
        raise Wrong(why, asked, came, expected)
    grads = dict.fromkeys(names, 0.0) | {result.name: 1.0}
    for name in names:
        for x, slope in local_slopes(nodes[name]):
            grads[x.name] += grads[name] * slope
    for node in inputs_first(result)[::-1]:
        if not close(grads[node.name], node.grad):
            early = next(user for user in names if late(nodes, names, user, node.name))
            raise Wrong(
                f"the grad of {node.name} comes out as {grads[node.name]:g} and should be "
                f"{node.grad:g}: {early} hands on before all of its own grad has arrived",
                asked, came, expected,
            )


def late(nodes: dict[str, Value], names: Sequence[str], user: str, of: str) -> bool:
    """Whether a node made from `of` has its turn before one that is made from it."""
    users = [name for name in names if nodes[user] in nodes[name].inputs]
    return nodes[of] in nodes[user].inputs and any(
        names.index(each) > names.index(user) for each in users
    )


def names_in(listed: Any) -> list[str]:
    """The names of the nodes that the reader's function has listed."""
    try:
        nodes = list(listed)
    except TypeError:
        nodes = [None]
    if not all(isinstance(node, Value) for node in nodes):
        raise Wrong("it should be a list of nodes", "order(result)", listed)
    return [node.name or "a node without a name" for node in nodes]


def named(name: str, value: Value) -> Value:
    """The value, with a name."""
    value.name = name
    return value
