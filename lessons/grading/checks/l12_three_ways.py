"""Exercise 12: the planted rule, and calls that are counted anew for as many levers as is quick."""

from collections.abc import Callable
from functools import cache
from typing import Any

from lessons.grading.asked import RIGHT, Exercise, Number, Word
from mathlab import Value, numeric, sigmoid, total

HINTS = (
    "Write the three lines of the task below the answers in your file, run it, and put each name "
    "in the place of bell.",
    "By hand: the slope of a quotient u/v is (u'*v - u*v')/v**2. Above 0, soft is x/(1 + x).",
    "Numeric nudges one lever after the other. So how do its calls grow, from 1 lever to 10, and "
    "from 10 to 100? Go on in the same way.",
    "Numeric takes some 50 calls for each lever. Backward runs the neuron once, and sweeps back.",
)
ABOUT = {"NUMERIC": 3, "BACKWARD": 4}  # the first hint about each
LEVERS = 1_000
FEW = 20  # levers, for which it is quick to count
NEAR = 1.5
RULES = {"bell": "-2*x*exp(-x**2)", "slant": "x/sqrt(1 + x**2)"}


@cache
def exercise() -> Exercise:
    """The rule first; then both predictions."""
    return Exercise([
        Word("WRONG_RULE", "soft", {
            name: f"the slope of {name} is {slope}, and its row says so: check_derivatives agrees"
            for name, slope in RULES.items()}),
        Number("NUMERIC", {
            "truth/near <= NUMERIC <= truth*near": RIGHT,
            "truth/near <= NUMERIC*levers <= truth*near":
                "that is for one lever; it nudges each of them",
            "NUMERIC == levers":
                "one call for each lever is not enough: it takes steps of many sizes",
            "truth < NUMERIC":
                "that is more than it needs: another lever adds as many calls as the one before",
        }, "how many calls did it take for each lever?",
            expected=f"about {LEVERS:,} times what one lever takes"),
        Number("BACKWARD", {
            "BACKWARD == once": RIGHT,
            "BACKWARD == levers":
                "one sweep hands a slope to every lever: it need not start anew for each",
        }, "look at the lesson's table: does it grow with the levers?"),
    ], {"truth": calls_of_numeric(FEW) * LEVERS / FEW, "near": NEAR, "levers": LEVERS,
        "once": calls_of_backward(LEVERS)},
        "numeric works the neuron out {truth:,.0f} times, {truth/levers:.0f} for each lever, and "
        "backward {once:.0f} time: a nudge tells of one lever alone, and a sweep hands a slope to "
        "every one")


@cache
def calls_of_numeric(levers: int) -> int:
    """How often numeric works out a neuron."""
    return counted(lambda neuron: numeric.gradient(neuron, [1 / levers] * levers))


def calls_of_backward(levers: int) -> int:
    """How often backward does."""
    return counted(lambda neuron: neuron([Value(1 / levers) for _ in range(levers)]).backward())


def counted(way: Callable[[Any], Any]) -> int:
    """How often a way calls a neuron."""
    calls = 0

    def neuron(levers: Any) -> Any:
        nonlocal calls
        calls += 1
        return sigmoid(total(levers))

    way(neuron)
    return calls
