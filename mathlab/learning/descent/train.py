"""Training: fit a model to a table by a walk down its loss surface, and remember the walk.

On the page: `for _ in range(steps + 1):`; that loop is in `Walk.follow`.

Four things work together. A surface says how high the loss is at a place, and how steep. An
optimizer walks on it: it yields a step, looks at the slopes there, and yields the next. A `Walk`
keeps these steps, and stops if they go up without end. A `Trainer` makes the three from a model and
a table, and gives the parameters for the data's own units. Read `descent` first, then `Walk.follow`
and `Trainer.fit`; the rest is edge cases.

>>> from mathlab.learning.descent.optimizers import GradientDescent
>>> table = {"x": [-1.0, 0.0, 1.0], "y": [1.0, 3.0, 5.0]}
>>> trainer = Trainer("y = slope*x + intercept", optimizer=GradientDescent(0.3))
>>> trainer.fit(table, steps=60).history[-1].loss < 1e-20
True
>>> {name: round(number, 6) for name, number in trainer.parameters.items()}
{'slope': 2.0, 'intercept': 3.0}
>>> round(trainer.predict({"x": [10.0]})[0], 6)
23.0
"""

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple, TypeVar

from mathlab.calculus.graph.operations import sigmoid
from mathlab.errors import DataError, DomainError, FormulaError
from mathlab.learning.data.table import Table, is_finite_number, short
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.guesses import ROUNDS, SHORT, guesses
from mathlab.learning.descent.guesses import SAME as ALIKE
from mathlab.learning.descent.guesses import WALKS as MOST_WALKS
from mathlab.learning.descent.kinks import Edges, is_bottom_of_kinks
from mathlab.learning.descent.last_digits import Bottom, bottom_near, goes_exactly, is_quadratic
from mathlab.learning.descent.line_search import BFGS
from mathlab.learning.descent.optimizers import Optimizer, check_optimizer, look
from mathlab.learning.descent.progress import progress
from mathlab.learning.descent.projection import projection
from mathlab.learning.descent.runaway import falls_for_ever, uphill
from mathlab.learning.descent.second_order import (
    Careful,
    LevenbergMarquardt,
    is_bottom,
    leads_on,
)
from mathlab.learning.descent.start import place_to_start
from mathlab.learning.model.bounds import (
    are_within,
    at_their_bounds,
    back,
    bounds_of,
    changes,
    checked_bounds,
    into,
    inwards,
)
from mathlab.learning.model.loss import Loss, as_loss, as_probability
from mathlab.learning.model.model import Model
from mathlab.learning.model.row_loss import degree
from mathlab.learning.model.surface import CERTAIN, LossSurface, Surface
from mathlab.learning.model.units import Units, in_other_units, standard_units
from mathlab.names import by_form
from mathlab.notebook import html_table

Part = TypeVar("Part")

RUNAWAY = 1e6  # a loss that rose by so many times does not come back: test_how_far_a_loss_may_rise
RISEN = 1e-3  # such a rise is an error if no step was below the start: the same test
EDGE = 1e-4  # a line that predicts so near to 0 or 1 was stopped there
NEARLY_CERTAIN = 0.3  # a mean log loss: each answer has a probability of about three in four
WALKS = 3  # walks to the end, at most, from the ends of short walks


