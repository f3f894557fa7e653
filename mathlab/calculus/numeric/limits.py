"""Do the quotients on a ladder have a limit, as the step shrinks to nothing? If so, which?

A computer cannot see a limit, only numbers on the way to it. But each way of having none has its
own look. At a kink the two sides settle on different slopes; at a jump they grow like 1/h, at an
upright tangent like some lower power of it; and where a function wiggles ever faster, they never
come to rest.

>>> cusp = Ladder(lambda x: abs(x) ** 0.25, 0.0, 0.0, scale=None, relative_noise=0.0)
>>> limit(cusp, order=1)[1]
'the slope to the left of 0.0 grows without end, about as 1/h**0.75'
"""

import math
from itertools import pairwise

from mathlab.calculus.numeric.difference import EPSILON
from mathlab.calculus.numeric.extrapolate import NOTHING, Reading, changes
from mathlab.calculus.numeric.ladder import POWERS, RUNG, Ladder

QUANTITIES = ("slope", "second derivative")
FINEST = 6  # a law must show in so many moves, from each of the finest steps to the next
SLOWEST = 0.5  # moves that shrink by no more than half lead to a limit that nobody can foretell
VISIBLE = 1e-3  # what is more than a thousandth of a value is not its rounding


def limit(ladder: Ladder, order: int) -> tuple[Reading, str]:
    """What the quotients of that order tend to; and if there is no limit, why, in words.

    The best reading is the sharpest of three: central, from the left, from the right. At an edge of
    the domain there is but one. A rival that may be right makes it less sure.
    """
    for side in ("left", "right"):
        if reason := _endless(ladder, order, side):
            return NOTHING, reason
    found = {side: ladder.climb(order, side) for side in POWERS}
    sharpest = min(found, key=lambda side: found[side][0].error)
    best, rival = found[sharpest]
    if best is NOTHING:
        raised = f" (f raised {ladder.errors})" if ladder.errors else ""
        return NOTHING, f"too few values about {ladder.x} to tell{raised}"
    _, (left, left_rival), (right, right_rival) = found.values()
    # A side with a rival may be stuck in rounding: 14 of 2,000 smooth functions got kinks from it.
    doubtful = _may_be_right(ladder, left_rival) or _may_be_right(ladder, right_rival)
    if left.value == right.value == 0 and NOTHING not in (left_rival, right_rival):
        left, right, doubtful = left_rival, right_rival, False  # seen from beyond the flat
    if left.contradicts(right) and not doubtful:
        digits = next(n for n in (4, 10, 17) if f"{left.value:.{n}g}" != f"{right.value:.{n}g}")
        return best._replace(value=(left.value + right.value) / 2), (
            f"the {QUANTITIES[order - 1]} is {left.value:.{digits}g} to the left "
            f"and {right.value:.{digits}g} to the right of {ladder.x}: a kink"
        )
    best = ladder.refine(order, sharpest, best)
    if _may_be_right(ladder, rival):
        best = best._replace(error=best.error + abs(best.value - rival.value) + rival.error)
    return best, ""


def _may_be_right(ladder: Ladder, rival: Reading) -> bool:
    """Whether the wide steps of the rival may have stepped over nothing but rounding.

    They may if the finest steps do not change the value at all (a stair), or if what is between are
    wiggles of less than a thousandth of the values. Nobody can tell but who knows the function, and
    says so with `relative_noise`.
    """
    if rival is NOTHING:
        return False
    return ladder.is_flat or ladder.noise_at(rival.widest) < VISIBLE * ladder.size(rival.widest)


def _endless(ladder: Ladder, order: int, side: str) -> str:
    """Why the quotients on one side never settle, however fine the step; nothing if they may.

    Where there is a limit, the moves from one step to the next die out towards it. If instead the
    finest moves grow by one steady factor, or hardly fade, there is a law behind it, and no limit
    to be seen. If they neither fade nor keep a law, the function itself jumps or wiggles about.
    """
    points = ladder.quotients(order, side)[: FINEST + 1]
    moves = changes(points)
    if len(moves) < FINEST:
        return ""
    where = f"the {QUANTITIES[order - 1]} to the {side} of {ladder.x}"
    steps = [h for h, _ in points[:FINEST]]
    heights = [abs(move) * h**order for move, h in zip(moves, steps, strict=True)]
    rounding = ladder.rounding(steps[-1]) + EPSILON * abs(ladder.x * points[-1][1])
    if min(heights) > 4 * rounding:
        factors = [fine / wide for fine, wide in pairwise(moves)]
        if min(factors) > SLOWEST and max(factors) < 1.5 * min(factors):
            power = math.log(factors[0], RUNG)
            if order == 1 and power > 1.02:
                return f"f itself grows without end to the {side} of {ladder.x}"
            if order == 1 and power > 0.98:
                return f"f jumps by {abs(points[0][1]) * steps[0]:.4g} to the {side} of {ladder.x}"
            if power > 0.02:
                return f"{where} grows without end, about as 1/h**{power:.2g}"
            return f"{where} changes too slowly for floats to tell where it settles, if at all"
    half = FINEST // 2
    fading = max(map(abs, moves[:half])) < max(map(abs, moves[half:])) / 2
    seen = sum(
        height > VISIBLE * ladder.size(h) for height, h in zip(heights, steps, strict=True)
    )
    # Rounding has one height at all steps. This is larger than rounding, or grows with the step.
    large = max(heights) > VISIBLE * ladder.size()
    alive = large or max(heights[half:]) > 3 * max(heights[:half])
    if seen > half and alive and not fading:
        return f"{where} does not settle, down to steps of {steps[0]:.1g}"
    return ""
