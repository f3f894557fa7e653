"""Tables: their columns, rows, slips and text; and which values are ready for training."""

import copy
import pickle
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import inf, nan
from pathlib import Path

import pytest

from mathlab.errors import DataError
from mathlab.learning.data.collect import read_csv
from mathlab.learning.data.table import (
    Table,
    aligned,
    finite_columns,
    in_parts,
    is_finite_number,
    short,
)

MOVIES = Path(__file__).parents[3] / "lessons" / "data" / "movies.csv"
TABLE = Table({"title": ["A", "B", "C"], "budget": [3.0, 1.0, 2.0]}, source="films")


def refusal(ask, *arguments, **options):
    """What the error says; always on one line."""
    with pytest.raises(DataError) as caught:
        ask(*arguments, **options)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


def test_a_table_is_columns_and_rows():
    assert len(TABLE) == 3
    assert TABLE.names == ("title", "budget")
    assert TABLE["budget"] == [3.0, 1.0, 2.0]
    assert list(TABLE.rows()) == [{"title": "A", "budget": 3.0},
                                  {"title": "B", "budget": 1.0},
                                  {"title": "C", "budget": 2.0}]
    assert "title" in TABLE and "A" not in TABLE
    assert TABLE.select("budget", "title").names == ("budget", "title")
    assert TABLE.select("budget")["budget"] == [3.0, 1.0, 2.0]
    assert TABLE.with_column("cost", [1, 2, 3])["cost"] == [1, 2, 3]
    assert TABLE.with_column("budget", (b / 2 for b in TABLE["budget"]))["budget"] == [1.5, 0.5, 1]
    assert [TABLE.head(n)["title"] for n in (0, 2, 9)] == [[], ["A", "B"], ["A", "B", "C"]]
    assert Table({"x": range(9)}).head()["x"] == [0, 1, 2, 3, 4]
    assert next(Table({"gro\u0308\u00dfe": [7]}).rows())["gro\u0308\u00dfe"] == 7
    assert TABLE.take([2, 0])["title"] == ["C", "A"]
    assert TABLE.take([2, 0]).places == ("row 3", "row 1")
    assert repr(TABLE) == "<Table films: 3 rows of title, budget>"


def test_a_table_never_changes():
    budgets = [3.0, 1.0]
    table = Table({"budget": budgets})
    budgets.append(9.0)
    table["budget"].append(9.0)
    for row in table.rows():
        row["budget"] = 0
    table.select("budget")["budget"].clear()
    table.with_column("budget", [7, 7])
    table.with_column("more", [7, 7])
    table.head(1)
    table.take([1])
    assert table.names == ("budget",) and table["budget"] == [3.0, 1.0]


def test_how_a_table_was_read_is_kept_with_it():
    table = Table({"x": [1, 2]}, "d.csv", ["line 2", "line 5"], ["a"], {"file": {"separator": ";"}})
    more = table.with_reading(["b", "a"], file={"decimal": ","}, columns={"x": {"as": "numbers"}})
    for other in (more, more.take([0, 1]), more.with_column("z", [3, 4]).select("x", "z")):
        assert (other.source, other.places, other.reading) == (
            "d.csv", ("line 2", "line 5"), ("a", "b"))
        assert other.read_as == {"file": {"separator": ";", "decimal": ","},
                                 "columns": {"x": {"as": "numbers"}}}
    assert (table.reading, table.read_as) == (("a",), {"file": {"separator": ";"}})


@pytest.mark.parametrize("again", [copy.deepcopy, lambda table: pickle.loads(pickle.dumps(table))])
def test_a_table_can_be_copied(again):
    assert list(again(TABLE).rows()) == list(TABLE.rows())


@pytest.mark.parametrize(
    ("ask", "message"),
    [(lambda: Table({}), "a table needs at least one column"),
     (lambda: Table({"x": [1, 2], "y": [1]}), "column 'y' has 1 values and column 'x' has 2"),
     (lambda: Table({"x": [1], "y": [1, 2]}), "column 'y' has 2 values and column 'x' has 1"),
     (lambda: Table([("x", [1])]), "a table is made of a dict of columns, not of [('x', [1])]"),
     (lambda: Table({"x": "abc"}), "column 'x' needs a list of values; got 'abc'"),
     (lambda: Table({"x": 3}), "column 'x' needs a list of values; got 3"),
     (lambda: TABLE.with_column("z", [1]), "column 'z' has 1 values and column 'title' has 3"),
     (lambda: TABLE.select(), "at least one column"),
     (lambda: TABLE["bugdet"], "films has no column 'bugdet'; did you mean 'budget'? "
                               "Its columns: title, budget"),
     (lambda: TABLE["zzz"], "films has no column 'zzz'. Its columns: title, budget"),
     (lambda: TABLE[0], "films has no column 0. Its columns: title, budget"),
     (lambda: TABLE.select("title", "Budget"), "did you mean 'budget'?"),
     (lambda: next(TABLE.rows())["tilte"], "no column 'tilte'; did you mean 'title'?")])
