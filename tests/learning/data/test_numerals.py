"""Numbers as people write them, one at a time."""

import pytest

from mathlab.errors import DataError
from mathlab.learning.data.numerals import (
    Ambiguous,
    decimal_sign,
    is_in_style,
    number,
    parts_of,
    read_numbers,
)

WRITTEN = [  # a text; whether it is below 0, its digits, its power, what is around it, brackets
    ("5",           (False, "5", "", "", False)),
    (" 5 ",         (False, "5", "", "", False)),
    ("+5",          (False, "5", "", "", False)),
    ("-5",          (True,  "5", "", "", False)),
    ("− 5",         (True,  "5", "", "", False)),
    ("5-",          (True,  "5", "", "", False)),
    ("$ -5",        (True,  "5", "", "$", False)),
    ("-$5",         (True,  "5", "", "$", False)),
    ("(5)",         (True,  "5", "", "", True)),
    ("( $5 )",      (True,  "5", "", "$", True)),
    ("5e-3",        (False, "5", "e-3", "", False)),
    ("5E+10",       (False, "5", "E+10", "", False)),
    (".5",          (False, ".5", "", "", False)),
    ("5,",          (False, "5,", "", "", False)),
    ("1 050,5 kr",  (False, "1 050,5", "", "kr", False)),
    ("12 %",        (False, "12", "", "%", False)),
    ("12 m/s",      (False, "12", "", "m/s", False)),
    ("US$ 7",       (False, "7", "", "US$", False)),
    ("7 °C",        (False, "7", "", "°C", False)),
    ("--5", None), ("-5-", None), ("(-5)", None), ("(5", None), ("5)", None), ("$5 kg", None),
    ("-$-5", None), ("five", None), ("", None), ("5 kilometres", None), ("5e", None),
    ("5e123456", None), ("$", None),
]
STYLED = [  # digits; whether they are in any style; the decimal sign, if there is no other reading
    ("5",             True,  ""),
    ("1.5",           True,  "."),
    ("1,5",           True,  ","),
    (".5",            True,  "."),
    ("5.",            True,  "."),
    ("1.050",         True,  ""),
    ("1,050",         True,  ""),
    ("0,050",         True,  ","),
    ("0.050",         True,  "."),
    ("1,050.5",       True,  "."),
    ("1.050,5",       True,  ","),
    ("1.050.000",     True,  ","),
    ("1,050,000",     True,  "."),
    ("1050,000",      True,  ","),
    ("1 050.5",       True,  "."),
    ("1 050,5",       True,  ","),
    ("1'050.5",       True,  "."),
    ("12,34,567",     True,  "."),
    ("12,34,567.5",   True,  "."),
    ("123,45,678",    False, ""),
    ("1,05,00",       False, ""),
    ("12,3,4",        False, ""),
    ("1.2.3",         False, ""),
    ("1,0500",        True,  ","),
    ("10,5000.5",     False, ""),
    ("0 050",         False, ""),
    ("1 050",         True,  ""),
]
COLUMNS = [  # texts, what is known; the numbers, and what is said
    (["10%", "-5 %"],           {},                 [0.1, -0.05],    ["10% is 0.1"]),
    (["2e2%"],                  {},                 [2.0],           ["2e2% is 2"]),
    (["1,5"],                   {},                 [1.5],           ["decimal commas"]),
    (["1,050", "2"],            {"thousands": ","}, [1050.0, 2.0],   ["1,050 is 1050"]),
    (["1,050", "2"],            {"decimal": ","},   [1.05, 2.0],     ["decimal commas"]),
    (["1.050"],                 {"decimal": "."},   [1.05],          []),
    (["1.050", "0.5"],          {},                 [1.05, 0.5],     []),
    (["1.050", "5"],            {"decimal": ","},   [1050.0, 5.0],   ["1.050 is 1050"]),
    (["5 kg", "6 kg"],          {},                 [5.0, 6.0],      ["kg is a unit"]),
    (["5 kg", "6 lb"],          {},                 None,            None),
    (["5 kg", "6"],             {},                 None,            None),
    (["$5", "6"],               {},                 [5.0, 6.0],      ["$ is a unit"]),
    (["5"],                     {"mark": "kg"},     None,            None),
    (["5 kg"],                  {"mark": "kg"},     [5.0],           ["kg is a unit"]),
    (["5"],                     {"mark": "$"},      [5.0],           ["$ is a unit"]),
    (["1,5", "1.5"],            {},                 None,            None),
    (["1,5", "a"],              {},                 None,            None),
    (["1e400 kg"],              {},                 None,            None),
    (["(1.5)", "2"],            {},                 [-1.5, 2.0],     ["brackets are a minus"]),
    (["-1,234.5", "2"],         {},                 [-1234.5, 2.0],  ["1,234.5 is 1234.5"]),
    (["1.050", "5.5"],          {"thousands": "."}, None,            None),
    (["1.5"],                   {"decimal": ","},   None,            None),
    (["5", "6"],                {"decimal": ","},   [5.0, 6.0],      []),
    (["5 kg"],                  {"mark": ""},       None,            None),
    (["5", "$5", "€5"],         {},                 None,            None),
    (["1e000005"],              {},                 [1e5],           []),
    (["1.5e000005"],            {},                 [1.5e5],         []),
    (["7", "1'050", "2'000"],   {},                 [7.0, 1050.0, 2000.0], ["1'050 is 1050"]),
]


@pytest.mark.parametrize(("text", "parts"), WRITTEN)
def test_the_parts_of_a_number(text, parts):
    found = parts_of(text)
    assert (found and found[1:]) == parts and (found is None or found.text == text)


@pytest.mark.parametrize(("digits", "styled", "sign"), STYLED)
def test_styles(digits, styled, sign):
    assert is_in_style(digits) is styled and decimal_sign(digits) == sign


@pytest.mark.parametrize(("texts", "fixed", "values", "said"), COLUMNS)
def test_columns(texts, fixed, values, said):
    found = read_numbers(texts, fixed)
    assert (found and (found.values, found.said)) == (values and (values, said))


@pytest.mark.parametrize(("texts", "why"), [
    (["1,050"], "may be 1050 or 1.05: pass thousands=',' or decimal=','"),
    (["7", "-1.050"], "may be -1050 or -1.05: pass thousands='.' or decimal='.'")])
def test_two_readings(texts, why):
    with pytest.raises(Ambiguous) as caught:
        read_numbers(texts, {})
    assert (caught.value.text, caught.value.why) == (texts[-1], why)


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "1e400", "1_000", "x", ""])
def test_what_is_no_number(text):
    with pytest.raises(DataError):
        number(text)
