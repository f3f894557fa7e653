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

import cmath
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.formula import POWER, PRODUCT, RANKS, SIGN, SUM, write_short
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.value import NUMBERS, Value, as_value
from mathlab.calculus.text import elsewhere, tokens
from mathlab.calculus.text.tokens import HINTS, MOST_BITS, TOKEN, bits, error, short
from mathlab.errors import FormulaError
from mathlab.names import FAMOUS, by_form, proper

LONGEST = 1_000_000  # characters of a text: one or two seconds of reading
MOST_WORK = 100_000  # words of 64 bits to compute with, about a tenth of a second: see `_work`

INFIX = {row.name: (RANKS[row.name][0], row) for row in table.ARITHMETIC if row.name in RANKS}
INFIX["^"] = INFIX["**"]
OPENING = SUM - 1  # a parenthesis that is open binds less tightly than any sign

OTHER_NAMES = {  # of functions
    "ln": table.log, "abs": table.absolute, "min": table.minimum, "max": table.maximum,
    "arcsin": table.asin, "arccos": table.acos, "arctan": table.atan,
}

WORD = re.compile(r" *+((?:(?<= )-)?\w{1,20})\b")  # also the -x of sin -x
POWER_OF_NAME = re.compile(r" *+(?:\^|\*\*) *+(\d{1,9})\b")
PLAIN_NUMBER = re.compile(r"[\d_.]+")  # 2x may be read as 2*x, but 2e3x and 2jx look like a slip
FACTOR = re.compile(r"pi|[^\W\d_]\d*")  # a x may be read as a*x, but two words look like a name
MISSING = "a number or a name is missing"
INPUTS = ("number", "name", "call", "open")  # the kinds of token that an input begins with
LONGEST_RUN = 40  # letters of names side by side
LONGEST_ADVICE, MOST_SHOWN = 60, 8  # characters; inputs of the operations in a part of it


def parse(text: str, names: Mapping[str, Value] | None = None) -> Value:
    """The formula that a text stands for; `parse(str(f))` is the formula `f` again.

    Names stand for what `names` has for them, else they are symbols; but `pi` and `e` are numbers.
    Besides what Python takes, `^` is a power, `ln`, `abs`, `min`, `max` and `arcsin` are known, and
    so are signs such as `×` and `²`. Lines `name = formula` may stand before the last. Numbers are
    ints, floats and complex numbers, and arithmetic among them is done at once.

    Nothing may be left out: `2x` is for `read_leniently`.

    Raises: FormulaError if the text is anything but a formula, has more than 1,000,000 characters,
    or needs a number that does not exist (`1/0`) or is too large (`9**9**9`).

    >>> x = Value(2.0, name="x")
    >>> parse("3*x + 1", {"x": x}).data
    7.0
    """
    return _Reader(text, names).read()


def read_leniently(text: str, names: Mapping[str, Value] | None = None) -> tuple[Value, str]:
    """The formula that a text stands for as people write it, and how it was read.

    Multiplication signs may be left out, and the parentheses of a function with a single name or
    number, where that has only one meaning: as in `2x`, `3 sin(x)`, `(x + 1)(x - 1)`, `a x`, and in
    `sin x + 1`. If it is said which `names` there are, they may also stand before a parenthesis or
    without a space beside functions, as in `x(x + 1)`, `2xcosx` and `xe^x`. The second result is
    the text with all that put in, as `parse` reads it; it is empty if nothing was left out.

    An exponent that is one number or one name ends before a space, a parenthesis or a function, as
    in `x^4(x + 1)` and `e^x sin x`; but not the power of a number, as in `e^2(x + 1)`.

    Raises: FormulaError as `parse` does, and where there are two meanings, as in `1/2x`, `e^2x` and
    `sin 2x`; the error shows how each is written.

    >>> read_leniently("2x + 3 sin x")[1], read_leniently("2*x")[1]
    ('2*x + 3*sin(x)', '')
    >>> read_leniently("1/2x")
    Traceback (most recent call last):
    ...
    mathlab.errors.FormulaError: cannot read 1/2»x«: write 1/2*x or 1/(2*x)
    """
    reader = _Reader(text, names, lenient=True)
    return reader.read(), reader.completed()


