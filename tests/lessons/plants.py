"""Errors to plant in the lessons: a wrong number, data turned round, a rule that is not so; and
with each of them, how the claims begin that are false then."""

import math
import statistics
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import wraps
from itertools import count
from types import SimpleNamespace
from typing import Any

from lessons import l05_loss as losses
from lessons import l08_rules as rules
from lessons import l09_chain_rule as chain
from lessons import l11_symbolic as symbolic
from lessons import l12_three_ways as ways
from lessons import l18_more_levers as levers
from lessons import l20_small_network as bed
from lessons import l22_exact as exact
from lessons import l23_proved as proved
from lessons.data import films, nist, sources
from mathlab import Value, absolute, relu, tiny
from mathlab.calculus.graph import operations
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.numbers.interval import Interval
from mathlab.calculus.numbers.linear_algebra import extreme_bends, inner
from mathlab.calculus.numeric import central_difference, forward_difference
from mathlab.learning.data.table import Table
from mathlab.learning.model.loss import log_loss
from mathlab.learning.model.surface import LossSurface

FILMS, REPORT = films.cleaned()
SERIES, CARS, SHUTTLE = sources.anscombe(), sources.cars("horsepower", "weight"), sources.shuttle()
TOP = max(FILMS["revenue"])
MEAN_BUDGET, MEAN_REVENUE = map(statistics.fmean, (FILMS["budget"], FILMS["revenue"]))
MEANS = losses.curve
BEND, HEIGHT = LossSurface.bend, LossSurface.height
TRAIN, BACKWARD = tiny.train, Value.backward


def always(thing: Any) -> Callable[..., Any]:
    """A function that returns it."""
    return lambda *_, **__: thing


def the_films(**columns: Callable[[Any], Any]) -> Callable[[], Any]:
    """The films, with columns that are worked out from each row."""
    table = FILMS
    for name, of_row in columns.items():
        table = table.with_column(name, [of_row(row) for row in FILMS.rows()])
    return always((table, REPORT))


TURNED = the_films(revenue=lambda film: TOP - film["revenue"])
ON_A_LINE = the_films(revenue=lambda film: 2 * film["budget"])
STEEP = the_films(revenue=lambda film: 50 + film["budget"] ** 2 / 10)
LOST = the_films(revenue=lambda film: -film["budget"] - 50 * (film["revenue"] > 30))
LEVEL = the_films(revenue=lambda film: 86 + film["budget"] % 7)
HUNDREDS = the_films(budget=lambda film: film["budget"] / 100)
SPREADS = the_films(budget=lambda film: (film["budget"] - MEAN_BUDGET) / 28)
DAYS = count()
EVENLY = the_films(release_date=lambda _: date(1940, 1, 1) + timedelta(days=next(DAYS) % 360))
ELEVEN = FILMS.take(range(11)).with_column("revenue", [1.0] * 5 + [100.0] * 6), REPORT
ONE_SERIES = {name: each for name, each in zip(SERIES, [SERIES["I"]] * 4, strict=True)}
ONE_LINE = SERIES | {"III": Table({"x": SERIES["I"]["x"], "y": [3 + x / 2 for x in
                                                                 SERIES["I"]["x"]]})}
WEAK_CARS = (CARS[0].with_column("horsepower", [*reversed(CARS[0]["horsepower"])]), CARS[1])
THE_OTHERS = SHUTTLE.with_column("distress", [1 - yes for yes in SHUTTLE["distress"]])
COLD_ONES = SHUTTLE.with_column("distress", [float(t < 60 or t == 66)
                                             for t in SHUTTLE["temperature"]])
IN_DEGREES = SimpleNamespace(**vars(math) | {
    "sin": lambda x: math.sin(math.radians(x)), "cos": lambda x: math.cos(math.radians(x))})


def summed(table: Table, loss: str) -> tuple[list[float], int]:
    """The sum of the losses in place of their mean."""
    heights, lowest = MEANS(table, loss)
    return [len(table) * height for height in heights], lowest


def other_stages(film: Any, slope: float, intercept: float) -> list[Value]:
    """Stages that multiply by the intercept, and take the residual the other way round."""
    lever, level = Value(slope, "slope"), Value(intercept, "intercept")
    product = lever * Value.constant(film["budget"], "budget")
    prediction = product * level
    residual = prediction - Value.constant(film["revenue"], "revenue")
    return [lever, product, prediction, residual, residual**2]


