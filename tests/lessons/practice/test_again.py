"""What was missed comes back on its day, and what stands in the notes is never trusted."""

import json
import re
from datetime import date, timedelta

import pytest

from lessons import notes
from lessons.practice import again
from lessons.practice.problems import LEVELS
from lessons.practice.questions import Question
from mathlab import parse

DAY = date(2026, 2, 26)  # so that days are counted over the end of a month
ASKED = Question("derive", 3, parse("x**2*sin(x)"))


def on(days):
    return DAY + timedelta(days)


def days_until_due(start):
    """After how many days from the start the question is due; None if it never is."""
    return next((days for days in range(400) if again.due(on(start + days))), None)


def test_after_1_day_and_3_and_9_and_then_no_more():
    assert again.note(ASKED, False, on(0)) == "It comes back tomorrow."
    assert [again.due(on(days)) for days in (0,)] == [[]]
    assert [str(each.formula) for each in again.due(on(1))] == ["x**2*sin(x)"]
    assert again.due(on(1))[0][:2] == ("derive", 3)
    assert again.note(ASKED, True, on(1)) == "It comes back in 3 days."
    assert days_until_due(1) == 3
    assert again.note(ASKED, True, on(4)) == "It comes back in 9 days."
    assert days_until_due(4) == 9
    assert again.note(ASKED, True, on(13)) == "It stays: this one does not come back."
    assert days_until_due(13) is None
    assert notes.part("practice") == {}


@pytest.mark.parametrize("right", [0, 1, 2])
def test_missed_again_it_starts_over(right):
    days = [0, 1, 4, 13]
    again.note(ASKED, False, on(0))
    for day in days[1 : right + 1]:
        again.note(ASKED, True, on(day))
    at = days[right + 1]
    assert again.note(ASKED, False, on(at)) == "It comes back tomorrow."
    assert days_until_due(at) == 1
    assert again.note(ASKED, True, on(at + 1)) == "It comes back in 3 days."


def test_late_is_as_good_as_on_the_day():
    again.note(ASKED, False, on(0))
    assert again.due(on(30)) != []
    assert again.note(ASKED, True, on(30)) == "It comes back in 3 days."
    assert days_until_due(30) == 3


def test_before_its_day_a_right_answer_changes_nothing_and_a_wrong_one_does():
    again.note(ASKED, False, on(0))
    again.note(ASKED, True, on(1))
    before = notes.part("practice")
    assert again.note(ASKED, True, on(2)) == ""
    assert notes.part("practice") == before
    assert again.note(ASKED, False, on(2)) == "It comes back tomorrow."
    assert days_until_due(2) == 1


def test_what_was_never_missed_is_not_kept():
    assert again.note(ASKED, True, on(0)) == ""
    assert not notes.file().exists()


def test_those_that_waited_longest_come_first_and_kinds_and_levels_are_apart():
    texts = ["x**3*cos(x)", "x**2*exp(x)", "x**4*tanh(x)"]
    for day, text in zip((2, 0, 1), texts, strict=True):
        again.note(Question("rule", 3, parse(text)), False, on(day))
    again.note(Question("derive", 1, parse("x**2 + 1")), False, on(3))
    assert [str(each.formula) for each in again.due(on(9))] == [
        texts[1], texts[2], texts[0], "x**2 + 1"]
    assert len(again.due(on(9), level=3)) == len(again.due(on(9), kind="rule")) == 3
    assert again.due(on(9), level=1, kind="rule") == []


def test_a_slip_comes_back_with_other_numbers():
    asked = Question("slip", 3, parse("x**2*sin(x)"))
    assert again.note(asked, False, on(0)) == "It comes back tomorrow."
    seen, day = [str(asked.formula)], 0
    for wait in (1, 3, 9):
        day += wait
        (back,) = again.due(on(day))
        assert (back.kind, back.level) == ("slip", 3) and back.fits()
        assert re.fullmatch(r"x\*\*\d\*sin\(x\)", str(back.formula))
        assert str(back.formula) != seen[-1]
        seen.append(str(back.formula))
        again.note(back, True, on(day))
        assert len(notes.part("practice")) == (wait != 9)
    assert again.due(on(day + 30)) == []


def test_three_right_answers_take_a_level_up_and_a_wrong_one_takes_one_back():
    climb, levels = again.Climb(), []
    for right in [True] * 4 + [False] * 2 + [True] * 20:
        climb.note(right)
        levels.append(climb.highest())
    assert levels == [1, 1, 2, 2, 2, 1, *[2] * 3, *[3] * 3, *[4] * 3, *[5] * 3, *[6] * 8]
    assert again.Climb().highest() == 6
    climb.note(False)
    assert again.Climb().highest() == 5  # what is known is not counted twice
    assert again.due(on(0)) == []


@pytest.mark.parametrize("kept", ["x", None, [], 10**9, -4, {}])
def test_a_level_that_was_changed_by_hand_is_one_of_ours(kept):
    notes.keep("practice", "climbed", kept)
    assert again.Climb().highest() in LEVELS


def test_a_clock_that_was_wrong_hides_nothing_for_years():
    again.note(ASKED, False, on(10_000))
    assert len(again.due(on(0))) == 1


KEPT = {"level": 3, "right": 0, "due": "2026-02-27"}


@pytest.mark.parametrize(("key", "entry"), [
    ("derive: x**2", {**KEPT, "due": "yesterday"}), ("derive: x**2", {**KEPT, "due": 7}),
    ("derive: x**2", {**KEPT, "right": 3}), ("derive: x**2", {**KEPT, "right": -1}),
    ("derive: x**2", {**KEPT, "level": 7}), ("derive: x**2", {**KEPT, "level": [3]}),
    ("derive: x**2", {"right": 0}), ("derive: x**2", 3), ("derive: x**2", None),
    ("run: x**2", KEPT), ("x**2", KEPT), ("", KEPT), ("derive: y**2", KEPT), ("derive: 7", KEPT),
    ("derive: __import__('os')", KEPT), ("derive: 9**9**9**9", KEPT), ("derive: x +", KEPT),
    ("derive: " + "x + " * 100 + "x", KEPT), ("rule: x", KEPT), ("slip: 3", KEPT),
])
def test_what_was_changed_by_hand_is_passed_over_and_left(key, entry):
    notes.keep("practice", "derive: x**3", KEPT)
    notes.keep("practice", key, entry if entry is not None else "gone")
    kept = notes.file().read_text(encoding="utf-8")
    assert [str(each.formula) for each in again.due(on(5))] == ["x**3"]
    assert notes.file().read_text(encoding="utf-8") == kept


def test_where_nothing_can_be_kept_nothing_is_promised(monkeypatch, tmp_path, capsys):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert again.note(ASKED, False, on(0)) == ""
    assert again.due(on(1)) == []


def test_the_file_can_be_read_by_people():
    again.note(ASKED, False, on(0))
    assert json.loads(notes.file().read_text(encoding="utf-8")) == {
        "practice": {"derive: x**2*sin(x)": {"level": 3, "right": 0, "due": "2026-02-27"}}}
