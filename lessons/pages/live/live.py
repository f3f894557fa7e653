"""A picture that moves when its reader moves it: what a lesson says of one.

A lesson names the levers, and writes what hangs on them as formulas, as it would for anything else.
The terminal draws the still picture and asks the question. In the book the same formulas become
JavaScript, by the machinery that writes Python, and a script that knows no calculus (`engine.js`)
reads the levers and draws what the formulas say.

>>> from mathlab import derivative, symbols
>>> (x,) = symbols("x")
>>> f = x**2
>>> picture = Live("bowl", "Where is the bottom?", [], [Lever(x, -2, 2, 0.1, start=1)],
...     numbers=[Number("height", f), Number("slope", derivative(f, x))])
>>> print(script(picture))
live("bowl", {levers: [["x","x",-2,2,0.1,1]], numbers: [["height","",[function formula(x) {
  return x*x;
}
],0],["slope","",[function formula(x) {
  return 2*x;
}
],0]], marks: []});
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from decimal import ROUND_HALF_UP, Context
from functools import cache
from math import inf, isfinite, nan
from pathlib import Path
from typing import Any, NamedTuple

from mathlab import Value
from mathlab.calculus.code.javascript import (
    javascript,
    javascript_functions,
    javascript_rows,
    javascript_table,
)
from mathlab.calculus.graph.operations import ARITHMETIC, BUILT_IN, functions
from mathlab.drawing import Chart
from mathlab.drawing.paper.ink import COLOURS

FOLDER = Path(__file__).parent
SHORTER = re.compile(  # a text or a pattern stays; what ends before } goes; signs need no spaces
    r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`"""
    r"""|/(?![ /])(?:\\.|\[(?:\\.|[^]\\])*]|[^/\\\n[])+/|[,;]\s*(?=})()"""
    r"""|\s*([=<>!?:&|]+)\s*|\s*([)}]) *| *([,;{([])\s*|(?<![-+]) ([-+*/]) (?![-+])""")
NEEDS = {"train": ("train",), **dict.fromkeys(("rule", "sweep", "typed"), ("reader", "typed")),
         "copy": ("copy",), "judged": ("copy", "reader", "exercise")}
DIGITS = 4  # of what comes from data, in a page, and of a number that is said
SAID = {  # of a guess, on a page as in a terminal
    "guessed": "You guessed {guess}; it is {truth}: {end}",
    "just": "just so.",
    "near": "as good as right.",
    "high": "{off} too high.",
    "low": "{off} too low.",
    "shown": "It is {truth}.",
    "chosen": "You said: {guess}. {end}",
    "so": "So it is.",
    "other": "In truth: {truth}.",
    "number": "Write a number, such as 2.5",
    "range": "From {low} to {high}, please",
    "skip": "Just show me",
}

Formulas = Sequence[Value]


class Lever(NamedTuple):
    """What a reader turns: an input of the formulas, from `low` to `high`; from 0 to 1 by steps of
    1 it is a box to tick."""

    of: Value
    low: float
    high: float
    step: float
    start: float
    label: str = ""


