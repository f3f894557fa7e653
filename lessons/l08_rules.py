"""8. Rules: can we do without h?

Guess first: every slope so far took two points, a step h apart, and no h was quite right. What is
left of ((x + h)**2 - x**2) / h if you work it out on paper, with h as a letter, and only then let
h be 0? You will see a rule come out, then a whole table of rules, and each of them put to the test.
"""

import math
import sys
from collections.abc import Sequence
from typing import NamedTuple

from lessons.pages.live.live import Guess, Live
from lessons.pages.page import Page
from lessons.run import start
from mathlab import gradient, numeric, simplify, symbols
from mathlab.calculus.algebra.polynomial import coefficients
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.operations import Operation
from mathlab.drawing import Chart, Curve, Guide
from mathlab.drawing.paper.ink import COLOURS
from mathlab.errors import DomainError, FormulaError

POWER = 2  # of the x whose slope is worked out on paper: 1, 2, 3, ...
PLACE = 0.5  # where the rules are put to the test,
ELSEWHERE = (2.0, 0.3)  # and where those that have no slope there
MOST = 100  # a power whose quotient still fits on a page or two
PLACES = (0.5, 1.0, 2.0, 3.0, 5.0)  # where a rule of the reader's own is put to the test
LONGEST = 13  # letters of a slope that fits into the table

X, Y, H, U, V = symbols("x y h u v")


class Proof(NamedTuple):
    """The slope of a row as it is written, where it was tested, its number, how far that is off."""

    name: str
    slope: str
    x: float
    number: str
    off: float


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    on_paper(page)
    the_table(page)
    page.title("A slope for every x")
    page.say("""A rule says more than a number: it gives the slope at every x, and so it can be
        drawn. Here are sin, and what its row says of its slope:""")
    page.live(your_own(Chart(
        Curve(math.sin, 0, 2 * math.pi, "sin(x)"),
        Curve(lambda x: table.sin.slopes[0](x, math.sin(x)), 0, 2 * math.pi, "its slope"),
        Guide(y=0), Guide(x=math.pi / 2, label="top"), Guide(x=3 * math.pi / 2, label="bottom"),
        title="A curve and its slope", x_label="x", y_label="y", y_range=(-1.1, 1.1),
    )))
    page.say("""Where sin rises, its slope is above 0. At the top and at the bottom sin is level,
        and there its slope crosses 0. In between, where sin falls, its slope is below 0.""")
    page.change("""let POWER be 3, then 4, then 10. Can you say the rule for any power before you
        have seen it?""")
    page.exercise()


def on_paper(page: Page) -> None:
    """The quotient of a power, worked out with h as a letter."""
    if POWER not in range(1, MOST + 1):
        raise FormulaError(f"POWER is 1, 2, 3, ... up to {MOST}; got {POWER}")
    page.say(f"""Take y = {X**POWER}. Here is its quotient from lesson 7, with a letter for the
        step:""")
    top = (X + H) ** POWER - X**POWER
    page.formula(f"slope = ({top}) / h")
    terms = coefficients(top, [H])
    multiplied = " + ".join(
        str(simplify(slope * H**power)) for (power,), slope in terms.items() if power)
    left = [simplify(slope * H ** (power - 1)) for (power,), slope in terms.items() if power]
    page.say(f"""Multiply the top out (mathlab does it here, with letters for numbers). What has no
        h in it, {X**POWER} - {X**POWER}, cancels, so that every term left has one:""")
    page.formula(f"slope = ({multiplied}) / h")
    page.say("Now h can be divided out, once from each:")
    page.formula(f"slope = {' + '.join(map(str, left))}")
    rule = left[0]
    measured = numeric.derivative(lambda x: x**POWER, PLACE)
    page.say("""Nothing is divided by h any more, so now, and not before, h may be 0. Every term
        that still holds an h is gone:""")
    page.formula(f"slope = {rule}")
    page.say(f"""That is a rule. At x = {PLACE:g} it says {rule.at(x=PLACE):g}, and measuring as in
        lesson 7 says {measured.value:.10f}. The rule was asked once; the measurement asked for
        {measured.evaluations} values of the function. Such a rule, which gives the slope at every
        x, is called the derivative of y, and is written dy/dx.""")


