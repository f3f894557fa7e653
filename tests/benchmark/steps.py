"""Programs of one's own, loops over Values: compiled, eager, and as the peers have them.

Making is part of the price: of each program, the whole is timed, from the first step to the last,
in seconds of the processor: what else the machine does in them is left out.
"""

import gc
import math
import random
from collections.abc import Callable
from functools import partial
from statistics import fmean, median
from time import process_time
from typing import Any, NamedTuple

from mathlab import Value, compiled
from mathlab.learning.data.table import Table
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import METHODS, LossSurface
from tests.benchmark.peers import installed
from tests.benchmark.stored import Stored
from tests.benchmark.timing import Effort, compared, print_row, ratio, shown
from tests.benchmark.training import NETWORK
from tests.benchmark.workloads import LAYERS, Adam, TinyGPT, linear, points_about_a_line


class Program(NamedTuple):
    """Steps of training: each looks at the loss and its slopes, and moves the weights."""

    look: Callable[[], float]
    move: Callable[[], object]

    def step(self) -> float:
        """The loss before the step."""
        loss = self.look()
        self.move()
        return loss


VOWELS, CONSONANTS = "aeiou", "bdfghjklmnprstvz"
END = 26  # the letter that begins and ends a name
BATCH = 10  # rows of the moons in one compiled step


def report(effort: Effort) -> None:
    """The two programs; and what one step costs by each way."""
    report_gpt(effort)
    report_moons(effort)
    report_ways(effort)


def names(count: int) -> list[str]:
    """Names such as `lida` and `zomav`, of 4, 5, 6, 7, 4, ... letters; always the same ones.

    So few steps of one way, and many of another, take the same time if each step does.
    """
    dice = random.Random(7)
    found = []
    for i in range(count):
        letters = "".join(dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(4))
        found.append(letters[: 4 + i % 4])
    return found


def gpt_eagerly(value: Any) -> Program:
    """microgpt's training: a name a step, its graph made anew."""
    model = TinyGPT(value, letters=27, length=8)

    def loss_of(text: list[int]) -> Any:
        loss = model.loss([model.letter[each] for each in text[:-1]],
                          lambda chances, i: chances[text[i + 1]])
        loss.backward()
        return loss

    return trained(model, loss_of)


def gpt_compiled() -> Program:
    """The same, with a trace for each length of a name."""
    model = TinyGPT(Value, letters=27, length=8)

    def chosen(letters: list[list[Value]], targets: list[list[float]]) -> Value:
        return model.loss(letters, lambda chances, i: linear(chances, [targets[i]])[0])

    step = compiled(chosen)
    row = [[float(i == letter) for i in range(27)] for letter in range(27)]
    return trained(model, lambda text: step([model.letter[each] for each in text[:-1]],
                                            [row[each] for each in text[1:]]))


def trained(model: TinyGPT, loss_of: Callable[[list[int]], Any]) -> Program:
    """Steps with Adam, whose rate falls to 0 in 5,000 steps."""
    texts = [[END, *(ord(letter) - ord("a") for letter in name), END] for name in names(500)]
    adam = Adam(model.weights)

    return Program(lambda: float(loss_of(texts[adam.taken % len(texts)]).data),
                   lambda: adam.move(0.01 * (1 - adam.taken / 5_000)))


def moons() -> tuple[list[list[float]], list[float]]:
    """Two half circles that reach into each other, 50 points each: the rows, and -1 or 1."""
    dice = random.Random(9)
    rows = []
    for i in range(50):
        angle = math.pi * i / 49
        x, y = math.cos(angle), math.sin(angle)
        rows += [[x, y], [1 - x, 0.5 - y]]
    return [[x + dice.gauss(0, 0.1) for x in row] for row in rows], [-1.0, 1.0] * 50


def network(value: Any) -> tuple[list[Any], Callable[[list[Any]], Any]]:
    """The weights of the 2-16-16-1 network, and its score of a row."""
    dice = random.Random(2)
    layers = [[[value(dice.uniform(-1, 1)) for _ in range(n + 1)] for _ in range(m)]
              for n, m in LAYERS]

    def score(row: list[Any]) -> Any:
        for layer in layers:
            row = [sum((w * x for w, x in zip(unit[1:], row, strict=True)), unit[0])
                   for unit in layer]
            row = [each.relu() for each in row] if len(row) > 1 else row
        return row[0]

    return [weight for layer in layers for unit in layer for weight in unit], score


def hinge(score: Callable[[list[Any]], Any], rows: list[Any], signs: list[Any]) -> Any:
    """What is missing to a score of 1 on the right side; its share of the mean over 100 rows."""
    missing = [(1 + -sign * score(row)).relu() for row, sign in zip(rows, signs, strict=True)]
    return sum(missing) * 0.01


def penalty(weights: list[Any]) -> Any:
    """What large weights cost."""
    return 1e-4 * sum(weight * weight for weight in weights)


