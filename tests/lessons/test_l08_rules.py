"""Lesson 8: the rule found with h as a letter, and every row of the table that takes one number."""

import math
import random
import re
from itertools import pairwise

import pytest

from lessons import l08_rules as lesson
from lessons.grading.checks import l08_rules as check
from mathlab import parse
from mathlab.calculus.graph import operations
from mathlab.calculus.numeric import central_difference
from mathlab.calculus.proof.same import differ
from mathlab.drawing import Curve, Guide
from mathlab.errors import MathlabError
from tests.lessons.moved import Moved
from tests.lessons.record import Record, told


def row(name, compute, slope, before=""):
    """The text of a reader's file."""
    return (
        f"{before}\nNAME = {name!r}\n\n\ndef compute(x):\n    return {compute}\n\n\n"
        f"def slope(x, y):\n    return {slope}\n"
    )


WRONG = [
    (row("reciprocal", "1 / x", "y * y"), "Its sign is swapped"),
    (row("reciprocal", "1 / x", "y"), "That is the value y, not how fast it changes"),
    (row("reciprocal", "1 / x", "-2 / x**2"), "by its rule, but"),
    (row("square", "x * x", "x + 0.7"), "square at 1.3: the slope is 2 by its rule"),
    (row("line", "3 * x + 1", "3"), "a straight line or a constant"),
    (row("one", "1", "0"), "a straight line or a constant"),
    (row("sin", "1 / x", "-y * y"), "the table has a row of this name already"),
    (row("e", "1 / x", "-y * y"), "every formula has a number of this name already"),
    (row("sine", "math.sin(x)", "math.cos(x)", "import math"), "already, as sin"),
    (row("bell", "math.exp(-x * x)", "-2 * x * math.exp(-x * x)", "import math"),
     "the functions of mathlab, as in `from mathlab import sin, exp`"),
    (row("reciprocal", "1 / z", "-y * y"), "NameError: name 'z' is not defined"),
    (row("reciprocal", "'1/x'", "-y * y"), "it should be a number"),
    (row("reciprocal", "1 / x", "'-y*y'"), "take the quotes away"),
    (row("reciprocal", "1 / x", "(1/(x + 1e-6) - 1/(x - 1e-6)) / 2e-6"), "Let h be 0"),
    (row("reciprocal", "1 / x", "(1/(x + h) - 1/x) / h"), "name 'h' is not defined"),
    (row("reciprocal", "1 / x", "-1.000001 / x**2"), "-2.04081632653 +- 4e-12 by measurement."),
    (row("square", "x * x", "float(2 * x)"), "and the functions of mathlab"),
    (row(3, "1 / x", "-y * y"), "it should be a word"),
]
RIGHT = [
    row("whole", "Fraction(1) / Fraction(x)", "-y * y", "from fractions import Fraction"),
    row("cube", "x**3", "3 * x**2"),
    row("crooked", "x * abs(x)", "2 * abs(x)"),
    row("witch", "1 / (1 + x**2)", "-2 * x * y**2"),
    row("secant", "1 / cos(x)", "y * tan(x)", "from mathlab import cos, tan"),
    row("softsign", "x / (1 + abs(x))", "1 / (1 + abs(x)) ** 2"),
    row("arc", "math.sqrt(1 - x * x)", "-x / y", "import math"),
    row("root", "x**1.5", "1.5 * x**0.5"),  # complex below 0: no value there
    row("entropy", "-x * log(x)", "-1 - log(x)", "from mathlab import log"),
    row("hinge", "max(0, 1 - x)", "-step(1 - x)", "from mathlab import step"),
]


@pytest.fixture(scope="module")
def record():
    return told(8)


def of_one():
    """The rows of the table with one input, found by walking through its module."""
    return {
        thing.name: thing
        for thing in vars(operations).values()
        if isinstance(thing, operations.Operation)
        and thing.arity == 1
    }


def in_tables(record):
    return {
        name: (slope, number, off)
        for table in of_rows(record)
        for name, slope, number, off in zip(*table.values(), strict=True)
    }


def of_rows(record):
    """The tables of rows that take one number."""
    return [table for table in record.tables if "off" in table]


def in_the_list(record):
    (listed,) = [text for text in record.texts if "acosh " in text]
    return dict(line.split(None, 1) for line in listed.strip().splitlines())


# ------------------------------------------------------------------ with h as a letter