def the_table(page: Page) -> None:
    """The rows with one input, each with its slope by rule and by measurement."""
    of_one = [row for row in table.BUILT_IN.values() if row.arity == 1]
    proofs = [prove(row) for row in of_one]
    count = len(table.BUILT_IN) - 1  # the row of plain numbers has no slope
    page.title("The table")
    page.say(f"""Each function needs such work only once. What came out stands in a table, as
        inside the cover of a book on calculus. mathlab has it in operations.py, in
        mathlab/calculus: {count} rows, and nothing else in mathlab knows the slope of anything.
        {len(of_one)} of the rows take one number. Here x is what goes in, y what comes out, and the
        slope is written with either. The last two columns are the test: the slope at x = {PLACE:g}
        by the rule, and how far that is from what numeric.derivative of lesson 7 measures, which
        has never seen the table.""")
    waves, long_names = map(of_one.index, (table.sin, table.sigmoid))
    powers = of_one.index(table.exp)
    page.say("""Straight pieces; all but the first have a corner or a jump at 0. step is 0 below 0
        and 1 above, sign is -1 and 1, and relu is 0 below 0 and x above:""")
    show(page, proofs[:powers])
    page.say("""Powers and logarithms. log is the natural one, which undoes exp; log1p is log(1 + x)
        and expm1 is exp(x) - 1, and cbrt is the cube root. The slope of exp is its own height. The
        slope of log is a plain fraction:""")
    show(page, proofs[powers:waves])
    page.say("""Waves, angles in radians, and their kin (sinh is half of exp(x) - exp(-x), cosh half
        of the sum, and tanh is sinh divided by cosh). sin and cos are each other's slope, but for a
        sign:""")
    show(page, proofs[waves:long_names])
    page.say("""And functions with long names. sigmoid is 1/(1 + exp(-x)); you will meet it again in
        lesson 19, where the answer is yes or no. It is the slope of softplus, log(1 + exp(x)). The
        rest are for those who know them already: gamma is (x - 1) factorial, also between whole
        numbers.""")
    show(page, proofs[long_names:])
    others = [proof for proof in proofs if not fits(proof)]
    page.say(f"The others have slopes too long for a column, or none at {PLACE:g}:")
    page.formula("\n".join(f"{proof.name:8} {proof.slope}" for proof in others))
    worst = max(proofs, key=lambda proof: proof.off)
    moved = ", ".join(f"{proof.name} at x = {proof.x:g}" for proof in proofs if proof.x != PLACE)
    page.say(f"""They were tested too, at x = {PLACE:g} or, having no slope there, elsewhere
        ({moved}). Of all {len(proofs)} rows the furthest off is {worst.name}, by {worst.off:.1e}. A
        wrong rule would be off in its first digits.""")
    page.say(f"""Or by luck it would not: at x = {PLACE:g} the wrong rule x + {PLACE:g} says the
        same as the right one, 2*x. So one place proves little, and the check of your exercise asks
        in several.""")
    two = (U + V, U - V, U * V, U / V, U**V)
    page.say("Rows that take two numbers have a slope by each. Those of arithmetic are:")
    by_u, by_v = ([str(gradient(row, [U, V])[i]) for row in two] for i in (0, 1))
    page.table({"row": list(map(str, two)), "slope by u": by_u, "slope by v": by_v})
    page.say("""If both u and v change with x, each adds its part. So the slope of u*v is the slope
        of u times v, plus u times the slope of v. That is called the product rule; in the same way
        the fourth row makes the quotient rule, and the last, where v stays as it is, the power
        rule.""")
    page.say("""And the corners? At x = 0 absolute and relu turn, and have no slope; sign and step
        jump. The table gives them one all the same, so that nothing stops there. That is a choice,
        and no mathematics: a note beside the rows says so.""")


def your_own(chart: Chart) -> Live:
    """The picture, and a function and a rule of the reader's own, against measuring."""
    lifted = table.sin(X) + 1
    answers = (table.cos(X), table.cos(X) + 1, lifted)
    return Live(
        "rule", f"""Lift the whole curve by 1: what is the slope of {lifted}? Look at the picture
        before you answer.""", [chart],
        guess=Guess("", truth=0, choices=[str(answer) for answer in answers]),
        hides=[(0, layer) for layer in range(1, 6)], kind="rule",
        own={"start": (str(lifted), str(answers[1])), "places": PLACES, "colours": COLOURS[:3]},
        hint="""A rule that is not right stands here. Mend it; then try another function, and what
        you take for its slope, written with x, or with y for the height.""",
    )


def show(page: Page, proofs: Sequence[Proof]) -> None:
    """Put what fits into a table."""
    names, slopes, _, numbers, off = zip(*filter(fits, proofs), strict=True)
    errors = [f"{each:.0e}" for each in off]
    page.table({"row": names, "slope": slopes, f"at {PLACE:g}": numbers, "off": errors})


def fits(proof: Proof) -> bool:
    """Whether there is room for it in a table: short texts, and a number at PLACE."""
    return len(proof.name) <= 8 and len(proof.slope) <= LONGEST and proof.x == PLACE


def prove(row: Operation) -> Proof:
    """Test the slope of a row where it has one."""
    (slope,) = row.slopes
    for x in (PLACE, *ELSEWHERE):
        try:
            number = slope(x, row(x))
            break
        except (DomainError, ZeroDivisionError):
            continue
    off = abs(number - numeric.derivative(row, x).value)
    return Proof(row.name, str(simplify(slope(X, Y))), x, f"{number:.4g}", off)


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
