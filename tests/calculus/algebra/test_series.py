"""Series, row by row, against numbers that know nothing of slopes; arithmetic against the table."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab.calculus.algebra.series import ARITHMETIC, HIGHEST_ORDER, ZEROS, Centre, whole_order
from mathlab.calculus.algebra.taylor import series
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.value import Value, symbols
from mathlab.calculus.text.parse import parse
from mathlab.errors import DomainError, FormulaError
from tests.calculus import witness
from tests.calculus.rows import TABLE
from tests.calculus.witness import precise

X, T = symbols("x t")
ORDER = 6
NODES = range(-9, 10)  # 19 points, 1/1000 apart: in 50 digits good for 30 of coefficient 6
STEP = Decimal("1e-3")

# How the inputs move: a number at the centre, and what is added to it.
ALONG = [lambda t: t, lambda t: 2 * t - t * t, lambda t: t * t / 3 - t]
PLACES = (0.3, 0.8, -0.6, 1.7, 2.4, -1.3)  # for rows of one input, as far as it has a value there
OTHERS = {
    **{name: [(0.75, 1.5), (-1.25, 0.5), (1.5, -0.25)]
       for name in ("+", "-", "*", "/", "atan2", "hypot", "maximum", "minimum")},
    "**": [(0.75, 1.5), (2.5, -0.5)],
    "where": [(0.5, 1.5, 2.0), (-0.5, 1.5, 2.0)],
    "total": [(0.5, 1.5, 2.0)], "dot": [(0.5, 1.5, 2.0, -1.0)],
    "polygamma": [(1, 0.75), (3, 2.5)],
}


def places(row):
    """Where a row is looked at, each place with the ways in which its inputs move."""
    if row.name in OTHERS:
        found = OTHERS[row.name]
    else:
        found = []
        for number in PLACES:
            try:
                row.evaluate(number)
                found.append((number,))
            except DomainError:
                continue
        assert len(found) >= 2, row
    still = lambda t: 0 * t
    for at in found:
        ways = [still, ALONG[0]] if row.name == "polygamma" else (ALONG * 2)[: len(at)]
        yield at, ways
        if len(at) == 1:
            yield at, [ALONG[1]]


@precise
def interpolated(f):
    """The first coefficients of the polynomial through the values of f near 0 (Newton's)."""
    points = [k * STEP for k in NODES]
    newton = [f(t) for t in points]
    for level in range(1, len(points)):
        for i in range(len(points) - 1, level - 1, -1):
            newton[i] = (newton[i] - newton[i - 1]) / (points[i] - points[i - level])
    coefficients = [Decimal(0)] * len(points)
    for c, t in zip(reversed(newton), reversed(points), strict=True):  # Horner, polynomial by t
        shifted = [Decimal(0), *coefficients[:-1]]
        coefficients = [a - t * b for a, b in zip(shifted, coefficients, strict=True)]
        coefficients[0] += c
    return coefficients[: ORDER + 1]


def check_against_values(row):
    for at, ways in places(row):
        x = Centre(X, 0.0, ORDER).moving
        found = row(*(number + way(x) for number, way in zip(at, ways, strict=True)))
        expected = interpolated(lambda t, at=at, ways=ways: witness.apply(
            row, *(Decimal(number) + way(t) for number, way in zip(at, ways, strict=True))))
        for n, (c, true) in enumerate(zip(found.coefficients, expected, strict=True)):
            assert witness.near(c, true, 11), (row, at, n)


def check_against_slopes(row):
    """That a series changes as fast as the slopes of the table say."""
    for at, ways in places(row):
        x = Centre(X, 0.0, ORDER).moving
        u = [number + way(x) for number, way in zip(at, ways, strict=True)]
        y = row(*u)
        slopes = row.slopes[0](u, y) if row.arity is None else [
            each.is_constant or rule(*u, y) for rule, each in zip(row.slopes, u, strict=True)]
        pairs = zip(slopes, u, strict=True)
        by_table = x.constant(0) + sum(slope * each.slope for slope, each in pairs)
        for n in range(ORDER):
            moved = (n + 1) * y.coefficient(n + 1)
            assert moved == pytest.approx(by_table.coefficient(n), rel=1e-9, abs=1e-9), (row, at, n)


every_row = pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)


@every_row
def test_each_row_has_the_series_of_its_values(row):
    check_against_values(row)


