"""Questions: which rule comes first, and derivations in which exactly one line is wrong."""

import re
from collections import Counter
from itertools import islice

import pytest

from lessons.pages.terminal import TerminalPage
from lessons.practice import keyboard as asking
from lessons.practice.problems import LEVELS, problems
from lessons.practice.questions import KINDS, RULES, first_rule, planted, questions
from mathlab import numeric, parse
from mathlab.errors import MathlabError

AT = (0.3, 0.7, 1.1)
RATE = re.compile(r"d/dx\[([^][]*)\]")


def test_mixed_over_levels_and_kinds_and_the_same_for_a_seed():
    first, again, other = ([(q.kind, q.level, str(q.formula)) for q in islice(questions(seed), 36)]
                           for seed in (1, 1, 2))
    assert first == again != other
    assert Counter(kind for kind, _, _ in first) == {"derive": 24, "rule": 6, "slip": 6}
    assert {level for _, level, _ in first} == {*LEVELS}
    assert max(Counter(level for _, level, _ in first).values()) <= 8
    assert len({text for _, _, text in first}) == 36


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", [1, 3, 6])
def test_one_level_and_one_kind(kind, level):
    asked = [*islice(questions(3, level, kind), 5)]
    assert {(each.kind, each.level) for each in asked} == {(kind, level)}
    assert {each.kind for each in islice(questions(3, level), 15)} == {"derive", "slip"}


@pytest.mark.parametrize(("text", "rule"), [
    ("x**2 + sin(x)", "sum"), ("5 - 7*x**2", "sum"), ("3*x - x**4", "sum"),
    ("x**2*sin(x)", "product"), ("(x**2 + 1)*exp(x)", "product"), ("5*x**3*cos(x)", "product"),
    ("sin(x)/x**2", "quotient"), ("x**3/cos(x)", "quotient"), ("log(3 + x)/(7*x**5)", "quotient"),
    ("sin(x**2)", "chain"), ("(x**2 + 1)**5", "chain"), ("exp(5 + cos(x**2))", "chain"),
    ("sqrt(2*x + x**3)", "chain"), ("sin(x)**3", "chain"), ("x**5", ""), ("7*x", ""),
    ("sin(x)", ""),
])
def test_the_rule_that_comes_first(text, rule):
    assert first_rule(parse(text)) == (f"{rule} rule" if rule else "")


def test_every_rule_is_asked_for():
    asked = Counter(first_rule(each.formula) for each in islice(questions(5, kind="rule"), 60))
    assert {*asked} == {*RULES} and min(asked.values()) >= 6


def slope(text, at):
    return numeric.derivative(lambda x: parse(text).at(x=x), at).value


def holds(equation, rate):
    """Whether a line is true at some places, with a number for each d/dx[...] in it."""
    left, right = equation.split(" = ", 1)
    checked = 0
    for at in AT:
        def number(found, at=at):
            return f"({rate(found[1], at)!r})"
        try:
            one, other = (float(parse(RATE.sub(number, side)).at(x=at)) for side in (left, right))
        except MathlabError:
            continue
        checked += 1
        if one != pytest.approx(other, rel=1e-6, abs=1e-6):
            return False
    assert checked >= 2
    return True


@pytest.mark.parametrize("level", LEVELS)
def test_exactly_one_line_is_wrong_as_a_nudge_of_x_tells(level):
    # Of each line but the last both sides are measured; the last must be what the lines above say.
    places = Counter()
    for formula in islice(problems(level, 4), 12):
        wrong = planted(formula)
        if wrong is None:  # such as one that is simplified first
            continue
        *lines, last = wrong.equations
        assert [i for i, line in enumerate(lines) if not holds(line, slope)] == [wrong.place]
        assert holds(wrong.mended.equation, slope) and wrong.mended.equation not in lines
        assert wrong.words
        ends = dict(line.split(" = ", 1) for line in lines)

        def said(part, at, ends=ends):
            inner = RATE.sub(lambda found: f"({said(found[1], at)!r})", ends[f"d/dx[{part}]"])
            return float(parse(inner).at(x=at))

        assert holds(last, said) and not holds(last, slope)
        assert all(line.equation == f"{line.before} = {line.after}" for line in wrong.lines)
        places[wrong.place] += 1
    assert sum(places.values()) >= 6 and len(places) >= 2


