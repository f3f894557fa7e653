"""The course: which lessons there are, in which order, and where each has its exercise."""

import ast
import inspect
import io
import tokenize
from importlib import import_module
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parent
LESSONS = {int(path.stem[1:3]): path.stem for path in sorted(FOLDER.glob("l[0-9][0-9]_*.py"))}
STORY = (1, 2, 14, 21)  # collect, explore, train, predict


def lesson(number: int) -> ModuleType:
    """The lesson of that number, ready to run."""
    return import_module(f"lessons.{LESSONS[number]}")


def question(number: int) -> str:
    """The first line of a lesson: its number, its name, and what it asks."""
    text = (FOLDER / f"{LESSONS[number]}.py").read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(text)) or "").splitlines()[0]


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
        text = path(name).read_text(encoding="utf-8")
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        first = next(token for token in tokens if token.type not in (tokenize.COMMENT, tokenize.NL))
        docstring = inspect.cleandoc(ast.literal_eval(first.string))
    except (OSError, SyntaxError, ValueError, StopIteration, TypeError, AttributeError):
        return "?", "The question stood at the top of this file; `git checkout` brings it back."
    title, _, task = docstring.partition("\n\n")
    return title.partition(". ")[2] or title, task