@every_row
def test_each_row_moves_as_its_slopes_say(row):
    check_against_slopes(row)


# All slopes but those that are none: along the order of polygamma and the condition of where.
SLOPES = [(row, i) for row in TABLE for i in range(len(row.slopes))
          if (row.name, i) not in (("polygamma", 0), ("where", 0))]


@pytest.mark.parametrize(("row", "i"), SLOPES, ids=str)
def test_a_wrong_slope_in_any_row_is_noticed(monkeypatch, row, i):
    wrong = list(row.slopes)
    if row.arity is None:
        right = wrong[0]
        wrong[0] = lambda xs, y: [slope * 1.001 for slope in right(xs, y)]
    else:
        right = wrong[i]
        wrong[i] = lambda *inputs: right(*inputs) * 1.001 + (row.name in ("sign", "step"))
    monkeypatch.setattr(row, "slopes", tuple(wrong))
    own = row in ARITHMETIC and row not in (table.power, table.sqrt, table.cbrt)
    with pytest.raises(AssertionError):
        (check_against_slopes if own else check_against_values)(row)


# Kinds of number


def about(at, order=5):
    return Centre(X, at, order).moving


def test_whole_numbers_and_fractions_stay_exact():
    x = about(Fraction(1, 2), 3)
    y = (1 + x) ** 3 / (1 - x)
    assert y.coefficients == [Fraction(27, 4), 27, 63, 128]
    assert {type(c) for c in y.coefficients} <= {int, Fraction}
    assert table.log(about(1)).coefficients == [0, 1, Fraction(-1, 2), Fraction(1, 3),
                                                Fraction(-1, 4), Fraction(1, 5)]


@pytest.mark.parametrize("at", [0.5, Decimal("0.5"), 0.5 + 0.25j])
def test_coefficients_are_of_the_kind_of_the_centre(at):
    x = about(at)
    for y in (table.exp(x), x * x, x**0 + 0 * x, 1 / (2 + x) / 3, x / 3 + x.constant(2)):
        assert {type(c) for c in y.coefficients} == {type(at)}


def test_decimals_have_all_their_digits():
    y = table.exp(about(Decimal(1)))
    e = Decimal(1).exp()
    for n, c in enumerate(y.coefficients):
        assert abs(c * math.factorial(n) - e) < Decimal("1e-26")


def test_a_symbol_can_be_the_centre_and_stand_in_a_coefficient():
    assert [str(c) for c in table.sin(about(T, 2)).coefficients] == ["sin(t)", "cos(t)",
                                                                     "-sin(t)/2"]
    x = about(0, 3)
    found = table.exp(x * x.constant(T)).coefficients
    assert [*map(str, found)] == ["1", "t", "t**2/2", "t**3/6"]


def test_each_coefficient_is_worked_out_once():
    def work(order):
        x = about(0, order)
        y = table.exp(table.sin(x)) * table.sigmoid(x) / (2 + table.tan(x))
        y.upto(order)
        made = {id(s): s for s in x.centre.made.values()}.values()
        return sum(len(range(s.low, int(s.known) + 1)) for s in made if s.known < math.inf)

    assert work(80) < 2.1 * work(40)  # a row of fifty coefficients, and no new rows


def test_no_coefficient_beyond_what_is_asked_for_is_known():
    x = about(0, 3)
    y = table.sin(x) / x
    assert y.known == 3
    assert y.derivative(8) == Fraction(1, 9)
    assert y.known == 8


def test_sine_and_cosine_feed_each_other():
    x = about(0)
    sine = table.sin(x)
    assert sine.slope is table.cos(x)
    assert table.exp(x).slope is table.exp(x)
    minus = -sine
    assert -minus is sine


def test_a_chain_of_orders_needs_no_recursion():
    y = table.digamma(about(2.5, 160))
    for n in (1, 20, 160):
        assert y.coefficients[n] == pytest.approx(
            float(witness.polygamma(n, Decimal("2.5")) / math.factorial(n)), rel=1e-12, abs=0)


# What a number that keeps its history can be asked


def test_a_series_remembers_what_it_was_made_of():
    x = about(0)
    y = (1 - table.cos(x)) / x**2
    assert y.text == "(1 - cos(x))/x**2"
    assert y.operation is table.divide
    assert str(y) == "1/2 - x**2/24 + x**4/720 + O(x**6)"
    assert repr(y) == "<series 1/2 - x**2/24 + x**4/720 + O(x**6)>"
    assert str(x - x) == "O(x**6)"


