"""A step of training, written with Values, at the speed of plain numbers: traced once, replayed.

On the page: `loss.backward()`, after the graph of the loss was made; and so again in every step,
though it is the same graph each time. Here it is made once, of symbols, and becomes a function:

>>> from mathlab import Value, compiled
>>> slope, intercept = Value(0.5), Value(0.0)
>>> def loss_of(xs, ys):
...     return sum((slope * x + intercept - y) ** 2 for x, y in zip(xs, ys))
>>> step = compiled(loss_of)
>>> for _ in range(200):
...     loss = step([1.0, 2.0, 3.0], [3.0, 5.0, 7.0])
...     for parameter in (slope, intercept):
...         parameter.data -= 0.05 * parameter.grad
>>> f"{slope.data:.3f} {intercept.data:.3f} {loss.data:.0e}"
'2.000 1.000 2e-08'

It stands on four lines, which are in `Step.traced` and `Trace.replay`:

    loss = f(*symbols)
    slopes = swept_gradient(loss, symbols)
    function = compile_formula([loss, *slopes], symbols)
    loss, *slopes = function(*numbers)

What may vary from call to call, and what may not:

    Values    are the parameters. Each call reads their `data` and sets their `grad`, whichever are
              passed; one in two places gets the slopes of both. Those that `f` finds outside, and
              not among its arguments, are the ones of the first call.
    floats    are the data: passed as they are, or in lists, tuples and dicts.
    the rest  is the shape: whole numbers, texts, True, None, how long a list is. For another shape
              `f` is traced anew. Of many traces the one not used for longest is forgotten.

So the number of a letter would make a trace for each text. Pass the row of parameters that it
picks, and for a letter to be guessed a list of 0.0 with one 1.0: then there is one for each length.

No graph holds a decision on what varies. It is refused:

>>> step = compiled(lambda x: slope * x if x > 0 else slope)
>>> step(1.0)
Traceback (most recent call last):
...
mathlab.errors.FormulaError: <lambda> cannot be traced: it decides on a number that may vary. \
Write where(x, ..., ...), maximum, absolute or step, which stay part of the formula; or pass an \
int, for each of which it is traced
"""

from __future__ import annotations

import threading
import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain
from typing import Any, NoReturn

from mathlab.calculus.code.compile import Compiled, compile_formula, uncollected
from mathlab.calculus.code.script import free_name
from mathlab.calculus.graph.operations import Operation, constant, functions
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.calculus.graph.value import Value
from mathlab.errors import FormulaError, NoNumberError, UnknownError

TRACES = 32  # that are kept
CHECKS = 2  # calls of each shape that are compared with the plain way
CLOSE, TINY = 1e-6, 1e-9  # how near both must be, of a number and of the largest
AN_INT = "; or pass an int, for each of which it is traced"
DECISION = ("it decides on a number that may vary. Write where(x, ..., ...), maximum, absolute or "
            "step, which stay part of the formula")
NUMBER = ("it asks for a number that may vary. Leave out float(), int() and round(), and take the "
          "functions of mathlab, such as sin")
OTHER = ("{}. While it is traced floats are Values and none has a number: leave out .data, and "
         "Value(...) around a float")

UNKNOWN = Value.symbol("x").data  # what a symbol has in the place of a number

_lock = threading.Lock()  # one trace at a time: meanwhile the parameters have no numbers
_varying: list[Value] = []  # what has been made in it
_running: ContextVar[bool] = ContextVar("whether a function is being run", default=False)


def compiled(f: Callable[..., Any], traces: int = TRACES) -> Step:
    """A function that returns the loss of `f`, and leaves the slopes in the parameters' `grad`.

    Equivalent to: `loss = f(...)` and `loss.backward()`, but for rounding; and the loss that is
    returned is a mere number, without a history.

    `f` has to return one Value, and to depend on its arguments and on parameters alone. In the
    first two calls of each shape it is run plainly too, and both are compared. Only that may notice
    a number found outside that changes, or `x.data == 0`; all other decisions are refused. Later
    `f` is run only where there is no number, as for log(0), and says what is wrong. At most so many
    `traces` are kept.

    Raises: FormulaError if `f` is not like that; TypeError for an argument of another kind.
    """
    return Step(f, traces)


