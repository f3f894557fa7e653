"""Exercises in their pages: Node walks the page's table, Python the terminal's; both say the same.
"""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from lessons import course
from lessons.grading import checker
from lessons.grading.answer import TOO_MANY
from lessons.grading.asked import RIGHT, Exercise, Formula, Number, Word
from lessons.pages import book
from lessons.pages.html import HtmlPage
from lessons.pages.live import answered
from lessons.pages.live.live import bare, page_script
from mathlab import parse
from tests.javascript import needs_node, run
from tests.lessons.pages.browser import CHROMIUM, Browser

EXERCISES = {name: found for name in course.LESSONS.values() if (found := checker.exercise(name))}
MEND = "\n\ndef order(result):\n    found = []\n"

# A page with no more than the script asks for: the box of the stub, and the form.
PAGE = """
globalThis.location = {hash: ""};
globalThis.addEventListener = () => {};
const status = {nextElementSibling: {}}, form = {querySelector: () => status};
const document = {querySelector: name => name === ".stub" ? {children: [{}, {}, {}]} : form,
  querySelectorAll: () => [], documentElement: {classList: {toggle() {}}}};
"""
TYPE = """
const typed = answers => {
  form.elements = {};
  for (const name in answers) form.elements[name] = {value: answers[name]};
  form.onsubmit({preventDefault() {}});
  return [status.nextElementSibling.hidden ? 0 : 1, status.textContent];
};
"""

F, G = "-2*(4 - a - b) - 6*(7 - 3*a - b)", "-2*(4 - a - b) - 2*(7 - 3*a - b)"
TO_A_THIRD = "(1 - x**2)**2 - 4*x**2*(1 - x**2)"

