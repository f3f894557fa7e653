"""9. The chain rule: what about a function inside a function?

Guess first: the squared error of a film depends on the slope of the line, but only through several
stages. Turn that parameter (lever) up a little. Does the squared error move by less than the lever
did, by as much, or by thousands of times as much? You will see the nudge passed on from stage to
stage, as a turn is by gears, and what it has become at the end.
"""

import math
import sys
from bisect import bisect
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from lessons.data import films
from lessons.pages.live.live import Drag, Guess, Lever, Live, Moving, Number
from lessons.pages.page import Page
from lessons.run import start
from mathlab import (
    Value,
    absolute,
    derivative,
    gradient,
    maximum,
    numeric,
    one_sided,
    relu,
    sqrt,
    steps,
    symbols,
)
from mathlab.calculus.graph.chain_rule import local_slopes
from mathlab.drawing import Chart, Curve, Mark, Tangent
from mathlab.errors import DomainError

FILM = "Back to the Future Part II"
SLOPE = 3.0  # dollars of revenue per dollar of budget
INTERCEPT = 10.0  # million dollars
NUDGE = 0.01
FAR = (1.0, 10.0, 1000.0)  # times as far as the lever
ELSEWHERE = 6.0  # another slope

NAMES = ("slope", "product", "prediction", "residual", "squared")
Film = dict[str, float]


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    row = next(film for film in films.cleaned()[0].rows() if film["title"] == FILM)
    film = {name: row[name] for name in ("budget", "revenue")}
    page.say(f"""The film is '{FILM}'. It cost {film["budget"]:g} million dollars and earned
        {film["revenue"]:g} million. The line is revenue = {SLOPE:g}*budget + {INTERCEPT:g}. No row
        of the table of lesson 8 knows the slope of its squared error. But do one thing at a time,
        and every stage is a row of the table:""")
    page.formula(
        "product    = slope * budget\n"
        "prediction = product + intercept\n"
        "residual   = revenue - prediction\n"
        "squared    = residual**2"
    )
    by_stage = gears(page, film)
    nudged(page, film, by_stage)
    three_ways(page, film, by_stage)
    page.say("""A chain is no better than its worst stage. Let a line meet its film, so that the
        residual is 0; take the square root of the squared error, and ask backward for its slope:
        """)
    said = refusal(sqrt(Value(0.0, "residual") ** 2))
    page.lines(f"    {said}")
    silent = page.claim(bool(said),
                        "One stage without a slope, and the chain rule has nothing to say.")
    page.say(f"""{silent} Only at the kinks and jumps of lesson 8 does the table choose; this it
        leaves open.""")
    no_slope(page)
    page.change(f"""let SLOPE be {(film["revenue"] - INTERCEPT) / film["budget"]:g}. Then the line
        meets the film. Which stage stops the whole chain, and what does that say about the
        lever?""")
    page.exercise()


def refusal(result: Value) -> str:
    """Why backward finds no slope of a result, or nothing if it does."""
    try:
        result.backward()
    except DomainError as error:
        return str(error)
    return ""


def stages(film: Film, slope: float, intercept: float) -> list[Value]:
    """The lever, and every stage up to the squared error, each made from the one before."""
    lever, level = Value(slope, "slope"), Value(intercept, "intercept")
    product = lever * Value.constant(film["budget"], "budget")
    prediction = product + level
    residual = Value.constant(film["revenue"], "revenue") - prediction
    return [lever, product, prediction, residual, residual**2]


def gears(page: Page, film: Film) -> list[float]:
    """Each stage with its own slope, and the product of these so far, which is returned."""
    chain = stages(film, SLOPE, INTERCEPT)
    local, so_far = [], [1.0]
    for before, after in pairwise(chain):
        local.append(dict(local_slopes(after))[before])
        so_far.append(so_far[-1] * local[-1] + 0.0)  # not -0.0
    page.say("""Mind the word: 'slope' is now the name of a lever. How fast a stage moves with the
        one before it is its local slope (local derivative), here 'local'. It comes from one row of
        the table, and knows nothing of the other stages.""")
    page.guess("How far does the squared error move when the lever moves by a little?", Guess(
        "", bisect(FAR, abs(so_far[-1])), choices=(
            "By less than the lever", f"By up to {FAR[1]:g} times that",
            f"By up to {FAR[2]:,g} times that", "By more still")))
    page.say("'so far' is the product of all local slopes down to this stage:")
    values = [stage.data for stage in chain]
    page.table({"stage": NAMES, "value": values, "local": [None, *local], "so far": so_far})
    adding = page.claim(local[1] == 1, "Adding the intercept changes nothing about that.")
    turned = page.claim(local[2] == -1, "The minus sign turns the motion around: when the "
                        "prediction rises, the residual falls.")
    page.say(f"""The product moves {local[0]:g} times as fast as the lever, since that is the
        budget. {adding} {turned} And squaring multiplies by twice the residual, 2*{values[3]:g} =
        {local[3]:g}, from the rule of lesson 8. Gears do the same: one turn at this end is so many
        at the other, and the ratios multiply. That is the chain rule. 'd squared / d slope' is
        short for how fast 'squared' moves with 'slope':""")
    page.formula(f"d squared / d slope = {' * '.join(f'{x:g}' for x in local)} = {so_far[-1]:g}")
    return so_far


