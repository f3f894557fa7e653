"""A lesson in a terminal: fitted to its width, in characters that it can show."""

import shutil
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

from lessons.pages.page import SEED, Page
from mathlab import Value
from mathlab.calculus.graph.chain_rule import local_slopes
from mathlab.drawing import Chart
from mathlab.drawing.charts import svg, terminal
from mathlab.drawing.graphs import graph
from mathlab.drawing.paper import album
from mathlab.learning.data.table import aligned

NARROWEST, WIDEST = 40, 100


class TerminalPage(Page):
    """A page on standard output, as wide as the terminal; plain text that any terminal can show.

    With a `folder` every picture is also kept there as an SVG file, under the lesson's number.
    """

    def __init__(
        self, folder: str | None = None, seed: int = SEED, story: bool = False
    ) -> None:
        super().__init__(seed, story)
        if folder is not None:
            album.check_folder(folder)
        self.folder = folder
        self.kept: list[Path] = []
        self.count = 0
        columns = shutil.get_terminal_size().columns
        self.width = max(NARROWEST, min(columns, WIDEST)) - 1  # a full line may wrap by itself

    def begin(self, name: str) -> None:
        """From now on pictures are those of this lesson."""
        super().begin(name)
        self.count = 0

    def title(self, text: str) -> None:
        """A heading, underlined."""
        lines = textwrap.wrap(text, self.width)
        print("", *lines, "=" * max(map(len, lines)), "", sep="\n")

    def say(self, text: str) -> None:
        """A paragraph of prose."""
        print(textwrap.fill(" ".join(text.split()), self.width) + "\n")

    def lines(self, text: str) -> None:
        """Text whose line breaks matter; a line that is too long goes on further in."""
        for line in text.splitlines():
            if len(line) > self.width:
                indent = " " * (len(line) - len(line.lstrip()) + 4)
                line = textwrap.fill(line, self.width, subsequent_indent=indent)
            print(line)
        print()

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
        print(terminal.beside(charts, width=self.width) + "\n")
        if self.folder is not None:
            title = " and ".join(chart.title for chart in charts)
            self.keep(svg.beside(charts), title)

    def graph(self, result: Value, title: str, slopes: bool = False) -> None:
        """The expression graph of a result, drawn in text."""
        by_edge = local_slopes if slopes else None
        print(title, graph.terminal(result, by_edge, self.width) + "\n", sep="\n\n")
        if self.folder is not None:
            self.keep(graph.svg(result, by_edge), title)

    def keep(self, picture: str, title: str) -> None:
        """Put a picture into the folder."""
        assert self.folder is not None
        self.count += 1
        name = f"{self.name.partition('_')[0]} {self.count} {title}"
        self.kept.append(album.keep(picture, self.folder, name))
