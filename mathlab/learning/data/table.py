"""A table: columns of equal length, by name, whose rows remember where they were found.

On the page: `fields = [(record[feature], record[target])`, without names. Read `Table` first, then
`finite_columns`; the rest is display.

>>> films = Table({"title": ["Alien", "Tron", "Brazil"], "budget": [11.0, None, 15.0]})
>>> print(films)
title   budget
Alien       11
Tron         -
Brazil      15
>>> len(films), films.names, films["budget"]
(3, ('title', 'budget'), [11.0, None, 15.0])
>>> [row["title"] for row in films.rows() if row["budget"] is None]  # None: it is missing
['Tron']
"""

import re
import reprlib
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from math import isfinite
from numbers import Number, Real
from typing import Any

from mathlab.errors import DataError
from mathlab.names import by_form, form, similar
from mathlab.notebook import html_table

NUMBER = re.compile(r"-|[-+<]?\d[\d.,]*(e[-+]?\d+)?( ?%| ms)?")  # text that reads as one
GAP = 2  # between columns
MOST_ROWS = 50  # a longer table is displayed by its first rows alone


class Row(dict[str, Any]):
    """One row, by column name: a dict that suggests a name for one it does not have."""

    def __missing__(self, name: str) -> Any:
        if form(name) in self:
            return self[form(name)]
        raise DataError(no_column(name, list(self), "the row"))


class Table:
    """Columns of equal length, by name. A table never changes: its methods return new ones.

    `source` is what errors call the table, and `places` where each of its rows is found there. Two
    spellings of a name, as in `mathlab.names`, are one column. `reading` says how a file was read,
    where that was not plain: a few words for each thing; `read_as` has the same as plain data.
    """

    __iter__ = None  # over rows or over names? table.rows() and table.names say which

    def __init__(self, columns: Mapping[str, Iterable[Any]], source: str = "table",
                 places: Sequence[str] = (), reading: Sequence[str] = (),
                 read_as: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        if not isinstance(columns, Mapping):
            raise DataError(f"a table is made of a dict of columns, not of {short(columns)}")
        for name, values in columns.items():
            if isinstance(values, str) or not isinstance(values, Iterable):
                raise DataError(f"column {name!r} needs a list of values; got {short(values)}")
        self._columns = {name: list(values) for name, values in by_form(columns, DataError).items()}
        if not self._columns:
            raise DataError("a table needs at least one column")
        first, *others = self._columns
        rows = len(self._columns[first])
        for name in others:
            if (length := len(self._columns[name])) != rows:
                raise DataError(
                    f"column {name!r} has {length} values and column {first!r} has {rows}; "
                    "every row needs one of each")
        self.source = source
        self.places = tuple(places) or tuple(f"row {i + 1}" for i in range(rows))
        self.reading, self.read_as = tuple(reading), dict(read_as or {})

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self._columns)

    def __len__(self) -> int:
        return len(self.places)

    def __contains__(self, name: str) -> bool:
        return form(name) in self._columns

    def __getitem__(self, name: str) -> list[Any]:
        if name not in self:
            raise DataError(no_column(name, self.names, self.source))
        return self._columns[form(name)].copy()

    def rows(self) -> Iterator[Row]:
        """Return an iterator over the rows, each a dict by column name."""
        names = self.names
        for values in zip(*self._columns.values(), strict=True):
            yield Row(zip(names, values, strict=True))

    def select(self, *names: str) -> "Table":
        """Return the table of these columns alone."""
        return self._with({name: self[name] for name in names}, self.places)

    def with_column(self, name: str, values: Iterable[Any]) -> "Table":
        """Return the table with one more column, or with other values in the one of that name."""
        return self.with_columns({name: values})

    def with_columns(self, columns: Mapping[str, Iterable[Any]]) -> "Table":
        """Return the table with several more columns, or other values in those that it has."""
        return self._with({**self._columns, **by_form(columns, DataError)}, self.places)

    def with_reading(self, said: Iterable[str], **read_as: Mapping[str, Any]) -> "Table":
        """Return the table with more words on how it was read, and the same as plain data."""
        added = {key: {**self.read_as.get(key, {}), **more} for key, more in read_as.items()}
        reading = dict.fromkeys([*self.reading, *said])
        return Table(self._columns, self.source, self.places, [*reading], {**self.read_as, **added})

    def take(self, indices: Sequence[int]) -> "Table":
        """Return the table of these rows alone; the first row has the index 0."""
        columns = {name: [v[i] for i in indices] for name, v in self._columns.items()}
        return self._with(columns, [self.places[i] for i in indices])

    def head(self, n: int = 5) -> "Table":
        """Return the table of the first n rows."""
        return self.take(range(len(self))[:n])

    def text(self, width: int = 80) -> str:
        """Return the table as lines of text that fit the width; `str` does so for 80."""
        shown = [values[:MOST_ROWS] for values in self._columns.values()]
        more = len(self) - MOST_ROWS
        return aligned(self.names, shown, width) + (f"\n... {more} more rows" if more > 0 else "")

    def _with(self, columns: Mapping[str, Iterable[Any]], places: Sequence[str]) -> "Table":
        return Table(columns, self.source, places, self.reading, self.read_as)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        shown = [values[:MOST_ROWS] for values in self._columns.values()]
        more = len(self) - MOST_ROWS
        return html_table(
            self.names, ([*map(cell, row)] for row in zip(*shown, strict=True)),
            "", f"... {more} more rows" if more > 0 else "",
            left=[not is_numeric(values) for values in shown])

    def __repr__(self) -> str:
        return f"<Table {self.source}: {len(self)} rows of {', '.join(self.names)}>"


