"""12. Three ways: which method, at what cost?

Guess first: numeric nudges and looks, backward runs the chain rule over numbers, symbolic runs it
over formulas. Which is the most accurate? And which costs least, with one parameter (lever) and
with a hundred? You will see their answers, their work, their time and their size, and what each of
them is for.
"""

import math
import statistics
import sys
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from lessons.clock import RUNS, clocked
from lessons.data import films
from lessons.pages.live.live import Guess
from lessons.pages.page import Page
from lessons.run import start
from mathlab import (
    Value,
    compile_formula,
    compiled,
    derivative,
    dot,
    exp,
    gradient,
    numeric,
    sigmoid,
    sin,
    symbols,
    total,
)
from mathlab.calculus.code.tidy import size
from mathlab.calculus.graph.operations import function
from mathlab.calculus.proof.check import check_derivatives
from mathlab.calculus.proof.compare import Comparison, compare
from mathlab.drawing import Chart, Line
from mathlab.errors import WrongSlopeError
from mathlab.learning.data.explore import standardize
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

MODEL = "revenue = scale*budget**power"
LEVELS = {"scale": 5.0, "power": 0.9}
LEVERS = (1, 10, 100)
YEARS = 16
ROWS = 100  # films in the step that is timed
Way = Callable[[], list[float]]  # a step: two slopes
LINE, START = "revenue = slope*budget + intercept", {"slope": 2.0, "intercept": 10.0}

# Three rows as in the table of derivatives, made at home. One slope is wrong.
#                name     how to compute it              dy/dx
bell  = function("bell",  lambda x: math.exp(-x * x),    lambda x, y: -2 * x * y)
slant = function("slant", lambda x: math.hypot(1, x),    lambda x, y: x / y)
soft  = function("soft",  lambda x: x / (1 + abs(x)),    lambda x, y: 1 / (1 + abs(x)))


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    accuracy(page)
    cost(page)
    swelling(page)
    higher_orders(page)
    a_black_box(page)
    generality(page)
    page.change("let YEARS be 32. Which column doubles, and in which one do the digits?")
    page.exercise()


def accuracy(page: Page) -> None:
    """All ways side by side, where all is well and where a rule is wrong."""
    prediction, (power,) = Model(MODEL).prediction, symbols("power")
    film = max(films.cleaned()[0].rows(), key=lambda film: film["revenue"])
    page.say("Here is a model that bends, and how fast it changes with its power:")
    page.formula(f"{MODEL}\nd revenue / d power = {derivative(prediction, power)}")
    found = compare(prediction, {**LEVELS, "budget": film["budget"]}, by="power")
    page.say(f"""For the film that earned most, {film['title']}, with a budget of
        {film['budget']:g} million, a scale of {LEVELS['scale']:g} and a power of
        {LEVELS['power']:g}, every way that mathlab has says:""")
    numeric_off, *off = map(found.off_by, ("numeric", "backward", "symbolic"))
    page.guess("Which of the three comes nearest to the true slope?", Guess(
        "", truth=3 if numeric_off > 10 * max(off) else 0,
        choices=("numeric", "backward", "symbolic", "The last two, both as near as can be"),
    ), "nearest")
    side_by_side(page, found)
    by_table = ("backward", "symbolic", "compiled", "series")
    whole = abs(found.results["symbolic"])
    last_digits = page.claim(
        all(found.off_by(way) < 1e-14 * whole for way in by_table),
        "The others read one table of derivatives, and lose only the last digits.")
    agree = page.claim(all(found.off_by(way) < 1e-6 * whole for way in found.results),
                       "They agree, but what is that worth?")
    page.say(f"""'off by' is how far each is from the last row, the formula worked out with 50
        digits; 'calls' is how often it asked for a value of the function: '-' is for a formula of
        the slope, which needs none. The first four know no calculus. (The complex step asks at a
        complex number, for those who know them: the slope comes out as its imaginary part, and no
        two near numbers have to be subtracted.)
        {last_digits}""")
    wrong = [row for row in (bell, slant, soft) if not right(row)]
    one = page.claim(len(wrong) == 1, "One has a wrong slope.")
    page.say(f"""{agree} Those who read the table are pupils who have copied from one book. What if
        the book is wrong? At the top of this lesson's file stand three rows made at home: bell,
        slant and soft. {one} Their sum at 1.5:""")
    found = compare(home_made, 1.5)
    side_by_side(page, found)
    try:
        check_derivatives(home_made, 1.5)
        page.say("No slope is wrong: the rules say what the measurement says.")
    except WrongSlopeError as error:
        shared = [found.results[way] for way in by_table]
        still = page.claim(all(map(math.isclose, shared, shared[1:])),
                           "Those who share the table still agree.")
        page.say(f"""{still} But 'off by' is now the distance from '{found.witness}', which has
            never seen it. That is what check_derivatives does:""")
        page.lines(str(error).replace("±", "+-").replace(" by input 1", ""))


