"""A curve as dots: many where it bends, few where it is straight, none where it has no height.

Even steps come first. Then a step is halved, again and again, for one of three reasons:

-   a bend: it turns visibly at one of its ends, so a straight line would not do;
-   a tear: it is far steeper than the steps beside it: a jump, a pole, or a peak not seen whole;
-   an edge: the curve has a height at one of its ends only.

A bend is followed until it looks smooth. A tear or an edge is followed until it is narrower than
anything that can be seen; a tear that is still there by then is a break, and no line crosses it.

>>> import math
>>> [len(run) < 150 for run in sampled(math.exp, 0, 1)]
[True]
>>> [(round(run[0][0], 6), round(run[-1][0], 6)) for run in sampled(math.floor, 0, 1.9)]
[(0.0, 1.0), (1.0, 1.9)]

Beside a pole a curve is followed no higher than it rises elsewhere, or a picture of it would show
nothing but the pole:

>>> [(round(run[0][1], 1), round(run[-1][1], 1)) for run in sampled(lambda x: 1 / x, -1, 1)]
[(-1.0, -13.0), (14.0, 1.0)]
"""

import math
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from mathlab.drawing.charts.axis import FAR, Axis
from mathlab.drawing.paper.canvas import Dot

Sample = tuple[float, float, float]  # the share of the way from low to high, and x and y there

STEPS = 64  # even ones, each cut in two: 129 evaluations, and straight lines need no more
WITNESS = (3 - math.sqrt(5)) / 2  # where each is cut: a wave that fits the steps does not fit this
VISIBLE = 1 / 500  # of the height of the picture: less than a pixel of 400
JUMP = 1 / 128  # of the height of the picture: a smaller jump looks like a slope
FINE = 2.0**-13  # of the width of the picture: no bend is followed further,
NARROW = 2.0**-24  # and no tear or edge further than this
MOST = 4000  # evaluations in all; at most
FIRST = 3000  # of them before the poles are known; and of either, at most
BENDS = 5 / 8  # before bends must leave the rest to tears and edges
# Pictures out of sight: a curve that is so far out at a break has a pole there. This takes 94 of
# 100 logarithms for poles, and no root of x up to the fifth.
POLE = 1.5
OUT = 0.1  # of the height of the picture: so far beyond its edge a dot is surely out of sight
NEAR = 1 / 32  # of the width of the picture: so close to a pole, heights do not count


def sampled(
    f: Callable[[float], Any], low: float, high: float, shown: Axis | None = None
) -> list[list[Dot]]:
    """The unbroken stretches of the curve y = f(x) from `low` to `high`, in at most 4,000 calls.

    shown   the upright axis, if it is known; by default, what covers the curve away from its poles

    To draw on a logarithmic axis, sample what is even there: log(f(x)), or f(exp(x)).

    Raises: ValueError if an end is not finite, and what f raises unless it is a ValueError or
    an ArithmeticError: those two say that there is no height.

    >>> sampled(lambda x: (x - 1) ** 0.5, 0, 2)[0][0]  # complex below 1
    (1.0, 0.0)
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError(f"a curve cannot run from {low} to {high}: give finite ends")

    def sample(share: float) -> Sample:
        x = low * (1 - share) + high * share
        return share, x, height(f, x)

    if low == high:
        x, y = sample(0.0)[1:]
        return [[(x, y)]] if math.isfinite(y) else []
    shares = [(i + part) / STEPS for i in range(STEPS) for part in (0.0, WITNESS)]
    samples = [sample(share) for share in (*shares, 1.0)]
    axis = shown or Axis.covering(y for _, _, y in samples if math.isfinite(y))
    samples = _refined(sample, samples, axis, FAR, FIRST)
    poles = _poles(samples, axis)
    if shown is None and (heights := _away(samples, poles)):
        axis = Axis.covering(heights)  # lower for a pole, and higher for what even steps missed
        samples = _refined(sample, samples, axis, OUT, MOST)
        poles = _poles(samples, axis)
    return _runs(samples, poles, axis)


def height(f: Callable[..., Any], *at: float) -> float:
    """The value of f, or nan where it is not a finite real number.

    >>> height(math.hypot, 3, 4), height(math.log, -2)
    (5.0, nan)
    """
    try:
        y = f(*at)
        y = math.nan if isinstance(y, complex) else float(y)
    except (ValueError, ArithmeticError):
        return math.nan
    return y if math.isfinite(y) else math.nan


def _refined(
    sample: Callable[[float], Sample], samples: list[Sample], axis: Axis, far: float, most: int
) -> list[Sample]:
    """The samples, and those in the middle of every step that is worth halving, until none is.

    far   how many pictures out of sight a curve is followed, to see whether it has a pole
    """
    while True:
        places = _places(samples, axis, far)
        widths = [after[0] - before[0] for before, after in pairwise(samples)]
        breaks = {i for pair in _breaks(places, widths) for i in pair if widths[i] > NARROW}
        bends = {i for i in _bends(samples, places) if widths[i] > FINE}
        chosen = breaks | bends
        if len(samples) + len(chosen) > most * BENDS:
            chosen = breaks  # too many bends to show: the rest of the calls is for these
        if not chosen or len(samples) + len(chosen) > most:
            return samples
        middles = [(samples[i][0] + samples[i + 1][0]) / 2 for i in sorted(chosen)]
        samples = sorted(samples + [sample(middle) for middle in middles])


def _bends(samples: Sequence[Sample], places: Sequence[float]) -> Iterator[int]:
    """The steps on either side of each dot that is visibly off the line between its neighbours."""
    places = [_within(place, OUT) for place in places]  # bends that are farther out, nobody sees
    dots = [(share, place) for (share, _, _), place in zip(samples, places, strict=True)]
    for i in range(1, len(dots) - 1):
        (a, low), (x, y), (b, high) = dots[i - 1 : i + 2]
        across, up = b - a, high - low
        # A curve that turns back may do so far above the dot; elsewhere the nearest way counts.
        scale = across if (y - low) * (high - y) < 0 else math.hypot(across, up)
        if abs((x - a) * up - (y - low) * across) > VISIBLE * scale:
            yield from (i - 1, i)


def _breaks(places: Sequence[float], widths: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Each step that is an edge or a tear, and the step where the top of the tear must lie."""
    rises = [after - before for before, after in pairwise(places)]
    slopes = [rise / width for rise, width in zip(rises, widths, strict=True)]
    slopes = [0.0, *(slope if math.isfinite(slope) else 0.0 for slope in slopes), 0.0]
    for i, rise in enumerate(rises):
        if math.isnan(rise):
            if math.isnan(places[i]) != math.isnan(places[i + 1]):
                yield i, i
            continue
        before, slope, after = slopes[i : i + 3]
        lesser, greater = sorted((abs(before), abs(after)))
        if abs(rise) > JUMP and abs(slope) >= greater and abs(slope) > 2 * lesser:
            # Up, up and then down: the top lies in the second step or in the third.
            up_before, up_after = before * slope > 0, after * slope > 0
            top = i if up_before == up_after else i + 1 if up_before else i - 1
            yield i, min(max(top, 0), len(rises) - 1)


