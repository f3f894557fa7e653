import math
import random
from itertools import pairwise

import pytest

from mathlab.drawing.charts import sampling
from mathlab.drawing.charts.axis import Axis
from mathlab.drawing.charts.sampling import height, sampled, smooth
from tests.thinned import thinned


def counted(f):
    """The function, and a list that grows by one with each call."""
    calls = []

    def counting(x):
        calls.append(x)
        return f(x)

    return counting, calls


def peak(x):
    return 1 / (1 + 1e4 * (x - 0.0371) ** 2)


def far_off(dot, run, width, size):
    """The distance from a dot to the nearest line of a run, in shares of the picture."""
    px, py = dot[0] / width, dot[1] / size
    nearest = math.inf
    for (ax, ay), (bx, by) in pairwise(run):
        ax, ay, bx, by = ax / width, ay / size, bx / width, by / size
        if ax - 0.02 < px < bx + 0.02:
            length = (bx - ax) ** 2 + (by - ay) ** 2
            t = max(0, min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length))
            nearest = min(nearest, math.hypot(ax + t * (bx - ax) - px, ay + t * (by - ay) - py))
    return nearest


# A function, from where to where, how high it is, and how many calls are allowed.
SMOOTH = [
    (lambda x: 3 * x, 0, 1, 3, 140),
    (lambda x: x * x, -2, 2, 4, 140),
    (math.exp, -3, 3, 20, 150),
    (lambda x: math.exp(20 * x), 0, 1, math.exp(20), 150),
    (lambda x: math.sin(50 * x), 0, 2 * math.pi, 2, 1300),
    (lambda x: math.sin(128 * math.pi * x), 0, 1, 2, 1600),  # 0 at all the even steps
    (lambda x: abs(x - 0.1), -1, 1, 1.1, 150),
    (peak, -1, 1, 1, 160),
    (peak, -10, 10, 1, 160),
    (math.cbrt, -1, 1, 2, 160),
    (lambda x: math.tanh(1e5 * (x - 0.1)), -1, 1, 2, 170),  # steep, and yet no jump
]


@pytest.mark.parametrize(("f", "low", "high", "size", "most"), SMOOTH)
def test_a_curve_without_breaks_is_one_run_close_to_the_curve_everywhere(f, low, high, size, most):
    counting, calls = counted(f)
    (run,) = sampled(counting, low, high)
    assert len(calls) <= most
    assert run[0] == (low, f(low)) and run[-1] == (high, f(high))
    assert all(y == f(x) for x, y in run)
    assert all(a < b for (a, _), (b, _) in pairwise(run))
    chance = random.Random(4)
    for x in (chance.uniform(low, high) for _ in range(300)):
        assert far_off((x, f(x)), run, high - low, size) < 1 / 400


@pytest.mark.parametrize(
    ("f", "low", "high"),
    [(lambda x: 3 * x, 0, 1), (lambda x: x * x, -2, 2), (math.exp, -3, 3), (math.sin, 0, 100),
     (lambda x: math.sin(50 * x), 0, 2 * math.pi), (lambda x: abs(x - 0.1), -1, 1)],
)
def test_without_breaks_the_plain_version_takes_the_same_dots(f, low, high):
    plain, (run,) = smooth(f, low, high), sampled(f, low, high)
    assert set(plain) <= set(run)
    assert len(run) < 1.05 * len(plain)  # a few more, where it looked for a tear


def test_what_counts_as_a_pole():
    chance = random.Random(5)
    places = [chance.uniform(-0.9, 0.9) for _ in range(100)]

    def cut(f, keep):
        """The share of places at which f begins at the edge of the picture, and not on itself."""
        at = thinned(places, keep)
        starts = [(x0, *sampled(lambda x, x0=x0: f(x - x0), -1, 1)[0][0]) for x0 in at]
        return sum(f(x - x0) != y for x0, x, y in starts) / len(at)

    assert cut(math.log, keep=20) >= 0.9
    assert [cut(lambda x, n=n: math.sqrt(x) ** (2 / n), keep=5) for n in (2, 3, 4)] == [0, 0, 0]


