import math

import pytest

from mathlab.drawing.charts.axis import Axis
from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.curve import Curve
from mathlab.drawing.charts.frame import Frame
from mathlab.drawing.charts.marks import Guide, Mark, Tangent
from mathlab.drawing.charts.series import Band, Line, Path, Points

TEN = Frame(Axis(0, 10), Axis(0, 10))


@pytest.mark.parametrize(
    "layer",
    [
        Points([-3, 8], [20, 90]),
        Line([8, -3], [90, 20]),
        Path([-3, 8], [90, 20]),
        Curve(lambda x: 20 + 70 * (x + 3) / 11, -3, 8),
    ],
)
def test_the_axes_cover_every_layer(layer):
    frame = Chart(layer).frame
    assert frame.x.low <= -3 and frame.x.high >= 8
    assert frame.y.low <= 20 and frame.y.high >= 90


def test_the_axes_cover_marks_and_guides_too():
    chart = Chart(Points([1, 2], [1, 2]), Mark(50, 60, "far"), Guide(x=-70), Guide(y=-80))
    frame = chart.frame
    assert frame.x.low <= -70 and frame.x.high >= 50
    assert frame.y.low <= -80 and frame.y.high >= 60


def test_what_is_not_finite_does_not_stretch_the_axes():
    chart = Chart(Points([1, math.inf], [1, 5]), Mark(math.nan, 9, ""), Guide(y=math.inf))
    assert chart.frame == Chart(Points([1], [1])).frame


def test_given_ranges_are_kept_and_y_covers_what_is_then_seen():
    chart = Chart(Points([0, 1, 2, 100], [0, 4, 8, 1000]), x_range=(0, 2))
    frame = chart.frame
    assert (frame.x.low, frame.x.high) == (0, 2)
    assert (frame.y.low, frame.y.high) == (0, 8)
    assert Chart(Points([3], [4]), y_range=(-1, 99)).frame.y == Axis(-1, 99)


def test_dots_outside_are_not_shown():
    assert TEN.dots([[(0, 0), (10, 10), (5, 2.5)], [(11, 5), (5, -1)]]) == [
        (0, 0),
        (1, 1),
        (0.5, 0.25),
    ]


@pytest.mark.parametrize(
    ("run", "strokes"),
    [
        ([(1, 1), (9, 9)], [[(0.1, 0.1), (0.9, 0.9)]]),
        ([(-5, 5), (15, 5)], [[(0, 0.5), (1, 0.5)]]),  # in and out again
        ([(5, -5), (5, 15)], [[(0.5, 0), (0.5, 1)]]),
        ([(-5, -5), (15, 15)], [[(0, 0), (1, 1)]]),
        ([(-1, 5), (5, 11)], [[(0, 0.6), (0.4, 1)]]),  # cuts the upper left corner
        ([(-4, 7), (5, 16)], []),  # passes it by
        ([(11, 0), (11, 10)], []),  # beside the square
        ([(5, 5), (5, 15), (6, 15), (6, 5)], [[(0.5, 0.5), (0.5, 1)], [(0.6, 1), (0.6, 0.5)]]),
        ([(1, 1), (2, 2), (3, 1)], [[(0.1, 0.1), (0.2, 0.2), (0.3, 0.1)]]),
        ([(4, 4)], [[(0.4, 0.4), (0.4, 0.4)]]),  # a single dot is a short line
        ([(40, 4)], []),
        ([(5, 5), (5, 1e300)], [[(0.5, 0.5), (0.5, 1)]]),
    ],
)
def test_lines_are_cut_at_the_edges(run, strokes):
    found = TEN.strokes([run])
    assert [len(stroke) for stroke in found] == [len(stroke) for stroke in strokes]
    for ours, theirs in zip(found, strokes, strict=True):
        for dot, expected in zip(ours, theirs, strict=True):
            assert dot == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("guide", "ends"),
    [
        (Guide(x=5), [(0.5, 0), (0.5, 1)]),
        (Guide(y=2.5), [(0, 0.25), (1, 0.25)]),
        (Guide(x=11), []),
        (Guide(y=math.nan), []),
    ],
)
def test_guides_go_from_edge_to_edge(guide, ends):
    assert [dot for stroke in TEN.strokes([guide.ends(TEN)]) for dot in stroke] == ends


