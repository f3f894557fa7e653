import math
import random
from itertools import islice

import pytest

from mathlab import Value, parse
from mathlab.calculus.code.compile import compile_formula
from mathlab.calculus.graph import operations as op
from mathlab.calculus.graph.order import inputs_first
from mathlab.learning.data.table import Table
from mathlab.learning.descent import guesses as search
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.guesses import guesses
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

DICE = random.Random(6)
XS = [0.5 * k for k in range(60)]


def made(curve, noise=0.01):
    return Table({"x": XS, "y": [curve(x) + DICE.gauss(0, noise) for x in XS]})


def ends(model, table, **options):
    return list(guesses(LossSurface(Model(model), table), **options))


def test_the_same_seed_guesses_the_same():
    table = made(lambda x: 3 * math.exp(-0.3 * x) + 1)
    first, again, other = (ends("y = a*exp(-b*x) + c", table, seed=seed) for seed in (1, 1, 2))
    assert first == again != other


def test_each_end_says_how_high_it_is_over_all_rows():
    many = Table({"x": [k / 1000 for k in range(1000)],
                  "y": [math.exp(k / 1000) for k in range(1000)]})
    surface = LossSurface(Model("y = a*exp(b*x) + c"), many)
    for end in islice(guesses(surface), 3):
        assert end.loss == surface.height(end.position)


@pytest.mark.parametrize("frequency", [0.3, 1.0, 2.7, 5.5])
@pytest.mark.parametrize("model", ["y = a*sin(w*x + p) + c", "y = a*cos(w*x) + b*sin(w*x) + c"])
@pytest.mark.parametrize("seed", range(4))
def test_a_wave_is_found_whatever_its_frequency(frequency, model, seed):
    table = made(lambda x: 2 * math.sin(frequency * x + 1) + 4)
    best = min(ends(model, table, seed=seed), key=lambda end: end.loss)
    names = LossSurface(Model(model), table).parameters
    assert abs(best.position[names.index("w")]) == pytest.approx(frequency, rel=1e-2)


@pytest.mark.parametrize(
    ("model", "curve", "place"),
    [("y = 2**((x - s)/d)", lambda x: 2 ** ((x - 11) / 4), {"s": 11, "d": 4}),
     ("y = exp(a + b*x)", lambda x: math.exp(-40 + 0.2 * x), {"a": -40, "b": 0.2}),
     ("y = a*exp(-(x - m)**2/(2*s**2)) + c",
      lambda x: 5 * math.exp(-((x - 21) ** 2) / 2 / 0.8**2) + 1, {"m": 21}),
     ("y = x/(a + b*x)", lambda x: x / (3 + 2 * x), {"a": 3, "b": 2})])
def test_what_a_parameter_meets_says_how_large_it_is(model, curve, place):
    table = Table({"x": XS, "y": [*map(curve, XS)]})
    best = min(ends(model, table), key=lambda end: end.loss)
    names = LossSurface(Model(model), table).parameters
    for name, number in place.items():
        assert best.position[names.index(name)] == pytest.approx(number, rel=1e-3)


def test_what_is_given_is_where_the_walk_begins():
    table = made(lambda x: 3 * math.exp(-0.3 * x) + 1)
    for end in ends("y = a*exp(-b*x) + c", table, given={"b": 0.25}, steps=1):
        assert end.position[1] == 0.25


# What a parameter meets, and how it is drawn then


def graph(text):
    """A formula, the nodes above each node, and the names that each depends on, by hand."""
    formula = parse(text)
    order = inputs_first(formula)
    parents = {x: [(node, side) for node in order for side, y in enumerate(node.inputs) if y is x]
               for x in order[:-1]}
    depends = {node: {x for x in inputs_first(node) if x.operation is None} for node in order}
    return formula, parents, depends, {x.name: x for x in order if x.operation is None}


