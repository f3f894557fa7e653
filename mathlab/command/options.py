"""What the commands have in common: numbers with names, words on a terminal.

On the page: `main(*(sys.argv[1:]`, with options.
"""

import argparse
import ast
import math
import re
import shlex
import shutil
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.calculus.text.parse import parse, read_leniently
from mathlab.errors import FormulaError
from mathlab.names import form

NARROWEST = 20  # columns that are written to, at least
LONGEST = 900  # letters of an error
FORM = "NAME=NUMBER"
OPTION = re.compile(r"--[a-z][a-z-]*(=.*)?|-h|--?", re.DOTALL)  # -x**2 is a formula
IN_WORDS = {"argument ": "", "invalid int value": "not a whole number",
            "invalid float value": "not a number"}  # what argparse says, and what we say
# As Python is told:
ARGUMENT = re.compile(r"\b(missing|separator|decimal|thousands|dates|encoding)="
                      r"(\((?:'[^']*'|\"[^\"]*\"|[^()'\"])*\)|'[^']*'|\"[^\"]*\")")


class OneLine(argparse.ArgumentParser):
    """A parser whose description keeps its lines, and whose errors are one line, as all are."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"formatter_class": argparse.RawDescriptionHelpFormatter} | settings)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and where the options are listed, and leave."""
        for theirs, ours in IN_WORDS.items():
            message = message.replace(theirs, ours)
        self.exit(2, f"error: {in_one_line(FormulaError(message))}; see {self.prog} --help\n")


def in_order(arguments: Sequence[str], options: Mapping[str, str | int] | None = None,
             words: int = 1) -> list[str]:
    """The arguments so that no formula is taken for an option, or for one more of its values.

    A formula that begins with a minus gets a space before it. `options` says how many values each
    option takes, as argparse has it; one that takes any number of them ("+") goes to the end, and
    leaves the last ones for the `words` that the command needs.

    >>> in_order(["derive", "--at", "x=-1", "y=pi/2", "-x*y"], {"--at": "+"})
    ['derive', ' -x*y', '--at', 'x=-1', 'y=pi/2']
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    takes = options or {}
    others: list[tuple[int, str]] = []  # each with its place, to be put in order again
    runs: list[list[tuple[int, str]]] = []
    missing = words + 1 - len(arguments[end + 1 :])  # and the command itself
    after: str | int = 0  # how many values the last option takes
    for i, text in enumerate(arguments[:end]):
        is_option = OPTION.fullmatch(text) is not None and text != "-"
        shielded = f" {text}" if text[:1] == "-" and len(text) > 1 and not is_option else text
        if is_option:
            after = 0 if "=" in text else takes.get(text, 0)
        if is_option and after == "+":
            runs.append([(i, text)])
        elif after == "+":
            runs[-1].append((i, shielded))
        else:
            others.append((i, shielded))
            if not is_option:
                missing -= after == 0
                after = 0
    for surely in (True, False):  # FILE is not a place such as x=1; anything may mean "missing"
        for run in reversed(runs):
            while missing > 0 and len(run) > 2 and not _is_place(run[-1][1]) and (
                    not surely or ("=" in run[1][1] and "=" not in run[-1][1])):
                others.append(run.pop())
                missing -= 1
    return [*(text for _, text in sorted(others)), *(text for run in runs for _, text in run),
            *arguments[end:]]


def _is_place(text: str) -> bool:
    """Whether a text is of the form NAME=NUMBER."""
    try:
        return bool(numbers([text]))
    except FormulaError:
        return False


def completed(text: str, before: str = "", spelled: Callable[[str], str] = str) -> str:
    """A formula with the signs that were left out, as in 2x. If there were any, it is shown as it
    is `spelled`, with what stands before it."""
    read = read_leniently(text)[1].strip()
    if read:
        say(f"read as {before}{spelled(read)}".replace("\n", "; "))
        print()
    return read or text


def in_one_line(error: Exception) -> str:
    """What an error says, on one line that is not endless, in the language of the command line.

    >>> in_one_line(ValueError("pass missing=('', 'Total')\\nor decimal=','"))
    'pass --missing Total or --decimal ,'
    """
    text = shown(ARGUMENT.sub(_as_option, re.sub(r"(\d{9})\d{20,}", r"\1...", str(error))))
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} ... {text[-LONGEST // 2 :]}"


def _as_option(argument: re.Match[str]) -> str:
    """An argument of Python as an option."""
    try:
        value = ast.literal_eval(argument[2])
    except (ValueError, SyntaxError):
        return argument[0]
    texts = [value] if isinstance(value, str) else [text for text in value if text]
    return f"--{argument[1]} {' '.join('tab' if t == chr(9) else shlex.quote(t) for t in texts)}"


def shown(text: str) -> str:
    """A text on one line, with codes that a terminal would obey as Python writes them."""
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)


def width() -> int:
    """How many letters a line may have: a full line would wrap by itself."""
    return max(shutil.get_terminal_size().columns, NARROWEST) - 1


def say(text: str) -> None:
    """Print a paragraph, wrapped to the width of the terminal."""
    wrapper = textwrap.TextWrapper(width(), subsequent_indent="  ")
    wrapper.break_long_words = wrapper.break_on_hyphens = False  # a path must stay one word
    print(wrapper.fill(shown(text)))


def place(assignments: Sequence[str]) -> dict[str, float | str]:
    """Names and numbers, as `numbers` has them; but what is not a number is kept as a text.

    >>> place(["x=1/2", "origin=Japan"])
    {'x': 0.5, 'origin': 'Japan'}
    """
    found: dict[str, float | str] = {}
    for text in assignments:
        name, given = _named(text, found)
        try:
            found |= numbers([text])
        except FormulaError:
            found[name] = given
    return found


def _named(text: str, found: Mapping[str, object]) -> tuple[str, str]:
    """The two sides of NAME=NUMBER; a FormulaError if one is missing, or the name was found."""
    name, _, given = (part.strip() for part in text.partition("="))
    name = form(name)
    if not name or not given or name in found:
        raise FormulaError(
            f"write {FORM}, each name once, as in x=1.5, not {text.strip()!r:.60}")
    return name, given


def numbers(assignments: Sequence[str]) -> dict[str, float]:
    """Names and finite numbers from texts of the form NAME=NUMBER; else a FormulaError.

    A number may be any formula without names, but for constants.

    >>> numbers(["x=-1.5", "y=pi/2"])
    {'x': -1.5, 'y': 1.5707963267948966}
    """
    found: dict[str, float] = {}
    for text in assignments:
        name, digits = _named(text, found)
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