def nudged(page: Page, film: Film, by_stage: list[float]) -> None:
    """A nudge of the lever as it passes through the stages, and the curve with its tangent."""
    before, after = (stages(film, slope, INTERCEPT) for slope in (SLOPE, SLOPE + NUDGE))
    moved = [new.data - old.data for old, new in zip(before, after, strict=True)]
    foretold = [slope * NUDGE for slope in by_stage]
    page.say(f"""Is it true? Turn the lever from {SLOPE:g} to {SLOPE + NUDGE:g}, and work
        everything out anew. Beside what each stage moves by stands what the column 'so far' tells
        us, times {NUDGE:g}:""")
    page.table({"stage": NAMES, "moves by": moved, "foretold": foretold})
    as_foretold = [math.isclose(*pair) for pair in zip(moved, foretold, strict=True)]
    only = page.claim(as_foretold == [True] * 4 + [False],
                      "Only the last line is not quite as foretold.")
    page.say(f"""A nudge of {NUDGE:g} has become {moved[-1]:.2f}. {only} The last is off by
        {abs(moved[-1] - foretold[-1]):.2g}, because the squared error runs along a curve, and a
        nudge of {NUDGE:g} is not 0. The chain rule gives the tangent.""")
    through = (film["revenue"] - INTERCEPT) / film["budget"]  # the slope that meets the film
    page.live(the_gears(film, Chart(
        Curve(lambda slope: stages(film, slope, INTERCEPT)[-1].data, 0, 2 * through, "squared"),
        Tangent(SLOPE, before[-1].data, by_stage[-1], "by the chain rule"),
        Mark(SLOPE, before[-1].data, "the line"), title="The squared error of one film",
        x_label="slope, dollars of revenue per dollar of budget", y_label="(million dollars)^2",
        y_range=(0, stages(film, 0, INTERCEPT)[-1].data),
    )))
    left = stages(film, ELSEWHERE, INTERCEPT)[-2].data
    page.say(f"""The last gear alone turns otherwise elsewhere. With a slope of {ELSEWHERE:g} the
        residual is {left:g}, so its local slope is 2*{left:g} = {2 * left:g}, and the whole chain
        gives {by_stage[-2]:g} * {2 * left:g} = {by_stage[-2] * 2 * left:g}.""")


def the_gears(film: Film, chart: Chart) -> Live:
    """The chain with a lever to turn: each gear at work, and the tangent that all of them give."""
    slope, u, along = symbols("slope u along")
    value, so_far, numbers = slope, Value.constant(1), list[Number]()
    gears = [u * film["budget"], u + INTERCEPT, film["revenue"] - u, u**2]
    for name, gear in zip(NAMES[1:], gears, strict=True):
        local = Value.constant(derivative(gear, u).at(u=value))
        value, so_far = gear.at(u=value), so_far * local
        numbers.append(Number(name, (value, local, so_far)))
    return Live(
        "gears", f"""And with a slope of {ELSEWHERE:g}, in place of {SLOPE:g}: how many times as
        fast as the lever does the squared error move? It counts below 0 if it falls.""",
        [chart],
        [Lever(slope, min(0, ELSEWHERE), max(16, ELSEWHERE), 0.05, SLOPE)], numbers,
        [Moving("line", (along, value + so_far * (along - slope)), {"along": (0.0, 17.0)},
                label="the tangent"),
         Moving("dots", (slope, value))],
        Guess("Times as fast, with its sign:", so_far.at(slope=ELSEWHERE), 50),
        hides=[(0, 2), (0, 3)], heads=("stage", "value", "local", "so far"),
        drag=Drag(x="slope"),
        hint="Turn the lever, or drag the dot: which numbers in the column 'local' stay?",
    )


def three_ways(page: Page, film: Film, by_stage: list[float]) -> None:
    """The same slopes by mathlab, in three ways, and the formula step by step."""
    chain = stages(film, SLOPE, INTERCEPT)
    chain[-1].backward()
    levers = (chain[0], chain[2].inputs[1])
    slope, intercept, budget, revenue = symbols("slope intercept budget revenue")
    formula = (revenue - (slope * budget + intercept)) ** 2
    numbers = {"slope": SLOPE, "intercept": INTERCEPT, **film}
    measured = numeric.gradient(lambda at: stages(film, *at)[-1].data, [SLOPE, INTERCEPT])
    ways = {
        "stages": [by_stage[-1], by_stage[-1] / by_stage[1]],
        "backward": [lever.grad for lever in levers],
        "formula": [each.at(**numbers) for each in gradient(formula, [slope, intercept])],
        "measured": [estimate.value for estimate in measured],
    }
    page.title("Nobody does this by hand")
    page.say("""mathlab writes the same chain on the board, and puts the pieces together into one
        formula. It takes the stages from the outside in; u is what is inside, and d/dslope[u] how
        fast that moves with slope:""")
    page.lines(str(steps(formula, slope)))
    page.say(f"""backward does it with numbers, as we did. And numeric.derivative knows no chain: it
        nudges the lever and looks at the end. The other lever, the intercept, joins one stage
        later, at the prediction, so its chain is short: the last {len(chain) - 2} local slopes
        give {ways["stages"][1]:g}. All of them, for both levers:""")
    page.rows(["way", "by slope", "by intercept"], [(way, *found) for way, found in ways.items()])
    agree = page.claim(all(math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
                           for pair in zip(*ways.values(), strict=True)
                           for one, other in pairwise(pair)), "They agree.")
    page.say(f"""{agree} What was measured may be off by {measured[0].error:.0e} and
        {measured[1].error:.0e}, as it says itself. Both chains end in the same stages, so a walk
        that starts at the end needs these only once. Lesson 10 makes a program of that.""")


