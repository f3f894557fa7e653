"""Dates and times as numbers, against Python's own calendar."""

from datetime import date

import pytest

from mathlab.errors import DataError
from mathlab.learning.data import moments
from mathlab.learning.data.moments import date_in, read_dates
from mathlab.learning.data.numerals import Ambiguous

DAY = {"unit": "days", "since": "1900-01-02"}


def days(first, *others):
    return [float((day - first).days) for day in others]


READ = [  # texts, what is known; the numbers, and what is said
    (["2016-03-04"],             {"form": "%Y-%d-%m"}, [0.0],          "days since 2016-04-03"),
    (["2016-03-04"],             {"form": "%d.%m.%Y"}, [0.0],          "days since 2016-03-04"),
    (["13.03.2016"],             {"form": "%m/%d/%Y"}, None,           None),
    (["08:30"],                  {"form": "%m/%d/%Y"}, [0.0],          "seconds since 08:30:00"),
    (["1900-01-03"],             DAY,                  [1.0],          "days since 1900-01-02"),
    (["2016-03-13 12:00:00.5", "2016-03-13 12:00:02"], {}, [0.0, 1.5],
                                                       "seconds since 2016-03-13 12:00:00.500000"),
    (["2016-03-13T12:00:00Z", "2016-03-14T12:00:00"], {}, None,        None),
    (["2016-03-13T23:00:00-02:00", "2016-03-13T12:00:00Z"], {}, [46800.0, 0.0],
                                                       "seconds since 2016-03-13 12:00:00"),
    (["0001-01-01T00:00:00+01:00"], {},                None,           None),
    (["2016-02-30"],             {},                   None,           None),
    (["2016-03-13", "13.03.2016"], {},                 None,           None),
    (["13.03.2016", "soon"],     {},                   None,           None),
    (["06-13-98 10:00"],         {},                   [0.0], "seconds since 1998-06-13 10:00:00"),
    (["Jun 13 1998 10:00"],      {},                   None,           None),  # digits alone
    (["01.01.00", "01.01.68", "01.01.69"], {},
     days(date(1900, 1, 1), date(1900, 1, 1), date(1968, 1, 1), date(1969, 1, 1)),
                                                       "days since 1900-01-01"),
    (["01.01.99", "01.01.00"],   {},                   [0.0, 365.0],   "days since 1999-01-01"),
]


@pytest.mark.parametrize(("texts", "fixed", "numbers", "said"), READ)
def test_what_is_read(texts, fixed, numbers, said):
    found = read_dates(texts, fixed)
    if numbers is None:
        assert found is None
    else:
        assert found.said == [said] and found.values == pytest.approx(numbers, abs=1e-9)


def test_days_begin_at_midnight_and_seconds_at_the_first_moment():
    assert read_dates(["2016-03-13 12:00"], {"unit": "days"}).values == [0.5]
    assert read_dates(["2016-03-13 12:00"], {"unit": "seconds"}).values == [0.0]


def test_the_first_text_with_two_readings_is_named():
    with pytest.raises(Ambiguous) as caught:
        read_dates(["05/05/2020", "01/02/2020", "03/04/2020"], {})
    assert caught.value.args == (
        "01/02/2020", "may be 2020-02-01 or 2020-01-02: pass dates='%d/%m/%Y' or dates='%m/%d/%Y'")


@pytest.mark.parametrize("texts", [
    ["soon"], ["20160313"], ["2016-02-30"], ["2016-03-13T12:00Z", "2016-03-13"]])
def test_texts_that_are_not_in_iso_8601(texts):
    assert moments._iso(texts) == []


def test_a_date_is_read_in_its_form():
    assert date_in("%d.%m.%y")("29.02.00") == date(2000, 2, 29)
    with pytest.raises(DataError, match=r"'31\.04\.2020' is not a date such as '20\.07\.1969'"):
        date_in("%d.%m.%Y")("31.04.2020")
