"""One answer or one reason: all the ways, asked at every kink, edge, pole and limit of every row.

The table here says for each row what is right at its special places: the slope, or that there is
none. It was written from mathematics and from the conventions that the table of derivatives states
(0 at the kinks of absolute and relu, the mean at a tie of maximum), not from what comes out. Then
each way is asked: backwards, forwards, along a direction, by the formula, compiled, and in 50
digits; with the other inputs as names, and as plain numbers. `numeric`, which knows no slopes, is
the witness: where it finds one the expected number lies within its bar, and where it finds none the
table says that there is none, or names the convention.
"""

import math
import sys
from decimal import Decimal, localcontext

import pytest

from mathlab.calculus import numeric
from mathlab.calculus.algebra.differentiate import derivative, directional_derivative
from mathlab.calculus.code.compile import compile_formula
from mathlab.calculus.graph.chain_rule import sweep_forwards
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, is_number, symbols
from mathlab.calculus.numbers.evaluate import evaluate
from mathlab.calculus.text.parse import parse
from mathlab.errors import DomainError
from tests.calculus.rows import TABLE

INF, NAN = math.inf, math.nan
LARGEST, SMALLEST, TINIEST = sys.float_info.max, sys.float_info.min, 5e-324
NAMES = ("x", "y", "z", "w")
REFUSED = "refused"
COMPILED_REFUSES = (ZeroDivisionError, OverflowError, ValueError)  # its arithmetic is Python's

NO_SLOPE = "no slope"  # all ways refuse
TOO_LARGE = "too large"  # inf, or refused as too large: a slope beyond 1.8e308
ALIKE = "alike"  # where mathematics does not decide, the ways still may not differ


class Widened(float):
    """The slope of what the formula simplifies to, at a point where the formula itself has none.

    A way that simplifies says this number, and one that does not refuses; none says another.
    """


class Limit(float):
    """A limit at infinity: this number, or nan, or a refusal; but the same by all ways."""


PI_ROOT = math.sqrt(math.pi)
BESIDE_1, BELOW_1 = 1 + 2.0**-52, 1 - 2.0**-53

# The slope of each row of one input at 0, inf, -inf, nan; at the largest and least floats; and at
# places of its own. 0 stands for 0.0 and -0.0 alike.
#             at 0       inf        -inf       1.8e308    -1.8e308   5e-324     -5e-324   elsewhere
OF_ONE = {
    "negate":   (-1,       -1,        -1,        -1,        -1,        -1,        -1,       {}),
    "absolute": (0,        1,         -1,        1,         -1,        1,         -1,       {}),
    "sign":     (0,        0,         0,         0,         0,         0,         0,        {}),
    "step":     (0,        0,         0,         0,         0,         0,         0,        {}),
    "relu":     (0,        1,         0,         1,         0,         1,         0,        {}),
    "exp":      (1,        INF,       0,         TOO_LARGE, 0,         1,         1,
                 {710.0: TOO_LARGE, -750.0: 0}),
    "expm1":    (1,        INF,       0,         TOO_LARGE, 0,         1,         1,
                 {710.0: TOO_LARGE, -750.0: 0}),
    "log":      (NO_SLOPE, 0,         None,      1/LARGEST, None,      TOO_LARGE, None,
                 {1e-308: 1e308, 1e-309: TOO_LARGE}),
    "log1p":    (1,        0,         None,      1/LARGEST, None,      1,         1,
                 {-1.0: NO_SLOPE, -BELOW_1: 2.0**53}),
    "log2":     (NO_SLOPE, 0,         None,      8.025e-309, None,     TOO_LARGE, None, {}),
    "log10":    (NO_SLOPE, 0,         None,      2.416e-309, None,     TOO_LARGE, None, {}),
    "sqrt":     (NO_SLOPE, 0,         NO_SLOPE,  3.729170365600103e-155, NO_SLOPE,
                 2.2494568972715982e161, NO_SLOPE, {-1.0: NO_SLOPE}),
    "cbrt":     (NO_SLOPE, 0,         0,         1.046489893941144e-206, 1.046489893941144e-206,
                 1.149094221479581e215, 1.149094221479581e215, {}),
    "sin":      (1,        NO_SLOPE,  NO_SLOPE,  -0.9999876894265599, -0.9999876894265599, 1, 1,
                 {}),
    "cos":      (0,        NO_SLOPE,  NO_SLOPE,  -0.004961954789184062, 0.004961954789184062, 0, 0,
                 {}),
    "tan":      (1,        NO_SLOPE,  NO_SLOPE,  1.0000246216010474, 1.0000246216010474, 1, 1,
                 {math.pi / 2: 2.6670937881135714e32}),
    "asin":     (1,        NO_SLOPE,  NO_SLOPE,  NO_SLOPE,  NO_SLOPE,  1,         1,
                 {1.0: NO_SLOPE, -1.0: NO_SLOPE, BESIDE_1: NO_SLOPE}),
    "acos":     (-1,       NO_SLOPE,  NO_SLOPE,  NO_SLOPE,  NO_SLOPE,  -1,        -1,
                 {1.0: NO_SLOPE, -1.0: NO_SLOPE, BESIDE_1: NO_SLOPE}),
    "atan":     (1,        0,         0,         0,         0,         1,         1,        {}),
    "sinh":     (1,        INF,       INF,       TOO_LARGE, TOO_LARGE, 1,         1,
                 {711.0: TOO_LARGE}),
    "cosh":     (0,        INF,       -INF,      TOO_LARGE, TOO_LARGE, 0,         0,
                 {711.0: TOO_LARGE}),
    "sech":     (0,        0,         0,         0,         0,         0,         0,
                 {40.0: -8.496708510583178e-18, 800.0: 0}),
    "tanh":     (1,        0,         0,         0,         0,         1,         1,
                 {19.0: 1.255653116819212e-16, 400.0: 0, -40.0: 7.219405551381541e-35}),
    "asinh":    (1,        0,         0,         1/LARGEST, 1/LARGEST, 1,         1,
                 {1e155: 1e-155, 1e200: 1e-200}),
    "acosh":    (NO_SLOPE, 0,         NO_SLOPE,  1/LARGEST, NO_SLOPE,  NO_SLOPE,  NO_SLOPE,
                 {1.0: NO_SLOPE, -1.0: NO_SLOPE, BELOW_1: NO_SLOPE, BESIDE_1: 47453132.8121259}),
    "atanh":    (1,        None,      None,      None,      None,      1,         1,
                 {1.0: NO_SLOPE, -1.0: NO_SLOPE, BELOW_1: 4503599627370496.25}),
    "sigmoid":  (0.25,     0,         0,         0,         0,         0.25,      0.25,
                 {40.0: 4.248354255291589e-18, -40.0: 4.248354255291589e-18}),
    "softplus": (0.5,      1,         0,         1,         0,         0.5,       0.5,      {}),
    "erf":      (2/PI_ROOT, 0,        0,         0,         0,         2/PI_ROOT, 2/PI_ROOT, {}),
    "erfc":     (-2/PI_ROOT, 0,       0,         0,         0,         -2/PI_ROOT, -2/PI_ROOT, {}),
    "gamma":    (NO_SLOPE, INF,       NO_SLOPE,  TOO_LARGE, NO_SLOPE,  TOO_LARGE, TOO_LARGE,
                 {-1.0: NO_SLOPE, -2.0: NO_SLOPE, 172.0: TOO_LARGE, 1.0: -0.5772156649015329}),
    "lgamma":   (NO_SLOPE, INF,       NO_SLOPE,  None,      NO_SLOPE,  TOO_LARGE, TOO_LARGE,
                 {-1.0: NO_SLOPE, -2.0: NO_SLOPE}),
    "digamma":  (NO_SLOPE, 0,         NO_SLOPE,  1/LARGEST, NO_SLOPE,  TOO_LARGE, TOO_LARGE,
                 {-1.0: NO_SLOPE, -2.0: NO_SLOPE}),
}
FLAT = ("negate", "sign", "step")  # at nan their slopes are what they are everywhere
PLACES = (0.0, INF, -INF, LARGEST, -LARGEST, TINIEST, -TINIEST)

