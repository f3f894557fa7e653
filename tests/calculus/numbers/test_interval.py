"""Intervals hold the truth: at random places, at the ends, and where a function turns."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction
from random import Random

import pytest

from mathlab import derivative, parse
from mathlab.calculus.graph import operations as op
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.numbers import gammas, interval
from mathlab.calculus.numbers.gammas import ENCLOSED, bernoulli, enclosed
from mathlab.calculus.numbers.interval import Interval, as_interval
from mathlab.errors import DomainError
from tests.thinned import thinned

WIDE = 1.01  # times the true range, at most
DOMAINS = {"log": (1e-6, 50), "log1p": (-0.999, 50), "log2": (1e-6, 50), "log10": (1e-6, 50),
           "sqrt": (0, 50), "asin": (-1, 1), "acos": (-1, 1), "acosh": (1, 50),
           "atanh": (-0.999, 0.999), "erf": (-5, 5), "erfc": (-5, 8), "tanh": (-12, 12)}
TURNS = {"cosh": [0], "sech": [0], "absolute": [0], "relu": [0], "sign": [0], "step": [0],
         "sin": [k * Decimal("0.5") for k in range(-19, 20, 2)], "cos": [*range(-9, 10)]}  # in pi
NOT_HERE = {"gamma", "lgamma", "digamma"}  # they have no Decimals to compare with: see below
ROWS = [row for name, row in op.BUILT_IN.items() if row.arity == 1 and name not in NOT_HERE]


def exactly(row, place):
    """The truth, in 60 digits."""
    with localcontext(prec=60):
        return row(place)


def ranges(row, count):
    """Intervals of all widths, some about a turning point, with places in each: ends, turning
    points, and others."""
    low, high = map(Decimal, DOMAINS.get(row.name, (-30, 30)))
    dice, found = Random(row.name), []
    with localcontext(prec=60):  # nothing is yielded in here: the caller has a context of its own
        pi = exactly(op.BUILT_IN["acos"], Decimal(-1))
        turns = [t * pi if row.name in ("sin", "cos") else Decimal(t)
                 for t in TURNS.get(row.name, ())]
        for k in range(count):
            width = (high - low) * Decimal(10 ** dice.uniform(-12, 0))
            middle = dice.choice(turns) if turns and k % 2 else (
                low + (high - low) * Decimal(dice.random()))
            a = max(low, middle - width * Decimal(dice.random()))
            b = min(high, a + width)
            ends = [Decimal(repr(float(e))) for e in (a, b)]
            a, b = max(low, min(ends)), min(high, max(ends))
            places = [a, b, *(a + (b - a) * Decimal(dice.random()) for _ in range(4))]
            found.append((Interval(a, b), [*places, *(t for t in turns if a <= t <= b)]))
    return found


def misses(row, count):
    """How many places have a truth outside, and how much too wide the intervals are, at most, of
    those that are narrow, where the function is not nearly constant."""
    missed, widest = 0, 0.0
    for x, places in ranges(row, count):
        try:
            found = row(x)
        except DomainError:
            assert row.name == "tan"
            continue
        truths = [exactly(row, place) for place in places]
        missed += sum(not found.low <= y <= found.high for y in truths)
        true_range = max(truths) - min(truths)
        if x.width < 1e-2 and true_range > Decimal("1e-20") * max(map(abs, truths)):
            widest = max(widest, float(found.width / true_range))
    return missed, widest


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_row_of_one_input_holds_the_truth_and_is_sharp(row, request):
    count = 60 if request.config.getoption("--all", default=False) else 14
    missed, widest = misses(row, count)
    assert missed == 0
    assert widest <= WIDE


@pytest.mark.parametrize("fault", ["down", "next", "turns", "even"])
def test_a_planted_fault_is_noticed(fault, monkeypatch):
    """Rounding inwards, results that are not widened, turning points that are forgotten."""
    if fault == "down":
        both = interval._both_ways
        monkeypatch.setattr(interval, "_both_ways", lambda name, digits: both(name, digits)[::-1])
        x = Interval(3)
        assert not (1 / x).low < Fraction(1, 3) < (1 / x).high
    elif fault == "next":
        monkeypatch.setattr(interval, "_widened", lambda near, exact=0: Interval.made(near, near))
        assert misses(op.BUILT_IN["exp"], 14)[0]
    elif fault == "turns":
        monkeypatch.setattr(interval, "_turning", lambda x, share: iter(()))
        assert misses(op.BUILT_IN["sin"], 14)[0] and misses(op.BUILT_IN["cos"], 14)[0]
    else:
        for name in ("cosh", "sech", "absolute"):
            row = op.BUILT_IN[name]
            by_ends = lambda x, f=row.in_kind[Interval]: f(Interval(x.low)).joined(
                f(Interval(x.high)))
            monkeypatch.setitem(row.in_kind, Interval, by_ends)
            assert misses(row, 14)[0], name


BINARY = {"+": (-9, 9), "-": (-9, 9), "*": (-9, 9), "/": (0.5, 9), "maximum": (-9, 9),
          "minimum": (-9, 9), "hypot": (-9, 9), "atan2": (0.5, 9), "**": (0.1, 5)}


@pytest.mark.parametrize("name", BINARY)
@pytest.mark.parametrize("floats", [False, True])
def test_every_row_of_two_inputs_holds_the_truth(name, floats):
    row, dice, (least, most) = op.BUILT_IN[name], Random(name), BINARY[name]
    for _ in range(60):
        ends = [sorted(dice.uniform(-9 if name not in ("**",) else 0.1, 9) for _ in range(2)),
                sorted(dice.uniform(least, most) for _ in range(2))]
        if dice.random() < 0.5:  # narrow ones
            ends = [[a, a + dice.random() * 1e-6] for a, _ in ends]
        x, y = (Interval(*e) if floats else Interval(*map(Decimal, e)) for e in ends)
        found = row(x, y)
        assert isinstance(found.low, float) is floats
        for _ in range(6):
            with localcontext(prec=60):
                p, q = (Decimal(e[0]) + (Decimal(e[1]) - Decimal(e[0])) * Decimal(dice.random())
                        for e in ends)
            truth = exactly_two(row, p, q)
            assert Fraction(found.low) <= Fraction(truth) <= Fraction(found.high)


def exactly_two(row, p, q):
    with localcontext(prec=60):
        return row(p, q)


ARITHMETIC = [
    (lambda x, y: x + y, ("-1", "2"), ("3", "5"), ("2", "7")),
    (lambda x, y: x - y, ("-1", "2"), ("3", "5"), ("-6", "-1")),
    (lambda x, y: x * y, ("-1", "2"), ("3", "5"), ("-5", "10")),
    (lambda x, y: x * y, ("-1", "2"), ("-3", "5"), ("-6", "10")),
    (lambda x, y: x * y, ("-4", "-2"), ("-3", "5"), ("-20", "12")),
    (lambda x, y: x * y, ("-4", "-2"), ("-3", "-1"), ("2", "12")),
    (lambda x, y: x / y, ("-4", "2"), ("2", "4"), ("-2", "1")),
    (lambda x, y: x / y, ("-4", "2"), ("-4", "-2"), ("-1", "2")),
    (lambda x, y: x / y, ("1", "2"), ("-4", "-2"), ("-1", "-0.25")),
    (lambda x, y: x**2 + 0 * y, ("-1", "2"), ("3", "5"), ("0", "4")),
    (lambda x, y: x**3 + 0 * y, ("-1", "2"), ("3", "5"), ("-1", "8")),
    (lambda x, y: x**0 + 0 * y, ("-1", "2"), ("3", "5"), ("1", "1")),
    (lambda x, y: y**-2 + 0 * x, ("-1", "2"), ("2", "5"), ("0.04", "0.25")),
    (lambda x, y: -x + 0 * y, ("-1", "2"), ("3", "5"), ("-2", "1")),
    (lambda x, y: abs(x) + 0 * y, ("-1", "2"), ("3", "5"), ("0", "2")),
    (lambda x, y: 1 - x / 2 + 0 * y, ("-1", "2"), ("3", "5"), ("0", "1.5")),
    (lambda x, y: x - x + 0 * y, ("1", "2"), ("0", "1"), ("-1", "1"))]  # it does not remember


@pytest.mark.parametrize(("formula", "x", "y", "expected"), ARITHMETIC)
def test_arithmetic(formula, x, y, expected):
    assert formula(Interval(*x), Interval(*y)) == Interval(*expected)


@pytest.mark.parametrize("n", [2, 3, 7, 10, -3])
def test_powers_are_the_products_they_stand_for(n):
    dice = Random(n)
    for _ in range(20):
        a, b = sorted(Decimal(repr(dice.uniform(-3, 3))) for _ in range(2))
        if n < 0 and a <= 0 <= b:
            continue
        found = Interval(a, b) ** n
        truths = [Fraction(p) ** n for p in (a, b, *([0] if a <= 0 <= b else []))]
        assert Fraction(found.low) <= min(truths) and max(truths) <= Fraction(found.high)
        assert Fraction(found.width) <= (max(truths) - min(truths)) * Fraction("1.0000001") + (
            Fraction(1, 10**20) * max(map(abs, truths)))


@pytest.mark.parametrize(
    ("work", "words"),
    [(lambda: op.log(Interval(-1, 2)), "log needs a number above 0"),
     (lambda: op.sqrt(Interval(-1, 2)), "sqrt needs at least 0"),
     (lambda: op.divide(Interval(1), Interval(-1, 2)), "a divisor other than 0"),
     (lambda: op.tan(Interval(1, 2)), "is not defined"),
     (lambda: op.asin(Interval(0, 2)), "asin needs a number from -1 to 1"),
     (lambda: op.power(Interval(-1, 2), Interval("0.5", 1)), "a base above 0"),
     (lambda: op.gamma(Interval("-1.5", "-0.5")), "other than 0, -1"),
     (lambda: op.atan2(Interval(-1, 1), Interval(-1, 1)), "no angle at 0, 0")])
def test_what_has_no_value_somewhere_is_refused_in_words(work, words):
    with pytest.raises(DomainError, match=words):
        work()


@pytest.mark.parametrize("ends", [(2, 1), (math.nan, 1.0), (0.0, math.inf), ("x", 1),
                                  (1, "Infinity"), ("-Infinity", 1), ("NaN", 1), ("NaN",)])
def test_what_is_no_interval(ends):
    with pytest.raises((ValueError, ArithmeticError)):
        Interval(*ends)


def test_kinks_give_the_hull_of_both_slopes():
    x = Interval(-1, 2)
    assert op.sign(x) == Interval(-1, 1) == op.sign(Interval(0))
    assert op.step(x) == Interval(0, 1)
    assert op.maximum.slopes[0](x, Interval(0), None) == Interval(0, 1)
    assert op.where(x, Interval(3), Interval(5)) == Interval(3, 5)
    assert op.where(Interval(1, 2), Interval(3), Interval(5)) == Interval(3)


def test_a_decision_that_cannot_be_made_is_refused():
    with pytest.raises(ValueError, match="for some of the numbers"):
        bool(Interval(-1, 2) > 0)
    assert Interval(1, 2) > 0 and not Interval(1, 2) < 1 and Interval(1, 2) <= 2


def test_floats_round_outwards_and_are_exact_where_they_fit():
    third = Interval(1.0) / 3
    assert third.low < third.high and Fraction(third.low) < Fraction(1, 3) < Fraction(third.high)
    assert Interval(0.5, 1).low == 0.5
    near = op.exp(Interval(1.0))
    assert near.high == math.nextafter(near.low, 9) and near.low <= math.e <= near.high
    huge = Interval(Decimal(2) ** 70 + 1).in_floats()
    assert Fraction(huge.low) < 2**70 + 1 < Fraction(huge.high)


def test_constants_lie_between_neighbours():
    for name, text in (("pi", "3.14159265358979323846264338327950288"),
                       ("e", "2.71828182845904523536028747135266249")):
        assert as_interval(0, name).low < Decimal(text) < as_interval(0, name).high


# ----------------------------------------------------------------------------- the gamma function

GAMMAS = [  # Abramowitz and Stegun, tables 6.1, 6.3 and 6.4; pi**2/6 and Apery's constant
    ("gamma", "0.5", "1.77245385090551602729816748334"),
    ("gamma", "-0.5", "-3.5449077018110320545963"), ("gamma", "-1.5", "2.3632718012073547030642"),
    ("lgamma", "10", "12.8018274800814696112077"),
    ("digamma", "1", "-0.57721566490153286060651209"),
    ("digamma", "2", "0.42278433509846713939348791"),
    ("digamma", "0.5", "-1.96351002602142347944097633")]


@pytest.mark.parametrize(("name", "x", "truth"), GAMMAS)
def test_published_values_of_the_gamma_functions(name, x, truth):
    found = enclosed(name, Interval(x))
    unit = Decimal(1).scaleb(Decimal(truth).as_tuple().exponent)
    assert found.low - unit <= Decimal(truth) <= found.high + unit
    assert found.width < Decimal("1e-25")


@pytest.mark.parametrize("digits", [15, 28, 50])
def test_polygammas_at_1_are_zetas(digits):
    with localcontext(prec=digits):
        pi = as_interval(0, "pi")
        for n, zeta in ((1, pi**2 / 6), (3, pi**4 / 90 * 6), (5, pi**6 / 945 * 120)):
            found = enclosed("polygamma", n, Interval(1))
            assert found.meets(zeta) and found.width < abs(found).high * Decimal(10) ** (3 - digits)


@pytest.mark.parametrize(("low", "high"), [("1", "2"), ("0.1", "50"), ("1.4616", "1.4617"),
                                           ("0.001", "30000")])
def test_the_lowest_value_of_gamma_is_sharp(low, high):
    least = Decimal("0.885603194410888700278815900582588733207951533669903448871200")  # A030171
    for digits in (28, 50):
        with localcontext(prec=digits):
            found = enclosed("gamma", Interval(low, high)).low
            assert 0 <= least - found < Decimal(10) ** (2 - digits)


@pytest.mark.parametrize(("low", "high", "lowest"), [
    ("0.5", 1, 1), ("0.5", "1.4", "1.4"), (2, 3, 2), ("1.5", 9, "1.5"), ("-0.5", "-0.2", "-0.5"),
    ("-0.9", "-0.6", "-0.6")])
def test_where_lgamma_only_falls_or_rises_it_is_lowest_at_an_end(low, high, lowest):
    found = enclosed("lgamma", Interval(low, high))
    ends = [enclosed("lgamma", Interval(end)) for end in (low, high)]
    assert found == ends[0].joined(ends[1])
    assert found.low == enclosed("lgamma", Interval(lowest)).low


@pytest.mark.parametrize("x", ["0.25", "3.7", "50", "1000", "4400.5", "20000"])
@pytest.mark.parametrize("n", [2, 40, 301, 4300, 10_000])
def test_polygammas_of_high_orders(n, x):
    found = enclosed("polygamma", n, Interval(x))
    with localcontext(prec=60):  # Euler and Maclaurin's sum, begun where it is good
        point, size = Decimal(x), math.factorial(n)
        last = point + max(0, 2 * n + 100 - int(point))
        known = sum((point + i) ** (-n - 1) for i in range(int(last - point)))
        known += last**-n / n + last ** (-n - 1) / 2 + (n + 1) * last ** (-n - 2) / 12
        bar = (n + 1) * (n + 2) * (n + 3) * last ** (-n - 4) / 720  # the next term
        known, bar = [Decimal(size) * each for each in (known if n % 2 else -known, bar)]
        assert found.low - bar <= known <= found.high + bar
    assert found.width <= abs(found).high * Decimal("1e-26")


def test_orders_that_polygamma_does_not_have():
    for n in (-1, 0.5, 10_001, 10**9, Interval(0, 1), Interval(10**9)):
        with pytest.raises(ValueError, match="a whole n from 0 to 10000"):
            enclosed("polygamma", n, Interval(2))


@pytest.mark.parametrize(("low", "high"), [("0.5", "3"), ("1.4", "1.5"), ("-0.9", "-0.1"),
                                           ("-1.9", "-1.1"), ("-2.7", "-2.4"), ("20", "21")])
def test_gamma_over_a_stretch(low, high):
    x = Interval(low, high)
    gamma, logarithm, digamma = (enclosed(n, x) for n in ("gamma", "lgamma", "digamma"))
    dense = [float(low) + (float(high) - float(low)) * k / 200 for k in range(201)]
    for found, compute in ((gamma, math.gamma), (logarithm, math.lgamma)):
        numbers = [compute(p) for p in dense]
        room = 1e-12 * max(map(abs, numbers))
        assert found.low <= Decimal(min(numbers) + room)
        assert found.high >= Decimal(max(numbers) - room)
        assert float(found.width) <= 1.01 * (max(numbers) - min(numbers)) + room
    slopes = [enclosed("digamma", Interval(end)) for end in (low, high)]
    assert digamma == slopes[0].joined(slopes[1])  # it only rises


def test_bernoulli_numbers():
    assert [bernoulli(n) for n in (2, 4, 12, 20)] == [
        Fraction(1, 6), Fraction(-1, 30), Fraction(-691, 2730), Fraction(-174611, 330)]


def test_every_function_of_the_table_is_enclosed():
    signs = {"+", "-", "*", "/", "**", "negate", "total", "dot", "constant"}
    missing = {name for name in op.BUILT_IN if name not in ENCLOSED} - signs
    assert not missing


# ------------------------------------------------------------- through a formula, and its slopes

FORMULAS = ["exp(sin(x))*x - y/(1 + x**2)", "atan2(x, 2 + y**2) + log(1 + y**2)",
            "(x - y)**3/(x**2 + 1)",
            "sqrt(1 + x**2)*tanh(y) + erf(x/3)", "sigmoid(3*x)*softplus(y) + cos(x*y)",
            "maximum(x, y)*absolute(x - 1)", "where(x - 0.3, x**2, y)", "hypot(x, 1 + y)**1.5"]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("width", [1e-9, 0.3])
def test_formulas_and_their_slopes(text, width):
    formula = parse(text)
    symbols = {x.name: x for x in (parse("x + y").inputs)}
    dice = Random(text)
    found = [formula, *(derivative(formula, name) for name in symbols)]
    for _ in range(6):
        a, b = (Decimal(repr(round(dice.uniform(-2, 2), 3))) for _ in range(2))
        w = Decimal(repr(width))
        for each in found:
            names = {n.name for n in _leaves(each)}
            box = each.at(**{n: Interval(p, p + w) for n, p in (("x", a), ("y", b)) if n in names})
            for _ in range(4):
                with localcontext(prec=60):
                    place = {n: p + w * Decimal(dice.random())
                             for n, p in (("x", a), ("y", b)) if n in names}
                    truth = each.at(**place)
                box = box if isinstance(box, Interval) else as_interval(box)
                assert box.low <= truth <= box.high, (str(each), place)


def _leaves(formula):
    return [x for x in inputs_first(formula) if x.operation is None]


@pytest.mark.parametrize("seed", thinned(range(10), keep=2))
def test_random_enclosures_over_all_rows(seed):
    """Ten thousand with --all; a hundred thousand were tried once, in the same way."""
    dice = Random(seed)
    for _ in range(50):
        row = dice.choice(ROWS)
        missed, _ = misses(row, 2)
        assert not missed


FAR_OUT = [("exp", -10**7, "-4342944.819"), ("erfc", 2000, "-1737180.8"),
           ("sech", 10**7, "-4342944.5")]


@pytest.mark.parametrize(("name", "x", "power"), FAR_OUT)
def test_next_to_nothing_is_not_nothing(name, x, power):
    found = enclosed(name, Interval(x))
    assert found.low > 0  # its logarithm to base 10 is about `power`
    assert abs(found.low.adjusted() - Decimal(power)) < 3
    assert enclosed(name, Interval(float(x))).low == 0.0 < enclosed(name, Interval(float(x))).high


def test_trigamma_below_0():
    at_half = enclosed("polygamma", 1, Interval("-0.5"))  # pi**2/2 + 4, by its reflection
    assert float(at_half.low) == pytest.approx(math.pi**2 / 2 + 4, rel=1e-15)
    wide = enclosed("polygamma", 1, Interval("-0.6", "-0.4"))
    assert wide.low < at_half.low and at_half.high < wide.high


def test_edges_of_the_kinds():
    angle = enclosed("atan2", Interval("-0.0", 1), Interval(-2, -1))
    assert angle.high > Decimal("3.14159265358979")
    assert angle.low > Decimal("1.57079632")  # it does not jump, as from below
    assert float(enclosed("atan2", Interval(0, 1), Interval(-2, -1)).low) == 0.75 * math.pi
    assert enclosed("atan2", Interval("-1e-9", 1), Interval(-2, -1)).low < -3
    right = enclosed("atan2", Interval(-1, 1), Interval(1, 2))  # from -pi/4 to pi/4
    assert float(right.low) == -math.pi / 4 and float(right.high) == math.pi / 4
    for work in (lambda: Interval(1e308) * 10, lambda: enclosed("exp", Interval(1000.0))):
        with pytest.raises(OverflowError, match="float"):
            work()
    with pytest.raises(ZeroDivisionError, match="of what may be 0"):
        Interval(0, 4) ** Decimal("-0.5")
    assert enclosed("gamma", 1).meets(Interval(1)) is not None


# ------------------------------------------------------------------------- ends, one by one
R = Interval


def floats(low, high=None):
    return Interval(float(low), float(low if high is None else high))


ENDS = [  # what is known without rounding, at each edge of each rule
    (lambda: R(-1, 0) * R(-1, 2),              -2, 1),
    (lambda: R(0, 3) * R(-2, 5),               -6, 15),
    (lambda: R(-3, 0) * R(-2, 0),              0, 6),
    (lambda: R(-2, 3) * R(-5, 0),              -15, 10),
    (lambda: R(-2, 3) * R(-4, 5),              -12, 15),
    (lambda: R(-2, 1) * R(-7, 1),              -7, 14),
    (lambda: R(0, 6) / R(-3, -2),              -3, 0),
    (lambda: R(-6, 0) / R(-3, -2),             0, 3),
    (lambda: R(-6, 0) / R(2, 3),               -3, 0),
    (lambda: R(-6, 3) / R(-3, "-1.5"),         -2, 4),
    (lambda: R(-2, 3) ** R(2),                 0, 9),
    (lambda: R(-2, 3) ** R(3),                 -8, 27),
    (lambda: R(2, 4) ** -1,                    "0.25", "0.5"),
    (lambda: R(-3, -2) ** 2,                   4, 9),
    (lambda: R(-3, -2) ** 0,                   1, 1),
    (lambda: R(0) ** Decimal("0.5"),           0, 0),
    (lambda: R(0, 4) ** Decimal("0.5"),        0, 2),
    (lambda: R(0, 4) ** R("0.5", 2),           0, 16),
    (lambda: 2 ** R(-1, 3),                    "0.5", 8),
    (lambda: 6 / R(2, 3),                      2, 3),
    (lambda: 1 - R(2, 3),                      -2, -1),
    (lambda: abs(R(-2, 1)),                    0, 2),
    (lambda: abs(R(-2, 0)),                    0, 2),
    (lambda: abs(R(0, 2)),                     0, 2),
    (lambda: R(-2, 4).halves()[0],             -2, 1),
    (lambda: R(-2, 4).halves()[1],             1, 4),
    (lambda: R(1, 3).joined(R(2, 5)),          1, 5),
    (lambda: R(1, 3).meets(R(2, 5)),           2, 3),
    (lambda: R(1, 3).meets(R(3, 5)),           3, 3),
    (lambda: op.sqrt(R(4, 9)),                 2, 3),
    (lambda: op.cosh(R(-1, 0)) ** 0,           1, 1),
    (lambda: op.sign(R(0, 1)),                 -1, 1),
    (lambda: op.sign(R(-2, -1)),               -1, -1),
    (lambda: op.sign(R(-1, 0)),                -1, 1),
    (lambda: op.sign(R("0.5", 1)),             1, 1),
    (lambda: op.step(R(-1, 0)),                0, 1),
    (lambda: op.step(R(0, 1)),                 0, 1),
    (lambda: op.step(R("0.5", 1)),             1, 1),
    (lambda: op.step(R(-2, -1)),               0, 0),
    (lambda: op.relu(R(-2, 3)),                0, 3),
    (lambda: op.maximum(R(1, 4), R(2, 3)),     2, 4),
    (lambda: op.minimum(R(1, 4), R(2, 3)),     1, 3),
    (lambda: enclosed("maximum", 2, R(1, 4)),  2, 4),
    (lambda: enclosed("minimum", R(1, 4), 2),  1, 2),
    (lambda: enclosed("hypot", 3, R(4)),       5, 5),
    (lambda: enclosed("where", 1, R(1), R(2)), 1, 1),
    (lambda: enclosed("where", 0, R(1), R(2)), 2, 2),
    (lambda: enclosed("where", R(-2, -1), R(1), R(2)), 2, 2),
    (lambda: enclosed("where", R(0, 1), 3, 5), 3, 5),
    (lambda: enclosed("xlogy", R(0), R(0, 1)), 0, 0),
    (lambda: enclosed("xlogy", 0, R(-1, 1)),   0, 0),
    (lambda: enclosed("xlogy", R(3, 4), R(1)), 0, 0),
    (lambda: enclosed("xlogy", R(3, 4), 1),    0, 0),
    (lambda: enclosed("xlogy", 5, R(1)),       0, 0),
    (lambda: enclosed("xlogy", 2, R(Decimal(1).exp())), 2, 2),
    (lambda: op.cos(R(0)),                     1, 1),
    (lambda: op.log(R(1)),                     0, 0),
    (lambda: op.erf(R(-90, 90)),               -1, 1),
    (lambda: op.tanh(R(-90, 90)),              -1, 1),
    (lambda: op.sin(R(-99, 99)),               -1, 1),
    (lambda: op.cos(R(3, "3.2")).meets(R(-2, "-0.9999")).low, -1, None)]


@pytest.mark.parametrize(("work", "low", "high"), ENDS)
def test_ends_that_are_known(work, low, high):
    found = work()
    if high is None:
        assert found == low
        return
    near = Decimal("1e-26")
    assert abs(found.low - Decimal(low)) <= near and abs(found.high - Decimal(high)) <= near
    assert found.low <= Decimal(low) and Decimal(high) <= found.high


@pytest.mark.parametrize(("name", "x", "low", "high"), [
    ("erf", 90, None, 1), ("erf", -90, -1, None), ("tanh", 90, None, 1), ("tanh", -90, -1, None),
    ("erfc", -90, None, 2), ("sigmoid", 90, None, 1), ("expm1", -90, -1, None),
    ("sech", 0, None, 1), ("cosh", 0, 1, None), ("acos", 1, 0, None), ("acosh", 1, 0, None)])
@pytest.mark.parametrize("kind", [R, floats])
def test_no_value_beyond_the_range_of_a_function(name, x, low, high, kind):
    found = enclosed(name, kind(x))
    assert (low is None or found.low == low) and (high is None or found.high == high)
    assert found.width < Decimal("1e-15")


def test_kinds_of_ends_that_meet():
    for work in (lambda: floats("0.1") + R("0.2"), lambda: R("0.2") + floats("0.1"),
                 lambda: R("0.1").of(floats("0.3")), lambda: floats("0.1").of(R("0.3")),
                 lambda: enclosed("atan2", floats("0.3"), R(1)) * 1, lambda: R("0.3").in_floats()):
        found = work()
        assert found.is_float and type(found.low) is type(found.high) is float
        assert abs(found.middle - 0.3) < 0.01 and found.high - found.low < 1e-15
    tenth = R("0.1").in_floats()
    assert Fraction(tenth.low) < Fraction(1, 10) < Fraction(tenth.high)
    assert not R("0.1").of(R("0.3")).is_float and not floats("0.1").in_decimals().is_float
    assert floats("0.1").in_decimals().low == Decimal.from_float(0.1)
    assert (floats(3).width, R(3).width, floats(2, 3).width) == (0, 0, math.nextafter(1.0, 2))
    assert (R(1, 2).width, R(1, 2).middle, floats(1, 2).middle) == (1, Decimal("1.5"), 1.5)
    assert R("1.1", "1.2") != R("1.1", "1.3") and R(1) == 1 and R(1) != "1"
    assert hash(R(1, 2)) == hash(R(1, 2)) != hash(R(1, 3))
    assert not R(0) and R(0, 1) and R(-1, 0)
    assert R(1, 2).is_within(R(0, 3)) and not R(1, 2).is_within(R(1, 3))
    assert not R(1, 2).is_within(R(0, 2)) and R(1).meets(R(2)) is None
    assert 1 in R(1, 2) and 2 in R(1, 2) and 3 not in R(1, 2)


@pytest.mark.parametrize("work", [
    lambda: R(1) + "x", lambda: "x" + R(1), lambda: R(1) / "x", lambda: R(1) ** "x",
    lambda: R(1) * None])
def test_what_is_no_number_is_left_to_python(work):
    with pytest.raises(TypeError):
        work()


@pytest.mark.parametrize(("x", "y", "answers"), [
    ((1, 2), (3, 4), (True, False, True, False)), ((3, 4), (1, 2), (False, True, False, True)),
    ((1, 3), (2, 4), None), ((1, 2), (2, 2), (None, False, True, None))])
def test_comparisons_of_two_intervals(x, y, answers):
    x, y = R(*x), R(*y)
    found = []
    for compare in (lambda: x < y, lambda: x > y, lambda: x <= y, lambda: x >= y):
        try:
            found.append(compare())
        except ValueError:
            found.append(None)
    assert found == list(answers or [None] * 4)


def test_the_opposite_keeps_all_digits():
    long = Decimal("1.2345678901234567890123456789012345678901")
    assert (-R(long)).low == (-R(long)).high == long.copy_negate()
    assert abs(R(long.copy_negate(), 0)).high == long


def test_fractions_are_rounded_outwards():
    x = R(Fraction(1, 3), Fraction(2, 3))
    assert Fraction(x.low) < Fraction(1, 3) < Fraction(2, 3) < Fraction(x.high)
    assert x.width < Decimal("0.333333333333333333333333334")


@pytest.mark.parametrize("exponent", [80, 30, -30, -80])
def test_roots_and_distances_of_numbers_far_from_1_are_sharp(exponent):
    there = Decimal(10) ** exponent
    for found, truth in ((R(there) ** R("0.5"), there.sqrt()),
                         (enclosed("hypot", R(3 * there), R(4 * there)), 5 * there)):
        assert found.low <= truth <= found.high and found.width <= truth * Decimal("2e-27")


def test_the_roots_of_squares_are_exact():
    assert op.exp(R(1)).width > 0 and op.sin(R(1)).width > 0 == op.sin(R(0)).width
    assert op.sqrt(R(4, 9)) == R(2, 3) and op.sqrt(R(2)).width > 0 == op.sqrt(R("0.25")).width


@pytest.mark.parametrize(("n", "truth"), [
    (0, "0"), (1, "0.5772156649015328606"), (2, "1.6449340668482264365"),
    (3, "1.2020569031595942854")])  # -digamma(1), and the sums of 1/k**2 and 1/k**3
def test_a_series_that_ends_too_early_still_holds_the_truth(n, truth):
    found = gammas._far(n, R(1))
    assert found.low <= Decimal(truth) <= found.high


def test_a_sum_that_ends_early_holds_the_rest_too():
    found = gammas._sum(100, R(1))
    with localcontext(prec=60):
        assert found.low <= sum(Decimal(k) ** -100 for k in range(1, 9)) <= found.high


def test_a_power_of_0_that_may_be_1_is_refused():
    with pytest.raises(ZeroDivisionError, match="of what may be 0"):
        R(0, 4) ** R(0, "0.5")


def test_no_sine_is_exact_even_if_its_square_is_the_angle():
    with localcontext(prec=3):  # for some of these sin(s**2) is nearly s
        for k in range(850, 950):
            s = Decimal(k) / 1000
            assert op.sin(R(s * s)).width > 0


def test_a_float_in_a_formula_is_the_number_that_its_digits_say():
    assert as_interval(0.1).low == as_interval(0.1).high == Decimal("0.1")
    tenth = Interval(1.0).of(0.1)
    assert tenth.low == math.nextafter(0.1, 0) and tenth.high == 0.1  # 0.1 is above 1/10


def test_a_tangent_just_beside_its_pole():
    """There tan(x) is 1/(pi/2 - x), but for a third of pi/2 - x."""
    half_pi = Decimal("1.57079632679489661923132169163975144209858469968755291048747")
    near = Decimal("1.570796326794896619231321691")
    found = op.tan(R(near))
    with localcontext(prec=50):
        assert found.low <= 1 / (half_pi - near) <= found.high
    assert found.width < found.high * Decimal("1e-9")
    with pytest.raises(DomainError):
        op.tan(R(near, near + Decimal("1e-27")))


def test_a_wave_over_a_turn_that_no_end_sees():
    for k in range(-3, 4):
        middle = Decimal(k) * Decimal("3.14159265358979")
        assert op.cos(R(middle - 1, middle + Decimal("0.5"))).meets(R(1 - 2 * (k % 2)))
        assert (op.cos(R(middle - 1, middle + Decimal("0.5"))).width
                < 1 - Decimal(math.cos(1)) + Decimal("1e-9"))
        assert op.sin(R(middle + 1, middle + 2)).meets(R(1 - 2 * (k % 2)))
        assert op.sin(R(middle - 1, middle + 1)).width < 2 * Decimal(math.sin(1)) + Decimal("1e-9")


@pytest.mark.parametrize("name", ["gamma", "lgamma", "digamma", "polygamma"])
@pytest.mark.parametrize(("ends", "error"), [
    ((0,), ZeroDivisionError), ((-1,), ZeroDivisionError), ((-1, "-0.5"), ZeroDivisionError),
    (("-0.5", 0), ZeroDivisionError), (("-0.5", 3), ZeroDivisionError),
    ((-10000,), ZeroDivisionError), (("-2.5", "-1.5"), ZeroDivisionError),
    (("-10000.5",), OverflowError),
    (("-0.75", "-0.5"), None), (("-9.75", "-9.5"), None), (("0.5", 3), None)])
def test_poles_of_the_gamma_functions(name, ends, error):
    work = lambda: enclosed(name, *([1] if name == "polygamma" else []), R(*ends))
    if error is None:
        assert work().low <= work().high
    else:
        with pytest.raises(error):
            work()


@pytest.mark.parametrize(("n", "error"), [
    (-1, True), (Decimal("0.5"), True), (R(1, 2), True), (0, False), (R(2), False), (R(0), False)])
def test_orders_of_polygamma(n, error):
    if error:
        with pytest.raises(ValueError, match="a whole n from 0 to 10000"):
            enclosed("polygamma", n, R(1))
    else:
        assert enclosed("polygamma", n, R(1)).width < Decimal("1e-25")
        if n in (0, R(0)):
            assert enclosed("polygamma", n, R(1, 2)) == enclosed("digamma", R(1, 2))


def test_no_pole_is_looked_for_among_numbers_too_large_to_write():
    assert gammas._check_poles(Interval(Decimal("1e500000"), Decimal("1e500001"))) is None
    with pytest.raises(OverflowError, match="too many steps"):
        gammas._check_poles(Interval(Decimal("-1e500001"), Decimal("-1e500000")))


@pytest.mark.parametrize(("name", "low", "high"), [
    ("gamma", "1.4", "1.5"), ("gamma", 1, 2), ("lgamma", 1, 2), ("lgamma", "1.2", "1.3"),
    ("lgamma", "1.5", "1.7"), ("gamma", "-0.6", "-0.4"), ("gamma", "-1.6", "-1.5"),
    ("gamma", "-2.7", "-2.5"), ("lgamma", 40, 41)])
def test_between_two_poles_gamma_is_sharp(name, low, high):
    """Against a hundred floats, and the published least value, 0.8856031944108887 at 1.46163...
    (Abramowitz and Stegun, 6.1.6)."""
    compute = {"gamma": math.gamma, "lgamma": math.lgamma}[name]
    places = [float(low) + k * (float(high) - float(low)) / 100 for k in range(101)]
    places += [1.4616321449683623] if float(low) < 1.4616 < float(high) else []
    numbers = [compute(x) for x in places]
    found = enclosed(name, R(low, high))
    assert float(found.low) == pytest.approx(min(numbers), rel=3e-5, abs=1e-15)
    assert float(found.high) == pytest.approx(max(numbers), rel=3e-5, abs=1e-15)


def test_polygamma_of_a_high_order_is_its_first_term():
    """-1000!*(1 + 1/2**1001 + ...); of the series for a large z each term is above the last."""
    found = enclosed("polygamma", 1000, R(1))
    assert found.low <= -math.factorial(1000) <= found.high
    assert found.width < abs(found).low * Decimal("1e-26")


@pytest.mark.parametrize("n", [1, 2, 3, 6])
@pytest.mark.parametrize(("low", "high"), [("0.25", 3), ("0.5", 1), (1, 2), (7, 30)])
def test_above_0_polygamma_only_rises_or_falls(n, low, high):
    ends = [enclosed("polygamma", n, R(end)) for end in (low, high)]
    assert enclosed("polygamma", n, R(low, high)) == ends[0].joined(ends[1])
    assert (ends[0].low > ends[1].high) is (n % 2 == 1)


@pytest.mark.parametrize(("u", "v", "quarters"), [  # the lowest and highest angle, in pi/4
    (("-0.5", "0.5"), ("0.5", 1), (-1, 1)), ((0, "0.5"), ("-0.5", "-0.25"), (None, 4)),
    (("-0.5", "0.5"), ("-0.5", "-0.25"), (-4, 4)), (("0.5", 1), ("-0.5", "0.5"), (1, 3)),
    (("-0.5", 0), ("-0.5", "-0.25"), (-4, 4)), (("-0.5", "-0.25"), ("-0.25", "0.25"), (-3, -1)),
    ((0, 0), ("0.5", 1), (0, 0)),
    (("-0.5", "0.5"), ("-0.5", "0.5"), None), ((0, 0), (0, 0), None), ((0, "0.5"), (0, 1), None),
    (("-0.5", 0), ("-0.25", 0), None)])
def test_angles_of_small_rectangles(u, v, quarters):
    if quarters is None:
        with pytest.raises(ValueError, match="no angle at 0, 0"):
            enclosed("atan2", R(*u), R(*v))
        return
    found = enclosed("atan2", R(*u), R(*v))
    for end, quarter in zip((found.low, found.high), quarters, strict=True):
        assert quarter is None or float(end) == pytest.approx(quarter * math.pi / 4, abs=1e-15)
