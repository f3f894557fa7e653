import math
import re
from xml.etree import ElementTree

import pytest

from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.curve import Curve
from mathlab.drawing.charts.legend import GREY
from mathlab.drawing.charts.marks import Guide, Mark, Tangent, Text
from mathlab.drawing.charts.series import Arrows, Band, Bars, Line, Path, Points
from mathlab.drawing.charts.svg import beside, render
from mathlab.drawing.paper.ink import COLOURS
from tests.drawing.charts.test_terminal import CHARTS
from tests.thinned import thinned

TEN = {"x_range": (0, 10), "y_range": (0, 10)}


def parsed(chart, **size):
    """Every element of the picture, without the namespace in its name."""
    root = ElementTree.fromstring(render(chart, **size))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    for element in root.iter():
        element.tag = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
    return root


def box(root):
    """The pixels of the axes: left, top, right, bottom."""
    upright, level = (line.attrib for line in root.iter("line") if line.get("class") == "axis"
                      and (line.get("x1") == line.get("x2")) != (line.get("y1") == line.get("y2"))
                      and abs(float(line.get("y1")) - float(line.get("y2"))) != 4)
    return float(upright["x1"]), float(upright["y1"]), float(level["x2"]), float(upright["y2"])


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
@pytest.mark.parametrize("size", [(1, 1), (200, 200), (640, 400), (1200, 300)])
def test_every_picture_is_xml_with_numbers_that_fit_in_it(chart, size):
    width, height = (max(200, side) for side in size)
    root = parsed(chart, width=size[0], height=size[1])
    assert root.get("viewBox") == f"0 0 {width} {root.get('height')}"
    assert int(root.get("height")) == height or (int(root.get("height")) > height == 200)
    height = int(root.get("height"))
    text = ElementTree.tostring(root, encoding="unicode")
    assert "nan" not in re.sub(r"<(title|desc|text).*?</\1>", "", text)
    for element in root.iter():
        for name in ("x", "cx", "x1", "x2"):
            assert 0 <= float(element.get(name, 0)) <= width
        for name in ("y", "cy", "y1", "y2"):
            assert 0 <= float(element.get(name, 0)) <= height
        for place in element.get("points", "").split():
            x, y = place.split(",")
            assert re.fullmatch(r"\d+\.\d\d", x) and re.fullmatch(r"\d+\.\d\d", y)
            assert float(x) <= width and float(y) <= height


def test_a_picture_grows_rather_than_lose_its_legend():
    chart = Chart(*(Line([0, 1], [i, i], label=f"a rather long label {i}") for i in range(12)))
    root = parsed(chart, width=200, height=200)
    top, bottom = box(root)[1], box(root)[3]
    assert bottom - top >= 50
    lowest = max(float(text.get("y")) for text in root.iter("text"))
    assert bottom < lowest <= float(root.get("height"))


def corners(polygon):
    return [tuple(map(float, corner.split(","))) for corner in polygon.get("points").split()]


def test_bars_and_bands_have_their_corners():
    root = parsed(Chart(Bars([5], [10], width=2), Band([0, 10], [2, 4], [6, 8]), **TEN))
    left, top, right, bottom = box(root)
    wide, high = right - left, bottom - top

    def at(x, y):
        return pytest.approx((left + x / 10 * wide, bottom - y / 10 * high), abs=0.02)

    bar, band = map(corners, root.iter("polygon"))
    assert all(any(c == at(*want) for c in bar) for want in [(4, 0), (6, 0), (6, 10), (4, 10)])
    assert all(any(c == at(*want) for c in band) for want in [(0, 2), (10, 4), (10, 8), (0, 6)])
    assert len(bar) == len(band) == 4


