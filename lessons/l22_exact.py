"""22. Exact: what if arithmetic never rounded?

Guess first: a computer rounds every result to some 16 digits. How many of them are still right
after a curve with many parameters (levers) has been fitted to some dots? You will see the same
lines of code run in floats, in Decimals and in Fractions, and slopes that are 0 to the last digit.
"""

import sys
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from math import isclose
from typing import Any

from lessons.data import nist
from lessons.pages.live.live import Guess
from lessons.pages.page import Page
from lessons.run import finished, start
from mathlab import Value, numeric, total
from mathlab.calculus.numbers.linear_algebra import solve
from mathlab.drawing import Bars, Chart, Guide
from mathlab.errors import DataError
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.row_loss import unpacked
from mathlab.learning.model.surface import LossSurface

POLYNOMIAL = "Filip"
CARRIED = range(12, 43, 2)  # digits, in Decimals
KEPT = (4, 8, 12, 16, 20)  # digits of the levers


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    page.say("What is 0.1 + 0.2? It depends on the kind of number:")
    page.lines(f"    floats     {0.1 + 0.2}\n    Fractions  {Fraction('0.1') + Fraction('0.2')}")
    page.say(f"""A float cannot hold a tenth; it holds the nearest number that it can, which is off
        by {float(Fraction(0.1) - Fraction('0.1')):.0e}. A Fraction holds two whole numbers, however
        long, so + - * / never round it. Does it matter, that far behind the point?""")
    a_polynomial(page)
    almost_zero(page)
    exactly_zero(page)
    ones = page.claim({*nist.problem("Wampler5").certified.values()} == {1},
                      "all its levers are exactly 1.")
    page.change(f"""let POLYNOMIAL be "Wampler5": {ones} How many digits of them do floats get
        right?""")
    page.exercise()


