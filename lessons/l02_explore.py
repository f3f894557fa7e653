"""2. Explore: does revenue move with budget?

Guess first: does a film that costs ten million more earn ten million more? You will see both
columns in eight numbers each, one number for how they move together, and the picture behind it; and
then four pictures that have such numbers in common.
"""

import statistics
import sys
from collections import Counter
from itertools import pairwise

from lessons.data import films, sources
from lessons.pages.live.live import Drag, Guess, Lever, Live, Moving, Number, Sums
from lessons.pages.page import Page
from lessons.run import start
from mathlab import Value, absolute, sqrt, symbols, where
from mathlab.drawing import Chart, Line, Points
from mathlab.learning.data.explore import correlation, summarize, summary_table
from mathlab.learning.data.table import Table
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

LOG = False  # True: both axes of the films go by powers of ten
STEP = 10  # million dollars of budget from one group of films to the next
GROUPS = 5
X_RANGE, Y_RANGE = (3.0, 20.0), (2.0, 14.0)  # of Anscombe's pictures
LIGHT, MIDDLE, HEAVY = 1.5, 3.0, 5.5  # thousand pounds: cars between them


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, _ = films.cleaned()
    budget, revenue = table["budget"], table["revenue"]
    page.lines(summary_table({"budget": budget, "revenue": revenue}, unit="million dollars"))
    summary = summarize(revenue)
    top = max(table.rows(), key=lambda film: film["revenue"])
    tenth = statistics.quantiles(revenue, n=10)[-1]
    pulled = page.claim(
        summary.mean > summary.median,
        f"Half of the films earned less than {summary.median:.0f} million, yet the mean is "
        f"{summary.mean:.0f}: one film in ten earned more than {tenth:.0f}, and these pull it up.")
    page.say(f"""{pulled} The
        largest is {top['title']}, with {top['revenue']:,.0f} million on a budget of
        {top['budget']:.0f}. A quarter of the films lie below the lower quartile, and a quarter
        above the upper one. To find the standard deviation (the spread), square the distances from
        the mean, add them up, divide by n - 1 (lesson 21 needs that, and not n), and take the
        root.""")
    page.picture(Chart(
        Points(budget, revenue), title="Each dot is a film", x_label="budget, million dollars",
        y_label="revenue, million dollars", x_log=LOG, y_log=LOG,
    ))
    together = page.claim(0.3 < correlation(budget, revenue) < 0.9, "So the two tend to rise "
                          "together, and the films stray far from any line.")
    page.say(f"""The correlation is {correlation(budget, revenue):.2f}, on a scale from -1 (all dots
        on a falling line) through 0 (no line at all) to 1 (all on a rising line); in books it is
        Pearson's r, or the correlation coefficient. {together}""")
    by_budget(page, table)
    four_pictures(page)
    cars(page)
    page.change("""let LOG be True: both axes go by powers of ten, and from 1 to 10 is as far as
        from 10 to 100. Where are the films now that were crowded in the lower left corner?""")
    page.exercise()


def by_budget(page: Page, table: Table) -> None:
    """How much more the films earn from one group of budgets to the next."""
    both = [*zip(table["budget"], table["revenue"], strict=True)]

    def earned(low: int) -> list[float]:
        return [revenue for budget, revenue in both if low <= budget < low + STEP]

    end = STEP * GROUPS
    groups = {f"{low} to {low + STEP}": earned(low) for low in range(0, end, STEP)}
    means = [*map(statistics.fmean, groups.values())]
    rises = [after - before for before, after in pairwise(means)]
    page.say(f"""And {STEP} million more? Put the films into {GROUPS} groups, each {STEP} million
        wide, and take the mean revenue of each.""")
    page.guess("How much more does a group earn than the one before it, on average?", Guess(
        "Million dollars:", statistics.fmean(rises), near=(max(rises) - min(rises)) / 2))
    page.say("In million dollars:")
    page.table({
        "budget": list(groups),
        "films": [*map(len, groups.values())],
        "mean revenue": [round(mean, 1) for mean in means],
    })
    dearer = len(table) - sum(map(len, groups.values()))
    grows = page.claim(
        min(rises) > 0,
        f"From one group to the next the mean grows by {min(rises):.0f} to {max(rises):.0f} "
        f"million, for {STEP} million more of budget.")
    rest = [*filter(None, map(earned, range(end, round(max(table["budget"])) + 1, STEP)))]
    small = page.claim(
        statistics.median(map(len, rest)) < min(map(len, groups.values())) / 10
        and any(after < before for before, after in pairwise(map(statistics.fmean, rest))),
        f"(The {dearer} films that cost more would mostly make small groups, whose means jump "
        "about.)")
    single = page.claim(
        all(len(each) > 200 and 10 * min(each) < mean < max(each) / 3
            for mean, each in zip(means, groups.values(), strict=True)),
        "But these are means of hundreds of films. A single film may earn much more or much less, "
        "as the picture shows.")
    page.say(f"{grows} {small} {single}")


