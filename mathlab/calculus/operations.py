"""The table of derivatives: every operation, how to compute it, and its slopes.

This is the inside cover of the calculus book. A row says what an operation is called, how to
compute it, and for each input how fast the result changes when that input does. Nothing else in
mathlab knows the derivative of anything.

In a row with one input, `x` is the input and `y` the result; the slope is dy/dx.
In a row with two, `x` and `y` are the inputs and `z` the result; the slopes are dz/dx and dz/dy.
The result is there because it saves work: the slope of exp is exp itself, already computed.

A slope is plain arithmetic, so it does not care what it is given. Numbers in, a number out:

>>> sin.slopes[0](0.0, 0.0)
1.0

and formulas in, a formula out; that is all there is to symbolic differentiation:

>>> from mathlab import symbols
>>> x, = symbols("x")
>>> sin.slopes[0](x, sin(x))
Value(unknown, 'cos(x)')
"""

import math
import operator
from collections.abc import Callable
from typing import Any, NoReturn

from mathlab.errors import DomainError, UnknownError

Slope = Callable[..., Any]


class Operation:
    """One row of the table. Calling it applies it: to numbers, or to Values, which remember it.

    >>> exp(0.0), exp.name, exp.slopes[0](0.0, 1.0)
    (1.0, 'exp', 1.0)
    """

    __slots__ = ("compute", "name", "needs", "slopes")

    def __init__(self, name: str, compute: Callable[..., Any], *slopes: Slope, needs: str = ""):
        self.name = name
        self.compute = compute
        self.slopes = slopes
        self.needs = needs

    def __call__(self, *inputs: Any) -> Any:
        """The result: a Value as soon as one input is a Value, else a plain number.

        Raises: DomainError where the operation has no value.
        """
        for x in inputs:
            if hasattr(x, "operation"):  # it keeps its history, so it makes the result itself
                return x.made_by(self, inputs)
        return self.evaluate(*inputs)

    def evaluate(self, *numbers: Any) -> Any:
        """The result for plain numbers; unknown if one of them is unknown.

        Raises: DomainError where the operation has no value.

        >>> log.evaluate(1)
        0.0
        """
        if UNKNOWN in numbers:
            return UNKNOWN
        try:
            return self.compute(*numbers)
        except (ValueError, ArithmeticError) as error:
            self.refuse(error, *numbers)

    def refuse(self, error: Exception, *numbers: Any) -> NoReturn:
        """Raise the DomainError that says what went wrong, in the reader's words."""
        if self.name.isidentifier():
            call = f"{self.name}({', '.join(map(str, numbers))})"
        else:
            call = f" {self.name} ".join(map(str, numbers))
        if isinstance(error, OverflowError):
            raise DomainError(f"{call} is too large: numbers end near 1.8e308") from None
        reason = f"{self.name} needs {self.needs}" if self.needs else error
        raise DomainError(f"{call} is not defined: {reason}") from None

    def __repr__(self) -> str:
        return f"<operation {self.name}>"

    def __reduce__(self) -> tuple[Callable[[str], "Operation"], tuple[str]]:
        return operation_named, (self.name,)  # pickled by name: a row of the table is never copied


class Unknown:
    """The number of a symbol that has none yet. Arithmetic with it is unknown too.

    >>> 2 * UNKNOWN + 1
    unknown
    >>> UNKNOWN > 0
    Traceback (most recent call last):
    ...
    mathlab.errors.UnknownError: a symbol has no number yet, so it cannot be compared; use relu or \
step, which stay part of the formula, or give it a number first: f.at(x=1.5)
    """

    __slots__ = ()

    def _unknown(self, *_: Any) -> "Unknown":
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _unknown
    __truediv__ = __rtruediv__ = __pow__ = __rpow__ = __neg__ = _unknown

    def _undecided(self, *_: Any) -> NoReturn:
        raise UnknownError(
            "a symbol has no number yet, so it cannot be compared; use relu or step, which stay "
            "part of the formula, or give it a number first: f.at(x=1.5)"
        )

    __lt__ = __le__ = __gt__ = __ge__ = __bool__ = _undecided

    def __repr__(self) -> str:
        return "unknown"

    def __reduce__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown()


def _power(x: Any, y: Any) -> Any:
    """`x**y`, kept real for real inputs, and refused where it would fill the memory."""
    if isinstance(x, int) and isinstance(y, int) and abs(y) * x.bit_length() > 10_000:
        raise OverflowError  # 9**9**9 has 370 million digits; Python prints up to 4,300
    z = x**y
    if isinstance(z, complex) and not isinstance(x, complex) and not isinstance(y, complex):
        raise ValueError
    return z


exp: "Operation"  # rows may refer to rows below them
log: "Operation"
cos: "Operation"
step: "Operation"

# fmt: off
#                    name        how to compute it  its slopes
constant = Operation("constant", lambda: UNKNOWN)  # a number written down as it is, with no inputs

#                                                   dz/dx                  dz/dy
add      = Operation("+",        operator.add,      lambda x, y, z: 1,     lambda x, y, z: 1)
subtract = Operation("-",        operator.sub,      lambda x, y, z: 1,     lambda x, y, z: -1)
multiply = Operation("*",        operator.mul,      lambda x, y, z: y,     lambda x, y, z: x)
divide   = Operation("/",        operator.truediv,  lambda x, y, z: 1 / y, lambda x, y, z: -z / y,
                     needs="a divisor other than 0")
# The exceptions: x**0 is 1 everywhere, and 0**y is 0 for every y above 0.
power    = Operation("**",       _power,            lambda x, y, z: y * x**(y-1) if y != 0 else 0,
                                                    lambda x, y, z: z * log(x) if z != 0 else 0,
                     needs="a base above 0, or a whole exponent (at least 0 if the base is 0)")

#                                                   dy/dx
negate   = Operation("negate",   operator.neg,      lambda x, y: -1)
exp      = Operation("exp",      math.exp,          lambda x, y: y)
log      = Operation("log",      math.log,          lambda x, y: 1 / x,    needs="a number above 0")
sqrt     = Operation("sqrt",     math.sqrt,         lambda x, y: 1/(2*y),  needs="at least 0")
sin      = Operation("sin",      math.sin,          lambda x, y: cos(x),   needs="a finite number")
cos      = Operation("cos",      math.cos,          lambda x, y: -sin(x),  needs="a finite number")
tanh     = Operation("tanh",     math.tanh,         lambda x, y: 1 - y**2)
# At its kink, x = 0, relu's slope is taken to be 0: a unit that is off stays off.
relu     = Operation("relu",     lambda x: x - x if x <= 0 else x, lambda x, y: step(x))
step     = Operation("step",     lambda x: x - x + (x > 0),        lambda x, y: 0)
# fmt: on

ARITHMETIC = (add, subtract, multiply, divide, power, negate)
FUNCTIONS = (exp, log, sqrt, sin, cos, tanh, relu, step)


def operation_named(name: str) -> Operation:
    """The row of the table with this name.

    >>> operation_named("*") is multiply
    True
    """
    return _BY_NAME[name]


_BY_NAME = {operation.name: operation for operation in (constant, *ARITHMETIC, *FUNCTIONS)}
