"""Exercise 1: the films that came out on the last day of a year, and no others."""

import csv
from datetime import date, timedelta

from lessons.data import films
from lessons.grading.answer import Answer, Wrong, short

HINTS = (
    'The date is film["release_date"]. With a dot behind it you get its parts, such as '
    'film["release_date"].month.',
    "Both must be so: the month is the twelfth, and the day is the thirty-first. In Python both of "
    "two things are joined by `and`.",
    'Return film["release_date"].month == 12 and the same kind of comparison for the day.',
)
PLACES = (
    (date(1941, 12, 31), True, "this is the last day of a year"),
    (date(2002, 12, 31), True, "the year does not matter"),
    (date(2002, 12, 25), False, "this is in December, but not the last day"),
    (date(2002, 12, 30), False, "this is in December, but not the last day"),
    (date(2003, 10, 31), False, "this is the 31st, but of another month"),
    (date(2003, 1, 1), False, "this is the first day of a year, not the last"),
    (date(2001, 12, 1), False, "this is the first of December, not the last"),
)


def check(answer: Answer) -> str:
    """A few dates, every day of two years, and then the films themselves."""
    for day, expected, why in PLACES:
        ask(answer, a_film(day), expected, why)
    for shift in range(365 + 366):
        day = date(2003, 1, 1) + timedelta(shift)
        ask(answer, a_film(day), f"{day:%m%d}" == "1231", "most days are no reason for suspicion")
    found = sum(is_true(answer, dict(film)) for film in films.read().rows())
    with films.FILE.open(encoding="utf-8", newline="") as file:
        there = sum(row["release_date"].startswith("Dec 31") for row in csv.DictReader(file))
    if found != there:
        raise Wrong("it should depend on nothing but the date", "how many films of the file",
                    found, there)
    kept = sum(is_true(answer, dict(film)) for film in films.cleaned()[0].rows())
    chance = len(films.read()) / 365.25
    return (
        f"it finds {found} films of the whole file, {kept} of those that the lesson keeps, where "
        f"about {chance:.0f} would have come out on any one day: so most of these dates may well "
        "say no more than the year"
    )


def a_film(day: date) -> dict[str, object]:
    """Some film that came out on that day."""
    return {"title": "A film", "release_date": day, "budget": 1.0, "revenue": 2.0}


def is_true(answer: Answer, film: dict[str, object]) -> bool:
    """What the reader's function says of a film."""
    came = answer.call("is_suspicious", film)
    if came not in (True, False):
        raise Wrong("it should be True or False, without quotes",
                    f"is_suspicious(a film of {film['release_date']})", short(came))
    return bool(came)


def ask(answer: Answer, film: dict[str, object], expected: bool, why: str) -> None:
    """Check what the reader's function says of one film."""
    if (came := is_true(answer, film)) != expected:
        if expected:
            why += "; a date is never equal to a text: compare its .month and its .day with numbers"
        raise Wrong(why, f"is_suspicious(a film of {film['release_date']})", came, expected)
