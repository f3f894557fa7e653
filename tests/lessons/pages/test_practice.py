"""Practice in the book: readable without a script, and, in Node, judged as in the terminal."""

import json
import re
from itertools import islice

import pytest

from lessons import __main__ as story
from lessons import course
from lessons.pages import book, practice, steps
from lessons.practice.problems import LEVELS, problems
from mathlab import derivative, parse
from mathlab.calculus.proof.same import differ
from tests.javascript import needs_node, run
from tests.lessons.practice.test_practice import SLIPS


@pytest.fixture(scope="module")
def page():
    return book.whole(practice.TITLE, practice.practice(1))


def data_of(page):
    """What stands in the page for the script."""
    return json.loads(re.search(r'id="problems">(.*?)</script>', page, re.DOTALL)[1])


def test_without_a_script_there_are_problems_and_their_steps(page):
    html = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert html.count("<section") == html.count("<details>") == practice.COUNT
    assert html.count("<form hidden>") == html.count("<label>") == practice.COUNT
    assert html.count("<math") > 10 * practice.COUNT
    assert "src=" not in page and "http" not in html
    assert len(page.encode()) < 150_000


def test_the_script_of_the_page_is_small():
    assert len(practice.bare("practice").encode()) < 3_000


def test_what_the_page_knows_is_right(page):
    known = data_of(page)
    assert len(known) == practice.COUNT
    for problem in known:
        assert len(problem["places"]) == len({*problem["places"]}) == practice.PLACES
        slope = parse(problem["slope"])
        for step, words, wrong in problem["slips"]:
            assert step >= 0 and words
            assert differ(parse(wrong), slope)


def test_nothing_that_is_said_can_end_the_script(monkeypatch):
    monkeypatch.setattr(practice, "known", lambda formula: {"slope": "</script><!--"})
    page = practice.practice(1)
    assert page.count("</script>") == 2 and "<!--" not in page
    assert data_of(page)[0] == {"slope": "</script><!--"}


@pytest.mark.parametrize("level", LEVELS)
def test_a_step_is_told_by_its_item_in_the_list(level):
    for formula in islice(problems(level, 3), 4):
        items = steps.worked(formula).split("<li>")[1:]
        for step, words, _ in practice.known(formula)["slips"]:
            if "square below" in words:
                assert items[step].startswith("quotient rule")
            if "slopes are multiplied" in words:
                assert "product" in items[step]


def test_the_page_is_written_with_the_book(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(course, "LESSONS", {3: "l03_line"})
    (tmp_path / "practice.html").write_text("mine", encoding="utf-8")
    assert story.main(["--html", str(tmp_path)]) == 1
    assert "practice.html was not made by mathlab" in capsys.readouterr().err
    (tmp_path / "practice.html").unlink()
    assert story.main(["--html", str(tmp_path), "--seed", "5"]) == 0
    text = (tmp_path / "practice.html").read_text(encoding="utf-8")
    assert data_of(text) == json.loads(json.dumps(data_of(practice.practice(5))))


# ------------------------------------------------------------------ judged in Node


def judged(cases):
    """What the page says of answers to problems: for each case the answer of `judge`."""
    return run(f"{practice.script()}\nconst cases = {json.dumps(cases)};", """cases.map(
        ([problem, text]) => {
          try { return judge(problem, text); } catch (error) { return {error: error.message}; }
        })""")


@needs_node
def test_slips_are_found_as_in_the_terminal():
    cases = [case for case in SLIPS if "sqrt(-1" not in case[1]]
    came = judged([(practice.known(parse(text)), answer) for text, answer, _, _ in cases])
    for (text, answer, step, slip), said in zip(cases, came, strict=True):
        about = text, answer, said
        assert "right" not in said and "error" not in said, about
        if not slip or (step and re.search("times|yours has", slip)):  # which no page can see
            assert said["words"].startswith("Not so. "), about
        elif not step:
            assert "step" not in said and slip.replace("1e-05", "0.00001") in said["words"], about
        else:
            assert slip.replace("1e-05", "0.00001") in said["words"], about
            items = steps.grouped(practice.steps(parse(text), practice.X))
            equations = [each.equation for each in items[int(said["step"])]]
            assert any(each.startswith(f"{step} = ") for each in equations), about


@needs_node
def test_the_slope_is_right_in_any_writing_and_a_slip_is_not():
    cases, right = [], []
    for level in LEVELS:
        for formula in islice(problems(level, 11), 6):
            problem = practice.known(formula)
            slope = str(derivative(formula, practice.X))
            for text in (slope, f"dy/dx = {slope}", f"({slope})*(sin(x)^2 + cos(x)^2)",
                         slope.replace("**", "^"), f"y' = {slope.replace('*x', 'x')}"):
                cases.append((problem, text))
                right.append(True)
            for _, _, wrong in problem["slips"]:
                cases.append((problem, wrong))
                right.append(False)
    came = judged(cases)
    for (problem, text), said, expected in zip(cases, came, right, strict=True):
        if "error" in said:  # such as 5x**2 after a /, which has two meanings
            assert "two meanings" in said["error"], (text, said)
            continue
        assert said.get("right", False) == expected, (problem["slope"], text, said)
        if not expected:
            assert [said["step"], said["words"]] == list(
                next(slip[:2] for slip in problem["slips"] if slip[2] == text))


@needs_node
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("6x", "Right."),
        ("6·x", "Right."),
        ("3 x + 3x", "Right."),
        ("= 6x", "Right."),
        ("-6x", "Nearly: the sign is wrong."),
        ("7.5x", "yours is 1.25 times what it should be."),
        ("6x + 0.5", "yours is 0.5 too many."),
        ("sin(x)", "At x = 0.3 yours is 0.2955, and the slope 1.8."),
        ("log(-1 - x^2)", "Yours has hardly any value"),
    ],
)
def test_what_is_said(answer, words):
    ((said),) = judged([(practice.known(parse("3*x**2")), answer)])
    assert words in said["words"]


@needs_node
def test_of_two_signs_that_may_be_lost_alike_none_is_blamed():
    (said,) = judged([(practice.known(parse("cos(cos(x))")), "-sin(cos(x))*sin(x)")])
    assert said == {"words": "Nearly: the sign is wrong."}


@needs_node
@pytest.mark.parametrize("answer", ["", "2*", "6y", "(" * 900, "x" * 5000, "alert(1)", "</script>",
                                    "constructor", "__proto__", "x[0]", "6x; x", "\0", "x => x"])
def test_what_cannot_be_read_is_said(answer):
    ((said),) = judged([(practice.known(parse("3*x**2")), answer)])
    assert said.keys() == {"error"} and said["error"]
