"""Which step of a derivation went wrong, as far as an answer shows it.

The derivative of sin(x**2) takes two steps:

    d/dx[sin(x**2)] = cos(x**2)*d/dx[x**2]
    d/dx[x**2]      = 2*x

Somebody answers cos(x**2). Which step was it? Let the first one end in cos(x**2), as if the slope
of what is inside were forgotten, and do the other right: out comes the answer, and so we know.

So the most usual slips stand in a table: what is said of each, and how it makes a step end. Each is
tried in each step, with all other steps done right, until the answer comes out.

>>> from mathlab import parse, steps, symbols
>>> x, = symbols("x")
>>> step, slip = first_difference(steps(parse("sin(x**2)"), x), parse("cos(x**2)"))
>>> step.equation, slip
('d/dx[sin(x**2)] = cos(x**2)*d/dx[x**2]', 'the slope of what is inside is left out')

If no slip leads to the answer, a number in front of it, or of one step's result, may be wrong. If
that is not so either, it is worked out in what one step would have to end for the answer to come
out: where that is short, the rest of the answer is the derivation, and the step is named. Of all
other answers nothing is said.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from operator import itemgetter
from types import SimpleNamespace
from typing import Any, NamedTuple

from mathlab import Value, derivative, exp, simplify, substitute, symbols
from mathlab.calculus.algebra.board import Derivation, Step
from mathlab.calculus.algebra.steps import OTHERWISE, SIMPLIFY, SIMPLIFY_FIRST, TOGETHER
from mathlab.calculus.graph import operations as rows
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import as_value
from mathlab.calculus.proof.same import differ
from mathlab.errors import MathlabError

Slips = tuple[tuple[str, Callable[[Any], Any]], ...]

# What is said of a slip, and what then stands to the right of the = in place of s.dy. The letters:
# y = f(u, v) is taken apart (u is v if there is one input); du, dv: the symbols d/dx[u], d/dx[v].
# In a chain, dy = outer*du; inside is what du turns out to be (or first + rest, if that is a sum),
# and put_in is the outer slope at that place. In a sum, dy = factor*part + other parts.
X: Slips = (
    ("{y} is left as it was; its slope is 1",         lambda s: s.y),
    ("the slope of {y} is 1, not 0",                  lambda s: 0),
)
NUMBER: Slips = (
    ("a number is left as it was; its slope is 0",    lambda s: s.y),
    ("the slope of a number is 0, not 1",             lambda s: 1),
)
CHAIN: Slips = (
    ("the slope of what is inside is left out",       lambda s: s.outer),
    ("the slope of what is inside is added; it has to be multiplied",
                                                      lambda s: s.outer + s.du),
    ("the outer function has another slope than itself",
                                                      lambda s: s.y * s.du),
    ("the slope is put inside; what is inside stays as it was",
                                                      lambda s: s.put_in),
)
BRACKETS: Slips = (
    ("({inside}) needs its parentheses",              lambda s: s.outer * s.first + s.rest),
)
SUM: Slips = (
    ("{part} is left out",                            lambda s: s.dy - s.factor * s.part),
    ("the factor of {part} is left out",              lambda s: s.dy + (1 - s.factor) * s.part),
)
PRODUCT: Slips = (
    ("the slopes are multiplied",                     lambda s: s.du * s.dv),
    ("the change of the second factor is left out",   lambda s: s.du * s.v),
    ("the change of the first factor is left out",    lambda s: s.u * s.dv),
    ("the two parts are subtracted",                  lambda s: s.du * s.v - s.u * s.dv),
)
QUOTIENT: Slips = (
    ("the slopes are divided",                        lambda s: s.du / s.dv),
    ("the square below is left out",                  lambda s: (s.du * s.v - s.u * s.dv) / s.v),
    ("nothing is left below",                         lambda s: s.du * s.v - s.u * s.dv),
    ("the parts above are subtracted the wrong way round",
                                                      lambda s: (s.u * s.dv - s.du * s.v) / s.v**2),
    ("the parts above are added",                     lambda s: (s.du * s.v + s.u * s.dv) / s.v**2),
)
POWER: Slips = (
    ("the exponent does not come down as a factor",   lambda s: s.dy / s.v),
    ("the exponent does not go down by 1",            lambda s: s.dy * s.u),
    ("the exponent goes up",                          lambda s: s.v * s.u ** (s.v + 1)),
)
EXP: Slips = (
    ("the power rule is for an x below, not for one in the exponent",
                                                      lambda s: s.u * exp(s.u - 1) * s.du),
)
ANY: Slips = (
    ("it is left as it was",                          lambda s: s.y),
)
OF_TWO = {rows.multiply: PRODUCT, rows.divide: QUOTIENT}
OF_ONE = {rows.power: POWER, rows.exp: EXP}
SUMS = (rows.add, rows.subtract, rows.negate)

class Slip(NamedTuple):
    """A slip in a step: what is said of it, how the step then ends, and the answer that it leads to
    if all other steps are done right."""

    step: Step
    words: str
    ending: Value
    result: Value


AT_THE_END = (TOGETHER, f"{TOGETHER}, and {SIMPLIFY}", SIMPLIFY, OTHERWISE)
TRIED = (0.12, 0.23, 0.31, -0.17, -0.29)  # places where one formula may be a multiple of another,
AGREEING = 3  # if it is the same multiple in so many,
WITHIN = 1e-9  # but for rounding
WRONG_SIGN = "the sign is wrong"


def first_difference(derivation: Derivation, answer: Value) -> tuple[Step | None, str]:
    """The first step that a wrong answer does otherwise, and the slip in words.

    The words are empty if nothing explains the answer; the step is None if none can be blamed.
    """
    def comes_out(result: Value) -> bool:
        try:
            return differ(result, answer) is None
        except MathlabError:
            return False

    steps = taken(derivation)
    lost = [slip.step for slip in lost_signs(derivation) if comes_out(slip.result)]
    if len(lost) == 1:  # a minus is lost more easily than anything else
        return lost[0], WRONG_SIGN
    for slip in slipped(derivation):
        if comes_out(slip.result):
            return slip.step, slip.words
    return _number_in_front(steps, answer) or _ended_otherwise(steps, answer) or (None, "")


def lost_signs(derivation: Derivation) -> Iterator[Slip]:
    """The slips of those steps that end in what begins with a minus, which can be lost."""
    return (slip for slip in turned_signs(derivation) if str(slip.step.after).startswith("-"))


def turned_signs(derivation: Derivation) -> Iterator[Slip]:
    """Each step with the other sign."""
    steps = taken(derivation)
    for step in steps:
        yield Slip(step, WRONG_SIGN, -step.after, _result(steps, step, -step.after))


def slipped(derivation: Derivation) -> Iterator[Slip]:
    """Each usual slip in each step."""
    steps = taken(derivation)
    found = {step.before: step.found for step in steps}
    for step in steps:
        for slips, s in _usual(step, found):
            for words, wrong in slips:
                with suppress(MathlabError):  # there is no such answer
                    ending = as_value(wrong(s))
                    result = _result(steps, step, ending)
                    yield Slip(step, words.format(**vars(s)), ending, result)


def taken(derivation: Derivation) -> list[Step]:
    """The steps that somebody takes by hand, without what is tidied up at the end."""
    return [step for step in derivation.steps
            if step.rule not in AT_THE_END and step.rule != SIMPLIFY_FIRST]


def _usual(step: Step, found: dict[Value, Value]) -> Iterator[tuple[Slips, SimpleNamespace]]:
    """The slips that can happen in a step, with the letters they are written in (of which some are
    set anew while the slips are gone through)."""
    y, operation = step.part, step.part.operation
    s = SimpleNamespace(y=y, dy=step.after)
    if operation is None or not y.inputs:
        yield (X if y.name else NUMBER), s
        return
    symbols_left = [node for node in inputs_first(step.after) if node.name.startswith("d/d")]
    s.u, s.v = y.inputs[0], y.inputs[-1]
    s.du, s.dv = (symbols_left[0], symbols_left[-1]) if symbols_left else (1, 1)
    if len(symbols_left) == 1 and operation not in (*OF_TWO, *SUMS):
        (u,) = symbols("u")
        s.outer, s.inside = substitute(s.dy, {s.du: 1}), simplify(found[s.du])
        s.put_in = substitute(derivative(operation(u, *y.inputs[1:]), u), {u: s.inside})
        yield CHAIN, s
        if s.inside.operation in (rows.add, rows.subtract):
            first, second = s.inside.inputs
            second = second if s.inside.operation is rows.add else -second
            for s.first, s.rest in ((first, second), (second, first)):
                yield BRACKETS, s
    if len(symbols_left) < 2 or operation not in OF_TWO:
        for s.part in symbols_left:
            s.factor = derivative(s.dy, s.part)
            yield (SUM[:1] if str(s.factor) == "-1" else SUM), s
    if len(symbols_left) != 1:
        yield OF_TWO.get(operation, ()), s
    yield OF_ONE.get(operation, ()), s
    yield ANY, s


def _result(steps: list[Step], changed: Step, wrong: Value) -> Value:
    """The derivative that comes out if one step ends otherwise."""
    ends = {step.before: step.after for step in steps} | {changed.before: wrong}
    result = ends[steps[0].before]
    while any(node in ends for node in inputs_first(result)):
        result = substitute(result, ends)
    return result


def _number_in_front(steps: list[Step], answer: Value) -> tuple[Step | None, str] | None:
    """The first step whose result is right but for a number in front, and that in words.

    No step is blamed if all of the answer is so, since any may have gone wrong; nor if it is right
    but for a number that was added.
    """
    right = steps[0].found
    for step in steps:
        others = _result(steps, step, as_value(0))
        ratio = _ratio(answer - others, right - others)
        if ratio and abs(ratio - 1) > WITHIN and _has_x(step.found):
            blamed = None if step is steps[0] else step
            if abs(ratio + 1) < WITHIN:
                return blamed, WRONG_SIGN
            share = f"{ratio:.4g}" if abs(ratio - 1) > 1e-3 else f"{ratio:.10g}"
            return blamed, f"a number in front is wrong: yours is {share} times what it should be"
    if (added := _ratio(answer - right, as_value(1))) and not _has_x(simplify(answer - right)):
        return None, f"a number that stands alone is wrong: yours is {added:.6g} too many"
    return None


def _ended_otherwise(steps: list[Step], answer: Value) -> tuple[Step, str] | None:
    """The step that ends in something else if all others are right, and that in words; None where
    that is a third of what stands in the answer, or more: anything can be read so."""
    known: list[tuple[int, Step, Value]] = []
    for step in (each for each in steps[1:] if _has_x(each.found)):
        without = _result(steps, step, as_value(0))
        factor = _result(steps, step, as_value(1)) - without  # each slope is a factor in its terms
        with suppress(MathlabError):
            ending = simplify((answer - without) / factor)
            known.append((_operations(ending), step, ending))
    for least, step, ending in sorted(known, key=itemgetter(0))[:1]:
        if 3 * (least + 1) <= _operations(answer):
            return step, f"yours has {ending} for {step.before}"
    return None


def _operations(formula: Value) -> int:
    """How many operations a formula takes."""
    return sum(node.inputs != () for node in inputs_first(formula))


def _ratio(one: Value, other: Value) -> float:
    """How many times one formula is the other, if that is the same in several places; or else 0."""
    ratios = []
    for x in TRIED:
        try:
            ratios.append(float(one.at(x=x) / other.at(x=x)))
        except (MathlabError, ArithmeticError, TypeError, ValueError):
            continue  # the formulas have no value there
    alike = all(abs(each - ratios[0]) <= WITHIN * abs(ratios[0]) for each in ratios)
    return ratios[0] if alike and len(ratios) >= AGREEING else 0.0


def _has_x(formula: Value) -> bool:
    """Whether x is in a formula."""
    return any(leaf.name == "x" for leaf in inputs_first(formula))
