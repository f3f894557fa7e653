"""The checker: what it says of answers, which is next, hints one at a time; files in any state."""

import io
import math
import os
import re
import shutil
import sys
import threading
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from types import SimpleNamespace

import pytest

from lessons import __main__ as story
from lessons import course, notes
from lessons.exercises import __main__ as exercises
from lessons.grading import answer, checker
from lessons.grading.answer import Answer, NotYet, Wrong, close
from lessons.pages.terminal import TerminalPage
from mathlab import parse
from tests.keyboard import CTRL_C, Keyboard
from tests.thinned import thinned

COUNT = len(course.LESSONS)


@pytest.fixture
def file(tmp_path):
    """Writes the reader's file; returns its path."""

    def write(text):
        path = tmp_path / "l99_none.py"
        path.write_text(text, encoding="utf-8")
        return path

    return write


# ------------------------------------------------------------------ files in any state


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("X = (", "Python cannot read line 1 of the file, `X = (`"),
        ("if 1:\nX = 2", "Python cannot read line 2"),
        ("X = 0,001", "`X = 0,001`: decimals have a point in Python, as in 0.001, and no other"),
        ("X = [0.5, 0,05]", "decimals have a point"),
        ("X = 3x", "is a * missing, or is it a unit?"),
        ("raise SystemExit", "SystemExit, in line 1"),
        ("X = 1/0", "ZeroDivisionError: division by zero, in line 1 of the file"),
        ("import nowhere_at_all", "No module named 'nowhere_at_all', in line 1 of the file"),
        ("raise SystemExit('bye')", "SystemExit: bye"),
        ("X = '\0'", "SyntaxError: source code string cannot contain null bytes"),
        ("X = eval('1+')", "the file cannot be run: SyntaxError"),  # not of this file
        ("# coding: nonsense\nX = 1", "nonsense"),
        ("X = true", "in Python it is True"),
        ("a = 2\nX = a.b", "AttributeError: 'int' object has no attribute 'b', in line 2"),
    ],
)
def test_a_file_that_cannot_be_run(file, text, words):
    with pytest.raises(Wrong) as wrong:
        Answer(file(text))
    assert words in wrong.value.why


def test_no_file(tmp_path):
    verdict = checker.judge("l03_line", tmp_path / "gone.py")
    assert (verdict.state, verdict.why[:21]) == (checker.WRONG, "there is no such file")


# ------------------------------------------------------------------ what an answer is asked


@pytest.mark.parametrize("text", ["X = ...", "def X(a): return ..."])
def test_not_yet(file, text):
    with pytest.raises(NotYet, match=r"X (is still|still returns) \.\.\."):
        answered = Answer(file(text))
        answered.value("X")
        answered.call("X", 1)


@pytest.mark.parametrize("number", ["2", "2.5", "-1e300", "Fraction(1, 3)", "True + 1"])
def test_a_number(file, number):
    text = f"from fractions import Fraction\nX = {number}"
    assert Answer(file(text)).number("X") == eval(number, {"Fraction": Fraction})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Y = 1", "X is gone from the file"),
        ("X = '2'", "should be a number"),
        ("X = True", "should be a number"),
        ("X = None", "should be a number"),
        ("X = 1j", "should be a number"),
        ("X = float('nan')", "finite"),
        ("X = -1e999", "finite"),
        ("X = 10**400", "finite"),
    ],
)
def test_no_number(file, text, words):
    with pytest.raises(Wrong) as wrong:
        Answer(file(text)).number("X")
    assert words in wrong.value.why


def test_a_choice(file):
    assert Answer(file("X = '+'")).choice("X", ("+", "-")) == "+"
    for text in ("X = '*'", "X = 1", "X = True"):
        with pytest.raises(Wrong) as wrong:
            Answer(file(text)).choice("X", ("+", "-", 2))
        assert wrong.value.expected == "'+', '-', 2"


