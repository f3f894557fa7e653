"""What the lessons claim holds: as they come, and after the change that each suggests; where a
change makes a claim false the lesson says so, and a planted number is contradicted."""

import inspect
import re
from functools import reduce

import pytest

from lessons import course, l17_optimizers
from mathlab.learning.descent.optimizers import Momentum
from tests.lessons.plants import PLANTED
from tests.lessons.record import Record, told
from tests.thinned import thinned

# For each lesson what it suggests to change, and how each claim begins that is then said to be not
# so. That of lesson 10 is a function, and is changed by its own test.
CHANGES = {
    1: [("YEAR", 1950)],
    2: [("LOG", True)],
    3: [("BY_EYE", {"slope": 2.0, "intercept": 20.0})],
    4: [("LINE", {"slope": 2.0, "intercept": 0.0})],
    5: [("SLIP", 1_000_000)],
    6: [("MODEL", "revenue = 50 + factor*budget")],
    7: [("PLACE", 1000.0, "And x-h is another number for a while")],
    8: [("POWER", 3), ("POWER", 4), ("POWER", 10)],
    9: [("SLOPE", 8.05)],
    11: [("SIDE", 30)],
    12: [("YEARS", 32)],
    13: [("PLACE", (450.0, -100.0))],
    14: [("START", {"slope": 300.0, "intercept": -200.0})],
    15: [("SHARES", {"small": 0.02, "right": 0.5, "edge": 0.999, "large": 1.05})],
    16: [("BOLD", 1.9, "The steps grow as the ratio does.", "The first steps lead to its floor")],
    17: [("WALKERS", l17_optimizers.WALKERS | {"momentum": Momentum(0.5, keep=0.9)})],
    18: [("FEW", 60)],
    19: [("LEFT_OUT", [13])],
    20: [("UNITS", 2, "The fence is further out"), ("UNITS", 6, "The fence is further out")],
    21: [("BUDGETS", (1.0, 5.0, 10.0, 20.0, 50.0, 80.0, 100.0, 130.0, 160.0, 200.0))],
    22: [("POLYNOMIAL", "Wampler5", "The exact one is nearer")],  # at 16 digits they tie
    23: [("PLANTED", 0), ("CURVE", "DanWood")],
    24: [("MODEL", "miles_per_gallon = a/weight + b")],
}
ALL = [(number, *change) for number, changes in CHANGES.items() for change in changes]


@pytest.mark.parametrize("number", course.LESSONS)
def test_every_claim_holds_as_the_lesson_comes(number):
    assert told(number).untrue == []


@pytest.mark.parametrize("change", thinned(ALL, len(ALL) // 2), ids=lambda change: str(change[:2]))
def test_what_a_lesson_claims_after_its_own_change(monkeypatch, change):
    number, name, value, *untrue = change
    lesson = course.lesson(number)
    said = " ".join(re.findall(r"page\.change\((.*?)\)\n", inspect.getsource(lesson), re.S))
    assert re.search(rf"\b{name}\b", said) and hasattr(lesson, name)
    monkeypatch.setattr(lesson, name, value)
    record = Record(lesson.main)
    starts = [each[: len(start)] for each, start in zip(record.untrue, untrue, strict=True)]
    assert starts == untrue
    assert not any(each in record.prose for each in record.untrue)


def test_no_lesson_is_left_out():
    assert [n for n in course.LESSONS if n not in CHANGES] == [10]


@pytest.mark.parametrize(("number", "path", "planted", "claims"), thinned(
    [(number, path, planted, claims) for number, path, planted, *claims in PLANTED], 24))
def test_what_is_planted_is_contradicted(monkeypatch, number, path, planted, claims):
    *owners, name = path.split(".")
    owner = reduce(getattr, owners, course.lesson(number))
    monkeypatch.setattr(owner, name, planted)
    untrue = Record(course.lesson(number).main).untrue
    assert [claim for claim in claims if not any(claim in each for each in untrue)] == []


@pytest.mark.parametrize("number", range(1, 24))
def test_every_claim_falls_with_some_plant_or_change(number):
    """One that always held would claim nothing."""
    changes = [each for _, _, *untrue in CHANGES.get(number, []) for each in untrue]
    falls = [each for n, _, _, *claims in PLANTED if n == number for each in claims] + changes
    assert told(number).claims
    for claim in told(number).claims:
        assert any(each in claim for each in falls), claim
