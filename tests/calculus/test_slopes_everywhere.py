"""Every slope of every row, over the whole domain, against a hundred digits written by hand.

Each row is asked at 2,000 points: in all binades from 5e-324 to 1.8e308, on both sides of 0, and
next to each pole and edge. There its slopes, and the slopes of these, are found in four ways:
`backward`, the derivative formula, the formula compiled, and the formula in 50 digits. Each must be
within 1e-14 of what the calculus book says (see `truths`), or within what four units in the last
place of the inputs make of it. Kinks, ties and places without a slope are in `test_one_answer`.

An answer beyond the largest float has to be inf, or refused; one below the smallest normal float
may be off by so much. `is_asked` and `TERMS` say what is not promised.
"""

import functools
import math
import random
import sys
from collections import Counter
from decimal import Decimal, localcontext

import pytest

from mathlab.calculus.algebra.differentiate import derivative, substitute
from mathlab.calculus.code.compile import compile_formula
from mathlab.calculus.graph.value import Value, symbols
from mathlab.errors import DomainError
from tests import thinned
from tests.calculus import truths
from tests.calculus.rows import TABLE

POINTS = 2000
KEPT = 40  # of them, without --all
RELATIVE, UNITS = Decimal("1e-14"), 4
STEP = Decimal("1e-30")  # of the differences that vouch for the truth itself
LARGEST, SMALLEST = Decimal(sys.float_info.max), Decimal(sys.float_info.min)
SYMBOLS = symbols("x y z w")
WAYS = ("backward", "formula", "compiled", "50 digits")
NO_DECIMALS = ("gamma", "lgamma", "digamma", "polygamma")
REFUSED = "refused"
# Compiled arithmetic is Python's, as its chapter says: there a refusal is one of Python's errors.
REFUSALS = (DomainError, ZeroDivisionError, OverflowError, ValueError)

# Where a row is defined, and where it is worth a closer look: edges, poles, zeros of a slope.
EVERYWHERE, POSITIVE, UNIT = (-math.inf, math.inf), (0.0, math.inf), (-1.0, 1.0)
POLES = (0.0, -1.0, -2.0, -3.0, -10.0, 1.0, 2.0, 1.4616321449683622, -0.5040830082644554)
TURNS = tuple(k * math.pi / 2 for k in (1, 2, 3, 4, 5, 6, 100, 10**6))
DOMAINS = {
    **dict.fromkeys(("log", "log2", "log10", "sqrt"), (POSITIVE, (1.0,))),
    "log1p": ((-1.0, math.inf), (-1.0,)),
    **dict.fromkeys(("asin", "acos", "atanh"), (UNIT, (-1.0, 1.0))),
    "acosh": ((1.0, math.inf), (1.0,)),
    **dict.fromkeys(("sin", "cos", "tan"), (EVERYWHERE, TURNS)),
    **dict.fromkeys(("gamma", "lgamma", "digamma"), (EVERYWHERE, POLES)),
    **dict.fromkeys(("exp", "expm1", "sinh", "cosh"), (EVERYWHERE, (709.0, -709.0))),
}
AT_KINKS = ("absolute", "sign", "step", "relu")


def numbers_in(domain, places, dice):
    """Numbers in all binades of a domain and next to its places, in order; 2,000 of them."""
    low, high = domain
    found = {s * math.ldexp(dice.uniform(1, 2), e) for e in range(-1074, 1024) for s in (-1, 1)}
    found = set(dice.sample(sorted(x for x in found if low < x < high), 1000))
    for place in places:
        step = math.ulp(place) if place else 1e-300
        while step < max(abs(place), 1):
            found |= {place + s * dice.uniform(1, 2) * step for s in (-1, 1)}
            found |= {math.nextafter(place, math.inf), math.nextafter(place, -math.inf)}
            step *= 4 if place else 1e12
    while len(found) < POINTS + 1000:
        found.add(dice.uniform(max(low, -40), min(high, 40)) if dice.random() < 0.7 else
                  dice.uniform(max(low, -800), min(high, 800)))
    inside = sorted(x for x in found if low < x < high and x != 0)
    return sorted(dice.sample(inside, POINTS))