def right(row: Any) -> bool:
    """Whether the slope of a row made at home is as measured."""
    x = Value(1.5)
    row(x).backward()
    return math.isclose(x.grad, numeric.derivative(row, 1.5).value, rel_tol=1e-6)


def home_made(x: Any) -> Any:
    """The sum of the three rows."""
    return bell(x) + slant(x) + soft(x)


def side_by_side(page: Page, found: Comparison) -> None:
    """A row for every way that has an answer."""
    ways = found.results
    page.table({
        "method": [way.removesuffix(" difference") for way in ways],
        "slope": [float(ways[way]) for way in ways],
        "off by": [f"{found.off_by(way):.0e}" for way in ways],
        "calls": [found.findings[way].evaluations for way in ways],
    })


def cost(page: Page) -> None:
    """Evaluations and time for the gradient by one, ten and a hundred levers."""
    budgets, _ = standardize(films.cleaned()[0]["budget"])

    def neuron(levers: Any) -> Any:
        return sigmoid(dot(levers, budgets[: len(levers)]))

    page.title("What it costs")
    page.say(f"""Now for many levers at once: a neuron, the part that networks are made of. Each
        lever weighs one number (here, the budget of a film), and of their sum the sigmoid makes a
        number from 0 to 1. We ask for its slope by every lever. 'calls' is counted: how often the
        neuron was worked out, or its derivative, once that is written; how long it takes to write
        that formula stands in a row of its own. 'time' is the median of up to {RUNS} runs.""")
    rows = [row for n in LEVERS for row in gradients(neuron, [1 / n] * n)]
    calls = next(calls for n, way, calls, _ in rows if (n, way) == (LEVERS[-1], "numeric"))
    page.guess(f"""With {LEVERS[-1]} levers, how often is the neuron worked out to measure all its
        slopes, by nudges?""", Guess("Times:", calls, near=calls / 3))
    page.rows(["levers", "method", "calls", "time"], rows)
    one_sweep = page.claim(
        all(counted == 1 for _, way, counted, _ in rows if way == "backward"),
        "Backward has them all from one call and one sweep, however many there are.")
    page.say(f"""Numeric nudges every lever anew: about {calls / LEVERS[-1]:.0f} calls for each.
        {one_sweep} That is why networks can be trained at all. Symbolic has to write its formula
        first; but only once, and if you ask again and again, as in training, you soon have that
        time back.""")


def gradients(f: Callable[[Any], Any], levers: list[float]) -> list[tuple[Any, ...]]:
    """A row for each method: how many levers, its name, its calls and its time."""
    names = symbols(" ".join(f"lever{i}" for i in range(len(levers))))
    formula, *writing = work(f, lambda f: compile_formula(gradient(f(names), names), names))
    ways = {
        "numeric": work(f, lambda f: numeric.gradient(f, levers)),
        "backward": work(f, lambda f: f([Value(lever) for lever in levers]).backward()),
        "symbolic": work(formula, lambda f: f(*levers)),
    }
    rows = [(len(levers), name, *counts) for name, (_, *counts) in ways.items()]
    return [*rows, (len(levers), "(writing)", *writing)]


