"""Text read as a formula, safely: what is not arithmetic is refused, and nothing is ever run.

On the page: `return ast.unparse(ast.parse(text[self]))`, which writes a formula; here is the way
back.

>>> f = parse("1 + 2*x^2 - sin(x)")
>>> print(f)
1 + 2*x**2 - sin(x)
>>> parse("__import__('os').remove('thesis.txt')")
Traceback (most recent call last):
...
mathlab.errors.FormulaError: cannot read »__import__(«'os').remove...: a name starts with at \
most one _

A formula is read from left to right, but not computed from left to right: in `1 + 2*x` the `*`
comes first. So what cannot be done yet has to wait, and two stacks are enough to remember it. Each
number or name goes on the stack of *values*. Each sign goes on the stack of what is *waiting*; but
before it does, the signs that wait there and bind at least as tightly are carried out. Each takes
its inputs off the stack of values and puts its result there.

    read     values               waiting
    1        1
    +        1                    +
    2        1, 2                 +
    *        1, 2                 +, *        the * binds more tightly than the +, so both wait
    x        1, 2, x              +, *
    -        1 + 2*x              -           the - does not: the * is carried out, then the +

An opening parenthesis waits too, and what waits beneath it is left alone until it is closed.
Everything goes on a stack once and comes off it once, in a loop: so no text takes more time than
its length deserves, and no nest is too deep.

Source: E. W. Dijkstra, "Algol 60 Translation" (1961): the shunting yard.
"""

import math
import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.formula import POWER, RANKS, SIGN, SUM
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.value import NUMBERS, Value, as_value
from mathlab.calculus.text import tokens
from mathlab.calculus.text.tokens import HINTS, MOST_BITS, TOKEN, bits, error, short
from mathlab.errors import FormulaError
from mathlab.names import FAMOUS, by_form

LONGEST = 1_000_000  # characters of a text: one or two seconds of reading
MOST_WORK = 100_000  # words of 64 bits to compute with, about a tenth of a second: see `_work`

INFIX = {row.name: (RANKS[row.name][0], row) for row in table.ARITHMETIC if row.name in RANKS}
INFIX["^"] = INFIX["**"]
OPENING = SUM - 1  # a parenthesis that is open binds less tightly than any sign

OTHER_NAMES = {  # of functions
    "ln": table.log, "abs": table.absolute, "min": table.minimum, "max": table.maximum,
    "arcsin": table.asin, "arccos": table.acos, "arctan": table.atan,
}
WITHOUT_A_ROW = {"sec": "1/cos(...)", "csc": "1/sin(...)", "cot": "1/tan(...)"}

WORD = re.compile(r" *+(\w{1,20})\b")
POWER_OF_NAME = re.compile(r" *+(?:\^|\*\*) *+(\d{1,9})\b")
MISSING = "a number or a name is missing"


def parse(text: str, names: Mapping[str, Value] | None = None) -> Value:
    """The formula that a text stands for; `parse(str(f))` is the formula `f` again.

    Names stand for what `names` has for them, else they are symbols; but `pi` and `e` are numbers.
    Besides what Python takes, `^` is a power, `ln`, `abs`, `min`, `max` and `arcsin` are known, and
    so are signs such as `×` and `²`. Lines `name = formula` may stand before the last. Numbers are
    ints, floats and complex numbers, and arithmetic among them is done at once.

    Raises: FormulaError if the text is anything but a formula, has more than 1,000,000 characters,
    or needs a number that does not exist (`1/0`) or is too large (`9**9**9`).

    >>> x = Value(2.0, name="x")
    >>> parse("3*x + 1", {"x": x}).data
    7.0
    """
    if not isinstance(text, str):
        raise TypeError(f"a formula is read from a str, not from a {type(text).__name__}")
    if len(text) > LONGEST:
        raise FormulaError(f"a text of {len(text):,} characters is too long: {LONGEST:,} are read")
    known = {name: as_value(x) for name, x in by_form(names or {}).items()}
    return _Reader(tokens.plain(text.strip()), known).read()


