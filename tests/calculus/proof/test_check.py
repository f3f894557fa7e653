"""The checker: right slopes pass, everywhere; wrong ones are refused, to second order."""

import math
from fractions import Fraction

import pytest

from mathlab import absolute, exp, hypot, log, maximum, minimum, relu, sign, sin, sqrt, total, where
from mathlab.calculus.algebra.differentiate import substitute
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.value import Value
from mathlab.calculus.numeric import Estimate
from mathlab.calculus.proof.check import SlopeCheck, SlopeReport, check_derivatives
from mathlab.calculus.text.parse import parse
from mathlab.errors import DomainError, FormulaError, MathlabError, WrongSlopeError
from tests import thinned
from tests.calculus.compositions import X, compositions
from tests.calculus.graph.test_operations import FIXED, OF_ONE, ROWS, entry, free, points, scaled

every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


def frozen(rule):
    """A slope that is the right number, and nothing but a number."""

    def number(*args):
        slope = rule(*args)
        return slope.data if isinstance(slope, Value) else slope

    return number


FLAT = ("sign", "step")
STRAIGHT = (*FLAT, "+", "-", "negate", "absolute", "relu", "maximum", "minimum", "total", "where")


def planted(row, i, how):
    """The slopes of a row with one of them made wrong."""
    if row.arity is None:
        return (entry(how, i)(row.slopes[0]),)
    return (*row.slopes[:i], how(row.slopes[i]), *row.slopes[i + 1 :])


# The whole table


@every_row
def test_a_right_row_is_confirmed(row):
    for at in points(row):
        report = check_derivatives(row, at)
        n = len(at) - FIXED.get(row.name, 0)
        assert len(report.findings) == len(at) + n * n
        assert len(report.undecided) == FIXED.get(row.name, 0)
        assert all(found.digits >= 7 for found in report.findings if found.is_decided)


@every_row
@pytest.mark.parametrize("how", [scaled, frozen], ids=["1e-6 off", "frozen"])
def test_a_wrong_slope_is_refused_in_every_input_of_every_row(monkeypatch, row, how):
    refused = set()  # the inputs in which it has been; at another point only with --all
    order = 1 if how is scaled else 2
    for at in points(row):
        inputs = [i for i in free(row, at) if thinned.everything or i not in refused]
        right = check_derivatives(row, at).findings if inputs else ()
        for i in inputs:
            slopes = [x.rule for x in right if len(x.inputs) == order and x.inputs[0] == i + 1]
            with monkeypatch.context() as patch:
                patch.setattr(row, "slopes", planted(row, i, how))
                if any(slopes):
                    with pytest.raises(WrongSlopeError, match=rf"by inputs? {i + 1}"):
                        check_derivatives(row, at)
                    refused.add(i)
                else:
                    check_derivatives(row, at)  # 0 is 0, however it is multiplied, or frozen
    assert bool(refused) is (row.name not in (FLAT if how is scaled else STRAIGHT))


# Rows of one's own

softplus = table.softplus
#   name, compute, slopes, and where
OWN = (
    ("cube", lambda x: x**3, [lambda x, y: 3 * x * x], 1.3),
    ("log_sigmoid", lambda x: -softplus(-x), [lambda x, y: table.sigmoid(-x)], 0.4),
    ("tilted", lambda u, v: u * exp(v), [lambda u, v, y: exp(v), lambda u, v, y: y], (1.5, 0.3)),
    ("blend", lambda t, u, v: u + t**2 * (v - u), [
        lambda t, u, v, y: 2 * t * (v - u), lambda t, u, v, y: 1 - t**2, lambda t, u, v, y: t**2,
    ], (0.25, 2.0, -1.0)),
    ("squares", lambda *xs: sum(x * x for x in xs), [lambda xs, y: [2 * x for x in xs]],
     (0.5, 1.5, -2.0, 3.0)),
)


