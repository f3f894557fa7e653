"""How far a number may be off: a slope that was measured, and one that was worked out by a rule.

No two ways to one slope agree to the last digit. Whoever wants to tell a wrong rule from mere
rounding has to know what rounding does. By a rule it does much where nearly equal numbers are
subtracted, as in this slope of atanh, which is off by 0.25. One finds out by trying: each step of
the formula is put off by about its last digit.

>>> x = Value(1 - 1e-9, "x")
>>> slope = 1 / (1 - x * x)
>>> f"{slope.data:.2f}, and exactly {exact(slope):.2f}", rounding(slope) > 0.25
('500000014.14, and exactly 500000014.39', True)

A measurement knows its own error (see `numeric`). Where floats leave it too large, Decimals with
ever more digits see more; where there is a kink, the slopes to both sides are bounds.
"""

import math
import random
from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

from mathlab.calculus import numeric
from mathlab.calculus.graph.operations import constant
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, evaluate
from mathlab.calculus.numbers.kinds import as_decimal
from mathlab.calculus.numeric import Estimate
from mathlab.calculus.numeric.difference import EPSILON

DIGITS = 50
SHARP = 1e-8  # a measurement with so small a share of error needs no more digits
CAUTION = 4  # the error of a measurement is an estimate too, so it is widened,
BLIND = 1e-12  # and by this share of f over x: what f does within its last digit is not to be seen
ROUGH = 1e-13  # noisier values of f are announced to `numeric`; of others it finds out by itself
SHAKES = 8  # how often rounding is tried out; the worst is then taken so many times


def exact(y: Value, digits: int = DIGITS, x: Value | None = None, nudge: Any = 0) -> Decimal:
    """The number of a formula, worked out in Decimals; its leaf `x` may be nudged.

    A float is what it is, to the last digit. Pi is as exact as all the rest.

    Raises: TypeError or DomainError if an operation has no kind for Decimals.

    >>> print(exact(Value(2.0).sqrt(), digits=30))
    1.41421356237309504880168872421
    """
    order = inputs_first(y)
    with localcontext(prec=digits):
        numbers = {leaf: _decimal(leaf) for leaf in order if not leaf.inputs}
        if x in numbers:
            numbers[x] += nudge
        number = evaluate(order, numbers)
    if not isinstance(number, Decimal):
        raise TypeError("an operation of this formula makes floats of Decimals")
    return number


def measured(f: Callable[[float], float], y: Value, x: Value) -> Estimate:
    """The slope of `f` where the leaf `x` of the formula `y` stands; both are the same function.

    The error is generous. At a kink it reaches from the slope on the left to that on the right, and
    there is a `reason`. It is infinite where nothing can be measured.

    >>> from mathlab import absolute
    >>> x = Value(0.0, "x")
    >>> slope = measured(abs, absolute(x), x)
    >>> slope.value, round(slope.error, 9), slope.reason[-6:]
    (0.0, 1.0, 'a kink')
    """
    at = x.data
    noise = min(rounding(y) / abs(y.data), 0.5) if y.data else 0.0
    noise = noise if noise > ROUGH else 0.0
    found = numeric.derivative(f, at, relative_noise=noise)
    if not math.isfinite(found.error):

        def one_sided(sign: int) -> Estimate:
            side = lambda t: f(t) if sign * t >= sign * at else math.nan
            return numeric.derivative(side, at, relative_noise=noise)

        left, right = one_sided(-1), one_sided(1)
        apart = abs(right.value - left.value) / 2 + left.error + right.error
        if math.isfinite(apart):
            found = found._replace(value=(left.value + right.value) / 2, error=apart)
        return found
    blind = BLIND * abs(f(at)) / max(abs(at), 1.0)
    found = found._replace(error=CAUTION * found.error + blind)
    if found.error > SHARP * abs(found.value):
        finer = _in_decimals(y, x)
        agrees = abs(finer.value - found.value) + finer.error <= found.error
        # Where f is 0, that may be only because floats end at 5e-324, and much goes unseen.
        if agrees or (not y.data and math.isfinite(finer.error)):
            return finer
    return found


def rounding(y: Value) -> float:
    """How far rounding may have moved the number of a formula.

    It is infinite where a step is too large for a float, or may leave the domain.

    >>> x = Value(3.0, "x")
    >>> rounding(x * x) < 1e-13, rounding((x + 1e9) - 1e9) > 1e-7
    (True, True)
    """
    order = inputs_first(y)
    worst = 0.0
    for shake in range(SHAKES):
        toss = random.Random(shake)
        numbers: dict[Value, Any] = {}
        try:
            for node in order:
                inputs = [numbers[x] for x in node.inputs]
                number = node.operation.evaluate(*inputs) if inputs else node.data
                if node.operation is not constant or node.name:  # others are exact
                    number *= 1 + toss.uniform(-1, 1) * EPSILON
                    if math.isinf(number):
                        return math.inf
                numbers[node] = number
        except (ValueError, ArithmeticError):
            return math.inf
        worst = max(worst, abs(numbers[y] - y.data))
    return SHAKES * worst + 4 * math.ulp(y.data)


def _in_decimals(y: Value, x: Value) -> Estimate:
    """The slope between two points very close by, with the digits that this takes.

    Its error is how far the slopes to both sides differ, so no kink between the points is missed.
    """
    try:
        h = Decimal(abs(x.data) or 1.0) / 10**15
        digits = DIGITS + max(0, exact(y).adjusted() - h.adjusted())
        with localcontext(prec=digits):
            middle = exact(y, digits)
            slopes = [
                (exact(y, digits, x, step) - middle) / step for step in (-h, -h / 2, h / 2, h)
            ]
            slope = (slopes[1] + slopes[2]) / 2
            lost = abs(middle) / h / Decimal(10) ** (digits - 3)
            error = 2 * (max(slopes) - min(slopes)) + lost + abs(slope) * Decimal(EPSILON)
        return Estimate(float(slope), float(error), 5)
    except (TypeError, ValueError, ArithmeticError) as failed:
        return Estimate(math.nan, math.inf, 0, str(failed))


def _decimal(leaf: Value) -> Any:
    if leaf.operation is constant and leaf.name:
        return as_decimal(leaf.data, leaf.name)
    return Decimal(leaf.data) if isinstance(leaf.data, float) else as_decimal(leaf.data)
