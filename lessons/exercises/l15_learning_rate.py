"""15. As large as it may be

A cost curve with one lever, x:

    loss = 3*(x - 2)**2 + 1

LIMIT: above which learning rate does descent run away on it? To two digits.

JUMP: with a learning rate of 0.25, by which number does each step multiply the distance from the
bottom?

Now a second lever, y, with one learning rate for both:

    loss = 3*(x - 2)**2 + 20*(y + 1)**2

LIMIT_OF_BOTH: above which learning rate does descent run away here? To two digits.

You may work the numbers out, or write a loop of a few lines and try rates until you have them.
"""

LIMIT = ...
JUMP = ...
LIMIT_OF_BOTH = ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