class Walk:
    """A walk down a surface, and what is remembered of it: `history` has every step; `ended` says
    whether the walk ended by itself, `interrupted` whether Ctrl-C ended it, and `arrived` whether
    its last step is known to be the lowest point.

    A walk can be copied and pickled; the copy goes on from its best place, as after Ctrl-C.
    """

    def __init__(self, surface: Surface, optimizer: Optimizer, start: Sequence[float]):
        if getattr(optimizer, "needs_bends", False) and surface.method != "compiled":
            raise FormulaError(
                f"{type(optimizer).__name__} goes by second derivatives, and the method "
                f"{surface.method!r} finds none: choose 'compiled', or another optimizer")
        self.surface, self.optimizer = surface, optimizer
        self.history: list[Step] = []
        self.ended = self.interrupted = self.arrived = False
        self._steps: Iterator[Step] | None = optimizer.walk(surface, start)

    def follow(self, steps: int) -> None:
        """Take at most `steps`; a new walk's first is its start. Raises what `Trainer.fit` does."""
        self.interrupted = False
        before, seen = len(self.history), sys.stderr and sys.stderr.isatty()
        counted = progress(steps, "training") if seen else range(steps)
        with self.kept():
            for _, step in zip(counted, self._steps or (), strict=False):
                self.history.append(step)
                self._stop_if_risen(RUNAWAY)
            self.ended = len(self.history) - before < steps
            if self.best is self.history[0]:
                self._stop_if_risen(RISEN)

    def resume(self, steps: int) -> None:
        """Take `steps` more steps, as if the walk had not stopped; after Ctrl-C, and in a copy, by
        a new walk from the best place so far."""
        if self._steps is None:
            self._steps = self.optimizer.walk(self.surface, self.best.position)
            next(self._steps)
        self.follow(steps)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """A block that Ctrl-C may end: the history remains. A DomainError says at which step."""
        try:
            yield
        except KeyboardInterrupt:
            if not self.history:
                raise
            self.interrupted, self._steps = True, None
        except DomainError as error:
            raise DomainError(f"step {len(self.history)} of the walk, {error}; "
                              "start elsewhere, or take smaller steps") from None

    @property
    def best(self) -> Step:
        """The lowest step; if the walk has arrived, the last."""
        return self.history[-1] if self.arrived else min(self.history, key=lambda step: step.loss)

    @property
    def parameters(self) -> dict[str, float]:
        """The best place, by the names of the parameters."""
        return self.surface.named(self.best.position)

    @property
    def loss(self) -> float:
        """The loss at the best place."""
        return self.best.loss

    @property
    def at_the_bottom(self) -> bool:
        """Whether the best place is at a lowest point, as far as floats can tell: nothing is left
        of the loss, or the surface is a bowl there; with kinks, no way leads down from there."""
        if self.arrived:
            return True
        smooth = self.surface.derivatives
        if self.surface.is_perfect(self.loss, self.history[0].loss):
            return not smooth or not leads_on(self.surface, self.best.position)
        return (is_bottom if smooth else is_bottom_of_kinks)(self.surface, self.best.position)

    def _stop_if_risen(self, times: float) -> None:
        """Raises an error if the loss began infinite, or rose by so many times its first height."""
        first, last = self.history[0].loss, self.history[-1].loss
        if not math.isfinite(first):
            raise DataError(
                f"the {self.surface.called} is {first} already at the start, "
                f"{self.surface.named(self.history[0].position)}; {self.surface.where_infinite}")
        if last <= first:
            return
        # If it fell by more than its first height, by so many times that; 1e-20 is for rounding.
        if not last - first <= times * max(abs(first), first - self.loss, 1e-20):
            rate = getattr(self.optimizer, "learning_rate", 1.0)
            raise uphill(self.surface, self.history, rate)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_steps": None}


class Ended(NamedTuple):
    """How a walk ended: the mean loss there, and the parameters by name."""

    loss: float
    parameters: dict[str, float]


