import math
from fractions import Fraction
from itertools import pairwise

import pytest

from mathlab.drawing.charts.axis import Axis, nice_ticks, tick_labels

HUGE = 1.7976931348623157e308


@pytest.mark.parametrize(
    ("low", "high", "count", "expected"),
    [
        (0, 10, 5, [0, 2, 4, 6, 8, 10]),
        (0, 10, 4, [0, 2.5, 5, 7.5, 10]),
        (0, 10, 2, [0, 5, 10]),
        (0, 10, 1, [0, 10]),
        (0, 0.6, 6, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]),  # 3 * 0.1 is 0.30000000000000004
        (0.3, 0.9, 3, [0.4, 0.6, 0.8]),
        (0.1, 0.3, 2, [0.1, 0.2, 0.3]),
        (-1, 1, 4, [-1, -0.5, 0, 0.5, 1]),
        (3, 97, 5, [20, 40, 60, 80]),
        (-1.9, 2767.9, 5, [0, 1000, 2000]),
        (0, 1e-300, 5, [0, 2e-301, 4e-301, 6e-301, 8e-301, 1e-300]),
        (0, 1e300, 2, [0, 5e299, 1e300]),
        (-1e308, 1e308, 5, [-1e308, -5e307, 0, 5e307, 1e308]),
        (-HUGE, HUGE, 5, [-1e308, 0, 1e308]),
        (1e15, 1e15 + 10_000, 2, [1e15, 1e15 + 5000, 1e15 + 10_000]),
    ],
)
def test_ticks_are_round_numbers(low, high, count, expected):
    assert nice_ticks(low, high, count) == expected


RANGES = [
    (0, 1), (0.07, 0.93), (-3.3, 3.3), (1, 1e6), (1e-300, 7e-300), (-1e300, 1e299), (-HUGE, HUGE),
    (99.5, 100.5), (1234.5, 1234.6), (-0.001, 0),
]


