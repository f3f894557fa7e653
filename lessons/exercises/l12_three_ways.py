"""12. The wrong rule, and what a thousand levers cost

One of bell, slant and soft, the three rows at the top of the lesson's file, has a wrong slope.
Which? Write its name. check_derivatives tells, if you ask it about each row alone:

    from mathlab import check_derivatives
    from lessons.l12_three_ways import bell
    print(check_derivatives(bell, 1.5))

For a right rule it prints a table; its second line is the slope of the slope. At the wrong rule it
stops with a WrongSlopeError, which says what it has found.

Then predict: to find the slopes of a neuron by 1,000 levers, how often does each method work out
the neuron? The lesson counted for up to 100. NUMERIC is near enough if it is at most half too
large, or a third too small.
"""

WRONG_RULE = ...  # "bell", "slant" or "soft"

NUMERIC = ...
BACKWARD = ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
