"""14. One step of the walk: every lever by its own slope. The update subtracts, for up is worse."""


def step(position, slopes, rate):
    """The new position, a list: a number for each lever, in the same order."""
    return [p - rate * s for p, s in zip(position, slopes, strict=True)]
