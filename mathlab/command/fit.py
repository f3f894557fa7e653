"""`python -m mathlab fit`: collect, explore, train, predict, with a file and a formula.

On the page: `slope * x + intercept`, for any model, with error bars and pictures. Read `run` first.
"""

import argparse
import math
import re
from typing import Any

from mathlab import names
from mathlab.command import reading, report
from mathlab.command.options import FORM, completed, numbers, place, say, width
from mathlab.command.pictures import charts, way_down
from mathlab.drawing.charts import svg, terminal
from mathlab.drawing.paper import album
from mathlab.errors import DataError, FormulaError
from mathlab.learning.data.explore import correlation, summary_table
from mathlab.learning.data.split import split
from mathlab.learning.data.table import Table, in_parts, is_finite_number
from mathlab.learning.descent.batches import MiniBatches
from mathlab.learning.descent.optimizers import OPTIMIZERS, Optimizer
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.export import LANGUAGES, exported
from mathlab.learning.inference.goodness import held
from mathlab.learning.inference.saved import check_target, load, save
from mathlab.learning.inference.uncertainty import Estimates
from mathlab.learning.model.loss import LOSSES
from mathlab.learning.model.model import Model, ask_back
from mathlab.learning.model.spelling import hint_of_backticks, spell
from mathlab.learning.model.surface import METHODS
from mathlab.learning.model.weights import intercepts

