import math
import random
from itertools import pairwise

import pytest

from mathlab.drawing.charts.contour import Grid, contour_bands, contour_lines
from mathlab.drawing.charts.levels import levels
from tests.thinned import thinned

nan = math.nan


def rosenbrock(x, y):
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2


def square(f, n=41, side=2.0):
    return Grid.of(f, (-side, side), (-side, side), n, n)


def area(rings):
    """By the shoelace formula: positive anticlockwise, so that holes count as less."""
    return sum((a * d - c * b) / 2 for ring in rings for (a, b), (c, d) in pairwise(ring))


def crosses(ring, x, y):
    """How often a ray to the right of (x, y) crosses a ring."""
    return sum(
        (b > y) != (d > y) and x < a + (y - b) / (d - b) * (c - a)
        for (a, b), (c, d) in pairwise(ring)
    )


@pytest.mark.parametrize("n", [11, 41, 101])
@pytest.mark.parametrize("level", [0.5, 1.0, 1.7, 3.9])
def test_a_circle_is_round_to_a_twentieth_of_a_cell_and_closed(n, level):
    (circle,) = contour_lines(square(lambda x, y: x * x + y * y, n), level)
    assert circle[0] == circle[-1]
    radius, cell = math.sqrt(level), 4 / (n - 1)
    # Between dots h apart, x**2 is at most h**2/4 below its chord: h/(8 r) cells of the radius.
    most = cell * cell / (8 * radius) * 1.05
    assert all(abs(math.hypot(x, y) - radius) <= most for x, y in circle)


@pytest.mark.parametrize("steep", [5, 40, 200])
@pytest.mark.parametrize("chance", [0.2, 0.5, 0.9])
def test_a_cliff_has_smooth_lines(steep, chance):
    """The sigmoid of a distance rises from 0 to 1 within less than a cell of the grid."""

    def cliff(x, y):
        return 1 / (1 + math.exp(steep * (1.3 - math.hypot(x, y))))

    grid = square(cliff)
    radius = 1.3 + math.log(chance / (1 - chance)) / steep
    (circle,) = contour_lines(grid, chance)
    off = [abs(math.hypot(x, y) - radius) for x, y in circle]
    assert max(off) < 0.1 / 25  # of a cell, which is 8 pixels wide in a picture
    if steep == 40 and chance != 0.5:  # by straight lines from dot to dot alone it would be jagged
        (jagged,) = contour_lines(Grid(grid.xs, grid.ys, grid.heights), chance)
        assert max(abs(math.hypot(x, y) - radius) for x, y in jagged) > 0.1 / 7


def test_lines_of_a_surface_that_the_grid_is_too_coarse_for_do_not_cross():
    grid = square(lambda x, y: math.sin(9 * x) * math.cos(11 * y) + 0.1 * x, 7)
    chosen = levels(grid.finite, 9)
    bands = contour_bands(grid, chosen)
    assert sum(map(area, bands)) == pytest.approx(16)
    assert all(area(band) > -1e-12 for band in bands)
    dots = {dot for level in chosen for line in contour_lines(grid, level) for dot in line}
    assert dots <= {dot for band in bands for ring in band for dot in ring}
    chance = random.Random(1)
    for _ in range(300):
        x, y = chance.uniform(-2, 2), chance.uniform(-2, 2)
        assert sum(sum(crosses(ring, x, y) for ring in band) % 2 for band in bands) == 1


@pytest.mark.parametrize(
    ("a", "b", "level"), [(1, 0, 0.3), (0, 1, 0.3), (1, 1, 0), (2, -3, 1), (1, 1, 1), (0.1, 7, 0)]
)
def test_the_contours_of_a_plane_are_straight_from_edge_to_edge(a, b, level):
    (line,) = contour_lines(square(lambda x, y: a * x + b * y), level)
    assert all(abs(a * x + b * y - level) < 1e-12 for x, y in line)
    assert all(max(abs(x), abs(y)) == pytest.approx(2) for x, y in (line[0], line[-1]))
    assert all(p != q for p, q in pairwise(line))  # no step is empty
    length = sum(math.dist(p, q) for p, q in pairwise(line))
    assert length == pytest.approx(math.dist(line[0], line[-1]))  # it never turns back


def test_two_hills_have_two_lines_above_the_pass_and_one_below():
    def hills(x, y):  # 2 summits at (1, 0) and (-1, 0), and a pass of height -1 between them
        return -((x * x - 1) ** 2) - y * y

    assert len(contour_lines(square(hills), -0.5)) == 2
    assert len(contour_lines(square(hills), -1.5)) == 1


