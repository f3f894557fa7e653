"""The checker: whether the answer to an exercise is right, and one hint at a time.

Each exercise is a file of the reader's in `lessons/exercises`. What is right is known by the check
of the same name in `lessons/grading/checks`; how it might be written stands in `lessons/answers`,
for those who have tried.

A reader's file may do anything: run for ever, wait for a key, take all memory, end Python. So it is
run in another Python (`python -m lessons.grading.checker`), and whatever becomes of that, this one
goes on.
"""

import ast
import faulthandler
import io
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from lessons import course, notes
from lessons.grading.answer import Answer, NotYet, Wrong, short
from lessons.grading.asked import Exercise
from lessons.pages.terminal import TerminalPage
from mathlab.learning.descent.progress import progress

LONGEST = 10.0  # seconds of work: what takes longer will not end
PATIENCE = 6  # times as long by the clock: a busy computer does several things at once
BETWEEN_LOOKS = 0.3  # seconds, at a file that is watched
SHOWN = 1000  # letters of what a file prints
SIGN = "verdict "  # at the start of a line
LATE = "it was stopped after"
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
    """The verdict on the reader's answer to each of these exercises.

    They are run in one Python, which is quick. What is not right there may be so because of a file
    that was run before it: so it is judged again, alone.
    """
    names, found = list(names), dict[str, Verdict]()
    while waiting := [name for name in names if name not in found]:
        found |= in_another_python(waiting)
    for name in names[1:]:
        if found[name].state != RIGHT and not found[name].why.endswith("..."):
            found |= in_another_python([name])
    return found


def is_open(path: Path) -> bool:
    """Whether something in a file is still `...`, or it cannot be read: then nobody need run it to
    see that it is not right."""
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return True
    places = (ast.Assign, ast.AnnAssign, ast.Return)
    return any(isinstance(node, places) and isinstance(node.value, ast.Constant)
               and node.value.value is ... for node in ast.walk(tree))


