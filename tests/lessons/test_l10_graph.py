"""Lesson 10: the grads, the two orders and what they lead to, and a long chain."""

import math
import sys

import pytest

from lessons import l10_graph as lesson
from mathlab.learning.data.table import cell
from tests.lessons.record import Record, told


def reader(grad_b="20", grad_a="40", order=None):
    """The text of a reader's file; `order` is the body of the function."""
    body = order or MENDED
    return f"GRAD_B = {grad_b}\nGRAD_A = {grad_a}\n\n\ndef order(result):\n{body}"


def meeting(before, after, returned):
    return (
        "    found = []\n\n    def meet(node):\n        if node not in found:\n"
        f"            {before}\n            for each in node.inputs:\n                meet(each)\n"
        f"            {after}\n\n    meet(result)\n    return {returned}\n"
    )


NOTE = "found.append(node)"
MENDED = meeting("pass", NOTE, "found[::-1]")
UNTOUCHED = meeting(NOTE, "pass", "found")
EVERY_TIME = (
    "    found = [result]\n    for node in found:\n        found.extend(node.inputs)\n"
    "    return found\n"
)
WRONG = [
    (reader(grad_b="10"), "c uses it twice, and both are added"),
    (reader(grad_a="20"), "b uses it twice, and both are added"),
    (reader(grad_a="2"), "how fast b moves with a"),
    (reader(grad_a="5"), "that is a itself"),
    (reader(grad_a="'40'"), "it should be a number"),
    (reader(order=UNTOUCHED),
     "the grad of a comes out as 81 and should be 135: b hands on before all of its own grad"),
    (reader(order=meeting("pass", NOTE, "found")), "read this list from its end"),
    (reader(order=meeting(NOTE, "pass", "found[::-1]")), "on which line of `meet`"),
    (reader(order=meeting("pass", NOTE, "found.reverse()")), "(And reverse itself gives nothing"),
    (reader(order=meeting(NOTE, "pass", "sorted(found, key=lambda n: n.name)[::-1]")),
     "order(b), where y = a * a; m = y + a; b = m * y"),
    ("from mathlab import Value\n"
     + reader(order=meeting("pass", NOTE, "found[::-1] + [Value(1, 'z')]")), "z is not in this"),
    (reader(order=EVERY_TIME), "b is in the list more than once"),
    (reader(order="    return [result]\n"), "a is missing in the list"),
    (reader(order="    return result\n"), "it should be a list of nodes"),
    (reader(order="    return []\n"), "an empty list | d, c, b, a, or one like it"),
    (reader(order="    found = []\n"), "does it come to a `return`?"),
    (reader(order="    return result.parents\n"), "AttributeError"),
]

RIGHT = [
    reader(),
    "from fractions import Fraction\n" + reader("20.0", "Fraction(40)"),
    reader(order=meeting("pass", NOTE, "reversed(found)")),
    reader(order=meeting("pass", "found.insert(0, node)", "tuple(found)")),
    reader(order=(  # a node moves to the end each time it is met again, and so do those below it
        "    found = []\n\n    def meet(node):\n        if node in found:\n"
        "            found.remove(node)\n        found.append(node)\n"
        "        for each in node.inputs:\n            meet(each)\n\n"
        "    meet(result)\n    return found\n"
    )),
]


@pytest.fixture(scope="module")
def record():
    return told(10)


# ------------------------------------------------------------------ b = a + a; c = b * b


def test_the_record(record):
    c = record.graphs[0]
    (b, also), (a, again) = c.inputs, c.inputs[0].inputs
    assert b is also
    assert a is again
    assert (c.operation.name, b.operation.name) == ("*", "+")
    assert (a.name, b.name, c.name, a.data, b.data, c.data) == ("a", "b", "c", 3, 6, 36)


def test_the_grads(record):
    a = 3.0
    table = record.tables[0]
    assert table["number"] == ["c", "b", "a"]
    assert table["grad"] == [1, 2 * (2 * a), 8 * a]  # of b**2 by b, and of 4*a**2 by a
    for row in (0, 1):  # what a number hands on is what the next one has
        first, second = map(float, table["hands on"][row].split(" and "))
        assert first + second == table["grad"][row + 1]
    assert table["hands on"][2] == "nothing"
    assert "and 8*3 is 24, as in the table." in record.prose


