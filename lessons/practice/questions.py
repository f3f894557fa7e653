"""What is asked of a formula: its slope, the rule that comes first, or the line with a slip.

Finding a slope is one thing; to see which rule it takes, and to read a derivation critically, are
others, and each can be practised alone. A slip is planted as people make it: one of the table in
`slips`, in one step. All other lines are right, and the last says what comes out in this way.

>>> from mathlab import parse
>>> first_rule(parse("x**2*sin(x)"))
'product rule'
>>> wrong = planted(parse("sin(x**2)"))
>>> print(*wrong.equations, wrong.words, sep=chr(10))
d/dx[sin(x**2)] = d/dx[x**2] + cos(x**2)
d/dx[x**2] = 2*x
d/dx[sin(x**2)] = 2*x + cos(x**2)
the slope of what is inside is added; it has to be multiplied
>>> wrong.place
0
"""

import random
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from lessons.practice.problems import mixed, problems
from lessons.practice.slips import OF_TWO, SUMS, lost_signs, slipped, taken
from mathlab import Value, simplify, steps, symbols
from mathlab.calculus.algebra.board import Step
from mathlab.calculus.algebra.steps import SIMPLIFY, TOGETHER
from mathlab.calculus.proof.same import differ
from mathlab.errors import MathlabError

(X,) = symbols("x")
DERIVE, RULE, SLIP = KINDS = ("derive", "rule", "slip")
IN_A_ROUND = (DERIVE, DERIVE, DERIVE, DERIVE, RULE, SLIP)  # in an order drawn by lot
RULES = ("sum rule", "product rule", "quotient rule", "chain rule")  # one of them comes first
HOW = """Write as by hand, 2x, x^2, sin x or 30x^4e^x; where that has two meanings, as 1/2x has, you
are shown both."""
LONGEST_LINE = 70  # characters of an equation with a slip


class Question(NamedTuple):
    """A formula, how hard it is, and what is asked of it."""

    kind: str
    level: int
    formula: Value

    def fits(self) -> bool:
        """Whether this can be asked of the formula."""
        if self.kind == SLIP:
            return planted(self.formula) is not None
        return self.kind != RULE or first_rule(self.formula) != ""


class Planted(NamedTuple):
    """A derivation with a slip: its lines and the rule of each, the place of the slip among them,
    how that line should end, and what is said of the slip."""

    rules: list[str]
    equations: list[str]
    place: int
    right: str
    words: str


def questions(seed: int, level: int | None = None, kind: str | None = None) -> Iterator[Question]:
    """Questions without end, of all levels and kinds or of one; the same seed asks the same ones.

    Formulas of one level mostly take the same rule first, which is asked then only if wanted.

    >>> [question.kind for _, question in zip(range(2), questions(1, kind="rule"))]
    ['rule', 'rule']
    """
    lots = random.Random(f"kinds {seed}")
    drawn = mixed(seed) if level is None else ((level, each) for each in problems(level, seed))
    kinds = [each for each in IN_A_ROUND if level is None or each != RULE]
    while True:
        for each in lots.sample(kinds, len(kinds)):
            asked = (Question(kind or each, *one) for one in drawn)
            yield next(question for question in asked if question.fits())


def first_rule(formula: Value) -> str:
    """Which of `RULES` the derivation of a formula begins with; "" if none of them."""
    first = steps(formula, X).steps[0].rule
    return next((rule for rule in RULES if rule.split()[0] in first), "")


def planted(formula: Value) -> Planted | None:
    """The derivation of a formula with a slip in it, for each formula always the same one; None if
    there is no place for it."""
    derivation = steps(formula, X)
    lines = taken(derivation)
    if len(lines) == 1 or lines[0] is not derivation.steps[0]:
        return None  # there is nothing to look for, or another formula is derived
    slips = [*lost_signs(derivation), *slipped(derivation)]
    for slip in random.Random(f"slip {formula}").sample(slips, len(slips)):
        step = slip.step
        if step.part.operation in SUMS and str(slip.ending) == str(step.part):
            continue  # nobody overlooks that
        with suppress(MathlabError):
            shown = _equation(step, slip.ending)
            if len(shown) > LONGEST_LINE or differ(slip.result, derivation.result) is None:
                continue
            right = [_equation(each, each.after) for each in lines]
            place = lines.index(step)
            last = f"{lines[0].before} = {simplify(slip.result)}"
            rules = [*(each.rule for each in lines), f"{TOGETHER}, and {SIMPLIFY}"]
            return Planted(rules, [*right[:place], shown, *right[place + 1 :], last], place,
                           right[place], slip.words)
    return None


def _equation(step: Step, ending: Value) -> str:
    """A step with the parts in it, and tidy: u and not u*1, so that no line looks unlike others.
    A product or a quotient stays as its rule has it."""
    tidy = ending if step.part.operation in OF_TWO else simplify(ending)
    return f"{step.before} = {tidy}"
