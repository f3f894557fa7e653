"""Guesses that look at the data: where to begin the walk to a curve.

On the page: `slope, intercept = Value(0.0, "slope"), Value(0.0, "intercept")`. But from 0, 0, 0
the walk to the curve `y = a*exp(-b*x) + c` is long, and for `y = a*x/(k + x)` it ends elsewhere.

What a parameter meets in the formula tells how large it may be. In `x - m`, m is near one of the
values of x. In `exp(-b*x)`, b times the range of x is a few units, so b is a small number divided
by that range. In `x/s`, s is a share of the range. In `sin(w*x)` the range holds at most as many
half waves as there are rows. An exponent lies between 1/5 and 5, or is minus such a number. So a
guess draws each such parameter at random. Linear parameters are not guessed, but solved for.

>>> from mathlab.learning.model.surface import Model, Table
>>> table = Table({"x": [2000.0, 2010.0, 2020.0, 2030.0], "y": [1.0, 2.0, 4.0, 8.0]})
>>> ends = guesses(LossSurface(Model("y = a*exp(b*x)"), table))
>>> lowest = min(ends, key=lambda end: end.loss)
>>> round(lowest.position[1], 3)  # log(2)/10
0.069

Short walks begin at the lowest of many guesses. If most do not end alike, one parameter of a low
end is drawn anew, and another walk begins there. Read `guesses` first, then `_Search`.

Source: D. M. Bates and D. G. Watts, Nonlinear Regression Analysis and Its Applications (1988),
section 3.3: the data's own scale should set the start.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from random import Random
from typing import Any, NamedTuple, NoReturn

from mathlab.calculus.code.compile import Compiled, compile_formula
from mathlab.calculus.graph import operations as op
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value
from mathlab.errors import DomainError
from mathlab.learning.descent.descent import Step
from mathlab.learning.descent.projection import linear_parameters, solved, terms
from mathlab.learning.descent.second_order import LevenbergMarquardt
from mathlab.learning.model.surface import NO_ANSWER, LossSurface

# With these, 135 of the 137 pairs of a model and data arrive from each of 20 seeds, half of them
# within a twentieth of a second: `python -m tests.learning.textbook 20` measures it.
MOST_ROWS = 250  # rows that a guess looks at
DRAWN = 120  # guesses for each parameter that has to be drawn
MOST_DRAWN = 480  # guesses in all, at most
WALKS = 8  # walks that begin at the lowest guesses, at most
SHORT = 40  # steps of such a walk
ROUNDS = 6  # rounds that change a low end, if most walks did not end alike
REDRAWN = 5  # tries for each parameter in such a round
FEW_DRAWN = 2  # with more parameters to draw there is one round even if most walks ended alike
APART = 0.2  # two walks begin farther apart than this, by `_distance`
BASES = 5  # low ends that are changed, in turn
SAME = 1e-6  # of the loss: walks whose losses differ by less ended alike
MOST_WAVES = 500  # half waves that are looked for in the range of a feature
FEWEST_TURNS, MOST_TURNS = 0.1, 30.0  # b times the range of x, in `exp(-b*x)`
NARROWEST = 100.0  # how many times narrower than the range a peak may be
STEEPEST = 5.0  # the largest exponent that is drawn

Place = list[float]
Heights = dict[tuple[float, ...], float]  # the loss at each place that was tried
Function = Callable[[float], float]

# From the value that a function should have, back to its input.
INVERSE: dict[Any, Function] = {
    op.exp: math.log, op.log: math.exp, op.sqrt: lambda y: y * y, op.negate: lambda y: -y,
    op.expm1: math.log1p, op.log1p: math.expm1, op.tanh: lambda y: math.atanh(_within(y, -1, 1)),
    op.log10: lambda y: 10**y, op.log2: lambda y: 2**y, op.cbrt: lambda y: y**3,
    op.sigmoid: lambda y: math.log(_within(y, 0, 1) / (1 - _within(y, 0, 1)))}
WAVES = (op.sin, op.cos, op.tan)


class Meeting(NamedTuple):
    """Where a parameter meets something else in a formula: `operation(parameter, other)`, with the
    parameter as its input number `side`. The parameter may stand inside functions of it alone, and
    `inverse` leads back through them. `turns` says whether a sine, cosine or tangent follows."""

    operation: Any
    side: int
    other: Value
    inverse: tuple[Function, ...] = ()
    turns: bool = False


class Drawer(NamedTuple):
    """How a parameter is drawn: its index, its meeting if it has one, what it meets as a function
    of a place and a row, and the values of that in the rows, sorted, if no parameter is in it."""

    place: int
    meeting: Meeting | None = None
    other: Compiled | None = None
    numbers: Sequence[float] = ()


def guesses(surface: LossSurface, given: Mapping[str, float] | None = None,
            seed: int = 0, steps: int = SHORT) -> Iterator[Step]:
    """The ends of short walks, each as soon as it is found. The first walks begin at the `given`
    numbers. The same seed gives the same ends."""
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
            if changed := search.changed(base.position, drawer, i % 2 == 1):
                end = _walked(search.few, changed, steps)
                walked.append(end)
                yield search.over_all_rows(end)


class _Search:
    """What guesses are made of: `few`, the surface of some of the rows; the `drawers` of the
    parameters that have to be drawn; and the `linear` ones, which are solved for."""

    def __init__(self, surface: LossSurface, given: dict[str, float], seed: int):
        model = surface.model
        self.surface, self.few = surface, surface.over(_sample(surface.rows, seed))
        self.start = [float(given.get(name, 0.0)) for name in surface.parameters]
        self.levers = [model.symbols[name] for name in surface.parameters]
        self.dice = Random(seed)
        inputs = [*self.levers, *map(Value.symbol, surface.columns)]
        free = [x for x in self.levers if x.name not in given]
        inner, self.targets = _peeled(self.few, free, inputs, self.start)
        self.linear = linear_parameters(inner, free)
        self.terms = terms(inner, self.linear, inputs, _too_far) if self.linear else None
        known = {*self.linear, *(x for x in self.levers if x.name in given)}
        self.drawers = _drawers(model.prediction, self.levers, known, inputs, self.few.rows)

    def first_places(self) -> list[Place]:
        """The places to begin at: the lowest of many guesses, no two near each other."""
        found: Heights = {}
        for _ in range(min(DRAWN * len(self.drawers), MOST_DRAWN) or 1):
            self._try_out(self.start, self.drawers, found)
        waves = [drawer for drawer in self.drawers if drawer.meeting and drawer.meeting.turns]
        for drawer in waves * len(waves):  # a second wave is found once the first is
            if found:
                lowest, _ = min(found.items(), key=lambda pair: pair[1])
                self._scan(lowest, drawer, found)
        return _apart(sorted(found, key=found.__getitem__))

    def changed(self, place: Sequence[float], drawer: Drawer, to_the_worst: bool) -> Place | None:
        """The lowest of a few places with one parameter, and what hangs on it, drawn anew; or, `to
        the worst` row, one place, since the lowest of several is often the old one. Or None."""
        found: Heights = {}
        other = self._where_it_is_off(drawer, place) if to_the_worst else drawer
        for _ in range(REDRAWN if other is drawer else 1):
            self._try_out(place, [other, *self._that_hang_on(drawer)], found)
        return [*min(found.items(), key=lambda pair: pair[1])[0]] if found else None

    def _where_it_is_off(self, drawer: Drawer, place: Sequence[float]) -> Drawer:
        """The drawer of m in `x - m`, of which x is from a few rows, the more probable the larger
        their losses: there may be a peak. Any other drawer as it is."""
        if not drawer.meeting or drawer.meeting.operation not in (op.add, op.subtract):
            return drawer
        rows = self.few.rows
        losses = [self.few.over([row]).height(place) for row in rows]
        if not 0 < sum(losses) < math.inf or not drawer.other:
            return drawer
        return drawer._replace(
            numbers=_numbers(drawer.other, [*place], self.dice.choices(rows, losses, k=REDRAWN)))

    def over_all_rows(self, end: Step) -> Step:
        """The end of a walk, with its loss over all rows, if it has one."""
        with suppress(DomainError):
            return end._replace(loss=self.surface.height(end.position))
        return end

    def _scan(self, best: Sequence[float], drawer: Drawer, found: Heights) -> None:
        """Try 1, 2, 3, ... half waves in the range of a feature, and note them in `found`."""
        later = self._that_hang_on(drawer)
        for k in range(1, min(len(self.surface.rows), MOST_WAVES)):
            for _ in range(3 if later else 1):  # to draw a phase, for example
                place = [*best]
                place[drawer.place] = _drawn(drawer, place, self.few.rows, self.dice, k * math.pi)
                self._try_out(place, later, found)

    def _try_out(self, start: Sequence[float], drawers: Sequence[Drawer], found: Heights) -> None:
        """Draw these, solve for the linear ones, and note the place's loss in `found`."""
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
        """The drawers of the parameters that meet this one: in `(x - m)/s`, s meets m."""
        lever = self.levers[drawer.place]
        return [other for other in self.drawers
                if other.meeting and lever in inputs_first(other.meeting.other)]


