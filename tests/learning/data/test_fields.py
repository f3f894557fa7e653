"""Columns of numbers as people write them: one reading for a whole column, or an error."""

import csv
import io
from datetime import datetime, timedelta
from random import Random

import pytest

from mathlab.errors import DataError
from mathlab.learning.data import fields
from mathlab.learning.data.collect import read_csv
from mathlab.learning.data.fields import (
    MISSING,
    READERS,
    is_number_like,
    is_recipe,
    looks_like,
    read_columns,
)
from mathlab.learning.data.table import Table


def read(texts, **settings):
    table = Table({"x": texts}).with_reading([], file=settings)
    return read_columns(table, "x", only_numbers=True)


def refusal(texts, **settings):
    with pytest.raises(DataError) as caught:
        read(texts, **settings)
    assert "\n" not in str(caught.value) and "types=" not in str(caught.value)
    return str(caught.value)


COMMA = {"separator": ","}
COLUMNS = [
    (["1", "2.5", "-3e2", " 7 ", "+.5", "5."], {}, [1, 2.5, -300, 7, 0.5, 5], ""),
    (["1,050", "980"], COMMA, [1050, 980], "1,050 is 1050"),
    (["1,050", "980"], {"thousands": ","}, [1050, 980], "1,050 is 1050"),
    (["1,050", "980"], {"decimal": ","}, [1.05, 980], "decimal commas"),
    (["1,050", "2,5"], {}, [1.05, 2.5], "decimal commas"),
    (["1,050.5", "2"], {}, [1050.5, 2], "1,050.5 is 1050.5"),
    (["1.050,5", "2"], {}, [1050.5, 2], "1.050,5 is 1050.5"),
    (["1 050", "2"], {}, [1050, 2], "1 050 is 1050"),
    (["1\u00a0050,25", "1\u202f000\u202f000"], {}, [1050.25, 1e6], "1 050,25 is 1050.25"),
    (["1'050", "2’000.5"], {}, [1050, 2000.5], "1'050 is 1050"),
    (["12,34,567", "5"], {}, [1234567, 5], "12,34,567 is 1234567"),
    (["1.050.000", "5"], {}, [1050000, 5], "1.050.000 is 1050000"),
    (["1.050", "0.5"], {}, [1.05, 0.5], ""),
    (["1.050", "2.300"], COMMA, [1.05, 2.3], ""),
    (["1.050", "2.300"], {"decimal": "."}, [1.05, 2.3], ""),
    (["1.050", "2.300"], {"thousands": "."}, [1050, 2300], "1.050 is 1050"),
    (["1,5E-3", "2"], {}, [0.0015, 2], "decimal commas"),
    (["$10.50", "7"], {}, [10.5, 7], "$ is a unit"),
    (["US$ 10", "US$ 1,200.00"], {}, [10, 1200], "US$ is a unit, 1,200.00 is 1200"),
    (["1.234,50 €", "99,99 €"], {}, [1234.5, 99.99], "€ is a unit, 1.234,50 is 1234.5"),
    (["EUR 5", "EUR -6"], {}, [5, -6], "EUR is a unit"),
    (["10%", "12.5 %"], {}, [0.1, 0.125], "10% is 0.1"),
    (["(2)", "3"], {}, [-2, 3], "brackets are a minus"),
    (["($1,234)", "$5"], COMMA, [-1234, 5],
     "$ is a unit, brackets are a minus, 1,234 is 1234"),
    (["−3", "–4", "5-", "- 6"], {}, [-3, -4, -5, -6], ""),
    (["12 kg", "13.5 kg"], {}, [12, 13.5], "kg is a unit"),
    (["20 °C", "25 °C"], {}, [20, 25], "°C is a unit"),
    (["yes", "No", " YES "], {}, [1, 0, 1], "yes is 1, no is 0"),
    (["TRUE", "FALSE"], {}, [1, 0], "true is 1, false is 0"),
    (["y", "n"], {}, [1, 0], "y is 1, n is 0"),
    (["off", "on"], {}, [0, 1], "on is 1, off is 0"),
    (["2016-03-15", "2016-03-13"], {}, [2, 0], "days since 2016-03-13"),
    (["2016-03-13 12:00:00", "2016-03-15"], {}, [0.5, 2], "days since 2016-03-13"),
    (["2016-03-13T12:00:00Z", "2016-03-13T14:00:10+02:00"], {}, [0, 10],
     "seconds since 2016-03-13 12:00:00"),
    (["13.03.2016", "1.4.2016"], {}, [0, 19], "days since 2016-03-13"),
    (["3/13/2016", "4/1/2016"], {}, [0, 19], "days since 2016-03-13"),
    (["13/3/2016", "1/4/2016"], {}, [0, 19], "days since 2016-03-13"),
    (["03/04/2016", "05/04/2016"], {"dates": "%m/%d/%Y"}, [0, 61], "days since 2016-03-04"),
    (["Jun 12 1998", "Jul 1 1998"], {}, [0, 19], "days since 1998-06-12"),
    (["12-Jun-98", "1-Jul-98"], {}, [0, 19], "days since 1998-06-12"),
    (["2016-03", "2016-04"], {}, [0, 31], "days since 2016-03-01"),
    (["08:00", "09:30"], {}, [0, 5400], "seconds since 08:00:00"),
    (["3/13/2016 8:05 PM", "3/14/2016 9:05 AM"], {}, [0, 46800],
     "seconds since 2016-03-13 20:05:00"),
    (["1", "NA", "?", "n/a", "-", ""], {}, [1, None, None, None, None, None],
     "missing are 'NA' (1), '?' (1), 'n/a' (1), '-' (1)"),
    (["NULL", "2", "null", "2.5", "."], {}, [None, 2, None, 2.5, None],
     "missing are 'NULL' (1), 'null' (1), '.' (1)"),
    (["yes", "unknown", "no"], {}, [1, None, 0], "missing are 'unknown' (1), yes is 1, no is 0"),
    (["2016-03-13", "-", "2016-03-14"], {}, [0, None, 1],
     "missing are '-' (1), days since 2016-03-13"),
    (["", "NA"], {}, [None, None], "missing are 'NA' (1)"),
]