FEWEST = 2  # rows to train on
SMALLEST_SIGMA = 1e-150  # below it, or above 1/it, no float has room for 1/sigma**2
BY_SIGMA = "one_by_sigma_squared"  # the column of weights that known standard deviations make


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Say what the command takes."""
    parser = commands.add_parser("fit", help="fit a model to the rows of a CSV file")
    add = parser.add_argument
    add("file", help="with the names of its columns in the first line; - is the standard input")
    add("model", help="such as 'revenue = slope*budget + intercept'")
    reading.add_to(parser)
    told = parser.add_argument_group("what the report tells").add_argument
    told("--at", nargs="+", action="append", default=[], metavar=FORM,
         help="features to predict for; may be given again")
    told("--level", type=float, default=0.95, metavar="SHARE",
         help="of the cases that an interval holds, such as 0.9")
    told("--derive-from", action="append", default=[], metavar="FORMULA",
         help="of parameters, such as vmax/km: its value and standard error")
    told("--against", action="append", default=[], metavar="MODEL",
         help="another model, to compare by AIC; may be given again")
    told("--nested", action="store_true",
         help="each model is a special case of the next: test them by their likelihood ratio")
    told("--details", action="store_true",
         help="the columns, correlations, and the way down, too")
    told("--digits", choices=("some", "all"), default="some", help="of the parameters")
    told("--prove", action="store_true",
         help="prove by intervals how many digits of the parameters are certain")
    told("--export", choices=LANGUAGES, action="append", default=[],
         help="the fitted formula as something that runs there; may be given again")
    told("--save", action="append", default=[], metavar="PATH",
         help="keep the model in a file that ends in .json, or pictures in a folder")
    fitted = parser.add_argument_group("what is fitted").add_argument
    fitted("--loss", choices=LOSSES, default="squared")
    fitted("--weights", default="", type=names.form, metavar="COLUMN",
           help="how much each row counts")
    fitted("--sigma", default="", metavar="COLUMN|NUMBER",
           help="the known standard deviation of the target")
    fitted("--fix", nargs="+", action="extend", default=[], metavar=FORM,
           help="parameters that are known")
    fitted("--bounds", nargs="+", action="extend", default=[], metavar="NAME=LOW..HIGH",
           help="where parameters have to stay, such as a=0..1 or b=0..")
    fitted("--ridge", type=float, default=0.0, metavar="NUMBER",
           help="what the square of each parameter adds to the loss, but for the intercept")
    fitted("--train-share", type=float, metavar="SHARE",
           help="train on this share of the rows, such as 0.8, and test on the others")
    walked = parser.add_argument_group("how it is found").add_argument
    walked("--start", nargs="+", action="extend", default=[], metavar=FORM,
           help="where the parameters start")
    walked("--resume", metavar="MODEL.json", help="start where a saved model ended")
    walked("--seed", type=int, default=0, help="of all that is drawn at random")
    walked("--optimizer", choices=OPTIMIZERS, help="instead of the best one for the loss")
    walked("--learning-rate", type=float, metavar="NUMBER",
           help="of the optimizer; alone: of descent")
    walked("--batch", type=int, metavar="ROWS", help="rows looked at for a step; alone: with adam")
    walked("--standardize", action="store_true", default=None,
           help="walk over features of mean 0 and spread 1; a ridge is then for these")
    walked("--steps", type=int, default=1000, help="of the walk, at most")
    walked("--method", choices=METHODS, default="compiled",
           help="how the slopes of the walk are found; alone: of a walk with bfgs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Print what is wrong, what was found, how sure that is, and what else was asked for."""
    texts = [_completed(text) for text in (options.model, *options.against)]
    model, *others = map(Model, texts)
    report.check_level(options.level)
    sigma = _number(options.sigma) if options.sigma else None
    asked = report.Asked(options.level, bool(options.sigma), options.digits == "all",
                         1.0 if sigma is None else sigma)
    models = [path for path in options.save if path.endswith(".json")]
    folders = [path for path in options.save if not path.endswith(".json")]
    for path in models:
        check_target(path)
    for folder in folders:
        album.check_folder(folder)
    at = [place(each) for each in options.at]
    start = numbers(options.start)
    trainer = _trainer(model, options)  # options that cannot be meant are refused here
    if options.resume:
        saved = _saved_place(model, options.resume)
        start = {name: p for name, p in saved.items() if name not in trainer.fixed} | start
    (model, *others), seen, unseen = _read(model, others, options)
    _spare_intercepts(trainer, model, seen, options.ridge)
    features = model.features(seen.names)
    places = [reading.features_at(each, model, features) for each in at]
    trainer.fit(seen, start, options.steps)
    kept, unkept = _keep_models(trainer, models, asked)
    sure = report.report(trainer, asked)
    for each, point in zip(at, places, strict=True):
        told = [f"{name} = {x if isinstance(x, str) else format(x, 'g')}"
                for name, x in each.items()]
        print()
        _say_all([*report.predicted(trainer, sure, ", ".join(told), point, asked),
                  *report.beyond(trainer, point)])
    if options.derive_from:
        print()
    for text in options.derive_from:
        _say_all(report.derived(sure, text, asked))
    if options.prove:
        print()
        _say_all(report.proved(trainer, asked.known_spread))
    if unseen is not None:
        print()
        _say_all(report.off(trainer, seen, unseen))
    if others:
        print()
        _compare(trainer, others, seen, options, asked)
    if options.details:
        _details(trainer, model, seen, sure)
        print()
    for folder in folders:
        more, trouble = _keep_pictures(trainer, sure, seen, unseen, folder)
        kept += more
        unkept += trouble
    _say_all([*(f"saved in {path}" for path in kept), *unkept])
    for language in options.export:
        print(f"\n{exported(trainer.model, trainer.parameters, language)}")
    if trainer.interrupted:
        raise KeyboardInterrupt
    if unkept:
        raise DataError("not all could be saved, see above")


def _say_all(lines: list[str]) -> None:
    for line in lines:
        say(line)


def _trainer(model: Model, options: argparse.Namespace) -> Trainer:
    """The trainer that the options ask for."""
    if options.sigma and (options.weights or options.loss != "squared"):
        raise FormulaError("--sigma says how much each row counts, for the squared loss: leave "
                           "--weights and --loss out")
    more: dict[str, Any] = {}
    if options.fix:
        more["fixed"] = numbers(options.fix)
    if options.bounds:
        more["bounds"] = bounds(options.bounds)
    return Trainer(
        model, options.loss, _optimizer(options), options.method,
        weights=BY_SIGMA if options.sigma else options.weights,
        ridge=options.ridge, standardize=options.standardize, seed=options.seed,
        all_digits=options.digits == "all", **more)


