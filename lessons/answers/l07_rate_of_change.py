"""7. The best step for a printed table: where the bend and the rounding do equal harm.

As in the lesson, with a millionth in place of EPSILON: its square root for the forward quotient,
its cube root for the central one.
"""

FORWARD_H = 1e-3
CENTRAL_H = 1e-2
