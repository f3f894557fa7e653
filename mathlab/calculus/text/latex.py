r"""A formula in LaTeX, as a book prints it.

On the page: `return ast.unparse(ast.parse(text[self]))`, which writes for a keyboard; this is for
paper and for web pages. It uses only what KaTeX and pdflatex (with the package amsmath) both know.

>>> from mathlab import exp, sin, sqrt, symbols
>>> x, y, w_1 = symbols("x y w_1")
>>> print(latex(2 * x**2 * sqrt(y) - sin(x) ** 2 / w_1))
2 x^{2} \sqrt{y} - \frac{\sin^{2} x}{w_{1}}
>>> print(latex(exp(-x) * (-y)))
e^{-x} \left(-y\right)

A factor has no sign before it, so what stands next to it must not change how it is read. Three
things could: a minus that begins it, a digit that begins it (2 3 would be read as 23), and a
function before it whose argument has no parentheses. A `_Text` knows of each node which of them is
there. Read the table `TEX` at the end first; before it stands how names and numbers are written.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from numbers import Complex, Real
from typing import Any

from mathlab.calculus.graph.formula import (
    ATOM,
    POWER,
    PRODUCT,
    SIGN,
    SUM,
    Parts,
    Style,
    addends,
    arguments,
    joined,
    write,
)
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.text.typeset import GREEK, in_print

# Functions that need no parentheses around x or 2x, and may be raised: \sin^{2} x.
PREFIX = {
    **{name: rf"\{name}" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{f"a{name}": rf"\arc{name}" for name in ("sin", "cos", "tan")},
    "log": r"\ln", "log2": r"\log_{2}", "log10": r"\log_{10}",
}
CALLED = {"gamma": r"\Gamma", "digamma": r"\psi", "maximum": r"\max", "minimum": r"\min"}

UNLIKE_LATIN = ("gamma", "delta", "theta", "lambda", "xi", "pi", "sigma", "upsilon", "phi", "psi",
                "omega")  # as capitals
GREEK_LETTERS = {
    **{letter: rf"\{name}" for name, letter in GREEK.items()}, "ς": r"\varsigma",
    **{GREEK[name].upper(): rf"\{name.title()}" for name in UNLIKE_LATIN},
}
OTHER_LETTERS = {
    **{letter: rf"\text{{\{name}}}" for letter, name in
       {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O"}.items()},
    **{sign: rf"\{sign}" for sign in "_%#&${}"},
    "\\": r"\backslash ", "~": r"\text{\textasciitilde}", "^": r"\text{\textasciicircum}",
    "<": r"\text{\textless}", ">": r"\text{\textgreater}", "|": r"\text{\textbar}",
    '"': "''", " ": r"\ ",
}
ACCENTS = {
    "\u0300": "grave", "\u0301": "acute", "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar",
    "\u0306": "breve", "\u0307": "dot", "\u0308": "ddot", "\u030a": "mathring", "\u030c": "check",
}
FROM_THE_LEFT = ("+", "-", "*", "total", "dot")  # what begins with its first input
NUMBER = re.compile(r"(-?)([\d.]+)(?:[eE]([-+]?\d+))?")


def latex(result: Any) -> str:
    """The formula in LaTeX, for its mathematics mode; one with shared parts has a line for each.
    """
    text = _Text(result := in_print(result))
    lines = write(result, Style(text.parts, r"\left(", r"\right)", text.name)).split("\n")
    if len(lines) == 1:
        return lines[0]
    rows = [line.replace(" = ", " &= ", 1) for line in lines[:-1]] + [f"& {lines[-1]}"]
    return "\n".join([r"\begin{aligned}", " \\\\\n".join(rows), r"\end{aligned}"])


class _Text:
    """How each node of a formula is written, and what must be known of its neighbours."""

    def __init__(self, result: Any) -> None:
        self.names: dict[str, str] = {}
        self.taken: set[str] = set()  # what names are spelled as
        self.minus: set[Any] = set()  # nodes that begin with a minus,
        self.digit: set[Any] = set()  # with a digit,
        self.open: set[Any] = set()  # and those that end with an argument without parentheses
        order = inputs_first(result)
        uses = Counter(x for node in order for x in node.inputs)
        self.shared = {node for node, count in uses.items() if count > 1}  # these may get names
        for node in order:
            self._look(node)

    def _look(self, node: Any) -> None:
        name, inputs = node.operation.name if node.inputs else "", node.inputs
        if not inputs and not node.name:
            self.digit.add(node)
            if number(node.data)[1][0].startswith("-"):
                self.minus.add(node)
        elif name == "negate" or (name in FROM_THE_LEFT and inputs[0] in self.minus) or (
                name == "/" and _without_minus(node.x)):
            self.minus.add(node)
        if name in ("/", "**") and inputs[0] in self.digit:
            self.digit.add(node)
        call = node.x if _is_raised(node) else node
        ends_as = inputs[-1] if name in ("*", "negate") else None
        if (_prefix(call) and _is_short(call.x)) or ends_as in self.open:
            self.open.add(node)

    def parts(self, node: Any) -> Parts:
        """How a node is written."""
        if node.inputs:
            return TEX.get(node.operation.name, _Text.call)(self, node)
        return (ATOM, [self.name(node.name)]) if node.name else number(node.data)

    def name(self, name: str) -> str:
        """How a name is spelled; two names that would look the same are spelled in full."""
        if name not in self.names:
            tex = spelled(name)
            self.names[name] = _in_full(name) if tex in self.taken else tex
            self.taken.add(tex)
        return self.names[name]

    # The rows of the table

    def sum(self, node: Any) -> Parts:
        """Terms with a sign between them: a minus that begins a term is put in parentheses."""
        sign = node.operation.name if node.operation.name in "+-" else "+"
        terms: list[list[Any]] = []
        for (x, _), *factor in addends(node, r" \cdot "):
            if terms or factor:
                first = x, POWER if terms and x in self.minus else PRODUCT
            else:
                first = _closed(x)
            terms.append([first, *([factor[0], (factor[1][0], POWER)] if factor else [])])
        return SUM, joined(terms, f" {sign} ")

    def product(self, node: Any) -> Parts:
        """Two factors, with a dot between them where they would be read as something else."""
        u, v = node.inputs
        call = v.x if _is_raised(v) else v
        begins_with_function = _prefix(call) and v not in self.shared
        needs_dot = v in self.digit or (u in self.open and not begins_with_function)
        return PRODUCT, [(u, PRODUCT), r" \cdot " if needs_dot else " ", (v, POWER)]

    def quotient(self, node: Any) -> Parts:
        """A fraction, and the minus of its numerator before it."""
        above = _without_minus(node.x)
        rank, command = (SIGN, r"-\frac{") if above else (POWER, r"\frac{")
        return rank, [command, *(above or [(node.x, SUM)]), "}{", (node.y, SUM), "}"]

    def power(self, node: Any) -> Parts:
        """A base, or a function, with its exponent."""
        if _is_raised(node):
            return POWER, _argument(f"{_prefix(node.x)}^{{{node.y.data}}}", node.x.x)
        return POWER, [(node.x, ATOM), "^{", (node.y, SUM), "}"]

    def call(self, node: Any) -> Parts:
        """A function and its arguments."""
        if prefix := _prefix(node):
            return POWER, _argument(prefix, node.x)
        name = node.operation.name
        written = CALLED.get(name) or rf"\operatorname{{{_roman(name)}}}"
        return ATOM, [written, r"\left(", *arguments(node.inputs), r"\right)"]

    def cases(self, node: Any) -> Parts:
        """A line for each of two cases."""
        c, u, v = node.inputs
        return SUM, [r"\begin{cases} ", (u, SUM), r" & \text{if } ", _closed(c), r" > 0 \\ ",
                     (v, SUM), r" & \text{otherwise} \end{cases}"]


def _prefix(node: Any) -> str:
    return PREFIX.get(node.operation.name, "") if node.inputs else ""


def _is_raised(node: Any) -> bool:
    """Whether this is a function raised to 2, 3, ...; \\sin^{-1} would be read as arcsin."""
    if not node.inputs or node.operation.name != "**" or not _prefix(node.x):
        return False
    y = node.y
    return not y.inputs and not y.name and type(y.data) is int and y.data > 1


def _without_minus(x: Any) -> list[Any]:
    """The parts of what has a minus before it, without that; else nothing."""
    if x.inputs:
        return [(x.x, SUM)] if x.operation.name == "negate" else []
    rank, parts = number(x.data)
    return [parts[0][1:]] if rank == SIGN and not x.name else []


def _is_short(x: Any) -> bool:
    """Whether an argument needs no parentheses: a name, a number, or a number times a name."""
    if not x.inputs:
        return bool(x.name) or number(x.data)[0] == ATOM
    if x.operation.name != "*" or any(factor.inputs for factor in x.inputs):
        return False
    return not x.x.name and _is_short(x.x) and bool(x.y.name)


def _argument(function: str, x: Any) -> list[Any]:
    if _is_short(x):
        return [f"{function} ", (x, SUM)]
    return [rf"{function}\left(", (x, SUM), r"\right)"]


def _closed(x: Any) -> tuple[Any, int]:
    """An input that something follows: the brace of cases is never closed, so it is wrapped."""
    return x, PRODUCT if x.inputs and x.operation.name == "where" else SUM


def number(data: Any) -> Parts:
    r"""How a number is written.

    >>> number(1e-07), number(-2.5e+20)
    ((3, ['10^{-7}']), (2, ['-2.5 \\cdot 10^{20}']))
    """
    if isinstance(data, Complex) and not isinstance(data, Real):
        return _complex(data.real, data.imag)
    text = str(data)
    above, line, below = text.lstrip("-").partition("/")
    sign = text[: len(text) - len(text.lstrip("-"))]
    if line and above.isdecimal() and below.isdecimal():
        return SIGN if sign else POWER, [rf"{sign}\frac{{{above}}}{{{below}}}"]
    if found := NUMBER.fullmatch(text):
        sign, digits, exponent = found.groups()
        if not exponent:
            return SIGN if sign else ATOM, [text]
        power = f"10^{{{int(exponent)}}}"
        if re.fullmatch(r"1(\.0*)?", digits):
            return SIGN if sign else POWER, [f"{sign}{power}"]
        return SIGN if sign else PRODUCT, [rf"{sign}{digits} \cdot {power}"]
    if text.lower() in ("inf", "-inf", "infinity", "-infinity"):
        return SIGN if sign else ATOM, [rf"{sign}\infty"]
    return ATOM, [rf"\mathrm{{{_roman(text)}}}"]


def _complex(real: Any, imaginary: Any) -> Parts:
    """A complex number, as 1 - 2 i."""
    _, (size,) = number(str(abs(imaginary)).removesuffix(".0"))
    turned = "i" if imaginary in (1, -1) else f"{size} i"
    is_negative = str(imaginary).startswith("-")
    if real == 0:
        rank = ATOM if turned == "i" else PRODUCT
        return (SIGN, [f"-{turned}"]) if is_negative else (rank, [turned])
    _, (first,) = number(str(real).removesuffix(".0"))
    return SUM, [f"{first} {'-' if is_negative else '+'} {turned}"]


def spelled(name: str) -> str:
    r"""How a name is written: one letter in italics, a word upright, digits and what follows an
    underscore below.

    >>> print(spelled("x1"), spelled("slope_budget"), spelled("theta_max"), spelled("Å"))
    x_{1} \mathrm{slope}_{\mathrm{budget}} \theta_{\mathrm{max}} \mathring{A}
    """
    first, *below = name.split("_")
    if not all([first, *below]):
        return _in_full(name)
    if found := re.fullmatch(r"(\D+)([0-9]+)", first):
        first, digits = found.groups()
        below = [digits, *below]
    return _word(first) + (f"_{{{','.join(map(_word, below))}}}" if below else "")


def _word(word: str) -> str:
    if word in GREEK:
        return rf"\{word}"
    if word.isascii() and word.isdecimal():
        return word
    letters = _letters(word)
    return _letter(*letters[0]) if len(letters) == 1 else rf"\mathrm{{{_roman(word)}}}"


def _in_full(name: str) -> str:
    """A name that looks like no other: letters beyond ASCII by their numbers."""
    letters = (c if c.isascii() else f"u{ord(c):x}" for c in name)
    return rf"\mathrm{{{_roman(''.join(letters))}}}"


def _roman(word: str) -> str:
    """The letters of an upright word. Small Greek ones there are in italics only."""
    letters = [(base, _letter(base, accents)) for base, accents in _letters(word)]
    return "".join(tex if base not in GREEK_LETTERS else f"{tex} " if base.isupper() else
                   rf"\text{{${tex}$}}" for base, tex in letters)


def _letters(word: str) -> list[tuple[str, str]]:
    """Each letter and the accents on it."""
    letters: list[tuple[str, str]] = []
    for c in word:
        taken_apart = unicodedata.normalize("NFD", c)
        base, marks = taken_apart[0], taken_apart[1:]
        if c in ACCENTS and letters:
            base, accents = letters.pop()
            letters.append((base, accents + c))
        elif all(mark in ACCENTS for mark in marks):
            letters.append((base, marks))
        else:
            letters.append((c, ""))
    return letters


def _letter(base: str, accents: str = "") -> str:
    """A letter with its accents. One that pdflatex cannot print is called by its name in Unicode:
    the Cyrillic г is a CYRILLIC SMALL LETTER GHE, and written ghe.
    """
    tex = GREEK_LETTERS.get(base) or OTHER_LETTERS.get(base) or base
    if not tex.isascii() or not tex.isprintable():
        full = unicodedata.name(base, f"u{ord(base):x}").partition(" WITH ")[0]
        last = re.split("[ -]", full)[-1]
        tex = rf"\text{{{last.title() if 'CAPITAL' in full else last.lower()}}}"
    for accent in accents:
        tex = rf"\{ACCENTS[accent]}{{{tex}}}"
    return tex


# How each operation is written, where it is not as a function.
TEX: dict[str, Callable[[_Text, Any], Parts]] = {
    **dict.fromkeys(("+", "-", "total", "dot"), _Text.sum),
    "*":         _Text.product,
    "/":         _Text.quotient,
    "**":        _Text.power,
    "where":     _Text.cases,
    "negate":    lambda _, node: (SIGN,  ["-", (node.x, POWER)]),
    "exp":       lambda _, node: (POWER, ["e^{", (node.x, SUM), "}"]),
    "sqrt":      lambda _, node: (ATOM,  [r"\sqrt{", (node.x, SUM), "}"]),
    "cbrt":      lambda _, node: (ATOM,  [r"\sqrt[3]{", (node.x, SUM), "}"]),
    "absolute":  lambda _, node: (ATOM,  [r"\left|", (node.x, SUM), r"\right|"]),
    "polygamma": lambda _, node: (ATOM,  [r"\psi^{(", (node.x, SUM), r")}\left(", (node.y, SUM),
                                          r"\right)"]),
}
