"""The last page: each word of the field is one of the glossary's, and is told in both editions."""

import re

import pytest

from lessons import __main__ as story
from lessons.pages import book, glossary, manuals

TERMS = [term for passage in manuals.PASSAGES.values() for term in manuals.terms(passage)]


@pytest.mark.parametrize(("term", "name"), [
    ("parameter", "lever"), ("backpropagation", "sweep"), ("training loop", "training loop"),
    ("epochs", "epoch"), ("batch", "batch"), ("penalty", "ridge"),
    ("standard deviation", "spread"), ("coefficient", "slope"),
    ("root mean squared error", "typical error"), ("test set", "held back"),
    ("cross-entropy", "log loss"), ("negative log-likelihood", "log loss"), ("logit", "score"),
    ("logistic function", "sigmoid"), ("dependent variable", "target"), ("minimum", "bottom"),
    ("validation set", "validation rows"), ("gradient check", "witness"),
    ("learning rate", "learning rate"), ("step size", "learning rate"), ("gradient", "gradient"),
    ("partial derivative", "partial derivative"), ("loss function", "loss"),
    ("computational graph", "graph"), ("ill-conditioned problem", "valley"),
    ("convergence", "convergence"), ("iterations", "walk"),
])
def test_what_a_word_of_the_field_is_called_here(term, name):
    assert manuals.house(term) == name
    assert term in TERMS


def test_no_other_words_are_marked():
    assert len(set(TERMS)) == len(TERMS) == 27


@pytest.mark.parametrize(("term", "said"), [
    ("loss landscape", "'loss landscape' is nothing in the glossary"),
    ("bias", "'bias' is intercept and lever in the glossary"),
])
def test_a_word_that_is_nothing_or_several_is_refused(term, said):
    with pytest.raises(ValueError, match=said):
        manuals.marked(f"a [{term}]", lambda term, name: term)


def test_in_a_terminal(capsys):
    assert story.main(["--glossary"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    _, page = out.split(manuals.TITLE)
    for term in TERMS:
        assert f"_{term}_" in page
        word = glossary.WORDS[manuals.house(term)]
        assert re.search(rf"(?<!_){re.escape(term)}: .{{4,30}}; {re.escape(word.meaning)} "
                         rf"\(lesson {word.lesson}\)", page)
    assert "[" not in page
    for term, meaning in manuals.MORE.items():
        assert f"{term}: {' '.join(meaning.split())}" in page


def test_in_the_book():
    page, words = book.read_on(), book.words()
    links = re.findall(r'<a class="word" href="glossary.html#([\w-]+)">([^<]+)</a>', page)
    assert [(anchor, text) for anchor, text in links] == [
        (glossary.anchor(manuals.house(term)), term) for term in TERMS]
    for anchor, _ in links:
        assert f'<dt id="{anchor}">' in words
    for term in TERMS:
        assert f"<dt><b>{term}</b></dt>" in page
    for term in manuals.MORE:
        assert f"<dt><b>{term}</b></dt>" in page
    assert "manuals.html" in words and "manuals.html" in book.contents()


def test_the_passages_tell_what_the_lessons_have_told():
    """Each fact in them is one of a lesson: what adds up, what divides, and what is compared."""
    torch, sklearn = (" ".join(text.split()) for text in manuals.PASSAGES.values())
    assert "zero_grad() first, or the old ones are added to" in torch  # lesson 10: 24, 48, 72
    assert "against the [gradient], by the [learning rate]" in torch  # lesson 14
    # lesson 16, and what StandardScaler does: (x - mean)/std
    assert "take the mean from each and divide it by its [standard deviation]" in sklearn
    # CrossEntropyLoss is for one of several classes; this one is for yes or no, of logits
    assert "For yes or no use BCEWithLogitsLoss" in torch and "CrossEntropyLoss" not in torch
    assert "larger the smaller C is" in sklearn  # "C: inverse of regularization strength"
    assert all(len(text.split()) < 130 for text in (torch, sklearn))