# The slopes of the others at their places, one for each input.
BIG, SMALL = 1e200, 1e-200
OTHERS = {
    "+": (((INF, 1.0), (1, 1)), ((LARGEST, LARGEST), (1, 1)), ((NAN, 1.0), (1, 1))),
    "-": (((INF, INF), (1, -1)), ((LARGEST, -LARGEST), (1, -1)), ((NAN, 1.0), (1, -1))),
    "*": (
        ((0.0, 0.0), (0, 0)), ((INF, 2.0), (2, INF)), ((INF, 0.0), (0, INF)),
        ((LARGEST, 2.0), (2, LARGEST)), ((TINIEST, 3.0), (3, TINIEST)), ((NAN, 2.0), (2, NAN)),
    ),
    "/": (
        ((1.0, 0.0), (NO_SLOPE, NO_SLOPE)), ((1.0, -0.0), (NO_SLOPE, NO_SLOPE)),
        ((0.0, 0.0), (NO_SLOPE, Widened(0))), ((0.0, 2.0), (0.5, 0)),
        ((1.0, TINIEST), (TOO_LARGE, TOO_LARGE)), ((0.0, TINIEST), (TOO_LARGE, 0)),
        ((SMALL, SMALL), (BIG, -BIG)), ((BIG, BIG), (SMALL, -SMALL)), ((0.0, SMALL), (BIG, 0)),
        ((1.0, LARGEST), (1/LARGEST, 0)), ((LARGEST, LARGEST), (1/LARGEST, -1/LARGEST)),
        ((1.0, INF), (0, 0)), ((INF, 1.0), (1, -INF)), ((INF, INF), (0, NAN)),
        ((NAN, 2.0), (0.5, NAN)), ((2.0, NAN), (NAN, NAN)),
    ),
    "**": (
        # x**0 is 1 everywhere; 0**y is 0 for y > 0 and jumps to 1 at y = 0. The formula
        # n*x**(n - 1) does not know that its n is 0 when it is read: 0 times 0**-1 is refused.
        *(((zero, 0.0), (Widened(0), NO_SLOPE)) for zero in (0.0, -0.0)),
        *(((zero, 0.5), (NO_SLOPE, 0)) for zero in (0.0, -0.0)),
        *(((zero, 1.0), (1, 0)) for zero in (0.0, -0.0)),
        *(((zero, 1.5), (0, 0)) for zero in (0.0, -0.0)),
        *(((zero, 2.0), (0, 0)) for zero in (0.0, -0.0)),
        *(((zero, -1.0), (NO_SLOPE, NO_SLOPE)) for zero in (0.0, -0.0)),
        ((0.0, 3.0), (0, 0)), ((0.0, 1e-3), (NO_SLOPE, 0)), ((0.0, 1e3), (0, 0)),
        ((-2.0, 3.0), (12, NO_SLOPE)), ((-2.0, 2.0), (-4, NO_SLOPE)), ((-2.0, 1.0), (1, NO_SLOPE)),
        ((-2.0, 0.0), (0, NO_SLOPE)), ((-2.0, -1.0), (-0.25, NO_SLOPE)),
        ((-8.0, 1/3), (NO_SLOPE, NO_SLOPE)), ((2.0, 0.0), (0, math.log(2))),
        ((1.0, 0.0), (0, 0)), ((1.0, 5.0), (5, 0)),
        ((TINIEST, 0.5), (2.2494568972715982e161, -1.6547106833305505e-159)),
        ((TINIEST, 1.0), (1, 0)), ((TINIEST, 2.0), (1e-323, 0)),
        ((TINIEST, 0.0), (Widened(0), -744.4400719213812)),
        ((TINIEST, -1.0), (TOO_LARGE, TOO_LARGE)),
        ((SMALL, -1.0), (TOO_LARGE, -4.605170185988092e202)),
        ((LARGEST, 1.0), (1, TOO_LARGE)), ((LARGEST, -1.0), (0, 3.949484e-306)),
        ((LARGEST, 0.0), (0, 709.782712893384)), ((BIG, 2.0), (None, TOO_LARGE)),
        ((SMALL, 2.0), (2e-200, 0)), ((SMALL, 3.0), (0, 0)), ((2.0, -2000.0), (0, 0)),
        ((2.0, 2000.0), (TOO_LARGE, TOO_LARGE)), ((INF, 2.0), (INF, INF)), ((INF, 1.0), (1, INF)),
        ((INF, 0.0), (0, INF)), ((INF, -1.0), (0, Limit(0))), ((INF, 0.5), (0, INF)),
        ((2.0, INF), (INF, INF)), ((2.0, -INF), (Limit(0), 0)), ((0.5, INF), (Limit(0), 0)),
        ((0.0, INF), (ALIKE, 0)), ((NAN, 2.0), (NAN, NAN)), ((2.0, NAN), (NAN, NAN)),
    ),
    "maximum": (
        ((2.0, 2.0), (0.5, 0.5)), ((0.0, -0.0), (0.5, 0.5)), ((1.0, -2.0), (1, 0)),
        ((LARGEST, -LARGEST), (1, 0)), ((-LARGEST, LARGEST), (0, 1)), ((TINIEST, 0.0), (1, 0)),
        ((TINIEST, -TINIEST), (1, 0)), ((1.0, BESIDE_1), (0, 1)), ((INF, 1.0), (1, 0)),
        ((INF, -INF), (1, 0)), ((INF, INF), (ALIKE, ALIKE)), ((LARGEST, LARGEST), (0.5, 0.5)),
        ((NAN, 1.0), (NAN, NAN)), ((1.0, NAN), (NAN, NAN)),
    ),
    "minimum": (
        ((2.0, 2.0), (0.5, 0.5)), ((0.0, -0.0), (0.5, 0.5)), ((1.0, -2.0), (0, 1)),
        ((LARGEST, -LARGEST), (0, 1)), ((-LARGEST, LARGEST), (1, 0)), ((TINIEST, 0.0), (0, 1)),
        ((TINIEST, -TINIEST), (0, 1)), ((1.0, BESIDE_1), (1, 0)), ((INF, 1.0), (0, 1)),
        ((INF, -INF), (0, 1)), ((INF, INF), (ALIKE, ALIKE)), ((LARGEST, LARGEST), (0.5, 0.5)),
        ((NAN, 1.0), (NAN, NAN)), ((1.0, NAN), (NAN, NAN)),
    ),
    "atan2": (
        ((0.0, 0.0), (Widened(0), Widened(0))), ((0.0, -0.0), (Widened(0), Widened(0))),
        ((0.0, 1.0), (1, 0)), ((1.0, 0.0), (0, -1)), ((-1.0, 0.0), (0, 1)),
        ((0.0, -1.0), (-1, 0)),  # the angle jumps by a whole turn, and turns as it did
        ((1e200, 1e200), (5e-201, -5e-201)), ((1e-170, 1e-170), (5e169, -5e169)),
        ((1.0, LARGEST), (1/LARGEST, 0)),
        ((LARGEST, 1.0), (0, -1/LARGEST)), ((0.0, 1e-200), (1e200, 0)), ((0.0, BIG), (SMALL, 0)),
        ((TINIEST, TINIEST), (TOO_LARGE, TOO_LARGE)), ((TINIEST, 1.0), (1, 0)),
        ((1.0, TINIEST), (0, -1)), ((INF, 1.0), (0, Limit(0))), ((1.0, INF), (Limit(0), 0)),
        ((INF, INF), (Limit(0), Limit(0))), ((NAN, 1.0), (NAN, NAN)), ((1.0, NAN), (NAN, NAN)),
    ),
    "hypot": (
        ((0.0, 0.0), (NO_SLOPE, NO_SLOPE)), ((-0.0, 0.0), (NO_SLOPE, NO_SLOPE)),
        ((0.0, 1.0), (0, 1)), ((-3.0, 0.0), (-1, 0)), ((TINIEST, 0.0), (1, 0)),
        ((1.0, TINIEST), (1, 0)), ((3e200, 4e200), (0.6, 0.8)), ((3e-200, 4e-200), (0.6, 0.8)),
        ((LARGEST, 0.0), (1, 0)),
        ((INF, 1.0), (Limit(1), 0)), ((1.0, -INF), (0, Limit(-1))), ((INF, INF), (ALIKE, ALIKE)),
        ((NAN, 1.0), (NAN, NAN)), ((1.0, NAN), (NAN, NAN)),
    ),
    "polygamma": (
        ((1.0, 0.0), (NO_SLOPE, NO_SLOPE)), ((1.0, -1.0), (NO_SLOPE, NO_SLOPE)),
        ((0.0, 1.0), (NO_SLOPE, math.pi**2 / 6)), ((1.0, INF), (NO_SLOPE, 0)),
        ((2.0, -INF), (NO_SLOPE, NO_SLOPE)), ((1.0, NAN), (NO_SLOPE, NAN)),
        ((1.0, TINIEST), (NO_SLOPE, TOO_LARGE)), ((1.0, LARGEST), (NO_SLOPE, 0)),
        ((0.0, LARGEST), (NO_SLOPE, 1/LARGEST)), ((1.5, 2.0), (NO_SLOPE, NO_SLOPE)),
    ),
    "where": (
        ((0.0, 2.0, 3.0), (0, 0, 1)), ((-0.0, 2.0, 3.0), (0, 0, 1)),
        ((TINIEST, 2.0, 3.0), (0, 1, 0)), ((-TINIEST, 2.0, 3.0), (0, 0, 1)),
        ((INF, 2.0, 3.0), (0, 1, 0)), ((-INF, 2.0, 3.0), (0, 0, 1)),
        ((1.0, INF, NAN), (0, 1, 0)), ((-1.0, NAN, INF), (0, 0, 1)),
        ((NAN, 2.0, 3.0), (ALIKE, ALIKE, ALIKE)),
    ),
    "total": (((INF, -INF, NAN), (1, 1, 1)), ((LARGEST, LARGEST), (1, 1)), ((0.0,), (1,))),
    "dot": (
        ((INF, 0.0), (0, INF)), ((0.0, 0.0), (0, 0)), ((NAN, 2.0), (2, NAN)),
        ((INF, 1.0, 0.0, LARGEST), (0, LARGEST, INF, 1)),
    ),
}

