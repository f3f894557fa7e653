"""Inputs first: every node once, after all it was made from, whatever the shape of the graph."""

import math
import random

import pytest

from mathlab import Value, sin, symbols, total
from mathlab.calculus.graph.order import inputs_first, size

X, Y = symbols("x y")


def diamond(height):
    y = X
    for _ in range(height):
        y = y + y
    return y


def tangle():
    """Two hundred nodes, each made from two earlier ones."""
    dice = random.Random(1)
    nodes = [X, Y]
    for _ in range(200):
        nodes.append(dice.choice(nodes) * dice.choice(nodes) + X)
    return nodes[-1]


GRAPHS = {
    "a leaf": X,
    "one use": sin(X),
    "x twice": X * X,
    "a diamond of 2**60 paths": diamond(60),
    "a sum of many": total([X, Y, X * Y, sin(X * Y), X]),
    "a long chain": sum([X] * 5000),
    "a tangle": tangle(),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_every_node_once_and_after_its_inputs(name):
    order = inputs_first(GRAPHS[name])
    place = {node: i for i, node in enumerate(order)}
    assert len(place) == len(order)
    assert order[-1] is GRAPHS[name]
    for node in order:
        assert all(place[x] < place[node] for x in node.inputs)


def test_several_results_share_one_order():
    first, second = sin(X * Y), X * Y
    order = inputs_first(first, second, first)
    assert len(order) == len(set(order)) == 5
    assert {first, second, X, Y} < set(order)


def test_nothing_has_an_empty_order():
    assert inputs_first() == []


def test_a_long_chain_is_ordinary():
    y = x = Value(1.0)
    for _ in range(100_000):
        y = -y
    assert len(inputs_first(y)) == 100_001
    assert inputs_first(y)[0] is x


@pytest.mark.parametrize(
    ("build", "once", "in_full"),
    [
        (lambda a: a, 0, 0),
        (lambda a: a + a, 1, 1),
        (lambda a: (a + a) * (a + a), 3, 3),  # two sums, made apart
        (lambda a: (lambda b: b * b)(a + a), 2, 3),  # one sum, used twice
        (lambda a: total([a, a * a, a * a]), 3, 3),
    ],
)
def test_sizes(build, once, in_full):
    assert size(build(Value(2.0, "a"))) == (once, in_full)


def test_the_size_of_a_tower():
    x = Value(1.0, "x")
    for _ in range(200):
        x = x * x
    assert size(x) == (200, 2.0**200)  # less 1, which a float of this size does not show


def test_a_tower_that_no_paper_would_hold():
    x = Value.symbol("x")
    for _ in range(200_000):  # whole numbers of so many bits each would fill the memory
        x = x * x
    assert size(x) == (200_000, math.inf)
