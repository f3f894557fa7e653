"""Large grids of cases, thinned: a spread of them by default, every one with `pytest --all`."""

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

everything = False  # set by conftest before any test is collected


def thinned(cases: Iterable[T], keep: int) -> list[T]:
    """About `keep` of the cases, evenly spread, the first among them; all of them with `--all`."""
    cases = list(cases)
    return cases if everything else cases[:: max(1, len(cases) // keep)]
