"""The table of derivatives: every operation, how to compute it, and its slopes.

This is the inside cover of the calculus book. A row says what an operation is called, how to
compute it, and for each input how fast the result changes when that input does. Nothing else in
mathlab knows the derivative of anything. On the page: `sin      = Row("sin",`; here are the others.
Read the table first: it begins at `add`, below the class that says what a row is. Its inputs are x;
or u and v; or xs, any number. The result is always y. `like(x, 2)` is a 2 of the kind that x is of.

A slope is plain arithmetic, so it does not care what it is given. Numbers in, a number out; and
formulas in, a formula out, which is all there is to symbolic differentiation:

>>> from mathlab import derivative, parse, symbols
>>> x, = symbols("x")
>>> sin.slopes[0](0.0, 0.0), sin.slopes[0](x, sin(x))
(1.0, Value(unknown, 'cos(x)'))

Rows register themselves. One of your own is as good as these: it is differentiated, printed, read
from text, compiled, pickled and checked like them.

>>> cube = Operation("cube", lambda x: x**3, lambda x, y: 3 * x**2)
>>> print(derivative(parse("cube(2*x)"), x))
24*x**2
"""

import math
import operator
from _pickle import PicklingError  # the part of pickle that is needed, loaded at once
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import FunctionType
from typing import Any, NoReturn, cast

from mathlab import names
from mathlab.calculus.numbers import decimals, kinds, special
from mathlab.calculus.numbers.gammas import ENCLOSED
from mathlab.calculus.numbers.kinds import like, pi_like
from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.errors import DomainError, FormulaError

ROWS: dict[str, "Operation"] = {}  # the register: every row by its name, and yours
BUILT_IN: dict[str, "Operation"] = {}  # the rows below, whose names are taken for good


