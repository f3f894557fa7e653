"""11. Symbolic: can the derivative be a formula?

Guess first: the sweep of lesson 10 hands slopes back through the graph, as numbers. What comes out
if the nodes hold no numbers at all, only names? You will see a formula, and four things that a
formula can do and a number cannot.
"""

import sys
from decimal import Decimal, localcontext
from fractions import Fraction
from math import isclose
from typing import Any

from lessons.data import films
from lessons.pages.live.live import Guess, Live
from lessons.pages.page import Page
from lessons.run import start
from mathlab import Value, derivative, exp, gradient, series, sin, steps, symbols, taylor
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.drawing import Chart, Curve, Guide, Tangent
from mathlab.drawing.paper.ink import COLOURS
from mathlab.errors import DomainError
from mathlab.learning.data.table import Table

LEVERS = {"slope": 3.0, "intercept": -5.0}
WINDOW, AT = (-4.0, 4.0), 1.0  # of the formula that a reader may replace
SIDE = 12  # centimetres, of a square sheet of cardboard
PLACE = Fraction(1, 7)  # of a centimetre, where the slope is asked for in three kinds of number
DIGITS = 50
ASTRAY = Fraction(1, 10)  # of a centimetre, by which the cut may miss
TERMS = 6  # of a series that are shown
LOW, HIGH = 5, 20  # orders of derivatives: as a formula, and as a number


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, _ = films.cleaned()
    the_same_sweep(page, table)
    any_formula(page)
    a_box(page)
    a_fourth_kind(page)
    page.change("let SIDE be 30. Where is the top now? Which share (fraction) of the side is it?")
    page.exercise()


def squared_error(revenue: Any, budget: Any, slope: Any, intercept: Any) -> Any:
    """The squared residual of a film, for names as for numbers."""
    return (revenue - (slope * budget + intercept)) ** 2


def the_same_sweep(page: Page, table: Table) -> None:
    """The slopes of a film's squared error by the levers: by formulas, and by numbers."""
    film = max(table.rows(), key=lambda film: film["revenue"])
    revenue, budget, *levers = symbols("revenue budget slope intercept")
    loss = squared_error(revenue, budget, *levers)
    formulas = gradient(loss, levers)
    page.say("""The squared residual of a film, if a line predicts it, with names in all places:""")
    page.formula(f"loss = {loss}")
    page.say("""The sweep takes the slope of each operation from the table, multiplies along the
        way, and adds up where ways meet. To multiply and to add is all it does, and names can be
        multiplied and added as well as numbers. So the same few lines of mathlab, run over this
        graph, leave at the parameter (lever) called slope:""")
    page.formula(f"d loss / d slope = {swept_gradient(loss, levers)[0]}")
    page.say("""Read it from the left, as the sweep went: the slope of the square, that of the minus
        sign, that of the product. Tidied up, and then for the other lever:""")
    for lever, formula in zip(levers, formulas, strict=True):
        page.formula(f"d loss / d {lever} = {formula}")
    numbers = [Value(LEVERS[lever.name]) for lever in levers]
    squared_error(film["revenue"], film["budget"], *numbers).backward()
    given = {**LEVERS, "budget": film["budget"], "revenue": film["revenue"]}
    page.say(f"""Is it the same slope? The film that earned most is {film['title']}:
        {film['revenue']:,.1f} million dollars, with a budget of {film['budget']:g} million. With a
        slope of {LEVERS['slope']:g} and an intercept of {LEVERS['intercept']:g}, once by a sweep
        over numbers, and once by putting the numbers into the formulas:""")
    page.table({
        "lever": [lever.name for lever in levers],
        "swept": [f"{number.grad:,.1f}" for number in numbers],
        "formula": [f"{formula.at(**given):,.1f}" for formula in formulas],
    })
    same = page.claim(
        all(isclose(number.grad, formula.at(**given))
            for number, formula in zip(numbers, formulas, strict=True)), "It is the same.")
    page.say(f"""{same} A swept number holds for one film and one setting of the levers. The formula
        holds for all {len(table):,} films and every setting. That is the first thing it can do. The
        second: it can be swept again, for it is a formula like any other. The slope of the slope is
        called the second derivative. It says how the slope changes, so how the curve bends:""")
    page.formula(f"d (d loss / d slope) / d slope = {derivative(loss, levers[0], order=2)}")
    no_lever = page.claim(str(derivative(loss, levers[0], order=3)) == "0",
                          "No lever is left in it, and twice a square is never negative.")
    page.say(f"""{no_lever} So this loss bends up, or not at all, wherever the lever stands. That is
        why the cost curve of lesson 6 was a U, with one bottom; other films would have given
        another U.""")


