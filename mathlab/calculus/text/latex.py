r"""A formula in LaTeX, as a book prints it.

On the page: `return ast.unparse(ast.parse(text[self]))`, which writes for a keyboard; this is for
paper and for web pages. It uses only what KaTeX and pdflatex (with the package amsmath) both know.

>>> from mathlab import exp, sin, sqrt, symbols
>>> x, y, w_1 = symbols("x y w_1")
>>> print(latex(2 * x**2 * sqrt(y) - sin(x) ** 2 / w_1))
2 x^{2} \sqrt{y} - \frac{\sin^{2} x}{w_{1}}
>>> print(latex(exp(-x) * (-y)))
e^{-x} \left(-y\right)

Where a formula has parentheses, a fraction or a dot is decided in `notation`; how LaTeX spells
them, a form at a time, stands in the table `FORMS`. The rest are letters: pdflatex has few.
"""

import re
import unicodedata
from typing import Any

from mathlab.calculus.text.notation import CALLED, PREFIX, Alphabet, in_lines
from mathlab.calculus.text.typeset import GREEK

FORMS = {
    "+": " + ", "-": " - ", "sign": "-", "beside": " ", "times": r" \cdot ", "comma": ", ",
    "brackets":  r"\left(@\right)",
    "fraction":  r"\frac{@}{@}",
    "power":     "@^{@}",
    "below":     "@_{@}",
    "and below": ",",
    "exp":       "e^{@}",
    "root":      r"\sqrt{@}",
    "cube root": r"\sqrt[3]{@}",
    "size":      r"\left|@\right|",
    "infinity":  r"\infty",
    "applied":   "@ @",
    "called":    r"@\left(@\right)",
    "polygamma": r"\psi^{(@)}\left(@\right)",
    "cases":     r"\begin{cases} @ & \text{if } @ > 0 \\ @ & \text{otherwise} \end{cases}",
}

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
KNOWN = {*PREFIX.values(), *CALLED.values(), "log"}


def latex(result: Any) -> str:
    """The formula in LaTeX, for its mathematics mode; one with shared parts has a line for each.
    """
    *named, (_, last) = in_lines(result, LATEX)
    if not named:
        return last
    rows = [*(f"{name} &= {part}" for name, part in named), f"& {last}"]
    return "\n".join([r"\begin{aligned}", " \\\\\n".join(rows), r"\end{aligned}"])


def _function(word: str) -> str:
    if word in GREEK_LETTERS:
        return GREEK_LETTERS[word]
    return rf"\{word}" if word in KNOWN else rf"\operatorname{{{_roman(word)}}}"


def _word(word: str) -> str:
    if word in GREEK:
        return rf"\{word}"
    if word.isascii() and word.replace(".", "").isdecimal():
        return word
    letters = _letters(word)
    return _letter(*letters[0]) if len(letters) == 1 else _upright(word)


def _in_full(name: str) -> str:
    """A name that looks like no other: letters beyond ASCII by their numbers."""
    letters = (c if c.isascii() else f"u{ord(c):x}" for c in name)
    return _upright("".join(letters))


def _upright(text: str) -> str:
    return rf"\mathrm{{{_roman(text)}}}"


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


LATEX = Alphabet(FORMS, _word, _in_full, _function, _upright)
