"""20. A small network: what if no line fits?

Guess first: a sprinkler stands in the middle of a square bed and waters a round patch of it. Seeds
in the patch sprout, the others do not. A straight line parts the bed into two sides. How many such
lines does it take to fence the patch in? You will see a model with one line fail, and a small
network put up its fences, led by the same trainer as every model before.
"""

import math
import sys
from random import Random
from typing import Any

from lessons.pages.live.live import Guess, Lever, Live, Number, function, rounded, row_sums
from lessons.pages.page import Page
from lessons.run import finished, start
from mathlab import compile_formula, sqrt, symbols
from mathlab.drawing import Chart, Contours, Line, Points, Tangent
from mathlab.drawing.charts.kind import Kind
from mathlab.learning.data.split import split
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import TINY, Adam
from mathlab.learning.descent.start import place_to_start
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.model import Model, logistic, network
from mathlab.learning.model.surface import LossSurface

UNITS = 3
TRAINED = (1, 2, 3, 4, 5)  # units, of the networks that are compared
FEWEST = 3  # straight lines that can fence anything in: a triangle
COLUMNS = ("east", "north", "sprouted")
STARTS = (1, 2, 3, 4, 5)
SHADES = (0.2, 0.4, 0.6, 0.8)  # chances from which on a picture is denser
PICTURES = (5, 200)  # steps after which there is one, the last being the end of the walk
SEEDS = 200
REACH, STRAY = 1.4, 0.1  # metres that the water reaches, and how that varies
BED = (-2.0, 2.0)  # metres east and north of the sprinkler
PLACES = {"middle": (0, 0), "east": (2, 0), "north": (0, 2), "west": (-2, 0), "south": (0, -2)}


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    learnt, new = split(sown(page.seed), 0.5, page.seed)
    one_line(page, learnt, new)
    page.live(fences(learnt))
    best = several_lines(page, learnt, new)
    the_votes(page, best.parameters)
    told = trained("sprouted = sigmoid(a*(east**2 + north**2) + b)", learnt)
    page.say("Had somebody told us that the patch is round, and where it lies, this would do:")
    page.formula(str(told.model))
    tell = page.claim(right(told, new) >= right(best, new),
                      "If you know how the world is made, tell the model.")
    page.say(f"""With {len(told.parameters)} levers it gets {right(told, new)} of the new seeds
        right; the network, with {len(best.parameters)}, gets {right(best, new)}. {tell} A network
        is for when nobody knows.""")
    page.change("""let UNITS be 2, then 6. With how many does the patch get its fence? And do the
        new seeds gain as much as those it learnt from?""")
    page.exercise()


def sown(seed: int) -> Table:
    """Seeds at random places, and which of them sprouted (1) or did not (0)."""
    lots = Random(seed)
    places = [(lots.uniform(*BED), lots.uniform(*BED)) for _ in range(SEEDS)]
    sprouted = [float(math.hypot(*place) < lots.gauss(REACH, STRAY)) for place in places]
    easts, norths = zip(*places, strict=True)
    return Table({"east": easts, "north": norths, "sprouted": sprouted})


def trained(model: Model | str, seeds: Table, first: int = 0) -> Trainer:
    """The trainer of all lessons, after its walk."""
    return finished(Trainer(model, "log", Adam(0.1), seed=first).fit(seeds, steps=PICTURES[-1]))


def right(trainer: Trainer, seeds: Table) -> int:
    """How many seeds the model is right about, if a chance above one half is a yes."""
    chances = trainer.predict(seeds)
    return sum((p > 0.5) == (y > 0.5) for p, y in zip(chances, seeds["sprouted"], strict=True))


