"""14. One step of the walk

All of gradient descent is in the step. Write it, for any number of levers: each lever moves against
its own slope, by the learning rate times that slope. Where the slope is positive, the lever goes
down.

    step([1, 2], [10, -4], 0.1)     is [0, 2.4]

Your step is then given all the films, and walks from 0 until it stands still. Does it come to the
line of the closed formula?
"""


def step(position, slopes, rate):
    """The new position, a list: a number for each lever, in the same order."""
    return ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
