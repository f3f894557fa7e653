"""17. Optimizers: are there better walkers?

Guess first: all of them stand on the same surface, and start at the same place. Can one need a
tenth of the steps of another? You will see five ways down, and four of them on the map.
"""

import sys
from itertools import islice

from lessons.data import films
from lessons.pages.page import Page
from lessons.run import start
from mathlab.drawing import Chart, Contours, Mark, Path
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.optimizers import Adam, GradientDescent, Momentum, Optimizer
from mathlab.learning.descent.second_order import LevenbergMarquardt, Newton
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

MODEL = "revenue = slope*budget + intercept"
UNIT = 100.0  # million dollars, in which budgets are counted here
START = (0.0, 0.0)
MOST = 400  # steps
LEFT = 1e-6  # of what there is to gain: a walk that has gained all but this has arrived
WALKERS: dict[str, Optimizer] = {
    "descent": GradientDescent(0.5),
    "momentum": Momentum(0.5, keep=0.5),
    "Adam": Adam(20.0),
    "Newton": Newton(),
    "Levenberg": LevenbergMarquardt(),
}
MANY = 1000  # levers, as networks have
MAPS = (("descent", "momentum"), ("Adam", "Newton"))
RANGES = ((-30.0, 430.0), (-60.0, 160.0))  # of slope and intercept on the maps


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, _ = films.cleaned()
    table = table.with_column("budget", [budget / UNIT for budget in table["budget"]])
    surface = LossSurface(Model(MODEL), table, method="collapsed")
    page.say(f"""The model is the line. Budgets are counted in {UNIT:.0f} million dollars, so that
        both parameters (levers) take steps of about the same size:""")
    page.formula(MODEL)
    page.say("""A way of walking down is called an optimizer. 'descent' steps against the slope.
        'momentum' rolls like a ball: part of the last step is added to the next. 'Adam' steps about
        as far along every lever, however steep it is. These three know the slopes only. 'Newton'
        and 'Levenberg' (Levenberg-Marquardt in full) ask how the surface bends as well (the second
        derivatives, or Hessian), and step to where the slopes would be zero if it went on bending
        so.""")
    walks = {name: list(islice(way.walk(surface, START), MOST)) for name, way in WALKERS.items()}
    bottom = min((step for walk in walks.values() for step in walk), key=lambda step: step.loss)
    steps = {name: arrival(walk, bottom.loss) for name, walk in walks.items()}
    page.rows(
        ["walker", "steps", "slope", "intercept"],
        [(name, steps[name], *walk[steps[name]].position) for name, walk in walks.items()],
    )
    page.say("""'steps' counts them until convergence: all but a millionth of what there was to gain
        is gained. On this map they start in the lower left corner; the denser it is, the higher is
        the loss.""")
    page.pictures([on_the_map(surface, walks, names, bottom) for names in MAPS])
    (along, both), (_, across) = surface.bend(START)[2]
    helps = "helps" if steps["momentum"] < steps["descent"] else "too far does not help"
    more = ", more than any" if steps["Adam"] == max(steps.values()) else ""
    page.say(f"""The hollow is longer than it is wide. Across it the slope is steep, along it much
        gentler, so 'descent' is soon down in the middle of it and then takes its time:
        {steps['descent']} steps. Rolling {helps}: {steps['momentum']}. Adam needs
        {steps['Adam']}{more}: it is made for other ground, for thousands of levers and noisy slopes
        of a few rows at a time (a batch). And a walker that asks how the surface bends needs
        {steps['Newton']}, because this surface is a bowl: its bends, {along:.2f} along the slope
        and {across:.2f} along the intercept, and {both:.2f} for the one as the other turns, are the
        same everywhere. One full step would do; mathlab's first one is a little shorter, in case
        there is no bowl.""")
    page.say(f"""Why not always so? For two levers there are three bends to find at every step, for
        {MANY:,} levers there are {MANY * (MANY + 1) // 2:,}, and a system of {MANY:,} equations to
        solve with them. A few dozen levers: ask for the bends. Millions: roll.""")
    page.change("""let momentum keep 0.9 of its speed (in WALKERS). Is it quicker still? Look at its
        path on the map.""")
    page.exercise()


def arrival(walk: list[Step], lowest: float) -> int:
    """How many steps it takes to gain all but a millionth of what there is to gain."""
    enough = lowest + LEFT * (walk[0].loss - lowest)
    return next((i for i, step in enumerate(walk) if step.loss <= enough), len(walk) - 1)


def on_the_map(
    surface: LossSurface, walks: dict[str, list[Step]], names: tuple[str, ...], bottom: Step
) -> Chart:
    """Some of the walks, over the surface."""

    def height(slope: float, intercept: float) -> float:
        return surface.look([slope, intercept])[0]

    paths = [
        Path([step.position[0] for step in walk], [step.position[1] for step in walk], name)
        for name, walk in walks.items()
        if name in names
    ]
    slope, intercept = bottom.position
    return Chart(
        Contours(height, *RANGES), *paths, Mark(slope, intercept, "the bottom"),
        title=" and ".join(names), x_label=f"slope, million dollars per {UNIT:.0f} million",
        y_label="intercept, million dollars", x_range=RANGES[0], y_range=RANGES[1],
    )


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