# ------------------------------------------------------------------ the two orders


def test_the_diamond(record):
    d = record.graphs[1]
    a = 3.0
    assert d.data == a**2 * (a + a**2)
    assert [node.name for node in d.inputs] == ["b", "c"]
    assert "Try that on d = b*c, where b is used twice, by c and by d" in record.prose


def test_what_each_has_at_its_turn(record):
    table = record.tables[1]
    a = 3.0
    b, c = a * a, a + a * a
    assert table["number"] == ["d", "c", "b", "a"]
    assert table["mathlab"] == [1, b, c + b, 3 * a**2 + 4 * a**3]  # d = a**3 + a**4
    assert table["as met"] == [1, b, c, c * 2 * a]  # b without what c adds, and a without c's part
    wrong = c * 2 * a + b
    assert f"As met, b hands on {c:g} at its turn. In the end b has {c + b:g}," in record.prose
    assert f"the {b:g} that came after its turn" in record.prose
    assert f"ends with {wrong:g} in place of {3 * a**2 + 4 * a**3:g}." in record.prose


def test_the_orders(record):
    assert "met in the order d, b, a, c. mathlab walks d, c, b, a." in record.prose
    assert "all that it was made from: a, b, c, d." in record.prose
    d = record.graphs[1]
    late = lesson.inputs_first(d)[::-1]
    for node in late:
        assert all(late.index(each) > late.index(node) for each in node.inputs)
    _, grads = lesson.walk(late)  # in this order the lesson's own walk finds what mathlab finds
    swept = lesson.diamond(lesson.Value(lesson.A, "a"))
    swept.backward()
    assert [grads[node] for node in late] == [
        node.grad for node in lesson.inputs_first(swept)[::-1]]


def test_the_program(record):
    order, sweep = (text for text in record.texts if "def " in text)
    assert order.startswith("    def inputs_first(result: Value) -> list[Value]:\n")
    assert "x.grad += node.grad * slope(*numbers, node.data)" in sweep


def test_change_one_thing(monkeypatch):
    def turned(a):
        b = lesson.named("b", a * a)
        c = lesson.named("c", a + b)
        return lesson.named("d", c * b)

    monkeypatch.setattr(lesson, "diamond", turned)
    monkeypatch.setattr(lesson, "LINKS", 1000)  # of the chain that is not looked at here
    record = Record(lesson.main)
    assert "Try that on d = c*b" in record.prose
    assert "As met, a ends with 135, which is right" in record.prose
    assert "a wrong slope" not in record.prose
    assert [each[:18] for each in record.untrue] == ["As met, b hands on"]


# ------------------------------------------------------------------ twice, and very often


def test_nothing_piles_up(record):
    assert "In PyTorch it goes on adding" in record.prose
    assert "you get 24, then 48, then 72 at a." in record.prose
    assert "c.backward() leaves 24 at a, once more leaves 24, and b.backward() leaves 2" in (
        record.prose
    )


def test_a_long_chain(record):
    slope = math.exp(lesson.LINKS * math.log1p(1 / lesson.LINKS))  # (1 + 1/n)**n by logarithms
    assert f"and finds {slope:.6f}: nearly e" in record.prose
    assert slope == pytest.approx(math.e, rel=1e-4)
    assert 50 * sys.getrecursionlimit() < lesson.LINKS


@pytest.mark.parametrize("a", [1.0, -2.5, 10.0])
def test_another_number(monkeypatch, a):
    monkeypatch.setattr(lesson, "A", a)
    monkeypatch.setattr(lesson, "LINKS", 1000)  # of the chain that is not looked at here
    record = Record(lesson.main)
    assert record.tables[0]["grad"][-1] == pytest.approx(8 * a)
    assert record.tables[1]["mathlab"][-1] == pytest.approx(3 * a**2 + 4 * a**3)


def test_the_columns_are_narrow(record):
    for table in record.tables:
        widths = [max(map(len, [name, *map(cell, cells)])) for name, cells in table.items()]
        assert sum(widths) + 2 * (len(widths) - 1) <= 39
        assert max(widths) <= 13
