"""Saved models: a trained model in a file, to predict with tomorrow.

On the page: `print(f"{step:4}`, where what was found is printed and forgotten.

The file is text that a person can read: JSON, with the formula, the name of the loss, the
parameters, their covariance, and how the columns were read. Nothing in it is ever run: the formula
is parsed like any other, each number is checked. Read `save` first, then `load`; the rest is edge
cases.

>>> import tempfile
>>> from mathlab.learning.data.table import Table
>>> trainer = Trainer("y = slope*x").fit(Table({"x": [1.0, 2.0], "y": [3.0, 6.5]}))
>>> with tempfile.TemporaryDirectory() as folder:
...     save(trainer, Path(folder) / "line.json")
...     saved = load(Path(folder) / "line.json")
>>> saved.parameters, saved.predict({"x": [10.0]})
({'slope': 3.2}, [32.0])
>>> round(saved.estimates.prediction({"x": 10.0}).error, 3)
1.025
"""

import json
import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from mathlab.errors import DataError, FormulaError, MathlabError
from mathlab.learning.data.table import Table, is_finite_number, short
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.goodness import held
from mathlab.learning.inference.uncertainty import Estimates, Uncertainty
from mathlab.learning.model.loss import LOSSES
from mathlab.learning.model.model import Model, checked_reading
from mathlab.names import by_form, form

FORMAT, VERSION = "mathlab model", 2
READABLE = (1, 2)  # versions: the first has no covariance
LONGEST_FILE = 10_000_000  # bytes: a larger file is refused


class Saved(NamedTuple):
    """What a file says of a model: its formula, the name of its loss, its parameters; how many rows
    it was trained on, the column of their weights, and what intervals are made of, if known."""

    model: Model
    loss: str
    parameters: dict[str, float]
    rows: int | None = None
    weights: str = ""
    estimates: Estimates | None = None

    def predict(self, columns: Mapping[str, Sequence[float]] | Table) -> list[float]:
        """The prediction for each row of a table or a dict of columns, in the target's unit."""
        return self.model.predict(self.parameters, columns)