def any_formula(page: Page) -> None:
    """A formula, its slope at a place, and one that the reader types."""
    (x,) = symbols("x")
    f = x**2 * sin(x)
    slope = derivative(f, x)
    first, last = WINDOW
    page.say(f"""Any formula goes through the same sweep. Take f(x) = {f}, a product, as so many
        are. Turn x, and both factors change.""")
    wrong = derivative(x**2, x) * derivative(sin(x), x), x**2 * derivative(sin(x), x)
    page.live(Live(
        "typed", f"What is the slope of {f}?",
        [Chart(
            Curve(lambda at: f.at(x=at), first, last, "f"),
            Tangent(AT, f.at(x=AT), slope.at(x=AT), f"tangent at {AT:g}"),
            title="A formula and its slope at a place", x_label="x", y_label="f(x)",
            x_range=WINDOW,
        )],
        guess=Guess("", truth=1, choices=[str(each) for each in (wrong[0], slope, wrong[1])]),
        hides=[(0, 1), (0, 2)], kind="typed",
        own={"start": str(f), "place": AT, "colours": COLOURS[:2]},
    ))
    page.formula(f"d f / d x = {slope}")


def a_box(page: Page) -> None:
    """A product with a power inside: its steps, its picture, exact values, a parabola."""
    (x,) = symbols("x")
    volume = x * (SIDE - 2 * x) ** 2
    slope, bend = derivative(volume, x), derivative(volume, x, order=2)
    top, flat = Fraction(SIDE, 6), Fraction(SIDE, 2)
    page.title("A box")
    page.say(f"""Take a square sheet of cardboard with sides of {SIDE} cm, cut a square with sides
        of x cm out of each corner, and fold up what stands out. That makes a box without a lid. Its
        volume in cm**3 is height times base:""")
    page.formula(f"f(x) = {volume}")
    page.say("""The third thing: a formula can be followed, step by step. What is done last in f
        names the first rule.""")
    page.lines(str(steps(volume, x)))
    page.say("Here are f, its slope f' and, of that, the slope again, f'':")
    page.formula(f"f'(x) = {slope}\nf''(x) = {bend}")
    page.picture(Chart(
        Curve(lambda x: volume.at(x=x), 0.0, float(flat), "f"),
        Curve(lambda x: slope.at(x=x), 0.0, float(flat), "f'"),
        Curve(lambda x: bend.at(x=x), 0.0, float(flat), "f''"), Guide(y=0.0),
        Guide(x=float(top), label="the top of f"),
        title="A formula, its slope, and the slope of that", x_label="x, cm cut out",
        y_label="cm**3; per cm; per cm**2",
    ))
    bends = page.claim(
        bend.at(x=top) < 0 < bend.at(x=flat),
        f"The bend does: f''({top}) = {bend.at(x=top)} is below 0, the curve bends down, a top; "
        f"f''({flat}) = {bend.at(x=flat)} is above 0, it bends up, a bottom.")
    through = page.claim(slope.at(x=top) == 0 == slope.at(x=flat),
                         "Under the top of f its slope goes through 0:")
    page.say(f"""{through} f'({top}) = {slope.at(x=top)}, and the box holds {volume.at(x=top)}
        cm**3. But f'({flat}) = {slope.at(x=flat)} as well, and there the box holds nothing, since
        nothing is left of its base. A slope of 0 alone does not tell a top from a bottom.
        {bends}""")
    near = taylor(volume, x, top, order=2)
    high, beside = volume.at(x=top), top + ASTRAY
    guess, true = (float(high - f.at(x=beside)) for f in (near, volume))
    page.say(f"""Height, slope and bend at one place are enough for a parabola that fits the curve
        there: height + slope*(x - place) + bend/2*(x - place)**2. It is called a Taylor polynomial.
        At the top the slope is {slope.at(x=top)}, and this is left:""")
    page.formula(str(near))
    far = page.claim(abs(near.at(x=0) - volume.at(x=0)) > high / 10,
                     "Far from the top the parabola knows nothing.")
    page.say(f"""It says what a slip of the scissors costs: cut {float(ASTRAY):g} cm too much, and
        {guess:.3f} cm**3 are lost. In truth they are {true:.3f}. {far}""")
    page.say(f"""The fourth thing: a formula takes any kind of number, and answers in that kind.
        f'({PLACE}) as a Fraction, as a float, and as a Decimal with {DIGITS} digits:""")
    exact, rounded = slope.at(x=PLACE), slope.at(x=float(PLACE))
    with localcontext(prec=DIGITS):
        long = slope.at(x=Decimal(PLACE.numerator) / PLACE.denominator)
    page.lines(f"    Fraction  {exact}\n    float     {rounded!r}\n    Decimal   {long}")
    off = float(abs(Fraction(rounded) - exact))
    rounding = page.claim(off < 100 * sys.float_info.epsilon * abs(rounded),
                          "which is rounding and nothing else:")
    page.say(f"""The Fraction is exact. The float is off by {off:.0e}, {rounding} no h was chosen,
        as it had to be in lesson 7.""")


