"""Exercise 6: one of at most five factors within 1% of the lowest loss of a line over the cars."""

from lessons.data import sources
from lessons.grading.answer import Answer, Wrong, short
from mathlab.learning.data.table import is_finite_number
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

MODEL = "miles_per_gallon = 45 - factor*weight"
MOST = 5  # guesses
WITHIN = 0.01  # of the lowest loss

HINTS = (
    "Where the slope is positive, the loss rises as the factor goes up, so the next guess should "
    "be lower. Where it is negative, the next guess should be higher.",
    "Once you have a guess where the curve falls and one where it rises, the bottom lies between "
    "the two. Half-way is a fair guess. Can the sizes of the slopes tell you a better one?",
    "From guess to guess the slope changes evenly: turn the factor twice as far, and the slope "
    "changes by twice as much. From the slopes of two guesses you can work out where it is 0.",
    "With slopes s and t at the guesses a and b, the slope is 0 at a - s*(b - a)/(t - s).",
)


def check(answer: Answer) -> None:
    """The loss and the slope at each guess, beside the lowest loss."""
    guesses = read(answer)
    table, _ = sources.cars("weight")
    thousands = [pounds / 1000 for pounds in table["weight"]]
    surface = LossSurface(Model(MODEL), table.with_column("weight", thousands))
    _, (slope,), ((bend,),) = surface.bend([0.0])
    bottom = -slope / bend  # a parabola's
    lowest = surface.height([bottom])
    looks = [surface.look([guess]) for guess in guesses]
    if min(loss for loss, _ in looks) <= (1 + WITHIN) * lowest:
        return
    last = guesses[-1]
    rises = last > bottom
    why = f"at {last:.6g} the curve {'rises' if rises else 'falls'}, so the bottom lies "
    why += "further down" if rises else "further up"
    if len(guesses) == MOST:
        why += f"; those were {MOST} guesses: keep the best two, take out the others, and go on"
    raise Wrong(
        why,
        "the loss and the slope at each guess",
        "\n             ".join(  # beneath each other
            f"{guess:.6g}: loss {loss:.5g}, slope {slope:.5g}"
            for guess, (loss, (slope,)) in zip(guesses, looks, strict=True)
        ),
        f"a loss within {WITHIN:.0%} of the lowest",
    )


def read(answer: Answer) -> list[float]:
    """The guesses, if they are a list of some numbers."""
    guesses = answer.value("GUESSES")
    listed = short(guesses)
    if not isinstance(guesses, list | tuple):
        raise Wrong("it should be a list of numbers, such as [20] or [20, 15]", "GUESSES", listed)
    if not guesses:
        raise Wrong("write a first guess into the list: any number will do", "GUESSES", listed)
    for guess in guesses:
        if not is_finite_number(guess):
            raise Wrong("each guess should be a finite number", "GUESSES", short(guess))
    if len(guesses) > MOST:
        raise Wrong(
            "take out those that led you nowhere, and think before the next one",
            "the number of guesses", len(guesses), f"{MOST} at most",
        )
    return [float(guess) for guess in guesses]