def _poles(samples: Sequence[Sample], axis: Axis) -> list[float]:
    """The shares where a break has an end far out of sight, or any dot is as far as can be.

    By this measure the logarithm has a pole at 0, and the square root has none.
    """
    places = _places(samples, axis, FAR)
    ends = {end for i in _broken(samples, places) for end in (i, i + 1)}
    return [
        share
        for i, (share, _, _) in enumerate(samples)
        if abs(places[i]) >= FAR or (i in ends and abs(places[i] - 0.5) > POLE + 0.5)
    ]


def _away(samples: Sequence[Sample], poles: Sequence[float]) -> list[float]:
    """The heights that are not near a pole: what the picture must show."""
    heights = []
    for share, _, y in samples:
        right = bisect(poles, share)
        before = poles[right - 1] if right > 0 else -math.inf
        after = poles[right] if right < len(poles) else math.inf
        near = min(NEAR, (after - before) / 16)  # poles may be close to each other
        if before + near <= share <= after - near and math.isfinite(y):
            heights.append(y)
    return heights


def _runs(samples: Sequence[Sample], poles: Sequence[float], axis: Axis) -> list[list[Dot]]:
    """The stretches between breaks, each cut where it leaves the picture on its way to a pole."""
    places = _places(samples, axis, FAR)
    hidden: set[int] = set()
    near = set(poles)
    at = [i for i, (share, _, _) in enumerate(samples) if share in near]
    for way in (-1, 1):
        for i in at:
            while 0 <= i < len(samples) and (places[i] < 0 or places[i] > 1):
                hidden.add(i)
                i += way
    runs: list[list[Dot]] = [[]]
    broken = set(_broken(samples, places))
    for i, (_, x, y) in enumerate(samples):
        if i not in hidden and math.isfinite(y):
            runs[-1].append((x, y))
        if i in broken:
            runs.append([])
        elif (i in hidden) != (i + 1 in hidden) and i + 1 < len(samples):
            if i in hidden:
                runs.append([])
            runs[-1].append(_leaving(samples[i], samples[i + 1], places[i], places[i + 1], axis))
    return [run for run in runs if run]


def _leaving(start: Sample, end: Sample, place: float, next_place: float, axis: Axis) -> Dot:
    """Where the line from one sample to the next crosses the edge of the picture."""
    edge = 1 if max(place, next_place) > 1 else 0
    part = (edge - place) / (next_place - place)
    x = start[1] * (1 - part) + end[1] * part
    return x, axis.high if edge else axis.low


def _broken(samples: Sequence[Sample], places: Sequence[float]) -> list[int]:
    """The steps that no line may cross: gaps, and tears too narrow to be seen."""
    widths = [after[0] - before[0] for before, after in pairwise(samples)]
    return [
        i
        for i, _ in _breaks(places, widths)
        if widths[i] <= FINE or math.isnan(places[i] + places[i + 1])
    ]


def _places(samples: Sequence[Sample], axis: Axis, far: float) -> list[float]:
    """Where the heights go on the axis, at most so many pictures out of sight."""
    return [_within(axis.place(y), far) if math.isfinite(y) else y for _, _, y in samples]


def _within(place: float, far: float) -> float:
    return max(min(place, 1 + far), -far)  # in this order, nan stays nan
