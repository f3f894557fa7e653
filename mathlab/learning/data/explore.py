"""Summaries, correlation and standard units: look at the data before modelling them.

On the page: `stdev(xs)`, and no more than that. Read `summarize` first, then `standardize`.

A summary boils a column down to a few numbers; the correlation boils two columns down to one, from
-1 (on a falling line) through 0 (no line at all) to 1 (on a rising line). Then draw the data all
the same: very different pictures can have the same numbers.

    mean = sum(values) / n        spread = sqrt(sum((value - mean)**2) / (n - 1))

>>> minutes = [90.0, 100.0, 110.0, 140.0]
>>> summary = summarize(minutes)
>>> summary.mean, summary.median, summary.lowest, summary.highest
(110.0, 105.0, 90.0, 140.0)
>>> correlation(minutes, [9.0, 10.0, 11.0, 14.0])
1.0
"""

import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction
from math import isfinite
from operator import mul

from mathlab.errors import DataError
from mathlab.learning.data.table import in_parts, is_finite_number

ROOTS = Context(prec=40, Emax=MAX_EMAX, Emin=MIN_EMIN)
SUMS = Context(prec=2000, Emax=MAX_EMAX, Emin=MIN_EMIN)  # products of floats fill 1,300 digits

@dataclass(frozen=True)
class Summary:
    """A column in eight numbers, all but the count in the column's own unit."""

    count: int
    mean: float
    median: float
    spread: float
    lowest: float
    lower_quartile: float
    upper_quartile: float
    highest: float


def summarize(values: Sequence[float]) -> Summary:
    """Return the Summary of at least two numbers.

    The spread is the sample standard deviation: the typical distance from the mean. A quarter of
    the values lie below the lower quartile, and a quarter above the upper one. The quartiles are
    interpolated between the values, lowest and highest counting as 0% and 100% (the "inclusive"
    method of `statistics.quantiles`, which most spreadsheets use). A DataError if there are fewer
    than two values, or one is not a finite number.
    """
    values = _checked(values)
    written = [*map(_as_written, values)]
    mean = float(_mean(written))
    spread = float(_root(_covariance(written, written)))
    lower, median, upper = statistics.quantiles(values, n=4, method="inclusive")
    if not all(map(isfinite, (mean, spread, lower, median, upper))):
        raise DataError("the values are too large for a float; use a larger unit")
    return Summary(len(values), mean, median, spread, min(values), lower, upper, max(values))


def correlation(x: Sequence[float], y: Sequence[float]) -> float:
    """Return how well one line fits the pairs (x, y): Pearson's r, between -1 and 1, without unit.

        r = sum(x' * y') / (n - 1)        x', y' = (value - mean) / spread
    """
    if len(x) != len(y):
        raise DataError(f"x has {len(x)} values and y has {len(y)}; every x needs its y")
    for values in (x, y):
        standardize(values)  # which refuses a column that does not vary
    xs, ys = ([*map(_as_written, map(float, values))] for values in (x, y))
    alike = _covariance(xs, xs) * _covariance(ys, ys)
    with localcontext(ROOTS):
        return float(_decimal(_covariance(xs, ys)) / _root(alike))


def summary_table(columns: Mapping[str, Sequence[float]], unit: str = "", width: int = 80) -> str:
    """Return the summaries of all columns side by side, as text to print."""
    names = [field.name for field in fields(Summary)]
    numbers = []
    for column, values in columns.items():
        try:
            summary = summarize(values)
        except DataError as error:
            raise DataError(f"column {column!r}: {error}") from error
        numbers.append([summary.count, *(float(f"{getattr(summary, n):.4g}") for n in names[1:])])
    labels = [name.replace("_", " ") for name in names]
    return in_parts([f"in {unit}" if unit else "", *columns], [labels, *numbers], width)