@pytest.mark.parametrize("text", ["'2*x'", "'x + x'", "'x^2/x*2'", "'2*x*(sin(x)^2+cos(x)^2)'"])
def test_any_writing_of_a_formula_is_right(file, text):
    answered = Answer(file(f"X = {text}"))
    answered.formula("X", "2*x")
    answered.formula("X", parse("2*x"))
    assert answered.notes == []
    with pytest.raises(Wrong):
        answered.formula("X", "2*x + 1")


@pytest.mark.parametrize(
    ("text", "read"),
    [("2x", "2*x"), ("x(2)", "x*(2)"), ("4/2x", ""),
     ("dy/dx = 2 x", "2*x"), ("2(x + 1) - 2", "2*(x + 1) - 2")])
def test_signs_may_be_left_out_of_a_formula_and_it_is_said_how_it_is_read(file, text, read):
    answered = Answer(file(f"X = {text!r}"))
    if not read:
        with pytest.raises(Wrong, match="it cannot be read as a formula: cannot read"):
            answered.formula("X", "2*x")
        return
    answered.formula("X", "2*x")
    assert answered.notes == [f"X is read as {read}"]


def test_a_right_answer_says_how_it_is_read(tmp_path):
    text = (course.FOLDER / "answers" / "l11_symbolic.py").read_text(encoding="utf-8")
    path = tmp_path / "l11_symbolic.py"
    path.write_text(f"{text}\nSLOPE = '(1 - x^2)^2 - 4x^2 (1 - x^2)'\n", encoding="utf-8")
    verdict = checker.judge("l11_symbolic", path)
    assert verdict.state == checker.RIGHT
    assert verdict.why.startswith("SLOPE is read as (1 - x^2)^2 - 4*x^2*(1 - x^2); at 1/3 ")


def test_a_value_is_a_formula_and_so_is_a_number(file):
    Answer(file("from mathlab import symbols\nx, = symbols('x')\nX = x + x")).formula("X", "2*x")
    Answer(file("X = 2")).formula("X", "2")
    with pytest.raises(Wrong):
        Answer(file("X = 2")).formula("X", "3")


@pytest.mark.parametrize(
    ("text", "asked", "came", "expected"),
    [
        ("'x**2'", "X, at x = 3: x**2", "9", "6"),
        ("'log(-x)'", "X, at x = -1: log(-x)", "0", "-2"),
        ("'sqrt(-1 - x**2)'", "X, at x = 2: sqrt(-1 - x**2)", "no value", "4"),
        ("3", "X, at x = 2: 3", "3", "4"),
    ],
)
def test_another_formula_is_shown_where_it_differs(file, text, asked, came, expected):
    with pytest.raises(Wrong) as wrong:
        Answer(file(f"X = {text}")).formula("X", "2*x")
    assert (wrong.value.asked, wrong.value.came, wrong.value.expected) == (asked, came, expected)


NO_FORMULAS = ["'2*'", "'import os'", "'9**9**9**9'", "[1]", "None", "'x'*10**7"]


@pytest.mark.parametrize("text", NO_FORMULAS)
def test_what_is_no_formula(file, text):
    with pytest.raises(Wrong) as wrong:
        Answer(file(f"X = {text}")).formula("X", "2*x")
    assert "it cannot be read as a formula" in wrong.value.why


@pytest.mark.parametrize(
    ("text", "came", "why"),
    [
        ("def f(x): return 3", 3, "double it"),
        ("def f(x): pass", None, "it returns nothing: does it come to a `return`?"),
        ("def f(x): return x.y", "AttributeError: 'int' object has no attribute 'y', in line 1 of "
                                 "the file", "it should not fail"),
        ("def f(): return 4", "TypeError: f() takes 0 positional arguments but 1 was given",
         "it should not fail"),
        ("def f(x): raise SystemExit", "SystemExit, in line 1 of the file", "it should not fail"),
        ("f = 4", 4, "it should be a function"),
        ("def f(x): return 'four'", "'four'", "double it"),
        ("def f(x): return [4]", [4], "double it"),
        ("def f(x): return float('nan')", math.nan, "double it"),
        ("def f(x): return f(x)", "RecursionError: maximum recursion depth exceeded, in line 1 of "
                                  "the file", "it should not fail"),
    ],
)
def test_a_function_that_is_wrong(file, text, came, why):
    with pytest.raises(Wrong) as wrong:
        Answer(file(text)).gives("f", 2, expected=4, why="double it")
    assert wrong.value.why == why
    assert str(wrong.value.came) == str(came)


