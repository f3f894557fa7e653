"""13. The gradient: what with two levers, or many?

Guess first: with one parameter (lever) there are two ways to go, up and down. With two you can go
in any direction. In which of them does the loss fall fastest: straight towards the bottom? You will
see an arrow that no other direction beats, and where it points.
"""

import math
import random
import statistics
import sys

from lessons.data import films
from lessons.pages.live.live import Drag, Guess, Lever, Live, Moving, Number
from lessons.pages.page import Page
from lessons.run import start
from mathlab import Value, cos, directional_derivative, sin, symbols, total
from mathlab.calculus.numbers.linear_algebra import extreme_bends, inner
from mathlab.drawing import Arrows, Chart, Contours, Curve, Mark, Points
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

MODEL = "revenue = slope*budget + intercept"
UNIT = 100.0  # million dollars, in which budgets are counted here
PLACE = (0.0, 0.0)  # where the two levers stand
RANGES = ((-60.0, 660.0), (-170.0, 220.0))  # of slope and intercept on the map
PLACES = [(a, b) for a in (0.0, 150.0, 300.0, 450.0, 600.0) for b in (-120.0, -40.0, 40.0, 120.0)]
SHORT = 0.12  # of a unit: how long an arrow is drawn for a slope of 1
LONG = 50.0  # units: how long an arrow is drawn that only shows a way
DEGREES = range(360)
MANY = (2, 10, 100)  # levers


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, _ = films.cleaned()
    budgets = [budget / UNIT for budget in table["budget"]]
    surface = LossSurface(Model(MODEL), table.with_column("budget", budgets), method="collapsed")
    line = statistics.linear_regression(budgets, table["revenue"])
    arrows(page, surface, (line.slope, line.intercept))
    all_round(page, surface, (line.slope, line.intercept))
    many_levers(page, table["revenue"])
    page.change("let PLACE be (450.0, -100.0). At which angle will the loss rise fastest now?")
    page.exercise()


def arrows(page: Page, surface: LossSurface, bottom: tuple[float, float]) -> None:
    """The slope by each lever, and arrows made of them on a map."""
    _, (by_slope, by_intercept), bends = surface.bend(PLACE)
    alike = page.claim(0.2 < bends[0][0] / bends[1][1] < 5,
                       "So one unit of either lever matters about as much.")
    page.say(f"""Take the line, {MODEL}. Budgets are counted in {UNIT:.0f} million dollars here.
        {alike} Hold the intercept still and turn the slope lever: with one lever we know what to
        do. Then the other way round. What comes out are the partial derivatives. For one film:""")
    for lever, formula in zip(surface.parameters, surface.row.slopes, strict=True):
        page.formula(f"d loss / d {lever} = {formula}")
    page.say(f"""The mean over all {len(surface.rows):,} films, where the slope lever stands at
        {PLACE[0]:g} and the intercept at {PLACE[1]:g}, is {by_slope:.1f} for a unit of slope, and
        {by_intercept:.1f} for a unit of intercept. Both together are the gradient. As an arrow, so
        far along each axis, it says which way is up. Here is its opposite, at {len(PLACES)} places:
        the longer an arrow, the steeper it is there.""")
    gradients = [surface.look(place)[1] for place in PLACES]
    x, y = ([place[i] for place in PLACES] for i in (0, 1))
    dx, dy = ([-SHORT * gradient[i] for gradient in gradients] for i in (0, 1))
    page.picture(Chart(
        Contours(lambda slope, intercept: surface.look([slope, intercept])[0], *RANGES,
                 label="loss"),
        Arrows(x, y, dx=dx, dy=dy), Mark(*bottom, "bottom"), title="Which way is down?",
        x_label="slope, million dollars a unit", y_label="intercept, million dollars", equal=True,
        x_range=RANGES[0], y_range=RANGES[1],
    ))
    flat = extreme_bends(bends)[1]
    along = (bends[0][1], flat - bends[0][0])  # the way of the valley, which bends least
    across = (-along[1], along[0])
    sides = sum(abs(inner(each, across)) > abs(inner(each, along)) for each in gradients)
    astray = page.claim(
        sides > len(PLACES) / 2,
        "It does not aim at the bottom: most lead down the sides of the long valley, not along it.")
    page.say(f"""Such a landscape, with a height (the value of the loss) for every setting of the
        levers, is called the loss surface. The shades are its heights: the denser, the higher.
        Where one shade turns into the next runs a contour line, with the same loss all along it:
        the numbers stand beneath. An arrow leaves it at a right angle (both axes have one scale
        here). {astray}""")


