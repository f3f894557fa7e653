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
from dataclasses import dataclass, replace

from mathlab.drawing.charts.axis import Axis
from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.curve import Curve
from mathlab.drawing.charts.log_axis import LogAxis
from mathlab.drawing.charts.marks import Guide, Mark, Tangent
from mathlab.drawing.charts.series import Arrows, Band, Bars, Line, Path, Points, as_range

Range = tuple[float, float]  # the lowest and the highest number shown

Layer = Points | Line | Path | Bars | Band | Arrows | Curve | Contours | Mark | Tangent | Guide


def depth(layer: Layer) -> int:
    """How far down a layer lies: areas beneath everything, then guides; marks on top of it. Layers
    of one depth keep their order.

    >>> sorted([Mark(1, 2, "here"), Guide(x=1), Line([1], [2])], key=depth)[0]
    Guide(x=1, y=None, label='')
    """
    match layer:
        case Contours():
            return 0
        case Bars() | Band():
            return 1
        case Guide():
            return 2
        case Mark():
            return 4
    return 3


@dataclass(frozen=True, init=False)
class Chart:
    """Layers over one pair of axes. A range that is not given covers everything in the layers.

    With `x_log` or `y_log` an axis goes by powers of ten; numbers that are not above 0 have no
    place on it, nor have bars and maps.

    Raises: ValueError for a range that is not two finite numbers, the lower one first, or with a
    log axis for one that is not above 0.

    >>> Chart(Points([1], [2]), title="One point", x_range=(0, 10)).x_range
    (0.0, 10.0)
    """

    layers: tuple[Layer, ...]
    title: str
    x_label: str
    y_label: str
    x_range: Range | None
    y_range: Range | None
    x_log: bool
    y_log: bool

    def __init__(
        self,
        *layers: Layer,
        title: str = "",
        x_label: str = "",
        y_label: str = "",
        x_range: Range | None = None,
        y_range: Range | None = None,
        x_log: bool = False,
        y_log: bool = False,
    ):
        if x_range is not None:
            x_range = as_range(x_range)
            (LogAxis if x_log else Axis)(*x_range)  # refuses what is not a range
        if y_range is not None:
            y_range = as_range(y_range)
            (LogAxis if y_log else Axis)(*y_range)
        if (x_log or y_log) and any(isinstance(layer, Bars | Contours) for layer in layers):
            raise ValueError("bars and maps have no place on an axis of powers of ten")
        layers = tuple(
            _fitted(layer, x_range, x_log, y_log) if isinstance(layer, Curve) else layer
            for layer in layers
        )
        for name, value in (
            ("layers", layers),
            ("title", title),
            ("x_label", x_label),
            ("y_label", y_label),
            ("x_range", x_range),
            ("y_range", y_range),
            ("x_log", x_log),
            ("y_log", y_log),
        ):
            object.__setattr__(self, name, value)

    @property
    def skipped(self) -> int:
        """How many dots, bars and so on are left out because a number of theirs is not finite, or
        has no place on a log axis."""
        return sum(layer.skipped + self._without_place(layer) for layer in self.layers)

    def _without_place(self, layer: Layer) -> int:
        """How many of a layer's dots, arrows or guides have no place on a log axis."""

        def lost(x: float, y: float) -> bool:
            return (self.x_log and x <= 0) or (self.y_log and y <= 0)

        match layer:
            case Band() | Curve():
                return 0  # a band reaches down to the edge, and a curve has a gap
            case Guide():
                return int(lost(layer.at, 1.0) if layer.upright else lost(1.0, layer.at))
            case Arrows():
                return sum(any(lost(x, y) for x, y in run) for run in layer.runs)
        return sum(lost(x, y) for run in layer.runs for x, y in run)

    @property
    def note(self) -> str:
        """What is said beneath the picture of what is left out; nothing if nothing is."""
        above = " above 0" if self.x_log or self.y_log else ""
        return f"{self.skipped:,} left out: not a finite number{above}" if self.skipped else ""


def _fitted(curve: Curve, x_range: Range | None, x_log: bool, y_log: bool) -> Curve:
    """The part of a curve that is in the picture, sampled for its axes."""
    low, high = sorted((curve.low, curve.high))
    if x_range is not None:
        low, high = max(low, x_range[0]), min(high, x_range[1])
        if low > high:
            return replace(curve, f=lambda _: math.nan, low=x_range[0], high=x_range[0])
    return replace(curve, low=low, high=high, x_log=x_log, y_log=y_log)
