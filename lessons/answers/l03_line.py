"""3. Beat the eye: the slope that the eye suggests, nearly through the mean film."""

SLOPE = 3
INTERCEPT = -5