def test_comparisons_go_by_the_number_at_the_centre():
    x = about(0.5)
    assert x > 0 and x >= 0.5 and not x < 0.5 and x <= 1 and x**2 < x
    assert not x > 0.5 and x <= 0.5 and not x >= 1


def test_a_function_for_plain_numbers_is_refused_in_words():
    with pytest.raises(FormulaError, match="with the functions of mathlab"):
        math.sin(about(0.5))


def test_a_row_of_ones_own_needs_no_more_than_a_slope():
    cube = Operation("cube_of_mine", lambda x: x**3, lambda x, y: 3 * x**2)
    for at in (Fraction(1, 2), 0, 0.5, Decimal("0.5"), 0.5j):
        x = about(at)
        assert cube(x).coefficients == (x**3).coefficients
    found = cube(about(T)).coefficients
    assert [*map(str, found)] == ["cube_of_mine(t)", "3*t**2", "3*t", "1", "0", "0"]
    assert str(cube(table.sin(about(0, 7)))) == "x**3 - x**5/2 + 13*x**7/120 + O(x**8)"
    leaky = Operation("leaky_of_mine", lambda x: x if x > 0 else x / 10,
                      lambda x, y: 1 if x > 0 else 0.1)
    assert leaky(about(-2.0, 2)).coefficients == [-0.2, 0.1, 0]


def test_a_slope_that_needs_what_it_is_to_give_is_refused():
    around = Operation("around_0_of_mine", lambda x: x**3, lambda x, y: 3 * y / x)
    assert around(about(2)).coefficients == [8, 12, 6, 1, 0, 0]
    with pytest.raises(DomainError, match=r"around_0_of_mine\(x\) has no slope at x = 0"):
        around(about(0))
    root = Operation("root_of_mine", math.sqrt, lambda x, y: 1 / (2 * y))
    with pytest.raises(DomainError, match=r"root_of_mine\(x\) has no slope at x = 0"):
        root(about(0.0))


# What changes nothing, numbers with names, and numbers of another kind


@pytest.mark.parametrize(("text", "left"), [
    ("sin(x) + 0*x", "sin(x)"), ("0*x + sin(x)", "sin(x)"), ("sin(x) - 0*x", "sin(x)"),
    ("0*x - sin(x)", "0 - sin(x)"), ("1*sin(x)", "sin(x)"), ("sin(x)*1", "sin(x)"),
    ("2*sin(x)", "2*sin(x)"), ("sin(x)*0", "0"), ("0*sin(x)", "0"), ("-(-sin(x))", "sin(x)"),
    ("sin(x) - sin(x)", "0"), ("sin(x)**0", "1"), ("sin(x)**1", "sin(x)"), ("x + pi", "x + pi"),
    ("sin(x)**2", "sin(x)**2"), ("sin(x)/1", "sin(x)/1"), ("cos(x) - sin(x)", "cos(x) - sin(x)")])
def test_what_changes_nothing_makes_no_new_series(text, left):
    assert series(parse(text), X, 0, 2).text == left


#   a formula          at     its first two coefficients, formulas as texts
KINDS = [
    ("x + pi",          0,     ["pi", 1]),
    ("x*pi",            Decimal(1), [Decimal("3.141592653589793238462643383")] * 2),
    ("t*x**2",          0.5,   ["t/4", "t"]),
    ("t*x**2",          Decimal("0.5"), ["t/4", "t"]),
    ("x*asin(1)",       0,     [0, "asin(1)"]),
    ("x + 2**(1/2)",    0,     ["sqrt(2)", 1]),
    ("x + 4**(1/2)",    0,     [2, 1]),
    ("x + (1/4)**(1/2)", 0,    [Fraction(1, 2), 1]),
    ("x + 1**(1/2)",    0,     [1, 1]),
    ("x + 2/3",         0,     [Fraction(2, 3), 1]),
    ("x + 2/3",         0.0,   [2 / 3, 1.0]),
    ("x + 2/3",         Decimal(0), [Decimal("0.6666666666666666666666666667"), Decimal(1)]),
    ("(x + 2)**-1",     0,     [Fraction(1, 2), Fraction(-1, 4)]),
    ("x**-2*sin(x)**2", 0,     [1, 0]),
    ("sin(x)/x + tan(x)/x", 0, [2, 0]),
    ("where(t, x, 3)",  0,     ["where(t, 0, 3)", "where(t, 1, 0)"]),
]


