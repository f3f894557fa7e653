"""16. Scaling: why is raw data slow?

Guess first: the same films, the same line, the same way of walking down. Once budgets are counted
in million dollars, once in standard deviations (spreads) from their mean. How many times as many
steps does the first walk need: ten, a hundred, a thousand? You will see a long narrow
valley turn into a bowl.
"""

import math
import statistics
import sys
from bisect import bisect
from itertools import islice, pairwise
from typing import NamedTuple

from lessons.data import films
from lessons.pages.live import live
from lessons.pages.live.live import Guess, Lever, Live, Moving, Number
from lessons.pages.page import Page
from lessons.run import start
from mathlab import cos, gradient, sin, sqrt, symbols
from mathlab.calculus.numbers.linear_algebra import extreme_bends
from mathlab.drawing import Chart, Contours, Line, Mark, Path
from mathlab.learning.data.explore import Scale, standardize
from mathlab.learning.data.table import Table
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

MODEL = "revenue = slope*budget + intercept"
START = (0.0, 50.0)  # slope and intercept: every film earns 50 million, in whatever unit
UNITS = (1.0, 3.0, 10.0, 50.0)  # million dollars, in which budgets are counted
BOLD = 1.0  # the learning rate is so many times 1/(sharpest curvature); the limit is at 2
MOST = 25_000  # steps
LEFT = 1e-6  # of what there is to gain: a walk that has gained all but this has arrived
TIMES = (10, 100, 1000)  # as many steps
FEW = 10  # steps, for the last digits
A_YEAR = 365.25 * 24 * 3600  # seconds
RING = 40.0  # million dollars: the root of how high a contour lies above the lowest loss
Range = tuple[float, float]


class Walk(NamedTuple):
    """A walk down with budgets in some unit: the surface, its extreme curvatures, every step."""

    surface: LossSurface
    sharp: float
    flat: float
    steps: list[Step]

    @property
    def ratio(self) -> float:
        """The condition number."""
        return self.sharp / self.flat

    @property
    def arrival(self) -> int:
        """How many steps it takes."""
        return len(self.steps) - 1


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, _ = films.cleaned()
    columns = {f"{unit:g} million": [x / unit for x in table["budget"]] for unit in UNITS}
    columns["spreads"], scale = standardize(table["budget"])
    walks = {name: walk(table, column) for name, column in columns.items()}
    raw, *_, bowl = walks.values()
    (by_slope, _), (_, by_intercept) = raw.surface.bend(START)[2]
    page.formula(MODEL)
    sensitive = page.claim(by_slope > 100 * by_intercept,
                           "So the slope is by far the more sensitive parameter (lever).")
    page.say(f"""Turn the intercept up by 1, and every prediction moves by 1. Turn the slope up by
        1, and each moves by the film's budget: {scale.mean:.0f} on average,
        {max(table['budget']):.0f} at most. {sensitive}
        Its curvature is {by_slope:,.0f}, that of the intercept {by_intercept:g}. (These are second
        derivatives, on the diagonal of the Hessian.) If both turn at once, in some proportion,
        there is one direction that bends most, with {raw.sharp:,.0f} ('sharp'), and one that bends
        least, with {raw.flat:.2f} ('flat').""")
    page.say(f"""The limit of the learning rate is 2/curvature (lesson 15), and the sharpest bend
        sets it for both levers. Take the rate {BOLD:g}/{raw.sharp:,.0f}. Then a step takes off
        {BOLD:.0%} of what is left across the valley, but only {BOLD / raw.ratio:.3%} along it. Such
        a valley is called an ill-conditioned problem.""")
    page.title("A valley and a bowl")
    page.say(f"""Now count budgets in larger units, and at last in spreads ({scale.spread:.1f}
        million each) from the mean ({scale.mean:.1f} million). 'ratio' is sharp divided by flat,
        the condition number. 'steps' counts them until convergence, that is, until all but a
        millionth of what there was to gain is gained, with the rate {BOLD:g}/sharp.""")
    page.guess("""How many times as many steps does it take in single millions as in spreads from
        the mean?""", Guess("", truth=bisect(TIMES, raw.arrival / bowl.arrival), choices=(
            f"Up to {TIMES[0]} times", f"Up to {TIMES[1]} times", f"Up to {TIMES[2]:,} times",
            "More still")))
    rows = [
        (name, *(float(f"{x:.4g}") for x in (each.sharp, each.flat, each.ratio)), each.arrival)
        for name, each in walks.items()
    ]
    page.rows(["budget in", "sharp", "flat", "ratio", "steps"], rows)
    valley_and_bowl(page, table, walks)
    page.live(to_scale(table, scale))
    var = statistics.pvariance(table["budget"])
    larger = [each.ratio for name, each in walks.items() if name != "spreads"]
    both = page.claim(min(*larger, var) > 2 > bowl.ratio, "It takes both.")
    page.say(f"""{both} In another unit alone, the ellipses still lean: an intercept too high is
        made up for by a slope too low. Counted from the mean alone, they stand upright, and the
        ratio is the mean square of the budgets as they are then, to 1: {var:,.0f}.""")
    back_in_dollars(page, table, walks)
    page.change("""let BOLD be 1.9, nearly the limit. Now the walk in the valley zigzags. Who needs
        fewer steps than before, and who more?""")
    page.exercise()