def _walked(surface: LossSurface, place: Sequence[float], steps: int) -> Step:
    """The last step of a short walk; its loss is infinite if no step was taken."""
    end = Step(tuple(place), math.inf, ())
    with suppress(DomainError):
        for step in islice(LevenbergMarquardt(follows=True).walk(surface, place), steps):
            end = step
    return end


def _agree(walked: Sequence[Step]) -> bool:
    """Whether most walks ended at the lowest loss."""
    lowest = min(step.loss for step in walked)
    return 2 * sum(step.loss <= lowest + SAME * abs(lowest) for step in walked) > len(walked)


def _different(walked: Sequence[Step]) -> list[Step]:
    """The ends of walks, the lowest first; of those that ended alike, only one."""
    kept: list[Step] = []
    for end in sorted(walked, key=lambda step: step.loss):
        if not kept or end.loss > kept[-1].loss + SAME * abs(kept[-1].loss):
            kept.append(end)
    return kept


def _sample(rows: Sequence[Any], seed: int) -> list[Any]:
    """Some of the rows, at random: in evenly spaced ones a fast wave looks like a slow one."""
    return [*rows] if len(rows) <= MOST_ROWS else Random(seed).sample(rows, MOST_ROWS)


def _apart(places: Sequence[tuple[float, ...]]) -> list[Place]:
    """The first places, at most WALKS, that are not near one before."""
    kept: list[Place] = []
    for place in places:
        if all(_distance(place, other) > APART for other in kept):
            kept.append(list(place))
        if len(kept) == WALKS:
            break
    return kept


