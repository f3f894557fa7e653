"""Walks without a learning rate, on valleys whose bottoms are known."""

import itertools
import math
import random

import pytest

from mathlab import Value, parse
from mathlab.errors import DomainError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.line_search import BFGS, GAINED, Backtracking
from mathlab.learning.descent.minimize import FormulaSurface
from mathlab.learning.model.loss import absolute, huber
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

BOTH = pytest.mark.parametrize("optimizer", [BFGS(), Backtracking()])

# H. H. Rosenbrock (1960): (1 - a)**2 + 100*(b - a**2)**2, the valley that bends like a banana. As a
# regression it has two rows, one for each square; the mean of both is half of their sum.
BANANA = LossSurface(
    Model("y = k*(1 - a) + (1 - k)*10*(b - a**2)"), Table({"k": [1.0, 0.0], "y": [0.0, 0.0]}))


def walked(optimizer, surface, start, most=5_000):
    return list(itertools.islice(optimizer.walk(surface, start), most))


def test_the_banana_is_rosenbrocks():
    assert BANANA.parameters == ["a", "b"]
    for a, b in [(-1.2, 1.0), (0.5, 2.0)]:
        assert BANANA.height([a, b]) == pytest.approx(((1 - a) ** 2 + 100 * (b - a * a) ** 2) / 2)


def test_bfgs_follows_the_bend_of_the_valley():
    steps = walked(BFGS(), BANANA, [-1.2, 1.0])
    assert steps[-1].position == pytest.approx((1.0, 1.0), abs=1e-9)
    assert len(steps) < 60  # published runs take 30 to 45
    gradient_descent = walked(Backtracking(), BANANA, [-1.2, 1.0], most=100)
    assert gradient_descent[-1].loss > 1e-3  # it crawls along the valley


@BOTH
def test_each_step_gains_what_armijo_asks(optimizer):
    steps = walked(optimizer, BANANA, [-1.2, 1.0], most=50)
    for here, there in itertools.pairwise(steps):
        moved = [q - p for p, q in zip(here.position, there.position, strict=True)]
        slope = math.fsum(m * s for m, s in zip(moved, here.slopes, strict=True))
        assert slope < 0
        assert there.loss <= here.loss + GAINED * slope * (1 - 1e-9)


class Slide:
    """A surface of one parameter that starts at 0, with height 0 and slope -1; `seen` is what is
    seen elsewhere: the height and the slope, or None."""

    def __init__(self, seen):
        self.seen = seen
        self.looked = []

    def look(self, position):
        (p,) = position
        self.looked.append(p)
        found = self.seen(p) if p else (0.0, -1.0)
        if found is None:
            raise DomainError("there is nothing")
        return found[0], [found[1]]

    def named(self, position):
        return {"p": position[0]}


def test_a_search_ends_where_no_step_is_left_between():
    surface = Slide(lambda p: (-p, -1.0) if p <= 1 else (1.0, 1.0))  # steep to its end, then a wall
    step = walked(BFGS(), surface, [0.0], most=2)[-1]
    assert step.position == (1.0,)
    assert len(surface.looked) < 60  # 52 halvings lead from 2 to the number next to 1


def test_slopes_by_nudges_are_asked_for_only_where_a_step_gains():
    surface = Slide(lambda p: (p, 1.0) if p > 0.3 else (-p, 0.0))
    surface.method, surface.height = "numeric", lambda position: surface.seen(*position)[0]
    step = walked(BFGS(), surface, [0.0], most=2)[-1]
    assert step.position == (0.25,)
    assert surface.looked == [0.0, 0.25]  # and not 1 and 1/2


@BOTH
@pytest.mark.parametrize(("gained", "enough"), [(2e-4, True), (5e-5, False)])
def test_a_ten_thousandth_of_what_the_slope_promises_is_enough(optimizer, gained, enough):
    surface = Slide(lambda p: (-gained * p, 0.0) if p == 1 else (-0.5 * p, 0.0))
    step = walked(optimizer, surface, [0.0], most=2)[-1]
    assert (step.position == (1.0,)) == enough


@pytest.mark.parametrize(("slope", "place"), [(-0.89, 1.0), (-0.91, 2.0)])
def test_nine_tenths_as_steep_is_flat_enough(slope, place):
    surface = Slide(lambda p: (-p, slope if p == 1 else 0.0))
    assert walked(BFGS(), surface, [0.0], most=2)[-1].position == (place,)


