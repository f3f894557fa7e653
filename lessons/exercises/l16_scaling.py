"""16. Back into dollars

A line has been found for budgets in standard units, that is, in spreads from their mean. So it says

    revenue = slope*(budget - mean)/spread + intercept

Written for budgets as they are, in dollars or millions, the same line has another slope and another
intercept. Write in_dollars, which returns these two. Every film has to get the same prediction from
both lines.

    in_dollars(6, 40, 10, 2)     is (3, 10)
"""


def in_dollars(slope, intercept, mean, spread):
    """The slope and the intercept of the same line for budgets as they are."""
    return ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
