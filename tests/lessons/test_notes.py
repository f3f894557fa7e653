"""The reader's notes: kept whole, where they belong, and never in anybody's way."""

import json
import os
import sys
from pathlib import Path

import pytest

from lessons import notes
from lessons.__main__ import main

BROKEN = ["", "{", "[]", "3", '{"guesses": 3}', '{"guesses": {}, "hints": []}', "\x00", "[" * 10**5]


def test_what_is_kept_is_there_again_and_can_be_read():
    assert notes.part("hints") == {}
    assert notes.keep("hints", "l03_line", 2)
    assert notes.keep("guesses", "l03_line.line", {"guess": 40.5})
    assert notes.part("hints") == {"l03_line": 2}
    assert json.loads(notes.file().read_text(encoding="ascii")) == {
        "hints": {"l03_line": 2}, "guesses": {"l03_line.line": {"guess": 40.5}}}
    assert notes.file().read_text().count("\n") > 5
    assert notes.keep("hints", "l03_line", None)
    assert notes.part("hints") == {}
    assert [path.name for path in notes.file().parent.iterdir()] == ["lessons.json"]


def test_what_others_keep_there_stays():
    notes.keep("practice", "2*x", "2031-01-09")
    notes.keep("hints", "l03_line", 1)
    assert notes.part("practice") == {"2*x": "2031-01-09"}


@pytest.mark.parametrize(
    ("platform", "variables", "file"),
    [
        ("linux", {}, "~/.local/state"),
        ("linux", {"XDG_STATE_HOME": "/elsewhere"}, "/elsewhere"),
        ("linux", {"XDG_STATE_HOME": "not/absolute"}, "~/.local/state"),
        ("linux", {"LOCALAPPDATA": "/c/local"}, "~/.local/state"),
        ("darwin", {}, "~/Library/Application Support"),
        ("win32", {"LOCALAPPDATA": "/c/local"}, "/c/local"),
        ("win32", {}, "~/.local/state"),
    ],
)
def test_each_system_has_a_folder_for_it(monkeypatch, platform, variables, file):
    monkeypatch.setattr(sys, "platform", platform)
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert notes.file() == Path(file).expanduser() / "mathlab" / "lessons.json"


def no_home():
    raise RuntimeError("Could not determine home directory.")


@pytest.mark.parametrize("home", ["home", ".", "~"])
def test_a_home_that_depends_on_where_one_works_is_none(monkeypatch, home):
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr(Path, "home", lambda: Path(home))
    assert notes.file() is None


def test_nobody_knows_where_home_is(monkeypatch, capsys):
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr(Path, "home", no_home)
    assert notes.file() is None
    assert not notes.keep("hints", "l03_line", 1)
    assert notes.part("hints") == {}
    assert main(["--fresh"]) == 0
    assert capsys.readouterr().out == "There was nothing to forget.\n\n"


@pytest.mark.parametrize("text", BROKEN)
def test_a_file_that_is_something_else_is_left_as_it_is(text, capsys):
    notes.file().parent.mkdir()
    notes.file().write_text(text)
    assert notes.part("guesses") == {}
    for _ in range(2):
        assert not notes.keep("hints", "l03_line", 1)
    assert notes.file().read_text() == text
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert str(notes.file()) in said and "--fresh" in said
    assert main(["--fresh"]) == 0
    assert notes.keep("hints", "l03_line", 1)
    assert notes.part("hints") == {"l03_line": 1}


def test_letters_that_are_none(capsys):
    notes.file().parent.mkdir()
    notes.file().write_bytes(b'{"hints": {"\xff": 1}}')
    assert notes.part("hints") == {}
    assert capsys.readouterr().err.count("\n") == 1


def test_a_folder_where_the_file_should_be(capsys):
    notes.file().mkdir(parents=True)
    assert not notes.keep("hints", "l03_line", 1)
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["--fresh"]) == 1
    assert capsys.readouterr().err.startswith("error: ")


def test_a_file_where_the_folder_should_be(capsys):
    notes.file().parent.write_text("")
    for number in (1, 2):
        assert not notes.keep("hints", "l03_line", number)
    assert notes.part("hints") == {}
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["--fresh"]) == 0


def test_a_write_that_fails_halfway_leaves_what_was_there(monkeypatch, capsys):
    notes.keep("hints", "l03_line", 1)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert not notes.keep("hints", "l03_line", 2)
    assert notes.part("hints") == {"l03_line": 1}
    assert [path.name for path in notes.file().parent.iterdir()] == ["lessons.json"]
    assert capsys.readouterr().err == (
        f"note: nothing is kept of guesses and hints: No space left on device: {notes.file()}\n")


def test_fresh_forgets_all_of_it(capsys):
    notes.keep("hints", "l03_line", 1)
    assert main(["--fresh"]) == 0
    assert "Forgotten" in capsys.readouterr().out
    assert notes.part("hints") == {}
    assert main(["--fresh"]) == 0
    assert capsys.readouterr().out == "There was nothing to forget.\n\n"
