"""The end of the workshop: the reader's engine beside mathlab's and another design's.

First all slopes of random formulas, to 15 digits. Then a race, all three engines taking turns. Then
the small network of lesson 20, trained by each.
"""

import gc
import math
from collections.abc import Mapping
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

import mathlab
from lessons.grading.answer import Answer, Wrong
from lessons.l20_small_network import sown
from lessons.workshop import closures

FORMULAS = 200
SIZE = 12  # operations of a random formula
DIGITS = 15
ROUNDS, RACERS = 11, 150  # of the race: how often, and seeds in its loss
SEED = 1
UNITS, SEEDS, STEPS, LEARNING_RATE = 3, 40, 80, 2.0  # of the network
Names = Mapping[str, Any]  # those of an engine: Value, exp, log, tanh


def check(answer: Answer) -> str:
    """What is to be said of the engine, once it agrees with mathlab."""
    mine, engines = answer.names, of_all(answer.names)
    compared, worst = agreement(mine)
    ratios = race(engines)
    losses, theirs = walk(mine), walk(engines["mathlab"])
    apart = max(abs(a - b) for a, b in zip(losses, theirs, strict=True))
    if not apart < 1e-9:
        raise Wrong("the network does not learn as with mathlab", "the loss of the network after "
                    f"{STEPS} steps", losses[-1], theirs[-1])
    lines = [f"    {name:18} {ratio:6.0%}" for name, ratio in ratios.items()]
    return "\n\n".join([
        f"{compared} slopes of {FORMULAS} random formulas agree with mathlab's to {DIGITS} digits; "
        f"the furthest apart are {worst:.0e} of their size.",
        f"The race: the loss of a small network on {RACERS} seeds and all its slopes, in turn, "
        f"{ROUNDS} rounds, and of these the median. The time that each takes, as a share of yours "
        "(50% is half of your time, 200% twice as much):",
        "\n".join(lines),
        "micrograd is a small engine that many have learnt from. It has no table: each operation "
        "leaves a function behind that hands its slopes on (lessons/workshop/closures.py). That is "
        "short, but its slopes can be nothing but numbers: no formula comes out.",
        f"The network of lesson 20, with {UNITS} units and {SEEDS} seeds: in {STEPS} steps of "
        f"your sweep its loss falls from {losses[0]:.3f} to {losses[-1]:.3f}. With mathlab's it is "
        f"the same at each step, {f'but for {apart:.0e}' if apart else 'to the last bit'}.",
    ])


def of_all(mine: Names) -> dict[str, Names]:
    """The engines, by name."""
    return {"yours": mine, "mathlab": vars(mathlab), "micrograd's design": vars(closures)}


def agreement(mine: Names) -> tuple[int, float]:
    """How many slopes were compared with mathlab's, and by what share they differ at most.

    Where a slope is the small difference of large numbers, its last digits are rounding, and each
    engine rounds in its own way. So formulas are left out whose slopes move by more than that when
    the inputs do by their last digit.

    Raises: Wrong for the first formula where they differ.
    """
    dice = Random(SEED)
    compared, formulas, worst = 0, 0, 0.0
    while formulas < FORMULAS:
        numbers = [dice.uniform(0.5, 2.0) for _ in "abc"]
        seed = dice.random()
        text, right = slopes_by(vars(mathlab), numbers, seed)
        nudged = ([math.nextafter(x, way) for x in numbers] for way in (-math.inf, math.inf))
        if any(furthest(right, slopes_by(vars(mathlab), each, seed)[1]) > 1e-15 for each in nudged):
            continue
        formulas += 1
        _, found = slopes_by(mine, numbers, seed)
        share = furthest(found, right)
        if not share < 0.5 * 10.0 ** (1 - DIGITS):
            given = ", ".join(f"{n} = {x!r}" for n, x in zip("abc", numbers, strict=True))
            raise Wrong(f"on this formula your engine and mathlab differ (with {given})",
                        f"the slopes of {text} for a, b and c", str(found), str(right))
        compared += len(right)
        worst = max(worst, share)
    return compared, worst


def furthest(found: list[float], right: list[float]) -> float:
    """The largest difference of two lists of numbers, as a share of the right number."""
    return max(abs(a - b) / abs(b) if b else abs(a) for a, b in zip(found, right, strict=True))


def slopes_by(engine: Names, numbers: list[float], seed: float) -> tuple[str, list[float]]:
    """A random formula of a, b and c as text, and its slopes by an engine."""
    dice = Random(seed)
    leaves = [engine["Value"](number) for number in numbers]
    made = [*zip("abc", leaves, strict=True)]
    for _ in range(SIZE):
        kind = dice.choice("+-*/^etl")
        (left, u), (right, v) = dice.choice(made[-5:]), dice.choice(made[-5:])
        if kind == "e":
            made.append((f"exp(-({left})**2)", engine["exp"](-u**2)))
        elif kind == "t":
            made.append((f"tanh(({left})/(1 + ({left})**2))", engine["tanh"](u / (1 + u**2))))
        elif kind == "l":
            made.append((f"log(2 + ({left})**2)", engine["log"](2 + u**2)))
        elif kind == "^":
            made.append((f"(1 + ({left})**2)**0.5", (1 + u**2) ** 0.5))
        elif kind == "/":
            made.append((f"({left})/(1 + ({right})**2)", u / (1 + v**2)))
        else:
            result = u + v if kind == "+" else u - v if kind == "-" else u * v
            made.append((f"({left}) {kind} ({right})", result))
    text, result = made[-1]
    for (_, leaf) in made[:3]:
        result = result + leaf * 0.125  # so that each of the three has a slope
    result.backward()
    return f"{text} + (a + b + c)/8", [leaf.grad for leaf in leaves]


def race(engines: Mapping[str, Names]) -> dict[str, float]:
    """The time that each engine takes for a loss of the network and its slopes, as a share of the
    reader's: in each round the engines take turns, and of the rounds the median counts.
    """
    ratios: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(ROUNDS):
        times = {}
        for name, engine in engines.items():
            gc.collect()  # nobody pays for what another has left lying about
            began = perf_counter()
            network_loss(engine, parameters_of(engine), RACERS).backward()
            times[name] = perf_counter() - began
        for name, time in times.items():
            ratios[name].append(time / times["yours"])
    return {name: median(each) for name, each in ratios.items()}


def walk(engine: Names) -> list[float]:
    """The losses of the network on its way down."""
    parameters, losses = parameters_of(engine), list[float]()
    for _ in range(STEPS + 1):
        loss = network_loss(engine, parameters)
        loss.backward()
        losses.append(loss.data)
        for each in parameters:
            each.data -= LEARNING_RATE * each.grad
    return losses


def parameters_of(engine: Names) -> list[Any]:
    """The parameters at the start: small random numbers, the same for all engines."""
    dice = Random(SEED)
    return [engine["Value"](dice.uniform(-1, 1)) for _ in range(4 * UNITS + 1)]


def network_loss(engine: Names, parameters: list[Any], count: int = SEEDS) -> Any:
    """The log loss of the network on so many seeds of lesson 20."""
    *weights, bias = parameters
    units = [weights[4 * i : 4 * i + 4] for i in range(UNITS)]
    total = 0.0
    table = sown(SEED)
    rows = zip(table["east"], table["north"], table["sprouted"], strict=True)
    for east, north, sprouted in list(rows)[:count]:
        votes = (v * engine["tanh"](p * east + q * north + b) for p, q, b, v in units)
        score = sum(votes) + bias
        total = total + engine["log"](1 + engine["exp"](-score if sprouted else score))
    return total / count