def test_an_arrow_ends_in_a_head_of_two_barbs():
    root = parsed(Chart(Arrows([2], [5], dx=[6], dy=[0]), **TEN))
    shaft, head = (line.get("points").split() for line in root.iter("polyline"))
    assert shaft[-1] == head[1] and len(head) == 3
    (x, y), (one, other) = corners_of(head[1]), (corners_of(head[0]), corners_of(head[2]))
    assert one[0] == other[0] < x  # both lie behind the tip
    assert one[1] - y == pytest.approx(y - other[1], abs=0.02) != 0  # and to either side


def corners_of(place):
    return tuple(map(float, place.split(",")))


def test_charts_side_by_side_are_one_file():
    charts = [Chart(Points([1], [2]), title="one"), Chart(Points([1], [2]), title="t < 2")]
    root = ElementTree.fromstring(beside(charts, width=300, height=200))
    assert root.get("viewBox") == "0 0 600 200"
    titles = [element.text for element in root.iter() if element.tag.endswith("title")]
    assert titles == ["one; t < 2"]
    (moved,) = [e for e in root.iter() if e.get("transform")]
    assert moved.get("transform") == "translate(300 0)"
    alone = len(list(ElementTree.fromstring(render(charts[1], 300, 200)).iter()))
    assert len(list(moved.iter())) == alone - 5 + 1  # svg, title, desc, style and paper are shared


def test_a_path_starts_hollow_and_ends_full():
    root = parsed(Chart(Path([1, 2], [3, 4])))
    start, end = root.iter("circle")
    assert float(start.get("cx")) < float(end.get("cx"))
    assert start.get("class") == "paper" and end.get("fill") == COLOURS[0]


def test_a_known_point_is_where_the_axes_say():
    root = parsed(Chart(Points([0, 10, 2.5], [0, 10, 7.5]), **TEN))
    left, top, right, bottom = box(root)
    places = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in root.iter("circle")]
    quarter = (left + (right - left) / 4, top + (bottom - top) / 4)
    assert places == [
        pytest.approx(place, abs=0.01) for place in [(left, bottom), (right, top), quarter]
    ]


def test_a_tick_is_where_its_number_is():
    root = parsed(Chart(Mark(4, 6, "here"), **TEN))
    dot = next(root.iter("circle"))
    tick_x = next(
        text
        for text in root.iter("text")
        if text.text == "4" and text.get("text-anchor") == "middle"
    )
    assert tick_x.get("x") == dot.get("cx")
    lines = {line.get("y1") for line in root.iter("line") if line.get("class") == "grid"}
    assert dot.get("cy") in lines


def test_lines_are_cut_at_the_edges_and_broken_at_gaps():
    root = parsed(Chart(Line([-10, 20, math.nan, 1, 2], [5, 5, 5, 1, 2]), **TEN))
    left, top, right, bottom = box(root)
    level, slanted = (line.get("points").split() for line in root.iter("polyline"))
    middle = (top + bottom) / 2
    assert level == [f"{left:.2f},{middle:.2f}", f"{right:.2f},{middle:.2f}"]
    assert len(slanted) == 2


@pytest.mark.parametrize(("x_log", "kinds"), [(False, "linear"), (True, "log")])
def test_a_script_can_find_a_place_and_a_layer(x_log, kinds):
    chart = Chart(Guide(y=6), Mark(4, 6, "here"), Mark(4, 6, "here"), x_range=(1, 16),
                  y_range=(0, 8), x_log=x_log)
    root = parsed(chart, width=460, height=340)
    left, top, right, bottom = map(float, root.get("data-box").split())
    assert (left, top, right, bottom) == box(root)
    (x_low, x_high, x_kind), (y_low, y_high, y_kind) = (
        root.get(name).split() for name in ("data-x", "data-y"))
    assert (x_kind, y_kind) == (kinds, "linear")
    low, high = float(x_low), float(x_high)
    share = math.log(4 / low) / math.log(high / low) if x_log else (4 - low) / (high - low)
    here = left + share * (right - left), bottom - 6 / float(y_high) * (bottom - top)
    assert (float(x_low), float(y_low)) == (1, 0)
    layers = {g.get("class"): g for g in root.iter("g") if g.get("class", "").startswith("layer")}
    assert set(layers) == {"layer-1", "layer-2", "layer-3"}
    assert [len(list(layers[f"layer-{i}"].iter("circle"))) for i in (1, 2, 3)] == [0, 1, 1]
    dot = next(layers["layer-3"].iter("circle"))
    assert (float(dot.get("cx")), float(dot.get("cy"))) == pytest.approx(here, abs=0.01)