@pytest.mark.parametrize(
    ("heights", "level", "joined"),
    [
        # Corners (0, 0) and (1, 1) high. With the mean above the level, the high ground is one.
        (((1, 0), (0, 1)), 0.4, "high"),
        (((1, 0), (0, 1)), 0.6, "low"),
        (((0, 1), (1, 0)), 0.4, "low"),
        (((0, 1), (1, 0)), 0.6, "high"),
    ],
)
def test_a_saddle_is_joined_as_its_centre_says(heights, level, joined):
    grid = Grid((0, 1), (0, 1), heights)
    lines = contour_lines(grid, level)
    assert len(lines) == 2
    # On which diagonal are the corners that are together? Each line cuts off one of the others.
    cut_off = {tuple(round(sum(c) / len(line)) for c in zip(*line, strict=True)) for line in lines}
    assert cut_off == ({(0, 1), (1, 0)} if joined == "high" else {(0, 0), (1, 1)})
    low, high = contour_bands(grid, [level])
    assert area(low) + area(high) == pytest.approx(1)
    together = (low, high)[(heights[0][0] > level) == (joined == "high")]
    assert sum(crosses(ring, 0.5, 0.501) for ring in together) % 2 == 1


@pytest.mark.parametrize("size", [1e308, 1.0, 1e-300, 1e-322])
def test_the_largest_and_the_smallest_heights(size):
    grid = Grid((0, 1), (0, 1), ((-size, size), (-size, size)))
    assert contour_lines(grid, 0.0) == [[(0.5, 0.0), (0.5, 1.0)]]


def test_a_level_that_meets_the_dots_of_the_grid_exactly():
    grid = Grid((0, 1, 2), (0, 1, 2), ((0, 0, 0), (0, 1, 0), (0, 0, 0)))
    assert contour_lines(grid, 1) == []  # it touches the summit
    (ring,) = contour_lines(grid, 0.5)
    assert sorted(set(ring)) == [(0.5, 1), (1, 0.5), (1, 1.5), (1.5, 1)]
    assert contour_lines(grid, 0) == []  # nothing is below
    plane = Grid((0, 1, 2), (0, 1), ((0, 1, 2), (0, 1, 2)))
    assert contour_lines(plane, 1) == [[(1, 0), (1, 1)]]
    assert [area(band) for band in contour_bands(plane, [1])] == [1, 1]


SURFACES = [
    lambda x, y: x * x + y * y,
    lambda x, y: x + 2 * y,
    lambda x, y: x * y,
    lambda x, y: math.sin(5 * x) * math.cos(7 * y),
    rosenbrock,
    lambda x, y: round(x + y),
    lambda x, y: 1e300 * (x * x - y),
    lambda x, y: 1e-300 * (x * x - y),
    lambda x, y: 0.8e308 * x,
    lambda x, y: 5e-324 * round(3 * x),
    lambda x, y: 3,
]


@pytest.mark.parametrize("f", SURFACES)
@pytest.mark.parametrize("n", [2, 3, 20])
def test_the_bands_have_the_area_of_the_map_together(f, n):
    grid = square(f, n)
    chosen = [*levels(grid.finite, 7), f(0, 0)]
    bands = contour_bands(grid, chosen)
    assert len(bands) == len(chosen) + 1
    assert all(area(band) > -1e-12 for band in bands)
    assert sum(map(area, bands)) == pytest.approx(16)
    assert all(ring[0] == ring[-1] for band in bands for ring in band)


@pytest.mark.parametrize("seed", range(5))
def test_every_place_is_in_one_band_even_of_noise(seed):
    chance = random.Random(seed)
    grid = Grid(range(9), range(9), [[chance.random() for _ in range(9)] for _ in range(9)])
    bands = contour_bands(grid, [0.2, 0.5, 0.7])
    assert sum(map(area, bands)) == pytest.approx(64)
    for _ in range(300):
        x, y = chance.uniform(0, 8), chance.uniform(0, 8)
        inside = [sum(crosses(ring, x, y) for ring in band) % 2 for band in bands]
        assert sum(inside) == 1
    for j in range(9):
        for i in range(9):  # just inside the map, close to a dot of the grid: the band of that dot
            x, y = i + (4 - i) * 1e-6, j + (4 - j) * 1.1e-6
            inside = [sum(crosses(ring, x, y) for ring in band) % 2 for band in bands]
            height = grid.heights[j][i]
            if (i, j) != (4, 4):
                assert inside.index(1) == sum(level <= height for level in (0.2, 0.5, 0.7))


