r"""Layout: where in a file the names and the rows stand, and what separates the fields.

On the page: `csv.DictReader(file)`, which takes the first line for the names, and needs commas.

A spreadsheet puts a title above the names, and units below them; an instrument writes comments that
begin with #; where 1,5 is one and a half, semicolons stand between the fields. The file does not
say so; but each line of a table has equally many fields, and its names have numbers below them.

>>> lines = ["Fall, 2020\n", "# device A\n", "t;h\n", "s;m\n", "0,5;1,2\n", "1;4,9\n"]
>>> found = layout(lines, "fall.csv")
>>> found.separator, found.names, found.rows
(';', ['t', 'h'], [(5, ['0,5', '1,2']), (6, ['1', '4,9'])])
>>> print(*found.said, sep="\n")
fields are separated by ;
line 2 is a comment
line 1 is a title
line 4 has the units

Read `layout` first; the rest finds one thing each.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mathlab.errors import DataError
from mathlab.learning.data.fields import EXCELS_ERROR, MISSING, is_number_like
from mathlab.learning.data.table import short
from mathlab.names import form

SEPARATORS = {",": ",", ";": ";", "\t": "a tab", "|": "|"}  # and what they are called
SPACES = {" ": "spaces"}  # if none of the others separates fields
SAMPLE = 500  # lines that show what the separator is
COMMENT = re.compile(rf"(?!{EXCELS_ERROR.pattern})#")
MOST_TITLES = 20  # lines above the names
LONGEST_UNIT = 20  # letters
YEAR = re.compile(r"1[5-9]\d\d|20\d\d")  # numbers that may name columns
DECIMALS = re.compile(r"[-+]?\d*[.,]\d+(?:[eE][-+]?\d+)?")  # numbers that never do
HINT = re.compile(r'"?sep=([^"\r\n]?)"?\s*', re.IGNORECASE)  # for Excel, in the first line

Record = tuple[int, list[str]]  # the line on which a row starts, and its fields


class Layout(NamedTuple):
    """The parts of a file; `said` tells what is unusual about them."""

    separator: str
    header: int  # the line of the names
    names: list[str]
    rows: list[Record]
    said: list[str]


def layout(lines: Sequence[str], source: str, separator: str = "", decimal: str = "") -> Layout:
    """Return the parts of a file, found in its lines; a given `separator` is used as it is.

    Raises: DataError for an empty file, two possible separators, numbers in place of names, a row
    with more or fewer fields than there are names, or a quote that is not closed.
    """
    said = []
    first = 1
    if not separator and lines and (hint := HINT.fullmatch(lines[0])):
        separator, lines, first = hint[1] or ",", lines[1:], 2
    separator = separator or _separator(lines, source)
    if any(re.fullmatch(rf'"[^"]*"(?:{re.escape(separator)} +"[^"]*")+\s*', line)
           for line in lines[:MOST_TITLES]):
        lines = [re.sub(f'{re.escape(separator)} +"', f'{separator}"', line) for line in lines]
    if separator != ",":
        said.append(f"fields are separated by {(SEPARATORS | SPACES).get(separator, separator)}")
    records, comments = _without_comments(lines, source, separator, first)
    if not records:
        what = "has comments alone" if comments else "is empty"
        raise DataError(f"{source} {what}; its first line should name the columns")
    titles = _titles(records)
    if above := _names_in_comment(records[0], comments, separator):  # as numpy writes them
        records.insert(0, above)
        del comments[above[0]]
        titles = 0
        said.append(f"line {above[0]}, a comment, names the columns")
    said += _listed([*comments], "is a comment", "are comments")
    said += _listed([line for line, _ in records[:titles]], "is a title", "are titles")
    (header, names), *rows = records[titles:]
    names = [_name(cell) for cell in names]
    if all(map(is_number_like, names)) and any(map(DECIMALS.fullmatch, names)):
        raise DataError(f"{source}, line {header}: there are numbers where the names of columns "
                        "should be; put a line with names above them")
    if all(map(is_number_like, names)) and not all(map(YEAR.fullmatch, names)):
        said.append(f"line {header} names the columns, {', '.join(names)}")
    names, rows = _without_empty_ends(names, rows)
    if rows and all(len(fields) == len(names) + 1 and (
            separator == " " or not is_number_like(fields[0])) for _, fields in rows):
        names.insert(0, "")  # as R writes the names of its rows
    if decimal == separator == ",":
        rows = _joined_pairs(rows, len(names))
    for line, fields in rows:
        if len(fields) != len(names):
            raise DataError(f"{source}, line {line}: {_ragged(fields, names, separator)}")
    if _is_units(names, rows):
        said.append(f"line {rows[0][0]} has the units")
        rows = rows[1:]
    if not names[0] and all(names[1:]) and len(names) > 1 and rows:
        names[0] = next(f"row{'_' * i}" for i in range(len(names)) if f"row{'_' * i}" not in names)
        said.append(f"the first column has no name, and is called {names[0]}")
    return Layout(separator, header, names, rows, said)


def _separator(lines: Sequence[str], source: str) -> str:
    """The sign that splits most lines into equally many fields; else spaces, or ","."""
    shares = {}
    for sign in SEPARATORS:
        records = _records(lines[:SAMPLE], "", sign, strict=False)
        counts = Counter(len(fields) for _, fields in records if not COMMENT.match(fields[0]))
        count, times = max(counts.items(), key=lambda pair: (pair[0] > 1, pair[1]), default=(1, 0))
        if count > 1:
            shares[sign] = times / counts.total()
    best = [sign for sign, share in shares.items() if share == max(shares.values())]
    if len(best) > 1 and shares[best[0]] == 1:
        one, other = best[:2]
        raise DataError(
            f"{source}: between the fields may stand {SEPARATORS[one]} or {SEPARATORS[other]}; "
            f"pass separator={one!r} or separator={other!r}")
    if best:
        return best[0]
    spaced = [fields for line in lines[:SAMPLE] if line[0] != "#" and (fields := _spaced(line))]
    if spaced and all(map(is_number_like, spaced[0])):  # the names may stand in a comment
        comments = [line.lstrip("# ").split() for line in lines[:SAMPLE] if line[0] == "#"]
        spaced = comments[-1:] + spaced
    is_table = len(spaced) > 1 and len({*map(len, spaced[1:])}) == 1 and (
        1 < len(spaced[0]) <= len(spaced[1]) <= len(spaced[0]) + 1)  # R's rows have names
    of_numbers = is_table and all(map(is_number_like, spaced[1])) and not any(
        map(is_number_like, spaced[0]))
    return " " if of_numbers else ","


def _records(lines: Iterable[str], source: str, separator: str, first: int = 1,
             strict: bool = True) -> Iterator[Record]:
    """The line on which each row starts, and its fields; blank lines are left out."""
    if separator == " ":  # any number of them
        yield from ((i, fields) for i, line in enumerate(lines, first) if (fields := _spaced(line)))
        return
    # strict: otherwise a quote that is never closed swallows the rest of the file without a word.
    reader = csv.reader(iter(lines), delimiter=separator, strict=strict)
    while True:
        start = reader.line_num + first
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if not strict:
                return
            raise DataError(
                f"{source}, line {start}: {error}; look for a quote that is not closed, or one "
                'inside a quoted text that should be written twice ("")') from None
        if fields and not (len(fields) == 1 and fields[0].isspace()):
            yield start, fields


def _spaced(line: str) -> list[str]:
    """The fields of a line between spaces, which may stand in quotes."""
    try:
        return next(csv.reader([line.strip().replace("\t", " ")], delimiter=" ",
                               skipinitialspace=True), [])
    except csv.Error:
        return line.split()


def _without_comments(lines: Sequence[str], source: str, separator: str, first: int
                      ) -> tuple[list[Record], dict[int, str]]:
    """The rows, and the comments by line number. A line that begins with # is a comment, unless one
    such line is as wide as a row and no row begins with a number: then # is part of a text."""
    if not any(map(COMMENT.match, lines)):
        return list(_records(lines, source, separator, first)), {}
    comments: dict[int, str] = {}
    fresh = True  # the reader is between two rows, and not inside a quoted text

    def others() -> Iterator[str]:
        nonlocal fresh
        for number, line in enumerate(lines, first):
            if fresh and COMMENT.match(line):
                comments[number] = line
                yield "\n"  # so that lines are counted
            else:
                fresh = fresh and not line.strip()
                yield line

    records = []
    for record in _records(others(), source, separator, first):
        records.append(record)
        fresh = True
    count = Counter(len(fields) for _, fields in records).most_common(1)
    width = count[0][0] if count else 1
    same = width > 1 and any(line.count(separator) + 1 == width for line in comments.values())
    starts = [fields[0] for _, fields in records[1:]]
    if same and not any(map(is_number_like, starts)):
        return list(_records(lines, source, separator, first)), {}
    separators = {line.count(separator) for line in comments.values()}
    if not records and len(separators) == 1 and separators != {0}:
        return list(_records(lines, source, separator, first)), {}
    return records, comments


