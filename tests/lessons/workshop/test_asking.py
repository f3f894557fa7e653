"""Asking an engine: what it does not have yet, and what it has but wrongly, are told apart."""

import pytest

from lessons.grading.answer import Answer, NotYet, Wrong
from lessons.workshop.asking import Engine

START = """
class Value:
    def __init__(self, data):
        self.data = data
    def __mul__(self, other):
        return self.data * other.data
    def broken(self):
        return self.nothing + nowhere
    def __eq__(self, other):
        return True
"""


@pytest.fixture
def engine(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(START, encoding="utf-8")
    return Engine(Answer(path), {"ZeroDivisionError": "words of the stage"})


@pytest.mark.parametrize(("question", "said"), [
    ("slopes(a)", "there is no `slopes` in the file"),
    ("a.backward()", "a Value has no `backward`"),
    ("a + a", r"no way to do \+ here"),
    ("a - 2", "no way to do - here"),
    ("2 ** a", r"no way to do \*\* here"),
    ("-a", "no way to do - here"),
    ("Value(1.0, name='x')", r"Value\(...\) does not take `name`"),
])
def test_what_is_not_there_yet(engine, question, said):
    with pytest.raises(NotYet, match=said):
        engine.ask("a = Value(2.0)", question)


@pytest.mark.parametrize(("text", "question", "said"), [
    ("class Value:\n    pass\ndef __add__(self, other):\n    return 1\n", "a + a",
     "__add__ stands outside of the class: indent it"),
    ("class Value:\n    def _add_(self, other):\n        return 1\n", "a + a",
     "There is _add_; it takes two underscores on each side, __add__"),
    ("class Value:\n    pass\ndef backward(self):\n    pass\n", "a.backward()",
     "`backward` stands below the class"),
    ("class Value:\n    def slopes(self):\n        return []\n", "slopes(a)",
     "`slopes` stands in the class; it is to be a function by itself"),
])
def test_what_stands_in_the_wrong_place(tmp_path, text, question, said):
    path = tmp_path / "mine.py"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotYet, match=said):
        Engine(Answer(path)).ask("a = Value()", question)


@pytest.mark.parametrize(("question", "said"), [
    ("a.broken()", "it should not fail"),  # missing in the reader's own lines
    ("a * 2", "a plain number has no .data"),
    ("a * None", "is there a `return`"),
    ("(a * a).data", "what comes is a plain number"),
    ("{a}", "leave __eq__ out"),
    ("1 / 0", "words of the stage"),
    ("Value()", "one thing more than it was given"),
])
def test_what_is_wrong(engine, question, said):
    with pytest.raises(Wrong) as wrong:
        engine.ask("a = Value(2.0)", question)
    assert said in wrong.value.why
    assert wrong.value.asked == f"a = Value(2.0)\n{question}"


def test_the_line_of_the_readers_file_is_said(engine):
    with pytest.raises(Wrong) as wrong:
        engine.ask("a = Value(2.0)", "a.broken()")
    assert "'nothing', in line 8 of the file" in str(wrong.value.came)


@pytest.mark.parametrize(("question", "said"), [
    ("'3'", "take the quotes away"), ("None", "is there a `return`"), ("a", "its .data"),
])
def test_a_number_is_asked_for(engine, question, said):
    with pytest.raises(Wrong) as wrong:
        engine.number("a = Value(2.0)", question)
    assert said in wrong.value.why


def test_a_list_is_asked_for(engine):
    assert engine.listed("", "(1, 2)") == [1, 2]
    with pytest.raises(Wrong, match="it should be a list"):
        engine.listed("", "3")


def test_things_are_called_by_the_names_of_the_lines(engine):
    things = engine.listed("a = Value(2.0); b = Value(2.0)", "[b, a, 3, Value]")
    assert engine.called(things)[:3] == ["b", "a", "3"]


def test_the_lines_leave_nothing_behind(engine):
    engine.ask("a = 5", "a")
    with pytest.raises(NotYet):
        engine.ask("", "a")