class Trainer:
    """Fits a model to a table by walking down its loss surface.

    Without an optimizer it takes damped Gauss-Newton steps, as a statistician would, from guesses
    that look at the data (see the chapter `guesses`), and then goes on to the last digits: those of
    a float, or all 28 of a Decimal where they are cheap, or with `all_digits`. For a loss with
    kinks it takes `Edges`; for a `method` other than "compiled", BFGS, as no bends are found then.

    The `loss` is the name of one, or a function of the actual and the predicted number; `weights`
    and `ridge` are those of `LossSurface`. With `standardize` the walk goes over features in
    standard units, which a simple optimizer needs; if it is None, and no optimizer is chosen, it
    does so where that helps. `parameters` are for the data's own units all the same, but a ridge
    then keeps those for standard units small. `seed` is for the guesses where a curve may start.

    The parameters in `fixed` keep the numbers given there, and are not trained. Those in `bounds`
    stay in their range, a pair (low, high), one of which may be infinite.

    After `fit`, `bottom` has the lowest point to its last digits, if it was found; `walks` has the
    ends of the short walks; `at_bounds` the parameters that ended at a bound, with that bound.

    >>> trainer = Trainer("y = a*exp(b*x)").fit({"x": [0, 1, 2], "y": [1, 3, 7]})
    >>> {name: round(number, 8) for name, number in trainer.parameters.items()}
    {'a': 1.16704343, 'b': 0.89769578}
    """

    def __init__(self, model: Model | str, loss: Any = "squared",
                 optimizer: Optimizer | None = None, method: str = "compiled", *, weights: str = "",
                 ridge: float | Mapping[str, float] = 0.0, standardize: bool | None = None,
                 seed: int = 0, fixed: Mapping[str, float] | None = None,
                 bounds: Mapping[str, tuple[float, float]] | None = None,
                 all_digits: bool = False):
        self.model = Model(model) if isinstance(model, str) else model
        self.loss: Loss = as_loss(loss)
        _ = self.loss.derivatives  # a loss that makes no formula is refused here, in words
        self._nothing_chosen = optimizer is None
        self.to_the_bottom = self._nothing_chosen and method == "compiled"  # to the last digits
        if optimizer is None:
            optimizer = BFGS()
            if self.to_the_bottom:
                optimizer = Careful() if self.loss.derivatives else Edges()
        check_optimizer(optimizer)
        self.optimizer: Optimizer = optimizer
        self.method, self.weights, self.ridge = method, weights, ridge
        self.standardize, self.seed, self.all_digits = standardize, seed, all_digits
        self.fixed = checked_numbers(fixed) if fixed else {}
        self.bounds = checked_bounds(bounds, self.fixed) if bounds else {}
        if self.bounds and not self.to_the_bottom:
            raise FormulaError("bounds need the optimizer and the method that are taken if none is "
                               "named: leave both out")
        self.at_bounds: dict[str, float] = {}
        self.walks: list[Ended] = []
        self.bottom: Bottom | None = None
        self._given = self.model
        self._surface: LossSurface | None = None
        self._units: Units | None = None  # of the features for the walk, if it needs others
        self._walk: Walk | None = None

    def fit(self, table: Table | Mapping[str, Sequence[float]],
            start: Mapping[str, float] | None = None, steps: int = 1000) -> "Trainer":
        """Returns self, after at most `steps` steps from `start`. Parameters that it does not name
        begin at 0, or where `place_to_start` or `guesses` say. If a walk without an optimizer finds
        no bottom, or one worse than predicting the mean, guesses are tried too. Ctrl-C ends the
        walk, and keeps the best place.

        Raises: DataError for unusable data, or if there is no lowest point; DivergenceError if the
        loss runs away; DomainError if the walk comes to where the loss has no value.
        """
        check_steps(steps)
        self.bottom = self._surface = self._walk = None
        self.walks, self.at_bounds, self.model = [], {}, self._given
        self.model, table = self.model.meets(table if isinstance(table, Table) else Table(table))
        if self.fixed:
            if wrong := [name for name in self.fixed if name not in self._names(table)]:
                raise FormulaError(f"there is no parameter {wrong[0]!r} in {self.model} to fix; it "
                                   f"has {', '.join(self._names(table))}")
            if not {*self._names(table)} - {*self.fixed}:
                raise FormulaError(f"every parameter of {self.model} is fixed, so there is nothing "
                                   "to fit: leave one of them free")
            self.model = self.model.with_formulas(self.fixed)
        (self._go_within_bounds if self.bounds else self._go)(table, start or {}, steps)
        if self.loss.takes_shares and not self.interrupted:
            check_predictions(self)
        return self

    def _go(self, table: Table, start: Mapping[str, float], steps: int) -> None:
        """Walk from the start, and to the last digits."""
        self.bottom = self._units = self._walk = None  # what another walk has left
        self._surface = walked = self._surface_of(table)
        self.model.check_rows(walked.table)
        if self.to_the_bottom and not goes_exactly(walked):
            walked.check_size()
        if self.standardize or (self.standardize is None and self._nothing_chosen):
            self._units = self._suitable_units(self._surface)
        if self._units:
            walked = self._surface_of(self._units.table(self.table))
        if self.to_the_bottom and not start and not (self.loss.is_square or self.loss.takes_shares):
            start = self._other_losses(table, steps)
        if self.to_the_bottom and not self._units and not self._is_one_bowl(walked):
            self._search(walked, start, steps)
        else:
            # A bowl needs no care: its bottom is a step or two away, wherever the walk begins.
            is_bowl = self.to_the_bottom and is_quadratic(walked)
            optimizer = LevenbergMarquardt() if is_bowl else self.optimizer
            self._walk = Walk(walked, optimizer, self._start(walked, start))
            self._walk.follow(steps + 1)
            if not self.to_the_bottom and abs(self._walk.loss) < sys.float_info.min:
                walked.check_size()
        if self.to_the_bottom or self.loss.takes_shares:  # else the walk is all there is
            self._finish()

    def _go_within_bounds(self, table: Table, start: Mapping[str, float], steps: int) -> None:
        """Walk freely; and if that leads out of the bounds, where no step can leave them. What ends
        at a bound is held there, and the rest walks on. If the loss falls then from a bound into
        the range, the walk begins again from there."""
        bounds, free = bounds_of(self.bounds, self._names(table)), self.model
        ends = self._free_ends(table, start, steps)
        if self.history and are_within(bounds, self.parameters) and (
                self.interrupted or self.at_the_bottom):
            return
        if self.interrupted:
            steps = 0  # the best place so far is moved inside, and that is all
        starts = [inwards(bounds, end) for end in ends] or [dict(start)]
        for _ in range(1 + len(bounds)):
            inside = min((self._inside(free, table, each, steps) for each in starts),
                         key=lambda trainer: trainer.best.loss)
            self.walks = [Ended(end.loss, back(bounds, end.parameters)) for end in inside.walks]
            found = back(bounds, inside.parameters)
            self.model, self.at_bounds = free, {}
            self._surface = whole = self._surface_of(table)
            if inside.interrupted:
                break
            self.at_bounds = at_their_bounds(bounds, found, whole)
            rest = {name: p for name, p in found.items() if name not in self.at_bounds}
            if rest:
                self.model = free.with_formulas(self.at_bounds)
                self._go(table, rest, steps)
                found = self.parameters
            place = found | self.at_bounds
            still = at_their_bounds(bounds, place, whole)
            if {*still} >= {*self.at_bounds}:
                if rest and are_within(bounds, place):
                    return
                break
            starts = [inwards(bounds, place)]
        self.model, self.bottom, self._units = free, None, None
        self._surface = self._surface_of(table)
        place = back(bounds, inside.parameters) | self.at_bounds
        position = [place[name] for name in self._surface.parameters]
        self._walk = Walk(self._surface, self.optimizer, position)
        self._walk.follow(1)
        self._walk.interrupted = inside.interrupted
        self._walk.arrived = len(self.at_bounds) == len(place)

    def _free_ends(self, table: Table, start: Mapping[str, float],
                   steps: int) -> list[dict[str, float]]:
        """Where a free walk ends, and the lowest short walks that led to it."""
        with suppress(DataError, DomainError):
            self._go(table, start, steps)
        ends = [self.parameters] if self.history else []
        lowest = sorted(self.walks, key=lambda end: end.loss)[:WALKS]
        return [*ends, *(end.parameters for end in lowest)]

    def _inside(self, free: Model, table: Table, start: Mapping[str, float],
                steps: int) -> "Trainer":
        """A trainer that has walked where no step can leave the bounds."""
        inside = Trainer(free.with_formulas(changes(self.bounds)), self.loss, weights=self.weights,
                         ridge=self.ridge, seed=self.seed)
        return inside.fit(table, into(self.bounds, start), steps)

    def _is_one_bowl(self, surface: LossSurface) -> bool:
        """Whether the loss is convex, and the model (for the log loss, its log-odds) is linear in
        its parameters: all walks lead to the same bottom then."""
        levers = [self.model.symbols[name] for name in surface.parameters]
        inside = self.model.prediction
        if self.loss.takes_shares:
            chance = as_probability(inside)
            inside = chance.x if chance.operation is sigmoid else chance
        return degree(inside, levers) <= 1 and self.loss.is_convex

    def _other_losses(self, table: Table, steps: int) -> dict[str, float]:
        """The parameters for the least squares, or for the least absolute residuals: a good place
        to begin the walk for another loss. The lower of the two; {} if neither was found."""
        places = []
        losses = ["squared"] if self.loss.name == "absolute" else ["squared", "absolute"]
        for loss in losses:
            other = Trainer(self.model, loss, weights=self.weights, seed=self.seed)
            try:
                places.append(other.fit(table, steps=steps).parameters)
            except (DataError, DomainError):
                if self._is_one_bowl(self.surface) and not self.ridge:
                    raise  # for every loss: the data cannot tell the parameters of a line apart
            self.walks = self.walks or [
                Ended(_height(self._surface, end.parameters), end.parameters)
                for end in other.walks]
        return min(places, key=lambda place: _height(self._surface, place), default={})

    def _search(self, surface: LossSurface, start: Mapping[str, float], steps: int) -> None:
        """Walk from the start, if it names all parameters. If it does not, or that walk ends badly,
        walk from guesses. `walk` is then the best of them; `walks` has the ends of short ones."""
        given = start_of(start, surface.parameters, "model")
        if len(given) == len(surface.parameters):
            self._walk = Walk(surface, self.optimizer, self._start(surface, given))
            self._walk.follow(steps + 1)
            if self._walk.interrupted or not steps or self._is_good():
                return
            given = {}
        ends: list[Step] = []
        interrupted = False
        try:
            found = guesses(surface, given, self.seed, min(steps, SHORT))
            most = progress(MOST_WALKS + ROUNDS * len(surface.parameters), "looking around")
            for _, end in zip(most, found, strict=False):
                ends.append(end)
        except KeyboardInterrupt:
            if not ends and self._walk is None:
                raise
            interrupted = True
        ends.sort(key=lambda end: end.loss)
        if not ends and self._walk is None:
            self._walk = Walk(surface, self.optimizer, place_to_start(surface, given, self.seed))
            self._walk.follow(steps + 1)
        tried: list[Step] = []
        for end in ends:
            if len(tried) == WALKS or (self._walk and (self._walk.interrupted or self._is_good())):
                break
            if any(abs(end.loss - other.loss) <= ALIKE * abs(other.loss)
                   for other in tried):
                continue  # it would end at the same place
            tried.append(end)
            walk = Walk(surface, self.optimizer, end.position)
            with suppress(DataError, DomainError):
                walk.follow(1 if interrupted else steps + 1)
            if walk.history and (self._walk is None or walk.loss < self._walk.loss
                                 or (not self._walk.at_the_bottom and walk.at_the_bottom)):
                self._walk = walk
        if self._walk is None:
            raise DataError(f"no loss was found for {self.model}, wherever the walk began: give "
                            "the parameters a start")
        self._walk.interrupted = self._walk.interrupted or interrupted
        self.walks = [Ended(end.loss, surface.named(end.position)) for end in ends]

    def _is_good(self) -> bool:
        """Whether the walk came to a bottom, where the loss is at most that of the mean target."""
        walk = self.walk
        return walk.at_the_bottom and walk.loss <= self.surface.loss_of_the_mean()

    def resume(self, steps: int = 1000) -> "Trainer":
        """Returns self, after `steps` more steps, unless the walk has arrived; after Ctrl-C, and in
        a copy, from the best place so far. Raises what `fit` does."""
        check_steps(steps)
        if not self.walk.arrived:
            self.walk.optimizer = self.optimizer
            self.walk.resume(steps)
            self._finish()
            if self.loss.takes_shares and not self.interrupted:
                check_predictions(self)
        return self

    def _repr_html_(self) -> str:
        if self._walk is None:
            return html_table(["parameter", "value"], (), f"{self.model}, not fitted yet")
        rows = [[name, f"{value:.6g}"] for name, value in self.parameters.items()]
        return html_table(["parameter", "value"], rows, str(self.model),
                          f"{self.loss} of a row: {self._walk.loss:.6g}")

    def predict(self, columns: Mapping[str, Sequence[float]] | Table) -> list[float]:
        """The prediction for each row of a table or a dict of columns, in the target's unit."""
        return self.model.predict(self.parameters, columns)

    @property
    def parameters(self) -> dict[str, float]:
        """The best parameters found, by name, for features in the data's own units."""
        if self.bottom:
            return self.surface.named([float(p) for p in self.bottom.position])
        place = self.walk.parameters
        return in_other_units(self.model, place, self._units.scales) if self._units else place

    @property
    def walk(self) -> Walk:
        """The walk of the last `fit`; a DataError before the first."""
        return _after_fit(self._walk)

    @property
    def surface(self) -> LossSurface:
        """The loss surface of the data in their own units."""
        return _after_fit(self._surface)

    table = property(lambda self: self.surface.table)  # the rows that count
    walked = property(lambda self: self.walk.surface)  # the surface in the units of the walk
    best = property(lambda self: self.walk.best)
    at_the_bottom = property(lambda self: self.walk.at_the_bottom)

    @property
    def history(self) -> list[Step]:
        """Every step of the walk; an empty list before `fit`."""
        return self._walk.history if self._walk else []

    @property
    def places(self) -> list[dict[str, float]]:
        """The parameters at each step, by name, for features in the data's own units."""
        walked = [self.walked.named(step.position) for step in self.history]
        scales = self._units.scales if self._units else {}
        return [in_other_units(self.model, place, scales) for place in walked]

    @property
    def interrupted(self) -> bool:
        """Whether Ctrl-C ended the walk."""
        return self._walk is not None and self._walk.interrupted

    def _names(self, table: Table) -> list[str]:
        return self.model.parameters(table.names)

    def _surface_of(self, table: Table) -> LossSurface:
        ridge = self.ridge
        if isinstance(ridge, Mapping):
            ridge = {name: cost for name, cost in ridge.items() if name not in self.at_bounds}
        return LossSurface(self.model, table, self.loss, self.method, self.weights, ridge)

    def _suitable_units(self, surface: LossSurface) -> Units | None:
        """Standard units for the features, if they are asked for, or if they help; else None."""
        solved = self.to_the_bottom and (is_quadratic(surface) or self.loss.derivatives < 2)
        if not self.standardize and (surface.ridge or solved):
            return None
        try:
            if self.standardize or self._is_one_bowl(surface):
                return Units(self.model, standard_units(self.model, self.table))
        except (FormulaError, DataError):
            if self.standardize:
                raise
        return None

    def _start(self, walked: LossSurface, start: Mapping[str, float]) -> list[float]:
        """The place to start at: the given start; else 0, if all parameters matter there. A
        quadratic loss that is too large to be solved exactly starts at its bottom in floats."""
        zeros = dict.fromkeys(walked.parameters, 0.0)
        if start:
            start = start_of(start, walked.parameters, "model")
            start = self._units.standard(zeros | start) if self._units else start
        else:  # the simple case of what `place_to_start` does
            if self.to_the_bottom and is_quadratic(walked) and not goes_exactly(walked):
                follow = projection(walked)
                if follow:
                    return follow([*zeros.values()])
            with suppress(DomainError):
                if all(walked.look([*zeros.values()])[1]):
                    return [*zeros.values()]
        return place_to_start(walked, start, self.seed)

    def _finish(self) -> None:
        """Go on to the last digits; a DataError for a log loss that has no lowest point."""
        with self.walk.kept():
            if self.to_the_bottom and not self.interrupted:
                self._go_to_the_bottom()
            if self.loss.takes_shares and self.walk.ended and (
                    not self.walk.arrived or self.best.loss < CERTAIN):
                self._stop_if_bottomless()

    def _go_to_the_bottom(self) -> None:
        """`walked` may be in standard units, `surface` is in the data's own. Both have the same
        bottom, so it is sought where the numbers are those of the file. Only a ridge, which keeps
        the parameters for the walk's units small, needs the walk's units."""
        surface = self.walked if self.surface.ridge else self.surface
        near = self.walk.parameters if surface is self.walked else self.parameters
        bottom = bottom_near(surface, [*near.values()], self.all_digits)
        if bottom:
            place = own = surface.named(bottom.position)
            if self._units and surface is self.walked:
                own = in_other_units(self.model, place, self._units.scales)
            elif self._units:
                place = self._units.standard(place)
            self.walk.history.append(look(self.walked, [float(p) for p in place.values()]))
            self.walk.arrived, self.bottom = True, bottom._replace(position=[*own.values()])

    def _stop_if_bottomless(self) -> None:
        is_open = self._is_one_bowl(self.surface) and falls_for_ever(self.walked, self.history)
        if self.best.loss < CERTAIN or is_open or self._are_told_apart():
            target, answers = self.model.target, {*self.model.actual_numbers(self.table)}
            if len(answers) == 1:
                raise DataError(f"{target} is {answers.pop():g} in every row: the more certain the "
                                "model is of that, the lower the loss, so there are no best "
                                "parameters; collect rows of both kinds")
            raise DataError(
                f"the yeses and noes in {target} can be told apart perfectly: the more certain the "
                "model is of them, the lower the loss, so there are no best parameters; a ridge, "
                "such as 0.001, keeps them small")

    def _are_told_apart(self) -> bool:
        """Whether a walk that is at no bottom predicts more than 1/2 for each yes, and less for
        each no, and is nearly certain on the whole."""
        if self.surface.ridge or self.at_the_bottom or self.best.loss > NEARLY_CERTAIN:
            return False
        pairs = zip(self.predict(self.table), self.model.actual_numbers(self.table), strict=True)
        return all(y in (0.0, 1.0) and (p - 0.5) * (y - 0.5) > 0 for p, y in pairs)


