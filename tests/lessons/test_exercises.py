"""Every exercise: not yet done as it comes, right as it is answered, and wrong where it is wrong.

The wrong answers stand beside the tests of each lesson: WRONG is a list of pairs, the text of a
reader's file, and words that what is said about it must contain.
"""

from importlib import import_module
from importlib.util import find_spec

import pytest

from lessons import course
from lessons.grading import checker
from tests.thinned import thinned

NAMES = list(course.LESSONS.values())


def wrong(name):
    test = f"tests.lessons.test_{name}"
    return import_module(test).WRONG if find_spec(test) else []


def said(verdict):
    """All that is told of an answer."""
    return " | ".join(str(part) for part in verdict[1:])


@pytest.mark.parametrize("name", NAMES)
def test_an_untouched_exercise_is_not_yet_done(name):
    verdict = checker.judge(name, course.path(name))
    assert verdict.state == checker.NOT_YET
    assert verdict.why.endswith("...")


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_is_right(name):
    verdict = checker.judge(name, course.FOLDER / "answers" / f"{name}.py")
    assert verdict.state == checker.RIGHT, said(verdict)
    assert set(verdict[2:]) == {""}


ALL_WRONG = [(name, *pair) for name in NAMES for pair in wrong(name)]


@pytest.mark.parametrize(("name", "text", "words"), thinned(ALL_WRONG, len(ALL_WRONG) // 2))
def test_a_wrong_answer_is_told_why(tmp_path, name, text, words):
    path = tmp_path / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    verdict = checker.judge(name, path)
    assert verdict.state == checker.WRONG
    assert words in said(verdict)


@pytest.mark.parametrize("name", NAMES)
def test_two_mistakes_at_least_are_planted_in_each(name):
    assert len(wrong(name)) >= 2, f"tests/lessons/test_{name}.py needs two WRONG answers"
    assert len({words for _, words in wrong(name)}) >= 2


@pytest.mark.parametrize("name", NAMES)
def test_there_are_hints_to_ask_for(name):
    hints = checker.hints(name)
    assert len(hints) >= 2
    assert all(len(hint) > 20 for hint in hints)
    assert len(set(hints)) == len(hints)


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_says_what_it_asks(name):
    title, task = course.exercise(name)
    assert 0 < len(title) <= 60
    assert len(task) > 60
    text = (course.FOLDER / "exercises" / f"{name}.py").read_text(encoding="utf-8")
    assert text.startswith(f'"""{int(name[1:3])}. {title}\n\n')
    answer = (course.FOLDER / "answers" / f"{name}.py").read_text(encoding="utf-8")
    assert answer.startswith(f'"""{int(name[1:3])}. {title}')


def test_each_lesson_has_its_files_and_no_file_is_left_over():
    assert [*filter(None, map(course.needs, NAMES))] == []
    for folder in ("exercises", "grading/checks", "answers"):
        files = (course.FOLDER / folder).glob("l[0-9]*.py")
        assert sorted(path.stem for path in files) == sorted(NAMES)
