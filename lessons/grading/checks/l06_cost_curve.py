"""Exercise 6: one of at most five factors within 1% of the lowest loss of a line over the cars."""

from functools import cache

from lessons.data import sources
from lessons.grading.asked import RIGHT, Exercise, Number
from mathlab import derivative
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

MODEL = "miles_per_gallon = 45 - GUESSES*weight"
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


@cache
def exercise() -> Exercise:
    """The loss and the slope at each guess, beside the lowest loss."""
    table, _ = sources.cars("weight")
    thousands = [pounds / 1000 for pounds in table["weight"]]
    cars = table.with_column("weight", thousands)
    loss = LossSurface(Model(MODEL), cars, method="collapsed").polynomial
    slope = derivative(loss, "GUESSES")
    bottom = -slope.at(GUESSES=0) / derivative(slope, "GUESSES").at()  # a parabola's
    return Exercise([Number("GUESSES", {
        "loss <= most": RIGHT,
        "bottom < GUESSES":
            "at {GUESSES:.6g} the curve rises, so the bottom lies at a smaller factor",
    }, "at {GUESSES:.6g} the curve falls, so the bottom lies at a larger one",
        "the loss and the slope at each guess",
        "{GUESSES:.6g}: loss {loss:.5g}, slope {slope:.5g}",
        f"a loss within {WITHIN:.0%} of the lowest", MOST,
        f"; those were {MOST} guesses: keep the best two, take out the others, and go on")],
        {"loss": loss, "slope": slope, "bottom": bottom,
         "lowest": loss.at(GUESSES=bottom), "most": (1 + WITHIN) * loss.at(GUESSES=bottom)},
        "the lowest loss is {lowest:.5g}, at a factor of {bottom:.4g}, and yours is near it: "
        "the slope of this curve changes evenly, so the slopes at two places say where it is 0")