@pytest.mark.parametrize("made", ["(2 * a for a in x)", "map(lambda a: 2 * a, x)", "[2, 4]"])
def test_what_makes_a_list_is_as_good_as_one(file, made):
    assert Answer(file(f"def f(x): return {made}")).call("f", [1, 2]) == [2, 4]


def test_what_makes_a_list_without_end_is_cut(file):
    answered = Answer(file("from itertools import count\ndef f(x): return count()"))
    assert len(answered.call("f", 1)) == answer.MOST


def test_what_makes_a_list_may_fail(file):
    with pytest.raises(Wrong, match="it should not fail"):
        Answer(file("def f(x): return (1 / 0 for a in x)")).call("f", [1, 2])


def test_arguments_are_copies(file):
    rows = [3, 1, 2]
    answered = Answer(file("def f(rows):\n    rows.sort()\n    return rows[0]"))
    answered.gives("f", rows, expected=1)
    assert rows == [3, 1, 2]


@pytest.mark.parametrize(
    ("came", "expected", "same"),
    [
        (1, 1.0, True),
        (1 + 1e-12, 1, True),
        (1.001, 1, False),
        (Fraction(1, 3), 1 / 3, True),
        (1 / 3, Fraction(1, 3), False),  # a Fraction is asked for exactly
        (Decimal(2), 2, True),
        (True, True, True),
        ((1, 2), [1, 2], True),
        ([1, 2, 3], [1, 2], False),
        ("12", [1, 2], False),
        (5, [1, 2], False),
        ("a", "a", True),
        ("a", 1, False),
        (math.nan, math.nan, True),
        (math.inf, math.inf, True),
        (math.nan, 1, False),
        (10**400, 1.0, False),
        (1j, 1, False),
        ([[1.0, 2.0], [3.0, 4.0]], [[1, 2], [3, 4]], True),
    ],
)
def test_close(came, expected, same):
    assert close(came, expected) is same


def test_long_things_are_cut():
    assert len(answer.short(list(range(1000)))) < 60
    assert len(answer.short("x" * 1000)) < 80
    assert answer.call_text("f", ([1, 2], "a")) == "f([1, 2], 'a')"


# ------------------------------------------------------------------ what is said


@pytest.fixture
def own_files(tmp_path, monkeypatch):
    """A folder of exercises as they come, for a reader to write in; and time enough to judge them.
    """
    monkeypatch.setattr(course, "path", lambda name: tmp_path / f"{name}.py")
    monkeypatch.setattr(checker, "LONGEST", 600.0)
    for stub in (course.FOLDER / "exercises").glob("l*.py"):
        shutil.copy(stub, tmp_path)
    return tmp_path


@pytest.fixture
def judged_here(monkeypatch):
    """The exercises are judged by this Python: they do no harm."""
    monkeypatch.setattr(checker, "verdicts", lambda names: {
        name: checker.judge(name, course.path(name)) for name in names
    })


def solve(folder, *names):
    for name in names:
        text = (course.FOLDER / "answers" / f"{name}.py").read_text(encoding="utf-8")
        (folder / f"{name}.py").write_text(text, encoding="utf-8")


def test_the_next_exercise(own_files, judged_here, capsys):
    assert exercises.main([]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"0 of {COUNT} exercises done   " + "." * COUNT)
    title, _ = course.exercise("l01_collect")
    assert f"Exercise: {title}" in out
    assert f"1. {title}: not yet" in out