# What is written into the file and typed into the page: the same text, or two for one answer, since
# a page asks for no quotes, and reads 1/3 as the fraction that it is.
SAME = {
    "l02_explore": [
        ("SIGN SIZE", [("-", 7.5), ("-", 4), ("-", "-15"), ("+", 7), ("-", 20), ("-", 2), ("-", 0),
                       ("-", "0.0075"), ("-", "1e308"), ("-", 3.9), ("-", 15.3), ("-", 15.4)])],
    "l03_line": [
        ("SLOPE INTERCEPT", [(3, -5), (3, 0), (0, 0), ("-3", 150), ("3e300", 0), (3, "-2e6"),
                             (3.1, 7.25), ("1e5", 0), (2, 40), ("0.00001", 12), (0, 123456.7)])],
    "l06_cost_curve": [
        ("GUESSES", [("[20]",), ("[20, 0]",), ("(5, 9, 6.5, 8, 6)",), ("[7.27]",),
                     ("[1, 2, 3, 4, 7.27]",), ("[7.27, 1]",), ("[1, 2, 3, 4, 5, 7.27]",),
                     ("[-5]",), ("[2e-7]",), ("[123456789]",)])],
    "l07_rate_of_change": [
        ("FORWARD_H CENTRAL_H", [
            ("1e-3", "1e-2"), ("10**-3", "0.02"), ("1e-8", "1e-5"), ("1e-3", "1e-3"),
            ("1e-2", "1e-3"), ("5e-3", "5e-3"), (-3, -2), (0, 0), ("1e-30", "1e-2"), (1, 1),
            ("1e-3", 0.2), ("1e-3", -0.5), ("0.00011", "0.0011"), ("2e-3", "1.9e-3")])],
    "l10_graph": [
        ("GRAD_B GRAD_A", [(20, 40), (10, 40), (20, 20), (20, 2), (20, 5), (20, 7), (7, 40),
                           ("2*10", "20*2"), ("40/2", 40.0)])],
    "l11_symbolic": [
        ("SLOPE AT_A_THIRD", [
            (text, "Fraction(1, 2)") for text in (
                "(1 - x**2)**2 + 2*x*(1 - x**2)", "(1-x**2)**2 + 4*x**2*(1-x**2)",
                "-4*x*(1 - x**2)", "(1 - x**2)**2", "-4*x**2*(1 - x**2)", "x*(1 - x**2)**2",
                "1 - 6*x**2", "1 - 6*x**2 + 5*x**4", "f'(x) = 1 - 6x^2 + 5x^4", "y**2", "z + a",
                "1234*x",
                "5*(x**2 - 1)*(x**2 - 1/5)", "x/0", "sqrt(-1 - x**2)", "log(x - 1)")]),
        ("SLOPE AT_A_THIRD", [
            (TO_A_THIRD, number) for number in (
                "Fraction(32, 81)", "0.3950617283950617", "32e-1", "Fraction(64, 243)", "280 + 80",
                "8*44", "(1 - 9) * (1 - 5 * 9)", "Fraction(1, 2)", "Fraction(3950617284, 10**10)",
                "Fraction(64, 162)", 0)])],
    "l12_three_ways": [
        ("WRONG_RULE NUMERIC BACKWARD", [
            ("bell", 1, 1), ("slant", 1, 1), ("soft", 50_000, 1), ("soft", 50, 1),
            ("soft", 1000, 1), ("soft", 10**6, 1), ("soft", 2000, 1), ("soft", 50_000, 1000),
            ("soft", 40_000, 2), ("soft", "50*10**3", "2 - 1")])],
    "l13_gradient": [
        ("BY_A BY_B ANGLE", [
            ("2*(4 - a - b) + 6*(7 - 3*a - b)", G, 1), (G, G, 1), ("20*a + 8*b", G, 1),
            ("2*(4 - a - b) + 2*(7 - 3*a - b)", G, 1), ("-(4 - a - b) - 3*(7 - 3*a - b)", G, 1),
            (F, F, 1), (F, "-(8*a + 4*b - 22)", 1), ("20*x + 8*y - 50", G, 1), (F, "b", 1),
            ("-8 - 42 + 20a + 8b", G, 24.4), (F, "-(4 - a - b) - (7 - 3*a - b)", 1)]),
        ("BY_A BY_B ANGLE", [
            (F, G, angle) for angle in (24.44, 25, 23.5, 23.3, 204.44, 0.42663, 65.56, 45, 180, 0,
                                        384.4, -335.6, 114.4, 90, 1000, "180 + 24")])],
    "l15_learning_rate": [
        ("LIMIT JUMP LIMIT_OF_BOTH", [
            (0.33, -0.5, 0.05), ("1/3", "1 - 0.25*6", "2/40"), (0.17, 1, 1), (0.3, 1, 1),
            ("2/3", 1, 1), (0.34, 1, 1), (0.337, 1, 1), (0, 1, 1), (-1, 1, 1), (0.33, 0.5, 1),
            (0.33, 1.5, 1), (0.33, 0.25, 1),
            ("1/3", "0.1 + 0.2 - 0.3 - 0.5", 0.05), ("1/3", "0.1 + 0.2 + 1.2", 0.05),
            (0.33, -0.5, 0.33), (0.33, -0.5, 0.1), (0.33, -0.5, 0.025), (0.33, -0.5, 0.04),
            (0.33, -0.5, "1e9"), (0.33, -0.5, 0)])],
    "l22_exact": [
        ("SLOPE INTERCEPT", [
            ("Fraction(36, 35)", "Fraction(6, 5)"), (1, 1), (1, 1.25), ("Fraction(6, 5)", 1),
            ("Fraction(36, 35)", 1.2), ("1.0285714285714285", 1.2), (0, 0), (1, "Fraction(5, 4)"),
            ("Fraction(6, 5)", "Fraction(36, 35)"),
            ("Fraction(10285714286, 10**10)", "Fraction(6, 5)"), ("-3", "1e6"), ("1.0285714", 1.2),
            ("Fraction(72, 70)", "Fraction(12, 10)")])],
    "l24_own_file": [
        ("H LOW HIGH BETTER", [
            (423.937, 336.73, 511.14, "one"), (423.937, 336.73, 511.14, "two"), (0, 0, 0, "one"),
            (454.158, 336.73, 511.14, "one"), (42, 1, 1, "one"), ("424", 1, 1, "one"),
            (423.937, 298.13, 610.19, "one"), (423.937, 511.14, 336.73, "one"),
            (423.937, 381.8, 1, "one"), (423.937, 300, 1, "one"), (423.937, 336.73, 610.19, "one"),
            (423.937, 336.73, 466.1, "one"), (423.937, 336.73, 336.73, "one"),
            (423.937, 336.73, "1e9", "one"), ("423.937323", "336.7348", "511.1398", "one")])],
}
ROWS = [(name, names.split(), answers)
        for name, tables in SAME.items() for names, rows in tables for answers in rows]


