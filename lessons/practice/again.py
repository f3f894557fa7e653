"""What was missed comes back: after 1 day, and if it is right then after 3, and after 9.

To meet a problem again when it is almost forgotten is what makes it stay. So each one that was
missed waits in the reader's notes (`lessons/notes.py`) with the day on which it is due. Answered
right on that day or later it waits longer, and after the third time it is done with; missed again,
it starts over. A right answer before its day, when it is still fresh, changes nothing.

    "practice": {"derive: x**2*sin(x)": {"level": 3, "right": 0, "due": "2026-12-01"}}
"""

from datetime import date, timedelta
from typing import Any

from lessons import notes
from lessons.practice.problems import LEVELS
from lessons.practice.questions import KINDS, Question
from mathlab import parse
from mathlab.calculus.proof.same import named_leaves
from mathlab.errors import MathlabError

WAITS = (1, 3, 9)  # days
PART = "practice"
LONGEST = 200  # letters of what is read back


def due(today: date, level: int | None = None, kind: str | None = None) -> list[Question]:
    """The questions that come back today, those first that have waited longest."""
    waiting = [(entry, question) for key, entry in notes.part(PART).items()
               if (question := _read(key, entry)) and _is_due(entry, today)
               and level in (None, question.level) and kind in (None, question.kind)]
    return [question for _, question in sorted(waiting, key=lambda pair: pair[0]["due"])]


def note(question: Question, right: bool, today: date) -> str:
    """Keep how a question was answered; when it comes back, in words ("" if it does not)."""
    key = f"{question.kind}: {question.formula}"
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
    return f"It comes back {when}." if notes.keep(PART, key, entry) else ""


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
