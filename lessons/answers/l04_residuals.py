"""4. Mend a sign, and find the worst: the sign matters in the first, and must not in the second."""


def residuals(actual, predicted):
    """The residuals, film by film."""
    return [actual[i] - predicted[i] for i in range(len(actual))]


def farthest(titles, errors):
    """The title of the film whose residual is the largest, whatever its sign."""
    sizes = [abs(error) for error in errors]
    return titles[sizes.index(max(sizes))]
