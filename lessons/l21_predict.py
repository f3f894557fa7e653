"""21. Predict: what will it earn, and how sure are we?

Guess first: what does a film of 100 million earn, and how far off will that be? You will see a
prediction for a few budgets, with the RMSE (the typical error) beside each; a band for the mean,
and one that is meant to hold 95 of 100 films; and a count of how often such intervals keep their
word.
"""

import random
import sys
from collections import Counter
from statistics import NormalDist, fmean

from lessons.data import films
from lessons.pages.live.live import Guess, Lever, Live, Moving, Number, Sums
from lessons.pages.page import Page
from lessons.run import finished, start
from mathlab import symbols, where
from mathlab.drawing import Band, Chart, Guide, Line, Points
from mathlab.learning.data.table import Table
from mathlab.learning.descent.second_order import Newton
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.predict import predict, residuals, typical_error
from mathlab.learning.inference.student import t_quantile
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.learning.model.model import Model

MODEL = "revenue = slope*budget + intercept"
BUDGETS = (1.0, 10.0, 50.0, 100.0, 200.0)  # million dollars
GROUP = (50.0, 100.0)  # million dollars
CHEAP, DEAR = 20.0, 100.0
PLACES = 60  # at which the bands are worked out
DRAWS, SHOWN = 400, 100


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, _ = films.cleaned()
    trainer = finished(Trainer(MODEL).fit(table))
    predictions = [predict(trainer, table, budget=budget) for budget in BUDGETS]
    page.guess("The line says what a film earns. How far off will it be, typically?",
               Guess("Million dollars:", predictions[0].error, near=25))
    page.say("In million dollars:")
    page.table({
        "budget": list(BUDGETS),
        "predicted revenue": [round(prediction.value) for prediction in predictions],
        "typical error": [round(prediction.error) for prediction in predictions],
    })
    error = predictions[0].error
    left = [*zip(table["budget"], residuals(table["revenue"], trainer.predict(table)), strict=True)]
    of_cheap = typical_error([e for x, e in left if x < CHEAP])
    of_dear = typical_error([e for x, e in left if x >= DEAR])
    unlike = page.claim(
        1.5 * of_cheap < error < of_dear / 1.5,
        "Cheap films are missed by less and dear ones by more, which a better model would know.")
    page.say(f"""The typical error is the root of the mean squared residual (RMSE for short): how
        far off the line was, on the films it has learnt from; on new ones expect a little more.
        {error:.0f} million is one number for all films. {unlike} No line has a smaller squared
        error on these films, so rough guesses are the best that a line can give. Then it should say
        how rough.""")
    sure = Uncertainty(trainer)
    bands(page, table, sure)
    redrawn(page, **trainer.parameters, scatter=sure.residual_spread)
    page.change("""let BUDGETS have ten numbers or more. What becomes of Student's number, and of
        the last column?""")
    page.exercise()


