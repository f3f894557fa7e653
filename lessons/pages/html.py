"""A lesson as a page for a browser: it needs no script, no server and no other file.

>>> page = HtmlPage()
>>> page.say("a < b")
>>> page.parts
['<p>a &lt; b</p>']
"""

import tokenize
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from lessons import course
from lessons.grading import checker
from lessons.pages.page import SEED, Page
from lessons.pages.source import coloured, listing
from mathlab import Value
from mathlab.calculus.graph.chain_rule import local_slopes
from mathlab.drawing import Chart
from mathlab.drawing.charts import svg
from mathlab.drawing.graphs import graph
from mathlab.learning.data.table import cell, is_numeric

# Pixels of a picture. A telephone shows it somewhat smaller, a desktop larger: text fits both.
WIDTH, HEIGHT = 460, 340


class HtmlPage(Page):
    """The parts of a page, one after the other: `parts` are pieces of HTML."""

    def __init__(self, seed: int = SEED) -> None:
        super().__init__(seed)
        self.parts: list[str] = []

    def open(self, docstring: str | None) -> None:
        """The question, and what to guess first."""
        question, guess = self.head(docstring)
        number, _, title = question.partition(". ")
        name, _, asked = title.partition(": ")
        asked = _words(asked[:1].upper() + asked[1:])
        self.parts.append(f"<h1><small>{number}. {_words(name)}</small> {asked}</h1>")
        self.parts.append(f'<p class="box">{_strong(guess, "Guess first")}</p>')

    def title(self, text: str) -> None:
        """A heading."""
        self.parts.append(f"<h2>{_words(text)}</h2>")

    def say(self, text: str) -> None:
        """A paragraph of prose."""
        self.parts.append(f"<p>{_words(text)}</p>")

    def formula(self, text: str) -> None:
        """A formula on lines of its own."""
        self.parts.append(f'<pre class="formula">{escape(text)}</pre>')

    def lines(self, text: str) -> None:
        """Text whose line breaks matter."""
        self.parts.append(f"<pre>{escape(text)}</pre>")

    def listing(self, function: Callable[..., Any], start: str = "") -> None:
        """The source of a function, in colours."""
        self.parts.append(f"<pre>{coloured(listing(function, start, self.width))}</pre>")

    def table(self, columns: Mapping[str, Sequence[object]]) -> None:
        """Columns by their names, side by side, numbers to the right."""
        looks = [' class="number"' if is_numeric(values) else "" for values in columns.values()]
        head = "".join(
            f"<th{look}>{escape(name)}</th>" for name, look in zip(columns, looks, strict=True)
        )
        rows = (
            "".join(
                f"<td{look}>{escape(cell(value).strip())}</td>"
                for value, look in zip(row, looks, strict=True)
            )
            for row in zip(*columns.values(), strict=True)
        )
        body = "\n".join(f"<tr>{row}</tr>" for row in rows)
        self.parts.append(
            f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n'
            f"<tbody>\n{body}\n</tbody>\n</table></div>"
        )

    def pictures(self, charts: Sequence[Chart]) -> None:
        """Charts, side by side if there is room."""
        drawn = [svg.render(chart, WIDTH, HEIGHT, animate=True) for chart in charts]
        figures = "\n".join(f"<figure>{picture}</figure>" for picture in drawn)
        self.parts.append(f'<div class="side">\n{figures}\n</div>' if len(drawn) > 1 else figures)

    def graph(self, result: Value, title: str, slopes: bool = False) -> None:
        """The expression graph of a result."""
        picture = graph.svg(result, local_slopes if slopes else None)
        self.parts.append(
            f'<figure class="wide">{picture}<figcaption>{escape(title)}</figcaption></figure>'
        )

    def change(self, text: str) -> None:
        """One thing to change."""
        words = f"Change one thing: at the top of `lessons/{self.name}.py` {text}"
        self.parts.append(f'<p class="box">{_strong(words, "Change one thing")}</p>')

    def exercise(self) -> None:
        """The exercise, and its hints one beneath the other, each to be opened by itself."""
        self.parts.append('<section class="box">')
        super().exercise()
        for i, hint in enumerate(checker.hints(self.name), 1):
            self.parts.append(
                f"<details><summary>Hint {i}</summary><p>{_words(hint)}</p></details>"
            )
        self.parts.append("</section>")

    def source(self) -> None:
        """The lesson's own file."""
        file = f"lessons/{self.name}.py"
        with tokenize.open(course.FOLDER / f"{self.name}.py") as lesson:
            text = lesson.read()
        self.parts.append(
            f"<details><summary>The source of this lesson: {file}</summary>\n"
            f"<pre>{coloured(text)}</pre></details>"
        )


def _words(text: str) -> str:
    """Prose, on one line; what stands between backquotes is code."""
    pieces = escape(" ".join(text.split()), quote=False).split("`")
    if len(pieces) % 2 == 0:
        return "`".join(pieces)
    return "".join(f"<code>{each}</code>" if i % 2 else each for i, each in enumerate(pieces))


def _strong(text: str, start: str) -> str:
    """Prose whose first words are to be seen at once."""
    return _words(text).replace(start, f"<strong>{start}</strong>", 1)
