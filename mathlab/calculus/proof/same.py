"""Equal formulas: whether two of them say the same, however they are written.

On the page: `(f(x + h) - f(x - h)) / (2 * h)`, which checks a derivative at one place; a formula
holds at every place. There is more than one way to write it: `1/cos(x)**2` and `1 + tan(x)**2` are
equal, and no list of identities knows all such pairs. So `differ` first simplifies the difference
of the two; if that is 0, they are the same. If something is left, it works out both formulas in
many places, with 50 digits and again with 100. How far a number moves in between tells how many of
its digits are real, and only numbers that are clearly farther apart than that are different. One
place where they are settles it; and formulas that agree in every place that was tried are one and
the same, as far as anybody can tell. Read `differ` first.

>>> from mathlab import parse
>>> differ(parse("1/cos(x)**2"), parse("1 + tan(x)**2")) is None
True
>>> print(differ(parse("x**2"), parse("2*x")))
at x = 3: 9 and 6

At x = 25, of the 44 digits in front of the point all but one cancel here:

>>> differ(parse("cosh(2*x)**2 - sinh(2*x)**2"), parse("1")) is None
True

Source: J. T. Schwartz, "Fast Probabilistic Algorithms for Verification of Polynomial Identities",
Journal of the ACM 27 (1980): what is not zero is seldom zero just where one happens to look.
"""

import math
import random
from collections.abc import Mapping
from decimal import Context, Decimal, Inexact, localcontext
from fractions import Fraction
from typing import Any, NamedTuple

from mathlab.calculus.algebra.differentiate import substitute
from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.graph.operations import ARITHMETIC
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value
from mathlab.calculus.numbers.decimals import from_fraction
from mathlab.calculus.numbers.kinds import as_decimal
from mathlab.calculus.numeric.difference import EPSILON
from mathlab.calculus.proof.accuracy import SHAKES, WIDENED, WORKING_DIGITS
from mathlab.errors import MathlabError

# Without any of these, one of the pairs in tests/calculus/proof/test_same.py is taken wrongly.
# Easy to check by hand, and tried first; some are large, for what sets in far from 0.
EASY = (2, 3, Fraction(1, 2), -1, 5, Fraction(1, 10), -3, -8, 25, -40, 10**4, -(10**4))
PLACES = 60  # that are tried,
CONVINCED = 30  # unless the formulas have agreed in so many
SEVERAL = 3  # that have to agree clearly: at 0, x times anything is 0
ROUNDED = Decimal("1e-13")  # of a number with a point: 0.6931471805599 is meant to be log(2)
CLEAR = Decimal("1e-3")  # of a number, or of 1: where more than this is in doubt, nothing is seen
FLOAT = Decimal(EPSILON)  # of a float: its last digit
NO_VALUE = (TypeError, ValueError, ArithmeticError)


class Difference(NamedTuple):
    """A place where two formulas differ, and what they are there; None if undefined."""

    place: Mapping[str, Fraction]
    first: float | Decimal | None  # a Decimal where floats cannot tell the two apart
    second: float | Decimal | None

    def __str__(self) -> str:
        numbers = " and ".join(self.numbers)
        return f"at {self.where}: {numbers}" if self.place else numbers

    @property
    def where(self) -> str:
        """The place, as text."""
        return ", ".join(f"{name} = {number}" for name, number in self.place.items())

    @property
    def numbers(self) -> tuple[str, str]:
        """Both numbers as text, with as many digits as it takes to tell them apart."""
        both = self.first, self.second
        for digits in (7, 12, 17, WORKING_DIGITS):
            first, second = ("no value" if y is None else _text(y, digits) for y in both)
            if first != second:
                break
        return first, second


def differ(first: Value, second: Value) -> Difference | None:
    """A place where two formulas differ, or None if they say the same.

    Names stand for the same in both. A place where only one of them has a value does not count, as
    long as there are places where both have one.

    >>> from mathlab import parse
    >>> differ(parse("exp(x)*exp(y)"), parse("exp(x + y)")) is None
    True
    >>> differ(parse("log(x)"), parse("log(-x)"))
    Difference(place={'x': Fraction(2, 1)}, first=0.6931471805599453, second=None)
    """
    names = sorted({leaf.name for leaf in [*named_leaves(first), *named_leaves(second)]})
    first, second = (
        substitute(formula, {leaf: Value.symbol(leaf.name) for leaf in named_leaves(formula)})
        for formula in (first, second)
    )
    try:
        if str(simplify(first - second)) == "0":
            return None
    except MathlabError:  # it cannot be tidied where it has no value: 1/0, say
        pass
    agreed, lonely = 0, None
    for place in places(names):
        one, other = _number(first, place), _number(second, place)
        if one is None or other is None:
            if one is not other:
                lonely = lonely or _difference(place, one, other)
            continue
        distance, size = abs(one - other), max(abs(one), abs(other), Decimal(1))
        for shakes in (1, SHAKES):  # one is enough unless the two seem to differ
            doubt = _doubt(first, one, place, shakes) + _doubt(second, other, place, shakes)
            if distance <= doubt:
                break
        else:
            return _difference(place, one, other)
        agreed += doubt < CLEAR * size
        if agreed == CONVINCED or (agreed and not names):
            return None
    if agreed >= SEVERAL:
        return None
    return lonely or Difference({}, None, None)  # there is no place where both can be told


