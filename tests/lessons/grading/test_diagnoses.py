"""What a check can say of a wrong answer is all listed, and nothing else is."""

import re
from importlib import import_module

import pytest

from lessons import course
from lessons.grading import checker
from lessons.grading.diagnoses import HOLE, diagnoses

A_CHECK = '''
"""A check that is made up for this test alone."""
HINTS = ("This is one of the hints.",)
ASKED = {"what is asked here in words": 1}
SLIPS = {"x**2 + 2*x + 1 - 3": "the slope was taken twice over"}
TABLE = ((1.0, "that is far too narrow here"), (2.0, "too wide"))


def check(answer):
    """What it does, in a few words."""
    asked = f"the first {answer} that was asked"
    if answer > 1:
        raise Wrong(f"you said {answer:g}, and "
                    "that is too much", asked, "what came was this one", "one that is less")
    why = "the first wrong one is this: " if answer else "nothing is to be seen here"
    why += "; and so it goes on"
    expected_at_last: str = "this is what was expected"
    came_of_it = "this is what came of it"
    came_of_it += "and this came of it, too"
    self.why = "this is far off"
    self.why = "three words only"
    self.why = "two letters make a word"
    raise Wrong(why)
    raise Wrong("each guess should be a number"); other("that is another function", "of two texts")
    raise Wrong("it should be a list of numbers")
    return "all of this was done well"


def slip(came):
    """What went wrong, in a word."""
    if came:
        return f"so it is said of this: {came}"
    return "it should depend on nothing else"
'''


def test_the_sentences_of_a_check(tmp_path, monkeypatch):
    (tmp_path / "grading" / "checks").mkdir(parents=True)
    file = tmp_path / "grading" / "checks" / "l99_made_up.py"
    file.write_text(A_CHECK, encoding="utf-8")
    monkeypatch.setattr(course, "FOLDER", tmp_path)
    assert diagnoses("l99_made_up") == (
        "the slope was taken twice over",
        "that is far too narrow here",
        "you said …, and that is too much",
        "the first wrong one is this:",
        "nothing is to be seen here",
        "and so it goes on",
        "this is far off",
        "two letters make a word",
        "that is another function",
        "so it is said of this",
        "it should depend on nothing else",
    )
    assert diagnoses("l98_of_the_readers_own") == ()


ANSWERS = {  # wrong in one of the usual ways, or in two
    "l02_explore": ['SIGN = "+"; SIZE = 1', 'SIGN = "-"; SIZE = 1000'],
    "l03_line": ["SLOPE = 0; INTERCEPT = 0", "SLOPE = 1e9; INTERCEPT = 0"],
    "l05_loss": ["def mean_absolute_error(a, p): return sum(abs(x - y) for x, y in zip(a, p))"],
    "l06_cost_curve": ["GUESSES = [20]", "GUESSES = [-20]", "GUESSES = []"],
    "l07_rate_of_change": ["FORWARD_H = 1e-9; CENTRAL_H = 1e-2", "FORWARD_H = 1; CENTRAL_H = 1"],
    "l09_chain_rule": ["def slope_of_z(x): return 2*x - 3"],
    "l10_graph": ["GRAD_B = 10", "GRAD_B = 20; GRAD_A = 2"],
    "l11_symbolic": ['SLOPE = "-4*x*(1 - x**2)"', 'SLOPE = "x*(1 - x**2)**2"'],
    "l12_three_ways": ['WRONG_RULE = "bell"'],
    "l15_learning_rate": ["LIMIT = 0.1", "LIMIT = 0.33; JUMP = 1.5"],
    "l16_scaling": ["def in_dollars(a, b, m, s): return a, b"],
    "l19_yes_or_no": ["def log_loss(s, h): return -1.0"],
    "l22_exact": ["SLOPE = 0; INTERCEPT = 0", "SLOPE = 1/3; INTERCEPT = 4/3"],
    "l23_proved": ["def product(a, b, c, d): return a * c, b * d"],
}


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, each in ANSWERS.items() for t in each])
def test_what_is_said_of_a_wrong_answer_is_listed(name, text, tmp_path):
    path = tmp_path / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    verdict = checker.judge(name, path)
    assert verdict.state == checker.WRONG
    known = ["(.|\n)*".join(map(re.escape, each.split(HOLE))) for each in diagnoses(name)]
    assert any(re.search(each, verdict.why) for each in known), verdict.why


@pytest.mark.parametrize("name", course.LESSONS.values())
def test_of_every_check_there_are_some_and_they_are_sentences(name):
    found = diagnoses(name)
    assert 2 <= len(found) == len(set(found))
    assert not set(found) & set(checker.hints(name))
    assert not any(text.startswith(HOLE) and len(text) < 10 for text in found)


def test_of_a_check_that_is_a_table_alone_nothing_but_its_sentences():
    names = [name for name in course.LESSONS.values()
             if not hasattr(import_module(checker.module_of(name)), "check")]
    assert len(names) > 5
    for name in names:
        said = [re.sub(r"\{.*?\}", HOLE, each) for each in checker.exercise(name).sentences]
        assert all(any(found in each for each in said) for found in diagnoses(name))
