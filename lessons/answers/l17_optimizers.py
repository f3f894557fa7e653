"""17. A ball in a long valley: on the valley floor all slopes point the same way, and add up.

What is kept of the speed adds up to 1/(1 - keep) of the slope: with 0.95 the ball rolls twenty
times as fast. With 0.999 it rolls past the bottom, and back, many times.
"""

KEEP = 0.95


def momentum(position, velocity, slopes, rate, keep):
    """The new position and the new velocity: two lists, with a number for each lever."""
    velocity = [keep * v + s for v, s in zip(velocity, slopes, strict=True)]
    position = [p - rate * v for p, v in zip(position, velocity, strict=True)]
    return position, velocity