def test_a_peak_between_two_steps_is_seen_to_its_top():
    (run,) = sampled(peak, -10, 10)
    assert max(y for _, y in run) == pytest.approx(1, abs=0.01)


# Where a curve starts and ends, by mathematics.
EDGES = [
    (math.sqrt, -1, 1, [(0, 0), (1, 1)]),
    (math.sqrt, 1, -1, [(1, 1), (0, 0)]),
    (lambda x: math.sqrt(x - 0.1), -1, 1.1, [(0.1, 0), (1.1, 1)]),
    (lambda x: (x - 0.1) ** 0.5, -1, 1.1, [(0.1, 0), (1.1, 1)]),  # complex below
    (lambda x: x if x < 0.3 else math.inf, 0, 1, [(0, 0), (0.3, 0.3)]),
    (math.acos, -3, 2, [(-1, math.pi), (1, 0)]),
    (lambda x: x * math.log(x), 0, 1, [(0, 0), (1, 0)]),
    (math.floor, 0, 1.9, [(0, 0), (1, 0), (1, 1), (1.9, 1)]),
    (lambda x: (x > 0.2) - (x < 0.2), -1, 1, [(-1, -1), (0.2, -1), (0.2, 1), (1, 1)]),
    (lambda x: x % 1, 0.5, 2.5, [(0.5, 0.5), (1, 1), (1, 0), (2, 1), (2, 0), (2.5, 0.5)]),
    (lambda x: x + 0.05 * (x > 0.3), 0, 1, [(0, 0), (0.3, 0.3), (0.3, 0.35), (1, 1.05)]),
]


@pytest.mark.parametrize(("f", "low", "high", "ends"), EDGES)
def test_gaps_and_jumps_are_where_they_are(f, low, high, ends):
    counting, calls = counted(f)
    found = [end for run in sampled(counting, low, high) for end in (run[0], run[-1])]
    assert len(calls) <= 130 + 28 * len(found)  # 24 halvings narrow 1 to 2**-24
    assert len(found) == len(ends)
    for dot, expected in zip(found, ends, strict=True):
        assert dot == pytest.approx(expected, abs=5e-4)  # a third of a pixel, of 600


def test_each_step_of_a_staircase_is_one_level_run():
    runs = sampled(math.floor, -3.5, 3.5)
    assert [{y for _, y in run} for run in runs] == [{k} for k in range(-4, 4)]


POLES = [
    (lambda x: 1 / x, -1, 1, [0]),
    (lambda x: 1 / (x - 0.1), -1, 1, [0.1]),
    (lambda x: 1 / (x - 0.1) + 1000, -1, 1, [0.1]),  # no change of sign to be seen in even steps
    (lambda x: 1 / x**2, -1, 1, [0]),
    (lambda x: 1 / (x - 0.1) ** 2, -1, 1, [0.1]),  # up on both sides
    (lambda x: -1 / abs(x - 0.123), -1, 1, [0.123]),
    (lambda x: abs(x - 0.123) ** -0.5, -1, 1, [0.123]),
    (lambda x: (x - 0.123) ** -8, -1, 1, [0.123]),
    (math.tan, -10, 10, [(k + 0.5) * math.pi for k in range(-3, 3)]),
    (math.tan, -100, 100, [(k + 0.5) * math.pi for k in range(-32, 32)]),
    (math.gamma, -4.5, 5, [-4, -3, -2, -1, 0]),
    (lambda x: 1 / math.sin(50 * x), 0.01, 6, [k * math.pi / 50 for k in range(1, 96)]),
    # Here an even step comes so close to a pole that the others look small beside it.
    (lambda x: 1 / math.sin(50 * x), 0.01, 5, [k * math.pi / 50 for k in range(1, 80)]),
]