@BOTH
def test_the_least_step_is_found_before_it_gives_up(optimizer):
    surface = Slide(lambda p: (-p, 0.0) if p < 1e-310 else None)
    assert 0 < walked(optimizer, surface, [0.0], most=2)[-1].position[0] < 1e-310
    nowhere = Slide(lambda p: None)
    assert len(walked(optimizer, nowhere, [0.0])) == 1
    assert len(nowhere.looked) < 1200  # and it does give up: by then a step leads nowhere


@BOTH
def test_the_bottom_of_a_line(optimizer):
    table = Table({"x": [-1.0, 0.0, 1.0], "y": [1.0, 3.0, 5.0]})
    surface = LossSurface(Model("y = a*x + b"), table)
    assert walked(optimizer, surface, [0.0, 0.0])[-1].position == pytest.approx((2, 3), abs=1e-7)
    assert len(walked(optimizer, surface, [2.0, 3.0])) == 1  # there is nowhere to go


def test_units_of_the_parameters_do_not_matter_to_bfgs():
    xs = [77.6, 141.1, 239.9, 378.4, 536.8, 760.0]
    table = Table({"x": xs, "y": [239 * (1 - math.exp(-5.5e-4 * x)) for x in xs]})
    surface = LossSurface(Model("y = a*(1 - exp(-b*x))"), table)
    assert walked(BFGS(), surface, [500.0, 1e-4])[-1].position == pytest.approx((239, 5.5e-4))


@pytest.mark.parametrize("seed", range(5))
def test_the_absolute_loss_leads_to_the_best_line_through_two_points(seed):
    # The lowest sum of absolute residuals is that of a line through two of the points (Boscovich).
    rng = random.Random(seed)
    xs = [rng.uniform(0, 10) for _ in range(25)]
    ys = [3 * x + 5 + rng.gauss(0, 1) * (20 if rng.random() < 0.2 else 1) for x in xs]

    def mean_error(slope, intercept):
        return sum(abs(y - slope * x - intercept) for x, y in zip(xs, ys, strict=True)) / len(xs)

    through = []
    for (x, y), (u, v) in itertools.combinations(zip(xs, ys, strict=True), 2):
        slope = (v - y) / (u - x)
        through.append(mean_error(slope, y - slope * x))
    surface = LossSurface(Model("y = a*x + b"), Table({"x": xs, "y": ys}), absolute)
    found = walked(BFGS(), surface, [0.0, 0.0])[-1]
    assert min(through) <= found.loss * (1 + 1e-12)
    assert found.loss == pytest.approx(min(through), rel=1e-6)


def test_the_huber_loss_has_its_median_like_slope_at_the_bottom():
    # Where it is level, the clipped residuals add up to 0, alone and times x: Huber's equations.
    xs, ys = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0], [0.2, 0.9, 2.3, 2.8, 30.0, 5.1]
    surface = LossSurface(Model("y = a*x + b"), Table({"x": xs, "y": ys}), huber)
    a, b = walked(BFGS(), surface, [0.0, 0.0])[-1].position
    clipped = [max(-1.0, min(1.0, y - a * x - b)) for x, y in zip(xs, ys, strict=True)]
    assert sum(clipped) == pytest.approx(0, abs=1e-6)
    assert sum(c * x for c, x in zip(clipped, xs, strict=True)) == pytest.approx(0, abs=1e-6)


@BOTH
def test_features_of_any_size(optimizer):
    xs = [1.7e18, 1.8e18, 1.9e18]  # nanoseconds since 1970
    surface = LossSurface(Model("y = a*x"), Table({"x": xs, "y": [2e-18 * x for x in xs]}))
    assert walked(optimizer, surface, [0.0])[-1].position == pytest.approx((2e-18,))


@BOTH
def test_steps_out_of_the_domain_are_not_taken(optimizer):
    table = Table({"x": [1.0, 2.0, 4.0], "y": [0.0, math.log(2), math.log(4)]})
    surface = LossSurface(Model("y = log(a*x)"), table)
    steps = walked(optimizer, surface, [30.0])  # the first step would be to below 0
    assert steps[-1].position[0] == pytest.approx(1, abs=1e-6)
    with pytest.raises(DomainError, match=r"at \{'a': -1\.0\}"):
        walked(optimizer, surface, [-1.0])


@BOTH
def test_the_same_start_gives_the_same_walk(optimizer):
    assert walked(optimizer, BANANA, [-1.2, 1], 20) == walked(optimizer, BANANA, [-1.2, 1], 20)


def test_backtracking_halves_and_doubles_its_rate():
    steps = walked(Backtracking(), BANANA, [-1.2, 1.0], most=40)
    rates = [math.dist(here.position, there.position) / math.hypot(*here.slopes)
             for here, there in itertools.pairwise(steps)]
    for before, after in itertools.pairwise(rates):
        halvings = math.log2(2 * before / after)
        assert halvings == pytest.approx(round(halvings), abs=1e-6) and halvings > -0.5


