"""What the commands have in common: numbers with names, a file with rows, words on a terminal.

On the page: `main(*(sys.argv[1:]`, with options.
"""

import argparse
import math
import re
import shutil
import textwrap
from collections.abc import Sequence

from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.calculus.text.parse import parse, read_leniently
from mathlab.errors import FormulaError
from mathlab.learning.data.clean import CleaningReport, clean, is_missing
from mathlab.learning.data.collect import number, read_csv
from mathlab.learning.data.table import Table
from mathlab.names import form

NARROWEST = 20  # columns that are written to, at least
FORM = "NAME=NUMBER"
PLACES = ("--at", "--start")  # the options that take any number of these
OPTION = re.compile(r"--[a-z][a-z-]*(=.*)?|-h|--?", re.DOTALL)  # -x**2 is a formula


def in_order(arguments: Sequence[str]) -> list[str]:
    """The arguments so that no formula is taken for an option, or for one more of its numbers.

    A formula that begins with a minus gets a space before it, and options that take any number of
    numbers go to the end.

    >>> in_order(["derive", "--at", "x=-1", "y=pi/2", "-x*y"])
    ['derive', ' -x*y', '--at', 'x=-1', 'y=pi/2']
    """
    others: list[str] = []
    places: list[str] = []
    end = arguments.index("--") if "--" in arguments else len(arguments)
    taking = False  # whether an option takes what comes next, if it can
    for text in arguments[:end]:
        is_option = OPTION.fullmatch(text) is not None
        is_place = taking and not is_option and (places[-1] in PLACES or _is_place(text))
        taking = text in PLACES or is_place
        shielded = f" {text}" if text[:1] == "-" and not is_option else text
        (places if taking else others).append(shielded)
    return [*others, *places, *arguments[end:]]


def _is_place(text: str) -> bool:
    """Whether a text is of the form NAME=NUMBER."""
    try:
        return bool(numbers([text]))
    except FormulaError:
        return False


def completed(text: str, before: str = "") -> str:
    """A formula with the signs that were left out, as in 2x. If there were any, it is shown, with
    what stands before it."""
    read = read_leniently(text)[1].strip()
    if read:
        say(f"read as {before}{read}".replace("\n", "; "))
        print()
    return read or text


def in_one_line(error: Exception) -> str:
    """What an error says, on one line, without hundreds of digits."""
    return " ".join(re.sub(r"(\d{9})\d{20,}", r"\1...", str(error)).split())


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

    A number may be any formula without names, but for constants.

    >>> numbers(["x=-1.5", "y=pi/2"])
    {'x': -1.5, 'y': 1.5707963267948966}
    """
    found: dict[str, float] = {}
    for text in assignments:
        name, _, digits = (part.strip() for part in text.partition("="))
        name = form(name)
        if not name or not digits or name in found:
            text = text.strip()
            raise FormulaError(f"write {FORM}, each name once, as in x=1.5, not {text!r:.60}")
        try:
            number = parse(digits).data
        except FormulaError as error:
            raise FormulaError(f"{name}: {error}") from None
        if number is UNKNOWN or isinstance(number, complex):
            raise FormulaError(f"{name}: {digits!r:.60} is not a number")
        try:
            found[name] = float(number)
        except OverflowError:  # a whole number of hundreds of digits
            found[name] = math.inf
        if not math.isfinite(found[name]):
            raise FormulaError(f"{name}: {digits!r:.60} is not a finite number")
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
