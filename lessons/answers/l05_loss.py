"""5. Write the mean absolute error: each residual loses its sign before any two are added up."""


def mean_absolute_error(actual, predicted):
    """The mean of the absolute residuals."""
    sizes = [abs(actual[i] - predicted[i]) for i in range(len(actual))]
    return sum(sizes) / len(sizes)
