"""What the kinds of number need: facts for each, in each kind."""

import cmath
import math
from decimal import Decimal
from fractions import Fraction
from numbers import Complex, Number

import pytest

from mathlab import Value, compile_formula, derivative, relu, sigmoid, sin, symbols, where
from mathlab.calculus.graph.operations import xlogy
from mathlab.calculus.numbers import kinds
from mathlab.calculus.numbers.interval import Interval
from mathlab.errors import DomainError

INF, NAN = math.inf, math.nan
KINDS = (int, float, Fraction, Decimal)
X = symbols("x")[0]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("f", "values"),
    [
        (kinds.sign, {-2: -1, -1: -1, 0: 0, 1: 1, 3: 1}),
        (kinds.step, {-2: 0, 0: 0, 1: 1, 3: 1}),
        (kinds.relu, {-2: 0, 0: 0, 1: 1, 3: 3}),
    ],
)
def test_one_number_in_its_own_kind(f, values, kind):
    for x, expected in values.items():
        assert f(kind(x)) == expected
        assert type(f(kind(x))) is kind


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("x", "y"), [(2, 3), (3, 2), (-1, 1), (0, 0)])
def test_the_larger_and_the_smaller(x, y, kind):
    larger, smaller = (kind(y), kind(x)) if y > x else (kind(x), kind(y))
    assert (kinds.maximum(kind(x), kind(y)), kinds.minimum(kind(x), kind(y))) == (larger, smaller)


@pytest.mark.parametrize("nan", [NAN, Decimal("NaN")], ids=lambda x: type(x).__name__)
def test_nan_is_handed_on(nan):
    one = type(nan)(1)
    for f in (kinds.sign, kinds.step, kinds.relu):
        assert f(nan) != f(nan)
    for f in (kinds.maximum, kinds.minimum):
        assert f(nan, one) != f(nan, one)
        assert f(one, nan) != f(one, nan)
    assert kinds.where(nan, one, one) != one


@pytest.mark.parametrize(
    ("condition", "chosen"),
    [(1, "x"), (0.1, "x"), (True, "x"), (INF, "x"), (0, "y"), (-1, "y"), (False, "y"), (-INF, "y")],
)
def test_where(condition, chosen):
    assert kinds.where(condition, "x", "y") == chosen


@pytest.mark.parametrize(
    ("base", "exponent", "result"),
    [
        (2, 3, 8),
        (2, -1, 0.5),
        (Fraction(2, 3), 2, Fraction(4, 9)),
        (Fraction(2, 3), -2, Fraction(9, 4)),
        (4.0, 0.5, 2.0),
        (-8.0, 3, -512.0),
        (Decimal(2), -1, Decimal("0.5")),
        (Decimal(0), 0, Decimal(1)),
        (1j, 2, -1 + 0j),
        (-1, 0.5 + 0j, 1j),
        (0, 0, 1),
        (1, 10**9, 1),
        (-1, 10**9 + 1, -1),
        (0, 10**9, 0),
        (2, 5000, 2**5000),
        (-3, 5000, 3**5000),
        (Decimal(5), 0, Decimal(1)),
        (Decimal(0), 2, Decimal(0)),
        (Decimal(0), Decimal("0.5"), Decimal(0)),
        (1e200, 2, INF),
        (-1e200, 3, -INF),
        (-1e200, 2, INF),
        (1e200, Fraction(2), INF),
        (-1e200, Fraction(3), -INF),
        (Decimal(0), Decimal("Infinity"), Decimal(0)),
    ],
)
def test_powers(base, exponent, result):
    found = kinds.power(base, exponent)
    assert found == result or abs(found - result) < 1e-15
    assert type(kinds.power(base, exponent)) is type(result)


@pytest.mark.parametrize(
    ("base", "exponent", "error"),
    [
        (-8.0, 1 / 3, ValueError),
        (-8, Fraction(1, 3), ValueError),
        (0, -1, ZeroDivisionError),
        (9, 9**9, OverflowError),
        (Fraction(9, 2), 9**9, OverflowError),
        (Fraction(1, 9), -(9**9), OverflowError),
        (9, Fraction(9**9), OverflowError),  # a whole exponent, whatever its type
        (2, 5001, OverflowError),
        (Fraction(1, 2), 5001, OverflowError),
        (Fraction(1, 2), -5001, OverflowError),
        (Decimal(0), -1, ZeroDivisionError),
        (1e200, 2.5, OverflowError),
        (1e200j, 2, OverflowError),
        (10**400, 0.5, OverflowError),
    ],
)
def test_powers_refused(base, exponent, error):
    with pytest.raises(error):
        kinds.power(base, exponent)


@pytest.mark.parametrize("base", [Decimal(0), Decimal(1), Decimal(2), 0.0, 2.0])
def test_to_a_power_that_is_no_number_it_is_none(base):
    nan = type(base)("NaN")
    found = kinds.power(base, nan)
    assert found != found or base == 1