def test_progress(own_files, judged_here, capsys):
    solve(own_files, "l01_collect", "l02_explore", "l04_residuals")
    (own_files / "l03_line.py").write_text("SLOPE = INTERCEPT = 0\n", encoding="utf-8")
    assert exercises.main([]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"3 of {COUNT} exercises done   ##+#" + "." * (COUNT - 4) + "\n")
    assert "Exercise: ?" in out
    assert "not right yet" in out


@pytest.mark.parametrize(("text", "is_open"), [
    ("SLOPE = ...\n", True), ("def f(x):\n    return ...\n", True), ("SLOPE: float = ...\n", True),
    ("SLOPE = (\n", True), ("\0", True), ("", False), ("SLOPE = 2\n", False),
    ('"""SLOPE = ..."""\nSLOPE = [1, ...]\n', False),
])
def test_what_is_open_is_not_run(tmp_path, text, is_open):
    (tmp_path / "l03_line.py").write_text(text, encoding="utf-8")
    assert checker.is_open(tmp_path / "l03_line.py") is is_open
    assert checker.is_open(tmp_path / "gone.py")


def test_every_exercise_is_open_as_it_comes_and_no_answer_is():
    for name in course.LESSONS.values():
        assert checker.is_open(course.FOLDER / "exercises" / f"{name}.py")
        assert not checker.is_open(course.FOLDER / "answers" / f"{name}.py")


