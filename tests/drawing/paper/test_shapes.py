"""Smooth lines: through their dots, round as their circle, with no more dots than needed."""

import math
import random
import re
from itertools import pairwise

import pytest

from mathlab.drawing.paper import shapes
from mathlab.drawing.paper.shapes import bent, rounded


def on_a_circle(seed, radius, share=1.0):
    """Dots at uneven distances of 4 to 9 pixels, some of them in pairs, around (100, 100)."""
    chance, dots, turn = random.Random(seed), [], 0.0
    while turn < share * math.tau:
        dots.append((100 + radius * math.cos(turn), 100 + radius * math.sin(turn)))
        turn += chance.choice([0.5, 4, 6, 9]) / radius
    return dots


def pieces(way):
    """The four dots of each piece of a way."""
    start, *bends = [
        [*map(float, part.split())] for part in re.fullmatch("M(.*)", way)[1].split("C")]
    at = tuple(start)
    for bend in bends:
        yield at, *zip(bend[::2], bend[1::2], strict=True)
        at = tuple(bend[4:])


def at(piece, t):
    """A dot of a piece, by the definition of Bezier."""
    weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
    return tuple(sum(w * dot[i] for w, dot in zip(weights, piece, strict=True)) for i in (0, 1))


@pytest.mark.parametrize("radius", [12, 30, 80])
@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_a_smooth_line_is_as_round_as_the_circle_its_dots_lie_on(radius, closed, seed):
    dots = on_a_circle(seed, radius, 1.0 if closed else 0.6)
    if closed:
        dots.append(dots[0])
    drawn = [*pieces(rounded(dots))]
    assert drawn[0][0] == pytest.approx(dots[0], abs=0.06)
    assert drawn[-1][-1] == pytest.approx(dots[-1], abs=0.06)
    inner = drawn if closed else drawn[1:-1]  # nobody knows how it bends before its first dot
    off = [abs(math.dist(at(piece, i / 10), (100, 100)) - radius)
           for piece in inner for i in range(11)]
    assert max(off) < 0.25
    for before, after in [*pairwise(drawn), *([(drawn[-1], drawn[0])] if closed else [])]:
        (a, b), (c, d) = before[2], after[1]  # the way on is the way it came
        turned = math.atan2(after[0][1] - b, after[0][0] - a) - math.atan2(
            d - after[0][1], c - after[0][0])
        assert abs(math.remainder(turned, math.tau)) < 0.15  # to a tenth of a pixel


@pytest.mark.parametrize("dots", [
    [(0, 0), (0, 0)], [(0, 0), (9, 9)], [(0, 0), (1, 0), (2, 0)], [(0, 0), (9, 0), (0, 0)],
    [(0, 0), (9, 0), (9, 9), (0, 0)], [(0, 0), (9, 0), (0, 0), (9, 0)]])
def test_a_smooth_line_of_few_dots(dots):
    drawn = [*pieces(rounded(dots))]
    assert (drawn[0][0], drawn[-1][-1]) == (dots[0], dots[-1])


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("radius", [12, 80, 1e5])
def test_what_is_left_out_of_a_line_lies_on_it(seed, radius):
    dots = on_a_circle(seed, radius, min(1.0, 200 / radius))
    kept = bent(dots)
    assert (kept[0], kept[-1]) == (dots[0], dots[-1]) and [d for d in dots if d in kept] == kept
    for dot in dots:
        assert min(aside(dot, *ends) for ends in pairwise(kept)) <= 0.1 + 1e-9
    assert len(kept) < len(dots) or radius == 12
    if radius == 1e5:
        assert len(kept) <= 6  # a tenth of a pixel is the height of an arc of 283


def aside(dot, start, end):
    """How far a dot is from a piece of a line: from the place on it that is nearest."""
    way = [b - a for a, b in zip(start, end, strict=True)]
    share = sum((p - a) * w for p, a, w in zip(dot, start, way, strict=True)) / math.dist(
        start, end) ** 2
    share = min(1, max(0, share))
    return math.dist(dot, [a + share * w for a, w in zip(start, way, strict=True)])


def tips(step):
    """How far along a walk in steps of this length the first three heads point."""
    return [tip[0] for _, tip, _ in shapes.heads([(i * step, 5) for i in range(23)])][:3]


@pytest.mark.parametrize(("found", "expected"), [
    (rounded([(0, 0), (9, 0), (0, 0)]),
     "M0.0 0.0C3.0 0.0 9.0 0.0 9.0 0.0C9.0 0.0 3.0 0.0 0.0 0.0"),
    (rounded([(0, 0), (3, 0), (30, 0)]), "M0.0 0.0C10.0 0.0 20.0 0.0 30.0 0.0"),  # 3 is too near
    (rounded([(0, 0), (27, 0), (30, 0)]), "M0.0 0.0C10.0 0.0 20.0 0.0 30.0 0.0"),
    (rounded([(0, 0), (3.3, 0), (6.6, 0)]),
     "M0.0 0.0C1.1 0.0 2.2 0.0 3.3 0.0C4.4 0.0 5.5 0.0 6.6 0.0"),
    (bent([(0, 0), (5, 0.1), (10, 0)]), [(0, 0), (10, 0)]),  # no more than a tenth off
    (bent([(0, 0), (5, 0.101), (10, 0)]), [(0, 0), (5, 0.101), (10, 0)]),
    (bent([(3, 3), (8, 3), (3, 3)]), [(3, 3), (8, 3), (3, 3)]),
    (bent([(0, 0), (5, 0), (9, 0), (9, 5), (9, 9)]), [(0, 0), (9, 0), (9, 9)]),
    (shapes.barbs((0, 0), (100, 0)), [(92, -4), (100, 0), (92, 4)]),
    (shapes.barbs((0, 0), (6, 8)), [(5, 2.5), (6, 8), (1, 5.5)]),  # half as long as the arrow
    (tips(30), [15, 75, 135]), (tips(20), [30, 90, 150]), (tips(59.5), [29.75, 148.75, 267.75]),
    (tips(8), [28, 92, 156]), (tips(7.9), []),  # a step that is shorter than a head has none
    (shapes.spot((1, 2), 3, 5), shapes.circle((1, 2), 3)),
    (re.findall(r'stroke-width="(.*?)"', shapes.crowd([(1, 2)], 1.5, "red")), ["3.0"]),
])
def test_what_plain_arithmetic_gives(found, expected):
    assert found == expected


def test_an_open_way_begins_and_ends_straight_and_a_closed_one_as_its_circle():
    first, *_, last = pieces(rounded([(0, 0), (9, 0), (9, 9), (0, 9)]))
    assert (first[1], last[2]) == ((3, 0), (3, 9))
    first, *_, last = pieces(rounded([(0, 0), (30, 0), (15, 26), (0, 0)]))
    assert (first[1], last[2]) == ((5, -8.7), (-5, 8.7))  # along the side that is opposite


@pytest.mark.parametrize(("number", "turn"), [(1, 90), (2, 45), (3, 270), (4, 0), (6, 90)])
def test_all_classes_of_points_are_as_large_as_their_disc(number, turn):
    words = re.search('points="(.*)"', shapes.spot((50, 70), 10, number))[1].split()
    (x, y), *_ = found = [tuple(map(float, dot.split(","))) for dot in words]
    twice = sum(a * d - b * c for (a, b), (c, d) in pairwise([*found, found[0]]))
    assert abs(twice) / 2 == pytest.approx(math.pi * 10**2, rel=1e-3)
    assert math.degrees(math.atan2(70 - y, x - 50)) % 360 == pytest.approx(turn, abs=0.1)
