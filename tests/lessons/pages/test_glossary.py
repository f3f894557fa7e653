"""The glossary: every word is a word of the lessons, and is linked where it is first met."""

import re

import pytest

from lessons import __main__ as story
from lessons import course
from lessons.pages import book, glossary, manuals
from lessons.pages.html import HtmlPage
from tests.lessons.record import told

SOURCES = {n: (course.FOLDER / f"{name}.py").read_text("utf-8").lower()
           for n, name in course.LESSONS.items()}


@pytest.mark.parametrize("name", glossary.WORDS)
def test_a_word_comes_up_in_its_lesson(name):
    text = " ".join(SOURCES[glossary.WORDS[name].lesson].split())
    assert re.search(rf"\b{name}", text), f"{name} in lesson {glossary.WORDS[name].lesson}"


@pytest.mark.parametrize(("house", "field"), [
    ("lever", "parameter"), ("spread", "standard deviation"), ("typical error", "RMSE"),
    ("loss", "cost"), ("slope", "derivative"), ("bottom", "minimum"), ("share", "proportion"),
    ("sweep", "backpropagation"), ("walk", "iterations"), ("log loss", "cross-entropy"),
    ("held back", "test set"),
])
def test_what_the_field_says(house, field):
    assert field in glossary.WORDS[house].field


def of_the_field(word):
    """The names that the field has for it."""
    pieces = re.split(r"[,;:()]", word.field.lower().replace("of a function", ""))
    return {re.sub("^(in pytorch|in a network|of a line)", "", each.strip()).strip()
            for each in pieces} - {""}


def named(text, name, fields):
    """Whether one of the field's names stands near the first use of a word of the house."""
    first = re.search(rf"\b{name}s?\b", text, re.I)
    near = text[max(0, first.start() - 250) : first.end() + 250].lower()
    return any(re.search(rf"\b{re.escape(each)}", near) or (each.startswith(".") and each in near)
               for each in fields)


@pytest.mark.parametrize("name", glossary.WORDS)
def test_beside_a_word_stands_what_the_field_says(name):
    """At its first use in the text of its lesson, or in the question above that."""
    word = glossary.WORDS[name]
    docstring = " ".join(course.lesson(word.lesson).__doc__.split())
    prose = told(word.lesson).prose.removeprefix(docstring)
    texts = [text for text in (docstring, prose) if re.search(rf"\b{name}s?\b", text, re.I)]
    assert any(named(text, name, of_the_field(word)) for text in texts)


def test_a_word_without_the_fields_is_noticed():
    far = "Turn the lever. " + "And so on. " * 40 + "A parameter"
    assert not named(far, "lever", {"parameter"})
    assert named("Turn the lever (the parameter).", "lever", {"weight", "parameter"})


@pytest.mark.parametrize("word", [
    "overfitting", "ridge", "penalty", "L2 regularization", "momentum", "Adam", "batch",
    "R squared", "AIC", "log-likelihood", "eigenvalue", "epoch", "training loop", "feature",
    "cross-validation", "hyperparameter", "tensor", "requires_grad", "Module", "estimator", "C",
    "accuracy", "weight decay", "predictor", "MLP"])
def test_a_word_of_a_manual_is_found(word):
    listed = {each.strip() for entry in glossary.WORDS.values()
              for each in re.split("[,()]", entry.field)}
    assert word in listed | {re.sub(r" \(.*", "", term) for term in manuals.MORE}


def test_what_a_loop_an_iteration_and_an_epoch_are_differs():
    walk, loop, epoch = (glossary.WORDS[name] for name in ("walk", "training loop", "epoch"))
    assert "iterations" in walk.field and "epoch" not in walk.field + loop.field
    assert "steps" in walk.meaning and "program" in loop.meaning and "all rows" in epoch.meaning


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
