"""A formula in MathML, which every browser draws without a script.

On the page: `return ast.unparse(ast.parse(text[self]))`, which writes for a keyboard; this is for
web pages.

>>> from mathlab import symbols
>>> x, y = symbols("x y")
>>> print(mathml(x / y))
<math><mfrac><mrow><mi>x</mi></mrow><mrow><mi>y</mi></mrow></mfrac></math>

Where a formula has parentheses, a fraction or a dot is decided in `notation`, for LaTeX too. Here
stands how MathML spells them: a name is an `mi`, a number an `mn`, a sign an `mo`, and what belongs
together an `mrow`. Two signs cannot be seen, but are heard where a page is read aloud: U+2062
multiplies, and U+2061 applies a function.
"""

from html import escape
from typing import Any

from mathlab.calculus.text.notation import Alphabet, in_lines
from mathlab.calculus.text.typeset import GREEK

_BRACKETS = "<mrow><mo>(</mo>@<mo>)</mo></mrow>"

FORMS = {
    "+": "<mo>+</mo>", "-": "<mo>−</mo>", "sign": '<mo form="prefix">−</mo>',
    "beside": "<mo>\u2062</mo>", "times": "<mo>·</mo>", "comma": "<mo>,</mo>",
    "brackets":  _BRACKETS,
    "fraction":  "<mfrac><mrow>@</mrow><mrow>@</mrow></mfrac>",
    "power":     "<msup><mrow>@</mrow><mrow>@</mrow></msup>",
    "below":     "<msub><mrow>@</mrow><mrow>@</mrow></msub>",
    "and below": "<mo>,</mo>",
    "exp":       "<msup><mi>e</mi><mrow>@</mrow></msup>",
    "root":      "<msqrt><mrow>@</mrow></msqrt>",
    "cube root": "<mroot><mrow>@</mrow><mn>3</mn></mroot>",
    "size":      "<mrow><mo>|</mo>@<mo>|</mo></mrow>",
    "infinity":  "<mi>∞</mi>",
    "applied":   '@<mo>\u2061</mo><mspace width=".17em"></mspace>@',
    "called":    f"@<mo>\u2061</mo>{_BRACKETS}",
    "polygamma": f"<msup><mi>ψ</mi>{_BRACKETS}</msup><mo>\u2061</mo>{_BRACKETS}",
    "cases":     "<mrow><mo>{</mo><mtable>"
                 "<mtr><mtd>@</mtd><mtd><mtext>if </mtext>@<mo>&gt;</mo><mn>0</mn></mtd></mtr>"
                 "<mtr><mtd>@</mtd><mtd><mtext>otherwise</mtext></mtd></mtr>"
                 "</mtable></mrow>",
}


def mathml(result: Any) -> str:
    """The formula as a `<math>` element; one with shared parts has a line for each."""
    return f"<math>{row(result)}</math>"


def row(result: Any) -> str:
    """What stands within the `<math>` of a formula, to be put together with more."""
    *named, (_, last) = in_lines(result, MATHML)
    if not named:
        return last
    lines = [f"<mtd>{name}<mo>=</mo>{part}</mtd>" for name, part in named] + [f"<mtd>{last}</mtd>"]
    return f"<mtable>{''.join(f'<mtr>{line}</mtr>' for line in lines)}</mtable>"


def word(text: str) -> str:
    """A word of a formula: digits, a Greek letter by its name, or a name."""
    if text.isascii() and text.replace(".", "").isdecimal():
        return f"<mn>{text}</mn>"
    return f"<mi>{GREEK.get(text) or plain(text)}</mi>"


def plain(text: str) -> str:
    """Text in which nothing is read as a sign of MathML; what cannot be printed by its number.

    >>> plain("a<b & \\x00")
    'a&lt;b &amp; u0'
    """
    return escape("".join(c if c.isprintable() else f"u{ord(c):x}" for c in text), quote=False)


def _in_full(name: str) -> str:
    """A name that looks like no other: letters beyond ASCII by their numbers."""
    return f"<mi>{plain(''.join(c if c.isascii() else f'u{ord(c):x}' for c in name))}</mi>"


MATHML = Alphabet(FORMS, word, _in_full, lambda name: f"<mi>{plain(name)}</mi>",
                  lambda text: f"<mtext>{plain(text)}</mtext>")