def binade(dice, low=-1074, high=1023):
    return dice.choice((-1, 1)) * math.ldexp(dice.uniform(1, 2), dice.randint(low, high))


def pair(dice):
    """Two numbers of any size; as often as not, of nearly the same."""
    kind = dice.randrange(4)
    if kind == 0:
        return binade(dice), binade(dice)
    if kind == 1:
        return binade(dice, -6, 6), binade(dice, -6, 6)
    u = binade(dice, -1000, 950)
    return u, u * binade(dice, *((-2, 2) if kind == 2 else (-50, 50)))


def whole_tuples(row, dice):
    """Points of a row with several inputs."""
    while True:
        u, v = pair(dice)
        match row.name:
            case "**":
                u = abs(u)
                if dice.random() < 0.6:
                    u, v = abs(binade(dice, -40, 40)), binade(dice, -20, 4)
                if dice.random() < 0.15:  # there it has no slope by the exponent
                    u, v = -abs(binade(dice, -40, 40)), float(dice.randint(-20, 20))
                yield u, v
            case "polygamma":
                x = binade(dice, -80, 300) if dice.random() < 0.5 else dice.uniform(-20, 20)
                yield float(dice.choice((0, 1, 2, 3, 4, 5, 10, 15))), x
            case "where" | "total":
                yield u, v, binade(dice)
            case "dot":
                yield u, v, *pair(dice)
            case _:
                if u != v:
                    yield u, v


@functools.cache
def all_points(row):
    """The points at which the row has a value among the floats."""
    dice = random.Random(row.name)
    if row.arity == 1:
        drawn = ((x,) for x in numbers_in(*DOMAINS.get(row.name, (EVERYWHERE, ())), dice))
    else:
        drawn = whole_tuples(row, dice)
    points = []
    for at in drawn:
        try:
            value = row.evaluate(*at)
        except DomainError:
            continue
        if math.isfinite(value) and all(x == x and abs(x) < math.inf for x in at):
            points.append(at)
        if len(points) == POINTS:
            break
    return points if row.arity == 1 else sorted(points)


@functools.cache
def formulas(row):
    """The derivative formulas of a row to second order, and each compiled."""
    arity = len(all_points(row)[0])
    inputs = SYMBOLS[:arity]
    firsts, seconds = truths.slopes(row.name)
    fixed = [x for i, x in enumerate(inputs) if i not in firsts]
    found = {}
    for n in {at[0] for at in all_points(row)} if fixed else {None}:
        given = [int(n), *inputs[1:]] if fixed else inputs
        y = row(*given)
        first = {(i,): derivative(y, inputs[i]) for i in firsts}
        second = {(i, j): derivative(first[i,], inputs[j]) for i, j in seconds}
        both = first | second
        found[n] = both, {key: compile_formula(f, inputs) for key, f in both.items()}
    return found if fixed else found[None]


def answer(ask):
    """A number, or the word for a refusal; any other error is an answer too, and a wrong one."""
    try:
        return ask()
    except REFUSALS:
        return REFUSED
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def slope(row, at, key, way):
    """The slope of a row by the inputs in `key`, one or two, in one of the ways."""
    found = formulas(row)
    derived, compiled = found[at[0]] if row.name == "polygamma" else found
    names = [x.name for x in SYMBOLS]

    def backward():
        leaf = Value(at[key[-1]], "leaf")  # the slopes by the others are not asked for
        leaves = [leaf if i == key[-1] else Value.constant(x) for i, x in enumerate(at)]
        if len(key) == 1:
            row(*leaves).backward()
        else:
            substitute(derived[key[:1]], dict(zip(SYMBOLS, leaves, strict=False))).backward()
        return leaf.grad

    def in_50_digits():
        with localcontext(prec=50):
            return derived[key].at(**dict(zip(names, map(Decimal, at), strict=False)))

    asked = {
        "backward": backward,
        "formula": lambda: derived[key].at(**dict(zip(names, at, strict=False))),
        "compiled": lambda: compiled[key](*at),
        "50 digits": in_50_digits,
    }
    return answer(asked[way])


@functools.cache
def truth(row, at, key):
    firsts, seconds = truths_of(row.name)
    return (firsts[key[0]] if len(key) == 1 else seconds[key])(*at)