@pytest.mark.parametrize(("text", "at", "expected"), KINDS, ids=str)
def test_a_coefficient_is_as_plain_as_it_can_be(text, at, expected):
    found = series(parse(text), X, at, 1).coefficients
    assert [str(c) if isinstance(c, Value) else c for c in found] == expected
    assert [type(c) for c in found if not isinstance(c, Value)] == [
        type(c) for c in expected if not isinstance(c, str)]


def test_a_decimal_becomes_a_float_beside_floats():
    found = (about(0.5, 2) + Decimal("0.25")).coefficients
    assert (found, {*map(type, found)}) == ([0.75, 1.0, 0.0], {float})


def test_complex_numbers_beside_exact_ones():
    assert series(X + Value.constant(1j) / 2, X, 0, 1).coefficients == [0.5j, 1]
    z, (first, second) = 0.5 + 0.25j, series(X**2.5, X, 0.5 + 0.25j, 1).coefficients
    assert (first, second) == pytest.approx((z**2.5, 2.5 * z**1.5))
    assert series(X**1j, X, 1, 2).coefficients == pytest.approx([1, 1j, (-1 - 1j) / 2])


# How far it is looked, and what is said


@pytest.mark.parametrize("order", [0, 1, HIGHEST_ORDER])
def test_orders_that_are_allowed(order):
    assert whole_order(order) == order


def test_a_divisor_is_looked_at_up_to_its_last_coefficient():
    near, beyond = (f"x**{n}/(exp(x**{n}) - 1)" for n in (ZEROS - 1, ZEROS))
    assert str(series(parse(near), X, 0, 1)) == "1 + O(x**2)"  # y/(exp(y) - 1) is 1 - y/2 + ...
    with pytest.raises(DomainError, match="the divisor is 0 at x = 0, and so are its first 59 der"):
        series(parse(beyond), X, 0, 1)


HOW = [
    ("sin(x)/x + tan(x)/x", "sin(x)/x is 0/0 at x = 0: the common factor x was cancelled; tan(x)/x "
                            "is 0/0 at x = 0: the common factor x was cancelled"),
    ("1/x - 1/tan(x) + (1 - cos(x))/x**2",
     "1/x and 1/tan(x) have poles at x = 0, and what is infinite there cancels; (1 - cos(x))/x**2 "
     "is 0/0 at x = 0: the common factor x**2 was cancelled"),
    ("x**-2*sin(x)**2", "1/x**2 has a pole at x = 0, and what is infinite there cancels"),
    ("sqrt(sin(x)**6/x**2)",
     "sin(x)**6/x**2 is 0/0 at x = 0: the common factor x**2 was cancelled"),
    ("t*sin(x)/x", "t*sin(x)/x is 0/0 at x = 0: the common factor x was cancelled"),
    ("sin(x)/((t + 1)*x)",
     "sin(x)/((t + 1)*x) is 0/0 at x = 0: the common factor x was cancelled"),
    ("sin(x)/(x*pi)", "sin(x)/(x*pi) is 0/0 at x = 0: the common factor x was cancelled"),
    ("sin(x)/(x + 1)", ""),
]


@pytest.mark.parametrize(("text", "how"), HOW, ids=[text for text, _ in HOW])
def test_how_each_value_was_found(text, how):
    assert series(parse(text), X, 0, 1).how == how


def test_what_is_shared_is_told_of_once():
    y = table.sin(X) / X
    for _ in range(60):
        y = y * (X + y)  # written out, 2**60 parts
    assert series(y, X, 0, 0).how == "sin(x)/x is 0/0 at x = 0: the common factor x was cancelled"


