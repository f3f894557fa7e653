"""The rules of differentiation in letters, made from the table: product rule, chain rule and all.

On the page: `x.grad += node.grad * slope(*numbers, node.data)`; here letters stand for the numbers.

What is the rule for u*v? The table has its slopes: v along u, and u along v. Multiply each by the
rate at which its letter changes, and add up. So every rule is made, and none is written down: here
stand only their names, and how they are laid out. Read `rule` first, at the end, then `Rule`.

>>> from mathlab import sin, symbols
>>> u, v, du, dv = symbols("u v du dv")
>>> for pattern, rates in (u * v, {u: du, v: dv}), (u / v, {u: du, v: dv}), (sin(u), {u: du}):
...     print(f"{rule(pattern, rates).name()}: {rule(pattern, rates).formula}")
product rule: du*v + u*dv
quotient rule: (du*v - u*dv)/v**2
chain rule for sin: cos(u)*du
"""

from collections.abc import Mapping
from typing import NamedTuple

from mathlab.calculus.algebra.differentiate import gradient, signed
from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value, is_number

OF_X, OF_A_CONSTANT, OF_A_POWER = "the variable itself", "constant rule", "power rule"
SUMS = (table.add, table.subtract, table.total)
FACTORS = (table.multiply, table.divide)
NAMED = {
    table.negate: "constant multiple rule",
    table.multiply: "product rule",
    table.divide: "quotient rule",
    table.dot: "sum and product rules",
}


class Rule(NamedTuple):
    """The derivative of a pattern, such as u*v, some of whose letters move."""

    pattern: Value
    slopes: dict[Value, Value]  # along each letter that moves
    formula: Value
    asked: dict[Value, Value]  # the rates in the formula, and the letters whose rates they are

    def name(self, inside: bool = True) -> str:
        """What the rule is called in class; is there something `inside`, or only x itself?"""
        operation, inputs = self.pattern.operation, self.pattern.inputs
        (letter, slope), *others = self.slopes.items()
        assert operation is not None
        if operation in SUMS:
            plain = {str(slope) for slope in self.slopes.values()} <= {"1", "-1"}
            return "sum rule" if plain else "sum and constant multiple rules"
        if operation in FACTORS and not others and letter not in inputs_first(slope):
            return NAMED[table.negate]  # one of the two is constant
        if operation in NAMED:
            return NAMED[operation]
        if operation is not table.power:
            return f"chain rule for {operation.name}" if inside else operation.name
        if others:
            return "general power rule"
        name = OF_A_POWER if inputs[0] in self.slopes else "exponential rule"
        return f"{name} and chain rule" if inside else name

    def row(self, inside: bool = True) -> str:
        """The slopes in words, if the name of the rule does not say enough."""
        if self.pattern.operation in (*SUMS, *NAMED) or self.name(inside) == OF_A_POWER:
            return ""
        if len(self.slopes) == 1:
            return f"the slope of {self.pattern} is {next(iter(self.slopes.values()))}"
        along = ", ".join(f"{slope} along {letter}" for letter, slope in self.slopes.items())
        return f"the slopes of {self.pattern} are {along}"


def rule(pattern: Value, rates: Mapping[Value, Value]) -> Rule:
    """The rule for a pattern whose letters move at these rates: slopes times rates, added up."""
    slopes = dict(zip(rates, gradient(pattern, list(rates)), strict=True))
    divisor = pattern.inputs[1] if pattern.operation is table.divide else None
    square = divisor**2 if divisor in slopes else None  # if it moves, all stands above its square
    formula: Value | None = None
    for letter, slope in slopes.items():
        rate, above = rates[letter], slope if square is None else simplify(slope * square)
        if formula is not None:
            join, size = signed(above)
            formula = join(formula, size * rate)
        elif pattern.operation in FACTORS and len(slopes) == 2:
            formula = rate * above  # the rate stands where its factor stood: du*v
        else:
            formula = -rate if str(above) == "-1" else above * rate
    assert formula is not None
    formula = put_away(formula if square is None else formula / square)
    letters = {rate: letter for letter, rate in rates.items()}
    asked = {rate: letters[rate] for rate in inputs_first(formula) if rate in letters}
    return Rule(pattern, slopes, formula, asked)


def put_away(formula: Value) -> Value:
    """The same formula: zeros and ones that change nothing put away, as on the page."""
    return with_parts(formula, {})


def with_parts(formula: Value, parts: Mapping[Value, Value]) -> Value:
    """The formula with parts for its letters, and zeros and ones put away.

    >>> from mathlab import symbols
    >>> u, v = symbols("u v")
    >>> print(with_parts(u * v, {u: as_value(1)}))
    v
    """
    new = dict(parts)
    for node in inputs_first(formula):
        inputs = [new[each] for each in node.inputs]
        if node.operation is None or not inputs:
            new.setdefault(node, node)
            continue
        match node.operation.name, *(x.data if is_number(x) else x for x in inputs):
            case ("*", 0, _) | ("*", _, 0) | ("/", 0, _):
                new[node] = as_value(0)
            case ("-", 0, x):
                new[node] = as_value(-x)
            case ("+" | "-" | "*" | "negate", *xs):  # in Python's arithmetic 1*x and x + 0 are x
                new[node] = as_value(node.operation.compute(*xs))
            case _:
                new[node] = node.operation(*inputs)
    return new[formula]
