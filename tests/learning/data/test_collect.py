"""Reading CSV files, good and bad; the films read a second way, by csv alone."""

import csv
import os
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from mathlab.errors import DataError
from mathlab.learning.data import collect
from mathlab.learning.data.collect import date_in, number, read_csv

MOVIES = Path(__file__).parents[3] / "lessons" / "data" / "movies.csv"
DAY = date_in("%b %d %Y")


def written(folder, content, name="data.csv"):
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(ask, *arguments, **options):
    """What the error says; always on one line."""
    with pytest.raises(DataError) as caught:
        ask(*arguments, **options)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "columns", "places"),
    [("x,y\n1,a\n2,b\n", {"x": ["1", "2"], "y": ["a", "b"]}, ["line 2", "line 3"]),
     ("x,y\r\n1,a\r\n2,b", {"x": ["1", "2"], "y": ["a", "b"]}, ["line 2", "line 3"]),
     ("x,y\r1,a\r2,b", {"x": ["1", "2"], "y": ["a", "b"]}, ["line 2", "line 3"]),
     ("\ufeffx\n1\n", {"x": ["1"]}, ["line 2"]),  # the mark that spreadsheets put in front
     ("\n\nx\n\n1\n  \n2\n\n", {"x": ["1", "2"]}, ["line 5", "line 7"]),
     ('x,y\n"a\nb",1\n"c ""d""",2\n', {"x": ["a\nb", 'c "d"'], "y": ["1", "2"]},
      ["line 2", "line 4"]),
     ('x\n"a\r\nb"\n', {"x": ["a\r\nb"]}, ["line 2"]),
     ('x\n""\n', {"x": [None]}, ["line 2"]),
     ("x,y\n,\n1,\n", {"x": [None, "1"], "y": [None, None]}, ["line 2", "line 3"]),
     ("x,y\n", {"x": [], "y": []}, []),
     ("größe\nø\n", {"größe": ["ø"]}, ["line 2"]),
     ('x\n5" disk\n', {"x": ['5" disk']}, ["line 2"])])
def test_files(tmp_path, content, columns, places):
    table = read_csv(written(tmp_path, content))
    assert {name: table[name] for name in table.names} == columns
    assert list(table.places) == places
    assert table.source == "data.csv"


def test_types_and_missing_markers(tmp_path):
    path = written(tmp_path, "day,cost,share,n\nJun 12 1998,1e3,0.1,7\nNA,?,,NA\n")
    types = {"day": DAY, "cost": float, "share": Decimal, "n": int}
    table = read_csv(str(path), types=types, missing=("", "NA", "?"))
    assert list(table.rows()) == [
        {"day": date(1998, 6, 12), "cost": 1000.0, "share": Decimal("0.1"), "n": 7},
        {"day": None, "cost": None, "share": None, "n": None}]
    assert table.read_as["missing"] == {"NA": "", "?": ""}
    shouted = read_csv(path, types={"day": str.upper, "cost": float}, missing=("NA", "?"))
    assert (shouted["day"], shouted["cost"]) == (["JUN 12 1998", None], [1000.0, None])
    assert read_csv(path, missing="NA")["n"] == ["7", None]
    assert read_csv(path, missing="NA")["share"] == ["0.1", ""]
    assert read_csv(path, missing=())["day"] == ["Jun 12 1998", "NA"]


def test_the_whole_message(tmp_path):
    path = written(tmp_path, "title,budget\n" + "A,1\n" * 15 + "B,12 mil\n", name="movies.csv")
    assert refusal(read_csv, path, types={"budget": float}) == (
        "movies.csv, line 17: '12 mil' in column 'budget' is not in the unit of '1': write all "
        "numbers of the column in one unit")
    table = read_csv(path, types={"budget": float}, missing=("", "12 mil"))
    assert table["budget"] == [1.0] * 15 + [None]
    assert refusal(read_csv, path, types={"budget": number}) == (
        "movies.csv, line 17: '12 mil' in column 'budget' is not a number; "
        "types={'budget': float} reads numbers as people write them")


