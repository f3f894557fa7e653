"""The constants of the numeric chapters: with another value something stated gets worse."""

import functools
import math
import random
import statistics

import pytest

from mathlab.calculus import numeric
from mathlab.calculus.numeric import extrapolate, ladder, limits
from mathlab.calculus.numeric.extrapolate import Reading
from tests.calculus.compositions import compositions
from tests.calculus.hard_functions import HARD
from tests.calculus.numeric.cancellations import cancellations, figures
from tests.calculus.numeric.test_sharpness import FLAT_AT_0, SLOPELESS, moved
from tests.thinned import thinned


def wrong(rows=HARD):
    """How many of the hard functions get a wrong error bar, or a slope where there is none."""
    found = [(numeric.derivative(f, x), slope) for _, f, x, slope in rows]
    return sum(
        e.error < math.inf
        if slope is None
        else not abs(e.value - slope) <= e.error + 2.3e-16 * abs(slope) + 5e-324
        for e, slope in found
    )


@functools.cache
def random_functions():
    return list(compositions(60, seed=3))


def blunt():
    """The median relative error that the random functions get."""
    found = [(numeric.derivative(f, x), slope) for _, f, x, slope in random_functions()]
    return statistics.median(estimate.error / abs(slope) for estimate, slope in found)


@pytest.fixture(scope="module")
def sharp():
    return blunt()


def put(monkeypatch, name, other):
    for module in (extrapolate, ladder, limits):
        if hasattr(module, name):
            monkeypatch.setattr(module, name, other)


def test_as_they_are_nothing_is_wrong(sharp):
    assert wrong() == 0
    assert sharp < 5e-13


@pytest.mark.parametrize(
    ("name", "other", "count"),
    thinned(
        [
            ("SAFETY", 1, 4),
            ("FINEST", 2, 1),
            ("RUNG", 2.0, 9),
            ("SLOWEST", 0.1, 5),
            ("ROUNDED", 0, 1),
        ],
        keep=4,
    ),
)
def test_another_value_gets_so_many_hard_functions_wrong(monkeypatch, name, other, count):
    put(monkeypatch, name, other)
    assert wrong() >= count


@pytest.mark.parametrize(
    ("name", "other", "times"),
    thinned(
        [
            ("RUNG", 64.0, 10),
            ("SAFETY", 1, 1e5),
            ("SAFETY", 4, 1.1),
            ("TERMS", 1, 100),
            ("TERMS", 2, 1.1),
            ("TREND", 1, 100),
            ("HALVINGS", 5, 5),
            ("FINE_TERMS", 3, 2),
        ],
        keep=4,
    ),
)
def test_another_value_makes_random_functions_so_many_times_less_sharp(
    monkeypatch, sharp, name, other, times
):
    put(monkeypatch, name, other)
    assert blunt() > times * sharp


def four_digits(x):
    return math.exp(x) * (1 + 1e-4 * random.Random(x).uniform(-0.5, 0.5))


def wiggle(x, power):
    return abs(x) ** power * math.sin(1 / x) if x else 0.0


@pytest.mark.parametrize(
    ("name", "others", "f", "x", "words"),
    [
        ("SLOWEST", [0.8], lambda x: abs(x) ** 1.2, 0.0, "changes too slowly"),
        ("STEADY", [3.0], lambda x: math.sin(1e9 * x), 1e9, "does not settle"),
        ("NEARLY", [1e-4], lambda x: abs(x) ** 0.99, 0.0, "changes too slowly"),
        ("NEARLY", [0.3], lambda x: abs(x) ** 0.2, 0.0, "about as 1/h**0.8"),
        ("ROUNDED", [0], lambda x: 1e16 + x, 1.0, ""),
        ("SLIGHT", [1e-3], lambda x: x + 1e-6 * abs(x - 1), 1.0, "a kink"),
        ("UNSEEN", [1e-7, 1e-5], four_digits, 1.0, ""),
        ("GROWN", [10], lambda x: wiggle(x, 0.5), 0.0, "does not settle"),
        ("FADED", [1.1], lambda x: wiggle(x, 1.1), 0.0, "does not settle"),
    ],
)
def test_another_value_tells_another_story(monkeypatch, name, others, f, x, words):
    def reason():
        return numeric.derivative(f, x, relative_noise=1e-4 * (f is four_digits)).reason

    assert words in reason() if words else reason() == ""
    for other in others:
        put(monkeypatch, name, other)
        assert words not in reason() if words else reason()


