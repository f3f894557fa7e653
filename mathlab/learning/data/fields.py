"""Fields: the texts of one column, read as numbers the way people write them.

On the page: `map(math.isfinite, r := (float(x), float(y)))`, to which `$1,050` is an error.

A whole column has one reading. The readers stand in a table, `READERS`. Each is tried on all texts
of the column, and the first that can read every one of them is taken. It says what it did; and it
keeps that as plain data, so that tomorrow's file is read like today's. Words for a missing value
are set aside first.

>>> prices, days = ["$1,050.50", "(980)", "n/a"], ["2016-03-13", "2016-03-15", "-"]
>>> table = read_columns(Table({"price": prices, "day": days}), "price", "day")
>>> table["price"], table["day"]
([1050.5, -980.0, None], [0.0, 2.0, None])
>>> print(*table.reading, sep="\\n")
price: missing are 'n/a' (1), $ is a unit, brackets are a minus, 1,050.50 is 1050.5
day: missing are '-' (1), days since 2016-03-13

Where two readings fit and differ, an error names both, and the argument that chooses.

>>> read_columns(Table({"size": ["1,050", "2,300"]}), "size")
Traceback (most recent call last):
...
mathlab.errors.DataError: table, row 1: '1,050' in column 'size' may be 1050 or 1.05: \
pass thousands=',' or decimal=','

Read `read_columns` first, then `READERS` at the end.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from mathlab.errors import DataError
from mathlab.learning.data.moments import FORMS, date_in, read_dates
from mathlab.learning.data.numerals import (
    COMMAS,
    Ambiguous,
    Misfit,
    Read,
    Reader,
    Recipe,
    decimal_sign,
    is_in_style,
    parts_of,
    read_numbers,
)
from mathlab.learning.data.table import Table, short

MISSING = {  # in a column of numbers; in a text column only MISSING_TEXT
    *("", "na", "n/a", "n.a.", "nan", "null", "?", "#n/a", "<na>"),
    *("-", "--", "—", "–", ".", "..", "...", "*", "**", "***", "****"),
    *("none", "nil", "missing", "empty", "unknown", "-nan"),
}
MISSING_TEXT = {"", "na", "n/a", "n.a.", "nan", "null", "?", "#n/a", "<na>"}
TRUTHS = ({"yes": 1.0, "no": 0.0}, {"true": 1.0, "false": 0.0}, {"y": 1.0, "n": 0.0},
          {"t": 1.0, "f": 0.0}, {"on": 1.0, "off": 0.0})
EXCELS_ERROR = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A)")
WRITING = ("decimal", "thousands", "form")  # in a recipe: how it is written, and not what it means
MOST_TEXTS = 2_000  # of a column that cannot be read, looked at to say why


def read_columns(table: Table, *names: str, categories: Sequence[str] = (),
                 read_as: Mapping[str, Recipe] | None = None, only_numbers: bool = False) -> Table:
    """Return the table with these columns read as numbers, where their texts are numbers.

    A column without any number stays text; with `only_numbers` it is an error. `categories` stay
    text too, unless they are plain numbers. Values that are not texts do not change. `read_as` has
    recipes for columns; the others follow the settings that the file was read with.

    Raises: DataError for a text among numbers, or an ambiguous number; it names the place.
    """
    columns, recipes, reading = {}, {}, []
    for name in names:
        if not any(isinstance(value, str) for value in table[name]):
            continue
        first, *others = _ways((read_as or {}).get(name, {}), table)
        try:
            try:
                found = _column(table, name, first, name in categories)
            except Misfit:
                if not others:
                    raise
                found = _column(table, name, others[0], name in categories)
            columns[name], recipes[name], said = found
            if only_numbers and recipes[name]["as"] == "text":
                text = next(value for value in columns[name] if value is not None)
                raise Misfit(text, f"{looks_like(text)}, and no field of the column is a number; "
                                   "where there are two levels, write yes and no")
        except Misfit as misfit:
            place = table.places[table[name].index(misfit.text)]
            raise DataError(f"{table.source}, {place}: {short(misfit.text)} in column {name!r} "
                            f"{misfit.why}") from None
        if COMMAS in said:
            said.remove(COMMAS)
            reading.append(COMMAS)  # once, for all columns
        if said:
            reading.append(f"{name}: {', '.join(said)}")
    return table.with_columns(columns).with_reading(reading, columns=recipes) if columns else table


def _ways(recipe: Recipe, table: Table) -> list[Recipe]:
    """How a column may be read: as its recipe says, else in the way of writing that the file shows.
    What was said of the file itself goes before, and what its numbers show."""
    file = table.read_as.get("file", {})
    if not recipe:
        return [file]
    said = {"form" if key == "dates" else key: sign for key, sign in file.items()
            if key != "separator"}
    shown = _likely(table)
    if not said and shown and recipe.get("decimal", shown) != shown:
        said = {"decimal": shown}
    meaning = {key: part for key, part in recipe.items() if key not in WRITING}
    return [meaning | said] if said else [recipe, meaning]


def looks_like(text: str) -> str:
    """Return what a text looks like, for an error message.

    >>> looks_like("10 or 12"), looks_like("#DIV/0!"), looks_like("$10")
    ('is text with a number in it', 'is an error of a spreadsheet', 'is a number with $')
    """
    plain = text.strip()
    if EXCELS_ERROR.fullmatch(plain):
        return "is an error of a spreadsheet"
    if re.fullmatch(r"[-+]?(inf|infinity|∞)", plain, re.IGNORECASE):
        return "is infinite"
    if re.fullmatch(r"[<>≤≥~]=?\s*[-\d.,]+", plain):
        return "is a bound"
    for name, reader in READERS.items():
        try:
            read = reader([text], {"decimal": "."}) or reader([text], {"decimal": ","})
        except Misfit:
            read = None
        if read and name != "numbers":
            return {"dates": "is a date", "yes or no": "is a yes or a no"}.get(name, f"is {name}")
        if (parts := parts_of(text)) and is_in_style(parts.digits):
            if not read:
                return "is too large for a number"
            return f"is a number with {parts.mark}" if parts.mark else "is a number"
    return "is text with a number in it" if re.search(r"\d", plain) else "is text"


def is_number_like(text: str) -> bool:
    """Return whether a text can be read as a number, a date or a time.

    >>> is_number_like("1.050,5"), is_number_like("2016-03-13"), is_number_like("m/s")
    (True, True, False)
    """
    if not any(map(str.isdigit, text)):
        return False
    parts = parts_of(text)
    return bool(parts and is_in_style(parts.digits)) or _reads(read_dates, text, {})


def is_recipe(given: Any) -> bool:
    """Return whether this is a recipe for a column, as in `read_as`."""
    if not isinstance(given, dict) or not all(isinstance(x, str)
                                              for pair in given.items() for x in pair):
        return False
    if given.get("as") == "dates":
        try:
            if datetime.fromisoformat(given.get("since", "")).tzinfo:
                return False
            if (form := given.get("form", "")) not in ("ISO", *FORMS):
                date_in(form)
        except ValueError:
            return False
        return given.get("unit") in ("days", "seconds")
    return given.get("as") in ("text", *READERS)


def _column(table: Table, name: str, fixed: Recipe, as_text: bool
            ) -> tuple[list[Any], dict[str, str], list[str]]:
    """The values of a column, its recipe, and what to tell the user."""
    cells = table[name]
    texts = [cell for cell in cells if isinstance(cell, str)]
    known = [text for text in texts if text.strip().casefold() not in MISSING]
    try:
        read = _read(known, fixed, table) if known else Read([], {"as": "numbers"}, [])
    except Misfit:
        if not as_text:
            raise
        read = None
    if as_text and read and (read.recipe["as"] != "numbers" or read.said):
        read = None  # levels are shown as they are written
    words = MISSING if read else MISSING_TEXT
    gone = Counter(text for text in texts if text.strip().casefold() in words)
    numbers = iter(read.values if read else ())
    values = [cell if not isinstance(cell, str) else None if cell in gone
              else next(numbers) if read else cell for cell in cells]
    listed = ", ".join(f"{short(text)} ({n})" for text, n in gone.items() if text.strip())
    said = [*([f"missing are {listed}"] if listed else []), *(read.said if read else [])]
    return values, dict(read.recipe if read else {"as": "text"}), said


def _read(texts: Sequence[str], fixed: Recipe, table: Table) -> Read | None:
    """The result of the first reader that can read all texts; None if no text is a number; raises
    a Misfit if some are."""
    if fixed.get("as") == "text":
        return None
    readers = {fixed["as"]: READERS[fixed["as"]]} if fixed.get("as") in READERS else READERS
    for reader in readers.values():
        try:
            if read := reader(texts, fixed):
                return read
        except Ambiguous:
            likely = _likely(table)
            if likely and (read := reader(texts, {**fixed, "decimal": likely})):
                return read
            raise
    sample = [*dict.fromkeys(texts)][:MOST_TEXTS]
    fits = {name: {text for text in sample if _reads(reader, text, fixed)}
            for name, reader in readers.items()}
    name = max(fits, key=lambda name: len(fits[name]))
    letters = all(len(text.strip()) == 1 for text in fits[name])
    if name == "yes or no" and letters and 2 * len(fits[name]) <= len(sample):
        return None  # F is one of the levels A to F, or F and M, and does not mean false
    if not fits[name]:
        if len(readers) == 1:
            unit = f" with {fixed['mark']}" if fixed.get("mark") else ""
            raise Misfit(texts[0], f"{looks_like(texts[0])}, where {name}{unit} are expected")
        return None
    every = [*dict.fromkeys(texts)]
    if odd := [text for text in every if not _reads(readers[name], text, fixed)]:
        raise Misfit(odd[0], _why_odd(odd, len(every), name, fixed))
    numbers = [parts for text in sample if (parts := parts_of(text))]
    marks = [*dict.fromkeys(parts.mark for parts in numbers)]
    if name == "numbers" and len(marks) > 1:
        first, other = (next(p for p in numbers if p.mark == mark) for mark in marks[:2])
        raise Misfit(other.text, f"is not in the unit of {short(first.text)}: write all numbers of "
                                 "the column in one unit")
    signs = {sign: text for text in sample if (sign := decimal_sign(text))}
    if name == "numbers" and len(signs) > 1:
        raise Misfit(signs[","], f"has a decimal comma, and {short(signs['.'])} a decimal point: "
                                 "write all of them in one way")
    raise Misfit(sample[-1], f"is not written like {short(sample[0])}: write all of them in one "
                             "way")


def _why_odd(odd: Sequence[str], count: int, name: str, fixed: Recipe) -> str:
    """What is wrong with the first text that does not fit, and what to do."""
    what = looks_like(odd[0])
    if what == "is a number" and fixed.get("decimal"):
        sign = {",": "comma", ".": "point"}[fixed["decimal"]]
        return f"does not fit a decimal {sign}: write all numbers in one way"
    level = ""
    if not re.search(r"\d", odd[0]) and len(odd) > 1 and len(odd) * 5 > count:
        level = " write C(...) in the model for a category;"
    among = {"numbers": "numbers", "yes or no": "yeses and noes"}.get(name, "dates")
    return f"{what} among {among};{level} {_to_leave_out(odd[0])}"


def _to_leave_out(text: str) -> str:
    return (f"correct it, or pass missing={short(('', text))} to leave out the rows "
            "that have it")


def _reads(reader: Reader, text: str, fixed: Recipe) -> bool:
    try:
        read = reader([text], fixed)
    except Misfit:
        return True  # in more than one way
    return read is not None


def _likely(table: Table) -> str:
    """The decimal sign that other numbers of the file show; if they show none, a point if commas
    separate the fields; else an empty text."""
    shown = {decimal_sign(cell) for name in table.names for cell in table[name]
             if isinstance(cell, str) and ("," in cell or "." in cell)} - {""}
    if len(shown) == 1:
        return shown.pop()
    return "." if not shown and table.read_as.get("file", {}).get("separator") == "," else ""


def _yes_or_no(texts: Sequence[str], fixed: Recipe) -> Read | None:
    """Return 1 for yes and 0 for no, or true and false; None if a text is neither."""
    words = [text.strip().casefold() for text in texts]
    for truths in (*TRUTHS, {"1": 1.0, "0": 0.0})[: None if fixed.get("as") else -1]:
        if all(word in truths for word in words):
            yes, no = truths
            return Read([truths[word] for word in words], {"as": "yes or no"},
                        [f"{yes} is 1, {no} is 0"])
    return None


READERS: dict[str, Reader] = {"numbers": read_numbers, "yes or no": _yes_or_no, "dates": read_dates}
