"""14. Train: which way is down?

Guess first: how many dollars of revenue go with one more dollar of budget? You will see a line with
two parameters (levers), slope and intercept, find its own way down the loss surface, a landscape
whose height is the loss: four times, each time with the derivative found in another way.
"""

import statistics
import sys
from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from math import isclose

from lessons.clock import RUNS, clocked
from lessons.data import films
from lessons.pages.live.live import Guess
from lessons.pages.page import Page
from lessons.pages.sketch import Sketch
from lessons.run import finished, start
from mathlab import tiny
from mathlab.drawing import Chart, Line, Mark, Path
from mathlab.learning.data.explore import Scale, standardize
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import METHODS, LossSurface

MODEL = "revenue = slope*budget + intercept"
START = {"slope": 0.0, "intercept": 0.0}
LEARNING_RATE = 0.4
STEPS = 10
EVERY = 20  # one film in so many for the page's loop, which is written to be read


def walk(table: Table, method: str = "compiled") -> tuple[Trainer, Scale]:
    """Train the line on budgets in spreads from their mean; the scale leads back to dollars."""
    budgets, scale = standardize(table["budget"])
    trainer = Trainer(MODEL, optimizer=GradientDescent(LEARNING_RATE), method=method)
    trainer.fit(table.with_column("budget", budgets), START, STEPS)
    return finished(trainer), scale


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, _ = films.cleaned()
    describe(page, table)
    the_loop(page, table)
    descend(page, table)
    compare(page, table)
    page.change("""let START be {"slope": 300.0, "intercept": -200.0} (the slope is in million
        dollars per spread). Does the walk end at another line?""")
    page.exercise()


def describe(page: Page, table: Table) -> None:
    """The model, its loss, and the derivatives that say which way is down."""
    surface = LossSurface(Model(MODEL), table)
    page.say("""A model is a guess with parameters in it, which are its levers. Ours is a line, with
        two:""")
    page.formula(MODEL)
    page.say("""How wrong it is about one film is the squared difference between what the film
        earned and what the line says, and the loss is the mean of that over all films:""")
    page.formula(f"loss of one film = {surface.row.formula}")
    page.say("""How fast does this change when a lever is turned? The chain rule answers with a
        formula for each lever (worked out just now, by mathlab, from the line above):""")
    for name, slope in zip(surface.parameters, surface.row.slopes, strict=True):
        page.formula(f"d loss / d {name} = {slope}")
    page.say("""Where that is positive, turning the lever up makes things worse: turn it down, in
        proportion. Do it again and again, and that is gradient descent:""")
    page.formula(f"lever = lever - {LEARNING_RATE} * (mean of d loss / d lever)")
    page.say(f"The {LEARNING_RATE} is the learning rate: how boldly to step.")


def the_loop(page: Page, table: Table) -> None:
    """The page's trainer, and its walk beside that of mathlab's."""
    page.say("""As a program that is a short loop, the training loop; its turns are called
        iterations, and here all of them together are the walk. This one stands in mathlab/tiny.py,
        the idea of mathlab on one page. The loss is a Value, made from every film and both
        parameters, so backward can leave in parameter.grad how fast the loss changes with that
        parameter (lesson 10). The last line is the step:""")
    page.listing(tiny.train, "slope, intercept = ")
    some = table.take(range(0, len(table), EVERY))
    budgets, _ = standardize(some["budget"])
    steps = [*tiny.train([*zip(budgets, some["revenue"], strict=True)], LEARNING_RATE, STEPS)]
    page.say(f"""Let it run, for one film in {EVERY} ({len(some)} films, as this loop is not made to
        be fast), {STEPS} steps from a slope and an intercept of 0.""")
    seen = steps[:10]  # whose numbers are one digit
    page.sketch("How does the loss fall, step by step?", Sketch(
        "The loss, step by step", "".join(str(i) for i in range(len(seen))),
        [step[-1] for step in seen], "step", "loss"))
    page.say("""This is what it yields; the slope is here in million dollars of revenue per standard
        deviation (spread) of the budgets, see below:""")
    page.rows(["step", "its slope", "its intercept", "its loss"],
              [(i, *(f"{number:.6f}" for number in step)) for i, step in enumerate(steps)])
    trainer = Trainer(MODEL, optimizer=GradientDescent(LEARNING_RATE), method="backward")
    trainer.fit(some.with_column("budget", budgets), dict.fromkeys(START, 0.0), STEPS)
    walked = finished(trainer).history
    same = [(*step.position, step.loss) for step in walked]
    first = (steps[0][-1] - steps[1][-1]) / (steps[0][-1] - steps[-1][-1])
    down = page.claim(all(b[-1] <= a[-1] for a, b in pairwise(steps)), "No step goes up.")
    page.say(f"""Its loss falls in {STEPS} steps from {steps[0][-1]:,.0f} to {steps[-1][-1]:,.0f}.
        {down} The first takes {first:.0%} of that; in full: backward says that the loss changes
        with the slope by {walked[0].slopes[0]:.6f}, so the slope becomes
        {steps[0][0]:g} - {LEARNING_RATE} * ({walked[0].slopes[0]:.6f}) = {steps[1][0]:.6f}.""")
    page.say(f"""From here on mathlab's Trainer takes the place of this loop: it has the same one
        inside, and looks after what can go wrong. Told to use backward, it walks the same way: at
        each step its parameters and its loss differ
        {by(max(map(apart, zip(steps, same, strict=True))))}.""")


