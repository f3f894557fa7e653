"""4. Residuals: how wrong is it, film by film?

Guess first: some lines are too low for most films, and some too high. For how many lines is the
mean of all errors exactly 0? You will see the error of a dozen films as bars, the two worst of all
films, and what becomes of thousands of errors when one takes their mean.
"""

import statistics
import sys

from lessons.data import films
from lessons.pages.live.live import Guess, Lever, Live, Moving, Number
from lessons.pages.page import Page
from lessons.run import start
from mathlab import maximum, minimum, symbols
from mathlab.drawing import Bars, Chart, Line, Mark, Points
from mathlab.learning.data.table import Table
from mathlab.learning.inference.predict import residuals
from mathlab.learning.model.model import Model

MODEL = "revenue = slope*budget + intercept"
LINE = {"slope": 3.0, "intercept": 0.0}  # by eye
KNOWN = ("Jaws", "Gattaca", "Shrek", "The Matrix", "Fight Club", "Catwoman", "Gladiator", "Hulk",
         "Troy", "Waterworld", "WALL-E", "Titanic")
LOWER = 100.0  # million dollars
GROUP, GROUPS = 50, 5  # million dollars of budget; the last group has no upper end
DEAR = GROUP * (GROUPS - 1)
EVERY = 20  # a picture has one film of so many
LOWEST, HIGHEST = -100.0, 500.0  # million dollars that it shows


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, _ = films.cleaned()
    a_dozen(page, table)
    the_worst(page, table)
    the_mean(page, table)
    page.change("""let the slope of LINE be 2. Which film is furthest below the line now, and what
        does the mean of the residuals say?""")
    page.exercise()


def missed(levers: dict[str, float], table: Table) -> list[float]:
    """What a line misses, film by film."""
    return residuals(table["revenue"], Model(MODEL).predict(levers, table))


def a_dozen(page: Page, table: Table) -> None:
    """Films that one may know, in numbers and as bars."""
    titles = table["title"]
    known = table.take(sorted(map(titles.index, KNOWN), key=table["budget"].__getitem__))
    left = missed(LINE, known)
    page.say("""A line is wrong about each film by a different amount. It has a name, the
        residual, and in this course it is always""")
    page.formula("residual = actual - predicted")
    page.say("""Above 0 the film earned more than the line says, and its dot lies above the line;
        below 0 it earned less. Here are films that you may know, the cheapest first, all in million
        dollars. 'predicted' is what the line by eye says.""")
    page.table({
        "film": known["title"],
        "actual": [*map(round, known["revenue"])],
        "predicted": [*map(round, Model(MODEL).predict(LINE, known))],
        "residual": [*map(round, left)],
    })
    best, worst = left.index(max(left)), left.index(min(left))
    page.picture(Chart(
        Bars(range(1, len(left) + 1), left),
        *(Mark(i + 1, left[i], known["title"][i]) for i in (best, worst)),
        title="The residuals of these films, in the same order", x_label="place in the table",
        y_label="residual, million dollars",
    ))
    near = left.index(min(left, key=abs))
    page.say(page.claim(
        min(left[best], -left[worst]) > 3 * abs(left[near]),
        f"The line says far too little for {known['title'][best]}, far too much for "
        f"{known['title'][worst]}, and is nearly right for {known['title'][near]}, which it misses "
        f"by {abs(left[near]):.0f} million."))


def the_worst(page: Page, table: Table) -> None:
    """How many films lie on either side, and the two that are furthest away."""
    left = missed(LINE, table)
    top, bottom = (next(table.take([left.index(end(left))]).rows()) for end in (max, min))
    page.title("The two worst")
    page.say(f"""Of all {len(table):,} films {sum(e > 0 for e in left):,} have a residual above 0,
        {sum(e < 0 for e in left):,} one below 0, and {left.count(0)} exactly 0. The furthest above
        the line is {top['title']}: a budget of {top['budget']:,.0f} million, a revenue of
        {top['revenue']:,.0f}, so a residual of {max(left):,.0f}. The furthest below is
        {bottom['title']}: a budget of {bottom['budget']:,.0f} million, a revenue of
        {bottom['revenue']:,.0f}, a residual of {min(left):,.0f}.""")
    unlike = page.claim(max(left) > -2 * min(left),
                        "The two ends are not alike: the one above is "
                        f"{max(left) / -min(left):.1f} times as far away.")
    floor = page.claim(min(table["revenue"]) >= 0, "No film earns less than nothing, so a line can "
                       "say too much only by as much as it says.")
    page.say(f"{unlike} {floor} But nobody knows how much a film may earn.")