class Operation:
    """One row of the table. Calling it applies it: to numbers, or to Values, which remember it.

    `slopes` has a function for each input, of all inputs and the result; or for `any_number` of
    inputs one, of their list and the result. `needs` says in words what the inputs have to be.
    `in_kind` has the ways to compute it for other kinds of number than float, None for a kind that
    it refuses. `kink` is a function of the inputs that is 0 where the slopes to both sides differ,
    or the result `jumps`; `taken` is the slope there. At `edges` there is a value and no slope.

    Raises: FormulaError for a name that is taken, or functions that take other inputs than that.

    >>> exp(0.0), exp.name, exp.arity, exp.slopes[0](0.0, 1.0)
    (1.0, 'exp', 1, 1.0)
    """

    __slots__ = ("arity", "compute", "edges", "in_kind", "jumps", "kink", "name", "needs",
                 "slopes", "taken")

    def __init__(self, name: str, compute: Callable[..., Any], *slopes: Callable[..., Any],
                 needs: str = "", in_kind: Mapping[type, Callable[..., Any] | None] | None = None,
                 kink: Callable[..., Any] | None = None, jumps: bool = False, taken: str = "",
                 edges: tuple[Any, ...] = (), any_number: bool = False):
        self.name = name = names.form(name)
        self.edges, self.kink, self.jumps, self.taken = edges, kink, jumps, taken
        self.compute = compute  # for floats, or for any number if there are no `in_kind`
        self.slopes, self.needs = slopes, needs
        self.in_kind = {**(in_kind or {}), **ENCLOSED.get(name, {})}
        self.arity = None if any_number else len(slopes)  # how many inputs; None: any number
        if BUILT_IN and (name in BUILT_IN or name in names.FAMOUS or names.fault(name)):
            raise FormulaError(f"a row of your own cannot be called {name!r}: take another word")
        expected = [(slope, 2 if any_number else len(slopes) + 1) for slope in slopes]
        for f, count in expected if any_number else [(compute, len(slopes)), *expected]:
            if isinstance(f, FunctionType) and not takes(f, count):
                raise FormulaError(
                    f"the row {name} has as many inputs as slopes, {len(slopes)}: its {f.__name__} "
                    f"should take {count} number{'s' * (count != 1)}")
        ROWS[name] = self
        names.own.cache_clear()  # a name that was free is taken now

    def __call__(self, *inputs: Any) -> Any:
        """The result: a Value as soon as one input is a Value, else a plain number.

        Raises: DomainError where it has no value; FormulaError for another number of inputs.
        """
        self.check_count(len(inputs))
        for x in inputs:
            if type(x) is not float and hasattr(x, "operation"):  # what keeps its history
                return x.made_by(self, inputs)
        return self.evaluate(*inputs)

    def check_count(self, count: int) -> None:
        """Refuse a wrong number of inputs, with a FormulaError."""
        if count != self.arity and self.arity is not None:
            inputs = "input" if self.arity == 1 else "inputs"
            base = ": write log(x)/log(10), or log10(x)" * (self.name == "log" and count == 2)
            raise FormulaError(f"{self.name} takes {self.arity} {inputs}, not {count}{base}")

    def evaluate(self, *numbers: Any) -> Any:
        """The result for plain numbers, in their own kind; unknown if one is; or a DomainError."""
        compute = self.compute
        for x in numbers:
            if type(x) is float:
                continue
            if x is UNKNOWN:
                return UNKNOWN
            if kinds.is_foreign(x):
                return self.evaluate(*map(kinds.in_python, numbers))
            for kind, version in self.in_kind.items():
                if isinstance(x, kind):
                    if version is None:
                        self.refuse(TypeError(f"it takes no {kind.__name__} numbers"), *numbers)
                    compute = version
        try:
            return compute(*numbers)
        except (ValueError, ArithmeticError) as error:
            self.refuse(error, *numbers)

    def call(self, *numbers: Any) -> str:
        """How the operation is written for these numbers or formulas: `log(2.0)`, `1 / (-2)`."""
        texts = [*map(str, numbers)]
        if self.name.isidentifier():
            return f"{self.name}({', '.join(texts)})"
        wrapped = (f"({x})" if x[0] == "-" or {*x} & {*" */"} else x for x in texts)
        return f" {self.name} ".join(wrapped)

    def refuse(self, error: Exception, *numbers: Any) -> NoReturn:
        """Raise the DomainError that says what went wrong, in the reader's words."""
        call = self.call(*numbers)
        if isinstance(error, OverflowError):
            raise DomainError(f"{call} is too large for a number of its kind") from None
        known = self.needs and not isinstance(error, TypeError)
        reason = f"{self.name} needs {self.needs}" if known else error
        raise DomainError(f"{call} is not defined: {reason}") from None

    def __repr__(self) -> str:
        return f"<operation {self.name}>"

    def __reduce__(self) -> tuple[Callable[[str], "Operation"], tuple[str]]:
        if ROWS.get(self.name) is not self:
            raise PicklingError(f"a newer row is called {self.name}: give this one a name")
        return operation_named, (self.name,)  # pickled by its name, and never copied

    __copy__ = __deepcopy__ = lambda self, _=None: self


def takes(f: FunctionType, count: int) -> bool:
    """Whether a function can be called with so many inputs."""
    code, optional = f.__code__, len(f.__defaults__ or ())
    most = math.inf if code.co_flags & 4 else code.co_argcount  # 4: it has *arguments
    return code.co_argcount - optional <= count <= most


def function(name: str, compute: Callable[..., Any], *slopes: Callable[..., Any],
             needs: str = "", edges: tuple[Any, ...] = ()) -> Operation:
    """A row for a function for which each kind of number has its own way to compute it."""
    in_kind = {Decimal: decimals.FUNCTIONS.get(name), complex: kinds.COMPLEX.get(name)}
    return Operation(name, compute, *slopes, needs=needs, in_kind=in_kind, edges=edges)


def share(lead: Any) -> Any:
    """The share of the slope for one of two: all of it if it leads, none if not, half in a tie."""
    return where(lead, 1, where(-lead, 0, like(lead, 1) / 2))


REAL: dict[type, Any] = {complex: None}  # it takes no complex numbers
FINITE, ABOVE0, UNIT = "a finite number", "a number above 0", "a number from -1 to 1"
NO_POLE = "a number other than 0, -1, -2, ..."
# A row may need one that stands below it: here they are, for the type checker.
cos = cosh = digamma = hypot = log = polygamma = cast(Operation, None)
sech = sigmoid = sign = step = tanh = where = xlogy = cos

