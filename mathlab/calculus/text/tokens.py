r"""The words of a formula: a text cut into numbers, names and signs.

On the page: `return ast.unparse(ast.parse(text[self]))`; the first thing that Python's own parser
does with a text is this.

`2.5*sin(x)` has five words: the number 2.5, the sign *, the function sin with its parenthesis, the
name x, and a parenthesis that closes. One regular expression finds them, one after the other, and
says of each which kind it is:

>>> [(token[0].strip(), token.lastgroup) for token in TOKEN.finditer("2.5*sin(x)")]
[('2.5', 'number'), ('*', 'sign'), ('sin(', 'call'), ('x', 'name'), (')', 'close')]

It takes any text: a word that a formula cannot have is of the kind `other`. And it never goes back:
what `*+` and `++` have taken they keep, so the time grows only as the text does. An error marks the
word with » and «, and shows some of the text around it. Read `TOKEN` first; the rest turns a word
into a number or a name, or says what is wrong with it.

>>> number(TOKEN.match("x + 1e999", 3))
Traceback (most recent call last):
...
mathlab.errors.FormulaError: cannot read x + »1e999«: the number is too large
"""

import re
import unicodedata
from fractions import Fraction
from typing import Any

from mathlab import names
from mathlab.errors import FormulaError

MOST_DIGITS = 4_300  # of a number, as in Python
MOST_BITS = 14_284  # of a whole number; these are 4,300 digits

TOKEN = re.compile(
    r"""
    [^\S\n]*+ (?:      # spaces before it; but the end of a line is a word of its own
        (?P<number>    # 0xff 0b101 0o17;  then 12 1_000 2.5 .5 1e-3 2j;  then (1-2j), if so written
              0[xX][0-9a-fA-F_]++ | 0[bB][01_]++ | 0[oO][0-7_]++
            | (?: [0-9][0-9_]*+ \.? | \.(?=[0-9]) ) [0-9_]*+ (?: [eE][-+]?[0-9][0-9_]*+ )? [jJ]?
            | \( [-+]?[0-9.]++ (?: e[-+]?[0-9]++ )? [-+][0-9.]++ (?: e[-+]?[0-9]++ )? j\)
        )
      | (?P<name>      # x  x1  größe: a letter or _, then all but spaces and ASCII's
            [^\W\d] [^\s\x00-/:-@[-^`{-\x7f]*+  # other signs: up to /, : to @, [ to ^, `, from { on
        )              # after it maybe a parenthesis, as in sin(x), or an =, as in t = x + 1
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

# What people paste. A √ is read as sqrt, and so needs parentheses; x⁻¹ is read as x^-1, ½ as (1/2).
PLAIN = str.maketrans(
    {"×": "*", "·": "*", "⋅": "*", "÷": "/", "−": "-", "–": "-", "⁄": "/", "√": " sqrt "}
)
SUPERSCRIPTS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
FRACTIONS = re.compile("([0-9]\\s*)?([¼-¾⅐-⅞])")


def plain(text: str) -> str:
    """The text with the signs that a keyboard has.

    Raises: FormulaError if a number stands before a fraction: 3½ is a sum to some.

    >>> plain("−x² ÷ 2 + ½")
    '-x^2  / 2 + (1/2)'
    """
    def fraction(sign: re.Match[str]) -> str:
        as_digits = unicodedata.normalize("NFKD", sign[2]).replace("⁄", "/")
        if sign[1]:
            ways = f"write {sign[1].strip()} + {as_digits} or {sign[1].strip()}*{as_digits}"
            raise error_at(text, sign.start(2), sign.end(2), ways)
        return f"({as_digits})"

    text = FRACTIONS.sub(fraction, text)
    raised = SUPERSCRIPTS.sub(lambda run: f"^{run[0].translate(LOWERED)} ", text)
    every_pi = {ord(sign): " pi " for sign in set(raised) if names.form(sign) == "pi"}  # 𝜋 too
    return raised.translate(PLAIN | every_pi)


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
    if isinstance(number, (int, Fraction)):
        return max(abs(number.numerator), number.denominator).bit_length()
    return 0


# What is wrong


def fault(token: re.Match[str]) -> FormulaError:
    """What is wrong with the name that a token begins with; one strange letter is marked alone."""
    word = token["name"]
    reason = names.fault(word)
    if not (letter := names.stranger(word)) or len(word) > names.LONGEST:
        return error(token, reason)
    place = token.string.index(letter, token.start("name"))
    return error_at(token.string, place, place + 1, reason)


AROUND = 12  # characters shown on either side of an error
COMPARED = "a formula compares by step or where: step(x - y) is 1 where x > y"
HINTS = {
    "=": "a formula has no =; write one side of it",
    **dict.fromkeys(("==", "!=", "<", ">", "<=", ">="), COMPARED),
    **dict.fromkeys("[]{}", "only round parentheses ( ) are read"),
    **dict.fromkeys("'\"", "a formula has no text in quotes"),
    "!": "for n! write gamma(n + 1)",
    "|": "for |x| write abs(x)",
}


def error(token: re.Match[str], reason: str) -> FormulaError:
    """The error whose message marks a token.

    >>> error(TOKEN.match("2 x", 1), "write 2*x")
    FormulaError('cannot read 2 »x«: write 2*x')
    """
    return error_at(token.string, token.end() - len(token[0].lstrip()), token.end(), reason)


def error_at(text: str, start: int, end: int, reason: str) -> FormulaError:
    """The error whose message marks a place, on one line that is never long."""
    before = "..." * (start > AROUND) + text[max(0, start - AROUND) : start]
    after = text[end : end + AROUND] + "..." * (end + AROUND < len(text))
    reason = re.sub(r"(\d{9})\d{20,}", r"\1...", reason)
    message = f"cannot read {before}»{short(text[start:end])}«{after}: {reason}"
    # on one line; what cannot be shown is written as Python writes it, \x00
    shown = (" " if c.isspace() else c if c.isprintable() else ascii(c)[1:-1] for c in message)
    return FormulaError("".join(shown))


def short(word: str) -> str:
    """The word, or its beginning."""
    return word if len(word) <= 20 else f"{word[:17]}..."
