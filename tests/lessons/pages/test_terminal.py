"""A lesson on a terminal where somebody sits: a screen at a time, a guess, Ctrl-C."""

import json
import os
import re
import shutil
import statistics
from pathlib import Path

import pytest

from lessons import notes, run
from lessons.data import films
from lessons.pages import terminal
from lessons.pages.live.live import SAID, Guess, Live
from lessons.pages.terminal import TerminalPage
from mathlab.drawing.paper.text import cells
from mathlab.errors import DataError
from tests.keyboard import CTRL_C, CTRL_D, ROOT, Keyboard, sits_down

ALL_AT_ONCE = {"PAGER": "cat"}
ASKED = "(Enter: just show me): "
COLOURS = re.compile(r"\x1b\[[\d;]*m|.\x08")  # and the letters under those of bold ones
PROMPT = "space: on, b: back, q: on to what is asked, or to the end"  # as less has it
needs_less = pytest.mark.skipif(not shutil.which("less"), reason="less is not installed")


@pytest.fixture(autouse=True)
def a_terminal():
    sits_down()


def kept():
    """The guesses that are in the notes."""
    return json.loads(notes.file().read_text())["guesses"]


@needs_less
def test_a_screen_at_a_time_until_there_is_a_question():
    with Keyboard("-m", "lessons", "3") as reader:
        first = reader.sees(PROMPT)
        assert "\x1b[1m3. A line: what does a line claim?\x1b[0m" in first
        assert len(first.splitlines()) <= 24 and "'level' does not look" not in first
        reader.types(" ")
        assert "'level' does not look" in reader.sees(PROMPT)
        reader.types("b")
        assert "3. A line: what does a line claim?" in COLOURS.sub("", reader.sees(PROMPT))
        reader.types("q")
        reader.sees(f"Per cent {ASKED}")
        shown = reader.seen
        assert "Three lines through the same films" in shown and "You guessed" not in shown
        assert "ESC" not in shown and "\x1b[38;5;" in shown  # the colours of the chart
        reader.types("\n")
        reader.sees("It is 55.86 %")
        reader.sees(PROMPT)
        reader.types("q")
        assert reader.leaves() == 0
    assert not notes.file().exists()


def test_a_guess_is_given_back_beside_the_answer_and_asked_for_once():
    with Keyboard("-m", "lessons", "3", **ALL_AT_ONCE) as reader:
        assert "Three lines" in reader.sees(ASKED)  # whose picture does not tell the answer
        for text in ("forty", "nan", "1e999", "1 2"):
            reader.types(f"{text}\n")
            reader.sees(f"{SAID['number']}.")
            reader.sees(ASKED)
        reader.types(" 40 % \n")
        reader.sees("You guessed 40; it is 55.86 %: 15.86 too low.")
        assert "Three lines" not in reader.sees(
            "Your guesses in this course so far: 0 of 1 were right, or near enough.")
        assert reader.leaves() == 0
    table, _ = films.cleaned()
    squares = [(r - 3 * b) ** 2 for b, r in zip(table["budget"], table["revenue"], strict=True)]
    truth = 100 * statistics.fmean(squares) / statistics.pvariance(table["revenue"])
    assert kept() == {"l03_line.line": {
        "guess": 40, "truth": pytest.approx(truth, rel=1e-5), "right": False}}
    with Keyboard("lessons/l03_line.py", **ALL_AT_ONCE) as reader:
        assert reader.leaves() == 0
        assert "You guessed 40; it is 55.86 %: 15.86 too low." in reader.seen
        assert ASKED not in reader.seen


def test_a_choice_is_taken_by_its_number():
    with Keyboard("-m", "lessons", "4", columns=40, **ALL_AT_ONCE) as reader:
        assert "\n1  One, the best\n2  Some, all of which rise as the films\n   do\n" in (
            reader.sees("Which of them? (Enter: just show me):"))
        for text in ("0", "4", "1.5", "one"):
            reader.types(f"{text}\n")
            reader.sees("Write its number, from 1 to 3.")
        reader.types("3\n")
        said = reader.sees("So it is.")
        assert "You said: One for each slope," in said
        assert reader.leaves() == 0
        assert "so far: 1\nof 1 were right" in reader.seen
    assert kept()["l04_residuals.sticks"] == {"guess": 3, "truth": 3, "right": True}