# Where a slope is a convention, and the witness sees a kink or a jump: row, point, input.
# tanh is 1 but for 1e-16 there: of its values in floats, its slope cannot be seen.
UNSEEN = {("tanh", (19.0,), 0)}
KINKS = {
    *((name, (zero,), 0) for name in ("absolute", "sign", "step", "relu") for zero in (0.0, -0.0)),
    *((name, (x, y), i) for name in ("maximum", "minimum") for i in (0, 1)
      for x, y in ((2.0, 2.0), (0.0, -0.0), (LARGEST, LARGEST))),
    ("where", (0.0, 2.0, 3.0), 0), ("where", (-0.0, 2.0, 3.0), 0), ("atan2", (0.0, -1.0), 0),
}


def places_of(row):
    """The points at which a row is asked, each with the slope that is right for each input."""
    if row.name in OTHERS:
        return OTHERS[row.name]
    *slopes, elsewhere = OF_ONE[row.name]
    at_nan = slopes[0] if row.name in FLAT else NAN
    pairs = [*zip(PLACES, slopes, strict=True), (-0.0, slopes[0]), (NAN, at_nan)]
    return tuple(((x,), (slope,)) for x, slope in (*pairs, *elsewhere.items()))


CASES = [(row, at, i, expected) for row in TABLE for at, slopes in places_of(row)
         for i, expected in enumerate(slopes)]


