"""The course as readers leave it: files in any state, and Python run in any way."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from lessons import __main__ as story
from lessons import course
from lessons.exercises import __main__ as exercises
from tests.thinned import thinned

GONE = "The question stood at the top of this file; `git checkout` brings it back."
TASK = '"""3. A title\n\nWhat to do.\n"""\nX = ...\n'
FIRST, SECOND, THIRD = FEW = list(course.LESSONS)[:3]  # those that a copy of the course has


@pytest.mark.parametrize(
    ("text", "title", "task"),
    [
        (TASK, "A title", "What to do."),
        (f"\ufeff{TASK}", "A title", "What to do."),  # as some editors begin a file
        (f"# a note\n\n{TASK}", "A title", "What to do."),
        (f"{TASK}X = (", "A title", "What to do."),
        ('r"""A title without a number"""', "A title without a number", ""),
        (r'"""3. \x00\x1b[31m\u2028red\n\na \x07 bell\ud800"""', "[31mred", "a  bell"),
        ('"""never closed', "?", GONE),
        ("X = 1", "?", GONE),
        ("", "?", GONE),
        ("f'{1}'", "?", GONE),
        ("(", "?", GONE),
        ("b'bytes'", "?", GONE),
    ],
)
def test_what_an_exercise_asks(tmp_path, monkeypatch, text, title, task):
    monkeypatch.setattr(course, "path", lambda name: tmp_path / "exercise.py")
    (tmp_path / "exercise.py").write_text(text, encoding="utf-8")
    assert course.exercise("l03_line") == (title, task)


def test_other_encodings(tmp_path, monkeypatch):
    monkeypatch.setattr(course, "path", lambda name: tmp_path / "exercise.py")
    for declared, encoding in (("# coding: latin-1\n", "latin-1"), ("", "utf-8")):
        text = declared + TASK.replace("title", "naïve title")
        (tmp_path / "exercise.py").write_bytes(text.encode(encoding))
        assert course.exercise("l03_line")[0] == "A naïve title"
    (tmp_path / "exercise.py").write_bytes(TASK.replace("title", "naïve").encode("latin-1"))
    assert course.exercise("l03_line") == ("?", GONE)
    (tmp_path / "exercise.py").unlink()
    assert course.exercise("l03_line") == ("?", GONE)


@pytest.mark.parametrize("text", ["def (", "x = 1\n", "", '"""', "\x00"])
def test_a_lesson_that_cannot_be_read_has_a_name_still(tmp_path, monkeypatch, text):
    monkeypatch.setattr(course, "FOLDER", tmp_path)
    (tmp_path / "l07_rate_of_change.py").write_text(text, encoding="utf-8")
    assert course.question(7) == "7. l07_rate_of_change"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the course that ends after three lessons, to be broken."""
    folder = tmp_path_factory.mktemp("copy")
    others = [f"{name}.py" for number, name in course.LESSONS.items() if number not in FEW]
    shutil.copytree(course.FOLDER, folder / "lessons",
                    ignore=shutil.ignore_patterns("__pycache__", *others))
    file = folder / "lessons" / "course.py"
    story = f"STORY = ({FIRST}, {SECOND})"
    text, found = re.subn("(?m)^STORY = .*", story, file.read_text(encoding="utf-8"))
    assert found == 1
    file.write_text(text, encoding="utf-8")
    return folder


def ran(copy, *arguments, flags=(), **options):
    """What came of `python -m lessons ...` in the copy."""
    environment = {"PYTHONPATH": str(course.FOLDER.parent), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, *flags, "-m", *arguments], cwd=copy, check=False, capture_output=True,
        text=True, encoding="utf-8", env=os.environ | environment, **options,
    )


def test_a_broken_lesson_is_said_and_breaks_no_other(copy):
    file = copy / "lessons" / f"{course.LESSONS[THIRD]}.py"
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}X = = 1\n", encoding="utf-8")
    broken = ran(copy, "lessons", str(THIRD))
    assert (broken.returncode, broken.stdout) == (1, "")
    said = f"{file.name}, line {before.count(chr(10)) + 1}: invalid syntax\n"
    assert broken.stderr.startswith("error: Python cannot read") and broken.stderr.endswith(said)
    whole = ran(copy, "lessons")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert f"[ ] {course.question(THIRD)}\n" in whole.stdout
    file.write_text(before, encoding="utf-8")


def test_lessons_that_readers_add_and_change(copy):
    name, other = course.LESSONS[SECOND], course.LESSONS[THIRD]
    file, old = (copy / "lessons" / f"{each}.py" for each in (name, f"{other}_old"))
    before = file.read_text(encoding="utf-8")
    shutil.copy(copy / "lessons" / f"{other}.py", old)
    file.write_text('"""   \n\n   """\n' + before.partition('"""\n\n')[2], encoding="utf-8")
    bare = ran(copy, "lessons", str(SECOND))
    assert (bare.returncode, bare.stderr) == (0, "")
    assert bare.stdout.startswith(f"\n{name}\n")
    file.write_bytes(f"# coding: latin-1\n{before} # é\n".encode("latin-1"))
    book = ran(copy, "lessons", "--html", "book")
    assert (book.returncode, book.stderr) == (0, "")
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (copy / "book").iterdir()}
    lessons = {course.LESSONS[number].replace("_", "-") for number in FEW}
    assert set(pages) == {"index", "glossary", "manuals", "practice"} | lessons
    assert "# é" in pages[name.replace("_", "-")]
    old.unlink()
    file.write_text(before, encoding="utf-8")