@pytest.mark.parametrize(
    ("name", "other", "f", "x", "noise", "times"),
    [
        ("SHARP_ENOUGH", 1e-6, math.exp, 0.05, 1e-12, 3),
        ("STRIDES", 4, math.cos, 1e-200, 0.0, 1000),
    ],
)
def test_another_value_stops_too_soon_from_a_tiny_x(monkeypatch, name, other, f, x, noise, times):
    before = numeric.derivative(f, x, relative_noise=noise).error
    put(monkeypatch, name, other)
    assert numeric.derivative(f, x, relative_noise=noise).error > times * before


@functools.cache
def rows_that_cancel():
    return list(cancellations(200, seed=5))


@pytest.mark.parametrize(
    ("name", "other", "right"),
    thinned(
        [
            ("COARSE", 1e-16, 0.8),
            ("ROUNDED", 1000, 0.9),
            ("STEEPER", 0, 0.85),
            ("ALIKE", 100.0, 0.85),
        ],
        keep=2,
    ),
)
def test_another_value_does_not_see_treads(monkeypatch, name, other, right):
    put(monkeypatch, name, other)
    assert figures(rows_that_cancel()).right < right  # as it is: 0.97, see test_sharpness.py


def test_what_all_steps_share_is_added(monkeypatch):
    put(monkeypatch, "SHIFTED", 0)
    assert figures(rows_that_cancel()).broken >= 0.02


@pytest.mark.parametrize(("name", "other"), [("ALIKE", 1.0), ("TREND", 30)])
def test_another_value_misses_cusps(monkeypatch, name, other):
    put(monkeypatch, name, other)
    cusps = [(f, at, c) for f, _ in SLOPELESS.values() for at in (0.0, 1.0, 1e-3) for c in (1, 1e6)]
    found = [numeric.derivative(moved(*cusp), cusp[1]) for cusp in cusps]
    assert any(estimate.error < math.inf for estimate in found)


def test_at_0_a_slight_slope_may_be_rounding(monkeypatch):
    put(monkeypatch, "SLIGHT", 0.0)
    found = [numeric.derivative(f(a / 7), 0.0) for f in FLAT_AT_0 for a in range(1, 20)]
    assert sum(abs(estimate.value) > estimate.error for estimate in found) > 0.02 * len(found)


def test_more_strides_ask_more_often_than_80_times(monkeypatch):
    assert numeric.derivative(math.cos, 1e-200).evaluations <= 80
    monkeypatch.setattr(ladder, "STRIDES", 40)
    assert numeric.derivative(math.cos, 1e-200).evaluations > 80


@pytest.mark.parametrize("other", [1, 2])
def test_with_fewer_low_rungs_a_limit_that_creeps_up_is_refined(monkeypatch, other):
    monkeypatch.setattr(ladder, "LOW_RUNGS", other)
    assert wrong([("a slope of 0", lambda x: math.pow(2 - x, 1.5), 2.0, 0.0)]) == 1


def test_wide_steps_that_contradict_are_not_believed(monkeypatch):
    monkeypatch.setattr(Reading, "contradicts", lambda *_: False)
    assert wrong([row for row in HARD if row[-1] is not None]) >= 1


def test_noise_once_seen_is_remembered_on_wider_steps(monkeypatch):
    def f(x):  # the same noise for the same x
        return math.sin(x) + 1e-7 * random.Random(x).uniform(-1, 1)

    def broken():
        places = [1 + i / 97 for i in range(100)]
        found = [(numeric.derivative(f, x), math.cos(x)) for x in places]
        return sum(not abs(slope.value - true) <= slope.error for slope, true in found)

    assert broken() == 0
    monkeypatch.setattr(ladder, "accumulate", lambda noise, _: noise)
    assert broken() > 0