MEETINGS = [  # formula, parameter; how it meets what, whether a wave follows, and the way back of 5
    ("exp(-b*x)",            "b", ["* 0 x"],              5 * -1),
    ("exp(b*2)*x",           "b", ["* 0 x"],              math.log(5) / 2),
    ("2**b*x",               "b", ["* 0 x"],              math.log2(5)),
    ("b**2*x",               "b", ["* 0 x"],              math.sqrt(5)),
    ("a*b*x",                "a", ["* 0 b*x"],            5),
    ("x*z*b",                "b", ["* 0 x*z"],            5),
    ("x*b/z",                "b", ["* 0 x/z", "* 0 x"],   5),
    ("b/x/z",                "b", ["* 0 1/x/z", "* 0 1/x"], 5),
    ("z/(x/b)",              "b", ["* 0 z/x", "/ 1 x"],   5),
    ("x/b",                  "b", ["/ 1 x"],              5),
    ("x/(2*b)",              "b", ["/ 1 x"],              5 / 2),
    ("x/(3/b)",              "b", ["/ 1 x"],              3 / 5),
    ("x*(b - 2)",            "b", ["* 0 x"],              5 + 2),
    ("x*(2 - b)",            "b", ["* 0 x"],              2 - 5),
    ("x*(b + 2)",            "b", ["* 0 x"],              5 - 2),
    ("x*(b/2)",              "b", ["* 0 x"],              5 * 2),
    ("x - exp(b)",           "b", ["- 1 x"],              math.log(5)),
    ("log(b) + x",           "b", ["+ 0 x"],              math.exp(5)),
    ("x/sqrt(exp(b))",       "b", ["/ 1 x"],              math.log(25)),
    ("(b - x)**2",           "b", ["- 0 x"],              5),
    ("(x - m)/b",            "b", ["/ 1 x - m"],          5),
    ("a/(b + x)",            "b", ["+ 0 x"],              5),
    ("x**b",                 "b", ["** 1 x"],             5),
    ("b**x",                 "b", ["** 0 x"],             5),
    ("b**n/(b**n + x**n)",   "b", ["+ 0 x"],              5),
    ("b**n + x**m",          "b", [],                     None),
    ("a**n + b**n",          "b", ["+ 1 a"],              5),
    ("1/(1 + (x/b)**n)",     "b", ["/ 1 x"],              5),
    ("sin(b*x + p)",         "b", ["* 0 x wave"],         5),
    ("sin(w*x + b)",         "b", ["+ 1 w*x wave"],       5),
    ("cos(w*(x - b))",       "b", ["- 1 x wave"],         5),
    ("cos(b*(x - m))",       "b", ["* 0 x - m wave"],     5),
    ("tan(x/(b*z))",         "b", ["/ 1 x/z wave", "* 0 z wave"], 5),
    ("sin(-b*x)",            "b", ["* 0 x wave"],         5 * -1),
    ("sin(exp(b*x))",        "b", ["* 0 x"],              5),
    ("a + b",                "b", [],                     None),
    ("sin(b)*x",             "b", [],                     None),
    ("where(x, b, z)",       "b", [],                     None),
    ("b**n + x",             "b", [],                     None),
]


@pytest.mark.parametrize(("text", "lever", "met", "back"), MEETINGS)
def test_what_a_parameter_meets(text, lever, met, back):
    _, parents, depends, names = graph(text)
    levers = [x for name, x in names.items() if name not in "xz"]
    found = [*search._meetings(names[lever], parents, depends, levers)]
    assert [f"{each.operation.name} {each.side} {each.other}" + " wave" * each.turns
            for each in found] == met
    for each in found:
        number = 5.0
        for inverse in each.inverse:
            number = inverse(number)
        assert number == pytest.approx(back)


