"""The derivation of a derivative in named steps, as a teacher writes it on the board.

On the page: `x.grad += node.grad * slope(*numbers, node.data)`; here every such line is said aloud.

Take `x**2 * sin(x)`. What is done *last* when it is computed? Two parts are multiplied, so the rule
is the product rule; in letters, `d/dx[u]*v + u*d/dx[v]`. Put the parts for the letters, and two
rates remain to be found. (A rate is a derivative not yet found: here just a symbol, whose name is
`d/dx[sin(x)]`.) Take their parts apart in the same way, each once. When nothing remains, put the
pieces together, and simplify.

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

Read `steps` first, then `_Board` and its `step` and `law`; the rest is how a step is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count, islice
from typing import Any

from mathlab.calculus.algebra.board import BOARD_WIDTH, Derivation, Step
from mathlab.calculus.algebra.differentiate import derivative, substitute
from mathlab.calculus.algebra.rules import OF_A_CONSTANT, OF_X, SUMS, Rule, rule, with_parts
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.formula import READABLE, pieces, write_short
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value, nodes_of
from mathlab.calculus.numbers.unknown import UNKNOWN

LONG = 45  # characters: a part that takes more is written as a name
READ_TOGETHER = 80  # inputs of the pieces put together; more of them nobody would read
TOGETHER = "put the pieces together"


def steps(f: Value, x: Value | str) -> Derivation:
    """The derivation of df/dx in named steps, the last of which ends in `derivative(f, x)`.

    Whatever does not depend on `x`, a Value or a name, counts as constant.

    Raises: DomainError where `f` has no slope.
    """
    result = derivative(f, x)
    ((x, *others),) = nodes_of([x], f)
    if others:  # several have this name
        f = substitute(f, dict.fromkeys(others, x))
    board = _Board(*_in_symbols(f, x))
    made: dict[Value, Step] = {}
    for part in board.rates:  # inputs first: what a part is made of has its step already
        made[part] = board.step(part, made)
    return Derivation(tuple(board.ending(_outside_in(board.f, made), result)), result)


class _Board:
    """A formula before the first step: which parts get one, and which are too long to write.

    Take `3*sin(x) + a`. The sum, `3*sin(x)`, `sin(x)` and x are `moving`: they change with x. And
    `3*sin(x)` is `joined` to the sum: one step does for both. All other parts have a rate:

    >>> from mathlab import sin, symbols
    >>> a, x = symbols("a x")
    >>> board = _Board(3 * sin(x) + a, x)
    >>> print(*board.joined, *board.rates.values(), sep=", ")
    3*sin(x), d/dx[3], d/dx[x], d/dx[sin(x)], d/dx[a], d/dx[3*sin(x) + a]
    """

    def __init__(self, f: Value, x: Value):
        order = inputs_first(f)
        self.f, self.x = f, x
        self.taken = {node.name for node in order}  # names that are no longer free
        self.moving: set[Value] = set()
        for node in order:
            if node is x or not self.moving.isdisjoint(node.inputs):
                self.moving.add(node)
        uses = Counter(part for node in order for part in node.inputs)
        pairs = [(node, part) for node in order if node in self.moving for part in node.inputs]
        self.joined = {part for node, part in pairs if uses[part] == 1 and self.joins(node, part)}
        whole = {f, *(part for _, part in pairs)} - self.joined  # as such in some step
        self.names = self.named([part for part in order if part in whole and part.inputs])
        self.rates = {part: self.rate(self.text(part)) for part in order if part in whole}

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

    # What was done last

    def step(self, part: Value, made: Mapping[Value, Step]) -> Step:
        """The rule for a part, applied to it; `made` has the steps of what the part is made of."""
        if part is self.x or part not in self.moving:
            return self.at_once(part)
        law, letters = self.law(part)
        inner = {rate: letters[u] for rate, u in law.asked.items()}
        found = with_parts(law.formula, letters | {r: made[p].found for r, p in inner.items()})
        after = with_parts(law.formula, letters | {r: self.rates[p] for r, p in inner.items()})
        inside = [letters[u] for u in law.slopes] != [self.x]
        if not inside:  # there is no chain rule, and nothing remains to be found
            after, inner = found, {}
        row, (equation, in_letters) = law.row(inside), self.equation(part, after, law)
        meaning = self.explained(part, letters, inside and (in_letters or row != ""))
        name, before, remaining = law.name(inside), self.rates[part], tuple(inner.values())
        return Step(name, part, before, after, found, equation, meaning, row, remaining)

    def at_once(self, part: Value) -> Step:
        """The step for x itself, or for a constant."""
        name, slope = (OF_X, 1) if part is self.x else (OF_A_CONSTANT, 0)
        before, found = self.rates[part], as_value(slope)
        equation, meaning = f"{before} = {slope}", self.explained(part, {}, False)
        return Step(name, part, before, found, found, equation, meaning)

    def law(self, part: Value) -> tuple[Rule, dict[Value, Value]]:
        """The rule for a part in letters, and what these stand for.

        For `3*sin(x) + a` it is the rule for 3*u + v, where u is sin(x) and v is a.
        """
        fresh = _fresh("uvw", self.taken)
        letters, rates = dict[Value, Value](), dict[Value, Value]()
        patterns: dict[Value, Value] = {}  # the nodes of this step, in letters
        for node in self.in_one_step(part):
            inputs = []
            for each in node.inputs:
                is_asked = each in self.moving or node.operation in SUMS
                letter = patterns.get(each, each)  # a 2 stays a 2, and a stays a
                if each not in patterns and (each.inputs or is_asked):
                    letter = _symbol(self.names.get(each) or next(fresh))
                    letters[letter] = each
                    if is_asked:
                        rates[letter] = self.rate(letter.name)
                inputs.append(letter)
            assert node.operation is not None
            patterns[node] = node.operation(*inputs)
        in_order = {u: rates[u] for u in inputs_first(patterns[part]) if u in rates}
        return rule(patterns[part], in_order), letters

    def in_one_step(self, part: Value) -> list[Value]:
        """The part and all that is joined to it, inputs first: 3*sin(x), then 3*sin(x) + a."""
        found, waiting = list[Value](), [part]
        while waiting:
            found.append(waiting.pop())
            waiting += [each for each in found[-1].inputs if each in self.joined]
        return found[::-1]

    # How it is written

    def equation(self, part: Value, after: Value, law: Rule) -> tuple[str, bool]:
        """The equation of a step; and whether it is shown in letters, because it is too long."""
        right = self.text(after)
        if len(right) > BOARD_WIDTH - 7 and part.operation not in (*SUMS, table.dot):
            return f"{self.rate(str(law.pattern))} = {law.formula}", True
        return f"{self.rates[part]} = {right}", False

    def text(self, formula: Value) -> str:
        """The formula, its long parts written as names."""
        return "".join(pieces(formula, self.names))

    def rate(self, text: str) -> Value:
        """The derivative of what is written so, still to be found: a symbol of this name."""
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
