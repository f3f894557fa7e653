"""What a lesson writes on: prose, tables, formulas and pictures, fitted to the terminal."""

import argparse
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

from mathlab.drawing import Chart, album, svg, terminal
from mathlab.errors import MathlabError
from mathlab.learning.table import aligned

NARROWEST, WIDEST = 40, 100


class TerminalPage:
    """A page on standard output, as wide as the terminal; plain text that any terminal can show.

    With a `folder` every picture is also kept there as an SVG file, under the lesson's name.
    """

    def __init__(self, folder: str | None = None) -> None:
        if folder is not None:
            album.check_folder(folder)
        self.folder = folder
        self.kept: list[Path] = []
        self.begin("lesson")
        columns = shutil.get_terminal_size().columns
        self.width = max(NARROWEST, min(columns, WIDEST)) - 1  # a full line may wrap by itself
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")  # a title may hold what the terminal cannot

    def begin(self, lesson: str) -> None:
        """From now on pictures are those of this lesson."""
        self.lesson = lesson
        self.count = 0

    def open(self, docstring: str | None) -> None:
        """The head of a lesson: its question as a title, and what to guess first."""
        question, guess = (docstring or "").split("\n\n")[:2]
        self.title(question.partition(". ")[2])
        self.say(guess)

    def title(self, text: str) -> None:
        """A heading, underlined."""
        lines = textwrap.wrap(text, self.width)
        print("", *lines, "=" * max(map(len, lines)), "", sep="\n")

    def say(self, text: str) -> None:
        """A paragraph of prose."""
        print(textwrap.fill(" ".join(text.split()), self.width) + "\n")

    def formula(self, text: str) -> None:
        """A formula on lines of its own."""
        self.lines(textwrap.indent(text, "    "))

    def lines(self, text: str) -> None:
        """Text whose line breaks matter; a line that is too long goes on further in."""
        for line in text.splitlines():
            if len(line) > self.width:
                indent = " " * (len(line) - len(line.lstrip()) + 4)
                line = textwrap.fill(line, self.width, subsequent_indent=indent)
            print(line)
        print()

    def table(self, names: Sequence[str], columns: Sequence[Sequence[object]]) -> None:
        """Columns side by side, numbers to the right."""
        self.lines(aligned(names, columns, self.width))

    def picture(self, chart: Chart) -> None:
        """A chart, drawn in text."""
        self.pictures([chart])

    def pictures(self, charts: Sequence[Chart]) -> None:
        """Charts, drawn in text, side by side if there is room."""
        print(terminal.beside(charts, width=self.width) + "\n")
        if self.folder is not None:
            title = " and ".join(chart.title for chart in charts)
            self.count += 1
            name = f"{self.lesson} {self.count} {title}"
            self.kept.append(album.keep(svg.beside(charts, animate=True), self.folder, name))


def start(main: Callable[[TerminalPage], None], docstring: str | None) -> int:
    """Run a lesson as `python -m` does, with `--save DIR`; return the exit status."""
    parser = argparse.ArgumentParser(
        description=docstring, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_save(parser)
    return run(main, folder=parser.parse_args().save)


def add_save(parser: argparse.ArgumentParser) -> None:
    """Let a command take a folder for the pictures."""
    parser.add_argument("--save", metavar="DIR", help="keep the pictures in a folder, as SVG files")


def run(*parts: Callable[[TerminalPage], None], folder: str | None = None) -> int:
    """Write the parts of a lesson on a page; return the exit status."""
    try:
        page = TerminalPage(folder)
        for part in parts:
            page.begin(Path(part.__code__.co_filename).stem.partition("_")[0])  # l14, say
            part(page)
        if page.kept:
            print("Saved:", *page.kept, sep="\n")  # unbroken, to be copied
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (MathlabError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # as the shell does it: 128, and 2 for Ctrl-C
    return 0
