"""Lesson 23: what it says of numbers that agree, of intervals and of proofs, worked out anew."""

import json
import math
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import pytest

from lessons import l23_proved
from lessons.course import FOLDER
from lessons.data import films
from lessons.grading.checks import l23_proved as exercise
from mathlab.calculus.numbers.interval import Interval
from tests.lessons.record import Record, told

HEAD = "def product(a_low, a_high, b_low, b_high):\n"


def answered(result):
    return f"{HEAD}    return {result}\n"


CORNERS = "(a_low * b_low, a_low * b_high, a_high * b_low, a_high * b_high)"
ENDS = f"min({CORNERS}), max({CORNERS})"
WRONG = [
    (answered("a_low * b_low, a_high * b_high"), "b is on both sides of 0, more above: low is too "
     "high: 3 times -3 is lower | product(2, 3, -3, 11) | from -6 to 33 | from -9 to 33"),
    (answered(f"max({CORNERS}), min({CORNERS})"), "the wrong way round: low comes first"),
    (answered("a_low * b_high, a_high * b_low"), "both ends are too far in"),
    (answered(f"min({CORNERS}), a_high * b_high"), "high is too low"),
    (answered("sorted((a_low * b_low, a_high * b_high))"), "low is too high"),
    (answered(f"min({CORNERS}) - 1, max({CORNERS}) + 1"), "an end is farther out than any product"),
    (answered(f"float(min({CORNERS})), float(max({CORNERS}))"), "very near, but rounded"),
    (answered(f"min({CORNERS})"), "it should be two numbers, low and high | product(2, 3, 4, 5)"),
    (answered("'low', 'high'"), "it should be two numbers, low and high"),
    (answered("a_low / b_low, a_high / b_high"), "high is too low: 3 times 5 is higher"),
    (answered("a_high * b_high, a_low * b_low"), "the wrong way round"),
    (f"{HEAD}    low = a_low * b_low\n", "it returns nothing"),
    ("product = 8, 15\n", "it should be a function"),
]


@pytest.fixture(scope="module")
def record():
    return told(23)


def value_in(kind, prec=0):
    """The formula as it stands on the page, worked out in one kind of number."""
    x, y = (kind(number) for number in l23_proved.PLACE)
    text = l23_proved.RUMP.replace("333.75", "kind('333.75')").replace("5.5", "kind('5.5')")
    names = {"x": x, "y": y, "kind": kind}
    with localcontext(prec=prec or 28):
        return eval(text, names)


# ------------------------------------------------------------------ numbers that agree


def test_rumps_two_ways_to_write_it_are_one_formula():
    x, y = map(Fraction, l23_proved.PLACE)
    by_rump = (Fraction("333.75") * y**6 + x**2 * (11 * x**2 * y**2 - y**6 - 121 * y**4 - 2)
               + Fraction("5.5") * y**8 + x / (2 * y))
    assert value_in(Fraction) == by_rump == Fraction(-54767, 66192)
    assert by_rump - x / (2 * y) == -2


def test_three_precisions_agree_and_are_wrong(record):
    found = [value_in(Decimal, 12), value_in(float), value_in(Decimal, 21)]
    assert record.tables[0]["digits"] == [12, "float", 21]
    assert record.tables[0]["answer"] == [f"{each:.9f}" for each in found]
    assert {f"{each:.9f}" for each in found} == {"1.172603940"}
    assert "the value is -54767/66192, and that is -0.827396060." in record.prose
    assert f"it would have been {value_in(Decimal, 16):.2g}," in record.prose
    digits = len(str(Fraction("5.5") * l23_proved.PLACE[1] ** 8).partition("/")[0])
    assert f"up to {digits} digits before the point" in record.prose


def test_the_intervals_hold_the_truth(record):
    truth = value_in(Fraction)
    table = record.tables[1]
    assert all(Decimal(low) < truth < Decimal(high)
               for low, high in zip(table["low"], table["high"], strict=True))
    with localcontext(prec=12):
        x, y = map(Interval, l23_proved.PLACE)
        wide = l23_proved.rump(x, y, Interval)
    assert Decimal(table["low"][0]) <= wide.low
    assert wide.high <= Decimal(table["high"][0])
    with localcontext(prec=40):
        exact = Decimal(truth.numerator) / truth.denominator
    shown = record.prose.partition("both ends begin with ")[2].split()[0]
    assert str(exact).startswith(shown.rstrip("."))
    assert len(shown) > 20


# ------------------------------------------------------------------ intervals over a stretch


