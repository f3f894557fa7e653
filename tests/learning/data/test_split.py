"""Rows held back: none lost, none twice, the same for the same seed."""

import math

import pytest

from mathlab.errors import DataError
from mathlab.learning.data.split import split
from mathlab.learning.data.table import Table

TABLE = Table({"x": list(range(100))}, "hundred", [f"line {i + 2}" for i in range(100)])


@pytest.mark.parametrize("share", [0.01, 0.25, 0.8, 0.99])
def test_every_row_is_on_one_side(share):
    seen, unseen = split(TABLE, share)
    assert len(seen) == round(100 * share)
    assert sorted(seen["x"] + unseen["x"]) == TABLE["x"]
    assert seen["x"] == sorted(seen["x"]) and unseen["x"] == sorted(unseen["x"])
    assert seen.places == tuple(f"line {x + 2}" for x in seen["x"])


@pytest.mark.parametrize(
    ("rows", "share", "count"), [(10, 0.68, 7), (10, 0.62, 6), (100, 0.29, 29), (3, 0.5, 2)])
def test_the_nearest_number_of_rows(rows, share, count):  # 0.29*100 is a little less than 29
    seen, unseen = split(Table({"x": range(rows)}), share)
    assert (len(seen), len(unseen)) == (count, rows - count)


def test_the_seed_decides():
    draws = [split(TABLE, 0.5, seed)[0]["x"] for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]


def test_every_row_is_as_likely():
    count = sum(split(TABLE, 0.3, seed)[0]["x"].count(7) for seed in range(1000))
    assert abs(count - 300) < 4 * math.sqrt(1000 * 0.3 * 0.7)


@pytest.mark.parametrize("share", [0, 1, -0.1, 1.5, math.nan, math.inf, None, "0.5", True])
def test_shares_that_are_none(share):
    with pytest.raises(DataError, match="the share must be between 0 and 1"):
        split(TABLE, share)


def test_only_a_table_is_split():
    with pytest.raises(DataError, match="a Table can be split, not 3"):
        split(3, 0.5)


def test_a_side_without_rows():
    with pytest.raises(DataError, match="of the 2 rows of table leaves none on one side"):
        split(Table({"x": [1, 2]}), 0.1)
