"""19. A log loss that survives

The log loss of a score, for a yes (happened is 1) and for a no (happened is 0), is

    chance = 1 / (1 + exp(-score))
    loss = -log(chance) for a yes, -log(1 - chance) for a no

Written like this it fails: at a score of 800 the chance comes out as 1, so 1 - chance has no
logarithm; at -800 exp(-score) is too large for a float. Yet the loss itself is an ordinary number:
about 800 where the model was sure and wrong, about 0 where it was sure and right.

Write log_loss so that it is right at every score from -800 to 800. On paper first: what do the two
formulas become when the chance is put into them? The second one is the first, with another score.
And when is exp(-score) small enough to be safe? (math.log and math.exp want an import math above
the function.)
"""


def log_loss(score, happened):
    """The log loss of a score before the sigmoid; happened is 1 or 0."""
    return ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