def _spare_intercepts(trainer: Trainer, model: Model, table: Table, cost: float) -> None:
    """Let a ridge be for all parameters but the intercepts."""
    if cost:
        names = [name for name in model.parameters(table.names) if name not in held(trainer)]
        spared = intercepts(model, names)
        trainer.ridge = {name: cost for name in names if name not in spared}


def bounds(assignments: list[str]) -> dict[str, tuple[float, float]]:
    """Names and ranges from texts of the form NAME=LOW..HIGH, of which an end may be left out.

    >>> bounds(["a=0..1", "b=0.5..", "c=..pi"])
    {'a': (0.0, 1.0), 'b': (0.5, inf), 'c': (-inf, 3.141592653589793)}
    """
    found: dict[str, tuple[float, float]] = {}
    for text in assignments:
        name, equals, ends = text.partition("=")
        low, dots, high = ends.partition("..")
        name = names.form(name.strip())
        if not name or not equals or not dots or not (low.strip() or high.strip()) or name in found:
            raise FormulaError("write NAME=LOW..HIGH, each name once, as in a=0..1 or b=0.., not "
                               f"{text.strip()!r:.60}")
        least = numbers([f"{name}={low}"])[name] if low.strip() else -math.inf
        most = numbers([f"{name}={high}"])[name] if high.strip() else math.inf
        if not least < most:
            raise FormulaError(f"the bounds of {name} leave nothing between them: {ends.strip()}")
        found[name] = least, most
    return found


def _keep_models(trainer: Trainer, paths: list[str], asked: report.Asked
                 ) -> tuple[list[str], list[str]]:
    """The files in which the model was kept, and what went wrong with others."""
    kept, trouble = [], []
    for path in paths:
        try:
            save(trainer, path, asked.known_spread)
            kept.append(path)
        except report.FAILED as error:
            trouble.append(str(error))
    return kept, trouble


def _keep_pictures(trainer: Trainer, sure: Estimates | None, seen: Table, unseen: Table | None,
                   folder: str) -> tuple[list[str], list[str]]:
    """The files in which pictures were kept, and what went wrong with others."""
    kept, trouble = [], []
    for name, chart in charts(trainer, sure, seen, unseen).items():
        try:
            kept.append(str(album.keep(svg.render(chart()), folder, name)))
        except report.FAILED as error:
            trouble.append(f"no picture {name}: {error}")
    return kept, trouble


def _compare(trainer: Trainer, others: list[Model], seen: Table, options: argparse.Namespace,
             asked: report.Asked) -> None:
    """Print this model and others in one table."""
    trainers = [trainer]
    for other in others:
        try:
            known = {name: options.__dict__[name] for name in ("fix", "bounds")}
            own = argparse.Namespace(**vars(options))
            for name, given in known.items():
                setattr(own, name, [text for text in given
                                    if names.form(text.partition("=")[0].strip()) in other.symbols])
            trainers.append(_trainer(other, own).fit(seen, steps=options.steps))
        except report.FAILED as error:
            say(f"{other}: {error}")
    report.compared(trainers, asked, options.nested)


def _details(trainer: Trainer, model: Model, seen: Table, sure: Estimates | None) -> None:
    """Print what the data look like, how the errors go together, and the way down."""
    used = [name for name in model.uses(seen.names) if name not in model.levels]
    print(f"\n{summary_table({name: seen[name] for name in used}, width=width())}\n")
    targets = [*map(model.column, model.observed)]
    for name in used:
        if model.actual.operation is None and name not in targets:
            try:
                r = correlation(seen[name], seen[targets[0]])
            except DataError:
                continue  # a column that is all one value moves with nothing
            say(f"correlation of {name} with {targets[0]}: {r:.3f}")
    if sure and len(sure.errors) > 1:
        print("\nHow the errors of the parameters go together, from -1 to 1:")
        columns = [[f"{r:.3f}" for r in column] for column in sure.correlations]
        print(in_parts(["", *sure.errors], [[*sure.errors], *columns], width()))
    print(f"\n{terminal.render(way_down(trainer), width=min(width(), 72), height=14)}")


