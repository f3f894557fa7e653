"""The derivation of a derivative in named steps, as a teacher writes it on the board.

On the page: `x.grad += node.grad * slope(*numbers, node.data)`; here every such line is said aloud.

Take `x**2 * sin(x)`. What is done *last* when it is computed? Two parts are multiplied, so the rule
is the product rule; in letters, `d/dx[u]*v + u*d/dx[v]`. Put the parts for the letters, and two
derivatives remain to be found. (Until then, each is just a symbol, whose name is `d/dx[sin(x)]`.)
Find them in the same way, each once. When nothing remains, put the pieces together, and simplify.

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

If it takes fewer steps so, a short formula is simplified first: log(exp(x)) is just x.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import count, islice
from typing import Any

from mathlab.calculus.algebra.board import BOARD_WIDTH, Derivation, Step
from mathlab.calculus.algebra.differentiate import derivative, substitute
from mathlab.calculus.algebra.rules import SUMS, Letters, Rule, plain, rule
from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.formula import READABLE, pieces, write_short
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value, nodes_of
from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.errors import DomainError

LONG = 45  # characters: a part that takes more is written as a name, p
READ_TOGETHER = 80  # inputs of the pieces put together; more of them nobody would read
MULTIPLES = (  # the operation, and which of its inputs change
    (table.multiply, [True, False]), (table.multiply, [False, True]),
    (table.divide, [True, False]), (table.negate, [True]),
)
SIMPLIFY_FIRST, TOGETHER, SIMPLIFY = "simplify first", "put the pieces together", "simplify"
OTHERWISE = "put another way"


def steps(f: Value, x: Value | str) -> Derivation:
    """The derivation of df/dx in named steps, the last of which ends in `derivative(f, x)`.

    Whatever does not depend on `x`, a Value or a name, counts as constant.

    Raises: DomainError where `f` has no slope.
    """
    result = derivative(f, x)
    has_name = isinstance(x, str) or x.name or x.inputs
    f, x = _without_numbers(f, x)
    text = str(result if has_name else derivative(f, x))  # a nameless x is called x
    board = _Board(f, x)
    lines = board.by_rules()
    simple = _simplified(f, x, text)
    if simple is not f:
        other = _Board(simple, x)
        fewer = other.by_rules()
        if len(fewer) < len(lines):  # or else it is only written otherwise
            board, lines = other, [_simplify_first(lines[0], fewer[0]), *fewer]
    return Derivation(tuple(board.put_together(lines, result, text)), result)


class _Board:
    """A formula before the first step: which of its parts get one, and how they are written.

    Take `3*sin(x) + a`. The sum, `3*sin(x)`, `sin(x)` and x are `moving`: they change with x. And
    `3*sin(x)` is `joined` to the sum: one step does for both.
    """

    def __init__(self, f: Value, x: Value):
        self.f, self.x = f, x
        order = inputs_first(f)
        self.taken = {node.name for node in order}  # names that are no longer free
        self.moving = {x}
        for node in order:
            if not self.moving.isdisjoint(node.inputs):
                self.moving.add(node)
        self.joined = self.joined_parts(order)
        self.names = self.names_of_long_parts(order)
        self.rates = dict[Value, Value]()  # the symbols of the derivatives asked for so far

    def by_rules(self) -> list[Step]:
        """A step for each derivative that is asked for, the whole formula's first."""
        rules = self.rules()
        made: dict[Value, Step] = {}
        for part in inputs_first(self.f):  # what a part is made of has its step already
            if part in rules:
                made[part] = self.step(part, *rules[part], made)
        return [made[part] for part in rules]

    def rules(self) -> dict[Value, tuple[Rule, Letters]]:
        """Each part whose derivative is asked for, its rule, and what the letters stand for."""
        rules: dict[Value, tuple[Rule, Letters]] = {}
        waiting = [self.f]
        while waiting:
            part = waiting.pop()
            if part not in rules:
                by, letters = rules[part] = self.rule(part)
                asked = [letters[u] for u in reversed(by.asked)]
                waiting += sorted(asked, key=self.is_quick)  # the last of them is popped first
        return rules

    def rule(self, part: Value) -> tuple[Rule, Letters]:
        """The rule for what is done last in a part, and what its letters stand for.

        For `3*sin(x) + a` it is the rule for 3*u + v, where u is sin(x) and v is a.
        """
        if part is self.x or part not in self.moving:
            return rule(self.x, [self.x] if part is self.x else [], inside=False), {}
        letters, changing = dict[Value, Value](), set[Value]()
        pattern: dict[Value, Value] = {}  # for each node of this step, the same in letters
        fresh = _fresh("uvw", self.taken)
        for node in self.in_one_step(part):
            inputs = []
            for each in node.inputs:
                letter = pattern.get(each, each)
                may_change = each in self.moving or node.operation in SUMS
                if each not in pattern and (each.inputs or may_change):  # a 2 stays, and an a
                    letter = _symbol(self.names.get(each) or next(fresh))
                    letters[letter] = each
                    changing |= {letter} if may_change else set()
                inputs.append(letter)
            assert node.operation is not None
            pattern[node] = node.operation(*inputs)
        in_order = [letter for letter in inputs_first(pattern[part]) if letter in changing]
        inside = [letters[u] for u in in_order] != [self.x]
        return rule(pattern[part], in_order, inside), letters

    def step(self, part: Value, by: Rule, letters: Letters, made: dict[Value, Step]) -> Step:
        """The step for a part by its rule; `made` has the steps of what the part is made of."""
        asked = {u: letters[u] for u in by.asked}
        rates = dict.fromkeys(by.slopes, 1)  # x changes as fast as x
        after = by.derivative(rates | {u: self.rate(asked[u]) for u in asked}, letters)
        found = by.derivative(rates | {u: plain(made[asked[u]].found) for u in asked}, letters)
        left, right = str(self.rate(part)), self.text(after)
        in_letters = by.inside and len(right) > BOARD_WIDTH - 7 and (
            part.operation not in (*SUMS, table.dot))
        if in_letters:
            left = self.rate_of(by.pattern)
            right = str(by.derivative(rates | {u: _symbol(self.rate_of(u)) for u in asked}))
        meaning = self.meaning(part, letters, in_letters or (by.inside and by.row != ""))
        return Step(by.name, part, self.rate(part), after, found, f"{left} = {right}", meaning,
                    by.row, tuple(asked.values()))

    def put_together(self, lines: list[Step], result: Value, text: str) -> list[Step]:
        """The steps, and after them those that put the pieces together, and simplify.

        If simplifying makes nothing shorter, the pieces, each as short as it can be, come first.
        """
        first = lines[0]
        readable = write_short(first.found, READ_TOGETHER) != "..."
        found = self.text(first.found) if readable else ""
        tidy = _tidy(lines) if readable and not self.names else first.found
        by_one_rule = len(lines) == 1 and not self.names
        if by_one_rule and len(text) >= len(found):
            return [first._replace(after=result, found=result, equation=f"{first.before} = {text}")]
        ends = [(TOGETHER if text == found else f"{TOGETHER}, and {SIMPLIFY}", result, text)]
        if readable and len(str(tidy)) <= len(text) and not _same_signs(str(tidy), text):
            ends = [(TOGETHER, tidy, str(tidy)), (OTHERWISE, result, text)]
        elif len(text) < len(found):
            ends = [(TOGETHER, first.found, found), (SIMPLIFY, result, text)][by_one_rule:]
        return lines + [Step(rule, first.part, first.before, end, end, f"{first.before} = {line}")
                        for rule, end, line in ends]

    def in_one_step(self, part: Value) -> list[Value]:
        """The part and all that is joined to it, inputs first: 3*sin(x), then 3*sin(x) + a."""
        found, waiting = list[Value](), [part]
        while waiting:
            found.append(node := waiting.pop())
            waiting += [each for each in node.inputs if each in self.joined]
        return found[::-1]

    def joined_parts(self, order: list[Value]) -> set[Value]:
        """The parts that are used once, by a sum or a multiple, for which the same step does."""
        pairs = [(node, part) for node in order for part in node.inputs]
        uses = Counter(part for _, part in pairs)
        return {part for node, part in pairs if uses[part] == 1 and part in self.moving and (
            (self.is_multiple(part) and (node.operation in SUMS or self.is_multiple(node)))
            or (part.operation in SUMS and node.operation in SUMS))}

    def is_multiple(self, node: Value) -> bool:
        """Whether the node is a constant multiple: c*u, u*c, u/c or -u."""
        return (node.operation, [each in self.moving for each in node.inputs]) in MULTIPLES

    def is_quick(self, part: Value) -> bool:
        """Whether the derivative of a part is found at once: of a constant, of x, of x**2."""
        if part.operation is table.power and part.inputs[0] is self.x:
            part = part.inputs[1]
        return part is self.x or part not in self.moving

    def text(self, formula: Value) -> str:
        """The formula, its long parts written as names."""
        return "".join(pieces(formula, self.names))

    def rate(self, part: Value) -> Value:
        """The derivative of a part, still to be found: a symbol, such as `d/dx[sin(x)]`."""
        if part not in self.rates:
            self.rates[part] = _symbol(self.rate_of(self.text(part)))
        return self.rates[part]

    def rate_of(self, text: Any) -> str:
        """How the derivative of what is written so is written."""
        return f"d/d{self.x.name}[{text}]"

    def meaning(self, part: Value, letters: Letters, shown: bool) -> str:
        """What is written as a name in a step, and what its letters are if they are shown."""
        meant = {u: each for u, each in letters.items() if shown or each in self.names}
        if part is self.f and part in self.names:
            meant = {_symbol(self.names[part]): part} | meant
        return ", ".join(f"{u} = {self.in_full(each)}" for u, each in meant.items())

    def in_full(self, part: Value) -> str:
        """A part without its name; the long parts in it have theirs."""
        if part not in self.moving:
            return write_short(part, READABLE)
        return self.text(Value.bare(UNKNOWN, part.operation, part.inputs, part.name))

    def names_of_long_parts(self, order: list[Value]) -> dict[Value, str]:
        """Names for the parts that are too long to be written out, the outermost first."""
        whole = {part for node in order if node in self.moving for part in node.inputs}
        whole = (whole - self.joined) | {self.f}
        long: dict[Value, str] = {}
        for part in (each for each in order if each in whole and each.inputs):
            if len("".join(islice(pieces(part, long), LONG + 1))) > LONG:
                long[part] = "p00"  # as wide as its name will be
        return dict(zip(reversed(long), _fresh("p", self.taken), strict=False))


