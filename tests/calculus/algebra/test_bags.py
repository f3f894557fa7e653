"""Bags, one by one: what meets, what is put away, and in which order a bag is written."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab import exp, hypot, log, parse, sin, symbols
from mathlab.calculus.algebra.bags import (
    HALF,
    Notebook,
    Product,
    Sum,
    goes_in,
    is_finite,
    is_positive,
    key_of,
    own_length,
)
from mathlab.calculus.algebra.exact import LostError
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.value import Value, as_value

X, Y, N = symbols("x y n")
THIRD = Fraction(1, 3)


@pytest.mark.parametrize(("sign", "first", "second", "text"), [
    ("*", 0, X, "0"), ("*", X, 0, "0"), ("/", 0, X, "0"), ("*", 1, X, "x"), ("*", X, 1, "x"),
    ("+", 0, X, "x"), ("+", X, 0, "x"), ("-", X, 0, "x"), ("/", X, 1, "x"), ("*", -1, X, "-x"),
    ("*", X, -1, "-x"), ("-", 0, X, "-x"),
    ("*", 2, X, "2*x"), ("*", X, 2, "x*2"), ("/", 1, X, "1/x"), ("/", 2, X, "2/x"),
    ("/", X, 0, "x/0"), ("/", X, -1, "x/-1"), ("/", -1, X, "-1/x"), ("+", 1, X, "1 + x"),
    ("+", -1, X, "-1 + x"), ("+", X, 1, "x + 1"), ("-", 1, X, "1 - x"), ("-", X, 1, "x - 1"),
    ("-", X, -1, "x - -1"), ("*", X, Y, "x*y"), ("+", X, Y, "x + y"), ("**", X, 1, "x**1"),
    ("**", X, 0, "x**0"), ("**", 1, X, "1**x"),
    ("*", Value(1.0, "u"), X, "u*x"), ("+", X, Value(0.0, "v"), "x + v")])
def test_zeros_and_ones_are_put_away(sign, first, second, text):
    book = Notebook()
    inputs = [each if isinstance(each, Value) else book.number(each) for each in (first, second)]
    assert str(book.tidy(table.BUILT_IN[sign], inputs)) == text


@pytest.mark.parametrize(("node", "length"), [
    (X, 1), (X + Y, 1), (X * 2, 1), (sin(X), 1), (X / Y, 1), (hypot(X, Y), 4), (X**2, 1),
    (as_value(3), 1), (as_value(-3), 2), (as_value(0), 1), (as_value(0.1), 1), (as_value(-0.1), 2),
    (as_value(THIRD), 2), (as_value(-THIRD), 3), (as_value(1 - 2j), 1), (parse("pi"), 1),
    (as_value(THIRD) * X, 2), (X * as_value(THIRD), 2), (as_value(2) * X, 1),
    (as_value(THIRD) * as_value(THIRD), 3), (X**as_value(THIRD), 0), (as_value(THIRD)**X, 1),
    (X**as_value(-2), 1), (table.xlogy(X, Y), 2), (as_value(math.nan), 1)])
def test_how_much_there_is_to_write_for_a_node(node, length):
    assert own_length(node) == length


@pytest.mark.parametrize(("number", "plus"), [
    (1, True), (0, False), (-1, False), (0.5, True), (-0.5, False), (-2j, True), (math.nan, True),
    (Fraction(-1, 3), False), (Decimal("-2"), False)])
def test_the_sign_that_a_number_is_written_with(number, plus):
    assert is_positive(number) is plus


@pytest.mark.parametrize(("node", "finite"), [
    (as_value(2), True), (as_value(0.5), True), (as_value(math.inf), False), (X, False),
    (as_value(math.nan), False), (as_value(Decimal("Infinity")), False), (as_value(1j), True),
    (as_value(Decimal(2)), True), (parse("pi"), False), (X + 1, False)])
def test_what_numbers_may_be_added_to(node, finite):
    assert is_finite(node) is finite


BAGS = [
    # sums: powers fall, names before functions, these by the table, and the number last
    (Sum(1, {X: 1, Y: 1}), "x + y + 1"), (Sum(0, {Y: 1, X: 1}), "x + y"),
    (Sum(2, {sin(X): 3, X: -1}), "3*sin(x) - x + 2"), (Sum(-2, {X: -1, Y: -1}), "-x - y - 2"),
    (Sum(-2, {X: THIRD}), "x/3 - 2"), (Sum(HALF, {X: -1}), "1/2 - x"),
    (Sum(0, {X: Fraction(2, 3)}), "2*x/3"), (Sum(0, {X: 0.1, Y: -0.2}), "0.1*x - 0.2*y"),
    (Sum(0, {X: -1}), "-x"), (Sum(-7, {}), "-7"), (Sum(0, {X: 1}), "x"),
    (Sum(0, {exp(X): 1, sin(X): 1, log(X): 1}), "exp(x) + log(x) + sin(x)"),
    # products: number, names, powers, functions; what is to a negative power below the line
    (Product(1, {X: 1, Y: 2}), "x*y**2"), (Product(2, {Y: 1, X: 1}), "2*x*y"),
    (Product(-1, {X: 1, Y: -1}), "-x/y"), (Product(Fraction(2, 3), {X: 1}), "2*x/3"),
    (Product(THIRD, {X: -1}), "1/(3*x)"), (Product(-THIRD, {X: 1}), "-x/3"),
    (Product(-THIRD, {X: -1}), "-1/(3*x)"), (Product(1, {X: HALF}), "sqrt(x)"),
    (Product(1, {X: -HALF}), "1/sqrt(x)"), (Product(1, {X: Fraction(3, 2)}), "x**(3/2)"),
    (Product(3, {X: -2, Y: -1}), "3/(x**2*y)"), (Product(1, {X: N}), "x**n"),
    (Product(2, {sin(X): 1, X: 1}), "2*x*sin(x)"), (Product(5, {}), "5"),
    (Product(1, {sin(X): 2, log(X): 1}), "log(x)*sin(x)**2"),
    (Product(1, {sin(X): -2}), "1/sin(x)**2"),
    (Product(0.1, {X: 1}), "0.1*x"), (Product(-0.1, {X: -1}), "-0.1/x"),
    (Product(1, {X: N, log(X): 1}), "xlogy(x**n, x)"),
    (Product(1, {X: 2, log(X): 1}), "x**2*log(x)"),
    (Product(1, {X: N, log(X): 2}), "x**n*log(x)**2"),
    (Product(1, {X: N, log(Y): 1}), "x**n*log(y)")]


@pytest.mark.parametrize(("bag", "text"), BAGS)
def test_how_a_bag_is_written(bag, text):
    book = Notebook()
    written = book.finish(bag)
    shown = text.replace("xlogy(x**n, x)", "x**n*log(x)")
    assert str(written) == shown
    assert ("xlogy" in text) is (written.operation is table.xlogy)
    assert book.finish(type(bag)(bag[0], dict(reversed(bag[1].items())))) is written
    back = book.sum_of(written) if isinstance(bag, Sum) else book.product_of(written)
    if bag[1] and not (isinstance(bag, Sum) and len(bag[1]) == 1 and bag[0] == 0):
        assert key_of(back) == key_of(bag)


@pytest.mark.parametrize(("bag", "negative"), [
    (Product(-2, {X: 1}), True), (Product(2, {X: 1}), False), (Sum(-1, {X: -1}), True),
    (Sum(1, {X: -1}), False), (Sum(-1, {X: 1}), False), (Sum(0, {}), False), (Sum(-3, {}), True),
    (Sum(3, {}), False), (Sum(0, {X: 1}), False), (Sum(0, {X: -1, Y: -2}), True)])
def test_what_begins_with_a_minus(bag, negative):
    book = Notebook()
    assert book.is_negative(book.finish(bag)) is negative


@pytest.mark.parametrize(("factor", "bag", "inside"), [
    (-1, Sum(0, {X: 1, Y: -1}), True), (-1, Sum(0, {X: 1, Y: 1}), True),
    (2, Sum(0, {X: 1, Y: 1}), False), (HALF, Sum(4, {X: 2}), True),
    (2, Sum(0, {X: HALF, Y: 1}), True),
    (HALF, Sum(3, {X: 2, Y: 1}), False), (0.5, Sum(0, {X: 2}), False), (3, Sum(0, {X: 1}), False),
    (THIRD, Sum(0, {X: 3, Y: 3}), True), (2, Sum(HALF, {X: HALF}), True),
    (2, Sum(0, {X: 0.5, Y: 0.5}), True), (2, Sum(0, {X: 0.1}), False),
    (2, Sum(2**132, {X: HALF}), False)])
def test_whether_a_number_goes_into_a_sum(factor, bag, inside):
    assert goes_in(factor, bag) is inside


def test_sums_times_and_over_a_number():
    bag = Sum(3, {X: 2, Y: HALF})
    assert bag.times(2) == Sum(6, {X: 4, Y: 1}) and bag.over(2) == Sum(Fraction(3, 2), {
        X: 1, Y: Fraction(1, 4)})
    assert bag.numbers == [2, HALF, 3] and Sum(0, {X: 2}).numbers == [2]
    for lost in (lambda: bag.times(2**132), lambda: Sum(1e300, {X: 1}).times(1e300),
                 lambda: Sum(1, {X: 1e300}).over(1e-300)):
        with pytest.raises(LostError):
            lost()


def test_a_notebook_has_each_node_once():
    book = Notebook()
    assert book.node(table.add, X, Y) is book.node(table.add, X, Y)
    assert book.node(table.add, X, Y) is not book.node(table.add, Y, X)
    assert book.number(2) is book.number(2) is not book.number(2.0)
    assert book.number(math.pi, "pi") is not book.number(math.pi)
    assert book.long([book.node(table.add, X, Y), X]) == 4
    assert book.length[book.node(table.sin, book.node(table.add, X, Y))] == 4
    assert [str(book.product_of(each)) for each in (X, book.number(0.5), book.e)] == [
        str(Product(1, {X: 1})), str(Product(HALF, {})), str(Product(1, {book.e: 1}))]
    assert book.sum_of(book.number(3)) == Sum(3, {}) and book.sum_of(X) == Sum(0, {X: 1})
    twice = book.finish(Product(2, {X: 1}))
    assert book.sum_of(twice) == Sum(0, {X: 2}) and book.product_of(twice) == Product(2, {X: 1})
    book.opaque.add(twice)
    assert book.product_of(twice) == Product(1, {twice: 1}) and book.sum_of(twice) == Sum(0, {
        twice: 1})


@pytest.mark.parametrize(("bag", "text"), [
    (lambda s: Product(3, {X: 1, s: 1}), "x*(6*y + 3)"),
    (lambda s: Product(-1, {s: 1}), "-2*y - 1"),
    (lambda s: Product(HALF, {s: -1}), "1/(4*y + 2)"),
    (lambda s: Product(2, {s: -1}), "2/(2*y + 1)"),
    (lambda s: Product(HALF, {X: 1, s: 1}), "x*(y + 1/2)"),
    (lambda s: Product(4, {s: 2}), "(4*y + 2)**2"),
    (lambda s: Product(2, {s: 2}), "2*(2*y + 1)**2"),
    (lambda s: Product(-1, {X: 1, s: 1}), "-x*(2*y + 1)"),
    (lambda s: Product(-2, {s: 3}), "-2*(2*y + 1)**3")])
def test_where_the_number_beside_a_sum_goes(bag, text):
    book = Notebook()
    found = str(book.finish(bag(book.finish(Sum(1, {Y: 2})))))
    assert found == text


def test_a_number_goes_into_the_first_sum_that_is_there_once():
    book = Notebook()
    one, three, half = (book.finish(bag) for bag in (
        Sum(1, {Y: 2}), Sum(3, {Y: 6}), Sum(1, {X: HALF})))
    for bag, text in ((Product(2, {one: 2, half: 1}), "(2*y + 1)**2*(x + 2)"),
                      (Product(2, {one: 2, half: -1}), "2*(2*y + 1)**2/(x/2 + 1)"),
                      (Product(3, {one: 1, three: 2}), "3*(2*y + 1)*(6*y + 3)**2")):
        assert str(book.finish(bag)) == text
