"""An exercise that asks for numbers, formulas or words: what is asked and what is said, as data.

Most exercises ask for a function, and their checks are programs that call it. Where a number or a
formula is asked for, a check is a table: if the answer is so, this is said. A condition is written
as it is on paper, formulas with signs between them, and a sentence may have numbers in it:

>>> size = Number("SIZE", {
...     "slope/2 <= SIZE <= 2*slope": RIGHT,
...     "SIZE < slope/2": "too flat: {share:.2g} of the true slope",
... }, "too steep")
>>> exercise = Exercise([size], {"slope": 8, "share": "SIZE/slope"})
>>> exercise.verdict(size, {"SIZE": 7}), exercise.verdict(size, {"SIZE": 2})
('', 'too flat: 0.25 of the true slope')

The terminal's check walks that table here; a page of the book walks the same one, written as
JavaScript (`lessons/pages/live/answered.py`). So both say the same of an answer.
"""

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from string import Formatter
from typing import Any, NamedTuple

from lessons.grading.answer import NO_TRY, TOO_MANY, Answer, Wrong, close
from mathlab import Value, parse
from mathlab.calculus.algebra.differentiate import substitute
from mathlab.calculus.graph.value import as_value
from mathlab.calculus.proof.same import named_leaves
from mathlab.errors import MathlabError

RIGHT = ""  # what is said of a right answer
ROUNDED = "rounded"  # in a condition: 1 if an answer up to there is a float, else 0


def same(a: Any, b: Any) -> bool:
    """Whether two numbers are equal: Fractions exactly, floats but for rounding."""
    return bool(a == b) if isinstance(a, Fraction) else a == a and close(a, b)  # not NaN


SIGNS: dict[str, Callable[[Any, Any], bool]] = {"<=": operator.le, "<": operator.lt, "==": same}
SIGN = re.compile(rf"\s*({'|'.join(SIGNS)})\s*")


class Number(NamedTuple):
    """A number that is asked for.

    judged, otherwise      what is said where a condition holds: the first that does; or none
    asked, came, expected  what is reported of a wrong one; a function is the terminal's only
    most, spent            how many tries a list may hold, and what is said after the last
    """

    name: str
    judged: Mapping[str, str] = {}
    otherwise: str = RIGHT
    asked: str = ""
    came: str | Callable[[Mapping[str, Any]], str] = ""
    expected: str = ""
    most: int = 0
    spent: str = ""


class Formula(NamedTuple):
    """A formula that is asked for, and what is said of usual wrong ones."""

    name: str
    right: Value
    slips: Mapping[str, str] = {}


class Word(NamedTuple):
    """One of some words, and what is said of each of the wrong ones."""

    name: str
    right: str
    slips: Mapping[str, str]

    @property
    def options(self) -> list[str]:
        """All words, the right one among them."""
        return sorted([self.right, *self.slips])


class Exercise(NamedTuple):
    """What an exercise asks for, in order.

    known   names that conditions and sentences use: numbers, or formulas of the answers
    said    of answers that are all right
    rest    what is still to be done in the file, where only a first part is asked for so
    """

    asked: Sequence[Number | Formula | Word]
    known: Mapping[str, Any] = {}
    said: str = ""
    rest: str = ""

    @property
    def sentences(self) -> list[str]:
        """All that is said of wrong answers."""
        said: list[str] = []
        for each in self.asked:
            if isinstance(each, Number):
                tries = [each.spent, NO_TRY, TOO_MANY] if each.most else []
                said += [*each.judged.values(), each.otherwise, *tries]
            else:
                said += each.slips.values()
        return [*filter(None, said)]

    def check(self, answer: Answer) -> str:
        """What is said of a reader's file if all is right.

        Raises: NotYet, Wrong.
        """
        numbers: dict[str, Any] = {ROUNDED: 0}
        for each in self.asked:
            match each:
                case Formula():
                    answer.formula(each.name, each.right, each.slips)
                case Word():
                    word = answer.choice(each.name, each.options)
                    if word != each.right:
                        raise Wrong(each.slips[word], each.name, word)
                case Number():
                    numbers |= self.judge(each, answer, numbers)
        return self.filled(self.said, numbers)

    def judge(self, asked: Number, answer: Answer, numbers: Mapping[str, Any]) -> dict[str, Any]:
        """A number that is right, or one of several tries, by its name.

        Raises: NotYet, Wrong.
        """
        name, most = asked.name, asked.most
        tries = answer.tries(name, most) if most else [answer.number(name)]
        rounded = numbers[ROUNDED] or isinstance(tries[-1], float)
        states = [{**numbers, ROUNDED: int(rounded), name: each} for each in tries]
        said = [self.verdict(asked, state) for state in states]
        if RIGHT in said:
            return states[said.index(RIGHT)]
        raise Wrong(said[-1] + asked.spent * (len(tries) == most), *self.report(asked, states))

    def verdict(self, asked: Number, numbers: Mapping[str, Any]) -> str:
        """What is said of a number; nothing if it is right."""
        said = (why for condition, why in asked.judged.items() if self.holds(condition, numbers))
        return self.filled(next(said, asked.otherwise), numbers)

    def report(self, asked: Number, states: Sequence[Mapping[str, Any]]) -> tuple[str, Any, str]:
        """What was asked, what came of each try, and what was expected."""
        last, came = states[-1], asked.came
        each = [came(state) if callable(came) else self.filled(came, state) for state in states]
        return (self.filled(asked.asked, last) or asked.name,
                "\n             ".join(each) or last[asked.name],  # beneath each other
                self.filled(asked.expected, last))

    def holds(self, condition: str, numbers: Mapping[str, Any]) -> bool:
        """Whether a condition holds for these answers."""
        sides, signs = self.sides(condition)
        found = [number_of(side, numbers) for side in sides]
        return all(SIGNS[sign](a, b) for sign, a, b in zip(signs, found, found[1:], strict=False))

    def sides(self, condition: str) -> tuple[list[Value], list[str]]:
        """The formulas of a condition, and the signs between them."""
        pieces = SIGN.split(condition)
        return [self.formula(text) for text in pieces[::2]], pieces[1::2]

    def formula(self, text: Any) -> Value:
        """A formula of the answers alone: what is known stands for its names."""
        y = parse(text) if isinstance(text, str) else as_value(text)
        used = {leaf.name for leaf in named_leaves(y)} & self.known.keys()
        return substitute(y, {name: self.formula(self.known[name]) for name in used})

    def filled(self, text: str, numbers: Mapping[str, Any]) -> str:
        """A sentence with its numbers."""
        pieces, formulas, looks = self.pieces(text)
        shown = [format(float(number_of(y, numbers)), look)
                 for y, look in zip(formulas, looks, strict=True)]
        return "".join(word for pair in zip(pieces, [*shown, ""], strict=True) for word in pair)

    def pieces(self, text: str) -> tuple[list[str], list[Value], list[str]]:
        """The words of a sentence, the formulas between them, and how their numbers are written."""
        parts = [*Formatter().parse(text)]
        fields = [(name, look or "") for _, name, look, _ in parts if name is not None]
        words = [words for words, *_ in parts]
        return ([*words, ""][:len(fields) + 1], [self.formula(name) for name, _ in fields],
                [look for _, look in fields])


def number_of(y: Value, numbers: Mapping[str, Any]) -> Any:
    """The number of a formula of the answers; NaN, which is in no order, if it has none."""
    try:
        return y.at(**{leaf.name: numbers[leaf.name] for leaf in named_leaves(y)})
    except (MathlabError, ArithmeticError, TypeError):
        return math.nan
