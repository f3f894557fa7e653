"""Exercise 23: the product of two intervals, for all signs that their ends can have."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product as pairs
from numbers import Real
from typing import Any

from lessons.grading.answer import Answer, Wrong, call_text, short

HINTS = (
    "Where both numbers are below 0, minus times minus is plus. So the lowest product need not "
    "come from the two low ends. Try product(-3, -2, -5, -4) on paper.",
    "The lowest and the highest product are each one end of a times one end of b. How many such "
    "products are there?",
    "There are four. Work them all out, and return (min(...), max(...)) of them.",
)
ASKED_OF_A = {  # an interval for each way that its ends can lie about 0
    "above 0": (2, 3),
    "from 0 up": (0, 4),
    "on both sides of 0": (-5, 7),
    "from below up to 0": (-6, 0),
    "below 0": (-9, -8),
    "0 alone": (0, 0),
    "a single number": (Fraction(1, 3), Fraction(1, 3)),
}
ASKED_OF_B = {  # for b
    "above 0": (4, 5),
    "from 0 up": (0, 2),
    "on both sides of 0, more above": (-3, 11),
    "on both sides of 0, more below": (-13, 2),
    "from below up to 0": (-7, 0),
    "below 0": (-5, -4),
    "0 alone": (0, 0),
    "a single number": (Fraction(-1, 7), Fraction(-1, 7)),
}


def check(answer: Answer) -> str:
    """Each way that a can lie about 0, with each that b can."""
    for (said, a), (other, b) in pairs(ASKED_OF_A.items(), ASKED_OF_B.items()):
        came, expected = answer.call("product", *a, *b), ends(a, b)
        if not is_pair(came) or tuple(came) != expected:
            about = f"a is {said}, and b is {other}: {slip(came, a, b)}"
            raise Wrong(about, call_text("product", (*a, *b)), shown(came), shown(expected))
    return (
        f"all {len(ASKED_OF_A) * len(ASKED_OF_B)} pairs of intervals are right: with b held fast, "
        "a*b is a straight line in a, lowest at one end of it and highest at the other, so no "
        "product lies outside the four of the ends"
    )


def ends(a: Sequence[Any], b: Sequence[Any]) -> tuple[Any, Any]:
    """The lowest product and the highest, as the answer should give them."""
    corners = [x * y for x, y in pairs(a, b)]
    return min(corners), max(corners)


def slip(came: Any, a: Sequence[Any], b: Sequence[Any]) -> str:
    """What went wrong, if it is one of the usual mistakes."""
    low, high = ends(a, b)
    if not is_pair(came):
        return "it should be two numbers, low and high"
    first, last = came
    if (first, last) == (high, low):
        return "these are the right ends, the wrong way round: low comes first"
    if first > last:
        return "low should not be above high; low times low need not be the lowest"
    if any(isinstance(end, float) for end in came) and is_near(first, low) and is_near(last, high):
        return "very near, but rounded: an end that is rounded to the nearest may break the promise"
    if first > low and last < high:
        return "both ends are too far in: some products lie outside"
    if first > low:
        return f"low is too high: {at(low, a, b)} is lower"
    if last < high:
        return f"high is too low: {at(high, a, b)} is higher"
    return "the promise holds, but an end is farther out than any product"


def at(found: Any, a: Sequence[Any], b: Sequence[Any]) -> str:
    """A product of two ends that gives this number, as it would be written."""
    x, y = next((x, y) for x, y in pairs(a, b) if x * y == found)
    return f"{x} times {y}"


def is_near(one: Any, other: Any) -> bool:
    """Whether two numbers are the same but for rounding."""
    return bool(abs(one - other) <= 1e-9 * max(1, abs(other)))


def is_pair(thing: Any) -> bool:
    """Whether this is two numbers."""
    return (isinstance(thing, list | tuple) and len(thing) == 2
            and all(isinstance(end, Real) for end in thing))


def shown(pair: Any) -> str:
    """Both ends in words; anything else as Python writes it."""
    return f"from {pair[0]} to {pair[1]}" if is_pair(pair) else short(pair)
