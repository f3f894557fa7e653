"""The films that the lessons learn from, and what is left of them after cleaning.

The file is the film table of the Vega data sets, which keeps its errors on purpose, for teaching.
"""

from datetime import date
from functools import cache
from pathlib import Path

from mathlab.learning.data.clean import CleaningReport, clean, is_missing
from mathlab.learning.data.collect import date_in, number, read_csv
from mathlab.learning.data.table import Table

FILE = Path(__file__).with_name("movies.csv")
COLLECTED = date(2010, 12, 31)  # when the file was made; later dates are of the future


def millions(text: str) -> float:
    """Dollars, as a number of millions."""
    return number(text) / 1e6


def read() -> Table:
    """All films as the file has them, budget and revenue in million dollars."""
    types = {"release_date": date_in("%b %d %Y"), "budget": millions, "revenue": millions}
    return read_csv(FILE, types=types).select("title", "release_date", "budget", "revenue")


@cache
def cleaned() -> tuple[Table, CleaningReport]:
    """The films that can be learnt from, and the account of the others."""
    return clean(
        read(),
        is_missing("title"),
        is_missing("budget"),
        is_missing("revenue"),
        ("released in the future", lambda film: film["release_date"] > COLLECTED),
        ("revenue is zero", lambda film: film["revenue"] == 0),
    )