def grade(text):
    if text not in "123456":
        raise ValueError("grades go from 1 to 6")
    return int(text)


@pytest.mark.parametrize(
    ("convert", "text", "message"),
    [(number, "nan", "'nan' in column 'x' is not a finite number; pass missing=('', 'nan')"),
     (float, "ten", "'ten' in column 'x' is text, and no field of the column is a number"),
     (number, "-inf", "'-inf' in column 'x' is not a finite number"),
     (number, "1e400", "'1e400' in column 'x' is not a finite number"),
     (number, "1_000", "'1_000' in column 'x' is not a number: it has a '_'"),
     (number, " ", "' ' in column 'x' is not a number; pass missing=('', ' ')"),
     (number, "$5", "'$5' in column 'x' is not a number"),
     (int, "1.5", "'1.5' in column 'x' cannot be read as int (invalid literal"),
     (Decimal, "1.5x", "'1.5x' in column 'x' cannot be read as Decimal"),
     (Fraction, "1/0", "'1/0' in column 'x' cannot be read as Fraction"),
     ({"yes": 1}.__getitem__, "no", "'no' in column 'x' cannot be read as __getitem__ ('no')"),
     (grade, "7", "'7' in column 'x' cannot be read as grade (grades go from 1 to 6)"),
     (DAY, "June 12", "'June 12' in column 'x' is not a date such as 'Jul 20 1969'"),
     (DAY, "Feb 29 1999", "'Feb 29 1999' in column 'x' is not a date"),
     (number, "q" * 9999, "data.csv, line 3: 'qqqqq")])
def test_fields_that_do_not_fit_their_type(tmp_path, convert, text, message):
    path = written(tmp_path, f"x,y\n,\n{text},\n")
    said = refusal(read_csv, path, types={"x": convert})
    assert said.startswith("data.csv, line 3: ") and message in said and len(said) < 300


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", 1.0), ("-2.5e3", -2500.0), (" 7 ", 7.0), ("1e-400", 0.0), (".5", 0.5), ("+0", 0.0)])
def test_numbers(text, expected):
    assert number(text) == expected


@pytest.mark.parametrize("text", ["", "1,200", "1 000", "0x10", "ten", "NaN", "Infinity", "1__0"])
def test_texts_that_are_no_number(text):
    assert refusal(number, text).startswith(f"{text!r} is not a ")


@pytest.mark.parametrize(("form", "text", "expected"),
                         [("%Y-%m-%d", "1946-12-31", date(1946, 12, 31)),
                          ("%d.%m.%y", "01.02.99", date(1999, 2, 1)),
                          ("%b %Y", "Mar 2001", date(2001, 3, 1))])
def test_dates(form, text, expected):
    assert date_in(form)(text) == expected


@pytest.mark.parametrize("form", ["Jun 12 1998", "%b %d", "%A", "", "%Q %Y"])
def test_forms_that_are_no_date(form):
    assert "is not the form of a date" in refusal(date_in, form)