# The ways. Each is given a function that makes the formula of Values, a point, and the input.


def leaf_among(at, i):
    """The inputs as they are when only the slope by input i is asked for."""
    leaf = Value(at[i], NAMES[i])
    return leaf, [leaf if j == i else Value.constant(x) for j, x in enumerate(at)]


def backward(f, at, i):
    leaf, inputs = leaf_among(at, i)
    f(*inputs).backward()
    return leaf.grad


def backward_to_all(f, at, i):
    inputs = [Value(x, name) for x, name in zip(at, NAMES, strict=False)]
    f(*inputs).backward()
    return inputs[i].grad


def forwards(f, at, i):
    leaf, inputs = leaf_among(at, i)
    return sweep_forwards(f(*inputs), {leaf: 1})


def of_numbers(f, at, i):
    """The formula of a Value that has its number."""
    leaf, inputs = leaf_among(at, i)
    return derivative(f(*inputs), leaf).data


def named(f, at, i):
    """The formula of symbols, which one of them, and what they stand for."""
    inputs = symbols(" ".join(NAMES[: len(at)]))
    return f(*inputs), inputs[i], dict(zip(NAMES, at, strict=False))


def alone(f, at, i):
    """The same with the other inputs as plain numbers."""
    x, = symbols(NAMES[i])
    return f(*(x if j == i else number for j, number in enumerate(at))), x, {x.name: at[i]}