def bands(page: Page, table: Table, sure: Uncertainty) -> None:
    """Where the line may be, and where a film."""
    budgets, revenues = table["budget"], table["revenue"]
    places = [max(budgets) * i / PLACES for i in range(PLACES + 1)]
    means = [sure.prediction({"budget": place}, single=False) for place in places]
    bounds = [sure.prediction({"budget": place}) for place in places]
    page.picture(Chart(
        Band(places, [b.low for b in bounds], [b.high for b in bounds], "95% of new films"),
        Band(places, [m.low for m in means], [m.high for m in means], "the mean"),
        Points(budgets, revenues, "films"), Line(places, [b.value for b in bounds], "the line"),
        title="How sure are we of one film?", x_label="budget, million dollars",
        y_label="revenue, million dollars",
    ))
    dearest = {"budget": BUDGETS[-1]}
    mean, one = (sure.prediction(dearest, single=single) for single in (False, True))
    low, high = GROUP
    group = [film for film in table.rows() if low <= film["budget"] < high]
    earned, budget = (fmean(film[name] for film in group) for name in ("revenue", "budget"))
    reach, wide = mean.high - mean.value, one.high - one.value
    narrow = page.claim(
        reach < max(revenues) / 100,
        "It is so narrow that it hides behind the line.")
    page.say(f"""There are two bands. One is for the mean of all films of a budget (at each budget
        it is an interval, a confidence interval): with other films the line would have been another
        one. {narrow} At {BUDGETS[-1]:g} million it reaches {reach:.0f} million to both sides, and
        more films would narrow it. But it takes it for granted that such means lie on a line. The
        {len(group)} films of {low:g} to {high:g} million earned {earned:.0f} million on average,
        where the line says {sure.prediction({"budget": budget}).value:.0f}.""")
    hardly = page.claim((wide**2 - reach**2) ** 0.5 > 0.99 * wide,
                        "More films would hardly help.")
    page.say(f"""The wide band is for a single film (a prediction interval), which strays from the
        mean besides. It reaches {wide:.0f} million. {hardly}""")
    bounds = [sure.prediction({"budget": budget}) for budget in budgets]
    held = [b.low <= revenue <= b.high for revenue, b in zip(revenues, bounds, strict=True)]
    cheap = [is_held for x, is_held in zip(budgets, held, strict=True) if x < CHEAP]
    dear = [is_held for x, is_held in zip(budgets, held, strict=True) if x >= DEAR]
    fails = page.claim(fmean(cheap) > 0.98 > 0.9 > fmean(dear), "But see where it fails.")
    below = page.claim(sure.prediction({"budget": CHEAP}).low < 0 <= min(revenues),
                       "For cheap films it reaches below 0, where no film can be.")
    page.say(f"""95% of new films should lie in it, if all are missed by about as much, and the
        misses follow the bell curve: many small ones, few large ones, as many to either side. Of
        the films that it was made from it holds {fmean(held):.1%}. {fails} {below} Of the
        {len(cheap):,} films below {CHEAP:g} million it holds {fmean(cheap):.1%}, and of the
        {len(dear)} of {DEAR:g} million and more {fmean(dear):.1%}. A band that is right on the
        whole can be too wide here and too narrow there.""")


def redrawn(page: Page, slope: float, intercept: float, scatter: float) -> None:
    """How often intervals hold the truth, where it is known because the films were made from it."""
    lots, model = random.Random(page.seed), Model(MODEL)
    budget, known = BUDGETS[-1], NormalDist().inv_cdf(0.975)

    def revenue(budget: float) -> float:
        return slope * budget + intercept + lots.gauss(0, scatter)

    held, within = Counter[str](), Counter[str]()
    too_small = 0  # how often the spread of the residuals is
    slopes = []  # each with its standard error
    for _ in range(DRAWS):
        few = Table({"budget": BUDGETS, "revenue": [*map(revenue, BUDGETS)]})
        sure = Uncertainty(finished(Trainer(model, optimizer=Newton()).fit(few)))
        for name, interval, truth in (
            ("slope", sure.interval("slope"), slope),
            ("mean", sure.prediction({"budget": budget}, single=False), slope * budget + intercept),
            ("one film", sure.prediction({"budget": budget}), revenue(budget)),
        ):
            held[name] += interval.low <= truth <= interval.high
            within[name] += abs(truth - interval.value) <= known * interval.error
        too_small += sure.residual_spread < scatter
        slopes.append((sure.interval("slope").value, sure.interval("slope").error))
    page.title("Does 95% mean 95%?")
    freedom = len(BUDGETS) - 2
    luck = 2 * (0.95 * 0.05 / DRAWS) ** 0.5  # two standard errors of a share
    page.say(f"""Nobody knows the true line of films. So let us make films whose line we know: each
        earns what our line says, and a chance error about as large as the real ones. Draw one for
        each of {len(BUDGETS)} budgets, fit a line to these alone, and take three intervals: for the
        slope, and at {budget:g} million for the mean and for one more film. How many of {DRAWS}
        held the truth? A standard error is how far an estimate strays from the truth, typically.
        The usual interval reaches {known:.2f} of them to both sides, since 95% of a bell curve lie
        so near to its middle; the last column is for that one.""")
    student = t_quantile(0.975, freedom)
    page.live(pile(slopes[:SHOWN], slope, known, student))
    page.rows(
        ["interval for", "held", f"{known:.2f}"],
        [(name, f"{held[name] / DRAWS:.1%}", f"{within[name] / DRAWS:.1%}") for name in held],
    )
    seldom = page.claim(max(within.values()) < 0.95 * DRAWS,
                        "The last column holds the truth too seldom.")
    often = page.claim(too_small > DRAWS / 2, "It often comes out too small.")
    page.say(f"""'held' should be 95%, give or take {luck:.1%} for luck, and seldom more. {seldom}
        For the mean of n numbers the standard error is their standard deviation (spread) over the
        root of n. With a spread that is known, {known:.2f} standard errors to both sides are
        enough. But this one comes from the same {len(BUDGETS)} films. {often} Student's number
        makes up for it: for {len(BUDGETS)} films less 2 parameters (levers) it is {student:.2f},
        the t_quantile(0.975, {freedom}) of mathlab.learning.inference.student (0.975, because 2.5%
        may lie outside at each end). A mean alone has one lever, the level, and takes off 1.""")
    kept = page.claim(all(abs(n / DRAWS - 0.95) < 1.5 * luck for n in held.values()),
                      "The intervals keep their word here.")
    page.say(f"""{kept} For these films were made just as they suppose: on a line, with chance
        errors that follow the bell curve and are as large for cheap films as for dear ones. The
        real films were not.""")


