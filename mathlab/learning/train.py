"""Training: walk down the loss surface, one step at a time, and remember the way.

    look at the surface here; move; look again

>>> from mathlab.learning.model import line
>>> from mathlab.learning.table import Table
>>> table = Table({"x": [-1.0, 0.0, 1.0], "y": [1.0, 3.0, 5.0]})
>>> from mathlab.learning.optimizers import GradientDescent
>>> trainer = Trainer(line("x", "y"), optimizer=GradientDescent(0.3)).fit(table, steps=60)
>>> {name: round(number, 6) for name, number in trainer.parameters.items()}
{'slope': 2.0, 'intercept': 3.0}
>>> round(trainer.predict({"x": [10.0]})[0], 6)
23.0
"""

import math
from collections.abc import Mapping, Sequence

from mathlab.errors import DataError, DivergenceError, DomainError, FormulaError
from mathlab.learning.last_digits import Bottom, bottom_near
from mathlab.learning.loss import loss_named
from mathlab.learning.model import Model
from mathlab.learning.optimizers import Optimizer, Step, look
from mathlab.learning.progress import progress
from mathlab.learning.second_order import LevenbergMarquardt
from mathlab.learning.surface import LossSurface
from mathlab.learning.table import Table, is_finite_number, short

RUNAWAY = 1e6  # a loss that has grown this much is not coming back
RISEN = 1.001  # and if it only ever grew, even by so little, that was no walk downhill
NUDGE = 1e-3  # far enough for the slopes to change, near enough for them to change evenly
TURNS = 10  # nudges to find the sharpest bend


class Trainer:
    """Fits a model to a table by walking down its loss surface.

    Without an optimizer it takes the way that a statistician would: damped Gauss-Newton steps, and
    then to the very bottom, exactly if the model is linear in its parameters, else to 28 digits.

    After `fit`: `parameters` are the best found, by name; `history` has every step of the walk;
    `surface` is what was walked on; `bottom` has the exact numbers, if it came there; `interrupted`
    says whether Ctrl-C ended it early.

    >>> from mathlab.learning.table import Table
    >>> trainer = Trainer("y = a*exp(b*x)").fit(Table({"x": [0, 1, 2], "y": [1, 3, 7]}), {"a": 1})
    >>> {name: round(number, 8) for name, number in trainer.parameters.items()}
    {'a': 1.16704343, 'b': 0.89769578}
    """

    def __init__(
        self,
        model: Model | str,
        loss: str = "squared",
        optimizer: Optimizer | None = None,
        method: str = "compiled",
    ):
        self.model = Model(model) if isinstance(model, str) else model
        self.loss = loss_named(loss)
        self.optimizer: Optimizer = optimizer or LevenbergMarquardt()
        self.to_the_bottom = optimizer is None
        self.bottom: Bottom | None = None
        self.method = method
        self.history: list[Step] = []
        self.interrupted = False

    def fit(
        self, table: Table, start: Mapping[str, float] | None = None, steps: int = 1000
    ) -> "Trainer":
        """Walk `steps` steps from `start`, where parameters that are not named are 0. Returns self.

        Ctrl-C ends the walk early and keeps the best parameters seen.

        Raises: DataError for unusable data, DivergenceError if the loss runs away, DomainError if
        the walk comes to where the loss has no value.
        """
        if not isinstance(steps, int) or steps < 0:
            raise FormulaError(f"the number of steps must be 0, 1, 2, ..., not {steps!r}")
        self.history = []
        self.interrupted = False
        self.bottom = None
        self.surface = LossSurface(self.model, table, self.loss, self.method)
        walk = self.optimizer.walk(self.surface, self._start(start or {}))
        try:
            for _, step in zip(progress(steps + 1, "training"), walk, strict=False):
                self.history.append(step)
                self._stop_if_uphill(RUNAWAY)
            if self.best is self.history[0]:
                self._stop_if_uphill(RISEN)
            if self.to_the_bottom:
                self._go_to_the_bottom()
        except KeyboardInterrupt:
            if not self.history:
                raise
            self.interrupted = True
        except DomainError as error:
            raise DomainError(
                f"step {len(self.history)} of the walk, {error}; "
                "start elsewhere, or take smaller steps"
            ) from None
        return self

    def _go_to_the_bottom(self) -> None:
        self.bottom = bottom_near(self.surface, self.best.position)
        if self.bottom:
            self.history.append(look(self.surface, [float(p) for p in self.bottom.position]))

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
        """The best parameters found, by name."""
        best = self.best
        return self.surface.named(best.position)

    def predict(self, columns: Mapping[str, Sequence[float]] | Table) -> list[float]:
        """The prediction for each row of a table or a dict of columns, in the target's unit."""
        table = columns if isinstance(columns, Table) else Table(columns)
        return self.model.predict(self.parameters, table)

    def _start(self, start: Mapping[str, float]) -> list[float]:
        for name, number in start.items():
            if name not in self.surface.parameters:
                known = ", ".join(self.surface.parameters)
                raise DataError(f"the model has no parameter {name!r} to start at; it has {known}")
            if not is_finite_number(number):
                raise DataError(f"{name} must start at a finite number, not {short(number)}")
        return [float(start.get(name, 0.0)) for name in self.surface.parameters]

    def _stop_if_uphill(self, allowed: float) -> None:
        """Refuse to go on if the loss has grown to more than `allowed` times what it was."""
        first, last = self.history[0].loss, self.history[-1].loss
        if not math.isfinite(first):
            raise DataError(
                f"the loss is {first} already at the start, {self.parameters}; "
                "start elsewhere, or scale the columns"
            )
        if last <= allowed * max(first, 1e-20):  # a start at the very bottom may rise by rounding
            return
        rate = getattr(self.optimizer, "learning_rate", 1.0)
        better = self._better_rate(rate)
        advice = f"try {better:.1g}, or scale the features" if better else "scale the features"
        raise DivergenceError(
            f"the loss grew from {first:.3g} to {last:.3g} in {len(self.history) - 1} steps: "
            f"the learning rate {rate:g} is too large for this surface; {advice}"
        )

    def _better_rate(self, rate: float) -> float:
        """A lower rate that suits the sharpest bend where the walk was lowest; 0 if there is none.

        Steps across a valley shrink if the rate is under 2/curvature; 1/curvature is safely so. A
        nudge changes the slopes by curvature * nudge, most of all along the sharpest bend: so the
        change, taken as the direction of the next nudge, turns towards it.

        Source: R. von Mises and H. Pollaczek-Geiringer, "Praktische Verfahren der
        Gleichungsauflösung" (1929): the power method.
        """
        position, _, slopes = self.best
        bend = list(slopes)
        for _ in range(TURNS):
            length = math.hypot(*bend)
            if not 0 < length < math.inf:
                return 0.0
            nudged = [p + NUDGE * b / length for p, b in zip(position, bend, strict=True)]
            _, there = self.surface.look(nudged)
            bend = [(t - s) / NUDGE for t, s in zip(there, slopes, strict=True)]
        curvature = math.hypot(*bend)
        if not 0 < curvature < math.inf:
            return 0.0
        return min(1 / curvature, rate / 2)
