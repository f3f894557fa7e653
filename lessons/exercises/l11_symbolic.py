"""11. A derivative at an exact fraction

Here is a formula, a product with a function inside a function:

    f(x) = x*(1 - x**2)**2

Write its derivative as a formula, in text, such as "2*x + 1". It need not be tidied up: whatever
says the same is right. Then say what it is at x = 1/3, exactly, as a Fraction.
"""

from fractions import Fraction

THIRD = Fraction(1, 3)  # exactly, which 0.333 is not

SLOPE = ...
AT_A_THIRD = ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
