"""Richardson extrapolation: exact for polynomials, and what contradicts what."""

import math

import pytest

from mathlab.calculus.numeric.extrapolate import (
    NO_READING,
    Quotient,
    Reading,
    best_and_rival,
    changes,
    extrapolated,
    readings,
    settled,
)


def exact(widest, finest):
    return 0.0


def quotients(*pairs):
    return [Quotient(*pair) for pair in pairs]


@pytest.mark.parametrize("power", [1, 2])
@pytest.mark.parametrize("ratios", [(2, 2, 2, 2, 2), (8, 8, 8, 8, 8), (8, 8, 8, 64, 64)])
@pytest.mark.parametrize("columns", [1, 2, 3])
def test_each_column_cancels_one_more_term(power, ratios, columns):
    steps = [2.0**-5]
    for ratio in ratios:
        steps.append(steps[-1] * ratio)

    def error(h):  # as many terms as there are columns
        return sum((k + 2) * h ** (power * (k + 1)) for k in range(columns))

    table = list(readings([Quotient(h, 5.0 + error(h)) for h in steps], power, columns, exact))
    column = {h: i for i, h in enumerate(steps)}
    last = [r for r in table if column[r.widest] - column[r.finest] == columns]
    others = [r for r in table if column[r.widest] - column[r.finest] < columns]
    assert last
    assert all(r.value == pytest.approx(5.0, abs=1e-9 * r.widest**power) for r in last)
    assert all(abs(r.value - 5.0) > 1e-9 * r.finest ** (power * columns) for r in others)
    assert all(abs(r.value - 5.0) <= 1.02 * r.error + 1e-15 for r in table)


@pytest.mark.parametrize("power", [1, 2])
@pytest.mark.parametrize("terms", [1, 2, 3])
@pytest.mark.parametrize("f", [math.exp, math.sin, math.atan, lambda x: x**3])
def test_every_reading_is_the_plain_extrapolation_from_its_quotients(f, power, terms):
    steps = [2.0**-k for k in (9, 6, 5, 4, 1, 0)]
    points = [Quotient(h, (f(1 + h) - f(1 - (power - 1) * h)) / (power * h)) for h in steps]
    table = list(readings(points, power, terms, exact))
    assert len(table) == sum(min(k, terms + 1) for k in range(1, len(steps)))
    for reading in table:
        rows = slice(steps.index(reading.finest), steps.index(reading.widest) + 1)
        assert reading.value == extrapolated(points[rows], power)


@pytest.mark.parametrize(("f", "slope"), [(math.exp, math.e), (math.sin, math.cos(1))])
def test_the_plainest_reading_has_half_of_the_digits(f, slope):
    points = [Quotient(h, (f(1 + h) - f(1)) / h) for h in (8.0**-k for k in range(17, -1, -1))]
    assert settled(points) == pytest.approx(slope, rel=1e-7)
    assert points[0].value != pytest.approx(slope, rel=1e-2) != points[-1].value


def test_rounding_is_told_the_widest_and_the_finest_step():
    points = quotients((1.0, 0.0), (2.0, 0.0), (4.0, 0.0))
    table = list(readings(points, 2, 3, lambda widest, finest: 100 * widest + finest))
    assert [(r.widest, r.finest, r.error) for r in table] == [
        (2.0, 2.0, 202.0),  # the first point has nothing to be held against
        (4.0, 4.0, 404.0),
        (4.0, 2.0, 402.0),
    ]


def test_two_quotients_that_agree_by_chance_are_not_believed():
    points = quotients((1.0, 5.0), (8.0, 5.0), (64.0, 69.0))
    first = next(readings(points, 2, 3, exact))
    assert (first.value, first.error) == (5.0, 2 * 64 / 64)  # the third one disagrees by 64


def test_infinities_make_no_reading():
    assert list(readings(quotients((1.0, 1e308), (2.0, -1e308)), 2, 3, exact)) == []
    assert list(readings([], 2, 3, exact)) == []
    assert list(readings(quotients((1.0, 1.0)), 2, 3, exact)) == []


@pytest.mark.parametrize(
    ("table", "best", "rival"),
    [
        ([], None, None),
        ([(1.0, 0.5)], 0, None),
        ([(1.0, 0.5), (1.2, 0.1)], 1, None),  # sharper, and consistent
        ([(1.0, 0.5), (1.2, 0.7)], 0, None),  # not as sharp
        ([(1.0, 0.5), (2.0, 0.1)], 0, 1),  # sharper, but it tells another story
        ([(1.0, 0.5), (2.0, 0.5)], 0, None),  # they touch
        ([(1.0, 0.5), (2.0, 0.7)], 0, None),  # 0.3 to 1.5 and 1.3 to 2.7 overlap
        ([(1.0, 0.1), (2.0, 0.7), (2.0, 0.2)], 0, 2),  # the sharpest of the rivals
        ([(1.0, 0.5), (1.2, 0.1), (1.0, 0.05)], 1, 2),
    ],
)
def test_the_best_reading_and_its_rival(table, best, rival):
    entries = [Reading(*row, widest=8.0**k, finest=8.0**k) for k, row in enumerate(table)]
    expected = tuple(NO_READING if i is None else entries[i] for i in (best, rival))
    assert best_and_rival(entries) == expected


def test_a_rival_has_wider_steps_than_the_best():
    best, same_steps = Reading(1.0, 0.1, 8.0, 1.0), Reading(2.0, 0.1, 64.0, 8.0)
    assert best_and_rival([best, same_steps]) == (best, NO_READING)


def test_no_reading_contradicts_no_reading():
    assert not NO_READING.contradicts(Reading(1.0, 0.1, 1.0, 1.0))
    assert not Reading(1.0, 0.1, 1.0, 1.0).contradicts(NO_READING)
    assert math.isnan(NO_READING.value)


def test_changes():
    assert changes(quotients((1.0, 3.0), (2.0, 5.0), (4.0, 1.0))) == [2.0, -4.0]
    assert changes(quotients((1.0, 3.0))) == changes([]) == []


def test_what_changes_by_as_much_as_before_has_settled():
    assert settled(quotients((1.0, 1.0), (2.0, 2.0), (3.0, 3.0))) == 2.0
    assert settled(quotients((1.0, 1.5), (2.0, 2.0), (3.0, 3.0))) == 1.5
    assert settled(quotients((1.0, 7.0))) == 7.0