def by_formula(made):
    def way(f, at, i):
        y, x, given = made(f, at, i)
        return derivative(y, x).at(**given)

    return way


def along(made):
    def way(f, at, i):
        y, x, given = made(f, at, i)
        return directional_derivative(y, {x: 1}).at(**given)

    return way


def compiled(made):
    def way(f, at, i):
        y, x, given = made(f, at, i)
        return compile_formula(derivative(y, x), symbols(" ".join(given)))(*given.values())

    return way


def in_50_digits(made):
    def way(f, at, i):
        exact = tuple(map(Decimal, at))  # what a float is, to its last digit
        with localcontext(prec=max(50, *(len(x.as_tuple().digits) for x in exact))):
            y, x, given = made(f, exact, i)
            return derivative(y, x).at(**given)

    return way


WAYS = {
    "backward": backward,
    "forwards": forwards,
    "formula of numbers": of_numbers,
    **{f"{word}{how}": way(made)
       for how, made in (("", named), (", others plain numbers", alone))
       for word, way in (("formula", by_formula), ("along", along), ("compiled", compiled),
                         ("50 digits", in_50_digits))},
}
NO_DECIMALS = ("gamma", "lgamma", "digamma", "polygamma")


def answer(way, f, at, i):
    """A number or the word for a refusal; any other error is an answer too, and a wrong one."""
    try:
        return WAYS[way](f, at, i)
    except DomainError:
        return REFUSED
    except COMPILED_REFUSES as error:
        return REFUSED if way.startswith("compiled") else repr(error)
    except Exception as error:
        return repr(error)


def answers(f, at, i, decimals=True):
    asked = [way for way in WAYS if decimals or not way.startswith("50")]
    found = {way: answer(way, f, at, i) for way in (asked if len(at) > 1 else asked[:7])}
    return {way: number if isinstance(number, (str, complex)) else float(number)
            for way, number in found.items()}


def is_near(actual, expected):
    if actual == expected:
        return True
    nan = actual != actual and expected != expected
    return nan or abs(actual - expected) <= max(1e-9 * abs(expected), SMALLEST * 1.01)


def same(one, other):
    """Whether two answers are one."""
    if isinstance(one, (str, complex)) or isinstance(other, (str, complex)):
        return one == other
    return is_near(one, other)


def disagreeing(found, expected):
    """The ways whose answers are not what is expected, or not alike."""
    first = found["backward"]
    wrong = []
    for way, actual in found.items():
        digits = way.startswith("50")
        if expected in (TOO_LARGE, ALIKE) or isinstance(expected, Limit):
            # a Decimal can be too large for a float; and it signals where a float is nan
            right = (digits and actual in (REFUSED, INF, -INF)) or same(actual, first)
            if expected == TOO_LARGE:
                right = actual in (REFUSED, INF, -INF)
            elif isinstance(expected, Limit) and actual != REFUSED:
                right = same(actual, expected) or (right and actual != actual)
        elif isinstance(expected, Widened):
            right = actual == REFUSED or same(actual, expected)
        elif expected == NO_SLOPE:
            right = actual == REFUSED
        elif isinstance(actual, (str, complex)):
            right = digits and expected != expected and actual == REFUSED
        else:
            right = is_near(actual, expected)
        if not right:
            wrong.append(way)
    return wrong


def told(found):
    return "; ".join(f"{way}: {actual}" for way, actual in found.items())


def name_of(case):
    row, at, i, _ = case
    return f"{row.name} at {', '.join(map(str, at))} by {i + 1}"


INSIDE = [case for case in CASES if case[-1] is not None]
OUTSIDE = [case for case in CASES if case[-1] is None]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_every_row_has_places(row):
    assert row.name in OF_ONE or row.name in OTHERS, f"say what {row.name} is at its places"
    at_ends = {x for at, _ in places_of(row) for x in at}
    assert {INF, LARGEST} <= at_ends or row.name == "where"
    assert any(x != x for x in at_ends)
    assert all(len(at) == len(slopes) for at, slopes in places_of(row))


@pytest.mark.parametrize("case", INSIDE, ids=name_of)
def test_one_answer_or_one_reason(case):
    row, at, i, expected = case
    found = answers(row, at, i, row.name not in NO_DECIMALS)
    wrong = disagreeing(found, expected)
    assert not wrong, f"{name_of(case)}: {expected} is right; {told(found)}"


@pytest.mark.parametrize("case", OUTSIDE, ids=name_of)
def test_where_a_row_has_no_value_it_has_no_slope(case):
    """The formula of a slope may have one: 1/x does not know that it came from log. All alike."""
    row, at, i, _ = case
    found = answers(row, at, i, row.name not in NO_DECIMALS)
    of_row = {way: found.pop(way) for way in ("backward", "forwards", "formula of numbers")}
    assert set(of_row.values()) == {REFUSED}
    first = found["formula"]
    assert all(same(first, actual) for actual in found.values()), f"{name_of(case)}: {told(found)}"


