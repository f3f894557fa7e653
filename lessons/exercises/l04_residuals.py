"""4. Mend a sign, and find the worst

`residuals` should return the residuals, one for each film, as this course writes them. It does not:
mend it.

Then write `farthest`. Of some films it gets the titles and the residuals, in the same order, and
returns the title of the film that the line is most wrong about, be it above the line or below.

    farthest(["A", "B"], [5, -8])

should be "B".
"""


def residuals(actual, predicted):
    """The residuals, film by film."""
    return [predicted[i] - actual[i] for i in range(len(actual))]


def farthest(titles, errors):
    """The title of the film whose residual is the largest, whatever its sign."""
    return ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