@pytest.mark.parametrize(("text", "order"), [
    ("exp(-((x - m)/s)**2)", [("m", "x"), ("s", "x - m")]),
    ("exp(-b*x)", [("b", "x")]), ("a**2 + sqrt(1 + a)", [("a", None)]),
    ("sin(w*x + p)", [("w", "x"), ("p", "w*x")]), ("exp(-b*(x - m))", [("m", "x"), ("b", "x - m")]),
    ("exp(b*x) + exp(a*known*x)", [("b", "x"), ("a", "known*x")]),
    ("exp(a*known*x) + exp(b*x)", [("b", "x"), ("a", "known*x")]),
    ("exp(-b*x) + exp(-(x - m)**2)", [("m", "x"), ("b", "x")]),
    ("exp(b*(x - m*known))", [("b", None), ("m", None)])])
def test_a_parameter_is_drawn_after_those_that_it_meets(text, order):
    formula, _, _, names = graph(text)
    levers = [x for name, x in names.items() if name != "x"]
    rows = [[3.0], [1.0], [2.0]]
    found = search._drawers(formula, levers, {x for x in levers if x.name == "known"},
                            [*levers, Value.symbol("x")], rows)
    assert [(levers[each.place].name, each.meeting and str(each.meeting.other))
            for each in found] == order
    for each in found:
        assert each.numbers == ([1.0, 2.0, 3.0] if each.meeting and str(each.meeting.other) == "x"
                                else ())


@pytest.mark.parametrize("operation", search.INVERSE, ids=lambda operation: operation.name)
def test_the_way_back_through_a_function(operation):
    formula = -Value.symbol("x") if operation is op.negate else parse(f"{operation.name}(x)")
    for x in (0.4, 0.9):
        assert search.INVERSE[operation](float(formula.at(x=x))) == pytest.approx(x)


@pytest.mark.parametrize(("operation", "y", "x"), [
    (op.tanh, 5.0, math.atanh(0.96)), (op.tanh, -5.0, -math.atanh(0.96)),
    (op.sigmoid, 5.0, math.log(49)), (op.sigmoid, 1.0, math.log(49)),
    (op.sigmoid, -5.0, -math.log(49))])
def test_the_way_back_from_beyond_what_a_function_reaches(operation, y, x):
    assert search.INVERSE[operation](y) == pytest.approx(x)


@pytest.mark.parametrize("sign", ["+", "-", "*", "/", "**"])
@pytest.mark.parametrize("side", [0, 1])
def test_the_way_back_through_arithmetic(sign, side):
    for number in (0.3, 2.5):
        formula = parse(f"x {sign} {number}" if side == 0 else f"{number} {sign} x")
        back = search._back(formula.operation, side, number)
        for x in (0.7, 3.1):
            assert back(float(formula.at(x=x))) == pytest.approx(x)
    assert search._back(op.atan2, side, 2.0)(0.3) == 0.3


@pytest.mark.parametrize(("y", "low", "high", "found"), [
    (0.3, -1, 1, 0.3), (5, -1, 1, 0.96), (-5, -1, 1, -0.96), (1, 0, 1, 0.98), (0, 0, 1, 0.02),
    (9, 2, 12, 9)])
def test_a_number_within_a_range(y, low, high, found):
    assert search._within(y, low, high) == pytest.approx(found)


class Dice:
    """Dice of which it is known how they fall: a share of each range, the first or last choice."""

    def __init__(self, share=0.0, chance=0.99, last=False):
        self.share, self.chance, self.last = share, chance, last

    def uniform(self, low, high):
        return low + self.share * (high - low)

    def random(self):
        return self.chance

    def choice(self, choices):
        return choices[-1 if self.last else 0]

    def randrange(self, count):
        return min(int(self.share * count), count - 1)

    def gauss(self, mean, spread):
        return mean + spread * self.share


