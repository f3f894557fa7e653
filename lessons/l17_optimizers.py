"""17. Optimizers: are there better walkers?

Guess first: all of them stand on the same surface, and start at the same place. Can one need a
tenth of the steps of another? You will see five ways down, and four of them on the map.
"""

import sys
from collections.abc import Sequence
from itertools import islice

from lessons.data import films
from lessons.pages.live.live import Drag, Guess, Lever, Live, Moving, Number, Walk
from lessons.pages.page import Page
from lessons.run import start
from mathlab import Value, absolute, gradient, maximum, sign, sqrt, symbols
from mathlab.calculus.numbers.linear_algebra import extreme_bends
from mathlab.drawing import Chart, Contours, Mark, Path
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.optimizers import TINY, Adam, GradientDescent, Momentum, Optimizer
from mathlab.learning.descent.second_order import (
    FIRST_DAMPING,
    UNIT_KEPT,
    LevenbergMarquardt,
    Newton,
)
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

MODEL = "revenue = slope*budget + intercept"
UNIT = 100.0  # million dollars, in which budgets are counted here
START = (0.0, 0.0)
AFAR = (400.0, 0.0)
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
    (along, both), (_, across) = surface.bend(START)[2]
    alike = page.claim(0.2 < along / across < 5,
                       "So both parameters (levers) take steps of about the same size.")
    page.say(f"The model is the line. Budgets are counted in {UNIT:.0f} million dollars. {alike}")
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
    corner = page.claim(
        all((at - low) / (high - low) < 1 / 3
            for at, (low, high) in zip(START, RANGES, strict=True)),
        "On these maps four of them start in the lower left corner.")
    page.say(f"{corner} The denser a map is, the higher is the loss there.")
    charts = [on_the_map(surface, walks, names, bottom) for names in MAPS]
    page.live(race(surface, charts, steps, bottom.loss))
    page.rows(
        ["walker", "steps", "slope", "intercept"],
        [(name, steps[name], *walk[steps[name]].position) for name, walk in walks.items()],
    )
    page.say("""'steps' counts them until convergence: all but a millionth of what there was to gain
        is gained.""")
    afar = list(WALKERS["Newton"].walk(surface, AFAR))
    helps = "helps" if steps["momentum"] < steps["descent"] else "too far does not help"
    more = ", more than any" if steps["Adam"] == max(steps.values()) else ""
    sharp, flat = extreme_bends([[along, both], [both, across]])
    hollow = page.claim(sharp > 4 * flat,
                        "The hollow is longer than it is wide: across it the slope is steep, along "
                        "it much gentler.")
    heights = [step.loss - bottom.loss for step in walks["descent"]]
    soon = sum(height > heights[0] / 5 for height in heights)
    slow = page.claim(10 * soon < steps["descent"], "So 'descent' is soon down in the middle of it "
                      "and then takes its time.")
    bowl = page.claim(
        surface.bend(AFAR)[2] == surface.bend(START)[2],
        f"because this surface is a bowl: its bends, {along:.2f} along the slope and {across:.2f} "
        f"along the intercept, and {both:.2f} for the one as the other turns, are the same "
        "everywhere.")
    far = arrival(afar, bottom.loss)
    units = page.claim(
        far > steps["Newton"],
        f"It goes by the size of each parameter: from {AFAR[0]:g} and {AFAR[1]:g}, where one is "
        f"small and the other large, it needs {far}.")
    page.say(f"""{hollow} {slow} 'descent' needs {steps['descent']} steps. Rolling {helps}:
        {steps['momentum']}. Adam needs {steps['Adam']}{more}: it is made for other ground, for
        thousands of levers and noisy slopes of a few rows at a time (a batch). And a walker that
        asks how the surface bends needs {steps['Newton']}, {bowl} One full step would do; mathlab's
        first one is a little shorter, in case there is no bowl. {units}""")
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
        Contours(height, *RANGES, label="loss"), *paths, Mark(slope, intercept, "the bottom"),
        title=" and ".join(names), x_label=f"slope, million dollars per {UNIT:.0f} million",
        y_label="intercept, million dollars", x_range=RANGES[0], y_range=RANGES[1],
        equal=True,
    )