@pytest.mark.parametrize("text", ["cos(3 + 5*x**5)", "x**2*sin(4 + x**3)", "(9 + 2*x)**4/(1 + x)"])
def test_no_line_turns_a_sum_around(text):
    wrong = planted(parse(text))
    for one in re.findall(r"\d \+ [0-9*x]+", text):
        assert " + ".join(one.split(" + ")[::-1]) not in "".join(wrong.equations[:-1])


@pytest.mark.parametrize("level", LEVELS)
def test_in_no_derivation_of_ours_a_sum_is_turned_around(level):
    for formula in islice(problems(level, 6), 30):
        if wrong := planted(formula):
            asked = {*re.findall(r"\(([^()]+ \+ [^()]+)\)", str(formula))}
            turned = [" + ".join(each.split(" + ")[::-1]) for each in asked]
            assert not any(each in line for each in turned for line in wrong.equations)
            if "sum" in wrong.lines[0].rule and wrong.place:
                parts = re.findall(r"d/dx\[([^]]*)\]", wrong.equations[0].split(" = ")[1])
                places = [str(formula).index(part) for part in parts]
                assert places == sorted(places), wrong.equations[0]


def test_with_a_level_reached_none_above_it_is_asked_but_for_its_rule():
    reached = 1
    asked = questions(4, highest=lambda: reached)
    first = [*islice(asked, 12)]
    assert {each.level for each in first if each.kind != "rule"} == {1}
    assert max(each.level for each in first) <= 4
    reached = 3
    later = [*islice(asked, 48)]
    assert {each.level for each in later if each.kind == "derive"} == {1, 2, 3}
    rules = Counter(first_rule(each.formula) for each in islice(
        questions(4, kind="rule", highest=lambda: 1), 40))
    assert {*rules} == {*RULES}


def test_a_formula_always_has_the_same_slip_and_others_have_others():
    one, again = planted(parse("x**2*sin(3*x)")), planted(parse("x**2*sin(3*x)"))
    assert (one.equations, one[1::2]) == (again.equations, again[1::2])
    words = Counter(planted(each.formula).words for each in islice(questions(2, kind="slip"), 40))
    assert len(words) >= 10 and max(words.values()) <= 12


@pytest.mark.parametrize("text", ["x", "7", "x**5", "sqrt(x)/(2*x**4)"])
def test_nothing_is_planted_in_one_line_or_in_what_is_simplified_first(text):
    assert planted(parse(text)) is None


def test_lines_show_no_trace_of_how_they_were_made():
    for question in islice(questions(6, kind="slip"), 40):
        wrong = planted(question.formula)
        line = wrong.equations[wrong.place]
        assert not re.search(r"\*1\b(?!\.)(?!\d)|\b1\*|\(1 - |\(\d+ \+ 1\)", line), line


@pytest.mark.parametrize("text", ["nan", "inf", "x/0", "log(-x^2)", "1/sin(pi*0)", "nan*x"])
def test_what_has_no_value_is_no_answer(text):
    with pytest.raises((ValueError, MathlabError)):
        asking.slope_read(TerminalPage(), text)


@pytest.mark.parametrize("text", ["log(x)", "sqrt(-x)", "1/x", "0", "2x", "log(x - 4)"])
def test_what_has_a_value_somewhere_is_one(text):
    assert asking.slope_read(TerminalPage(), text) is not None


def test_a_rule_may_be_named_with_its_article():
    assert asking.chosen("The Chain rule", asking.RULES) == asking.chosen("chain", asking.RULES)
