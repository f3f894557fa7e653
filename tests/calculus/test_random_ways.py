"""Random formulas at awkward points: all the ways agree, or refuse alike; with a truth of its own.

The formulas are small, and hostile: `where` with a guard, maximum and its ties, relu at 0, powers
of 0, numbers as large as 1e300 and as small as 1e-200. What is right is found without the table: a
sweep in a hundred digits over the slopes of `truths`, which knows the conventions at kinks, asks
nothing of a branch that is not taken, and knows where there is no slope.

The ways work in floats. Where each number on the way to the truth is an ordinary one, from 1e-100
to 1e100, every way has to find it, up to rounding. Where all are floats, however large, they may
miss it now and then, since each way has numbers of its own to pass through; and where one is beyond
the range of floats, only Decimals have to find it. Where there is no slope, all refuse; a formula
that has been simplified may have one more, that of the points beside it.

To try many, and to see what goes wrong: `python -m tests.calculus.test_random_ways 100000`.
"""

import random
import re
import sys
from collections import Counter
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import pytest

from mathlab.calculus.algebra.differentiate import derivative, directional_derivative
from mathlab.calculus.code.compile import compile_formula
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.chain_rule import sweep_forwards
from mathlab.calculus.graph.operations import operation_named
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, symbols
from mathlab.calculus.numbers.evaluate import evaluate
from mathlab.errors import DomainError
from tests.calculus import truths
from tests.thinned import thinned

X, Y = SYMBOLS = symbols("x y")
BATCH, BATCHES = 300, 12
ORDINARY, FLOATS = 100, 280  # powers of ten; floats with room for a factor or two
LOW = Decimal("1e-280")
WIDE_SHARE = 50  # one in so many formulas of large floats may go wrong
FEW = 60  # and of others: asin(step(where(y, log(y), 0.5))) has slope 0 at y = -40, and none in y
MOST = 900_000  # digits before the point, of a Decimal in its usual context
ROUNDING = Decimal(2) ** -51
SHAKES, WIDENED, CLOSE = 4, 200, Decimal("1e-11")
NONE, BEYOND = "no slope", "beyond"  # beyond what even these Decimals hold
REFUSED = "refused"
COMPILED_REFUSES = (ZeroDivisionError, OverflowError, ValueError)

NUMBERS = (0, 0, 1, 1, 2, 3, -1, -2, 0.5, -0.5, 1.5, 0.1, 1e200, 1e300, 1e-200, 10)
POINTS = (0.0, 0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -2.0, 3.0, 0.1, -0.7, 1.7, 1e-200, 1e200, -40.0)
ROWS = {
    1: "negate absolute relu sign step exp log sqrt cbrt sin cos tanh sigmoid atan asin asinh "
       "acosh atanh log1p expm1 log2 log10 erf erfc softplus sinh cosh tan acos absolute relu "
       "exp log sqrt",
    2: "+ + - - * * * / / / ** ** ** maximum maximum minimum atan2 hypot",
    3: "where where",
    None: "total dot",
}
DRAWN = [operation_named(name) for names in ROWS.values() for name in names.split()]
POWERS = (0, 0.5, 1, 1.5, 2, 3, -1, -2, 1/3)
GUARDED = (table.log, table.sqrt, table.divide, table.power, table.asin, table.acosh, table.exp)

# A formula is a list of its nodes: "x", "y", a number, or a row with the places of its inputs.


def grow(dice):
    nodes = ["x", "y", dice.choice(NUMBERS)]
    for _ in range(dice.randint(2, 8)):
        recent = range(max(0, len(nodes) - 3), len(nodes))
        pick = lambda: dice.choice(recent) if dice.random() < 0.5 else dice.randrange(len(nodes))  # noqa: B023
        if dice.random() < 0.15:  # a guard: where(c, f(c), number)
            c, row = pick(), dice.choice(GUARDED)
            nodes.append(dice.choice(NUMBERS))
            other = len(nodes) - 1
            both = [c, other] if dice.random() < 0.5 else [other, c]
            nodes.append((row, *([c] if row.arity == 1 else both)))
            nodes.append(dice.choice(NUMBERS))
            nodes.append((table.where, c, len(nodes) - 2, len(nodes) - 1))
            continue
        row = dice.choice(DRAWN)
        arity = row.arity or 2 * dice.randint(1, 2)
        if arity > 1 and dice.random() < 0.35:
            nodes.append(dice.choice(POWERS if row is table.power else NUMBERS))
            inputs = [pick() for _ in range(arity)]
            inputs[dice.randrange(arity) if row is not table.power else -1] = len(nodes) - 1
        else:
            inputs = [pick() for _ in range(arity)]
        nodes.append((row, *inputs))
    return pruned(nodes)


