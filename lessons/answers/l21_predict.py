"""21. An interval that covers as it claims: the standard error, and Student's number beside it.

stdev divides the sum of squares by n - 1, because the residuals are from the sample's own mean, and
that is nearer to the values than the true one. Student's number has the same n - 1.
"""

from math import sqrt
from statistics import mean, stdev

from mathlab.learning.inference.student import t_quantile


def interval(values):
    """The bounds for the mean, low and high."""
    n = len(values)
    reach = t_quantile(0.975, n - 1) * stdev(values) / sqrt(n)
    return mean(values) - reach, mean(values) + reach
