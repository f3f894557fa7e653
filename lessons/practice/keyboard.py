"""Question and answer at a keyboard: what is asked, read, judged and explained.

An empty answer shows how it is done, q ends. What cannot be read is asked again, and costs nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from math import isfinite, nan
from textwrap import shorten
from typing import TypeVar

from lessons.grading.answer import right_side
from lessons.pages.steps import grouped
from lessons.pages.terminal import TerminalPage
from lessons.practice import again
from lessons.practice.questions import (
    ASKED,
    DERIVE,
    HOW,
    RULE,
    RULES,
    SLIP,
    Planted,
    Question,
    X,
    first_rule,
    planted,
)
from lessons.practice.slips import first_difference
from mathlab import Value, derivative, steps
from mathlab.calculus.algebra.board import Derivation, Step
from mathlab.calculus.algebra.steps import OTHERWISE, SIMPLIFY, SIMPLIFY_FIRST
from mathlab.calculus.proof.same import differ, named_leaves
from mathlab.calculus.text.parse import read_leniently
from mathlab.errors import MathlabError

Read = TypeVar("Read")
LONGEST = 500  # letters of an answer
SOMEWHERE = (0.3, -0.4, 0.7, 1.3, 2.1, -1.7, 5.0)  # a slope has a value at one of these at least
PLAIN = (1, 0.5, 2, 0.2, 1.5, -1, -0.5, 0.7)  # where two formulas are compared
LAST = {  # what is done last, so that the rule comes first
    "sum rule": "to add or subtract",
    "product rule": "to multiply",
    "quotient rule": "to divide",
    "chain rule": "to take a function, or a power, of something",
}
RATE = re.compile(r"d/dx\s*\[([^][]*)\]")


def ask(page: TerminalPage, coming: Iterator[Question], today: date,
        climb: again.Climb | None = None) -> None:
    """Ask one question after the other until the reader has had enough, and keep what was missed;
    and how far she has come, if she is to `climb`."""
    page.say(f"""Find the slope of each formula, dy/dx, as a formula (lessons 8 and 9 say how); name
        a rule; or find a slip. {HOW} An empty answer shows how it is done, q ends.""")
    asks = {DERIVE: derive, RULE: name_the_rule, SLIP: find_the_slip}
    asked = right = 0
    try:
        for question in coming:
            try:
                is_right = asks[question.kind](page, question.formula, f"{asked + 1}.")
            except EOFError:
                raise
            except Exception as error:  # whatever an answer does, the score is kept
                said = shorten(str(error), LONGEST, placeholder=" ...")
                page.say(f"This answer cannot be judged: {said}. Here is another one:")
                continue
            asked += 1
            right += is_right
            if climb and question.kind == DERIVE:
                climb.note(is_right)
            if when := again.note(question, is_right, today):
                page.say(when)
    except (EOFError, KeyboardInterrupt):
        ended(page, right, asked, "right")


def derive(page: TerminalPage, formula: Value, number: str) -> bool:
    """Ask for the slope of a formula; whether it was found."""
    page.lines(f"{number} y = {formula}")
    answer = read(page, "   dy/dx = ", lambda text: slope_read(page, text))
    if answer is None:
        show_steps(page, formula)
        return False
    return judge(page, formula, answer)


def name_the_rule(page: TerminalPage, formula: Value, number: str) -> bool:
    """Ask which rule the derivation of a formula begins with; whether it was seen."""
    page.lines(f"{number} y = {formula}\n   {ASKED[RULE]}")
    page.lines("   " + "   ".join(f"{i} {rule}" for i, rule in enumerate(RULES, 1)))
    rule = first_rule(formula)
    answer = read(page, "   its number = ", lambda text: chosen(text, RULES))
    if answer is not None and RULES[answer] == rule:
        page.lines("Right.")
        return True
    page.say(f"It is the {rule}: to compute y, the last thing that is done is {LAST[rule]}.")
    show_steps(page, formula)
    return False


def find_the_slip(page: TerminalPage, formula: Value, number: str) -> bool:
    """Show a derivation with a slip, and ask in which line it is; whether it was found."""
    wrong = planted(formula)
    assert wrong is not None
    page.lines(f"{number} {ASKED[SLIP]}")
    page.lines(numbered(wrong))
    answer = read(page, "   line = ", lambda text: chosen(text, wrong.equations))
    found = answer == wrong.place
    page.say(f"{'Right' if found else f'It is line {wrong.place + 1}'}: {wrong.words}.")
    page.lines(f"    {wrong.mended.equation}")
    return found


def numbered(wrong: Planted) -> str:
    """The lines of a derivation with a slip, each below its number and its rule."""
    return "\n".join(f"   line {i}: {line.rule}\n      {line.equation}"
                     for i, line in enumerate(wrong.lines, 1))


def fade(page: TerminalPage, coming: Iterator[Question]) -> None:
    """Derivations in which lines are left to the reader, from the end: first one, then two, and so
    on, one more each time that all were right."""
    page.say(f"""Here are derivations, the first with the last line missing. When you have found all
        that was missing, one line more is left to you in the next. Fill in each line, as it stands
        there or in another form that is equal; d/dx[...] may be in it. {HOW} An empty answer shows
        the line, q ends.""")
    asked = right = 0
    missing = 1
    try:
        derivations = ((each.formula, steps(each.formula, X)) for each in coming)
        by_rules = (each for each in derivations if each[1].steps[0].rule != SIMPLIFY_FIRST)
        for i, (formula, derivation) in enumerate(by_rules, 1):
            lines = [line for line in grouped(derivation)
                     if line[0].rule not in (SIMPLIFY, OTHERWISE)]  # which no rule asks for
            kept = max(0, len(lines) - missing)
            page.lines(f"{i}. y = {formula}")
            if kept:
                given = tuple(step for line in lines[:kept] for step in line)
                show(page, derivation._replace(steps=given))
            answers = [fill_in(page, step, f"{number}. {step.rule}")
                       for number, line in enumerate(lines[kept:], kept + 1) for step in line]
            asked += len(answers)
            right += sum(answers)
            missing += all(answers)
    except (EOFError, KeyboardInterrupt):
        ended(page, right, asked, "lines right")


def ended(page: TerminalPage, right: int, asked: int, what: str) -> None:
    """How many of those that were asked were right, if any were."""
    page.lines(f"\n{right} of {asked} {what}." if asked else "")


def fill_in(page: TerminalPage, step: Step, heading: str) -> bool:
    """Ask for the right side of one line of a derivation; whether it is right."""
    page.lines(f"    {heading}\n       {step.before} =")
    answer = read(page, "       = ", lambda text: line_read(page, text, step))
    if answer is not None and differ(answer, step.found) is None:
        page.lines("Right.")
        return True
    page.lines(f"{'' if answer is None else 'Not so. '}It is\n    {step.before} = {step.after}")
    if answer is not None:
        page.say(f"Yours and that, {apart(answer, step.found)}. "
                 f"{explained(steps(step.part, X), answer)[1]}")
    return False


def read(page: TerminalPage, prompt: str, meaning: Callable[[str], Read]) -> Read | None:
    """What the reader types means, asked for until it means something; None if it is empty.

    Raises: EOFError when the reader has had enough.
    """
    while True:
        try:
            text = input(prompt).strip()
            if text.lower() in ("q", "quit", "exit"):
                raise EOFError
            if len(text) > LONGEST:
                raise ValueError(f"no answer here takes more than {LONGEST} letters")
            return meaning(text) if text else None
        except (MathlabError, ValueError) as error:
            page.say(f"{error}. Once more:")


def slope_read(page: TerminalPage, text: str) -> Value:
    """The formula in x that a text stands for; if signs were left out, it is shown how it is read.

    Raises: MathlabError, ValueError if there is none.
    """
    answer, completed = read_leniently(right_side(text), {"x": X})
    if completed:
        page.lines(f"   read as {completed}")
    if strange := {x.name for x in named_leaves(answer)} - {"x"}:
        raise ValueError(f"the only letter here is x; there is no {min(strange)}")
    if not any(isfinite(number_at(answer, x)) for x in SOMEWHERE):
        raise ValueError("that has no value, whatever x is")
    return answer


def number_at(formula: Value, x: float) -> float:
    """The number of a formula in x at a place; nan if it has none that is real."""
    try:
        return float(formula.at(x=x))
    except (ValueError, TypeError, ArithmeticError):
        return nan


def line_read(page: TerminalPage, text: str, step: Step) -> Value:
    """The same of a line of a derivation; for d/dx[x**2] stands what that is.

    Raises: MathlabError, ValueError if there is none, or if it is what was asked.
    """
    def derived(found: re.Match[str]) -> str:
        part = slope_read(page, found[1])
        if differ(part, step.part) is None:
            raise ValueError(f"{found[0]} is what is looked for; take one step")
        return f"({derivative(part, X)})"

    return slope_read(page, RATE.sub(derived, text.removeprefix(f"{step.before} =")))


def chosen(text: str, options: Sequence[str]) -> int:
    """The place of the one that was chosen, by its number or by how it begins.

    Raises: ValueError if it is none of them.

    >>> chosen("2", RULES), chosen("line 2", RULES), chosen("Product", RULES)
    (1, 1, 1)
    """
    number = re.fullmatch(r"(?:line\s*)?(\d{1,3})\.?", text.lower())
    if number and 1 <= int(number[1]) <= len(options):
        return int(number[1]) - 1
    text = text.lower().removeprefix("the ")
    begun = [i for i, each in enumerate(options) if each.startswith(text)]
    if number or len(begun) != 1:
        raise ValueError(f"write a number from 1 to {len(options)}")
    return begun[0]


def judge(page: TerminalPage, formula: Value, answer: Value) -> bool:
    """Say whether a formula is the slope of another one, and if not, from which step on."""
    correct = derivative(formula, X)
    if differ(answer, correct) is None:
        page.lines("Right." if str(answer) == str(correct) else f"Right: it is {correct}")
        return True
    page.lines(f"Not so. Yours and the slope, {apart(answer, correct)}")
    show_steps(page, formula)
    step, words = explained(steps(formula, X), answer)
    page.say(words or "No single slip explains it. Compare yours with the steps, from the top.")
    if step:
        page.formula(step.equation)
    return False


def explained(derivation: Derivation, answer: Value) -> tuple[Step | None, str]:
    """The first step that a wrong answer does otherwise, and a sentence on it; None and "" if
    nothing is known."""
    step, slip = first_difference(derivation, answer)
    if step:
        return step, f"The first step that differs: {step.rule}. There {slip}."
    return None, f"Nearly: {slip}." if slip else ""


def apart(one: Value, other: Value) -> str:
    """A place where two formulas differ, and what they are there; one with ordinary numbers, if
    there is any."""
    for x in PLAIN:
        numbers = [number_at(formula, x) for formula in (one, other)]
        texts = [f"{number:.4g}" for number in numbers]
        if texts[0] != texts[1] and all(not y or 1e-3 <= abs(y) < 1e3 for y in numbers):
            return f"at x = {x:g}: {texts[0]} and {texts[1]}"
    return str(differ(one, other))


def show_steps(page: TerminalPage, formula: Value) -> None:
    """The derivation, step by step."""
    show(page, steps(formula, X))


def show(page: TerminalPage, derivation: Derivation) -> None:
    """A derivation, or the beginning of one."""
    page.lines("\n".join(f"    {line}" for line in str(derivation).splitlines()))
