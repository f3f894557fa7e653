"""What is said of an answer by itself: whether it is a number, near enough, and what failed."""

import io
import math
import sys
from decimal import Decimal
from fractions import Fraction

import pytest

from lessons import course, notes
from lessons.grading import answer, checker
from lessons.grading.answer import Answer, NotYet, Wrong
from lessons.grading.checker import Verdict
from lessons.pages.terminal import TerminalPage

ONE = "it should be a number"
TWO = "it should be one number, and a comma makes two"

FACTS = [  # a function, what it is given, and what it finds
    (answer.why_no_number, ("5",),           f"{ONE}, not text: take the quotes away"),
    (answer.why_no_number, ((3, 25),),       f"{TWO}: write 3.25 with a point, or 3025 if the "
                                             "comma parts thousands"),
    (answer.why_no_number, ((3, 2.5),),      f"{TWO}: leave it out"),
    (answer.why_no_number, ((3, 2, 5),),     f"{TWO}: leave it out"),
    (answer.why_no_number, (Decimal(5),),    "a Decimal does not mix with other numbers: give a "
                                             "float or a Fraction"),
    (answer.why_no_number, (True,),          "it should be a number"),
    (answer.why_no_number, (5j,),            "it should be a number"),
    (answer.why_no_number, ([5],),           "it should be a number"),
    (answer.why_no_number, (None,),          "it should be a number"),
    (answer.why_no_number, (5,),             ""),
    (answer.why_no_number, (2.5,),           ""),
    (answer.why_no_number, (Fraction(1, 2),), ""),
    (answer.right_side, ("y = 2*x",),        "2*x"),
    (answer.right_side, (" dy/dx = 2*x",),   "2*x"),
    (answer.right_side, ("2*y = x",),        "2*y = x"),
    (answer.right_side, ("= 2*x",),          "2*x"),
    (answer.right_side, ("x == 2",),         "x == 2"),
    (answer.right_side, ("a = b = c",),      "a = b = c"),
    (answer.right_side, ("x <= 2",),         "x <= 2"),
    (answer.close, (1.0, 1.0 + 9e-10),       True),
    (answer.close, (1.0, 1.0 + 1.1e-9),      False),
    (answer.close, (0.0, 9e-10),             True),
    (answer.close, (0.0, 1.1e-9),            False),
    (answer.close, (1e9, 1e9 + 0.9),         True),
    (answer.close, (1e9, 1e9 + 1.1),         False),
    (answer.close, (2.0, 2.1, 0.1),          True),
    (answer.close, (math.nan, math.nan),     True),
    (answer.close, (1.0, math.nan),          False),
    (answer.close, (math.nan, 1.0),          False),
    (answer.close, ([1, 2.0], [1.0, 2]),     True),
    (answer.close, ([1, 2], [1]),            False),
    (answer.close, ([1], (1,)),              True),
    (answer.close, (1, [1]),                 False),
    (answer.close, ("a", "a"),               True),
    (answer.close, ("a", 1.0),               False),
    (answer.close, (True, True),             True),
    (answer.close, (0.5, Fraction(1, 2)),    True),
    (answer.close, (1 / 3, Fraction(1, 3)),  False),
    (answer.close, (10**400, 1.0),           False),
    (answer.close, ([1 / 3], [Fraction(1, 3)]), False),
    (answer.close, ([Fraction(1, 3)], [1 / 3]), True),
    (answer.short, ("a" * 58,),              repr("a" * 58)),
    (answer.short, ("a" * 59,),              f"'{'a' * 27}...{'a' * 28}'"),
    (answer.short, ([*range(6)],),           "[0, 1, 2, 3, 4, 5]"),
    (answer.short, ([*range(7)],),           "[0, 1, 2, 3, 4, 5, ...]"),
    (answer.short, ((1,) * 7,),              "(1, 1, 1, 1, 1, 1, ...)"),
    (answer.short, (10**59,),                "1" + "0" * 59),
    (answer.short, (10**60,),                "1" + "0" * 27 + "..." + "0" * 29),
    (answer.short, (10**5000,),              "<int>"),
    (answer.call_text, ("f", (1, "a", [2])), "f(1, 'a', [2])"),
    (answer.call_text, ("f", ()),            "f()"),
    (checker.exercise, ("l99_none",),        None),
    (checker.exercise, ("l01_collect",),     None),
    (checker.hints, ("l99_none",),           ()),
    (checker.module_of, ("l01_collect",),    "lessons.grading.checks.l01_collect"),
    (checker.module_of, ("lessons.l01",),    "lessons.l01"),
    (checker.text_of, ("a" * 1000,),         "a" * 1000),
    (checker.text_of, ("a" * 1001,),         "a" * 1000),
    (checker.text_of, (2.5,),                "2.5"),
]
FAILURES = [  # what a reader may write, and what is said of it
    ("2.5 ^ 2",             "in Python a power is written **"),
    ("[1] * 2.5",           "cannot be multiplied so"),
    ("true",                "it is True, with a capital letter"),
    ("false",               "it is False, with a capital letter"),
    ("budgte",              "an argument by another name"),
    ("input()",             "nobody can type while it is checked"),
    ("2 (3)",               "is a * missing there"),
    ("[1] - [2]",           "lists are not calculated with as a whole"),
    ("[1].index(2)",        "what is looked for is not in the list"),
    ("[1][1]",              "the list has fewer elements than that"),
    ("f + 1",               "that is a function's name"),
    ("{}.title",            'what a dict holds is asked for with film["title"]'),
    ("1 / 0",               ""),
]


