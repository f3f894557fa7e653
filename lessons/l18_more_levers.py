"""18. More levers: do they help?

Guess first: the more parameters (levers) a curve has, the closer it can come to the cars that it
learns from. Does it also come closer to cars that it has never seen? You will see two errors for
each model, one on the cars that it has learnt from and one on the others, and which of the two to
believe.
"""

import sys
from collections.abc import Mapping
from itertools import pairwise
from statistics import fmean
from typing import NamedTuple

from lessons.data import sources
from lessons.pages.live.live import Guess
from lessons.pages.page import Page
from lessons.run import finished, start
from mathlab.drawing import Chart, Line, Points
from mathlab.learning.data.explore import Scale, correlation, standardize
from mathlab.learning.data.split import split
from mathlab.learning.data.table import Table
from mathlab.learning.descent.second_order import LevenbergMarquardt
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.predict import residuals, typical_error
from mathlab.learning.model.model import Model, plane, polynomial

TARGET = "miles_per_gallon"
SHARE = 0.5  # of the cars, to learn from
DRAWS = 20  # of other cars, to see what is luck
FEW = 30  # cars to learn from, later
HIGHEST = 8  # degree


class Fit(NamedTuple):
    """A trained model, and its typical error on the cars it has learnt from and on the others."""

    trainer: Trainer
    train_error: float
    test_error: float


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    cars, _ = sources.cars("horsepower", "weight")
    more_columns(page, cars)
    powers, scale = standardize(cars["horsepower"])
    cars = cars.with_column("power", powers)
    more_powers(page, *split(cars, SHARE, page.seed))
    few_cars(page, *split(cars, FEW / len(cars), page.seed), scale)
    page.change("let FEW be 60. How many levers can so many cars bear?")
    page.exercise()


def fit(model: Model, train: Table, test: Table) -> Fit:
    """Train a model on some cars; its typical error is the root of the mean squared residual."""
    trainer = finished(Trainer(model, optimizer=LevenbergMarquardt()).fit(train))
    learnt, unseen = (
        typical_error(residuals(cars[TARGET], trainer.predict(cars))) for cars in (train, test)
    )
    return Fit(trainer, learnt, unseen)


def curves(train: Table, test: Table) -> dict[int, Fit]:
    """The polynomials of each degree; power is the horsepower in spreads, as in lesson 16."""
    degrees = range(1, HIGHEST + 1)
    return {degree: fit(polynomial("power", TARGET, degree), train, test) for degree in degrees}


def errors(page: Page, name: str, fits: Mapping[str, Fit] | Mapping[int, Fit]) -> None:
    """A table of the errors of some models."""
    rows = [(model, f"{f.train_error:.2f}", f"{f.test_error:.2f}") for model, f in fits.items()]
    page.rows([name, "train", "test"], rows)


def more_columns(page: Page, cars: Table) -> None:
    """A line in horsepower, a line in weight, and the plane in both."""
    columns = (["horsepower"], ["weight"], ["horsepower", "weight"])

    def drawn(seed: int) -> list[Fit]:
        return [fit(plane(names, TARGET), *split(cars, SHARE, seed)) for names in columns]

    train, test = split(cars, SHARE, page.seed)
    power, weight, both = drawn(page.seed)
    gain = round(weight.test_error, 2) - round(both.test_error, 2)  # as the table has it
    others = [drawn(page.seed + i) for i in range(1, DRAWS + 1)]
    gains = [weight.test_error - both.test_error for _, weight, both in others]
    page.say(f"""How far does a car go on a gallon? We have {len(cars)} cars whose horsepower is
        known. {len(train)} of them are drawn by lot to learn from: the train rows. The other
        {len(test)} are held back until the model is trained: the test rows (the test set). First a
        line in horsepower, then a line in weight, then a model with a slope for both, which is
        called a plane:""")
    page.formula(str(plane(columns[-1], TARGET)))
    errors(page, "model", {"horsepower": power, "weight": weight, "both": both})
    news = page.claim(0 < fmean(gains) < 0.5, "So horsepower has some news to tell, but not much.")
    twins = correlation(cars["horsepower"], cars["weight"])
    strong = page.claim(twins > 0.7, "Heavy cars are strong, and the correlation of the two is "
                        f"{twins:.2f}.")
    page.say(f"""The numbers are typical errors in miles per gallon: the root of the mean squared
        residual, RMSE for short. On the train rows the plane cannot lose: with one slope at 0 it is
        a line. On the test rows it is {'better' if gain > 0 else 'worse'} than weight alone, by
        {abs(gain):.2f}. Or was that the luck of the draw? Of {DRAWS} other draws the plane is
        better in {sum(each > 0 for each in gains)}, and on average it is better by
        {fmean(gains):.2f}. {news} {strong}""")