def test_each_picture_of_several_has_places_of_its_own():
    charts = [Chart(x_range=(0, 1)), Chart(x_range=(3, 4))]
    root = ElementTree.fromstring(beside(charts, 300, 200))
    assert [e.get("data-x") for e in root.iter() if e.get("data-x")] == [
        "0.0 1.0 linear", "3.0 4.0 linear"]


@pytest.mark.parametrize(("x", "anchor"), [(0, "start"), (5, "start"), (10, "end")])
def test_a_mark_is_named_on_the_side_with_room(x, anchor):
    root = parsed(Chart(Mark(x, 10, "a name"), **TEN))
    name = next(text for text in root.iter("text") if text.text == "a name")
    dot = next(root.iter("circle"))
    assert name.get("text-anchor") == anchor
    assert 0 < abs(float(name.get("x")) - float(dot.get("cx"))) < 20
    assert (float(name.get("x")) > float(dot.get("cx"))) is (anchor == "start")
    assert float(name.get("y")) >= 12  # not cut off at the top


@pytest.mark.parametrize(
    ("layer", "circles", "polylines"),
    [
        (Points([1, 2, 2], [3, 4, 4]), 2, 0),  # two in one place are one
        (Line([1, 2], [3, 4]), 0, 1),
        (Curve(abs, -1, 1), 0, 1),
        (Path([1, 2], [3, 4]), 2, 2),  # with a head that says which way
        (Mark(1, 2, ""), 1, 0),
        (Text(1, 2, "a word"), 0, 0),
        (Tangent(1, 2, 3), 0, 1),
        (Arrows([1, 2], [1, 2], dx=[1, 0], dy=[1, 0]), 1, 2),  # one has no length: a dot
        (Guide(x=1), 0, 1),
        (Guide(y=math.inf), 0, 0),
    ],
)
def test_each_layer_has_its_elements(layer, circles, polylines):
    root = parsed(Chart(layer))
    assert len(list(root.iter("circle"))) == circles
    assert len(list(root.iter("polyline"))) == polylines


def test_words_are_text_and_safe():
    nasty = "a < b & \"c\" > 'd' </svg> \x00\x1b\ud800\ufffe"
    seen = "a < b & \"c\" > 'd' </svg>"
    chart = Chart(Line([0, 1], [0, 1], label=nasty), Mark(0, 0, nasty),
                  title=nasty, x_label=nasty, y_label=nasty)
    root = parsed(chart, width=1200)
    assert root.find("title").text == seen
    assert [text.text for text in root.iter("text")].count(seen) == 5
    assert seen in root.find("desc").text
    assert "&quot;c&quot;" in render(chart, width=1200)


def test_those_who_listen_hear_what_there_is():
    chart = Chart(Points([0, 10], [0, 90], label="movies"), Curve(abs, 0, 9), x_label="budget")
    root = parsed(chart)
    assert [child.tag for child in root][:2] == ["title", "desc"]
    assert root.find("title").text == "y against budget"
    assert root.find("desc").text == (
        "budget from 0 to 10, y from 0 to 90. Shown: 2 points movies: from 0 to 10 across, "
        "0 to 90 up; curve: from (0, 0) to (9, 9)."
    )
    assert root.get("role") == "img"


X_10 = [*range(1, 11)]