@pytest.mark.parametrize(("function", "given", "found"), FACTS)
def test_facts(function, given, found):
    assert function(*given) == found


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "answer.py"
        path.write_text(text, encoding="utf-8")
        return Answer(path)
    return write


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.parametrize(("text", "words"), FAILURES)
def test_what_is_said_of_a_failure(text, words, file, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(Wrong) as wrong:
        file(f"def f(x):\n    y = x\n    return {text}\n").call("f", [5])
    assert words in wrong.value.why and (wrong.value.why == "it should not fail") == (words == "")
    assert wrong.value.asked == "f([5])" and wrong.value.came.endswith(", in line 3 of the file")


@pytest.mark.parametrize(("text", "why"), [
    ("X = 007\n", "Python cannot read line 1 of the file, `X = 007`: decimals have a point"),
    ("\nX = 5m\n", "Python cannot read line 2 of the file, `X = 5m`: letters stand right behind"),
    ("X = (\n", "Python cannot read line 1 of the file, `X = (`: '(' was never closed"),
    ("X = 1\nY = X / 0\n", "the file cannot be run: ZeroDivisionError: division by zero, in line"),
    ("raise SystemExit\n", "the file cannot be run: SystemExit, in line 1 of the file"),
    ("import nothing_of_this_name\n", "the file cannot be run: ModuleNotFoundError: No module")])
def test_a_file_that_cannot_be_run(text, why, file):
    with pytest.raises(Wrong) as wrong:
        file(text)
    assert wrong.value.why.startswith(why)


@pytest.mark.parametrize(("value", "why"), [
    ("5", "it should be a list of numbers"), ("[]", answer.NO_TRY), ("[1, 'a']", "finite number"),
    ("[1, float('inf')]", "finite number"), ("[1, 2, 3, 4]", answer.TOO_MANY)])
def test_tries_that_cannot_be(value, why, file):
    with pytest.raises(Wrong, match=why) as wrong:
        file(f"X = {value}").tries("X", 3)
    assert (wrong.value.asked, wrong.value.expected) == (
        ("the number of guesses", "3 at most") if "4" in value else ("X", ""))
    assert file("X = (1, 2.5, 3)").tries("X", 3) == [1.0, 2.5, 3.0]


@pytest.mark.parametrize(("text", "why"), [
    ("def f(x): x", "it returns nothing: does it come to a `return`?"),
    ("def f(x): return print(x)", "(And print itself gives nothing back.)"),
    ("def f(x): return x.sort()", "(And sort itself gives nothing back.)"), ("f = 5", "a function"),
    ("def f(x): return 'a'", "not text"), ("def g(x): return 5", "f is gone from the file")])
def test_a_function_that_gives_no_number(text, why, file, capsys):
    with pytest.raises(Wrong) as wrong:
        file(text).called_number("f", [5])
    assert why in wrong.value.why and why in str(wrong.value)
    assert "returns" not in why or (wrong.value.asked, wrong.value.came) == ("f([5])", "None")
    assert "not text" not in why or (wrong.value.asked, wrong.value.came) == ("f([5])", "'a'")


@pytest.mark.parametrize("text", ["f = ...", "def f(x): return ..."])
def test_a_function_that_is_still_open(text, file):
    with pytest.raises(NotYet, match=r"f (is still|still returns) \.\.\."):
        file(text).called_number("f", [5])


def test_what_a_function_gives(file):
    assert file("def f(x): return 2 * x").called_number("f", 5) == 10
    written = file("def f(x):\n    x.append(1)\n    return (2 * y for y in x)\n")
    given = [5.0]
    assert written.call("f", given) == [10.0, 2] and given == [5.0]
    written.gives("f", given, expected=[10.0, 2.0])
    with pytest.raises(Wrong) as wrong:
        written.gives("f", given, expected=[10.0, 3.0], why="so")
    found = wrong.value
    assert (found.why, found.asked, found.came, found.expected) == (
        "so", "f([5.0])", "[10.0, 2]", "[10.0, 3.0]")


@pytest.mark.parametrize(("text", "correct", "why", "asked", "came", "expected"), [
    ("'a + z'", "a + b", "nothing here is called z; there is a and b", None, None, None),
    ("'z + y + a'", "a + b", "nothing here is called y; there is a and b", None, None, None),
    ("'3'", "a", "that is one number; a formula was asked for, as text, in quotes",
     "X, at a = 2: 3", "3", "2"),
    ("'a'", "2", "it is another formula", None, None, None),
    ("'3'", "2", "it is another formula", "X: 3", "3", "2"),
    ("'a*a'", "2*a", "the slope of it", "X, at a = 3: a*a", "9", "6"),
    ("'a*a*a'", "2*a", "it is another formula", None, None, None),
    ("print", "a", "write the formula as text, in quotes", "X", "<built-in function print>", ""),
    ("[5]", "a", None, "X", "[5]", "")])
def test_a_formula_that_is_wrong(text, correct, why, asked, came, expected, file):
    with pytest.raises(Wrong) as wrong:
        file(f"X = {text}").formula("X", correct, {"a + 1": "not this", "a*a": "the slope of it"})
    found = wrong.value
    assert why is None or found.why == why
    for told, known in ((found.asked, asked), (found.came, came), (found.expected, expected)):
        assert known is None or str(told) == known


@pytest.mark.parametrize(("text", "came"), [
    ("def f(x):\n    return g(x)\ndef g(x):\n    return h(x)\ndef h(x):\n    return 1 / x\n",
     "ZeroDivisionError: division by zero, in line 6 of the file"),
    ("def f(x):\n    return (\n        int)('a\\n\\nb')\n",
     "ValueError: invalid literal for int() with base 10: 'a\\n\\nb', in line 2 of the file"),
    ("import json\ndef f(x):\n    return json.loads('')\n",
     "JSONDecodeError: Expecting value: line 1 column 1 (char 0), in line 3 of the file"),
    ("def f(x):\n    raise ValueError('a  b\\n c')\n", "ValueError: a b c, in line 2 of the file"),
    ("def f(x):\n    raise KeyError\n", "KeyError, in line 2 of the file")])
def test_where_a_function_fails(text, came, file):
    with pytest.raises(Wrong) as wrong:
        file(text).call("f", 0)
    assert (wrong.value.asked, wrong.value.came) == ("f(0)", came)


@pytest.mark.parametrize(("value", "why"), [
    ("float('nan')", "a finite number"), ("10**400", "a finite number"), ("'5'", "not text")])
def test_numbers_that_cannot_be(value, why, file):
    with pytest.raises(Wrong, match=why) as wrong:
        file(f"X = {value}").number("X")
    assert wrong.value.asked == "X" and checker.text_of(wrong.value.came) == answer.short(
        eval(value))
    assert str(wrong.value) == wrong.value.why


@pytest.mark.parametrize("value", ["True", "1.0", "3", "'1'"])
def test_what_only_equals_one_of_the_words(value, file):
    with pytest.raises(Wrong, match="it should be one of these"):
        file(f"X = {value}").choice("X", [1, 2])
    assert file("X = 2").choice("X", [1, 2]) == 2


TOLD = [  # a verdict, a hint asked for, hints seen; the lines that are written, without the path
    (Verdict("right"), None, 0,
     ["5. {title}: right", "", "An answer:   {answer}", "Go on with:  {next}", ""]),
    (Verdict("right", "so it is"), None, 0,
     ["5. {title}: right", "", "So it is.", "", "An answer:   {answer}", "Go on with:  {next}",
      ""]),
    (Verdict("not right yet", "too low", "f(1)", "2", "3"), None, 0,
     ["5. {title}: not right yet", "", "   asked:    f(1)", "   came:     2", "   expected: 3", "",
      "too low", "", "A hint: {hint}", ""]),
    (Verdict("not right yet", "", "f(1)", "", ""), None, 1,
     ["5. {title}: not right yet", "", "   asked:    f(1)", "", "A hint: {hint}", ""]),
    (Verdict("not yet", "X is still ..."), None, 3,
     ["5. {title}: not yet", "", "X is still ...", "", "An answer: {answer}", ""]),
    (Verdict("not yet", "X is still ..."), 2, 0,
     ["5. {title}: not yet", "", "X is still ...", "", "Hint 2 of 3: {hints[1]}", "",
      "A hint: {hint}", ""]),
    (Verdict("not yet", "X is still ..."), 0, 1,
     ["5. {title}: not yet", "", "X is still ...", "", "Hint 2 of 3: {hints[1]}", "",
      "A hint: {hint}", ""]),
    (Verdict("not yet", "X is still ..."), 9, 0,
     ["5. {title}: not yet", "", "X is still ...", "", "Hint 3 of 3: {hints[2]}", "",
      "An answer: {answer}", ""]),
    (Verdict("not yet", printed="hello\n\n"), None, 0,
     ["The file has printed:", "", "hello", "", "5. {title}: not yet", "", "A hint: {hint}", ""]),
    (Verdict("not yet", "X is still ..."), -5, 0,
     ["5. {title}: not yet", "", "X is still ...", "", "Hint 1 of 3: {hints[0]}", "",
      "A hint: {hint}", ""]),
    (Verdict("not yet", printed="\n"), None, 0, ["5. {title}: not yet", "", "A hint: {hint}", ""]),
    (Verdict("not yet"), None, "three", ["5. {title}: not yet", "", "A hint: {hint}", ""]),
]


@pytest.mark.parametrize(("verdict", "hint", "seen", "lines"), TOLD)
def test_a_verdict_is_told(verdict, hint, seen, lines, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.setattr(course, "first", lambda: "")
    if seen:
        notes.keep("hints", "l05_loss", seen)
    checker.tell(TerminalPage(), "l05_loss", verdict, hint)
    title, _ = course.exercise("l05_loss")
    told = [line for line in capsys.readouterr().out.splitlines()
            if line.strip() != str(course.path("l05_loss"))]
    text = "\n".join(lines).format(
        title=title, answer=course.answer("l05_loss"), next=course.command(6),
        hint=course.command(5, "--hint"), hints=checker.hints("l05_loss"))
    assert " ".join("\n".join(told).split()) == " ".join(text.split())
    if "Hint" not in text:  # which is more than one line
        assert "\n".join(told) == text
    kept = notes.part("hints").get("l05_loss") or 0
    assert kept == (seen if hint is None else max(seen, 1, min(hint or seen + 1, 3)))


def test_where_one_may_answer_is_said(monkeypatch, capsys):
    monkeypatch.setattr(course, "first", lambda: "python -m lessons --to there")
    checker.tell(TerminalPage(), "l05_loss", Verdict("not yet"))
    assert "\nTo answer it in a folder of your own:  python -m lessons --to there\n" in (
        capsys.readouterr().out)


@pytest.mark.parametrize(("asked", "seen", "number"), [
    ("SIZE", 0, 2), ("SIZE", 2, 3), ("SIGN", 0, 1), ("SIGN", 1, 2), ("", 0, 1), ("OVERSIZE", 0, 1)])
def test_the_next_hint(asked, seen, number):
    assert checker.next_hint("l02_explore", Verdict("not right yet", "", asked), seen) == number
    assert checker.next_hint("l02_explore", Verdict("not yet", f"{asked} is still ..."), seen) == (
        number)


def test_the_beginning_of_what_is_printed():
    kept = checker.Beginning()
    assert kept.write(b"a" * 999) == 999 and kept.write(b"bcd") == 3 and kept.write(b"e") == 1
    kept.close()
    assert kept.getvalue() == b"a" * 999 + b"b"


@pytest.mark.parametrize(("said", "why"), [
    ('File "/a/b.py", line 7 in f\n', "Python itself ended, in line 7 of the file, and there is"),
    ("", "Python itself ended, and there is no verdict"),
    ('x\nTimeout (0:00:10)!\nFile "/a/b.py", line 3\nFile "/a/b.py", line 9\n',
     "it was stopped after 10 seconds, in line 3 of the file: does a loop never end?"),
    ("no Timeout (here)", "Python itself ended, and"),
    ('File "/other.py", line 3\nTimeout (of work)\n', "it was stopped after 10 seconds: does a")])
def test_what_ended_python(said, why):
    verdict = checker.ended(said, "/a/b.py")
    assert verdict.why.startswith(why) and verdict.state == checker.WRONG
