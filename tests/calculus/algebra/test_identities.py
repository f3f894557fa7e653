"""The table of identities: both sides have the same value wherever the left one has a value.

They are compared in fifty digits at points on both sides of 0. Then each right side is made wrong,
and the same comparison has to notice.
"""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab.calculus.algebra.identities import (
    FACTORS,
    IDENTITIES,
    PYTHAGORAS,
    WIDER,
    a,
    b,
    worth_trying,
)
from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.graph.operations import negate
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import symbols
from mathlab.errors import DomainError
from tests.calculus import witness

POINTS = [Decimal(x) for x in ("-2.3", "-0.71", "-0.2", "0", "0.3", "0.85", "1", "1.9", "4.5")]


def check(left, right):
    letters = [x for x in (a, b) if x in inputs_first(left)]
    compared = 0
    for i, point in enumerate(POINTS):
        given = dict(zip(letters, (point, POINTS[-i]), strict=False))
        try:
            expected = witness.number(left, given)
        except DomainError:
            continue
        assert witness.near(witness.number(right, given), expected, 40), given
        compared += 1
    assert compared >= 3


every_identity = pytest.mark.parametrize(
    ("left", "right"), IDENTITIES, ids=[f"{left} = {right}" for left, right in IDENTITIES]
)


TABLES = [*IDENTITIES, *FACTORS, *PYTHAGORAS]
every_row = pytest.mark.parametrize(
    ("left", "right"), TABLES, ids=[f"{left} = {right}" for left, right in TABLES])


@every_row
def test_both_sides_are_equal(left, right):
    check(left, right)


@every_row
def test_it_says_where_it_widens_the_domain(left, right):
    """Where the left side has no value and the right has one: named, and nowhere else."""
    wider = []
    for i, point in enumerate(POINTS):
        given = {x: y for x, y in zip((a, b), (point, POINTS[-i]), strict=True)
                 if x in inputs_first(left)}
        try:
            witness.number(left, given)
        except DomainError:
            with suppress(DomainError):
                wider.append(witness.number(right, given))
    assert bool(wider) is (str(left) in WIDER), left


@pytest.mark.parametrize(("left", "right"), [*FACTORS, *PYTHAGORAS])
def test_factors_and_squares_are_used(left, right):
    assert str(simplify(left)) == str(simplify(right))
    y = symbols("y")[0]
    assert str(simplify(left * y + 3)) == str(simplify(right * y + 3))


@every_row
def test_no_letter_appears_from_nowhere(left, right):
    new = set(inputs_first(right)) - set(inputs_first(left))
    assert not any(node.operation is None for node in new)


@every_identity
def test_it_is_used(left, right):
    negative = left.inputs[0].operation is negate
    assert (left, right) in worth_trying(left, negative)
    assert str(simplify(left)) == str(simplify(right))
    shorter = len(str(right)) < len(str(left))
    assert shorter or right.operation.name in ("negate", "sqrt", "absolute")  # as the books have it


WRONG = {
    "a little more": lambda right: right + Fraction(1, 10**6),
    "a little steeper": lambda right: right * Fraction(1_000_001, 10**6),
    "the other sign": lambda right: -right,
}


@pytest.mark.parametrize("how", WRONG)
@every_row
def test_a_planted_mistake_is_caught(left, right, how):
    wrong = WRONG[how](right)
    if str(simplify(wrong)) == "0":
        return  # a right side of 0 is the same with the other sign
    with pytest.raises(AssertionError):
        check(left, wrong)
