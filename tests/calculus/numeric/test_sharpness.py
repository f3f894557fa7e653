"""Sharp as well as honest: where values cancel, where f and f' vanish, where there is no slope."""

import math
import random
import statistics

import pytest

from mathlab import numeric
from tests.calculus.numeric.cancellations import cancellations, figures
from tests.thinned import thinned

ROUND_PLACES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5)


def test_random_functions_whose_values_cancel():
    found = figures(cancellations(len(thinned(range(1000), keep=250)), seed=0))
    assert found.right >= 0.96
    assert found.broken <= 0.01
    assert found.none <= 0.002
    assert 1 < found.median <= 40
    assert found.quantile <= 1000
    assert found.evaluations <= 80


@pytest.mark.parametrize("x", ROUND_PLACES)
@pytest.mark.parametrize(
    ("f", "slope"),
    [
        (lambda x: math.log(1 + x), lambda x: 1 / (1 + x)),
        (lambda x: math.exp(x) - 1, math.exp),
        (lambda x: 1 - math.cos(x), math.sin),
        (lambda x: x - math.sin(x), lambda x: 2 * math.sin(x / 2) ** 2),
        (lambda x: math.log(math.cos(x)), lambda x: -math.tan(x)),
        (lambda x: math.tan(x) - x, lambda x: math.tan(x) ** 2),
        (lambda x: math.sqrt(1 + x) - 1, lambda x: 0.5 / math.sqrt(1 + x)),
        (lambda x: math.log(math.cosh(x)), math.tanh),
        (lambda x: x - math.log(1 + x), lambda x: x / (1 + x)),
        (lambda x: (1e3 + x) ** 2 - 1e6, lambda x: 2 * (1e3 + x)),
        (lambda x: (math.exp(x) - 1) * math.log(1 + x),
         lambda x: math.exp(x) * math.log1p(x) + math.expm1(x) / (1 + x)),
    ],
)
def test_through_something_much_larger(f, slope, x):
    found = numeric.derivative(f, x)
    assert abs(found.value - slope(x)) <= found.error + 4 * math.ulp(slope(x))
    assert found.error <= 1e-9 * max(1, slope(x))
    assert abs(found.value - slope(x)) <= 1e-11 * max(1, slope(x))
    assert found.evaluations <= 80


@pytest.mark.parametrize("x", [1e-11, 1e-9, 1e-7, 1e-5, 1e-3])
def test_far_below_what_it_passes_through(x):
    found = numeric.derivative(lambda x: math.log(1 + x), x)
    assert found.value == pytest.approx(1 / (1 + x), rel=1e-12)
    assert found.error < 1e-12


@pytest.mark.parametrize("digits", [6, 8, 10, 12])
def test_a_function_that_is_rounded(digits):
    places = [1 + i / 173 for i in thinned(range(200), keep=50)]
    found = [(numeric.derivative(lambda x: round(math.sin(x), digits), x), x) for x in places]
    broken = sum(abs(slope.value - math.cos(x)) > slope.error for slope, x in found)
    assert broken <= 0.02 * len(places)
    assert statistics.median(slope.error for slope, _ in found) <= 100 * 10.0**-digits


def test_eight_digits_that_are_kept_give_six_of_the_slope():
    found = numeric.derivative(lambda x: round(math.sin(x), 8), 1.0)
    assert abs(found.value - math.cos(1)) <= found.error < 1e-6


@pytest.mark.parametrize("digits", [1, 2, 3, 4])
def test_a_staircase_that_is_meant(digits):
    found = numeric.derivative(lambda x: round(x, digits), 3.0)
    assert found.value == 0
    assert 1 <= found.error < 4  # the bar reaches to the ramp


