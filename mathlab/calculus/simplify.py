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

*Look up.* What is known about single functions stands in a table of identities.

>>> print(simplify(exp(log(x)) * exp(x * 0)))
x

The value never changes where both formulas have one. The simpler one may have a value where the
first had none: `x/x` becomes 1, also at 0, and `exp(log(x))` becomes x, also below 0.

Every node is visited once, inputs first, and equal pieces become one node, so the work, and the
result, are in proportion to the graph.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import isqrt
from typing import Any

from mathlab.calculus.formula import write_short
from mathlab.calculus.operations import (
    Operation,
    add,
    constant,
    cos,
    divide,
    exp,
    log,
    multiply,
    negate,
    power,
    sin,
    sqrt,
    step,
    subtract,
    tanh,
)
from mathlab.calculus.order import inputs_first
from mathlab.calculus.value import Value, as_value, symbols

SMALL = 4  # a part used in several places is opened up only if it has at most so many parts itself
HALF = Fraction(1, 2)

_a, _zero, _one = *symbols("a"), as_value(0), as_value(1)

# fmt: off
IDENTITIES = (
    (exp(_zero),   _one),
    (log(_one),    _zero),
    (sin(_zero),   _zero),
    (cos(_zero),   _one),
    (tanh(_zero),  _zero),
    (sqrt(_zero),  _zero),
    (step(_one),   _one),
    (step(_zero),  _zero),
    (exp(log(_a)), _a),
    (log(exp(_a)), _a),
)
# fmt: on


