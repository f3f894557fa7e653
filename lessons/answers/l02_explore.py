"""2. Guess a slope: from about 31 at 2,000 pounds it falls to about 16 at 4,000, so by some 15 / 2.
"""

SIGN = "-"
SIZE = 7.5
