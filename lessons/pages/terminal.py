"""A lesson in a terminal: fitted to its width, in characters that it can show.

If somebody sits there, it goes a screen at a time, by the pager that Python's `help` has, and takes
a guess where the lesson asks for one. If not, as behind a pipe, nothing waits for anybody.
"""

import os
import pydoc
import re
import shutil
import sys
import textwrap
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any

from lessons import course, notes
from lessons.pages.live.live import SAID, Guess, Live
from lessons.pages.page import SEED, Page
from lessons.pages.sketch import Sketch
from mathlab import Value
from mathlab.calculus.graph.chain_rule import local_slopes
from mathlab.drawing import Chart
from mathlab.drawing.charts import svg, terminal
from mathlab.drawing.graphs import graph
from mathlab.drawing.paper import album, screen
from mathlab.learning.data.table import in_parts

NARROWEST, WIDEST = 40, 100
# Less with colours, which leaves at the end, leaves on the screen what was read, and says its keys;
# twice, since from 3.13 on Python asks for its longer prompt.
KEYS = r"space\: on, b\: back, q\: on to what is asked, or to the end"
PAGER = f"less -RFeX '-Ps{KEYS}' '-Pm{KEYS}'"
FEWEST = 5  # cells of a line that is taken for one of a table


def cells(line: str) -> list[str]:
    """The cells of a line, if it is one of a table."""
    return re.split(" {2,}", line.strip())


