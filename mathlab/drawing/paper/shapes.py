"""The shapes of an SVG file, each one element of its text: lines, areas, arrows, discs.

On the page: `print(f"{step:4}`. Numbers become places in pixels, and places become shapes.

>>> circle((10, 20), 3)
'<circle cx="10.00" cy="20.00" r="3"/>'
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from mathlab.drawing.paper.canvas import Dot
from mathlab.drawing.paper.ink import HEAD

# The classes of points: how many corners, and at how many degrees the first; a disc has none.
SPOTS = ((0, 0), (3, 90), (4, 45), (3, -90), (4, 0))
# The lines: so many pixels drawn, so many left out, and so on; ends are round, and add 2 to each.
PATTERNS = ("", "8 6", "0 5", "10 5 0 5", "16 6", "10 5 0 5 0 5")
NEAR = 3  # pixels: dots of a smooth line are further apart
STRAIGHT = 0.1  # pixels: what is no further off a straight line is on it
APART = 60  # pixels from one head on a walk to the next, at least


def line(dots: Iterable[Dot], colour: str, look: str = "", width: float = 2) -> str:
    """A line through the dots."""
    pen = f'fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"'
    return f'<polyline points="{_points(dots)}" {pen}{look}/>'


def guide(dots: Iterable[Dot], colour: str) -> str:
    """A line to compare with: thinner than any that data made."""
    return line(dots, colour, ' stroke-dasharray="4 5"', 1.25)


def dashes(number: int) -> str:
    """The look of a line that is not solid, after so many others."""
    pattern = PATTERNS[number % len(PATTERNS)]
    return f' stroke-dasharray="{pattern}"' if pattern else ""


def spot(dot: Dot, radius: float, number: int = 0) -> str:
    """A dot of the class of points after so many others: as large as a disc of this radius."""
    corners, turn = SPOTS[number % len(SPOTS)]
    if not corners:
        return circle(dot, radius)
    angle = math.tau / corners
    reach = radius * math.sqrt(2 * math.pi / (corners * math.sin(angle)))
    turns = [math.radians(turn) + i * angle for i in range(corners)]
    return area([(dot[0] + reach * math.cos(a), dot[1] - reach * math.sin(a)) for a in turns])


def crowd(dots: Iterable[Dot], radius: float, colour: str) -> str:
    """Discs as one element, a third as long as theirs: lines of no length, with round ends."""
    spots = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in dots)
    pen = f'stroke="{colour}" stroke-width="{2 * radius}" stroke-linecap="round"'
    return f'<path d="{spots}" {pen}/>'


def area(corners: Iterable[Dot]) -> str:
    """What lies within the corners; its colour is that of the group it stands in."""
    return f'<polygon points="{_points(corners)}"/>'


def way(dots: Iterable[Dot]) -> str:
    """The dots as a way for a `path`, to a tenth of a pixel."""
    return f"M{' '.join(f'{x:.1f} {y:.1f}' for x, y in dots)}"


def rounded(dots: Sequence[Dot]) -> str:
    """A way through the dots without a corner between its ends, closed if it ends where it starts.

    At each dot it runs as the circle does that also meets the dot before and the one after. Dots
    too near to the last are left out: there is no room for a bend between them.

    >>> rounded([(0, 0), (3, 6), (9, 9)])
    'M0.0 0.0C1.0 2.0 1.4 4.4 3.0 6.0C4.6 7.6 7.0 8.0 9.0 9.0'
    """
    kept = [*dots[:1]]
    for dot in dots[1:-1]:
        if math.dist(dot, kept[-1]) > NEAR and math.dist(dot, dots[-1]) > NEAR:
            kept.append(dot)
    kept += dots[1:][-1:]
    closed = len(kept) > 3 and kept[0] == kept[-1]
    before, after = (kept[-2], kept[1]) if closed else (kept[0], kept[-1])
    turns = []
    for last, start, end, following in zip(
            [before, *kept], kept, kept[1:], [*kept[2:], after], strict=False):
        third = math.dist(start, end) / 3
        out, into = _onward(last, start, end, third), _onward(following, end, start, third)
        turns.append("C" + " ".join(f"{x:.1f} {y:.1f}" for x, y in (out, into, end)))
    return way(kept[:1]) + "".join(turns)


def _onward(last: Dot, dot: Dot, following: Dot, length: float) -> Dot:
    """From the dot so far along the circle through the three, or straight on if two are one."""
    if not length:
        return dot
    before, after = math.dist(last, dot), math.dist(dot, following)
    (a, b), (x, y), (c, d) = last, dot, following
    if not before:
        return x + (c - x) / after * length, y + (d - y) / after * length
    across = (x - a) * after / before + (c - x) * before / after
    up = (y - b) * after / before + (d - y) * before / after
    size = math.hypot(across, up) or 1.0
    return x + across / size * length, y + up / size * length


def _points(dots: Iterable[Dot]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in dots)


def grain(dot: Dot) -> Dot:
    """The dot, to a quarter of a pixel: what lies nearer together than that is one."""
    x, y = dot
    return round(4 * x) / 4, round(4 * y) / 4


def thinned(dots: Iterable[Dot]) -> list[Dot]:
    """The dots of a line, without those in the same quarter of a pixel as the one before."""
    first, *others = dots
    kept = [first]
    for dot in others:
        if grain(dot) != grain(kept[-1]):
            kept.append(dot)
    return kept if len(kept) > 1 else [first, *others[-1:]]


def bent(dots: Sequence[Dot]) -> list[Dot]:
    """The dots of a line without those where it goes on nearly straight.

    >>> bent([(0, 0), (3, 0.01), (6, 0), (9, 4)])
    [(0, 0), (6, 0), (9, 4)]
    """
    kept, skipped = [*dots[:1]], list[Dot]()
    for dot, following in pairwise(dots[1:]):
        skipped.append(dot)
        if max(_aside(each, kept[-1], following) for each in skipped) > STRAIGHT:
            kept.append(dot)
            skipped.clear()
    return [*kept, *dots[1:][-1:]]


def _aside(dot: Dot, start: Dot, end: Dot) -> float:
    """How far a dot lies from the line through two others."""
    (x, y), (a, b), (c, d) = dot, start, end
    length = math.dist(start, end)
    return abs((c - a) * (y - b) - (d - b) * (x - a)) / length if length else math.dist(dot, start)


def arrow(foot: Dot, tip: Dot, colour: str, head: bool = True) -> str:
    """A shaft, and a head of two short strokes at its tip, if that is to be seen."""
    if foot == tip:
        return circle(tip, 1.5, f' fill="{colour}"')
    shaft = line([foot, tip], colour)
    return shaft + line(barbs(foot, tip), colour) if head else shaft


def barbs(foot: Dot, tip: Dot) -> list[Dot]:
    """The head of an arrow: the end of one barb, the tip, the end of the other."""
    (x, y), (x_end, y_end) = foot, tip
    length = math.dist(foot, tip)
    size = min(HEAD, length / 2) / length
    back, across = (x - x_end) * size, (y - y_end) * size
    one, other = ((x_end + back - s * across / 2, y_end + across + s * back / 2) for s in (1, -1))
    return [one, tip, other]


def heads(stroke: Sequence[Dot]) -> list[list[Dot]]:
    """Heads along a walk, that say which way it went: in the middle of a step, well apart."""
    heads, since = [], APART / 2
    for start, end in pairwise(stroke):
        since += math.dist(start, end)
        if since >= APART and math.dist(start, end) >= HEAD:
            middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
            heads.append(barbs(start, middle))
            since = 0.0
    return heads


def circle(dot: Dot, radius: float, look: str = "") -> str:
    """A disc."""
    x, y = dot
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius}"{look}/>'


def axis_line(start: Dot, end: Dot, look: str = "axis") -> str:
    """A straight line in the colour of the axes, or of the grid."""
    (x, y), (x_end, y_end) = start, end
    return f'<line class="{look}" x1="{x:.2f}" y1="{y:.2f}" x2="{x_end:.2f}" y2="{y_end:.2f}"/>'
