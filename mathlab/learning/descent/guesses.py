"""Guesses that look at the data: where a curve may lie, if nobody says.

On the page: `slope, intercept = Value(0.0, "slope"), Value(0.0, "intercept")`. But from 0, 0, 0,
the way to the curve `y = a*exp(-b*x) + c` is long, and for `y = a*x/(k + x)` it leads elsewhere.

What a parameter meets in the formula tells how large it may be. In `x - m` it is one of the places
where x is; in `exp(-b*x)` it turns the whole range of x into a few units, so it is some number over
that range; in `x/s` it is a share of the range; in `sin(w*x)` the range holds half a wave, or as
many waves as there are rows; an exponent is a number near 1. So a guess draws a number for each
parameter of this kind, at random, from where it can be. Parameters in which the model is linear are
not guessed, but solved for.

>>> from mathlab.learning.model.surface import Model, Table
>>> table = Table({"x": [2000.0, 2010.0, 2020.0, 2030.0], "y": [1.0, 2.0, 4.0, 8.0]})
>>> ends = guesses(LossSurface(Model("y = a*exp(b*x)"), table))
>>> lowest = min(ends, key=lambda end: end.loss)
>>> round(lowest.position[1], 3)  # log(2)/10
0.069

From the lowest of many guesses it is a short walk. If the walks do not end alike, one parameter of
a low end is drawn anew, and the walk begins again. Read `guesses` first, then `_Search`.

Source: that the data's own scale should set the start, D. M. Bates and D. G. Watts, Nonlinear
Regression Analysis and Its Applications (1988), section 3.3.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from random import Random
from typing import Any, NamedTuple

from mathlab.calculus.code.compile import Compiled, compile_formula
from mathlab.calculus.graph import operations as op
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value
from mathlab.errors import DomainError
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.projection import linear_parameters, solved, terms
from mathlab.learning.descent.second_order import LevenbergMarquardt
from mathlab.learning.model.surface import NO_ANSWER, LossSurface

# With these, 134 of the 137 pairs of tests.learning.textbook arrive from each of 20 seeds, half of
# them within a twentieth of a second: `python -m tests.learning.textbook 20` measures it.
MOST_ROWS = 250  # that a guess looks at
DRAWN = 120  # guesses for each parameter that has to be drawn,
MOST_DRAWN = 480  # but no more than so many
WALKS = 8  # that begin at the lowest of them
SHORT = 40  # steps of such a walk
ROUNDS = 6  # of changes in the lowest ends,
REDRAWN = 5  # with so many tries for each parameter,
FEW_DRAWN = 2  # if there are more parameters to draw, or most walks did not end alike
APART = 0.2  # of the larger one, at least one parameter, in the places where walks begin
BASES = 5  # of the lowest ends are changed, one after the other
SAME = 1e-6  # of the loss, between walks that ended alike
MOST_WAVES = 500  # half waves that are looked for in the range of a feature
FEWEST_TURNS, MOST_TURNS = 0.1, 30.0  # into how many units the range of a feature may be turned
NARROWEST = 100.0  # times narrower may a peak be
STEEPEST = 5.0  # exponent that is drawn

Place = list[float]
Heights = dict[tuple[float, ...], float]  # the loss at each place that was tried
Number = Callable[[float], float]

# A parameter inside of these can be found from what they should give.
INVERSE: dict[Any, Number] = {
    op.exp: math.log, op.log: math.exp, op.sqrt: lambda y: y * y, op.negate: lambda y: -y,
    op.expm1: math.log1p, op.log1p: math.expm1, op.tanh: lambda y: math.atanh(_within(y, -1, 1)),
    op.log10: lambda y: 10**y, op.log2: lambda y: 2**y, op.cbrt: lambda y: y**3,
    op.sigmoid: lambda y: math.log(_within(y, 0, 1) / (1 - _within(y, 0, 1)))}
WAVES = (op.sin, op.cos, op.tan)


class Meeting(NamedTuple):
    """Where a parameter meets something else in a formula: `operation(parameter, other)`, with the
    parameter as its input number `side`. In between there may be other functions of it alone, and
    `inverse` leads back through them. `turns` says that a sine or cosine follows."""

    operation: Any
    side: int
    other: Value
    inverse: tuple[Number, ...] = ()
    turns: bool = False


class Drawer(NamedTuple):
    """How one parameter is drawn: where it meets what is known by then, or None; and the numbers
    that it meets in the rows, sorted, if they do not depend on other parameters."""

    place: int
    meeting: Meeting | None = None
    other: Compiled | None = None
    numbers: Sequence[float] = ()


def guesses(surface: LossSurface, given: Mapping[str, float] | None = None,
            seed: int = 0, steps: int = SHORT) -> Iterator[Step]:
    """The ends of short walks from guesses in which the parameters that are given have their
    numbers; each as soon as it is found. For the same seed they are the same."""
    search = _Search(surface, dict(given or {}), seed)
    drawers, walked = search.drawers, []
    for place in search.first_places():
        end = _walked(search.few, place, steps)
        walked.append(end)
        yield search.over_all_rows(end)
    alike = not walked or _agree(walked)
    for i in range(ROUNDS if walked and len(drawers) > 1 else 0):
        if alike and (i or len(drawers) <= FEW_DRAWN):
            break
        bases = _different(walked)
        base = bases[i % min(BASES, len(bases))]
        for drawer in drawers:
            if changed := search.changed(base.position, drawer):
                end = _walked(search.few, changed, steps)
                walked.append(end)
                yield search.over_all_rows(end)


class _Search:
    """What guesses are made of: some of the rows, `few`; the parameters that have to be drawn, by
    their `drawers`; and the linear ones, which are solved for."""

    def __init__(self, surface: LossSurface, given: dict[str, float], seed: int):
        model = surface.model
        self.surface, self.few = surface, surface.over(_sample(surface.rows, seed))
        self.start = [given.get(name, 0.0) for name in surface.parameters]
        self.levers = [model.symbols[name] for name in surface.parameters]
        self.dice = Random(seed)
        inputs = [*self.levers, *map(Value.symbol, surface.columns)]
        free = [x for x in self.levers if x.name not in given]
        inner, self.targets = _peeled(self.few, free, inputs)
        self.linear = linear_parameters(inner, free)
        self.terms = terms(inner, self.linear, inputs) if self.linear else None
        known = {*self.linear, *(x for x in self.levers if x.name in given)}
        self.drawers = _drawers(model.prediction, self.levers, known, inputs, self.few.rows)

    def first_places(self) -> list[Place]:
        """Where to begin: the lowest of many guesses, and not near each other."""
        found: Heights = {}
        for _ in range(min(DRAWN * len(self.drawers), MOST_DRAWN) or 1):
            self._try_out(self.start, self.drawers, found)
        waves = [drawer for drawer in self.drawers if drawer.meeting and drawer.meeting.turns]
        for drawer in waves * len(waves):  # a second one is found when the first is there
            if found:
                lowest, _ = min(found.items(), key=lambda pair: pair[1])
                self._scan(lowest, drawer, found)
        return _apart(sorted(found, key=found.__getitem__))

    def changed(self, place: Sequence[float], drawer: Drawer) -> Place | None:
        """The lowest place of a few in which one parameter is drawn anew, and what hangs on it."""
        found: Heights = {}
        for _ in range(REDRAWN):
            self._try_out(place, [drawer, *self._that_hang_on(drawer)], found)
        return [*min(found.items(), key=lambda pair: pair[1])[0]] if found else None

    def over_all_rows(self, end: Step) -> Step:
        """The end of a walk, with the loss of all rows."""
        with suppress(DomainError):
            return end._replace(loss=self.surface.height(end.position))
        return end

    def _scan(self, best: Sequence[float], drawer: Drawer, found: Heights) -> None:
        """Try all numbers of half waves in the range of a feature, one after the other."""
        later = self._that_hang_on(drawer)
        for k in range(1, min(len(self.surface.rows), MOST_WAVES)):
            for _ in range(3 if later else 1):  # a phase, for example
                place = [*best]
                place[drawer.place] = _drawn(drawer, place, self.few.rows, self.dice, k * math.pi)
                self._try_out(place, later, found)

    def _try_out(self, start: Sequence[float], drawers: Sequence[Drawer], found: Heights) -> None:
        """Draw these, solve for the linear ones, and note how high the place is."""
        place = [*start]
        for drawer in drawers:
            place[drawer.place] = _drawn(drawer, place, self.few.rows, self.dice)
        try:
            if self.terms:
                rows = [self.terms(*place, *row) for row, _ in self.targets]
                numbers = solved(rows, [y for _, y in self.targets])
                for x, number in zip(self.linear, numbers, strict=True):
                    place[self.levers.index(x)] = number
            height = self.few.height(place)
        except (DomainError, *NO_ANSWER):
            return
        if height < math.inf:
            found[tuple(place)] = height

    def _that_hang_on(self, drawer: Drawer) -> list[Drawer]:
        """Those whose numbers make sense beside that of another: a width, beside a place."""
        lever = self.levers[drawer.place]
        return [other for other in self.drawers if other.meeting and other is not drawer
                and lever in inputs_first(other.meeting.other)]


def _walked(surface: LossSurface, place: Sequence[float], steps: int) -> Step:
    """The end of a short walk."""
    end = Step(tuple(place), math.inf, ())
    with suppress(DomainError):
        for step in islice(LevenbergMarquardt(follows=True).walk(surface, place), steps):
            end = step
    return end


def _agree(walked: Sequence[Step]) -> bool:
    """Whether most walks ended equally low, at the lowest place."""
    lowest = min(step.loss for step in walked)
    return 2 * sum(step.loss <= lowest * (1 + SAME) for step in walked) > len(walked)


def _different(walked: Sequence[Step]) -> list[Step]:
    """The ends of walks, the lowest first, without those that ended alike."""
    kept: list[Step] = []
    for end in sorted(walked, key=lambda step: step.loss):
        if not kept or end.loss > kept[-1].loss * (1 + SAME):
            kept.append(end)
    return kept


def _sample(rows: Sequence[Any], seed: int) -> list[Any]:
    """Some of the rows, at random: of evenly spaced ones a fast wave looks like a slow one."""
    return [*rows] if len(rows) <= MOST_ROWS else Random(seed).sample(rows, MOST_ROWS)


def _apart(places: Sequence[tuple[float, ...]]) -> list[Place]:
    """The first places that are not nearly the same as one before."""
    kept: list[Place] = []
    for place in places:
        if all(_distance(place, other) > APART for other in kept):
            kept.append(list(place))
        if len(kept) == WALKS:
            break
    return kept


def _distance(place: Sequence[float], other: Sequence[float]) -> float:
    """How far two places lie apart along one parameter, at most, as a share of its size."""
    return max(abs(p - q) / (abs(p) + abs(q) or 1.0) for p, q in zip(place, other, strict=True))


def _drawers(formula: Value, levers: Sequence[Value], known: set[Value],
             inputs: Sequence[Value], rows: Sequence[Any]) -> list[Drawer]:
    """How to draw each parameter that is not known, in an order in which what it meets is."""
    parents: dict[Value, list[tuple[Value, int]]] = {}
    order = inputs_first(formula)
    for node in order:
        for side, x in enumerate(node.inputs):
            parents.setdefault(x, []).append((node, side))
    depends: dict[Value, set[Value]] = {}
    for node in order:
        depends[node] = {node} if node.operation is None else set().union(
            *(depends[x] for x in node.inputs))
    unknown = [x for x in levers if x not in known]
    drawers: list[Drawer] = []
    while unknown:
        every = [(x, m) for x in unknown for m in _meetings(x, parents, depends, levers)]
        met = [(x, m) for x, m in every if not depends[m.other] & {*unknown, *known}]
        places = [(x, m) for x, m in met if m.operation in (op.add, op.subtract)]
        near = [(x, m) for x, m in every if not depends[m.other] & {*unknown}]  # others at 0
        choices: list[tuple[Value, Meeting | None]] = [*places, *met, *near, (unknown[0], None)]
        x, meeting = choices[0]
        drawer = Drawer(levers.index(x))
        if meeting:
            other = compile_formula(meeting.other, inputs)
            numbers = () if depends[meeting.other] & {*levers} else _numbers(
                other, [0.0] * len(levers), rows)
            drawer = Drawer(levers.index(x), meeting, other, numbers)
        drawers.append(drawer)
        unknown.remove(x)
    return drawers


def _meetings(lever: Value, parents: Mapping[Value, Sequence[tuple[Value, int]]],
              depends: dict[Value, set[Value]], levers: Sequence[Value]) -> Iterator[Meeting]:
    """Where a parameter meets features, on all the ways up from it. A product with several factors,
    and divisors, counts as one: what the parameter meets are all of them."""
    ways: list[tuple[Value, tuple[Number, ...]]] = [(lever, ())]
    while ways:
        node, inverse = ways.pop(0)
        for parent, side in parents.get(node, ()):
            if len(parent.inputs) == 1:
                if parent.operation in INVERSE:
                    ways.append((parent, (INVERSE[parent.operation], *inverse)))
            elif len(parent.inputs) == 2:
                other = parent.inputs[1 - side]
                if not depends[other]:
                    back = _back(parent.operation, side, float(other.at()))
                    ways.append((parent, (back, *inverse)))
                    continue
                for meeting, node in _products(parent, side, other, parents, depends):
                    if depends[meeting.other] - {*levers}:
                        turns = _turns(node, parents)
                        yield meeting._replace(inverse=inverse, turns=turns)


def _products(node: Value, side: int, other: Value,
              parents: Mapping[Value, Sequence[tuple[Value, int]]],
              depends: dict[Value, set[Value]]) -> list[tuple[Meeting, Value]]:
    """What a lever meets in this node, and, in a product with several factors and divisors, in
    longer and longer parts of it; the longest first. Each is `lever*other` or `other/lever`."""
    found = [(Meeting(node.operation, side, other), node)]
    if node.operation not in (op.multiply, op.divide):
        return found
    is_factor = node.operation is op.multiply or side == 0
    whole = 1 / other if node.operation is op.divide and side == 0 else other
    depends[whole] = depends[other]
    found = []
    while True:
        operation = (op.multiply, 0) if is_factor else (op.divide, 1)
        found.insert(0, (Meeting(*operation, whole), node))
        above = [pair for pair in parents.get(node, ())
                 if pair[0].operation in (op.multiply, op.divide, op.negate)]
        if not above:
            return found
        node, side = above[0]
        if node.operation is op.negate:
            continue
        factor = node.inputs[1 - side]
        inside = depends[whole] | depends[factor]
        if node.operation is op.multiply:
            whole = whole * factor
        elif side == 0:
            whole = whole / factor
        else:
            whole, is_factor = factor / whole, not is_factor
        depends[whole] = inside


def _turns(node: Value, parents: Mapping[Value, Sequence[tuple[Value, int]]]) -> bool:
    """Whether a sine or a cosine follows, with nothing but arithmetic before it."""
    while node in parents:
        node, _ = parents[node][0]
        if node.operation in WAVES:
            return True
        if node.operation not in op.ARITHMETIC:
            return False
    return False


def _back(operation: Any, side: int, number: float) -> Number:
    """What leads back from `operation` with this number on the other side."""
    match operation, side:
        case op.add, _:
            return lambda y: y - number
        case op.subtract, 0:
            return lambda y: y + number
        case op.subtract, _:
            return lambda y: number - y
        case op.multiply, _:
            return lambda y: y / number
        case op.divide, 0:
            return lambda y: y * number
        case op.divide, _:
            return lambda y: number / y
        case op.power, 0:
            return lambda y: abs(y) ** (1 / number)
        case op.power, _:
            return lambda y: math.log(y) / math.log(number)
    return lambda y: y


def _drawn(drawer: Drawer, place: Place, rows: Sequence[Any], dice: Random,
           turned: float = 0.0) -> float:
    """A number for one parameter, from what it meets; one that is `turned` so far, if that is
    given."""
    if drawer.meeting is None or drawer.other is None:
        return dice.gauss(0, 1)
    operation, side, _, inverse, turns = drawer.meeting
    numbers = drawer.numbers or _numbers(drawer.other, place, rows)
    if not numbers:
        return dice.gauss(0, 1)
    number = _suitable(operation, side, numbers, turns, dice, turned)
    for back in inverse:
        try:
            number = back(number)
        except NO_ANSWER:
            number = back(abs(number) or 1.0)
    return number


def _numbers(other: Compiled, place: Place, rows: Sequence[Any]) -> list[float]:
    """What a formula is in each row, sorted, where it is something."""
    numbers = []
    for row in rows:
        try:
            number = other(*place, *row)
        except (DomainError, *NO_ANSWER):
            continue
        if isinstance(number, float | int) and math.isfinite(number):
            numbers.append(float(number))
    return sorted(numbers)


def _suitable(operation: Any, side: int, numbers: Sequence[float], turns: bool,
              dice: Random, turned: float = 0.0) -> float:
    """A number that makes sense beside these: see the head of this chapter."""
    size = _size(numbers)
    if turns and not turned:
        turned = dice.uniform(1, math.pi * max(len({*numbers}), 2))
    elif not turned:
        turned = math.exp(dice.uniform(math.log(FEWEST_TURNS), math.log(MOST_TURNS)))
        turned = dice.choice((-1, 1)) * turned
    match operation, side:
        case op.multiply, _:
            one = _one_of(numbers, dice)
            return turned / size if turns or dice.random() < 0.5 or not one else 1 / one
        case op.divide, _:
            if not turns and dice.random() < 0.5:
                return abs(_one_of(numbers, dice))
            narrow = 1 if turns else math.exp(dice.uniform(0, math.log(NARROWEST)))
            return size / turned / narrow
        case op.power, 0:
            return math.exp(turned / size)
        case op.power, _:
            steepness = math.exp(dice.uniform(-math.log(STEEPEST), math.log(STEEPEST)))
            return steepness if dice.random() < 0.75 else -steepness
        case op.add, _:
            return dice.choice((-1, 1)) * _one_of(numbers, dice)
    return _one_of(numbers, dice)


def _size(numbers: Sequence[float]) -> float:
    """How far these numbers lie apart; else how large they are."""
    return max(numbers) - min(numbers) or abs(max(numbers)) or 1.0 if numbers else 1.0


def _one_of(numbers: Sequence[float], dice: Random) -> float:
    """A number between two neighbours of these sorted ones; now and then one beyond."""
    i = dice.randrange(len(numbers))
    low, high = numbers[i], numbers[min(i + 1, len(numbers) - 1)]
    if dice.random() < 0.1:
        return dice.choice((numbers[0], numbers[-1])) + dice.uniform(-1, 1) * _size(numbers)
    return dice.uniform(low, high)


def _peeled(surface: LossSurface, levers: Sequence[Value],
            inputs: Sequence[Value]) -> tuple[Value, list[tuple[Any, float]]]:
    """The part of the prediction that is linear in the most parameters, and what it should be in
    each row: `exp(a + b*x)` should be y, so `a + b*x` should be log(y)."""
    model = surface.model
    target = compile_formula(model.actual, inputs)
    nothing = [0.0] * len(surface.parameters)
    rows = [(row, float(target(*nothing, *row))) for row in surface.rows]
    inner, best = model.prediction, (model.prediction, rows)
    most = len(linear_parameters(inner, levers))
    while peel := _one_layer(inner, {*levers}, inputs):
        inner, back = peel
        rows = [(row, number) for row, y in rows if (number := _or_none(back, row, y)) is not None]
        count = len(linear_parameters(inner, levers))
        if count > most and len(rows) > count:
            most, best = count, (inner, rows)
    return best


def _one_layer(formula: Value, levers: set[Value],
               inputs: Sequence[Value]) -> tuple[Value, Callable[[Any, float], float]] | None:
    """What the outermost function is taken of, and a function that leads back; None if it has
    parameters in more than one input."""
    if formula.operation in INVERSE:
        back = INVERSE[formula.operation]
        return formula.inputs[0], lambda row, y: back(y)
    if formula.operation not in op.ARITHMETIC:
        return None
    sides = [side for side, x in enumerate(formula.inputs) if levers & {*inputs_first(x)}]
    if len(sides) != 1 or len(formula.inputs) != 2:
        return None
    (side,), operation = sides, formula.operation
    other = compile_formula(formula.inputs[1 - side], inputs)
    count = len(inputs)
    return formula.inputs[side], lambda row, y: _back(
        operation, side, other(*[0.0] * (count - len(row)), *row))(y)


def _or_none(back: Callable[[Any, float], float], row: Any, y: float) -> float | None:
    try:
        number = back(row, y)
    except (DomainError, *NO_ANSWER):
        return None
    return number if isinstance(number, float) and math.isfinite(number) else None


def _within(y: float, low: float, high: float) -> float:
    """A number of a closed range, moved a little into it."""
    return min(max(y, low + 0.02 * (high - low)), high - 0.02 * (high - low))
