"""mathlab and its lessons on any machine: as one file, installed, and on Pythons with any options.

Each way is run as a reader runs it, in another Python and another folder; what is said there to be
typed next is then typed.
"""

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipapp
from pathlib import Path

import pytest

from lessons import course
from tests.lessons.test_elsewhere import solve
from tests.thinned import thinned

HOME = course.FOLDER.parent
FACTS = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
START = "lessons.__main__:command"
NOTHING_KNOWN = {"PYTHONSAFEPATH", "PYTHONPATH", "HOME", "USERPROFILE", "XDG_STATE_HOME"}


def typed(command, folder, status=0, options=("-S",), **environment):
    """What somebody reads who types a command, such as `python mathlab.pyz 7`, in some folder."""
    words = command if isinstance(command, list) else shlex.split(command)
    assert words[0] == "python"
    known = {name: text for name, text in os.environ.items() if name not in NOTHING_KNOWN}
    done = subprocess.run([sys.executable, *options, *words[1:]], cwd=folder, check=False,
                          capture_output=True, stdin=subprocess.DEVNULL, timeout=600,
                          env={**known, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100",
                               "XDG_STATE_HOME": str(folder / "state"), **environment})
    assert (done.stderr.decode(), done.returncode) == ("", status), done.stderr.decode()
    return done.stdout.decode(environment.get("PYTHONIOENCODING", "utf-8"))


