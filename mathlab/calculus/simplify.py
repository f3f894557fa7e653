"""The same formula, said shorter.

What the chain rule writes down is right, and unreadable. Two ideas tidy it.

*Collect.* A sum is a bag of terms, each with a number in front; a product is a bag of bases, each
with an exponent. In a bag, like things meet by themselves: `x + 2*x` is {x: 3}, as is `x * x**2`.

>>> from mathlab import symbols, exp, log
>>> x, y = symbols("x y")
>>> print(simplify(x + y + 2 * x - y))
3*x
>>> print(simplify(y * x * 2 * x / y**3))
2*x**2/y**2

*Look up.* What is known about single functions stands in the table of identities.

>>> print(simplify(exp(log(x)) * exp(x * 0)))
x

The value never changes where both formulas have one, for real numbers. The simpler one may have a
value where the first had none: `x/x` becomes 1, also at 0, and `exp(log(x))` becomes x, also below
0.

Every node is visited once, inputs first, and equal pieces become one node, so the work, and the
result, are in proportion to the graph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from mathlab.calculus import operations as table
from mathlab.calculus.exact import exact, exact_power, exact_root
from mathlab.calculus.formula import write_short
from mathlab.calculus.identities import BY_OPERATION
from mathlab.calculus.operations import Operation
from mathlab.calculus.order import inputs_first
from mathlab.calculus.value import Value, as_value

SMALL = 4  # a part used in several places is opened up only if it has at most so many parts itself
HALF = Fraction(1, 2)
E = Value.constant(1, "e")  # stands in a bag for the base of exp: exp(u) is {E: u}
FOLDS = (*table.PIECEWISE, table.maximum, table.minimum)  # exact on plain numbers


def simplify(result: Value) -> Value:
    """The same formula, with the same value, in its simplest form.

    >>> from mathlab import symbols
    >>> x, = symbols("x")
    >>> print(simplify((x * x) / x - 3 * x))
    -2*x
    """
    return simplify_all([result])[0]


def simplify_all(results: list[Value]) -> list[Value]:
    """Several formulas simplified together, so that what they share stays shared."""
    return _Simplifier().run(results)


class _Sum:
    """The bag of a sum: `number + coefficient*term + ...`."""

    def __init__(self, number: Any, terms: dict[Value, Any]):
        self.number = number
        self.terms = terms


class _Product:
    """The bag of a product: `number * base**exponent * ...`; exponents are numbers or Values."""

    def __init__(self, number: Any, powers: dict[Value, Any]):
        self.number = number
        self.powers = powers


_Form = Value | _Sum | _Product


class _Simplifier:
    """One run, and all nodes made in it: equal pieces are made once."""

    def __init__(self) -> None:
        self.made: dict[Any, Value] = {}
        self.bags: dict[Value, _Form] = {}  # the sum or product that a finished node was made from
        self.polynomials: set[Value] = set()  # the sums without functions in them

    def run(self, results: list[Value]) -> list[Value]:
        order = inputs_first(*results)
        uses = Counter(x for node in order for x in node.inputs)
        uses.update(results)
        forms: dict[Value, _Form] = {}
        for node in order:
            form = self.form(node, [forms[x] for x in node.inputs])
            forms[node] = form if uses[node] == 1 else self.finish(form)
        return [self.finish(forms[node]) for node in results]

    def form(self, node: Value, inputs: list[_Form]) -> _Form:
        """What a node amounts to, given what its inputs amount to."""
        operation = node.operation
        if operation is None or node.name:
            return node
        if operation is table.constant:
            return _Sum(exact(node.data), {})
        if operation is table.add:
            return self.added(inputs[0], inputs[1], 1)
        if operation is table.subtract:
            return self.added(inputs[0], inputs[1], -1)
        if operation is table.negate:
            return self.scaled(inputs[0], -1)
        if operation is table.multiply:
            return self.multiplied(inputs[0], inputs[1], 1)
        if operation is table.divide:
            return self.multiplied(inputs[0], inputs[1], -1)
        if operation is table.power:
            return self.raised(inputs[0], self.plain(inputs[1]))
        if operation is table.sqrt:
            return self.raised(inputs[0], HALF)
        if operation is table.total:
            return self.total(inputs)
        if operation is table.dot:
            half = len(inputs) // 2
            pairs = zip(inputs[:half], inputs[half:], strict=True)
            return self.total(self.multiplied(x, y, 1) for x, y in pairs)
        return self.applied(operation, [self.finish(x) for x in inputs])

    def applied(self, operation: Operation, inputs: list[Value]) -> _Form:
        """A function of finished inputs, if no identity knows something shorter."""
        if operation in FOLDS and all(_is_number(x) for x in inputs):
            return _Sum(exact(operation.evaluate(*(x.data for x in inputs))), {})
        node = self.node(operation, *inputs)
        for pattern, shorter in BY_OPERATION[operation]:
            meaning: dict[Value, Value] = {}
            if self.matches(pattern, node, meaning):
                return self.instance(shorter, meaning)
        return _Product(1, {E: self.plain(inputs[0])}) if operation is table.exp else node

    def matches(self, pattern: Value, node: Value, meaning: dict[Value, Value]) -> bool:
        """Whether the node has the pattern's form; `meaning` learns what its letters mean."""
        if pattern.operation is None:
            return meaning.setdefault(pattern, node) is node
        if not pattern.inputs:
            return _is_number(node) and bool(node.data == pattern.data)
        if pattern.operation is table.negate:
            return self.is_negative(node) and self.matches(
                pattern.inputs[0], self.finish(self.scaled(node, -1)), meaning
            )
        return node.operation is pattern.operation and all(
            self.matches(p, n, meaning) for p, n in zip(pattern.inputs, node.inputs, strict=True)
        )

    def is_negative(self, node: Value) -> bool:
        """Whether every number in front of a part of this node is below 0."""
        bag = self.bags.get(node)
        if isinstance(bag, _Product):
            return not _is_positive(bag.number)
        if isinstance(bag, _Sum):
            return not any(map(_is_positive, (bag.number or -1, *bag.terms.values())))
        return _is_number(node) and node.data != 0 and not _is_positive(node.data)

    def instance(self, shorter: Value, meaning: dict[Value, Value]) -> _Form:
        """The right side of an identity, its letters replaced by what they mean."""
        forms: dict[Value, _Form] = {**meaning}
        for node in inputs_first(shorter):
            if node not in forms:
                forms[node] = self.finish(self.form(node, [forms[x] for x in node.inputs]))
        return forms[shorter]

    # Sums

    def as_sum(self, form: _Form) -> _Sum:
        """A bag of terms that may be added to."""
        if isinstance(form, _Sum):
            return form
        product = self.as_product(form)
        if not product.powers:
            return _Sum(product.number, {})
        term = self.finish(_Product(1, product.powers))
        bag = self.bags.get(term)
        if isinstance(bag, _Sum) and len(bag.terms) <= SMALL:
            return self.scaled(bag, product.number)
        return _Sum(0, {term: product.number})

    def scaled(self, form: _Form, factor: Any) -> _Sum:
        """`factor * form`, as a bag of its own."""
        bag = self.as_sum(form)
        return _Sum(factor * bag.number, {term: factor * k for term, k in bag.terms.items()})

    def added(self, x: _Form, y: _Form, sign: int) -> _Sum:
        """`x + sign*y`: the smaller bag is emptied into the larger, so long sums stay cheap."""
        into, other = self.as_sum(x), self.as_sum(y)
        if len(into.terms) < len(other.terms):
            into, other, sign = self.scaled(other, sign), into, 1
        into.number = exact(into.number + sign * other.number)
        for term, coefficient in other.terms.items():
            total = exact(into.terms.pop(term, 0) + sign * coefficient)
            if total != 0:
                into.terms[term] = total
        return into

    def total(self, forms: Iterable[_Form]) -> _Sum:
        result = _Sum(0, {})
        for form in forms:
            result = self.added(result, form, 1)
        return result

    # Products

    def as_product(self, form: _Form) -> _Product:
        """A bag of powers that may be multiplied into."""
        if isinstance(form, _Product):
            return form
        node = self.finish(form)
        if _is_number(node):
            return _Product(node.data, {})
        bag = self.opened(node)
        return _Product(bag.number, dict(bag.powers)) if bag else _Product(1, {node: 1})

    def opened(self, node: Value) -> _Product | None:
        """The bag of a finished product; None for anything else, or if it is not small."""
        bag = self.bags.get(node)
        return bag if isinstance(bag, _Product) and len(bag.powers) <= SMALL else None

    def multiplied(self, x: _Form, y: _Form, sign: int) -> _Form:
        """`x * y**sign`."""
        into, other = self.as_product(x), self.as_product(y)
        into.number = exact(into.number * exact_power(other.number, sign))
        if into.number == 0:
            return _Sum(0, {})
        for base, exponent in other.powers.items():
            self.multiply_in(into, base, self.times(exponent, sign))
        return into

    def multiply_in(self, into: _Product, base: Value, exponent: Any) -> None:
        """Put `base**exponent` into the bag, where it may meet its like."""
        exponent = self.plus(into.powers.pop(base, 0), exponent)
        bag = self.opened(base)
        if isinstance(exponent, int) and _is_number(base):
            into.number = exact(into.number * exact_power(base.data, exponent))
        elif bag and isinstance(exponent, int):  # sqrt(x**2)**2 is x**2
            into.number = exact(into.number * exact_power(bag.number, exponent))
            for inner, inner_exponent in bag.powers.items():
                self.multiply_in(into, inner, self.times(inner_exponent, exponent))
        elif isinstance(exponent, Value) or exponent != 0:
            into.powers[base] = exponent

    def raised(self, form: _Form, exponent: Any) -> _Form:
        """`form**exponent`."""
        bag = self.as_product(form)
        if isinstance(exponent, int):
            result = _Product(exact_power(bag.number, exponent), {})
            for base, inner in bag.powers.items():
                self.multiply_in(result, base, self.times(inner, exponent))
            return result
        if not bag.powers:
            root = exact_root(bag.number) if exponent == HALF else None
            if root is not None:
                return _Sum(root, {})
        elif bag.number == 1 and len(bag.powers) == 1 and not isinstance(exponent, Value):
            ((base, inner),) = bag.powers.items()
            if isinstance(inner, Fraction):  # sqrt(x)**3: x is at least 0, so exponents multiply
                return _Product(1, {base: exact(inner * exponent)})
            if exponent == HALF and isinstance(inner, int) and inner % 2 == 0:  # sqrt(x**2)
                return self.raised(self.applied(table.absolute, [base]), inner // 2)
        return _Product(1, {self.finish(bag): exponent})

    # Exponents: plain numbers, or finished formulas

    def plain(self, form: _Form) -> Any:
        """The number that a form amounts to, or else its formula."""
        node = self.finish(form)
        return node.data if _is_number(node) else node

    def plus(self, x: Any, y: Any) -> Any:
        if not isinstance(x, Value) and not isinstance(y, Value):
            return exact(x + y)
        return self.plain(self.added(as_value(x), as_value(y), 1))

    def times(self, x: Any, n: int) -> Any:
        return self.plain(self.scaled(x, n)) if isinstance(x, Value) else exact(x * n)

    # Out of the bag again

    def node(self, operation: Operation, *inputs: Value) -> Value:
        key = (operation, *inputs)
        if key not in self.made:
            self.made[key] = Value.made_by(operation, inputs)
        return self.made[key]

    def number(self, number: Any) -> Value:
        key = (type(number), number)
        if key not in self.made:
            self.made[key] = as_value(number)
        return self.made[key]

    def finish(self, form: _Form) -> Value:
        """The formula of a bag, its parts in the order in which a book would write them."""
        if isinstance(form, Value):
            return form
        if isinstance(form, _Sum):
            form = self.sharing_denominators(form)
        if isinstance(form, _Sum) and form.number == 0 and len(form.terms) == 1:
            ((term, coefficient),) = form.terms.items()
            form = self.as_product(term)
            form.number = exact(form.number * coefficient)
        if isinstance(form, _Product):
            if form.number == 1 and list(form.powers.values()) == [1]:
                return next(iter(form.powers))
            key = (table.multiply, form.number, frozenset(form.powers.items()))
            written = self.made.get(key) or self.write_product(form)
        else:
            key = (table.add, form.number, frozenset(form.terms.items()))
            written = self.made.get(key) or self.write_sum(form)
        if written.inputs:
            self.bags.setdefault(written, form)
        return self.made.setdefault(key, written)

    def sharing_denominators(self, bag: _Sum) -> _Sum:
        """The sum with `a/d + b/d` turned into `(a + b)/d`."""
        shared: dict[Any, list[Value]] = {}
        for term in bag.terms:
            product = self.opened(term)
            powers = product.powers.items() if product else ()
            below = frozenset((b, e) for b, e in powers if not isinstance(e, Value) and e < 0)
            if below:
                shared.setdefault(below, []).append(term)
        for below, terms in shared.items():
            if len(terms) > 1:
                above = _Product(1, {base: -exponent for base, exponent in below})
                tops = [
                    self.scaled(self.multiplied(term, self.copied(above), 1), bag.terms.pop(term))
                    for term in terms
                ]
                bag = self.added(bag, self.multiplied(self.total(tops), above, -1), 1)
        return bag

    def copied(self, bag: _Product) -> _Product:
        return _Product(bag.number, dict(bag.powers))

    def write_sum(self, bag: _Sum) -> Value:
        if not bag.terms:
            return self.number(bag.number)
        parts = dict(bag.terms)
        if bag.number != 0:
            parts[self.number(1)] = bag.number
        order = self.in_order(parts, self.place)
        kinds = {self.place(term)[0] for term in parts}
        leader = next((i for i, term in enumerate(order) if _is_positive(parts[term])), 0)
        order.insert(0, order.pop(leader))  # y - x reads better than -x + y
        result: Value | None = None
        for term in order:
            k = parts[term]
            product = self.copied(self.as_product(term))
            if result is None:
                product.number = exact(product.number * k)
                result = self.finish(product)
            else:
                product.number = exact(product.number * (k if _is_positive(k) else -k))
                operation = table.add if _is_positive(k) else table.subtract
                result = self.node(operation, result, self.finish(product))
        assert result is not None
        if kinds == {0}:
            self.polynomials.add(result)
        return result

    def write_product(self, bag: _Product) -> Value:
        top_number, bottom_number = bag.number, 1
        if isinstance(bag.number, Fraction):
            top_number, bottom_number = bag.number.numerator, bag.number.denominator
        tops: list[Value] = []
        bottoms: list[Value] = []
        for base in self.in_order(bag.powers, lambda base: self.place_of_factor(base, bag)):
            exponent = bag.powers[base]
            if base is E or isinstance(exponent, Value) or not exponent < 0:
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
        return self.node(table.divide, top, self.chain(bottoms)) if bottoms else top

    def write_power(self, base: Value, exponent: Any) -> Value:
        if base is E:
            return self.node(table.exp, self.finish(as_value(exponent)))
        if isinstance(exponent, Value):
            return self.node(table.power, base, exponent)
        if exponent == 1:
            return base
        if exponent == HALF:
            return self.node(table.sqrt, base)
        return self.node(table.power, base, self.number(exponent))

    def chain(self, factors: list[Value]) -> Value:
        result = factors[0]
        for factor in factors[1:]:
            result = self.node(table.multiply, result, factor)
        return result

    # The order of terms and factors

    def in_order(self, parts: Iterable[Value], place: Callable[[Value], Any]) -> list[Value]:
        """The parts sorted by place; those of the same place by their text."""
        by_place: dict[Any, list[Value]] = {}
        for part in parts:
            by_place.setdefault(place(part), []).append(part)
        for same in by_place.values():
            if len(same) > 1:  # the texts cost more than all the rest: only where they decide
                same.sort(key=write_short, reverse=not self.is_plain(same[0]))
        return [part for _, same in sorted(by_place.items()) for part in same]

    def place(self, term: Value) -> tuple[int, Any]:
        """Where a term stands in a sum: x**2, then x, then 1; then sin(x), then x*sin(x)."""
        if _is_number(term):
            return 0, 0
        bag = self.bags.get(term)
        powers = bag.powers if isinstance(bag, _Product) else {term: 1}
        is_number = {base: not isinstance(e, Value) for base, e in powers.items()}
        plain = [e for base, e in powers.items() if self.is_plain(base) and is_number[base]]
        if len(plain) == len(powers):
            return 0, -sum(plain)
        return 1, sum(plain)

    def place_of_factor(self, base: Value, bag: _Product) -> int:
        """Where a factor stands: numbers, names, polynomials, powers, exp, functions, sums of them."""
        if _is_number(base):
            return 0
        if base is E:
            return 4
        if isinstance(bag.powers[base], Value):
            return 3
        if not base.inputs:
            return 1
        if self.is_plain(base):
            return 2
        return 6 if isinstance(self.bags.get(base), _Sum) else 5

    def is_plain(self, base: Value) -> bool:
        """Whether a base is a name or a polynomial, and no function."""
        return base is not E and (not base.inputs or base in self.polynomials)


def _is_number(node: Value) -> bool:
    """Whether a node is a plain number, and not a named one such as pi."""
    return node.operation is table.constant and not node.name


def _is_positive(number: Any) -> bool:
    return isinstance(number, complex) or bool(number > 0)
