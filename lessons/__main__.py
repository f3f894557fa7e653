"""The whole story on real films: collect, explore, train, predict; then what there is to learn.

    python -m lessons                      the whole story
    python -m lessons 14                   one lesson
    python -m lessons 14 --save pictures   and its pictures, as SVG files
    python -m lessons 14 --check           is your answer to its exercise right?
    python -m lessons --html book          the whole course, for a browser
    python -m lessons --glossary           what its words are called elsewhere
    python -m lessons --teacher sheets     what a teacher wants to know, a page a lesson
"""

import argparse
import sys

from lessons import course
from lessons.grading import checker
from lessons.pages import book, glossary, teacher
from lessons.pages.page import Page
from lessons.run import guarded, parsed, run


def main(arguments: list[str] | None = None) -> int:
    """Run the story, one lesson, or the course as HTML; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m lessons", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lesson", nargs="?", type=int, choices=course.LESSONS, metavar="NUMBER",
                        help="the number of a lesson")
    parser.add_argument("--html", metavar="DIR", help="write all lessons as pages for a browser")
    parser.add_argument("--glossary", action="store_true",
                        help="print what the words of the course are called elsewhere")
    parser.add_argument("--teacher", metavar="DIR", help="write a page for the teacher of each")
    chosen = parsed(parser, arguments)
    one = chosen.lesson or chosen.check or chosen.save is not None
    if chosen.html is not None and (one or chosen.teacher is not None):
        parser.error("--html writes all lessons and their pictures: give it a folder, and no more")
    if chosen.teacher is not None and one:
        parser.error("--teacher writes a page for each lesson: give it a folder, and no more")
    if chosen.check and chosen.lesson is None:
        parser.error("--check wants the number of a lesson; for all of them there is "
                     "python -m lessons.exercises")
    return guarded(lambda: do(chosen))


def do(chosen: argparse.Namespace) -> int:
    """What the command line asks for."""
    if chosen.html is not None:
        return book.write(chosen.html, chosen.seed)
    if chosen.glossary:
        return run(words)
    if chosen.teacher is not None:
        return teacher.write(chosen.teacher, chosen.seed)
    if chosen.check:
        return checker.run(course.LESSONS[chosen.lesson])
    if chosen.lesson is not None:
        return run(course.lesson(chosen.lesson).main, folder=chosen.save, seed=chosen.seed)
    story = [course.lesson(number).main for number in course.STORY]
    return run(opening, *story, contents, folder=chosen.save, seed=chosen.seed, story=True)


def opening(page: Page) -> None:
    """What is to come."""
    *others, last = map(str, course.STORY)
    page.title("How a model learns")
    page.say(f"""We collect data, explore it, train a model on it, and predict with it. This is the
        whole story, told by lessons {', '.join(others)} and {last} of {len(course.LESSONS)}. Much
        of it will be clear only after the lessons in between, so read on where you cannot follow.
        The idea in code is one page, mathlab/tiny.py. At the end there is a list of all
        lessons.""")


def contents(page: Page) -> None:
    """The list of lessons, those whose exercise is done marked, and how to go on."""
    page.title("The lessons")
    found = checker.verdicts(course.LESSONS.values())
    done = {n for n, name in course.LESSONS.items() if found[name].state == checker.RIGHT}
    page.lines("\n".join(
        f"{'[x]' if number in done else '[ ]'} {course.question(number)}"
        for number in course.LESSONS
    ))
    page.say(f"""{len(done)} of {len(course.LESSONS)} exercises done. One lesson, its exercise
        checked, and the next exercise to do:""")
    page.lines("    python -m lessons 1\n    python -m lessons 1 --check\n"
               "    python -m lessons.exercises")


def words(page: Page) -> None:
    """The glossary."""
    page.title("What the words are called elsewhere")
    for name, word in glossary.WORDS.items():
        page.say(f"{name} = {word.field}: {word.meaning} (lesson {word.lesson})")


if __name__ == "__main__":
    sys.exit(main())
