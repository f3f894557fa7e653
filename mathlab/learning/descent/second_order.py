"""Newton and Levenberg-Marquardt: optimizers that know how the surface bends.

On the page: `parameter.data -= learning_rate * parameter.grad`, where nothing says how far to step.

The slope says which way is down, but not how far. The bends (second derivatives) do: near the
bottom of a valley the surface is a bowl, whose bottom is found in one step. Far from it the bowl
that one sees is not the valley, and the step may lead anywhere. So it is damped: made shorter until
it leads downhill. Read `LevenbergMarquardt` first, then `_damped`; the rest is edge cases.

>>> from mathlab.learning.model.surface import LossSurface, Model, Table
>>> xs = [0.0, 1.0, 2.0, 3.0, 4.0]
>>> table = Table({"x": xs, "y": [5 * math.exp(-0.7 * x) for x in xs]})
>>> surface = LossSurface(Model("y = a*exp(b*x)"), table)
>>> *_, last = LevenbergMarquardt().walk(surface, [1.0, -0.1])
>>> [round(p, 9) for p in last.position]
[5.0, -0.7]
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from mathlab.calculus.numbers.linear_algebra import inner, inverse, noise_of, solve
from mathlab.calculus.numeric.difference import EPSILON
from mathlab.errors import DataError, DomainError
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.line_search import BFGS
from mathlab.learning.descent.optimizers import check_rate, registered
from mathlab.learning.descent.projection import Follow, projection
from mathlab.learning.model.surface import LossSurface, Surface

Matrix = list[list[float]]

FIRST_DAMPING = 1e-3  # of the sharpest bend
# The first dampings of `Careful`: test_nist.test_a_walk_that_ends_on_a_plain_is_tried_again_...
CAREFUL = (FIRST_DAMPING, 1.0, 1e3)
LEVEL = 1e-6  # of the loss: twice what a Newton step at the bottom may promise; the test is
# test_how_level_a_bottom_is, and with 1e-13 BFGS would not arrive in test_known_minima
NO_WAY = 1e-12  # of the loss: what rounding leaves of that promise
NEARER = 0.1  # of the promise before: on a plain, from exp(-x) to 1/x, a third and more is left
RISES = (1e-4, 1e-7, 1e-10)  # of the loss: so high is a bowl at some distance, at one of these
RISEN = 0.1  # of that: a bowl may be bent, and a plain does not rise at all
GOOD_PART = 1e-3  # of a parameter; at a perfect fit it is rounding, 1e-8 at most
CRAWL = 50  # steps, that have to gain
CRAWLED = 1e-3  # of the loss: on the way to a bottom, the last steps gain nothing, but are few
UNIT_KEPT = 0.8  # of a unit, at each step to 0: not 1, not 1/2, test_a_bowl_takes_a_step_or_two
LARGEST_DAMPING = 1e100  # of the sharpest bend: a step so short leads uphill by rounding alone


class SecondOrder:
    """What the optimizers of this chapter need from a surface."""

    needs_all_rows = needs_bends = True


@registered("levenberg-marquardt")
@dataclass(frozen=True)
class LevenbergMarquardt(SecondOrder):
    """Damped Gauss-Newton steps, for losses that are convex in the prediction, such as squares.

        (bends + damping * identity) * step = -slopes,      in units of the parameters themselves

    Gauss-Newton treats the prediction as linear in the parameters: so the bends come from the loss
    alone, and never bend down. A step that leads up, or to where there is no loss, is not taken,
    and the damping grows. After a good step it shrinks, and most where the gain is what the bowl
    promised. The walk ends where even the promised gain is less than the rounding of the loss.

    `first_damping` is a share of the sharpest bend: the more, the shorter the first steps. With
    `follows` the parameters in which the model is linear are solved for after every step.

    Source: K. Levenberg (1944) and D. Marquardt (1963); the damping is that of H. B. Nielsen,
    "Damping parameter in Marquardt's method" (1999).
    """

    first_damping: float = FIRST_DAMPING
    follows: bool = False

    def __post_init__(self) -> None:
        check_rate(self.first_damping, "first damping")

    def walk(self, surface: Surface, start: Sequence[float]) -> Iterator[Step]:
        """The steps of the walk, each lower than the one before; it ends at the bottom."""
        follow = projection(surface) if self.follows and isinstance(surface, LossSurface) else None
        return _damped(surface, start, self.first_damping, gauss_newton=True, follow=follow)


@registered("newton")
@dataclass(frozen=True)
class Newton(SecondOrder):
    """The same with the exact second derivatives, for any loss. Where the surface bends down, the
    damping grows until the damped bowl bends up.

    Source: I. Newton (1669); S. M. Goldfeld, R. E. Quandt and H. F. Trotter, "Maximization by
    quadratic hill-climbing" (1966).
    """

    def walk(self, surface: Surface, start: Sequence[float]) -> Iterator[Step]:
        """The steps of the walk, each lower than the one before; it ends at the bottom."""
        return _damped(surface, start, FIRST_DAMPING, gauss_newton=False)


@dataclass(frozen=True)
class Careful(SecondOrder):
    """Levenberg and Marquardt's walk; if it does not end at a bottom, the same again from the start
    with shorter first steps. If then there is still none, and the loss has faces that do not bend,
    such as Huber's, BFGS goes on, and then Newton. The steps of all these walks count."""

    def walk(self, surface: Surface, start: Sequence[float]) -> Iterator[Step]:
        """The steps of the walks; the last one ends at a bottom, if one was found."""
        ends: list[Step] = []
        for first_damping in CAREFUL:
            for step in LevenbergMarquardt(first_damping).walk(surface, start):
                yield step
            if surface.is_perfect(step.loss) or is_bottom(surface, step.position):
                return
            ends.append(step)
        for optimizer in (BFGS(), Newton()) if surface.derivatives == 1 else ():
            lowest = min(ends, key=lambda end: end.loss)
            for step in optimizer.walk(surface, lowest.position):
                yield step
            ends.append(step)