_Token = re.Match[str]


class _Waiting(NamedTuple):
    """What cannot be done yet: a sign, or a parenthesis that is still open."""

    rank: int
    operation: Operation | None  # of a parenthesis: the function before it, if there is one
    start: int  # where its token starts
    height: int  # how many values there were before


class _Reader:
    """A text on its way through the two stacks; for each kind of token a method of that name."""

    def __init__(self, text: str, names: dict[str, Value]):
        self.text = text
        self.names = names
        self.functions = table.functions()
        self.called = OTHER_NAMES | self.functions
        self.values: list[Value] = []
        self.waiting: list[_Waiting] = []
        self.ended: _Token | None = None  # the end of an input, if that is what came last
        self.depth = 0  # of open parentheses
        self.defining: _Token | None = None  # the name that this line gives to its formula
        self.work = 0

    def read(self) -> Value:
        methods: dict[Any, Any] = {kind: getattr(self, kind) for kind in TOKEN.groupindex}
        for token in TOKEN.finditer(self.text):
            methods[token.lastgroup](token)
        if self.ended:
            self.settle(SUM)
        if self.waiting:
            last = self.waiting[-1]
            token = self.token_at(last.start)
            after = f"{MISSING} after {token[0].strip()}"
            raise error(token, "this ( is never closed" if last.rank == OPENING else after)
        if self.defining:
            raise error(self.defining, HINTS["="])
        if not self.values:
            raise FormulaError("there is no formula in this text: write one, such as 2*x + 1")
        return self.values[0]

    # What begins an input

    def number(self, token: _Token) -> None:
        self.refuse_after_input(token)
        self.values.append(Value.bare(tokens.number(token), table.constant, ()))
        self.ended = token

    def name(self, token: _Token) -> None:
        value = self.names.get(token["name"]) or self.named(token)
        self.refuse_after_input(token)
        self.values.append(value)
        self.ended = token

    def call(self, token: _Token) -> None:
        name = token["name"] if token["name"] in self.called else tokens.name(token)
        self.refuse_after_input(token)
        if name not in self.called:
            hint = f"for a product write {short(name)}*(...)"
            if name in WITHOUT_A_ROW:
                hint = f"write {WITHOUT_A_ROW[name]}"
            elif name not in self.names and (near := get_close_matches(name, self.called, 1)):
                hint = f"did you mean {near[0]}?"
            raise error(token, f"{short(name)} is not a function; {hint}")
        self.open(token, self.called[name])

    def open(self, token: _Token, function: Operation | None = None) -> None:
        self.refuse_after_input(token)
        self.wait(token, OPENING, function)
        self.depth += 1

    def refuse_after_input(self, token: _Token) -> None:
        if not self.ended:
            return
        before, after = self.ended[0].strip(), token[0].strip()
        if token.lastgroup == self.ended.lastgroup == "number":
            raise error(token, "no sign stands between two numbers")
        right = short(after) if after[-1] != "(" else f"{short(after[:-1].strip())}(...)"
        if before in self.called:
            raise error(self.ended, f"write {before}({right})")
        left = "(...)" if before == ")" else short(before)
        raise error(token, f"for a product write {left}*{right}")

    # What stands between inputs, and what ends them

    def sign(self, token: _Token) -> None:
        sign = token["sign"]
        if self.ended:
            rank, operation = INFIX[sign]
            self.settle(rank + (rank == POWER))  # powers wait for each other: a**b**c is a**(b**c)
            self.wait(token, rank, operation)
            self.ended = None
        elif sign == "-":
            self.wait(token, SIGN, table.negate)
        elif sign != "+":
            raise error(token, f"{MISSING} before {sign}")

    def comma(self, token: _Token) -> None:
        self.end_input(token)
        if not self.depth or not self.waiting[-1].operation:
            raise error(token, "commas separate inputs of a function; decimals have a point")
        self.ended = None

    def close(self, token: _Token) -> None:
        if not self.depth:
            raise error(token, "this ) closes nothing")
        self.end_input(token)
        _, function, start, height = self.waiting.pop()
        if function:
            self.apply(function, len(self.values) - height, start)
        self.depth -= 1
        self.ended = token

    def end_input(self, token: _Token) -> None:
        if not self.ended:
            raise error(token, f"{MISSING} before {token[0].strip()}")
        self.settle(SUM)

    def equals(self, token: _Token) -> None:
        name = tokens.name(token)
        if self.ended or self.waiting or self.defining:
            raise error(token, HINTS["="])
        if name in self.names or name in self.called or name in FAMOUS:
            raise error(token, f"{short(name)} has a meaning already")
        self.defining = token

    def newline(self, _: _Token) -> None:
        if self.defining and self.ended and not self.depth:
            self.settle(SUM)
            self.names[tokens.name(self.defining)] = self.values.pop()
            self.defining = self.ended = None

    def other(self, token: _Token) -> None:
        word = token["other"]
        raise error(token, HINTS.get(word, f"{word} means nothing in a formula"))

    # The work

    def wait(self, token: _Token, rank: int, operation: Operation | None) -> None:
        """Remember what cannot be done yet."""
        self.waiting.append(_Waiting(rank, operation, token.start(), len(self.values)))

    def settle(self, rank: int) -> None:
        """Carry out what waits and binds at least as tightly as this rank."""
        while self.waiting and self.waiting[-1].rank >= rank:
            _, operation, start, _ = self.waiting.pop()
            assert operation is not None and operation.arity is not None
            self.apply(operation, operation.arity, start)

    def apply(self, operation: Operation, count: int, start: int) -> None:
        """Replace the last values by what an operation makes of them."""
        inputs = tuple(self.values[-count:])
        del self.values[-count:]
        numbers = [x.data for x in inputs]
        try:
            operation.check_count(count)
            data = operation.evaluate(*numbers)
        except (ValueError, TypeError) as reason:
            raise error(self.token_at(start), str(reason)) from None
        if isinstance(data, NUMBERS):  # and not unknown
            self.work += _work(operation, numbers)
            if self.work > MOST_WORK or bits(data) > MOST_BITS:
                raise error(self.token_at(start), "the numbers grow too large to compute with")
            if operation is table.negate and _is_literal(inputs[0]):
                self.values.append(as_value(0 - numbers[0]))
                return
        self.values.append(Value.bare(data, operation, inputs))

    def named(self, token: _Token) -> Value:
        """What a name stands for, when it is met for the first time."""
        name = tokens.name(token)
        if name not in self.names:
            if name in self.functions:
                inputs = ", ".join("xyz"[: self.functions[name].arity])
                if power := POWER_OF_NAME.match(self.text, token.end()):
                    raise error(token, f"a power stands behind: {name}({inputs})**{power[1]}")
                if following := WORD.match(self.text, token.end()):
                    inputs = following[1]
                raise error(token, f"{name} is a function: write {name}({inputs})")
            number = FAMOUS.get(name)
            self.names[name] = Value.symbol(name) if number is None else Value.constant(
                number, name if math.isfinite(number) else "")
        return self.names[name]

    def token_at(self, start: int) -> _Token:
        token = TOKEN.match(self.text, start)
        assert token is not None
        return token


def _is_literal(x: Value) -> bool:
    """Whether x, with a minus before it, is a number itself: -2 is, and -0 and -pi are not."""
    return x.operation is table.constant and not x.name and str(0 - x.data) == f"-{x.data}"


def _work(operation: Operation, numbers: list[Any]) -> int:
    """About how long it takes to compute, in words of 64 bits; 0 for numbers of everyday size."""
    if operation in (table.digamma, table.polygamma):  # 0.3 ms and more: as 300 words and more
        return 300 + 15 * int(numbers[0] if operation is table.polygamma else 0)
    return max(map(bits, numbers)) // 64
