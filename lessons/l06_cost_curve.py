"""6. Cost curve: if I turn one lever, how does the cost move?

Guess first: say that a film earns its budget times some factor, the same for all. Turn the factor
up from 0 to 6. Does the loss fall all the way, rise all the way, or turn round somewhere? You will
see the curve that the loss runs along, and a number that says at every place which way to turn.
"""

import sys
from collections.abc import Callable
from itertools import pairwise
from math import isclose

from lessons.data import films
from lessons.pages.live.live import Drag, Guess, Lever, Live, Moving, Number
from lessons.pages.page import Page
from lessons.pages.sketch import Sketch
from lessons.run import finished, start
from mathlab import Value, derivative, symbols
from mathlab.calculus.numeric import central_difference
from mathlab.drawing import Chart, Curve, Mark, Tangent
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.predict import residuals
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

MODEL = "revenue = factor*budget"
SETTINGS = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
PLACES = (1.0, 5.0)  # where to look closely
NEAR = 0.001  # how far to either side
LEVEL = 0.5  # a slope this small is rounding: the others go into thousands

Loss = Callable[[float], float]


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, _ = films.cleaned()
    model = Model(MODEL)
    surface = LossSurface(model, table, method="collapsed")

    def loss(factor: float) -> float:
        return surface.height([factor])

    page.say("A model with a single parameter (lever), the factor:")
    page.formula(MODEL)
    page.say(f"""The loss is the mean of the squared residuals, here over {len(table):,} films. The
        films stay as they are, so nothing but the lever can move the loss. The curve along which it
        moves is called the cost curve; cost is another word for loss, and books say cost function,
        or objective. We try {len(SETTINGS)} settings.""")
    costs = [loss(setting) for setting in SETTINGS]
    page.sketch("How high is the loss at each of them?", Sketch(
        "The cost curve", "".join(f"{setting:g}" for setting in SETTINGS), costs, "factor", "loss"))
    too_high = [
        sum(e < 0 for e in residuals(table["revenue"], model.predict({"factor": s}, table)))
        for s in SETTINGS
    ]
    page.say("""Here is the loss of each in (million dollars)**2. 'too high' is how many films
        earned less than the model says.""")
    page.table({"factor": SETTINGS, "loss": [*map(round, costs)], "too high": too_high})
    turns = page.claim(costs[0] > min(costs) < costs[-1],
                       "The loss falls, and then it rises again.")
    page.say(f"""{turns} With a factor of {SETTINGS[0]:g} the model
        is too high for {too_high[0] / len(table):.0%} of the films, with {SETTINGS[-1]:g} it is too
        high for {too_high[-1] / len(table):.0%} of them. Far too low or far too high, either way
        the residuals are large, and their squares larger still.""")
    which_way(page, costs)
    bottom = finished(Trainer(MODEL).fit(table)).parameters["factor"]
    close_up(page, loss, surface.polynomial, bottom)
    page.change("""let MODEL be "revenue = 50 + factor*budget": every film earns 50 million dollars
        to begin with. Does the bottom move to the left or to the right?""")
    page.exercise()


def which_way(page: Page, costs: list[float]) -> None:
    """Rise over run from each setting to the next."""
    page.title("Which way to turn?")
    page.say("""Now suppose that you stand at one setting, and do not see the others. Which way is
        down? Turn the lever a bit, and look. By how much the loss has changed is the rise. By how
        much you turned the lever is the run. Rise over run is the slope (rate of change) of the
        curve between the two settings:""")
    page.formula("slope = (loss there - loss here)\n        / (there - here)")
    slopes = [
        (high - low) / (there - here)
        for (here, there), (low, high) in zip(pairwise(SETTINGS), pairwise(costs), strict=True)
    ]
    page.table({
        "here": SETTINGS[:-1],
        "there": SETTINGS[1:],
        "slope": [*map(round, slopes)],
        "turn": [*map(turn, slopes)],
    })
    page.say("""Where the slope is negative, the loss falls as the lever goes up: turn it up. Where
        the slope is positive, the loss rises as the lever goes up: turn it down. So the sign of the
        slope is all you need to know the way, and the way is against the sign.""")


