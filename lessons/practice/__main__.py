"""Practice: derivatives to find by hand, as many as you like, and some rules to name and slips to
find.

Best after lesson 9. dy/dx is the slope of y, as a formula. The rules come mixed, since to see which
one is needed is half of the work, and easy ones first: three right answers take you a level up, a
wrong one takes one of them back. Levels: 1 powers and sums, 2 functions such as sin, 3 products
and quotients, 4 to 6 functions inside functions.

    python -m lessons.practice                 with a keyboard: question and answer
    python -m lessons.practice --level 3       one level alone; --kind rule or --kind slip, one kind
    python -m lessons.practice --faded         derivations, with more and more lines to fill in
    python -m lessons.practice --count 10      a worksheet, from easy to hard
    python -m lessons.practice --count 10 --answers      and how each is worked out
    python -m lessons.practice --html sheet.html         the same, typeset, with a key; with --kind
                                               rule or --kind slip, sheets of the other kinds

Each day has other problems; --seed with the number of a day or of a sheet sets its problems again.
What you missed comes back the next day, and when it is right after 3 and after 9 days more; without
--seed, what is due comes first. That is kept in a file of your own, which `python -m lessons
--fresh` removes.

An answer is a formula, in any order and form: 2*x*cos(x**2), or 2x cos(x^2). Where a * or
parentheses are left out you are shown how it is read.
"""

import sys
from datetime import date
from itertools import chain

from lessons import course
from lessons.pages import worksheet as sheet
from lessons.pages.terminal import TerminalPage
from lessons.practice import again, keyboard
from lessons.practice.problems import LEVELS
from lessons.practice.questions import DERIVE, KINDS, questions
from lessons.run import guarded
from mathlab.command.options import OneLine

COUNT = 10  # problems on a worksheet, unless it is told how many,
LARGEST_SHEET = 1000


def main(arguments: list[str] | None = None, today: date | None = None) -> int:
    """Ask, or print a worksheet; return the exit status."""
    today = today or date.today()
    parser = OneLine(prog=course.typed("python -m lessons.practice"),
                     description=course.typed(__doc__ or ""))
    parser.add_argument("--level", type=int, choices=LEVELS, help="one alone; else all, mixed")
    parser.add_argument("--kind", choices=KINDS,
                        help="derive a formula, name the rule, or find the slip; else all, mixed")
    parser.add_argument("--faded", action="store_true",
                        help="fill in the last lines of derivations")
    parser.add_argument("--count", type=int, metavar="N", help="print a worksheet of N problems")
    parser.add_argument("--answers", action="store_true", help="with all steps of each answer")
    parser.add_argument("--html", metavar="FILE", help="write a worksheet for a browser, to print")
    parser.add_argument("--seed", type=int, metavar="N", help="which problems; else those of today")
    chosen = parser.parse_args(arguments)
    if chosen.count is not None and not 1 <= chosen.count <= LARGEST_SHEET:
        parser.error(f"--count is from 1 to {LARGEST_SHEET:,}; got {chosen.count}")
    if chosen.html is not None and chosen.answers:
        parser.error("--html writes the answers as well, from a page of their own on")
    if chosen.faded and chosen.kind:
        parser.error("--faded is of one kind already; take --kind away")
    on_paper = chosen.html is not None or chosen.count is not None or chosen.answers
    if on_paper and chosen.faded:
        parser.error("--faded is for a keyboard; a worksheet has --kind derive, rule or slip")
    seed, count = chosen.seed, chosen.count or COUNT
    if seed is None:
        seed = number_of(today)
    page = TerminalPage()
    if on_paper or not (sys.stdin and sys.stdin.isatty()):
        drawn = sheet.drawn(chosen.level, seed, count, chosen.kind or DERIVE)
        if chosen.html is not None:
            return guarded(lambda: sheet.write(chosen.html, drawn))
        return guarded(lambda: worksheet(page, drawn, chosen.answers))
    climb = again.Climb()
    if chosen.level:
        page.say(f"Practice {seed}: --seed {seed} sets the same again.")
    else:
        page.say(f"""Practice {seed}, up to level {climb.highest()} of {LEVELS[-1]} so far; with
            --level 3 that one alone. --seed {seed} draws from the same problems again.""")
    if chosen.faded:
        coming = questions(seed, chosen.level, DERIVE, climb.highest)
        return guarded(lambda: keyboard.fade(page, coming))
    due = again.due(today, chosen.level, chosen.kind) if chosen.seed is None else []
    if due:
        page.say(f"What you missed comes back: {len(due)} due today, which "
                 f"{'comes' if len(due) == 1 else 'come'} first.")
    coming = chain(due, questions(seed, chosen.level, chosen.kind, climb.highest))
    climbs = None if chosen.level else climb
    return guarded(lambda: keyboard.ask(page, coming, today, climbs))


def number_of(day: date) -> int:
    """A day as a number that can be read: 20261129."""
    return day.year * 10_000 + day.month * 100 + day.day


def worksheet(page: TerminalPage, drawn: sheet.Sheet, answers: bool) -> None:
    """Problems for a class, and if it is asked for the answers, and how each is worked out."""
    page.title(drawn.title)
    if drawn.kind != DERIVE:
        page.say(drawn.task)
    for i, formula in enumerate(drawn.formulas, 1):
        if wrong := drawn.slip(formula):
            page.lines(f"{i:2}. line:\n{keyboard.numbered(wrong)}")
        else:
            asked = "dy/dx =" if drawn.kind == DERIVE else "rule:"
            page.lines(f"{i:2}. y = {formula}\n    {asked}")
    if answers:
        key(page, drawn)


def key(page: TerminalPage, drawn: sheet.Sheet) -> None:
    """The answers in short, and then step by step."""
    page.title("Answers")
    numbered = enumerate(drawn.formulas, 1)
    page.lines("\n".join(f"{i:2}. {drawn.answer(formula)}" for i, formula in numbered))
    page.title("How they are worked out")
    for i, formula in enumerate(drawn.formulas, 1):
        page.lines(f"{i:2}. y = {formula}")
        keyboard.show_steps(page, formula)


if __name__ == "__main__":
    sys.exit(main())
