"""Summaries against published figures: Anscombe's quartet, NIST, and small ones done by hand."""

import csv
from decimal import Decimal
from fractions import Fraction
from math import inf, nan, sqrt
from pathlib import Path

import pytest

from mathlab.errors import DataError
from mathlab.learning.data.explore import (
    Scale,
    correlation,
    standardize,
    summarize,
    summary_table,
)

ANSCOMBE = Path(__file__).parents[3] / "lessons" / "data" / "anscombe.csv"


def quartet():
    with ANSCOMBE.open(encoding="utf-8") as file:
        for series in ("I", "II", "III", "IV"):
            file.seek(0)
            rows = [row for row in csv.DictReader(file) if row["series"] == series]
            yield [float(row["x"]) for row in rows], [float(row["y"]) for row in rows]


@pytest.mark.parametrize(("x", "y"), list(quartet()))
def test_anscombe(x, y):
    # F. J. Anscombe (1973), what all four have in common: n 11, mean of x 9.0, mean of y 7.5, slope
    # 0.5, R-squared 0.667, sum of squares of x 110.0, of y 27.50 (regression) + 13.75 (residual)
    of_x, of_y = summarize(x), summarize(y)
    assert of_x.count == of_y.count == 11
    assert of_x.mean == 9.0
    assert of_x.spread == pytest.approx(sqrt(110.0 / 10), rel=1e-15)
    assert of_y.mean == pytest.approx(7.5, abs=0.005)
    assert of_y.spread == pytest.approx(sqrt((27.50 + 13.75) / 10), abs=0.005)
    assert correlation(x, y) ** 2 == pytest.approx(0.667, abs=0.001)
    assert correlation(x, y) * of_y.spread / of_x.spread == pytest.approx(0.5, abs=0.0005)


@pytest.mark.parametrize("start", [1000000, 10000000])
def test_nist_numacc(start):
    # NIST StRD, NumAcc3 and NumAcc4: mean start + 0.2 and standard deviation 0.1, exactly
    values = [start + 0.2, *([start + 0.1, start + 0.3] * 500)]
    assert summarize(values).mean == pytest.approx(start + 0.2, rel=1e-15)
    assert summarize(values).spread == pytest.approx(0.1, rel=1e-7)


# values; mean, median, spread squared, lower and upper quartile, by hand
SUMMARIES = [([2, 4, 4, 4, 5, 5, 7, 9], 5, 4.5, Fraction(32, 7), 4, 5.5),
             (range(1, 11), 5.5, 5.5, Fraction(55, 6), 3.25, 7.75),
             ([3, 1], 2, 2, 2, 1.5, 2.5),
             ([0.1] * 3, 0.1, 0.1, 0, 0.1, 0.1),
             ([-1e300, 1e300, 0], 0, 0, None, -5e299, 5e299),
             ([Decimal(1), Fraction(3), True + 1], 2, 2, 1, 1.5, 2.5)]


@pytest.mark.parametrize(("values", "mean", "median", "square", "lower", "upper"), SUMMARIES)
def test_summaries(values, mean, median, square, lower, upper):
    summary = summarize(values)
    assert summary.count == len(values)
    assert summary.mean == mean
    assert summary.median == pytest.approx(median, rel=1e-15)
    if square is not None:
        assert summary.spread == pytest.approx(sqrt(square), rel=1e-15)
    quartiles = summary.lower_quartile, summary.upper_quartile
    assert quartiles == pytest.approx((lower, upper), rel=1e-15)
    assert (summary.lowest, summary.highest) == (min(values), max(values))


@pytest.mark.parametrize(("values", "message"),
                         [([], "at least 2 values; got 0"),
                          ([1.0], "at least 2 values; got 1"),
                          ([1.0, None], "value 2 is None"),
                          ([1.0, "2"], "value 2 is '2'"),
                          ([nan, 1.0], "value 1 is nan"),
                          ([1.0, 2.0, inf], "value 3 is inf"),
                          ([1.0, True], "value 2 is True"),
                          ([1.0, 10**400], "value 2 is 1000"),
                          ([1.7e308, -1.7e308], "too large for a float"),
                          ([1.7e308] * 3 + [-1.7e308] * 3, "too large for a float")])
def test_values_that_cannot_be_summarized(values, message):
    for ask in (summarize, standardize, lambda v: correlation(v, v)):
        with pytest.raises(DataError, match=message):
            ask(values)
    with pytest.raises(DataError, match=f"column 'budget': .*{message}"):
        summary_table({"budget": values})


