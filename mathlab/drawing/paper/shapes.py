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

APART = 60  # pixels from one head on a walk to the next, at least
SECONDS = 6  # that a dot takes to walk along a path


def line(dots: Iterable[Dot], colour: str, look: str = "") -> str:
    """A line through the dots."""
    pen = f'fill="none" stroke="{colour}" stroke-width="2" stroke-linecap="round"'
    return f'<polyline points="{_points(dots)}" {pen}{look}/>'


def area(corners: Iterable[Dot]) -> str:
    """What lies within the corners; its colour is that of the group it stands in."""
    return f'<polygon points="{_points(corners)}"/>'


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


def walker(stroke: Sequence[Dot], colour: str) -> str:
    """A dot that walks along the stroke, and begins anew when it has come to its end."""
    (left, top), *_ = stroke  # a viewer without motion shows the dot there
    way = "M" + " L".join(f"{x - left:.2f} {y - top:.2f}" for x, y in stroke)
    motion = f'<animateMotion dur="{SECONDS}s" repeatCount="indefinite" path="{way}"/>'
    return (f'<circle cx="{left:.2f}" cy="{top:.2f}" r="6" fill="{colour}" fill-opacity="0.6">'
            f"{motion}</circle>")


def circle(dot: Dot, radius: float, look: str = "") -> str:
    """A disc."""
    x, y = dot
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius}"{look}/>'


def axis_line(start: Dot, end: Dot, look: str = "axis") -> str:
    """A straight line in the colour of the axes, or of the grid."""
    (x, y), (x_end, y_end) = start, end
    return f'<line class="{look}" x1="{x:.2f}" y1="{y:.2f}" x2="{x_end:.2f}" y2="{y_end:.2f}"/>'
