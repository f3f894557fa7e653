"""What users of other engines expect of a Value: conversions, and other words for the same."""

import math

import pytest

from mathlab import Value
from mathlab.calculus.numbers.familiar import Decision
from mathlab.errors import FormulaError


@pytest.mark.parametrize(("ask", "expected"), [
    (float, -2.625), (int, -2), (complex, -2.625 + 0j), (math.trunc, -2), (round, -3),
    (lambda x: round(x, 1), -2.6), ("{:.1f}".format, "-2.6"), (lambda x: x.pow(2).data, 6.890625)])
def test_a_value_is_converted_like_its_number(ask, expected):
    found = ask(Value(-2.625))
    assert found == expected and type(found) is type(expected)


def test_other_words():
    a = Value(2.0, label="a")
    y = a * 3.0 + a
    assert (a.label, a._op, a._prev) == ("a", "", set()) and f"{a}" == str(a)
    assert y._op == "+" and y._prev == set(y.inputs) and a in y._prev
    a.label = "b"
    assert a.name == a.label == "b"
    with pytest.raises(FormulaError, match="a Value notes by itself what it is made of"):
        y._backward = None


@pytest.mark.parametrize("decided", [True, False])
def test_a_decision_reads_as_what_it_is(decided):
    assert repr(Decision(decided)) == str(Decision(decided)) == str(decided)
