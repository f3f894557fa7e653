"""19. Yes or no: what if there are only two answers?

Guess first: after some launches of the space shuttle the rubber seals of its rockets showed that
hot gas had got at them. No launch had been in frost. How likely was such distress on the
morning of the Challenger accident, at 31 degrees Fahrenheit (water freezes at 32)? Say a chance.
You will see a curve that turns any number into a chance, and how little it knows of that morning.
"""

import math
import statistics
import sys

from lessons.data.sources import shuttle
from lessons.pages.live.live import Guess, Lever, Live, Moving, Number
from lessons.pages.page import Page
from lessons.run import finished, start
from mathlab import Value, derivative, sigmoid, symbols
from mathlab.drawing import Band, Chart, Curve, Guide, Line, Mark, Points
from mathlab.errors import DataError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.uncertainty import Interval, Uncertainty
from mathlab.learning.model.loss import log_loss, squared

LINE = "distress = a*temperature + b"
MODEL = "distress = sigmoid(a*temperature + b)"
MORNING = 31.0  # degrees Fahrenheit, forecast for the launch on 28 January 1986
SHOWN = range(30, 86)  # degrees Fahrenheit
LEFT_OUT: list[int] = []  # rows of the table to do without, the first being 0
CHANCES = (0.99, 0.9, 0.5, 0.1, 0.01, 0.0001)


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    full = shuttle()
    table = full.take([i for i in range(len(full)) if i not in LEFT_OUT])
    a_line(page, table)
    a_loss(page)
    the_morning(page, table, finished(Trainer(MODEL, loss="log").fit(table)))
    warmest = max(range(len(full)), key=lambda i: (full["distress"][i], full["temperature"][i]))
    page.change(f"""let LEFT_OUT be [{warmest}]. That leaves out the warmest launch with distress,
        at {full["temperature"][warmest]:g} degrees. What becomes of the curve, and of the odds? How
        much hangs on one launch?""")
    page.exercise()


def a_line(page: Page, table: Table) -> None:
    """The launches; why a line will not do; the sigmoid."""
    ends = [SHOWN[0], SHOWN[-1]]
    cold, warm = finished(Trainer(LINE).fit(table)).predict({"temperature": ends})
    page.say(f"""Here are {len(table)} launches before the accident whose seals were looked at.
        Distress is 1 for yes and 0 for no; it was yes {sum(table["distress"]):g} times. Through
        them goes the line with the least squared error:""")
    page.picture(Chart(
        *(Guide(y=y) for y in (0, 1)), Points(table["temperature"], table["distress"], "launches"),
        Line(ends, [cold, warm], "the line"), title="The launches, and a line",
        x_label="temperature, degrees F", y_label="distress",
    ))
    walls = page.claim(cold > 1, f"Nothing happens {100 * cold:.0f} times in 100. A line will not "
                       "stay between two walls.")
    page.say(f"""Between 0 and 1 we may read it as a chance. But at {ends[0]} degrees it says
        {cold:.2f}, and at {ends[1]} degrees {warm:.2f}. {walls}""")
    page.say("""So let the line say something else: a score, which may be any number. The sigmoid
        (or logistic function) squeezes a score into a chance between 0 and 1:""")
    known = [f"sigmoid({score:g}) = {sigmoid(score):.3f}" for score in (-5.0, 0.0, 5.0)]
    page.formula("\n".join(["sigmoid(score) = 1 / (1 + exp(-score))", *known, MODEL]))


def a_loss(page: Page) -> None:
    """What a chance costs once it is known what happened."""
    page.say("""How wrong is a chance? Wait and see what happens, a yes or a no, and look which
        chance the model gave to that. The log loss (cross-entropy) is minus its natural logarithm.
        If you were sure and right, you pay nothing. If you were sure and wrong, you pay without
        limit:""")
    page.picture(Chart(
        Curve(lambda chance: log_loss(1, chance), 0.01, 0.99, "a yes"),
        Curve(lambda chance: log_loss(0, chance), 0.01, 0.99, "a no"),
        Curve(lambda chance: squared(1, chance), 0.01, 0.99, "a yes, squared"),
        title="What a chance costs", x_label="predicted chance of distress", y_label="loss",
    ))
    losses = {"log": log_loss, "squared": squared}
    costs = {
        name: [round(loss(1, chance), 4) for chance in CHANCES] for name, loss in losses.items()
    }
    page.say("In numbers, where the answer was yes:")
    page.table({"chance": CHANCES, **costs})
    distress, score = symbols("distress score")
    slopes = [derivative(loss(distress, sigmoid(score)), score) for loss in losses.values()]
    worst = math.log(CHANCES[-1] / (1 - CHANCES[-1]))  # the score of that chance
    by_log, by_square = (float(slope.at(distress=1, score=worst)) for slope in slopes)
    last, least = costs["squared"][-2:]
    nearly = page.claim(
        max(costs["squared"]) <= 1 and least - last < 0.05,
        "It never costs more than 1: the last two chances cost nearly the same, though one is "
        f"{CHANCES[-2] / CHANCES[-1]:.0f} times as small as the other.")
    hardly = page.claim(abs(by_square) < abs(by_log) / 100, "so wrong a model would hardly move.")
    shorter = page.claim(len(str(slopes[0])) < len(str(log_loss(distress, sigmoid(score)))),
                         "And the chain rule finds a formula for it that is shorter than the loss:")
    page.say(f"""Why not squared? {nearly} Worse, it gives up. In the last row its slope by the
        score is {by_square:.4f}: {hardly} The slope of the log loss there is {by_log:.4f}.
        {shorter}""")
    page.formula(f"d log loss / d score = {slopes[0]}")