def swept_elsewhere(f: Callable[[Any], Any]) -> tuple[Value, Value]:
    """The kinks at 0, but all else at 1."""
    x = Value(0.0 if f in (absolute, relu, chain.hinge) else 1.0, "x")
    y = f(x)
    y.backward()
    return y, x


def piling_up(result: Value) -> None:
    """A backward that adds to the grads that are there."""
    before = {node: node.grad for node in inputs_first(result)}
    BACKWARD(result)
    for node, grad in before.items():
        node.grad += grad


def twice_as_steep(result: Value) -> None:
    """A backward whose grads are twice as large as they should be."""
    BACKWARD(result)
    for node in inputs_first(result):
        node.grad *= 2


def turned_derivative(f: Value, x: Value, order: int = 1) -> Value:
    """A derivative with the wrong sign, and 1 too much."""
    return 1 - symbolic_derivative(f, x, order)


symbolic_derivative, symbolic_gradient = symbolic.derivative, symbolic.gradient
compared, worked, lesson_curves, lesson_prove = ways.compare, ways.work, levers.curves, proved.prove
lesson_rump, of_nist, of_longley = proved.rump, nist.problem, exact.slopes_at


def compare_wrongly(f: Any, *at: Any, **by: Any) -> Any:
    """Both comparisons, with one number of a way that reads the table replaced by another."""
    found = compared(f, *at, **by)
    other = found.findings["symbolic"]._replace(derivative=1.0)
    return found._replace(findings=found.findings | {"symbolic": other})


@wraps(TRAIN)  # whose source is shown
def backwards(*told: Any) -> Any:
    """A walk from its end to its start."""
    return [*TRAIN(*told)][::-1]


def bent_elsewhere(surface: LossSurface, place: Any, *how: Any) -> Any:
    """A surface that is not a bowl: its bends change from place to place."""
    height, slopes, bends = BEND(surface, place, *how)
    return height, slopes, [[bend * (1 + place[0] / 1000) for bend in row] for row in bends]


def straighter(*cars: Table) -> Any:
    """The curves of all degrees, the last first."""
    fits = lesson_curves(*cars)
    return dict(zip(fits, [*fits.values()][::-1], strict=True))


def east_side(seed: int) -> Table:
    """Seeds of which those in the east sprout."""
    seeds = SEEDS(seed)
    return seeds.with_column("sprouted", [float(east > 0) for east in seeds["east"]])


SEEDS = bed.sown


def as_if_sharp(name: str) -> Any:
    """A problem of NIST's whose numbers are twice as large, and as if they were known exactly."""
    known = of_nist(name)
    return known._replace(
        certified={lever: 2 * x for lever, x in known.certified.items()},
        errors={lever: x / Decimal(10) ** 20 for lever, x in known.errors.items()})


def with_a_pit(surface: LossSurface, place: Any) -> float:
    """The height of a surface, lower by 9 wherever its first lever is small."""
    return HEIGHT(surface, place) - 9 * (place[0] < 0.5)


def slopes_of(slope: int) -> Callable[..., Any]:
    """The slopes at the bottom of Longley, which has seven levers, all the same."""
    return lambda at, place: [slope] * 7 if len(place) == 7 else of_longley(at, place)


def rump_aside(x: Any, y: Any, number: Any) -> Any:
    """Rump's value, but for intervals, which lie far above it."""
    found = lesson_rump(x, y, number)
    return found + 10**30 if isinstance(x, Interval) else found


def prove_less(*arguments: Any, **options: Any) -> Any:
    """A proof that leaves half of everything open."""
    return lesson_prove(*arguments, **options)._replace(is_exact=False, open=0.5)


