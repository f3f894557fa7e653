"""What is done with an input, and what is a fault: an error that is not mathlab's own, or no end.

Each input may use the processor for a second, a command, which may fit many models, for three; and
200 MB.
"""

import contextlib
import io
import os
import re
import signal
import traceback
from pathlib import Path
from random import Random
from unittest import mock

from lessons import course
from lessons.grading import checker
from mathlab import Value, compile_formula, derivative, latex, mathml, parse, simplify, substitute
from mathlab.calculus.algebra.steps import steps
from mathlab.calculus.code.javascript import javascript
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.proof import enclose
from mathlab.calculus.text.parse import read_leniently
from mathlab.errors import MathlabError
from mathlab.learning.data.collect import read_csv
from mathlab.learning.data.explore import correlation, standardize, summary_table
from mathlab.learning.data.table import is_numeric
from mathlab.learning.inference.saved import load
from tests.fuzz import commands, inputs

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None

SECONDS, SECONDS_OF_A_COMMAND, MEMORY = 1.0, 3.0, 200 << 20
LONGEST_ERROR = 1000  # letters


class TooLong(BaseException):
    """An input has used the processor for longer than it may."""


class Fault(BaseException):
    """What came is not what it should be."""


def formula(text):
    """A text is read as a formula, written, read again, and used in all ways; or it is refused."""
    f = read(text)
    if f is None:
        return
    again = parse(str(f))
    if str(again) != str(f):
        raise Fault("it is written as another formula")
    order = inputs_first(f)
    leaves = [node for node in order if node.name]
    values = {node.name: 0.7 for node in leaves}
    latex(f), mathml(f)
    ranges = dict.fromkeys(values, (0.25, 0.5))
    for use in (
        lambda: f.at(**values), lambda: simplify(f), lambda: compile_formula(f, leaves),
        lambda: javascript(f, leaves), lambda: len(order) > 50 or enclose.enclose(f, **ranges),
        lambda: [str(derivative(f, x)) for x in leaves[:2]],
        lambda: len(order) > 20 or [str(steps(f, x)) for x in leaves[:1]],
        lambda: substitute(f, {x: Value(0.7, x.name) for x in leaves}).backward(),
    ):
        # An enclosure may take thousands of cuts; one shows what it does.
        with contextlib.suppress(MathlabError), mock.patch.object(enclose, "MOST_BOXES", 1):
            use()


def read(text):
    """The formula of a text, or None if it is refused in words that a person can read."""
    for way in (parse, lambda text: read_leniently(text)[0]):
        try:
            return way(text)
        except MathlabError as error:
            judge(error)
    return None


def judge(error):
    """An error has words, and not too many."""
    if not 0 < len(str(error)) <= LONGEST_ERROR:
        raise Fault("an error without words, or without end")


def table(data, folder):
    """A file is read, as it is and as numbers, and explored."""
    path = folder / "table.csv"
    path.write_bytes(data)
    for types in ({}, {"x": float, "y": float}):
        try:
            found = read_csv(path, types=types)
            str(found), repr(found), found._repr_html_()
            columns = {name: found[name] for name in found.names if is_numeric(found[name])}
            str(summary_table(columns))
            for column in columns.values():
                with contextlib.suppress(MathlabError):
                    standardize(column)
                    correlation(column, found["y"])
        except MathlabError as error:
            judge(error)


def saved(data, folder):
    path = folder / "saved.json"
    path.write_bytes(data)
    try:
        model = load(path)
        model.predict({name: [0.5, -1.0] for name in model.model.symbols})
        if model.estimates:
            model.estimates.prediction({name: 0.5 for name in model.model.symbols})
    except MathlabError as error:
        judge(error)


def exercise(text, name, folder):
    """A reader's file is judged: there is a verdict, and it can be shown."""
    path = folder / f"{name}.py"
    path.write_text(text, encoding="utf-8", errors="replace")
    with (contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()),
          mock.patch("sys.stdin", io.StringIO())):  # which `exit()` closes
        verdict = checker.judge(name, path)
    if verdict.state not in (checker.RIGHT, checker.WRONG, checker.NOT_YET):
        raise Fault(f"a verdict {verdict.state}")
    if any(len(part) > 2 * LONGEST_ERROR for part in verdict):
        raise Fault("a verdict without end")


def command(words, folder):
    """A command is run in the folder, where it also keeps its notes: it may write anything."""
    with (contextlib.chdir(folder),
          mock.patch.dict(os.environ, {"XDG_STATE_HOME": str(folder / "state")})):
        found = commands.fault(words, *commands.run(words))
    if found:
        raise Fault(found)


def names_of(name):
    """The names that an exercise asks for."""
    text = course.path(name).read_text(encoding="utf-8")
    return re.findall(r"^(\w+)\b.* = |^def (\w+)\(", text, re.MULTILINE)


def warm():
    """Read what the checks of the exercises read once: that is no input's time."""
    for name in course.LESSONS.values():
        checker.judge(name, course.FOLDER / "answers" / f"{name}.py")


def random_exercise(random):
    """The name of an exercise, and a text for it."""
    name = random.choice([*course.LESSONS.values()])
    kind = random.random()
    if kind < 0.6:
        text = inputs.exercise(random, [a or b for a, b in names_of(name)])
    else:
        answer = (course.FOLDER / "answers" / f"{name}.py").read_bytes()
        text = inputs.changed(random, answer).decode("utf-8", "replace")
    return name, text


KINDS = {
    "formula": (inputs.text, lambda made, folder: formula(made)),
    "table": (inputs.table, table),
    "saved": (inputs.saved, saved),
    "command": (None, lambda made, folder: command(made, folder)),  # its files stand in the folder
    "exercise": (random_exercise, lambda made, folder: exercise(made[1], made[0], folder)),
}


def tried(kind, seed, folder):
    """The input of a kind that this seed makes, and its fault in a few words; "" if none."""
    make, use = KINDS[kind]
    random = Random(f"{kind} {seed}")
    made = make(random) if make else commands.command(random, folder)
    return made, fault(lambda: use(made, folder),
                       SECONDS_OF_A_COMMAND if kind == "command" else SECONDS)


def fault(use, seconds=SECONDS):
    """What is wrong with the end of some work; "" if nothing is."""
    try:
        with bounded(seconds):
            use()
    except MathlabError as error:
        return f"{type(error).__name__} is not caught{place(error)}"
    except Fault as error:
        return str(error)
    except (Exception, TooLong, SystemExit) as error:
        return type(error).__name__ + place(error)
    return ""


def place(error):
    """Where in mathlab or the lessons an error comes from, and what it says, without numbers."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__)
              if {"mathlab", "grading"} & {*Path(frame.filename).parts[:-1]}
              and "fuzz" not in frame.filename]
    where = f" in {Path(frames[-1].filename).name}, {frames[-1].name}" if frames else ""
    if isinstance(error, TooLong) and frames:  # it may have been anywhere: say what was begun
        where = f" in {Path(frames[0].filename).name}, {frames[0].name}"
    return where + ": " + re.sub(r"-?\d[\d.]*(e[-+]\d+)?", "#", str(error))[:60]


@contextlib.contextmanager
def bounded(seconds):
    """What is done here is ended by an error if it takes too long, or too much memory."""
    def late(*_):
        raise TooLong(f"over {seconds:g} s")

    if resource is None:
        yield
        return
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text().split()[0]) if statm.exists() else 0
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGPROF, late)
    try:
        if pages:
            resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MEMORY, most))
        signal.setitimer(signal.ITIMER_PROF, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        signal.signal(signal.SIGPROF, before)
