"""Exercise 22: the exact line, by its gradient, which backward finds in Fractions."""

from functools import cache

from lessons.grading.asked import RIGHT, Exercise, Number
from mathlab import derivative, substitute, symbols, total

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


@cache
def exercise() -> Exercise:
    """The gradient of the summed loss at the reader's line, which must be 0 and 0."""
    slope, intercept = symbols("SLOPE INTERCEPT")
    loss = total([(y - (slope * x + intercept)) ** 2 for x, y in zip(X, Y, strict=True)])
    gradient = ("the gradient at SLOPE = {SLOPE:g}, INTERCEPT = {INTERCEPT:g}",
                "{by_slope:.3g} and {by_intercept:.3g}", "0 and 0")
    return Exercise([
        Number("SLOPE"),
        Number("INTERCEPT", {
            "max(abs(by_slope), abs(by_intercept)) <= 1e-6": RIGHT,
            "abs(crossed) <= 1e-6": "SLOPE and INTERCEPT are the right numbers, exchanged",
            "min(abs(by_slope), abs(by_intercept)) == 0":
                "one of the slopes is 0, but both must be at once",
        }, "this is not the bottom: a step against the slopes would lower the loss", *gradient),
        Number("INTERCEPT", {
            "rounded == 1":
                "very near, but a float cannot hold this line: it is rounded; give Fractions"}),
        Number("INTERCEPT", {"abs(by_slope) + abs(by_intercept) == 0": RIGHT},
               "very near, but a Fraction made from a float, or cut short, is as wrong as that was",
               *gradient),
    ], {"by_slope": derivative(loss, slope), "by_intercept": derivative(loss, intercept),
        "crossed": substitute(abs(derivative(loss, slope)) + abs(derivative(loss, intercept)),
                              {slope: intercept, intercept: slope}), "loss": loss},
        "both slopes are exactly 0, and the sum of the squares is {loss:.6g}: a sum of squares of "
        "lines opens upwards every way, so where both slopes are 0 is its lowest point")
