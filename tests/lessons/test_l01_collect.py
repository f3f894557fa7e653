"""Lesson 1: the days on which films come out, counted from the file; what becomes of old ones.

The account of the rows, and the first of them, are checked in `test_lessons`.
"""

import csv
from collections import Counter
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from lessons import l01_collect
from lessons.data import films
from lessons.grading import checker
from tests.lessons.record import Record, told

DECEMBER = 'def is_suspicious(film):\n    return film["release_date"].month == 12'
DAY = 'def is_suspicious(film):\n    return film["release_date"].day == 31'
YEAR = (
    "from datetime import date\n\n\n"
    'def is_suspicious(film):\n    return film["release_date"] == date(1941, 12, 31)'
)
TEXT = 'def is_suspicious(film):\n    return "Dec 31" in film["release_date"]'
EITHER = (
    'def is_suspicious(film):\n    day = film["release_date"]\n'
    "    return day.month == 12 or day.day == 31"
)
SWAPPED = (
    'def is_suspicious(film):\n    day = film["release_date"]\n'
    "    return day.month == 31 and day.day == 12"
)
PRINTED = 'def is_suspicious(film):\n    print(film["release_date"].month == 12)'
FREE = (
    'def is_suspicious(film):\n    day = film["release_date"]\n'
    '    return (day.month, day.day) == (12, 31) and film["revenue"] != 0'
)
WRONG = [
    (DECEMBER, "this is in December, but not the last day"),
    (DAY, "this is the 31st, but of another month"),
    (YEAR, "the year does not matter"),
    (TEXT, "it should not fail"),
    (EITHER, "this is in December, but not the last day"),
    (SWAPPED, "this is the last day of a year"),
    (PRINTED, "it returns nothing"),
    (FREE, "it should depend on nothing but the date"),
]


@pytest.fixture(scope="module")
def record():
    return told(1)


@pytest.fixture(scope="module")
def dates():
    """The release dates of the films that stay, from the text of the file."""
    kept = []
    with films.FILE.open(encoding="utf-8", newline="") as file:
        for film in csv.DictReader(file):
            released = datetime.strptime(film["release_date"], "%b %d %Y").date()
            known = film["title"] and film["budget"] and film["revenue"] not in ("", "0")
            if known and released.year <= 2010:
                kept.append(released)
    return kept


def test_the_days_of_most_films(record, dates):
    days = Counter(date.strftime("%m-%d") for date in dates)
    assert record.tables[1:] == [
        {
            "day": ["December 31", "December 25", "December 17", "December 15", "November 21"],
            "films": [days[d] for d in ("12-31", "12-25", "12-17", "12-15", "11-21")],
        }
    ]
    assert record.tables[1]["films"] == sorted(days.values(), reverse=True)[:5]
    (chart,) = record.charts
    (bars,) = chart.layers
    assert list(bars.x) == list(range(1, 32))
    assert list(bars.y) == [days[f"12-{day:02}"] for day in range(1, 32)]
    assert f"{len(dates):,} films over 365 days: that makes {len(dates) / 365:.1f}" in record.prose
    assert f"But December 31, {days['12-31']} times?" in record.prose


def shares(dates, year):
    """How many films of before a year, and since, have the suspicious date; and how many in all."""
    for some in ([d for d in dates if d.year < year], [d for d in dates if d.year >= year]):
        yield sum(d.strftime("%m%d") == "1231" for d in some), len(some)


def test_old_films_are_suspicious(record, dates):
    (old, of_old), (new, of_new) = shares(dates, l01_collect.YEAR)
    said = f"before {l01_collect.YEAR} it is {old} of {of_old}, of the others {new} of {of_new:,}."
    assert said in record.prose
    assert Fraction(old, of_old) > 30 * Fraction(new, of_new)


def test_a_film_with_a_wrong_date(record):
    rows = [film for film in films.read().rows() if film["title"] == "Casablanca"]
    assert [str(film["release_date"]) for film in rows] == ["1941-12-31"]
    (rain,) = (film for film in films.read().rows() if film["title"] == "I Come with the Rain")
    assert f"has the date {rain['release_date']}: many computers count" in record.prose
    assert rain["release_date"] + timedelta(1) == date(1970, 1, 1)
    assert "Casablanca, a film of 1942, has the date 1941-12-31." in record.prose  # New York, Nov.


def test_change_one_thing(monkeypatch, dates):
    monkeypatch.setattr(l01_collect, "YEAR", 1950)
    (old, of_old), _ = shares(dates, 1950)
    assert old == of_old > 10  # "not one has another date"
    assert f"before 1950 it is {old} of {old}" in Record(l01_collect.main).prose
    future = [d for d in films.read()["release_date"] if d.year > 2010]
    known = [d for d in future if (d.month, d.day) not in ((12, 31), (1, 1))]
    assert sum(d.year > 2014 for d in known) > of_old / 2  # "where have they gone": there


def test_a_number_says_yes_or_no_too(tmp_path):
    path = tmp_path / "answer.py"
    path.write_text(
        "def is_suspicious(film):\n"
        '    return int(str(film["release_date"]).endswith("-12-31"))\n'
    )
    assert checker.judge("l01_collect", path).state == checker.RIGHT
