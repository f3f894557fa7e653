"""Numbers in, pictures out; knows nothing of the rest of mathlab.

Describe what is to be seen as a `Chart`; `terminal.render` and `svg.render` draw it.
"""

from mathlab.drawing import album, graph, svg, terminal
from mathlab.drawing.axis import nice_ticks, tick_labels
from mathlab.drawing.chart import Chart
from mathlab.drawing.contours import Contours
from mathlab.drawing.curve import Curve
from mathlab.drawing.marks import Guide, Mark, Tangent, Text
from mathlab.drawing.series import Arrows, Band, Bars, Line, Path, Points
from mathlab.drawing.terminal import supports_unicode

__all__ = [
    "Arrows",
    "Band",
    "Bars",
    "Chart",
    "Contours",
    "Curve",
    "Guide",
    "Line",
    "Mark",
    "Path",
    "Points",
    "Tangent",
    "Text",
    "album",
    "graph",
    "nice_ticks",
    "supports_unicode",
    "svg",
    "terminal",
    "tick_labels",
]
