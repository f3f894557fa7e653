"""7. Rate of change: what is a slope at a point?

Guess first: a line has a slope because it has two points, one to rise from and one to rise to. How
can a curve have a slope at one point alone? You will see lines through two points of a curve settle
as the points come closer; and go wrong again when they come too close.
"""

import math
import sys
from collections.abc import Callable

from lessons.data import films
from lessons.pages.live.live import Guess, Lever, Live, Moving, Number
from lessons.pages.page import Page
from lessons.run import start
from mathlab import Value, absolute, derivative, maximum, numeric, sin, substitute, symbols
from mathlab.calculus.numeric import central_difference, forward_difference
from mathlab.calculus.numeric.difference import EPSILON, best_step
from mathlab.drawing import Chart, Curve, Line, Mark, Tangent
from mathlab.errors import DomainError
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

MODEL = "revenue = factor*budget"
FACTOR = 1.0  # where the lever stands: a film earns what it cost
WIDTHS = (3.0, 1.0, 0.1, 0.01, 0.001)

(X,) = symbols("x")
FORMULA = sin(X)
PLACE = 1.0
EXPONENTS = range(-1, -17, -1)  # h is 10 to the power of these
WAYS: dict[str, tuple[Callable[..., float], int]] = {  # and the power of h in the error
    "forward": (forward_difference, 1),
    "central": (central_difference, 2),
}


def f(x: float) -> float:
    """FORMULA as a plain function, which knows nothing of derivatives."""
    return math.sin(x)


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, _ = films.cleaned()
    surface = LossSurface(Model(MODEL), table)
    page.say(f"""Here again is the model with a single parameter (lever), the factor, for all
        {len(table):,} films:""")

    def loss(factor: float) -> float:
        return surface.height([factor])

    _, (slope,) = surface.look([FACTOR])
    close_in(page, loss, slope)
    exact = derivative(FORMULA, X).at(x=PLACE)
    which_h(page, exact)
    without_h(page, {"f": (f, PLACE, exact), "loss": (loss, FACTOR, slope)})


def close_in(page: Page, loss: Callable[[float], float], slope: float) -> None:
    """Secants of the film cost curve, ever shorter, and the tangent that they turn into."""
    page.formula(MODEL)
    page.say(f"""How wrong it is, on the whole, is the loss: the mean of the squared residuals. Turn
        the lever, and the loss runs along a curve. Say the lever stands at {FACTOR:g}: a film earns
        what it cost. How fast does the loss change there? Turn the lever up by h, and see. The line
        through these two points of the curve is called a secant, and its slope is""")
    page.formula(f"(loss({FACTOR:g} + h) - loss({FACTOR:g})) / h")
    secants = [forward_difference(loss, FACTOR, h) for h in WIDTHS]
    off = [secant - slope for secant in secants]
    page.table({"h": [f"{h:g}" for h in WIDTHS], "slope": secants, "off by": off})
    tenth = ": " + page.claim(math.isclose(off[-2] / off[-1], WIDTHS[-2] / WIDTHS[-1], rel_tol=0.1),
                              "a tenth of the step, a tenth of the error.")
    settle = page.claim(sorted(map(abs, off), reverse=True) == [*map(abs, off)],
                        "The slopes settle.")
    page.say(f"""{settle} 'off by' is how far they are from {slope:,.2f}, which mathlab knows
        without any h (lesson 9 tells how). From h = {WIDTHS[-2]:g} to {WIDTHS[-1]:g} it becomes
        {off[-2] / off[-1]:.1f} times as small{tenth} So there is one number which the secants tend
        to: they converge. That is the slope at the point, and the line through the point with that
        slope is the tangent:""")
    low, high, height = 0.0, 5.0, loss(FACTOR)
    wide = list(zip(WIDTHS, secants, strict=True))[:2]  # the others hide behind the tangent
    page.picture(Chart(
        Curve(loss, low, high, "loss"), Tangent(FACTOR, height, slope, "tangent"),
        *(Tangent(FACTOR, height, secant, f"secant, h = {h:g}") for h, secant in wide),
        Mark(FACTOR, height, "the point"),
        *(Mark(FACTOR + h, loss(FACTOR + h), f"h = {h:g}") for h, _ in wide),
        title="Secants turn into the tangent",
        x_label="factor, dollars of revenue per dollar of budget",
        y_label="loss, (million dollars)^2", x_range=(low, high), y_range=(0.0, loss(low)),
    ))