def test_what_swells(record):
    table = record.tables[2]
    assert table["formula"] == ["x - x", "x**2 - 2*x", "(x - 1)**2 - 1"]
    assert [*zip(table["low"], table["high"], strict=True)] == [
        ("-1", "1"), ("-6", "9"), ("-1", "3")]


def test_parts_tame_it(record):
    table = record.tables[3]
    for i, parts in enumerate(table["parts"]):
        cuts = [Fraction(3 * k, parts) for k in range(parts + 1)]
        pairs = [*pairwise(cuts)]
        plain = (min(a * a - 2 * b for a, b in pairs), max(b * b - 2 * a for a, b in pairs))
        mean = []
        for a, b in pairs:
            m, half = (a + b) / 2, (b - a) / 2
            steep = max(abs(2 * a - 2), abs(2 * b - 2)) * half
            mean.append((m * m - 2 * m - steep, m * m - 2 * m + steep))
        mean = (min(low for low, _ in mean), max(high for _, high in mean))
        for (low, high), names in ((plain, ("low", "high")), (mean, ("low, mean", "high, mean"))):
            shown = [Fraction(table[name][i]) for name in names]
            assert shown[0] <= low and high <= shown[1]  # rounded outwards
            assert [float(end) for end in shown] == pytest.approx([low, high], abs=2e-3)
    words = record.prose.partition("Asked for 1e-06 of the height, it says: from ")[2].split()
    assert -1 - 4e-6 <= float(words[0]) <= -1
    assert 3 <= float(words[2].rstrip(".")) <= 3 + 4e-6


def test_the_bands_hold_the_curve(record):
    plain, mean, curve = record.charts[0].layers
    for band in (plain, mean):
        for x, low, high in zip(band.x, band.low, band.high, strict=True):
            assert low <= x * x - 2 * x <= high
    assert [*curve.y] == pytest.approx([x * x - 2 * x for x in curve.x])


def test_which_curve_only_rises(record):
    heights, slopes = record.tables[4:6]
    for text, factor, inner in (("x + sin(x)/2", 0.5, 1), ("x + sin(6*x)", 1, 6)):
        found = [x + factor * math.sin(inner * x) for x in range(11)]
        assert heights[text] == [f"{height:.2f}" for height in found]
        assert found == sorted(found)
        i = slopes["curve"].index(text)
        steepest = factor * inner
        assert float(slopes["slope from"][i]) == pytest.approx(1 - steepest, abs=0.05)
        assert float(slopes["to"][i]) == pytest.approx(1 + steepest, abs=0.05)
    assert f"at x = 0.5 is {1 + 6 * math.cos(3):.2f}." in record.prose


# ------------------------------------------------------------------ fits


def test_the_line_of_the_films(record):
    table, _ = films.cleaned()
    xs, ys = ([Fraction(repr(v)) for v in table[name]] for name in ("budget", "revenue"))
    n, sx, sy = len(xs), sum(xs), sum(ys)
    xx = sum(x * x for x in xs) - sx * sx / n
    slope = (sum(x * y for x, y in zip(xs, ys, strict=True)) - sx * sy / n) / xx
    intercept = (sy - slope * sx) / n
    squares = sum((y - slope * x - intercept) ** 2 for x, y in zip(xs, ys, strict=True))
    variance = squares / (n - 2)
    with localcontext(prec=40):
        def root(f):
            return (Decimal(f.numerator) / f.denominator).sqrt()

        expected = {
            "proved": [str(Decimal(f.numerator) / f.denominator) for f in (slope, intercept)],
            "standard error": [str(root(variance / xx)),
                               str(root(variance * (Fraction(1, n) + (sx / n) ** 2 / xx)))],
        }
    shown = record.tables[6]
    for name, digits in (("proved", 20), ("standard error", 12)):
        for text, truth in zip(shown[name], expected[name], strict=True):
            assert text.endswith("...")
            assert truth.startswith(text[:-3])
            assert len(text.lstrip("-0.").replace(".", "")) == digits
    for name, text, truth in zip(("slope", "intercept"), shown["trained"], (slope, intercept),
                                 strict=True):
        right = l23_proved.agreeing(float(text), Interval(truth))
        assert 5 < right < 16
        off = abs(Fraction(text) - truth) / abs(truth)
        assert Fraction(10) ** -(right + 1) < off < Fraction(10) ** -(right - 1)
        words = "walk's slope {} digits are" if name == "slope" else "in its intercept {};"
        assert words.format(right) in record.prose


