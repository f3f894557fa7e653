"""Decimals: published digits, identities, twice the precision, and `math`."""

import math
import pickle
import random
from decimal import (
    MIN_EMIN,
    ROUND_CEILING,
    Context,
    Decimal,
    Inexact,
    Overflow,
    Rounded,
    Underflow,
    getcontext,
    localcontext,
)

import pytest

from mathlab.calculus.numbers import decimals
from mathlab.calculus.numbers.decimals import FUNCTIONS

PRECISIONS = (5, 28, 50, 100)
TWO_INPUTS = ("atan2", "hypot")
ONE_INPUT = [name for name in FUNCTIONS if name not in (*TWO_INPUTS, "pi")]

PI = (
    "3.14159265358979323846264338327950288419716939937510"
    "58209749445923078164062862089986280348253421170679821480865132823"
)
E = (
    "2.71828182845904523536028747135266249775724709369995"
    "95749669676277240766303535475945713821785251664274274663919320030"
)
LOG_2 = (
    "0.69314718055994530941723212145817656807550013436025"
    "52541206800094933936219696947156058633269964186875420014810205706"
)


def close(actual, expected, ulps=0.6):
    """Is it the expected number, up to so many units in the last place of this precision?"""
    expected = Decimal(expected)
    unit = Decimal(10) ** (expected.adjusted() - getcontext().prec + 1)
    with localcontext(prec=300):
        return abs(actual - expected) <= unit * Decimal(ulps)


# OEIS, Abramowitz and Stegun, and the NIST library; most to 60 digits.
PUBLISHED = [
    ("pi", "", PI),
    ("exp", "1", E),
    ("log", "2", LOG_2),
    ("log", "10", "2.30258509299404568401799145468436420760110148862877297603332790"),
    ("log2", "10", "3.32192809488736234787031942948939017586483139302458061205475640"),
    ("log2", "1024", "10"),
    ("log10", "2", "0.30102999566398119521373889472449302676818988146210854131042746"),
    ("sqrt", "2", "1.41421356237309504880168872420969807856967187537694807317667974"),
    ("cbrt", "2", "1.25992104989487316476721060727822835057025146470150798008197511"),
    ("cbrt", "-27", "-3"),
    ("hypot", "1 1", "1.41421356237309504880168872420969807856967187537694807317667974"),
    ("hypot", "-3 4", "5"),
    ("hypot", "3E+700000 4E+700000", "5E+700000"),  # their squares are too large
    ("hypot", "3E-700000 4E-700000", "5E-700000"),
    ("sin", "1", "0.84147098480789650665250232163029899962256306079837106567275171"),
    ("cos", "1", "0.54030230586813971740093660744297660373231042061792222767009726"),
    ("tan", "1", "1.55740772465490223050697480745836017308725077238152003838394661"),
    ("asin", "1", "1.57079632679489661923132169163975144209858469968755291048747230"),
    ("acos", "-1", PI),
    ("acos", "0.5", "1.04719755119659774615421446109316762806572313312503527365831486"),
    ("atan", "1", "0.78539816339744830961566084581987572104929234984377645524373615"),
    ("atan2", "1 -1", "2.35619449019234492884698253745962716314787704953132936573120844"),
    ("sinh", "1", "1.17520119364380145688238185059560081515571798133409587022956541"),
    ("cosh", "1", "1.54308063481524377847790562075706168260152911236586370473740221"),
    ("tanh", "1", "0.76159415595576488811945828260479359041276859725793655159681050"),
    ("asinh", "0.5", "0.48121182505960344749775891342436842313518433438566051966101817"),
    ("acosh", "1.5", "0.96242365011920689499551782684873684627036866877132103932203634"),
    ("atanh", "0.6", LOG_2),
    ("expm1", "1", "1.71828182845904523536028747135266249775724709369995957496696763"),
    ("log1p", "1", LOG_2),
    ("sigmoid", "1", "0.73105857863000487925115924182183627436514464016505651927636591"),
    ("softplus", "0", LOG_2),
    ("erf", "1", "0.84270079294971486934122063508260925929606699796630290845993789"),
    ("erfc", "1", "0.15729920705028513065877936491739074070393300203369709154006210"),
    ("erfc", "10", "2.0884875837625447570007862949577886115608181193211637E-45"),
    # 100 digits of pi are needed to know so much as the sign of the sine of a googol
    ("sin", "1E+100", "-0.37237612366127668826"),
    ("sin", "1E+20", "-0.64525128526578084420"),
]