def the_morning(page: Page, table: Table, trainer: Trainer) -> None:
    """What training finds, what it forecasts, and what was known."""
    share, (a, b) = statistics.fmean(table["distress"]), trainer.parameters.values()
    level = statistics.fmean(log_loss(happened, share) for happened in table["distress"])
    page.say(f"""That is predicted minus actual: half of what it was for the line. The same trainer
        walks down in {len(trainer.history) - 1} steps, to a = {a:.4f} and b = {b:.2f}. The loss
        there is {trainer.best.loss:.3f}. If all launches get the same chance,
        {sum(table["distress"]):g}/{len(table)} = {share:.3f}, it is {level:.3f}.""")
    sure = Uncertainty(trainer)
    bounds = [sure.prediction({"temperature": t}, single=False) for t in SHOWN]
    forecast = sure.prediction({"temperature": MORNING}, single=False)
    page.live(hiding(table, (a, b), bounds, Chart(
        Band(SHOWN, [b.low for b in bounds], [b.high for b in bounds], "95% sure"),
        Points(table["temperature"], table["distress"], "launches"),
        Line(SHOWN, [b.value for b in bounds], "the curve"),
        Mark(MORNING, forecast.value, f"{MORNING:g} degrees"),
        title="The chance of distress, and how sure it is", x_label="temperature, degrees F",
        y_label="chance", y_range=(-0.06, 1.06),
    )))
    coldest = min(table["temperature"])
    untested = page.claim(coldest > MORNING + 10, f"No launch has tested it: the coldest was at "
                          f"{coldest:g} degrees, {coldest - MORNING:g} warmer than that morning.")
    page.say(f"""At {MORNING:g} degrees the curve says {forecast.value:.4f}. Do not believe its
        digits: the band there reaches from {forecast.low:.2f} (0.5 is a tossed coin) to
        {forecast.high:.4f}. And the band takes it for granted that the curve has this shape, even
        out there. {untested} To go so far beyond the data is called extrapolation. A formula does
        it without a word of warning.""")
    with_distress = [i for i, yes in enumerate(table["distress"]) if yes]
    try:
        Trainer(MODEL, loss="log").fit(table.take(with_distress))
    except DataError as error:
        page.say(f"""Through the launches with distress alone there is no best curve. mathlab says:
            {error}.""")
    *_, most, least = (math.exp(-bound) for bound in sure.interval("a"))
    page.say(f"""Odds are the chance of a yes divided by that of a no: a chance of 0.75 is 3 to 1.
        The score is their logarithm. So each degree colder multiplies the odds by exp(-a) =
        {math.exp(-a):.2f}, and ten degrees by {math.exp(-10 * a):.1f}. From so few launches that
        is not known well: the factor for one degree may be anything from {least:.2f} to
        {most:.2f}. (Such bounds are meant to hold the truth 95 times in 100; see lesson 21.)""")
    full = shuttle()  # what happened does not change with what this lesson leaves out
    rows = list(zip(full["temperature"], full["distress"], strict=True))
    noes, yeses = ([t for t, happened in rows if happened == answer] for answer in (0, 1))
    cold = sum(t < min(noes) for t in yeses)
    little = page.claim(max(yeses) > 70, "Warm ones are among them, so it seemed to prove little.")
    plain = page.claim(cold and len(yeses) - cold < (len(rows) - cold) / 2,
                       "To see this takes no model, only all of the data.")
    page.say(f"""What was known that evening? Engineers feared for the seals in such cold, and
        advised against the launch. But a chart that was looked at had only the launches with
        distress, at {min(yeses):g} to {max(yeses):g} degrees. {little} The {len(noes)} launches
        without distress were left out, as if they had nothing to tell. Yet the coldest of those was
        at {min(noes):g} degrees. Below that, {cold} of {cold} launches showed distress; from there
        on, {len(yeses) - cold} of {len(rows) - cold}. {plain} The shuttle was launched. A seal
        failed, and the seven people aboard died.""")


def hiding(
    table: Table, line: tuple[float, float], bounds: list[Interval], chart: Chart
) -> Live:
    """The curve, and what becomes of it if the launches without distress are hidden: what is left
    is as sure as can be, at any temperature."""
    hide, temperature, distress, edge = symbols("hide temperature distress edge")
    chance = hide + (1 - hide) * sigmoid(line[0] * temperature + line[1])
    of_morning = chance.at(temperature=MORNING, hide=hide)
    away = 9 * hide  # below the picture
    edges = [[b.low for b in bounds], [b.high for b in bounds]]
    return Live(
        "hiding", f"""What chance of distress does the curve give to that morning, at {MORNING:g}
        degrees?""", [chart],
        [Lever(hide, 0, 1, 1, 0, "hide the launches without distress")],
        [Number(f"chance of distress at {MORNING:g} degrees", of_morning)],
        [*(Moving("line", (temperature, edge - away), {"temperature": SHOWN, "edge": each},
                  colour=0, dashed=True, label=label)
           for each, label in zip(edges, ("95% sure: between these", ""), strict=True)),
         Moving("line", (temperature, chance), {"temperature": SHOWN}, colour=2, label="the curve"),
         Moving("dots", (temperature, distress - away * (1 - distress)),
                {name: table[name] for name in ("temperature", "distress")}),
         Moving("dots", (Value.constant(MORNING), of_morning), colour=3)],
        Guess(f"The chance at {MORNING:g} degrees, from 0 to 1:", of_morning.at(hide=0), near=0.1,
              axis="y", between=(0, 1)),
        hides=[(0, layer) for layer in (1, 2, 3, 4)], secret=[(0, layer) for layer in (1, 3, 4)],
        hint="""Hide the launches without distress, as that evening's chart did. What does the curve
        say now?""",
    )


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
