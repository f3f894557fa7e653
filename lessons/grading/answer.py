"""What the reader has written into the file of an exercise, and how it is judged.

The file is run, as any Python file of one's own is. A check then asks for its names, calls its
functions, and compares. Whatever is still `...` is not answered yet; whatever is wrong ends the
check at once, with the call, what came of it, and what was expected.
"""

import copy
import math
import re
import reprlib
import runpy
import traceback
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from numbers import Real
from pathlib import Path
from typing import Any

from mathlab import Value, parse
from mathlab.calculus.proof.same import differ, named_leaves
from mathlab.calculus.text.parse import read_leniently
from mathlab.errors import MathlabError
from mathlab.learning.data.table import is_finite_number

HELP = {  # what is said to errors that many make
    "for ^": ": in Python a power is written **, and ^ is something else",
    "can't multiply sequence": ": a list, a tuple or text cannot be multiplied so; go through it, "
    "one element at a time",
    "name 'true'": ": in Python it is True, with a capital letter",
    "name 'false'": ": in Python it is False, with a capital letter",
    "NameError": ": is it an argument by another name, something to be imported, or text that "
    "needs quotes?",
    "EOFError": ": nobody can type while it is checked; write into the file what you would type",
    "object is not callable": ": what stands before the parentheses is not a function; is a * "
    "missing there, or are they too many?",
    "'list' and 'list'": ": lists are not calculated with as a whole; go through both, element by "
    "element",
    "is not in list": ": what is looked for is not in the list; was it changed, as by abs, before?",
    "list index out of range": ": the list has fewer elements than that",
    "'function' and": ": that is a function's name; is a number meant, that it gets or returns?",
    "'dict' object has no attribute": ': what a dict holds is asked for with film["title"], say',
}
UNREADABLE = {  # what is said of a line that Python cannot read, where its own words help nobody
    "leading zeros": "decimals have a point in Python, as in 0.001, and no other number begins "
    "with a 0",
    "decimal literal": "letters stand right behind a number: is a * missing, or is it a unit?",
}
JUDGED = "__judged__"  # a name that a file has while it is judged, and not when it is run by hand
MOST = 100_000  # elements that are taken from what has no end
NO_TRY = "write a first guess into the list: any number will do"
TOO_MANY = "take out those that led you nowhere, and think before the next one"
SILENT = ("print", "append", "reverse", "sort")  # return None, and many return that
CLOSE = 1e-9  # share of a number by which an answer may be off: rounding


class NotYet(Exception):
    """An answer is still to be written: its place holds `...`."""


class Wrong(Exception):
    """An answer is wrong: what was asked, what came, what was expected, and a word on why."""

    def __init__(self, why: str, asked: str = "", came: object = "", expected: object = "") -> None:
        super().__init__(why)
        self.why, self.asked, self.came, self.expected = why, asked, came, expected