def _tidy(lines: list[Step]) -> Value:
    """The pieces put together, each of them simplified, but not all of them as one."""
    rates = {step.before: step.found for step in lines}
    with suppress(DomainError):
        rates = {rate: simplify(found) for rate, found in rates.items()}
        whole = substitute(lines[0].after, rates)
        if whole.operation in SUMS:
            whole = whole.operation(*map(simplify, whole.inputs))
        return whole
    return lines[0].found


def _same_signs(one: str, other: str) -> bool:
    """Whether two formulas differ in the order of their parts at most."""
    return sorted(one) == sorted(other)


def _simplified(f: Value, x: Value, text: str) -> Value:
    """A short formula of x with fewer operations, and the same derivative; or else as it is."""
    if write_short(f) != "..." and len(str(f)) <= LONG and x in inputs_first(f):
        with suppress(DomainError):
            simple = simplify(f)
            now, before = (sum(node.inputs != () for node in inputs_first(y)) for y in (simple, f))
            if now < before and str(derivative(simple, x)) == text and len(str(simple)) <= LONG:
                return simple
    return f


def _simplify_first(f: Step, simple: Step) -> Step:
    """The step from the derivative of a formula to that of the simpler one, given their steps."""
    equation, row = f"{f.before} = {simple.before}", f"{f.part} = {simple.part}"
    return Step(SIMPLIFY_FIRST, f.part, f.before, simple.before, simple.found, equation, row=row,
                remaining=(simple.part,))