def all_round(page: Page, surface: LossSurface, bottom: tuple[float, float]) -> None:
    """The slope of the loss in 360 directions, by the dot product and tried."""
    gradient = surface.look(PLACE)[1]
    angle, steep = math.degrees(math.atan2(gradient[1], gradient[0])) % 360, math.hypot(*gradient)

    def rule(angle: float) -> float:
        return inner(gradient, way(angle))

    def tried(angle: float) -> float:
        u, v = way(angle)
        ahead, back = (surface.look([PLACE[0] + t * u, PLACE[1] + t * v])[0] for t in (1, -1))
        return (ahead - back) / 2

    page.title("In any direction")
    page.say("""Now turn both levers at once. A step of length 1 at some angle goes u = cos(angle)
        along the slope lever and v = sin(angle) along the intercept; from u and v the angle comes
        back as math.atan2(v, u), in radians. The loss feels the step by two paths, and where paths
        meet, slopes add up. For one film:""")
    u_and_v = dict(zip(surface.row.levers, symbols("u v"), strict=True))
    page.formula(str(directional_derivative(surface.row.formula, u_and_v)))
    trials = [tried(each) for each in DEGREES]
    page.say("""That is u times the one partial derivative plus v times the other: the dot product
        of direction and gradient.""")
    page.live(turning(surface, (angle + 180) % 360, [Chart(
        Contours(lambda slope, intercept: surface.look([slope, intercept])[0], *RANGES,
                 label="loss"),
        Mark(*bottom, "bottom"),
        Arrows([PLACE[0]], [PLACE[1]], dx=[-SHORT * gradient[0]], dy=[-SHORT * gradient[1]]),
        title="From one place", x_label="slope, million dollars a unit",
        y_label="intercept, million dollars", equal=True, x_range=RANGES[0], y_range=RANGES[1],
    ), Chart(
        Curve(rule, 0.0, 360.0, "dot product"), Points(DEGREES[::10], trials[::10], "tried"),
        Mark(angle, steep, "the gradient"), title="How steep is it, all round?",
        x_label="angle, degrees", y_label="slope, (million dollars)^2 per unit",
        y_range=(-1.15 * steep, 1.15 * steep),
    )]))
    page.say("""To try it, go one unit ahead and one back, and halve the
        difference in loss. At 0 degrees only the slope lever goes up, at 90 the intercept:""")
    angles = [0.0, 90.0, angle, (angle + 90) % 360, (angle + 180) % 360]
    page.table({
        "way": ["slope", "intercept", "gradient", "across", "against"],
        "angle": [round(each, 1) for each in angles],
        "dot": [round(rule(each), 2) for each in angles],
        "tried": [round(tried(each), 2) for each in angles],
    })
    page.say(f"""Of {len(trials)} degrees the loss rises fastest at {trials.index(max(trials))} and
        falls fastest at {trials.index(min(trials))}. The gradient stands at {angle:.1f}; its
        length, {steep:.1f}, is how fast. The curve is this length times the cosine of the angle to
        the gradient. A cosine is never above 1, so no direction beats the arrow. At right angles
        the slope is 0.""")
    aim = math.degrees(math.atan2(bottom[1] - PLACE[1], bottom[0] - PLACE[0])) % 360
    longer = page.claim(-0.99 * steep < rule(aim) < 0, "The steepest way down is not the shortest.")
    page.say(f"""The bottom lies at {aim:.1f} degrees, and that way the slope is {rule(aim):.1f};
        against the gradient it is {-steep:.1f}. {longer} An
        arrow knows its own place and nothing beyond. And in other units it points elsewhere:
        lesson 16 makes use of that.""")