@pytest.mark.parametrize(("layer", "heard"), [
    (Points([], [], "none"), "points none: outside the picture"),
    (Points([3], [4.126], "one"), "points one: (3, 4.13)"),
    (Points([3, 40], [4, 4]), "points: (3, 4)"),
    (Points([1, 2, 9, 99], [3, 5, 8, 1], "a"),
     "3 points a: from 1 to 9 across, 3 to 8 up, rising on the whole (correlation 0.96)"),
    (Points([1, 2, 9], [8, 5, 3]),
     "3 points: from 1 to 9 across, 3 to 8 up, falling on the whole (correlation -0.87)"),
    (Points(X_10, [(x - 5.5)**2 / 5 for x in X_10]), "10 points: from 1 to 10 across, 0.05 to 4.05 "
     "up, neither up nor down on the whole (correlation 0.00)"),
    (Points([1, 2, 3], [4, 4, 4]), "3 points: from 1 to 3 across, 4 to 4 up"),
    (Line([0, 4, 8], [2, 9, 3], "tent"), "line tent: from (0, 2) to (8, 3), highest at (4, 9)"),
    (Line([0, 1, 2, 3, 4], [5, 5, math.nan, 6, 6]), "line: in 2 pieces, from (0, 5) to (4, 6)"),
    (Curve(lambda x: (x - 3)**2, 1, 6, "loss"),
     "curve loss: from (1, 4) to (6, 9), lowest at (3, 0)"),
    (Curve(lambda x: 5 + 4 * math.sin(x), 0, 6),
     "curve: from (0, 5) to (6, 3.88), lowest at (4.71, 1), highest at (1.57, 9)"),
    (Curve(lambda x: 2 * x, 0, 10), "curve: from (0, 0) to (5, 10)"),  # cut off at the top
    (Path([1, 5, 2], [9, 1, 2], "descent"), "path descent: from (1, 9) to (2, 2)"),
    (Mark(3, 4, "the bottom"), "mark the bottom at (3, 4)"),
    (Mark(3, 40, "far"), "mark far outside the picture"),
    (Tangent(5, 5, 0.5, "secant, h = 1"),
     "straight line secant, h = 1: slope 0.5, from (0, 2.5) to (10, 7.5)"),
    (Tangent(5, 5, 1e-9, "at the bottom"),
     "straight line at the bottom: level, from (0, 5) to (10, 5)"),
    (Guide(x=2, label="mean"), "upright line mean at 2"),
    (Guide(y=2.5), "level line at 2.5"),
    (Bars([1, 2, 3], [4, -2, 9], "films"), "3 bars films: -2 at 2 to 9 at 3"),
    (Bars([2], [4]), "1 bars: 4 at 2"),
    (Band([0, 5, 10], [1, 2, 3], [2, 4, 6], "sure"), "band sure: 1 to 2 at 0, 3 to 6 at 10"),
    (Arrows([1, 2], [1, 2], dx=[1, 3], dy=[0, 4]), "2 arrows: the longest from (2, 2) to (5, 6)"),
    (Contours(lambda x, y: 1000 * x, (0, 10), (0, 10), "height", 4),
     "map height: lowest 0 near (0, 0), highest 10,000 near (10, 10); "
     "lines at 2,000, 4,000, 6,000, 8,000"),
    (Contours(lambda x, y: math.nan, (0, 10), (0, 10)), "map: no height anywhere"),
])
def test_a_layer_is_heard_as_it_is_seen(layer, heard):
    words = parsed(Chart(layer, **TEN)).find("desc").text
    assert words == f"x from 0 to 10, y from 0 to 10. Shown: {heard}."


def test_layers_have_colours_of_their_own_and_the_legend_shows_them():
    lines = [Line([0, 1], [i, i], label=f"line {i}") for i in range(6)]
    root = parsed(Chart(*lines, Line([0, 1], [7, 7])))
    drawn = [line.get("stroke") for line in root.iter("polyline")]
    assert drawn[:7] == [*COLOURS, COLOURS[0]]
    assert drawn[7:] == list(COLOURS)
    labels = [text.text for text in root.iter("text") if text.text.startswith("line")]
    assert labels == [f"line {i}" for i in range(6)]


