"""The table of identities: what is known about functions, written as formulas.

Each row says that the left side may be replaced by the right one, as exp(log(a)) by a. The letter
`a` stands for any formula. Sums, products and powers are not here: `simplify` collects those.

>>> for left, right in [*FACTORS[:2], *PYTHAGORAS[:2]]:
...     print(left, "=", right)
sin(a)/cos(a) = tan(a)
sinh(a)/cosh(a) = tanh(a)
sin(a)**2 + cos(a)**2 = 1
cosh(a)**2 - sinh(a)**2 = 1

On the page: `case ("+", 0, _) | ("*", 1, _):`; these are such rules, for functions.

Where the right side has a value and the left has none, the row widens the domain, and `WIDER` says
by what: exp(log(a)) is a, though it means nothing at or below 0.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from mathlab.calculus.graph.operations import (
    absolute,
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atan2,
    atanh,
    cbrt,
    cos,
    cosh,
    divide,
    erf,
    erfc,
    exp,
    expm1,
    gamma,
    hypot,
    lgamma,
    log,
    log1p,
    log2,
    log10,
    maximum,
    minimum,
    negate,
    relu,
    sech,
    sigmoid,
    sign,
    sin,
    sinh,
    softplus,
    sqrt,
    step,
    subtract,
    tan,
    tanh,
    where,
)
from mathlab.calculus.graph.value import Value, as_value, symbols

a, b = symbols("a b")
zero, one, two, half = map(as_value, (0, 1, 2, Fraction(1, 2)))
pi, e = as_value(math.pi, "pi"), as_value(math.e, "e")

IDENTITIES: tuple[tuple[Value, Value], ...] = (
    # round numbers
    (expm1(zero),  zero),   (exp(zero),     one),    (log(one),     zero),   (log1p(zero),  zero),
    (log2(one),    zero),   (log10(one),    zero),   (cbrt(zero),   zero),   (cbrt(one),    one),
    (sin(zero),    zero),   (cos(zero),     one),    (tan(zero),    zero),
    (asin(zero),   zero),   (acos(one),     zero),   (atan(zero),   zero),
    (sinh(zero),   zero),   (cosh(zero),    one),    (tanh(zero),   zero),   (sech(zero),    one),
    (asinh(zero),  zero),   (acosh(one),    zero),   (atanh(zero),  zero),
    (sigmoid(zero), half),  (erf(zero),     zero),   (erfc(zero),   one),
    (gamma(one),   one),    (gamma(two),    one),    (lgamma(one),  zero),   (lgamma(two),  zero),
    (softplus(zero), log(two)),  (log(e),        one),
    # an angle, and what has it
    (sin(pi),      zero),   (cos(pi),       -one),   (tan(pi),      zero),
    (sin(pi / 2),  one),    (cos(pi / 2),   zero),   (tan(pi / 4),  one),
    (sin(pi / 6),  half),   (cos(pi / 3),   half),
    (sin(pi / 4),  sqrt(half)),                      (cos(pi / 4),  sqrt(half)),
    (acos(-one),   pi),
    # there and back
    (exp(log(a)),       a),             (log(exp(a)),       a),
    (expm1(log1p(a)),   a),             (log1p(expm1(a)),   a),
    (sin(asin(a)),      a),             (cos(acos(a)),      a),             (tan(atan(a)),   a),
    (sinh(asinh(a)),    a),             (cosh(acosh(a)),    a),             (tanh(atanh(a)), a),
    (asinh(sinh(a)),    a),             (atanh(tanh(a)),    a),             (cbrt(a**3),     a),
    (hypot(one, a),     sqrt(a**2 + 1)),  (hypot(zero, a),    absolute(a)),
    (atan2(zero, one),  zero),
    # even and odd
    (cos(-a),           cos(a)),        (cosh(-a),          cosh(a)),       (sech(-a),  sech(a)),
    (absolute(-a),      absolute(a)),
    (sin(-a),           -sin(a)),       (tan(-a),           -tan(a)),       (cbrt(-a),  -cbrt(a)),
    (asin(-a),          -asin(a)),      (atan(-a),          -atan(a)),      (sign(-a),  -sign(a)),
    (sinh(-a),          -sinh(a)),      (tanh(-a),          -tanh(a)),      (erf(-a),   -erf(a)),
    (asinh(-a),         -asinh(a)),     (atanh(-a),         -atanh(a)),
    # once is enough
    (absolute(absolute(a)), absolute(a)),   (sign(sign(a)), sign(a)),     (relu(relu(a)), relu(a)),
    (absolute(exp(a)),  exp(a)),            (sign(exp(a)),  one),         (relu(exp(a)),  exp(a)),
    (step(step(a)),     step(a)),           (absolute(a**2), a**2),
    # the same either way
    (maximum(a, a),     a),
    (minimum(a, a),     a),
    (where(a, b, b),    b),
    (where(one, a, b),  a),
    (where(zero, a, b), b),
)

# Two factors that make one function, and two squares that make 1.
FACTORS: tuple[tuple[Value, Value], ...] = (
    (sin(a) / cos(a),       tan(a)),        (sinh(a) / cosh(a),     tanh(a)),
    (tan(a) * cos(a),       sin(a)),        (tanh(a) * cosh(a),     sinh(a)),
    (sinh(a) * sech(a),     tanh(a)),       (cosh(a) * sech(a),     one),
    (sign(a) * absolute(a), a),
)
PYTHAGORAS: tuple[tuple[Value, Value], ...] = (
    (sin(a)**2 + cos(a)**2,     one),
    (cosh(a)**2 - sinh(a)**2,   one),
    (tanh(a)**2 + sech(a)**2,   one),
    (1 / cos(a)**2 - tan(a)**2, one),
    (1 / sin(a)**2 - 1 / tan(a)**2, one),
)
# The rows whose right side has a value where the left has none, and where that is.
WIDER = {
    "exp(log(a))":      "at or below 0",        "expm1(log1p(a))":  "at or below -1",
    "sin(asin(a))":     "beyond -1 and 1",      "cos(acos(a))":     "beyond -1 and 1",
    "cosh(acosh(a))":   "below 1",              "tanh(atanh(a))":   "at -1 and 1, and beyond",
    "1/sin(a)**2 - 1/tan(a)**2": "at 0",
}
SYMMETRIC = (maximum, minimum, hypot)  # f(a, b) = f(b, a)
# For a number k above 0, f(k*a) is k*f(a) if it says True, and f(a) if it says False.
SCALED = {absolute: True, relu: True, sign: False, step: False}

# The rows by the function on the left and what is first inside it: few are ever worth a try.
_ROWS: dict[tuple[Any, Any], list[tuple[Value, Value]]] = defaultdict(list)
for _row in IDENTITIES:
    _ROWS[_row[0].operation, _row[0].inputs[0].operation].append(_row)

# Each function with its partners: of sin it is cos, to the power -1 if sin has 1, and tan is made.
_PARTNERS: dict[Any, list[tuple[Any, int, Value]]] = defaultdict(list)
for _left, _right in FACTORS:
    _first, _second, _power = _left.x, _left.y, -1 if _left.operation is divide else 1
    _PARTNERS[_first.operation].append((_second.operation, _power, _right))

# What a function is the quotient of: tan of sin and cos.
QUOTIENTS = {right.operation: (left.x.operation, left.y.operation)
             for left, right in FACTORS if left.operation is divide}

# A square by the other one, cos(a)**2 = 1 - 1*sin(a)**2: under its function and power the numbers
# 1 and -1, and the other function and power.
SQUARES: dict[tuple[Any, int], tuple[int, int, Any, int]] = {}
for _left, _ in PYTHAGORAS:
    _one, _two = ((x.y.x.operation, -2) if x.operation is divide else (x.x.operation, 2)
                  for x in _left.inputs)
    _sign = -1 if _left.operation is subtract else 1
    SQUARES[_one] = 1, -_sign, *_two
    SQUARES[_two] = _sign, -_sign, *_one


def partners(powers: Mapping[Value, Any]) -> Iterator[tuple[dict[Value, int], int, Value]]:
    """The pairs of functions in a product that make one: their powers, and what to which power.

    >>> from mathlab import symbols
    >>> x, = symbols("x")
    >>> for pair, power, made in partners({sin(x): -2, cos(x): 1}):
    ...     print({str(base): e for base, e in pair.items()}, power, made)
    {'sin(x)': -1, 'cos(x)': 1} -1 tan(a)
    """
    by_function = {(base.operation, base.inputs): base for base in powers if base.inputs}
    for (operation, inputs), first in by_function.items():
        for other, power, made in _PARTNERS.get(operation, ()):
            second = by_function.get((other, inputs))
            if second is not None:
                for sign in (1, -1):
                    pair = {first: sign, second: sign * power}
                    if all(isinstance(powers[base], int) and powers[base] * e > 0
                           for base, e in pair.items()):
                        yield pair, sign, made


def worth_trying(function: Value, negative: bool) -> Iterator[tuple[Value, Value]]:
    """The rows that may fit; `negative` says whether the input of the function has a minus.

    >>> from mathlab import sin, symbols
    >>> x, = symbols("x")
    >>> [str(left) for left, _ in worth_trying(sin(-x), negative=True)]
    ['sin(-a)']
    """
    inside = function.inputs[0].operation
    yield from _ROWS.get((function.operation, inside), ())
    if negative and inside is not negate:
        yield from _ROWS.get((function.operation, negate), ())
    if inside is not None:
        yield from _ROWS.get((function.operation, None), ())  # whatever is inside
