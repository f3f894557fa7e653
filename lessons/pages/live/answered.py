r"""An exercise in its page: what the reader's file holds, and fields for answers.

The table that the terminal's check walks (`lessons/grading/asked.py`) becomes JavaScript, its
conditions by the machinery that writes formulas as programs; `exercise.js` walks it.

>>> from lessons.grading.asked import RIGHT
>>> asked = Exercise([Number("SIZE", {"SIZE < 2": "too flat"})])
>>> print(script(asked))
judged([{name: "SIZE", judged: [[{f: function formula(rounded, SIZE) {
  return [SIZE, 2];
}
, signs: ["\u003c"]},"too flat"]], otherwise: "", rows: []}], "");

Without JavaScript the fields and the buttons are hidden, and the rest can be read.
"""

import tokenize
from html import escape
from typing import Any

from lessons.grading.answer import TOO_MANY
from lessons.grading.asked import ROUNDED, Exercise, Formula, Number, Word
from lessons.pages.live.live import function, written
from lessons.pages.source import coloured
from mathlab.calculus.proof.same import named_leaves, places

TRIED = 20  # places at which two formulas are compared


def stub(text: str) -> str:
    """A box with what a reader's file holds, and a button that copies it."""
    try:
        shown = coloured(text)
    except (SyntaxError, tokenize.TokenError):  # it may be in any state
        shown = escape(text)
    box = 'tabindex="0" role="group" aria-label="the file"'
    return ('<p>Below its question the file holds:</p>\n'
            f'<div class="stub"><pre {box}>{shown}</pre>\n'
            '<button type="button" hidden>Copy</button> <output></output></div>')


def form(exercise: Exercise, after: str) -> str:
    """Fields for the answers, and where the verdict stands; `after` is shown beside a right one."""
    fields = {each.name: field(each) for each in exercise.asked}
    return "\n".join([
        '<form class="answers" hidden>',
        "<p>Or answer here; nothing that you type leaves this page.</p>",
        *fields.values(), "<button>Check</button>",
        f'<p role="status" class="said"></p>\n<p hidden>{after}</p>\n</form>'])


def field(asked: Number | Formula | Word) -> str:
    """The field for one answer."""
    if not isinstance(asked, Word):
        return (f'<p><label>{asked.name} = <input name="{asked.name}" autocomplete="off" '
                'autocapitalize="off" spellcheck="false"></label></p>')
    choices = " ".join(
        f'<label><input type="radio" name="{asked.name}" value="{escape(word)}"> {escape(word)}'
        "</label>" for word in asked.options)
    return f"<fieldset><legend>{asked.name}</legend> {choices}</fieldset>"


def script(exercise: Exercise) -> str:
    """The call that judges what is typed, as JavaScript."""
    names = [ROUNDED, *dict.fromkeys(x.name for x in exercise.asked if isinstance(x, Number))]

    def sentence(text: str) -> Any:
        words, formulas, looks = exercise.pieces(text)
        if not formulas:
            return text
        return {"words": words, "f": function(formulas, names), "looks": looks}

    def condition(text: str) -> Any:
        sides, signs = exercise.sides(text)
        return {"f": function(sides, names), "signs": signs}

    def row(asked: Number | Formula | Word) -> dict[str, Any]:
        match asked:
            case Word(name, right, slips):
                return {"name": name, "word": right, "slips": [*slips.items()]}
            case Formula(name, right, slips):
                used = sorted({leaf.name for leaf in named_leaves(right)})
                return {"name": name, "names": used, "right": function(right, used),
                        "slips": [[function(exercise.formula(text), used), why]
                                  for text, why in slips.items()],
                        "places": [[float(x) for x in place.values()]
                                   for place in places(used)[:TRIED]]}
            case Number(name, judged, otherwise):
                rows = {title: getattr(asked, title) for title in ("asked", "came", "expected")}
                tries = {"most": asked.most, "many": TOO_MANY, "spent": asked.spent}
                return {"name": name, **(tries if asked.most else {}),
                        "judged": [[condition(text), sentence(why)]
                                   for text, why in judged.items()],
                        "otherwise": sentence(otherwise),
                        "rows": [[title, sentence(text)] for title, text in rows.items()
                                 if text and not callable(asked.came)]}

    rows = [row(each) for each in exercise.asked]
    return f"judged({written(rows)}, {written(sentence(exercise.said))});"