def test_a_picture_that_would_tell_the_answer_comes_first_without_it():
    with Keyboard("-m", "lessons", "24", **ALL_AT_ONCE) as reader:
        before = COLOURS.sub("", reader.sees(ASKED))
        assert before.count("Miles per gallon, by weight") == 1
        reader.types("\n")
        assert reader.leaves() == 0
    with Keyboard("-m", "lessons", "13", **ALL_AT_ONCE) as reader:
        before = COLOURS.sub("", reader.sees(ASKED))
        assert before.count("From one place") == 1 and "How steep is it" not in before
        reader.types("\n")
        assert reader.leaves() == 0
        assert "How steep is it, all round?" in COLOURS.sub("", reader.seen)


def test_ctrl_d_ends_all_questions_and_not_the_lesson():
    with Keyboard("-m", "lessons", "2", **ALL_AT_ONCE) as reader:
        reader.sees(ASKED)
        reader.types(CTRL_D)
        assert reader.leaves() == 0
        assert reader.seen.count(ASKED) == 1
        assert "Exercise: Guess a slope" in COLOURS.sub("", reader.seen)
    assert not notes.file().exists()


def test_ctrl_c_leaves_the_lesson():
    with Keyboard("-m", "lessons", "3", **ALL_AT_ONCE) as reader:
        reader.sees(ASKED)
        reader.types(f"{CTRL_C}\n")  # Enter, for a Python that looks for signals after reading
        assert reader.leaves() == 130
        assert "Traceback" not in reader.seen and "Exercise" not in reader.seen


def test_a_window_that_is_made_narrower_meanwhile():
    with Keyboard("-m", "lessons", "3", columns=120, **ALL_AT_ONCE) as reader:
        before, start = COLOURS.sub("", reader.sees(ASKED)), len(reader.seen)
        reader.resize(40)
        reader.types("\n")
        assert reader.leaves() == 0
        lines = [cells(COLOURS.sub("", line)) for line in reader.seen[start:].splitlines()]
    assert max(len(cells(line)) for line in before.splitlines()) > 80
    assert 30 < max(map(len, lines)) <= 40


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_all_at_once_for_who_wants_that(columns, encoding):
    with Keyboard("-m", "lessons", "4", "--all", columns=columns,
                  PYTHONIOENCODING=encoding) as reader:
        assert reader.leaves() == 0
        text = COLOURS.sub("", reader.seen)
        assert "\x1b[1mExercise: " in reader.seen
        assert "\b" not in text and ASKED not in text and "You said" not in text
        assert max(len(cells(line)) for line in text.splitlines()) <= columns
        assert len(text.splitlines()) > 60


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
@pytest.mark.parametrize("options", [["--all"], []])
def test_nothing_is_bold_where_that_is_not_wanted(setting, options):
    with Keyboard("-m", "lessons", "1", *options, **ALL_AT_ONCE, **setting) as reader:
        if not options:
            reader.sees(ASKED)
            reader.types("\n")
        assert reader.leaves() == 0
        assert "1. Collect" in reader.seen
        assert "\x1b" not in reader.seen and "\b" not in reader.seen


def test_bold_for_a_pager_is_each_letter_twice():
    with Keyboard("-m", "lessons", "1", **ALL_AT_ONCE) as reader:
        reader.sees(ASKED)
        reader.types("\n")
        assert reader.leaves() == 0
        assert "1\b1.\b. \b C\bC" in reader.seen


def test_a_guess_in_letters_of_another_alphabet():
    with Keyboard("-m", "lessons", "3", PYTHONIOENCODING="utf-8:strict", **ALL_AT_ONCE) as reader:
        reader.sees(ASKED)
        os.write(reader.ours, b"\xff\xfe\n")
        reader.sees(f"{SAID['number']}.")
        reader.types("\n")
        assert reader.leaves() == 0


@needs_less
@pytest.mark.parametrize("name", ["PAGER", "MANPAGER"])
def test_a_pager_that_is_not_there_hides_nothing(name):
    with Keyboard("-m", "lessons", "3", **{name: "not-there -R"}) as reader:
        assert "money back" in reader.sees(PROMPT)
        reader.types("q")
        reader.sees(ASKED)