def test_all_done(own_files, capsys):
    solve(own_files, *course.LESSONS.values())
    assert exercises.main([]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{COUNT} of {COUNT} exercises done   " + "#" * COUNT)
    assert "python -m lessons.practice" in out


def test_one_hint_at_a_time(own_files, judged_here, capsys):
    known = checker.hints("l03_line")
    said = []
    asked = (["3"], ["3", "--hint"], ["3", "--hint"], ["3", "--hint", "1"], ["3", "--hint"],
             ["3", "--hint", "99"], ["3", "--hint"], ["3"])
    for arguments in asked:
        assert exercises.main(arguments) == 1
        said.append(" ".join(capsys.readouterr().out.split()))
    for out, number in zip(said, (0, 1, 2, 1, 3, len(known), len(known), 0), strict=True):
        assert [i for i, hint in enumerate(known, 1) if hint in out] == ([number] if number else [])
    for out in said[:4]:
        assert out.endswith("A hint: python -m lessons 3 --hint")
    for out in said[5:]:
        assert out.endswith("An answer: lessons/answers/l03_line.py")


HINTED = [  # an exercise, what its file holds, and the hints that are given one after the other
    ("l02_explore", "SIGN = '-'\nSIZE = 900\n", [2, 3, 3]),
    ("l02_explore", "SIGN = '+'\nSIZE = ...\n", [1, 2, 3]),
    ("l10_graph", "GRAD_B = 20\nGRAD_A = 40\ndef order(result): return [result]\n", [2, 3]),
    ("l10_graph", "GRAD_B = 10\nGRAD_A = 40\n", [1, 2]),
    ("l12_three_ways", "WRONG_RULE = 'soft'\nNUMERIC = 1\nBACKWARD = 1\n", [3, 4]),
    ("l15_learning_rate", "LIMIT = 1/3\nJUMP = 7\nLIMIT_OF_BOTH = ...\n", [2, 3]),
    ("l24_own_file", "H = 423.937\nLOW = 336.73\nHIGH = 511.14\nBETTER = 'two'\n", [3]),
]


@pytest.mark.parametrize(("name", "text", "numbers"), HINTED)
def test_the_first_hint_is_about_what_is_wrong(own_files, judged_here, capsys, name, text,
                                               numbers):
    (own_files / f"{name}.py").write_text(text, encoding="utf-8")
    known = checker.hints(name)
    for number in numbers:
        assert checker.run(name, 0) == 1
        out = " ".join(capsys.readouterr().out.split())
        assert f"Hint {number} of {len(known)}: {known[number - 1]}" in out
    about = getattr(import_module(checker.module_of(name)), "ABOUT", {})
    assert about and all(1 < number <= len(known) for number in about.values())


def test_hints_where_nothing_can_be_kept(own_files, judged_here, monkeypatch, capsys):
    monkeypatch.setattr(notes, "file", lambda: None)
    for arguments, more in ((["3", "--hint"], 2), (["3", "--hint", "2"], 3)):
        assert exercises.main(arguments) == 1
        assert capsys.readouterr().out.endswith(f"A hint: python -m lessons 3 --hint {more}\n\n")


def test_a_wrong_answer_shows_the_call_what_came_and_what_was_expected(own_files, capsys):
    (own_files / "l03_line.py").write_text("SLOPE = 0\nINTERCEPT = 0\n", encoding="utf-8")
    assert exercises.main(["3"]) == 1
    out = capsys.readouterr().out
    assert "asked:    the mean squared error of 0*budget + 0\n" in out
    assert "came:     30,334\n" in out
    assert "expected: less than 12,728\n" in out


# ------------------------------------------------------------------ a file that is watched


def saves(folder, *steps):
    """A pause in which the reader does one thing after the other, and then presses Ctrl-C."""
    waiting = list(steps)

    def pause(seconds):
        assert 0 < seconds < 1
        if not waiting:
            raise KeyboardInterrupt
        text = waiting.pop(0)
        if text is None:
            (folder / "l03_line.py").unlink()
        elif text:
            (folder / "l03_line.py").write_text(text, encoding="utf-8")

    return pause


def test_an_answer_is_judged_whenever_it_is_saved(own_files, judged_here, capsys):
    level, good = "SLOPE = 0\nINTERCEPT = 87\n", "SLOPE = 3\nINTERCEPT = -5\n"
    assert checker.watch("l03_line", saves(own_files, "", level, "", "", None, "", good, "")) == 0
    out = capsys.readouterr().out
    assert re.findall(r"(?m)^3\. .*: (.*)$", out) == ["not yet", "not right yet", "right"]
    assert out.count("Ctrl-C ends this.") == 3


def test_ctrl_c_ends_it_wherever_it_comes(own_files, monkeypatch, capsys):
    def interrupted(names):
        raise KeyboardInterrupt

    monkeypatch.setattr(checker, "verdicts", interrupted)
    assert checker.watch("l03_line") == 0


def test_all_is_said_before_it_waits(own_files, judged_here, monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="utf-8"))

    def pause(seconds):
        assert written.getvalue().endswith(b"checked again. Ctrl-C ends this.\n\n")
        raise KeyboardInterrupt

    assert checker.watch("l03_line", pause) == 0
    sys.stdout.flush()
    assert written.getvalue().endswith(b"this.\n\n\n")  # after ^C goes on a line of its own


def test_a_file_that_is_watched_on_a_terminal(tmp_path):
    answers = tmp_path / "answers"
    assert story.main(["--to", str(answers)]) == 0
    with Keyboard("-m", "lessons", "3", "--watch") as reader:
        assert "3. Beat the eye: not yet" in reader.sees("Ctrl-C ends this.")
        (answers / "l03_line.py").write_text("SLOPE = 3\nINTERCEPT = -5\n", encoding="utf-8")
        assert ": right\n" in reader.sees("Ctrl-C ends this.")
        reader.types(CTRL_C)
        assert reader.leaves() == 0
        assert "Traceback" not in reader.seen


def test_whatever_is_saved_it_goes_on_watching(tmp_path):
    answers = tmp_path / "answers"
    assert story.main(["--to", str(answers)]) == 0
    file, other = answers / "l03_line.py", answers / "l03_line.py~"
    with Keyboard("-m", "lessons", "3", "--watch") as reader:
        reader.sees("Ctrl-C ends this.")
        for text, said in (
            ("SLOPE = (", "Python cannot read line 1"), ("SLOPE = 0,03", "decimals have a point"),
            ("import os; os._exit(0)", "Python itself ended"), ("input()", "nobody can type"),
            ("import sys; sys.exit()", "SystemExit, in line 1"),
            ("print('x' * 10**7)\nSLOPE = ...\nINTERCEPT = ...", "SLOPE is still ..."),
        ):
            other.write_text(text, encoding="utf-8")
            file.unlink()  # and another in its place, as editors do it
            os.replace(other, file)
            assert said in " ".join(reader.sees("Ctrl-C ends this.").split()), text
        reader.types(CTRL_C)
        assert reader.leaves() == 0