@pytest.mark.parametrize(("f", "low", "high", "poles"), POLES)
def test_no_line_crosses_a_pole_and_the_curve_leaves_the_picture_beside_it(f, low, high, poles):
    runs = sampled(f, low, high)
    assert len(runs) == len(poles) + 1
    lowest, highest = (of(y for run in runs for _, y in run) for of in (min, max))
    for before, after, pole in zip(runs, runs[1:], poles, strict=False):
        assert before[-1][0] < pole < after[0][0]
        for y in (before[-1][1], after[0][1]):
            assert y in (lowest, highest)


@pytest.mark.parametrize(
    ("f", "low", "high", "least", "most"),
    [
        (lambda x: 1 / x, -1, 1, 8, 64),
        (lambda x: 1 / x, 0, 1, 8, 64),
        (math.tan, -10, 10, 2, 20),
        (math.log, 0, 1, 2, 8),  # log(1/1000) is -7
        (lambda x: 1 / x + math.exp(x), -5, 10, 22026, 25000),  # exp(10) is to be seen
    ],
)
def test_a_pole_does_not_spoil_what_is_seen(f, low, high, least, most):
    assert least <= max(abs(y) for run in sampled(f, low, high) for _, y in run) <= most


def test_beside_a_pole_the_dots_lie_on_the_curve():
    for run in sampled(lambda x: 1 / (x - 0.1), -1, 1):
        for x, y in run:
            # Across, too: where the curve is steep, it is the distance to the pole that is seen.
            assert min(abs(1 / (x - 0.1) - y) / 30, abs(0.1 + 1 / y - x) / 2) < 1 / 400


def test_without_a_pole_nothing_is_left_out_however_steep():
    (run,) = sampled(lambda x: math.exp(200 * x), 0, 1)
    assert run[-1] == (1, math.exp(200))


def test_a_known_axis_says_how_far_to_follow_a_pole():
    (left, right) = sampled(lambda x: 1 / x, -1, 1, shown=Axis(-1000, 500))
    assert (left[-1][1], right[0][1]) == (-1000, 500)
    assert right[0][0] == pytest.approx(1 / 500, abs=1e-3)


@pytest.mark.parametrize(
    ("f", "low", "high", "runs"),
    [
        (lambda x: 7, 0, 1, 1),
        (lambda x: 0.0, -1, 1, 1),
        (lambda x: x, 0, 1e-300, 1),
        (lambda x: x * 1e-300, 0, 1, 1),
        (lambda x: x, -1e308, 1e308, 1),
        (lambda x: 1e308 * x, -1.7, 1.7, 1),
        (lambda x: x, 1, 1 + 1e-15, 1),
        (lambda x: 10**400, 0, 1, 0),  # beyond all floats
        (lambda x: math.nan, 0, 1, 0),
        (lambda x: 1j, 0, 1, 0),
        (math.log, -2, -1, 0),
    ],
)
def test_ordinary_at_any_scale(f, low, high, runs):
    counting, calls = counted(f)
    assert len(sampled(counting, low, high)) == runs
    assert len(calls) <= 140


def hostile(seed, choose):
    chance = random.Random(seed)
    return lambda x: choose(chance)


@pytest.mark.parametrize(
    "f",
    [
        hostile(1, lambda chance: chance.random()),
        hostile(2, lambda chance: chance.gauss(0, 1)),
        hostile(3, lambda chance: math.tan(math.pi * chance.random())),
        hostile(4, lambda chance: chance.choice([1, math.nan, chance.random()])),
        hostile(5, lambda chance: chance.choice([1e308, -1e308, math.inf, 0])),
        lambda x: math.sin(1 / x),
        lambda x: math.sin(1e9 * x),
        lambda x: 1 / math.sin(300 * x),
        lambda x: math.floor(5000 * x),
    ],
)
def test_at_most_4000_calls_whatever_the_function(f):
    counting, calls = counted(f)
    runs = sampled(counting, -1, 1)
    assert len(calls) <= 4000
    assert all(math.isfinite(x) and math.isfinite(y) for run in runs for x, y in run)


