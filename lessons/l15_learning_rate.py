"""15. Learning rate: how big a step?

Guess first: you go down in 200 steps. With twice the learning rate, will it be 100, and with
twenty times the rate, 10? You will see four rates on one curve, one of which runs away, and the
exact number that divides it from the others.
"""

import statistics
import sys
from itertools import islice

from lessons.data import films
from lessons.pages.live.live import Guess, Lever, Live, Moving, Number, Walk
from lessons.pages.page import Page
from lessons.run import finished, start
from mathlab import Value, derivative, symbols
from mathlab.drawing import Chart, Curve, Line, Path
from mathlab.errors import DivergenceError
from mathlab.learning.data.explore import standardize
from mathlab.learning.data.table import Table
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

MODEL, START = "revenue = factor*budget", 0.0
SHARES = {"small": 0.02, "right": 0.5, "edge": 0.95, "large": 1.05}  # of the limit
SHOWN = (0, 1, 2, 5, 10, 20)  # steps
ZIGZAG = 6  # steps
LINE, BOTH = "revenue = slope*budget + intercept", {"slope": 0.0, "intercept": 0.0}
LEARNING_RATE = 0.4  # of lesson 14
HAIR = 0.01  # of the limit, below it and above it
STEPS = 100


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, _ = films.cleaned()
    four_rates(page, LossSurface(Model(MODEL), table, method="collapsed"))
    two_levers(page, table)
    page.change("""let "edge" in SHARES be 0.999. It is below the limit, so it arrives; how far has
        it come after 20 steps? And what does 1.0 do?""")
    page.exercise()


def four_rates(page: Page, surface: LossSurface) -> None:
    """Four rates on one cost curve, and the rule that tells them apart."""
    _, (slope,), ((curvature,),) = surface.bend([START])
    limit, bottom = 2 / curvature, START - slope / curvature
    lowest = surface.height([bottom])
    rates = {name: share * limit for name, share in SHARES.items()}
    walks = {
        name: list(islice(GradientDescent(rate).walk(surface, [START]), max(SHOWN) + 1))
        for name, rate in rates.items()
    }
    page.say("""First one parameter (lever), the factor of lesson 6, turned against the slope of its
        cost curve:""")
    page.formula(f"{MODEL}\nfactor = factor - rate*slope")
    said = ", ".join(f"{rate:.2e} ({name})" for name, rate in rates.items())
    page.say(f"""Here are four learning rates, each of them from a factor of {START:g}: {said}.""")
    above = {name: [step.loss - lowest for step in steps] for name, steps in walks.items()}
    runs_away = above["large"][-1] > above["large"][0]
    page.guess(f"""'large' is {SHARES['large'] / SHARES['small']:.0f} times 'small'. Does it come as
        low in so many times fewer steps?""", Guess("", 2 if runs_away else 1, choices=(
            "Yes", "In fewer steps, but not in so few", "No, it never gets there")))
    page.say("How far the loss is above the lowest there is, in (million dollars)**2:")
    page.table({"step": SHOWN, **{name: [round(y[i]) for i in SHOWN] for name, y in above.items()}})
    page.picture(Chart(
        *(Line(range(len(y)), [max(up, 1) for up in y], name) for name, y in above.items()),
        title="Four learning rates (what is below 1 is drawn at 1)", x_label="step",
        y_label="loss above the lowest", y_log=True,
    ))
    last = {name: y[SHOWN[-1]] for name, y in above.items()}
    disaster = page.claim(last["large"] > above["large"][0],
                          "'large' goes so far over the bottom that it ends higher than it began.")
    lower = "'edge' is" if last["edge"] < last["small"] else "even 'small' is"
    creeps = page.claim(last["small"] > above["small"][0] / 10, "'small' creeps.")
    at_once = page.claim(above["right"][1] < 1, "'right' is there at once.")
    too_far = page.claim(1 < rates["edge"] * curvature < 2, "'edge' goes too far with each of its "
                         "steps, over the bottom and up the other side.")
    page.say(f"""{creeps} {at_once} {too_far} Which of 'small' and 'edge' is lower after {SHOWN[-1]}
        steps? Here {lower}. And 'edge' is next to disaster: {disaster} There the curve is steeper,
        so the next step is longer still.""")
    page.title("The exact limit")
    page.say(f"""How fast does the slope change as the lever turns? That is the curvature, the slope
        of the slope, or second derivative. Here it is {curvature:,.0f}, all along the curve, since
        the curve is a parabola. So the slope is curvature times the distance from the bottom, and a
        step takes rate times that away:""")
    page.formula("new distance = distance - rate*curvature*distance")
    page.formula("new distance = distance*(1 - rate*curvature)")
    page.say("""Each step multiplies the distance by the same number, 1 - rate*curvature.""")
    page.live(sliding(surface.polynomial, limit, bottom, zigzag(surface, walks, bottom)))
    page.say("""Here is the number as predicted, and as measured after the first step of each
        walk:""")
    page.table({
        "walk": list(rates),
        "rate": [f"{rate:.2e}" for rate in rates.values()],
        "predicted": [round(1 - rate * curvature, 6) for rate in rates.values()],
        "measured": [round((steps[1].position[0] - bottom) / (START - bottom), 6)
                     for steps in walks.values()],
    })
    page.say(f"""Below 0 the step ends on the other side of the bottom. Below -1 it ends further
        away than it began, so the walk diverges, and that is so if rate*curvature is above 2. So
        the limit of the rate is 2/curvature, here {limit:.3e}. Below the limit the walk converges.
        Half of it, 1/curvature, leaves 0 of the distance: it arrives in one step.""")