class Answer:
    """The names that the reader's file defines.

    Raises: Wrong if the file cannot be run.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notes: list[str] = []  # how formulas were read in which signs were left out
        if not path.is_file():
            raise Wrong("there is no such file; `git checkout` it, and begin again")
        try:
            self.names = runpy.run_path(str(path), {JUDGED: True}, "__main__")
        except (Exception, SystemExit) as error:
            if isinstance(error, SyntaxError) and error.filename == str(path):
                line = (error.text or "").strip()
                why = next((words for sign, words in UNREADABLE.items() if sign in error.msg),
                           error.msg)
                raise Wrong(
                    f"Python cannot read line {error.lineno} of the file, `{line}`: {why}"
                ) from None
            raise Wrong(f"the file cannot be run: {self.said(error)}{hint_for(error)}") from None

    def value(self, name: str) -> Any:
        """What a name stands for.

        Raises: NotYet if that is `...`, Wrong if there is no such name.
        """
        if name not in self.names:
            raise Wrong(f"{name} is gone from the file; write it again")
        if self.names[name] is ...:
            raise NotYet(f"{name} is still ...")
        return self.names[name]

    def number(self, name: str) -> Any:
        """A number.

        Raises: NotYet, Wrong.
        """
        value = self.value(name)
        if why := why_no_number(value):
            raise Wrong(why, name, short(value))
        try:
            finite = math.isfinite(value)
        except OverflowError:  # an int of hundreds of digits
            finite = False
        if not finite:
            raise Wrong("it should be a finite number that a float can hold", name, value)
        return value

    def tries(self, name: str, most: int) -> list[float]:
        """A list of some numbers, of which one has to be right.

        Raises: NotYet, Wrong.
        """
        tries = self.value(name)
        if not isinstance(tries, list | tuple):
            raise Wrong("it should be a list of numbers, such as [20] or [20, 15]", name,
                        short(tries))
        if not tries:
            raise Wrong(NO_TRY, name, "[]")
        for each in tries:
            if not is_finite_number(each):
                raise Wrong("each guess should be a finite number", name, short(each))
        if len(tries) > most:
            raise Wrong(TOO_MANY, "the number of guesses", len(tries), f"{most} at most")
        return [float(each) for each in tries]

    def choice(self, name: str, options: Sequence[Any]) -> Any:
        """One of some words or numbers.

        Raises: NotYet, Wrong.
        """
        value = self.value(name)
        if not any(type(value) is type(option) and value == option for option in options):
            listed = ", ".join(map(repr, options))
            raise Wrong("it should be one of these", name, short(value), listed)
        return value

    def formula(
        self, name: str, correct: Value | str, slips: Mapping[str, str] | None = None
    ) -> None:
        """Check that a formula, written as text, says the same as the correct one.

        slips   usual wrong answers, and what is said of each

        Raises: NotYet, Wrong.
        """
        text = self.value(name)
        if callable(text):
            raise Wrong("write the formula as text, in quotes", name, short(text))
        try:
            mine, completed = text, ""
            right = parse(correct) if isinstance(correct, str) else correct
            if not isinstance(text, Value):
                names = {leaf.name: Value.symbol(leaf.name) for leaf in named_leaves(right)}
                mine, completed = read_leniently(right_side(str(text)), names)
            if completed:
                self.notes.append(f"{name} is read as {completed}")
            difference = differ(mine, right)
        except (MathlabError, TypeError, ValueError) as error:
            raise Wrong(f"it cannot be read as a formula: {error}", name, short(text)) from None
        if difference:
            known = {leaf.name for leaf in named_leaves(right)}
            used = {leaf.name for leaf in named_leaves(mine)}
            whys = [why for slip, why in (slips or {}).items() if differ(mine, parse(slip)) is None]
            if known and used - known:
                there = " and ".join(sorted(known))
                whys = [f"nothing here is called {min(used - known)}; there is {there}"]
            elif known and not used:
                whys.append("that is one number; a formula was asked for, as text, in quotes")
            at = f"{name}, at {difference.where}" if difference.place else name
            raise Wrong(next(iter(whys), "it is another formula"), f"{at}: {mine}",
                        *difference.numbers)

    def call(self, function: str, *arguments: Any) -> Any:
        """What a function of the reader's returns for these arguments, of which it gets copies.

        Raises: NotYet if that is `...`, Wrong if it fails or returns nothing.
        """
        written = self.value(function)
        if not callable(written):
            raise Wrong("it should be a function", function, short(written))
        try:
            result = written(*copy.deepcopy(arguments))
            if isinstance(result, Iterator):  # as good as a list
                result = [*islice(result, MOST)]
        except (Exception, SystemExit) as error:
            raise Wrong(f"it should not fail{hint_for(error)}", call_text(function, arguments),
                        self.said(error)) from None
        if result is ...:
            raise NotYet(f"{function} still returns ...")
        if result is None:
            why = "it returns nothing: does it come to a `return`?"
            for name in getattr(getattr(written, "__code__", None), "co_names", ()):
                if name in SILENT:
                    why += f" (And {name} itself gives nothing back.)"
            raise Wrong(why, call_text(function, arguments), "None")
        return result

    def called_number(self, function: str, *arguments: Any) -> Any:
        """The number that a function of the reader's returns.

        Raises: NotYet, Wrong.
        """
        result = self.call(function, *arguments)
        if why := why_no_number(result):
            raise Wrong(why, call_text(function, arguments), short(result))
        return result

    def gives(self, function: str, *arguments: Any, expected: Any, why: str = "") -> None:
        """Check that a function returns what is expected, but for rounding.

        Raises: NotYet, Wrong.
        """
        result = self.call(function, *arguments)
        if not close(result, expected):
            raise Wrong(why, call_text(function, arguments), short(result), short(expected))

    def said(self, error: BaseException) -> str:
        """An error in one line, and the line of the reader's file that it comes from."""
        lines = [
            frame.lineno
            for frame in traceback.extract_tb(error.__traceback__)
            if Path(frame.filename) == self.path
        ]
        where = f", in line {lines[-1]} of the file" if lines else ""
        words = " ".join([type(error).__name__ + ":" * bool(str(error)), *str(error).split()])
        return f"{words}{where}"


