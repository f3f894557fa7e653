"""What can be a name, and the one form that each name has: in formulas, symbols, columns, options.

One letter can have several codes. The `µ` of a keyboard and the Greek `μ` look the same, `𝑥` is an
`x` in italics, and `ö` may be an `o` with two dots behind it. Python reads each as the same name;
the form that it gives them is called NFKC, a normal form of Unicode. It is the form of all names
here too, and π is called pi:

>>> form("µ") == form("μ"), form("𝑥"), form("ﬁt"), form("π")
(True, 'x', 'fit', 'pi')

What no formula can spell is not a name, and says why:

>>> proper("speed"), proper("2nd")
Traceback (most recent call last):
...
mathlab.errors.FormulaError: '2nd' cannot be a name: a name starts with a letter or _
"""

import math
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from keyword import iskeyword
from typing import Any, Literal
from unicodedata import combining, decomposition, normalize

from mathlab.errors import FormulaError

LONGEST = 200  # characters
ACCENTS = 30  # on one letter
FAMOUS = {"pi": math.pi, "e": math.e, "inf": math.inf, "nan": math.nan}  # numbers in every formula

USUAL = re.compile(rf"(?!__)[a-zA-Z_]\w{{0,{LONGEST - 1}}}", re.ASCII)
BEGINNING = re.compile(r"[^\W\d]")  # a letter of any alphabet, or _


def form(text: Any) -> Any:
    """The one form of a name. What cannot be one, such as `height (m²)`, keeps its signs, but a
    letter that is written as two is one."""
    if not isinstance(text, str) or text.isascii():
        return text
    if fault(text):
        return composed(text, "NFC")
    word = composed(text)
    return "pi" if word == "π" else word


def composed(text: str, way: Literal["NFC", "NFKC"] = "NFKC") -> str:
    """The text with each letter and its accents as one character, where there is such a one.

    Equivalent to: `normalize(way, text)`, which takes a time of n**2 for n accents in a row; so a
    letter with more than 30 of them is taken in pieces, as Unicode advises ("Unicode Normalization
    Forms", UAX 15, the stream-safe text format).
    """
    if len(text) <= LONGEST:
        return normalize(way, text)
    pieces, begin, run = [], 0, 0
    for i, letter in enumerate(text):
        run = run + 1 if combining(letter) else 0
        if run > ACCENTS:
            pieces.append(text[begin:i])
            begin, run = i, 0
    return "".join(normalize(way, piece) for piece in [*pieces, text[begin:]])


def fault(text: Any) -> str:
    """Why a text cannot be a name; "" if it can.

    >>> fault("größe"), fault("lambda"), fault("x-y")
    ('', 'it is a word of Python', '- cannot be part of a name')
    """
    if not isinstance(text, str):
        return "it is not a text"
    if USUAL.fullmatch(text):
        return "it is a word of Python" if iskeyword(text) else ""
    word = composed(text)
    if len(word) > LONGEST:
        return f"a name has at most {LONGEST} characters"
    if word != "π" and (letter := stranger(text)):
        return f"{letter} cannot be part of a name"
    if not BEGINNING.match(word):
        return "a name starts with a letter or _"
    if word.startswith("__"):
        return "a name starts with at most one _"
    return "it is a word of Python" if iskeyword(word) else ""


def stranger(text: str) -> str:
    """The first character that cannot be part of a name, or "".

    Three that Python takes are among them: a raised letter, since NFKC would make xn of xⁿ; ŀ, of
    which it would make two characters; and π inside a longer name.

    >>> stranger("x-y"), stranger("xⁿ"), stranger("πx"), stranger("größe")
    ('-', 'ⁿ', 'π', '')
    """
    for letter in text:
        plain = normalize("NFKC", letter)
        is_sign = "·" in plain or plain == "π" or decomposition(letter).startswith("<super>")
        if is_sign or not f"_{letter}".isidentifier():
            return letter
    return ""


