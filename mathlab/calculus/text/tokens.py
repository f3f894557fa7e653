"""The words of a formula: a text cut into numbers, names and signs, and what is wrong with a word.

>>> [token[0].strip() for token in TOKEN.finditer(plain("2.5·sin(x²)"))]
['2.5', '*', 'sin(', 'x', '^', '2', ')']

One regular expression finds them, one after the other; it never goes back, so a text takes time in
proportion to its length, whatever it is. An error shows the place between » and «, with some of the
text around it.

>>> number(TOKEN.match("x + 1e999", 3))
Traceback (most recent call last):
...
mathlab.errors.FormulaError: cannot read x + »1e999«: the number is too large
"""

import re
import unicodedata
from fractions import Fraction
from keyword import iskeyword
from typing import Any

from mathlab.errors import FormulaError

MOST_DIGITS = 4_300  # of a number, as in Python
MOST_BITS = 14_284  # of a whole number; these are 4,300 digits
LONGEST_NAME = 200  # characters
AROUND = 12  # characters shown on either side of an error

# The last group that matched says what a token is. A complex number in parentheses, as Python
# writes it, is one number. A name takes in all that is beyond ASCII; `name` looks whether it may.
# What `*+` and `++` have taken they never give back, so there is no searching back and forth.
TOKEN = re.compile(
    r"""[^\S\n]*+ (?:
        (?P<number>  \( [-+]?[0-9.]++(?:e[-+]?[0-9]++)? [-+][0-9.]++(?:e[-+]?[0-9]++)? j\)
                   | 0[xX][0-9a-fA-F_]++ | 0[bB][01_]++ | 0[oO][0-7_]++
                   | (?: [0-9][0-9_]*+ \.? | \.(?=[0-9]) ) [0-9_]*+ (?:[eE][-+]?[0-9][0-9_]*+)?
                     [jJ]? )
      | (?P<name>    [^\W\d] [^\s\x00-/:-@[-^`{-\x7f]*+ )
                     (?: [^\S\n]*+ (?: (?P<call> \( ) | (?P<equals> =(?!=) ) ) )?
      | (?P<sign>    \*\* | [-+*^] | /(?!/) )
      | (?P<open>    \( )
      | (?P<close>   \) )
      | (?P<comma>   , )
      | (?P<newline> \n )
      | (?P<other>   // | [<>=!]=? | . )
    )""",
    re.VERBOSE,
)
WHOLE = re.compile("0[xXbBoO]|[0-9_]+$")

# What people paste. A √ is read as sqrt, and so needs parentheses; x⁻¹ is read as x^-1.
PLAIN = str.maketrans(
    {"×": "*", "·": "*", "⋅": "*", "÷": "/", "−": "-", "–": "-", "√": " sqrt ", "π": " pi "}
)
SUPERSCRIPTS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")

# What to say to words that no formula has.
COMPARED = "a formula compares by step or where: step(x - y) is 1 where x > y"
HINTS = {
    "=": "a formula has no =; write one side of it",
    **dict.fromkeys(("==", "!=", "<", ">", "<=", ">="), COMPARED),
    **dict.fromkeys("[]{}", "only round parentheses ( ) are read"),
    **dict.fromkeys("'\"", "a formula has no text in quotes"),
    "!": "for n! write gamma(n + 1)",
    "|": "for |x| write abs(x)",
}


def plain(text: str) -> str:
    """The text with the signs that a keyboard has.

    >>> plain("−x² ÷ 2")
    '-x^2  / 2'
    """
    if text.isascii():
        return text
    raised = SUPERSCRIPTS.sub(lambda run: f"^{run[0].translate(LOWERED)} ", text)
    return raised.translate(PLAIN)


def number(token: re.Match[str]) -> Any:
    """The int, float or complex number that a token is.

    Raises: FormulaError if it is not written as in Python, or too large.

    >>> number(TOKEN.match("1_000/x"))
    1000
    """
    word = token["number"]
    if len(word) > MOST_DIGITS:
        raise error(token, f"a number has at most {MOST_DIGITS:,} digits")
    try:
        if word[-1] in "jJ)":
            result: Any = complex(word)
        else:
            result = int(word, 0) if WHOLE.match(word) else float(word)
    except ValueError:
        raise error(token, "this is not how a number is written") from None
    if bits(result) > MOST_BITS or (type(result) is not int and "inf" in str(result)):
        raise error(token, "the number is too large")
    return result


def bits(number: Any) -> int:
    """How long a whole number or a fraction is; 0 for other numbers, which never grow.

    >>> bits(1023), bits(Fraction(1, 1024)), bits(1e300)
    (10, 11, 0)
    """
    if type(number) is int:
        return number.bit_length()
    if isinstance(number, (int, Fraction)):
        return max(abs(number.numerator), number.denominator).bit_length()
    return 0


def name(token: re.Match[str]) -> str:
    """The name that a token begins with, in Python's spelling: `𝑥` is `x`.

    Raises: FormulaError if it cannot be a name.
    """
    word = token["name"]
    if len(word) > LONGEST_NAME:
        raise error(token, f"a name has at most {LONGEST_NAME} characters")
    if not word.isascii():
        for i, letter in enumerate(word, token.start("name")):
            raised = unicodedata.decomposition(letter).startswith("<super>")  # xⁿ would become xn
            if raised or not (word[0] + letter).isidentifier():
                reason = f"{letter} cannot be part of a name"
                raise error_at(token.string, (i, i + 1), reason)
        word = unicodedata.normalize("NFKC", word)
    if iskeyword(word):
        raise error(token, f"{word} is a word of Python and cannot be a name")
    if word.startswith("__"):
        raise error(token, "a name starts with at most one _")
    return word


def error(token: re.Match[str], reason: str) -> FormulaError:
    """The error whose message marks a token.

    >>> error(TOKEN.match("2 x", 1), "write 2*x")
    FormulaError('cannot read 2 »x«: write 2*x')
    """
    end = token.end()
    return error_at(token.string, (end - len(token[0].lstrip()), end), reason)


def error_at(text: str, place: tuple[int, int], reason: str) -> FormulaError:
    """The error whose message marks a place, on one line that is never long."""
    start, end = place
    before = "..." * (start > AROUND) + text[max(0, start - AROUND) : start]
    after = text[end : end + AROUND] + "..." * (end + AROUND < len(text))
    reason = re.sub(r"(\d{9})\d{20,}", r"\1...", reason)
    return FormulaError(
        _printable(f"cannot read {before}»{short(text[start:end])}«{after}: {reason}")
    )


def short(word: str) -> str:
    """The word, or its beginning."""
    return word if len(word) <= 20 else f"{word[:17]}..."


def _printable(text: str) -> str:
    r"""The text on one line; what cannot be shown is written as Python writes it, `\x00`."""
    shown = (" " if c.isspace() else c if c.isprintable() else ascii(c)[1:-1] for c in text)
    return "".join(shown)
