"""15. As large as it may be: 2 divided by the largest curvature.

Along x the curvature is 6, along y it is 40, and the larger one decides for both.
"""

LIMIT = 2 / 6
JUMP = 1 - 0.25 * 6
LIMIT_OF_BOTH = 2 / 40
