"""The exercises: which is next, whether your answer is right, and a hint if you want one.

    python -m lessons.exercises            how far you are, and the next one
    python -m lessons.exercises 5          check your answer to number 5
    python -m lessons.exercises 5 --hint   the next hint; --hint 2 is the second
"""

import sys

from lessons import course
from lessons.grading import checker
from lessons.pages.terminal import TerminalPage
from lessons.run import guarded
from mathlab.command.options import OneLine


def main(arguments: list[str] | None = None) -> int:
    """Check one exercise, or all until the first that is not right; return the exit status."""
    parser = OneLine(prog=course.typed("python -m lessons.exercises"),
                     description=course.typed(__doc__ or ""))
    parser.add_argument("exercise", nargs="?", type=int, choices=course.LESSONS, metavar="NUMBER",
                        help="the number of its lesson; without it, the next one to do")
    parser.add_argument("--hint", nargs="?", type=int, const=0, metavar="N", help="show a hint")
    chosen = parser.parse_args(arguments)
    if chosen.exercise is None:
        return guarded(lambda: next_one(chosen.hint))
    return guarded(lambda: checker.run(course.LESSONS[chosen.exercise], chosen.hint))


def next_one(hint: int | None) -> int:
    """How many exercises are done, and all that is to be said of the next one."""
    page = TerminalPage()
    verdicts = checker.verdicts(course.LESSONS.values())
    done = [name for name, verdict in verdicts.items() if verdict.state == checker.RIGHT]
    page.lines(f"{len(done)} of {len(verdicts)} exercises done   {progress(verdicts)}\n"
               f"(# done, + not right yet, . not yet)")
    for name, verdict in verdicts.items():
        if verdict.state != checker.RIGHT:
            page.begin(name)
            page.exercise()
            checker.tell(page, name, verdict, hint)
            return 1
    page.say(f"All of them. Go on with problems of your own: {course.PRACTICE}")
    return 0


def progress(verdicts: dict[str, checker.Verdict]) -> str:
    """A sign for each exercise: # done, + not right yet, . not yet."""
    signs = {checker.RIGHT: "#", checker.WRONG: "+", checker.NOT_YET: "."}
    return "".join(signs[verdict.state] for verdict in verdicts.values())


if __name__ == "__main__":
    sys.exit(main())