def simplify(result: Value) -> Value:
    """The same formula, with the same value, in its simplest form.

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
    """The bag of a product: `number * base**exponent * ...`, each exponent a plain number."""

    def __init__(self, number: Any, powers: dict[Value, Any]):
        self.number = number
        self.powers = powers


_Form = Value | _Sum | _Product


class _Simplifier:
    """One run, and all nodes made in it: equal pieces are made once."""

    def __init__(self) -> None:
        self.made: dict[Any, Value] = {}
        self.bags: dict[Value, _Form] = {}  # the sum or product that a finished node was made from

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
        if operation is None:
            return node
        if operation is constant:
            return _Sum(_exact(node.data), {})
        if operation is add:
            return self.added(inputs[0], inputs[1], 1)
        if operation is subtract:
            return self.added(inputs[0], inputs[1], -1)
        if operation is negate:
            return self.scaled(inputs[0], -1)
        if operation is multiply:
            return self.multiplied(inputs[0], inputs[1], 1)
        if operation is divide:
            return self.multiplied(inputs[0], inputs[1], -1)
        if operation is sqrt:
            return self.raised(inputs[0], HALF)
        if operation is power:
            exponent = self.as_sum(inputs[1])
            if not exponent.terms:
                return self.raised(inputs[0], exponent.number)
        return self.applied(operation, [self.finish(x) for x in inputs])

    def applied(self, operation: Operation, inputs: list[Value]) -> _Form:
        """A function of finished inputs, if no identity knows something shorter."""
        node = self.node(operation, *inputs)
        for pattern, shorter in IDENTITIES:
            meaning: dict[Value, Value] = {}
            if _matches(pattern, node, meaning):
                return self.as_sum(meaning.get(shorter, shorter))
        return node

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
        into.number += sign * other.number
        for term, coefficient in other.terms.items():
            total = into.terms.pop(term, 0) + sign * coefficient
            if total != 0:
                into.terms[term] = total
        return into

    # Products

    def as_product(self, form: _Form) -> _Product:
        """A bag of powers that may be multiplied into."""
        if isinstance(form, _Product):
            return form
        node = self.finish(form)
        if node.operation is constant:
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
        into.number *= _number_power(other.number, sign)
        if into.number == 0:
            return _Sum(0, {})
        for base, exponent in other.powers.items():
            self.multiply_in(into, base, sign * exponent)
        return into

    def multiply_in(self, into: _Product, base: Value, exponent: Any) -> None:
        """Put `base**exponent` into the bag, where it may meet its like."""
        exponent = _exact(into.powers.pop(base, 0) + exponent)
        bag = self.opened(base)
        if bag and isinstance(exponent, int):  # sqrt(x**2)**2 is x**2
            into.number *= _number_power(bag.number, exponent)
            for inner, power_ in bag.powers.items():
                self.multiply_in(into, inner, power_ * exponent)
        elif exponent != 0:
            into.powers[base] = exponent

    def raised(self, form: _Form, exponent: Any) -> _Form:
        """`form**exponent`, for an exponent that is a plain number."""
        exponent = _exact(exponent)
        bag = self.as_product(form)
        if exponent == 1:
            return bag
        if isinstance(exponent, int):
            result = _Product(_number_power(bag.number, exponent), {})
            for base, inner in bag.powers.items():
                self.multiply_in(result, base, inner * exponent)
            return result
        if not bag.powers:
            root = _exact_root(bag.number) if exponent == HALF else None
            if root is not None:
                return _Sum(root, {})
        elif bag.number == 1 and len(bag.powers) == 1:
            ((base, inner),) = bag.powers.items()
            if not isinstance(inner, int):  # sqrt(x)**3: x is at least 0, so exponents multiply
                return _Product(1, {base: _exact(inner * exponent)})
        return _Product(1, {self.finish(bag): exponent})

    # Out of the bag again

    def node(self, operation: Operation, *inputs: Value) -> Value:
        key = (operation, *inputs)
        if key not in self.made:
            self.made[key] = Value.made_by(operation, inputs)
        return self.made[key]

    def number(self, number: Any) -> Value:
        number = _exact(number)
        return self.made.setdefault((type(number), number), as_value(number))

    def finish(self, form: _Form) -> Value:
        """The formula of a bag, its parts in the order in which a book would write them."""
        if isinstance(form, Value):
            return form
        if isinstance(form, _Sum) and form.number == 0 and len(form.terms) == 1:
            ((term, coefficient),) = form.terms.items()
            form = self.as_product(term)
            form.number *= coefficient
        if isinstance(form, _Product):
            if form.number == 1 and list(form.powers.values()) == [1]:
                return next(iter(form.powers))
            key = (multiply, form.number, frozenset(form.powers.items()))
            written = self.made.get(key) or self.write_product(form)
        else:
            key = (add, form.number, frozenset(form.terms.items()))
            written = self.made.get(key) or self.write_sum(form)
        if written.inputs:
            self.bags.setdefault(written, form)
        return self.made.setdefault(key, written)

    def write_sum(self, bag: _Sum) -> Value:
        if not bag.terms:
            return self.number(bag.number)
        parts = [(self.place(term), term, k) for term, k in bag.terms.items()]
        if bag.number != 0:
            parts.append(((0, 0, ""), self.number(1), bag.number))
        parts.sort(key=lambda part: part[0])
        leader = next((i for i, (_, _, k) in enumerate(parts) if k > 0), 0)
        parts.insert(0, parts.pop(leader))  # y - x reads better than -x + y
        result = None
        for _, term, k in parts:
            bag_of_term = self.as_product(term)
            size = k if result is None else abs(k)
            piece = self.finish(_Product(bag_of_term.number * size, bag_of_term.powers))
            if result is None:
                result = piece
            else:
                result = self.node(add if k > 0 else subtract, result, piece)
        assert result is not None
        return result

    def write_product(self, bag: _Product) -> Value:
        number = _exact(bag.number)
        top_number, bottom_number = (
            (number.numerator, number.denominator) if isinstance(number, Fraction) else (number, 1)
        )
        tops: list[Value] = []
        bottoms: list[Value] = []
        for base in sorted(bag.powers, key=self.place_of_factor):
            exponent = bag.powers[base]
            (tops if exponent > 0 else bottoms).append(self.write_power(base, abs(exponent)))
        if top_number == -1 and tops:
            tops[0] = self.node(negate, tops[0])
        elif top_number != 1 or not tops:
            tops.insert(0, self.number(top_number))
        if bottom_number != 1:
            bottoms.insert(0, self.number(bottom_number))
        top = self.chain(multiply, tops)
        return self.node(divide, top, self.chain(multiply, bottoms)) if bottoms else top

    def write_power(self, base: Value, exponent: Any) -> Value:
        if exponent == 1:
            return base
        if exponent == HALF:
            return self.node(sqrt, base)
        return self.node(power, base, self.number(exponent))

    def chain(self, operation: Operation, parts: list[Value]) -> Value:
        result = parts[0]
        for part in parts[1:]:
            result = self.node(operation, result, part)
        return result

    # The order of terms and factors

    def place(self, term: Value) -> tuple[int, Any, str]:
        """Where a term stands in a sum: x**2, then x, then 1; then sin(x), then x*sin(x)."""
        bag = self.bags.get(term)
        powers = bag.powers if isinstance(bag, _Product) else {term: 1}
        degree = sum(e for base, e in powers.items() if self.is_plain(base))
        if all(map(self.is_plain, powers)):
            return 0, -degree, write_short(term)
        return 1, degree, write_short(term)

    def place_of_factor(self, base: Value) -> tuple[int, str]:
        """Where a factor stands in a product: names, then sums, then functions."""
        if base.operation is constant:
            return 0, str(base.data)
        if base.operation is None:
            return 1, base.name
        return 2 if self.is_plain(base) else 3, write_short(base)

    def is_plain(self, base: Value) -> bool:
        return not base.inputs or isinstance(self.bags.get(base), _Sum)


def _exact(number: Any) -> Any:
    """The number, as an int if it is whole; halves as fractions, since they mean square roots."""
    if isinstance(number, float) and not (2 * number).is_integer():
        return number
    if isinstance(number, (int, float, Fraction)):
        exact = Fraction(number)
        return exact.numerator if exact.denominator == 1 else exact
    return number


def _number_power(number: Any, exponent: int) -> Any:
    """A number to a whole power, exactly: 2**-1 is the fraction 1/2."""
    if isinstance(number, int):
        number = Fraction(number)
    return _exact(power.evaluate(number, exponent))


def _exact_root(number: Any) -> Any:
    """The square root if it is a whole number or a fraction, else None."""
    if not isinstance(number, (int, Fraction)) or number < 0:
        return None
    top, bottom = isqrt(number.numerator), isqrt(number.denominator)
    exact = top**2 == number.numerator and bottom**2 == number.denominator
    return Fraction(top, bottom) if exact else None


def _matches(pattern: Value, node: Value, meaning: dict[Value, Value]) -> bool:
    """Whether the node has the pattern's form; `meaning` learns what the pattern's letter means."""
    if pattern.operation is None:
        return meaning.setdefault(pattern, node) is node
    if pattern.operation is constant:
        return node.operation is constant and bool(node.data == pattern.data)
    return node.operation is pattern.operation and all(
        _matches(p, n, meaning) for p, n in zip(pattern.inputs, node.inputs, strict=True)
    )
