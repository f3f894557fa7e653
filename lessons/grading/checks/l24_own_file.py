"""Exercise 24: what the report says of Hubble's galaxies, from a fit of the check's own."""

from functools import cache

from lessons.data.sources import FOLDER
from lessons.grading.asked import RIGHT, Exercise, Number, Word
from mathlab.learning.data.collect import number, read_csv
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.goodness import aic
from mathlab.learning.inference.uncertainty import Interval, Uncertainty

HINTS = (
    "Open a terminal in the folder that holds lessons and mathlab, and type the command there, on "
    "one line, quotes included.",
    "The line that begins with h has the value, its standard error, and then both ends of the "
    "interval, beneath 'from' and 'to'.",
    "Each report has a line AIC. The lower one is better: which model has it?",
)
ABOUT = {"LOW": 2, "HIGH": 2, "BETTER": 3}  # the first hint about each
MODELS = {"one": "velocity = h*distance", "two": "velocity = h*distance + c"}
SHARE = 3e-5  # of a number: the report has five digits


@cache
def exercise() -> Exercise:
    """The parameter, the ends of its interval, and the choice of a model."""
    one, two = (interval(model) for model in MODELS.values())
    return Exercise([
        Number("H", {
            near("H", one.value): RIGHT,
            near("H", two.value): "that is h of the model with two parameters; begin with one",
            "abs(H - error) <= 1": "that is the standard error of h; its value stands before it",
        }, "that is not the value of h in the report"),
        end("LOW", one.low, one, two.low),
        end("HIGH", one.high, one, two.high),
        Word("BETTER", "one", {
            "two": "R squared cannot decide here, and a lower AIC is better: compare again"}),
    ], {"error": one.error, "gain": gain(), "more": more()},
        "the second parameter lowers the loss by {100*gain:.1f}% only, and its AIC is {more:.1f} "
        "higher. Less than about 2 decides hardly anything, so take the simpler model. "
        "And no standard error knows all: today h is known to be near 70, a sixth of {H:.0f}, "
        "because Hubble's distances were much too short")


def fitted(model: str) -> Trainer:
    """That model, trained on the galaxies."""
    table = read_csv(FOLDER / "hubble.csv", types={"distance": number, "velocity": number})
    return Trainer(model).fit(table)


def interval(model: str) -> Interval:
    """h in that model, and its interval."""
    return Uncertainty(fitted(model)).interval("h")


def gain() -> float:
    """By which share the second parameter lowers the loss."""
    one, two = (fitted(model).best.loss for model in MODELS.values())
    return float(1 - two / one)


def more() -> float:
    """By how much the second parameter raises AIC."""
    one, two = (aic(fitted(model)) for model in MODELS.values())
    return two - one


def end(name: str, right: float, one: Interval, of_two: float) -> Number:
    """An end of the interval."""
    return Number(name, {
        near(name, right): RIGHT,
        near(name, of_two): "that is an end for the model with two parameters; begin with one",
        near(name, one.low + one.high - right): "that is the other end: low comes first",
        f"abs(abs({name} - {one.value}) - error) <= 1":
            "that is one standard error from h; the report has the interval itself",
    }, "the ends stand in the line of h, beneath 'from' and 'to'")


def near(name: str, to: float) -> str:
    """That a number is another one, in the digits of the report."""
    return f"abs({name} - {to}) <= {abs(to) * SHARE}"
