"""Sums and products as bags, and how a bag is written out again.

In a bag the order does not matter and like things meet: a sum is a bag of terms, each with a
number in front, a product a bag of bases, each with an exponent. When all have met, the bag is
written as a book would write it: x**2 before x before 1, names before functions, and the first term
with a plus, if any has one.

On the page: `case ("+", 0, _) | ("*", 1, _):`, which sees only neighbours; here all of a sum meet.

>>> from mathlab import symbols
>>> x, y = symbols("x y")
>>> notebook = Notebook()
>>> print(notebook.finish(Sum(1, {x: -3, y: 2})))
2*y - 3*x + 1
>>> print(notebook.finish(Product(2, {x: -2, y: 1})))
2*y/x**2
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from mathlab.calculus.algebra.exact import exact
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.formula import READABLE, write_short
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.value import Value, as_value, is_number
from mathlab.calculus.numbers.kinds import as_decimal

SMALL = 4  # a part used in several places is opened up only if it has at most so many parts itself
HALF = Fraction(1, 2)
POLYNOMIAL, FUNCTION, NUMBER = range(3)  # the order of terms
A_NUMBER, A_NAME, A_POLYNOMIAL, A_POWER, AN_EXP, A_FUNCTION, A_SUM = range(7)  # and of factors
E = Value.constant(math.e, "e")  # the base of exp: in a bag, exp(u) is {E: u}


class Sum:
    """The bag of a sum: `number + coefficient*term + ...`."""

    def __init__(self, number: Any, terms: dict[Value, Any]):
        self.number = number
        self.terms = terms

    @property
    def numbers(self) -> list[Any]:
        """All numbers in the bag, the constant only if it is not 0."""
        return [*self.terms.values(), *([self.number] if self.number != 0 else [])]


class Product:
    """The bag of a product: `number * base**exponent * ...`; exponents are numbers or Values."""

    def __init__(self, number: Any, powers: dict[Value, Any]):
        self.number = number
        self.powers = powers


Form = Value | Sum | Product


class Notebook:
    """All the nodes made while a formula is simplified, so that equal pieces are made once."""

    def __init__(self) -> None:
        self.made: dict[Any, Value] = {}
        self.sums: dict[Value, Sum] = {}  # the bags that finished nodes were made from
        self.products: dict[Value, Product] = {}
        self.without_number: dict[Value, Value] = {}  # products, and the same with a 1 in front
        self.polynomials: set[Value] = set()  # the sums without functions in them
        self.in_decimals = False  # whether the formula's own numbers are Decimals

    def node(self, operation: Operation, *inputs: Value) -> Value:
        """The node of this operation on these inputs."""
        key = (operation, *inputs)
        if key not in self.made:
            self.made[key] = Value.made_by(operation, inputs)
        return self.made[key]

    def number(self, number: Any, name: str = "") -> Value:
        """The node of a number, a plain one or one with a name, such as pi."""
        key = (type(number), number, name)
        if key not in self.made:
            number = as_decimal(number, name) if self.in_decimals else number
            self.made[key] = as_value(number, name)
        return self.made[key]

    def finish(self, form: Form) -> Value:
        """The formula of a bag, its parts in the order in which a book would write them."""
        if isinstance(form, Value):
            return form
        if isinstance(form, Sum) and form.number == 0 and len(form.terms) == 1:
            ((term, coefficient),) = form.terms.items()
            form = self.as_product(term, READABLE)  # it is rewritten now: open it if it can be read
            form.number = exact(form.number * coefficient)
        if isinstance(form, Product) and (node := self.nothing_to_multiply(form)):
            return node
        key = key_of(form)
        if key in self.made:
            return self.made[key]
        if isinstance(form, Product):
            node = self.write_product(form)
            self.products.setdefault(node, form)
        else:
            node = self.write_sum(form)
            if node.inputs:
                self.sums.setdefault(node, form)
        self.made[key] = node
        return node

    def nothing_to_multiply(self, form: Product) -> Value | None:
        """What a product amounts to that is only a number, a base, or a sum with a minus."""
        if not form.powers:
            return self.number(form.number)
        if list(form.powers.values()) == [1]:
            (base,) = form.powers
            if form.number == 1:
                return base
            if form.number == -1 and base in self.sums:
                return self.finish(negated(self.sums[base]))
        return None

    def as_product(self, form: Form, limit: int = SMALL) -> Product:
        """A bag of powers that may be multiplied into; a larger part than `limit` stays closed, but
        for the number in front."""
        if isinstance(form, Product):
            return form
        node = self.finish(form)
        if is_number(node):
            return Product(exact(node.data), {})
        if self.is_negative_sum(node):  # -x - 1 is -1 times x + 1
            return Product(-1, {self.finish(negated(self.sums[node])): 1})
        bag = self.products.get(node)
        if bag is None:
            return Product(1, {node: 1})
        if len(bag.powers) <= limit:
            return self.copied(bag)
        if node not in self.without_number:
            self.without_number[node] = self.finish(Product(1, bag.powers))
        return Product(bag.number, {self.without_number[node]: 1})

    def opened(self, node: Value) -> Product | None:
        """The bag of a finished product that is small; None for anything else."""
        bag = self.products.get(node)
        return bag if bag and len(bag.powers) <= SMALL else None

    def copied(self, bag: Product) -> Product:
        """A bag with the same contents."""
        return Product(bag.number, dict(bag.powers))

    def is_negative(self, node: Value) -> bool:
        """Whether it is a number below 0, a product that begins with one, or a sum of such."""
        if node in self.products:
            return not is_positive(self.products[node].number)
        if node in self.sums:
            return not any(map(is_positive, self.sums[node].numbers))
        return is_number(node) and node.data != 0 and not is_positive(node.data)

    def is_negative_sum(self, node: Value) -> bool:
        """Whether a node is a sum with nothing but minus signs."""
        return node in self.sums and self.is_negative(node)

    def write_sum(self, bag: Sum) -> Value:
        """The terms one after the other, added or subtracted."""
        if not bag.terms:
            return self.number(bag.number)
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
            product = self.as_product(term)
            if result is None:
                product.number = exact(product.number * k)
                result = self.finish(product)
            else:
                product.number = exact(product.number * (k if is_positive(k) else -k))
                operation = table.add if is_positive(k) else table.subtract
                result = self.node(operation, result, self.finish(product))
        assert result is not None
        if all(kind != FUNCTION for kind, _ in places.values()):
            self.polynomials.add(result)
        return result

    def write_product(self, bag: Product) -> Value:
        """What has a negative exponent below the line, all else above it."""
        top_number, bottom_number = bag.number, 1
        if isinstance(bag.number, Fraction):
            top_number, bottom_number = bag.number.numerator, bag.number.denominator
        if top_number == -1 and (base := self.mixed_sum(bag)) is not None:
            turned = self.finish(negated(self.sums[base]))  # -x*(1 - x) is x*(x - 1)
            others = {b: e for b, e in bag.powers.items() if b is not base}
            if turned not in others:  # as in -(1 - x)*(x - 1)**n, which is as short as can be
                return self.finish(Product(-bag.number, {**others, turned: 1}))
        tops: list[Value] = []
        bottoms: list[Value] = []
        for base in self.in_order({base: self.place_of_factor(base, bag) for base in bag.powers}):
            exponent = bag.powers[base]
            if base is E or isinstance(exponent, Value) or is_positive(exponent):
                tops.append(self.write_power(base, exponent))
            else:
                bottoms.append(self.write_power(base, -exponent))
        if top_number == -1 and tops:
            tops[0] = self.node(table.negate, tops[0])
        elif top_number != 1 or not tops:
            tops.insert(0, self.number(top_number))
        if bottom_number != 1:
            bottoms.insert(0, self.number(bottom_number))
        logs = [b for b, e in bag.powers.items() if e == 1 and b.operation is table.log
                and isinstance(bag.powers.get(b.x), Value)]
        top = self.chain([factor for factor in tops if factor not in logs])
        for log in logs:  # x**n*log(x): 0 at x = 0, for n above 0
            top = self.node(table.xlogy, top, log.x)
        return self.node(table.divide, top, self.chain(bottoms)) if bottoms else top

    def mixed_sum(self, bag: Product) -> Value | None:
        """A factor of the product that is a sum with both signs in it, if there is one."""
        sums = (base for base, power in bag.powers.items() if power == 1 and base in self.sums)
        mixed = (base for base in sums if any(map(is_positive, negated(self.sums[base]).numbers)))
        return next(mixed, None)

    def write_power(self, base: Value, exponent: Any) -> Value:
        """A base with its exponent, square roots as such."""
        if exponent == 1:
            return base
        if not isinstance(exponent, Value):
            exponent = self.number(exponent)
        if base is E:
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
            if len(same) > 1:  # texts are costly: only where they decide, and short if many do
                limit = max(8, 40 - len(same) // 10)
                texts = {part: part.name or write_short(part, limit) for part in same}
                same.sort(key=texts.__getitem__, reverse=not any(map(self.is_polynomial, same)))
        return [part for _, same in sorted(by_place.items()) for part in same]

    def place(self, term: Value) -> tuple[int, Any]:
        """Where a term stands in a sum: x**2, then x; then sin(x), then x*sin(x); then 1."""
        if is_number(term):
            return NUMBER, 0
        powers = self.products[term].powers if term in self.products else {term: 1}
        plain = [
            exponent
            for base, exponent in powers.items()
            if self.is_polynomial(base) and not isinstance(exponent, Value)]
        if len(plain) == len(powers):
            return POLYNOMIAL, -sum(plain)
        return FUNCTION, sum(plain)

    def place_of_factor(self, base: Value, bag: Product) -> int:
        """Where a factor stands: 2*x*(y + 1)*x**n*exp(x)*sin(x)*(sin(y) + 1)."""
        if is_number(base):
            return A_NUMBER
        if base is E and bag.powers[E] != 1:
            return AN_EXP
        if isinstance(bag.powers[base], Value):
            return A_POWER
        if not base.inputs:
            return A_NAME
        if self.is_polynomial(base):
            return A_POLYNOMIAL
        return A_SUM if base in self.sums else A_FUNCTION

    def is_polynomial(self, base: Value) -> bool:
        """Whether a base is a name or a polynomial, and no function."""
        return base is not E and (not base.inputs or base in self.polynomials)


def key_of(bag: Sum | Product) -> Any:
    """What is equal for bags of equal contents."""
    if isinstance(bag, Sum):
        return table.add, bag.number, frozenset(bag.terms.items())
    return table.multiply, bag.number, frozenset(bag.powers.items())


def negated(bag: Sum) -> Sum:
    """The bag of the sum with the other sign."""
    return Sum(-bag.number, {term: -k for term, k in bag.terms.items()})


def is_positive(number: Any) -> bool:
    """Whether a number is written with a plus."""
    return isinstance(number, complex) or number != number or bool(number > 0)