#                    name        how to compute it  dy/du                  dy/dv
add      = Operation("+",        operator.add,      lambda u, v, y: 1,     lambda u, v, y: 1)
subtract = Operation("-",        operator.sub,      lambda u, v, y: 1,     lambda u, v, y: -1)
multiply = Operation("*",        operator.mul,      lambda u, v, y: v,     lambda u, v, y: u)
divide   = Operation("/",        operator.truediv,  lambda u, v, y: like(u, 1) / v,
                     lambda u, v, y: -y / v,        needs="a divisor other than 0")
# u**0 is 1 everywhere, so its slope is 0, also at 0; and 0**v is 0 for every v above 0.
power    = Operation("**",       kinds.power,
                     lambda u, v, y: v * u**(v - 1) if v != 0 else 0,
                     lambda u, v, y: xlogy(y, like(y, u)),
                     needs="a base above 0, or a whole exponent (at least 0 if the base is 0)")
# Where both are equal there is a kink: each gets half of the slope, the mean of both sides.
maximum  = Operation("maximum",  kinds.maximum,     lambda u, v, y: share(u - v),
                     lambda u, v, y: share(v - u),  in_kind=REAL,
                     kink=lambda u, v: u - v,       taken="the mean of both")
minimum  = Operation("minimum",  kinds.minimum,     lambda u, v, y: share(v - u),
                     lambda u, v, y: share(u - v),  in_kind=REAL,
                     kink=lambda u, v: u - v,       taken="the mean of both")
# atan2(u, v) is the angle whose tangent is u/v. Divided by hypot twice: its square may not fit.
atan2    = function("atan2",     math.atan2,        lambda u, v, y: v / hypot(u, v) / hypot(u, v),
                    lambda u, v, y: -u / hypot(u, v) / hypot(u, v), edges=((0, 0),))
hypot    = function("hypot",     special.hypot,     lambda u, v, y: u / y, lambda u, v, y: v / y,
                    edges=((0, 0),))
# polygamma(n, x) is the n-th derivative of digamma(x); n is whole, and there is no slope along it.
polygamma = Operation("polygamma", special.polygamma,
                     lambda n, x, y: kinds.no_slope("its n is a whole number"),
                     lambda n, x, y: polygamma(n + 1, x),
                     needs="a whole n of at least 0, and x other than 0, -1, -2, ...",
                     in_kind=REAL | {Decimal: None})

#                                                   dy/dx
negate   = Operation("negate",   operator.neg,      lambda x, y: -1)
# At the kink, x = 0, the slope of absolute is the mean of -1 and 1; that of relu is 0, as everyone
# has it: a unit that is off stays off. sign and step are flat on both sides, and jump at 0.
absolute = Operation("absolute", abs,               lambda x, y: sign(x),
                     kink=lambda x: x, taken="0, the mean of both")
relu     = Operation("relu",     kinds.relu,        lambda x, y: step(x), in_kind=REAL,
                     kink=lambda x: x, taken="0: what is off stays off")
sign     = Operation("sign",     kinds.sign,        lambda x, y: 0,       in_kind=REAL,
                     kink=lambda x: x, jumps=True, taken="0, as beside it")
step     = Operation("step",     kinds.step,        lambda x, y: 0,       in_kind=REAL,
                     kink=lambda x: x, jumps=True, taken="0, as beside it")

#                   name         on floats          dy/dx                 what x has to be
exp      = function("exp",       math.exp,          lambda x, y: y)
expm1    = function("expm1",     math.expm1,        lambda x, y: exp(x))
log      = function("log",       math.log,          lambda x, y: 1 / x,       needs=ABOVE0)
log1p    = function("log1p",     math.log1p,        lambda x, y: 1 / (1 + x),
                    needs="a number above -1")
log2     = function("log2",      math.log2,         lambda x, y: 1 / (x * log(like(x, 2))),
                    needs=ABOVE0)
log10    = function("log10",     math.log10,        lambda x, y: 1 / (x * log(like(x, 10))),
                    needs=ABOVE0)
# sqrt and cbrt have no slope at 0: their tangent stands upright there.
sqrt     = function("sqrt",      math.sqrt,         lambda x, y: 1 / (2 * y),
                    needs="at least 0", edges=(0,))