@pytest.mark.parametrize(("name", "numbers", "digits"), PUBLISHED)
@pytest.mark.parametrize("precision", [5, 17, 28, 50, 100])
def test_published_digits(name, numbers, digits, precision):
    published = len(Decimal(digits).as_tuple().digits)
    with localcontext(prec=precision if published < 4 else min(precision, published - 2)):
        assert close(FUNCTIONS[name](*map(Decimal, numbers.split())), digits)


# Where each function is asked for two precisions: all over its domain, and at its edges.
ANYWHERE = ["0.7", "-1.3", "3.1", "-12.75", "57", "-100.25", "1E-3", "-0.05", "1E-30", "-3E-200"]
POSITIVE = ["0.7", "1.3", "12.75", "1.00000000000001", "0.99999999", "1E-30", "3E+50", "7E+5000"]
WITHIN_1 = ["0.7", "-0.05", "0.999999999999999999", "-0.99999999", "1E-30", "-3E-200", "1E-9"]
ANGLES = ["1E+20", "9E+1000", "-12345678901234567890.5", "1E+500", "3.14159265358979323846",
          "1.570796326795"]
PLACES = {
    **dict.fromkeys(ONE_INPUT, ANYWHERE),
    **dict.fromkeys(["log", "log2", "log10", "sqrt"], POSITIVE),
    **dict.fromkeys(["asin", "acos", "atanh"], WITHIN_1),
    **dict.fromkeys(["sin", "cos", "tan"], ANYWHERE + ANGLES),
    "atanh": [*WITHIN_1, "-0." + 40 * "9", "0." + 40 * "9"],
    "acosh": ["1.3", "57", "1.0000000000000000000000000000000001", "1E+30", "7E+5000"],
    "log1p": [*POSITIVE, "-0.7", "-1E-30", "-0.99999999999999999999999"],
    "cbrt": [*ANYWHERE, *POSITIVE],
    "asinh": [*ANYWHERE, *POSITIVE],
    "atan": [*ANYWHERE, *POSITIVE],
    "erfc": [*ANYWHERE, "3", "8", "9.5", "15.9", "16.1", "25", "1234.5"],
    "softplus": [*ANYWHERE, "-12345.6"],
    "sigmoid": [*ANYWHERE, "-12345.6"],
}


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("name", ONE_INPUT)
def test_twice_the_precision_says_the_same(name, precision):
    for place in PLACES[name]:
        with localcontext(prec=2 * precision + 3):
            expected = FUNCTIONS[name](Decimal(place))
        with localcontext(prec=precision):
            assert close(FUNCTIONS[name](Decimal(place)), expected), place


@pytest.mark.parametrize("name", ["sin", "tan", "expm1", "sinh", "tanh", "asinh", "atanh"])
@pytest.mark.parametrize("precision", PRECISIONS)
def test_tiny_arguments_keep_all_their_digits(name, precision):
    # their series start x + third*x**3/6; nothing of the next term is left in the last digit
    even = name == "expm1"  # it alone has x**2/2 and x**4/24 too
    third = {"sin": -1, "tan": 2, "expm1": 1, "sinh": 1, "tanh": -2, "asinh": -1, "atanh": 2}[name]
    for x in (Decimal("1E-30"), Decimal("-7.25E-31"), Decimal("2E-900000")):
        with localcontext(prec=300):
            expected = x + third * x**3 / 6 + even * (x**2 / 2 + x**4 / 24)
        with localcontext(prec=precision):
            assert close(FUNCTIONS[name](x), expected), x
    with localcontext(prec=precision):
        assert FUNCTIONS[name](Decimal(0)) == 0