def _distance(place: Sequence[float], other: Sequence[float]) -> float:
    """The largest `|p - q| / (|p| + |q|)` of one parameter at two places."""
    return max(abs(p - q) / (abs(p) + abs(q) or 1.0) for p, q in zip(place, other, strict=True))


def _drawers(formula: Value, levers: Sequence[Value], known: set[Value],
             inputs: Sequence[Value], rows: Sequence[Any]) -> list[Drawer]:
    """A drawer for each unknown parameter, after the drawers of those it meets, if it can be."""
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
        places = [(x, m) for x, m in met if m.operation in (op.add, op.subtract)]  # as in x - m
        near = [(x, m) for x, m in every if not depends[m.other] & {*unknown}]  # or known ones
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
    """Where a parameter meets formulas with features in them, on all the ways up from it."""
    ways: list[tuple[Value, tuple[Function, ...]]] = [(lever, ())]
    while ways:
        node, inverse = ways.pop(0)
        for parent, side in parents.get(node, ()):
            if len(parent.inputs) == 1:
                if parent.operation in INVERSE:
                    ways.append((parent, (INVERSE[parent.operation], *inverse)))
            elif parent.operation is op.power and side == 0 and parent.inputs[1] in levers:
                yield from _beside_a_power(parent, parents)
            elif len(parent.inputs) == 2:
                other = parent.inputs[1 - side]
                if not depends[other]:  # it is a plain number
                    back = _back(parent.operation, side, float(other.at()))
                    ways.append((parent, (back, *inverse)))
                    continue
                for meeting, product in _products(parent, side, other, parents, depends):
                    if depends[meeting.other] - {*levers}:
                        turns = _turns(product, parents)
                        yield meeting._replace(inverse=inverse, turns=turns)


def _beside_a_power(node: Value, parents: Mapping[Value, Sequence[tuple[Value, int]]]
                    ) -> Iterator[Meeting]:
    """In `k**n + x**n`, k meets x."""
    for parent, side in parents.get(node, ()):
        for other in parent.inputs[:side] + parent.inputs[side + 1:]:
            if other.operation is op.power and other.inputs[1] is node.inputs[1]:
                yield Meeting(parent.operation, side, other.inputs[0])