class Step:
    """A function with its traces, by the shapes of its arguments."""

    def __init__(self, f: Callable[..., Any], most: int) -> None:
        self.f, self.most = f, most
        self.name = getattr(f, "__name__", "the function")
        self.traces: OrderedDict[Any, Trace] = OrderedDict()

    def __call__(self, *arguments: Any, **named: Any) -> Value:
        """The loss; each Value that it depends on has its slope."""
        shape, values, numbers = flattened((arguments, named))
        trace = self.traces.get(shape)
        if trace is not None and trace.checks == CHECKS:
            self.traces.move_to_end(shape)
            loss = trace.replay(values, numbers)
            return Value(self.plainly(arguments, named).data if loss is None else loss)
        symbols: tuple[list[Value], list[Value]] = [], []
        stand_ins = with_symbols((arguments, named), *symbols)  # `f` may change its arguments
        plain = self.plainly(arguments, named)
        if trace is None:
            trace = self.traces[shape] = self.traced(plain, *symbols, *stand_ins)
            self.forget()
        if difference := trace.difference(plain.data, values, numbers):
            del self.traces[shape]
            raise FormulaError(
                f"{self.name} differs from its trace: {difference}. Something that it uses changes "
                f"and is not passed, such as a batch or a random number: pass it, as floats")
        return Value(plain.data)

    def plainly(self, arguments: Any, named: Any) -> Value:
        """The loss with its history, after its sweep."""
        loss = self.run(arguments, named)
        if type(loss.data) not in (float, int):
            raise FormulaError(f"{self.name} returns {loss!r}: what is compiled works with floats")
        loss.backward()
        return loss

    def run(self, arguments: Any, named: Any) -> Value:
        """What the function returns."""
        if _running.get():
            raise FormulaError(f"{self.name} is compiled, and its loss has no history: within "
                               f"another step call the function itself")
        token = _running.set(True)
        try:
            loss = self.f(*arguments, **named)
        finally:
            _running.reset(token)
        if not isinstance(loss, Value):
            raise FormulaError(f"{self.name} should return its loss alone, a Value, not {loss!r}")
        return loss

    def traced(self, plain: Value, values: list[Value], numbers: list[Value],
               arguments: Any, named: Any) -> Trace:
        """The trace for arguments of a shape, with symbols in them; some had the loss `plain`."""
        nodes = [x for x in inputs_first(plain) if x.operation is not constant]
        with _lock, uncollected(), _without_numbers(nodes):
            try:
                loss = self.run(arguments, named)
            except Exception as error:  # it has just run without one
                reason = (NUMBER if isinstance(error, NoNumberError) else
                          DECISION if isinstance(error, UnknownError) else OTHER.format(error))
                raise FormulaError(f"{self.name} cannot be traced: {reason}{AN_INT}") from error
            finally:  # from now on it may be asked which one it is
                for x in (*values, *numbers, *_varying):
                    x.__class__ = Value
                _varying.clear()
            inside = {*inputs_first(loss)}
            captured = [x for x in nodes if x in inside and x.operation is None]
            used = [i for i, x in enumerate(values) if x in inside]
            parameters = [*captured, *(values[i] for i in used)]
            inputs, taken = [*parameters, *numbers], {*functions()}
            for i, x in enumerate(inputs):
                x.name = free_name(f"x{i}", taken)
            slopes = swept_gradient(loss, [(x,) for x in parameters])
            function = compile_formula([loss, *slopes], [(x,) for x in inputs], otherwise=_nothing)
        return Trace(function, captured, used)

    def forget(self) -> None:
        """Forget the trace that was not used for longest, if there are too many."""
        if len(self.traces) > self.most:
            self.traces.popitem(last=False)
            warnings.warn(
                f"{self.name} has had more than {self.most} shapes, and traces some of them again "
                f"and again: pass floats for what varies, or compiled({self.name}, traces=...)",
                RuntimeWarning, stacklevel=3)


class Trace:
    """What a function does for arguments of one shape, as plain Python.

    `function` takes the numbers of the `captured` Values, of those passed that are `used`, and the
    floats; it returns the loss and its slope by each of those Values, or None.
    """

    def __init__(self, function: Compiled, captured: list[Value], used: list[int]) -> None:
        self.function, self.captured, self.used = function, captured, used
        self.checks = 0

    def replay(self, values: Sequence[Value], numbers: Sequence[float]) -> Any:
        """The loss, a number; None if it has none. Each Value that it depends on has its slope."""
        passed = [values[i] for i in self.used]
        given = [x.data for x in self.captured] + [x.data for x in passed] + [*numbers]
        found = self.function(*given)
        if found is None and int in map(type, given):
            found = self.function(*(float(n) if type(n) is int else n for n in given))
        if found is None or type(found[0]) not in (float, int):
            return None
        loss, *slopes = found
        for x in passed:
            x.grad = 0
        for x, slope in zip(self.captured, slopes, strict=False):
            x.grad = slope
        for x, slope in zip(passed, slopes[len(self.captured):], strict=True):
            x.grad += slope
        return loss

    def difference(self, loss: Any, values: Sequence[Value], numbers: Sequence[float]) -> str:
        """Where the trace is not what `loss` and the slopes are that the Values have; or ""."""
        parameters = [*self.captured, *(values[i] for i in self.used)]
        expected = [loss, *(x.grad for x in parameters)]
        found = [self.replay(values, numbers), *(x.grad for x in parameters)]
        if found[0] is None:
            return ""
        self.checks += 1
        largest = max(map(abs, expected[1:]), default=0)
        for a, b in zip(expected, found, strict=True):
            near = CLOSE * max(abs(a), abs(b)) + TINY * largest
            if not (abs(a - b) <= near or a == b or a != a):
                return f"{a:g} is {b:g} there"
        return ""