@pytest.mark.parametrize(("name", "compute", "slopes", "at"), OWN, ids=[own[0] for own in OWN])
def test_a_row_of_ones_own_is_checked_like_a_built_in_one(name, compute, slopes, at):
    many = name == "squares"
    right = Operation(name, compute, *slopes, any_number=many)
    report = check_derivatives(right, at)
    inputs = len(at) if isinstance(at, tuple) else 1
    assert len(report.findings) == inputs + inputs * inputs
    assert not report.undecided
    for i in range(inputs):
        for how in (scaled, frozen):
            wrong = Operation(name, compute, *planted(right, i, how), any_number=many)
            with pytest.raises(WrongSlopeError, match=rf"by inputs? {i + 1}"):
                check_derivatives(wrong, at)


@pytest.mark.parametrize("at", [1.0, (1.0, 2.0), (1.0, 2.0, 3.0, 4.0)])
def test_a_row_of_ones_own_says_how_many_inputs_it_takes(at):
    _, compute, slopes, _ = OWN[3]
    with pytest.raises(FormulaError, match=r"blend takes 3 inputs, not [124]"):
        check_derivatives(Operation("blend", compute, *slopes), at)


# Scales

SCALES = (1e-300, 1e-200, 1e-30, 1e-9, 1e9, 1e30, 1e200, 1e300)


@every_row
def test_no_right_row_is_refused_at_any_scale(row):
    n = len(points(row)[0])
    for scale in thinned.thinned(SCALES, keep=2):
        for factors in ((1.1,) * n, (-1.7, 0.6, 1.3, -1.9, 0.7, 1.2)[:n]):
            for at in {tuple(scale * x for x in factors), (scale * factors[0], *factors[1:])}:
                whole = (1.0, *at[1:]) if row.name in FIXED else at
                try:
                    check_derivatives(row, whole)
                except DomainError:
                    continue  # log of a negative number, exp of a large one


#   a row            at
SCALED = (
    (table.sqrt, 2e-200),
    (table.sqrt, 2e200),
    (table.cbrt, -3e-200),
    (table.log, 5e-200),
    (table.log, 5e200),
    (table.sin, 3e-200),
    (table.exp, 3e-200),
    (table.exp, -4e-9),
    (table.absolute, 1e-200),
    (table.absolute, -1e200),
    (table.relu, 1e-9),
    (table.multiply, (2e150, 3e-150)),
    (table.divide, (2e100, 3e-100)),
    (table.add, (1e-200, 2.0)),
    (table.hypot, (3e-9, 4e9)),
    (table.maximum, (1.0, 1.0 + 1e-9)),
    (table.gamma, 1e-9),
    (table.lgamma, 1e15),
    (table.total, (1e-9, 1e9)),
)


@pytest.mark.parametrize(("row", "at"), SCALED, ids=str)
def test_at_large_and_tiny_scales_a_wrong_slope_is_still_refused(monkeypatch, row, at):
    report = check_derivatives(row, at)
    for first in (found for found in report.findings if len(found.inputs) == 1 and found.rule):
        assert first.is_decided
        with monkeypatch.context() as patch:
            patch.setattr(row, "slopes", planted(row, first.inputs[0] - 1, scaled))
            with pytest.raises(WrongSlopeError):
                check_derivatives(row, at)


# Kinks

#   near a kink                                at             first slopes
NEAR = (
    (absolute, 1e-9, [1]),
    (absolute, -1e-9, [-1]),
    (relu, 1e-9, [1]),
    (relu, -1e-9, [0]),
    (sign, 1e-9, [0]),
    (lambda x: absolute(x - 1), 1 + 1e-9, [1]),
    (lambda x: absolute(x - 1), 1 - 1e-9, [-1]),
    (lambda x: x * relu(x - 3), 3 + 1e-9, [3]),
    (lambda x: sqrt(absolute(x)), 1e-9, [0.5 / math.sqrt(1e-9)]),
    (lambda x: x if x > 2 else 3 * x, 2 + 1e-9, [1]),
    (maximum, (1.0, 1.0 + 1e-9), [0, 1]),
    (minimum, (1.0, 1.0 + 1e-9), [1, 0]),
    (where, (1e-9, 2.0, 3.0), [0, 1, 0]),
    (hypot, (1e-9, -1e-9), [0.5**0.5, -(0.5**0.5)]),
)


