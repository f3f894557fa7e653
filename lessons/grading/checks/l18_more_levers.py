"""Exercise 18: the choice from a few tables of errors, and from three parts of the cars."""

from functools import cache
from typing import Any

from lessons.data import sources
from lessons.grading.answer import Answer, Wrong, call_text, close, short
from mathlab.learning.data.explore import standardize
from mathlab.learning.data.split import split
from mathlab.learning.data.table import Table
from mathlab.learning.descent.second_order import LevenbergMarquardt
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.predict import residuals, typical_error
from mathlab.learning.model.model import polynomial

HINTS = (
    "Each list has one job. The train rows made the curves. Which rows choose one of them, and "
    "which know nothing of it all yet?",
    "The degree is where validation is lowest. The error to announce stands at the same place in "
    "test.",
    "place = validation.index(min(validation)) is the place of the lowest, counted from 0. Degrees "
    "are counted from 1.",
)
TABLES = (
    ([4.8, 4.1, 3.9, 3.7], [5.0, 4.2, 4.6, 5.5], [4.9, 4.4, 4.3, 5.2]),
    ([6.0, 5.0, 4.0, 3.0], [5.5, 5.25, 5.0, 9.0], [5.0, 5.6, 5.7, 7.0]),
    ([3.0, 2.5, 2.0], [4.0, 3.5, 3.5], [3.0, 4.5, 3.75]),
    ([3.0, 2.5], [3.25, 8.0], [3.5, 2.75]),
    ([3.0, 0.5], [3059.0, 8000.0], [2900.0, 2.5]),
    ([4.0, 2.0, 1.0], [5.0, 5.5, 6.0], [6.0, 3.0, 2.0]),  # all in all, the others are better
    ([6.0, 4.75, 4.5], [4.0, 4.25, 4.5], [5.0, 5.5, 6.0]),  # nowhere is train below validation
)
TARGET = "miles_per_gallon"
DEGREES = range(1, 6)
SEED, TRAIN, VALIDATION = 18, 40, 100  # cars


def check(answer: Answer) -> str:
    """The tables, and then errors of real cars."""
    for table in (*TABLES, of_cars()):
        came, expected = answer.call("choose", *table), choice(*table)
        if not close(came, expected):
            raise Wrong(slip(came, *table), call_text("choose", table), short(came), expected)
    train, validation, test = of_cars()
    degree, announced = choice(train, validation, test)
    return (
        f"for the cars it takes degree {degree} and announces {announced:g} miles per gallon; the "
        f"train rows would have said {train[degree - 1]:g}, and the validation rows "
        f"{validation[degree - 1]:g}: only the test rows had no part in the choice"
    )


def choice(
    train: list[float], validation: list[float], test: list[float]
) -> tuple[int, float]:
    """The degree with the lowest validation error, and its test error."""
    _, degree, error = min(zip(validation, range(1, len(test) + 1), test, strict=True))
    return degree, error


@cache
def of_cars() -> tuple[list[float], ...]:
    """The errors of the curves on three parts of the cars."""
    cars, _ = sources.cars("horsepower")
    cars = cars.with_column("power", standardize(cars["horsepower"])[0])
    train, others = split(cars, TRAIN / len(cars), SEED)
    validation, test = split(others, VALIDATION / len(others), SEED)
    curves = [
        Trainer(polynomial("power", TARGET, degree), optimizer=LevenbergMarquardt()).fit(train)
        for degree in DEGREES
    ]
    return tuple([error(curve, rows) for curve in curves] for rows in (train, validation, test))


def error(curve: Trainer, rows: Table) -> float:
    """The typical error of a curve on some cars, to two digits."""
    return round(typical_error(residuals(rows[TARGET], curve.predict(rows))), 2)


def slip(came: Any, train: list[float], validation: list[float], test: list[float]) -> str:
    """What went wrong, if it is one of the usual mistakes."""
    if not (isinstance(came, list | tuple) and len(came) == 2):
        return "it should be two things: return degree, error"
    degree, error = came
    right, announced = choice(train, validation, test)
    if close(came, (announced, right)):
        return "these are the two, but the degree comes first"
    if close(degree, right):
        if close(error, validation[right - 1]):
            return ("the degree is right; but its validation error was picked as the lowest, and "
                    "part of that is luck: announce what the test rows say")
        if close(error, train[right - 1]):
            return ("the degree is right; but on the train rows any curve looks better than it is: "
                    "announce what the test rows say")
        if close(error, min(test)):
            return "the degree is right; but that is the test error of another degree"
        return "the degree is right, but not the error"
    if close(degree, right - 1) and close(error, announced):
        return "Python counts places from 0, degrees are counted from 1"
    if any(close(degree, where) for where in places(validation)):
        return "other degrees are as good; take the lowest of them"
    if any(close(degree, where) for where in places(train)):
        return ("there the train error is lowest; but it chooses the most levers, always: it "
                "cannot tell when to stop")
    if any(close(degree, where) for where in places(test)):
        return ("there the test error is lowest; but if the test rows choose, whatever error they "
                "announce is too good")
    return "the degree is where the validation error is lowest"


def places(errors: list[float]) -> list[int]:
    """The degrees with the lowest error."""
    return [degree for degree, error in enumerate(errors, 1) if error == min(errors)]