def more_powers(page: Page, train: Table, test: Table) -> None:
    """Polynomials of growing degree, where there are many cars to learn from."""
    fits = curves(train, test)
    first, second, *_, last = fits.values()
    change = second.test_error - last.test_error
    page.title("More powers")
    page.say("""A column can be used more than once. Add the square of the horsepower, its cube and
        so on, each with a lever of its own, and the line may bend. The highest power is called the
        degree. Degree 1 is the line, and degree 2 is""")
    page.formula(str(polynomial("horsepower", TARGET, 2)))
    errors(page, "degree", fits)
    square = page.claim(first.test_error - second.test_error > 2 * abs(change),
                        f"What {len(train)} cars have to say is mostly said with a square.")
    never = page.claim(
        all(after.train_error <= before.train_error for before, after in pairwise(fits.values())),
        "The train error never rises, for each curve can be any of those before it.")
    page.say(f"""{never} The square takes {first.train_error - second.train_error:.2f} off it, and
        all higher powers together another {second.train_error - last.train_error:.2f}. On the test
        rows the square takes off {first.test_error - second.test_error:.2f}, and what follows
        {'takes off another' if change > 0 else 'adds'} {abs(change):.2f}. {square}""")


def few_cars(page: Page, train: Table, test: Table, scale: Scale) -> None:
    """The same polynomials, where there are few cars to learn from."""
    fits = curves(train, test)
    best, last = min(fits, key=lambda degree: fits[degree].test_error), fits[HIGHEST]
    page.title("Fewer cars")
    page.say(f"Now draw {len(train)} cars to learn from, and test on the other {len(test)}.")
    page.guess("""The higher the degree, the nearer the curve comes to the cars that it learns from.
        Does it also come nearer to the others?""", Guess(
            "", {1: 2, HIGHEST: 0}.get(best, 1),
            choices=("Yes, up to the highest", "At first; then it strays", "No, from the start")))
    errors(page, "degree", fits)
    page.picture(Chart(
        Line(list(fits), [f.train_error for f in fits.values()], "train"),
        Line(list(fits), [f.test_error for f in fits.values()], "test"),
        title=f"Curves that learnt from {len(train)} cars",
        x_label="degree", y_label="typical error, miles per gallon", y_log=True,
    ))
    lowest = page.claim(last.train_error == min(f.train_error for f in fits.values()),
                        f"By the train error degree {HIGHEST} is the best, with "
                        f"{last.train_error:.2f}.")
    unseen = f"n the cars that it has never seen its typical error is {last.test_error:,.1f} miles"
    astray = page.claim(last.test_error > 2 * last.train_error,
                        f"But o{unseen} per gallon.", f"O{unseen} per gallon.")
    page.say(f"""{lowest} {astray} The lowest test error is that of degree {best},
        {fits[best].test_error:.2f}. Look at the curves:""")
    powers = [*train["horsepower"], *test["horsepower"]]
    places = range(round(min(powers)), round(max(powers)) + 1)
    standard = {"power": scale.standard(places)}
    page.picture(Chart(
        Points(test["horsepower"], test[TARGET], "other cars"),
        Points(train["horsepower"], train[TARGET], "learnt from"),
        *(Line(places, fits[n].trainer.predict(standard), f"degree {n}") for n in (2, HIGHEST)),
        title="Two curves through the same cars",
        x_label="horsepower", y_label="miles per gallon", y_range=(0.0, 50.0),
    ))
    page.say(f"""The one of degree {HIGHEST} has {HIGHEST + 1} levers for {len(train)} cars. It
        bends to come close to single cars, and where there are none, nothing holds it. That is
        called overfitting: it has learnt the luck of the draw by heart. (A ridge is a remedy: it
        adds the squares of the levers to the loss, times some number, which keeps them small.) So
        believe the test error, but only once. If you try {HIGHEST} degrees and take the one with
        the lowest test error, you have learnt from the test rows too, and part of that lowest error
        is luck. With three parts it is clean: train on the first, choose by the second, the
        validation rows (the validation set), and let the third say how good the choice is. (All
        this was drawn by lot: --seed 2 draws other cars.)""")


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