def test_slips_with_tables(ask, message):
    assert message in refusal(ask)


def test_iterating_a_table_asks_what_is_meant():
    with pytest.raises(TypeError, match="not iterable"):
        list(TABLE)


# --- text -----------------------------------------------------------------------------------------

MIXED = Table(
    {"title": ["Alien", None, "The Unbelievably Long Title of a Very Short Film", "a\nb\x1b[2J"],
     "budget": [11000000.0, 0.000218, None, 1234.56789],
     "day": [date(1979, 5, 25), None, None, None],
     "fraction": [Fraction(1, 3), 2, Decimal("0.10"), 1e300]})


def test_a_table_as_text():
    assert str(MIXED).splitlines() == ["title                         budget  day         fraction",
                                       "Alien                       11000000  1979-05-25       1/3",
                                       "-                           0.000218  -                  2",
                                       "The Unbelievably Long T...         -  -               0.10",
                                       "a b [2J                      1234.57  -             1e+300"]


@pytest.mark.parametrize("width", [24, 30, 40, 60, 80, 200])
def test_text_fits_the_width(width):
    films = read_csv(MOVIES, types={"budget": float})
    for table in (MIXED, films.head(40)):
        lines = table.text(width).splitlines()
        assert max(map(len, lines)) <= width
        shown = lines[0].split()
        hidden = table.names[len(shown) :]
        assert bool(hidden) == lines[-1].startswith("not shown: ")
        assert len(lines) == 1 + len(table) + bool(hidden)


def test_a_long_table_shows_its_first_rows():
    lines = str(Table({"x": list(range(1000))})).splitlines()
    assert lines[:2] == [" x", " 0"] and lines[50:] == ["49", "... 950 more rows"]
    assert str(Table({"x": list(range(50))})).splitlines()[-1] == "49"


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], ["x"]),
     ([None], ["x", "-"]),
     ([True, False], ["x", "True", "False"]),
     ([8e6, 1.5], ["      x", "8000000", "    1.5"]),
     ([nan, -inf, -0.5], ["   x", " nan", "-inf", "-0.5"]),
     ([2 / 3, 123456789.5], ["          x", "   0.666667", "1.23457e+08"]),
     ([1e15, 999999999999999.0], ["              x", "          1e+15", "999999999999999"])])
def test_cells(values, expected):
    assert aligned(["x"], [values]).splitlines() == expected


@pytest.mark.parametrize(("names", "values", "width", "expected"),
                         [(["ab", "cd"], [1, 2], 6, ["ab  cd", " 1   2"]),
                          (["ab", "cd"], [1, 2], 5, ["ab", " 1", "..."]),
                          (["size", "name"], [None, ""], 80, ["size  name", "-"]),
                          (["t", "u"], ["a" * 12, "b" * 13], 27, [
                              "t             u", f"{'a' * 12}  {'b' * 9}..."])])
def test_columns_that_just_fit(names, values, width, expected):
    assert aligned(names, [[value] for value in values], width).splitlines() == expected


@pytest.mark.parametrize(("last", "fits"), [(24, True), (25, False)])
def test_80_letters_are_the_usual_width(last, fits):
    columns = {name: [name * size] for name, size in (("a", 26), ("b", 26), ("c", last))}
    names, values = [*columns], [*columns.values()]
    for text in (aligned(names, values), Table(columns).text(), str(Table(columns))):
        assert ("not shown: c" in text) is not fits and ("c" * last in text) is fits
    assert ("\n\n" in in_parts(names, values)) is not fits


def test_numbers_stand_to_the_right_in_a_notebook():
    head = Table({"x": [1], "t": ["a"]})._repr_html_().splitlines()[1]
    assert head == '<thead><tr><th>x</th><th style="text-align: left">t</th></tr></thead>'