def test_the_area_within_a_circle():
    bands = contour_bands(square(lambda x, y: x * x + y * y, 81), [1.0, 2.25])
    assert area(bands[0]) == pytest.approx(math.pi, rel=0.002)
    assert area(bands[1]) == pytest.approx(math.pi * 1.25, rel=0.002)
    assert len(bands[1]) == 2  # around it, and around its hole


def test_a_band_is_one_outline_and_not_a_heap_of_cells():
    (low, high) = contour_bands(square(lambda x, y: x, 21), [0.1])
    assert len(low) == len(high) == 1


@pytest.mark.parametrize("level", [0.3, 1.0, 2.5])
def test_the_outline_of_a_band_is_its_contour_line(level):
    grid = square(lambda x, y: x * x + 3 * y * y, 30)
    (line,) = contour_lines(grid, level)
    (outline,) = contour_bands(grid, [level])[0]
    assert set(line) == set(outline)


def test_cells_without_a_height_are_left_out():
    heights = [[x + y for x in range(5)] for y in range(5)]
    heights[2][2] = nan
    grid = Grid(range(5), range(5), heights)
    assert sum(map(area, contour_bands(grid, [1.5, 4.0, 6.5]))) == pytest.approx(12)
    lines = contour_lines(grid, 4.0)  # it runs through the hole
    assert len(lines) == 2
    assert all(x + y == pytest.approx(4) for line in lines for x, y in line)
    assert not any(1 < x < 3 and 1 < y < 3 for line in lines for x, y in line)


def test_nothing_but_nan():
    grid = square(lambda x, y: 1 / 0, 4)
    assert levels(grid.finite) == contour_lines(grid, 0) == []
    assert contour_bands(grid, [0]) == [[], []]


@pytest.mark.parametrize(
    ("f", "count", "expected"),
    [
        (lambda x, y: x, 4, [-1.0, 0.0, 1.0]),
        (lambda x, y: x, 1, [0.0]),
        (lambda x, y: 7, 5, []),
        (lambda x, y: 1e300 * x, 4, [-1e300, 0.0, 1e300]),
        (lambda x, y: 1e-300 * x, 4, [-1e-300, 0.0, 1e-300]),
        (lambda x, y: x * x + 100 * y * y, 4, [100.0, 200.0, 300.0, 400.0]),
    ],
)
def test_even_levels(f, count, expected):
    assert levels(square(f).finite, count) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("count", range(1, 15))
@pytest.mark.parametrize(
    "f",
    [*SURFACES, lambda x, y: rosenbrock(x, y) + 103.7, lambda x, y: -rosenbrock(x, y)],
)
def test_levels_ascend_inside_the_range_and_are_not_too_many(f, count):
    grid = square(f, 20)
    chosen = levels(grid.finite, count)
    assert len(chosen) <= count
    assert all(a < b for a, b in pairwise(chosen))
    assert all(grid.finite[0] < z < grid.finite[-1] for z in chosen)
    assert all(float(f"{z:.3g}") == z for z in chosen)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_valley_gets_levels_of_its_own(sign):
    grid = Grid.of(lambda x, y: sign * rosenbrock(x, y), (-2, 2), (-1, 3), 60, 60)
    chosen = sorted(abs(z) for z in levels(grid.finite, 8))
    assert chosen[0] <= 5 and chosen[-1] >= 500
    bands = [area(band) / 16 for band in contour_bands(grid, [sign * z for z in chosen])]
    assert max(bands) < 0.4  # even levels would leave three quarters of the map to one band
    assert max(b / a for a, b in pairwise(chosen)) <= 5


@pytest.mark.parametrize("sign", [1, -1])
def test_levels_are_told_apart_in_three_digits(sign):
    """A plateau at 0.7144549, flat but for its edge: what differs in the ninth digit is no line."""
    grid = Grid.of(lambda x, y: sign * (0.7144549 / (1 + math.exp(-20 * (x + 1.2)))),
                   (-2, 2), (-2, 2), 48, 36)
    chosen = levels(grid.finite, 4)
    assert chosen and all(float(f"{z:.3g}") == z for z in chosen)


