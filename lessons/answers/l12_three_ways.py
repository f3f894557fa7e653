"""12. The wrong rule, and what a thousand levers cost: numeric pays for each, backward once."""

WRONG_RULE = "soft"  # x/(1 + |x|) has the slope 1/(1 + |x|)**2; the square was left out

NUMERIC = 50_000
BACKWARD = 1
