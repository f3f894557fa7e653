"""The number of a symbol that has none yet.

A formula can be written before anything is known: `x**2 + 1` means something without an x. So there
is a number called unknown. Arithmetic with it is unknown too, and it refuses to decide anything.

>>> 2 * UNKNOWN + 1
unknown
>>> UNKNOWN > 0
Traceback (most recent call last):
...
mathlab.errors.UnknownError: a symbol has no number yet, so it cannot be compared: use maximum, \
absolute or where, which stay part of the formula, or give it a number first: f.at(x=1.5)
"""

from typing import Any, NoReturn

from mathlab.errors import UnknownError


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

    def __repr__(self) -> str:
        return "unknown"

    def __reduce__(self) -> str:
        return "UNKNOWN"  # there is only one, also after pickling and copying


UNKNOWN = Unknown()
