"""A curve as dots to join by straight lines: many where it bends, few where it is straight.

On the page: `for _ in range(steps + 1):`. Even steps, and then more where something happens.

Take even steps, and look at each dot and its two neighbours. If the dot lies visibly off the
straight line between them, the curve bends there: halve the steps on either side. Then look again,
until nothing more can be seen. `smooth` does that, and no more:

>>> [len(smooth(f, 0, 1)) for f in (lambda x: 3 * x, math.exp, lambda x: math.sin(20 * x))]
[129, 129, 158]

A curve can also break off. So `sampled` halves a step for two more reasons:

-   an edge: the curve has a height at one end of the step only, as the square root has at 0;
-   a tear: the step is far steeper than those beside it: a jump, a pole, or a peak not seen whole.

These are followed until they are narrower than anything that can be seen. A tear that is still
there by then is a break, and no line crosses it:

>>> [(round(run[0][0], 6), round(run[-1][0], 6)) for run in sampled(math.floor, 0, 1.9)]
[(0.0, 1.0), (1.0, 1.9)]

Beside a pole a curve is followed no higher than it rises elsewhere, or a picture of it would show
nothing but the pole:

>>> [(round(run[0][1], 1), round(run[-1][1], 1)) for run in sampled(lambda x: 1 / x, -1, 1)]
[(-1.0, -13.0), (14.0, 1.0)]

Read `smooth` and `_bent` first, then `sampled`, `_refined` and `_breaks`; the rest is about poles.
"""

import math
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from mathlab.drawing.charts.axis import FAR, Axis
from mathlab.drawing.paper.canvas import Dot

Sample = tuple[float, float, float]  # the share of the way from low to high, and x and y there
Sampler = Callable[[float], Sample]

STEPS = 64  # even ones, each cut in two: 129 calls, and straight lines need no more
CUT = (3 - math.sqrt(5)) / 2  # where each is cut: not in the middle, where a wave could be flat
EVEN = [*((i + part) / STEPS for i in range(STEPS) for part in (0.0, CUT)), 1.0]
VISIBLE = 1 / 500  # of the height of the picture: less than a pixel of 400
FINE = 2.0**-13  # of the width of the picture: no bend is followed further,
NARROW = 2.0**-24  # and no tear or edge further than this
JUMP = 1 / 128  # of the height of the picture: a smaller jump looks like a slope
CALLS = 4000  # calls in all; at most
FIRST_CALLS = 3000  # of them before the poles are known; and of either, at most
BENDS = 5 / 8  # before bends must leave the rest to tears and edges
# Counted in pictures: a curve that is so far outside at a break has a pole there.
POLE = 1.5  # so log has one, and no root of x up to the fourth: test_what_counts_as_a_pole
OUT = 0.1  # of the height of the picture: a dot so far beyond its edge is surely out of sight
NEAR = 1 / 32  # of the width of the picture: so close to a pole, heights do not count


def smooth(f: Callable[[float], Any], low: float, high: float) -> list[Dot]:
    """Dots of the curve y = f(x) from `low` to `high`, if it has no gaps, jumps or poles."""
    sample = partial(_sample, f, low, high)
    samples = [*map(sample, EVEN)]
    axis = Axis.covering(y for _, _, y in samples)
    while bent := _bent(samples, axis):
        samples = _halved(sample, samples, bent)
    return [(x, y) for _, x, y in samples]


