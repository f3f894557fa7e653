"""What the lessons claim holds: as they come, and after the change that each suggests; where a
change makes a claim false the lesson says so, and a planted number is contradicted."""

import inspect
import re

import pytest

from lessons import course, l17_optimizers
from mathlab.learning.descent.optimizers import Momentum
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
    assert record.prose.count("(Not so here: ") == len(untrue)


def test_no_lesson_is_left_out():
    assert [n for n in course.LESSONS if n not in CHANGES] == [10]


# A claim, and a number with which it is false. Most constants are looked at when a lesson runs.
PLANTED = [
    (6, "SETTINGS", (0.0, 0.5, 1.0, 1.5, 2.0), "The loss falls, and then it rises again."),
    (15, "SHARES", {"small": 0.5, "right": 0.5, "edge": 0.95, "large": 1.05}, "'small' creeps."),
    (15, "SHARES", {"small": 0.02, "right": 0.6, "edge": 0.95, "large": 1.05},
     "'right' is there at once."),
    (15, "SHARES", {"small": 0.02, "right": 0.5, "edge": 0.4, "large": 1.05},
     "'edge' goes too far with each of its steps, over the bottom and up the other side."),
    (15, "SHARES", {"small": 0.02, "right": 0.5, "edge": 0.95, "large": 0.99},
     "'large' goes so far over the bottom that it ends higher than it began."),
    (7, "WIDTHS", (3.0, 1.0, 0.1, 0.01, 1e-13), "a tenth of the step"),
    (5, "SLIP", 0.001, "The absolute loss takes no notice"),
    (4, "LINE", {"slope": 40.0, "intercept": 0.0}, "The two ends are not alike: "),
    (13, "MANY", (60, 80, 100), "With 60 levers lots are nearly as good as the gradient."),
    (24, "WEIGHTS", (4000, 3000, 2000), "The heavier, the fewer miles."),
    (19, "SHOWN", range(60, 71), "A line will not stay between two walls."),
    (18, "SHARE", 0.03, "So horsepower has some news to tell, but not much."),
    (16, "UNITS", (50.0, 60.0, 70.0), "So the slope is by far the more sensitive"),
    (17, "extreme_bends", lambda bends: (2.0, 1.0), "The hollow is longer than it is wide"),
    (20, "STARTS", (1,), "This surface has many valleys."),
    (3, "BY_EYE", {"slope": 0.0, "intercept": 1.0}, "Each of these three misses nearly all"),
    (21, "BUDGETS", tuple(range(1, 400)), "The last column holds the truth too seldom."),
    (2, "GROUPS", 22, "From one group to the next the mean grows"),
]


@pytest.mark.parametrize(("number", "name", "value", "claim"), PLANTED)
def test_a_planted_number_is_contradicted(monkeypatch, number, name, value, claim):
    lesson = course.lesson(number)
    monkeypatch.setattr(lesson, name, value)
    assert any(each.startswith(claim) for each in Record(lesson.main).untrue)
