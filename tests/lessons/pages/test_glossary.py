"""The glossary: every word is a word of the lessons, and is linked where it is first met."""

import re

import pytest

from lessons import __main__ as story
from lessons import course
from lessons.pages import book, glossary
from lessons.pages.html import HtmlPage

SOURCES = {n: (course.FOLDER / f"{name}.py").read_text("utf-8").lower()
           for n, name in course.LESSONS.items()}


@pytest.mark.parametrize("name", glossary.WORDS)
def test_a_word_comes_up_in_its_lesson(name):
    text = " ".join(SOURCES[glossary.WORDS[name].lesson].split())
    assert re.search(rf"\b{name}", text), f"{name} in lesson {glossary.WORDS[name].lesson}"


@pytest.mark.parametrize(("house", "field"), [
    ("lever", "parameter"), ("spread", "standard deviation"), ("typical error", "RMSE"),
    ("loss", "cost"), ("slope", "derivative"), ("bottom", "minimum"), ("share", "proportion"),
    ("sweep", "backpropagation"), ("walk", "epochs"), ("log loss", "cross-entropy"),
    ("held back", "test set"),
])
def test_what_the_field_says(house, field):
    assert field in glossary.WORDS[house].field


def said(*texts):
    page = HtmlPage()
    for text in texts:
        page.say(text)
    return re.findall(r'href="glossary.html#([\w-]+)">([^<]+)</a>', "".join(page.parts))


@pytest.mark.parametrize(("texts", "links"), [
    (["Levers turn: one lever."], [("lever", "Levers")]),
    (["A lever.", "The lever."], [("lever", "lever")]),
    (["The log loss and the loss"], [("log-loss", "log loss"), ("loss", "loss")]),
    (["a typical error"], [("typical-error", "typical error")]),
    (["`lever` in code"], []),
    (["loss*2, 3*loss, loss = 4"], []),
    (["glossy levers2 slopeless"], []),
    (["a share of the target"], []),  # words with other meanings
])
def test_links_at_the_first_use(texts, links):
    assert said(*texts) == links


def test_lessons_are_linked_but_not_the_page_itself():
    page = HtmlPage()
    page.begin("l06_cost_curve")
    page.say("See lesson 7, lessons 1, 2 and 6; lesson 99, lesson 5.")
    html = page.parts[0]
    assert re.findall(r'<a href="([^"#]+)">([^<]+)</a>', html) == [
        ("l07-rate-of-change.html", "lesson 7"), ("l01-collect.html", "lessons 1"),
        ("l02-explore.html", "2"), ("l05-loss.html", "lesson 5")]
    assert " and 6; lesson 99, " in html


def test_in_a_terminal_and_on_its_page(capsys):
    assert story.main(["--glossary"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    page = book.words()
    for name, word in glossary.WORDS.items():
        assert f"{name} = {word.field}: {word.meaning} (lesson {word.lesson})" in out
        assert f'id="{glossary.anchor(name)}"' in page
