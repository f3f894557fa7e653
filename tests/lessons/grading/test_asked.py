"""Tables of what is asked and what is said: conditions, sentences, kinds of answers."""

import math
from fractions import Fraction

import pytest

from lessons.grading.answer import NO_TRY, TOO_MANY, Answer, NotYet, Wrong
from lessons.grading.asked import RIGHT, Exercise, Formula, Number, Word
from mathlab import parse

KNOWN = {"half": 0.5, "third": Fraction(1, 3), "y": "2*X + half", "z": "y*y"}


@pytest.mark.parametrize(
    ("condition", "x", "holds"),
    [
        ("X < 3", 2, True),
        ("X < 3", 3, False),
        ("X <= 3", 3, True),
        ("1 < X < 3", 2, True),
        ("1 < X < 3", 1, False),
        ("1 < X < 3", 4, False),
        ("X == 0.3", 0.1 + 0.2, True),
        ("X == third", Fraction(1, 3), True),
        ("X == third", Fraction(1 / 3), False),
        ("X == 0", Fraction(1, 10**12), False),
        ("abs(X) == 2", -2, True),
        ("y == 4.5", 2, True),
        ("20 < z < 21", 2, True),
        ("1/X < 3", 0, False),
        ("3 < 1/X", 0, False),
        ("X*X < 1", 1e200, False),
        ("rounded == 0", 2, True),
    ],
)
def test_conditions(condition, x, holds):
    exercise = Exercise([], KNOWN)
    assert exercise.holds(condition, {"X": x, "rounded": 0}) is holds


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nothing", "nothing"),
        ("{X:g}", "2"),
        ("{X:.2f} and {y:.3g}, so", "2.00 and 4.5, so"),
        ("{1000*X + third:,.1f}{X:g}", "2,000.32"),
        ("{1/(X - 2):g}", "nan"),
        ("{third:.3g}", "0.333"),
    ],
)
def test_sentences_with_numbers(text, said):
    assert Exercise([], KNOWN).filled(text, {"X": 2}) == said


SIZE = Number("SIZE", {"SIZE == 1": RIGHT, "SIZE < 1": "small: {SIZE:g}", "SIZE < 9": "never"},
              "large", "the size", "{SIZE:.1f}", "1")
TRIES = Number("SIZE", {"SIZE == 1": RIGHT}, "at {SIZE:g}", came="{SIZE:g}", most=3, spent="!")


@pytest.mark.parametrize(
    ("asked", "text", "report"),
    [
        (SIZE, "SIZE = 0", ("small: 0", "the size", "0.0", "1")),
        (SIZE, "SIZE = 2", ("never", "the size", "2.0", "1")),
        (SIZE, "SIZE = 9", ("large", "the size", "9.0", "1")),
        (Number("SIZE", {}, "no"), "SIZE = 9", ("no", "SIZE", 9, "")),
        (Number("SIZE", {"rounded == 1": "float"}), "SIZE = 9.0", ("float", "SIZE", 9.0, "")),
        (Number("SIZE", {}, "no", "a", lambda found: found["SIZE"] * "x"), "SIZE = 3",
         ("no", "a", "xxx", "")),
        (TRIES, "SIZE = [3, 2]", ("at 2", "SIZE", f"3\n{' ' * 13}2", "")),
        (TRIES, "SIZE = [5, 3, 2]", ("at 2!", "SIZE", f"5\n{' ' * 13}3\n{' ' * 13}2", "")),
        (Word("SIZE", "a", {"b": "not b"}), "SIZE = 'b'", ("not b", "SIZE", "b", "")),
        (Word("SIZE", "b", {"a": "not a"}), "SIZE = 'c'",
         ("it should be one of these", "SIZE", "'c'", "'a', 'b'")),
        (Formula("SIZE", parse("2*x"), {"x": "half"}), "SIZE = 'x'",
         ("half", "SIZE, at x = 2: x", "2", "4")),
    ],
)
def test_what_is_wrong_is_reported(tmp_path, asked, text, report):
    with pytest.raises(Wrong) as wrong:
        checked(tmp_path, [asked], text)
    said = wrong.value
    assert (said.why, said.asked, said.came, said.expected) == report


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (SIZE, "SIZE = 1"),
        (TRIES, "SIZE = [5, 1, 2]"),
        (Number("SIZE", {"rounded == 1": "float"}), "SIZE = 9"),
        (Word("SIZE", "a", {"b": "not b"}), "SIZE = 'a'"),
        (Formula("SIZE", parse("2*x")), "SIZE = 'x + x'"),
    ],
)
def test_what_is_right_is_said_so(tmp_path, asked, text):
    assert checked(tmp_path, [asked], text, said="well done") == "well done"


def test_of_several_tries_the_right_one_is_the_answer(tmp_path):
    assert checked(tmp_path, [TRIES], "SIZE = [5, 1, 2]", said="{SIZE:g}") == "1"


def test_a_later_number_is_judged_with_those_before(tmp_path):
    two = [Number("A"), Number("B", {"A < B": RIGHT}, "B is not above {A:g}")]
    assert checked(tmp_path, two, "A = 1\nB = 2", said="{A + B:g}") == "3"
    with pytest.raises(Wrong, match="B is not above 2"):
        checked(tmp_path, two, "A = 2\nB = 2")
    rounded = [Number("A"), Number("B", {"rounded == 1": "one of them is a float"})]
    with pytest.raises(Wrong, match="one of them"):
        checked(tmp_path, rounded, "A = 2.0\nB = 2")
    with pytest.raises(NotYet, match=r"B is still \.\.\."):
        checked(tmp_path, two, "A = 2\nB = ...")


def test_all_that_may_be_said():
    word, formula = Word("W", "a", {"b": "not b"}), Formula("F", parse("2*x"), {"x": "half"})
    assert Exercise([SIZE, word, TRIES, formula, Number("N")]).sentences == [
        "small: {SIZE:g}", "never", "large", "not b", "at {SIZE:g}", "!", NO_TRY, TOO_MANY, "half"]


def test_a_number_without_a_value_is_in_no_order():
    exercise = Exercise([], {"r": "log(X)"})
    for condition in ("r < 1", "1 <= r", "r == r", "r == 0"):
        assert not exercise.holds(condition, {"X": -1})
    assert math.isnan(float(exercise.filled("{r:g}", {"X": -1})))


def checked(folder, asked, text, said=""):
    path = folder / "answer.py"
    path.write_text(text, encoding="utf-8")
    return Exercise(asked, {}, said).check(Answer(path))