@pytest.mark.parametrize(("low", "high"), RANGES)
@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 13])
def test_ticks_are_multiples_of_a_round_step_and_leave_no_room_for_another(low, high, count):
    ticks = [Fraction(repr(tick)) for tick in nice_ticks(low, high, count)]
    assert len(ticks) <= count + 1
    assert all(Fraction(repr(float(low))) <= tick <= Fraction(repr(float(high))) for tick in ticks)
    if len(ticks) >= 2:
        step = ticks[1] - ticks[0]
        digits = str(step.numerator * 10**400 // step.denominator).strip("0")
        assert digits in ("1", "2", "25", "5")
        assert all(tick % step == 0 for tick in ticks)
        assert all(b - a == step for a, b in pairwise(ticks))
        assert ticks[0] - step < Fraction(low) and ticks[-1] + step > Fraction(high)


@pytest.mark.parametrize("value", [0, 5, -7.3, 1e-300, 5e-324, 1e300, HUGE, -HUGE, 1e15])
def test_a_single_value_gets_an_axis_with_ticks_around_it(value):
    axis = Axis.covering([value, value])
    assert axis.low < axis.high
    assert 0 <= axis.place(value) <= 1
    assert len(set(nice_ticks(value, value))) >= 2


def test_values_closer_than_floats_can_show_count_as_one():
    next_up = math.nextafter(1e15, math.inf)
    ticks = Axis.covering([1e15, next_up]).ticks()
    assert len(ticks) == len(set(ticks)) >= 2


@pytest.mark.parametrize(
    ("low", "high", "count"),
    [(1, 0, 5), (math.nan, 1, 5), (0, math.inf, 5), (-math.inf, 0, 5), (0, 1, 0)],
)
def test_ticks_of_no_range_are_refused(low, high, count):
    with pytest.raises(ValueError, match="no ticks from"):
        nice_ticks(low, high, count)


@pytest.mark.parametrize(
    ("ticks", "expected"),
    [
        ([0, 250, 500], ["0", "250", "500"]),
        ([0, 0.5, 1], ["0.0", "0.5", "1.0"]),
        ([0, 0.25, 0.5], ["0.00", "0.25", "0.50"]),
        ([-0.1, 0.0, 0.1], ["-0.1", "0.0", "0.1"]),
        ([1990, 2000, 2010], ["1990", "2000", "2010"]),
        ([0, 5000, 10000], ["0", "5,000", "10,000"]),
        ([-20000.0, 0.0], ["-20,000", "0"]),
        ([0, 1e6, 2e6], ["0", "1,000,000", "2,000,000"]),
        ([0, 5e299, 1e300], ["0", "5e+299", "1e+300"]),
        ([0, 5e19, 1e20, 1.5e20], ["0", "5.0e+19", "1.0e+20", "1.5e+20"]),
        ([2e-301, 4e-301], ["2e-301", "4e-301"]),
        ([0.000025, 0.00005], ["0.000025", "0.000050"]),
        ([7], ["7"]),
        ([], []),
    ],
)
def test_labels_have_the_same_few_digits_along_an_axis(ticks, expected):
    assert tick_labels(ticks) == expected


@pytest.mark.parametrize(("low", "high"), RANGES)
def test_labels_say_exactly_where_their_tick_is(low, high):
    ticks = nice_ticks(low, high)
    assert [float(words.replace(",", "")) for words in tick_labels(ticks)] == ticks


@pytest.mark.parametrize(
    ("low", "high", "value", "place"),
    [
        (0, 10, 0, 0),
        (0, 10, 10, 1),
        (0, 10, 2.5, 0.25),
        (-5, 5, 0, 0.5),
        (-1e308, 1e308, 5e307, 0.75),
        (0, 1e-300, 2.5e-301, 0.25),
        (1e300, 3e300, 2e300, 0.5),
        (0, 10, 20, 2),
        (0, 10, -5, -0.5),
        (0, 1e-300, 1e300, 1e6),  # held where it can be reckoned with
        (0, 1e-300, -1e300, -1e6),
    ],
)
def test_places(low, high, value, place):
    assert Axis(low, high).place(value) == pytest.approx(place, rel=1e-12)


@pytest.mark.parametrize("values", [[3, 97], [-1.9, 2768], [1e-300, 3e-300], [-1e308, 1e308]])
def test_an_axis_covers_its_values_and_wastes_little(values):
    axis = Axis.covering(values)
    low, high = min(values), max(values)
    assert axis.low <= low and high <= axis.high
    assert high / 2 - low / 2 >= 0.85 * (axis.high / 2 - axis.low / 2)


@pytest.mark.parametrize("ends", [(1, 1), (2, 1), (math.nan, 1), (0, math.inf), (0, 5e-324)])
def test_an_axis_without_room_is_refused(ends):
    with pytest.raises(ValueError, match="an axis cannot run"):
        Axis(*ends)


def test_an_axis_of_nothing_runs_from_0_to_1():
    assert Axis.covering([]) == Axis(0, 1)


@pytest.mark.parametrize(("found", "expected"), [
    (nice_ticks(0, 6), [0, 2, 4, 6]),  # in 5 steps, if nobody says in how many
    (Axis(0, 6).ticks(), [0, 2, 4, 6]), (Axis(-1, 6).ticks(2), [0, 5]),
    (Axis(0, 6).scale(), [(0, "0"), (1 / 3, "2"), (2 / 3, "4"), (1, "6")]),
    (nice_ticks(20, 20), [18, 19, 20, 21, 22]),  # moved apart by a tenth
    (nice_ticks(0, 0), [-1, -0.5, 0, 0.5, 1]), (Axis.covering([-20]), Axis(-22, -18)),
    (Axis.covering([1, 31]), Axis(1, 31)), (Axis.covering([1, 31.1]), Axis(0, 32)),
    (tick_labels([-10_000, 5]), ["-10,000", "5"]), (tick_labels([9999]), ["9999"]),
    (tick_labels([999e9]), ["999,000,000,000"]), (tick_labels([1e12]), ["1e+12"]),
    (tick_labels([0.000001]), ["0.000001"]), (tick_labels([1e-7]), ["1e-07"]),
    (Axis(0, 9).said(2.3456), "2.35"), (Axis(0, 11).said(2.3456), "2.3"),
    (Axis(-90, 90).said(-0.01), "0"), (Axis(0, 9990).said(9990), "9990"),
    (Axis(0, 99_000).said(10_000), "10,000"), (Axis(-99_000, 0).said(-12_345), "-12,300"),
    (Axis(0, 9e-10).said(1.23456e-10), "1.23e-10"), (Axis(0, 9e-9).said(2e-9), "0.000000002"),
    (Axis(0, 9e10).said(12_345_678_901), "12,300,000,000"),
    (Axis(0, 9e11).said(12_345_678_901), "1.23e+10"), (Axis(-1e308, 1e308).said(5e307), "5e+307"),
])
def test_what_an_axis_is_and_shows(found, expected):
    assert found == expected