def which_h(page: Page, exact: float) -> None:
    """The error of two quotients against h, in powers of ten, and the h where it is least."""
    page.title("Which h?")
    page.say(f"""The smaller the better, then? The cost curve is too simple to tell: it is a
        parabola. So take f(x) = {FORMULA}, with x in radians (a full turn is 2*pi of
        them), as always in calculus and in Python.
        The table of lesson 8 has its slope, {derivative(FORMULA, X)}, so at x = {PLACE:g} it is
        {exact:.10f}. There are two quotients (difference quotients, in full) to try: the forward
        one from above, and a central one, which steps to both sides:""")
    page.formula("forward = (f(x+h) - f(x)) / h")
    page.formula("central = (f(x+h) - f(x-h)) / (2*h)")
    floats(page)
    errors = {name: errors_by_step(way, exact) for name, (way, _) in WAYS.items()}
    best = {name: min(e, key=e.__getitem__) for name, e in errors.items()}
    page.live(the_step(exact, -best["forward"], Chart(
        *(Line([10.0**n for n in off], [size or EPSILON for size in off.values()], name)
          for name, off in errors.items()),
        title="Too narrow, too wide", x_label="h", y_label="off by", x_log=True, y_log=True,
        x_range=(1e-17, 10.0),
    )))
    page.say("In numbers:")
    page.table({
        "h": [f"1e{n:03}" for n in EXPONENTS],
        **{
            name: [f"{off[n]:.0e}" if n in off else "-" for n in EXPONENTS]
            for name, off in errors.items()
        },
    })
    lost = page.claim(len(errors["forward"]) < len(EXPONENTS),
                      "In the end x+h is x, and the forward quotient has no step at all; there "
                      "stands a '-'.")
    farther = page.claim(
        len(errors["central"]) > len(errors["forward"]),
        "And x-h is another number for a while yet: below 1 floats lie closer.",
        "So is x-h then, for here floats lie as close on both sides of x.",
    )
    shrink = page.claim(
        all(math.isclose(errors[name][-1], errors[name][-2] * 10**power, rel_tol=0.2)
            for name, (_, power) in WAYS.items()),
        "This error shrinks with h, and with h**2 if the step goes to both sides, since what the "
        "bend adds on one side it takes away on the other.")
    page.say(f"""Two errors pull in opposite directions. On the right the step is too wide: the
        curve bends away. {shrink} On the left the step is too narrow: f(x+h) and f(x) agree in
        nearly all of their digits, what is left of them is rounding, and dividing by a tiny h makes
        that large. {lost} {farther}""")
    roots = [{2: "square", 3: "cube"}[power + 1] for _, power in WAYS.values()]
    page.say(f"""The best h is about where the two are equal. EPSILON, {EPSILON:.1e}, is how finely
        floats near 1 are spaced. So rounding costs about EPSILON/h. The bend costs about h for
        forward, and h**2 for central. The two are equal at the {roots[0]} root of EPSILON for
        forward, and at the {roots[1]} root for central; times x, if x is large and the curve bends
        on the scale of x: then it bends less, and bears a wider step. That is the theory. And
        here?""")
    page.table({
        "quotient": list(best),
        "best h": [f"1e{n:03}" for n in best.values()],
        "in theory": [f"{best_step(PLACE, power):.0e}" for _, power in WAYS.values()],
        "off by": [f"{errors[name][n]:.0e}" for name, n in best.items()],
    })


def floats(page: Page) -> None:
    """How Python writes a small number, and that it rounds."""
    small, tenths = 0.04, 0.1 + 0.2
    page.say(f"""A word on how Python writes numbers, before they become small. {small:.0e} is short
        for 4 times 10 to the power of -2, which is {small:g}: the e stands for 'times 10 to the
        power of'. And a number with a point in it, which Python calls a float, has room for some
        {round(sys.float_info.mant_dig * math.log10(2))} digits, wherever its point is; the rest is
        rounded away. So 0.1 + 0.2 is {tenths!r} in Python, and not 0.3. Mostly that does no harm.
        Here it will.""")


