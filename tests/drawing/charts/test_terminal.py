import io
import math
import random
import re
import unicodedata

import pytest

from mathlab.drawing.charts import terminal
from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.charts.contours import Contours
from mathlab.drawing.charts.curve import Curve
from mathlab.drawing.charts.marks import Guide, Mark, Tangent, Text
from mathlab.drawing.charts.series import Arrows, Band, Bars, Line, Path, Points
from mathlab.drawing.charts.terminal import render
from mathlab.drawing.paper.screen import supports_colour, supports_unicode
from tests.thinned import thinned

generator = random.Random(1)
CROWD = [generator.expovariate(1) for _ in range(2500)]
EVERYTHING = Chart(
    Points(CROWD, CROWD[::-1], label="a crowd"),
    Points([1, 2, 3], [1, math.nan, 3], label="a few"),
    Line([0, 4, 8], [8, 0, 8], label="line"),
    Curve(math.sin, 0, 8, label="sin(x)"),
    Path([1, 2, 4], [7, 6, 5], label="walk"),
    Mark(4, 5, "where it ended"),
    Guide(x=2, label="mean of x"),
    Guide(y=3, label="mean of y"),
    title="Everything that can be drawn, under a title that is longer than one line of any "
    "terminal of an ordinary width could hold",
    x_label="caf\u00e9s per km\u00b2",
    y_label="\u65e5\u672c\u8a9e",
)
MANY = thinned(range(100_000), keep=4_000)
CHARTS = {
    "nothing": Chart(),
    "nothing finite": Chart(Points([math.nan], [1]), Line([math.inf], [1]), Mark(1, math.nan, "")),
    "one point": Chart(Points([3], [4])),
    "two points": Chart(Points([3, 5], [4, 9])),
    "all equal": Chart(Points([7] * 50, [7] * 50), Line([7] * 50, [7] * 50)),
    "tiny": Chart(Points([0, 1e-300], [2e-300, 1e-300]), Line([0, 1e-300], [0, 1e-300])),
    "huge": Chart(Points([0, 1e300], [2e300, 1e300])),
    "everything a float can be": Chart(Line([-1.7e308, 1.7e308], [-1.7e308, 1.7e308])),
    "tiny in huge": Chart(Line([0, 1], [0, 1e300]), y_range=(0, 1e-300)),
    "far along": Chart(Points([1e15, 1e15 + 1e5], [-1e15, -1e15 - 1e5])),
    "long labels": Chart(Points([1], [2], label="long " * 60), Mark(1, 2, "long " * 60)),
    "everything": EVERYTHING,
    "bars": Chart(Bars([1, 2, 3], [3, -2, math.nan], label="bars"), Guide(y=0)),
    "a bar of no height": Chart(Bars([1], [0])),
    "huge bars": Chart(Bars([1e300, -1e300], [1e300, -1e300])),
    "a band": Chart(Band([0, 1, 2], [0, 1, 0], [2, math.nan, 3], label="sure")),
    "a flat band": Chart(Band([0, 1], [1, 1], [1, 1])),
    "arrows": Chart(Arrows([0, 1, 2], [0, 1, 2], dx=[1, 0, -9], dy=[1, 0, math.inf], label="down")),
    "a tangent": Chart(Curve(lambda x: x * x, 0, 2), Tangent(1, 1, 2, "slope 2"), Text(1, 2, "hm")),
    "a tangent that is none": Chart(Tangent(1, 1, math.inf), Tangent(1, math.nan, 1)),
    "a steep tangent": Chart(Tangent(0, 0, 1e300), x_range=(-1, 1), y_range=(-1, 1)),
    "powers of ten": Chart(Line([1e-9, 1e-3, 1], [1e-18, 0, 1]), Tangent(1, 1, 1), x_log=True,
                           y_log=True),
    "nothing above 0": Chart(Points([-1, 0], [0, -2]), x_log=True, y_log=True),
    "many": Chart(Points(MANY, MANY), Bars(MANY[:2_000], MANY[:2_000]),
                  Line(MANY, [math.sin(i / 9_000) * 9e4 for i in MANY])),
}


