"""Where to move next, when all that is known is which way is down."""

from collections.abc import Sequence
from dataclasses import dataclass

from mathlab.errors import FormulaError
from mathlab.learning.table import is_finite_number


@dataclass(frozen=True)
class GradientDescent:
    """Step against the slope, in proportion to it: far where it is steep, short where it is flat.

        parameter = parameter - learning_rate * slope

    Source: A. Cauchy, "Méthode générale pour la résolution des systèmes d'équations simultanées"
    (1847).

    >>> GradientDescent(0.1).move([1.0, 2.0], [10.0, -5.0])
    [0.0, 2.5]
    """

    learning_rate: float = 0.1

    def __post_init__(self) -> None:
        if not (is_finite_number(self.learning_rate) and self.learning_rate > 0):
            raise FormulaError(f"the learning rate must be above 0, not {self.learning_rate!r:.40}")

    def move(self, position: Sequence[float], slopes: Sequence[float]) -> list[float]:
        """The next position."""
        return [p - self.learning_rate * slope for p, slope in zip(position, slopes, strict=True)]