def pruned(nodes):
    """Only what the last node is made of."""
    needed, places = {len(nodes) - 1}, {}
    for i in range(len(nodes) - 1, -1, -1):
        if i in needed and isinstance(nodes[i], tuple):
            needed.update(nodes[i][1:])
    kept = []
    for i in sorted(needed):
        node = nodes[i]
        places[i] = len(kept)
        kept.append((node[0], *(places[j] for j in node[1:])) if isinstance(node, tuple) else node)
    return kept


def made(nodes, x, y):
    """The formula, of symbols or of numbers."""
    values = []
    for node in nodes:
        if isinstance(node, tuple):
            values.append(node[0](*(values[i] for i in node[1:])))
        else:
            values.append(x if node == "x" else y if node == "y" else Value.constant(node))
    return values[-1]


# What is right: a sweep in a hundred digits


def local_value(row, inputs):
    """The row's value, NONE or BEYOND."""
    if row is table.where:
        return inputs[1] if inputs[0] > 0 else inputs[2]
    if (row is table.divide and not inputs[1]) or (row is table.power and not is_power(*inputs)):
        return NONE
    try:
        value = Decimal(row.evaluate(*inputs))
    except DomainError as error:
        return BEYOND if "too large" in str(error) else NONE
    return value if value.is_finite() else NONE if value.is_nan() else BEYOND


def is_power(u, v):
    """Whether u**v is a real number."""
    return u > 0 or (v >= 0 if u == 0 else v == v.to_integral_value())


