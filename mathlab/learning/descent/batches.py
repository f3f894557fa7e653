"""Mini-batches: look at a few rows at a time, for steps that are less sure, and cost far less.

On the page: `for _ in range(steps + 1):`, where every step looks at all rows.

A thousand rows say roughly the same of the way down as a million. So a step is taken after each
*mini-batch*, a handful of rows drawn at random; when all rows have had their turn, an *epoch* is
over and they are shuffled anew.

>>> from itertools import islice
>>> from mathlab.learning.descent.optimizers import GradientDescent
>>> from mathlab.learning.model.surface import LossSurface, Model, Table
>>> xs = [k / 100 for k in range(-100, 100)]
>>> table = Table({"x": xs, "y": [2 * x + 3 for x in xs]})
>>> surface = LossSurface(Model("y = slope*x + intercept"), table)
>>> *_, last = islice(MiniBatches(GradientDescent(0.1), rows=10, seed=1).walk(surface, [0, 0]), 20)
>>> [round(p, 4) for p in last.position]
[2.0, 3.0]
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import ClassVar

from mathlab.errors import FormulaError
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.optimizers import Adam, Optimizer, check_optimizer, look
from mathlab.learning.model.surface import Numbers, Surface


@dataclass(frozen=True)
class MiniBatches:
    """An optimizer that sees `rows` rows at a time. What its walk yields is where it stands after
    each epoch, with the loss of all rows; the same seed gives the same walk. A FormulaError for an
    optimizer that compares heights, which differ from batch to batch.

    Source: H. Robbins and S. Monro, "A stochastic approximation method" (1951).
    """

    optimizer: Optimizer = field(default_factory=Adam)
    rows: int = 32
    seed: int = 0

    needs_all_rows: ClassVar[bool] = True  # its batches are already small

    def __post_init__(self) -> None:
        check_optimizer(self.optimizer)
        if getattr(self.optimizer, "needs_all_rows", False):
            raise FormulaError(
                "mini-batches go with optimizers that only look at the slopes, such as Adam; "
                f"{type(self.optimizer).__name__} needs all rows at every step")
        if not isinstance(self.rows, int) or self.rows < 1:
            raise FormulaError(f"a mini-batch has 1, 2, 3, ... rows, not {self.rows!r:.40}")

    @property
    def learning_rate(self) -> float:
        """That of the optimizer; 1 if it has none."""
        return getattr(self.optimizer, "learning_rate", 1.0)

    def walk(self, surface: Surface, start: Sequence[float]) -> Iterator[Step]:
        """The start, then the end of each epoch; a FormulaError if the rows have been collapsed."""
        if surface.method == "collapsed":
            raise FormulaError("collapsed data have no rows to make batches of: choose compiled")
        few = surface.over(surface.rows)
        walk = self.optimizer.walk(few, start)
        size = -(-len(surface.rows) // self.rows)  # of an epoch, in batches
        step: Step | None = None
        for i, batch in enumerate(batches(surface.rows, self.rows, Random(self.seed))):
            few.take_rows(batch)
            step = next(walk, None)
            if step is None:
                return  # the optimizer's walk is over
            if i % size == 0:
                yield look(surface, step.position)


def batches(rows: Sequence[Numbers], size: int, random: Random) -> Iterator[list[Numbers]]:
    """All rows, `size` at a time, in random order; and again without end.

    >>> drawn = batches(["a", "b", "c"], 2, Random(1))
    >>> next(drawn), next(drawn)
    (['b', 'c'], ['a'])
    """
    order = list(rows)
    while True:
        random.shuffle(order)
        for i in range(0, len(order), size):
            yield order[i : i + size]
