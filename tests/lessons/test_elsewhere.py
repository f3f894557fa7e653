"""Files that are run by themselves, from any folder; the exercises in a folder of the reader's own.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest

from lessons import course, elsewhere, notes
from lessons.__main__ import main
from lessons.grading import checker
from lessons.pages import book, teacher

HOME = course.FOLDER.parent
EDITOR = ("import runpy, sys; sys.path[0] = sys.argv.pop(1); "  # as IDLE runs a file
          "runpy.run_path(sys.argv.pop(1), run_name='__main__')")


def ran(*arguments, cwd):
    """What somebody reads who runs Python in some folder."""
    done = subprocess.run([sys.executable, "-S", *map(str, arguments)], cwd=cwd, check=False,
                          capture_output=True, text=True, encoding="utf-8", timeout=600,
                          stdin=subprocess.DEVNULL,
                          env=os.environ | {"PYTHONIOENCODING": "utf-8", "COLUMNS": "100"})
    assert (done.stderr, done.returncode) == ("", 0), done.stderr
    return done.stdout


@pytest.fixture
def answers(tmp_path, monkeypatch, capsys):
    """A copy of the exercises in a folder whose name has a space and a quote."""
    monkeypatch.setattr(checker, "LONGEST", 600.0)
    folder = tmp_path / "ada's answers"
    assert main(["--to", str(folder)]) == 0
    capsys.readouterr()
    return folder


def solve(folder, name):
    text = (course.FOLDER / "answers" / f"{name}.py").read_text(encoding="utf-8")
    stub = (course.FOLDER / "exercises" / f"{name}.py").read_text(encoding="utf-8")
    _, line, end = stub.partition('if __name__ == "__main__":')
    (folder / f"{name}.py").write_text(f"{text}\n\n{line}{end}", encoding="utf-8")


# ------------------------------------------------------------------ the Run button


@pytest.mark.parametrize("place", ["course", "its folder", "elsewhere", "editor"])
def test_a_lesson_runs_from_anywhere(tmp_path, place):
    file = course.FOLDER / "l01_collect.py"
    said = {
        "course": lambda: ran("lessons/l01_collect.py", cwd=HOME),
        "its folder": lambda: ran("l01_collect.py", cwd=course.FOLDER),
        "elsewhere": lambda: ran(file, cwd=tmp_path),
        "editor": lambda: ran("-c", EDITOR, course.FOLDER, file, cwd=course.FOLDER),
    }[place]()
    assert course.question(1) in said
    if place == "elsewhere":
        command = said.split()[-4:]
        assert command == ["python", str(course.FOLDER), "1", "--check"]
        assert "1. A check for one bad row: not yet" in checked(command[1:], tmp_path)
    else:
        assert said.endswith("    python -m lessons 1 --check\n\n")


def checked(arguments, folder):
    """What the command says that a lesson has named."""
    done = subprocess.run([sys.executable, *arguments], cwd=folder, check=False,
                          capture_output=True, text=True, encoding="utf-8")
    assert (done.stderr, done.returncode) == ("", 1)
    return done.stdout


@pytest.mark.parametrize("folder", [course.FOLDER, course.FOLDER / "exercises"])
def test_the_course_is_found_from_its_own_folders(folder):
    assert "1. A check for one bad row: not yet" in checked(
        ["-m", "lessons", "1", "--check"], folder)


@pytest.mark.parametrize("name", course.LESSONS.values())
def test_the_last_lines_of_each_exercise_check_it(name):
    text = (course.FOLDER / "exercises" / f"{name}.py").read_text(encoding="utf-8")
    assert text.endswith('\n\nif __name__ == "__main__":\n'
                         "    import lessons.check  # says whether it is right\n")


@pytest.mark.parametrize("place", ["course", "its folder", "elsewhere", "editor"])
def test_an_exercise_that_is_run_is_checked(tmp_path, place):
    file = course.FOLDER / "exercises" / "l03_line.py"
    said = {
        "course": lambda: ran("lessons/exercises/l03_line.py", cwd=HOME),
        "its folder": lambda: ran("l03_line.py", cwd=file.parent),
        "elsewhere": lambda: ran(file, cwd=tmp_path),
        "editor": lambda: ran("-c", EDITOR, file.parent, file, cwd=file.parent),
    }[place]()
    assert said.startswith("3. Beat the eye: not yet\n")
    assert said.rstrip().endswith(" --hint")


def test_the_two_ways_home_are_the_same():
    one, other = (file.read_text(encoding="utf-8")
                  for file in (course.FOLDER / "lessons.py",
                               course.FOLDER / "exercises" / "lessons.py"))
    assert other.replace("parents[2]", "parents[1]").replace(".exercises.", ".") == one


def test_a_file_that_is_run_prints_once_and_is_told_what_is_next(answers):
    name = "l05_loss"
    solve(answers, name)
    text = (answers / f"{name}.py").read_text(encoding="utf-8")
    (answers / f"{name}.py").write_text(f"print('mine')\n{text}", encoding="utf-8")
    said = ran(answers / f"{name}.py", cwd=answers)
    assert said.startswith("mine\n5. ") and said.count("mine") == 1
    assert ": right\n   l05_loss.py\n" in said
    assert "Go on with:  python -m lessons 6\n" in said


# ------------------------------------------------------------------ a folder of one's own


def test_the_copy_is_all_of_it_and_is_answered_in(answers):
    stubs = {path.name: path.read_bytes() for path in (course.FOLDER / "exercises").glob("l*.py")}
    found = {path.name: path.read_bytes() for path in answers.iterdir()}
    assert found.keys() == stubs.keys() | {"mathlab.py"}
    assert {name for name in stubs if found[name] != stubs[name]} == {"lessons.py"}
    solve(answers, "l05_loss")
    assert course.path("l05_loss") == answers / "l05_loss.py"
    verdicts = checker.verdicts(["l05_loss", "l04_residuals"])
    assert [verdict.state for verdict in verdicts.values()] == [checker.RIGHT, checker.NOT_YET]


def test_everything_works_from_there(answers):
    with (answers / "l08_rules.py").open("a", encoding="utf-8") as file:
        file.write("from mathlab import sin\nfrom lessons.l12_three_ways import bell\n")
    assert "8. Add a row to the table: not yet" in ran("l08_rules.py", cwd=answers)
    said = checked(["-m", "lessons", "8", "--check"], answers)
    assert said.startswith("8. Add a row to the table: not yet\n   l08_rules.py\n")
    assert said.endswith("A hint: python -m lessons 8 --hint\n\n")


def test_the_command_of_exercise_24_works_from_there(answers):
    text = (answers / "l24_own_file.py").read_text(encoding="utf-8")
    module, *words = shlex.split(re.search(r"python -m (.* \"velocity = h\*distance\")", text)[1])
    said = ran("-m", module, *words, cwd=answers)
    assert "24  rows kept" in said and "velocity = 423.9" in said


def test_what_is_there_is_never_written_over(answers, capsys):
    (answers / "l03_line.py").write_text("SLOPE = 2\n")
    (answers / "l04_residuals.py").unlink()
    assert main(["--to", str(answers)]) == 0
    others = len([*answers.glob("*.py")]) - 1  # one for each lesson, and what makes them run
    assert others >= len(course.LESSONS)
    assert f"1 files copied. {others} were there already" in capsys.readouterr().out
    assert (answers / "l03_line.py").read_text() == "SLOPE = 2\n"
    assert (answers / "l04_residuals.py").exists()


def test_a_copy_in_the_tree_is_not_seen_by_git(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(elsewhere.course, "FOLDER", tmp_path / "lessons")
    shutil.copytree(HOME / "lessons" / "exercises", tmp_path / "lessons" / "exercises")
    assert elsewhere.copy(str(tmp_path / "mine")) == 0
    assert (tmp_path / "mine" / ".gitignore").read_text() == "*\n"
    capsys.readouterr()


def test_pages_for_others_name_the_files_of_the_course(answers, monkeypatch):
    seen = []
    for module in (book, teacher):
        monkeypatch.setattr(module, "write", lambda *_: seen.append(course.path("l03_line")) or 0)
    assert main(["--html", "x"]) == main(["--teacher", "x"]) == 0
    assert {path.parts[:2] for path in seen} == {("lessons", "exercises")}
    assert course.path("l03_line") == answers / "l03_line.py"


def test_back_to_where_they_came_from(answers, capsys):
    assert main(["--to", str(course.FOLDER / "exercises")]) == 0
    assert course.path("l03_line").parts[:2] == ("lessons", "exercises")
    assert notes.part("exercises") == {}


def test_a_copy_that_is_gone(answers):
    shutil.rmtree(answers)
    assert course.path("l03_line").parts[:2] == ("lessons", "exercises")


@pytest.mark.parametrize("folder", [3, None, "", [], "not/there"])
def test_notes_that_name_no_folder(folder):
    notes.keep("exercises", "folder", folder)
    assert course.path("l03_line").parts[:2] == ("lessons", "exercises")


def test_a_copy_that_cannot_be_kept_in_mind(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(notes, "file", lambda: None)
    assert main(["--to", str(tmp_path / "mine")]) == 1
    assert "by your editor's Run" in capsys.readouterr().out
    assert "3. Beat the eye: not yet" in ran("l03_line.py", cwd=tmp_path / "mine")


@pytest.mark.parametrize("folder", [".", "lessons", "lessons/answers", "lessons/new", "mathlab",
                                    "tests/lessons/new/er"])
def test_a_folder_of_the_course_takes_no_copy(monkeypatch, capsys, folder):
    monkeypatch.chdir(HOME)
    before = sorted(HOME.rglob("*"))
    assert main(["--to", folder]) == 1
    assert f"error: {folder} is a folder of the course" in capsys.readouterr().err
    assert sorted(HOME.rglob("*")) == before
    assert notes.part("exercises") == {}


def test_nor_by_another_name(tmp_path, capsys):
    (tmp_path / "link").symlink_to(course.FOLDER)
    assert main(["--to", str(tmp_path / "link")]) == 1
    assert "a folder of the course" in capsys.readouterr().err


def test_a_copy_that_cannot_be_made(tmp_path, capsys):
    (tmp_path / "mine").write_text("")
    assert main(["--to", str(tmp_path / "mine")]) == 1
    assert capsys.readouterr().err.startswith("error: ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--hint"], "--hint wants the number of a lesson"),
        (["--watch"], "--watch wants the number of a lesson"),
        (["3", "--watch", "--hint"], "--watch gives no hints"),
        (["3", "--watch", "--save", "x"], "--watch looks at your answer"),
        (["3", "--next"], "--next is about all exercises"),
        (["3", "--to", "x"], "--to is about all exercises"),
        (["3", "--fresh"], "--fresh is about all exercises"),
        (["--hint", "1", "--html", "x"], "--html writes all lessons"),
    ],
)
def test_what_does_not_go_together(capsys, arguments, words):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert words in capsys.readouterr().err


def test_the_next_exercise(capsys):
    assert main(["--next"]) == 1
    assert "Exercise: A check for one bad row" in capsys.readouterr().out
