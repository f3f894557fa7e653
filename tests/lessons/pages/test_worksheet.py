"""Worksheets in a file: what is asked, the key on a page of its own, and hostile paths."""

import html
import re
from html.parser import HTMLParser
from itertools import islice

import pytest

from lessons.pages import steps as typeset
from lessons.pages import worksheet
from lessons.practice import __main__ as practice
from lessons.practice.problems import LEVELS, mixed, problems
from lessons.practice.questions import first_rule, planted
from mathlab import derivative, parse, steps
from mathlab.calculus.text.mathml import row


class Strict(HTMLParser):
    """What is opened is closed, in order."""

    def __init__(self, text):
        super().__init__()
        self.open = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        if tag not in ("meta", "input", "hr", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def written(path, *arguments):
    assert practice.main(["--html", str(path), *arguments]) == 0
    text = path.read_text(encoding="utf-8")
    Strict(text)
    return text


def test_problems_with_room_and_then_the_key(tmp_path, capsys):
    page = written(tmp_path / "Sheet 1.html", "--seed", "3")
    assert str(tmp_path / "Sheet 1.html") in capsys.readouterr().out
    asked, key = page.split('<section class="key">')
    assert asked.count('<div class="room">') == practice.COUNT
    assert re.search(r'class="name">Name <span></span> Date', asked)
    assert ".key { break-before: page;" in page
    for _, formula in islice(mixed(3), practice.COUNT):
        assert asked.count(f"<mo>=</mo>{row(formula)}</math><") == 1
        assert f">{row(derivative(formula, typeset.X))}</math>" in key
        assert f">{row(derivative(formula, typeset.X))}</math>" not in asked
    assert "<script" not in page and "http" not in page


def test_a_level_and_a_number_of_problems(tmp_path):
    page = written(tmp_path / "a.html", "--level", "3", "--count", "4", "--seed", "1")
    assert "Derivatives, level 3, sheet 1" in page
    for formula in islice(problems(3, 1), 4):
        assert page.count(f"<mo>=</mo>{row(formula)}</math><") == 1


def test_rules_come_mixed():
    for seed in range(5):
        drawn = [*islice(mixed(seed), 18)]
        for begin in range(0, 18, 6):
            assert {level for level, _ in drawn[begin : begin + 6]} == {*LEVELS}
        for level in LEVELS:
            of_level = [str(formula) for own, formula in drawn if own == level]
            assert of_level == [str(formula) for formula in islice(problems(level, seed), 3)]
        assert len({i % 6 for i, (level, _) in enumerate(drawn) if level == 1}) > 1
    one, other = ([level for level, _ in islice(mixed(seed), 6)] for seed in (1, 2))
    assert one != other


def test_the_answers_stand_in_short_before_they_are_worked_out(tmp_path):
    page = written(tmp_path / "a.html", "--seed", "3", "--count", "7")
    key = page.split('<ol class="answers">')[1]
    answers, worked = key.split("<h2>How they are worked out</h2>")
    chosen = worksheet.drawn(None, 3, 7).formulas
    assert answers.count("<li>") == 7 == worked.count('<ol class="steps">')
    places = [answers.index(f"<mo>=</mo>{row(derivative(each, typeset.X))}</math>")
              for each in chosen]
    assert places == sorted(places)
    levels = {str(each): level for level, each in islice(mixed(3), 7)}
    in_order = [levels[str(each)] for each in chosen]
    assert in_order == sorted(in_order)


@pytest.mark.parametrize("text", ["x**2", "x**2*sin(3*x)", "sqrt(2*x + x**3)/x", "exp(cos(x))"])
def test_every_step_is_there_and_no_name_stands_for_a_slope(text):
    formula = parse(text)
    html = typeset.worked(formula)
    Strict(html)
    assert "d/dx" not in html
    for step in steps(formula, typeset.X).steps:
        assert step.rule in html
        assert f"<mo>[</mo>{row(step.part)}<mo>]</mo>" in html


def test_a_second_time_it_is_replaced_and_nothing_else_is(tmp_path, capsys):
    path = tmp_path / "sheet.html"
    first = written(path)
    assert "takes the place" not in capsys.readouterr().out
    assert first != written(path, "--seed", "2")
    assert "It takes the place of the worksheet that had this name." in capsys.readouterr().out
    for other in ("mine", "<!DOCTYPE html><!-- a page of the mathlab course -->\n", ""):
        path.write_text(other, encoding="utf-8")
        assert practice.main(["--html", str(path)]) == 1
        assert "was not made by mathlab" in capsys.readouterr().err
        assert path.read_text(encoding="utf-8") == other
    assert [each.name for each in tmp_path.iterdir()] == ["sheet.html"]


def test_hostile_paths_end_in_one_line(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "link.html").symlink_to(tmp_path / "nowhere")
    for path in ("", ".", str(tmp_path)):
        assert practice.main(["--html", path]) == 1
        assert "is a folder; name a file in it\n" in capsys.readouterr().err
    for path in ("file/sheet.html", "link.html", "/dev/null", "x" * 300):
        assert practice.main(["--html", path]) == 1, path
        said = capsys.readouterr()
        assert said.out == "" and said.err.startswith("error: ") and said.err.count("\n") == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "link.html"]