# What is met has the range 4, from 1 to 5. How the dice fall: the share of each range, the chance
# of what is seldom, and the last choice. Then the number that is drawn.
DRAWN = [
    ("*",  0, False, (0, 0.4,  True),    0.1 / 4),            # b times the range is from 0.1
    ("*",  0, False, (1, 0.4,  True),    30 / 4),             # to 30
    ("*",  0, False, (1, 0.4,  False),  -30 / 4),
    ("*",  0, False, (1, 0.6,  True),    1 / 5),              # or b*x is 1 in a row
    ("*",  0, False, (1, 0.5,  True),    1 / 5),
    ("*",  0, True,  (0, 0.6,  True),    1 / 4),              # a wave: from 1 radian
    ("*",  0, True,  (1, 0.6,  True),    3 * math.pi / 4),    # to as many half waves as rows
    ("/",  1, False, (0, 0.4,  True),    1),                  # one of the values
    ("/",  1, False, (1, 0.4,  True),    5),
    ("/",  1, False, (0, 0.6,  True),    4 / 0.1),            # or a share of the range
    ("/",  1, False, (0, 0.5,  True),    4 / 0.1),
    ("/",  1, False, (1, 0.6,  True),    4 / 30 / 100),       # as narrow as a hundredth
    ("/",  1, True,  (0, 0.4,  True),    4),
    ("/",  1, True,  (1, 0.4,  True),    4 / (3 * math.pi)),
    ("**", 0, False, (0, 0.4,  True),    math.exp(0.1 / 4)),
    ("**", 0, False, (1, 0.4,  False),   math.exp(-30 / 4)),
    ("**", 1, False, (0, 0.7,  True),    1 / 5),              # an exponent is from 1/5 to 5,
    ("**", 1, False, (1, 0.7,  True),    5),
    ("**", 1, False, (1, 0.8,  True),   -5),                  # or minus such a number
    ("**", 1, False, (1, 0.75, True),   -5),
    ("+",  0, False, (1, 0.6,  True),    5),                  # one of the values, or minus one
    ("+",  0, False, (1, 0.6,  False),  -5),
    ("-",  1, False, (0, 0.6,  True),    1),
    ("-",  0, False, (0, 0.05, True),    5 - 4),              # now and then one beyond
    ("-",  0, False, (1, 0.05, False),   1 + 4),
    ("-",  0, False, (1, 0.05, True),    5 + 4),
    ("-",  0, False, (1, 0.1,  True),    5),
]


@pytest.mark.parametrize(("sign", "side", "turns", "falls", "number"), DRAWN)
def test_how_a_parameter_is_drawn(sign, side, turns, falls, number):
    operation = parse(f"x {sign} y").operation
    found = search._suitable(operation, side, [1.0, 2.0, 5.0], turns, Dice(*falls))
    assert found == pytest.approx(number)


@pytest.mark.parametrize("share", [-2.0, 0.5])
def test_a_parameter_that_meets_nothing_is_drawn_around_0(share):
    for drawer in (search.Drawer(0), search.Drawer(0, search.Meeting(op.add, 0, None), op.add)):
        assert search._drawn(drawer, [], [], Dice(share)) == share


INPUTS = [Value.symbol("b"), Value.symbol("m"), Value.symbol("x")]
TO_X = compile_formula(parse("x", {"x": INPUTS[2]}), INPUTS)
TO_X_LESS_M = compile_formula(parse("x - m", {x.name: x for x in INPUTS}), INPUTS)


@pytest.mark.parametrize(("operation", "other", "numbers", "inverse", "number"), [
    (op.multiply, TO_X, (), (), 0.1 / 4), (op.multiply, TO_X, (0.0, 2.0), (), 0.1 / 2),
    (op.subtract, TO_X_LESS_M, (), (), 1 - 3), (op.subtract, TO_X, (7.0, 8.0), (), 7),
    (op.subtract, TO_X, (), (math.sqrt, math.exp), math.e),
    (op.subtract, TO_X_LESS_M, (), (math.log,), math.log(2)),      # -2 has none, 2 has one
    (op.subtract, TO_X, (0.0,), (math.log,), 0.0),                 # 0 has none, 1 has one
    (op.subtract, TO_X, (), (lambda y: y / 0,), -0.5),             # around 0, if all else fails
    (op.subtract, compile_formula(INPUTS[2] / 0, INPUTS), (), (), -0.5)])
