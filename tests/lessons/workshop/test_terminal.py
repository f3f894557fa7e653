"""The workshop and practice on a terminal where somebody sits."""

import re
import shutil

import pytest

from lessons.workshop import whole
from tests.keyboard import CTRL_C, ROOT, Keyboard, sits_down

PROMPT = "\x1b[27m\x1b[K"  # the end of what less says while it waits, whatever that is
needs_less = pytest.mark.skipif(not shutil.which("less"), reason="less is not installed")


@pytest.fixture(autouse=True)
def a_terminal():
    sits_down()


@needs_less
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_page_comes_a_screen_at_a_time_with_its_title_first(columns):
    with Keyboard("-m", "lessons.workshop", "--stage", "2", columns=columns) as reader:
        first = reader.sees(PROMPT)
        assert "2. The slopes of + and *" in re.sub(r"\s+", " ", first)
        assert len(first.splitlines()) <= 24 and "What is tested" not in first
        while "What is tested" not in reader.seen:
            reader.types(" ")
            reader.sees(PROMPT)
        reader.types("q")
        assert reader.leaves() == 0


def test_all_of_it_at_once_if_that_is_wanted():
    with Keyboard("-m", "lessons.workshop", "--stage", "2", "--all") as reader:
        assert reader.leaves() == 0
        assert PROMPT not in reader.seen and "What is tested" in reader.seen


def test_where_somebody_stands_and_hints_that_go_on(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(whole.after(2), encoding="utf-8")
    for number in (1, 2, 3, 3):
        with Keyboard("-m", "lessons.workshop", "mine.py", "--hint", cwd=tmp_path, PAGER="cat",
                      PYTHONPATH=str(ROOT)) as reader:
            reader.sees("2 of 10 stages")
            reader.sees(f"Hint {number} of 3")
            assert reader.leaves() == 1
    assert [each.name for each in tmp_path.iterdir()] == ["mine.py"]


@pytest.mark.parametrize("keys", ["q\n", f"{CTRL_C}\n"])  # Enter, as in a lesson
def test_practice_begins_easy_and_says_nothing_of_a_score_of_nothing(keys):
    with Keyboard("-m", "lessons.practice", "--kind", "derive") as reader:
        reader.sees("up to level 1 of 6")
        reader.sees("dy/dx = ")
        reader.types(keys)
        assert reader.leaves() == 0
        assert "0 of 0" not in reader.seen
