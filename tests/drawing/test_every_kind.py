"""Every kind of layer with no dots, one, two and many, all equal, not finite, tiny and huge."""

import itertools
import math
from xml.etree import ElementTree

import pytest

from mathlab.drawing.charts import svg, terminal
from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.curve import Curve
from mathlab.drawing.charts.marks import Guide, Mark, Tangent, Text
from mathlab.drawing.charts.series import Arrows, Band, Bars, Line, Path, Points
from tests.thinned import thinned

SERIES = {
    "points": Points,
    "line": Line,
    "path": Path,
    "bars": Bars,
    "band": lambda x, y: Band(x, y, [*reversed(y)]),
    "arrows": lambda x, y: Arrows(x, y, dx=y, dy=x),
}
ONE = {
    "mark": lambda x, y: Mark(x, y, "here"),
    "text": lambda x, y: Text(x, y, "words"),
    "tangent": lambda x, y: Tangent(x, y, y),
    "upright": lambda x, y: Guide(x=x, label="x"),
    "level": lambda x, y: Guide(y=y, label="y"),
    "curve": lambda x, y: Curve(lambda t: y * t, -1, x if math.isfinite(x) else 1),
    "contours": lambda x, y: Contours(lambda s, t: y * s + t, (-1, 1), (-2, 2)),
}
VALUES = {
    "none": [],
    "one": [3.0],
    "two": [3.0, 7.0],
    "equal": [5.0] * 4,
    "zero": [0.0, 0.0],
    "nan": [math.nan] * 3,
    "gaps": [1.0, math.nan, 2.0, math.inf, 3.0, -math.inf],
    "tiny": [1e-300, 2e-300, 0.0],
    "huge": [1e300, -1e300, 5e299],
    "tiny and huge": [1e-300, 1e300],
    "whole": [1, 2, 10**400],
    "falling": [3.0, 2.0, 1.0],
}

WAYS = [(40, True), (79, True), (79, False), (40, False)]  # widths, and whether in Unicode


def works(chart):
    """The chart in every form; what is drawn is plain text, and XML with finite numbers."""
    for width, unicode in thinned(WAYS, keep=2):
        lines = terminal.render(chart, width, unicode=unicode).splitlines()
        assert len(lines) > 4 and all(line.isprintable() for line in lines)
    picture = svg.render(chart)
    root = ElementTree.fromstring(picture)
    for element in root.iter():
        for name in ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "points", "d"):
            assert "nan" not in element.get(name, "") and "inf" not in element.get(name, "")
    return picture


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("make", SERIES.values(), ids=SERIES)
def test_series(make, values):
    assert works(Chart(make(values, values), title="x < y"))
    assert works(Chart(make(range(len(values)), values)))
    assert works(Chart(make(values, range(len(values))), x_range=(1, 2)))
    if make is not Bars:
        assert works(Chart(make(values, values), x_log=True, y_log=True))


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("make", ONE.values(), ids=ONE)
def test_single_things(make, values):
    numbers = [float(v) if v < 1e308 else math.inf for v in values if v == v]
    assert works(Chart(*(make(x, y) for x, y in itertools.pairwise([*numbers, 1.0]))))


@pytest.mark.parametrize("make", SERIES.values(), ids=SERIES)
def test_100_000_dots(make):
    many = thinned(range(100_000), keep=2_000)
    chart = Chart(make(many, [math.sin(i / 7_000) + i % 7 / 20 for i in many]))
    terminal.render(chart, width=79, unicode=True)
    # letters: what lies on one place is drawn once
    assert len(svg.render(chart)) < max(600_000, 60 * len(many))