def test_how_a_parameter_is_drawn_by_its_drawer(operation, other, numbers, inverse, number):
    """The rows have x from 1 to 5, and m is 3."""
    dice = Dice(0, 0.4, True)
    dice.gauss = lambda mean, spread: mean - spread / 2
    drawer = search.Drawer(0, search.Meeting(operation, 0, INPUTS[2], inverse), other, numbers)
    assert search._drawn(drawer, [9.0, 3.0], [[1.0], [5.0]], dice) == pytest.approx(number)


def test_a_parameter_that_meets_next_to_nothing_is_drawn_all_the_same():
    for turns in (False, True):
        for share in (0.0, 1.0):
            found = search._suitable(op.multiply, 0, [0.0], turns, Dice(share, 0.6, True))
            most = (2 * math.pi, 1.0) if turns else (30, 0.1)
            assert found == pytest.approx(most[0] if share else most[1])  # of a range of 1
    assert search._suitable(op.multiply, 0, [1.0, 5.0], False, Dice(), 7.0) == pytest.approx(1 / 1)
    assert search._suitable(op.multiply, 0, [1.0, 5.0], True, Dice(), 7.0) == pytest.approx(7 / 4)
    assert search._suitable(op.multiply, 0, [1.0, 5.0], False, Dice(0, 0.1), 7.0) == 7 / 4


@pytest.mark.parametrize(("numbers", "size"), [
    ([1.0, 3.0], 2), ([5.0, 5.0], 5), ([-5.0], 5), ([0.0, 0.0], 1), ([-3.0, -1.0], 2)])
def test_the_size_of_what_is_met(numbers, size):
    assert search._size(numbers) == size


def test_a_number_between_two_neighbours():
    dice, numbers = random.Random(1), [0.0, 1.0, 10.0]
    found = [search._one_of(numbers, dice) for _ in range(4000)]
    for share, off, count in (
            (0.3, 0.02, sum(x == 10 for x in found)),  # the last has no neighbour
            (0.3, 0.02, sum(0 < x < 1 for x in found)),
            (0.025, 0.008, sum(x < 0 for x in found)), (0.025, 0.008, sum(x > 10 for x in found))):
        assert count / 4000 == pytest.approx(share, abs=off)
    assert -10 <= min(found) < -8 and 18 < max(found) <= 20


@pytest.mark.parametrize(("one", "other", "distance"), [
    ([1.0, 5.0], [3.0, 5.0], 0.5), ([0.0, 0.0], [0.0, 0.0], 0.0), ([-1.0, 2.0], [1.0, 2.0], 1.0),
    ([4.0, 2.0], [4.0, 6.0], 0.5)])
def test_how_far_apart_two_places_are(one, other, distance):
    assert search._distance(one, other) == search._distance(other, one) == distance


def test_places_to_begin_at_are_apart_and_eight_at_most():
    near = [(1.0,), (1.25,), (1.5,), (1.53,), (-1.0,)]
    assert search._apart(near) == [[1.0], [1.53], [-1.0]]  # 0.2 apart is near
    assert search._apart([(2.0**k,) for k in range(20)]) == [[2.0**k] for k in range(8)]
    assert search._apart([(2.0**k,) for k in range(7)]) == [[2.0**k] for k in range(7)]


def steps(losses):
    return [Step((float(i),), loss, ()) for i, loss in enumerate(losses)]


@pytest.mark.parametrize(("losses", "agree", "different"), [
    ([1.0, 1.0, 2.0], True, [0, 2]), ([1.0, 2.0], False, [0, 1]), ([3.0], True, [0]),
    ([2.0, 1.0, 1.0 + 9e-7], True, [1, 0]), ([1.0, 1.0 + 1.1e-6], False, [0, 1]),
    ([4.0 + 3.9e-6, 9.0, 4.0], True, [2, 1]), ([-4.0, -4.0 + 3.9e-6, 9.0], True, [0, 2]),
    ([0.25, 0.25 + 3e-7], False, [0, 1]), ([math.inf, 2.0, math.inf], False, [1, 0])])