def test_a_name_is_kept_and_its_folder_is_made(tmp_path):
    path = tmp_path / "new <b>" / "Klasse 9b, Übung & mehr.html"
    assert worksheet.ASKED["derive"] in written(path)
    assert path.is_file()


@pytest.mark.parametrize(("kind", "task"), [("rule", "Which rule comes first? sum rule, product"),
                                            ("slip", "In which line is the slip?")])
def test_rules_and_slips_on_paper(tmp_path, capsys, kind, task):
    options = ["--kind", kind, "--seed", "5", "--count", "8"]
    asked, key = written(tmp_path / "a.html", *options).split('<section class="key">')
    capsys.readouterr()
    practice.main([*options, "--answers"])
    plain, answers = capsys.readouterr().out.split("Answers\n")
    assert task in asked and task in " ".join(plain.split())
    chosen = worksheet.drawn(None, 5, 8, kind)
    assert len({str(each) for each in chosen.formulas}) == 8
    for i, formula in enumerate(chosen.formulas, 1):
        if kind == "rule":
            assert asked.count(f"<mo>=</mo>{row(formula)}</math> __") == 1
            assert f"<li>{first_rule(formula)}</li>" in key and first_rule(formula)
            assert f"{i:2}. {first_rule(formula)}\n" in answers
            assert f"{i:2}. y = {formula}\n    rule:" in plain
        else:
            wrong = planted(formula)
            assert all(line.equation in " ".join(plain.split()) for line in wrong.lines)
            assert f"<li>line {wrong.place + 1}: " in key and wrong.words in html.unescape(key)
            assert f"{i:2}. line {wrong.place + 1}: " in answers
            assert wrong.words not in html.unescape(asked) and "d/dx" not in asked


def test_the_key_has_the_form_in_which_the_rules_leave_it():
    assert [*map(str, worksheet.slopes(parse("(8*x + 4*x**4)**5")))] == [
        "5*(8*x + 4*x**4)**4*(16*x**3 + 8)", "20480*x**7*(x**3 + 2)**4 + 10240*(x**4 + 2*x)**4"]
    assert [*map(str, worksheet.slopes(parse("4*x**2*tanh(x)")))] == [
        "8*x*tanh(x) + 4*x**2*sech(x)**2"]
    for level in LEVELS:
        for formula in islice(problems(level, 2), 12):
            forms = [each.at(x=0.3) for each in worksheet.slopes(formula)]
            assert forms == pytest.approx([derivative(formula, typeset.X).at(x=0.3)] * len(forms))


@pytest.mark.parametrize("more", [["--count", "0"], ["--level", "9"], ["--answers"]])
def test_wrong_arguments(tmp_path, more, capsys):
    with pytest.raises(SystemExit) as stop:
        practice.main(["--html", str(tmp_path / "a.html"), *more])
    assert stop.value.code == 2
    assert list(tmp_path.iterdir()) == []


def test_no_step_is_cut_by_a_page(tmp_path):
    printed = written(tmp_path / "a.html")
    assert re.search(r"\.steps > li \{[^}]*break-inside: avoid;", printed)
    assert re.search(r"\.steps \{[^}]*break-before: avoid;", printed)  # nor is the first cut off
