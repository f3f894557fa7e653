"""The page: every line fits, whatever is written on it; and what ends a lesson early."""

import sys

import pytest

from lessons.pages.terminal import TerminalPage
from lessons.run import run
from mathlab.drawing import Chart, Points
from mathlab.errors import DataError


@pytest.fixture(params=[40, 80, 100])
def page(request, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(request.param))
    return TerminalPage()


@pytest.mark.parametrize(("columns", "width"), [(40, 39), (80, 79), (20, 39), (500, 99)])
def test_width(monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", str(columns))
    assert TerminalPage().width == width


def test_every_line_fits(page, capsys):
    words = "a line under squared error has a closed formula and needs no walk at all " * 3
    page.title(words)
    page.say(words)
    page.formula("d loss / d lever = " + " - ".join(["2*budget*slope"] * 20))
    page.lines("short\n    " + words)
    page.table({"step": [1, 2], "a rather long name": [0.5, 1e9], "text": ["x" * 90, None]})
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= page.width


def test_a_picture_fits_the_terminal(page, capsys):
    page.picture(Chart(Points([1, 2], [3, 4], label="dots"), title="Each dot is a film" * 4))
    assert max(map(len, capsys.readouterr().out.splitlines())) <= page.width + 1  # at least 40


def test_a_title_is_underlined_as_far_as_it_goes(page, capsys):
    page.title("Predict: what will it earn, and how sure are we?")
    *title, line, after = capsys.readouterr().out.splitlines()[1:]
    assert " ".join(title) == "Predict: what will it earn, and how sure are we?"
    assert line == "=" * max(map(len, title))
    assert after == ""


def test_prose_is_one_paragraph_and_formulas_are_set_in(page, capsys):
    page.say("""one
        two   three""")
    page.formula("y = a*x")
    assert capsys.readouterr().out == "one two three\n\n    y = a*x\n\n"


def test_run(capsys):
    assert run(lambda page: page.say("one"), lambda page: page.say("two")) == 0
    assert capsys.readouterr() == ("one\n\ntwo\n\n", "")


def test_run_says_an_error_in_one_line(capsys):
    def fail(page):
        raise DataError("movies.csv, line 3: no")

    assert run(lambda page: page.say("one"), fail, lambda page: page.say("two")) == 1
    assert capsys.readouterr() == ("one\n\n", "error: movies.csv, line 3: no\n")


def test_run_hides_no_mistake():
    with pytest.raises(ZeroDivisionError):
        run(lambda page: 1 / 0)


def test_run_ends_quietly_at_ctrl_c(capsys):
    def press(page):
        raise KeyboardInterrupt

    assert run(press) == 130
    assert capsys.readouterr() == ("", "")


def test_a_stream_that_cannot_be_set_up(monkeypatch, capsys):
    written = []

    class Plain:
        def write(self, text):
            written.append(text)

    monkeypatch.setattr(sys, "stdout", Plain())
    TerminalPage().say("one")
    assert "".join(written).strip() == "one"


def test_a_claim_is_said_if_it_holds():
    page = TerminalPage()
    assert page.claim(2 > 1, "Two is more.") == "Two is more."
    assert page.untrue == []
    assert page.claim(2 < 1, "Two is less.") == ""
    assert page.claim(2 < 1, "Two is less.", "Two is more.") == "Two is more."
    assert page.untrue == ["Two is less.", "Two is less."]


def test_pictures_are_kept_in_a_folder(tmp_path, capsys):
    chart = Chart(Points([1], [2]), title="One dot")

    def lesson(page):
        page.picture(chart)
        page.pictures([chart, Chart(title="No dot")])

    assert run(lesson, lesson, folder=str(tmp_path)) == 0
    names = ["test-1-one-dot.svg", "test-2-one-dot-and-no-dot.svg"]  # from test_page.py
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    out = "".join(capsys.readouterr().out.split())
    assert all(f"{tmp_path}/{name}" in out for name in names)


def test_pictures_that_cannot_be_kept(tmp_path, capsys):
    path = tmp_path / "file"
    path.write_text("precious", encoding="utf-8")
    assert run(lambda page: page.picture(Chart()), folder=str(path)) == 1
    assert "is a file, and no folder" in capsys.readouterr().err