def right_side(text: str) -> str:
    """What a text says that something is, as in `dy/dx = 2*x`; all of it if it says no such thing.

    >>> right_side("f'(x) = 2*x"), right_side("2*x"), right_side("2*x == 3"), right_side("2*x = 3")
    ('2*x', '2*x', '2*x == 3', '2*x = 3')
    """
    found = re.fullmatch(r"\s*(?:[A-Za-z][^=<>!\d*]*)?=\s*([^=]*)", text)
    return found[1] if found else text


def why_no_number(thing: object) -> str:
    """Why something is not a number; nothing if it is one."""
    if isinstance(thing, str):
        return "it should be a number, not text: take the quotes away"
    if isinstance(thing, tuple):
        if len(thing) == 2 and all(type(part) is int for part in thing):
            whole, rest = thing
            return (f"it should be one number, and a comma makes two: write {whole}.{rest} with a "
                    f"point, or {whole}{rest:03} if the comma parts thousands")
        return "it should be one number, and a comma makes two: leave it out"
    if isinstance(thing, Decimal):
        return "a Decimal does not mix with other numbers: give a float or a Fraction"
    if isinstance(thing, bool) or not isinstance(thing, Real):
        return "it should be a number"
    return ""


def hint_for(error: BaseException) -> str:
    """A word on an error that many make; nothing for others."""
    said = f"{type(error).__name__}: {error}"
    return next((words for sign, words in HELP.items() if sign in said), "")


def close(came: Any, expected: Any, within: float = CLOSE) -> bool:
    """Whether two answers are the same: numbers but for rounding, lists number by number."""
    try:
        if isinstance(expected, (list, tuple)):
            return all(close(a, b, within) for a, b in zip(came, expected, strict=True))
        if isinstance(expected, bool | str | Fraction):
            return bool(came == expected)
        if math.isnan(expected):
            return math.isnan(came)
        return math.isclose(came, expected, rel_tol=within, abs_tol=within)
    except (TypeError, ValueError, OverflowError):
        return False


def call_text(function: str, arguments: Sequence[Any]) -> str:
    """A call as it would be typed; what is long is cut."""
    return f"{function}({', '.join(map(short, arguments))})"


def short(thing: object) -> str:
    """A thing as Python writes it; what is long is cut."""
    try:
        return SHORT.repr(thing)
    except Exception:  # a number of thousands of digits, say
        return f"<{type(thing).__name__}>"


SHORT = reprlib.Repr()
SHORT.maxother = SHORT.maxstring = SHORT.maxlong = 60
SHORT.maxlist = SHORT.maxtuple = 6
