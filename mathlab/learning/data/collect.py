r"""Collect data: read a CSV file (comma-separated values) into a table.

On the page: `for record in csv.DictReader(file)`, which forgets where a record stood. Read
`read_csv` first; the rest is edge cases.

One line of the file names the columns. Fields are text, until `types` says how to read them; an
empty field is None. Every row remembers its line, so that an error can name it, and the table how
it was read, if the file was not plain.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     path = Path(folder, "films.csv")
...     letters = path.write_text("title;budget\nAlien;11,5\nTron;\n")
...     films = read_csv(path, types={"budget": float})
>>> films["budget"], films.places
([11.5, None], ('line 2', 'line 3'))
>>> films.reading
('fields are separated by ;', 'decimal commas')
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from mathlab.errors import DataError
from mathlab.learning.data.fields import is_number_like, read_columns
from mathlab.learning.data.layout import check_names, layout
from mathlab.learning.data.moments import date_in
from mathlab.learning.data.numerals import number
from mathlab.learning.data.table import Table, short
from mathlab.names import by_form

__all__ = ["date_in", "number", "read_csv"]  # the first two from their own chapters

LONGEST_LINE = 10_000_000  # letters: a file of one endless line must not fill the memory
MARKS = {  # at the beginning of a file, of the alphabet that it is in
    b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SIGNS = {"decimal": (".", ","), "thousands": (",", ".", " ", "'")}


def read_csv(path: str | Path, types: Mapping[str, Callable[[str], Any]] | None = None,
             missing: Sequence[str] = ("",), *, separator: str = "", decimal: str = "",
             thousands: str = "", dates: str = "", encoding: str = "") -> Table:
    """Return the table in a CSV file; "-" is what comes in on standard input.

    `types` says how to read a column: {"budget": float, "release_date": date_in("%b %d %Y")}; the
    others stay text. `float` means any number that people write, as in the chapter `fields`: also
    dates, as days since the first one. A field that is one of the `missing` texts becomes None,
    whatever its column. Blank lines are skipped.

    What the file does not show by itself can be said: the `separator` of fields, the `decimal`
    sign, the sign between `thousands`, the form of `dates`, such as "%d/%m/%Y", the `encoding` of
    letters, such as "cp1252". The `reading` of the table says what was found.

    Raises: DataError, which names the line that cannot be read.
    """
    settings = {"decimal": decimal, "thousands": thousands, "dates": dates}
    for name, signs in SIGNS.items():
        if settings[name] and settings[name] not in signs:
            listed = ", ".join(map(repr, signs))
            raise DataError(f"{name} is one of {listed}, not {short(settings[name])}")
    if decimal and decimal == thousands:
        raise DataError(f"{decimal!r} cannot be the decimal sign and stand between thousands too")
    if separator and (len(separator) > 1 or separator in '"\r\n'):
        raise DataError(f"the separator is one sign, such as ';', not {short(separator)}")
    if dates:
        date_in(dates)  # refuses what is not a form
    lines, source, alphabet = _read(path, encoding)
    found = layout(lines, source, separator, decimal)
    check_names(found.names, f"{source}, line {found.header}")
    markers = (missing,) if isinstance(missing, str) else tuple(missing)
    bare = {marker.strip() for marker in markers} - {""}
    columns = {name: [None if fields[i] in markers or fields[i].strip() in bare else fields[i]
                      for _, fields in found.rows]
               for i, name in enumerate(found.names)}
    file = {**{k: v for k, v in settings.items() if v}, "separator": found.separator}
    table = Table(columns, source, [f"line {line}" for line, _ in found.rows],
                  alphabet + found.said, {"file": file, "missing": dict.fromkeys(bare, "")})
    wanted = by_form(types or {}, DataError)
    others = {name: convert for name, convert in wanted.items() if convert is not float}
    table = table.with_columns({name: _converted(table, name, convert, markers)
                                for name, convert in others.items()})
    return read_columns(table, *(name for name in wanted if name not in others), only_numbers=True)


def _read(path: str | Path, encoding: str) -> tuple[list[str], str, list[str]]:
    """The lines of a file, what errors call it, and its alphabet, if that is not the usual one."""
    if str(path) == "-":
        if sys.stdin is None:
            raise DataError("the standard input is closed; name a file")
        return _decoded(sys.stdin.buffer, "standard input", encoding)
    path = Path(path)
    if path.is_dir():
        raise DataError(f"{path} is a folder; name a file in it")
    try:
        with path.open("rb") as file:
            return _decoded(file, path.name, encoding)
    except FileNotFoundError:
        raise DataError(
            f"there is no file {path}; check the name, and the folder you are in: {Path.cwd()}"
        ) from None
    except OSError as error:
        raise DataError(
            f"{path} cannot be read: {error.strerror}; check it and its permissions") from None


def _decoded(file: BinaryIO, source: str, encoding: str) -> tuple[list[str], str, list[str]]:
    if not file.seekable():  # a pipe is read once
        file = BytesIO(file.read())
    beginning = file.read(4)
    file.seek(0)
    found = next((a for mark, a in MARKS.items() if beginning.startswith(mark)), "utf-8")
    alphabet = encoding or found
    said = [] if alphabet.startswith("utf-8") else [f"the text is {alphabet.upper()}"]
    try:
        text = TextIOWrapper(file, alphabet, "surrogateescape", newline="")
    except (LookupError, ValueError):  # no such name, or none at all
        raise DataError(f"there is no encoding {short(encoding)}; try 'utf-8', or 'cp1252'"
                        ) from None
    try:
        return list(_lines(text, source)), source, said
    except UnicodeError:
        raise DataError(f"{source} is not {alphabet.upper()} text to its end; save it as CSV in "
                        "UTF-8") from None
    finally:
        text.detach()


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
            # "surrogateescape" reads a byte that is not a letter as the letter 0xDC00 + byte.
            byte = ord(line[error.start]) - 0xDC00
            alphabet = file.encoding.upper().removesuffix("-SIG")
            what = f"{place}: the byte 0x{byte:02x} is not {alphabet} text"
            raise DataError(f"{what}; save the file as CSV in UTF-8, or pass encoding='cp1252' if "
                            "it comes from an older Windows") from None
        yield line


def _converted(table: Table, name: str, convert: Callable[[str], Any],
               missing: tuple[str, ...]) -> Iterator[Any]:
    """Yield the values of one column, read from their texts one by one."""
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
            advice = f"pass missing={short((*missing, text))} to treat it as missing"
            if convert is number and is_number_like(text):
                advice = f"types={{{name!r}: float}} reads numbers as people write them"
            raise DataError(f"{table.source}, {place}: {shown} in column {name!r} {why}; {advice}"
                            ) from None