def four_pictures(page: Page) -> None:
    """Anscombe's four series: their numbers, then their pictures."""
    series = sources.anscombe()
    page.title("A number is not a picture")
    page.say(f"""In 1973 the statistician Francis Anscombe made up {len(series)} small sets of data,
        {len(series['I'])} dots each. Here they are, boiled down. The last two rows tell of the line
        that fits best (the next lessons find out how): its slope says by how much it rises when x
        grows by 1, its intercept how high it is where x is 0.""")
    numbers = {name: in_numbers(table["x"], table["y"]) for name, table in series.items()}
    page.table({
        "": list(numbers["I"]),
        **{name: [f"{n:.2f}" for n in each.values()] for name, each in numbers.items()},
    })
    rows = zip(*(each.values() for each in numbers.values()), strict=True)
    alike = page.claim(all(len({f"{n:.2f}" for n in row}) == 1 for row in rows),
                       "Each row has one number, four times.")
    page.say(f"""{alike} If you saw only this table, you would think that the four are much alike.
        Now look at them, each with its line:""")
    page.pictures([with_line(name, table) for name, table in series.items()])
    _, of_ii, of_iii, of_iv = (sorted(zip(each["x"], each["y"], strict=True))
                               for each in series.values())
    turns = [a - 2 * b + c for (_, a), (_, b), (_, c) in zip(of_ii, of_ii[1:], of_ii[2:],
                                                             strict=False)]
    on_a_curve = page.claim(max(turns) < 0 and max(turns) - min(turns) < 0.05,
                            "The dots of II lie on a curve.")
    *lined_up, _ = sorted(of_iii, key=lambda dot: dot[1])
    tilted = page.claim(
        correlation(*zip(*lined_up, strict=True)) > 0.999,
        "In III all dots but one lie on a line, and that one tilts the best line away from the "
        "others.")
    upright = page.claim(
        sorted(Counter(x for x, _ in of_iv).values()) == [1, len(of_iv) - 1],
        "In IV all x are the same but one: take that dot away, and there is no slope left to find.")
    page.say(f"""Only I is what one imagines: a cloud about a line. {on_a_curve} {tilted} {upright}
        So look at the picture first, and believe the numbers afterwards.""")
    one_dot(page, series["III"])


def one_dot(page: Page, table: Table) -> None:
    """What one dot of the third series does to its seven numbers."""
    dots = sorted(zip(table["x"], table["y"], strict=True))
    stray = dots.index(max(dots, key=lambda dot: dot[1]))
    others = zip(*dots[:stray], *dots[stray + 1:], strict=True)
    slope, intercept = statistics.linear_regression(*others)
    page.live(the_dots(dots, stray, slope, Chart(
        Line(X_RANGE, [slope * x + intercept for x in X_RANGE], "the line of the others"),
        *with_line("III", table).layers, title="Series III once more", x_label="x", y_label="y",
        x_range=X_RANGE, y_range=Y_RANGE)))
    with_all = statistics.linear_regression(table["x"], table["y"]).slope
    moved = page.claim(
        abs(slope - with_all) > 0.2 * with_all,
        f"One dot of {len(dots)} makes all the difference, and the table does not tell which.")
    page.say(f"On that line it would be {slope:.2f}. {moved}")