class Guess(NamedTuple):
    """What a reader guesses first: a number, right if it is `near` the truth; or one of the
    `choices`, of which the truth is the number. With an `axis`, "x" or "y", a guessed number stays
    in the picture as a line. A guess that is not `between` two numbers is asked for again."""

    label: str
    truth: float
    near: float = 0.0
    unit: str = ""
    axis: str = ""
    chart: int = 0
    choices: Sequence[str] = ()
    between: Sequence[float] = ()

    def read(self, text: str) -> float:
        """The guess that somebody has typed, such as 1,200 or 40 %; a choice by its number.

        >>> Guess("How many:", 12, unit="%").read("1,200 %"), Guess("", 0, choices="ab").read("2")
        (1200.0, 1)

        Raises: ValueError, with what is said of it.
        """
        text = text.strip().removesuffix(self.unit).strip().replace("\u2212", "-")
        if self.choices:
            if text in (numbers := [str(i + 1) for i in range(len(self.choices))]):
                return numbers.index(text)
            own = [i for i, choice in enumerate(self.choices) if _begins(choice, text)]
            if len(own) == 1:
                return own[0]
            raise ValueError(f"Write its number, from 1 to {len(self.choices)}")
        thousands = re.sub(r"^(-?\d{1,3})((?:,\d{3})+)(?=$|\.)",
                           lambda found: found[0].replace(",", ""), text.removesuffix("%").strip())
        try:
            guess = float(thousands.replace(",", "."))
        except ValueError:
            guess = nan
        if not isfinite(guess):
            raise ValueError(SAID["number"])
        if self.between and not self.between[0] <= guess <= self.between[1]:
            low, high = self.between
            raise ValueError(SAID["range"].format(low=f"{low:g}", high=f"{high:g}"))
        return guess

    def right(self, guess: float) -> bool:
        """Whether that is as good as the truth."""
        return abs(guess - self.truth) <= self.near

    def lines(self) -> list[str]:
        """What a terminal asks, line by line; choices by their number."""
        choices = [f"{number}  {text}" for number, text in enumerate(self.choices, 1)]
        label = self.label.rstrip(":") or "Which of them?"
        return [*choices, f"{label} (Enter: {SAID['skip'].lower()}):"]

    def noted(self, guess: float) -> dict[str, Any]:
        """What is kept of it: a choice by its number, as the reader counts."""
        first = bool(self.choices)
        return {"guess": guess + first, "truth": float(f"{self.truth + first:.6g}"),
                "right": self.right(guess)}

    def said(self, guess: float | None) -> str:
        """What a guess came to; if there was none, the truth.

        >>> Guess("How many:", 12.3, near=1, unit="films").said(40)
        'You guessed 40; it is 12.3 films: 27.7 too high.'
        """
        if self.choices:
            other = SAID["other"].format(truth=self.choices[int(self.truth)])
            if guess is None:
                return other
            end = SAID["so"] if self.right(guess) else other
            return SAID["chosen"].format(guess=self.choices[int(guess)], end=end)
        truth = f"{short(self.truth)} {self.unit}".strip()
        if guess is None:
            return SAID["shown"].format(truth=truth)
        off = guess - self.truth
        end = SAID["just" if not off else "near" if self.right(guess)
                   else "high" if off > 0 else "low"]
        return SAID["guessed"].format(
            guess=short(guess), truth=truth, end=end.format(off=short(abs(off))))


def _begins(choice: str, text: str) -> bool:
    """Whether a choice begins with these words, or is this formula."""
    plain, words = ("".join(each.lower().split()) for each in (choice, text))
    return bool(words) and (plain == words or (plain.startswith(words) and text.isalpha()))


class Walk(NamedTuple):
    """A state that is made again and again from itself: formulas of the levers for its start, and
    of levers and state for the next. It ends where `done` is no longer above 0."""

    state: Formulas  # symbols
    start: Formulas
    next: Formulas
    done: Value | None = None
    most: int = 10_000


class Number(NamedTuple):
    """A number beside the picture: a formula of the levers, or several in one row, or the length of
    a walk. With a `most` it is a bar as well."""

    label: str
    of: Value | Formulas | Walk
    unit: str = ""
    most: float = 0.0


class Moving(NamedTuple):
    """What moves in a picture: formulas x, y of the levers and of `rows`, for each row.

    The look is "dots", "small" dots or a "line" through all places; "sticks" or an "arrow", of
    which each place has two ends, x, y, u, v; or a "walk", whose place hangs on its state and which
    is as long as the lever `steps` says. With a `trail`, what was drawn before stays. A `label`
    stands beneath the picture, in its colour.
    """

    look: str
    place: Formulas
    rows: Mapping[str, Sequence[float]] = {}
    chart: int = 0
    colour: int = 1
    dashed: bool = False
    trail: bool = False
    label: str = ""
    walk: Walk | None = None
    steps: str = ""


class Sums(NamedTuple):
    """Numbers that are added up over rows whenever a lever moves: symbols, and what each is the sum
    of. Formulas may use these symbols as they use levers."""

    of: Mapping[Value, Value]
    rows: Mapping[str, Sequence[float]]