def typed(exercise, rows):
    """What a page says to each of these answers: whether they are right, and the lines."""
    script = page_script([], {answered.script(exercise): "judged"})
    return run(PAGE + script + TYPE, f"{json.dumps(rows)}.map(typed)")


def in_file(exercise, names, answers):
    """The reader's file with these answers."""
    lines = ["from fractions import Fraction"]
    kinds = {each.name: type(each) for each in exercise.asked}
    for name, answer in zip(names, answers, strict=True):
        text = str(answer)
        lines.append(f"{name} = {text if kinds[name] is Number else repr(text)}")
    return "\n".join(lines) + "\n"


def order_of_the_answer():
    text = (course.FOLDER / "answers" / "l10_graph.py").read_text(encoding="utf-8")
    return text[text.index("def meet"):]


def expected(verdict, name):
    """What a page should say where the terminal says this."""
    said = f": {verdict.why}" * bool(verdict.why)
    if verdict.state == checker.RIGHT:
        return [1.0, f"Right{said}."]
    return [0.0, f"{name}, not right yet{said}"]


@needs_node
@pytest.mark.parametrize("name", SAME)
def test_a_page_says_what_the_terminal_says(tmp_path, name):
    exercise = EXERCISES[name]
    rows = [(names, answers) for each, names, answers in ROWS if each == name]
    said = typed(exercise, [dict(zip(names, map(str, answers), strict=True))
                            for names, answers in rows])
    states = set()
    for (names, answers), (right, text) in zip(rows, said, strict=True):
        path = tmp_path / f"{name}.py"
        ending = order_of_the_answer() if name == "l10_graph" else ""
        path.write_text(in_file(exercise, names, answers) + ending, encoding="utf-8")
        verdict = checker.judge(name, path)
        states.add(verdict.state)
        first, *more = text.split("\n")
        if verdict.state == checker.RIGHT:
            notes = re.sub(r"^\w+ is read as .*?(; |$)", "", verdict.why)  # a page says no such
            assert [right, first] == expected(verdict._replace(why=notes), ""), answers
            continue
        asked = first.partition(",")[0]
        assert [right, first] == expected(verdict, asked), answers
        assert asked in names
        for line in more:
            title, _, told = line.partition(": ")
            there = str(getattr(verdict, title))
            assert plain(told) == plain(there), (answers, line)
    assert states == {checker.RIGHT, checker.WRONG}


def plain(text):
    """A row of a report, without what a page writes in another way: signs left out, fractions."""
    text = re.sub(r"\n +", "; ", text).replace("**", "^").replace("f'(x) = ", "")
    return re.sub(r"[ *]", "", text)


def test_every_sentence_of_every_table_is_said(tmp_path):
    """So that none of them is compared with nothing."""
    for name, exercise in EXERCISES.items():
        said = set()
        for each, names, answers in ROWS:
            if each == name:
                path = tmp_path / f"{name}.py"
                path.write_text(in_file(exercise, names, answers), encoding="utf-8")
                said.add(checker.judge(name, path).why)
        for asked in exercise.asked:
            whys = [*getattr(asked, "slips", {}).values()]
            if isinstance(asked, Number):
                whys = [*asked.judged.values(), asked.otherwise]
            for why in filter(None, whys):
                start = re.escape(re.split(r"\{", why)[0])
                assert any(re.match(start, each) for each in said), (name, asked.name, why)