@pytest.mark.parametrize("columns", ["40", "80"])
def test_every_line_fits(own_files, judged_here, monkeypatch, capsys, columns):
    monkeypatch.setenv("COLUMNS", columns)
    for number in course.LESSONS:
        exercises.main([str(number), "--hint"])
    lines = capsys.readouterr().out.splitlines()
    assert max(len(line) for line in lines if "/" not in line) < int(columns)


@pytest.mark.parametrize("arguments", ["0", str(COUNT + 1), "x", "3 --hint x", "3 4", "--level"])
def test_wrong_arguments_are_refused_in_one_line(capsys, arguments):
    with pytest.raises(SystemExit) as stop:
        exercises.main(arguments.split())
    assert stop.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith("error: ")
    assert err.endswith("; see python -m lessons.exercises --help\n")
    assert err.count("\n") == 1


# ------------------------------------------------------------------ whatever a file does

NEVER_ENDING = {
    "a loop that lets nothing through": (
        "while True:\n    try:\n        int('a')\n    except:\n        pass\n"
    ),
    "a lock": "import threading\nthreading.Event().wait()\n",
    "one long operation": "\n\nsum(range(10**12))\n",
}


@pytest.mark.parametrize("kind", thinned(NEVER_ENDING, keep=1))
def test_what_never_ends_is_stopped(own_files, monkeypatch, kind):
    text = NEVER_ENDING[kind]
    ask = checker.in_another_python

    def impatient(names):  # but only with the file that never ends
        with monkeypatch.context() as patched:
            patched.setattr(checker, "LONGEST", 0.3 if "l03_line" in names else 600.0)
            return ask(names)

    monkeypatch.setattr(checker, "in_another_python", impatient)
    (own_files / "l03_line.py").write_text(text, encoding="utf-8")
    solve(own_files, "l04_residuals")
    found = checker.verdicts(["l03_line", "l04_residuals", "l05_loss"])
    assert [verdict.state for verdict in found.values()] == (
        [checker.WRONG, checker.RIGHT, checker.NOT_YET]
    )
    why = found["l03_line"].why
    assert re.fullmatch(r"it was stopped after 0\.3 seconds, in line (\d+) of the file: .*", why)
    assert int(re.search(r"line (\d+)", why)[1]) <= len(text.splitlines())


def test_seconds_are_those_of_work(monkeypatch):
    """A file that waits, as any does on a busy computer, is not stopped; one that works is."""
    worked, looked, ended = [0.0], threading.Event(), threading.Event()
    monkeypatch.setattr(checker, "time", SimpleNamespace(
        process_time=lambda: worked[0], sleep=lambda _: looked.set()))
    monkeypatch.setattr(checker, "faulthandler", SimpleNamespace(
        dump_traceback_later=lambda *_, **__: None, dump_traceback=lambda **_: None))
    monkeypatch.setattr(checker.os, "write", lambda *_: 0)
    monkeypatch.setattr(checker.os, "_exit", lambda _: ended.set())
    checker.watch_over(10.0)
    assert looked.wait(60) and not ended.is_set()
    worked[0] = 10.0
    assert ended.wait(60)


