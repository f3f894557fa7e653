"""The unknown: what a symbol has in place of a number until it gets one.

On the page: `return self.compute(*inputs)`. Here that is done with a symbol, such as the x of
`x**2 + 1`, before x is 3 or any other number: arithmetic with an unknown gives an unknown, and a
question whose answer depends on it is refused.

>>> 2 * UNKNOWN + 1
unknown
>>> UNKNOWN > 0
Traceback (most recent call last):
...
mathlab.errors.UnknownError: a symbol has no number yet, so it cannot be compared: use maximum, \
absolute or where, which stay part of the formula, or give it a number first: f.at(x=1.5)
"""

from typing import Any, NoReturn

from mathlab.errors import NoNumberError, UnknownError


class Unknown:
    """A number that nothing is known about."""

    __slots__ = ()

    def _unknown(self, *_: Any) -> "Unknown":
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _unknown
    __truediv__ = __rtruediv__ = __pow__ = __rpow__ = __neg__ = _unknown

    def _undecided(self, *_: Any) -> NoReturn:
        raise UnknownError(
            "a symbol has no number yet, so it cannot be compared: use maximum, absolute or where, "
            "which stay part of the formula, or give it a number first: f.at(x=1.5)"
        )

    __lt__ = __le__ = __gt__ = __ge__ = __bool__ = _undecided

    def _no_number(self, *_: Any) -> NoReturn:
        raise NoNumberError(
            "a symbol has no number yet to convert, round or format: give it one first, "
            "f.at(x=1.5); the functions of mathlab, such as sin, take it as it is"
        )

    __float__ = __int__ = __complex__ = __round__ = _no_number

    def __format__(self, how: str) -> str:
        return self._no_number() if how else repr(self)

    def __repr__(self) -> str:
        return "unknown"

    def __reduce__(self) -> str:
        return "UNKNOWN"  # there is only one, also after pickling and copying


UNKNOWN = Unknown()