@pytest.mark.parametrize(
    ("content", "message"),
    [("", "data.csv is empty"),
     ("\n \n\n", "data.csv is empty"),
     ("x,y\n1,2\n3\n", "data.csv, line 3: 1 fields where the header has 2"),
     ("x,y\n\n1,2\n\n1,2,3\n", "data.csv, line 5: 3 fields where the header has 2"),
     ('x,y\n"a\nb\nc",2\n3\n', "data.csv, line 5: 1 fields"),
     ("x,y\n1,2\n    \n3,4,\n", "data.csv, line 4: 3 fields"),
     ("x,y,x\n1,2,3\n", "data.csv, line 1: columns 1 and 3 are both called 'x'"),
     ("x,,y\n1,2,3\n", "data.csv, line 1: column 2 has no name"),
     ("\n x , \n1,2\n", "data.csv, line 2: column 2 has no name"),
     ("x\n1\n\u00e9\n".encode("latin-1"), "data.csv, line 3: the byte 0xe9 is not UTF-8"),
     ("x\n1\n".encode("utf-16-le"), "data.csv, line 1: "),
     ("x\n1\n".encode("utf-16")[:-1], "data.csv is not UTF-16 text to its end"),
     (b"x\n" + b"1\n" * 20000 + b"\xff\n", "data.csv, line 20002: the byte 0xff is not UTF-8"),
     (b"x\n\xed\xb3\xa9\n", "data.csv, line 2: the byte 0xed is not UTF-8"),
     (b"x\n1\n2\0\n", "data.csv, line 3: a zero byte"),
     (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "data.csv, line 1: the byte 0x89 is not UTF-8"),
     ("x\n" + "1" * 131073 + "\n", "data.csv, line 2: field larger than field limit (131072)"),
     ('x,y\n1,2\n"3,4\n5,6\n', "data.csv, line 3: unexpected end of data; look for a quote"),
     ('x\n1\n"' + "2\n" * 99999, "data.csv, line 3: field larger than field limit"),
     ('x\n"a" b\n', "data.csv, line 2: ',' expected after '\"'")])
def test_files_that_cannot_be_read(tmp_path, content, message):
    assert message in refusal(read_csv, written(tmp_path, content))


def test_a_file_of_one_endless_line(tmp_path, monkeypatch):
    monkeypatch.setattr(collect, "LONGEST_LINE", 1000)
    assert len(read_csv(written(tmp_path, "x,y\n" + "1" * 500 + "," + "2" * 497 + "\n"))) == 1
    said = refusal(read_csv, written(tmp_path, "x\n" + "1," * 5000))
    assert "data.csv, line 2: longer than 1,000 letters" in said


def test_unknown_columns_in_types(tmp_path):
    path = written(tmp_path, "title,budget\nA,1\n")
    said = refusal(read_csv, path, types={"bugdet": float})
    assert said == (
        "data.csv has no column 'bugdet'; did you mean 'budget'? Its columns: title, budget")


def test_files_that_are_not_there(tmp_path, monkeypatch):
    assert f"there is no file {tmp_path / 'a.csv'}" in refusal(read_csv, tmp_path / "a.csv")
    assert "is a folder" in refusal(read_csv, tmp_path)
    path = written(tmp_path, "x\n1\n")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert f"{path} cannot be read: Permission denied" in refusal(read_csv, path)


def test_standard_input(monkeypatch):
    stream = TextIOWrapper(BytesIO(b"\xff\xfex\0\n\x001\0\n\0"))
    monkeypatch.setattr(sys, "stdin", stream)
    table = read_csv("-")
    assert (table["x"], table.source, table.reading) == (
        ["1"], "standard input", ("the text is UTF-16",))
    assert not stream.buffer.closed
    monkeypatch.setattr(sys, "stdin", None)
    assert refusal(read_csv, "-") == "the standard input is closed; name a file"


def test_a_pipe_is_read_once(monkeypatch):
    end, beginning = os.pipe()
    os.write(beginning, b"\xef\xbb\xbfx\n1\n")
    os.close(beginning)
    with open(end, encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdin", pipe)
        assert read_csv("-")["x"] == ["1"]


def test_the_films():
    with MOVIES.open(encoding="utf-8", newline="") as file:
        plain = list(csv.DictReader(file))
    films = read_csv(MOVIES, types={"budget": float, "release_date": DAY})
    assert len(films) == len(plain) == 3201
    assert films["title"] == [row["title"] or None for row in plain]
    assert films["budget"] == [float(row["budget"]) if row["budget"] else None for row in plain]
    years = [day and day.year for day in films["release_date"]]
    assert years == [int(row["release_date"][-4:]) for row in plain]

    # the places are those of the lines in the file: no field of it spans two lines
    lines = MOVIES.read_text(encoding="utf-8").splitlines()
    for row, place in zip(films.rows(), films.places, strict=True):
        line = lines[int(place.removeprefix("line ")) - 1]
        assert line.lstrip('"').startswith((row["title"] or "").replace('"', '""'))