truths_of = functools.cache(truths.slopes)


@functools.cache
def allowance(row, at, key):
    """What four units in the last place of each input make of the slope."""
    total, expected = Decimal(0), truth(row, at, key)
    for i, x in enumerate(at):
        if row.name == "polygamma" and i == 0:
            continue
        nudged = [truth(row, (*at[:i], z, *at[i + 1:]), key)
                  for z in (math.nextafter(x, math.inf), math.nextafter(x, -math.inf))
                  if math.isfinite(z)]
        with localcontext(truths.HUNDRED):
            total += UNITS * max((abs(t - expected) for t in nudged if t.is_finite()), default=0)
    return total


# Two second slopes are differences, of terms as large as this: what it takes from them is lost.
TERMS = {
    "sigmoid": lambda x: truths.sech2(x / 2),  # (sigmoid(-x) - sigmoid(x)) times the slope
    "hypot": lambda u, v: 1 / truths.hypot(u, v),  # 1/hypot - u**2/hypot**3
}


def is_asked(at, key, way):
    """Whether the numbers on the way are normal floats.

    `backward` and compiled code work in floats: at 1e-160 the square has three digits left, and at
    1e155 there is none. The formula is worked out in Decimals then; these two are asked elsewhere.
    """
    least = {"backward": (-1022, -150), "compiled": (-500, -250)}.get(way, (-1100, -1100))
    return all(least[len(key) - 1] <= math.frexp(x)[1] for x in at) and (
        len(key) == 1 or way not in ("backward", "compiled") or size(at) <= -least[1])


def at_log(at):
    return abs(Decimal(at[0])).ln() if at[0] else Decimal(0)


def is_right(row, at, key, actual, exact=False):
    """Whether an answer is near enough to the truth, which is nan where there is no slope.

    `exact` says that the inputs were not rounded.
    """
    expected = truth(row, at, key)
    with localcontext(truths.HUNDRED):
        if actual == REFUSED or expected.is_nan():
            return actual == REFUSED and (expected.is_nan() or abs(expected) > LARGEST)
        if isinstance(actual, str) or actual != actual:
            return False
        if abs(expected) > LARGEST:  # inf; or a number that only Decimals have
            return abs(actual) > LARGEST and (actual > 0) == (expected > 0)
        if math.isinf(actual):
            return abs(expected) > LARGEST * (1 - RELATIVE)
        off = abs(Decimal(actual) - expected)
        if row.name == "**":  # of v - 1 the last digit is rounded, which counts log(u) times
            off -= UNITS * Decimal(sys.float_info.epsilon) * abs(expected * at_log(at))
        if row.name in TERMS and len(key) == 2:
            terms = truths.in_hundred_digits(TERMS[row.name])(*at)
            epsilon = Decimal("1e-49") if exact else Decimal(sys.float_info.epsilon)
            if off <= UNITS * epsilon * terms:
                return True
        if off <= RELATIVE * abs(expected) or (abs(expected) < SMALLEST and off <= SMALLEST):
            return True
        return not exact and off <= allowance(row, at, key)


def keys(row):
    firsts, seconds = truths_of(row.name)
    return [(i,) for i in firsts] + list(seconds)


def shown(at, actual, expected):
    place = ", ".join(map(repr, at))
    number = actual if isinstance(actual, str) else f"{float(actual):.17g}"
    return f"at {place}: {number}, not {Decimal(expected):.17g}"


def size(at):
    """How many binades the largest or smallest input is away from 1."""
    return max(abs(math.frexp(x)[1]) for x in at)


def wrong_slopes(row, way):
    """The places at which a way is wrong, each as a line; by order."""
    found = {}
    for key in keys(row):
        for at in thinned.thinned(all_points(row), keep=KEPT):
            actual = slope(row, at, key, way) if is_asked(at, key, way) else None
            if actual is not None and not is_right(row, at, key, actual, exact=way == "50 digits"):
                found.setdefault(key, []).append((at, actual, truth(row, at, key)))
    return found