_Token = re.Match[str]


class _Waiting(NamedTuple):
    """What cannot be done yet: a sign, or a parenthesis that is still open."""

    rank: int
    # of a parenthesis: the function before it, if there is one; its name, if it is none of ours
    operation: Operation | str | None
    start: int  # where its token starts
    height: int  # how many values there were before


class _Reader:
    """A text on its way through the two stacks; for each kind of token a method of that name."""

    bare: _Token | None = None  # a function whose parentheses are left out

    def __init__(self, text: str, names: Mapping[str, Value] | None, lenient: bool = False):
        if not isinstance(text, str):
            raise TypeError(f"a formula is read from a str, not from a {type(text).__name__}")
        if len(text) > LONGEST:
            raise FormulaError(
                f"a text of {len(text):,} characters is too long: {LONGEST:,} are read")
        self.text = text.strip() if text.isascii() else tokens.plain(text.strip())
        self.names = {name: as_value(x) for name, x in by_form(names or {}).items()}
        self.lenient = lenient  # whether signs may be left out
        self.known = {*self.names, *FAMOUS} if lenient and names else set()  # no function is meant
        self.functions = table.functions()
        self.called = OTHER_NAMES | self.functions
        if self.known:
            self.text = "".join(map(self.in_words, TOKEN.finditer(self.text)))
        self.values: list[Value] = []
        self.waiting: list[_Waiting] = []
        self.ended: _Token | None = None  # the end of an input, if that is what came last
        self.depth = 0  # of open parentheses
        self.defining: _Token | None = None  # the name that this line gives to its formula
        self.work = 0
        self.left_out: list[tuple[int, int, str]] = []  # from where, to where, what should be there

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

    def completed(self) -> str:
        """The text with what is left out put in; "" if nothing is."""
        pieces, done = [], 0
        for start, end, sign in self.left_out:
            pieces += [self.text[done:start], sign]
            done = end
        return "".join([*pieces, self.text[done:]]) if pieces else ""

    # What begins an input

    def number(self, token: _Token) -> None:
        self.leaf(token, Value.bare(tokens.number(token), table.constant, ()))

    def name(self, token: _Token) -> None:
        if self.lenient and token["name"] not in self.names and self.stands_bare(token):
            self.begin_input(token)
            self.bare = token
            return
        self.leaf(token, self.names.get(token["name"]) or self.named(token))

    def leaf(self, token: _Token, value: Value) -> None:
        self.begin_input(token)
        self.values.append(value)
        self.ended = token
        if self.bare:
            self.left_out.append((self.bare.end(), _start(token), "("))
            self.left_out.append((token.end(), token.end(), ")"))
            self.apply(self.called[self.bare["name"]], 1, self.bare.start())
            self.bare = None

    def call(self, token: _Token) -> None:
        name = token["name"] if token["name"] in self.called else self.spelled(token)
        if name in self.known and name != "e":  # x(x + 1); but e(x) may be exp(x)
            alone = TOKEN.match(self.text, token.start(), token.end("name"))
            opening = TOKEN.match(self.text, token.end("name"), token.end())
            assert alone and opening
            self.name(alone)
            return self.open(opening)
        self.begin_input(token)
        if name in self.called:
            return self.open(token, self.called[name])
        near = ""
        if name not in self.names:
            lower = name.lower()
            near = lower if lower in self.called else elsewhere.slip(name, self.called)
            if lower != near and elsewhere.is_known(lower):
                return self.open(token, name)  # its inputs are needed to say how it is written here
        hint = f"did you mean {near}?" if near else f"for a product write {short(name)}*(...)"
        raise error(token, f"{short(name)} is not a function; {hint}")

    def open(self, token: _Token, function: Operation | str | None = None) -> None:
        self.begin_input(token)
        self.wait(token, OPENING, function)
        self.depth += 1

    def begin_input(self, token: _Token) -> None:
        """See to it that a sign stands before an input, or that it can be put in."""
        if not self.ended:
            return
        if self.lenient and self.is_factor(token):
            self.refuse_two_meanings(token)
            self.left_out.append((self.ended.end(), _start(token), "*"))
            self.infix(token, "*")
            return
        before = self.ended[0].strip()
        if token.lastgroup == self.ended.lastgroup == "number":
            raise error(token, "no sign stands between two numbers")
        right = self.shown(token)
        if before in self.called:
            inputs = ", ".join("xyz"[: self.called[before].arity])
            raise error(self.ended, f"write {before}({right if inputs == 'x' else inputs})")
        left = "(...)" if before == ")" else short(before)
        raise error(token, f"for a product write {left}*{right}")

    # What stands between inputs, and what ends them

    def sign(self, token: _Token) -> None:
        sign = token["sign"]
        if self.ended:
            self.infix(token, sign)
        elif sign == "-":
            self.wait(token, SIGN, table.negate)
        elif sign != "+":
            raise error(token, f"{MISSING} before {sign}")

    def infix(self, token: _Token, sign: str) -> None:
        rank, operation = INFIX[sign]
        self.settle(rank + (rank == POWER))  # powers wait for each other: a**b**c is a**(b**c)
        self.wait(token, rank, operation)
        self.ended = None

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
        if isinstance(function, str):
            raise error(self.token_at(start), _elsewhere(function, self.values[height:]))
        if function:
            self.apply(function, len(self.values) - height, start)
        self.depth -= 1
        self.ended = token

    def end_input(self, token: _Token) -> None:
        if not self.ended:
            raise error(token, f"{MISSING} before {token[0].strip()}")
        self.settle(SUM)

    def equals(self, token: _Token) -> None:
        name = self.spelled(token)
        if self.ended or self.waiting or self.defining:
            raise error(token, HINTS["="])
        if name in self.names or name in self.called or name in FAMOUS:
            raise error(token, f"{short(name)} has a meaning already")
        self.defining = token

    def newline(self, _: _Token) -> None:
        if self.defining and self.ended and not self.depth:
            self.settle(SUM)
            self.names[self.spelled(self.defining)] = self.values.pop()
            self.defining = self.ended = None

    def other(self, token: _Token) -> None:
        word = token["other"]
        raise error(token, HINTS.get(word, f"{word} means nothing in a formula"))

    # The work

    def wait(self, token: _Token, rank: int, operation: Operation | str | None) -> None:
        """Remember what cannot be done yet."""
        self.waiting.append(_Waiting(rank, operation, token.start(), len(self.values)))

    def settle(self, rank: int) -> None:
        """Carry out what waits and binds at least as tightly as this rank."""
        while self.waiting and self.waiting[-1].rank >= rank:
            _, operation, start, _ = self.waiting.pop()
            assert isinstance(operation, Operation) and operation.arity is not None
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
            ways = _ways(operation.name, inputs)  # if the row has another number of inputs
            hint = f": write {', or '.join(ways)}" if ways else ""
            reason_alone = str(reason).partition(": write ")[0] if ways else reason
            raise error(self.token_at(start), f"{reason_alone}{hint}") from None
        if isinstance(data, NUMBERS):  # and not unknown
            if not _is_finite(data) and all(map(_is_finite, numbers)):
                call = operation.call(*numbers)
                raise error(self.token_at(start), f"{call} is too large for a number of its kind")
            self.work += _work(operation, numbers)
            if self.work > MOST_WORK or bits(data) > MOST_BITS:
                raise error(self.token_at(start), "the numbers grow too large to compute with")
            if operation is table.negate and _is_literal(inputs[0]):
                self.values.append(as_value(0 - numbers[0]))
                return
        self.values.append(Value.bare(data, operation, inputs))

    # What is left out

    def in_words(self, token: _Token) -> str:
        """The token, or if no such name is known, but several of them side by side in one way
        alone, these with spaces: `xcosx` is `x cos x`."""
        word = token["name"]
        if not word or word in self.known or word in self.called or len(word) > LONGEST_RUN:
            return token[0]
        names, functions = self.known, self.called

        def ways(rest: str, last: str) -> list[str]:
            found = [] if rest else [""]
            for each in filter(rest.startswith, (*names, *functions)):
                if each in functions or not last or last in functions or each in FAMOUS:
                    found += [f" {each}{more}" for more in ways(rest[len(each):], each)]
            return found

        found = ways(word, "")
        return token[0].replace(word, found[0].strip()) if len(found) == 1 else token[0]

    def is_factor(self, token: _Token) -> bool:
        """Whether this, right behind an input, can only be meant as another factor."""
        assert self.ended is not None
        before, kind = self.ended[0].strip(), self.ended.lastgroup
        if token.lastgroup == "number" or "\n" in self.text[self.ended.end() : _start(token)]:
            return False
        if kind == "number":
            return PLAIN_NUMBER.fullmatch(before) is not None
        if kind == "close" or not FACTOR.fullmatch(before):
            return kind == "close"
        word = token["name"]
        return word is None or word in self.called or FACTOR.fullmatch(word) is not None

    def refuse_two_meanings(self, token: _Token) -> None:
        """Refuse a factor without a sign after a division, as in 1/2x, and after an exponent of
        which it may be a part, as in e^2x."""
        for i in reversed(range(len(self.waiting))):
            _, operation, _, height = self.waiting[i]
            if self.waiting[i].rank < PRODUCT:
                return
            if operation is table.divide or (
                    operation is table.power and not self.is_over(self.waiting[i], token)):
                del self.waiting[: i + 1], self.values[: height - 1]
                self.settle(PRODUCT)
                raise self.two_meanings(token, operation, self.values, table.multiply, token)

    def is_over(self, power: _Waiting, token: _Token) -> bool:
        """Whether an exponent surely ends before this token: `x^(2)y`, `x^2 y`, `e^x(x + 1)`, and
        `x^4e^x`; but `x^2y`, `e^2(x + 1)` and `e^sin(x) y` may be meant otherwise."""
        assert self.ended is not None
        begin = self.next_to(self.token_at(power.start))
        if begin and begin.lastgroup == "open":
            return True
        if self.ended.lastgroup == "close":
            return False
        if self.ended.end() < _start(token) or self.ended.lastgroup != "number":
            return True
        word = token["name"]
        is_part = word and word not in self.called and word not in FAMOUS
        return not is_part and self.values[power.height - 1].operation is not table.constant

    def stands_bare(self, token: _Token) -> bool:
        """Whether this is a function with a single name or number behind it, as in sin x + 1."""
        function = self.called.get(token["name"])
        if not function or function.arity != 1:
            return False
        argument = self.next_to(token)
        if not argument or argument.lastgroup not in ("number", "name"):
            return False
        if argument["name"] in self.called and argument["name"] not in self.names:
            return False
        after = self.next_to(argument)
        if not after or after["sign"] in ("+", "-") or after.lastgroup not in (*INPUTS, "sign"):
            return True
        if after["name"] in self.called and after["name"] not in self.names:  # sin x cos x
            return True
        x, sign = _named(argument[0].strip()), after["sign"]
        second = self.next_to(after) if sign else after
        raise self.two_meanings(after, function, [x], INFIX[sign or "*"][1], second)

    def two_meanings(self, token: _Token, first: Any, inputs: list[Value], second: Operation,
                     last: _Token | None) -> FormulaError:
        """The error that shows two ways to write `inputs`, and then `last`, with two operations."""
        *before, x = map(_short, inputs)
        y = _named(self.shown(last))
        one = _written(second, _written(first, *before, x), y)
        other = _written(first, *before, _written(second, x, y))
        return error(token, f"write {write_short(one)} or {write_short(other)}")

    def shown(self, token: _Token | None) -> str:
        """An input by the token that it begins with: `x`, `(...)` or `sin(...)`."""
        if not token or token.lastgroup not in INPUTS:
            return "..."
        word = token[0].strip()
        is_call = word[-1] == "(" or word in self.called
        return f"{short(word.rstrip('( '))}(...)" if is_call else short(word)

    def next_to(self, token: _Token) -> _Token | None:
        return TOKEN.match(self.text, token.end())

    def spelled(self, token: _Token) -> str:
        """The name that a token begins with, in its one form: `𝑥` is `x`; or a FormulaError."""
        try:
            return proper(token["name"])
        except FormulaError:
            raise tokens.fault(token) from None

    def named(self, token: _Token) -> Value:
        """What a name stands for, when it is met for the first time."""
        name = self.spelled(token)
        if name not in self.names:
            if name in self.functions:
                inputs = ", ".join("xyz"[: self.functions[name].arity])
                if power := POWER_OF_NAME.match(self.text, token.end()):
                    raise error(token, f"a power stands behind: {name}({inputs})**{power[1]}")
                following = WORD.match(self.text, token.end())
                if following and inputs == "x":
                    inputs = f"{following[1]}(...)" if following[1] in self.called else following[1]
                raise error(token, f"{name} is a function: write {name}({inputs})")
            number = FAMOUS.get(name)
            self.names[name] = Value.symbol(name) if number is None else Value.constant(
                number, name if math.isfinite(number) else "")
        return self.names[name]

    def token_at(self, start: int) -> _Token:
        token = TOKEN.match(self.text, start)
        assert token is not None
        return token