@pytest.mark.parametrize("power", [1, 2, 3, 4, 10])
def test_the_quotient_is_the_same_at_each_stage(monkeypatch, power):
    monkeypatch.setattr(lesson, "POWER", power)
    stages = Record(lesson.on_paper).texts
    assert all(stage.startswith("slope = ") for stage in stages)
    first, *others, rule = [parse(stage.removeprefix("slope = ")) for stage in stages]
    for x, h in ((0.5, 1.0), (-2.0, 0.3), (3.0, 7.0)):
        quotient = ((x + h) ** power - x**power) / h
        assert first.at(x=x, h=h) == pytest.approx(quotient)
        for stage in others:
            assert stage.at(x=x, h=h) == pytest.approx(quotient)
        assert rule.at(x=x) == pytest.approx(power * x ** (power - 1))
    assert "h" not in stages[-1]
    assert "/ h" not in stages[2]


def test_the_stages_as_shown(record):
    assert [text.removeprefix("slope = ") for text in record.texts[:4]] == [
        "((x + h)**2 - x**2) / h", "(2*h*x + h**2) / h", "2*x + h", "2*x",
    ]
    assert "At x = 0.5 it says 1, and measuring as in lesson 7 says 1.0000000000." in record.prose
    assert "What has no h in it, x**2 - x**2, cancels" in record.prose


def test_the_measurement_is_counted(record):
    calls = []
    lesson.numeric.derivative(lambda x: calls.append(x) or x**2, 0.5)
    assert f"the measurement asked for {len(calls)} values" in record.prose


# ------------------------------------------------------------------ sin, dot by dot


def test_the_dots_are_measured_and_lie_on_cos(record):
    sine, slopes = record.charts[:2]
    curve, dots = slopes.layers
    assert [sine.layers[0].f(x) for x in (0, 1, 6)] == [math.sin(x) for x in (0, 1, 6)]
    assert len(dots.x) == 13 and (dots.x[0], dots.x[-1]) == (0, 2 * math.pi)
    for x, slope in zip(dots.x, dots.y, strict=True):
        assert slope == (math.sin(x + 0.001) - math.sin(x - 0.001)) / ((x + 0.001) - (x - 0.001))
        assert curve.f(x) == math.cos(x) == pytest.approx(slope, abs=2e-7)
    off = max(abs(slope - math.cos(x)) for x, slope in zip(dots.x, dots.y, strict=True))
    assert f"No dot is further off than {off:.1e}," in record.prose


def test_why_it_is_cos(record):
    """The formula that stands there is the quotient, for any x and h, and its fractions settle."""
    (text,) = [text for text in record.texts if "sin(h)/h" in text]
    formula = parse(text.removeprefix("slope = "))
    for x, h in ((0.3, 0.5), (-2.0, 1e-3), (5.0, 2.0)):
        assert formula.at(x=x, h=h) == pytest.approx((math.sin(x + h) - math.sin(x)) / h)
    (table,) = [each for each in record.tables if "sin(h)/h" in each]
    for h, level, steep in zip(*table.values(), strict=True):
        assert float(level) == pytest.approx((math.cos(float(h)) - 1) / float(h), abs=6e-7)
        assert float(steep) == pytest.approx(math.sin(float(h)) / float(h), abs=6e-7)
    in_degrees = math.sin(math.radians(1e-6)) / 1e-6
    assert f"would go to {in_degrees:.4f}, so calculus counts angles in radians" in record.prose


@pytest.mark.parametrize("x", [0.0, 1.0, 4.0])
def test_a_tangent_that_goes_along(record, x):
    live = record.lives[0]
    picture = Moved(live, x=x)
    assert picture.numbers["slope"] == pytest.approx(math.cos(x), abs=2e-7)
    tangent, here, dot = (picture.dots(i) for i in range(3))
    for a, b in tangent:
        assert b == pytest.approx(math.sin(x) + math.cos(x) * (a - x), abs=1e-6)
    assert here == [[x, math.sin(x)]]
    assert dot == [[x, picture.numbers["slope"]]]
    places = [i / 100 for i in range(629)]
    steepest = min(places, key=math.cos)
    assert live.guess.truth == pytest.approx(steepest, abs=0.01)


# ------------------------------------------------------------------ a rectangle that grows


