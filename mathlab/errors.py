"""What can go wrong with formulas, numbers, data and training, named. Each says what to do next.

>>> issubclass(DataError, MathlabError), issubclass(DataError, ValueError)
(True, True)
"""

import _signal  # type: ignore[import-not-found]  # the quick half of `signal`
from contextlib import suppress


class MathlabError(Exception):
    """Any error that mathlab itself reports: catch this one to catch them all."""


class DomainError(MathlabError, ValueError):
    """A function was asked for a value where it has none, such as log(-2)."""


class UnknownError(MathlabError, TypeError):
    """A symbol that has no number yet was asked for one, or for a decision."""


class NoNumberError(UnknownError):
    """A symbol was given to what takes numbers only, such as float, round or math.sin."""


class FormulaError(MathlabError, ValueError):
    """A formula, or a setting, is not one that mathlab can use."""


class DataError(MathlabError, ValueError):
    """A file or a table is not what the work needs."""


class DivergenceError(MathlabError, ArithmeticError):
    """Training ran away: the loss grows instead of falling."""


class WrongSlopeError(MathlabError, AssertionError):
    """A slope by its rule is not the one that is measured: the rule is wrong."""


def catch_interrupts() -> None:
    """From now on Ctrl-C raises KeyboardInterrupt, as it does not while a command is imported."""
    if _signal.getsignal(_signal.SIGINT) == _signal.SIG_DFL:
        with suppress(ValueError):  # in a thread Python leaves signals as they are
            _signal.signal(_signal.SIGINT, _signal.default_int_handler)
