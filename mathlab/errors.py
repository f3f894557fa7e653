"""What can go wrong, named. Every error of mathlab is one of these, and says what to do next.

>>> issubclass(DataError, MathlabError), issubclass(DataError, ValueError)
(True, True)
"""


class MathlabError(Exception):
    """Any error that mathlab itself reports: catch this one to catch them all."""


class DomainError(MathlabError, ValueError):
    """A function was asked for a value where it has none, such as log(-2)."""


class UnknownError(MathlabError, TypeError):
    """A symbol that has no number yet was asked for one, or for a decision."""


class FormulaError(MathlabError, ValueError):
    """A text is not a formula that mathlab can read."""


class DataError(MathlabError, ValueError):
    """A file or a table is not what the work needs."""


class DivergenceError(MathlabError, ArithmeticError):
    """Training ran away: the loss grows instead of falling."""