@pytest.mark.parametrize(
    ("x", "number"),
    [(Decimal(5), Decimal(2)), (Fraction(5), Fraction(2)), (5j, 2 + 0j), (5.0, 2), (5, 2)],
)
def test_a_number_like_another(x, number):
    assert (kinds.like(x, 2), type(kinds.like(x, 2))) == (number, type(number))


def test_like_a_formula_it_is_a_part_of_it():
    for x, kind in ((X, int), (Value(Decimal(1)), Decimal), (Value(1.0), int)):
        two = kinds.like(x, 2)
        assert (two.data, type(two.data), two.operation.name) == (2, kind, "constant")
        assert kinds.like(x, two) is two if x is X else True
    assert str(kinds.pi_like(X)) == "pi"
    assert kinds.pi_like(1.0) == math.pi
    assert abs(kinds.pi_like(Decimal(1)) - Decimal("3.141592653589793238462643383")) < 1e-26


@pytest.mark.parametrize(
    ("number", "name", "expected"),
    [
        (3, "", Decimal(3)),
        (Fraction(1, 8), "", Decimal("0.125")),
        (0.5, "", Decimal("0.5")),
        (0.1, "", Decimal("0.1")),  # as it is written
        (Decimal("0.1"), "x", Decimal("0.1")),
        (math.e, "e", Decimal("2.718281828459045235360287471")),
        (math.pi, "pi", Decimal("3.141592653589793238462643383")),
    ],
)
def test_constants_for_decimals(number, name, expected):
    assert kinds.as_decimal(number, name) == expected
    assert type(kinds.as_decimal(number, name)) is type(expected)


def test_sums_and_inner_products():
    assert kinds.total(1, 2, 3) == 6
    assert kinds.total() == 0
    assert kinds.dot(1, 2, 3, 10, 20, 30) == 140
    assert kinds.dot() == 0
    assert kinds.halves((1, 2, 3, 4)) == ((1, 2), (3, 4))
    assert kinds.halves_exchanged((1, 2, 3, 4)) == [3, 4, 1, 2]
    with pytest.raises(ValueError, match="argument 2"):
        kinds.dot(1, 2, 3)


@pytest.mark.parametrize("z", [1e-20 + 0j, 1e-20j, -1e-18 + 1e-19j])
def test_small_complex_numbers_are_not_forgotten(z):
    assert kinds.COMPLEX["log1p"](z) == pytest.approx(z, rel=1e-15, abs=0)
    assert kinds.COMPLEX["expm1"](z) == pytest.approx(z, rel=1e-15, abs=0)


@pytest.mark.parametrize(
    ("z", "sigmoid", "softplus"),
    [(-800 + 1j, 0, 0), (800 + 1j, 1, 800 + 1j), (0j, 0.5, math.log(2))],
)
def test_large_complex_numbers_do_not_overflow(z, sigmoid, softplus):
    assert kinds.COMPLEX["sigmoid"](z) == pytest.approx(sigmoid)
    assert kinds.COMPLEX["softplus"](z) == pytest.approx(softplus)


@pytest.mark.parametrize("z", [0.3 - 2j, -0.3 + 1j, 2 - 0.5j, -2 + 0.1j, 0.4 + 0j, 0.01 + 0.02j])
@pytest.mark.parametrize(("name", "plain"), [
    ("sech", lambda z: 2 / (cmath.exp(z) + cmath.exp(-z))),
    ("expm1", lambda z: cmath.exp(z) - 1),
    ("log1p", lambda z: cmath.log(1 + z)),
    ("log2", lambda z: cmath.log(z) / cmath.log(2)),
    ("sigmoid", lambda z: 1 / (1 + cmath.exp(-z))),
    ("softplus", lambda z: cmath.log(1 + cmath.exp(z)))])
def test_complex_functions_are_what_they_stand_for(name, plain, z):
    assert kinds.COMPLEX[name](z) == pytest.approx(plain(z), rel=1e-14)


@pytest.mark.parametrize(("x", "y", "distance"), [
    (3, 4, 5), (3 + 0j, 2j, math.sqrt(5)), (3j, 4j, 5j), (1 + 1j, 2 - 1j, cmath.sqrt(3 - 2j)),
    (3e200j, 4e200j, 5e200j), (0j, 0j, 0), (0, 7, 7), (3e-200, 4e-200, 5e-200)])
def test_complex_distances(x, y, distance):
    assert kinds.COMPLEX["hypot"](x, y) == pytest.approx(distance, rel=1e-15, abs=0)


@pytest.mark.parametrize(("x", "y", "product"), [
    (2j, 1j, -math.pi), (2j, -1, -2 * math.pi), (0j, 0, 0), (0j, -1, 0), (3, cmath.e, 3),
    (Decimal(2), Decimal(1), 0), (Decimal(0), Decimal(0), 0), (Decimal(0), Decimal(5), 0),
    (Decimal(3), Decimal(1).exp(), 3)])
def test_a_factor_times_a_logarithm(x, y, product):
    kind = Decimal if isinstance(x, Decimal) else complex
    assert complex(kinds.XLOGY[kind](x, y)) == pytest.approx(product, abs=1e-15)


