"""8. Rules: can we do without h?

Guess first: every slope so far took two points, a step h apart, and no h was quite right. What is
left of ((x + h)**2 - x**2) / h if you work it out on paper, with h as a letter, and only then let
h be 0? You will see a rule come out, the slope of sin dot by dot, the slope of a product as a
rectangle that grows, and a whole table of rules, each of them put to the test.
"""

import math
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from lessons.pages.live.live import Guess, Lever, Live, Moving, Number
from lessons.pages.page import Page
from lessons.run import start
from mathlab import derivative, gradient, numeric, simplify, substitute, symbols
from mathlab.calculus.algebra.polynomial import coefficients
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.numeric import central_difference
from mathlab.drawing import Chart, Curve, Guide, Line, Mark, Points, Text
from mathlab.drawing.paper.ink import COLOURS
from mathlab.errors import DomainError, FormulaError

POWER = 2  # of the x whose slope is worked out on paper: 1, 2, 3, ...
PLACE = 0.5  # where the rules are put to the test,
ELSEWHERE = (2.0, 0.3)  # and where those that have no slope there
MOST = 100  # a power whose quotient still fits on a page or two
PLACES = (0.5, 1.0, 2.0, 3.0, 5.0)  # where a rule of the reader's own is put to the test
LONGEST = 13  # letters of a slope that fits into the table
NEAR = 0.001  # how far to either side the slope of sin is measured
STEPS = (1.0, 0.1, 0.01, 0.001)

