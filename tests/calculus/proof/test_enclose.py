"""Enclosures against dense sampling, published roots and minima, and functions with traps."""

import math
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from mathlab import Value, numeric, parse, symbols
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.numbers.interval import Interval
from mathlab.calculus.numeric import Estimate
from mathlab.calculus.proof import enclose as chapter
from mathlab.calculus.proof.enclose import Root, enclose, enclose_slope, holds, lowest, roots
from mathlab.errors import DomainError, FormulaError

RANGES = [  # a formula, its range, and the true lowest and highest value by hand
    ("x**2 - 2*x", (0, 3), -1.0, 3.0), ("x - x", (1, 2), 0.0, 0.0),
    ("x*(1 - x)", (0, 1), 0.0, 0.25), ("sin(x) + cos(x)", (0, 7), -math.sqrt(2), math.sqrt(2)),
    ("exp(-x**2)", (-2, 2), math.exp(-4), 1.0), ("x/(1 + x**2)", (-5, 5), -0.5, 0.5),
    ("absolute(x - 1)", (0, 3), 0.0, 2.0), ("x**4 - 4*x**2", (-2, 2), -4.0, 0.0),
    ("sqrt(x)*(2 - x)", (0, 1), 0.0, 4 * math.sqrt(6) / 9),  # its slope has no bound at 0
    ("log(x)/x", (1, 9), 0.0, 1 / math.e), ("maximum(x, 1 - x)", (0, 1), 0.5, 1.0)]


@pytest.mark.parametrize(("text", "ends", "low", "high"), RANGES)
def test_ranges_are_held_and_sharp(text, ends, low, high):
    found = enclose(parse(text), x=ends)
    room = Decimal(repr(1e-3 * max(high - low, abs(low), abs(high)) + 2e-3))
    assert Decimal(repr(low)) - room <= found.low <= Decimal(repr(low)) + Decimal("1e-15")
    assert Decimal(repr(high)) - Decimal("1e-15") <= found.high <= Decimal(repr(high)) + room


@pytest.mark.parametrize("text", ["x*y - x", "sin(x*y)/(1 + y**2)", "(x - y)**2 + x"])
def test_two_names(text):
    formula, dice = parse(text), Random(text)
    found = enclose(formula, sharp=0.05, x=(-1, 2), y=(0, 1))
    numbers = [formula.at(x=dice.uniform(-1, 2), y=dice.uniform(0, 1)) for _ in range(3000)]
    assert found.low <= min(numbers) and max(numbers) <= found.high
    assert float(found.width) <= 1.2 * (max(numbers) - min(numbers))


@pytest.mark.parametrize(("text", "ends", "rises"), [
    ("x + sin(x)/2", (0, 10), True), ("x + 2*sin(x)", (0, 10), False), ("exp(x) - x", (1, 3), True),
    ("absolute(x) + 2*x", (-1, 1), True), ("absolute(x) + x/2", (-1, 1), False)])
def test_whether_a_curve_only_rises(text, ends, rises):
    assert (enclose_slope(parse(text), x=ends).low > 0) is rises


ROOTS = [
    ("x**2 - 2", (0, 2), [math.sqrt(2)]), ("sin(x)", (-4, 7), [-math.pi, 0, math.pi, 2 * math.pi]),
    ("x**3 - 6*x**2 + 11*x - 6", (0, 4), [1, 2, 3]), ("exp(x) - 3", (0, 2), [math.log(3)]),
    ("cos(x) - x", (-5, 5), [0.7390851332151607]), ("x**2 + 1", (-9, 9), []),
    ("x**5 - x - 1", (-3, 3), [1.1673039782614187]), ("tan(x/4) - 1", (0, 4), [math.pi]),
    ("(x - 1)*(x - 1.000001)", (0, 2), [1, 1.000001])]


@pytest.mark.parametrize(("text", "ends", "places"), ROOTS)
def test_all_roots_are_found_and_proved(text, ends, places):
    found = roots(parse(text), x=ends)
    assert [float(root.place.middle) for root in found] == pytest.approx(places, abs=1e-12)
    assert all(root.is_proved for root in found)
    assert all(root.place.width < Decimal("1e-20") for root in found)


@pytest.mark.parametrize(("text", "ends", "place"), [
    ("x**2", (-1, 2), 0), ("(x - 1)**2*(x + 5)", (0, 3), 1), ("1 - cos(x)", (-1, 1), 0)])
def test_what_cannot_be_told_is_said(text, ends, place):
    """A double root only touches 0."""
    found = roots(parse(text), x=ends)
    assert not any(root.is_proved for root in found) or len(found) > 1
    found = [root for root in found if not root.is_proved]
    assert found and all(abs(root.place.middle - place) < 1e-6 for root in found)


