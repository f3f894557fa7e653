"""16. Back into dollars: multiply out, and gather what stands with the budget and what does not.

A dollar is 1/spread of a spread, so it is worth 1/spread of the slope. A budget of 0 lies
mean/spread spreads below the mean, where the intercept was.
"""


def in_dollars(slope, intercept, mean, spread):
    """The slope and the intercept of the same line for budgets as they are."""
    return slope / spread, intercept - slope * mean / spread
