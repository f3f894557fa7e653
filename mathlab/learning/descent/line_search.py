"""BFGS and backtracking: optimizers that find out by themselves how far to step.

On the page: `parameter.data -= learning_rate * parameter.grad`, where a learning rate has to be
known. Here a step is tried, and tried again.

A direction that leads down is soon found. How far to go along it? A step that is too long leads up
the other side; one that is too short is a waste. Two questions to the surface itself settle it,
known as the conditions of Armijo and of Wolfe:

    enough gained?   loss there <= loss here + GAINED * (slope along the step here)
    flat enough?     slope along the step there >= FLATTER * (slope along the step here)

Read `Backtracking` first, then `BFGS`; the rest is edge cases.

Source: P. Wolfe, "Convergence conditions for ascent methods" (1969).

>>> from mathlab.learning.model.surface import LossSurface, Model, Table
>>> table = Table({"x": [100.0, 200.0, 400.0], "y": [1.0, 3.0, 7.0]})
>>> surface = LossSurface(Model("y = slope*x + intercept"), table)
>>> *_, last = BFGS().walk(surface, [0.0, 0.0])
>>> [round(p, 9) for p in last.position]
[0.02, -1.0]
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from mathlab.calculus.numbers.linear_algebra import inner
from mathlab.calculus.numeric.difference import EPSILON
from mathlab.errors import DomainError
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.optimizers import look, registered
from mathlab.learning.model.surface import Surface

GAINED = 1e-4  # of what the slope promises
FLATTER = 0.9  # times as steep as here is flat enough


@registered("backtracking")
@dataclass(frozen=True)
class Backtracking:
    """Gradient descent that finds its own rate: half of it after a step that gained too little,
    twice as much after a good one.

        parameter = parameter - rate * slope,
        with  loss there <= loss here - GAINED * rate * (sum of squared slopes)

    Source: L. Armijo, "Minimization of functions having Lipschitz continuous first partial
    derivatives" (1966).
    """

    needs_all_rows: ClassVar[bool] = True

    def walk(self, surface: Surface, start: Sequence[float]) -> Iterator[Step]:
        """The steps of the walk, each lower than the one before; it ends where no step is lower."""
        here = look(surface, start)
        rate = 1 / (math.hypot(*here.slopes) or 1.0)
        while True:
            yield here
            direction = [-s for s in here.slopes]
            slope = inner(here.slopes, direction)
            while not (there := _gained(surface, here, direction, slope, rate)):
                rate /= 2
                if not 0 < rate < math.inf:
                    return
            here, rate = there, 2 * rate


@registered("bfgs")
@dataclass(frozen=True)
class BFGS:
    """Newton's method without second derivatives: how the slopes change from step to step says how
    the surface bends.

        direction = -H * slopes
        H = (1 - r*s*y^T) * H * (1 - r*y*s^T) + r*s*s^T,     r = 1/(y^T*s)

    with the identity matrix 1, the step `s` and the change of the slopes `y`: this H explains the
    change, since H*y = s, and among those that do it is the nearest to the H before. All is counted
    in units of the parameters themselves, as they are at the start.

    Source: C. G. Broyden, R. Fletcher, D. Goldfarb and D. F. Shanno (1970), each on his own; the
    line search is that of A. S. Lewis and M. L. Overton, "Nonsmooth optimization via quasi-Newton
    methods" (2013), which finds its way along kinks too.
    """

    needs_all_rows: ClassVar[bool] = True

    def walk(self, surface: Surface, start: Sequence[float]) -> Iterator[Step]:
        """The steps of the walk, each lower than the one before; it ends where no step is lower."""
        here = look(surface, start)
        units = [abs(p) or 1.0 for p in start]
        steepness = [u * s for u, s in zip(units, here.slopes, strict=True)]
        inverse = _diagonal(1 / (math.hypot(*steepness) or 1.0), len(units))
        first = True
        while True:
            yield here
            downhill = [-inner(row, steepness) for row in inverse]
            slope = inner(steepness, downhill)
            if not slope < -EPSILON * abs(here.loss):
                return
            direction = [u * d for u, d in zip(units, downhill, strict=True)]
            there = _down_the_line(surface, here, direction, slope)
            if there is None:
                return
            before, steepness = steepness, [u * s for u, s in zip(units, there.slopes, strict=True)]
            change = [a - b for a, b in zip(steepness, before, strict=True)]
            ends = zip(there.position, here.position, units, strict=True)
            step = [(a - b) / u for a, b, u in ends]
            turned = inner(step, change)
            if turned > 0 < inner(change, change):  # else it did not turn up, as a valley does
                if first:  # a first H of the right size: Nocedal and Wright, formula 6.20
                    inverse = _diagonal(turned / inner(change, change), len(units))
                inverse, first = _updated(inverse, step, change), False
            here = there


def _diagonal(number: float, size: int) -> list[list[float]]:
    return [[number * (i == j) for j in range(size)] for i in range(size)]


def _updated(inverse: Sequence[Sequence[float]], step: Sequence[float],
             change: Sequence[float]) -> list[list[float]]:
    """H after this step, by the formula above, multiplied out."""
    turned = inner(step, change)
    seen = [inner(row, change) for row in inverse]  # H*y
    factor = (1 + inner(change, seen) / turned) / turned
    return [[h + factor * s * t - (u * t + s * v) / turned
             for h, t, v in zip(row, step, seen, strict=True)]
            for row, s, u in zip(inverse, step, seen, strict=True)]


def _down_the_line(surface: Surface, here: Step, direction: Sequence[float],
                   slope: float) -> Step | None:
    """A step that gains enough and is flat enough; else the longest that gained enough, or None."""
    low, high, rate = 0.0, math.inf, 1.0
    longest = None
    while low < rate < high:
        there = _gained(surface, here, direction, slope, rate)
        if there is None:
            high = rate
        else:
            longest = there
            if inner(there.slopes, direction) >= FLATTER * slope:
                return there
            low = rate
        rate = (low + high) / 2 if high < math.inf else 2 * rate
    return longest


def _gained(surface: Surface, here: Step, direction: Sequence[float], slope: float,
            rate: float) -> Step | None:
    """Where a step of this length leads, if it gains enough and there is a slope; else None."""
    enough = here.loss + GAINED * rate * slope
    position = tuple(p + rate * d for p, d in zip(here.position, direction, strict=True))
    if not enough < here.loss or position == here.position:
        return None  # what a step as short as this gains cannot be seen
    try:
        if getattr(surface, "method", "") == "numeric" and surface.height(position) > enough:
            return None  # without its slopes, which cost many heights
        there = look(surface, position)
    except DomainError:
        return None
    seen = there.loss <= enough and all(map(math.isfinite, [there.loss, *there.slopes, *position]))
    return there if seen else None
