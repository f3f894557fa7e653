"""13. Both slopes, and a race with the arrow

Two films, in units that make the numbers small: one had a budget of 1 and earned 4, the other had
a budget of 3 and earned 7. A line with the levers a and b says a*budget + b, so its loss is

    loss = (4 - (a + b))**2 + (7 - (3*a + b))**2

Write both partial derivatives as formulas, in text such as "2*a + b".

Then stand at a = 1, b = 1, and beat the arrow if you can: at which angle, in degrees, does the
loss fall fastest? At 0 only a goes up, at 90 only b does. Your angle runs against 360 others. One
degree more or less does not matter.
"""

BY_A = ...
BY_B = ...
ANGLE = ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