def named_leaves(formula: Value) -> list[Value]:
    """The leaves of a formula that have a name, but for those of the table, pi and e.

    >>> from mathlab import parse
    >>> [leaf.name for leaf in named_leaves(parse("2*pi*radius + x"))]
    ['radius', 'x']
    """
    return [x for x in inputs_first(formula) if x.name and x.operation is None]


def _text(number: float | Decimal, digits: int) -> str:
    if isinstance(number, Decimal):  # 2, and not 2.000000
        context = Context(prec=digits)
        return f"{context.create_decimal(number).normalize(context):g}"
    return f"{number:.{digits}g}"


def places(names: list[str]) -> list[dict[str, Fraction]]:
    """Where to look: round numbers first, no two names at the same; then anywhere."""
    chance = random.Random(0)
    n = len(EASY)
    easy = [{name: Fraction(EASY[(i + k) % n]) for k, name in enumerate(names)} for i in range(n)]
    return easy + [
        {name: Fraction(chance.randint(-40, 40), chance.randint(3, 30)) for name in names}
        for _ in range(PLACES - n)
    ]


def _difference(place: Mapping[str, Fraction], one: Any, other: Any) -> Difference:
    """The two numbers there, as floats if these are not the same."""
    floats = Difference(place, *(y if y is None else float(y) for y in (one, other)))
    return Difference(place, one, other) if floats.first == floats.second else floats


def _number(formula: Value, place: Mapping[str, Fraction]) -> Decimal | None:
    """The formula there, with 100 digits; None if it has no value, or one too large for a float."""
    try:
        number = _worked_out(formula, place, 2 * WORKING_DIGITS)
        return number if math.isfinite(float(number)) else None
    except NO_VALUE:
        return None


def _doubt(formula: Value, number: Decimal, place: Mapping[str, Fraction], shakes: int) -> Decimal:
    """How far the number may be from the true one: as far, several times over, as from others with
    50 digits, the last of them put off."""
    try:
        others = [_worked_out(formula, place, WORKING_DIGITS, random.Random(i))
                  for i in range(shakes)]
        return WIDENED * max(abs(number - other) for other in others)
    except NO_VALUE:  # it is at the edge of the domain
        return Decimal("inf")


def _worked_out(formula: Value, place: Mapping[str, Fraction], digits: int,
                dice: random.Random | None = None) -> Decimal:
    """The formula there, with so many digits; with dice, what has been rounded is off by about the
    last of them."""
    numbers: dict[Value, Decimal] = {}
    with localcontext(prec=digits) as context:
        for node in inputs_first(formula):
            context.clear_flags()
            share, is_rounded = Decimal(10) ** (1 - digits), False
            if node.inputs:
                number = _applied(node.operation, [numbers[x] for x in node.inputs], dice)
                is_rounded = node.operation not in ARITHMETIC
            elif node.operation is None and node.name:
                number = from_fraction(place[node.name])
            else:
                number = as_decimal(node.data, node.name)
                if isinstance(node.data, float) and node.data % 1:
                    share, is_rounded = share if node.name else ROUNDED, True
            if is_rounded or context.flags[Inexact]:
                number = _shaken(number, share, dice)
            numbers[node] = number
    return number


def _applied(operation: Any, numbers: list[Decimal], dice: random.Random | None) -> Decimal:
    """What an operation makes of Decimals; one that is only a float gets shaken floats."""
    try:
        result = operation.evaluate(*numbers)
        if isinstance(result, Decimal):
            return result
    except NO_VALUE:
        pass
    floats = [float(x if x == float(x) else _shaken(x, FLOAT, dice)) for x in numbers]
    return _shaken(Decimal(operation.evaluate(*floats)), FLOAT, dice)


def _shaken(number: Decimal, share: Decimal, dice: random.Random | None) -> Decimal:
    """The number, or with dice one that is up to this share of it away."""
    return number + number * share * Decimal(dice.uniform(-1, 1)) if dice else number