def test_the_rectangle(record):
    (table,) = [each for each in record.tables if "du*dv/h" in each]
    for h, side, top, corner, everything in zip(*table.values(), strict=True):
        x = 2 + float(h)
        u, v = 2 * x, x + 1  # as the page says, and so the area is u*v
        assert float(everything) == pytest.approx((u * v - 4 * 3) / float(h))
        assert float(side) == pytest.approx(3 * (u - 4) / float(h))
        assert float(top) == pytest.approx(4 * (v - 3) / float(h))
        assert float(corner) == pytest.approx((u - 4) * (v - 3) / float(h))
    assert "the sides are 4 and 3, and the area is 12." in record.prose
    # 2*x*(x + 1) is 2*x**2 + 2*x, whose slope at 2 is 4*2 + 2
    assert "the slope is 6 + 4 = 10. In 6 you find v times the slope of u, which is 3 * 2; in 4 " \
           "you find u times the slope of v, which is 4 * 1." in record.prose
    exact = 2 * 0.5 * math.sin(0.5) + 0.5**2 * math.cos(0.5)
    assert f"The rule says {exact:.10f}, and measuring says {exact:.10f}." in record.prose


@pytest.mark.parametrize("h", [0.01, 0.3, 1.0])
def test_a_rectangle_to_turn(record, h):
    live = record.lives[1]
    picture = Moved(live, h=h)
    areas = {name: area for name, (area, _) in picture.numbers.items()}
    assert areas == {"v*du": pytest.approx(6 * h), "u*dv": pytest.approx(4 * h),
                     "du*dv": pytest.approx(2 * h * h)}
    for i, area in enumerate(areas.values()):  # each outline holds what is said of it
        places = picture.dots(i)
        twice = sum(a * d - c * b for (a, b), (c, d) in pairwise(places))
        assert abs(twice) / 2 == pytest.approx(area)
    assert picture.numbers["du*dv"][1] == pytest.approx(2 * h)
    assert live.guess.truth == 100  # 2*1**2 is a hundred times 2*0.1**2


@pytest.mark.parametrize(("sides", "said"), [
    ((lesson.X**2, lesson.X + 1), "The strips stay as they are"),  # a side that runs along a curve
])
def test_a_corner_that_does_otherwise_is_said(monkeypatch, sides, said):
    monkeypatch.setattr(lesson, "SIDES", sides)
    assert [each for each in Record(lesson.a_rectangle).untrue if each.startswith(said)]


# ------------------------------------------------------------------ where there is none


def test_where_there_is_no_slope(record):
    kink, jump, upright = record.charts[-4:-1]
    names = [chart.layers[0].label for chart in (kink, jump, upright)]
    assert names == ["absolute", "step", "cbrt"]
    (table,) = [each for each in record.tables if "left" in each]
    f = {"absolute": abs, "step": lambda x: float(x > 0), "cbrt": math.cbrt}
    for name, h, left, right in zip(*table.values(), strict=True):
        h = float(h)
        assert float(left) == pytest.approx((f[name](-h) - f[name](0.0)) / -h, rel=1e-5)
        assert float(right) == pytest.approx((f[name](h) - f[name](0.0)) / h, rel=1e-5)
    reasons = [lesson.numeric.derivative(row, 0.0).reason for row in lesson.NO_SLOPE]
    for reason, words in zip(reasons, ("a kink", "jumps", "grows without end"), strict=True):
        assert words in reason


def test_a_smooth_curve_where_a_kink_should_be_is_said(monkeypatch):
    monkeypatch.setattr(lesson, "NO_SLOPE", dict.fromkeys(
        (operations.sin, operations.cos, operations.tanh), "?"))
    assert len(Record(lesson.no_slope).untrue) == 3


# ------------------------------------------------------------------ the table


def test_the_rows_are_counted(record):
    rows = {each for each in vars(operations).values() if isinstance(each, operations.Operation)}
    rows -= {operations.constant, operations.xlogy}  # no slope, and no row of the book
    assert f"in mathlab/calculus/graph, in operations.py: {len(rows)} rows," in record.prose
    assert f"{len(of_one())} of the rows take one number." in record.prose
    assert f"Of all {len(of_one())} rows " in record.prose


def test_every_row_is_shown_once(record):
    listed = [name for table in of_rows(record) for name in table["row"]]
    listed += list(in_the_list(record))
    assert sorted(listed) == sorted(of_one())
    assert len(in_tables(record)) >= 20
    assert [table["row"][0] for table in of_rows(record)] == ["negate", "exp", "sin", "sigmoid"]