def proper(text: str) -> str:
    """The form of a name.

    Raises: FormulaError for what cannot be one.
    """
    if isinstance(text, str) and USUAL.fullmatch(text) and not iskeyword(text):
        return text
    if reason := fault(text):
        raise FormulaError(f"{text!r:.60} cannot be a name: {reason}")
    word: str = form(text)
    return word


@lru_cache(1000)
def own(text: str, functions: Callable[[], Container[str]]) -> str:
    """The form of a name for a number of one's own, which no formula reads as anything else.

    Raises: FormulaError for what cannot be a name, is a famous number or one of the functions.

    >>> own("speed", dict), own("e", dict)
    Traceback (most recent call last):
    ...
    mathlab.errors.FormulaError: 'e' cannot be a name of your own: it is a number in every \
formula; write e_1, for example
    """
    name = proper(text)
    if name in FAMOUS or name in functions():
        kind = "number" if name in FAMOUS else "function"
        raise FormulaError(f"{text!r} cannot be a name of your own: it is a {kind} in every "
                           f"formula; write {name}_1, for example")
    return name


def by_form(given: Mapping[Any, Any], error: type[Exception] = FormulaError) -> dict[Any, Any]:
    """What is given by name, by the forms of the names; an error if two of them are one.

    >>> by_form({"µ": 1, "x": 2}) == {"μ": 1, "x": 2}
    True
    """
    found = {form(name): value for name, value in given.items()}
    if len(found) < len(given):
        twice = next(n for n in found if sum(form(name) == n for name in given) > 1)
        spelled = " and ".join(ascii(name) for name in given if form(name) == twice)
        raise error(f"{spelled} are one name, {twice}: keep one of them")
    return found


def meant(xs: Iterable[Any], order: Sequence[Any], symbol: Callable[[str], Any],
          kind: type) -> list[tuple[Any, ...]]:
    """The nodes of a formula, given in its order, that each x stands for.

    A name stands for all leaves that have it, or else for its symbol; a Value, which is of that
    kind, for itself; and a tuple for the nodes in it.

    Raises: FormulaError for a Value that is not in the formula, while its name is; TypeError for
    anything else.
    """
    inside = set(order)
    given: dict[str, list[Any]] = {}
    for node in order:
        if node.operation is None and node.name:
            given.setdefault(node.name, []).append(node)
    groups: list[tuple[Any, ...]] = []
    for x in xs.replace(",", " ").split() if isinstance(xs, str) else xs:
        if isinstance(x, str):
            own_symbol = symbol(x)
            x = tuple(given.get(own_symbol.name, [own_symbol]))
        elif issubclass(type(x), kind):
            if x not in inside and (near := _leaf_named(x, given)):
                which = "another Value" if given[near][0].is_known else "a symbol"
                why = (f"only {near} is: make the part once, u = ..., and f with u" if x.inputs
                       else f'{which} of its name is: give its name, "{near}"')
                raise FormulaError(f"{x!r} is not in the formula, {why}")
            x = (x,)
        elif not isinstance(x, tuple):
            raise TypeError(f"what is asked for here are Values, or their names, not {x!r}")
        groups.append(x)
    return groups


def _leaf_named(x: Any, names: Container[str]) -> str:
    """The name of a part of x that is among the names, or ""."""
    waiting: list[Any] = [x]
    seen: set[Any] = {x}
    while waiting:
        node = waiting.pop()
        if node.name in names:
            return str(node.name)
        new = [each for each in node.inputs if each not in seen]
        seen.update(new)
        waiting += reversed(new)
    return ""


def similar(name: str, names: Iterable[str], count: int = 3) -> list[str]:
    """Up to so many of the names that are spelled most like this one, the nearest first.

    Only errors ask, so `difflib` is imported when one does: it takes a millisecond.
    """
    found: list[str] = import_module("difflib").get_close_matches(name, names, count)
    return found
