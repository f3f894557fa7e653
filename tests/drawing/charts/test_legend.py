"""Where the legend and the words of an SVG file stand, by plain arithmetic: a letter is 7 pixels
wide, lines are 18 apart, 14 are left between things, and the sample of a line is 34 wide."""

import math
from xml.etree import ElementTree

import pytest

from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.legend import Pen, drawn, legend, scale
from mathlab.drawing.charts.marks import Guide, Mark
from mathlab.drawing.charts.series import Band, Bars, Line, Points
from mathlab.drawing.paper.ink import COLOURS
from tests.drawing.charts.test_svg import TEN, box, corners, parsed

HEIGHT = Contours(lambda x, y: x, (0, 10), (0, 10), "height", at=(2, 4, 6, 8))
BARE = Contours(lambda x, y: x, (0, 10), (0, 10), at=(2, 4, 6, 8))


def elements(parts):
    return ElementTree.fromstring(f"<svg>{''.join(parts)}</svg>")


def written(root):
    """Where each text stands, and which part of it."""
    return {part.text: (float(part.get("x")), float(part.get("y")), part.get("text-anchor"))
            for part in root.iter("text")}


def test_the_lines_of_a_whole_picture():
    chart = Chart(Points([1, math.nan], [1, 1], "dots"), HEIGHT, **TEN, title="Title",
                  x_label="across", y_label="up")
    root = parsed(chart, width=640, height=400)
    words = written(root)
    # Above: a title and a label; below: ticks, label, note, one row, and the two lines of a map.
    left, top, right, bottom = 28 + len("10.0") * 7, 14 + 2 * 18, 640 - 28, 400 - 14 - 6 * 18
    assert box(root) == (left, top, right, bottom)
    middle = (left + right) / 2
    for name, place in {
        "Title": (middle, 18, "middle"), "up": (14, top - 12, "start"),
        "across": (middle, bottom + 2 * 18, "middle"),
        "1 left out: not a finite number": (middle, bottom + 3 * 18, "middle"),
        "dots": (middle - (8 + 28 + 28) / 2 + 8 + 7, bottom + 4 * 18, "start"),
        "height": (middle - (6 * 7 + 14 + 5 * 40) / 2, bottom + 5 * 18, "start")}.items():
        assert words[name] == place, name
    first = middle - (6 * 7 + 14 + 5 * 40) / 2 + 6 * 7 + 14
    ticks = [(float(each.get("x")), each.text) for each in root.iter("text")
             if float(each.get("y")) == 400 - 14]
    assert ticks == [(first + i * 40, str(2 * i)) for i in (1, 2, 3, 4)]


def test_a_title_of_several_lines_and_the_names_below_it():
    root = parsed(Chart(title="word " * 24, **TEN), width=200, height=200)
    lines = [part for part in root.iter("text") if part.get("font-size")]
    assert [float(part.get("y")) for part in lines] == [18 * i for i in range(1, len(lines) + 1)]
    assert all(9 * len(part.text) <= 200 - 3 * 14 for part in lines)  # larger: 9 pixels a letter
    assert all(9 * len(f"{part.text} word") > 200 - 3 * 14 for part in lines[:-1])
    assert box(root)[1] == 14 + 18 * len(lines)
    assert box(root)[3] - box(root)[1] == 60  # it grew, and is as flat as may be
    assert float(root.get("height")) == box(root)[3] + 18 + 14


@pytest.mark.parametrize(("x", "y", "above", "name", "place"), [
    (50, 20, "", "name", (7, 4, "start")),  # on the first line of the picture, if not above it
    (50, 19, "title", "name", (7, -7, "start")),  # 8 pixels below the top: clear of the title
    (50, 19.2, "title", "name", (7, 18, "start")),  # nearer to it: below the dot
    (0, 18.75, "y_label", "name", (7, -7, "start")),  # 10 pixels below the top: clear of the label
    (0, 18.8, "y_label", "name", (7, 18, "start")),
    (90, 10, "title", "n" * 11, (7, -7, "start")),  # 7 pixels each: to 14 beyond the edge
    (90, 10, "title", "n" * 12, (-7, -7, "end")),
])
def test_a_name_stands_seven_pixels_from_its_dot(x, y, above, name, place):
    words = {above: "some words"} if above else {}
    chart = Chart(Mark(x, y, name), x_range=(0, 100), y_range=(0, 20), **words)
    root = parsed(chart, width=42 + 700 + 28, height=32 + 160 + 32)
    dot = next(root.iter("circle"))
    across, up, anchor = written(root)[name]
    assert (across - float(dot.get("cx")), up - float(dot.get("cy")), anchor) == (
        pytest.approx(place[0], abs=0.02), pytest.approx(place[1], abs=0.02), place[2])


