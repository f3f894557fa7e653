"""The sweeps: slopes multiply along a path and add up over paths."""

import math
import random
from decimal import Decimal, localcontext

import pytest

from mathlab import (
    Value,
    absolute,
    acos,
    derivative,
    dot,
    exp,
    hypot,
    log,
    maximum,
    parse,
    polygamma,
    relu,
    sin,
    sqrt,
    total,
    where,
)
from mathlab.calculus.graph.chain_rule import (
    local_slopes,
    sweep_backwards,
    sweep_forwards,
    sweep_plainly,
)
from mathlab.calculus.graph.operations import Operation, constant
from mathlab.calculus.graph.order import Unreached, inputs_first, met
from mathlab.errors import DomainError, FormulaError

A, B = Value(3.0, "a"), Value(4.0, "b")

#     the result                        d/da      d/db, all by hand
BY_HAND = (
    (lambda a, b: a * b + a, 5.0, 3.0),
    (lambda a, b: (a + b) * (a - b), 6.0, -8.0),
    (lambda a, b: a / b, 0.25, -0.1875),
    (lambda a, b: a * a * a, 27.0, 0.0),
    (lambda a, b: exp(a * 0) * b, 0.0, 1.0),
    (lambda a, b: sqrt(a * a + b * b), 0.6, 0.8),
    (lambda a, b: log(a * b), 1 / 3, 0.25),
    (lambda a, b: sin(a) * 2 - b, 2 * math.cos(3.0), -1.0),
    (lambda a, b: maximum(a, b) * a, 4.0, 3.0),
    (lambda a, b: absolute(a - b) * b, -4.0, 5.0),
    (lambda a, b: hypot(4.0, a) * b, 2.4, 5.0),
    (lambda a, b: total([a, a, b, 1]), 2.0, 1.0),
    (lambda a, b: total([a, b]) * b, 4.0, 11.0),
    (lambda a, b: dot([a, b, 2], [b, a, b]) * a, 56.0, 24.0),
    (lambda a, b: where(a - b, a, b * b), 0.0, 8.0),
    (lambda a, b: a, 1.0, 0.0),
)


@pytest.mark.parametrize(("f", "by_a", "by_b"), BY_HAND)
def test_backwards_and_forwards_agree_with_what_is_done_by_hand(f, by_a, by_b):
    A.grad = B.grad = 0.0
    y = f(A, B)
    sweep_backwards(y)
    assert (A.grad, B.grad) == pytest.approx((by_a, by_b))
    assert sweep_forwards(y, {A: 1, B: 0}) == pytest.approx(by_a)
    assert sweep_forwards(y, {A: 0, B: 1}) == pytest.approx(by_b)
    assert sweep_forwards(y, {A: 2, B: -3}) == pytest.approx(2 * by_a - 3 * by_b)


def test_the_inner_nodes_get_their_slopes_too():
    b = A + A
    c = b * b
    sweep_backwards(c)
    assert [node.grad for node in inputs_first(c)] == [24.0, 12.0, 1]


@pytest.mark.parametrize(
    "y", [A + 2, 2 - A, A**2, maximum(1, A), total([A, 2]), dot([A, A], [2, 3])], ids=str
)
def test_a_constant_has_no_slope(y):
    sweep_backwards(y)
    constants = [node for node in inputs_first(y) if node.operation is constant]
    assert constants
    assert all(node.grad == 0 for node in constants)


def test_forwards_may_start_in_the_middle():
    u = A * A
    assert sweep_forwards(sin(u) * u, {u: 1}) == pytest.approx(9 * math.cos(9) + math.sin(9))


def test_a_speed_that_is_given_stands():
    u = A * A
    assert sweep_forwards(u * B, {A: 1, u: 10}) == 40.0


def test_forwards_without_a_speed_nothing_moves():
    assert sweep_forwards(A * B, {}) == 0
    assert sweep_forwards(A * B, {Value(1.0): 1}) == 0


@pytest.mark.parametrize(
    ("f", "at", "message"),
    [
        (sqrt, 0.0, r"sqrt\(0.0\) has no slope there: it would be a division by 0"),
        (acos, 1.0, r"acos\(1.0\) has no slope there: it would be a division by 0"),
        (lambda x: x**0.5, 0.0, "has no slope there: it would be a division by 0"),
        (lambda x: x**x, 0.0, "has no slope there: .*log"),
        (lambda x: x**-1.0, 1e-200, "has a slope too large for a number of its kind"),
        (lambda x: polygamma(x, 1.0), 1.0, "has no slope there: its n is a whole number"),
    ],
)
def test_no_slope_is_an_error_that_says_where(f, at, message):
    x = Value(at, "x")
    y = f(x)
    for sweep in (lambda: sweep_backwards(y), lambda: sweep_forwards(y, {x: 1})):
        with pytest.raises(DomainError, match=message):
            sweep()