def test_tiny_arguments_of_the_rest():
    x = Decimal("1E-30")
    assert close(decimals.log1p(x), "9.999999999999999999999999999995E-31")
    assert close(decimals.erf(x), "1.1283791670955125738961589031215451716881012586580E-30")
    assert close(decimals.atan(x), x)
    assert close(decimals.asin(x), x)
    assert decimals.cos(x) == decimals.cosh(x) == decimals.erfc(x) == 1
    assert close(decimals.acosh(1 + Decimal("2E-20")), "2E-10", ulps=10**8)


def numbers(count, low, high):
    """Random Decimals, the same at every run."""
    source = random.Random(2)
    last = Decimal("1E-38")
    return [source.randrange(low * 10**38, high * 10**38) * last for _ in range(count)]


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize(("x", "y"), [*zip(numbers(8, -9, 9), numbers(8, -3, 7), strict=True)])
def test_identities(x, y, precision):
    f = FUNCTIONS
    with localcontext(prec=precision):
        x, y = +x, +y
    with localcontext(prec=precision + 10):  # so that the identity itself costs nothing
        tiny = Decimal(10) ** -(precision + 7)
        sin, cos, exp = f["sin"], f["cos"], f["exp"]
        pairs = [
            (sin(x) ** 2 + cos(x) ** 2, 1),
            (f["tan"](x) * cos(x), sin(x)),
            (sin(x + y), sin(x) * cos(y) + cos(x) * sin(y)),
            (cos(x + y), cos(x) * cos(y) - sin(x) * sin(y)),
            (sin(-x), -sin(x)),
            (sin(x + f["pi"]()), -sin(x)),
            (exp(x + y), exp(x) * exp(y)),
            (f["cosh"](x) ** 2, 1 + f["sinh"](x) ** 2),
            (f["sinh"](x + y), f["sinh"](x) * f["cosh"](y) + f["cosh"](x) * f["sinh"](y)),
            (f["tanh"](x) * f["cosh"](x), f["sinh"](x)),
            (f["erf"](x) + f["erfc"](x), 1),
            (f["erf"](-x), -f["erf"](x)),
            (f["sigmoid"](x) + f["sigmoid"](-x), 1),
            (f["softplus"](x) - f["softplus"](-x), x),
            (f["sigmoid"](x) * (1 + exp(-x)), 1),
            (f["cbrt"](x) ** 3, x),
            (f["hypot"](x, y) ** 2, x * x + y * y),
            (f["expm1"](x), exp(x) - 1),
        ]
        for number, (left, right) in enumerate(pairs):
            assert abs(left - right) <= tiny * max(1, abs(left), exp(2 * abs(x))), number


INVERSES = [
    ("log", "exp", POSITIVE[:5]),
    ("log1p", "expm1", [*POSITIVE[:6], "-0.7"]),
    ("sin", "asin", ["0.7", "-0.05", "1.5", "1E-30"]),
    ("asin", "sin", WITHIN_1),
    ("acos", "cos", ["0.7", "-0.05", "-0.99", "0.5"]),
    ("atan", "tan", [*ANYWHERE[:6], "1E-30"]),
    ("asinh", "sinh", ANYWHERE),
    ("acosh", "cosh", ["1.3", "57", "1000000"]),
    ("atanh", "tanh", ["0.7", "-0.05", "-0.99", "1E-30"]),
]


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize(("first", "then", "places"), INVERSES)
def test_inverse_functions(first, then, places, precision):
    for place in places:
        with localcontext(prec=precision + 25):
            there_and_back = FUNCTIONS[then](FUNCTIONS[first](Decimal(place)))
        with localcontext(prec=precision):
            assert close(there_and_back, place), place


@pytest.mark.parametrize("name", ONE_INPUT)
def test_math_agrees(name):
    reference = {
        "sech": lambda x: 1 / math.cosh(x),
        "cbrt": lambda x: math.copysign(abs(x) ** (1 / 3), x),
        "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
        "softplus": lambda x: math.log1p(math.exp(x)),
    }.get(name) or getattr(math, name)
    for x in (0.75, 0.5, -0.25, 1.0, -1.0, 2.5, 3.75, -4.5, 9.0, 20.0):
        try:
            expected = reference(x)
        except ValueError:
            with pytest.raises(ValueError, match=r"is not defined here|has a pole here"):
                FUNCTIONS[name](Decimal(x))
        else:
            actual = float(FUNCTIONS[name](Decimal(x)))
            assert actual == pytest.approx(expected, rel=1e-13, abs=0), x


