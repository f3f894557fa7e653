import math
import re
from xml.etree import ElementTree

import pytest

from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.charts.curve import Curve
from mathlab.drawing.charts.marks import Guide, Mark, Tangent, Text
from mathlab.drawing.charts.series import Arrows, Band, Bars, Line, Path, Points
from mathlab.drawing.charts.svg import COLOURS, beside, render
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


def test_a_walk_can_be_animated_without_a_script():
    chart = Chart(Path([0, 10, 5], [0, 10, 5]), **TEN)
    assert not list(parsed(chart).iter("animateMotion"))
    (motion,) = parsed(chart, animate=True).iter("animateMotion")
    line = next(parsed(chart).iter("polyline")).get("points").replace(",", " ")
    (dot,) = (each for each in parsed(chart, animate=True).iter("circle") if len(each))
    start = [float(dot.get("cx")), float(dot.get("cy"))]  # the motion is from there
    way = map(float, motion.get("path").replace("M", "").replace("L", "").split())
    assert [x + start[i % 2] for i, x in enumerate(way)] == [*map(float, line.split())]
    assert motion.get("repeatCount") == "indefinite"
    assert "script" not in render(chart, animate=True)


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
        "budget from 0 to 10, y from 0 to 90. Shown: points movies (2); curve."
    )
    assert root.get("role") == "img"


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
        words = re.search(r"\.words \{ fill: (#\w+)", style)[1]
        assert contrast(paper, words) >= 7  # the strictest level for text
        assert all(contrast(paper, colour) >= 3 for colour in COLOURS[:3])  # for lines
        assert all(contrast(paper, colour) >= 2 for colour in COLOURS)


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