def _without_numbers(f: Value, x: Value | str) -> tuple[Value, Value]:
    """The formula and its variable without their numbers; equal parts are now one part."""
    ((x, *others),) = nodes_of([x], f)  # others have the same name
    order = inputs_first(f)
    name = x.name or (f"({write_short(x)})" if x.inputs
                      else next(_fresh("x", {node.name for node in order})))
    variable = x if x.data is UNKNOWN and x.name and not x.inputs else _symbol(name)
    new = dict.fromkeys([x, *others], variable)
    known: dict[Any, Value] = {}
    for node in (each for each in order if each not in new):
        inputs = tuple(new[each] for each in node.inputs)
        key: Any = (node.operation, *inputs)
        if inputs:
            copy = Value.bare(UNKNOWN, node.operation, inputs)
        elif node.operation is None and node.name:
            key, copy = node, (node if node.data is UNKNOWN else _symbol(node.name))
        else:
            key, copy = (type(node.data), node.data, node.name), as_value(node.data, node.name)
        new[node] = known.setdefault(key, copy)
    return new[f], variable


def _fresh(stems: str, taken: set[str]) -> Iterator[str]:
    """Names that are not taken: u, v, w, u1, v1, w1, ..."""
    names = (f"{stem}{i or ''}" for i in count() for stem in stems)
    return (name for name in names if name not in taken)


def _symbol(name: str) -> Value:
    """A symbol of its own, whatever others have the same name."""
    return Value.bare(UNKNOWN, None, (), name)
