"""Which step of a derivation went wrong, as far as an answer shows it.

An answer is only the last line. But most wrong answers come of one slip in one step: a factor
forgotten, a sign. So every slip is tried in every step, with all other steps done right, and if the
answer comes out, that is the step. A lost minus, the commonest, comes first.

>>> from mathlab import parse, steps, symbols
>>> x, = symbols("x")
>>> step, slip = first_difference(steps(parse("sin(x**2)"), x), parse("cos(x**2)"))
>>> step.equation, slip
('d/dx[sin(x**2)] = cos(x**2)*d/dx[x**2]', 'the slope of what is inside is left out')

If no slip explains the answer, it may be right but for a number in front, of all or of one part. If
that is not it either, the innermost step is named whose result is nowhere to be seen in the answer,
as long as those of others are. And if none is, no step is blamed.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from mathlab import Value, derivative, exp, simplify, substitute, symbols
from mathlab.calculus.algebra.board import Derivation, Step
from mathlab.calculus.graph import operations as rows
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import as_value
from mathlab.calculus.proof.same import differ
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
OF_EXP: tuple[Slip, ...] = (
    ("the power rule is for an x below, not for one in the exponent",
                                            lambda s: s.u * exp(s.u - 1) * s.du),
)
OF_ALL: tuple[Slip, ...] = (
    ("it is left as it was",                lambda s: s.y),
)
# fmt: on
BY_OPERATION: dict[Any, tuple[Slip, ...]] = {
    rows.multiply: OF_PRODUCTS,
    rows.divide: OF_QUOTIENTS,
    rows.power: OF_POWERS,
    rows.exp: OF_EXP,
}
PLACES = (0.12, 0.23, 0.31, -0.17, -0.29)  # where one may be seen to be a multiple of another
SEVERAL = 3  # that have to agree
EQUAL = 1e-9
SUMS = (rows.add, rows.subtract, rows.negate)


def first_difference(derivation: Derivation, answer: Value) -> tuple[Step | None, str]:
    """The first step that a wrong answer does otherwise, and the slip in words.

    The words are empty if no slip explains the answer; there is no step if none can be told.
    """
    steps = [step for step in derivation.steps if not step.rule.startswith(("put", "simplify"))]
    turning = [
        step
        for step in steps
        if str(step.after).startswith("-") and _same(_result(steps, step, -step.after), answer)
    ]
    if len(turning) == 1:  # a minus is lost more easily than anything else
        return turning[0], "the sign is wrong"
    found = {step.before: step.found for step in steps}
    for step in steps:
        for words, wrong in _slips(step, found):
            if _same(_result(steps, step, wrong), answer):
                return step, words
    return _number_in_front(steps, answer) or (_not_to_be_seen(steps, answer), "")


def _slips(step: Step, found: Mapping[Value, Value]) -> Iterator[tuple[str, Value]]:
    """What might stand after a step that went wrong."""
    part, operation = step.part, step.part.operation
    rates = [node for node in inputs_first(step.after) if node.name.startswith("d/d")]
    of_two = operation in (rows.multiply, rows.divide)
    if operation is None or not part.inputs:
        yield from _of_leaf(part)
        return
    if len(rates) == 1 and not of_two and operation not in SUMS:
        yield from _of_chain(step, rates[0], simplify(found[rates[0]]))
    if len(rates) < 2 or not of_two:
        yield from _of_sum(step, rates)
    du, dv = (rates[0], rates[-1]) if rates else (as_value(1), as_value(1))
    letters = Letters(part, step.after, part.inputs[0], part.inputs[-1], du, dv)
    own = () if of_two and len(rates) == 1 else BY_OPERATION.get(operation, ())
    for words, wrong in (*own, *OF_ALL):
        yield words, as_value(wrong(letters))


def _of_leaf(leaf: Value) -> Iterator[tuple[str, Value]]:
    """The slips in the slope of x itself, and of a number."""
    if leaf.name:
        yield f"{leaf} is left as it was; its slope is 1", leaf
        yield f"the slope of {leaf} is 1, not 0", as_value(0)
    else:
        yield "a number is left as it was; its slope is 0", leaf
        yield "the slope of a number is 0, not 1", as_value(1)


def _of_chain(step: Step, rate: Value, inside: Value) -> Iterator[tuple[str, Value]]:
    """The slips in the slope of a function of something; `inside` is how fast that moves."""
    assert step.part.operation is not None
    outer = substitute(step.after, {rate: 1})
    yield "the slope of what is inside is left out", outer
    yield "the slope of what is inside is added; it has to be multiplied", outer + rate
    yield "the outer function has another slope than itself", step.part * rate
    (u,) = symbols("u")
    of_u = derivative(step.part.operation(u, *step.part.inputs[1:]), u)
    yield "the slope is put inside; what is inside stays as it was", substitute(of_u, {u: inside})
    for first, rest in _terms(inside):
        yield f"({inside}) needs its parentheses", outer * first + rest


def _of_sum(step: Step, rates: list[Value]) -> Iterator[tuple[str, Value]]:
    """The slips in the slope of a sum, or of a multiple."""
    for rate in rates:
        share = derivative(step.after, rate)
        yield f"{rate} is left out", step.after - share * rate
        if str(share) != "-1":
            yield f"the factor of {rate} is left out", step.after + (1 - share) * rate


def _terms(formula: Value) -> Iterator[tuple[Value, Value]]:
    """Each of the two terms of a sum, and the other."""
    if formula.operation in (rows.add, rows.subtract):
        first, second = formula.inputs
        sign = 1 if formula.operation is rows.add else -1
        yield first, sign * second
        yield sign * second, first


def _number_in_front(steps: list[Step], answer: Value) -> tuple[Step | None, str] | None:
    """The first step whose result is right but for a number in front, and that in words.

    There is no step if all of the answer is so, since any of them may have gone wrong; nor if it is
    right but for a number that was added.
    """
    right, fits = steps[0].found, list[tuple[Step, float]]()
    for step in steps:
        others = _result(steps, step, as_value(0))
        ratio = _ratio(answer - others, right - others)
        if ratio and abs(ratio - 1) > EQUAL and _is_moving(step.found):
            fits.append((step, ratio))
    if fits:
        first, ratio = fits[0]
        blamed = first if first is not steps[0] else None
        if abs(ratio + 1) < EQUAL:
            return blamed, "the sign is wrong"
        share = f"{ratio:.4g}" if abs(ratio - 1) > 1e-3 else f"{ratio:.10g}"
        return blamed, f"a number in front is wrong: yours is {share} times what it should be"
    if (added := _ratio(answer - right, as_value(1))) and not _is_moving(simplify(answer - right)):
        return None, f"a number that stands alone is wrong: yours is {added:.6g} too many"
    return None


def _not_to_be_seen(steps: list[Step], answer: Value) -> Step | None:
    """The last step whose result is nowhere in the answer, if those of other steps are: what is
    inside of it has been done."""
    parts = inputs_first(answer)
    results = [step for step in steps[1:] if _is_moving(step.found)]
    unseen = [step for step in results if not any(_ratio(x, step.found) for x in parts)]
    return unseen[-1] if len(unseen) < len(results) and unseen else None


def _result(steps: list[Step], changed: Step, wrong: Value) -> Value:
    """The derivative that comes out if one step ends otherwise."""
    after = {step.before: wrong if step is changed else step.after for step in steps}
    found: dict[Value, Value] = {}

    def put_together(before: Value) -> Value:
        """What a step has found, from what it left to be found; no step is deep."""
        if before not in found:
            left = [node for node in inputs_first(as_value(after[before])) if node in after]
            found[before] = substitute(after[before], {node: put_together(node) for node in left})
        return found[before]

    return put_together(steps[0].before)


def _same(one: Value, other: Value) -> bool:
    try:
        return differ(one, other) is None
    except MathlabError:
        return False


def _ratio(one: Value, other: Value) -> float:
    """How many times one formula is the other, if that is the same in several places; or else 0."""
    ratios = []
    for x in PLACES:
        try:
            ratios.append(float(one.at(x=x) / other.at(x=x)))
        except (MathlabError, ArithmeticError, TypeError, ValueError):
            continue  # the formulas have no value there
    if len(ratios) < SEVERAL:
        return 0.0
    first, *more = ratios
    return first if all(abs(each - first) <= EQUAL * abs(first) for each in more) else 0.0


def _is_moving(formula: Value) -> bool:
    """Whether x is in a formula."""
    return any(leaf.name == "x" for leaf in inputs_first(formula))
