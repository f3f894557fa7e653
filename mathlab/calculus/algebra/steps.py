"""The derivation of a derivative, as a teacher writes it on the board.

Take the formula apart from the outside in. What is done *last* when the formula is computed names
the rule: a product, a quotient, a function of something. A rule leaves the derivatives of smaller
parts to be found, and they are taken apart in their turn, each once. When nothing is left, put the
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

No rule of calculus is written in this chapter. A step takes one operation, puts letters for its
inputs, and asks `gradient` for the slopes, which come from the table. Here stand only the names of
the rules, and how to lay them out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, NamedTuple

from mathlab.calculus.algebra.board import (
    BASIC,
    COLUMNS,
    CONSTANT,
    POWER,
    VARIABLE,
    Derivation,
    Step,
)
from mathlab.calculus.algebra.differentiate import derivative, gradient, substitute
from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.formula import READABLE, pieces, write_short
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value
from mathlab.calculus.numbers.unknown import UNKNOWN

MOST = 80  # inputs of the pieces put together, before they are tidied up; more nobody would read
LONG = 60  # columns: a part that takes more is written as a name
SUMS = (table.add, table.subtract, table.total)
FACTORS = (table.multiply, table.divide)
RULES = {
    table.multiply: "product rule",
    table.divide: "quotient rule",
    table.dot: "sum and product rules",
}
TOGETHER = "put the pieces together"


def steps(f: Value, x: Value) -> Derivation:
    """The derivation of df/dx in named steps, the last of which ends in `derivative(f, x)`.

    Whatever does not depend on `x` counts as constant.

    Raises: DomainError where `f` has no slope.

    >>> from mathlab import exp, symbols
    >>> x, = symbols("x")
    >>> print(steps(exp(-x**2 / 2), x))
    1. chain rule for exp, with u = -x**2/2: the slope of exp(u) is exp(u)
       d/dx[exp(-x**2/2)] = exp(-x**2/2)*d/dx[-x**2/2]
    2. constant multiple rule
       d/dx[-x**2/2] = -1/2*d/dx[x**2]
    3. power rule
       d/dx[x**2] = 2*x
    4. put the pieces together
       d/dx[exp(-x**2/2)] = exp(-x**2/2)*(-1/2*(2*x))
    5. simplify
       d/dx[exp(-x**2/2)] = -x*exp(-x**2/2)
    """
    result = derivative(f, x)
    return _Board(*_as_symbols(f, x)).derivation(result)


class _Rule(NamedTuple):
    """A rule in letters: `slope*rate + slope*rate + ...`, over the square of a divisor if any."""

    pattern: Value
    moving: dict[Value, Value]  # the letters, and the parts they stand for
    fixed: dict[Value, Value]  # the letters of what does not depend on x
    slopes: list[Value]
    terms: list[tuple[int, Value, Value]]  # a sign, a slope without it, and a letter
    divisor: Value | None

    def applied(self, parts: Mapping[Value, Value], rates: Mapping[Value, Any]) -> Value:
        """The rule with parts in place of letters; ones and zeros are not written."""
        result: Any = None
        two_factors = self.pattern.operation in FACTORS and len(self.moving) == 2
        for sign, slope, letter in self.terms:
            factor, rate = _plain(_with_parts(slope, parts)), rates[letter]
            if rate == 0:
                continue
            if factor == -1:
                term = -rate
            elif two_factors and letter is self.terms[0][2]:
                term = rate * factor  # d/dx[u]*v + u*d/dx[v]: each rate where its factor stood
            else:
                term = factor * rate
            if result is None:
                result = term if sign > 0 else -term
            else:
                result = result + term if sign > 0 else result - term
        if result is None:
            return as_value(0)
        if self.divisor:
            result = result / parts.get(self.divisor, self.divisor) ** 2
        return as_value(result)


class _Board:
    """One derivation: what moves as x does, what is written as a name, a step for each part."""

    def __init__(self, f: Value, x: Value):
        self.f, self.x = f, x
        self.order = inputs_first(f)
        self.moving: set[Value] = set()
        for node in self.order:
            if node is x or not self.moving.isdisjoint(node.inputs):
                self.moving.add(node)
        fixed = {part for node in self.moving for part in node.inputs} - self.moving
        terms = {part for node in self.moving if node.operation in SUMS for part in node.inputs}
        uses = Counter(part for node in self.order for part in node.inputs)
        self.inside = {  # the sums and multiples within a sum: one step is enough for all
            part
            for node in self.moving
            for part in node.inputs
            if part in self.moving and uses[part] == 1
            if (node.operation in SUMS and (part.operation in SUMS or self.is_multiple(part)))
            or (self.is_multiple(node) and self.is_multiple(part))
        }
        self.parts = (self.moving - self.inside) | (fixed & terms) | {f}  # those that get a step
        self.taken = {node.name for node in self.order}
        self.d = f"d/d{x.name}"
        self.names = dict(zip(self.long(self.parts | fixed), _fresh("p", self.taken), strict=False))
        self.symbols: dict[Value, Value] = {}
        self.found: dict[Value, Value] = {}

    def derivation(self, result: Value) -> Derivation:
        """The steps from the outside in, then the pieces put together."""
        made = {part: self.step(part) for part in self.order if part in self.parts}
        done: list[Step] = []
        waiting, met = [self.f], {self.f}
        while waiting:
            done.append(made[waiting.pop()])
            new = [part for part in dict.fromkeys(done[-1].remaining) if part not in met]
            met.update(new)
            # what is quickly said is said first: it is last onto the stack
            waiting += sorted(reversed(new), key=lambda part: made[part].rule in BASIC)
        found, symbol = done[0].found, done[0].before
        end = Step("simplify", self.f, found, result, result, f"{symbol.name} = {result}")
        in_short = write_short(found, MOST)
        if in_short == "...":  # no one would read the pieces put together
            done.append(end._replace(rule=f"{TOGETHER}, and simplify", before=symbol))
            return Derivation(tuple(done), result)
        if done[0].remaining:
            equation = f"{symbol.name} = {self.text(found)}"
            done.append(Step(TOGETHER, self.f, symbol, found, found, equation))
        if in_short == write_short(result, MOST):
            done[-1] = done[-1]._replace(after=result, found=result)
        else:
            done.append(end)
        return Derivation(tuple(done), result)

    def step(self, part: Value) -> Step:
        """The rule for a part, applied to it."""
        before = self.symbol(part)
        said = [self.meaning(part)] if part is self.f and part in self.names else []
        if part is self.x or part not in self.moving:
            name, found = (VARIABLE, as_value(1)) if part is self.x else (CONSTANT, as_value(0))
            self.found[part] = found
            equation = f"{before.name} = {found}"
            return Step(name, part, before, found, found, equation, ", ".join(said))
        rule = self.rule(part)
        parts = {**rule.moving, **rule.fixed}
        direct = list(rule.moving.values()) == [self.x]  # nothing inside: no chain rule
        if direct:
            after = found = rule.applied(parts, dict.fromkeys(rule.moving, 1))
        else:
            after = rule.applied(parts, {u: self.symbol(p) for u, p in rule.moving.items()})
            found = rule.applied(parts, {u: _plain(self.found[p]) for u, p in rule.moving.items()})
        self.found[part] = found
        name, row = self.name(part, rule, direct)
        left, right = before.name, self.text(after)
        in_letters = len(right) > COLUMNS - 7 and part.operation not in (*SUMS, table.dot)
        if in_letters:
            rates = {u: _symbol(f"{self.d}[{u.name}]") for u in rule.moving}
            left, right = f"{self.d}[{rule.pattern}]", str(rule.applied({}, rates))
        for u, p in parts.items():
            if p in self.names:
                said.append(self.meaning(p))
            elif (in_letters or row) and not (u.name == p.name or (direct and p is self.x)):
                said.append(f"{u.name} = {self.text(p)}")
        remaining = () if direct else tuple(rule.moving[u] for _, _, u in rule.terms)
        equation, meaning = f"{left} = {right}", ", ".join(said)
        return Step(name, part, before, after, found, equation, meaning, row, remaining)

    def rule(self, part: Value) -> _Rule:
        """The rule for a part, in letters; for a sum, for all its terms at once."""
        group = [part]
        for node in group:
            group += [each for each in node.inputs if each in self.inside]
        letters = _fresh("uvw", self.taken)
        moving: dict[Value, Value] = {}
        fixed: dict[Value, Value] = {}
        patterns: dict[Value, Value] = {}
        for node in reversed(group):
            row = []
            for each in node.inputs:
                moves = each in self.moving or node.operation in SUMS
                if each in patterns:
                    row.append(patterns[each])
                elif not moves and _plain(each) is not each:
                    row.append(each)
                else:
                    name = self.names.get(each) or ("" if moves else each.name) or next(letters)
                    row.append(_symbol(name))
                    (moving if moves else fixed)[row[-1]] = each
            assert node.operation is not None
            patterns[node] = Value.made_by(node.operation, row)
        pattern = patterns[part]
        moving = {u: moving[u] for u in inputs_first(pattern) if u in moving}
        slopes = gradient(pattern, list(moving))
        divisor = pattern.inputs[1] if part.operation is table.divide else None
        divisor = divisor if divisor in moving else None
        terms: list[tuple[int, Value, Value]] = []
        for letter, slope in zip(moving, slopes, strict=True):
            if divisor:
                slope = simplify(slope * divisor**2)
            if terms and write_short(slope).startswith("-"):
                terms.append((-1, simplify(-slope), letter))
            elif _plain(slope) != 0:
                terms.append((1, slope, letter))
        return _Rule(pattern, moving, fixed, slopes, terms, divisor)

    def name(self, part: Value, rule: _Rule, direct: bool) -> tuple[str, str]:
        """What the rule is called in class, and the row of the table if that is to be shown."""
        operation = part.operation
        if operation in SUMS:
            plain = all(_plain(slope) in (1, -1) for slope in rule.slopes)
            return "sum rule" if plain else "sum and constant multiple rules", ""
        if self.is_multiple(part):
            return "constant multiple rule", ""
        if operation in RULES:
            return RULES[operation], ""
        assert operation is not None
        row = _row(rule)
        if operation is not table.power:
            return (operation.name if direct else f"chain rule for {operation.name}"), row
        if len(rule.moving) == 2:
            return "general power rule", row
        if rule.pattern.inputs[0] in rule.fixed or rule.pattern.inputs[0].operation:
            return ("exponential rule" if direct else "exponential rule and chain rule"), row
        return (POWER, "") if direct else ("power rule and chain rule", row)

    def is_multiple(self, node: Value) -> bool:
        """Whether the node is c*u, u*c, u/c or -u."""
        if node.operation is table.divide:
            return node.inputs[1] not in self.moving
        if node.operation is table.multiply:
            return sum(each in self.moving for each in node.inputs) == 1
        return node.operation is table.negate

    # What is written

    def symbol(self, part: Value) -> Value:
        """The derivative of a part, still to be found."""
        if part not in self.symbols:
            self.symbols[part] = _symbol(f"{self.d}[{self.text(part)}]")
        return self.symbols[part]

    def text(self, formula: Value) -> str:
        return "".join(pieces(formula, self.names))

    def meaning(self, part: Value) -> str:
        """What a name stands for."""
        if part in self.moving:
            text = self.text(Value.bare(part.data, part.operation, part.inputs))
        else:
            text = write_short(part, READABLE)
        return f"{self.names[part]} = {text}"

    def long(self, candidates: set[Value]) -> list[Value]:
        """The parts that need a name, the outermost first."""
        long: list[Value] = []
        width: dict[Value, int] = {}
        for node in self.order:
            if not node.inputs:
                width[node] = len(node.name or str(node.data))
            else:
                assert node.operation is not None
                about = len(node.operation.name) + sum(width[each] + 2 for each in node.inputs)
                width[node] = min(about, READABLE)
                if about > LONG and node in candidates:
                    long.append(node)
                    width[node] = 3  # as the name will be
        return long[::-1]


def _fresh(stems: str, taken: set[str]) -> Iterator[str]:
    """Names that are not taken: u, v, w, u1, v1, w1, ..."""
    names = (f"{stem}{i or ''}" for i in count() for stem in stems)
    return (name for name in names if name not in taken)


def _row(rule: _Rule) -> str:
    """A row of the table in words."""
    if len(rule.slopes) == 1:
        return f"the slope of {rule.pattern} is {rule.slopes[0]}"
    each = [f"{slope} along {u}" for u, slope in zip(rule.moving, rule.slopes, strict=True)]
    return f"the slopes of {rule.pattern} are {', '.join(each)}"


def _with_parts(slope: Value, parts: Mapping[Value, Value]) -> Value:
    """A slope with parts in place of its letters."""
    return substitute(slope, {u: parts[u] for u in inputs_first(slope) if u in parts})


def _symbol(name: str) -> Value:
    """A symbol of its own, whatever others have the same name."""
    symbol = Value.bare(UNKNOWN, None, ())
    symbol.name = name
    return symbol


def _plain(value: Value) -> Any:
    """The number, if the value is nothing but a number."""
    return value.data if value.operation is table.constant and not value.name else value


def _as_symbols(f: Value, x: Value) -> tuple[Value, Value]:
    """The formula and its variable without their numbers; equal parts are now one part."""
    order = inputs_first(f)
    taken = {node.name for node in order}
    name = x.name or (f"({write_short(x)})" if x.inputs else next(_fresh("x", taken)))
    kept = {x: x if x.data is UNKNOWN and not x.inputs and x.name else _symbol(name)}
    known: dict[Any, Value] = {}
    for node in order:
        if node in kept:
            continue
        if node.operation is None:
            named = node if node.data is UNKNOWN else _symbol(node.name)
            kept[node] = named if node.name else as_value(node.data)
            continue
        inputs = tuple(kept[each] for each in node.inputs)
        key = (node.operation, node.name, *(inputs or (type(node.data), node.data)))
        if key not in known:
            known[key] = node
            if inputs != node.inputs:
                known[key] = Value.bare(UNKNOWN, node.operation, inputs)
                known[key].name = node.name
        kept[node] = known[key]
    return kept[f], kept[x]
