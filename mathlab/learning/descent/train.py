"""Training: fit a model to a table, by a walk down its loss surface that is remembered.

On the page: `for _ in range(steps + 1):`, the loop. Here it is said who walks, on what, and when
that is enough:

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
from typing import Any

from mathlab.errors import DataError, DomainError, FormulaError
from mathlab.learning.data.table import Table, is_finite_number, short
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.last_digits import Bottom, bottom_near, goes_exactly
from mathlab.learning.descent.line_search import BFGS
from mathlab.learning.descent.optimizers import Optimizer, check_optimizer
from mathlab.learning.descent.progress import progress
from mathlab.learning.descent.runaway import falls_for_ever, uphill
from mathlab.learning.descent.second_order import Careful, is_bottom
from mathlab.learning.descent.start import place_to_start
from mathlab.learning.model.loss import Loss, as_loss
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface, Surface
from mathlab.learning.model.units import Units, is_linear, standard_units

RUNAWAY = 1e6  # a loss that has grown this much is not coming back
RISEN = 1e-3  # and if it only ever grew, even by so little, that was not a walk downhill
PERFECT = 1e-20  # of the loss at the start: residuals that are all rounding


class Walk:
    """A walk down a surface, and what is remembered of it.

    `history` has every step; `ended` says whether the walk ended by itself, `interrupted` whether
    Ctrl-C did it, and `arrived` whether its last step is known to be the lowest point.

    A walk can be copied and pickled; the copy goes on from its best place, as after Ctrl-C.

    Raises: FormulaError for an optimizer that needs second derivatives, if the method has none.
    """

    def __init__(self, surface: Surface, optimizer: Optimizer, start: Sequence[float]):
        if getattr(optimizer, "needs_bends", False) and surface.method != "compiled":
            raise FormulaError(
                f"{type(optimizer).__name__} goes by second derivatives, and the method "
                f"{surface.method!r} finds none: choose 'compiled', or another optimizer"
            )
        self.surface, self.optimizer = surface, optimizer
        self.history: list[Step] = []
        self.ended = self.interrupted = self.arrived = False
        self._steps: Iterator[Step] | None = optimizer.walk(surface, start)

    def follow(self, steps: int) -> None:
        """Go this many steps, the start being one.

        Raises: DataError if the loss is not finite at the start; DivergenceError if it runs away;
        DomainError where it has no value.
        """
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
        """Go on, as if there had been more steps from the first; after Ctrl-C, by a new walk from
        the best place so far."""
        if self._steps is None:
            self._steps = self.optimizer.walk(self.surface, self.best.position)
            next(self._steps)
        self.follow(steps)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Whatever ends what is done here, the history remains."""
        try:
            yield
        except KeyboardInterrupt:
            if not self.history:
                raise
            self.interrupted, self._steps = True, None
        except DomainError as error:
            raise DomainError(
                f"step {len(self.history)} of the walk, {error}; "
                "start elsewhere, or take smaller steps"
            ) from None

    @property
    def best(self) -> Step:
        """The lowest step."""
        return self.history[-1] if self.arrived else min(self.history, key=lambda step: step.loss)

    @property
    def parameters(self) -> dict[str, float]:
        """The best place, by the names of the parameters."""
        return self.surface.named(self.best.position)

    @property
    def loss(self) -> float:
        """The loss there."""
        return self.best.loss

    @property
    def at_the_bottom(self) -> bool:
        """Whether the best place is at a lowest point, as far as floats can tell: it is known to
        be; or nothing is left of the loss; or the surface is a bowl there. With kinks it tells
        nothing: then it is enough that the walk ended by itself."""
        perfect = PERFECT * self.history[0].loss if self.surface.called == "loss" else -math.inf
        if self.arrived or 0 <= self.loss <= perfect:
            return True
        kinks = not self.surface.derivatives
        return self.ended if kinks else is_bottom(self.surface, self.best.position)

    def _stop_if_risen(self, times: float) -> None:
        first, last = self.history[0].loss, self.history[-1].loss
        if not math.isfinite(first):
            raise DataError(
                f"the {self.surface.called} is {first} already at the start, "
                f"{self.surface.named(self.history[0].position)}; {self.surface.where_infinite}"
            )
        if last <= first:
            return
        # It may have gone down before; and a perfect start may rise by rounding.
        if not last - first <= times * max(abs(first), first - self.loss, 1e-20):
            rate = getattr(self.optimizer, "learning_rate", 1.0)
            raise uphill(self.surface, self.history, rate)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_steps": None}


