"""Exercise 22: the exact line, by its gradient, which backward finds in Fractions."""

from fractions import Fraction

from lessons.grading.answer import Answer, Wrong
from mathlab import Value, total

X = (0, 1, 2, 4)
Y = (1, 2, 4, 5)

HINTS = (
    "Write both sums out with the numbers of the four dots. Each becomes a number minus so many "
    "SLOPEs minus so many INTERCEPTs.",
    "The sum of the residuals is sum of y - (sum of x)*SLOPE - 4*INTERCEPT. In the other sum each "
    "of these is multiplied by x first.",
    "The equations are 7*SLOPE + 4*INTERCEPT = 12 and 21*SLOPE + 7*INTERCEPT = 30. Three times the "
    "first minus the second leaves INTERCEPT alone.",
)


def check(answer: Answer) -> None:
    """The gradient of the summed loss at the reader's line, which must be 0 and 0."""
    place = answer.number("SLOPE"), answer.number("INTERCEPT")
    slope, intercept = (Value(Fraction(number)) for number in place)
    total([(y - (slope * x + intercept)) ** 2 for x, y in zip(X, Y, strict=True)]).backward()
    gradient = slope.grad, intercept.grad
    if not any(gradient):
        return
    least = max(map(abs, gradient))
    if least > 1e-6:
        why = "this is not the bottom: a step against the slopes would lower the loss"
        if slope.grad == 0 or intercept.grad == 0:
            why = "one of the slopes is 0, but both must be at once"
    elif any(isinstance(number, float) for number in place):
        why = "very near, but a float cannot hold this line: it is rounded; give Fractions"
    else:
        why = "very near, but a Fraction made from a float, or cut short, is as wrong as that was"
    line = f"the gradient at SLOPE = {place[0]}, INTERCEPT = {place[1]}"
    raise Wrong(why, line, f"{float(gradient[0]):.6g} and {float(gradient[1]):.6g}", "0 and 0")