def the_dots(dots: list[tuple[float, float]], stray: int, slope: float, chart: Chart) -> Live:
    """The third series, one of whose dots can be put elsewhere."""
    dot, x, y, number, u, v, along = symbols("dot x y number u v along")
    chosen = 0.5 - absolute(number - dot)  # above 0 for one dot only
    a, b = where(chosen, x, u), where(chosen, y, v)
    sums = symbols("sum_x sum_y sum_xx sum_xy sum_yy")
    now = of_sums(len(dots), *sums)
    us, vs = map(list, zip(*dots, strict=True))
    rows = {"number": range(1, 1 + len(dots)), "u": us, "v": vs}
    before = in_numbers(us, vs)
    return Live(
        "dots", f"""How far can one dot tilt a line? One dot of III lies by itself. If it lay on the
        line of the others, what would the slope of the best line be, instead of
        {before['slope']:.2f}?""", [chart],
        [Lever(dot, 1, len(dots), 1, stray + 1, "dot, from the left"),
         Lever(x, *X_RANGE, 0.01, dots[stray][0]), Lever(y, *Y_RANGE, 0.01, dots[stray][1])],
        [Number(name, [formula, Value(before[name])]) for name, formula in now.items()],
        [Moving("line", (along, now["slope"] * along + now["intercept"]), {"along": X_RANGE},
                label="the best line of all dots"),
         Moving("dots", (a, b), rows, colour=2), Moving("dots", (x, y), colour=3)],
        Guess("The slope:", slope, near=0.03), hides=[(0, 2), (0, 3)], secret=[(0, 1)],
        heads=("", "now", "before"),
        sums=Sums(dict(zip(sums, (a, b, a * a, a * b, b * b), strict=True)), rows),
        drag=Drag("x", "y", "dot", dots),
        hint="Put it there, with the mouse or by the levers; then take any other dot elsewhere.",
    )


def of_sums(n: int, x: Value, y: Value, xx: Value, xy: Value, yy: Value) -> dict[str, Value]:
    """What `in_numbers` says, as formulas of the sums of x, y and their products."""
    of_x, of_y, of_both = xx - x * x / n, yy - y * y / n, xy - x * y / n
    slope = of_both / of_x
    return {
        "mean of x": x / n, "mean of y": y / n,
        "spread of x": sqrt(of_x / (n - 1)), "spread of y": sqrt(of_y / (n - 1)),
        "correlation": of_both / sqrt(of_x * of_y),
        "slope": slope, "intercept": (y - slope * x) / n,
    }


def in_numbers(x: list[float], y: list[float]) -> dict[str, float]:
    """Two columns, boiled down."""
    slope, intercept = statistics.linear_regression(x, y)
    return {
        "mean of x": summarize(x).mean,
        "mean of y": summarize(y).mean,
        "spread of x": summarize(x).spread,
        "spread of y": summarize(y).spread,
        "correlation": correlation(x, y),
        "slope": slope,
        "intercept": intercept,
    }


def with_line(name: str, table: Table) -> Chart:
    """One of the four, and the line that fits it best; all four to the same scale."""
    slope, intercept = statistics.linear_regression(table["x"], table["y"])
    return Chart(
        Line(X_RANGE, [slope * x + intercept for x in X_RANGE]), Points(table["x"], table["y"]),
        title=f"Series {name}", x_label="x", y_label="y", x_range=X_RANGE, y_range=Y_RANGE,
    )


def cars(page: Page) -> None:
    """A cloud whose number is not told."""
    table, report = sources.cars("weight", "year")
    page.title("Another cloud")
    first, last = min(table["year"]), max(table["year"])
    page.say(f"""Now one whose numbers you are not told: {len(table)} cars of the years {first:.0f}
        to {last:.0f}, what they weigh, and how many miles they go on a gallon of fuel. (The file
        has {report.read} cars; of {report.read - len(table)} the miles are not known.)""")
    weights, miles = [weight / 1000 for weight in table["weight"]], table["miles_per_gallon"]
    page.live(your_line(Table({"weight": weights, "miles": miles}), Chart(
        Points(weights, miles),
        title="Each dot is a car", x_label="weight, thousand pounds", y_label="miles per gallon",
    )))


def your_line(table: Table, chart: Chart) -> Live:
    """The cars, and a line to lay through them."""
    slope, intercept, along = symbols("slope intercept along")
    best = statistics.linear_regression(table["weight"], table["miles"])
    squares = LossSurface(Model("miles = slope*weight + intercept"), table).polynomial
    return Live(
        "cars", f"""Lay a straight line through the middle of the cloud, by eye. How many miles per
        gallon does it give a car of {1000 * MIDDLE:,.0f} pounds?""", [chart],
        [Lever(slope, -15, 5, 0.01, 0), Lever(intercept, 0, 60, 0.01, 20)],
        [Number(f"at {1000 * MIDDLE:,.0f} pounds", slope * MIDDLE + intercept, "miles per gallon"),
         Number("root of the mean squared miss", sqrt(squares), "miles per gallon")],
        [Moving("line", (along, slope * along + intercept), {"along": (LIGHT, HEAVY)})],
        Guess("Miles per gallon:", best.slope * MIDDLE + best.intercept, near=1.5, axis="y"),
        buttons={"The best line": {"slope": best.slope, "intercept": best.intercept}},
        hint="Lay your own line first, then see the best. It misses the cars by least.",
    )


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
