"""Value: arithmetic with other numbers, identity, copies, and graphs of a million nodes."""

import copy
import gc
import math
import operator
import pickle
import weakref
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab import (
    Value,
    cos,
    derivative,
    dot,
    erf,
    exp,
    gradient,
    maximum,
    parse,
    simplify,
    sin,
    symbols,
    total,
)
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.errors import DomainError, FormulaError, UnknownError
from tests.calculus.rows import OF_ONE

X, Y = symbols("x y")

# Operators, with numbers on either side

OPERATORS = (operator.add, operator.sub, operator.mul, operator.truediv, operator.pow)
NUMBERS = (2, 2.5, Fraction(5, 2), True)
#          f(3, other), its slope there, f(other, 3), its slope there; other = 2.5, by hand
SLOPES = {
    operator.add: (1, 1),
    operator.sub: (1, -1),
    operator.mul: (2.5, 2.5),
    operator.truediv: (0.4, -2.5 / 9),
    operator.pow: (2.5 * 3**1.5, 2.5**3 * math.log(2.5)),
}


@pytest.mark.parametrize("apply", OPERATORS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("number", NUMBERS, ids=str)
def test_operators_take_numbers_on_either_side(apply, number):
    x = Value(3.0, "x")
    assert apply(x, number).data == pytest.approx(apply(3.0, number))
    assert apply(number, x).data == pytest.approx(apply(number, 3.0))
    assert apply(x, Value(number)).data == pytest.approx(apply(3.0, number))


@pytest.mark.parametrize("apply", OPERATORS, ids=lambda f: f.__name__)
def test_operators_differentiate_on_either_side(apply):
    x = Value(3.0)
    for y, expected in zip((apply(x, 2.5), apply(2.5, x)), SLOPES[apply], strict=True):
        y.backward()
        assert x.grad == pytest.approx(expected)


@pytest.mark.parametrize("apply", OPERATORS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("kind", [int, Fraction, Decimal, complex])
def test_a_kind_of_number_stays_what_it_is(apply, kind):
    result = apply(Value(kind(6)), Value(kind(2))).data
    assert result == apply(kind(6), kind(2))
    assert type(result) is type(apply(kind(6), kind(2)))


def test_signs():
    x = Value(-3.0, "x")
    assert ((-x).data, (+x).data, abs(x).data) == (3.0, -3.0, 3.0)
    assert +x is x


NEUTRAL = (
    (lambda x: x + 0, lambda x: 0 + x),
    (lambda x: x - 0, lambda x: 0.0 + x),
    (lambda x: x * 1, lambda x: 1.0 * x),
    (lambda x: x / 1, lambda x: Fraction(1) * x),
    (lambda x: x**1, lambda x: x + Decimal(0)),
)


@pytest.mark.parametrize("f", [f for pair in NEUTRAL for f in pair])
def test_neutral_numbers_leave_no_trace(f):
    x = Value(3.0, "x")
    assert f(x) is x


@pytest.mark.parametrize(
    ("f", "data"),
    [
        (lambda x: 0 - x, -3.0),
        (lambda x: 1 / x, 1 / 3),
        (lambda x: 1**x, 1.0),
    ],
)
def test_what_only_looks_neutral_is_not(f, data):
    x = Value(3.0)
    assert f(x) is not x
    assert f(x).data == data


NOT_NUMBERS = ("a", None, [1], {}, object())


@pytest.mark.parametrize("apply", OPERATORS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("other", NOT_NUMBERS, ids=lambda x: type(x).__name__)
def test_what_is_no_number_is_a_type_error(apply, other):
    for arguments in ((Value(3.0), other), (other, Value(3.0))):
        with pytest.raises(TypeError):
            apply(*arguments)


@pytest.mark.parametrize("data", NOT_NUMBERS, ids=lambda x: type(x).__name__)
def test_a_value_holds_a_number(data):
    with pytest.raises(TypeError, match="a Value holds a number, not"):
        Value(data)


class Foreign:
    """Something that knows how to deal with Values itself."""

    def __radd__(self, other):
        return "foreign"

    __rsub__ = __rmul__ = __rtruediv__ = __rpow__ = __radd__


@pytest.mark.parametrize("apply", OPERATORS, ids=lambda f: f.__name__)
def test_other_classes_get_their_turn(apply):
    assert apply(Value(3.0), Foreign()) == "foreign"


METHODS = [row.name for row in OF_ONE]


@pytest.mark.parametrize("name", METHODS)
def test_every_function_of_one_number_is_a_method(name):
    at = 1.5 if name == "acosh" else 0.5
    x = Value(at, "x")
    method, function = getattr(x, name)(), table.operation_named(name)(x)
    assert method.operation is function.operation is table.operation_named(name)
    assert method.data == function.data == table.operation_named(name).evaluate(at)
    assert method.inputs == (x,)


# Comparisons and decisions


@pytest.mark.parametrize(
    ("compare", "less", "equal", "more"),
    [
        (operator.lt, True, False, False),
        (operator.le, True, True, False),
        (operator.gt, False, False, True),
        (operator.ge, False, True, True),
    ],
)
def test_values_are_ordered_by_their_numbers(compare, less, equal, more):
    two = Value(2.0)
    assert [compare(two, other) for other in (3, 2, 1)] == [less, equal, more]
    assert [compare(two, Value(other)) for other in (3.0, 2.0, 1.0)] == [less, equal, more]
    assert [compare(other, two) for other in (1, 2, 3)] == [less, equal, more]
    assert not compare(Value(math.nan), 1.0)


def test_sorting_and_extremes():
    values = [Value(x) for x in (3.0, 1.0, 2.0)]
    assert [v.data for v in sorted(values)] == [1.0, 2.0, 3.0]
    assert max(values) is values[0]


def test_values_are_equal_only_to_themselves():
    a, b = Value(2.0), Value(2.0)
    assert a == a
    assert a != b
    assert a != 2.0
    assert len({a, b, a}) == 2
    assert {a: 1, b: 2}[a] == 1


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
def test_an_unknown_refuses_to_decide_and_says_what_to_use(compare):
    for arguments in ((X, 0), (0, X), (X, Y), (X * 2 + 1, Value(3.0))):
        with pytest.raises(UnknownError, match="use maximum, absolute or where"):
            compare(*arguments)


# Names and numbers


@pytest.mark.parametrize(
    ("names", "expected"),
    [("x", ["x"]), ("x y", ["x", "y"]), ("x, y,z", ["x", "y", "z"]), ("", []), ("ß", ["ß"])],
)
def test_symbols(names, expected):
    made = symbols(names)
    assert [s.name for s in made] == expected
    assert all(s.data is UNKNOWN for s in made)


@pytest.mark.parametrize("name", ["2x", "lambda", "x-y", "None", "a.b", "x()"])
def test_what_cannot_be_a_name(name):
    with pytest.raises(FormulaError, match="cannot be a name"):
        symbols(name)


@pytest.mark.parametrize(
    ("formula", "given", "number"),
    [
        (X**2 + Y, {"x": 3, "y": 1}, 10),
        (X / Y, {"x": Fraction(1), "y": 3}, Fraction(1, 3)),
        (X, {"x": 5}, 5),
        (X + Value(2.0, "a"), {"x": 1}, 3.0),
        (X + Value(2.0, "a"), {"x": 1, "a": 5}, 6),
        (Value(2.0, "a") * 3, {}, 6.0),
        (X - X, {"x": 1j}, 0j),
        (X * 2, {"x": 1, "y": 3}, 2),
        (erf(X).derivative(X), {"x": 0.0, "y": 3.0}, 2 / math.sqrt(math.pi)),
        (erf(X).derivative(X), {"x": 0.0, "pi": 3.0}, 2 / math.sqrt(math.pi)),
        (total([X, Y, X]), {"x": Decimal("0.1"), "y": 1}, Decimal("1.2")),
    ],
)
def test_at(formula, given, number):
    found = formula.at(**given)
    assert (found, type(found)) == (number, type(number))


@pytest.mark.parametrize(
    ("formula", "given", "error", "message"),
    [
        (X + 1, {"z": 1}, FormulaError, "there is no z in this formula; it has x"),
        (Value(1, "beta") + X, {"btea": 1}, FormulaError, "no btea in this formula; it has beta"),
        (X + Y, {"x": 1, "z": 1}, FormulaError, "there is no z in this formula; it has x, y"),
        (X + Y, {"x": 1}, UnknownError, r"no number yet for y; give one: f.at\(y=...\)"),
        (X + Y, {}, UnknownError, "no number yet for x, y"),
        (1 / X, {"x": 0}, DomainError, "1 / 0 is not defined"),
    ],
)
def test_at_says_what_is_wrong(formula, given, error, message):
    with pytest.raises(error, match=message):
        formula.at(**given)


def test_at_changes_nothing():
    a = Value(2.0, "a")
    y = a * 3
    assert y.at(a=5) == 15
    assert (a.data, y.data) == (2.0, 6.0)


def test_numeric_derivatives_are_honest():
    a = Value(1.2, "a")
    for y, slope in ((sin(a) * a, math.sin(1.2) + 1.2 * math.cos(1.2)), (exp(a) / a, None)):
        y.backward()
        estimate = y.numeric_derivative(a)
        assert abs(estimate.value - (slope or a.grad)) <= estimate.error < 1e-9


def test_a_million_numbers_print_in_one_line():
    y = total([Value(1.0)] * 1000)
    assert repr(y) == "Value(1000.0, '...')"
    assert repr(X + 1) == "Value(unknown, 'x + 1')"


# Conversions: those of the number


@pytest.mark.parametrize(
    ("convert", "data", "expected"),
    [
        (float, 2.5, 2.5),
        (float, Fraction(1, 4), 0.25),
        (float, Decimal("0.1"), 0.1),
        (int, 2.7, 2),
        (int, 10**30, 10**30),
        (complex, 1 + 2j, 1 + 2j),
        (complex, 2.0, 2 + 0j),
        (round, 2.5, 2),
        (lambda v: round(v, 2), 2.346, 2.35),
        (lambda v: round(v, 1), Decimal("2.25"), Decimal("2.2")),
        (math.floor, 2.7, 2),
        (math.isfinite, math.inf, False),
        (lambda v: f"{v:.4f}", 2.0, "2.0000"),
        (lambda v: f"{v:>8.2e}", 12345.0, "1.23e+04"),
        (lambda v: f"{v:,}", 12345, "12,345"),
        (lambda v: "%.2f" % v, 2.0, "2.00"),  # noqa: UP031
        ("{:+.1f}".format, 2.0, "+2.0"),
    ],
)
def test_a_value_converts_and_is_formatted_like_its_number(convert, data, expected):
    found = convert(Value(data))
    assert (found, type(found)) == (expected, type(expected))
    assert convert(Value(data, "x") * 1 + 0) == expected


def test_without_a_format_it_is_the_formula_that_is_written():
    assert f"{Value(2.0, 'x') + 1}" == "x + 1"
    assert f"{X + 1}" == "x + 1"


@pytest.mark.parametrize(
    "convert", [float, int, complex, round, math.sin, "{:.3f}".format, "{:>9}".format])
def test_a_symbol_has_no_number_to_convert(convert):
    for symbol in (X, X**2 + 1):
        with pytest.raises(UnknownError, match=r"no number yet .* give it one first, f\.at"):
            convert(symbol)


def test_what_does_not_convert_a_number_does_not_convert_a_value():
    for convert in (float, int, round):
        with pytest.raises(TypeError):
            convert(Value(1j))
    with pytest.raises(ValueError, match="format code"):
        format(Value(1.0), "q")
    assert bool(Value(0.0)) is True  # as before: it is there


# Gradients


def test_backward_leaves_the_derivative_of_this_result_only():
    a, b = Value(3.0), Value(4.0)
    first, second = a * b, a + a
    first.backward()
    first.backward()
    assert (a.grad, b.grad) == (4.0, 3.0)
    second.backward()
    assert (a.grad, b.grad) == (2.0, 3.0)  # second does not depend on b: b is not touched


def test_backward_of_a_single_value():
    a = Value(3.0)
    a.backward()
    assert a.grad == 1


def test_a_step_downhill_is_taken_with_data():
    a = Value(3.0)
    for _ in range(100):
        loss = (a - 1) ** 2
        loss.backward()
        a.data -= 0.1 * a.grad
    assert a.data == pytest.approx(1.0, abs=1e-8)


# Copies


def a_graph():
    a, b = Value(2.0, "a"), Value(3.0, "b")
    shared = a * b
    shared.name = "shared"
    y = sin(shared) + shared**2 + total([a, b, shared]) + dot([a, b], [b, a]) - maximum(a, 1)
    y.backward()
    return y


def facts(y):
    return [(n.data, n.grad, n.name, n.operation, len(n.inputs)) for n in inputs_first(y)]


COPIES = {
    "deepcopy": copy.deepcopy,
    "copy": copy.copy,
    **{f"pickle {p}": lambda y, p=p: pickle.loads(pickle.dumps(y, p)) for p in range(2, 6)},
}


@pytest.mark.parametrize("how", COPIES)
def test_copies_have_the_same_shape_numbers_names_and_slopes(how):
    y = a_graph()
    made = COPIES[how](y)
    assert made is not y
    assert facts(made) == facts(y)
    assert str(made) == str(y)
    made.backward()
    y.backward()
    assert facts(made) == facts(y)


@pytest.mark.parametrize("how", COPIES)
def test_copies_of_leaves_and_constants(how):
    for leaf in (Value(2.0, "a"), X, Value.constant(math.pi, "pi"), Value(Fraction(1, 3))):
        leaf.grad = 7.0
        made = COPIES[how](leaf)
        assert (made.data, made.grad, made.name, made.operation) == (
            leaf.data,
            7.0,
            leaf.name,
            leaf.operation,
        )
        leaf.grad = 0


@pytest.mark.parametrize("how", [copy.deepcopy, lambda y: pickle.loads(pickle.dumps(y))])
def test_what_is_shared_between_results_stays_shared(how):
    a = Value(2.0, "a")
    first, second, leaf = how([a * 3, sin(a), a])
    assert first.inputs[0] is second.inputs[0] is leaf


def test_an_unknown_number_stays_the_one_unknown():
    for made in (copy.deepcopy(X + 1), pickle.loads(pickle.dumps(X + 1))):
        assert made.data is UNKNOWN


def test_a_deepcopy_is_independent():
    y = a_graph()
    made = copy.deepcopy(y)
    assert not set(inputs_first(made)) & set(inputs_first(y))


# Size: chains and sums that recursion would not survive


def long_chain(x, length):
    y = x
    for _ in range(length // 2):
        y = y * 0.5 + 1.0
    return y


def test_a_chain_of_a_million_operations():
    x = Value(3.0, "x")
    y = long_chain(x, 1_000_000)
    y.backward()
    assert y.data == 2.0
    assert x.grad == 0.0  # 2**-500000
    assert len(repr(y)) < 60
    gone = weakref.ref(y)
    del y
    assert gone() is None
    assert x.data == 3.0


def test_sums_of_nothing():
    assert (total([]), dot([], [])) == (0, 0)


def test_a_sum_of_a_million_terms():
    xs = [Value(1.0) for _ in range(1000)] * 1000
    y = total(xs)
    y.backward()
    assert y.data == 1e6
    assert xs[0].grad == 1000


def test_a_sum_built_term_by_term():
    xs = [Value(float(i)) for i in range(200_000)]
    y = sum(xs)
    y.backward()
    assert {x.grad for x in xs[1:]} == {1}
    assert y.data == 199_999 * 100_000


@pytest.mark.parametrize("how", ["deepcopy", "copy", "pickle 5"])
def test_long_chains_are_copied_without_recursion(how):
    x = Value(3.0, "x")
    made = COPIES[how](long_chain(x, 100_000))
    assert made.data == 2.0
    assert len(inputs_first(made)) > 100_000


def test_long_chains_have_derivatives_and_texts():
    x = Value(0.5, "x")
    y = x
    for _ in range(20_000):
        y = cos(y)
    y.backward()
    (slope,) = gradient(y, [x])
    assert slope.data == pytest.approx(x.grad, rel=1e-9, abs=1e-300)
    assert str(y).count("cos") == 20_000
    assert simplify(y).data == y.data
    assert y.at(x=0.5) == y.data
    assert y.numeric_derivative(x).value == pytest.approx(x.grad, abs=1e-9)


def test_a_long_shared_graph_is_differentiated_once_per_node():
    x = Value(0.5, "x")
    y = x
    for _ in range(200):
        y = 3.5 * y * (1 - y)  # written out, it would have 2**200 leaves
    y.backward()
    assert derivative(y, x).data == pytest.approx(x.grad)


def test_graphs_are_freed_without_the_garbage_collector():
    gc.collect()
    gc.disable()
    try:
        x = Value(1.0)
        y = sin(x * 2) + x
        y.backward()
        gone = weakref.ref(y)
        del y
        assert gone() is None
    finally:
        gc.enable()


def test_decimals_mix_with_the_float_constants_of_a_formula():
    # sqrt(0.3)/10, by hand: 0.3 = 0.54772255750516611345696978...**2
    found = parse("x**0.5*0.1").at(x=Decimal("0.3"))
    assert abs(found - Decimal("0.054772255750516611345696978")) < Decimal("1e-27")


@pytest.mark.parametrize("make", [
    lambda x: x, lambda x: x + 2, lambda x: 2 - x, lambda x: x * x, lambda x: (x * 2).y,
    lambda x: (2 * x).x, lambda x: -x, lambda x: x.exp(), lambda x: exp(x), lambda x: total([x, 1]),
    lambda x: Value.constant(3), lambda x: (x + Fraction(1, 2)).y, lambda x: symbols("fresh")[0],
    lambda x: parse("2.5"), lambda x: Value.bare(1.0, None, ())])
def test_a_new_value_has_a_slope_of_0_and_no_name_of_its_own(make):
    node = make(Value(2.0))
    assert (node.grad, type(node.grad)) == (0, int)
    assert node.name in ("", "fresh")


def test_copies_of_formulas_keep_their_symbols_and_are_new_themselves():
    y = X + 1
    made = copy.deepcopy(y)
    assert made.x is X and made is not y and made.y is not y.y
    assert str(made) == "x + 1"
