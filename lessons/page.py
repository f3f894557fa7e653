"""What a lesson writes on: prose, tables, formulas and pictures, fitted to the terminal."""

import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence

from mathlab.drawing import Chart, terminal
from mathlab.errors import MathlabError
from mathlab.learning.table import aligned

NARROWEST, WIDEST = 40, 100


class TerminalPage:
    """A page on standard output, as wide as the terminal; plain text that any terminal can show."""

    def __init__(self) -> None:
        columns = shutil.get_terminal_size().columns
        self.width = max(NARROWEST, min(columns, WIDEST)) - 1  # a full line may wrap by itself
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")  # a title may hold what the terminal cannot

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
        print(terminal.render(chart, width=self.width) + "\n")


def run(*parts: Callable[[TerminalPage], None]) -> int:
    """Write the parts of a lesson on a page; return the exit status."""
    page = TerminalPage()
    try:
        for part in parts:
            part(page)
        sys.stdout.flush()
    except MathlabError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader has seen enough, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return 130  # as the shell does it: 128, and 2 for Ctrl-C
    return 0
