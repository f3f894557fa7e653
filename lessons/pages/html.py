"""A lesson as a page for a browser: it needs no script, no server and no other file.

>>> page = HtmlPage()
>>> page.say("a < b")
>>> page.parts
['<p>a &lt; b</p>']
"""

import re
import textwrap
import tokenize
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from html import escape
from pathlib import Path
from typing import Any

import mathlab
from lessons import course
from lessons.grading import checker
from lessons.pages import glossary
from lessons.pages.formula import typeset
from lessons.pages.live import answered
from lessons.pages.live.live import Live
from lessons.pages.page import SEED, Page
from lessons.pages.source import coloured, excerpt, listing
from mathlab import Value
from mathlab.calculus.graph.chain_rule import local_slopes
from mathlab.drawing import Chart
from mathlab.drawing.charts import svg
from mathlab.drawing.graphs import graph
from mathlab.drawing.paper import album
from mathlab.learning.data.table import cell, is_numeric

# Pixels of a picture that stands alone, and of one beside another. A telephone shows them a little
# smaller, a desktop larger: their letters, 12 pixels high, are nowhere less than 11.
ALONE, BESIDE = (350, 280), (300, 270)
NARROW = 34  # letters of code that a telephone shows; what is wider scrolls, and takes the focus
LONG = 80  # letters of a formula that is too wide for a column on paper
MATHLAB = Path(mathlab.__file__).parent
LESSONS = re.compile(r"\b[Ll]essons? \d+(?:(?:, | and | to | or )\d+)*\b")