def is_moderate(at):
    """Whether numbers can be seen from a step away: not at the ends of floats, or next to a pole"""
    beside = (BESIDE_1, BELOW_1, math.pi / 2)
    return all(x == 0 or 1e-100 < abs(x) < 1e250 for x in at) and abs(at[-1]) not in beside


@pytest.mark.parametrize("case", [c for c in INSIDE if is_moderate(c[1])], ids=name_of)
def test_the_witness_sees_the_same(case):
    row, at, i, expected = case
    if (row.name == "polygamma" and i == 0) or (row.name, at, i) in UNSEEN:
        return  # along its n there is nothing to see
    try:
        seen = numeric.derivative(lambda t: row.evaluate(*at[:i], t, *at[i + 1:]), at[i])
    except DomainError:  # it has no value here
        assert expected in (NO_SLOPE, TOO_LARGE) or isinstance(expected, Widened)
        return
    widened = isinstance(expected, Widened) and math.isinf(seen.error)
    if (row.name, at, i) in KINKS or widened or expected in (NO_SLOPE, TOO_LARGE):
        assert math.isinf(seen.error), f"{name_of(case)}: {expected} by the table, seen is {seen}"
        assert seen.reason
    else:
        assert abs(seen.value - expected) <= seen.error + 1e-9 * abs(expected) + SMALLEST, (
            f"{name_of(case)}: {expected} by the table, seen is {seen}")
        assert math.isfinite(seen.error), f"{name_of(case)}: {expected} by the table; {seen}"


# Formulas made of several rows: guards, parts that nobody asks for, kinks within kinks

