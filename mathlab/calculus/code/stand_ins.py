"""What a function is called with: its shape, and stand-ins for all that may vary.

On the page: `return self.compute(*inputs)` is called with numbers, new ones each time. Here Values
and floats may vary from call to call. All else is the shape: how long a list is, the names in a
dict, whole numbers, texts, True, None.

>>> from mathlab import Value
>>> shape, values, numbers = flattened([Value(2.0), {"rate": 0.5, "power": 3}])
>>> values, numbers, shape == flattened([Value(7.0), {"rate": 0.1, "power": 3}])[0]
([Value(2.0, '2.0')], [0.5], True)

A function can also be called with symbols for what varies, to see what it makes of them. Such a
stand-in has no number, and no identity: in the next call it stands for another Value, or another
float. So it refuses more than a symbol does, and so does what is made of it:

>>> x = stand_in(0.5, [], symbols := [])
>>> 2 * x == 1.0
Traceback (most recent call last):
...
mathlab.errors.UnknownError: it is compared, looked up or taken for true
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, NoReturn

from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.value import Value
from mathlab.errors import FormulaError, NoNumberError, UnknownError

UNKNOWN = Value.symbol("x").data  # what a symbol has in the place of a number
REASONS = {  # why a function cannot do with stand-ins, by the error that it raises
    NoNumberError: "it asks for a number that may vary. Leave out float(), int() and round(), and "
                   "take the functions of mathlab, such as sin",
    UnknownError: "it decides on a number that may vary. Write where(x, ..., ...), maximum, "
                  "absolute or step, which stay part of the formula",
    Exception: "{}. While it is traced floats are Values and none has a number: leave out .data, "
               "and Value(...) around a float",
}


def flattened(arguments: Any) -> tuple[Any, list[Value], list[float]]:
    """The shape of some arguments, and the Values and floats in them.

    Raises: TypeError for an argument of another kind; FormulaError for a Value with a history.
    """
    values: list[Value] = []
    numbers: list[float] = []
    shape = shape_of(arguments, values, numbers)
    for x in values:
        if x.operation is not None:
            raise FormulaError(f"{x!r} was made of other Values, which would get no slopes: make "
                               f"it inside the function, or pass Value(x.data)")
    return shape, values, numbers


def shape_of(x: Any, values: list[Value], numbers: list[float]) -> Any:
    """The shape of one argument; the Values and floats in it are added to their lists.

    Equivalent to, for lists and tuples: the last line about them, item by item. But where all are
    Values, or all floats, as in a table, they are taken at once.
    """
    kind = type(x)
    if isinstance(x, Value):
        values.append(x)
        return Value
    if isinstance(x, float):
        numbers.append(float(x))  # numpy has floats that are floats and something else
        return float
    if kind in (list, tuple):
        path: list[Any] = [kind]
        row = x
        while (kinds := {*map(type, row)}) in ({list}, {tuple}):  # of a table: all rows as one
            path += (*kinds, *map(len, row))
            row = [*chain.from_iterable(row)]
        for each, found in ((float, numbers), (Value, values)):
            if kinds == {each}:
                found += row
                return (*path, len(row), each)
        return (kind, *(shape_of(each, values, numbers) for each in x))
    if kind is dict:
        return (kind, *x, *(shape_of(each, values, numbers) for each in x.values()))
    if isinstance(x, (int, str, bytes)) or x is None:
        return kind, x
    raise TypeError(f"{x!r:.60} cannot be traced: pass Values, numbers and texts, and "
                    f"lists, tuples and dicts of them; of an array, array.tolist()")


def stand_in(x: Any, values: list[Value], numbers: list[Value]) -> Any:
    """The same argument with symbols for its Values and floats; each is added to its list."""
    if isinstance(x, (Value, float)):
        new = Varying.bare(UNKNOWN, None, ())
        (values if isinstance(x, Value) else numbers).append(new)
        return new
    if type(x) in (list, tuple):
        return type(x)([stand_in(each, values, numbers) for each in x])
    if type(x) is dict:
        return {key: stand_in(each, values, numbers) for key, each in x.items()}
    return x


class Varying(Value):
    """What stands for an argument, or was made of such: nothing can be decided on it."""

    __slots__ = ()

    def __bool__(self, *_: Any) -> NoReturn:
        raise UnknownError("it is compared, looked up or taken for true")

    __eq__ = __hash__ = __bool__

    @classmethod
    def made_by(cls, operation: Operation, inputs: Any) -> Value:
        """What a function makes of it."""
        made: Value = _noted(Value.made_by(operation, inputs))
        return made


_made: list[Value] = []  # what was made of stand-ins: Varying while `f` runs, then Values again


def _noted(made: Any) -> Any:
    if isinstance(made, Value):
        made.__class__ = Varying
        _made.append(made)
    return made


def _varying(name: str) -> Callable[..., Any]:
    plain = getattr(Value, name)
    return lambda *inputs: _noted(plain(*inputs))


for _name in ("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "pow", "rpow",
              "neg", "abs"):
    setattr(Varying, f"__{_name}__", _varying(f"__{_name}__"))


@contextmanager
def without_numbers(nodes: Sequence[Value]) -> Iterator[None]:
    """A time in which some Values are symbols; then they have their numbers and names again."""
    kept = [(x.data, x.name) for x in nodes]
    try:
        for x in nodes:
            x.data = UNKNOWN
        yield
    finally:
        for x, (data, name) in zip(nodes, kept, strict=True):
            x.data, x.name = data, name


def let_be(symbols: Sequence[Value]) -> None:
    """End the time of the stand-ins: they, and what was made of them, are Values now."""
    for x in (*symbols, *_made):
        x.__class__ = Value
    _made.clear()


def why(error: Exception) -> str:
    """In words, what a function did that raised an error when it was called with stand-ins."""
    reason = next(REASONS[kind] for kind in REASONS if isinstance(error, kind)).format(error)
    return f"{reason}; or pass an int, for each of which it is traced"
