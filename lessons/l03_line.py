"""3. A line: what does a line claim?

Guess first: one line says that every film earns the mean, whatever it cost; another is drawn by eye
through the cloud of films. How much nearer does it come to them: a little, half as near again, or
nearly all the way? You will see three lines, and what each of them claims.
"""

import statistics
import sys

from lessons.data import films
from lessons.pages.live.live import Guess, Lever, Live, Moving, Number
from lessons.pages.page import Page
from lessons.run import start
from mathlab import symbols
from mathlab.drawing import Chart, Line, Points, Text
from mathlab.learning.data.table import Table
from mathlab.learning.inference.predict import residuals
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

MODEL = "revenue = slope*budget + intercept"
BUDGET = 100.0  # million dollars
BY_EYE = {"slope": 3.0, "intercept": 0.0}
HIGHEST = 1000.0  # million dollars that the picture shows


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, _ = films.cleaned()
    budgets, revenues = table["budget"], table["revenue"]
    mean = statistics.fmean(revenues)
    model, two_films = Model(MODEL), Table({"budget": [BUDGET, BUDGET + 1]})
    lines = {
        "level": {"slope": 0.0, "intercept": mean},
        "money back": {"slope": 1.0, "intercept": 0.0},
        "by eye": BY_EYE,
    }
    page.say("""A line is a guess about the world, and it is all in two numbers:""")
    page.formula(MODEL)
    page.say(f"""The slope says how many dollars of revenue go with one dollar more of budget. The
        intercept says what a film that costs nothing would earn. They are the parameters of the
        model, its levers: we may set them as we like, and each setting is another claim. Three of
        them, and what they say of a film of {BUDGET:g} million, all in million dollars:""")
    page.rows(
        ["line", "slope", "intercept", f"at {BUDGET:g}", f"at {BUDGET + 1:g}"],
        [
            (name, levers["slope"], levers["intercept"], *model.predict(levers, two_films))
            for name, levers in lines.items()
        ],
    )
    page.say(f"""'level' does not look at the budget at all: every film earns {mean:.1f} million,
        the mean. 'money back' says that a film earns what it cost, dollar for dollar. 'by eye' says
        {BY_EYE['slope']:g} dollars for each. Look at the last two columns: one million more of
        budget adds just the slope, wherever on the line you stand. That is what makes it a
        line.""")
    ends = Table({"budget": [0.0, max(budgets)]})
    surface = LossSurface(model, table, method="collapsed")
    squares = {name: surface.height([*levers.values()]) for name, levers in lines.items()}
    left = {name: 100 * square / squares["level"] for name, square in squares.items()}
    page.live(a_line(surface, squares["level"], left["by eye"], Chart(
        Points(budgets, revenues, "films"),
        *(
            Line(ends["budget"], model.predict(levers, ends), name)
            for name, levers in lines.items()
        ),
        *(
            Text(ends["budget"][1], model.predict(levers, ends)[1], name)
            for name, levers in lines.items()
        ),
        title="Three lines through the same films",
        x_label="budget, million dollars",
        y_label="revenue, million dollars",
        y_range=(0.0, HIGHEST),
    )))
    higher = sum(revenue > HIGHEST for revenue in revenues)
    above = {
        name: sum(e > 0 for e in residuals(revenues, model.predict(levers, table)))
        for name, levers in lines.items()
    }
    near = [sum(abs(e) < 1 for e in residuals(revenues, model.predict(levers, table)))
            for levers in lines.values()]
    no_line = page.claim(len({*zip(budgets, revenues, strict=True)}) > len({*budgets}),
                         "No line runs through all the dots.")
    misses = page.claim(max(near) < len(table) / 10,
                        "Each of these three misses nearly all of them.")
    page.say(f"""({higher} films that earned more than {HIGHEST:,.0f} million lie above the
        picture.) {no_line} {misses} Of {len(table):,} films {above['level']:,} lie above the level
        line, {above['money back']:,} above 'money back', and {above['by eye']:,} above the one by
        eye. A line does not claim that it is right. It claims that films stray from it to both
        sides, and not too far. By the mean of the squares 'money back' leaves
        {left['money back']:.0f}% of what 'level' has, and 'by eye' {left['by eye']:.0f}%. Why
        squares? The next lessons tell.""")
    page.say("""One thing a line never claims is why. Dear films may earn more because they were
        dear, or because somebody knew that they would earn much and so dared to spend much. The
        dots are the same.""")
    page.change("""let BY_EYE have a slope of your own, and an intercept. Can you make half of the
        films lie above it?""")
    page.exercise()


def a_line(surface: LossSurface, level: float, left: float, chart: Chart) -> Live:
    """The films with a line to turn, and how far they stray from it."""
    slope, intercept, along = symbols("slope intercept along")
    return Live(
        "line", f"""How far do the films stray from a line? Square how far each lies above or below
        it, and take the mean. For 'level' that is {level:,.0f}. Take this as 100%. What is it for
        the line by eye, in per cent?""", [chart],
        [Lever(slope, -2, 6, 0.01, BY_EYE["slope"]),
         Lever(intercept, -200, 400, 1, BY_EYE["intercept"])],
        [Number("mean of the squares", surface.polynomial, "(million dollars)^2"),
         Number("% of what 'level' has", 100 / level * surface.polynomial, most=100)],
        [Moving("line", (along, slope * along + intercept), {"along": (0, 400)}, colour=3,
                label="your line")],
        Guess("Per cent:", left, near=5, unit="%"), hides=[(0, 4), (0, 7)],
        hint="The bar is full where a line is no better than 'level'. How far can you empty it?",
    )


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
