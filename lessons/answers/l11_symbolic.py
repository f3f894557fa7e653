"""11. A derivative at an exact fraction: product rule outside, chain rule inside."""

from fractions import Fraction

THIRD = Fraction(1, 3)

SLOPE = "(1 - x**2)**2 + x*(2*(1 - x**2)*(-2*x))"
AT_A_THIRD = (1 - THIRD**2) ** 2 - 4 * THIRD**2 * (1 - THIRD**2)