def test_whether_walks_ended_alike(losses, agree, different):
    assert search._agree(steps(losses)) is agree
    assert [int(step.position[0]) for step in search._different(steps(losses))] == different


@pytest.mark.parametrize("rows", [3, 250, 251, 1000])
def test_a_guess_looks_at_250_rows_at_most(rows):
    found = search._sample(range(rows), 1)
    assert len({*found}) == len(found) == min(rows, 250)
    assert rows > 250 or found == [*range(rows)]
    assert search._sample(range(rows), 1) == found


def test_values_that_are_finite_numbers():
    other = compile_formula(parse("b/x"), [Value.symbol(name) for name in "bx"])
    assert search._numbers(other, [1.0], [[2.0], [0.0], [-1.0], [1e-320], [math.nan], [4.0]]) == [
        -1.0, 0.25, 0.5]
    other = compile_formula(parse("b**x"), [Value.symbol(name) for name in "bx"])
    assert search._numbers(other, [-8.0], [[2.0], [0.5], [1.0]]) == [-8.0, 64.0]


@pytest.mark.parametrize(("back", "y", "found"), [
    (lambda row, y: y * row, 3.0, 6.0), (lambda row, y: y * y, 1e200, None),
    (lambda row, y: y ** 0.5, -8.0, None), (lambda row, y: y / 0, 1.0, None)])
def test_a_number_from_the_way_back_is_finite_or_none(back, y, found):
    assert search._or_none(back, 2.0, y) == found


@pytest.mark.parametrize(("model", "inner", "target"), [
    ("y = exp(a + b*x)", "a + b*x", math.log), ("y = 1/(a + b*x)", "a + b*x", lambda y: 1 / y),
    ("y = a + b*x", "a + b*x", lambda y: y), ("y = sqrt(a + b*x) - 1", "a + b*x",
                                              lambda y: (y + 1) ** 2),
    ("y = 2**(a + b*x)", "a + b*x", math.log2), ("y = exp(a*x)*b", "exp(a*x)*b", lambda y: y),
    ("log(y) = exp(a + b*x)", "a + b*x", lambda y: math.log(math.log(y))),
    ("y = -(a + b*x)", "-(a + b*x)", lambda y: y), ("y = exp(a*x)", "a*x", math.log),
    ("y = maximum(a + b*x, 1)", "maximum(a + b*x, 1)", lambda y: y),
    ("y = x/(a + b*x)", "a + b*x", None), ("y = exp(a*x**b)", "a*x**b", math.log)])
def test_a_function_around_what_is_linear_is_undone(model, inner, target):
    table = Table({"x": [1.0, 2.0, 3.0, 4.0], "y": [3.0, 5.0, 4.0, 7.0]})
    surface = LossSurface(Model(model), table)
    levers = [surface.model.symbols[name] for name in surface.parameters]
    found, rows = search._peeled(surface, levers, [*levers, *map(Value.symbol, surface.columns)],
                                 [0.0] * len(levers))
    assert str(found) == inner
    assert [y for _, y in rows] == pytest.approx([
        target(y) if target else x / y for x, y in zip(table["x"], table["y"], strict=True)])


def test_a_row_without_a_way_back_is_left_out():
    """Of 4 rows one has no logarithm: two parameters need more than two rows."""
    for low, inner in (([-1.0], "a + b*x"), ([-1.0, -2.0], "exp(a + b*x)")):
        ys = [*low, *[3.0, 5.0, 4.0, 7.0][len(low):]]
        surface = LossSurface(Model("y = exp(a + b*x)"), Table({"x": [1.0, 2.0, 3.0, 4.0],
                                                                "y": ys}))
        levers = [surface.model.symbols[name] for name in "ab"]
        found, rows = search._peeled(
            surface, levers, [*levers, *map(Value.symbol, surface.columns)], [0.0, 0.0])
        assert str(found) == inner and len(rows) == (3 if len(low) == 1 else 4)