@pytest.mark.parametrize(("letters", "whole"), [(400, True), (401, False)])
def test_of_many_columns_the_first_400_letters_are_listed(letters, whole):
    names = ["a" * 200, "b" * (letters - 202)]
    said = refusal(Table({name: [1] for name in names}).select, "z")
    assert said.endswith(", ".join(names) if whole else f"{names[0]}, ...")


REPORT = {"parameter": ["slope", "c"], "standard error": ["0.00026", "0.80"],
          "95% from": [44.646, -0.5], "to": [47.787, 1.5], "p-value": ["<1e-300", "0.5"],
          "predicted miles_per_gallon": [15.5, 30.25]}


@pytest.mark.parametrize("width", [16, 20, 24, 30, 40, 50, 60, 80, 100])
def test_heads_are_broken_before_a_column_is_lost_and_never_cut(width):
    text = aligned([*REPORT], [*REPORT.values()], width)
    assert max(map(len, text.splitlines())) <= width
    assert text.startswith("parameter  ") == (len("  ".join(REPORT)) <= width)
    parts = in_parts([*REPORT], [*REPORT.values()], width).split("\n\n")
    assert "..." not in text.partition("not shown")[0] + "".join(parts)
    rows = [[line.split() for line in part.splitlines()[-2:]] for part in parts]
    for i in (0, 1):
        assert all(row[i][0] == REPORT["parameter"][i] for row in rows)
        cells = [cell for row in rows for cell in row[i][1:]]
        assert cells == [str(values[i]) for values in [*REPORT.values()][1:]]
    heads = "\n".join(line for part in parts for line in part.splitlines()[:-2])
    assert {*re.split(r"[\s_]+", heads)} - {""} == {*re.split(r"[\s_]+", " ".join(REPORT))}
    assert width < 24 or max(len(line) for line in "\n".join(parts).splitlines()) <= width


@pytest.mark.parametrize(("names", "width", "heads"), [
    (["name", "standard error"], 30, ["name  standard error"]),
    (["name", "standard error"], 19, ["      standard", "name     error"]),
    (["name", "miles_per_gallon"], 18, ["      miles_per_", "name      gallon"]),
    (["name", "abcdefghijklmnop"], 18, ["      abcdefghijkl", "name          mnop"]),
    (["name", ""], 18, ["name"]),
])
def test_how_a_head_is_broken(names, width, heads):
    lines = aligned(names, [["a"], [1.5]], width).splitlines()
    assert lines[:-1] == heads


@pytest.mark.parametrize(
    ("value", "expected"),
    [("a\nb", r"'a\nb'"), ("q" * 78, f"'{'q' * 78}'"), ("q" * 79, f"'{'q' * 12}...{'q' * 13}'")])
def test_values_in_errors(value, expected):
    assert short(value) == expected


# --- ready for training ---------------------------------------------------------------------------


def test_finite_columns_are_floats():
    table = Table({"a": [1, Fraction(1, 2)], "b": [Decimal("0.25"), -0.0]})
    columns = finite_columns(table, "b", "a")
    assert columns == ([0.25, 0.0], [1.0, 0.5])
    assert all(type(value) is float for column in columns for value in column)


@pytest.mark.parametrize(
    ("value", "message"),
    [(None, "missing; drop such rows first, with clean(table, is_missing('x'))"),
     ("12", "'12' in column 'x' is text; read it as a number"),
     (nan, "nan in column 'x' is not a finite number"),
     (-inf, "-inf in column 'x' is not a finite number"),
     (True, "True in column 'x' is not a finite number"),
     (1j, "1j in column 'x' is not a finite number"),
     (10**400, "in column 'x' is not a finite number"),
     (Decimal("sNaN"), "in column 'x' is not a finite number"),
     (date(1998, 6, 12), "datetime.date(1998, 6, 12) in column 'x' is not a finite number")])
def test_values_that_cannot_be_trained_on(value, message):
    assert is_finite_number(value) is False
    places = ["line 2", "line 9", "line 10"]
    table = Table({"y": [1, 2, 3], "x": [1.0, value, 2.0]}, "d.csv", places)
    said = refusal(finite_columns, table, "y", "x")
    assert said.startswith("d.csv, line 9: ") and message in said


@pytest.mark.parametrize("rows", [0, 1])
def test_two_rows_are_needed(rows):
    said = refusal(finite_columns, TABLE.head(rows), "budget")
    assert f"films has {rows} rows and at least 2 are needed" in said
