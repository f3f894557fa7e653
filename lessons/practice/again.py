"""What was missed comes back: after 1 day, and if it is right then after 3, and after 9.

To meet a problem again when it is almost forgotten is what makes it stay. So each one that was
missed waits in the reader's notes (`lessons/notes.py`) with the day on which it is due. Answered
right on that day or later it waits longer, and after the third time it is done with; missed again,
it starts over. A right answer before its day, when it is still fresh, changes nothing. A derivation
with a slip comes back with other numbers, since the number of a line is soon known by heart.

How hard the problems are is kept here, too: with each three right answers they get harder.

    "practice": {"climbed": 7,
                 "derive: x**2*sin(x)": {"level": 3, "right": 0, "due": "2026-12-01"}}
"""

import random
from datetime import date, timedelta
from typing import Any

from lessons import notes
from lessons.practice.problems import LEVELS, other_numbers
from lessons.practice.questions import KINDS, SLIP, Question
from mathlab import parse
from mathlab.calculus.proof.same import named_leaves
from mathlab.errors import MathlabError

WAITS = (1, 3, 9)  # days
PART = "practice"
LONGEST = 200  # letters of what is read back
CLIMBED, STEP = "climbed", 3  # right answers to a level, less those that were wrong
DRAWS = 30  # of other numbers


class Climb:
    """How far the reader has come, and up to which level problems are drawn for her."""

    def __init__(self) -> None:
        known = notes.part(PART).get(CLIMBED)
        self.right = self._within(known) if isinstance(known, int) else 0

    def highest(self) -> int:
        """The highest level that is asked."""
        return LEVELS[0] + self.right // STEP

    def note(self, right: bool) -> None:
        """One step up for a right answer, one down for a wrong one."""
        self.right = self._within(self.right + (1 if right else -1))
        notes.keep(PART, CLIMBED, self.right)

    @staticmethod
    def _within(right: int) -> int:
        return min(max(right, 0), STEP * (len(LEVELS) - 1))


def due(today: date, level: int | None = None, kind: str | None = None) -> list[Question]:
    """The questions that come back today, those first that have waited longest."""
    waiting = [(entry, question) for key, entry in notes.part(PART).items()
               if (question := _read(key, entry)) and _is_due(entry, today)
               and level in (None, question.level) and kind in (None, question.kind)]
    return [question for _, question in sorted(waiting, key=lambda pair: pair[0]["due"])]


def note(question: Question, right: bool, today: date) -> str:
    """Keep how a question was answered; when it comes back, in words ("" if it does not)."""
    key = _key(question)
    entry = notes.part(PART).get(key)
    times = 0
    if right:
        if not entry or not _read(key, entry) or not _is_due(entry, today):
            return ""
        times = entry["right"] + 1
        if times == len(WAITS):
            return "It stays: this one does not come back." if notes.keep(PART, key, None) else ""
    days = WAITS[times]
    entry = {"level": question.level, "right": times, "due": str(today + timedelta(days))}
    when = "tomorrow" if days == 1 else f"in {days} days"
    new = _key(_anew(question, today))
    if new != key and key in notes.part(PART):
        notes.keep(PART, key, None)
    return f"It comes back {when}." if notes.keep(PART, new, entry) else ""


def _key(question: Question) -> str:
    return f"{question.kind}: {question.formula}"


def _anew(question: Question, today: date) -> Question:
    """The question as it comes back: to find a slip, in a derivation with other numbers."""
    lots = random.Random(f"{question.formula} {today}")
    drawn = (question._replace(formula=other_numbers(question.formula, lots))
             for _ in range(DRAWS if question.kind == SLIP else 0))
    return next((each for each in drawn if _key(each) != _key(question) and each.fits()), question)


def _is_due(entry: dict[str, Any], today: date) -> bool:
    """Whether a day has come; also if it is so far that the clock must have been wrong."""
    day = date.fromisoformat(entry["due"])
    return day <= today or day > today + timedelta(WAITS[-1])


def _read(key: str, entry: Any) -> Question | None:
    """The question that was kept; None if this is something else, as it may be if changed by hand.
    """
    kind, _, text = key.partition(": ")
    try:
        date.fromisoformat(entry["due"])
        level, times = entry["level"], entry["right"]
        known = kind in KINDS and level in LEVELS and times in range(len(WAITS))
        if not known or len(text) > LONGEST:
            return None
        question = Question(kind, level, parse(text))
        only_x = {leaf.name for leaf in named_leaves(question.formula)} == {"x"}
        return question if only_x and question.fits() else None
    except (MathlabError, TypeError, KeyError, ValueError, AttributeError):
        return None