def a_polynomial(page: Page) -> None:
    """Its levers in Fractions, in floats, and in Decimals of ever more digits."""
    known, most = nist.problem(POLYNOMIAL), max(nist.DIGITS)
    surface, name = known.surface(), next(iter(known.certified))
    page.say(f"""NIST, the bureau of standards of the USA, publishes data whose best levers it
        certifies to {most} digits. {POLYNOMIAL} has {len(surface.rows)} dots, for a polynomial with
        {len(known.certified)} levers. At the bottom of the loss all slopes are 0: that makes
        {len(known.certified)} linear equations. The same lines set them up and solve them twice, in
        Fractions ('exact') and in floats. 'right' is how many digits then agree with NIST.""")
    exact, floats = solved(surface, Fraction), solved(surface, float)
    right, left = known.agreeing(exact), known.agreeing(floats)
    page.guess("How many digits of a lever are right, at best, if it is worked out in floats?",
               Guess("Digits:", max(left), near=1, between=(0, 20)))
    page.table({
        "lever": surface.parameters,
        "exact": [nist.rounded(lever, 2) for lever in exact],
        "right": right,
        "floats": [nist.rounded(lever, 2) for lever in floats],
        "right ": left,
    })
    over, under = (len(str(abs(whole))) for whole in exact[0].as_integer_ratio())
    page.say(f"""Fractions have {min(right)} digits right in every lever, floats {max(left)} at
        best. The exact {name} is one whole number over another, of {over} and {under} digits.
        Rounded, at last, to {most} digits it is {nist.rounded(exact[0], most)}.""")
    off = [surface.height([*map(float, levers)]) ** 0.5 for levers in (exact, floats)]
    worse = page.claim(off[1] > off[0], "The exact one is nearer: no other can be.",
                       "In so few digits neither is nearer; none can be nearer than exact.")
    page.say(f"""Would you have seen it? The exact curve misses the dots by {off[0]:.2g}, typically,
        the one from floats by {off[1]:.2g}. {worse} What one power of x has too much, others can
        take away again, so the equations hardly tell the levers apart. Decimals carry as many
        digits as they are told: how many does it take? A bar says how many are right then, in the
        worst lever:""")
    fewest = []
    for carried in CARRIED:
        with localcontext(prec=carried):
            fewest.append(min(known.agreeing(solved(surface, Decimal))))
    page.picture(
        Chart(Bars(CARRIED, fewest), Guide(x=sys.float_info.dig + 1, label="a float"),
              title="Digits carried, digits right", x_label="carried", y_label="right")
    )
    arithmetic = page.claim(
        abs(known.certified[name]) < known.errors[name] * 10 ** (most // 2),
        "Most of these digits are about arithmetic, and say nothing of the world.")
    page.say(f"""Are {most} digits worth having? The standard error of {name} is
        {known.errors[name]:.3g}, says NIST: other dots would have given a {name} that differs by
        about as much. {arithmetic}""")


def almost_zero(page: Page) -> None:
    """The slope ever closer to a bottom, measured and worked out."""
    known = nist.problem("DanWood")
    trainer = finished(Trainer(known.model).fit(known.table, known.start))
    surface, bottom = trainer.surface, trainer.bottom
    assert bottom is not None
    page.title("Almost zero")
    page.say("""Near a bottom the slope is nearly 0. How small a slope can still be seen? Here is
        what a lamp radiates (y) at a temperature (x). A power such as x**3.9 is no Fraction, so
        here Decimals have to do:""")
    page.formula(f"{known.model}\nb2 = {bottom.position[1]}")
    page.say("""Keep only some digits of b1 and b2, and the slope by b2 is not quite 0. 'numeric'
        measures it in floats, 'bound' is how far off that may be; 'floats' and 'Decimals' work out
        the formula of the slope:""")
    rows = []
    for kept in KEPT:
        place = [Context(prec=kept).plus(lever) for lever in bottom.position]
        near = [*map(float, place)]
        found = numeric.gradient(surface.height, near)[1]
        with localcontext(prec=3 * max(KEPT)):
            slopes = slopes_at(surface, near)[1], slopes_at(surface, place)[1]
        rows.append((kept, found.value, found.error, *slopes))
    page.rows(
        ["kept", "numeric", "bound", "floats", "Decimals"],
        [(kept, *(f"{number:.0e}" for number in numbers)) for kept, *numbers in rows],
    )
    blind = min(kept for kept, value, error, *_ in rows if abs(value) <= error)
    seen = [kept for kept, *_, floats, true in rows if isclose(floats, true, rel_tol=0.5)]
    later = page.claim(blind in seen and max(KEPT) not in seen,
                       "In floats it loses its digits too, only later.")
    sizes = [abs(true) for *_, true in rows]
    go_on = page.claim(all(1000 * after < before for before, after in pairwise(sizes)),
                       "Decimals go on.")
    page.say(f"""With {blind} digits the bound is larger than the slope: for all that numeric can
        tell, it is 0. It subtracts heights, and these agree in nearly all digits of a float. The
        formula adds up rows that nearly cancel. {later} {go_on}""")


def exactly_zero(page: Page) -> None:
    """Slopes by a sweep over Fractions, and next to them."""
    known = nist.problem("Longley")
    surface = known.surface()
    exact, floats = solved(surface, Fraction), solved(surface, float)
    page.title("Exactly zero")
    page.say(f"""Longley is {len(surface.rows)} years of figures on work in the USA, and
        {len(exact)} levers. In the worst one floats have {min(known.agreeing(floats))} digits
        right, Fractions {min(known.agreeing(exact))}. Is that the bottom, or only near it? Put the
        Fractions into Values, and let backward find the slopes; then the same at the floats nearest
        to them:""")
    slopes, nearly = (slopes_at(surface, place) for place in (exact, [*map(float, exact)]))
    page.table({"slope by": surface.parameters, "Fractions": [*map(str, slopes)],
                "floats": [f"{slope:.0e}" for slope in nearly]})
    proof = page.claim(
        slopes == [0] * len(exact), "Each 0 is exact, and so a proof: this loss is a bowl, and "
        "where a bowl is level is its lowest place.")
    beside = page.claim(
        all(nearly) and all(float(lever) != lever for lever in exact),
        "The floats cannot say whether they stand beside the bottom, or whether their slopes are "
        "but noise in the last digits. (They do stand beside it: each lever is rounded.)")
    page.say(f"{proof} {beside}")


def solved(surface: LossSurface, kind: type) -> list[Any]:
    """The levers of a linear model, in one kind of number; all 0 if it cannot tell them apart."""
    zeros = [kind(0)] * len(surface.parameters)
    rows = [[kind(str(x)) for x in row] for row in surface.rows]
    _, slopes, bends = unpacked(surface.row.in_kind(kind).sum_bends(rows, *zeros), len(zeros))
    try:
        return solve(bends, [-slope for slope in slopes])
    except DataError:
        return zeros


def slopes_at(surface: LossSurface, place: list[Any]) -> list[Any]:
    """The slopes of the loss, by a sweep over Values of the kind of number that the place has."""
    kind = type(place[0])
    levers = [Value(*pair) for pair in zip(place, surface.parameters, strict=True)]
    rows = [[kind(str(x)) for x in row] for row in surface.rows]
    (total([surface.of_row([*levers, *row]) for row in rows]) / len(rows)).backward()
    return [lever.grad for lever in levers]


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