def test_what_is_seen_decides_the_heights():
    seen = {"x_range": (4, 6)}
    assert Chart(Line([0, 10], [100, 200]), **seen).frame.y == Axis.covering([140, 160])
    band = Chart(Band([0, 10], [5, 6], [7, 8]), **seen).frame.y
    assert band.low <= 5.4 and band.high >= 7.6 and band.high - band.low < 3
    area = Contours(lambda x, y: x * y, (-2, 2), (-5, 5))
    assert Chart(area, x_range=(-1, 1)).frame.y == Axis(-5, 5)
    assert Chart(Line([0, 1], [1, 2]), **seen).frame.y == Axis(0, 1)  # nothing is seen


@pytest.mark.parametrize("slope", [0, 1, -3, 1e9, -1e300])
def test_a_tangent_passes_through_its_dot(slope):
    frame = Frame(Axis(0, 1), Axis(0, 1))
    strokes = frame.strokes([Tangent(0.3, 0.5, slope).across(frame)])
    assert any(dot == pytest.approx((0.3, 0.5)) for stroke in strokes for dot in stroke)


def room(x, y, equal=True):
    return Frame(Axis(0, x), Axis(0, y), equal).fitted(200, 100)


def way(*run, smooth=False):
    return Frame(Axis(0, 10), Axis(0, 100)).way([run], smooth)


@pytest.mark.parametrize(("found", "expected"), [
    (TEN.areas([[(20, 1), (30, 1), (30, 5)]]), []), (TEN.areas([[(-2, 1), (-3, 1), (-3, 5)]]), []),
    (TEN.areas([[(1, 20), (5, 20), (5, 30)]]), []), (TEN.areas([[(1, -2), (5, -2), (5, -3)]]), []),
    (TEN.areas([[(1, 1), (5, 5)]]), []),  # two corners are no area
    (TEN.areas([[(0, 0), (10, 0), (10, 10)]]), [[(0, 0), (1, 0), (1, 1)]]),
    (TEN.areas([[(5, 0), (15, 0), (15, 5), (5, 5)]]), [[(0.5, 0), (1, 0), (1, 0.5), (0.5, 0.5)]]),
    (TEN.strokes([[(0, 0), (0, 10)]]), [[(0, 0), (0, 1)]]),  # what lies on an edge is seen
    (TEN.strokes([[(0, 10), (10, 10)]]), [[(0, 1), (1, 1)]]),
    (TEN.strokes([[(-5, 5), (0, 5)]]), [[(0, 0.5), (0, 0.5)]]),  # it ends at the edge
    ([TEN.inside(dot) for dot in ((0, 0), (10, 10), (5, 10.1))], [True, True, False]),
    ([room(4, 1, False), room(4, 1), room(1, 4)], [(200, 100), (200, 50), (25, 100)]),
    ([room(1000, 1), room(1, 1000)], [(200, 1), (1, 100)]),  # a pixel at least
    (way((0, 50), (5, 49.5), (10, 50)), "from (0, 50) to (10, 50)"),  # nobody sees a half
    (way((0, 50), (5, 48), (10, 50)), "from (0, 50) to (10, 50), lowest at (5, 48)"),
    (way((0, 48), (5, 50), (10, 40)), "from (0, 48) to (10, 40), highest at (5, 50)"),
    (way(*((x, (x - 4.4) ** 2 + 10) for x in (0, 2, 5, 6, 10)), smooth=True),
     "from (0, 29.4) to (10, 41.4), lowest at (4.4, 10)"),
    (way((9, 50), (5, 10), (1, 60), smooth=True), "from (9, 50) to (1, 60), lowest at (5, 10)"),
])
def test_what_a_frame_shows_and_says(found, expected):
    assert found == expected