OTHER_WAYS = [["-OO", "-S", "-B", "-W", "error"], ["-O"], ["-OO"], ["-S"], ["-B", "-W", "error"]]


@pytest.mark.parametrize("flags", thinned(OTHER_WAYS, 1))
def test_python_in_other_ways(copy, flags):
    told = ran(copy, "lessons", str(THIRD), flags=flags)
    assert (told.returncode, told.stderr) == (0, "")
    assert course.question(THIRD) in told.stdout
    assert "Guess first: " in told.stdout
    checked = ran(copy, "lessons", str(THIRD), "--check", flags=flags)
    title, _ = course.exercise(course.LESSONS[THIRD])
    assert checked.stdout.startswith(f"{THIRD}. {title}: ")


def test_nobody_listens(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert story.main(["3"]) == 0
    assert exercises.main(["3"]) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["3", "--check", "--save", "x"], "--check looks at your answer, and draws no pictures"),
        (["--check"], "--check wants the number of a lesson"),
        (["--html", "x", "--save", ""], "--html writes all lessons and their pictures"),
        (["--html", "x", "3"], "--html writes all lessons and their pictures"),
    ],
)
def test_what_does_not_go_together(capsys, arguments, words):
    with pytest.raises(SystemExit) as stop:
        story.main(arguments)
    assert stop.value.code == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--html", ""], ["3", "--save", ""]])
def test_a_folder_without_a_name(capsys, arguments):
    assert story.main(arguments) == 1
    assert capsys.readouterr().err == "error: the folder has no name; . is the one you are in\n"


def test_a_reader_who_has_seen_enough_of_a_check(copy):
    with subprocess.Popen([sys.executable, "-m", "lessons", str(THIRD), "--check"], cwd=copy,
                          env=os.environ | {"PYTHONPATH": str(course.FOLDER.parent)},
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait() == 0


def test_the_lessons_of_the_story_are_lessons():
    assert set(course.STORY) <= set(course.LESSONS)
    for number in course.STORY:
        assert course.lesson(number).__name__ == f"lessons.{course.LESSONS[number]}"


def test_every_lesson_stands_in_one_part_and_has_its_minutes(monkeypatch):
    listed = [number for numbers in course.PARTS.values() for number in numbers]
    assert listed == list(course.LESSONS)
    assert [n for numbers in course.parts().values() for n in numbers] == listed
    assert all(10 <= course.minutes(number) <= 60 for number in listed)
    monkeypatch.setitem(course.LESSONS, 99, "l99_new")
    assert course.parts()[course.MORE] == [99]
    assert course.minutes(99) == course.MINUTES
    monkeypatch.setattr(course, "LESSONS", {3: "l03_line"})
    assert course.parts() == {"A line and its loss": [3]}
