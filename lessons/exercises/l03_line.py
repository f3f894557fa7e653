"""3. Beat the mean

Without knowing a film's budget one can only say: it will earn the mean. Find a line that does
better: a slope (dollars per dollar) and an intercept (million dollars), so that the mean of the
squared differences between what the films earned and what the line says is smaller than it is for
the level line through the mean.

No calculus yet: try, look at what comes, and turn one of the two at a time. Once you have beaten
the level line, try to beat the one by eye as well.
"""

SLOPE = ...
INTERCEPT = ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
