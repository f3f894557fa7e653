"""Training: walk down the loss surface, one step at a time, and remember the way.

    look at the surface here; move; look again

>>> from mathlab.learning.model.model import line
>>> from mathlab.learning.data.table import Table
>>> table = Table({"x": [-1.0, 0.0, 1.0], "y": [1.0, 3.0, 5.0]})
>>> from mathlab.learning.descent.optimizers import GradientDescent
>>> trainer = Trainer(line("x", "y"), optimizer=GradientDescent(0.3)).fit(table, steps=60)
>>> {name: round(number, 6) for name, number in trainer.parameters.items()}
{'slope': 2.0, 'intercept': 3.0}
>>> round(trainer.predict({"x": [10.0]})[0], 6)
23.0
"""

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress

from mathlab.errors import DataError, DomainError, FormulaError
from mathlab.learning.data.explore import Scale
from mathlab.learning.data.table import Table, is_finite_number, short
from mathlab.learning.descent.last_digits import Bottom, bottom_near, goes_exactly
from mathlab.learning.descent.line_search import BFGS
from mathlab.learning.descent.optimizers import Optimizer, Step, look
from mathlab.learning.descent.progress import progress
from mathlab.learning.descent.runaway import falls_for_ever, stop_if_uphill
from mathlab.learning.descent.second_order import Careful, is_bottom
from mathlab.learning.descent.start import place_to_start
from mathlab.learning.model.loss import absolute, huber, log_loss, loss_named
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface
from mathlab.learning.model.units import in_other_units, is_linear, standard_units
from mathlab.learning.model.weights import counting

RUNAWAY = 1e6  # a loss that has grown this much is not coming back
PERFECT = 1e-20  # of the loss at the start: residuals that are all rounding
RISEN = 1.001  # and if it only ever grew, even by so little, that was no walk downhill


