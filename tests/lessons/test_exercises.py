"""Every exercise: not yet done as it comes, right as it is answered, and wrong where it is wrong.

The wrong answers stand beside the tests of each lesson: WRONG is a list of pairs, the text of a
reader's file, and words that what is said about it must contain. RIGHT, where there is such a list,
has texts that are right though written in another way than in the course.
"""

import ast
import runpy
from importlib import import_module
from importlib.util import find_spec

import pytest

from lessons import course
from lessons.grading import checker
from lessons.grading.answer import close
from tests.thinned import thinned

NAMES = list(course.LESSONS.values())


def wrong(name):
    test = f"tests.lessons.test_{name}"
    return import_module(test).WRONG if find_spec(test) else []


def right(name):
    test = f"tests.lessons.test_{name}"
    found = getattr(import_module(test), "RIGHT", None) if find_spec(test) else None
    return found if isinstance(found, list) else []


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


def call_in(text, names):
    """The call, or the name, that a text is; None if it is another text."""
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return None
    name = node.func if isinstance(node, ast.Call) else node
    is_one = isinstance(name, ast.Name) and name.id in names and "..." not in text
    return compile(ast.Expression(node), "asked", "eval") if is_one else None


def check_the_places(verdict, path, answer):
    """What was asked is a call that gives what came in the reader's file, and what was expected in
    the answer's; and no such call stands in another place."""
    try:
        mine, right = (runpy.run_path(str(file)) for file in (path, answer))
    except Exception:  # then there is no call
        return
    names = {name for name in mine.keys() & right.keys()
             if name[:2] != "__" and not isinstance(right[name], type)}
    assert not any(call_in(text, names) for text in (verdict.why, verdict.came, verdict.expected))
    assert verdict.asked == "" or verdict.asked[0].isalpha()
    if not (call := call_in(verdict.asked, names)):
        return
    for came, file in ((verdict.came, mine), (verdict.expected, right)):
        try:
            found, told = eval(call, file), ast.literal_eval(came)
        except Exception:  # it is told in words
            continue
        if found is None or callable(found) or type(found) is not type(told):
            continue
        assert close(told, found, 1e-4), f"{verdict.asked} gives {found}, and not {came}"


ALL_WRONG = [(name, *pair) for name in NAMES for pair in wrong(name)]


@pytest.mark.parametrize(("name", "text", "words"), thinned(ALL_WRONG, len(ALL_WRONG) // 2))
def test_a_wrong_answer_is_told_why(tmp_path, name, text, words):
    path = tmp_path / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    verdict = checker.judge(name, path)
    assert verdict.state == checker.WRONG
    assert words in said(verdict)
    check_the_places(verdict, path, course.FOLDER / "answers" / f"{name}.py")


@pytest.mark.parametrize(("name", "text"), [(n, text) for n in NAMES for text in right(n)])
def test_other_right_answers(tmp_path, name, text):
    path = tmp_path / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    verdict = checker.judge(name, path)
    assert verdict.state == checker.RIGHT, said(verdict)


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