cbrt     = function("cbrt",      math.cbrt,         lambda x, y: 1 / (3 * y*y),     edges=(0,))

sin      = function("sin",       math.sin,          lambda x, y: cos(x),      needs=FINITE)
cos      = function("cos",       math.cos,          lambda x, y: -sin(x),     needs=FINITE)
tan      = function("tan",       math.tan,          lambda x, y: 1 / (cos(x) * cos(x)),
                    needs=FINITE)
asin     = function("asin",      math.asin,         lambda x, y: 1 / sqrt(1 - x*x),
                    needs=UNIT, edges=(-1, 1))
acos     = function("acos",      math.acos,         lambda x, y: -1 / sqrt(1 - x*x),
                    needs=UNIT, edges=(-1, 1))
atan     = function("atan",      math.atan,         lambda x, y: 1 / (1 + x*x))
sinh     = function("sinh",      math.sinh,         lambda x, y: cosh(x))
cosh     = function("cosh",      math.cosh,         lambda x, y: sinh(x))
sech     = function("sech",      special.sech,      lambda x, y: -y * tanh(x))
tanh     = function("tanh",      math.tanh,         lambda x, y: sech(x)**2)
asinh    = function("asinh",     math.asinh,        lambda x, y: 1 / hypot(like(x, 1), x))
acosh    = function("acosh",     math.acosh,        lambda x, y: 1 / (sqrt(x - 1) * sqrt(x + 1)),
                    needs="at least 1", edges=(1,))
atanh    = function("atanh",     math.atanh,        lambda x, y: 1 / (1 - x*x),
                    needs="a number between -1 and 1")

sigmoid  = function("sigmoid",   special.sigmoid,   lambda x, y: y * sigmoid(-x))
softplus = function("softplus",  special.softplus,  lambda x, y: sigmoid(x))
erf      = function("erf",       math.erf,          lambda x, y: 2*exp(-x*x) / sqrt(pi_like(x)))
erfc     = function("erfc",      math.erfc,         lambda x, y: -2*exp(-x*x) / sqrt(pi_like(x)))
gamma    = function("gamma",     math.gamma,        lambda x, y: y * digamma(x),    needs=NO_POLE)
lgamma   = function("lgamma",    math.lgamma,       lambda x, y: digamma(x),        needs=NO_POLE)
digamma  = function("digamma",   special.digamma,   lambda x, y: polygamma(1, x),   needs=NO_POLE)

# where(c, u, v) is u where c is above 0, else v; the one that it is not counts for nothing. It may
# jump where c is 0. total and dot take any number of inputs.
where    = Operation("where",    kinds.where,       lambda c, u, v, y: 0,
                     lambda c, u, v, y: where(c, 1, 0), lambda c, u, v, y: where(c, 0, 1),
                     kink=lambda c, u, v: c, jumps=True, taken="that of its last input")
total    = Operation("total",    kinds.total,       lambda xs, y: [1] * len(xs), any_number=True)
dot      = Operation("dot",      kinds.dot,         lambda xs, y: kinds.halves_exchanged(xs),
                     any_number=True)

# A plain number: it has no inputs. How it becomes one of another kind, `in_kind` says here.
constant = Operation("constant", lambda: UNKNOWN, in_kind=kinds.IN_KIND)

BUILT_IN = dict(ROWS)
# No row of the book: u*log(v), and written so; but 0 where u is, also at v = 0.
xlogy    = Operation("xlogy",    special.xlogy,     lambda u, v, y: log(like(y, v)),
                     lambda u, v, y: u / v if u != 0 else u, in_kind=kinds.XLOGY,
                     needs="a second number above 0, or at least 0 if the first is 0")
ARITHMETIC = (add, subtract, multiply, divide, power, negate)  # what is written with signs


def functions() -> dict[str, Operation]:
    """The rows that are written `name(...)` in a formula, by their names; yours among them."""
    signs = (*ARITHMETIC, xlogy, total, dot, constant)
    return {name: row for name, row in ROWS.items() if row not in signs}


def operation_named(name: str) -> Operation:
    """The row of the table with this name, or a FormulaError."""
    if name not in ROWS:
        raise FormulaError(f"the table has no row {name!r}: define it first")
    return ROWS[name]
