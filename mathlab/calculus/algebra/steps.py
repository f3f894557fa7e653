"""The derivation of a derivative in named steps, as a teacher writes it on the board.

On the page: `x.grad += node.grad * slope(*numbers, node.data)`; here every such line is said aloud.

Take `x**2 * sin(x)`. What is done *last* when it is computed? Two parts are multiplied, so the rule
is the product rule. With letters for the parts it is `u*v`, and the table has its slopes: v along
u, and u along v. So the rule says `d/dx[u]*v + u*d/dx[v]`. Put the parts for the letters, and two
smaller derivatives remain. Take their parts apart in the same way, each once. When nothing remains,
put the pieces together, and simplify.

>>> from mathlab import sin, symbols
>>> x, = symbols("x")
>>> print(steps(x**2 * sin(x), x))
1. product rule
   d/dx[x**2*sin(x)] = d/dx[x**2]*sin(x) + x**2*d/dx[sin(x)]
2. power rule
   d/dx[x**2] = 2*x
3. sin: the slope of sin(u) is cos(u)
   d/dx[sin(x)] = cos(x)
4. put the pieces together
   d/dx[x**2*sin(x)] = 2*x*sin(x) + x**2*cos(x)

No rule of calculus is written in this chapter: slopes come from the table, by `gradient`. Here
stand only the names of the rules, and how they are laid out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count, islice
from typing import Any, NamedTuple

from mathlab.calculus.algebra.board import (
    BOARD_WIDTH,
    OF_A_CONSTANT,
    OF_A_POWER,
    OF_X,
    Derivation,
    Step,
)
from mathlab.calculus.algebra.differentiate import derivative, gradient, signed
from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.formula import READABLE, pieces, write_short
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value, is_number
from mathlab.calculus.numbers.unknown import UNKNOWN

LONG = 45  # characters: a part that takes more is written as a name
READ_TOGETHER = 80  # inputs of the pieces put together; more of them nobody would read
TOGETHER = "put the pieces together"
SUMS = (table.add, table.subtract, table.total)
NAMED = {
    table.multiply: "product rule",
    table.divide: "quotient rule",
    table.dot: "sum and product rules",
}


def steps(f: Value, x: Value) -> Derivation:
    """The derivation of df/dx in named steps, the last of which ends in `derivative(f, x)`.

    Whatever does not depend on `x` counts as constant.

    Raises: DomainError where `f` has no slope.

    >>> from mathlab import sin, symbols
    >>> x, = symbols("x")
    >>> print(steps(sin(2 * x), x))
    1. chain rule for sin, with u = 2*x: the slope of sin(u) is cos(u)
       d/dx[sin(2*x)] = cos(2*x)*d/dx[2*x]
    2. constant multiple rule
       d/dx[2*x] = 2
    3. put the pieces together
       d/dx[sin(2*x)] = cos(2*x)*2
    4. simplify
       d/dx[sin(2*x)] = 2*cos(2*x)
    """
    result = derivative(f, x)
    board = _Board(*_in_symbols(f, x))
    made: dict[Value, Step] = {}
    for part in board.rates:  # inputs first: what a part is made of has its step already
        made[part] = board.step(part, made)
    return Derivation(tuple(board.ending(_outside_in(board.f, made), result)), result)


class _Rule(NamedTuple):
    """What the table says of an operation, in letters."""

    pattern: Value  # u*v
    letters: dict[Value, Value]  # u and v, and the parts that they stand for
    slopes: dict[Value, Value]  # along u it is v, and along v it is u
    rates: dict[Value, Value]  # d/dx[u] and d/dx[v], and the parts whose derivatives they are
    formula: Value  # d/dx[u]*v + u*d/dx[v]

    def applied(self, known: Mapping[Value, Value]) -> Value:
        """The formula with parts for the letters, and the `known` derivatives of the parts."""
        rates = {rate: known[part] for rate, part in self.rates.items()}
        return _put_away(self.formula, self.letters | rates)

    def in_words(self) -> str:
        """The row of the table."""
        if len(self.slopes) == 1:
            return f"the slope of {self.pattern} is {next(iter(self.slopes.values()))}"
        along = ", ".join(f"{slope} along {letter}" for letter, slope in self.slopes.items())
        return f"the slopes of {self.pattern} are {along}"


class _Board:
    """A formula before the first step: which parts get one, and which are too long to write."""

    def __init__(self, f: Value, x: Value):
        order = inputs_first(f)
        self.f, self.x = f, x
        self.taken = {node.name for node in order}  # names that are no longer free
        self.moving: set[Value] = set()  # the parts that depend on x
        for node in order:
            if node is x or not self.moving.isdisjoint(node.inputs):
                self.moving.add(node)
        uses = Counter(part for node in order for part in node.inputs)
        pairs = [(node, part) for node in order if node in self.moving for part in node.inputs]
        self.joined = {part for node, part in pairs if uses[part] == 1 and self.joins(node, part)}
        shown = {f, *(part for _, part in pairs)} - self.joined
        asked = {f, *(part for node, part in pairs if self.asks(node, part))}
        self.names = self.named([part for part in order if part in shown and part.inputs])
        self.rates = {part: self.rate(self.text(part)) for part in order if part in shown & asked}

    def is_multiple(self, node: Value) -> bool:
        """Whether the node is c*u, u*c, u/c or -u, and c is constant."""
        moves = [each in self.moving for each in node.inputs]
        if node.operation is table.multiply:
            return sum(moves) == 1
        return node.operation in (table.divide, table.negate) and moves in ([True], [True, False])

    def joins(self, node: Value, part: Value) -> bool:
        """Whether one step does for a node and its input: `3*x**2 - 2*x + 1` is a single sum."""
        if part.operation in SUMS:
            return node.operation in SUMS and part in self.moving
        return self.is_multiple(part) and (node.operation in SUMS or self.is_multiple(node))

    def asks(self, node: Value, part: Value) -> bool:
        """Whether the rule for a node asks for the derivative of its input."""
        return part in self.moving or node.operation in SUMS

    # What was done last

    def step(self, part: Value, made: Mapping[Value, Step]) -> Step:
        """The rule for a part, applied to it; `made` has the steps of what the part is made of."""
        rate, said = self.rates[part], self.meaning(part) if part is self.f else []
        if part is self.x or part not in self.moving:
            name, slope = (OF_X, 1) if part is self.x else (OF_A_CONSTANT, 0)
            found = as_value(slope)
            return Step(name, part, rate, found, found, f"{rate} = {slope}", ", ".join(said))
        rule = self.rule(part)
        remaining = tuple(rule.rates.values())
        found = rule.applied({each: made[each].found for each in remaining})
        after = rule.applied(self.rates)
        direct = [rule.letters[u] for u in rule.slopes] == [self.x]
        if direct:  # nothing is inside: no chain rule, and nothing remains
            after, remaining = found, ()
        name = self.name(part, rule, direct)
        is_known = part.operation in (*SUMS, *NAMED, table.negate) or name == OF_A_POWER
        row = "" if is_known else rule.in_words()
        left, right = str(rate), self.text(after)
        too_long = len(right) > BOARD_WIDTH - 7 and part.operation not in (*SUMS, table.dot)
        if too_long:  # then in letters
            left, right = str(self.rate(str(rule.pattern))), str(rule.formula)
        for letter, each in rule.letters.items():
            if each in self.names:
                said += self.meaning(each)
            elif (row or too_long) and not direct:
                said.append(f"{letter} = {self.text(each)}")
        equation, meaning = f"{left} = {right}", ", ".join(said)
        return Step(name, part, rate, after, found, equation, meaning, row, remaining)

    def rule(self, part: Value) -> _Rule:
        """The rule for a part, in letters: slopes times rates, added up."""
        pattern, letters, asked = self.in_letters(part)
        slopes = dict(zip(asked, gradient(pattern, asked), strict=True))
        in_place = len(asked) == 2 and part.operation in (table.multiply, table.divide)
        below = pattern.inputs[1] if part.operation is table.divide else None
        below = below if below in slopes else None  # the divisor, if it moves
        rates: dict[Value, Value] = {}
        formula: Any = None
        for letter, slope in slopes.items():
            if below:
                slope = simplify(slope * below**2)
            if _plain(slope) == 0:
                continue
            rate = self.rate(letter.name)
            rates[rate] = letters[letter]
            if formula is not None:
                join, slope = signed(slope)
                formula = join(formula, _plain(slope) * rate)
            elif in_place:
                formula = rate * _plain(slope)  # where its factor stood: d/dx[u]*v
            else:
                formula = -rate if _plain(slope) == -1 else _plain(slope) * rate
        formula = as_value(formula or 0)
        return _Rule(pattern, letters, slopes, rates, formula / below**2 if below else formula)

    def in_letters(self, part: Value) -> tuple[Value, dict[Value, Value], list[Value]]:
        """The part in letters; what they stand for; and those whose rates the rule asks for."""
        joined, waiting = list[Value](), [part]
        while waiting:
            joined.append(waiting.pop())
            waiting += [each for each in joined[-1].inputs if each in self.joined]
        fresh = _fresh("uvw", self.taken)
        letters: dict[Value, Value] = {}
        asked: set[Value] = set()
        patterns: dict[Value, Value] = {}
        for node in reversed(joined):  # inputs first
            inputs = []
            for each in node.inputs:
                if each in patterns:
                    inputs.append(patterns[each])
                elif each.inputs or self.asks(node, each):
                    inputs.append(_symbol(self.names.get(each) or next(fresh)))
                    letters[inputs[-1]] = each
                    asked |= {inputs[-1]} if self.asks(node, each) else set()
                else:
                    inputs.append(each)  # a 2 stays a 2, and a stays a
            assert node.operation is not None
            patterns[node] = node.operation(*inputs)
        pattern = patterns[part]
        return pattern, letters, [u for u in inputs_first(pattern) if u in asked]

    def name(self, part: Value, rule: _Rule, direct: bool) -> str:
        """What the rule is called in class."""
        operation = part.operation
        assert operation is not None
        if operation in SUMS:
            plain = all(_plain(slope) in (1, -1) for slope in rule.slopes.values())
            return "sum rule" if plain else "sum and constant multiple rules"
        if self.is_multiple(part):
            return "constant multiple rule"
        if operation in NAMED:
            return NAMED[operation]
        if operation is not table.power:
            return operation.name if direct else f"chain rule for {operation.name}"
        if len(rule.slopes) == 2:
            return "general power rule"
        name = OF_A_POWER if part.inputs[0] in self.moving else "exponential rule"
        return name if direct else f"{name} and chain rule"

    # How it is written

    def rate(self, text: str) -> Value:
        """The derivative of what is written so, still to be found."""
        return _symbol(f"d/d{self.x.name}[{text}]")

    def text(self, formula: Value) -> str:
        """The formula, its long parts written as names."""
        return "".join(pieces(formula, self.names))

    def meaning(self, part: Value) -> list[str]:
        """What the name of a part stands for, if it has one."""
        if part not in self.names:
            return []
        if part not in self.moving:
            return [f"{self.names[part]} = {write_short(part, READABLE)}"]
        itself = Value.bare(UNKNOWN, part.operation, part.inputs)  # a node that has no name
        return [f"{self.names[part]} = {self.text(itself)}"]

    def named(self, shown: list[Value]) -> dict[Value, str]:
        """Names for the parts that are too long to be written out, the outermost first."""
        long: dict[Value, str] = {}
        for part in shown:
            if len("".join(islice(pieces(part, long), LONG + 1))) > LONG:
                long[part] = "p00"  # as wide as its name will be
        return dict(zip(reversed(long), _fresh("p", self.taken), strict=False))

    def ending(self, done: list[Step], result: Value) -> list[Step]:
        """The steps, and at the end those that put the pieces together and simplify."""
        rate, found = done[0].before, done[0].found
        end = Step("simplify", self.f, found, result, result, f"{rate} = {result}")
        short = write_short(found, READ_TOGETHER)
        if short == "...":
            return [*done, end._replace(rule=f"{TOGETHER}, and simplify", before=rate)]
        if done[0].remaining:
            equation = f"{rate} = {self.text(found)}"
            done = [*done, Step(TOGETHER, self.f, rate, found, found, equation)]
        if short != write_short(result, READ_TOGETHER):
            return [*done, end]
        return [*done[:-1], done[-1]._replace(after=result, found=result)]  # it is simple already


def _outside_in(f: Value, made: Mapping[Value, Step]) -> list[Step]:
    """The steps in the order of the board: after each what it left to be found, each part once."""
    done: dict[Value, Step] = {}
    waiting = [f]
    while waiting:
        part = waiting.pop()
        if part not in done:
            done[part] = made[part]
            # what is said quickly is said first: it goes last onto the stack
            waiting += sorted(reversed(made[part].remaining), key=lambda each: made[each].is_quick)
    return list(done.values())


def _in_symbols(f: Value, x: Value) -> tuple[Value, Value]:
    """The formula and its variable without their numbers; equal parts are now one part."""
    order = inputs_first(f)
    free = _fresh("x", {node.name for node in order})
    name = x.name or (f"({write_short(x)})" if x.inputs else next(free))
    new = {x: x if x.data is UNKNOWN and x.name and not x.inputs else _symbol(name)}
    known: dict[Any, Value] = {}
    for node in order:
        if node in new:
            continue
        inputs = tuple(new[each] for each in node.inputs)
        key: Any = (node.operation, *inputs)
        if inputs:
            copy = Value.bare(UNKNOWN, node.operation, inputs)
        elif node.operation is None and node.name:
            key, copy = node, (node if node.data is UNKNOWN else _symbol(node.name))
        else:
            key, copy = (type(node.data), node.data, node.name), as_value(node.data, node.name)
        new[node] = known.setdefault(key, copy)
    return new[f], new[x]


def _put_away(formula: Value, meaning: Mapping[Value, Value]) -> Value:
    """The formula with what its letters mean, and zeros and ones put away as on the page."""
    new = dict(meaning)
    for node in inputs_first(formula):
        inputs = [new[each] for each in node.inputs]
        if node.operation is None or not inputs:
            new.setdefault(node, node)
            continue
        match node.operation.name, *map(_plain, inputs):
            case ("*", 0, _) | ("*", _, 0) | ("/", 0, _):
                new[node] = as_value(0)
            case ("-", 0, x):
                new[node] = as_value(-x)
            case ("+" | "-" | "*" | "negate", *xs):  # in Python's arithmetic 1*x and x + 0 are x
                new[node] = as_value(node.operation.compute(*xs))
            case _:
                new[node] = node.operation(*inputs)
    return new[formula]


def _fresh(stems: str, taken: set[str]) -> Iterator[str]:
    """Names that are not taken: u, v, w, u1, v1, w1, ..."""
    names = (f"{stem}{i or ''}" for i in count() for stem in stems)
    return (name for name in names if name not in taken)


def _symbol(name: str) -> Value:
    """A symbol of its own, whatever others have the same name."""
    return Value.bare(UNKNOWN, None, (), name)


def _plain(value: Value) -> Any:
    """The number, if the value is nothing but a number; else the value."""
    return value.data if is_number(value) else value
