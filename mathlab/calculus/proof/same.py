"""Equal formulas: whether two of them say the same, however they are written.

On the page: `(f(x + h) - f(x - h)) / (2 * h)`, which checks a derivative at one place; a formula
holds at every place. There is more than one way to write it: `1/cos(x)**2` and `1 + tan(x)**2` are
equal, and no list of identities knows all such pairs. So `differ` first simplifies the difference
of the two; if that is 0, they are the same. If something is left, it works out both formulas in
many places, with 50 digits. One place where they differ settles it; and formulas that agree in
every place that was tried are one and the same, as far as anybody can tell. Read `differ` first.

>>> from mathlab import parse
>>> differ(parse("1/cos(x)**2"), parse("1 + tan(x)**2")) is None
True
>>> print(differ(parse("x**2"), parse("2*x")))
at x = 3: 9 and 6

Source: J. T. Schwartz, "Fast Probabilistic Algorithms for Verification of Polynomial Identities",
Journal of the ACM 27 (1980): what is not zero is seldom zero just where one happens to look.
"""

import math
import random
from collections.abc import Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

from mathlab.calculus.algebra.differentiate import substitute
from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, symbols
from mathlab.calculus.proof.accuracy import WORKING_DIGITS
from mathlab.errors import MathlabError

# Without any of these, one of the pairs in tests/calculus/proof/test_same.py is taken wrongly.
# Easy to check by hand, and tried first; some are large, for what sets in far from 0.
EASY = (2, 3, Fraction(1, 2), -1, 5, Fraction(1, 10), -3, -8, 25, -40)
PLACES = 60  # that are tried,
CONVINCED = 30  # unless the formulas have agreed in so many
SEVERAL = 3  # that have to agree, if elsewhere only one of the two has a value
AGREED = 1e-12  # of the larger number: 0.1*x and x/10 are meant to be the same
ZERO = 1e-40  # what rounding leaves of 0


class Difference(NamedTuple):
    """A place where two formulas differ, and what they are there; None if undefined."""

    place: Mapping[str, Fraction]
    first: float | None
    second: float | None

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
        for digits in (7, 12, 17):
            first, second = ("no value" if y is None else f"{y:.{digits}g}" for y in both)
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
    letters = dict(zip(names, symbols(" ".join(names)), strict=True)) if names else {}
    one, other = (
        substitute(formula, {leaf: letters[leaf.name] for leaf in named_leaves(formula)})
        for formula in (first, second)
    )
    try:
        if str(simplify(one - other)) == "0":
            return None
    except MathlabError:  # it cannot be tidied where it has no value: 1/0, say
        pass
    agreed, lonely = 0, None
    for place in _places(names):
        here = Difference(place, _number(one, place), _number(other, place))
        a, b = here.first, here.second
        if a is None and b is None:
            continue
        if a is None or b is None:
            lonely = lonely or here
        elif abs(a - b) > max(AGREED * max(abs(a), abs(b)), ZERO):
            return here
        else:
            agreed += 1
        if agreed == CONVINCED or (agreed and not names):
            return None
    if agreed >= (SEVERAL if lonely else 1):
        return None
    return lonely or Difference({}, None, None)  # neither has a value anywhere


def named_leaves(formula: Value) -> list[Value]:
    """The leaves of a formula that have a name, but for those of the table, pi and e.

    >>> from mathlab import parse
    >>> [leaf.name for leaf in named_leaves(parse("2*pi*radius + x"))]
    ['radius', 'x']
    """
    return [x for x in inputs_first(formula) if not x.inputs and x.name and x.operation is None]


def _places(names: list[str]) -> list[dict[str, Fraction]]:
    """Where to look: round numbers first, no two names at the same; then anywhere."""
    chance = random.Random(0)
    n = len(EASY)
    easy = [{name: Fraction(EASY[(i + k) % n]) for k, name in enumerate(names)} for i in range(n)]
    return easy + [
        {name: Fraction(chance.randint(-40, 40), chance.randint(3, 30)) for name in names}
        for _ in range(PLACES - n)
    ]


def _number(formula: Value, place: Mapping[str, Fraction]) -> float | None:
    """The formula there, in 50 digits if its operations have so many; None if it has no value."""
    for kind in (_decimal, float):
        try:
            with localcontext(prec=WORKING_DIGITS):
                number = float(formula.at(**{name: kind(x) for name, x in place.items()}))
        except (MathlabError, TypeError, ArithmeticError):
            continue
        return number if math.isfinite(number) else None
    return None


def _decimal(x: Fraction) -> Decimal:
    return Decimal(x.numerator) / x.denominator
