"""Exercise 21: how often the reader's interval holds a mean that the check knows."""

import random
from functools import cache
from math import isclose, sqrt
from statistics import fmean, stdev

from lessons.grading.answer import Answer, Wrong, call_text, short
from mathlab.learning.inference.student import t_quantile

HINTS = (
    "The interval is mean - reach to mean + reach. The reach is some number of standard errors.",
    "The standard error of a mean of n numbers is their spread over the root of n. The spread is "
    "the root of a sum of squares over n - 1, and statistics.stdev works it out.",
    "How many standard errors? 1.96 would do if the spread were known. It comes from five numbers, "
    "so take Student's number for n - 1 = 4. It must leave out 2.5% at each end.",
    "reach = t_quantile(0.975, len(values) - 1) * stdev(values) / len(values) ** 0.5",
)
SAMPLES = 2000
SEED = 6  # a right interval holds 94.95% of its samples
LEAST, MOST = 0.94, 0.96
UNLIKE = 0.08  # two shares that should be the same; luck alone makes it some 0.02
ROOT, STUDENT = sqrt(5), t_quantile(0.975, 4)
KNOWN = "1.96 standard errors would do if the spread were known, but it comes from five numbers; " \
        "Student's number is larger, and the spread takes n - 1, not n"
ONE_NUMBER = "too wide: is the spread divided by the root of n? A mean strays less than a number"
REACHES = (  # so many standard errors to both sides, where the share alone would not say it
    (1.0, "that is one standard error to both sides: how many of them does it take?"),
    (t_quantile(0.99, 4), "too wide: that leaves out 1% at each end, and it should be 2.5%"),
    (STUDENT * sqrt(5 / 4), "nearly: the spread is divided by the root of n, not of n - 1"),
    (ROOT, "that is the spread to both sides; a mean strays less, by the root of n"),
)
TOO_OFTEN = (  # a share from which on it is likely that ...
    (0.9999, "it always holds the mean, and so says nothing of it"),
    (0.975, ONE_NUMBER),
    (MOST, "too wide: Student's number is for n - 1 = 4"),
)
TOO_SELDOM = (
    (0.934, "nearly: Student's number is for n - 1, not for n"),
    (0.915, "nearly: the sum of squares is divided by n - 1, not by n, as in statistics.stdev"),
    (0.89, "too narrow: 5% may be left out at both ends together, so 2.5% at each"),
    (0.80, f"too narrow: {KNOWN}"),
    (0.0, "much too narrow: the standard error is the spread over the root of n, not over n"),
)


def check(answer: Answer) -> str:
    """Count the samples whose mean is held, of small numbers and large ones."""
    found, reaches, middles = set(), [], []
    held: dict[bool, list[bool]] = {True: [], False: []}  # of spreads below 1, and of others
    for mean, spread, values, middle, error in samples():
        bounds = answer.call("interval", values)
        try:
            low, high = map(float, bounds)
        except (TypeError, ValueError, OverflowError):
            asked = call_text("interval", [values])
            why = "it should return two numbers, low and high"
            raise Wrong(why, asked, short(bounds)) from None
        if not low <= high:
            asked = call_text("interval", [values])
            raise Wrong("low should be below high", asked, short(bounds))
        if (low, high) == (min(values), max(values)):
            raise Wrong("the lowest and the highest hold the mean between them unless all five lie "
                        "on one side of it: in 15 of 16 samples, 93.75%",
                        call_text("interval", [values]), short(bounds))
        found.add((low, high))
        reaches.append((high - low) / 2 / error)
        middles.append(isclose((low + high) / 2, middle, rel_tol=1e-6, abs_tol=1e-6))
        held[spread < 1].append(low <= mean <= high)
    if len(found) == 1:
        raise Wrong("it is the same for all samples: low and high have to be made from the values",
                    "interval(values)", short(bounds))
    small, large = (fmean(held[below]) for below in (True, False))
    share = fmean(held[True] + held[False])
    if LEAST <= share <= MOST and abs(small - large) < UNLIKE:
        narrow = fmean(abs(mean - middle) <= 1.96 * error
                       for mean, _, _, middle, error in samples())
        return (
            f"it holds the mean in {share:.1%} of {SAMPLES:,} samples; with 1.96 in the place of "
            f"Student's {STUDENT:.3f} that would be {narrow:.1%}: a spread that comes from five "
            "numbers is often too small"
        )
    table = TOO_OFTEN if share > MOST else TOO_SELDOM
    why = next(word for least, word in table if share >= least)
    for reach, word in REACHES:
        if all(isclose(reach, each, rel_tol=1e-3) for each in reaches):
            why = word
    if not any(middles):
        why = "it should reach as far below the mean of the values as above it"
    elif abs(small - large) >= UNLIKE:
        why = (f"for spreads below 1 it holds the mean in {small:.1%}, for others in {large:.1%}: "
               "its width does not go with the spread (the variance will not do)")
    asked = f"how often it holds the mean, in {SAMPLES:,} samples"
    raise Wrong(why, asked, f"{share:.1%}", f"{LEAST:.0%} to {MOST:.0%}")


@cache
def samples() -> list[tuple[float, float, list[float], float, float]]:
    """Of each sample the mean and the spread that it is drawn with, its five values, their mean,
    and the standard error of that.
    """
    lots, drawn = random.Random(SEED), []
    for _ in range(SAMPLES):
        mean, spread = lots.uniform(-100, 100), 10 ** lots.uniform(-1, 2)
        values = [lots.gauss(mean, spread) for _ in range(5)]
        drawn.append((mean, spread, values, fmean(values), stdev(values) / ROOT))
    return drawn
