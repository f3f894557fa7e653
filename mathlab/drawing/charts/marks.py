"""What is pointed out in a picture: a dot with its name, a word, a level, a tangent.

>>> Guide(y=0, label="no loss").upright
False
"""

import math
from dataclasses import dataclass
from typing import ClassVar

from mathlab.drawing.charts.series import Dot, as_float, unbroken


@dataclass(frozen=True)
class Mark:
    """One dot with its name beside it.

    >>> Mark(3, 1, "where it ended").runs
    [[(3.0, 1.0)]]
    """

    x: float
    y: float
    label: str

    @property
    def runs(self) -> list[list[Dot]]:
        """The dot, if it is finite."""
        return unbroken([(self.x, self.y)])

    @property
    def skipped(self) -> int:
        """1 if the dot is left out because its x or y is not finite, else 0."""
        return 1 - len(self.runs)


@dataclass(frozen=True)
class Text(Mark):
    """A word or two that begin at a dot, which itself is not drawn.

    >>> Text(1, 2, "the valley").label
    'the valley'
    """


@dataclass(frozen=True)
class Tangent:
    """The straight line through a dot with a slope, across the whole picture.

    >>> Tangent(1, 2, slope=3).height(2)
    5.0
    """

    x: float
    y: float
    slope: float
    label: str = ""

    def __post_init__(self) -> None:
        for name in ("x", "y", "slope"):
            object.__setattr__(self, name, as_float(getattr(self, name)))

    @property
    def runs(self) -> list[list[Dot]]:
        """The dot where it touches, if all its numbers are finite."""
        return unbroken([(self.x, self.y)]) if math.isfinite(self.slope) else []

    @property
    def skipped(self) -> int:
        """1 if one of its numbers is not finite, else 0."""
        return 1 - len(self.runs)

    def height(self, x: float) -> float:
        """How high it is at an x."""
        return self.y + self.slope * (x - self.x)


@dataclass(frozen=True)
class Guide:
    """A straight line across the whole picture: upright at an `x`, or level at a `y`.

    Raises: ValueError unless exactly one of the two is given.

    >>> Guide(y=0, label="no loss").upright
    False
    """

    x: float | None = None
    y: float | None = None
    label: str = ""
    runs: ClassVar[list[list[Dot]]] = []  # it has no dots of its own

    def __post_init__(self) -> None:
        if (self.x is None) == (self.y is None):
            raise ValueError("a Guide is upright at an x or level at a y: give one of the two")

    @property
    def upright(self) -> bool:
        """Whether it stands at an x; if not, it lies at a y."""
        return self.x is not None

    @property
    def at(self) -> float:
        """The number it stands or lies at."""
        return as_float(self.x if self.x is not None else self.y)

    @property
    def skipped(self) -> int:
        """1 if its number is not finite, else 0."""
        return 0 if math.isfinite(self.at) else 1