def local_slope(row, i, inputs):
    """The row's slope by input i, with the conventions at kinks; NONE or BEYOND."""
    name, u = row.name, inputs[0]
    if name in ("absolute", "sign", "step", "relu") and u == 0:
        return Decimal(0)
    if name in ("maximum", "minimum") and u == inputs[1]:
        return Decimal("0.5")
    if row is table.total:
        return Decimal(1)
    if row is table.dot:
        return inputs[(i + len(inputs) // 2) % len(inputs)]
    if row is table.power:
        v = inputs[1]
        if i == 0 and v == 0:
            return Decimal(0)
        if i == 0 and u == 0:
            return Decimal(v == 1) if v >= 1 else NONE
        if i == 1 and u <= 0:
            return Decimal(0) if u == 0 and v > 0 else NONE
    rules = truths.OF_ONE[name][:1] if name in truths.OF_ONE else truths.OF_TWO[name][0]
    slope = rules[i](*inputs)
    if slope.is_infinite() and name in ("exp", "expm1", "sinh", "cosh", "**"):
        return BEYOND
    return slope if slope.is_finite() else NONE


def decisions(inputs):
    """What may be decided about some numbers: a kink, an edge, a tie, a whole exponent."""
    return [
        (x > 0, x < 0, abs(x) > 1, abs(x) < 1, x == int(x) if abs(x) < 1e15 else None)
        for x in inputs
    ] + [(x > y, x < y) for x, y in pairwise(inputs)]


def at_its_word(number):
    """0.1 as one tenth, which is how the Decimals of a formula take a float."""
    return Decimal(repr(number) if isinstance(number, float) else number)


class Truth:
    """The value and the slope of a formula in a hundred digits, and how they came about.

    `slope` is a Decimal, NONE or BEYOND. `reach` is the largest power of ten on the way, up or
    down; `vague` says whether floats decide a branch or an edge otherwise, and `met` whether a
    slope that does not exist was multiplied by 0.
    """

    def __init__(self, nodes, point, by, dice=None, read=Decimal):
        self.nodes, self.by, self.dice, self.read = nodes, by, dice, read
        self.met = self.vague = False
        self.reach = 0
        with localcontext(truths.HUNDRED):
            self.values = self.forwards(list(map(read, point)))
            self.slope = self.backwards()

    def shaken(self, number):
        if self.dice is None or isinstance(number, str):
            return number
        return number * (1 + ROUNDING * Decimal(self.dice.uniform(-1, 1)))

    def seen(self, number):
        if not isinstance(number, str) and number:
            self.reach = max(self.reach, abs(number.adjusted()))
        return number

    @property
    def kind(self):
        if isinstance(self.slope, str):
            return self.slope
        within = "wide" if self.reach < FLOATS else "out of range"
        return "ordinary" if self.reach < ORDINARY else within

    def forwards(self, point):
        values, self.depends, floats = [], [], []
        for node in self.nodes:
            if not isinstance(node, tuple):
                values.append(point["xy".index(node)] if isinstance(node, str) else self.read(node))
                floats.append(float(values[-1]))
                self.depends.append(node == self.by)
                continue
            row, *places = node
            inputs = [values[i] for i in places]
            self.depends.append(any(self.depends[i] for i in places))
            taken = [inputs[0], *inputs[2 - (inputs[0] > 0):][:1]] if (
                row is table.where and not isinstance(inputs[0], str)) else inputs
            bad = [x for x in taken if isinstance(x, str)]
            value = bad[0] if bad else local_value(row, inputs)
            values.append(self.seen(self.shaken(value)))
            floats.append(self.float_of(row, [floats[i] for i in places], inputs, bool(bad)))
        return values

    def float_of(self, row, floats, inputs, bad):
        """The same in floats; where they decide otherwise, nothing is tested."""
        if bad or None in floats:
            return None
        try:
            if row is not table.where and decisions(floats) != decisions(inputs):
                self.vague = True
            return float(row.compute(*floats))
        except (ArithmeticError, ValueError):
            return None

    def backwards(self):
        adjoint = {len(self.nodes) - 1: Decimal(1)}
        if isinstance(self.values[-1], str):
            return self.values[-1]
        total = Decimal(0)
        for k in range(len(self.nodes) - 1, -1, -1):
            if k not in adjoint or not self.depends[k]:
                continue
            node = self.nodes[k]
            if not isinstance(node, tuple):
                total += adjoint[k]
                continue
            row, *places = node
            inputs = [self.values[i] for i in places]
            for i, place in enumerate(places):
                if not self.depends[place]:
                    continue
                if row is table.where:
                    if i == 0 or (i == 1) != (inputs[0] > 0):
                        continue
                    slope = Decimal(1)
                else:
                    slope = self.seen(self.shaken(local_slope(row, i, inputs)))
                if isinstance(slope, str):
                    if not adjoint[k]:
                        self.met = True
                        continue
                    return slope
                part = self.seen(adjoint[k] * slope)
                adjoint[place] = self.seen(adjoint.get(place, 0) + part)
        return self.seen(total)


# The ways


def filled(nodes, *inputs):
    """The formula of these Values. Python would work out both ways of a `where` before it asks."""
    order = inputs_first(made(nodes, *SYMBOLS))
    given = dict(zip(SYMBOLS, inputs, strict=True))
    return evaluate(order, {x: given.get(x, x) for x in order if not x.inputs})


def backward(nodes, point, by):
    leaves = [Value(number, symbol.name) for number, symbol in zip(point, SYMBOLS, strict=True)]
    filled(nodes, *leaves).backward()
    return leaves["xy".index(by)].grad


def alone(nodes, point, by):
    """The formula with a Value for one input, and a plain number for the other."""
    leaf = Value(point["xy".index(by)], by)
    given = [leaf if name == by else Value.constant(number)
             for name, number in zip("xy", point, strict=True)]
    return filled(nodes, *given), leaf


def backward_alone(nodes, point, by):
    y, leaf = alone(nodes, point, by)
    y.backward()
    return leaf.grad


def forwards(nodes, point, by):
    y, leaf = alone(nodes, point, by)
    return sweep_forwards(y, {leaf: 1})


def of_numbers(nodes, point, by):
    y, leaf = alone(nodes, point, by)
    return derivative(y, leaf).data


def formula_of(nodes, by):
    return derivative(made(nodes, *SYMBOLS), SYMBOLS["xy".index(by)])


def formula(nodes, point, by):
    return formula_of(nodes, by).at(x=point[0], y=point[1])


def along(nodes, point, by):
    direction = {SYMBOLS["xy".index(by)]: 1}
    return directional_derivative(made(nodes, *SYMBOLS), direction).at(x=point[0], y=point[1])


def compiled(nodes, point, by):
    return compile_formula(formula_of(nodes, by), SYMBOLS)(*point)


def in_50_digits(nodes, point, by):
    with localcontext(prec=50):
        x, y = map(at_its_word, point)
        return formula_of(nodes, by).at(x=x, y=y)


# `backward` asks for the slopes by both inputs, so it may refuse where there is none by the other.
WAYS = {
    "backward": backward_alone, "forwards": forwards, "of numbers": of_numbers,
    "formula": formula, "along": along, "compiled": compiled, "50 digits": in_50_digits,
}


def answer(way, nodes, point, by):
    try:
        number = WAYS[way](nodes, point, by)
    except DomainError:
        return REFUSED
    except COMPILED_REFUSES as error:
        return REFUSED if way == "compiled" else repr(error)
    except Exception as error:
        return repr(error)
    if isinstance(number, Fraction):  # a constant that stands for itself
        return Decimal(number.numerator) / number.denominator
    return repr(number) if isinstance(number, complex) else Decimal(number)


def is_near(number, truth, case):
    """Whether a number is the truth up to rounding; how much that is, shaking tells, when asked."""
    with localcontext(truths.HUNDRED):
        off = abs(number - truth.slope)
        if off <= CLOSE * abs(truth.slope) + LOW:
            return True
        moved = [Truth(*case, random.Random(i)).slope for i in range(SHAKES)]
        if any(isinstance(slope, str) for slope in moved):
            return True  # an edge is so near that rounding decides
        return off <= WIDENED * max(abs(slope - truth.slope) for slope in moved)


def is_undecided(truth, case):
    """Whether rounding in the last of a hundred digits, or of a float, turns the truth over."""
    for i in range(SHAKES):
        slope = Truth(*case, random.Random(i)).slope
        if isinstance(slope, str) or isinstance(truth.slope, str):
            if slope != truth.slope:
                return True
        else:
            with localcontext(truths.HUNDRED):
                if abs(slope - truth.slope) > abs(truth.slope) / 1000:
                    return True
    return False


def beside(nodes, point, by, read=Decimal):
    """The slopes a hair to the left and to the right, where there are any, and their mean.

    Beside 0 two hairs are tried: one that is wide enough for a difference, and a very thin one.
    """
    found = []
    for hair in (Decimal("1e-25"), Decimal("1e-900")):
        pair = []
        for side in (-1, 1):
            moved = list(map(read, point))
            with localcontext(truths.HUNDRED):
                at = moved["xy".index(by)]
                moved["xy".index(by)] += side * (min(abs(at), 1) * Decimal("1e-30") or hair)
            slope = Truth(nodes, moved, by, read=read).slope
            pair += [] if isinstance(slope, str) else [slope]
        found += [*pair, sum(pair) / 2] if len(pair) == 2 else pair
    return found


def verdict(way, actual, truth, case):
    """What is wrong with an answer; nothing if it is right."""
    if isinstance(actual, str) and actual != REFUSED:
        return f"an error or no real number: {actual}"
    exact = way == "50 digits"
    if exact:
        truth = Truth(*case, read=at_its_word)
    if truth.kind == BEYOND or (truth.kind == "out of range" and not exact):
        return ""
    if exact and truth.slope != NONE and truth.slope.adjusted() > MOST:
        return ""
    if truth.slope == NONE or truth.met:
        if actual == REFUSED:
            return ""
        if truth.met and actual.is_finite() and is_near(actual, truth, case):
            return ""
        if not actual.is_finite():
            return "not refused, but inf or nan"
        around = beside(*case, at_its_word if exact else Decimal)
        if way in ("backward", "forwards"):
            return "a slope where there is none"
        if truth.values[-1] == NONE and len(around) < 3:
            return ""  # outside the domain: 1/x does not know that it came from log
        with localcontext(truths.HUNDRED):
            if not around or any(
                    abs(actual - slope) <= Decimal("1e-9") * abs(slope) + Decimal("1e-20")
                    for slope in around):
                return ""  # a gap in the domain that simplifying closes; or nothing there at all
        return "a slope where there is none, nor beside it"
    if actual == REFUSED:
        return "refused"
    if not actual.is_finite():
        return "inf or nan"
    return "" if is_near(actual, truth, case) else "another number"


def constants_have_values(nodes):
    """Whether all that is made of numbers only has a value; otherwise there is no formula."""
    try:
        made(nodes, *SYMBOLS)
    except DomainError:
        return False
    return True


def case(dice):
    while True:
        nodes = grow(dice)
        names = [node for node in nodes if isinstance(node, str)]
        if names and constants_have_values(nodes):
            return nodes, (dice.choice(POINTS), dice.choice(POINTS)), dice.choice(names)


def wrong_ways(nodes, point, by):
    """What is wrong, by way; and of what kind the point is."""
    truth = Truth(nodes, point, by)
    if truth.vague:
        return {}, "vague"
    kind, found = truth.kind, {}
    answers = {way: answer(way, nodes, point, by) for way in WAYS}
    for way, said in answers.items():
        if wrong := verdict(way, said, truth, (nodes, point, by)):
            found[way] = f"{wrong} ({said if isinstance(said, str) else f'{said:.10g}'})"
    if found and is_undecided(truth, (nodes, point, by)):
        return {}, "vague"
    if kind == "out of range" and len({said == REFUSED for said in answers.values()}) > 1:
        kind = "out of range, and some refuse"
    return found, kind


def smaller(nodes, by):
    """The formulas with one node fewer or more: put x, 1 or one of its inputs in its place."""
    for k in range(len(nodes) - 1, -1, -1):
        if not isinstance(nodes[k], tuple):
            continue
        for j in nodes[k][1:]:
            instead = [(n[0], *(j if i == k else i for i in n[1:])) if isinstance(n, tuple) else n
                       for n in nodes]
            yield pruned(instead[: j + 1] if k == len(nodes) - 1 else instead)
        for leaf in ("x", 1):
            yield pruned([*nodes[:k], leaf, *nodes[k + 1:]])


def shrunk(nodes, point, by, wrong):
    """A smaller formula on which one of the same ways goes wrong in the same manner."""
    signs = signs_of(wrong)
    for tried in smaller(nodes, by):
        if by in tried and len(tried) < len(nodes) and constants_have_values(tried):
            again, _ = wrong_ways(tried, point, by)
            if signs & signs_of(again):
                return shrunk(tried, point, by, again)
    return nodes


def signs_of(wrong):
    return {(way, text.split(" (")[0].split(":")[0]) for way, text in wrong.items()}


def told(nodes, point, by):
    """A failure in a few words: the formula, shrunk, and what each way says."""
    wrong, _ = wrong_ways(nodes, point, by)
    small = shrunk(nodes, point, by, wrong)
    wrong, kind = wrong_ways(small, point, by)
    truth = Truth(small, point, by).slope
    right = truth if isinstance(truth, str) else f"{truth:.10g}"
    text = made(small, *SYMBOLS)
    return (f"d/d{by} of {text} at x = {point[0]}, y = {point[1]}: {right} ({kind}); "
            + "; ".join(f"{way}: {text}" for way, text in wrong.items()))


@pytest.mark.parametrize("batch", thinned(range(BATCHES), keep=1))
def test_all_ways_agree_or_refuse_alike(batch):
    dice = random.Random(batch)
    failures, wide, kinds = [], [], Counter()
    for _ in range(BATCH):
        drawn = case(dice)
        wrong, kind = wrong_ways(*drawn)
        kinds[kind] += 1
        if wrong:
            (wide if kind == "wide" else failures).append(drawn)
    assert kinds["ordinary"] > BATCH // 4
    assert kinds[NONE] > BATCH // 20
    for found, most in ((failures, BATCH // FEW), (wide, 1 + kinds["wide"] // WIDE_SHARE)):
        assert len(found) <= most, f"{len(found)} of {BATCH}:\n" + "\n".join(
            told(*drawn) for drawn in found[:8])


def main(count, seed=0):
    """Try so many; print how many of each kind there were, and of each shape of failure one."""
    dice = random.Random(f"many {seed}")
    kinds, wrongs, shapes, example = Counter(), Counter(), Counter(), {}
    for _ in range(count):
        drawn = case(dice)
        wrong, kind = wrong_ways(*drawn)
        kinds[kind] += 1
        if wrong:
            wrongs.update([f"formulas, {kind}", *signs_of(wrong)])
            text = told(*drawn)
            shape = shape_of(text)
            shapes[shape] += 1
            example[shape] = min(example.get(shape, text), text, key=len)
    for shape, number in shapes.most_common():
        print(f"{number} x  {example[shape]}")
    print(f"{count} formulas: {dict(kinds)}")
    for sign, number in wrongs.most_common():
        print(number, sign)


def shape_of(text):
    """A failure with its numbers left out, and with one name for x and y."""
    formula, _, ways = text.partition(" at x = ")
    said = re.sub(r" \(.*?\)(?=;|$)", "", ways.partition("; ")[2])
    return re.sub(r"\by\b", "x", re.sub(r"-?\d[\d.e+-]*", "1", formula)), said


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
