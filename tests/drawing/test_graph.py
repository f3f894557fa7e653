import io
import re
from fractions import Fraction
from types import SimpleNamespace

import pytest

from mathlab.drawing import graph
from mathlab.drawing.graph import dot, in_order, outline


def leaf(name="", data=1.0, grad=0.0):
    return SimpleNamespace(inputs=(), operation=None, name=name, data=data, grad=grad)


def made(operation, *inputs, name="", data=1.0, grad=0.0):
    operation = SimpleNamespace(name=operation)
    return SimpleNamespace(inputs=inputs, operation=operation, name=name, data=data, grad=grad)


def constant(data):
    return made("constant", data=data)


def chain(length):
    node = leaf("x")
    for _ in range(length):
        node = made("sin", node)
    return node


def diamond():
    """The graph of b = a + a; c = b * b at a = 3: c = 4 a**2, dc/db = 12, dc/da = 24."""
    a = leaf("a", 3.0, 24.0)
    b = made("+", a, a, name="b", data=6.0, grad=12.0)
    return made("*", b, b, name="c", data=36.0, grad=1.0)


def test_an_outline_names_shared_nodes_once():
    assert outline(diamond()).splitlines() == [
        "a           data 3    grad 24",
        "b = a + a   data 6    grad 12",
        "c = b * b   data 36   grad 1",
    ]


X, Y = leaf("x"), leaf("y")


@pytest.mark.parametrize(
    ("node", "line"),
    [
        (made("+", X, Y), "v1 = x + y"),
        (made("-", X, Y), "v1 = x - y"),
        (made("*", X, Y), "v1 = x * y"),
        (made("/", X, Y), "v1 = x / y"),
        (made("**", X, constant(2)), "v1 = x ** 2"),
        (made("negate", X), "v1 = -x"),
        (made("sin", X, name="height"), "height = sin(x)"),
        (made("hypot", X, Y), "v1 = hypot(x, y)"),
        (leaf("x"), "x"),
        (leaf(), "v1"),
        (constant(2.5), "2.5"),
    ],
)
def test_a_line_reads_like_arithmetic(node, line):
    assert outline(node).splitlines()[-1].split("   ")[0] == line


def test_inputs_come_before_what_is_made_of_them():
    deep = made("+", leaf("p"), made("exp", leaf("q"), name="r"), name="s")
    top = made("*", deep, deep.inputs[1], name="t")
    order = in_order(top)
    assert [node.name for node in order] == ["p", "q", "r", "s", "t"]
    position = {id(node): i for i, node in enumerate(order)}
    assert all(
        position[id(source)] < position[id(node)] for node in order for source in node.inputs
    )


def test_no_two_nodes_share_a_name():
    nodes = [leaf("x"), leaf("x"), leaf("v1"), leaf(), leaf("x_2"), leaf()]
    lines = outline(made("sum", *nodes, name="x")).splitlines()
    names = [line.split()[0] for line in lines]
    assert len(set(names)) == 7
    assert names[0] == "x" and names[2] == "v1" and names[4] == "x_2"
    assert lines[-1].split("   ")[0] == f"{names[-1]} = sum({', '.join(names[:-1])})"


def test_given_names_are_kept_and_found_names_go_around_them():
    lines = outline(made("sum", leaf(), leaf("v1"), leaf(), name="total")).splitlines()
    assert lines[-1].split("   ")[0] == "total = sum(v2, v1, v3)"


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (1 / 3, "0.333333"),
        (1e300, "1e+300"),
        (2, "2"),
        (Fraction(1, 3), "1/3"),
        (2 + 3j, "(2+3j)"),
        (float("nan"), "nan"),
        (10**50, "100000000000000000000..."),
        (Fraction(10**5000), "(too long to write)"),
    ],
)
def test_numbers_are_short(data, shown):
    assert outline(leaf("x", data)) == f"x   data {shown}   grad 0"


@pytest.mark.parametrize(("length", "left_out"), [(39, 0), (40, 21), (100, 81), (100_000, 99_981)])
def test_a_long_outline_shows_both_ends_and_says_how_much_is_missing(length, left_out):
    lines = outline(chain(length)).splitlines()
    if not left_out:
        assert len(lines) == length + 1
        return
    assert len(lines) == 21
    assert lines[10] == f"... {left_out:,} more ..."
    assert lines[0].split()[0] == "x"
    assert lines[-1].startswith(f"v{length} = sin(v{length - 1})")


def test_a_slope_that_nobody_asked_for_is_not_made_up():
    node = SimpleNamespace(inputs=(), operation=None, name="x", data=1.0)
    assert outline(node) == "x   data 1   no grad yet"


def test_an_outline_in_ascii_is_ascii():
    node = leaf("\u03b1\n\x1b[31m")
    assert outline(node, unicode=True).startswith("\u03b1 [31m ")
    assert outline(node, unicode=False).startswith("? [31m ")


def test_an_outline_suits_standard_output_by_default(monkeypatch):
    monkeypatch.setattr(graph.sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="cp1252"))
    assert outline(leaf("\u03b1")).startswith("? ")


def test_columns_are_aligned():
    lines = outline(made("*", leaf("long name", 1e-7), leaf("y", 123456.0))).splitlines()
    assert len({line.index("data") for line in lines}) == 1
    assert len({line.index("grad") for line in lines}) == 1


def test_dot_has_each_node_once_and_an_edge_for_each_use():
    lines = dot(diamond()).splitlines()
    assert lines[0] == "digraph {" and lines[-1] == "}"
    assert sorted(line.strip() for line in lines if "->" in line) == [
        "n0 -> n1", "n0 -> n1", "n1 -> n2", "n1 -> n2",
    ]  # fmt: skip
    assert [line.strip() for line in lines if "label" in line] == [
        r'n0 [label="a\ndata 3\ngrad 24"]',
        r'n1 [label="b = a + a\ndata 6\ngrad 12"]',
        r'n2 [label="c = b * b\ndata 36\ngrad 1"]',
    ]


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ('say "x"', r"say \"x\""),
        ("back\\slash", r"back\\slash"),
        ('"]; evil [label="', r"\"]; evil [label=\""),
        ("two\nlines", "two lines"),
        ("a &lt; b", "a &amp;lt; b"),
        ("\\", r"\\"),
    ],
)
def test_names_cannot_leave_their_quotes(name, quoted):
    line = next(line for line in dot(leaf(name)).splitlines() if "n0" in line)
    assert line == f'    n0 [label="{quoted}\\ndata 1\\ngrad 0"]'
    assert re.fullmatch(r'    n0 \[label="([^"\\]|\\.)*"\]', line)


def test_constants_look_different_in_dot():
    lines = dot(made("**", leaf("x"), constant(2))).splitlines()
    assert [line for line in lines if "plaintext" in line] == [
        r'    n1 [label="2\ndata 2\ngrad 0", shape=plaintext]'
    ]


def test_a_chain_of_any_length_is_drawn():
    assert dot(chain(100_000)).count("->") == 100_000