VALLEYS = [
    ("(1 - x)**2 + 100*(y - x**2)**2", {"x": (-2, 2), "y": (-1, 3)}, 0.0, (1.0, 1.0)),
    ("x**4 - 4*x**3 + 2*x**2 + y**2", {"x": (-1, 4), "y": (-1, 2)}, None, (2.618034, 0.0)),
    ("x + y", {"x": (1, 2), "y": (-3, 5)}, -2.0, (1.0, -3.0)),
    ("sin(x) + sin(10*x/3)", {"x": (2.7, 7.5)}, -1.8995993, (5.1457353,))]


@pytest.mark.parametrize(("text", "ranges", "height", "place"), VALLEYS)
def test_the_lowest_value_with_proof(text, ranges, height, place):
    found = lowest(parse(text), sharp=1e-6, **ranges)
    assert [float(x.middle) for x in found.place.values()] == pytest.approx(place, abs=2e-2)
    assert all(p in x or abs(float(x.middle) - p) < 1e-6
               for p, x in zip(place, found.place.values(), strict=True))
    if height is not None:
        assert float(found.value.low) - 1e-6 <= height <= float(found.value.high) + 1e-6


def test_a_slope_above_0_leaves_only_the_end():
    found = lowest(parse("x/2 - y/3"), x=(1, 2), y=(0, 6))
    assert [(x.low, x.high) for x in found.place.values()] == [(1, 1), (6, 6)]


@pytest.mark.parametrize("text", ["x + inf", "where(x, nan, 1)", "x**2j"])
def test_a_number_that_no_interval_has(text):
    with pytest.raises(DomainError, match="not a finite real number"):
        enclose(parse(text, {"inf": Value.constant(math.inf), "nan": Value.constant(math.nan)}),
                x=(1, 2))


def test_numbers_far_beyond_the_usual_exponents():
    found = enclose(parse("sinh(x*10**9)"), x=(1, 2))  # e**(2e9)/2, and 2e9/log(10) = 868588963.8
    assert found.high.adjusted() == 868_588_963


def test_error_bars_of_numeric_derivatives():
    for text, x in (("x**3", 2.0), ("sin(x)*exp(x)", 1.0), ("log(x)", 0.5), ("tanh(5*x)", 0.1)):
        formula = parse(text)
        estimate = numeric.derivative(lambda p, f=formula: f.at(x=p), x)
        assert holds(estimate, formula, x=x)
        wrong = estimate._replace(value=estimate.value + 3 * estimate.error + 1e-9)
        assert not holds(wrong, formula, x=x)


@pytest.mark.parametrize(
    ("work", "error", "words"),
    [(lambda: enclose(parse("log(x)"), x=(-1, 1)), DomainError, "above 0"),
     (lambda: enclose(parse("1/x"), x=(-1, 1)), DomainError, "divisor other than 0"),
     (lambda: enclose(parse("x + y"), x=(0, 1)), FormulaError, "a range for each of x, y"),
     (lambda: enclose(parse("x"), x=(0, 1), z=(0, 1)), FormulaError, "there is no z in x"),
     (lambda: enclose("x", x=(0, 1)), FormulaError, "made of Values"),
     (lambda: roots(parse("x + y"), x=(0, 1), y=(0, 1)), FormulaError, "of one name"),
     (lambda: enclose(parse("x"), x=(1, 0)), FormulaError, "from low to high"),
     (lambda: enclose(parse("x"), x=1), FormulaError, "a range is a pair of numbers")])
def test_what_is_refused(work, error, words):
    with pytest.raises(error, match=words):
        work()


def test_a_planted_fault_in_newtons_step_is_noticed(monkeypatch):
    whole = chapter._newton

    def without_the_slopes_of_all_of_x(x, value, slope):
        middle = Interval.made(x.middle, x.middle)
        return whole(middle, value, slope)

    monkeypatch.setattr(chapter, "_newton", without_the_slopes_of_all_of_x)
    found = roots(parse("x**3 - 2*x"), x=(-2, 2))
    assert [float(r.place.middle) for r in found] != pytest.approx([-math.sqrt(2), 0, math.sqrt(2)])


def test_the_numbers_of_a_formula_are_exact():
    (root,) = roots(parse("x/3*0.1 - 0.07"), x=(-1, 8))
    assert root.is_proved and Decimal("2.1") in root.place
    assert 0 in enclose_slope(parse("x/3*0.3 - 0.1*x"), x=(0, 8))


