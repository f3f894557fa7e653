"""Moments: dates and times as numbers, the days or seconds since the first.

On the page: `float(x)`, which cannot read a date; and yet a rate is so much *per day*.

A column of dates counts the days since its first day; within 24 hours it counts the seconds since
its first moment. The unit and the origin are kept, so that another file counts from the same day.

>>> read_dates(["2016-03-15", "2016-03-13"], {})
Read(values=[2.0, 0.0], recipe={'as': 'dates', 'form': 'ISO', 'unit': 'days', \
'since': '2016-03-13T00:00:00'}, said=['days since 2016-03-13'])

Source: ISO 8601, for the form 2016-03-15.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product

from mathlab.errors import DataError
from mathlab.learning.data.numerals import Ambiguous, Read, Recipe
from mathlab.learning.data.table import short

ISO = re.compile(r"\d{4}-\d\d-\d\d"
                 r"(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?")
DAYS = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y"),
    *("%m-%d-%Y", "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%y", "%m-%d-%y"),
    *("%b %d %Y", "%b %d, %Y", "%B %d %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%d. %B %Y"),
    *("%d-%b-%Y", "%d-%b-%y", "%b %Y", "%B %Y", "%b-%Y", "%b-%y", "%Y-%m", "%m/%Y"),
)
TIMES = ("%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%I:%M %p", "%I:%M:%S %p")
BEFORE_TIMES = 13  # of the forms of days: a time may follow
FORMS = dict.fromkeys([*DAYS, *map(" ".join, product(DAYS[:BEFORE_TIMES], TIMES)), *TIMES])


def date_in(form: str) -> Callable[[str], date]:
    """Return the function that reads a date of this form, as in `datetime.strptime`.

    >>> date_in("%b %d %Y")("Jun 12 1998")
    datetime.date(1998, 6, 12)
    """
    try:
        # 1969 and 1975 have the same calendar: if both give the same text, it has no year.
        example, other = (date(year, 7, 20).strftime(form) for year in (1969, 1975))
        if example == other:
            raise ValueError("no year")
        datetime.strptime(example, form)
    except ValueError:
        raise DataError(f"{form!r} is not the form of a date with a year; try '%b %d %Y'") from None

    def read(text: str) -> date:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            raise DataError(f"{short(text)} is not a date such as {example!r}") from None

    return read


def read_dates(texts: Sequence[str], fixed: Recipe) -> Read | None:
    """Return the texts of a column as days since the first day, or, within 24 hours, as seconds
    since the first; None if one of them is not a date or time in the form of the others.

    Raises: Ambiguous if the texts can be read as different dates.
    """
    plain = [text.strip() for text in texts]
    asked = fixed.get("form") or fixed.get("dates", "")
    found: dict[str, list[datetime]] = {}
    for form in [asked] if asked not in ("", "ISO") else ():
        found |= _in_form(plain, form)
    if not found and (in_iso := _iso(plain)):
        found["ISO"] = in_iso
    for form in () if found else FORMS if asked in ("", "ISO") else TIMES:
        found |= _in_form(plain, form)
    if not found:
        return None
    (form, moments), *others = found.items()
    for other, theirs in others:
        for text, one, two in zip(texts, moments, theirs, strict=True):
            if one != two:
                raise Ambiguous(text, f"may be {one:%Y-%m-%d} or {two:%Y-%m-%d}: pass "
                                       f"dates={form!r} or dates={other!r}")
    return _since(moments, form, fixed)


def _in_form(texts: Sequence[str], form: str) -> dict[str, list[datetime]]:
    """The moments in texts of this form, by it; nothing if one text has another form."""
    if not _moment(texts[0], form):  # most forms fail here at once
        return {}
    moments = [moment for text in texts if (moment := _moment(text, form))]
    if len(moments) < len(texts):
        return {}
    return {form: _in_one_century(moments) if "%y" in form else moments}


def _in_one_century(moments: list[datetime]) -> list[datetime]:
    """Years of two digits: 69 is 1969, and 68 is 2068; but if there are both, 68 is 1968."""
    leap = datetime(2000, 2, 29).date()  # 1900 has none
    earlier = [moment.replace(year=moment.year - 100)
               if moment.year >= 2000 and moment.date() != leap else moment for moment in moments]
    spans = [max(each) - min(each) for each in (moments, earlier)]
    return earlier if spans[1] < spans[0] else moments


def _since(moments: Sequence[datetime], form: str, fixed: Recipe) -> Read | None:
    """Moments as days or seconds since the first, unless `fixed` has another origin; None if they
    cannot be counted from that."""
    if "since" in fixed and (fixed["since"] < "1900-01-02") != (form in TIMES):
        return None  # a time of day has no date, and is not counted from one
    first = min(moments)
    has_times = any(moment.time() != datetime.min.time() for moment in moments)
    unit = fixed.get("unit") or (
        "seconds" if has_times and max(moments) - first < timedelta(days=1) else "days")
    if "since" in fixed:
        first = datetime.fromisoformat(fixed["since"])
    elif unit == "days":
        first = datetime.combine(first, datetime.min.time())
    size = timedelta(days=1) if unit == "days" else timedelta(seconds=1)
    shown = first.isoformat(" ") if first.time() != datetime.min.time() else f"{first:%Y-%m-%d}"
    if form in TIMES:
        shown = f"{first:%H:%M:%S}"
    return Read([(moment - first) / size for moment in moments],
                {"as": "dates", "form": form, "unit": unit, "since": first.isoformat()},
                [f"{unit} since {shown}"])


def _iso(texts: Sequence[str]) -> list[datetime]:
    """ISO 8601 texts as moments, in UTC if they have time zones; an empty list for others."""
    if not all(map(ISO.fullmatch, texts)):
        return []
    try:
        moments = [datetime.fromisoformat(text) for text in texts]
        zones = [moment.tzinfo is not None for moment in moments]
        if any(zones) and not all(zones):
            return []
        return [moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
                for moment in moments]
    except (ValueError, OverflowError):  # there is no February 30, and no year 0
        return []


CODES = {"%Y": r"\d{4}", "%b": r"[^\W\d_]{3,5}", "%B": r"[^\W\d_]{3,}", "%p": "[AaPp][Mm]",
         "%f": r"\d{1,6}"}  # what each stands for; all others are one or two digits


@cache
def _shape(form: str) -> re.Pattern[str]:
    """The pattern of a form: to try it is much faster than `strptime`."""
    pieces = re.split("(%.)", form)
    return re.compile("".join(CODES.get(piece, r"\d\d?") if piece[:1] == "%" else re.escape(piece)
                              for piece in pieces))


def _moment(text: str, form: str) -> datetime | None:
    if form not in FORMS or _shape(form).fullmatch(text):
        with suppress(ValueError):
            return datetime.strptime(text, form)
    return None
