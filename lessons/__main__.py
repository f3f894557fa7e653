"""The whole story on real films: collect, explore, train, predict; then what there is to learn.

    python -m lessons                      the whole story
    python -m lessons 14                   one lesson
    python -m lessons 14 --save pictures   and its pictures, as SVG files
    python -m lessons 14 --check           is your answer to its exercise right? --watch asks
                                           that each time you save it; --hint helps
    python -m lessons --next               the next exercise to do
    python -m lessons --to my_answers      a copy of the exercises, to answer them there
    python -m lessons --fresh              forget guesses, hints seen, and where you answer
    python -m lessons --html book          the whole course, for a browser
    python -m lessons --glossary           what its words are called elsewhere
    python -m lessons --teacher sheets     what a teacher wants to know, a page a lesson
    python -m lessons practice             derivatives to find; python -m lessons workshop: an
                                           engine of your own

On a terminal a lesson goes a screen at a time (space: on, b: back, q: leave), and asks what you
guess; --all writes it as a whole.
"""

import argparse
import csv
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from lessons import course, elsewhere
from lessons.exercises import __main__ as exercises
from lessons.grading import checker
from lessons.pages import book, glossary, manuals, teacher
from lessons.pages.page import Page
from lessons.practice import __main__ as practice
from lessons.run import given, guarded, judging, parsed, run
from lessons.workshop import __main__ as workshop
from mathlab import tiny
from mathlab.__main__ import main as of_mathlab
from mathlab.command.options import OneLine
from mathlab.errors import DataError

DATA = "lessons/data/"  # as the lessons call the folder of their files


def on_data(name: str, arguments: list[str]) -> int:
    """Run a command of `python -m mathlab`, which finds the lessons' own files from any folder."""
    found = [str(course.FOLDER.parent / each) if each.startswith(DATA) and not Path(each).exists()
             else each for each in arguments]
    return of_mathlab([name, *found], course.typed("python -m mathlab"))


def page_of_all(arguments: list[str]) -> int:
    """Run mathlab/tiny.py on a file and two of its columns, or on the films."""
    films = str(course.FOLDER / "data" / "movies.csv"), "budget", "revenue"

    def work() -> None:
        try:
            tiny.main(*(arguments or films))
        except (ArithmeticError, KeyError, TypeError, ValueError, csv.Error) as error:
            raise DataError(f"{type(error).__name__}: {error}; tiny takes FILE.csv x y, a file and "
                            "two of its columns, with numbers") from None

    return guarded(work)


OTHERS: dict[str, Callable[[list[str]], int]] = {  # by the first word on the command line
    "practice": practice.main, "workshop": workshop.main, "check": exercises.main,
    "exercises": exercises.main, "tiny": page_of_all,
    **{name: partial(on_data, name) for name in ("derive", "fit", "predict")},
}


def command() -> None:
    """Run as a command of its own, or as the one file that zipapp makes."""
    sys.exit(main())


def main(arguments: list[str] | None = None) -> int:
    """Run the story, one lesson, or the course as HTML; return the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if other := OTHERS.get(next(iter(arguments), "")):
        return other(arguments[1:])
    parser = OneLine(prog=course.started(), description=course.typed(__doc__ or ""))
    parser.add_argument("lesson", nargs="?", type=int, choices=course.LESSONS, metavar="NUMBER",
                        help="the number of a lesson")
    parser.add_argument("--next", action="store_true", help="show the next exercise to do")
    parser.add_argument("--to", metavar="DIR", help="copy the exercises, to answer them there")
    parser.add_argument("--fresh", action="store_true",
                        help="forget guesses, hints seen, and where you answer")
    parser.add_argument("--html", metavar="DIR", help="write all lessons as pages for a browser")
    parser.add_argument("--glossary", action="store_true",
                        help="print what the words of the course are called elsewhere")
    parser.add_argument("--teacher", metavar="DIR", help="write a page for the teacher of each")
    chosen = parsed(parser, arguments)
    looks = given(chosen, "check", "hint", "watch")
    one = chosen.lesson or looks or chosen.save is not None
    if chosen.html is not None and (one or chosen.teacher is not None):
        parser.error("--html writes all lessons and their pictures: give it a folder, and no more")
    if chosen.teacher is not None and one:
        parser.error("--teacher writes a page for each lesson: give it a folder, and no more")
    if one and (about := given(chosen, "next", "to", "fresh")):
        parser.error(f"{about[0]} is about all exercises: give it no lesson")
    if looks and chosen.lesson is None:
        parser.error(f"{looks[0]} wants the number of a lesson; the next one to do is shown by "
                     f"{course.started()} --next")
    return guarded(lambda: do(chosen))


def do(chosen: argparse.Namespace) -> int:
    """What the command line asks for."""
    if chosen.html is not None or chosen.teacher is not None:
        with course.sitting_at(course.FOLDER / "exercises"):  # these pages are for others too
            if chosen.html is not None:
                return book.write(chosen.html, chosen.seed)
            return teacher.write(chosen.teacher, chosen.seed)
    if chosen.glossary:
        return run(words, whole=chosen.all)
    if chosen.fresh:
        return elsewhere.forget()
    if chosen.to is not None:
        return elsewhere.copy(chosen.to)
    if chosen.next:
        return exercises.next_one(None)
    if chosen.lesson is None:
        story = [course.lesson(number).main for number in course.STORY]
        return run(opening, *story, contents, folder=chosen.save, seed=chosen.seed, story=True,
                   whole=chosen.all)
    if judge := judging(chosen, course.LESSONS[chosen.lesson]):
        return judge()
    return run(course.lesson(chosen.lesson).main, folder=chosen.save, seed=chosen.seed,
               whole=chosen.all)


def opening(page: Page) -> None:
    """What is to come."""
    *others, last = map(str, course.STORY)
    page.title("How a model learns")
    page.say(f"""We collect data, explore it, train a model on it, and predict with it. This is the
        whole story, told by lessons {', '.join(others)} and {last} of {len(course.LESSONS)}. Much
        of it will be clear only after the lessons in between, so read on where you cannot follow.
        The idea in code is one page, mathlab/tiny.py. `python -m lessons --glossary` says what the
        words mean. At the end there is a list of all lessons.""")


def contents(page: Page) -> None:
    """The list of lessons, those whose exercise is done marked, and how to go on."""
    page.title("The lessons")
    found = checker.verdicts(
        name for name in course.LESSONS.values() if not checker.is_open(course.path(name)))
    done = {n for n, name in course.LESSONS.items()
            if name in found and found[name].state == checker.RIGHT}
    page.lines("\n".join(
        f"{'[x]' if number in done else '[ ]'} {course.question(number)}"
        for number in course.LESSONS
    ))
    left = [number for number in course.LESSONS if number not in done]
    page.say(f"""{len(done)} of {len(course.LESSONS)} exercises done. Next:""")
    page.lines(f"    {course.command(left[0]) if left else course.PRACTICE}")


def words(page: Page) -> None:
    """The glossary."""
    page.title("What the words are called elsewhere")
    for name, word in glossary.WORDS.items():
        page.say(f"{name} = {word.field}: {word.meaning} (lesson {word.lesson})")
    manuals.write(page)


if __name__ == "__main__":
    sys.exit(main())