def said_commands(text):
    """The commands that stand in what was said."""
    return re.findall(r"(?:^| )(python .*(?:lessons|mathlab).*)$", text, re.MULTILINE)


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """A folder with the whole course as one file."""
    folder = tmp_path_factory.mktemp("a course")
    source = folder / "source"
    for name in ("mathlab", "lessons"):
        shutil.copytree(HOME / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    zipapp.create_archive(source, folder / "mathlab.pyz", main=START)
    shutil.rmtree(source)
    return folder


# ------------------------------------------------------------------ one file


@pytest.mark.parametrize("number", thinned(course.LESSONS, 3))
def test_a_lesson_runs_from_one_file(packed, number):
    packed_says = typed(f"python mathlab.pyz {number} --all", packed)
    assert packed_says.lstrip().startswith(course.question(number))
    assert said_commands(packed_says)[-1] == "python mathlab.pyz --to my_answers"


def test_the_story_runs_from_one_file(packed):
    assert typed("python mathlab.pyz", packed).endswith("    python mathlab.pyz 1\n\n")


def test_an_exercise_is_answered_beside_one_file(packed, tmp_path):
    shutil.copy(packed / "mathlab.pyz", tmp_path)
    *_, copy = said_commands(typed("python mathlab.pyz 3 --all", tmp_path))
    *_, following = said_commands(typed(copy, tmp_path))
    assert following == "python mathlab.pyz --next"
    assert "1. A check for one bad row: not yet" in typed(following, tmp_path, status=1)
    answers = tmp_path / "my_answers"
    *_, check = said_commands(typed("python mathlab.pyz 3 --all", tmp_path))
    *_, hint = said_commands(typed(check, tmp_path, status=1))
    assert "Hint 1 of" in typed(hint, tmp_path, status=1)
    solve(answers, "l03_line")
    said = typed(check, tmp_path).replace(os.sep, "/")
    assert "An answer:   my_answers/answers/l03_line.py" in said
    assert (answers / "answers" / "l03_line.py").is_file()
    for run in ("python l03_line.py", "python -m lessons 3 --check"):  # the first is an editor's
        said = typed(run, answers, XDG_STATE_HOME=str(tmp_path / "state"))
        assert ": right\n   l03_line.py\n" in said


def test_the_rest_of_the_course_is_in_one_file(packed, tmp_path):
    file = packed / "mathlab.pyz"
    assert "dy/dx =" in typed(["python", str(file), "practice", "--count", "2"], tmp_path)
    begin = typed(["python", str(file), "workshop"], tmp_path)
    for command, status in zip(said_commands(begin), (0, 1), strict=True):
        typed(command, tmp_path, status)
    fitted = typed(["python", str(file), "fit", "lessons/data/hubble.csv",
                    "velocity = h*distance"], tmp_path)
    assert "24  rows kept" in fitted
    assert "3,193 rows of 3,201" in typed(["python", str(file), "tiny"], tmp_path)


def test_nothing_is_left_behind_by_one_file(packed, tmp_path):
    (tmp_path / "scratch").mkdir()
    typed(["python", str(packed / "mathlab.pyz"), "--glossary"], tmp_path,
          TMPDIR=str(tmp_path / "scratch"), TEMP=str(tmp_path / "scratch"))
    assert not any((tmp_path / "scratch").iterdir())


@pytest.mark.parametrize("name", ["python2.7", *(f"python3.{minor}" for minor in range(6, 11))])
def test_one_file_says_in_one_line_that_a_python_is_too_old(packed, name):
    old = shutil.which(name)
    if old is None or subprocess.run([old, "-c", ""], check=False, capture_output=True).returncode:
        pytest.skip(f"there is no {name} here")
    done = subprocess.run([old, "mathlab.pyz", "7"], cwd=packed, check=False, capture_output=True)
    assert (done.stdout, done.returncode) == (b"", 1)
    assert re.fullmatch(rb"error: .* need Python 3\.11 or later; this is \S+\s+", done.stderr)


# ------------------------------------------------------------------ installed


def test_what_is_installed_is_all_that_is_read():
    patterns = FACTS["tool"]["setuptools"]["package-data"]["*"]
    listed = subprocess.run(["git", "ls-files", "mathlab", "lessons"], cwd=HOME, check=False,
                            capture_output=True, text=True).stdout.splitlines()
    if not listed:
        pytest.skip("not a clone")
    others = [Path(name).name for name in listed if not name.endswith(".py")]
    assert others
    assert not [name for name in others if not any(fnmatch.fnmatch(name, each)
                                                   for each in patterns)]


def test_the_commands_and_the_licence_are_there():
    for command in FACTS["project"]["scripts"].values():
        module, _, function = command.partition(":")
        assert f"\ndef {function}(" in (
            HOME / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
    for file in FACTS["project"]["license-files"]:
        assert "MIT License" in (HOME / file).read_text(encoding="utf-8")


def test_nothing_leads_to_what_somebody_else_calls_mathlab():
    assert FACTS["project"]["name"] != "mathlab"
    for name in ("README.md", ".github/CONTRIBUTING.md"):
        text = (HOME / name).read_text(encoding="utf-8")
        assert not re.search(r"install (-\S+ )*mathlab\b(?![-.]\w)", text)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The site-packages of a machine on which the course was installed."""
    site = tmp_path_factory.mktemp("python") / "site-packages"
    for name in ("mathlab", "lessons"):
        shutil.copytree(HOME / name, site / name, ignore=shutil.ignore_patterns("__pycache__"))
    (site.parent / "mathlab-lessons").write_text(
        "import sys\nfrom lessons.__main__ import main\nsys.exit(main())\n", encoding="utf-8")
    return site


@pytest.mark.parametrize("start", ["python -m lessons", "mathlab-lessons"])
def test_an_installed_course_never_asks_to_write_into_python(installed, tmp_path, start):
    def says(command, status=0):
        program = shlex.join(["python", str(installed.parent / "mathlab-lessons")])
        return typed(command.replace("mathlab-lessons", program), tmp_path, status,
                     PYTHONPATH=str(installed))

    *_, copy = re.findall(rf"    ({start} .*)", says(f"{start} 3 --all"))
    assert copy == f"{start} --to my_answers"
    says(copy)
    *_, check = re.findall(rf"    ({start} .*)", says(f"{start} 3 --all"))
    assert "my_answers/l03_line.py" in says(check, status=1).replace(os.sep, "/")
    assert f"    {start} fit lessons/data/hubble.csv" in says(f"{start} 24 --all")
    assert "24  rows kept" in says(f'{start} fit lessons/data/hubble.csv "velocity = h*distance"')


# ------------------------------------------------------------------ any Python, any machine


ALL_IN_ONE = """
import json, sys
sys.path.insert(0, sys.argv[1])
from lessons.__main__ import main
for command in json.loads(sys.argv[2]):
    print("status", main(command))
"""


def typed_all(packed, commands, folder, options, **environment):
    """What is said when these are typed one after the other, in one Python."""
    done = subprocess.run([sys.executable, *options, "-c", ALL_IN_ONE, packed / "mathlab.pyz",
                           json.dumps(commands)], cwd=folder, stdin=subprocess.DEVNULL,
                          capture_output=True, check=False, timeout=600,
                          env={"PATH": os.defpath, "PYTHONUTF8": "1", "HOME": str(folder),
                               **environment})
    assert (done.stderr.decode(), done.returncode) == ("", 0), done.stderr.decode()
    return done.stdout.decode(environment.get("PYTHONIOENCODING", "utf-8"))


HUBBLE = ["fit", "lessons/data/hubble.csv", "velocity = h*distance"]


@pytest.mark.parametrize("options", [["-I"], ["-S", "-O"], ["-S", "-OO", "-W", "error"],
                                     ["-X", "dev", "-W", "error"], ["-E", "-B"]])
def test_any_options_of_python(packed, tmp_path, options):
    said = typed_all(packed, [["4", "--all"], ["check", "4"], HUBBLE], tmp_path, options)
    assert re.findall(r"^status (.)", said, re.MULTILINE) == ["0", "1", "0"]
    assert "Exercise: " in said and "not yet" in said and "velocity = " in said


@pytest.mark.parametrize("encoding", ["cp437", "cp1252", "ascii"])
def test_any_console(packed, tmp_path, encoding):
    commands = [["10", "--all"], ["practice", "--count", "3", "--answers"], ["--glossary"],
                ["workshop", "--stage", "3"], ["derive", "sqrt(μ)*π", "--at", "μ=2"], HUBBLE]
    said = typed_all(packed, commands, tmp_path, ["-S"], PYTHONIOENCODING=encoding)
    assert said.count("status 0") == len(commands)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no folder that refuses everybody")
def test_a_folder_that_cannot_be_written_into_and_no_home(packed):
    done = subprocess.run(
        [sys.executable, "-S", packed / "mathlab.pyz", "3", "--check"], cwd="/proc", check=False,
        capture_output=True, text=True, stdin=subprocess.DEVNULL, env={"PATH": os.defpath})
    assert done.stderr == "" and done.returncode == 1
    assert "3. Beat the eye: not yet" in done.stdout


def test_the_readme_says_how_it_becomes_one_file():
    text = (HOME / "README.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^    python -m pip install .*packed \. && (.*)$", text, re.MULTILINE)
    assert command == f'python -m zipapp packed -m "{START}" -o mathlab.pyz'