def test_the_wave(record):
    def loss(b):
        dots = zip(l23_proved.DOTS["x"], l23_proved.DOTS["y"], strict=True)
        return sum((y - math.sin(b * x)) ** 2 for x, y in dots)

    low, high = l23_proved.WITHIN
    lowest = min((low + (high - low) * i / 30_000 for i in range(30_001)), key=loss)
    words = record.prose.partition("lowest point: b begins with ")[2].split()[0]
    assert float(words.rstrip(".")) == pytest.approx(lowest, abs=2e-4)
    bounds = record.prose.partition("there is no second one from ")[2].split()
    first, last = float(bounds[0]), float(bounds[2].rstrip("."))
    assert low < first < lowest < last < high
    places = [first + (last - first) * i / 1000 for i in range(1001)]
    slopes = [loss(b + 1e-5) - loss(b - 1e-5) for b in places]
    assert slopes == sorted(slopes)  # it rises all the way
    assert "The share that remains is 0:" in record.prose


@pytest.mark.parametrize("name", ["Misra1a", "DanWood"])
@pytest.mark.parametrize("place", [0, 4, -1])
def test_a_planted_digit_is_refuted(monkeypatch, name, place):
    monkeypatch.setattr(l23_proved, "CURVE", name)
    monkeypatch.setattr(l23_proved, "PLANTED", place)
    record = Record(l23_proved.planted)
    assert record.untrue == []
    (table,) = record.tables
    known = json.loads((FOLDER / "data" / "nist" / "certified.json").read_text("utf-8"))[name]
    printed = [Decimal(text) for text in known["certified"] + known["standard_deviation"]]
    assert [Decimal(text) for text in table["digits"][::2]] == printed
    for right, text in zip(printed, table["digits"][1::2], strict=True):
        changed = Decimal(text)
        assert changed != right
        if place:  # a first digit 9 would become 0, and vanish
            a, b = (f"{number:.10e}".replace(".", "").partition("e")[0] for number in
                    (right, changed))
            assert [i for i in range(11) if a[i] != b[i]] == [place % 11]
    assert table["verdict"] == ["right", "refuted"] * 4


def test_verdicts():
    third = Interval("0.33333", "0.33334")
    assert l23_proved.verdict(third, Decimal("0.333")) == "right"
    assert l23_proved.verdict(third, Decimal("0.334")) == "refuted"
    assert l23_proved.verdict(third, Decimal("0.33334")) == "not known"
    assert l23_proved.verdict(Interval(0, 1), Decimal("0.5")) == "not known"
    assert l23_proved.with_wrong_digit(Decimal("-1.29")) == Decimal("-1.20")


def test_ends_are_rounded_outwards():
    assert l23_proved.ends(Interval("-1.2345", "1.2345"), 3) == ("-1.24", "1.24")
    assert l23_proved.ends(Interval("1.2345", "1.2345"), 3) == ("1.23", "1.24")
    assert l23_proved.ends(Interval(0.1, 0.1), 3) == ("0.100", "0.101")


# ------------------------------------------------------------------ the exercise


WAYS = {  # how the ends of an interval lie, by its name
    "above 0": lambda low, high: 0 < low < high,
    "from 0 up": lambda low, high: 0 == low < high,
    "on both sides of 0": lambda low, high: low < 0 < high,
    "on both sides of 0, more above": lambda low, high: low < 0 < -low < high,
    "on both sides of 0, more below": lambda low, high: low < -high < 0 < high,
    "from below up to 0": lambda low, high: low < high == 0,
    "below 0": lambda low, high: low < high < 0,
    "0 alone": lambda low, high: low == high == 0,
    "a single number": lambda low, high: low == high != 0,
}


@pytest.mark.parametrize("asked", [exercise.ASKED_OF_A, exercise.ASKED_OF_B], ids=["a", "b"])
def test_the_intervals_that_are_asked_lie_as_they_are_called(asked):
    assert all(WAYS[name](low, high) for name, (low, high) in asked.items())


def test_the_ends_of_a_product_are_those_of_intervals():
    for a in exercise.ASKED_OF_A.values():
        for b in exercise.ASKED_OF_B.values():
            low, high = exercise.ends(a, b)
            found = Interval(*a) * Interval(*b)
            assert (float(found.low), float(found.high)) == pytest.approx((low, high))
            for i in range(5):
                for j in range(5):
                    x = a[0] + Fraction(i, 4) * (a[1] - a[0])
                    y = b[0] + Fraction(j, 4) * (b[1] - b[0])
                    assert low <= x * y <= high