def flattened(arguments: Any) -> tuple[Any, list[Value], list[float]]:
    """The shape of some arguments, and the Values and floats in them.

    >>> shape, values, numbers = flattened([Value(2.0), {"rate": 0.5, "power": 3}])
    >>> values, numbers, shape == flattened([Value(7.0), {"rate": 0.1, "power": 3}])[0]
    ([Value(2.0, '2.0')], [0.5], True)
    """
    values: list[Value] = []
    numbers: list[float] = []

    def shape_of(x: Any) -> Any:
        kind = type(x)
        if isinstance(x, Value):
            values.append(x)
            return Value
        if isinstance(x, float):
            numbers.append(float(x))  # numpy has floats that are floats and something else
            return float
        if kind in (list, tuple):
            path: list[Any] = [kind]
            while (kinds := {*map(type, x)}) in ({list}, {tuple}):  # rows of a table: as one row
                path += (*kinds, *map(len, x))
                x = [*chain.from_iterable(x)]
            for each, found in ((float, numbers), (Value, values)):
                if kinds == {each}:  # all at once, as if one by one
                    found += x
                    return (*path, len(x), each)
            return (*path, *map(shape_of, x))
        if kind is dict:
            return (kind, *x, *map(shape_of, x.values()))
        if isinstance(x, (int, str, bytes)) or x is None:
            return kind, x
        raise TypeError(f"{x!r:.60} cannot be traced: pass Values, numbers and texts, and "
                        f"lists, tuples and dicts of them; of an array, array.tolist()")

    shape = shape_of(arguments)
    for x in values:
        if x.operation is not None:
            raise FormulaError(f"{x!r} was made of other Values, which would get no slopes: make "
                               f"it inside the function, or pass Value(x.data)")
    return shape, values, numbers


# What stands for the arguments while a function is traced


def with_symbols(x: Any, values: list[Value], numbers: list[Value]) -> Any:
    """The same argument with symbols for its Values and floats; each is added to its list."""
    if isinstance(x, (Value, float)):
        symbol = Varying.bare(UNKNOWN, None, ())
        (values if isinstance(x, Value) else numbers).append(symbol)
        return symbol
    if type(x) in (list, tuple):
        return type(x)([with_symbols(each, values, numbers) for each in x])
    if type(x) is dict:
        return {key: with_symbols(each, values, numbers) for key, each in x.items()}
    return x


class Varying(Value):
    """What stands for an argument, or was made of such: nothing can be decided on it.

    In the next call it is another Value, or no Value at all but a float.
    """

    __slots__ = ()

    def __bool__(self, *_: Any) -> NoReturn:
        raise UnknownError("it is compared, looked up or taken for true")

    __eq__ = __hash__ = __bool__

    @classmethod
    def made_by(cls, operation: Operation, inputs: Any) -> Value:
        """What a function makes of it."""
        made: Value = _noted(Value.made_by(operation, inputs))
        return made


def _noted(made: Any) -> Any:
    """The same node, Varying for now."""
    if isinstance(made, Value):
        made.__class__ = Varying
        _varying.append(made)
    return made


def _operator(name: str) -> Callable[..., Any]:
    plain = getattr(Value, name)
    return lambda *inputs: _noted(plain(*inputs))


for _sign in ("add", "sub", "mul", "truediv", "pow"):
    for _name in (f"__{_sign}__", f"__r{_sign}__"):
        setattr(Varying, _name, _operator(_name))
for _name in ("__neg__", "__abs__"):
    setattr(Varying, _name, _operator(_name))


@contextmanager
def _without_numbers(nodes: Sequence[Value]) -> Iterator[None]:
    """A time in which some Values are symbols; then they have their numbers and names again."""
    kept = [(x.data, x.name) for x in nodes]
    try:
        for x in nodes:
            x.data = UNKNOWN
        yield
    finally:
        for x, (data, name) in zip(nodes, kept, strict=True):
            x.data, x.name = data, name


def _nothing(*_: float) -> None:
    """The answer of a function that has no number."""