@pytest.mark.parametrize(("text", "ends", "lowest_value"), [
    ("(x - 0.3)**2 - 2*step(x - 0.9)", (0, 1), -1.64), ("sign(1 - x) + x/10", (0, 3), -0.9),
    ("where(x - 1, x, x - 3)", (0, 3), -3.0), ("atan2(x, -1)", (-1, 2), -math.pi)])
def test_formulas_that_jump(text, ends, lowest_value):
    """Slopes say nothing of a jump: no root is proved by them, and no rise."""
    found = lowest(parse(text), sharp=1e-4, x=ends)
    assert float(found.value.low) <= lowest_value + 1e-9
    assert float(found.value.high) == pytest.approx(lowest_value, abs=1e-2)
    assert not any(root.is_proved for root in roots(parse(text), x=ends))
    with pytest.raises(DomainError, match="may jump"):
        enclose_slope(parse(text), x=ends)


@pytest.mark.parametrize(("boxes", "text", "ends", "width", "most"), [
    (10, "x**2 - 2*x", (0, 3), 4, 6e-6), (20, "x**2 - 2*x", (0, 3), 4, 4e-7),
    (20, "x*(1 - x)", (0, 1), 0.25, 8e-7), (10, "x - x*x*x/3", (-1, 2), 4 / 3, 4e-5),
    (20, "x - x*x*x/3", (-1, 2), 4 / 3, 1e-6)])
def test_few_boxes_are_enough_by_the_mean_value_form(boxes, text, ends, width, most, monkeypatch):
    """Without it they are ten times as far off."""
    monkeypatch.setattr(chapter, "MOST_BOXES", boxes)
    assert width <= float(enclose(parse(text), sharp=1e-6, x=ends).width) <= width + most


# The lowest and highest slope of the RANGES, by hand; and how often a formula is worked out in
# intervals, at most, for the range of the values, of the slopes, and for the lowest value.
WORK = [
    ((-2, 4), 56, 84, 74), ((0, 0), 24, 4, 12), ((-1, 1), 94, 84, 22),
    ((-math.sqrt(2), math.sqrt(2)), 120, 556, 82), ((-0.857764, 0.857764), 24, 852, 22),
    ((-0.125, 1), 108, 704, 84), ((-1, 1), 74, 8, 122), ((-16, 16), 276, 108, 292),
    (None, 174, 0, 252), ((-0.5 * math.exp(-3), 1), 66, 292, 28), ((-1, 1), 34, 12, 12)]


@pytest.fixture
def worked_out(monkeypatch):
    times, value_of = [], chapter._value_of

    def counted(formula, names):
        value = value_of(formula, names)
        return lambda box: times.append(1) or value(box)

    monkeypatch.setattr(chapter, "_value_of", counted)
    return times


@pytest.mark.parametrize(("row", "work"), [*zip(RANGES, WORK, strict=True)],
                         ids=lambda x: str(x[0]))
def test_ranges_of_slopes_and_the_work_that_it_takes(row, work, worked_out):
    (text, ends, low, _), (slopes, most, most_for_slopes, most_for_lowest) = row, work
    enclose(parse(text), x=ends)
    assert len(worked_out) <= most
    if slopes:
        worked_out.clear()
        found = enclose_slope(parse(text), x=ends)
        assert len(worked_out) <= most_for_slopes
        room = 2e-3 * (slopes[1] - slopes[0])
        assert slopes[0] - room <= float(found.low) <= slopes[0] + 1e-6
        assert slopes[1] - 1e-6 <= float(found.high) <= slopes[1] + room
    worked_out.clear()
    least = lowest(parse(text), sharp=1e-6, x=ends)
    assert len(worked_out) <= most_for_lowest and least.is_sharp
    assert float(least.value.low) <= low + 1e-15 <= float(least.value.high) + 2e-15
    assert float(least.value.width) <= 3e-6 * max(1, abs(low))


@pytest.mark.parametrize(("row", "most"), [*zip(
    ROOTS, (15, 69, 584, 13, 29, 1, 47, 11, 222), strict=True)], ids=lambda x: str(x)[:20])
def test_the_work_that_roots_take(row, most, worked_out):
    text, ends, _ = row
    found = roots(parse(text), x=ends)
    assert len(worked_out) <= most
    assert all(root.place.width < Decimal("1e-25") for root in found)


@pytest.mark.parametrize(("text", "most", "place"), [
    ("x**2", 317, 0), ("(x - 1)**2*(x + 5)", 321, 1)])
def test_a_root_that_only_touches_0_is_cut_out_as_narrow_as_can_be(text, most, place, worked_out):
    (root,) = roots(parse(text), x=(-1, 3))
    assert not root.is_proved and root.place.low <= place <= root.place.high
    assert root.place.width < Decimal("1e-11") and len(worked_out) <= most


