"""Derivatives are what books say, and are printed at most as long as the books print them."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from mathlab import derivative, parse, simplify
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.proof.same import differ
from tests.calculus.algebra.textbook import FACTS, FORTY, OF_ORDER_N, SYMPY

NUMBER = (table.constant, table.negate, table.divide)
EVERY_FACT = pytest.mark.parametrize("fact", FACTS, ids=lambda f: f"{f.formula} {f.order}")


def derived(fact):
    return derivative(parse(fact.formula), fact.variable, fact.order)


def size(text):
    """How many nodes the formula has, written out as a tree; -7 and 3/2 are numbers: one each."""
    sizes, numbers = {}, set()
    for node in inputs_first(parse(text)):
        plain = node.operation in NUMBER and not node.name and numbers.issuperset(node.inputs)
        numbers |= {node} if plain else set()
        sizes[node] = 1 if plain else 1 + sum(sizes[x] for x in node.inputs)
    return sizes[node]


@pytest.mark.parametrize(
    ("text", "nodes"),
    [("x", 1), ("-7", 1), ("-x", 2), ("-3/2", 1), ("x**(3/2)", 3), ("-5/(3*x + 2)**2", 9),
     ("sin(x)*sin(x)", 5), ("pi/2", 3), ("1/x", 3)],
)
def test_nodes_are_counted_as_in_a_tree(text, nodes):
    assert size(text) == nodes


@EVERY_FACT
def test_a_derivative_is_what_the_book_says(fact):
    assert differ(derived(fact), parse(fact.answer)) is None


def test_derivatives_are_printed_at_most_as_long_as_in_the_books():
    """Nine in ten: books also know the roots of quotients, and perfect squares."""
    longer = [fact for fact in FACTS if size(str(derived(fact))) > size(fact.answer)]
    assert len(longer) <= 10, "\n".join(f"{derived(fact)}, not {fact.answer}" for fact in longer)


def test_derivatives_are_printed_at_most_as_long_as_by_sympy():
    longer = [fact for fact, nodes in zip(FACTS, SYMPY, strict=True)
              if size(str(derived(fact))) > nodes]
    assert len(longer) <= 5, "\n".join(str(derived(fact)) for fact in longer)


@pytest.mark.parametrize(("formula", "order", "printed"), FORTY)
def test_forty_derivatives_are_printed_as_in_a_book(formula, order, printed):
    assert str(derivative(parse(formula), "x", order)) == printed
    assert str(simplify(parse(printed))) == printed


@EVERY_FACT
def test_a_wrong_answer_is_noticed(fact):
    assert differ(derived(fact), parse(f"({fact.answer})*1.00001")) is not None


def agree(formula, order, answer):
    """A polynomial of degree 8 is settled by 9 places; elsewhere 40 of 60 digits have to agree."""
    found, answer = derivative(parse(formula), "x", order), parse(answer)
    if formula.startswith("(x**2"):
        return all(found.at(x=Fraction(k, 3)) == answer.at(x=Fraction(k, 3)) for k in range(-4, 5))
    with localcontext(prec=60):
        places = [Decimal(k) / 4 for k in range(-10, 11, 3)]
        pairs = [(found.at(x=x), answer.at(x=x)) for x in places]
        return all(abs(a - b) <= Decimal("1e-40") * max(1, abs(b)) for a, b in pairs)


@pytest.mark.parametrize(("formula", "order", "answer"), OF_ORDER_N)
def test_a_derivative_of_order_n_is_what_is_in_print(formula, order, answer):
    assert agree(formula, order, answer)
    assert not agree(formula, order, answer + " + 1/10**30")
