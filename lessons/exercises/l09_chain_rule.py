"""9. Three local slopes, and what to do with them

Some models say how likely it is that the answer is yes. Here is one, and its error if the answer
was yes, in three stages:

    z = 2*x - 3          a line
    p = sigmoid(z)       squeezed between 0 and 1
    loss = (1 - p)**2    how far from yes, squared

How fast does the loss change with x? Give the local slope of each stage, from what goes into it or
from what comes out. The row of sigmoid in the table of lesson 8 has y*sigmoid(-x), and sigmoid(-x)
is 1 - sigmoid(x). Then say what is to be done with the three numbers.
"""


def slope_of_z(x):
    """How fast z changes with x."""
    return ...


def slope_of_p(p):
    """How fast p changes with z."""
    return ...


def slope_of_loss(p):
    """How fast the loss changes with p."""
    return ...


def whole_slope(of_z, of_p, of_loss):
    """How fast the loss changes with x, if these are the three local slopes."""
    return ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