def no_slope(page: Page) -> None:
    """What the table takes at kinks, where that is wrong, and where it can take nothing."""
    kinked = [swept(f) for f in (absolute, relu, hinge)]
    sides = [one_sided(y, x) for y, x in kinked]
    by_backward = [x.grad for _, x in kinked]
    of_absolute, of_relu, of_maximum = (taken for side in sides for _, taken in side.kinks)
    page.title("What the table takes where there is no slope")
    page.say("""Lesson 8 showed a kink: to the left of it a curve has one slope, to the right
        another, and at the kink itself it has no slope. one_sided finds the two, and backward gives
        what the table takes. At x = 0:""")
    page.table({
        "formula": [y for y, _ in kinked],
        "left": [side.left for side in sides],
        "right": [side.right for side in sides],
        "backward": by_backward,
    })
    unlike = page.claim(
        by_backward[1] != by_backward[2],
        "Yet relu(x) and maximum(x, 0) are the same curve, and backward says "
        f"{by_backward[1]:g} for one and {by_backward[2]:g} for the other.")
    page.say(f"""The numbers of backward are conventions, each for a reason. absolute takes
        {of_absolute}: its kink is its lowest place, and there a smooth curve is level. relu takes
        {of_relu} (it is off where it is 0). maximum takes {of_maximum}: its two inputs are equal
        there, and neither should count for more. {unlike} Neither is right or wrong, since the
        curve has no slope there. The witness, numeric.derivative, has no convention: it shares no
        rule with the table, and a comparison with it is called a gradient check. It sees the kink
        of maximum(x, 0), and says:""")
    page.formula(numeric.derivative(hinge, 0.0).reason)
    page.picture(Chart(
        Curve(hinge, -1, 1, "maximum(x, 0)"), Tangent(0, 0, sides[2].left, "to the left"),
        Tangent(0, 0, sides[2].right, "to the right"),
        Tangent(0, 0, by_backward[2], "by backward"), Mark(0, 0, "the kink"),
        title="A kink: two slopes, and a convention", x_label="x", y_label="y",
        x_range=(-1, 1), y_range=(-1, 1),
    ))
    page.say("""In a chain a kink can vanish. Of the two formulas below the first equals x**2 and
        the second x, so both have a slope at 0. Does backward find it?""")
    parts = [lambda x: absolute(x) ** 2, lambda x: relu(x) - relu(-x)]
    (u, x_of_u), (v, x_of_v) = map(swept, parts)
    page.formula(f"u = {u}\nv = {v}")
    page.table({
        "of": ["u", "v"],
        "numeric": [numeric.derivative(f, 0.0).value for f in parts],
        "backward": [x_of_u.grad, x_of_v.grad],
    })
    ((_, of_square),) = local_slopes(u)
    harmless = page.claim(of_square == 0 == x_of_u.grad,
                          "so that any convention gives the right slope.")
    wrong = page.claim(x_of_v.grad != one_sided(v, x_of_v).left, "and is wrong:")
    page.say(f"""In u the slope of the square is {of_square:g} at that place, and the chain rule
        multiplies by it, {harmless} In v it subtracts one convention from another. That gives
        {x_of_v.grad:g}, {wrong} {one_sided(v, x_of_v)}. Where a stage has a kink, ask one_sided or
        the witness too.""")
    page.say("""And sqrt, which had no slope at all? At 0 its tangent stands upright. The witness,
        with its step h, says:""")
    page.formula(numeric.derivative(sqrt, 0.0).reason)
    page.say(f"""No number is as steep as that, so here the table has no convention. And yet
        sqrt(residual**2) and absolute(residual) are the same curve: at 0 backward refuses the
        first, and says {by_backward[0]:g} for the second.""")


def hinge(x: Any) -> Any:
    """x where it is above 0, else 0."""
    return maximum(x, 0)


def swept(f: Callable[[Any], Any]) -> tuple[Value, Value]:
    """A formula in x, and x, which is 0 and knows its slope by backward."""
    x = Value(0.0, "x")
    y = f(x)
    y.backward()
    return y, x


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
