"""Inputs first: every node once, after all it was made from, whatever the shape of the graph."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from mathlab import Value, sin, symbols, total
from mathlab.calculus.graph.operations import constant
from mathlab.calculus.graph.order import Unreached, inputs_first, met

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


@pytest.mark.parametrize("name", GRAPHS)
def test_what_a_sweep_has_met_is_the_same(name):
    listed = inputs_first(GRAPHS[name])  # with a node for each plain number
    assert {*met(GRAPHS[name], mark := Unreached())} == {*listed}
    order = met(GRAPHS[name], again := Unreached())  # an earlier sweep's mark is no mark
    place = {node: i for i, node in enumerate(order)}
    assert len(place) == len(order)
    assert all(place[x] < place[node] for node in order for x in node.inputs)
    assert mark is not again
    assert all(node.grad is again for node in order)


def test_a_plain_number_becomes_a_node_when_it_is_asked_for():
    y = X * 2.5 - 3
    product = y.x
    assert [type(node.other) for node in (y, product)] == [int, float]
    assert len(met(y, Unreached())) == 3  # x, the product and the difference
    assert [str(node) for node in inputs_first(y)] == ["x", "2.5", "x*2.5", "3", "x*2.5 - 3"]
    assert y.inputs[1] is y.inputs[1] is y.y
    assert product.y.operation is constant


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


def test_threads_that_read_a_graph_find_the_same_nodes():
    y = Value(1.0, "x")
    for _ in range(2_000):
        y = y * 1.5 + 0.5
    with ThreadPoolExecutor() as pool:
        orders = [*pool.map(inputs_first, [y] * 8)]
    assert all(order == orders[0] for order in orders)
