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
from pathlib import Path

from lessons import notes
from lessons.pages.live.live import SAID, Guess, Live
from lessons.pages.page import SEED, Page
from mathlab import Value
from mathlab.calculus.graph.chain_rule import local_slopes
from mathlab.drawing import Chart
from mathlab.drawing.charts import svg, terminal
from mathlab.drawing.graphs import graph
from mathlab.drawing.paper import album, screen
from mathlab.learning.data.table import aligned

NARROWEST, WIDEST = 40, 100
PAGER = "less -RFeX"  # with colours; leaves at the end, and leaves on the screen what was read
CHOOSE = "Which of them?"


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
            if shutil.which("less") and os.environ.get("TERM") not in ("dumb", "emacs"):
                os.environ.setdefault("PAGER", PAGER)  # the reader's own goes before
            os.environ.setdefault("LESS", "-R")
            os.environ.setdefault("LESSHISTFILE", "-")  # nothing is kept but notes
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
        self.write(textwrap.fill(" ".join(text.split()), self.width) + "\n")

    def lines(self, text: str) -> None:
        """Text whose line breaks matter; a line that is too long goes on further in."""
        for line in text.splitlines():
            if len(line) > self.width:
                indent = " " * (len(line) - len(line.lstrip()) + 4)
                line = textwrap.fill(line, self.width, subsequent_indent=indent)
            self.write(line)
        self.write("")

    def table(self, columns: Mapping[str, Sequence[object]]) -> None:
        """Columns side by side; those without room stand below, beside the first one again."""

        def text(names: list[str]) -> str:
            return aligned(names, [columns[name] for name in names], self.width)

        first, *others = columns
        groups = [[first]]
        for name in others:
            if len(groups[-1]) > 1 and "not shown" in text([*groups[-1], name]):
                groups.append([first])
            groups[-1].append(name)
        for group in groups:
            self.lines(text(group))

    def pictures(self, charts: Sequence[Chart]) -> None:
        """Charts, drawn in text, side by side if there is room."""
        self.write(terminal.beside(charts, width=self.width) + "\n")
        if self.folder is not None:
            title = " and ".join(chart.title for chart in charts)
            self.keep(svg.beside(charts), title)

    def live(self, live: Live) -> None:
        """The still picture, below its question; between them the reader's guess, if she has one.
        """
        self.say(live.question)
        if self.waits and live.guess:
            self.take(live.guess, f"{self.name}.{live.name}")
        if live.charts:
            self.pictures(live.charts)

    def guess(self, question: str, guess: Guess) -> None:
        """Only if somebody can answer: the head of the lesson has asked already."""
        if self.waits:
            super().guess(question, guess)

    def take(self, guess: Guess, key: str) -> None:
        """Take a guess, unless it was made before, and say what it came to."""
        made = notes.part("guesses").get(key)
        guessed = made.get("guess") if isinstance(made, dict) else None
        known = None
        with suppress(ValueError):
            known = guess.read(str(guessed))
        if known is None:
            if not self.asks:
                return
            self.turn()
            known = self.ask(guess)
            self.measure()  # the window may be another size by now
            if known is not None:
                first = bool(guess.choices)  # by its number, as the reader counts
                notes.keep("guesses", key, {
                    "guess": known + first, "truth": float(f"{guess.truth + first:.6g}"),
                    "right": guess.right(known)})
        self.guessed |= known is not None
        self.say(guess.said(known))

    def ask(self, guess: Guess) -> float | None:
        """What the reader guesses; None if she does not want to."""
        for number, text in enumerate(guess.choices, 1):
            print(textwrap.fill(f"{number}  {text}", self.width, subsequent_indent="   "))
        label = guess.label.rstrip(":") or CHOOSE
        *lines, last = textwrap.wrap(f"{label} (Enter: {SAID['skip'].lower()}):", self.width)
        while True:
            try:
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

