"""The checker: whether the answer to an exercise is right, and one hint at a time.

Each exercise is a file of the reader's in `lessons/exercises`. What is right is known by the check
of the same name in `lessons/checks`; how it might be written stands in `lessons/answers`, for those
who have tried.

A reader's file may do anything: run for ever, wait for a key, take all memory, end Python. So it is
run in another Python (`python -m lessons.checker`), and whatever becomes of that, this one goes on.
"""

import faulthandler
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from lessons import course
from lessons.answer import Answer, NotYet, Wrong, short
from lessons.terminal_page import TerminalPage

LONGEST = 10.0  # seconds: what takes longer will not end
SHOWN = 1000  # letters of what a file prints
RIGHT, WRONG, NOT_YET = "right", "not right yet", "not yet"


class Verdict(NamedTuple):
    """What is to be said of an answer: whether it is right, and if not, what came of which call.

    `printed` is what the reader's file has printed meanwhile.
    """

    state: str
    why: str = ""
    asked: str = ""
    came: str = ""
    expected: str = ""
    printed: str = ""


def verdicts(names: Iterable[str]) -> dict[str, Verdict]:
    """The verdict on the reader's answer to each of these exercises."""
    waiting, found = list(names), dict[str, Verdict]()
    while waiting:
        came = in_another_python(waiting)
        found |= dict(zip(waiting, came, strict=False))
        del waiting[: len(came)]
    return found


def in_another_python(names: Sequence[str]) -> list[Verdict]:
    """The verdicts on the first of these exercises: up to the one that ends that Python, or all."""
    paths = [str(course.path(name)) for name in names]
    folders = [str(course.FOLDER.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [sys.executable, "-m", "lessons.checker", str(LONGEST)]
        + [text for pair in zip(names, paths, strict=True) for text in pair],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
        errors="replace", env={**os.environ, "PYTHONPATH": os.pathsep.join(folders)},
    )  # fmt: skip
    came = [Verdict(*json.loads(line)) for line in done.stdout.splitlines()]
    if len(came) < len(names):  # it ended while it was busy with the next
        line = re.search(rf'File "{re.escape(paths[len(came)])}", line (\d+)', done.stderr)
        where = f", in line {line[1]} of the file" if line else ""
        late = f"it was stopped after {LONGEST:g} seconds{where}: does a loop never end?"
        came.append(Verdict(WRONG, late if "Timeout" in done.stderr else
                            "Python itself ended, and there is no verdict"))  # fmt: skip
    return came


def main(longest: str, *names_and_paths: str) -> None:
    """Judge some answers, and write a verdict a line; the other side of `in_another_python`."""
    with os.fdopen(os.dup(1), "w", encoding="ascii") as out:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # from here on, the reader's
        for name, path in zip(names_and_paths[::2], names_and_paths[1::2], strict=True):
            faulthandler.dump_traceback_later(float(longest), exit=True, file=2)
            with redirect_stdout(Beginning()) as printed, redirect_stderr(printed):
                verdict = judge(name, Path(path))
            print(json.dumps(verdict._replace(printed=printed.getvalue())), file=out, flush=True)
    os._exit(0)  # even if the reader's file has begun what does not end


class Beginning(io.StringIO):
    """Keeps the first letters of what is written, and stays open."""

    def write(self, text: str) -> int:
        """Keep of the text what there is room for."""
        return super().write(text[: max(0, SHOWN - self.tell())])

    def close(self) -> None:
        """Not before it has been read."""


def judge(name: str, path: Path) -> Verdict:
    """Check an answer to an exercise."""
    try:
        said = import_module(f"lessons.checks.{name}").check(Answer(path))
    except NotYet as still:
        return Verdict(NOT_YET, str(still))
    except Wrong as wrong:
        return Verdict(WRONG, *map(text_of, (wrong.why, wrong.asked, wrong.came, wrong.expected)))
    except (Exception, SystemExit) as error:  # whatever an answer does, there is a verdict
        return Verdict(WRONG, f"the check can make nothing of it: {type(error).__name__}")
    return Verdict(RIGHT, said or "")


def text_of(thing: object) -> str:
    """What is said of something that came or was expected: text as it is, but not too long."""
    return thing[:SHOWN] if isinstance(thing, str) else short(thing)


def hints(name: str) -> tuple[str, ...]:
    """The hints for an exercise, each saying more than the one before."""
    if find_spec(f"lessons.checks.{name}") is None:  # a lesson of the reader's own
        return ()
    return tuple(import_module(f"lessons.checks.{name}").HINTS)


def run(name: str, hint: int | None = None) -> int:
    """Say whether the answer to one exercise is right; return 0 if it is, 1 if not."""
    verdict = verdicts([name])[name]
    tell(TerminalPage(), name, verdict, hint)
    return int(verdict.state != RIGHT)


def tell(page: TerminalPage, name: str, verdict: Verdict, hint: int | None = None) -> None:
    """Write a verdict on a page, and a hint if one is asked for."""
    title, _ = course.exercise(name)
    number = course.number(name)
    if verdict.printed.strip():
        page.lines(f"The file has printed:\n\n{verdict.printed.rstrip()}")
    page.lines(f"{number}. {title}: {verdict.state}\n   {course.path(name)}")
    if verdict.state == RIGHT:
        if verdict.why:
            page.say(f"   {verdict.why}.")
        return
    rows = [
        f"   {word + ':':9} {text}"
        for word in ("asked", "came", "expected")
        if (text := getattr(verdict, word))
    ]
    if rows:
        page.lines("\n".join(rows))
    if verdict.why:
        page.say(f"   {verdict.why}")
    known = hints(name)
    if hint is not None:
        hint = min(max(hint, 1), len(known))
        page.say(f"Hint {hint} of {len(known)}: {known[hint - 1]}")
    more = (hint or 0) + 1
    if more <= len(known):
        page.lines(f"A hint: python -m lessons.exercises {number} --hint {more}")
    else:
        page.lines(f"An answer: {course.FOLDER.name}/answers/{name}.py")


if __name__ == "__main__":
    main(*sys.argv[1:])
