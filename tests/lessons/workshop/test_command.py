"""The workshop's command: where the reader stands, whatever her file does; nothing overwritten."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lessons import course, notes
from lessons.grading import checker
from lessons.grading.checker import RIGHT
from lessons.workshop import whole
from lessons.workshop.__main__ import FINISH, ON_THE_PAGE, main, text_of, title
from lessons.workshop.stages import STAGES, stage
from tests.thinned import thinned

ROOT = Path(__file__).parents[3]
SUM = "return Value(self.data + other.data, (self, other))"


@pytest.fixture(autouse=True)
def in_a_folder_of_ones_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(course, "among_packages", lambda: True)  # so it is found from there
    monkeypatch.setattr(checker, "LONGEST", 600.0)


@pytest.fixture
def judged_here(monkeypatch):
    """The engines are judged by this Python: they do no harm."""

    def judged(names, file):
        found = {}
        for name in names:
            found[name] = checker.judge(name, file)
            if found[name].state != RIGHT:
                break
        return found

    monkeypatch.setattr(checker, "in_another_python", judged)


@pytest.fixture
def said(capsys):
    """Runs the command; returns its exit status and what it said, on one line."""

    def run(*arguments):
        status = main([*map(str, arguments)])
        out, err = capsys.readouterr()
        return status, " ".join((out + err).split())

    return run


def engine(text, name="mine.py"):
    Path(name).write_text(text, encoding="utf-8")
    return name


# ------------------------------------------------------------------ files that are made, and kept


def test_the_overview(said):
    status, out = said()
    assert status == 0
    assert all(title(number) in out for number in STAGES)
    assert "python -m lessons.workshop --start my_engine.py" in out


@pytest.mark.parametrize(("option", "number"), [(["--start"], 0), (["--skip", "3"], 3)])
def test_a_file_is_made_and_never_overwritten(said, option, number):
    status, out = said(*option, "mine.py")
    assert (status, "mine.py is made" in out) == (0, True)
    assert Path("mine.py").read_text(encoding="utf-8") == whole.after(number)
    assert title(number + 1) in out
    engine("mine alone")
    status, out = said(*option, "mine.py")
    assert (status, "mine.py is there already, and stays as it is" in out) == (1, True)
    assert Path("mine.py").read_text(encoding="utf-8") == "mine alone"
    assert sorted(os.listdir()) == ["mine.py"]


def test_where_no_file_can_be_made(said):
    status, out = said("--start", Path("nowhere", "mine.py"))
    assert (status, out.startswith("error:")) == (1, True)
    os.mkdir("folder.py")
    assert said("--start", "folder.py")[0] == 1


def test_no_file(said):
    status, out = said("none.py")
    assert (status, "there is no file none.py here" in out) == (1, True)
    assert "python -m lessons.workshop --start none.py" in out


@pytest.mark.parametrize("number", thinned(STAGES, 3))
def test_the_whole_is_shown_as_it_is(capsys, number):
    assert main(["--show", str(number)]) == 0
    assert capsys.readouterr().out == whole.after(number)
    assert os.listdir() == []


@pytest.mark.parametrize("arguments", [
    "--start", "--skip 3", "--hint", "--skip 11 a.py", "--show 0", "--stage 11", "--show 3 a.py",
    "--start --skip 3 a.py", "--start --stage 3 a.py", "a.py b.py", "a.py --hint x",
    "--start random.py", "--skip 2 mathlab.py",
])
def test_wrong_arguments_are_refused_in_one_line(capsys, arguments):
    with pytest.raises(SystemExit) as stop:
        main(arguments.split())
    assert stop.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith("error: ")
    assert err.endswith("; see python -m lessons.workshop --help\n")
    assert err.count("\n") == 1
    assert os.listdir() == []


# ------------------------------------------------------------------ where she stands


@pytest.mark.parametrize("number", range(9))  # the last stage is only about how long it takes
def test_the_next_stage(said, judged_here, number):
    engine(whole.after(number))
    status, out = said("mine.py")
    assert status == 1
    assert f"mine.py: {number} of 10 stages {'#' * number}{'.' * (10 - number)}" in out
    assert f"Stage {title(number + 1)} ===" in out
    assert " ".join(text_of(number + 1).split("\n\n")[1].split()) in out
    assert "Not yet: " in out
    assert f"again: python -m lessons.workshop mine.py a hint: python -m lessons.workshop mine.py "\
           f"--hint its page: python -m lessons.workshop --stage {number + 1}" in out
    assert (f"Stage {number} is passed: " in out) == (number > 0)


def test_a_name_with_spaces_is_typed_in_quotes(said, judged_here):
    assert '--start "my own.py"' in said("my own.py")[1]
    assert 'next: python -m lessons.workshop "my own.py"' in said("--start", "my own.py")[1]
    assert 'workshop "my own.py" --hint' in said("my own.py")[1]


def test_a_mistake(said, judged_here):
    engine(whole.after(1).replace(SUM, "return Value(self.data * other.data, (self, other))"))
    status, out = said("mine.py")
    assert status == 1
    assert "mine.py: 0 of 10 stages .........." in out
    assert ("a = Value(3.0) b = Value(4.0) c = a + b c.data came: 12.0 expected: 7.0 That is the "
            "product, and + is to add.") in out
    assert "Numbers forget" not in out


def test_a_mistake_of_stage_6_that_breaks_stage_5(said, judged_here):
    text = whole.after(6)
    engine(text.replace('0 if x.row == "number" else slope', "slope"))
    status, out = said("mine.py")
    assert (status, "mine.py: 4 of 10 stages" in out) == (1, True)
    assert "This is a mistake of stage 6" in out and "--stage 6 says how it is marked" in out


@pytest.mark.parametrize("text", [
    "from mathlab import Value\n", "from mathlab import *\n", "import mathlab.tiny as mine\n",
    "import mathlab\nclass Value(mathlab.Value): pass\ndel mathlab\n",
    "from lessons.workshop.closures import Value\n",
    "from lessons.workshop import whole\nexec(whole.after(10))\n",
])
def test_an_engine_of_others_is_noticed_and_it_is_said_kindly(said, judged_here, text):
    engine(text)
    status, out = said("mine.py")
    assert (status, "no stage can be tested" in out) == (1, True)
    assert re.search("`[A-Za-z]+` in your file comes from an engine that is there already", out)


def test_what_is_no_engine_may_come_from_anywhere(said, judged_here):
    engine("import math\nfrom random import Random\nfrom lessons.data import films\n"
           + whole.after(2))
    assert "mine.py: 2 of 10 stages" in said("mine.py")[1]


def test_the_last_stage_begins_with_its_page(said, judged_here, monkeypatch):
    for number in STAGES:
        monkeypatch.setattr(stage(number), "check", lambda _: "so it is")
    monkeypatch.setattr(stage(10), "check", lambda answer: answer.number("Value"))
    engine(whole.after(9))
    status, out = said("mine.py")
    assert (status, "mine.py: 9 of 10 stages" in out) == (1, True)
    assert out.index("Stage 10. Many at once =") < out.index("A list is to blame") < out.index(
        "Stage 10. Many at once: not right yet")


def test_one_hint_at_a_time(said, judged_here):
    engine(whole.after(3))
    known = [" ".join(hint.split()) for hint in stage(4).HINTS]
    for asked, number in ((["--hint"], 1), (["--hint", "2"], 2), (["--hint", "99"], len(known))):
        _, out = said("mine.py", *asked)
        assert [i for i, hint in enumerate(known, 1) if hint in out] == [number]
        assert ("--show 4" in out) == (number == len(known))
    assert known[1] in said("--stage", 4, "--hint", 2)[1]


def test_a_hint_asked_for_again_is_the_next_one(said, judged_here):
    engine(whole.after(3))
    known = [" ".join(hint.split()) for hint in stage(4).HINTS]
    for number in (1, 2, 3, 4, 4):
        _, out = said("mine.py", "--hint")
        assert f"Hint {number} of 4: {known[number - 1]}" in out
        assert ("mine.py --hint its page" in out) == (number < 4)
        assert "Now the chain rule" not in out  # a hint is not hidden below the page
    assert "Hint 2 of 4" in said("mine.py", "--hint", 2)[1]
    assert "Hint 1 of" in said("--stage", 5, "--hint")[1]


def test_where_nothing_is_kept_the_next_hint_has_a_number(said, judged_here, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    engine(whole.after(3))
    out = said("mine.py", "--hint")[1]
    assert "Hint 1 of 4" in out and "a hint: python -m lessons.workshop mine.py --hint 2" in out
    assert "Now the chain rule" in said("mine.py")[1] and "Now the chain rule" in said("mine.py")[1]


def test_a_page_is_shown_once_and_where_it_stands_is_said(said, judged_here):
    assert "Numbers forget" in said("--start", "mine.py")[1]
    out = said("mine.py")[1]
    assert "Numbers forget" not in out and "Stage 1. A number that remembers Not yet" in out
    engine(whole.after(1))
    assert "Nudge a from 3" in said("mine.py")[1]
    assert "Nudge a from 3" not in said("mine.py")[1]
    assert "Nudge a from 3" in said("--stage", 2)[1]
    said("--skip", 4, "other.py")
    assert "An engine that is a table" not in said("other.py")[1]
    engine(whole.after(2), "third.py")  # each engine has its own
    assert "The slope of a result is found" in said("third.py")[1]


def test_only_of_what_was_passed_it_is_said_that_it_was(said, judged_here):
    before = "This stage was passed before: what you have written since has changed it."
    broken = whole.after(4).replace("return order\n", "return order[::-1]\n")
    engine(broken)
    assert before not in said("mine.py")[1]
    engine(whole.after(4))
    assert before not in said("mine.py")[1]
    engine(broken)
    assert before in said("mine.py")[1]
    assert before in said("mine.py", "--stage", 3)[1]
    assert before not in said("mine.py", "--stage", 5)[1]
    said("--skip", 2, "other.py")
    engine(broken, "other.py")
    assert before not in said("other.py")[1]


@pytest.mark.parametrize("entry", [3, "x", [], {"passed": "x", "page": None}, {}])
def test_notes_changed_by_hand_do_no_harm(said, judged_here, entry):
    notes.keep("workshop", str(Path("mine.py").absolute()), entry)
    notes.keep("hints", "workshop 3", entry)
    engine(whole.after(2))
    assert "Stage 2 is passed" in said("mine.py", "--hint")[1]


def test_one_stage_alone(said, judged_here):
    engine(whole.after(4).replace(SUM, "return None"))
    status, out = said("mine.py", "--stage", 3)
    assert status == 0
    assert "Stage 3. The order" in out and "Stage 3 is passed" in out
    status, out = said("mine.py", "--stage", 6, "--hint")
    assert (status, "there is no `exp` in the file" in out) == (1, True)
    assert "again: python -m lessons.workshop mine.py --stage 6" in out


def test_the_end(said, judged_here, monkeypatch):
    for number in STAGES:
        monkeypatch.setattr(stage(number), "check", lambda _: "so it is")
    engine(whole.after(10))
    status, out = said("mine.py")
    assert (status, "mine.py: 10 of 10 stages ##########" in out) == (0, True)
    assert "600 slopes of 200 random formulas agree with mathlab's to 15 digits" in out
    assert "yours 100% mathlab " in out and "micrograd's design" in out
    assert "read mathlab/tiny.py beside your own" in out


def test_a_difference_in_the_fourteenth_digit_is_the_end_of_it(said, judged_here, monkeypatch):
    for number in STAGES:
        monkeypatch.setattr(stage(number), "check", lambda _: "so it is")
    engine(whole.after(10).replace("1 - y * y", "(1 - y * y) * (1 + 5e-14)"))
    status, out = said("mine.py")
    assert (status, "your engine and mathlab differ" in out.lower()) == (1, True)


# ------------------------------------------------------------------ whatever the file does

WHATEVER = [
    ("class Value:\n    def __init__(self data):\n", "Python cannot read line 2 of the file"),
    ("import sys\nsys.exit()\n", "The file cannot be run: SystemExit"),
    ("import os\n\nos._exit(0)\n", "Python itself ended"),
    ("name = input()\n", "nobody can type while it is checked"),
    ("Value = 1 / 0\n", "ZeroDivisionError: division by zero, in line 1 of the file"),
    ("raise KeyboardInterrupt\n", "Python itself ended"),
    ("class Value:\n    def __init__(self, data):\n        while True: pass\nx = Value(1.0)\n",
     "was stopped after 1 seconds, in line 3 of the file"),
    ("", "there is no `Value` in the file"),
]


@pytest.mark.parametrize(("text", "words"), thinned(WHATEVER, 3))
def test_a_file_that_is_broken(said, monkeypatch, text, words):
    if "stopped" in words:
        monkeypatch.setattr(checker, "LONGEST", 1.0)
    engine(text)
    status, out = said("mine.py")
    assert (status, words in out) == (1, True), out
    assert ("no stage can be tested" in out) == (text != "")
    assert "Stage 1" not in out or text == ""


def test_a_loop_without_end_in_a_later_stage(said, monkeypatch):
    text = whole.after(3).replace("node = stack.pop()", "node = stack[-1]")
    engine(text)
    monkeypatch.setattr(checker, "LONGEST", 3.0)
    status, out = said("mine.py")
    assert (status, "mine.py: 2 of 10 stages" in out) == (1, True)
    assert re.search(r"Stage 3\. The order: inputs first: not right yet It was stopped after 3 "
                     r"seconds, in line \d+ of the file", out), out
    assert " ".join(stage(3).LATE.split()) in out


def test_a_list_that_is_looked_through_again_and_again_is_stopped(monkeypatch):
    engine(whole.after(9))
    monkeypatch.setattr(checker, "LONGEST", 1.0)
    (verdict,) = checker.in_another_python([STAGES[10]], Path("mine.py")).values()
    assert verdict.why.startswith("it was stopped after 1 seconds")
    assert "Ask a set" in stage(10).LATE


def test_what_the_file_prints_is_shown_and_it_is_run_once(said):
    Path("count.txt").write_text("", encoding="utf-8")
    text = whole.after(3) + "\nprint('here I am')\nopen('count.txt', 'a').write('x')\n"
    engine(text.replace("    order = []\n", "    order = []\n    print('looking')\n"))
    _, out = said("mine.py")
    assert out.startswith("Your file has printed: here I am mine.py: 3 of 10")
    assert Path("count.txt").read_text(encoding="utf-8") == "x"
    engine(whole.after(3).replace("return order", "print('sorted')\n    return order[::-1]"))
    assert said("mine.py")[1].startswith("Your file has printed: sorted")


def test_from_any_folder_and_without_a_home(tmp_path):
    environment = {name: text for name, text in os.environ.items()
                   if name not in ("HOME", "USERPROFILE")}
    environment |= {"PYTHONPATH": str(ROOT), "COLUMNS": "40", "PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, "-S", "-m", "lessons.workshop"]
    for arguments in (["--start", "mine.py"], ["mine.py"]):
        told = subprocess.run([*command, *arguments], cwd=tmp_path, env=environment,
                              capture_output=True, stdin=subprocess.DEVNULL)
        assert told.stderr == b""
    assert b"Not yet: Python finds no way to do +" in told.stdout
    assert os.listdir(tmp_path) == ["mine.py"]


@pytest.mark.parametrize("columns", ["40", "80", "120"])
def test_every_line_fits_and_any_terminal_can_show_it(capsys, judged_here, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    main([])
    for number in STAGES:
        for hint in range(1, 5):
            main(["--stage", str(number), "--hint", str(hint)])
        main(["--stage", str(number)])
    engine(whole.after(1).replace(SUM, "return Value(self + other)"))
    main(["mine.py"])
    out = capsys.readouterr().out
    assert out.isascii()
    assert max(map(len, out.splitlines())) < int(columns)


def test_no_line_of_a_row_breaks_in_fifty_columns():
    for number in STAGES:
        assert all(len(line) < 50 for line in text_of(number).splitlines()
                   if line.startswith("    ") and "lambda" in line)


def test_code_on_a_page_fits_eighty_columns_unbroken():
    for number in STAGES:
        code = [line for paragraph in text_of(number).split("\n\n")
                if paragraph.startswith("    ") for line in paragraph.splitlines()]
        assert code and max(map(len, code)) < 80
        assert 20 <= len(text_of(number).splitlines()) <= 60  # a page


def test_the_parts_of_the_page_are_those_it_has():
    page = (ROOT / "mathlab" / "tiny.py").read_text(encoding="utf-8")
    for part in ON_THE_PAGE["tiny.py"]:
        number, name = part.split(". ")
        assert re.search(rf"^(#|def|class) ?{name}\b|^class {name}|    def {name}\b", page,
                         re.MULTILINE), name
        assert re.search(rf"^(# |    \"\"\"|        \"\"\"){number}\. ", page, re.MULTILINE)
    for names in ON_THE_PAGE["yours"]:
        for name in names.split(", "):
            assert re.search(rf"\b{name}\b", whole.after(10))


def test_the_finish_is_not_a_stage():
    assert FINISH not in STAGES.values()
