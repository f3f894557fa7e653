"""5. Loss: how do many errors become one number?

Guess first: you must say one and the same number for the revenue of every film. Which number is the
least wrong, on the whole? And how far must it move if somebody types one film's revenue with three
zeros too many? You will see two ways to add errors up, two answers, and what one wrong row does.
"""

import statistics
import sys
from math import isclose

from lessons.data import films
from lessons.pages.live.live import Guess, Lever, Live, Moving, Number, Sums
from lessons.pages.page import Page
from lessons.run import finished, start
from mathlab import Value, absolute, symbols, where
from mathlab.drawing import Chart, Line, Mark
from mathlab.learning.data.table import Table
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.loss import loss_named
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

LEVEL = "revenue = level"
LINE = "revenue = slope*budget + intercept"
UNITS = {"squared": "(million dollars)**2", "absolute": "million dollars"}
RESIDUALS = (-200, -100, 0, 100, 200)  # million dollars
LEVELS = range(201)  # million dollars
SLIP = 1000  # three zeros too many


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, _ = films.cleaned()
    two_losses(page)
    one_for_all(page, table)
    one_wrong_row(page, table)
    sum_or_mean(page, table)
    page.change("""let SLIP be 1000000, as if dollars had been typed for millions of dollars. Which
        rows of the table with the slip take notice?""")
    page.exercise()


def two_losses(page: Page) -> None:
    """What the losses make of some residuals."""
    page.say("""A loss is a number that says how wrong a prediction is: 0 if it is right, above 0
        if not, to whichever side. So the residual has to lose its sign. One may drop the sign, or
        square the residual:""")
    page.table({
        "residual": RESIDUALS,
        **{name: [loss_named(name)(e, 0) for e in RESIDUALS] for name in UNITS},
    })
    squared = loss_named("squared")
    four = page.claim(
        squared(RESIDUALS[-1], 0) == 4 * squared(RESIDUALS[-2], 0),
        f"one error of {RESIDUALS[-1]} costs as much as four of {RESIDUALS[-2]}.")
    page.say(f"""To the absolute loss, which is counted in {UNITS['absolute']}, twice as far off is
        twice as bad. To the squared loss, in {UNITS['squared']}, it is four times as bad:
        {four}""")


def one_for_all(page: Page, table: Table) -> None:
    """The loss of one number for all films, against that number."""
    page.title("One number for all films")
    page.say(f"""Now say the same number, the level, of all {len(table):,} films, and take the mean
        of their losses. Try each whole number from {LEVELS[0]} to {LEVELS[-1]} million:""")
    curves = {name: curve(table, name) for name in UNITS}
    lowest = [level for _, level in curves.values()]
    page.guess("Do both losses find the same level best?", Guess(
        "", truth=1 if lowest[0] > lowest[1] else 2 if lowest[0] < lowest[1] else 0,
        choices=("Yes", "No: the squared loss a higher one", "No: the absolute loss a higher one"),
    ))
    page.pictures([
        Chart(
            Line(LEVELS, heights), Mark(lowest, min(heights), f"lowest at {lowest}"),
            title=f"The mean {name} loss", x_label="level, million dollars",
            y_label=f"loss, {UNITS[name]}",
        )
        for name, (heights, lowest) in curves.items()
    ])
    mean, median = statistics.fmean(table["revenue"]), statistics.median(table["revenue"])
    answers = page.claim(lowest[0] != lowest[1], "The same films, and two answers:")
    known = page.claim(abs(lowest[0] - mean) < 1 > abs(lowest[1] - median),
                       "Both are known from lesson 2.")
    page.say(f"""{answers} {lowest[0]} million, and {lowest[1]}. {known} The mean of the revenues is
        {mean:.1f} million, and their median, which half of the films lie below, {median:.1f}.""")
    page.say("""There is a reason. Lift the level by one million. The absolute loss of each film
        above it falls by one, and that of each film below it grows by one. So lifting pays as long
        as more films are above than below, up to the median. How far away they are does not matter.
        To the squared loss it does: lift the level a little, and the loss of each film falls by
        twice its residual times that little (or rises, where the residual is below 0). So lifting
        pays until the residuals add up to 0, and that is at the mean, as for 'level' in lesson
        4.""")
    page.say(f"""Which is right? Say {median:.1f} million of each film, and you are off by the
        fewest dollars a film. But of what all films earned together you have then announced only
        {median / mean:.0%}. It depends on what your errors cost you.""")


