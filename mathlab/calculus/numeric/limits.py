"""Limits, kinks, jumps: what the quotients on a ladder lead to, or why they lead nowhere.

On the page: `(f(x + h) - f(x - h)) / (2 * h)`. It gives 0 for |x| at 0, where there is no slope:
every quotient to the left is -1, and every one to the right is 1.

>>> limit(Ladder(abs, 0.0, y=0.0), order=1)[1]
'the slope is -1 to the left and 1 to the right of 0.0: a kink'

One side alone can fail. From 0 to h, sqrt(x) has the slope 1/sqrt(h): the smaller the step, the
larger the quotient. At a jump it even grows as 1/h; and if a function wiggles faster and faster, it
never comes to rest.

>>> limit(Ladder(math.sqrt, 0.0, y=0.0), order=1)[1]
'the slope to the right of 0.0 grows without end, about as 1/h**0.5'

Narrow and wide steps can tell two stories: round(x, 2) is a stair, and from afar a ramp. The
sharpest reading is the best, the one that contradicts it is its rival (see `extrapolate`):

>>> for reading in Ladder(lambda x: round(x, 2), 3.0, y=3.0).climb(1, "central"):
...     print(f"{reading.value} +- {reading.error:.1g}, from steps up to {reading.widest:.1g}")
0.0 +- 5e-12, from steps up to 0.0002
1.0 +- 0.09, from steps up to 1

Who is right, only someone who knows f can tell: the slope is 0, but may be off by 1 + 0.09.

Read `limit` first, then `_no_limit` and `_growth`; the other two are edge cases.
"""

import math
from itertools import pairwise

from mathlab.calculus.numeric.difference import EPSILON
from mathlab.calculus.numeric.extrapolate import NO_READING, Quotient, Reading, changes
from mathlab.calculus.numeric.ladder import ACCURACY, ROUNDED, RUNG, Ladder

QUANTITIES = ("slope", "second derivative")
# Measured in tests/calculus/numeric/test_constants.py, each under its name:
FINEST = 6  # changes of the quotients, one after the other, in which a law must show
SLOWEST = 0.5  # changes that shrink by no more than half lead to a limit that nobody can foretell
STEADY = 1.5  # factors that differ by less than this are the same,
NEARLY = 0.02  # and a power that is so near to 0 or 1 is that
UNSEEN = 1e-3  # with noise of unknown size, no more than a thousandth of a value is rounding
SLIGHT = 1e-11  # as a share of the steepest slope on the ladder: no kink, but rounding
GROWN, FADED = 3, 2  # so many times larger or smaller means more than chance


def limit(ladder: Ladder, order: int) -> tuple[Reading, str]:
    """What the quotients of that order tend to; or an infinite error, and in words why.

    The best reading is the sharpest of three: central, from the left, from the right (at an edge of
    the domain there is only one).
    """
    # Case 1, as sqrt(x) at 0: one side has no limit.
    for side in ("left", "right"):
        if reason := _no_limit(ladder, order, side):
            return NO_READING, reason
    found = {side: ladder.climb(order, side) for side in ACCURACY}
    sharpest = min(found, key=lambda side: found[side][0].error)
    best, rival = found[sharpest]
    # Case 2: no side has values enough.
    if best is NO_READING:
        raised = "; ".join(dict.fromkeys(filter(None, ladder.f.errors.values())))
        words = f" (f raised {raised})" if raised else ""
        return NO_READING, f"too few values about {ladder.x} to tell{words}"
    # Case 3, as |x| at 0: the sides contradict each other. On a stair both say 0: their rivals are
    # compared instead; elsewhere, if a rival may be right, a kink is not certain.
    sides = found["left"], found["right"]  # each a best reading, near, and its rival, far
    on_stair = all(near.value == 0 and far is not NO_READING for near, far in sides)
    left, right = (far if on_stair else near for near, far in sides)
    certain = on_stair or not any(_may_be_right(ladder, far) for _, far in sides)
    apart = abs(left.value - right.value) if certain and left.contradicts(right) else 0.0
    slight = SLIGHT * ladder.steepest()
    if apart > slight:
        digits = next(n for n in (4, 10, 17) if f"{left.value:.{n}g}" != f"{right.value:.{n}g}")
        return best._replace(value=(left.value + right.value) / 2, error=math.inf), (
            f"the {QUANTITIES[order - 1]} is {left.value:.{digits}g} to the left "
            f"and {right.value:.{digits}g} to the right of {ladder.x}: a kink"
        )
    # Case 4: there is a limit. The error bar reaches to the other side's, to the end of a rival
    # that may be right, and from a slight slope at x = 0, where nobody knows f's rounding, to 0.
    best = ladder.refine(order, sharpest, best)
    error = best.error + apart
    if _may_be_right(ladder, rival) or abs(best.value - rival.value) <= slight:
        error += abs(best.value - rival.value) + rival.error
    if ladder.x == 0 and abs(best.value) <= slight:
        error += abs(best.value)
    return best._replace(error=error), ""