def luminance(colour):
    """Relative luminance, as the Web Content Accessibility Guidelines 2.1 define it."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_words_and_lines_stand_out_on_light_and_dark_paper():
    light, dark = render(Chart()).split("@media (prefers-color-scheme: dark)")
    for style in (light, dark.split("</style>")[0]):
        paper = re.search(r"\.paper \{ fill: (#\w+)", style)[1]
        words, halo = re.search(r"\.words \{ fill: (#\w+); stroke: (#\w+)", style).groups()
        assert contrast(paper, words) >= 7 and halo == paper  # the strictest level for text
        assert all(contrast(paper, colour) >= 3 for colour in [*COLOURS, GREY])  # and for lines
    assert "opacity" not in render(Chart(Points([1], [1]), Line([1, 2], [1, 2]), Guide(x=1)))


def looks(parts):
    """The dashes of lines, or None if they are solid."""
    return [part.get("stroke-dasharray") for part in parts]


def test_lines_differ_in_their_dashes_and_the_legend_shows_them():
    lines = [Line([0, 1], [i, i], label=f"line {i}") for i in range(6)]
    drawn = looks(parsed(Chart(*lines)).iter("polyline"))
    assert len(set(drawn)) == 6 and drawn[0] is None
    assert drawn[:6] == drawn[6:]
    mixed = Chart(Curve(abs, -1, 1), Points([1], [1]), Path([0, 1], [0, 1]), Guide(x=0.5),
                  Tangent(0, 0, 1))
    root = parsed(mixed)
    layers = {g.get("class"): looks(g.iter("polyline")) for g in root.iter("g")}
    curve, (walk, head), guide, tangent = (layers[f"layer-{i}"] for i in (1, 3, 4, 5))
    assert (curve, head) == ([None], None)  # heads are too short for dashes
    assert len({*curve, walk, *tangent, *guide}) == 4


def test_bands_differ_in_the_dashes_of_their_edges_and_the_legend_shows_them():
    bands = [Band([0, 1], [i, i], [i + 1, i + 2], f"band {i}") for i in range(3)]
    groups = [g for g in parsed(Chart(*bands)).iter("g") if g.get("fill-opacity")]
    assert [g.get("stroke") for g in groups] == [*COLOURS[:3], *COLOURS[:3]]
    edges = looks(groups)
    assert len(set(edges)) == 3 and edges[:3] == edges[3:] and edges[0] is None


def test_classes_of_points_differ_in_shape_and_the_legend_shows_it():
    classes = [Points([1, 2], [i, i], label=f"class {i}") for i in range(5)]
    root = parsed(Chart(*classes))
    groups = [g for g in root.iter("g") if g.get("fill") and len(g)]
    assert len(groups) == 10  # five in the picture, five in the legend
    seen = [shape(g[0]) for g in groups]
    assert len(set(seen[:5])) == 5 and seen[0] == "disc"
    assert seen[:5] == seen[5:]
    assert all(shape(dot) == shape(g[0]) for g in groups for dot in g)
    for g in groups[1:5]:  # as much ink as a disc of radius 4
        dots = corners(g[0])
        around = zip(dots, dots[1:] + dots[:1], strict=True)
        assert abs(sum(a * d - c * b for (a, b), (c, d) in around)) / 2 == pytest.approx(
            math.pi * 16, rel=0.01)


def test_a_crowd_is_one_element_with_a_round_dot_at_every_place():
    xs = [i % 20 for i in range(200)]
    ys = [i // 20 for i in range(200)]
    root = parsed(Chart(Points(xs + xs, ys + ys, "first"), Points(ys, xs, "second")))
    left, top, right, bottom = map(float, root.get("data-box").split())
    (x_low, x_high), (y_low, y_high) = (
        map(float, root.get(name).split()[:2]) for name in ("data-x", "data-y"))
    first, second, *_ = (g for g in root.iter("g") if g.get("class", "").startswith("layer"))
    (path,) = first.iter("path")
    assert path.get("stroke-linecap") == "round" and path.get("stroke") == COLOURS[0]
    dots = re.findall(r"M([\d.]+) ([\d.]+)h0", path.get("d"))
    assert path.get("d") == "".join(f"M{x} {y}h0" for x, y in dots) and len(dots) == 200
    for (x, y), x_drawn, y_drawn in zip(zip(xs, ys, strict=True), *zip(*dots, strict=True),
                                        strict=True):
        share_x, share_y = (x - x_low) / (x_high - x_low), (y - y_low) / (y_high - y_low)
        assert float(x_drawn) == pytest.approx(left + share_x * (right - left), abs=0.2)
        assert float(y_drawn) == pytest.approx(bottom + share_y * (top - bottom), abs=0.2)
    assert {shape(dot) for g in second for dot in g} == {shape(next(second.iter("polygon")))}


def shape(part):
    """A disc, or in which directions from its middle the corners lie."""
    if part.tag == "circle":
        return "disc"
    dots = corners(part)
    x, y = (sum(numbers) / len(dots) for numbers in zip(*dots, strict=True))
    return frozenset(round(math.degrees(math.atan2(y - b, a - x))) % 360 for a, b in dots)


@pytest.mark.parametrize(("width", "height"), [(460, 340), (640, 400), (200, 200), (400, 900)])
@pytest.mark.parametrize("ranges", [(4, 4), (10, 1), (1, 3)])
def test_equal_axes_have_equal_units(width, height, ranges):
    across, up = ranges
    chart = Chart(Mark(0, 0, "here"), x_range=(0, across), y_range=(0, up), equal=True,
                  x_label="a label", y_label="another")
    root = parsed(chart, width=width, height=height)
    left, top, right, bottom = map(float, root.get("data-box").split())
    assert (right - left) / across == pytest.approx((bottom - top) / up, rel=1e-4)
    assert float(root.get("width")) == width and float(root.get("height")) <= max(width, height)
    assert left >= 0 and right <= width
    if across >= up * 3 or (across, width) == (4, 400):  # as wide as there is room
        assert right == width - 28
    other = parsed(Chart(x_range=(0, across), y_range=(0, up)), width=width, height=height)
    assert int(other.get("height")) == height


def test_what_shades_mean_is_said_by_a_scale():
    for f, count in ((lambda x, y: x, 4), (lambda x, y: 1e5 * x, 8)):
        chart = Chart(Contours(f, (0, 10), (0, 10), "height", count=count))
        levels = chart.layers[0].levels
        root = parsed(chart, width=460, height=340)
        picture, *swatches = ([g for g in root.iter("g") if g.get("class") == "layer-1"]
                              + [g for g in root.iter("g") if g.get("fill-opacity")])
        assert len(swatches) == len(levels) + 1
        dense = [float(swatch.get("fill-opacity")) for swatch in swatches]
        assert dense == sorted(set(dense)) and dense[0] == 0
        bands = [float(path.get("fill-opacity")) for path in picture.iter("path")
                 if path.get("fill-opacity")]
        assert bands == dense[1:]  # the same shades as in the picture
        meet = {corners(swatch[0])[0][0]: level
                for swatch, level in zip(swatches[1:], levels, strict=True)}
        below = max(float(text.get("y")) for text in root.iter("text"))
        numbers = [t for t in root.iter("text") if float(t.get("y")) == below]
        assert len(numbers) >= 2 and "height" in [t.text for t in root.iter("text")]
        for each in numbers:
            assert float(each.text.replace(",", "")) == meet[float(each.get("x"))]


def blocks(root):
    """Where each text stands: an even letter of 12 pixels is taken to be 6.6 wide."""
    shares = {"start": 0, "middle": 0.5, "end": 1}
    for part in root.iter("text"):
        size = float(part.get("font-size", 12))
        wide = 0.55 * size * len(part.text)
        left = float(part.get("x")) - wide * shares[part.get("text-anchor")]
        y = float(part.get("y"))
        yield part.text, (left, y - 0.75 * size, left + wide, y + 0.2 * size)


@pytest.mark.parametrize("chart", [
    Chart(Mark(1, 5, "one name"), Mark(1.2, 5, "a second"), Mark(1.1, 5.1, "a third"),
          Mark(1, 4.9, "a fourth"), **TEN, title="Names", x_label="x", y_label="a long name of y"),
    Chart(Mark(0, 10, "high on the left"), Mark(10, 10, "high"), Mark(10, 9.9, "as high"), **TEN,
          title="Edges", y_label="a long name of the upright axis"),
    Chart(Contours(lambda x, y: 1e5 * x, (0, 10), (0, 10), "height", 8), Points([1], [1], "class"),
          *(Line([0, 10], [i, i], f"line number {i}") for i in range(6)), **TEN, equal=True,
          title="A legend of several rows", x_label="a name of x", y_label="a name of y"),
    Chart(Line([1, 100_000], [1e-9, 1], "a line"), x_log=True, y_log=True, x_label="x"),
    Chart(Points([1e6, 2.5e6], [123_456, 987_654]), x_label="large numbers", y_label="y"),
], ids=["names", "edges", "legend", "log", "large"])
def test_labels_of_a_picture_as_wide_as_a_telephone_are_large_and_do_not_meet(chart):
    root = parsed(chart, width=460, height=340)
    style = next(root.iter("style")).text
    sizes = [float(each) for each in re.findall(r"font: (\d+)px", style)]
    sizes += [float(part.get("font-size")) for part in root.iter("text") if part.get("font-size")]
    assert min(sizes) >= 12
    texts = [*blocks(root)]
    for i, (words, (left, top, right, bottom)) in enumerate(texts):
        assert min(left, top) >= 0 and right <= 460, words
        assert bottom <= float(root.get("height")), words
        for other, (left_2, top_2, right_2, bottom_2) in texts[i + 1:]:
            apart = left >= right_2 or left_2 >= right or top >= bottom_2 or top_2 >= bottom
            assert apart, (words, other)


def test_what_is_left_out_is_said():
    texts = [text.text for text in parsed(Chart(Points([1, math.nan], [1, 1]))).iter("text")]
    assert "1 left out: not a finite number" in texts


@pytest.mark.parametrize("letter", ["a", "W", "\u65e5"])
def test_long_names_stay_in_the_picture(letter):
    name = f"{letter * 9} " * 30
    chart = Chart(
        Line([0, 1], [0, 1], label=name), Mark(1, 1, name), Mark(0.5, 0.5, name),
        title=name, x_label=name, y_label=name,
    )
    root = parsed(chart, width=400, height=300)
    widths = {"middle": (-0.5, 0.5), "start": (0, 1), "end": (-1, 0)}
    for element in root.iter("text"):
        wide = 7 * sum(2 if ord(c) > 0x2E80 else 1 for c in element.text)
        for share in widths[element.get("text-anchor")]:
            assert -1 <= float(element.get("x")) + share * wide <= 401, element.text


def test_an_arrow_that_is_cut_by_the_edge_has_no_head():
    root = parsed(Chart(Arrows([5], [5], dx=[100], dy=[0]), **TEN))
    assert len(list(root.iter("polyline"))) == 1


def test_many_arrows_are_drawn_once_for_each_place():
    many = range(max(thinned((2_000, 20_000), keep=1)))
    ones = [1 for _ in many]
    chart = Chart(Arrows([i % 7 for i in many], [i % 5 for i in many], dx=ones, dy=ones))
    assert len(list(parsed(chart).iter("polyline"))) == 2 * 35
