"""16. Scaling: why is raw data slow?

Guess first: the same films, the same line, the same way of walking down. Once budgets are counted
in million dollars, once in standard deviations (spreads) from their mean. How many times as many
steps does the first walk need: twice, ten times, a thousand times? You will see a long narrow
valley turn into a bowl.
"""

import statistics
import sys
from itertools import islice
from typing import NamedTuple

from lessons.data import films
from lessons.pages.page import Page
from lessons.run import start
from mathlab.calculus.numbers.linear_algebra import extreme_bends
from mathlab.drawing import Chart, Contours, Mark, Path
from mathlab.learning.data.explore import standardize
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
FEW = 10  # steps, for the last digits
A_YEAR = 365.25 * 24 * 3600  # seconds
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
    raw = next(iter(walks.values()))
    (by_slope, _), (_, by_intercept) = raw.surface.bend(START)[2]
    page.formula(MODEL)
    page.say(f"""Turn the intercept up by 1, and every prediction moves by 1. Turn the slope up by
        1, and each moves by the film's budget: {scale.mean:.0f} on average,
        {max(table['budget']):.0f} at most. So the slope is by far the touchier parameter (lever).
        Its curvature is {by_slope:,.0f}, that of the intercept {by_intercept:g}. (These are second
        derivatives, on the diagonal of the Hessian.) If both turn at once, in some proportion,
        there is one direction that bends most, with {raw.sharp:,.0f} ('sharp'), and one that bends
        least, with {raw.flat:.2f} ('flat').""")
    page.say(f"""The limit of the learning rate is 2/curvature (lesson 15), and the sharpest bend
        sets it for both levers. Take the rate {BOLD:g}/{raw.sharp:,.0f}. Then a step takes off
        {BOLD:.0%} of what is left across the valley, but only {BOLD / raw.ratio:.3%} along it.""")
    page.title("A valley and a bowl")
    page.say(f"""Now count budgets in larger units, and at last in spreads ({scale.spread:.1f}
        million each) from the mean ({scale.mean:.1f} million). 'ratio' is sharp divided by flat,
        the condition number. 'steps' counts them until convergence, that is, until all but a
        millionth of what there was to gain is gained, with the rate {BOLD:g}/sharp:""")
    rows = [
        (name, *(float(f"{x:.4g}") for x in (each.sharp, each.flat, each.ratio)), each.arrival)
        for name, each in walks.items()
    ]
    page.rows(["budget in", "sharp", "flat", "ratio", "steps"], rows)
    valley_and_bowl(page, table, walks)
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
    )
    page.say(f"""The films are the same, and so are all lines through them; the levers have other
        units. Divide the steps by the ratio: {raw.arrival / raw.ratio:.1f} in the first row,
        {second.arrival / second.ratio:.1f} in the second. {growing} And a larger unit alone gets no
        further here than a ratio of {min(w.ratio for w in (raw, second, *others)):.1f}. No budget
        is negative, so the slope lever lifts all predictions, as the intercept does. Counted from
        the mean, the slope tilts the line, and only the intercept lifts it: the ratio is
        {bowl.ratio:.1f}.""")
    left = the_map(raw, "The valley", "per million", (-0.5, 6.5), (-35.0, 85.0))
    right = the_map(bowl, "The bowl", "per spread", (-30.0, 230.0), (-20.0, 190.0))
    page.pictures([left, right])
    dollars = walk(table, [1e6 * x for x in table["budget"]])
    page.say(f"""In the picture the valley looks far wider than it is, for its axes have different
        scales. The first steps lead to its floor, and all others creep along it. And budgets in
        plain dollars? The ratio is {dollars.ratio:.0e}. After {dollars.arrival:,} steps the
        intercept stands at {dollars.steps[-1].position[1]:.6f}. At a million steps a second the
        walk would take {raw.arrival / raw.ratio * dollars.ratio / 1e6 / A_YEAR:,.0f} years.""")


def the_map(way: Walk, title: str, unit: str, x_range: Range, y_range: Range) -> Chart:
    """A walk over its surface: the first steps, then ever fewer of the many, and the last."""
    shown = [k for k in range(way.arrival) if k < 32 or k.bit_count() == 1] + [way.arrival]
    slopes, intercepts = zip(*(way.steps[k].position for k in shown), strict=True)
    return Chart(
        Contours(lambda a, b: way.surface.look([a, b])[0], x_range, y_range),
        Path(slopes, intercepts), Mark(slopes[-1], intercepts[-1], f"step {way.arrival:,}"),
        title=title, x_label=f"slope, million dollars {unit}", y_label="intercept, million dollars",
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