FLAT_AT_0 = (  # with a at least 0.01: f and f' are 0
    lambda a: lambda x: a * x - math.log(1 + a * x) if a * x > -1 else math.nan,
    lambda a: lambda x: math.log1p(a * x) - a * x if a * x > -1 else math.nan,
    lambda a: lambda x: x * math.exp(a) ** x - x,
    lambda a: lambda x: math.exp(a * x) - 1 - a * x,
    lambda a: lambda x: math.expm1(a * x) - a * x,
    lambda a: lambda x: 1 - math.cos(a * x),
    lambda a: lambda x: math.sin(a * x) - a * x,
    lambda a: lambda x: math.tan(a * x) - a * x,
    lambda a: lambda x: math.log(math.cosh(a * x)),
    lambda a: lambda x: math.hypot(1, a * x) - 1,
)


def test_no_kink_where_f_and_its_slope_are_0():
    dice = random.Random(1)
    rows = thinned(range(2000), keep=300)
    found = []
    for _ in rows:
        a = dice.choice((1, -1)) * 10 ** dice.uniform(-2, 1.5)
        found.append(numeric.derivative(dice.choice(FLAT_AT_0)(a), 0.0))
    assert not [estimate for estimate in found if estimate.reason]
    assert sum(abs(estimate.value) > estimate.error for estimate in found) <= 0.005 * len(rows)
    assert sum(estimate.error > 1e-7 for estimate in found) <= 0.01 * len(rows)


def moved(f, at, c):
    """The function with its 0 at that place, and c added."""
    return lambda x: f(x - at) + c


SLOPELESS = {
    "x*log|x|": (lambda x: x * math.log(abs(x)) if x else 0.0, "the slope to the left"),
    "|x|**|x|": (lambda x: abs(x) ** abs(x), "the slope to the left"),
    "|x|**0.9": (lambda x: abs(x) ** 0.9, "grows without end, about as 1/h**0."),
    "|x|**(2/3)": (lambda x: abs(x) ** (2 / 3), "grows without end, about as 1/h**0.3"),
    "sqrt|x|": (lambda x: math.sqrt(abs(x)), "grows without end, about as 1/h**0."),
    "cbrt": (math.cbrt, "grows without end, about as 1/h**0.67"),
    "|x|": (abs, "a kink"),
    "a jump to the right": (lambda x: 1.0 * (x > 0), "f jumps by 1 to the right"),
    "a jump to the left": (lambda x: x + 0.01 * (x >= 0), "f jumps by 0.01 to the left"),
    "exp(x) + x*log|x|": (lambda x: math.exp(x / 100) + (x * math.log(abs(x)) if x else 0.0), "to"),
}


@pytest.mark.parametrize("at", [0.0, 1.0, -2.0, 1e-3, 100.0])
@pytest.mark.parametrize("name", SLOPELESS)
def test_every_missing_slope_is_noticed(name, at):
    f, words = SLOPELESS[name]
    for c in (0.0, 1.0, -2.5, 100.0, 1e6):
        found = numeric.derivative(moved(f, at, c), at)
        assert found.error == math.inf
        assert words in found.reason


@pytest.mark.parametrize(
    "f",
    [
        lambda t: t**t,
        lambda t: t ** (2 * t),
        lambda t: t**t + 5,
        lambda t: 3 * t**t - t**3,
        lambda t: t ** math.sin(t),
        lambda t: math.sin(t) ** t if t >= 0 else math.nan,
    ],
)
def test_from_the_right_of_0_the_slope_falls_without_end(f):
    assert "to the right of 0.0 changes too slowly" in numeric.derivative(f, 0.0).reason


@pytest.mark.parametrize(
    ("f", "x", "slope"),
    [
        (lambda x: x * math.log(max(abs(x), 1e-10)), 0.0, math.log(1e-10)),
        (lambda x: x * math.log(x * x + 1e-20), 0.0, math.log(1e-20)),
        (lambda x: math.atan(1e6 * x), 0.0, 1e6),
        (lambda x: x + 1e-8 * math.sin(1e7 * x), 0.0, 1.1),
    ],
)
def test_a_law_of_the_wide_rungs_that_the_fine_ones_do_not_follow(f, x, slope):
    found = numeric.derivative(f, x)
    assert not found.reason
    assert abs(found.value - slope) <= found.error + math.ulp(slope)
