"""Sums and products as bags: equal nodes are one, and how a bag is written out.

In a bag the order does not matter and like things meet: a sum is a bag of terms, each with a
number in front, a product a bag of bases, each with an exponent. When all have met, the bag is
written as a book would write it: x**2 before x before 1, names before functions, these in the order
of the table, and the first term with a plus, if any has one.

On the page: `case ("+", 0, _) | ("*", 1, _):`, which sees only neighbours; here all of a sum meet.

>>> from mathlab import symbols
>>> x, y = symbols("x y")
>>> notebook = Notebook()
>>> print(notebook.finish(Sum(1, {x: -3, y: 2})))
2*y - 3*x + 1
>>> print(notebook.finish(Product(2, {x: -2, y: 1})))
2*y/x**2

A notebook has each node once: what is equal is the same, so equality is quick to ask.

>>> notebook.finish(Sum(1, {y: 2, x: -3})) is notebook.finish(Sum(1, {x: -3, y: 2}))
True

Nothing that is in it is changed any more. (While a formula is simplified nothing is worked out, so
its nodes have no numbers yet.)
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterable, Sequence
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from mathlab.calculus.algebra.exact import LostError, divided, exact, exact_root, is_exact, scaled
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.formula import write_short
from mathlab.calculus.graph.operations import ROWS, Operation
from mathlab.calculus.graph.value import Value, as_value, is_number
from mathlab.calculus.numbers.unknown import UNKNOWN

HALF = Fraction(1, 2)
POLYNOMIAL, FUNCTION, NUMBER = range(3)  # the order of terms
A_NUMBER, A_NAME, A_POLYNOMIAL, A_POWER, AN_EXP, A_FUNCTION, A_SUM = range(7)  # and of factors


class Sum(NamedTuple):
    """The bag of a sum: `number + coefficient*term + ...`; no term has a number in front."""

    number: Any
    terms: dict[Value, Any]

    @property
    def numbers(self) -> list[Any]:
        """All numbers in the bag, the constant only if it is not 0."""
        return [*self.terms.values(), *([self.number] if self.number != 0 else [])]

    def times(self, factor: Any) -> Sum:
        """Every term of the sum, multiplied by a number. Raises: LostError."""
        terms = {term: scaled(k, factor) for term, k in self.terms.items()}
        return Sum(scaled(self.number, factor), terms)


    def over(self, divisor: Any) -> Sum:
        """Every term of the sum, divided by a number. Raises: LostError."""
        terms = {term: divided(k, divisor) for term, k in self.terms.items()}
        return Sum(divided(self.number, divisor), terms)


class Product(NamedTuple):
    """The bag of a product: `number * base**exponent * ...`; exponents are numbers or Values."""

    number: Any
    powers: dict[Value, Any]


class Found(NamedTuple):
    """The shortest way to write a bag, and what would have to be so again to find the same: how
    many products were tried, and as what its sums were taken."""

    node: Value
    tries: float
    faces: list[tuple[Value, tuple[Any, Value]]]


class Lengths(dict[Value, float]):
    """How many nodes there are to write; a name, which no notebook makes, is one."""

    def __missing__(self, node: Value) -> float:
        return 1


class Notebook:
    """All the nodes made while a formula is simplified, each once, with the bags they stand for."""

    def __init__(self) -> None:
        self.made: dict[Any, Value] = {}
        self.length = Lengths()
        self.sums: dict[Value, Sum] = {}
        self.products: dict[Value, Product] = {}
        self.opaque: set[Value] = set()  # what is not opened, since numbers would be lost
        self.polynomials: set[Value] = set()  # the sums without functions in them
        self.found: dict[Any, Found] = {}  # the shortest ways to write bags
        self.texts: dict[Value, str] = {}
        self.e = self.number(math.e, "e")  # the base of exp: in a bag, exp(u) is {e: u}

    # Nodes

    def node(self, operation: Operation, *inputs: Value) -> Value:
        """The node of this operation on these inputs."""
        key = (operation, *inputs)
        found = self.made.get(key)
        if found is None:
            found = self.made[key] = Value.bare(UNKNOWN, operation, inputs)
            self.length[found] = own_length(found) + self.long(inputs)
        return found

    def tidy(self, operation: Operation, inputs: Sequence[Value]) -> Value:
        """The node of this operation on these inputs; a 0 or 1 that changes nothing is put away."""
        match operation.name, *(x.data if x.operation is table.constant else x for x in inputs):
            case ("*", 0, _) | ("*", _, 0) | ("/", 0, _):
                return self.number(0)
            case ("*", 1, _) | ("+", 0, _):
                return inputs[1]
            case ("*", -1, _) | ("-", 0, _):
                return self.node(table.negate, inputs[1])
            case ("*", _, -1):
                return self.node(table.negate, inputs[0])
            case ("*" | "/", _, 1) | ("+" | "-", _, 0):
                return inputs[0]
        return self.node(operation, *inputs)

    def number(self, number: Any, name: str = "") -> Value:
        """The node of a number, a plain one or one with a name, such as pi."""
        key = (type(number), number, name)
        if key not in self.made:
            node = self.made[key] = as_value(number, name)
            self.length[node] = own_length(node)
        return self.made[key]

    def long(self, nodes: Iterable[Value]) -> float:
        """How many nodes there are to write, shared ones each time."""
        return sum(self.length[node] for node in nodes)

    # A node's bag

    def product_of(self, node: Value) -> Product:
        """The bag of a node taken as a product."""
        if node in self.opaque:
            return Product(1, {node: 1})
        if node in self.products:
            return self.products[node]
        if is_finite(node):
            return Product(exact(node.data), {})
        return Product(1, {node: 1})

    def sum_of(self, node: Value) -> Sum:
        """The bag of a node taken as a sum, of one term perhaps."""
        if node in self.sums and node not in self.opaque:
            return self.sums[node]
        number, powers = self.product_of(node)
        if not powers:
            return Sum(number, {})
        if number == 1:
            return Sum(0, {node: 1})
        unit = self.finish(Product(1, powers))
        if is_number(unit):
            self.opaque.add(unit)  # as 1e308 in 3*1e308
        if unit in self.sums:
            with suppress(LostError):
                return self.sums[unit].times(number)
            return Sum(0, {node: 1})
        return Sum(0, {unit: number})

    def is_negative(self, node: Value) -> bool:
        """Whether it is a number below 0, a product that begins with one, or a sum of such."""
        if node in self.products:
            return not is_positive(self.products[node].number)
        if node in self.sums:
            return not any(map(is_positive, self.sums[node].numbers))
        return is_finite(node) and node.data != 0 and not is_positive(node.data)

    # Writing

    def finish(self, bag: Sum | Product) -> Value:
        """The formula of a bag, its parts in the order in which a book would write them."""
        if isinstance(bag, Sum):
            if not bag.terms:
                return self.number(bag.number)
            if bag.number == 0 and len(bag.terms) == 1:
                ((term, k),) = bag.terms.items()
                number, powers = self.product_of(term)
                return self.finish(Product(exact(number * k), powers))
        else:
            if not bag.powers:
                return self.number(bag.number)
            if list(bag.powers.values()) == [1]:
                (base,) = bag.powers
                if bag.number == 1:
                    return base
                if base in self.sums and goes_in(bag.number, self.sums[base]):
                    return self.finish(self.sums[base].times(bag.number))
        key = key_of(bag)
        node = self.made.get(key)
        if node is None:
            node = self.write_sum(bag) if isinstance(bag, Sum) else self.write_product(bag)
            self.made[key] = node
        if isinstance(bag, Sum):
            self.sums[node] = bag
        else:
            self.products[node] = bag
        return node

    def write_sum(self, bag: Sum) -> Value:
        """The terms one after the other, added or subtracted."""
        parts = dict(bag.terms)
        if bag.number != 0:
            parts[self.number(1)] = bag.number
        places = {term: self.place(term) for term in parts}
        order = self.in_order(places)
        leader = next((i for i, term in enumerate(order) if is_positive(parts[term])), 0)
        order.insert(0, order.pop(leader))  # y - x reads better than -x + y
        result: Value | None = None
        for term in order:
            k = parts[term]
            number, powers = self.product_of(term)
            if result is None:
                result = self.finish(Product(exact(number * k), powers))
            else:
                operation = table.add if is_positive(k) else table.subtract
                size = self.finish(Product(exact(number * (k if is_positive(k) else -k)), powers))
                result = self.node(operation, result, size)
        assert result is not None
        if all(kind != FUNCTION for kind, *_ in places.values()):
            self.polynomials.add(result)
        return result

    def write_product(self, bag: Product) -> Value:
        """What has a negative exponent below the line, all else above it."""
        order = self.factors_in_order(bag)
        if bag.number != 1:
            bag = Product(bag.number, {base: bag.powers[base] for base in order})
            with suppress(LostError):
                bag = self.with_number_inside(bag)
            bag = self.without_minus(bag)
            order = self.factors_in_order(bag)
        top_number, bottom_number = bag.number, 1
        if isinstance(bag.number, Fraction):
            top_number, bottom_number = bag.number.numerator, bag.number.denominator
        tops: list[Value] = []
        bottoms: list[Value] = []
        logs: list[Value] = []
        for base in order:
            exponent = bag.powers[base]
            if exponent == 1 and base.operation is table.log and isinstance(
                    bag.powers.get(base.x), Value):
                logs.append(base.x)  # x**n*log(x): 0 at x = 0, for n above 0
            elif base is self.e or isinstance(exponent, Value) or is_positive(exponent):
                tops.append(self.write_power(base, exponent))
            else:
                bottoms.append(self.write_power(base, -exponent))
        if top_number == -1 and tops:
            tops[0] = self.node(table.negate, tops[0])
        elif top_number != 1 or not tops:
            tops.insert(0, self.number(top_number))
        if bottom_number != 1:
            bottoms.insert(0, self.number(bottom_number))
        top = self.chain(tops)
        for x in logs:
            top = self.node(table.xlogy, top, x)
        return self.node(table.divide, top, self.chain(bottoms)) if bottoms else top

    def with_number_inside(self, bag: Product) -> Product:
        """3*x*(2*y + 1) as x*(6*y + 3): what makes a sum shorter goes into it from the front."""
        base = next((b for b, power in bag.powers.items() if b in self.sums and power in (1, -1)),
                    None) or next((b for b in bag.powers if b in self.sums), None)
        if base is None or not is_exact(bag.number):
            return bag
        inside, power = self.sums[base], bag.powers[base]
        parts = [Fraction(1), Fraction(1, bag.number.denominator), Fraction(bag.number)]
        if power == -1:
            parts = [Fraction(1), Fraction(bag.number.denominator)]
        elif power != 1:
            root = exact_root(bag.number) if power == 2 else None
            parts = [Fraction(1), Fraction(root or 1)]
        best = min(parts, key=lambda part: _cost(bag.number / part**power, inside.times(part))
                   if part != 1 else _cost(bag.number, inside))
        node = self.finish(inside.times(best)) if best != 1 else base
        powers = {b: e for b, e in bag.powers.items() if b is not base}
        if best == 1 or node in powers:
            return bag
        return Product(exact(bag.number / best**power), {**powers, node: power})

    def without_minus(self, bag: Product) -> Product:
        """-x*(1 - x) as x*(x - 1): the minus turns a sum round that has both signs in it."""
        if is_positive(bag.number):
            return bag
        for base, power in bag.powers.items():
            if isinstance(power, int) and power % 2 and base in self.sums:
                turned = self.sums[base].times(-1)
                node = self.finish(turned)
                others = {b: e for b, e in bag.powers.items() if b is not base}
                # but not -(1 - x)*(x - 1)**n, which is as short as can be
                if any(map(is_positive, turned.numbers)) and node not in others:
                    return Product(-bag.number, {**others, node: power})
        return bag

    def write_power(self, base: Value, exponent: Any) -> Value:
        """A base with its exponent, square roots as such."""
        if exponent == 1:
            return base
        if not isinstance(exponent, Value):
            exponent = self.number(exponent)
        if base is self.e:
            return self.node(table.exp, exponent)
        if exponent.data == HALF and is_number(exponent):
            return self.node(table.sqrt, base)
        return self.node(table.power, base, exponent)

    def chain(self, factors: list[Value]) -> Value:
        """The product of the factors, as they stand."""
        result = factors[0]
        for factor in factors[1:]:
            result = self.node(table.multiply, result, factor)
        return result

    # The order of terms and factors

    def in_order(self, places: dict[Value, Any]) -> list[Value]:
        """The parts sorted by their places; those of the same place by their text."""
        if len(places) == 1:
            return list(places)
        by_place: dict[Any, list[Value]] = {}
        for part, place in places.items():
            by_place.setdefault(place, []).append(part)
        for same in by_place.values():
            if len(same) > 1:  # texts are costly: only where they decide
                same.sort(key=self.text)
        return [part for _, same in sorted(by_place.items()) for part in same]

    def factors_in_order(self, bag: Product) -> list[Value]:
        """The bases of a product, sorted."""
        return self.in_order({base: self.place_of_factor(base, bag) for base in bag.powers})

    def text(self, part: Value) -> str:
        """What decides the order of parts: their text, if that is short."""
        if part.name:
            return part.name
        if part not in self.texts:
            self.texts[part] = write_short(part).replace("-", "~")  # f(x) before f(-x)
        return self.texts[part]

    def place(self, term: Value) -> tuple[Any, ...]:
        """Where a term stands in a sum: x**2, then x; then sin(x), then x*sin(x); then 1."""
        if is_number(term):
            return (NUMBER,)
        powers = self.products[term].powers if term in self.products else {term: 1}
        plain = [
            exponent
            for base, exponent in powers.items()
            if self.is_polynomial(base) and not isinstance(exponent, Value | complex)]
        if len(plain) == len(powers):
            return POLYNOMIAL, -sum(plain)
        return FUNCTION, sum(plain), min(self.row(base) for base in powers)

    def place_of_factor(self, base: Value, bag: Product) -> tuple[int, ...]:
        """Where a factor stands: 2*x*(y + 1)*x**n*exp(x)*sin(x)*(sin(y) + 1)."""
        if is_number(base):  # 1e170*x*1e170: what cannot be multiplied does not stand together
            apart = bag.powers[base] == 1 and is_finite(base)
            return (A_SUM if apart else A_NUMBER), len(TABLE_ORDER)
        if base is self.e and bag.powers[base] != 1:
            return (AN_EXP,)
        if isinstance(bag.powers[base], Value):
            return (A_POWER,)
        if not base.inputs:
            return (A_NAME,)
        if self.is_polynomial(base):
            return (A_POLYNOMIAL,)
        return (A_SUM,) if base in self.sums else (A_FUNCTION, self.row(base))

    def row(self, base: Value) -> int:
        """The place of a function in the table: sin stands before cos."""
        if base is self.e:
            return TABLE_ORDER["exp"]
        named = base.operation.name if base.operation and base not in self.sums else ""
        return TABLE_ORDER.get(named, len(TABLE_ORDER))

    def is_polynomial(self, base: Value) -> bool:
        """Whether a base is a name or a polynomial, and no function."""
        return base is not self.e and (not base.inputs or base in self.polynomials)


TABLE_ORDER = {name: place for place, name in enumerate(ROWS)}


def own_length(node: Value) -> int:
    """How much there is to write for a node, its inputs aside: a minus and the line of a fraction
    count as well as a name or a sign, but not in an exponent; and so does what hypot stands for."""
    operation = node.operation
    if operation is table.multiply:
        return 1 + _line(node.x) + _line(node.y)  # 2*x/3 rather than 2/3*x
    if operation is table.power:
        return 1 - _line(node.y)
    if operation is table.hypot:
        return 4
    if operation is table.xlogy:
        return 2
    if operation is not table.constant or node.name or isinstance(node.data, complex):
        return 1
    return 1 + (not is_positive(node.data) and node.data != 0) + _line(node)


def _line(node: Value) -> int:
    """Whether a number is written with a line."""
    return type(node.data) is Fraction and is_number(node) and node.data.denominator != 1


def is_finite(node: Value) -> bool:
    """Whether a node is a plain number, which others may be added to: inf and nan stay apart."""
    return is_number(node) and not is_endless(node)


def is_endless(node: Value) -> bool:
    """Whether a node is inf or nan."""
    number = node.data
    return is_number(node) and not (number.is_finite() if isinstance(number, Decimal) else
                                    isinstance(number, (int, Fraction)) or cmath.isfinite(number))


def is_positive(number: Any) -> bool:
    """Whether a number is written with a plus."""
    return isinstance(number, complex) or number != number or bool(number > 0)


def key_of(bag: Sum | Product) -> Any:
    """What is equal for bags of equal contents."""
    return type(bag), bag[0], frozenset(bag[1].items())


def goes_in(factor: Any, bag: Sum) -> bool:
    """Whether a number in front of a sum goes into it: -(x - y) is y - x, and (2*x + 4)/2 is
    x + 2; but 2*(x + y) stays."""
    if factor == -1:
        return True
    with suppress(LostError):
        return is_exact(factor) and _cost(1, bag.times(factor)) < _cost(factor, bag)
    return False


def _cost(factor: Any, bag: Sum) -> float:
    """How many nodes the numbers take in a number times a sum."""
    if not all(map(is_exact, bag.numbers)):
        return math.inf
    fractions: int = sum(k.denominator != 1 for k in bag.numbers)
    return fractions + sum(
        0 if abs(number) == 1 else 2 + 2 * (number.denominator != 1 != abs(number.numerator))
        for number in (factor, *bag.terms.values()))
