"""The rules of differentiation in letters, made from the table: product rule, chain rule and all.

On the page: `x.grad += node.grad * slope(*numbers, node.data)`; here letters stand for the numbers.

What is the rule for u*v? The table has its slopes: v along u, and u along v. Multiply each by the
derivative of its letter, and add up. So every rule is made, and none is written down: here stand
only their names, and how they are laid out.

>>> from mathlab import sin, symbols
>>> u, v, du, dv = symbols("u v du dv")
>>> for made in rule(u * v, [u, v]), rule(u / v, [u, v]), rule(sin(u), [u]):
...     print(f"{made.name}: {made.derivative({u: du, v: dv})}")
product rule: du*v + u*dv
quotient rule: (du*v - u*dv)/v**2
chain rule for sin: cos(u)*du
"""

from collections.abc import Mapping, Sequence
from operator import add
from typing import Any, NamedTuple

from mathlab.calculus.algebra.differentiate import gradient, signed
from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value, is_number
from mathlab.calculus.numbers.evaluate import evaluate

OF_X, OF_A_CONSTANT, OF_A_POWER = "the variable itself", "constant rule", "power rule"
MULTIPLE = "constant multiple rule"
SUMS = (table.add, table.subtract, table.total)
NAMES = {  #         only u changes   only v changes       both do
    table.multiply: (MULTIPLE,        MULTIPLE,            "product rule"),
    table.divide:   (MULTIPLE,        "quotient rule",     "quotient rule"),
    table.power:    (OF_A_POWER,      "exponential rule",  "general power rule"),
}
SAID_BY_NAME = (None, *SUMS, table.negate, table.dot, table.multiply, table.divide)
Letters = Mapping[Value, Value]  # the letters in a rule, and the parts that they stand for
NO_LETTERS: Letters = {}


def rule(pattern: Value, letters: Sequence[Value], inside: bool = True) -> "Rule":
    """The rule for a pattern such as u*v in which these letters change: slopes from the table."""
    return Rule(pattern, dict(zip(letters, gradient(pattern, letters), strict=True)), inside)


class Rule(NamedTuple):
    """A pattern, and its slope along each letter that changes."""

    pattern: Value
    slopes: dict[Value, Value]
    inside: bool  # is there an inner function, or does the one letter stand for x itself?

    def derivative(self, rates: Mapping[Value, Any], parts: Letters = NO_LETTERS) -> Value:
        """Slopes times rates, added up: the derivative, with `parts` put for the letters.

        The rate of a letter is its derivative, a formula or a plain number: a 0 takes its term
        away, and a 1 is not written.
        """
        row, inputs = self.pattern.operation, self.pattern.inputs
        square = inputs[1] ** 2 if row is table.divide and inputs[1] in self.slopes else None
        is_pair = row in (table.multiply, table.divide) and len(self.slopes) == 2
        leading = inputs[0] if is_pair else None
        result: Any = 0
        for letter, slope in self.slopes.items():
            rate = rates[letter]
            if rate == 0 or plain(slope) == 0:
                continue
            if square is not None:  # it stands below all terms of a quotient
                slope = simplify(slope * square)
            join, size = (add, slope) if result == 0 else signed(slope)
            factor = plain(_put_in(size, parts))
            if letter is leading:  # the rate stands where its letter stood: du*v
                factor, rate = rate, factor
            result = join(result, -rate if factor == -1 else factor * rate)
        if square is not None and result != 0:
            result = result / _put_in(square, parts)
        return as_value(result)

    @property
    def asked(self) -> list[Value]:
        """The letters whose derivatives are still to be found; none if there is nothing inside."""
        return [u for u, slope in self.slopes.items() if self.inside and plain(slope) != 0]

    @property
    def name(self) -> str:
        """What the rule is called in class."""
        row = self.pattern.operation
        if row is None:
            return OF_X if self.slopes else OF_A_CONSTANT
        if row in SUMS:
            plain_sum = {str(slope) for slope in self.slopes.values()} <= {"1", "-1"}
            return "sum rule" if plain_sum else "sum and constant multiple rules"
        if row in (table.negate, table.dot):
            return MULTIPLE if row is table.negate else "sum and product rules"
        if row not in NAMES:
            return f"chain rule for {row.name}" if self.inside else row.name
        u, v = (not self.slopes.keys().isdisjoint(inputs_first(x)) for x in self.pattern.inputs)
        name = NAMES[row][u + 2 * v - 1]
        has_chain = self.inside and row is table.power and not (u and v)
        return f"{name} and chain rule" if has_chain else name

    @property
    def row(self) -> str:
        """The slopes in words, unless the name of the rule says enough."""
        if self.name == OF_A_POWER or self.pattern.operation in SAID_BY_NAME:
            return ""
        if len(self.slopes) == 1:
            return f"the slope of {self.pattern} is {next(iter(self.slopes.values()))}"
        along = ", ".join(f"{slope} along {letter}" for letter, slope in self.slopes.items())
        return f"the slopes of {self.pattern} are {along}"


def plain(node: Value) -> Any:
    """The number itself if a node is a plain number, so that 1*u is written u; else the node."""
    return node.data if is_number(node) else node


def _put_in(formula: Value, parts: Letters) -> Value:
    """The formula with what its letters stand for."""
    order = inputs_first(formula)
    return as_value(evaluate(order, {x: parts.get(x, x) for x in order if not x.inputs}))