def is_bottom(surface: Surface, position: Sequence[float]) -> bool:
    """Whether the surface is a bowl here, with this as its deepest point, as far as floats can
    tell. Three things tell a bottom from a plain that falls for ever, such as `exp(-x)` at 40:

    - The surface bends up in every direction, and the bottom of that bowl is hardly lower.
    - From there the bottom of the next bowl is nearer by far, if there is a way to go at all.
    - A short way from here the loss has risen, as a bowl of these bends does.
    """
    here = _bowl(surface, position)
    if here is None or here.promised > LEVEL * abs(here.height):
        return False
    if here.promised > NO_WAY * abs(here.height):
        there = _bowl(surface, [p + s for p, s in zip(position, here.step, strict=True)])
        if there is None or there.promised > NEARER * here.promised:
            return False
    return all(_rises(surface, position, here.height, way[i], way)
               for i, way in enumerate(here.ways))


def leads_on(surface: Surface, position: Sequence[float]) -> bool:
    """Whether a walk that has nothing left of the loss would go on for ever: a Gauss-Newton step
    still makes a parameter larger by a good part, as one that makes a curve steeper does where the
    data are a step."""
    units = [abs(p) or 1.0 for p in position]
    try:
        _, slopes, bends = surface.bend(position, gauss_newton=True)
        downhill = [-s * u for s, u in zip(slopes, units, strict=True)]
        step = solve(in_units(bends, units), downhill)
    except (DomainError, DataError):
        return False
    return any(p * s > 0 and abs(s) > GOOD_PART for p, s in zip(position, step, strict=True))


class Bowl(NamedTuple):
    """What the surface looks like from a place where it bends up: its height, the Newton step to
    the bottom, how much lower that promises to be, twice, and the inverse of the bends."""

    height: float
    step: list[float]
    promised: float
    ways: Matrix


def _bowl(surface: Surface, position: Sequence[float]) -> Bowl | None:
    """The bowl that is seen from here; None if there is none."""
    units = [abs(p) or 1.0 for p in position]
    try:
        height, slopes, bends = surface.bend(position)
        bowl = in_units(bends, units)
        ways = [[u * w * v for w, v in zip(way, units, strict=True)]
                for way, u in zip(inverse(bowl), units, strict=True)]
    except (DomainError, DataError):
        return None
    step = [-inner(way, slopes) for way in ways]
    return Bowl(height, step, -inner(slopes, step), ways) if bends_up(bowl) else None


def _rises(surface: Surface, position: Sequence[float], height: float, width: float,
           way: Sequence[float]) -> bool:
    """Whether the loss rises both ways from the bottom of a bowl, if one parameter is moved, and
    the others follow it: `way` is a column of the inverse of the bends, `width` its own entry.

        loss there = height + width * length**2 / 2,      for a step of `length * way`
    """
    for rise in RISES if width > 0 else ():
        length = math.sqrt(2 * rise * abs(height) / width)
        there = [[p + sign * length * w for p, w in zip(position, way, strict=True)]
                 for sign in (1, -1)]
        if all(_height(surface, place) - height >= RISEN * rise * abs(height) for place in there):
            return True
    return False


