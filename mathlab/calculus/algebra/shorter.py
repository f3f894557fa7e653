"""Shorter ways to write a sum: multiplied out, over one denominator, with a common factor out.

Shall it be 2*x + 2*y or 2*(x + y)? The first has seven nodes (x, y, two 2, two signs for times and
a plus), and the second has five. On the page: `return put_away(`, which has one way only. Here all
are tried, and the shortest is taken.

>>> from mathlab import parse, simplify
>>> for text in ("(x + 1)**2 - x**2", "1/(x + 1) - x/(x + 1)**2", "3*exp(x) + x*exp(x)",
...              "sin(x)**2*y + cos(x)**2*y"):
...     print(simplify(parse(text)))
2*x + 1
1/(x + 1)**2
(x + 3)*exp(x)
y

All of this is reckoned with polynomials whose variables are the bases that no rule can open: x,
sin(x), a divisor. A polynomial is a dictionary: the number in front of each monomial; a monomial is
a tuple of its powers. One denominator, and a common factor, are the same idea: take out of all
terms the lowest power of each base, be it above 0 or below.

Left out: finding the factors of a polynomial, as of x**2 - 3*x + 2, if they stand nowhere yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from itertools import chain
from math import gcd, lcm
from typing import Any, NamedTuple, Protocol

from mathlab.calculus.algebra.bags import HALF, Notebook, Product, Sum
from mathlab.calculus.algebra.exact import (
    LostError,
    added,
    exact,
    exact_power,
    is_exact,
    is_plain,
    joined,
)
from mathlab.calculus.algebra.identities import QUOTIENTS, SQUARES
from mathlab.calculus.graph.operations import log
from mathlab.calculus.graph.value import Value, is_number
from mathlab.errors import DomainError, FormulaError, UnknownError

TRIED, TERMS = 300, 60  # nodes, and terms: for what is longer no other ways are tried
MOST = 64  # monomials of something multiplied out
GROUPS = 6  # so many functions are tried as what several terms share
ROUNDS = 3  # so often is what is left multiplied out, to see what can be taken out of it
# A common factor is taken out if the text is then at most so long: x*exp(x) + exp(x) stays, and so
# does the polynomial 3*x**2 - 6*x. One fraction may be as long as two.
WORTH, WORTH_POLYNOMIAL, AS_LONG = 0.8, 0.75, 1.001

Monomial = tuple[tuple[Value, Any], ...]
Polynomial = dict[Monomial, Any]
Replaced = tuple[list[Value], tuple[Value, Any]]  # some bases, and the power that stands for them


class Way(NamedTuple):
    """A way to write a sum, not written yet: `outer*inner`. It is worth it if it is at most so
    long in proportion."""

    outer: Product
    inner: Polynomial
    worth: float
    is_grouped: bool = False  # whether terms of `inner` that share a function are put together


UNWRITTEN = {1, -1, HALF, -HALF}  # the powers that are written without an exponent
SQUARED = {operation for operation, _ in SQUARES}


class Collects(Protocol):
    """What is needed of the simplifier: powers of one base meet in its products."""

    book: Notebook
    tries: float  # how often it may still be tried
    places: dict[Value, int]  # of the bases of monomials, as they were met

    def merged(self, factors: Iterable[tuple[Value, Any]], number: Any = 1) -> Product:
        """The bag of a product, in which powers of the same base have met."""

    def shortest_of(self, bag: Any, shortest: Callable[[Any, Any], Value]) -> Value:
        """The formula of a bag, in the shortest way if other ways are tried at all."""


def shortest_sum(algebra: Collects, bag: Sum) -> Value:
    """The shortest way that is found to write a sum.

    Equivalent to: writing every way, and taking the shortest. What cannot be short enough is not
    written: most are not.
    """
    book = algebra.book
    plain = best = book.finish(bag)
    if len(bag.numbers) < 2 or not _is_tried(algebra, plain, len(bag.terms)) or any(
            _is_apart(book, term) for term in bag.terms):
        return plain
    polynomial = _polynomial(algebra, bag)
    if _is_simple(book, polynomial):
        return plain
    fractions = sum(_below({monomial: 1}) for monomial in polynomial)
    met = set[Any]()  # what has been tried
    with suppress(LostError):
        for each in polynomial, _cleared(algebra, polynomial):
            for way in _taken_out(algebra, each, {}, 1, met) if each else ():
                worth = way.worth
                if worth == WORTH and plain in book.polynomials:
                    worth = WORTH_POLYNOMIAL
                elif worth == 1 and fractions > 1:
                    worth = AS_LONG  # one fraction is better than two
                if _least(book, way) <= worth * book.length[best]:
                    best = _shorter(book, best, _written(algebra, way), worth)
    return best


def _is_apart(book: Notebook, term: Value) -> bool:
    """Whether a term is or has a number that no other may be joined with, as too large or small."""
    number, powers = book.product_of(term)
    return number != 1 or any(
        isinstance(power, int) and is_number(base) for base, power in powers.items())


def _is_simple(book: Notebook, polynomial: Polynomial) -> bool:
    """Whether there is nothing to try: nothing is in all terms, no function in two of them, none
    has a divisor, and no base is a sum, or a square that another one stands for."""
    powers = [item for monomial in polynomial for item in monomial]
    shared = [base for base, _ in powers if not book.is_polynomial(base)]
    return (len(shared) == len(set(shared)) and content(polynomial.values()) == 1
            and not set.intersection(*({base for base, _ in each} for each in polynomial))
            and not any(base in book.sums or base in book.products
                        or (is_exact(power) and power < 0)
                        or (isinstance(power, int) and power > 1 and base.operation in SQUARED)
                        for base, power in powers))


def _cleared(algebra: Collects, polynomial: Polynomial) -> Polynomial | None:
    """The polynomial with all taken out of the sums in it that can be, and tan(u) as sin(u)/cos(u);
    None if it has nothing of the kind."""
    book, result, found = algebra.book, Polynomial(), False
    for monomial, k in polynomial.items():
        factors = list[tuple[Value, Any]]()
        for base, power in monomial:
            inner = _polynomial(algebra, book.sums[base]) if base in book.sums else {}
            lowest = _lowest(inner) if isinstance(power, int) else {}
            if lowest and all(map(is_exact, lowest.values())):
                found = True
                rest = book.finish(as_sum(book, _divided(algebra, inner, lowest)))
                factors += [(b, e * power) for b, e in lowest.items()]
                factors.append((rest, power))
            elif isinstance(power, int) and base.operation in QUOTIENTS:
                found = True
                above, below = (book.node(f, *base.inputs) for f in QUOTIENTS[base.operation])
                factors += [(above, power), (below, -power)]
            else:
                factors.append((base, power))
        product = algebra.merged(factors, k)
        _add(result, _monomial(algebra, product.powers), product.number)
    return result if found else None


def shortest_product(algebra: Collects, bag: Product) -> Value:
    """The shortest way that is found to write a product with sums among its factors."""
    book = algebra.book
    best = book.finish(bag)
    sums = {base: power for base, power in bag.powers.items()
            if base in book.sums and isinstance(power, int)
            and not any(_is_apart(book, term) for term in book.sums[base].terms)}
    roots = [base for base, power in bag.powers.items() if power == -HALF and base in book.products]
    if not _is_tried(algebra, best, len(bag.powers)):
        return best
    with suppress(LostError):
        for replaced, by in chain(_taken_from(algebra, sums), _joined_below(algebra, sums)):
            others = [item for item in bag.powers.items() if item[0] not in replaced]
            best = _shorter(book, best, book.finish(algebra.merged([*others, by], bag.number)))
    for root in roots:  # x/sqrt(x/y) is y*sqrt(x/y)
        others = [item for item in bag.powers.items() if item[0] is not root]
        best = _shorter(book, best, book.finish(
            algebra.merged([*others, (root, -1), (root, HALF)], bag.number)))
    if _may_meet(book, bag, sums):
        half = (book.length[best] + 1) / 2  # n terms take 2*n - 1 nodes, or more
        polynomial = None
        with suppress(LostError):
            polynomial = multiplied_out(algebra, book.finish(bag), min(half, MOST))
        if polynomial is not None:
            out = algebra.shortest_of(as_sum(book, polynomial), shortest_sum)
            best = _shorter(book, best, out, WORTH)
    return best


def _is_tried(algebra: Collects, node: Value, parts: int) -> bool:
    """Whether other ways to write it are tried: not if it is long, or too many have been."""
    return algebra.tries >= 0 and parts <= TERMS and algebra.book.length[node] <= TRIED


def _taken_from(algebra: Collects, sums: Mapping[Value, int]) -> Iterator[Replaced]:
    """1/(1 + 1/x**2) is 1/((x**2 + 1)/x**2): a sum, and what it is over one denominator."""
    for base, power in sums.items():
        polynomial = _polynomial(algebra, algebra.book.sums[base])
        if _lowest(polynomial):
            for way in _taken_out(algebra, polynomial, {}, 1, set(), 0):
                yield [base], (_written(algebra, way), power)


def _joined_below(algebra: Collects, sums: Mapping[Value, int]) -> Iterator[Replaced]:
    """1/((1 - x)*(1 + x)) is 1/(1 - x**2): divisors with the same power, multiplied out."""
    for power in dict.fromkeys(power for power in sums.values() if power < 0):
        alike = [base for base in sums if sums[base] == power]
        if len(alike) > 1:
            product = algebra.book.finish(algebra.merged([(base, 1) for base in alike]))
            if out := multiplied_out(algebra, product):
                yield alike, (algebra.book.finish(as_sum(algebra.book, out)), power)


def _may_meet(book: Notebook, bag: Product, sums: Mapping[Value, int]) -> bool:
    """Whether anything could meet if the product were multiplied out: in x*(x + 1), but a power
    such as x*(x + 1)**3 only gets longer."""
    above = [base for base, power in sums.items() if power > 0]
    if len(above) == 1:
        terms = book.sums[above[0]].terms
        inside = {base for term in terms for base in book.product_of(term).powers}
        is_plain_factor = sums[above[0]] == 1
        return len(sums) > 1 or any(
            base in book.sums or base in book.products or (is_plain_factor and base in bag.powers)
            for base in inside)
    return bool(above)


def _shorter(book: Notebook, old: Value, new: Value, worth: float = 1.0) -> Value:
    """The new way to write something if it is shorter, by so much."""
    most = worth * book.length[old]
    length = book.length[new]
    return new if length < most or (length == most and worth < 1) else old


def _polynomial(algebra: Collects, bag: Sum) -> Polynomial:
    """A sum as a polynomial, nothing multiplied out."""
    result = {_monomial(algebra, algebra.book.product_of(term).powers): k
              for term, k in bag.terms.items()}
    return result | {(): bag.number} if bag.number != 0 else result


def _monomial(algebra: Collects, powers: Mapping[Value, Any]) -> Monomial:
    """The powers in the order in which their bases were met: the same for the same powers."""
    place = algebra.places
    return tuple(sorted(powers.items(), key=lambda item: place.setdefault(item[0], len(place))))


def as_sum(book: Notebook, polynomial: Mapping[Monomial, Any]) -> Sum:
    """The bag of a polynomial."""
    number, terms = 0, dict[Value, Any]()
    for monomial, k in polynomial.items():
        if monomial:
            unit = book.finish(Product(1, dict(monomial)))
            terms[unit] = exact(terms.get(unit, 0) + k)
        else:
            number = k
    return Sum(number, {term: k for term, k in terms.items() if k != 0})


# Multiplied out


def multiplied_out(algebra: Collects, node: Value, most: float = MOST) -> Polynomial | None:
    """A formula as a polynomial without sums inside; None if it is too long, or has measured
    numbers, which would be rounded."""
    book = algebra.book
    if node in book.sums:
        return _sum_out(algebra, book.sums[node], most)
    number, powers = book.product_of(node)
    if not is_plain(number):
        return None
    if any(isinstance(power, int) and is_number(base) for base, power in powers.items()):
        return None  # it is kept apart, as it would be lost
    opened = [base for base, power in powers.items()
              if base is not node and _opens(book, base, power)]  # an opaque one has itself inside
    rest = {base: power for base, power in powers.items() if base not in opened}
    result: Polynomial | None = {_monomial(algebra, rest): number}
    for base in opened:
        if powers[base] > most:
            return None
        factor = multiplied_out(algebra, base, most)
        for _ in range(powers[base]):
            if result is None or factor is None:
                return None
            result = _times(algebra, result, factor, most)
    return result


def _opens(book: Notebook, base: Value, power: Any) -> bool:
    """Whether a power of something can be multiplied out."""
    return (base in book.sums or base in book.products) and isinstance(power, int) and power > 0


def _sum_out(algebra: Collects, bag: Sum, most: float = MOST) -> Polynomial | None:
    if not all(map(is_plain, bag.numbers)):
        return None
    result: Polynomial = {(): bag.number} if bag.number != 0 else {}
    for term, k in bag.terms.items():
        out = multiplied_out(algebra, term, most)
        if out is None or len(result) + len(out) > most:
            return None
        for monomial, number in out.items():
            if (product := joined(number, k)) is None:
                return None
            _add(result, monomial, product)
    return result


def _times(algebra: Collects, left: Polynomial, right: Polynomial,
           most: float = MOST) -> Polynomial | None:
    """The product of two polynomials, if it is not too long."""
    if len(left) * len(right) > 4 * most:
        return None
    result: Polynomial = {}
    for p, a in left.items():
        for q, b in right.items():
            number = joined(a, b)
            if number is None:
                return None
            if p and q:
                product = algebra.merged([*p, *q], number)
                _add(result, _monomial(algebra, product.powers), product.number)
            else:
                _add(result, p or q, number)
    return result if len(result) <= most else None


def _add(polynomial: Polynomial, monomial: Monomial, number: Any) -> None:
    total = added(polynomial.pop(monomial, 0), number)
    if total != 0:
        polynomial[monomial] = total


# Taken out of all terms


def _lowest(polynomial: Polynomial) -> dict[Value, Any]:
    """The lowest power of each base: what is in all terms, or below the line in one of them."""
    lowest: dict[Value, Any] = {}
    terms = [dict(monomial) for monomial in polynomial]
    bases = dict.fromkeys(base for term in terms for base in term)
    for base in bases:
        powers = [term.get(base, 0) for term in terms]
        if any(isinstance(power, Value) for power in powers):
            same = all(power is powers[0] for power in powers)
            least = powers[0] if same and not _ends_at_0(base, powers[0], bases) else 0
        elif all(map(is_exact, powers)):
            least = min(powers)
        else:
            least = 0
        if isinstance(least, Value) or least != 0:
            lowest[base] = least
    return lowest


def _ends_at_0(base: Value, exponent: Value, bases: Iterable[Value]) -> bool:
    """Whether log(base) may only stand beside this power of its base: x**n*log(x) is 0 at 0."""
    if not any(each.operation is log and each.x is base for each in bases):
        return False
    try:
        return not base.name or exponent.at(**{base.name: 0}) > 0
    except (DomainError, UnknownError, FormulaError):
        return True


def _below(polynomial: Polynomial) -> bool:
    """Whether there is a divisor in one of the terms."""
    return any(is_exact(power) and power < 0 for monomial in polynomial for _, power in monomial)


def _taken_out(algebra: Collects, polynomial: Polynomial, taken: Mapping[Value, Any], number: Any,
               met: set[Any], rounds: int = ROUNDS) -> Iterator[Way]:
    """The ways to write `number*taken*polynomial` with all taken out that can be, but for what has
    been met before; `met` is added to.

    After that the polynomial is multiplied out, and once more something can perhaps be taken out:
    1/q - x**2/q**2 is (q - x**2)/q**2, and if q is x**2 + 1 then that is 1/q**2.
    """
    for each in chain((polynomial,), _with_squares(algebra, polynomial)):
        if algebra.tries < 0:
            return
        inner, outer = _split(algebra, each, taken, number)
        key = frozenset(inner.items()), outer.number, frozenset(outer.powers.items())
        if key in met:
            continue
        met.add(key)
        yield from _ways(algebra, inner, outer)
        opens = rounds and any(_opens(algebra.book, *item) for each in inner for item in each)
        out = _sum_out(algebra, as_sum(algebra.book, inner)) if opens else None
        if out:
            yield from _taken_out(algebra, out, outer.powers, outer.number, met, rounds - 1)
        elif out is not None:  # nothing is left
            yield Way(Product(0, {}), {}, 1.0)


def _split(algebra: Collects, polynomial: Polynomial, taken: Mapping[Value, Any],
           number: Any) -> tuple[Polynomial, Product]:
    """The polynomial divided by the lowest powers and by the divisors that go into it, and the
    product of what has been taken out now and before."""
    inner, outer = polynomial, Product(number, dict(taken))
    if lowest := _lowest(polynomial):
        inner = _divided(algebra, polynomial, lowest)
        outer = algebra.merged([*taken.items(), *lowest.items()], number)
    divisors = [base for base, power in outer.powers.items()
                if base in algebra.book.sums and isinstance(power, int) and power < 0]
    for base in divisors if len(inner) > 1 else ():
        divisor = _sum_out(algebra, algebra.book.sums[base])
        quotient = _quotient(algebra, inner, divisor) if divisor else None
        if quotient is not None:
            inner = quotient
            outer = algebra.merged([*outer.powers.items(), (base, 1)], outer.number)
    return inner, outer


def _ways(algebra: Collects, inner: Polynomial, outer: Product) -> Iterator[Way]:
    """The ways to write `outer*inner`."""
    is_factor = outer.powers and all(e > 0 for e in outer.powers.values() if is_exact(e))
    worth = WORTH if is_factor else 1.0
    names = {b: e for b, e in outer.powers.items() if not b.inputs and is_exact(e) and e > 0}
    if 0 < len(names) < len(outer.powers):  # (12*x - 8*x**3)*exp(x): the polynomial stays one
        others = {b: e for b, e in outer.powers.items() if b not in names}
        if (whole := _times(algebra, inner, {_monomial(algebra, names): 1})) is not None:
            yield Way(Product(outer.number, others), whole, worth)
    yield Way(outer, inner, worth)
    if any(1 < uses < len(inner) for uses in _shared(algebra.book, inner).values()):
        yield Way(outer, inner, WORTH, is_grouped=True)


def _written(algebra: Collects, way: Way) -> Value:
    """The formula of a way."""
    book = algebra.book
    inner = _grouped(algebra, way.inner) if way.is_grouped else as_sum(book, way.inner)
    return book.finish(algebra.merged(
        [*way.outer.powers.items(), (book.finish(inner), 1)], way.outer.number))


def _least(book: Notebook, way: Way) -> float:
    """At least so many nodes are to be written for a way; its numbers are not counted."""
    outer = _least_product(book, way.outer.powers.items())
    if way.is_grouped:  # each base stands there once, and each term has a base of its own
        lengths = [book.length[base] for base in dict.fromkeys(
            base for monomial in way.inner for base, _ in monomial)]
        return outer + sum(lengths) + 2 * max(len(way.inner), len(lengths)) - len(lengths)
    return outer + sum(_least_product(book, monomial) + 1 for monomial in way.inner)


def _least_product(book: Notebook, powers: Iterable[tuple[Value, Any]]) -> float:
    """At least so many nodes are to be written for a product, with a sign before each factor."""
    return sum(book.length[base] + (1 if power in UNWRITTEN or base is book.e else 3)
               for base, power in powers) - 1


def _shared(book: Notebook, polynomial: Polynomial) -> Counter[tuple[Value, Any]]:
    """How many terms each power of a function is in."""
    return Counter(item for monomial in polynomial for item in monomial
                   if not book.is_polynomial(item[0]))


def _grouped(algebra: Collects, polynomial: Polynomial) -> Sum:
    """The sum with the terms that share a function put together: a*exp(x) + b*exp(x) + c."""
    book, rest, result = algebra.book, dict(polynomial), Sum(0, {})
    for item, _ in _shared(book, polynomial).most_common(GROUPS):
        together = {tuple(each for each in monomial if each != item): k
                    for monomial, k in rest.items() if item in monomial}
        if 1 < len(together) < len(polynomial):
            rest = {monomial: k for monomial, k in rest.items() if item not in monomial}
            inner = book.finish(as_sum(book, together))
            number, powers = algebra.merged([item, (inner, 1)])
            unit = book.finish(Product(1, powers))
            result.terms[unit] = exact(result.terms.get(unit, 0) + number)
    number, terms = as_sum(book, rest)
    for term, k in terms.items():
        result.terms[term] = exact(result.terms.get(term, 0) + k)
    return Sum(number, {term: k for term, k in result.terms.items() if k != 0})


def _quotient(algebra: Collects, dividend: Polynomial, divisor: Polynomial) -> Polynomial | None:
    """The quotient of two polynomials if nothing remains: long division, highest power first."""
    bases = list(dict.fromkeys(base for monomial in divisor for base, _ in monomial))

    def size(monomial: Monomial) -> list[Any]:
        powers = dict(monomial)
        return [powers.get(base, 0) for base in bases]

    if not all(is_exact(power) for each in (dividend, divisor) for m in each for _, power in m):
        return None
    first = max(divisor, key=size)
    rest, result = dict(dividend), Polynomial()
    for _ in range(MOST):
        if not rest:
            return result
        highest = max(rest, key=size)
        if any(x < y for x, y in zip(size(highest), size(first), strict=True)):
            return None
        factor = _times(algebra, {highest: rest[highest]}, {tuple(
            (base, -power) for base, power in first): exact_power(divisor[first], -1)})
        if not factor or not (product := _times(algebra, factor, divisor)):
            return None
        _add(result, *next(iter(factor.items())))
        for monomial, k in product.items():
            _add(rest, monomial, -k)
        if highest in rest:
            return None
    return None


def _divided(algebra: Collects, polynomial: Polynomial, by: Mapping[Value, Any]) -> Polynomial:
    """Each term without what is taken out of it."""
    result: Polynomial = {}
    for monomial, k in polynomial.items():
        powers = dict(monomial)
        for base, power in by.items():
            if isinstance(power, Value):
                del powers[base]
            else:
                powers[base] = exact(powers.get(base, 0) - power)
        product = algebra.merged(powers.items(), k)
        _add(result, _monomial(algebra, product.powers), product.number)
    return result


def content(numbers: Iterable[Any]) -> Any:
    """The largest number that all are whole multiples of; 1 if they are not exact.

    >>> content([6, -4]), content([Fraction(1, 2), Fraction(1, 3)])
    (2, Fraction(1, 6))
    """
    numbers = [*numbers]
    if not all(map(is_exact, numbers)):
        return abs(numbers[0]) if all(each == numbers[0] for each in numbers) else 1
    above = gcd(*(number.numerator for number in numbers))
    below = lcm(*(number.denominator for number in numbers))
    return (above if below == 1 else Fraction(above, below)) or 1


# Two squares that make 1


def _with_squares(algebra: Collects, polynomial: Polynomial) -> Iterator[Polynomial]:
    """The polynomial with sin(u)**2 replaced by 1 - cos(u)**2, or the other way round."""
    found = {(base, square): None for monomial in polynomial for base, power in monomial
             if isinstance(power, int) for square in (2, -2)
             if power * square >= 4 and (base.operation, square) in SQUARES}
    for base, square in found if len(polynomial) > 1 else ():
        number, factor, other, other_power = SQUARES[base.operation, square]
        partner = algebra.book.node(other, *base.inputs)
        by: Polynomial = {(): number, ((partner, other_power),): factor}
        result: Polynomial = {}
        for monomial, k in polynomial.items():
            powers = dict(monomial)
            power = powers.get(base, 0)
            times = power // square if isinstance(power, int) and power * square >= 4 else 0
            rest = {**powers, base: power - times * square}
            term: Polynomial | None = {tuple(i for i in rest.items() if i[1] != 0): k}
            for _ in range(min(times, MOST + 1)):  # by then there are too many monomials
                term = _times(algebra, term, by) if term is not None else None
            if term is None:
                break
            for m, n in term.items():
                _add(result, m, n)
        else:
            yield result
