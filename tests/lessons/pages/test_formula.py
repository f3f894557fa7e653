"""A lesson's formulas in MathML: read where they are formulas, left alone where not."""

import re
import xml.etree.ElementTree as ET

import pytest

from lessons import course
from lessons.pages.formula import typeset
from lessons.pages.html import HtmlPage
from tests.lessons.record import replay

SEEN = {"\u2062": "", "\u2061": ""}


def shown(text):
    """What the eye sees of a formula, line by line: fractions as (a)/(b), powers as a^b."""
    lines = []
    for sides in typeset(text):
        root = ET.fromstring(f"<math>{''.join(sides)}</math>")
        lines.append("".join(map(seen, root)))
    return "\n".join(lines)


def seen(element):
    inside = [seen(each) for each in element]
    forms = {"mfrac": "({})/({})", "msup": "{}^{}", "msub": "{}_{}", "msqrt": "√({})"}
    if element.tag in forms:
        return forms[element.tag].format(*inside)
    return SEEN.get(element.text, element.text or "") + "".join(inside)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("revenue = slope*budget + intercept", "revenue=slope·budget+intercept"),
        ("residual   = revenue - prediction", "residual=revenue−prediction"),
        ("forward = (f(x+h) - f(x)) / h", "forward=(f(x+h)−f(x))/(h)"),
        ("(loss(1 + h) - loss(1)) / h", "(loss(1+h)−loss(1))/(h)"),
        ("f'(x) = 24*x\nf''(x) = 24", "f^′(x)=24x\nf^′′(x)=24"),
        ("g(f((x + 1)*2), sin(2*x))", "g(f((x+1)·2),sin2x)"),
        ("d loss / d slope = 2*budget", "(dloss)/(dslope)=2·budget"),
        ("d exp(x) / dx = exp(x)", "(de^x)/(dx)=e^x"),
        ("d (d loss / d a) / d a = 2", "(d(dloss)/(da))/(da)=2"),
        ("d log loss / d score = y", "(dlog loss)/(dscore)=y"),
        ("d (year 2) / dx = 4 - 8*x", "(dyear 2)/(dx)=4−8x"),
        ("new distance = distance*(1 - rate)", "new distance=distance·(1−rate)"),
        ("c0 + c1*x + ...", "c_0+c_1x+…"),
        ("sin(x) = x - x**3/6 + O(x**5)", "sinx=x−(x^3)/(6)+O(x^5)"),
        ("40 * 1 * -1 = -40", "40·1·(−1)=−40"),
        ("x < 1", ""),
        ("the slope is 1 to the right: a kink", ""),
        ("slope = (loss there - loss here)\n    / (there - here)", ""),
        ("y = <b>", ""),
        ("f(g(x)", ""),
        ("", ""),
    ],
)
def test_what_is_read(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(("text", "pieces"), [
    ("y = a + b", ["y", "=a+b"]),
    ("prediction = slope*budget + intercept - 1",
     ["prediction", "=slope·budget", "+intercept", "−1"]),
    ("target = sin(x_1 + x_2 - x_3) + -(x_4 + 1)/2",
     ["target", "=sin(x_1+x_2−x_3)", "+(−(x_4+1)/(2))"]),
    ("d loss / d slope = -2*(revenue - slope)", ["(dloss)/(dslope)", "=−2·(revenue−slope)"]),
])
def test_a_long_line_may_be_broken_before_its_terms(text, pieces):
    (line,) = typeset(text)
    found = [ET.fromstring(f"<math>{piece}</math>") for piece in line]
    assert ["".join(map(seen, each)) for each in found] == pieces
    for each in found[1:]:  # else the sign would stand as close as that of -x
        assert each[0].text == "=" or each[0].get("form") == "infix"


def test_on_a_page_it_has_a_number_and_its_text():
    page = HtmlPage()
    page.begin("l06_cost_curve")
    page.formula("y = a*x")
    page.formula("no formula: <b>")
    page.formula("y = 2\nz = 3")
    first, plain, third = page.parts
    assert plain == '<pre class="formula">no formula: &lt;b&gt;</pre>'
    for html, number, text in ((first, 1, "y = a*x"), (third, 2, "y = 2\nz = 3")):
        assert f'id="formula-6-{number}"' in html and f"(6.{number})</span>" in html
        assert f"<details><summary>as text</summary><pre>{text}</pre></details>" in html
    assert third.count("<div><math ") == 2


def test_most_formulas_of_the_course_are_typeset(monkeypatch):
    read, left = 0, []
    replay(monkeypatch)
    monkeypatch.setattr(HtmlPage, "formula", lambda page, text: texts.append(text))
    for number, name in course.LESSONS.items():
        texts = []
        page = HtmlPage()
        page.begin(name)
        course.lesson(number).main(page)
        read += sum(bool(typeset(text)) for text in texts)
        left += [text for text in texts if not typeset(text)]
    assert read > 50
    assert all(re.search(r"[a-z] [a-z]|  ", text) for text in left), left  # words, or a list
