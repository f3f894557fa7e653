"""Divergence: walks up the hill, or down a slope without end, and what to do about them.

On the page: `parameter.data -= learning_rate * parameter.grad`, with a rate that was right.

A step that is too long lands higher on the other side of the valley, where it is steeper, so the
next one is longer still: within a few dozen steps the loss is astronomical. And where each yes can
be told from each no perfectly, larger parameters are always better: the valley has no bottom.
"""

import math
from collections.abc import Sequence

from mathlab.errors import DivergenceError, DomainError
from mathlab.learning.descent.descent import Step
from mathlab.learning.model.surface import Surface

NUDGE_LENGTH = 1e-3  # far enough for the slopes to change, near enough for them to change evenly
NUDGES = 10  # to find the sharpest bend: test_the_better_rate_is_one_over_the_sharpest_bend
LEVEL_ENOUGH = 1e-12  # of the loss, not a rise: test_rounding_is_not_a_rise
PLACES_BACK = 30  # to look back at: test_some_thirty_places_of_the_walk_are_looked_back_at
FAR_AWAY = 1e3  # times as far: test_where_the_way_turns_up_later_it_does_not_fall_for_ever


def uphill(surface: Surface, history: Sequence[Step], rate: float) -> DivergenceError:
    """The error that the loss has grown, with a learning rate that will do better."""
    better = better_rate(surface, min(history, key=lambda step: step.loss), rate)
    other = surface.where_it_grows
    advice = f"try {better:.1g}, or {other}" if better else other
    return DivergenceError(
        f"the {surface.called} grew from {history[0].loss:.3g} to {history[-1].loss:.3g} in "
        f"{len(history) - 1} steps: the learning rate {float(rate):g} is too large for this "
        f"surface; {advice}")


def better_rate(surface: Surface, here: Step, rate: float) -> float:
    """A lower rate that suits the sharpest bend here; 0 if no rate does.

    Steps across a valley shrink if the rate is under 2/curvature; 1/curvature is safely so. A
    nudge changes the slopes by curvature * nudge, most of all along the sharpest bend: so the
    change, taken as the direction of the next nudge, turns towards it.

    Source: R. von Mises and H. Pollaczek-Geiringer, "Praktische Verfahren der
    Gleichungsauflösung" (1929): the power method.
    """
    bend = list(here.slopes)
    for _ in range(NUDGES):
        length = math.hypot(*bend)
        if not 0 < length < math.inf:
            return 0.0
        nudged = [p + NUDGE_LENGTH * b / length for p, b in zip(here.position, bend, strict=True)]
        _, there = surface.look(nudged)
        bend = [(t - s) / NUDGE_LENGTH for t, s in zip(there, here.slopes, strict=True)]
    curvature = math.hypot(*bend)
    if not 0 < curvature < math.inf:
        return 0.0
    return min(1 / curvature, rate / 2)


def falls_for_ever(surface: Surface, history: Sequence[Step]) -> bool:
    """Whether the way from somewhere on the walk to its end still leads down a thousand times as
    far away.

    Source: A. Albert and J. A. Anderson, "On the existence of maximum likelihood estimates in
    logistic regression models" (1984).
    """
    *way, here = history
    return any(_leads_down(surface, step, here) for step in way[:: len(way) // PLACES_BACK + 1])


def _leads_down(surface: Surface, before: Step, here: Step) -> bool:
    """Whether the loss nowhere rises on the straight line from `before` through `here` and on."""
    step = [p - q for p, q in zip(here.position, before.position, strict=True)]
    far = FAR_AWAY * max(math.hypot(*here.position), math.hypot(*step))
    while 0 < math.hypot(*step) < far:
        step = [2 * s for s in step]
        try:
            there = surface.height([p + s for p, s in zip(here.position, step, strict=True)])
        except DomainError:
            return False
        if not there <= here.loss + LEVEL_ENOUGH * abs(here.loss):
            return False
    return any(step)
