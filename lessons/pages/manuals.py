"""The last page: manuals of the field, read with the words of the house.

Two passages as they might stand in the manuals of PyTorch and scikit-learn; they are made up. Each
word of the field in them stands in brackets, and the glossary knows what it is called here.

>>> house("parameter")
'lever'
>>> marked("a [parameter] and [epochs]", lambda term, name: f"{term} = {name}")
'a parameter = lever and epochs = epoch'
"""

import re
from collections.abc import Callable

from lessons.pages import glossary
from lessons.pages.page import Page

TITLE = "To read on: the manuals of the field"
BEFORE = """You know what these passages say; only the words differ. They are made up, in the
    manner of two manuals that you may want to read next. Read each one first, and say in the words
    of these lessons what it tells you to do. What is underlined is told below it."""
PASSAGES = {
    "As in the manual of PyTorch": """While the model runs, a [computational graph] is recorded.
        loss.backward() walks it by [backpropagation] and adds each [partial derivative] to the grad
        of its [parameter]; so call optimizer.zero_grad() first, or the old ones are added to. Then
        optimizer.step() moves every parameter against the [gradient], by the [learning rate]. If
        the [loss function] grows, take a smaller [step size]. Repeat this [training loop] for some
        [epochs], a [batch] at a time, and keep the model that is best on the [validation set]. For
        yes or no use BCEWithLogitsLoss: it takes the [cross-entropy] of the [logit], not of the
        chance, and does not overflow. Of an operation of your own, let a [gradient check] compare
        the backward pass with differences.""",
    "As in the manual of scikit-learn": """fit(X, y) takes a matrix with a column for each feature,
        and the [dependent variable] y. Afterwards coef_ has the [coefficient] of each feature.
        Split off a [test set] first, and report the [root mean squared error] there. Features of
        unlike size make an [ill-conditioned problem]: let StandardScaler take the mean from each
        and divide it by its [standard deviation]. If [convergence] is not reached after max_iter
        [iterations], scale the features or allow more. LogisticRegression puts the
        [logistic function] around a line, and its solver looks for the [minimum] of the [negative
        log-likelihood], plus a [penalty] for large coefficients, which is larger the smaller C
        is.""",
}
OTHERS = "Other words of theirs"
MORE = {
    "tensor (PyTorch)": "numbers in a row, a table or a stack of tables; a Value here holds one",
    "requires_grad (PyTorch)": "backward() is to find the slopes of this tensor, as here of all",
    "Module (PyTorch)": "a model, or a part of one, with its parameters",
    "estimator (scikit-learn)": "what has a fit(): a model and how it is trained; here a Trainer",
    "C (scikit-learn)": "one divided by the number that the ridge is multiplied by",
    "accuracy": "the share of the rows that are right if the likelier answer is taken",
    "hyperparameter": "what you choose and training does not: a learning rate, a ridge, the units",
    "cross-validation": """the rows are cut into parts, each part is held back once, and the test
        errors are averaged""",
}
TERM = re.compile(r"\[([^]]+)\]")


def house(term: str) -> str:
    """What a word of the field is called here.

    Raises: ValueError if the glossary knows no such word, or several.
    """
    forms = {term.lower(), term.lower().removesuffix("s")}
    found = [name for name, word in glossary.WORDS.items()
             if forms & {*re.split(r" *[,;:()] *", word.field.lower())}]
    if len(found) != 1:
        raise ValueError(f"{term!r} is {' and '.join(found) or 'nothing'} in the glossary")
    return found[0]


def marked(text: str, mark: Callable[[str, str], str]) -> str:
    """A passage on one line, each word of the field marked, which is told its word of the house."""
    return TERM.sub(lambda found: mark(found[1], house(found[1])), " ".join(text.split()))


def terms(text: str) -> list[str]:
    """The words of the field in a passage, in order."""
    return TERM.findall(" ".join(text.split()))


def told(term: str) -> str:
    """What a word of the field is called here, what it means, and where that was told."""
    name = house(term)
    word = glossary.WORDS[name]
    here = "so here, too" if name == term.lower() else f"here {name}"
    return f"{here}; {word.meaning} (lesson {word.lesson})"


def write(page: Page) -> None:
    """The passages on a page of a terminal, the words between underscores, and what they are."""
    page.title(TITLE)
    page.say(BEFORE)
    for title, passage in PASSAGES.items():
        page.title(title)
        page.say(marked(passage, lambda term, _: f"_{term}_"))
        for term in terms(passage):
            page.say(f"{term}: {told(term)}")
    page.title(OTHERS)
    for term, meaning in MORE.items():
        page.say(f"{term}: {meaning}")
