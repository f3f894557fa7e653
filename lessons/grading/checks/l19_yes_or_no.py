"""Exercise 19: the log loss of scores small and large, beside 50 digits of it."""

import math
from decimal import Decimal, localcontext
from functools import cache

from lessons.grading.answer import Answer, Wrong, call_text, close

HINTS = (
    "Minus the logarithm of 1/u is the logarithm of u. So for a yes the loss is "
    "log(1 + exp(-score)). And 1 - chance is the sigmoid of -score, so a no at some score costs "
    "as much as a yes at minus that score. Let z be score for a yes and -score for a no: then "
    "both losses are log(1 + exp(-z)).",
    "exp of a large positive number is too large for a float; exp of a large negative one is 0, "
    "and does no harm. So with a z above 0 log(1 + exp(-z)) is safe; below 0 it must be written in "
    "another way.",
    "For a negative z take exp(-z) out of the sum: 1 + exp(-z) = exp(-z) * (exp(z) + 1), and the "
    "logarithm of that is -z + log(1 + exp(z)). There exp gets a negative number again.",
    "One line does both: max(-z, 0) + math.log(1 + math.exp(-abs(z))), with z = score for a yes "
    "and z = -score for a no.",
)
ORDINARY = (0, 1, -1, 3, -2.5, 4.5, -4.5, 6, -6, 12, -12)
LARGE = (20, -20, 36.5, -36.5, 100, -100, 700, -700, 710, -710, 750, -750, 800, -800)


def check(answer: Answer) -> str:
    """Ordinary scores first, so that a wrong formula is not taken for one that overflows."""
    for score in (*ORDINARY, *LARGE):
        for happened in (1, 0):
            compare(answer, score, happened)
    sure = max(LARGE)
    return (
        f"a no at a score of {sure:g} costs {exact(sure, 0):g}, though its chance is too small for "
        f"a float: the loss can do with exp(-{sure:g}), which is as good as 0, and never needs "
        f"exp({sure:g})"
    )


def compare(answer: Answer, score: float, happened: int) -> None:
    """One loss, and a word on what went wrong with it.

    Raises: NotYet, Wrong.
    """
    right = exact(score, happened)
    asked = call_text("log_loss", (score, happened))
    try:
        came = answer.called_number("log_loss", score, happened)
    except Wrong as wrong:
        if score in LARGE and any(word in str(wrong.came) for word in ("Overflow", "ValueError")):
            wrong.why = (
                "the formula is right for small scores, but here exp is too large for a float, or "
                "log is asked for the logarithm of 0"
            )
            wrong.expected = right
        raise
    if not close(came, right):
        raise Wrong(why(came, score, happened), asked, came, right)


def why(came: object, score: float, happened: int) -> str:
    """What the likely mistakes come to."""
    if score in LARGE:  # with small ones the formula was right
        if came in (0, math.inf) and exact(score, happened) > 1:
            return (f"exp leaves the floats there, but the loss is an ordinary number, about "
                    f"{abs(score):g}")
        return (
            "digits were lost on the way: a chance near 1, or one that is kept away from 0 and 1 "
            "by force, cannot say how wrong this is; go from the score, not from the chance"
        )
    if close(came, -exact(score, happened)):
        return "the sign is the other way round: a loss is never below 0"
    if close(came, exact(score, 1 - happened)):
        swapped = "yes and no are swapped" if happened else "is `happened` looked at?"
        return f"that is the loss of the other answer: {swapped}"
    if close(came, float((1 / (1 + Decimal(-score).exp()) - happened) ** 2)):
        return "that is the squared error of the chance, not its log loss"
    if close(came, float(1 / (1 + Decimal(-score).exp()))):
        return "that is the chance; the loss is minus the logarithm of what it gives to the answer"
    if close(came, max(-score if happened else score, 0)):
        return ("that is what it comes to far from 0; near 0 there is more to it: "
                "log(1 + exp(-abs(score)))")
    return "a yes costs -log(chance) and a no costs -log(1 - chance)"


@cache
def exact(score: float, happened: int) -> float:
    """The loss, worked out with digits enough for the smallest chance."""
    with localcontext(prec=400):
        power = (-Decimal(score) if happened else Decimal(score)).exp()
        return float((1 + power).ln())
