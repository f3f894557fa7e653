"""Losses with kinks: down along the edges, from corner to corner, and how to know the lowest one.

On the page: `loss.backward()`, which gives one slope. Where a residual is 0, the absolute loss has
two, one to each side. Where the loss is lowest, neither is 0: it rises to both sides.

For a model that is linear in its parameters, that loss is a valley made of flat faces. Its lowest
point is a corner, where as many rows as there are parameters are met: their residuals are 0. From
a corner, edges lead away: along an edge, all of these rows but one are still met. So take an edge
that leads down, and follow it until the loss rises; there another row is met, at the next corner.
If no edge leads down, the corner is the lowest point of all. This is linear programming.

>>> from mathlab.learning.model.surface import Model, Table
>>> table = Table({"x": [0.0, 1.0, 2.0, 3.0], "y": [1.0, 3.0, 5.0, 70.0]})
>>> surface = LossSurface(Model("y = slope*x + intercept"), table, "absolute")
>>> *_, last = Edges().walk(surface, [0.0, 0.0])
>>> last.position, last.loss
((2.0, 1.0), 15.75)

For a curve, the faces are bent: the edges are then those of its tangents, which are found anew
after each step. Read `Edges.walk` first, then `lowest_corner`.

Source: I. Barrodale and F. D. K. Roberts, "An improved algorithm for discrete l1 linear
approximation" (1973); for curves, M. R. Osborne and G. A. Watson, "On an algorithm for discrete
nonlinear l1 approximation" (1971).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import ClassVar, NamedTuple

from mathlab.calculus.code.compile import compile_formula
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.calculus.graph.value import Value
from mathlab.calculus.numbers.linear_algebra import inner, solve
from mathlab.errors import DataError, DomainError
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.line_search import BFGS
from mathlab.learning.descent.optimizers import look, registered
from mathlab.learning.model.surface import NO_ANSWER, LossSurface, Surface

APART = 1e-12  # of the largest residual: rows are moved by this, so that no three lines meet
HALVINGS = 30  # at most, of a step that leads up, along a curve
GAIN = 1e-9  # of the loss: a smaller gain is rounding
LEAST_GAIN = 1e-7  # of the loss: the least gain of a step; along a curve the gains only get smaller
ACTUAL, OFF = (-7.0, 0.0, 100.0), (1e-6, 1.0, 1e6)  # numbers at which a loss is tried
NUDGES = (1e-4, 1e-6)  # of a parameter, in random directions, to see whether one leads down


class Faces(NamedTuple):
    """The slopes of a row's loss by its prediction: while it is too low, and once it is too high.
    For the absolute loss they are -1 and 1."""

    below: float
    above: float


@registered("edges")
@dataclass(frozen=True)
class Edges:
    """Corner to corner, for a loss of flat faces that meet where the residual is 0; any other loss
    is left to BFGS."""

    needs_all_rows: ClassVar[bool] = True

    def walk(self, surface: Surface, start: Sequence[float]) -> Iterator[Step]:
        """The steps of the walk, each lower than the one before."""
        faces = faces_of(surface)
        if faces is None or not isinstance(surface, LossSurface):
            yield from BFGS().walk(surface, start)
            return
        here = look(surface, start)
        tangents = Tangents(surface)
        while True:
            yield here
            step = tangents.lowest_corner(here.position, faces)
            for _ in range(HALVINGS):
                there = _lower(surface, [p + s for p, s in zip(here.position, step, strict=True)],
                               here.loss)
                if there:
                    break
                step = [s / 2 for s in step]
            else:
                return
            here = there


def _lower(surface: Surface, position: Sequence[float], loss: float) -> Step | None:
    try:
        there = look(surface, position)
    except DomainError:
        return None
    return there if there.loss < loss - LEAST_GAIN * abs(loss) else None


def faces_of(surface: Surface) -> Faces | None:
    """The slopes of the two faces of the loss; None if it has other faces, bends or a ridge."""
    if not isinstance(surface, LossSurface) or surface.loss.derivatives or surface.ridge:
        return None
    actual, predicted = Value.symbol("actual"), Value.symbol("predicted")
    (slope,) = swept_gradient(surface.loss(actual, predicted), [predicted])
    slope_at = compile_formula(slope, [actual, predicted])
    try:
        below = {slope_at(y, y - r) for y in ACTUAL for r in OFF}
        above = {slope_at(y, y + r) for y in ACTUAL for r in OFF}
    except NO_ANSWER:
        return None
    if len(below) > 1 or len(above) > 1 or not min(below) <= 0 <= max(above):
        return None
    return Faces(*below, *above)


class Tangents:
    """The rows of a surface, as their tangents at some place: residuals, slopes of predictions."""

    def __init__(self, surface: LossSurface):
        model = surface.model
        levers = [model.symbols[name] for name in surface.parameters]
        outputs = [model.actual, model.prediction, *swept_gradient(model.prediction, levers)]
        self.of_row = compile_formula(outputs, [*levers, *map(Value.symbol, surface.columns)])
        self.rows = surface.rows
        roots = surface.roots_of_weights()
        self.weights = [root * root for root in roots] or [1.0] * len(self.rows)

    def at(self, position: Sequence[float]) -> tuple[list[float], list[list[float]]]:
        """The residuals of all rows, and the slopes of each; a DomainError where one has none."""
        try:
            found = [self.of_row(*position, *row) for row in self.rows]
        except NO_ANSWER as error:
            raise DomainError(str(error)) from None
        return [row[0] - row[1] for row in found], [[*row[2:]] for row in found]

    def lowest_corner(self, position: Sequence[float], faces: Faces) -> list[float]:
        """The step to the lowest corner of the tangents; zeros if there is none."""
        try:
            residuals, slopes = self.at(position)
            return lowest_corner(slopes, residuals, self.weights, faces)
        except (DomainError, DataError):
            return [0.0] * len(position)


def lowest_corner(slopes: Sequence[Sequence[float]], residuals: Sequence[float],
                  weights: Sequence[float], faces: Faces) -> list[float]:
    """The step d with the least sum of the losses of `residual - slopes*d` over all rows.

    Raises: DataError if no lowest corner is found, as when the slopes leave a direction open.
    """
    count = len(slopes[0])
    sizes = [max(abs(row[j]) for row in slopes) or 1.0 for j in range(count)]
    rows = [[x / size for x, size in zip(row, sizes, strict=True)] for row in slopes]
    dice = Random(0)
    nudge = APART * max(map(abs, residuals))
    left = [r + nudge * dice.uniform(-1, 1) for r in residuals]
    corner = _first_corner(rows, left)
    for _ in range(20 * len(rows) + 100):
        met = {*corner}
        place = solve([rows[i] for i in corner], [left[i] for i in corner])
        off = [r - inner(row, place) for r, row in zip(left, rows, strict=True)]
        pull = [0.0] * count
        for i, (row, r) in enumerate(zip(rows, off, strict=True)):
            if i not in met:
                slope = weights[i] * (faces.below if r > 0 else faces.above)
                pull = [p + slope * x for p, x in zip(pull, row, strict=True)]
        turned = [[rows[i][j] for i in corner] for j in range(count)]
        held = solve(turned, [-p for p in pull])  # the met rows' loss slopes that balance the pull
        k, gain, way = _edge_down(held, [weights[i] for i in corner], faces)
        if gain <= 1e-12 * sum(weights):
            exact = solve([rows[i] for i in corner], [residuals[i] for i in corner])
            return [d / size for d, size in zip(exact, sizes, strict=True)]
        ahead = solve([rows[i] for i in corner], [way * float(j == k) for j in range(count)])
        corner[k] = _next_row(rows, off, weights, faces, ahead, gain, met)
    raise DataError("no lowest corner was found")


def _first_corner(rows: Sequence[Sequence[float]], left: Sequence[float]) -> list[int]:
    """As many rows as parameters, nearly met already, their slopes linearly independent."""
    corner: list[int] = []
    upright: list[list[float]] = []
    for i in sorted(range(len(rows)), key=lambda i: abs(left[i])):
        rest = [*rows[i]]
        for _ in range(2):
            for direction in upright:
                share = inner(direction, rest)
                rest = [x - share * d for x, d in zip(rest, direction, strict=True)]
        length = math.hypot(*rest)
        if length > 1e-8 * math.hypot(*rows[i]):
            corner.append(i)
            upright.append([x / length for x in rest])
            if len(corner) == len(rows[0]):
                return corner
    raise DataError("the data leave a direction open")


def _edge_down(held: Sequence[float], weights: Sequence[float],
               faces: Faces) -> tuple[int, float, float]:
    """The row to let go of, how steeply the loss falls then, 1 if its prediction rises, or -1."""
    best = 0, 0.0, 1.0
    for k, (force, weight) in enumerate(zip(held, weights, strict=True)):
        up, down = force - weight * faces.above, weight * faces.below - force
        if max(up, down) > best[1]:
            best = k, max(up, down), 1.0 if up > down else -1.0
    return best


def _next_row(rows: Sequence[Sequence[float]], off: Sequence[float], weights: Sequence[float],
              faces: Faces, ahead: Sequence[float], gain: float, met: set[int]) -> int:
    """The row at which the loss starts to rise: each row passed makes the fall less steep."""
    passed = []
    for i, (row, r) in enumerate(zip(rows, off, strict=True)):
        change = inner(row, ahead)
        if i not in met and change and r / change > 0:
            passed.append((r / change, weights[i] * (faces.above - faces.below) * abs(change), i))
    for _, bend, i in sorted(passed):
        gain -= bend
        if gain <= 0:
            return i
    raise DataError("the loss falls for ever")


def is_bottom_of_kinks(surface: Surface, position: Sequence[float]) -> bool:
    """Whether no way leads down: the tangents' lowest corner gains no more than rounding."""
    faces = faces_of(surface)
    if faces is None or not isinstance(surface, LossSurface):
        return _is_in_a_dip(surface, position)
    tangents = Tangents(surface)
    try:
        residuals, slopes = tangents.at(position)
        step = lowest_corner(slopes, residuals, tangents.weights, faces)
    except (DomainError, DataError):
        return False

    def loss(off: Sequence[float]) -> float:
        return math.fsum(-w * r * (faces.below if r > 0 else faces.above)
                         for w, r in zip(tangents.weights, off, strict=True))

    ahead = [r - inner(row, step) for r, row in zip(residuals, slopes, strict=True)]
    before, after = loss(residuals), loss(ahead)
    return before - after <= GAIN * abs(before)


def _is_in_a_dip(surface: Surface, position: Sequence[float]) -> bool:
    """Whether the loss falls in none of many directions, near and very near, and rises in some. No
    proof: but where a walk has only stalled, one of them mostly leads down."""
    dice, height, rises = Random(0), surface.height(position), False
    units = [abs(p) or 1.0 for p in position]
    for nudge in NUDGES:
        for _ in range(20 * len(position)):
            way = [dice.gauss(0, 1) for _ in position]
            length = nudge / math.hypot(*way)
            for sign in (1, -1):
                there = [p + sign * length * u * w
                         for p, u, w in zip(position, units, way, strict=True)]
                try:
                    change = surface.height(there) - height
                except DomainError:
                    continue
                if change < -GAIN * abs(height):
                    return False
                rises = rises or change > 0
    return rises  # if it rises nowhere, it is a plain
