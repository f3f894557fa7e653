"""Smooth lines: through their dots, round as their circle, with no more dots than needed."""

import math
import random
import re
from itertools import pairwise

import pytest

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
