"""The work that it takes to simplify: the products that are tried, and the nodes that are made."""

import math
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from mathlab.calculus.algebra import simplify as chapter


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
