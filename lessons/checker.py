"""The checker: which exercise is next, whether an answer is right, and one hint at a time.

Each exercise is a file of the reader's in `lessons/exercises`. What is right is known by the check
of the same name in `lessons/checks`; how it might be written stands in `lessons/answers`, for those
who have tried.
"""

import signal
import threading
from _thread import interrupt_main
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from lessons import course
from lessons.answer import Answer, NotYet, Wrong, short
from lessons.terminal_page import TerminalPage

LONGEST = 20.0  # seconds: what takes longer will not end
RIGHT, WRONG, NOT_YET = "right", "not right yet", "not yet"


class Verdict(NamedTuple):
    """What is to be said of an answer: whether it is right, and if not, what came of which call."""

    state: str
    why: str = ""
    asked: str = ""
    came: object = ""
    expected: object = ""


def judge(name: str, path: Path | None = None) -> Verdict:
    """Check the reader's answer to an exercise, in its own file or in another one."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        interrupt_main()

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job has none
    clock = threading.Timer(LONGEST, stop)
    clock.daemon = True
    clock.start()
    try:
        said = import_module(f"lessons.checks.{name}").check(Answer(path or course.path(name)))
    except NotYet as still:
        return Verdict(NOT_YET, str(still))
    except Wrong as wrong:
        return Verdict(WRONG, wrong.why, wrong.asked, wrong.came, wrong.expected)
    except KeyboardInterrupt:
        if not late.is_set():
            raise
        return Verdict(WRONG, f"it was stopped after {LONGEST:.0f} seconds: does a loop never end?")
    finally:
        clock.cancel()
        signal.signal(signal.SIGINT, before)
    return Verdict(RIGHT, said or "")


def hints(name: str) -> tuple[str, ...]:
    """The hints for an exercise, each saying more than the one before."""
    return tuple(import_module(f"lessons.checks.{name}").HINTS)


def run(name: str, hint: int | None = None) -> int:
    """Say whether the answer to one exercise is right; return 0 if it is, 1 if not."""
    verdict = judge(name)
    page = TerminalPage()
    tell(page, name, verdict, hint)
    return int(verdict.state != RIGHT)


def tell(page: TerminalPage, name: str, verdict: Verdict, hint: int | None = None) -> None:
    """Write a verdict on a page, and a hint if one is asked for."""
    title, _ = course.exercise(name)
    number = int(name[1:3])
    page.lines(f"{number}. {title}: {verdict.state}\n   {course.path(name)}")
    if verdict.state == RIGHT:
        if verdict.why:
            page.say(f"   {verdict.why}.")
        return
    rows = [
        (word, thing if isinstance(thing, str) else short(thing))
        for word, thing in (
            ("asked", verdict.asked), ("came", verdict.came), ("expected", verdict.expected)
        )
        if thing != ""
    ]  # fmt: skip
    if rows:
        page.lines("\n".join(f"   {word + ':':9} {thing}" for word, thing in rows))
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