class HtmlPage(Page):
    """The parts of a page, one after the other: `parts` are pieces of HTML."""

    def __init__(self, seed: int = SEED) -> None:
        super().__init__(seed)
        self.parts: list[str] = []
        self.lives: list[Live] = []  # the pictures that move
        self.calls: dict[str, str] = {}  # of the script, and the part of it that each needs
        self.met: set[str] = set()  # words of the glossary that have their link
        self.counts = Counter[str]()  # of figures and formulas

    @property
    def lesson(self) -> int:
        """The number of the lesson; 0 before it has begun."""
        return course.number(self.name) if self.name else 0

    def open(self, docstring: str | None) -> None:
        """The question, and what to guess first."""
        question, guess = self.head(docstring)
        number, _, title = question.partition(". ")
        name, _, asked = title.partition(": ")
        asked = _words(asked[:1].upper() + asked[1:])
        self.parts.append(f"<h1><small>{number}. {_words(name)}</small> {asked}</h1>")
        self.parts.append(f'<p class="box">{_strong(self.prose(guess), "Guess first")}</p>')

    def title(self, text: str) -> None:
        """A heading."""
        self.parts.append(f"<h2>{_words(text)}</h2>")

    def say(self, text: str) -> None:
        """A paragraph of prose."""
        self.parts.append(f"<p>{self.prose(text)}</p>")

    def formula(self, text: str) -> None:
        """A formula with its number, as a book prints it, and on a click as text; what is not
        arithmetic, as text only."""
        lines = typeset(text)
        if not lines:
            self.parts.append(f'<pre class="formula">{escape(text)}</pre>')
            return
        number = self.numbered("formula")
        printed = "".join(
            "<div>" + " ".join(f'<math displaystyle="true">{side}</math>' for side in sides) +
            "</div>" for sides in lines)  # a side may stand beneath the other
        look = "formula long" if max(map(len, text.splitlines())) > LONG else "formula"
        self.parts.append(
            f'<div class="{look}" id="formula-{number.replace(".", "-")}">'
            f'<div class="math"{_scrolls(text, f"formula {number}")}>{printed}</div>'
            f"<details><summary>as text</summary><pre>{escape(text)}</pre></details>"
            f'<span class="count">({number})</span></div>'
        )

    def lines(self, text: str) -> None:
        """Text whose line breaks matter."""
        self.parts.append(_code(escape(textwrap.dedent(text)), "text"))

    def listing(self, function: Callable[..., Any], start: str = "") -> None:
        """The source of a function, in colours."""
        self.parts.append(_code(coloured(listing(function, start, self.width)), "code"))

    def table(self, columns: Mapping[str, Sequence[object]]) -> None:
        """Columns by their names, side by side, numbers to the right."""
        looks = [' class="number"' if is_numeric(values) else "" for values in columns.values()]
        head = "".join(
            f'<th scope="col"{look}>{escape(name)}</th>' if name else "<td></td>"
            for name, look in zip(columns, looks, strict=True)
        )
        rows = (
            "".join(
                f"<td{look}>{escape(cell(value).strip())}</td>"
                for value, look in zip(row, looks, strict=True)
            )
            for row in zip(*columns.values(), strict=True)
        )
        body = "\n".join(f"<tr>{row}</tr>" for row in rows)
        wide = _scrolls("   ".join(_widest(columns)), "table")
        self.parts.append(
            f'<div class="wide"{wide}><table>\n<thead><tr>{head}</tr></thead>\n'
            f"<tbody>\n{body}\n</tbody>\n</table></div>"
        )

    def pictures(self, charts: Sequence[Chart]) -> None:
        """Charts, side by side if there is room."""
        width, height = ALONE if len(charts) == 1 else BESIDE
        figures = []
        for chart in charts:
            untitled = copy(chart)
            vars(untitled)["title"] = ""  # it is the caption
            picture = svg.render(untitled, width, height)
            figures.append(f"<figure>{picture}{self.caption(chart.title)}</figure>")
        drawn = "\n".join(figures)
        self.parts.append(f'<div class="side">\n{drawn}\n</div>' if len(charts) > 1 else drawn)

    def live(self, live: Live) -> None:
        """A picture and its script, which asks for a guess and then moves it."""
        self.parts.append(f'<section class="live" id="{live.name}">')
        super().live(live)
        self.parts.append("</section>")
        self.lives.append(live)

    def graph(self, result: Value, title: str, slopes: bool = False) -> None:
        """The expression graph of a result."""
        picture = graph.svg(result, local_slopes if slopes else None)
        self.parts.append(
            f'<figure class="wide" tabindex="0">{picture}{self.caption(title)}</figure>'
        )

    def caption(self, title: str) -> str:
        """What stands beneath a picture, with its number."""
        return f"<figcaption><b>Figure {self.numbered('figure')}.</b> {escape(title)}</figcaption>"

    def numbered(self, kind: str) -> str:
        """The number of the next figure or formula of this lesson, such as 6.1."""
        self.counts[kind] += 1
        return f"{self.lesson}.{self.counts[kind]}"

    def prose(self, text: str) -> str:
        """Prose, with links to other lessons, and from each word of the house at its first use to
        the glossary."""
        def to_lessons(found: re.Match[str]) -> str:
            return re.sub(r"([Ll]essons? )?(\d+)", to_lesson, found[0])

        def to_lesson(found: re.Match[str]) -> str:
            number = int(found[2])
            if number == self.lesson or number not in course.LESSONS:
                return found[0]
            return f'<a href="{file(number)}">{found[0]}</a>'

        def to_glossary(name: str, word: str) -> str:
            return f'<a class="word" href="glossary.html#{glossary.anchor(name)}">{word}</a>'

        return _words(text, lambda plain: LESSONS.sub(
            to_lessons, glossary.first_of_each(plain, self.met, to_glossary)))

    def change(self, text: str) -> None:
        """The lines of mathlab that matter here, and one thing to change."""
        self.matters()
        words = f"Change one thing: at the top of `lessons/{self.name}.py` {text}"
        self.parts.append(f'<p class="box">{_strong(self.prose(words), "Change one thing")}</p>')

    def matters(self) -> None:
        """The few lines of mathlab that this lesson stands on, as they are now."""
        chapter, pieces = course.MATTERS.get(self.lesson, ("", {}))
        with suppress(OSError, ValueError):  # the reader may have changed the chapter
            lines = excerpt(MATHLAB / f"{chapter}.py", pieces)
            self.parts.append(
                f'<aside aria-label="The lines that matter">\n<p>The lines that matter, in '
                f"<code>mathlab/{chapter}.py</code>:</p>\n"
                f"{_code(coloured(lines), 'the lines that matter')}\n</aside>")

    def exercise(self) -> None:
        """The exercise, and its hints one beneath the other, each to be opened by itself."""
        self.parts.append('<section class="box">')
        super().exercise()
        self.answered()
        for i, hint in enumerate(checker.hints(self.name), 1):
            self.parts.append(
                f"<details><summary>Hint {i}</summary><p>{self.prose(hint)}</p></details>"
            )
        self.parts.append("</section>")

    def answered(self) -> None:
        """The reader's file, to be copied, and fields for answers that a page can judge."""
        self.parts.append(answered.stub(course.stub(self.name)))
        exercise = checker.exercise(self.name)
        if not exercise:
            self.calls[""] = "copy"
            return
        after = self.prose(
            f"{exercise.rest or 'So it can stand in the file.'} What the file says is checked by "
            f"`python -m lessons {self.lesson} --check`.")
        if self.lesson + 1 in course.LESSONS:
            after += f' <a href="{file(self.lesson + 1)}">On to lesson {self.lesson + 1}</a>'
        self.parts.append(answered.form(exercise, after))
        self.calls[answered.script(exercise)] = "judged"

    def source(self) -> None:
        """The lesson's own file."""
        name = f"lessons/{self.name}.py"
        with tokenize.open(course.FOLDER / f"{self.name}.py") as lesson:
            text = lesson.read()
        numbers = "\n".join(str(i) for i in range(1, text.count("\n") + 1))
        self.parts.append(
            f"<details><summary>The source of this lesson: {name}</summary>\n"
            f'<div class="source"><pre aria-hidden="true">{numbers}</pre>'
            f"{_code(coloured(text), name)}</div></details>"
        )


def file(number: int) -> str:
    """The name of the page of a lesson.

    >>> file(6)
    'l06-cost-curve.html'
    """
    return f"{album.simple(course.LESSONS[number])}.html"


def _words(text: str, linked: Callable[[str], str] = str) -> str:
    """Prose, on one line; what stands between backquotes is code, the rest may be linked."""
    pieces = escape(" ".join(text.split()), quote=False).split("`")
    if len(pieces) % 2 == 0:
        return linked("`".join(pieces))
    return "".join(f"<code>{x}</code>" if i % 2 else linked(x) for i, x in enumerate(pieces))


def _strong(words: str, start: str) -> str:
    """Prose whose first words are to be seen at once."""
    return words.replace(start, f"<strong>{start}</strong>", 1)


def _code(html: str, label: str) -> str:
    """A box of text that scrolls if it is too wide."""
    return f"<pre{_scrolls(re.sub('<[^>]+>', '', html), label)}>{html}</pre>"


def _scrolls(text: str, label: str) -> str:
    """What lets a box be scrolled with the keyboard, and says what it is, if it may be too wide."""
    if max(map(len, text.splitlines()), default=0) <= NARROW:
        return ""
    return f' tabindex="0" role="group" aria-label="{escape(label)}"'


def _widest(columns: Mapping[str, Sequence[object]]) -> list[str]:
    """The widest text of each column."""
    return [max((name, *(cell(value).strip() for value in values)), key=len)
            for name, values in columns.items()]
