"""22. A gradient that is zero: the two sums are two equations, each linear in the two levers.

The sum of (y - SLOPE*x - INTERCEPT)*x is 30 - 21*SLOPE - 7*INTERCEPT, and that of the residuals is
12 - 7*SLOPE - 4*INTERCEPT.
"""

from fractions import Fraction

from mathlab.calculus.numbers.linear_algebra import solve

X = [0, 1, 2, 4]
Y = [1, 2, 4, 5]

SUM_OF_X = Fraction(sum(X))
SUM_OF_SQUARES = sum(x * x for x in X)
SUM_OF_PRODUCTS = sum(x * y for x, y in zip(X, Y, strict=True))
SLOPE, INTERCEPT = solve(
    [[SUM_OF_SQUARES, SUM_OF_X], [SUM_OF_X, len(X)]], [SUM_OF_PRODUCTS, sum(Y)]
)  # 36/35 and 6/5
