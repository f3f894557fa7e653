"""21. An interval that covers as it claims

Write interval(values). It is given five numbers from a normal distribution (the bell curve that
random.gauss draws from), whose mean and spread nobody tells you, and returns (low, high) for that
mean. The interval must hold the true mean in 95 of 100 such samples: no fewer, and no more, since a
wider one says less.

    low, high = interval([4, 5, 3, 4, 7])

The check draws many samples and counts. You may want mean and stdev of Python's statistics, and
t_quantile of mathlab.learning.inference.student.
"""


def interval(values):
    """The bounds for the mean, low and high."""
    return ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
