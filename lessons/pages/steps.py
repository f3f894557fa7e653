"""The steps to a slope, typeset: the rule of each, and its equation in MathML.

>>> from mathlab import parse
>>> equation(Y, row(parse("x")))
'<math displaystyle="true"><mi>y</mi><mo>=</mo><mi>x</mi></math>'
>>> worked(parse("x**2")).count("<li>")
1
"""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from mathlab import Value, steps, symbols
from mathlab.calculus.algebra.board import Derivation, Step
from mathlab.calculus.text.mathml import row

(X,) = symbols("x")
Y = "<mi>y</mi>"
RATE = "<mfrac><mrow><mi>d</mi>@</mrow><mrow><mi>d</mi><mi>x</mi></mrow></mfrac>"


def worked(formula: Value) -> str:
    """The steps to the slope of a formula, as a list."""
    return listed(grouped(steps(formula, X)))


def listed(groups: Sequence[Sequence[Step]]) -> str:
    """Steps as a list, those of a group in one item."""
    items = list[str]()
    slopes = {row(step.before): _slope_of(step.part) for group in groups for step in group}
    for group in groups:
        rules = ", ".join(dict.fromkeys(escape(step.rule) for step in group))
        equations = ", ".join(_in_full(step, slopes) for step in group)
        items.append(f"<li>{rules}: {equations}</li>")
    return '<ol class="steps">\n' + "\n".join(items) + "\n</ol>"


def grouped(derivation: Derivation) -> list[list[Step]]:
    """The steps of a derivation, quick ones in a row together."""
    by_kind = groupby(derivation.steps, key=lambda step: step.is_quick or id(step))
    return [list(group) for _, group in by_kind]


def _in_full(step: Step, slopes: Mapping[str, str]) -> str:
    """The equation of a step; a slope still to be found has a name in it, and is typeset as one."""
    after = row(step.after)
    for name, slope in slopes.items():
        after = after.replace(name, slope)
    return f"{equation(_slope_of(step.part))} <math displaystyle=\"true\">{after}</math>"


def _slope_of(part: Value) -> str:
    return f"<mrow>{RATE.replace('@', '')}<mo>[</mo>{row(part)}<mo>]</mo></mrow>"


def equation(left: str, right: str = "") -> str:
    """Two pieces of MathML with = between them; the second may be left to the reader."""
    return f'<math displaystyle="true">{left}<mo>=</mo>{right}</math>'
