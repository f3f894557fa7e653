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
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import repeat
from typing import NamedTuple

from lessons.practice.problems import LEVELS, problems, rounds
from lessons.practice.slips import SUMS, lost_signs, slipped, taken
from mathlab import Value, simplify, steps, substitute, symbols
from mathlab.calculus.algebra.board import Step
from mathlab.calculus.algebra.steps import SIMPLIFY, TOGETHER
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.proof.same import differ
from mathlab.errors import MathlabError

(X,) = symbols("x")
DERIVE, RULE, SLIP = KINDS = ("derive", "rule", "slip")
IN_A_ROUND = (DERIVE, DERIVE, DERIVE, DERIVE, RULE, SLIP)  # in an order drawn by lot
RULES = ("sum rule", "product rule", "quotient rule", "chain rule")  # one of them comes first
ASKED = {
    DERIVE: "Find the slope of each y as a formula. Write down the rule of every step.",
    RULE: "Which rule comes first?",
    SLIP: "In which line is the slip? The last says what comes out of the others.",
}
HOW = """Write as by hand, 2x, x^2, sin x or 30x^4e^x; where that has two meanings, as 1/2x has, you
are shown both."""
ALL_RULES = 4  # each of them comes first in formulas up to this level
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
    """A derivation with a slip: its lines, the place of the slip among them, that line as it should
    be, and what is said of the slip."""

    lines: list[Step]
    place: int
    mended: Step
    words: str

    @property
    def equations(self) -> list[str]:
        """The lines as text."""
        return [line.equation for line in self.lines]


def questions(seed: int, level: int | None = None, kind: str | None = None,
              highest: Callable[[], int] = lambda: LEVELS[-1]) -> Iterator[Question]:
    """Questions without end, of all kinds or of one, and of one level or of all up to the highest,
    which may rise meanwhile. The same seed asks the same ones.

    Formulas of one level mostly take the same rule first, which is asked then only if wanted. To
    name it is no harder for a longer formula, so that all rules are asked for from the beginning.

    >>> [question.kind for _, question in zip(range(2), questions(1, kind="rule"))]
    ['rule', 'rule']
    """
    lots = random.Random(f"kinds {seed}")
    of_level = {each: problems(each, seed) for each in LEVELS}
    up_to = {DERIVE: highest, RULE: lambda: max(highest(), ALL_RULES), SLIP: highest}
    levels = {each: repeat(level) if level else rounds(random.Random(f"{each} {seed}"), up_to[each])
              for each in KINDS}
    kinds = [each for each in IN_A_ROUND if level is None or each != RULE]
    while True:
        for each in lots.sample(kinds, len(kinds)):
            asked = (Question(kind or each, n, next(of_level[n])) for n in levels[kind or each])
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
            shown = _ending(step, slip.ending)
            if len(shown.equation) > LONGEST_LINE or (
                    differ(slip.result, derivation.result) is None):
                continue
            right = [_ending(each, each.after) for each in lines]
            place = lines.index(step)
            result = simplify(slip.result)
            last = lines[0]._replace(rule=f"{TOGETHER}, and {SIMPLIFY}", after=result,
                                     equation=f"{lines[0].before} = {result}")
            wrong = [*right[:place], shown, *right[place + 1 :], last]
            return Planted(wrong, place, right[place], slip.words)
    return None


def _ending(step: Step, ending: Value) -> Step:
    """A step that ends so, tidily: in u and not in u*1. What it takes apart stays as it stands, so
    that no line looks unlike others; a product or a quotient stays as its rule has it."""
    if step.rule not in RULES[1:3]:
        rates = [each for each in inputs_first(step.after) if each.name.startswith("d/d")]
        kept = {str(u): u for u in (*step.part.inputs, *rates) if u.inputs or u in rates}
        names = " ".join(f"d{i}" for i in range(len(kept)))
        letters = dict(zip(kept, symbols(names), strict=True))
        parts = {node: letters[str(node)] for node in inputs_first(ending) if str(node) in letters}
        named = simplify(substitute(ending, parts))
        ending = substitute(named, {letters[text]: u for text, u in kept.items()
                                    if letters[text] in inputs_first(named)})
    return step._replace(after=ending, equation=f"{step.before} = {ending}")