def somebody_waits() -> bool:
    """Whether somebody sits at the keyboard, and sees what is written."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


class TerminalPage(Page):
    """A page on standard output, as wide as the terminal; plain text that any terminal can show.

    With a `folder` every picture is also kept there as an SVG file, under the lesson's number. If
    it `waits`, what is written is held back until the reader is asked something, or the end.
    """

    def __init__(self, folder: str | None = None, seed: int = SEED, story: bool = False,
                 waits: bool = False) -> None:
        super().__init__(seed, story)
        if folder is not None:
            album.check_folder(folder)
        self.folder = folder
        self.kept: list[Path] = []
        self.count = 0
        self.waits = self.asks = waits
        self.guessed = False
        self.held: list[str] = []
        self.measure()

    def measure(self) -> None:
        """Be as wide as the terminal is now."""
        columns = shutil.get_terminal_size().columns
        self.width = max(NARROWEST, min(columns, WIDEST)) - 1  # a full line may wrap by itself

    def write(self, text: str) -> None:
        """Text, now or later. What is bold has each letter twice, on top of each other."""
        if not screen.supports_colour(sys.stdout):
            text = pydoc.plain(text)
        if self.waits:
            self.held.append(text)
        else:
            print(re.sub("(.\b.)+", lambda found: f"\x1b[1m{pydoc.plain(found[0])}\x1b[0m", text))

    def turn(self) -> None:
        """Show what was held back."""
        if self.held:
            for name in ("MANPAGER", "PAGER"):
                if not shutil.which(os.environ.get(name, "").partition(" ")[0]):
                    os.environ.pop(name, None)  # or nothing would be shown
            if shutil.which("less") and os.environ.get("TERM") not in ("dumb", "emacs"):
                os.environ.setdefault("PAGER", PAGER)  # the reader's own goes before
            os.environ.setdefault("LESS", "-R")
            os.environ.setdefault("LESSHISTFILE", "-")  # nothing is kept but notes
            os.environ.setdefault("LESSSECURE", "1")  # nor saved, edited or run
            sys.stdout.flush()
            pydoc.pager("\n".join(self.held))
            self.held.clear()

    def end(self) -> None:
        """The last thing: what the reader's guesses came to."""
        known = [each.get("right") is True for each in notes.part("guesses").values()
                 if isinstance(each, dict)]
        if self.guessed and known:
            self.say(f"Your guesses in this course so far: {sum(known)} of {len(known)} were "
                     "right, or near enough.")
        self.turn()

    def begin(self, name: str) -> None:
        """From now on pictures are those of this lesson."""
        super().begin(name)
        self.count = 0

    def title(self, text: str) -> None:
        """A heading, underlined."""
        lines = textwrap.wrap(text, self.width)
        bold = [pydoc.text.bold(line) for line in lines]
        self.write("\n".join(["", *bold, "=" * max(map(len, lines)), ""]))

    def say(self, text: str) -> None:
        """A paragraph of prose."""
        self.write(textwrap.fill(course.typed(" ".join(text.split())), self.width) + "\n")

    def lines(self, text: str) -> None:
        """Text whose line breaks matter; a line that is too long goes on further in, unless it is
        to be typed and has a long way to the course in it; and a table that is too wide comes in
        parts."""
        way = course.started()
        text = course.typed(text)
        for count, group in groupby(text.splitlines(), lambda line: len(cells(line))):
            lines = [*group]
            heads, *rows = map(cells, lines)
            if max(map(len, lines)) > self.width and rows and len({*heads}) == count >= FEWEST:
                self.rows(heads, rows)
                continue
            for line in lines:
                if len(line) > self.width and (way == course.START or way not in line):
                    indent = " " * (len(line) - len(line.lstrip()) + 4)
                    line = textwrap.fill(line, self.width, subsequent_indent=indent)
                self.write(line)
        self.write("")

    def table(self, columns: Mapping[str, Sequence[object]]) -> None:
        """Columns side by side; those without room stand below, beside the first one again."""
        self.write(in_parts([*columns], [*columns.values()], self.width) + "\n")

    def pictures(self, charts: Sequence[Chart]) -> None:
        """Charts, drawn in text, side by side if there is room."""
        self.write(terminal.beside(charts, width=self.width) + "\n")
        if self.folder is not None:
            title = " and ".join(chart.title for chart in charts)
            self.keep(svg.beside(charts), title)

    def live(self, live: Live) -> None:
        """The still picture, below its question. If there is a guess to take it comes first without
        what would tell the answer, and whole when that is told."""
        self.say(live.question)
        charts, key = live.charts, f"{self.name}.{live.name}"
        if self.waits and live.guess:
            if self.asks and charts and self.made(live.guess, key) is None:
                if live.secret:
                    self.write(terminal.beside(live.unanswered(), width=self.width) + "\n")
                else:
                    self.pictures(charts)
                    charts = []
            self.take(live.guess, key)
        if charts:
            self.pictures(charts)

    def guess(self, question: str, guess: Guess, name: str = "first") -> None:
        """Only if somebody can answer: the head of the lesson has asked already."""
        if self.waits:
            super().guess(question, guess, name)

    def sketch(self, question: str, sketch: Sketch) -> None:
        """Only if somebody can draw; then her sketch beside the truth."""
        if self.waits:
            self.say(question)
            drawn = self.take(sketch, f"{self.name}.sketch")
            if drawn is not None:
                self.picture(sketch.chart(drawn))

    def take(self, guess: Guess | Sketch, key: str) -> Any:
        """Take a guess, unless it was made before, and say what it came to; return it, None if
        there is none."""
        known = self.made(guess, key)
        if known is None:
            if not self.asks:
                return None
            self.turn()
            known = self.ask(guess)
            self.measure()  # the window may be another size by now
            if known is not None:
                notes.keep("guesses", key, guess.noted(known))
        self.guessed |= known is not None
        if said := guess.said(known):
            self.say(said)
        return known

    def made(self, guess: Guess | Sketch, key: str) -> Any:
        """The guess that was made before; None if there is none."""
        kept = notes.part("guesses").get(key)
        with suppress(ValueError):
            return guess.read(str(kept.get("guess") if isinstance(kept, dict) else None))
        return None

    def ask(self, guess: Guess | Sketch) -> Any:
        """What the reader guesses; None if she does not want to."""
        *above, asked = guess.lines()
        *lines, last = textwrap.wrap(asked, self.width, drop_whitespace=False)
        while True:
            try:
                for line in above:
                    indent = "   " if line[:1].isdigit() else ""  # below its number
                    print(textwrap.fill(line, self.width, subsequent_indent=indent))
                print(*lines, sep="\n", end="\n" if lines else "")
                text = input(f"{last} ").strip()
                known = guess.read(text) if text else None
            except KeyboardInterrupt:
                print()
                raise
            except EOFError:  # no more questions
                print()
                self.asks = False
                return None
            except UnicodeDecodeError:
                print(f"{SAID['number']}.")
            except ValueError as error:
                print(f"{error}.")
            else:
                print()
                return known

    def graph(self, result: Value, title: str, slopes: bool = False) -> None:
        """The expression graph of a result, drawn in text."""
        by_edge = local_slopes if slopes else None
        self.write(f"{title}\n\n{graph.terminal(result, by_edge, self.width)}\n")
        if self.folder is not None:
            self.keep(graph.svg(result, by_edge), title)

    def keep(self, picture: str, title: str) -> None:
        """Put a picture into the folder."""
        assert self.folder is not None
        self.count += 1
        name = f"{self.name.partition('_')[0]} {self.count} {title}"
        self.kept.append(album.keep(picture, self.folder, name))