def one_line(page: Page, learnt: Table, new: Table) -> None:
    """The model of the last lesson, with two features."""
    plane = trained(logistic(["east", "north"], "sprouted"), learnt)
    page.say(f"""{SEEDS} seeds are sown at random, and the water reaches {REACH:g} metres, give or
        take {STRAY:g} (all drawn by lots). {len(learnt)} seeds are there to learn from, {len(new)}
        are held back: the new ones. First the model of lesson 19, with two features:""")
    page.formula(str(plane.model))
    noes = new["sprouted"].count(0.0)
    better = page.claim(right(plane, new) <= noes, "The line is no better than that.")
    page.say(f"""If a chance above one half is a yes, it gets {right(plane, learnt)} of the seeds
        right that it learnt from, and {right(plane, new)} of the new ones. To say no to all of
        those gets {noes} right. {better} The score is 0 along a straight line, and no line has the
        patch on one side and all else on the other.""")


def the_bed(seeds: Table, *layers: Kind, title: str) -> Chart:
    """The seeds that sprouted and those that did not, below some layers."""
    kinds = [[row for row in seeds.rows() if row["sprouted"] == kind] for kind in (1, 0)]
    return Chart(
        *(Points([row["east"] for row in kind], [row["north"] for row in kind], name)
          for kind, name in zip(kinds, ("sprouted", "did not"), strict=True)),
        *layers,
        title=title, x_label="metres east", y_label="metres north", x_range=BED, y_range=BED,
        equal=True,
    )


def fences(seeds: Table) -> Live:
    """Networks of a few units, to be trained in the page, and the patch that they are to find."""
    units, first, steps, loss, right = symbols("units start steps loss right")
    parameter, slope, mean, square, k = symbols("parameter slope mean square k")
    nets = [network_to_train(seeds, count) for count in TRAINED]
    round_about = [math.radians(angle) for angle in range(0, 361, 5)]
    patch = Line([REACH * math.cos(angle) for angle in round_about],
                 [REACH * math.sin(angle) for angle in round_about], "the patch")
    # Adam, as in lesson 17: what is kept of the slopes, and of their squares.
    means = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
    step = means[0] / (1 - 0.9**k) / (sqrt(means[1] / (1 - 0.999**k)) + TINY)
    return Live(
        "fences", """How many straight lines does it take to fence the patch in? Each unit of a
        network is one such line, a soft one; the shades are where the network says yes.""",
        [the_bed(seeds, title="The seeds"), the_bed(seeds, patch, title="Where the water falls")],
        [Lever(units, TRAINED[0], TRAINED[-1], 1, 1), Lever(first, 1, len(STARTS), 1, 1, "start"),
         Lever(steps, 0, PICTURES[-1], 1, 0, "steps of training")],
        [Number("loss", loss), Number(f"right, of {len(seeds)} seeds", right)],
        guess=Guess("Lines:", FEWEST, between=(1, 20)), play="steps", kind="train",
        own={"nets": nets, "counts": TRAINED, "bed": BED,
             "seeds": [*map(rounded, zip(*map(seeds.__getitem__, COLUMNS), strict=True))],
             "adam": function([parameter - 0.1 * step, *means],
                              ["parameter", "mean", "square", "slope", "k"])},
        given=[loss, right],
    )


def network_to_train(seeds: Table, units: int) -> dict[str, Any]:
    """The network of so many units: its loss and slopes added up over seeds, its chance at a place,
    and where its walks start."""
    model = the_network(units)
    surface = LossSurface(model, seeds, "log")
    row, levers = surface.row, surface.parameters
    return {
        "sums": row_sums([row.formula, *row.slopes], levers, COLUMNS),
        "chance": function(model.prediction, ["east", "north", *levers]),
        "starts": [rounded(place_to_start(surface, {}, first)) for first in STARTS],
    }


