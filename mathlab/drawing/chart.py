"""What is to be seen: points, lines, curves and labels, described in the numbers of the data.

A chart is a title, two axis labels and some layers, the later ones on top. It holds no drawing: the
same chart becomes text in `terminal` and a file in `svg`.

>>> chart = Chart(
...     Points([1, 2, 3], [2.1, 3.9, float("nan")], label="measured"),
...     Curve(lambda x: 2 * x, 0, 4, label="y = 2x"),
...     title="Twice as much", x_label="x", y_label="y",
... )
>>> chart.layers[0].runs
[[(1.0, 2.1), (2.0, 3.9)]]

A number that is not finite has no place in a picture. It is left out, and counted:

>>> chart.skipped
1
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from mathlab.drawing.axis import Axis

Dot = tuple[float, float]  # x and y
Range = tuple[float, float]  # the lowest and the highest number shown

SAMPLES = 200  # steps along a curve: a terminal of 100 columns has 200 dots across


@dataclass(frozen=True)
class _Series:
    """Dots in order, given as all their x and all their y."""

    x: Sequence[float]
    y: Sequence[float]
    label: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "x", tuple(self.x))  # frozen: later changes to a list stay out
        object.__setattr__(self, "y", tuple(self.y))
        if len(self.x) != len(self.y):
            raise ValueError(
                f"{type(self).__name__} has {len(self.x)} numbers for x and {len(self.y)} for y: "
                "give one y for each x"
            )

    @cached_property
    def runs(self) -> list[list[Dot]]:
        """The unbroken stretches of dots: one that is not finite ends a stretch."""
        return _unbroken(zip(self.x, self.y, strict=True))

    @property
    def skipped(self) -> int:
        """How many dots are left out because their x or y is not finite."""
        return len(self.x) - sum(map(len, self.runs))


class Points(_Series):
    """Separate dots: a scatter plot.

    Raises: ValueError if x and y differ in length.

    >>> Points([1, 2], [3, 4]).runs
    [[(1.0, 3.0), (2.0, 4.0)]]
    """


class Line(_Series):
    """Dots joined in order, broken where one is not finite.

    Raises: ValueError if x and y differ in length.

    >>> Line([1, 2, 3, 4], [1, 4, float("inf"), 16]).runs
    [[(1.0, 1.0), (2.0, 4.0)], [(4.0, 16.0)]]
    """


class Path(_Series):
    """A walk: dots joined in order, the first marked as its start and the last as its end.

    Raises: ValueError if x and y differ in length.

    >>> Path([9, 3, 1], [81, 9, 1], label="descent").ends
    ((9.0, 81.0), (1.0, 1.0))
    """

    @property
    def ends(self) -> tuple[Dot, ...]:
        """The start and the end of the walk; nothing if no dot of it is finite."""
        return (self.runs[0][0], self.runs[-1][-1]) if self.runs else ()


@dataclass(frozen=True)
class Curve:
    """A function drawn from `low` to `high`, with a gap where it has no finite real value.

    >>> [len(run) for run in Curve(lambda x: 1 / x, -1, 1).runs]
    [100, 100]
    """

    f: Callable[[float], float]
    low: float
    high: float
    label: str = ""

    skipped: ClassVar[int] = 0  # a gap in a curve is not a lost observation

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high)):
            raise ValueError(f"a Curve cannot run from {self.low} to {self.high}: give finite ends")

    @cached_property
    def runs(self) -> list[list[Dot]]:
        """The unbroken stretches of the curve, sampled at even steps."""
        steps = [i / SAMPLES for i in range(SAMPLES + 1)]
        xs = [self.low * (1 - step) + self.high * step for step in steps]
        return _unbroken((x, self._height(x)) for x in xs)

    def _height(self, x: float) -> float:
        try:
            y = self.f(x)
        except (ValueError, ArithmeticError):
            return math.nan
        return math.nan if isinstance(y, complex) else y  # (-8) ** 0.5 is complex


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
        return _unbroken([(self.x, self.y)])

    @property
    def skipped(self) -> int:
        """1 if the dot is left out because its x or y is not finite, else 0."""
        return 1 - len(self.runs)


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
        return _as_float(self.x if self.x is not None else self.y)

    @property
    def skipped(self) -> int:
        """1 if its number is not finite, else 0."""
        return 0 if math.isfinite(self.at) else 1


Layer = Points | Line | Path | Curve | Mark | Guide


@dataclass(frozen=True, init=False)
class Chart:
    """Layers over one pair of axes. A range that is not given covers everything in the layers.

    Raises: ValueError for a range that is not two finite numbers, the lower one first.

    >>> Chart(Points([1], [2]), title="One point", x_range=(0, 10)).x_range
    (0, 10)
    """

    layers: tuple[Layer, ...]
    title: str
    x_label: str
    y_label: str
    x_range: Range | None
    y_range: Range | None

    def __init__(
        self,
        *layers: Layer,
        title: str = "",
        x_label: str = "",
        y_label: str = "",
        x_range: Range | None = None,
        y_range: Range | None = None,
    ):
        for ends in (x_range, y_range):
            if ends is not None:
                Axis(*ends)  # refuses what is not a range
        for name, value in (
            ("layers", layers),
            ("title", title),
            ("x_label", x_label),
            ("y_label", y_label),
            ("x_range", x_range),
            ("y_range", y_range),
        ):
            object.__setattr__(self, name, value)

    @property
    def skipped(self) -> int:
        """How many dots and guides are left out because a number of theirs is not finite."""
        return sum(layer.skipped for layer in self.layers)


def _as_float(number: Any) -> float:
    try:
        return float(number)
    except OverflowError:  # an int or a Fraction beyond 1.8e308
        return math.inf


def _unbroken(dots: Iterable[Dot]) -> list[list[Dot]]:
    """The stretches of finite dots between those that are not."""
    runs: list[list[Dot]] = [[]]
    for dot in dots:
        x, y = map(_as_float, dot)
        if math.isfinite(x) and math.isfinite(y):
            runs[-1].append((x, y))
        else:
            runs.append([])
    return [run for run in runs if run]
