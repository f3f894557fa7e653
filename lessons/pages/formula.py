r"""A formula of a lesson in MathML, as a book prints it, wherever mathlab reads it as one.

A lesson writes formulas as a program does. `parse` reads what stands on each side of an equals
sign, and knows no more than arithmetic; so a few habits of books are read here: an unknown function
f(x + h) and its slope f'(x), a derivative d y / d x, dots at the end, and a left side in words.

>>> typeset("y = 2*x")
[['<mi>y</mi>', '<mo>=</mo><mn>2</mn><mo>\u2062</mo><mi>x</mi>']]
>>> typeset("a kink: the slope is 1 to the right")
[]
"""

import re
from itertools import pairwise

from mathlab import Value
from mathlab.calculus.graph.operations import Operation, functions
from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.calculus.text.mathml import FORMS, plain, row, word
from mathlab.calculus.text.notation import fill
from mathlab.calculus.text.parse import OTHER_NAMES, parse
from mathlab.errors import FormulaError

CALL = re.compile(r"(\b[^\W\d]\w*'*)?\(([^()]*)\)")  # the innermost first
COMMA = re.compile(r",(?![^⟨]*⟩)")  # not within parentheses that are set aside
DERIVATIVE = re.compile(r"d (.+) / d ?(\w+)")
WORDS = re.compile(r"[^\W\d]\w*( \w+)+")
PRIMES = re.compile("<mi>([^<′]+)(′+)</mi>")
SIGNS = ("<mo>+</mo>", "<mo>−</mo>")
LONG = 34  # letters of a line that a telephone may have no room for
DOTS = " + ..."
GAP = '<mspace width=".2em"></mspace>'


def typeset(text: str) -> list[list[str]]:
    """The pieces of each line of a formula, as they stand within a `<math>`; nothing if a line
    cannot be read. A line may be broken between its pieces: its sides, and the terms of long ones.
    """
    try:
        return [_line(line) for line in text.splitlines()]
    except FormulaError:
        return []


def _line(text: str) -> list[str]:
    left, *others = re.split(r"\s+=\s+", text.strip())
    is_in_words = others and WORDS.fullmatch(left)
    first = f"<mtext>{plain(left)}</mtext>" if is_in_words else _side(left)
    sides = [first, *(f"<mo>=</mo>{_side(side)}" for side in others)]
    return [piece for side in sides for piece in _terms(side)] if len(text) > LONG else sides


def _terms(side: str) -> list[str]:
    """What stands on one side, in pieces that begin with a plus or a minus."""
    starts, depth = [0], 0
    for tag in re.finditer(r"<(/?)\w[^>]*>", side):
        if depth == 0 and tag.start() and side.startswith(SIGNS, tag.start()):
            starts.append(tag.start())
        depth += -1 if tag[1] else 1
    pieces = [side[i:j] for i, j in pairwise([*starts, len(side)])]
    return [re.sub("^<mo>(?=[+−])", '<mo form="infix">', piece) for piece in pieces]


def _side(text: str) -> str:
    """What stands on one side of an equals sign."""
    if found := DERIVATIVE.fullmatch(text):
        above, below = found.groups()
        inner = above[1:-1] if above[0] == "(" and above[-1] == ")" else above
        is_name = WORDS.fullmatch(inner) or inner.isidentifier()
        what = f"<mi>{plain(inner)}</mi>" if is_name else _side(inner)
        d = f"{word('d')}{GAP}"
        return "".join(fill(FORMS["fraction"], [d, what], [d, word(below)]))
    if text.endswith(DOTS):
        return f"{_side(text.removesuffix(DOTS))}<mo>+</mo><mo>…</mo>"
    known, names = functions().keys() | OTHER_NAMES.keys(), dict[str, Value]()

    def named(call: re.Match[str]) -> str:
        if not call[1] or call[1] in known:  # `parse` reads it, with all that is around it
            return f"{call[1] or ''}⟨{call[2]}⟩"
        inputs = [parse(shown(part), names) for part in COMMA.split(call[2])]
        name = f"call{len(names)}"
        written = Written(call[1].replace("'", "′"))
        names[name] = Value.bare(UNKNOWN, written, tuple(inputs))
        return name

    def shown(part: str) -> str:
        return part.replace("⟨", "(").replace("⟩", ")")

    count = 1
    while count:
        text, count = CALL.subn(named, text)
    return PRIMES.sub(r"<msup><mi>\1</mi><mo>\2</mo></msup>", row(parse(shown(text), names)))


class Written(Operation):
    """A function that is written, and never worked out: it is in no table."""

    __slots__ = ()

    def __init__(self, name: str) -> None:
        self.name, self.arity = name, None
