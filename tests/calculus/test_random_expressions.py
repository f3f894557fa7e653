"""Thousands of random formulas, each differentiated five ways.

All of the table takes part. Backwards, forwards and the formula are reckoned in Decimals of 50
digits, as the witness is, so that what is compared is the mathematics and not the rounding. Where a
formula has no value or no slope at its point (log(-1), sqrt(0)) another is drawn.
"""

import random
from collections import Counter
from decimal import Decimal, localcontext

import pytest

from mathlab.calculus.algebra.differentiate import derivative, substitute
from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.code.compile import compile_formula
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.chain_rule import sweep_backwards, sweep_forwards
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, symbols
from mathlab.errors import DomainError
from tests.calculus import witness
from tests.calculus.rows import OF_MANY, OF_ONE, OF_TWO
from tests.thinned import thinned

X, Y = symbols("x y")
POINTS = [(Decimal(a), Decimal(b)) for a, b in (("0.731", "1.387"), ("-1.213", "0.457"))]
CONSTANTS = (1, 2, 3, -1, -2, Decimal("0.5"), Decimal("1.7"), Decimal("-0.3"))
GAMMAS = (table.gamma, table.lgamma, table.digamma, table.polygamma)
HUGE = Decimal(10) ** 12  # beyond, 50 digits are soon too few
PIECEWISE = (table.absolute, table.sign, table.step, table.relu)
DEEPEST, BATCH, BATCHES = 8, 200, 10  # two thousand formulas
DRAWN = (*table.ARITHMETIC, *table.ARITHMETIC, *OF_ONE, *OF_TWO, *OF_MANY, table.where)


def grow(dice, depth, pieces):
    """A random formula; one time in eight a piece made before, so that pieces are shared."""
    if depth == 0 or dice.random() < 0.2:
        return dice.choice((X, X, Y, dice.choice(CONSTANTS)))
    if pieces and dice.random() < 0.12:
        return dice.choice(pieces)
    row = dice.choice(DRAWN)
    if row is table.polygamma:
        inputs = [dice.randrange(3), grow(dice, depth - 1, pieces)]
    elif row is table.power and dice.random() < 0.7:
        inputs = [grow(dice, depth - 1, pieces), dice.choice((-2, -1, 0, 1, 2, 3))]
    else:
        count = row.arity or 2 * dice.randint(1, 2)
        inputs = [grow(dice, depth - 1, pieces) for _ in range(count)]
    made = row(*inputs) if any(isinstance(x, Value) for x in inputs) else dice.choice((X, Y))
    pieces.append(made)
    return made


def evaluated(formula, point):
    """The formula made once more, every number in it a Decimal; None if it cannot be used here."""
    x, y = (Value(number) for number in point)
    leaves = [node for node in inputs_first(formula) if node.operation is table.constant]
    numbers = {leaf: Value.constant(Decimal(leaf.data)) for leaf in leaves}
    try:
        result = substitute(formula, {X: x, Y: y, **numbers})
        sweep_backwards(result)
    except DomainError:
        return None
    sizes = [node.data for node in inputs_first(result)] + [x.grad, y.grad]
    return (result, x, y) if all(abs(size) < HUGE for size in sizes) else None


def on_smooth_ground(formula, point):
    """Whether no kink or jump lies within reach of the witness's step."""
    try:
        ground = witness.numbers(formula, {X: point[0], Y: point[1]})
    except DomainError:  # in a branch that is not taken
        return False
    for node in ground:
        if node.operation in (table.maximum, table.minimum):
            edge = ground[node.inputs[0]] - ground[node.inputs[1]]
        elif node.operation in (*PIECEWISE, table.where):
            edge = ground[node.inputs[0]]
        else:
            continue
        if abs(edge) < Decimal("1e-3"):
            return False
    return True


@pytest.fixture
def gammas_in_decimals(monkeypatch):
    """mathlab has the gamma family on floats only; the witness lends its own."""
    for row in GAMMAS:
        in_decimals = witness.precise(witness.GAMMAS[row.name])
        monkeypatch.setitem(row.in_kind, Decimal, poles_refused(in_decimals))


def poles_refused(f):
    def function(*numbers):
        x = numbers[-1]
        if x <= 0 and x == x.to_integral_value():
            raise ValueError("a pole")
        if abs(x) > 60:
            raise ValueError("too far away for a test")
        return f(*numbers)

    return function


@pytest.mark.parametrize("batch", thinned(range(BATCHES), keep=1))
def test_all_methods_agree(gammas_in_decimals, batch):
    dice = random.Random(batch)
    met = Counter()
    checked = unsure = 0
    while checked < BATCH:
        depth = dice.randint(1, DEEPEST)
        formula = grow(dice, depth, [])
        if not isinstance(formula, Value) or not formula.inputs:
            continue
        point = dice.choice(POINTS)
        with localcontext(prec=witness.DIGITS):
            made = evaluated(formula, point)
            if made is None or not on_smooth_ground(formula, point):
                continue
            result, x, y = made
            checked += 1
            met.update(node.operation for node in inputs_first(formula))
            try:
                agreed = compare_all(formula, point, result, (x, y), second=checked % 10 == 0)
            except DomainError as error:  # a part that is not used here divides by y - y, say
                assert "it divides by 0" in str(error)
                agreed = False
            unsure += not agreed
    assert len(met) > 40
    assert unsure <= BATCH // 50


def compare_all(formula, point, result, leaves, second):
    ground = dict(zip((X, Y), point, strict=True))

    def f(*numbers):
        return witness.number(formula, dict(zip((X, Y), numbers, strict=True)))

    text = str(formula)
    assert witness.near(witness.number(formula, ground), result.data, 25), text
    assert witness.near(witness.number(simplify(formula), ground), result.data, 25), text
    for i, (symbol, leaf) in enumerate(zip((X, Y), leaves, strict=True)):
        expected = witness.slope(f, point, i)
        if not witness.near(witness.slope(f, point, i, step=witness.STEP / 8), expected, 12):
            return False  # next to a pole, where the witness itself is not sure
        slope = derivative(formula, symbol)
        assert witness.near(leaf.grad, expected, 12), ("backwards", text, symbol)
        forwards = sweep_forwards(result, {leaf: 1})
        assert witness.near(forwards, leaf.grad, 25), ("forwards", text, symbol)
        assert witness.near(witness.number(slope, ground), leaf.grad, 25), ("formula", text, symbol)
        if second:
            expected = witness.slope(f, point, i, 1 - i)
            bent = derivative(slope, (Y, X)[i])
            if abs(expected) < HUGE:
                found = witness.number(bent, ground)
                assert witness.near(found, expected, 8), ("second", text, symbol)
    return True


def test_compiled_formulas_are_the_formulas():
    dice = random.Random(0)
    checked = 0
    while checked < len(thinned(range(1000), keep=250)):
        formula = grow(dice, dice.randint(1, DEEPEST), [])
        if not isinstance(formula, Value) or not formula.inputs:
            continue
        leaves = [node for node in inputs_first(formula) if node.operation is table.constant]
        floats = {leaf: Value.constant(float(leaf.data)) for leaf in leaves}
        formula = substitute(formula, floats)
        try:
            expected = substitute(formula, {X: 0.731, Y: 1.387}).data
        except DomainError:
            continue
        compiled = compile_formula(formula, [X, Y])
        assert compiled(0.731, 1.387) == pytest.approx(expected, rel=1e-12, nan_ok=True), formula
        checked += 1
