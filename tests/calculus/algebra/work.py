"""The work that it takes to simplify: the products that are tried, and the nodes that are made."""

import contextlib
import math
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest

from mathlab import inputs_first, parse
from mathlab.calculus.algebra import simplify as chapter
from mathlab.errors import DomainError


def work(run: Callable[[], object]) -> tuple[int, int]:
    """How many products and nodes it takes to run something.

    >>> from mathlab import parse, simplify
    >>> work(lambda: simplify(parse("x + x")))
    (1, 5)
    """
    products = 0
    books = dict[int, Any]()  # an algebra that runs again goes on in the same notebook

    class Noted(chapter._Algebra):
        def __init__(self, *settings: Any) -> None:
            super().__init__(*settings)
            books[id(self.book)] = self.book

        def merged(self, *parts: Any) -> Any:
            nonlocal products
            products += self.tries > -math.inf
            return super().merged(*parts)

    with patch.object(chapter, "_Algebra", Noted):
        run()
    return products, sum(len(book.made) for book in books.values())


def check(text: str, simple: str, products: int, nodes: int) -> None:
    """See that a formula becomes what it should, has the same value, and takes no more work."""
    found = chapter.simplify(parse(text))
    assert str(found) == simple
    tried, made = work(lambda: chapter.simplify(parse(text)))
    assert (tried <= products, made <= nodes) == (True, True), (tried, made)
    place = {x.name: 0.6 + i / 7 for i, x in enumerate(inputs_first(parse(text)))
             if x.name and not x.operation}
    left = {x.name for x in inputs_first(found) if not x.operation}
    with contextlib.suppress(DomainError):  # the simpler one may have a value where this has none
        value = parse(text).at(**place)
        assert found.at(**{n: place[n] for n in left}) == pytest.approx(value, rel=1e-9, abs=1e-12)
