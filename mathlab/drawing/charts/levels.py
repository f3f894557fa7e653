"""Round heights for the contour lines of a map: even ones, or 1, 2, 5, 10, 20, ... up a valley.

On the page: `slope * x + intercept`. The loss of all such lines is a valley, and this maps it.

On a slope that rises evenly, lines at equal steps are spread over the whole map:

>>> levels([0.0, 1.0, 2.0, 3.0, 4.0], 4)
[1.0, 2.0, 3.0]

In a valley with steep walls they would all lie on the walls, and the floor would be left bare.
There, each line is about twice as high above the floor as the one before:

>>> levels([0.0, 1.0, 2.0, 5.0, 1000.0], 9)
[1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0]

A hill with steep sides is such a valley, upside down.
"""

import math
from collections.abc import Sequence
from fractions import Fraction

from mathlab.drawing.charts.axis import as_printed, nice_ticks

# Both are measured by test_a_valley_gets_levels_of_its_own.
STEEP = Fraction(1, 8)  # of the range: in a valley, half of the map is no higher than this
TOLD_APART = Fraction(1, 1000)  # of a floor: a line is so much above it, or digits say nothing
FLOOR = 1 / 50  # of the map: so much of it lies below the first line up a valley


def levels(heights: Sequence[float], count: int = 8) -> list[float]:
    """Round heights between the lowest and the highest, at most `count`, to draw contours at.

    `heights` are finite, from the lowest to the highest.

    Raises: ValueError for a count below 1.
    """
    if count < 1:
        raise ValueError(f"a map cannot have {count} levels: ask for at least 1")
    if not heights or heights[0] == heights[-1]:
        return []
    # As printed, 0.1 is the fraction 1/10: no rounding, and no overflow between huge heights.
    low, middle, high = map(as_printed, (heights[0], heights[len(heights) // 2], heights[-1]))
    if middle - low < (high - low) * STEEP:
        return _up_a_valley(heights, count)
    if high - middle < (high - low) * STEEP:
        return [-z for z in reversed(_up_a_valley([-z for z in reversed(heights)], count))]
    ticks = (nice_ticks(heights[0], heights[-1], steps) for steps in (count + 1, count))
    more, fewer = (_inside(heights, each) for each in ticks)
    return more if len(more) <= count else fewer


def _up_a_valley(heights: Sequence[float], count: int) -> list[float]:
    """Levels 1, 2, 5, 10, ... above the lowest height; of too many, every second one or so."""
    floor, top = as_printed(heights[0]), as_printed(heights[-1])
    above = (z for z in heights[int(len(heights) * FLOOR) :] if z > heights[0])
    first = as_printed(next(above)) - floor  # from 0.1 to 0.3 exactly 1/5, in floats less
    first = max(first, abs(floor) * TOLD_APART)
    powers = range(_power(first), _power(top - floor) + 1)
    rises = [m * Fraction(10) ** power for power in powers for m in (1, 2, 5)]
    rises = [rise for rise in rises if first <= rise < top - floor] or [(top - floor) / 2]
    found = set()
    for rise in rises[:: math.ceil(len(rises) / count)]:
        # Above a floor of 103.7, a rise of 20 ends at 120: the level is round, and not the rise.
        unit = Fraction(10) ** _power(rise)
        found.add(float(round((floor + rise) / unit) * unit))
    return _inside(heights, sorted(found))


def _inside(heights: Sequence[float], found: Sequence[float]) -> list[float]:
    return [z for z in found if heights[0] < z < heights[-1]]


def _power(number: Fraction) -> int:
    """The power of ten that the number begins with; math.log10 takes an int of any size."""
    return math.floor(math.log10(number.numerator) - math.log10(number.denominator))
