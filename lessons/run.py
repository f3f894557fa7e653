"""How lessons are run: from the command line, on a page, with a clear end whatever happens."""

import argparse
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from lessons import course
from lessons.grading import checker
from lessons.pages.page import SEED, Page
from lessons.pages.terminal import TerminalPage, somebody_waits
from mathlab.command.options import OneLine, shown
from mathlab.errors import MathlabError, catch_interrupts
from mathlab.learning.descent.train import Trainer

Part = Callable[[Page], None]


def start(main: Part, docstring: str | None) -> int:
    """Run a lesson as `python -m` does; return the exit status."""
    parser = OneLine(prog=course.typed(f"python -m lessons.{name_of(main)}"),
                     description=course.typed(docstring or ""))
    chosen = parsed(parser)
    if judge := judging(chosen, name_of(main)):
        return guarded(judge)
    return run(main, folder=chosen.save, seed=chosen.seed, whole=chosen.all)


def parsed(
    parser: argparse.ArgumentParser, arguments: list[str] | None = None
) -> argparse.Namespace:
    """What the command line says, beside its own options those of every lesson."""
    parser.add_argument("--all", action="store_true", help="do not stop after each screen")
    parser.add_argument("--save", metavar="DIR", help="keep the pictures in a folder, as SVG files")
    parser.add_argument("--check", action="store_true", help="check your answer to the exercise")
    parser.add_argument("--hint", nargs="?", type=int, const=0, metavar="K",
                        help="check it, and show the next hint, or the one of that number")
    parser.add_argument("--watch", action="store_true",
                        help="check it each time it is saved, until Ctrl-C")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N",
                        help=f"for the lessons that draw lots; {SEED} if it is not given")
    chosen = parser.parse_args(arguments)
    looks = given(chosen, "check", "hint", "watch")
    if looks and chosen.save is not None:
        parser.error(f"{looks[0]} looks at your answer, and draws no pictures for --save")
    if chosen.watch and chosen.hint is not None:
        parser.error("--watch gives no hints: ask for one in another window")
    return chosen


def given(chosen: argparse.Namespace, *names: str) -> list[str]:
    """Which of some options stand on the command line."""
    return [f"--{name}" for name in names
            if getattr(chosen, name) is not None and getattr(chosen, name) is not False]


def judging(chosen: argparse.Namespace, name: str) -> Callable[[], int] | None:
    """What is to be done with the answer to a lesson's exercise; None if it is the lesson itself
    that was asked for."""
    if chosen.watch:
        return lambda: checker.watch(name)
    if chosen.check or chosen.hint is not None:
        return lambda: checker.run(name, chosen.hint)
    return None


def run(
    *parts: Part, folder: str | None = None, seed: int = SEED, story: bool = False,
    whole: bool = False,
) -> int:
    """Write lessons on a terminal, a screen at a time or as a whole; return the exit status."""

    def write() -> None:
        page = TerminalPage(folder, seed, story, waits=somebody_waits() and not whole)
        try:
            for part in parts:
                page.begin(name_of(part))
                part(page)
        except Exception:  # which may be the reader's own: so far it went
            page.turn()
            raise
        page.end()
        if page.kept:
            print("Saved:", *page.kept, sep="\n")  # unbroken, to be copied

    return guarded(write)


def guarded(work: Callable[[], int | None]) -> int:
    """Do some work that writes; return its exit status, after one line for any error of the user's.
    """
    status = 0
    catch_interrupts()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a title may hold what the terminal cannot
    try:
        status = work() or 0
        if sys.stdout is not None:  # as it is when nobody is to see anything
            sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (MathlabError, OSError) as error:
        print(f"error: {shown(str(error))}", file=sys.stderr)
        return 1
    except SyntaxError as error:
        place = f"{error.filename}, line {error.lineno}"
        print(f"error: Python cannot read {place}: {error.msg}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # as the shell does it: 128, and 2 for Ctrl-C
    except Exception as error:  # a constant of a lesson may have been changed to anything
        if not (place := place_in_a_lesson(error)):
            raise
        print(f"error: {place}: {error}", file=sys.stderr)
        return 1
    return status


def place_in_a_lesson(error: BaseException) -> str:
    """The last line of a lesson that an error came through, such as `l05_loss.py, line 139`; "" if
    it came through none."""
    lines = [f"{Path(frame.filename).name}, line {frame.lineno}"
             for frame in traceback.extract_tb(error.__traceback__)
             if Path(frame.filename).stem in course.LESSONS.values()]
    return lines[-1] if lines else ""


def finished(trainer: Trainer) -> Trainer:
    """The trainer, unless Ctrl-C ended its walk: that is pressed to leave the lesson."""
    if trainer.interrupted:
        raise KeyboardInterrupt
    return trainer


def name_of(part: Part) -> str:
    """The lesson that a function stands in, such as l14_descent."""
    return Path(part.__code__.co_filename).stem
