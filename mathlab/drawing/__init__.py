"""Numbers in, pictures out; knows nothing of the rest of mathlab.

Describe what is to be seen as a `Chart`; `terminal.render` and `svg.render` draw it.
"""

from mathlab.drawing.charts import svg, terminal
from mathlab.drawing.charts.axis import nice_ticks, tick_labels
from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.curve import Curve
from mathlab.drawing.charts.marks import Guide, Mark, Tangent, Text
from mathlab.drawing.charts.series import Arrows, Band, Bars, Line, Path, Points
from mathlab.drawing.graphs import graph
from mathlab.drawing.paper import album
from mathlab.drawing.paper.screen import supports_unicode

__all__ = [
    "Arrows", "Band", "Bars", "Chart", "Contours", "Curve", "Guide", "Line", "Mark", "Path",
    "Points", "Tangent", "Text", "album", "graph", "nice_ticks", "supports_unicode", "svg",
    "terminal", "tick_labels",
]
