"""The plan of the house: what stands on what, which chapter improves which line, the budgets."""

import ast
import re
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "mathlab"
PAGE = (HOUSE / "tiny.py").read_text(encoding="utf-8")

# From the ground up: a folder imports only folders that stand before it here.
FOLDERS = (
    *("calculus/numbers", "calculus/numeric", "calculus/graph", "calculus/algebra"),
    *("calculus/text", "calculus/code", "calculus/proof"),
    *("learning/data", "learning/model", "learning/descent", "learning/inference"),
    *("drawing/paper", "drawing/charts", "drawing/graphs", "command"),
)
STANDS_ALONE = {"calculus/numbers", "calculus/numeric"}  # and drawing, which knows only itself
ARROWS = 12  # between the folders of calculus, at most

CHAPTERS = [
    path for folder in FOLDERS for path in sorted((HOUSE / folder).glob("*.py"))
    if path.name != "__init__.py"
]
every_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


def home(path):
    """The folder of a chapter, such as calculus/graph."""
    return path.parent.relative_to(HOUSE).as_posix()


def imported(path):
    """The chapters of mathlab that a chapter imports, each as its folder and its name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mathlab"):
            parts = node.module.split(".")[1:]
            for each in node.names:
                place = HOUSE.joinpath(*parts, each.name)
                whole = [*parts, each.name] if place.with_suffix(".py").exists() or (
                    place / "__init__.py").exists() else parts
                file = HOUSE.joinpath(*whole)
                if file.is_dir():
                    yield "/".join(whole), ""
                else:
                    yield "/".join(whole[:-1]), whole[-1]


def contents(folder):
    """The chapters of a folder as its `__init__` lists them, each with the line it improves."""
    text = ast.get_docstring(ast.parse((HOUSE / folder / "__init__.py").read_text("utf-8")))
    return re.findall(r"^    (\w+) +\S.*$", text, re.MULTILINE)


@every_chapter
def test_a_chapter_imports_only_what_stands_below_it(path):
    order = contents(home(path))
    for folder, name in imported(path):
        if folder == home(path):
            assert order.index(name) < order.index(path.stem), name
        elif folder in FOLDERS:
            assert FOLDERS.index(folder) < FOLDERS.index(home(path)), folder
            assert home(path) not in STANDS_ALONE, folder
            assert not home(path).startswith("drawing/") or folder.startswith("drawing/")
        else:
            assert folder in ("", "drawing"), folder  # errors, names; what drawing gives away
            assert folder == "" or home(path) == "command"
            ground = ("errors", "names", "notebook")
            assert folder == "drawing" or name in ground or home(path) == "command"


@every_chapter
def test_a_chapter_imports_nothing_inside_a_function_and_nothing_third_party(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    guarded = [node.body for node in tree.body if isinstance(node, ast.If)]  # TYPE_CHECKING
    assert set(imports) <= {*tree.body, *chain.from_iterable(guarded)}


def test_a_dozen_arrows_between_the_folders_of_calculus():
    arrows = {
        (home(path), folder)
        for path in CHAPTERS if home(path).startswith("calculus/")
        for folder, _ in imported(path) if folder.startswith("calculus/") and folder != home(path)
    }
    assert len(arrows) <= ARROWS, sorted(arrows)


def test_the_page_stands_on_nothing_of_the_house():
    for node in ast.walk(ast.parse(PAGE)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [getattr(node, "module", None) or "", *(each.name for each in node.names)]
            assert not any(name.startswith(("mathlab", "lessons")) for name in names)


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_contents_of_a_folder_are_its_chapters(folder):
    assert sorted(contents(folder)) == sorted(p.stem for p in CHAPTERS if home(p) == folder)


@every_chapter
def test_a_chapter_says_which_line_of_the_page_it_makes_better(path):
    first = " ".join(path.read_text(encoding="utf-8").splitlines()[:14])
    quoted = re.search(r"On the page:? +`([^`]+)`", " ".join(first.split()))
    assert quoted, "say `On the page: ...` in the first lines"
    assert " ".join(quoted[1].split()) in " ".join(PAGE.split()), quoted[1]


def test_the_heart_keeps_to_its_budget():
    assert len(PAGE.splitlines()) <= 180
    lines = [line for path in CHAPTERS if home(path) == "calculus/graph"
             for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(lines) <= 900


def test_nothing_else_stands_at_the_top():
    found = {path.name for path in ROOT.iterdir() if path.name[0] not in "._"
             and not path.match("my_*.py")  # a reader's own, as the workshop suggests
             and not (path / ".gitignore").is_file()}  # her answers, in a folder of their own
    made = {"build", "packed", "mathlab.pyz"}
    made |= {*(name for name in found if name.endswith(".egg-info"))}
    assert found - made == {"pyproject.toml", "README.md", "mathlab", "tests", "lessons"}


def test_no_marks_for_a_formatter_since_none_runs():
    marks = re.compile(r"^\s*# fmt: o(n|ff)\b", re.MULTILINE)
    assert not [path.name for folder in ("mathlab", "lessons", "tests")
                for path in (ROOT / folder).rglob("*.py")
                if marks.search(path.read_text(encoding="utf-8"))]