def one_wrong_row(page: Page, table: Table) -> None:
    """The best level and the best line by both losses: of all films, of one less, with a slip."""
    revenues = table["revenue"]
    giant = revenues.index(max(revenues))
    slipped = [revenue * (SLIP if i == giant else 1) for i, revenue in enumerate(revenues)]
    tables = {
        "all": table,
        "less": table.take([i for i in range(len(table)) if i != giant]),
        "slip": table.with_column("revenue", slipped),
    }
    bests = {name: best(each) for name, each in tables.items()}
    page.title("What one film does")
    page.say(f"""{table['title'][giant]} earned most, {max(revenues):,.0f} million. Leave it out
        ('less'); or keep it, but with its revenue multiplied by {SLIP:,} ('slip').""")
    page.live(the_slip(table, tables["slip"], bests))
    page.say("""Here are the best levels, in million dollars, and the slopes of the lines that are
        best by the same losses. (Later lessons show how to find those of the squared loss; for the
        others take mathlab's word.)""")
    page.table({
        "best": ["level", "level", "slope", "slope"],
        "loss": [*UNITS, *UNITS],
        **{name: [round(number, 2) for number in each] for name, each in bests.items()},
    })
    means, medians, slopes, others = zip(*bests.values(), strict=True)
    lower = page.claim(
        means[0] - means[1] > medians[0] - medians[1] >= 0,
        f"Without that one film of {len(table):,} the squared level is lower by "
        f"{means[0] - means[1]:.2f} million, the absolute one by {medians[0] - medians[1]:.2f}.")
    blind = page.claim(
        all(round(slip - as_it_is, 2) == 0 for as_it_is, _, slip in (medians, others)),
        "The absolute loss takes no notice: the film lay above, it lies above still, and how far "
        "does not count; so in its picture the two curves are one.")
    differ = page.claim(
        slopes[0] > others[0] + 0.1,
        f"For even where all is right the two do not agree: {slopes[0]:.2f} dollars of revenue for "
        f"a dollar of budget, or {others[0]:.2f}.")
    successes = table.take([i for i, r in enumerate(revenues) if r > max(revenues) / 5])["budget"]
    dear = page.claim(
        statistics.quantiles(successes)[0] > statistics.quantiles(table["budget"])[2],
        "Most films that earned very much were dear, and the squared loss listens to them.")
    page.say(f"""{lower} With the slip the squared level is {means[2]:,.0f}, and its line
        {slopes[2] / slopes[0]:,.0f} times as steep. {blind} It is better to find the slip, as in
        lesson 1. {differ} {dear}""")