def _height(surface: Surface, position: Sequence[float]) -> float:
    """The loss; infinity where there is none."""
    try:
        return float(surface.height(position))
    except DomainError:
        return math.inf


def bends_up(bends: Sequence[Sequence[Any]]) -> bool:
    """Whether a surface bends up in every direction: all pivots of elimination are above 0, by more
    than the rounding of the numbers they were made of."""
    rows = [[*row] for row in bends]
    for k, pivot in enumerate(rows):
        rounding = len(rows) * noise_of(pivot[k]) * abs(bends[k][k])
        if not pivot[k] > rounding:
            return False
        for row in rows[k + 1 :]:
            factor = row[k] / pivot[k]
            row[k:] = [x - factor * y for x, y in zip(row[k:], pivot[k:], strict=True)]
    return True


def _damped(surface: Surface, start: Sequence[float], first_damping: float, gauss_newton: bool,
            follow: Follow | None = None) -> Iterator[Step]:
    """The steps of the walk. Lengths are in units of the parameters, so that one of a million and
    one of a millionth are damped alike. `follow` solves for the linear ones after every step."""
    try:
        start = follow(start) if follow else start
        height, slopes, bends = surface.bend(start, gauss_newton)
    except DomainError as error:
        raise DomainError(f"at {surface.named(start)}: {error}") from None
    position, units, damping = list(start), [abs(p) or 1.0 for p in start], 0.0
    least, heights = surface.least(height), [height]
    while True:
        yield Step(tuple(position), height, tuple(slopes))
        heights.append(height)
        if len(heights) > CRAWL and heights[-CRAWL] - height <= CRAWLED * abs(height):
            return  # the way leads down for ever, and hardly
        numbers = [height, *slopes, *(bend for row in bends for bend in row)]
        if not all(map(math.isfinite, numbers)) or 0 <= height <= least:
            return
        units = [max(abs(p), UNIT_KEPT * unit) for p, unit in zip(position, units, strict=True)]
        steepness = [s * u for s, u in zip(slopes, units, strict=True)]
        bowl = in_units(bends, units)
        sharpest = max(abs(bowl[i][i]) for i in range(len(bowl))) or 1.0
        first, largest = damping or first_damping * sharpest, LARGEST_DAMPING * sharpest
        for damping in _growing(first, largest):
            step = _step(bowl, steepness, damping)
            if step is None:
                continue
            promised = -inner(steepness, step) - _bend_along(bowl, step) / 2
            if promised <= EPSILON * abs(height) and damping <= sharpest:
                return
            there = [p + u * s for p, u, s in zip(position, units, step, strict=True)]
            if found := _lower(surface, there, height, gauss_newton, follow):
                break
        else:
            return  # however short the step, it does not lead down
        kept = (height - found[1][0]) / promised if promised > 0 else 0.0
        damping *= max(1 / 3, 1 - (2 * kept - 1) ** 3)
        position, (height, slopes, bends) = found


def in_units(bends: Sequence[Sequence[Any]], units: Sequence[Any]) -> list[list[Any]]:
    """The bends where each parameter is counted in units of its own."""
    return [[b * u * v for b, v in zip(row, units, strict=True)]
            for row, u in zip(bends, units, strict=True)]


def _growing(damping: float, largest: float) -> Iterator[float]:
    """The damping, then 2, 8, 64, ... times as much, until it is too large."""
    growth = 2.0
    while damping <= largest and damping < math.inf:
        yield damping
        damping *= growth
        growth *= 2


def _step(bowl: Matrix, steepness: Sequence[float], damping: float) -> list[float] | None:
    """The step to the bottom of the damped bowl; None if that has no bottom."""
    damped = [[b + damping * (i == j) for j, b in enumerate(row)] for i, row in enumerate(bowl)]
    try:
        step = solve(damped, [-s for s in steepness])
    except DataError:
        return None
    return step if inner(steepness, step) < 0 else None  # else it bends down


def _lower(surface: Surface, position: list[float], height: float, gauss_newton: bool,
           follow: Follow | None) -> tuple[list[float], tuple[float, list[float], Matrix]] | None:
    """The place, with its height, slopes and bends, if it is lower; else None."""
    try:
        place = follow(position) if follow else position
        found = surface.bend(place, gauss_newton)
    except DomainError:
        return None
    usable = all(map(math.isfinite, [*found[1], *(b for row in found[2] for b in row)]))
    return (place, found) if usable and found[0] < height else None


def _bend_along(bowl: Matrix, step: Sequence[float]) -> float:
    """step * bowl * step"""
    return inner([inner(row, step) for row in bowl], step)