def close_up(page: Page, loss: Loss, formula: Value, bottom: float) -> None:
    """The slope at a few places, from two settings that are near; the curve, and the bottom."""
    slopes = {place: central_difference(loss, place, NEAR) for place in (*PLACES, bottom)}
    page.say(f"""These steps are coarse, though: between two settings the curve may fall and rise
        again, and one number hides that. So take two that are near each other, {NEAR:g} to the left
        of a place and {NEAR:g} to the right of it. What they say is as good as the slope at the
        place itself: it is that of the line which touches the curve there, the tangent.""")
    page.live(the_lever(formula, Chart(
        Curve(loss, min(SETTINGS), max(SETTINGS)),
        *(
            Tangent(place, loss(place), slope, f"slope at {place:.4g}")
            for place, slope in slopes.items()
        ),
        *(Mark(place, loss(place), f"turn {turn(slopes[place])}") for place in PLACES),
        Mark(bottom, loss(bottom), "the bottom"),
        title="The cost curve, and how it slopes",
        x_label="factor, dollars of revenue per dollar of budget",
        y_label="loss, (million dollars)^2",
        y_range=(0.0, max(loss(min(SETTINGS)), loss(max(SETTINGS)))),
    ), bottom))
    page.say("""In numbers. The last row is the lowest point, the bottom (in books: the minimum),
        which mathlab has looked up for us:""")
    page.table({
        "factor": [round(place, 3) for place in slopes],
        "slope": [round(slope) for slope in slopes.values()],
        "turn": [*map(turn, slopes.values())],
    })
    first, last = PLACES[0], PLACES[-1]
    steady = (slopes[last] - slopes[first]) / (last - first)
    level = page.claim(
        max(loss(bottom - NEAR), loss(bottom + NEAR)) - loss(bottom)
        < abs(loss(first + NEAR) - loss(first)) / 100,
        "turn the lever by a hair, either way, and the loss hardly changes.")
    evenly = page.claim(
        isclose(first - slopes[first] / steady, bottom, abs_tol=NEAR),
        f"Here the slope changes evenly, by {steady:,.0f} for each unit of the factor, so two "
        "slopes can foretell where it will be 0.")
    page.say(f"""At the bottom, a factor of {bottom:.3f}, the slope is {abs(slopes[bottom]):.0f}:
        {level} On a curve shaped like this one there is a single place like that, so where you find
        a slope of 0, you have found the bottom. And the nearer to it, the flatter the curve.
        {evenly}""")
    never = page.claim(loss(bottom) > 1, "No factor makes it 0, because films with the same budget "
                       "earn different sums.")
    page.say(f"""One slope alone does not say how far to turn. Nor does it say how low the bottom
        lies: here the loss is {loss(bottom):,.0f} at best. {never}""")


def the_lever(loss: Value, chart: Chart, bottom: float) -> Live:
    """The curve with a lever to turn: where one stands, the tangent there, and its slope."""
    factor, along = symbols("factor along")
    slope = derivative(loss, factor)
    others = [(0, layer) for layer in range(2, len(chart.layers) + 1)]  # all but the curve
    return Live(
        "lever", "Where along the curve is its lowest point?", [chart],
        [Lever(factor, min(SETTINGS), max(SETTINGS), 0.01, PLACES[0])],
        [Number("loss", loss, "(million dollars)^2"), Number("slope", slope, "per unit of factor")],
        [Moving("line", (along, loss + slope * (along - factor)),
                {"along": (min(SETTINGS), max(SETTINGS))}, label="the tangent"),
         Moving("dots", (factor, loss))],
        Guess("The factor at the lowest point:", bottom, near=0.2, axis="x"),
        hides=others, secret=others,
        hint="Turn the factor. What is the slope at the lowest point?",
        buttons={"To the lowest point": {"factor": bottom}},
        drag=Drag(x="factor"),
    )


def turn(slope: float) -> str:
    """Which way to turn the lever: against the sign of the slope."""
    if abs(slope) < LEVEL:
        return "neither"
    return "down" if slope > 0 else "up"


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
