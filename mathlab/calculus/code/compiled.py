"""A step of training, written with Values, at the speed of plain numbers: traced once, replayed.

On the page: `loss.backward()`, after the graph of the loss was made; and so again in every step,
though it is the same graph each time. Here it is made once, of symbols, and becomes a function.
That is to trace `f`:

    loss = f(*symbols)
    slopes = swept_gradient(loss, symbols)
    function = compile_formula([loss, *slopes], symbols)
    loss, *slopes = function(*numbers)

The first three lines are in `Step.traced`, the last is in `Trace.replay`; that is all.

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

Values are the parameters: each call reads their `data` and sets the `grad` of those that the loss
uses; one in two places gets the slopes of both. A Value that `f` uses and is not passed is the same
in all calls. Floats are the data. All else is the shape, whole numbers too, and for another shape
`f` is traced anew; of many traces the one not used for longest is forgotten. So an index, such as
the number of a letter, would make a trace for each text. Pass `table[i]` in the place of i, and a
letter to be guessed as a list of 0.0 with one 1.0: then there is one trace for each length of text.

An `if` on what varies leaves nothing in a graph. It is refused:

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
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from math import isclose
from typing import Any

from mathlab.calculus.code.compile import Compiled, compile_formula, uncollected
from mathlab.calculus.code.script import free_name
from mathlab.calculus.code.stand_ins import flattened, let_be, stand_in, why, without_numbers
from mathlab.calculus.graph.operations import constant, functions
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.calculus.graph.value import Value
from mathlab.errors import FormulaError

TRACES = 32  # that are kept
CHECKS = 2  # calls of each shape that are compared with the plain way
LARGEST = 2**53  # up to it whole numbers are floats too
CLOSE, TINY = 1e-6, 1e-9  # differences allowed: of a number, and of the largest slope

_lock = threading.Lock()  # one trace at a time: meanwhile the parameters have no numbers
_running: ContextVar[bool] = ContextVar("whether a function is being run", default=False)


def compiled(f: Callable[..., Any], traces: int = TRACES) -> Step:
    """A function that returns the loss of `f`, and leaves the slopes in the parameters' `grad`.

    Equivalent to: `loss = f(...)` and `loss.backward()`, but for rounding; and the loss that is
    returned has no history.

    `f` has to return one Value, and to depend on its arguments and on parameters alone. In the
    first two calls of each shape it is run plainly too, and both are compared. That alone can
    notice a number found outside that changes, and decisions by `x.data`, `x is y` or a type; most
    others are refused at once. Later `f` is run only where there is no number, as for log(0), and
    says what is wrong. At most so many `traces` are kept.

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
        for_values, for_floats = list[Value](), list[Value]()
        stand_ins = stand_in((arguments, named), for_values, for_floats)  # `f` may change its own
        plain = self.plainly(arguments, named)
        if trace is None:
            trace = self.traces[shape] = self.traced(plain, for_values, for_floats, *stand_ins)
            self.forget()
        if difference := trace.difference(plain.data, values, numbers):
            del self.traces[shape]
            raise FormulaError(
                f"{self.name} differs from its trace: {difference}. Something that it uses changes "
                f"and is not passed, such as a batch or a random number: pass it, as floats")
        return Value(plain.data)

    def traced(self, plain: Value, for_values: list[Value], for_floats: list[Value],
               arguments: Any, named: Any) -> Trace:
        """The trace for arguments with those symbols in them; `plain` is the loss of one call."""
        nodes = [x for x in inputs_first(plain) if x.operation is not constant]
        with _lock, uncollected(), without_numbers(nodes):
            try:
                loss = self.run(arguments, named)
            except Exception as error:  # it has just run without one
                raise FormulaError(f"{self.name} cannot be traced: {why(error)}") from error
            finally:
                let_be([*for_values, *for_floats])
            inside = {*inputs_first(loss)}
            captured = [x for x in nodes if x in inside and x.operation is None]
            used = [i for i, x in enumerate(for_values) if x in inside]
            parameters = [(x,) for x in (*captured, *(for_values[i] for i in used))]
            inputs, taken = [*parameters, *((x,) for x in for_floats)], {*functions()}
            for i, (x,) in enumerate(inputs):
                x.name = free_name(f"x{i}", taken)
            slopes = swept_gradient(loss, parameters)
            function = compile_formula([loss, *slopes], inputs, otherwise=lambda *_: None)
        return Trace(function, captured, used)

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

    def forget(self) -> None:
        """Forget the trace that was not used for longest, if there are too many."""
        if len(self.traces) > self.most:
            self.traces.popitem(last=False)
            warnings.warn(
                f"{self.name} has had more than {self.most} shapes, and traces some of them again "
                f"and again: pass floats for what varies, or compiled({self.name}, traces=...)",
                RuntimeWarning, stacklevel=3)


@dataclass
class Trace:
    """What a function does for arguments of one shape, as plain Python.

    `function` takes the numbers of the `captured` Values, of those passed that are `used`, and the
    floats; it returns the loss and its slope by each of those Values, or None.
    """

    function: Compiled
    captured: list[Value]
    used: list[int]
    checks: int = 0  # that it has passed

    def replay(self, values: Sequence[Value], numbers: Sequence[float]) -> Any:
        """The loss, a number; None if it has none. Each Value that it depends on has its slope."""
        passed = [values[i] for i in self.used]
        given = [x.data for x in self.captured] + [x.data for x in passed] + [*numbers]
        if (kinds := {*map(type, given)}) != {float}:  # whole numbers among them
            if not all(issubclass(kind, (float, int)) for kind in kinds) or any(
                    abs(n) > LARGEST for n in given if isinstance(n, int)):
                return None
            given = [*map(float, given)]
        if (found := self.function(*given)) is None:
            return None
        loss = next(slopes := iter(found))
        for x in passed:
            x.grad = 0
        for x, slope in zip(self.captured, slopes, strict=False):
            x.grad = slope
        for x, slope in zip(passed, slopes, strict=True):  # one may be passed twice
            x.grad += slope
        return loss

    def difference(self, loss: Any, values: Sequence[Value], numbers: Sequence[float]) -> str:
        """In words, the first number in which the trace differs from `loss` and `grad`; or ""."""
        parameters = [*self.captured, *(values[i] for i in self.used)]
        expected = [loss, *(x.grad for x in parameters)]
        found = [self.replay(values, numbers), *(x.grad for x in parameters)]
        if found[0] is None:
            return ""
        self.checks += 1
        tiny = TINY * max(map(abs, expected[1:]), default=0)
        for a, b in zip(expected, found, strict=True):
            if not (isclose(a, b, rel_tol=CLOSE, abs_tol=tiny) or a != a):
                return f"{a:g} is {b:g} there"
        return ""
