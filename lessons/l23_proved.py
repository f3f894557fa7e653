"""23. Certain: can it be proved?

Guess first: a formula is worked out three times, with 12 digits, with 16 and with 21. All three
answers begin with the same ten digits. Are these digits right? You will see numbers that agree and
are wrong, intervals that are wide but never wrong, and a fitted line whose digits are proved.
"""

import sys
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, localcontext
from fractions import Fraction
from itertools import count, pairwise
from typing import Any

from lessons.data import films, nist
from lessons.pages.live.live import Guess
from lessons.pages.page import Page
from lessons.run import finished, start
from mathlab import Value, derivative, parse
from mathlab.calculus.numbers.interval import Interval
from mathlab.calculus.proof.enclose import enclose, enclose_slope
from mathlab.drawing import Band, Chart, Curve, Guide, Line
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.proof import first_digits, prove

RUMP = "(333.75 - x**2)*y**6 + x**2*(11*x**2*y**2 - 121*y**4 - 2) + 5.5*y**8 + x/(2*y)"
PLACE = (77617, 33096)
CARRIED = (12, "float", 21)  # digits
OTHER = 16
SWOLLEN = "x**2 - 2*x"
ONCE = "(x - 1)**2 - 1"  # the same values, with x only once
STRETCH = (0, 3)
PARTS = (1, 2, 4, 8, 16, 32, 64)
DRAWN = 8  # parts in the picture
SHARP = 1e-6
RISING = ("x + sin(x)/2", "x + sin(6*x)")
RANGE = (0, 10)
BETWEEN = 0.5
LEARNING_RATE, STEPS = 0.4, 60
LINE = "revenue = slope*budget + intercept"
WAVE = "y = sin(b*x)"
DOTS = {"x": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], "y": [0.9, 0.4, -0.7, -0.9, 0.2, 1.0]}
WITHIN = (0.0, 3.0)  # where b is looked for
PROVED = 20  # digits
CURVE = "Misra1a"
PLANTED = -1  # which digit is changed: 0 is the first, -1 the last


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    three_that_agree(page)
    swelling(page)
    only_rising(page)
    a_line(page)
    a_wave(page)
    planted(page)
    page.change("""let PLANTED be 0, for the first digit, or CURVE be "DanWood". Is there a digit
        that can be changed without being noticed?""")
    page.exercise()


def rump(x: Any, y: Any, number: Callable[[str], Any]) -> Any:
    """The value of Rump's formula, a number of the same kind as x and y; `number` makes these."""
    large = (number("333.75") - x**2) * y**6 + x**2 * (11 * x**2 * y**2 - 121 * y**4 - 2)
    return large + number("5.5") * y**8 + x / (2 * y)