def test_how_lowest_says_that_it_is_not_sharp(monkeypatch):
    monkeypatch.setattr(chapter, "MOST_BOXES", 5)
    found = lowest(parse("x**4 - 4*x**2"), sharp=1e-6, x=(-2, 2))
    assert not found.is_sharp and found.value.low <= -4 <= found.value.high
    x = found.place["x"]
    assert x.low <= -1.4142136 and x.high >= 1.4142136


def ends(*intervals):
    return [(x.low, x.high) for x in intervals]


@pytest.mark.parametrize(("value", "error", "is_true"), [  # the slope of x**2 at 1 is 2
    (2.0, 0.0, True), (3.0, 1.0, True), (1.0, 1.0, True), (3.0, 0.99, False), (1.0, 0.99, False),
    (math.nan, 1.0, False), (2.0, math.inf, False), (2.0, math.nan, False)])
def test_an_error_bar_is_true_up_to_its_very_end(value, error, is_true):
    assert holds(Estimate(value, error, 1), parse("x**2"), x=1.0) is is_true


@pytest.mark.parametrize("slope, expected", [
    (Interval(-1, 1), [Root(Interval(0, 3), False)]),  # there may be two
    (Interval(1, 2), [Root(Interval(1, 2), True)])])
@pytest.mark.parametrize("turned", [1, -1])
def test_roots_that_meet_are_one_where_the_slope_is_not_0(slope, expected, turned):
    found = [Root(Interval(0, 2), True), Root(Interval(1, 3), True)][::turned]
    told = chapter._told_apart(found, Interval(0, 3), [lambda box: slope])
    assert [(ends(r.place), r.is_proved) for r in told] == [
        (ends(r.place), r.is_proved) for r in expected]


@pytest.mark.parametrize(("places", "proved", "expected"), [
    ([(0, 1), (2, 3)], [True, True], [(0, 1, True), (2, 3, True)]),
    ([(0, 1), (1, 2)], [True, False], [(0, 2, False)]),
    ([(0, 1), (1, 2)], [False, True], [(0, 2, False)]),
    ([(-1, 1), (5, 9)], [True, True], [(0, 1, False), (5, 8, False)]),  # one may lie outside
    ([(-2, -1), (0, 8)], [True, True], [(0, 8, True)]),
])
def test_roots_at_the_ends_of_a_range_and_next_to_each_other(places, proved, expected):
    found = [Root(Interval(*place), p) for place, p in zip(places, proved, strict=True)]
    told = chapter._told_apart(found, Interval(0, 8), [lambda box: Interval(1, 2)])
    assert [(r.place.low, r.place.high, r.is_proved) for r in told] == expected


@pytest.mark.parametrize(("value", "expected"), [  # with slope 1, N is the middle plus or minus it
    ("2", 2), ("1", 2), ("0.9", Decimal("0.9")), ("0", 0)])
def test_a_root_is_narrowed_while_each_step_more_than_halves_it(value, expected):
    step = lambda box: Interval(f"-{value}", value)
    found = chapter._narrowed(Interval(-2, 2), step, [lambda box: Interval(1)], Decimal("0.1"))
    assert ends(found) == [(-expected, expected)]


def test_the_mean_value_form_holds_from_any_point(monkeypatch):
    monkeypatch.setattr(Interval, "middle", property(lambda self: self.low))
    value, slope = lambda box: box[0] * box[0] - box[0] * 4, lambda box: box[0] * 2 - Interval(4)
    found = chapter._in_mean_value_form(value, [slope], (Interval(0, 1),))
    assert ends(found) == [(-4, 0)]  # f(0) + [-4, -2]*[0, 1]; in one go it is [-4, 1]


@pytest.mark.parametrize(("slopes", "place", "expected"), [
    # the box x from 2 to 4, y from 2 to 4, in a range from 0 to 4: where is the lowest value?
    ([(1, 2), (-1, 1)], (2, 2), None), ([(-1, 1), (1, 2)], (2, 2), None),
    ([(-2, -1), (-1, 1)], (2, 2), [(4, 4), (2, 4)]),
    ([(-1, 1), (-2, -1)], (2, 2), [(2, 4), (4, 4)]),
    ([(0, 1), (-1, 0)], (2, 2), [(2, 4), (2, 4)]), ([(1, 2), (-2, -1)], (0, 2), [(0, 0), (4, 4)]),
    ([(-2, -1), (1, 2)], (2, 0), [(4, 4), (0, 0)])])