class Drag(NamedTuple):
    """Which levers follow a pointer on a picture: one along x, one along y; and one that takes the
    number of the row that is nearest to where the pointer was put down. If that one is turned, the
    others go to the row's place. Chart -1 is every chart."""

    x: str = ""
    y: str = ""
    pick: str = ""
    rows: Sequence[tuple[float, float]] = ()
    chart: int = 0


class Live(NamedTuple):
    """A picture that moves.

    name       in the link, such as `#only=bowl`; one for each picture of a page
    question   what is asked before it moves
    hint       what to try, for those who can move it
    charts     the still picture
    hides      the layers, counted from 1, that what moves stands for, each with its chart's place
    secret     those that would tell the answer before the guess
    buttons    words on a button, and where it puts the levers
    play       the lever that a button turns step by step
    kind       another script than that for levers, numbers and marks; `own` is what it is to know,
               and `given` are symbols of numbers that it works out
    """

    name: str
    question: str
    charts: Sequence[Chart]
    levers: Sequence[Lever] = ()
    numbers: Sequence[Number] = ()
    marks: Sequence[Moving] = ()
    guess: Guess | None = None
    hides: Sequence[tuple[int, int]] = ()
    secret: Sequence[tuple[int, int]] = ()
    buttons: Mapping[str, Mapping[str, float]] = {}
    heads: Sequence[str] = ()
    sums: Sums | None = None
    drag: Drag | None = None
    play: str = ""
    kind: str = ""
    own: Mapping[str, Any] = {}
    given: Formulas = ()
    hint: str = ""

    def unanswered(self) -> list[Chart]:
        """The charts without the layers that would tell the answer."""
        charts = []
        for i, chart in enumerate(self.charts):
            layers = [x for k, x in enumerate(chart.layers, 1) if (i, k) not in self.secret]
            if layers:
                charts.append(copy(chart))
                vars(charts[-1])["layers"] = layers
        return charts


def short(x: float) -> str:
    """A number in few digits, as the script of a page writes it too.

    >>> short(12345), short(1234.56), short(0.25), short(1.5e-7)
    ('12,345', '1,235', '0.25', '1.50e-7')
    """
    if x != x:
        return "-"
    if abs(x) == inf:
        return "infinite"
    if x and not 1e-3 <= abs(x) < 1e12:
        digits, _, power = f"{x:.2e}".partition("e")
        return f"{digits}e{int(power):+}"
    if x == int(x):
        return f"{int(x):,}"
    rounded = Context(prec=DIGITS, rounding=ROUND_HALF_UP).create_decimal_from_float(x)
    return f"{rounded.normalize():,f}"


class Code(str):
    """Text that is JavaScript already."""


def script(live: Live) -> str:
    """The call that sets a picture moving, as JavaScript."""
    levers = [lever.of.name for lever in live.levers]
    sums = live.sums.of if live.sums else live.given
    known = [*levers, *(x.name for x in sums)]
    spec: dict[str, Any] = {
        "kind": live.kind,
        "ask": live.guess and _ask(live.guess),
        "hint": live.hint,
        "hides": live.hides,
        "secret": live.secret,
        "levers": [
            [x.name, label or x.name, *_ends(x.name, low, high, start, live), step, start]
            for x, low, high, step, start, label in live.levers],
        "numbers": [
            [each.label, each.unit, _number(each.of, known), each.most] for each in live.numbers],
        "marks": [_mark(each, known) for each in live.marks],
        "heads": live.heads,
        "buttons": [*live.buttons.items()],
        "play": live.play,
        "drag": live.drag and live.drag._asdict(),
        "sums": live.sums and {
            "f": row_sums([*live.sums.of.values()], levers, [*live.sums.rows]),
            "rows": _rows(live.sums.rows)},
        **live.own,
    }
    always = ("levers", "numbers", "marks")
    kept = {key: value for key, value in spec.items() if value or key in always}
    return f"live({written(live.name)}, {written(kept)});"


def _ends(name: str, low: float, high: float, start: float,
          live: Live) -> tuple[float, float]:
    """From where to where a lever goes: its start is reached, and where a button puts it."""
    reached = [start, *(to[name] for to in live.buttons.values() if name in to)]
    return min(low, *reached), max(high, *reached)