def moons_eagerly(value: Any) -> Program:
    """micrograd's demo: a hinge loss of all rows, a penalty, and a rate that falls."""
    weights, score = network(value)
    rows, signs = moons()
    return descended(weights, lambda: _swept(hinge(score, rows, signs) + penalty(weights)))


def _swept(loss: Any) -> float:
    loss.backward()
    number: float = loss.data
    return number


def moons_compiled(batch: int = BATCH) -> Program:
    """The same, so many rows at a time; what the compiled steps leave in `grad` is added up."""
    weights, score = network(Value)
    rows, signs = moons()
    some = compiled(lambda rows, signs: hinge(score, rows, signs))
    rest = compiled(lambda: penalty(weights))
    batches = [(rows[i : i + batch], signs[i : i + batch]) for i in range(0, len(rows), batch)]

    def loss_of() -> float:
        loss = rest().data
        slopes = [weight.grad for weight in weights]
        for batch in batches:
            loss += some(*batch).data
            slopes = [slope + weight.grad for slope, weight in zip(slopes, weights, strict=True)]
        for weight, slope in zip(weights, slopes, strict=True):
            weight.grad = slope
        return float(loss)

    return descended(weights, loss_of)


def descended(weights: list[Any], loss_of: Callable[[], float]) -> Program:
    """Gradient descent with the demo's rates: 1 at first, and 0.1 after 100 steps."""
    rates = iter([1 - 0.9 * i / 100 for i in range(100)])

    def move() -> None:
        rate = next(rates)
        for weight in weights:
            weight.data -= rate * weight.grad
            weight.grad = 0

    return Program(loss_of, move)


def report_gpt(effort: Effort) -> None:
    """A character model on names."""
    steps, peers = effort.of(2, 100, 1_000), effort.of(2, 8, 24)
    ways = {"microgpt's way": gpt_eagerly(Stored), "eager": gpt_eagerly(Value)}
    end_to_end("steps: a GPT on names", gpt_compiled(), ways, steps, peers)


def report_moons(effort: Effort) -> None:
    """micrograd's demo, some rows at a time and all at once."""
    steps, peers = effort.of(1, 20, 100), effort.of(1, 2, 8)
    ways = {"microgpt's way": moons_eagerly(Stored), "eager": moons_eagerly(Value)}
    if micrograd := installed("micrograd.engine"):
        ways = {"micrograd": moons_eagerly(micrograd.Value), **ways}
    ways["all rows at once"] = moons_compiled(100)
    end_to_end("steps: two moons, 2-16-16-1", moons_compiled(), ways, steps, peers)


def end_to_end(title: str, ours: Program, ways: dict[str, Program], steps: int,
               peers: int) -> None:
    """Print what so many steps cost, and what one does once it is made; then the differences.

    They take turns, four times. The others take fewer steps, of which each costs the same. What one
    has left behind is cleared away before the next, and not looked at again.
    """
    programs = {"": ours, **ways}
    looks: dict[str, list[float]] = {name: [] for name in programs}
    whole: dict[str, list[float]] = {name: [] for name in programs}
    losses: dict[str, list[float]] = {name: [] for name in programs}
    for turn in range(4):
        for name, program in programs.items():
            count = peers if name and "rows" not in name else steps  # those rows are ours too
            gc.collect()
            gc.freeze()
            for _ in range(count * turn // 4, count * (turn + 1) // 4):
                began = process_time()
                losses[name].append(program.look())
                looked = process_time()
                program.move()
                looks[name].append(looked - began)
                whole[name].append(process_time() - began)
            gc.unfreeze()
    for row, times, average, count in ((f"{title}, {steps:,} steps", whole, fmean, steps),
                                       ("  one step, when it is made", whole, median, 1),
                                       ("  its loss and slopes alone", looks, median, 1)):
        one = average(times[""])
        print_row(row, shown(one * count),
                  [f"{name} {ratio(average(times[name]) / one)}" for name in ways])
    apart = max(abs(a - b) for name in ways
                for a, b in zip(losses[""], losses[name], strict=False))
    print_row("  theirs: from fewer steps", f"{peers}", [f"losses equal to {apart:.0e}"])


def report_ways(effort: Effort) -> None:
    """What one step costs: the loss of all rows, and its slopes, by each way."""
    rows = points_about_a_line(effort.of(100, 2_000, 2_000))
    table = Table({"x": [x for x, _ in rows], "y": [y for _, y in rows]})
    for title, model in (("a line", "y = slope*x + intercept"), ("4 tanh units", NETWORK)):
        ways = {}
        for method in METHODS:
            if method != "collapsed" or title == "a line":  # the other is no polynomial
                surface = LossSurface(Model(model), table, method=method)
                at = [0.1 * (i + 1) for i, _ in enumerate(surface.parameters)]
                ways[method] = partial(surface.look, at)
        times = compared(ways, effort)
        print_row(f"one step: {title}, {len(rows):,} rows", "",
                  [f"{name} {shown(time)}" for name, time in times.items()])