# Each row: a lesson, what stands in it, what is put in its place, and the claims that fall.
PLANTED: list[tuple[int, str, Any, *tuple[str, ...]]] = [
    (1, "films.COLLECTED", date(2040, 12, 31), "Most such films are old ones"),
    (1, "films.cleaned", EVENLY, "is a good day", "many computers count", "Not one film that is"),
    (2, "films.cleaned", TURNED, "Half of the films", "So the two tend to rise",
     "From one group to the next the mean grows"),
    (2, "films.cleaned", ON_A_LINE, "(The 694 films that cost more", "But these are means"),
    (2, "GROUPS", 22, "From one group to the next the mean grows"),
    (2, "sources.anscombe", always(ONE_SERIES), "The dots of II", "In III all dots but one",
     "In IV all x are the same"),
    (2, "sources.anscombe", always(ONE_LINE), "Each row has one number", "One dot of 11"),
    (3, "films.cleaned", LEVEL, "No line runs through", "Each of these three misses nearly all"),
    (3, "BY_EYE", {"slope": 0.0, "intercept": 1.0}, "Each of these three misses nearly all"),
    (4, "LINE", {"slope": 40.0, "intercept": 0.0}, "The two ends are not alike: "),
    (4, "films.cleaned", TURNED, "The line says far too little", "From the cheapest group"),
    (4, "films.cleaned", LOST, "The two ends are not alike: ", "No film earns less"),
    (4, "LINE", {"slope": 2.0, "intercept": MEAN_REVENUE - 2 * MEAN_BUDGET},
     "Then 'level' would be the best"),
    (4, "DEAR", 20.0, "But the last group has only"),
    (5, "RESIDUALS", (-300, -100, 0, 100, 300), "costs as much as four"),
    (5, "films.cleaned", LEVEL, "The same films, and two answers", "For even where all is right",
     "Most films that earned very much were dear"),
    (5, "films.cleaned", TURNED, "Both are known from lesson 2"),
    (5, "films.cleaned", always(ELEVEN), "Without that one film"),
    (5, "SLIP", 0.001, "The absolute loss takes no notice"),
    (5, "curve", summed, "The sum doubles"),
    (6, "SETTINGS", (0.0, 0.5, 1.0, 1.5, 2.0), "The loss falls, and then it rises again."),
    (6, "films.cleaned", ON_A_LINE, "No factor makes it 0"),
    (6, "central_difference", lambda f, x, h: central_difference(f, x, h) + 4000,
     "Here the slope changes evenly"),
    (6, "NEAR", 1.0, "turn the lever by a hair"),
    (7, "WIDTHS", (3.0, 1.0, 0.1, 0.01, 1e-13), "a tenth of the step"),
    (7, "WIDTHS", (0.001, 0.01, 0.1, 1.0, 3.0), "The slopes settle."),
    (7, "EXPONENTS", range(-1, -10, -1), "In the end x+h is x", "And x-h is another number"),
    (7, "WAYS", {name: (forward_difference, power) for name, power in (("forward", 1),
                                                                       ("central", 2))},
     "This error shrinks with h"),
    (8, "central_difference", lambda f, x, h: central_difference(f, x, h) + 1,
     "The dots lie on a curve", "all but the first have a corner"),
    (8, "math", IN_DEGREES, "The first fraction goes to 0"),
    (8, "SIDES", (rules.X**2, rules.X + 1), "The strips stay as they are"),
    (8, "NO_SLOPE", dict.fromkeys([operations.sin, operations.tanh, operations.tan], "smooth"),
     "At the kink", "At the jump", "At the upright tangent"),
    (9, "stages", other_stages, "Adding the intercept", "The minus sign", "They agree."),
    (9, "NUDGE", 0.0, "Only the last line"),
    (9, "sqrt", absolute, "One stage without a slope"),
    (9, "hinge", relu, "Yet relu(x) and maximum(x, 0)"),
    (9, "swept", swept_elsewhere, "so that any convention", "and is wrong:"),
    (10, "as_met", lambda result: inputs_first(result)[::-1], "As met, b hands on"),
    (10, "Value.backward", piling_up, "In mathlab every call begins at 0:"),
    (10, "Value.backward", twice_as_steep, "and 8*3 is 24", "nearly e"),
    (11, "gradient", lambda loss, by: [2 * each for each in symbolic_gradient(loss, by)],
     "It is the same."),
    (11, "squared_error", lambda r, b, slope, level: (r - slope * b - level) ** 4,
     "No lever is left"),
    (11, "derivative", turned_derivative, "The bend does", "Under the top of f"),
    (11, "taylor", lambda f, *_, **__: f, "Far from the top"),
    (11, "PLACE", 2 + Fraction(1, 10**15), "which is rounding"),
    (12, "compare", compare_wrongly, "The others read one table", "They agree, but",
     "Those who share the table"),
    (12, "total", lambda xs: sum([*xs][:-1]), "All find the same"),
    (12, "soft", ways.bell, "One has a wrong slope."),
    (12, "work", lambda f, way: (worked(f, way)[0], 2, "1 ms"), "Backward has them all"),
    (12, "YEARS", 4, "The swelling is in the writing"),
    (12, "films.cleaned", TURNED, "So a power a little above 1"),
    (13, "UNIT", 1.0, "So one unit of either lever"),
    (13, "extreme_bends", lambda bends: extreme_bends(bends)[::-1], "It does not aim"),
    (13, "inner", lambda a, b: -inner(a, b), "The steepest way down is not"),
    (13, "MANY", (100, 10, 2), "The gradient grows shorter", "lots are nearly as good",
     "Many levers do not find"),
    (14, "tiny.train", backwards, "No step goes up."),
    (14, "films.cleaned", HUNDREDS, "With budgets in millions one lever"),
    (14, "STEPS", 2, "As the line turns"),
    (14, "apart", always(1.0), "All but the first share"),
    (15, "SHARES", {"small": 0.5, "right": 0.6, "edge": 0.4, "large": 0.99}, "'small' creeps.",
     "'right' is there at once.", "'edge' goes too far", "'large' goes so far"),
    (15, "standardize", lambda column: (column, None), "Turning one lever", "The 0.4 of lesson 14"),
    (15, "films.cleaned", HUNDREDS, "At that rate the second lever"),
    (16, "films.cleaned", SPREADS, "So the slope is by far", "No budget is negative",
     "It takes both."),
    (17, "UNIT", 1.0, "So both parameters"),
    (17, "START", (400.0, 150.0), "On these maps four of them"),
    (17, "extreme_bends", always((2.0, 1.0)), "The hollow is longer than it is wide"),
    (17, "arrival", always(0), "So 'descent' is soon down", "It goes by the size"),
    (17, "LossSurface.bend", bent_elsewhere, "because this surface is a bowl"),
    (18, "SHARE", 0.03, "So horsepower has some news"),
    (18, "sources.cars", always(WEAK_CARS), "Heavy cars are strong"),
    (18, "curves", straighter, "cars have to say", "The train error never rises",
     "By the train error", "But on the cars"),
    (19, "SHOWN", range(60, 71), "Nothing happens"),
    (19, "squared", log_loss, "It never costs more than 1", "so wrong a model"),
    (19, "derivative", lambda f, x: f * f, "And the chain rule finds"),
    (19, "MORNING", 53.0, "No launch has tested it"),
    (19, "shuttle", always(THE_OTHERS), "To see this takes no model"),
    (19, "shuttle", always(COLD_ONES), "Warm ones are among them"),
    (20, "STARTS", (1,), "This surface has many valleys."),
    (20, "sown", east_side, "The line is no better", "If you know how the world is made"),
    (21, "films.cleaned", ON_A_LINE, "Cheap films are missed by less", "More films would hardly",
     "For cheap films it reaches", "But see where it fails", "The last column", "It often comes",
     "The intervals keep their word"),
    (21, "films.cleaned", LOST, "It is so narrow"),
    (22, "nist.problem", as_if_sharp, "Most of these digits", "all its levers are exactly 1"),
    (22, "KEPT", (20,), "In floats it loses"),
    (22, "KEPT", (20, 16, 12), "Decimals go on."),
    (22, "slopes_at", slopes_of(1), "Each 0 is exact"),
    (22, "slopes_at", slopes_of(0), "The floats cannot say"),
    (23, "CARRIED", (12, "float", 40), "If you ask for more digits", "Not even the sign",
     "Not one of them claims"),
    (23, "rump", rump_aside, "the true value lies in each"),
    (23, "enclose", lambda _, x, **__: proved.parse(proved.SWOLLEN).at(x=Interval(*x)),
     "The promise holds", "In the last one x stands"),
    (23, "PARTS", (1, 2, 4, 8, 16, 64, 64), "If each part is cut in half"),
    (23, "RISING", ("sin(x)", "x + sin(x)/2"), "Both rise at every step.", "The first slope",
     "The second interval"),
    (23, "prove", prove_less, "So there is nothing lower", "The share that remains is 0"),
    (23, "nist.LossSurface.height", with_a_pit, "The other valleys"),
    (23, "with_wrong_digit", lambda printed: printed, "Each number from NIST is right"),
    (23, "digits_of", always(30), "so a wrong digit"),
    (24, "WEIGHTS", (4000, 3000, 2000), "The heavier, the fewer miles."),
]