def the_mean(page: Page, table: Table) -> None:
    """What the mean of the residuals says of a line, and what it hides."""
    lines = {
        "level": {"slope": 0.0, "intercept": statistics.fmean(table["revenue"])},
        "money back": {"slope": 1.0, "intercept": 0.0},
        "by eye": LINE,
        "by eye, lower": {**LINE, "intercept": LINE["intercept"] - LOWER},
    }
    left = {name: missed(levers, table) for name, levers in lines.items()}
    means = {name: round(statistics.fmean(each), 1) for name, each in left.items()}
    page.title("All of them in one number?")
    page.live(the_sticks(table))
    page.say(f"""Here is the mean of the residuals of all films for the lines of lesson 3, and for
        the one by eye moved down by {LOWER:g} million. 'above' counts the films above the line.""")
    page.table({
        "line": list(means),
        "mean": list(means.values()),
        "above": [sum(e > 0 for e in each) for each in left.values()],
    })
    fooled = page.claim(
        all(abs(means["level"]) < abs(mean) for name, mean in means.items() if name != "level"),
        f"Then 'level' would be the best of all, with its mean of {means['level']:g}.")
    page.say(f"""A mean above 0 says that the line is too low, on the whole; below 0, too high. Move
        a line down by {LOWER:g}, and each residual grows by {LOWER:g}, and so does their mean. So
        the mean says how far to lift a line until it is 0, and that can be done with every slope,
        with one that falls as well. Does it say how wrong the line is? {fooled} But it does not
        even look at the budget. Put the films into groups, {GROUP} million of budget wide, and take
        the mean residual of each group:""")
    groups = {name: by_budget(left[name], table) for name in ("level", "by eye")}
    page.pictures([
        Chart(
            Bars([(i + 0.5) * GROUP for i in range(GROUPS)], heights, width=0.8 * GROUP),
            title=f"Mean residuals of the line '{name}'",
            x_label=f"budget, million dollars (on the right: {DEAR} and more)",
            y_label="mean residual, million dollars",
        )
        for name, heights in groups.items()
    ])
    level, eye = groups.values()
    dear = [film for film in table.rows() if film["budget"] >= DEAR]
    giant = max(dear, key=lambda film: film["revenue"])
    grow = page.claim(
        sorted(level) == level and abs(means["level"]) < 1,
        f"From the cheapest group to the dearest the means of 'level' grow from {level[0]:.0f} to "
        f"{level[-1]:.0f} million, and yet all its residuals together have the mean "
        f"{means['level']:g}.")
    few = page.claim(
        len(dear) < len(table) / 100,
        f"But the last group has only {len(dear)} films, and one of them is {giant['title']}.")
    page.say(f"{grow} Those of 'by eye' lie between {min(eye):.0f} and {max(eye):.0f}. {few}")
    page.say("""Errors to one side cancel out errors to the other, and the mean sees neither. So
        before residuals are added up, they have to lose their signs. That can be done in two ways,
        and they lead to different lines: see lesson 5.""")


def the_sticks(table: Table) -> Live:
    """Some films, a line to turn, and from the line to each film its residual; and the sum and the
    mean over all films."""
    slope, intercept, budget, revenue = symbols("slope intercept budget revenue")
    predicted, n = slope * budget + intercept, len(table)
    mean_budget, mean_revenue = map(statistics.fmean, (table["budget"], table["revenue"]))
    mean = mean_revenue - (slope * mean_budget + intercept)
    some = table.take(range(0, n, EVERY))
    budgets, revenues = some["budget"], some["revenue"]
    ends = [0.0, max(budgets)]
    return Live(
        "sticks", """What is the mean of the residuals? It is 0 where those above the line weigh as
        much as those below. How many lines are there for which it is 0?""", [Chart(
            Points(budgets, revenues, "films"),
            Line(ends, Model(MODEL).predict(LINE, Table({"budget": ends})), "by eye"),
            title=f"One film of {EVERY}, and the line", x_label="budget, million dollars",
            y_label="revenue, million dollars", y_range=(LOWEST, HIGHEST))],
        [Lever(slope, -2, 6, 0.01, LINE["slope"]),
         Lever(intercept, -200, 400, 0.1, LINE["intercept"])],
        [Number("sum of the residuals of all films", n * mean, "million dollars"),
         Number("mean of the residuals of all films", mean, "million dollars")],
        [*(Moving("sticks", (budget, predicted, budget, end(revenue, predicted)),
                  {"budget": budgets, "revenue": revenues}, colour=colour)
           for end, colour in ((maximum, 2), (minimum, 3))),  # above the line, and below
         Moving("line", (budget, predicted), {"budget": ends}, label="your line")],
        Guess("", 2, choices=("One, the best", "Some, all of which rise as the films do",
                              "One for each slope, whether it rises or falls")),
        hides=[(0, 2)], hint="Let the line fall, and make the mean 0 all the same.",
    )


def by_budget(left: list[float], table: Table) -> list[float]:
    """The mean residual of each group of budgets, the cheapest first."""
    groups: list[list[float]] = [[] for _ in range(GROUPS)]
    for budget, residual in zip(table["budget"], left, strict=True):
        groups[min(int(budget // GROUP), GROUPS - 1)].append(residual)
    return [*map(statistics.fmean, groups)]


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
