"""23. The product of two intervals: its ends are products of ends, two of the four that there are.

With b held fast, a*b is a straight line in a: it is lowest at one end of a and highest at the
other. The same holds for b. So nothing in between is lower than all four corners, or higher.
"""


def product(a_low, a_high, b_low, b_high):
    """Return two numbers: the lowest product and the highest."""
    corners = a_low * b_low, a_low * b_high, a_high * b_low, a_high * b_high
    return min(corners), max(corners)