def test_what_is_left_of_a_box_where_a_formula_only_rises_or_falls(slopes, place, expected):
    box = tuple(Interval(low, 4) for low in place)
    steep = [lambda box, ends=each: Interval(*ends) for each in slopes]
    found = chapter._shrunk(box, (Interval(0, 4), Interval(0, 4)), steep)
    assert (found and ends(*found)) == expected
    inner = tuple(Interval(low, 3) for low in (0, 0))  # the range goes on beyond 3
    assert (chapter._shrunk(inner, (Interval(0, 4),) * 2, steep) is None) is (
        min(low for low, _ in slopes) == -2)


def test_a_box_is_cut_across_its_longest_side():
    parts = chapter._cut((Interval(0, 2), Interval(0, 4), Interval(5)))
    assert [ends(*part) for part in parts] == [
        [(0, 2), (0, 2), (5, 5)], [(0, 2), (2, 4), (5, 5)]]


@pytest.mark.parametrize("text", ["x**9", "-x**9", "x - x**9"])
def test_what_no_decimal_holds(text):
    with pytest.raises(DomainError, match="is too large for any Decimal in that range"):
        enclose(parse(text), x=(0, Decimal("1e200000000000000000")))


def test_the_ends_of_a_range_may_be_of_any_kind():
    for third in (Fraction(1, 3), Interval(Fraction(1, 3)).low):
        found = enclose(parse("x"), x=(third, Fraction(2, 3)))
        assert found.low < Fraction(1, 3) and Fraction(2, 3) < found.high < Fraction(667, 1000)
    assert enclose(parse("10*x"), x=(0.1, 0.5)).low == 1  # 0.1 as it is written
    found = enclose(parse("x"), x=Interval(0.25, 0.75))
    assert ends(found) == [(0.25, 0.75)] and isinstance(found.low, Decimal)


def test_a_range_that_ends_within_a_root():
    root_of_2 = Decimal("1.41421356237309504880168872420969807856967187537")
    for range_of_x in ((0, root_of_2), (root_of_2, 2)):
        (root,) = roots(parse("x**2 - 2"), x=range_of_x)
        assert not root.is_proved and root_of_2 in root.place


def test_a_name_that_was_set_by_hand_is_not_the_unknown():
    (x,) = symbols("x")
    square = x * x
    square.name = "x"
    assert ends(enclose_slope(square, x=(1, 2))) == [(2, 4)]
    assert ends(enclose(square, x=(1, 2))) == [(1, 4)]


@pytest.mark.parametrize(("by", "slope"), [("", 2), ("x", 2), ("y", 3)])
def test_slopes_along_each_name(by, slope):
    found = enclose_slope(parse("2*x + 3*y"), by, x=(0, 1), y=(0, 1))
    assert ends(found) == [(slope, slope)]
    with pytest.raises(FormulaError, match=r"^there is no z in 2\*x \+ 3\*y$"):
        enclose_slope(parse("2*x + 3*y"), "z", x=(0, 1), y=(0, 1))


def test_a_row_of_ones_own_that_gives_a_plain_number():
    five = Operation("five", lambda x: 5, lambda x, y: 0)
    assert ends(enclose(five(parse("x")), x=(0, 1))) == [(5, 5)]


#   an interval of x, the values of a made-up formula there; in the middle, and in its halves
MADE_UP = {(0, 4): (-2, 5), (2, 2): (0, 0), (0, 2): (-1, 3), (1, 1): (1, 1), (2, 4): (0, 5),
           (3, 3): (2, 2)}


@pytest.mark.parametrize(("sharp", "most", "is_sharp"), [
    (0.5, 5000, True), (1e-6, 1, False)])  # 1 is half of the 2 between the values that were found
def test_a_search_ends_when_it_is_as_sharp_as_asked_or_with_its_boxes(
        sharp, most, is_sharp, monkeypatch):
    monkeypatch.setattr(chapter, "MOST_BOXES", most)
    value = lambda box: Interval(*MADE_UP[box[0].low, box[0].high])
    found, boxes, ended = chapter._split_until(value, (), (Interval(0, 4),), sharp)
    assert ends(found) == [(-1, 0)] and ended is is_sharp
    assert sorted(ends(*(x for (x,) in boxes))) == [(0, 2), (2, 4)]  # in both it may be 0 or less


def test_what_is_left_when_there_are_no_boxes_any_more_may_be_a_root(monkeypatch):
    monkeypatch.setattr(chapter, "MOST_BOXES", 5)
    found = roots(parse("sin(50*x)"), x=(1, 9))
    assert found and not any(root.is_proved for root in found)
    assert (found[0].place.low, found[-1].place.high) == (1, 9)