class Trainer:
    """Fits a model to a table by walking down its loss surface.

    Without an optimizer it takes the way that a statistician would: damped Gauss-Newton steps, and
    then, unless the table is very large, to the very bottom: exactly for the squares of a model
    that is linear in its parameters, else to 28 digits. (See the chapter `last_digits`. The
    absolute loss and Huber's have hardly any bends to go by: there it is BFGS.)

    `weights` names a column that says how much each row counts, and a `ridge` keeps parameters
    small: see `LossSurface`. With `standardize` the walk goes over features in standard units, mean
    0 and spread 1, which a simple optimizer needs; the parameters are those for the data's own
    units all the same. (A ridge then keeps those for standard units small, which is another model.)
    If it is not said, the way without an optimizer standardizes where that helps and is possible.
    The `seed` is that of the random numbers at which a curve starts.

    After `fit`: `parameters` are the best found, by name; `at_the_bottom` says whether they are at
    a lowest point; `history` has every step of the walk, and `walked` is the surface it went over;
    `surface` is the same for the data's own units; `bottom` has the exact numbers, if it came
    there; `interrupted` says whether Ctrl-C ended it early.

    >>> from mathlab.learning.data.table import Table
    >>> trainer = Trainer("y = a*exp(b*x)").fit(Table({"x": [0, 1, 2], "y": [1, 3, 7]}))
    >>> {name: round(number, 8) for name, number in trainer.parameters.items()}
    {'a': 1.16704343, 'b': 0.89769578}
    """

    def __init__(
        self,
        model: Model | str,
        loss: str = "squared",
        optimizer: Optimizer | None = None,
        method: str = "compiled",
        *,
        weights: str = "",
        ridge: float | Mapping[str, float] = 0.0,
        standardize: bool | None = None,
        seed: int = 0,
    ):
        self.model = Model(model) if isinstance(model, str) else model
        self.loss = loss_named(loss)
        is_one = hasattr(optimizer, "walk") and not isinstance(optimizer, type)
        if optimizer is not None and not is_one:
            raise FormulaError(f"an optimizer is one such as Adam(), not {short(optimizer)}")
        default = BFGS() if self.loss in (absolute, huber) else Careful()
        self.optimizer: Optimizer = optimizer or default
        self.to_the_bottom = optimizer is None
        self.method = method
        self.weights = weights
        self.ridge = ridge
        self.standardize = standardize
        self.seed = seed
        self.bottom: Bottom | None = None
        self.history: list[Step] = []
        self.interrupted = False

    def fit(
        self,
        table: Table | Mapping[str, Sequence[float]],
        start: Mapping[str, float] | None = None,
        steps: int = 1000,
    ) -> "Trainer":
        """Walk at most `steps` steps from `start`; parameters that it does not name begin where
        `place_to_start` says. Returns self.

        Ctrl-C ends the walk early and keeps the best parameters seen.

        Raises: DataError for unusable data, or if there is no lowest point; DivergenceError if the
        loss runs away; DomainError if the walk comes to where the loss has no value.
        """
        _check_steps(steps)
        self.history = []
        self._ended = False
        self.bottom = None
        table = table if isinstance(table, Table) else Table(table)
        self.table = counting(table, self.weights) if self.weights else table
        self.surface = self.walked = self._surface_of(self.table)
        self.scales = self._scales()
        if self.scales:
            walked = self.table
            for name, scale in self.scales.items():
                walked = walked.with_column(name, scale.standard(list(map(float, walked[name]))))
            self.walked = self._surface_of(walked)
        self._walk = self.optimizer.walk(self.walked, self._start(start or {}))
        self._follow(steps + 1)
        return self

    def resume(self, steps: int = 1000) -> "Trainer":
        """Walk on from where it stopped, as if there had been more steps from the first. Returns
        self.

        After Ctrl-C the optimizer begins a new walk, at the best place so far.

        Raises: as `fit`; DataError before it.
        """
        _check_steps(steps)
        best = self.best
        if self.interrupted:
            self._walk = self.optimizer.walk(self.walked, best.position)
            next(self._walk)
        if not self.bottom:
            self._follow(steps)
        return self

    def _surface_of(self, table: Table) -> LossSurface:
        return LossSurface(self.model, table, self.loss, self.method, self.weights, self.ridge)

    def _scales(self) -> dict[str, Scale]:
        """The scales of the features for the walk; none if it goes over the data's own units."""
        if self.standardize is not None:
            return standard_units(self.model, self.table) if self.standardize else {}
        surface = self.surface
        needless = not self.to_the_bottom or surface.ridge or goes_exactly(surface)
        if needless or not is_linear(self.model, surface.parameters):
            return {}
        with suppress(FormulaError, DataError):
            return standard_units(self.model, self.table)
        return {}

    def _follow(self, steps: int) -> None:
        self.interrupted = False
        before = len(self.history)
        rate = getattr(self.optimizer, "learning_rate", 1.0)
        try:
            for _, step in zip(progress(steps, "training"), self._walk, strict=False):
                self.history.append(step)
                if len(self.history) == 1:
                    self._check_start()
                stop_if_uphill(self.walked, self.history, rate, RUNAWAY)
            self._ended = len(self.history) - before < steps
            if self.best is self.history[0]:
                stop_if_uphill(self.walked, self.history, rate, RISEN)
            if self.to_the_bottom:
                self._go_to_the_bottom()
            self._stop_if_bottomless()
        except KeyboardInterrupt:
            if not self.history:
                raise
            self.interrupted = True
        except DomainError as error:
            raise DomainError(
                f"step {len(self.history)} of the walk, {error}; "
                "start elsewhere, or take smaller steps"
            ) from None

    def _go_to_the_bottom(self) -> None:
        surface = self.walked if self.surface.ridge else self.surface
        named = self.walked.named(self.best.position)
        found = named if surface is self.walked else in_other_units(self.model, named, self.scales)
        self.bottom = bottom_near(surface, [*found.values()])
        if self.bottom:
            place = surface.named([float(p) for p in self.bottom.position])
            if surface is not self.walked:
                place = in_other_units(self.model, place, self._scales_back())
            self.history.append(look(self.walked, [*place.values()]))

    def _stop_if_bottomless(self) -> None:
        """Refuse what a walk that ended by itself calls the end, if there is none."""
        if self.bottom or not self._ended or self.loss is not log_loss:
            return
        if self.best.loss == 0 or falls_for_ever(self.walked, self.history):
            raise DataError(
                f"the yeses and noes in {self.model.target} can be told apart perfectly: the "
                "larger the parameters, the lower the loss, so there are no best ones; a ridge, "
                "such as 0.001, keeps them small"
            )

    @property
    def best(self) -> Step:
        """The bottom if the walk came there, else its lowest step.

        Raises: DataError before the first `fit`.
        """
        if not self.history:
            raise DataError("nothing has been trained yet: call fit(table) first")
        return self.history[-1] if self.bottom else min(self.history, key=lambda step: step.loss)

    @property
    def parameters(self) -> dict[str, float]:
        """The best parameters found, by name, for features in the data's own units."""
        best = self.best
        if self.bottom and not self.surface.ridge:
            return self.surface.named([float(p) for p in self.bottom.position])
        return in_other_units(self.model, self.walked.named(best.position), self.scales)

    @property
    def at_the_bottom(self) -> bool:
        """Whether the best place is at a lowest point, as far as floats can tell.

        The kinks of the absolute loss tell nothing: there it is where a walk ended by itself.
        """
        best = self.best
        if self.bottom or best.loss <= PERFECT * self.history[0].loss:
            return True
        if self.loss is absolute:
            return self._ended
        return is_bottom(self.walked, best.position)

    def predict(self, columns: Mapping[str, Sequence[float]] | Table) -> list[float]:
        """The prediction for each row of a table or a dict of columns, in the target's unit."""
        table = columns if isinstance(columns, Table) else Table(columns)
        return self.model.predict(self.parameters, table)

    def _start(self, start: Mapping[str, float]) -> list[float]:
        if not isinstance(start, Mapping):
            raise FormulaError(f"a start is a dict of names and numbers, not {short(start)}")
        for name, number in start.items():
            if name not in self.surface.parameters:
                known = ", ".join(self.surface.parameters)
                raise DataError(f"the model has no parameter {name!r} to start at; it has {known}")
            if not is_finite_number(number):
                raise DataError(f"{name} must start at a finite number, not {short(number)}")
        if self.scales and start:
            place = {name: float(start.get(name, 0.0)) for name in self.surface.parameters}
            start = in_other_units(self.model, place, self._scales_back())
        return place_to_start(self.walked, start, self.seed)

    def _scales_back(self) -> dict[str, Scale]:
        return {name: scale.back() for name, scale in self.scales.items()}

    def _check_start(self) -> None:
        if not math.isfinite(self.history[0].loss):
            raise DataError(
                f"the loss is {self.history[0].loss} already at the start, {self.parameters}; "
                "start elsewhere, or scale the columns"
            )


def _check_steps(steps: int) -> None:
    if not isinstance(steps, int) or steps < 0:
        raise FormulaError(f"the number of steps must be 0, 1, 2, ..., not {steps!r}")
