"""The course: which lessons there are, in which order, and where each has its exercise."""

import ast
import inspect
import os
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

from lessons import PACKED, notes

FOLDER = Path(__file__).parent
STORY = (1, 2, 14, 21)  # collect, explore, train, predict
START = "python -m lessons"
INSTALLED = "mathlab-lessons"  # the command of an installed course
PRACTICE = f"{START}.practice"  # what comes after all of them
COVER = 6  # whose first picture that moves stands on the home page of the book
GOALS = {  # what the reader can do after a lesson, and could not before
    1: "say which rows of a file can be learnt from, and write a check that finds bad ones",
    2: "read spread, correlation and slope off a picture, and say why numbers alone do not do",
    3: "say what the slope and the intercept of a line claim, in the units of the data",
    4: "work out residuals with the right sign, and say why their mean hides how large they are",
    5: "choose between the squared and the absolute loss, and say what each does with one bad row",
    6: "read off the slope of a cost curve which way to turn a parameter",
    7: "say what a slope at a point is, and why a step h can be too wide and too narrow",
    8: "work out a derivative with h as a letter, say where the product rule comes from, and test "
       "a rule by measuring",
    9: "multiply local slopes along a chain, and say where a function has no slope",
    10: "run the chain rule backwards over a graph by hand, and say why the order matters",
    11: "find a derivative as a formula, and say what a formula can do that a number cannot",
    12: "choose between numeric, symbolic and backward for a task, and say what each costs",
    13: "write down a gradient, and say why no other direction beats it",
    14: "write a step of gradient descent, and say how a model is trained by it",
    15: "work out from a curvature how large a learning rate may be",
    16: "say why raw data make descent slow, and bring a scaled line back into the data's units",
    17: "say what momentum, Adam and Newton add to plain descent, and write a step with momentum",
    18: "choose a model by validation rows, and announce its error from test rows",
    19: "turn a score into a chance, and work out the log loss without overflow",
    20: "say what a unit of a network does, and count its parameters",
    21: "work out an interval for a mean, and check by simulation that it keeps its word",
    22: "say what rounding does to a fit, and work with Fractions where it must be exact",
    23: "reckon with intervals, and say what makes a digit certain",
    24: "fit a model to a file of your own with one command, and read each line of its report",
}

# The parts of the course, and the minutes that a lesson of each takes with its exercise: reading at
# 110 words a minute, and from 10 to 20 for the exercise. A lesson that stands in no part is found
# under MORE.
PARTS: dict[str, dict[int, int]] = {
    "Collect and explore": {1: 25, 2: 30},
    "A line and its loss": {3: 20, 4: 25, 5: 25},
    "How fast does it change?": {6: 25, 7: 30, 8: 45},
    "One table, many readings": {9: 35, 10: 35, 11: 35, 12: 30},
    "Many levers": {13: 25, 14: 30, 15: 30, 16: 25, 17: 25},
    "Other models": {18: 30, 19: 30, 20: 30},
    "How sure?": {21: 30, 22: 30, 23: 40},
    "Your own data": {24: 35},
}
MORE, MINUTES = "More", 30

# The lines of mathlab that matter in a lesson: the chapter, and how the first of each piece begins,
# with how many lines that piece has. Five lines at most in all; they are read from the chapter.
MATTERS: dict[int, tuple[str, dict[str, int]]] = {
    1: ("learning/data/clean", {"reason = _first_reason(checks, row": 5}),
    2: ("learning/data/explore", {"mean = float(_mean(written))": 2,
                                  "lower, median, upper = statistics.quantiles(": 1}),
    3: ("tiny", {"loss = sum((y - (slope * x + intercept)) ** 2": 1}),
    4: ("learning/inference/predict", {"return [a - p for a, p in zip(actual, predicted": 1,
                                       "return sqrt(fsum(e * e for e in errors)": 1}),
    5: ("learning/model/loss", {"return (actual - predicted) ** 2": 1,
                                "return abs(actual - predicted)": 1}),
    6: ("tiny", {"return (f(x + h) - f(x - h))": 1}),
    7: ("calculus/numeric/difference", {"return (f(above) - f(below))": 1}),
    8: ("calculus/graph/operations", {"exp      = function(": 3, "sin      = function(": 2}),
    9: ("calculus/graph/chain_rule", {"for x, slope in local_slopes(node, varying)": 2}),
    10: ("tiny", {"for node in reversed(order):  # whatever uses": 5}),
    11: ("calculus/graph/upstairs", {"upstairs = one_storey_up(": 3}),
    12: ("calculus/proof/compare", {'methods["backward"] =': 5}),
    13: ("learning/descent/optimizers", {"return [p - rate * d for p, d in zip(": 1}),
    14: ("learning/descent/descent", {"height = mean_loss(model, loss": 2,
                                      "for parameter in parameters.values():": 2}),
    15: ("learning/descent/optimizers", {"rate = self.learning_rate /": 2}),
    16: ("learning/data/explore", {"return [(value - self.mean) / self.spread": 1,
                                   "return slope / self.spread, intercept": 1}),
    17: ("learning/descent/optimizers", {"m, q = self.keep, self.keep_square": 5}),
    18: ("learning/model/model", {'powers = [f"{c}*{x}**{k}"': 2}),
    19: ("learning/model/loss", {'if getattr(predicted, "operation", None) is sigmoid': 3}),
    20: ("calculus/graph/operations", {"tanh     = function(": 1, "sigmoid  = function(": 1}),
    21: ("learning/inference/uncertainty", {"own = self.residual_spread / math.sqrt(weight)": 3}),
    22: ("tiny", {'multiply = Row("*"': 2}),
    23: ("calculus/proof/enclose", {"middle = as_interval(x.middle)": 5}),
    24: ("command/fit", {"trainer.fit(seen, start, options.steps)": 3}),
}


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


