"""18. Choose the degree

Curves of degree 1, 2, 3 and so on were trained on the train rows. Here are their errors on three
parts of the cars, as three lists; the first number in each is that of degree 1.

Write choose. It returns the degree to take, and the error to announce: how far off the curve of
that degree is on cars that had no part in making it or in choosing it.

    train = [4.8, 4.1, 3.9, 3.7]
    validation = [5.0, 4.2, 4.6, 5.5]
    test = [4.9, 4.4, 4.3, 5.2]
    choose(train, validation, test)     is (2, 4.4)
"""


def choose(train, validation, test):
    """The degree to take (of equally good ones the lowest), and the error to announce."""
    return ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
