"""A chart: points, lines, curves and labels over one pair of axes, in the numbers of the data.

On the page: `print(f"{step:4}`. What stands there as rows is described here as a picture. A chart
is a title, two axis labels and some layers, the later ones on top. It holds no drawing: the same
chart becomes text in `terminal` and a file in `svg`.

>>> from mathlab.drawing import Curve, Points
>>> chart = Chart(
...     Points([1, 2, 3], [2.1, 3.9, float("nan")], label="measured"),
...     Curve(lambda x: 2 * x, 0, 4, label="y = 2x"),
...     title="Twice as much", x_label="x", y_label="y",
... )
>>> chart.layers[0].runs
[[(1.0, 2.1), (2.0, 3.9)]]

A number that is not finite has no place in a picture. It is left out, and counted:

>>> chart.skipped, chart.frame.x
(1, Axis(low=0.0, high=4.0))
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from mathlab.drawing.charts.axis import Axis
from mathlab.drawing.charts.frame import Frame
from mathlab.drawing.charts.kind import LOOKS, Kind, Range
from mathlab.drawing.charts.log_axis import LogAxis
from mathlab.drawing.charts.series import as_range

ROUNDING = 1e-9  # of the square: so near to an edge is on it


@dataclass(frozen=True, init=False)
class Chart:
    """Layers over one pair of axes. A range that is not given covers everything in the layers.

    With `x_log` or `y_log` an axis goes by powers of ten; numbers that are not above 0 have no
    place on it, nor have bars and maps. With `equal` one unit of x is drawn as long as one of y, so
    that circles are round and right angles are right.

    Raises: ValueError for a range that is not two finite numbers, the lower one first, or with a
    log axis for one that is not above 0, and for equal axes of which one is a log axis; TypeError
    for a layer that is not a `Kind`.
    """

    layers: tuple[Kind, ...]
    title: str
    x_label: str
    y_label: str
    x_range: Range | None
    y_range: Range | None
    x_log: bool
    y_log: bool
    equal: bool

    def __init__(self, *layers: Kind, title: str = "", x_label: str = "", y_label: str = "",
                 x_range: Range | None = None, y_range: Range | None = None, x_log: bool = False,
                 y_log: bool = False, equal: bool = False):
        if equal and (x_log or y_log):
            raise ValueError("an axis of powers of ten has no unit, so axes cannot be equal")
        for layer in layers:
            if not isinstance(layer, Kind):
                raise TypeError(f"a chart shows Points, Line and the like, not {layer!r:.60}")
            if layer.look not in LOOKS:
                kind, looks = type(layer).__name__, ", ".join(LOOKS)
                raise ValueError(f"{kind} cannot look like {layer.look!r}: give one of {looks}")
        if x_range is not None:
            x_range = as_range(x_range)
            _axis(x_log)(*x_range)  # refuses what is not a range
        if y_range is not None:
            y_range = as_range(y_range)
            _axis(y_log)(*y_range)
        vars(self).update(
            layers=tuple(layer.for_axes(x_range, x_log, y_log) for layer in layers),
            title=title, x_label=x_label, y_label=y_label,
            x_range=x_range, y_range=y_range, x_log=x_log, y_log=y_log, equal=equal)

    if TYPE_CHECKING:
        _repr_svg_: ClassVar[Callable[..., str]]  # is added in `svg`

    @cached_property
    def frame(self) -> Frame:
        """The axes: the ranges that were asked for, or else what covers all that is seen."""
        dots = [dot for layer in self.layers for dot in layer.extent]
        x_kind, y_kind = _axis(self.x_log), _axis(self.y_log)
        if self.x_range:
            x_axis = x_kind(*self.x_range)
        else:
            x_axis = x_kind.covering([x for x, _ in dots if not math.isnan(x)])
        if self.y_range:
            return Frame(x_axis, y_kind(*self.y_range), self.equal)
        known = [(x, y) for x, y in dots if not math.isnan(y)]
        ys = [y for x, y in known if math.isnan(x) or x_axis.low <= x <= x_axis.high]
        if self.x_range:  # lines and areas are seen from edge to edge, and not at their dots alone
            whole = Frame(x_axis, y_kind.covering([y for x, y in known if not math.isnan(x)]))
            pieces = [piece for layer in self.layers for piece in layer.outline(whole)]
            edges = [y for piece in pieces for x, y in piece if min(x, 1 - x) < ROUNDING]
            ys += map(whole.y.number, edges)
        return Frame(x_axis, y_kind.covering(ys), self.equal)

    @property
    def skipped(self) -> int:
        """How many dots, bars and so on are left out because a number of theirs is not finite, or
        has no place on a log axis."""
        return sum(
            layer.skipped + layer.without_place(self.x_log, self.y_log) for layer in self.layers)

    @property
    def note(self) -> str:
        """What is said beneath the picture of what is left out; nothing if nothing is."""
        above = " above 0" if self.x_log or self.y_log else ""
        return f"{self.skipped:,} left out: not a finite number{above}" if self.skipped else ""


def _axis(log: bool) -> type[Axis]:
    return LogAxis if log else Axis