WHATEVER = [
    ("import os\nos._exit(0)\n", checker.WRONG, "Python itself ended, and there is no verdict"),
    ("raise KeyboardInterrupt\n", checker.WRONG, "Python itself ended"),
    ("class Odd(BaseException): pass\nraise Odd\n", checker.WRONG, "Python itself ended"),
    ("import sys\nsys.exit()\n", checker.WRONG, "the file cannot be run: SystemExit"),
    ("import threading as t\nt.Thread(target=t.Event().wait).start()\nSLOPE = ...\n",
     checker.NOT_YET, "SLOPE is still ..."),
    ("import sys\nsys.stdout.close()\nSLOPE = ...\n", checker.NOT_YET, "SLOPE is still ..."),
    ("import sys\nsys.stdout = sys.stderr = None\nSLOPE = ...\n", checker.NOT_YET, "SLOPE is"),
    ("import os\nos.close(1)\nos.write(2, b'Timeout')\nSLOPE = ...\n",
     checker.NOT_YET, "SLOPE is still ..."),
    ("import os\nos.write(1, b'verdict [\"right\"]\\n')\nSLOPE = ...\n",
     checker.NOT_YET, "SLOPE is still ..."),
    ("SLOPE = input()\n", checker.WRONG, "nobody can type while it is checked"),
    ("import os\nos.chdir('/')\nSLOPE = ...\n", checker.NOT_YET, "SLOPE is still ..."),
    ("import os\nfor i in range(3, 12):\n    try: os.write(i, b'junk\\n')\n"
     "    except OSError: pass\nSLOPE = ...\n", checker.NOT_YET, "SLOPE is still ..."),
    ("if __name__ == '__main__':\n    SLOPE = ...\n", checker.NOT_YET, "SLOPE is still ..."),
    ("import sys\nsys.stdout.reconfigure(errors='replace')\nsys.stdout.buffer.write(b'a')\n"
     "SLOPE = ...\n", checker.NOT_YET, "SLOPE is still ..."),
    ("import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'input()'], "
     "stdin=subprocess.PIPE)\nSLOPE = ...\n", checker.NOT_YET, "SLOPE is still ..."),
    ("import ctypes\n\nctypes.string_at(0)\n", checker.WRONG, "ended, in line 3 of the file"),
    ("class Bad(Exception):\n    def __str__(self): return 1 / 0\nraise Bad\n", checker.WRONG,
     "can make nothing of it"),
    ("SLOPE = INTERCEPT = 10**5000\n", checker.WRONG, "a finite number"),
    ("SLOPE = INTERCEPT = '\\ud800' * 10**6\n", checker.WRONG, "it should be a number"),
]


@pytest.mark.parametrize(("text", "state", "why"), thinned(WHATEVER, keep=9))
def test_whatever_a_file_does_there_is_a_verdict(own_files, text, state, why):
    (own_files / "l03_line.py").write_text(text, encoding="utf-8")
    solve(own_files, "l04_residuals")
    found = checker.verdicts(["l03_line", "l04_residuals"])
    assert found["l03_line"].state == state
    assert why in found["l03_line"].why
    assert all(len(text) <= checker.SHOWN for text in found["l03_line"])
    assert found["l04_residuals"].state == checker.RIGHT


VALUE = """
class Value:
    def __init__(self, data, inputs=()):
        self.data, self.inputs = data, inputs
    def __add__(self, other):
        return Value(self.data + other.data, (self, other))
    def __mul__(self, other):
        return Value(self.data * other.data, (self, other))
"""
STAGES = ["lessons.workshop.stages.s01_remember", "lessons.workshop.stages.s02_slopes",
          "lessons.workshop.stages.s03_order"]


@pytest.mark.parametrize(("text", "states"), [
    (VALUE, [checker.RIGHT, checker.NOT_YET]),
    (VALUE.replace("* other", "+ other"), [checker.WRONG])])
def test_the_stages_of_one_file_up_to_the_first_that_is_not_passed(tmp_path, text, states):
    path = tmp_path / "mine.py"
    path.write_text(f"print('it is run')\n{text}", encoding="utf-8")
    found = checker.in_another_python(STAGES, path)
    assert [*found] == STAGES[:len(states)]
    assert [verdict.state for verdict in found.values()] == states
    assert [verdict.printed for verdict in found.values()] == ["it is run\n", ""][:len(states)]