def test_no_slope_is_asked_for_where_nothing_moves():
    zero = Value(0.0)
    assert sweep_forwards(sqrt(zero) + A, {A: 1}) == 1


def test_local_slopes_leave_out_constants():
    assert [(x, slope) for x, slope in local_slopes(A**2)] == [(A, 6.0)]
    assert [x for x, _ in local_slopes(total([A, 1, B, 2]))] == [A, B]
    assert [slope for _, slope in local_slopes(total([A]))] == [1]
    assert list(local_slopes(A)) == []


# What was changed since, and what nothing needs


@pytest.mark.parametrize("kind", [int, float])
@pytest.mark.parametrize("f", [
    lambda a: a * a * a, lambda a: a**3 + maximum(a, 10), lambda a: a * a + 0 * a,
    lambda a: total([a, a * a, 3]), lambda a: dot([a, 2], [a, 5]), lambda a: (a + 1) ** 2,
])
def test_a_leaf_that_was_changed_after_the_result_was_made_is_named(f, kind):
    a = Value(kind(1), "a")
    y = f(a)
    y.backward()
    before = a.grad
    y.backward()  # again is no harm
    assert a.grad == before
    a.data = kind(2)
    with pytest.raises(FormulaError, match=r"^a was changed after the result had been made"):
        y.backward()
    again = f(a)
    again.backward()
    assert a.grad != before


@pytest.mark.parametrize("place", range(5))
def test_a_changed_leaf_is_found_in_a_long_graph_too(place):
    leaves = [Value(1.0 + i, f"x{i}") for i in range(5)]
    a, b, c, d, e = leaves
    long = sin(A)
    for _ in range(300):
        long = long * 0.5 + a
    y = total([long * b, maximum(c, 0.5), total([d, 1]) * long, -e])
    y.backward()
    leaves[place].data += 0.25
    with pytest.raises(FormulaError, match=f"^x{place}.* was changed after the result"):
        y.backward()


@pytest.mark.parametrize("old", [lambda a: 2 * a, lambda a: a * 2, sqrt, lambda a: a**3,
                                 lambda a: total([a, 3]), lambda a: dot([2, 3], [a, 5])])
@pytest.mark.parametrize("new", [lambda a: 5 * a, lambda a: a * 5, sqrt, lambda a: total([1, a])])
@pytest.mark.parametrize("turned", [False, True])
def test_one_use_of_a_changed_leaf_is_enough_to_be_named(old, new, turned):
    a = Value(1.0, "a")
    before = old(a)
    a.data = 2.0
    pair = (new(a), before) if turned else (before, new(a))
    with pytest.raises(FormulaError, match=r"^a was changed after the result had been made"):
        (pair[0] + pair[1]).backward()


def test_what_a_branch_that_is_not_taken_needs_may_have_changed():
    a, b = Value(2.0, "a"), Value(3.0, "b")
    y = where(a, a * a, log(b) * 2)
    b.data = -1.0
    y.backward()
    assert (a.grad, b.grad) == (4.0, 0)


def test_a_sweep_that_is_refused_leaves_zeros():
    a, b = Value(2.0, "a"), Value(3.0, "b")
    y = sin(a * b) * b
    a.data = 5.0
    with pytest.raises(FormulaError):
        y.backward()
    assert [(type(node.grad), node.grad) for node in inputs_first(y)] == [(int, 0)] * 5


def test_the_loop_of_micrograd_goes_on():
    w = Value(0.0, "w")
    for _ in range(100):
        loss = (3 * w - 6) ** 2
        loss.backward()
        w.data -= 0.05 * w.grad
    assert w.data == pytest.approx(2)


def test_a_decimal_is_no_other_number_in_another_context():
    with localcontext(prec=50):
        x = Value(Decimal(1), "x")
        y = x / 3 + x
    y.backward()
    assert x.grad == pytest.approx(Decimal(4) / 3)


@pytest.mark.parametrize("text", ["x*asin(2/2)", "x*sqrt(2 - 2)", "x + acosh(1)", "x**(3 - 1)"])
def test_what_is_made_of_constants_is_asked_for_no_slope(text):
    x = Value(-2.0, "x")
    y = parse(text, {"x": x})
    y.backward()
    assert x.grad == pytest.approx(derivative(parse(text), "x").at(x=-2.0))
    assert sweep_forwards(y, {x: 1}) == x.grad


def test_the_quick_sweep_is_the_plain_one():
    dice = random.Random(5)
    for _ in range(50):
        leaves = [Value(dice.uniform(0.5, 2), name) for name in "abc"]
        nodes = [*leaves]
        for _ in range(30):
            u, v = dice.choices(nodes, k=2)
            nodes.append(dice.choice([u + v, u * v, u - 2 * v, sqrt(u * u + 1), maximum(u, v),
                                      where(u - v, u, v), total([u, v, 1]), u / (v * v + 1)]))
        y = total(nodes)
        y.backward()
        quick = [x.grad for x in leaves]
        sweep_plainly(inputs_first(y))
        assert [x.grad for x in leaves] == pytest.approx(quick, rel=1e-12)