def three_that_agree(page: Page) -> None:
    """Rump's example: wrong answers that agree, and intervals that are too wide, but not wrong."""
    x, y = PLACE
    page.formula(RUMP)
    page.say(f"""Siegfried Rump made up this formula in 1988, and Eugene Loh and William Walster
        wrote it in this order in 2002. Here is its value at x = {x}, y = {y}, in Decimals of
        {CARRIED[0]} and {CARRIED[-1]} digits, and in floats, which have about
        {sys.float_info.dig + 1} digits:""")
    answers: dict[int | str, Any] = {}
    between: dict[int | str, Interval] = {}
    for carried in CARRIED:
        if isinstance(carried, int):
            with localcontext(prec=carried):
                answers[carried] = rump(Decimal(x), Decimal(y), Decimal)
                between[carried] = rump(Interval(x), Interval(y), Interval)
        else:
            answers[carried] = rump(float(x), float(y), float)
            between[carried] = rump(Interval(float(x)), Interval(float(y)),
                                    lambda text: Interval(float(text)))
    texts = [f"{each:.9f}" for each in answers.values()]
    page.table({"digits": [*answers], "answer": texts})
    with localcontext(prec=OTHER):
        other = rump(Decimal(x), Decimal(y), Decimal)
    exact = rump(Fraction(x), Fraction(y), Fraction)
    page.guess("Are the digits right that all three have?", Guess(
        "", int(all(abs(float(each) - exact) > 0.1 for each in answers.values())),
        choices=("Yes: three that agree cannot all be wrong", "No, not one of them")))
    large, last = exact - Fraction(x, 2 * y), float(Fraction(x, 2 * y))
    page.say(page.claim(len({*texts}) == 1, "If you ask for more digits, to be sure, you see the "
                        "same number again. And it is wrong.")
        + f""" In Fractions, which never round, the value is {exact}, and that is
        {float(exact):.9f}. """
        + page.claim(all(float(each) > 0 > exact for each in answers.values()),
                     "Not even the sign was right. ")
        + f"""Why? The large terms have up to {len(str(round(5.5 * y**8)))} digits before the point,
        and together they are exactly {large}. All three lost this {large}: what they found is the
        last term alone, x/(2*y) = {last:.4f}. (These three were chosen because they agree: in
        Decimals of {OTHER} digits it would have been {other:.2g}, a warning that something is
        wrong.)""")
    page.title("Two ends in place of one number")
    page.say("""An interval is a number with two ends, low and high, and a promise: the true value
        lies between them. In a sum the low ends are added, and rounded down; the high ends are
        added, and rounded up. Here is the same formula, with the same digits, in intervals:""")
    page.rows(["digits", "low", "high"],
              [(carried, *ends(each, 3)) for carried, each in between.items()])
    for enough in count(1):
        with localcontext(prec=enough):
            narrow = rump(Interval(x), Interval(y), Interval)
        if narrow.width < Decimal("1e-6"):
            break
    page.say("That is wide, and it is honest: "
        + page.claim(all(each.low <= exact <= each.high for each in between.values()),
                     "the true value lies in each of them")
        + page.claim(all(0 in each for each in between.values()),
                     ". Not one of them claims to know the sign.")
        + f""" With {enough} digits the interval is
        narrow: both ends begin with {first_digits(narrow, PROVED)} These digits are certain,
        and no Fractions were needed.""")


