"""13. Both slopes, and a race with the arrow: minus the gradient, which nothing beats."""

import math

BY_A = "-2*(4 - a - b) - 6*(7 - 3*a - b)"
BY_B = "-2*(4 - a - b) - 2*(7 - 3*a - b)"
ANGLE = math.degrees(math.atan2(10, 22))  # at a = 1, b = 1 the gradient is (-22, -10)
