"""The derivation of a derivative in named steps, as a teacher writes it on the board.

On the page: `x.grad += node.grad * slope(*numbers, node.data)`; here every such line is said aloud.

Take `x**2 * sin(x)`. What is done *last* when it is computed? Two parts are multiplied, so the rule
is the product rule; in letters, `d/dx[u]*v + u*d/dx[v]`. Put the parts for the letters, and two
smaller derivatives remain to be found. Take their parts apart in the same way, each once. When
nothing remains, put the pieces together, and simplify.

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
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count, islice
from typing import Any

from mathlab.calculus.algebra.board import BOARD_WIDTH, Derivation, Step
from mathlab.calculus.algebra.differentiate import derivative
from mathlab.calculus.algebra.rules import OF_A_CONSTANT, OF_X, SUMS, rule, with_parts
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.formula import READABLE, pieces, write_short
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value
from mathlab.calculus.numbers.unknown import UNKNOWN

LONG = 45  # characters: a part that takes more is written as a name
READ_TOGETHER = 80  # inputs of the pieces put together; more of them nobody would read
TOGETHER = "put the pieces together"


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


class _Board:
    """A formula before the first step: which parts get one, and which are too long to write.

    In `3*sin(x) + a` the sum gets a step, sin(x) and a; but `3*sin(x)` is joined to the sum.
    """

    def __init__(self, f: Value, x: Value):
        order = inputs_first(f)
        self.f, self.x = f, x
        self.taken = {node.name for node in order}  # names that are no longer free
        self.moving: set[Value] = set()  # the parts that change with x
        for node in order:
            if node is x or not self.moving.isdisjoint(node.inputs):
                self.moving.add(node)
        uses = Counter(part for node in order for part in node.inputs)
        pairs = [(node, part) for node in order if node in self.moving for part in node.inputs]
        self.joined = {part for node, part in pairs if uses[part] == 1 and self.joins(node, part)}
        shown = {f, *(part for _, part in pairs)} - self.joined  # each as a whole, in some step
        asked = {f, *(part for node, part in pairs if self.asks(node, part))} & shown
        self.names = self.named([part for part in order if part in shown and part.inputs])
        self.rates = {part: self.rate(self.text(part)) for part in order if part in asked}

    def is_multiple(self, node: Value) -> bool:
        """Whether the node is c*u, u*c, u/c or -u, and c is constant."""
        moves = [each in self.moving for each in node.inputs]
        if node.operation is table.multiply:
            return sum(moves) == 1
        return node.operation in (table.divide, table.negate) and moves in ([True], [True, False])

    def joins(self, node: Value, part: Value) -> bool:
        """Whether one step does for a node and its input: sums in sums, multiples in either."""
        if part.operation in SUMS:
            return node.operation in SUMS and part in self.moving
        return self.is_multiple(part) and (node.operation in SUMS or self.is_multiple(node))

    def asks(self, node: Value, part: Value) -> bool:
        """Whether the rule for a node asks for the derivative of its input."""
        return part in self.moving or node.operation in SUMS

    # What was done last

    def step(self, part: Value, made: Mapping[Value, Step]) -> Step:
        """The rule for a part, applied to it; `made` has the steps of what the part is made of."""
        if part is self.x:
            return self.at_once(part, OF_X, 1)
        if part not in self.moving:
            return self.at_once(part, OF_A_CONSTANT, 0)
        pattern, letters, moving = self.in_letters(part)
        law = rule(pattern, {u: self.rate(u.name) for u in moving})
        inner = {rate: letters[u] for rate, u in law.asked.items()}
        found = with_parts(law.formula, letters | {u: made[p].found for u, p in inner.items()})
        after = with_parts(law.formula, letters | {u: self.rates[p] for u, p in inner.items()})
        inside = [letters[letter] for letter in moving] != [self.x]
        if not inside:  # there is no chain rule, and nothing remains to be found
            after, inner = found, {}
        before, row = self.rates[part], law.row(inside)
        left, right = str(before), self.text(after)
        too_long = len(right) > BOARD_WIDTH - 7 and part.operation not in (*SUMS, table.dot)
        if too_long:  # it is shown in letters
            left, right = str(self.rate(str(pattern))), str(law.formula)
        meaning = self.explained(part, letters, bool(row or too_long) and inside)
        name, equation, remaining = law.name(inside), f"{left} = {right}", tuple(inner.values())
        return Step(name, part, before, after, found, equation, meaning, row, remaining)

    def at_once(self, part: Value, name: str, slope: int) -> Step:
        """The step for x itself, or for a constant."""
        before, found = self.rates[part], as_value(slope)
        equation, meaning = f"{before} = {slope}", self.explained(part, {}, False)
        return Step(name, part, before, found, found, equation, meaning)

    def in_letters(self, part: Value) -> tuple[Value, dict[Value, Value], list[Value]]:
        """The part in letters, what these stand for, and those whose rates the rule asks for."""
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
                asks = self.asks(node, each)
                letter = patterns.get(each, each)  # a 2 stays a 2, and a stays a
                if each not in patterns and (each.inputs or asks):
                    letter = _symbol(self.names.get(each) or next(fresh))
                    letters[letter] = each
                    asked.update([letter] * asks)
                inputs.append(letter)
            assert node.operation is not None
            patterns[node] = node.operation(*inputs)
        pattern = patterns[part]
        return pattern, letters, [u for u in inputs_first(pattern) if u in asked]

    # How it is written

    def text(self, formula: Value) -> str:
        """The formula, its long parts written as names."""
        return "".join(pieces(formula, self.names))

    def rate(self, text: str) -> Value:
        """The derivative of what is written so, still to be found."""
        return _symbol(f"d/d{self.x.name}[{text}]")

    def explained(self, part: Value, letters: Mapping[Value, Value], shown: bool) -> str:
        """What the names in a step stand for, and the letters if they are shown."""
        said = [self.meaning(part)] if part is self.f and part in self.names else []
        for letter, each in letters.items():
            if each in self.names:
                said.append(self.meaning(each))
            elif shown:
                said.append(f"{letter} = {self.text(each)}")
        return ", ".join(said)

    def meaning(self, part: Value) -> str:
        """What the name of a part stands for."""
        if part not in self.moving:
            return f"{self.names[part]} = {write_short(part, READABLE)}"
        itself = Value.bare(UNKNOWN, part.operation, part.inputs)  # a node that has no name
        return f"{self.names[part]} = {self.text(itself)}"

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


def _fresh(stems: str, taken: set[str]) -> Iterator[str]:
    """Names that are not taken: u, v, w, u1, v1, w1, ..."""
    names = (f"{stem}{i or ''}" for i in count() for stem in stems)
    return (name for name in names if name not in taken)


def _symbol(name: str) -> Value:
    """A symbol of its own, whatever others have the same name."""
    return Value.bare(UNKNOWN, None, (), name)