def pile(slopes: list[tuple[float, float]], truth: float, known: float,
         student: float) -> Live:
    """The slopes of many fits, one above the other, with intervals to be drawn one by one."""
    drawn, wide, missed = symbols("drawn wide missed")
    number, estimate, error = symbols("number estimate error")
    reach = where(wide, student, known) * error
    misses = (estimate - truth) ** 2 - reach**2  # above 0: the interval does not hold the truth
    height = number + where(drawn - number + 0.5, 0, 2 * len(slopes))  # out of sight till then
    rows = {"number": range(1, len(slopes) + 1),
            **dict(zip(("estimate", "error"), zip(*slopes, strict=True), strict=True))}
    interval = [estimate - reach, height, estimate + reach, height]
    off = [misses.at(estimate=value, error=bar, wide=0) > 0 for value, bar in slopes]
    kinds = {label: [i for i, is_off in enumerate(off) if is_off is kind]
             for label, kind in (("held", False), ("missed", True))}
    away = {label: 2 * len(slopes) * where(sign * misses, 1, 0)
            for label, sign in (("held", 1), ("missed", -1))}
    return Live(
        "pile", f"""Of {len(slopes)} intervals for the slope, each of {known:.2f} standard errors to
        both sides, how many do not hold the true one, {truth:.3g}?""",
        [Chart(
            Guide(x=truth, label="the truth"),
            *(Points([slopes[i][0] for i in fits], [i + 1 for i in fits], label)
              for label, fits in kinds.items()),
            title="The slopes of many fits", x_label="slope", y_label="fit",
            x_range=(min(value - known * bar for value, bar in slopes),
                     max(value + known * bar for value, bar in slopes)),
            y_range=(0.0, len(slopes) + 1.0),
        )],
        [Lever(drawn, 0, len(slopes), 1, 1, "intervals drawn"),
         Lever(wide, 0, 1, 1, 0, f"{student:.2f} (Student's number) standard errors each way")],
        [Number("missed", missed, "so far")],
        [Moving("sticks", [x + (up if i % 2 else 0) for i, x in enumerate(interval)], rows,
                colour=colour, label=label) for colour, (label, up) in enumerate(away.items(), 1)],
        Guess("Intervals that miss:", sum(off), near=2, between=(0, len(slopes))),
        hides=[(0, 2), (0, 3)], secret=[(0, 2), (0, 3)],
        sums=Sums({missed: where(drawn - number + 0.5, where(misses, 1, 0), 0)}, rows),
        play="drawn",
    )


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
