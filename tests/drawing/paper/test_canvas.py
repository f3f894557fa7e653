import random
import unicodedata
from itertools import pairwise

import pytest

from mathlab.drawing.paper.canvas import (
    BRAILLE,
    DASH_DOTTED,
    DASHED,
    DOTTED,
    SOLID,
    Canvas,
    braille,
    crowd,
    stamp,
)


@pytest.mark.parametrize(
    ("dot", "spot", "cell"),
    [
        ((0, 1), (0, 0), (0, 0)),  # upper left corner
        ((1, 1), (19, 0), (9, 0)),
        ((0, 0), (0, 19), (0, 4)),
        ((1, 0), (19, 19), (9, 4)),
        ((8 / 19, 1 - 11 / 19), (8, 11), (4, 2)),
    ],
)
def test_a_dot_lands_in_its_cell(dot, spot, cell):
    canvas = Canvas(columns=10, rows=5)
    assert canvas.spot(dot) == spot
    assert canvas.cell(dot) == cell


@pytest.mark.parametrize(
    ("spot", "name"),
    [
        ((0, 0), "1"), ((0, 1), "2"), ((0, 2), "3"), ((0, 3), "7"),
        ((1, 0), "4"), ((1, 1), "5"), ((1, 2), "6"), ((1, 3), "8"),
    ],
)
def test_each_spot_is_the_dot_that_unicode_numbers_so(spot, name):
    assert unicodedata.name(braille([spot])[0, 0]) == f"BRAILLE PATTERN DOTS-{name}"


def test_spots_of_one_cell_share_a_character():
    ink = braille([(x, y) for x in (4, 5) for y in range(8, 12)])
    assert {cell: unicodedata.name(sign) for cell, sign in ink.items()} == {
        (2, 2): "BRAILLE PATTERN DOTS-12345678"
    }
    assert len(set(BRAILLE)) == 256


def test_signs_get_darker_with_the_crowd():
    shades = [crowd([(0, 0)] * count)[0, 0] for count in (1, 2, 7, 8, 29, 30, 2500)]
    assert "".join(shades) == ".::**##"


def test_stamps_fill_the_cell_of_each_spot():
    assert stamp([(0, 0), (1, 3), (7, 4)], "x") == {(0, 0): "x", (3, 1): "x"}


@pytest.mark.parametrize(
    ("strokes", "spots"),
    [
        ([[(0, 1), (1, 1)]], [(x, 0) for x in range(6)]),
        ([[(0, 1), (0, 0)]], [(0, y) for y in range(8)]),
        ([[(1, 1), (0, 1)]], [(x, 0) for x in reversed(range(6))]),
        ([[(0, 1), (0.2, 1), (1, 1)]], [(x, 0) for x in range(6)]),  # no spot twice
        ([[(0.4, 1), (0.4, 1)]], [(2, 0)]),
        ([[]], []),
        ([], []),
    ],
)
def test_a_trace_goes_from_spot_to_spot_without_a_gap(strokes, spots):
    assert Canvas(columns=3, rows=2).trace(strokes) == spots


def test_a_slanted_trace_has_no_gap():
    spots = Canvas(columns=20, rows=4).trace([[(0, 0), (0.3, 1), (1, 0.2)]])
    assert spots[0] == (0, 15) and spots[-1][0] == 39
    assert all(max(abs(x - a), abs(y - b)) == 1 for (a, b), (x, y) in pairwise(spots))


@pytest.mark.parametrize(
    ("pattern", "drawn"),
    [
        (SOLID, "################"),
        (DASHED, "#####...#####..."),
        (DOTTED, "#..#..#..#..#..#"),
        (DASH_DOTTED, "#####..#..#####."),
    ],
)
def test_patterns_leave_gaps_that_do_not_start_anew_at_each_bend(pattern, drawn):
    canvas = Canvas(columns=8, rows=1)
    stroke = [(i / 15, 0) for i in range(16)]
    columns = {x for x, _ in canvas.trace([stroke], pattern)}
    assert "".join("#" if x in columns else "." for x in range(16)) == drawn


def test_the_grid_is_read_from_the_top():
    assert Canvas(columns=2, rows=2).grid({(0, 0): "a", (1, 1): "b"}) == [["a", " "], [" ", "b"]]


@pytest.mark.parametrize("height", [0.0, 0.001, 0.01])
def test_what_is_thinner_than_a_row_is_seen_all_the_same(height):
    canvas = Canvas(columns=20, rows=4)
    spots = canvas.fill([[(0, 0.5), (1, 0.5), (1, 0.5 + height), (0, 0.5 + height)]])
    assert {column for column, _ in spots} == set(range(40))
    assert len({row for _, row in spots}) <= 2


@pytest.mark.parametrize("seed", range(5))
def test_what_is_filled_is_what_lies_inside(seed):
    # a triangle: a spot is inside if it is on the same side of all three edges
    rng = random.Random(seed)
    a, b, c = corners = [(rng.random(), rng.random()) for _ in range(3)]
    canvas = Canvas(columns=30, rows=15)
    filled = set(canvas.fill([corners]))

    def side(p, q, x, y):
        return (q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0])

    for column in range(60):
        for row in range(60):
            x, y = column / 59, 1 - row / 59
            sides = [side(p, q, x, y) for p, q in ((a, b), (b, c), (c, a))]
            if min(map(abs, sides)) > 0.03:  # not within a spot or so of an edge
                assert ((column, row) in filled) == (min(sides) > 0 or max(sides) < 0)