def zigzag(surface: LossSurface, walks: dict[str, list[Step]], bottom: float) -> Chart:
    """The first steps of two walks on the cost curve."""
    shown = {name: walks[name][: ZIGZAG + 1] for name in ("edge", "large")}
    places = {name: [step.position[0] for step in steps] for name, steps in shown.items()}
    reach = max(abs(place - bottom) for found in places.values() for place in found)
    return Chart(
        Curve(lambda factor: surface.height([factor]), bottom - reach, bottom + reach),
        *(Path(places[name], [step.loss for step in steps], name) for name, steps in shown.items()),
        title=f"The first {ZIGZAG} steps", x_label="factor", y_label="loss",
    )


def sliding(loss: Value, limit: float, bottom: float, chart: Chart) -> Live:
    """The walk with its rate as a lever, in millionths."""
    rate, steps, factor = symbols("rate steps factor")
    turn = rate / 1e6 * derivative(derivative(loss, factor), factor)
    walk = Walk([factor], [Value.constant(START)], [factor - rate / 1e6 * derivative(loss, factor)])
    return Live(
        "rate", """At which rate does each step end exactly as far from the bottom as it began, on
        the other side? That rate is the limit: beyond it the walk runs away.""", [chart],
        [Lever(rate, 0, round(1.2e6 * limit), 1, round(2e5 * limit), "rate, in millionths"),
         Lever(steps, 0, max(SHOWN), 1, ZIGZAG)],
        [Number("rate*curvature", turn), Number("each step multiplies the distance by", 1 - turn),
         Number("distance from the bottom after them", (START - bottom) * (1 - turn) ** steps)],
        [Moving("walk", (factor, loss), colour=3, walk=walk, steps="steps",
                label="your rate")],
        Guess("The limit, in millionths:", 1e6 * limit, near=1e4 * limit),
        buttons={"Half the limit": {"rate": 5e5 * limit}, "The limit": {"rate": 1e6 * limit}},
        play="steps", hint="Slide the rate up slowly: where does the last step end?",
    )


def two_levers(page: Page, table: Table) -> None:
    """The line: the bends along its levers, the limit they set, and rates a hair from it."""
    page.title("Two levers")
    standard = table.with_column("budget", standardize(table["budget"])[0])
    surface = LossSurface(Model(LINE), standard)
    bends = surface.bend([*BOTH.values()])[2]
    lowest = statistics.linear_regression(standard["budget"], standard["revenue"])
    page.say("""The line of lesson 14 has two levers, and counts budgets in standard deviations
        (spreads) from the mean. Turn the lever on the left: by how much does the slope of the loss
        change, along each lever? This table of second derivatives is called the Hessian, or Hessian
        matrix:""")
    page.rows(
        ["turn", *(f"by {name}" for name in surface.parameters)],
        [
            (lever, *(round(bend, 5) for bend in row))
            for lever, row in zip(surface.parameters, bends, strict=True)
        ],
    )
    curvatures = [bends[i][i] for i in range(len(bends))]
    limit = 2 / max(curvatures)
    left = [1 - LEARNING_RATE * curvature for curvature in curvatures]
    alone = page.claim(
        abs(bends[0][1]) < 1e-9 * min(curvatures),
        "Turning one lever changes nothing along the other (the 0s), so each goes its way as if it "
        "were alone, with a curvature of its own.")
    below = page.claim(limit > LEARNING_RATE, f"The {LEARNING_RATE} of lesson 14 is below that.")
    page.say(f"""{alone} There is one rate for both, and the largest curvature sets its limit:
        2/{max(curvatures):.5g} = {limit:.5g}. {below} With {LEARNING_RATE} each step leaves
        {left[0]:.3f} and {left[1]:.3f} of the distances. Now {STEPS} steps with a rate {HAIR:.0%}
        below the limit, and {HAIR:.0%} above:""")
    for rate in (limit * (1 - HAIR), limit * (1 + HAIR)):
        try:
            trainer = Trainer(LINE, optimizer=GradientDescent(rate), method="collapsed")
            first, *_, last = finished(trainer.fit(standard, BOTH, STEPS)).history
            went = "fell" if last.loss < first.loss else "rose"
            said = f"the loss {went} from {first.loss:,.0f} to {last.loss:,.0f}; "
            said += f"the lowest is {surface.height(lowest):,.0f}"
        except DivergenceError as error:
            said = str(error)
        page.lines(f"rate {rate:.4g}: {said}")
    raw = LossSurface(Model(LINE), table).bend([*BOTH.values()])[2]
    hardly = page.claim(raw[1][1] < raw[0][0] / 100, "At that rate the second lever hardly moves.")
    page.say(f"""(That advice is mathlab's usual one; these budgets are scaled already.) If there
        were other numbers in place of the 0s, the largest curvature in any direction would decide;
        it is the largest eigenvalue of the Hessian. With budgets in plain millions the curvatures
        are {raw[0][0]:,.0f} and {raw[1][1]:,.0f}: the first allows a rate of about
        {2 / raw[0][0]:.1e}. {hardly} That is the next lesson's problem. And where the curve is not
        a parabola, the curvature changes on the way, so a rate that does here may be too large
        there.""")


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