def finite_columns(table: Table, *names: str, fewest: int = 2) -> tuple[list[float], ...]:
    """Return these columns as floats, ready for training, which needs at least 2 rows; a DataError
    if there are fewer, or a value is missing, text, or not finite.

    >>> finite_columns(Table({"x": [1, 2], "y": [0.5, 4]}), "x", "y")
    ([1.0, 2.0], [0.5, 4.0])
    """
    if len(table) < fewest:
        raise DataError(f"{table.source} has {len(table)} rows and at least {fewest} are needed; "
                        "if clean dropped the others, its report says why")
    for name in names:
        for value, place in zip(table[name], table.places, strict=True):
            if not is_finite_number(value):
                where = f"{table.source}, {place}: {short(value)} in column {name!r}"
                raise DataError(f"{where} {_not_finite(value, name)}")
    return tuple([float(value) for value in table[name]] for name in names)


def is_finite_number(value: object) -> bool:
    """Return whether this is a real number, neither nan nor infinite, nor True or False."""
    if type(value) is float:  # most are, and the question to an abstract class takes a while
        return isfinite(value)
    if isinstance(value, bool) or not isinstance(value, (Real, Decimal)):
        return False
    try:
        return isfinite(value)
    except (OverflowError, ValueError):  # an int beyond the largest float; Decimal("sNaN")
        return False


def aligned(names: Sequence[str], columns: Sequence[Sequence[Any]], width: int = 80) -> str:
    """Return columns side by side as text: numbers to the right, other things to the left.

    Heads are broken into lines if the table is too wide otherwise. Text is cut at a third of the
    width, and columns that do not fit are named below.

    >>> heads, columns = ["name", "metres high"], [["ant", "elephant"], [0.002, 3.2]]
    >>> print(aligned(heads, columns))
    name      metres high
    ant             0.002
    elephant          3.2
    >>> print(aligned(heads, columns, width=20))
              metres
    name        high
    ant        0.002
    elephant     3.2
    """
    shown = _that_fit(names, columns, width)
    lines = [_joined(shown)]
    if hidden := ", ".join(names[len(shown) :]):
        lines.append(textwrap.shorten(f"not shown: {hidden}", width, placeholder=" ..."))
    return "\n".join(lines)


def in_parts(names: Sequence[str], columns: Sequence[Sequence[Any]], width: int = 80) -> str:
    """Return columns side by side as text, as `aligned` does; those without room stand below,
    beside the first one again."""
    parts: list[str] = []
    there = 1
    while there < len(names) or not parts:
        left = [0, *range(there, len(names))]
        shown = _that_fit([names[i] for i in left], [columns[i] for i in left], width, fewest=2)
        parts.append(_joined(shown))
        there += len(shown) - 1
    return "\n\n".join(parts)


