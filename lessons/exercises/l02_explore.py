"""2. Guess a slope

The last picture of the lesson has a dot for each car. Lay a straight line through the middle of the
cloud, by eye or with a ruler on the screen. Go along it to the right, until the cars weigh 1,000
pounds more: what happens to the miles per gallon?

SIGN is "+" if they grow along your line, and "-" if they fall. SIZE is by how many miles per gallon
they do so. A rough number will do: half of the true one still counts, and so does twice as much.
"""

SIGN = ...
SIZE = ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