@pytest.mark.parametrize(("x", "y", "expected"),
                         [([1, 2, 3], [2, 4, 6], 1),
                          ([1, 2, 3], [1, 0, -1], -1),
                          ([-1, 0, 1], [1, 0, 1], 0),
                          ([0, 0, 1, 1], [0, 1, 0, 1], 0),
                          ([1, 2, 3], [1, 3, 2], 0.5),  # 1 - 6*sum(d*d)/(n*(n*n - 1)), for ranks
                          ([1, 2, 3, 4, 5], [5, 3, 4, 1, 2], -0.8),
                          ([1e300, 2e300, 3e300], [1e-300, 3e-300, 2e-300], 0.5),
                          ([1e9 + 1, 1e9 + 2, 1e9 + 3], [1, 3, 2], 0.5)])
def test_correlations(x, y, expected):
    assert correlation(x, y) == pytest.approx(expected, abs=1e-14)
    assert correlation(y, x) == pytest.approx(expected, abs=1e-14)


def test_a_correlation_is_never_above_one():
    # unclipped, some of these are 1.0000000000000002
    for n in range(2, 200):
        x = [0.1 * i for i in range(n)]
        assert -1 <= correlation(x, x) <= 1
        assert -1 <= correlation(x, [-3 * value for value in x]) <= 1


@pytest.mark.parametrize(("x", "y", "message"),
                         [([1, 2], [1, 2, 3], "x has 2 values and y has 3"),
                          ([1, 2, 3], [5, 5, 5], "all 3 values are 5"),
                          ([5, 5], [1, 2], "all 2 values are 5")])
def test_pairs_without_a_correlation(x, y, message):
    with pytest.raises(DataError, match=message):
        correlation(x, y)


@pytest.mark.parametrize("values",
                         [[0.0] * 4, [7.0] * 2, [0.1 + 0.2, 0.3, 0.3], [-1e300] * 5, [1e-310] * 3,
                          [1e15, 1e15 * (1 + 2e-16)]])
def test_one_value_cannot_be_standardized(values):
    with pytest.raises(DataError, match="nothing can vary"):
        standardize(values)


def test_a_spread_too_small_for_a_float_is_an_error():
    with pytest.raises(DataError, match="spread of at least"):
        standardize([0.0, 5e-324])


@pytest.mark.parametrize("values",
                         [[1.0, 2.0, 4.0],
                          [8e6, 3e5, 2.5e5, 3e8],
                          [1e300, -1e300, 3e300],
                          [1e-300, 2e-300, 5e-300],
                          [1e9, 1e9 + 1, 1e9 + 5]])
def test_standard_units_and_back(values):
    standard, scale = standardize(values)
    again = summarize(standard)
    assert again.mean == pytest.approx(0, abs=1e-6 if values[0] == 1e9 else 1e-15)
    assert again.spread == pytest.approx(1, rel=1e-14)
    assert scale.original(standard) == pytest.approx(values, rel=1e-14, abs=0)
    assert scale.standard(values) == standard
    assert sorted(values) == [values[standard.index(z)] for z in sorted(standard)]


@pytest.mark.parametrize("mean, spread", [(0, 0), (0, -1), (0, nan), (nan, 1), (0, inf), (inf, 1)])
def test_a_scale_needs_a_spread(mean, spread):
    with pytest.raises(DataError, match="a scale needs"):
        Scale(mean, spread)


def test_the_summary_table_lines_up():
    text = summary_table({"budget": [1.0, 2.0, 6.0], "revenue": [1e3, 1234.5678, 2e9]}, unit="$")
    lines = text.splitlines()
    assert lines[0] == "in $            budget     revenue"
    assert lines[1] == "count                3           3"
    assert [line.split()[-1] for line in lines[2:]] == [
        "666700000", "1235", "1155000000", "1000", "1117", "1000000000", "2000000000"]
    assert len({len(line) for line in lines}) == 1


@pytest.mark.parametrize(("letters", "whole"), [(31, True), (32, False)])
def test_heads_are_whole_in_80_letters(letters, whole):
    names = ["a" * 31, "b" * letters]  # beside "upper quartile", of 14 letters
    first = summary_table({name: [1.0, 2.0] for name in names}).splitlines()[0]
    assert (first.split() == names) is whole


def test_a_column_may_be_called_like_the_unit():
    assert summary_table({"in minutes": [1.0, 2.0]}, unit="minutes").split()[:4] == [
        "in", "minutes", "in", "minutes"]
    first, second = summary_table({"x": [1, 2], "z": [1, 3]}, width=20).split("\n\n")
    assert (first.split()[0], second.split()[0]) == ("x", "z")