@pytest.mark.parametrize(("f", "at", "slopes"), NEAR, ids=str)
def test_near_a_kink_right_slopes_pass(f, at, slopes):
    report = check_derivatives(f, at)
    first = [found.rule for found in report.findings if len(found.inputs) == 1]
    assert first == pytest.approx(slopes, rel=1e-8)


#   at a kink, or where there is no slope        at           how many of the first order are open
AT = (
    (absolute, 0.0, 1),
    (relu, 0.0, 1),
    (sign, 0.0, 1),
    (maximum, (2.0, 2.0), 2),
    (lambda x: maximum(x, x * x), 1.0, 1),
    (lambda x: absolute(sin(x)) + x, 0.0, 1),
    (where, (0.0, 2.0, 3.0), 1),
    (sqrt, 0.0, 1),
    (table.cbrt, 0.0, 1),
    (table.asin, 1.0, 1),
    (hypot, (0.0, 0.0), 2),
    (table.power, (-2.0, 2.0), 1),
    (table.power, (0.0, 2.0), 0),
    (lambda x: absolute(x) * x, 0.0, 0),
)


@pytest.mark.parametrize(("f", "at", "unsure"), AT, ids=str)
def test_at_a_kink_the_table_has_its_convention_and_the_report_says_so(f, at, unsure):
    report = check_derivatives(f, at)
    undecided = [found for found in report.undecided if len(found.inputs) == 1]
    assert len(undecided) == unsure
    assert str(report).count("not decided: by input ") == unsure
    assert all(found.measured.reason for found in undecided)


@pytest.mark.parametrize(("slope", "passes"), [(0, 1), (1, 1), (-0.5, 1), (1.001, 0), (-5, 0)])
def test_at_a_kink_a_slope_lies_between_those_to_both_sides(slope, passes):
    row = Operation("bent", abs, lambda x, y: slope if x == 0 else table.sign(x))
    if passes:
        assert check_derivatives(row, 0.0).undecided
    else:
        with pytest.raises(WrongSlopeError, match="± 1e"):
            check_derivatives(row, 0.0)


# Functions made of rows