def swelling(page: Page) -> None:
    """The dependency problem, and what helps."""
    twice, once = parse(SWOLLEN), parse(ONCE)
    one, stretch = Interval(1, 2), Interval(*STRETCH)
    page.title("Intervals that swell")
    page.say("""An interval does not remember where it came from. Put intervals for x into three
        formulas:""")
    page.rows(["formula", "x from", "to", "low", "high"], [
        (text, x.low, x.high, *ends(parse(text).at(x=x), 3))
        for text, x in (("x - x", one), (SWOLLEN, stretch), (ONCE, stretch))
    ])
    true = enclose(once, x=STRETCH)
    wider, as_wide = (formula.at(x=stretch) for formula in (twice, once))
    too_far = page.claim(wider.low < true.low and true.high < wider.high,
                         "The promise holds, but the ends are too far out.")
    sharp_once = page.claim((as_wide.low, as_wide.high) == (true.low, true.high),
                            "In the last one x stands only once, and its ends are exact.")
    page.say(f"""The first should be 0. But each x may be any number from {one.low} to {one.high},
        and nothing says that the two are equal. This is the dependency problem. {too_far} The last
        two formulas have equal values everywhere. {sharp_once} Not every formula can be written
        like this. What helps then is to cut the range of x into parts, and to join the intervals
        that are found for them:""")
    slope = derivative(twice, "x")
    found = {parts: joined(twice, slope, cut(stretch, parts)) for parts in PARTS}
    page.rows(["parts", "low", "high", "low, mean", "high, mean"], [
        (parts, *ends(plain, 4), *ends(mean, 4)) for parts, (plain, mean) in found.items()
    ])
    page.say("""'low' and 'high' are found in one go: each part is put into the formula. 'mean'
        stands for the mean value form. The value at the middle of a part is known, and elsewhere in
        the part it differs by a slope times the distance:""")
    page.formula("f(middle) + f'(part)*(part - middle)")
    excess = {parts: [float(each.width - true.width) for each in both]
              for parts, both in found.items()}
    few, half, many = excess[PARTS[0]], excess[PARTS[-2]], excess[PARTS[-1]]
    page.say(f"""Here f' is {slope}, put in as an interval too. With one long part both ways are
        bad: too wide by {few[0]:.2g} and {few[1]:.2g}. With {PARTS[-1]} short ones they are too
        wide by {many[0]:.2g} and {many[1]:.2g}. """
        + page.claim(0.4 < many[0] / half[0] < 0.6 and 0.2 < many[1] / half[1] < 0.3,
                     "If each part is cut in half, the first way is too wide by about half as much "
                     "as before, and the mean value form by about a quarter as much.")
        + f" A picture of {DRAWN} parts:")
    boxes = cut(stretch, DRAWN)
    corners = [float(end) for part in boxes for end in (part.low, part.high)]
    ways = {"in one go": [twice.at(x=part) for part in boxes],
            "mean value form": [mean_value_form(twice, slope, part) for part in boxes]}
    places = [float(stretch.low) + float(stretch.width) * i / 60 for i in range(61)]
    page.picture(Chart(
        *(Band(corners, [float(each.low) for each in way for _ in range(2)],
               [float(each.high) for each in way for _ in range(2)], name)
          for name, way in ways.items()),
        Line(places, [twice.at(x=place) for place in places], "the curve"),
        title="Between which heights the curve is proved to be", x_label="x", y_label=SWOLLEN,
    ))
    sharp = enclose(twice, sharp=SHARP, x=STRETCH)
    page.say(f"""`enclose` does all this for you. It cuts only where it has to, until both ends are
        as sharp as you ask. Asked for {SHARP:g} of the height, it says: from
        {ends(sharp, 9)[0]} to {ends(sharp, 9)[1]}.""")


def only_rising(page: Page) -> None:
    """A slope that is enclosed over a whole stretch."""
    low, high = RANGE
    formulas = [parse(text) for text in RISING]
    page.title("A curve that only rises")
    page.say("Do these two curves only rise? Here are their heights at whole numbers:")
    heights = [[formula.at(x=float(x)) for x in range(low, high + 1)] for formula in formulas]
    page.table({"x": [*range(low, high + 1)]} | {
        text: [f"{height:.2f}" for height in each]
        for text, each in zip(RISING, heights, strict=True)
    })
    page.say(page.claim(all(a < b for each in heights for a, b in pairwise(each)),
                        "Both rise at every step.")
        + f""" But between two places anything can happen, however close they are. An interval
        leaves no gap: put in all x from {low} to {high}, and see between which numbers the slope
        lies.""")
    slopes = [enclose_slope(formula, sharp=0.01, x=RANGE) for formula in formulas]
    page.rows(["curve", "slope from", "to"],
              [(text, *ends(slope, 3)) for text, slope in zip(RISING, slopes, strict=True)])
    there = derivative(formulas[1], "x").at(x=BETWEEN)
    page.say(page.claim(slopes[0].low > 0, "The first slope is above 0 everywhere. So that curve "
                        "only rises, and this is a proof.")
        + page.claim(slopes[1].low < 0 and there < 0,
                     " The second interval proves no such thing; and indeed, the slope at "
                     f"x = {BETWEEN} is {there:.2f}."))


