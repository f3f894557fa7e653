"""Cleaning, row by row; the films counted a second way, by csv alone."""

import csv
from pathlib import Path

import pytest

from mathlab.errors import DataError
from mathlab.learning.data.clean import clean, is_missing
from mathlab.learning.data.collect import date_in, read_csv
from mathlab.learning.data.table import Table, finite_columns

MOVIES = Path(__file__).parents[3] / "lessons" / "data" / "movies.csv"
TABLE = Table({"title": ["A", "B", "C"], "budget": [3.0, 1.0, 2.0]}, source="films")


def test_the_first_reason_counts():
    columns = {"title": ["A", "B", "C", None, "D", "E"], "budget": [None, 0, -5, 0, 7, -1]}
    places = ["line 2", "line 4", "line 5", "line 6", "line 7", "line 8"]
    table, report = clean(Table(columns, "data.csv", places),
                          is_missing("budget"),
                          is_missing("title"),
                          ("budget is not positive", lambda row: row["budget"] <= 0),
                          ("budget is negative", lambda row: row["budget"] < 0))
    assert table["title"] == ["D"] and table.places == ("line 7",)
    assert (report.read, report.kept) == (6, 1)
    assert report.dropped == {"budget is missing": 1,
                              "title is missing": 1,
                              "budget is not positive": 3,
                              "budget is negative": 0}
    assert report.examples == {"budget is missing": "line 2, title 'A'",
                               "title is missing": "line 6, title None",
                               "budget is not positive": "line 4, title 'B'"}
    assert str(report).splitlines() == ["  6  rows read from data.csv",
                                        "- 1  budget is missing       (line 2, title 'A')",
                                        "- 1  title is missing        (line 6, title None)",
                                        "- 3  budget is not positive  (line 4, title 'B')",
                                        "- 0  budget is negative",
                                        "= 1  rows kept"]


def test_cleaning_with_no_checks_or_no_rows():
    table, report = clean(TABLE)
    assert table["budget"] == TABLE["budget"]
    assert str(report) == "  3  rows read from films\n= 3  rows kept"
    table, report = clean(TABLE.head(0), is_missing("title"))
    assert (len(table), report.read, report.kept, report.examples) == (0, 0, 0, {})


def test_cleaning_leaves_the_table_as_it_was():
    cleaned, _ = clean(TABLE, ("small", lambda row: row["budget"] < 2))
    assert cleaned["title"] == ["A", "C"]
    assert TABLE["title"] == ["A", "B", "C"] and len(TABLE) == 3


def test_places_survive(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("x\n1\n2\n\n3\n4\n", encoding="utf-8")
    table = read_csv(path, types={"x": float})
    table, _ = clean(table, ("even", lambda row: row["x"] % 2 == 0))
    table = table.select("x").with_column("y", ["a", None]).head(2)
    assert table.places == ("line 2", "line 5")
    with pytest.raises(DataError, match=r"^data\.csv, line 2: 'a' in column 'y' is text"):
        finite_columns(table, "x", "y")


@pytest.mark.parametrize(
    ("check", "start", "end"),
    [(("x is small", lambda row: row["x"] < 0),
      "table, row 2: the check 'x is small' cannot be answered ('<' not supported",
      "); put is_missing(...) before it"),
     (is_missing("xs"), "the row has no column 'xs'; did you mean 'x'?", "Its columns: x")])
def test_checks_that_cannot_be_answered(check, start, end):
    with pytest.raises(DataError) as caught:
        clean(Table({"x": [1.0, None]}), check)
    said = str(caught.value)
    assert said.startswith(start) and said.endswith(end) and "\n" not in said


def test_the_films():
    with MOVIES.open(encoding="utf-8", newline="") as file:
        plain = list(csv.DictReader(file))
    types = {"budget": float, "revenue": float, "release_date": date_in("%b %d %Y")}
    films = read_csv(MOVIES, types=types)
    cleaned, report = clean(films,
                            is_missing("title"),
                            is_missing("budget"),
                            is_missing("revenue"),
                            ("revenue is zero", lambda row: row["revenue"] == 0),
                            ("released after 2020", lambda row: row["release_date"].year > 2020))
    assert report.dropped == {
        "title is missing": sum(not row["title"] for row in plain),
        "budget is missing": sum(not row["budget"] for row in plain),
        "revenue is missing": sum(not row["revenue"] for row in plain),
        "revenue is zero": sum(row["revenue"] in ("0", "0.0") for row in plain),
        "released after 2020": sum(
            int(row["release_date"][-4:]) > 2020 and row["revenue"] not in ("", "0")
            for row in plain)}
    assert [*report.dropped.values()][:4] == [1, 1, 7, 47]
    assert report.kept == len(cleaned) == 3201 - sum(report.dropped.values())

    # the places are those of the lines in the file: no field of it spans two lines
    lines = MOVIES.read_text(encoding="utf-8").splitlines()
    for row, place in zip(cleaned.rows(), cleaned.places, strict=True):
        line = lines[int(place.removeprefix("line ")) - 1]
        assert line.lstrip('"').startswith(row["title"].replace('"', '""'))

    budget, revenue = finite_columns(cleaned, "budget", "revenue")
    assert len(budget) == len(revenue) == report.kept and min(revenue) > 0
