"""23. The product of two intervals

One number lies between a_low and a_high, another between b_low and b_high. Between which numbers
does their product lie? Return both ends: the lowest product that there can be, and the highest.

    product(2, 3, 4, 5)      is (8, 15)
    product(-2, 3, 4, 5)     is (-10, 15)

Any of the four ends may be below 0. Do not round: here the ends are whole numbers or Fractions, and
all products are exact.
"""


def product(a_low, a_high, b_low, b_high):
    """Return two numbers: the lowest product and the highest."""
    return ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
