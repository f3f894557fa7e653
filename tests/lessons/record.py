"""A lesson, run once: what it wrote, to be read by tests, and to be written again on any page."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache
from inspect import signature
from typing import Any

from lessons import course
from lessons.pages.html import HtmlPage
from lessons.pages.live.live import Live
from lessons.pages.page import SEED, Page
from lessons.run import name_of
from mathlab import Value
from mathlab.drawing import Chart


class Reading(Page):
    """What was said, as one line of prose; formulas; tables, by column; charts; graphs."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.prose = ""
        self.texts: list[str] = []
        self.tables: list[dict[str, list[Any]]] = []
        self.charts: list[Chart] = []
        self.graphs: list[Value] = []
        self.lives: list[Live] = []
        self.asked: list[Live] = []  # with a guess, moving or not
        self.claims: list[str] = []  # true or not

    def open(self, docstring: str | None) -> None:
        self.say(docstring or "")

    def say(self, text: str) -> None:
        self.prose += " ".join(text.split()) + " "

    title = say

    def claim(self, fact: bool, sentence: str, otherwise: str = "") -> str:
        self.claims.append(sentence)
        return super().claim(fact, sentence, otherwise)

    def lines(self, text: str) -> None:
        self.texts.append(text)

    formula = lines

    def table(self, columns: Mapping[str, Sequence[Any]]) -> None:
        self.tables.append({name: list(column) for name, column in columns.items()})

    def pictures(self, charts: Sequence[Chart]) -> None:
        self.charts += charts

    def live(self, live: Live) -> None:
        if live.levers or live.kind:
            self.lives.append(live)
        if live.guess:
            self.asked.append(live)
        super().live(live)

    def graph(self, result: Value, title: str, slopes: bool = False) -> None:
        self.graphs.append(result)

    def exercise(self) -> None:
        """The exercises have tests of their own."""


class Record:
    """A page that keeps all calls of those of a `Page`'s methods that return nothing, and so write;
    afterwards, a `Reading` of them too.

    A lesson may ask it for its seed and for no other attribute: what it says must suit every page.

    beside   pages that are written at once, while the lesson runs
    """

    def __init__(self, lesson: Callable[[Any], None], seed: int = SEED, *beside: Page) -> None:
        self.lesson, self.seed = name_of(lesson), seed
        self.calls: list[tuple[str, Any, Any]] = []
        reading = Reading(seed)
        self.pages = (reading, *beside)
        for page in self.pages:
            page.begin(self.lesson)
        lesson(self)
        self.__dict__ |= vars(reading)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(Page, name, None)
        if not callable(method):
            raise AttributeError(f"a lesson cannot ask a page for its {name}")
        if signature(method).return_annotation is not None:
            return getattr(self.pages[0], name)

        def keep(*arguments: Any, **options: Any) -> None:
            call = (name, kept(arguments), kept(options))
            self.calls.append(call)
            for page in self.pages:
                write(page, *call)

        return keep

    def main(self, page: Page) -> None:
        """The lesson once more, on another page."""
        assert page.seed == self.seed
        page.begin(self.lesson)
        for call in self.calls:
            write(page, *call)


def kept(thing: Any) -> Any:
    """A thing as it is now: what a lesson does to its lists and grads later changes nothing."""
    if isinstance(thing, Value):
        return deepcopy(thing)
    if isinstance(thing, Mapping):
        return {name: kept(part) for name, part in thing.items()}
    if isinstance(thing, tuple):
        parts = map(kept, thing)
        return type(thing)(*parts) if hasattr(thing, "_fields") else tuple(parts)
    return [*map(kept, thing)] if isinstance(thing, list | Iterator) else thing


def write(page: Page, name: str, arguments: Any, options: Any) -> None:
    """One call of a page's method."""
    getattr(page, name)(*arguments, **options)


@cache
def told(number: int) -> Record:
    """The lesson of that number, run once for all tests that only look at it.

    It was written into a book meanwhile, so whether it can be told again can be seen.
    """
    return Record(course.lesson(number).main, SEED, HtmlPage())


def replay(monkeypatch: Any, numbers: Iterable[int] = course.LESSONS) -> None:
    """From now on these lessons are not run, but told again."""
    for number, record in [(number, told(number)) for number in numbers]:
        monkeypatch.setattr(course.lesson(number), "main", record.main)
