"""19. A log loss that survives: exp gets only numbers below 0, whatever the score is.

With z = score for a yes and z = -score for a no, the loss is log(1 + exp(-z)). For a z above 0
that is safe. Below 0 it is the same as -z + log(1 + exp(z)), and max(-z, 0) says which of the two.
log1p(u) is log(1 + u), but keeps the digits of a small u.
"""

import math


def log_loss(score, happened):
    """The log loss of a score before the sigmoid; happened is 1 or 0."""
    z = score if happened else -score
    return max(-z, 0) + math.log1p(math.exp(-abs(z)))
