"""Newton and Levenberg-Marquardt: optimizers that know how the surface bends.

On the page: `parameter.data -= learning_rate * parameter.grad`, where nothing says how far to step.

The slope says which way is down, but not how far. Bends do: near the bottom of a valley the surface
is a bowl, and the bottom of a bowl is found in one step. Far from it the bowl that one sees is not
the valley, and the step may lead anywhere. So it is tamed: damped until it leads downhill. Read
`LevenbergMarquardt` first, then `_damped`; the rest is edge cases.

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
from typing import Any

from mathlab.calculus.numbers.linear_algebra import inner, noise_of, solve
from mathlab.calculus.numeric.difference import EPSILON
from mathlab.errors import DataError, DomainError
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.line_search import BFGS
from mathlab.learning.descent.optimizers import check_rate, registered
from mathlab.learning.descent.projection import Follow, projection
from mathlab.learning.model.surface import LossSurface, Surface

Matrix = list[list[float]]

FIRST_DAMPING = 1e-3  # of the sharpest bend
# Of one walk after the other: test_nist.test_a_walk_that_ends_on_a_plain_is_tried_again_...
CAREFUL = (FIRST_DAMPING, 1.0, 1e3)
LEVEL = 1e-6  # of the loss: twice what a Newton step at the bottom may promise; the test is
# test_how_level_a_bottom_is, and with 1e-13 BFGS would not arrive in test_known_minima
PLAIN = 1e8  # times a parameter's size: what has to change the loss as much as it is
UNIT_KEPT = 0.8  # of a unit, on the way to 0: not 1, not 1/2, test_a_bowl_takes_a_step_or_two
LARGEST_DAMPING = 1e100  # of the sharpest bend: a step so short leads uphill by rounding alone


class SecondOrder:
    """What the optimizers of this chapter need of a surface."""

    needs_all_rows = needs_bends = True


@registered("levenberg-marquardt")
@dataclass(frozen=True)
class LevenbergMarquardt(SecondOrder):
    """Damped Gauss-Newton steps, for losses that are convex in the prediction, such as squares.

        (bends + damping * 1) * step = -slopes,          in units of the parameters themselves

    Gauss-Newton takes the prediction for a straight line in the parameters: so the bends come from
    the loss alone, and never bend down. A step that leads up, or to where there is no loss, is not
    taken, and the damping grows. After a good step it shrinks, the more the better the step kept
    its promise. The walk ends where even the promised gain is less than the rounding of the loss.

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
    """The same with the exact second derivatives, for any loss. Where the surface bends down the
    damping grows until what is left bends up.

    Source: I. Newton (1669); S. M. Goldfeld, R. E. Quandt and H. F. Trotter, "Maximization by
    quadratic hill-climbing" (1966).
    """

    def walk(self, surface: Surface, start: Sequence[float]) -> Iterator[Step]:
        """The steps of the walk, each lower than the one before; it ends at the bottom."""
        return _damped(surface, start, FIRST_DAMPING, gauss_newton=False)


@dataclass(frozen=True)
class Careful(SecondOrder):
    """Levenberg and Marquardt's walk, and if it ends on a plain where it knows no way down, the
    same again from the start, with shorter first steps. A loss such as Huber's has faces that do
    not bend: from there BFGS goes on, and Newton. Its history has all of these walks."""

    def walk(self, surface: Surface, start: Sequence[float]) -> Iterator[Step]:
        """The steps of the walks; the last one ends at a bottom, if one was found."""
        for first_damping in CAREFUL:
            for step in LevenbergMarquardt(first_damping).walk(surface, start):
                yield step
            if surface.is_perfect(step.loss) or is_bottom(surface, step.position):
                return
        for optimizer in (BFGS(), Newton()) if surface.derivatives == 1 else ():
            end = step
            for step in optimizer.walk(surface, end.position):
                yield step


def is_bottom(surface: Surface, position: Sequence[float]) -> bool:
    """Whether the surface is a bowl here, with this as its deepest point, as far as floats can
    tell: it bends up in every direction, and a Newton step goes nowhere."""
    try:
        height, slopes, bends = surface.bend(position)
    except DomainError:
        return False
    units = [abs(p) or 1.0 for p in position]
    size = max(map(abs, position)) or 1.0
    for p, row, i in zip(position, bends, range(len(bends)), strict=True):
        if not math.sqrt(abs(height)) <= PLAIN * (abs(p) + size) * math.sqrt(max(row[i], 0.0)):
            return False  # a change of its own size would be lost in the loss: it is a plain
    bowl, steepness = in_units(bends, units), [s * u for s, u in zip(slopes, units, strict=True)]
    try:
        step = solve(bowl, [-s for s in steepness])
    except DataError:
        return False
    return bends_up(bowl) and -inner(steepness, step) <= LEVEL * abs(height)


def bends_up(bends: Sequence[Sequence[Any]]) -> bool:
    """Whether a surface bends up in every direction: all pivots of elimination are above 0, and by
    more than rounding could have left of the numbers they were made of."""
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
    """The walk; all lengths are in units of the parameters, so that a parameter of a million and
    one of a millionth are damped alike. After every step, the linear ones follow the others."""
    try:
        start = follow(start) if follow else start
        height, slopes, bends = surface.bend(start, gauss_newton)
    except DomainError as error:
        raise DomainError(f"at {surface.named(start)}: {error}") from None
    position, units, damping = list(start), [abs(p) or 1.0 for p in start], 0.0
    least = surface.least(height)
    while True:
        yield Step(tuple(position), height, tuple(slopes))
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
    """The step to the bottom of the damped bowl; None if it has none."""
    damped = [[b + damping * (i == j) for j, b in enumerate(row)] for i, row in enumerate(bowl)]
    try:
        step = solve(damped, [-s for s in steepness])
    except DataError:
        return None
    return step if inner(steepness, step) < 0 else None  # else it bends down


def _lower(surface: Surface, position: list[float], height: float, gauss_newton: bool,
           follow: Follow | None) -> tuple[list[float], tuple[float, list[float], Matrix]] | None:
    """The place, and what is there, if it is lower; None if not, or if there is no loss."""
    try:
        place = follow(position) if follow else position
        found = surface.bend(place, gauss_newton)
    except DomainError:
        return None
    usable = all(map(math.isfinite, [*found[1], *(b for row in found[2] for b in row)]))
    return (place, found) if usable and found[0] < height else None


def _bend_along(bowl: Matrix, step: Sequence[float]) -> float:
    return inner([inner(row, step) for row in bowl], step)
