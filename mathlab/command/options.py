"""What the commands have in common: numbers with names, a file with rows, words on a terminal.

On the page: `main(*(sys.argv[1:]`, with options.
"""

import argparse
import shutil
import textwrap
from collections.abc import Sequence

from mathlab.errors import DataError, FormulaError
from mathlab.learning.data.clean import CleaningReport, clean, is_missing
from mathlab.learning.data.collect import number, read_csv
from mathlab.learning.data.table import Table
from mathlab.names import form

NARROWEST = 20  # columns that are written to, at least
FORM = "NAME=NUMBER"


def width() -> int:
    """How many letters a line may have: a full line would wrap by itself."""
    return max(shutil.get_terminal_size().columns, NARROWEST) - 1


def say(text: str) -> None:
    """Print a paragraph, wrapped to the width of the terminal."""
    wrapper = textwrap.TextWrapper(width(), subsequent_indent="  ")
    wrapper.break_long_words = wrapper.break_on_hyphens = False  # a path must stay one word
    print(wrapper.fill(text))


def numbers(assignments: Sequence[str]) -> dict[str, float]:
    """Names and finite numbers from texts of the form NAME=NUMBER; else a FormulaError.

    >>> numbers(["x=1.5", "y=2"])
    {'x': 1.5, 'y': 2.0}
    """
    found: dict[str, float] = {}
    for text in assignments:
        name, _, digits = text.partition("=")
        name = form(name.strip())
        if not name or not digits.strip() or name in found:
            raise FormulaError(f"write {FORM}, each name once, as in x=1.5, not {text!r:.60}")
        try:
            found[name] = number(digits)
        except DataError as error:
            raise FormulaError(f"{name}: {error}") from None
    return found


def add_missing(parser: argparse.ArgumentParser) -> None:
    """Let the command be told what stands for a missing number."""
    parser.add_argument("--missing", nargs="+", default=[], metavar="TEXT",
                        help="what stands for a missing number, besides nothing")


def collected(options: argparse.Namespace, used: Sequence[str]) -> tuple[Table, CleaningReport]:
    """The table in the file without the rows that lack a number, and the account of these."""
    missing = ("", *options.missing)
    table = read_csv(options.file, types=dict.fromkeys(used, number), missing=missing)
    return clean(table, *(is_missing(name) for name in used))
