"""3. Beat the mean: the slope that the eye suggests, nearly through the mean film."""

SLOPE = 3
INTERCEPT = -5
