"""Practice: derivatives to find by hand, each a little harder, as many as you like.

Best after lesson 9. dy/dx is the slope of y, as a formula. Levels: 1 powers and sums, 2 functions
such as sin, 3 products and quotients, 4 to 6 functions inside functions.

    python -m lessons.practice                               with a keyboard: question and answer
    python -m lessons.practice --count 10 --level 3          a worksheet
    python -m lessons.practice --count 10 --level 3 --answers   and how each is worked out
    python -m lessons.practice --html sheet.html             typeset, of all levels, with a key

An answer is a formula, in any order and any way you like: 2*x*cos(x**2), or cos(x^2)*x*2. Where a *
or parentheses are left out, as in 2x cos(x^2) or sin x, you are shown how it is read.
"""

import argparse
import sys
from itertools import islice
from textwrap import shorten

from lessons.grading.answer import right_side
from lessons.pages import worksheet as sheet
from lessons.pages.page import SEED
from lessons.pages.terminal import TerminalPage
from lessons.practice.problems import LEVELS, problems
from lessons.practice.slips import first_difference
from lessons.run import guarded
from mathlab import Value, derivative, steps, symbols
from mathlab.calculus.graph.operations import functions
from mathlab.calculus.proof.same import differ, named_leaves
from mathlab.calculus.text.parse import read_leniently
from mathlab.errors import MathlabError

COUNT = 10  # problems on a worksheet, unless it is told how many,
LARGEST_SHEET = 1000
LONGEST = 500  # letters of an answer
(X,) = symbols("x")
IN_A_ROW = 2  # right answers lead up a level, wrong ones down


def main(arguments: list[str] | None = None) -> int:
    """Ask, or print a worksheet; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m lessons.practice", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--level", type=int, choices=LEVELS,
                        help="how hard; 1 to begin with, and all mixed with --html")
    parser.add_argument("--count", type=int, metavar="N", help="print a worksheet of N problems")
    parser.add_argument("--answers", action="store_true", help="with all steps of each answer")
    parser.add_argument("--html", metavar="FILE", help="write a worksheet for a browser, to print")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help="other problems")
    chosen = parser.parse_args(arguments)
    if chosen.count is not None and not 1 <= chosen.count <= LARGEST_SHEET:
        parser.error(f"--count is from 1 to {LARGEST_SHEET:,}; got {chosen.count}")
    if chosen.html is not None and chosen.answers:
        parser.error("--html writes the answers as well, from a page of their own on")
    count, level = chosen.count or COUNT, chosen.level or LEVELS[0]
    if chosen.html is not None:
        return guarded(lambda: sheet.write(chosen.html, chosen.level, chosen.seed, count))
    page = TerminalPage()
    if chosen.count is None and not chosen.answers and sys.stdin and sys.stdin.isatty():
        return guarded(lambda: ask(page, level, chosen.seed))
    return guarded(lambda: worksheet(page, level, chosen.seed, count, chosen.answers))


def worksheet(page: TerminalPage, level: int, seed: int, count: int, answers: bool) -> None:
    """Problems for a class, and if it is asked for how each is worked out."""
    chosen = list(islice(problems(level, seed), count))
    page.title(f"Derivatives, level {level}, sheet {seed}")
    page.lines("\n\n".join(
        f"{i:2}. y = {formula}\n    dy/dx =" for i, formula in enumerate(chosen, 1)
    ))
    if answers:
        page.title("How they are worked out")
        for i, formula in enumerate(chosen, 1):
            page.lines(f"{i:2}. y = {formula}\n    dy/dx = {derivative(formula, X)}")
            show_steps(page, formula)


def ask(page: TerminalPage, level: int, seed: int) -> None:
    """Set problems until the reader has had enough; two in a row lead to another level."""
    waiting = {each: problems(each, seed) for each in LEVELS}
    asked = right = row = 0
    page.say("""Find the slope of each formula, dy/dx, as a formula (lessons 8 and 9 say how). An
        empty answer shows how it is done, q ends.""")
    try:
        while True:
            formula = next(waiting[level])
            page.lines(f"{asked + 1}. level {level}:   y = {formula}")
            answer = read_answer(page)
            try:
                is_right = answer is not None and judge(page, formula, answer)
            except Exception as error:  # whatever an answer does, the score is kept
                said = shorten(str(error), LONGEST, placeholder=" ...")
                page.say(f"This answer cannot be judged: {said}. Here is another one:")
                continue
            asked += 1
            right += is_right
            row = max(row, 0) + 1 if is_right else min(row, 0) - 1
            if abs(row) == IN_A_ROW:
                level = min(max(level + (1 if row > 0 else -1), LEVELS[0]), LEVELS[-1])
                row = 0
            if answer is None:
                show_steps(page, formula)
    except (EOFError, KeyboardInterrupt):
        page.lines(f"\n{right} of {asked} right.")


def read_answer(page: TerminalPage) -> Value | None:
    """The reader's formula, asked for until it can be read; None if there is none.

    Raises: EOFError when the reader has had enough.
    """
    while True:
        try:
            text = input("   dy/dx = ").strip()
            if text.lower() in ("q", "quit", "exit"):
                raise EOFError
            if not text:
                return None
            if len(text) > LONGEST:
                raise ValueError(f"no answer here takes more than {LONGEST} letters")
            answer, completed = read_leniently(right_side(text))
            if completed:
                page.lines(f"   read as {completed}")
            if strange := {x.name for x in named_leaves(answer)} - {"x"}:
                name = min(strange)
                raise ValueError(f"the only letter here is x; there is no {name}{hint_for(name)}")
            return answer
        except (MathlabError, ValueError) as error:
            page.say(f"{error}. Once more:")


def hint_for(name: str) -> str:
    """What may be meant by a name such as cosx; nothing for others."""
    function = next((each for each in functions() if name == f"{each}x"), None)
    return f"; write {function}(x)" if function else ""


def judge(page: TerminalPage, formula: Value, answer: Value) -> bool:
    """Say whether a formula is the slope of another one, and if not, from which step on."""
    correct = derivative(formula, X)
    difference = differ(answer, correct)
    if difference is None:
        page.lines("Right." if str(answer) == str(correct) else f"Right: it is {correct}")
        return True
    page.lines(f"Not so. Yours and the slope, {difference}")
    show_steps(page, formula)
    step, slip = first_difference(steps(formula, X), answer)
    if step and slip:
        page.say(f"The first step that differs: {step.rule}. There {slip}.")
    elif step:
        page.say(f"""No single slip explains it. As far as can be seen, the first step that differs
            is this one: {step.rule}.""")
    elif slip:
        page.say(f"Nearly: {slip}.")
    else:
        page.say("No single slip explains it. Compare yours with the steps, from the top.")
    if step:
        page.formula(step.equation)
    return False


def show_steps(page: TerminalPage, formula: Value) -> None:
    """The derivation, step by step."""
    page.lines("\n".join(f"    {line}" for line in
                         str(steps(formula, X)).splitlines()))


if __name__ == "__main__":
    sys.exit(main())
