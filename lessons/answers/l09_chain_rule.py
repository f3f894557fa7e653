"""9. Three local slopes, and what to do with them: each from its row of the table; multiply.

The last stage is a chain of its own, a square around 1 - p: twice what is squared, times -1.
"""


def slope_of_z(x):
    """How fast z changes with x."""
    return 2


def slope_of_p(p):
    """How fast p changes with z."""
    return p * (1 - p)


def slope_of_loss(p):
    """How fast the loss changes with p."""
    return -2 * (1 - p)


def whole_slope(of_z, of_p, of_loss):
    """How fast the loss changes with x, if these are the three local slopes."""
    return of_z * of_p * of_loss
