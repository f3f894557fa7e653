"""Minimizing a formula: the optimizers that train models go down any formula.

On the page: `for _ in range(steps + 1):`, down the loss of a line. Here is Rosenbrock's valley:

>>> from mathlab import symbols
>>> x, y = symbols("x y")
>>> found = minimize((1 - x)**2 + 100*(y - x**2)**2, {x: -1.2, y: 1.0})
>>> {name: round(number, 6) for name, number in found.parameters.items()}, found.at_the_bottom
({'x': 1.0, 'y': 1.0}, True)
>>> len(found.history), found.loss < 1e-16
(51, True)
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from mathlab.calculus.algebra.differentiate import of_nodes, substitute
from mathlab.calculus.graph.operations import (
    absolute,
    add,
    constant,
    divide,
    multiply,
    power,
    total,
)
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value
from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.errors import FormulaError
from mathlab.learning.data.table import short
from mathlab.learning.descent.line_search import BFGS
from mathlab.learning.descent.optimizers import Optimizer, check_optimizer
from mathlab.learning.descent.train import Walk, check_steps, start_of
from mathlab.learning.model.loss import derivatives_of
from mathlab.learning.model.row_loss import RowSums
from mathlab.learning.model.surface import Surface

NOTHING = 1e-20  # of a sum of squares: what rounding leaves of them


class FormulaSurface(Surface):
    """A formula as a surface over some of its symbols: as the loss of one row without columns."""

    def __init__(self, formula: Value, levers: Sequence[Value], method: str = "compiled"):
        self._made_from = formula, levers, method
        self.row = RowSums(formula, levers, columns=[])
        self.derivatives = derivatives_of(formula)
        super().__init__([lever.name for lever in levers], [()], method)

    def is_perfect(self, height: float, first: float = 0.0) -> bool:
        """Whether the formula is a sum of squares, and there is nothing left of them."""
        return 0 <= height <= NOTHING * min(abs(first), 1.0) and never_below_0(self.row.formula)

    def least(self, first: float) -> float:
        """How low a walk need go: what goes below 0 has no such height."""
        return super().least(first) if never_below_0(self.row.formula) else -math.inf

    def __reduce__(self) -> Any:
        """For copy and pickle: what it was made from. Compiled functions cannot be pickled."""
        return type(self), self._made_from, {"evaluations": self.evaluations}


def never_below_0(formula: Value) -> bool:
    """Whether a formula is a sum of even powers, with factors above 0 at most.

    >>> from mathlab import symbols
    >>> x, y = symbols("x y")
    >>> never_below_0((1 - x)**2 + 100*(y - x**2)**2), never_below_0(x**2 - y**2)
    (True, False)
    """
    terms = [formula]
    while terms:
        term = terms.pop()
        known = [x.data for x in term.inputs if x.operation is constant]
        if term.operation in (add, total):
            terms += term.inputs
        elif term.operation in (multiply, divide) and len(known) == 1 and known[0] > 0:
            if term.operation is divide and term.inputs[0].operation is constant:
                return False
            terms += [x for x in term.inputs if x.operation is not constant]
        elif not ((term.operation is power and known and known[0] in range(2, 100, 2))
                  or term.operation is absolute
                  or (term.operation is constant and term.data >= 0)):
            return False
    return True


def minimize(formula: Value, start: Mapping[Any, float], optimizer: Optimizer | None = None,
             steps: int = 1000, method: str = "compiled") -> Walk:
    """The walk down a formula, at most `steps` steps from `start`, a dict of numbers by symbol or
    name. Values of the formula that have a number, and no start, keep it. Without an optimizer it
    is BFGS that walks. Errors are those of `Trainer.fit`; a symbol without a start is one too.
    """
    if not isinstance(formula, Value):
        raise FormulaError(f"a formula to minimize is made of Values, not {short(formula)}")
    optimizer = BFGS() if optimizer is None else optimizer
    check_optimizer(optimizer)
    check_steps(steps)
    leaves = [leaf for leaf in inputs_first(formula) if leaf.operation is None]
    by_name = start
    if isinstance(start, Mapping):
        by_name = {x.name if isinstance(x, Value) else x: p for x, p in start.items()}
    place = start_of(by_name, [leaf.name for leaf in leaves if leaf.name], "formula")
    moved = of_nodes(start, formula)
    levers = {leaf.name: leaf for leaf in leaves if leaf in moved}  # one, if several have its name
    known = {leaf: levers[leaf.name] if leaf in moved else leaf.data
             for leaf in leaves if leaf not in levers.values()}
    missing = [leaf.name for leaf, number in known.items() if number is UNKNOWN]
    if missing or not levers:
        names = ", ".join(missing) or "any of its inputs"
        raise FormulaError(f"{formula} has no start for {names}: minimize(f, {{x: 0.0, ...}})")
    surface = FormulaSurface(substitute(formula, known), [*levers.values()], method)
    walk = Walk(surface, optimizer, [place[name] for name in surface.parameters])
    walk.follow(steps + 1)
    return walk
