r"""Collect data: read a CSV file (comma-separated values) into a table.

On the page: `for record in csv.DictReader(file)`, which forgets where a record stood. Read
`read_csv` first, then `number`; the rest is edge cases.

The first line of the file names the columns. Fields are text, until `types` says how to read them;
an empty field is None. Every row remembers its line, so that an error can name it.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     path = Path(folder, "films.csv")
...     letters = path.write_text("title,budget\nAlien,11e6\nTron,\n")
...     films = read_csv(path, types={"budget": float})
>>> films["budget"], films.places
([11000000.0, None], ('line 2', 'line 3'))
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from pathlib import Path
from typing import Any, TextIO

from mathlab.errors import DataError
from mathlab.learning.data.table import Table, short
from mathlab.names import by_form, form

LONGEST_LINE = 10_000_000  # letters: a file of one endless line must not fill the memory


def read_csv(path: str | Path, types: Mapping[str, Callable[[str], Any]] | None = None,
             missing: Sequence[str] = ("",)) -> Table:
    """Return the table in a CSV file, whose first line names the columns.

    `types` says how to read a column: {"budget": float, "release_date": date_in("%b %d %Y")}; the
    others stay text. `float` means `number` here, which takes no 'nan'. A field that is one of the
    `missing` texts becomes None, whatever its column. Blank lines are skipped. A DataError names
    the line that cannot be read.
    """
    path = Path(path)
    records = _read(path)
    if not records:
        raise DataError(f"{path.name} is empty; its first line should name the columns")

    (header, names), *rows = records
    _check_names(names, f"{path.name}, line {header}")
    for line, fields in rows:
        if len(fields) != len(names):
            raise DataError(
                f"{path.name}, line {line}: {len(fields)} fields where the header has "
                f"{len(names)}; look for a comma too few, or one that needs quotes around its text")
    markers = (missing,) if isinstance(missing, str) else tuple(missing)
    columns = {name: [None if fields[i] in markers else fields[i] for _, fields in rows]
               for i, name in enumerate(names)}
    table = Table(columns, path.name, [f"line {line}" for line, _ in rows])
    for name, convert in by_form(types or {}, DataError).items():
        table = table.with_column(name, _converted(table, name, convert, markers))
    return table


def number(text: str) -> float:
    """Return the finite float that a text stands for: not 'nan', 'inf', '1e400' or '1_000'.

    >>> number("2.5e3")
    2500.0
    """
    try:
        value = float(text)
    except ValueError:
        raise DataError(f"{short(text)} is not a number") from None
    if "_" in text:
        raise DataError(f"{short(text)} is not a number: it has a '_'")
    if not isfinite(value):
        raise DataError(f"{short(text)} is not a finite number")
    return value


def date_in(form: str) -> Callable[[str], date]:
    """Return the function that reads a date of this form, as in `datetime.strptime`.

    >>> date_in("%b %d %Y")("Jun 12 1998")
    datetime.date(1998, 6, 12)
    """
    try:
        # 1969 and 1975 have the same calendar: if both give one text, there is no year in it.
        example, other = (date(year, 7, 20).strftime(form) for year in (1969, 1975))
        if example == other:
            raise ValueError("no year")
        datetime.strptime(example, form)
    except ValueError:
        raise DataError(f"{form!r} is not the form of a date with a year; try '%b %d %Y'") from None

    def read(text: str) -> date:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            raise DataError(f"{short(text)} is not a date such as {example!r}") from None

    return read


def _read(path: Path) -> list[tuple[int, list[str]]]:
    """Return the line on which each row of a CSV file starts, and its fields."""
    if path.is_dir():
        raise DataError(f"{path} is a folder; name a file in it")
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            return list(_records(file, path.name))
    except FileNotFoundError:
        raise DataError(
            f"there is no file {path}; check the name, and the folder you are in: {Path.cwd()}"
        ) from None
    except OSError as error:
        raise DataError(
            f"{path} cannot be read: {error.strerror}; check it and its permissions") from None


def _records(file: TextIO, source: str) -> Iterator[tuple[int, list[str]]]:
    # strict: otherwise a quote that is never closed swallows the rest of the file without a word.
    reader = csv.reader(_lines(file, source), strict=True)
    while True:
        start = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise DataError(
                f"{source}, line {start}: {error}; look for a quote that is not closed, or one "
                'inside a quoted text that should be written twice ("")') from None
        if fields and not (len(fields) == 1 and fields[0].isspace()):
            yield start, fields


def _lines(file: TextIO, source: str) -> Iterator[str]:
    """Yield the lines of a file, after making sure that each is text, and not endless."""
    line_number = 0
    while line := file.readline(LONGEST_LINE):
        line_number += 1
        place = f"{source}, line {line_number}"
        if "\0" in line:
            raise DataError(f"{place}: a zero byte, so this is not text; save it as CSV in UTF-8")
        if len(line) == LONGEST_LINE:
            raise DataError(f"{place}: longer than {LONGEST_LINE:,} letters; is it a CSV file?")
        try:
            line.encode()
        except UnicodeEncodeError as error:
            # "surrogateescape" reads a byte that is not UTF-8 as the letter 0xDC00 + byte.
            byte = ord(line[error.start]) - 0xDC00
            raise DataError(
                f"{place}: the byte 0x{byte:02x} is not UTF-8 text; save the file as CSV in UTF-8"
            ) from None
        yield line


def _check_names(names: list[str], place: str) -> None:
    found: dict[str, int] = {}
    for position, name in enumerate(names, 1):
        if not name.strip():
            raise DataError(f"{place}: column {position} has no name; give it one in this line")
        if (first := found.setdefault(form(name), position)) < position:
            raise DataError(
                f"{place}: columns {first} and {position} are both called {short(name)}; "
                "rename one in this line")


def _converted(table: Table, name: str, convert: Callable[[str], Any],
               missing: tuple[str, ...]) -> Iterator[Any]:
    """Yield the values of one column, read from their texts."""
    if convert is float:
        convert = number  # float itself reads 'nan' and '1_000': slips in a file, and not data
    for place, text in zip(table.places, table[name], strict=True):
        try:
            yield None if text is None else convert(text)
        # Decimal and Fraction raise an ArithmeticError, and a dict of answers a LookupError.
        except (ValueError, ArithmeticError, LookupError) as error:
            shown, why = short(text), str(error)
            if why.startswith(f"{shown} is "):  # as number and date_in say it
                why = why.removeprefix(f"{shown} ")
            else:
                why = f"cannot be read as {getattr(convert, '__name__', 'its type')} ({why})"
            raise DataError(
                f"{table.source}, {place}: {shown} in column {name!r} {why}; "
                f"pass missing={short((*missing, text))} to treat it as missing") from None