@pytest.mark.parametrize("x", [Decimal(0), Decimal(2)])
def test_no_logarithm_below_0_even_times_0(x):
    with pytest.raises(ValueError, match="log is not defined here"):
        kinds.XLOGY[Decimal](x, Decimal(-1))


@pytest.mark.parametrize("ends", [(Decimal(1), Decimal(2)), (1.0, 2.0)])
def test_constants_for_intervals(ends):
    x = Interval(*ends)
    two, pi = kinds.like(x, 2), kinds.pi_like(x)
    assert two == Interval(2) and two.is_float is pi.is_float is x.is_float
    assert pi.low <= Decimal("3.14159265358979323846264338328") <= pi.high and pi.width < 1e-14
    named = kinds.pi_like(Value(x))
    assert (named.data, named.name, named.operation.name) == (pi, "pi", "constant")


@pytest.mark.parametrize(("number", "fraction"), [
    (0.1, Fraction(1, 10)), (Decimal("-0.25"), Fraction(-1, 4)), (1e22, Fraction(10**22)),
    (INF, INF), (-INF, -INF), (Decimal("Infinity"), Decimal("Infinity")), (3, 3), (2j, 2j)])
def test_the_fraction_that_decimals_say(number, fraction):
    found = kinds.as_fraction(number)
    assert (found, type(found)) == (fraction, type(fraction))
    as_float = kinds.as_float(number)
    assert as_float == number
    assert type(as_float) is (float if isinstance(number, Decimal) else type(number))


@pytest.mark.parametrize("kind", [complex, float, int, Fraction, Decimal])
def test_our_own_numbers_and_what_is_made_of_them_are_not_foreign(kind):
    for x in (kind(2), type("Own", (kind,), {})(2), "text", type("Bare", (Number,), {})()):
        assert kinds.is_foreign(x) is False and kinds.in_python(x) is x


def test_no_slope_gives_its_reason():
    with pytest.raises(ValueError, match="its n is a whole number"):
        kinds.no_slope("its n is a whole number")


@pytest.mark.parametrize("x", [1e15, 1e17, 0.3, -0.4, 1e-20, 2 + 3j, -2, -1.5 + 1e-3j])
def test_complex_log1p_is_right_for_large_and_small(x):
    exact = cmath.log(1 + x) if abs(x) > 0.1 else x - x * x / 2
    assert kinds.COMPLEX["log1p"](complex(x)) == pytest.approx(exact, rel=1e-14)


def test_a_formula_stays_one_whatever_kind_its_companion_is_of():
    x = Value(Fraction(1, 2), "x")
    base = Value(3.0, "base") + 0.5
    assert kinds.like(x, base) is base
    assert derivative(base**x, x).data == pytest.approx(3.5**0.5 * math.log(3.5))


@pytest.mark.parametrize("zero", [0.0, 0j, Decimal(0)], ids=str)
def test_0_times_the_logarithm_of_0_is_0(zero):
    assert xlogy.evaluate(zero, zero) == 0


class Narrow:
    """A complex number as other libraries have them: as a float it is its real part."""

    def __init__(self, number):
        self.number = complex(number)

    data = memoryview(b"")  # as numpy's have it

    def __complex__(self):
        return self.number

    def __float__(self):
        return self.number.real

    def __mul__(self, other):
        return Narrow(self.number * complex(other))

    __rmul__ = __mul__


class Bare(Narrow, Number):
    """One that says no more than that it is a number."""

    __hash__ = None


Complex.register(Narrow)


@pytest.mark.parametrize("kind", [Narrow, Bare])
def test_complex_numbers_of_other_libraries_keep_their_imaginary_part(kind):
    z, there = kind(1 + 2j), pytest.approx(cmath.sin(1 + 2j))
    assert complex(Value(z)) == 1 + 2j == complex(Value(z).data)
    assert complex((X * z).at(x=2.0)) == 2 + 4j == complex((Value(2.0) * z).data)
    for found in (sin(z), sin(Value(z)).data, sin(X).at(x=z), compile_formula(sin(X), [X])(z)):
        assert found == there
    assert (X**2).at(x=z) == (1 + 2j) ** 2 and sigmoid(z) == sigmoid(1 + 2j)
    x = Value(z, "x")
    sin(x).backward()
    assert x.grad == pytest.approx(cmath.cos(1 + 2j))
    for refused in (lambda: relu(z), lambda: where(z, 1, 2), lambda: where(X, 1, 2).at(x=z)):
        with pytest.raises(DomainError, match=r"complex|real"):
            refused()


@pytest.mark.parametrize("x", [4j, -4j, 2 + 1j, -2 + 1j])
def test_softplus_is_the_logarithm_that_cmath_has(x):
    assert kinds.COMPLEX["softplus"](x) == pytest.approx(cmath.log(1 + cmath.exp(x)))


@pytest.mark.parametrize("nan", [math.nan, Decimal("nan")])
def test_0_to_the_power_of_nan_is_nan_in_decimals_too(nan):
    assert math.isnan(kinds.power(Decimal(0), nan))
