"""5. Write the mean absolute error

Of some films you get what they earned, and what a line predicted, in the same order. Return one
number: by how much the line is off on average, whether it is too high or too low.

    mean_absolute_error([1, 2], [4, 1])

should be 2.
"""


def mean_absolute_error(actual, predicted):
    """The mean of the absolute residuals."""
    return ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