def walk(table: Table, budgets: list[float]) -> Walk:
    """The walk from START with these numbers as budgets."""
    surface = LossSurface(Model(MODEL), table.with_column("budget", budgets), method="collapsed")
    sharp, flat = extreme_bends(surface.bend(START)[2])
    lowest, _ = surface.look(statistics.linear_regression(budgets, table["revenue"]))
    steps: list[Step] = []
    for step in islice(GradientDescent(BOLD / sharp).walk(surface, START), MOST + 1):
        steps.append(step)
        if step.loss - lowest <= LEFT * (steps[0].loss - lowest):
            break
    return Walk(surface, sharp, flat, steps)


def valley_and_bowl(page: Page, table: Table, walks: dict[str, Walk]) -> None:
    """What the walks show; the first and the last on their maps; one that does not arrive."""
    raw, second, *others, bowl = walks.values()
    narrow = sorted(walks.values(), key=lambda walk: walk.ratio)
    growing = page.claim(
        [walk.arrival for walk in narrow] == sorted(walk.arrival for walk in narrow),
        "The steps grow as the ratio does.",
        "Here the steps do not grow as the ratio does: so near the limit a walk zigzags, and that "
        "takes steps in a bowl too.",
    )
    lifts = page.claim(min(table["budget"]) >= 0, "No budget is negative, so the slope lever lifts "
                       "all predictions, as the intercept does.")
    page.say(f"""The films are the same, and so are all lines through them; the levers have other
        units. Divide the steps by the ratio: {raw.arrival / raw.ratio:.1f} in the first row,
        {second.arrival / second.ratio:.1f} in the second. {growing} And a larger unit alone gets no
        further here than a ratio of {min(w.ratio for w in (raw, second, *others)):.1f}. {lifts}
        Counted from the mean, the slope tilts the line, and only the intercept lifts it: the ratio
        is {bowl.ratio:.1f}.""")
    left = the_map(raw, "The valley", "per million", (-0.5, 6.5), (-35.0, 85.0))
    right = the_map(bowl, "The bowl", "per spread", (-30.0, 230.0), (-20.0, 190.0))
    page.pictures([left, right])
    dollars = walk(table, [1e6 * x for x in table["budget"]])
    turns = [after.position[0] - before.position[0] for before, after in pairwise(raw.steps[2:9])]
    creep = page.claim(min(turns) * max(turns) >= 0,
                       "The first steps lead to its floor, and all others creep along it.",
                       "Here the steps zigzag across its floor, while the walk creeps along it.")
    page.say(f"""In the picture the valley looks far wider than it is, for its axes have different
        scales. {creep} And budgets in
        plain dollars? The ratio is {dollars.ratio:.0e}. After {dollars.arrival:,} steps the
        intercept stands at {dollars.steps[-1].position[1]:.6f}. At a million steps a second the
        walk would take {raw.arrival / raw.ratio * dollars.ratio / 1e6 / A_YEAR:,.0f} years.""")


def the_map(way: Walk, title: str, unit: str, x_range: Range, y_range: Range) -> Chart:
    """A walk over its surface: the first steps, then ever fewer of the many, and the last."""
    shown = [k for k in range(way.arrival) if k < 32 or k.bit_count() == 1] + [way.arrival]
    slopes, intercepts = zip(*(way.steps[k].position for k in shown), strict=True)
    return Chart(
        Contours(lambda a, b: way.surface.look([a, b])[0], x_range, y_range, "loss"),
        Path(slopes, intercepts), Mark(slopes[-1], intercepts[-1], f"step {way.arrival:,}"),
        title=title, x_label=f"slope, million dollars {unit}", y_label="intercept, million dollars",
    )