def _completed(model: str) -> str:
    """The text of a model with the signs that were left out on its right side."""
    words = spell(model)
    try:
        formula = completed(words.formula, f"{words.shown(words.target)} = ", words.shown)
    except FormulaError as error:
        raise FormulaError(f"{words.shown(str(error))}{hint_of_backticks(model)}") from None
    return f"{words.shown(words.target)} = {words.shown(formula.strip())}"


def _optimizer(options: argparse.Namespace) -> Optimizer | None:
    """The optimizer that was asked for; None for the one that suits the loss."""
    name, rate = options.optimizer, options.learning_rate
    if name is None and (rate is not None or options.batch is not None):
        name = "adam" if options.batch is not None else "descent"
    if name is None:
        return None
    kind = OPTIMIZERS[name]
    if rate is not None and not hasattr(kind, "learning_rate"):
        raise FormulaError(f"{name} has no learning rate: it finds how far to go by itself")
    optimizer = kind() if rate is None else kind(rate)
    if options.batch is None:
        return optimizer
    return MiniBatches(optimizer, options.batch, options.seed)


def _saved_place(model: Model, path: str) -> dict[str, float]:
    """The parameters in a file of the same model."""
    saved = load(path)
    there, here = ((m.target, str(m.prediction)) for m in (Model(saved.model.text), model))
    if there != here:
        raise DataError(f"{path} has another model: {saved.model}")
    return saved.parameters


def _read(model: Model, others: list[Model], options: argparse.Namespace
          ) -> tuple[list[Model], Table, Table | None]:
    """The models for the file, the rows to train on, and those held back. Several models get the
    same rows: those that have a number for each."""
    table = reading.read(options)
    for each in (model, *others):
        ask_back(each, table)
        if not each.features(table.names):
            raise FormulaError(f"the right side of {each} has no column of {table.source} in it; "
                               f"its columns are {', '.join(table.names)}")
    sigma = _number(options.sigma) if options.sigma else None
    counted = [options.weights] if options.weights else []
    counted += [names.form(options.sigma)] if options.sigma and sigma is None else []
    for each in (model, *others):
        features, targets = each.features(table.names), [*each.observed, *counted]
        table, account = reading.rows_for(each, table, features, targets)
        lines = [line for line in str(account).splitlines() if not re.match("- +0 ", line)]
        if each is model or account.kept < account.read:
            print("\n".join(lines))
    print()
    if len(table) < FEWEST:
        raise DataError(f"{table.source} has {len(table)} rows to train on; collect more")
    if options.sigma:
        table = table.with_column(BY_SIGMA, _weights_of(table, options.sigma, sigma))
    met = []
    for each in (model, *others):
        known, table = each.meets(table)
        met.append(known)
    reading.tell(met[0], table)
    if options.train_share is None:
        return met, table, None
    return met, *split(table, options.train_share, options.seed)


def _number(text: str) -> float | None:
    """The standard deviation in a text; None if it is the name of a column."""
    try:
        number = numbers([f"sigma={text}"])["sigma"]
    except FormulaError:
        return None
    if not number > 0:
        raise FormulaError(f"a standard deviation must be above 0, not {number:g}")
    return number


def _weights_of(table: Table, text: str, sigma: float | None) -> list[float]:
    """1/sigma**2 for each row, from known standard deviations."""
    column = [sigma] * len(table) if sigma is not None else table[text]
    for number, row in zip(column, table.places, strict=True):
        if not (is_finite_number(number) and SMALLEST_SIGMA < number < 1 / SMALLEST_SIGMA):
            raise DataError(f"{table.source}, {row}: the standard deviation {number:g} is not "
                            "above 0, or has no square in a float")
    return [float(number) ** -2.0 for number in column]