@pytest.mark.parametrize("count", [0, -3])
def test_no_levels_are_refused(count):
    with pytest.raises(ValueError, match="at least 1"):
        levels(square(rosenbrock).finite, count)


@pytest.mark.parametrize(
    ("xs", "ys", "heights", "message"),
    [
        ((0,), (0, 1), ((1,), (1,)), "xs of a grid need at least 2"),
        ((0, 1), (1, 1), ((1, 1), (1, 1)), "ys of a grid need"),
        ((0, nan), (0, 1), ((1, 1), (1, 1)), "xs of a grid need"),
        ((0, 1), (0, 1), ((1, 1),), "one row of heights for each y"),
        ((0, 1), (0, 1), ((1, 1), (1,)), "one row of heights for each y"),
    ],
)
def test_what_is_not_a_grid_is_refused(xs, ys, heights, message):
    with pytest.raises(ValueError, match=message):
        Grid(xs, ys, heights)


def test_the_smallest_grid_and_a_large_one():
    assert contour_lines(Grid.of(lambda x, y: x, (0, 1), (0, 1), 2, 2), 0.5) == [
        [(0.5, 0.0), (0.5, 1.0)]
    ]
    grid = square(lambda x, y: x * x + y * y, max(thinned((80, 200), keep=1)))
    assert sum(map(area, contour_bands(grid, levels(grid.finite)))) == pytest.approx(16)


def test_a_function_is_asked_once_for_each_dot_and_its_mistakes_are_seen():
    asked = []
    grid = Grid.of(lambda x, y: asked.append((x, y)) or 1.0, (0, 1), (0, 2), 3, 5)
    assert len(asked) == len(set(asked)) == 15
    assert (grid.xs, grid.ys) == ([0, 0.5, 1], [0, 0.5, 1, 1.5, 2])
    with pytest.raises(TypeError):
        Grid.of(lambda x: x, (0, 1), (0, 1))


@pytest.mark.parametrize("f", [None, lambda x, y: (x - 2) * (y - 7) / 2])
def test_a_saddle_is_cut_at_the_middle_of_its_cell(f):
    """Corners that are all different: their mean is 1.5, and that of the function is 0."""
    grid = Grid((1, 3), (5, 9), ((4, -1), (-2, 5)), f)
    a, b, c, d = (4, 1, 5), (-1, 3, 5), (5, 3, 9), (-2, 1, 9)
    centre = (0 if f else 1.5, 2, 7)
    assert grid.pieces == [
        (-1, 4, [a, b, centre]), (-1, 5, [b, c, centre]), (-2, 5, [c, d, centre]),
        (-2, 4, [d, a, centre])]


def test_a_crossing_is_one_place_however_often_it_is_asked_for():
    """A surface that jumps is never met, so the search ends somewhere: always at that place."""
    grid = Grid.of(lambda x, y: 10.0 * (x > 0.3) + x, (0, 1), (0, 1), 2, 2)
    side = (grid.heights[0][0], 0, 0), (grid.heights[0][1], 1, 0)
    first = grid.crossing(side, 5)
    assert first[1] == pytest.approx(0.3, abs=0.1) and grid.crossing(side, 5) == first
    assert grid.crossing((side[0], first), 5) == first == grid.crossing((first, side[1]), 5)
    assert grid.crossing(side, 11.0) == (11.0, 1, 0) and len(grid.met[side]) == 3
    lower, higher = grid.crossing((side[0], first), 4), grid.crossing((first, side[1]), 6)
    assert lower[1] <= first[1] <= higher[1] and list(grid.met) == [side]


def test_a_grid_is_the_same_after_it_was_asked_and_has_sixty_columns_and_rows():
    asked, other = (Grid((0, 1), (0, 1), ((0, 2), (0, 2))) for _ in range(2))
    contour_lines(asked, 1)
    assert asked.met and asked == other
    with pytest.raises(TypeError):
        Grid((0, 1), (0, 1), ((0, 2), (0, 2)), None, {})
    grid = Grid.of(lambda x, y: x, (0, 1), (0, 1))
    assert (len(grid.xs), len(grid.ys)) == (60, 60)


def test_heights_too_close_for_halves_still_have_a_crossing():
    tiny = 5e-324  # 3/2 and 5/2 of it are both rounded to 2 of it
    grid = Grid((0, 1), (0, 1), ((3 * tiny, 5 * tiny), (3 * tiny, 5 * tiny)))
    assert contour_lines(grid, 4 * tiny) == [[(1, 0), (1, 1)]]