def _may_be_right(ladder: Ladder, rival: Reading) -> bool:
    """Whether the wide steps of a rival may have stepped over rounding only: over a stair, or over
    wiggles of less than a thousandth of the values. At 1.001 those of |x - 1| stepped over a kink.
    """
    return rival is not NO_READING and (
        ladder.is_stair or ladder.noise_at(rival.widest) < UNSEEN * ladder.size(rival.widest)
    )


def _no_limit(ladder: Ladder, order: int, side: str) -> str:
    """Why the quotients on one side never settle, however fine the step; nothing if they may.

    Where there is a limit, their changes from one step to the next die out towards it.
    """
    quotients = ladder.quotients(order, side)
    starts = range(len(quotients) - FINEST)
    if not starts:
        return ""
    changed = [abs(move) for move in changes(quotients)]
    heights = [move * h**order for move, (h, _) in zip(changed, quotients, strict=False)]  # of f
    powers = ((s, _power(ladder, order, quotients[: s + FINEST + 1], heights)) for s in starts)
    start, power = next(((s, p) for s, p in powers if p is not None), (0, None))
    where = f"the {QUANTITIES[order - 1]} to the {side} of {ladder.x}"
    if power is None:
        steps = [h for h, _ in quotients[:FINEST]]
        restless = _wiggles(ladder, steps, changed[:FINEST], heights[:FINEST])
        return f"{where} does not settle, down to steps of {steps[0]:.1g}" if restless else ""
    # The power is 1 at a jump, above at a pole such as 1/x, below where f is steep, 0 on the verge.
    if order == 1 and power > 1 + NEARLY:
        return f"f itself grows without end to the {side} of {ladder.x}"
    if order == 1 and power > 1 - NEARLY:
        step, slope = quotients[start]
        return f"f jumps by {abs(slope) * step:.4g} to the {side} of {ladder.x}"
    if power > NEARLY:
        return f"{where} grows without end, about as 1/h**{power:.2g}"
    return f"{where} changes too slowly for floats to tell where it settles, if at all"


def _power(
    ladder: Ladder, order: int, quotients: list[Quotient], heights: list[float]
) -> float | None:
    """The power of 1/h by which the last few changes grow with every finer step, if they do.

    They must stand out of rounding; and on all finer steps the law goes on, or noise hides it.
    """
    steps, moves = [h for h, _ in quotients], changes(quotients)
    start, (h, slope) = len(moves) - FINEST, quotients[-1]
    rounding = ladder.rounding(steps[-2]) + EPSILON * abs(ladder.x * slope)
    is_seen = min(heights[start : start + FINEST]) > ROUNDED * max(ladder.tread, rounding)
    power = _growth(moves[start:]) if is_seen and h == steps[start] * RUNG**FINEST else None
    if power is not None:
        for finer, height in zip(steps[:start], heights, strict=False):
            expected = heights[start] * (finer / steps[start]) ** (order - power)
            if expected > ROUNDED * max(height, ladder.noise_at(finer)):
                return None
    return power


def _growth(moves: list[float]) -> float | None:
    """The power of 1/h by which the changes grow with every finer step, if there is one."""
    factors = [fine / wide for fine, wide in pairwise(moves)]
    is_steady = min(factors) > SLOWEST and max(factors) < STEADY * min(factors)
    return math.log(factors[0], RUNG) if is_steady else None


def _wiggles(ladder: Ladder, steps: list[float], moves: list[float], heights: list[float]) -> bool:
    """Whether the changes neither fade nor look like rounding, which is as high at all steps."""
    half, sizes = FINEST // 2, map(ladder.size, steps)
    rounding = ROUNDED * max(ladder.tread, EPSILON * ladder.size())
    seen = sum(y > max(UNSEEN * size, rounding) for y, size in zip(heights, sizes, strict=True))
    large = max(heights) > UNSEEN * ladder.size()
    grown = max(heights[half:]) > GROWN * max(heights[:half])
    faded = max(moves[:half]) < max(moves[half:]) / FADED
    return seen > half and (large or grown) and not faded