def off(factor, order=1):
    """exp with a slope that is wrong, or with a wrong slope of its slope."""
    if order == 1:
        return Operation("exp_", math.exp, lambda x, y: factor * exp(x))
    right = Operation("exp_", math.exp, lambda x, y: factor * exp(x))
    return Operation("exp_", math.exp, lambda x, y: right(x))


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("factor", [1 + 1e-6, 1 - 1e-6, -1, 0, math.nan])
@pytest.mark.parametrize("inputs", [1, 2])
def test_one_wrong_slope_in_one_of_many_inputs(inputs, factor, order):
    def f(*xs):
        return log(total((wrong if i == inputs // 2 else exp)(x) for i, x in enumerate(xs)) + 1)

    at = [math.sin(i) for i in range(inputs)]
    wrong = exp
    assert not check_derivatives(f, at).undecided
    wrong = off(factor, order)
    with pytest.raises(WrongSlopeError) as caught:
        check_derivatives(f, at)
    said = str(caught.value)
    k = inputs // 2 + 1
    assert f"slope by input {k} is" in said if order == 1 else f"by inputs {k}, {k} is" in said


@pytest.mark.parametrize("order", [1, 2])
def test_one_wrong_slope_in_one_of_twelve_inputs(order):
    wrong = off(1 + 1e-6, order)
    with pytest.raises(WrongSlopeError, match="7"):
        check_derivatives(
            lambda *xs: log(total((wrong if i == 6 else exp)(x) for i, x in enumerate(xs))),
            [math.sin(i) for i in range(12)],
        )


def test_inputs_of_very_different_weight():
    def f(*xs):
        return total(10.0**i * x * x for i, x in enumerate(xs))

    report = check_derivatives(f, [0.5 + 0.1 * i for i in range(12)])
    assert len(report.findings) == 12 + 12 * 12
    light = Operation("light", lambda x: x * x, lambda x, y: 2.000002 * x)
    with pytest.raises(WrongSlopeError, match=r"by input 1 is 1\.000001 by its rule, but 1 ±"):
        check_derivatives(lambda x, *ys: light(x) + f(0, *ys), [0.5, 0.6, 0.7, 0.8, 0.9])


def test_random_compositions_pass_and_a_rule_that_is_1e_6_off_does_not():
    skewed = Operation("skewed", lambda x: x, lambda x, y: 1.000001)
    refused, drawn = 0, thinned.thinned(compositions(60, seed=5), keep=20)
    for text, _, at, slope in drawn:
        formula = parse(text)
        try:
            report = check_derivatives(lambda x, f=formula: substitute(f, {X: x}), at)
        except DomainError:  # too large on the way for a Value; `at` works it out in Decimals
            continue
        if slope and report.findings[0].is_decided:
            with pytest.raises(WrongSlopeError):
                check_derivatives(lambda x, f=formula: skewed(substitute(f, {X: x})), at)
            refused += 1
    assert refused >= 0.9 * len(drawn)


#   right, although its numbers are rough        at
ROUGH = (
    (lambda x: 1 / (1 - x * x), 1 - 1e-9),
    (table.atanh, 1 - 1e-9),
    (table.asin, 1 - 1e-12),
    (table.acos, -1 + 1e-12),
    (table.tanh, 15.0),
    (lambda x: (x + 1e12) - 1e12, 0.3),
    (lambda x: (1 - table.cos(x)) / (x * x), 1e-4),
    (lambda x: sin(1e8 * x), 1.2),
    (lambda x: 1e15 + sin(x), 1.2),
    (lambda x: exp(x) / exp(x), 3.0),
    (lambda x: x - x, 3.0),
    (lambda x: 7, 3.0),
    (lambda x: x, 1e-200),
    (lambda x, y: x * y, (0.0, 0.0)),
    (table.power, (7e199, -1.4e200)),  # inf * 0 on the way
    (table.asinh, 1e200),  # 1/inf on the way
    # wiggles finer than the last digit of f, which wide steps pass over
    (lambda x: x / 1.5 + table.expm1(2 - x), 31.81962348590382),
    (lambda x: 5 + (table.atan(table.cosh(x)) - x), 35.249751533702955),
    (lambda x: ((x - (x - x)) ** 2) ** 7 - x, 0.053832813514795845),
)


@pytest.mark.parametrize(("f", "at"), ROUGH, ids=str)
def test_rounding_is_not_held_against_a_rule(f, at):
    assert check_derivatives(f, at)


# What is said


def test_the_message():
    wrong = Operation("sine", math.sin, lambda x, y: 1.000001 * table.cos(x))
    with pytest.raises(WrongSlopeError) as caught:
        check_derivatives(wrong, 1.2)
    said, error = str(caught.value).split(" ± ")
    # cos(1.2) is 0.36235775447667357...
    assert (
        said
        == "sine at 1.2: the slope by input 1 is 0.362358116834428 by its rule, but 0.362357754477"
    )
    assert 0 < float(error.split()[0]) < 1e-10
    assert error.endswith("by measurement")
    assert isinstance(caught.value, MathlabError)
    assert isinstance(caught.value, AssertionError)


def test_the_message_names_every_input_that_is_wrong():
    f = off(2)
    with pytest.raises(WrongSlopeError) as caught:
        check_derivatives(lambda a, b, c, d, e: total([f(a), exp(b), f(c), f(d), f(e)]), [0.5] * 5)
    assert [part[:21] for part in str(caught.value).split("; ")[1:3]] == [
        "the slope by input 3 ",
        "the slope by input 4 ",
    ]
    assert str(caught.value).startswith(
        "f at (0.5, 0.5, 0.5, 0.5, 0.5): the slope by input 1 is 3.29"
    )
    assert str(caught.value).endswith("; and 1 more")


def test_a_wrong_second_order_is_called_by_its_name():
    with pytest.raises(WrongSlopeError, match=r"second derivative by inputs 1, 1 is 2\.7"):
        check_derivatives(off(1.01, order=2), 1.0)


def test_a_slope_that_only_takes_numbers_is_no_formula():
    row = Operation("sine", math.sin, lambda x, y: math.cos(x))
    with pytest.raises(WrongSlopeError, match=r"sine at 1\.2: a slope is not a formula: a symb"):
        check_derivatives(row, 1.2)


def test_a_slope_that_is_another_one_for_values_is_seen():
    row = Operation("two_faces", math.sin, lambda x, y: table.cos(x) + isinstance(x, Value) * 1e-6)
    with pytest.raises(WrongSlopeError, match=r"by input 1 is 0\.362358754476674"):
        check_derivatives(row, 1.2)


@pytest.mark.parametrize(
    ("f", "at", "error", "message"),
    [
        (sin, (1.0, 2.0), FormulaError, "sin takes 1 input, not 2"),
        (Operation("bare", math.sin), 1.0, FormulaError, "bare takes 0 inputs, not 1"),
        (log, -1.0, DomainError, "log(-1.0) is not defined: log needs a number above 0"),
        (sin, math.nan, DomainError, "sin at nan is nan, so there is no slope to check"),
        (absolute, math.inf, DomainError, "absolute at inf is inf, so there is no slope to check"),
        (
            Operation("hole", lambda x: math.nan, lambda x, y: 1),
            1.0,
            DomainError,
            "hole at 1.0 is nan, so there is no slope to check",
        ),
    ],
)
def test_where_nothing_can_be_checked(f, at, error, message):
    with pytest.raises(error) as caught:
        check_derivatives(f, at)
    assert str(caught.value) == message


@pytest.mark.parametrize("at", [3, Fraction(3), [3.0], (3,), iter([3])])
def test_the_point_is_a_number_or_one_for_each_input(at):
    def cubed(x):
        return x**3

    report = check_derivatives(cubed, at)
    assert report.title == "cubed at 3.0"
    assert [found.rule for found in report.findings] == [27, 18]


@pytest.mark.parametrize(
    ("rule", "error", "rounding", "digits"),
    [(2.0, 1e-10, 0.0, 10), (200.0, 1e-10, 1e-5, 7), (0.0, 1e-9, 0.0, 9), (1.0, 1e-19, 0.0, 16)],
)
def test_digits(rule, error, rounding, digits):
    assert SlopeCheck((1,), rule, Estimate(rule, error, 40), rounding).digits == digits


REPORT = """\
f at (1.0, 2.0)
derivative      by its rule  measured      ±  digits
by input 1                4         4  1e-13      13
by inputs 1, 2            0         1  1e+00       ?
by inputs 2, 2          nan       nan    inf       ?
by input 2             -2.5      -2.5  1e-10       ?
by input 1                0         0  0e+00      16
not decided: by inputs 1, 2: a kink
not decided: by inputs 2, 2: no slope there
not decided: by input 2: rounding moves the rule's own number too far"""


def test_the_report():
    findings = (
        SlopeCheck((1,), 4.0, Estimate(4.0, 1e-13, 40)),
        SlopeCheck((1, 2), 0.0, Estimate(1.0, 1.0, 40, "a kink")),
        SlopeCheck((2, 2), math.nan, Estimate(math.nan, math.inf, 0, "no slope there")),
        SlopeCheck((2,), -2.5, Estimate(-2.5, 1e-10, 40), 1e-3),
        SlopeCheck((1,), 0.0, Estimate(0.0, 0.0, 40)),
    )
    report = SlopeReport("f at (1.0, 2.0)", findings)
    assert str(report) == REPORT
    assert report.undecided == findings[1:4]
    assert not any(found.is_wrong for found in findings)


def test_a_long_report_shows_the_least_sure():
    findings = [SlopeCheck((i,), 1.0, Estimate(1.0, 10.0**-i, 40)) for i in range(1, 17)]
    lines = str(SlopeReport("f at 1.0", tuple(reversed(findings)))).splitlines()
    assert [line.split()[2] for line in lines[2:14]] == [str(i) for i in [6, 5, 4, 3, 2, 1]] + [
        str(i) for i in range(7, 13)
    ]
    assert lines[-1] == "and 4 more, as sure or surer"


@pytest.mark.parametrize("row", [*OF_ONE, hypot, where], ids=lambda row: row.name)
def test_no_line_of_a_report_is_too_long(row):
    at = points(row)[0]
    assert all(len(line) <= 80 for line in str(check_derivatives(row, at)).splitlines())


# A slope that a measurement excludes is refuted, whatever its size


@pytest.mark.parametrize(("name", "slope", "at"), [
    ("sigmoid", lambda x, y: y * (1 - y), 40.0), ("sigmoid", lambda x, y: y * (1 - y), 30.0),
    ("tanh", lambda x, y: 1 - y * y, 20.0), ("tanh", lambda x, y: 1 - y * y, 15.0),
    ("asinh", lambda x, y: 1 / sqrt(1 + x * x), 1e155),
])
def test_a_rule_that_cancels_or_overflows_is_refuted_where_it_does(name, slope, at):
    row = table.operation_named(name)
    assert check_derivatives(row, at).findings[0].digits >= 8
    worse = Operation(f"worse_{name}", row.compute, slope, in_kind=row.in_kind)
    assert check_derivatives(worse, 0.5)
    with pytest.raises(WrongSlopeError, match="by its rule"):
        check_derivatives(worse, at)


@pytest.mark.parametrize(("name", "at"), [("sigmoid", 40.0), ("tanh", 19.0), ("erfc", 5.0)])
def test_a_tiny_slope_that_is_a_millionth_off_is_refuted(name, at):
    row = table.operation_named(name)
    (slope,) = row.slopes
    planted = Operation(f"off_{name}", row.compute, lambda x, y: slope(x, y) * 1.00001,
                        in_kind=row.in_kind)
    with pytest.raises(WrongSlopeError):
        check_derivatives(planted, at)


#   rule, measured, its error, rounding     the size   digits   is it decided?   is it wrong?
CHECKS = (
    (1.0,  1.0,  1e-7, 0.0,     1.0,   7,  True,  False),  # just sharp enough
    (1.0,  1.0,  2e-7, 0.0,     1.0,   6,  False, False),
    (1.0,  1.0,  5e-8, 5e-8,    1.0,   7,  True,  False),
    (0.0,  2.0,  2.0,  0.0,     1.0,   0,  False, False),  # both may be 0
    (0.0,  2.0,  1.0,  0.5,     2.0,   0,  False, True),
    (0.0,  2.0,  0.5,  1.5,     1.0,   0,  False, False),
    (0.25, -0.2, 0.5,  0.0,     0.25,  0,  False, False),
    (-4.0, 2.0,  0.0,  6.0,     4.0,   0,  False, False),
    (-4.0, 2.0,  0.0,  5.0,     4.0,   0,  False, True),
    (0.0,  0.0,  0.0,  0.0,     1.0,   16, True,  False),
    (1.0,  1.0,  1.0,  0.0,     1.0,   0,  False, False),
    (1.0,  9.0,  math.inf, 0.0, 1.0,   0,  False, False),
    (1.0,  9.0,  0.0, math.inf, 1.0,   0,  False, False),
)


@pytest.mark.parametrize(("rule", "seen", "error", "rounding", "size", "digits", "sharp", "wrong"),
                         CHECKS)
def test_what_follows_from_two_numbers_and_how_sure_they_are(
        rule, seen, error, rounding, size, digits, sharp, wrong):
    found = SlopeCheck((1,), rule, Estimate(seen, error, 40), rounding)
    assert found.doubt == error + rounding
    assert (found.is_decided, found.is_wrong, found.digits) == (sharp, wrong, digits)
    assert found.size == size


def test_the_reasons_in_a_report():
    def reason(rounding=0.0, error=0.5, why=""):
        found = SlopeCheck((1,), 1.0, Estimate(1.0, error, 40, why), rounding)
        return str(SlopeReport("", (found,))).splitlines()[-1].removeprefix("not decided: ")

    assert reason() == reason(0.5) == "by input 1: the measurement is not sharp enough"
    assert reason(0.51) == "by input 1: rounding moves the rule's own number too far"
    assert reason(why="so it is") == "by input 1: so it is"
    full = "x" * 26 + " " + "y" * 28  # with `not decided: by input 1: ` 80 characters, and with one
    assert reason(why=full) == f"by input 1: {full}"  # more the last word is left out
    assert reason(why=full + "y") == f"by input 1: {'x' * 26} ..."


@pytest.mark.parametrize("count", [12, 13])
def test_a_report_of_twelve_lines_is_in_the_order_of_its_findings(count):
    inputs = range(20, 20 - count, -1)
    findings = tuple(SlopeCheck((i,), 1.0, Estimate(1.0, 10.0**-i, 40)) for i in inputs)
    lines = str(SlopeReport("", findings)).splitlines()
    names = [int(line.split()[2]) for line in lines[2:14]]
    assert names == ([*range(20, 8, -1)] if count == 12 else [*range(8, 16), 20, 19, 18, 17])
    assert lines[14:] == ([] if count == 12 else ["and 1 more, as sure or surer"])


@pytest.mark.parametrize("count", [1, 3, 4, 5])
def test_an_error_names_three_slopes_and_says_how_many_more(count):
    wrong = off(2)
    with pytest.raises(WrongSlopeError) as caught:
        check_derivatives(lambda *xs: total(map(wrong, xs)), [0.5] * count)
    parts = str(caught.value).split(": ", 1)[1].split("; ")
    assert [part[:20] for part in parts[:3]] == [
        f"the slope by input {i}" for i in range(1, min(count, 3) + 1)]
    assert parts[3:] == ([f"and {count - 3} more"] if count > 3 else [])


def test_inputs_are_counted_from_1_also_where_the_first_has_no_slope():
    report = check_derivatives(table.polygamma, (1.0, 2.0))
    assert [found.inputs for found in report.findings] == [(1,), (2,), (2, 2)]
    refused = report.findings[0].measured
    assert math.isnan(report.findings[0].rule) and math.isnan(refused.value)
    assert refused[1:3] == (math.inf, 0) and "its n is a whole number" in refused.reason
    report = check_derivatives(lambda u, v, w: u * v * w * w, (2.0, 3.0, 5.0))
    assert {found.inputs: found.rule for found in report.findings} == {
        (1,): 75, (2,): 50, (3,): 60, (1, 1): 0, (1, 2): 25, (1, 3): 30, (2, 1): 25, (2, 2): 0,
        (2, 3): 20, (3, 1): 30, (3, 2): 20, (3, 3): 12}


@pytest.mark.parametrize("refuses_values", [False, True])
def test_a_rule_that_refuses_numbers_or_formulas_has_no_slope_there(refuses_values):
    def slope(x, y):
        if isinstance(x, Value) is refuses_values:
            raise ValueError("none of these")
        return 2 * x

    report = check_derivatives(lambda x: Operation("odd", lambda x: x * x, slope)(x), 3.0)
    (found,) = report.findings
    assert found.inputs == (1,) and math.isnan(found.rule)
    assert "none of these" in found.measured.reason


def test_inputs_are_called_x1_and_x2_where_they_are_named():
    report = check_derivatives(lambda u, v: u * v**1.5, (1.0, 0.0))  # in v there is no second slope
    assert [found.measured.reason.partition(" has no")[0] for found in report.findings] == [
        "", "", "", "", "x2 ** (1.5 - 1)", "x2 ** (1.5 - 1)"]
    rule = lambda x, y: 2 * (x.at() if isinstance(x, Value) else x)
    with pytest.raises(WrongSlopeError, match=r"not a formula: no number yet for x1; give one"):
        check_derivatives(Operation("odd", lambda x: x * x, rule), 1.2)
