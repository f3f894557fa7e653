"""17. A ball in a long valley

Write momentum, one step of a rolling ball, for any number of levers. The new velocity is `keep`
times the old one, plus the slope. Then the lever moves by minus `rate` times the new velocity.

    momentum([1, 2], [0, 4], [10, -2], 0.1, 0.5)     is ([0, 2], [10, 0])

Your ball then rolls down the long valley of lesson 16, where budgets are in millions. Descent
starts at the same place and has the same learning rate. Choose a KEEP, from 0 to below 1, with
which the ball needs at most a tenth of descent's steps.
"""

KEEP = ...


def momentum(position, velocity, slopes, rate, keep):
    """The new position and the new velocity: two lists, with a number for each lever."""
    return ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
