'''8. The loop: a line that learns

Your engine can find slopes. Now let it use them. A line says: revenue = slope * budget + intercept,
and how wrong it is on all films is the loss, the mean of the squared differences:

    loss = the mean of (y - (slope * x + intercept)) ** 2 over all pairs x, y

Make slope and intercept Values that begin at 0.0. Then the loss is a Value too, made from them by
some thousand operations, and loss.backward() leaves with each of the two how fast the loss moves
with it. Where that is positive, more of it makes the loss larger: so go down, against the slope:

    slope.data -= learning_rate * slope.grad

and the same for the intercept. That is one step. Now the loss is another one, so make it anew, ask
again, and step again. That is all of gradient descent, and nothing else happens when a large
network learns.

Write train(rows, learning_rate, steps). rows is a list of pairs (x, y) of plain numbers. It gives
back a pair, slope and intercept, as plain numbers, after so many steps. `for x, y in rows` goes
through the pairs; sum(...) adds up Values as well as numbers, since stage 5.

What is tested: train with three points, after one step, two, and many; then with one in 20 of the
films from the lessons, their budgets counted in standard deviations from the mean.
'''

from typing import Any

from lessons.data import films
from lessons.grading.answer import Answer, close, why_no_number
from lessons.workshop.asking import Engine
from mathlab.learning.data.explore import standardize
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer

HINTS = (
    "Two Values before the loop, and a return at its end. In the loop, "
    "once for each step: the loss, backward, and two changes.",
    "The mean is a sum by len(rows): sum((...) ** 2 for x, y in rows) / len(rows), with the "
    "difference of y and what the line says of x in the parentheses.",
    "loss = sum((y - (slope * x + intercept)) ** 2 for x, y in rows) / len(rows), inside the loop; "
    "loss.backward(); slope.data -= learning_rate * slope.grad; the same for the intercept; and "
    "after the loop return slope.data, intercept.data.",
)
ROWS = "rows = [(-1.0, 1.0), (0.0, 3.0), (1.0, 5.0)]"
LEARNING_RATE, STEPS, EVERY = 0.4, 10, 20
ONE = (4 / 15, 0.6)
TWO = (224 / 450, 1.08)
UPHILL = "it walks uphill: step against the slope, with -="
SLIPS = {
    (-4 / 15, -0.6): UPHILL,
    (0.8, 1.8): "that is a step down the sum; for the mean, divide by len(rows)",
    (0.0, 0.0): "nothing has moved: is backward called, and is .data what changes?",
    (0.6, 4 / 15): "the pair is the wrong way round: the slope comes first",
    (4 / 15, 0.0): "the intercept has not moved",
    (0.0, 0.6): "the slope has not moved",
    TWO: "that is one step too many",
    (-4 / 15, 0.6): UPHILL, (4 / 15, -0.6): UPHILL,
}
SECOND = {
    ONE: "that is where it stands after one step: is the loop left too early, or one step short?",
    (8 / 15, 1.2): "the second step used the slopes of the first: make the loss anew in each step",
}


def check(answer: Answer) -> str:
    """A step on three points, a second one, many; then the films."""
    engine = Engine(answer)
    for steps, pair, slips in ((1, ONE, SLIPS), (2, TWO, SECOND), (300, (2.0, 3.0), {})):
        ends(engine, ROWS, f"train(rows, 0.1, {steps})", pair, slips)
    sizes = graphs(engine, ROWS, "train(rows, 0.1, 3)")
    if sizes and sizes[-1] > sizes[0]:
        engine.wrong("the numbers are right, but each loss is made from all those before, so that "
                     "the walk takes longer from step to step: slope = slope - ... makes a new "
                     "Value out of the old one. Change the number in it: slope.data -= ...",
                     f"losses made from {sizes} Values", "as many in each step")
    rows, spread, _ = pairs(EVERY)
    slope, _ = on_films(engine, rows)
    return (f"on {len(rows)} films your line has found that with one more dollar of budget go "
            f"{slope / spread:.2f} dollars of revenue. What will all of them say? (Stage 10)")


def ends(engine: Engine, program: str, question: str, pair: tuple[float, float],
         slips: dict[tuple[float, float], str]) -> tuple[float, float]:
    """Check where a walk ends; return it."""
    came = engine.listed(program, question, "a pair, slope and intercept")
    for each in came:
        if why := why_no_number(each):
            if hasattr(each, "data"):
                why = "that is a Value, and a plain number is asked for: its .data"
            engine.wrong(why, came, list(pair))
    if not close(came, list(pair), 1e-6):
        known = [words for slip, words in slips.items() if close(came, list(slip), 1e-6)]
        engine.wrong(next(iter(known), "the walk goes elsewhere; look at one step by hand"), came,
                     list(pair))
    return came[0], came[1]


def graphs(engine: Engine, program: str, question: str) -> list[int]:
    """From how many Values each result was made whose backward() is called meanwhile."""
    own, sizes = engine.answer.names["Value"], list[int]()
    backward = own.backward

    def counted(result: Any) -> None:
        met, waiting = set[Any](), [result]
        while waiting:
            node = waiting.pop()
            waiting += [] if node in met else node.inputs
            met.add(node)
        sizes.append(len(met))
        backward(result)

    own.backward = counted
    try:
        engine.ask(program, question)
    finally:
        own.backward = backward
    return sizes


def on_films(engine: Engine, rows: list[tuple[float, float]]) -> tuple[float, float]:
    """Where the walk on films ends, which should be where mathlab's ends."""
    budgets, revenues = zip(*rows, strict=True)
    trainer = Trainer("y = slope*x + intercept", optimizer=GradientDescent(LEARNING_RATE))
    trainer.fit({"x": budgets, "y": revenues}, {"slope": 0.0, "intercept": 0.0}, STEPS)
    slope, intercept = trainer.history[STEPS].position
    engine.answer.names["films"] = rows
    return ends(engine, "", f"train(films, {LEARNING_RATE}, {STEPS})", (slope, intercept), {})


def pairs(every: int) -> tuple[list[tuple[float, float]], float, float]:
    """Budgets in standard deviations from their mean, with revenues; the deviation, the mean."""
    table, _ = films.cleaned()
    some = table.take(range(0, len(table), every))
    budgets, scale = standardize(some["budget"])
    return [*zip(budgets, some["revenue"], strict=True)], scale.spread, scale.mean