def test_many_bends_leave_calls_for_an_edge():
    runs = sampled(lambda x: math.sin(5000 * x) + 0 * math.sqrt(x - 0.1), -1, 1)
    assert runs[0][0][0] == pytest.approx(0.1, abs=1e-6)


CHANCE = random.Random(7)
PLACES = [CHANCE.uniform(-0.9, 0.9) for _ in range(20)]


@pytest.mark.parametrize("at", thinned(PLACES, keep=4))
@pytest.mark.parametrize(
    "f",
    [
        lambda x: 1 / x,
        lambda x: 1 / abs(x),
        lambda x: x**-2 + 50 * x,
        lambda x: x**-3,
        lambda x: abs(x) ** -0.5,
        lambda x: 1 / x if x > 0 else 0.5,
    ],
)
def test_a_pole_anywhere(f, at):
    (left, right) = sampled(lambda x: f(x - at), -1, 1)
    assert left[-1][0] <= at <= right[0][0]
    assert max(y for run in (left, right) for _, y in run) < 50_000


def test_the_same_dots_every_time():
    assert sampled(math.tan, -5, 5) == sampled(math.tan, -5, 5)


def test_no_way_to_go():
    assert sampled(math.sqrt, 4, 4) == [[(4, 2)]]
    assert sampled(math.sqrt, -4, -4) == []


@pytest.mark.parametrize("ends", [(0, math.inf), (math.nan, 1)])
def test_ends_that_are_not_finite_are_refused(ends):
    with pytest.raises(ValueError, match="give finite ends"):
        sampled(math.sin, *ends)


@pytest.mark.parametrize("wrong", ["text", None, []])
def test_a_mistake_in_the_function_is_not_a_gap(wrong):
    with pytest.raises((TypeError, AttributeError)):
        sampled(lambda x: abs(wrong) + x, 0, 1)


@pytest.mark.parametrize(
    ("f", "at", "expected"),
    [
        (lambda x: x, (3,), 3.0),
        (lambda x, y: x / y, (1, 4), 0.25),
        (lambda x, y: x / y, (1, 0), None),
        (math.exp, (1000,), None),
        (lambda x: complex(x, 0), (1,), None),
        (lambda x: -math.inf, (1,), None),
    ],
)
def test_height(f, at, expected):
    assert height(f, *at) == expected if expected is not None else math.isnan(height(f, *at))


def test_what_is_promised_is_what_is_allowed():
    assert sampling.FIRST_CALLS < sampling.CALLS == 4000


def test_steps_are_halved_to_a_limit_at_a_needle_and_to_a_finer_one_at_a_break():
    narrowest = min(b - a for (a, _), (b, _) in pairwise(smooth(lambda x: x == 0.5, 0, 1)))
    assert 2**-14 < narrowest <= 2**-13
    before, after = sampled(lambda x: x > 0.3, 0, 1)
    assert 2**-25 < after[0][0] - before[-1][0] <= 2**-24
    assert len(sampled(lambda x: x + 0.007 * (x > 0.3), 0, 1)) == 1  # less than a 128th
    assert len(sampled(lambda x: x + 0.01 * (x > 0.3), 0, 1)) == 2


def test_no_line_crosses_a_gap_even_where_the_calls_ran_out():
    chance, heights = random.Random(6), {}

    def f(x):
        heights[x] = chance.choice([1, math.nan, x]) if x < 0.9 else 1 if x < 1 else math.nan
        return heights[x]

    drawn = [(a, b) for run in sampled(f, 0, 1) for (a, _), (b, _) in pairwise(run)]
    gaps = sorted(x for x, y in heights.items() if math.isnan(y))
    assert len(heights) > 500 and not [1 for a, b in drawn for gap in gaps if a < gap < b]