POINTS = ["0", "1", "-1", "2.5", "-7E-9", "Infinity", "-Infinity"]


@pytest.mark.parametrize("y", [*POINTS, "-0"])
@pytest.mark.parametrize("x", [*POINTS, "-0"])
@pytest.mark.parametrize("name", TWO_INPUTS)
def test_math_agrees_on_two_inputs(name, x, y):
    expected = getattr(math, name)(float(y), float(x))
    assert float(FUNCTIONS[name](Decimal(y), Decimal(x))) == pytest.approx(expected, rel=1e-15)


HALF_PI = "1.570796326794896619231321692"
AT_INFINITY = {  # at minus infinity, at infinity; None: there is no limit, or no number
    "exp": ("0", "Infinity"),
    "expm1": ("-1", "Infinity"),
    "log": (None, "Infinity"),
    "log1p": (None, "Infinity"),
    "log2": (None, "Infinity"),
    "log10": (None, "Infinity"),
    "sqrt": (None, "Infinity"),
    "cbrt": ("-Infinity", "Infinity"),
    "sin": (None, None),
    "cos": (None, None),
    "tan": (None, None),
    "asin": (None, None),
    "acos": (None, None),
    "atan": ("-" + HALF_PI, HALF_PI),
    "sinh": ("-Infinity", "Infinity"),
    "cosh": ("Infinity", "Infinity"),
    "sech": ("0", "0"),
    "tanh": ("-1", "1"),
    "asinh": ("-Infinity", "Infinity"),
    "acosh": (None, "Infinity"),
    "atanh": (None, None),
    "sigmoid": ("0", "1"),
    "softplus": ("0", "Infinity"),
    "erf": ("-1", "1"),
    "erfc": ("2", "0"),
}


@pytest.mark.parametrize("name", ONE_INPUT)
def test_infinity(name):
    for x, limit in zip(("-Infinity", "Infinity"), AT_INFINITY[name], strict=True):
        if limit is None:
            with pytest.raises(ValueError, match=r"is not defined here"):
                FUNCTIONS[name](Decimal(x))
        else:
            assert FUNCTIONS[name](Decimal(x)) == Decimal(limit)


OUTSIDE = [
    *[(name, x) for name in ("log", "log2", "log10") for x in ("0", "-1", "-1E-50")],
    *[("log1p", x) for x in ("-1", "-1.0000001", "-5", "-1E+60")],
    *[(name, x) for name in ("asin", "acos") for x in ("1.0000001", "-2", "1E+60", "-1E+60")],
    *[("asin", "1." + 60 * "0" + "1"), ("acos", "-1." + 60 * "0" + "1")],
    *[("atanh", x) for x in ("1", "-1", "1.0000001", "-3", "1E+60")],
    *[("acosh", x) for x in ("0.9999999", "0", "-1", "-3", "-1E+60")],
    *[("sqrt", x) for x in ("-1", "-1E-400")],
    *[(name, x) for name in ("sin", "cos", "tan") for x in ("1E+1001", "-1E+999999")],
]


@pytest.mark.parametrize(("name", "x"), OUTSIDE)
def test_outside_the_domain(name, x):
    refusals = r"is not defined here|has a pole here|an angle must be smaller than 10\*\*1001$"
    with pytest.raises(ValueError, match=refusals):
        FUNCTIONS[name](Decimal(x))


TOO_LARGE = [
    *[(name, x) for name in ("exp", "expm1", "sinh", "cosh") for x in ("3E+6", "1E+60")],
    ("sinh", "-1E+60"),
    ("hypot", "9.9E+999999 9.9E+999999"),
]


@pytest.mark.parametrize(("name", "numbers"), TOO_LARGE)
@pytest.mark.parametrize("rounding", ["ROUND_HALF_EVEN", "ROUND_DOWN"])
def test_too_large(name, numbers, rounding):
    with localcontext(rounding=rounding), pytest.raises(OverflowError, match=r"is too large"):
        FUNCTIONS[name](*map(Decimal, numbers.split()))