def columns(line):
    """How many columns a line takes, counted another way than the program does."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in line)
    return len(line) + wide - sum(unicodedata.combining(sign) != 0 for sign in line)


def plot(picture):
    """The rows between the axes, without what is left of them."""
    lines = picture.splitlines()
    bottom, axis = next(
        (i, found)
        for i, line in enumerate(lines)
        if (found := re.fullmatch(r" *[└+][─┬+-]+", line))
    )
    left = len(axis[0]) - len(axis[0].lstrip())
    return [line[left + 1 :] for line in lines[:bottom] if line[left : left + 1] in tuple("│┤|+")]


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
@pytest.mark.parametrize("width", [1, 40, 80, 120])
@pytest.mark.parametrize("unicode", [True, False])
def test_every_picture_keeps_to_its_width_and_its_letters(chart, width, unicode):
    lines = render(chart, width=width, unicode=unicode).split("\n")
    assert max(map(columns, lines)) <= max(40, width)
    assert max(map(columns, lines)) >= max(40, width) - 4  # and makes use of it
    assert all(line == line.rstrip() for line in lines)
    assert all(sign.isprintable() for line in lines for sign in line)
    if not unicode:
        "".join(lines).encode("ascii")
        "".join(lines).encode("cp1252")


@pytest.mark.parametrize("height", [12, 16, 24, 40])
@pytest.mark.parametrize("name", ["nothing", "one point", "two points", "tiny", "nothing finite"])
def test_a_picture_is_as_high_as_asked(height, name):
    assert len(render(CHARTS[name], width=60, height=height).splitlines()) == height


def grid(chart, **options):
    """The rows between the axes, 40 by 11 cells in ASCII, of a chart from 0 to 10 both ways."""
    rows = plot(render(chart, width=44, height=13, unicode=False))
    return [row.ljust(40) for row in rows]


TEN = {"x_range": (0, 10), "y_range": (0, 10)}


def test_bars_stand_between_their_edges():
    rows = grid(Chart(Bars([2.5, 7.5], [5, 10], width=2.5), **TEN))
    low, high = rows[5], rows[0]
    inside = [column for column, sign in enumerate(low) if sign == "#"]
    # 1.25 to 3.75 and 6.25 to 8.75 of 10, on 80 spots, two to a cell: 10 to 30, and 49 to 69
    assert set(inside) == {*range(5, 16), *range(24, 35)}
    assert high.index("#") == 24 and high.count("#") == 11
    assert rows[4].count("#") == 11  # the low one ends half way up


@pytest.mark.parametrize("make", [
    lambda low: Band([0, 10], [low, low], [low + 4, low + 4], "name"),
    lambda low: Bars([2.5 + low], [10], "name", width=4)])
def test_areas_look_like_their_samples_in_the_legend(make):
    picture = render(Chart(make(0), make(5), **TEN), width=44, height=14, unicode=True)
    samples = re.findall(r"(\S+) name", picture)
    assert len(samples) == 2 and samples[0] != samples[1]
    seen = "".join(plot(picture))
    for sample in samples:  # most of an area is not at its edge
        assert seen.count(sample[0]) > 60 and set(sample) == {sample[0]}


def test_a_band_lies_between_its_edges():
    rows = grid(Chart(Band([0, 10], [2, 2], [6, 6]), **TEN))
    assert [row.count(":") for row in rows] == [0, 0, 0, 0, 40, 40, 40, 40, 40, 0, 0]


@pytest.mark.parametrize(
    ("dx", "dy", "head"),
    [(1, 0, ">"), (1, 1, "/"), (0, 1, "^"), (-1, 1, "\\"), (-1, 0, "<"), (-1, -1, "/"),
     (0, -1, "v"), (1, -1, "\\")],
)
def test_an_arrow_has_its_head_at_its_tip(dx, dy, head):
    # 4 times as wide as high in cells, and a cell is twice as high as wide in spots
    rows = grid(Chart(Arrows([5], [5], dx=[2 * dx], dy=[4 * dy]), **TEN))
    row, column = 5 - 4 * dy, round((5 + 2 * dx) / 10 * 79) // 2
    assert rows[row][column] == head


@pytest.mark.parametrize("unequal", [1, 2])
@pytest.mark.parametrize("length", [2.5, 4, 9])
def test_a_head_says_where_its_arrow_goes_in_all_directions(unequal, length):
    """Over axes on which a unit of x is a spot and one of y is a spot, or half of one."""
    chance = random.Random(1)
    for degrees in range(360):
        x, y = chance.uniform(20, 60), chance.uniform(15, 25)
        dx, dy = (length * turn(math.radians(degrees)) for turn in (math.cos, math.sin))
        picture = render(Chart(
            Arrows([x], [y * unequal], dx=[dx], dy=[dy * unequal]),
            x_range=(0, 79), y_range=(0, 43 * unequal)), width=44, height=13, unicode=True)
        rows = plot(picture)
        assert len(rows) == 11 and max(map(len, rows)) <= 40
        heads = [sign for row in rows for sign in row if sign in "→↗↑↖←↙↓↘"]
        assert heads == ["→↗↑↖←↙↓↘"[round(degrees / 45) % 8]], degrees


@pytest.mark.parametrize(("width", "height"), [(40, None), (79, None), (100, 30), (60, 16)])
@pytest.mark.parametrize(("across", "up"), [(4, 4), (720, 390), (1, 3)])
def test_equal_axes_have_equal_units_where_a_cell_is_twice_as_high_as_wide(
        width, height, across, up):
    # a frame around the picture, of which each side is seen
    frame = Line([0, across, across, 0, 0], [0, 0, up, up, 0])
    ranges = {"x_range": (0, across), "y_range": (0, up)}
    picture = render(Chart(frame, equal=True, **ranges), width, height, unicode=False)
    rows = plot(picture)
    wide, high = len(rows[0]), 2 * len(rows)
    assert abs(wide - high * across / up) <= 0.5 + across / up  # whole columns and rows
    assert all({row[0], row[-1]} == {"o"} and len(row) == wide for row in rows)
    other = render(Chart(frame, **ranges), width, height, unicode=False)
    assert len(plot(other)[0]) == wide or len(plot(other)) == len(rows)  # no smaller than it must
    assert max(map(len, picture.splitlines())) <= width


def test_equal_axes_are_even_ones():
    with pytest.raises(ValueError, match="powers of ten"):
        Chart(equal=True, x_log=True)


def test_an_arrow_that_goes_nowhere_has_no_head():
    assert not {*"<>^v/\\"} & {*"".join(grid(Chart(Arrows([5], [5], dx=[0], dy=[0]), **TEN)))}


def test_a_tangent_touches_and_goes_on_to_the_edge():
    rows = grid(Chart(Tangent(5, 5, 1), **TEN))
    for i, row in enumerate(rows):  # it rises from corner to corner
        columns = [column for column, sign in enumerate(row) if sign == "o"]
        assert min(columns) - 2 <= round((10 - i) / 10 * 39) <= max(columns) + 2


def test_words_stand_where_they_are_put():
    rows = grid(Chart(Text(0, 5, "here"), **TEN))
    assert rows[5].startswith("  here") and "".join(rows).split() == ["here"]


def test_pictures_side_by_side():
    one, other = Chart(Points([1], [1]), title="one"), Chart(Points([2], [2]), title="other")
    both = terminal.beside([one, other], width=100, unicode=False)
    lines = both.splitlines()
    assert max(map(len, lines)) <= 100
    assert lines[0].split() == ["one", "other"]
    left = render(one, width=48, unicode=False).splitlines()
    right = render(other, width=48, unicode=False).splitlines()
    for line, first, second in zip(lines, left, right, strict=True):
        assert line == f"{first:51}{second}".rstrip()


def test_pictures_that_have_no_room_beside_each_other_stand_below_each_other():
    one, other = Chart(title="one"), Chart(title="other")
    both = terminal.beside([one, other], width=60, unicode=False)
    pair = [render(chart, width=60, unicode=False) for chart in (one, other)]
    assert both == "\n\n".join(pair)
    assert terminal.beside([], width=60) == ""


def test_colour_changes_nothing_but_the_colour():
    plain = render(EVERYTHING, width=80, unicode=True)
    painted = render(EVERYTHING, width=80, unicode=True, colour=True)
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain
    codes = re.findall(r"\x1b\[([0-9;]*)m", painted)
    assert len(codes) % 2 == 0 and set(codes[1::2]) == {"0"}  # each colour ends
    assert len(set(codes[::2])) == 7  # six layers, and the grey of the guides


@pytest.mark.parametrize(
    ("terminal_like", "environment", "expected"),
    [(True, {}, True), (False, {}, False), (True, {"NO_COLOR": "1"}, False),
     (True, {"NO_COLOR": ""}, True), (True, {"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_whose_users_want_it(
    terminal_like, environment, expected, monkeypatch
):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    stream = io.StringIO()
    stream.isatty = lambda: terminal_like
    assert supports_colour(stream) == expected


def test_the_legend_and_labels_count_as_height():
    assert len(render(EVERYTHING, width=80, height=24).splitlines()) <= 24


def test_a_low_picture_still_has_four_rows():
    assert len(plot(render(Chart(Points([1], [1])), height=1, unicode=True))) == 4


@pytest.mark.parametrize("unicode", [True, False])
def test_known_points_land_in_their_cells(unicode):
    chart = Chart(
        Mark(0, 0, ""), Mark(10, 0, ""), Mark(0, 10, ""), Mark(5, 5, ""),
        x_range=(0, 10), y_range=(0, 10),
    )
    rows = plot(render(chart, width=44, height=13, unicode=unicode))
    lower_left, lower_right, upper_left, middle = "◆■▲▼" if unicode else "X@$&"
    assert len(rows) == 11
    assert rows[0].strip() == upper_left and rows[0][0] == upper_left
    assert rows[10][0] == lower_left and rows[10][-1] == lower_right and len(rows[10]) == 40
    assert rows[5].strip() == middle and rows[5].index(middle) in (19, 20)
    assert "".join(rows[1:5] + rows[6:10]).strip() == ""


def test_ticks_stand_where_the_points_of_that_number_are():
    ticks = [0, 20, 40, 60, 80, 100]
    chart = Chart(*(Mark(tick, tick, "") for tick in ticks), x_range=(0, 100), y_range=(0, 100))
    lines = render(chart, width=66, height=33, unicode=False).splitlines()
    marked = [line for line in lines if any(mark in line for mark in "X@$&")]
    assert [line.split()[0] for line in marked] == ["100", "80", "60", "40", "20", "0"]
    axis, labels = lines[-2:]
    for line in marked:
        column = next(i for i, sign in enumerate(line) if sign in "X@$&")
        assert axis[column] == "+"
        words = line.split()[0]
        start = f" {labels} ".index(f" {words} ")  # a space before makes up for the one added
        assert start <= column <= start + len(words)


def test_y_labels_are_right_aligned_at_the_axis():
    lines = render(Chart(Points([1], [1]), y_range=(0, 100)), 60, 26, unicode=True).splitlines()
    labelled = [line for line in lines if "┤" in line]
    assert len(labelled) >= 4
    assert {line.index("┤") for line in labelled} == {4}
    assert all(line[:4] == f"{line.split()[0]:>3} " for line in labelled)


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize(
    "ends", [(0, 1), (0, 1e9), (-1e11, 1e11), (1e15, 1.0000001e15), (-1e-300, 1e-300), (1980, 2020)]
)
def test_x_labels_never_touch(width, ends):
    lines = render(Chart(x_range=ends), width=width, unicode=False).splitlines()
    words = lines[-1].split()
    assert len(words) >= 2
    numbers = [float(word.replace(",", "")) for word in words]
    assert numbers == sorted(set(numbers))
    assert all(ends[0] <= number <= ends[1] for number in numbers)


def test_labels_too_long_to_stand_beside_each_other_leave_one():
    ends = (-1.000000000005e150, -1e150)  # the ends are 20 letters long
    lines = render(Chart(x_range=ends), width=40, unicode=False).splitlines()
    assert [ends[0] <= float(word) <= ends[1] for word in lines[-1].split()] == [True]


def test_labels_stand_at_their_axes():
    chart = Chart(title="above", x_label="across", y_label="up")
    lines = render(chart, width=60).splitlines()
    assert [lines[0].strip(), lines[1], lines[-1].strip()] == ["above", "up", "across"]
    assert abs(lines[0].index("above") + 2 - lines[-1].index("across") - 3) <= 1  # both centred


def test_a_line_rises_where_its_numbers_do():
    rows = plot(render(Chart(Line([0, 1], [0, 1])), width=44, height=13, unicode=False))
    starts = [row.index("o") for row in rows]
    assert starts == sorted(starts, reverse=True)
    assert all(row.strip().strip("o") == "" for row in rows)
    assert rows[0].endswith("o") and rows[-1].startswith("o")


def test_a_curve_is_not_drawn_across_its_gap():
    step = Curve(lambda x: math.copysign(1, x) if abs(x) > 0.5 else math.nan, -1, 1)
    rows = plot(render(Chart(step), width=63, height=12, unicode=False))
    assert {row.replace(" ", "") for row in rows[1:-1]} == {""}
    assert 13 <= rows[-1].count("o") <= 16 and 13 <= rows[0].count("o") <= 16  # a quarter of 58
    assert rows[0].index("o") > 40 and len(rows[-1]) < 17


def test_points_crowd_in_the_right_corner():
    rows = plot(render(Chart(Points(CROWD, CROWD[::-1])), width=80, height=24, unicode=False))
    assert "#" in rows[-1][:10] + rows[-2][:10]
    assert "#" not in "".join(row[40:] for row in rows) + "".join(rows[:10])
    dots = plot(render(Chart(Points(CROWD, CROWD[::-1])), width=80, height=24, unicode=True))
    assert [[sign != " " for sign in row] for row in dots] == [
        [sign != " " for sign in row] for row in rows
    ]


@pytest.mark.parametrize(("unicode", "start", "end"), [(True, "○", "●"), (False, "S", "E")])
def test_a_path_shows_where_it_starts_and_ends(unicode, start, end):
    rows = plot(render(Chart(Path([1, 2, 3], [1, 5, 9])), width=60, unicode=unicode))
    assert start in rows[-1] and end in rows[0]
    assert "".join(rows).count(start) == "".join(rows).count(end) == 1


def test_guides_run_across_and_lie_beneath():
    chart = Chart(Line([0, 10], [0, 10]), Guide(x=5), Guide(y=5))
    rows = plot(render(chart, width=63, height=13, unicode=False))
    assert sum("|" in row for row in rows) == len(rows) - 1  # the line covers one cell of it
    assert [set(row) <= set("-|o") for row in rows].count(True) >= 1
    level = next(row for row in rows if "--" in row)
    assert level.count("-") > 50 and "o" in level


def test_layers_of_a_kind_are_drawn_differently():
    for unicode in (True, False):
        for kind in (Points, Line):
            entries = [kind([0, 1], [i, i], label=f"layer {i}") for i in range(4)]
            legend = render(Chart(*entries), width=100, unicode=unicode).splitlines()[-1]
            samples = [words.split("layer")[0].strip() for words in legend.split("   ") if words]
            assert len(set(samples)) == 4


def test_lines_look_as_the_legend_says():
    four = Chart(*(Line([0, 1], [i, i], label=f"line {i}") for i in range(4)), y_range=(-1, 4))
    picture = render(four, width=80, unicode=False)
    rows = [set(row) for row in plot(picture) if row]
    assert rows == [{"^"}, {"~"}, {"="}, {"o"}]
    assert picture.splitlines()[-1].split() == (
        ["oooo", "line", "0", "====", "line", "1", "~~~~", "line", "2", "^^^^", "line", "3"]
    )
    dots = [
        sum((ord(sign) - 0x2800).bit_count() for sign in row if sign != " ")
        for row in plot(render(four, width=80, unicode=True))
        if row
    ]
    both, dotted, dashed, solid = (count / dots[-1] for count in dots)
    assert solid == 1
    assert both == pytest.approx(6 / 10, abs=0.03)
    assert dashed == pytest.approx(5 / 8, abs=0.03)
    assert dotted == pytest.approx(1 / 3, abs=0.03)


@pytest.mark.parametrize(
    ("unicode", "few", "many"), [(True, "•", r"[\u2801-\u28ff]"), (False, r"\*", "[.:]")]
)
def test_few_points_are_signs_and_many_are_dots(unicode, few, many):
    def drawn(*counts):
        layers = [Points(range(n), [i] * n) for i, n in enumerate(counts)]
        rows = plot(render(Chart(*layers), width=100, unicode=unicode))
        return [row.replace(" ", "") for row in reversed(rows) if row]

    assert re.fullmatch(f"({few})+", drawn(60)[0])
    assert re.fullmatch(f"({many})+", drawn(120)[0])
    first, second = drawn(120, 120)
    assert re.fullmatch(f"({many})+", first) and set(second) == {"+"}


@pytest.mark.parametrize("x", [0, 5, 10])
def test_a_mark_is_named_beside_it_on_the_side_with_room(x):
    picture = render(Chart(Mark(x, 5, "the end"), x_range=(0, 10)), width=60, unicode=False)
    row = next(row for row in plot(picture) if "X" in row)
    assert row.strip() == ("the end X" if x == 10 else "X the end")
    assert picture.count("the end") == 1


def test_a_mark_without_room_is_named_in_the_legend():
    marks = [Mark(5, 5, "first"), Mark(5.4, 5, "second, which is in the way of the first")]
    picture = render(Chart(*marks, x_range=(0, 10)), width=40, unicode=False)
    assert picture.splitlines()[-1].strip() == "@ second, which is in the way of the ..."[:40]
    assert "first X" in picture


def test_only_labelled_layers_are_in_the_legend():
    silent = render(Chart(Line([0, 1], [0, 1])), width=60, height=20, unicode=False)
    spoken = render(Chart(Line([0, 1], [0, 1], label="up")), width=60, height=20, unicode=False)
    assert silent.splitlines()[-1].split()[0] == "0.0"
    assert spoken.splitlines()[-1].strip() == "oooo up"


def test_what_is_left_out_is_said():
    assert render(Chart(Points([1, math.nan], [1, 1])), unicode=False).endswith(
        "1 left out: not a finite number"
    )
    assert "left out" not in render(Chart(Points([1], [1])), unicode=False)


def test_text_cannot_bring_escapes_or_lines_into_the_picture():
    nasty = "\x1b[31mred\nline\r\x07"
    chart = Chart(Points([1], [1], label=nasty), Mark(1, 1, nasty), title=nasty, x_label=nasty)
    picture = render(chart, width=60, height=20, unicode=True)
    assert "\x1b" not in picture and "\r" not in picture and "\x07" not in picture
    assert len(picture.splitlines()) == len(picture.split("\n")) == 20


def test_a_hundred_thousand_points_are_drawn():
    numbers = [i / 1000 for i in range(100_000)]
    rows = plot(render(Chart(Points(numbers, numbers)), width=80, unicode=True))
    assert all(row.strip() for row in rows)


class Stream(io.StringIO):
    def __init__(self, encoding):
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self):
        return self._encoding


@pytest.mark.parametrize(
    ("stream", "supported"),
    [
        (None, False),
        (io.StringIO(), False),  # its encoding is None
        (object(), False),
        (Stream("utf-8"), True),
        (Stream("UTF-16"), True),
        (Stream("gb18030"), True),
        (Stream("ascii"), False),
        (Stream("cp1252"), False),
        (Stream("cp437"), False),  # box drawing, but no Braille
        (Stream("no such encoding"), False),
    ],
)
def test_a_stream_supports_what_it_can_encode(stream, supported, monkeypatch):
    assert supports_unicode(stream) is supported
    monkeypatch.setattr(terminal.sys, "stdout", stream)
    assert render(EVERYTHING, width=60) == render(EVERYTHING, width=60, unicode=supported)


@pytest.mark.parametrize(("terminal_width", "width"), [("20", 40), ("72", 72), ("250", 100)])
def test_the_width_is_the_terminals_within_reason(terminal_width, width, monkeypatch):
    monkeypatch.setenv("COLUMNS", terminal_width)
    assert render(EVERYTHING, unicode=True) == render(EVERYTHING, width=width, unicode=True)


def test_words_without_room_stand_below_as_words():
    words = "words that are far too long to stand in a picture of forty columns"
    picture = render(Chart(Text(5, 5, words), Mark(5, 5, "here"), **TEN), width=44, unicode=False)
    below = picture.splitlines()[-2:]
    assert any(line.lstrip().startswith("words that") for line in below)
    assert "X here" in picture  # and the first mark has the first sign


FOUR = {"x_range": (0, 4), "y_range": (0, 4)}
DOTS = Points([0, 4], [4, 0], "a" * 15)
AXIS = ["..++--------+--------+--------+--------+", "...0........1........2........3........4"]


@pytest.mark.parametrize(("chart", "height", "picture"), [
    (Chart(Points([0, 4], [4, 0], "two dots"), Guide(y=2, label="mean"), Mark(2, 4, "a name"),
           **FOUR, title="Title", x_label="x", y_label="y"), 12,
     ["...................Title", "y", "4.+*.................X.a.name", "..|", "..|",
      "2.+-------------------------------------", "..|", "0.+....................................*",
      *AXIS, ".....................x", "............*.two.dots...-.mean"]),
    (Chart(DOTS, Points([1], [1], "b" * 18), **FOUR), 9,  # 17 + 3 + 20 columns: one line
     ["4.+*", "..|", "..|", "2.+", "..|.........+", "0.+....................................*",
      *AXIS, f"*.{'a' * 15}...+.{'b' * 18}"]),
    (Chart(DOTS, Points([1], [1], "b" * 19), **FOUR), 9,
     ["4.+*", "..|", "2.+", "..|.........+", "0.+....................................*",
      *AXIS, f".............*.{'a' * 15}", f"...........+.{'b' * 19}"]),
    (Chart(DOTS, **FOUR, equal=True, title="Even", x_label="ab"), 10,  # 10 columns by 5 rows
     ["..........................Even", ".............4.+*", "...............|",
      ".............2.+", "...............|", ".............0.+.........*",
      "...............++---------", "................0", "...........................ab",
      f"...................*.{'a' * 15}"]),
    (Chart(Mark(0, 4, "n" * 34), Mark(4, 0, "m" * 34), **FOUR), 8,  # 36 columns beside each
     [f"4.+X.{'n' * 34}", "..|", "2.+", f"0.+.{'m' * 34}.@", *AXIS]),
    (Chart(Mark(0, 4, "n" * 35), **FOUR), 8,
     ["4.+X", "..|", "2.+", "..|", "0.+", *AXIS, f"...X.{'n' * 35}"]),
], ids=["all", "one line", "two lines", "equal", "names", "a long name"])
def test_a_small_picture_is_this(chart, height, picture):
    """With dots instead of blanks, so that those at the beginning are seen."""
    assert render(chart, 40, height, False).replace(" ", ".").splitlines() == picture


def test_only_the_sample_in_a_legend_has_a_colour():
    last = render(Chart(DOTS, **FOUR), 40, 12, False, True).splitlines()[-1].strip()
    assert last == f"\x1b[38;5;32m*\x1b[0m {'a' * 15}"
    hill = Contours(lambda x, y: x, (0, 4), (0, 4), "h", at=(1, 2, 3))
    last = render(Chart(hill), 40, 12, False, True).splitlines()[-1].strip()
    dot, line, dense = (f"\x1b[38;5;32m{sign}\x1b[0m from" for sign in ".=%")
    assert last == f"h:   {dot} 1   {line} 2   {dense} 3"


def test_a_legend_shows_each_shade_of_a_map_once():
    hill = Contours(lambda x, y: x, (0, 10), (0, 10), at=range(1, 10))
    samples = re.findall("(.) from", render(Chart(hill), 80, 12, False))
    assert len(samples) == len(set(samples)) > 2 and " " not in samples


@pytest.mark.parametrize(("rows", "count"), [(8, 2), (11, 2), (12, 3), (15, 3), (16, 4)])
def test_upright_ticks_are_four_rows_apart_or_more(rows, count):
    chart = Chart(x_range=(0, 1), y_range=(0, 7))
    ticks = re.findall(r"^ *([\d.]+) \+", render(chart, 40, rows + 2, False), re.MULTILINE)
    assert ticks[::-1] == [name for _, name in chart.frame.y.scale(count)]


@pytest.mark.parametrize(("width", "height", "lines"), [
    (83, 8, 8), (82, 8, 8 + 1 + 8), (83, None, 16), (82, None, 24 + 1 + 24)])
def test_two_pictures_of_forty_columns_and_three_between_them_are_a_row(width, height, lines):
    both = terminal.beside([Chart(**FOUR)] * 2, width, height, False, False)
    assert len(both.splitlines()) == lines
