"""A page that keeps what a lesson writes on it, so that tests can read it."""

from collections.abc import Callable, Sequence
from typing import Any

from mathlab.drawing import Chart


class Record:
    """What was said, as one line of prose; the formulas; the tables, by column; the charts."""

    width = 79

    def __init__(self, lesson: Callable[[Any], None]):
        self.prose = ""
        self.texts: list[str] = []
        self.tables: list[dict[str, list[Any]]] = []
        self.charts: list[Chart] = []
        lesson(self)

    def open(self, docstring: str) -> None:
        self.say(docstring)

    def say(self, text: str) -> None:
        self.prose += " ".join(text.split()) + " "

    title = say

    def lines(self, text: str) -> None:
        self.texts.append(text)

    formula = lines

    def table(self, names: Sequence[str], columns: Sequence[Sequence[Any]]) -> None:
        self.tables.append(
            {name: list(column) for name, column in zip(names, columns, strict=True)}
        )

    def picture(self, chart: Chart) -> None:
        self.charts.append(chart)

    def pictures(self, charts: Sequence[Chart]) -> None:
        self.charts += charts