@pytest.mark.parametrize(("texts", "settings", "numbers", "said"), COLUMNS)
def test_a_column_has_one_reading(texts, settings, numbers, said):
    table = read(texts, **settings)
    assert table["x"] == numbers
    shown = "" if not said else said if said == "decimal commas" else f"x: {said}"
    assert "; ".join(table.reading) == shown
    recipe = table.read_as["columns"]["x"]
    assert is_recipe(recipe)
    again = read_columns(Table({"x": texts}), "x", read_as={"x": recipe})
    assert again["x"] == numbers  # by what was kept, and without the settings


AMBIGUOUS = [
    (["1,050", "980"], "'1,050' in column 'x' may be 1050 or 1.05: "
                       "pass thousands=',' or decimal=','"),
    (["1.050", "2.300"], "'1.050' in column 'x' may be 1050 or 1.05: "
                         "pass thousands='.' or decimal='.'"),
    (["01/02/2020", "03/04/2020"], "may be 2020-02-01 or 2020-01-02: pass dates='%d/%m/%Y' or "
                                   "dates='%m/%d/%Y'"),
]


@pytest.mark.parametrize(("texts", "message"), AMBIGUOUS)
def test_two_readings_are_never_guessed(texts, message):
    assert message in refusal(texts)


@pytest.mark.parametrize(("texts", "others", "number"), [
    (["1,050"], ["2,5"], 1.05), (["1,050"], ["2.5"], 1050), (["1.050"], ["2,5"], 1050),
    (["1.050"], ["1,234.5"], 1.05)])
