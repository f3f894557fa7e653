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


LESSONS = {number(path.stem): path.stem for path in sorted(FOLDER.glob("l[0-9][0-9]_*.py"))}


def lesson(number: int) -> ModuleType:
    """The lesson of that number, ready to run."""
    return import_module(f"lessons.{LESSONS[number]}")


def question(number: int) -> str:
    """The first line of a lesson: its number, its name, and what it asks."""
    first, _, _ = docstring(LESSONS[number]).partition("\n")
    return first or f"{number}. {LESSONS[number]}"


def docstring(name: str) -> str:
    """What stands at the top of a lesson's file; nothing if it cannot be read."""
    try:
        with tokenize.open(FOLDER / f"{name}.py") as file:
            return ast.get_docstring(ast.parse(file.read())) or ""
    except (OSError, SyntaxError, ValueError):  # readers change lessons, as they are told to
        return ""


def path(name: str) -> Path:
    """The file in which the reader answers a lesson's exercise, seen from where one works."""
    file = FOLDER / "exercises" / f"{name}.py"
    return file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file


def exercise(name: str) -> tuple[str, str]:
    """The title of a lesson's exercise, and what it asks: the docstring of its file.

    That file belongs to the reader, so it may be in any state. Whatever comes after the docstring
    is not looked at; and if that is gone, there is little to be told.
    """
    try:
        with tokenize.open(path(name)) as file:
            tokens = tokenize.generate_tokens(file.readline)
            first = next(t for t in tokens if t.type not in (tokenize.COMMENT, tokenize.NL))
        text = inspect.cleandoc(ast.literal_eval(first.string))
    except (OSError, SyntaxError, ValueError, StopIteration, TypeError, AttributeError,
            tokenize.TokenError):  # fmt: skip
        return "?", "The question stood at the top of this file; `git checkout` brings it back."
    text = "".join(letter for letter in text if letter.isprintable() or letter == "\n")
    title, _, task = text.partition("\n\n")
    return title.partition(". ")[2] or title, task