X, Y, H, U, V = symbols("x y h u v")
SIDES = (2 * X, X + 1)  # of the rectangle that grows,
AT = 2.0  # and where it starts
PRODUCT = (X**2, table.sin(X))  # two curves, whose product puts the rule to the test
TURN = 2 * math.pi
NO_SLOPE = {table.absolute: "A kink", table.step: "A jump", table.cbrt: "An upright tangent"}


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
    sin_by_dots(page)
    the_table(page)
    a_rectangle(page)
    no_slope(page)
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
    page.guess("What is left of it if h is 0 at last?", Guess(
        "", 1, choices=("Nothing: 0 / 0", str(simplify(terms[1,])), str(X**POWER))))
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
        inside the cover of a book on calculus. mathlab has it in mathlab/calculus/graph, in
        operations.py: {count} rows, and nothing else in mathlab knows the slope of anything.
        {len(of_one)} of the rows take one number. Here x is what goes in, y what comes out, and the
        slope is written with either. The last two columns are the test: the slope at x = {PLACE:g}
        by the rule, and how far that is from what numeric.derivative of lesson 7 measures, which
        has never seen the table.""")
    waves, long_names = map(of_one.index, (table.sin, table.sigmoid))
    powers = of_one.index(table.exp)
    straight = of_one[:powers]
    broken = page.claim(
        [abs(central_difference(row, 0.0, NEAR) - row.slopes[0](NEAR, row(NEAR))) > 0.1
         for row in straight] == [False] + [True] * len(straight[1:]),
        "all but the first have a corner or a jump at 0.")
    page.say(f"""Straight pieces; {broken} step is 0 below 0 and 1 above, sign is -1 and 1, and relu
        is 0 below 0 and x above:""")
    show(page, proofs[:powers])
    page.say(f"""Powers and logarithms. exp(x) is e**x, where the number e is {math.e:.5f}...: of
        all powers this one's slope is its own height. log undoes it: log(y) is the x for
        which e**x is y (the natural logarithm, ln in books). log1p is log(1 + x), expm1 is
        exp(x) - 1, and cbrt is the cube root. The slope of log is a plain fraction:""")
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


def sin_by_dots(page: Page) -> None:
    """The slope of sin, measured at place after place; and why it is cos."""
    places = [TURN * i / 12 for i in range(13)]
    measured = [central_difference(math.sin, x, NEAR) for x in places]
    page.title("The slope of sin, dot by dot")
    page.say(f"""A power can be multiplied out, and sin cannot. But its slope can be traced. Go
        along the curve, measure the slope at each place, with {NEAR:g} to either side as in lesson
        6, and put a dot as high as the slope is:""")
    page.live(traced([
        Chart(Curve(math.sin, 0, TURN, "sin(x)"),
              Points(places, [*map(math.sin, places)], "places"),
              title="Where the slope is measured", x_label="x", y_label="sin(x)",
              y_range=(-1.1, 1.1)),
        Chart(Curve(math.cos, 0, TURN, "cos(x)"), Points(places, measured, "measured"),
              title="The slope at each place", x_label="x", y_label="slope", y_range=(-1.1, 1.1)),
    ]))
    off = max(abs(slope - math.cos(x)) for x, slope in zip(places, measured, strict=True))
    said = page.claim(off < NEAR, "The dots lie on a curve that you may know: it is cos.")
    page.say(f"""{said} No dot is further off than {off:.1e}, and that is because the step is not
        0.""")
    page.say("""That is what is seen. Why is it so? Take h as a letter once more. Trigonometry has a
        formula for the sine of a sum, which we take from there: sin(x + h) = sin(x)*cos(h) +
        cos(x)*sin(h). Put that into the quotient, and sort it:
        """)
    page.formula("slope = sin(x) * (cos(h) - 1)/h + cos(x) * sin(h)/h")
    page.say("Only the two fractions have an h in them, and no x. So it is enough to watch these:")
    level = [(math.cos(h) - 1) / h for h in STEPS]
    steep = [math.sin(h) / h for h in STEPS]
    page.table({"h": [f"{h:g}" for h in STEPS], "(cos(h)-1)/h": [f"{x:.6f}" for x in level],
                "sin(h)/h": [f"{x:.6f}" for x in steep]})
    gone = page.claim(abs(level[-1]) < STEPS[-1] and abs(steep[-1] - 1) < STEPS[-1],
                      "The first fraction goes to 0, and the second to 1.")
    page.say(f"""{gone} What is left is 1 times cos(x): the slope of sin is cos. (In degrees the
        second would go to {math.radians(1):.4f}, so calculus counts angles in radians.) And cos is
        sin, moved to the left by a quarter of a turn. So its slope is cos, moved in the same way,
        and that is -sin.""")


def traced(charts: Sequence[Chart]) -> Live:
    """A tangent that goes along sin, and leaves its slope as a dot in the second picture."""
    along = symbols("along")[0]
    slope = (table.sin(X + NEAR) - table.sin(X - NEAR)) / (2 * NEAR)
    return Live(
        "traced", """Before you see the slopes: sin falls from its top to its bottom. At
        which x does it fall fastest?""", charts,
        [Lever(X, 0, 6.28, 0.04, 0)],
        [Number("slope", slope)],
        [Moving("line", (X + along, table.sin(X) + slope * along), {"along": (-1.0, 1.0)},
                label="the tangent"),
         Moving("dots", (X, table.sin(X))),
         Moving("dots", (X, slope), chart=1, colour=0, trail=True)],
        Guess("It falls fastest at x =", math.pi, 0.3, axis="x"),
        hides=[(0, 2), (1, 2)], secret=[(1, 1), (1, 2)], play="x",
        hint="Each place leaves its dot in the second picture. Which curve do they lie on?",
    )


def a_rectangle(page: Page) -> None:
    """The product rule: two strips, and a corner that vanishes."""
    u, v, du, dv = _sides()
    page.title("The product rule: a rectangle that grows")
    page.say(f"""If both u and v change with x, how fast does u*v change? Let u and v be the sides
        of a rectangle: then u*v is its area. Say u = {SIDES[0]} and v = {SIDES[1]}. At x = {AT:g}
        the sides are {u:g} and {v:g}, and the area is {u * v:g}. Now let x go on by h. Then u grows
        a little, by du, and v by dv:""")
    wide, high = (float(side.at(x=AT + 1)) for side in SIDES)
    page.live(growing(Chart(
        Line([0, u, u, 0, 0], [0, 0, v, v, 0], "before"),
        Line([0, wide, wide, 0, 0], [0, 0, high, high, 0], "after, h = 1"),
        Line([u, u, wide], [high, v, v], "the corner"),
        Text(u / 2, v / 2, "u*v"), Text((u + wide) / 2, v / 2, "v*du"),
        Text(u / 2, (v + high) / 2, "u*dv"), Text((u + wide) / 2, (v + high) / 2, "du*dv"),
        title="What a rectangle gains", x_label="u", y_label="v",
        x_range=(0, wide + 1), y_range=(0, high + 1),
    )))
    page.say("""The new area is the old one and three pieces: a strip at the side, which is v high
        and du wide; a strip on top, u wide and dv high; and a corner of du times dv. A slope is
        what is gained, divided by h. Piece by piece:""")
    pieces = {"v*du/h": [v * du(h) / h for h in STEPS], "u*dv/h": [u * dv(h) / h for h in STEPS],
              "du*dv/h": [du(h) * dv(h) / h for h in STEPS]}
    page.table({"h": [f"{h:g}" for h in STEPS],
                **{name: [f"{x:g}" for x in piece] for name, piece in pieces.items()},
                "all": [f"{sum(row):g}" for row in zip(*pieces.values(), strict=True)]})
    side, top, corner = (piece[-1] for piece in pieces.values())
    said = page.claim(
        math.isclose(side, pieces["v*du/h"][0]) and math.isclose(top, pieces["u*dv/h"][0])
        and corner < pieces["du*dv/h"][0] / 100,
        "The strips stay as they are, and the corner goes.")
    page.say(f"""{said} Both of its sides shrink with h, so when it has been divided by h there is
        still an h in it. With h = 0 the slope is {side:g} + {top:g} = {side + top:g}. In {side:g}
        you find v times the slope of u, which is {v:g} * {du(1.0):g}; in {top:g} you find u times
        the slope of v, which is {u:g} * {dv(1.0):g}. That is the product rule:""")
    page.lines("    slope of u*v = v * (slope of u) + u * (slope of v)")
    one, other = PRODUCT
    rule = other * derivative(one, X) + one * derivative(other, X)
    found = numeric.derivative(lambda x: (one * other).at(x=x), PLACE)
    page.say(f"""The sides need not grow evenly. If u and v run along curves, du/h and dv/h still
        turn into their slopes; and the corner is du/h times dv, a slope times something that goes
        to 0. Take {one} times {other}, at x = {PLACE:g}. The rule says {rule.at(x=PLACE):.10f}, and
        measuring says {found.value:.10f}. In the same way the fourth row of the table makes the
        quotient rule, and the last, where v stays as it is, the power rule.""")


def _sides() -> tuple[float, float, Callable[[float], float], Callable[[float], float]]:
    """The sides of the rectangle before it grows, and how much each grows with a step h."""
    u, v = (float(side.at(x=AT)) for side in SIDES)
    one, other = SIDES
    return u, v, lambda h: one.at(x=AT + h) - u, lambda h: other.at(x=AT + h) - v


def growing(chart: Chart) -> Live:
    """The rectangle, with its step to turn."""
    a, b = symbols("a b")
    u, v = (side.at(x=AT) for side in SIDES)
    du, dv = (substitute(side, {X: AT + H}) - side.at(x=AT) for side in SIDES)
    areas = {"v*du": v * du, "u*dv": u * dv, "du*dv": du * dv}
    corner = areas["du*dv"]
    round_about = {"a": (0, 1, 1, 0, 0), "b": (0, 0, 1, 1, 0)}
    places = {"v*du": (u + du * a, v * b), "u*dv": (u * a, v + dv * b),
              "du*dv": (u + du * a, v + dv * b)}
    return Live(
        "grows", """Let h be a tenth of what it was. Each strip is then a tenth as large. And how
        many times as small is the corner?""", [chart],
        [Lever(H, 0.01, 1, 0.01, 1)],
        [Number(name, (area, area / H)) for name, area in areas.items()],
        [Moving("line", place, round_about, colour=i + 1, label=name)
         for i, (name, place) in enumerate(places.items())],
        Guess("Times as small:", round(corner.at(h=1) / corner.at(h=0.1), 9)),
        hides=[(0, layer) for layer in (2, 3, 5, 6, 7)], heads=("", "area", "area / h"), play="h",
        hint="Turn h down. Which numbers in the last column stay, and which one goes?",
    )


def no_slope(page: Page) -> None:
    """A kink, a jump and an upright tangent, and the quotients to the left and to the right."""
    page.title("Where there is no slope")
    page.say("""A curve has a slope at a point if the quotients to its left and to its right go to
        one and the same number. A point where a function is not differentiable, as books call it,
        is mostly of one of three kinds: a kink, a jump, or a place where the tangent stands
        upright. Here is one of each, at x = 0:""")
    page.pictures([Chart(Curve(row, -1, 1, row.name), Mark(0, row(0.0), ""), title=title,
                         x_label="x", y_label="y", x_range=(-1, 1), y_range=(-1.1, 1.1))
                   for row, title in NO_SLOPE.items()])
    sides = {row: [[(row(h) - row(0.0)) / h for h in (-step, step)] for step in STEPS[1:]]
             for row in NO_SLOPE}
    page.rows(("function", "h", "left", "right"), [
        (row.name, f"{step:g}", *(f"{x + 0.0:g}" for x in pair))
        for row, pairs in sides.items() for step, pair in zip(STEPS[1:], pairs, strict=True)])
    kink, jump, upright = (pairs[-1] for pairs in sides.values())
    page.say(" ".join([
        page.claim(kink[0] < kink[1], "At the kink there are two slopes, one from each side."),
        page.claim(jump[0] == 0 and jump[1] > 100, "At the jump one side is level, and on the "
                   "other the quotient grows without end: the rise stays while the run shrinks."),
        page.claim(min(upright) > 50, "At the upright tangent both sides agree, but they grow "
                   "without end: no number is as steep as that."),
    ]))
    page.say("""So at x = 0 absolute and relu have no slope, which turn there, nor sign and step,
        which jump. The table gives them one all the same, so that nothing stops there. That is a
        choice, and no mathematics: a note beside the rows says so, and lesson 9 shows what follows
        from it. For the upright tangent there is nothing to choose, and mathlab refuses.""")


def your_own(chart: Chart) -> Live:
    """The picture, and a function and a rule of the reader's own, against measuring."""
    lifted = table.sin(X) + 1
    answers = (table.cos(X), table.cos(X) + 1, lifted)
    return Live(
        "rule", f"""Lift the whole curve by 1: what is the slope of {lifted}?""", [chart],
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
