"""A page that keeps what a lesson writes on it, so that tests can read it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lessons.pages.page import SEED, Page
from mathlab import Value
from mathlab.drawing import Chart


class Record(Page):
    """What was said, as one line of prose; formulas; tables, by column; charts; graphs."""

    def __init__(self, lesson: Callable[[Any], None], seed: int = SEED):
        super().__init__(seed)
        self.prose = ""
        self.texts: list[str] = []
        self.tables: list[dict[str, list[Any]]] = []
        self.charts: list[Chart] = []
        self.graphs: list[Value] = []
        lesson(self)

    def open(self, docstring: str | None) -> None:
        self.say(docstring or "")

    def say(self, text: str) -> None:
        self.prose += " ".join(text.split()) + " "

    title = say

    def lines(self, text: str) -> None:
        self.texts.append(text)

    formula = lines

    def table(self, columns: Mapping[str, Sequence[Any]]) -> None:
        self.tables.append({name: list(column) for name, column in columns.items()})

    def pictures(self, charts: Sequence[Chart]) -> None:
        self.charts += charts

    def graph(self, result: Value, title: str, slopes: bool = False) -> None:
        self.graphs.append(result)

    def exercise(self) -> None:
        """The exercises have tests of their own."""