class Trainer:
    """Fits a model to a table by walking down its loss surface.

    Without an optimizer it takes the way that a statistician would: damped Gauss-Newton steps, and
    then, unless the table is very large, to the very bottom: exactly for the squares of a model
    that is linear in its parameters, else to 28 digits. (See the chapter `last_digits`. A loss with
    kinks has hardly any bends to go by, and a `method` other than "compiled" finds none: there it
    is BFGS.)

    The `loss` is the name of one, or a function of the actual and the predicted number. `weights`
    names a column that says how much each row counts, and a `ridge` keeps parameters small: see
    `LossSurface`. With `standardize` the walk goes over features in standard units, mean 0 and
    spread 1, which a simple optimizer needs; the parameters are those for the data's own units all
    the same. (A ridge then keeps those for standard units small, which is another model.) If it is
    not said, the way without an optimizer standardizes where that helps and is possible. The `seed`
    is that of the random numbers at which a curve starts.

    After `fit`: `parameters` are the best found, by name; `at_the_bottom` says whether they are at
    a lowest point; `history` has every step of the walk, and `walked` is the surface it went over;
    `surface` is the same for the data's own units, and `table` the rows that count; `bottom` has
    the exact numbers, if it came there; `interrupted` says whether Ctrl-C ended it early.

    >>> trainer = Trainer("y = a*exp(b*x)").fit({"x": [0, 1, 2], "y": [1, 3, 7]})
    >>> {name: round(number, 8) for name, number in trainer.parameters.items()}
    {'a': 1.16704343, 'b': 0.89769578}
    """

    def __init__(
        self,
        model: Model | str,
        loss: Any = "squared",
        optimizer: Optimizer | None = None,
        method: str = "compiled",
        *,
        weights: str = "",
        ridge: float | Mapping[str, float] = 0.0,
        standardize: bool | None = None,
        seed: int = 0,
    ):
        self.model = Model(model) if isinstance(model, str) else model
        self.loss: Loss = as_loss(loss)
        self._chosen = optimizer is None
        self.to_the_bottom = self._chosen and method == "compiled"  # to the last digits
        if optimizer is not None:
            check_optimizer(optimizer)
        self.optimizer: Optimizer = self._suitable_optimizer() if optimizer is None else optimizer
        self.method, self.weights, self.ridge = method, weights, ridge
        self.standardize, self.seed = standardize, seed
        self.bottom: Bottom | None = None
        self._surface: LossSurface | None = None
        self._units: Units | None = None  # of the features for the walk, if it needs others
        self._walk: Walk | None = None

    def fit(
        self,
        table: Table | Mapping[str, Sequence[float]],
        start: Mapping[str, float] | None = None,
        steps: int = 1000,
    ) -> "Trainer":
        """Walk at most `steps` steps from `start`; parameters that it does not name begin at 0, or
        where `place_to_start` says. Returns self.

        Ctrl-C ends the walk early and keeps the best parameters seen.

        Raises: DataError for unusable data, or if there is no lowest point; DivergenceError if the
        loss runs away; DomainError if the walk comes to where the loss has no value.
        """
        check_steps(steps)
        self.bottom = self._surface = self._units = self._walk = None
        table = table if isinstance(table, Table) else Table(table)
        self._surface = walked = self._surface_of(table)
        if self.standardize or (self.standardize is None and self._chosen):
            self._units = self._suitable_units()
        if self._units:
            walked = self._surface_of(self._units.table(self.table))
        self._walk = Walk(walked, self.optimizer, self._start(walked, start or {}))
        self._walk.follow(steps + 1)
        if self.to_the_bottom or self.loss.takes_shares:
            self._finish()
        return self

    def resume(self, steps: int = 1000) -> "Trainer":
        """Walk on from where it stopped, as if there had been more steps from the first. Returns
        self.

        After Ctrl-C, and in a copy, the optimizer begins a new walk, at the best place so far.

        Raises: as `fit`; DataError before it.
        """
        check_steps(steps)
        if not self.walk.arrived:
            self.walk.optimizer = self.optimizer
            self.walk.resume(steps)
            if self.to_the_bottom or self.loss.takes_shares:
                self._finish()
        return self

    def predict(self, columns: Mapping[str, Sequence[float]] | Table) -> list[float]:
        """The prediction for each row of a table or a dict of columns, in the target's unit."""
        table = columns if isinstance(columns, Table) else Table(columns)
        return self.model.predict(self.parameters, table)

    @property
    def parameters(self) -> dict[str, float]:
        """The best parameters found, by name, for features in the data's own units."""
        if self.bottom:
            return self.surface.named([float(p) for p in self.bottom.position])
        place = self.walk.parameters
        return self._units.own(place) if self._units else place

    @property
    def walk(self) -> Walk:
        """The walk of the last `fit`.

        Raises: DataError before the first.
        """
        if self._walk is None:
            raise DataError("nothing has been trained yet: call fit(table) first")
        return self._walk

    @property
    def surface(self) -> LossSurface:
        """The loss surface of the data in their own units."""
        if self._surface is None:
            raise DataError("nothing has been trained yet: call fit(table) first")
        return self._surface

    # What else is remembered of a fit.
    table = property(lambda self: self.surface.table)
    walked = property(lambda self: self.walk.surface)
    best = property(lambda self: self.walk.best)
    at_the_bottom = property(lambda self: self.walk.at_the_bottom)

    @property
    def history(self) -> list[Step]:
        """Every step of the walk; none before it."""
        return self._walk.history if self._walk else []

    @property
    def interrupted(self) -> bool:
        """Whether Ctrl-C ended the walk."""
        return self._walk is not None and self._walk.interrupted

    def _suitable_optimizer(self) -> Optimizer:
        return Careful() if self.to_the_bottom and self.loss.derivatives > 1 else BFGS()

    def _surface_of(self, table: Table) -> LossSurface:
        return LossSurface(self.model, table, self.loss, self.method, self.weights, self.ridge)

    def _suitable_units(self) -> Units | None:
        """Standard units for the features, if they are asked for, or if they help."""
        surface = self.surface
        if self.standardize:
            return Units(self.model, standard_units(self.model, self.table))
        if not (surface.ridge or (self.to_the_bottom and goes_exactly(surface))):
            with suppress(FormulaError, DataError):
                if is_linear(self.model, surface.parameters):
                    return Units(self.model, standard_units(self.model, self.table))
        return None

    def _start(self, walked: LossSurface, start: Mapping[str, float]) -> list[float]:
        """Where to start: where nothing is said at 0, if all parameters matter there."""
        if start:
            start = start_of(start, walked.parameters, "model")
            if self._units:
                place = {name: start.get(name, 0.0) for name in walked.parameters}
                start = self._units.standard(place)
        position = [start.get(name, 0.0) for name in walked.parameters]
        with suppress(DomainError):
            if len(start) == len(position) or all(walked.look(position)[1]):
                return position
        return place_to_start(walked, start, self.seed)

    def _finish(self) -> None:
        """Go on to the last digits; or see that there are any, if the walk ended by itself."""
        with self.walk.kept():
            if self.to_the_bottom and not self.interrupted:
                self._go_to_the_bottom()
            if self.loss.takes_shares and self.walk.ended and not self.walk.arrived:
                self._stop_if_bottomless()

    def _go_to_the_bottom(self) -> None:
        """The bottom is that of the data's own units, unless a ridge makes it another one."""
        surface = self.walked if self.surface.ridge else self.surface
        near = self.walk.parameters if surface is self.walked else self.parameters
        bottom = bottom_near(surface, [*near.values()])
        if bottom:
            place = own = surface.named(bottom.position)
            if self._units and surface is self.walked:
                own = self._units.own(place)
            elif self._units:
                place = self._units.standard(place)
            position = [float(p) for p in place.values()]
            height, slopes = self.walked.look(position)
            self.walk.history.append(Step(tuple(position), height, tuple(slopes)))
            self.walk.arrived, self.bottom = True, bottom._replace(position=[*own.values()])

    def _stop_if_bottomless(self) -> None:
        if self.best.loss == 0 or falls_for_ever(self.walked, self.history):
            raise DataError(
                f"the yeses and noes in {self.model.target} can be told apart perfectly: the "
                "larger the parameters, the lower the loss, so there are no best ones; a ridge, "
                "such as 0.001, keeps them small"
            )


def check_steps(steps: int) -> None:
    """Refuse a number of steps that cannot be one.

    Raises: FormulaError.
    """
    if not isinstance(steps, int) or steps < 0:
        raise FormulaError(f"the number of steps must be 0, 1, 2, ..., not {steps!r}")


def start_of(start: Mapping[str, float], names: Sequence[str], what: str) -> dict[str, float]:
    """The numbers to start at, by name.

    Raises: FormulaError if it is not a dict; DataError for another name, or anything but a finite
    number.
    """
    if not isinstance(start, Mapping):
        raise FormulaError(f"a start is a dict of names and numbers, not {short(start)}")
    for name, number in start.items():
        if name not in names:
            known = ", ".join(names)
            raise DataError(f"the {what} has no parameter {name!r} to start at; it has {known}")
        if not is_finite_number(number):
            raise DataError(f"{name} must start at a finite number, not {short(number)}")
    return {name: float(number) for name, number in start.items()}
