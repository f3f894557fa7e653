"""Exercise 20: the reader's network learns from some houses, is chosen by others, and is judged at
the end by a third lot."""

import math
from random import Random

from lessons.grading.answer import Answer, Wrong
from mathlab.errors import MathlabError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import Adam
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.model import Model, network

HINTS = (
    "Each unit has one soft line, and the border that the network draws bends where two of them "
    "meet. A river with five stretches asks for five lines.",
    "Each unit has a weight for its vote, a weight for either feature, and a bias; and one number "
    "is added to all votes.",
    "The lesson takes 200 steps with a rate of 0.1, and from a good start that is enough. From the "
    "others no walk arrives, however long: two units do the work of one. So try one START after "
    "the other. Of the first ten only a few are good.",
    "UNITS = 5 has 5*4 + 1 levers; with STEPS = 200, RATE = 0.1 and START = 13 it is enough.",
)
ABOUT = {"START": 3, "LEVERS": 2}  # the first hint about each
UNITS, STEPS, STARTS = (1, 5), (1, 300), (0, 99)  # the least and the most
LEARNT, NEW = 100, 200  # houses to learn from; to choose by, and as many for the test
SEEDS = (38, 138, 238)  # with which the three lots of houses are drawn
ENOUGH = 186  # validation houses
STRETCHES = 5  # of the river; so many units arrive from one start in four, fewer from none
HALF = 2.0  # of the map's side
FALLING = 0.95  # of the loss at three quarters of the walk: it was not at an end
TOO_LONG = 1.0  # a rate: levers are numbers from -10 to 10 or so
TOO_NEAR = 8.0  # how far a lever may have gone at most


def check(answer: Answer) -> str:
    """Train the reader's network, and count the houses it is right about."""
    units, levers = whole(answer, "UNITS", *UNITS), answer.number("LEVERS")
    steps, rate = whole(answer, "STEPS", *STEPS), answer.number("RATE")
    start = whole(answer, "START", *STARTS)
    learnt, validation, test = map(houses, SEEDS, (LEARNT, NEW, NEW))
    score = network(["east", "north"], "score", units).prediction
    model = Model(f"left = sigmoid({score})")
    right = len(model.parameters(learnt.names))
    if levers != right:
        raise Wrong(
            "each unit has a weight for its vote, one for either feature, and a bias; "
            "and there is c, once",
            f"LEVERS, for {units} units",
            levers,
        )
    try:
        trainer = Trainer(model, "log", Adam(rate), seed=start).fit(learnt, steps=steps)
    except MathlabError as error:
        raise Wrong(f"it cannot be trained: {error}", f"RATE = {rate}") from None
    seen, unseen = known(trainer, learnt), known(trainer, validation)
    if unseen < ENOUGH:
        raise Wrong(
            why(trainer, seen, units, rate),
            "the validation houses",
            f"{unseen} of {NEW} (and {seen} of {LEARNT} that it learnt from)",
            f"at least {ENOUGH} of {NEW}",
        )
    return (
        f"it gets {seen} of the {LEARNT} houses right that it learnt from, {unseen} of the {NEW} "
        f"that you chose it by, and {known(trainer, test)} of {NEW} test houses, by which nobody "
        f"chose: that is the number to announce. {units} soft lines follow a river of {STRETCHES} "
        "stretches, and from this start none of them is wasted"
    )


def whole(answer: Answer, name: str, least: int, most: int) -> int:
    """A whole number from the least to the most.

    Raises: NotYet, Wrong.
    """
    number = answer.number(name)
    if number != int(number) or not least <= number <= most:
        raise Wrong(f"it should be a whole number from {least} to {most}", name, number)
    return int(number)


def houses(seed: int, count: int) -> Table:
    """Houses on the map, and whether they stand on the left bank (1) or the right one (0)."""
    lots = Random(seed)
    places = [(lots.uniform(-HALF, HALF), lots.uniform(-HALF, HALF)) for _ in range(count)]
    easts, norths = zip(*places, strict=True)
    left = [float(north > river(east)) for east, north in places]
    return Table({"east": easts, "north": norths, "left": left})


def river(east: float) -> float:
    """How far north the river is."""
    return 1.2 * math.sin(3.2 * east)


def known(trainer: Trainer, seeds: Table) -> int:
    """How many houses the network is right about."""
    chances = trainer.predict(seeds)
    return sum((p > 0.5) == (y > 0.5) for p, y in zip(chances, seeds["left"], strict=True))


def why(trainer: Trainer, seen: int, units: int, rate: float) -> str:
    """What may be tried next."""
    losses = [step.loss for step in trainer.history]
    slow = losses[-1] < FALLING * losses[len(losses) * 3 // 4] and len(losses) <= STEPS[1]
    if units < STRETCHES:
        return "so few soft lines cannot follow the river around its bends: add units"
    if rate >= TOO_LONG or losses[-1] > 1.5 * min(losses):
        return "such long steps jump over the valleys: take shorter ones, with a smaller RATE"
    if slow or rate * len(losses) < TOO_NEAR:
        return ("the loss still fell when the walk ended: take more steps, or longer ones, with a "
                "larger RATE; if that does not help, it is stuck: try another START")
    if seen >= ENOUGH * LEARNT // NEW:
        return ("it knows the houses it learnt from, but not enough of the others: two of its "
                "lines do the work of one, so try another START")
    return "the walk is stuck in a valley that is not deep enough: try another START"
