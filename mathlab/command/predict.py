"""`python -m mathlab predict`: what a saved model says of the rows of a file.

On the page: `slope * x + intercept`, tomorrow, for other rows. On a terminal they are a table, in
which other columns give way to the prediction; in a file or a pipe, CSV with all columns and rows.
"""

import argparse
import csv
import io
import os
import sys
from collections.abc import Sequence
from typing import Any

from mathlab.command import reading
from mathlab.command.options import width
from mathlab.command.report import check_level, text_of
from mathlab.errors import DataError, MathlabError
from mathlab.learning.data.table import Table, aligned, in_parts
from mathlab.learning.inference import back
from mathlab.learning.inference.saved import Saved, load
from mathlab.learning.inference.uncertainty import Interval

LEVEL = 0.95  # of an interval for the mean, unless another is asked for


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Say what the command takes."""
    parser = commands.add_parser("predict", help="predict with a model that was saved")
    parser.add_argument("saved", metavar="MODEL.json")
    parser.add_argument("file", help="a CSV file with the model's features among its columns")
    reading.add_to(parser)
    parser.add_argument("--level", type=float, metavar="SHARE",
                        help="of the cases in which an interval holds the row, such as 0.95")
    parser.add_argument("--of-mean", action="store_true",
                        help="the interval is for the mean of many such rows, and not for one")
    parser.add_argument("--csv", action="store_true",
                        help="CSV on a terminal, too: all columns, and the prediction")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Print the features and the prediction of each row, with an interval if that is asked for."""
    saved = load(options.saved)
    model = saved.model
    features = [name for name in model.symbols if name not in saved.parameters]
    options.missing += model.reading.get("missing", [])
    whole = reading.read(options)
    table, account = reading.rows_for(model, whole, features)
    if not len(table) and len(whole):
        needed = ", ".join(map(model.column, features))
        raise DataError(f"no row of {whole.source} has all that is needed: {needed}")
    predictions = _predictions(saved, model.view(table), features, options)
    if options.csv or not _is_read_by_a_person():
        _print_csv(whole, table, predictions)
        return
    print(f"{account}\n")
    reading.tell(model, table)
    used = [*dict.fromkeys(map(model.column, features))]
    heads = [*predictions]
    if _level(options):  # as in the report of a fit: a name and "low" would be long heads
        heads[-2:] = f"{100 * _level(options):.12g}% from", "to"
    shown = [[text_of(x) for x in column] for column in predictions.values()]
    print(_with_room_for(heads, shown, {name: table[name] for name in used}))


def _is_read_by_a_person() -> bool:
    """Whether the output is a terminal, or no file at all, as in a notebook."""
    try:
        return os.isatty(sys.stdout.fileno())
    except (AttributeError, OSError, ValueError):
        return True


def _level(options: argparse.Namespace) -> float:
    """The share of cases that intervals are to hold; 0 if none are asked for."""
    if options.level is None:
        return LEVEL if options.of_mean else 0.0
    return check_level(options.level)


def _predictions(saved: Saved, table: Table, features: Sequence[str],
                 options: argparse.Namespace) -> dict[str, list[float]]:
    """The columns to add: the prediction, its bounds, and the same for y in log(y)."""
    model = saved.model
    name = f"predicted {model.target}"
    columns = {name: saved.predict(table)}
    undone = None
    if model.actual.operation is not None:
        try:
            undone = back.inverse(model.actual)
            columns[f"median {model.shown(undone.name)}"] = [undone.at(z) for z in columns[name]]
        except MathlabError:
            undone = None
    if not _level(options):
        return columns
    bounds = _bounds(saved, table, features, _level(options), options.of_mean)
    if undone is not None and saved.estimates:
        bounds = [saved.estimates.way_back(bound) for bound in bounds]
        name = f"median {model.shown(undone.name)}"
    return columns | {f"{name} low": [bound.low for bound in bounds],
                      f"{name} high": [bound.high for bound in bounds]}


def _bounds(saved: Saved, table: Table, features: Sequence[str], level: float,
            of_mean: bool) -> list[Interval]:
    """The interval of each row."""
    if saved.estimates is None:
        raise DataError("this model was saved without error bars, since the fit had none: leave "
                        "--level and --of-mean out")
    single = saved.estimates.loss.is_square and not of_mean
    columns = [table[name] for name in features]
    rows = zip(*columns, strict=True) if features else [()] * len(table)
    found = []
    for row, place in zip(rows, table.places, strict=True):
        try:
            there = dict(zip(features, row, strict=True))
            found.append(saved.estimates.prediction(there, level, single))
        except (MathlabError, ArithmeticError) as error:
            raise DataError(f"{table.source}, {place}: no interval: {error}") from None
    return found


def _print_csv(whole: Table, table: Table, predictions: dict[str, list[float]]) -> None:
    """All rows and columns of the file, and the prediction; none for a row that lacks a number. A
    column of that name, from a prediction before, gives way."""
    rows = zip(*predictions.values(), strict=True)
    by_place: dict[str, Sequence[float]] = dict(zip(table.places, rows, strict=True))
    nothing = [""] * len(predictions)
    kept = [name for name in whole.names if name not in predictions]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*kept, *predictions])
    for row, place in zip(whole.rows(), whole.places, strict=True):
        fields: list[Any] = [row[name] for name in kept]  # None is written as nothing
        writer.writerow([*fields, *by_place.get(place, nothing)])
    alphabet = sys.stdout.encoding or "utf-8"
    try:
        text.getvalue().encode(alphabet)
    except UnicodeEncodeError as error:
        letter = error.object[error.start]
        raise DataError(f"the output is to be {alphabet}, which has no {letter}; set "
                        "PYTHONIOENCODING=utf-8") from None
    sys.stdout.write(text.getvalue())


def _with_room_for(heads: list[str], shown: list[list[str]],
                   others: dict[str, Sequence[Any]]) -> str:
    """A table of the columns that have to be there, after as many others as there is room for, but
    at least one: it tells the rows apart. What is too wide even so comes in parts."""
    names, columns = [*others], [*others.values()]
    for count in range(len(names), 0, -1):
        text = aligned([*names[:count], *heads], [*columns[:count], *shown], width())
        if not text.splitlines()[-1].startswith("not shown: "):
            break
    else:
        count = min(1, len(names))
        text = in_parts([*names[:count], *heads], [*columns[:count], *shown], width())
    hidden = ", ".join(names[count:])
    return text + (f"\nnot shown: {hidden} (--csv shows all)" if hidden else "")
