"""Numbers in, pictures out; knows nothing of the rest of mathlab.

Describe what is to be seen as a `Chart`; `terminal.render` and `svg.render` draw it.
"""

from mathlab.drawing import graph, svg, terminal
from mathlab.drawing.axis import nice_ticks, tick_labels
from mathlab.drawing.chart import Chart, Curve
from mathlab.drawing.marks import Guide, Mark
from mathlab.drawing.series import Line, Path, Points
from mathlab.drawing.terminal import supports_unicode

__all__ = [
    "Chart",
    "Curve",
    "Guide",
    "Line",
    "Mark",
    "Path",
    "Points",
    "graph",
    "nice_ticks",
    "supports_unicode",
    "svg",
    "terminal",
    "tick_labels",
]