def in_another_python(names: Sequence[str], file: Path | None = None) -> dict[str, Verdict]:
    """The verdicts on the first of these exercises: up to the one that ends that Python, or all.

    With a `file`, the names are modules with a check that all look at it, up to the first for which
    it is not right.
    """
    paths = {name: str((file or course.path(name)).absolute()) for name in names}
    sign = f"{SIGN}{secrets.token_hex(8)} "  # what a file writes by itself has no such sign
    folders = [str(course.FOLDER.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    command = [sys.executable, "-P", "-m", "lessons.grading.checker", str(LONGEST), sign]
    found: dict[str, Verdict] = {}
    with tempfile.TemporaryFile() as errors, subprocess.Popen(
        [*command, *(text for pair in paths.items() for text in pair)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(folders)},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8",
    ) as python:
        assert python.stdout is not None
        for i in progress(len(names), "stages" if file else "exercises"):
            line = next((text for text in python.stdout if text.startswith(sign)), "")
            if not line:
                python.wait()
                errors.seek(0)
                said = errors.read().decode("utf-8", "replace")
                found[names[i]] = ended(said, paths[names[i]])
                break
            found[names[i]] = Verdict(*json.loads(line.removeprefix(sign)))
            if file and found[names[i]].state != RIGHT:
                python.kill()
                break
    return found


def ended(said: str, path: str) -> Verdict:
    """The verdict on an answer that ended Python, which has `said` this on its standard error."""
    written = path.encode("ascii", "backslashreplace").decode()  # as faulthandler does it
    line = re.search(rf'File "({re.escape(path)}|{re.escape(written)})", line (\d+)', said)
    where = f", in line {line[2]} of the file" if line else ""
    if re.search(r"^Timeout \(", said, re.MULTILINE):
        late = f"{LATE} {LONGEST:g} seconds{where}: does a loop never end?"
        return Verdict(WRONG, late)
    return Verdict(WRONG, f"Python itself ended{where}, and there is no verdict")


def main(longest: str, sign: str, *names_and_paths: str) -> None:
    """Judge some answers, and write a verdict a line; the other side of `in_another_python`."""
    home, ours = os.getcwd(), os.getpid()
    del sys.argv[1:]
    faulthandler.enable(file=2)
    read = cache(Answer)  # a file with several checks is run once
    with os.fdopen(os.dup(1), "w", encoding="ascii") as out:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # from here on, the reader's
        for name, path in zip(names_and_paths[::2], names_and_paths[1::2], strict=True):
            os.chdir(home)
            with suppress(Exception):  # the seconds are for the reader's file, not for ours
                exercise(name)
            watch_over(float(longest))
            printed = Beginning()
            text = io.TextIOWrapper(printed, "utf-8", "replace", write_through=True)
            with redirect_stdout(text), redirect_stderr(text):
                verdict = judge(name, Path(path), read)
            if os.getpid() != ours:  # the reader's file has made a copy of this Python
                os._exit(0)
            verdict = verdict._replace(printed=printed.getvalue().decode("utf-8", "replace"))
            print(f"\n{sign}{json.dumps(verdict)}", file=out, flush=True)
    os._exit(0)  # even if the reader's file has begun what does not end


_ends: list[float] = []  # when the work on each file is to end, in seconds of the processor


def watch_over(longest: float) -> None:
    """From now on let this Python work for so many seconds; then it writes where it is, and ends.

    A thread counts the seconds of the processor. It cannot while Python is at work on one long
    operation, and a file may wait for ever: then the clock ends it.
    """
    end = time.process_time() + longest
    faulthandler.dump_traceback_later(PATIENCE * longest, exit=True, file=2)

    def look() -> None:
        while time.process_time() < end:
            time.sleep(longest / 50)
        if end == _ends[-1]:  # and no other file is looked at by now
            os.write(2, b"Timeout (of work)\n")
            faulthandler.dump_traceback(file=2)
            os._exit(1)

    _ends.append(end)
    threading.Thread(target=look, daemon=True).start()


class Beginning(io.BytesIO):
    """Keeps the first letters of what is written, and stays open."""

    def write(self, text: Any) -> int:
        """Keep of the text what there is room for."""
        super().write(bytes(text)[: max(0, SHOWN - self.tell())])
        return len(text)

    def close(self) -> None:
        """Not before it has been read."""


def module_of(name: str) -> str:
    """The module with the check of an exercise; a name with dots is that of a module already."""
    return name if "." in name else f"lessons.grading.checks.{name}"


def judge(name: str, path: Path, read: Callable[[Path], Answer] = Answer) -> Verdict:
    """Check an answer to an exercise."""
    try:
        module = import_module(module_of(name))
        check = getattr(module, "check", None) or module.exercise().check
    except ModuleNotFoundError:
        return Verdict(NOT_YET, f"nothing checks it: {course.needs(name)}")
    except Exception as error:  # in a file that readers do not write
        return Verdict(NOT_YET, f"a file of the course cannot be read: {error}")
    try:
        answer = read(path)
        said = check(answer)
    except NotYet as still:
        return Verdict(NOT_YET, str(still))
    except Wrong as wrong:
        return Verdict(WRONG, *map(text_of, (wrong.why, wrong.asked, wrong.came, wrong.expected)))
    except (Exception, SystemExit) as error:  # whatever an answer does, there is a verdict
        return Verdict(WRONG, f"the check can make nothing of it: {type(error).__name__}")
    return Verdict(RIGHT, "; ".join([*answer.notes, *filter(None, [said])]))


def text_of(thing: object) -> str:
    """What is said of something that came or was expected: text as it is, but not too long."""
    return thing[:SHOWN] if isinstance(thing, str) else short(thing)


def exercise(name: str) -> Exercise | None:
    """What an exercise asks for, if it is numbers, formulas or words."""
    if find_spec(module_of(name)) is None:  # a lesson of the reader's own
        return None
    module = import_module(module_of(name))
    return module.exercise() if hasattr(module, "exercise") else None


def hints(name: str) -> tuple[str, ...]:
    """The hints for an exercise, each saying more than the one before."""
    if find_spec(module_of(name)) is None:  # a lesson of the reader's own
        return ()
    return tuple(import_module(module_of(name)).HINTS)


def next_hint(name: str, verdict: Verdict, seen: int) -> int:
    """The number of the hint that comes next for somebody who has seen so many: the first about
    what is wrong, or the one after those she knows.

    A check may say in ABOUT with which hint begins what is to be said about a name.
    """
    about = getattr(import_module(module_of(name)), "ABOUT", {})
    words = re.findall(r"\w+", f"{verdict.asked} {verdict.why}")
    first = next((number for word, number in about.items() if word in words), 1)
    return max(first, seen + 1)


def run(name: str, hint: int | None = None) -> int:
    """Say whether the answer to one exercise is right; return 0 if it is, 1 if not."""
    verdict = verdicts([name])[name]
    tell(TerminalPage(), name, verdict, hint)
    return int(verdict.state != RIGHT)


def watch(name: str, pause: Callable[[float], None] = time.sleep) -> int:
    """Judge an answer now, and each time its file is saved; return 0 at Ctrl-C."""
    seen: object = None
    try:
        while True:
            if (stamp := saved(course.path(name))) not in (None, seen):
                seen = stamp
                run(name)
                print("Save it, and it is checked again. Ctrl-C ends this.\n", flush=True)
            pause(BETWEEN_LOOKS)
    except KeyboardInterrupt:
        print()
    return 0


def saved(path: Path) -> object:
    """What changes when a file is saved; None while there is no such file."""
    try:
        found = path.stat()
    except OSError:  # as it is for a moment when an editor puts a new file in its place
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def tell(page: TerminalPage, name: str, verdict: Verdict, hint: int | None = None) -> None:
    """Write a verdict on a page, and a hint if one is asked for: the next one, if it is 0."""
    title, _ = course.exercise(name)
    number = course.number(name)
    if verdict.printed.strip():
        page.lines(f"The file has printed:\n\n{verdict.printed.rstrip()}")
    page.lines(f"{number}. {title}: {verdict.state}\n   {course.path(name)}")
    if first := course.first():
        page.lines(f"To answer it in a folder of your own:  {first}")
    if verdict.state == RIGHT:
        if verdict.why:
            page.say(f"{verdict.why[0].upper()}{verdict.why[1:]}.")
        after = course.command(number + 1) if number + 1 in course.LESSONS else course.PRACTICE
        page.lines(f"An answer:   {course.answer(name)}\nGo on with:  {after}")
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
    seen = notes.part("hints").get(name)
    seen = seen if isinstance(seen, int) else 0
    more = ["--hint"]
    if hint is not None and known:
        hint = min(max(hint or next_hint(name, verdict, seen), 1), len(known))
        page.say(f"Hint {hint} of {len(known)}: {known[hint - 1]}")
        seen = max(seen, hint)
        if not notes.keep("hints", name, seen):
            more.append(str(hint + 1))
    if seen < len(known):
        page.lines(f"A hint: {course.command(number, *more)}")
    elif known:
        page.lines(f"An answer: {course.answer(name)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
