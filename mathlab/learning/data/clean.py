"""Clean a table: keep the rows that pass every check, and say which were dropped and why.

On the page: `if x and y and all(map(math.isfinite,`, and no word about the others.

Nothing is dropped silently here. The report adds up, and shows one row for each reason:

>>> films = Table({"title": ["Alien", "Tron", "Brazil"], "budget": [11.0, None, 15.0]})
>>> cleaned, report = clean(films, is_missing("budget"))
>>> cleaned["title"]
['Alien', 'Brazil']
>>> print(report)
  3  rows read from table
- 1  budget is missing  (row 2, title 'Tron')
= 2  rows kept
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mathlab.errors import DataError
from mathlab.learning.data.table import Row, Table, short

Check = tuple[str, Callable[[Row], bool]]  # a reason to drop a row, and a test that is then true


@dataclass(frozen=True)
class CleaningReport:
    """How many rows were read, how many kept, and for each reason how many dropped.

    `examples` has the place and first value of the first row dropped for a reason.
    """

    source: str
    read: int
    kept: int
    dropped: dict[str, int]
    examples: dict[str, str]

    def __str__(self) -> str:
        digits = len(f"{self.read:,}")
        longest = max(map(len, self.dropped), default=0)
        lines = [f"  {self.read:{digits},}  rows read from {self.source}"]
        for reason, count in self.dropped.items():
            example = f"  ({self.examples[reason]})" if count else ""
            lines.append(f"- {count:{digits},}  {reason:{longest}}{example}".rstrip())
        return "\n".join([*lines, f"= {self.kept:{digits},}  rows kept"])


def clean(table: Table, *checks: Check) -> tuple[Table, CleaningReport]:
    """Return the rows that pass all checks, and a report of those that do not.

    A row is dropped for the first reason that applies, so put `is_missing` before a test that
    needs the value.
    """
    kept = []
    dropped = {reason: 0 for reason, _ in checks}
    examples: dict[str, str] = {}
    label = table.names[0]
    for index, row in enumerate(table.rows()):
        place = table.places[index]
        reason = _first_reason(checks, row, f"{table.source}, {place}")
        if reason is None:
            kept.append(index)
        else:
            dropped[reason] += 1
            examples.setdefault(reason, f"{place}, {label} {short(row[label])}")
    return table.take(kept), CleaningReport(table.source, len(table), len(kept), dropped, examples)


def is_missing(name: str) -> Check:
    """Return the check that drops rows without a value in this column."""
    return f"{name} is missing", lambda row: row[name] is None


def _first_reason(checks: Sequence[Check], row: Row, place: str) -> str | None:
    """Return the first reason to drop a row, or None to keep it."""
    for reason, test in checks:
        try:
            if test(row):
                return reason
        except TypeError as error:
            raise DataError(f"{place}: the check {reason!r} cannot be answered ({error}); "
                            "put is_missing(...) before it") from error
    return None
