"""What a chart asks of each thing in it, and what that thing can ask for when it is drawn.

On the page: `print(f"{step:4}`. Each kind of thing is shown in its own way. A kind, such as
`Points` or `Line`, says how far it reaches and what it looks like in a legend, and draws itself on
a `Surface`: a terminal is one, an SVG file another. So a new kind is one class, which works
wherever the others do. What it forgets to say is an error as soon as it is used:

>>> class Steps(Kind):
...     look, extent, skipped = "lines", [(1, 2), (3, 4)], 0
>>> Steps()  # doctest: +ELLIPSIS
Traceback (most recent call last):
TypeError: Can't instantiate abstract class Steps with...abstract method...draw...
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from mathlab.drawing.charts.frame import Frame
from mathlab.drawing.paper.canvas import Dot
from mathlab.drawing.paper.signs import IN_TURN

Range = tuple[float, float]  # the lowest and the highest number shown
Run = Sequence[Dot]  # dots in order

MAPS, AREAS, GUIDES, LINES, MARKS = range(5)  # from the lowest layer of a picture to the topmost
# "upright" and "level" are guides, "heads" are those of arrows.
LOOKS = ("points", "crowd", "lines", "walks", "marks", "words", "upright", "level", "bars", "bands",
         "heads", "maps")
MANY = 100  # points: so many are drawn small, and a crowd looks like one


class Surface(ABC):
    """What is drawn on. All numbers are those of the data; what lies outside the frame is cut."""

    frame: Frame

    @abstractmethod
    def points(self, runs: Sequence[Run]) -> None:
        """Separate dots."""

    @abstractmethod
    def line(self, runs: Sequence[Run]) -> None:
        """A line through the dots of each run."""

    @abstractmethod
    def walk(self, runs: Sequence[Run], ends: Run) -> None:
        """A line that shows which way it goes, with a sign at its start and one at its end."""

    @abstractmethod
    def guide(self, run: Run) -> None:
        """A line to compare with, which no data made."""

    @abstractmethod
    def arrows(self, runs: Sequence[Run]) -> None:
        """An arrow from the foot to the tip that are each run."""

    @abstractmethod
    def areas(self, areas: Sequence[Run], solid: bool) -> None:
        """What lies within these corners; if it is not solid, what is beneath shines through."""

    @abstractmethod
    def relief(self, contours: Any) -> None:
        """The map of a `Contours`, the denser the higher."""

    @abstractmethod
    def mark(self, dot: Dot) -> None:
        """One dot that is pointed out."""

    @abstractmethod
    def words(self, dot: Dot, words: str) -> None:
        """Words beside a dot, on the side where there is room."""


class Kind(ABC):
    """One thing in a chart: some numbers, and what there is to say about them."""

    label: str = ""
    depth: ClassVar[int] = LINES  # things of one depth keep their order
    coloured: ClassVar[bool] = True  # if not, it is grey
    needs_zero: ClassVar[bool] = False  # so that it has no place on a logarithmic axis
    named: ClassVar[bool] = False  # beside it; in a legend only if there is no room for that

    @property
    @abstractmethod
    def look(self) -> str:
        """What stands for it in a legend: one of LOOKS."""

    @property
    @abstractmethod
    def extent(self) -> Sequence[Dot]:
        """Dots that the axes have to cover; a number is nan if its axis need not."""

    @property
    @abstractmethod
    def skipped(self) -> int:
        """How many parts of it are left out because a number is not finite."""

    @abstractmethod
    def draw(self, surface: Surface) -> None:
        """Draw it."""

    @property
    def levels(self) -> Sequence[float]:
        """The numbers at which its shade grows denser, for a legend to show."""
        return ()

    @property
    def called(self) -> str:
        """What it is, and its label."""
        return f"{type(self).__name__.lower()} {self.label}".strip()

    def in_words(self, frame: Frame) -> str:
        """What those hear who listen to the picture: what there is to be seen of it."""
        return self.called

    def for_axes(self, x_range: Range | None, x_log: bool, y_log: bool) -> "Kind":
        """It, as it is to be drawn over this range; a ValueError on a logarithmic axis if it needs
        a 0."""
        if self.needs_zero and (x_log or y_log):
            raise ValueError(f"{type(self).__name__} have no place on an axis of powers of ten")
        return self

    def without_place(self, x_log: bool, y_log: bool) -> int:
        """How many parts of it have no place on logarithmic axes: those that are not above 0."""
        return sum(no_place(dot, x_log, y_log) for dot in self.extent)

    def outline(self, frame: Frame) -> list[list[Dot]]:
        """What of it is seen between its dots, on the square: nothing, unless they are joined."""
        return []


class Dots(Kind):
    """Something made of dots."""

    @property
    @abstractmethod
    def runs(self) -> list[list[Dot]]:
        """The dots, in unbroken stretches."""

    @property
    def extent(self) -> Sequence[Dot]:
        """All the dots."""
        return [dot for run in self.runs for dot in run]


class Joined(Dots):
    """Dots joined by straight lines."""

    look = "lines"

    def draw(self, surface: Surface) -> None:
        """Draw a line through each stretch."""
        surface.line(self.runs)

    def in_words(self, frame: Frame) -> str:
        """Where it starts and ends, and how low and high it is between."""
        return f"{self.called}: {frame.way(self.runs)}"

    def outline(self, frame: Frame) -> list[list[Dot]]:
        """The lines, as far as they are seen."""
        return frame.strokes(self.runs)


def numbered(layers: Iterable[Kind]) -> list[int]:
    """How many layers come before each that take their signs in turn with it."""
    seen: Counter[str] = Counter()
    numbers = []
    for layer in layers:
        turn = IN_TURN.get(layer.look, layer.look)
        numbers.append(seen[turn])
        seen[turn] += 1
    return numbers


def no_place(dot: Dot, x_log: bool, y_log: bool) -> bool:
    """Whether a dot has no place on logarithmic axes."""
    x, y = dot
    return (x_log and x <= 0) or (y_log and y <= 0)
