"""A derivation on the board: its steps, numbered, and laid out in eighty columns.

On the page: `return ast.unparse(ast.parse(text[self]))`, one formula; here one after the other.

Each step has a number and the name of its rule, and beneath that its equation. Quick steps share a
line; of a long derivation both ends are shown. How steps are found is the next chapter's story.

>>> from mathlab import steps, symbols
>>> x, = symbols("x")
>>> print(steps(x**2, x))
1. power rule
   d/dx[x**2] = 2*x
"""

from __future__ import annotations

from itertools import groupby
from textwrap import wrap
from typing import Any, NamedTuple

from mathlab.calculus.algebra.rules import OF_A_CONSTANT, OF_A_POWER, OF_X
from mathlab.calculus.graph.value import Value
from mathlab.notebook import html_table

BOARD_WIDTH = 80  # columns
ON_THE_BOARD = 30  # steps, and lines of a step: of more, both ends are shown
GLUE = "\0"  # stands for a space at which no line may end


class Derivation(NamedTuple):
    """All steps, and the derivative they end in; `str` shows them as on a board."""

    steps: tuple[Step, ...]
    result: Value

    def __str__(self) -> str:
        groups = groupby(self.steps, key=lambda step: step.is_quick or id(step))
        numbered = list(enumerate((list(group) for _, group in groups), start=1))
        left_out = f"   ... {len(numbered) - ON_THE_BOARD:,} steps are left out here ..."
        lines: list[str] = []
        for entry in _both_ends(numbered, left_out):
            lines += [entry] if entry is left_out else _laid_out(*entry)
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = []
        for i, step in enumerate(self.steps, start=1):
            with_what = "; ".join(filter(None, (step.meaning, step.row)))
            rows.append([f"{i}.", step.rule, step.equation, with_what])
        cut = ["", "...", f"{len(rows) - ON_THE_BOARD:,} steps are left out here", ""]
        return html_table(["", "rule", "", "with"], _both_ends(rows, cut), left=[True] * 4)


class Step(NamedTuple):
    """One equation of a derivation: `before` equals `after`, by a rule.

    In both, a derivative still to be found stands as a symbol, such as `d/dx[sin(x)]`. That symbol
    is the `before` of the step that finds it. They are formulas: no name has a number here.

    >>> from mathlab import sin, steps, symbols
    >>> x, = symbols("x")
    >>> step = steps(sin(x)**2, x).steps[0]
    >>> step.rule, str(step.before), str(step.after)
    ('power rule and chain rule', 'd/dx[sin(x)**2]', '2*sin(x)*d/dx[sin(x)]')
    >>> step.meaning, step.row, str(step.found)
    ('u = sin(x)', 'the slope of u**2 is 2*u', '2*sin(x)*cos(x)')
    """

    rule: str
    part: Value  # what is differentiated
    before: Value
    after: Value
    found: Value  # the derivative of the part, all that was still to be found put in
    equation: str  # how the step is shown
    meaning: str = ""  # of the letters: `u = ...` is the inner function
    row: str = ""  # the row of the table, in words
    remaining: tuple[Value, ...] = ()  # the parts whose derivatives are still to be found

    @property
    def is_quick(self) -> bool:
        """Whether the step is so short that several of the kind share a line."""
        return self.rule in (OF_X, OF_A_CONSTANT, OF_A_POWER)


def _laid_out(number: int, group: list[Step]) -> list[str]:
    """The lines of one step, or of some quick ones: the rule, and beneath it the equation."""
    heading = f"{number}. " + ", ".join(dict.fromkeys(step.rule for step in group))
    if meaning := ", ".join(step.meaning for step in group if step.meaning):
        heading += f", with {meaning}"
    row, equation = group[0].row, group[0].equation
    if row and len(f"{heading}: {row}") <= BOARD_WIDTH:
        heading, row = f"{heading}: {row}", ""
    lines = _wrapped(heading, "", "   ") + _wrapped(row, "   ", "     ")
    left, right = equation.split(" = ", 1)
    if "\n" in right:
        lines += [f"   {left} =", *(f"     {line}" for line in right.splitlines())]
    elif len(group) == 1 and len(equation) > BOARD_WIDTH - 3:
        lines += [f"   {left}", *_wrapped(right, "     = ", "       ")]
    else:
        equations = (step.equation.replace(" ", GLUE) for step in group)
        lines += _wrapped(", ".join(equations), "   ", "   ")
    shown = _both_ends(lines, "       ...")
    return [line if len(line) <= 400 else f"{line[:80]} ... {line[-80:]}" for line in shown]


def _wrapped(text: str, first: str, others: str) -> list[str]:
    """Text in lines of at most 80 columns, broken at spaces, and outside brackets if it can be."""
    depth, glued = 0, ""
    for sign in text:
        depth += (sign in "([") - (sign in ")]")
        glued += GLUE if sign == " " and depth else sign
    if max(map(len, glued.split(" "))) > BOARD_WIDTH - 7:
        glued = text
    lines = wrap(glued, BOARD_WIDTH, initial_indent=first, subsequent_indent=others,
                 break_long_words=False, break_on_hyphens=False)
    return [line.replace(GLUE, " ") for line in lines]


def _both_ends(items: list[Any], instead: Any) -> list[Any]:
    """All items; of many, the first and the last, and between them what stands instead."""
    half = ON_THE_BOARD // 2
    return items if len(items) <= ON_THE_BOARD else [*items[:half], instead, *items[-half:]]