def report(row, way, found):
    """For each slope how many places are wrong, and the mildest of them, that nearest to 1."""
    lines = [f"{row.name} by {way}:"]
    for key, places in found.items():
        name = "by inputs " + ", ".join(str(i + 1) for i in key)
        refused = Counter(actual == REFUSED for _, actual, _ in places)[True]
        wrong = [place for place in places if place[1] != REFUSED]
        lines.append(f"  {name}: {refused} refused, {len(wrong)} other than they should be")
        for group in (wrong, [place for place in places if place[1] == REFUSED]):
            if group:
                lines.append(f"    {shown(*min(group, key=lambda place: size(place[0])))}")
    return "\n".join(lines)


CASES = [(row, way) for row in TABLE for way in WAYS
         if way != "50 digits" or row.name not in NO_DECIMALS]


@pytest.mark.parametrize(("row", "way"), CASES, ids=lambda v: getattr(v, "name", v))
def test_the_slopes_of_a_row_everywhere(row, way):
    found = wrong_slopes(row, way)
    assert not found, report(row, way, found)


# The truth itself

#        published: Abramowitz and Stegun, tables 1.1 and 6.1; NIST DLMF 5.4, 5.15
PUBLISHED = (
    (truths.gamma, ("0.5",), "1.772453850905516027298167483341145182797549456122387"),
    (truths.gamma, ("-1.5",), "2.363271801207354703064223311121526910396732608163182"),
    (truths.polygamma, (0, "1"), "-0.57721566490153286060651209008240243104215933593992"),
    (truths.polygamma, (0, "0.5"), "-1.9635100260214234794409763329987555671931596046604"),
    (truths.polygamma, (1, "1"), "1.644934066848226436472415166646025189218949901206798"),
    (truths.polygamma, (1, "-0.5"), "8.934802200544679309417245499938075567656849703620395"),
    (truths.polygamma, (2, "1"), "-2.404113806319188570799476323022899981529972584680998"),
)


@pytest.mark.parametrize(("f", "at", "expected"), PUBLISHED, ids=str)
def test_the_gammas_are_those_in_print(f, at, expected):
    actual = truths.in_hundred_digits(f)(*at)
    assert abs(actual - Decimal(expected)) < Decimal("1e-48")


def difference(f, at, i):
    """A central difference in a hundred digits, and how far rounding may put it off."""
    with localcontext(truths.HUNDRED):
        at = list(map(Decimal, at))
        step = STEP * min(abs(at[i]), 1)
        above, below = (f(*at[:i], at[i] + h, *at[i + 1:]) for h in (step, -step))
        if max(map(abs, at)) > step * Decimal("1e70"):
            return None, Decimal("inf")  # a hundred digits cannot hold so small a step
        return (above - below) / (2 * step), Decimal("1e-90") * abs(above) / step


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_the_truths_are_the_slopes_of_the_values(row):
    """A second opinion: differences of the row's values, and for the second order of the first."""
    value = truths.in_hundred_digits(truths.GAMMAS.get(row.name, row.evaluate))
    firsts, _ = truths_of(row.name)
    checked = Counter()
    for at in all_points(row)[:: POINTS // 50]:
        for key in keys(row):
            expected = truth(row, at, key)
            if not expected.is_finite():
                continue
            measured, rounding = difference(value if len(key) == 1 else firsts[key[0]], at, key[-1])
            if rounding <= Decimal("1e-15") * abs(expected):
                assert abs(measured - expected) <= Decimal("1e-14") * abs(expected), (at, key)
                checked[key] += 1
            else:
                checked[key] += not expected and measured == 0
    assert min(checked[key] for key in keys(row)) >= 5, checked


def nearly(rule):
    """A rule that is wrong in the thirteenth digit."""
    def wrong(*args):
        slope = rule(*args)
        return [s * (1 + 1e-13) for s in slope] if isinstance(slope, list) else slope * (1 + 1e-13)

    return wrong


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_slope_wrong_in_the_thirteenth_digit_is_found(row, monkeypatch):
    def right(key):
        return {at for at in all_points(row)[:: POINTS // 50]
                if is_right(row, at, key, slope(row, at, key, "backward"))}

    before = {key: right(key) for key in keys(row) if len(key) == 1}
    monkeypatch.setattr(row, "slopes", tuple(map(nearly, row.slopes)))
    for key, places in before.items():
        flat = not any(truth(row, at, key) for at in places)
        assert flat or places - right(key), key