@pytest.mark.parametrize(("y", "lines"), [(80, [-7, 18, -25, 36]), (18, [-7, 18, -25])])
def test_names_of_one_dot_stand_around_it_within_the_picture(y, lines):
    names = [f"n{i}" for i in range(2 * len(lines))]
    chart = Chart(*(Mark(5, y, name) for name in names), x_range=(0, 10), y_range=(0, 160))
    root = parsed(chart, width=640, height=14 + 160 + 32)
    dot = next(root.iter("circle"))
    words, x, y = written(root), float(dot.get("cx")), float(dot.get("cy"))
    places = [(x + side, y + line, "end" if side < 0 else "start")
              for line in lines for side in (7, -7)]
    assert [words[name] for name in names] == places


@pytest.mark.parametrize(("which", "letters", "lines"), [
    ("x_label", 29, 1), ("x_label", 30, 2), ("title", 22, 1), ("title", 23, 2),
    ("y_label", 31, 1), ("y_label", 32, 0)])  # 7 pixels a letter, or 9; a label of y is cut
def test_words_have_the_width_but_for_the_edges(which, letters, lines):
    root = parsed(Chart(**{which: "n" * letters}, **TEN), width=29 * 7 + 3 * 14, height=200)
    names = [name for name in written(root) if set(name) == {"n"}]
    assert len(names) == lines and len("".join(names)) in (0, letters)


def test_an_equal_picture_stands_in_the_middle_and_its_label_above_it():
    tall = {"x_range": (0, 2), "y_range": (0, 10), "equal": True}
    root = parsed(Chart(**tall, y_label="up"), width=640, height=232)
    left, top, right, bottom = box(root)
    assert 5 * (right - left) == pytest.approx(bottom - top)
    ticks = [(float(part.get("x")), float(part.get("y"))) for part in root.iter("text")
             if part.get("text-anchor") == "end"]
    lines = [float(line.get("y1")) for line in root.iter("line") if line.get("class") == "grid"]
    assert ticks == [pytest.approx((left - 7, y + 4), abs=0.02) for y in lines]
    spare = left - (28 + len("10") * 7)  # beyond the room of the labels
    assert spare == pytest.approx(640 - 28 - right) and spare > 100
    assert written(root)["up"][0] == pytest.approx(14 + spare)
    wide = parsed(Chart(**tall, y_label="n" * 80), width=640, height=232)
    assert written(wide)["n" * 80][0] == 640 - 14 - 80 * 7
    flat = Chart(x_range=(0, 10), y_range=(0, 2), equal=True)  # 114 pixels have room for 2 ticks
    ends = [part.text for part in parsed(flat).iter("text") if part.get("text-anchor") == "end"]
    assert ends == [name for _, name in flat.frame.y.scale(2)]


@pytest.mark.parametrize(("high", "count"), [(100, 2), (149, 2), (150, 3), (249, 4), (250, 5)])
def test_upright_ticks_are_fifty_pixels_apart_or_more(high, count):
    chart = Chart(x_range=(0, 1), y_range=(0, 7), title="T", y_label="y", x_label="x")
    root = parsed(chart, width=640, height=50 + high + 50)
    ticks = [part.text for part in root.iter("text") if part.get("text-anchor") == "end"]
    assert ticks == [name for _, name in chart.frame.y.scale(count)]


def test_two_maps_have_two_lines_each_and_one_level_has_the_densest_shade():
    other = Contours(lambda x, y: y, (0, 10), (0, 10), "other", at=(5,))
    root = parsed(Chart(HEIGHT, other, **TEN), width=640, height=400)
    assert [written(root)[name][1] for name in ("height", "other")] == [400 - 86 + 18, 400 - 32]
    assert Pen.of(1, other, 0).shade(1) == 0.45


def test_many_points_are_half_as_large():
    many = [i / 10 for i in range(100)]
    root = parsed(Chart(Points(many * 20, many * 20), **TEN))
    assert [path.get("stroke-width") for path in root.iter("path")] == ["4"]


