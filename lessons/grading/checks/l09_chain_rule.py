"""Exercise 9: every stage alone against what is measured, first to last; then the whole chain."""

from collections.abc import Callable

from lessons.grading.answer import Answer, Wrong, call_text, close
from mathlab import numeric, sigmoid

HINTS = (
    "Take one stage at a time, as if the others did not exist. A line changes equally fast "
    "everywhere.",
    "In the table of lesson 8 the row of sigmoid has the slope y*sigmoid(-x), where y is what "
    "comes out; here that is called p. And sigmoid(-x) is what is missing to 1: 1 - y.",
    "The loss is a square: twice what is squared, times how fast that changes with p. When p "
    "rises, does 1 - p rise or fall?",
    "Gears multiply. If z moves 2 times as fast as x, and p moves 0.1 times as fast as z, then p "
    "moves 0.2 times as fast as x.",
)
PLACES = (1.0, 1.5, 2.25, -0.5)
SLOPES = ((2.0, 0.25, -1.0), (3.0, 0.5, 4.0))  # of the three stages
WITHIN = 1e-9


def line(x: float) -> float:
    """The first stage."""
    return 2 * x - 3


def loss(p: float) -> float:
    """The last stage."""
    return (1 - p) ** 2


def check(answer: Answer) -> str:
    """Each stage in its turn, then what is made of the three slopes."""
    for x in PLACES:
        number = answer.called_number("slope_of_z", x)
        judge("slope_of_z", x, number, line, x, "first stage, z = 2*x - 3", {
            "that is z itself, not how fast it changes": line(x),
        })
    for x in PLACES:
        z = line(x)
        p = sigmoid(z)
        number = answer.called_number("slope_of_p", p)
        judge("slope_of_p", p, number, sigmoid, z, "second stage, p = sigmoid(z)", {
            "that is p itself, not how fast it changes": p,
            "sigmoid is given p, which has been squeezed already: take p*(1 - p)":
                sigmoid(p) * (1 - sigmoid(p)),
        })
    for x in PLACES:
        p = sigmoid(line(x))
        number = answer.called_number("slope_of_loss", p)
        judge("slope_of_loss", p, number, loss, p, "third stage, loss = (1 - p)**2", {
            "the sign is swapped: when p rises, 1 - p falls": 2 * (1 - p),
            "the factor 2 of the square is missing": -(1 - p),
            "the factor 2 is missing, and the sign: when p rises, 1 - p falls": 1 - p,
            "that is the loss itself, not how fast it changes": loss(p),
        })
    for slopes in SLOPES:
        one, two, three = slopes
        number = answer.called_number("whole_slope", *slopes)
        expected = one * two * three
        if not close(number, expected):
            why = "the three stages are right; but what is to be done with their slopes?"
            if close(number, sum(slopes)):
                why = "the stages are right, but their slopes do not add up: gears multiply"
            raise Wrong(why, call_text("whole_slope", slopes), number, f"{expected:g}")
    x = PLACES[0]
    p = sigmoid(line(x))
    of_z, of_p, of_loss = 2.0, p * (1 - p), -2 * (1 - p)
    measured = numeric.derivative(lambda x: loss(sigmoid(line(x))), x).value
    return (
        f"at x = {x:g} your three slopes are {of_z:g}, {of_p:.4f} and {of_loss:.4f}; multiplied "
        f"they give {of_z * of_p * of_loss:.4f}, and measured over all three stages at once it is "
        f"{measured:.4f}: what goes into a stage as a small change comes out of it times its slope"
    )


def judge(
    function: str,
    argument: float,
    number: float,
    stage: Callable[[float], float],
    at: float,
    name: str,
    slips: dict[str, float],
) -> None:
    """Raise Wrong, with a word on the slip, unless the number is the slope measured."""
    expected = numeric.derivative(stage, at).value
    if close(number, expected, WITHIN):
        return
    known = [slip for slip, wrong in slips.items() if close(number, wrong, WITHIN)]
    why = f"the first wrong slope is that of the {name}" + (f": {known[0]}" if known else "")
    raise Wrong(why, call_text(function, [argument]), number, f"{expected:.9g}")