def a_line(page: Page) -> None:
    """The line of the films, with digits that are certain."""
    table, _ = films.cleaned()
    walker = GradientDescent(LEARNING_RATE)
    trainer = finished(Trainer(LINE, optimizer=walker, standardize=True).fit(table, steps=STEPS))
    proof = prove(trainer, PROVED)
    page.title("The line of the films, proved")
    page.say(f"""As in lesson 14, a line is trained on {len(table):,} films by steps downhill. Which
        of its digits are certain? `prove(trainer)` answers that. Where a number ends in three
        points, more digits are known:""")
    page.table({
        "parameter": [*proof.parameters],
        "trained": [repr(x) for x in trainer.parameters.values()],
        "proved": [first_digits(x, PROVED) for x in proof.parameters.values()],
        "standard error": [first_digits(x, 12) for x in proof.errors.values()],
    })
    right = {name: agreeing(x, proof.parameters[name]) for name, x in trainer.parameters.items()}
    page.say("""The loss of a line is a bowl. It has one lowest point, where both slopes are 0: two
        equations, solved in Fractions. """
        + page.claim(proof.is_exact, "So there is nothing lower anywhere. ")
        + f"""In the walk's slope {right["slope"]} digits are right, in its
        intercept {right["intercept"]}; the walk itself could not know this. And what is not proved?
        With other films of the same kind the slope would be different, by about
        {proof.errors["slope"].middle:.2g}: that is its standard error. (The digits of this error
        are proved. That the films were drawn by chance, and that dear ones are missed by no more
        than cheap ones, is only assumed; and the second is not so, as lesson 21 has
        shown.) Nor is it proved that a line is the right model.""")


def a_wave(page: Page) -> None:
    """A curve: its lowest point is the only one in an interval, then the lowest of a range."""
    trainer = finished(Trainer(WAVE).fit(Table(DOTS)))
    near, wide = prove(trainer, PROVED), prove(trainer, PROVED, within={"b": WITHIN})
    assert near.box is not None
    box, surface = near.box["b"], trainer.surface
    inner = [Context(prec=4, rounding=way).plus(end)
             for way, end in ((ROUND_CEILING, box.low), (ROUND_FLOOR, box.high))]  # inwards
    page.title("A curve, proved")
    page.say("""The loss of a curve may have several valleys. Here is that of a wave through six
        dots:""")
    page.formula(WAVE)
    page.picture(Chart(
        Curve(lambda b: surface.height([b]), *WITHIN, "loss"),
        Guide(x=trainer.parameters["b"], label="trained"),
        title="The loss of a wave", x_label="b", y_label="loss",
    ))
    page.say(f"""The walk ended at b = {trainer.parameters["b"]:.6g}. For the proof, take an
        interval X around that place. From each b in X Newton's method makes a step, towards the
        place where the slope is 0; an interval makes all of these steps at once. If they all end
        inside X, then the slope is 0 at one place in X, and at no other. Here they do, and the
        slope rises there, so it is a lowest point: b begins with
        {first_digits(near.parameters["b"], PROVED)} In a wider interval the slope was proved to
        rise all the way, so there is no second one from {inner[0]:.4g} to {inner[1]:.4g}.""")
    places = [WITHIN[1] * i / 300 for i in range(1, 301)]
    lowest = min(places, key=lambda b: surface.height([b]))
    look = page.claim(
        abs(lowest - trainer.parameters["b"]) < 0.02,
        "The other valleys look higher in the picture, but a picture is drawn from single places.")
    page.say(f"""This says nothing of places outside. {look} So ask with a range,
        `prove(trainer, within={{"b": {WITHIN}}})`: now the whole range is cut into intervals, and
        each that is proved to have no lower point is left out. What share of the range is left,
        `proof.open` says; without a range it is {near.open:g}. """
        + page.claim(wide.open == 0, "The share that remains is 0: in this range nothing is lower.")
        + """ Outside the range we still do not know. And with more parameters the pieces are
        boxes, and there are far more of them: for two parameters it may take a minute.""")


