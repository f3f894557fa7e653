"""Numerals: numbers as people write them, in one style for a whole column.

On the page: `float(x)`, which can read only one of these styles.

The sign before the decimals is a point or a comma; between thousands may stand the other one, a
space or an apostrophe. Around the digits there may be a currency, a unit or a percent sign, and
brackets are an accountant's minus.

>>> read_numbers(["$1,050.50", "(980)"], {})
Read(values=[1050.5, -980.0], recipe={'as': 'numbers', 'mark': '$', 'decimal': '.', \
'thousands': ','}, said=['$ is a unit', 'brackets are a minus', '1,050.50 is 1050.5'])

A column that can be read both with a decimal point and with a decimal comma, as different numbers,
is ambiguous: an error says how to choose.

Read `read_numbers` first; the rest is what people write.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from math import isfinite
from typing import NamedTuple

from mathlab.errors import DataError
from mathlab.learning.data.table import short

Recipe = Mapping[str, str]  # how a column is read; what it does not say is found out
COMMAS = "decimal commas"


class Read(NamedTuple):
    """The numbers in the texts of a column, the recipe to read others in the same way, and what to
    tell the user about it."""

    values: list[float]
    recipe: dict[str, str]
    said: list[str]


class Misfit(Exception):
    """A text that does not fit the reading of its column: which one, and why."""

    def __init__(self, text: str, why: str):
        super().__init__(text, why)
        self.text, self.why = text, why


class Ambiguous(Misfit):
    """A text with two readings; why it is one names the argument that chooses."""


Reader = Callable[[Sequence[str], Recipe], Read | None]


def number(text: str) -> float:
    """Return the float in a text; a DataError for text, 'nan', 'inf', '1e400' or '1_000'.

    >>> number("2.5e3")
    2500.0
    """
    try:
        value = float(text)
    except ValueError:
        raise DataError(f"{short(text)} is not a number") from None
    if "_" in text:
        raise DataError(f"{short(text)} is not a number: it has a '_'")
    if not isfinite(value):
        raise DataError(f"{short(text)} is not a finite number")
    return value


# The decimal sign, and the sign between thousands, which may be left out.
STYLES = ((".", ","), (".", " "), (".", "'"), (",", "."), (",", " "), (",", "'"))
CURRENCY = (r"[A-Z]{0,3}\ ?[$€£¥₹₩₽₺₴₪฿₫₦₱¢]|USD|EUR|GBP|JPY|CHF|CNY|INR|CAD|AUD|SEK|NOK|DKK"
            r"|kr\.?|zł")
PARTS = re.compile(rf"""
    (?P<bracket>\()? \ ? (?P<sign>[-+]?) \ ? (?P<before>{CURRENCY})? \ ? (?P<minus>-?)
    (?P<digits>[.,]?\d(?:[\d.,' ]*\d)?[.,]?) (?P<power>[eE][-+]?\d{{1,5}})?
    (?P<after>\ ?(?:%|°\ ?[CFK]?|{CURRENCY})|\ [^\W\d_]{{1,5}}(?:[/^*·][^\W_]{{1,3}})*)?
    (?P<behind>-?) \ ? (?P<close>\))?""", re.VERBOSE)
SAME = str.maketrans({"−": "-", "–": "-", "‒": "-", "’": "'", "\u00a0": " ", "\u2009": " ",
                      "\u202f": " ", "\u2007": " ", "\t": " "})


class Parts(NamedTuple):
    """A number as it is written: its digits with the signs among them, and what is around them."""

    text: str
    negative: bool
    digits: str
    power: str
    mark: str  # a currency, a unit or %
    bracket: bool


def parts_of(text: str) -> Parts | None:
    """Return the parts of a number; None for other texts."""
    found = PARTS.fullmatch(text.translate(SAME).strip())
    if not found or (found["bracket"] is None) != (found["close"] is None):
        return None
    minuses = (found["sign"] == "-") + len(found["minus"]) + len(found["behind"])
    if minuses + bool(found["bracket"]) > 1 or (found["before"] and found["after"]):
        return None
    mark = (found["before"] or found["after"] or "").strip()
    return Parts(text, bool(minuses or found["bracket"]), found["digits"], found["power"] or "",
                  mark, bool(found["bracket"]))


@cache
def _pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    """The pattern of digits with these signs; thousands also as in India, 12,34,567."""
    d, t = re.escape(decimal), re.escape(thousands)
    whole = rf"\d+|[1-9]\d{{0,2}}(?:{t}\d{{3}})+|[1-9]\d?(?:{t}\d\d)+{t}\d{{3}}"
    return re.compile(rf"(?:{whole})(?:{d}\d*)?|{d}\d+")


def is_in_style(digits: str) -> bool:
    """Return whether digits with signs among them are a number in any style."""
    return any(_pattern(*style).fullmatch(digits) for style in STYLES)


def read_numbers(texts: Sequence[str], fixed: Recipe) -> Read | None:
    """Return the texts of a column as numbers; None if one of them is not a number, or differs from
    the others in style or unit. `fixed` may have the decimal or thousands sign, or the unit.

    Raises: Ambiguous if the texts can be read as different numbers.
    """
    if fixed.get("decimal", ".") == "." and not fixed.get("thousands") and not fixed.get("mark"):
        with suppress(DataError):
            values = [number(text) for text in texts]
            pointed = [text for text in texts if "." in text]
            # If all look like 1.050, which may be a thousand and fifty, the long way decides.
            if "decimal" in fixed or not pointed or not all(map(GROUPS.fullmatch, pointed)):
                return Read(values, {"as": "numbers", "mark": "", "decimal": "."}, [])
    every = [parts for text in texts if (parts := parts_of(text))]
    marks = {parts.mark for parts in every} | ({fixed["mark"]} if "mark" in fixed else set())
    is_money = len(marks) == 2 and "" in marks and re.fullmatch(CURRENCY, max(marks))
    if len(every) < len(texts) or not (len(marks) == 1 or is_money):
        return None
    mark = max(marks)
    readings: dict[str, Read] = {}
    for decimal, thousands in STYLES:
        signs = {"decimal": decimal, "thousands": thousands}
        pattern = _pattern(decimal, thousands)
        if decimal in readings or any(fixed.get(name) not in (None, "", sign)
                                      for name, sign in signs.items()):
            continue
        if all(pattern.fullmatch(parts.digits) for parts in every):
            values = [_value(parts, decimal, thousands) for parts in every]
            if not all(map(isfinite, values)):
                return None
            grouped = [parts for parts in every if thousands in parts.digits]
            recipe = {"as": "numbers", "mark": mark, "decimal": decimal,
                      "thousands": thousands if grouped else ""}
            readings[decimal] = Read(values, recipe, _said(every, mark, grouped, values))
    if len(readings) == 2 and readings["."].values != readings[","].values:
        both = zip(every, readings["."].values, readings[","].values, strict=True)
        parts, *two = next(row for row in both if row[1] != row[2])
        sign = "," if "," in parts.digits else "."
        other, with_groups = sorted(two, key=abs)
        raise Ambiguous(parts.text, f"may be {with_groups:g} or {other:g}: pass "
                                    f"thousands={sign!r} or decimal={sign!r}")
    return next(iter(readings.values()), None)


GROUPS = re.compile(r"[-+ ]*[1-9]\d{0,2}(?:\.\d{3})+ *")


def _value(parts: Parts, decimal: str, thousands: str) -> float:
    digits = parts.digits.replace(thousands, "").replace(decimal, ".")
    power = int(parts.power[1:] or 0) - 2 * (parts.mark == "%")
    return float(f"{'-' * parts.negative}{digits}e{power}")


def _said(every: Sequence[Parts], mark: str, grouped: Sequence[Parts],
          values: Sequence[float]) -> list[str]:
    """What to tell the user about numbers that are not plain."""
    said = []
    if mark == "%":
        said.append(f"{every[0].text.strip()} is {values[0]:g}")
    elif mark:
        said.append(f"{mark} is a unit")
    if any(parts.bracket for parts in every):
        said.append("brackets are a minus")
    if grouped:
        first = grouped[0]
        said.append(f"{first.digits} is {abs(values[every.index(first)]):.15g}")
    elif any("," in parts.digits for parts in every):
        said.append(COMMAS)
    return said


def decimal_sign(text: str) -> str:
    """Return the decimal sign of a number that has only one reading; "" for other texts.

    >>> decimal_sign("1,5"), decimal_sign("1,050.5"), decimal_sign("1,050")
    (',', '.', '')
    """
    parts = parts_of(text)
    if not parts:
        return ""
    signs = {decimal for decimal, thousands in STYLES
             if _pattern(decimal, thousands).fullmatch(parts.digits)}
    return signs.pop() if len(signs) == 1 else ""
