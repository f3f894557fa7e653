"""Familiar ways: a Value is formatted, rounded and converted like its number, as users expect it.

On the page: `self.data, self.name, self.row, self.inputs, self.grad =`. Other small engines have
other words for these; they are understood too.

>>> from mathlab import Value
>>> a = Value(2.0, label="a")
>>> y = a.pow(3) + 0.125
>>> f"{y:.2f}", float(y), round(y, 1), y._prev == {*y.inputs}
('8.12', 8.125, 8.1, True)
"""

from typing import Any, NoReturn

from mathlab.errors import FormulaError


class Familiar:
    """What has a number in its `data`: Python's conversions, and micrograd's words.

    Raises: UnknownError where a symbol is asked for the number that it does not have.
    """

    __slots__ = ()

    data: Any
    inputs: Any
    name: str
    operation: Any

    def __float__(self) -> float:
        return float(self.data)

    def __int__(self) -> int:
        return int(self.data)

    def __complex__(self) -> complex:
        return complex(self.data)

    def __trunc__(self) -> int:
        return int(self.data)

    def __round__(self, *digits: int) -> Any:
        return round(self.data, *digits)

    def __format__(self, how: str) -> str:
        return format(self.data, how) if how else str(self)

    def pow(self, exponent: Any) -> Any:
        """The power, as `self**exponent`."""
        return self**exponent

    @property
    def label(self) -> str:
        """The name."""
        return self.name

    @label.setter
    def label(self, name: str) -> None:
        self.name = name  # type: ignore[misc]  # a slot of the Value's

    @property
    def _op(self) -> str:
        return self.operation.name if self.inputs else ""

    @property
    def _prev(self) -> set[Any]:
        return set(self.inputs)

    def _refuse(self, *_: Any) -> NoReturn:
        refuse_parts()

    _backward = property(None, _refuse)


class Decision(int):
    """What a comparison of Values decides: true or false, and no part of a formula."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(bool(self))

    __str__ = __repr__


def refuse_decision() -> NoReturn:
    """Refuse a comparison in a formula: it is decided once, and the formula would not know of it.

    Raises: FormulaError that says what to write instead.
    """
    raise FormulaError("a formula keeps no comparison, such as x > 1: write step(x - 1) for 1 or "
                       "0, and where(x - 1, ..., ...) for a choice")


def refuse_parts() -> NoReturn:
    """Refuse what a Value knows by itself: its inputs, what made it, and its slopes."""
    raise FormulaError(
        "a Value notes by itself what it is made of: write a + b, or for a function of your own a "
        "row of the table, square = Operation('square', lambda x: x*x, lambda x, y: 2*x)")