@pytest.mark.parametrize("made", [
    lambda x, c: 0 * dot([x, 1], [c, 2]), lambda x, c: 0 * (x * c + 2),
    lambda x, c: relu(dot([x, 1], [-abs(c), 1])) + x * c * 0,
    lambda x, c: 0 * Operation("third", lambda u, v, w: u + v + w, *[lambda u, v, w, y: c] * 3)(
        x, 1, 2)])
@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan, 3.0])
def test_0_times_inf_is_nan_in_every_sweep(made, number):
    x = Value(2.0, "x")
    y = made(x, number)
    y.backward()
    assert (x.grad == 0) if number == 3 else math.isnan(x.grad)
    quick = [node.grad for node in inputs_first(y)]
    sweep_plainly(inputs_first(y))
    assert [node.grad for node in inputs_first(y)] == pytest.approx(quick, nan_ok=True)


def test_what_stands_in_a_way_not_taken_is_asked_for_no_slope():
    x = Value(0.0, "x")
    deep = where(Value(1.0), 3 * x, sqrt(sqrt(x)) * 2)
    assert sweep_forwards(deep, {x: 1}) == 3
    assert sweep_forwards(2 * deep + where(Value(-1.0), sqrt(sqrt(x)) + log(x + 1), x), {x: 1}) == 7


# Nodes that no slope reaches


def test_what_no_slope_reaches_is_left_at_an_ordinary_0():
    x = Value(2.0, "x")
    y = where(x, x * 3, sqrt(x - 2) * x)
    y.backward()
    assert [(node.grad, type(node.grad)) for node in inputs_first(y)] == [
        (grad, int) for grad in (3, 0, 1, 0, 0, 0, 0, 1)]


@pytest.mark.parametrize(("f", "at", "slope"), [
    (lambda x: where(x, x, x * math.inf), 2.0, 1),  # the slope of the other way is infinite
    (lambda x: where(Value(1.0), 3 * x, sqrt(x)) + x * parse("asin(2/2)"), 0.0, 3 + math.pi / 2),
])
def test_what_does_not_count_counts_for_nothing_however_steep_it_is(f, at, slope):
    x = Value(at, "x")
    y = f(x)
    y.backward()
    assert x.grad == slope


def test_a_condition_that_is_nan_leaves_both_slopes_open():
    a, b, c = Value(1.0, "a"), Value(2.0, "b"), Value(math.nan, "c")
    y = where(c, a, b)
    y.backward()
    assert math.isnan(a.grad) and math.isnan(b.grad) and c.grad == 0
    assert math.isnan(sweep_forwards(y, {a: 1, b: 0}))


def test_a_slope_that_fails_leaves_zeros_and_its_own_error():
    x = Value(2.0, "x")
    y = Operation("odd", lambda x: x, lambda x, y: [] + 1)(x * 3) + x * x * x
    with pytest.raises(TypeError, match="can only concatenate list"):
        y.backward()
    assert [node.grad for node in inputs_first(y)] == [0] * 7


@pytest.mark.parametrize(("names", "said"), [
    (("p", "q"), "p or q"), (("p", ""), "p"), (("", ""), "an input")])
def test_how_a_changed_input_is_named(names, said):
    p, q = Value(2.0, names[0]), Value(3.0, names[1])
    y = p * q
    q.data = 5.0
    with pytest.raises(FormulaError) as caught:
        y.backward()
    assert str(caught.value) == (f"{said} was changed after the result had been made: make it "
                                 "again (2.0 * 5.0 is not 6.0 any more)")


@pytest.mark.parametrize("use", [exp, lambda a: a * 2, lambda a: 2 * a, lambda a: total([a, 1])])
@pytest.mark.parametrize("length", [199, 200])
def test_from_two_hundred_nodes_on_only_one_use_of_a_leaf_is_looked_at(use, length):
    a = Value(1.0, "a")
    y = use(a)  # of the number that a had; the sweep comes to the other use first
    a.data = 2.0
    while len(met(y + sin(a), Unreached())) < length:
        y = -y
    y += sin(a)
    if length < 200:
        with pytest.raises(FormulaError, match=r"^a was changed"):
            y.backward()
    else:
        y.backward()


@pytest.mark.parametrize(("f", "slope"), [(lambda u: u * 3, 3), (lambda u: 3 * u, 3),
                                          (lambda u: u * u, 10), (lambda u: -u, -1)])
def test_what_was_made_of_no_given_number_may_hold_another_since(f, slope):
    u = Value(1.0) * 2 * 2
    y = f(u)
    u.data = 5.0  # only the uses of given numbers are looked at
    y.backward()
    assert u.grad == slope