@dataclass(frozen=True)
class Scale:
    """A ruler for one column: its zero is the mean, and one step on it is the spread.

    >>> scale = Scale(mean=100.0, spread=15.0)
    >>> scale.standard([100.0, 130.0]), scale.original([0.0, 2.0])
    ([0.0, 2.0], [100.0, 130.0])
    """

    mean: float
    spread: float

    def __post_init__(self) -> None:
        if not (isfinite(self.mean) and sys.float_info.min <= self.spread < float("inf")):
            raise DataError(
                f"a scale needs a finite mean and a spread of at least {sys.float_info.min:.1e}; "
                f"got {self.mean} and {self.spread}; use another unit, or leave the column out")

    def standard(self, values: Sequence[float]) -> list[float]:
        """Return (value - mean) / spread of each: how many spreads above the mean."""
        return [(value - self.mean) / self.spread for value in values]

    def original(self, values: Sequence[float]) -> list[float]:
        """Return value * spread + mean of each: the way back, into the column's own unit."""
        return [value * self.spread + self.mean for value in values]

    def back(self) -> "Scale":
        """Return the scale whose standard units are the original ones of this one."""
        return Scale(-self.mean / self.spread, 1 / self.spread)

    def original_line(self, slope: float, intercept: float) -> tuple[float, float]:
        """Return the slope and intercept in the values' own unit of a line in spreads.

            slope*(x - mean)/spread + intercept = (slope/spread)*x + (intercept - slope*mean/spread)
        """
        return slope / self.spread, intercept - slope * self.mean / self.spread


def standardize(values: Sequence[float]) -> tuple[list[float], Scale]:
    """Return the values in standard units (mean 0, spread 1), and the Scale that leads back; a
    DataError if all are one value, apart from rounding.

    >>> standardize([1.0, 2.0, 3.0])
    ([-1.0, 0.0, 1.0], Scale(mean=2.0, spread=1.0))
    """
    summary = summarize(values)
    # A float has 16 digits: differences in the last two of them are what rounding leaves behind.
    if summary.spread <= 1e-14 * max(abs(summary.lowest), abs(summary.highest)):
        raise DataError(
            f"all {summary.count} values are {summary.mean:.6g}, so nothing can vary with them; "
            "leave this column out")
    scale = Scale(summary.mean, summary.spread)
    return scale.standard([float(value) for value in values]), scale


def _as_written(value: float) -> Decimal:
    """Return the number that a float was written as: 0.1 is a tenth. Differences of numbers such as
    1000000.1 and 1000000.2 have all their digits so, of which floats keep 9."""
    return Decimal(repr(value))


def _mean(values: Sequence[Decimal]) -> Decimal:
    """Return the mean. The sum is exact."""
    with localcontext(SUMS):
        total = sum(values, Decimal())
    return _decimal(Fraction(total) / len(values))


def _covariance(xs: Sequence[Decimal], ys: Sequence[Decimal]) -> Fraction:
    """Return sum((x - mean)*(y - mean)) / (n - 1), exactly; of a column with itself, its variance.

    Equivalent to: statistics.covariance(xs, ys), of Fractions.
    """
    n = len(xs)
    with localcontext(SUMS):  # exact, so that nothing is lost where they are subtracted
        product, x, y = sum(map(mul, xs, ys), Decimal()), sum(xs, Decimal()), sum(ys, Decimal())
        return Fraction(n * product - x * y) / (n * (n - 1))


def _decimal(number: Fraction) -> Decimal:
    with localcontext(ROOTS):
        return Decimal(number.numerator) / number.denominator


def _root(number: Fraction) -> Decimal:
    with localcontext(ROOTS):
        return _decimal(number).sqrt()


def _checked(values: Sequence[float]) -> list[float]:
    """Return the values as floats, after making sure that they are numbers and at least two."""
    for position, value in enumerate(values, 1):
        if not is_finite_number(value):
            raise DataError(f"value {position} is {value!r:.40}, not a finite number; "
                            "clean the table first, or pick its rows with finite_columns")
    if len(values) < 2:
        raise DataError(f"a spread needs at least 2 values; got {len(values)}; collect more")
    return [float(value) for value in values]
