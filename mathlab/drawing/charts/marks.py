"""Marks, words, guides and tangents: what is pointed out in a picture.

On the page: `print(f"{step:4}`. A line of print cannot say "look here"; a picture can.

>>> Tangent(1, 2, slope=3).height(2)
5.0
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mathlab.drawing.charts.frame import Frame
from mathlab.drawing.charts.kind import GUIDES, MARKS, Kind, Surface
from mathlab.drawing.charts.series import as_float, unbroken
from mathlab.drawing.paper.canvas import Dot
from mathlab.drawing.paper.text import number

TURNS = 64  # pieces of a tangent, which is bent on an axis of powers of ten


class _Single(Kind):
    """One thing, which is left out if a number of it is not finite."""

    @property
    def skipped(self) -> int:
        return 1 - len(self.extent)


@dataclass(frozen=True)
class Mark(_Single):
    """One dot with its name beside it.

    >>> Mark(3, 1, "where it ended").extent
    [(3.0, 1.0)]
    """

    x: float
    y: float
    label: str
    look = "marks"
    depth = MARKS
    named = True

    @property
    def extent(self) -> Sequence[Dot]:
        """The dot."""
        return [dot for run in unbroken([(self.x, self.y)]) for dot in run]

    def in_words(self, frame: Frame) -> str:
        """What is pointed out, and where."""
        seen = [f"at {frame.said(dot)}" for dot in self.extent if frame.inside(dot)]
        return f"{self.called} {seen[0] if seen else 'outside the picture'}"

    def draw(self, surface: Surface) -> None:
        """Draw the dot, and its name beside it."""
        for dot in self.extent:
            surface.mark(dot)
            surface.words(dot, self.label)


@dataclass(frozen=True)
class Text(Mark):
    """A word or two that begin at a dot, which itself is not drawn."""

    look = "words"

    def draw(self, surface: Surface) -> None:
        """Write the words."""
        for dot in self.extent:
            surface.words(dot, self.label)


@dataclass(frozen=True)
class Tangent(_Single):
    """The straight line through a dot with a slope, across the whole picture."""

    x: float
    y: float
    slope: float
    label: str = ""
    look = "lines"

    def __post_init__(self) -> None:
        for name in ("x", "y", "slope"):
            vars(self)[name] = as_float(getattr(self, name))

    @property
    def extent(self) -> Sequence[Dot]:
        """The dot where it touches."""
        numbers = (self.x, self.y, self.slope)
        return [(self.x, self.y)] if all(map(math.isfinite, numbers)) else []

    def height(self, x: float) -> float:
        """How high it is at an x."""
        return self.y + self.slope * (x - self.x)

    def in_words(self, frame: Frame) -> str:
        """A straight line (a secant is one, too), its slope and its ends."""
        left, right = (frame.y.said(self.height(x)) for x in (frame.x.low, frame.x.high))
        tilt = "level" if left == right else f"slope {number(self.slope, 4)}"
        straight = f"straight line {self.label}".strip()
        return f"{straight}: {tilt}, {frame.way([self.across(frame)])}"

    def across(self, frame: Frame) -> list[Dot]:
        """Dots of it from the left edge of the picture to the right one; no dots if it has none."""
        if self.skipped:
            return []
        xs = {frame.x.number(i / TURNS) for i in range(TURNS + 1)} | {self.x}
        return [(x, self.height(x)) for x in sorted(xs)]

    def draw(self, surface: Surface) -> None:
        """Draw the line across the picture."""
        surface.line([self.across(surface.frame)])


@dataclass(frozen=True)
class Guide(_Single):
    """A straight line across the whole picture: upright at an `x`, or level at a `y`.

    Raises: ValueError unless exactly one of the two is given.
    """

    x: float | None = None
    y: float | None = None
    label: str = ""
    depth = GUIDES
    coloured = False

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
    def look(self) -> str:
        """An upright line or a level one."""
        return "upright" if self.upright else "level"

    @property
    def extent(self) -> Sequence[Dot]:
        """Its number, on its axis alone."""
        end = (self.at, math.nan) if self.upright else (math.nan, self.at)
        return [end] if math.isfinite(self.at) else []

    def in_words(self, frame: Frame) -> str:
        """Which way it runs, and at which number."""
        axis = frame.x if self.upright else frame.y
        return f"{self.look} line {self.label}".strip() + f" at {axis.said(self.at)}"

    def ends(self, frame: Frame) -> list[Dot]:
        """Its two ends, at the edges of the picture."""
        if self.upright:
            return [(self.at, frame.y.low), (self.at, frame.y.high)]
        return [(frame.x.low, self.at), (frame.x.high, self.at)]

    def draw(self, surface: Surface) -> None:
        """Draw a line from edge to edge."""
        surface.guide(self.ends(surface.frame))