@pytest.mark.parametrize("x", [2, 5, 8])
def test_a_long_name_takes_what_room_the_wider_side_has(x):
    root = parsed(Chart(Mark(x, 5, "n" * 200), **TEN), width=640, height=300)
    left, _, right, _ = box(root)
    at = float(next(root.iter("circle")).get("cx"))
    (name,) = (each for each in written(root) if each.startswith("nn"))
    assert len(name) == int(max(right - at, at - left) // 7)


@pytest.mark.parametrize("end", [10, 1_000_000, 1e12])
def test_as_many_ticks_stand_below_as_have_room(end):
    root = parsed(Chart(x_range=(0, end), y_range=(0, 1)), width=400, height=200)
    left, _, right, bottom = box(root)
    ticks = [(*place, name) for name, place in written(root).items() if place[1] == bottom + 18]
    assert len(ticks) >= 2 and sum(7 * len(name) + 14 for *_, name in ticks) <= right - left
    x, *_, name = ticks[-1]  # at the right edge, but inside the picture
    assert x == min(right, 400 - 7 * len(name) / 2)


def test_a_band_outside_the_picture_is_not_drawn():
    root = parsed(Chart(HEIGHT, x_range=(0, 3), y_range=(0, 10)))
    bands = [path for path in root.iter("path") if path.get("fill-opacity")]
    assert len(bands) == 1 and bands[0].get("d")  # that above 2: the lowest has no colour


@pytest.mark.parametrize(("layer", "taken"), [
    (Points([1], [1], "name"), 8 + 4 * 7 + 28), (Line([1], [1], "name"), 34 + 4 * 7 + 28),
    (Guide(x=1, label="a name"), 34 + 6 * 7 + 28), (Bars([1], [1], "name"), 34 + 4 * 7 + 28),
    (Line([1], [1], "n" * 99), 34 + 13 * 7 + 28),  # cut: 92 pixels are 13 letters
])
def test_what_a_row_of_the_legend_takes(layer, taken):
    pen = Pen.of(1, layer, 0)
    one, two = (Pen.of(i, layer, 0) for i in (1, 2))
    assert legend([pen], 34 + 3 * 14 + 92) == [[(pen, taken)]]
    if len(layer.label) < 9:
        assert list(map(len, legend([one, two], 2 * taken))) == [2]
        assert list(map(len, legend([one, two], 2 * taken - 1))) == [1, 1]


@pytest.mark.parametrize(("layer", "sample"), [
    (Line([1], [1], "abc"), [(0, -4), (34, -4)]), (Guide(x=1, label="abc"), [(0, -4), (34, -4)]),
    (Bars([1], [1], "abc"), [(0, -9), (34, -9), (34, 1), (0, 1)]),
    (Band([1], [1], [2], "abc"), [(0, -9), (34, -9), (34, 1), (0, 1)]),
])
def test_samples_stand_in_a_row_around_the_middle(layer, sample):
    pens = [Pen.of(1, Points([1], [1], "dots"), 0), Pen.of(2, layer, 0)]
    (row,) = legend(pens, 640)
    root = elements(drawn(row, 300, 100))
    start = 300 - (8 + 28 + 28 + 34 + 21 + 28) / 2
    dot, shape = next(root.iter("circle")), next(e for e in root.iter() if e.get("points"))
    assert [float(dot.get(name)) for name in ("cx", "cy", "r")] == [start + 4, 96, 4]
    second = start + 8 + 28 + 28
    assert corners(shape) == [(second + x, 100 + y) for x, y in sample]
    assert written(root) == {"dots": (start + 8 + 7, 100, "start"),
                             "abc": (second + 34 + 7, 100, "start")}
    moved = elements(drawn(row, 20, 100))  # no room for its half: it starts at the edge
    assert float(next(moved.iter("circle")).get("cx")) == 14 + 4


@pytest.mark.parametrize(("layer", "width", "named", "swatch", "every"), [
    (HEIGHT, 640, 6 * 7 + 14, 40, 1), (BARE, 640, 0, 40, 1), (BARE, 228, 0, 40, 1),
    (BARE, 128, 0, 20, 1), (BARE, 98, 0, 14, 2), (HEIGHT, 134, 6 * 7 + 14, 10, 2),
])
def test_the_scale_of_a_map_stands_around_the_middle(layer, width, named, swatch, every):
    root = elements(scale(Pen.of(1, layer, 0), 300, 100, width))
    start = 300 - (named + 5 * swatch) / 2
    first = start + named
    *bands, frame = map(corners, root.iter("polygon"))
    assert [band[0] for band in bands] == [(first + i * swatch, 91) for i in range(5)]
    assert [band[2] for band in bands] == [(first + i * swatch, 101) for i in range(1, 6)]
    assert frame == [(first, 91), (first + 5 * swatch, 91), (first + 5 * swatch, 101), (first, 101)]
    shades = [each.get("fill-opacity") for each in root.iter("g") if each.get("fill")]
    assert shades == ["0.00", "0.11", "0.23", "0.34", "0.45"]  # evenly up to 0.45
    assert {each.get("fill") for each in root.iter("g")} == {COLOURS[0], None}
    words = {str(2 * i): (first + i * swatch, 118, "middle") for i in range(1, 5, every)}
    assert written(root) == words | ({"height": (start, 100, "start")} if named else {})
    ticks = [[float(line.get(n)) for n in ("x1", "y1", "x2", "y2")] for line in root.iter("line")]
    assert ticks == [[x, 101, x, 105] for x, *_ in words.values()]