def planted(page: Page) -> None:
    """Numbers of NIST's with one digit changed, and what the proof says of them."""
    known = nist.problem(CURVE)
    trainer = finished(Trainer(known.model).fit(known.table, known.start))
    proof = prove(trainer, PROVED)
    page.title("A wrong digit is found")
    page.say(f"""NIST, the bureau of standards of the USA, certifies the parameters of this curve,
        for the {len(known.table)} dots of {CURVE}, to {digits_of(known)} digits:""")
    page.formula(str(known.model))
    page.say("""Below each number stands the same number with one digit changed. A printed number
        stands for all numbers that round to it. If the whole proved interval lies among these, the
        printed number is right to its last digit; if none of it does, the number is refuted, which
        means proved wrong:""")
    rows, verdicts = [], set()
    for kind, right, found in (("", known.certified, proof.parameters),
                               ("error of ", known.errors, proof.errors)):
        for name, printed in right.items():
            for text, number in (("printed", printed), ("changed", with_wrong_digit(printed))):
                said = verdict(found[name], number)
                rows.append((kind + name, text, f"{number:.{len(number.as_tuple().digits) - 1}e}",
                             said))
                verdicts.add((text, said))
    page.rows(["number", "which", "digits", "verdict"], rows)
    widest = max(float(x.width / abs(x.middle))
                 for x in (*proof.parameters.values(), *proof.errors.values()))
    page.say(page.claim(verdicts == {("printed", "right"), ("changed", "refuted")},
                        "Each number from NIST is right, and each changed one is refuted.")
        + f" The widest of the proved intervals is about {widest:.0e} of its number, "
        + page.claim(widest < 10.0 ** -digits_of(known),
                     "so a wrong digit in any of these would be noticed.")
        + """ What does the proof rest on? On the data in the
        file, on the model, and on a program without a mistake. And for this curve there is a proof
        only near the place where the walk ended.""")


def cut(stretch: Interval, parts: int) -> list[Interval]:
    """The stretch, cut into parts of equal length."""
    low, width = Fraction(stretch.low), Fraction(stretch.high) - Fraction(stretch.low)
    return [Interval(low + width * i / parts, low + width * (i + 1) / parts) for i in range(parts)]


def mean_value_form(f: Value, slope: Value, part: Interval) -> Interval:
    """Between which numbers f lies in a part: f(middle) + f'(part)*(part - middle)."""
    middle = Interval(part.middle)
    found: Interval = f.at(x=middle) + slope.at(x=part) * (part - middle)
    return found


def joined(f: Value, slope: Value, parts: list[Interval]) -> tuple[Interval, Interval]:
    """Two intervals that have all values of f in all parts: in one go, and by mean value form."""
    plain, mean = f.at(x=parts[0]), mean_value_form(f, slope, parts[0])
    for part in parts[1:]:
        plain = plain.joined(f.at(x=part))
        mean = mean.joined(mean_value_form(f, slope, part))
    return plain, mean


def ends(x: Interval, digits: int) -> tuple[str, str]:
    """Both ends as text with so many digits, rounded outwards, so that the promise holds."""
    with localcontext(prec=digits):
        wider = x.in_decimals() + 0
    return f"{wider.low:.{digits}g}", f"{wider.high:.{digits}g}"


def agreeing(x: float, proved: Interval) -> int:
    """How many digits of x are right, if each number is rounded to that many."""
    return max((n for n in range(1, sys.float_info.dig + 3)
                if nist.rounded(x, n) == nist.rounded(proved.middle, n)), default=0)


def digits_of(known: nist.Problem) -> int:
    """How many digits of the parameters are printed."""
    return max(len(number.as_tuple().digits) for number in known.certified.values())


def with_wrong_digit(printed: Decimal) -> Decimal:
    """The number with the digit PLANTED raised by 1; a 9 becomes 0."""
    sign, digits, power = printed.as_tuple()
    changed = list(digits)
    changed[PLANTED] = (changed[PLANTED] + 1) % 10
    return Decimal((sign, tuple(changed), int(power)))


def verdict(proved: Interval, printed: Decimal) -> str:
    """'right', 'refuted' or 'not known': a printed number stands for all that round to it."""
    reach = Decimal(5).scaleb(int(printed.as_tuple().exponent) - 1)  # half of the last digit
    meant = Interval(printed - reach, printed + reach)
    if proved.is_within(meant):
        return "right"
    return "refuted" if proved.meets(meant) is None else "not known"


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
