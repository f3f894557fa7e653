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
from mathlab.calculus.numeric.extrapolate import NO_READING, Reading, changes
from mathlab.calculus.numeric.ladder import ACCURACY, ROUNDED, RUNG, Ladder

QUANTITIES = ("slope", "second derivative")
# Measured in tests/calculus/numeric/test_constants.py, each under its name:
FINEST = 6  # changes of the quotients, with the finest steps, in which a law must show
SLOWEST = 0.5  # changes that shrink by no more than half lead to a limit that nobody can foretell
STEADY = 1.5  # factors that differ by less than this are the same,
NEARLY = 0.02  # and a power that is so near to 0 or 1 is that
UNSEEN = 1e-3  # what is more than so many roundings is no rounding nor, with noise of unknown size, what is more than a thousandth of a value
SLIGHT = 1e-12
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
    doubt = abs(left.value - right.value) if certain and left.contradicts(right) else 0.0
    slight = SLIGHT * ladder.steepest()
    if doubt > slight:
        digits = next(n for n in (4, 10, 17) if f"{left.value:.{n}g}" != f"{right.value:.{n}g}")
        return best._replace(value=(left.value + right.value) / 2, error=math.inf), (
            f"the {QUANTITIES[order - 1]} is {left.value:.{digits}g} to the left "
            f"and {right.value:.{digits}g} to the right of {ladder.x}: a kink"
        )
    # Case 4: there is a limit; if its rival may be right, the error bar reaches to the rival's end.
    best = ladder.refine(order, sharpest, best)
    best = best._replace(error=best.error + doubt)
    if ladder.x == 0 and abs(best.value) <= slight:
        best = best._replace(error=best.error + abs(best.value))
    if _may_be_right(ladder, rival) or abs(best.value - rival.value) <= slight:
        best = best._replace(error=best.error + abs(best.value - rival.value) + rival.error)
    return best, ""


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
    if len(quotients) <= FINEST:
        return ""
    steps, moves = [h for h, _ in quotients], changes(quotients)
    heights = [abs(move) * h**order for move, h in zip(moves, steps, strict=False)]  # of f itself
    power, start = None, 0
    for start in range(len(moves) - FINEST + 1):
        end = start + FINEST
        rounding = max(ladder.tread, ladder.rounding(steps[end - 1])) + EPSILON * abs(ladder.x * quotients[end].value)
        if min(heights[start:end]) > ROUNDED * rounding and steps[end] == steps[start] * RUNG**FINEST:
            power = _growth(moves[start:end])
            if power is not None and all(
                heights[j] > (law := heights[start] * (steps[j] / steps[start]) ** (order - power)) / ROUNDED
                or law < ROUNDED * ladder.noise_at(steps[j]) for j in range(start)):
                break
        power=None
    finest, steps, moves, heights = quotients[start:], steps[:FINEST], moves[:FINEST], heights[:FINEST]
    where = f"the {QUANTITIES[order - 1]} to the {side} of {ladder.x}"
    if power is None:
        restless = _wiggles(ladder, steps, moves, heights)
        return f"{where} does not settle, down to steps of {steps[0]:.1g}" if restless else ""
    # The power is 1 at a jump, above at a pole such as 1/x, below where f is steep, 0 on the verge.
    if order == 1 and power > 1 + NEARLY:
        return f"f itself grows without end to the {side} of {ladder.x}"
    if order == 1 and power > 1 - NEARLY:
        return f"f jumps by {abs(finest[0].value) * steps[0]:.4g} to the {side} of {ladder.x}"
    if power > NEARLY:
        return f"{where} grows without end, about as 1/h**{power:.2g}"
    return f"{where} changes too slowly for floats to tell where it settles, if at all"


def _growth(moves: list[float]) -> float | None:
    """The power of 1/h by which the changes grow with every finer step, if there is one."""
    factors = [fine / wide for fine, wide in pairwise(moves)]
    is_steady = min(factors) > SLOWEST and max(factors) < STEADY * min(factors)
    return math.log(factors[0], RUNG) if is_steady else None


def _wiggles(ladder: Ladder, steps: list[float], moves: list[float], heights: list[float]) -> bool:
    """Whether the changes neither fade nor look like rounding, which is as high at all steps."""
    half, rounding = FINEST // 2, ROUNDED * max(ladder.tread, EPSILON * ladder.size())
    seen = sum(
        height > max(UNSEEN * ladder.size(h), rounding) for h, height in zip(steps, heights, strict=True)
    )
    large = max(heights) > UNSEEN * ladder.size()
    grown = max(heights[half:]) > GROWN * max(heights[:half])
    faded = max(map(abs, moves[:half])) < max(map(abs, moves[half:])) / FADED
    return seen > half and (large or grown) and not faded