def test_one_python_judges_several_exercises(own_files):
    solve(own_files, "l04_residuals")
    (own_files / "l03_line.py").write_text("SLOPE = INTERCEPT = 0\n", encoding="utf-8")
    found = checker.in_another_python(["l05_loss", "l03_line", "l04_residuals"])
    assert [(name, verdict.state) for name, verdict in found.items()] == [
        ("l05_loss", checker.NOT_YET), ("l03_line", checker.WRONG),
        ("l04_residuals", checker.RIGHT)]


def test_what_python_is_told_elsewhere_holds_for_a_file_too(own_files, monkeypatch):
    (own_files / "there").mkdir()
    (own_files / "there" / "far_away.py").write_text("SLOPE, INTERCEPT = 3, -5\n")
    monkeypatch.setenv("PYTHONPATH", str(own_files / "there"))
    (own_files / "l03_line.py").write_text("from far_away import *\nimport sys\n"
                                           "assert len(sys.argv) == 1\n")
    assert checker.verdicts(["l03_line"])["l03_line"].state == checker.RIGHT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system makes no copies of processes")
def test_a_copy_of_python_judges_nothing(own_files):
    (own_files / "l03_line.py").write_text("import os\nos.fork()\nSLOPE = ...\n", encoding="utf-8")
    solve(own_files, "l04_residuals")
    found = checker.verdicts(["l03_line", "l04_residuals", "l05_loss"])
    states = [checker.NOT_YET, checker.RIGHT, checker.NOT_YET]
    assert [verdict.state for verdict in found.values()] == states


def test_a_lesson_of_ones_own(own_files, capsys):
    (own_files / "l23_mine.py").write_text("X = 1\n", encoding="utf-8")
    verdict = checker.judge("l23_mine", own_files / "l23_mine.py")
    needs = "l23_mine.py still needs " + ", ".join(
        f"lessons/{folder}/l23_mine.py" for folder in ("exercises", "grading/checks", "answers")
    )
    assert verdict == (checker.NOT_YET, f"nothing checks it: {needs}", *[""] * 4)
    assert course.needs("l14_descent") == ""
    checker.tell(TerminalPage(), "l23_mine", verdict, hint=1)
    assert "An answer" not in capsys.readouterr().out


def test_what_a_file_prints_is_shown_but_not_all_of_it(own_files, capsys):
    path = own_files / "l03_line.py"
    path.write_text("print('here')\nSLOPE = ...\n", encoding="utf-8")
    assert exercises.main(["3"]) == 1
    assert capsys.readouterr().out.startswith("The file has printed:\n\nhere\n\n3. ?: not yet")
    path.write_text("for i in range(10**5): print('x' * 79)\nSLOPE = ...\n", encoding="utf-8")
    assert exercises.main(["3"]) == 1
    assert len(capsys.readouterr().out) < 2 * checker.SHOWN


def test_each_file_is_run_where_the_reader_works(own_files, monkeypatch, tmp_path_factory):
    folder = tmp_path_factory.mktemp("work")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    monkeypatch.chdir(folder)
    solve(own_files, "l04_residuals")
    (own_files / "l03_line.py").write_text("import os\nos.chdir('/')\n", encoding="utf-8")
    with (own_files / "l04_residuals.py").open("a", encoding="utf-8") as file:
        file.write("open('notes.txt').close()\n")
    found = checker.verdicts(["l03_line", "l04_residuals"])
    assert found["l04_residuals"].state == checker.RIGHT


def test_other_folders_change_nothing(own_files, monkeypatch, tmp_path):
    solve(own_files, "l03_line")
    (tmp_path / "json.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.chdir("/")
    assert checker.verdicts(["l03_line"])["l03_line"].state == checker.RIGHT


def test_ctrl_c_is_the_readers(own_files, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(checker.subprocess, "Popen", interrupted)
    assert exercises.main(["3"]) == 130
