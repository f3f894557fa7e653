"""The same formula, said shorter.

On the page: `return put_away(`. What the chain rule writes down is right, and unreadable. Two ideas
tidy it.

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
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from math import inf
from sys import float_info
from typing import Any

from mathlab.calculus.algebra.bags import (
    HALF,
    SMALL,
    E,
    Form,
    Notebook,
    Product,
    Sum,
    key_of,
    negated,
)
from mathlab.calculus.algebra.exact import exact, exact_power, exact_root
from mathlab.calculus.algebra.identities import worth_trying
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value, is_gate, is_number
from mathlab.calculus.numbers.kinds import halves
from mathlab.errors import DomainError

# Exact on plain numbers.
FOLDS = (table.absolute, table.sign, table.step, table.relu, table.maximum, table.minimum)


def simplify(result: Value) -> Value:
    """The same formula, with the same value but for rounding, in a shorter form.

    It may have a value where the formula given has none, or leaves the floats on the way: `x/x`
    becomes 1, and `0*x` is 0 for every x. Products of sums are not multiplied out.

    Raises: DomainError if it divides by what turns out to be 0, as `x/(y - y)`.

    >>> from mathlab import symbols
    >>> x, = symbols("x")
    >>> print(simplify((x * x) / x - 3 * x))
    -2*x
    """
    return simplify_all([result])[0]


def simplify_all(results: list[Value]) -> list[Value]:
    """Several formulas simplified together, so that what they share stays shared.

    Raises: as `simplify`.
    """
    return _Simplifier().run([as_value(result) for result in results])


class _Simplifier(Notebook):
    """One run over a graph, inputs first.

    Bags are changed in place: a form that is used once belongs to that use, and one that is used
    several times is finished first. A finished node is never changed.
    """

    def run(self, results: list[Value]) -> list[Value]:
        order = inputs_first(*results)
        uses = Counter(results)
        uses.update(chain.from_iterable(node.inputs for node in order))
        self.in_decimals = any(isinstance(node.data, Decimal) for node in order)
        forms: dict[Value, Form] = {}
        refused: dict[Value, DomainError] = {}  # parts without a value: a `where` may not need them
        for node in order:
            try:
                if near := next((refused[x] for x in node.inputs if x in refused), None):
                    form = self.way_out(node, forms, near)
                else:
                    form = self.form(node, [forms[x] for x in node.inputs])
                forms[node] = form if uses[node] == 1 else self.finish(form)
            except DomainError as error:
                refused[node] = error
        for node in results:
            if node in refused:
                raise refused[node]
        return [self.finish(forms[node]) for node in results]

    def way_out(self, node: Value, forms: dict[Value, Form], refusal: DomainError) -> Form:
        """A `where` whose condition has a form: it keeps an input that has none as it was, unless
        its condition is a number, and takes the other. All else is refused as well."""
        condition = forms.get(node.inputs[0]) if node.operation is table.where else None
        if condition is None:
            raise refusal
        decision = self.finish(condition)
        if not is_number(decision):
            return self.form(node, [decision, *(forms.get(x, x) for x in node.inputs[1:])])
        taken = node.inputs[1 if decision.data > 0 else 2]
        if taken not in forms:
            raise refusal
        return self.finish(forms[taken])

    def form(self, node: Value, inputs: list[Form]) -> Form:
        """What a node amounts to, given what its inputs amount to."""
        operation = node.operation
        if operation is None:
            return node
        if operation is table.constant:
            if node.name == E.name:
                return Product(1, {E: 1})
            return self.number(node.data, node.name) if node.name else Sum(exact(node.data), {})
        if operation is table.add:
            return self.added(inputs[0], inputs[1], 1)
        if operation is table.subtract:
            return self.added(inputs[0], inputs[1], -1)
        if operation is table.negate:
            return self.opposite(inputs[0])
        if operation is table.multiply:
            return self.multiplied(inputs[0], inputs[1], 1)
        if operation is table.divide:
            return self.multiplied(inputs[0], inputs[1], -1)
        if operation is table.power:
            return self.raised(inputs[0], self.exponent(inputs[1]))
        if operation is table.sqrt:
            return self.raised(inputs[0], HALF)
        if operation is table.xlogy and self.finish(inputs[1]).data != 0:
            return self.multiplied(inputs[0], self.applied(table.log, [self.finish(inputs[1])]), 1)
        if operation is table.total:
            return self.total(inputs)
        if operation is table.dot:
            pairs = zip(*halves(inputs), strict=True)
            return self.total(self.multiplied(x, y, 1) for x, y in pairs)
        return self.applied(operation, [self.finish(x) for x in inputs])

    def applied(self, operation: Operation, inputs: list[Value]) -> Form:
        """A function of finished inputs, if no identity knows something shorter."""
        if operation in FOLDS and all(is_number(x) for x in inputs):
            return Sum(exact(operation.evaluate(*(x.data for x in inputs))), {})
        node = self.node(operation, *inputs)
        for pattern, shorter in worth_trying(node, self.is_negative(inputs[0])):
            meaning: dict[Value, Value] = {}
            if self.matches(pattern, node, meaning):
                return self.instance(shorter, meaning)
        return Product(1, {E: self.exponent(inputs[0])}) if operation is table.exp else node

    def matches(self, pattern: Value, node: Value, meaning: dict[Value, Value]) -> bool:
        """Whether the node has the pattern's form; `meaning` learns what its letters mean."""
        if pattern.operation is None:
            return meaning.setdefault(pattern, node) is node
        if not pattern.inputs:
            return is_number(node) and bool(node.data == pattern.data)
        if pattern.operation is table.negate:
            return self.is_negative(node) and self.matches(
                pattern.inputs[0], self.finish(self.scaled(node, -1)), meaning)
        return node.operation is pattern.operation and all(
            self.matches(p, n, meaning) for p, n in zip(pattern.inputs, node.inputs, strict=True))

    def instance(self, shorter: Value, meaning: dict[Value, Value]) -> Form:
        """The right side of an identity, its letters replaced by what they mean."""
        forms: dict[Value, Form] = {**meaning}
        for node in inputs_first(shorter):
            if node not in forms:
                forms[node] = self.finish(self.form(node, [forms[x] for x in node.inputs]))
        return forms[shorter]

    # Sums

    def as_sum(self, form: Form) -> Sum:
        """A bag of terms that may be added to."""
        if isinstance(form, Sum):
            return form
        if isinstance(form, Value) and form.operation is None:
            return Sum(0, {form: 1})
        product = self.as_product(form)
        if not product.powers:
            return Sum(product.number, {})
        term = self.finish(Product(1, product.powers))
        bag = self.sums.get(term)
        if bag and len(bag.terms) <= SMALL:
            return self.scaled(bag, product.number)
        return Sum(0, {term: product.number})

    def scaled(self, form: Form, factor: Any) -> Sum:
        """`factor * form`, as a bag of its own."""
        bag = self.as_sum(form) if factor != 0 else Sum(0, {})
        return Sum(factor * bag.number, {term: factor * k for term, k in bag.terms.items()})

    def opposite(self, form: Form) -> Form:
        """`-form`."""
        if isinstance(form, Product):
            return Product(-form.number, form.powers)
        return self.scaled(form, -1)

    def added(self, x: Form, y: Form, sign: int) -> Sum:
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

    def total(self, forms: Iterable[Form]) -> Sum:
        result = Sum(0, {})
        for form in forms:
            result = self.added(result, form, 1)
        return result

    # Products

    def multiplied(self, x: Form, y: Form, sign: int) -> Form:
        """`x * y**sign`."""
        if is_one(y):
            return x
        if is_one(x) and sign == 1:
            return y
        into, other = self.as_product(x), self.as_product(y)
        self.multiply_number(into, other.number, sign)
        if into.number == 0:
            return Sum(0, {})
        for base, exponent in other.powers.items():
            self.multiply_in(into, base, self.times(exponent, sign))
        return into

    def multiply_number(self, into: Product, number: Any, exponent: int) -> None:
        """Put `number**exponent` in front, unless the product would leave the floats: then it stays
        a factor of its own."""
        if number != number or number == 0 or exponent == 1 == number or abs(number) == inf:
            into.number = exact(into.number * exact_power(number, exponent))
            return
        try:
            product = into.number * (exact_power(number, exponent) or inf)
        except (DomainError, OverflowError):  # more digits than anybody writes, or floats hold
            product = inf
        kept = not isinstance(product, float) or float_info.min <= abs(product) < inf
        if kept or not 0 < abs(into.number) < inf:
            into.number = exact(product)
        else:
            node = self.number(number)
            into.powers[node] = into.powers.get(node, 0) + exponent

    def multiply_in(self, into: Product, base: Value, exponent: Any) -> None:
        """Put `base**exponent` into the bag, where it may meet its like."""
        if base in into.powers:
            exponent = self.plus(into.powers.pop(base), exponent)  # x**2 * x is x**3
        if isinstance(exponent, int):
            self.multiply_in_whole(into, base, exponent)
            return
        mirror = self.mirror(base)
        whole = into.powers.get(mirror) if mirror else None
        if mirror and isinstance(whole, int):  # (y - x)*sqrt(x - y) is -(x - y)**(3/2)
            del into.powers[mirror]
            into.number *= -1 if whole % 2 else 1
            self.multiply_in(into, base, self.plus(exponent, whole))
        else:
            into.powers[base] = exponent

    def multiply_in_whole(self, into: Product, base: Value, exponent: int) -> None:
        """The same for a whole exponent, which may go to the parts of the base."""
        if exponent == 0:
            return
        sign = -1 if exponent % 2 else 1
        if is_number(base):  # 2 times 2**3
            self.multiply_number(into, base.data, exponent)
        elif bag := self.opened(base):  # (2*x*y)**3 is 8 * x**3 * y**3
            self.multiply_number(into, bag.number, exponent)
            for inner, inner_exponent in bag.powers.items():
                self.multiply_in(into, inner, self.times(inner_exponent, exponent))
        elif base.operation is table.absolute and exponent % 2 == 0:  # absolute(x)**2 is x**2
            self.multiply_in(into, base.inputs[0], exponent)
        elif base.operation is table.hypot and exponent % 2 == 0 and not any(
                isinstance(x.data, float) and is_number(x) for x in base.inputs):
            # hypot(x, y)**2 is x**2 + y**2; but 1e200**2 is too large
            squares = self.total(self.raised(side, 2) for side in base.inputs)
            self.multiply_in(into, self.finish(squares), exponent // 2)
        elif into.powers and (mirror := self.mirror(base)) in into.powers:  # (y-x)/(x-y) is -1
            into.number *= sign
            self.multiply_in(into, mirror, exponent)
        elif self.is_negative_sum(base):  # 1/(-y - 2) is -1/(y + 2)
            into.number *= sign
            self.multiply_in(into, self.finish(negated(self.sums[base])), exponent)
        else:
            into.powers[base] = exponent

    def mirror(self, base: Value) -> Any:
        """The same sum with the other sign, if it has been made; else None."""
        bag = self.sums.get(base)
        return self.made.get(key_of(negated(bag))) if bag else None

    def raised(self, form: Form, exponent: Any) -> Form:
        """`form**exponent`."""
        bag = self.as_product(form)
        if isinstance(exponent, Value) and bag.number == 1 and bag.powers == {E: 1}:
            return self.applied(table.exp, [exponent])
        if isinstance(exponent, int):
            result = Product(1, {})
            self.multiply_number(result, bag.number, exponent)
            for base, inner in bag.powers.items():
                self.multiply_in(result, base, self.times(inner, exponent))
            return result
        if not bag.powers:
            root = exact_root(bag.number) if _is_half(exponent) else None
            if root is not None:
                return Sum(exact_power(root, exponent.numerator), {})
        elif bag.number == 1 and len(bag.powers) == 1 and not isinstance(exponent, Value):
            ((base, inner),) = bag.powers.items()
            if isinstance(inner, Fraction):  # sqrt(x)**3: x is at least 0, so exponents multiply
                return Product(1, {base: exact(inner * exponent)})
            if _is_half(exponent) and isinstance(inner, int) and inner % 2 == 0:  # sqrt(x**2)
                return self.raised(self.applied(table.absolute, [base]), exact(inner * exponent))
        return Product(1, {self.finish(bag): exponent})

    # Exponents: plain numbers, or finished formulas

    def exponent(self, form: Form) -> Any:
        """The number that a form amounts to, or else its formula."""
        node = self.finish(form)
        return exact(node.data) if is_number(node) else node

    def plus(self, x: Any, y: Any) -> Any:
        if not isinstance(x, Value) and not isinstance(y, Value):
            return exact(x + y)
        return self.exponent(self.added(as_value(x), as_value(y), 1))

    def times(self, x: Any, n: int) -> Any:
        if n == 1:
            return x
        return self.exponent(self.scaled(x, n)) if isinstance(x, Value) else exact(x * n)

    def finish(self, form: Form) -> Value:
        if isinstance(form, Product) and any(self.gates(form)):
            return self.inside_where(form)
        if isinstance(form, Sum) and len(form.terms) > 1:
            form = self.sharing_denominators(self.sharing_conditions(form))
        return super().finish(form)

    def sharing_conditions(self, bag: Sum) -> Sum:
        """The sum with `where(c, a, b) + where(c, d, e)` turned into `where(c, a + d, b + e)`."""
        shared: dict[Value, list[Value]] = {}
        for term in bag.terms:
            if term.operation is table.where:
                shared.setdefault(term.inputs[0], []).append(term)
        for condition, terms in shared.items():
            if len(terms) > 1:
                pairs = [(term.inputs[1:], bag.terms.pop(term)) for term in terms]
                ways = [self.finish(self.total(self.scaled(both[i], k) for both, k in pairs))
                        for i in (0, 1)]
                bag = self.added(bag, self.applied(table.where, [condition, *ways]), 1)
        return bag

    def gates(self, bag: Product) -> Iterator[Value]:
        """The factors of a product that are a `where`, and 0 on one of its ways."""
        return (b for b, e in bag.powers.items() if is_gate(b) and isinstance(e, int) and e > 0)

    def inside_where(self, bag: Product) -> Value:
        """`where(c, x, 0)*y` as `where(c, x*y, 0)`, so that y is not asked for where c says no."""
        guards, bag = [], self.copied(bag)
        while gate := next(self.gates(bag), None):
            exponent = bag.powers.pop(gate)
            condition, yes, no = gate.inputs
            taken = is_number(no) and no.data == 0
            guards.append((condition, taken))
            power = self.raised(yes if taken else no, exponent)
            bag = self.as_product(self.multiplied(bag, power, 1))
        result, zero = super().finish(bag), self.number(0)
        for condition, taken in reversed(guards):
            ways = (result, zero) if taken else (zero, result)
            result = self.node(table.where, condition, *ways)
        return result

    def sharing_denominators(self, bag: Sum) -> Sum:
        """The sum with `a/d + b/d` turned into `(a + b)/d`."""
        shared: dict[Any, list[Value]] = {}
        for term in bag.terms:
            product = self.opened(term)
            powers = product.powers.items() if product else ()
            below = frozenset((b, e) for b, e in powers if not isinstance(e, Value) and e < 0)
            if below:
                shared.setdefault(below, []).append(term)
        for below, terms in shared.items():
            terms = [term for term in terms if term in bag.terms]  # an earlier round may cancel one
            if len(terms) > 1:
                above = Product(1, {base: -exponent for base, exponent in below})
                tops = [
                    self.scaled(self.multiplied(term, self.copied(above), 1), bag.terms.pop(term))
                    for term in terms]
                bag = self.added(bag, self.multiplied(self.total(tops), above, -1), 1)
        return bag


def is_one(form: Form) -> bool:
    """Whether a form is the plain number 1."""
    return isinstance(form, Sum) and form.number == 1 and not form.terms


def _is_half(exponent: Any) -> bool:
    """Whether an exponent is 1/2, 3/2, -1/2 or the like."""
    return isinstance(exponent, Fraction) and exponent.denominator == 2