def sampled(f: Callable[[float], Any], low: float, high: float,
            shown: Axis | None = None) -> list[list[Dot]]:
    """The unbroken stretches of the curve y = f(x) from `low` to `high`, in at most 4,000 calls.

    shown   the upright axis, if it is known; by default, what covers the curve away from its poles

    To draw on a logarithmic axis, sample what is even there: log(f(x)), or f(exp(x)).

    Equivalent to: [smooth(f, low, high)] for a curve without gaps, jumps, poles and thin peaks; a
    few dots more may show that it has none.

    Raises: ValueError if an end is not finite, and what f raises unless it is a ValueError or
    an ArithmeticError: those two say that there is no height.

    >>> sampled(lambda x: (x - 1) ** 0.5, 0, 2)[0][0]  # complex below 1
    (1.0, 0.0)
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError(f"a curve cannot run from {low} to {high}: give finite ends")
    sample = partial(_sample, f, low, high)
    samples = [*map(sample, EVEN if low != high else [0.0])]
    axis = shown or Axis.covering(y for _, _, y in samples if math.isfinite(y))
    samples = _refined(sample, samples, axis, FAR, FIRST_CALLS)
    poles = _poles(samples, axis)
    if shown is None and (heights := _away(samples, poles)):
        axis = Axis.covering(heights)  # lower for a pole, and higher for what even steps missed
        samples = _refined(sample, samples, axis, OUT, CALLS)
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


def _sample(f: Callable[[float], Any], low: float, high: float, share: float) -> Sample:
    x = low * (1 - share) + high * share
    return share, x, height(f, x)


def _halved(sample: Sampler, samples: list[Sample], steps: Iterable[int]) -> list[Sample]:
    """The samples, and one in the middle of each of these steps."""
    middles = [(samples[i][0] + samples[i + 1][0]) / 2 for i in sorted(steps)]
    return sorted(samples + [sample(middle) for middle in middles])


def _places(samples: Sequence[Sample], axis: Axis, far: float) -> list[float]:
    """Where the heights go on the axis, at most so many pictures outside; nan without a height."""
    places = [axis.place(y) if math.isfinite(y) else y for _, _, y in samples]
    return [max(min(place, 1 + far), -far) for place in places]  # in this order, nan stays nan


def _widths(samples: Sequence[Sample]) -> list[float]:
    return [after[0] - before[0] for before, after in pairwise(samples)]


def _bent(samples: Sequence[Sample], axis: Axis) -> set[int]:
    """The steps on either side of each dot that is visibly off the line between its neighbours."""
    places = _places(samples, axis, OUT)  # bends that are farther outside, nobody sees
    dots = [(share, place) for (share, _, _), place in zip(samples, places, strict=True)]
    bent: set[int] = set()
    for i in range(1, len(dots) - 1):
        (a, low), (x, y), (b, high) = dots[i - 1 : i + 2]
        across, up = b - a, high - low
        # Of (0, 0), (1, 2), (4, 3): 1*3 - 2*4 = -5, so the dot is off by 5/4 upright (across is 4),
        # and by 5/5 the nearest way (the line is 5 long). That counts, unless the curve turns back:
        # it may do so far above the dot.
        scale = across if (y - low) * (high - y) < 0 else math.hypot(across, up)
        if abs((x - a) * up - (y - low) * across) > VISIBLE * scale:
            bent |= {i - 1, i}
    widths = _widths(samples)
    return {i for i in bent if widths[i] > FINE}


def _refined(sample: Sampler, samples: list[Sample], axis: Axis, far: float,
             most: int) -> list[Sample]:
    """The samples, and more of them in every step that is worth halving, until there is none.

    far   how many pictures outside a curve is followed, to see whether it has a pole
    """
    while True:
        widths = _widths(samples)
        breaks = {i for pair in _breaks(samples, _places(samples, axis, far)) for i in pair}
        chosen = breaks = {i for i in breaks if widths[i] > NARROW}
        bent = _bent(samples, axis)
        if len(samples) + len(breaks | bent) <= most * BENDS:
            chosen = breaks | bent  # else too many to show: the rest of the calls is for breaks
        if not chosen or len(samples) + len(chosen) > most:
            return samples
        samples = _halved(sample, samples, chosen)


def _breaks(samples: Sequence[Sample], places: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Each step that is an edge or a tear, and the step where the top of the tear must lie."""
    rises = [after - before for before, after in pairwise(places)]
    slopes = [rise / width for rise, width in zip(rises, _widths(samples), strict=True)]
    slopes = [0.0, *(slope if math.isfinite(slope) else 0.0 for slope in slopes), 0.0]
    for i, rise in enumerate(rises):
        if math.isnan(rise):
            if math.isnan(places[i]) != math.isnan(places[i + 1]):
                yield i, i
            continue
        # Slopes of 1, 9, 1 are a tear; so are 1, 9, 8, its two halves; but 5, 9, 5 are only steep.
        before, slope, after = slopes[i : i + 3]
        lesser, greater = sorted((abs(before), abs(after)))
        if abs(rise) > JUMP and abs(slope) >= greater and abs(slope) > 2 * lesser:
            # Up, steeply up and down again, 1, 9, -4: the top may lie in the step after this one.
            up_before, up_after = before * slope > 0, after * slope > 0
            top = i if up_before == up_after else i + 1 if up_before else i - 1
            yield i, min(max(top, 0), len(rises) - 1)


def _broken(samples: Sequence[Sample], places: Sequence[float]) -> list[int]:
    """The steps that no line may cross: edges, and tears too narrow to be seen."""
    widths = _widths(samples)
    breaks = [i for i, _ in _breaks(samples, places)]
    return [i for i in breaks if widths[i] <= FINE or math.isnan(places[i] + places[i + 1])]


def _poles(samples: Sequence[Sample], axis: Axis) -> list[int]:
    """The samples at which a break has an end far outside, or that are as far as can be.

    By this measure the logarithm has a pole at 0, and the square root has none.
    """
    places = _places(samples, axis, FAR)
    ends = {end for i in _broken(samples, places) for end in (i, i + 1)}
    far = {i for i in ends if abs(places[i] - 0.5) > POLE + 0.5}
    return [i for i, place in enumerate(places) if i in far or abs(place) >= FAR]


def _away(samples: Sequence[Sample], poles: Sequence[int]) -> list[float]:
    """The heights that are not near a pole: what the picture must show."""
    shares = [-math.inf, *(samples[i][0] for i in poles), math.inf]
    heights = []
    for share, _, y in samples:
        right = bisect(shares, share)
        before, after = shares[right - 1 : right + 1]
        near = min(NEAR, (after - before) / 16)  # poles may be close to each other
        if before + near <= share <= after - near and math.isfinite(y):
            heights.append(y)
    return heights


def _runs(samples: Sequence[Sample], poles: Sequence[int], axis: Axis) -> list[list[Dot]]:
    """The stretches between breaks, each cut where it leaves the picture on its way to a pole."""
    places = _places(samples, axis, FAR)
    hidden: set[int] = set()
    for way in (-1, 1):
        for i in poles:
            while 0 <= i < len(samples) and (places[i] < 0 or places[i] > 1):
                hidden.add(i)
                i += way
    runs: list[list[Dot]] = [[]]
    broken = set(_broken(samples, places))
    for i, (_, x, y) in enumerate(samples):
        if i not in hidden and math.isfinite(y):
            runs[-1].append((x, y))
        if i in broken or (i in hidden and i + 1 not in hidden):
            runs.append([])
        if i not in broken and (i in hidden) != (i + 1 in hidden) and i + 1 < len(samples):
            x_next, place, place_next = samples[i + 1][1], places[i], places[i + 1]
            edge = 1 if max(place, place_next) > 1 else 0  # where it crosses the edge
            part = (edge - place) / (place_next - place)
            runs[-1].append((x * (1 - part) + x_next * part, axis.high if edge else axis.low))
    return [run for run in runs if run]