def work(f: Callable[..., Any], way: Callable[[Any], Any]) -> tuple[Any, int, str]:
    """What a way makes of `f`, how often it called `f`, and the time it took."""
    calls = 0

    def counted(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        return f(*arguments)

    def once() -> Any:
        nonlocal calls
        calls = 0
        return way(counted)

    result, milliseconds = clocked(once)
    return result, calls, f"{milliseconds:.3f} ms"


def swelling(page: Page) -> None:
    """How a derivative swells, and how sharing keeps it small."""
    (x,) = symbols("x")
    years = range(1, YEARS + 1)
    formulas = {n: after(n, x) for n in years}
    slopes = {n: derivative(formulas[n], x) for n in years}
    shared, in_full = zip(*map(size, slopes.values()), strict=True)
    page.title("What it takes up")
    page.say("""They say that formulas of derivatives swell beyond all bounds. Let us count
        operations. x is how many animals live in a wood, as a share of all that it can feed; so
        many live there a year later:""")
    page.formula(str(after(1, x)))
    page.say("""After two years it is this formula of this formula, and so on. The derivative says
        how much one animal more today matters then:""")
    page.formula("\n".join(f"d (year {n}) / dx = {slopes[n]}" for n in (1, 2)))
    page.say("""The operations of the derivative are counted in two ways: on paper, as often as they
        are written, and shared, each part once, however often it is used:""")
    shown = [n for n in years if n.bit_count() == 1]  # 1, 2, 4, 8, ...
    page.table({
        "years": shown,
        "formula": [size(formulas[n])[0] for n in shown],
        "shared": [shared[n - 1] for n in shown],
        "on paper": [f"{in_full[n - 1]:,.0f}" for n in shown],
    })
    page.picture(Chart(
        Line(years, in_full, "on paper"), Line(years, shared, "shared"), y_log=True,
        title="The size of the derivative", x_label="years", y_label="operations",
    ))
    most = max(after - before for before, after in pairwise(shared))
    written = page.claim(1e6 * shared[-1] < in_full[-1],
                         "The swelling is in the writing, not in the mathematics.")
    page.say(f"""On paper whatever is used twice is written out twice, and so is all within it: in
        the end each year multiplies the length by {in_full[-1] / in_full[-2]:.0f}. After {YEARS}
        years it fills {in_full[-1] / 1e6:,.0f} books of a million operations each. But a graph
        holds a part once, however often it is used: no year adds more than {most}, and it ends at
        {shared[-1]}. {written}""")


def higher_orders(page: Page) -> None:
    """The same for the derivative of a derivative of a derivative."""
    (x,) = symbols("x")
    wave = sin(sin(sin(x)))
    orders = (1, 2, 4, 8)
    shared, in_full = zip(*(size(derivative(wave, x, n)) for n in orders), strict=True)
    page.say(f"""It is the same with derivatives of derivatives. Take {wave}. Its second derivative
        is the derivative of its derivative, and so on:""")
    page.table({"order": orders, "shared": shared, "on paper": [f"{n:,.0f}" for n in in_full]})
    page.say(f"""On paper the derivative of order {orders[-1]} takes {in_full[-1] / in_full[0]:,.0f}
        times what the first one takes; as a graph {shared[-1] / shared[0]:.0f} times. The trick is
        not to write it out in between: each derivative is swept from the graph of the one before,
        and equal parts are made one. Where a formula does not swell, no trick is needed:""")
    bell = exp(-x**2)
    page.formula("\n".join(f"order {n} of {bell}: {derivative(bell, x, n)}" for n in (1, 2, 3, 4)))


def after(years: int, x: Any) -> Any:
    """The logistic map, so many times over."""
    for _ in range(years):
        x = 4 * x * (1 - x)
    return x


def a_black_box(page: Page) -> None:
    """Where numeric wins, and where it loses."""
    table, _ = films.cleaned()

    def straight(power: float) -> float:
        return statistics.correlation([b**power for b in table["budget"]], table["revenue"])

    page.title("What only numeric can do")
    found, blurred = (numeric.derivative(straight, 1.0, relative_noise=n) for n in (0.0, 1e-4))
    closer = page.claim(found.value > 0, "So a power a little above 1 would bring the films closer "
                                         "to a line.")
    page.say(f"""If budgets were raised to a power, how well would revenue follow them on a line?
        statistics.correlation knows: {straight(1.0):.3f} with a power of 1. It is a part of Python,
        and gives backward and symbolic nothing to hold on to. But numeric needs only numbers: from
        {found.evaluations} of them it finds a slope of {found.value:.10f}, by its own
        measure off by about {found.error:.0e}. {closer}""")
    page.say(f"""What numeric bears badly is noise. Were the correlation good to four digits only,
        its slope would be known to {blurred.error:.0e} and no better.""")
    page.say("""So: symbolic where you want to read the derivative, or need it very often. Backward
        where there are many levers. Numeric where there is no formula; and to check the others.""")


def generality(page: Page) -> None:
    """One step of a line, by ways that take more and more for granted."""
    steps = a_step()
    page.title("What it costs to be general")
    page.say(f"""Last, the work of one step of training: the loss of a line on {ROWS} films, and its
        two slopes. 'backward' and 'replayed' run the same program, a loop written with Values:""")
    page.listing(loss_of, "misses")
    page.say("""'replayed' is compiled(loss_of), in mathlab/calculus/code/compiled.py. It has run
        the loop once on symbols instead of numbers, swept the graph that they left, and written
        both down as plain Python, which it then runs each time. 'rows' is told the formula of one
        film, and writes a loop over all. 'collapsed' multiplies the squares out and adds all films
        up, once, into a few numbers. 'made' is the time that such writing takes:""")
    page.rows(["way", "it needs", "made", "a step"], [
        (way, takes, f"{made:.1f} ms" if made else "", f"{step:.4f} ms")
        for way, (takes, made, step, _) in steps.items()])
    *_, slopes = zip(*steps.values(), strict=True)
    same = page.claim(all(math.dist(each, slopes[0]) < 1e-6 * math.hypot(*each) for each in slopes),
                      "All find the same slopes.")
    page.say(f"""{same} The further down, the more a way takes for granted; read the last column
        down for what that buys. The first takes any function; the second any program of Values,
        even one that decides by their numbers as it goes. The third cannot: the next numbers might
        decide otherwise, so it refuses. Divide 'made' by the time that a step saves over the
        second's, and you have the steps after which it pays. The last two need a formula, and the
        last of all needs it to be a line.""")


def loss_of(slope: Any, intercept: Any, rows: Any) -> Any:
    """The mean squared miss of a line."""
    misses = [y - (slope * x + intercept) for x, y in rows]
    return total(miss**2 for miss in misses) / len(misses)


def a_step() -> dict[str, tuple[str, float, float, list[float]]]:
    """For each way what it takes, the times to make it and for a step, and the slopes."""
    table = films.cleaned()[0].head(ROWS)
    rows = [*zip(table["budget"], table["revenue"], strict=True)]
    levers = slope, intercept = Value(START["slope"]), Value(START["intercept"])

    def backward() -> list[float]:
        loss_of(slope, intercept, rows).backward()
        return [lever.grad for lever in levers]

    def replayed() -> Way:
        step = compiled(loss_of)

        def way() -> list[float]:
            step(slope, intercept, rows)
            return [lever.grad for lever in levers]

        return way

    def on_surface(method: str) -> Way:
        surface = LossSurface(Model(LINE), table, method=method)
        return lambda: surface.look([*START.values()])[1]

    makers: dict[str, tuple[str, Callable[[], Way]]] = {
        "numeric": ("a function", lambda: on_surface("numeric")),
        "backward": ("a program of Values", lambda: backward),
        "replayed": ("one that decides nothing", replayed),
        "rows": ("a formula", lambda: on_surface("compiled")),
        "collapsed": ("a line", lambda: on_surface("collapsed")),
    }
    steps = {}
    for name, (takes, make) in makers.items():
        _, made = clocked(lambda make=make: make()())  # type: ignore[misc]
        (way := make())()
        slopes, step = clocked(lambda way=way: (way(), way())[1], runs=15)  # type: ignore[misc]
        steps[name] = takes, made * (name not in ("numeric", "backward")), step / 2, slopes
    return steps


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
