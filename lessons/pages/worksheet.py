"""Problems of practice, typeset: a worksheet with room to write, and a key on a page of its own."""

from html import escape
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from lessons.pages import book, printed
from lessons.pages.steps import RATE, X, Y, equation, listed, worked
from lessons.practice.problems import mixed, problems
from lessons.practice.questions import (
    ASKED,
    DERIVE,
    RULE,
    RULES,
    SLIP,
    Planted,
    first_rule,
    planted,
    questions,
)
from mathlab import Value, steps
from mathlab.calculus.algebra.steps import OTHERWISE
from mathlab.calculus.text.mathml import row
from mathlab.drawing.paper import album

OURS = "<!DOCTYPE html><!-- a worksheet of the mathlab course -->"
NAMED = {DERIVE: "Derivatives", RULE: "Which rule", SLIP: "Find the slip"}


class Sheet(NamedTuple):
    """What is asked on a worksheet: of each formula its slope, the rule, or the line of a slip."""

    kind: str
    level: int | None
    seed: int
    formulas: list[Value]

    @property
    def title(self) -> str:
        """What stands above it, and is enough to write it again."""
        levels = "mixed" if self.level is None else f"level {self.level}"
        return f"{NAMED[self.kind]}, {levels}, sheet {self.seed}"

    @property
    def task(self) -> str:
        """What is to be done."""
        rules = f" {', '.join(RULES[:-1])} or {RULES[-1]}?" if self.kind == RULE else ""
        return ASKED[self.kind] + rules

    def slip(self, formula: Value) -> Planted | None:
        """The derivation that is shown, if a slip is to be found."""
        return planted(formula) if self.kind == SLIP else None

    def answer(self, formula: Value) -> str:
        """The answer in short."""
        if wrong := self.slip(formula):
            return f"line {wrong.place + 1}: {wrong.words}"
        if self.kind == RULE:
            return first_rule(formula)
        return " = ".join(map(str, slopes(formula)))


def slopes(formula: Value) -> list[Value]:
    """The slope; before it, if that is no longer, in the form in which the rules leave it."""
    *_, last = made = steps(formula, X).steps
    return [each.after for each in made[-1 - (last.rule == OTHERWISE):]]


def drawn(level: int | None, seed: int, count: int, kind: str = DERIVE) -> Sheet:
    """Problems of one level, or of all: mixed, but the easy ones first."""
    if kind != DERIVE:
        asked = [(each.level, each.formula) for each in islice(questions(seed, level, kind), count)]
    elif level is None:
        asked = [*islice(mixed(seed), count)]
    else:
        asked = [(level, formula) for formula in islice(problems(level, seed), count)]
    return Sheet(kind, level, seed, [formula for _, formula in sorted(asked, key=itemgetter(0))])


def write(path: str, drawn: Sheet) -> int:
    """Write a worksheet into a file; return the exit status.

    Raises: OSError, in one line, if it cannot be written, or would overwrite another file.
    """
    file = Path(path)
    if file.is_dir():
        raise IsADirectoryError(f"{path or 'this'} is a folder; name a file in it")
    album.check_file(file, OURS)
    text, again = sheet(drawn), file.exists()
    print(f"Open this file in a browser, and print it:\n{album.write(text, file, OURS)}")
    if again:
        print("It takes the place of the worksheet that had this name.")
    return 0


def sheet(drawn: Sheet) -> str:
    """The whole page: problems with room to write; then the answers, and how each is worked out."""
    name = printed.NAME.replace(" hidden", "")
    asked, answers, solved = ("\n".join(f"<li>{part(drawn, each)}</li>" for each in drawn.formulas)
                              for part in (_asked, _answer, _solved))
    return book.whole(drawn.title, f"""<main id="main" class="sheet">
{name}
<h1>{drawn.title}</h1>
<p>{drawn.task}</p>
<ol class="asked">
{asked}
</ol>
<section class="key">
<h2>Answers</h2>
<ol class="answers">
{answers}
</ol>
<h2>How they are worked out</h2>
<ol>
{solved}
</ol>
</section>
</main>""").replace(book.OURS, OURS, 1)


def _asked(drawn: Sheet, formula: Value) -> str:
    if wrong := drawn.slip(formula):
        return f"{listed([[line] for line in wrong.lines])}\nLine: ____"
    if drawn.kind == RULE:
        return f"{equation(Y, row(formula))} ____________________"
    room = equation(RATE.replace("@", Y))
    return f'{equation(Y, row(formula))}<div class="room">{room}</div>'


def _answer(drawn: Sheet, formula: Value) -> str:
    if drawn.kind != DERIVE:
        return escape(drawn.answer(formula))
    forms = "<mo>=</mo>".join(map(row, slopes(formula)))
    return equation(RATE.replace("@", Y), forms)


def _solved(drawn: Sheet, formula: Value) -> str:
    return f"{equation(Y, row(formula))}\n{worked(formula)}"
