r"""A formula as a book prints it: where it has parentheses, a fraction, a root, a sign or a dot.

On the page: `return ast.unparse(ast.parse(text[self]))`, which writes for a keyboard; here are the
habits of paper. They are the same in whatever language the paper is described, so that comes last:
an `Alphabet` says how a fraction, a root, a name are spelled. Here is one for a blackboard:

>>> from mathlab import sin, sqrt, symbols
>>> board = Alphabet({"fraction": "[@ over @]", "power": "@ to the @", "root": "the root of @",
...                   "applied": "@ of @", "beside": " ", "sign": "minus ", "brackets": "(@)"},
...                  *[str] * 4)
>>> x, y = symbols("x y")
>>> print(in_lines(2 * x**2 * sqrt(y) / sin(x), board)[0][1])
[2 x to the 2 the root of y over sin of x]

A factor has no sign before it, so what stands next to it must not change how it is read. Three
things could: a minus that begins it, a digit that begins it (2 3 would be read as 23), and a
function before it whose argument has no parentheses. A `Notation` knows of each node which of them
is there. Read the table `ROWS` at the end first.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from numbers import Complex, Real
from typing import Any, NamedTuple

from mathlab.calculus.graph.formula import (
    ATOM,
    POWER,
    PRODUCT,
    SIGN,
    SUM,
    Parts,
    Style,
    addends,
    joined,
    write,
)
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.text.typeset import GREEK, in_print

# Functions that need no parentheses around x or 2x, and may be raised: sin² x.
PREFIX = {
    **{name: name for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "log2", "log10")},
    **{f"a{name}": f"arc{name}" for name in ("sin", "cos", "tan")}, "log": "ln",
}
CALLED = {"gamma": "Γ", "digamma": "ψ", "maximum": "max", "minimum": "min"}
FROM_THE_LEFT = ("+", "-", "*", "total", "dot")  # what begins with its first input
NUMBER = re.compile(r"([\d.]+)(?:[eE]([-+]?\d+))?")


class Alphabet(NamedTuple):
    """How the parts of a printed formula are spelled."""

    forms: Mapping[str, str]  # by what it is, with an @ for each of its parts
    word: Callable[[str], str]  # a part of a name: a letter in italics, a word upright, digits
    in_full: Callable[[str], str]  # a name that looks like no other
    function: Callable[[str], str]  # the name of a function
    upright: Callable[[str], str]  # any other text


def in_lines(result: Any, alphabet: Alphabet) -> list[tuple[str, str]]:
    """The formula, line by line, each with the name of the part that it is: the last has none."""
    notation = Notation(result := in_print(result), alphabet)
    opening, closing = alphabet.forms["brackets"].split("@")
    text = write(result, Style(notation.parts, opening, closing, notation.name))
    *lines, last = text.split("\n")
    named = [line.partition(" = ") for line in lines]
    return [*((name, part) for name, _, part in named), ("", last)]


def fill(form: str, *groups: list[Any]) -> list[Any]:
    """The parts of a form: each @ in it stands for one of the groups.

    >>> fill("@/@", ["x"], ["2", "y"])
    ['', 'x', '/', '2', 'y', '']
    """
    first, *others = form.split("@")
    parts: list[Any] = [first]
    for group, after in zip(groups, others, strict=True):
        parts += [*group, after]
    return parts


class Notation:
    """How each node of a formula is written, and what must be known of its neighbours."""

    def __init__(self, result: Any, alphabet: Alphabet) -> None:
        self.alphabet, self.forms = alphabet, alphabet.forms
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
            if self.number(node.data)[1][0] == self.forms["sign"]:
                self.minus.add(node)
        elif name == "negate" or (name in FROM_THE_LEFT and inputs[0] in self.minus) or (
                name == "/" and self._without_minus(node.x)):
            self.minus.add(node)
        if name in ("/", "**") and inputs[0] in self.digit:
            self.digit.add(node)
        call = node.x if _is_raised(node) else node
        ends_as = inputs[-1] if name in ("*", "negate") else None
        if (_prefix(call) and self._is_short(call.x)) or ends_as in self.open:
            self.open.add(node)

    def parts(self, node: Any) -> Parts:
        """How a node is written."""
        if node.inputs:
            return ROWS.get(node.operation.name, Notation.call)(self, node)
        return (ATOM, [self.name(node.name)]) if node.name else self.number(node.data)

    def form(self, form: str, *nodes: Any) -> list[Any]:
        """The parts of a form that shuts its inputs in, so that they need no parentheses."""
        return fill(self.forms[form], *([(x, SUM)] for x in nodes))

    # Names and numbers

    def name(self, name: str) -> str:
        """How a name is spelled; two names that would look the same are spelled in full."""
        if name not in self.names:
            spelled = self.spelled(name)
            self.names[name] = self.alphabet.in_full(name) if spelled in self.taken else spelled
            self.taken.add(spelled)
        return self.names[name]

    def spelled(self, name: str) -> str:
        """A name with its digits, and with what follows an underscore, below."""
        first, *below = name.split("_")
        if not all([first, *below]):
            return self.alphabet.in_full(name)
        if found := re.fullmatch(r"(\D+)([0-9]+)", first):
            first, digits = found.groups()
            below = [digits, *below]
        word = self.alphabet.word(first)
        if not below:
            return word
        words = joined(([self.alphabet.word(each)] for each in below), self.forms["and below"])
        return "".join(fill(self.forms["below"], [word], words))

    def number(self, data: Any) -> Parts:
        """How a number is written: 1e-07 as a power of 10, 1/3 as a fraction, 1 - 2j as 1 - 2 i."""
        if not isinstance(data, Complex) or isinstance(data, Real):
            return self._real(str(data))
        is_negative, i = str(data.imag).startswith("-"), self.alphabet.word("i")
        rank, turned = ATOM, [i]
        if data.imag not in (1, -1):
            size = self._real(str(abs(data.imag)).removesuffix(".0"))[1]
            rank, turned = PRODUCT, [*size, self.forms["beside"], i]
        if data.real == 0:
            return (SIGN, [self.forms["sign"], *turned]) if is_negative else (rank, turned)
        first = self._real(str(data.real).removesuffix(".0"))[1]
        return SUM, [*first, self.forms["-" if is_negative else "+"], *turned]

    def _real(self, text: str) -> Parts:
        """A number that is not complex; anything else stands there as it is."""
        word, size = self.alphabet.word, text.removeprefix("-")
        above, line, below = size.partition("/")
        found = NUMBER.fullmatch(size)
        if line and above.isdecimal() and below.isdecimal():
            rank, parts = POWER, fill(self.forms["fraction"], [word(above)], [word(below)])
        elif found and found[2]:
            sign = [self.forms["sign"]] if int(found[2]) < 0 else []
            exponent = [*sign, word(str(abs(int(found[2]))))]
            rank, parts = POWER, fill(self.forms["power"], [word("10")], exponent)
            if not re.fullmatch(r"1(\.0*)?", found[1]):
                rank, parts = PRODUCT, [word(found[1]), self.forms["times"], *parts]
        elif found:
            rank, parts = ATOM, [word(size)]
        elif size.lower() in ("inf", "infinity"):
            rank, parts = ATOM, [self.forms["infinity"]]
        else:
            return ATOM, [self.alphabet.upright(text)]
        return (rank, parts) if size == text else (SIGN, [self.forms["sign"], *parts])

    # The rows of the table

    def sum(self, node: Any) -> Parts:
        """Terms with a sign between them: a minus that begins a term is put in parentheses."""
        sign = node.operation.name if node.operation.name in "+-" else "+"
        terms: list[list[Any]] = []
        for (x, _), *factor in addends(node, self.forms["times"]):
            if terms or factor:
                first = x, POWER if terms and x in self.minus else PRODUCT
            else:
                first = _closed(x)
            terms.append([first, *([factor[0], (factor[1][0], POWER)] if factor else [])])
        return SUM, joined(terms, self.forms[sign])

    def product(self, node: Any) -> Parts:
        """Two factors, with a dot between them where they would be read as something else."""
        u, v = node.inputs
        call = v.x if _is_raised(v) else v
        begins_with_function = _prefix(call) and v not in self.shared
        needs_dot = v in self.digit or (u in self.open and not begins_with_function) or (
            _is_word(u.inputs[-1] if u.inputs else u) or _is_word(v.inputs[0] if v.inputs else v))
        return PRODUCT, [(u, PRODUCT), self.forms["times" if needs_dot else "beside"], (v, POWER)]

    def quotient(self, node: Any) -> Parts:
        """A fraction, and the minus of its numerator before it."""
        above = self._without_minus(node.x)
        fraction = fill(self.forms["fraction"], above or [(node.x, SUM)], [(node.y, SUM)])
        return (SIGN, [self.forms["sign"], *fraction]) if above else (POWER, fraction)

    def power(self, node: Any) -> Parts:
        """A base, or a function, with its exponent."""
        if _is_raised(node):
            return POWER, self._applied(fill(self.forms["power"], [self._function(node.x)],
                                             [(node.y, SUM)]), node.x.x)
        return POWER, fill(self.forms["power"], [(node.x, ATOM)], [(node.y, SUM)])

    def call(self, node: Any) -> Parts:
        """A function and its arguments."""
        if _prefix(node):
            return POWER, self._applied([self._function(node)], node.x)
        inputs = joined([[(x, SUM)] for x in node.inputs], self.forms["comma"])
        return ATOM, fill(self.forms["called"], [self._function(node)], inputs)

    def cases(self, node: Any) -> Parts:
        """A line for each of two cases."""
        c, u, v = node.inputs
        return SUM, fill(self.forms["cases"], [(u, SUM)], [_closed(c)], [(v, SUM)])

    def _function(self, node: Any) -> str:
        name = node.operation.name
        word = PREFIX.get(name) or CALLED.get(name) or name
        if word not in ("log2", "log10"):
            return self.alphabet.function(word)
        log = [self.alphabet.function("log")]
        return "".join(fill(self.forms["below"], log, [self.alphabet.word(word[3:])]))

    def _applied(self, function: list[Any], x: Any) -> list[Any]:
        return fill(self.forms["applied" if self._is_short(x) else "called"], function, [(x, SUM)])

    def _without_minus(self, x: Any) -> list[Any]:
        """The parts of what has a minus before it, without that; else nothing."""
        if x.inputs:
            return [(x.x, SUM)] if x.operation.name == "negate" else []
        rank, parts = self.number(x.data)
        return parts[1:] if rank == SIGN and not x.name else []

    def _is_short(self, x: Any) -> bool:
        """Whether an argument needs no parentheses: a name, a number, or a number times a name."""
        if not x.inputs:
            return bool(x.name) or self.number(x.data)[0] == ATOM
        if x.operation.name != "*" or any(factor.inputs for factor in x.inputs):
            return False
        return not x.x.name and self._is_short(x.x) and bool(x.y.name)


def _prefix(node: Any) -> str:
    return PREFIX.get(node.operation.name, "") if node.inputs else ""


def _is_raised(node: Any) -> bool:
    """Whether this is a function raised to 2, 3, ...; \\sin^{-1} would be read as arcsin."""
    if not node.inputs or node.operation.name != "**" or not _prefix(node.x):
        return False
    y = node.y
    return not y.inputs and not y.name and type(y.data) is int and y.data > 1


def _is_word(x: Any) -> bool:
    """Whether this is a name of several letters: slope budget would be read as one."""
    return not x.inputs and x.name not in GREEK and len(re.split(r"_|\d", x.name)[0]) > 1


def _closed(x: Any) -> tuple[Any, int]:
    """An input that something follows: the brace of cases is never closed, so it is wrapped."""
    return x, PRODUCT if x.inputs and x.operation.name == "where" else SUM


# How each operation is written, where it is not as a function.
ROWS: dict[str, Callable[[Notation, Any], Parts]] = {
    **dict.fromkeys(("+", "-", "total", "dot"), Notation.sum),
    "*":         Notation.product,
    "/":         Notation.quotient,
    "**":        Notation.power,
    "where":     Notation.cases,
    "negate":    lambda write, node: (SIGN,  [write.forms["sign"], (node.x, POWER)]),
    "exp":       lambda write, node: (POWER, write.form("exp", node.x)),
    "sqrt":      lambda write, node: (ATOM,  write.form("root", node.x)),
    "cbrt":      lambda write, node: (ATOM,  write.form("cube root", node.x)),
    "absolute":  lambda write, node: (ATOM,  write.form("size", node.x)),
    "polygamma": lambda write, node: (ATOM,  write.form("polygamma", *node.inputs)),
}