def test_the_other_numbers_of_a_file_show_its_decimal_sign(texts, others, number):
    table = read_columns(Table({"x": texts, "other": others}), "x")
    assert table["x"] == [number]
    both = Table({"x": texts, "other": others, "point": ["0.5"], "comma": ["0,5"]})
    with pytest.raises(DataError, match=r"may be 1050 or 1\.05"):  # for the others differ
        read_columns(both.with_reading([], file=COMMA), "x")


REFUSED = [
    (["1", "2", "Total"], "row 3: 'Total' in column 'x' is text among numbers; correct it, or pass "
                          "missing=('', 'Total') to leave out the rows that have it"),
    (["1", "#DIV/0!"], "'#DIV/0!' in column 'x' is an error of a spreadsheet among numbers"),
    (["1", "inf"], "'inf' in column 'x' is infinite"),
    (["1", "1e400"], "'1e400' in column 'x' is too large for a number"),
    (["1", "<0.5"], "'<0.5' in column 'x' is a bound among numbers"),
    (["1", "1_000"], "'1_000' in column 'x' is text with a number in it"),
    (["1", "0x10"], "'0x10' in column 'x' is text with a number in it"),
    (["1", "(2"], "'(2' in column 'x' is text with a number in it"),
    (["1", "12,3,4"], "'12,3,4' in column 'x' is text with a number in it"),
    (["1", "2016-03-13"], "'2016-03-13' in column 'x' is a date among numbers"),
    (["2016-03-13", "2016-02-30"], "'2016-02-30' in column 'x' is text with a number in it among "
                                   "dates"),
    (["10%", "0.2"], "'0.2' in column 'x' is not in the unit of '10%'"),
    (["$1", "€2"], "'€2' in column 'x' is not in the unit of '$1'"),
    (["1 kg", "2 lb", "3 oz"], "'2 lb' in column 'x' is not in the unit of '1 kg'"),
    (["1'050.5", "2'000", "1 050"], "'1 050' in column 'x' is not written like \"1'050.5\": write "
                                    "all of them in one way"),
    (["?", "male"], "'male' in column 'x' is text, and no field"),
    (["1,5", "2.5"], "'1,5' in column 'x' has a decimal comma, and '2.5' a decimal point"),
    (["male", "female"], "'male' in column 'x' is text, and no field of the column is a number; "
                         "where there are two levels, write yes and no"),
    (["yes", "no", "maybe", "perhaps"], "'maybe' in column 'x' is text among yeses and noes; write "
                                        "C(...) in the model for a category"),
    (["1,050", "2,300", "x"], "row 3: 'x' in column 'x' is text among numbers"),
    (["01/02/2020", "x"], "row 2: 'x' in column 'x' is text among dates"),
    (["1"] * 3000 + ["x"], "row 3001: 'x' in column 'x' is text among numbers"),
]


@pytest.mark.parametrize(("texts", "message"), REFUSED)
def test_what_does_not_fit_is_named_and_described(texts, message):
    assert message in refusal(texts)


def test_months_after_a_year_are_no_units():
    said = refusal(["2016 Mar", "2016 Apr", "2016-03-05"], dates="%Y %b")
    assert "'2016-03-05' in column 'x' is not written like '2016 Mar'" in said


@pytest.mark.parametrize(("odd", "count", "hint"), [
    (["b", "c"], 9, True), (["b", "c"], 10, False), (["b"], 2, False), (["b1", "c"], 2, False)])
def test_more_than_a_fifth_of_texts_may_be_levels(odd, count, hint):
    assert ("write C(...)" in fields._why_odd(odd, count, "numbers", {})) is hint


LOOKS = [
    (" #REF! ", "is an error of a spreadsheet"), ("-Inf", "is infinite"), ("∞", "is infinite"),
    ("≥ 3.5", "is a bound"), ("<=,5", "is a bound"), ("2016-03-13", "is a date"),
    ("No", "is a yes or a no"), ("1,5", "is a number"), ("1.5", "is a number"),
    ("12 kg", "is a number with kg"), ("1e400", "is too large for a number"),
    ("01/02/2020", "is text with a number in it"), ("a1", "is text with a number in it"),
    (" ab ", "is text"),
]