@needs_less
def test_nothing_is_written_but_the_notes(tmp_path):
    def files():
        return {path: path.stat().st_mtime_ns for folder in ("lessons", "mathlab", "tests")
                for path in (ROOT / folder).rglob("*")}

    home, before = tmp_path / "home", files()
    home.mkdir()
    state = {"HOME": str(home), "XDG_STATE_HOME": ""}
    with Keyboard("lessons/l03_line.py", **state) as reader:
        reader.sees(PROMPT)
        reader.types("q")
        reader.sees(ASKED)
        reader.types("50\n")
        reader.sees(PROMPT)
        reader.types("q")
        assert reader.leaves() == 0
    with Keyboard("-m", "lessons", "3", "--hint", **state) as reader:
        assert reader.leaves() == 1
    assert files() == before
    (found,) = [path for path in home.rglob("*") if path.is_file()]
    assert found.name == "lessons.json"
    assert json.loads(found.read_text()).keys() == {"guesses", "hints"}


# ------------------------------------------------------------------ without a terminal


@pytest.fixture
def page(monkeypatch):
    """A page whose pager is the list `shown`, and whose reader answers by what is in `keys`."""
    page = TerminalPage(waits=True)
    page.begin("l99_made_up")
    page.shown, page.keys = [], []

    def ask(prompt):
        page.shown.append(prompt)
        if not page.keys:
            raise EOFError
        return page.keys.pop(0)

    monkeypatch.setattr(terminal.pydoc, "pager", page.shown.append)
    monkeypatch.setattr("builtins.input", ask)
    return page


def a_live(name="bowl", **options):
    return Live(name, "How many?", [], guess=Guess("The number:", 12, near=1, **options))


def test_nothing_is_asked_unless_somebody_waits(page, capsys):
    page.waits = False
    page.live(a_live())
    page.end()
    assert (page.shown, capsys.readouterr().out) == ([], "How many?\n\n")


def test_what_was_held_back_is_shown_before_an_error(page, monkeypatch, capsys):
    def fails(page):
        page.say("So far so good.")
        raise DataError("no more")

    monkeypatch.setattr(run, "somebody_waits", lambda: True)
    assert run.run(fails) == 1
    assert page.shown == ["So far so good.\n"]
    assert capsys.readouterr().err == "error: no more\n"


def test_a_printed_table_that_is_too_wide_comes_in_parts(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "40")
    TerminalPage().lines("    above it\n"
                         "    name  value  standard error  95% from  to  p-value\n"
                         "    a       1.5             0.1       1.3  17  3e-103\n    below it")
    above, *parts, below = capsys.readouterr().out.replace("\n\n", "\n").splitlines()
    assert (above, below) == ("    above it", "    below it")
    above, *one = parts[:3]
    assert above.split() == ["standard", "95%"]  # a head of two words is broken first
    heads, rows = (" ".join(line.partition(" ")[2] for line in lines).split()
                   for lines in zip(one, parts[3:], strict=True))
    assert all(line.split()[0] == "name" for line in (one[0], parts[3]))
    assert heads == ["value", "error", "from", "to", "p-value"]
    assert rows == ["1.5", "0.1", "1.3", "17", "3e-103"]


def test_the_sum_of_all_guesses(page):
    page.keys = ["12.5", "14"]
    page.live(a_live("first"))
    page.live(a_live("second"))
    page.end()
    assert page.shown[-1].splitlines()[0] == "You guessed 14; it is 12: 2 too high."
    assert "so far: 1 of 2 were right" in page.shown[-1]


@pytest.mark.parametrize("made", [None, 3, {}, {"guess": "many"}, {"guess": []}, {"guess": True},
                                  {"guess": float("1e999")}])
def test_a_guess_in_the_notes_that_is_none_is_asked_for(page, made):
    notes.keep("guesses", "l99_made_up.bowl", made or 0)
    page.keys = ["12"]
    page.live(a_live())
    assert page.held == ["You guessed 12; it is 12: just so.\n"]


def test_a_question_is_shown_before_its_answer_is_asked_for(page):
    page.keys = [""]
    page.live(a_live())
    page.end()
    assert page.shown == ["How many?\n", "The number (Enter: just show me): ", "It is 12.\n"]


def test_without_a_folder_for_notes_there_are_guesses_all_the_same(page, monkeypatch, capsys):
    monkeypatch.setattr(notes, "file", lambda: Path("/dev/null/notes"))
    page.keys = ["1"]
    page.live(a_live())
    page.end()
    assert page.shown[-1] == "You guessed 1; it is 12: 11 too low.\n"
    assert capsys.readouterr().err.count("\n") == 1