@pytest.mark.parametrize(("optimizer", "start"), [(Backtracking(), 0.5), (BFGS(), 2 / 3)])
def test_the_other_side_of_the_valley_at_the_same_height_gains_nothing(optimizer, start):
    # the loss is (a - 1)**2, and the first step that is tried leads from a to 2 - a
    surface = LossSurface(Model("y = a*x"), Table({"x": [1.0, 1.0], "y": [1.0, 1.0]}))
    _, second = walked(optimizer, surface, [start], most=2)
    assert second.position[0] != pytest.approx(2 - start)
    assert second.loss < surface.height([start])


# Equivalent to: the steps as a textbook has them, with whole matrices


def banana(a, b):
    return ((1 - a) ** 2 + 100 * (b - a * a) ** 2) / 2


def banana_slopes(a, b):
    return [a - 1 - 200 * a * (b - a * a), 100 * (b - a * a)]


def plain_line_search(place, way, slope, armijo=1e-4, wolfe=0.9):
    low, high, rate = 0.0, math.inf, 1.0
    while True:
        there = [p + rate * d for p, d in zip(place, way, strict=True)]
        if banana(*there) > banana(*place) + armijo * rate * slope:
            high = rate
        elif sum(a * b for a, b in zip(banana_slopes(*there), way, strict=True)) < wolfe * slope:
            low = rate
        else:
            return there
        rate = (low + high) / 2 if high < math.inf else 2 * rate


def plain_bfgs(start):
    place, units = start, [abs(p) or 1.0 for p in start]
    slopes = [u * s for u, s in zip(units, banana_slopes(*place), strict=True)]
    h = [[(i == j) / math.hypot(*slopes) for j in range(2)] for i in range(2)]
    first = True
    while True:
        yield place
        down = [-sum(a * b for a, b in zip(row, slopes, strict=True)) for row in h]
        slope = sum(a * b for a, b in zip(slopes, down, strict=True))
        there = plain_line_search(place, [u * d for u, d in zip(units, down, strict=True)], slope)
        after = [u * s for u, s in zip(units, banana_slopes(*there), strict=True)]
        s = [(a - b) / u for a, b, u in zip(there, place, units, strict=True)]
        y = [a - b for a, b in zip(after, slopes, strict=True)]
        r = 1 / (s[0] * y[0] + s[1] * y[1])
        if first:
            h = [[(i == j) / r / (y[0] ** 2 + y[1] ** 2) for j in range(2)] for i in range(2)]
        left = [[(i == j) - r * s[i] * y[j] for j in range(2)] for i in range(2)]
        h = [[sum(left[i][k] * h[k][m] * left[j][m] for k in range(2) for m in range(2))
              + r * s[i] * s[j] for j in range(2)] for i in range(2)]
        place, slopes, first = there, after, False


def plain_backtracking(start):
    place, rate = start, 1 / math.hypot(*banana_slopes(*start))
    while True:
        yield place
        slopes = banana_slopes(*place)
        while True:
            there = [p - rate * s for p, s in zip(place, slopes, strict=True)]
            if banana(*there) <= banana(*place) - 1e-4 * rate * sum(s * s for s in slopes):
                break
            rate /= 2
        place, rate = there, 2 * rate


@pytest.mark.parametrize(("optimizer", "plain"), [(BFGS(), plain_bfgs),
                                                  (Backtracking(), plain_backtracking)])
@pytest.mark.parametrize("start", [[-1.2, 1.0], [0.5, -0.5], [3.0, 2.0], [0.0, 7.0]])
def test_the_steps_are_those_of_the_textbook(optimizer, plain, start):
    for step, place in zip(walked(optimizer, BANANA, start, most=14), plain(start), strict=False):
        assert step.position == pytest.approx(place, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("text", "start"), [
    ("exp(-x)", 720.0), ("1e-310*x", 3.0), ("1e-150*x", 1.0), ("-log(x)", 2.0)])
def test_a_walk_ends_where_the_next_step_would_leave_the_floats(text, start):
    """Slopes below 1e-308, whose inverse is infinite; and steps that are doubled without end."""
    x = Value.symbol("x")
    surface = FormulaSurface(parse(text, {"x": x}), [x])
    steps = walked(Backtracking(), surface, [start], most=2_000)
    assert len(steps) < 1_100
    assert all(b.loss < a.loss for a, b in itertools.pairwise(steps))