def to_scale(table: Table, scale: Scale) -> Live:
    """Contours to scale, and how many steps it takes, for budgets in any unit, counted from any."""
    unit, shift, turn = symbols("unit shift turn")
    slope, intercept = symbols("slope intercept")  # counted from the best
    best = statistics.linear_regression(table["budget"], table["revenue"])
    x, spread = (scale.mean - shift) / unit, statistics.pstdev(table["budget"]) / unit
    loss = (spread * slope) ** 2 + (x * slope + intercept) ** 2  # above the lowest
    sharp = x**2 + spread**2 + 1 + sqrt((x**2 + spread**2 - 1) ** 2 + 4 * x**2)
    ratio = (sharp / (2 * spread)) ** 2  # for sharp*flat = 4*spread**2
    first = [START[0] - best.slope * unit, START[1] - best.intercept - best.slope * shift]
    enough = LEFT * loss.at(slope=first[0], intercept=first[1], unit=unit, shift=shift)
    by_slope, by_intercept = gradient(loss, [slope, intercept])
    down = [slope - BOLD / sharp * by_slope, intercept - BOLD / sharp * by_intercept]
    u, v = RING * cos(turn * (math.pi / 180)), RING * sin(turn * (math.pi / 180))
    ring, angles = (u / spread, v - x / spread * u), range(0, 361, 5)
    narrow, shifted = (ratio.at(unit=1.0, shift=each) for each in (0.0, scale.mean))
    units = {"millions": (1.0, 0.0), "millions from the mean": (1.0, scale.mean),
             "spreads from the mean": (scale.spread, scale.mean)}
    return Live(
        "unit", """To scale, a contour line of the first row of the table is a needle, and of the
        last it is a circle. Count budgets in single millions, but from their mean: is that a circle
        too?""", [Chart(
            *(Line([ring[0].at(unit=a, shift=b, turn=t) for t in angles],
                   [ring[1].at(unit=a, shift=b, turn=t) for t in angles], name)
              for name, (a, b) in units.items() if name != "millions from the mean"),
            title="A needle and a circle",
            x_label="slope, from the best", y_label="intercept, from the best",
            x_range=(-100, 100), y_range=(-58, 58), equal=True,
        )],
        [Lever(unit, 1, 60, 0.1, 1, "unit, million dollars"),
         Lever(shift, 0, 70, 0.1, 0, "counted from, million dollars")],
        [Number("ratio", ratio),
         Number("steps", live.Walk([slope, intercept], first, down, loss - enough, MOST))],
        [Moving("line", ring, {"turn": angles}, colour=2, label="your unit and shift")],
        Guess("", 0 if shifted < 2 else 1 if shifted < narrow / 2 else 2, choices=(
            "Yes: to count from the mean is what matters",
            "No: the ratio falls, and the ellipse stays long",
            "No: the ratio stays as it is")),
        hint="Turn the unit alone, then the shift alone: how few steps does either leave?",
        buttons={name: {"unit": a, "shift": b} for name, (a, b) in units.items()},
    )


def back_in_dollars(page: Page, table: Table, walks: dict[str, Walk]) -> None:
    """The line found in spreads, for budgets in millions."""
    raw, *_, bowl = walks.values()
    *_, last = islice(GradientDescent(1 / bowl.sharp).walk(bowl.surface, START), FEW + 1)
    back = standardize(table["budget"])[1].original_line(*last.position)
    exact = statistics.linear_regression(table["budget"], table["revenue"])
    off = max(abs(mine - best) for mine, best in zip(back, exact, strict=True))
    page.title("Back in dollars")
    page.say(f"""The bowl's slope is in million dollars per spread, and its intercept is what a film
        of the mean budget earns. mathlab's original_line says which line that is for budgets in
        millions. Here the bowl has had {FEW} steps with the rate 1/sharp, the valley
        {raw.arrival:,}:""")
    page.rows(
        ["line", "slope", "intercept"],
        [("bowl", *last.position), ("bowl, back", *back),
         ("valley", *raw.steps[-1].position), ("closed form", *exact)],
    )
    page.say(f"""Back in millions it is the line of the closed form, but for {off:.0e}. mathlab
        walks in spreads and answers in the data's own units if it is asked to, by Trainer(MODEL,
        standardize=True); if it is not told how to walk, it does so by itself where that helps. But
        scaling looks at one column at a time. Two that move together, such as the weight and the
        horsepower of cars, make a valley in any units.""")


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