def descend(page: Page, table: Table) -> None:
    """The walk: the loss as it falls, the path of the levers, and the curve they came down."""
    trainer, scale = walk(table)
    places = [scale.original_line(*step.position) for step in trainer.history]
    slopes, intercepts = zip(*places, strict=True)
    page.title("The walk down")
    by_far = page.claim(
        statistics.fmean(x * x for x in table["budget"]) > 100,
        "With budgets in millions one lever would be many times as sensitive as the other, and no "
        "learning rate would suit both (lesson 16 shows it).")
    page.say(f"""In its own units the walk starts at slope {START['slope']:g} and intercept
        {START['intercept']:g}. {by_far} So for the walk a budget is counted in standard deviations,
        or in spreads ({scale.spread:.1f} million each) from the mean ({scale.mean:.1f} million),
        and what is found is turned back into millions here:""")
    best = statistics.linear_regression(table["budget"], table["revenue"])
    page.guess("Along the best line, how many dollars of revenue go with one more of budget?",
               Guess("Dollars:", best.slope, near=0.3))
    losses = [step.loss for step in trainer.history]
    page.table({
        "step": range(len(losses)),
        "slope": slopes,
        "intercept": intercepts,
        "loss": losses,
    })
    page.say(f"""So with one more dollar of budget go about {slopes[-1]:.2f} dollars of revenue.""")
    page.picture(Chart(
        Path(slopes, intercepts), *(Mark(*places[i], f"step {i}") for i in (1, 2)),
        title="The path of the two levers",
        x_label="slope, dollars of revenue per dollar of budget",
        y_label="intercept, million dollars",
    ))
    _, level = trainer.best.position
    turns = page.claim(isclose(level, statistics.fmean(table["revenue"]), rel_tol=0.001),
                       "As the line turns, it goes on passing through the place of mean budget and "
                       "mean revenue.")
    page.say("And here is a slice through the surface, along the cost curve of the slope. " + turns)
    turned = [slopes[-1] * i / 30 for i in range(61)]
    page.picture(Chart(
        Line(turned, [trainer.surface.height([s * scale.spread, level]) for s in turned]),
        Mark(slopes[-1], trainer.best.loss, "where it ended"),
        title="The cost curve: the line is turned about the average film",
        x_label="slope, dollars of revenue per dollar of budget",
        y_label="loss, (million dollars)^2",
    ))


def compare(page: Page, table: Table) -> None:
    """The same walk with the derivative by every method, and the closed form."""
    page.title("Four ways to the derivative, and a shortcut")
    page.say("""Everything hung on the derivative. So we get it in four ways: 'numeric' knows no
        calculus, turns each lever a little and watches the loss; 'backward' records every operation
        on every film and runs the chain rule over the record; 'compiled' runs the formulas above;
        'collapsed' multiplies them out first, and adds all films up, once, into a few numbers.""")
    walks, lines = [], []
    rows: list[tuple[object, ...]] = []
    for method in METHODS:
        (trainer, scale), milliseconds = clocked(partial(walk, table, method))
        time = f"{milliseconds:.0f} ms"
        walks.append(trainer.history)
        lines.append(scale.original_line(*trainer.best.position))
        rows.append((method, *lines[-1], trainer.surface.evaluations, time))
    exact = statistics.linear_regression(table["budget"], table["revenue"])
    rows.append(("closed form", *exact, None, None))
    page.rows(["method", "slope", "intercept", "losses", "time"], rows)
    steepest = max(map(abs, walks[0][0].slopes))
    at_any_step = max(apart(s.slopes for s in steps) for steps in zip(*walks, strict=True))
    agrees = page.claim(at_any_step < 1e-6 * steepest,
                        "All but the first share the table of derivatives; the first has never "
                        "heard of it, and agrees.")
    page.say(f"""'losses' counts how often the loss of all {len(table):,} films was worked out; each
        such pass over all rows is called an epoch; 'time' is the median of up to {RUNS} runs. The
        lines differ {by(apart(lines))}, and from the closed form {by(apart([*lines, exact]))}. At
        no step of the walk were the derivatives further apart than {at_any_step:.0e}, where the
        steepest slope was {steepest:.0f}. {agrees}""")
    page.say("""The last row needs no walk. Under squared error a line has a closed formula: put the
        data in, and the best levers come out. So has every model whose levers are only multiplied
        by data and added up. Most other models have none (yes-or-no answers, networks), and have to
        walk down to their levers, as this line did.""")


def apart(answers: Iterable[Iterable[float]]) -> float:
    """The largest difference between answers, number by number."""
    columns: Iterable[tuple[float, ...]] = zip(*answers, strict=True)
    return max(max(numbers) - min(numbers) for numbers in columns)


def by(difference: float) -> str:
    """How much answers differ, in words."""
    return f"by at most {difference:.0e}" if difference else "not at all"


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
