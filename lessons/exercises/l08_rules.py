"""8. Add a row to the table

The lesson's table of functions of one number has no row for y = 1/x. Work its slope out on paper,
with h as a letter: write both fractions of the quotient over one denominator, look for an h to
divide out, and then let h be 0.
Then write the row: its name, how to compute y from x, and its slope, made from x or y or both.

Your row is then checked as mathlab's own rows are: check_derivatives works the slope out by your
rule and measures it, in several places, and says whether they agree.

If you know the slope of another function that is not in the lesson's table, take that. It may be
any but a constant or a straight line. Whatever you need besides arithmetic, such as sin or exp,
comes `from mathlab import sin, exp`.
"""

NAME = ...


def compute(x):
    """What the row makes of the number x."""
    return ...


def slope(x, y):
    """How fast y changes with x, where y is compute(x)."""
    return ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