def short(value: object) -> str:
    """Return a value as an error shows it: on one line, and not for ever."""
    full = repr(value)
    return full if len(full) <= 80 else reprlib.repr(value)


def _that_fit(names: Sequence[str], columns: Sequence[Sequence[Any]], width: int,
              fewest: int = 1) -> list[list[str]]:
    """Return the first columns, as many as fit, each as the lines of its head and its cells, all of
    the same length; the heads are whole if all columns fit so."""
    longest = max(width // 3, 12)
    cells = [[text if len(text) <= longest else f"{text[: longest - 3]}..."
              for text in map(cell, values)] for values in columns]
    heads = [[cell(name)] for name in names]
    for broken in (False, True):
        if broken:
            heads = [_broken(cell(name), max(map(len, texts), default=0), longest)
                     for name, texts in zip(names, cells, strict=True)]
        sizes = [max(map(len, [*head, *texts])) for head, texts in zip(heads, cells, strict=True)]
        ends = accumulate(size + GAP for size in sizes)
        room = sum(end - GAP <= width for end in ends)
        if room == len(names):
            break
    shown = range(min(max(room, fewest), len(names)))
    lines = max(len(heads[i]) for i in shown)
    return [[text.rjust(sizes[i]) if is_numeric(columns[i]) else text.ljust(sizes[i])
             for text in (*[""] * (lines - len(heads[i])), *heads[i], *cells[i])] for i in shown]


def _joined(columns: Sequence[Sequence[str]]) -> str:
    return "\n".join((" " * GAP).join(row).rstrip() for row in zip(*columns, strict=True))


def _broken(head: str, size: int, longest: int) -> list[str]:
    """Return a head as lines no longer than its column's cells or its longest word; but a word that
    is too long goes on in the next line, if it can after a _."""
    size = min(max([size, 1, *map(len, head.split())]), longest)
    lines = textwrap.wrap(head, size, break_long_words=False, break_on_hyphens=False) or [""]
    piece = re.compile(f".{{1,{size}}}$|.{{0,{size - 1}}}_|.{{1,{size}}}")
    return [each for line in lines for each in piece.findall(line) or [""]]


def is_numeric(values: Sequence[Any]) -> bool:
    """Return whether a column holds numbers, or what reads as such, and so stands to the right.

    >>> is_numeric([1, 2.5, None]), is_numeric(["2.2e-04", "50%", "3 ms"]), is_numeric(["one"])
    (True, True, False)
    """
    known = [value for value in values if value is not None]
    return bool(known) and all(
        not isinstance(v, bool) and (isinstance(v, Number) or NUMBER.fullmatch(str(v).strip()))
        for v in known)


def cell(value: object) -> str:
    """Return a value as it stands in a table.

    >>> cell(8e6), cell(2 / 3), cell(-0.0), cell(None)
    ('8000000', '0.666667', '0', '-')
    """
    if value is None:
        return "-"
    if isinstance(value, float):
        value += 0.0  # -0.0 + 0.0 is 0.0
        # Six digits, but 8000000 rather than 8e+06: whole numbers are read digit by digit.
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.6g}"
    # A line break, or a code that a terminal obeys, would spoil the columns.
    return "".join(letter if letter.isprintable() else " " for letter in str(value))


def _not_finite(value: object, name: str) -> str:
    if value is None:
        return f"is missing; drop such rows first, with clean(table, is_missing({name!r}))"
    if isinstance(value, str):
        return f"is text; read it as a number, with read_csv(..., types={{{name!r}: float}})"
    return "is not a finite number; drop such rows with clean, or change the column"


def no_column(name: str, names: Sequence[str], where: str) -> str:
    """Return what an error says of a column that is not there, and which may have been meant."""
    plain = {str(each).casefold(): each for each in names}
    near = [plain[each] for each in similar(str(name).casefold(), plain)]
    hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else "."
    listed = textwrap.shorten(", ".join(names), 400, placeholder=" ...")
    return f"{where} has no column {name!r}{hint} Its columns: {listed}"