ODD = {
    "": "it is still empty",
    "...": "it is still empty",
    "many": "it should be a number: cannot read »many«: there is no many here, but pi, e",
    "1/0": "it should be a finite number that a float can hold",
    "1e400": "it should be a number: cannot read »1e400«: the number is too large",
    "0,5": "it should be a number: cannot read 0»,«5: a comma separates inputs of a function; "
           "decimals have a point",
    "2; alert(1)": "it should be a number: cannot read 2»;« alert(1): this means nothing here",
    "</script>": "it should be a number: cannot read »<«/script>: a number or a name is missing "
                 "here",
}


@needs_node
def test_whatever_is_typed_is_only_read():
    exercise = Exercise([Number("X", {"X == 2": RIGHT}, "no")])
    for (text, why), found in zip(ODD.items(), typed(exercise, [{"X": text} for text in ODD]),
                                  strict=True):
        assert found == [0.0, f"X, not right yet: {why}"], text
    right = ["2", "'2'", "1 + 1", "sqrt(4)", "2.0", "Fraction(4, 2)", "2e0", "4^(1/2)"]
    assert typed(exercise, [{"X": text} for text in right]) == [[1.0, "Right."]] * len(right)


@needs_node
def test_of_several_tries_one_has_to_be_right():
    tries = Exercise([Number("X", {"X == 2": RIGHT}, "{X:g}", came="{X:g}", most=3, spent="!")])
    texts = ["2", "[2]", "1, 2", "(2, 1)", "[2, 1, 3]", "1", "[1, 3]", "1, 3, 4", "1, 1, 1, 2",
             "1/0, 2", "2, ...", "[]"]
    said = typed(tries, [{"X": text} for text in texts])
    assert [right for right, _ in said] == [1] * 5 + [0] * 7
    why = [text.removeprefix("X, not right yet: ") for _, text in said[5:]]
    assert why[:3] == ["1\ncame: 1", "3\ncame: 1; 3", "4!\ncame: 1; 3; 4"]
    assert why[3:5] == [TOO_MANY, "it should be a finite number that a float can hold"]
    assert all(text.startswith("it should be a number: cannot read ") for text in why[5:])


@needs_node
def test_a_formula_is_compared_where_both_have_a_value():
    exercise = Exercise([Formula("F", parse("log(x**2)"), {"log(x)": "half of it"})])
    texts = {"2*log(abs(x))": 1, "2*log(x)": 1, "log(x)": 0, "3": 0, "log(-1 - x**2)": 0, "2x(": 0,
             "log(x^2 + 1e-9)": 0, "log(x*x) + 0*y": 0}
    said = typed(exercise, [{"F": text} for text in texts])
    assert [right for right, _ in said] == [*texts.values()]
    words = ["half of it", "that is one number", "another formula", "cannot be read as a formula",
             "another formula", "nothing here is called y; there is x"]
    for part, (_, text) in zip(words, said[2:], strict=True):
        assert part in text
    assert "came: no value" in said[4][1]


@needs_node
def test_numbers_are_written_as_python_writes_them():
    looks = [".3g", ".2f", ",.0f", ".6g", "g", ".5g", ".3f"]
    numbers = [0, 1, -1.5, 1234567.891, 1e-7, 123456, 1e16, 0.00012345, 99999.7, -0.000051234, 2e22]
    parts = [Number("X", {}, "; ".join(f"{{X:{look}}}" for look in looks))]
    said = typed(Exercise(parts), [{"X": repr(x)} for x in numbers])
    for x, (_, text) in zip(numbers, said, strict=True):
        assert text.removeprefix("X, not right yet: ") == "; ".join(format(x, y) for y in looks)


def test_the_form_can_be_read_and_used_without_a_mouse():
    exercise = Exercise([Word("SIGN", "<", {">": "no"}), Number("SIZE"), Number("SIZE")])
    form = answered.form(exercise, "On.")
    assert form.count("<label>") == 3
    assert form.count('name="SIZE"') == 1
    assert '<fieldset><legend>SIGN</legend> <label><input type="radio" name="SIGN" value="&lt;">' \
        in form
    assert '<p role="status"' in form
    assert re.findall(r"<form[^>]*>", form) == ['<form class="answers" hidden>']
    assert not re.search(r"on\w+=|action=|method=", form)