def _after_fit(part: Part | None) -> Part:
    if part is None:
        raise DataError("nothing has been trained yet: call fit(table) first")
    return part


def _height(surface: Any, place: Mapping[str, float]) -> float:
    try:
        return float(surface.height([place[name] for name in surface.parameters]))
    except DomainError:
        return math.inf


def check_predictions(trainer: Trainer) -> None:
    """A DataError if the predictions for a log loss are not probabilities, or come too near to 0
    or 1, as those of a line do that should stand in a sigmoid."""
    model, table = trainer.model, trainer.table
    levers = [model.symbols[name] for name in trainer.surface.parameters]
    is_line = degree(model.prediction, levers) <= 1
    edge = EDGE if is_line and not trainer.at_the_bottom else 0.0
    for number, place in zip(trainer.predict(table), table.places, strict=True):
        if not edge <= number <= 1 - edge:
            raise DataError(
                f"{table.source}, {place}: the walk came to a prediction of {number:.6g}, to leave "
                f"the probabilities from 0 to 1 that {trainer.loss} takes: put the right side of "
                f"{model} in sigmoid(...)")


def checked_numbers(fixed: Mapping[str, float]) -> dict[str, float]:
    """The numbers of fixed parameters, by name; a FormulaError for what is not a finite number."""
    for name, number in by_form(fixed).items():
        if not is_finite_number(number):
            raise FormulaError(f"{name} must be fixed at a finite number, not {short(number)}")
    return {name: float(number) for name, number in by_form(fixed).items()}


def check_steps(steps: int) -> None:
    """A FormulaError unless the number of steps is 0, 1, 2, ..."""
    if not isinstance(steps, int) or steps < 0:
        raise FormulaError(f"the number of steps must be 0, 1, 2, ..., not {steps!r}")


def start_of(start: Mapping[str, float], names: Sequence[str], what: str) -> dict[str, float]:
    """The numbers to start at, by name; a DataError for an unknown name or an unusable number."""
    if not isinstance(start, Mapping):
        raise FormulaError(f"a start is a dict of names and numbers, not {short(start)}")
    start = by_form(start)
    for name, number in start.items():
        if name not in names:
            known = ", ".join(names)
            raise DataError(f"the {what} has no parameter {name!r} to start at; it has {known}")
        if not is_finite_number(number):
            raise DataError(f"{name} must start at a finite number, not {short(number)}")
    return {name: float(number) for name, number in start.items()}