def test_what_a_row_says_is_its_slope(record):
    slopes = {name: slope for name, (slope, *_) in in_tables(record).items()}
    for name, slope in (slopes | in_the_list(record)).items():
        x = 0.5 if name != "acosh" else 2.0
        row = of_one()[name]
        here = parse(slope)
        given = {"x": x, "y": row(x)}
        known = {leaf: given[leaf] for leaf in given if leaf in slope.replace("exp", "")}
        number = here.at(**known)
        if name in in_tables(record):
            assert in_tables(record)[name][1] == f"{number:.4g}"
        assert number == pytest.approx(central_difference(row, x, 1e-5), rel=1e-8, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "slope"),
    [("exp", "y"), ("log", "1/x"), ("sqrt", "1/(2*y)"), ("sin", "cos(x)"), ("cos", "-sin(x)"),
     ("tan", "1/cos(x)**2"), ("tanh", "1/cosh(x)**2"), ("sigmoid", "y*sigmoid(-x)"),
     ("relu", "step(x)")],
)
def test_the_slopes_of_the_books(record, name, slope):
    assert differ(parse(in_tables(record)[name][0]), parse(slope)) is None


def test_how_far_off_they_are(record):
    numbers = {name: float(off) for name, (_, _, off) in in_tables(record).items()}
    assert max(numbers.values()) < 1e-12  # "a wrong rule would be off in its first digits"
    name, off = re.search(r"rows the furthest off is (\w+), by (\S+)\. A", record.prose).groups()
    assert float(off) < 1e-12
    assert float(off) >= 0.9 * max(numbers.values())  # which are rounded
    assert name not in numbers or numbers[name] == float(f"{float(off):.0e}")


def test_a_wrong_rule_would_be_seen(monkeypatch):
    monkeypatch.setattr(operations.sin, "slopes", (lambda x, y: 1.01 * operations.cos(x),))
    *_, off = lesson.prove(operations.sin)
    assert off > 1e-3


def test_the_corners(record):
    for name in ("absolute", "relu"):  # "turn, and have no slope"
        assert "a kink" in lesson.numeric.derivative(of_one()[name], 0.0).reason
        assert math.isfinite(of_one()[name].slopes[0](0.0, 0.0))
    for name in ("sign", "step"):
        assert "jumps" in lesson.numeric.derivative(of_one()[name], 0.0).reason
        assert math.isfinite(of_one()[name].slopes[0](0.0, 0.0))


def test_the_columns_are_narrow(record):
    for table in record.tables:
        widths = [max(map(len, [name, *map(str, cells)])) for name, cells in table.items()]
        assert sum(widths) + 2 * (len(widths) - 1) <= 39
        assert max(widths) <= 13


@pytest.mark.parametrize("place", [0.0, -0.5, 0.9, 1.0])
def test_another_place(monkeypatch, place):
    monkeypatch.setattr(lesson, "PLACE", place)
    record = Record(lesson.main)
    listed = list(in_tables(record)) + list(in_the_list(record))
    assert sorted(listed) == sorted(of_one())
    with pytest.raises(MathlabError):
        of_one()["log"](min(place, 0.0))


# ------------------------------------------------------------------ the picture


def test_the_picture(record):
    *_, chart = record.charts
    curve, slope = [layer for layer in chart.layers if isinstance(layer, Curve)]
    chance = random.Random(8)
    for x in [chance.uniform(0, 2 * math.pi) for _ in range(20)]:
        assert curve.f(x) == pytest.approx(math.sin(x))
        assert slope.f(x) == pytest.approx(math.cos(x))
        rising = curve.f(x + 1e-6) > curve.f(x - 1e-6)
        assert (slope.f(x) > 0) == rising
    places = {layer.label: layer.x for layer in chart.layers if isinstance(layer, Guide)}
    assert curve.f(places["top"]) == 1
    assert curve.f(places["bottom"]) == -1
    assert slope.f(places["top"]) == pytest.approx(0, abs=1e-12)


def test_one_place_proves_little(record):
    assert "at x = 0.5 the wrong rule x + 0.5 says the same as the right one, 2*x" in record.prose
    assert differ(parse("x + 0.5"), parse("2*x")) is not None
    assert len(check.PLACES) > 3  # "the check of your exercise asks in several"


@pytest.mark.parametrize("i", range(5))
@pytest.mark.parametrize("name", ["u", "v"])
def test_rows_of_two_numbers_are_measured(record, i, name):
    (table,) = [each for each in record.tables if "slope by u" in each]
    assert table["row"] == ["u + v", "u - v", "u*v", "u/v", "u**v"]
    row, slope = parse(table["row"][i]), parse(table[f"slope by {name}"][i])
    place = {"u": 1.7, "v": 2.3}
    measured = central_difference(lambda x: row.at(**{**place, name: x}), place[name], 1e-5)
    assert slope.at(**place) == pytest.approx(measured, rel=1e-8)