@pytest.mark.parametrize("text", ["X = 1 # <b>", "X = (", "'''", "def f(:\n\tx\n  y"])
def test_the_stub_is_shown_in_any_state(text):
    (box,) = re.findall(r"<pre[^>]*>(.*)</pre>", answered.stub(text), re.DOTALL)
    assert unescape(re.sub(r"<[^>]+>", "", box)) == text


def test_the_stub_is_what_stands_below_the_question(tmp_path, monkeypatch):
    monkeypatch.setattr(course, "path", lambda name: tmp_path / f"{name}.py")
    file = tmp_path / "l99_none.py"
    assert course.stub("l99_none") == ""
    for text, stub in (('"""9. Title\n\nTask."""\n\nX = ...\n', "X = ..."), ("X = 1", "X = 1"),
                       ('"""9.\n"""\n\ndef f(x):\n    """y"""\n', 'def f(x):\n    """y"""')):
        file.write_text(text, encoding="utf-8")
        assert course.stub("l99_none") == stub
    file.write_bytes(b"\xff\xfe\x00")
    assert course.stub("l99_none") == ""


def test_the_script_is_small_and_runs_no_text():
    assert sum(len(bare(part)) for part in ("copy", "exercise")) < 5_000
    for part in ("copy", "exercise"):
        text = (Path(answered.__file__).parent / f"{part}.js").read_text(encoding="utf-8")
        assert not re.search(r"eval\(|new Function|innerHTML|</|import|fetch|localStorage", text)
        assert max(map(len, text.splitlines())) <= 100


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    if not CHROMIUM:
        pytest.skip("Chromium is not on this machine")
    try:
        browser = Browser(tmp_path_factory.mktemp("profile"))
    except (OSError, AssertionError) as error:
        pytest.skip(f"Chromium does not start here: {error}")
    browser.size(390)
    yield browser
    browser.close()


def opened(browser, folder, name):
    """The exercise of a lesson, and nothing else of it."""
    page = HtmlPage()
    page.begin(name)
    page.exercise()
    file = folder / f"{name}.html"
    body = "\n".join([*page.parts, book.moved(page)])
    file.write_text(book.lesson(course.number(name), body), encoding="utf-8")
    browser.errors.clear()
    browser.open(file.as_uri())


def said(browser):
    return browser.run("document.querySelector('.answers [role=status]').textContent")


def test_an_exercise_is_answered_with_the_keyboard(browser, tmp_path):
    opened(browser, tmp_path, "l02_explore")
    browser.run("document.querySelector('.stub button').focus()")
    browser.press("Tab")
    browser.press("ArrowRight")  # from + to -
    browser.press("Tab")
    browser.type("2")
    browser.press("Enter")
    assert said(browser).startswith("SIZE, not right yet: too flat: along the cloud")
    assert browser.run("document.querySelector('.answers > p:last-child').hidden") is True
    browser.type("0")
    assert said(browser) == ""  # it was of another answer
    browser.press("Enter")
    assert said(browser).startswith("SIZE, not right yet: too steep")
    browser.run("document.querySelector('[name=SIZE]').select()")
    browser.type("15/2")
    browser.press("Enter")
    assert said(browser).startswith("Right: with 1,000 pounds more go 7.68 miles per gallon less")
    assert "On to lesson 3" in browser.run("document.querySelector('.answers').innerText")
    assert browser.run("location.search + location.hash") == ""
    assert browser.errors == []


def test_the_stub_is_copied(browser, tmp_path):
    opened(browser, tmp_path, "l14_descent")
    browser.run("document.querySelector('.stub button').focus()")
    browser.press("Enter")
    browser.wait("document.querySelector('.stub output').textContent")
    assert browser.run("getSelection().toString().trim()") == course.stub("l14_descent")
    assert browser.errors == []


@pytest.mark.parametrize("name", EXERCISES)
def test_no_exercise_is_wider_than_a_telephone(browser, tmp_path, name):
    opened(browser, tmp_path, name)
    browser.run("document.querySelector('.answers button').click()")
    assert said(browser).endswith("it is still empty")
    assert browser.run("document.documentElement.scrollWidth <= innerWidth") is True
    assert browser.errors == []
