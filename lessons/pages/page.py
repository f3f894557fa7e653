"""What a lesson writes on: prose, formulas, tables, pictures, and at the end an exercise.

A lesson says what is to be seen. A page knows how: in a terminal (`terminal.py`), or as a page of
the book for a browser (`html.py`).
"""

import textwrap
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from lessons import course
from lessons.pages.live.live import Guess, Live
from lessons.pages.sketch import Sketch
from lessons.pages.source import listing
from mathlab import Value
from mathlab.drawing import Chart

SEED = 1  # for the lessons that draw lots


class Page(ABC):
    """A page to write a lesson on.

    name     the lesson's, such as l14_descent
    width    how many letters a line has
    seed     with which a lesson draws its lots: the same seed, the same lesson
    story    whether this is the story only, without what there is to do
    untrue   the claims that did not hold: none, unless the lesson has been changed
    """

    name = ""
    width = 79

    def __init__(self, seed: int = SEED, story: bool = False) -> None:
        self.seed, self.story = seed, story
        self.untrue: list[str] = []

    def begin(self, name: str) -> None:
        """From now on this is the page of the lesson of that name."""
        self.name = name

    def open(self, docstring: str | None) -> None:
        """The head of a lesson: its question as a title, and what to guess first."""
        question, guess = self.head(docstring)
        self.title(question)
        self.say(guess)

    def head(self, docstring: str | None) -> tuple[str, str]:
        """The question of a lesson, and what to guess; also if Python was told to drop docstrings.
        """
        text = docstring or course.docstring(course.FOLDER / f"{self.name}.py")
        question, _, rest = text.partition("\n\n")
        return question.strip() or self.name, rest.partition("\n\n")[0]

    @abstractmethod
    def title(self, text: str) -> None:
        """A heading."""

    @abstractmethod
    def say(self, text: str) -> None:
        """A paragraph of prose."""

    def paragraphs(self, text: str) -> None:
        """Paragraphs of prose, and, indented, of text whose line breaks matter."""
        for paragraph in text.split("\n\n"):
            if paragraph.startswith("    "):
                self.lines(paragraph)
            else:
                self.say(paragraph)

    def claim(self, fact: bool, sentence: str, otherwise: str = "") -> str:
        """The sentence, if it is a fact; if not, it is kept in `untrue`, and what holds otherwise
        is returned.

        So a sentence that no number stands in can be contradicted by the numbers all the same.
        """
        if fact:
            return sentence
        self.untrue.append(sentence)
        return otherwise

    def formula(self, text: str) -> None:
        """A formula on lines of its own."""
        self.lines(textwrap.indent(text, "    "))

    @abstractmethod
    def lines(self, text: str) -> None:
        """Text whose line breaks matter."""

    def listing(self, function: Callable[..., Any], start: str = "") -> None:
        """The source of a function, from the line on that begins with `start`."""
        self.lines(textwrap.indent(listing(function, start, self.width - 4), "    "))

    @abstractmethod
    def table(self, columns: Mapping[str, Sequence[object]]) -> None:
        """Columns by their names, side by side, numbers to the right."""

    def rows(self, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """The same, row by row."""
        self.table(dict(zip(names, zip(*rows, strict=True), strict=True)))

    def picture(self, chart: Chart) -> None:
        """A chart."""
        self.pictures([chart])

    @abstractmethod
    def pictures(self, charts: Sequence[Chart]) -> None:
        """Charts, side by side if there is room."""

    def live(self, live: Live) -> None:
        """A picture that a reader can move, where there are means for that; else it stands still,
        below its question."""
        self.say(live.question)
        if live.charts:
            self.pictures(live.charts)

    def guess(self, question: str, guess: Guess, name: str = "first") -> None:
        """A guess to take before the text goes on, where there is somebody to give one."""
        self.live(Live(name, question, [], guess=guess))

    def sketch(self, question: str, sketch: Sketch) -> None:
        """A curve to draw before it is seen: on paper, where a page has no better means."""
        self.say(f"{question} Sketch it on paper before you read on.")

    @abstractmethod
    def graph(self, result: Value, title: str, slopes: bool = False) -> None:
        """The expression graph of a result; on each edge its slope, if that is asked for."""

    def change(self, text: str) -> None:
        """One thing to change in the lesson's own file, and what to look for then."""
        if not self.story:
            self.say(f"Change one thing: at the top of lessons/{self.name}.py {text}")

    def exercise(self) -> None:
        """What the lesson's exercise asks, where the answer goes, and how it is checked."""
        if self.story:
            return
        if not course.path(self.name).is_file():
            self.say(f"No exercise: {course.needs(self.name)}.")
            return
        title, task = course.exercise(self.name)
        self.title(f"Exercise: {title}")
        self.paragraphs(task)
        if first := course.first():
            self.say("First have the exercises copied into a folder of your own:")
            self.lines(f"    {first}")
            return
        self.say("Write your answer into this file, and let it be checked:")
        check = course.command(course.number(self.name), "--check")
        self.lines(f"    {course.path(self.name)}\n    {check}")