def several_lines(page: Page, learnt: Table, new: Table) -> Trainer:
    """The network from several starts; the best of its walks, in pictures."""
    model = the_network(UNITS)
    page.say(f"So take {UNITS} lines, let each give a vote, and add the votes up to the score:")
    page.formula(str(model))
    walks = [trained(model, learnt, first) for first in STARTS]
    losses = [walk.best.loss for walk in walks]
    best = walks[losses.index(min(losses))]
    page.say(f"""tanh is a brother of the sigmoid: -1 far out on one side of its line, 1 far out on
        the other, and soft in between. Each such part is called a unit, all together a network.
        Adam of lesson 17 turns its {len(best.parameters)} parameters (levers), in {PICTURES[-1]}
        steps from each of {len(STARTS)} starts: small random numbers, as at 0 all units would be
        the same, and remain so. 'learnt' and 'new' count the seeds it gets right:""")
    page.table({
        "start": STARTS,
        "loss": [f"{loss:.3f}" for loss in losses],
        "learnt": [right(walk, learnt) for walk in walks],
        "new": [right(walk, new) for walk in walks],
    })
    valleys = page.claim(max(losses) - min(losses) > 0.01, "This surface has many valleys.")
    page.say(f"""The losses end between {min(losses):.3f} and {max(losses):.3f}. {valleys} A walker
        sees only the one it is in: where the loss stays high, it is stuck, or has far to go. So
        start several times, and keep the lowest loss. (Not what is best on the new seeds: then they
        would be new no more.) This is the walk of start {STARTS[walks.index(best)]}, denser where a
        seed is likelier to sprout, with the line where each
        vote is 0:""")
    page.pictures([on_the_map(best, learnt, steps) for steps in PICTURES])
    return best


def the_network(units: int) -> Model:
    """So many lines whose votes are added up to a score, and that made a chance."""
    score = network(["east", "north"], "score", units).prediction
    return Model(f"sprouted = sigmoid({score})")


def on_the_map(trainer: Trainer, seeds: Table, steps: int) -> Chart:
    """The chance all over the bed and the units' lines, by the levers after so many steps."""
    step = trainer.history[steps]
    levers, model = trainer.surface.named(step.position), trainer.model
    names = ("east", "north", *levers)
    chance = compile_formula(model.prediction, [model.symbols[name] for name in names])
    return the_bed(
        seeds,
        Contours(lambda east, north: chance(east, north, *step.position), BED, BED,
                 "chance", at=SHADES),
        *(line_of(unit, levers) for unit in range(1, UNITS + 1)),
        title=f"After {steps} steps: a loss of {step.loss:.3f}",
    )


def line_of(unit: int, levers: dict[str, float]) -> Tangent:
    """Where the vote of a unit is 0."""
    east, north, bias = (levers[name] for name in (f"w{unit}_east", f"w{unit}_north", f"b{unit}"))
    near = -bias / (east**2 + north**2)  # times (east, north), it is the place nearest to (0, 0)
    return Tangent(near * east, near * north, slope=-east / north, label=f"unit {unit}")


def the_votes(page: Page, levers: dict[str, float]) -> None:
    """What each unit says at some places."""
    units = [f"v{k}*tanh(w{k}_east*east + w{k}_north*north + b{k})" for k in range(1, UNITS + 1)]
    models = [Model(f"vote = {formula}") for formula in (*units, " + ".join([*units, "c"]))]

    def at(*places: tuple[float, float]) -> list[list[float]]:
        """The votes of each unit, and last the scores, at some places."""
        table = Table(dict(zip(("east", "north"), zip(*places, strict=True), strict=True)))
        return [model.predict(levers, table) for model in models]

    *votes, scores = at(*PLACES.values())
    page.say("These are the votes in the middle of the bed, and in the middle of each edge:")
    page.table({
        "place": list(PLACES),
        **{f"unit {k}": [round(vote, 1) for vote in each] for k, each in enumerate(votes, 1)},
        "score": [round(score, 1) for score in scores],
    })
    lines = [line_of(unit, levers) for unit in range(1, UNITS + 1)]
    *_, on_lines = at(*((line.x, line.y) for line in lines))
    fence = page.claim(
        max(scores[1:]) < 0 < min(on_lines),
        "The fence is further out, where the whole score turns.",
        "Here the fence, where the whole score turns, is not further out everywhere.",
    )
    page.say(f"""The score is the sum of the votes and c, which is {levers["c"]:.1f}. In the middle
        {sum(vote[0] > 0 for vote in votes)} of {UNITS} units vote yes; on
        {sum(score < 0 for score in scores[1:])} of {len(scores) - 1} edges the score is below 0. A
        vote turns at its line. {fence}""")


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
