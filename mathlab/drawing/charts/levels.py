"""At which heights to draw the lines of a map: round ones, and where there is something to see.

>>> levels([0.0, 1.0, 2.0, 3.0, 4.0], 4)
[1.0, 2.0, 3.0]
"""

import math
from collections.abc import Sequence
from fractions import Fraction

from mathlab.drawing.charts.axis import nice_ticks

SKEWED = Fraction(1, 8)  # of the range: even levels would leave half of the map to the lowest band
BOTTOM = 1 / 50  # of the map: what lies within the lowest level of a skewed one


def levels(heights: Sequence[float], count: int = 8) -> list[float]:
    """Round heights between the lowest and the highest, at most `count`, to draw contours at.

    They are even where the heights are spread evenly. Where half of the map lies in an eighth of
    the range, as in the valley of a loss that spans decades, they grow like 1, 2, 5, 10, ... from
    the lowest height; or, turned upside down, fall from the highest.

    Raises: ValueError for a count below 1.

    `heights` are finite, from the lowest to the highest.

    >>> levels([10.0**k for k in range(7)], 6)
    [10.0, 100.0, 1000.0, 10000.0, 100000.0]
    """
    if count < 1:
        raise ValueError(f"{count} levels are none: ask for at least 1")
    if not heights or heights[0] == heights[-1]:
        return []
    low, middle, high = map(_exact, (heights[0], heights[len(heights) // 2], heights[-1]))
    if middle - low < (high - low) * SKEWED:
        choices = [_growing(heights, count)]
    elif high - middle < (high - low) * SKEWED:
        choices = [[-z for z in reversed(_growing([-z for z in reversed(heights)], count))]]
    else:
        choices = [nice_ticks(heights[0], heights[-1], steps) for steps in (count + 1, count)]
    between = [[z for z in choice if heights[0] < z < heights[-1]] for choice in choices]
    return next(chosen for chosen in between if len(chosen) <= count)


def _growing(heights: Sequence[float], count: int) -> list[float]:
    """Levels 1, 2, 5, 10, ... above the lowest height, or, if those are too many, some of them."""
    low, high = _exact(heights[0]), _exact(heights[-1])
    least = _exact(next(z for z in heights[int(len(heights) * BOTTOM) :] if z > heights[0])) - low
    powers = range(_power(least), _power(high - low) + 1)
    above = [m * Fraction(10) ** p for p in powers for m in (1, 2, 5)]
    above = [z for z in above if least <= z < high - low] or [(high - low) / 2]
    above = above[:: math.ceil(len(above) / count)]
    units = [Fraction(10) ** _power(z) for z in above]  # so that the levels themselves are round
    rounded = {round((low + z) / unit) * unit for z, unit in zip(above, units, strict=True)}
    return [float(z) for z in sorted(rounded)]


def _exact(height: float) -> Fraction:
    return Fraction(repr(float(height)))  # as it is printed: 0.1 is a tenth


def _power(number: Fraction) -> int:
    """The power of ten that the number begins with; math.log10 takes an int of any size."""
    return math.floor(math.log10(number.numerator) - math.log10(number.denominator))
