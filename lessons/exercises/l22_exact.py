"""22. A gradient that is zero

Four dots, and the line SLOPE*x + INTERCEPT. Its loss is the sum of the squared residuals. Find the
line with the smallest loss, and prove it: both slopes of the loss must be 0 there, exactly 0.

    by SLOPE      -2*sum(residual*x)
    by INTERCEPT  -2*sum(residual)

So both sums must be 0: two equations for two unknown numbers. Solve them on paper, or let
mathlab.learning.linear_algebra.solve do it. The check works in Fractions, so 1e-17 will not do.
Two thirds, for example, are made like this:

    from fractions import Fraction
    TWO_THIRDS = Fraction(2, 3)
"""

X = [0, 1, 2, 4]
Y = [1, 2, 4, 5]

SLOPE = ...
INTERCEPT = ...