def _ask(guess: Guess) -> dict[str, Any]:
    return {key: value for key, value in guess._asdict().items() if value or key == "truth"}


def _mark(mark: Moving, known: Sequence[str]) -> dict[str, Any]:
    spec = {"look": mark.look, "chart": mark.chart, "colour": COLOURS[mark.colour],
            "dashed": mark.dashed, "trail": mark.trail, "label": mark.label}
    if mark.walk:
        names = [*known, *(x.name for x in mark.walk.state)]
        return spec | _walk(mark.walk, known) | {"at": function(mark.place, names),
                                                 "steps": mark.steps}
    return spec | {"f": function(mark.place, [*known, *mark.rows]), "rows": _rows(mark.rows)}


def _number(of: Value | Formulas | Walk, known: Sequence[str]) -> list[Any]:
    if isinstance(of, Walk):
        return [_walk(of, known)]
    return [function(each, known) for each in ([of] if isinstance(of, Value) else of)]


def _walk(walk: Walk, known: Sequence[str]) -> dict[str, Any]:
    names = [*known, *(x.name for x in walk.state)]
    return {"start": function(walk.start, known), "next": function(walk.next, names),
            "done": walk.done and function(walk.done, names), "most": walk.most}


def function(outputs: Value | Formulas, inputs: Sequence[str]) -> Code:
    """A function of JavaScript."""
    return Code(javascript(outputs, inputs))


def _rows(columns: Mapping[str, Sequence[float]]) -> list[list[float]]:
    """The rows of some columns, rounded."""
    if not columns:
        return [[]]
    return [*map(rounded, zip(*columns.values(), strict=True))]


def rounded(row: Iterable[float]) -> list[float]:
    """Numbers with as many digits as a picture shows."""
    return [float(f"{x:.{DIGITS}g}") for x in row]


def written(thing: Any) -> str:
    """Anything as JavaScript that can stand in a page: no text in it can leave its place.

    >>> print(written({"a": ["</script>", None, Code("x => x")]}))
    {a: ["\\u003c/script>",null,x => x]}
    """
    match thing:
        case Code():
            return thing
        case Mapping():
            return f"{{{', '.join(f'{key}: {written(each)}' for key, each in thing.items())}}}"
        case list() | tuple():
            return f"[{','.join(map(written, thing))}]"
        case float() if thing.is_integer() and abs(thing) < 1e15:
            return str(int(thing))
        case _:
            return json.dumps(thing).replace("<", "\\u003c")


def row_sums(sums: Formulas, levers: Sequence[str], columns: Sequence[str]) -> Code:
    """A function of rows and levers, that adds formulas up over the rows."""
    return Code(javascript_rows({f"sum_{i}": y for i, y in enumerate(sums)}, levers, columns))


def page_script(lives: Sequence[Live], more: Mapping[str, str] = {}) -> str:
    """All that moves the pictures of a page: the script that they share, and what each says; and
    more calls, each with the kind of script that it needs."""
    calls = [*map(script, lives), *more]
    needed = [name for kind in [*(live.kind for live in lives), *more.values()]
              for name in NEEDS.get(kind, ())]
    names = dict.fromkeys(["page", *["engine"] * bool(lives), *needed])
    parts = [bare(name) for name in names]
    if lives:
        parts.insert(0, f"const SAID = {written(SAID)};")
    if "reader" in needed:
        rows = *ARITHMETIC, *functions().values()
        built_in = [row for row in rows if BUILT_IN.get(row.name) is row]
        parts.insert(0, f"const TABLE = {javascript_table(built_in)};")
    return "\n".join([javascript_functions(*parts, *calls), *parts, *calls])


@cache
def style() -> str:
    """How what moves looks."""
    return (FOLDER / "live.css").read_text(encoding="utf-8")


@cache
def bare(name: str) -> str:
    """A part of the script, without what it says to those who read it."""
    text = (FOLDER / f"{name}.js").read_text(encoding="utf-8")
    lines = [re.sub(r"(^|\s+)// .*", "", line).strip() for line in text.splitlines()]
    return SHORTER.sub(lambda found: found[found.lastindex or 0], "\n".join(filter(None, lines)))