#   a formula                        at  what is said, all of it
SAID = [
    ("cbrt(x)",                      0,  "cbrt(x) has no slope at x = 0: it grows as "
                                         "abs(x)**(1/3) does"),
    ("sqrt(x - 1)",                  1,  "sqrt(x - 1) has no slope at x = 1: it grows as "
                                         "abs(x - 1)**(1/2) does"),
    ("sqrt(sin(2*x) - 2*sin(x)*cos(x))", 0, "sqrt(sin(2*x) - 2*sin(x)*cos(x)) has no slope at "
                                         "x = 0"),
    ("sin(x)/(x - x)",               0,  "sin(x) / 0 is not defined: / needs a divisor other than "
                                         "0"),
    ("sqrt(x**2)",                   0,  "sqrt(x**2) has a kink at x = 0: the root of a square is "
                                         "not below 0"),
    ("where(t, log(x), x)",          0,  "log(0) is not defined: log needs a number above 0"),
    ("where(t, x, log(x))",          0,  "log(0) is not defined: log needs a number above 0"),
    ("where(x + 1, log(x), x)",      0,  "log(0) is not defined: log needs a number above 0"),
    ("atan2(x, x)",                  0,  "atan2(x, x) has no slope at x = 0: hypot(x, x) has no "
                                         "slope at x = 0"),
    ("x*relu(1/x)",                  0,  "1/x has a pole at x = 0, so relu of it has no value"),
    ("polygamma(x, 2)",              1,  "polygamma(x, 2) has no slope at x = 1: its n is a whole "
                                         "number"),
    ("exp(1e100*x)",               0.0,  "exp(1e+100*x) at x = 0.0: what it has at order 4 is too "
                                         "large for a number of its kind"),
    ("exp(1e100*x)",                 0,  "exp(1e+100*x) at x = 0: what it has at order 4 is too "
                                         "large for a number of its kind"),
    ("cbrt(x**4)",                   0,  "cbrt(x**4) has no series at x = 0: it grows as "
                                         "abs(x)**(4/3) does"),
    ("sin(x)/absolute(x)",           0,  "sin(x) / absolute(x) is not defined: the divisor is 0 at "
                                         "x = 0, where absolute(x) has a kink"),
    ("1/(absolute(x) + relu(x))",    0,  "1 / (absolute(x) + relu(x)) is not defined: the divisor "
                                         "is 0 at x = 0, where absolute(x) and relu(x) have a "
                                         "kink"),
]


@pytest.mark.parametrize(("text", "at", "said"), SAID, ids=[row[0] for row in SAID])
def test_refusals_in_full(text, at, said):
    with pytest.raises(DomainError) as refusal:
        _ = series(parse(text), X, at, 4).coefficients
    assert str(refusal.value) == said


def test_a_root_that_is_asked_for_its_value_alone():
    assert series(parse("sqrt(x**4)"), X, 0, 0).derivative(2) == 2  # and for more afterwards
    assert series(parse("sqrt(x**2)"), X, 0, 0).coefficients == [0]
    assert series(parse("atan2(x, x)"), X, 0, 0).coefficients == [0]
    with pytest.raises(DomainError, match="has a kink"):
        series(parse("sqrt(1/x**2)"), X, 0, 0)


@pytest.mark.parametrize(("number", "shown"), [(1j, "1j"), (complex(2, -1), r"\(2-1j\)")])
def test_where_cannot_decide_by_a_complex_number(number, shown):
    with pytest.raises(DomainError, match=rf"^where cannot decide: .* is {shown} there$"):
        series(table.where(X + number, X, 2), X, 0, 1)


def test_a_row_of_ones_own_of_any_number_of_inputs():
    product = Operation("product_of_mine", lambda *xs: math.prod(xs), lambda xs, y: [
        math.prod(xs[:i] + xs[i + 1:]) for i in range(len(xs))], any_number=True)
    x = about(2, 3)  # with t = x - 2: (2 + t)*(3 + t)*3
    assert product(x, x + 1, 3).coefficients == [18, 15, 3, 0]


def test_what_was_refused_once_is_refused_for_the_same_reason_again():
    sine = table.sin(about(0.5))
    for _ in range(2):
        with pytest.raises(DomainError, match=r"x = 0\.5: the coefficient of order 0 is too large"):
            (sine * 10**400).coefficient(0)


@pytest.mark.parametrize(("at", "third"), [
    (0.5, 1 / 3), (Decimal("0.5"), Decimal(1) / 3), (2, Fraction(1, 3)),
    (Fraction(1, 2), Fraction(1, 3))])
def test_a_quotient_of_whole_numbers_is_of_the_kind_of_the_place(at, third):
    found = Centre(X, at, 1).value(table.divide, [1, 3])
    assert (found, type(found)) == (third, type(third))