def _products(node: Value, side: int, other: Value,
              parents: Mapping[Value, Sequence[tuple[Value, int]]],
              depends: dict[Value, set[Value]]) -> list[tuple[Meeting, Value]]:
    """The meetings of a lever at this node, each with its node: one, or, in a product of several
    factors and divisors, one for each longer part of it, written as `lever*other` or `other/lever`;
    the longest first."""
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
    """Whether a sine, cosine or tangent follows, with nothing but arithmetic before it."""
    while node in parents:
        node, _ = parents[node][0]
        if node.operation in WAVES:
            return True
        if node.operation not in op.ARITHMETIC:
            return False
    return False


def _back(operation: Any, side: int, number: float) -> Function:
    """The inverse of `operation`: from its result to its input `side`, if the other is `number`."""
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


def _too_far(*numbers: float) -> NoReturn:
    """Instead of what leaves the floats on the way: it could be worked out in Decimals, but takes a
    thousand times as long, and a place to begin need not lie there."""
    raise OverflowError


def _drawn(drawer: Drawer, place: Place, rows: Sequence[Any], dice: Random,
           turned: float = 0.0) -> float:
    """A random number for one parameter, to suit what it meets; `turned`, if it is not 0, is the
    range of what it meets in radians."""
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
            try:
                number = back(abs(number) or 1.0)
            except NO_ANSWER:  # whatever it is, as for the exponent of 0
                return dice.gauss(0, 1)
    return number


def _numbers(other: Compiled, place: Place, rows: Sequence[Any]) -> list[float]:
    """The finite values of a formula in the rows, sorted."""
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
    """A random number for a parameter that meets these: see the head of this chapter."""
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
    """The range of these numbers; if they are all the same, their size; 1 if they are all 0."""
    return max(numbers) - min(numbers) or abs(max(numbers)) or 1.0


def _one_of(numbers: Sequence[float], dice: Random) -> float:
    """A random number between two neighbours of these sorted ones; now and then one beyond."""
    i = dice.randrange(len(numbers))
    low, high = numbers[i], numbers[min(i + 1, len(numbers) - 1)]
    if dice.random() < 0.1:
        return dice.choice((numbers[0], numbers[-1])) + dice.uniform(-1, 1) * _size(numbers)
    return dice.uniform(low, high)


def _peeled(surface: LossSurface, levers: Sequence[Value],
            inputs: Sequence[Value], place: Place) -> tuple[Value, list[tuple[Any, float]]]:
    """The part of the prediction that is linear in the most parameters, and pairs of a row and what
    that part should be in it: `exp(a + b*x)` should be y, so `a + b*x` should be log(y)."""
    model = surface.model
    target = compile_formula(model.actual, inputs)
    rows = [(row, float(target(*place, *row))) for row in surface.rows]
    inner, best = model.prediction, (model.prediction, rows)
    most = len(linear_parameters(inner, levers))
    while peel := _one_layer(inner, {*levers}, inputs, place):
        inner, back = peel
        rows = [(row, number) for row, y in rows if (number := _or_none(back, row, y)) is not None]
        count = len(linear_parameters(inner, levers))
        if count > most and len(rows) > count:
            most, best = count, (inner, rows)
    return best


def _one_layer(formula: Value, levers: set[Value], inputs: Sequence[Value],
               place: Place) -> tuple[Value, Callable[[Any, float], float]] | None:
    """The input of the outermost function, and a function of a row and y: what this input should
    be, where the formula should be y. None if there is no inverse, or no single such input."""
    if formula.operation in INVERSE:
        back = INVERSE[formula.operation]
        return formula.inputs[0], lambda row, y: back(y)
    if formula.operation not in op.ARITHMETIC:
        return None
    sides = [side for side, x in enumerate(formula.inputs) if levers & {*inputs_first(x)}]
    if len(sides) != 1:
        return None
    (side,), operation = sides, formula.operation
    other = compile_formula(formula.inputs[1 - side], inputs)
    return formula.inputs[side], lambda row, y: _back(operation, side, other(*place, *row))(y)


def _or_none(back: Callable[[Any, float], float], row: Any, y: float) -> float | None:
    try:
        number = back(row, y)
    except (DomainError, *NO_ANSWER):
        return None
    return number if isinstance(number, float) and math.isfinite(number) else None


def _within(y: float, low: float, high: float) -> float:
    """The number y, moved a little inside the range from low to high if it is not there."""
    return min(max(y, low + 0.02 * (high - low)), high - 0.02 * (high - low))