@pytest.mark.parametrize("x", ["3E+6", "1E+60"])
def test_too_small_is_zero(x):
    for result in (
        decimals.exp(-Decimal(x)),
        decimals.sigmoid(-Decimal(x)),
        decimals.softplus(-Decimal(x)),
        decimals.erfc(Decimal(x)),
    ):
        assert str(result) == "0"
    for name in ("tanh", "erf", "sigmoid"):
        assert FUNCTIONS[name](Decimal(x)) == 1


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_context_is_left_alone(name):
    count = 0 if name == "pi" else 2 if name in TWO_INPUTS else 1
    for number in ("0.3", "1.7", "-2", "1E-30", "1E+7", "1E+2000", "NaN", "sNaN", "Infinity", "0"):
        strict = Context(
            prec=7,
            rounding=ROUND_CEILING,
            Emin=-99,
            Emax=99,
            traps=[Inexact, Rounded, Overflow, Underflow],
            flags=[Underflow],
        )
        with localcontext(strict) as context:
            before = repr(context)
            try:
                result = FUNCTIONS[name](*[Decimal(number)] * count)
            except (ValueError, OverflowError):
                pass
            else:
                assert result.is_nan() == ("NaN" in number and count > 0)
                assert len(result.as_tuple().digits) <= 7
            assert getcontext() is context
            assert repr(context) == before


def test_the_callers_rounding_counts():
    with localcontext(prec=4):
        assert decimals.pi() == Decimal("3.142")
    with localcontext(prec=4, rounding="ROUND_DOWN"):
        assert decimals.pi() == Decimal("3.141")
        assert decimals.exp(-1) == Decimal("0.3678")
    with localcontext(Emax=9), pytest.raises(OverflowError):
        decimals.exp(25)
    with localcontext() as context:
        context.flags[Overflow] = True  # of an earlier computation
        assert decimals.exp(0) == 1


@pytest.mark.parametrize("name", FUNCTIONS)
def test_nan_in_nan_out(name):
    for nan in (Decimal("NaN"), Decimal("-NaN7"), Decimal("sNaN")):
        if name in TWO_INPUTS:
            assert FUNCTIONS[name](nan, Decimal(1)).is_qnan()
            assert FUNCTIONS[name](Decimal("Infinity"), nan).is_qnan()
        elif name != "pi":
            assert FUNCTIONS[name](nan).is_qnan()


def test_the_names():
    assert set(FUNCTIONS) == {*AT_INFINITY, *TWO_INPUTS, "pi"}
    for name, function in FUNCTIONS.items():
        assert getattr(decimals, name) is function
        assert pickle.loads(pickle.dumps(function)) is function
    assert decimals.atan2(1, -1) == decimals.atan2(Decimal(1), Decimal(-1))  # ints will do


def test_zero_is_zero_however_it_is_written():
    for zero in (Decimal("-0"), Decimal("0E+5000"), Decimal("0E-5000")):
        assert decimals.sin(zero) == decimals.tan(zero) == decimals.cbrt(zero) == 0
        assert decimals.cos(zero) == decimals.exp(zero) == 1


def test_whole_results_print_as_such():
    assert str(decimals.log2(1)) == str(decimals.erf(0)) == str(decimals.acosh(1)) == "0"
    assert str(decimals.sqrt(4)) == str(decimals.log10(100)) == "2"


@pytest.mark.parametrize(("x", "spare"), [("1234.567891234", 5), ("123456789.1234", 12)])
def test_fewer_guard_digits_are_lost_to_large_exponents(monkeypatch, x, spare):
    with localcontext(prec=10, Emin=MIN_EMIN):
        right = decimals.erfc(Decimal(x))
        monkeypatch.setattr(decimals, "GUARD_DIGITS", 60)
        assert decimals.erfc(Decimal(x)) == right != 0
        monkeypatch.setattr(decimals, "GUARD_DIGITS", spare)
        assert decimals.erfc(Decimal(x)) != right
