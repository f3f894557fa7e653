"""The number of a formula: its rows computed one after the other, for numbers of any kind.

On the page: `return self.compute(*inputs)`, for each node as it is made. Here the leaves get other
numbers, and two things are seen to.

What has no value matters only if it is needed. Of `where(x, log(x), 0)` at x = -1 the logarithm is
not. So the error of a part, a refusal, is kept in the place of its number; the parts that use it
are refused too, until a `where` does not take it.

And floats can end before the answer does. At 1e200 there is an x/x**2, but no x**2: then all is
worked out again in Decimals, which have room for it.

>>> from mathlab import parse
>>> parse("where(x, log(x), 0)").at(x=-1.0), parse("x/x**2").at(x=1e200)
(0, 1e-200)
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import MAX_EMAX, MIN_EMIN, Decimal, localcontext
from math import inf
from typing import Any

from mathlab.calculus.numbers.kinds import as_decimal, in_python
from mathlab.calculus.numbers.unknown import UNKNOWN, Unknown
from mathlab.errors import DomainError, FormulaError, UnknownError
from mathlab.names import similar

SCALING = ("*", "/", "**")  # the rows that may leave the floats, for a result that is in them
SMALL, LARGE = 1e-290, 1e300  # a float between has all its digits
DIGITS = 40  # of the Decimals


def evaluate(order: Sequence[Any], data: Mapping[Any, Any]) -> Any:
    """The number of the last node of a graph, with these numbers for its leaves.

    Raises: DomainError where the formula has no value.
    """
    numbers, left_the_floats = dict(data), False
    for node in (x for x in order if x.operation and x not in data):
        row, inputs = node.operation, [numbers[x] for x in node.inputs]
        try:
            number = numbers[node] = row(*inputs)
            if type(number) is float and not SMALL < abs(number) < LARGE and row.name in SCALING:
                left_the_floats |= all(x != 0 and abs(x) < inf for x in inputs)
        except (DomainError, TypeError) as error:  # refused; or an input is
            refusal = next((x for x in inputs if isinstance(x, DomainError)), error)
            if not isinstance(refusal, DomainError):
                raise
            left_the_floats |= row.name in SCALING and _is_too_large(refusal)
            numbers[node] = _taken(inputs, refusal) if row.name == "where" else refusal
    result = numbers[order[-1]]
    if left_the_floats and float in map(type, data.values()):
        exact = once_more_in_decimals(order, data)
        if exact is not None and (abs(exact) < inf or not _is_too_large(result)):
            return exact
    if isinstance(result, DomainError):
        raise result
    return result


def number_at(order: Sequence[Any], given: Mapping[str, Any]) -> Any:
    """The number of a formula whose names stand for these numbers; others keep what they have.

    Names that the formula does not have are no mistake as long as it gets all that it has: a
    derivative may have lost some.

    Raises: FormulaError if a name is given that it has not, instead of one that it has;
    UnknownError for a symbol left without a number; DomainError where it has no value.
    """
    leaves = [node for node in order if not node.inputs]
    known = {leaf.name for leaf in leaves if leaf.name and leaf.operation is None}  # not pi
    if known - given.keys():  # it lacks a number, so a strange name is probably a slip
        for name in given.keys() - known:
            near = ", ".join(similar(name, known, 1) or sorted(known))
            raise FormulaError(f"there is no {name} in this formula; it has {near}")
    data = {x: x.data if x.operation else given.get(x.name, x.data) for x in leaves}
    if missing := sorted({leaf.name for leaf, number in data.items() if number is UNKNOWN}):
        names = ", ".join(missing)
        raise UnknownError(f"no number yet for {names}; give one: f.at({missing[0]}=...)")
    if any(isinstance(number, Decimal) for number in data.values()):
        data = {leaf: as_decimal(number, leaf.name) for leaf, number in data.items()}
    return evaluate(order, data)


def once_more_in_decimals(order: Sequence[Any], data: Mapping[Any, Any]) -> float | None:
    """The number worked out in Decimals, as a float; None if it cannot be."""
    with localcontext(prec=DIGITS, Emin=MIN_EMIN, Emax=MAX_EMAX), suppress(TypeError, ValueError):
        # 1e-142 as a float has 400 digits, with which powers take long: + rounds them. But those
        # of 1e300 are all needed, to know where in its wave a sine is.
        exact = {x: as_decimal(n) if type(n) is not float else
                 +Decimal(n) if abs(n) < 1 else Decimal(n) for x, n in data.items()}
        return float(evaluate(order, exact))
    return None


def _taken(inputs: list[Any], refusal: DomainError) -> Any:
    """What a `where` makes of a refusal: the other input, if its condition says so."""
    condition = inputs[0].data if hasattr(inputs[0], "operation") else in_python(inputs[0])
    if isinstance(condition, (Unknown, DomainError, complex)):
        return refusal
    try:
        return inputs[1 if condition > 0 else 2]
    except ValueError:  # of an interval it may be so, or not
        return refusal


def _is_too_large(result: Any) -> bool:
    """Whether it is the refusal of a number that no float can hold."""
    return isinstance(getattr(result, "__context__", None), OverflowError)
