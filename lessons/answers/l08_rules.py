"""8. Add a row to the table: over one denominator the quotient is -h / (x*(x + h)) / h.

The h cancels and leaves -1 / (x*(x + h)). With h = 0 that is -1/x**2, which is -y*y.
"""

NAME = "reciprocal"


def compute(x):
    """What the row makes of the number x."""
    return 1 / x


def slope(x, y):
    """How fast y changes with x, where y is compute(x)."""
    return -y * y