def _start(token: _Token) -> int:
    """Where the word of a token starts, after the spaces."""
    return token.end() - len(token[0].lstrip())


def _short(x: Value) -> Value:
    """The formula, or what is shown in its place if it is long."""
    return _named("(...)") if write_short(x, MOST_SHOWN) == "..." else x


def _named(text: str) -> Value:
    """A text that stands in a formula which is only to be shown."""
    return Value.bare(None, None, (), text)


def _written(operation: Operation, *inputs: Value) -> Value:
    """A formula that is only to be shown, and has no number."""
    return Value.bare(None, operation, inputs)


def _elsewhere(name: str, inputs: Sequence[Value]) -> str:
    """What is said of a function that is known elsewhere, and has no row here."""
    ways = _ways(name.lower(), inputs)
    if len(ways) > 1:
        return f"{name} has two meanings; write {' or '.join(ways)}"
    hint = f"write {ways[0]}" if ways else f"for a product write {name}*(...)"
    if elsewhere.has_none(name.lower()):
        hint = "no formula of those here stands for it"
    return f"{name} is not a function; {hint}"


def _ways(name: str, inputs: Sequence[Value]) -> list[str]:
    """How a function that has no row, or another number of inputs, is written with the rows."""
    ways = elsewhere.formulas(name, len(inputs))
    if ways == ["log(x)/log(y)"]:
        ways += elsewhere.OF_BASE.get(inputs[1].data, [])
    return [_filled_in(formula, inputs) for formula in ways]


def _filled_in(formula: str, inputs: Sequence[Value]) -> str:
    """A formula of x, y and z with these inputs in their places, if that is short and has a value.
    """
    try:
        text = write_short(parse(formula, dict(zip("xyz", inputs, strict=False))))
    except FormulaError:
        return formula
    return formula if "..." in text or len(text) > LONGEST_ADVICE else text


def _is_finite(number: Any) -> bool:
    """Whether a number is neither inf nor nan, as whole numbers and fractions never are."""
    return not isinstance(number, (float, complex)) or cmath.isfinite(number)


def _is_literal(x: Value) -> bool:
    """Whether x, with a minus before it, is a number itself: -2 is, and -0 and -pi are not."""
    return x.operation is table.constant and not x.name and str(0 - x.data) == f"-{x.data}"


def _work(operation: Operation, numbers: list[Any]) -> int:
    """About how long it takes to compute, in words of 64 bits; 0 for numbers of everyday size."""
    if operation in (table.digamma, table.polygamma):  # 0.3 ms and more: as 300 words and more
        return 300 + 15 * int(numbers[0] if operation is table.polygamma else 0)
    return max(map(bits, numbers)) // 64
