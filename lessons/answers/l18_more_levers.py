"""18. Choose the degree: the validation rows choose, and the test rows only say how good that was.

The train error would choose the most levers. The test error, once it had chosen, would be too good.
"""


def choose(train, validation, test):
    """The degree to take (of equally good ones the lowest), and the error to announce."""
    place = validation.index(min(validation))
    return place + 1, test[place]
