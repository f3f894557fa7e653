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

import pytest

from lessons import course

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

BLOCKS = re.findall(r"^```text\n(.*?)\n```$", README, re.DOTALL | re.MULTILINE)


def test_the_picture_is_what_the_story_draws():
    picture, _ = BLOCKS
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
    _, figures = BLOCKS
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmark", "--quick", "eager", "symbolic", "start"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )

    def titles(text):
        """What the rows are called, without the sizes that --quick makes smaller."""
        rows = re.findall(r"^((?:  )?[a-z][^,\n]{10,37}?)[, ]", text, re.MULTILINE)
        return [re.sub(r"[\d,]{3,}", "", title) for title in rows]

    shown = titles(told.stdout)
    assert len(shown) > 8
    assert set(shown) <= set(titles(figures))


def test_both_commands_stand_there_on_lines_of_their_own():
    commands = re.findall(r"^    (\S.*)$", README, re.MULTILINE)
    assert commands == [
        "python -m lessons",
        'python -m pip install -e ".[test]" && python -m pytest',
    ]


def contents(folder):
    """The rows of a folder's table of contents: the chapters, and the lessons that use them."""
    heading = rf"^\| chapter of `mathlab/{folder}` .*\n"
    (rows,) = re.findall(rf"{heading}((?:\|.*\n)+)", README, re.MULTILINE)
    cells = [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows.splitlines()[1:]]
    return [(re.findall(r"`(\w+)`", names), lessons) for names, _, lessons in cells]


def chapters(folder):
    """The chapters of a folder in the order of the table of contents."""
    return [name for names, _ in contents(folder) for name in names]


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
                    used.setdefault(("drawing", "graph"), set()).add(number)
                if not isinstance(node, ast.ImportFrom):
                    continue
                if node.module == "lessons":
                    own = {each.name for each in node.names} & {"films", "sources", "nist"}
                    files += [f"lessons.{each}" for each in own if f"lessons.{each}" not in files]
                if not node.module.startswith("mathlab"):
                    continue
                module = importlib.import_module(node.module)
                for each in node.names:
                    thing = getattr(module, each.name)
                    home = getattr(thing, "__module__", None) or getattr(thing, "__name__", "")
                    home = home if node.module.count(".") < 2 else node.module
                    used.setdefault(tuple(home.split(".")[1:]), set()).add(number)
    return used


@pytest.mark.parametrize("folder", ["calculus", "learning", "drawing"])
def test_beside_each_chapter_stand_the_lessons_that_use_it(folder):
    used = used_by_lessons()
    for names, lessons in contents(folder):
        numbers = set().union(*(used.get((folder, name), set()) for name in names))
        assert lessons == in_short(sorted(numbers)), names


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


@pytest.mark.parametrize("folder", ["calculus", "learning", "drawing"])
def test_every_chapter_is_in_the_contents_and_no_other(folder):
    files = (ROOT / "mathlab" / folder).glob("[a-z]*.py")
    assert sorted(chapters(folder)) == sorted(path.stem for path in files)


@pytest.mark.parametrize("folder", ["calculus", "learning", "drawing"])
def test_chapters_import_only_what_stands_above_them(folder):
    order = chapters(folder)
    for i, name in enumerate(order):
        source = (ROOT / "mathlab" / folder / f"{name}.py").read_text(encoding="utf-8")
        assert imported(source, folder) <= set(order[:i]), name


def imported(source, folder):
    """The chapters of the folder that a module imports."""
    home = f"mathlab.{folder}"
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == home:
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(home + "."):
            found.add(node.module.removeprefix(home + "."))
    return found
