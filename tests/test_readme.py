"""The README keeps its word: its commands, its picture and its table of contents are the real ones.

Its first program is run as a doctest.
"""

import ast
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

from lessons import course
from mathlab import numeric

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

BLOCKS = re.findall(r"^```text\n(.*?)\n```$", README, re.DOTALL | re.MULTILINE)


def test_the_picture_is_what_the_story_draws():
    picture, _, _ = BLOCKS
    environment = {**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    told = subprocess.run(
        [sys.executable, "-S", "-m", "lessons", "14"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
    )
    assert picture in told.stdout.decode().replace("\r\n", "\n")


def test_the_figures_are_what_the_benchmark_prints():
    _, _, figures = BLOCKS
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmark", "--once", "eager", "symbolic", "start"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )

    def titles(text):
        """What the rows are called, without the sizes that --once makes smaller."""
        rows = re.findall(r"^((?:  )?[a-z][^,\n]{10,37}?)[, ]", text, re.MULTILINE)
        return [re.sub(r"[\d,]{3,}", "", title) for title in rows]

    shown = titles(told.stdout)
    assert len(shown) > 8
    assert set(shown) <= set(titles(figures))


def test_the_page_prints_what_stands_there():
    _, page, _ = BLOCKS
    told = subprocess.run(
        [sys.executable, "-S", "-m", "mathlab.tiny"], cwd=ROOT, capture_output=True, check=True
    )
    assert told.stdout.decode().replace("\r\n", "\n").startswith(page)
    lines = len((ROOT / "mathlab" / "tiny.py").read_text(encoding="utf-8").splitlines())
    assert f"on {lines} lines" in README


def test_both_commands_stand_there_on_lines_of_their_own():
    commands = re.findall(r"^    (\S.*)$", README, re.MULTILINE)
    assert commands == [
        "python -m lessons",
        'python -m pip install --no-compile --target packed . && python -m zipapp packed '
        '-m "lessons.__main__:command" -o mathlab.pyz',
        'python -m pip install -e ".[test]" && python -m pytest',
    ]


READING = (
    *("calculus/graph", "calculus/numeric", "calculus/algebra", "calculus/text", "calculus/code"),
    *("calculus/proof", "learning/data", "learning/model", "learning/descent"),
    *("learning/inference", "drawing/charts", "drawing/graphs", "drawing/paper", "command"),
    "calculus/numbers",
)


def contents_of(folder):
    """The idea of a folder and its chapters, as its `__init__` lists them."""
    file = ROOT / "mathlab" / folder / "__init__.py"
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    return text.splitlines()[0], re.findall(r"^    (\w+) +\S.*$", text, re.MULTILINE)


def table():
    """The rows of the table of contents: the folder, its idea, its chapters with their lessons."""
    (rows,) = re.findall(r"^\| folder of .*\n((?:\|.*\n)+)", README, re.MULTILINE)
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows.splitlines()[1:]]


def used_by_lessons():
    """For each chapter the lessons that import something of it, for themselves or in their check,
    or whose data do."""
    used = {}
    for number, name in course.LESSONS.items():
        files = [f"lessons.{name}", f"lessons.grading.checks.{name}"]
        for file in files:
            path = ROOT / f"{file.replace('.', '/')}.py"
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr == "graph":  # page.graph(...)
                    used.setdefault(("drawing", "graphs", "graph"), set()).add(number)
                if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "numeric":
                    home = getattr(numeric, node.attr).__module__
                    used.setdefault(tuple(home.split(".")[1:]), set()).add(number)
                if not isinstance(node, ast.ImportFrom):
                    continue
                if node.module == "lessons.data":
                    own = [f"lessons.data.{each.name}" for each in node.names]
                    files += [each for each in own if each not in files]
                if not node.module.startswith("mathlab"):
                    continue
                module = importlib.import_module(node.module)
                for each in node.names:
                    thing = getattr(module, each.name, None)
                    home = getattr(thing, "__module__", None) or getattr(thing, "__name__", "")
                    home = home if node.module.count(".") < 3 else node.module
                    used.setdefault(tuple(home.split(".")[1:]), set()).add(number)
    return used


def in_short(numbers):
    """Numbers as a list, with runs such as 3-7."""
    runs = []
    for n in numbers:
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(
        f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )


def test_the_folders_stand_in_the_order_in_which_to_read_them():
    rows = [(folder.strip("`"), idea) for folder, idea, _ in table()]
    assert rows == [(folder, contents_of(folder)[0].rstrip(".")) for folder in READING]


def test_behind_each_chapter_stand_the_lessons_that_use_it():
    used = used_by_lessons()
    for folder, _, chapters in table():
        folder = folder.strip("`")
        found = re.findall(r"`(\w+)`(?: \(([\d, -]+)\))?", chapters)
        assert [name for name, _ in found] == contents_of(folder)[1]
        for name, lessons in found:
            assert lessons == in_short(sorted(used.get((*folder.split("/"), name), ()))), name
