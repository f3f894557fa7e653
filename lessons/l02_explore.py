"""2. Explore: does revenue move with budget?

Guess first: does a film that costs ten million more earn ten million more? You will see both
columns in eight numbers each, one number for how they move together, and the picture behind it.
"""

import sys

from lessons import films
from lessons.page import Page
from lessons.run import start
from mathlab.drawing import Chart, Points
from mathlab.learning.explore import correlation, summarize, summary_table


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, _ = films.cleaned()
    budget, revenue = table["budget"], table["revenue"]
    page.lines(summary_table({"budget": budget, "revenue": revenue}, unit="million dollars"))
    summary = summarize(revenue)
    top = max(table.rows(), key=lambda film: film["revenue"])
    page.say(f"""Half of the films earned less than {summary.median:.0f} million, yet the mean is
        {summary.mean:.0f}: a few giants pull it up. The largest is {top['title']}, with
        {top['revenue']:,.0f} million on a budget of {top['budget']:.0f}.""")
    page.picture(
        Chart(
            Points(budget, revenue),
            title="Each dot is a film",
            x_label="budget, million dollars",
            y_label="revenue, million dollars",
        )
    )
    page.say(f"""The correlation is {correlation(budget, revenue):.2f}, on a scale from -1 (all dots
        on a falling line) through 0 (no line at all) to 1 (all on a rising line). So there is a
        line in this cloud, and the films stray far from it. Which line is the best one?""")


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
