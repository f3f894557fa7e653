"""The table of identities: what is known about single functions, written as formulas.

Each row says that the left side may be replaced by the right one. The letter `a` stands for any
formula. Sums, products and powers are not here: `simplify` collects those.

On the page: `case ("+", 0, _) | ("*", 1, _):`; these are such rules, for functions.

Where the right side has a value and the left has none, the row widens the domain: `log(exp(a))` and
`exp(log(a))` are both a, though the second means nothing at or below 0.

>>> for left, right in IDENTITIES[-3:]:
...     print(left, "=", right)
minimum(a, a) = a
where(1, a, b) = a
where(0, a, b) = b
"""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from mathlab.calculus.graph.operations import (
    absolute,
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atanh,
    cbrt,
    cos,
    cosh,
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
    sqrt,
    step,
    tan,
    tanh,
    where,
)
from mathlab.calculus.graph.value import Value, as_value, symbols

a, b = symbols("a b")
zero, one, two, half = map(as_value, (0, 1, 2, Fraction(1, 2)))

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
    # there and back
    (exp(log(a)),       a),             (log(exp(a)),       a),
    (expm1(log1p(a)),   a),             (log1p(expm1(a)),   a),
    (sin(asin(a)),      a),             (cos(acos(a)),      a),             (tan(atan(a)),   a),
    (sinh(asinh(a)),    a),             (cosh(acosh(a)),    a),             (tanh(atanh(a)), a),
    (asinh(sinh(a)),    a),             (atanh(tanh(a)),    a),             (cbrt(a**3),     a),
    (hypot(one, a),     sqrt(a**2 + 1)),
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
    (where(one, a, b),  a),
    (where(zero, a, b), b),
)

# The rows by the function on the left and what is first inside it: few are ever worth a try.
_ROWS: dict[tuple[Any, Any], list[tuple[Value, Value]]] = defaultdict(list)
for _row in IDENTITIES:
    _ROWS[_row[0].operation, _row[0].inputs[0].operation].append(_row)


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