def save(trainer: Trainer, path: str | Path, known_spread: bool = False) -> None:
    """Write a trained model to a file; the file is there as a whole or not at all.

    An older model there is replaced. Raises: DataError for any other file, or a damaged model,
    which is left alone; and for a loss without a name. `known_spread` is that of `Uncertainty`.
    """
    path = Path(os.path.realpath(path))  # a link is written through
    name = getattr(trainer.loss, "name", "")
    if LOSSES.get(name) is not trainer.loss:
        raise DataError(
            "the loss of this model has no name to be saved by: train with Loss(function, 'a name')"
        )
    model, found = trainer.model, {**held(trainer), **trainer.parameters}
    if held(trainer):
        model = Model(model.text, model.reading)  # in which the held ones are parameters, too
    parameters = {name: found[name] for name in model.symbols if name in found}
    content = {"format": FORMAT, "version": VERSION, "model": model.text, "loss": name,
               "parameters": parameters,
               "features": [name for name in model.symbols if name not in parameters],
               "rows": len(trainer.table), "weights": trainer.weights, "reading": model.reading}
    try:
        sure = Uncertainty(trainer, known_spread)
    except (MathlabError, ArithmeticError):
        pass  # it predicts all the same
    else:
        content["estimates"] = {
            "names": [*sure.errors], "covariance": sure.covariance, "spread": sure.residual_spread,
            "freedom": sure.freedom if sure.has_spread else None}
    check_target(path)
    try:
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        with part.open("x", encoding="utf-8") as file:
            try:
                json.dump(content, file, indent=2, allow_nan=False)
                file.write("\n")
                file.close()
                os.replace(part, path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise DataError(f"{path} cannot be written: {error.strerror or error}") from None


def check_target(path: str | Path) -> None:
    """Make sure, before long work, that a model may be saved there; a DataError if not."""
    path = Path(path)
    if not path.parent.is_dir():
        raise DataError(f"{path} cannot be written: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK):
        raise DataError(f"{path} cannot be written: {path.parent} is not yours to write in")
    if path.exists():
        load(path)


def load(path: str | Path) -> Saved:
    """The model in a file; a DataError says what is wrong with it."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            text = file.read(LONGEST_FILE + 1)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}") from None
    if len(text) > LONGEST_FILE:
        raise DataError(f"{path.name} is not a saved model: it is too large")
    try:
        content = json.loads(text.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        reason = f"{path.name} is not a saved model, or it is damaged: it is not JSON"
        raise DataError(reason) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise DataError(f"{path.name} is not a saved model: its format is not {FORMAT!r}")
    if content.get("version") not in READABLE:
        known = " and ".join(map(str, READABLE))
        raise DataError(
            f"{path.name} has version {short(content.get('version'))}; this mathlab reads {known}")
    try:
        return _checked(content)
    except (DataError, FormulaError) as error:
        raise DataError(f"{path.name} is damaged: {error}") from None


def _checked(content: dict[str, Any]) -> Saved:
    text, loss, parameters = (content.get(key) for key in ("model", "loss", "parameters"))
    if not isinstance(text, str) or not isinstance(parameters, dict):
        raise DataError("it has no model, or no parameters")
    if not isinstance(loss, str) or loss not in LOSSES:
        raise DataError(f"there is no loss {short(loss)}")
    model, parameters = Model(text, checked_reading(content.get("reading"))), by_form(parameters)
    for name, number in parameters.items():
        if name not in model.symbols:
            raise DataError(f"there is no {short(name)} in {short(text)}")
        if not is_finite_number(number):
            raise DataError(f"{name} is {short(number)}, not a finite number")
    features = content.get("features")
    if not isinstance(features, list) or not all(isinstance(name, str) for name in features):
        raise DataError("it has no features")
    features = [form(name) for name in features]
    if {*parameters, *features} != {*model.symbols} or {*parameters} & {*features}:
        raise DataError(f"its parameters and features are not those of {short(text)}")
    parameters = {name: float(number) for name, number in parameters.items()}
    rows, weights = content.get("rows"), content.get("weights", "")
    if not (rows is None or type(rows) is int) or not isinstance(weights, str):
        raise DataError("its rows are not a number, or its weights not a name")
    estimates = None
    if content.get("estimates") is not None:
        estimates = _checked_estimates(content["estimates"], model, loss, parameters)
    return Saved(model, loss, parameters, rows, weights, estimates)


def _checked_estimates(content: Any, model: Model, loss: str,
                       parameters: dict[str, float]) -> Estimates:
    """What intervals are made of; a DataError for numbers that cannot be."""
    given: dict[str, Any] = content if isinstance(content, dict) else {}
    names, covariance = given.get("names"), given.get("covariance")
    spread: Any = given.get("spread")
    freedom: Any = given.get("freedom")
    if not isinstance(names, list) or not isinstance(covariance, list) or not all(
            isinstance(name, str) for name in names):
        raise DataError("its estimates have no names, or no covariance")
    names = [form(name) for name in names]
    if len({*names}) < len(names) or not {*names} <= parameters.keys():
        raise DataError("its estimates are not those of its parameters")
    square = len(covariance) == len(names) and all(
        isinstance(row, list) and len(row) == len(names) for row in covariance)
    numbers = [x for row in covariance for x in row] if square else []
    if not square or not all(map(is_finite_number, numbers)) or any(
            row[i] < 0 for i, row in enumerate(covariance)):
        raise DataError("its covariance is not a matrix of numbers, one row for each parameter")
    if freedom is None:
        freedom = math.inf
    elif not is_finite_number(freedom) or freedom < 1:
        raise DataError("its freedom is not a number from 1")
    if not (is_finite_number(spread) and spread >= 0):
        raise DataError("its spread is not a number from 0")
    matrix = [[float(x) for x in row] for row in covariance]
    return Estimates(model, LOSSES[loss], parameters, names, matrix, float(spread), float(freedom))


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and Infinity are not JSON
