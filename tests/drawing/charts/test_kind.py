"""A kind of one's own: one class, drawn wherever built-in kinds are; what it forgets is said."""

import inspect
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree

import pytest

import mathlab.drawing
from mathlab.drawing import Band, Bars, Chart, Contours, Line, Path, Points, svg, terminal
from mathlab.drawing.charts.kind import LOOKS, Kind, Surface

TEN = {"x_range": (0, 10), "y_range": (0, 10)}


@dataclass(frozen=True)
class Steps(Kind):
    """From one dot to the next along a level line, and then straight up or down."""

    dots: tuple
    label: str = ""
    look = "lines"
    skipped = 0

    @property
    def extent(self):
        return self.dots

    def draw(self, surface):
        corners = [(x_next, y) for (x, y), (x_next, _) in pairwise(self.dots)]
        surface.line([[dot for both in zip(self.dots, corners, strict=False) for dot in both]])


@dataclass(frozen=True)
class Triangle(Kind):
    """An area with a name at its top."""

    corners: tuple
    label: str = ""
    look = "bars"
    skipped = 0
    depth = 1

    @property
    def extent(self):
        return self.corners

    def draw(self, surface):
        surface.areas([self.corners], solid=True)
        surface.words(self.corners[-1], "top")


OWN = Chart(Steps(((0, 2), (5, 8), (10, 8)), "steps"), Triangle(((0, 0), (10, 0), (5, 5)), "area"),
            **TEN)


def test_a_kind_of_ones_own_is_drawn_in_a_terminal():
    lines = terminal.render(OWN, width=44, height=15, unicode=False).splitlines()
    legend, plot = lines[-1], [line[4:] for line in lines[:11]]
    assert legend.split() == ["oooo", "steps", "##", "area"]
    assert (plot[9].replace("#", ""), plot[2]) == ("o" * 21, " " * 20 + "o" * 20)
    assert all(row[20] == "o" for row in plot[2:10])
    assert [row.count("#") for row in plot[5:]] == [0, 3, 13, 19, 13, 34]
    assert plot[6].endswith("###o top")
    assert "⣿⣿ area" in terminal.render(OWN, width=44, unicode=True)
    both = terminal.beside([OWN, OWN], width=100, unicode=False, colour=True)
    assert both.count("top") == 2


def test_a_kind_of_ones_own_is_drawn_in_svg():
    root = ElementTree.fromstring(svg.render(OWN))
    drawn = [element for element in root.iter() if element.tag.endswith("polyline")]
    assert len(drawn) == 2 and len(drawn[0].get("points").split()) == 4  # it, and in the legend
    assert [e.tag.endswith("polygon") for e in root.iter()].count(True) == 2
    assert [e.text for e in root.iter() if e.tag.endswith("desc")] == [
        "x from 0 to 10, y from 0 to 10. Shown: steps steps; triangle area."
    ]
    assert svg.beside([OWN, OWN]).count(">top<") == 2


def test_the_axes_cover_a_kind_of_ones_own():
    frame = Chart(Steps(((-3, 20), (8, 90)))).frame
    assert frame.x.low <= -3 and frame.x.high >= 8 and frame.y.low <= 20 and frame.y.high >= 90
    logs = Chart(Steps(((-3, 20), (8, 90))), x_log=True)
    assert logs.skipped == 1 and logs.note.startswith("1 left out")


COMPLETE = {
    "look": "lines", "extent": [(1, 2)], "skipped": 0, "draw": lambda self, surface: None,
}


@pytest.mark.parametrize("forgotten", COMPLETE)
def test_what_a_kind_forgets_is_said_in_one_line(forgotten):
    assert type("Whole", (Kind,), dict(COMPLETE))().label == ""
    part = type("Part", (Kind,), {k: v for k, v in COMPLETE.items() if k != forgotten})
    with pytest.raises(TypeError, match=rf"^.*abstract class Part .*{forgotten}[^\n]*$"):
        part()


@pytest.mark.parametrize("forgotten", sorted(Surface.__abstractmethods__))
def test_a_surface_draws_all_that_can_be_asked_for(forgotten):
    methods = {name: lambda self, *_: None for name in Surface.__abstractmethods__}
    type("Whole", (Surface,), methods)()
    part = type("Part", (Surface,), {k: v for k, v in methods.items() if k != forgotten})
    with pytest.raises(TypeError, match=rf"^.*abstract class Part .*{forgotten}[^\n]*$"):
        part()


@pytest.mark.parametrize("layer", ["text", [Line([1], [2])], Line, None])
def test_what_is_of_no_kind_is_refused(layer):
    with pytest.raises(TypeError, match=r"^a chart shows Points, Line and the like, not "):
        Chart(layer)


def test_a_look_of_ones_own_is_refused():
    odd = type("Odd", (Kind,), COMPLETE | {"look": "sparkles"})
    with pytest.raises(ValueError, match=r"^Odd cannot look like 'sparkles': give one of points, "):
        Chart(odd())


@pytest.mark.parametrize("look", LOOKS)
def test_each_look_has_a_sample_in_either_legend(look):
    named = type("Named", (Kind,), COMPLETE | {"look": look, "label": "its name"})
    for unicode in (True, False):
        sample = terminal.render(Chart(named()), 60, unicode=unicode).splitlines()[-1].split()
        assert sample[-2:] == ["its", "name"] and (len(sample) > 2 or look == "words")
    root = ElementTree.fromstring(svg.render(Chart(named())))
    assert "its name" in [element.text for element in root.iter()]


def test_a_map_lies_beneath_lines_whatever_the_order():
    line, area = Line([0, 1], [0, 1]), Contours(lambda x, y: x, (0, 1), (0, 1))
    one, other = (terminal.render(Chart(*layers), 60) for layers in ((line, area), (area, line)))
    assert one == other
    bars, path = Bars([0, 1], [1, 1]), Path([0, 1], [0, 1])
    one, other = (terminal.render(Chart(*layers), 60) for layers in ((path, bars), (bars, path)))
    assert one == other


def test_what_is_beneath_a_band_shines_through_and_through_bars_it_does_not():
    band, bars = Band([0, 10], [0, 0], [10, 10]), Bars([5], [10], width=10)
    dots = [sum((ord(sign) - 0x2800).bit_count() for sign in terminal.render(
        Chart(layer, **TEN), 60, unicode=True) if "\u2800" < sign <= "\u28ff")
        for layer in (band, bars)]
    assert dots[0] == pytest.approx(dots[1] / 2, rel=0.05)
    opacities = [float(svg.render(Chart(layer)).split('fill-opacity="')[1].split('"')[0])
                 for layer in (band, bars)]
    assert opacities[0] < 0.5 < opacities[1]


@pytest.mark.parametrize(("count", "sample"), [(99, "*"), (100, ".:*#")])
def test_a_crowd_looks_like_one_in_the_legend(count, sample):
    picture = terminal.render(Chart(Points(range(count), range(count), "all")), 60, unicode=False)
    assert picture.splitlines()[-1].split() == [sample, "all"]


def test_every_kind_of_the_house_is_public():
    found, waiting = set(), [Kind]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        own = kind.__module__.startswith("mathlab.") and not kind.__name__.startswith("_")
        if own and not inspect.isabstract(kind):
            found.add(kind.__name__)
    missing = found - set(mathlab.drawing.__all__)
    assert not missing, f"mathlab/drawing/__init__ does not import {', '.join(missing)} yet"
    assert len(found) > 10