def the_slip(table: Table, slipped: Table, bests: dict[str, list[float]]) -> Live:
    """By how much each loss is above its lowest: as the table is, and with zeros too many."""
    revenues, n = table["revenue"], len(table)
    reach = float(f"{1.2 * bests['slip'][0]:.2g}")
    levels = [reach * i / 100 for i in range(101)]
    charts = [
        Chart(
            Line(levels, higher(table, name, levels, right), "as it is"),
            Line(levels, higher(slipped, name, levels, wrong), "with the slip"),
            *(Mark(level, 0.0, "lowest") for level in sorted({right, wrong})),
            title=f"The mean {name} loss, above its lowest", x_label="level, million dollars",
            y_label=f"above it, {UNITS[name]}")
        for name, right, wrong in zip(UNITS, bests["all"], bests["slip"], strict=False)]
    slip, level, revenue, at = symbols("slip level revenue at")
    total, squares, sizes, least = symbols("total squares sizes least")
    film = where(revenue - 0.999 * max(revenues), revenue * where(slip, SLIP, 1), revenue)
    mean, median = bests["all"][:2]
    return Live(
        "slip", f"""The best levels are {mean:.0f} million by the squared loss and {median:.0f}
        by the absolute one. Now the revenue of one film of {n:,} is multiplied by {SLIP:,}.
        Which level is best then by the squared loss?""", charts,
        [Lever(slip, 0, 1, 1, 0, f"one revenue times {SLIP:,}"), Lever(level, 0, reach, 1, 100)],
        [Number("lowest at", [total / n, Value(median)]), Number("loss", [squares / n, sizes / n])],
        [Moving("line", (at, (at - total / n)**2), {"at": levels},
                label="with or without the slip"),
         Moving("dots", (level, (level - total / n)**2), colour=3, label="the level"),
         Moving("dots", (level, (sizes - least) / n), chart=1, colour=3)],
        Guess("By the squared loss, million dollars:", bests["slip"][0], near=100, axis="x"),
        hides=[(0, 2), (0, 3), (0, 4)], secret=[(0, 2), (0, 4), (1, 2)],
        heads=("", "squared", "absolute"),
        hint="""Make the slip, and mend it: does the other best level move? Then turn the level to
        where each loss is lowest.""",
        sums=Sums({total: film, squares: (film - level)**2, sizes: absolute(film - level),
                   least: absolute(film - median)}, {"revenue": revenues}),
    )


def higher(table: Table, loss: str, levels: list[float], lowest: float) -> list[float]:
    """By how much the mean loss of each level is above that of the lowest."""
    surface = LossSurface(Model(LEVEL), table, loss_named(loss))
    return [surface.height([level]) - surface.height([lowest]) for level in levels]


def sum_or_mean(page: Page, table: Table) -> None:
    """Each film once, and each twice: the sum grows, the mean and the lowest place stay."""
    tables = {"once": table, "twice": table.take([*range(len(table))] * 2)}
    curves = [curve(each, "squared") for each in tables.values()]
    page.title("Sum or mean?")
    page.say("""Many losses become one number when they are added up, or when one takes their mean.
        Put each film into the table twice, and look at the squared loss where it is lowest:""")
    means = [min(heights) for heights, _ in curves]
    sums = [len(each) * mean for each, mean in zip(tables.values(), means, strict=True)]
    page.table({
        "each film": list(tables),
        "sum": [*map(round, sums)],
        "mean": [*map(round, means)],
        "at level": [lowest for _, lowest in curves],
    })
    doubled = page.claim(
        isclose(sums[1], 2 * sums[0]) and isclose(*means) and curves[0][1] == curves[1][1],
        "The sum doubles, though no film is predicted any worse. The mean stays, and both are "
        "lowest at the same level.")
    page.say(f"""{doubled} So to find the best level either will do; to compare data of different
        size only the mean will. This course takes the mean, and mostly that of squares, whose curve
        has no corners. The next lessons show why that matters.""")


def curve(table: Table, loss: str) -> tuple[list[float], int]:
    """The mean loss of all films for each level, and the level where it is lowest."""
    surface = LossSurface(Model(LEVEL), table, loss_named(loss))
    heights = [surface.height([float(level)]) for level in LEVELS]
    return heights, LEVELS[heights.index(min(heights))]


def best(table: Table) -> list[float]:
    """The levels, then the slopes, with the least squared and the least absolute loss."""
    budgets, revenues = table["budget"], table["revenue"]
    slope = statistics.linear_regression(budgets, revenues).slope
    other = finished(Trainer(LINE, loss="absolute").fit(table)).parameters["slope"]
    return [statistics.fmean(revenues), statistics.median(revenues), slope, other]


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