#  formula                       at                by   the slope
FORMULAS = (
    ("where(x, log(x), 0)",      {"x": -1.0},      "x", 0),
    ("where(x, log(x), 0)",      {"x": 0.0},       "x", 0),
    ("where(x, log(x), 0)",      {"x": 2.0},       "x", 0.5),
    ("where(x, 1/x, 0)",         {"x": 0.0},       "x", 0),
    ("where(x, x**-2, x)",       {"x": 0.0},       "x", 1),
    ("where(x - 0.5, sqrt(x), 1)", {"x": 0.0},     "x", 0),
    ("where(x, sqrt(x), 0)",     {"x": -4.0},      "x", 0),
    ("where(x, exp(-1/x), 0)",   {"x": 0.0},       "x", 0),
    ("where(x, 0, exp(x))",      {"x": 1000.0},    "x", 0),
    ("where(x - y, log(x - y), log(y - x))", {"x": 1.0, "y": 3.0}, "x", -0.5),
    ("where(x, where(y, log(y), 2*x), 3*x)", {"x": 1.0, "y": -1.0}, "x", 2),
    ("where(x, 1.0, y)*2",       {"x": 1.0, "y": NAN}, "y", 0),
    ("where(x, y*z, 1.0)",       {"x": 0.0, "y": 2.0, "z": NAN}, "y", 0),
    ("where(x, y*z, 1.0)",       {"x": 0.0, "y": 2.0, "z": INF}, "y", 0),
    ("where(x, y/z, 1.0)",       {"x": 0.0, "y": 2.0, "z": 0.0}, "z", 0),
    ("x*asin(2/2)",              {"x": 3.0},       "x", math.pi / 2),
    ("x*acosh(3 - 2)",           {"x": 3.0},       "x", 0),
    ("x*sqrt(2 - 2)",            {"x": 3.0},       "x", 0),
    ("x*cbrt(2 - 2)",            {"x": 3.0},       "x", 0),
    ("x*atan2(1 - 1, 1 - 1)",    {"x": 3.0},       "x", 0),
    ("x*hypot(1 - 1, 0)",        {"x": 3.0},       "x", 0),
    ("x + 0**(1 - 1)",           {"x": 3.0},       "x", 1),
    ("x*(-2)**(3 - 1)",          {"x": 3.0},       "x", 4),
    ("x**0",                     {"x": 0.0},       "x", 0),
    ("x**0.0",                   {"x": 0.0},       "x", 0),
    ("x**0.5",                   {"x": 0.0},       "x", NO_SLOPE),
    ("x**1",                     {"x": 0.0},       "x", 1),
    ("x**1.5",                   {"x": 0.0},       "x", 0),
    ("x**2",                     {"x": 0.0},       "x", 0),
    ("x**-1",                    {"x": 0.0},       "x", NO_SLOPE),
    ("x**3",                     {"x": -2.0},      "x", 12),
    ("x**(1/3)",                 {"x": -8.0},      "x", NO_SLOPE),
    ("x**(1/3)",                 {"x": 0.0},       "x", NO_SLOPE),
    ("z*x**y",                   {"x": 0.0, "y": 1.5, "z": 2.0}, "y", 0),
    ("z*x**y",                   {"x": 0.0, "y": 1.5, "z": 2.0}, "x", 0),
    ("z*x**y",                   {"x": 0.0, "y": 0.0, "z": 2.0}, "x", Widened(0)),
    ("z*x**y",                   {"x": 0.0, "y": 0.0, "z": 2.0}, "y", NO_SLOPE),
    ("z*x**y",                   {"x": 0.0, "y": 0.0, "z": 2.0}, "z", 1),
    ("z*x**y",                   {"x": 0.0, "y": 2.0, "z": 2.0}, "z", 0),
    ("(x - 1)**y",               {"x": 1.0, "y": 3.0}, "y", 0),
    ("(x*y)**(x + y)",           {"x": 0.0, "y": 3.0}, "y", 0),
    ("(x*y)**(x + y)",           {"x": 0.0, "y": 3.0}, "x", 0),
    ("(x*x)**x",                 {"x": 0.0},       "x", NO_SLOPE),
    ("x**x",                     {"x": 0.0},       "x", NO_SLOPE),
    ("0**x",                     {"x": 2.0},       "x", 0),
    ("0**x",                     {"x": 0.0},       "x", NO_SLOPE),
    ("0**x",                     {"x": -1.0},      "x", NO_SLOPE),
    ("(-2)**x",                  {"x": 3.0},       "x", NO_SLOPE),
    ("exp(0**x)",                {"x": 0.5},       "x", 0),
    ("x**2*0**y",                {"x": 3.0, "y": 1.0}, "x", 0),
    ("1/(1 + x*x)",              {"x": 1e200},     "x", 0),
    ("1/(1 + exp(-x))",          {"x": 40.0},      "x", 4.248354255291589e-18),
    ("exp(-x*x)",                {"x": 1e200},     "x", 0),
    ("absolute(x)",              {"x": 0.0},       "x", 0),
    ("x*absolute(x)",            {"x": 0.0},       "x", 0),
    ("absolute(x)**2",           {"x": 0.0},       "x", 0),
    ("absolute(x)**3",           {"x": -2.0},      "x", -12),
    ("sqrt(absolute(x))",        {"x": 0.0},       "x", NO_SLOPE),
    ("relu(x)**2",               {"x": 0.0},       "x", 0),
    ("relu(relu(x))",            {"x": 0.0},       "x", 0),
    ("relu(-x)",                 {"x": 0.0},       "x", 0),
    ("relu(x) - relu(-x)",       {"x": 0.0},       "x", ALIKE),
    ("maximum(x, 0)",            {"x": 0.0},       "x", 0.5),
    ("maximum(x, x)",            {"x": 0.0},       "x", 1),
    ("maximum(x, -x)",           {"x": 0.0},       "x", 0),
    ("minimum(x, 2*x)",          {"x": 0.0},       "x", 1.5),
    ("maximum(x, maximum(x, y))", {"x": 1.0, "y": 1.0}, "x", 0.75),
    ("maximum(maximum(x, y), y)", {"x": 1.0, "y": 1.0}, "x", 0.25),
    ("maximum(x, y) + minimum(x, y)", {"x": 1.0, "y": 1.0}, "x", 1),
    ("maximum(log(x), 0)",       {"x": 1.0},       "x", 0.5),
    ("sign(x)*x",                {"x": 0.0},       "x", 0),
    ("step(x)*x",                {"x": 0.0},       "x", 0),
    ("step(x)*log(x + 1)",       {"x": -0.5},      "x", 0),
    ("sqrt(x*x)",                {"x": 0.0},       "x", ALIKE),
    ("sqrt(x**2 + y**2)",        {"x": 0.0, "y": 0.0}, "x", NO_SLOPE),
    ("hypot(x, x)",              {"x": 0.0},       "x", NO_SLOPE),
    ("cbrt(x)**3",               {"x": 0.0},       "x", Widened(1)),
    ("cbrt(x**3)",               {"x": 0.0},       "x", Widened(1)),
    ("sqrt(x)**2",               {"x": 0.0},       "x", Widened(1)),
    ("sqrt(x)*sqrt(x)",          {"x": 0.0},       "x", Widened(1)),
    ("0*log(x)",                 {"x": 2.0},       "x", 0),
    ("0*sqrt(x)",                {"x": 0.0},       "x", Widened(0)),
    ("0/x",                      {"x": 1e-200},    "x", 0),
    ("x - x",                    {"x": INF},       "x", ALIKE),
    ("x*0",                      {"x": INF},       "x", ALIKE),
    ("x/x",                      {"x": 1e-200},    "x", 0),
    ("x*y/y",                    {"x": 1e200, "y": 1e200}, "x", ALIKE),
    ("(x*1e200)*1e-200",         {"x": 1e150},     "x", ALIKE),
    ("log(x)*x",                 {"x": 1e-300},    "x", -689.7755278982137),
    # the branch that is not taken may be much steeper than the one that is
    ("where(x, log(x), x)",      {"x": 1e10},      "x", 1e-10),
    ("where(x, log(x), x)",      {"x": 1e200},     "x", 1e-200),
    ("where(-x, 1e20*x, x)",     {"x": 1.0},       "x", 1),
    ("maximum(exp(x), x)",       {"x": -20.0},     "x", 2.061153622438558e-09),
    ("maximum(exp(x), x)",       {"x": -40.0},     "x", 4.248354255291589e-18),
    ("minimum(x, sqrt(x))",      {"x": 1e200},     "x", 5e-101),
    ("maximum(1e200*x, x)",      {"x": -1.0},      "x", 1),
    ("relu(x)*1e20 + x",         {"x": -1.0},      "x", 1),
    # the slope of a condition, or of a branch not taken, is not asked for, even if it is infinite
    ("where(-2/x, 1, -1)",       {"x": 1e-200},    "x", 0),
    ("where(x, 3, 3/x)",         {"x": 1e-200},    "x", 0),
    ("where(sqrt(x), 3, 2)",     {"x": 0.0},       "x", 0),
    ("where(sqrt(x), 3, x)",     {"x": 0.0},       "x", 1),
    # numbers of the formula that no float can hold once they are multiplied
    ("(1e-200/x)**2",            {"x": 1e-200},    "x", -2e200),
    ("hypot(x*1e-200, 0)",       {"x": 2.0},       "x", 1e-200),
    ("hypot(x*1e200, 0)",        {"x": 2.0},       "x", 1e200),
    ("atan2(y, 1e-200/x)",       {"x": 1e-200, "y": 0.5}, "y", 0.8),
    ("sinh(((x - 1)/1e200)**2)", {"x": 2e200},     "x", 1.0923293134406595e-198),
    ("asin(1e200*x)",            {"x": 0.0},       "x", 1e200),
    ("atanh(x*1e300)",           {"x": 0.0},       "x", 1e300),
    ("1e200/x",                  {"x": 1e200},     "x", -1e-200),
    ("1e-200/x",                 {"x": 1e-200},    "x", -1e200),
    ("atan2(x, 1e200)",          {"x": 1.0},       "x", 1e-200),
    ("log(hypot(x, 3))",         {"x": 1e200},     "x", 1e-200),
    # a part that is made of numbers only, below a base that is below 0 or at an edge
    ("x**(3 - 1)",               {"x": -2.0},      "x", -4),
    ("x**sqrt(4)",               {"x": -2.0},      "x", -4),
    ("x**(1 - 1)",               {"x": 0.0},       "x", 0),
    ("x + sqrt(tanh(0))",        {"x": 1.0},       "x", 1),
    ("hypot(asin(1**1), x)",     {"x": 1.7},       "x", 0.7344662434),
    # no real value, and no slope
    ("(-0.5)**x",                {"x": 1e200},     "x", NO_SLOPE),
    ("sqrt(cbrt(x))",            {"x": -0.7},      "x", NO_SLOPE),
    ("sqrt(sqrt(x))",            {"x": -1.0},      "x", NO_SLOPE),
    ("1/sqrt(x)",                {"x": -1.0},      "x", NO_SLOPE),
    ("relu(x**x)",               {"x": -0.7},      "x", NO_SLOPE),
    ("sigmoid(x**exp(x))",       {"x": -1.0},      "x", NO_SLOPE),
    ("exp(x**0.5)",              {"x": -1.0},      "x", NO_SLOPE),
    ("x**sin(1.5)",              {"x": 0.0},       "x", NO_SLOPE),
)


