"""Which step of a derivation went wrong, as far as an answer shows it.

An answer is only the last line. But most wrong answers come of one slip in one step: a factor
forgotten, a sign. So every slip is tried in every step, with all other steps done right, and if the
answer comes out, that is the step.

>>> from mathlab import parse, steps, symbols
>>> x, = symbols("x")
>>> step, slip = first_difference(steps(parse("sin(x**2)"), x), parse("cos(x**2)"))
>>> step.equation, slip
('d/dx[sin(x**2)] = cos(x**2)*d/dx[x**2]', 'the slope of what is inside is left out')

If no slip explains the answer, the first step whose result is nowhere to be seen in it is named.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from mathlab import Value, derivative, substitute
from mathlab.calculus import operations as table
from mathlab.calculus.board import Derivation, Step
from mathlab.calculus.order import inputs_first
from mathlab.calculus.same import differ
from mathlab.calculus.value import as_value
from mathlab.errors import MathlabError


class Letters(NamedTuple):
    """A step in letters: y is made of u and v (the same one if there is but one input)."""

    y: Value
    dy: Value
    u: Value
    v: Value
    du: Value
    dv: Value


Slip = tuple[str, Callable[[Letters], Any]]

# What is said of a slip, and what then stands in place of the right slope.
# fmt: off
OF_PRODUCTS: tuple[Slip, ...] = (
    ("the slopes are multiplied",                   lambda s: s.du * s.dv),
    ("the change of the second factor is left out", lambda s: s.du * s.v),
    ("the change of the first factor is left out",  lambda s: s.u * s.dv),
    ("the two parts are subtracted",                lambda s: s.du * s.v - s.u * s.dv),
)
OF_QUOTIENTS: tuple[Slip, ...] = (
    ("the slopes are divided",              lambda s: s.du / s.dv),
    ("the square below is left out",        lambda s: (s.du * s.v - s.u * s.dv) / s.v),
    ("nothing is left below",               lambda s: s.du * s.v - s.u * s.dv),
    ("the parts above are subtracted the wrong way round",
                                            lambda s: (s.u * s.dv - s.du * s.v) / s.v**2),
    ("the parts above are added",
                                            lambda s: (s.du * s.v + s.u * s.dv) / s.v**2),
)
OF_POWERS: tuple[Slip, ...] = (
    ("the exponent does not come down as a factor", lambda s: s.dy / s.v),
    ("the exponent does not go down by 1",          lambda s: s.dy * s.u),
    ("the exponent goes up",                        lambda s: s.v * s.u ** (s.v + 1)),
)
OF_ALL: tuple[Slip, ...] = (
    ("the sign is wrong",                   lambda s: -s.dy),
    ("it is left as it was",                lambda s: s.y),
)
# fmt: on
BY_OPERATION: dict[Any, tuple[Slip, ...]] = {
    table.multiply: OF_PRODUCTS,
    table.divide: OF_QUOTIENTS,
    table.power: OF_POWERS,
}
SUMS = (table.add, table.subtract, table.negate)


def first_difference(derivation: Derivation, answer: Value) -> tuple[Step, str]:
    """The first step that a wrong answer does otherwise, and the slip in words.

    The words are empty if no single slip explains the answer.
    """
    steps = [step for step in derivation.steps if not step.rule.startswith(("put", "simplify"))]
    for step in steps:
        for words, wrong in _slips(step):
            if _same(_result(steps, step, wrong), answer):
                return step, words
    parts = inputs_first(answer)
    for step in steps[1:]:
        if step.found.data != 0 and not any(_in_proportion(part, step.found) for part in parts):
            return step, ""
    return steps[0], ""


def _slips(step: Step) -> Iterator[tuple[str, Value]]:
    """What might stand after a step that went wrong."""
    rates = [node for node in inputs_first(step.after) if node.name.startswith("d/d")]
    inputs = step.part.inputs
    if len(rates) == 1 and step.part.operation not in (*SUMS, table.multiply, table.divide):
        yield "the slope of what is inside is left out", substitute(step.after, {rates[0]: 1})
        yield "the outer function has another slope than itself", step.part * rates[0]
    if step.part.operation not in (table.multiply, table.divide) or len(rates) < 2:
        for rate in rates:  # a sum, or a multiple
            share = derivative(step.after, rate)
            yield f"{rate} is left out", step.after - share * rate
            yield f"the factor of {rate} is left out", step.after + (1 - share) * rate
    if inputs:
        du, dv = (rates[0], rates[-1]) if rates else (as_value(1), as_value(1))
        letters = Letters(step.part, step.after, inputs[0], inputs[-1], du, dv)
        own = BY_OPERATION.get(step.part.operation, ()) if len(rates) != 1 else ()
        power = OF_POWERS if step.part.operation is table.power else ()
        for words, wrong in (*own, *power, *OF_ALL):
            yield words, as_value(wrong(letters))
    else:
        yield "a number has slope 0", step.part
        yield "a number has slope 0", as_value(1)


def _result(steps: list[Step], changed: Step, wrong: Value) -> Value:
    """The derivative that comes out if one step ends otherwise."""
    found: dict[Value, Any] = {}
    for step in reversed(steps):  # what a step leaves to be found stands below it
        found[step.before] = substitute(wrong if step is changed else step.after, found)
    return as_value(found[steps[0].before])


def _same(one: Value, other: Value) -> bool:
    try:
        return differ(one, other) is None
    except MathlabError:
        return False


def _in_proportion(part: Value, found: Value) -> bool:
    """Whether one is the other times a number, as far as three places show."""
    try:
        one, other, third = (part.at(x=x) / found.at(x=x) for x in (0.4, 0.7, 1.3))
    except (MathlabError, ArithmeticError, TypeError, ValueError):
        return False
    return bool(abs(one - other) + abs(one - third) <= 1e-9 * abs(one))