def the_step(exact: float, best: int, v: Chart) -> Live:
    """Both quotients with ever smaller steps, as lines on the curve and as dots in the V."""
    n, along, end = symbols("n along end")
    h, here = 10 ** -n, Value(PLACE)
    above, below = here + h, here - h

    def at(x: Value) -> Value:
        return substitute(FORMULA, {X: x})

    slopes = {"forward": (at(above) - at(here)) / (above - here),
              "central": (at(above) - at(below)) / (above - below)}
    off = {name: absolute(slope - exact) for name, slope in slopes.items()}
    y, (left, low, high, right) = f(PLACE), (PLACE + h for h in (-1.5, -1.0, 1.0, 1.5))
    return Live(
        "step", """Let h be 10**-n. The larger n, the smaller h; but Python keeps some sixteen
        digits of a number, and no more. With which whole n is the forward quotient least off?""",
        [Chart(*(Tangent(high, f(high), way(f, PLACE, 1.0), name)
                 for name, (way, _) in WAYS.items()),
               Curve(f, left, right, "f"), Tangent(PLACE, y, exact, "tangent"),
               Mark(PLACE, y, "x"), Mark(low, f(low), "x - h"), Mark(high, f(high), "x + h"),
               title=f"Secants of {FORMULA}", x_range=(left, right), y_range=(y - 1.5, y + 1.5)),
         v],
        [Lever(n, 0, -min(EXPONENTS), 1, 0)],
        [Number(name, [h, slopes[name], off[name]]) for name in WAYS],
        [each for i, name in enumerate(WAYS) for each in (
            Moving("line", (along, at(above) + slopes[name] * (along - above)),
                   {"along": (left, right)}, colour=i, label=name),
            Moving("dots", (here + end * h, at(here + end * h)), {"end": (-i, 1)}, colour=i),
            Moving("dots", (h, maximum(off[name], EPSILON)), chart=1, colour=i, trail=True))],
        Guess("n:", best), hides=[(0, 1), (0, 2), (0, 6), (0, 7), (1, 1), (1, 2)],
        secret=[(1, 1), (1, 2)],
        heads=("", "h", "slope", "off by"), play="n",
        hint="Each step leaves its dot in the second picture, in this browser's own numbers.",
    )


def without_h(
    page: Page, cases: dict[str, tuple[Callable[[float], float], float, float]]
) -> None:
    """What mathlab does, which is told no h, of some functions: each with its place and slope."""
    page.title("No h at all")
    page.say("""Only f itself knows which h suits it. So numeric.derivative asks for none. It takes
        steps of every size, finds out how rough f is and how fast it bends, cancels the bend with
        the help of wider steps, and says how far off it may be:""")
    rows = []
    for name, (function, place, exact) in cases.items():
        found = numeric.derivative(function, place)
        off = abs(found.value - exact)
        rows.append((name, found.value, f"{found.error:.0e}", f"{off:.0e}", found.evaluations))
    page.rows(["of", "slope", "bound", "off by", "calls"], rows)
    reason = numeric.derivative(abs, 0.0).reason
    page.say(f"""'calls' is how often it asked for a value. Some curves have no slope at a point,
        and no h will find one. numeric.derivative says so, as of |x| at 0: '{reason}'.""")
    page.change("""let PLACE be 1000.0. Theory now takes steps a thousand times as wide, for it
        supposes a curve that bends on the scale of x. Does sin?""")
    page.exercise()


def errors_by_step(way: Callable[..., float], exact: float) -> dict[int, float]:
    """How far a quotient is off, for each power of ten as its step, unless that step is lost."""
    errors = {}
    for n in EXPONENTS:
        try:
            errors[n] = abs(way(f, PLACE, 10.0**n) - exact)
        except DomainError:  # the step is lost: x + h is x
            continue
    return errors


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