@pytest.mark.parametrize(("model", "tries"), [
    ("y = a + b*x", 1), ("y = a*exp(b*x)", 120), ("y = a*exp(b*x) + c*exp(d*x)", 240),
    ("y = a*exp(b*x) + exp(d*x)*exp(-((x - k)/m)**2)*exp(-((x - n)/p)**2)", 480)])
def test_how_many_places_are_tried(model, tries, monkeypatch):
    surface = LossSurface(Model(model), made(lambda x: 3 * math.exp(-0.3 * x) + 1))
    tried = []
    monkeypatch.setattr(search._Search, "_try_out", lambda *given: tried.append(given))
    made_of = search._Search(surface, {}, 0)
    assert made_of.first_places() == []
    assert len(tried) == tries


@pytest.mark.parametrize(("model", "loss", "scans"), [
    ("y = a*exp(b*x)", 1.0, []), ("y = a*sin(w*x)", 1.0, [(1.0, "w")]),
    ("y = a*sin(w*x + p)", 1.0, [(1.0, "w"), (1.0, "p")] * 2), ("y = a*sin(w*x)", None, []),
    ("y = sin(w*x)*sinh(c**2 + c)", 1.0, [(1.0, "w")])])
def test_only_waves_are_scanned_from_the_lowest_place(model, loss, scans, monkeypatch):
    surface = LossSurface(Model(model), made(math.sin))
    made_of, scanned = search._Search(surface, {}, 0), []

    def tried(start, drawers, found):
        if loss:
            found.update({(2.0,): 2.0, (1.0,): loss, (1.01,): 1.5})

    monkeypatch.setattr(made_of, "_try_out", tried)
    monkeypatch.setattr(made_of, "_scan", lambda lowest, drawer, found: scanned.append(
        (*lowest, surface.parameters[drawer.place])))
    assert made_of.first_places() == ([[1.0], [2.0]] if loss else [])
    assert scanned == scans


@pytest.mark.parametrize(("rows", "scans"), [(9, 8), (500, 499), (501, 499)])
def test_as_many_half_waves_as_there_are_rows_or_500(rows, scans, monkeypatch):
    table = Table({"x": [k / 9 for k in range(rows)], "y": [float(k % 4) for k in range(rows)]})
    made_of = search._Search(LossSurface(Model("y = a*sin(w*x)"), table), {}, 0)
    tried = []
    monkeypatch.setattr(made_of, "_try_out", lambda *given: tried.append(given))
    made_of._scan([1.0, 1.0], made_of.drawers[0], {})
    assert len(tried) == scans


def test_a_place_that_is_infinitely_high_is_not_noted(monkeypatch):
    table = Table({"x": [1.0, 2.0], "y": [1.0, 2.0]})
    made_of = search._Search(LossSurface(Model("y = x*exp(b) + exp(b)**2"), table), {}, 0)
    found = {}
    assert made_of.terms is None and made_of.linear == []
    for number in (400.0, 1.0):
        monkeypatch.setattr(search, "_drawn", lambda *_, number=number: number)
        made_of._try_out([0.0], made_of.drawers, found)
    assert [*found] == [(1.0,)]


def test_a_parameter_without_a_meeting_is_drawn_anew_alone():
    table = Table({"x": [1.0, 2.0, 3.0], "y": [1.0, 2.0, 9.0]})
    made_of = search._Search(LossSurface(Model("y = exp(b*x) + sinh(c**2 + c)"), table), {}, 0)
    by_name = {made_of.levers[each.place].name: each for each in made_of.drawers}
    assert by_name["c"].meeting is None and by_name["b"].meeting
    for name, other in (("b", "c"), ("c", "b")):
        assert made_of._that_hang_on(by_name[name]) == []
        place = made_of.changed([0.5, 0.5], by_name[name], to_the_worst=True)
        assert place[by_name[other].place] == 0.5 != place[by_name[name].place]
    assert made_of._where_it_is_off(by_name["c"], [0.5, 0.5]) is by_name["c"]