def _titles(records: Sequence[Record]) -> int:
    """How many titles stand above the names, the first full row that has a number below it and no
    number but years in it; 0 unless the first row is odd or a sentence."""
    counts = Counter(len(fields) for _, fields in records)
    count = max(counts, key=lambda n: (n > 1, counts[n]))
    if count < 2 or not (_is_odd(records[0][1], count) or _is_sentence(records[0][1])):
        return 0
    for i, (_, names) in enumerate(records[:MOST_TITLES]):
        below = [fields for _, fields in records[i + 1 : i + 3] if len(fields) == count]
        if (len(names) == count and all(map(str.strip, names[:-1])) and len({*names}) == count
                and not any(is_number_like(name) and not YEAR.fullmatch(name) for name in names)
                and any(is_number_like(cell) for fields in below for cell in fields)):
            return i
    return 0


def _is_odd(fields: Sequence[str], count: int) -> bool:
    """Whether a row has more or fewer fields than the table, or only one that is not empty."""
    return len(fields) != count or sum(map(bool, map(str.strip, fields))) == 1


def _is_sentence(fields: Sequence[str]) -> bool:
    """Whether the separators may be the commas of a sentence: a space follows one of them, and
    there are more words than names would have."""
    words = " ".join(fields).split()
    return any(cell.startswith(" ") for cell in fields) and len(words) > 2 * len(fields) + 2