@pytest.mark.parametrize(("text", "at", "by", "expected"), FORMULAS, ids=str)
def test_one_answer_of_a_formula(text, at, by, expected):
    formula = parse(text)
    own = {node.name: node for node in inputs_first(formula) if node.name in at}

    def f(*inputs):
        order = inputs_first(formula)
        given = dict(zip(at, map(Value.constant, inputs), strict=True))
        leaves = {x: given.get(x.name, x) for x in order if not x.inputs}
        if any(type(x) is Decimal for x in inputs):  # its own numbers do not mix with Decimals
            leaves |= {x: Value.constant(Decimal(str(x.data))) for x in leaves if is_number(x)}
        return evaluate(order, leaves)

    assert own.keys() == at.keys()
    with_names = tuple(at)
    assert with_names == NAMES[: len(at)]
    found = answers(f, tuple(at.values()), with_names.index(by))
    wrong = disagreeing(found, expected)
    assert not wrong, f"{text} at {at} by {by}: {expected} is right; {told(found)}"


@pytest.mark.parametrize(("text", "at", "expected"), [
    ("absolute(x)**2", 0.0, 2), ("x*absolute(x)", 0.0, 0), ("relu(x)**2", 0.0, ALIKE),
    ("x**2", 0.0, 2), ("x**1", 0.0, 0), ("x**1.5", 0.0, NO_SLOPE), ("x**2.5", 0.0, 0),
    ("where(x, log(x), 0)", -1.0, 0), ("where(x, 1/x, x**2)", 0.0, 2),
    ("0**x", 2.0, Widened(0)), ("x*asin(2/2)", 1.0, 0), ("1/x", 1e200, 0), ("log(x)", 1e200, 0),
    ("tanh(x)", 30.0, -7.005208610157216e-26),
])
def test_one_answer_to_second_order(text, at, expected):
    x, = symbols("x")
    formula = parse(text)
    found = answers(lambda given: with_number(derivative(formula, x), x, given), (at,), 0)
    wrong = disagreeing(found, expected)
    assert not wrong, f"{text} at {at}: {expected} is right; {told(found)}"


def with_number(formula, x, given):
    order = inputs_first(formula)
    leaves = {node: node for node in order if not node.inputs}
    return evaluate(order, {**leaves, x: Value.constant(given)})
