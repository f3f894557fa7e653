"""A map of a surface: the right shade in every cell, the right outlines, gaps where nothing is."""

import math
import re

import pytest

from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.marks import Mark
from mathlab.drawing.charts.svg import render as svg
from mathlab.drawing.charts.terminal import render
from tests.drawing.charts.test_svg import box, parsed
from tests.drawing.charts.test_terminal import plot

BOWL = Contours(lambda x, y: x * x + y * y, (-2, 2), (-2, 2), count=4)  # at 2, 4 and 6


@pytest.mark.parametrize(
    ("x", "y", "band"),
    [(0, 0, 0), (1.3, 0, 0), (1.5, 0, 1), (0, -1.9, 1), (1.5, 1.5, 2), (-1.9, 1.9, 3), (2, 2, 3),
     (-2, -2, 3), (2.1, 0, None), (0, -9, None)],
)
def test_in_which_band_a_place_lies(x, y, band):
    assert BOWL.levels == [2, 4, 6]
    assert BOWL.band(x, y) == band


def test_heights_may_be_given():
    chances = Contours(lambda x, y: 0.3 + x / 100, (0, 1), (0, 1), "chance", at=(0.2, 0.4, 0.6))
    assert chances.levels == (0.2, 0.4, 0.6) and chances.lines == []
    assert {chances.band(x / 10, 0.5) for x in range(11)} == {1}
    for draw in (render, svg):
        assert "0.4" in draw(Chart(chances))


def test_the_lines_of_a_bowl_are_circles():
    for line in BOWL.lines:
        radii = [math.hypot(x, y) for x, y in line]
        level = min(BOWL.levels, key=lambda z: abs(z - radii[0] ** 2))
        assert radii == pytest.approx([math.sqrt(level)] * len(radii), rel=3e-3)


def test_the_shades_of_a_terminal_are_those_of_the_bands():
    rows = plot(render(Chart(BOWL), width=80, height=30, unicode=False))
    for i, row in enumerate(rows):
        y = 2 - 4 * (i + 0.5) / len(rows)
        for j, sign in enumerate(row.ljust(len(rows[0]))):
            x = -2 + 4 * (j + 0.5) / len(rows[0])
            radius_2 = x * x + y * y
            if min(abs(radius_2 - level) for level in BOWL.levels) > 0.02:
                # four bands take the first, second, fourth and last of five shades
                assert sign == " .=%"[sum(radius_2 > level for level in BOWL.levels)]


def test_an_svg_has_a_ring_where_the_band_ends():
    root = parsed(Chart(BOWL))
    left, top, right, bottom = box(root)
    innermost = next(root.iter("path")).get("d")  # the band from 2 to 4: a ring with a hole
    assert innermost.count("M") == 2 and next(root.iter("path")).get("fill-rule") == "evenodd"
    for ring in innermost.split("M")[1:]:
        radii = []
        numbers = [*map(float, ring.strip(" Z").split())]
        for x, y in zip(numbers[::2], numbers[1::2], strict=True):
            radii.append(math.hypot((x - left) / (right - left) * 4 - 2,
                                    (bottom - y) / (bottom - top) * 4 - 2))
        assert max(radii) ** 2 == pytest.approx(min(radii) ** 2, rel=2e-2)
    *bands, lines = root.iter("path")
    dense = [float(path.get("fill-opacity")) for path in bands]
    assert dense == sorted(dense) and len(dense) == 3
    assert lines.get("class") == "axis" and lines.get("d").count("M") == len(BOWL.lines)


@pytest.mark.parametrize(("unicode", "shades"), [(True, " ·░▒▓"), (False, " .:=%")])
@pytest.mark.parametrize("count", [1, 2, 4, 8])
def test_the_legend_of_a_terminal_says_from_where_on_there_is_which_shade(unicode, shades, count):
    slope = Contours(lambda x, y: 1000 * x, (0, 10), (0, 1), "height", count)
    picture = render(Chart(slope, x_range=(0, 10)), width=79, unicode=unicode)
    row, legend = plot(picture)[2].ljust(79), picture.split("height:")[1]
    known = {shade: float(level.replace(",", ""))
             for shade, level in re.findall(r"(\S) from ([\d,]+)", legend)}
    assert len(known) >= min(count - 1, 3)
    columns = len(plot(picture)[2])
    seen = {shade: (row.index(shade) + 0.5) / columns * 10_000 for shade in known}
    for shade, level in known.items():  # the first column of a shade is where its numbers begin
        assert level <= seen[shade] <= level + 10_000 / columns
    assert set(row.strip()) == set(known)
    assert [*known] == sorted(known, key=shades.index)


def nothing(_x, _y):
    raise ValueError


@pytest.mark.parametrize(
    "f",
    [nothing, lambda x, y: math.nan, lambda x, y: 1.0, lambda x, y: 1e300 * x, lambda x, y: 1e-300,
     lambda x, y: 1 / x, lambda x, y: math.log(x * y), lambda x, y: (x * y) ** 0.5,
     lambda x, y: 1e308 * x * y, lambda x, y: 10.0 ** (100 * x)],
)
def test_any_surface_can_be_drawn(f):
    for x_range in ((-2, 2), (0, 1e-300), (-1e300, 1e300)):
        chart = Chart(Contours(f, x_range, (-1, 1)), Mark(0, 0, "here"))
        assert len(plot(render(chart, width=40, unicode=True))) > 3
        assert "<path" in svg(chart) or not chart.layers[0].levels
        assert chart.skipped == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [({"x_range": (1, 1)}, "cannot run from 1 to 1"), ({"y_range": (2, 1)}, "from 2 to 1"),
     ({"x_range": (0, math.inf)}, "from 0 to inf"), ({"y_range": (math.nan, 1)}, "from nan to 1"),
     ({"count": 0}, "not 0")],
)
def test_maps_that_are_none(options, message):
    with pytest.raises(ValueError, match=message):
        Contours(lambda x, y: x, **{"x_range": (0, 1), "y_range": (0, 1), **options})