def test_a_walk_from_where_there_is_no_loss_is_infinitely_high():
    surface = LossSurface(Model("y = log(a)*x"), Table({"x": [1.0, 2.0], "y": [1.0, 2.0]}))
    assert search._walked(surface, [-1.0], 5) == Step((-1.0,), math.inf, ())
    places = [search._walked(surface, [2.0], steps).position for steps in (1, 2, 40)]
    assert places[0] == (2.0,) != places[1] and places[2] == (pytest.approx(math.e),)
    nowhere = Step((-1.0,), 7.0, ())
    assert search._Search(surface, {}, 0).over_all_rows(nowhere) is nowhere


@pytest.mark.parametrize("model", ["y = a*exp(b*x)", "y = a*exp(b*x) + c*exp(d*x) + k*exp(m*x)"])
def test_where_no_guess_has_a_loss_there_is_no_walk(model, monkeypatch):
    monkeypatch.setattr(search._Search, "first_places", lambda _: [])
    assert [*guesses(LossSurface(Model(model), made(math.exp)))] == []


@pytest.mark.parametrize(("model", "alike", "more"), [
    ("y = a + b*x", False, 0), ("y = a*exp(b*x)", False, 0),        # one parameter is drawn at most
    ("y = a*exp(b*x) + c*exp(d*x)", True, 0),                       # two, and the walks agree
    ("y = a*exp(b*x) + c*exp(d*x)", False, 6 * 2),
    ("y = a*exp(b*x) + c*exp(d*x) + k*exp(m*x)", True, 1 * 3),      # three: one round at least
    ("y = a*exp(b*x) + c*exp(d*x) + k*exp(m*x)", False, 6 * 3)])
def test_how_many_walks_there_are(model, alike, more, monkeypatch):
    surface = LossSurface(Model(model), made(lambda x: 3 * math.exp(-0.3 * x) + 1))
    names = surface.parameters
    bases, walks = [], []

    def walked(_, place, steps):
        walks.append(place)
        assert steps == 40
        return Step(tuple(place), 1.0 if alike else float(len(walks) % 7), ())

    def changed(_, base, drawer, to_the_worst):
        bases.append((tuple(base), drawer.place, to_the_worst))
        return [*base]

    monkeypatch.setattr(search, "_walked", walked)
    monkeypatch.setattr(search._Search, "changed", changed)
    monkeypatch.setattr(search._Search, "first_places", lambda _: [
        [float(k)] * len(names) for k in range(4)])
    found = [*guesses(surface)]
    assert len(found) == len(walks) == 4 + more
    assert [worst for _, _, worst in bases] == [
        i % 2 == 1 for i in range(6) for _ in range(more // (6 if not alike else 1))][:more]


@pytest.mark.parametrize(("ends", "bases"), [
    (5, [0, 1, 2, 3, 4, 0]), (8, [0, 1, 2, 3, 4, 0])])
def test_the_five_lowest_ends_are_changed_in_turn(ends, bases, monkeypatch):
    surface = LossSurface(Model("y = a*exp(b*x) + c*exp(d*x)"), made(math.exp))
    changed = []
    monkeypatch.setattr(search, "_walked", lambda _, place, steps: Step(
        tuple(place), place[0], ()))
    monkeypatch.setattr(search._Search, "changed", lambda _, base, drawer, worst: (
        changed.append(base[0]) or [99.0 + len(changed)]))
    monkeypatch.setattr(search._Search, "over_all_rows", lambda _, end: end)
    monkeypatch.setattr(search._Search, "first_places", lambda _: [
        [float(k)] for k in range(ends)])
    assert len([*guesses(surface)]) == ends + 12
    assert changed == [base for base in bases for _ in range(2)]
