"""What a measurement says of itself has to be true: the error it reports is never too small."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab import (
    Value,
    absolute,
    check_derivatives,
    cos,
    exp,
    expm1,
    gamma,
    log,
    maximum,
    numeric,
    parse,
    relu,
    sin,
    sqrt,
)
from mathlab.calculus.algebra.differentiate import derivative, substitute
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.proof import accuracy
from mathlab.calculus.proof.accuracy import in_decimals, measured, rounding_error
from mathlab.errors import DomainError, WrongSlopeError
from tests.calculus.compositions import X, compositions
from tests.thinned import thinned

#   a formula             its number, by mpmath
EXACT = (
    ("sqrt(2)", "1.4142135623730950488016887242096980785696718753769"),
    ("exp(1)", "2.7182818284590452353602874713526624977572470937000"),
    ("e", "2.7182818284590452353602874713526624977572470937000"),
    ("4*atan(1) - pi", "0"),
    ("1/3", "0.33333333333333333333333333333333333333333333333333"),
    ("0.1", "0.1000000000000000055511151231257827021181583404541015625"),
)


@pytest.mark.parametrize(("text", "expected"), EXACT)
def test_a_formula_in_fifty_digits(text, expected):
    assert abs(in_decimals(parse(text)) - Decimal(expected)) < Decimal("1e-48")


def test_leaves_of_every_real_kind():
    for number in (2, 2.0, Fraction(2), Decimal(2)):
        assert in_decimals(Value(number) * 3) == 6
    e, pi = Value(2.0), Value(3.0)
    e.name, pi.name = "e", "pi"
    assert in_decimals(e * pi) == 6  # only a constant of that name is the famous number


def test_more_digits_and_a_nudge():
    x = Value(1.0, "x")
    nudged = Decimal("1.0000000000000000000200000000000000000001")
    assert in_decimals(x * x, 100, x, Decimal("1e-20")) == nudged
    assert in_decimals(sin(x), 20) == Decimal("0.84147098480789650665")
    assert in_decimals(x * x, 50, Value(1.0), 1) == 1


def test_what_knows_no_decimals_has_no_such_number():
    with pytest.raises(DomainError, match="takes no Decimal numbers"):
        in_decimals(gamma(Value(2.5)))
    with pytest.raises(TypeError, match="makes floats of Decimals"):
        in_decimals(Operation("half", lambda x: float(x) / 2, lambda x, y: 0.5)(Value(2.5)))


# Rounding

#   a formula that loses digits         at
ROUGH = (
    ("(1 - cos(x))/x**2", 1e-4),
    ("exp(x) - 1", 1e-9),
    ("1/(1 - x*x)", 1 - 1e-9),
    ("(x + 1e9) - 1e9", 0.3),
    ("sqrt(x*x + 1) - x", 1e5),
    ("sin(1e8*x)", 0.7),
    ("x**3 - 3*x**2 + 3*x - 1", 1.0001),
    ("sin(pi*x)", 1 + 1e-10),
)


@pytest.mark.parametrize(("text", "at"), ROUGH)
def test_rounding_is_found_where_it_does_harm(text, at):
    x = Value(at, "x")
    y = parse(text, {"x": x})
    off = float(abs(Decimal(y.data) - in_decimals(y)))
    assert off <= rounding_error(y) < 1e5 * off


def test_no_number_of_a_random_formula_is_further_off():
    for text, _, at, _ in thinned(compositions(300, seed=8), keep=60):
        x = Value(at, "x")
        y = substitute(parse(text), {X: x})
        for formula in (y, derivative(y, x)):
            off = float(abs(Decimal(float(formula.data)) - in_decimals(formula)))
            assert off <= rounding_error(formula), text


def test_one_that_few_shakes_would_miss():
    x = Value(-0.3327919938668088, "x")
    slope = derivative(parse("5 + cos(cbrt(1/x))**7", {"x": x}), x)
    assert float(abs(Decimal(slope.data) - in_decimals(slope))) <= rounding_error(slope)


def test_pi_is_rounded_too():
    y = sin(Value.constant(math.pi, "pi"))  # of pi itself it would be 0
    assert 1e-16 < abs(y.data) < rounding_error(y) < 1e-14


def test_what_is_exact_has_hardly_any():
    x = Value(3.0, "x")
    assert rounding_error(parse("3")) == rounding_error(Value.constant(3)) < 1e-14
    assert rounding_error(x * 2) < 1e-13
    assert rounding_error(relu(-x)) == rounding_error(Value(0.0)) < 1e-300


@pytest.mark.parametrize(
    "y",
    [
        1 / (Value(1e200) * 1e200),
        exp(Value(709.78271289338397)),
        sqrt(Value(1.0) - 1 + Value(1e-17) - 1e-17),
        (1 - Value(1e-17)).asin(),
    ],
    ids=str,
)
def test_a_step_that_is_too_large_or_at_the_edge_of_its_domain(y):
    assert rounding_error(y) == math.inf


# Measurement


def at_leaf(f, at):
    x = Value(at, "x")
    return measured(lambda t: f(Value(t)).data, f(x), x)


#   f                                       at              slope
SMOOTH = (
    (sin, 1.2, math.cos(1.2)),
    (exp, -4e-200, 1.0),
    (exp, 1e-9, 1.000000001),
    (log, 5e-200, 2e199),
    (log, 1e200, 1e-200),
    (absolute, 1e-9, 1.0),
    (lambda x: absolute(x - 1), 1 + 1e-9, 1.0),
    (lambda x: maximum(x, 1.0) * 1e9, 1 - 1e-12, 0.0),
    (lambda x: 1e12 + sin(x), 1.2, math.cos(1.2)),
    (lambda x: x**1.1, 1.1e-300, 1.1 * 1.1e-300 ** (1.1 - 1)),
    (lambda x: x * absolute(x), 0.0, 0.0),
    (lambda x: (1 - cos(x)) / (x * x), 1e-4, -1e-4 / 12 + 1e-12 / 180),
    (lambda x: 1e-300 * x, 5.0, 1e-300),
    (lambda x: 3 + 0 * x, 5.0, 0.0),
)


@pytest.mark.parametrize(("f", "at", "slope"), SMOOTH, ids=str)
def test_the_error_is_never_too_small(f, at, slope):
    found = at_leaf(f, at)
    assert abs(found.value - slope) <= found.error + 4e-16 * abs(slope)


@pytest.mark.parametrize(("f", "at", "slope"), SMOOTH[:9], ids=str)
def test_and_small_enough_to_see_a_millionth(f, at, slope):
    assert at_leaf(f, at).error <= 1e-7 * (abs(slope) or 1.0)


def test_random_compositions():
    for text, f, at, slope in thinned(compositions(300, seed=9), keep=60):
        x = Value(at, "x")
        found = measured(f, substitute(parse(text), {X: x}), x)
        assert abs(found.value - slope) <= found.error + 4e-16 * abs(slope), text


#   f                                at     lowest and highest slope
KINKS = (
    (absolute, 0.0, -1, 1),
    (relu, 0.0, 0, 1),
    (lambda x: maximum(x, 3 * x - 4), 2.0, 1, 3),
    (lambda x: -absolute(x - 5) / 2, 5.0, -0.5, 0.5),
)


@pytest.mark.parametrize(("f", "at", "low", "high"), KINKS, ids=str)
def test_at_a_kink_the_error_reaches_from_side_to_side(f, at, low, high):
    found = at_leaf(f, at)
    assert found.value - found.error == pytest.approx(low, abs=1e-6)
    assert found.value + found.error == pytest.approx(high, abs=1e-6)
    assert "kink" in found.reason


def test_decimals_that_disagree_are_not_believed():
    half = Operation("half", lambda x: x / 2, lambda x, y: 0.5, in_kind={Decimal: lambda x: x / 3})
    found = at_leaf(lambda x: 1e8 + half(x), 0.5)
    assert 1e-6 < found.error < 0.01
    assert abs(found.value - 0.5) <= found.error


def test_without_decimals_an_unsharp_measurement_stands():
    found = at_leaf(lambda x: 1e8 + gamma(x), 2.5)
    assert 1e-6 < found.error < 0.01
    assert abs(found.value - 0.9347345216260379) <= found.error


@pytest.mark.parametrize(("f", "at"), [(Value.sign, 0.0), (Value.sqrt, 0.0), (Value.cbrt, 0.0)])
def test_where_there_is_no_slope_the_error_is_infinite(f, at):
    found = at_leaf(f, at)
    assert found.error == math.inf
    assert found.reason


# The constants


def holds(text, at, slope_too=False):
    """Whether the bound on the rounding of a formula holds, or on that of its slope."""
    x = Value(at, "x")
    y = parse(text, {"x": x})
    y = derivative(y, x) if slope_too else y
    return abs(Decimal(y.data) - in_decimals(y)) <= rounding_error(y)


def is_admitted(f, at):
    try:
        return bool(check_derivatives(f, at))
    except WrongSlopeError:
        return False


def error_holds(f, y, at, slope):
    """Whether the error of a slope holds that is measured with `f`, and known by the formula."""
    x = Value(at, "x")
    found = measured(f, y(x), x)
    return abs(found.value - slope) <= found.error


#   a constant      without it   what is true only with it
CONSTANTS = (
    ("SHAKES", 1, lambda: holds("sqrt(x*x + 1) - x", 1e5)),
    ("WIDENED", 1, lambda: holds("5 + cos(cbrt(1/x))**7", -0.3327919938668088, slope_too=True)),
    ("ROUGH", 1, lambda: is_admitted(lambda x: (1 - cos(x)) / (x * x), 1e-7)),
    ("CAUTION", 1, lambda: error_holds(lambda t: round(math.sin(t), 6), sin, 1.0, math.cos(1.0))),
    ("HIDDEN", 0, lambda: is_admitted(lambda x: x / 1.5 + expm1(2 - x), 31.81962348590382)),
    ("CLEAR", math.inf, lambda: at_leaf(lambda x: 1e12 + sin(x), 1.2).error < 1e-7),
)


@pytest.mark.parametrize(("name", "without", "claim"), CONSTANTS, ids=[c[0] for c in CONSTANTS])
def test_what_each_constant_is_for(monkeypatch, name, without, claim):
    assert claim()
    monkeypatch.setattr(accuracy, name, without)
    assert not claim()


@pytest.mark.parametrize(("f", "formula", "at"), [
    (math.exp, exp, 1.0), (math.sin, sin, 2.0), (math.log, log, 0.5), (math.exp, exp, 0.0)])
def test_an_error_is_that_of_the_measurement_four_times_and_what_hides_in_the_last_digit(
        f, formula, at):
    x = Value(at, "x")
    found, plain = measured(f, formula(x), x), numeric.derivative(f, at)
    assert found.value == plain.value and found.evaluations == plain.evaluations
    assert found.error == pytest.approx(4 * plain.error + 1e-12 * abs(f(at)) / (at or 1), rel=1e-9,
                                        abs=0)


class Dice:
    """Dice that always fall on one side, the low one or the high one."""

    def __init__(self, side):
        self.uniform = lambda low, high: (low, high)[side]


@pytest.mark.parametrize(("side", "sign"), [(0, -1), (1, 1)])
def test_a_shake_puts_each_step_off_by_its_last_digit(side, sign):
    x, two, pi = Value(3.0, "x"), Value.constant(2.0), Value.constant(math.pi, "pi")
    off = 1 + sign * 2.0**-52
    assert accuracy._shaken([x], Dice(side)) == 3 * off
    assert accuracy._shaken([two], Dice(side)) == 2
    assert accuracy._shaken([pi], Dice(side)) == math.pi * off
    assert accuracy._shaken([x, two, x * two], Dice(side)) == pytest.approx(6 * off * off, abs=0)


def test_the_worst_of_eight_shakes_counts_eight_times(monkeypatch):
    moved = iter([1.0, -2.0, 0.5, 3.0, -4.0, 0.0, 1.5, -0.5])
    monkeypatch.setattr(accuracy, "_shaken", lambda order, dice: 16.0 + next(moved))
    assert rounding_error(Value(16.0)) == 8 * 4.0 + 4 * math.ulp(16.0)
    assert not [*moved]
    monkeypatch.undo()
    assert rounding_error(Value.constant(16.0)) == 4 * math.ulp(16.0)


@pytest.mark.parametrize(("y", "noise"), [
    (Value(0.0), 0), (Value(3.0), 0), (exp(Value(709.78271289338397)), 0.5),
    ((Value(1.0) + 1e17) - 1e17, 0)])
def test_how_noisy_a_formula_is_said_to_be(y, noise):
    assert accuracy._noise(y) == noise


def test_a_formula_has_fifty_digits_and_a_nudge_of_0():
    x = Value(1.0, "x")
    assert in_decimals(x / 3) == Decimal("0." + "3" * 50)
    assert in_decimals(x * 3, 20, x) == 3


#   a formula          at    digits: 50, and those from y down to the step, x/10**15
STEPS = (
    (lambda x: x * x,          2.0,   65), (lambda x: 1e12 * x,     1.5,   77),
    (lambda x: 1e-300 * x,     1.0,   50), (lambda x: x + 3,        0.0,   65),
    (lambda x: x * 1e-15,      -1.0,  50), (lambda x: x * 1.5e-14,  -1.0,  51),
)


@pytest.mark.parametrize(("f", "at", "digits"), STEPS)
def test_the_four_steps_of_the_slope_in_decimals(monkeypatch, f, at, digits):
    asked, plain = [], accuracy.in_decimals
    monkeypatch.setattr(accuracy, "in_decimals", lambda y, *more: asked.append(more)
                        or plain(y, *more))
    x = Value(at, "x")
    slope = accuracy._slope_in_decimals(f(x), x)
    h = Decimal(abs(at) or 1) / 10**15
    assert asked == [(), (digits,), *((digits, x, step) for step in (-h, -h / 2, h / 2, h))]
    assert slope.evaluations == 5 and slope.value == pytest.approx(f(at + 1) - f(at), rel=0.5)


def test_how_sure_the_slope_in_decimals_is():
    x = Value(2.0, "x")  # of x*x the slopes over -h, -h/2, h/2 and h are 4 + these; h is 2e-15
    slope = accuracy._slope_in_decimals(x * x, x)
    assert slope.value == 4 and slope.error == pytest.approx(8e-15 + 4 * 2.0**-52, abs=0)
    one = Value(1.0, "x")  # of a constant: 3/h, and of the 65 digits three are given up
    assert accuracy._slope_in_decimals(3 + 0 * one, one).error == pytest.approx(3e-47, abs=0)
    nothing = accuracy._slope_in_decimals(gamma(x), x)
    assert math.isnan(nothing.value) and nothing[1:3] == (math.inf, 0)
    assert nothing.reason == "gamma(2) is not defined: it takes no Decimal numbers"


@pytest.mark.parametrize(("f", "at", "value", "error"), [
    (lambda t: 3 * t - 2 if t > 1 else t, 1.0, 2, 1), (lambda t: 5 * abs(t), 0.0, 0, 5),
    (lambda t: max(t, 0.0), 0.0, 0.5, 0.5)])
def test_from_both_sides_the_middle_of_two_slopes(f, at, value, error, monkeypatch):
    found = accuracy._from_both_sides(f, at, 0.0, numeric.Estimate(math.nan, math.inf, 7, "a kink"))
    assert (found.value, found.error) == pytest.approx((value, error), abs=1e-9)
    assert found[2:] == (7, "a kink")
    sides = iter([numeric.Estimate(1.0, 0.25, 3), numeric.Estimate(4.0, 0.5, 3)])
    with monkeypatch.context() as patch:
        patch.setattr(numeric, "derivative", lambda *_, **__: next(sides))
        found = accuracy._from_both_sides(f, at, 0.0, found)
    assert (found.value, found.error) == (2.5, 1.5 + 0.25 + 0.5)
    cliff = numeric.Estimate(math.nan, math.inf, 7, "a jump")
    assert accuracy._from_both_sides(lambda t: float(t > 0), 0.0, 0.0, cliff) is cliff
