"""The same formula, said shorter.

On the page: `return put_away(`. What the chain rule writes down is right, and unreadable. Rules
that look at neighbours, such as `x + x = 2*x`, do not help enough: in `x + y + y + x` the two x
never meet, whatever rules are used on the rest.

*Gather.* So a whole sum is gathered first, however deep it is nested: it is a bag of terms, each
with a number in front; a product is a bag of bases, each with an exponent. In a bag, like things
meet by themselves: `x + y + y + x` is {x: 2, y: 2}, as `x * x**2` is {x: 3}.

>>> from mathlab import symbols, exp, log
>>> x, y = symbols("x y")
>>> print(simplify(x + y + y + x))
2*(x + y)
>>> print(simplify(y * x * 2 * x / y**3))
2*x**2/y**2

*Look up.* What is known about functions stands in the table of identities.

>>> print(simplify(exp(log(x)) * exp(x * 0)))
x

*Compare.* Of several ways to write a sum or a product the shortest is taken.

>>> print(simplify(x / (x**2 + 1) - x**3 / (x**2 + 1)**2))
x/(x**2 + 1)**2

The value never changes where both formulas have one, for real numbers. The simpler one may have a
value where the first had none: `x/x` becomes 1, also at 0, and `exp(log(x))` becomes x, also below
0.

Every node is visited once, inputs first, and equal pieces become one node, so the work, and the
result, are in proportion to the graph. Read `simplify`, then `_Algebra` from `form` on: sums,
products, functions.

Left out: factors that stand nowhere yet, and double angles, sin(2*x) for 2*sin(x)*cos(x).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import inf, nan
from typing import Any

from mathlab.calculus.algebra.bags import (
    HALF,
    Found,
    Notebook,
    Product,
    Sum,
    is_endless,
    is_finite,
    is_positive,
    key_of,
    own_length,
)
from mathlab.calculus.algebra.exact import (
    NOISE,
    LostError,
    added,
    exact,
    exact_root,
    is_exact,
    joined,
    raised,
    scaled,
)
from mathlab.calculus.algebra.identities import SCALED, SYMMETRIC, a, partners, worth_trying
from mathlab.calculus.algebra.shorter import content, shortest_product, shortest_sum
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.chain_rule import inputs_taken
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value, is_gate, is_number
from mathlab.calculus.numbers.evaluate import once_more_in_decimals
from mathlab.calculus.numbers.kinds import as_decimal, halves
from mathlab.errors import DomainError

# Exact on plain numbers.
FOLDS = (table.absolute, table.sign, table.step, table.relu, table.maximum, table.minimum)
ADDITIVE = (table.add, table.subtract, table.negate, table.total, table.dot)
MULTIPLICATIVE = (table.multiply, table.divide)
FAMILY = {operation: family for family in (ADDITIVE, MULTIPLICATIVE) for operation in family}
MANY_FACTORS = 60  # in a product of more no pairs are looked for
SMALL = 4  # a part that is used in several places is opened if it has at most so many parts
TRIES = 2_000  # products: so many are made to see if there is a shorter way
REPEATS = 8  # at most: rounding may change a number in the last digit each time
LONGEST = 5_000  # nodes: for what is longer, and nobody reads, no other ways are tried


def simplify(result: Value) -> Value:
    """The same formula, with the same value but for rounding, in the shortest form that is found.

    It is never longer than the formula given, and simplified again it stays as it is. It may
    have a value where the formula given has none, or leaves the floats on the way: `x/x` becomes 1,
    and `0*x` is 0 for every x.

    Raises: DomainError if it divides by what turns out to be 0, as `x/(y - y)`.

    >>> from mathlab import symbols
    >>> x, = symbols("x")
    >>> print(simplify((x * x) / x - 3 * x))
    -2*x
    """
    return simplify_all([result])[0]


def simplify_all(results: Iterable[Value]) -> list[Value]:
    """Several formulas simplified together, so that what they share stays shared.

    Raises: as `simplify`.
    """
    given = [as_value(result) for result in results]
    return with_numbers(simplified(given), given)


def gathered(given: Sequence[Value], long: Mapping[Value, float],
             algebra: _Algebra | None = None) -> list[Value]:
    """The formulas, like things met and identities looked up; each as it was if that is longer.
    `long` has their lengths."""
    algebra = algebra or _Algebra()
    found = algebra.run(given)
    return [y if algebra.book.long([y]) <= long[x] else x
            for x, y in zip(given, found, strict=True)]


def simplified(given: Sequence[Value]) -> list[Value]:
    """The formulas gathered; and those that somebody may read as short as can be, tried until
    nothing changes. Nothing in them is worked out."""
    first, long = given, lengths(given)
    if any(long[y] > LONGEST for y in given):
        first = gathered(given, long)
        long = lengths(first)
    now = readable = [y for y in first if long[y] <= LONGEST]
    book, seen = Notebook(), list[list[Value]]()
    book.length.update(long)
    while now not in seen and len(seen) < REPEATS:
        seen.append(now)
        now = gathered(now, book.length, _Algebra(TRIES, book))
    if now in seen[:-1]:  # texts are costly
        now = min(seen[seen.index(now):], key=lambda each: [*map(str, each)])
    final = dict(zip(readable, now, strict=True))
    return [final.get(y, y) for y in first]


def lengths(formulas: Sequence[Value]) -> dict[Value, float]:
    """How many nodes there are to write for each node of the formulas, shared ones each time."""
    known: dict[Value, float] = {}
    for node in inputs_first(*formulas):
        known[node] = own_length(node) + sum(map(known.__getitem__, node.inputs), start=0.0)
    return known


def with_numbers(formulas: Sequence[Value], given: Sequence[Value]) -> list[Value]:
    """The formulas, each node with the number that follows from those given.

    Raises: DomainError if a formula has none there.
    """
    own = set(inputs_first(*given))
    in_decimals = any(isinstance(node.data, Decimal) for node in own)
    refused: dict[Value, DomainError] = {}  # a `where` may not need it
    for node in inputs_first(*formulas):
        if in_decimals and node.operation is table.constant and node not in own:
            node.data = as_decimal(node.data, node.name)
        if node.is_known or not all(x.is_known for x in node.inputs) or not node.operation:
            continue
        needed = node.inputs
        if node.operation is table.where and needed[0] not in refused:
            needed = inputs_taken(node)
        try:
            node.data = nan  # which stays, unless there is a number
            if near := next((refused[x] for x in needed if x in refused), None):
                raise near
            node.data = node.operation.evaluate(*(x.data for x in node.inputs))
        except DomainError as error:
            refused[node] = error
    for formula in formulas:
        number = formula.data
        lost = isinstance(number, float) and not 0 < abs(number) < inf
        if formula in refused or lost:
            formula.data = _once_more(formula)
    return [*formulas]


def _once_more(formula: Value) -> Any:
    """The number of a formula of which a part has left the floats on the way, as (1/2)**30000 does.

    Raises: DomainError if it has none.
    """
    try:
        return formula.at()
    except DomainError:
        order = inputs_first(formula)
        data = {leaf: leaf.data for leaf in order if not leaf.inputs}
        number = once_more_in_decimals(order, data) if all(map(is_exact, data.values())) else None
        if number is None:
            raise
        return number


class _Factors:
    """A product that is being gathered: it belongs to one call, which closes it."""

    def __init__(self, number: Any):
        self.number = number
        self.powers: dict[Value, Any] = {}


class _Algebra:
    """One run over a graph, inputs first.

    What a node is simplified to is its form. It is written with the nodes of a notebook, where
    equal ones are one; it may be shared, and is never changed. A bag that is still being filled
    belongs to the one call that fills it, and is not shared.

    A long part that is used in several places stays closed, so that it is not copied into each; it
    is opened where something in it meets its like. Of a sum and its multiples one stands for all,
    its face: 2*x + 4 is 2*(x + 2). The mirror of x - y is y - x.
    """

    def __init__(self, tries: float = -inf, book: Notebook | None = None):
        self.book = book or Notebook()
        self.tries = tries  # how many more products may be made to see if something is shorter
        self.forms: dict[Value, Value] = {}  # the nodes of the graph, simplified
        self.refused: dict[Value, DomainError] = {}  # what has no value: a `where` may not need it
        self.closed: set[Value] = set()  # long parts used in several places: they are not opened
        self.places: dict[Value, int] = {}  # of the bases of monomials, as they were met
        self.faces: dict[Value, tuple[Any, Value]] = {}  # sums, as numbers times others
        self.asked = list[tuple[Value, tuple[Any, Value]]]()  # these, each time that one was needed
        self.shortest: dict[Any, Value] = {}  # the bags for which the shortest way has been found

    def run(self, results: Sequence[Value]) -> list[Value]:
        """The formulas, simplified together."""
        order = inputs_first(*results)
        uses = Counter(results)
        user: dict[Value, Any] = {}
        for node in order:
            for x in node.inputs:
                uses[x] += 1
                user[x] = node.operation if node.operation is not table.dot else None
        for node in order:
            family = FAMILY.get(node.operation)
            if family and uses[node] == 1 and user.get(node) in family:
                continue  # a part of a longer sum or product, which gathers it
            try:
                form = self.forms[node] = self.form(node)
                bag = self.book.sums.get(form) or self.book.products.get(form)
                if uses[node] > 1 and bag and len(bag[1]) > SMALL:
                    self.closed.add(form)
            except DomainError as error:
                self.refused[node] = error
        return [self.of(node) for node in results]

    def of(self, node: Value) -> Value:
        """The form of a node of the graph."""
        if node in self.refused:
            raise self.refused[node]
        return self.forms[node]

    def form(self, node: Value) -> Value:
        """What a node amounts to; what it is made of has been met."""
        operation = node.operation
        if operation is None:
            return node
        if operation is table.constant:
            return self.book.number(node.data if node.name else exact(node.data), node.name)
        if operation in ADDITIVE or operation in MULTIPLICATIVE:
            parts = list(self.parts(node, self.addends if operation in ADDITIVE else self.factors))
            if len(parts) <= SMALL and any(self.book.length[x] > LONGEST for x, _ in parts):
                return self.as_it_stands(operation, parts)
            return self.sum(parts) if operation in ADDITIVE else self.product(parts)
        if operation is table.where:
            return self.choice(*node.inputs)
        x, *others = inputs = [self.of(each) for each in node.inputs]
        if self.book.length[x] > LONGEST:
            return self.book.tidy(operation, inputs)
        if operation is table.power:
            return self.product([(x, self.exponent(others[0]))])
        if operation is table.sqrt:
            return self.product([(x, HALF)])
        if operation is table.xlogy and others[0].data != 0:
            return self.product([(x, 1), (self.function(table.log, others), 1)])
        return self.function(operation, inputs)

    def as_it_stands(self, operation: Operation, parts: list[tuple[Value, int]]) -> Value:
        """The sum or product of a few parts of which one is too long to be read: nothing in it can
        be seen to meet, but for zeros and ones."""
        into, out = ((table.add, table.subtract) if operation in ADDITIVE
                     else (table.multiply, table.divide))
        result = self.book.number(0 if operation in ADDITIVE else 1)
        for part, sign in parts:
            result = self.book.tidy(into if sign == 1 else out, [result, part])
        return result

    def parts(self, root: Value, parts: Any) -> Iterator[tuple[Value, int]]:
        """The parts of a sum, or a product, and of those inside that only it uses; each with its
        sign: what is added or subtracted, what stands above or below the line."""
        waiting = [(root, 1)]
        while waiting:
            node, sign = waiting.pop()
            if node is root or (node not in self.forms and node not in self.refused):
                waiting += [(x, sign * s) for x, s in reversed(parts(node))]
            else:
                yield self.of(node), sign

    def addends(self, node: Value) -> list[tuple[Value, int]]:
        """What an operation adds up."""
        if node.operation is table.dot:
            pairs = [(self.of(x), self.of(y)) for x, y in zip(*halves(node.inputs), strict=True)]
            products = [self.product([(x, 1), (y, 1)]) for x, y in pairs]
            self.forms |= {product: product for product in products}
            return [(product, 1) for product in products]
        last = -1 if node.operation in (table.subtract, table.negate) else 1
        return [*((x, 1) for x in node.inputs[:-1]), (node.inputs[-1], last)]

    def factors(self, node: Value) -> list[tuple[Value, int]]:
        """What an operation multiplies."""
        return [(node.x, 1), (node.y, -1 if node.operation is table.divide else 1)]

    # Sums

    def sum(self, parts: Iterable[tuple[Value, Any]]) -> Value:
        """The sum of parts, each times a number."""
        parts = list(parts)
        try:
            bag = self.collected(parts)
        except LostError:
            self.book.opaque.update(part for part, _ in parts)
            bag = self.collected(parts)
        return self.shortest_of(self.sharing_conditions(bag), shortest_sum)

    def collected(self, parts: Sequence[tuple[Value, Any]]) -> Sum:
        """The bag of a sum, in which like terms have met: all that stands in front of one is added
        at once, so that in 1e200 + 0.5 - 1e200 nothing is lost. Raises: LostError."""
        numbers, met = list[Any](), dict[Value, list[Any]]()

        def put(bag: Sum, factor: Any) -> None:
            if bag.number != 0:
                numbers.append(scaled(bag.number, factor))
            for term, k in bag.terms.items():
                met[term] = [*met.pop(term, ()), scaled(k, factor)]

        for part, factor in parts:
            put(Sum(0, {part: 1}) if part in self.closed and part in self.book.sums
                else self.book.sum_of(part), factor)
        while True:
            terms = self.added_up(met)
            meets = next((t for t in terms if t in self.closed and t in self.book.sums
                          and not terms.keys().isdisjoint(self.book.sums[t].terms)), None)
            if meets is None:
                return Sum(numbers[0] if len(numbers) == 1 else added(*numbers), terms)
            del met[meets]
            put(self.book.sums[meets], terms[meets])  # 2*s - a, where s is a + b + c + d + e

    def added_up(self, met: dict[Value, list[Any]]) -> dict[Value, Any]:
        """Terms with the sum of what stands in front of each. Raises: LostError."""
        terms = dict[Value, Any]()
        for term, ks in met.items():
            k = ks[0] if len(ks) == 1 else added(*ks)
            if k == 0 or (len(ks) > 1 and len({*map(is_positive, ks)}) > 1):
                powers = self.book.product_of(term).powers
                if any(map(is_endless, powers)):  # inf*x - inf*x
                    term, k = self.book.finish(Product(1, self.undefined(powers))), 1
            if k != 0:
                terms[term] = k
        return terms

    def sharing_conditions(self, bag: Sum) -> Sum:
        """The sum with `where(c, a, b) + where(c, d, e)` turned into `where(c, a + d, b + e)`."""
        shared: dict[Value, list[Value]] = {}
        for term in bag.terms:
            if term.operation is table.where:
                shared.setdefault(term.inputs[0], []).append(term)
        for condition, terms in shared.items():
            if len(terms) > 1:
                others = {term: k for term, k in bag.terms.items() if term not in terms}
                ways = [self.sum((term.inputs[i], bag.terms[term]) for term in terms)
                        for i in (1, 2)]
                both = self.function(table.where, [condition, *ways])
                return self.book.sum_of(self.sum([
                    (self.book.finish(Sum(bag.number, others)), 1), (both, 1)]))
        return bag

    # Products

    def product(self, factors: Iterable[tuple[Value, Any]], number: Any = 1) -> Value:
        """The product of factors, each with its exponent."""
        bag = self.with_partners(self.merged(factors, number))
        guards = list[tuple[Value, bool]]()
        while gate := next((base for base, power in bag.powers.items() if is_gate(base)
                            and isinstance(power, int) and power > 0), None):
            condition, yes, no = gate.inputs
            taken = is_number(no) and no.data == 0
            guards.append((condition, taken))
            others = [(base, power) for base, power in bag.powers.items() if base is not gate]
            way = yes if taken else no
            bag = self.with_partners(self.merged([*others, (way, bag.powers[gate])], bag.number))
        result, zero = self.shortest_of(bag, shortest_product), self.book.number(0)
        for condition, taken in reversed(guards):  # where(c, x, 0)*y is where(c, x*y, 0): so y is
            ways = (result, zero) if taken else (zero, result)  # not asked for where c says no
            result = self.book.node(table.where, condition, *ways)
        return result

    def shortest_of(self, bag: Any, shortest: Callable[[Any, Any], Value]) -> Value:
        """The formula of a bag, in the shortest way if other ways are tried at all. What an earlier
        run has found is used if this one would find the same."""
        if self.tries < 0:
            return self.book.finish(bag)
        key = key_of(bag)
        if key not in self.shortest:
            found = self.book.found.get(key)
            if found and found.tries <= self.tries and all(
                    [self.face(base) == face for base, face in found.faces]):
                self.tries -= found.tries
            else:
                tries, asked = self.tries, len(self.asked)
                node = shortest(self, bag)
                found = Found(node, tries - self.tries, self.asked[asked:])
                self.book.found[key] = found
            self.shortest[key] = found.node
        return self.shortest[key]

    def merged(self, factors: Iterable[tuple[Value, Any]], number: Any = 1) -> Product:
        """The bag of a product, in which powers of the same base have met."""
        self.tries -= 1
        factors = list(factors)
        try:
            return self.met(factors, number)
        except LostError:
            self.book.opaque.update(base for base, _ in factors)
            return self.met(factors, number)

    def met(self, factors: Sequence[tuple[Value, Any]], number: Any) -> Product:
        """What `merged` returns. Raises: LostError."""
        into = _Factors(number)
        waiting = list[tuple[Value, Any]]()
        for base, exponent in factors:
            if base in self.closed and base in self.book.products and exponent in (1, -1):
                waiting.append((base, exponent))
            else:
                self.put(into, base, exponent)
        while waiting:  # x*y*z*u*v, used elsewhere too, is opened where its x meets another
            meets = next((item for item in waiting if not into.powers.keys().isdisjoint(
                (item[0], *self.book.products[item[0]].powers))), None)
            if meets is None:
                for base, exponent in waiting:
                    inner = self.book.products[base]
                    unit = self.book.finish(Product(1, inner.powers))
                    self.multiply_number(into, inner.number, exponent)
                    self.closed.add(unit)
                    into.powers[unit] = exact(into.powers.pop(unit, 0) + exponent)
                    if into.powers[unit] == 0:
                        del into.powers[unit]
                break
            waiting.remove(meets)
            self.put(into, *meets)
        if into.number == 0:  # and 0*inf is nan, as 0/nan is; but 0/inf is 0
            return Product(1, self.undefined(into.powers)) if any(
                is_endless(base) and not isinstance(power, Value) and (
                    is_positive(power) or base.data != base.data)
                for base, power in into.powers.items()) else Product(0, {})
        return Product(into.number, into.powers)

    def undefined(self, powers: dict[Value, Any]) -> dict[Value, Any]:
        """The factors of a product, with nan for inf."""
        others = {base: power for base, power in powers.items() if not is_endless(base)}
        return {self.book.number(nan): 1, **others}

    def put(self, into: _Factors, base: Value, exponent: Any) -> None:
        """Multiply by the power of a form: a whole one goes to each of its factors."""
        if isinstance(exponent, int) and base not in self.book.products and not is_finite(base):
            self.put_power(into, base, exponent)  # it is its only factor
            return
        number, powers = self.book.product_of(base)
        if isinstance(exponent, int):
            if number != 1:
                if raised(number, exponent) is None and exponent not in (1, -1):
                    self.put_power(into, base, exponent)  # (0.1*x)**400 stays closed
                    return
                self.multiply_number(into, number, exponent)
            for inner, inner_exponent in powers.items():
                self.put_power(into, inner, self.times(inner_exponent, exponent))
        elif isinstance(exponent, Value) and number == 1 and powers == {self.book.e: 1}:
            self.put(into, self.function(table.exp, [exponent]), 1)
        elif not powers:
            root = exact_root(number) if _is_half(exponent) else None
            if root is None:
                self.put_power(into, base, exponent)
            else:
                self.multiply_number(into, root, exponent.numerator)
        elif isinstance(exponent, Value):
            self.put_power(into, base, exponent)
        else:
            root = exact_root(number) if _is_half(exponent) else None
            if root is not None:  # sqrt(4*x) is 2*sqrt(x)
                self.multiply_number(into, root, exponent.numerator)
                base = self.book.finish(Product(1, powers))
                number = 1
            ((inner, power), *others) = powers.items()
            if number != 1 or others:
                self.put_power(into, base, exponent)
            elif isinstance(power, Fraction) or inner is self.book.e:  # sqrt(x)**3: x is at least 0
                self.put_power(into, inner, self.times(power, exponent))
            elif _is_half(exponent) and isinstance(power, int) and power % 2 == 0:  # sqrt(x**2)
                size = self.function(table.absolute, [inner])
                self.put(into, size, exact(power * exponent))
            else:
                self.put_power(into, base, exponent)

    def put_power(self, into: _Factors, base: Value, exponent: Any) -> None:
        """Multiply by a power of a base that has no number in front, where it may meet its like."""
        if base in into.powers:
            before, new = into.powers.pop(base), exponent
            exponent = self.plus(before, new)  # x**2 * x is x**3
            if is_endless(base) and (exponent == 0 or (not isinstance(exponent, Value) and (
                    is_positive(before) != is_positive(new)))):
                base, exponent = self.book.number(nan), 1  # inf/inf
        if isinstance(exponent, int):
            self.put_whole(into, base, exponent)
            return
        mirror = self.mirror(base)
        if mirror in into.powers and isinstance(whole := into.powers[mirror], int):
            # (y - x)*sqrt(x - y) is -(x - y)**(3/2)
            del into.powers[mirror]
            into.number *= -1 if whole % 2 else 1
            self.put_power(into, base, self.plus(exponent, whole))
        else:
            into.powers[base] = exponent

    def put_whole(self, into: _Factors, base: Value, exponent: int) -> None:
        """The same for a whole exponent, which may go to the parts of the base."""
        book = self.book
        if exponent == 0:
            return
        if is_finite(base):  # 2 times 2**3
            self.multiply_number(into, base.data, exponent)
        elif base in book.products and base not in self.closed and raised(
                book.product_of(base).number, exponent) is not None and base not in book.opaque:
            # (2*x*y)**3 is 8 * x**3 * y**3
            self.put(into, base, exponent)
        elif base.operation is table.absolute and exponent % 2 == 0 and base not in book.opaque:
            # absolute(x)**2 is x**2
            self.put(into, base.inputs[0], exponent)
        elif base.operation is table.hypot and exponent % 2 == 0 and not any(
                isinstance(x.data, float) and is_number(x) for x in base.inputs):
            # hypot(x, y)**2 is x**2 + y**2; but 1e200**2 is too large
            squares = self.sum((self.product([(side, 2)]), 1) for side in base.inputs)
            self.put(into, squares, exponent // 2)
        elif base in book.sums:
            factor, face = self.face(base)
            mirror = self.mirror(face) if face not in into.powers else None
            if mirror in into.powers:  # (y - x)*(x - y)**n
                factor, face = -factor, mirror
            self.multiply_number(into, factor, exponent)
            if face in into.powers:
                self.put_power(into, face, exponent)
            else:
                into.powers[face] = exponent
        else:
            into.powers[base] = exponent

    def face(self, base: Value) -> tuple[Any, Value]:
        """A sum as a number times one without common factor: 2*x + 4 is 2*(x + 2). Of x - y and
        y - x it is the one that was met first."""
        if base not in self.faces:
            bag = self.book.sums[base]
            unit = content(bag.numbers)
            unit = -unit if self.book.is_negative(base) else unit
            try:
                face = self.book.finish(bag.over(unit))
            except LostError:
                unit, face = 1, base
            mirror = self.mirror(face)
            if mirror and self.faces.get(mirror, (0,))[0] == 1:
                unit, face = -unit, mirror
            self.faces[base] = unit, face
            self.faces.setdefault(face, (1, face))
        self.asked.append((base, self.faces[base]))
        return self.faces[base]

    def mirror(self, base: Value) -> Value | None:
        """The same sum with the other sign, if it has been made."""
        bag = self.book.sums.get(base)
        return self.book.made.get(key_of(bag.times(-1))) if bag else None

    def multiply_number(self, into: _Factors, number: Any, exponent: int) -> None:
        """Put `number**exponent` in front, unless the product would leave the floats, or be too
        long to write: then it stays a factor of its own."""
        if number == 1:
            return
        power = raised(number, exponent)
        product = joined(into.number, power) if power is not None else None
        if product is not None:
            into.number = product
        else:
            node = self.book.number(number)
            total = into.powers.pop(node, 0) + exponent
            if total != 0:
                into.powers[node] = total

    def with_partners(self, bag: Product) -> Product:
        """The product with sin(u)/cos(u) as tan(u), by the table, where that is shorter."""
        pairs = partners(bag.powers) if len(bag.powers) <= MANY_FACTORS else iter(())
        while found := next(pairs, None):
            pair, sign, made = found
            (x,) = next(iter(pair)).inputs
            others = [(base, power - pair.get(base, 0) if isinstance(power, int) else power)
                      for base, power in bag.powers.items()]
            new = self.merged([*others, (self.instance(made, {a: x}), sign)], bag.number)
            if self.book.long([self.book.finish(new)]) < self.book.long([self.book.finish(bag)]):
                bag, pairs = new, partners(new.powers)
        return bag

    # Functions

    def function(self, operation: Operation, inputs: list[Value]) -> Value:
        """A function of finished inputs, if no identity knows something shorter."""
        if operation in FOLDS and all(map(is_number, inputs)):
            return self.book.number(exact(operation.evaluate(*(x.data for x in inputs))))
        if operation in SYMMETRIC:
            inputs = sorted(inputs, key=self.book.text)
        if operation in SCALED and inputs[0] in self.book.products:  # sign(2*x) is sign(x)
            number, powers = self.book.products[inputs[0]]
            size = abs(number)
            if size != 1:
                rest = self.book.finish(Product(exact(number / size), powers))
                found = self.function(operation, [rest])
                return self.product([(found, 1)], size if SCALED[operation] else 1)
        node = self.book.node(operation, *inputs)
        for pattern, shorter in worth_trying(node, self.book.is_negative(inputs[0])):
            meaning: dict[Value, Value] = {}
            if self.matches(pattern, node, meaning):
                return self.instance(shorter, meaning)
        return self.power_of_e(inputs[0]) if operation is table.exp else node

    def power_of_e(self, exponent: Value) -> Value:
        """`exp(x + 3*log(y))` as `y**3*exp(x)`: a logarithm goes out of the exponent."""
        bag, logs = self.book.sum_of(exponent), dict[Value, tuple[Value, Any]]()
        for term, k in bag.terms.items():
            powers = self.book.product_of(term).powers
            inside = [base for base in powers if base.operation is table.log and powers[base] == 1]
            if len(inside) == 1:
                base = inside[0].x
                others = {b: e for b, e in powers.items() if b is not inside[0]}
                logs[term] = base, self.exponent(self.book.finish(Product(k, others)))
        if not logs:
            power = self.exponent(exponent)
            return self.book.finish(Product(1, {self.book.e: power} if power != 0 else {}))
        rest = Sum(bag.number, {term: k for term, k in bag.terms.items() if term not in logs})
        return self.product([*logs.values(), (self.power_of_e(self.book.finish(rest)), 1)])

    def choice(self, condition: Value, *ways: Value) -> Value:
        """A `where`: if its condition is a number, the way that it takes. A way that has no form
        stays as it was: it may never be taken."""
        decision = self.of(condition)
        known = is_number(decision) and not isinstance(decision.data, complex)
        if known and decision.data == decision.data:  # not nan
            return self.of(ways[0 if decision.data > 0 else 1])
        return self.function(table.where, [decision, *(self.forms.get(way, way) for way in ways)])

    def matches(self, pattern: Value, node: Value, meaning: dict[Value, Value]) -> bool:
        """Whether the node has the pattern's form; `meaning` learns what its letters mean."""
        if pattern.operation is None:
            return meaning.setdefault(pattern, node) is node
        if not pattern.inputs:
            return (node.operation is table.constant and node.name == pattern.name
                    and bool(node.data == pattern.data))
        if pattern.operation is table.negate:
            return self.book.is_negative(node) and self.matches(
                pattern.inputs[0], self.sum([(node, -1)]), meaning)
        if pattern.operation is table.exp and node is self.book.e:
            return bool(pattern.inputs[0].data == 1)
        return node.operation is pattern.operation and all(
            self.matches(p, n, meaning) for p, n in zip(pattern.inputs, node.inputs, strict=True))

    def instance(self, shorter: Value, meaning: dict[Value, Value]) -> Value:
        """The right side of an identity, its letters replaced by what they mean."""
        outer, self.forms = self.forms, dict(meaning)
        try:
            for node in inputs_first(shorter):
                if node not in self.forms:
                    self.forms[node] = self.form(node)
            return self.forms[shorter]
        finally:
            self.forms = outer

    # Exponents: plain numbers, or finished formulas

    def exponent(self, node: Value) -> Any:
        """The number that a form amounts to, or else the form."""
        return node.data if is_finite(node) else node

    def plus(self, x: Any, y: Any) -> Any:
        """The sum of two exponents. Raises: LostError if one is lost in it, as 0.5 in 1e200."""
        if not isinstance(x, Value) and not isinstance(y, Value):
            total = added(x, y)
            if isinstance(total, float) and abs(added(x, y, -total)) * NOISE > min(abs(x), abs(y)):
                raise LostError
            return total
        nodes = [z if isinstance(z, Value) else self.book.number(z) for z in (x, y)]
        return self.exponent(self.sum((node, 1) for node in nodes))

    def times(self, x: Any, n: Any) -> Any:
        """An exponent times a number."""
        if isinstance(x, Value) and n != 1:
            return self.exponent(self.sum([(x, n)]))
        return scaled(x, n)


def _is_half(exponent: Any) -> bool:
    """Whether an exponent is 1/2, 3/2, -1/2 or the like."""
    return isinstance(exponent, Fraction) and exponent.denominator == 2