def a_fourth_kind(page: Page) -> None:
    """Series: the next coefficient from the slope, a value for 0/0, a derivative of high order."""
    (x,) = symbols("x")
    growth, wave = series(exp(x), x, at=0, order=TERMS - 1), sin(x) / x
    page.title("The same table, read by a fourth kind of number")
    page.say("""So far the table was read by floats, by names, and by exact numbers such as
        Fractions. A fourth kind of number holds all the derivatives at one place. Near 0 a smooth
        function is a sum of powers of x, called its Taylor series:""")
    page.formula("c0 + c1*x + c2*x**2 + c3*x**3 + ...")
    page.say("""A series is known by its coefficients c0, c1, c2 and so on. Series can be added,
        multiplied and divided. So they can go through a formula as numbers do, operation by
        operation. But how does exp take one? The table has one line about exp: its slope is exp
        itself.""")
    page.formula(f"d exp(x) / dx = {derivative(exp(x), x)}")
    page.say("""That line is enough. The slope of the series is c1 + 2*c2*x + 3*c3*x**2 + ..., and
        it has to be the same series again. So c1 = c0, 2*c2 = c1, 3*c3 = c2: coefficient n is the
        one before it, divided by n. The first is exp(0), and the others follow:""")
    coefficients = growth.coefficients
    page.table({
        "n": [*range(TERMS)],
        "from the one before": [f"exp(0) = {coefficients[0]}", *(
            f"{before} / {n}" for n, before in enumerate(coefficients[:-1], 1))],
        "coefficient": [str(c) for c in coefficients],
    })
    f = exp(sin(x))
    page.say(f"""Every operation goes this way: its slope, worked out as a series too, gives the
        next coefficient. No new rule is needed. And all the derivatives at 0 can be read off:
        that of order n is coefficient n, times 1*2*3*...*n. Take {f}. The formula of its
        derivative of order {LOW} has {len(str(derivative(f, x, LOW)))} characters already. That of
        order {HIGH} has a number at 0 all the same, and the series gives it exactly:
        {series(f, x, at=0, order=HIGH).derivative(HIGH):,}.""")
    page.say("""Can a series do what no other way can? Ask for the value and the slope of sin(x)/x
        at 0. The formula is of no help there:""")
    try:
        answer = str(wave.at(x=0.0))
    except DomainError as error:
        answer = str(error)
    page.lines(f"    {answer}")
    page.say("The series of sin(x) begins with x, so x can be divided out before 0 is put in:")
    found = series(wave, x, at=0, order=TERMS)
    page.formula(f"sin(x) = {series(sin(x), x, at=0, order=TERMS + 1)}\n{wave} = {found}")
    page.say(f"""The value at 0 is {found.derivative(0)}, the slope is {found.derivative(1)}, and
        the bend is {found.derivative(2)}. The last term, O(x**{TERMS + 1}), stands for all that
        come later. mathlab says how it came to a value:""")
    page.lines(f"    {found.how}")
    page.say("""The price: a series knows one place. Far from there it needs many terms, and for
        some functions no number of terms is enough.""")
    page.say("""What none of this can do: a formula has to be there. A program that calls on
        something which the table does not know leaves no formula to sweep. And a formula may grow
        long, which the next lesson looks into.""")


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