@pytest.mark.parametrize(("text", "what"), LOOKS)
def test_what_a_text_looks_like(text, what):
    assert looks_like(text) == what


def test_a_decimal_sign_that_was_said_and_is_not_there():
    assert "'1.5' in column 'x' does not fit a decimal comma" in refusal(["2,5", "1.5"],
                                                                         decimal=",")


def test_advice_followed_literally_leaves_out_that_row_alone(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text('x,y\n1,"1,050"\n2,980\nTotal,3\n', encoding="utf-8")
    table = read_csv(path, types={"x": float, "y": float}, missing=("", "Total"))
    assert (table["x"], table["y"]) == ([1, 2, None], [1050, 980, 3])


def test_a_column_of_texts_stays_text_but_for_what_is_missing():
    table = read_columns(Table({"x": ["mild", "none", "NA", "?"]}), "x")
    assert table["x"] == ["mild", "none", None, None]
    assert table.reading == ("x: missing are 'NA' (1), '?' (1)",)
    levels = Table({"x": ["yes", "no"], "y": ["4", "6"], "z": ["$1", "$2"], "w": ["a", "b"]})
    kept = read_columns(levels, *"xyzw", categories=[*"xyzw"])
    assert [kept[name] for name in "xyzw"] == [["yes", "no"], [4, 6], ["$1", "$2"], ["a", "b"]]
    assert kept["x"] == levels["x"], "nothing else has changed"


def test_other_values_than_texts_are_left_alone():
    table = Table({"x": [1, None, 2.5], "y": ["1", 2, None]})
    assert read_columns(table, "x") is table
    assert read_columns(table, "y")["y"] == [1, 2, None]


def test_tomorrows_file_is_read_from_the_same_origin():
    today = read(["2016-03-13", "2016-03-20"])
    recipes = today.read_as["columns"]
    tomorrow = read_columns(Table({"x": ["2016-03-27", "2016-03-12"]}), "x", read_as=recipes)
    assert tomorrow["x"] == [14, -1]
    clock = read(["08:00:00", "08:00:10"]).read_as["columns"]
    assert read_columns(Table({"x": ["09:00:00"]}), "x", read_as=clock)["x"] == [3600]
    share = read(["10%", "20%"]).read_as["columns"]
    with pytest.raises(DataError, match="is a number, where numbers with % are expected"):
        read_columns(Table({"x": ["0.1"]}), "x", read_as=share)


def test_a_recipe_for_texts_or_for_yes_and_no_is_followed():
    kept = read_columns(Table({"x": ["1", "?"]}), "x", read_as={"x": {"as": "text"}})
    assert kept["x"] == ["1", None]
    truths = read_columns(Table({"x": ["1", "0"]}), "x", read_as={"x": {"as": "yes or no"}})
    assert truths["x"] == [1, 0] and truths.reading == ("x: 1 is 1, 0 is 0",)


def test_the_form_of_dates_is_kept_whatever_sign_other_numbers_show():
    recipe = {"as": "dates", "form": "%d/%m/%Y", "unit": "days", "since": "2016-04-01T00:00:00"}
    table = Table({"day": ["03/04/2016"], "other": ["2.5"]})
    assert read_columns(table, "day", read_as={"day": recipe})["day"] == [2]
    said = table.with_reading([], file={"dates": "%m/%d/%Y"})  # of this file
    assert read_columns(said, "day", read_as={"day": recipe})["day"] == [-28]


@pytest.mark.parametrize("given", [
    {"as": "text"}, {"as": "yes or no"}, {"as": "numbers", "mark": "%"},
    {"as": "dates", "form": "%Y, %d %b", "unit": "days", "since": "2016-03-13"},
    {"as": "dates", "form": "%H:%M", "unit": "seconds", "since": "1900-01-01T08:00:00"}])
def test_what_may_be_a_recipe(given):
    assert is_recipe(given)


@pytest.mark.parametrize("given", [
    {"as": "text", 3: "a"},
    {"as": "dates", "form": "ISO", "unit": "days", "since": "2016-03-13T00:00:00+00:00"},
    None, [], {}, {"as": "magic"}, {"as": 3}, {"as": "dates"}, {"as": "numbers", "decimal": 5},
    {"as": "dates", "form": "%Q", "unit": "days", "since": "2016-03-13"},
    {"as": "dates", "form": "ISO", "unit": "weeks", "since": "2016-03-13"},
    {"as": "dates", "form": "ISO", "unit": "days", "since": "yesterday"}])
def test_what_cannot_be_a_recipe(given):
    assert is_recipe(given) is False


# Written out in every style, and read back


def grouped(number, decimal, thousands):
    text = f"{number:,.2f}"
    return text.translate(str.maketrans({",": thousands or None, ".": decimal}))


@pytest.mark.parametrize(("decimal", "thousands"), [
    (".", ""), (".", ","), (".", " "), (".", "'"), (",", ""), (",", "."), (",", " "), (",", "'")])
@pytest.mark.parametrize("dress", ["{}", "${}", "{} €", "{} kg", " {} "])
def test_numbers_written_in_any_style_are_read_back(decimal, thousands, dress):
    random = Random(f"{decimal}{thousands}{dress}")
    numbers = [round(random.uniform(-1e7, 1e7) * 10 ** -random.randrange(8), 2) for _ in range(200)]
    texts = [dress.format(grouped(number, decimal, thousands)) for number in numbers]
    assert read(texts)["x"] == numbers


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%b %d, %Y",
                                  "%d %B %Y", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M"])
def test_dates_written_in_any_form_are_read_back(form):
    random = Random(form)
    minutes = [random.randrange(60 * 24 * 900) for _ in range(200)]
    if "%H" not in form:
        minutes = [60 * 24 * (minute // (60 * 24)) for minute in minutes]
    first = datetime(1999, 12, 20)
    texts = [(first + timedelta(minutes=minute)).strftime(form) for minute in minutes]
    days = [minute / (60 * 24) for minute in minutes]
    origin = min(days) // 1
    assert read(texts)["x"] == pytest.approx([day - origin for day in days], abs=1e-9)


def test_the_fast_reading_of_plain_numbers_is_that_of_the_slow():
    random = Random(4)
    texts = [f"{random.gauss(0, 1):.{random.randrange(6)}e}" for _ in range(300)]
    plain = READERS["numbers"](texts, {"decimal": "."})
    dressed = READERS["numbers"]([f"{text} m" for text in texts], {"decimal": "."})
    assert plain.values == dressed.values == [*map(float, texts)]


@pytest.mark.parametrize("text", ["", "abc", "1st", "Q1", "A/5 21171", "1-2", "1/2", "2016-13-01",
                                  "12:99", "1,2,3", "--5", "$", "%", "(", "()", "e5", "1e", "NaN"])
def test_texts_that_are_no_numbers(text):
    assert not is_number_like(text)
    assert looks_like(text).startswith("is ")


def test_no_text_takes_longer_than_it_deserves():
    for text in ("1" * 100_000 + "x", " " * 100_000 + "x", "1 " * 50_000 + "x", "(" * 100_000,
                 "1," * 50_000 + "x", "$" * 100_000, "1.1" * 30_000 + "x"):
        assert not is_number_like(text)


def test_words_for_missing_are_lower_case():
    assert all(word == word.casefold().strip() for word in MISSING)


def test_a_column_comes_through_csv_in_any_dialect():
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([["x"], ["1.234,5"], ["2"]])
    assert read(text.getvalue().splitlines()[1:])["x"] == [1234.5, 2]
