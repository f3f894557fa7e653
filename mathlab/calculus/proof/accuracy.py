"""Accuracy: how far off a slope may be, one that is measured and one worked out by a rule.

On the page: `(f(x + h) - f(x - h)) / (2 * h)`; here the witness says how sure it is. To tell a
wrong rule from mere rounding, one has to know what rounding does. It does most in a subtraction: of
0.1 + 1e9 a float keeps sixteen digits, ten of them in front of the point:

>>> x = Value(0.1, "x")
>>> y = (x + 1e9) - 1e9
>>> y.data
0.10000002384185791

How much is lost can be tried out: put each step off by about its last digit, and see how far the
result moves. Or work it out again in Decimals of fifty digits:

>>> off = abs(Decimal(y.data) - in_decimals(y))
>>> print(f"{off:.0e} off, and no further than {rounding_error(y):.0e}")
2e-8 off, and no further than 2e-06

A measurement knows its own error (see `numeric`). Where floats leave it too large, Decimals see
more; where there is a kink, the slopes to both sides are bounds. Read `rounding_error` first, then
`measured`; the rest is for where floats do not see enough.
"""

import math
import random
from decimal import Decimal, localcontext
from typing import Any

from mathlab.calculus import numeric
from mathlab.calculus.graph.operations import constant
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value
from mathlab.calculus.numbers.evaluate import evaluate
from mathlab.calculus.numbers.kinds import as_decimal
from mathlab.calculus.numeric.difference import EPSILON, RealFunction

WORKING_DIGITS = 50  # digits of the Decimals
# What each of these is for: test_what_each_constant_is_for in test_accuracy.py.
SHAKES = 8  # how often rounding is tried out; the worst of them
WIDENED = 8  # is then taken so many times
ROUGH = 1e-13  # noisier values of f are announced to `numeric`; of others it finds out by itself
CAUTION = 4  # the error of a measurement is an estimate too, so it is widened,
HIDDEN = 1e-12  # and by this share of f over x: nobody sees what f does within its last digit
CLEAR = 1e-8  # a measurement with so small a share of error needs no Decimals


def rounding_error(y: Value) -> float:
    """How far rounding may have moved the number of a formula.

    It is infinite where a step is too large for a float, or may leave the domain.
    """
    order = inputs_first(y)
    try:
        moved = [float(abs(_shaken(order, random.Random(i)) - y.data)) for i in range(SHAKES)]
    except (ValueError, ArithmeticError):
        return math.inf
    return WIDENED * max(0.0, *moved) + 4 * math.ulp(y.data)


def _shaken(order: list[Any], dice: random.Random) -> Any:
    """The number of the last node, each step put off by about its last digit."""
    numbers: dict[Any, Any] = {}
    for node in order:
        inputs = [numbers[x] for x in node.inputs]
        number = node.operation.evaluate(*inputs) if inputs else node.data
        if node.operation is not constant or node.name:  # pi is rounded, a plain 2 is exact
            number *= 1 + dice.uniform(-1, 1) * EPSILON
            if math.isinf(number):
                raise OverflowError
        numbers[node] = number
    return number


def in_decimals(y: Value, digits: int = WORKING_DIGITS, x: Value | None = None,
                nudge: Any = 0) -> Decimal:
    """The number of a formula, worked out in Decimals; its leaf `x` may be nudged.

    A float is what it is, to the last digit. Pi is as exact as all the rest.

    Raises: TypeError or DomainError if an operation has no kind for Decimals.

    >>> print(in_decimals(Value(2.0).sqrt(), digits=30))
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


def _decimal(leaf: Value) -> Any:
    if leaf.operation is constant and leaf.name:
        return as_decimal(leaf.data, leaf.name)
    return Decimal(leaf.data) if isinstance(leaf.data, float) else as_decimal(leaf.data)


def measured(f: RealFunction, y: Value, x: Value) -> numeric.Estimate:
    """The slope of `f` where the leaf `x` of the formula `y` stands; both are the same function.

    The error is generous. At a kink it reaches from the slope on the left to that on the right, and
    there is a `reason`. It is infinite where nothing can be measured.

    >>> from mathlab import absolute
    >>> x = Value(0.0, "x")
    >>> slope = measured(abs, absolute(x), x)
    >>> slope.value, round(slope.error, 9), slope.reason[-6:]
    (0.0, 1.0, 'a kink')
    """
    at, noise = x.data, _noise(y)
    found = numeric.derivative(f, at, relative_noise=noise)
    if not math.isfinite(found.error):
        return _from_both_sides(f, at, noise, found)
    hidden = HIDDEN * abs(f(at)) / (abs(at) or 1.0)
    found = found._replace(error=CAUTION * found.error + hidden)
    if found.error <= CLEAR * abs(found.value):
        return found
    finer = _slope_in_decimals(y, x)
    agrees = abs(finer.value - found.value) + finer.error <= found.error
    # Where f is 0, that may be only because floats end at 5e-324, and much goes unseen.
    return finer if agrees or (not y.data and math.isfinite(finer.error)) else found


def _noise(y: Value) -> float:
    """The rounding error as a share of the number, if it is large enough to be announced."""
    share = min(rounding_error(y) / abs(y.data), 0.5) if y.data else 0.0
    return share if share > ROUGH else 0.0


def _from_both_sides(f: RealFunction, at: float, noise: float,
                     found: numeric.Estimate) -> numeric.Estimate:
    """Where no slope was found: between those on the left and right, if these are there."""
    below = numeric.derivative(lambda t: f(t) if t <= at else math.nan, at, relative_noise=noise)
    above = numeric.derivative(lambda t: f(t) if t >= at else math.nan, at, relative_noise=noise)
    apart = abs(above.value - below.value) / 2 + below.error + above.error
    if not math.isfinite(apart):
        return found
    return found._replace(value=(below.value + above.value) / 2, error=apart)


def _slope_in_decimals(y: Value, x: Value) -> numeric.Estimate:
    """The slope between two points very close by, with the digits that this takes.

    Its error is how far the slopes to both sides differ, so no kink between the points is missed.
    """
    try:
        h = Decimal(abs(x.data) or 1.0) / 10**15
        digits = WORKING_DIGITS + max(0, in_decimals(y).adjusted() - h.adjusted())
        with localcontext(prec=digits):
            middle = in_decimals(y, digits)
            steps = -h, -h / 2, h / 2, h
            slopes = [(in_decimals(y, digits, x, step) - middle) / step for step in steps]
            slope = (slopes[1] + slopes[2]) / 2
            lost = abs(middle) / h / Decimal(10) ** (digits - 3)
            error = 2 * (max(slopes) - min(slopes)) + lost + abs(slope) * Decimal(EPSILON)
        return numeric.Estimate(float(slope), float(error), 5)
    except (TypeError, ValueError, ArithmeticError) as failed:
        return numeric.Estimate(math.nan, math.inf, 0, str(failed))
