"""22. A gradient that is zero

Four dots, whose X and Y stand in the file, and the line SLOPE*x + INTERCEPT. Its loss is the sum of
the squared residuals. Find the line with the smallest loss, and prove it: both slopes of the loss
must be 0 there, exactly 0.

    by SLOPE      -2*sum(residual*x)
    by INTERCEPT  -2*sum(residual)

So both sums must be 0: two equations for two unknown numbers. Solve them on paper, or let
mathlab do it, with Fractions put in (with whole numbers it answers in floats). This solves
2*a + b = 3 and a + 3*b = 5:

    from fractions import Fraction
    from mathlab.calculus.numbers.linear_algebra import solve
    a, b = solve([[Fraction(2), 1], [1, 3]], [3, 5])

The check works in Fractions too, so 1e-17 will not do for 0.
"""

X = [0, 1, 2, 4]
Y = [1, 2, 4, 5]

SLOPE = ...
INTERCEPT = ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