def _names_in_comment(first: Record, comments: dict[int, str], separator: str) -> Record | None:
    """The last comment above a first row of numbers, if it has a name for each; else None."""
    line, fields = first
    above = [number for number in comments if number < line]
    if not above or not all(map(is_number_like, fields)):
        return None
    comment = comments[above[-1]].lstrip("# ").rstrip("\r\n")
    names = comment.split() if separator == " " else comment.split(separator)
    return (above[-1], names) if len(names) == len(fields) and len(names) > 1 else None


def _is_units(names: Sequence[str], rows: Sequence[Record]) -> bool:
    """Whether the first row has units: short texts, none a number, some above numbers, none above
    texts."""
    if len(rows) < 3:
        return False
    (_, units), *others = rows[:SAMPLE]
    if any(map(is_number_like, units)) or max(map(len, units)) > LONGEST_UNIT:
        return False
    columns = zip(*(fields for _, fields in others), strict=True)
    above = []
    for unit, column in zip(units, columns, strict=True):
        known = [cell for cell in column if cell.strip().casefold() not in MISSING]
        word = unit.strip().casefold()
        if word and known and all(map(is_number_like, known)):
            above.append(word)
        elif word not in MISSING:
            return False
    return bool(above) and not MISSING & {*above}


def _without_empty_ends(names: list[str], rows: list[Record]) -> tuple[list[str], list[Record]]:
    """Names and rows without the last column, if it is empty since every line ends with a
    separator."""
    longer = len(names) + 1
    if all(len(fields) == longer and not fields[-1].strip() for _, fields in rows):
        return names, [(line, fields[:-1]) for line, fields in rows]
    if len(names) > 1 and not names[-1] and rows and all(
            len(fields) == len(names) and not fields[-1].strip() for _, fields in rows):
        return names[:-1], [(line, fields[:-1]) for line, fields in rows]
    return names, rows


def _joined_pairs(rows: list[Record], count: int) -> list[Record]:
    """The rows; those with twice as many fields have each two joined to a number: 1,5."""
    joined = []
    for line, fields in rows:
        if len(fields) == 2 * count:
            fields = [",".join(pair) for pair in zip(fields[::2], fields[1::2], strict=True)]
        joined.append((line, fields))
    return joined


def _ragged(fields: Sequence[str], names: Sequence[str], separator: str) -> str:
    """What is wrong with a row that has another number of fields than there are names."""
    counts = f"{len(fields)} fields where the header has {len(names)}"
    called = {",": "comma", ";": "semicolon", "\t": "tab"}.get(separator, short(separator))
    if separator == "," and len(names) < len(fields) <= 2 * len(names) and all(
            map(is_number_like, fields)):
        example = ",".join(fields[:2])
        if len(fields) == 2 * len(names):
            return (f"{counts}; if the comma is the decimal sign too, so that {example} is one "
                    "number, pass decimal=','")
        return (f"{counts}; look for a name that is missing there; or, if {example} is one number, "
                "save the file with semicolons between its fields")
    if len(fields) < len(names):
        return f"{counts}; look for a {called} too few"
    return f"{counts}; look for a {called} too many, or one that needs quotes around its text"


def _name(cell: str) -> str:
    """The name in a cell of the header, without invisible characters."""
    return "".join(filter(str.isprintable, " ".join(cell.split())))


def check_names(names: Sequence[str], place: str) -> None:
    """Make sure that each column has a name of its own; a DataError if not."""
    found: dict[str, int] = {}
    for position, name in enumerate(names, 1):
        if not name:
            raise DataError(f"{place}: column {position} has no name; give it one in this line")
        if (first := found.setdefault(form(name), position)) < position:
            raise DataError(
                f"{place}: columns {first} and {position} are both called {short(name)}; "
                "rename one in this line")


def _listed(lines: Sequence[int], one: str, several: str) -> list[str]:
    """A list with `lines 1 to 3 are titles`, or such; empty if there are no lines."""
    if len(lines) < 2:
        return [f"line {line} {one}" for line in lines]
    if len(lines) == lines[-1] - lines[0] + 1 and len(lines) > 2:
        return [f"lines {lines[0]} to {lines[-1]} {several}"]
    shown = ", ".join(map(str, lines[:5]))
    return [f"lines {shown}{', ...' if len(lines) > 5 else ''} {several}"]