def parts() -> dict[str, list[int]]:
    """The lessons of each part, in order; those that stand in none last."""
    named = {title: [n for n in numbers if n in LESSONS] for title, numbers in PARTS.items()}
    others = [n for n in LESSONS if not any(n in numbers for numbers in PARTS.values())]
    return {title: numbers for title, numbers in {**named, MORE: others}.items() if numbers}


def minutes(number: int) -> int:
    """How long a lesson takes, with its exercise."""
    return {n: m for part in PARTS.values() for n, m in part.items()}.get(number, MINUTES)


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


_desks: list[Path] = []  # that are sat down at, the last one last


@contextmanager
def sitting_at(folder: Path) -> Iterator[None]:
    """Meanwhile this is the folder in which the reader answers."""
    _desks.append(folder)
    try:
        yield
    finally:
        _desks.pop()


def desk() -> Path:
    """The folder in which the reader answers: that of the course, or her own copy of it."""
    if _desks:
        return _desks[-1]
    own = notes.part("exercises").get("folder")
    if isinstance(own, str) and own and Path(own).is_dir():
        return Path(own)
    return FOLDER / "exercises"


def path(name: str) -> Path:
    """The file in which the reader answers a lesson's exercise, seen from where one works."""
    return seen(desk() / f"{name}.py")


def answer(name: str) -> Path:
    """The file of an answer to peek at, seen from where one works."""
    copied = desk() / "answers" / f"{name}.py"
    return seen(copied if copied.is_file() else FOLDER / "answers" / f"{name}.py")


def seen(file: Path) -> Path:
    """A file as it is called where one works."""
    return file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file


def command(number: int, *options: str) -> str:
    """What is typed to run a lesson, or something about it, in the folder where one works."""
    return " ".join([started(), str(number), *options])


def started() -> str:
    """What is typed to start the course, in the folder where one works."""
    if Path(sys.argv[0]).stem == INSTALLED:
        return INSTALLED
    run = getattr(sys.modules["__main__"], "__spec__", None)  # as `-m` leaves it
    if (run and run.name.startswith("lessons.")) or among_packages() or (
            Path.cwd() in (FOLDER.parent, FOLDER, FOLDER / "exercises", desk())):
        return START
    return subprocess.list2cmdline(["python", str(seen(PACKED or FOLDER))])


def typed(text: str) -> str:
    """A text with the commands in it as they are typed in the folder where one works."""
    ways = {START: started()}
    if Path.cwd() not in (FOLDER.parent, desk()):
        ways["python -m mathlab"] = started()  # the course finds mathlab, and the lessons' data
    for command, way in ways.items():
        if command != way:
            text = re.sub(rf"{command}\.(?=\w)", f"{command} ", text).replace(command, way)
    return text


def among_packages() -> bool:
    """Whether the course is installed, so that Python finds it from any folder."""
    return FOLDER.parent.name in ("site-packages", "dist-packages")


def first() -> str:
    """What is typed before the first answer, if the files of the course are not the reader's to
    write into; else nothing."""
    if desk() != FOLDER / "exercises":
        return ""
    hers = not PACKED and not among_packages() and os.access(desk(), os.W_OK)
    return "" if hers else f"{started()} --to my_answers"


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


def stub(name: str) -> str:
    """What the file of a lesson's exercise holds, below what it asks."""
    try:
        with tokenize.open(path(name)) as file:
            text = file.read()
    except (OSError, SyntaxError, UnicodeDecodeError):  # it may be in any state
        return ""
    return text.split('"""', 2)[-1].strip() if text.startswith('"""') else text