def race(surface: LossSurface, charts: list[Chart], steps: dict[str, int], lowest: float) -> Live:
    """The race from anywhere, step by step."""
    x, y, moves = symbols("x y moves")
    at = surface.row.levers
    above = surface.polynomial - lowest
    left = above - LEFT * above.at(slope=x, intercept=y)
    walks = as_formulas(surface.polynomial, at, [x, y])
    return Live(
        "race", f"""From there 'descent' needs {steps['descent']} steps until all but a millionth of
        what there is to gain is gained. How many does 'Newton' need?""", charts,
        [Lever(x, *RANGES[0], 1, START[0], "slope at the start"),
         Lever(y, *RANGES[1], 1, START[1], "intercept at the start"),
         Lever(moves, 0, 2 * max(steps.values()) + 50, 1, 0, "steps taken")],
        [Number(name, walk._replace(done=left, most=MOST)) for name, walk in walks.items()],
        [Moving("walk", at, chart=chart, colour=colour, walk=walks[name], steps="moves",
                label=name)
         for chart, names in enumerate(MAPS) for colour, name in enumerate(names, 1)],
        Guess("The steps of Newton:", steps["Newton"], near=1, between=(1, MOST)),
        heads=("walker", "steps"),
        hides=[(0, 2), (0, 3), (1, 2), (1, 3)], secret=[(1, 3)],
        drag=Drag("x", "y", chart=-1), play="moves",
        hint="Put the start anywhere on a map, and let them run. Who is there first?",
    )


def as_formulas(loss: Value, at: Sequence[Value], start: Sequence[Value]) -> dict[str, Walk]:
    """The walkers once more, each as what it remembers and what a step makes of that: formulas such
    as stand in the docstrings of their classes."""
    slopes = gradient(loss, at)
    speeds, means, squares, (k,) = map(symbols, ("v w", "m n", "q r", "k"))
    descent, ball, adam = (vars(WALKERS[name]) for name in ("descent", "momentum", "Adam"))
    m, q = adam["keep"], adam["keep_square"]
    nothing = [Value.constant(0)] * 5

    def mixed(keep: float, old: Sequence[Value], share: float, new: Sequence[Value]) -> list[Value]:
        return [keep * x + share * y for x, y in zip(old, new, strict=True)]

    speed, mean = mixed(ball["keep"], speeds, 1, slopes), mixed(m, means, 1 - m, slopes)
    square = mixed(q, squares, 1 - q, [s**2 for s in slopes])
    even = [x / (1 - m ** (k + 1)) / (sqrt(y / (1 - q ** (k + 1))) + TINY)
            for x, y in zip(mean, square, strict=True)]
    return {
        "descent": Walk(at, start, mixed(1, at, -descent["learning_rate"], slopes)),
        "momentum": Walk([*at, *speeds], [*start, *nothing[:2]],
                         [*mixed(1, at, -ball["learning_rate"], speed), *speed]),
        "Adam": Walk([*at, *means, *squares, k], [*start, *nothing],
                     [*mixed(1, at, -adam["learning_rate"], even), *mean, *square, k + 1]),
        "Newton": newton(slopes, at, start),
    }


def newton(slopes: Sequence[Value], at: Sequence[Value], start: Sequence[Value]) -> Walk:
    """Newton's walk in a bowl: (bends + damping) * step = -slopes. The damping is a third as much
    at each step. A parameter counts in a unit of its own, its size, which shrinks but slowly."""
    damping, *units = symbols("damping p q")
    (a, b), (_, c) = (gradient(slope, at) for slope in slopes)

    def then(place: Sequence[Value], units: Sequence[Value]) -> list[Value]:
        return [maximum(absolute(p), UNIT_KEPT * u) for p, u in zip(place, units, strict=True)]

    first = [absolute(p) + 1 - absolute(sign(p)) for p in start]  # of a 0 it is 1
    (u, v), (p, q) = then(start, first), then(at, units)
    e, f, (s, t) = a + damping / p**2, c + damping / q**2, slopes
    size = e * f - b**2
    return Walk(
        [*at, damping, *units],
        [*start, FIRST_DAMPING * maximum(a * u**2, c * v**2), *first],
        [at[0] - (f * s - b * t) / size, at[1] - (e * t - b * s) / size, damping / 3, p, q],
    )


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