def turning(surface: LossSurface, steepest: float, charts: list[Chart]) -> Live:
    """A direction to turn, as an arrow on the map; and how steep it is that way."""
    angle, along = symbols("angle along")
    u, v = cos(angle * (math.pi / 180)), sin(angle * (math.pi / 180))
    ways = dict(zip(surface.row.levers, (u, v), strict=True))
    here = dict(zip(surface.parameters, PLACE, strict=True))
    slope = directional_derivative(surface.polynomial, ways).at(**here, angle=angle)
    here_and_there = *map(Value.constant, PLACE), PLACE[0] + LONG * u, PLACE[1] + LONG * v
    return Live(
        "turn", f"""Stand where the slope lever is at {PLACE[0]:g} and the intercept at
        {PLACE[1]:g}. At which angle does the loss fall fastest? At 0 degrees only the slope lever
        goes up, at 90 the intercept, at 180 the slope lever goes down.""", charts,
        [Lever(angle, 0, 360, 1, 0)], [Number("slope that way", slope, "per unit")],
        [Moving("arrow", here_and_there),
         Moving("line", (along, slope.at(angle=along)), {"along": range(0, 361, 5)}, chart=1,
                colour=0, label="slope that way"),
         Moving("dots", (angle, slope), chart=1)],
        Guess("The angle at which it falls fastest:", steepest, near=2, unit="degrees", axis="x",
              chart=1, between=(0, 360)),
        hides=[(0, 3), (1, 1), (1, 2), (1, 3)], secret=[(0, 3), (1, 1), (1, 2), (1, 3)],
        drag=Drag(x="angle", chart=1),
        hint="Turn the arrow all round. How far is it from the lowest slope to a slope of 0?",
    )


def way(angle: float) -> tuple[float, float]:
    """A step of length 1, so many degrees round from 'slope up' towards 'intercept up'."""
    return math.cos(math.radians(angle)), math.sin(math.radians(angle))


def many_levers(page: Page, revenues: list[float]) -> None:
    """How near the arrow one comes by trying directions at random."""
    chance, mean = random.Random(page.seed), statistics.fmean(revenues)
    arrow, lot = [], []
    for count in MANY:
        levers = [Value(mean) for _ in range(count)]
        loss = total((actual - lever) ** 2 for actual, lever in zip(revenues, levers, strict=False))
        (loss / count).backward()
        gradient = [lever.grad for lever in levers]
        arrow.append(math.hypot(*gradient))
        lots = [[chance.gauss() for _ in levers] for _ in DEGREES]
        lot.append(max(inner(gradient, each) / math.hypot(*each) for each in lots))
    shares = [f"{found / most:4.0%}" for found, most in zip(lot, arrow, strict=True)]
    page.title("With a hundred levers")
    page.say(f"""Nobody can draw {MANY[-1]} axes. But the formula is the same: a sum of {MANY[-1]}
        terms in place of two. Take the first {MANY[-1]} films, and guess the revenue of each by a
        lever of its own, set to the mean of all films. Could we do without the derivatives, and try
        {len(DEGREES)} directions drawn by lot? The steepest, beside the gradient's own slope:""")
    page.table({
        "levers": MANY,
        "by lot": [round(each, 2) for each in lot],
        "gradient": [round(each, 2) for each in arrow],
        "share": shares,
    })
    shorter = page.claim(sorted(arrow, reverse=True) == arrow,
                         "The gradient grows shorter, because the loss is a mean: of many films "
                         "each is a small part.")
    few = page.claim(lot[0] > 0.98 * arrow[0], f"With {MANY[0]} levers lots are nearly as good as "
                     "the gradient.")
    many = page.claim(lot[-1] < arrow[-1] / 2, "Many levers do not find their way by trying.")
    page.say(f"""({shorter}) {few} With {MANY[-1]} the best has {shares[-1].strip()} of its slope:
        where there are so many directions, nearly all of them run nearly across it. {many}""")


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
