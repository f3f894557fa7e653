"""The course: which lessons there are, in which order, and where each has its exercise."""

import ast
import inspect
import tokenize
from importlib import import_module
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parent
STORY = (1, 2, 14, 21)  # collect, explore, train, predict


def number(name: str) -> int:
    """The number of a lesson: 14 of l14_descent."""
    return int(name[1:3])


LESSONS: dict[int, str] = {}
for _file in sorted(FOLDER.glob("l[0-9][0-9]_*.py")):
    LESSONS.setdefault(number(_file.stem), _file.stem)  # l14_descent, and not l14_descent_old


def lesson(number: int) -> ModuleType:
    """The lesson of that number, ready to run."""
    return import_module(f"lessons.{LESSONS[number]}")


def question(number: int) -> str:
    """The first line of a lesson: its number, its name, and what it asks."""
    first, _, _ = docstring(FOLDER / f"{LESSONS[number]}.py").partition("\n")
    return first or f"{number}. {LESSONS[number]}"


def docstring(file: Path) -> str:
    """What stands at the top of a file; nothing if that is gone.

    Lessons and exercises are there to be changed, so a file may be in any state: what comes after
    its docstring is not looked at.
    """
    try:
        with tokenize.open(file) as text:
            tokens = tokenize.generate_tokens(text.readline)
            first = next(t for t in tokens if t.type not in (tokenize.COMMENT, tokenize.NL))
        found = inspect.cleandoc(ast.literal_eval(first.string))
    except (OSError, SyntaxError, ValueError, StopIteration, TypeError, AttributeError,
            tokenize.TokenError):
        return ""
    return "".join(letter for letter in found if letter.isprintable() or letter == "\n")


def path(name: str) -> Path:
    """The file in which the reader answers a lesson's exercise, seen from where one works."""
    file = FOLDER / "exercises" / f"{name}.py"
    return file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file


def needs(name: str) -> str:
    """Which files of a lesson are still to be written, in a line; nothing if all are there."""
    folders = ("exercises", "grading/checks", "answers")
    files = [f"{folder}/{name}.py" for folder in folders]
    missing = [f"lessons/{file}" for file in files if not (FOLDER / file).is_file()]
    return f"{name}.py still needs {', '.join(missing)}" if missing else ""


def exercise(name: str) -> tuple[str, str]:
    """The title of a lesson's exercise, and what it asks: the docstring of the reader's file."""
    text = docstring(path(name))
    if not text:
        return "?", "The question stood at the top of this file; `git checkout` brings it back."
    title, _, task = text.partition("\n\n")
    return title.partition(". ")[2] or title, task
