"""Look at a few rows at a time: steps that are less sure, and cost far less.

A thousand rows say roughly the same of the way down as a million. So a step is taken after each
*mini-batch*, a handful of rows drawn at random; when all rows have had their turn, an *epoch* is
over and they are shuffled anew.

>>> from itertools import islice
>>> from mathlab.learning.model.model import line
>>> from mathlab.learning.descent.optimizers import GradientDescent
>>> from mathlab.learning.data.table import Table
>>> xs = [k / 100 for k in range(-100, 100)]
>>> table = Table({"x": xs, "y": [2 * x + 3 for x in xs]})
>>> surface = LossSurface(line("x", "y"), table)
>>> *_, last = islice(MiniBatches(GradientDescent(0.1), rows=10, seed=1).walk(surface, [0, 0]), 20)
>>> [round(p, 4) for p in last.position]
[2.0, 3.0]
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from mathlab.errors import FormulaError
from mathlab.learning.descent.optimizers import Adam, GradientDescent, Momentum, Step, look
from mathlab.learning.model.surface import LossSurface

Row = tuple[float, ...]


@dataclass(frozen=True)
class MiniBatches:
    """An optimizer that sees `rows` rows at a time. What its walk yields is where it stands after
    each epoch, with the loss of all rows; the same seed gives the same walk.

    Raises: FormulaError for an optimizer that compares heights, which differ from batch to batch,
    or for under 1 row.

    Source: H. Robbins and S. Monro, "A stochastic approximation method" (1951).
    """

    optimizer: GradientDescent | Momentum | Adam = field(default_factory=Adam)
    rows: int = 32
    seed: int = 0

    def __post_init__(self) -> None:
        if not isinstance(self.optimizer, GradientDescent | Momentum | Adam):
            raise FormulaError(
                "mini-batches go with GradientDescent, Momentum, Nesterov and Adam; "
                f"{type(self.optimizer).__name__} needs all rows at every step"
            )
        if not isinstance(self.rows, int) or self.rows < 1:
            raise FormulaError(f"a mini-batch has 1, 2, 3, ... rows, not {self.rows!r:.40}")

    @property
    def learning_rate(self) -> float:
        """That of the optimizer."""
        return self.optimizer.learning_rate

    def walk(self, surface: LossSurface, start: Sequence[float]) -> Iterator[Step]:
        """The start, then the end of each epoch."""
        few = Batches(surface, self.rows, Random(self.seed))
        walk = self.optimizer.walk(few, start)
        step = next(walk)
        while True:
            yield look(surface, step.position)
            for _ in range(few.count):
                step = next(walk)


class Batches(LossSurface):
    """The surface of a few rows, and of the next few whenever one looks at it again.

    `count` is how many batches an epoch has; `evaluations` counts looks at batches.

    Raises: FormulaError if the rows have been collapsed into one polynomial.
    """

    def __init__(self, surface: LossSurface, size: int, random: Random):
        if surface.method == "collapsed":
            raise FormulaError("collapsed data have no rows to make batches of: choose compiled")
        self.__dict__.update(surface.__dict__)  # its formulas are shared; the rows will be others
        self.count = -(-len(surface.rows) // size)
        self._epochs = _epochs(surface.rows, size, random)

    def look(self, position: Sequence[float]) -> tuple[float, list[float]]:
        """The height and the slopes of the next batch."""
        self.take_rows(next(self._epochs))
        return super().look(position)


def _epochs(rows: Sequence[Row], size: int, random: Random) -> Iterator[list[Row]]:
    """All rows, a batch at a time, in random order; and again without end."""
    order = list(rows)
    while True:
        random.shuffle(order)
        for i in range(0, len(order), size):
            yield order[i : i + size]
